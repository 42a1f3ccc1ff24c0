//! The arguments of `copydoctor batch`.

mod fail_on;
mod follow;
mod known;
mod run;

use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use copydoctor::batch::{Filter, GroupBy};
use copydoctor::read::{FieldNames, Format, Options};
use copydoctor::record::parse_time;
use jiff::{SignedDuration, Timestamp};

use super::{CatalogueFlag, LanguageFlag, RedactFlags, Said};

pub(crate) use run::run;

pub(super) const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 a condition of --fail-on holds, 2 something could not be read (the rest is
reported all the same). 2 goes before 1; with --fail-on rejected, a rejected record counts as 1.

Examples:
  aws backup list-copy-jobs --by-state FAILED | copydoctor batch
  copydoctor batch --format html --output report.html exports/
  copydoctor batch --format ndjson exports/ > jobs.ndjson
  copydoctor batch --group-by account exports/
  copydoctor batch --fail-on unknown,tag-policy-violation exports/
  copydoctor batch --write-baseline known.jsonl exports/
  copydoctor batch --baseline known.jsonl --fail-on failed exports/
  copydoctor batch --since 2026-11-22 --account 111122223333 exports/
  copydoctor batch --redact --redact-map private.jsonl --format markdown exports/ > ticket.md";

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Exports, or directories of exports, in whatever format and packing: output of `aws backup`, events, logs,
    /// reports, lines of messages. `-`, or nothing, is standard input
    #[arg(value_name = "FILE|DIR|-")]
    pub(super) inputs: Vec<PathBuf>,
    /// Format of the report [default: table, or text with --follow]
    #[arg(long, value_enum)]
    pub(super) format: Option<ReportFormat>,
    /// File that the report is written to. It is replaced as soon as the new report is whole, and only then
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// In table, json and markdown, the jobs by what they have in common, with the root causes of each group
    #[arg(long, value_name = "WHAT", value_parser = group_by())]
    pub(super) group_by: Option<GroupBy>,
    /// In table, json and markdown, at most so many root causes, groups and unknown messages, the most frequent. How many
    /// are left out, with how many jobs, is said
    #[arg(long, value_name = "N")]
    pub(super) top: Option<NonZeroUsize>,
    /// Exit with 1 if there is a job that failed (failed), has a message that nothing fits (unknown) or has this root
    /// cause (its id), or a record that cannot be read (rejected). May be repeated or hold several, with commas
    #[arg(long, value_name = "CONDITION", value_delimiter = ',')]
    pub(super) fail_on: Vec<String>,
    /// List of known failures: jobs that fail as it says are counted and not reported, and --fail-on looks at the others.
    /// What it lists and no job does any more is a warning
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the list of known failures anew, from all jobs with a problem in these exports. Not with --redact: the list
    /// has to hold the originals
    #[arg(long, value_name = "FILE")]
    pub(super) write_baseline: Option<PathBuf>,
    /// In text, ndjson and csv, a line for every job and not only for those with a problem
    #[arg(long)]
    pub(super) all: bool,
    /// Read one file as it grows, and write a line for each job as soon as it fails, in text or ndjson; also when the file
    /// is emptied or replaced. Ctrl-C ends it with the account of the records. Not with --redact: a name may be known
    /// only by a job that comes after the line that it stands in
    #[arg(long, visible_alias = "watch", conflicts_with_all = ["output", "write_baseline", "group_by", "top", "all"])]
    pub(super) follow: bool,
    /// Threads that read and diagnose [default: one for each processor]. The report is the same
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(super) language: LanguageFlag,
    #[command(flatten)]
    pub(super) catalogue: CatalogueFlag,
    #[command(flatten)]
    pub(super) reading: ReadingFlags,
    #[command(flatten)]
    pub(super) filter: FilterFlags,
    #[command(flatten)]
    pub(super) redaction: RedactFlags,
}

/// A value of each name.
fn group_by() -> impl TypedValueParser<Value = GroupBy> {
    let named = |name: String| GroupBy::ALL.into_iter().find(|by| by.name() == name);
    // There are no other names, so that one is always found.
    PossibleValuesParser::new(GroupBy::ALL.map(GroupBy::name))
        .map(move |name| named(name).unwrap_or(GroupBy::Cause))
}

impl Arguments {
    /// The format of a report on files that do not grow.
    pub(super) fn format(&self) -> ReportFormat {
        self.format.unwrap_or(ReportFormat::Table)
    }

