//! Any bytes as a file: whatever they are wrapped in, however slowly they come, the same is read, all of it is counted
//! once, and every position is a place of the file.
#![no_main]

use copydoctor::batch::{Judge, Keep};
use copydoctor::read::{Item, Options, is_read_as_it_is};
use copydoctor::record::Position;
use copydoctor::{Batch, Report};
use copydoctor_fuzz::CLASSIFIER;
use copydoctor_fuzz::export::{Export, Trickle, Wrapping, items, position};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(export) = Export::of(bytes) else { return };
    let file = export.file();
    let read = items(file.as_slice(), &export.options);
    let shown = format!("{read:?}");
    assert_eq!(format!("{:?}", items(Trickle(&file), &export.options)), shown, "byte by byte");

    let is_transparent = !matches!(export.wrapping, Wrapping::Zip | Wrapping::Mail);
    if is_transparent && export.is_plain() {
        assert_eq!(format!("{:?}", items(export.content, &export.options)), shown, "{:?}", export.wrapping);
        if is_read_as_it_is(export.content, &export.options.names) {
            read.iter().filter_map(position).for_each(|position| is_in(export.content, position));
        }
    }

    let records = read.iter().filter(|item| !matches!(item, Item::Warning(_))).count() as u64;
    let all = report(read);
    assert_eq!(all.records.total, records);
    let quick = Options { only_problems: true, ..export.options.clone() };
    let quick = report(items(file.as_slice(), &quick));
    assert_eq!(quick.records, all.records, "where only problems are asked for");
    assert_eq!(quick.jobs, all.jobs);
    assert_eq!((quick.warnings, quick.rejected), (all.warnings, all.rejected));
});

/// The report on what was read, of which the counts add up.
fn report(items: Vec<Item>) -> Report<'static> {
    let mut batch = Batch::new(Judge::new(&CLASSIFIER, Keep::Problems));
    items.into_iter().for_each(|item| batch.add(item));
    let report = batch.finish();
    let records = &report.records;
    let parts = [
        records.duplicates,
        records.diagnosed,
        records.unknown,
        records.without_message,
        records.known,
        records.skipped,
        records.rejected,
    ];
    assert_eq!(records.total, parts.iter().sum::<u64>(), "{records:?}");
    assert_eq!(records.total, records.by_state.values().sum::<u64>(), "{records:?}");
    report
}

/// Whether there is such a line, and such a byte in it or right behind it.
#[track_caller]
fn is_in(text: &[u8], Position { line, column }: Position) {
    // What ends a line is the reader's to say.
    let is_old = !text.contains(&b'\n');
    let mut lines = text.split(|byte| *byte == b'\n' || (is_old && *byte == b'\r'));
    let found = line.checked_sub(1).and_then(|line| lines.nth(line as usize));
    let whole = found.map(|line| line.len() as u64);
    let length = if is_old { Some(text.len() as u64) } else { whole };
    assert!(
        whole.is_some() || (is_old && line == 1),
        "{line}:{column} of {:?}",
        String::from_utf8_lossy(text)
    );
    let is_there = length.is_some_and(|length| (1..=length + 1).contains(&column));
    assert!(is_there, "{line}:{column} of {:?}", String::from_utf8_lossy(text));
}
