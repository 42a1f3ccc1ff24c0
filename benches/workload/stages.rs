//! The stages of the way of a message and of an export, each from what it is given, in memory, to what it gives.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::hint::black_box;
use std::io::{self, Write};
use std::sync::LazyLock;

use copydoctor::batch::{Job as Judged, Judge, Keep};
use copydoctor::diagnosis::Tier;
use copydoctor::matcher::Matcher;
use copydoctor::normalise::Message;
use copydoctor::read::{Input, Item, Options, read, read_from};
use copydoctor::render::{self, Layout};
use copydoctor::scorer::Scorer;
use copydoctor::{Batch, Classifier, Language, Report};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::de::IgnoredAny;
use tempfile::NamedTempFile;

use super::jobs::{Job, events, jobs, list, report};
use super::large_catalogue::large_catalogue;
use super::messages::{of_tier, unknown};

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(Classifier::builtin);
static LARGE: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(large_catalogue()));

/// A part of the way that can be measured by itself.
pub struct Stage {
    pub name: &'static str,
    /// Enough items for a count of instructions, where a single one does not matter.
    pub enough: usize,
    /// Makes what the stage is given, for so many items.
    pub prepare: fn(usize) -> Work,
}

/// What a stage is to do. Doing it again does the same again.
pub struct Work {
    pub items: usize,
    pub bytes: usize,
    run: Box<dyn Fn()>,
}

impl Work {
    fn new<T>(items: usize, bytes: usize, run: impl Fn() -> T + 'static) -> Self {
        Self { items, bytes, run: Box::new(move || drop(black_box(run()))) }
    }

    pub fn run(&self) {
        (self.run)();
    }
}

