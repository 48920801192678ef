//! One thread that keeps N connections busy and measures what comes back.
//!
//! Closed loop: each connection asks again as soon as it is answered, which finds the peak. Open
//! loop: requests are due at fixed times, and latency counts from the time a request was due, not
//! from when it could be sent, so that a stall of the server shows in every request that it
//! delayed (no coordinated omission).

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use adserve::host::Clock;
use hdrhistogram::Histogram;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};

use super::wire;

/// How long one connection may take to open.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Connections opened in one go: a queue of connections that overflows loses some for a minute,
/// and what is measured here is the server, not the kernel's queue.
const BURST: usize = 1_000;
/// Between two of them.
const BURST_PAUSE: Duration = Duration::from_millis(50);
/// How long answers are awaited after the last request was due.
const DRAIN_MAX: Duration = Duration::from_secs(10);
/// Broken connections after which a run says nothing any more.
const FAILURES_MAX: u64 = 10_000;
/// First size of a connection's buffer; it doubles while a response does not fit.
const BUFFER_BYTES: usize = 8 * 1024;
/// Largest response.
const RESPONSE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Readiness events taken in one call.
const EVENTS_MAX: usize = 1024;
/// Longest latency told apart from longer ones.
const LATENCY_MAX: Duration = Duration::from_mins(2);
/// Decimal digits of a latency that are kept.
const LATENCY_DIGITS: u8 = 3;

/// What to ask for, and what becomes of the answers.
pub(crate) trait Traffic {
    /// Writes the next request, or says that there is none.
    fn next(&mut self, request: &mut Vec<u8>) -> bool;

    /// Takes an answer.
    fn answered(&mut self, status: u16, body: &[u8]);
}

/// When requests are sent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// As soon as a connection is free.
    Closed,
    /// At fixed times, from the first moment on.
    Open { per_second: u32 },
}

/// One run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) target: SocketAddr,
    pub(crate) connections: usize,
    pub(crate) pace: Pace,
    /// Requests are due in this span; their answers may come later.
    pub(crate) span: Duration,
}

/// What a run measured. Latencies in nanoseconds.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// From the first request to the last answer.
    pub(crate) elapsed: Duration,
    pub(crate) statuses: BTreeMap<u16, u64>,
    /// Requests whose connection broke, or whose answer could not be read.
    pub(crate) failures: u64,
    /// Requests that were due and had no answer when the run gave up.
    pub(crate) unanswered: u64,
    /// Bytes of heads and bodies.
    pub(crate) bytes: u64,
    /// Of every request that was due, the unanswered ones with the time they had waited.
    pub(crate) latency: Histogram<u64>,
    /// Time in which the client found nothing to do: the server was the bottleneck.
    pub(crate) idle: Duration,
    /// Open loop: how late this client itself was, with a connection free and a request due.
    pub(crate) slip: Histogram<u64>,
}

impl Outcome {
    fn new() -> Self {
        let ceiling = nanos(LATENCY_MAX);
        let histogram = Histogram::new_with_bounds(1_000, ceiling, LATENCY_DIGITS)
            .expect("the bounds and digits are within what the histogram takes");
        Self {
            elapsed: Duration::ZERO,
            statuses: BTreeMap::new(),
            failures: 0,
            unanswered: 0,
            bytes: 0,
            idle: Duration::ZERO,
            slip: histogram.clone(),
            latency: histogram,
        }
    }

    /// Answers of any status.
    pub(crate) fn answered(&self) -> u64 {
        self.statuses.values().sum()
    }

    /// Answers of status 200 to 299.
    pub(crate) fn accepted(&self) -> u64 {
        self.statuses.range(200..300).map(|(_, count)| count).sum()
    }
}

/// Opens all connections of a plan.
#[expect(
    clippy::disallowed_methods,
    reason = "a pause between bursts waits for nothing that could be asked for"
)]
fn connect(plan: &Plan, poll: &Poll) -> io::Result<Vec<Connection>> {
    let mut connections = Vec::with_capacity(plan.connections);
    for index in 0..plan.connections {
        if index > 0 && index % BURST == 0 {
            std::thread::sleep(BURST_PAUSE);
        }
        connections.push(Connection::open(plan.target, poll, Token(index))?);
    }
    Ok(connections)
}

