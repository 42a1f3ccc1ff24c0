//! Messages of failed jobs, made of the catalogue's own examples: whatever is added to it is measured too.

use copydoctor::catalogue::Example;
use copydoctor::diagnosis::Tier;
use copydoctor::{Catalogue, Classifier, Language, RootCause};
use serde_json::Value;

use super::random::Random;

/// Of a hundred messages, so many are of nothing that anybody knows, so many are German, and so many carry what
/// SDKs append.
const UNKNOWN: usize = 2;
const GERMAN: usize = 5;
const WRAPPED: usize = 5;

/// What people and models made of documented messages.
const REWORDED: [&str; 2] = [
    include_str!("../../tests/fixtures/held-out/rewordings.en.jsonl"),
    include_str!("../../tests/fixtures/held-out/rewordings.de.jsonl"),
];

const WORDS: [&str; 30] = [
    "service",
    "returned",
    "unexpected",
    "response",
    "while",
    "handling",
    "object",
    "stream",
    "checksum",
    "volume",
    "mount",
    "state",
    "token",
    "quota",
    "endpoint",
    "timeout",
    "listener",
    "replica",
    "shard",
    "index",
    "journal",
    "block",
    "partition",
    "segment",
    "handler",
    "module",
    "request",
    "payload",
    "lease",
    "cursor",
];

/// Makes messages. How often which root cause occurs nobody has published, so each is as frequent as the others.
pub struct Messages {
    english: Vec<Vec<Example>>,
    german: Vec<Vec<Example>>,
}

impl Messages {
    pub fn new() -> Self {
        let catalogue = Catalogue::builtin();
        let examples = |language| {
            let of_cause = |cause: &RootCause| -> Vec<Example> {
                cause.examples.iter().filter(|example| example.language == language).cloned().collect()
            };
            catalogue.root_causes().iter().map(of_cause).filter(|examples| !examples.is_empty()).collect()
        };
        Self { english: examples(Language::En), german: examples(Language::De) }
    }

    /// A message of a failed job.
    pub fn any(&self, random: &mut Random) -> String {
        if random.percent(UNKNOWN) { undocumented(random) } else { self.documented(random) }
    }

    fn documented(&self, random: &mut Random) -> String {
        let causes = if random.percent(GERMAN) { &self.german } else { &self.english };
        let examples = random.pick(causes);
        let example = random.pick(examples);
        let mut message = example.message.clone();
        for value in example.captures.values() {
            message = message.replace(value, &varied(value, random));
        }
        if random.percent(WRAPPED) {
            let suffix = "(Service: AmazonEC2; Status Code: 400; Error Code: InvalidParameter; Request ID:";
            message = format!("{message} {suffix} {}; Proxy: null)", random.uuid());
        }
        message
    }
}

/// So many messages that nobody documents.
pub fn unknown(count: usize) -> Vec<String> {
    let mut random = Random::new(4);
    (0..count).map(|_| undocumented(&mut random)).collect()
}

fn undocumented(random: &mut Random) -> String {
    let count = 6 + random.below(14);
    let words: Vec<&str> = (0..count).map(|_| *random.pick(&WORDS)).collect();
    format!("{} (request {})", words.join(" "), random.uuid())
}

/// Messages that are recognised by one of the tiers, repeated until they are enough.
pub fn of_tier(tier: Tier, count: usize) -> Vec<String> {
    let classifier = Classifier::builtin();
    let is_wanted =
        |message: &str| classifier.classify(message).diagnosis().is_some_and(|found| found.tier == tier);
    if tier == Tier::Similar {
        let lines = REWORDED.iter().flat_map(|file| file.lines());
        let lines = lines.filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let reworded: Vec<String> = lines
            .filter_map(|line| line["message"].as_str().map(str::to_owned))
            .filter(|message| is_wanted(message))
            .take(count)
            .collect();
        return reworded.into_iter().cycle().take(count).collect();
    }
    let messages = Messages::new();
    let mut random = Random::new(2);
    let cut = |message: String| {
        let most = message.chars().count() * 2 / 3;
        message.chars().take(most).collect()
    };
    std::iter::from_fn(|| Some(messages.documented(&mut random)))
        .map(|message| if tier == Tier::CutOff { cut(message) } else { message })
        .filter(|message| is_wanted(message))
        .take(count)
        .collect()
}

/// The same value with other digits wherever it looks like an account or an id.
fn varied(value: &str, random: &mut Random) -> String {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let bytes = value.as_bytes();
    let mut varied = String::with_capacity(value.len());
    for (at, character) in value.char_indices() {
        let before = bytes[..at].iter().rev().take_while(|byte| is_hex(**byte)).count();
        let behind = bytes[at..].iter().take_while(|byte| is_hex(**byte)).count();
        let varies = character.is_ascii_digit() && before + behind >= 4;
        varied.push(if varies { char::from(b'0' + random.below(10) as u8) } else { character });
    }
    varied
}
