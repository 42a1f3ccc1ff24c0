//! Whether a text has copy jobs in it as programs print them.

use memchr::memchr_iter;

use super::ahead::{begins_field, is_of_name};
use crate::read::field::{Field, FieldNames};

/// Whether there are copy jobs in a text as programs print them, or as JSON with comments.
pub(in crate::read) fn is_printed(text: &str, names: &FieldNames) -> bool {
    let mut keys = memchr_iter(b':', text.as_bytes()).filter_map(|colon| printed_key(text, colon));
    keys.any(|key| is_telling(names.field(key.as_bytes()))) || is_of_java(text) || is_commented(text)
}

/// Whether a copy job stands in it as the SDK for Java 2 prints one: `CopyJob(AccountId=1, State=FAILED)`.
fn is_of_java(text: &str) -> bool {
    text.match_indices("CopyJob(").any(|(at, name)| {
        text.get(at + name.len()..).is_some_and(|inside| begins_field(inside.as_bytes(), b"="))
    })
}

fn is_telling(field: Field) -> bool {
    field.is_telling() || field == Field::CopyJobs
}

/// The key in front of a colon, if it stands behind a brace or a comma as JSON does not have it: in single quotes, or in
/// none and with a quoted value, object or list.
fn printed_key(text: &str, colon: usize) -> Option<&str> {
    let before = text.get(..colon)?.trim_end();
    let (front, key) = match before.strip_suffix('\'') {
        Some(quoted) => quoted.rsplit_once('\'')?,
        None => before.split_at(before.trim_end_matches(is_of_name).len()),
    };
    let is_quoted = front.len() + key.len() < before.len();
    let value = || text.get(colon + 1..).unwrap_or_default().trim_start();
    if key.is_empty() || !(is_quoted || value().starts_with(['\'', '"', '`', '[', '{'])) {
        return None;
    }
    let front = front.strip_suffix('u').unwrap_or(front).trim_end();
    (front.ends_with(['{', ',']) && key.chars().all(is_of_name)).then_some(key)
}

/// Whether it is JSON in which lines are comments.
fn is_commented(text: &str) -> bool {
    if !["//", "/*"].iter().any(|mark| text.contains(mark)) {
        return false;
    }
    let mut lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty());
    let is_comment = |line: &str| line.starts_with("//") || line.starts_with("/*");
    let begins = lines.clone().find(|line| !is_comment(line));
    begins.is_some_and(|line| line.starts_with(['{', '['])) && text.contains('"') && lines.any(is_comment)
}
