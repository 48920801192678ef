//! Lies, cuts and accidents: what a hostile or broken file may say, and what we answer.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use proptest::prelude::*;

use super::*;

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/media")
        .join(name);
    std::fs::read(path).unwrap()
}

fn probe_bytes(bytes: &[u8]) -> Result<Probe, ProbeError> {
    probe(Cursor::new(bytes))
}

fn refusal(bytes: &[u8]) -> String {
    match probe_bytes(bytes) {
        Ok(probe) => format!("accepted: {probe:?}"),
        Err(error) => error.to_string(),
    }
}

/// Where the `nth` occurrence of `mark` begins.
fn place(bytes: &[u8], mark: &[u8], nth: usize) -> usize {
    let mut places = bytes
        .windows(mark.len())
        .enumerate()
        .filter(|(_, four)| *four == mark);
    places.nth(nth).unwrap().0
}

/// `bytes` with `patch` written `offset` bytes after the start of the `nth` `mark`.
fn patched(bytes: &[u8], (mark, nth): (&[u8], usize), offset: isize, patch: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = place(&bytes, mark, nth).checked_add_signed(offset).unwrap();
    bytes[at..at + patch.len()].copy_from_slice(patch);
    bytes
}

#[test]
fn our_films_are_what_they_are() {
    let found = |name: &str| {
        let probe = probe_bytes(&fixture(name)).unwrap();
        let rate = probe.frame_rate.unwrap();
        let audio = probe.audio_codec.unwrap();
        assert_eq!(
            (probe.width, probe.height, probe.rotation),
            (640, 360, 0),
            "{name}"
        );
        let rate = (rate.numerator, rate.denominator);
        (
            probe.container,
            probe.duration.0,
            rate,
            probe.video_codec,
            audio,
        )
    };
    let mp4 = |millis, rate| {
        let (video, audio) = ("avc1.64001f".to_owned(), "mp4a.40.2".to_owned());
        (Container::Mp4, millis, rate, video, audio)
    };
    assert_eq!(found("spring-06s.mp4"), mp4(6_000, (30, 1)));
    assert_eq!(found("spring-15s.mp4"), mp4(15_000, (30, 1)));
    assert_eq!(found("coffee-30s.mp4"), mp4(30_000, (25, 1)));
    assert_eq!(found("harbour-15s-ntsc.mp4"), mp4(15_015, (30_000, 1001)));
    let webm = (
        Container::Webm,
        6_008,
        (30, 1),
        "vp9".to_owned(),
        "opus".to_owned(),
    );
    assert_eq!(found("harbour-06s.webm"), webm);
}

/// What is claimed, where it is written (mark, its occurrence, offset, bytes), and the answer.
type Lie = (
    &'static str,
    (&'static [u8], usize, isize, &'static [u8]),
    &'static str,
);

#[rustfmt::skip]
const MP4_LIES: &[Lie] = &[
    ("box smaller than its header", (b"tkhd", 0, -4, &[0, 0, 0, 7]), "smaller than its own header"),
    ("size of two bytes", (b"moov", 0, -4, &[0, 0, 0, 2]), "smaller than its own header"),
    ("64-bit size that is too small", (b"free", 0, -4, &[0, 0, 0, 1]), "box"),
    ("box larger than its parent", (b"tkhd", 0, -4, &[0, 1, 0, 0]), "larger than the box around it"),
    ("box larger than the file", (b"mdat", 0, -4, &[0x7f, 0, 0, 0]), "cut off: media data (mdat)"),
    ("no movie box", (b"moov", 0, 0, b"free"), "cut off: movie box (moov)"),
    ("no media data", (b"mdat", 0, 0, b"free"), "no media data"),
    ("movie clock of 0", (b"mvhd", 0, 16, &[0; 4]), "movie box (moov)"),
    ("media clock of 0", (b"mdhd", 0, 16, &[0; 4]), "stands still"),
    ("2^32-1 sample times", (b"stts", 0, 8, &[0xff; 4]), "sample times (stts)"),
    ("2^32-1 sample sizes", (b"stsz", 0, 12, &[0xff; 4]), "sample sizes (stsz)"),
    ("samples larger than the file", (b"stsz", 0, 8, &[0, 0xff, 0, 0]), "cut off: media data"),
    ("2^32-1 chunks", (b"stco", 0, 8, &[0xff; 4]), "chunk offsets"),
    ("chunk beyond the end", (b"stco", 0, 12, &[0x7f, 0, 0, 0]), "cut off: media data"),
    ("2^32-1 edits", (b"elst", 0, 8, &[0xff; 4]), "edit list"),
    ("longer edit than media", (b"elst", 0, 12, &[0, 1, 0, 0]), "cut off: it states 65536 ms"),
    ("65,535 pixels", (b"tkhd", 0, 80, &[0xff, 0xff, 0, 0]), "picture size"),
    ("no video", (b"vide", 0, 0, b"text"), "no video track"),
    ("no samples", (b"stts", 0, 8, &[0; 4]), "cut off: it states 6000 ms and holds 0 ms"),
    ("no codec record", (b"avcC", 0, 0, b"free"), "lacks the record of its codec"),
    ("encrypted", (b"avc1", 1, 0, b"encv"), "is encrypted"),
    ("compressed header", (b"udta", 0, 0, b"cmov"), "compressed movie header"),
    ("unannounced fragment", (b"free", 0, 0, b"moof"), "announces no fragments"),
];

