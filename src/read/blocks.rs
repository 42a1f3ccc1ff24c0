//! Blocks of `name: value` lines, one block for each job: PowerShell's lists, what people copy from a page.

use std::io::{self, BufRead};

use super::draft::Draft;
use super::field::Field;
use super::lines::{LineEnd, Lines};
use super::reading::Reading;
use super::value::is_message;
use crate::identifier::is_uuid;
use crate::record::{Position, State};

/// A line `name: value`.
pub(super) fn pair(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once([':', '='])?;
    let name = name.trim().trim_matches(['"', '*', '-', '•']).trim();
    let is_name = !name.is_empty()
        && name.len() <= 48
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'));
    // A URL or an ARN has a colon too.
    (is_name && !value.starts_with("//")).then(|| (name, value.trim_start()))
}

/// Whether a text has blocks of fields of copy jobs.
pub(super) fn has_blocks(sample: &str) -> bool {
    let is_telling = |(name, value): &(&str, &str)| match Field::of(name.as_bytes()) {
        Field::MaybeId => is_uuid(bare(value)),
        Field::State | Field::MaybeState => State::is_known_name(bare(value)),
        Field::CopyJobId => !bare(value).is_empty() && !bare(value).contains([' ', '(', '<', '&']),
        Field::SourceVaultArn | Field::DestinationVaultArn => bare(value).starts_with("arn:"),
        Field::MaybeMessage => is_message(value),
        field => field.is_telling() || field.is_of_other_job(),
    };
    // Messages of a list may all begin with the same word: `Error: …`.
    let of = |(name, _): (&str, &str)| Field::of(name.as_bytes()).bit();
    let fields = sample.lines().filter_map(pair).filter(is_telling).map(of).fold(0, |all, bit| all | bit);
    fields.count_ones() > 1
}

/// Reads blocks of `name: value` lines. A value goes on where the next line is further to the right and has no name
/// that is known, as PowerShell wraps it.
pub(super) fn read_pairs(text: &mut dyn BufRead, end: LineEnd, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut lines = Lines::new(text, end);
    let mut block = Block::default();
    while let Some(line) = lines.next()? {
        let position = line.position();
        let Some(text) = line.text(reading) else { continue };
        let known = pair(&text).filter(|(name, _)| reading.names().field(name.as_bytes()) != Field::Other);
        match known {
            _ if text.trim().is_empty() => block.value_ends(),
            Some((name, value)) => block.put(name, value, position, reading),
            None if goes_on(&text) => block.more(&text),
            None => block.value_ends(),
        }
    }
    block.end(reading);
    Ok(())
}

/// A value that goes on for longer is no field of a job; the rest of it is left out.
pub(super) const LONGEST_VALUE: usize = 64 * 1024;

/// Where PowerShell's values stand, behind the longest name.
const COLUMN_OF_VALUES: usize = 16;

/// Whether a line without a known name is the rest of the value before it.
fn goes_on(line: &str) -> bool {
    let indent = line.len() - line.trim_start().len();
    indent >= COLUMN_OF_VALUES || (indent > 0 && pair(line).is_none())
}

/// A value without the quotes and the comma that programming languages print around it.
fn bare(value: &str) -> &str {
    let value = value.trim().trim_end_matches(',');
    let quoted = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    quoted('\'').or_else(|| quoted('"')).unwrap_or(value)
}

/// Reads the fields of a single job, one on each line; whether there was one.
pub(super) fn read_item(text: &str, position: Position, reading: &mut Reading<'_>) -> bool {
    let mut draft = reading.draft(position);
    for (name, value) in text.lines().filter_map(pair) {
        draft.put(reading.names().field(name.as_bytes()), bare(value).to_owned());
    }
    let is_job = draft.tells_of_a_job();
    if is_job {
        reading.job(draft);
    }
    is_job
}

/// The fields of one job, while they come.
#[derive(Default)]
pub(super) struct Block {
    draft: Option<Draft>,
    /// The last field, which may go on.
    last: Option<(Field, String)>,
    seen: u64,
    is_other_job: Option<Field>,
    /// Whether the lines count child jobs by state: no fields of the job.
    is_of_counts: bool,
}

impl Block {
    /// The name of a part of the job, as the AWS CLI draws it above its fields.
    pub(super) fn section(&mut self, title: &str) {
        self.is_of_counts = title == "ChildJobsInState";
    }

    pub(super) fn put(&mut self, name: &str, value: &str, position: Position, reading: &mut Reading<'_>) {
        let field = reading.names().field(name.as_bytes());
        self.value_ends();
        if self.is_of_counts {
            return;
        }
        // A field that was there already belongs to the next job, and the id of another job to that.
        let is_again = field != Field::Other && self.seen & field.bit() != 0;
        if is_again || (field.is_of_other_job() && self.seen & Field::CopyJobId.bit() != 0) {
            self.end(reading);
        }
        if field.is_of_other_job() {
            self.is_other_job = Some(field);
        }
        self.seen |= field.bit();
        self.draft.get_or_insert_with(|| reading.draft(position));
        self.last = Some((field, value.to_owned()));
    }

