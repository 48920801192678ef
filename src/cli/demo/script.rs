//! What a simulated viewer does with an ad: which beacons its TV sends, how, and how often.
//!
//! A pure function of the dice, so that a demo can be repeated.

use crate::decision::Roll;
use crate::model::EventKind;

/// How a TV sends a beacon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As everybody does: `GET`.
    Get,
    /// Twice, as TVs do whose answer got lost.
    Twice,
    /// By `HEAD`, as link checkers do. Must not count.
    Head,
    /// By `POST` of the token, as the first version of the API wants impressions.
    Post,
}

/// One beacon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// What happened.
    pub(super) event: EventKind,
    /// How it is reported.
    pub(super) manner: Manner,
}

/// Events in the order in which they happen to an ad that is seen to its end.
const COURSE: [EventKind; 6] = [
    EventKind::Impression,
    EventKind::Start,
    EventKind::FirstQuartile,
    EventKind::Midpoint,
    EventKind::ThirdQuartile,
    EventKind::Complete,
];

/// Questions to the dice.
#[derive(Clone, Copy)]
enum Question {
    Depth,
    Click,
    Skip,
    Sound,
    Manner,
}

/// One of several things, each as likely as the others; none where there is nothing.
pub(super) fn pick<T>(roll: Roll, question: u64, choices: &[T]) -> Option<&T> {
    let place = roll.draw(question).checked_rem(choices.len() as u64)?;
    choices.get(usize::try_from(place).ok()?)
}

/// What happens to one ad. `roll` is its own; without `click_url` there is nothing to click.
pub(super) fn play(roll: Roll, click_url: Option<&str>) -> Vec<Step> {
    let odds = |question: Question, percent| roll.favours(question as u64, percent, 100);
    let get = |event| Step {
        event,
        manner: Manner::Get,
    };
    let depth = depth(roll);
    if depth == 0 {
        // Nothing was seen: half of these TVs say why, the others were switched off.
        let broken = odds(Question::Sound, 50).then(|| get(EventKind::Error));
        return broken.into_iter().collect();
    }
    let mut steps = Vec::new();
    for (place, event) in COURSE.into_iter().take(depth).enumerate() {
        steps.push(Step {
            event,
            manner: manner(roll, place, event),
        });
        if event == EventKind::Start {
            steps.push(get(EventKind::CreativeView));
        }
        if event == EventKind::FirstQuartile && odds(Question::Sound, 20) {
            steps.extend([get(EventKind::Mute), get(EventKind::Unmute)]);
        }
    }
    let ended_early = depth < COURSE.len();
    if ended_early && odds(Question::Skip, 40) {
        steps.push(get(EventKind::Skip));
    }
    if click_url.is_some() && odds(Question::Click, 15) {
        steps.push(Step {
            event: EventKind::Click,
            manner: manner(roll, COURSE.len(), EventKind::Click),
        });
    }
    if let Some(&unseen) = COURSE.get(depth) {
        // What was not reached is only looked at.
        steps.push(Step {
            event: unseen,
            manner: Manner::Head,
        });
    }
    steps
}

/// How many events of the course happen: most ads are seen to their end.
fn depth(roll: Roll) -> usize {
    let draw = roll.draw(Question::Depth as u64) % 100;
    match draw {
        0..6 => 0,
        6..10 => 1,
        10..18 => 2,
        18..26 => 3,
        26..34 => 4,
        34..42 => 5,
        _ => 6,
    }
}

fn manner(roll: Roll, place: usize, event: EventKind) -> Manner {
    let key = (Question::Manner as u64) << 8 | place as u64;
    match roll.draw(key) % 10 {
        0 => Manner::Twice,
        1 | 2 if event == EventKind::Impression => Manner::Post,
        _ => Manner::Get,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plays() -> impl Iterator<Item = Vec<Step>> {
        (0..2_000).map(|seed| play(Roll(seed), (seed % 2 == 0).then_some("url")))
    }

    fn counted(steps: &[Step], event: EventKind) -> bool {
        let sends = |step: &&Step| step.event == event && step.manner != Manner::Head;
        steps.iter().any(|step| sends(&step))
    }

    #[test]
    fn later_events_follow_earlier_ones() {
        for steps in plays() {
            for pair in COURSE.windows(2) {
                assert!(counted(&steps, pair[0]) || !counted(&steps, pair[1]));
            }
        }
    }

    #[test]
    fn every_depth_and_every_manner_occurs() {
        let mut depths = [0; COURSE.len() + 1];
        let mut manners = [0; 4];
        for steps in plays() {
            let depth = COURSE.iter().filter(|&&event| counted(&steps, event));
            depths[depth.count()] += 1;
            for step in steps {
                manners[step.manner as usize] += 1;
            }
        }
        assert!(depths.iter().all(|&count| count > 20), "{depths:?}");
        assert!(manners.iter().all(|&count| count > 20), "{manners:?}");
    }

    #[test]
    fn nobody_clicks_what_leads_nowhere() {
        let mut clicks = 0;
        for (steps, seed) in plays().zip(0..) {
            let clicked = counted(&steps, EventKind::Click);
            assert!(!clicked || seed % 2 == 0);
            clicks += u32::from(clicked);
        }
        assert!(clicks > 50, "{clicks}");
    }
}
