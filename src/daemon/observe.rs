//! Turns what the listeners meet, and how the caps are, into metrics.

use std::sync::Arc;
use std::time::Duration;

use crate::host::http::{Incident, Observer};
use crate::host::{Clock, Shutdown};
use crate::limits::caps::CapStore;
use crate::model::Timestamp;
use crate::telemetry::Metrics;
use crate::telemetry::metrics::{Incident as IncidentLabels, Listener};

/// How often it is looked at how the caps are: as often as most scrapes come.
const CAPS_EVERY: Duration = Duration::from_secs(10);

/// Tells the metrics how the caps are, until the end of the program.
pub async fn watch_caps(
    caps: Arc<CapStore>,
    metrics: Arc<Metrics>,
    clock: Clock,
    mut shutdown: Shutdown,
) {
    while !shutdown.is_requested() {
        show_caps(&caps, &metrics, clock.now());
        tokio::select! {
            () = tokio::time::sleep(CAPS_EVERY) => {}
            () = shutdown.requested() => {}
        }
    }
}

fn show_caps(caps: &CapStore, metrics: &Metrics, now: Timestamp) {
    let figures = caps.figures();
    let shown = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    metrics.cap_viewers.set(shown(figures.viewers as u64));
    metrics.cap_bytes.set(shown(figures.bytes as u64));
    metrics.cap_forgotten.set(shown(figures.forgotten));
    metrics.cap_clock_behind.set(shown(caps.behind(now).0));
}

/// An observer for the listener of this name: `public`, `admin_socket` or `admin_tcp`.
pub fn incidents(metrics: &Metrics, listener: &'static str) -> Observer {
    // All handles are made now, so that a scrape shows zeros and noting is one addition.
    let open = metrics
        .connections_open
        .get_or_create_owned(&Listener { listener });
    let counters: Vec<_> = Incident::ALL
        .iter()
        .map(|incident| {
            let kind = incident.as_str();
            metrics
                .connection_incidents
                .get_or_create_owned(&IncidentLabels { listener, kind })
        })
        .collect();
    Observer::new(move |incident| {
        if let Some(counter) = counters.get(incident as usize) {
            counter.inc();
        }
        match incident {
            Incident::Opened => drop(open.inc()),
            Incident::Closed => drop(open.dec()),
            Incident::AcceptFailed
            | Incident::AtCapacity
            | Incident::HandshakeFailed
            | Incident::HeadTimeout
            | Incident::BodyTimeout
            | Incident::WriteTimeout
            | Incident::IdleTimeout
            | Incident::Ambiguous
            | Incident::Refused
            | Incident::Panicked
            | Incident::Cut => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::caps::{Calendar, CapSubject};
    use crate::limits::caps::Grant;
    use crate::model::viewer::Identified;
    use crate::model::{
        CampaignId, Cap, CapFallback, CapScope, CapSpan, CapWindow, Identity, Millis, ViewerKey,
        Zone,
    };
    use crate::telemetry::metrics::Build;

    fn metrics() -> Metrics {
        Metrics::new(&Build {
            version: "",
            commit: "",
            schema: "",
        })
    }

    #[test]
    fn how_the_caps_are_is_shown() {
        let (metrics, caps) = (metrics(), CapStore::default());
        let noon = Timestamp::from_millis(43_200_000);
        let cap = Cap {
            scope: CapScope::User,
            windows: vec![CapWindow {
                max: 3,
                span: CapSpan::Rolling(3_600),
            }],
            fallback: CapFallback::Next,
        };
        let grant = Grant {
            ad: 0,
            subject: CapSubject::Campaign(CampaignId::new(1)),
            caps: &[cap],
        };
        let identity = Identity {
            user: Some(Identified {
                key: ViewerKey(7),
                before: None,
            }),
            ..Identity::default()
        };
        let counted = caps.reserve(&identity, &[grant], &Calendar::of(noon, &Zone::UTC));
        assert!(counted.is_ok());
        caps.sweep(noon, 1);
        // The clock is set back by a minute.
        show_caps(&caps, &metrics, noon.minus(Millis(60_000)));
        let text = metrics.text();
        for line in [
            "adserved_cap_viewers 1",
            "adserved_cap_forgotten 0",
            "adserved_cap_clock_behind_milliseconds 60000",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}:\n{text}");
        }
        assert!(metrics.cap_bytes.get() > 0);
    }

    #[test]
    fn incidents_become_series() {
        let metrics = metrics();
        let observer = incidents(&metrics, "public");
        for incident in [
            Incident::Opened,
            Incident::Opened,
            Incident::Closed,
            Incident::Cut,
        ] {
            observer.note(incident);
        }
        let text = metrics.text();
        for line in [
            "adserved_connections_open{listener=\"public\"} 1",
            "adserved_connection_incidents_total{listener=\"public\",kind=\"opened\"} 2",
            "adserved_connection_incidents_total{listener=\"public\",kind=\"cut\"} 1",
            "adserved_connection_incidents_total{listener=\"public\",kind=\"panicked\"} 0",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line} not in\n{text}"
            );
        }
    }
}
