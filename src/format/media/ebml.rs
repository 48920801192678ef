//! Elements of EBML (RFC 8794): ids, sizes, and values of the types that WebM uses.

use std::io::{Read, Seek};

use super::error::{ProbeError, damaged};
use super::source::Source;

const PART: &str = "an element";

/// The head of an element and where its body lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub(super) id: u32,
    pub(super) at: u64,
    pub(super) body: u64,
    /// None when the size is not known: the element ends where its parent or a sibling says.
    pub(super) end: Option<u64>,
}

/// The element at `at`. Its end is not checked against anything.
pub(super) fn read_element<R: Read + Seek>(
    source: &mut Source<R>,
    at: u64,
) -> Result<Element, ProbeError> {
    source.step()?;
    let (id, id_bytes) = read_id(source, at)?;
    let (size, size_bytes) = read_vint(source, PART, at + id_bytes)?;
    let body = at + id_bytes + size_bytes;
    let end = size.map(|size| body.saturating_add(size));
    Ok(Element { id, at, body, end })
}

/// Calls `visit` with each element between `from` and `end`, all of which state their size.
pub(super) fn each_element<R: Read + Seek>(
    source: &mut Source<R>,
    from: u64,
    end: u64,
    mut visit: impl FnMut(&mut Source<R>, Element, u64) -> Result<(), ProbeError>,
) -> Result<(), ProbeError> {
    let mut at = from;
    while at < end {
        let element = read_element(source, at)?;
        let Some(element_end) = element.end else {
            return Err(damaged(PART, at, "states no size where it must"));
        };
        if element_end > end {
            return Err(damaged(PART, at, "is larger than the element around it"));
        }
        visit(source, element, element_end)?;
        at = element_end;
    }
    Ok(())
}

/// An id with its length marker, as specifications print it: one to four bytes.
fn read_id<R: Read + Seek>(source: &mut Source<R>, at: u64) -> Result<(u32, u64), ProbeError> {
    let [first] = source.array(PART, at)?;
    let bytes = u64::from(first.leading_zeros()) + 1;
    if bytes > 4 {
        return Err(damaged(PART, at, "has an id of more than four bytes"));
    }
    let mut id = 0;
    for place in 0..bytes {
        let [byte] = source.array(PART, at + place)?;
        id = id << 8 | u32::from(byte);
    }
    Ok((id, bytes))
}

/// A number of variable length (RFC 8794 §4), without its marker: its value, none when all bits
/// are set, and its bytes.
pub(super) fn read_vint<R: Read + Seek>(
    source: &mut Source<R>,
    part: &'static str,
    at: u64,
) -> Result<(Option<u64>, u64), ProbeError> {
    let [first] = source.array(part, at)?;
    let bytes = u64::from(first.leading_zeros()) + 1;
    if bytes > 8 {
        return Err(damaged(part, at, "has a size of more than eight bytes"));
    }
    let mut value = 0;
    for place in 0..bytes {
        let [byte] = source.array(part, at + place)?;
        value = value << 8 | u64::from(byte);
    }
    let mask = (1_u64 << (7 * bytes)) - 1;
    let value = value & mask;
    Ok(((value != mask).then_some(value), bytes))
}

/// An unsigned number of up to eight bytes.
pub(super) fn read_unsigned<R: Read + Seek>(
    source: &mut Source<R>,
    element: &Element,
    end: u64,
) -> Result<u64, ProbeError> {
    let length = end - element.body;
    let length = usize::try_from(length).ok().filter(|&length| length <= 8);
    let Some(length) = length else {
        return Err(damaged(
            PART,
            element.at,
            "is a number of more than eight bytes",
        ));
    };
    let bytes = source.slice(PART, element.body, length)?;
    Ok(bytes
        .iter()
        .fold(0, |value, &byte| value << 8 | u64::from(byte)))
}

/// A float times `scale`, rounded to a whole number; none unless it is finite and positive.
pub(super) fn read_scaled_float<R: Read + Seek>(
    source: &mut Source<R>,
    element: &Element,
    end: u64,
    scale: u64,
) -> Result<Option<u64>, ProbeError> {
    let value = match end - element.body {
        0 => return Ok(None),
        4 => f64::from(f32::from_be_bytes(source.array(PART, element.body)?)),
        8 => f64::from_be_bytes(source.array(PART, element.body)?),
        _ => return Err(damaged(PART, element.at, "is a float of an odd length")),
    };
    Ok(scale_float(value, scale))
}

/// `value` × `scale` by integers, exact until the final rounding.
fn scale_float(value: f64, scale: u64) -> Option<u64> {
    const MANTISSA_BITS: u32 = 52;
    if !value.is_normal() || value.is_sign_negative() {
        return None;
    }
    let bits = value.to_bits();
    let exponent = i32::try_from(bits >> MANTISSA_BITS).ok()? - 1075;
    let mantissa = (bits & ((1 << MANTISSA_BITS) - 1)) | (1 << MANTISSA_BITS);
    let product = u128::from(mantissa) * u128::from(scale);
    let shift = exponent.unsigned_abs();
    let scaled = if exponent >= 0 {
        (shift < product.leading_zeros()).then(|| product << shift)?
    } else if shift > 120 {
        0
    } else {
        (product + (1_u128 << (shift - 1))) >> shift
    };
    u64::try_from(scaled).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn numbers_of_every_length_are_read() {
        for (bytes, value, length) in [
            (&b"\x81"[..], Some(1), 1),
            (b"\x40\x7f", Some(127), 2),
            (b"\xff", None, 1),
            (b"\x01\xff\xff\xff\xff\xff\xff\xff", None, 8),
            (b"\x01\0\0\0\0\0\0\x05", Some(5), 8),
        ] {
            let mut source = Source::new(Cursor::new(bytes)).unwrap();
            assert_eq!(read_vint(&mut source, "x", 0).unwrap(), (value, length));
        }
        for bytes in [&b"\0"[..], b"\x40", b""] {
            let mut source = Source::new(Cursor::new(bytes)).unwrap();
            assert!(read_vint(&mut source, "x", 0).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn floats_are_scaled_without_float_arithmetic() {
        assert_eq!(scale_float(6_023.0, 1_000_000), Some(6_023_000_000));
        assert_eq!(scale_float(0.5, 3), Some(2));
        assert_eq!(scale_float(1e-30, 1_000_000), Some(0));
        for value in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e300, 5e-324] {
            assert_eq!(scale_float(value, 1_000_000), None, "{value}");
        }
    }
}
