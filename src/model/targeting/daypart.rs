//! Day parts as text: `mon-fri 18:00-23:00 viewer`.

use std::fmt;

use super::text::Fault;
use super::{Daypart, DaypartZone};
use crate::model::suggest::nearest;

/// A day part begins and ends on a multiple of this many minutes.
const DAYPART_GRID_MINUTES: u16 = 15;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Words for several days, with their bits.
const SEVERAL: [(&str, u8); 3] = [
    ("daily", 0b111_1111),
    ("weekdays", 0b001_1111),
    ("weekends", 0b110_0000),
];

impl fmt::Display for DaypartZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Campaign => "campaign",
            Self::Viewer => "viewer",
        })
    }
}

/// Days (three or more in a row as `mon-fri`, else one by one), times and zone.
impl fmt::Display for Daypart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_set = |day: usize| day < 7 && self.days >> day & 1 == 1;
        let mut day = 0;
        let mut comma = "";
        while day < 7 {
            let length = (day..7).take_while(|&day| is_set(day)).count();
            match length {
                0 => {
                    day += 1;
                    continue;
                }
                1 | 2 => {
                    write!(f, "{comma}{}", DAYS[day..day + length].join(","))?;
                }
                _ => write!(f, "{comma}{}-{}", DAYS[day], DAYS[day + length - 1])?,
            }
            comma = ",";
            day += length;
        }
        let (from, to) = (self.from, self.to);
        let (from_hour, from_minute) = (from / 60, from % 60);
        let (to_hour, to_minute) = (to / 60, to % 60);
        write!(
            f,
            " {from_hour:02}:{from_minute:02}-{to_hour:02}:{to_minute:02} {}",
            self.zone
        )
    }
}

impl Daypart {
    /// Reads days, times and, where it is not that of the campaign, the zone.
    pub(super) fn read(text: &str) -> Result<Self, Fault<'_>> {
        let is_time = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        let mut words = text.split_whitespace().peekable();
        let mut days = 0;
        let mut missing = true;
        while let Some(word) = words.next_if(|word| !is_time(word)) {
            missing = false;
            days |= self::days(word)?;
        }
        let Some(times) = words.next() else {
            let fault = if missing {
                "is not a day part; write days and times such as mon-fri 18:00-23:00"
            } else {
                "lacks its times, such as 18:00-23:00; a whole day is 00:00-24:00"
            };
            return Err(Fault::at(text, fault));
        };
        if days == 0 {
            let fault = "lacks its days, such as mon-fri, sat,sun or daily";
            return Err(Fault::at(times, fault));
        }
        let (from, to) = span(times)?;
        let zone = words.next().map_or(Ok(DaypartZone::Campaign), zone)?;
        if let Some(more) = words.next() {
            return Err(Fault::at(more, "is one word too many after the day part"));
        }
        Ok(Self {
            days,
            from,
            to,
            zone,
        })
    }

    /// The short name of a day of the week, counted from Monday.
    pub(super) fn day_name(day: u16) -> &'static str {
        DAYS[usize::from(day % 7)]
    }

    /// What is wrong with one that was not read from text.
    pub(super) fn fault(self) -> Option<&'static str> {
        let on_grid = |minute: u16| minute.is_multiple_of(DAYPART_GRID_MINUTES);
        if self.days == 0 || self.days > 0b111_1111 {
            Some("has no days of a week")
        } else if self.from >= 1_440 || self.to == 0 || self.to > 1_440 {
            Some("has times outside of a day")
        } else if !on_grid(self.from) || !on_grid(self.to) {
            Some("has times that are not on a quarter of an hour")
        } else if self.from == self.to {
            Some("ends when it begins")
        } else {
            None
        }
    }
}

/// The days of one word: names, ranges and words for several, joined by commas.
fn days(word: &str) -> Result<u8, Fault<'_>> {
    let parts = word.split(',').filter(|part| !part.is_empty());
    parts
        .map(days_of_part)
        .try_fold(0, |all, days| Ok(all | days?))
}

fn days_of_part(part: &str) -> Result<u8, Fault<'_>> {
    let folded = part.to_ascii_lowercase();
    if let Some((_word, days)) = SEVERAL.iter().find(|(word, _days)| *word == folded) {
        return Ok(*days);
    }
    let Some((first, last)) = part.split_once('-') else {
        return Ok(1 << day(part)?);
    };
    let (first, last) = (day(first)?, day(last)?);
    let length = (last + 7 - first) % 7 + 1;
    Ok((first..first + length).fold(0, |days, day| days | 1 << (day % 7)))
}

fn day(word: &str) -> Result<u8, Fault<'_>> {
    const FULL: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let folded = word.to_ascii_lowercase();
    let known = (0..).zip(DAYS.iter().zip(FULL));
    for (number, (short, full)) in known {
        if folded == *short || folded == full {
            return Ok(number);
        }
    }
    let several = SEVERAL.iter().map(|(word, _days)| *word);
    let hint = match nearest(&folded, DAYS.into_iter().chain(several).chain(FULL)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "days are mon to sun, daily, weekdays and weekends".to_owned(),
    };
    Err(Fault::at(word, format!("is not a day; {hint}")))
}

fn span(word: &str) -> Result<(u16, u16), Fault<'_>> {
    let Some((from, to)) = word.split_once('-') else {
        return Err(Fault::at(
            word,
            "is not a span of times such as 18:00-23:00",
        ));
    };
    let (first, last) = (time(from)?, time(to)?);
    if first == 1_440 {
        let fault = "is the end of a day; one that begins at midnight begins at 00:00";
        return Err(Fault::at(from, fault));
    }
    if first == last {
        let fault = "ends when it begins; a whole day is 00:00-24:00";
        return Err(Fault::at(word, fault));
    }
    // The midnight at the end of a day has one text.
    let last = if last == 0 { 1_440 } else { last };
    Ok((first, last))
}

fn time(word: &str) -> Result<u16, Fault<'_>> {
    let not_a_time = || Fault::at(word, "is not a time from 00:00 to 24:00");
    let (hour, minute) = word.split_once(':').ok_or_else(not_a_time)?;
    let number = |digits: &str, lengths: std::ops::RangeInclusive<usize>| {
        let right = lengths.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<u16>().ok().filter(|_| right)
    };
    let hour = number(hour, 1..=2).ok_or_else(not_a_time)?;
    let minute = number(minute, 2..=2).filter(|minute| *minute < 60);
    let time = hour * 60 + minute.ok_or_else(not_a_time)?;
    if time > 1_440 {
        return Err(not_a_time());
    }
    if !time.is_multiple_of(DAYPART_GRID_MINUTES) {
        return Err(Fault::at(word, "is not on a quarter of an hour"));
    }
    Ok(time)
}

fn zone(word: &str) -> Result<DaypartZone, Fault<'_>> {
    let folded = word.to_ascii_lowercase();
    for zone in [DaypartZone::Campaign, DaypartZone::Viewer] {
        if zone.to_string() == folded {
            return Ok(zone);
        }
    }
    let hint = match nearest(&folded, ["campaign", "viewer"]) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write campaign or viewer".to_owned(),
    };
    Err(Fault::at(word, format!("does not say whose clock; {hint}")))
}
