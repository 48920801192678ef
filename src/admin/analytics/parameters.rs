//! The query parameters that reports share.

use crate::admin::route::{Kind, Parameter};

/// From the hour of this instant to that of another.
pub(super) fn range_parameters() -> [Parameter; 2] {
    [
        Parameter {
            name: "since",
            about: "From the hour of this instant; the last seven days of the tenant's zone unless given.",
            kind: Kind::Text,
        },
        Parameter {
            name: "until",
            about: "To this instant, and the hour that it is in is counted whole; to now unless given.",
            kind: Kind::Text,
        },
    ]
}

/// Which metrics.
pub(super) fn metrics_parameter() -> Parameter {
    Parameter {
        name: "metrics",
        about: "Names of metrics, separated by commas; `adctl help metrics` tells all.",
        kind: Kind::Text,
    }
}

/// What is counted.
pub(super) fn filter_parameters() -> [Parameter; 5] {
    let text = |name, about| Parameter {
        name,
        about,
        kind: Kind::Text,
    };
    [
        text(
            "campaign",
            "Only of these campaigns: ids or names, separated by commas.",
        ),
        text(
            "creative",
            "Only of these creatives: ids or names, separated by commas.",
        ),
        text(
            "channel",
            "Only on these channels: ids or names, separated by commas; `none` where the player did not say.",
        ),
        text(
            "device",
            "Only on these types of device, separated by commas.",
        ),
        text(
            "country",
            "Only in these countries: two letters, `unknown` or `other`, separated by commas.",
        ),
    ]
}
