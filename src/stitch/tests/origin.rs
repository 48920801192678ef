//! An origin that lists random content with random cues in several renditions.

use std::fmt::Write as _;

use url::Url;

use super::dice::Dice;
use crate::format::hls::{Ground, Limits, LowLatency, MediaPlaylist, Variables};
use crate::stitch::timeline::write_date;

/// 2026-11-20T15:00:00Z.
pub(super) const EPOCH: i64 = 1_795_186_800_000_000;

/// How a rendition is cut and packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cutting {
    /// As the leader is.
    AsLeader,
    /// As the leader is, but for whole audio frames.
    NearAudio,
    /// Pieces of whole audio frames that end nowhere near those of the leader.
    Audio,
    /// A picture every so often, two for each of the leader's segments.
    IFrames,
}

#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) start: u64,
    pub(super) duration: u64,
    pub(super) split: bool,
    pub(super) key: u64,
    pub(super) cues: String,
    /// Lines that no reader of ours knows.
    pub(super) other: String,
}

impl Piece {
    pub(super) fn end(&self) -> u64 {
        self.start + self.duration
    }
}

#[derive(Debug, Clone)]
pub(super) struct Break {
    pub(super) from: u64,
    /// What was said first.
    pub(super) planned: Option<u64>,
    /// When it ends, if anybody says so.
    pub(super) end: Option<u64>,
    pub(super) name: String,
    pub(super) spelling: u64,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "independent habits of an origin"
)]
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) target: u64,
    pub(super) dated: bool,
    pub(super) fragments: bool,
    pub(super) keyed: bool,
    pub(super) counts_splits: bool,
    pub(super) renditions: Vec<(Cutting, Vec<Piece>)>,
    pub(super) breaks: Vec<Break>,
    pub(super) msn: u64,
    pub(super) window: u64,
    pub(super) longest: u64,
}

impl Origin {
    pub(super) fn random(dice: &mut Dice) -> Self {
        let target = dice.range(2, 8);
        let cuttings: &[&[Cutting]] = &[
            &[Cutting::AsLeader],
            &[Cutting::AsLeader, Cutting::AsLeader],
            &[Cutting::AsLeader, Cutting::AsLeader, Cutting::NearAudio],
            &[Cutting::AsLeader, Cutting::NearAudio, Cutting::IFrames],
            &[
                Cutting::AsLeader,
                Cutting::Audio,
                Cutting::AsLeader,
                Cutting::IFrames,
            ],
        ];
        let mut origin = Self {
            target,
            dated: !dice.once_in(3),
            fragments: dice.once_in(2),
            keyed: dice.once_in(3),
            counts_splits: !dice.once_in(4),
            renditions: Vec::new(),
            breaks: Vec::new(),
            msn: *dice.pick(&[0, 1, 977, 1_795_186_800]),
            window: target * 1_000_000 * dice.range(3, 12),
            longest: dice.range(20, 70) * 1_000_000,
        };
        let leader = origin.leader(dice);
        for cutting in *dice.pick(cuttings) {
            let mut pieces = origin.cut(*cutting, &leader);
            if *cutting == Cutting::AsLeader {
                for (piece, leads) in pieces.iter_mut().zip(&leader) {
                    piece.other.clone_from(&leads.other);
                }
            }
            origin.renditions.push((*cutting, pieces));
        }
        origin.mark(dice);
        origin
    }

    /// Segments of half the target duration to all of it, now and then a discontinuity.
    fn leader(&self, dice: &mut Dice) -> Vec<Piece> {
        let target = self.target * 1_000_000;
        let usual = dice.range(target / 2, target) / 1000 * 1000;
        let is_regular = dice.once_in(2);
        let (mut start, mut key) = (0, 0);
        let count = dice.range(40, 90);
        (0..count)
            .map(|place| {
                let duration = if is_regular {
                    usual
                } else {
                    dice.range(target / 3, target) / 1000 * 1000
                };
                key += u64::from(dice.once_in(15));
                let piece = Piece {
                    start,
                    duration,
                    split: place > 0 && dice.once_in(14),
                    key,
                    cues: String::new(),
                    other: if dice.once_in(9) {
                        format!("#EXT-X-STATION:{place}\n")
                    } else {
                        String::new()
                    },
                };
                start += duration;
                piece
            })
            .collect()
    }

