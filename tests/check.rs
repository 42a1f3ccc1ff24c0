//! The proof of a catalogue: what is sound passes, and a seeded fault of every kind is found and placed.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::run;
use copydoctor::catalogue::{Finding, Folder, PatternFile, Rule};
use copydoctor::check::check;
use copydoctor::{Catalogue, Classifier, Language};

const NAME: &str = "guard-refuses-copy.yaml";
const SOUND: &str = include_str!("fixtures/catalogues/own/guard-refuses-copy.yaml");

/// What `copydoctor check` finds where these files are laid over the catalogue.
fn findings(files: impl IntoIterator<Item = PatternFile>) -> Vec<Finding> {
    let mut catalogue = Catalogue::builtin();
    let mut findings = catalogue.overlay(files).findings;
    findings.extend(check(&Classifier::new(catalogue)).findings);
    findings
}

#[test]
fn the_built_in_catalogue_is_proven() {
    Catalogue::parse(Catalogue::builtin_files()).unwrap_or_else(|error| panic!("{error}"));
    let findings: Vec<String> = findings([]).iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn a_sound_root_cause_of_ones_own_is_proven() {
    assert_eq!(findings([PatternFile::new(NAME, SOUND)]), []);
}

/// A fault: the rule, what is sound, what stands there instead, and what the line that is shown has to hold.
type Seed = (Rule, &'static str, &'static str, &'static str);

const SEEDS: &[Seed] = &[
    (Rule::YamlSyntax, "id: guard", "id: 'guard", "id: 'guard"),
    (Rule::YamlSyntax, "id: guard", "id: [guard", ""),
    (Rule::YamlSyntax, "\ntitle:", "\n---\ntitle:", "---"),
    (Rule::YamlSyntax, "title:\n", "title:\n\ten: A\n", "\ten: A"),
    (Rule::YamlFeature, "group: permissions", "group: &group permissions", "&group"),
    (Rule::YamlFeature, "group: permissions", "group: !!str permissions", "!!str"),
    (Rule::DuplicateField, "group: permissions", "group: permissions\ngroup: tags", "group: tags"),
    (Rule::UnknownField, "group: permissions", "gruop: permissions", "gruop: permissions"),
    (Rule::UnknownField, "    why:\n", "    wy:\n", "    wy:"),
    (Rule::MissingField, "group: permissions\n", "", "id: guard"),
    (
        Rule::MissingField,
        "  de: Der Backup-Wächter von Example Corp lehnt Kopien in diese Region ab\n",
        "",
        "title:",
    ),
    (Rule::WrongType, "id: guard-refuses-copy", "id: [guard-refuses-copy]", "id: ["),
    (Rule::WrongType, "near_misses:\n", "near_misses: none\nexmaples:\n", "near_misses: none"),
    (Rule::UnknownValue, "group: permissions", "group: permission", "group: permission"),
    (Rule::UnknownValue, "category: MISCELLANEOUS", "category: OTHER", "category: OTHER"),
    (Rule::UnknownValue, "account: management", "account: mine", "account: mine"),
    (Rule::UnknownValue, "evidence: observed", "evidence: rumour", "evidence: rumour"),
    (
        Rule::BadPattern,
        "into {destination_region} for ticket",
        "into {destination_regio} for ticket",
        "{destination_regio}",
    ),
    (Rule::BadPattern, "text: Backup guard refused a copy into", "text: >-\n     ", "text: >-"),
    (Rule::BadPattern, "for ticket {tag_key}\n", "for ticket {tag_key\n", "{tag_key"),
    (Rule::BadPattern, "for ticket {tag_key}\n", "{tag_key}\n", "{destination_region} {tag_key}"),
    (Rule::BadTemplate, "--region {source_region}", "--region {source_regoin}", "{source_regoin}"),
    (
        Rule::BadTemplate,
        "aws ssm get-parameter --name /guard/regions --region {source_region}",
        ">-\n      aws ssm get-parameter --name /guard/regions --query '{Name: Name}'",
        "check: >-",
    ),
    (
        Rule::BadTemplate,
        "Add {destination_region} to",
        "Add {destination_region to",
        "{destination_region to",
    ),
    (Rule::BadTemplate, "value = \"{source_region},", "value = \"{source_regions},", "terraform: |"),
    (Rule::BadTemplate, "iam::{source_account}:root", "iam::{source_acount}:root", "policy:"),
    (Rule::IdFormat, "id: guard-refuses-copy", "id: Guard_refuses", "id: Guard_refuses"),
    (Rule::IdFileName, "id: guard-refuses-copy", "id: guard-refuses", "id: guard-refuses"),
    (
        Rule::EmptyList,
        "sources:\n  - title: The backup guard\n    url: https://wiki.example.com/guard\n",
        "sources: []\n",
        "sources: []",
    ),
    (
        Rule::NoExampleInLanguage,
        "  - language: de\n    message: Der",
        "  - language: en\n    message: Der",
        "language: de",
    ),
    (
        Rule::MalformedLink,
        "source: https://wiki.example.com/de",
        "source: wiki.example.com/de",
        "source: wiki",
    ),
    (
        Rule::MalformedLink,
        "url: https://wiki.example.com/guard",
        "url: https://wiki example.com/guard",
        "url: https",
    ),
    (
        Rule::UnlistedLink,
        "link: https://wiki.example.com/guard",
        "link: https://wiki.example.com/other",
        "/other",
    ),
    (Rule::UnquotedFreeText, "--value '{tag_key}'", "--value {tag_key}", "--value {tag_key}"),
    (Rule::FreeTextInPolicy, "Action: ssm:GetParameter", "Action: ssm:{tag_key}", "policy:"),
    (Rule::FreeTextInPolicy, "\"{source_region},{", "\"{tag_key},{", "terraform: |"),
    (Rule::EmptyText, "en: The guard reads its list again at every copy.", "en: ''", "en: ''"),
    (
        Rule::UntranslatedText,
        "de: Der Wächter liest seine Liste bei jeder Kopie neu.",
        "de: The guard reads its list again at every copy.",
        "de: The guard reads",
    ),
    (Rule::TitleFormat, "copies into this Region\n", "copies into this Region.\n", "this Region."),
    (Rule::UnfillableSlot, "reads its list again", "reads its list of {limit} again", "{limit}"),
    (Rule::BadCommand, "check: aws ssm get", "check: ssm get", "check: ssm get"),
    (
        Rule::BadCommand,
        "--value '{tag_key}' --overwrite",
        "--value '{tag_key}' --overwrite 'x",
        "--overwrite 'x",
    ),
    (Rule::BadPolicy, "Version: \"2012-10-17\"", "Version: \"2012-10-18\"", "policy:"),
    (Rule::BadPolicy, "Effect: Allow", "Effect: Perhaps", "policy:"),
    (Rule::PolicyTooWide, "Action: ssm:GetParameter", "Action: '*'", "Sid: AllowGuardToRead"),
    (
        Rule::PolicyTooWide,
        "AWS: arn:{partition}:iam::{source_account}:root",
        "AWS: '*'",
        "Sid: AllowGuardToRead",
    ),
    (
        Rule::BadTerraform,
        "resource \"aws_ssm_parameter\" \"regions\" {",
        "resource \"aws_ssm_parameter\" {{",
        "terraform: |",
    ),
    (Rule::BadTerraform, "resource \"aws_ssm_parameter\" \"regions\" {", "locals {", "terraform: |"),
    (Rule::UnknownCapture, "      tag_key: OPS-4711", "      tagkey: OPS-4711", "tagkey: OPS-4711"),
    (Rule::CaptureDiffers, "      tag_key: OPS-4711", "      tag_key: OPS-4712", "tag_key: OPS-4712"),
    (Rule::ExampleUnknown, "\"Backup guard refused a copy", "\"Backup guard declined a copy", "declined"),
    (
        Rule::ExampleUnsure,
        "for ticket OPS-4711\"",
        "for ticket OPS-4711 (and now there is a lot to say about it here, far more than once was said)\"",
        "far more than",
    ),
    (
        Rule::ExampleElsewhere,
        "near_misses:",
        "  - language: en\n    message: Token expired. Try again.\nnear_misses:",
        "Token expired. Try again.",
    ),
    (
        Rule::NarrowMargin,
        "near_misses:",
        "  - language: de\n    message: >-\n      Der Backup-Wächter hat eine Kopie nach eu-south-1 abgelehnt. Given key ID is not accessible.\nnear_misses:",
        "message: >-",
    ),
    (
        Rule::NearMissMatches,
        "message: Backup guard refused a backup",
        "message: Backup guard refused a copy into eu-south-1",
        "into eu-south-1",
    ),
    (
        Rule::DuplicateExample,
        "near_misses:",
        "  - language: de\n    message: Der Backup-Wächter hat eine Kopie nach eu-south-1 abgelehnt\nnear_misses:",
        "message: Der Backup-Wächter",
    ),
    (
        Rule::DuplicateWording,
        "remediation:",
        "  - language: en\n    text: token expired - try again\n    evidence: observed\n    source: https://wiki.example.com/guard\nremediation:",
        "",
    ),
    (
        Rule::ShadowedWording,
        "remediation:",
        "  - language: en\n    text: token expired - try again\n    evidence: observed\n    source: https://wiki.example.com/guard\nremediation:",
        "",
    ),
    (
        Rule::DeadPattern,
        "remediation:",
        "  - language: en\n    text: Backup guard is asleep\n    evidence: observed\n    source: https://wiki.example.com/guard\nremediation:",
        "asleep",
    ),
];

#[test]
fn a_seeded_fault_of_every_kind_is_found_on_its_line_with_a_way_out() {
    for (rule, sound, unsound, shown) in SEEDS {
        let spoilt = SOUND.replacen(sound, unsound, 1);
        assert_ne!(spoilt, SOUND, "{sound} does not stand in the sound file");
        let findings = findings([PatternFile::new(NAME, spoilt.clone())]);
        let all = findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let finding = findings.iter().find(|finding| finding.rule == *rule);
        let finding = finding.unwrap_or_else(|| panic!("{rule} is not found for {unsound:?}, but:\n{all}"));
        let place = finding.place.as_ref().unwrap_or_else(|| panic!("no place: {finding}"));
        assert!(place.text.contains(shown), "{unsound:?}: {finding} shows {:?}", place.text);
        if finding.file == NAME {
            assert_eq!(spoilt.lines().nth(place.line - 1), Some(place.text.as_str()), "{finding}");
        }
        common::assert_german(&finding.text(Language::De));
    }
}

/// What cannot be seeded by spoiling the text of one file, and what only a lexicon breaks (`tests/lexicon.rs`).
const SEEDED_ELSEWHERE: &[Rule] = &[
    Rule::UnreadableFile,
    Rule::TooLarge,
    Rule::DuplicateId,
    Rule::UnknownId,
    Rule::UnknownMeaning,
    Rule::BadWord,
    Rule::AmbiguousWord,
];

#[test]
fn no_rule_lacks_its_seeded_fault() {
    let seeded: BTreeSet<Rule> =
        SEEDS.iter().map(|(rule, ..)| *rule).chain(SEEDED_ELSEWHERE.iter().copied()).collect();
    assert_eq!(seeded, Rule::ALL.iter().copied().collect());
}

#[track_caller]
fn assert_only(findings: &[Finding], rule: Rule, said: &str) {
    assert!(findings.len() == 1 && findings[0].rule == rule, "{findings:?}");
    assert!(findings[0].to_string().contains(said), "{}", findings[0]);
}

#[test]
fn an_id_that_stands_twice_in_a_folder_is_found() {
    let files =
        ["guard-refuses-copy.yaml", "guard-refuses-copy.yml"].map(|name| PatternFile::new(name, SOUND));
    assert_only(
        &findings(files),
        Rule::DuplicateId,
        "guard-refuses-copy.yml:3:5: the id guard-refuses-copy is taken",
    );
}

#[test]
fn a_slip_in_the_id_to_disable_is_found() {
    let file = PatternFile::new("token-expird.yaml", "id: token-expird\ndisabled: true\n");
    assert_only(
        &findings([file]),
        Rule::UnknownId,
        "token-expird.yaml:1:5: there is no root cause 'token-expird' to disable; did you mean token-expired?",
    );
}

#[test]
fn disabling_by_halves_is_found() {
    for (text, rule) in [
        ("id: token-expired\ndisabled: false\n", Rule::UnknownValue),
        ("id: token-expired\ndisabled: yes please\n", Rule::WrongType),
        ("id: token-expired\ndisabled: true\ntitle: x\n", Rule::UnknownField),
        ("id: other\ndisabled: true\n", Rule::IdFileName),
    ] {
        let found = findings([PatternFile::new("token-expired.yaml", text)]);
        assert_only(&found, rule, "token-expired.yaml:");
    }
}

/// A faulty file never hides the faults of another.
#[test]
fn the_faults_of_every_file_are_found_in_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut expected = BTreeSet::new();
    for (number, (rule, sound, unsound, _)) in SEEDS.iter().enumerate() {
        // The rules about a file alone; those about all files together would meet each other here.
        if *rule >= Rule::EmptyText || [Rule::IdFileName, Rule::IdFormat].contains(rule) {
            continue;
        }
        let id = format!("cause-{number}");
        let text = SOUND.replacen(sound, unsound, 1).replace("guard-refuses-copy", &id);
        fs::write(folder.path().join(format!("{id}.yaml")), text).expect("the file is written");
        expected.insert((format!("{id}.yaml"), rule.id().to_owned()));
    }
    assert!(expected.len() > 25);
    let answer = run(["check".as_ref(), "--format".as_ref(), "json".as_ref(), folder.path().as_os_str()]);
    assert_eq!(answer.code, Some(1));
    let json = answer.json();
    let found: BTreeSet<(String, String)> = json["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| {
            let file = Path::new(finding["file"].as_str().expect("a file")).file_name().expect("a name");
            assert!(finding["line"].is_u64() && finding["column"].is_u64(), "{finding}");
            assert!(finding["help"].as_str().is_some_and(|help| !help.is_empty()), "{finding}");
            (file.to_string_lossy().into_owned(), finding["rule"].as_str().expect("a rule").to_owned())
        })
        .collect();
    assert!(expected.is_subset(&found), "{:?}", expected.difference(&found).collect::<Vec<_>>());
}

