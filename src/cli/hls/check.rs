//! Watches a stream for a while and gathers what is wrong with it.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::future::join_all;

use super::row::FindingRow;
use super::watch::{Answer, Watched, load};
use super::{Check, unwatchable};
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::format::hls::history::{
    AssetList, History, Mode, Queries, Rules, Sight, Source, asset_lists, has_ended, pace,
};
use crate::host::Clock;

/// How late an answer may come because of the way, in milliseconds.
const SLACK: u64 = 1000;

/// Shortest time between two looks.
const EVERY_MIN: Duration = Duration::from_millis(100);

/// Time between two looks where no target says more.
const EVERY: Duration = Duration::from_secs(2);

/// Most lists of assets that are asked for.
const LISTS_MAX: usize = 1000;

/// What came of it.
#[derive(Debug)]
pub(super) struct Verdict {
    /// What was found.
    pub(super) rows: Vec<FindingRow>,
    /// Findings beyond those.
    pub(super) left_out: u64,
    /// Playlists that were looked at.
    pub(super) playlists: u64,
    /// Renditions of all sources.
    pub(super) renditions: usize,
}

/// Watches until the time is over or everything has ended.
pub(super) async fn check(arguments: &Check, session: &mut Session) -> Result<Verdict, Failure> {
    let clock = session.clock().clone();
    let limit = session.globals.connect.timeout.std();
    let mut sources = open(arguments, limit, &clock).await?;
    let mut watch = Watch {
        history: History::new(rules(arguments)),
        playlists: 0,
        asked: HashSet::new(),
        limit,
        clock: clock.clone(),
    };
    for source in &sources {
        watch.multivariant(source);
    }
    // Content is known before the ads that replace it, so the origin comes first.
    sources.sort_by_key(|source| source.session.is_some());
    let begun = clock.monotonic();
    let mut told = 0;
    loop {
        let round = watch.round(&sources).await;
        for finding in watch.history.findings().iter().skip(told) {
            session.out.detail(&finding.to_string());
        }
        told = watch.history.findings().len();
        let every = arguments.every.map(crate::model::Millis::std);
        let every = every.or(round.pace).unwrap_or(EVERY).max(EVERY_MIN);
        let passed = clock.monotonic().duration_since(begun);
        let is_over = passed.saturating_add(every) > arguments.span.std();
        let is_done = round.has_ended && watch.is_seen_twice(&sources);
        if is_over || is_done {
            break;
        }
        tokio::time::sleep(every).await;
    }
    Ok(Verdict {
        rows: watch.history.findings().iter().map(Into::into).collect(),
        left_out: watch.history.left_out(),
        playlists: watch.playlists,
        renditions: sources.iter().map(|source| source.listed.len()).sum(),
    })
}

fn rules(arguments: &Check) -> Rules {
    let against = &arguments.against;
    Rules {
        mode: if against.inserted {
            Mode::Insert
        } else {
            Mode::Replace
        },
        queries: if against.ignore_queries {
            Queries::Ignored
        } else {
            Queries::Compared
        },
        counted: against.counted.clone(),
        break_max: against.max_break.map(|span| span.0.saturating_mul(1000)),
        slack: SLACK,
    }
}

/// Opens the origin, if there is one, and every session.
async fn open(arguments: &Check, limit: Duration, clock: &Clock) -> Result<Vec<Watched>, Failure> {
    let mut sources = Vec::new();
    for number in 1..=arguments.sessions {
        let name = Some(number.to_string());
        let source = Watched::open(&arguments.url, name, limit, clock).await;
        sources.push(source.map_err(|why| unwatchable(&arguments.url, &why))?);
    }
    if let Some(url) = &arguments.against.origin {
        let source = Watched::open(url, None, limit, clock).await;
        sources.push(source.map_err(|why| unwatchable(url, &why))?);
    }
    Ok(sources)
}

/// What a round says about the next.
#[derive(Debug)]
struct Round {
    pace: Option<Duration>,
    has_ended: bool,
}

