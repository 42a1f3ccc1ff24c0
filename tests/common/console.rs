//! Runs the commands in the `console` blocks of a Markdown file and compares what they print.
//!
//! A block holds lines that begin with `$ `, each followed by what the command prints, standard error
//! included, and by `[exit code N]` where that is not 0. A line `...` stands for any number of lines. Commands
//! are run by `sh` in the package's folder with the tool on the path. `UPDATE=1 cargo test` writes the
//! output anew wherever it has no `...`.
#![allow(unreachable_pub, reason = "a module of the tests' vocabulary")]

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// Checks every `console` block of a file, or writes their output anew.
#[track_caller]
pub fn check(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let updates = std::env::var_os("UPDATE").is_some();
    let mut updated = String::new();
    let mut runs = 0;
    let mut lines = text.lines().enumerate().peekable();
    let mut is_console = false;
    while let Some((number, line)) = lines.next() {
        writeln!(updated, "{line}").expect("a string takes everything");
        if line.starts_with("```") {
            is_console = line == "```console";
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| is_console) else { continue };
        let mut expected = Vec::new();
        while let Some((_, line)) =
            lines.next_if(|(_, line)| !line.starts_with("$ ") && !line.starts_with("```"))
        {
            expected.push(line);
        }
        runs += 1;
        let printed = run(command);
        let printed: Vec<&str> = printed.lines().collect();
        let rewrites = updates && !expected.contains(&"...");
        for line in if rewrites { &printed } else { &expected } {
            writeln!(updated, "{line}").expect("a string takes everything");
        }
        assert!(
            rewrites || agree(&expected, &printed),
            "{}:{}: `{command}` prints\n{}\n\nexpected\n{}",
            path.display(),
            number + 1,
            printed.join("\n"),
            expected.join("\n")
        );
    }
    assert!(runs > 0, "{} has no command", path.display());
    if updates && updated != text {
        std::fs::write(path, updated).expect("the file can be written");
    }
}

fn run(command: &str) -> String {
    let tool = Path::new(env!("CARGO_BIN_EXE_copydoctor"));
    let path = std::env::join_paths(
        tool.parent()
            .map(Path::to_path_buf)
            .into_iter()
            .chain([Path::new("/usr/bin").into(), Path::new("/bin").into()]),
    );
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("PATH", path.expect("folders without a colon"))
        .env("LC_ALL", "C")
        // A coverage build has to be told where to leave its profile.
        .envs(std::env::var_os("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE", file)))
        .output()
        .expect("there is a shell");
    let mut printed = String::from_utf8(output.stdout).expect("the output is UTF-8");
    if let Some(code) = output.status.code().filter(|code| *code != 0) {
        writeln!(printed, "[exit code {code}]").expect("a string takes everything");
    }
    printed
}

/// Whether lines are as expected, where `...` stands for any number of lines.
fn agree(expected: &[&str], printed: &[&str]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((&"...", rest)) => (0..=printed.len()).any(|skip| agree(rest, &printed[skip..])),
        Some((first, rest)) => printed.first() == Some(first) && agree(rest, &printed[1..]),
    }
}

#[test]
fn an_ellipsis_stands_for_any_number_of_lines() {
    assert!(agree(&["a", "...", "d"], &["a", "b", "c", "d"]));
    assert!(agree(&["a", "...", "d"], &["a", "d"]));
    assert!(!agree(&["a", "...", "d"], &["a", "b"]));
    assert!(!agree(&["a"], &["a", "b"]));
}