    /// The same time in other pieces: discontinuities and keys change where the leader's do.
    fn cut(&self, cutting: Cutting, leader: &[Piece]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        match cutting {
            Cutting::AsLeader => {
                let plain = |piece: &Piece| Piece {
                    other: String::new(),
                    ..piece.clone()
                };
                pieces.extend(leader.iter().map(plain));
            }
            Cutting::NearAudio => {
                let mut start = 0;
                for piece in leader {
                    // Where time jumps, sound begins with the pictures.
                    let end = piece.end() / 21_333 * 21_333 + 21_333 / 2;
                    let end = if leader
                        .iter()
                        .any(|next| next.split && next.start == piece.end())
                    {
                        piece.end()
                    } else {
                        end
                    };
                    pieces.push(Piece {
                        start,
                        duration: end - start,
                        other: String::new(),
                        ..piece.clone()
                    });
                    start = end;
                }
            }
            Cutting::IFrames => {
                for piece in leader {
                    let half = piece.duration / 2000 * 1000;
                    for (start, duration) in [(0, half), (half, piece.duration - half)] {
                        pieces.push(Piece {
                            start: piece.start + start,
                            duration,
                            split: piece.split && start == 0,
                            other: String::new(),
                            ..piece.clone()
                        });
                    }
                }
            }
            Cutting::Audio => pieces = self.cut_audio(leader),
        }
        pieces
    }

