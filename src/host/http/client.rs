//! What a client says about itself: the id of its request and, through a proxy, its address.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::stream::Peer;
use crate::host::Entropy;

/// The name of a request, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Longer ids are replaced.
const REQUEST_ID_BYTES_MAX: usize = 64;
/// Hops looked at in `X-Forwarded-For`, from the right.
const HOPS_MAX: usize = 32;

/// The id of a request that passed the guard.
pub fn request_id(headers: &HeaderMap) -> &str {
    headers
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default()
}

/// Keeps the id a client gave if it can be logged and echoed as it is, or makes one.
pub(super) fn name_request(headers: &mut HeaderMap, entropy: &Entropy) -> HeaderValue {
    let mut given = headers.get_all(REQUEST_ID).iter();
    if let (Some(id), None) = (given.next(), given.next())
        && is_plain(id.as_bytes())
    {
        return id.clone();
    }
    let id = HeaderValue::try_from(format!("{:016x}", entropy.roll()))
        .expect("hexadecimal digits are a header value");
    headers.insert(REQUEST_ID, id.clone());
    id
}

fn is_plain(id: &[u8]) -> bool {
    (1..=REQUEST_ID_BYTES_MAX).contains(&id.len())
        && id
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte))
}

/// The proxies whose word about the client is taken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustedProxies(Vec<AddressRange>);

impl TrustedProxies {
    /// Trusts the proxies in these ranges.
    pub const fn new(ranges: Vec<AddressRange>) -> Self {
        Self(ranges)
    }

    /// Where a request comes from: the right-most hop that is no trusted proxy. Nothing of
    /// `X-Forwarded-For` counts if the connection itself is not from a trusted proxy, and
    /// nothing left of a hop that cannot be read.
    pub fn client_address(&self, peer: &Peer, headers: &HeaderMap) -> Option<IpAddr> {
        let mut client = peer.ip()?;
        let lines = headers.get_all(FORWARDED_FOR);
        let hops = lines
            .iter()
            .rev()
            .flat_map(|line| line.as_bytes().rsplit(|&byte| byte == b','));
        for hop in hops.take(HOPS_MAX) {
            if !self.trusts(client) {
                break;
            }
            let Some(address) = read_hop(hop) else { break };
            client = address;
        }
        Some(client)
    }

    /// Whether the connection itself comes from a trusted proxy.
    pub fn has(&self, peer: &Peer) -> bool {
        peer.ip().is_some_and(|address| self.trusts(address))
    }

    /// Whether a request comes from this host itself, and not through a proxy on it that nobody
    /// said to trust: that one has the address of this host whoever is behind it.
    pub fn is_local(&self, peer: &Peer, headers: &HeaderMap) -> bool {
        let is_told = headers.contains_key(FORWARDED_FOR);
        let is_believed = peer.ip().is_some_and(|address| self.trusts(address));
        (!is_told || is_believed)
            && self
                .client_address(peer, headers)
                .is_some_and(|address| address.is_loopback())
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|range| range.contains(address))
    }
}

/// An address as proxies write it: bare, in brackets, or with a port.
fn read_hop(hop: &[u8]) -> Option<IpAddr> {
    let text = str::from_utf8(hop).ok()?.trim();
    let bracketed = || {
        text.strip_prefix('[')?
            .split_once(']')
            .map(|(address, _port)| address)
    };
    let with_port = || {
        text.parse()
            .ok()
            .map(|socket: std::net::SocketAddr| socket.ip())
    };
    let address = text.parse().ok().or_else(with_port);
    let address = address.or_else(|| bracketed()?.parse().ok())?;
    Some(address.to_canonical())
}

/// A range of addresses, such as `10.0.0.0/8`, `::1` or `2001:db8::/32`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressRange {
    first: u128,
    bits: u32,
    v4: bool,
}

/// Not a range of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an address or a range such as 10.0.0.0/8")]
pub struct AddressRangeError {
    text: String,
}

impl AddressRange {
    /// Whether an address is in it. IPv4 inside IPv6 is IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (value, v4) = number(address.to_canonical());
        v4 == self.v4
            && (value ^ self.first)
                .checked_shr(128 - self.bits)
                .unwrap_or(0)
                == 0
    }
}

impl FromStr for AddressRange {
    type Err = AddressRangeError;

    fn from_str(text: &str) -> Result<Self, AddressRangeError> {
        let error = || AddressRangeError {
            text: text.chars().take(64).collect(),
        };
        let (address, bits) = text
            .split_once('/')
            .map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.parse().map_err(|_unreadable| error())?;
        let (first, v4) = number(address);
        let width = if v4 { 32 } else { 128 };
        let bits = bits
            .map_or(Ok(width), str::parse)
            .map_err(|_unreadable| error())?;
        if bits > width {
            return Err(error());
        }
        // IPv4 sits in the top bits, so that both widths are compared from the same end.
        Ok(Self { first, bits, v4 })
    }
}

