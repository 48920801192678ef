//! Reads the body of an answer: within limits on the wire and after decompression, and whole.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};

use super::error::{Cause, Part};
use super::fetcher::cause_of;

/// How a body is written on the wire. We ask for no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Gzip,
}

/// How the body of an answer with these headers is written. Layers of codings are refused: they
/// serve nobody but those who build bombs.
pub(super) fn coding(headers: &HeaderMap) -> Result<Coding, Cause> {
    let mut lines = headers.get_all(CONTENT_ENCODING).iter();
    let Some(line) = lines.next() else {
        return Ok(Coding::Identity);
    };
    if lines.next().is_some() {
        return Err(Cause::Coding);
    }
    match line.to_str().map(str::trim) {
        Ok(word) if word.is_empty() || word.eq_ignore_ascii_case("identity") => {
            Ok(Coding::Identity)
        }
        Ok(word) if word.eq_ignore_ascii_case("gzip") || word.eq_ignore_ascii_case("x-gzip") => {
            Ok(Coding::Gzip)
        }
        _ => Err(Cause::Coding),
    }
}

/// Reads a body to its end. `bytes_max` bounds what comes, and what it decompresses to.
pub(super) async fn read_whole(
    headers: &HeaderMap,
    mut body: Incoming,
    bytes_max: usize,
) -> Result<Bytes, Cause> {
    let coding = coding(headers)?;
    let announced = headers.get(CONTENT_LENGTH).and(body.size_hint().exact());
    if announced.is_some_and(|bytes| usize::try_from(bytes).is_ok_and(|it| it > bytes_max)) {
        return Err(too_large(Part::Wire, bytes_max));
    }
    let mut sink = Sink::new(coding, bytes_max);
    let mut wire_bytes = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| cause_of(&error))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        wire_bytes = wire_bytes.saturating_add(data.len());
        if wire_bytes > bytes_max {
            return Err(too_large(Part::Wire, bytes_max));
        }
        sink.take(&data)?;
    }
    sink.finish()
}

fn too_large(part: Part, max: usize) -> Cause {
    Cause::TooLarge { part, max }
}

/// Where the bytes go.
#[derive(Debug)]
enum Sink {
    Plain(Vec<u8>),
    Gzip(Box<MultiGzDecoder<Capped>>),
}

/// Takes so many bytes and refuses one more.
#[derive(Debug)]
struct Capped {
    bytes: Vec<u8>,
    max: usize,
    is_over: bool,
}

impl Sink {
    fn new(coding: Coding, max: usize) -> Self {
        match coding {
            Coding::Identity => Self::Plain(Vec::new()),
            Coding::Gzip => Self::Gzip(Box::new(MultiGzDecoder::new(Capped {
                bytes: Vec::new(),
                max,
                is_over: false,
            }))),
        }
    }

    fn take(&mut self, data: &[u8]) -> Result<(), Cause> {
        match self {
            // What came is counted already.
            Self::Plain(bytes) => bytes.extend_from_slice(data),
            Self::Gzip(decoder) => {
                if decoder.write_all(data).is_err() {
                    return Err(decoder.get_ref().fault());
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Bytes, Cause> {
        match self {
            Self::Plain(bytes) => Ok(bytes.into()),
            Self::Gzip(mut decoder) => match decoder.try_finish() {
                Ok(()) => Ok(std::mem::take(&mut decoder.get_mut().bytes).into()),
                Err(_damaged) => Err(decoder.get_ref().fault()),
            },
        }
    }
}

impl Capped {
    /// Why the decoder failed.
    fn fault(&self) -> Cause {
        if self.is_over {
            too_large(Part::Content, self.max)
        } else {
            Cause::Gzip
        }
    }
}

impl Write for Capped {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        if data.len() > self.max.saturating_sub(self.bytes.len()) {
            self.is_over = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use http::HeaderValue;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// Decodes what comes in pieces of a size.
    fn decode(data: &[u8], piece: usize, max: usize) -> Result<Bytes, Cause> {
        let mut sink = Sink::new(Coding::Gzip, max);
        for piece in data.chunks(piece) {
            sink.take(piece)?;
        }
        sink.finish()
    }

    #[test]
    fn gzip_is_read_in_any_pieces_and_every_cut_is_seen() {
        let text = b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n".repeat(20);
        let packed = gzip(&text);
        for piece in [1, 7, packed.len()] {
            assert_eq!(decode(&packed, piece, text.len()), Ok(text.clone().into()));
        }
        for cut in 0..packed.len() {
            assert_eq!(
                decode(&packed[..cut], 16, text.len()),
                Err(Cause::Gzip),
                "{cut}"
            );
        }
        let mut damaged = packed.clone();
        let at = damaged.len() - 6;
        damaged[at] ^= 1;
        assert_eq!(decode(&damaged, 16, text.len()), Err(Cause::Gzip));
        let two = [gzip(b"#EXTM3U\n"), gzip(b"more\n")].concat();
        assert_eq!(decode(&two, 3, 100), Ok("#EXTM3U\nmore\n".into()));
        assert_eq!(decode(b"#EXTM3U\n", 3, 100), Err(Cause::Gzip));
    }

    #[test]
    fn what_decompresses_to_more_is_given_up_at_the_limit() {
        let bomb = gzip(&vec![0; 8 << 20]);
        assert!(bomb.len() < 10_000, "{}", bomb.len());
        let limit = 1 << 20;
        let expected = too_large(Part::Content, limit);
        assert_eq!(decode(&bomb, 4_096, limit), Err(expected.clone()));
        // To the byte.
        let text = vec![b'x'; 1_000];
        assert_eq!(decode(&gzip(&text), 64, 1_000), Ok(text.clone().into()));
        let refused = decode(&gzip(&text), 64, 999);
        assert_eq!(refused, Err(too_large(Part::Content, 999)));
    }

    #[test]
    fn one_coding_that_was_asked_for_or_none() {
        let read = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(CONTENT_ENCODING, HeaderValue::from_static(line));
            }
            coding(&headers)
        };
        assert_eq!(read(&[]), Ok(Coding::Identity));
        assert_eq!(read(&["identity"]), Ok(Coding::Identity));
        for word in ["gzip", "GZip", " x-gzip "] {
            assert_eq!(read(&[word]), Ok(Coding::Gzip), "{word}");
        }
        for lines in [&["gzip, gzip"][..], &["gzip", "gzip"], &["br"], &["gzip;"]] {
            assert_eq!(read(lines), Err(Cause::Coding), "{lines:?}");
        }
    }
}
