//! The addresses that players call, and the macros they fill in.
//!
//! Macros are those of VAST 4.2 §6. Nothing is expanded here: what the answer knows stands in it,
//! and what only the player knows is left for the player.
//!
//! | macro | where | why there, or why nowhere |
//! |---|---|---|
//! | `[ERRORCODE]` | `Error` of ads and of answers without | only the player knows what went wrong |
//! | `[CACHEBUSTING]` | nowhere | each address holds a token of its own and is answered `no-store` |
//! | `[TIMESTAMP]` | nowhere | events are counted when they come in; clocks of players are not trusted |
//! | `[ADPLAYHEAD]`, `[MEDIAPLAYHEAD]`, `[CONTENTPLAYHEAD]` | nowhere | the event says where in the ad it happened |
//! | `[ADSERVINGID]`, `[UNIVERSALADID]`, `[ASSETURI]` | nowhere | the token names ad and creative |
//! | `[REASON]` | nowhere | it belongs to `verificationNotExecuted`, and we send no verification |
//! | everything about device, user and page | nowhere | not needed to count, so not asked for |

use crate::format::vast::Uri;
use crate::model::EventKind;

/// Path of the beacon: `?event=NAME&t=TOKEN`, with `&code=NUMBER` for errors.
pub const TRACK_PATH: &str = "/api/v1/track";
/// Path that counts a click and leads to the advertiser: `?t=TOKEN`.
pub const CLICK_PATH: &str = "/api/v1/click";
/// Path that takes `{"token": "…"}` by POST.
pub const IMPRESSION_PATH: &str = "/api/v1/impression";

/// What a player may report of a linear ad besides impression, viewability, click and error.
pub(super) const LINEAR_EVENTS: [EventKind; 11] = [
    EventKind::CreativeView,
    EventKind::Start,
    EventKind::FirstQuartile,
    EventKind::Midpoint,
    EventKind::ThirdQuartile,
    EventKind::Complete,
    EventKind::Mute,
    EventKind::Unmute,
    EventKind::Pause,
    EventKind::Resume,
    EventKind::Skip,
];

/// The addresses of one served ad.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    public_url: &'a str,
    token: &'a str,
}

impl<'a> Links<'a> {
    /// `public_url` is where players reach us, without a slash at its end.
    pub const fn new(public_url: &'a str, token: &'a str) -> Self {
        Self { public_url, token }
    }

    /// The beacon of an event.
    pub const fn event(&self, kind: EventKind) -> Uri<'a> {
        let code = match kind {
            EventKind::Error => "&code=[ERRORCODE]",
            _ => "",
        };
        let (event, token) = ("/api/v1/track?event=", self.token);
        Uri::new([self.public_url, event, kind.as_str(), "&t=", token, code])
    }

    /// Where a click goes: counted, then led on to the advertiser.
    pub const fn click_through(&self) -> Uri<'a> {
        Uri::new([self.public_url, "/api/v1/click?t=", self.token, "", "", ""])
    }
}

/// What a player calls that got no ad. There is no served ad to count it for, so it has no token;
/// it names the decision, for the logs.
pub const fn no_ad_error<'a>(public_url: &'a str, decision: &'a str) -> Uri<'a> {
    let (event, code) = ("/api/v1/track?event=error&decision=", "&code=[ERRORCODE]");
    Uri::new([public_url, event, decision, code, "", ""])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_start_with_the_paths_that_are_routed() {
        let links = Links::new("https://ads.example", "TOKEN");
        for &kind in EventKind::ALL {
            let uri = links.event(kind).to_string();
            let expected = format!("https://ads.example{TRACK_PATH}?event={kind}&t=TOKEN");
            assert!(uri.starts_with(&expected), "{uri}");
            let rest = if kind == EventKind::Error {
                "&code=[ERRORCODE]"
            } else {
                ""
            };
            assert_eq!(uri, expected + rest);
        }
        assert_eq!(
            links.click_through().to_string(),
            format!("https://ads.example{CLICK_PATH}?t=TOKEN")
        );
        assert_eq!(
            no_ad_error("https://ads.example", "dec_1").to_string(),
            format!("https://ads.example{TRACK_PATH}?event=error&decision=dec_1&code=[ERRORCODE]")
        );
    }
}
