//! The closed list of what a history of playlists must keep to, each with its number.

/// What a history must keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Invariant {
    /// 1: a number names one segment for good.
    Identity,
    /// 2: the media sequence counts what was removed.
    MediaSequence,
    /// 3: the discontinuity sequence counts what was removed.
    DiscontinuitySequence,
    /// 4: the same content has the same discontinuity number in every rendition.
    DiscontinuityAgreement,
    /// 5: every splice is marked.
    SpliceMarked,
    /// 6: what slides has no type; what has ended never changes.
    PlaylistType,
    /// 7: the target duration holds.
    TargetDuration,
    /// 8: the window is long enough and keeps growing.
    LiveWindow,
    /// 9: ads do not run ahead of the content they replace.
    RunningAhead,
    /// 10: what replaces lasts as long as what is replaced.
    Conservation,
    /// 11: content is complete and in order.
    ContentOrder,
    /// 12: durations of content are copied, not reprinted.
    DurationText,
    /// 13: dates stand at splices and never go back.
    DatesAtSplices,
    /// 14: a segment keeps its date, and all renditions have dates or none.
    DatesStable,
    /// 15: a date range stays while it is on screen, and never changes.
    DateRanges,
    /// 16: date ranges have dates to stand on, the same in all renditions.
    DateRangeSets,
    /// 17: the tags of a splice stand in order and undo one another.
    SpliceTags,
    /// 18: keys and initialisation in force are stated.
    KeysAndMaps,
    /// 19: implicit initialisation vectors stay those of the origin.
    InitVector,
    /// 20: byte ranges have an offset unless they follow on.
    ByteRanges,
    /// 21: bit rates and gaps are those of the segment.
    BitrateAndGap,
    /// 22: addresses and variables mean what they mean at the origin.
    Addresses,
    /// 23: the version allows what is used.
    Version,
    /// 24: what may stand once stands once, and the end is the end of the origin.
    Singletons,
    /// 25: unknown lines survive.
    UnknownLines,
    /// 26: a splice is at the same place in all renditions.
    SpliceAgreement,
    /// 30: a break ends at its cue or at the longest that is allowed.
    BreakEnd,
    /// 31: the same window is the same text, with the same ads in every rendition.
    Determinism,
    /// 33: every playlist is answered, whatever fails behind it.
    Available,
    /// 34: an ad segment has an address of its own, so that it counts once.
    CountedOnce,
    /// 36: an interstitial has one asset or one list.
    InterstitialAsset,
    /// 37: a live interstitial resumes where it ends.
    InterstitialResume,
    /// 38: a list without ads skips nothing by accident.
    EmptyAssets,
    /// 39: a list asked for with an offset holds what is left.
    StartOffset,
    /// 40: an interstitial lies on the dates of the playlist.
    InterstitialPlace,
}

/// What is said of an invariant.
struct Law {
    invariant: Invariant,
    number: u8,
    name: &'static str,
    what: &'static str,
    why: &'static str,
}