impl Stage {
    const fn new(name: &'static str, enough: usize, prepare: fn(usize) -> Work) -> Self {
        Self { name, enough, prepare }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

/// What the machine can do at best, to compare the stages with.
pub const LIMITS: &[Stage] = &[
    Stage::new("copy-bytes", 1000, |items| over(events, items, <[u8]>::to_vec)),
    Stage::new("count-lines", 1000, |items| over(events, items, lines)),
    Stage::new("skip-json", 1000, |items| over(events, items, skipped)),
    Stage::new("hash-messages", 1000, hash),
];

/// In the order of the way. Reading has no public entry of its own: `read-*` is `parse-events` of what has first to be
/// read from a file, unpacked or recoded.
pub const STAGES: &[Stage] = &[
    Stage::new("read-file", 1000, read_file),
    Stage::new("read-gzip", 1000, read_gzip),
    Stage::new("read-utf-16", 1000, |items| over(utf_16, items, all)),
    Stage::new("parse-events", 1000, |items| over(events, items, all)),
    Stage::new("parse-events-problems", 1000, |items| over(events, items, problems)),
    Stage::new("parse-list", 1000, |items| over(list, items, all)),
    Stage::new("parse-report", 1000, |items| over(report, items, all)),
    Stage::new("normalise", 500, normalise),
    Stage::new("match", 500, match_wordings),
    Stage::new("score", 100, score),
    Stage::new("classify-exact", 500, |items| classify(&CLASSIFIER, of_tier(Tier::Exact, items))),
    Stage::new("classify-cut-off", 100, |items| classify(&CLASSIFIER, of_tier(Tier::CutOff, items))),
    Stage::new("classify-similar", 100, |items| classify(&CLASSIFIER, of_tier(Tier::Similar, items))),
    Stage::new("classify-unknown", 100, |items| classify(&CLASSIFIER, unknown(items))),
    Stage::new("classify-exact-of-1000", 200, |items| classify(&LARGE, of_tier(Tier::Exact, items))),
    Stage::new("classify-similar-of-1000", 20, |items| classify(&LARGE, of_tier(Tier::Similar, items))),
    Stage::new("render-ndjson", 1000, |items| {
        each_job(items, |out, job, language| render::write_job_ndjson(out, job, language))
    }),
    Stage::new("render-csv", 1000, |items| {
        each_job(items, |out, job, language| render::write_job_csv(out, job, language))
    }),
    Stage::new("render-json", 1000, |items| report_by(items, write_json)),
    Stage::new("render-html", 1000, |items| report_by(items, write_html)),
    Stage::new("render-table", 1000, |items| report_by(items, write_table)),
    Stage::new("whole-events-ndjson", 1000, |items| over(events, items, to_lines)),
    Stage::new("whole-list-table", 1000, |items| over(list, items, to_table)),
    Stage::new("whole-report-table", 1000, |items| over(report, items, to_table)),
];

const LANGUAGE: Language = Language::En;

/// Work on an export of so many jobs.
fn over<T: 'static>(export: fn(&[Job]) -> Vec<u8>, items: usize, run: fn(&[u8]) -> T) -> Work {
    let export = export(&jobs(items));
    Work::new(items, export.len(), move || run(&export))
}

/// What a text of lines costs at least: somebody has to see where they end.
fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// What a general parser of JSON needs to see to the syntax and keep nothing.
fn skipped(bytes: &[u8]) -> usize {
    serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>().filter(Result::is_ok).count()
}

fn all(export: &[u8]) -> usize {
    parsed(export, &Options::default())
}

fn problems(export: &[u8]) -> usize {
    parsed(export, &Options { only_problems: true, ..Options::default() })
}

fn parsed(export: &[u8], options: &Options) -> usize {
    let mut count = 0;
    read_from("jobs", export, options, &mut |item| count += black_box(of_a_record(&item)));
    count
}

fn of_a_record(item: &Item) -> usize {
    usize::from(!matches!(item, Item::Warning(_)))
}

/// A file of the events of so many jobs, and its size. It is there for as long as the value.
pub fn file_of_events(items: usize) -> (NamedTempFile, usize) {
    let export = events(&jobs(items));
    let mut file = NamedTempFile::new().expect("there is a place for temporary files");
    file.write_all(&export).expect("the file can be written");
    (file, export.len())
}

fn read_file(items: usize) -> Work {
    let (file, bytes) = file_of_events(items);
    Work::new(items, bytes, move || {
        let input = Input::Path(file.path().to_owned());
        let mut count = 0;
        read(&input, &Options::default(), &mut |item| count += black_box(of_a_record(&item)));
        count
    })
}

/// The bytes are those of the text, not of its packing.
fn read_gzip(items: usize) -> Work {
    let export = events(&jobs(items));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&export).expect("memory is written");
    let packed = encoder.finish().expect("memory is written");
    Work::new(items, export.len(), move || all(&packed))
}

fn utf_16(jobs: &[Job]) -> Vec<u8> {
    let text = String::from_utf8(events(jobs)).expect("an export is text");
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// The messages of so many failed jobs.
fn messages(items: usize) -> &'static [String] {
    let enough = jobs(items * 5);
    kept(enough.into_iter().filter_map(|job| job.message).take(items).collect())
}

/// To borrow from for as long as the process runs.
fn kept(messages: Vec<String>) -> &'static [String] {
    messages.leak()
}

fn bytes_of(messages: &[String]) -> usize {
    messages.iter().map(String::len).sum()
}

/// What it costs at least to find out whether a message is a known one: each of its bytes has to be looked at.
fn hash(items: usize) -> Work {
    let messages = messages(items);
    let hasher = RandomState::new();
    Work::new(messages.len(), bytes_of(messages), move || {
        messages.iter().fold(0, |sum, message| sum ^ hasher.hash_one(message))
    })
}

fn normalise(items: usize) -> Work {
    let messages = messages(items);
    Work::new(messages.len(), bytes_of(messages), move || {
        messages.iter().map(|message| Message::new(message).words().as_str().len()).sum::<usize>()
    })
}

