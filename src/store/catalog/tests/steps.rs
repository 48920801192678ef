//! Random steps for the oracle.

use proptest::prelude::*;

use super::*;

/// Ids that steps speak of: some exist, some did, some never will.
const IDS: std::ops::Range<u32> = 1..6;
const NAMES: &[&str] = &["a", "b", "c", "d", "e"];

/// One write, or one undo; `Undo(n)` is of the nth operation.
#[derive(Debug, Clone)]
pub(super) enum Step {
    InsertAdvertiser(&'static str),
    InsertCampaign(u32, &'static str),
    InsertCreative(u32, &'static str),
    RenameAdvertiser(u32, &'static str),
    MoveCampaign(u32, u32, &'static str),
    SetStatus(u32, CampaignStatus),
    Delete(Kind, u32),
    Clone(u32, &'static str),
    UndoLatest,
    Undo(u32),
}

/// Any step.
pub(super) fn step() -> impl Strategy<Value = Step> {
    let name = || proptest::sample::select(NAMES);
    let status = proptest::sample::select(CampaignStatus::ALL);
    let kind = proptest::sample::select(vec![Kind::Advertiser, Kind::Campaign, Kind::Creative]);
    prop_oneof![
        2 => name().prop_map(Step::InsertAdvertiser),
        3 => (IDS, name()).prop_map(|(payer, name)| Step::InsertCampaign(payer, name)),
        3 => (IDS, name()).prop_map(|(campaign, name)| Step::InsertCreative(campaign, name)),
        2 => (IDS, name()).prop_map(|(id, name)| Step::RenameAdvertiser(id, name)),
        2 => (IDS, IDS, name()).prop_map(|(id, payer, name)| Step::MoveCampaign(id, payer, name)),
        2 => (IDS, status).prop_map(|(id, status)| Step::SetStatus(id, status)),
        3 => (kind, IDS).prop_map(|(kind, id)| Step::Delete(kind, id)),
        1 => (IDS, name()).prop_map(|(id, name)| Step::Clone(id, name)),
        3 => Just(Step::UndoLatest),
        3 => (1_u32..40).prop_map(Step::Undo),
    ]
}
