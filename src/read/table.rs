//! Rows of cells to records: by the titles of the columns, or, without titles, by what the cells themselves say.

use std::borrow::Cow;
use std::sync::Arc;

use super::draft::{Draft, is_missing};
use super::field::{Field, FieldNames};
use super::item::Uneventful;
use super::title::{is_of_something_else, is_of_the_job};
use super::value::{RESOURCE_TYPES, begins_state, begins_uuid, is_message, looks_like_time};
use crate::identifier::{Arn, is_uuid};
use crate::record::{Position, State, parse_time};

/// The columns of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    fields: Vec<Field>,
    /// Whether the title of each column says that its values are of something else than the copy.
    of_something_else: Vec<bool>,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowOf {
    CopyJob,
    /// A job of another kind, by the field that says so.
    OtherJob(Field),
    Nothing,
}

impl Columns {
    /// Reads a row of titles; `None` if this is none.
    pub(super) fn of_titles<'c>(
        cells: impl IntoIterator<Item = &'c str>,
        names: &FieldNames,
    ) -> Option<Self> {
        let titles: Vec<&str> = cells.into_iter().collect();
        // Titles are names; a row that holds an id or a sentence is one of values.
        let is_name = |title: &str| {
            let is_of_names = |c: char| c.is_alphanumeric() || " _-.@[]()#*/\"'".contains(c);
            !is_uuid(title.trim()) && title.len() < 64 && title.chars().all(is_of_names)
        };
        if !titles.iter().all(|title| is_name(title)) {
            return None;
        }
        let mut fields: Vec<Field> =
            titles.iter().map(|title| names.field(title.trim().as_bytes())).collect();
        if !fields.iter().any(|field| matches!(field, Field::CopyJobId | Field::MaybeId)) {
            let named = fields.iter_mut().zip(&titles).find(|(_, title)| is_of_the_job(title));
            named.into_iter().for_each(|(field, _)| *field = Field::MaybeId);
        }
        let known = fields.iter().filter(|field| **field != Field::Other).count();
        let telling = fields.iter().filter(|field| field.is_telling()).count();
        let is_of_other_jobs = fields.iter().any(|field| field.is_of_other_job());
        let own = |wanted: Field| {
            fields.contains(&wanted) && !titles.iter().any(|title| title.trim().contains(' '))
        };
        let is_own = own(Field::MaybeState) && (own(Field::MaybeMessage) || own(Field::MaybeId));
        // A log's download has its message in one column and nothing else that is known.
        let is_log = own(Field::MaybeMessage) && own(Field::LogTime);
        // A state alone is one of many things; the others say that this is about jobs.
        let is_sure = fields.iter().any(|field| field.is_telling() && *field != Field::State);
        (is_sure || (telling > 0 && known > 1) || is_of_other_jobs || is_own || is_log).then(|| {
            let of_something_else = titles.iter().map(|title| is_of_something_else(title)).collect();
            Self { fields, of_something_else }
        })
    }

    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether all titles are names of what jobs have; of a row with a field of one job the second is its value.
    pub(super) fn is_grid(&self) -> bool {
        self.fields.iter().all(|field| {
            field.is_telling() || matches!(field, Field::MaybeId | Field::MaybeState | Field::MaybeMessage)
        })
    }

    /// Whether half of the titles or more name what jobs have: a sentence may have such a name among its words.
    pub(super) fn are_mostly_known(&self) -> bool {
        let known = self.fields.iter().filter(|field| **field != Field::Other).count();
        known * 2 >= self.len()
    }

    /// Whether a row has a state below a title of it.
    pub(super) fn has_state_in<'c>(&self, cells: impl Iterator<Item = &'c str>) -> bool {
        let mut columns = self.fields.iter().zip(cells);
        columns.any(|(field, cell)| {
            matches!(field, Field::State | Field::MaybeState) && State::is_known_name(cell)
        })
    }

    /// Whether a title says properly which job a row is.
    pub(super) fn has_id(&self) -> bool {
        self.fields.contains(&Field::CopyJobId)
    }

    /// Whether there is a title of the message.
    pub(super) fn has_message(&self) -> bool {
        self.message().is_some()
    }

    /// Whether a title says that the rows are jobs.
    pub(super) fn is_telling(&self) -> bool {
        self.fields.iter().any(|field| field.is_telling_of_jobs())
    }

    /// The cells of a row that has more of them than there are titles, each below its title: the delimiter ends every row,
    /// or cut a message that is not `whole`, or the first cells are the row's name and have no title. Of these ways the
    /// one holds in which most cells are what their titles say.
    pub(super) fn aligned<'c>(
        &self,
        cells: Vec<Cow<'c, str>>,
        delimiter: char,
        is_whole: impl Fn(&str) -> bool,
    ) -> Vec<Cow<'c, str>> {
        let width = self.len();
        if cells.len() <= width {
            return cells;
        }
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let ended = cells.get(..filled.max(width));
        let joined = |cells: &[Cow<'c, str>]| {
            let surplus = cells.len() - width;
            let (before, rest) = cells.split_at_checked(self.message()?)?;
            let (pieces, behind) = rest.split_at_checked(surplus + 1)?;
            let is_cut = surplus == 0 || pieces.first().is_some_and(|piece| !is_whole(piece));
            let message = Cow::Owned(pieces.join(&delimiter.to_string()));
            is_cut.then(|| [before, &[message], behind].concat())
        };
        let ways = [
            ended.filter(|cells| cells.len() == width).map(<[_]>::to_vec),
            ended.and_then(joined),
            cells.get(..width).map(<[_]>::to_vec),
            cells.get(cells.len() - width..).map(<[_]>::to_vec),
        ];
        let ways = ways.into_iter().flatten().map(|cells| (self.fit(&cells), cells));
        ways.reduce(|best, next| if next.0 > best.0 { next } else { best }).map_or(cells, |(_, cells)| cells)
    }

    /// How many cells are what their titles say.
    fn fit(&self, cells: &[Cow<'_, str>]) -> usize {
        let is_fit = |field: Field, cell: &str| match field {
            Field::CopyJobId | Field::MaybeId => is_uuid(cell),
            Field::State | Field::MaybeState => State::is_known_name(cell),
            Field::AccountId => cell.bytes().filter(u8::is_ascii_digit).count() == 12 && cell.len() < 16,
            Field::CreatedAt | Field::CompletedAt => looks_like_time(cell),
            Field::ResourceType => RESOURCE_TYPES.contains(&cell),
            Field::SourceVaultArn
            | Field::DestinationVaultArn
            | Field::RecoveryPointArn
            | Field::DestinationRecoveryPointArn
            | Field::ResourceArn
            | Field::RoleArn => cell.starts_with("arn:"),
            _ => false,
        };
        self.fields.iter().zip(cells).filter(|(field, cell)| is_fit(**field, cell.trim())).count()
    }

    /// The place of the column that holds the message.
    fn message(&self) -> Option<usize> {
        let place = |wanted: Field| self.fields.iter().position(|field| *field == wanted);
        place(Field::StatusMessage).or_else(|| place(Field::MaybeMessage))
    }

    /// Whether a row says itself which job it is or how that stands, where the titles have a place for it: in a text
    /// whose columns have no lines between them any sentence could have a piece below the title of the message.
    pub(super) fn is_job_of_its_own<'c>(&self, cells: impl IntoIterator<Item = &'c str>) -> bool {
        let is_cut = |cell: &str| cell.ends_with(['…', '.']) && !cell.contains(' ');
        let is_value = |field: Field, cell: &str| match field {
            Field::CopyJobId | Field::MaybeId => is_uuid(cell) || is_cut(cell),
            Field::State | Field::MaybeState => State::is_known_name(cell) || is_cut(cell),
            _ => false,
        };
        !self.fields.iter().any(|field| field.names_a_job())
            || self.fields.iter().zip(cells).any(|(field, cell)| is_value(*field, cell.trim()))
    }

    /// Whether a row says nothing where the titles have a place for which job it is and how that stands.
    pub(super) fn is_nameless<'c>(&self, cells: impl IntoIterator<Item = &'c str>) -> bool {
        let mut named = self.fields.iter().zip(cells).filter(|(field, _)| field.names_a_job()).peekable();
        named.peek().is_some() && named.all(|(_, cell)| cell.trim().is_empty())
    }

    /// Whether a row goes on with the one above, as where cells have several lines: it names no job of its own, and each
    /// of its cells has a beginning there.
    pub(super) fn goes_on<'c>(
        &self,
        above: impl Iterator<Item = &'c str>,
        row: impl Iterator<Item = &'c str>,
    ) -> bool {
        let is_part = |field: Field, above: &str, more: &str| match field {
            Field::CopyJobId | Field::MaybeId => !is_uuid(above) && begins_uuid(&[above, more].concat()),
            Field::State | Field::MaybeState => {
                !State::is_known_name(above) && begins_state(&[above, more].concat())
            }
            _ => !above.is_empty(),
        };
        let mut cells =
            self.fields.iter().zip(above.zip(row)).filter(|(_, (_, more))| !more.is_empty()).peekable();
        self.fields.iter().any(|field| field.names_a_job())
            && cells.peek().is_some()
            && cells.all(|(field, (above, more))| is_part(*field, above, more))
    }

    /// The cells that stand below a title of the message.
    pub(super) fn messages<'c>(&self, cells: impl Iterator<Item = &'c str>) -> impl Iterator<Item = &'c str> {
        let is_message = |field: &Field| matches!(field, Field::StatusMessage | Field::MaybeMessage);
        self.fields.iter().zip(cells).filter(move |(field, _)| is_message(field)).map(|(_, cell)| cell)
    }

    /// The line of a log that a row is: beside its message nothing is known but when and where it was written, and no
    /// other cell is a state.
    pub(super) fn log_line<'c>(&self, cells: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
        let mut line = None;
        let mut is_dated = false;
        for (field, cell) in self.fields.iter().zip(cells) {
            match field {
                Field::MaybeMessage if line.is_none() => line = Some(cell.trim()),
                Field::LogTime => is_dated = true,
                Field::Other if !State::is_known_name(cell) => {}
                _ => return None,
            }
        }
        line.filter(|_| is_dated)
    }

    /// What there is to tell of the job of a row; `None` where it may have a problem, or there is any doubt.
    pub(super) fn uneventful<'c>(&self, cells: impl IntoIterator<Item = &'c str>) -> Option<Uneventful> {
        let (mut id, mut state, mut created, mut completed) = (None, None, None, None);
        for (field, cell) in self.fields.iter().zip(cells) {
            let place = match field {
                Field::CopyJobId => &mut id,
                Field::State => &mut state,
                Field::CreatedAt => &mut created,
                Field::CompletedAt => &mut completed,
                Field::StatusMessage | Field::MaybeId | Field::MaybeState | Field::MaybeMessage
                    if !is_missing(cell) =>
                {
                    return None;
                }
                _ => continue,
            };
            // Of two columns of one meaning the careful way knows which counts.
            if place.replace(cell.trim()).is_some() {
                return None;
            }
        }
        Uneventful::of(id.filter(|id| is_uuid(id))?, state?, created, completed)
    }

    /// What a row says.
    pub(super) fn draft<'c>(
        &self,
        cells: impl IntoIterator<Item = &'c str> + Clone,
        file: &Arc<str>,
        position: Position,
    ) -> Draft {
        let mut draft = Draft::new(Arc::clone(file), position);
        for (field, cell) in self.fields.iter().zip(cells.clone()) {
            draft.put(*field, cell.trim().to_owned());
        }
        self.fill_from_values(&mut draft, cells);
        draft
    }

    /// Where no title names the state or the message, somebody has a name of their own for it: then the values tell.
    fn fill_from_values<'c>(&self, draft: &mut Draft, cells: impl IntoIterator<Item = &'c str>) {
        let names_state = self.fields.iter().any(|field| matches!(field, Field::State | Field::MaybeState));
        let names_message = self.message().is_some();
        if names_state && names_message {
            return;
        }
        let columns = self.fields.iter().zip(&self.of_something_else).zip(cells);
        let unnamed = columns.filter(|((field, _), _)| **field == Field::Other);
        let unnamed: Vec<(bool, &str)> =
            unnamed.map(|((_, is_else), cell)| (*is_else, cell.trim())).collect();
        if !names_state {
            let is_state = |(is_else, cell): &&(bool, &str)| !is_else && State::is_known_name(cell);
            let states: Vec<_> = unnamed.iter().filter(is_state).collect();
            // Of two that could be it, one is that of something else.
            if let [(_, state)] = states.as_slice() {
                draft.put(Field::State, (*state).to_owned());
            }
        }
        // A description is a sentence, too: only of a job that failed it is asked why.
        if !names_message && draft.is_failure() {
            let messages = unnamed.iter().filter(|(_, cell)| is_message(cell));
            if let Some((_, message)) = messages.max_by_key(|(is_else, cell)| (!is_else, cell.len())) {
                draft.put(Field::StatusMessage, (*message).to_owned());
            }
        }
    }

    /// What a row under these titles is: a job, a job of another kind, or a line such as `Total,5`.
    pub(super) fn row<'c>(&self, cells: impl IntoIterator<Item = &'c str>) -> RowOf {
        let filled: Vec<(Field, &str)> =
            self.fields.iter().copied().zip(cells).filter(|(_, cell)| !is_missing(cell)).collect();
        let has_copy_job = filled.iter().any(|(field, _)| *field == Field::CopyJobId);
        if let Some((other, _)) = filled.iter().find(|(field, _)| field.is_of_other_job() && !has_copy_job) {
            return RowOf::OtherJob(*other);
        }
        let is_value = |field: Field, cell: &str| match field {
            Field::CopyJobId | Field::MaybeId => is_uuid(cell.trim()),
            Field::State | Field::MaybeState => State::is_known_name(cell),
            Field::StatusMessage | Field::MaybeMessage => is_message(cell),
            _ => false,
        };
        let is_told = filled.iter().any(|(field, cell)| is_value(*field, cell));
        // Whatever its state is called, what is full and has an ARN or a time is no heading.
        let is_full = filled.len() * 2 > self.fields.len()
            && filled.iter().any(|(_, cell)| cell.starts_with("arn:") || looks_like_time(cell));
        if is_told || is_full { RowOf::CopyJob } else { RowOf::Nothing }
    }
}

