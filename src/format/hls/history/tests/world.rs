//! A small world of good histories: an origin, and a session stitched the slow and obvious way.

use crate::format::hls::history::{Finding, History, Rules, Sight, Source};
use crate::model::Timestamp;

/// 2026-11-20T12:00:00Z in milliseconds.
pub(super) const EPOCH: i64 = 1_795_176_000_000;

/// One playlist of a history, to be spoiled by a test.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// Seconds since the epoch.
    pub(super) second: i64,
    /// Empty for the origin.
    pub(super) session: &'static str,
    pub(super) rendition: &'static str,
    pub(super) text: String,
}

impl Seen {
    pub(super) fn is(&self, session: &str, rendition: &str) -> bool {
        self.session == session && self.rendition == rendition
    }
}

/// One segment of a playlist that is being made.
#[derive(Debug, Clone)]
struct Element {
    /// Content second from which it is no longer hidden, and from which on it rolls off.
    covered: i64,
    splits: bool,
    tags: Vec<String>,
    uri: String,
}

/// How a world is made.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) renditions: Vec<&'static str>,
    /// Seconds of a segment.
    pub(super) unit: i64,
    /// Segments in the window of the origin.
    pub(super) window: i64,
    pub(super) rounds: i64,
    /// First and last-but-one segment of each break.
    pub(super) breaks: Vec<(i64, i64)>,
    /// Seconds of an ad segment.
    pub(super) ad_unit: i64,
    pub(super) dated: bool,
    /// Lines that stand before the first segment of a window, to restate what rolled off.
    pub(super) scope: fn(Scope) -> Vec<String>,
    /// Lines before every content segment.
    pub(super) extra: fn(i64) -> Vec<String>,
    pub(super) version: u32,
}

/// Whose lines are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Content starts: its keys and its map. With the number at the origin.
    Content,
    /// An ad starts.
    Ad,
}

impl Default for World {
    fn default() -> Self {
        Self {
            renditions: vec!["v0", "v1", "a0"],
            unit: 6,
            window: 8,
            rounds: 40,
            breaks: vec![(12, 17), (27, 32)],
            ad_unit: 5,
            dated: true,
            scope: |_| Vec::new(),
            extra: |_| Vec::new(),
            version: 6,
        }
    }
}

fn date(second: i64) -> String {
    let at = Timestamp::from_millis(EPOCH + second * 1000);
    format!("#EXT-X-PROGRAM-DATE-TIME:{at}")
}

impl World {
    /// The history of the origin and of one session, round by round.
    pub(super) fn history(&self) -> Vec<Seen> {
        let mut seen = Vec::new();
        for round in self.window..self.rounds {
            for rendition in &self.renditions {
                let of = |session, elements: &[Element]| Seen {
                    second: (round + 1) * self.unit,
                    session,
                    rendition,
                    text: self.playlist(elements, round),
                };
                seen.push(of("", &self.origin(rendition)));
                seen.push(of("s1", &self.session(rendition)));
            }
        }
        seen
    }

    /// The first segment and the length of the break that a segment is in.
    fn break_at(&self, number: i64) -> Option<(i64, i64)> {
        let found = self.breaks.iter();
        let mut found = found.filter(|(from, to)| (*from..*to).contains(&number));
        found
            .next()
            .map(|(from, to)| (*from, (to - from) * self.unit))
    }

    fn content(&self, rendition: &str, number: i64) -> Element {
        let mut tags = Vec::new();
        if self.dated {
            tags.push(date(number * self.unit));
        }
        if let Some((from, length)) = self.break_at(number)
            && from == number
        {
            tags.push(format!("#EXT-X-CUE-OUT:{length}"));
        }
        if self.breaks.iter().any(|(_, to)| *to == number) {
            tags.push("#EXT-X-CUE-IN".to_owned());
        }
        tags.extend((self.extra)(number));
        tags.push(format!("#EXTINF:{}.000,", self.unit));
        Element {
            covered: (number + 1) * self.unit,
            splits: false,
            tags,
            uri: format!("http://origin/{rendition}/seg{number}.m4s"),
        }
    }

