//! The breaks of a channel or an asset as VMAP, for players that ask for their ads themselves.

use std::fmt::Write as _;

use crate::format::vmap::{AdBreak, Answer, Offset, Source};
use crate::model::stream::ScheduledBreak;
use crate::model::{ChannelId, Millis};

/// What each break's own tag says: never taken from the request for all of them.
const OWN: [&str; 7] = [
    "channel",
    "campaign_id",
    "duration",
    "pod_duration",
    "slots",
    "insertion",
    "reporting",
];
/// Written text never fails.
const INFALLIBLE: &str = "a String takes any text";

/// What the tags of all breaks share.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    /// Where players reach us, without a slash at its end.
    pub public_url: &'a str,
    /// Where the ads are shown.
    pub channel: ChannelId,
    /// The query that asked for the document: who watches what. Each tag repeats it, macros of
    /// players too, but for what the break says itself.
    pub query: &'a str,
}

/// How the ads of a break come to the player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ads {
    /// It asks for them when the break comes.
    Asked,
    /// They are decided: this VAST document.
    Decided(String),
}

/// Appends the document to `out`. `ads` is asked for each break, by its place.
pub fn write_vmap(
    tag: &Tag<'_>,
    breaks: &[ScheduledBreak],
    mut ads: impl FnMut(usize, &ScheduledBreak) -> Ads,
    out: &mut Vec<u8>,
) {
    let mut answer = Answer::begin(out);
    for (place, one) in breaks.iter().enumerate() {
        let (uri, document);
        let source = match ads(place, one) {
            Ads::Asked => {
                uri = tag.uri(one.duration);
                Source::Tag(&uri)
            }
            Ads::Decided(decided) => {
                document = decided;
                Source::Vast(&document)
            }
        };
        answer.ad_break(&AdBreak {
            offset: match one.at {
                Millis(0) => Offset::Start,
                at => Offset::At(at),
            },
            id: &format!("break-{}", place + 1),
            source,
        });
    }
    answer.end();
}

impl Tag<'_> {
    /// The VAST tag of a break this long.
    fn uri(&self, duration: Millis) -> String {
        format!(
            "{}/api/v1/vast?{}",
            self.public_url,
            self.query_of(duration)
        )
    }

    /// The query of that tag.
    pub fn query_of(&self, duration: Millis) -> String {
        let mut uri = format!(
            "channel={}&pod_duration={}",
            self.channel,
            duration.0 / 1_000
        );
        if !duration.0.is_multiple_of(1_000) {
            write!(uri, ".{:03}", duration.0 % 1_000).expect(INFALLIBLE);
        }
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        for pair in pairs {
            let name = pair.split('=').next().unwrap_or_default();
            if !OWN.contains(&name) {
                uri.push('&');
                uri.push_str(pair);
            }
        }
        uri
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(query: &str, breaks: &[(u64, u64)]) -> String {
        let tag = Tag {
            public_url: "https://ads.example",
            channel: ChannelId::new(3),
            query,
        };
        let breaks: Vec<_> = breaks
            .iter()
            .map(|(at, duration)| ScheduledBreak {
                at: Millis(*at),
                duration: Millis(*duration),
            })
            .collect();
        let mut out = Vec::new();
        let decided = |place, _: &ScheduledBreak| match place {
            1 => Ads::Decided("<VAST version=\"3.0\"/>".to_owned()),
            _ => Ads::Asked,
        };
        write_vmap(&tag, &breaks, decided, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_break_asks_for_its_own_time_and_for_the_same_viewer() {
        let query = "channel=x&did=[DEVICE]&pod_duration=9&geo=US-CA&&duration=1&reporting=client";
        let text = write(
            query,
            &[(0, 60_000), (600_000, 30_000), (1_200_000, 15_500)],
        );
        let channel = ChannelId::new(3);
        let uri = |time: &str| {
            format!(
                "<![CDATA[https://ads.example/api/v1/vast?channel={channel}&pod_duration={time}\
                 &did=[DEVICE]&geo=US-CA]]>"
            )
        };
        assert!(text.contains(&uri("60")), "{text}");
        assert!(text.contains(&uri("15.500")), "{text}");
        assert_eq!(text.matches("AdTagURI").count(), 4, "the second is decided");
        assert!(text.contains("timeOffset=\"start\""));
        assert!(text.contains("timeOffset=\"00:20:00.000\""));
        assert!(text.contains("breakId=\"break-3\""));
    }

    #[test]
    fn without_breaks_it_is_a_document_still() {
        let text = write("", &[]);
        assert!(text.ends_with(" version=\"1.0\"></vmap:VMAP>\n"), "{text}");
    }
}
