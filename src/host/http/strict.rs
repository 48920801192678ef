//! Refuses request heads that two HTTP parsers could read differently (request smuggling).
//!
//! hyper has parsed the head already and is lenient where RFC 9112 lets it be: it takes lone line
//! feeds, repeated equal `Content-Length` and `Content-Length` beside `Transfer-Encoding`. A proxy
//! in front may frame such a message in another way, so here they are refused.

/// A head that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// Its length, with the empty line.
    pub(super) bytes: usize,
    /// How its body is framed.
    pub(super) framing: Framing,
}

/// RFC 9112 §6.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// A body of so many bytes, or none.
    Length(u64),
    /// A body that says itself where it ends.
    Chunked,
}

/// Why a head was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ambiguity {
    /// A line ends without a carriage return.
    BareLineFeed,
    /// A head without its empty line.
    Unfinished,
    /// `Content-Length` is repeated or not a plain number.
    ContentLength,
    /// `Transfer-Encoding` is repeated or is not `chunked`.
    TransferEncoding,
    /// Both ways to frame a body.
    TwoFramings,
    /// HTTP/1.1 with no `Host`, or any version with several (RFC 9112 §3.2).
    Host,
}

/// Reads the head at the start of `bytes`, which may go on after it.
pub(super) fn read_head(bytes: &[u8]) -> Result<Head, Ambiguity> {
    let mut head = Lines::default();
    let mut length = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        length += line.len();
        let Some(line) = line.strip_suffix(b"\r\n") else {
            let unfinished = line.last() != Some(&b'\n');
            return Err(if unfinished {
                Ambiguity::Unfinished
            } else {
                Ambiguity::BareLineFeed
            });
        };
        match (line.is_empty(), head.host_required.is_some()) {
            // RFC 9112 §2.2: empty lines before a request are to be ignored.
            (true, false) => {}
            (true, true) => {
                let framing = head.framing()?;
                return Ok(Head {
                    bytes: length,
                    framing,
                });
            }
            (false, false) => head.start(line),
            (false, true) => head.field(line)?,
        }
    }
    Err(Ambiguity::Unfinished)
}

#[derive(Debug, Default)]
struct Lines {
    /// Whether a `Host` must follow, once the request line was read.
    host_required: Option<bool>,
    hosts: u32,
    content_length: Option<u64>,
    chunked: bool,
}

impl Lines {
    fn start(&mut self, line: &[u8]) {
        self.host_required = Some(!line.ends_with(b"HTTP/1.0"));
    }

    fn field(&mut self, line: &[u8]) -> Result<(), Ambiguity> {
        let colon = line.iter().position(|&byte| byte == b':');
        let (name, value) = line.split_at(colon.unwrap_or(line.len()));
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        // By length first: nearly every header is none of the three.
        match name.len() {
            4 if name.eq_ignore_ascii_case(b"host") => self.hosts += 1,
            14 if name.eq_ignore_ascii_case(b"content-length") => {
                let length = digits(value).ok_or(Ambiguity::ContentLength)?;
                if self.content_length.replace(length).is_some() {
                    return Err(Ambiguity::ContentLength);
                }
            }
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => {
                if self.chunked || !value.eq_ignore_ascii_case(b"chunked") {
                    return Err(Ambiguity::TransferEncoding);
                }
                self.chunked = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn framing(&self) -> Result<Framing, Ambiguity> {
        if self.hosts > 1 || (self.host_required == Some(true) && self.hosts == 0) {
            return Err(Ambiguity::Host);
        }
        match (self.content_length, self.chunked) {
            (Some(_), true) => Err(Ambiguity::TwoFramings),
            (None, true) => Ok(Framing::Chunked),
            (length, false) => Ok(Framing::Length(length.unwrap_or(0))),
        }
    }
}

fn digits(value: &[u8]) -> Option<u64> {
    let text = str::from_utf8(value).ok()?;
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framing(head: &str) -> Result<Framing, Ambiguity> {
        read_head(head.as_bytes()).map(|head| head.framing)
    }

    #[test]
    fn plain_heads_pass_and_say_how_long_they_are() {
        let head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        let followed = format!("\r\n{head}GET /second");
        let read = read_head(followed.as_bytes()).unwrap();
        assert_eq!(read.bytes, head.len() + 2);
        assert_eq!(read.framing, Framing::Length(0));
        assert_eq!(framing("GET / HTTP/1.0\r\n\r\n"), Ok(Framing::Length(0)));
        assert_eq!(
            framing("POST / HTTP/1.1\r\nhost:a\r\ncontent-LENGTH: 12 \r\n\r\n"),
            Ok(Framing::Length(12))
        );
        assert_eq!(
            framing("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"),
            Ok(Framing::Chunked)
        );
    }

    #[test]
    fn ambiguous_heads_are_refused() {
        use Ambiguity::*;
        for (fields, why) in [
            ("Host: a\nX: y\r\n", BareLineFeed),
            ("Host: a\r\nX: y\r", Unfinished),
            ("X: y\r\n", Host),
            ("Host: a\r\nhost: a\r\n", Host),
            (
                "Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n",
                ContentLength,
            ),
            ("Host: a\r\nContent-Length: +1\r\n", ContentLength),
            ("Host: a\r\nContent-Length: 1, 1\r\n", ContentLength),
            ("Host: a\r\nContent-Length: \r\n", ContentLength),
            (
                "Host: a\r\nContent-Length: 99999999999999999999\r\n",
                ContentLength,
            ),
            (
                "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n",
                TransferEncoding,
            ),
            (
                "Host: a\r\nTransfer-Encoding: xchunked\r\n",
                TransferEncoding,
            ),
            (
                "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                TransferEncoding,
            ),
            (
                "Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
                TwoFramings,
            ),
            (
                "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n",
                TwoFramings,
            ),
        ] {
            let head = format!("POST / HTTP/1.1\r\n{fields}\r\n");
            assert_eq!(framing(&head), Err(why), "{head:?}");
        }
        assert_eq!(framing(""), Err(Unfinished));
    }
}
