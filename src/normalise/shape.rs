//! The shape of a text: the same text with every identifier replaced by one that stands for all of its kind and length,
//! so that messages which differ in identifiers only are one text.

use std::borrow::Cow;

/// A shorter run of digits may be a number, a port or a year.
const LEAST_DIGITS: usize = 12;

/// A shorter run of hexadecimal digits may be a word.
const LEAST_HEX: usize = 8;

/// A request id of S3 is such a run of capitals and digits.
const LEAST_CODE: usize = 10;

/// A shorter run of letters and digits may be a name.
const LEAST_ENCODED: usize = 32;

/// How many characters the groups of a UUID have.
const UUID: [usize; 5] = [8, 4, 4, 4, 12];

/// The Regions that stand for all of their length.
const REGIONS: [&str; 4] = ["eu-west-1", "eu-north-1", "eu-central-1", "ap-southeast-1"];

/// The text with account ids, UUIDs, ids of resources, the names at the end of ARNs, dates and times, encoded messages
/// and Regions replaced. What stands for one is of the same kind and length, so every other byte keeps its place, and
/// whatever takes the one takes the other. Borrowed, where there is nothing to replace.
///
/// ```
/// use copydoctor::normalise::shape;
/// let message = "Role arn:aws:iam::111122223333:role/Backup may not copy snap-03886bc8d6ef3a1f9 to us-east-1";
/// let same = "Role arn:aws:iam::444455556666:role/Copier may not copy snap-0aaaabbbbccccdddd to sa-east-1";
/// assert_eq!(shape(message), shape(same));
/// assert_ne!(shape("Given key ID does not exist"), shape("Given key ID is not accessible"));
/// ```
#[must_use]
pub fn shape(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut shape = Vec::new();
    let mut at = 0;
    // Whatever is an identifier has a digit.
    while let Some(digit) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let digit = at + digit;
        let (start, end) = stretch(bytes, at, digit);
        at = start;
        while at < end {
            let run = run(bytes, at);
            if run.is_empty() {
                at += 1;
                continue;
            }
            let (begin, behind) = (at, at + run.len());
            at = behind;
            // A letter beyond ASCII before or behind makes it a part of a word.
            let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii());
            if is_part(begin.checked_sub(1).and_then(|before| bytes.get(before)))
                || is_part(bytes.get(behind))
            {
                continue;
            }
            let Some((end, change)) = change(bytes, begin, run) else { continue };
            if shape.is_empty() {
                shape.extend_from_slice(bytes);
            }
            if let Some(part) = shape.get_mut(begin..end) {
                change.apply(part);
            }
            at = end;
        }
    }
    match String::from_utf8(shape) {
        Ok(shape) if !shape.is_empty() => Cow::Owned(shape),
        _ => Cow::Borrowed(text),
    }
}

/// Where the stretch without space around a digit begins, not before `from`, and where it ends.
fn stretch(bytes: &[u8], from: usize, digit: usize) -> (usize, usize) {
    let is_space = |byte: &u8| *byte == b' ' || *byte == b'\n';
    let before = bytes.get(from..digit).and_then(|before| before.iter().rposition(is_space));
    let behind = bytes.get(digit..).and_then(|behind| behind.iter().position(is_space));
    (before.map_or(from, |space| from + space), behind.map_or(bytes.len(), |space| digit + space))
}

