//! `copydoctor draft`: a catalogue entry for messages that nothing fits.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use copydoctor::batch::{Judge, Keep, UnknownGroup};
use copydoctor::catalogue::{AwsMessageCategory, Group};
use copydoctor::draft::{Draft, TO_DO, Wishes, draft};
use copydoctor::read::{Input, Item, Options, Severity, is_plain_text, read, read_from};
use copydoctor::record::Position;
use copydoctor::{Batch, Classifier, Language, Record, Report, render};

use super::catalogue::say_findings;
use super::complaints::{Complaints, LISTED, Losses};
use super::{CatalogueFlag, ERROR, LanguageCode, LanguageFlag, Said, classifier, complain, layout, say};

pub(super) const EXIT_CODES: &str = "\
What the messages do not tell is marked TO DO: why a copy fails, what helps, where that can be read.
Account ids, ARNs, ids and names become those of documentation.

Exit codes: 0 an entry is written, 1 there is nothing to draft or the entry is not proven, 2 error.

Examples:
  copydoctor draft --list exports/list-copy-jobs.json
  copydoctor draft \"Backup guard refused ticket OPS-4711 in eu-south-1\"
  copydoctor draft --id guard-refuses exports/jobs.json > own-causes/guard-refuses.yaml";

/// There is nothing to draft, or what was drafted is not proven.
const NO_ENTRY: u8 = 1;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Messages of one root cause, or exports with unknown messages, in any format that batch reads. `-`, or nothing,
    /// is standard input: an export, or messages one per line
    #[arg(value_name = "MESSAGE|FILE", value_hint = ValueHint::AnyPath)]
    inputs: Vec<String>,
    /// List the kinds of unknown messages, the most frequent first, and draft nothing
    #[arg(long, conflicts_with_all = ["cluster", "unproven"])]
    list: bool,
    /// Draft the entry for this kind of unknown messages, by its number in the list [default: 1]
    #[arg(long, value_name = "N")]
    cluster: Option<NonZeroUsize>,
    /// Id of the root cause, in kebab case [default: of the words of the message]
    #[arg(long)]
    id: Option<String>,
    /// Part of AWS to look at [default: that of the nearest root cause]
    #[arg(long, value_parser = groups())]
    group: Option<Group>,
    /// AWS's own category of the message [default: that of the nearest root cause, or MISCELLANEOUS]
    #[arg(long, value_parser = categories(), hide_possible_values = true)]
    category: Option<AwsMessageCategory>,
    /// What is wrong, in one line, in English
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The same in German
    #[arg(long, value_name = "TEXT")]
    title_de: Option<String>,
    /// Why that makes a copy fail, in English
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
    /// The same in German
    #[arg(long, value_name = "TEXT")]
    cause_de: Option<String>,
    /// Page on which the message can be read
    #[arg(long, value_name = "URL")]
    source: Option<String>,
    /// Language of the messages [default: told by their words]
    #[arg(long, value_enum)]
    message_language: Option<LanguageCode>,
    /// Write the entry although it is not proven, with what is wrong as comments
    #[arg(long)]
    unproven: bool,
    #[command(flatten)]
    pub(super) language: LanguageFlag,
    #[command(flatten)]
    catalogue: CatalogueFlag,
}

fn groups() -> impl TypedValueParser<Value = Group> {
    let named = |name: String| Group::ALL.into_iter().find(|group| group.name() == name);
    // There are no other names, so that one is always found.
    PossibleValuesParser::new(Group::ALL.map(Group::name))
        .map(move |name| named(name).unwrap_or(Group::Service))
}

fn categories() -> impl TypedValueParser<Value = AwsMessageCategory> {
    let named = |name: String| AwsMessageCategory::ALL.into_iter().find(|category| category.name() == name);
    PossibleValuesParser::new(AwsMessageCategory::ALL.map(AwsMessageCategory::name))
        .map(move |name| named(name).unwrap_or(AwsMessageCategory::Miscellaneous))
}

/// Where the messages come from.
enum Inputs {
    /// The arguments are the messages, all of one root cause.
    Messages(Vec<String>),
    /// Of exports, the messages of one kind are meant.
    Exports(Vec<Input>),
}

/// Drafts an entry, and writes it if it is proven.
pub(crate) fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    let language = arguments.language.language();
    let inputs = inputs(&arguments.inputs, language)?;
    let classifier = classifier(&arguments.catalogue.overlays, language)?;
    let (report, losses) = report(&inputs, &classifier, language);
    if report.unknown.is_empty() {
        return nothing_unknown(&report, losses, language);
    }
    if arguments.list {
        let mut out = io::stdout().lock();
        render::write_unknown_kinds(&mut out, &report.unknown, layout(language))?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let messages: Vec<&str> = match (&inputs, arguments.cluster) {
        (Inputs::Messages(_), None) => {
            report.jobs.iter().filter_map(|job| job.record.status_message.as_deref()).collect()
        }
        (_, number) => messages_of(chosen(&report.unknown, number, language)?, &report),
    };
    let drafted = match draft(&classifier, &messages, &wishes(arguments)) {
        Ok(drafted) => drafted,
        Err(error) if error.is_nothing_to_draft() => {
            note(&Said::NotDrafted { error }, language);
            return Ok(ExitCode::from(NO_ENTRY));
        }
        Err(error) => return Err(Said::NotDrafted { error }.into()),
    };
    write(&drafted, arguments.unproven, language)
}

