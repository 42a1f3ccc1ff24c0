//! What the scanner knows of an object or array while it is open, and what that makes of it when it closes.

use super::named::{Around, Naming};
use crate::identifier::is_uuid;
use crate::phrases::JsonFault;
use crate::read::field::Field;
use crate::record::{Position, State};

/// Where JSON ends to be JSON, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) position: Position,
    pub(super) problem: JsonFault,
}

/// What a stretch of JSON is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An object that is a copy job, or one that holds a job and says more about it.
    Record,
    /// An object of columns, each with the values of many jobs.
    Columns,
    /// An array of values: a row of a table, or its titles.
    Row,
    /// An array of objects with a `field` and a `value` each.
    Pairs,
    /// An array of objects with one key each: cells that have their title with them.
    Titled,
    /// An object whose keys say little and whose values look like a copy job's.
    Odd,
    /// An object around a notice of AWS Backup's without a reason.
    Notice,
    /// The inside of a string that holds JSON, be it encoded.
    Embedded,
    /// An array of nothing but texts.
    Texts,
    /// An array of the lines of JSON, each a text.
    Lines,
    /// An object with the id of a copy job that says nothing of how it went.
    Started,
    /// A job of another kind.
    OtherJob(Field),
}

/// What the elements of an array have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Elements {
    None,
    Scalars,
    Cells,
    Pairs,
    Titled,
    Mixed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expect {
    Key,
    Colon,
    Value,
    CommaOrEnd,
}

/// A stretch of the file that was whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) position: Position,
}

/// What the inside of a string may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    Nothing,
    Json,
    Notice,
}

/// An object or array that has begun and not ended.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) is_object: bool,
    pub(super) start: u64,
    pub(super) position: Position,
    pub(super) expect: Expect,
    /// The last key, whose value comes next.
    pub(super) key: Field,
    /// What that key says of the jobs within its value.
    pub(super) naming: Naming,
    /// The keys so far, as bits.
    keys: u64,
    /// The fields whose values are objects or arrays, as bits.
    nested: u64,
    /// Whether a key or a value was seen. Without one it may be a bracket in prose.
    pub(super) has_content: bool,
    /// Whether there was one key so far and no other.
    has_one_key: bool,
    elements: Elements,
    /// How many elements of an array are objects with one key that a job has.
    titled: u32,
    /// Whether the first text of an array opens JSON and nothing else, and whether the last one closes it.
    opens_json: bool,
    closes_json: bool,
    /// How many of its values, or its cells' values, are a state, an id, the name of a field.
    states: u32,
    ids: u32,
    names: u32,
    /// The copy job within, where this only says more about it.
    pub(super) inner: Option<Stretch>,
    /// The strings within that may hold jobs; of no interest if this is a job itself.
    pub(super) embedded: Vec<Stretch>,
    has_notice: bool,
    /// Too large to be a record; its beginning is no longer in memory.
    pub(super) released: bool,
}

impl Frame {
    pub(super) fn new(is_object: bool, start: u64, position: Position) -> Self {
        Self {
            is_object,
            start,
            position,
            expect: if is_object { Expect::Key } else { Expect::Value },
            key: Field::Other,
            naming: Naming::Nothing,
            keys: 0,
            nested: 0,
            has_content: false,
            has_one_key: false,
            elements: Elements::None,
            titled: 0,
            opens_json: false,
            closes_json: false,
            states: 0,
            ids: 0,
            names: 0,
            inner: None,
            embedded: Vec::new(),
            has_notice: false,
            released: false,
        }
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.keys & field.bit() != 0
    }

    /// Whether the value of the field is an object or array.
    fn nests(&self, field: Field) -> bool {
        self.nested & field.bit() != 0
    }

    pub(super) fn key_ends(&mut self, key: Field, text: &[u8]) {
        self.key = key;
        self.naming = Naming::of(text);
        self.keys |= key.bit();
        self.has_one_key = !self.has_content;
        self.has_content = true;
        self.expect = Expect::Colon;
    }

