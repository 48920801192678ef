//! Ads for a stream are only those that were made to fit it.

use super::*;
use crate::model::ProfileKey;

/// Room for everything; these creatives fit the stream.
struct Shelf(Vec<CreativeId>);

impl LimitsView for Shelf {
    fn headroom(
        &self,
        _offer: &Offer,
        _now: Timestamp,
        _roll: Roll,
    ) -> Result<Headroom, Exclusion> {
        Ok(Headroom::CALM)
    }

    fn is_conditioned(&self, creative: CreativeId, profile: ProfileKey) -> bool {
        assert_eq!(profile, STREAM);
        self.0.contains(&creative)
    }

    fn exposures(&self, identity: &Identity, _now: Timestamp) -> Exposures {
        Exposures::none_of(identity)
    }
}

const STREAM: ProfileKey = ProfileKey([7; 8]);

fn stream() -> AdRequest {
    AdRequest {
        profile: Some(STREAM),
        ..request(Some(30_000))
    }
}

fn inquiry<'a, L>(request: &'a AdRequest, limits: &'a L) -> Inquiry<'a, L> {
    Inquiry {
        request,
        limits,
        now: NOW,
        roll: Roll(1),
    }
}

#[test]
fn a_stream_gets_the_creative_that_fits_it_and_a_player_any() {
    let mut two = Buy::default();
    two.spots.push((30_000, 1_000_000, CreativeStatus::Active));
    let catalog = compile(&[two]);
    // The one that would win every draw does not fit.
    let shelf = Shelf(vec![CreativeId::new(10)]);
    let (stream, player) = (stream(), request(Some(30_000)));
    let decision = decide(&catalog, &inquiry(&stream, &shelf));
    assert_eq!(first(&decision).unwrap().spot.creative, CreativeId::new(10));
    let decision = decide(&catalog, &inquiry(&player, &shelf));
    assert_eq!(first(&decision).unwrap().spot.creative, CreativeId::new(11));
}

#[test]
fn what_fits_no_stream_yet_is_told_so_and_again_from_its_trace() {
    let catalog = compile(&[Buy::default(), Buy::default()]);
    let (stream, shelf) = (stream(), Shelf(vec![CreativeId::new(20)]));
    let recording = Recording::of(&shelf);
    let decision = decide(&catalog, &inquiry(&stream, &recording));
    assert_eq!(decision.exclusions.of(Exclusion::NotConditioned), 1);
    let trace = Trace::of(&stream, &decision, recording.into_answers());
    let kept = serde_json::to_string(&trace).unwrap();
    let trace: Trace = serde_json::from_str(&kept).unwrap();
    assert_eq!(Summary::of(&trace.replay(&catalog)), trace.result);
    let nothing = Shelf(Vec::new());
    let decision = decide(&catalog, &inquiry(&stream, &nothing));
    let why = NoFill::Excluded(Exclusion::NotConditioned);
    assert_eq!(decision.outcome.as_ref().err(), Some(&why));
}
