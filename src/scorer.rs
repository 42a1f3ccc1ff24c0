//! How near a reworded message comes to each wording of the catalogue, by the meanings of its words. A meaning
//! that few root causes speak of weighs more; `copy`, `key` and `denied` stand in many and weigh little.
//!
//! Which score is an answer, and how sure it is, is decided in `classify`.

mod set;

use crate::catalogue::{Catalogue, NearMiss, RootCause, Wording};
use crate::lexicon::{Lexicon, Meaning, Reading, Sense};
use crate::normalise::{Message, Wrapper, blank, varies};
use set::Set;

/// What a word weighs that no wording has: as much as a meaning that a few root causes share.
const FOREIGN_WEIGHT: f64 = 0.5;

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
const LEAST_VALUE: f64 = 0.1;

/// So much weight in common is half of a proof; a fragment that is a part of a wording is none.
const HALF_PROOF: f64 = 0.7;

/// The wordings of a catalogue as sets of weighted meanings.
#[derive(Debug, Clone)]
pub struct Scorer {
    lexicon: Lexicon,
    /// By root cause, in the order of the catalogue.
    causes: Vec<Sentences>,
    /// What each meaning weighs.
    weights: Vec<f64>,
    /// The sentences that each meaning stands in, counted over all root causes: the wordings of one, then its near
    /// misses.
    sentences: Vec<Vec<usize>>,
}

/// What a root cause is recognised by, and what it is not to be taken for.
#[derive(Debug, Clone)]
struct Sentences {
    wordings: Vec<Known>,
    /// Its titles and paraphrases: how a person says it.
    paraphrases: Vec<Known>,
    near_misses: Vec<Known>,
}

impl Sentences {
    fn all(&self) -> impl Iterator<Item = &Known> {
        self.wordings.iter().chain(&self.paraphrases).chain(&self.near_misses)
    }
}

/// A sentence's meanings.
#[derive(Debug, Clone)]
struct Known {
    set: Set,
    sequence: Vec<Meaning>,
    /// The sum of what its meanings weigh.
    weight: f64,
    /// Its clauses that could stand alone, and what each weighs.
    clauses: Vec<(f64, Set)>,
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
    /// How many words nobody knows.
    foreign: usize,
    /// Whether a word that nobody knows stands anywhere but at the end, where a message is cut off.
    is_interrupted: bool,
    tells_of_trouble: bool,
}

impl Read {
    /// Whether anything in the message tells of trouble. What does not is no failure's message.
    #[must_use]
    pub fn tells_of_trouble(&self) -> bool {
        self.tells_of_trouble
    }

    /// Whether nothing in the message means anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sequence.is_empty()
    }

    /// How many meanings the message has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sequence.len()
    }

    /// How many words nobody knows.
    #[must_use]
    pub fn foreign(&self) -> usize {
        self.foreign
    }
}

/// A word of a wording, what it weighs, and whether the message has it.
#[derive(Debug, Clone, PartialEq)]
pub struct WordScore {
    /// The word as it stands in the message, or the meaning's name where the message lacks it.
    pub word: String,
    /// What it weighs.
    pub weight: f64,
    /// Whether both have it, only the wording, or only the message.
    pub found_in: FoundIn,
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundIn {
    /// In the message and in the wording: it speaks for the root cause.
    Both,
    /// Only in the wording.
    Wording,
    /// Only in the message.
    Message,
}

impl FoundIn {
    /// The name in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Wording => "wording",
            Self::Message => "message",
        }
    }
}

