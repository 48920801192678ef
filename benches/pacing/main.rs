//! Ways of pacing beside one another in a simulated world. Run with `cargo bench --bench pacing`.

#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod pacers;
mod simulator;
mod table;

use adserve::model::Pacing;

use pacers::{Asap, Bucket, Ours, Pid, Throttle};
use simulator::{Outcome, World, run};
use table::Line;

fn main() {
    for goal_percent in [30, 70] {
        let world = World {
            requests: 100_000,
            goal_percent,
            days: 200,
            seed: 20_261_120,
        };
        println!("\n{world:?}\n");
        println!(
            "| pacing | delivered mean % | worst day % | deviation % | excess | done at h | supply-limited days |"
        );
        println!("|---|---|---|---|---|---|---|");
        show("as soon as possible", &run(&world, |_plan| Asap));
        show("token bucket by the clock", &run(&world, Bucket::new));
        show("throttle, a tenth a minute", &run(&world, Throttle::new));
        show("PID", &run(&world, Pid::new));
        show(
            "**remaining ratio**",
            &run(&world, |plan| Ours::new(plan, Pacing::Even)),
        );
        let front_loaded = run(&world, |plan| Ours::new(plan, Pacing::FrontLoaded));
        show("remaining ratio, front-loaded", &front_loaded);
    }
}

fn show(name: &str, days: &[Outcome]) {
    println!("{}", Line::of(days).row(name));
}
