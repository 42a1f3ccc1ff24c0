//! Cells of tables whose text goes on in the lines below: puts it together again, with a blank where there was one.

use crate::identifier::is_uuid;
use crate::record::State;

/// A cell, line by line.
pub(super) struct Cell {
    lines: Vec<Line>,
}

struct Line {
    text: String,
    /// Whether it begins with a blank that its column does not have.
    is_indented: bool,
}

impl Line {
    /// How many characters of the column it takes.
    fn length(&self) -> usize {
        length(&self.text) + usize::from(self.is_indented)
    }
}

/// How the lines of a table were broken, as far as its rows have shown it.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Breaks {
    /// Between words: the line has room left, but not for the next word.
    between_words: u32,
    /// Where the line was full.
    at_width: u32,
    /// In front of a blank, which only those leave there who count nothing but characters.
    before_blanks: u32,
}

impl Breaks {
    /// Whether lines are broken wherever they are full, in the middle of words as well. Lines of words are full, too, one
    /// in three of them.
    fn are_anywhere(self) -> bool {
        self.between_words == 0 && (self.before_blanks > 0 || self.at_width > 3)
    }
}

impl Cell {
    /// A cell of one line. The blanks around it belong to its column.
    pub(super) fn new(text: &str) -> Self {
        Self { lines: vec![Line { text: text.trim().to_owned(), is_indented: false }] }
    }

    /// Puts a line below, which begins where its column does.
    pub(super) fn goes_on(&mut self, line: &str) {
        let is_indented = line.starts_with(' ') && !line.starts_with("  ");
        let text = line.trim().to_owned();
        if !text.is_empty() {
            self.lines.push(Line { text, is_indented });
        }
    }

    /// The lines without anything between them, as those of an id are.
    pub(super) fn whole(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect()
    }

    /// The text, in a column of so many characters; where that is not known, in one of its longest line. Notes down what
    /// the cell shows of how lines are broken.
    pub(super) fn text(&self, width: Option<usize>, breaks: &mut Breaks) -> String {
        let whole = self.whole();
        if self.lines.len() == 1 || is_uuid(&whole) || State::is_known_name(&whole) {
            return whole;
        }
        let longest = || self.lines.iter().map(Line::length).max();
        let width = width.or_else(longest).unwrap_or_default();
        let pairs = || self.lines.iter().zip(self.lines.iter().skip(1));
        pairs().for_each(|(line, next)| breaks.note(line, next, width));
        let mut text = self.lines.first().map(|line| line.text.clone()).unwrap_or_default();
        for (line, next) in pairs() {
            if !text.is_empty() && !is_in_word(&text, line, next, width, *breaks) {
                text.push(' ');
            }
            text.push_str(&next.text);
        }
        text
    }
}

impl Breaks {
    fn note(&mut self, line: &Line, next: &Line, width: usize) {
        let end = line.length();
        if end + 1 >= width {
            self.at_width += 1;
            self.before_blanks += u32::from(next.is_indented && end == width);
        } else if end + 1 + length(first_word(&next.text)) > width {
            self.between_words += 1;
        }
    }
}

/// Whether a word goes on in the next line. `text` is all that stands before.
fn is_in_word(text: &str, line: &Line, next: &Line, width: usize, breaks: Breaks) -> bool {
    let end = line.length();
    let (word, rest) = (last_word(text), first_word(&next.text));
    let is_full = end == width;
    if breaks.are_anywhere() {
        return is_full && !next.is_indented;
    }
    // A word that is longer than a line is cut where the line ends.
    let is_too_long = is_full && length(rest) <= width && length(word) + length(rest) > width;
    is_too_long || is_at_hyphen(&line.text, rest) || is_in_name(word, line, rest, width)
}

/// Whether a word was broken behind its hyphen, as in `AMI-` and `Snapshots`. Not so where it only stands for another:
/// `Quell- und Zieltresor`.
fn is_at_hyphen(line: &str, rest: &str) -> bool {
    const BETWEEN: &[&str] = &["und", "oder", "bzw.", "sowie", "and", "or"];
    let is_word = |line: &str| line.ends_with(char::is_alphanumeric);
    line.strip_suffix('-').is_some_and(is_word)
        && rest.starts_with(char::is_alphanumeric)
        && !BETWEEN.contains(&rest)
}

