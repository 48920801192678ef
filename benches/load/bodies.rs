//! Requests with bodies: every line of a file, again and again; and what the answers hold.

use std::io::{self, BufRead, Write};
use std::net::SocketAddr;

use adserve::api::PodAnswer;
use anyhow::Context as _;

use super::engine::Traffic;
use super::workload::{self, Dice};

const SEED: u64 = 12;

/// Writes so many bodies of requests for a pod, one a line.
pub(crate) fn write(count: u32, out: &mut dyn Write) -> io::Result<()> {
    let mut dice = Dice::of(SEED);
    for viewer in 0..count {
        writeln!(out, "{}", workload::body(&mut dice, viewer))?;
    }
    Ok(())
}

/// A keep-alive POST of every line to one path, from the first again after the last.
#[derive(Debug)]
pub(crate) struct Cycle {
    /// All requests, one after the other: read in order, so that memory keeps up.
    requests: Vec<u8>,
    /// Where each ends; never empty.
    ends: Vec<usize>,
    next: usize,
    left: u64,
}

impl Cycle {
    /// Asks `times` in all.
    pub(crate) fn read(
        target: SocketAddr,
        path: &str,
        lines: impl BufRead,
        times: u64,
    ) -> anyhow::Result<Self> {
        let (mut requests, mut ends) = (Vec::new(), Vec::new());
        for line in lines.lines() {
            let line = line?;
            write!(
                requests,
                "POST {path} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: adserve-load\r\n\
                 Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{line}",
                line.len()
            )?;
            ends.push(requests.len());
        }
        ends.last().context("there are no bodies")?;
        Ok(Self {
            requests,
            ends,
            next: 0,
            left: times,
        })
    }
}

impl Traffic for Cycle {
    fn next(&mut self, request: &mut Vec<u8>) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let before = self.next.checked_sub(1);
        let start = before.map_or(0, |before| self.ends[before]);
        request.extend_from_slice(&self.requests[start..self.ends[self.next]]);
        self.next = (self.next + 1) % self.ends.len();
        true
    }

    fn answered(&mut self, _status: u16, _body: &[u8]) {}
}

/// Asks like [`Cycle`] and keeps the answers.
#[derive(Debug)]
pub(crate) struct Keep {
    ask: Cycle,
    answers: Vec<Vec<u8>>,
}

/// What pods hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pods {
    pub(crate) asked: u64,
    pub(crate) empty: u64,
    pub(crate) ads: u64,
    /// Of advertising in all of them together.
    pub(crate) seconds: f64,
}

impl Keep {
    pub(crate) const fn new(ask: Cycle) -> Self {
        let answers = Vec::new();
        Self { ask, answers }
    }

    /// Counts what is in the answers.
    pub(crate) fn count(&self) -> anyhow::Result<Pods> {
        let mut pods = Pods {
            asked: 0,
            empty: 0,
            ads: 0,
            seconds: 0.0,
        };
        for answer in &self.answers {
            let answer: PodAnswer = serde_json::from_slice(answer)?;
            pods.asked += 1;
            pods.empty += u64::from(answer.ads.is_empty());
            pods.ads += answer.ads.len() as u64;
            pods.seconds += answer.ads.iter().map(|ad| ad.duration).sum::<f64>();
        }
        Ok(pods)
    }

    /// The answer that is nearest to the mean in size.
    pub(crate) fn typical(&self) -> Option<&[u8]> {
        let total: usize = self.answers.iter().map(Vec::len).sum();
        let mean = total / self.answers.len().max(1);
        let nearest = self
            .answers
            .iter()
            .min_by_key(|answer| answer.len().abs_diff(mean));
        nearest.map(Vec::as_slice)
    }
}

impl Traffic for Keep {
    fn next(&mut self, request: &mut Vec<u8>) -> bool {
        self.ask.next(request)
    }

    fn answered(&mut self, status: u16, body: &[u8]) {
        if status == 200 {
            self.answers.push(body.to_vec());
        }
    }
}
