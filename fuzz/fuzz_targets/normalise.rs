//! Whatever a text is: folding and masking twice changes nothing more, and every range leads back into the text.
#![no_main]

use std::ops::Range;

use copydoctor::normalise::{Message, Repaired, Words, Wrapper, mask, shape};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let words = Words::of(text);
    assert_eq!(Words::of(words.as_str()), words, "words of words");
    assert!(!words.as_str().contains("  ") && words.as_str().trim() == words.as_str(), "{words:?}");
    assert_eq!(words.count(), words.as_str().split(' ').filter(|word| !word.is_empty()).count());

    is_repaired_at_last(text);
    keeps_every_byte_in_its_place(text);
    let masked = mask(text);
    assert_eq!(mask(&masked), masked, "masking twice");

    let message = Message::new(text);
    leads_back(&message, text);
    leads_back(&Message::shaped(Repaired::of(text)), text);
    if let Some(once) = message.said_once() {
        assert!(text.starts_with(once) && once.len() < text.len(), "{once:?}");
    }
    let wrapper = Wrapper::of(message.text());
    for range in wrapper.ranges.iter().chain(wrapper.fields.iter().map(|(_, range)| range)) {
        is_in(message.text(), range);
    }
});

/// A text that is escaped more often than anybody does it is repaired in more than one go: a go has eight turns, and
/// each takes a byte at least.
fn is_repaired_at_last(text: &str) {
    let mut text = text.to_owned();
    for _ in 0..=text.len() / 8 + 1 {
        let again = Repaired::of(&text).text().to_owned();
        if again == text {
            return;
        }
        text = again;
    }
    panic!("it is never done: {text:?}");
}

fn keeps_every_byte_in_its_place(text: &str) {
    let shaped = shape(text);
    assert_eq!(shaped.len(), text.len());
    let changed = text.bytes().zip(shaped.bytes()).filter(|(one, other)| one != other);
    for (one, other) in changed {
        assert!(one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric(), "{text:?}: {shaped:?}");
    }
}

/// Every word, and every byte of the words, leads to whole characters of the text, and on to the text as it was given.
fn leads_back(message: &Message<'_>, given: &str) {
    let words = message.words().as_str();
    let bytes = (0..words.len()).map(|at| message.text_range(at..at + 1));
    let ranges = message.words_with_ranges().map(|(_, range)| range).chain(bytes);
    for range in ranges.chain([message.text_range(0..words.len())]) {
        is_in(message.text(), &range);
        assert!(words.is_empty() || !range.is_empty(), "a word came from something");
        is_in(given, &message.original_range(range));
    }
}

#[track_caller]
fn is_in(text: &str, range: &Range<usize>) {
    assert!(text.get(range.clone()).is_some(), "{range:?} of {text:?}");
}
