//! The days that `after:` and `before:` name.

use std::fmt;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// When a query is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds since 1970.
    pub now: i64,
    /// How far the reader's time is before UTC, in seconds: 3600 in Berlin in winter. The same for all days.
    pub offset: i32,
}

impl Clock {
    /// The day it is where the reader is, counted from 1970.
    pub fn today(self) -> i64 {
        let offset = i64::from(self.offset) * 1000;
        self.now.saturating_add(offset).div_euclid(DAY)
    }
}

/// A day, as it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Date {
    /// `2026`, `2026-01` or `2026-01-31`: the first day of it. Month and day from 1, 0 where they are not told.
    Day(u16, u8, u8),
    /// `7d`: so many days, weeks, months or years before today.
    Ago(u16, Unit),
    /// `today`.
    Today,
    /// `yesterday`.
    Yesterday,
    /// `this-week`: the last Monday, or today if it is one.
    ThisWeek,
    /// `this-month`: its first day.
    ThisMonth,
    /// `this-year`: its first day.
    ThisYear,
}

/// What is counted back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `d`.
    Days,
    /// `w`.
    Weeks,
    /// `m`.
    Months,
    /// `y`.
    Years,
}

impl Unit {
    const NAMES: [(char, Self); 4] = [
        ('d', Self::Days),
        ('w', Self::Weeks),
        ('m', Self::Months),
        ('y', Self::Years),
    ];

    const fn letter(self) -> char {
        match self {
            Self::Days => 'd',
            Self::Weeks => 'w',
            Self::Months => 'm',
            Self::Years => 'y',
        }
    }
}

impl Date {
    /// The days that have a name.
    pub const NAMES: [(&str, Self); 5] = [
        ("today", Self::Today),
        ("yesterday", Self::Yesterday),
        ("this-week", Self::ThisWeek),
        ("this-month", Self::ThisMonth),
        ("this-year", Self::ThisYear),
    ];

    /// The day of a text: `2026-01-31`, `2026-01`, `2026`, `7d`, `today`; `None` when it names none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        if let Some((_, date)) = Self::NAMES.iter().find(|(name, _)| *name == text) {
            return Some(*date);
        }
        if let Some((unit_at, unit)) = text.char_indices().next_back()
            && let Some((_, unit)) = Unit::NAMES.iter().find(|(letter, _)| *letter == unit)
        {
            let count = whole(&text[..unit_at], 1..=5)?;
            return Some(Self::Ago(u16::try_from(count).ok()?, *unit));
        }
        let mut parts = text.split(['-', '/', '.']);
        let year = u16::try_from(whole(parts.next()?, 4..=4)?).ok()?;
        let month = parts.next().map(|month| whole(month, 1..=2));
        let day = parts.next().map(|day| whole(day, 1..=2));
        let month = u8::try_from(month.unwrap_or(Some(0))?).ok()?;
        let day = u8::try_from(day.unwrap_or(Some(0))?).ok()?;
        let is_day = day == 0 || day <= days_of(i64::from(year), month);
        let is_date = match text.split(['-', '/', '.']).count() {
            1 => true,
            2 => (1..=12).contains(&month),
            3 => (1..=12).contains(&month) && day > 0 && is_day,
            _ => false,
        };
        (is_date && year > 0).then_some(Self::Day(year, month, day))
    }

    /// When the day begins, in milliseconds since 1970.
    pub fn start(self, clock: Clock) -> i64 {
        let offset = i64::from(clock.offset) * 1000;
        let today = clock.today();
        let (year, month, day) = civil(today);
        let days = match self {
            Self::Day(year, month, day) => days(i64::from(year), month.max(1), day.max(1)),
            Self::Today => today,
            Self::Yesterday => today - 1,
            // 1970 began on a Thursday
            Self::ThisWeek => today - (today + 3).rem_euclid(7),
            Self::ThisMonth => days(year, month, 1),
            Self::ThisYear => days(year, 1, 1),
            Self::Ago(count, Unit::Days) => today - i64::from(count),
            Self::Ago(count, Unit::Weeks) => today - 7 * i64::from(count),
            Self::Ago(count, unit) => {
                let months = match unit {
                    Unit::Years => 12 * i64::from(count),
                    Unit::Days | Unit::Weeks | Unit::Months => i64::from(count),
                };
                let first = year * 12 + i64::from(month) - 1 - months;
                let (year, month) = (first.div_euclid(12), first.rem_euclid(12) + 1);
                let month = u8::try_from(month).unwrap_or(1);
                days(year, month, day.min(days_of(year, month)))
            }
        };
        days.saturating_mul(DAY).saturating_sub(offset)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(year, 0, _) => write!(f, "{year:04}"),
            Self::Day(year, month, 0) => write!(f, "{year:04}-{month:02}"),
            Self::Day(year, month, day) => write!(f, "{year:04}-{month:02}-{day:02}"),
            Self::Ago(count, unit) => write!(f, "{count}{}", unit.letter()),
            Self::Today | Self::Yesterday | Self::ThisWeek | Self::ThisMonth | Self::ThisYear => {
                let name = Self::NAMES.iter().find(|(_, date)| date == self);
                f.write_str(name.map_or("", |(name, _)| name))
            }
        }
    }
}