    /// A value has ended that is neither object nor array.
    pub(super) fn scalar_ends(&mut self) {
        self.value_ends(Elements::Scalars);
    }

    /// A job has ended that is an element of this array.
    pub(super) fn record_ends(&mut self) {
        self.value_ends(Elements::Mixed);
    }

    fn value_ends(&mut self, elements: Elements) {
        self.has_content = true;
        self.expect = Expect::CommaOrEnd;
        self.elements = match self.elements {
            Elements::None => elements,
            same if same == elements => same,
            _ => Elements::Mixed,
        };
    }

    /// A string has ended; gives what its inside may be.
    pub(super) fn string_ends(&mut self, text: &[u8]) -> Inside {
        if !self.is_object {
            self.opens_json |= self.elements == Elements::None && matches!(text.trim_ascii(), b"{" | b"[");
            self.closes_json = self.opens_json && matches!(text.trim_ascii(), b"}" | b"]");
        }
        self.scalar_ends();
        match text.len() {
            36 => self.ids += u32::from(std::str::from_utf8(text).is_ok_and(is_uuid)),
            3..=10 => self.states += u32::from(is_state(text)),
            _ => {}
        }
        if !self.is_object || self.key == Field::VarCharValue {
            self.names += u32::from(Field::of(text).is_telling());
        }
        // A status message may quote anything; it is the message all the same.
        let inside = if self.key == Field::StatusMessage { Inside::Nothing } else { inside(text) };
        self.has_notice |= inside == Inside::Notice;
        inside
    }

    /// An object or array within has ended.
    pub(super) fn child_ends(&mut self, child: &Self) {
        self.nested |= self.key.bit();
        let is_cell = |field: Field| child.is_object && child.has(field);
        let is_empty_cell = child.is_object && !child.has_content;
        let elements = if is_cell(Field::VarCharValue) || is_empty_cell {
            Elements::Cells
        } else if is_cell(Field::CellName) {
            Elements::Pairs
        } else if child.is_titled() {
            Elements::Titled
        } else {
            Elements::Mixed
        };
        self.value_ends(elements);
        self.titled += u32::from(elements == Elements::Titled && child.key.is_telling_of_jobs());
        if !self.is_object {
            self.states += child.states;
            self.ids += child.ids;
            self.names += child.names;
        }
    }

    /// Whether this is an object with one key, whose value is none of these.
    fn is_titled(&self) -> bool {
        self.is_object && self.has_one_key && self.nested == 0
    }

    /// Whether an object in this array is a cell, so that only the array tells what it is about.
    pub(super) fn has_cell(&self, child: &Self) -> bool {
        !self.is_object && !self.released && child.is_titled()
    }

    /// What was taken for a cell of this array is a job, which has its state from around.
    pub(super) fn cell_is_a_job(&mut self) {
        self.elements = Elements::Mixed;
        self.titled = self.titled.saturating_sub(1);
    }

    /// An object is a copy job if it has an id and something to say, or, as `CREATED` events, both vaults.
    pub(super) fn is_record(&self) -> bool {
        self.is_record_with(false)
    }

    /// The same, where a state may stand around it.
    fn is_record_with(&self, state_around: bool) -> bool {
        let has_state = self.has(Field::State) || state_around;
        let has_message = self.has(Field::StatusMessage);
        let has_other_id = self.has(Field::OtherBackupJob) || self.has(Field::OtherRestoreJob);
        (self.has(Field::CopyJobId) && (has_state || has_message || self.has_plain_status()))
            || (self.has(Field::SourceVaultArn) && self.has(Field::DestinationVaultArn) && has_state)
            || (has_state && has_message && !has_other_id && (self.states > 0 || state_around))
    }

    fn has_plain_status(&self) -> bool {
        self.has(Field::MaybeState) && self.states > 0
    }

    /// Whether enough of the object was seen to say that a copy job was meant.
    pub(super) fn names_a_job(&self) -> bool {
        self.has(Field::CopyJobId) || self.is_record()
    }