impl Scorer {
    /// Reads the wordings of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut lexicon = catalogue.lexicon();
        let words_of = |it: &NearMiss| telling_words(&it.message, &Wrapper::of(&it.message));
        for cause in catalogue.root_causes() {
            cause.patterns.iter().for_each(|wording| lexicon.learn(&wording.pattern.words()));
            cause.near_misses.iter().for_each(|near_miss| lexicon.learn(&words_of(near_miss)));
        }
        let known = |lexicon: &Lexicon, words: &str| {
            let sequence = lexicon.meanings(words);
            Known { set: Set::of(&sequence), sequence, weight: 0.0, clauses: Vec::new() }
        };
        let mut causes: Vec<Sentences> = catalogue
            .root_causes()
            .iter()
            .map(|cause| Sentences {
                wordings: cause.patterns.iter().map(|it| known(&lexicon, &it.pattern.words())).collect(),
                paraphrases: paraphrases(cause).map(|words| known(&lexicon, &words)).collect(),
                near_misses: cause.near_misses.iter().map(|it| known(&lexicon, &words_of(it))).collect(),
            })
            .collect();
        let weights = weights(&lexicon, &causes);
        for (sentences, cause) in causes.iter_mut().zip(catalogue.root_causes()) {
            let said = sentences.wordings.iter_mut().chain(&mut sentences.paraphrases);
            for known in said.chain(&mut sentences.near_misses) {
                known.weight = known.set.weight(&weights);
            }
            for (known, wording) in sentences.wordings.iter_mut().zip(&cause.patterns) {
                let clauses = wording.pattern.clauses();
                let sets = clauses.iter().map(|clause| Set::of(&lexicon.meanings(clause)));
                let weighed = sets.map(|set| (set.weight(&weights), set));
                known.clauses = weighed.filter(|(weight, _)| *weight >= LEAST_CLAUSE).collect();
            }
        }
        let mut sentences = vec![Vec::new(); lexicon.len()];
        for (place, known) in causes.iter().flat_map(Sentences::all).enumerate() {
            for meaning in known.set.meanings() {
                if let Some(places) = sentences.get_mut(meaning) {
                    places.push(place);
                }
            }
        }
        Self { lexicon, causes, weights, sentences }
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
        let tells_of_trouble = sequence.iter().any(|meaning| self.lexicon.is_trouble(*meaning));
        let set = Set::of(&sequence);
        let weight = set.weight(&self.weights);
        Read { set, weight, sequence, foreign: foreign.len(), is_interrupted, tells_of_trouble }
    }

    /// The root causes by how near their nearest wording comes, the nearest first. One of whose near misses comes
    /// nearer is none of them: the message says what only looks like it.
    ///
    /// `catalogue` must be the one that the scorer was made for.
    #[must_use]
    pub fn scores<'c>(&self, catalogue: &'c Catalogue, message: &Read) -> Vec<Score<'c>> {
        let mut scores: Vec<Score<'c>> = Vec::new();
        let in_common = self.in_common(message);
        let least = least_in_common(message);
        let mut in_common = in_common.iter().copied();
        let mut near = |known: &Known| {
            let common = in_common.next().filter(|common| *common >= least)?;
            Some(self.near(known, message, common))
        };
        for (root_cause, sentences) in catalogue.root_causes().iter().zip(&self.causes) {
            let mut best: Option<Score<'c>> = None;
            for (wording, known) in root_cause.patterns.iter().zip(&sentences.wordings) {
                let Some(near) = near(known) else { continue };
                Score::nearest(&mut best, root_cause, wording, near);
            }
            for known in &sentences.paraphrases {
                let Some(near) = near(known) else { continue };
                let wording = best.as_ref().map(|best| best.wording).or_else(|| root_cause.patterns.first());
                let Some(wording) = wording else { continue };
                let value = PARAPHRASE_SHARE * near.value;
                let value_as_rival = PARAPHRASE_SHARE_AS_RIVAL * near.value_as_rival;
                Score::nearest(&mut best, root_cause, wording, Near { value, value_as_rival, ..near });
            }
            let near_misses = sentences.near_misses.iter().filter_map(&mut near);
            let missed = near_misses.map(|near| near.value_as_rival).fold(0.0, f64::max);
            scores.extend(best.filter(|best| best.value > missed));
        }
        scores.sort_by(|one, other| {
            other.value.total_cmp(&one.value).then(one.root_cause.id.cmp(&other.root_cause.id))
        });
        scores
    }

    /// What weighs that a message has in common with each sentence.
    fn in_common(&self, message: &Read) -> Vec<f64> {
        let mut in_common = vec![0.0; self.causes.iter().map(|sentences| sentences.all().count()).sum()];
        for meaning in message.set.meanings() {
            let (Some(weight), Some(sentences)) = (self.weights.get(meaning), self.sentences.get(meaning))
            else {
                continue;
            };
            for sentence in sentences {
                if let Some(sum) = in_common.get_mut(*sentence) {
                    *sum += weight;
                }
            }
        }
        in_common
    }

    /// How near a message comes to a wording with which it has so much in common.
    fn near(&self, known: &Known, message: &Read, common: f64) -> Near {
        let weight = |one: &Set, other: &Set| one.weight_in_common(other, &self.weights);
        let coverage = common / known.weight;
        let precision = precision(message, common);
        let clauses = known.clauses.iter().map(|(whole, it)| CLAUSE_SHARE * weight(it, &message.set) / whole);
        let whole = clauses.fold(coverage, f64::max);
        // A message that was cut off lacks words for another reason than one that says something else.
        let whole_as_rival = if common >= LEAST_CUT_OUT && is_cut_out(known, message) {
            whole.max(CUT_OUT_SHARE + (1.0 - CUT_OUT_SHARE) * coverage)
        } else {
            whole
        };
        let whole = if message.is_interrupted { whole } else { whole_as_rival };
        let opposite = if self.is_opposite(&known.set, &message.set) { OPPOSITE_SHARE } else { 1.0 };
        let of_whole = precision.sqrt() * proof(common) * opposite;
        let (value, value_as_rival) = (whole * of_whole, whole_as_rival * of_whole);
        Near { value, value_as_rival, coverage, precision }
    }

    /// Whether a message speaks of the source where a wording speaks of the destination, or the like.
    fn is_opposite(&self, wording: &Set, message: &Set) -> bool {
        let only = |set: &Set, one, other| set.contains(one) && !set.contains(other);
        self.lexicon.opposites().iter().any(|(one, other)| {
            (only(wording, *one, *other) && only(message, *other, *one))
                || (only(wording, *other, *one) && only(message, *one, *other))
        })
    }

    /// The words that a message and a wording have in common and those that only one of them has, the weightiest
    /// first.
    #[must_use]
    pub fn words(&self, wording: &Wording, words: &str) -> Vec<WordScore> {
        let own = self.lexicon.meanings(&wording.pattern.words());
        let set = Set::of(&own);
        let mut scores: Vec<WordScore> = Vec::new();
        let mut heard = Vec::new();
        for Reading { text, sense, .. } in self.lexicon.read(words, true) {
            match sense {
                Sense::Meanings(meanings) => {
                    for meaning in meanings {
                        if heard.contains(&meaning) {
                            continue;
                        }
                        heard.push(meaning);
                        let found_in = if set.contains(meaning) { FoundIn::Both } else { FoundIn::Message };
                        let weight = self.weight(meaning);
                        scores.push(WordScore { word: text.to_owned(), weight, found_in });
                    }
                }
                Sense::Foreign if !varies(text) => scores.push(WordScore {
                    word: text.to_owned(),
                    weight: FOREIGN_WEIGHT,
                    found_in: FoundIn::Message,
                }),
                Sense::Foreign | Sense::Silent | Sense::Frame => {}
            }
        }
        let seen = Set::of(&heard);
        let mut missing = own;
        missing.sort_unstable();
        missing.dedup();
        scores.extend(missing.into_iter().filter(|meaning| !seen.contains(*meaning)).map(|meaning| {
            WordScore {
                word: self.lexicon.name(meaning).to_owned(),
                weight: self.weight(meaning),
                found_in: FoundIn::Wording,
            }
        }));
        scores.sort_by(|one, other| {
            (one.found_in.cmp(&other.found_in))
                .then(other.weight.total_cmp(&one.weight))
                .then(one.word.cmp(&other.word))
        });
        scores
    }

    fn weight(&self, meaning: Meaning) -> f64 {
        self.weights.get(meaning.index()).copied().unwrap_or(FOREIGN_WEIGHT)
    }
}

