//! What has to hold for the messages of a root cause: every example against every pattern of every root cause.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Example, Fault, Help, PatternFile, Problem, RootCause, Rule};
use crate::classify::Classifier;
use crate::diagnosis::{Diagnosis, Tier};
use crate::normalise::Words;
use crate::phrases::{Captured, Nearest};
use crate::slot::Slot;

/// An example is a message without anything around it, so nothing may be in doubt.
const LEAST_CONFIDENCE: f64 = 0.95;

/// Nearer than this, no other root cause may come.
const LEAST_MARGIN: f64 = 0.2;

/// The faults of one root cause's examples, near misses and patterns.
pub(super) fn faults(cause: &RootCause, classifier: &Classifier, faults: &mut Vec<Fault>) {
    let mut used = BTreeSet::new();
    for (index, example) in cause.examples.iter().enumerate() {
        let path = format!("examples[{index}]");
        unknown_captures(example, &path, faults);
        match classifier.classify(&example.message).diagnosis() {
            // What is only similar or cut off, a pattern of its own should recognise.
            Some(diagnosis) if diagnosis.tier != Tier::Exact => {
                let id = diagnosis.root_cause.id.clone();
                faults.push(unrecognised(&path, Some(Nearest::Similar { id })));
            }
            Some(diagnosis) if diagnosis.root_cause.id == cause.id => {
                used.insert(diagnosis.wording.pattern.text());
                of_diagnosis(diagnosis, example, &path, faults);
            }
            Some(diagnosis) => {
                let id = diagnosis.root_cause.id.clone();
                let pattern = diagnosis.wording.pattern.text().to_owned();
                faults.push(Fault::new(
                    Rule::ExampleElsewhere,
                    format!("{path}.message"),
                    Problem::Elsewhere { id, pattern },
                    Help::MoveExample,
                ));
            }
            None => faults.push(unrecognised(&path, None)),
        }
    }
    for (index, near_miss) in cause.near_misses.iter().enumerate() {
        let answer = classifier.classify(&near_miss.message);
        let Some(diagnosis) = answer.diagnosis().filter(|diagnosis| diagnosis.root_cause.id == cause.id)
        else {
            continue;
        };
        let pattern = diagnosis.wording.pattern.text().to_owned();
        faults.push(Fault::new(
            Rule::NearMissMatches,
            format!("near_misses[{index}].message"),
            Problem::NearMissMatches { pattern },
            Help::LengthenForNearMiss,
        ));
    }
    for (index, wording) in cause.patterns.iter().enumerate() {
        let path = format!("patterns[{index}].text");
        let text = wording.pattern.text();
        if let Some(slot) = Slot::ALL.iter().find(|slot| text.contains(&format!("<{slot}>"))) {
            let slot = slot.name();
            let (problem, help) = (Problem::TakenForWords { slot }, Help::WriteInBraces { slot });
            faults.push(Fault::new(Rule::BadPattern, &path, problem, help));
        }
        let answer = classifier.classify(&wording.pattern.sentence());
        let winner = answer.diagnosis().map(|diagnosis| (&diagnosis.root_cause.id, diagnosis.wording));
        match winner {
            Some((_, winner)) if winner.pattern.text() == text => {}
            Some((id, winner)) => {
                let pattern = winner.pattern.text().to_owned();
                let problem = Problem::Shadowed { pattern, id: id.clone() };
                faults.push(Fault::new(Rule::ShadowedWording, &path, problem, Help::DropOne));
                continue;
            }
            None => {
                let problem = Problem::Unrecognised;
                faults.push(Fault::new(Rule::ShadowedWording, &path, problem, Help::MoreWords));
                continue;
            }
        }
        if !used.contains(text) {
            faults.push(Fault::new(Rule::DeadPattern, &path, Problem::DeadPattern, Help::AddMessage));
        }
    }
}

fn unrecognised(path: &str, near: Option<Nearest>) -> Fault {
    Fault::new(
        Rule::ExampleUnknown,
        format!("{path}.message"),
        Problem::UnknownExample { near },
        Help::AddPattern,
    )
}

fn unknown_captures(example: &Example, path: &str, faults: &mut Vec<Fault>) {
    for name in example.captures.keys().filter(|name| Slot::named(name).is_none()) {
        faults.push(Fault::new(
            Rule::UnknownCapture,
            format!("{path}.captures.{name}"),
            Problem::UnknownCapture { name: name.clone() },
            Slot::did_you_mean(name).into(),
        ));
    }
}

/// The faults of an example that was recognised as what it is.
fn of_diagnosis(diagnosis: &Diagnosis<'_>, example: &Example, path: &str, faults: &mut Vec<Fault>) {
    let confidence = diagnosis.confidence;
    if confidence < LEAST_CONFIDENCE {
        faults.push(Fault::new(
            Rule::ExampleUnsure,
            format!("{path}.message"),
            Problem::Unsure { confidence: confidence.into(), words: diagnosis.unexplained_words as u64 },
            Help::PatternWithMore,
        ));
    }
    for other in diagnosis.alternatives.iter().filter(|other| confidence - other.confidence < LEAST_MARGIN) {
        faults.push(Fault::new(
            Rule::NarrowMargin,
            format!("{path}.message"),
            Problem::FitsAsWell {
                other: other.root_cause.id.clone(),
                its: other.confidence.into(),
                confidence: confidence.into(),
            },
            Help::TellApart,
        ));
    }
    for other in &diagnosis.further {
        faults.push(Fault::new(
            Rule::NarrowMargin,
            format!("{path}.message"),
            Problem::OtherMessage { other: other.root_cause.id.clone() },
            Help::ExampleForEach,
        ));
    }
    for (name, expected) in &example.captures {
        let Some(slot) = Slot::named(name) else { continue };
        let captured = diagnosis.captures.get(slot);
        if captured != Some(expected) {
            let captured =
                captured.map_or(Captured::Nothing, |text| Captured::Text { text: text.to_owned() });
            faults.push(Fault::new(
                Rule::CaptureDiffers,
                format!("{path}.captures.{name}"),
                Problem::CaptureDiffers { captured },
                Help::CorrectCapture,
            ));
        }
    }
}

/// What was seen in the root causes before, and where.
#[derive(Default)]
pub(super) struct Across<'c> {
    wordings: BTreeMap<Words, (&'c PatternFile, String)>,
    examples: BTreeMap<&'c str, (&'c PatternFile, String)>,
}

impl<'c> Across<'c> {
    /// The wordings and examples that stand in another place as well.
    pub(super) fn faults(&mut self, cause: &'c RootCause, file: &'c PatternFile, faults: &mut Vec<Fault>) {
        for (index, wording) in cause.patterns.iter().enumerate() {
            let path = format!("patterns[{index}].text");
            let words = Words::of(wording.pattern.text());
            if let Some((other, place)) = self.wordings.insert(words, (file, path.clone())) {
                let problem = Problem::WordingTwice { place: other.place_of(&place) };
                faults.push(Fault::new(Rule::DuplicateWording, path, problem, Help::DropOne));
            }
        }
        for (index, example) in cause.examples.iter().enumerate() {
            let path = format!("examples[{index}].message");
            // Texts that differ in case or in the full stop are how AWS's wording varies.
            if let Some((other, place)) = self.examples.insert(example.message.trim(), (file, path.clone())) {
                let problem = Problem::ExampleTwice { place: other.place_of(&place) };
                faults.push(Fault::new(Rule::DuplicateExample, path, problem, Help::DropOne));
            }
        }
    }
}
