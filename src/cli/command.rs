//! An argument of a command that is suggested to somebody: to a shell it is one word and no option, whatever it holds.

use std::path::Path;

/// The path of a file as an argument.
pub(crate) fn argument(path: &Path) -> String {
    let path = path.display().to_string();
    let path = if path.starts_with('-') { format!("./{path}") } else { path };
    // It fails only on a NUL, which no path has.
    shlex::try_quote(&path).map_or_else(|_| String::from("FILE"), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_and_no_option() {
        for (path, shown) in [
            ("exports/jobs.json", "exports/jobs.json"),
            ("last night.json", "'last night.json'"),
            ("$(reboot)", "'$(reboot)'"),
            ("it's; reboot", "\"it's; reboot\""),
            ("-rf", "./-rf"),
        ] {
            assert_eq!(argument(Path::new(path)), shown);
            let words = shlex::split(shown).expect("words");
            assert!(words.len() == 1 && words[0].ends_with(path), "{words:?}");
        }
    }
}
