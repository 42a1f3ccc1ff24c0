//! Finds in a text what tells by its shape, or by the words before it, that it is private.

use std::net::IpAddr;
use std::ops::Range;

use regex::{Captures, Match};

use super::kind::Kind;
use super::shapes::{BARE, Found, INNER, NEXT_QUOTED, NOUNS, OPAQUE, REST, SHAPE, SHAPES};
use crate::identifier::is_account_id;

/// What was found at a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) found: Found,
}

/// Everything that is found, in the order of the text; nothing overlaps.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(captures) = SHAPE.captures_at(text, at) {
        let Some((token, inner)) = token(text, &captures) else { break };
        at = match verified(text, &token) {
            Some(token) => {
                let end = token.range.end;
                // Between a noun and the name there may be something else.
                if inner {
                    let start = captures.get(0).map_or(token.range.start, |whole| whole.start());
                    for Token { range, found } in scan(text.get(start..token.range.start).unwrap_or_default())
                    {
                        tokens.push(Token { range: start + range.start..start + range.end, found });
                    }
                }
                tokens.push(token);
                further(text, end, &mut tokens)
            }
            // The noun in front says nothing then, and what follows may still be something else.
            None if inner => before(text, token.range.start).max(at + 1),
            // Behind a prefix there may be an account's id.
            None if matches!(token.found, Found::Thing(Kind::Name(_))) => {
                let it = text.get(token.range.clone()).unwrap_or_default();
                (token.range.start + it.find('-').unwrap_or_default()).max(at + 1)
            }
            // What is nothing as a whole may have an account's id in it.
            None => match account_in(text, &token.range) {
                Some(range) => {
                    let end = range.end;
                    tokens.push(Token { range, found: Found::Thing(Kind::Account) });
                    end
                }
                None => token.range.end.max(at + 1),
            },
        };
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    let tokens = between(text, tokens, |stretch, tokens| bare(text, stretch, tokens));
    between(text, tokens, |stretch, tokens| opaque(text, stretch, tokens))
}

/// The first id of an account that begins in a stretch of a text.
fn account_in(text: &str, stretch: &Range<usize>) -> Option<Range<usize>> {
    let part = text.get(stretch.clone())?;
    let begins = |at: &usize| !part.get(..*at).is_some_and(|it| it.ends_with(|c: char| c.is_ascii_digit()));
    let mut digits = part.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).filter(begins);
    digits.find_map(|at| {
        let rest = text.get(stretch.start + at..)?;
        let run = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let range = stretch.start + at..stretch.start + at + run;
        text.get(range.clone()).is_some_and(is_account_id).then_some(range)
    })
}

/// The place of the character in front, which tells that something begins.
fn before(text: &str, at: usize) -> usize {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    at - before.map_or(0, char::len_utf8)
}

/// What a text is that is one thing as a whole, and nothing else.
pub(super) fn whole(text: &str) -> Option<Found> {
    match scan(text).as_slice() {
        [Token { range, found }] if *range == (0..text.len()) => Some(*found),
        _ => None,
    }
}

/// The thing that an expression found, and whether words in front of it were needed.
fn token(text: &str, captures: &Captures<'_>) -> Option<(Token, bool)> {
    let (name, part, found) = SHAPES.iter().find(|(name, ..)| captures.name(name).is_some())?;
    let inner = INNER.iter().find_map(|inner| captures.name(inner));
    let found = match (*name, *found) {
        ("quoted", _) => Found::Name(noun(captures.name("noun"))),
        ("given", _) => Found::Name(noun_of_field(captures.name("field"))),
        (_, found) => found,
    };
    if let Some(inner) = inner {
        return Some((Token { range: inner.range(), found }, true));
    }
    let mut range = captures.name(name)?.range();
    let first = text.get(range.clone()).and_then(|token| token.chars().next());
    let is_boundary = |c: &char| !(c.is_ascii_alphanumeric() || (*c == ':' && *name == "ipv6"));
    if let Some(boundary) = first.filter(|_| part.contains("{B}")).filter(is_boundary) {
        range.start += boundary.len_utf8();
    }
    Some((Token { range, found }, false))
}

