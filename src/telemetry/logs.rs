//! Sets up logging: levels, format, and the way out.

use std::io::{self, IsTerminal};
use std::panic::PanicHookInfo;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use super::line::{Fields, write_line};
use super::metrics::Metrics;
use super::queue::Lines;
use crate::model::Timestamp;
use crate::model::word::words;

/// How long the end of the program waits for the last lines.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(1);

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For a person at a terminal.
    Text,
}
words!(LogFormat {
    Json = "json",
    Text = "text",
});

/// What to log, and how.
#[derive(Debug, Clone)]
pub struct LogSettings {
    /// Levels by target, such as `info,adserve::edge=debug`.
    pub levels: Targets,
    /// The format, or none for text on a terminal and JSON elsewhere.
    pub format: Option<LogFormat>,
}

/// The logs of the program. Keep it until the end, then [`Logs::flush`].
#[derive(Debug)]
pub struct Logs(Lines);

impl Logs {
    /// Logs to stderr from now on, for the whole program, panics included.
    pub fn start(
        settings: LogSettings,
        metrics: &Metrics,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let format = settings.format.unwrap_or(if io::stderr().is_terminal() {
            LogFormat::Text
        } else {
            LogFormat::Json
        });
        let lines = Lines::start(io::stderr(), metrics.log_lines_dropped.clone())?;
        let sink = Sink {
            lines: lines.clone(),
            format,
            now,
        };
        let subscriber = Registry::default().with(sink.with_filter(settings.levels));
        tracing::subscriber::set_global_default(subscriber).map_err(io::Error::other)?;
        let panics = metrics.panics.clone();
        std::panic::set_hook(Box::new(move |panic| note_panic(panic, &panics)));
        Ok(Self(lines))
    }

    /// Waits a moment for the last lines to be written.
    pub fn flush(&self) {
        self.0.flush(FLUSH_TIMEOUT);
    }
}

/// Logs and counts a panic. Its message may quote what a client sent: it is capped and escaped
/// like every field.
fn note_panic(panic: &PanicHookInfo<'_>, panics: &Counter) {
    panics.inc();
    let message = panic.payload_as_str().unwrap_or_default();
    let location = panic
        .location()
        .map(ToString::to_string)
        .unwrap_or_default();
    tracing::error!(%location, panic = message, "a panic: this is a bug, please report it");
}

/// Turns events into lines.
struct Sink<N> {
    lines: Lines,
    format: LogFormat,
    now: N,
}

impl<N, S> Layer<S> for Sink<N>
where
    N: Fn() -> Timestamp + 'static,
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(of_span) = span.extensions().get::<Fields>() {
                fields.inherit(of_span);
            }
        }
        let line = write_line(self.format, (self.now)(), event.metadata(), fields);
        self.lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use tracing::{error, info, info_span, warn};

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

    fn logged(format: LogFormat, levels: &str, log: impl FnOnce()) -> String {
        let out = Shared::default();
        let lines = Lines::start(out.clone(), Counter::default()).unwrap();
        let sink = Sink {
            lines: lines.clone(),
            format,
            now: || Timestamp::from_millis(1_500),
        };
        let levels: Targets = levels.parse().unwrap();
        let subscriber = Registry::default().with(sink.with_filter(levels));
        tracing::subscriber::with_default(subscriber, log);
        lines.flush(Duration::from_secs(10));
        let bytes = out.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn json_lines_hold_the_event_and_its_spans() {
        let text = logged(LogFormat::Json, "info", || {
            let _request = info_span!("request", request_id = "r-1", tenant = 7).entered();
            let broken = io::Error::other("disk");
            let error = &broken as &dyn std::error::Error;
            warn!(count = 3, error, level = "no", "kept");
        });
        assert!(text.starts_with("{\"ts\":\"1970-"), "{text}");
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["ts"], "1970-01-01T00:00:01.500Z");
        assert_eq!(line["level"], "warn");
        assert_eq!(line["msg"], "kept");
        assert_eq!(line["count"], 3);
        assert_eq!(line["error"], "disk");
        assert_eq!(line["request_id"], "r-1");
        assert_eq!(line["tenant"], 7);
    }

    #[test]
    fn levels_are_by_target() {
        let text = logged(LogFormat::Json, "warn,chatty=error", || {
            info!("no");
            warn!("yes");
            warn!(target: "chatty", "no");
            error!(target: "chatty", "yes");
        });
        assert_eq!(text.lines().count(), 2);
        assert_eq!(text.matches("\"yes\"").count(), 2);
    }

    #[test]
    fn hostile_text_stays_in_its_line_and_its_length() {
        let hostile = "\n{\"level\":\"error\"}\u{1b}[2J\u{202e}\u{9b}";
        let long = "x".repeat(1_000_000);
        for format in [LogFormat::Json, LogFormat::Text] {
            let text = logged(format, "info", || info!(agent = hostile, long, "{hostile}"));
            assert_eq!(text.lines().count(), 1, "{text}");
            assert!(text.len() < 4_000, "{}", text.len());
            assert!(!text.contains('\u{1b}'), "{text}");
        }
        let text = logged(LogFormat::Text, "info", || info!(agent = hostile, "seen"));
        assert!(
            text.starts_with("1970-01-01T00:00:01.500Z info  seen agent="),
            "{text}"
        );
        assert!(
            !text.contains('\u{202e}') && !text.contains('\u{9b}'),
            "{text}"
        );
    }
}
