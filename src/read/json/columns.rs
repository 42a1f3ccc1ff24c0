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

#[cfg(test)]
mod tests {
    use crate::read::Item;
    use crate::read::tests::items_of;
    use crate::record::Record;

    const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";

    #[track_caller]
    fn records(json: &str) -> Vec<Record> {
        let record = |item| if let Item::Record(record) = item { *record } else { panic!("{item:?}") };
        items_of(&json.replace('@', ID)).into_iter().map(record).collect()
    }

    #[test]
    fn a_number_in_a_column_is_a_value_and_a_flag_only_where_one_is_expected() {
        let job = r#"{"CopyJobId": {"0": "@"}, "State": {"0": "FAILED"}, "CreationDate": {"0": 1751432787},
            "IsParent": {"0": true}, "ResourceType": {"0": true}}"#;
        let [record] = &records(job)[..] else { panic!("one job") };
        assert_eq!(record.created_at.map(jiff::Timestamp::as_second), Some(1_751_432_787));
        assert_eq!((record.is_parent, &record.resource_type), (true, &None));
    }

    #[test]
    fn a_value_beside_the_columns_is_no_column() {
        let jobs =
            records(r#"{"StatusMessage": "No key", "CopyJobId": ["@", "B"], "State": ["FAILED", "FAILED"]}"#);
        let messages: Vec<_> = jobs.iter().map(|job| job.status_message.as_deref()).collect();
        assert_eq!(messages, [Some("No key"), Some("No key")]);
    }

    /// PowerShell writes the number of a state beside its name.
    #[test]
    fn a_value_in_a_wrapping_is_no_column() {
        let jobs = records(r#"{"CopyJobId": "@", "State": {"value": 3, "Value": "FAILED"}}"#);
        assert_eq!(jobs.len(), 1);
        assert_eq!(jobs[0].copy_job_id.as_deref(), Some(ID));
    }
}
