//! A name and an account that fields tell of are in no text of a report that is redacted, whatever stands around them.
#![no_main]

use copydoctor::redact::{Redactor, Table};
use copydoctor::render::{self, Layout};
use copydoctor::{Language, Record};
use copydoctor_fuzz::jobs::{records, report};
use copydoctor_fuzz::{CLASSIFIER, text};
use libfuzzer_sys::fuzz_target;

/// A name that is no word of anything.
const NAME: &str = "Zyqhaven";
const ACCOUNT: &str = "918273645546";

/// Stand for the name and the account in the bytes.
const PLACE_OF_NAME: &str = "\u{1}";
const PLACE_OF_ACCOUNT: &str = "\u{2}";

/// Stand for what varies, in what messages of one kind have in common; what is beside one was a part of its word.
const MASKS: [&str; 7] = ["<arn>", "<id>", "<time>", "<region>", "<action>", "<number>", "<name>"];

fuzz_target!(|bytes: &[u8]| {
    let mut records = records(bytes);
    for record in &mut records {
        if texts(record).any(names_awss_own) {
            return;
        }
        let Record { status_message, resource_arn, role_arn, .. } = record;
        for text in [status_message, resource_arn, role_arn].into_iter().flatten() {
            *text = text.replace(PLACE_OF_NAME, NAME).replace(PLACE_OF_ACCOUNT, ACCOUNT);
        }
        record.resource_name = Some(NAME.to_owned());
        record.account_id = Some(ACCOUNT.to_owned());
    }
    let mut redactor = Redactor::new(CLASSIFIER.catalogue(), Table::default());
    let before = report(&records);
    before.jobs.iter().for_each(|job| redactor.learn(&job.record));
    let causes = before.by_cause.clone();
    let after = redactor.report(before);
    assert_eq!(after.by_cause, causes, "the diagnosis stays");
    for job in &after.jobs {
        texts(&job.record).for_each(|text| is_clean(text));
    }
    for group in &after.unknown {
        is_clean(&group.template);
        is_clean(&group.example);
    }
    for language in [Language::En, Language::De] {
        is_clean(&text(|out| render::write_report_table(out, &after, Layout::plain(language, usize::MAX))));
        is_clean(&text(|out| render::write_report_markdown(out, &after, language)));
    }
});

fn texts(record: &Record) -> impl Iterator<Item = &str> {
    let Record { status_message, resource_arn, resource_name, role_arn, account_id, .. } = record;
    [status_message, resource_arn, resource_name, role_arn, account_id]
        .into_iter()
        .flatten()
        .map(String::as_str)
}

/// Whether a text may name something that is AWS's own, which stays as it is, whatever it is called.
fn names_awss_own(text: &str) -> bool {
    // A Region ends with a digit.
    let is_place = |c: char| c.is_ascii_digit() || matches!(c, ':' | '*');
    let has_account = text.match_indices(":aws:").any(|(at, _)| text[..at].ends_with(is_place));
    has_account || text.contains("alias/aws/") || text.contains("aws-service-role/")
}

/// Whether neither stands in the text as a word.
#[track_caller]
fn is_clean(text: &str) {
    for private in [NAME, ACCOUNT] {
        for (at, found) in text.match_indices(private) {
            let is_of_a_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let (before, behind) = (&text[..at], &text[at + found.len()..]);
            // A page cuts long texts, also in the middle of a word.
            let is_cut = behind.starts_with('…');
            let is_a_part = is_cut
                || is_of_a_word(before.chars().next_back())
                || is_of_a_word(behind.chars().next())
                || MASKS.iter().any(|mask| before.ends_with(mask) || behind.starts_with(mask));
            assert!(is_a_part, "{private} in {text:?}");
        }
    }
}
