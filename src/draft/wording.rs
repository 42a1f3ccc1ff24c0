//! Messages of one kind to a wording with placeholders, and to examples in which nobody's own names are left.

use std::borrow::Cow;
use std::ops::Range;

use super::anonymous::Anonymous;
use super::slots::{Choice, slot_of};
use crate::classify::tokens::{is_separator, tokens};
use crate::cluster::{Kind, Part, parts};
use crate::lexicon::Lexicon;
use crate::normalise::{Words, Wrapper};
use crate::slot::Slot;

/// More examples show nothing more.
const MOST_EXAMPLES: usize = 3;

/// Where so many messages give no more examples, they differ in what examples do not show.
const MOST_SEEN: usize = 100;

/// A wording of messages of one kind, and what is to be said of how it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sketch {
    /// The sentence with its placeholders.
    pub(super) text: String,
    pub(super) examples: Vec<SketchedExample>,
    /// What stands before and behind the sentence and is no part of it, masked.
    pub(super) left_out: Vec<String>,
    /// What stands where the wording takes anything, masked.
    pub(super) open: Vec<String>,
    /// The placeholders of which nothing says on which side of the copy they are.
    pub(super) guesses: Vec<Slot>,
    /// The words in quotes that were taken for words of the sentence.
    pub(super) kept_quotes: Vec<String>,
}

/// An example, and what the placeholders have to capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SketchedExample {
    pub(super) message: String,
    pub(super) captures: Vec<(Slot, String)>,
}

/// What a part of the message is in the wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A word of the sentence.
    Word,
    /// It varies, and this slot is for it.
    Slot(Choice),
    /// It varies, and no slot is for it.
    Gap,
    /// It stands behind another part that varies, in the same placeholder.
    Joined,
    /// An SDK's or a console's, around the sentence.
    Wrapper,
}

/// The wording of messages of one kind. They differ in places that are no words, and one that may be.
pub(super) fn sketch(messages: &[&str], lexicon: &Lexicon, anonymous: &mut Anonymous) -> Option<Sketch> {
    let (first, others) = messages.split_first()?;
    let first_parts = parts(first);
    let all: Vec<(&str, Vec<Part>)> = others
        .iter()
        .map(|message| (*message, parts(message)))
        .filter(|(_, parts)| parts.len() == first_parts.len())
        .collect();
    let mut roles = roles(first, &first_parts, &all, lexicon);
    let (mut best, mut best_words) = (0..0, 0);
    for stretch in stretches(&mut roles) {
        let inside = first_parts.get(stretch.clone()).unwrap_or_default();
        let of_words = inside.iter().zip(roles.get(stretch.clone()).unwrap_or_default());
        let words: usize = of_words
            .filter(|(_, role)| **role == Role::Word)
            .map(|(part, _)| Words::of(part.of(first)).count())
            .sum();
        if words > best_words {
            (best, best_words) = (stretch, words);
        }
    }
    let chosen = roles.get(best.clone())?;
    let guesses = chosen.iter().filter_map(|role| match role {
        Role::Slot(choice) if choice.is_guess => Some(choice.slot),
        _ => None,
    });
    let kept_quotes = first_parts.get(best.clone())?.iter().zip(chosen);
    let kept_quotes = kept_quotes.filter(|(part, role)| part.kind == Kind::Quoted && **role == Role::Word);
    let mut examples: Vec<SketchedExample> = Vec::new();
    let first_of_all = [(*first, first_parts.clone())];
    for (message, parts) in first_of_all.iter().chain(&all).take(MOST_SEEN) {
        let example = example(message, parts, &roles, &best, anonymous);
        if examples.len() < MOST_EXAMPLES && examples.iter().all(|other| other.message != example.message) {
            examples.push(example);
        }
    }
    Some(Sketch {
        text: text(first, &first_parts, &roles, &best),
        examples,
        left_out: left_out(first, &first_parts, &roles, &best),
        open: open(first, &first_parts, &roles, &best),
        guesses: guesses.collect(),
        kept_quotes: kept_quotes.map(|(part, _)| part.of(first).to_owned()).collect(),
    })
}

/// Words behind which the name of something stands.
const NAMED: &[&str] = &[
    "bucket",
    "benutzer",
    "cluster",
    "database",
    "datenbank",
    "group",
    "gruppe",
    "instance",
    "instanz",
    "name",
    "named",
    "namens",
    "plan",
    "role",
    "rolle",
    "stack",
    "system",
    "table",
    "tabelle",
    "tresor",
    "user",
    "vault",
    "volume",
];

