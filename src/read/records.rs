//! The reader of each format, and what it has to know of a text beside its format.

use std::io::{self, BufRead, BufReader, Read};

use super::delimited::{self, Dialect};
use super::field::FieldNames;
use super::format::{Detected, Format};
use super::item::Complaint;
use super::lines::{self, LineEnd, Wanted};
use super::printed;
use super::reading::Reading;
use super::rewritten::Rewritten;
use super::single_byte;
use super::{READ_SIZE, aws_text, blocks, drawn, dump, flush_right, json, page, ruled, stacked, yaml};
use crate::record::Position;

/// Hands on the records of a text that begins like this sample, and gives back what it is if there are none.
pub(super) fn read_records(
    detected: Detected,
    sample: &[u8],
    text: Box<dyn Read + '_>,
    reading: &mut Reading<'_>,
) -> io::Result<Nothing> {
    let end = LineEnd::of(sample);
    let begin = single_byte::decode(sample, end).text;
    let mut manner =
        Manner { end, dialect: Dialect::default(), wanted: Wanted::Everything, layout: Layout::Usual };
    let text = match detected {
        Detected::Printed => Box::new(Rewritten::new(text, printed::AsJson::default())),
        _ => text,
    };
    let format = match detected {
        Detected::Delimited(dialect) => {
            manner.rows(dialect, &begin, reading.names());
            Format::Csv
        }
        Detected::Lines(wanted) => {
            manner.wanted = wanted;
            Format::Lines
        }
        Detected::Format(format) => {
            manner.look_at(format, &begin, reading.names());
            format
        }
        Detected::Printed | Detected::Empty | Detected::Unreadable(_) => Format::Json,
    };
    read_as(format, manner, &mut BufReader::with_capacity(READ_SIZE, text), reading)
}

/// Where a text is broken in which no job was found, and what it is.
pub(super) type Nothing = (Option<Position>, Complaint);

/// What there is to know of a text beside its format.
#[derive(Debug, Clone, Copy)]
struct Manner {
    end: LineEnd,
    dialect: Dialect,
    wanted: Wanted,
    layout: Layout,
}

impl Manner {
    /// Tells what is to be read of rows by their beginning.
    fn rows(&mut self, dialect: Dialect, begin: &str, names: &FieldNames) {
        self.dialect = dialect;
        self.wanted = delimited::wanted(begin, self.end, dialect, names);
    }

    /// Tells how a text is laid out by its beginning.
    fn look_at(&mut self, format: Format, begin: &str, names: &FieldNames) {
        match format {
            Format::Csv => {
                let dialect = Dialect::of(begin, self.end, names).unwrap_or_default();
                self.rows(dialect, begin, names);
            }
            Format::List if stacked::is_table(begin, names) => self.layout = Layout::Stacked,
            Format::List if page::is_page(begin, names) => self.layout = Layout::Page,
            Format::Table if dump::is_dump(begin, names) => self.layout = Layout::Dumped,
            Format::Table if ruled::is_table(begin, names) => self.layout = Layout::Ruled,
            Format::Table if flush_right::is_table(begin, names) => self.layout = Layout::FlushRight,
            _ => {}
        }
    }
}

/// How a list or a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Names and values with a colon between them, cells with lines between them.
    Usual,
    /// The values of a list stand below their names.
    Page,
    /// All names stand above all values, on a line each.
    Stacked,
    /// A table has dashes below its titles, and nothing between its cells.
    Ruled,
    /// The columns of a table end where their titles do, and nothing stands between them.
    FlushRight,
    /// A table stands below the statement that fills it.
    Dumped,
}

fn read_as(
    format: Format,
    manner: Manner,
    text: &mut dyn BufRead,
    reading: &mut Reading<'_>,
) -> io::Result<Nothing> {
    let Manner { end, dialect, wanted, layout } = manner;
    match format {
        Format::Json => return json::read(text, reading).map(|found| (found.position, found.complaint)),
        Format::Csv => delimited::read(text, end, dialect, wanted, reading),
        Format::Yaml => yaml::read(text, end, reading),
        Format::AwsText => aws_text::read(text, end, reading),
        Format::Table if layout == Layout::Dumped => dump::read(text, end, reading),
        Format::Table if layout == Layout::FlushRight => flush_right::read(text, end, reading),
        Format::Table if layout == Layout::Ruled => ruled::read(text, end, reading),
        Format::Table => drawn::read(text, end, reading),
        Format::List if layout == Layout::Stacked => stacked::read(text, end, reading),
        Format::List if layout == Layout::Page => page::read(text, end, reading),
        Format::List => blocks::read_pairs(text, end, reading),
        Format::Lines => lines::read(text, end, wanted, reading),
    }?;
    Ok((None, Complaint::WithoutJobs))
}
