//! How near a reworded message comes to each wording of the catalogue, by the meanings of its words. A meaning
//! that few root causes speak of weighs more; `copy`, `key` and `denied` stand in many and weigh little.
//!
//! Which score is an answer, and how sure it is, is decided in `classify`.

mod parts;
mod said;
mod set;
mod words;

use crate::catalogue::{Catalogue, RootCause, Wording};
use crate::lexicon::{Lexicon, Meaning, Sense};
use crate::normalise::{Message, Wrapper, blank, varies};
use said::{Said, SaidCause, SaidSentence};
use set::Set;

pub(crate) use parts::{Run, runs};
pub use words::{FoundIn, WordScore};

/// What a word weighs that no wording has: as much as a meaning that a few root causes share.
const FOREIGN_WEIGHT: f64 = 0.5;

/// What a word counts that any failure's message may have, and a sentence has not, beside any other that is left over.
const EXPECTED_SHARE: f64 = 0.5;

/// A clause of less weight could stand in the message of many root causes.
const LEAST_CLAUSE: f64 = 2.5;

/// A clause alone is less than the whole wording.
const CLAUSE_SHARE: f64 = 0.85;

/// What a part of a wording is worth that is cut out of it without a gap, before what it covers.
const CUT_OUT_SHARE: f64 = 0.6;

/// Less could be cut out of many wordings.
const LEAST_CUT_OUT: f64 = 1.5;

/// What is left of the nearness to a wording that says the opposite in one place.
const OPPOSITE_SHARE: f64 = 0.6;

/// What the nearness to a title or paraphrase is worth, beside that to what AWS says; and how far it speaks against
/// other root causes.
const PARAPHRASE_SHARE: f64 = 0.9;
const PARAPHRASE_SHARE_AS_RIVAL: f64 = 0.5;

/// Even the commonest meaning says a little.
const LEAST_WEIGHT: f64 = 0.25;

/// What comes less near to a sentence than this is not compared with it any further: no answer needs it, and beside
/// one it could not be a rival.
const LEAST_VALUE: f64 = 0.05;

/// So much weight in common is half of a proof; a fragment that is a part of a wording is none.
const HALF_PROOF: f64 = 0.7;

/// The wordings of a catalogue as sets of weighted meanings.
#[derive(Debug, Clone)]
pub struct Scorer {
    lexicon: Lexicon,
    /// By root cause, in the order of the catalogue: its wordings, then its paraphrases and near misses.
    causes: Vec<Vec<Sentence>>,
    /// What each meaning weighs.
    weights: Vec<f64>,
    /// The sentences that each meaning stands in, counted over all root causes.
    standing_in: Vec<Vec<u32>>,
}

/// What a root cause is recognised by, or not to be taken for.
#[derive(Debug, Clone)]
struct Sentence {
    kind: Kind,
    set: Set,
    sequence: Vec<Meaning>,
    /// The sum of what its meanings weigh.
    weight: f64,
    /// Its clauses that could stand alone, and what each weighs.
    clauses: Vec<(f64, Set)>,
}

/// What a sentence is to its root cause.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Its wording at this place.
    Wording(usize),
    /// A title or paraphrase: how a person says it.
    Paraphrase,
    /// What only looks like it.
    NearMiss,
}

/// How near a message comes to the nearest wording of a root cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Score<'c> {
    /// The root cause.
    pub root_cause: &'c RootCause,
    /// Its wording that comes nearest; what comes nearer yet may be a paraphrase.
    pub wording: &'c Wording,
    /// How near, from 0 to 1.
    pub value: f64,
    /// How near, as far as it speaks against another root cause: words that nobody knows, and that could stand between
    /// a message's own, do not count as a gap.
    pub value_as_rival: f64,
    /// How much of the wording stands in the message, by weight, from 0 to 1.
    pub coverage: f64,
    /// How much of the message the wording explains, by weight, from 0 to 1.
    pub precision: f64,
}

impl Sentence {
    fn of(kind: Kind, SaidSentence { meanings, clauses }: SaidSentence, weights: &[f64]) -> Self {
        let set = Set::of(&meanings);
        let sets = clauses.iter().map(|clause| Set::of(clause));
        let weighed = sets.map(|set| (set.weight(weights), set));
        let clauses = weighed.filter(|(weight, _)| *weight >= LEAST_CLAUSE).collect();
        Self { kind, weight: set.weight(weights), set, sequence: meanings, clauses }
    }
}

