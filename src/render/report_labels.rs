//! The words of the reports that are documents (HTML, Markdown), in both languages, and how a language writes numbers.

use crate::batch::{GroupBy, Rest};
use crate::language::Language;
pub(super) use crate::phrases::number;

/// Every label of a document that the other formats do not have.
#[cfg_attr(test, derive(serde::Serialize))]
pub(super) struct ReportLabels {
    pub(super) title: &'static str,
    pub(super) contents: &'static str,
    pub(super) with_problem: &'static str,
    pub(super) account: &'static str,
    pub(super) by_cause: &'static str,
    pub(super) share: &'static str,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) over_time: &'static str,
    pub(super) no_time: &'static str,
    pub(super) as_table: &'static str,
    pub(super) hour: &'static str,
    pub(super) day: &'static str,
    pub(super) month: &'static str,
    pub(super) year: &'static str,
    pub(super) by_account: &'static str,
    pub(super) by_route: &'static str,
    pub(super) source_account: &'static str,
    pub(super) source_region: &'static str,
    pub(super) destination_region: &'static str,
    pub(super) others: &'static str,
    pub(super) not_said: &'static str,
    pub(super) sum: &'static str,
    pub(super) show_jobs: &'static str,
    pub(super) further_steps: &'static str,
    pub(super) nearest: &'static str,
    pub(super) example: &'static str,
    pub(super) kind: &'static str,
    pub(super) jobs: &'static str,
    pub(super) search: &'static str,
    pub(super) search_hint: &'static str,
    pub(super) created: &'static str,
    pub(super) state: &'static str,
    pub(super) job: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) resource_type: &'static str,
    pub(super) type_of_resource: &'static str,
    pub(super) causes: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    pub(super) of: &'static str,
    pub(super) nothing_found: &'static str,
    pub(super) no_problem: &'static str,
    pub(super) notes: &'static str,
    pub(super) rejected_records: &'static str,
    pub(super) place: &'static str,
    pub(super) note: &'static str,
    pub(super) fault: &'static str,
    pub(super) made_by: &'static str,
}

const EN: ReportLabels = ReportLabels {
    title: "Copy jobs of AWS Backup",
    contents: "Contents",
    with_problem: "jobs with a problem",
    account: "What became of the records",
    by_cause: "Jobs by root cause",
    share: "Share",
    first: "First",
    last: "Last",
    over_time: "Over time",
    no_time: "No job says when it was created.",
    as_table: "The same as a table",
    hour: "Hour (UTC)",
    day: "Day (UTC)",
    month: "Month (UTC)",
    year: "Year (UTC)",
    by_account: "Source accounts and root causes",
    by_route: "Source and destination Regions",
    source_account: "Source account",
    source_region: "Source Region",
    destination_region: "Destination Region",
    others: "others",
    not_said: "not said",
    sum: "Sum",
    show_jobs: "Show these jobs",
    further_steps: "Further steps:",
    nearest: "Nearest root causes",
    example: "Example",
    kind: "Kind",
    jobs: "Jobs",
    search: "Search the jobs",
    search_hint: "Part of an id, an account, a Region, a root cause or a message; several words narrow it down",
    created: "Created (UTC)",
    state: "State",
    job: "Job",
    from: "From",
    to: "To",
    resource_type: "Type",
    type_of_resource: "Resource type",
    causes: "Root causes",
    previous: "Previous",
    next: "Next",
    of: "of",
    nothing_found: "No job matches.",
    no_problem: "No job has a problem.",
    notes: "Notes on the exports",
    rejected_records: "Records that cannot be read",
    place: "Place",
    note: "Note",
    fault: "Fault",
    made_by: "Made offline from the exports alone by copydoctor",
};

const DE: ReportLabels = ReportLabels {
    title: "Kopieraufträge von AWS Backup",
    contents: "Inhalt",
    with_problem: "Aufträge mit einem Problem",
    account: "Was aus den Datensätzen wurde",
    by_cause: "Aufträge nach Ursache",
    share: "Anteil",
    first: "Zuerst",
    last: "Zuletzt",
    over_time: "Zeitlicher Verlauf",
    no_time: "Kein Auftrag sagt, wann er angelegt wurde.",
    as_table: "Dasselbe als Tabelle",
    hour: "Stunde (UTC)",
    day: "Tag (UTC)",
    month: "Monat (UTC)",
    year: "Jahr (UTC)",
    by_account: "Quellkonten und Ursachen",
    by_route: "Quell- und Zielregionen",
    source_account: "Quellkonto",
    source_region: "Quellregion",
    destination_region: "Zielregion",
    others: "andere",
    not_said: "nicht genannt",
    sum: "Summe",
    show_jobs: "Diese Aufträge zeigen",
    further_steps: "Weitere Schritte:",
    nearest: "Nächstliegende Ursachen",
    example: "Beispiel",
    kind: "Art",
    jobs: "Aufträge",
    search: "Aufträge durchsuchen",
    search_hint: "Teil einer ID, eines Kontos, einer Region, einer Ursache oder einer Meldung; mehrere Wörter grenzen ein",
    created: "Angelegt (UTC)",
    state: "Status",
    job: "Auftrag",
    from: "Von",
    to: "Nach",
    resource_type: "Typ",
    type_of_resource: "Ressourcentyp",
    causes: "Ursachen",
    previous: "Zurück",
    next: "Weiter",
    of: "von",
    nothing_found: "Kein Auftrag passt dazu.",
    no_problem: "Kein Auftrag hat ein Problem.",
    notes: "Hinweise zu den Exporten",
    rejected_records: "Datensätze, die nicht lesbar sind",
    place: "Stelle",
    note: "Hinweis",
    fault: "Fehler",
    made_by: "Offline und allein aus den Exporten erstellt von copydoctor",
};

