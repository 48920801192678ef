//! Assets played in turn, for ever, as one live stream.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::try_join_all;
use url::Url;

use super::{FeedError, Round, shown};
use crate::delivery::streams::roster::{Roster, RosterError};
use crate::format::hls::{
    Ground, Limits, LowLatency, MediaPlaylist, Multivariant, Segment, Variables,
};
use crate::model::{Micros, Millis, Source, Stream, Timestamp};
use crate::stitch::looped::{Asset, BreakPoint, Channel, Cues, Piece, Plan};
use crate::upstream::{Fetched, Freshness, Lineup, Origins};

/// Assets do not change: they are fetched once, and again only after this.
const ASSETS: Freshness = Freshness {
    fresh: Duration::from_hours(1),
    stale: Duration::from_hours(24),
};
/// How much is listed, in target durations.
const WINDOW_TARGETS: u64 = 6;
/// How long before its channel was made a loop began: so that its first window is full.
const LEAD: Millis = Millis::from_seconds(600);
/// Version that is written: with initialisation sections.
const VERSION: u16 = 6;

/// Assets played in turn.
#[derive(Debug)]
pub(in crate::delivery::streams) struct Looped {
    stream: Stream,
    epoch: Timestamp,
    laid: Option<Laid>,
}

#[derive(Debug)]
struct Laid {
    roster: Arc<Roster>,
    channel: Channel,
}

impl Looped {
    /// As a stream says; its first cycle began at `epoch`.
    pub(super) fn new(stream: &Stream, epoch: Timestamp) -> Self {
        Self {
            stream: stream.clone(),
            epoch: epoch.minus(LEAD),
            laid: None,
        }
    }

    /// Whether it plays what a stream says.
    pub(super) fn is_of(&self, stream: &Stream) -> bool {
        self.stream.source == stream.source && self.stream.breaks == stream.breaks
    }

    /// The playlists as they are now.
    pub(super) async fn round(
        &mut self,
        origins: &Origins,
        now: Timestamp,
    ) -> Result<Round, FeedError> {
        let laid = match &mut self.laid {
            Some(laid) => laid,
            none => none.insert(lay(&self.stream, self.epoch, origins).await?),
        };
        let base = nowhere();
        let playlists = (0..laid.channel.renditions()).map(|rendition| {
            let mut text = String::new();
            laid.channel
                .write(rendition, now.millis().saturating_mul(1_000), &mut text);
            let read = read(&base, Bytes::from(text), &Variables::default());
            read.map(|playlist| Some(Arc::new(playlist)))
        });
        Ok(Round {
            playlists: playlists.collect::<Result<_, _>>()?,
            roster: Arc::clone(&laid.roster),
        })
    }
}

/// The base of text in which every address is absolute.
fn nowhere() -> Url {
    Url::parse("http://localhost/").expect("it is an address")
}

/// Fetches all assets and lays them out.
async fn lay(stream: &Stream, epoch: Timestamp, origins: &Origins) -> Result<Laid, FeedError> {
    let Source::Loop(urls) = &stream.source else {
        return Err(RosterError::Empty.into());
    };
    let fetched = urls.iter().map(|url| fetch(url, origins));
    let mut fetched = try_join_all(fetched).await?.into_iter();
    let (roster, first) = fetched.next().ok_or(RosterError::Empty)?;
    let mut assets = vec![first];
    for ((other, asset), url) in fetched.zip(urls.iter().skip(1)) {
        if !roster.has_shape_of(&other) {
            return Err(FeedError::Shape { url: url.clone() });
        }
        assets.push(asset);
    }
    let micros = |millis: Millis| Micros(millis.0.saturating_mul(1_000));
    let breaks = (0..assets.len()).flat_map(|asset| {
        stream.breaks.iter().map(move |planned| BreakPoint {
            asset,
            offset: micros(planned.at),
            length: micros(planned.duration),
        })
    });
    let pieces = assets
        .iter()
        .flat_map(|asset| asset.tracks.iter().flatten());
    let longest = pieces.map(|piece| piece.duration).max().unwrap_or_default();
    let target = longest.0.div_ceil(1_000_000);
    let channel = Channel::new(Plan {
        epoch: epoch.millis().saturating_mul(1_000),
        breaks: breaks.collect(),
        // What is seen in a break when there is nothing else: the content of the first asset.
        filler: assets.first().cloned().unwrap_or_default(),
        assets,
        cues: Cues::Tags,
        window: Micros::from_seconds(target.saturating_mul(WINDOW_TARGETS)),
        version: VERSION,
    })?;
    Ok(Laid {
        roster: Arc::new(roster),
        channel,
    })
}

async fn fetch(url: &str, origins: &Origins) -> Result<(Roster, Asset), FeedError> {
    let url =
        Url::parse(url).map_err(|_none| RosterError::Address(url.chars().take(200).collect()))?;
    let index = get(&url, origins).await?;
    let wrong = |error| FeedError::Playlist {
        url: shown(&index.final_url),
        error,
    };
    let playlist = Multivariant::parse(index.bytes.clone(), &Limits::DEFAULT).map_err(wrong)?;
    let variables = playlist.variables(&index.final_url);
    let grounded = playlist.ground(&index.final_url, &Limits::DEFAULT);
    let roster = Roster::of(grounded.map_err(wrong)?)?;
    let tracks = roster.listed.iter().map(|listed| async {
        let fetched = get(&listed.url, origins).await?;
        let playlist = read(&fetched.final_url, fetched.bytes, &variables)?;
        if !playlist.ended {
            return Err(FeedError::Endless {
                url: shown(&listed.url),
            });
        }
        let pieces = playlist.segments.iter();
        Ok(pieces.map(|segment| piece(&playlist, segment)).collect())
    });
    let tracks: Vec<Vec<Piece>> = try_join_all(tracks).await?;
    Ok((roster, Asset { tracks }))
}

async fn get(url: &Url, origins: &Origins) -> Result<Fetched, FeedError> {
    let served = Lineup::new(vec![url.clone()])
        .fetch(origins, ASSETS)
        .await?;
    Ok(served.fetched)
}

fn read(base: &Url, text: Bytes, imports: &Variables) -> Result<MediaPlaylist, FeedError> {
    let wrong = |error| FeedError::Playlist {
        url: shown(base),
        error,
    };
    let playlist = MediaPlaylist::parse(text, &Limits::DEFAULT).map_err(wrong)?;
    let ground = Ground {
        base,
        imports,
        low_latency: LowLatency::Strip,
    };
    playlist.ground(&ground, &Limits::DEFAULT).map_err(wrong)
}

/// A segment by itself, with what is in force for it.
fn piece(playlist: &MediaPlaylist, segment: &Segment) -> Piece {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut scope = Vec::new();
    playlist.write_scope(segment, &mut scope);
    let mut lines = format!("#EXTINF:{},\n", text(playlist.slice(&segment.extinf)));
    if let Some((length, offset)) = segment.byte_range {
        writeln!(lines, "#EXT-X-BYTERANGE:{length}@{offset}").expect("a String takes any text");
    }
    lines.push_str(&text(playlist.slice(&segment.uri)));
    lines.push('\n');
    Piece {
        duration: segment.duration,
        lines,
        scope: text(&scope),
    }
}
