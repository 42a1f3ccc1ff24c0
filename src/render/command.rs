//! A shell command on as many lines as it needs.

/// A command as lines that a shell reads as one command: broken before options, outside quotes.
pub(super) fn shell_lines(command: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = command.split(' ').peekable();
    let mut line = String::new();
    while let Some(word) = words.next() {
        let mut argument = word.to_owned();
        // A quoted argument stays whole, and an option keeps its first value.
        while open_quote(&argument)
            || (argument.starts_with("--") && !argument.contains(' ') && !starts_option(words.peek()))
        {
            let Some(next) = words.next() else { break };
            argument.push(' ');
            argument.push_str(next);
        }
        let fits = line.chars().count() + 1 + argument.chars().count() <= width;
        if line.is_empty() {
            line = argument;
        } else if fits || !argument.starts_with("--") {
            line.push(' ');
            line.push_str(&argument);
        } else {
            lines.push(format!("{line} \\"));
            line = format!("  {argument}");
        }
    }
    lines.push(line);
    lines
}

fn starts_option(word: Option<&&str>) -> bool {
    word.is_none_or(|word| word.starts_with("--"))
}

fn open_quote(text: &str) -> bool {
    let mut quote = None;
    for character in text.chars() {
        match (quote, character) {
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    quote.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_command_is_broken_before_options_and_never_in_quotes() {
        assert_eq!(
            shell_lines(
                "aws backup get-vault --backup-vault-name dr --query 'a --b c' --region eu-west-1",
                40
            ),
            [
                "aws backup get-vault \\",
                "  --backup-vault-name dr \\",
                "  --query 'a --b c' --region eu-west-1"
            ]
        );
    }

    #[test]
    fn a_short_command_is_one_line() {
        assert_eq!(shell_lines("aws sts get-caller-identity", 40), ["aws sts get-caller-identity"]);
    }
}
