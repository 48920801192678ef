//! Mutates good inputs of every parser, from one seed, and holds its properties against them.
//!
//! A short look with every run; `scripts/fuzz` looks longer, for as many seconds as it is told in
//! `ADSERVE_FUZZ_SECONDS`, from a seed of its own, at all targets or at `ADSERVE_FUZZ_TARGET`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::properties::{TARGETS, Target, hold};

/// Inputs of each target that are tried in continuous integration; an eighth with every run.
const INPUTS: u64 = 4_000;
/// Bytes of all inputs of one target that are tried then: those of films are long.
const BYTES: usize = 32_000_000;
/// Longest input.
const INPUT_BYTES_MAX: usize = 1 << 20;

/// Random numbers from one seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below the bound, and 0 for a bound of 0.
    fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.roll()) * bound as u128;
        usize::try_from(wide >> 64).unwrap()
    }

    /// A place of some bytes; small inputs are changed anywhere, films mostly near their ends,
    /// where their tables are.
    fn place(&mut self, length: usize) -> usize {
        match self.below(3) {
            0 => self.below(length.min(2_048)),
            1 => length - self.below(length.min(8_192)).min(length),
            _ => self.below(length),
        }
        .min(length.saturating_sub(1))
    }
}

/// One input: a seed, changed in a few places.
fn mutant(seeds: &[Vec<u8>], words: &[&str], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.below(seeds.len())].clone();
    for _ in 0..=dice.below(6) {
        let at = dice.place(bytes.len());
        let end = (at + 1 + dice.below(16)).min(bytes.len());
        match dice.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, b' '][dice.below(6)],
            2 => drop(bytes.drain(at..end)),
            3 => bytes.truncate(at),
            4 => {
                let again = bytes[at..end].to_vec();
                let times = 1 + dice.below(40);
                bytes.splice(at..at, again.repeat(times));
            }
            5 => {
                let other = &seeds[dice.below(seeds.len())];
                let from = dice.place(other.len()).min(other.len());
                let to = (from + dice.below(64)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            _ => {
                let word = words[dice.below(words.len())].as_bytes();
                bytes.splice(at..at, word.iter().copied());
            }
        }
    }
    bytes.truncate(INPUT_BYTES_MAX);
    bytes
}

/// Tries inputs until enough; one that fails is shown so that it can be kept.
fn attack(target: &Target, mut dice: Dice, enough: impl Fn(u64, usize) -> bool) -> u64 {
    let seeds = (target.seeds)();
    for seed in &seeds {
        hold(target.name, seed);
    }
    let (mut inputs, mut bytes) = (0, 0);
    while !enough(inputs, bytes) {
        let input = mutant(&seeds, target.words, &mut dice);
        let held = catch_unwind(AssertUnwindSafe(|| hold(target.name, &input)));
        assert!(
            held.is_ok(),
            "{}: input {inputs} of {} bytes fails: b\"{}\"",
            target.name,
            input.len(),
            input[..input.len().min(4_096)].escape_ascii()
        );
        inputs += 1;
        bytes += input.len();
    }
    inputs
}

fn look_at_all(seed: u64, inputs: u64, bytes: usize) {
    for target in &TARGETS {
        let enough = |tried, size| tried >= inputs || size >= bytes;
        let tried = attack(target, Dice(seed), enough);
        let name = target.name;
        assert!(tried >= 20, "{name}: only {tried} inputs were tried");
    }
}

#[test]
fn whatever_is_given_to_a_parser_its_properties_hold() {
    look_at_all(1, INPUTS / 8, BYTES / 8);
}

#[test]
fn slow_whatever_more_is_given_to_a_parser_its_properties_hold() {
    look_at_all(2, INPUTS, BYTES);
}

/// The mutator itself: it must reach what is read as well as what is refused.
#[test]
fn mutants_are_read_and_refused() {
    let targeting = TARGETS
        .iter()
        .find(|target| target.name == "targeting")
        .unwrap();
    let (seeds, mut dice) = ((targeting.seeds)(), Dice(7));
    let mutants = (0..2_000).map(|_| mutant(&seeds, targeting.words, &mut dice));
    let read = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).ok()?;
        text.parse::<adserve::model::Targeting>().ok()
    };
    let taken = mutants.filter_map(read).count();
    assert!((20..1_900).contains(&taken), "{taken} of 2,000 were read");
}

#[test]
fn every_target_has_its_fuzzer() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for Target { name, .. } in &TARGETS {
        let entry = format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"");
        assert!(manifest.contains(&entry), "{name} is no binary of fuzz/");
        let file = root.join(format!("fuzz_targets/{name}.rs"));
        let source = std::fs::read_to_string(file).unwrap();
        assert!(
            source.contains(&format!("hold(\"{name}\", data)")),
            "{source}"
        );
    }
    let files = std::fs::read_dir(root.join("fuzz_targets")).unwrap();
    assert_eq!(files.count(), TARGETS.len());
}

/// For `scripts/fuzz` alone: without a number of seconds there is nothing to do.
#[test]
#[expect(clippy::disallowed_methods, reason = "how long is told from outside")]
fn slow_fuzz_for_as_long_as_told() {
    let Some(seconds) = std::env::var("ADSERVE_FUZZ_SECONDS").ok() else {
        return;
    };
    let each = Duration::from_secs(seconds.parse().unwrap());
    let wanted = std::env::var("ADSERVE_FUZZ_TARGET").ok();
    let is_wanted = |target: &&Target| wanted.as_deref().is_none_or(|name| name == target.name);
    let targets: Vec<&Target> = TARGETS.iter().filter(is_wanted).collect();
    let names = TARGETS.map(|target| target.name).join(", ");
    assert!(!targets.is_empty(), "the targets are {names}");
    let seed = adserve::host::Entropy::real().roll();
    for target in targets {
        let start = Instant::now();
        let inputs = attack(target, Dice(seed), |_inputs, _bytes| {
            start.elapsed() >= each
        });
        show(target.name, inputs, seed);
    }
}

#[expect(clippy::print_stderr, reason = "shown to who runs scripts/fuzz")]
fn show(name: &str, inputs: u64, seed: u64) {
    eprintln!("{name}: {inputs} inputs from seed {seed:#x}, all properties hold");
}
