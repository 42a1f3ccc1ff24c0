//! Which jobs a report is about, if not all.

use jiff::Timestamp;

use crate::record::Record;

/// What a job has to be to stand in the report. A job of which a file does not say what is asked for stays: a filter
/// hides only what it can judge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The job was created at this time or later.
    pub since: Option<Timestamp>,
    /// The job was created before this time.
    pub until: Option<Timestamp>,
    /// One of these is the source or destination account; none asks for nothing.
    pub accounts: Vec<String>,
    /// One of these is the source or destination Region; none asks for nothing.
    pub regions: Vec<String>,
    /// What was backed up is one of these, in any spelling of case; none asks for nothing.
    pub resource_types: Vec<String>,
}

impl Filter {
    /// Whether a job stands in the report.
    ///
    /// ```
    /// use copydoctor::batch::Filter;
    /// use copydoctor::record::{Position, Record};
    /// let filter = Filter { regions: vec!["eu-west-1".into()], ..Filter::default() };
    /// let mut record = Record::new("-".into(), Position { line: 1, column: 1 });
    /// assert!(filter.keeps(&record), "nobody knows its Region");
    /// record.source_region = Some("us-east-1".into());
    /// assert!(!filter.keeps(&record));
    /// record.destination_region = Some("eu-west-1".into());
    /// assert!(filter.keeps(&record));
    /// ```
    #[must_use]
    pub fn keeps(&self, record: &Record) -> bool {
        let time = record.created_at.or(record.completed_at);
        let is_in_time = time.is_none_or(|time| {
            self.since.is_none_or(|since| since <= time) && self.until.is_none_or(|until| time < until)
        });
        is_in_time
            && is_one_of(&self.accounts, [&record.account_id, &record.destination_account])
            && is_one_of(&self.regions, [&record.source_region, &record.destination_region])
            && is_one_of(&self.resource_types, [&record.resource_type])
    }
}

fn is_one_of<const N: usize>(wanted: &[String], values: [&Option<String>; N]) -> bool {
    let mut known = values.into_iter().flatten().peekable();
    wanted.is_empty()
        || known.peek().is_none()
        || known.any(|value| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(value)))
}
