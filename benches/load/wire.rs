//! Requests as bytes, and where a response ends: the least of HTTP/1.1 that a load client needs.

use std::net::SocketAddr;

/// Headers a response may have.
const HEADERS_MAX: usize = 40;

/// A keep-alive GET.
pub(crate) fn get(target: SocketAddr, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: adserve-load\r\n\r\n")
        .into_bytes()
}

/// Where a complete response stands in its buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Bytes before the body.
    pub(crate) head: usize,
    /// Bytes of head and body.
    pub(crate) len: usize,
    /// Whether the server closes after it.
    pub(crate) closes: bool,
}

/// The bytes are no response that this client reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

impl From<httparse::Error> for Malformed {
    fn from(_: httparse::Error) -> Self {
        Self
    }
}

/// The response at the start of `bytes`, or none while it is incomplete.
///
/// Only bodies framed by Content-Length are understood (RFC 9112 §6.3); 204 and 304 have none.
pub(crate) fn response(bytes: &[u8]) -> Result<Option<Response>, Malformed> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut parsed = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(head) = parsed.parse(bytes)? else {
        return Ok(None);
    };
    let status = parsed.code.ok_or(Malformed)?;
    let mut body = matches!(status, 204 | 304).then_some(0);
    let mut closes = false;
    for header in &*parsed.headers {
        if header.name.eq_ignore_ascii_case("content-length") {
            body = Some(decimal(header.value).ok_or(Malformed)?);
        } else if header.name.eq_ignore_ascii_case("connection") {
            closes = header.value.eq_ignore_ascii_case(b"close");
        }
    }
    let len = head + body.ok_or(Malformed)?;
    Ok((bytes.len() >= len).then_some(Response {
        status,
        head,
        len,
        closes,
    }))
}

fn decimal(text: &[u8]) -> Option<usize> {
    str::from_utf8(text).ok()?.parse().ok()
}