/// In the order of the variants, so that a variant is its own index.
const LAWS: &[Law] = &[
    Law {
        invariant: Invariant::Identity,
        number: 1,
        name: "identity",
        what: "a number names one segment for good",
        why: "a player that has fetched a number never asks again; what it plays is not what the playlist says",
    },
    Law {
        invariant: Invariant::MediaSequence,
        number: 2,
        name: "media-sequence",
        what: "the media sequence counts what was removed",
        why: "players find their place by the number; one that miscounts what was removed makes them skip or repeat",
    },
    Law {
        invariant: Invariant::DiscontinuitySequence,
        number: 3,
        name: "discontinuity-sequence",
        what: "the discontinuity sequence counts what was removed",
        why: "players line renditions up by this number; after a switch they would play from the wrong place",
    },
    Law {
        invariant: Invariant::DiscontinuityAgreement,
        number: 4,
        name: "discontinuity-agreement",
        what: "the same content has the same discontinuity number in every rendition",
        why: "players look for the same number after a quality switch and find other content, or stall",
    },
    Law {
        invariant: Invariant::SpliceMarked,
        number: 5,
        name: "splice-marked",
        what: "every splice is marked",
        why: "timestamps and formats jump at a splice; a player that is not told stalls or drops frames",
    },
    Law {
        invariant: Invariant::PlaylistType,
        number: 6,
        name: "playlist-type",
        what: "what slides has no type; what has ended never changes",
        why: "players cache what is typed or ended and never see the change",
    },
    Law {
        invariant: Invariant::TargetDuration,
        number: 7,
        name: "target-duration",
        what: "the target duration holds",
        why: "players size buffers and reloads by it; a longer segment stalls them",
    },
    Law {
        invariant: Invariant::LiveWindow,
        number: 8,
        name: "live-window",
        what: "the window is long enough and keeps growing",
        why: "a player near the start of a short window, or waiting for a late segment, runs dry",
    },
    Law {
        invariant: Invariant::RunningAhead,
        number: 9,
        name: "running-ahead",
        what: "ads do not run ahead of the content they replace",
        why: "players join nearer to the end than the content is, and then the playlist stands still until it has caught up",
    },
    Law {
        invariant: Invariant::Conservation,
        number: 10,
        name: "conservation",
        what: "what replaces lasts as long as what is replaced",
        why: "every break would move the viewer away from the live edge, or eat the buffer until playback stalls",
    },
    Law {
        invariant: Invariant::ContentOrder,
        number: 11,
        name: "content-order",
        what: "content is complete and in order",
        why: "viewers miss content or see it twice",
    },
    Law {
        invariant: Invariant::DurationText,
        number: 12,
        name: "duration-text",
        what: "durations of content are copied, not reprinted",
        why: "rounded durations add up to drift between renditions",
    },
    Law {
        invariant: Invariant::DatesAtSplices,
        number: 13,
        name: "dates-at-splices",
        what: "dates stand at splices and never go back",
        why: "players cannot place content after a splice on the wall clock, and cues fire at the wrong time",
    },
    Law {
        invariant: Invariant::DatesStable,
        number: 14,
        name: "dates-stable",
        what: "a segment keeps its date, and all renditions have dates or none",
        why: "a date that moves moves every cue and every synchronised switch with it",
    },
    Law {
        invariant: Invariant::DateRanges,
        number: 15,
        name: "date-ranges",
        what: "a date range stays while it is on screen, and never changes",
        why: "players keep a range by its id; a change is refused or an interstitial is played twice or never",
    },
    Law {
        invariant: Invariant::DateRangeSets,
        number: 16,
        name: "date-range-sets",
        what: "date ranges have dates to stand on, the same in all renditions",
        why: "a range without dates cannot be placed; one that is not in every rendition comes and goes with quality",
    },
    Law {
        invariant: Invariant::SpliceTags,
        number: 17,
        name: "splice-tags",
        what: "the tags of a splice stand in order and undo one another",
        why: "the key scopes the initialisation after it; in the wrong order ads are decrypted and content is not",
    },
    Law {
        invariant: Invariant::KeysAndMaps,
        number: 18,
        name: "keys-and-maps",
        what: "keys and initialisation in force are stated",
        why: "a player that starts here cannot decrypt or initialise",
    },
    Law {
        invariant: Invariant::InitVector,
        number: 19,
        name: "init-vector",
        what: "implicit initialisation vectors stay those of the origin",
        why: "the first block of every segment decrypts to noise",
    },
    Law {
        invariant: Invariant::ByteRanges,
        number: 20,
        name: "byte-ranges",
        what: "byte ranges have an offset unless they follow on",
        why: "the player cannot know which bytes are meant and reads others",
    },
    Law {
        invariant: Invariant::BitrateAndGap,
        number: 21,
        name: "bitrate-and-gap",
        what: "bit rates and gaps are those of the segment",
        why: "players choose quality by wrong figures or ask for what is not there",
    },
    Law {
        invariant: Invariant::Addresses,
        number: 22,
        name: "addresses",
        what: "addresses and variables mean what they mean at the origin",
        why: "the player asks for something else, or for nothing",
    },
    Law {
        invariant: Invariant::Version,
        number: 23,
        name: "version",
        what: "the version allows what is used",
        why: "older players must refuse what they cannot read, and newer ones must not misread it",
    },
    Law {
        invariant: Invariant::Singletons,
        number: 24,
        name: "singletons",
        what: "what may stand once stands once, and the end is the end of the origin",
        why: "players refuse the playlist, choose one of two values, or stop before the end",
    },
    Law {
        invariant: Invariant::UnknownLines,
        number: 25,
        name: "unknown-lines",
        what: "unknown lines survive",
        why: "what a later player or the station's own app reads from them is lost",
    },
    Law {
        invariant: Invariant::SpliceAgreement,
        number: 26,
        name: "splice-agreement",
        what: "a splice is at the same place in all renditions",
        why: "a switch near the splice would play content twice or leave it out",
    },
    Law {
        invariant: Invariant::BreakEnd,
        number: 30,
        name: "break-end",
        what: "a break ends at its cue or at the longest that is allowed",
        why: "viewers stay in ads while the programme has begun",
    },
    Law {
        invariant: Invariant::Determinism,
        number: 31,
        name: "determinism",
        what: "the same window is the same text, with the same ads in every rendition",
        why: "two copies of a server, or two renditions, would show different ads and numbers",
    },
    Law {
        invariant: Invariant::Available,
        number: 33,
        name: "available",
        what: "every playlist is answered, whatever fails behind it",
        why: "players give up after a few playlists that do not come",
    },
    Law {
        invariant: Invariant::CountedOnce,
        number: 34,
        name: "counted-once",
        what: "an ad segment has an address of its own, so that it counts once",
        why: "the second ad looks like a repeat of the first and is not counted",
    },
    Law {
        invariant: Invariant::InterstitialAsset,
        number: 36,
        name: "interstitial-asset",
        what: "an interstitial has one asset or one list",
        why: "players ignore an interstitial whose asset is missing, double or not absolute",
    },
    Law {
        invariant: Invariant::InterstitialResume,
        number: 37,
        name: "interstitial-resume",
        what: "a live interstitial resumes where it ends",
        why: "every break would leave the viewer further behind the live edge",
    },
    Law {
        invariant: Invariant::EmptyAssets,
        number: 38,
        name: "empty-assets",
        what: "a list without ads skips nothing by accident",
        why: "viewers lose content and see no ad for it",
    },
    Law {
        invariant: Invariant::StartOffset,
        number: 39,
        name: "start-offset",
        what: "a list asked for with an offset holds what is left",
        why: "a viewer who joins in a break gets more ads than there is break left",
    },
    Law {
        invariant: Invariant::InterstitialPlace,
        number: 40,
        name: "interstitial-place",
        what: "an interstitial lies on the dates of the playlist",
        why: "an interstitial outside of the dates of the playlist is never played",
    },
];

