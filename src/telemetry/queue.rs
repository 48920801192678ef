//! Log lines on their way out: a bounded queue and one thread that may block on the terminal,
//! so that nothing else ever does.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;

/// Lines that wait while the reader of our log is stuck. After that they are dropped and counted.
const LINES_MAX: usize = 4_096;
/// Lines written with one call.
const BATCH_LINES_MAX: usize = 64;

enum Message {
    Line(String),
    /// Everything before this is written: say so.
    Flush(SyncSender<()>),
}

/// Where lines are handed in. Never blocks.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    queue: SyncSender<Message>,
    dropped: Counter,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Message")
    }
}

impl Lines {
    /// Starts the thread that writes to `out`. It ends with the last handle.
    pub(super) fn start(out: impl Write + Send + 'static, dropped: Counter) -> io::Result<Self> {
        let (queue, messages) = sync_channel(LINES_MAX);
        let counter = dropped.clone();
        std::thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || write_all(&messages, out, &counter))?;
        Ok(Self { queue, dropped })
    }

    pub(super) fn push(&self, line: String) {
        match self.queue.try_send(Message::Line(line)) {
            Ok(()) => {}
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                self.dropped.inc();
            }
        }
    }

    /// Waits until what was pushed is written, at most `patience`.
    pub(super) fn flush(&self, patience: Duration) {
        let (done, written) = sync_channel(1);
        if self.queue.try_send(Message::Flush(done)).is_ok() {
            // Not written in time: the reader is stuck, and waiting longer would not help.
            written.recv_timeout(patience).ok();
        }
    }
}

fn write_all(messages: &Receiver<Message>, mut out: impl Write, dropped: &Counter) {
    let mut batch = String::new();
    while let Ok(first) = messages.recv() {
        let mut next = Some(first);
        let mut lines = 0;
        let mut flushes = Vec::new();
        while let Some(message) = next.take() {
            match message {
                Message::Line(line) => {
                    batch.push_str(&line);
                    lines += 1;
                }
                Message::Flush(done) => flushes.push(done),
            }
            if lines < BATCH_LINES_MAX {
                next = messages.try_recv().ok();
            }
        }
        if out
            .write_all(batch.as_bytes())
            .and_then(|()| out.flush())
            .is_err()
        {
            dropped.inc_by(lines as u64);
        }
        batch.clear();
        for done in flushes {
            // Who asked may have given up waiting.
            done.try_send(()).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A terminal whose reader is stopped until told to go on.
    struct Stuck(Receiver<()>);

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.recv().ok();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_come_out_in_order() {
        let out = Shared::default();
        let lines = Lines::start(out.clone(), Counter::default()).unwrap();
        for number in 0..1_000 {
            lines.push(format!("{number}\n"));
        }
        lines.flush(Duration::from_secs(10));
        let written = String::from_utf8(out.0.lock().unwrap().clone()).unwrap();
        let expected: Vec<_> = (0..1_000).map(|number| number.to_string()).collect();
        assert_eq!(written.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_stuck_reader_costs_lines_and_no_time() {
        let dropped = Counter::default();
        let (go_on, gate) = channel();
        let lines = Lines::start(Stuck(gate), dropped.clone()).unwrap();
        let pushed = LINES_MAX + BATCH_LINES_MAX + 500;
        for _ in 0..pushed {
            lines.push("line\n".to_owned());
        }
        assert!(dropped.get() >= 500, "{} dropped", dropped.get());
        // A full queue does not hold up the end either.
        lines.flush(Duration::from_secs(10));
        drop(go_on);
        lines.flush(Duration::from_secs(10));
    }

    #[test]
    fn a_closed_output_is_counted() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let dropped = Counter::default();
        let lines = Lines::start(Closed, dropped.clone()).unwrap();
        lines.push("line\n".to_owned());
        lines.flush(Duration::from_secs(10));
        assert_eq!(dropped.get(), 1);
    }
}