    fn origin(&self, rendition: &str) -> Vec<Element> {
        let numbers = 0..self.rounds;
        numbers
            .map(|number| self.content(rendition, number))
            .collect()
    }

    fn session(&self, rendition: &str) -> Vec<Element> {
        let mut elements = Vec::new();
        let mut returns = false;
        for number in 0..self.rounds {
            let Some((from, length)) = self.break_at(number) else {
                let mut element = self.content(rendition, number);
                if returns {
                    element.splits = true;
                    let scope = (self.scope)(Scope::Content);
                    element.tags.splice(0..0, scope);
                }
                returns = false;
                elements.push(element);
                continue;
            };
            returns = true;
            if from != number {
                continue;
            }
            for index in 0..length / self.ad_unit {
                let covered = from * self.unit + (index + 1) * self.ad_unit;
                let mut tags = Vec::new();
                let splits = index % 3 == 0;
                if splits {
                    tags.extend((self.scope)(Scope::Ad));
                    if self.dated {
                        tags.push(date(covered - self.ad_unit));
                    }
                }
                tags.push(format!("#EXTINF:{}.000,", self.ad_unit));
                let ad = index / 3;
                elements.push(Element {
                    covered,
                    splits,
                    tags,
                    uri: format!("http://ads/b{from}/ad{ad}/{rendition}/{index}.m4s"),
                });
            }
        }
        elements
    }

    fn playlist(&self, elements: &[Element], round: i64) -> String {
        let end = (round + 1) * self.unit;
        let start = end - self.window * self.unit;
        let gone = elements.iter().take_while(|one| one.covered <= start);
        let (mut msn, mut dsn) = (0, 0);
        for element in gone {
            msn += 1;
            dsn += u32::from(element.splits);
        }
        let version = self.version;
        let mut text = format!(
            "#EXTM3U\n#EXT-X-VERSION:{version}\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:{msn}\n#EXT-X-DISCONTINUITY-SEQUENCE:{dsn}\n"
        );
        let listed = elements
            .iter()
            .filter(|one| one.covered > start && one.covered <= end);
        for (index, element) in listed.enumerate() {
            if element.splits {
                text.push_str("#EXT-X-DISCONTINUITY\n");
            }
            let is_ad = element.uri.contains("//ads/");
            let mut tags = element.tags.clone();
            if index == 0 && !element.splits {
                let scope = if is_ad { Scope::Ad } else { Scope::Content };
                let mut first = (self.scope)(scope);
                if self.dated && is_ad {
                    first.push(date(element.covered - self.ad_unit));
                }
                tags.splice(0..0, first);
            }
            for tag in &tags {
                text.push_str(tag);
                text.push('\n');
            }
            text.push_str(&element.uri);
            text.push('\n');
        }
        text
    }
}

/// Runs the checker over a history.
pub(super) fn findings(rules: Rules, seen: &[Seen]) -> Vec<Finding> {
    let mut history = History::new(rules);
    for one in seen {
        let url = match one.session {
            "" => format!("http://origin/{}/index.m3u8?u=7", one.rendition),
            session => format!("http://edge/{session}/{}.m3u8?u=7", one.rendition),
        };
        let source = match one.session {
            "" => Source::Origin,
            session => Source::Session(session),
        };
        history.see(&Sight {
            at: Timestamp::from_millis(EPOCH + one.second * 1000),
            source,
            rendition: one.rendition,
            url: &url,
            text: &one.text,
        });
    }
    history.findings().to_vec()
}

/// What was found, a line each.
pub(super) fn told(found: &[Finding]) -> String {
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// The numbers of the invariants that a history breaks.
pub(super) fn numbers(findings: &[Finding]) -> Vec<u8> {
    let mut numbers: Vec<u8> = findings
        .iter()
        .map(|finding| finding.invariant.number())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// A history without its origin.
pub(super) fn alone(mut seen: Vec<Seen>) -> Vec<Seen> {
    seen.retain(|one| !one.session.is_empty());
    seen
}