/// In which order the vaults' ARNs stand in a row without titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As people ask for them: where from, where to.
    SourceFirst,
    /// By the fields' names, as the AWS CLI writes text.
    ByName,
}

/// Reads a row without titles; `None` if its cells do not look like a copy job's.
pub(super) fn draft_of_values<'c>(
    cells: impl IntoIterator<Item = &'c str>,
    order: Order,
    file: &Arc<str>,
    position: Position,
) -> Option<Draft> {
    let mut draft = Draft::new(Arc::clone(file), position);
    let (mut has_state, mut has_id) = (false, false);
    let mut vaults = Vec::new();
    let mut times = Vec::new();
    let mut message: Option<&str> = None;
    let (mut values, mut gaps) = (0, 0);
    for cell in cells {
        let cell = cell.trim();
        if is_missing(cell) {
            gaps += 1;
            continue;
        }
        values += 1;
        if is_uuid(cell) {
            if !has_id {
                draft.put(Field::CopyJobId, cell.to_owned());
            }
            has_id = true;
        } else if State::is_known_name(cell) {
            draft.put(Field::State, cell.to_owned());
            has_state = true;
        } else if let Some(field) = Arn::split(cell).and_then(|arn| field_of_arn(&arn)) {
            if field == Field::SourceVaultArn { vaults.push(cell) } else { draft.put(field, cell.to_owned()) }
        } else if cell.len() == 12 && cell.bytes().all(|byte| byte.is_ascii_digit()) {
            draft.put(Field::AccountId, cell.to_owned());
        } else if looks_like_time(cell) {
            times.extend(parse_time(cell).map(|time| (time, cell)));
        } else if RESOURCE_TYPES.contains(&cell) {
            draft.put(Field::ResourceType, cell.to_owned());
        } else if is_message(cell) && message.is_none_or(|other| other.len() < cell.len()) {
            message = Some(cell);
        }
    }
    // A state beside a gap is that of a job without a message.
    let is_placed = has_id || message.is_some() || !vaults.is_empty() || (values == 1 && gaps > 0);
    if !(has_state && is_placed || has_id && message.is_some()) {
        return None;
    }
    let (source, destination) = match (vaults.as_slice(), order) {
        ([first, second, ..], Order::SourceFirst) => (Some(*first), Some(*second)),
        ([first, second, ..], Order::ByName) => (Some(*second), Some(*first)),
        // One vault alone is most often the one that was copied to: the other is known.
        ([only], _) => (None, Some(*only)),
        ([], _) => (None, None),
    };
    let put = |draft: &mut Draft, field, text: Option<&str>| {
        if let Some(text) = text {
            draft.put(field, text.to_owned());
        }
    };
    put(&mut draft, Field::SourceVaultArn, source);
    put(&mut draft, Field::DestinationVaultArn, destination);
    put(&mut draft, Field::StatusMessage, message);
    times.sort();
    put(&mut draft, Field::CreatedAt, times.first().map(|(_, cell)| *cell));
    put(&mut draft, Field::CompletedAt, times.get(1..).and_then(<[_]>::last).map(|(_, cell)| *cell));
    Some(draft)
}