/// What becomes of an identifier.
enum Change {
    /// Its letters and digits become zeros.
    Zeros,
    /// An ARN's account and the name at its end.
    Arn,
    /// Another Region.
    Region(&'static str),
}

impl Change {
    fn apply(&self, part: &mut [u8]) {
        match self {
            Self::Zeros => zeros(part),
            Self::Region(other) => part.iter_mut().zip(other.bytes()).for_each(|(byte, other)| *byte = other),
            Self::Arn => {
                let is_separator = |byte: &u8| matches!(byte, b':' | b'/');
                let mut fields = part.splitn_mut(6, |byte| *byte == b':').skip(4);
                if let Some(account) = fields.next() {
                    zeros(account);
                }
                if let Some(resource) = fields.next() {
                    let last = resource.iter().rposition(u8::is_ascii_alphanumeric).unwrap_or(0);
                    let name = resource.get(..last).and_then(|it| it.iter().rposition(is_separator));
                    // What separates it is neither a letter nor a digit.
                    if let Some(name) = resource.get_mut(name.unwrap_or(0)..) {
                        zeros(name);
                    }
                }
            }
        }
    }
}

fn zeros(part: &mut [u8]) {
    part.iter_mut().filter(|byte| byte.is_ascii_alphanumeric()).for_each(|byte| *byte = b'0');
}

/// What the identifier is changed into that begins at `start` with a run of letters and digits, and where it ends.
fn change(bytes: &[u8], start: usize, run: &[u8]) -> Option<(usize, Change)> {
    let end = start + run.len();
    let rest = bytes.get(start..)?;
    if run == b"arn" && rest.starts_with(b"arn:aws") {
        return Some((start + arn(rest)?, Change::Arn));
    }
    let digits = run.iter().filter(|byte| byte.is_ascii_digit()).count();
    if run.len() == 2 && digits == 0 {
        return region(rest).map(|other| (start + other.len(), Change::Region(other)));
    }
    let all = |is_one: fn(&u8) -> bool| run.iter().all(is_one);
    let has = |is_one: fn(&u8) -> bool| run.iter().any(is_one);
    let is_hex = all(u8::is_ascii_hexdigit);
    if is_hex && is_groups(rest, &UUID, u8::is_ascii_hexdigit) {
        return Some((start + 36, Change::Zeros));
    }
    if digits == 4 && run.len() == 4 && is_groups(rest, &[4, 2], u8::is_ascii_digit) {
        return time(rest).map(|length| (start + length, Change::Zeros));
    }
    let is_mixed = digits > 0 && digits < run.len();
    let is_id = (digits >= LEAST_DIGITS && !is_mixed)
        || (is_hex && is_mixed && run.len() >= LEAST_HEX)
        || (run.len() >= LEAST_CODE && digits >= 3 && is_mixed && !has(u8::is_ascii_lowercase))
        || (run.len() >= LEAST_ENCODED
            && digits > 0
            && has(u8::is_ascii_lowercase)
            && has(u8::is_ascii_uppercase));
    is_id.then_some((end, Change::Zeros))
}

/// The letters and digits from here on.
fn run(bytes: &[u8], start: usize) -> &[u8] {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    rest.get(..length).unwrap_or_default()
}

/// Whether a text begins with groups of so many characters of a kind, with hyphens between them.
fn is_groups(text: &[u8], lengths: &[usize], is_one: fn(&u8) -> bool) -> bool {
    let mut at = 0;
    lengths.iter().enumerate().all(|(index, length)| {
        let is_joined = index == 0 || text.get(at) == Some(&b'-');
        at += usize::from(index > 0);
        let group = run(text, at);
        at += group.len();
        is_joined && group.len() == *length && group.iter().all(is_one)
    })
}

/// How long the date, or the date and time, is that a text with a year and a month in front begins with.
fn time(text: &[u8]) -> Option<usize> {
    const DAY: usize = "2025-07-02".len();
    let is_digit = u8::is_ascii_digit;
    let is_of_time = |byte: &u8| is_digit(byte) || b"TZ:.+-".contains(byte);
    let has_day =
        matches!(text.get(7..DAY), Some([b'-', first, second]) if is_digit(first) && is_digit(second));
    if !has_day {
        return None;
    }
    match text.get(DAY..)? {
        [b'T' | b' ', time @ ..] if matches!(time, [first, second, b':', ..] if is_digit(first) && is_digit(second)) =>
        {
            let length = time.iter().position(|byte| !is_of_time(byte)).unwrap_or(time.len());
            Some(DAY + 1 + length)
        }
        [behind, ..] if behind.is_ascii_alphanumeric() => None,
        _ => Some(DAY),
    }
}

/// How long the ARN is that a text begins with, without punctuation at its end; none where it lacks a part.
fn arn(text: &[u8]) -> Option<usize> {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || !byte.is_ascii() || b",;'\"`])}>".contains(byte);
    let whole = text.get(..text.iter().position(is_end).unwrap_or(text.len()))?;
    let length = whole.iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let colons = whole.get(..length)?.iter().filter(|byte| **byte == b':').count();
    (colons >= 5).then_some(length)
}

/// The Region that stands for the one that a text begins with.
fn region(text: &[u8]) -> Option<&'static str> {
    let is_like = |other: &&'static str| {
        let alike = |(one, other): (&u8, u8)| match other {
            b'-' => *one == b'-',
            b'0'..=b'9' => one.is_ascii_digit(),
            _ => one.is_ascii_lowercase(),
        };
        let behind = text.get(other.len());
        text.len() >= other.len()
            && text.iter().zip(other.bytes()).all(alike)
            && behind.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
    };
    REGIONS.into_iter().find(is_like)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_every_kind_become_one_of_their_kind() {
        for (text, expected) in [
            ("account 111122223333.", "account 000000000000."),
            ("job 47C8EF56-74D8-059D-1301-C5BE1D5C926E", "job 00000000-0000-0000-0000-000000000000"),
            ("job deadbeef-dead-beef-dead-deadbeefdea1", "job 00000000-0000-0000-0000-000000000000"),
            ("snap-03886bc8d6ef3a1f9 is gone", "snap-00000000000000000 is gone"),
            ("at 2025-07-02T05:08:08.704Z it", "at 0000-00-00000:00:00.0000 it"),
            ("at 2025-07-02 05:08:08 it", "at 0000-00-00 00:00:00 it"),
            ("on 2025-07-02, it", "on 0000-00-00, it"),
            ("on 2025-07-02 12 copies", "on 0000-00-00 12 copies"),
            ("(Request ID: 9HPZ3Z1T2W1ABCDE;", "(Request ID: 0000000000000000;"),
            (
                "message: kGhIjKlMnOpQrStUvWxYz1234567890aBcD.",
                "message: 00000000000000000000000000000000000.",
            ),
            ("from us-west-2 to ap-northeast-1.", "from eu-west-1 to ap-southeast-1."),
            ("ca-central-1 me-south-1", "eu-central-1 eu-north-1"),
            (
                "key arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
                "key arn:aws:kms:us-west-2:000000000000:key/00000000-0000-0000-0000-000000000000.",
            ),
            (
                "'arn:aws:iam::111122223333:role/service-role/Role', arn:aws:sns:x:111122223333:topic",
                "'arn:aws:iam::000000000000:role/service-role/0000', arn:aws:sns:x:000000000000:00000",
            ),
            ("arn:aws:ec2:us-east-1::snapshot/snap-1x):", "arn:aws:ec2:us-east-1::snapshot/0000-00):"),
            (
                "{\"role\":\"arn:aws:iam::111122223333:role/Backup\",\"state\":\"FAILED\"}",
                "{\"role\":\"arn:aws:iam::000000000000:role/000000\",\"state\":\"FAILED\"}",
            ),
            (
                "kein Zugriff auf arn:aws:iam::111122223333:role/Backup—gesperrt",
                "kein Zugriff auf arn:aws:iam::000000000000:role/000000—gesperrt",
            ),
        ] {
            assert_eq!(shape(text), expected);
            assert_eq!(shape(expected), expected, "it is its own shape");
        }
    }

    #[test]
    fn words_and_numbers_stay() {
        for text in [
            "quota of 50,000, 1234 or 12345678901: deadbeef, decade and facade",
            "Status Code: 400; Error Code: EC2ThrottledException; SHA256withRSA",
            "us-gov-west-1 and xx-xxx-x and to-the-1st",
            "the subnet in us-west-2a",
            "CopyJobOfAnotherOrganizationalUnit/1",
            "arn:aws:s3 and arn:aws:iam and arn:gcp:a:b:c:d",
            "Schlüssel9abcdef012 and 1234-56 or 2025-07-021",
            "Given key ID does not exist",
        ] {
            assert!(matches!(shape(text), Cow::Borrowed(same) if same == text), "{text}: {}", shape(text));
        }
    }
}