    /// Whether the report is a line for each job. Only such a report can list jobs without a problem.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.format(), ReportFormat::Text | ReportFormat::Ndjson | ReportFormat::Csv)
    }

    /// Refuses flags that say nothing to the format of the report, or contradict one another.
    pub(super) fn must_fit(&self) -> io::Result<()> {
        if self.redaction.are_set() && self.write_baseline.is_some() {
            return Err(Said::BaselineWithPseudonyms.into());
        }
        let is_summary =
            matches!(self.format(), ReportFormat::Table | ReportFormat::Json | ReportFormat::Markdown);
        let flag = self.group_by.map(|_| "--group-by").or(self.top.map(|_| "--top"));
        match flag.filter(|_| !is_summary) {
            None => Ok(()),
            Some(flag) => {
                let format = self.format().to_possible_value();
                let format = format.as_ref().map_or("", PossibleValue::get_name).to_owned();
                Err(Said::ListsEveryJob { flag, format }.into())
            }
        }
    }

    /// How many threads are to work. More than any machine has processors are of no use, and some are more than it can
    /// start.
    pub(super) fn threads(&self) -> NonZeroUsize {
        const MOST: NonZeroUsize = NonZeroUsize::MIN.saturating_add(255);
        let wanted = self.jobs.or_else(|| std::thread::available_parallelism().ok());
        wanted.unwrap_or(NonZeroUsize::MIN).min(MOST)
    }
}

/// What is said of the exports, where they do not say it themselves.
#[derive(Debug, Args)]
#[command(next_help_heading = "How the exports are read")]
pub(super) struct ReadingFlags {
    /// Format of the exports, where their content does not tell it rightly
    #[arg(long, value_name = "FORMAT", default_value = AUTO, value_parser = formats())]
    from: From,
    /// Name of the field or column that holds the status message
    #[arg(long, value_name = "NAME")]
    message_field: Option<String>,
    /// Name of the field or column that holds the state
    #[arg(long, value_name = "NAME")]
    state_field: Option<String>,
}

/// A format, or that of each file's content.
#[derive(Debug, Clone, Copy)]
struct From(Option<Format>);

/// The format that a file's own content tells.
const AUTO: &str = "auto";

fn formats() -> impl TypedValueParser<Value = From> {
    let named = Format::ALL.iter().map(|format| PossibleValue::new(format.name()).help(format.help()));
    let auto = PossibleValue::new(AUTO).help("told by the content of each file");
    PossibleValuesParser::new(std::iter::once(auto).chain(named))
        .map(|name| From(Format::ALL.iter().copied().find(|format| format.name() == name)))
}

impl ReadingFlags {
    pub(super) fn options(&self) -> Options {
        let names = FieldNames { message: self.message_field.clone(), state: self.state_field.clone() };
        Options { format: self.from.0, names, ..Options::default() }
    }
}

/// Which jobs the report is about.
#[derive(Debug, Args)]
#[command(
    next_help_heading = "Which jobs are reported (the others are counted; what a job does not say keeps it)"
)]
pub(super) struct FilterFlags {
    /// Jobs created at this time or later: 2025-07-01, or 2025-07-01T02:00:00Z
    #[arg(long, value_name = "TIME", value_parser = beginning)]
    since: Option<Timestamp>,
    /// Jobs created before this time, or on this day or before
    #[arg(long, value_name = "TIME", value_parser = end)]
    until: Option<Timestamp>,
    /// Jobs from or to this account; may be repeated
    #[arg(long = "account", value_name = "ID")]
    accounts: Vec<String>,
    /// Jobs from or to this Region; may be repeated
    #[arg(long = "region", value_name = "REGION")]
    regions: Vec<String>,
    /// Jobs of this type of resource, such as EBS; may be repeated
    #[arg(long = "resource-type", value_name = "TYPE")]
    resource_types: Vec<String>,
}

const TIMES: &str = "expected a day such as 2025-07-01, or a time such as 2025-07-01T02:00:00Z";

fn beginning(text: &str) -> Result<Timestamp, &'static str> {
    parse_time(text).filter(|_| text.contains('-')).ok_or(TIMES)
}

/// A day alone is meant with its last moment.
fn end(text: &str) -> Result<Timestamp, &'static str> {
    const DAY: SignedDuration = SignedDuration::from_hours(24);
    let time = beginning(text)?;
    let is_day = !text.contains(':');
    if is_day { time.checked_add(DAY).map_err(|_| TIMES) } else { Ok(time) }
}

impl FilterFlags {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            since: self.since,
            until: self.until,
            accounts: self.accounts.clone(),
            regions: self.regions.clone(),
            resource_types: self.resource_types.clone(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For the terminal, by root cause
    Table,
    /// The same summary for a program
    Json,
    /// A short line for each job
    Text,
    /// A line of JSON for each job
    Ndjson,
    /// A line for each job, for spreadsheets
    Csv,
    /// One page with pictures, steps and all jobs, to read offline, hand on or print
    Html,
    /// For tickets and chat
    Markdown,
    /// For servers that show the results of tests: a failed case for each job
    Junit,
    /// For code hosts: a finding for each job, beside its record
    Sarif,
}
