//! JSON values as bytes (RFC 8259), spelled as `serde_json` spells them.

use crate::model::Millis;

/// Appends a text in quotation marks.
pub(super) fn put_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    // All bytes are looked at, which is several at a time; hardly any text has one to escape.
    if text.bytes().fold(false, |any, byte| any | is_special(byte)) {
        text.bytes().for_each(|byte| put_byte(byte, out));
    } else {
        out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
}

/// RFC 8259 §7: what must not stand in a text as it is.
const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn put_byte(byte: u8, out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0c => b'f',
        b'\r' => b'r',
        0..0x20 => {
            out.extend_from_slice(b"\\u00");
            out.extend([byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]));
            return;
        }
        _ => return out.push(byte),
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Appends a whole number.
pub(super) fn put_number(mut number: u64, out: &mut Vec<u8>) {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10).to_le_bytes()[0];
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// Appends a span in seconds with as many decimals as it has, but at least one: `30.0`, `30.03`.
pub(super) fn put_seconds(span: Millis, out: &mut Vec<u8>) {
    put_number(span.0 / 1_000, out);
    out.push(b'.');
    let digits = [100, 10, 1].map(|unit| b'0' + (span.0 / unit % 10).to_le_bytes()[0]);
    let zeros = digits.iter().rev().take_while(|&&digit| digit == b'0');
    let used = (digits.len() - zeros.count()).max(1);
    out.extend_from_slice(&digits[..used]);
}