    /// What this is, now that it is whole; `is_in_arrays_only` says that nothing around it has a name.
    pub(super) fn kind(&self, is_in_arrays_only: bool, around: Around<'_>) -> Option<Kind> {
        if !self.is_object {
            let tells = self.states > 0 || self.ids > 0 || self.names > 0;
            return match self.elements {
                Elements::Scalars if self.closes_json => Some(Kind::Lines),
                Elements::Scalars | Elements::Cells if tells => Some(Kind::Row),
                Elements::Pairs if tells => Some(Kind::Pairs),
                Elements::Titled if tells => Some(Kind::Titled),
                _ if self.titled > 0 => Some(Kind::Titled),
                Elements::Scalars if is_in_arrays_only && self.embedded.is_empty() => Some(Kind::Texts),
                _ => None,
            };
        }
        let other = [Field::OtherBackupJob, Field::OtherRestoreJob, Field::OtherJob]
            .into_iter()
            .find(|field| self.has(*field));
        if self.is_record_with(around.state.is_some()) {
            let columns = [Field::CopyJobId, Field::State, Field::StatusMessage];
            let is_of_columns = columns.into_iter().any(|field| self.nests(field));
            Some(if is_of_columns { Kind::Columns } else { Kind::Record })
        } else if let Some(other) = other {
            Some(Kind::OtherJob(other))
        } else if self.has_notice {
            Some(Kind::Notice)
        } else if self.has(Field::CopyJobId) && !self.nests(Field::CopyJobId) {
            Some(Kind::Started)
        } else if self.is_odd(around) {
            Some(Kind::Odd)
        } else {
            None
        }
    }

    /// With keys of people's own a job is known by its values: one state, and an id, or a message about a place. Without
    /// a state it takes all of these. Where one of them is a key around, the object has to tell what it is about.
    fn is_odd(&self, around: Around<'_>) -> bool {
        let is_told = self.has(Field::MaybeMessage) || self.has(Field::StatusMessage);
        let has_place = self.has(Field::MaybePlace) || self.has(Field::MaybeSource);
        let is_placed = has_place
            || self.has(Field::DestinationVaultArn)
            || self.has(Field::SourceVaultArn)
            || self.has(Field::MaybeId);
        let is_of_something_else = self.inner.is_some() || self.has(Field::RecoveryPoint);
        let is_described =
            is_told || is_placed || self.has(Field::ResourceType) || self.has(Field::ResourceArn);
        let is_job = match self.states {
            0 if around.state.is_some() => is_told && (self.ids > 0 || is_placed || around.id.is_some()),
            0 => self.ids > 0 && is_told && has_place,
            1 => self.ids > 0 || (is_told && is_placed) || (is_described && around.id.is_some()),
            _ => false,
        };
        is_job && !is_of_something_else
    }
}

fn is_state(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(State::is_known_name)
}

/// Whether a string may hold JSON with jobs in it, as it is or encoded, or a notice.
fn inside(text: &[u8]) -> Inside {
    const SHORTEST: usize = 24;
    /// How `{"`, `[{` and gzip begin in Base64.
    const ENCODED: &[&[u8]] = &[b"eyJ", b"ewog", b"ewok", b"ewoi", b"W3s", b"H4sI", b"WwogI"];
    if text.len() < SHORTEST {
        Inside::Nothing
    } else if text.starts_with(b"\\\"")
        || text.contains(&b'{') && text.contains(&b'"')
        || ENCODED.iter().any(|begin| text.starts_with(begin))
    {
        Inside::Json
    } else if text.starts_with(NOTICE) {
        Inside::Notice
    } else {
        Inside::Nothing
    }
}