/// Whether a word is a name: it is written like one, `orders-prod`, and stands behind a word for what has one, or the
/// lexicon knows none of its parts.
fn is_named(message: &str, before: Option<&Part>, part: &Part, lexicon: &Lexicon) -> bool {
    let word = part.of(message);
    let is_written_so = word.contains(['-', '.', '/']) && !word.contains(char::is_uppercase);
    let before = before.map_or("", |before| before.of(message)).to_lowercase();
    is_written_so && (NAMED.iter().any(|named| before.ends_with(named)) || part.is_foreign(message, lexicon))
}

fn roles(first: &str, parts: &[Part], others: &[(&str, Vec<Part>)], lexicon: &Lexicon) -> Vec<Role> {
    let wrapper = Wrapper::of(first);
    let tokens = tokens(first);
    let role = |(index, part): (usize, &Part)| {
        if wrapper.covers(&part.range) {
            return Role::Wrapper;
        }
        let own = Words::of(part.of(first));
        let differs = others
            .iter()
            .any(|(message, parts)| parts.get(index).is_none_or(|other| Words::of(other.of(message)) != own));
        let before = index.checked_sub(1).and_then(|before| parts.get(before));
        let behind = parts.get(index + 1).map_or("", |part| part.of(first)).to_lowercase();
        let is_word = match part.kind {
            Kind::Word => !differs && !is_named(first, before, part, lexicon),
            // One of the types, as the message goes for all of them.
            Kind::ResourceType => {
                !differs && !["resource", "ressource"].iter().any(|word| behind.starts_with(word))
            }
            // Of a single message nobody knows whether a name in it varies; what the lexicon knows is none.
            Kind::Quoted if !differs => !others.is_empty() || !part.is_foreign(first, lexicon),
            Kind::Quoted | Kind::Name | Kind::Value => false,
        };
        let is_of_sentence = is_word && part.kind != Kind::Quoted;
        let choice = if is_of_sentence { None } else { slot_of(first, &tokens, part) };
        match (choice, is_word) {
            (Some(choice), _) => Role::Slot(choice),
            (None, true) if !own.is_empty() => Role::Word,
            (None, _) => Role::Gap,
        }
    };
    parts.iter().enumerate().map(role).collect()
}

/// The stretches that could be a sentence, between what an SDK says: they begin with a word, and no two placeholders of
/// them stand side by side. Within a sentence, what no slot is for becomes a placeholder for anything.
fn stretches(roles: &mut [Role]) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut at = 0;
    while at < roles.len() {
        let rest = roles.get(at..).unwrap_or_default();
        let end = at + rest.iter().position(|role| *role == Role::Wrapper).unwrap_or(rest.len());
        let is_word = |place: &usize| roles.get(*place) == Some(&Role::Word);
        if let (Some(first), Some(last)) = ((at..end).find(is_word), (at..end).rev().find(is_word)) {
            let sentence = roles.get_mut(first..=last).unwrap_or_default();
            let mut used = place_slots(sentence);
            // At its end a sentence takes no more than one value, and none that may be anything.
            let tail = match roles.get(last + 1..end) {
                Some([Role::Slot(choice)]) => unused(*choice, &used),
                _ => None,
            };
            if let (Some(choice), Some(role)) = (tail, roles.get_mut(last + 1)) {
                *role = Role::Slot(choice);
                used.push(choice.slot);
            }
            stretches.push(first..last + 1 + usize::from(tail.is_some()));
        }
        at = end + 1;
    }
    stretches
}

/// Gives each run of parts that vary one placeholder, and the slots that are used then. The first and the last role are
/// words.
fn place_slots(sentence: &mut [Role]) -> Vec<Slot> {
    let mut used: Vec<Slot> = Vec::new();
    for run in sentence.split_mut(|role| *role == Role::Word).filter(|run| !run.is_empty()) {
        let own = match run {
            [Role::Slot(choice)] => unused(*choice, &used),
            _ => None,
        };
        let choice = own.unwrap_or(Choice::sure(Slot::Value));
        used.push(choice.slot);
        run.fill(Role::Joined);
        if let Some(first) = run.first_mut() {
            *first = Role::Slot(choice);
        }
    }
    used
}

/// The slot itself, or that of the other side where the side was a guess, if it is not used yet.
fn unused(choice: Choice, used: &[Slot]) -> Option<Choice> {
    [Some(choice), choice.other_side()].into_iter().flatten().find(|choice| !used.contains(&choice.slot))
}

