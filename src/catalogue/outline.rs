//! Where in a YAML file each field stands, and whether the file keeps to the plain part of YAML.
//!
//! Pattern files are read by serde, which forgets where a value stood, and by libyaml, which takes seconds over
//! kilobytes of open brackets. So a file passes here first, where nesting is counted as it goes.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};

use super::finding::{Help, Place, Problem, Rule};

/// Deeper than this no pattern file nests; a policy takes eight levels.
const DEEPEST: usize = 32;

/// No name of a field is longer, and no file has more fields: their paths are kept.
const LONGEST_NAME: usize = 128;
const MOST_FIELDS: usize = 10_000;

/// A longer line is not shown.
const LONGEST_LINE: usize = 1_000;

/// The positions of all fields of a file.
#[derive(Debug, Default)]
pub(super) struct Outline {
    fields: HashMap<String, Field>,
}

#[derive(Debug, Clone, Copy)]
struct Field {
    /// Where its name stands; a list's item has none.
    key: Option<Span>,
    value: Span,
    /// Whether the value is best shown at its name: a mapping, a list, a text of several lines.
    is_large: bool,
}

/// What a file that is no plain YAML has, and where.
#[derive(Debug)]
pub(super) struct Strange {
    pub(super) rule: Rule,
    pub(super) at: Marker,
    pub(super) problem: Problem,
    pub(super) help: Help,
}

/// A mapping or list that is being read.
enum Open {
    Mapping { path: String, key: Option<(String, Span)> },
    List { path: String, length: usize },
}

impl Outline {
    /// Reads a file's structure.
    pub(super) fn of(text: &str) -> Result<Self, Box<Strange>> {
        let mut outline = Self::default();
        let mut open: Vec<Open> = Vec::new();
        let mut documents = 0;
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| Box::new(no_yaml(text, &error)))?;
            documents += usize::from(matches!(event, Event::DocumentStart(_)));
            let is_name = matches!(open.last(), Some(Open::Mapping { key: None, .. }));
            let fields = outline.fields.len();
            if let Some((rule, problem, help)) = strange(&event, documents, open.len(), fields, is_name) {
                return Err(Box::new(Strange { rule, at: span.start, problem, help }));
            }
            match event {
                Event::Scalar(value, style, ..) => {
                    if let Some(Open::Mapping { key: key @ None, path }) = open.last_mut() {
                        if outline.has(&join(path, &value)) {
                            return Err(Box::new(Strange {
                                rule: Rule::DuplicateField,
                                at: span.start,
                                problem: Problem::FieldTwice { field: value.into_owned() },
                                help: Help::RemoveOne,
                            }));
                        }
                        *key = Some((value.into_owned(), span));
                        continue;
                    }
                    let is_large = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                    outline.enter(&mut open, span, is_large);
                }
                Event::SequenceStart(..) => {
                    let path = outline.enter(&mut open, span, true);
                    open.push(Open::List { path, length: 0 });
                }
                Event::MappingStart(..) => {
                    let path = outline.enter(&mut open, span, true);
                    open.push(Open::Mapping { path, key: None });
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    open.pop();
                }
                _ => {}
            }
        }
        Ok(outline)
    }

    /// Notes a value and gives its path.
    fn enter(&mut self, open: &mut [Open], value: Span, is_large: bool) -> String {
        let (path, key) = match open.last_mut() {
            None => (String::new(), None),
            Some(Open::List { path, length }) => {
                *length += 1;
                (format!("{path}[{}]", *length - 1), None)
            }
            Some(Open::Mapping { path, key }) => match key.take() {
                // A mapping or a list as a key: nothing of ours.
                None => (format!("{path}.?"), None),
                Some((name, span)) => (join(path, &name), Some(span)),
            },
        };
        self.fields.insert(path.clone(), Field { key, value, is_large });
        path
    }

    /// Whether there is a field of this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.fields.contains_key(path)
    }

    /// Where the field of this path stands, or else the nearest around it. `of_key` asks for its name.
    pub(super) fn place(&self, text: &str, path: &str, of_key: bool) -> Option<Place> {
        let mut path = path;
        loop {
            if let Some(Field { key, value, is_large }) = self.fields.get(path) {
                let span = key.filter(|_| of_key || *is_large).unwrap_or(*value);
                return place(text, span.start, Some(span.end));
            }
            if path.is_empty() {
                return None;
            }
            path = path.rfind(['.', '[']).and_then(|end| path.get(..end)).unwrap_or_default();
        }
    }
}

