//! The failed jobs of a report as SARIF: a rule for each root cause, and a result for each job beside its record.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{
    ArtifactLocation, Descriptor, Location, Message, PhysicalLocation, Region, ResultOfRule, sentence, uri,
    write_log,
};
use crate::batch::{CauseSummary, Job, Report};
use crate::catalogue::RootCause;
use crate::language::Language;
use crate::remediation::FilledStep;
use crate::render::jobs::{self, Group};
use crate::render::labels::{self, labels};
use crate::render::{markdown, printable};

/// The name of the fingerprint by which a host knows a job again in a later log.
const FINGERPRINT: &str = "copyJobId/v1";

/// Writes the jobs of a report that have a problem as one SARIF log.
///
/// # Errors
/// Those of the writer.
pub fn write_report(out: &mut dyn Write, report: &Report<'_>, language: Language) -> io::Result<()> {
    let groups = jobs::groups(report);
    let rules = groups.iter().map(|group| rule(group, language)).collect();
    let results = groups.iter().enumerate();
    let results = results
        .flat_map(|(place, group)| group.jobs.iter().map(move |job| result(job, group, place, language)));
    write_log(out, Some(language.code()), rules, results.collect())
}

fn rule<'a>(group: &'a Group<'a>, language: Language) -> Descriptor<'a> {
    match group.cause {
        Some(cause) => rule_of_cause(cause, language),
        None => Descriptor {
            id: group.id(),
            short_description: Message::plain(sentence(labels(language).unknown_title)),
            full_description: None,
            help: Some(Message::plain(labels(language).unknown_help.to_owned())),
            help_uri: None,
        },
    }
}

fn rule_of_cause<'a>(cause: &'a CauseSummary<'a>, language: Language) -> Descriptor<'a> {
    let cause = cause.root_cause;
    Descriptor {
        id: &cause.id,
        short_description: Message::plain(literal(&sentence(cause.title.get(language)))),
        full_description: Some(Message::plain(literal(cause.cause.get(language)))),
        help: Some(Message {
            text: literal(&plain_steps(cause, language)),
            markdown: Some(markdown::steps(cause, language)),
        }),
        help_uri: cause.sources.first().map(|source| source.url.as_str()),
    }
}

/// The steps as sentences, for hosts that show no Markdown.
fn plain_steps(cause: &RootCause, language: Language) -> String {
    let line = |(index, step): (usize, &FilledStep)| {
        let account = labels::account(step.account, language);
        format!("{}. {account}: {} {}", index + 1, step.action, step.link)
    };
    markdown::open_steps(cause, language).iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn result<'a>(job: &'a Job<'a>, group: &'a Group<'a>, place: usize, language: Language) -> ResultOfRule<'a> {
    let record = &job.record;
    let fingerprint = record.copy_job_id.as_ref().map(|id| (FINGERPRINT, printable(id).into_owned()));
    ResultOfRule {
        rule_id: group.id(),
        rule_index: place,
        // A copy that was made after all, but with issues, is there.
        level: if record.state.is_failure() { "error" } else { "warning" },
        message: Message::plain(literal(&sentence(&what_happened(job, group, language)))),
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(&record.file) },
                region: Some(Region {
                    start_line: record.position.line,
                    start_column: record.position.column,
                    end_column: None,
                    snippet: None,
                }),
            },
        }],
        partial_fingerprints: BTreeMap::from_iter(fingerprint),
    }
}

fn what_happened(job: &Job<'_>, group: &Group<'_>, language: Language) -> String {
    let title = match group.cause {
        Some(cause) => sentence(cause.root_cause.title.get(language)),
        None => {
            jobs::reason(job).map(|reason| labels::reason(reason, language)).unwrap_or_default().to_owned()
        }
    };
    let route = jobs::route(&job.record);
    let route = if route.is_empty() { route } else { format!(" ({route})") };
    let message = job.record.status_message.as_deref().map(printable).unwrap_or_default();
    format!("{title} {}{route}: {message}", jobs::name(&job.record))
}

/// A text in which nothing is an embedded link: SARIF's plain texts know `[text](target)`.
fn literal(text: &str) -> String {
    if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text.to_owned() }
}
