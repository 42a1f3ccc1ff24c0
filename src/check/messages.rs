//! What has to hold for the messages of a root cause: every example against every pattern of every root cause.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Example, Fault, PatternFile, RootCause, Rule};
use crate::classify::Classifier;
use crate::diagnosis::{Diagnosis, Tier};
use crate::normalise::Words;
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
                let id = &diagnosis.root_cause.id;
                faults.push(unrecognised(&path, &format!(", but it is similar to one of {id}")));
            }
            Some(diagnosis) if diagnosis.root_cause.id == cause.id => {
                used.insert(diagnosis.wording.pattern.text());
                of_diagnosis(diagnosis, example, &path, faults);
            }
            Some(diagnosis) => {
                let id = &diagnosis.root_cause.id;
                let pattern = diagnosis.wording.pattern.text();
                faults.push(Fault::new(
                    Rule::ExampleElsewhere,
                    format!("{path}.message"),
                    format!("this message is diagnosed as {id}, by '{pattern}'"),
                    "move it there, or give a pattern here that explains more of it",
                ));
            }
            None => faults.push(unrecognised(&path, "")),
        }
    }
    for (index, near_miss) in cause.near_misses.iter().enumerate() {
        let answer = classifier.classify(&near_miss.message);
        let Some(diagnosis) = answer.diagnosis().filter(|diagnosis| diagnosis.root_cause.id == cause.id)
        else {
            continue;
        };
        let pattern = diagnosis.wording.pattern.text();
        faults.push(Fault::new(
            Rule::NearMissMatches,
            format!("near_misses[{index}].message"),
            format!("this message is recognised, by '{pattern}'"),
            "give the pattern more of its sentence; if that is all of it, this message is no near miss",
        ));
    }
    for (index, wording) in cause.patterns.iter().enumerate() {
        let path = format!("patterns[{index}].text");
        let text = wording.pattern.text();
        if let Some(slot) = Slot::ALL.iter().find(|slot| text.contains(&format!("<{slot}>"))) {
            let problem = format!("<{slot}> is taken for words of the message");
            faults.push(Fault::new(Rule::BadPattern, &path, problem, format!("write {{{slot}}}, in braces")));
        }
        let answer = classifier.classify(&wording.pattern.sentence());
        let winner = answer.diagnosis().map(|diagnosis| (&diagnosis.root_cause.id, diagnosis.wording));
        match winner {
            Some((_, winner)) if winner.pattern.text() == text => {}
            Some((id, winner)) => {
                let problem =
                    format!("its own sentence is recognised by '{}' of {id}", winner.pattern.text());
                faults.push(Fault::new(Rule::ShadowedWording, &path, problem, "drop one of the two"));
                continue;
            }
            None => {
                let problem = "its own sentence is not recognised";
                faults.push(Fault::new(Rule::ShadowedWording, &path, problem, "give it more words"));
                continue;
            }
        }
        if !used.contains(text) {
            let problem = "no example needs this pattern";
            faults.push(Fault::new(
                Rule::DeadPattern,
                &path,
                problem,
                "add a real message that it recognises",
            ));
        }
    }
}

fn unrecognised(path: &str, but: &str) -> Fault {
    Fault::new(
        Rule::ExampleUnknown,
        format!("{path}.message"),
        format!("no pattern recognises this message{but}"),
        "add a pattern with its words, and placeholders where it varies; a text with ' #' or ': ' stands in quotes",
    )
}

fn unknown_captures(example: &Example, path: &str, faults: &mut Vec<Fault>) {
    for name in example.captures.keys().filter(|name| Slot::named(name).is_none()) {
        faults.push(Fault::new(
            Rule::UnknownCapture,
            format!("{path}.captures.{name}"),
            format!("there is no slot '{name}'"),
            Slot::did_you_mean(name),
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
            format!("the confidence is {confidence}: {} words are unexplained", diagnosis.unexplained_words),
            "add a pattern with more of its words",
        ));
    }
    for other in diagnosis.alternatives.iter().filter(|other| confidence - other.confidence < LEAST_MARGIN) {
        faults.push(Fault::new(
            Rule::NarrowMargin,
            format!("{path}.message"),
            format!("{} fits as well, with {} to {confidence}", other.root_cause.id, other.confidence),
            "make the patterns of both say what tells them apart",
        ));
    }
    for other in &diagnosis.further {
        faults.push(Fault::new(
            Rule::NarrowMargin,
            format!("{path}.message"),
            format!("a message of {} stands in it as well", other.root_cause.id),
            "give each message an example of its own",
        ));
    }
    for (name, expected) in &example.captures {
        let Some(slot) = Slot::named(name) else { continue };
        let captured = diagnosis.captures.get(slot);
        if captured != Some(expected) {
            let captured = captured.map_or("nothing".to_owned(), |captured| format!("'{captured}'"));
            faults.push(Fault::new(
                Rule::CaptureDiffers,
                format!("{path}.captures.{name}"),
                format!("what is captured is {captured}"),
                "correct the example, or place the placeholder where the value stands",
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
        const WAY_OUT: &str = "drop one of the two";
        for (index, wording) in cause.patterns.iter().enumerate() {
            let path = format!("patterns[{index}].text");
            let words = Words::of(wording.pattern.text());
            if let Some((other, place)) = self.wordings.insert(words, (file, path.clone())) {
                let problem = format!("this wording stands at {} as well", other.place_of(&place));
                faults.push(Fault::new(Rule::DuplicateWording, path, problem, WAY_OUT));
            }
        }
        for (index, example) in cause.examples.iter().enumerate() {
            let path = format!("examples[{index}].message");
            // Texts that differ in case or in the full stop are how AWS's wording varies.
            if let Some((other, place)) = self.examples.insert(example.message.trim(), (file, path.clone())) {
                let problem = format!("this message stands at {} as well", other.place_of(&place));
                faults.push(Fault::new(Rule::DuplicateExample, path, problem, WAY_OUT));
            }
        }
    }
}