/// The labels of a language.
pub(super) fn report_labels(language: Language) -> &'static ReportLabels {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

/// A label that begins a line.
pub(super) fn capitalised(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The heading over the groups of jobs.
pub(super) fn jobs_by(by: GroupBy, language: Language) -> &'static str {
    let words = report_labels(language);
    match (by, language) {
        (GroupBy::Cause, _) => words.by_cause,
        (GroupBy::Account, Language::En) => "Jobs by source account",
        (GroupBy::Account, Language::De) => "Aufträge nach Quellkonto",
        (GroupBy::Region, Language::En) => "Jobs by source Region",
        (GroupBy::Region, Language::De) => "Aufträge nach Quellregion",
        (GroupBy::ResourceType, Language::En) => "Jobs by resource type",
        (GroupBy::ResourceType, Language::De) => "Aufträge nach Ressourcentyp",
        (GroupBy::Day, Language::En) => "Jobs by day",
        (GroupBy::Day, Language::De) => "Aufträge nach Tag",
    }
}

/// When the jobs were created.
pub(super) fn span(first: &str, last: &str, language: Language) -> String {
    match language {
        Language::En if first == last => format!("created on {first}"),
        Language::De if first == last => format!("angelegt am {first}"),
        Language::En => format!("created from {first} to {last}"),
        Language::De => format!("angelegt vom {first} bis zum {last}"),
    }
}

/// That the steps below are those for one of the jobs.
pub(super) fn filled_for(job: &str, language: Language) -> String {
    match language {
        Language::En => format!("Filled in with the values of the job {job}."),
        Language::De => format!("Ausgefüllt mit den Werten des Auftrags {job}."),
    }
}

/// When most jobs of one kind were created.
pub(super) fn peak(when: &str, count: &str, language: Language) -> String {
    match language {
        Language::En => format!("most on {when}: {count}"),
        Language::De => format!("die meisten am {when}: {count}"),
    }
}

/// That there are more messages.
pub(super) fn others(count: usize, language: Language) -> String {
    let count = number(count as u64, language);
    match language {
        Language::En => format!("{count} other messages"),
        Language::De => format!("{count} andere Meldungen"),
    }
}

/// That a list was cut, and what it has no more.
pub(super) fn and_more(rest: Rest, language: Language) -> String {
    let [count, jobs] = [rest.count, rest.jobs].map(|count| number(count, language));
    match (language, rest.jobs) {
        (Language::En, 1) => format!("and {count} more with {jobs} job"),
        (Language::En, _) => format!("and {count} more with {jobs} jobs"),
        (Language::De, 1) => format!("und {count} weitere mit {jobs} Auftrag"),
        (Language::De, _) => format!("und {count} weitere mit {jobs} Aufträgen"),
    }
}

/// That a list goes on, and which format has all of it.
pub(super) fn more(shown: usize, all: usize, format: &str, language: Language) -> String {
    let [shown, all] = [shown, all].map(|count| number(count as u64, language));
    match language {
        Language::En => format!("The first {shown} of {all}; all are listed by --format {format}."),
        Language::De => format!("Die ersten {shown} von {all}; alle nennt --format {format}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::labels::assert_translated;

    #[test]
    fn no_label_is_empty_or_left_in_english() {
        assert_translated(&EN, &DE, &[]);
        for by in [GroupBy::Cause, GroupBy::Account, GroupBy::Region, GroupBy::ResourceType, GroupBy::Day] {
            assert_ne!(jobs_by(by, Language::En), jobs_by(by, Language::De));
        }
    }

    #[test]
    fn thousands_are_set_apart_as_the_language_does() {
        for (count, en, de) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1000, "1,000", "1.000"),
            (1_234_567, "1,234,567", "1.234.567"),
        ] {
            assert_eq!(
                (number(count, Language::En), number(count, Language::De)),
                (en.to_owned(), de.to_owned())
            );
        }
    }
}