/// Runs `plan` with what `traffic` asks for.
pub(crate) fn run(plan: &Plan, traffic: &mut dyn Traffic) -> io::Result<Outcome> {
    let clock = Clock::real();
    let poll = Poll::new()?;
    let connections = connect(plan, &poll)?;
    let start = clock.monotonic();
    let engine = Engine {
        plan: *plan,
        poll,
        idle: (0..connections.len()).map(|index| (index, start)).collect(),
        connections,
        schedule: Schedule::new(plan, start),
        start,
        clock,
        traffic,
        request: Vec::with_capacity(BUFFER_BYTES),
        outcome: Outcome::new(),
    };
    engine.run()
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
    /// When the request in flight was due; none when idle.
    since: Option<Instant>,
}

enum Progress {
    Waiting,
    Complete(wire::Response),
    Broken,
}

impl Connection {
    fn open(target: SocketAddr, poll: &Poll, token: Token) -> io::Result<Self> {
        let stream = std::net::TcpStream::connect_timeout(&target, CONNECT_TIMEOUT)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        poll.registry()
            .register(&mut stream, token, Interest::READABLE)?;
        Ok(Self {
            stream,
            buffer: vec![0; BUFFER_BYTES],
            filled: 0,
            since: None,
        })
    }

    /// Reads until the response is whole or the kernel has no more. A whole response is not read
    /// past: what follows the next request is a new readiness event.
    fn read(&mut self) -> Progress {
        loop {
            match self.stream.read(&mut self.buffer[self.filled..]) {
                Ok(0) => return Progress::Broken,
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Progress::Waiting,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Progress::Broken,
            }
            match wire::response(&self.buffer[..self.filled]) {
                Ok(Some(response)) if response.len == self.filled => {
                    return Progress::Complete(response);
                }
                Ok(Some(_)) | Err(wire::Malformed) => return Progress::Broken,
                Ok(None) if self.filled < self.buffer.len() => {}
                Ok(None) if self.filled >= RESPONSE_BYTES_MAX => return Progress::Broken,
                Ok(None) => self.buffer.resize(self.filled * 2, 0),
            }
        }
    }
}

/// When the next request is due.
struct Schedule {
    pace: Pace,
    start: Instant,
    end: Instant,
    /// Requests taken so far.
    taken: u64,
    exhausted: bool,
}

impl Schedule {
    fn new(plan: &Plan, start: Instant) -> Self {
        Self {
            pace: plan.pace,
            start,
            end: start + plan.span,
            taken: 0,
            exhausted: false,
        }
    }

    /// When the next request is due; none when all have been taken.
    fn next(&self, now: Instant) -> Option<Instant> {
        let due = match self.pace {
            Pace::Closed => now,
            Pace::Open { per_second } => {
                let nanos = u128::from(self.taken) * 1_000_000_000 / u128::from(per_second.max(1));
                self.start + Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
            }
        };
        (!self.exhausted && due < self.end).then_some(due)
    }
}

struct Engine<'a> {
    plan: Plan,
    clock: Clock,
    poll: Poll,
    connections: Vec<Connection>,
    /// Free connections, with the time since when.
    idle: VecDeque<(usize, Instant)>,
    schedule: Schedule,
    start: Instant,
    traffic: &'a mut dyn Traffic,
    request: Vec<u8>,
    outcome: Outcome,
}

