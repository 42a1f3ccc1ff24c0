//! JSON read at a glance, in blocks of any size, is what it is read with care: whatever the bytes are.
#![no_main]

use copydoctor::read::{read_carefully, read_together};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &[u8])| {
    let (size, json) = input;
    // Several times the same, so that habits are learnt and blocks are cut.
    let json = [json, b"\n", json, b"\n", json, b"\n", json, b"\n"].concat();
    assert_eq!(read_together(&json, usize::from(size) + 1), read_carefully(&json));
});
