//! Tests of reading as a whole: what is said of files without jobs, and what a fault costs.

use super::*;

/// The records' ids and, for everything else, what is said.
fn read_text(text: &[u8]) -> Vec<String> {
    let mut seen = Vec::new();
    read_from("jobs.json", text, &Options::default(), &mut |item| {
        seen.push(match item {
            Item::Record(record) => record.copy_job_id.unwrap_or_default(),
            Item::Uneventful(job) => format!("{job:?}"),
            Item::Rejected(rejected) => rejected.to_string(),
            Item::Warning(warning) => warning.to_string(),
        });
    });
    seen
}

#[test]
fn a_bad_byte_costs_one_record() {
    let text = b"{\"CopyJobId\":\"A\",\"State\":\"FAILED\"}\n\
                 {\"CopyJobId\":\"B\",\"State\":\"FA\xffLED\"}\n\
                 {\"CopyJobId\":\"C\",\"State\":\"FAILED\"}\n";
    let seen = read_text(text);
    assert_eq!((seen[0].as_str(), seen[2].as_str()), ("A", "C"));
    assert!(seen[1].starts_with("jobs.json:2:1: not UTF-8 (2:"), "{}", seen[1]);
}

#[test]
fn a_plan_that_is_no_object_says_nothing() {
    for plan in ["\"nightly\"", "[1, {\"a\": 2}]", "true", "-1", "1", "1.5", "null"] {
        for job in [
            "{\"CopyJobId\":\"A\",\"CreatedBy\":{},\"State\":\"FAILED\"}",
            "{\n \"State\": \"\\u0046AILED\",\n \"CreatedBy\": {},\n \"CopyJobId\": \"A\"\n}",
        ] {
            assert_eq!(read_text(job.replace("{}", plan).as_bytes()), ["A"], "{plan}");
        }
    }
}

#[test]
fn files_without_jobs_say_what_they_are() {
    for (text, said) in [
        (b"".as_slice(), "jobs.json: the file is empty"),
        (b" \n\n", "jobs.json: the file is blank"),
        (b"{\"a\": 1", "jobs.json:1:8: the file ends in the middle"),
        (b"{\"a\": 1}", "jobs.json: JSON without a copy job"),
        (b"{\"BackupJobs\": [{\"BackupJobId\": \"A\"}]}", "jobs.json: holds 1 backup job,"),
        (b"{\"CopyJobId\": \"A\", \"CreationDate\": 1}", "jobs.json: JSON without a copy job"),
        (
            b"{\"CopyJobId\": \"47C8EF56-74D8-059D-1301-C5BE1D5C926E\", \"CreationDate\": 1}",
            "jobs.json: names 1 started copy job",
        ),
        (
            b"{\"CopyJobSummaries\": [{\"State\": \"FAILED\", \"Count\": 3}]}",
            "jobs.json: counts of copy jobs",
        ),
    ] {
        let seen = read_text(text);
        assert!(seen.last().is_some_and(|last| last.starts_with(said)), "{seen:?} should say {said}");
    }
}

#[test]
fn an_empty_list_of_jobs_is_an_export() {
    assert_eq!(read_text(b"{\"CopyJobs\": []}"), [""; 0]);
    assert_eq!(read_text(b"CopyJobs: []\n"), [""; 0]);
}

/// How many bytes there are to read, and how many have been read when all is.
fn progress_of(path: &Path) -> (Option<u64>, u64) {
    let (input, options) = (Input::Path(path.to_owned()), Options::default());
    read(&input, &options, &mut |_| {});
    (input.size(), options.bytes_read.get())
}

#[test]
fn progress_is_of_the_bytes_as_they_are_packed() {
    let folder = tempfile::TempDir::new().expect("a directory for the test");
    let (plain, packed) = (folder.path().join("a.json"), folder.path().join("b.json.gz"));
    let text = [b"{\"CopyJobs\": []}".as_slice(), &[b' '; 300_000]].concat();
    std::fs::write(&plain, &text).expect("the file can be written");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    io::Write::write_all(&mut encoder, &text).expect("memory is written");
    let gzip = encoder.finish().expect("memory is written");
    std::fs::write(&packed, &gzip).expect("the file can be written");
    std::fs::write(folder.path().join(".hidden"), "left out").expect("the file can be written");

    let (long, short) = (text.len() as u64, gzip.len() as u64);
    assert_eq!(progress_of(&plain), (Some(long), long));
    assert_eq!(progress_of(&packed), (Some(short), short));
    assert_eq!(progress_of(folder.path()), (Some(long + short), long + short));
    assert_eq!(Input::Stdin.size(), None);
    assert_eq!(Input::Path(folder.path().join("missing")).size(), None);
}

/// The page for users names the bounds as they are.
#[test]
fn bounds_are_those_that_are_documented() {
    let page = include_str!("../../docs/exports.md").split("## Bounds").nth(1).expect("a section");
    let mib = |bytes: u64| format!("{} MiB", bytes / MIB);
    let usize_mib = |bytes: usize| mib(bytes as u64);
    assert_eq!(lines::LONGEST_LINE, json::scanner::LARGEST_RECORD as u64);
    assert_eq!(yaml::LARGEST_ITEM, delimited::LONGEST_ROW);
    for row in [
        format!("| an object of JSON, a line | {} |", mib(lines::LONGEST_LINE)),
        format!(
            "| an item of YAML, a row of CSV with line breaks in its quotes | {} |",
            usize_mib(yaml::LARGEST_ITEM)
        ),
        format!("| a value of several lines in a list of fields | {} KiB |", blocks::LONGEST_VALUE / 1024),
        format!("| nesting of JSON | {} |", json::scanner::DEEPEST_NESTING),
        format!("| nesting of YAML | {} |", yaml::DEEPEST_NESTING),
        format!("| strings in strings | {} |", json::DEEPEST_ENVELOPE),
        format!("| packings in one another | {} |", unpack::DEEPEST),
        format!("| {}, or {} times the size of the file", mib(unpack::HARMLESS), unpack::LARGEST_RATIO),
        format!("inside of another packing | {} |", mib(unpack::LARGEST_PIPED_ARCHIVE)),
        format!("| Zstandard's window | {} |", mib(unpack::zstd::LARGEST_WINDOW)),
    ] {
        assert!(page.contains(&row), "{row}");
    }
}
