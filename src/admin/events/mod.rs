//! `GET /api/v1/events`: what happens now, as `text/event-stream` (WHATWG HTML §9.2).
//!
//! The body is made when the connection has room for it. A reader that does not read therefore
//! costs its place in a room, and is told what it missed when it reads on; one that stands still
//! for too long is cut off by the listener.

mod names;
mod show;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;

use self::names::Names;
use super::call::Call;
use super::gate::{Advertisers, Gate};
use super::identity::Actor;
use super::list::reference;
use super::respond::{Answer, Refusal};
use super::route::{Kind, Parameter};
use super::state::State;
use super::tenancy::tenant;
use super::work::read;
use crate::api::{
    Field, Filter, HEARTBEAT_MS, LAST_EVENT_HEADER, LiveEvent, LiveGap, LiveHeartbeat,
    LiveSnapshot, RECENT_MAX, Sampler, Topic, nearest,
};
use crate::decision::{Exclusion, NoFill};
use crate::delivery::pulse::{Listener, Missing, Place, Start, Told};
use crate::model::{Area, Campaign, Channel, Creative, Problem, Right, TenantId};
use crate::store::catalog::{Reader, Scope, StoreError};

/// Events that are made into text at one time.
const BATCH_MAX: usize = 256;
/// How long one stream of a user or a key lasts. They come back, if they still may.
const LIFE: Duration = Duration::from_mins(5);
/// How often it is looked at whether there is something to say about the stream itself.
const LOOK_EVERY: Duration = Duration::from_secs(1);

pub(crate) fn parameters() -> Vec<Parameter> {
    let flag = |name, about| Parameter {
        name,
        about,
        kind: Kind::Flag,
    };
    vec![
        reference(
            "topics",
            "What it is about, separated by commas: `metrics`, `decisions`, `beacons`, `audit`, \
             `health`; all unless given.",
        ),
        reference(
            "filter",
            "Only events that fit, such as `channel=news and outcome!=filled`.",
        ),
        reference(
            "after",
            "Go on behind the event of this id. The header `Last-Event-ID` goes before it.",
        ),
        Parameter {
            name: "recent",
            about: "Begin with the last so many events that are remembered.",
            kind: Kind::Number(0, RECENT_MAX),
        },
        flag("follow", "`false` ends the stream where the present is."),
    ]
}

/// `GET /api/v1/events`
pub(crate) async fn follow(state: Arc<State>, call: Call) -> Result<Answer, Refusal> {
    let tenant = tenant(&state, &call).await?;
    let topics = topics(&call)?;
    let filter = filter(&state, tenant, call.query("filter")).await?;
    let start = start(&call)?;
    let named = |reader: &Reader<'_>| Ok(reader.tenant()?.spec.name);
    let name = read(&state, Scope::Tenant(tenant), named).await?;
    let listener = state
        .pulse
        .listen(tenant, topics.clone(), start)
        .map_err(|full| Refusal::Crowded(full.into()))?;
    let events = Events {
        snapshot: Some(LiveSnapshot {
            at: String::new(),
            tenant_id: tenant.to_string(),
            tenant: name,
            topics,
            resumed: matches!(start, Start::After(_)),
            metrics: None,
            health: None,
        }),
        names: Names::of(tenant),
        samplers: [Topic::Decisions, Topic::Beacons].map(Sampler::new),
        beat: state.clock.monotonic(),
        ends: call.query("follow") == Some("false"),
        until: match call.actor {
            Actor::User(_) | Actor::Key(_) => Some(state.clock.monotonic() + LIFE),
            _ => None,
        },
        listener,
        filter,
        state,
    };
    let body = stream::unfold(events, |mut events| async move {
        let text = events.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(text)), events))
    });
    Ok(Answer::events(Body::from_stream(body)))
}

