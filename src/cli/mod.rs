//! The command line: every flag is defined here once, and its help follows from the definition.

mod arguments;
mod manual;
mod slot_flags;
mod terminal;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use copydoctor::Language;
use copydoctor::batch::Filter;
use copydoctor::read::{FieldNames, Format, Options};
use copydoctor::record::parse_time;
use jiff::{SignedDuration, Timestamp};

pub(crate) use manual::{write_completions, write_manual};
pub(crate) use slot_flags::SlotFlags;
use terminal::ColorWhen;
pub(crate) use terminal::{complain, layout};

/// The exit code of an error, in the arguments or later.
pub(crate) const ERROR: u8 = 2;

const EXIT_CODES_DIAGNOSE: &str = "\
Exit codes: 0 every message was diagnosed, 1 one is unknown, 2 error.

Examples:
  copydoctor \"Access Denied trying to call AWS Backup service\"
  copydoctor --source-account 111122223333 --format json \"Given key ID is not accessible\"
  aws backup describe-copy-job --copy-job-id ID | copydoctor --lang de
  aws backup describe-copy-job --copy-job-id ID | copydoctor --copy-policy > policy.json";

const USAGE: &str = "copydoctor [OPTIONS] [MESSAGE]...\n       copydoctor <COMMAND> [OPTIONS] ...";

const EXIT_CODES_BATCH: &str = "\
Exit codes: 0 done, 2 something could not be read (the rest is reported all the same).

Examples:
  aws backup list-copy-jobs --by-state FAILED | copydoctor batch
  copydoctor batch --format html exports/ > report.html
  copydoctor batch --format ndjson exports/ > jobs.ndjson
  copydoctor batch --since 2026-11-22 --account 111122223333 exports/";

const EXIT_CODES_EXPLAIN: &str = "\
Exit codes: 0 shown, 2 there is no such root cause.

Examples:
  copydoctor explain
  copydoctor explain --lang de vault-access-policy-denies-copy
  copydoctor explain --terraform snapshot-encrypted-with-aws-managed-key";

const EXIT_CODES_CHECK: &str = "\
Exit codes: 0 proven, 1 something is wrong with the catalogue, 2 error.

Examples:
  copydoctor check
  copydoctor check --format sarif own-causes/ > findings.sarif";

const EXIT_CODES_COMPLETIONS: &str = "\
Examples:
  copydoctor completions bash > ~/.local/share/bash-completion/completions/copydoctor
  copydoctor completions zsh > ~/.zfunc/_copydoctor";

const EXIT_CODES_MAN: &str = "\
Examples:
  copydoctor man > copydoctor.1
  copydoctor man batch > copydoctor-batch.1";

/// Tells why an AWS Backup copy job failed and what to do now.
#[derive(Debug, Parser)]
#[command(version, long_version = arguments::long_version())]
#[command(after_help = EXIT_CODES_DIAGNOSE, override_usage = USAGE)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Task>,
    /// When to write colours and links: auto is on a terminal, unless NO_COLOR or TERM=dumb is set
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorWhen::Auto, global = true)]
    color: ColorWhen,
    #[command(flatten)]
    pub(crate) diagnose: Diagnose,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Diagnose single messages (the default)
    #[command(after_help = EXIT_CODES_DIAGNOSE)]
    Diagnose(Diagnose),
    /// Diagnose every copy job in exports, and account for every record
    #[command(after_help = EXIT_CODES_BATCH)]
    Batch(Batch),
    /// Show what the catalogue knows of a root cause, or the list of all
    #[command(after_help = EXIT_CODES_EXPLAIN)]
    Explain(Explain),
    /// Prove the catalogue, with your own root causes laid over it
    #[command(after_help = EXIT_CODES_CHECK)]
    Check(Check),
    /// Write what completes commands and flags in a shell
    #[command(after_help = EXIT_CODES_COMPLETIONS)]
    Completions(Completions),
    /// Write a page of the manual, for `man`
    #[command(after_help = EXIT_CODES_MAN)]
    Man(Man),
}

