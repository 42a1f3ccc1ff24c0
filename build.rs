//! Compiles the catalogue: the binary carries the pattern files as they are, to be shown and checked, and what they say
//! as data that costs next to nothing to load.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

/// What `src/scorer/said.json` is made from: it is older than a change of these.
const SAID_IS_MADE_FROM: &[&str] =
    &["patterns", "src/lexicon", "src/normalise", "src/pattern", "src/pattern.rs", "src/scorer/said.rs"];

/// The parts of a root cause that few messages need: they stay JSON until they are asked for.
const DEFERRED: &[&str] = &["paraphrases", "remediation", "sources", "examples", "near_misses"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=patterns");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join("patterns"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".yaml") && name != "lexicon.yaml" {
            names.push(name);
        }
    }
    names.sort();
    let mut files = String::new();
    let mut causes = String::new();
    for name in &names {
        let path = root.join("patterns").join(name);
        writeln!(files, "    (\"patterns/{name}\", include_str!({path:?})),")?;
        // What is wrong with a file is said by the tests, with its place; here it is only not compiled.
        let fields: BTreeMap<String, Value> = serde_yaml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| format!("{}: {error}; `cargo test` shows where", path.display()))?;
        writeln!(causes, "    {},", compiled(fields)?)?;
    }
    // JSON keeps the order of the file, which decides where two meanings claim a word.
    let lexicon: Value = serde_yaml::from_str(&fs::read_to_string(root.join("patterns/lexicon.yaml"))?)
        .map_err(|error| format!("patterns/lexicon.yaml: {error}"))?;
    fs::write(out.join("lexicon.json"), lexicon.to_string())?;
    write_list(&out, "patterns.rs", &files)?;
    write_list(&out, "causes.rs", &causes)?;
    compile_said(&root, &out)
}

/// What was read of the patterns beforehand, or nothing where they are read otherwise by now: then the program does it.
fn compile_said(root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut made_from = FNV_BASIS;
    for path in SAID_IS_MADE_FROM {
        println!("cargo::rerun-if-changed={path}");
        made_from = fingerprint(&root.join(path), made_from)?;
    }
    let made_from = format!("{made_from:016x}");
    let file = root.join("src/scorer/said.json");
    println!("cargo::rerun-if-changed={}", file.display());
    println!("cargo::rustc-env=COPYDOCTOR_SAID_IS_MADE_FROM={made_from}");
    let said = fs::read_to_string(file).unwrap_or_default();
    let is_current = said.starts_with(&format!("{{\"made_from\":\"{made_from}\""));
    Ok(fs::write(out.join("said.json"), if is_current { said.as_str() } else { "" })?)
}

/// Where the hash of Fowler, Noll and Vo begins, in its variant 1a of 64 bits.
const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// Goes on with a hash over a file or all files of a folder. It has to be the same on all systems, whatever ends a line.
fn fingerprint(path: &Path, hash: u64) -> Result<u64, Box<dyn Error>> {
    if path.is_dir() {
        let mut paths =
            fs::read_dir(path)?.map(|it| Ok(it?.path())).collect::<Result<Vec<_>, Box<dyn Error>>>()?;
        paths.sort();
        return paths.iter().try_fold(hash, |hash, path| fingerprint(path, hash));
    }
    let bytes = fs::read(path)?;
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    Ok(bytes.into_iter().filter(|byte| *byte != b'\r').fold(hash, fnv))
}

fn write_list(out: &Path, name: &str, entries: &str) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(out.join(name), format!("&[\n{entries}]\n"))?)
}

/// A root cause as the literal of a `Compiled`: a part that is needed at once, and one for each that is not.
fn compiled(mut fields: BTreeMap<String, Value>) -> Result<String, Box<dyn Error>> {
    let mut literal = String::from("Compiled { ");
    for name in DEFERRED {
        let value = fields.remove(*name).unwrap_or(Value::Array(Vec::new()));
        write!(literal, "{name}: {:?}, ", serde_json::to_string(&value)?)?;
    }
    write!(literal, "rest: {:?} }}", serde_json::to_string(&fields)?)?;
    Ok(literal)
}
