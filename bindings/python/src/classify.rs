//! Many messages: of each what a table has room for.

use copydoctor::diagnosis::Answer;
use copydoctor::{Language, Reason};
use pyo3::prelude::*;

use crate::engine::{MEMORY, language};

/// What a table has room for: the columns of `copydoctor batch --format csv` that tell of the diagnosis.
#[derive(Default, IntoPyObject)]
pub(crate) struct Brief(
    pub(crate) Option<&'static str>,
    pub(crate) Option<&'static str>,
    pub(crate) Option<f64>,
    pub(crate) Option<&'static str>,
    pub(crate) Option<&'static str>,
    pub(crate) Option<&'static str>,
);

impl Brief {
    pub(crate) fn of(answer: &Answer<'static>, language: Language) -> Self {
        let Some(diagnosis) = answer.diagnosis() else {
            return Self(None, None, None, None, None, answer.reason().map(Reason::name));
        };
        let cause = diagnosis.root_cause;
        Self(
            Some(&cause.id),
            Some(cause.title.get(language)),
            Some(diagnosis.confidence),
            Some(diagnosis.tier.name()),
            Some(diagnosis.wording.language.code()),
            None,
        )
    }
}

/// For each message id, title, confidence, match and language of its diagnosis, or the reason why there is none. What
/// has no message has none of them.
#[pyfunction]
#[pyo3(signature = (messages, lang))]
pub(crate) fn classify(py: Python<'_>, messages: Vec<Option<String>>, lang: &str) -> PyResult<Vec<Brief>> {
    let language = language(lang)?;
    Ok(py.detach(|| {
        let brief = |message: &String| Brief::of(&MEMORY.classify(message), language);
        messages.iter().map(|message| message.as_ref().map(brief).unwrap_or_default()).collect()
    }))
}
