//! Turns what the listeners meet into metrics.

use crate::host::http::{Incident, Observer};
use crate::telemetry::Metrics;
use crate::telemetry::metrics::{Incident as IncidentLabels, Listener};

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
    use crate::telemetry::metrics::Build;

    #[test]
    fn incidents_become_series() {
        let metrics = Metrics::new(&Build {
            version: "",
            commit: "",
            schema: "",
        });
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
