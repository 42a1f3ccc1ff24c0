//! Turns an object of columns into jobs: `{"CopyJobId": {"0": …, "1": …}, "State": …}`, as pandas writes a table, or the
//! same with lists.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::record::is_wrapping;
use crate::read::draft::Draft;
use crate::read::field::{Field, FieldNames};
use crate::record::Position;

/// The jobs of an object of columns; `None` if its values are no columns but single values in a wrapping.
pub(super) fn jobs(
    object: &Map<String, Value>,
    names: &FieldNames,
    file: &Arc<str>,
    position: Position,
) -> Option<Vec<Draft>> {
    let columns: Vec<(Field, &Value)> =
        object.iter().map(|(key, value)| (names.field(key.as_bytes()), value)).collect();
    let leading = columns.iter().find(|(field, value)| field.is_telling() && rows(value).is_some())?;
    let rows = rows(leading.1)?;
    let jobs = rows.into_iter().map(|row| {
        let mut draft = Draft::new(Arc::clone(file), position);
        for (field, column) in &columns {
            let cell = match column {
                Value::Object(cells) => cells.get(&row),
                Value::Array(cells) => row.parse().ok().and_then(|row: usize| cells.get(row)),
                // A value beside the columns holds for all of them.
                single => Some(*single),
            };
            match cell {
                Some(Value::String(text)) => draft.put(*field, text.clone()),
                Some(Value::Number(number)) => draft.put(*field, number.to_string()),
                Some(Value::Bool(flag)) if *field == Field::IsParent => draft.put(*field, flag.to_string()),
                _ => {}
            }
        }
        draft
    });
    Some(jobs.collect())
}

/// The names of a column's rows, if it is one.
fn rows(column: &Value) -> Option<Vec<String>> {
    match column {
        Value::Object(cells) => {
            let is_column = !cells.is_empty() && !cells.keys().any(|key| is_wrapping(key));
            is_column.then(|| cells.keys().cloned().collect())
        }
        Value::Array(cells) => Some((0..cells.len()).map(|row| row.to_string()).collect()),
        _ => None,
    }
}
