//! The pictures of the page, as templates of SVG. Beside each stands what it shows, as a number or a table.

use maud::{Markup, html};

use super::Page;
use super::figures::Course;
use crate::render::dates::{Period, Timeline};

/// How many units wide and high the picture of the course is; the page scales it.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 180.0;

/// A period's column takes no more than this.
const WIDEST_COLUMN: f64 = 48.0;

/// A share as a bar. The number stands beside it, so it says nothing to who cannot see it.
pub(super) fn bar(count: u64, most: u64) -> Markup {
    let width = scaled(count, most, 100.0);
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.track width="100" height="8" {}
            rect.value width=(width) height="8" {}
        }
    }
}

/// Parts of a whole, side by side.
pub(super) fn parts(counts: &[(u64, &'static str)], label: &str) -> Markup {
    let all: u64 = counts.iter().map(|(count, _)| count).sum();
    let mut start = 0;
    let mut part = |count: u64, class: &'static str| {
        let (x, width) = (scaled(start, all, WIDTH), scaled(count, all, WIDTH));
        start += count;
        html! { rect class=(class) x=(x) width=(width) height="12" {} }
    };
    html! {
        svg.parts viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label=(label) {
            @for (count, class) in counts.iter().filter(|(count, _)| *count > 0) { (part(*count, class)) }
        }
    }
}

/// The course of one root cause, small enough to stand in a row of a table.
pub(super) fn sparkline(course: &Course, timeline: &Timeline, label: &str) -> Markup {
    let most = course.values().copied().max().unwrap_or_default();
    let step = 120.0 / as_units(timeline.length);
    let width = (step * 0.8).clamp(0.5, 8.0);
    html! {
        svg.sparkline viewBox="0 0 120 24" preserveAspectRatio="none" role="img" aria-label=(label) {
            title { (label) }
            rect.base y="23.5" width="120" height="0.5" {}
            @for (place, count) in course {
                @let height = scaled_to_show(*count, most, 23.0);
                rect.value x=(unit(as_units(*place) * step)) y=(unit(23.5 - height)) width=(unit(width))
                    height=(unit(height)) {}
            }
        }
    }
}

impl Page<'_> {
    /// The course of all jobs.
    pub(super) fn over_time(&self) -> Option<Markup> {
        if self.figures.problems == 0 {
            return None;
        }
        let Some(timeline) = self.figures.timeline else {
            return Some(html! { p { (self.words.no_time) } });
        };
        let course =
            self.figures.course(self.figures.groups.iter().flat_map(|group| group.jobs.iter().copied()));
        let most = course.values().copied().max().unwrap_or_default();
        let period = match timeline.period {
            Period::Hour => self.words.hour,
            Period::Day => self.words.day,
            Period::Month => self.words.month,
            Period::Year => self.words.year,
        };
        Some(html! {
            (self.columns(&course, &timeline, most))
            details {
                summary { (self.words.as_table) }
                table.narrow {
                    thead { tr { th scope="col" { (period) } th.number scope="col" { (self.words.jobs) } } }
                    tbody { @for (place, count) in &course { tr {
                        th scope="row" { (timeline.name(*place, self.language)) }
                        td.number { (self.number(*count)) }
                    } } }
                }
            }
        })
    }

    fn columns(&self, course: &Course, timeline: &Timeline, most: u64) -> Markup {
        let name = |place: i64| timeline.name(place, self.language);
        let label = format!("{}, {}–{}", self.words.over_time, name(0), name(timeline.length - 1));
        let step = WIDTH / as_units(timeline.length);
        let width = (step * 0.8).min(WIDEST_COLUMN);
        html! {
            figure.course {
                div.scale aria-hidden="true" { span { (self.number(most)) } span { "0" } }
                svg viewBox="0 0 1000 180" preserveAspectRatio="none" role="img" aria-label=(label) {
                    title { (label) }
                    @for y in [0.5, HEIGHT / 2.0, HEIGHT - 0.5] {
                        line.grid x1="0" x2="1000" y1=(unit(y)) y2=(unit(y)) {}
                    }
                    @for (place, count) in course {
                        @let height = scaled_to_show(*count, most, HEIGHT - 1.0);
                        @let middle = (as_units(*place) + 0.5) * step;
                        rect.value x=(unit(middle - width / 2.0)) y=(unit(HEIGHT - height)) width=(unit(width))
                            height=(unit(height)) {
                            title { (name(*place)) ": " (self.number(*count)) }
                        }
                    }
                }
                div.dates aria-hidden="true" {
                    span { (name(0)) }
                    @if timeline.length > 2 { span { (name(timeline.length / 2)) } }
                    @if timeline.length > 1 { span { (name(timeline.length - 1)) } }
                }
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a picture needs no more than a few digits")]
fn as_units(count: i64) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "a picture needs no more than a few digits")]
pub(super) fn share(count: u64, most: u64) -> f64 {
    count as f64 / most.max(1) as f64
}

fn scaled(count: u64, most: u64, full: f64) -> String {
    unit(share(count, most) * full)
}

/// As high as the count says, but never too low to be seen.
fn scaled_to_show(count: u64, most: u64, full: f64) -> f64 {
    (share(count, most) * full).max(1.5)
}

/// A length in the picture. Two digits are finer than any screen.
fn unit(length: f64) -> String {
    let text = format!("{length:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
