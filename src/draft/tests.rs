//! Entries for messages that nothing fits: each is proven, and nothing else changes.

use std::sync::LazyLock;

use super::*;
use crate::catalogue::Catalogue;

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(Classifier::builtin);

fn of(messages: &[&str]) -> Result<Draft, DraftError> {
    draft(&CLASSIFIER, messages, &Wishes::default())
}

#[track_caller]
fn refuses(messages: &[&str], expected: &str) {
    let error = of(messages).expect_err("nothing to draft").to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn an_entry_says_what_is_open() {
    let draft = of(&["The backup guard of Example Corp refused ticket OPS-4711"]).expect("a draft");
    assert!(draft.is_proven(), "{:?}", draft.findings);
    assert_eq!(draft.id, "guard-example-corp-refused-ticket");
    assert!(draft.yaml.matches(TO_DO).count() > 15, "{}", draft.yaml);
    assert!(!draft.yaml.contains("4711"), "{}", draft.yaml);
}

#[test]
fn what_is_given_is_not_to_be_done() {
    let wishes = Wishes {
        id: Some("guard-refuses".into()),
        group: Some(Group::Tags),
        category: Some(AwsMessageCategory::FatalError),
        title_en: Some("The guard refuses".into()),
        title_de: Some("Der Wächter lehnt ab".into()),
        cause_en: Some("It does.".into()),
        cause_de: Some("So ist es.".into()),
        source: Some("https://wiki.example.com/guard".into()),
        message_language: Some(Language::De),
        language: Language::De,
    };
    let draft = draft(&CLASSIFIER, &["Der Guard mochte das Ticket nicht: OPS-1"], &wishes).expect("a draft");
    assert!(draft.is_proven(), "{:?}", draft.findings);
    for given in [
        "id: guard-refuses\n",
        "group: tags\n",
        "category: FATAL_ERROR\n",
        "de: Der Wächter lehnt ab\n",
        "language: de\n",
    ] {
        assert!(draft.yaml.contains(given), "{given}: {}", draft.yaml);
    }
    assert!(draft.yaml.contains("TO DO für Sie"));
    assert!(!draft.yaml.contains("TO DO: say what is wrong"));
    assert!(!draft.yaml.contains(texts::SOURCE_TO_DO));
}

#[test]
fn messages_in_any_order_are_one_entry() {
    let (one, other) = ("Guard stops the tag key 'Team'", "Guard stops the tag key 'Cost Center'");
    let (forth, back) = (of(&[one, other]), of(&[other, one, other]));
    assert_eq!(forth, back);
    let draft = forth.expect("a draft");
    assert!(draft.yaml.contains("text: Guard stops the tag key '{tag_key}'"), "{}", draft.yaml);
    assert!(!draft.yaml.contains("Team"));
}

#[test]
fn messages_of_several_kinds_are_wordings_of_one_entry() {
    let draft =
        of(&["Guard stops the copy at noon", "The pump of the guard is frozen solid"]).expect("a draft");
    assert!(draft.is_proven(), "{:?}", draft.findings);
    assert_eq!(draft.yaml.matches("evidence: observed").count(), 2);
}

#[test]
fn what_needs_no_entry_gets_none() {
    refuses(
        &["Access Denied trying to call AWS Backup service"],
        "diagnosed as vault-access-policy-denies-copy",
    );
    refuses(
        &["The target KMS key does not exist, is not enabled or is not yours"],
        "(similar); if that is right",
    );
    refuses(&["Copy job failed"], "messages of many causes");
    refuses(
        &["An AWS Copy job was completed but was failed or was aborted. Copy Job Id : \
           47c8ef56-74d8-059d-1301-c5be1d5c926e"],
        "only tells that a job ended",
    );
}

#[test]
fn what_is_no_message_is_said_to_be_none() {
    refuses(&[], "no message");
    refuses(&[" ", "…"], "no message");
    refuses(&["fsdfsdf"], "too few words");
    refuses(&["'alice' 1 2 3"], "too few words");
    refuses(&["x ".repeat(5000).as_str()], "10,000 bytes is a log");
}

#[test]
fn an_id_that_is_taken_is_refused() {
    let wishes = Wishes { id: Some("token-expired".into()), ..Wishes::default() };
    let error = draft(&CLASSIFIER, &["The guard is not here at all"], &wishes).expect_err("taken");
    assert_eq!(error, DraftError::IdTaken { id: "token-expired".into() });
}

#[test]
fn a_wish_that_breaks_a_rule_is_a_finding() {
    let wishes = Wishes { id: Some("Not Kebab".into()), ..Wishes::default() };
    let draft = draft(&CLASSIFIER, &["The guard is not here at all"], &wishes).expect("a draft");
    assert_eq!(draft.findings.len(), 1);
    assert_eq!(draft.findings[0].rule, Rule::IdFormat);
    assert!(draft.with_findings().contains("not in kebab case"));
    assert!(Catalogue::parse([PatternFile::new("Not Kebab.yaml", draft.with_findings())]).is_err());
}
