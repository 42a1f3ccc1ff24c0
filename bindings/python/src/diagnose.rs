//! One message: the JSON of the command line tool.

use copydoctor::diagnosis::Answer;
use copydoctor::render::{Diagnosed, write_answer_json};
use copydoctor::suggestion::nearest;
use copydoctor::{Language, Slot, SlotValues};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::engine::{MEMORY, language};

/// The answer to a message, as the line of JSON that `copydoctor diagnose --format json` writes.
#[pyfunction]
#[pyo3(signature = (message, lang, slots))]
pub(crate) fn diagnose(
    py: Python<'_>,
    message: &str,
    lang: &str,
    slots: &Bound<'_, PyDict>,
) -> PyResult<String> {
    let language = language(lang)?;
    let mut known = SlotValues::default();
    for (name, value) in slots {
        let (slot, value) = (slot(&name.extract::<String>()?)?, value.extract::<String>()?);
        known.set(slot, value).map_err(|unfit| PyValueError::new_err(format!("{}: {unfit}", slot.name())))?;
    }
    py.detach(|| json(message, MEMORY.classify(message), &known, language))
}

/// The slot of this name that a person may know.
fn slot(name: &str) -> PyResult<Slot> {
    Slot::named(name).filter(|slot| slot.is_flag()).ok_or_else(|| {
        let names: Vec<&str> =
            Slot::ALL.iter().filter(|slot| slot.is_flag()).map(|slot| slot.name()).collect();
        let meant = nearest(name, names).map(|meant| format!("; did you mean {meant}?"));
        PyTypeError::new_err(format!("there is no slot {name}{}", meant.unwrap_or_default()))
    })
}

/// The JSON of an answer, without the end of the line.
pub(crate) fn json(
    message: &str,
    answer: Answer<'_>,
    known: &SlotValues,
    language: Language,
) -> PyResult<String> {
    let diagnosed = Diagnosed::of(message, answer, known, language);
    let mut line = Vec::new();
    write_answer_json(&mut line, &diagnosed, language)?;
    line.truncate(line.trim_ascii_end().len());
    Ok(String::from_utf8(line)?)
}
