//! Tells sentences of a natural language, as status messages are, from the other lines that texts have.

use super::prefix;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words of a natural language, with names, ids and ARNs among them.
    Sentence,
    /// XML, HTML.
    Markup,
    /// A statement of SQL or of a programming language, or a comment on one.
    Statement,
    /// `name=value name=value`, as logs have it.
    Pairs,
    /// Cells, fragments of data, single words.
    Other,
}

/// What stands alone between the parts of a statement, and in no sentence.
const OPERATORS: &[&str] = &["=", ":=", "==", "!=", "+=", "&&", "||"];

/// How comments on statements begin.
const COMMENTS: &[&str] = &["--", "//", "/*", "*/", "#!"];

/// Tells what a line is.
pub(super) fn kind(line: &str) -> Kind {
    let said = said(line);
    let words = || said.split_whitespace();
    if said.contains("</") || (said.starts_with('<') && said.ends_with('>')) {
        Kind::Markup
    } else if COMMENTS.iter().any(|comment| line.trim_start().starts_with(comment))
        || said.ends_with([';', '{', '('])
        || words().any(|word| OPERATORS.contains(&word))
    {
        Kind::Statement
    } else if words().filter(|word| is_pair(word)).count() > 1 {
        Kind::Pairs
    } else if is_key(words().next().unwrap_or_default()) || is_of_cells(said) || !is_of_words(words()) {
        Kind::Other
    } else {
        Kind::Sentence
    }
}

/// A line without what lists, logs and mails put in front of a message: bullets, numbers, times.
pub(super) fn said(line: &str) -> &str {
    let mut said = line.trim();
    loop {
        let before = said;
        said = said.trim_start_matches(['-', '*', '+', '>', '•', '·', '–', '—', ' ', '\t']);
        said = said.get(prefix::length(said.as_bytes()).unwrap_or_default()..).unwrap_or(said);
        let numbered = said.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')']);
        said = numbered.filter(|rest| rest.starts_with(' ')).unwrap_or(said);
        if said.len() == before.len() {
            return said;
        }
    }
}

/// More than half of what has letters has to be words. Names, ids, ARNs and codes are none.
fn is_of_words<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let (mut with_letters, mut plain) = (0, 0);
    for word in words.filter(|word| word.chars().any(char::is_alphabetic)) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        with_letters += 1;
        plain += usize::from(word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’')));
    }
    plain > 1 && plain * 2 > with_letters
}

/// `name=value`
fn is_pair(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    })
}

/// The key of a piece of JSON: `"State":`
fn is_key(word: &str) -> bool {
    word.strip_prefix('"').is_some_and(|rest| rest.ends_with("\":"))
}

/// `('a','b'),`
fn is_of_cells(said: &str) -> bool {
    said.starts_with(['(', '\'', '"']) && (said.contains("','") || said.contains("\",\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn are(kind_of_all: Kind, lines: &[&str]) {
        for line in lines {
            assert_eq!(kind(line), kind_of_all, "{line}");
        }
    }

    #[test]
    fn a_message_is_a_sentence_whatever_stands_in_front_of_it() {
        are(
            Kind::Sentence,
            &[
                "Access denied",
                "Given key ID does not exist",
                "  - Zugriff verweigert beim Versuch, den AWS Backup-Service aufzurufen",
                "> * IAM Role arn:aws:iam::111122223333:role/backup cannot be assumed by AWS Backup",
                "3. UnsupportedOperation : Storage Gateway backup copies require a user-created vault",
                "2026-11-22T03:10:11Z [ERROR] There are too many copy jobs running for resource.",
                "[2026-11-22 03:10:11,802] The source snapshot KMS key [None] does not exist",
                "47C8EF56-74D8-059D-1301-C5BE1D5C926E: Copy job failed because of it",
                "<unknown> is not allowed to copy into this vault",
                "The copy was denied with code=403 by the vault",
                "Neither the key (id=1) nor the key (id=2) was found there",
                "\"Die Tag-Richtlinie erlaubt den Wert nicht: 'xyz'\"",
            ],
        );
    }

    #[test]
    fn numbers_and_bullets_in_front_of_a_message_are_not_said() {
        for line in [
            "Access denied",
            "1. Access denied",
            " - 12) Access denied",
            "* 2026-11-22T03:10:11Z Access denied",
        ] {
            assert_eq!(said(line), "Access denied", "{line}");
        }
        for line in ["403 Access denied", "1.5 GiB were copied"] {
            assert_eq!(said(line), line);
        }
    }

    /// Every message that is known is one, be it that of another job; fragments with none of the words are not.
    #[test]
    fn every_known_message_is_a_sentence() {
        for messages in [
            include_str!("../../tests/fixtures/documented-messages.jsonl"),
            include_str!("../../tests/fixtures/unrelated-messages.jsonl"),
            include_str!("../../tests/fixtures/held-out/look-alikes.jsonl"),
            include_str!("../../tests/fixtures/held-out/paraphrases.de.jsonl"),
            include_str!("../../tests/fixtures/held-out/rewordings.de.jsonl"),
            include_str!("../../tests/fixtures/held-out/rewordings.en.jsonl"),
        ] {
            for line in messages.lines() {
                let line: serde_json::Value = serde_json::from_str(line).expect("the fixture is JSON");
                let message = line["message"].as_str().expect("a text");
                let is_fragment = !message.contains(' ') || message.contains("state=FAILED");
                assert_eq!(kind(message) == Kind::Sentence, !is_fragment, "{message}");
            }
        }
    }

    #[test]
    fn what_programs_read_is_no_sentence() {
        are(
            Kind::Markup,
            &["<S N=\"StatusMessage\">Access denied by it</S>", "<Obj RefId=\"0\">", "  </Props>"],
        );
        are(
            Kind::Statement,
            &[
                "json.CopyJobs[0].StatusMessage = \"Access denied by the vault\";",
                "ALTER TABLE public.copy_jobs OWNER TO postgres;",
                "INSERT INTO copy_jobs VALUES('FAILED','Access denied by the vault');",
                "-- Dumped by pg_dump version 15",
                "if the_copy failed {",
                "CREATE TABLE copy_jobs (",
            ],
        );
        are(
            Kind::Pairs,
            &["2026-11-22 02:07:12,345 ERROR audit state=FAILED message=\"Access denied by the vault\""],
        );
        are(
            Kind::Other,
            &[
                "Event name,Event time,User name,Event source",
                "('FAILED','Access denied by the vault'),",
                "\"StatusMessage\": \"Access denied by the vault\",",
                "AWS_REGION: eu-central-1",
                "203.0.113.0 - - [02/Oct/2025:05:06:00 +0000] \"GET /index.html HTTP/1.1\" 403 512",
                "FAILED",
                "}",
            ],
        );
    }
}
