//! Points in time as people write them, and the days, months or years that jobs fall on.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::language::Language;

/// More columns than this are too narrow to be told apart.
const MOST_PERIODS: i64 = 400;

/// Up to this, hours tell more than days: a night's copies are begun within a few.
const MOST_HOURS: i64 = 48;

/// A timestamp has no leap seconds.
const SECONDS_OF_AN_HOUR: i64 = 60 * 60;
const SECONDS_OF_A_DAY: i64 = 24 * SECONDS_OF_AN_HOUR;

/// A day as the language writes it.
pub(super) fn day(time: Timestamp, language: Language) -> String {
    write_day(date(time), language)
}

/// A time to the minute, as the language writes it.
pub(super) fn minute(time: Timestamp, language: Language) -> String {
    let time = TimeZone::UTC.to_datetime(time);
    format!("{} {:02}:{:02}", write_day(time.date(), language), time.hour(), time.minute())
}

fn date(time: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(time).date()
}

fn write_day(date: Date, language: Language) -> String {
    match language {
        Language::En => format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
        Language::De => format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year()),
    }
}

/// How long the periods are that jobs are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Hour,
    Day,
    Month,
    Year,
}

impl Period {
    /// The number of the period that a time falls on, from some first one on.
    fn number(self, time: Timestamp) -> i64 {
        let date = date(time);
        match self {
            Self::Hour => time.as_second().div_euclid(SECONDS_OF_AN_HOUR),
            Self::Day => time.as_second().div_euclid(SECONDS_OF_A_DAY),
            Self::Month => i64::from(date.year()) * 12 + i64::from(date.month()) - 1,
            Self::Year => i64::from(date.year()),
        }
    }
}

/// A row of periods of the same length, from the first to the last that a job falls on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timeline {
    pub(super) period: Period,
    first: i64,
    /// How many periods; at least one.
    pub(super) length: i64,
}

impl Timeline {
    /// The finest that is not too fine to draw.
    pub(super) fn new(first: Timestamp, last: Timestamp) -> Self {
        let of = |period: Period| {
            let start = period.number(first);
            Self { period, first: start, length: period.number(last) - start + 1 }
        };
        let finest = [(Period::Hour, MOST_HOURS), (Period::Day, MOST_PERIODS), (Period::Month, MOST_PERIODS)];
        let finest = finest.into_iter().map(|(period, most)| (of(period), most));
        let finest = finest.into_iter().find(|(line, most)| line.length <= *most);
        finest.map_or_else(|| of(Period::Year), |(line, _)| line)
    }

    /// The place of a time, counted from 0.
    pub(super) fn place(&self, time: Timestamp) -> i64 {
        self.period.number(time) - self.first
    }

    /// What the period at a place is called.
    pub(super) fn name(&self, place: i64, language: Language) -> String {
        let number = self.first + place;
        match self.period {
            Period::Hour => Timestamp::from_second(number * SECONDS_OF_AN_HOUR)
                .map(|time| minute(time, language))
                .unwrap_or_default(),
            Period::Day => Timestamp::from_second(number * SECONDS_OF_A_DAY)
                .map(|time| day(time, language))
                .unwrap_or_default(),
            Period::Month => {
                let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
                match language {
                    Language::En => format!("{year:04}-{month:02}"),
                    Language::De => format!("{month:02}.{year:04}"),
                }
            }
            Period::Year => number.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::parse_time;

    fn time(text: &str) -> Timestamp {
        parse_time(text).expect("a time")
    }

    #[test]
    fn a_time_is_written_as_the_language_does() {
        let time = time("2026-11-02T02:07:09Z");
        assert_eq!(minute(time, Language::En), "2026-11-02 02:07");
        assert_eq!(minute(time, Language::De), "02.11.2026 02:07");
    }

    #[track_caller]
    fn line(first: &str, last: &str, period: Period, length: i64, names: [&str; 2]) {
        let (first, last) = (time(first), time(last));
        let line = Timeline::new(first, last);
        assert_eq!((line.period, line.length), (period, length));
        assert_eq!((line.place(first), line.place(last)), (0, length - 1));
        assert_eq!([0, length - 1].map(|place| line.name(place, Language::De)), names);
    }

    #[test]
    fn the_periods_are_as_fine_as_can_be_drawn() {
        let hours = ["31.12.1969 23:00", "01.01.1970 01:00"];
        line("1969-12-31T23:59:59Z", "1970-01-01T01:00:00Z", Period::Hour, 3, hours);
        line("2026-11-22T23:59:59Z", "2026-11-25", Period::Day, 4, ["22.11.2026", "25.11.2026"]);
        line("2024-12-31", "2026-11-24", Period::Month, 24, ["12.2024", "11.2026"]);
        line("1970-01-01", "2026-11-24", Period::Year, 57, ["1970", "2026"]);
    }
}