    /// A value goes on. PowerShell wraps in the middle of words and keeps the blanks at the end of the line; others
    /// wrap between words.
    fn more(&mut self, line: &str) {
        let text = line.trim_start();
        if let Some((_, value)) = self.last.as_mut().filter(|(_, value)| value.len() < LONGEST_VALUE) {
            if line.len() - text.len() < COLUMN_OF_VALUES && !value.ends_with(' ') {
                value.push(' ');
            }
            value.push_str(text);
        }
    }

    /// A value goes on in a row of its own, where it is `joined` with that.
    pub(super) fn goes_on(&mut self, joined: impl FnOnce(&str) -> Option<String>) {
        if let Some((_, value)) = self.last.as_mut().filter(|(_, value)| value.len() < LONGEST_VALUE) {
            *value = joined(value).unwrap_or_else(|| std::mem::take(value));
        }
    }

    fn value_ends(&mut self) {
        if let (Some(draft), Some((field, value))) = (&mut self.draft, self.last.take()) {
            draft.put(field, bare(&value).to_owned());
        }
    }

    pub(super) fn end(&mut self, reading: &mut Reading<'_>) {
        self.value_ends();
        let block = std::mem::take(self);
        match (block.draft, block.is_other_job) {
            (Some(_), Some(kind)) => reading.other_job(kind),
            (Some(draft), None) if draft.tells_of_a_job() => reading.job(draft),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Item;
    use crate::read::tests::{items_of, messages_of};

    /// The messages of the jobs, and what is said of the rest.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let items = items_of(text);
        let said = items.iter().filter_map(|item| match item {
            Item::Record(_) => None,
            Item::Warning(warning) => Some(warning.to_string()),
            other => Some(format!("{other:?}")),
        });
        (messages_of(&items), said.collect())
    }

    #[track_caller]
    fn says(lines: &str, message: &str) {
        let text = format!("CopyJobId: A\nState: FAILED\nStatusMessage: {lines}\n");
        assert_eq!(read(&text).0, [message], "{text}");
    }

    #[test]
    fn a_block_that_tells_of_no_job_is_none() {
        let records = |text: &str| read(text).0.len();
        assert_eq!(records("CopyJobId: A\nState: FAILED\nAccountId: 111122223333\n"), 1);
        assert_eq!(
            records("CopyJobId: A\nState: FAILED\nAccountId: 111122223333\nAccountId: 444455556666\n"),
            1
        );
    }

    /// The copy job before another job was taken for a part of it, and of two other jobs one was counted.
    #[test]
    fn jobs_of_other_kinds_are_counted_and_no_copy_job_goes_with_them() {
        let copy = "CopyJobId: A\nState: FAILED\nStatusMessage: No\n";
        let other = "BackupJobId: B\nState: FAILED\n\nBackupJobId: C\nState: FAILED\n";
        for text in [format!("{copy}\n{other}"), format!("{other}\n{copy}")] {
            let (messages, said) = read(&text);
            assert_eq!(messages, ["No"], "{text}");
            assert!(said.iter().any(|it| it.starts_with("jobs.txt: holds 2 backup jobs")), "{said:?}");
        }
        // The id need not stand first.
        assert_eq!(read("State: FAILED\nStatusMessage: No\nBackupJobId: B\n").0, [""; 0]);
    }

    #[test]
    fn a_value_goes_on_where_the_next_line_is_further_to_the_right() {
        says("No key\n  was given with the job", "No key was given with the job");
        // PowerShell wraps within words, and keeps the blank where there is one.
        says("No ke\n                y was given with the job", "No key was given with the job");
        says("No \n  key", "No key");
    }

    #[test]
    fn a_value_does_not_go_on_behind_a_blank_line_another_name_or_further_to_the_left() {
        for rest in
            ["remark", "remark of somebody", "  Remark: x", "                    \n  remark", "\n  remark"]
        {
            says(&format!("No key\n{rest}"), "No key");
        }
    }

    #[test]
    fn a_name_is_short_and_has_nothing_but_words() {
        assert_eq!(pair("- State :  FAILED"), Some(("State", "FAILED")));
        let (longest, longer) = ("x".repeat(48), "x".repeat(49));
        assert_eq!(pair(&format!("{longest}=y")), Some((longest.as_str(), "y")));
        for none in ["no name", ": x", "a<b>: x", "https://x.example", &format!("{longer}=y")] {
            assert_eq!(pair(none), None, "{none}");
        }
    }

    #[test]
    fn a_program_that_names_fields_is_no_list_of_jobs() {
        let program = "struct Job<'a> {\n    copy_job_id: Option<&'a str>,\n    state: &'a str,\n    \
                       source_vault_arn: Option<&'a str>,\n}\n";
        assert!(!has_blocks(program));
        assert!(has_blocks("CopyJobId: A\nState: FAILED\n"));
        assert!(!has_blocks("CopyJobId:\nState: FAILED\n"));
    }
}