/// Which field an ARN is the value of. Vaults stand for the source here; which it is, their order says.
fn field_of_arn(arn: &Arn<'_>) -> Option<Field> {
    Some(match arn.service {
        "backup" if arn.resource.starts_with("backup-vault:") => Field::SourceVaultArn,
        "backup" if arn.resource.starts_with("backup-plan:") => return None,
        "backup" => Field::RecoveryPointArn,
        "iam" => Field::RoleArn,
        "kms" => Field::DestinationKeyArn,
        "ec2" if arn.resource.starts_with("image/") || arn.resource.starts_with("snapshot/") => {
            Field::RecoveryPointArn
        }
        _ => Field::ResourceArn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Position = Position { line: 1, column: 1 };
    const ID: &str = "47C8EF56-74D8-059D-1301-C5BE1D5C926E";

    fn titles(line: &str) -> Option<Columns> {
        Columns::of_titles(line.split(','), &FieldNames::default())
    }

    #[test]
    fn titles_are_told_from_values() {
        for line in [
            "CopyJobId,State",
            "Copy Job ID,Job Status,Status Message",
            "StatusMessage",
            "Job Status,Resource type",
            "id,status,reason",
            "id,status",
            "status,reason",
        ] {
            assert!(titles(line).is_some(), "{line}");
        }
        for line in ["a,b,c", "FAILED,Access denied", "Message,Author", ID, "State,Capital"] {
            assert!(titles(line).is_none(), "{line}");
        }
    }

    #[test]
    fn half_of_the_titles_are_known_or_they_are_words_of_a_sentence() {
        for (line, expected) in [
            ("CopyJobId,Owner", true),
            ("CopyJobId,State,Owner,Team", true),
            ("CopyJobId,not,found", false),
            ("The,CopyJobId,was,not,found", false),
        ] {
            assert_eq!(titles(line).expect("titles").are_mostly_known(), expected, "{line}");
        }
    }

    /// Its cells hold ids, where no other title says that of its own.
    #[test]
    fn a_title_may_name_the_job_itself() {
        for line in ["Copy job,State", "State,Kopierauftrag", "Auftrag,Status,Grund,Statusmeldung"] {
            let columns = titles(line).expect("titles");
            assert!(columns.fields.contains(&Field::MaybeId), "{line}");
        }
        for line in [
            "Copy Job ID,State,Copy",
            "State,Copy job type,StatusMessage",
            "Backup job,Job Status,Status Message",
        ] {
            let columns = titles(line).expect("titles");
            assert!(!columns.fields.contains(&Field::MaybeId), "{line}");
        }
    }

    #[test]
    fn a_report_of_backup_jobs_is_not_one_of_copy_jobs() {
        let columns = titles("Backup Job ID,Job Status,Status Message").expect("titles");
        assert_eq!(columns.row([ID, "FAILED", "no"]), RowOf::OtherJob(Field::OtherBackupJob));
        let columns = titles("Backup Job ID,Copy Job ID,Job Status").expect("titles");
        assert_eq!(columns.row(["", ID, "FAILED"]), RowOf::CopyJob);
        assert_eq!(columns.row([ID, "", "FAILED"]), RowOf::OtherJob(Field::OtherBackupJob));
    }

    /// The message of a row without titles, if it is a job's.
    fn message_of_values(cells: &[&str]) -> Option<String> {
        let draft = draft_of_values(cells.iter().copied(), Order::ByName, &"-".into(), AT)?;
        Some(draft.finish().status_message.unwrap_or_default())
    }

    #[test]
    fn a_state_makes_a_row_without_titles_a_job_beside_what_places_it() {
        let vault = "arn:aws:backup:eu-west-1:111122223333:backup-vault:prod";
        for (cells, message) in [
            (&["FAILED", ID] as &[&str], ""),
            (&["FAILED", vault], ""),
            (&["FAILED", "It was not allowed"], "It was not allowed"),
            (&["FAILED", "None"], ""),
            // Of messages the longest, and of two as long the first.
            (&["FAILED", "It was not there", "It was not allowed"], "It was not allowed"),
            (&["FAILED", "It was not allowed", "It was not at hand"], "It was not allowed"),
        ] {
            assert_eq!(message_of_values(cells).as_deref(), Some(message), "{cells:?}");
        }
        for cells in [&["FAILED"] as &[&str], &["FAILED", "Hessen"], &["FAILED", "Hessen", "None"], &[ID]] {
            assert_eq!(message_of_values(cells), None, "{cells:?}");
        }
    }

    #[test]
    fn an_arn_tells_which_field_it_is_the_value_of() {
        for (resource, field) in [
            ("backup:eu-west-1:111122223333:backup-vault:prod", Some(Field::SourceVaultArn)),
            ("backup:eu-west-1:111122223333:backup-plan:7e9e", None),
            ("backup:eu-west-1:111122223333:recovery-point:7e9e", Some(Field::RecoveryPointArn)),
            ("iam::111122223333:role/Backup", Some(Field::RoleArn)),
            ("kms:eu-west-1:111122223333:key/7e9e", Some(Field::DestinationKeyArn)),
            ("ec2:eu-west-1::image/ami-7e9e", Some(Field::RecoveryPointArn)),
            ("ec2:eu-west-1::snapshot/snap-7e9e", Some(Field::RecoveryPointArn)),
            ("ec2:eu-west-1:111122223333:instance/i-7e9e", Some(Field::ResourceArn)),
            ("rds:eu-west-1:111122223333:db:image/1", Some(Field::ResourceArn)),
        ] {
            let arn = format!("arn:aws:{resource}");
            assert_eq!(Arn::split(&arn).map(|arn| field_of_arn(&arn)), Some(field), "{arn}");
        }
    }

    /// What is told at once of a row is what its record tells.
    #[test]
    fn an_uneventful_row_tells_what_its_record_does() {
        let columns =
            titles("Copy Job ID,Job Status,Status Message,Creation Date,Completion Date").expect("titles");
        for cells in [
            [ID, "COMPLETED", "", "2025-07-02T05:06:08Z", " 2025-07-02T05:08:08Z"],
            [ID, "RUNNING", "None", "2025-07-02T05:06:08Z", "NaT"],
            [ID, "CREATED", "-", "soon", ""],
            [ID, " COMPLETED ", "", "", ""],
        ] {
            let record = columns.draft(cells, &"-".into(), AT).finish();
            assert_eq!(columns.uneventful(cells), Some(Uneventful::from(&record)), "{cells:?}");
        }
        for cells in [
            [ID, "COMPLETED", "with issues", "", ""],
            [ID, "FAILED", "", "", ""],
            [ID, "completed", "", "", ""],
            ["1", "COMPLETED", "", "", ""],
        ] {
            assert_eq!(columns.uneventful(cells), None, "{cells:?}");
        }
    }

    #[test]
    fn an_uneventful_copy_job_may_name_the_backup_job_before_it() {
        let columns = titles("Backup Job ID,Copy Job ID,Job Status").expect("titles");
        let cells = ["B0A1C2D3-74D8-059D-1301-C5BE1D5C926E", ID, "COMPLETED"];
        let record = columns.draft(cells, &"-".into(), AT).finish();
        assert_eq!(columns.row(cells), RowOf::CopyJob);
        assert_eq!(columns.uneventful(cells), Some(Uneventful::from(&record)));
    }

    #[test]
    fn any_value_that_fits_its_title_makes_a_row_a_job() {
        let columns = titles("CopyJobId,State,StatusMessage,Owner").expect("titles");
        let row = |cells: [&str; 4]| columns.row(cells);
        assert_eq!(row(["47C8EF56-74D8-059D-1301-C5BE1D5C926E", "", "", ""]), RowOf::CopyJob);
        assert_eq!(row(["", "FAILED", "", ""]), RowOf::CopyJob);
        assert_eq!(row(["", "", "Copy job failed because of it", ""]), RowOf::CopyJob);
        assert_eq!(row(["Total", "5", "none", "the whole team of it"]), RowOf::Nothing);
    }

    #[test]
    fn each_cell_of_a_row_with_too_many_stands_below_its_title() {
        let columns = titles("CopyJobId,State,StatusMessage,Region,Account").expect("titles");
        let last = titles("CopyJobId,State,StatusMessage").expect("titles");
        let first = titles("StatusMessage,State,CopyJobId").expect("titles");
        let account = "111122223333";
        let aligned = |columns: &Columns, row: &[&str]| {
            let cells = row.iter().map(|cell| Cow::Owned((*cell).to_owned())).collect();
            columns.aligned(cells, ',', |cell| cell == "whole").join("|")
        };
        for (row, expected) in [
            (&[ID, "FAILED", "no", "r", account] as &[&str], [ID, "FAILED", "no", "r", account]),
            (&[ID, "FAILED", "no", " not", "r", account], [ID, "FAILED", "no, not", "r", account]),
            (&[ID, "FAILED", "no", "r", account, ""], [ID, "FAILED", "no", "r", account]),
            (&[ID, "FAILED", "whole", "r", "?", "x", ""], [ID, "FAILED", "whole", "r", "?"]),
            (&["1", ID, "FAILED", "no", "r", account], [ID, "FAILED", "no", "r", account]),
            (&["prod", "1", ID, "FAILED", "no", "r", account], [ID, "FAILED", "no", "r", account]),
        ] {
            assert_eq!(aligned(&columns, row), expected.join("|"), "{row:?}");
        }
        for (columns, row, expected) in [
            (&last, &[ID, "FAILED", "no", ""] as &[&str], [ID, "FAILED", "no"]),
            (&last, &[ID, "FAILED", "no", "not", ""], [ID, "FAILED", "no,not"]),
            (&last, &["1", ID, "COMPLETED", ""], [ID, "COMPLETED", ""]),
            (&first, &["no", "FAILED", ID, ""], ["no", "FAILED", ID]),
            (&first, &["no", "not", "FAILED", ID], ["no,not", "FAILED", ID]),
        ] {
            assert_eq!(aligned(columns, row), expected.join("|"), "{row:?}");
        }
    }

    /// Behind the name of a row, which has no title, one cell has to tell that the others stand too far to the right.
    #[test]
    fn any_cell_that_is_what_its_title_says_tells_where_the_cells_belong() {
        let aligned = |title: &str, cell: &str| {
            let columns = titles(&format!("{title},Status Message")).expect("titles");
            let cells = ["1", cell, "no"].map(|cell| Cow::Owned(cell.to_owned()));
            columns.aligned(cells.to_vec(), ',', |_| false).join("|")
        };
        let arn = "arn:aws:iam::111122223333:role/Copy";
        for (title, cell) in [
            ("Copy Job ID", ID),
            ("Job ID", ID),
            ("Job Status", "FAILED"),
            ("Zustand", "Fehlgeschlagen"),
            ("Account ID", "111122223333"),
            ("Account ID", "=\"011122223333\""),
            ("Creation Date", "2025-07-02T05:06:08Z"),
            ("Completion Date", "2025-07-02T05:06:08Z"),
            ("Resource Type", "EBS"),
            ("Source Backup Vault ARN", arn),
            ("Destination Backup Vault ARN", arn),
            ("Source Recovery Point ARN", arn),
            ("Destination Recovery Point ARN", arn),
            ("Resource ARN", arn),
            ("IAM Role ARN", arn),
        ] {
            assert_eq!(aligned(title, cell), format!("{cell}|no"), "{title}");
        }
        for (title, cell) in [
            ("Job ID", "7"),
            ("Job Status", "1 of 2"),
            // A time may have twelve digits, too.
            ("Account ID", "2025-07-02 05:06"),
            ("Creation Date", "7"),
            ("Resource Type", "db1"),
            ("Resource ARN", "db1"),
        ] {
            assert_eq!(aligned(title, cell), format!("1|{cell},no"), "{title}");
        }
    }

    /// Where no lines stand between columns, a sentence has its words below any title.
    #[test]
    fn a_row_is_a_job_of_its_own_by_its_id_or_its_state_be_they_cut() {
        let columns = titles("CopyJobId,State,StatusMessage").expect("titles");
        let own = titles("id,status,reason").expect("titles");
        for cells in [
            [ID, "", "no"],
            ["47C8EF56-74D8…", "", "no"],
            ["", "FAILED", "no"],
            ["", "FAI…", "no"],
            ["", "COMPL...", ""],
        ] {
            assert!(columns.is_job_of_its_own(cells), "{cells:?}");
            assert!(own.is_job_of_its_own(cells), "{cells:?}");
        }
        for cells in [
            ["", "", "The copy job failed."],
            ["said the vault", "and the key.", ""],
            ["It is over.", "twice", "by it"],
            ["7", "at once", "FAILED"],
        ] {
            assert!(!columns.is_job_of_its_own(cells), "{cells:?}");
        }
        // Where nothing names a job, each row is one.
        assert!(titles("StatusMessage,Region").expect("titles").is_job_of_its_own(["no", "here"]));
    }

    #[test]
    fn a_row_goes_on_with_the_one_above_where_it_names_no_job() {
        let columns = titles("CopyJobId,State,StatusMessage,Owner").expect("titles");
        let goes_on = |above: [&'static str; 4], row: [&'static str; 4]| {
            columns.goes_on(above.into_iter(), row.into_iter())
        };
        let above = [ID, "FAILED", "No key", ""];
        assert!(goes_on(above, ["", "", "was given", ""]));
        assert!(goes_on(["47C8EF56-74D8-", "COMPL", "", ""], ["059D-1301", "ET", "", ""]));
        for row in [
            ["", "", "", ""],
            ["", "FAILED", "was given", ""],
            ["8", "", "was given", ""],
            ["", "", "was given", "ops"],
        ] {
            assert!(!goes_on(above, row), "{row:?}");
        }
        // Numbers are no beginnings of ids.
        assert!(!goes_on(["1", "FAILED", "No key", ""], ["2", "", "No vault", ""]));
        assert!(!goes_on(["2025", "FAILED", "No key", ""], ["0702", "", "No vault", ""]));
        assert!(!goes_on(["1", "LOST", "No key", ""], ["", "FOUND", "", ""]));
        let messages = titles("StatusMessage,Region").expect("titles");
        assert!(!messages.goes_on(["No key", ""].into_iter(), ["No vault", ""].into_iter()));
    }

    #[test]
    fn the_line_of_a_log_is_its_only_message_beside_a_time_where_nothing_else_is_told() {
        for (line, cells, expected) in [
            ("timestamp,message", &["1", " No key "] as &[&str], Some("No key")),
            ("timestamp,host,message,ptr", &["1", "web-1", "No key", "x"], Some("No key")),
            ("timestamp,host,message", &["1", "FAILED", "No key"], None),
            ("timestamp,message,reason", &["1", "It ended", "No key"], None),
            ("timestamp,message,status", &["1", "No key", ""], None),
        ] {
            let columns = titles(line).expect("titles");
            assert_eq!(columns.log_line(cells.iter().copied()), expected, "{line}");
        }
    }

    /// Its number and the name of its state are a scheduler's of its own.
    #[test]
    fn a_row_with_more_values_than_gaps_is_a_job_where_it_has_an_arn_or_a_time() {
        let columns = titles("Copy Job ID,Job Status,Region,Resource ARN,Status Message,Creation Date")
            .expect("titles");
        let (arn, time) = ("arn:aws:rds:eu-west-1:111122223333:db:db1", "2025-07-02T05:06:08Z");
        for cells in [["7", "LOST", "eu-west-1", arn, "", ""], ["7", "LOST", "eu-west-1", "", "", time]] {
            assert_eq!(columns.row(cells), RowOf::CopyJob, "{cells:?}");
        }
        for cells in [
            ["7", "LOST", "", arn, "", ""],
            ["7", "LOST", "eu-west-1", "db1", "", ""],
            ["", "", "", "", "", time],
        ] {
            assert_eq!(columns.row(cells), RowOf::Nothing, "{cells:?}");
        }
    }

    #[test]
    fn a_row_of_totals_is_no_job() {
        let columns = titles("Copy Job ID,Job Status,Status Message,Region,Resource ARN").expect("titles");
        assert_eq!(columns.row(["Total", "5", "", "", ""]), RowOf::Nothing);
    }

    #[test]
    fn of_several_texts_without_titles_the_longest_is_the_message() {
        let said = "Access Denied trying to call AWS Backup service";
        for cells in [[ID, "FAILED", "Not allowed by it", said], [ID, "FAILED", said, "Not allowed by it"]] {
            let record = draft_of_values(cells, Order::SourceFirst, &"-".into(), AT).expect("a job").finish();
            assert_eq!(record.status_message.as_deref(), Some(said));
        }
    }

    #[test]
    fn cells_without_titles_speak_for_themselves() {
        let vault = |region: &str, account: &str| format!("arn:aws:backup:{region}:{account}:backup-vault:v");
        let (from, to) = (vault("eu-west-1", "111122223333"), vault("eu-central-1", "444455556666"));
        let cells = [
            "2025-07-02T05:08:08Z",
            "EBS",
            "FAILED",
            &from,
            ID,
            "2025-07-02T05:06:08Z",
            &to,
            "Access denied by it",
        ];
        let record = draft_of_values(cells, Order::SourceFirst, &"-".into(), AT).expect("a job").finish();
        assert_eq!((record.copy_job_id.as_deref(), &record.state), (Some(ID), &State::Failed));
        assert_eq!(record.destination_region.as_deref(), Some("eu-central-1"));
        assert_eq!(record.status_message.as_deref(), Some("Access denied by it"));
        assert!(record.created_at < record.completed_at);
        assert!(draft_of_values(["FAILED", "EBS"], Order::SourceFirst, &"-".into(), AT).is_none());
    }
}
