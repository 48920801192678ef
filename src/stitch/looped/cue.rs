//! Cues of breaks: EXT-X-CUE-OUT and its kin, and SCTE 35 in EXT-X-DATERANGE.

use std::fmt::Write as _;

/// Ticks of the clock of SCTE 35 in a second.
const TICKS: u128 = 90_000;

/// A `splice_insert` that leaves at once and returns by itself after so many microseconds, as
/// hexadecimal digits (SCTE 35 2023 §9.7.3).
pub(super) fn splice_insert(event: u32, micros: u64) -> String {
    let mut command = event.to_be_bytes().to_vec();
    // Not cancelled; seven bits are reserved and set.
    command.push(0x7f);
    // Out of the network, the whole programme, with a duration, at once.
    command.push(0b1111_1111);
    let ticks = u128::from(micros) * TICKS / 1_000_000;
    let ticks = u64::try_from(ticks).unwrap_or(u64::MAX) & 0x1_ffff_ffff;
    // Returns by itself; six bits are reserved; 33 bits of ticks.
    let packed = 0xfe_u64 << 32 | ticks;
    command.extend_from_slice(&packed.to_be_bytes()[3..]);
    // Programme 1, avail 1 of 1.
    command.extend_from_slice(&[0, 1, 1, 1]);
    let mut section = vec![0xfc, 0x30, 0, 0, 0, 0, 0, 0, 0, 0, 0xff];
    let length = u16::try_from(command.len()).unwrap_or(u16::MAX);
    // The tier, all of its twelve bits set, shares a byte with the length of the command.
    section.extend_from_slice(&(0xf000 | length).to_be_bytes());
    section.push(0x05);
    section.extend_from_slice(&command);
    section.extend_from_slice(&[0, 0]);
    // What follows the length itself, and the checksum.
    let length = u8::try_from(section.len() - 3 + 4).unwrap_or(u8::MAX);
    if let Some(byte) = section.get_mut(2) {
        *byte = length;
    }
    let sum = checksum(&section);
    section.extend_from_slice(&sum.to_be_bytes());
    let mut text = String::from("0x");
    for byte in section {
        // Writing to a text cannot fail.
        let _written = write!(text, "{byte:02X}");
    }
    text
}

/// CRC-32 of MPEG-2: not reflected, no final exclusive-or.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << 24, |sum, _bit| {
            let carries = sum & 0x8000_0000 != 0;
            let shifted = sum << 1;
            if carries {
                shifted ^ 0x04c1_1db7
            } else {
                shifted
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        let digits = text.strip_prefix("0x").unwrap().as_bytes();
        let byte = |pair: &[u8]| {
            let pair = std::str::from_utf8(pair).unwrap();
            u8::from_str_radix(pair, 16).unwrap()
        };
        digits.chunks(2).map(byte).collect()
    }

    #[test]
    fn the_checksum_is_that_of_mpeg() {
        // The check value of CRC-32/MPEG-2.
        assert_eq!(checksum(b"123456789"), 0x0376_e6e7);
    }

    #[test]
    fn a_cue_is_a_whole_section() {
        let section = bytes(&splice_insert(7, 30_000_000));
        assert_eq!(checksum(&section), 0, "a section and its sum leave nothing");
        assert_eq!(usize::from(section[2]) + 3, section.len());
        let command = usize::from(section[11] & 0xf) << 8 | usize::from(section[12]);
        assert_eq!(13 + 1 + command + 2 + 4, section.len());
        assert_eq!(&section[14..18], &[0, 0, 0, 7]);
        assert_eq!(
            &section[20..25],
            &[0xfe, 0, 0x29, 0x32, 0xe0],
            "30 s in ticks"
        );
    }
}
