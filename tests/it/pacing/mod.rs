//! Pacing: the controller in a simulated world beside its peers, and the running parts together.

mod running;

#[path = "../../../benches/pacing/pacers.rs"]
mod pacers;
#[path = "../../../benches/pacing/simulator.rs"]
mod simulator;
#[path = "../../../benches/pacing/table.rs"]
mod table;

use adserve::decision::pacing::PacingStatus;
use adserve::model::Pacing;

use pacers::{Asap, Bucket, Ours, Pid, Throttle};
use simulator::{World, run};
use table::Line;

/// A smaller world than that of the bench, with another seed.
const WORLD: World = World {
    requests: 40_000,
    goal_percent: 30,
    days: 12,
    seed: 7,
};

#[test]
fn a_simulated_week_delivers_its_goals_and_never_more() {
    let line = Line::of(&run(&WORLD, |plan| Ours::new(plan, Pacing::Even)));
    assert_eq!(line.excess, 0);
    assert!(line.worst >= 99.0, "{}", line.row("ours"));
    assert!(line.deviation <= 2.0, "{line:?}");
}

#[test]
fn slow_two_hundred_days_with_bursts_and_shocks_deliver_at_least_99_percent_each() {
    let world = World {
        days: 200,
        requests: 30_000,
        seed: 20_261_120,
        ..WORLD
    };
    let ours = Line::of(&run(&world, |plan| Ours::new(plan, Pacing::Even)));
    assert_eq!(ours.excess, 0);
    assert!(ours.worst >= 99.0, "{}", ours.row("ours"));
    assert!(ours.mean >= 99.8, "{ours:?}");
    assert!(ours.deviation <= 2.0, "{ours:?}");
}

#[test]
fn slow_a_day_without_enough_traffic_is_told_to_lack_supply() {
    let world = World {
        goal_percent: 80,
        days: 60,
        requests: 20_000,
        ..WORLD
    };
    let days = run(&world, |plan| Ours::new(plan, Pacing::Even));
    let (mut scarce, mut plenty) = (0, 0);
    for day in &days {
        let lacks = day.stood == Some(PacingStatus::SupplyLimited);
        if day.delivered * 100 < day.goal * 95 {
            assert!(lacks, "{day:?}");
            scarce += 1;
        } else if day.delivered * 1_000 >= day.goal * 995 {
            assert!(!lacks, "{day:?}");
            plenty += 1;
        }
        assert_eq!(day.excess, 0);
    }
    assert!(
        scarce > 3 && plenty > 20,
        "{scarce} and {plenty} of {}",
        days.len()
    );
}

#[test]
fn slow_peers_in_the_same_world_deliver_less_or_too_early() {
    let world = World {
        days: 40,
        requests: 20_000,
        ..WORLD
    };
    let ours = Line::of(&run(&world, |plan| Ours::new(plan, Pacing::Even)));
    let front_loaded = Line::of(&run(&world, |plan| Ours::new(plan, Pacing::FrontLoaded)));
    let asap = Line::of(&run(&world, |_plan| Asap));
    let bucket = Line::of(&run(&world, Bucket::new));
    let throttle = Line::of(&run(&world, Throttle::new));
    let pid = Line::of(&run(&world, Pid::new));
    for (name, peer) in [("bucket", bucket), ("throttle", throttle), ("pid", pid)] {
        assert!(peer.worst < ours.worst, "{name}: {peer:?}");
        assert_eq!(peer.excess, 0, "the budget holds without any controller");
    }
    assert!(asap.done < Some(15.0) && asap.deviation > 10.0 * ours.deviation);
    assert!(front_loaded.worst >= 99.0 && front_loaded.deviation > ours.deviation);
}
