//! Reads what one JSON object says of a copy job: API and CLI output, and EventBridge events.
//!
//! `field` says which key is what. Fields that are not known are stepped over.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::field::Field;
use crate::record::{Position, Record, State, parse_time};

/// Reads a record from the bytes of an object.
///
/// # Errors
/// The parser's own: what is wrong and where, counted from the object's first byte.
pub(super) fn parse(bytes: &[u8], file: Arc<str>, position: Position) -> Result<Record, serde_json::Error> {
    let mut record = Record::new(file, position);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    Fields { record: &mut record }.deserialize(&mut deserializer)?;
    record.complete_from_arns();
    Ok(record)
}

/// Puts the fields of an object, and of the `detail` in it, into a record.
struct Fields<'r> {
    record: &'r mut Record,
}

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object that describes a copy job")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let record = self.record;
        while let Some(Key(field)) = map.next_key()? {
            let text = match field {
                Field::Detail => {
                    map.next_value_seed(Fields { record: &mut *record })?;
                    continue;
                }
                Field::State => {
                    let Text(state) = map.next_value()?;
                    record.state = State::parse(state.as_deref().unwrap_or_default());
                    continue;
                }
                Field::CreatedAt | Field::CompletedAt => {
                    let Text(time) = map.next_value()?;
                    let time = time.as_deref().and_then(parse_time);
                    let is_creation = field == Field::CreatedAt;
                    *(if is_creation { &mut record.created_at } else { &mut record.completed_at }) = time;
                    continue;
                }
                Field::StatusMessage => &mut record.status_message,
                Field::CopyJobId => &mut record.copy_job_id,
                Field::MessageCategory => &mut record.message_category,
                Field::AccountId => &mut record.account_id,
                Field::Region => &mut record.source_region,
                Field::SourceVaultArn => &mut record.source_vault_arn,
                Field::DestinationVaultArn => &mut record.destination_vault_arn,
                Field::RecoveryPointArn => &mut record.recovery_point_arn,
                Field::DestinationKeyArn => &mut record.destination_key_arn,
                Field::ResourceType => &mut record.resource_type,
                Field::ResourceArn => &mut record.resource_arn,
                Field::RoleArn => &mut record.role_arn,
                Field::CopyJobs | Field::NextToken | Field::Other => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let Text(value) = map.next_value()?;
            *text = value;
        }
        Ok(())
    }
}

/// A key, read as the field that it names.
struct Key(Field);

impl<'de> serde::Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key")
            }

            fn visit_str<E>(self, key: &str) -> Result<Key, E> {
                Ok(Key(Field::of(key.as_bytes())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// A text or number as text, or nothing: `null`, a bool, an object (AWS writes `{}` for a missing ARN) and
/// the ways in which tools write that there is no value. A list gives its first text.
struct Text(Option<String>);

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
        let is_missing = matches!(text.trim(), "" | "None" | "null" | "NaN" | "nan" | "-" | "N/A");
        Ok(Text((!is_missing).then(|| text.to_owned())))
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
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Position = Position { line: 1, column: 1 };

    fn parsed(json: &str) -> Record {
        parse(json.as_bytes(), "-".into(), AT).expect("the JSON is well-formed")
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
        for value in ["null", "\"\"", "\"None\"", "\"NaN\"", "\"-\"", "{}", "[]", "true"] {
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
        let error = parse(b"{\n\"State\": \"FA\xffILED\"}", "-".into(), AT).expect_err("not UTF-8");
        assert_eq!((error.line(), error.is_syntax()), (2, true));
    }
}
