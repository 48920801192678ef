//! Loads playlists over HTTP: one source with all of its renditions.

use std::time::Duration;

use futures_util::future::join_all;

use crate::client::fetch_following;
use crate::format::hls::history::{Listed, PLAYLIST_BYTES_MAX, is_multivariant, renditions};
use crate::host::Clock;
use crate::model::Timestamp;

/// Name of the rendition where there is no multivariant playlist.
const ALONE: &str = "media";

/// A playlist that was asked for.
#[derive(Debug)]
pub(super) struct Answer {
    /// When it came.
    pub(super) at: Timestamp,
    /// The address that answered.
    pub(super) url: String,
    /// The text, or why there is none.
    pub(super) text: Result<String, String>,
}

/// Loads one playlist.
pub(super) async fn load(url: &str, limit: Duration, clock: &Clock) -> Answer {
    // One byte more than what is read tells that it is too large.
    let fetched = fetch_following(url, limit, PLAYLIST_BYTES_MAX + 1).await;
    let at = clock.now();
    match fetched {
        Ok((fetched, url)) if fetched.status == 200 => Answer {
            at,
            url,
            text: Ok(String::from_utf8_lossy(&fetched.body).into_owned()),
        },
        Ok((fetched, url)) => Answer {
            at,
            url,
            text: Err(format!("status {}", fetched.status)),
        },
        Err(error) => Answer {
            at,
            url: url.to_owned(),
            text: Err(error.to_string()),
        },
    }
}

/// One source: the origin or a session.
#[derive(Debug)]
pub(super) struct Watched {
    /// Name of the session; none for the origin.
    pub(super) session: Option<String>,
    /// The multivariant playlist, where there is one, and its address.
    pub(super) multivariant: Option<(Timestamp, String, String)>,
    /// Its renditions.
    pub(super) listed: Vec<Listed>,
}

impl Watched {
    /// Opens a source by the address that players are given.
    pub(super) async fn open(
        url: &str,
        session: Option<String>,
        limit: Duration,
        clock: &Clock,
    ) -> Result<Self, String> {
        let answer = load(url, limit, clock).await;
        let text = answer.text?;
        if !text.starts_with("#EXTM3U") {
            return Err("what it answers is no playlist".to_owned());
        }
        let (multivariant, listed) = if is_multivariant(&text) {
            let listed = renditions(&text, &answer.url);
            (Some((answer.at, answer.url, text)), listed)
        } else {
            let name = ALONE.to_owned();
            let url = answer.url;
            (None, vec![Listed { name, url }])
        };
        Ok(Self {
            session,
            multivariant,
            listed,
        })
    }

    /// Loads every rendition once, all at the same time.
    pub(super) async fn round(&self, limit: Duration, clock: &Clock) -> Vec<Answer> {
        let loads = self
            .listed
            .iter()
            .map(|listed| load(&listed.url, limit, clock));
        join_all(loads).await
    }
}
