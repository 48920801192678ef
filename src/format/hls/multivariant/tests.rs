//! Tests of multivariant playlists: what they name, and addresses exchanged without loss.

use bytes::Bytes;
use url::Url;

use super::{Multivariant, RenditionKind, UriRole};
use crate::format::hls::tests::corpus::corpus;
use crate::format::hls::{Limits, PlaylistError};

fn parse(name: &str) -> Multivariant {
    Multivariant::parse(Bytes::from_static(corpus(name)), &Limits::DEFAULT).unwrap()
}

fn refused(text: &str) -> PlaylistError {
    let text = Bytes::from(text.to_owned());
    Multivariant::parse(text, &Limits::DEFAULT).unwrap_err()
}

#[test]
fn variants_say_what_a_channel_is_made_of() {
    let playlist = parse("multivariant");
    assert!(playlist.independent && playlist.warnings.is_empty());
    let rows: Vec<_> = playlist
        .variants
        .iter()
        .map(|variant| {
            (
                playlist.str(&variant.uri).unwrap(),
                variant.bandwidth,
                variant.resolution.unwrap(),
                variant.frame_rate_milli,
                variant.subtitles.as_deref(),
                variant.closed_captions.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (
                "video/720.m3u8",
                2_962_000,
                (1280, 720),
                Some(29_970),
                Some("subs"),
                Some("cc")
            ),
            (
                "video/360.m3u8?x=\"1\"",
                1_427_000,
                (640, 360),
                Some(29_970),
                Some("subs"),
                None
            ),
            (
                "https://b.example/video/360.m3u8",
                1_427_000,
                (640, 360),
                None,
                None,
                None
            ),
        ]
    );
    let first = &playlist.variants[0];
    assert_eq!(first.codecs.as_deref(), Some("avc1.64001f,mp4a.40.2"));
    assert_eq!(first.average_bandwidth, Some(2_500_000));
    assert_eq!(
        (first.audio.as_deref(), first.video_range.as_deref()),
        (Some("aac"), Some("SDR"))
    );
    assert_eq!(playlist.variants[2].pathway.as_deref(), Some("cdn-b"));
    assert_eq!(playlist.iframes[0].resolution, Some((1280, 720)));
}

#[test]
fn renditions_say_where_they_are_if_anywhere() {
    let playlist = parse("multivariant");
    let rows: Vec<_> = playlist
        .renditions
        .iter()
        .map(|rendition| {
            let uri = rendition.uri.as_ref().map(|uri| playlist.str(uri).unwrap());
            (rendition.kind, rendition.name.as_str(), uri)
        })
        .collect();
    assert_eq!(
        rows,
        [
            (
                RenditionKind::Audio,
                "English, stereo",
                Some("audio/en.m3u8")
            ),
            (RenditionKind::Audio, "Deutsch", Some("audio/de.m3u8")),
            (RenditionKind::Subtitles, "English", Some("subs/en.m3u8")),
            (RenditionKind::ClosedCaptions, "CC", None),
        ]
    );
    let english = &playlist.renditions[0];
    assert_eq!((english.group.as_str(), english.default), ("aac", true));
    assert_eq!(english.channels.as_deref(), Some("2"));
    assert_eq!(playlist.renditions[3].instream.as_deref(), Some("CC1"));
}

#[test]
fn every_address_is_offered_with_what_it_is_for() {
    let playlist = parse("multivariant");
    let mut seen = Vec::new();
    let rewritten = playlist.rewrite_uris(|role, uri| {
        seen.push((role, uri.to_owned()));
        matches!(role, UriRole::Variant(_)).then(|| "/v".to_owned())
    });
    let roles: Vec<UriRole> = seen.iter().map(|(role, _)| *role).collect();
    assert_eq!(
        roles,
        [
            UriRole::Rendition(0),
            UriRole::Rendition(1),
            UriRole::Rendition(2),
            UriRole::Variant(0),
            UriRole::Variant(1),
            UriRole::Variant(2),
            UriRole::Iframe(0),
            UriRole::SessionData,
            UriRole::SessionKey,
            UriRole::Steering,
            UriRole::Other,
        ]
    );
    let (before, after) = (corpus("multivariant"), rewritten);
    let (before, after) = (
        std::str::from_utf8(before).unwrap(),
        std::str::from_utf8(&after).unwrap(),
    );
    let changed = before
        .lines()
        .zip(after.lines())
        .filter(|(one, two)| one != two);
    let changed: Vec<_> = changed.map(|(_, two)| two).collect();
    assert_eq!(changed, ["/v", "/v", "/v"]);
    let listed: Vec<_> = playlist
        .playlists()
        .iter()
        .map(|listed| listed.role)
        .collect();
    let renditions = [
        UriRole::Rendition(0),
        UriRole::Rendition(1),
        UriRole::Rendition(2),
    ];
    let variants = [
        UriRole::Variant(0),
        UriRole::Variant(1),
        UriRole::Variant(2),
    ];
    assert_eq!(
        listed,
        [&variants[..], &renditions, &[UriRole::Iframe(0)]].concat()
    );
}

#[test]
fn a_playlist_named_twice_is_one() {
    let text = "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"A\",URI=\"v.m3u8\"\n\
                #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"a\"\nv.m3u8\n\
                #EXT-X-STREAM-INF:BANDWIDTH=2\nv.m3u8\n";
    let playlist = Multivariant::parse(Bytes::from(text), &Limits::DEFAULT).unwrap();
    let listed = playlist.playlists();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].role, UriRole::Variant(0));
}

