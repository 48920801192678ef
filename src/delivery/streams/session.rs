//! One viewer's way through one stream: who asks, and what each break was decided to show.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use smallvec::SmallVec;

use super::StageKey;
use crate::decision::AdRequest;
use crate::model::{
    CampaignId, CreativeId, Insertion, Millis, Nanos, PriceModel, Reporting, ServedAd, ServedAdId,
    SessionId, Timestamp,
};
use crate::stitch::SessionView;

/// What a session is from its beginning, and stays.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct SessionFacts {
    /// Its name.
    pub id: SessionId,
    /// What it watches.
    pub stage: StageKey,
    /// When it began.
    pub created_at: Timestamp,
    /// Who puts the ads in.
    pub insertion: Insertion,
    /// Who reports what was seen.
    pub reporting: Reporting,
    /// Who asks, and what for; the time to fill is that of each break.
    pub request: AdRequest,
}

/// One viewer's way through one stream.
#[derive(Debug)]
pub struct Session {
    /// What it is.
    pub facts: SessionFacts,
    /// When something of it was asked for last. Milliseconds since 1970.
    asked_at: AtomicI64,
    /// Held while something is decided and written down: one decision after another.
    turn: tokio::sync::Mutex<()>,
    state: Mutex<SessionState>,
}

/// What a session was shown, and is to be shown.
#[derive(Debug, Default)]
pub(super) struct SessionState {
    /// Its part of the channel; none before its first media playlist.
    pub(super) view: Option<SessionView>,
    /// The ads of each break that is still in a window.
    pub(super) ads: Vec<(u32, SessionAds)>,
}

/// The ads of one break, in the order in which they play.
pub(super) type SessionAds = SmallVec<[SessionAd; 3]>;

/// An ad that was decided for a session: what its token needs beside what the session says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct SessionAd {
    id: ServedAdId,
    campaign: CampaignId,
    creative: CreativeId,
    charge: Nanos,
    price_model: PriceModel,
    /// Of its file. Milliseconds; no ad is longer than an hour.
    duration: u32,
    /// When it was decided, seconds after the session began.
    after: u32,
}

impl SessionAd {
    /// What is to be kept of an ad.
    pub(super) fn of(ad: &ServedAd, facts: &SessionFacts) -> Self {
        let after = ad.decided_at.since(facts.created_at).0 / 1_000;
        Self {
            id: ad.id,
            campaign: ad.campaign,
            creative: ad.creative,
            charge: ad.charge,
            price_model: ad.price_model,
            duration: u32::try_from(ad.duration.0).unwrap_or(u32::MAX),
            after: u32::try_from(after).unwrap_or(u32::MAX),
        }
    }

    /// The ad that its token tells of.
    pub(super) fn served(&self, facts: &SessionFacts) -> ServedAd {
        let after = Millis::from_seconds(u64::from(self.after));
        ServedAd {
            id: self.id,
            tenant: facts.request.tenant,
            channel: facts.request.channel,
            campaign: self.campaign,
            creative: self.creative,
            price_model: self.price_model,
            charge: self.charge,
            decided_at: facts.created_at.plus(after),
            duration: Millis(u64::from(self.duration)),
            receiver: facts.request.receiver(),
        }
    }
}

impl Session {
    /// One that begins.
    pub(super) fn new(facts: SessionFacts) -> Self {
        Self {
            asked_at: AtomicI64::new(facts.created_at.millis()),
            facts,
            turn: tokio::sync::Mutex::default(),
            state: Mutex::default(),
        }
    }

    /// How many breaks were decided for it that can still be seen, and the ads in them.
    pub fn decided(&self) -> (u64, u64) {
        let state = self.state();
        let ads = state.ads.iter().map(|(_no, ads)| ads.len() as u64);
        (state.ads.len() as u64, ads.sum())
    }

    /// Something of it is asked for.
    pub(super) fn touch(&self, now: Timestamp) {
        self.asked_at.fetch_max(now.millis(), Ordering::Relaxed);
    }

    /// When something of it was asked for last.
    pub fn asked_at(&self) -> Timestamp {
        Timestamp::from_millis(self.asked_at.load(Ordering::Relaxed))
    }

    /// Waits until nobody else decides for it.
    pub(super) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// What it was shown. A panic of another thread leaves whole breaks.
    pub(super) fn state(&self) -> MutexGuard<'_, SessionState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SessionState {
    /// The ads of a break.
    pub(super) fn ads_of(&self, no: u32) -> Option<&SessionAds> {
        let found = self.ads.iter().find(|(of, _ads)| *of == no);
        found.map(|(_of, ads)| ads)
    }

    /// Lets go of ads of breaks whose fill is gone.
    pub(super) fn tidy(&mut self) {
        if let Some(view) = &self.view {
            let fills = view.fills();
            self.ads
                .retain(|(no, _ads)| fills.iter().any(|(of, _fill)| of == no));
        }
    }
}
