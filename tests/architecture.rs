//! The architecture as a test: imports run one way along the list of modules in `src/lib.rs`, each outside
//! crate has its homes, and every file says first what it is for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where each outside crate may be named. A second home is a reason to stop and think.
const HOMES: &[(&str, &[&str])] = &[
    ("aho_corasick", &["matcher", "redact/names"]),
    ("anstream", &["cli/terminal"]),
    // The style of what is written, to either stream.
    ("anstyle", &["render/layout", "cli/terminal"]),
    ("annotate_snippets", &["render/check_text"]),
    ("base64", &["read/json/embedded", "read/mail"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli/manual"]),
    ("comfy_table", &["render/table"]),
    ("csv_core", &["read/cut", "render/csv"]),
    ("encoding_rs", &["read/encoding", "read/single_byte"]),
    ("flate2", &["read/unpack", "read/json/embedded"]),
    // Hash tables that hash fast: what is looked up for every word, message and job.
    ("hashbrown", &["lexicon", "classify/memory", "batch/ids"]),
    ("hcl_edit", &["check/advice"]),
    ("html_escape", &["normalise/repair"]),
    ("indicatif", &["cli/progress"]),
    // Points in time: a record has them, a report compares them, flags name them, documents show them.
    ("jiff", &["record", "batch", "cli", "render/dates"]),
    // Templates that escape what is put into them.
    ("maud", &["render/html", "render/junit"]),
    // Bytes that end a stretch are looked for where every byte is looked at.
    ("memchr", &["normalise/repair", "pattern", "matcher", "read"]),
    ("percent_encoding", &["render/sarif"]),
    ("regex", &["normalise", "redact/scan", "redact/shapes"]),
    ("ruzstd", &["read/unpack/zstd"]),
    ("saphyr_parser", &["catalogue/outline", "read/yaml"]),
    // The vocabulary of data formats: what is read from files, and what is written.
    (
        "serde",
        &[
            "language",
            "lexicon",
            "template",
            "catalogue",
            "scorer/said",
            "read",
            "baseline/file",
            "redact/map_file",
            "render",
        ],
    ),
    (
        "serde_json",
        &[
            "lexicon/file",
            "template",
            "catalogue",
            "remediation",
            "scorer/said",
            "check",
            "read",
            "baseline/file",
            "redact/map_file",
            "render",
        ],
    ),
    ("serde_path_to_error", &["catalogue/load"]),
    ("serde_yaml", &["catalogue/load"]),
    ("shlex", &["check/advice", "cli/command"]),
    ("signal_hook", &["cli/batch/follow"]),
    ("strsim", &["suggestion", "lexicon"]),
    ("supports_hyperlinks", &["cli/terminal"]),
    ("sys_locale", &["cli"]),
    ("tempfile", &["batch/lines", "cli/output", "redact/map_file"]),
    ("terminal_size", &["cli/terminal"]),
    ("textwrap", &["render/page"]),
    ("thiserror", &["slot"]),
    ("unicode_normalization", &["normalise"]),
    ("walkdir", &["catalogue/file", "read"]),
    ("zip", &["read/unpack"]),
];

struct SourceFile {
    /// The path below `src` without its ending: `read/json_scanner`.
    name: String,
    /// The text without comments and tests.
    code: String,
    first_line: String,
}

impl SourceFile {
    /// The module of the library that the file belongs to.
    fn module(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// The names that stand behind `prefix::` in the code.
    fn names_behind(&self, prefix: &str) -> BTreeSet<String> {
        let prefix = format!("{prefix}::");
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        self.code
            .match_indices(&prefix)
            .filter(|(at, _)| !self.code[..*at].ends_with(|c: char| is_name(c) || c == ':'))
            .flat_map(|(at, _)| {
                let rest = &self.code[at + prefix.len()..];
                match rest.strip_prefix('{') {
                    Some(group) => {
                        group.split('}').next().unwrap_or_default().split(',').map(str::trim).collect()
                    }
                    None => vec![rest],
                }
            })
            .map(|text| text.chars().take_while(|c| is_name(*c)).collect())
            .collect()
    }
}

fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(directory).sort_by_file_name() {
        let entry = entry.expect("the folder can be read");
        if entry.path().extension().is_some_and(|ending| ending == "rs") {
            files.push(entry.into_path());
        }
    }
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<SourceFile> {
    let source = root().join("src");
    files_below(&source)
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("a source file is text");
            let below = path.strip_prefix(&source).expect("below src").with_extension("");
            let name = below.to_string_lossy().replace('\\', "/");
            let product = text.split("#[cfg(test)]").next().unwrap_or_default();
            let is_code = |line: &&str| !line.trim_start().starts_with("//");
            SourceFile {
                name: name.strip_suffix("/mod").unwrap_or(&name).to_owned(),
                code: product.lines().filter(is_code).collect::<Vec<_>>().join("\n"),
                first_line: text.lines().next().unwrap_or_default().to_owned(),
            }
        })
        .filter(|file| !file.name.ends_with("tests"))
        .collect()
}

/// The modules of the library, leftmost first.
fn order() -> Vec<String> {
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("the library has a root");
    library
        .lines()
        .map(|line| line.strip_prefix("pub ").unwrap_or(line))
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned))
        .collect()
}