impl Invariant {
    /// Every invariant, in order of its number.
    pub fn all() -> impl Iterator<Item = Self> {
        LAWS.iter().map(|law| law.invariant)
    }

    /// Its number.
    pub const fn number(self) -> u8 {
        LAWS[self as usize].number
    }

    /// Its name, in lower case with hyphens.
    pub const fn name(self) -> &'static str {
        LAWS[self as usize].name
    }

    /// What it asks for.
    pub const fn what(self) -> &'static str {
        LAWS[self as usize].what
    }

    /// Why it matters: what a player does with a stream that breaks it.
    pub const fn why(self) -> &'static str {
        LAWS[self as usize].why
    }
}

/// The page about all of them, in Markdown.
pub fn document() -> String {
    let mut page = String::from(HEAD);
    for law in LAWS {
        let parts = [
            "| ",
            &law.number.to_string(),
            " | `",
            law.name,
            "` | ",
            law.what,
            " | ",
            law.why,
            " |\n",
        ];
        page.extend(parts);
    }
    page
}

/// What stands before the rules.
const HEAD: &str = "# What `adctl hls check` looks for

`adctl hls check URL` loads a stream again and again, as players do, and compares every playlist with all before it, of every
rendition and session. It reads playlists by itself, apart from the code that makes them, and works with any HLS stream.
With `--origin URL` it also compares content with the stream before ads. It exits with 1 if it finds anything.

| no. | rule | what it asks for | why it matters |
|---|---|---|---|
";
