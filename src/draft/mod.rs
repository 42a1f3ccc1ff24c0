//! A catalogue entry for messages that nothing fits: what can be told from the messages is written, the rest is marked
//! for a person, and the catalogue is proven with the entry before anybody sees it.

mod anonymous;
mod entry;
mod near;
mod slots;
mod texts;
mod wording;

use crate::catalogue::{AwsMessageCategory, Fault, Finding, Group, PatternFile, RootCause, Rule};
use crate::check::check;
use crate::classify::Classifier;
use crate::cluster::clusters;
use crate::diagnosis::{Answer, Reason, Tier};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::normalise::{Message, Repaired};
use crate::pattern::Pattern;
pub use crate::phrases::DraftError;
use crate::phrases::{Help, Problem};
use crate::slot::Slot;

use anonymous::Anonymous;
use entry::Entry;
use wording::Sketch;

pub use texts::TO_DO;

/// A longer text is a log and no message.
const LONGEST_MESSAGE: usize = 4096;

/// Fewer words stand in too many messages.
const LEAST_WORDS: usize = 3;

/// Around what may be anything, more words have to stand.
const LEAST_WORDS_AROUND: usize = 4;

/// What of an entry is known already. What is not given is told from the messages, or marked for a person to write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// The id of the root cause.
    pub id: Option<String>,
    /// The part of AWS to look at.
    pub group: Option<Group>,
    /// AWS's own category.
    pub category: Option<AwsMessageCategory>,
    /// What is wrong, in English.
    pub title_en: Option<String>,
    /// What is wrong, in German.
    pub title_de: Option<String>,
    /// Why that makes a copy fail, in English.
    pub cause_en: Option<String>,
    /// Why that makes a copy fail, in German.
    pub cause_de: Option<String>,
    /// The page on which the message can be read.
    pub source: Option<String>,
    /// The language that the messages are in, if it is known.
    pub message_language: Option<Language>,
    /// The language of the comments.
    pub language: Language,
}

/// A catalogue entry that was drafted, and what the proof of the catalogue with it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The id of the root cause; the file is to be named after it.
    pub id: String,
    /// The text of the file.
    pub yaml: String,
    /// What is wrong with the catalogue once the entry is laid over it.
    pub findings: Vec<Finding>,
    language: Language,
}

impl Draft {
    /// Whether the catalogue holds with the entry: each message that it was made of is recognised by it, word for word,
    /// and no example of another root cause is.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.findings.is_empty()
    }

    /// The text of the file, with the findings in front as comments.
    #[must_use]
    pub fn with_findings(&self) -> String {
        entry::with_findings(&self.yaml, self.findings.iter().map(Finding::to_string), self.language)
    }
}

fn shortened(message: &str) -> String {
    const SHOWN: usize = 100;
    let mut characters = message.chars();
    let shown: String = characters.by_ref().take(SHOWN).collect();
    if characters.next().is_some() { format!("{shown}…") } else { shown }
}

/// Drafts an entry for messages of one root cause, and proves the catalogue with it.
///
/// # Errors
/// [`DraftError`] says why there is nothing to draft: the messages are known, or no wording can be made of them. An entry
/// that the proof speaks against is none: the [`Draft`] has its findings.
///
/// ```
/// use copydoctor::Classifier;
/// use copydoctor::draft::{Wishes, draft};
/// let messages = ["Backup guard refused ticket OPS-4711 in eu-south-1", "Backup guard refused ticket OPS-4712 in eu-west-1"];
/// let draft = draft(&Classifier::builtin(), &messages, &Wishes::default()).unwrap();
/// assert!(draft.is_proven());
/// assert!(draft.yaml.contains("text: Backup guard refused ticket"));
/// ```
pub fn draft(classifier: &Classifier, messages: &[&str], wishes: &Wishes) -> Result<Draft, DraftError> {
    let messages = distinct(messages)?;
    let mut nearest: Vec<&RootCause> = Vec::new();
    let mut reason = None;
    for message in &messages {
        match classifier.classify(message) {
            Answer::Diagnosed(diagnosis) => {
                let (message, id) = (shortened(message), diagnosis.root_cause.id.clone());
                return Err(match diagnosis.tier {
                    Tier::Exact => DraftError::Known { message, id },
                    tier => DraftError::KnownNearly { message, id, tier: tier.name() },
                });
            }
            Answer::Unknown(unknown) if unknown.reason == Reason::NoText => return Err(DraftError::NoText),
            Answer::Unknown(unknown) if unknown.reason == Reason::NoticeWithoutReason => {
                return Err(DraftError::Notice { message: shortened(message) });
            }
            Answer::Unknown(unknown) if unknown.reason == Reason::Fragment => {
                return Err(DraftError::Fragment { message: shortened(message) });
            }
            Answer::Unknown(unknown) => {
                reason.get_or_insert(unknown.reason);
                for near in unknown.nearest {
                    if !nearest.iter().any(|other| other.id == near.root_cause.id) {
                        nearest.push(near.root_cause);
                    }
                }
            }
        }
    }
    let lexicon = classifier.lexicon();
    let wordings = wordings(&messages, lexicon, wishes.message_language)?;
    let sentence = wordings.first().map_or("", |(_, sketch)| sketch.text.as_str());
    let id = match &wishes.id {
        Some(id) if classifier.catalogue().get(id).is_some() => {
            return Err(DraftError::IdTaken { id: id.clone() });
        }
        Some(id) => id.clone(),
        None => id_of(sentence, classifier),
    };
    let message_language = wordings.first().map_or(Language::En, |(language, _)| *language);
    let near_misses = near::near_misses(&nearest, &messages, classifier.catalogue(), message_language);
    let nearest = nearest.first().copied();
    let nearest_id = nearest.map(|cause| cause.id.as_str());
    let entry = Entry {
        id: &id,
        is_id_given: wishes.id.is_some(),
        group: wishes.group.or(nearest.map(|cause| cause.group)).unwrap_or(Group::Service),
        group_of: wishes.group.is_none().then_some(nearest_id),
        category: wishes
            .category
            .or(nearest.map(|cause| cause.aws_message_category))
            .unwrap_or(AwsMessageCategory::Miscellaneous),
        category_of: wishes.category.is_none().then_some(nearest_id),
        title: [wishes.title_en.as_deref(), wishes.title_de.as_deref()],
        cause: [wishes.cause_en.as_deref(), wishes.cause_de.as_deref()],
        source: wishes.source.as_deref(),
        wordings: &wordings,
        near_misses: &near_misses,
        reason,
    };
    let yaml = entry::yaml(&entry, wishes.language);
    let findings = proof(classifier, &id, &yaml, &messages);
    Ok(Draft { id, yaml, findings, language: wishes.language })
}

