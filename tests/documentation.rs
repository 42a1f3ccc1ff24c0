//! README, help and snapshots of the command line are executed, so that they cannot lie.
#![cfg(unix)] // the commands are written for a POSIX shell

#[path = "common/console.rs"]
mod console;

use std::fs;
use std::path::Path;

use copydoctor::catalogue::Rule;
use copydoctor::{Language, Slot};

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn what_the_readme_shows_is_what_happens() {
    console::check(&package().join("README.md"));
}

#[test]
fn what_the_page_on_redaction_shows_is_what_happens() {
    console::check(&package().join("docs/redaction.md"));
}

#[test]
fn what_the_snapshots_show_is_what_happens() {
    let mut files: Vec<_> = fs::read_dir(package().join("tests/cli"))
        .expect("the snapshots are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    files.sort();
    assert!(files.len() >= 4);
    for file in files {
        console::check(&file);
    }
}

/// The first command runs what the README shows the output of, so that both are executed here.
#[test]
fn the_first_command_of_the_readme_is_one_that_is_shown_with_its_output() {
    let readme = include_str!("../README.md");
    let command =
        readme.split("```sh\n").nth(1).and_then(|rest| rest.lines().next()).expect("a first command");
    let runs: Vec<&str> = command
        .split(" && ")
        .map(|run| run.strip_prefix("cargo run --release --quiet -- ").expect("a run of the tool"))
        .collect();
    assert_eq!(runs.len(), 2);
    for run in runs {
        assert!(readme.contains(&format!("\n$ copydoctor {run}\n")), "{run}");
    }
}

/// The examples in the help are run too, but for the AWS CLI's part of them.
#[test]
fn the_examples_of_the_help_are_among_the_snapshots() {
    let snapshot = |name| fs::read_to_string(package().join("tests/cli").join(name)).expect("it is there");
    let snapshots =
        ["diagnose.md", "batch.md", "draft.md", "explain.md", "check.md", "shell.md", "terminal.md"]
            .map(snapshot)
            .concat();
    let help = snapshot("help.md");
    let mut examples = 0;
    for line in help.lines() {
        let Some(at) = line
            .find("copydoctor")
            .filter(|_| line.starts_with("  copydoctor ") || line.starts_with("  aws "))
        else {
            continue;
        };
        // The folder of the reader's exports is that of the examples here.
        let example = line[at..]
            .split(" > ")
            .next()
            .unwrap_or_default()
            .replace("exports/jobs.json", "tests/fixtures/unknown-jobs.json")
            .replace("exports/", "examples/")
            .replace("own-causes/", "tests/fixtures/catalogues/own")
            // Tests write nothing into the package.
            .replace("--output report.html", "--output /dev/stdout")
            .replace("--write-baseline known.jsonl", "--write-baseline /dev/stderr")
            .replace("--baseline known.jsonl", "--baseline tests/fixtures/known.jsonl");
        assert!(
            snapshots.contains(&format!("{example}\n")) || snapshots.contains(&format!("{example} ")),
            "{example}"
        );
        examples += 1;
    }
    assert!(examples >= 5, "{examples}");
}

/// `docs/causes` is the catalogue as pages, generated. `UPDATE=1 cargo test` writes them anew.
#[test]
fn the_pages_in_docs_are_those_of_the_catalogue() {
    let catalogue = copydoctor::Catalogue::builtin();
    for language in copydoctor::Language::ALL {
        let folder = package().join("docs/causes").join(language.code());
        let mut list = Vec::new();
        copydoctor::render::write_list_markdown(&mut list, &catalogue, language).expect("memory");
        let mut pages = vec![("README.md".to_owned(), list)];
        for cause in catalogue.root_causes() {
            let mut page = Vec::new();
            copydoctor::render::write_root_cause_markdown(&mut page, cause, language).expect("memory");
            pages.push((format!("{}.md", cause.id), page));
        }
        pages.sort();
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&folder).expect("the folder can be made");
            for (name, page) in &pages {
                fs::write(folder.join(name), page).expect("the page can be written");
            }
        }
        let mut committed: Vec<(String, Vec<u8>)> = fs::read_dir(&folder)
            .expect("the pages are there")
            .map(|entry| entry.expect("the folder can be read"))
            .map(|entry| {
                (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a page"))
            })
            .collect();
        committed.sort();
        for (page, other) in pages.iter().zip(&committed) {
            assert!(page == other, "{}/{} is out of date: UPDATE=1 cargo test", language.code(), page.0);
        }
        assert_eq!(pages.len(), committed.len(), "a page too many or too few");
    }
}

/// The rows of the tables that `docs/catalogue.md` shows below their heads.
fn tables_of_the_catalogue() -> [(&'static str, Vec<String>); 2] {
    let given_by = |slot: Slot| match slot.flag() {
        Some(flag) => format!("`{flag}`"),
        None if [Slot::Service, Slot::Operation, Slot::StatusCode, Slot::ErrorCode, Slot::RequestId]
            .contains(&slot) =>
        {
            "an SDK's wrapper".to_owned()
        }
        None => "a pattern".to_owned(),
    };
    let slots = Slot::ALL
        .iter()
        .map(|slot| format!("| `{slot}` | {} | {} | `{}` |", slot.help(), given_by(*slot), slot.sample()))
        .collect();
    let rules =
        Rule::ALL.iter().map(|rule| format!("| `{rule}` | {} |", rule.demand(Language::En))).collect();
    [("| slot | what it holds | given by | sample |", slots), ("| rule | what is demanded |", rules)]
}

/// `UPDATE=1 cargo test` writes the tables anew.
#[test]
fn the_language_of_the_catalogue_is_described_as_it_is() {
    let path = package().join("docs/catalogue.md");
    let mut text = fs::read_to_string(&path).expect("the page is there");
    for (head, rows) in tables_of_the_catalogue() {
        let start = text.find(head).expect("the table is there");
        let end = text[start..].find("\n\n").map_or(text.len(), |at| start + at + 1);
        let ruler = text[start..].lines().nth(1).expect("a ruler").to_owned();
        text.replace_range(start..end, &format!("{head}\n{ruler}\n{}\n", rows.join("\n")));
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).expect("the page can be written");
    }
    let committed = fs::read_to_string(&path).expect("the page is there");
    assert!(committed == text, "docs/catalogue.md is out of date: UPDATE=1 cargo test");
}