#[rustfmt::skip]
const WEBM_LIES: &[Lie] = &[
    ("segment larger than the file", (b"\x18\x53\x80\x67", 0, 4, &[1, 0, 1, 0]), "cut off: the segment"),
    ("cluster larger than the segment", (b"\x1f\x43\xb6\x75", 0, 4, &[0x08]), "cut off: a cluster"),
    ("cluster smaller than its blocks", (b"\x1f\x43\xb6\x75", 0, 4, &[0x81]), "larger than the cluster around it"),
    ("no segment", (b"\x18\x53\x80\x67", 0, 0, &[0xec]), "damaged: an element"),
    ("another document type", (b"webm", 0, 0, b"wEbm"), "unknown type"),
    ("id of five bytes", (b"\x1f\x43\xb6\x75", 0, 0, &[0x08]), "more than four bytes"),
    ("clock of no length", (b"\x2a\xd7\xb1", 0, 4, &[0, 0, 0]), "clock of no length"),
    ("a codec of others", (b"V_VP9", 0, 0, b"V_XYZ"), "WebM does not allow"),
    ("a sound of others", (b"A_OPUS", 0, 0, b"A_XXXX"), "WebM does not allow"),
    ("no video", (b"\x83\x81\x01", 0, 2, &[3]), "no video track"),
];

fn check_lies(film: &[u8], lies: &[Lie]) {
    for &(what, (mark, nth, offset, patch), answer) in lies {
        let refusal = refusal(&patched(film, (mark, nth), offset, patch));
        assert!(refusal.contains(answer), "{what}: {refusal}");
    }
}

#[test]
fn lies_are_refused_with_their_place() {
    let film = fixture("spring-06s.mp4");
    check_lies(&film, MP4_LIES);
    let twice = [&film[..], &film[32..]].concat();
    assert!(refusal(&twice).contains("is the second one"));
    check_lies(&fixture("harbour-06s.webm"), WEBM_LIES);
}

#[test]
fn a_cut_film_is_refused_wherever_it_is_cut() {
    for name in ["spring-06s.mp4", "harbour-06s.webm"] {
        let film = fixture(name);
        for cut in 0..film.len() {
            let refusal = refusal(&film[..cut]);
            assert!(
                !refusal.starts_with("accepted"),
                "{name} cut at {cut}: {refusal}"
            );
        }
    }
}

/// A file of a stated length without bytes of its own: `pattern`, again and again.
struct Endless {
    pattern: &'static [u8],
    head: Vec<u8>,
    length: u64,
    at: u64,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut written = 0;
        for byte in buffer {
            if self.at >= self.length {
                break;
            }
            let at = usize::try_from(self.at).unwrap();
            let repeated = || self.pattern[(at - self.head.len()) % self.pattern.len()];
            *byte = self.head.get(at).copied().unwrap_or_else(repeated);
            self.at += 1;
            written += 1;
        }
        Ok(written)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(back) => self.length.saturating_add_signed(back),
            SeekFrom::Current(on) => self.at.saturating_add_signed(on),
        };
        Ok(self.at)
    }
}

#[test]
fn a_file_of_endless_parts_is_given_up() {
    let ftyp = b"\0\0\0\x10ftypisom\0\0\x02\0".to_vec();
    let ebml =
        b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
            .to_vec();
    for (head, pattern) in [
        (ftyp, &b"\0\0\0\x08free"[..]),
        (ebml, b"\xec\x80"),
        // Boxes of 64 KiB: few steps, many reads.
        (b"\0\0\0\x10ftypisom\0\0\x02\0".to_vec(), b"\0\0\0\x08skip"),
    ] {
        let file = Endless {
            pattern,
            head,
            length: 1 << 40,
            at: 0,
        };
        let refusal = probe(file).unwrap_err().to_string();
        assert!(refusal.contains("too intricate"), "{refusal}");
    }
}

#[test]
fn a_failing_disk_is_not_the_fault_of_the_file() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _buffer: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk"))
        }
    }
    impl Seek for Broken {
        fn seek(&mut self, _to: SeekFrom) -> std::io::Result<u64> {
            Ok(1_000)
        }
    }
    assert!(matches!(probe(Broken), Err(ProbeError::Unreadable(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn changed_bytes_never_panic_or_hang(
        pick in 0_usize..2,
        changes in prop::collection::vec((0_usize..6_000, any::<u8>()), 1..12),
        cut in 0_usize..80_000,
    ) {
        let mut film = fixture(["spring-06s.mp4", "harbour-06s.webm"][pick]);
        for (at, byte) in changes {
            film[at] = byte;
        }
        let _either = probe_bytes(&film);
        film.truncate(cut);
        let _either = probe_bytes(&film);
    }

    #[test]
    fn noise_is_refused(noise in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(probe_bytes(&noise).is_err());
    }

    #[test]
    fn noise_after_a_true_head_never_panics(
        pick in 0_usize..3,
        noise in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        let heads: [&[u8]; 3] = [
            b"\0\0\0\x10ftypisom\0\0\x02\0",
            b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\xff",
            b"OggS\0\x02",
        ];
        prop_assert!(probe_bytes(&[heads[pick], &noise].concat()).is_err());
    }
}
