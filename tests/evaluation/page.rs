//! EVALUATION.md: the measurements as a page.

use std::collections::BTreeMap;

use crate::outcome::{BINS, Bin, Grade, Share, Verdict, bins, calibration_error};
use crate::sets::{Evaluation, HeldOut, Kind};
use crate::table::Table;

const HEAD: &str = "\
# How well messages find their root cause

Measured and written by `tests/evaluation`: `UPDATE=1 cargo test` writes this page anew; `cargo test` fails where it is
not what is measured, and where a share falls below its threshold. How a message finds its root cause is told in
[docs/matching.md](docs/matching.md).

## How it was measured

The **documented** messages are those of AWS's documentation and of public posts; each line of
`tests/fixtures/documented-messages.jsonl` names its source. The catalogue is made of them, so they prove that nothing
is broken, and nothing about other messages. **Mangled**, they have gone through what happens between AWS and a paste:
each message through each mangling of `tests/mangling` that changes it.

The **held-out** sets of `tests/fixtures/held-out` are messages that the catalogue does not have. They were written for
this purpose, by a machine that saw neither the patterns nor the code: five rewordings of each of 38 root causes in each
language, paraphrases of AWS's article, and look-alikes that have no root cause. Three in five lines, those whose
SHA-256 modulo 5 is below 3, were *looked at* while the lexicon was written. The others are *untouched*: counted, never
read. What is pasted and written in *tickets and chats* was looked at after it was first counted, when 194 of the 247 were
right; the catalogue's paraphrases were written then. The *later messages*, 211 of them from tickets, were written and
looked at last, in three lots: 472 of the 583 were right when they were first counted, which is the fairest of these
figures, and of those from tickets 122. In the **cross-validation** each wording of the catalogue is taken out in turn, where its root cause has others,
and its sentence and its examples are classified by what is left.

Confidence was not fitted to the held-out sets. The curve of the second tier comes from wordings of the catalogue, each
classified by a catalogue without it (`src/classify/calibration.rs`), much as in the cross-validation; all other
confidence follows from rules. These, and the repairs of mangled text, were made by looking at what went wrong among the
documented messages and in the cross-validation, so the held-out sets are the ones to judge by.

*Right* is the root cause of the message, or no answer where it has none. *Unknown* counts messages that have a root
cause and got no answer. *Left open* counts messages whose reason was cut off, and that were answered with the root
cause that says just that; they are not counted as right. Intervals are Wilson's, of 95 %.
";

const LIMITS: &str = "\
## What this does not show

- No message here was fetched from a live AWS account. Those of AWS's pages and of public posts are what is known of
  AWS's wordings; AWS changes them without notice.
- The rewordings and look-alikes are machine-written. People's own words, which are rarely written down, may differ more;
  the few wild wordings that were found are among the documented messages.
- The looked-at parts shaped the lexicon, so only the untouched parts speak for messages that nobody has shown it, and
  their intervals are wide. For a single root cause there are a dozen rewordings: the shares by root cause tell where to
  look, not how good it is.
- German messages are translations of English ones, AWS's own by machine, and few are documented.
- Messages in languages other than English and German are not known and were not measured.
- Manglings were tried one at a time. Reworded messages went only through those that change umlauts.
- Wrong and sure are only two messages of the cross-validation, which are one sentence of IAM in which another wording
  stands from end to end: a catalogue that lacks a sentence may take it for the shorter one that it has.
- The look-alikes are those that somebody thought of. The share of them among the messages that people bring is not
  known, so the precision by root cause holds for this mixture.
- Whether the advice mends the job was not measured.
";

/// The whole page.
pub fn page(evaluation: &Evaluation) -> String {
    [
        HEAD.to_owned(),
        format!("## In short\n\n{}", summary(evaluation).markdown()),
        format!(
            "## By kind of mangling\n\nThe documented messages:\n\n{}\nFew of them are German, so the German rewordings and \
             paraphrases went through the kinds that change umlauts as well:\n\n{}",
            kinds(&evaluation.mangled).markdown(),
            kinds(&evaluation.mangled_rewordings).markdown()
        ),
        format!(
            "## By root cause\n\nThe held-out rewordings and paraphrases. *Recall* is the share of a root cause's messages that \
             were answered\nwith it; *precision* the share of right ones among all answers with it, those to look-alikes \
             included.\n\n{}",
            root_causes(evaluation).markdown()
        ),
        format!(
            "## What confidence is worth\n\nOf answers given with a confidence of 0.9, nine in ten should be right. \
             The *expected calibration error* is how far the\ntwo are apart, on average over the answers.\n\n{}\n{}",
            calibration(evaluation).markdown(),
            reliability(evaluation)
        ),
        LIMITS.to_owned(),
    ]
    .join("\n")
}

