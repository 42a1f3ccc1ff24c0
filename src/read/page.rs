//! A page that was copied from the console: the name of a field on a line, its value on the next one, or behind a tab.

use std::io::{self, BufRead};

use super::blocks::Block;
use super::draft::is_missing;
use super::field::{Field, FieldNames};
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::table::is_message;
use crate::identifier::is_uuid;
use crate::record::{Position, State};

/// Whether a text is one page or several: two fields at least have a value that is one of theirs.
pub(super) fn is_page(sample: &str, names: &FieldNames) -> bool {
    let mut seen = 0;
    let mut pairs = Pairs::default();
    for line in sample.lines() {
        if let Some((field, _, value)) = pairs.next(line, names) {
            let is_own = match field {
                Field::CopyJobId | Field::MaybeId => is_uuid(&value),
                Field::State | Field::MaybeState => State::is_known_name(&value),
                Field::StatusMessage => is_message(&value),
                field => field.is_of_other_job() && is_uuid(&value),
            };
            seen |= if is_own { field.bit() } else { 0 };
        }
    }
    seen.count_ones() > 1
}

/// Reads pages, one behind another: a field that was there already belongs to the next job.
pub(super) fn read(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut pairs = Pairs::default();
    let mut block = Block::default();
    let mut labelled = Position { line: 1, column: 1 };
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(line) = line.text(reading) else { continue };
        let before = pairs.label.is_some();
        if let Some((_, label, value)) = pairs.next(&line, reading.names()) {
            block.put(&label, &value, if before { labelled } else { position }, reading);
        }
        if pairs.label.is_some() && !(before && line.trim().is_empty()) {
            labelled = position;
        }
    }
    block.end(reading);
    Ok(())
}

/// Finds names of fields and their values, line by line.
#[derive(Default)]
struct Pairs {
    /// A name whose value has not come yet.
    label: Option<(Field, String)>,
}

impl Pairs {
    /// What a line completes: a field, its name and its value.
    fn next(&mut self, line: &str, names: &FieldNames) -> Option<(Field, String, String)> {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        if let Some((label, value)) = line.split_once('\t') {
            self.label = None;
            let (field, label) = label_of(label, names)?;
            return Some((field, label, value.trim().to_owned()));
        }
        let label = label_of(line, names);
        // A word that is a name can be the value of another one: `Status`, `Created`.
        let is_value = |field: Field| {
            label.is_none()
                || (matches!(field, Field::State | Field::MaybeState) && State::is_known_name(line))
        };
        match self.label.take_if(|(field, _)| is_value(*field)) {
            Some((field, label)) => Some((field, label, line.to_owned())),
            None => {
                self.label = label;
                None
            }
        }
    }
}

/// The field that a line names, and its name.
fn label_of(line: &str, names: &FieldNames) -> Option<(Field, String)> {
    /// What the console calls the message on some of its pages. Elsewhere it may be anything.
    const MESSAGE: &[&str] = &["details", "einzelheiten"];
    let label = line.trim().trim_end_matches(':');
    if is_missing(label) || is_uuid(label) {
        return None;
    }
    if MESSAGE.iter().any(|name| label.eq_ignore_ascii_case(name)) {
        return Some((Field::StatusMessage, "Status message".to_owned()));
    }
    let field = names.field(label.as_bytes());
    (field != Field::Other).then(|| (field, label.to_owned()))
}