fn number(address: IpAddr) -> (u128, bool) {
    match address {
        IpAddr::V4(address) => (u128::from(u32::from(address)) << 96, true),
        IpAddr::V6(address) => (u128::from(Ipv6Addr::from(address.octets())), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&'static str]) -> String {
        let ranges = ["10.0.0.0/8", "::1", "2001:db8::/32"];
        let ranges = ranges.iter().map(|range| range.parse().unwrap());
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
        }
        let peer = Peer::Tcp(peer.parse().unwrap());
        let proxies = TrustedProxies::new(ranges.collect());
        proxies.client_address(&peer, &headers).unwrap().to_string()
    }

    #[test]
    fn nobody_behind_a_proxy_of_this_host_is_local() {
        let is_local = |trusted: &str, peer: &str, forwarded: Option<&'static str>| {
            let proxies = TrustedProxies::new(vec![trusted.parse().unwrap()]);
            let lines = forwarded.map(|line| (FORWARDED_FOR, HeaderValue::from_static(line)));
            let headers = lines.into_iter().collect();
            proxies.is_local(&Peer::Tcp(peer.parse().unwrap()), &headers)
        };
        for (trusted, peer, forwarded, expected) in [
            ("10.0.0.0/8", "127.0.0.1:1", None, true),
            ("10.0.0.0/8", "[::1]:1", None, true),
            ("10.0.0.0/8", "203.0.113.7:1", None, false),
            ("10.0.0.0/8", "127.0.0.1:1", Some("203.0.113.7"), false),
            ("10.0.0.0/8", "127.0.0.1:1", Some("127.0.0.1"), false),
            ("127.0.0.1", "127.0.0.1:1", Some("203.0.113.7"), false),
            ("127.0.0.1", "127.0.0.1:1", Some("127.0.0.1"), true),
        ] {
            assert_eq!(
                is_local(trusted, peer, forwarded),
                expected,
                "{trusted} {peer} {forwarded:?}"
            );
        }
    }

    #[test]
    fn the_client_is_the_right_most_hop_that_is_no_trusted_proxy() {
        for (peer, forwarded, expected) in [
            ("10.0.0.1:1", &["203.0.113.7"][..], "203.0.113.7"),
            ("10.0.0.1:1", &["1.1.1.1, 203.0.113.7"], "203.0.113.7"),
            ("10.0.0.1:1", &["203.0.113.7, 10.2.3.4"], "203.0.113.7"),
            ("10.0.0.1:1", &["203.0.113.7", "10.2.3.4"], "203.0.113.7"),
            ("10.0.0.1:1", &["203.0.113.7:4711"], "203.0.113.7"),
            ("[::1]:1", &["[2a00::7]:443"], "2a00::7"),
            ("[2001:db8::9]:1", &["2a00::7"], "2a00::7"),
            (
                "[::ffff:10.0.0.1]:1",
                &["::ffff:203.0.113.7"],
                "203.0.113.7",
            ),
            // All hops trusted: the farthest is the best there is.
            ("10.0.0.1:1", &["10.0.0.9"], "10.0.0.9"),
            ("10.0.0.1:1", &[], "10.0.0.1"),
            // Not from a trusted proxy: its word counts for nothing.
            ("198.51.100.1:1", &["203.0.113.7"], "198.51.100.1"),
            // What cannot be read ends the chain.
            ("10.0.0.1:1", &["203.0.113.7, unknown"], "10.0.0.1"),
            ("10.0.0.1:1", &["203.0.113.7,"], "10.0.0.1"),
        ] {
            assert_eq!(client(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn ranges_hold_what_they_say() {
        let holds = |range: &str, address: &str| {
            let range: AddressRange = range.parse().unwrap();
            range.contains(address.parse().unwrap())
        };
        assert!(holds("0.0.0.0/0", "255.1.2.3"));
        assert!(!holds("0.0.0.0/0", "::1"));
        assert!(holds("192.168.1.0/25", "192.168.1.127"));
        assert!(!holds("192.168.1.0/25", "192.168.1.128"));
        assert!(holds("::/0", "2001:db8::1"));
        assert!(holds("fd00::/7", "fc00::1"));
        assert!(!holds("::1", "::2"));
        for bad in [
            "",
            "10.0.0.0/33",
            "10.0.0/8",
            "::/129",
            "10.0.0.0/-1",
            "host",
            "1.2.3.4/",
        ] {
            assert!(bad.parse::<AddressRange>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_id_that_can_be_logged_is_kept_and_another_replaced() {
        let named = |given: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for id in given {
                headers.append(REQUEST_ID, HeaderValue::from_static(id));
            }
            let id = name_request(&mut headers, &Entropy::seeded(1));
            assert_eq!(request_id(&headers), id.to_str().unwrap());
            id.to_str().unwrap().to_owned()
        };
        assert_eq!(named(&["a.B_9-"]), "a.B_9-");
        let long = "x".repeat(65);
        let made = named(&[]);
        assert_eq!(made.len(), 16);
        for bad in [
            &[""][..],
            &["a b"],
            &["a/b"],
            &["a", "b"],
            &[Box::leak(long.into_boxed_str())],
        ] {
            assert_eq!(named(bad), made, "{bad:?}");
        }
    }
}
