//! A lexicon of one's own: laid over that of this build, proven like pattern files, and of use at once.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{Run, run};
use copydoctor::catalogue::{Finding, PatternFile, Rule};
use copydoctor::check::check;
use copydoctor::{Catalogue, Classifier, Language};

const NAME: &str = "own/lexicon.yaml";

const SOUND: &str = "\
# Our words.
meanings:
  vault: safe depot backup_cabinet
  key: keyring
  not scan: unscanned
  scan: malwarescan scannt*
trouble: scan
opposites: [scan vault]
silent: ahem
frame: ourlogger
copy_jobs: depotjob
";

/// The catalogue with a lexicon laid over it, and what is wrong.
fn overlaid(text: &str) -> (Catalogue, Vec<Finding>) {
    let mut catalogue = Catalogue::builtin();
    let overlay = catalogue.overlay([PatternFile::new(NAME, text)]);
    let mut findings = overlay.findings;
    findings.extend(check(&Classifier::new(catalogue.clone())).findings);
    (catalogue, findings)
}

#[test]
fn a_sound_lexicon_is_proven_and_its_words_are_counted() {
    let (catalogue, findings) = overlaid(SOUND);
    assert_eq!(findings, []);
    assert_eq!(catalogue.own_words(), 7);
    assert_eq!(Catalogue::builtin().own_words(), 0);
}

