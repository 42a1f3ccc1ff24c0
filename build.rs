//! Lists the pattern files, so that the binary carries whatever `patterns/` holds beside the lexicon.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=patterns");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let mut names: Vec<String> = fs::read_dir(root.join("patterns"))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.as_ref().map_or(true, |name| name.ends_with(".yaml") && name != "lexicon.yaml"))
        .collect::<io::Result<_>>()?;
    names.sort();
    let entries: String = names
        .iter()
        .map(|name| {
            let path = root.join("patterns").join(name);
            format!("    (\"patterns/{name}\", include_str!({path:?})),\n")
        })
        .collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(Path::new(&out).join("patterns.rs"), format!("&[\n{entries}]\n"))
}
