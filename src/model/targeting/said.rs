//! What a request says in a dimension, for people who ask why it is not meant.

use super::value::WEEK_MINUTES;
use super::{Daypart, DaypartZone, Dimension, Subject};

impl Subject<'_> {
    /// What it says there, in the form of the values of that dimension where there is one.
    pub fn says(&self, dimension: &Dimension) -> Vec<String> {
        let traits = self.traits;
        let (device, content, audience) = (&traits.device, &traits.content, &traits.audience);
        let words = |facts: &[&Option<String>]| facts.iter().copied().flatten().cloned().collect();
        let number = |number: Option<u32>| number.iter().map(ToString::to_string).collect();
        match dimension {
            Dimension::Geo => traits.geo.places().map(|place| place.to_string()).collect(),
            Dimension::Device => words(&[&device.kind, &device.brand, &device.os]),
            Dimension::DeviceType => words(&[&device.kind]),
            Dimension::Brand => words(&[&device.brand]),
            Dimension::Os => words(&[&device.os]),
            Dimension::Channel => self.channel.iter().map(ToString::to_string).collect(),
            Dimension::Category => content.categories.clone(),
            Dimension::Genre => content.genres.clone(),
            Dimension::Rating => words(&[&content.rating]),
            Dimension::Age => number(audience.age),
            Dimension::Gender => words(&[&audience.gender]),
            Dimension::Income => number(audience.income),
            Dimension::Segment => audience.segments.clone(),
            Dimension::Daypart => {
                let viewer = self
                    .moment
                    .viewer
                    .map(|minute| on_clock(minute, DaypartZone::Viewer));
                let campaign = on_clock(self.moment.campaign, DaypartZone::Campaign);
                [campaign].into_iter().chain(viewer).collect()
            }
            Dimension::Key(key) => {
                let values = traits
                    .key_values
                    .iter()
                    .filter(|(said, _values)| said == key);
                values.flat_map(|(_key, values)| values.clone()).collect()
            }
        }
    }
}

/// A minute of the week as `tue 18:05 viewer`.
fn on_clock(minute: u16, zone: DaypartZone) -> String {
    let minute = minute % WEEK_MINUTES;
    let day = Daypart::day_name(minute / 1_440);
    let (hour, minute) = (minute / 60 % 24, minute % 60);
    format!("{day} {hour:02}:{minute:02} {zone}")
}
