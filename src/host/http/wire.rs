//! What one connection is doing, seen from its bytes: the raw heads and the deadlines.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use super::limits::{Incident, Limits};
use super::stream::Stream;
use super::strict::{Ambiguity, Framing, read_head};
use crate::host::Clock;

/// After the last response, so many bytes are read and dropped before the socket is closed:
/// closing on unread bytes resets the connection, and the client may lose the response.
const LINGER_BYTES_MAX: usize = 256 * 1024;
/// How long that may take.
const LINGER_TIMEOUT: Duration = Duration::from_secs(1);
/// A buffer for recorded heads larger than this is not kept between requests.
const RECORD_BYTES_KEPT: usize = 2 * 1024;

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Accepted, or between the first byte of a request and the end of its headers.
    Head,
    /// A handler has the request, or the connection is being closed.
    Busy,
    /// Nothing is asked.
    Idle,
}

/// Where the next byte that comes in belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// To a head: it is recorded.
    Head,
    /// To a body with so many bytes left.
    Body(u64),
    /// To a chunked body. Its end is not looked for: the connection ends with its response.
    Opaque,
}

/// Shared by the byte stream, the guard and the watchdog of one connection.
#[derive(Debug)]
pub(super) struct Wire {
    limits: Arc<Limits>,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    since: Instant,
    /// Since when the client takes nothing.
    stalled: Option<Instant>,
    /// Since when the listener drains.
    draining: Option<Instant>,
    fresh: bool,
    reading: Reading,
    record: Vec<u8>,
}

/// What to do about a connection now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Look again at this instant.
    Wait(Instant),
    /// It did nothing for long: close it in good order.
    Finish,
    /// It took too long: cut it.
    Cut(Incident),
}

impl Wire {
    pub(super) fn new(limits: Arc<Limits>, clock: Clock) -> Self {
        let state = State {
            phase: Phase::Head,
            since: clock.monotonic(),
            stalled: None,
            draining: None,
            fresh: true,
            reading: Reading::Head,
            record: Vec::new(),
        };
        Self {
            limits,
            clock,
            state: Mutex::new(state),
        }
    }

    /// The parser has a whole head: check its bytes and note that a handler takes over.
    pub(super) fn head_ended(&self) -> Result<Framing, Ambiguity> {
        let mut state = self.lock();
        state.enter(Phase::Busy, self.now());
        state.fresh = false;
        let head = read_head(&state.record)?;
        state.record.drain(..head.bytes);
        match head.framing {
            Framing::Length(bytes) => state.skip(bytes),
            Framing::Chunked => {
                state.reading = Reading::Opaque;
                state.record = Vec::new();
            }
        }
        Ok(head.framing)
    }

    /// The whole response was handed to the stream.
    pub(super) fn response_ended(&self) {
        let mut state = self.lock();
        let next = if state.record.is_empty() {
            Phase::Idle
        } else {
            Phase::Head
        };
        if state.record.is_empty() && state.record.capacity() > RECORD_BYTES_KEPT {
            state.record = Vec::new();
        }
        state.enter(next, self.now());
    }

    /// The listener drains from now on: silent connections end soon, the others after their
    /// response.
    pub(super) fn drain(&self) {
        let now = self.clock.monotonic();
        self.lock().draining.get_or_insert(now);
    }

    pub(super) fn now(&self) -> Instant {
        self.clock.monotonic()
    }

    pub(super) fn is_draining(&self) -> bool {
        self.lock().draining.is_some()
    }

    /// What the watchdog must do now.
    pub(super) fn verdict(&self) -> Verdict {
        let state = self.lock();
        let now = self.clock.monotonic();
        let limits = &*self.limits;
        // A phase that begins while the watchdog waits ends no sooner than this.
        let look_again = now + limits.head_timeout.min(limits.write_timeout);
        match state.deadline(limits) {
            Some((deadline, then)) if now >= deadline => then,
            Some((deadline, _then)) => Verdict::Wait(deadline.min(look_again)),
            None => Verdict::Wait(look_again),
        }
    }

    /// Our side is closed: nothing is waited for but the client, and that has its own timer.
    fn closed(&self) {
        self.lock().enter(Phase::Busy, self.now());
    }