impl Engine<'_> {
    fn run(mut self) -> io::Result<Outcome> {
        let mut events = Events::with_capacity(EVENTS_MAX);
        let mut before = self.start;
        loop {
            let now = self.clock.monotonic();
            if events.is_empty() {
                self.outcome.idle += now - before;
            }
            before = now;
            self.send_due(now)?;
            let all_taken = self.schedule.next(now).is_none();
            let all_idle = self.idle.len() == self.connections.len();
            if all_taken && all_idle || now > self.schedule.end + DRAIN_MAX {
                self.give_up_on_the_rest(now);
                return Ok(self.outcome);
            }
            match self.poll.poll(&mut events, Some(self.patience(now))) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other?,
            }
            for event in &events {
                self.advance(event.token().0)?;
            }
        }
    }

    /// How long the loop may sleep. While requests remain it never does: the clock must be read,
    /// and a server that has to wake its client pays for that, which across a network it does not.
    fn patience(&self, now: Instant) -> Duration {
        match self.schedule.next(now) {
            Some(_) => Duration::ZERO,
            None => Duration::from_millis(100),
        }
    }

    fn send_due(&mut self, now: Instant) -> io::Result<()> {
        while let Some(due) = self.schedule.next(now).filter(|due| *due <= now) {
            let Some((index, free_since)) = self.idle.pop_front() else {
                return Ok(());
            };
            self.request.clear();
            if !self.traffic.next(&mut self.request) {
                self.schedule.exhausted = true;
                self.idle.push_front((index, free_since));
                return Ok(());
            }
            self.schedule.taken += 1;
            if matches!(self.plan.pace, Pace::Open { .. }) {
                self.outcome
                    .slip
                    .saturating_record(nanos(now - due.max(free_since)));
            }
            let connection = &mut self.connections[index];
            connection.since = Some(due);
            let written = connection.stream.write(&self.request);
            if !written.is_ok_and(|count| count == self.request.len()) {
                self.reopen(index, now)?;
            }
        }
        Ok(())
    }

    fn advance(&mut self, index: usize) -> io::Result<()> {
        let progress = self.connections[index].read();
        let now = self.clock.monotonic();
        match progress {
            Progress::Waiting => return Ok(()),
            Progress::Broken => self.reopen(index, now)?,
            Progress::Complete(response) => self.complete(index, response, now)?,
        }
        self.send_due(now)
    }

    fn complete(&mut self, index: usize, response: wire::Response, now: Instant) -> io::Result<()> {
        let connection = &mut self.connections[index];
        let Some(since) = connection.since.take() else {
            return self.reopen(index, now);
        };
        connection.filled = 0;
        let body = &connection.buffer[response.head..response.len];
        self.traffic.answered(response.status, body);
        *self.outcome.statuses.entry(response.status).or_default() += 1;
        self.outcome.bytes += response.len as u64;
        self.outcome.latency.saturating_record(nanos(now - since));
        self.outcome.elapsed = now - self.start;
        if response.closes {
            self.reopen(index, now)
        } else {
            self.idle.push_back((index, now));
            Ok(())
        }
    }

    /// Replaces a connection that broke or was closed; a request in flight on it has failed.
    fn reopen(&mut self, index: usize, now: Instant) -> io::Result<()> {
        if let Some(since) = self.connections[index].since {
            self.outcome.failures += 1;
            self.outcome.latency.saturating_record(nanos(now - since));
            if self.outcome.failures > FAILURES_MAX {
                return Err(io::Error::other(format!(
                    "more than {FAILURES_MAX} requests failed"
                )));
            }
            self.idle.push_back((index, now));
        } else if !self.idle.iter().any(|(free, _)| *free == index) {
            self.idle.push_back((index, now));
        }
        self.connections[index] = Connection::open(self.plan.target, &self.poll, Token(index))?;
        Ok(())
    }

    fn give_up_on_the_rest(&mut self, now: Instant) {
        let in_flight = self
            .connections
            .iter()
            .filter_map(|connection| connection.since);
        let mut waiting: Vec<Instant> = in_flight.collect();
        while let Some(due) = self.schedule.next(now).filter(|due| *due <= now) {
            waiting.push(due);
            self.schedule.taken += 1;
        }
        for due in waiting {
            self.outcome.unanswered += 1;
            self.outcome.latency.saturating_record(nanos(now - due));
        }
    }
}

fn nanos(span: Duration) -> u64 {
    u64::try_from(span.as_nanos()).unwrap_or(u64::MAX)
}
