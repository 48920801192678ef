//! A place in the stream of a room, as text: what a listener has seen of each topic.

use std::fmt;
use std::str::FromStr;

use crate::api::Topic;

/// The topics of which facts may pass by unseen while nobody listens.
pub(super) const SAMPLED: [Topic; 2] = [Topic::Decisions, Topic::Beacons];

/// What is behind a listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which room: no two ever have the same, also over restarts.
    pub(super) room: u64,
    /// Of the room's topics that are sampled: see `Room`.
    pub(super) blinks: [u64; SAMPLED.len()],
    /// The number of the next fact of each topic.
    pub(super) next: [u64; Topic::ALL.len()],
}

/// A text is not a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not the id of an event")]
pub struct PlaceError;

impl Place {
    pub(super) fn of(&self, topic: Topic) -> u64 {
        self.next.get(topic as usize).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, topic: Topic, next: u64) {
        if let Some(place) = self.next.get_mut(topic as usize) {
            *place = next;
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.room)?;
        let numbers = self.blinks.iter().chain(&self.next);
        numbers
            .into_iter()
            .try_for_each(|number| write!(f, ".{number:x}"))
    }
}

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let mut parts = text.split('.').map(|part| {
            let digits = part
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            let number = u64::from_str_radix(part, 16).ok();
            number.filter(|_number| digits).ok_or(PlaceError)
        });
        let mut part = || parts.next().ok_or(PlaceError)?;
        let room = part()?;
        let (mut blinks, mut next) = ([0; SAMPLED.len()], [0; Topic::ALL.len()]);
        for number in blinks.iter_mut().chain(&mut next) {
            *number = part()?;
        }
        if parts.next().is_some() {
            return Err(PlaceError);
        }
        Ok(Self { room, blinks, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_place_survives_its_text(room: u64, blinks: [u64; 2], next: [u64; 5]) {
            let place = Place { room, blinks, next };
            prop_assert_eq!(place.to_string().parse(), Ok(place));
        }

        #[test]
        fn no_text_is_too_much(text in "[0-9a-f.+ ]{0,80}") {
            if let Ok(place) = text.parse::<Place>() {
                prop_assert!(place.to_string().len() <= text.len());
            }
        }
    }
}
