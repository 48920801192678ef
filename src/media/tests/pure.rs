//! Plans and readers on many inputs.

use proptest::prelude::*;

use super::{FILM, audio, profile, video};
use crate::format::media::picture::{VideoCodec, of_fragment, of_transport_stream};
use crate::media::made::{Carries, Key, MadeTrack, Packet};
use crate::media::plan::Plan;
use crate::model::creative::FrameRate;
use crate::model::rendition::{Packaging, TrackKind};
use crate::model::{Micros, Millis};

#[test]
fn a_spot_is_cut_into_equal_segments() {
    let mut profile = profile(Packaging::Fmp4, vec![TrackKind::Video(video(320, 180))]);
    profile.segment_max = Micros(6_006_000);
    let plan = Plan::whole(&profile, Millis(15_015)).unwrap();
    assert_eq!(
        (plan.frames, plan.segment_frames, plan.segments),
        (450, 150, 3)
    );
    assert_eq!(plan.length(&profile, 0), Micros(5_005_000));
    // 703 whole sound frames, the last of which ends before the last picture does.
    assert_eq!(plan.samples(&profile, &audio()), 703 * 1024);
}

#[test]
fn a_playlist_and_packets_are_read_back() {
    let made = MadeTrack::parse(
        "#EXTM3U\n#EXT-X-MAP:URI=\"init_0.mp4\"\n#EXTINF:2.002000,\n0.m4s\n#EXTINF:1.5,\n1.m4s\n",
    )
    .unwrap();
    assert_eq!(made.init.as_deref(), Some("init_0.mp4"));
    let second = ("1.m4s".to_owned(), Micros(1_500_000));
    assert_eq!(made.segments[1], second);
    for escape in [
        "#EXTINF:2,\n../x\n",
        "#EXTINF:2,\n/etc/passwd\n",
        "x.ts\n",
        "#EXTINF:x,\ny\n",
    ] {
        assert_eq!(MadeTrack::parse(escape), None, "{escape}");
    }
    let packets = Packet::parse_all("video,0.033367,-0.000733,K_\n\naudio,1.4,1.400000,__,\n");
    let packets = packets.unwrap();
    assert_eq!((packets[0].shown, packets[0].decoded), (33_367, -733));
    assert_eq!(
        (packets[0].carries, packets[0].key),
        (Carries::Picture, Key::Yes)
    );
    assert_eq!(
        (packets[1].carries, packets[1].key),
        (Carries::Sound, Key::No)
    );
    assert_eq!(Packet::parse_all("video,N/A,N/A,__"), None);
}

fn rates() -> impl Strategy<Value = FrameRate> {
    let rate = |numerator, denominator| FrameRate {
        numerator,
        denominator,
    };
    prop_oneof![
        Just(FILM),
        Just(rate(25, 1)),
        Just(rate(24_000, 1001)),
        Just(rate(50, 1)),
        Just(rate(60_000, 1001)),
    ]
}

proptest! {
    #[test]
    fn segments_cover_the_spot_and_none_is_too_long(
        rate in rates(), millis in 40_u64..120_000, segment in 500_000_u64..12_000_000,
    ) {
        let mut profile = profile(Packaging::Ts, vec![TrackKind::Video(video(320, 180))]);
        profile.frame_rate = rate;
        if let TrackKind::Video(video) = &mut profile.tracks[0].kind {
            video.frame_rate = rate;
        }
        profile.segment_max = Micros(segment);
        let plan = Plan::whole(&profile, Millis(millis)).unwrap();
        let lengths: Vec<_> = (0..plan.segments).map(|n| plan.length(&profile, n)).collect();
        prop_assert!(lengths.iter().all(|&length| length > Micros(0) && length.0 <= segment));
        let total: Micros = lengths.iter().copied().sum();
        prop_assert_eq!(total, plan.duration(&profile));
        prop_assert!(total.distance(Micros(millis * 1000)) <= Micros(rate.micros_of(1).0 / 2 + 1));
        let full = &lengths[..lengths.len() - 1];
        prop_assert!(full.iter().all(|length| length.distance(full[0]) <= Micros(1)));
        let sound = plan.samples(&profile, &audio());
        prop_assert_eq!(sound % 1024, 0);
        prop_assert!(sound == 1024 || u128::from(sound) * 1_000_000 <= u128::from(total.0) * 48_000);
    }

    #[test]
    fn pieces_leave_less_than_a_second_open(rate in rates(), segment in 1_100_000_u64..12_000_000) {
        let mut profile = profile(Packaging::Ts, vec![TrackKind::Subtitles, TrackKind::Audio(audio())]);
        profile.frame_rate = rate;
        profile.segment_max = Micros(segment);
        let pieces = Plan::pieces(&profile).unwrap();
        let mut before = Micros(0);
        for piece in &pieces {
            let length = piece.duration(&profile);
            prop_assert!(length.0 <= segment);
            prop_assert!(length.minus(before) <= Micros(1_000_000));
            before = length;
        }
    }

    #[test]
    fn no_bytes_confuse_the_reader_of_pictures(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let mut stream = bytes.clone();
        for packet in stream.chunks_mut(188) {
            packet[0] = 0x47;
        }
        let read = [
            of_transport_stream(&stream),
            of_transport_stream(&bytes),
            of_fragment(&bytes, VideoCodec::Avc),
            of_fragment(&bytes, VideoCodec::Hevc),
        ];
        prop_assert!(read.iter().flatten().all(|picture| picture.end <= bytes.len()));
    }
}