impl<'c> Score<'c> {
    /// Keeps the nearest, and how far any of them speaks against another root cause.
    fn nearest(best: &mut Option<Self>, root_cause: &'c RootCause, wording: &'c Wording, near: Near) {
        let Near { value, value_as_rival, coverage, precision } = near;
        let value_as_rival = value_as_rival.max(best.as_ref().map_or(0.0, |best| best.value_as_rival));
        match best {
            Some(best) if value <= best.value => best.value_as_rival = value_as_rival,
            _ => *best = Some(Self { root_cause, wording, value, value_as_rival, coverage, precision }),
        }
    }
}

/// How near a message comes to one wording, in the terms of [`Score`].
#[derive(Debug, Clone, Copy)]
struct Near {
    value: f64,
    value_as_rival: f64,
    coverage: f64,
    precision: f64,
}

/// What a message says, in the terms of the lexicon.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The meanings in the order of the message.
    sequence: Vec<Meaning>,
    set: Set,
    /// The sum of what its meanings weigh.
    weight: f64,
    /// Those of its meanings that any failure of a copy job may have, and what they weigh.
    expected: Vec<(Meaning, f64)>,
    /// How many words nobody knows.
    foreign: usize,
    /// Whether a word that nobody knows stands anywhere but at the end, where a message is cut off.
    is_interrupted: bool,
    tells_of_trouble: bool,
}

impl Read {
    /// Whether anything in the message tells of trouble, and not of that of another system. What does not is no failure's
    /// message.
    #[must_use]
    pub fn tells_of_trouble(&self) -> bool {
        self.tells_of_trouble
    }

    /// Whether the message says nothing but what any failure of a copy job may say.
    #[must_use]
    pub fn is_expected(&self) -> bool {
        self.set.meanings().count() == self.expected.len()
    }

    /// How many meanings the message has.
    #[must_use]
    pub fn meanings(&self) -> usize {
        self.sequence.len()
    }

    /// What the meanings weigh that any failure may have and a sentence has not.
    fn expected_beside(&self, sentence: &Set) -> f64 {
        let beside = self.expected.iter().filter(|(meaning, _)| !sentence.contains(*meaning));
        beside.map(|(_, weight)| weight).sum()
    }

    /// How many words nobody knows.
    #[must_use]
    pub fn foreign(&self) -> usize {
        self.foreign
    }
}