/// What a parser could not read, and the likeliest reason.
fn no_yaml(text: &str, error: &ScanError) -> Strange {
    let at = *error.marker();
    let near = (at.line().saturating_sub(1)..=at.line() + 1).filter_map(|line| {
        let shown = lines(text).nth(line.checked_sub(1)?)?;
        let column = shown.chars().position(|character| character == '\t')?;
        Some(Marker::new(at.index(), line, column))
    });
    if let Some(tab) = near.into_iter().next() {
        return Strange {
            rule: Rule::YamlSyntax,
            at: tab,
            problem: Problem::Tab,
            help: Help::IndentWithSpaces,
        };
    }
    Strange {
        rule: Rule::YamlSyntax,
        at,
        problem: Problem::NotYaml { error: error.info().to_owned() },
        help: Help::QuoteText,
    }
}

/// What an event has that no pattern file needs: the rule, what it is, and the way out.
fn strange(
    event: &Event<'_>,
    documents: usize,
    depth: usize,
    fields: usize,
    is_name: bool,
) -> Option<(Rule, Problem, Help)> {
    let (is_marked, opens) = match event {
        Event::Alias(_) => (true, false),
        Event::Scalar(_, _, anchor, tag) => (*anchor != 0 || tag.is_some(), false),
        Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
            (*anchor != 0 || tag.is_some(), true)
        }
        _ => (false, false),
    };
    if documents > 1 {
        Some((Rule::YamlSyntax, Problem::SecondDocument, Help::FileForEach))
    } else if is_marked {
        Some((Rule::YamlFeature, Problem::YamlMark, Help::WritePlainly))
    } else if opens && depth >= DEEPEST {
        Some((Rule::YamlFeature, Problem::TooDeep, Help::WritePlainly))
    } else if fields >= MOST_FIELDS {
        Some((Rule::YamlFeature, Problem::TooManyFields, Help::WritePlainly))
    } else if matches!(event, Event::Scalar(name, ..) if is_name && name.len() > LONGEST_NAME) {
        Some((Rule::YamlFeature, Problem::NameTooLong, Help::WritePlainly))
    } else {
        None
    }
}

/// The path of a field of a mapping.
fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The lines of a text as YAML counts them: a carriage return alone ends one, too.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('\r'))
}

/// The place at a marker, up to `end` where that is on the same line.
pub(super) fn place(text: &str, start: Marker, end: Option<Marker>) -> Option<Place> {
    let end = end.filter(|end| end.line() == start.line()).map(|end| end.col());
    place_at(text, start.line(), start.col() + 1, end.map(|end| end.saturating_sub(start.col())))
}

/// The place at a line and column, of `length` characters or up to the end of the line.
pub(super) fn place_at(text: &str, line: usize, column: usize, length: Option<usize>) -> Option<Place> {
    let (line, column, shown) = match lines(text).nth(line.checked_sub(1)?) {
        Some(shown) => (line, column, shown),
        // Parsers put a line behind a last line that nothing ends.
        None => lines(text)
            .enumerate()
            .last()
            .filter(|_| !text.ends_with('\n'))
            .map_or((line, column, ""), |(before, last)| (before + 1, last.chars().count() + 1, last)),
    };
    let rest = shown.trim_end().chars().count().saturating_sub(column - 1);
    let length = length.unwrap_or(rest).clamp(1, rest.max(1));
    let shown = if shown.len() > LONGEST_LINE { String::new() } else { shown.to_owned() };
    Some(Place { line, column, length, text: shown })
}