#[test]
fn its_words_mean_what_it_says() {
    let (catalogue, _) = overlaid(SOUND);
    let lexicon = catalogue.lexicon();
    let names =
        |text| lexicon.meanings(text).iter().map(|it| lexicon.name(*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(names("zielsafe"), ["destination", "vault"]);
    assert_eq!(names("backup cabinet unscanned scanntool"), ["vault", "not", "scan", "scan"]);
    assert_eq!(names("tresor ahem"), ["vault"]);
}

/// A fault: the rule, what is sound, what stands there instead, the line and the words that are shown.
const SEEDS: &[(Rule, &str, &str, usize, &str)] = &[
    (Rule::YamlSyntax, "meanings:", "meanings: [", 0, ""),
    (Rule::YamlSyntax, "trouble: scan", "---\ntrouble: scan", 7, "---"),
    (Rule::YamlFeature, "key: keyring", "key: &k keyring", 4, "&k keyring"),
    (Rule::DuplicateField, "key: keyring", "vault: keyring", 4, "vault: keyring"),
    (Rule::UnknownField, "meanings:", "meaning:", 2, "meaning"),
    (Rule::UnknownField, "trouble: scan", "truoble: scan", 7, "truoble"),
    (Rule::WrongType, "key: keyring", "key: [keyring]", 4, "key"),
    (Rule::WrongType, "opposites: [scan vault]", "opposites: scan vault", 8, "scan vault"),
    (Rule::EmptyList, "key: keyring", "key: ''", 4, "''"),
    (Rule::UnknownMeaning, "vault: safe", "vualt: safe", 3, "safe depot backup_cabinet"),
    (Rule::UnknownMeaning, "vault: safe", "tresor: safe", 3, "safe depot backup_cabinet"),
    (Rule::UnknownMeaning, "trouble: scan", "trouble: scan scam", 7, "scam"),
    (Rule::UnknownMeaning, "trouble: scan", "expected: scam", 7, "scam"),
    (Rule::UnknownMeaning, "[scan vault]", "[scan vualt]", 8, "vualt"),
    (Rule::UnknownMeaning, "[scan vault]", "[scan]", 8, "scan"),
    (Rule::BadWord, "safe depot", "safe, depot", 3, "safe,"),
    (Rule::BadWord, "safe depot", "sa*fe depot", 3, "sa*fe"),
    (Rule::BadWord, "safe depot", "___ depot", 3, "___"),
    (Rule::BadWord, "safe depot", "a_b_c_d_e depot", 3, "a_b_c_d_e"),
    (Rule::BadWord, "silent: ahem", "silent: ahem!", 9, "ahem!"),
    (Rule::AmbiguousWord, "key: keyring", "key: keyring role", 4, "role"),
    (Rule::AmbiguousWord, "key: keyring", "key: keyring depots", 4, "depots"),
    (Rule::AmbiguousWord, "key: keyring", "key: the keyring", 4, "the"),
    (Rule::AmbiguousWord, "silent: ahem", "silent: ahem depot", 9, "depot"),
    (Rule::AmbiguousWord, "frame: ourlogger", "frame: ourlogger vault", 10, "vault"),
];

#[test]
fn a_seeded_fault_of_every_kind_is_found_at_its_word_with_a_way_out() {
    for (rule, sound, unsound, line, shown) in SEEDS {
        let spoilt = SOUND.replacen(sound, unsound, 1);
        assert_ne!(spoilt, SOUND, "{sound} does not stand in the sound file");
        let (catalogue, findings) = overlaid(&spoilt);
        assert_eq!(catalogue, Catalogue::builtin(), "{unsound:?}: a file with a fault is left out");
        let finding = findings.iter().find(|finding| finding.rule == *rule);
        let finding =
            finding.unwrap_or_else(|| panic!("{rule} is not found for {unsound:?}, but {findings:#?}"));
        assert_eq!(finding.file, NAME, "{finding}");
        common::assert_german(&finding.text(Language::De));
        let Some(place) = finding.place.as_ref().filter(|_| *line > 0) else { continue };
        let text: String = place.text.chars().skip(place.column - 1).take(place.length).collect();
        assert_eq!((place.line, text.as_str()), (*line, *shown), "{unsound:?}: {finding}");
    }
}

#[track_caller]
fn assert_said(text: &str, said: &str) {
    let (_, findings) = overlaid(text);
    let all: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(all.iter().any(|finding| finding.contains(said)), "{said} is not in {all:#?}");
}

#[test]
fn what_was_meant_is_asked() {
    assert_said(
        "meanings: {vualt: safe}",
        "own/lexicon.yaml:1:19: there is no meaning 'vualt'; did you mean vault?",
    );
    assert_said("meanings: {tresor: safe}", "did you mean vault?");
    assert_said("trouble: vualt", "own/lexicon.yaml:1:10: there is no meaning 'vualt'; did you mean vault?");
    assert_said("synonyms: {vault: safe}", "there is no field 'synonyms'");
    assert_said("meaning: {vault: safe}", "did you mean meanings?");
    assert_said("meanings: {key: tresor}", "'tresor' means vault already; a word has one meaning");
    assert_said("meanings: {}", "the lexicon says nothing; write a meaning and its words");
    assert_said("{}", "the lexicon says nothing");
}

/// Whoever changes the lexicon of this build checks its folder, and a copy of it is a good beginning.
#[test]
fn the_lexicon_of_this_build_is_sound_and_changes_nothing() {
    let builtin = include_str!("../patterns/lexicon.yaml");
    let (catalogue, findings) = overlaid(builtin);
    assert_eq!((findings, catalogue.own_words()), (Vec::new(), 0));
    let (catalogue, findings) = overlaid(&builtin.replace("vault: vault", "vault: safe vault"));
    assert_eq!((findings, catalogue.own_words()), (Vec::new(), 1));
}

#[test]
fn what_is_hostile_is_refused_unread() {
    let laughs = (1..40)
        .fold("a0: &a0 x\n".to_owned(), |text, n| format!("{text}a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1));
    let many = (0..20_000).fold("meanings:\n".to_owned(), |text, n| format!("{text}  m{n}x: w{n}x\n"));
    for text in ["[".repeat(200_000), "{meanings: ".repeat(20_000), laughs, many] {
        let mut catalogue = Catalogue::builtin();
        let overlay = catalogue.overlay([PatternFile::new(NAME, text)]);
        assert_eq!(overlay.findings.len(), 1);
        assert_eq!(catalogue, Catalogue::builtin());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let large = fs::File::create(folder.path().join("lexicon.yaml")).expect("the file is made");
    large.set_len(100 * 1024 * 1024).expect("100 MB of nothing");
    let answer = check_folder(folder.path());
    assert_eq!(answer.code, Some(1));
    assert!(answer.stdout.contains("too-large"), "{}", answer.stdout);
}

fn check_folder(folder: &Path) -> Run {
    run(["check".as_ref(), folder.as_os_str()])
}

/// The message of the documentation, with and without the lexicon of the documentation.
#[test]
fn the_example_of_the_documentation_is_proven_and_does_what_it_says() {
    let page =
        include_str!("../docs/catalogue.md").split("## A lexicon of your own").nth(1).expect("a section");
    let block = |language: &str| {
        let rest = page.split(&format!("```{language}\n")).nth(1).expect("a block");
        rest.split("```").next().expect("its end")
    };
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("lexicon.yaml"), block("yaml")).expect("the file is written");
    let proof = check_folder(folder.path());
    assert_eq!(proof.code, Some(0), "{}", proof.stdout);
    assert!(proof.stdout.contains("added to the lexicon"), "{}", proof.stdout);
    let message = block("text").trim();
    let diagnosed = |arguments: &[&std::ffi::OsStr]| {
        let all = ["--format".as_ref(), "json".as_ref(), message.as_ref()];
        run(arguments.iter().copied().chain(all)).json()["diagnosis"]["id"].as_str().map(str::to_owned)
    };
    assert_eq!(diagnosed(&[]), None);
    let id = diagnosed(&["--catalogue".as_ref(), folder.path().as_os_str()]).expect("it is known");
    assert!(page.contains(&format!("`{id}`")), "{id}");
}

#[test]
fn a_lexicon_with_a_fault_is_not_used() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("lexicon.yaml"), "meanings: {key: tresor}\n").expect("the file is written");
    let arguments =
        ["--catalogue".as_ref(), folder.path().as_os_str(), "Given key ID is not accessible".as_ref()];
    let answer = run(arguments);
    assert_eq!(answer.code, Some(2));
    assert!(answer.stderr.contains("'tresor' means vault already"), "{}", answer.stderr);
}

/// What no other file can break.
#[test]
fn no_rule_of_lexicons_lacks_its_seeded_fault() {
    let seeded: BTreeSet<Rule> = SEEDS.iter().map(|(rule, ..)| *rule).collect();
    for rule in [Rule::UnknownMeaning, Rule::BadWord, Rule::AmbiguousWord, Rule::EmptyList] {
        assert!(seeded.contains(&rule), "{rule}");
    }
}
