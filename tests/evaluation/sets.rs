//! The sets of messages, each classified once.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use copydoctor::catalogue::PatternFile;
use copydoctor::normalise::{Message, Words};
use copydoctor::{Catalogue, Classifier, RootCause};

use crate::common::{CLASSIFIER, Labelled, labelled};
use crate::mangling::{KINDS, Mangling, OF_UMLAUTS};
use crate::outcome::{Case, Verdict};

/// A set of messages that nothing may be tuned to, but for the part that was looked at.
pub struct HeldOut {
    pub name: &'static str,
    /// The share that has to be right.
    pub least_share: f64,
    pub looked_at: Vec<Verdict>,
    pub untouched: Vec<Verdict>,
}

impl HeldOut {
    fn read(name: &'static str, fixture: &'static str, least_share: f64) -> Self {
        let cases = labelled(&format!("held-out/{fixture}"));
        assert!(cases.len() >= 25, "{fixture}");
        let is_looked_at = |case: &Labelled| case.looked_at.expect("a held-out line says so");
        let (looked_at, untouched): (Vec<_>, Vec<_>) = cases.into_iter().partition(is_looked_at);
        Self { name, least_share, looked_at: verdicts(looked_at), untouched: verdicts(untouched) }
    }

    /// Both parts.
    pub fn all(&self) -> impl Iterator<Item = &Verdict> + Clone {
        self.looked_at.iter().chain(&self.untouched)
    }
}

/// The manglings of a kind, and what became of the messages.
pub struct Kind {
    pub name: &'static str,
    pub manglings: usize,
    pub verdicts: Vec<Verdict>,
}

/// All that is measured.
pub struct Evaluation {
    pub documented: Vec<Verdict>,
    pub mangled: Vec<Kind>,
    /// The German rewordings and paraphrases, by the kinds that change umlauts.
    pub mangled_rewordings: Vec<Kind>,
    pub held_out: Vec<HeldOut>,
    pub unrelated: Vec<Verdict>,
    /// The examples of wordings that the catalogue did not have when it was asked.
    pub cross_validated: Vec<Verdict>,
}

pub static EVALUATION: LazyLock<Evaluation> = LazyLock::new(|| {
    std::thread::scope(|scope| {
        let mangled = scope.spawn(|| all_mangled(&documented(), |_| true));
        let mangled_rewordings = scope.spawn(|| {
            let fixtures = ["held-out/rewordings.de.jsonl", "held-out/paraphrases.de.jsonl"];
            let cases: Vec<Labelled> = fixtures.into_iter().flat_map(labelled).collect();
            all_mangled(&cases, |kind| OF_UMLAUTS.contains(&kind))
        });
        let cross_validated = scope.spawn(cross_validated);
        Evaluation {
            documented: verdicts(documented()),
            held_out: vec![
                HeldOut::read("German rewordings", "rewordings.de.jsonl", 0.95),
                HeldOut::read("English rewordings", "rewordings.en.jsonl", 0.92),
                HeldOut::read("German paraphrases", "paraphrases.de.jsonl", 0.95),
                HeldOut::read("tickets and chats", "tickets.jsonl", 0.9),
                HeldOut::read("later messages", "later.jsonl", 0.85),
                HeldOut::read("look-alikes", "look-alikes.jsonl", 0.98),
            ],
            unrelated: verdicts(labelled("unrelated-messages.jsonl")),
            mangled: mangled.join().expect("it is measured"),
            mangled_rewordings: mangled_rewordings.join().expect("it is measured"),
            cross_validated: cross_validated.join().expect("it is measured"),
        }
    })
});

fn documented() -> Vec<Labelled> {
    labelled("documented-messages.jsonl")
}

fn verdicts(cases: Vec<Labelled>) -> Vec<Verdict> {
    let cases = cases.into_iter();
    cases
        .map(|case| {
            Verdict::of(&CLASSIFIER, Case { message: case.message, cause: case.cause, left_open: None })
        })
        .collect()
}

/// What a root cause that leaves the reason open says of a message whose reason is given.
fn left_open(message: &str) -> Option<String> {
    let message = Message::new(message);
    let says = |cause: &&RootCause| cause.patterns.iter().any(|it| it.pattern.find(&message).is_some());
    let unspecific = CLASSIFIER.catalogue().root_causes().iter().filter(|cause| cause.unspecific);
    unspecific.filter(says).map(|cause| cause.id.clone()).next()
}

fn all_mangled(cases: &[Labelled], is_wanted: impl Fn(&str) -> bool) -> Vec<Kind> {
    let kinds = KINDS.iter().filter(|(name, _)| is_wanted(name));
    kinds.map(|(name, manglings)| mangled(cases, name, manglings)).collect()
}

fn mangled(cases: &[Labelled], name: &'static str, manglings: &[Mangling]) -> Kind {
    let mut verdicts = Vec::new();
    for case in cases {
        let left_open = left_open(&case.message);
        for mangling in manglings {
            let message = (mangling.apply)(&case.message);
            if message != case.message {
                let case = Case { message, cause: case.cause.clone(), left_open: left_open.clone() };
                verdicts.push(Verdict::of(&CLASSIFIER, case));
            }
        }
    }
    Kind { name, manglings: manglings.len(), verdicts }
}

/// Each wording in turn, held out where the root cause has others: the sentence itself, and the examples that it is
/// there for.
fn cross_validated() -> Vec<Verdict> {
    let whole = CLASSIFIER.catalogue();
    let mut verdicts = Vec::new();
    for (cause, file) in whole.with_files().filter(|(cause, _)| cause.patterns.len() > 1) {
        for (index, wording) in cause.patterns.iter().enumerate() {
            let rest = Classifier::new(without_wording(whole, file, index));
            let is_its_own = |message: &&String| {
                let answer = CLASSIFIER.classify(message);
                answer.diagnosis().is_some_and(|diagnosis| diagnosis.wording == wording)
            };
            let sentence = wording.pattern.sentence();
            let examples = cause.examples.iter().map(|example| &example.message).filter(is_its_own);
            let mut seen = BTreeSet::new();
            let messages = std::iter::once(&sentence).chain(examples);
            for message in messages.filter(|message| seen.insert(Words::of(message))) {
                let cause = Some(cause.id.clone());
                let case = Case { message: message.clone(), cause, left_open: None };
                verdicts.push(Verdict::of(&rest, case));
            }
        }
    }
    verdicts
}

/// The catalogue as it was before somebody added the wording of this index to a file.
fn without_wording(whole: &Catalogue, file: &PatternFile, index: usize) -> Catalogue {
    let mut yaml: serde_yaml::Value = serde_yaml::from_str(&file.text).expect("a built-in file is YAML");
    let patterns = yaml["patterns"].as_sequence_mut().expect("a file has patterns");
    patterns.remove(index);
    let text = serde_yaml::to_string(&yaml).expect("what was YAML is YAML");
    let mut rest = whole.clone();
    let overlay = rest.overlay([PatternFile::new(file.path.clone(), text)]);
    assert!(overlay.findings.is_empty() && overlay.changes.len() == 1, "{:?}", overlay.findings);
    rest
}
