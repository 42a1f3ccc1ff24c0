//! A reader of CSV as RFC 4180 has it, to read back what was written: it knows nothing of the writer.

/// The cells of every line.
#[track_caller]
pub fn lines(text: &str) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut cells = Vec::new();
        loop {
            let cell;
            (cell, rest) = if rest.starts_with('"') { quoted(rest) } else { bare(rest) };
            cells.push(cell);
            match rest.strip_prefix(',') {
                Some(behind) => rest = behind,
                None => break,
            }
        }
        lines.push(cells);
        rest = rest.strip_prefix("\r\n").expect("a line ends behind its last cell");
    }
    lines
}

fn quoted(text: &str) -> (String, &str) {
    let mut cell = String::new();
    let mut rest = &text[1..];
    loop {
        let (before, behind) = rest.split_once('"').expect("a quoted cell ends with a quote");
        cell.push_str(before);
        match behind.strip_prefix('"') {
            Some(behind) => rest = behind,
            None => return (cell, behind),
        }
        cell.push('"');
    }
}

fn bare(text: &str) -> (String, &str) {
    let end = text.find([',', '\r', '\n']).expect("a line ends");
    let (cell, rest) = text.split_at(end);
    assert!(!cell.contains('"'), "a cell with a quote is quoted: {cell:?}");
    (cell.to_owned(), rest)
}