/// What the stream is about. Who may not read the history hears nothing of it.
fn topics(call: &Call) -> Result<Vec<Topic>, Refusal> {
    let audit = Gate::Needs {
        area: Area::History,
        right: Right::Read,
        advertisers: Advertisers::Never,
    };
    let audit = audit.check(&call.actor);
    let Some(given) = call.query("topics") else {
        let may_hear = |topic: &&Topic| **topic != Topic::Audit || audit.is_ok();
        return Ok(Topic::ALL.iter().filter(may_hear).copied().collect());
    };
    let mut topics = Vec::new();
    for word in given.split(',') {
        let topic = word
            .parse()
            .map_err(|unknown: crate::model::word::UnknownWord| {
                let near = nearest(word, Topic::ALL.iter().map(|topic| topic.as_str()));
                let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                Refusal::invalid("topics", format!("{unknown}{hint}"))
            })?;
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    if topics.contains(&Topic::Audit) {
        audit?;
    }
    Ok(topics)
}

fn start(call: &Call) -> Result<Start, Refusal> {
    // A browser says both when it comes back: the address it was given, and what it saw since.
    let named = call
        .header(LAST_EVENT_HEADER)
        .map(|id| (LAST_EVENT_HEADER, id));
    let named = named.or_else(|| call.query("after").map(|id| ("after", id)));
    match named {
        None => Ok(Start::Recent(call.number("recent").unwrap_or(0))),
        Some((field, id)) => {
            id.parse()
                .map(Start::After)
                .map_err(|error: crate::delivery::pulse::PlaceError| {
                    Refusal::invalid(field, error.to_string())
                })
        }
    }
}

/// The filter, with the names in it looked up: one that nothing has is told now, not never.
async fn filter(
    state: &State,
    tenant: TenantId,
    given: Option<&str>,
) -> Result<Option<Filter>, Refusal> {
    let Some(given) = given else {
        return Ok(None);
    };
    let mut filter: Filter = given
        .parse()
        .map_err(|error: crate::api::FilterError| Refusal::invalid("filter", error.to_string()))?;
    for reason in filter.texts_of(Field::Reason) {
        check_reason(reason)?;
    }
    let resolved = read(state, Scope::Tenant(tenant), move |reader| {
        filter.resolve(|field, text| find(reader, field, text))?;
        Ok(filter)
    });
    resolved.await.map(Some)
}

fn check_reason(reason: &str) -> Result<(), Refusal> {
    let others = [NoFill::NoDemand.as_str(), "expired", "unavailable"];
    let known = Exclusion::ALL.iter().map(|why| why.as_str()).chain(others);
    if known.clone().any(|known| known == reason) {
        return Ok(());
    }
    let near = nearest(reason, known);
    let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    Err(Refusal::invalid(
        "filter",
        format!("`{reason}` is not a reason{hint}"),
    ))
}

fn find(reader: &Reader<'_>, field: Field, text: &str) -> Result<String, StoreError> {
    let found = match field {
        Field::Channel => reader
            .find::<Channel>(text)
            .map(|found| found.id.to_string()),
        Field::Campaign => reader
            .find::<Campaign>(text)
            .map(|found| found.id.to_string()),
        Field::Creative => reader
            .find::<Creative>(text)
            .map(|found| found.id.to_string()),
        _ => Ok(text.to_owned()),
    };
    found.map_err(|error| match error {
        // Nothing stands against anything here: the filter says too little.
        StoreError::Ambiguous { .. } => {
            StoreError::Invalid(vec![Problem::new("filter", error.to_string())])
        }
        other => other,
    })
}

/// One open stream.
struct Events {
    state: Arc<State>,
    listener: Listener,
    filter: Option<Filter>,
    names: Names,
    samplers: [Sampler; 2],
    /// What is told first.
    snapshot: Option<LiveSnapshot>,
    /// When something was written last.
    beat: Instant,
    /// Whether it ends where the present is.
    ends: bool,
    /// When it ends in any case.
    until: Option<Instant>,
}

impl Events {
    /// The next text, once there is something to say; none at the end.
    async fn next(&mut self) -> Option<String> {
        loop {
            let text = self.pending().await;
            if !text.is_empty() {
                self.beat = self.state.clock.monotonic();
                return Some(text);
            }
            let now = self.state.clock.monotonic();
            if self.ends || self.until.is_some_and(|until| now >= until) {
                return None;
            }
            let news = tokio::time::timeout(LOOK_EVERY, self.listener.news()).await;
            if news == Ok(false) {
                return None;
            }
        }
    }

    /// What is to be said now, of at most [`BATCH_MAX`] events.
    async fn pending(&mut self) -> String {
        let mut text = String::new();
        if let Some(snapshot) = self.snapshot.take() {
            let event = self.complete(snapshot);
            put(&mut text, self.listener.place(), &event);
            return text;
        }
        loop {
            let told = self.listener.take(BATCH_MAX);
            if told.is_empty() {
                break;
            }
            let mut events = self.wanted(told);
            self.names.fill(&self.state, &mut events).await;
            for (place, event) in &events {
                put(&mut text, *place, event);
            }
            if !text.is_empty() {
                break;
            }
        }
        self.say(&mut text);
        text
    }

    /// How things are now.
    fn complete(&self, snapshot: LiveSnapshot) -> LiveEvent {
        let asked = |topic| snapshot.topics.contains(&topic);
        let metrics = self.listener.metrics().filter(|_| asked(Topic::Metrics));
        let health = self.listener.health().filter(|_| asked(Topic::Health));
        LiveEvent::Snapshot(Box::new(LiveSnapshot {
            at: self.state.clock.now().to_string(),
            metrics: metrics.as_deref().cloned(),
            health: health.as_deref().cloned(),
            ..snapshot
        }))
    }

    /// What the stream says about itself: what was left out, and that it lives.
    fn say(&mut self, text: &mut String) {
        let now = self.state.clock.now();
        let place = self.listener.place();
        for sampler in &mut self.samplers {
            if let Some(report) = sampler.report(now) {
                put(text, place, &LiveEvent::Sampled(report));
            }
        }
        let silent = self.state.clock.monotonic() - self.beat;
        if text.is_empty() && silent >= Duration::from_millis(HEARTBEAT_MS) {
            let at = now.to_string();
            put(text, place, &LiveEvent::Heartbeat(LiveHeartbeat { at }));
        }
    }

    /// The events that fit, as many of them as are told, and what is missing between them.
    fn wanted(&mut self, told: Vec<(Place, Told)>) -> Vec<(Place, LiveEvent)> {
        let mut wanted: Vec<(Place, LiveEvent)> = Vec::new();
        for (place, told) in told {
            match told {
                Told::Missing { topic, lost, why } => {
                    let before = wanted.last_mut();
                    let told = before.is_some_and(|(at, event)| {
                        *at = place;
                        add_missing(event, (topic, lost), why)
                    });
                    if !told {
                        wanted.push((place, self.missing((topic, lost), why)));
                    }
                }
                Told::Happened(entry) => {
                    let is_sampled = [Topic::Decisions, Topic::Beacons]
                        .iter()
                        .position(|topic| *topic == entry.fact.topic());
                    let fits = |event: &LiveEvent| {
                        let filter = self.filter.as_ref();
                        filter.is_none_or(|filter| filter.matches(event))
                    };
                    // Most of a flood is never made into an event.
                    let event = self.filter.as_ref().map(|_filter| show::shown(&entry));
                    if event.as_ref().is_some_and(|event| !fits(event)) {
                        continue;
                    }
                    let sampler = is_sampled.and_then(|place| self.samplers.get_mut(place));
                    if sampler.is_none_or(|sampler| sampler.lets_through(entry.at)) {
                        wanted.push((place, event.unwrap_or_else(|| show::shown(&entry))));
                    }
                }
            }
        }
        wanted
    }

    fn missing(&self, (topic, lost): (Topic, Option<u64>), why: Missing) -> LiveEvent {
        LiveEvent::Gap(LiveGap {
            at: self.state.clock.now().to_string(),
            why: why.as_str().to_owned(),
            lost: lost.map(|lost| (topic, lost)).into_iter().collect(),
        })
    }
}

/// Adds what is missing to a gap that is just before it; false where there is none of the kind.
fn add_missing(event: &mut LiveEvent, (topic, lost): (Topic, Option<u64>), why: Missing) -> bool {
    let LiveEvent::Gap(gap) = event else {
        return false;
    };
    if gap.why != why.as_str() || gap.lost.is_empty() != lost.is_none() {
        return false;
    }
    let all: &mut BTreeMap<Topic, u64> = &mut gap.lost;
    if let Some(lost) = lost {
        *all.entry(topic).or_default() += lost;
    }
    true
}

/// Writes one event.
fn put(text: &mut String, place: Place, event: &LiveEvent) {
    let data = serde_json::to_string(event).unwrap_or_default();
    let name = event.name();
    write!(text, "id: {place}\nevent: {name}\ndata: {data}\n\n")
        .expect("writing to a String cannot fail");
}
