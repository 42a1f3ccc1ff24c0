//! Dates as Python and the shell of MongoDB print them: a call with the parts of the date, or with its text.

use std::fmt::Write as _;

/// Whether this is called to make a date.
pub(super) fn is_date(name: &[u8]) -> bool {
    let last = name.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    matches!(last, b"datetime" | b"date" | b"Timestamp" | b"ISODate")
}

/// The date that is made of these arguments; what is none stays as it is.
///
/// `2025, 7, 2, 5, 6, 27, 234000, tzinfo=tzutc()`, or `'2025-07-02 05:06:27+0000', tz='UTC'`.
pub(super) fn of_arguments(arguments: &str) -> String {
    let quoted =
        arguments.trim_start().strip_prefix(['\'', '"']).and_then(|text| text.split(['\'', '"']).next());
    quoted.map(str::to_owned).or_else(|| of_parts(arguments)).unwrap_or_else(|| arguments.trim().to_owned())
}

fn of_parts(arguments: &str) -> Option<String> {
    let (parts, zone) = match arguments.split_once("tzinfo=") {
        Some((parts, zone)) => (parts, offset_of(zone)),
        None => (arguments, None),
    };
    let parts = parts.split(',').map(str::trim).filter(|part| !part.is_empty());
    let numbers: Vec<u32> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day, time @ ..] = numbers.as_slice() else { return None };
    let part = |place: usize| time.get(place).copied().unwrap_or_default();
    let mut text =
        format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:06}", part(0), part(1), part(2), part(3));
    match zone {
        None => {}
        Some(0) => text.push('Z'),
        Some(seconds) => {
            let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
            write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60).ok()?;
        }
    }
    Some(text)
}

/// The seconds by which a zone is ahead of UTC, if it says so: `tzlocal()` does not.
fn offset_of(zone: &str) -> Option<i64> {
    let number = |text: &str| {
        let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '-').unwrap_or(text.len());
        text.get(..end)?.parse::<i64>().ok()
    };
    let behind = |name: &str| zone.split_once(name).and_then(|(_, rest)| number(rest));
    if let Some((_, offset)) = zone.split_once("tzoffset(") {
        return number(offset.split_once(',')?.1.trim_start());
    }
    match (behind("days="), behind("seconds=")) {
        (None, None) => ["tzutc", "utc", "UTC"].iter().any(|name| zone.contains(name)).then_some(0),
        (days, seconds) => {
            days.unwrap_or_default().checked_mul(24 * 60 * 60)?.checked_add(seconds.unwrap_or_default())
        }
    }
}
