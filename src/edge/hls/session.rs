//! Sessions: begun by asking for the playlist of a channel, or by `POST`.
//!
//! `GET /hls/CHANNEL/index.m3u8`, `POST /hls/CHANNEL/session`, and both under `/v/PATH/` for an
//! asset in a folder. The parameters are those of a VAST tag.

use std::sync::Arc;

use http::{Response, StatusCode};

use super::{Asked, lead_to, playlist};
use crate::api::SessionAnswer;
use crate::decision::Catalog;
use crate::delivery::streams::{OpenError, Session, SessionFacts, Stage, StageKey};
use crate::edge::quota::Limited;
use crate::edge::respond::{Answer, Refusal, json};
use crate::edge::{Edge, Endpoint};
use crate::model::{Channel, ChannelId, Insertion, Reporting, SessionId};
use crate::render::stream::{SessionPart, StreamAddress};

/// Parameters of a session beside those of a VAST tag, and never passed on.
const OWN: [&str; 2] = ["insertion", "reporting"];

/// `GET …/index.m3u8`: begins a session and answers its multivariant playlist.
pub(super) async fn index(
    edge: &Edge,
    asked: &Asked<'_>,
    channel: ChannelId,
    asset: Option<&str>,
) -> Result<Response<Answer>, Refusal> {
    match open(edge, asked, channel, asset).await {
        Ok((stage, session)) => Ok(playlist(stage.index(session.facts.id))),
        // Content without ads is better than no content.
        Err(Failed::Origin { original } | Failed::Limited { original, .. }) => lead_to(&original),
        Err(Failed::Refused(refusal)) => Err(refusal),
    }
}

/// Leads to the content alone where too many sessions are asked for: a viewer sees the programme
/// without ads, not an error. A channel made of files has no address but ours, so it is played.
fn without_ads(edge: &Edge, facts: &SessionFacts) -> Result<(), Failed> {
    let Err(limited) = edge.admit(Endpoint::HlsSession, facts.request.tenant) else {
        return Ok(());
    };
    match edge.parties.streams.original(&facts.stage) {
        Some(original) => Err(Failed::Limited { original, limited }),
        None => Ok(()),
    }
}

/// `POST …/session`: begins a session and says where its parts are.
pub(super) async fn begin(
    edge: &Edge,
    asked: &Asked<'_>,
    channel: ChannelId,
    asset: Option<&str>,
) -> Result<Response<Answer>, Refusal> {
    let (_stage, session) =
        open(edge, asked, channel, asset)
            .await
            .map_err(|failed| match failed {
                Failed::Origin { .. } => Refusal::Unavailable("the origin of the stream fails"),
                Failed::Limited { limited, .. } => limited.into(),
                Failed::Refused(refusal) => refusal,
            })?;
    let id = session.facts.id;
    let url = |part| {
        let path = StreamAddress::Session { session: id, part };
        format!("{}{path}", edge.parties.public_url)
    };
    let answer = SessionAnswer {
        session_id: id.to_string(),
        manifest_url: url(SessionPart::Index),
        tracking_url: url(SessionPart::Tracking),
        insertion: session.facts.insertion.to_string(),
        reporting: session.facts.reporting.to_string(),
    };
    Ok(json(StatusCode::CREATED, &answer))
}

/// `GET /hls/s/SESSION/index.m3u8`: the multivariant playlist of a session that was begun.
pub(super) async fn again(
    edge: &Edge,
    session: &Arc<Session>,
) -> Result<Response<Answer>, Refusal> {
    let stage = edge.parties.streams.open(&session.facts.stage).await;
    let stage = stage.map_err(|error| match failed(error) {
        Failed::Origin { .. } => Refusal::Unavailable("the origin of the stream fails"),
        Failed::Limited { limited, .. } => limited.into(),
        Failed::Refused(refusal) => refusal,
    })?;
    Ok(playlist(stage.index(session.facts.id)))
}

/// Why no session was begun.
enum Failed {
    /// What the viewer asked for is fine; the origin is not.
    Origin {
        original: String,
    },
    /// There are more than the tenant may have begun.
    Limited {
        original: String,
        limited: Limited,
    },
    Refused(Refusal),
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

fn failed(error: OpenError) -> Failed {
    match error {
        OpenError::NoStream => Failed::Refused(Refusal::NotFound("stream")),
        OpenError::NoAsset => Failed::Refused(Refusal::NotFound("asset")),
        OpenError::TooMany => {
            Failed::Refused(Refusal::Unavailable("too many streams are under way"))
        }
        OpenError::Origin { original } => Failed::Origin { original },
    }
}

async fn open(
    edge: &Edge,
    asked: &Asked<'_>,
    channel: ChannelId,
    asset: Option<&str>,
) -> Result<(Arc<Stage>, Arc<Session>), Failed> {
    let facts = facts(edge, asked, channel, asset)?;
    without_ads(edge, &facts)?;
    let streams = &edge.parties.streams;
    let stage = streams.open(&facts.stage).await.map_err(failed)?;
    let session = streams
        .begin(facts)
        .await
        .map_err(|_not_kept| Refusal::Unavailable("no session can be begun now"))?;
    Ok((stage, session))
}

/// Who asks, read as a VAST tag is.
fn facts(
    edge: &Edge,
    asked: &Asked<'_>,
    channel: ChannelId,
    asset: Option<&str>,
) -> Result<SessionFacts, Refusal> {
    let catalog = edge.parties.catalog.load();
    let stream = channel_of(&catalog, channel).and_then(|channel| channel.spec.stream.as_ref());
    let stream = stream.ok_or(Refusal::NotFound("stream"))?;
    let own = Own::read(asked.query)?;
    let tag = own.tag(channel);
    let tag = edge.tag(asked.peer, asked.headers, &catalog, &tag)?;
    Ok(SessionFacts {
        id: SessionId::new(edge.parties.entropy.bytes()),
        stage: StageKey {
            channel,
            asset: asset.map(Into::into),
        },
        created_at: edge.parties.clock.now(),
        insertion: own.insertion.unwrap_or(stream.insertion),
        reporting: own.reporting.unwrap_or(stream.reporting),
        request: tag.request,
    })
}

fn channel_of(catalog: &Catalog, channel: ChannelId) -> Option<&Channel> {
    catalog.tenant_of_channel(channel)?.channel(channel)
}

/// What a session says of itself, and the rest of its parameters.
struct Own {
    insertion: Option<Insertion>,
    reporting: Option<Reporting>,
    rest: String,
}

impl Own {
    fn read(query: Option<&str>) -> Result<Self, Refusal> {
        let mut own = Self {
            insertion: None,
            reporting: None,
            rest: String::new(),
        };
        let pairs = query.unwrap_or_default().split('&');
        for pair in pairs.filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match OWN.iter().position(|own| *own == name) {
                Some(0) => own.insertion = Some(word(name, value)?),
                Some(_reporting) => own.reporting = Some(word(name, value)?),
                None => {
                    own.rest.push('&');
                    own.rest.push_str(pair);
                }
            }
        }
        Ok(own)
    }

    /// The query of the VAST tag that asks for the same viewer.
    fn tag(&self, channel: ChannelId) -> String {
        format!("channel={channel}{}", self.rest)
    }
}

fn word<T: std::str::FromStr<Err = crate::model::word::UnknownWord>>(
    name: &str,
    value: &str,
) -> Result<T, Refusal> {
    value
        .parse()
        .map_err(|error: crate::model::word::UnknownWord| Refusal::field(name, error.to_string()))
}
