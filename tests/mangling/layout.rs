//! Manglings of how a message is set: case, spaces, quotes, marks, line wraps, markup.

use super::Mangling;

pub(super) const CASE_AND_SPACES: &[Mangling] = &[
    Mangling::changing("upper case", str::to_uppercase),
    Mangling::changing("lower case", str::to_lowercase),
    Mangling::keeping("padded", |message| format!("\n\t  {message} \n")),
    Mangling::keeping("wide spaces", |message| message.replace(' ', "   ")),
    Mangling::keeping("no-break spaces", |message| message.replace(' ', "\u{a0}")),
    Mangling::keeping("thin spaces", |message| message.replace(' ', "\u{202f}")),
    Mangling::keeping("tabs", |message| message.replace(' ', "\t")),
    Mangling::keeping("wrapped", |message| wrapped(message, 34, "\r\n   ")),
    Mangling::keeping("no full stop", |message| message.trim_end().trim_end_matches('.').to_owned()),
];

pub(super) const CHARACTERS: &[Mangling] = &[
    Mangling::keeping("zero-width space", |message| format!("\u{feff}{}", inserted(message, "\u{200b}"))),
    Mangling::keeping("soft hyphen", |message| inserted(message, "\u{ad}")),
    Mangling::keeping("directional marks", |message| format!("\u{202a}{message}\u{202c}\u{200e}")),
    Mangling::changing("decomposed", |message| {
        replaced(message, &[("ü", "u\u{308}"), ("ä", "a\u{308}"), ("ö", "o\u{308}"), ("é", "e\u{301}")])
    }),
    Mangling::changing("full-width letters", |message| {
        let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
        message.chars().map(|c| if c.is_ascii_graphic() { wide(c) } else { c }).collect()
    }),
];

pub(super) const QUOTES: &[Mangling] = &[
    Mangling::keeping("straight quotes", |message| format!("\"{message}\"")),
    Mangling::keeping("curly quotes", |message| format!("“{message}”")),
    Mangling::keeping("German quotes", |message| format!("„{message}“")),
    Mangling::keeping("guillemets", |message| format!("»{message}«")),
    Mangling::keeping("round brackets", |message| format!("({message})")),
    Mangling::keeping("square brackets", |message| format!("[{message}]")),
    Mangling::keeping("ARN in square brackets", |message| around_arns(message, "[", "]")),
    Mangling::keeping("ARN in angle brackets", |message| around_arns(message, "<", ">")),
    Mangling::keeping("ARN in quotes", |message| around_arns(message, "\"", "\"")),
    Mangling::keeping("ARN between wide spaces", |message| around_arns(message, "  ", "  ")),
];

pub(super) const APOSTROPHES_AND_DASHES: &[Mangling] = &[
    Mangling::keeping("curly apostrophes", |message| message.replace('\'', "’")),
    Mangling::changing("no apostrophes", |message| message.replace('\'', "")),
    Mangling::keeping("accents as apostrophes", |message| message.replace('\'', "´")),
    Mangling::keeping("backticks as apostrophes", |message| message.replace('\'', "`")),
    Mangling::changing("no-break hyphens", |message| message.replace('-', "\u{2011}")),
    Mangling::changing("en dashes", |message| message.replace('-', "–")),
    Mangling::changing("em dashes", |message| message.replace('-', "—")),
    Mangling::changing("minus signs", |message| message.replace('-', "−")),
];

pub(super) const UMLAUTS: &[Mangling] = &[
    Mangling::changing("transcribed umlauts", |message| {
        let pairs =
            [("ü", "ue"), ("ä", "ae"), ("ö", "oe"), ("Ü", "Ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("ß", "ss")];
        replaced(message, &pairs)
    }),
    Mangling::changing("dropped umlauts", |message| {
        replaced(
            message,
            &[("ü", "u"), ("ä", "a"), ("ö", "o"), ("Ü", "U"), ("Ä", "A"), ("Ö", "O"), ("ß", "s")],
        )
    }),
];

pub(super) const MAIL: &[Mangling] = &[
    Mangling::keeping("mail quote", |message| format!("> {}", message.replace(". ", ".\n> "))),
    Mangling::keeping("mail quote, wrapped", |message| format!("> {}", wrapped(message, 40, "\n> "))),
    Mangling::keeping("mail quote in a mail quote, wrapped", |message| {
        format!(">> {}", wrapped(message, 30, "\r\n>> "))
    }),
    Mangling::changing("hyphenated at the ends of lines", |message| hyphenated(message, "\n")),
    Mangling::changing("hyphenated in a mail quote", |message| format!("> {}", hyphenated(message, "\n> "))),
];

pub(super) const MARKDOWN: &[Mangling] = &[
    Mangling::keeping("bold", |message| format!("**{message}**")),
    Mangling::keeping("italic", |message| format!("_{message}_")),
    Mangling::keeping("inline code", |message| format!("`{message}`")),
    Mangling::keeping("code block", |message| format!("```\n{message}\n```")),
    Mangling::keeping("code block with a language", |message| format!("```text\n{message}\n```")),
    Mangling::keeping("list item", |message| format!("- {message}")),
    Mangling::keeping("numbered list item", |message| format!("3. {message}")),
    Mangling::keeping("table cell", |message| format!("| eu-central-1 | FAILED | {message} | 2 |")),
    Mangling::keeping("block quote", |message| format!("> **Error:** {message}")),
    Mangling::keeping("bold word", |message| {
        let Some((first, rest)) = message.split_once(' ') else { return message.to_owned() };
        let (second, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        format!("{first} **{second}** {rest}")
    }),
];

/// The text in lines of at most `width` characters, joined by `margin`.
fn wrapped(text: &str, width: usize, margin: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join(margin)
}

/// Every fourth long word broken by a hyphen and a line's end.
fn hyphenated(text: &str, line_end: &str) -> String {
    let mut long_words = 0;
    let broken = text.split(' ').map(|word| {
        let is_long = word.chars().count() >= 8 && word.chars().all(char::is_lowercase);
        long_words += usize::from(is_long);
        if !is_long || long_words % 4 != 1 {
            return word.to_owned();
        }
        let middle = word.char_indices().nth(word.chars().count() / 2).map_or(word.len(), |(at, _)| at);
        format!("{}-{line_end}{}", &word[..middle], &word[middle..])
    });
    broken.collect::<Vec<_>>().join(" ")
}

/// `inserted` in the middle of the first long word.
fn inserted(text: &str, inserted: &str) -> String {
    let Some(word) = text.split(' ').find(|word| word.chars().all(char::is_alphabetic) && word.len() > 4)
    else {
        return text.to_owned();
    };
    let middle = word.char_indices().nth(2).map_or(0, |(at, _)| at);
    text.replacen(word, &format!("{}{inserted}{}", &word[..middle], &word[middle..]), 1)
}

fn replaced(text: &str, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn around_arns(text: &str, open: &str, close: &str) -> String {
    let bracketed = text.split(' ').map(|word| {
        if !word.starts_with("arn:") {
            return word.to_owned();
        }
        let arn = word.trim_end_matches(['.', ',', ':']);
        format!("{open}{arn}{close}{}", &word[arn.len()..])
    });
    bracketed.collect::<Vec<_>>().join(" ")
}
