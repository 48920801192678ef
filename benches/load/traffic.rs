//! What a run asks for: one request again and again, or every line of a list; and the beacons and
//! playlists that can be taken from answers.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;

use super::engine::Traffic;
use super::wire;

/// One request, `left` times.
#[derive(Debug)]
pub(crate) struct Repeat {
    request: Vec<u8>,
    left: u64,
}

impl Repeat {
    pub(crate) fn new(target: SocketAddr, path: &str, times: u64) -> Self {
        Self {
            request: wire::get(target, path),
            left: times,
        }
    }
}

impl Traffic for Repeat {
    fn next(&mut self, request: &mut Vec<u8>) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        request.extend_from_slice(&self.request);
        true
    }

    fn answered(&mut self, _status: u16, _body: &[u8]) {}
}

/// Every path of a list, one round of it after the other.
#[derive(Debug)]
pub(crate) struct List {
    /// All requests, one after the other: read in order, so that memory keeps up.
    requests: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    next: usize,
    /// Rounds after this one.
    rounds_left: u64,
}

impl List {
    /// Asks for each path `rounds` times.
    pub(crate) fn read(target: SocketAddr, lines: impl BufRead, rounds: u64) -> io::Result<Self> {
        let mut list = Self {
            requests: Vec::new(),
            ends: Vec::new(),
            next: 0,
            rounds_left: rounds.saturating_sub(1),
        };
        for line in lines.lines() {
            list.requests.extend_from_slice(&wire::get(target, &line?));
            list.ends.push(list.requests.len());
        }
        Ok(list)
    }
}

impl Traffic for List {
    fn next(&mut self, request: &mut Vec<u8>) -> bool {
        if self.next == self.ends.len() && self.rounds_left > 0 {
            self.rounds_left -= 1;
            self.next = 0;
        }
        let Some(end) = self.ends.get(self.next) else {
            return false;
        };
        let start = self
            .next
            .checked_sub(1)
            .map_or(0, |before| self.ends[before]);
        request.extend_from_slice(&self.requests[start..*end]);
        self.next += 1;
        true
    }

    fn answered(&mut self, _status: u16, _body: &[u8]) {}
}

/// Begins sessions and keeps the paths of their first media playlists.
#[derive(Debug)]
pub(crate) struct Sessions {
    ask: List,
    playlists: Vec<String>,
}

impl Sessions {
    pub(crate) const fn new(ask: List) -> Self {
        let playlists = Vec::new();
        Self { ask, playlists }
    }

    /// Writes a path a line; returns how many.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<usize> {
        for path in &self.playlists {
            writeln!(out, "{path}")?;
        }
        Ok(self.playlists.len())
    }
}

impl Traffic for Sessions {
    fn next(&mut self, request: &mut Vec<u8>) -> bool {
        self.ask.next(request)
    }

    fn answered(&mut self, status: u16, body: &[u8]) {
        let text = str::from_utf8(body).unwrap_or_default();
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        if status == 200
            && let Some(uri) = lines.find(|line| !line.is_empty())
        {
            self.playlists.push(path(uri).to_owned());
        }
    }
}

/// The path and query of an address of this server.
fn path(uri: &str) -> &str {
    let after_scheme = uri.split_once("://").map_or(uri, |(_scheme, rest)| rest);
    let at = after_scheme.find('/');
    at.and_then(|at| after_scheme.get(at..)).unwrap_or(uri)
}

/// Events of an ad in the order a player reports them.
const EVENTS: [&str; 6] = [
    "impression",
    "start",
    "firstQuartile",
    "midpoint",
    "thirdQuartile",
    "complete",
];

/// Asks for ads and keeps their beacons.
#[derive(Debug)]
pub(crate) struct Harvest {
    ask: Repeat,
    /// Paths by event, in the order of the ads.
    beacons: BTreeMap<usize, Vec<String>>,
}

impl Harvest {
    pub(crate) fn new(ask: Repeat) -> Self {
        Self {
            ask,
            beacons: BTreeMap::new(),
        }
    }

    /// Writes the beacons of `window` ads event by event, then those of the next ads: as if so
    /// many TVs had begun together. Returns how many.
    pub(crate) fn write(&self, window: usize, out: &mut dyn Write) -> io::Result<usize> {
        let ads = self
            .beacons
            .values()
            .map(Vec::len)
            .max()
            .unwrap_or_default();
        let mut written = 0;
        for first in (0..ads).step_by(window.max(1)) {
            for paths in self.beacons.values() {
                for path in paths.iter().skip(first).take(window) {
                    writeln!(out, "{path}")?;
                    written += 1;
                }
            }
        }
        Ok(written)
    }
}

impl Traffic for Harvest {
    fn next(&mut self, request: &mut Vec<u8>) -> bool {
        self.ask.next(request)
    }

    fn answered(&mut self, status: u16, body: &[u8]) {
        let text = str::from_utf8(body).unwrap_or_default();
        if status == 200 {
            for (event, path) in beacons(text) {
                self.beacons.entry(event).or_default().push(path);
            }
        }
    }
}

/// The beacons of a VAST document: which of [`EVENTS`], and its path and query.
fn beacons(vast: &str) -> impl Iterator<Item = (usize, String)> {
    const PATH: &str = "/api/v1/track?event=";
    vast.split(PATH).skip(1).filter_map(|rest| {
        let end = rest.find(['<', ']', '"'])?;
        let query = rest.get(..end)?.replace("&amp;", "&");
        let name = query.split('&').next()?;
        let event = EVENTS.iter().position(|event| *event == name)?;
        Some((event, format!("{PATH}{query}")))
    })
}
