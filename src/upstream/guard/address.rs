//! What kind of address an address is: one that anybody may fetch from, or one that leads inside.
//!
//! IPv4 by the IANA special-purpose registry (RFC 6890 and its updates). IPv6 the other way round:
//! only `2000::/3` is public, without what is set aside in it. Where an IPv6 address carries an IPv4
//! address, the one inside is judged too.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `0.0.0.0/8` and `::`: this host, to many systems.
    Unspecified,
    /// `127.0.0.0/8` and `::1`.
    Loopback,
    /// RFC 1918 and `fc00::/7`.
    Private,
    /// `100.64.0.0/10`: the inside of a carrier.
    Shared,
    /// `169.254.0.0/16` and `fe80::/10`.
    LinkLocal,
    /// Where clouds tell a machine its secrets.
    Metadata,
    /// To many at once.
    Multicast,
    /// Set aside: for documents, benchmarks, protocols, the future.
    Reserved,
    /// IPv6 that only carries an IPv4 address: NAT64, 6to4, Teredo, compatible.
    Embedded,
}

/// What may be done with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Anybody may fetch from it.
    Public,
    /// Only if the operator says so.
    Inside(Kind),
    /// Never, whatever the operator says.
    Never(Kind),
}

use Verdict::{Inside, Never, Public};

impl Kind {
    /// The word for messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::Loopback => "loopback",
            Self::Private => "private",
            Self::Shared => "carrier-internal",
            Self::LinkLocal => "link-local",
            Self::Metadata => "cloud metadata",
            Self::Multicast => "multicast",
            Self::Reserved => "reserved",
            Self::Embedded => "IPv4 inside IPv6",
        }
    }
}

/// Judges an address. IPv4 mapped into IPv6 is IPv4.
pub(super) fn judge(address: IpAddr) -> Verdict {
    match address.to_canonical() {
        IpAddr::V4(address) => judge_v4(address),
        IpAddr::V6(address) => judge_v6(address),
    }
}

/// Services of clouds at addresses that no registry sets aside: Azure's, Oracle's, Alibaba's.
const METADATA_V4: [Ipv4Addr; 3] = [
    Ipv4Addr::new(168, 63, 129, 16),
    Ipv4Addr::new(192, 0, 0, 192),
    Ipv4Addr::new(100, 100, 100, 200),
];
/// Amazon's and Google's.
const METADATA_V6: [Ipv6Addr; 2] = [
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
    Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254),
];

fn judge_v4(address: Ipv4Addr) -> Verdict {
    if METADATA_V4.contains(&address) {
        return Never(Kind::Metadata);
    }
    match address.octets() {
        [0, ..] => Never(Kind::Unspecified),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Inside(Kind::Private),
        [100, 64..=127, ..] => Inside(Kind::Shared),
        [127, ..] => Inside(Kind::Loopback),
        [169, 254, 169, 254] => Never(Kind::Metadata),
        [169, 254, ..] => Never(Kind::LinkLocal),
        [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18..=19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => Inside(Kind::Reserved),
        [224..=239, ..] => Never(Kind::Multicast),
        [240..=255, ..] => Never(Kind::Reserved),
        _ => Public,
    }
}

fn judge_v6(address: Ipv6Addr) -> Verdict {
    if METADATA_V6.contains(&address) {
        return Never(Kind::Metadata);
    }
    if address.is_unspecified() {
        return Never(Kind::Unspecified);
    }
    if address.is_loopback() {
        return Inside(Kind::Loopback);
    }
    if let Some(inner) = embedded(address) {
        return match judge_v4(inner) {
            Public => Inside(Kind::Embedded),
            other => other,
        };
    }
    match address.segments() {
        [0xfe80..=0xfebf, ..] => Never(Kind::LinkLocal),
        [0xff00..=0xffff, ..] => Never(Kind::Multicast),
        [0xfc00..=0xfdff, ..] => Inside(Kind::Private),
        // Protocol assignments, ORCHID, documentation.
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => Inside(Kind::Reserved),
        [0x2000..=0x3fff, ..] => Public,
        _ => Inside(Kind::Reserved),
    }
}

/// The IPv4 address that an IPv6 address carries to whoever translates it.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = address.segments();
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match segments {
        // Compatible, RFC 4291 §2.5.5.1; translated, RFC 2765; NAT64, RFC 6052.
        [0, 0, 0, 0, 0 | 0xffff, 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(of(high, low))
        }
        // Local NAT64, RFC 8215, as a /96.
        // 6to4, RFC 3056.
        [0x64, 0xff9b, 1, .., high, low] | [0x2002, high, low, ..] => Some(of(high, low)),
        // Teredo, RFC 4380: the client's address, inverted.
        [0x2001, 0, .., high, low] => Some(of(!high, !low)),
        _ => None,
    }
}