/// Whether an ARN or a path was broken at a sign in it. `SQLite` does that where a word takes more than half of the line.
fn is_in_name(word: &str, line: &Line, rest: &str, width: usize) -> bool {
    const SIGNS: &[char] = &['/', ':', '_', '-', '='];
    let end = line.length();
    let is_long = (end - length(last_word(&line.text))) * 2 <= width;
    let has_no_room = end + 1 + length(rest) > width;
    let ends_with_sign = word.ends_with(SIGNS) && rest.starts_with(char::is_alphanumeric);
    let begins_with_sign = word.ends_with(char::is_alphanumeric) && rest.starts_with(SIGNS);
    let is_name = word.trim_end_matches(SIGNS).contains(SIGNS);
    is_long && has_no_room && is_name && (ends_with_sign || begins_with_sign)
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a cell with these lines, in a column of so many characters.
    #[track_caller]
    fn is(width: usize, lines: &[&str], whole: &str) {
        let mut lines = lines.iter();
        let mut cell = Cell::new(lines.next().expect("a cell has a line"));
        lines.for_each(|line| cell.goes_on(line));
        assert_eq!(cell.text(Some(width), &mut Breaks::default()), whole);
    }

    #[test]
    fn a_word_is_cut_only_where_it_was_too_long_for_its_line() {
        for (line, more, whole) in [
            ("arn:aws:ba", "ckup:vault", "arn:aws:backup:vault"),
            ("in vault-o", "f-this-team", "in vault-o f-this-team"),
            ("to vault:a", "-and-more", "to vault:a-and-more"),
            ("denied for", "ever", "denied for ever"),
            ("denied for", "another", "denied for another"),
            ("No key", "was-there", "No key was-there"),
            ("", "No key", "No key"),
            ("No key", "", "No key"),
        ] {
            is(10, &[line, more], whole);
        }
    }

    #[test]
    fn a_word_goes_on_behind_its_hyphen() {
        is(20, &["Das Kopieren des AMI-", "Snapshots"], "Das Kopieren des AMI-Snapshots");
        is(20, &["Der Quell-", "und der Zieltresor"], "Der Quell- und der Zieltresor");
        is(20, &["It is over -", "nothing was said"], "It is over - nothing was said");
    }

    #[test]
    fn an_arn_goes_on_behind_the_sign_where_it_was_broken() {
        is(24, &["on arn:aws:ec2:snapshot/", "snap-0123456789"], "on arn:aws:ec2:snapshot/snap-0123456789");
        is(24, &["on arn:aws:ec2", "/snap-0123456789"], "on arn:aws:ec2/snap-0123456789");
        is(24, &["not authorized: arn:aws:", "backup"], "not authorized: arn:aws: backup");
        is(24, &["perform:", "ec2:CreateTagsOfAll"], "perform: ec2:CreateTagsOfAll");
        is(24, &["arn:aws:ec2:", "was not found"], "arn:aws:ec2: was not found");
        // With a blank in front there was room for one of them.
        is(24, &["on arn:aws:ec2:", "snapshot"], "on arn:aws:ec2: snapshot");
        is(24, &["on arn:aws:ec2:", "snapshots"], "on arn:aws:ec2:snapshots");
    }

    #[test]
    fn where_only_characters_are_counted_words_are_cut() {
        is(10, &["It was not", " allowed t", "o copy it"], "It was not allowed to copy it");
        is(6, &["Not al", "lowed", "to cop", "y it a", "t all"], "Not allowed to copy it at all");
        is(6, &["It was", "not so", "and is", "not", "so now"], "It was not so and is not so now");
        // A line that has no room for the next word was broken between words, as all are then.
        is(
            6,
            &["It was", "not so", "and is", "as was", "not", "the", "key"],
            "It was not so and is as was not the key",
        );
        // One that has room for it is the last of a paragraph.
        is(6, &["Denied", " by th", "e limi", "t", "that w", "as so"], "Denied by the limit that was so");
    }

    #[test]
    fn an_id_and_a_state_have_no_blanks() {
        is(20, &["0E0D96FA-1176-6931-3", "D50-1FD01CA47248"], "0E0D96FA-1176-6931-3D50-1FD01CA47248");
        is(
            9,
            &["0E0D96FA-", "1176-", "6931-3D50", "-1FD01CA4", "7248"],
            "0E0D96FA-1176-6931-3D50-1FD01CA47248",
        );
        is(6, &["COMPLE", "TED"], "COMPLETED");
        // However much room the line had.
        is(40, &["0E0D96FA-1176-6931-3D50-1FD0", "1CA47248"], "0E0D96FA-1176-6931-3D50-1FD01CA47248");
        is(40, &["COMPLE", "TED"], "COMPLETED");
    }
}