/// A share in percent; never rounded to all.
fn percent(share: f64) -> String {
    let rounded = format!("{:.1} %", share * 100.0);
    if share < 1.0 && rounded == "100.0 %" { "> 99.9 %".to_owned() } else { rounded }
}

/// The share in percent, where there is a whole.
fn share(share: Share) -> String {
    if share.whole == 0 { "–".to_owned() } else { percent(share.value()) }
}

fn interval(share: Share) -> String {
    if share.whole == 0 {
        return "–".to_owned();
    }
    let (low, high) = share.interval();
    format!("{:.1} – {:.1} %", low * 100.0, high * 100.0)
}

fn graded<'v>(verdicts: impl Iterator<Item = &'v Verdict>, grade: Grade) -> Share {
    Share::of(verdicts, |verdict| verdict.grade == grade)
}

/// The sets and their parts, in the order of the page.
fn sets(evaluation: &Evaluation) -> Vec<(String, Vec<&Verdict>)> {
    let mut sets: Vec<(String, Vec<&Verdict>)> = vec![
        ("documented".to_owned(), evaluation.documented.iter().collect()),
        ("documented, mangled".to_owned(), mangled(evaluation).collect()),
    ];
    for set in &evaluation.held_out {
        sets.push((set.name.to_owned(), set.all().collect()));
        sets.push((format!("{}, looked at", set.name), set.looked_at.iter().collect()));
        sets.push((format!("{}, untouched", set.name), set.untouched.iter().collect()));
    }
    sets.push(("real messages of other kinds".to_owned(), evaluation.unrelated.iter().collect()));
    sets.push(("cross-validation".to_owned(), evaluation.cross_validated.iter().collect()));
    sets
}

pub fn mangled(evaluation: &Evaluation) -> impl Iterator<Item = &Verdict> + Clone {
    evaluation.mangled.iter().flat_map(|kind| &kind.verdicts)
}

/// The answers to all held-out sets.
pub fn held_out(evaluation: &Evaluation) -> impl Iterator<Item = &Verdict> + Clone {
    evaluation.held_out.iter().flat_map(|set| set.looked_at.iter().chain(&set.untouched))
}

fn summary(evaluation: &Evaluation) -> Table {
    let mut table = Table::new([
        "set",
        "messages",
        "right",
        "left open",
        "unknown",
        "wrong",
        "wrong at ≥ 0.9",
        "share right",
        "95 % interval",
    ]);
    for (name, verdicts) in sets(evaluation) {
        let count = |grade| graded(verdicts.iter().copied(), grade);
        let right = count(Grade::Right);
        table.row([
            name,
            right.whole.to_string(),
            right.part.to_string(),
            count(Grade::LeftOpen).part.to_string(),
            count(Grade::Unknown).part.to_string(),
            count(Grade::Wrong).part.to_string(),
            verdicts.iter().filter(|verdict| verdict.is_wrong_and_sure()).count().to_string(),
            share(right),
            interval(right),
        ]);
    }
    table
}

fn kinds(kinds: &[Kind]) -> Table {
    let mut table = Table::new([
        "kind of mangling",
        "manglings",
        "messages",
        "right",
        "left open",
        "unknown",
        "wrong",
        "share right",
        "95 % interval",
    ]);
    for kind in kinds {
        let count = |grade| graded(kind.verdicts.iter(), grade);
        let right = count(Grade::Right);
        table.row([
            kind.name.to_owned(),
            kind.manglings.to_string(),
            right.whole.to_string(),
            right.part.to_string(),
            count(Grade::LeftOpen).part.to_string(),
            count(Grade::Unknown).part.to_string(),
            count(Grade::Wrong).part.to_string(),
            share(right),
            interval(right),
        ]);
    }
    table
}