    fn came_in(&self, bytes: &[u8]) {
        let mut state = self.lock();
        if state.phase == Phase::Idle {
            state.enter(Phase::Head, self.now());
        }
        state.record(bytes);
    }

    fn wrote(&self) {
        self.lock().stalled = None;
    }

    fn stalls(&self) {
        let mut state = self.lock();
        if state.stalled.is_none() {
            state.stalled = Some(self.now());
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic while it was held cannot leave it half changed: every change is one step.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Until when this may last, and what happens then. A handler has its own deadlines.
    fn deadline(&self, limits: &Limits) -> Option<(Instant, Verdict)> {
        if let Some(stalled) = self.stalled {
            let cut = Verdict::Cut(Incident::WriteTimeout);
            return Some((stalled + limits.write_timeout, cut));
        }
        let silent = self.phase == Phase::Idle || (self.fresh && self.record.is_empty());
        if let (Some(draining), true) = (self.draining, silent) {
            let deadline = draining.max(self.since) + limits.drain_idle;
            return Some((deadline, Verdict::Finish));
        }
        let (span, then) = match self.phase {
            Phase::Busy => return None,
            Phase::Head => (limits.head_timeout, Verdict::Cut(Incident::HeadTimeout)),
            Phase::Idle => (limits.idle_timeout, Verdict::Finish),
        };
        Some((self.since + span, then))
    }

    fn enter(&mut self, phase: Phase, now: Instant) {
        self.phase = phase;
        self.since = now;
    }

    /// Takes bytes of a body, then records what follows: a client may send its next request
    /// before this one is answered.
    fn record(&mut self, bytes: &[u8]) {
        match self.reading {
            Reading::Head => self.record.extend_from_slice(bytes),
            Reading::Opaque => {}
            Reading::Body(left) => {
                let taken = usize::try_from(left).map_or(bytes.len(), |left| left.min(bytes.len()));
                let (_body, rest) = bytes.split_at(taken);
                self.body_came(taken);
                self.record.extend_from_slice(rest);
            }
        }
    }

    /// The head just read is followed by a body of so many bytes.
    fn skip(&mut self, bytes: u64) {
        self.reading = Reading::Body(bytes);
        let recorded = self.record.len();
        let taken = usize::try_from(bytes).map_or(recorded, |bytes| bytes.min(recorded));
        self.record.drain(..taken);
        self.body_came(taken);
    }

    fn body_came(&mut self, taken: usize) {
        if let Reading::Body(left) = self.reading {
            let left = left.saturating_sub(taken as u64);
            self.reading = if left == 0 {
                Reading::Head
            } else {
                Reading::Body(left)
            };
        }
    }
}

/// A stream whose bytes are noted in its [`Wire`], and which closes without a reset.
#[derive(Debug)]
pub(super) struct Watched {
    stream: Stream,
    wire: Arc<Wire>,
    /// Since our side is closed: until when the client's side is waited for.
    linger: Option<Pin<Box<Sleep>>>,
    lingered: usize,
}

impl Watched {
    pub(super) fn new(stream: Stream, wire: Arc<Wire>) -> Self {
        Self {
            stream,
            wire,
            linger: None,
            lingered: 0,
        }
    }

    fn note_write<T>(&self, written: Poll<T>) -> Poll<T> {
        match written {
            Poll::Ready(_) => self.wire.wrote(),
            Poll::Pending => self.wire.stalls(),
        }
        written
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        let came = buffer.filled().get(before..).unwrap_or_default();
        if !came.is_empty() {
            self.wire.came_in(came);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.note_write(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.note_write(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.note_write(flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.linger.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(cx))?;
            this.wire.closed();
        }
        let linger = this
            .linger
            .get_or_insert_with(|| Box::pin(sleep(LINGER_TIMEOUT)));
        let mut dropped = [0; 4 * 1024];
        while this.lingered < LINGER_BYTES_MAX {
            let mut buffer = ReadBuf::new(&mut dropped);
            match Pin::new(&mut this.stream).poll_read(cx, &mut buffer) {
                Poll::Pending => return linger.as_mut().poll(cx).map(Ok),
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    this.lingered += buffer.filled().len();
                }
                Poll::Ready(_ended) => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}