/// The sentence of a stretch, on one line.
fn text(message: &str, parts: &[Part], roles: &[Role], stretch: &Range<usize>) -> String {
    let mut text = String::new();
    let mut at = None;
    let in_stretch = parts.iter().zip(roles).skip(stretch.start).take(stretch.len());
    for (part, role) in in_stretch {
        let between = message.get(at.unwrap_or(part.range.start)..part.range.start);
        if *role == Role::Joined {
            at = Some(part.range.end);
            continue;
        }
        text.push_str(&without_braces(between.unwrap_or_default()));
        match role {
            Role::Slot(choice) => text.push_str(&format!("{{{}}}", choice.slot)),
            _ => text.push_str(&without_braces(part.of(message))),
        }
        at = Some(part.range.end);
    }
    let behind = message.get(at.unwrap_or_default()..).unwrap_or_default();
    let last = stretch.end.checked_sub(1).and_then(|last| parts.get(last));
    let is_quoted = last.is_some_and(|part| message.get(..part.range.start).is_some_and(ends_in_quote));
    let ends = |c: &char| matches!(c, '.' | '!' | '?') || (is_quoted && is_quote(*c));
    let mut end: String = behind.chars().take_while(ends).take(2).collect();
    if behind.starts_with(')') && text.matches('(').count() > text.matches(')').count() {
        end = behind.chars().take_while(|c| matches!(c, ')' | '.')).take(2).collect();
    }
    text.push_str(&end);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ends_in_quote(text: &str) -> bool {
    text.ends_with(is_quote)
}

fn is_quote(character: char) -> bool {
    is_separator(character) && !matches!(character, ',' | ';' | '(' | ')' | '[' | ']' | '|' | '<' | '>')
}

/// In a pattern, braces are a placeholder's.
fn without_braces(text: &str) -> String {
    text.replace(['{', '}'], " ")
}

/// The message with values of documentation, and what is to be captured of it.
fn example(
    message: &str,
    parts: &[Part],
    roles: &[Role],
    stretch: &Range<usize>,
    anonymous: &mut Anonymous,
) -> SketchedExample {
    let mut made = String::new();
    let mut captures = Vec::new();
    let mut at = 0;
    for (index, (part, role)) in parts.iter().zip(roles).enumerate() {
        made.push_str(message.get(at..part.range.start).unwrap_or_default());
        at = part.range.end;
        // What an SDK names is no name of anybody, but for ids.
        let is_kept = match role {
            Role::Word => true,
            Role::Wrapper => part.kind == Kind::Word,
            Role::Slot(_) | Role::Gap | Role::Joined => false,
        };
        let slot = match role {
            Role::Slot(choice) => Some(choice.slot),
            _ => None,
        };
        let value = if is_kept { part.of(message).to_owned() } else { anonymous.value(message, part, slot) };
        made.push_str(&value);
        // Of several that take anything the first captures, and where it takes more than a part, who knows what.
        let is_clear = |slot: &Slot| {
            let is_first = captures.iter().all(|(other, _)| other != slot);
            *slot != Slot::Value || (is_first && roles.get(index + 1) != Some(&Role::Joined))
        };
        let is_inside = stretch.contains(&index);
        if let Some(slot) = slot.filter(|slot| is_inside && slot.kind().accepts(&value) && is_clear(slot)) {
            captures.push((slot, value));
        }
    }
    made.push_str(message.get(at..).unwrap_or_default());
    SketchedExample { message: made, captures }
}

/// What stands around a stretch.
fn left_out(message: &str, parts: &[Part], roles: &[Role], stretch: &Range<usize>) -> Vec<String> {
    let around = [0..stretch.start, stretch.end..parts.len()];
    let masked = around.into_iter().map(|end| masked(message, parts, roles, end));
    masked.filter(|text| !text.is_empty()).collect()
}

/// What stands where the wording takes anything.
fn open(message: &str, parts: &[Part], roles: &[Role], stretch: &Range<usize>) -> Vec<String> {
    let is_open =
        |place: &usize| matches!(roles.get(*place), Some(Role::Slot(choice)) if choice.slot == Slot::Value);
    let run = |start: usize| {
        let behind = roles.get(start + 1..).unwrap_or_default();
        let joined = behind.iter().take_while(|role| **role == Role::Joined).count();
        masked(message, parts, roles, start..start + 1 + joined)
    };
    stretch.clone().filter(is_open).map(run).collect()
}

/// Parts with their kinds in angle brackets, but for the words of a sentence.
fn masked(message: &str, parts: &[Part], roles: &[Role], range: Range<usize>) -> String {
    let own = parts.iter().zip(roles).skip(range.start).take(range.len());
    let masked =
        own.filter(|(_, role)| **role != Role::Wrapper).map(|(part, role)| match (part.kind, role) {
            (Kind::Value, _) => part.masked(message),
            (Kind::ResourceType, _) | (_, Role::Word) => Cow::Borrowed(part.of(message)),
            _ => Cow::Borrowed("<name>"),
        });
    masked.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(messages: &[&str]) -> Sketch {
        sketch(messages, &Lexicon::builtin(), &mut Anonymous::default()).expect("there is a message")
    }

    #[track_caller]
    fn becomes(messages: &[&str], text: &str, examples: &[&str]) {
        let sketch = of(messages);
        assert_eq!(sketch.text, text);
        assert_eq!(sketch.examples.iter().map(|it| it.message.as_str()).collect::<Vec<_>>(), examples);
    }

    #[test]
    fn what_varies_becomes_a_placeholder() {
        becomes(
            &["Guard stops the copy from eu-west-1 to us-east-1 for account 998877665544."],
            "Guard stops the copy from {source_region} to {destination_region} for account {source_account}.",
            &["Guard stops the copy from eu-west-1 to us-east-1 for account 111122223333."],
        );
        becomes(
            &["Guard stops tag key 'Cost Center'", "Guard stops tag key 'Team'"],
            "Guard stops tag key '{tag_key}'",
            &["Guard stops tag key 'CostCenter'", "Guard stops tag key 'CostCenter2'"],
        );
    }

    #[test]
    fn within_a_sentence_what_no_slot_is_for_is_any_value_and_at_its_ends_it_is_left_out() {
        let sketch = of(&["'alice'? Guard does not want 'bob' 7 to see the reference 7f3a-9912."]);
        assert_eq!(sketch.text, "Guard does not want '{value} to see the reference");
        assert_eq!(
            (sketch.left_out, sketch.open),
            (vec!["<name>".into(), "<name>".into()], vec!["<name> <number>".into()])
        );
        assert_eq!(
            sketch.examples[0].message,
            "'example'? Guard does not want 'example-b' 7 to see the reference example-1."
        );
    }

    #[test]
    fn a_name_without_quotes_is_seen_by_what_differs_or_by_how_it_is_written() {
        becomes(
            &["Guard stopped the long copy that alice began.", "Guard stopped the long copy that bob began."],
            "Guard stopped the long copy that {value} began.",
            &[
                "Guard stopped the long copy that example began.",
                "Guard stopped the long copy that example-b began.",
            ],
        );
        let alice =
            ["Guard stopped the long copy that alice began.", "Guard stopped the long copy that bob began."];
        assert_eq!(of(&alice).open, ["<name>"], "the comment does not name her");
        becomes(
            &["Guard stopped DB instance orders-prod on-demand"],
            "Guard stopped DB instance {value} on-demand",
            &["Guard stopped DB instance example on-demand"],
        );
    }

    #[test]
    fn a_type_of_resource_is_a_word_unless_it_differs_or_is_said_of_resources() {
        becomes(&["Guard stopped an S3 copy"], "Guard stopped an S3 copy", &["Guard stopped an S3 copy"]);
        becomes(
            &["Guard stops S3 resources"],
            "Guard stops {resource_type} resources",
            &["Guard stops S3 resources"],
        );
        becomes(
            &["Guard stops an EBS copy", "Guard stops an S3 copy"],
            "Guard stops an {resource_type} copy",
            &["Guard stops an EBS copy", "Guard stops an S3 copy"],
        );
    }

    #[test]
    fn two_regions_of_which_nothing_is_said_are_a_guess() {
        let sketch = of(&["Guard holds eu-west-1 and us-east-1 apart"]);
        assert_eq!(sketch.text, "Guard holds {source_region} and {destination_region} apart");
        assert_eq!(sketch.guesses, [Slot::SourceRegion, Slot::DestinationRegion]);
    }

    #[test]
    fn no_sentence_begins_with_a_placeholder_and_two_side_by_side_are_one() {
        assert_eq!(of(&["eu-west-1 is not what the guard wants"]).text, "is not what the guard wants");
        assert_eq!(of(&["The guard of eu-west-1 us-east-1 is out"]).text, "The guard of {value} is out");
        assert_eq!(of(&["The guard wants eu-west-1 us-east-1"]).text, "The guard wants");
        assert_eq!(of(&["The guard wants eu-west-1"]).text, "The guard wants {source_region}");
    }

    #[test]
    fn braces_and_what_an_sdk_says_are_no_part_of_the_sentence() {
        let message = "The guard {found nothing} here (Service: AmazonEC2; Status Code: 400; Error Code: Odd; \
                       Request ID: 0aaabbbb-1111-2222-3333-444455556666)";
        let sketch = of(&[message]);
        assert_eq!(sketch.text, "The guard found nothing here");
        assert!(sketch.examples[0].message.contains("Request ID: 1234abcd-12ab-34cd-56ef-1234567890ab"));
        assert_eq!(sketch.left_out, [""; 0]);
    }
}