fn root_causes(evaluation: &Evaluation) -> Table {
    let mut table = Table::new([
        "root cause",
        "messages",
        "found",
        "recall",
        "95 % interval",
        "unknown",
        "answers",
        "right",
        "precision",
        "95 % interval",
    ]);
    let mut of_cause: BTreeMap<&str, Vec<&Verdict>> = BTreeMap::new();
    let mut naming: BTreeMap<&str, Vec<&Verdict>> = BTreeMap::new();
    for verdict in held_out(evaluation) {
        if let Some(cause) = &verdict.case.cause {
            of_cause.entry(cause).or_default().push(verdict);
        }
        if let Some((id, _)) = &verdict.named {
            naming.entry(id).or_default().push(verdict);
        }
    }
    let nothing = Vec::new();
    for cause in crate::common::CLASSIFIER.catalogue().root_causes() {
        let messages = of_cause.get(cause.id.as_str()).unwrap_or(&nothing);
        let answers = naming.get(cause.id.as_str()).unwrap_or(&nothing);
        let found = graded(messages.iter().copied(), Grade::Right);
        let unknown = graded(messages.iter().copied(), Grade::Unknown);
        let precise = graded(answers.iter().copied(), Grade::Right);
        table.row([
            cause.id.clone(),
            found.whole.to_string(),
            found.part.to_string(),
            share(found),
            interval(found),
            share(unknown),
            precise.whole.to_string(),
            precise.part.to_string(),
            share(precise),
            interval(precise),
        ]);
    }
    table
}

/// The sets that have answers enough to speak of confidence.
fn sets_with_answers(evaluation: &Evaluation) -> Vec<(String, Vec<&Verdict>)> {
    let mut sets = vec![("documented, mangled".to_owned(), mangled(evaluation).collect::<Vec<_>>())];
    let held_out_sets = evaluation.held_out.iter();
    sets.extend(held_out_sets.map(|set: &HeldOut| (set.name.to_owned(), set.all().collect())));
    sets.push(("all held-out sets".to_owned(), held_out(evaluation).collect()));
    let untouched = evaluation.held_out.iter().flat_map(|set| &set.untouched);
    sets.push(("all held-out sets, untouched".to_owned(), untouched.collect()));
    sets.push(("cross-validation".to_owned(), evaluation.cross_validated.iter().collect()));
    sets
}

fn calibration(evaluation: &Evaluation) -> Table {
    let mut table = Table::new([
        "set",
        "answers",
        "mean confidence",
        "right",
        "share right",
        "expected calibration error",
    ]);
    for (name, verdicts) in sets_with_answers(evaluation) {
        let bins = bins(verdicts.iter().copied());
        let whole = whole(&bins);
        if whole.whole == 0 {
            continue;
        }
        let mean =
            bins.iter().map(|bin| bin.mean_confidence() * crate::outcome::real(bin.right.whole)).sum::<f64>()
                / crate::outcome::real(whole.whole);
        table.row([
            name,
            whole.whole.to_string(),
            format!("{mean:.3}"),
            whole.part.to_string(),
            share(whole),
            format!("{:.3}", calibration_error(&bins)),
        ]);
    }
    table
}

fn whole(bins: &[Bin]) -> Share {
    let sum = |count: fn(&Share) -> usize| bins.iter().map(|bin| count(&bin.right)).sum();
    Share { part: sum(|it| it.part), whole: sum(|it| it.whole) }
}

fn reliability(evaluation: &Evaluation) -> String {
    let mut table = Table::new([
        "set and confidence",
        "answers",
        "mean confidence",
        "right",
        "share right",
        "95 % interval",
    ]);
    for (name, verdicts) in sets_with_answers(evaluation) {
        for (index, bin) in bins(verdicts.iter().copied()).iter().enumerate() {
            if bin.right.whole == 0 {
                continue;
            }
            let least = BINS[index];
            let upper = BINS.get(index + 1).map_or("1.00".to_owned(), |next| format!("{:.2}", next - 0.01));
            table.row([
                format!("{name}: {least:.2} – {upper}"),
                bin.right.whole.to_string(),
                format!("{:.3}", bin.mean_confidence()),
                bin.right.part.to_string(),
                share(bin.right),
                interval(bin.right),
            ]);
        }
    }
    table.markdown()
}
