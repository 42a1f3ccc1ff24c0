//! Tests of the lexicon: what is read as the same, and what holds for its list.

use super::*;
use crate::normalise::Words;

fn names(text: &str, forgives: bool) -> Vec<String> {
    let lexicon = Lexicon::builtin();
    let words = Words::of(text);
    let readings = lexicon.read(words.as_str(), forgives);
    readings
        .into_iter()
        .flat_map(|reading| match reading.sense {
            Sense::Meanings(meanings) => meanings.iter().map(|it| lexicon.name(*it).to_owned()).collect(),
            Sense::Silent | Sense::Frame => Vec::new(),
            Sense::Foreign => vec![format!("?{}", reading.text)],
        })
        .collect()
}

#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(names(one, true), names(other, true), "{one} / {other}");
}

#[test]
fn synonyms_inflection_and_languages() {
    same("vault", "Tresore");
    same("the encrypted snapshots", "verschlüsselter Snapshot");
    same("disabled", "nicht aktiviert");
    same("unavailable", "nicht verfügbar");
    same("could not", "cannot");
    same("too many", "zu viele");
}

#[test]
fn compounds_are_taken_apart() {
    same("Zieltresor", "destination vault");
    same("Quellsnapshots", "source snapshot");
    same("Kopierauftrag", "copy job");
    same("Tag-Richtlinie", "Tagrichtlinie");
    same("Aufbewahrungsbereich", "retention range");
    same("kontoübergreifende", "account cross");
}

#[test]
fn typos_are_forgiven_and_other_words_are_not() {
    same("encypted snaphot", "encrypted snapshot");
    same("organiztion", "organization");
    // A slip in the ending, or in a word whose stem is short.
    same("token expierd", "token expired");
    same("canont be assmed", "cannot be assumed");
    same("the snaphot requres", "the snapshot requires");
    assert_eq!(names("weather", true), ["?weather"]);
    assert_eq!(names("encypted", false), ["?encypted"]);
}

#[test]
fn words_whose_umlauts_were_lost_are_known() {
    same("Schlssel fr den Ziel-Tresor", "Schlüssel für den Ziel-Tresor");
    same("verschlsselter Kopierauftrge", "verschlüsselter Kopieraufträge");
    same("nicht zulssig", "nicht zulässig");
}

#[test]
fn jobs_of_another_kind_are_told() {
    let lexicon = Lexicon::builtin();
    let job = |text: &str| lexicon.other_job(Words::of(text).as_str());
    assert_eq!(job("Your backup job failed"), Some(OtherJob::Backup));
    assert_eq!(job("Der Sicherungsauftrag ist fehlgeschlagen"), Some(OtherJob::Backup));
    assert_eq!(job("Restore job failed"), Some(OtherJob::Restore));
    assert_eq!(job("Copy job failed, and the backup job as well"), None);
    assert_eq!(job("We are unable to copy resource tags to your backup"), None);
}

#[test]
fn no_word_stands_twice() {
    let file = LexiconFile::parse(BUILTIN).expect("it is well-formed");
    let mut seen = std::collections::HashMap::new();
    let mut twice = Vec::new();
    for (key, forms) in file.meanings.iter() {
        for form in forms.split_whitespace() {
            if let Some(other) = seen.insert(Words::of(form), key) {
                twice.push(format!("{form}: {other} / {key}"));
            }
        }
    }
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn a_lexicon_laid_over_adds_words_and_meanings_and_changes_none() {
    let mut lexicon = Lexicon::builtin();
    let own = r#"{"meanings": {"vault": "safe", "not scan": "unscanned", "scan": "scanner", "snapshot": "tresor"},
        "trouble": "scan", "expected": "scan"}"#;
    lexicon.lay_over(&LexiconFile::parse(own).expect("it is well-formed"));
    let names =
        |text| lexicon.meanings(text).iter().map(|it| lexicon.name(*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(names("zielsafe unscanned tresor"), ["destination", "vault", "not", "scan", "vault"]);
    assert!(lexicon.meanings("scanner").iter().all(|meaning| lexicon.is_trouble(*meaning)));
    assert!(lexicon.meanings("scanner").iter().all(|meaning| lexicon.expected().contains(meaning)));
}

#[test]
fn what_is_there_already_changes_nothing() {
    let mut lexicon = Lexicon::builtin();
    lexicon.lay_over(&Lexicon::builtin_file());
    assert_eq!(lexicon, Lexicon::builtin());
}

/// The language of a lexicon, for editors. `UPDATE=1 cargo test` writes it anew.
#[test]
fn the_schema_in_docs_is_that_of_a_lexicon() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/lexicon.schema.json");
    let schema = format!("{:#}\n", schemars::schema_for!(LexiconFile).to_value());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &schema).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(committed, schema, "{path} is out of date: UPDATE=1 cargo test");
}