/// Where a word stands first, at a place or behind it.
pub(super) fn place_of_word(text: &str, from: &Place, word: &str) -> Option<Place> {
    let mut lines = lines(text).enumerate().skip(from.line - 1);
    lines.find_map(|(index, line)| {
        let is_bounded = |at: &usize| {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '*');
            !line.get(..*at).unwrap_or_default().ends_with(is_part)
                && !line.get(at + word.len()..).unwrap_or_default().starts_with(is_part)
        };
        let columns = line.match_indices(word).map(|(at, _)| at).filter(is_bounded);
        let mut columns = columns.map(|at| line.get(..at).unwrap_or_default().chars().count() + 1);
        let column = columns.find(|column| index + 1 > from.line || *column >= from.column)?;
        place_at(text, index + 1, column, Some(word.chars().count()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "id: a\ntitle:\n  en: A\n  de: B\npatterns:\n  - text: >-\n      some\n      text\n  - {text: x}\n";

    #[track_caller]
    fn stands(path: &str, of_key: bool, expected: (usize, usize, usize)) {
        let place = Outline::of(FILE).expect("plain").place(FILE, path, of_key).expect("it is there");
        assert_eq!((place.line, place.column, place.length), expected, "{path}");
    }

    #[test]
    fn a_field_is_found_by_its_path() {
        stands("id", false, (1, 5, 1));
        stands("id", true, (1, 1, 2));
        stands("title", false, (2, 1, 5));
        stands("title.de", false, (4, 7, 1));
        stands("patterns[0].text", false, (6, 5, 4));
        stands("patterns[1].text", false, (9, 12, 1));
    }

    #[test]
    fn what_is_not_there_is_shown_at_what_is_around_it() {
        stands("title.fr", false, (2, 1, 5));
        stands("patterns[1].evidence.x", false, (9, 5, 1));
        stands("nothing", false, (1, 1, 1));
    }

    #[test]
    fn what_is_not_plain_is_refused() {
        for (text, rule, problem) in [
            ("a: &x 1", Rule::YamlFeature, "an anchor"),
            ("a: !!str 1", Rule::YamlFeature, "a tag"),
            ("a: [", Rule::YamlSyntax, "not YAML"),
            ("a:\n\tb: 1", Rule::YamlSyntax, "a tab"),
            ("a: 1\na: 2", Rule::DuplicateField, "'a' stands here a second time"),
            ("a: 1\n---\nb: 1", Rule::YamlSyntax, "a second document"),
            ("a: b: c", Rule::YamlSyntax, "not YAML"),
        ] {
            let strange = Outline::of(text).expect_err("not plain");
            assert_eq!(strange.rule, rule, "{text}");
            assert!(strange.problem.to_string().contains(problem), "{text}: {}", strange.problem);
        }
    }

    /// Old Macs wrote such files. The place was on a line that the file did not have.
    #[test]
    fn a_carriage_return_ends_a_line() {
        let faulty = "id: a\rtitle: b\r\n\rx: c: d\r";
        let strange = Outline::of(faulty).expect_err("not plain");
        let place = place(faulty, strange.at, None).expect("it is there");
        assert_eq!((place.line, place.text.as_str()), (4, "x: c: d"));
        let text = FILE.replace('\n', "\r");
        let place = Outline::of(&text).expect("plain").place(&text, "title.de", false).expect("it is there");
        assert_eq!((place.line, place.column, place.text.as_str()), (4, 7, "  de: B"));
    }

    /// It was placed on a line of its own that the file did not have.
    #[test]
    fn the_end_of_a_file_is_on_its_last_line() {
        for (text, expected) in [("id:\nr", (2, 2, "r")), ("id:\nr\n", (3, 1, ""))] {
            let strange = Outline::of(text).expect_err("not plain");
            let place = place(text, strange.at, None).expect("it is there");
            assert_eq!((place.line, place.column, place.text.as_str()), expected, "{text:?}");
        }
    }

    /// libyaml takes 13 seconds over the second of these.
    #[test]
    fn however_deep_a_file_nests_only_its_beginning_is_read() {
        for nested in ["[", "{a: ", "- ", "? ", "- - {a: ["] {
            assert!(Outline::of(&nested.repeat(100_000)).is_err(), "{nested}");
        }
    }

    /// The paths of 100,000 fields below a long name would take gigabytes.
    #[test]
    fn long_names_and_many_fields_are_refused() {
        for text in [format!("{}: 1", "a".repeat(200)), "- 1\n".repeat(20_000)] {
            let strange = Outline::of(&text).expect_err("not plain");
            assert_eq!(strange.rule, Rule::YamlFeature);
        }
    }
}