#[test]
fn grounded_it_can_be_served_from_anywhere() {
    let base = Url::parse("https://o.example/ch/index.m3u8?sid=a%20b").unwrap();
    let playlist = parse("multivariant-variables");
    assert_eq!(playlist.variables(&base).get("sid"), Some("a b"));
    let grounded = playlist.ground(&base, &Limits::DEFAULT).unwrap();
    assert_eq!(
        std::str::from_utf8(grounded.text()).unwrap(),
        "#EXTM3U\n#EXT-X-VERSION:11\n#EXT-X-DEFINE:NAME=\"host\",VALUE=\"cdn.example\"\n\
         #EXT-X-DEFINE:NAME=\"sid\",VALUE=\"a b\"\n\
         #EXT-X-STREAM-INF:BANDWIDTH=800000,CODECS=\"mp4a.40.2\"\n\
         https://cdn.example/a.m3u8?sid=a b\n\
         #EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=wide\n\
         https://o.example/ch/b.m3u8?sid=a%20b\n"
    );
    // A line another reader cannot make sense of is a stream all the same.
    assert_eq!(playlist.warnings[0].line, 7);
    assert_eq!(playlist.variants.len(), 2);
    let grounded = parse("multivariant")
        .ground(&base, &Limits::DEFAULT)
        .unwrap();
    let uris: Vec<_> = grounded
        .uris
        .iter()
        .map(|site| grounded.str(&site.uri).unwrap())
        .collect();
    assert_eq!(uris[0], "https://o.example/ch/audio/en.m3u8");
    assert_eq!(uris[9], "https://o.example/steering?video=0012");
    assert!(
        uris.iter().all(|uri| uri.starts_with("https://")),
        "{uris:?}"
    );
}

#[test]
fn another_reader_agrees_on_variants_and_renditions() {
    let ours = parse("multivariant");
    let theirs = m3u8_rs::parse_master_playlist_res(corpus("multivariant")).unwrap();
    let (iframes, variants): (Vec<_>, Vec<_>) = theirs
        .variants
        .iter()
        .partition(|variant| variant.is_i_frame);
    let uris = |found: &[super::Variant]| -> Vec<_> {
        found
            .iter()
            .map(|variant| ours.str(&variant.uri).unwrap().to_owned())
            .collect()
    };
    let their_uris = |found: &[&m3u8_rs::VariantStream]| -> Vec<_> {
        found.iter().map(|variant| variant.uri.clone()).collect()
    };
    assert_eq!(uris(&ours.variants), their_uris(&variants));
    assert_eq!(uris(&ours.iframes), their_uris(&iframes));
    for (our, their) in ours.variants.iter().zip(variants) {
        let size = their.resolution.map(|size| (size.width, size.height));
        let our_size = our
            .resolution
            .map(|(width, height)| (width.into(), height.into()));
        assert_eq!((our_size, &our.codecs), (size, &their.codecs));
    }
    assert_eq!(ours.renditions.len(), theirs.alternatives.len());
    for (our, their) in ours.renditions.iter().zip(&theirs.alternatives) {
        let uri = our
            .uri
            .as_ref()
            .map(|uri| ours.str(uri).unwrap().to_owned());
        assert_eq!(
            (&our.name, &our.group, uri),
            (&their.name, &their.group_id, their.uri.clone())
        );
        assert_eq!(
            (&our.language, our.default),
            (&their.language, their.default)
        );
    }
}

#[test]
fn other_texts_are_refused() {
    let media = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na\n";
    assert_eq!(refused(media), PlaylistError::Media { line: 2 });
    assert_eq!(refused("<html>"), PlaylistError::NotAPlaylist);
    let missing = PlaylistError::Missing {
        tag: "EXT-X-STREAM-INF",
    };
    assert_eq!(refused("#EXTM3U\n#EXT-X-VERSION:4\nstray\n"), missing);
    let limits = Limits {
        segments: 1,
        ..Limits::DEFAULT
    };
    let text = format!(
        "#EXTM3U\n{}",
        "#EXT-X-STREAM-INF:BANDWIDTH=1\na\n".repeat(2)
    );
    let error = Multivariant::parse(Bytes::from(text), &limits).unwrap_err();
    let (what, most) = ("streams", 1);
    assert_eq!(
        error,
        PlaylistError::Limit {
            line: 4,
            what,
            most
        }
    );
}
