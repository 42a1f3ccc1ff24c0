//! Tables that read well as plain text and as rendered Markdown.

use std::fmt::Write;

/// A table whose columns are as wide as their widest cell; the first is flush left, the others flush right.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new<const N: usize>(head: [&str; N]) -> Self {
        Self { rows: vec![head.map(str::to_owned).to_vec()] }
    }

    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        assert_eq!(cells.len(), self.rows[0].len(), "a cell for every column");
        self.rows.push(cells.to_vec());
    }

    pub fn markdown(&self) -> String {
        let width =
            |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        let mut text = String::new();
        for (index, row) in self.rows.iter().enumerate() {
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let padding = " ".repeat(width - cell.chars().count());
                let (before, behind) = if column == 0 { ("", &*padding) } else { (&*padding, "") };
                write!(text, "| {before}{cell}{behind} ").expect("a string takes everything");
            }
            text.push_str("|\n");
            if index == 0 {
                for (column, width) in widths.iter().enumerate() {
                    let end = if column == 0 { "-" } else { ":" };
                    write!(text, "| {}{end} ", "-".repeat(width - 1)).expect("a string takes everything");
                }
                text.push_str("|\n");
            }
        }
        text
    }
}

#[test]
fn columns_are_aligned() {
    let mut table = Table::new(["set", "right"]);
    table.row(["für".to_owned(), "7".to_owned()]);
    assert_eq!(table.markdown(), "| set | right |\n| --- | ----: |\n| für |     7 |\n");
}