fn noun(word: Option<Match<'_>>) -> &'static str {
    let word = word.map(|word| word.as_str().to_lowercase()).unwrap_or_default();
    NOUNS.iter().find(|(own, _)| *own == word).map_or("name", |(_, noun)| noun)
}

/// The noun in the name of a field: `DBInstanceIdentifier` names an instance.
fn noun_of_field(field: Option<Match<'_>>) -> &'static str {
    let field = field.map(|field| field.as_str().to_lowercase()).unwrap_or_default();
    NOUNS.iter().find(|(own, _)| field.contains(own)).map_or("name", |(_, noun)| noun)
}

/// The token, if it is what it looks like, without the punctuation behind it.
fn verified(text: &str, token: &Token) -> Option<Token> {
    let mut range = token.range.clone();
    let mut it = text.get(range.clone())?;
    let mut found = token.found;
    if matches!(found, Found::Arn | Found::Resource | Found::Thing(Kind::Url))
        || matches!(found, Found::Name(_))
    {
        it = it.trim_end_matches(['.', ':', ',', ';', '!']);
        range.end = range.start + it.len();
    }
    let next = text.get(range.end..)?.chars().next();
    let ends = !next.is_some_and(char::is_alphanumeric);
    let before = text.get(..range.start)?.chars().next_back();
    let is_it = match found {
        Found::Thing(Kind::Url) => {
            let host = it.split_once("://")?.1.split(['/', '?', '#']).next().unwrap_or_default();
            if super::own::is_host(host) {
                found = Found::Own;
            }
            true
        }
        Found::Thing(Kind::Ip) => {
            let goes_on = before
                .is_some_and(|c| c.is_alphanumeric() || c == '.' || (c == ':' && it.contains(':')))
                || text.get(range.end..)?.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit());
            ends && !goes_on && it.contains(|c: char| c.is_ascii_hexdigit()) && it.parse::<IpAddr>().is_ok()
        }
        Found::Thing(Kind::Account) => it.len() == 12,
        Found::Thing(Kind::Id) => {
            let tail = it.rsplit('-').next().unwrap_or_default();
            let is_of_organization = ["o-", "ou-", "r-", "p-"].iter().any(|own| it.starts_with(own));
            ends && it != "p-FullAWSAccess"
                && (is_of_organization || tail.contains(|c: char| c.is_ascii_digit()))
        }
        // The prefix may be somebody's name; an account's id is found without.
        Found::Thing(Kind::Name(_)) => {
            let tail = it.rsplit('-').next().unwrap_or_default();
            ends && tail.contains(|c: char| c.is_ascii_digit()) && !is_account_id(tail)
        }
        Found::Host => ends && !next.is_some_and(|c| c == '-' || c == '_'),
        Found::Thing(Kind::Email | Kind::EncodedMessage) | Found::Arn | Found::Resource => true,
        Found::Name(noun) => {
            let is_quoted = before.is_some_and(|c| "'\"„“‘«»".contains(c));
            if let Some(whole) = whole_of_name(it) {
                found = whole;
            }
            match () {
                () if !matches!(found, Found::Name(_)) => true,
                () if noun == "user" && before.is_some_and(|c| c == '/' || c == '\\') => true,
                // Behind a field's name anything is its value, behind a noun only what is no word.
                () => {
                    ends && (is_quoted
                        || before.is_some_and(|c| ":= ".contains(c)) && is_distinctive(it, noun))
                }
            }
        }
        _ => ends,
    };
    is_it.then_some(Token { range, found })
}

fn whole_of_name(name: &str) -> Option<Found> {
    // A name in a name would be looked at for ever.
    let captures = SHAPE.captures(name)?;
    let (token, inner) = token(name, &captures)?;
    let is_whole = token.range == (0..name.len()) && !inner && !matches!(token.found, Found::Name(_));
    if is_whole { verified(name, &token).map(|token| token.found) } else { None }
}

/// Whether a word without quotes is a name and not a word of the sentence.
fn is_distinctive(word: &str, noun: &str) -> bool {
    let has = |is: fn(char) -> bool| word.contains(is);
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit() || b".,-:".contains(&byte));
    let is_joined = has(|c| c == '-') && (has(char::is_uppercase) || matches!(noun, "vault" | "bucket"));
    !is_number && (has(|c| c.is_ascii_digit() || c == '_') || is_joined)
}

