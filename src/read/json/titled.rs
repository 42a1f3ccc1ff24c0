//! Turns a list of cells that have their titles with them into a job: `[{"copyJobId": …}, {"state": …}]`, as CloudTrail
//! Lake answers a query, and `[{"field": "copyJobId", "value": …}]`, as Logs Insights does.
//!
//! Source: `GetQueryResults` of CloudTrail's API, whose rows are lists of maps of texts.

use serde_json::Value;

use super::cell_text;
use crate::identifier::is_uuid;
use crate::read::field::Field;
use crate::read::reading::Reading;
use crate::read::table::{Columns, RowOf};
use crate::record::Position;

/// Reads a list of objects with a `field` and a `value` each.
pub(super) fn read_pairs(bytes: &[u8], position: Position, reading: &mut Reading<'_>) {
    let Ok(Value::Array(pairs)) = serde_json::from_slice(bytes) else { return };
    let mut draft = reading.draft(position);
    for pair in &pairs {
        if let (Some(name), Some(value)) = (pair["field"].as_str(), pair.get("value")) {
            let field = reading.names().field(name.as_bytes());
            draft.put(field, cell_text(value));
        }
    }
    if draft.tells_of_a_job() {
        reading.job(draft);
    }
}

/// Reads a list in which some objects, or all, have one key.
pub(super) fn read(bytes: &[u8], position: Position, reading: &mut Reading<'_>) {
    let Ok(Value::Array(elements)) = serde_json::from_slice(bytes) else { return };
    let cells: Vec<(&str, String)> = elements.iter().filter_map(cell).collect();
    let is_again =
        |(at, (title, _)): (usize, &(&str, String))| cells.iter().take(at).any(|(other, _)| other == title);
    // A row has a title once, and a list of jobs has the same in each.
    let is_row = cells.len() == elements.len() && cells.len() > 1 && !cells.iter().enumerate().any(is_again);
    if is_row {
        row(&cells, position, reading);
    } else {
        cells.iter().for_each(|cell| alone(cell, reading));
    }
}

/// The title and value of an object that is a cell.
fn cell(element: &Value) -> Option<(&str, String)> {
    let object = element.as_object().filter(|object| object.len() == 1)?;
    let (title, value) = object.iter().next()?;
    let is_value = !value.is_object() && !value.is_array();
    is_value.then(|| (title.as_str(), cell_text(value)))
}

fn row(cells: &[(&str, String)], position: Position, reading: &mut Reading<'_>) {
    let values = || cells.iter().map(|(_, value)| value.as_str());
    let columns = Columns::of_titles(cells.iter().map(|(title, _)| *title), reading.names());
    let is_named = columns.as_ref().is_some_and(Columns::is_telling);
    // What an event in a cell says was read as the event.
    if !is_named && values().any(|value| value.contains('{') && value.contains('"')) {
        return;
    }
    let Some(columns) = columns else {
        let before = reading.findings();
        reading.row(None, values(), position);
        if reading.findings() == before {
            cells.iter().for_each(|cell| alone(cell, reading));
        }
        return;
    };
    if let RowOf::OtherJob(kind) = columns.row(values()) {
        return reading.other_job(kind);
    }
    let draft = columns.draft(values(), reading.name(), position);
    if draft.tells_of_a_job() {
        reading.job(draft);
    } else {
        cells.iter().for_each(|cell| alone(cell, reading));
    }
}