#[test]
fn imports_run_one_way() {
    let order = order();
    let place = |module: &str| order.iter().position(|name| name == module);
    let mut seen = BTreeSet::new();
    for file in sources() {
        let Some(own) = place(file.module()) else { continue };
        seen.insert(file.module().to_owned());
        for named in file.names_behind("crate") {
            let other = place(&named)
                .unwrap_or_else(|| panic!("{} names crate::{named}, which is no module", file.name));
            assert!(other <= own, "{} stands left of {named} and may not name it", file.name);
        }
    }
    assert_eq!(seen.len(), order.len(), "every module was looked at");
}

#[test]
fn the_library_does_not_name_the_command_line() {
    for file in sources().iter().filter(|file| !["main", "cli"].contains(&file.module())) {
        for name in ["clap", "std::process", "std::env"] {
            assert!(!file.code.contains(name), "{} names {name}", file.name);
        }
    }
}

/// What `SECURITY.md` promises: nothing is sent, nothing is fetched, no program is started.
#[test]
fn nothing_is_sent_and_no_program_is_started() {
    const OUTSIDE: &[&str] =
        &["TcpStream", "TcpListener", "UdpSocket", "UnixStream", "ToSocketAddrs", "Command::new", "libc::"];
    let sources = sources();
    assert!(sources.len() > 100, "{}", sources.len());
    for file in sources {
        let found = OUTSIDE.iter().find(|name| file.code.contains(**name));
        assert_eq!(found, None, "{}", file.name);
    }
}

#[test]
fn each_outside_crate_has_its_homes() {
    for file in sources() {
        for (outside, homes) in HOMES {
            let is_home =
                homes.iter().any(|home| file.name == *home || file.name.starts_with(&format!("{home}/")));
            let names_it = !file.names_behind(outside).is_empty();
            assert!(is_home || !names_it, "{} names {outside}, whose homes are {homes:?}", file.name);
        }
    }
}

#[test]
fn each_outside_crate_is_used_in_every_home_and_the_list_is_complete() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the package has a manifest");
    let section = manifest.split("[dependencies]").nth(1).expect("there are dependencies");
    let section = section.split("\n[").next().unwrap_or_default();
    let is_entry = |line: &&str| line.contains('=') && !line.starts_with('#');
    let listed: BTreeSet<String> = section
        .lines()
        .filter(is_entry)
        .filter_map(|line| line.split([' ', '=', '.']).next())
        .map(|name| name.replace('-', "_"))
        .collect();
    assert_eq!(listed, HOMES.iter().map(|(name, _)| (*name).to_owned()).collect());
    let sources = sources();
    for (outside, homes) in HOMES {
        for home in *homes {
            let within =
                |file: &&SourceFile| file.name == *home || file.name.starts_with(&format!("{home}/"));
            let used = sources.iter().filter(within).any(|file| !file.names_behind(outside).is_empty());
            assert!(used, "{home} is a home of {outside} and does not name it");
        }
    }
}

