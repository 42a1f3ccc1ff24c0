//! Counts by two things as tables whose cells are the darker the higher the count: a picture that can be read aloud.

use maud::{Markup, html};

use super::Page;
use super::figures::{Grid, Line};
use crate::render::printable;

/// More rows or columns than this are summed up in a last one.
const ROWS: usize = 25;
const COLUMNS: usize = 10;

/// A Region or an account stands on one line; the id of a root cause is broken.
const LONGEST_WHOLE: usize = 14;

/// How many shades there are.
const SHADES: u64 = 6;

impl Page<'_> {
    /// Which account fails of what.
    pub(super) fn by_account(&self) -> Option<Markup> {
        self.grid(
            "accounts-title",
            &self.figures.accounts,
            [self.words.source_account, self.labels.root_cause],
        )
    }

    /// Between which Regions it fails.
    pub(super) fn by_route(&self) -> Option<Markup> {
        let names = [self.words.source_region, self.words.destination_region];
        self.grid("regions-title", &self.figures.regions, names)
    }

    fn grid(&self, title: &str, grid: &Grid<'_>, [rows_name, columns_name]: [&str; 2]) -> Option<Markup> {
        if grid.rows.is_empty() {
            return None;
        }
        let most = grid.most();
        let (rows, other_rows) = split(&grid.rows, ROWS);
        let (columns, other_columns) = split(&grid.columns, COLUMNS);
        let cell = |count: u64| {
            let shade = if count == 0 { 0 } else { (count * SHADES).div_ceil(most.max(1)).min(SHADES) };
            html! { td class={ "number h" (shade) } { @if count > 0 { (self.number(count)) } } }
        };
        let sum = |rows: &[Line<'_>], columns: &[Line<'_>]| -> u64 {
            let pairs = rows.iter().flat_map(|row| columns.iter().map(move |column| (row.name, column.name)));
            pairs.map(|(row, column)| grid.cell(row, column)).sum()
        };
        let total = |lines: &[Line<'_>]| lines.iter().map(|line| line.count).sum::<u64>();
        Some(html! {
            div.scroll role="region" tabindex="0" aria-labelledby=(title) {
                table.heat {
                    thead {
                        tr {
                            th scope="col" { (rows_name) span.versus { " \\ " (columns_name) } }
                            @for column in columns { th.number.whole[column.name.len() <= LONGEST_WHOLE] scope="col" { (self.name(column.name)) } }
                            @if !other_columns.is_empty() { th.number scope="col" { (self.others(other_columns)) } }
                            th.number scope="col" { (self.words.sum) }
                        }
                    }
                    tbody {
                        @for row in rows { tr {
                            th scope="row" { (self.name(row.name)) }
                            @for column in columns { (cell(grid.cell(row.name, column.name))) }
                            @if !other_columns.is_empty() {
                                td.number { (self.number(sum(&[*row], other_columns))) }
                            }
                            td.number { (self.number(row.count)) }
                        } }
                        @if !other_rows.is_empty() { tr {
                            th scope="row" { (self.others(other_rows)) }
                            @for column in columns { td.number { (self.number(sum(other_rows, &[*column]))) } }
                            @if !other_columns.is_empty() {
                                td.number { (self.number(sum(other_rows, other_columns))) }
                            }
                            td.number { (self.number(total(other_rows))) }
                        } }
                    }
                    tfoot { tr {
                        th scope="row" { (self.words.sum) }
                        @for column in columns { td.number { (self.number(column.count)) } }
                        @if !other_columns.is_empty() { td.number { (self.number(total(other_columns))) } }
                        td.number { (self.number(total(&grid.rows))) }
                    } }
                }
            }
        })
    }

    fn name(&self, name: &str) -> String {
        if name.is_empty() { self.words.not_said.to_owned() } else { printable(name).into_owned() }
    }

    fn others(&self, lines: &[Line<'_>]) -> String {
        format!("{} {}", self.number(lines.len() as u64), self.words.others)
    }
}

/// The first lines, and those to sum up; a single one is not worth it.
fn split<'l, 'r>(lines: &'l [Line<'r>], limit: usize) -> (&'l [Line<'r>], &'l [Line<'r>]) {
    if lines.len() <= limit + 1 {
        (lines, &[])
    } else {
        lines.split_at_checked(limit).unwrap_or((lines, &[]))
    }
}
