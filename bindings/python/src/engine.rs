//! The one classifier of a process, and what it remembers of messages.

use std::sync::LazyLock;

use copydoctor::classify::Memory;
use copydoctor::{Classifier, Language};
use pyo3::PyResult;
use pyo3::exceptions::PyValueError;

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(Classifier::builtin);

/// Answers from all threads; a message of a kind that was seen before costs little.
pub(crate) static MEMORY: LazyLock<Memory<'static>> = LazyLock::new(|| Memory::new(&CLASSIFIER));

/// The language of this code.
pub(crate) fn language(code: &str) -> PyResult<Language> {
    Language::of_code(code)
        .ok_or_else(|| PyValueError::new_err(format!("lang is {code:?}; it can be \"en\" or \"de\"")))
}