/// What goes on behind a token: the rest of an ARN on the next line, other names in quotes. Gives where to look on.
fn further(text: &str, mut at: usize, tokens: &mut Vec<Token>) -> usize {
    let Some(found) = tokens.last().map(|token| token.found) else { return at };
    match found {
        Found::Arn => {
            let rest =
                text.get(at..).and_then(|behind| REST.captures(behind)).and_then(|rest| rest.name("rest"));
            let Some(rest) = rest.filter(|rest| whole_of_name(rest.as_str()).is_none()) else { return at };
            let range = at + rest.start()..at + rest.end();
            at = range.end;
            tokens.push(Token { range, found: Found::Name("part") });
        }
        Found::Name(_) => {
            // Behind the closing quote.
            let quote = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let mut from = at + quote;
            while let Some(next) = text.get(from..).and_then(|rest| NEXT_QUOTED.captures(rest)) {
                let (Some(all), Some(name)) = (next.get(0), next.name("name")) else { break };
                let range = from + name.start()..from + name.end();
                at = range.end;
                from += all.end();
                tokens.push(Token { range, found });
            }
        }
        _ => {}
    }
    at
}

/// The tokens, and what a finder finds in the stretches between them.
fn between(text: &str, tokens: Vec<Token>, find: impl Fn(Range<usize>, &mut Vec<Token>)) -> Vec<Token> {
    let mut all = Vec::with_capacity(tokens.len());
    let mut at = 0;
    for token in tokens {
        find(at..token.range.start, &mut all);
        at = token.range.end;
        all.push(token);
    }
    find(at..text.len(), &mut all);
    all
}

/// Adds the names without quotes behind the words for what they name.
fn bare(text: &str, stretch: Range<usize>, tokens: &mut Vec<Token>) {
    let Some(part) = text.get(stretch.clone()) else { return };
    let mut at = 0;
    while let Some(captures) = BARE.captures_at(part, at) {
        let Some(name) = captures.name("name") else { return };
        let range = stretch.start + name.start()..stretch.start + name.end();
        let token = Token { range, found: Found::Name(noun(captures.name("noun"))) };
        at = match verified(text, &token) {
            Some(token) => {
                tokens.push(token);
                name.end()
            }
            None => before(part, name.start()).max(at + 1),
        };
    }
}

/// Adds the stretches that only a machine could have written.
fn opaque(text: &str, stretch: Range<usize>, tokens: &mut Vec<Token>) {
    for found in OPAQUE.find_iter(text.get(stretch.clone()).unwrap_or_default()) {
        if is_made(found.as_str()) {
            let range = stretch.start + found.start()..stretch.start + found.end();
            tokens.push(Token { range, found: Found::Thing(Kind::Token) });
        }
    }
}