/// How AWS Backup's notices begin.
const NOTICE: &[u8] = b"An AWS Copy";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::field::FieldNames;
    use crate::read::json::scanner::{Found, Scanner};

    /// What a text is made of, in the order in which its parts end; `@` is an id in it.
    fn kinds(json: &str) -> Vec<Kind> {
        let names = FieldNames::default();
        let mut kinds = Vec::new();
        let mut found = |found: Found<'_>| match found {
            Found::Whole { kind, .. } => kinds.push(kind),
            other => panic!("{other:?}"),
        };
        let mut scanner = Scanner::without_glance(&names);
        scanner.feed(json.replace('@', "47C8EF56-74D8-059D-1301-C5BE1D5C926E").as_bytes(), &mut found);
        scanner.finish(&mut found);
        kinds
    }

    #[track_caller]
    fn are(expected: &[Kind], texts: &[&str]) {
        for json in texts {
            assert_eq!(kinds(json), expected, "{json}");
        }
    }

    #[test]
    fn a_row_has_a_state_an_id_or_a_title_of_a_copy_job() {
        are(
            &[Kind::Row],
            &[
                r#"["@", 3, null]"#,
                r#"["db-1", "FAILED"]"#,
                r#"["Owner", "Copy Job ID"]"#,
                r#"[{"VarCharValue": "owner"}, {"VarCharValue": "copy_job_id"}]"#,
                r#"[{"VarCharValue": "anna"}, {}, {"VarCharValue": "FAILED"}]"#,
            ],
        );
        are(
            &[],
            &[
                r#"{"row": ["anna", 3, null]}"#,
                r#"[{"VarCharValue": "owner"}, {"VarCharValue": "cost"}]"#,
                // A line of some log.
                r#"["FAILED", {"after": 3}]"#,
                r#"[{"VarCharValue": "FAILED"}, "db-1"]"#,
            ],
        );
    }

    #[test]
    fn pairs_are_of_a_job_by_their_values() {
        are(&[Kind::Pairs], &[r#"[{"field": "state", "value": "FAILED"}, {"field": "log", "value": "x"}]"#]);
        are(
            &[],
            &[r#"[{"field": "user", "value": "anna"}]"#, r#"{"x": {"field": "state", "value": "FAILED"}}"#],
        );
    }

    #[test]
    fn the_cells_of_a_table_do_not_make_a_job_of_what_holds_them() {
        are(&[], &[r#"{"State": {"VarCharValue": "FAILED"}, "StatusMessage": {"VarCharValue": "No key"}}"#]);
    }

    #[test]
    fn one_telling_column_is_enough_for_columns() {
        are(
            &[Kind::Columns],
            &[
                r#"{"CopyJobId": ["@", "@"], "State": "FAILED"}"#,
                r#"{"SourceBackupVaultArn": "a", "DestinationBackupVaultArn": "b", "State": ["FAILED", "COMPLETED"]}"#,
                r#"{"CopyJobId": "@", "StatusMessage": ["No key", "No grant"]}"#,
            ],
        );
        are(&[Kind::Record], &[r#"{"CopyJobId": "@", "State": "FAILED", "ResourceArn": {}}"#]);
    }

    #[test]
    fn a_job_has_an_id_or_both_vaults_and_something_to_say() {
        are(
            &[Kind::Record],
            &[
                r#"{"CopyJobId": "@", "State": "FAILED"}"#,
                r#"{"CopyJobId": "@", "Status": "FAILED"}"#,
                r#"{"CopyJobId": "@", "StatusMessage": "No key"}"#,
                r#"{"state": "CREATED", "sourceBackupVaultArn": "a", "destinationBackupVaultArn": "b"}"#,
                r#"{"State": "FAILED", "StatusMessage": "No key"}"#,
            ],
        );
        are(&[Kind::Started], &[r#"{"CopyJobId": "@", "Status": "new"}"#]);
        are(
            &[],
            &[
                r#"{"state": "CREATED", "sourceBackupVaultArn": "a"}"#,
                r#"{"state": "CREATED", "destinationBackupVaultArn": "b"}"#,
                r#"{"sourceBackupVaultArn": "a", "destinationBackupVaultArn": "b"}"#,
                r#"{"State": "off", "StatusMessage": "No key"}"#,
            ],
        );
        are(
            &[Kind::OtherJob(Field::OtherBackupJob)],
            &[r#"{"BackupJobId": "@", "State": "FAILED", "StatusMessage": "No key"}"#],
        );
    }

    #[test]
    fn a_job_below_its_state_is_told_and_is_of_something() {
        are(
            &[Kind::Odd],
            &[
                r#"{"FAILED": [{"copy": "@", "reason": "No key"}]}"#,
                r#"{"FAILED": [{"job": "7", "reason": "No key"}]}"#,
                r#"{"FAILED": [{"vault": "dr", "reason": "No key"}]}"#,
                r#"{"FAILED": {"@": {"reason": "No key"}}}"#,
            ],
        );
        are(
            &[],
            &[
                r#"{"FAILED": [{"reason": "No key"}]}"#,
                r#"{"FAILED": [{"copy": "@", "vault": "dr"}]}"#,
                r#"{"FAILED": {"@": {"vault": "dr"}}}"#,
            ],
        );
    }

    /// With keys of somebody's own.
    #[test]
    fn a_job_is_known_by_its_values() {
        are(
            &[Kind::Odd],
            &[
                r#"{"copy": "@", "outcome": "FAILED"}"#,
                r#"{"outcome": "FAILED", "reason": "No key", "vault": "dr"}"#,
                r#"{"outcome": "FAILED", "reason": "No key", "source": "prod"}"#,
                r#"{"outcome": "FAILED", "reason": "No key", "sourceVaultArn": "prod"}"#,
                r#"{"outcome": "FAILED", "reason": "No key", "destinationVaultArn": "dr"}"#,
                r#"{"outcome": "FAILED", "reason": "No key", "job": "7"}"#,
                r#"{"outcome": "FAILED", "statusMessage": "No key", "job": "7"}"#,
                r#"{"copy": "@", "reason": "No key", "vault": "dr"}"#,
                r#"{"copy": "@", "statusMessage": "No key", "source": "prod"}"#,
            ],
        );
        are(
            &[],
            &[
                r#"{"outcome": "FAILED", "reason": "No key"}"#,
                r#"{"outcome": "FAILED", "vault": "dr", "job": "7"}"#,
                r#"{"copy": "@", "from": "RUNNING", "to": "FAILED"}"#,
                r#"{"copy": "@", "reason": "No key", "job": "7"}"#,
                r#"{"copy": "@", "vault": "dr"}"#,
                r#"{"reason": "No key", "vault": "dr"}"#,
                r#"{"RecoveryPointArn": "@", "Status": "COMPLETED", "Reason": "", "Vault": "dr"}"#,
            ],
        );
    }

    #[test]
    fn lines_of_json_are_an_array_of_texts_that_opens_and_closes_it() {
        are(&[Kind::Lines], &[r#"["{", "  \"CopyJobId\": \"@\",", "}"]"#, r#"[" [", "{}", "] "]"#]);
        are(&[Kind::Texts], &[r#"["", "{", "}"]"#, r#"["{", "}", ""]"#, r#"["No key", "No grant"]"#]);
    }

    #[test]
    fn a_string_may_hold_json_or_a_notice() {
        are(
            &[Kind::Embedded],
            &[
                r#"{"body": "{\"copyJobId\":\"A\",\"state\":\"FAILED\"}"}"#,
                r#"{"body": "\"AWS Backup copy job A is now FAILED\""}"#,
                r#"{"body": "eyJjb3B5Sm9iSWQiOiJBIiwic3RhdGUiOiJGQUlMRUQifQ=="}"#,
            ],
        );
        are(&[Kind::Notice], &[r#"{"body": "An AWS Copy job failed. Copy Job Id : A"}"#]);
        are(
            &[],
            &[
                r#"{"body": "{\"count\": 1}"}"#,
                r#"{"body": "it said \"no\", and nothing else"}"#,
                r#"{"body": "in {braces}, and nothing else"}"#,
            ],
        );
    }
}
