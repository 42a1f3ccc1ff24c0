//! Tests of laying files over a catalogue. What is wrong with a single file is seeded in `tests/check.rs`.

use super::*;

/// A built-in file with one text replaced.
fn changed(name: &str, from: &str, to: &str) -> PatternFile {
    let file = Catalogue::builtin_files()
        .find(|file| file.stem() == name.trim_end_matches(".yaml"))
        .expect("it is built in");
    let text = file.text.replace(from, to);
    assert_ne!(file.text, text, "{from} is not in {name}");
    PatternFile::new(format!("own/{}", name), text)
}

fn overlay(files: impl IntoIterator<Item = PatternFile>) -> (Catalogue, Vec<(String, ChangeKind)>) {
    let mut catalogue = Catalogue::builtin();
    let overlay = catalogue.overlay(files);
    assert_eq!(overlay.findings, []);
    (catalogue, overlay.changes.into_iter().map(|change| (change.id, change.kind)).collect())
}

#[test]
fn a_new_id_is_added_in_its_place() {
    let mut file = changed("token-expired.yaml", "id: token-expired", "id: token-gone");
    file.path = "own/token-gone.yaml".into();
    let (catalogue, changes) = overlay([file]);
    assert_eq!(changes, [("token-gone".to_owned(), ChangeKind::Added)]);
    assert_eq!(catalogue.root_causes().len(), Catalogue::builtin().root_causes().len() + 1);
    assert!(catalogue.get("token-gone").is_some() && catalogue.get("token-expired").is_some());
    assert!(catalogue.root_causes().is_sorted_by_key(|cause| &cause.id));
    assert!(catalogue.with_files().all(|(cause, file)| cause.id == file.stem()));
}

#[test]
fn an_id_that_is_there_is_overridden() {
    let (catalogue, changes) = overlay([changed("token-expired.yaml", "group: service", "group: state")]);
    assert_eq!(changes, [("token-expired".to_owned(), ChangeKind::Overridden)]);
    assert_eq!(catalogue.get("token-expired").map(|cause| cause.group), Some(Group::State));
    assert_eq!(catalogue.root_causes().len(), Catalogue::builtin().root_causes().len());
}

/// A contributor checks the folder of the built-in files: that is nothing to tell anybody of.
#[test]
fn a_file_that_says_what_is_there_changes_nothing() {
    let (catalogue, changes) = overlay(Catalogue::builtin_files());
    assert_eq!(changes, []);
    assert_eq!(catalogue, Catalogue::builtin());
}

#[test]
fn the_order_of_files_changes_nothing() {
    let mut files: Vec<PatternFile> = Catalogue::builtin_files().collect();
    let catalogue = Catalogue::parse(files.clone()).expect("sound");
    files.reverse();
    assert_eq!(Catalogue::parse(files), Ok(catalogue));
}

#[test]
fn a_file_with_a_fault_is_left_out_and_the_others_are_not() {
    let mut catalogue = Catalogue::builtin();
    let sound = changed("internal-error.yaml", "group: service", "group: state");
    let overlay =
        catalogue.overlay([changed("token-expired.yaml", "group: service", "group: sorcery"), sound]);
    assert_eq!(overlay.findings.len(), 1);
    assert_eq!(overlay.changes.len(), 1);
    assert_eq!(catalogue.get("token-expired"), Catalogue::builtin().get("token-expired"));
}

/// The language of the pattern files, for editors and for people. `UPDATE=1 cargo test` writes it anew.
#[test]
fn the_schema_in_docs_is_that_of_the_pattern_files() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/root-cause.schema.json");
    let schema = format!("{:#}\n", schemars::schema_for!(RootCause).to_value());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &schema).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(committed, schema, "{path} is out of date: UPDATE=1 cargo test");
}

/// What `build.rs` compiled is what the files say.
#[test]
fn the_catalogue_of_this_build_is_that_of_its_files() {
    let parsed = Catalogue::parse(Catalogue::builtin_files()).expect("the built-in files are sound");
    assert_eq!(Catalogue::builtin(), parsed);
}