/// Whether letters and digits follow one another as no person writes them: the words of a path are small letters.
fn is_made(text: &str) -> bool {
    const WORD: usize = 6;
    let has = |is: fn(char) -> bool| text.contains(is);
    let words = text.split(|c: char| !c.is_ascii_lowercase()).map(str::len).filter(|length| *length >= WORD);
    has(|c| c.is_ascii_digit())
        && has(|c| c.is_ascii_uppercase())
        && has(|c| c.is_ascii_lowercase())
        && words.sum::<usize>() * 5 < text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a text, as it stands there.
    #[track_caller]
    fn finds(text: &str, expected: &[(&str, Found)]) {
        let found: Vec<_> = scan(text).into_iter().map(|token| (&text[token.range], token.found)).collect();
        assert_eq!(found, expected, "{text}");
    }

    const fn thing(kind: Kind) -> Found {
        Found::Thing(kind)
    }

    #[test]
    fn each_shape_is_found() {
        for (text, it, found) in [
            (
                "of arn:aws:kms:eu-west-1:111122223333:key/1234abcd.",
                "arn:aws:kms:eu-west-1:111122223333:key/1234abcd",
                Found::Arn,
            ),
            (
                "job_47C8EF56-74D8-059D-1301-C5BE1D5C926E,",
                "47C8EF56-74D8-059D-1301-C5BE1D5C926E",
                thing(Kind::Uuid),
            ),
            ("export_111122223333_eu.json", "111122223333", thing(Kind::Account)),
            ("acct111122223333", "111122223333", thing(Kind::Account)),
            ("1111-2222-3333", "1111-2222-3333", Found::DashedAccount),
            ("(vol-0123456789abcdef0)", "vol-0123456789abcdef0", thing(Kind::Id)),
            ("in o-abcdefghij", "o-abcdefghij", thing(Kind::Id)),
            ("in ou-ab12-abcdefgh.", "ou-ab12-abcdefgh", thing(Kind::Id)),
            ("by jane.doe+x@acme.example.", "jane.doe+x@acme.example", thing(Kind::Email)),
            ("from 10.1.2.3:443", "10.1.2.3", thing(Kind::Ip)),
            ("from fe80::1%eth0", "fe80::1", thing(Kind::Ip)),
            ("key AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", thing(Kind::AccessKey)),
            ("at db01.corp.acme.com.", "db01.corp.acme.com", Found::Host),
            ("see https://wiki.acme.com/x?y=1.", "https://wiki.acme.com/x?y=1", thing(Kind::Url)),
            ("at ip-10-0-0-1!", "ip-10-0-0-1", Found::DashedIp),
            ("Rolle Lohn_Kopie, Benutzer", "Lohn_Kopie", Found::Name("role")),
            ("MAC 00:1b:44:11:3a:b7", "00:1b:44:11:3a:b7", thing(Kind::Token)),
            (
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_-1 x",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_-1",
                thing(Kind::Token),
            ),
            ("in backup-vault:prod", "backup-vault:prod", Found::Resource),
            ("/home/jane/x.json", "jane", Found::Name("user")),
            ("Request ID: 4Z9XYT1ABCD12345)", "4Z9XYT1ABCD12345", Found::Name("request")),
            ("Backup vault 'prod' is", "prod", Found::Name("vault")),
            ("Tresor „produktion“ ist", "produktion", Found::Name("vault")),
            ("vault named fin_1 is", "fin_1", Found::Name("vault")),
            ("DBInstanceIdentifier: billing-1", "billing-1", Found::Name("instance")),
            (
                "x gwlR4XQBrSFQTp9R9k_Uqc0J4oBTiWhmpPYd y",
                "gwlR4XQBrSFQTp9R9k_Uqc0J4oBTiWhmpPYd",
                thing(Kind::Token),
            ),
        ] {
            finds(text, &[(it, found)]);
        }
    }

    #[test]
    fn sentences_of_aws_have_nothing_private() {
        for text in [
            "Access Denied trying to call AWS Backup service",
            "The role can't be assumed by the user's account",
            "Cannot copy more than 5 snapshots across regions. It's 1.5 of 2",
            "Copy of vault-access-policy denies cross-account copy: snapshot copy-image",
            "Error Code: InvalidParameterValue; Status Code: 400",
            "exports/01-cli/v2-list-copy-jobs.no-paginate-page1.json",
            "tests/fixtures/exports/06-cloudtrail/Records-of-2025-from-cloudtrail.json",
            "at com.amazonaws.services.backup.model.AccessDeniedException",
        ] {
            finds(text, &[]);
        }
        finds("kms:CreateGrant in eu-west-1", &[("kms:CreateGrant", Found::Own), ("eu-west-1", Found::Own)]);
    }

    #[test]
    fn a_list_of_names_is_found_to_its_end() {
        let vault = Found::Name("vault");
        finds("vaults: vault 'a1', 'b' and 'c'", &[("a1", vault), ("b", vault), ("c", vault)]);
    }

    #[test]
    fn what_stands_between_a_noun_and_its_name_is_found_too() {
        let (account, name) = (thing(Kind::Account), Found::Name("snapshot"));
        finds("Snapshot!111122223333:'prod' is", &[("111122223333", account), ("prod", name)]);
        finds("snapshot 111122223333 'prod'", &[("111122223333", account), ("prod", name)]);
    }

    #[test]
    fn an_account_in_what_only_looks_like_something_else_is_found() {
        for text in ["ec2::111122223333 is", "111122223333.com-x", "see a.111122223333.com-x"] {
            finds(text, &[("111122223333", thing(Kind::Account))]);
        }
    }

    #[test]
    fn an_arn_goes_on_where_its_line_was_broken() {
        finds(
            "arn:aws:kms:eu-west-1:1111\n> 22223333:key/x is",
            &[("arn:aws:kms:eu-west-1:1111", Found::Arn), ("22223333:key/x", Found::Name("part"))],
        );
    }

    #[test]
    fn a_long_text_takes_no_longer_for_each_of_its_letters() {
        let text = "a-".repeat(200_000) + &"0".repeat(200_000) + &"vault ".repeat(50_000);
        finds(&text, &[]);
    }
}