/// A table of a manifest, and the part of `docs/dependencies.md` that explains what stands in it.
const EXPLAINED: &[(&str, &str, &str)] = &[
    ("Cargo.toml", "[dependencies]", "## In the program"),
    ("Cargo.toml", "[build-dependencies]", "## In the build"),
    ("Cargo.toml", "[dev-dependencies]", "## In the tests"),
    ("Cargo.toml", "[target.'cfg(unix)'.dev-dependencies]", "## In the tests"),
    ("bindings/python/Cargo.toml", "[dependencies]", "## In the wheel for Python"),
    ("bindings/lambda/Cargo.toml", "[dependencies]", "## In the Lambda function"),
];

/// What is said of each dependency.
const SAID: &[&str] = &["For", "Why", "Instead of", "Features"];

/// The lines below a heading, to the next one that `ends` it.
fn below<'a>(text: &'a str, heading: &str, ends: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| !line.starts_with(ends)).collect()
}

#[test]
fn the_reason_for_each_dependency_is_written_down() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("it is there");
    let page = read("docs/dependencies.md");
    let manifests: BTreeSet<&str> = EXPLAINED.iter().map(|(manifest, ..)| *manifest).collect();
    // A published package comes without the bindings.
    let manifests: BTreeMap<&str, String> = manifests
        .into_iter()
        .filter(|name| *name == "Cargo.toml" || root().join("bindings").exists())
        .map(|name| (name, read(name)))
        .collect();
    for (name, manifest) in &manifests {
        let tables = manifest.lines().filter(|line| line.starts_with('[') && line.contains("dependencies"));
        let explained = EXPLAINED.iter().filter(|(of, ..)| of == name).map(|(_, table, _)| *table);
        assert_eq!(tables.collect::<Vec<_>>(), explained.collect::<Vec<_>>(), "{name}");
    }

    let explained =
        || EXPLAINED.iter().filter_map(|(name, table, part)| Some((manifests.get(name)?, *table, *part)));
    let parts: BTreeSet<&str> = explained().map(|(.., part)| part).collect();
    let mut reasons: BTreeMap<(&str, String), String> = BTreeMap::new();
    for part in parts {
        let text = below(&page, part, "## ").join("\n");
        for reason in text.split("### ").skip(1) {
            let (name, reason) = reason.split_once('\n').expect("a heading, then the reason");
            reasons.insert((part, name.to_owned()), reason.to_owned());
        }
    }
    for (manifest, table, part) in explained() {
        for line in below(manifest, table, "[").iter().filter(|line| !line.starts_with('#')) {
            let Some((name, asked)) = line.split_once(" = ") else { continue };
            if name == "copydoctor.workspace" {
                continue;
            }
            let reason = reasons.remove(&(part, name.to_owned()));
            let reason = reason.unwrap_or_else(|| panic!("{name} has no reason: {part}"));
            for said in SAID {
                assert!(reason.contains(&format!("- {said}: ")), "{name}: {said}?");
            }
            let features = asked.split_once("features = [").map_or("", |(_, list)| list);
            for feature in features.split('"').skip(1).step_by(2) {
                assert!(reason.contains(&format!("`{feature}`")), "{name}: why {feature}?");
            }
            let version = asked.split('"').find(|text| text.contains(|c: char| c.is_ascii_digit()));
            let pin = version.filter(|version| version.starts_with(['=', '~', '<']));
            let explained = pin.is_none_or(|pin| reason.contains(&format!("- Pinned: `{pin}`")));
            assert!(explained && pin.is_some() == reason.contains("- Pinned: "), "{name}: {pin:?}");
        }
    }
    assert!(reasons.is_empty(), "no dependencies: {:?}", reasons.keys());
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for file in sources() {
        assert!(file.first_line.starts_with("//! "), "src/{}: {}", file.name, file.first_line);
    }
    for path in ["tests", "benches"].iter().flat_map(|folder| files_below(&root().join(folder))) {
        let text = fs::read_to_string(&path).expect("a source file is text");
        assert!(text.starts_with("//! "), "{}", path.display());
    }
}

/// A file that outgrows this becomes a folder by topic. Tests inside a file do not count.
#[test]
fn no_file_outgrows_its_topic() {
    let sizes: BTreeMap<String, usize> =
        sources().into_iter().map(|file| (file.name, file.code.lines().count())).collect();
    let too_large: Vec<_> = sizes.iter().filter(|(_, lines)| **lines > 400).collect();
    assert!(too_large.is_empty(), "{too_large:?}");
}