/// What somebody might lay into a folder to keep the tool busy.
#[test]
fn hostile_files_are_refused_unread() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for (name, text) in [
        ("brackets.yaml", "[".repeat(200_000)),
        ("mappings.yaml", "{a: ".repeat(60_000)),
        ("dashes.yaml", "- ".repeat(100_000)),
        (
            "laughs.yaml",
            (1..40).fold("a0: &a0 x\n".to_owned(), |text, n| {
                format!("{text}a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1)
            }),
        ),
        ("quotes.yaml", format!("a: \"{}", "\\x".repeat(100_000))),
    ] {
        fs::write(path(name), text).expect("the file is written");
    }
    fs::write(path("latin.yaml"), b"id: sch\xfcssel\n").expect("the file is written");
    let large = fs::File::create(path("large.yaml")).expect("the file is made");
    large.set_len(100 * 1024 * 1024).expect("100 MB of nothing");
    let Folder { files, findings } = Folder::read(folder.path()).expect("the folder can be listed");
    let rules: Vec<Rule> = findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [Rule::TooLarge, Rule::UnreadableFile]);
    assert!(findings[1].to_string().contains("line 1 is not UTF-8"), "{}", findings[1]);
    let mut catalogue = Catalogue::builtin();
    let overlay = catalogue.overlay(files);
    assert_eq!(overlay.findings.len(), 5);
    assert_eq!(catalogue, Catalogue::builtin());
}

/// Valid, but strange to the linter of a code host: every rule is described, every result points at one.
#[test]
fn sarif_names_a_described_rule_for_every_result() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(NAME), SOUND.replace("group: permissions", "group: permission"))
        .expect("written");
    let answer = run(["check".as_ref(), "--format".as_ref(), "sarif".as_ref(), folder.path().as_os_str()]);
    assert_eq!(answer.code, Some(1));
    let log = answer.json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), 1);
    let index = usize::try_from(results[0]["ruleIndex"].as_u64().expect("a number")).expect("it fits");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], results[0]["ruleId"]);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert!(
        place["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.starts_with("file:///")),
        "{place}"
    );
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&4.into(), &8.into()));
}