impl Scorer {
    /// Reads the wordings of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let builtin = if catalogue.is_builtin() { Said::builtin() } else { None };
        Self::of(builtin.unwrap_or_else(|| Said::by(catalogue)))
    }

    /// Weighs what sentences say.
    fn of(Said { lexicon, causes: said }: Said) -> Self {
        let weights = weights(&lexicon, &said);
        let sentences = |SaidCause { wordings, paraphrases, near_misses }: SaidCause| {
            let wordings = wordings.into_iter().enumerate().map(|(place, it)| (Kind::Wording(place), it));
            let paraphrases = paraphrases.into_iter().map(|it| (Kind::Paraphrase, it));
            let near_misses = near_misses.into_iter().map(|it| (Kind::NearMiss, it));
            let all = wordings.chain(paraphrases).chain(near_misses);
            all.map(|(kind, it)| Sentence::of(kind, it, &weights)).collect()
        };
        let causes: Vec<Vec<Sentence>> = said.into_iter().map(sentences).collect();
        let mut standing_in = vec![Vec::new(); lexicon.len()];
        for (place, sentence) in (0_u32..).zip(causes.iter().flatten()) {
            for meaning in sentence.set.meanings() {
                if let Some(places) = standing_in.get_mut(meaning) {
                    places.push(place);
                }
            }
        }
        Self { lexicon, causes, weights, standing_in }
    }

    /// The lexicon, with the words of the catalogue.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads a normalised message.
    #[must_use]
    pub fn read(&self, words: &str) -> Read {
        let mut sequence = Vec::new();
        let mut foreign = Vec::new();
        let readings = self.lexicon.read(words, true);
        let last = readings.iter().rposition(|reading| reading.sense != Sense::Silent);
        for (index, reading) in readings.into_iter().enumerate() {
            match reading.sense {
                Sense::Meanings(meanings) => sequence.extend(meanings),
                Sense::Foreign if !varies(reading.text) => foreign.push(index),
                Sense::Foreign | Sense::Silent | Sense::Frame => {}
            }
        }
        let is_interrupted = foreign.iter().any(|index| Some(*index) != last);
        let tells_of_trouble = sequence.iter().any(|meaning| self.lexicon.is_trouble(*meaning))
            && !self.lexicon.is_about_elsewhere(words);
        let set = Set::of(&sequence);
        let weight = set.weight(&self.weights);
        let expected = self.lexicon.expected().iter().filter(|meaning| set.contains(**meaning));
        let weighed = expected.map(|it| (*it, self.weights.get(it.index()).copied().unwrap_or_default()));
        let expected = weighed.collect();
        Read { set, weight, sequence, expected, foreign: foreign.len(), is_interrupted, tells_of_trouble }
    }

    /// The root causes by how near their nearest wording comes, the nearest first. One of whose near misses comes
    /// nearer is none of them: the message says what only looks like it.
    ///
    /// `catalogue` must be the one that the scorer was made for.
    #[must_use]
    pub fn scores<'c>(&self, catalogue: &'c Catalogue, message: &Read) -> Vec<Score<'c>> {
        let mut scores: Vec<Score<'c>> = Vec::new();
        let opposites = self.opposites(message);
        let least = least_in_common(message);
        let in_common = self.in_common(message);
        let mut rest = in_common.as_slice();
        for (root_cause, sentences) in catalogue.root_causes().iter().zip(&self.causes) {
            let (in_common, others) = rest.split_at_checked(sentences.len()).unwrap_or_default();
            rest = others;
            if in_common.iter().all(|common| *common < least) {
                continue;
            }
            let (mut best, mut missed): (Option<Score<'c>>, f64) = (None, 0.0);
            for (sentence, common) in sentences.iter().zip(in_common).filter(|(_, common)| **common >= least)
            {
                let Some(near) = self.near(sentence, message, &opposites, *common) else { continue };
                match sentence.kind {
                    Kind::Wording(place) => {
                        let Some(wording) = root_cause.patterns.get(place) else { continue };
                        Score::nearest(&mut best, root_cause, wording, near);
                    }
                    Kind::Paraphrase => {
                        let wording = best.as_ref().map(|best| best.wording);
                        let Some(wording) = wording.or_else(|| root_cause.patterns.first()) else { continue };
                        let value = PARAPHRASE_SHARE * near.value;
                        let value_as_rival = PARAPHRASE_SHARE_AS_RIVAL * near.value_as_rival;
                        Score::nearest(
                            &mut best,
                            root_cause,
                            wording,
                            Near { value, value_as_rival, ..near },
                        );
                    }
                    Kind::NearMiss => missed = missed.max(near.value_as_rival),
                }
            }
            scores.extend(best.filter(|best| best.value > missed));
        }
        // Of equals the first in the catalogue stays first, and that is sorted by id.
        scores.sort_by(|one, other| other.value.total_cmp(&one.value));
        scores
    }

    /// What weighs that a message has in common with each sentence.
    fn in_common(&self, message: &Read) -> Vec<f64> {
        let mut in_common = vec![0.0; self.causes.iter().map(Vec::len).sum()];
        for meaning in message.set.meanings() {
            let (Some(weight), Some(places)) = (self.weights.get(meaning), self.standing_in.get(meaning))
            else {
                continue;
            };
            for place in places {
                if let Some(sum) = in_common.get_mut(*place as usize) {
                    *sum += weight;
                }
            }
        }
        in_common
    }

    /// How near a message comes to a sentence with which it has so much in common; none where that cannot be
    /// [`LEAST_VALUE`].
    fn near(
        &self,
        sentence: &Sentence,
        message: &Read,
        opposites: &[(Meaning, Meaning)],
        common: f64,
    ) -> Option<Near> {
        let coverage = common / sentence.weight;
        let precision = precision(message, common, message.expected_beside(&sentence.set));
        let of_message = precision.sqrt();
        let may_be_cut_out = common >= LEAST_CUT_OUT && common >= message.weight;
        // Most sentences share a word or two, and nothing below makes them come nearer than their words do.
        let most = if may_be_cut_out || !sentence.clauses.is_empty() { 1.0 } else { coverage };
        if most * of_message * most_proof(common) < LEAST_VALUE {
            return None;
        }
        let in_clause = |it: &Set| it.weight_in_common(&message.set, &self.weights);
        let clauses = sentence.clauses.iter().map(|(whole, it)| CLAUSE_SHARE * in_clause(it) / whole);
        let whole = clauses.fold(coverage, f64::max);
        // A message that was cut off lacks words for another reason than one that says something else.
        let whole_as_rival = if may_be_cut_out && is_cut_out(sentence, message) {
            whole.max(CUT_OUT_SHARE + (1.0 - CUT_OUT_SHARE) * coverage)
        } else {
            whole
        };
        let whole = if message.is_interrupted { whole } else { whole_as_rival };
        let says = |meaning: &Meaning| sentence.set.contains(*meaning);
        let is_opposite = opposites.iter().any(|(own, other)| says(other) && !says(own));
        let opposite = if is_opposite { OPPOSITE_SHARE } else { 1.0 };
        let of_whole = of_message * proof(common) * opposite;
        let (value, value_as_rival) = (whole * of_whole, whole_as_rival * of_whole);
        Some(Near { value, value_as_rival, coverage, precision })
    }

    /// What a message speaks of, and what excludes it: the source and the destination, or the like. One that speaks of
    /// both says nothing against either.
    fn opposites(&self, message: &Read) -> Vec<(Meaning, Meaning)> {
        let pairs = self.lexicon.opposites().iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]);
        pairs.filter(|(own, other)| message.set.contains(*own) && !message.set.contains(*other)).collect()
    }
}