/// Writes an entry that is proven, or is wanted all the same.
fn write(drafted: &Draft, writes_unproven: bool, language: Language) -> io::Result<ExitCode> {
    let mut out = io::stdout().lock();
    if drafted.is_proven() {
        out.write_all(drafted.yaml.as_bytes())?;
        out.flush()?;
        let open = drafted.yaml.matches(&format!("# {TO_DO}")).count();
        note(&Said::Proven { id: drafted.id.clone(), mark: TO_DO, places: open as u64 }, language);
        return Ok(ExitCode::SUCCESS);
    }
    if writes_unproven {
        out.write_all(drafted.with_findings().as_bytes())?;
        out.flush()?;
        return Ok(ExitCode::from(NO_ENTRY));
    }
    say_findings(&drafted.findings, language);
    if drafted.findings.len() > LISTED {
        note(&Said::MoreFindings { count: (drafted.findings.len() - LISTED) as u64 }, language);
    }
    note(&Said::NotProven, language);
    Ok(ExitCode::from(NO_ENTRY))
}

fn wishes(arguments: &Arguments) -> Wishes {
    Wishes {
        id: arguments.id.clone(),
        group: arguments.group,
        category: arguments.category,
        title_en: arguments.title.clone(),
        title_de: arguments.title_de.clone(),
        cause_en: arguments.cause.clone(),
        cause_de: arguments.cause_de.clone(),
        source: arguments.source.clone(),
        message_language: arguments.message_language.map(Language::from),
        language: arguments.language.language(),
    }
}

/// What the arguments are: files, or messages.
fn inputs(arguments: &[String], language: Language) -> io::Result<Inputs> {
    let is_file = |argument: &String| argument == "-" || Path::new(argument).exists();
    if let Some(folder) = arguments.iter().find(|argument| Path::new(argument).is_dir()) {
        let argument = super::argument(Path::new(folder));
        return Err(Said::MessagesInDirectory { folder: folder.clone(), argument }.into());
    }
    if arguments.is_empty() {
        if io::stdin().is_terminal() {
            complain(format_args!("{}", Said::MessagesHere.text(language)));
        }
        return Ok(Inputs::Exports(vec![Input::Stdin]));
    }
    if arguments.iter().all(is_file) {
        let paths = arguments.iter().map(PathBuf::from);
        return Ok(Inputs::Exports(paths.map(Input::of_argument).collect()));
    }
    let has_space = |argument: &&String| argument.contains(char::is_whitespace);
    // A path that leads nowhere is no message.
    let looks_like_path = |argument: &&String| !has_space(argument) && argument.contains(['.', '/', '\\']);
    if let Some(missing) =
        arguments.iter().find(looks_like_path).filter(|_| !arguments.iter().any(|it| has_space(&it)))
    {
        return Err(Said::NeitherFileNorMessage { name: missing.clone() }.into());
    }
    if let Some(file) = arguments.iter().find(|argument| is_file(argument)) {
        return Err(Said::FileAmongMessages { file: file.clone() }.into());
    }
    // Words alone are one message that lacks its quotes.
    let is_one = !arguments.iter().any(|it| has_space(&it));
    Ok(Inputs::Messages(if is_one { vec![arguments.join(" ")] } else { arguments.to_vec() }))
}

/// The report on the messages of the inputs. What cannot be read is complained of.
fn report<'c>(inputs: &Inputs, classifier: &'c Classifier, language: Language) -> (Report<'c>, Losses) {
    let judge = Judge::new(classifier, Keep::Problems);
    let mut batch = Batch::new(judge.clone());
    let mut complaints = Complaints::new(language);
    let mut add = |item: Item| {
        let judged = judge.judge(item);
        complaints.about(&judged);
        batch.add_judged(judged);
    };
    match inputs {
        Inputs::Messages(messages) => {
            for message in messages {
                if is_plain_text(message) {
                    let mut record = Record::new("-".into(), Position { line: 1, column: 1 });
                    record.status_message = Some(message.clone());
                    add(Item::Record(Box::new(record)));
                } else {
                    read_from("-", message.as_bytes(), &Options::default(), &mut add);
                }
            }
        }
        Inputs::Exports(inputs) => {
            inputs.iter().for_each(|input| read(input, &Options::default(), &mut add));
        }
    }
    let losses = complaints.end();
    (batch.finish(), losses)
}

/// Says why there is nothing to draft.
fn nothing_unknown(report: &Report<'_>, losses: Losses, language: Language) -> io::Result<ExitCode> {
    if report.records.total == 0 {
        return Err(Said::NothingToDraft.into());
    }
    let known: Vec<String> =
        report.causes.iter().map(|cause| format!("{} ({})", cause.root_cause.id, cause.count)).collect();
    let said =
        if known.is_empty() { Said::NoMessages } else { Said::AllDiagnosed { causes: known.join(", ") } };
    note(&said, language);
    // What could not be read may have held a message.
    Ok(ExitCode::from(if losses.any() { ERROR } else { NO_ENTRY }))
}

/// The kind of unknown messages of this number, or the most frequent.
fn chosen<'r, 'c>(
    groups: &'r [UnknownGroup<'c>],
    number: Option<NonZeroUsize>,
    language: Language,
) -> io::Result<&'r UnknownGroup<'c>> {
    let place = number.map_or(0, |number| number.get() - 1);
    let group = groups
        .get(place)
        .ok_or_else(|| Said::NoKind { number: place as u64 + 1, count: groups.len() as u64 })?;
    if number.is_none() && groups.len() > 1 {
        note(&Said::MostFrequentKind { kinds: groups.len() as u64, jobs: group.count }, language);
    }
    Ok(group)
}

fn messages_of<'r>(group: &UnknownGroup<'_>, report: &'r Report<'_>) -> Vec<&'r str> {
    let jobs = group.jobs.iter().filter_map(|place| report.jobs.get(*place));
    jobs.filter_map(|job| job.record.status_message.as_deref()).collect()
}

fn note(said: &Said, language: Language) {
    say(Severity::Note, &said.text(language), language);
}