fn match_wordings(items: usize) -> Work {
    let messages = messages(items);
    let ready: Vec<_> = messages.iter().map(|message| Message::new(message)).collect();
    let catalogue = CLASSIFIER.catalogue();
    let matcher = Matcher::new(catalogue);
    // The automaton is made once so many messages have come that it is worth it.
    ready.iter().take(100).for_each(|message| drop(matcher.candidates(catalogue, message)));
    Work::new(messages.len(), bytes_of(messages), move || {
        ready.iter().map(|message| matcher.candidates(catalogue, message).len()).sum::<usize>()
    })
}

/// Of reworded messages: where a wording stands in a message as it is, nothing is scored.
fn score(items: usize) -> Work {
    let messages = kept(of_tier(Tier::Similar, items));
    let ready: Vec<_> = messages.iter().map(|message| Message::new(message)).collect();
    let catalogue = CLASSIFIER.catalogue();
    let scorer = Scorer::new(catalogue);
    Work::new(messages.len(), bytes_of(messages), move || {
        let read = ready.iter().map(|message| scorer.read(message.words().as_str()));
        read.map(|read| scorer.scores(catalogue, &read).len()).sum::<usize>()
    })
}

fn classify(classifier: &'static LazyLock<Classifier>, messages: Vec<String>) -> Work {
    let bytes = bytes_of(&messages);
    // What is made for the first messages is no part of what a message costs.
    unknown(20).iter().for_each(|message| drop(classifier.classify(message)));
    Work::new(messages.len(), bytes, move || {
        messages.iter().filter(|message| classifier.classify(message).diagnosis().is_some()).count()
    })
}

type WriteJob = fn(&mut Vec<u8>, &Judged<'_>, Language) -> io::Result<()>;
type WriteReport = fn(&mut dyn Write, &Report<'_>) -> io::Result<()>;

fn judge<'c>() -> Judge<'c> {
    Judge::new(&CLASSIFIER, Keep::Problems)
}

fn options() -> Options {
    Options { only_problems: judge().wants_only_problems(), ..Options::default() }
}

/// The report of an export.
fn summed_up(export: &[u8]) -> Report<'static> {
    let mut batch = Batch::new(judge());
    read_from("jobs", export, &options(), &mut |item| batch.add(item));
    batch.finish()
}

/// Renders a job after the other; the items are those with a problem.
fn each_job(items: usize, write: WriteJob) -> Work {
    let render = move |report: &Report<'_>| {
        let mut out = Vec::new();
        report.jobs.iter().for_each(|job| write(&mut out, job, LANGUAGE).expect("memory is written"));
        out
    };
    rendered(items, render)
}

fn report_by(items: usize, write: WriteReport) -> Work {
    let render = move |report: &Report<'_>| {
        let mut out = Vec::new();
        write(&mut out, report).expect("memory is written");
        out
    };
    rendered(items, render)
}

/// The bytes are those that are written.
fn rendered(items: usize, render: impl Fn(&Report<'_>) -> Vec<u8> + 'static) -> Work {
    let report = summed_up(&events(&jobs(items)));
    let bytes = render(&report).len();
    Work::new(report.jobs.len(), bytes, move || render(&report))
}

fn write_json(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    render::write_report_json(out, report, LANGUAGE)
}

fn write_html(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    render::write_report_html(out, report, LANGUAGE)
}

fn write_table(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    render::write_report_table(out, report, Layout::plain(LANGUAGE, 100))
}

/// All that `batch --format ndjson --jobs 1` does.
fn to_lines(export: &[u8]) -> Vec<u8> {
    let write_line = |line: &mut Vec<u8>, job: &Judged<'_>| {
        render::write_job_ndjson(line, job, LANGUAGE).expect("memory is written");
    };
    let mut batch = Batch::new(judge().with_lines(&write_line));
    read_from("jobs", export, &options(), &mut |item| batch.add(item));
    let mut out = Vec::new();
    batch.finish_lines(&mut out).expect("memory is written");
    out
}

/// All that `batch --jobs 1` does.
fn to_table(export: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    write_table(&mut out, &summed_up(export)).expect("memory is written");
    out
}
