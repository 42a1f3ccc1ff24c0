//! The command line: every flag is defined here once, and its help follows from the definition.

mod arguments;
mod batch;
mod catalogue;
mod command;
mod complaints;
mod draft;
mod manual;
mod output;
mod phrases;
mod progress;
mod redact_flags;
mod slot_flags;
mod terminal;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use copydoctor::Language;

pub(crate) use batch::run as run_batch;
pub(crate) use catalogue::{classifier, notice};
pub(crate) use command::argument;
pub(crate) use draft::run as run_draft;
pub(crate) use manual::{write_completions, write_manual};
pub(crate) use phrases::{Near, Said};
pub(crate) use progress::Progress;
pub(crate) use redact_flags::RedactFlags;
pub(crate) use slot_flags::SlotFlags;
use terminal::ColorWhen;
pub(crate) use terminal::{complain, layout, say};

/// The exit code of an error, in the arguments or later.
pub(crate) const ERROR: u8 = 2;

const EXIT_CODES_DIAGNOSE: &str = "\
Exit codes: 0 every message was diagnosed, 1 one is unknown, 2 error.

Examples:
  copydoctor \"Access Denied trying to call AWS Backup service\"
  copydoctor --source-account 111122223333 --format json \"Given key ID is not accessible\"
  aws backup describe-copy-job --copy-job-id ID | copydoctor --lang de
  aws backup describe-copy-job --copy-job-id ID | copydoctor --copy-policy > policy.json
  aws backup describe-copy-job --copy-job-id ID | copydoctor --redact";

const USAGE: &str = "copydoctor [OPTIONS] [MESSAGE]...\n       copydoctor <COMMAND> [OPTIONS] ...";

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
    #[command(after_help = batch::EXIT_CODES)]
    Batch(Box<batch::Arguments>),
    /// Show what the catalogue knows of a root cause, or the list of all
    #[command(after_help = EXIT_CODES_EXPLAIN)]
    Explain(Explain),
    /// Prove the catalogue, with your own root causes laid over it
    #[command(after_help = EXIT_CODES_CHECK)]
    Check(Check),
    /// Write a catalogue entry for messages that nothing fits, proven with the catalogue
    #[command(after_help = draft::EXIT_CODES)]
    Draft(Box<draft::Arguments>),
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
    /// the step of this number. Where a blank is open, it is an error that names the flags that fill it. Not with
    /// --redact: a policy of pseudonyms would admit strangers
    #[arg(
        long,
        value_name = "STEP",
        num_args = 0..=1,
        require_equals = true,
        conflicts_with_all = ["format", "terraform", "redact"]
    )]
    pub(crate) copy_policy: Option<Option<NonZeroUsize>>,
    #[command(flatten)]
    pub(crate) language: LanguageFlag,
    #[command(flatten)]
    pub(crate) catalogue: CatalogueFlag,
    #[command(flatten)]
    pub(crate) redaction: RedactFlags,
    #[command(flatten)]
    pub(crate) slots: SlotFlags,
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

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageCode {
    En,
    De,
}

impl From<LanguageCode> for Language {
    fn from(code: LanguageCode) -> Self {
        match code {
            LanguageCode::En => Self::En,
            LanguageCode::De => Self::De,
        }
    }
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

impl Cli {
    /// The language of what is said.
    pub(crate) fn language(&self) -> Language {
        match &self.command {
            Some(Task::Diagnose(diagnose)) => diagnose.language.language(),
            Some(Task::Batch(batch)) => batch.language.language(),
            Some(Task::Explain(explain)) => explain.language.language(),
            Some(Task::Check(check)) => check.language.language(),
            Some(Task::Draft(draft)) => draft.language.language(),
            Some(Task::Completions(_) | Task::Man(_)) | None => self.diagnose.language.language(),
        }
    }
}

impl LanguageFlag {
    /// The language asked for, or that of the locale.
    pub(crate) fn language(&self) -> Language {
        self.lang.map_or_else(
            || Language::of_locale(&sys_locale::get_locale().unwrap_or_default()),
            Language::from,
        )
    }
}
