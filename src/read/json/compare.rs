//! For tests and fuzzing: the same JSON read in a hurry and with care.

#![cfg_attr(not(fuzzing), expect(unreachable_pub, reason = "only fuzz targets are outside"))]

use std::io::BufReader;

use super::{Scanner, read_by};
use crate::read::reading::{Expected, Reading};
use crate::read::sink::OneByOne;
use crate::read::{FieldNames, Options};

/// Everything that is handed on, where so many bytes are looked at together, in pieces that end anywhere.
#[must_use]
pub fn read_together(json: &[u8], size: usize) -> Vec<String> {
    read_with(Scanner::new, json, size)
}

/// The same, where every byte is read with the same care.
#[must_use]
pub fn read_carefully(json: &[u8]) -> Vec<String> {
    read_with(Scanner::without_glance, json, 1 << 20)
}

fn read_with(
    scanner: impl Fn(&'static FieldNames) -> Scanner<'static>,
    json: &[u8],
    size: usize,
) -> Vec<String> {
    static NAMES: FieldNames = FieldNames { message: None, state: None };
    let options = Options { only_problems: true, ..Options::default() };
    let mut items = Vec::new();
    let mut hand_on = |item| items.push(format!("{item:?}"));
    let mut sink = OneByOne(&mut hand_on);
    let mut reading = Reading::new("jobs.json".into(), Expected::Export, &options, &mut sink);
    let mut text = BufReader::with_capacity(97, json);
    // Memory can always be read.
    if let Ok(nothing) = read_by(scanner(&NAMES), &mut text, &mut reading, size) {
        reading.end(Some((nothing.position, nothing.complaint)));
    }
    items
}
