//! What the sentences of a catalogue say: each as the meanings of its words. Reading them takes longer than all else
//! about one message, so those of this build are read beforehand, by the test below.

use serde::Deserialize;

use super::telling_words;
use crate::catalogue::{Catalogue, RootCause};
use crate::lexicon::{Lexicon, Meaning, read_meanings};
use crate::normalise::{Message, Wrapper};

/// `said.json`, or nothing where it is older than what it is made from.
const BUILTIN: &str = include_str!(concat!(env!("OUT_DIR"), "/said.json"));

/// The sentences of a catalogue, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) struct Said {
    /// With the words of the sentences.
    pub(super) lexicon: Lexicon,
    pub(super) causes: Vec<SaidCause>,
}

/// The sentences of a root cause.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) struct SaidCause {
    pub(super) wordings: Vec<SaidSentence>,
    /// Its titles and paraphrases.
    pub(super) paraphrases: Vec<SaidSentence>,
    pub(super) near_misses: Vec<SaidSentence>,
}

/// The meanings of a sentence, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(try_from = "&str")]
#[cfg_attr(test, serde(into = "String"))]
pub(super) struct SaidSentence {
    pub(super) meanings: Vec<Meaning>,
    /// Those of each clause, if it has several.
    pub(super) clauses: Vec<Vec<Meaning>>,
}

/// Between the meanings of a sentence and those of its clauses, as they are written beforehand.
const CLAUSES: char = ';';

impl TryFrom<&str> for SaidSentence {
    type Error = &'static str;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let no_meanings = "a sentence is not written as its meanings and those of its clauses";
        let mut lists = text.split(CLAUSES).map(|list| read_meanings(list).ok_or(no_meanings));
        let meanings = lists.next().unwrap_or(Err(no_meanings))?;
        Ok(Self { meanings, clauses: lists.collect::<Result<_, _>>()? })
    }
}

impl Said {
    /// Those of this build, if they were read beforehand.
    pub(super) fn builtin() -> Option<Self> {
        serde_json::from_str(BUILTIN).ok()
    }

    /// Reads the sentences of a catalogue.
    pub(super) fn by(catalogue: &Catalogue) -> Self {
        let mut lexicon = catalogue.lexicon();
        for cause in catalogue.root_causes() {
            cause.patterns.iter().for_each(|wording| lexicon.learn(&wording.pattern.words()));
            near_misses(cause).for_each(|words| lexicon.learn(&words));
        }
        let sentence = |words: &str| SaidSentence { meanings: lexicon.meanings(words), clauses: Vec::new() };
        let causes = catalogue
            .root_causes()
            .iter()
            .map(|cause| SaidCause {
                wordings: cause
                    .patterns
                    .iter()
                    .map(|wording| SaidSentence {
                        meanings: lexicon.meanings(&wording.pattern.words()),
                        clauses: wording.pattern.clauses().iter().map(|it| lexicon.meanings(it)).collect(),
                    })
                    .collect(),
                paraphrases: paraphrases(cause).map(|words| sentence(&words)).collect(),
                near_misses: near_misses(cause).map(|words| sentence(&words)).collect(),
            })
            .collect();
        Self { lexicon, causes }
    }
}

/// The words of a root cause's near misses.
fn near_misses(cause: &RootCause) -> impl Iterator<Item = String> + '_ {
    cause.near_misses.iter().map(|it| telling_words(&it.message, &Wrapper::of(&it.message)))
}

/// The words of a root cause's titles and paraphrases.
fn paraphrases(cause: &RootCause) -> impl Iterator<Item = String> + '_ {
    let titles = [&cause.title.en, &cause.title.de].into_iter();
    let texts = titles.chain(cause.paraphrases.iter().map(|paraphrase| &paraphrase.text));
    texts.map(|text| Message::new(text).words().as_str().to_owned())
}

#[cfg(test)]
impl From<SaidSentence> for String {
    fn from(SaidSentence { meanings, clauses }: SaidSentence) -> Self {
        let lists =
            std::iter::once(&meanings).chain(&clauses).map(|list| crate::lexicon::meanings_text(list));
        lists.collect::<Vec<_>>().join(&CLAUSES.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/scorer/said.json");

    /// The file as it has to be: first what it was made from, then a line for the lexicon and for each root cause.
    fn page(said: &Said) -> String {
        fn json(value: &impl serde::Serialize) -> String {
            serde_json::to_string(value).expect("it can be written as JSON")
        }
        let made_from = env!("COPYDOCTOR_SAID_IS_MADE_FROM");
        let causes: Vec<String> = said.causes.iter().map(json).collect();
        let (lexicon, causes) = (json(&said.lexicon), causes.join(",\n"));
        format!("{{\"made_from\":\"{made_from}\",\n\"lexicon\":{lexicon},\n\"causes\":[\n{causes}\n]}}\n")
    }

    /// `UPDATE=1 cargo test` writes the file anew.
    #[test]
    fn what_was_read_beforehand_is_what_is_read() {
        let said = Said::by(&Catalogue::builtin());
        let page = page(&said);
        assert_eq!(serde_json::from_str::<Said>(&page).expect("it is read back"), said);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(FILE, &page).expect("the file can be written");
        }
        let committed = fs::read_to_string(FILE).unwrap_or_default().replace('\r', "");
        assert!(committed == page, "src/scorer/said.json is out of date: UPDATE=1 cargo test");
    }

    #[test]
    fn a_catalogue_that_was_changed_is_read_anew() {
        let mut catalogue = Catalogue::builtin();
        assert!(catalogue.is_builtin());
        let own = crate::catalogue::PatternFile::new("own/lexicon.yaml", "meanings:\n  vault: geldschrank\n");
        assert!(catalogue.overlay([own]).findings.is_empty());
        assert!(!catalogue.is_builtin());
        let knows = |catalogue: &Catalogue| {
            let lexicon = super::super::Scorer::new(catalogue).lexicon().clone();
            lexicon.meanings("geldschrank") == lexicon.meanings("vault")
        };
        assert!(knows(&catalogue) && !knows(&Catalogue::builtin()));
    }
}
