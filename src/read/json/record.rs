//! Reads what one JSON object says of a copy job: API and CLI output, events, and what search engines, databases and
//! shells make of these.
//!
//! `field` says which key is what. Fields that are not known are stepped over.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::read::draft::Draft;
use crate::read::field::{Field, FieldNames};
use crate::record::Position;

/// Reads a record from the bytes of an object.
///
/// # Errors
/// The parser's own: what is wrong and where, counted from the object's first byte.
pub(super) fn parse(
    bytes: &[u8],
    names: &FieldNames,
    file: &Arc<str>,
    position: Position,
) -> Result<Draft, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let draft = Draft::new(Arc::clone(file), position);
    Fields { draft, names }.deserialize(&mut deserializer)
}

/// The fields of an object, and of the object in it that is the job itself.
struct Fields<'n> {
    draft: Draft,
    names: &'n FieldNames,
}

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = Draft;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Draft, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Draft;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object that describes a copy job")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Draft, A::Error> {
        let Self { mut draft, names } = self;
        let mut inner = None;
        while let Some(field) = map.next_key_seed(Key(names))? {
            match field {
                Field::Inner => {
                    let draft = Draft::new(draft.file(), draft.position());
                    let found = map.next_value_seed(Fields { draft, names })?;
                    if found.tells_of_a_job() || inner.is_none() {
                        inner = Some(found);
                    }
                }
                // What made the job stands in an object of its own, in a database's with one more around it.
                Field::CreatedBy => draft = map.next_value_seed(Fields { draft, names })?,
                Field::IsParent => {
                    let Flag(is_parent) = map.next_value()?;
                    draft.put(field, is_parent);
                }
                Field::Other | Field::CopyJobs | Field::QueryRows | Field::NextToken | Field::LogTime => {
                    map.next_value::<IgnoredAny>()?;
                }
                _ => {
                    let Text(value) = map.next_value()?;
                    if let Some(value) = value {
                        draft.put(field, value);
                    }
                }
            }
        }
        Ok(match inner {
            Some(mut inner) if inner.tells_of_a_job() => {
                inner.fill_gaps(draft);
                inner
            }
            Some(inner) => {
                draft.fill_gaps(inner);
                draft
            }
            None => draft,
        })
    }

    // A plan or a detail that is no object says nothing.

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Draft, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.draft)
    }

    fn visit_str<E>(self, _: &str) -> Result<Draft, E> {
        Ok(self.draft)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Draft, E> {
        Ok(self.draft)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Draft, E> {
        Ok(self.draft)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Draft, E> {
        Ok(self.draft)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Draft, E> {
        Ok(self.draft)
    }

    fn visit_unit<E>(self) -> Result<Draft, E> {
        Ok(self.draft)
    }
}

/// A key, read as the field that it names.
struct Key<'n>(&'n FieldNames);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Field;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Field, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Field;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Field, E> {
        Ok(self.0.field(key.as_bytes()))
    }
}

/// Yes or no, as a bool or as text.
struct Flag(String);

impl<'de> serde::Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let is_true = |value: &serde_json::Value| {
            value == &serde_json::Value::Bool(true)
                || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
        };
        let is_set = is_true(&value) || value.get("BOOL").is_some_and(is_true);
        Ok(Self(is_set.to_string()))
    }
}

/// A text or number as text, or nothing: `null`, a bool, an object (AWS writes `{}` for a missing ARN). A list gives
/// its first text, an object around one value that value.
pub(super) struct Text(pub(super) Option<String>);

impl<'de> serde::Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(Some(text.to_owned())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Text, A::Error> {
        let mut first = None;
        while let Some(Text(value)) = list.next_element()? {
            first = first.or(value);
        }
        Ok(Text(first))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        let (mut only, mut seconds, mut nanos) = (None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            let Text(value) = map.next_value()?;
            match key.as_str() {
                "seconds" | "Seconds" => seconds = value,
                "nanos" | "Nanos" => nanos = value,
                key if is_wrapping(key) => only = value,
                _ => {}
            }
        }
        Ok(Text(match (seconds, nanos) {
            (Some(seconds), nanos) => Some(format!("{seconds}.{:0>9}", nanos.unwrap_or_default())),
            _ => only,
        }))
    }
}