/// The messages as AWS wrote them, as far as that can be known, each once.
fn distinct(messages: &[&str]) -> Result<Vec<String>, DraftError> {
    let mut distinct: Vec<String> = Vec::new();
    for message in messages {
        if message.len() > LONGEST_MESSAGE {
            return Err(DraftError::TooLong { bytes: message.len() as u64, most: LONGEST_MESSAGE as u64 });
        }
        let once = Message::new(message).said_once().unwrap_or(message);
        let repaired = Repaired::of(once).text().trim().to_owned();
        if !repaired.is_empty() {
            distinct.push(repaired);
        }
    }
    // The order of the messages changes nothing.
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.is_empty() { Err(DraftError::NoText) } else { Ok(distinct) }
}

/// A wording for each kind of messages.
fn wordings(
    messages: &[String],
    lexicon: &Lexicon,
    language: Option<Language>,
) -> Result<Vec<(Language, Sketch)>, DraftError> {
    let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
    let mut anonymous = Anonymous::default();
    let mut wordings = Vec::new();
    for cluster in clusters(&messages, || lexicon) {
        let of_kind: Vec<&str> =
            cluster.members.iter().filter_map(|member| messages.get(*member)).copied().collect();
        let Some(first) = of_kind.first().copied() else { continue };
        let too_few = || DraftError::TooFewWords { message: shortened(first) };
        let sketch = wording::sketch(&of_kind, lexicon, &mut anonymous).ok_or_else(too_few)?;
        let pattern = Pattern::parse(&sketch.text).map_err(|_| too_few())?;
        let is_open = pattern.slots().any(|slot| slot == Slot::Value);
        if pattern.word_count() < if is_open { LEAST_WORDS_AROUND } else { LEAST_WORDS } {
            return Err(too_few());
        }
        wordings.push((language.unwrap_or_else(|| near::language_of(first)), sketch));
    }
    Ok(wordings)
}

/// An id of the words that say something, in kebab case, that no other root cause has.
fn id_of(sentence: &str, classifier: &Classifier) -> String {
    const MOST_WORDS: usize = 5;
    let words = Pattern::parse(sentence).map(|pattern| pattern.words()).unwrap_or_default();
    let is_ascii = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let says = |word: &&str| !classifier.lexicon().is_frame(word);
    let told: Vec<&str> = words.split(' ').filter(is_ascii).filter(says).take(MOST_WORDS).collect();
    let id = if told.is_empty() { "drafted-root-cause".to_owned() } else { told.join("-") };
    let is_free = |id: &String| classifier.catalogue().get(id).is_none();
    let others = (2..).map(|number: usize| format!("{id}-{number}"));
    std::iter::once(id.clone()).chain(others).find(is_free).unwrap_or(id)
}

/// What is wrong with the catalogue once the entry is laid over it.
fn proof(classifier: &Classifier, id: &str, yaml: &str, messages: &[String]) -> Vec<Finding> {
    let file = PatternFile::new(format!("{id}.yaml"), yaml);
    let mut catalogue = classifier.catalogue().clone();
    let overlay = catalogue.overlay([file.clone()]);
    if !overlay.findings.is_empty() {
        return overlay.findings;
    }
    let classifier = Classifier::new(catalogue);
    let mut findings = check(&classifier).findings;
    // The examples are a few of the messages, with other names.
    let is_missed = |message: &&String| {
        let answer = classifier.classify(message);
        !answer.diagnosis().is_some_and(|found| found.root_cause.id == id && found.tier == Tier::Exact)
    };
    let missed = messages.iter().filter(is_missed).count();
    if missed > 0 {
        // The messages have names of their own, so none is quoted.
        let problem = Problem::MessagesMissed { missed: missed as u64, all: messages.len() as u64 };
        let help = Help::DraftEachKind;
        findings.extend(file.findings([Fault::new(Rule::ExampleUnknown, "patterns", problem, help)]));
    }
    findings
}

#[cfg(test)]
mod tests;
