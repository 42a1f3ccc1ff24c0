//! The vocabulary of the fuzz targets: what their bytes stand for, and what has to hold of what is shown.

pub mod csv;
pub mod export;
pub mod jobs;
pub mod markup;

use std::sync::LazyLock;

use copydoctor::Classifier;

/// Made once: that takes longer than an input.
pub static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(Classifier::builtin);

/// What is written to memory, which has to be text.
#[track_caller]
pub fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("what is written is UTF-8")
}

/// Nothing in a text moves, colours or reorders what shows it. Said here once more, and not asked of the library.
#[track_caller]
pub fn is_calm(what: &str, text: &str) {
    let steers = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert_eq!(text.chars().find(steers), None, "{what}: {text:?}");
}

/// A text without the colours and links that the library itself puts into a page for a terminal.
pub fn without_style(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, behind)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        let numbers = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b';');
        let colour = behind.strip_prefix('[').and_then(|it| it.split_once('m')).filter(|(it, _)| numbers(it));
        let link = behind.strip_prefix("]8;;").and_then(|it| it.split_once("\u{1b}\\"));
        let link = link.filter(|(url, _)| url.is_empty() || url.starts_with("https://"));
        match colour.or(link) {
            Some((_, behind)) => rest = behind,
            None => panic!("an escape sequence of somebody else's: {text:?}"),
        }
    }
    plain + rest
}
