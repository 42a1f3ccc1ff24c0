//! A page that was copied from the console: the name of a field on a line, its value on the next one, or behind a tab.

use std::io::{self, BufRead};

use super::blocks::Block;
use super::field::{Field, FieldNames};
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::value::is_message;
use crate::identifier::is_uuid;
use crate::record::{Position, State};

/// Whether a text is one page or several: two fields at least have a value that is one of theirs.
pub(super) fn is_page(sample: &str, names: &FieldNames) -> bool {
    let mut seen = 0;
    let mut pairs = Pairs::default();
    for line in sample.lines() {
        if let Some((Label { field, .. }, value)) = pairs.next(line, Position { line: 1, column: 1 }, names) {
            let is_own = match field {
                Field::CopyJobId | Field::MaybeId => is_uuid(value),
                Field::State | Field::MaybeState => State::is_known_name(value),
                Field::StatusMessage => is_message(value),
                field => field.is_of_other_job() && is_uuid(value),
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
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(line) = line.text(reading) else { continue };
        if let Some((label, value)) = pairs.next(&line, position, reading.names()) {
            block.put(&label.name, value, label.position, reading);
        }
    }
    block.end(reading);
    Ok(())
}

/// The name of a field, and where it stands.
struct Label {
    field: Field,
    name: String,
    position: Position,
}

/// Finds names of fields and their values, line by line.
#[derive(Default)]
struct Pairs {
    /// A name whose value has not come yet.
    label: Option<Label>,
}

impl Pairs {
    /// What a line completes: a name and its value.
    fn next<'l>(
        &mut self,
        line: &'l str,
        position: Position,
        names: &FieldNames,
    ) -> Option<(Label, &'l str)> {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        if let Some((label, value)) = line.split_once('\t') {
            self.label = None;
            return Some((label_of(label, position, names)?, value.trim()));
        }
        let label = label_of(line, position, names);
        // A word that is a name can be the value of another one: `Status`, `Created`.
        let is_value = |field: Field| {
            label.is_none()
                || (matches!(field, Field::State | Field::MaybeState) && State::is_known_name(line))
        };
        let before = self.label.take_if(|before| is_value(before.field));
        if before.is_none() {
            self.label = label;
        }
        before.map(|before| (before, line))
    }
}

/// The field that a line names.
fn label_of(line: &str, position: Position, names: &FieldNames) -> Option<Label> {
    /// What the console calls the message on some of its pages. Elsewhere it may be anything.
    const MESSAGE: &[&str] = &["details", "einzelheiten"];
    let label = line.trim().trim_end_matches(':');
    if MESSAGE.iter().any(|name| label.eq_ignore_ascii_case(name)) {
        return Some(Label { field: Field::StatusMessage, name: "Status message".to_owned(), position });
    }
    let field = names.field(label.as_bytes());
    (field != Field::Other).then(|| Label { field, name: label.to_owned(), position })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Item;
    use crate::read::tests::items_of;

    const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";

    #[test]
    fn a_page_has_two_fields_with_values_of_their_own() {
        let is = |text: &str| is_page(&text.replace('@', ID), &FieldNames::default());
        assert!(is("Copy job ID\n@\nStatus\nFailed\n"));
        assert!(is("Backup job ID\t@\nStatus\tCompleted\n"));
        assert!(!is("Status\nFailed\n"));
        assert!(!is("Status\nFailed\nAccount ID\n@\n"));
        assert!(!is("Status\nFailed\nBackup job ID\nsee above\n"));
    }

    /// Where the jobs of a page stand, and what it says of them.
    fn jobs(text: &str) -> Vec<String> {
        let job = |item: Item| match item {
            Item::Record(job) => {
                format!("{} {} {}", job.position, job.copy_job_id.as_deref() == Some(ID), job.state)
            }
            other => panic!("{other:?}"),
        };
        items_of(&text.replace('@', ID)).into_iter().map(job).collect()
    }

    #[test]
    fn a_job_stands_where_its_first_name_does() {
        assert_eq!(jobs("Copy jobs\nCopy job ID\n\n@\nStatus\nFailed\n"), ["2:1 true FAILED"]);
        assert_eq!(jobs("Copy jobs\n\nCopy job ID\t@\nStatus\tFailed\n"), ["3:1 true FAILED"]);
    }

    /// A name that stands where a value could says that the one before has none; `Completed` is both.
    #[test]
    fn a_name_without_a_value_is_passed_over() {
        assert_eq!(jobs("Copy jobs\nStatus\nCopy job ID\n\n@\nStatus\nFailed\n"), ["3:1 true FAILED"]);
        assert_eq!(jobs("Copy job ID\n@\nStatus\nCompleted\n"), ["1:1 true COMPLETED"]);
    }
}