    fn cut_audio(&self, leader: &[Piece]) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let length = self.target * 1_000_000 * 9 / 10 / 21_333 * 21_333;
        let mut begin = 0;
        while begin < leader.len() {
            let same = |piece: &&Piece| !piece.split && piece.key == leader[begin].key;
            let more = leader[begin + 1..].iter().take_while(same).count();
            let (start, end) = (leader[begin].start, leader[begin + more].end());
            let count = (end - start).div_ceil(length).max(1);
            for place in 0..count {
                let at = start + place * length;
                // A rest of less than a twelfth goes with the piece before it.
                if place > 0 && end - at < length / 12 {
                    pieces.last_mut().unwrap().duration += end - at;
                    continue;
                }
                pieces.push(Piece {
                    start: at,
                    duration: length.min(end - at),
                    split: leader[begin].split && place == 0,
                    other: String::new(),
                    ..leader[begin].clone()
                });
            }
            begin += more + 1;
        }
        let most = self.target * 1_000_000 + 499_000;
        assert!(pieces.iter().all(|piece| piece.duration <= most));
        pieces
    }

    /// Breaks at boundaries of the leader, said in every way there is.
    fn mark(&mut self, dice: &mut Dice) {
        let leader = self.renditions[0].1.clone();
        let mut place = usize::try_from(dice.range(2, 12)).unwrap();
        let mut no = 0;
        while place < leader.len() {
            let from = leader[place].start;
            let length = usize::try_from(dice.range(1, 9)).unwrap();
            let Some(last) = leader.get(place + length) else {
                return;
            };
            let real = last.start - from;
            let spelling = dice.range(0, 9);
            let planned = match spelling {
                // Longer than what comes; never said; as it comes; nothing.
                0 => Some(real + dice.range(1, 30) * 1_000_000),
                1 | 2 => None,
                3 => Some(0),
                _ => Some(real),
            };
            let end = match spelling {
                2 | 4 | 6 => None,
                _ => Some(last.start),
            };
            let name = format!("splice-{no}");
            if self.dated || spelling != 5 {
                let found = Break {
                    from,
                    planned,
                    end,
                    name,
                    spelling,
                };
                self.say(&found, place, place + length);
                self.breaks.push(found);
            }
            no += 1;
            // Sometimes the next break follows at once.
            place += length + usize::try_from(*dice.pick(&[0, 1, 4, 6, 9, 12])).unwrap();
        }
    }

    fn say(&mut self, said: &Break, from: usize, to: usize) {
        let seconds = |micros: u64| {
            let (whole, part) = (micros / 1_000_000, micros % 1_000_000);
            format!("{whole}.{part:06}")
        };
        let by_range = matches!(said.spelling, 5..=7);
        let by_tag = said.spelling != 5;
        let date = date(said.from);
        let leader = &mut self.renditions[0].1;
        if by_range && self.dated {
            // Announced before, and said again where it begins.
            let planned = said.planned.map_or_else(String::new, |planned| {
                format!(",PLANNED-DURATION={}", seconds(planned))
            });
            let line = format!(
                "#EXT-X-DATERANGE:ID=\"{}\",START-DATE=\"{date}\"{planned},SCTE35-OUT=0xFC002F0000000000FF000014056FFFFFF000E011622DCAFF000052636200000000000A0008029896F50000008700000000\n",
                said.name
            );
            leader[from.saturating_sub(1)].cues.push_str(&line);
        }
        if by_tag {
            let line = match said.planned {
                Some(planned) => format!("#EXT-X-CUE-OUT:DURATION={}\n", seconds(planned)),
                None => "#EXT-X-CUE-OUT\n".to_owned(),
            };
            leader[from].cues.push_str(&line);
        }
        if said.spelling == 8 {
            for piece in &mut leader[from + 1..to] {
                let elapsed = piece.start - said.from;
                let line = format!(
                    "#EXT-X-CUE-OUT-CONT:ElapsedTime={},Duration={}\n",
                    seconds(elapsed),
                    seconds(said.planned.unwrap_or(0))
                );
                piece.cues.push_str(&line);
            }
        }
        if said.end.is_some() && said.spelling != 3 {
            leader[to].cues.insert_str(0, "#EXT-X-CUE-IN\n");
        }
    }

    /// The end of all of it.
    pub(super) fn end(&self) -> u64 {
        self.renditions[0].1.last().unwrap().end()
    }

    /// What is listed of a rendition at an instant.
    pub(super) fn playlist(&self, rendition: usize, now: u64) -> Option<String> {
        let (cutting, pieces) = &self.renditions[rendition];
        let to = pieces.partition_point(|piece| piece.end() <= now);
        let edge = pieces[..to].last()?.end();
        let from = pieces.partition_point(|piece| piece.end() + self.window <= edge);
        let splits = |to: usize| pieces[..to].iter().filter(|piece| piece.split).count();
        let mut text = format!(
            "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:{}\n#EXT-X-MEDIA-SEQUENCE:{}\n",
            self.target,
            self.msn + from as u64
        );
        if self.counts_splits {
            writeln!(text, "#EXT-X-DISCONTINUITY-SEQUENCE:{}", splits(from)).unwrap();
        }
        if *cutting == Cutting::IFrames {
            text.push_str("#EXT-X-I-FRAMES-ONLY\n");
        }
        text.push_str("#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-OPERATOR:7\n");
        for (place, piece) in pieces.iter().enumerate().take(to).skip(from) {
            self.piece(&mut text, rendition, (place, piece), from);
        }
        if now >= self.end() {
            text.push_str("#EXT-X-ENDLIST\n");
        }
        Some(text)
    }

    /// One segment, at `place` of a list that begins at `first`.
    fn piece(&self, text: &mut String, rendition: usize, of: (usize, &Piece), first: usize) {
        let (place, piece) = of;
        let is_first = place == first;
        let pieces = &self.renditions[rendition].1;
        if piece.split {
            text.push_str("#EXT-X-DISCONTINUITY\n");
        }
        let before = place.checked_sub(1).map(|before| &pieces[before]);
        let is_new = is_first || piece.split || before.is_none_or(|before| before.key != piece.key);
        if self.keyed && is_new {
            // Every third key is none.
            if piece.key % 3 == 2 {
                text.push_str("#EXT-X-KEY:METHOD=NONE\n");
            } else {
                writeln!(text, "#EXT-X-KEY:METHOD=AES-128,URI=\"key{}\"", piece.key).unwrap();
            }
        }
        let is_plain_map = self.fragments && (is_first || piece.split);
        // A map under a key without a vector cannot be decrypted: such keys do not scope maps.
        if is_plain_map && !self.keyed {
            writeln!(text, "#EXT-X-MAP:URI=\"init-{rendition}.mp4\"").unwrap();
        }
        if self.dated && (is_first || piece.split || place % 3 == 0) {
            writeln!(text, "#EXT-X-PROGRAM-DATE-TIME:{}", date(piece.start)).unwrap();
        }
        text.push_str(&piece.cues);
        text.push_str(&piece.other);
        let (whole, part) = (piece.duration / 1_000_000, piece.duration % 1_000_000);
        writeln!(text, "#EXTINF:{whole}.{part:06},").unwrap();
        if self.renditions[rendition].0 == Cutting::IFrames {
            text.push_str("#EXT-X-BYTERANGE:1000@0\n");
        }
        writeln!(text, "seg-{rendition}-{place}.bin").unwrap();
    }

    pub(super) fn is_mapped(&self) -> bool {
        self.fragments && !self.keyed
    }
}

/// The address of a rendition.
pub(super) fn address(rendition: usize) -> Url {
    format!("https://origin.example/live/r{rendition}/index.m3u8")
        .parse()
        .unwrap()
}

/// Read and made independent of its address.
pub(super) fn grounded(text: &str, rendition: usize) -> MediaPlaylist {
    let limits = Limits::DEFAULT;
    let playlist = MediaPlaylist::parse(text.to_owned().into(), &limits).expect(text);
    let ground = Ground {
        base: &address(rendition),
        imports: &Variables::default(),
        low_latency: LowLatency::Strip,
    };
    playlist.ground(&ground, &limits).expect(text)
}

fn date(at: u64) -> String {
    let mut out = Vec::new();
    write_date(EPOCH + i64::try_from(at).unwrap(), &mut out);
    let text = String::from_utf8(out).unwrap();
    text.trim_end().split_once(':').unwrap().1.to_owned()
}
