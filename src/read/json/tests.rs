//! Tests that a stream is read in blocks, and by several threads, as it is read from end to end.

use std::num::NonZeroUsize;

use proptest::prelude::*;

use super::compare::{read_carefully, read_together};
use super::*;
use crate::read::item::Item;
use crate::read::reading::Expected;
use crate::read::sink::{OneByOne, Settled, Sink};
use crate::read::{Input, Options, read_on};

fn job(number: usize) -> String {
    let state = ["COMPLETED", "FAILED", "RUNNING"][number % 3];
    let message = if number % 3 == 1 { "\"StatusMessage\":\"not \\\"allowed\\\"\"," } else { "" };
    format!(
        "{{\"CopyJobId\":\"47C8EF56-74D8-059D-1301-{number:012X}\",{message}\"State\":\"{state}\",\"AccountId\":\"111122223333\"}}"
    )
}

fn lines(count: usize) -> String {
    (0..count).map(|number| job(number) + "\n").collect()
}

/// The same over lines of its own.
fn over_lines(number: usize) -> String {
    job(number).replace(',', ",\n  ")
}

#[test]
fn blocks_of_any_size_are_read_as_the_whole() {
    let export =
        |job: fn(usize) -> String, separator| (0..50).map(|at| job(at) + separator).collect::<String>();
    for json in [export(job, "\n"), export(job, " "), export(over_lines, "\n"), export(over_lines, " ")] {
        let whole = read_carefully(json.as_bytes());
        assert_eq!(whole.len(), 50);
        for size in [1, 100, 300, 2000] {
            assert_eq!(read_together(json.as_bytes(), size), whole, "{size} bytes together of {json}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]
    /// Wherever a stream is not plain.
    #[test]
    fn a_fault_in_a_block_changes_nothing(
        size in 100_usize..2000,
        changes in proptest::collection::vec((0_usize..6000, "[{}\\[\\],:\"\\\\\n0-9a-z -]|\n\n|\r\n|,\n|\\{\"CopyJobs\":\\[|\\{\"FAILED\":\\[|\\]\\}"), 1..4),
    ) {
        let mut json = lines(50);
        for (at, change) in changes {
            json.insert_str(at % json.len(), &change);
        }
        prop_assert_eq!(read_together(json.as_bytes(), size), read_carefully(json.as_bytes()));
    }
}

/// Counts the jobs that come in blocks, and all.
#[derive(Default)]
struct InBlocks {
    blocks: usize,
    jobs_in_blocks: u64,
    jobs: u64,
}

impl Sink for InBlocks {
    fn item(&mut self, _: Item) {
        self.jobs += 1;
    }

    fn block(&mut self, block: Block, options: &Options) -> Settled {
        let mut records = 0;
        let plain = block.read(options, &mut |_| records += 1);
        assert!(block.is_whole(plain), "a plain block is plain to its end");
        self.blocks += 1;
        self.jobs_in_blocks += records;
        self.jobs += records;
        Settled { records, returned: Vec::new() }
    }
}

/// Where a piece ends lies within a job nearly always; blocks were only found where by chance it did not.
#[test]
fn nearly_all_of_a_long_export_comes_in_blocks() {
    let json = lines(2000);
    let size = json.len() / 20;
    for size in size..size + 40 {
        let options = Options::default();
        let mut sink = InBlocks::default();
        let mut reading = Reading::new("jobs.json".into(), Expected::Export, &options, &mut sink);
        super::read_by(Scanner::new(&options.names), &mut json.as_bytes(), &mut reading, size)
            .expect("memory can be read");
        assert_eq!(sink.jobs, 2000);
        assert!(sink.jobs_in_blocks > 1700 && sink.blocks < 20, "{} by {size}", sink.jobs_in_blocks);
    }
}

/// Counts the blocks that are tried.
#[derive(Default)]
struct Tried(usize);

impl Sink for Tried {
    fn item(&mut self, _: Item) {}

    fn block(&mut self, block: Block, options: &Options) -> Settled {
        self.0 += 1;
        OneByOne(&mut |_| ()).block(block, options)
    }
}

/// A block that is not plain is read twice.
#[test]
fn blocks_are_tried_ever_more_rarely_where_none_is_plain() {
    let not_plain = lines(2000).replace("1111", "\\u00311\\u0031\\u0031");
    let json = lines(100) + &not_plain;
    let (options, mut sink) = (Options::default(), Tried::default());
    let mut reading = Reading::new("jobs.json".into(), Expected::Export, &options, &mut sink);
    super::read_by(Scanner::new(&options.names), &mut json.as_bytes(), &mut reading, 1000)
        .expect("memory can be read");
    assert_eq!(reading.records(), 2100);
    // In more than 300 pieces, after each failure half as often.
    assert!((1..20).contains(&sink.0), "{}", sink.0);
}

#[test]
fn a_block_says_how_many_records_it_has() {
    let options = Options::default();
    let (bytes, position) = (lines(7).into_bytes(), Position { line: 1, column: 1 });
    let block = Block { bytes, separator: (*b"\n").into(), position, file: "jobs.json".into() };
    let mut items = 0;
    let settled = OneByOne(&mut |_| items += 1).block(block, &options);
    assert_eq!((settled.records, settled.returned.len(), items), (7, 0, 7));
}

/// What comes of a file by so many threads.
fn read_by(json: &str, threads: usize) -> Vec<String> {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
    std::io::Write::write_all(&mut file, json.as_bytes()).expect("it can be written");
    let threads = NonZeroUsize::new(threads).expect("it is not 0");
    let name = file.path().display().to_string();
    let mut items = Vec::new();
    let input = Input::Path(file.path().to_owned());
    read_on(
        &input,
        &Options::default(),
        threads,
        &|item| format!("{item:?}").replace(&name, ""),
        &mut |item| {
            items.push(item);
        },
    );
    items
}

#[test]
fn threads_read_as_one_does() {
    let good = lines(8000);
    let middle = good.len() / 2;
    // A fault, a second document of another shape, and lines with nothing in them: each ends the plain stretch.
    let broken =
        format!("{}{{\"CopyJobId\": \"X\", \"State\" \"FAILED\"}}\n{}", &good[..middle], &good[middle..]);
    let mixed = format!("{good}\n\n{{\"CopyJobs\": [{}]}}\n{good}", job(1));
    for json in [good, broken, mixed] {
        let alone = read_by(&json, 1);
        assert!(alone.len() >= 8000);
        assert!(read_by(&json, 3) == alone, "three threads read something else");
    }
}

/// A list is read in blocks when its beginning is out of memory.
#[test]
fn threads_read_a_list_as_one_does() {
    let jobs: Vec<String> = (0..90_000).map(over_lines).collect();
    let json = format!("{{\"CopyJobs\": [\n  {}\n], \"NextToken\": \"x\"}}\n", jobs.join(",\n  "));
    assert!(json.len() > scanner::LARGEST_RECORD + 2 * TOGETHER);
    let alone = read_by(&json, 1);
    assert_eq!(alone.len(), 90_001, "the jobs, and that another page follows");
    assert!(read_by(&json, 3) == alone, "three threads read something else");
}