/// How much of a message is explained by what it has in common with a sentence, where meanings of the weight `expected`
/// that any failure may have are left over.
#[expect(clippy::cast_precision_loss, reason = "a message has fewer than 2^52 words")]
fn precision(message: &Read, common: f64, expected: f64) -> f64 {
    let unexpected = message.weight - (1.0 - EXPECTED_SHARE) * expected;
    common / (unexpected + FOREIGN_WEIGHT * message.foreign as f64)
}

fn proof(common: f64) -> f64 {
    1.0 - 0.5_f64.powf(common / HALF_PROOF)
}

/// No less than [`proof`], for less work.
fn most_proof(common: f64) -> f64 {
    (common * (std::f64::consts::LN_2 / HALF_PROOF)).min(1.0)
}

/// With less in common no sentence comes nearer to a message than [`LEAST_VALUE`].
fn least_in_common(message: &Read) -> f64 {
    let expected = message.expected_beside(&Set::default());
    let is_enough = |common: f64| precision(message, common, expected).sqrt() * proof(common) >= LEAST_VALUE;
    let (mut too_little, mut enough) = (0.0, message.weight);
    for _ in 0..24 {
        let middle = f64::midpoint(too_little, enough);
        *(if is_enough(middle) { &mut enough } else { &mut too_little }) = middle;
    }
    // Nothing in common is never enough.
    too_little.max(f64::MIN_POSITIVE)
}

/// Whether all that a message says stands in the wording in one piece, but for words that nobody knows.
fn is_cut_out(sentence: &Sentence, message: &Read) -> bool {
    let length = message.sequence.len();
    length >= 3 && sentence.sequence.windows(length).any(|part| part == message.sequence)
}

/// The words of a message that are neither an SDK's nor vary from job to job.
pub(crate) fn telling_words(text: &str, wrapper: &Wrapper) -> String {
    let telling = blank(text, &wrapper.ranges);
    Message::new(&telling).words().as_str().to_owned()
}

/// What each meaning weighs: 1 where the wordings of a single root cause speak of it, less the more do.
#[expect(clippy::cast_precision_loss, reason = "a catalogue has fewer than 2^52 root causes")]
fn weights(lexicon: &Lexicon, causes: &[SaidCause]) -> Vec<f64> {
    let mut speak = vec![0_usize; lexicon.len()];
    for cause in causes {
        let meanings = cause.wordings.iter().flat_map(|wording| &wording.meanings);
        for meaning in Set::of(&meanings.copied().collect::<Vec<_>>()).meanings() {
            if let Some(count) = speak.get_mut(meaning) {
                *count += 1;
            }
        }
    }
    let rarity = |count: usize| ((causes.len() + 1) as f64 / (count as f64 + 0.5)).ln();
    let weight = |count| match count {
        0 => FOREIGN_WEIGHT,
        count => (rarity(count) / rarity(1)).max(LEAST_WEIGHT),
    };
    speak.into_iter().map(weight).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_of_a_proof_is_no_less_than_it_and_that_of_little_as_good_as_it() {
        for tenths in 0..100 {
            let common = f64::from(tenths) / 10.0;
            assert!(most_proof(common) >= proof(common), "{common}");
        }
        assert!(most_proof(0.01) < 1.01 * proof(0.01));
    }
}