/// A stream that is being watched.
#[derive(Debug)]
struct Watch {
    history: History,
    playlists: u64,
    /// Sessions and addresses of the lists that were asked for.
    asked: HashSet<(Option<String>, String)>,
    limit: Duration,
    clock: Clock,
}

impl Watch {
    fn multivariant(&mut self, source: &Watched) {
        if let Some((at, url, text)) = &source.multivariant {
            self.history.see_multivariant(&Sight {
                at: *at,
                source: named(source.session.as_ref()),
                rendition: "multivariant",
                url,
                text,
            });
            self.playlists += 1;
        }
    }

    /// Looks at every rendition of every source once: sessions are asked before the origin, so
    /// that what they were made from is not newer than what they are compared with.
    async fn round(&mut self, sources: &[Watched]) -> Round {
        let (origin, sessions): (Vec<_>, Vec<_>) =
            sources.iter().partition(|source| source.session.is_none());
        let of_sessions = load_all(&sessions, self.limit, &self.clock).await;
        let of_origin = load_all(&origin, self.limit, &self.clock).await;
        let answers = of_origin.into_iter().chain(of_sessions);
        let names = sources.iter().flat_map(|source| {
            let listed = source.listed.iter();
            listed.map(|listed| (source.session.clone(), listed.name.clone()))
        });
        let mut round = Round {
            pace: None,
            has_ended: true,
        };
        for ((session, rendition), answer) in names.zip(answers) {
            self.see(session, &rendition, &answer, &mut round).await;
        }
        round
    }

    async fn see(
        &mut self,
        session: Option<String>,
        rendition: &str,
        answer: &Answer,
        round: &mut Round,
    ) {
        self.playlists += 1;
        let source = named(session.as_ref());
        let sight = |text| Sight {
            at: answer.at,
            source,
            rendition,
            url: &answer.url,
            text,
        };
        match &answer.text {
            Ok(text) => {
                self.history.see(&sight(text));
                let paced = pace(text).map(Duration::from_millis);
                round.pace = [round.pace, paced].into_iter().flatten().min();
                round.has_ended &= has_ended(text);
                if session.is_some() {
                    self.lists(session.as_ref(), text, &answer.url).await;
                }
            }
            Err(why) => {
                self.history.see_failure(&sight(why));
                round.has_ended = false;
            }
        }
    }

    /// Asks once for each list of assets that is named.
    async fn lists(&mut self, session: Option<&String>, text: &str, url: &str) {
        for asked in asset_lists(text, url) {
            let key = (session.cloned(), asked.url.clone());
            if self.asked.len() == LISTS_MAX || !self.asked.insert(key) {
                continue;
            }
            let answer = load(&asked.url, self.limit, &self.clock).await;
            match &answer.text {
                Ok(text) => self.history.see_assets(&AssetList {
                    at: answer.at,
                    session: session.map(String::as_str),
                    id: &asked.id,
                    length: asked.length,
                    start_offset: None,
                    resumes: asked.resumes,
                    text,
                }),
                Err(why) => self.history.see_failure(&Sight {
                    at: answer.at,
                    source: named(session),
                    rendition: &asked.id,
                    url: &answer.url,
                    text: why,
                }),
            }
        }
    }

    /// Whether everything was loaded a second time, to see that it did not change.
    fn is_seen_twice(&self, sources: &[Watched]) -> bool {
        let renditions: usize = sources.iter().map(|source| source.listed.len()).sum();
        self.playlists >= 2 * renditions as u64 + sources.len() as u64
    }
}

fn named(session: Option<&String>) -> Source<'_> {
    session.map_or(Source::Origin, |name| Source::Session(name))
}

/// Every rendition of every source, all at the same time, in their order.
async fn load_all(sources: &[&Watched], limit: Duration, clock: &Clock) -> Vec<Answer> {
    let rounds = sources.iter().map(|source| source.round(limit, clock));
    join_all(rounds).await.into_iter().flatten().collect()
}