/// A value beside which nothing says how its job went.
fn alone((title, value): &(&str, String), reading: &mut Reading<'_>) {
    match reading.names().field(title.as_bytes()) {
        Field::CopyJobId => reading.started(Some(value.clone()).filter(|id| is_uuid(id))),
        kind if kind.is_of_other_job() => reading.other_job(kind),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::read::Item;
    use crate::read::tests::items_of;

    const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";

    /// The jobs in a text, in which `@` is an id, and what is said of it beside.
    fn told(json: &str) -> Vec<String> {
        let told = |item| match item {
            Item::Record(job) => {
                let id = job.copy_job_id.as_deref().map_or("no id", |id| if id == ID { "@" } else { id });
                let message = job.status_message.as_deref().unwrap_or("-");
                format!("{id} {} {message}", job.state.as_str())
            }
            Item::Warning(warning) => warning.to_string(),
            other => format!("{other:?}"),
        };
        items_of(&json.replace('@', ID)).into_iter().map(told).collect()
    }

    #[track_caller]
    fn is(json: &str, expected: &[&str]) {
        assert_eq!(told(json), expected, "{json}");
    }

    #[track_caller]
    fn says(json: &str, beginnings: &[&str]) {
        let told = told(json);
        let is_so = told.len() == beginnings.len()
            && told.iter().zip(beginnings).all(|(text, begin)| text.contains(begin));
        assert!(is_so, "{json}: {told:?}");
    }

    #[test]
    fn cells_with_their_titles_are_a_row() {
        is(
            r#"{"QueryStatus": "FINISHED", "QueryResultRows": [
                [{"eventTime": "2025-09-25 05:00:54.000"}, {"copyJobId": "@"}, {"state": "FAILED"}, {"statusMessage": "No key"}],
                [{"state": "COMPLETED"}, {"copyJobId": "B"}, {"statusMessage": null}]]}"#,
            &["@ FAILED No key", "B COMPLETED -"],
        );
        // One row alone, titles of people's own, columns that a query gave no name, and a value that is no text.
        is(
            r#"[{"job": "@"}, {"status": "FAILED"}, {"reason": "No key"}, {"size": 5}]"#,
            &["@ FAILED No key"],
        );
        is(
            r#"[[{"_col0": "@"}, {"_col1": "FAILED"}, {"_col2": "It was not allowed"}]]"#,
            &["@ FAILED It was not allowed"],
        );
        is(
            r#"[[{"copyJobId": "@"}, {"_col1": "FAILED"}, {"_col2": "It was not allowed"}]]"#,
            &["@ FAILED It was not allowed"],
        );
        is(
            r#"[[{"_col0": "@"}, {"_col1": "FAILED"}, {"_col2": "The key \"dr\" is gone"}]]"#,
            &[r#"@ FAILED The key "dr" is gone"#],
        );
    }

    /// The answer of `aws logs get-query-results`.
    #[test]
    fn fields_with_their_values_are_a_row() {
        is(
            r#"{"status": "Complete", "results": [
                [{"field": "detail.copyJobId", "value": "@"}, {"field": "detail.state", "value": "FAILED"},
                 {"field": "detail.statusMessage", "value": "No key"}, {"field": "@ptr", "value": "Cm0"}],
                [{"field": "detail.state", "value": "COMPLETED"}, {"field": "detail.copyJobId", "value": "B"}],
                [{"field": "state", "value": "FAILED"}, {"field": "@message", "value": null}]]}"#,
            &["@ FAILED No key", "B COMPLETED -"],
        );
    }

    #[test]
    fn objects_with_the_same_key_are_no_row() {
        says(r#"[{"copyJobId": "@"}, {"copyJobId": "@"}]"#, &["2 started copy jobs"]);
        says(
            r#"[{"backupJobId": "@"}, {"backupJobId": "B"}, {"backupJobId": "C", "state": "FAILED"}]"#,
            &["3 backup jobs"],
        );
        is(
            r#"{"FAILED": [{"CopyJobId": "@"}, {"CopyJobId": "B"}], "x": [{"S": "FAILED"}, {"S": "@"}]}"#,
            &["@ FAILED -", "B FAILED -"],
        );
        says(r#"[{"state": "FAILED"}, {"name": "x"}]"#, &["JSON without a copy job"]);
        // One cell alone is no row, whatever its title looks like.
        says(r#"[{"Copy job ID:": "@"}]"#, &["1 started copy job"]);
        says(r#"[{"Copy job ID:": "@"}, {"Created:": "2025-07-02"}]"#, &["1 started copy job"]);
        // Something else is among them, be it under one key.
        for more in [r#"{"name": "x", "size": 2}"#, r#"{"tags": {"team": "db"}}"#, r#"{"tags": ["db"]}"#] {
            says(
                &format!(r#"[{{"copyJobId": "@"}}, {{"state": "FAILED"}}, {more}]"#),
                &["1 started copy job"],
            );
        }
    }

    #[test]
    fn a_row_of_another_job_is_counted_and_one_that_says_too_little_is_too() {
        says(
            r#"[[{"backupJobId": "B"}, {"state": "FAILED"}, {"statusMessage": "No key"}],
                [{"copyJobId": "@"}, {"state": "FAILED"}, {"backupJobId": "B"}]]"#,
            &["@ FAILED -", "1 backup job"],
        );
        says(r#"[[{"copyJobId": "@"}, {"eventName": "StartCopyJob"}]]"#, &["1 started copy job"]);
    }

    #[test]
    fn an_event_in_a_cell_is_read_once() {
        let event = r#"{\"detail\": {\"copyJobId\": \"@\", \"state\": \"FAILED\"}}"#;
        is(&format!(r#"[[{{"time": "2025-09-25"}}, {{"message": "{event}"}}]]"#), &["@ FAILED -"]);
        is(&format!(r#"[[{{"eventID": "@"}}, {{"serviceEventDetails": "{event}"}}]]"#), &["@ FAILED -"]);
    }

    /// `get-query-results` gives a page of rows, and the CLI does not fetch the next one by itself.
    #[test]
    fn an_answer_says_whether_more_rows_follow() {
        says(
            r#"{"QueryResultRows": [[{"copyJobId": "@"}, {"state": "FAILED"}]], "NextToken": "x"}"#,
            &["@ FAILED -", "more rows follow"],
        );
    }

    #[test]
    fn rows_that_end_too_early_are_read_as_far_as_they_are_whole() {
        says(
            r#"{"QueryResultRows": [[{"copyJobId": "@"}, {"state": "FAILED"}], [{"copyJobId": "B"}, {"sta"#,
            &["@ FAILED -", "ends in the middle"],
        );
    }
}