#[derive(Debug, Args)]
pub(crate) struct Diagnose {
    /// Status message of a copy job, or the job as JSON. Several words without quotes are one message.
    /// Without a message, standard input is read as one
    pub(crate) message: Vec<String>,
    /// Format of the answer; JSON is one line for each message
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(crate) format: AnswerFormat,
    /// Show what the answer was chosen from: words, weights, and why the others lost
    #[arg(long, conflicts_with = "copy_policy")]
    pub(crate) why: bool,
    #[command(flatten)]
    pub(crate) change: ChangeFlag,
    /// Write nothing but the policy of a step as JSON, for a command to read: of the first that has one, or of
    /// the step of this number. Where a blank is open, it is an error that names the flags that fill it
    #[arg(
        long,
        value_name = "STEP",
        num_args = 0..=1,
        require_equals = true,
        conflicts_with_all = ["format", "terraform"]
    )]
    pub(crate) copy_policy: Option<Option<NonZeroUsize>>,
    #[command(flatten)]
    pub(crate) language: LanguageFlag,
    #[command(flatten)]
    pub(crate) catalogue: CatalogueFlag,
    #[command(flatten)]
    pub(crate) slots: SlotFlags,
}

#[derive(Debug, Args)]
pub(crate) struct Batch {
    /// Exports, or directories of exports, in whatever format and packing: output of `aws backup`, events, logs,
    /// reports, lines of messages. `-`, or nothing, is standard input
    #[arg(value_name = "FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Format of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub(crate) format: ReportFormat,
    /// In ndjson and csv, a line for every job and not only for those with a problem
    #[arg(long)]
    pub(crate) all: bool,
    /// Threads that read and diagnose [default: one for each processor]. The report is the same
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) language: LanguageFlag,
    #[command(flatten)]
    pub(crate) catalogue: CatalogueFlag,
    #[command(flatten)]
    pub(crate) reading: ReadingFlags,
    #[command(flatten)]
    pub(crate) filter: FilterFlags,
}

impl Batch {
    /// How many threads are to work.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        self.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}

/// What is said of the exports, where they do not say it themselves.
#[derive(Debug, Args)]
#[command(next_help_heading = "How the exports are read")]
pub(crate) struct ReadingFlags {
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
    pub(crate) fn options(&self) -> Options {
        let names = FieldNames { message: self.message_field.clone(), state: self.state_field.clone() };
        Options { format: self.from.0, names, only_problems: false }
    }
}

/// Which jobs the report is about.
#[derive(Debug, Args)]
#[command(
    next_help_heading = "Which jobs are reported (the others are counted; what a job does not say keeps it)"
)]
pub(crate) struct FilterFlags {
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
    pub(crate) fn filter(&self) -> Filter {
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
pub(crate) enum AnswerFormat {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Root cause; without one, all are listed
    pub(crate) id: Option<String>,
    /// Format of the page; JSON holds both languages
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub(crate) format: PageFormat,
    #[command(flatten)]
    pub(crate) change: ChangeFlag,
    #[command(flatten)]
    pub(crate) language: LanguageFlag,
    #[command(flatten)]
    pub(crate) catalogue: CatalogueFlag,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folders of pattern files, or single ones, to lay over the catalogue of this build and prove with it.
    /// Without one, the catalogue of this build is proven
    #[arg(value_name = "DIR|FILE")]
    pub(crate) folders: Vec<PathBuf>,
    /// Format of the findings
    #[arg(long, value_enum, default_value_t = FindingsFormat::Text)]
    pub(crate) format: FindingsFormat,
    #[command(flatten)]
    pub(crate) language: LanguageFlag,
    #[command(flatten)]
    pub(crate) catalogue: CatalogueFlag,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingsFormat {
    Text,
    Json,
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For the terminal, by root cause
    Table,
    /// The same summary for a program
    Json,
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

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageCode {
    En,
    De,
}

#[derive(Debug, Args)]
pub(crate) struct LanguageFlag {
    /// Language of the answer [default: that of the locale]
    #[arg(long, value_enum, global = true)]
    lang: Option<LanguageCode>,
}

/// How a page shows changes.
#[derive(Debug, Args)]
pub(crate) struct ChangeFlag {
    /// Show changes as Terraform in place of command and policy, in the steps that have it
    #[arg(long)]
    pub(crate) terraform: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Shell that is to complete them
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Command that the page is about; without one, the whole tool
    pub(crate) command: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CatalogueFlag {
    /// Folder of your own root causes, laid over the catalogue: they add to it, override by id, or disable.
    /// May be repeated; a later folder wins
    #[arg(long = "catalogue", value_name = "DIR", global = true)]
    pub(crate) overlays: Vec<PathBuf>,
}

impl LanguageFlag {
    /// The language asked for, or that of the locale.
    pub(crate) fn language(&self) -> Language {
        match self.lang {
            Some(LanguageCode::En) => Language::En,
            Some(LanguageCode::De) => Language::De,
            None => Language::of_locale(&sys_locale::get_locale().unwrap_or_default()),
        }
    }
}