/// The words of a root cause's titles and paraphrases.
fn paraphrases(cause: &RootCause) -> impl Iterator<Item = String> + '_ {
    let titles = [&cause.title.en, &cause.title.de].into_iter();
    let texts = titles.chain(cause.paraphrases.iter().map(|paraphrase| &paraphrase.text));
    texts.map(|text| Message::new(text).words().as_str().to_owned())
}

/// How much of a message is explained by what it has in common with a sentence.
#[expect(clippy::cast_precision_loss, reason = "a message has fewer than 2^52 words")]
fn precision(message: &Read, common: f64) -> f64 {
    common / (message.weight + FOREIGN_WEIGHT * message.foreign as f64)
}

fn proof(common: f64) -> f64 {
    1.0 - 0.5_f64.powf(common / HALF_PROOF)
}

/// With less in common no sentence comes nearer to a message than [`LEAST_VALUE`].
fn least_in_common(message: &Read) -> f64 {
    let is_enough = |common: f64| precision(message, common).sqrt() * proof(common) >= LEAST_VALUE;
    let (mut too_little, mut enough) = (0.0, message.weight);
    for _ in 0..24 {
        let middle = f64::midpoint(too_little, enough);
        *(if is_enough(middle) { &mut enough } else { &mut too_little }) = middle;
    }
    // Nothing in common is never enough.
    too_little.max(f64::MIN_POSITIVE)
}

/// Whether all that a message says stands in the wording in one piece, but for words that nobody knows.
fn is_cut_out(known: &Known, message: &Read) -> bool {
    let length = message.sequence.len();
    length >= 3 && known.sequence.windows(length).any(|part| part == message.sequence)
}

/// The words of a message that are neither an SDK's nor vary from job to job.
pub(crate) fn telling_words(text: &str, wrapper: &Wrapper) -> String {
    let telling = blank(text, &wrapper.ranges);
    Message::new(&telling).words().as_str().to_owned()
}

/// What each meaning weighs: 1 where a single root cause speaks of it, less the more do.
#[expect(clippy::cast_precision_loss, reason = "a catalogue has fewer than 2^52 root causes")]
fn weights(lexicon: &Lexicon, causes: &[Sentences]) -> Vec<f64> {
    let rarity = |count: usize| ((causes.len() + 1) as f64 / (count as f64 + 0.5)).ln();
    let speak = |index: usize| {
        causes.iter().filter(|it| it.wordings.iter().any(|known| known.set.has(index))).count()
    };
    (0..lexicon.len())
        .map(|index| match speak(index) {
            0 => FOREIGN_WEIGHT,
            count => (rarity(count) / rarity(1)).max(LEAST_WEIGHT),
        })
        .collect()
}
