//! JSON in other text, and the inside of a string, or of the strings that are the lines of a text: unescapes it, and
//! decodes Base64 and gzip, as envelopes of AWS's services pack events.

use std::borrow::Cow;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use flate2::read::MultiGzDecoder;

use super::scanner::LARGEST_RECORD;

/// Whether there is an object somewhere in a text: in a log line, behind a prompt, above a mail's footer. With its quotes
/// doubled it stands in a cell.
pub(in crate::read) fn stands_in(text: &str) -> bool {
    text.match_indices('{').any(|(at, _)| {
        let inside = text.get(at + 1..).unwrap_or_default().trim_start();
        (inside.starts_with('"') && !inside.starts_with("\"\"")) || inside.starts_with("\\\"")
    })
}

/// The text inside a string of JSON, given without its quotes; `None` if there is none.
pub(super) fn text_of(string: &[u8]) -> Option<String> {
    let quoted = [b"\"", string, b"\""].concat();
    let text: String = serde_json::from_slice(&quoted).ok()?;
    if text.contains('{') || text.starts_with('"') { Some(text) } else { decoded(&text) }
}

/// The text whose lines are the strings of an array, as Ansible shows what a command printed.
pub(super) fn of_lines(array: &[u8]) -> Option<String> {
    serde_json::from_slice::<Vec<String>>(array).ok().map(|lines| lines.join("\n"))
}

fn decoded(text: &str) -> Option<String> {
    let without_breaks: Cow<'_, str> = if text.contains(['\n', '\r']) {
        text.split_whitespace().collect::<String>().into()
    } else {
        text.into()
    };
    let bytes = STANDARD_NO_PAD.decode(without_breaks.trim_end_matches('=')).ok()?;
    if !bytes.starts_with(b"\x1f\x8b") {
        return String::from_utf8(bytes).ok();
    }
    let mut unpacked = Vec::new();
    let limit = LARGEST_RECORD as u64;
    // What is too large, or damaged, gives what comes before: every event in it that is whole counts.
    let _ = MultiGzDecoder::new(bytes.as_slice()).take(limit).read_to_end(&mut unpacked);
    Some(String::from_utf8_lossy(&unpacked).into_owned())
}