fn whole(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let is_number = digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

const fn days_of(year: i64, month: u8) -> u8 {
    match month {
        2 if year.rem_euclid(4) == 0
            && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) =>
        {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970 of a day of the Gregorian calendar. Years are counted from March, so that the leap day ends them
/// (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i64, month: u8, day: u8) -> i64 {
    let month = i64::from(month);
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let era = year.div_euclid(400);
    let year = year.rem_euclid(400);
    era * 146_097 + year * 365 + year / 4 - year / 100 + of_year - 719_468
}

/// Year, month and day of so many days since 1970; the inverse of [`days`].
fn civil(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (
        year,
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wednesday, 18 November 2026, 00:30 in a place an hour before UTC.
    const CLOCK: Clock = Clock {
        now: 1_794_958_200_000,
        offset: 3600,
    };

    #[track_caller]
    fn check(text: &str, expected: (i64, u8, u8)) {
        let date = Date::parse(text).expect("a date");
        let start = date.start(CLOCK) + i64::from(CLOCK.offset) * 1000;
        assert_eq!(start.rem_euclid(DAY), 0, "{text}");
        assert_eq!(civil(start / DAY), expected, "{text}");
    }

    #[test]
    fn a_day_begins_where_the_reader_is() {
        check("2026-01-31", (2026, 1, 31));
        check("2026-2", (2026, 2, 1));
        check("2026", (2026, 1, 1));
        check("today", (2026, 11, 18));
        check("Yesterday", (2026, 11, 17));
        check("this-week", (2026, 11, 16));
        check("this-month", (2026, 11, 1));
        check("this-year", (2026, 1, 1));
        check("7d", (2026, 11, 11));
        check("2w", (2026, 11, 4));
        check("9m", (2026, 2, 18));
        check("1y", (2025, 11, 18));
        check("0d", (2026, 11, 18));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "d",
            "-1d",
            "2026-13",
            "2026-00",
            "2026-02-30",
            "2026-1-1-1",
            "26-01-01",
            "soon",
            "0000",
            "99999999d",
            "é",
            "2026-",
            "2026-01-",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert!(Date::parse("2024-02-29").is_some());
        assert!(Date::parse("2100-02-29").is_none());
    }

    #[test]
    fn the_calendar_and_the_days_agree() {
        for day in (-800_000..3_000_000).step_by(97) {
            let (year, month, of_month) = civil(day);
            assert_eq!(days(year, month, of_month), day);
        }
        assert_eq!(days(1970, 1, 1), 0);
    }

    #[test]
    fn a_clock_at_the_end_of_time_has_a_today() {
        for now in [i64::MIN, i64::MAX, 0] {
            for text in ["today", "65535y", "this-week", "2026"] {
                let clock = Clock {
                    now,
                    offset: -43200,
                };
                let _ = Date::parse(text).expect("a date").start(clock);
            }
        }
    }
}
