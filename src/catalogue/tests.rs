//! Tests of loading: what is refused, and whether the refusal says where and what to do.

use super::*;

/// A root cause that is sound, to be spoilt in one place by a test.
const SOUND: &str = "\
id: some-cause
group: tags
aws_message_category: MISCELLANEOUS
title: {en: A, de: B}
cause: {en: A, de: B}
patterns:
  - language: en
    text: 'something about {tag_key} failed'
    evidence: documented
    source: https://example.com
remediation:
  - account: source
    action: {en: Look at it, de: Sehen Sie nach}
    check: aws backup get-thing --vault {source_vault}
    policy: {Version: '2012-10-17', Statement: [{Effect: Allow, Resource: '{source_vault_arn}'}]}
    why: {en: A, de: B}
sources:
  - {title: A, url: https://example.com}
examples:
  - {language: en, message: something about x failed}
near_misses:
  - {message: something else, reason: it is}
";

fn refusal(text: &str) -> CatalogueError {
    Catalogue::parse([("some-cause.yaml", text)]).expect_err("it has to be refused")
}

#[test]
fn a_sound_file_is_loaded() {
    let catalogue = Catalogue::parse([("some-cause.yaml", SOUND)]).expect("it is sound");
    assert!(catalogue.get("some-cause").is_some());
    assert!(catalogue.get("another").is_none());
}

/// What is spoilt: the sound text, the unsound text, and what the refusal has to say.
const FAULTS: &[(&str, &str, &str)] = &[
    ("title: {en: A, de: B}", "title: {en: A}", "missing field `de`"),
    ("title: {en: A, de: B}", "title: {en: A, de: B, fr: C}", "unknown field `fr`"),
    ("group: tags", "group: tag", "unknown variant `tag`"),
    ("group: tags", "gruop: tags", "unknown field `gruop`"),
    ("id: some-cause", "id: other-cause", "name the file other-cause.yaml"),
    ("id: some-cause", "id: Some Cause", "name the file Some Cause.yaml"),
    ("{tag_key} failed", "{tag_keys} failed", "there is no placeholder {tag_keys}; known are "),
    ("something about {tag_key}", "{tag_key}", "begins with a placeholder"),
    ("{tag_key} failed", "{tag_key failed", "has no partner"),
    ("evidence: documented", "evidence: rumour", "unknown variant `rumour`"),
    ("source: https://example.com", "source: example.com", "not a link that begins with https://"),
    ("account: source", "account: mine", "unknown variant `mine`"),
    ("{source_vault}", "{vault}", "there is no slot {vault}"),
    ("{source_vault}", "{tag_key}", "{tag_key} can be any text; put it in single quotes"),
    ("{source_vault_arn}", "{tag_key}", "a policy may not be filled with {tag_key}"),
    ("{Version: '2012-10-17', Statement", "[{Version: '2012-10-17', Statement", ""),
    (
        "policy: {Version: '2012-10-17', Statement: [{Effect: Allow, Resource: '{source_vault_arn}'}]}",
        "policy: none",
        "a policy is a mapping",
    ),
    ("examples:\n  - {language: en, message: something about x failed}", "examples: []", "examples is empty"),
    ("{language: en, message: something about x failed}", "{language: de, message: x}", "no example in 'en'"),
    ("near_misses:\n  - {message: something else, reason: it is}", "near_misses: []", "near_misses is empty"),
];

#[test]
fn every_fault_is_refused_and_named() {
    for (sound, unsound, said) in FAULTS {
        let text = SOUND.replacen(sound, unsound, 1);
        assert_ne!(text, SOUND, "{sound} is not in the sound file");
        let refusal = refusal(&text);
        assert_eq!(refusal.file, "some-cause.yaml");
        assert!(refusal.problem.contains(said), "{unsound}: {refusal}");
    }
}

#[test]
fn a_fault_in_a_field_is_refused_with_its_line() {
    let refusal = refusal(&SOUND.replace("evidence: documented", "evidence: rumour"));
    assert_eq!(refusal.position.map(|(line, _)| line), Some(9));
    assert!(refusal.to_string().starts_with("some-cause.yaml:9:"), "{refusal}");
}

#[test]
fn an_id_that_is_taken_twice_is_refused() {
    let files = [("a/some-cause.yaml", SOUND), ("b/some-cause.yaml", SOUND)];
    let refusal = Catalogue::parse(files).expect_err("the id is taken");
    assert!(refusal.problem.contains("some-cause is taken twice"), "{refusal}");
}

#[test]
fn an_id_in_another_case_than_kebab_is_refused() {
    let text = SOUND.replace("some-cause", "Some_Cause");
    let refusal = Catalogue::parse([("Some_Cause.yaml", text.as_str())]).expect_err("not kebab case");
    assert!(refusal.problem.contains("kebab case"), "{refusal}");
}

/// libyaml takes seconds over a megabyte of brackets, so size is checked before anything is parsed.
#[test]
fn a_hostile_file_is_refused_unparsed() {
    let refusal = refusal(&"[".repeat(1_000_000));
    assert!(refusal.problem.contains("larger than"), "{refusal}");
}

/// The language of the pattern files, for editors and for people. `UPDATE_SCHEMA=1 cargo test` writes it anew.
#[test]
fn the_schema_in_docs_is_that_of_the_pattern_files() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/root-cause.schema.json");
    let schema = format!("{:#}\n", schemars::schema_for!(RootCause).to_value());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &schema).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(committed, schema, "{path} is out of date: UPDATE_SCHEMA=1 cargo test");
}