/// The keys around a single value: DynamoDB's types, PowerShell's enumerations, Athena's cells, MongoDB's dates.
pub(super) fn is_wrapping(key: &str) -> bool {
    matches!(
        key,
        "S" | "N" | "Value" | "value" | "VarCharValue" | "StringValue" | "stringValue" | "$date" | "DateTime"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Record, State};

    const AT: Position = Position { line: 1, column: 1 };

    fn parsed(json: &str) -> Record {
        let names = FieldNames::default();
        parse(json.as_bytes(), &names, &"-".into(), AT).expect("the JSON is well-formed").finish()
    }

    #[test]
    fn keys_in_every_spelling_are_one_field() {
        for key in ["StatusMessage", "statusMessage", "status_message", "Status Message", "STATUSMESSAGE"] {
            let record = parsed(&format!(r#"{{"{key}": "x"}}"#));
            assert_eq!(record.status_message.as_deref(), Some("x"), "{key}");
        }
    }

    #[test]
    fn no_message_in_every_spelling_is_none() {
        for value in ["null", "\"\"", "\"None\"", "\"NaN\"", "\"-\"", "{}", "[]", "true", "{\"code\": 403}"] {
            let record = parsed(&format!(r#"{{"StatusMessage": {value}}}"#));
            assert_eq!(record.status_message, None, "{value}");
        }
    }

    #[test]
    fn an_event_gives_its_account_region_and_recovery_point() {
        let record = parsed(
            r#"{"account": "111122223333", "region": "eu-west-1", "resources": ["arn:aws:ec2:eu-west-1::image/ami-1"],
                "detail": {"copyJobId": "A", "state": "FAILED", "statusMessage": "x", "destinationRecoveryPointArn": {}}}"#,
        );
        assert_eq!(record.account_id.as_deref(), Some("111122223333"));
        assert_eq!(record.source_region.as_deref(), Some("eu-west-1"));
        assert_eq!(record.recovery_point_arn.as_deref(), Some("arn:aws:ec2:eu-west-1::image/ami-1"));
        assert_eq!((record.copy_job_id.as_deref(), record.state), (Some("A"), State::Failed));
    }

    #[test]
    fn times_are_read_as_text_and_as_number() {
        let text = parsed(r#"{"CreationDate": "2025-07-02T05:06:27.234000+00:00"}"#);
        let number = parsed(r#"{"CreationDate": 1751432787.234}"#);
        assert!(text.created_at.is_some());
        assert_eq!(text.created_at, number.created_at);
    }

    #[test]
    fn an_invalid_byte_is_an_error_with_its_place() {
        let error = parse(b"{\n\"State\": \"FA\xffILED\"}", &FieldNames::default(), &"-".into(), AT)
            .expect_err("not UTF-8");
        assert_eq!((error.line(), error.is_syntax()), (2, true));
    }

    #[test]
    fn values_in_the_wrappings_of_databases_and_shells_are_read() {
        let record = parsed(
            r#"{"CopyJobId": {"S": "A"}, "State": {"Value": "FAILED"}, "creationDate": {"seconds": 1751432787, "nanos": 234000000},
                "createdBy": {"M": {"backupPlanId": {"S": "p"}}}, "IsParent": {"BOOL": true}, "status_message": {"VarCharValue": "x"}}"#,
        );
        assert_eq!((record.copy_job_id.as_deref(), &record.state), (Some("A"), &State::Failed));
        assert_eq!(record.created_at, crate::record::parse_time("1751432787.234"));
        assert_eq!((record.backup_plan_id.as_deref(), record.is_parent), (Some("p"), true));
        assert_eq!(record.status_message.as_deref(), Some("x"));
    }

    /// Half of a character that was cut in two, and a number beyond all.
    #[test]
    fn what_is_of_no_interest_may_be_what_no_value_is() {
        let record = parsed(r#"{"State": "FAILED", "Tag": "\ud83d", "Score": 1e999}"#);
        assert_eq!(record.state, State::Failed);
    }

    #[test]
    fn what_stands_in_a_job_fills_its_gaps_and_never_its_fields() {
        let record = parsed(
            r#"{"CopyJobId": "A", "State": "FAILED", "AccountId": "111122223333",
                "event": {"account": "444455556666", "region": "eu-west-1"}}"#,
        );
        assert_eq!(record.account_id.as_deref(), Some("111122223333"));
        assert_eq!(record.source_region.as_deref(), Some("eu-west-1"));
    }

    #[test]
    fn what_stands_around_a_job_fills_its_gaps_and_never_its_fields() {
        let record = parsed(
            r#"{"id": "0175DE71-5784-589F-D8AC-541ACCB4CAC8", "detail": {"state": "CREATED", "accountId": "111122223333",
                "sourceBackupVaultArn": "a", "destinationBackupVaultArn": "b"}, "account": "444455556666", "region": "eu-west-1"}"#,
        );
        assert_eq!(record.copy_job_id, None, "the event's id is not the job's");
        assert_eq!(record.account_id.as_deref(), Some("111122223333"));
        assert_eq!(record.source_region.as_deref(), Some("eu-west-1"));
    }
}
