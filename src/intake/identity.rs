//! Who watches, as keyed hashes, and what may be known of them.

use core::net::{IpAddr, Ipv6Addr};
use std::borrow::Cow;

use super::fields::Field;
use super::said::Said;
use super::viewer_keys::ViewerKeys;
use crate::format::consent::{Signals, judge};
use crate::model::privacy::Withheld;
use crate::model::{CapScope, Identity, Privacy, TenantId, Timestamp};

/// Bits of an IPv6 address that a household shares.
const HOUSEHOLD_BITS: u32 = 56;

/// Who a request says is watching.
#[derive(Debug, Default)]
pub(super) struct Ids<'a> {
    user: Option<Cow<'a, str>>,
    device: Option<Cow<'a, str>>,
    household: Option<Cow<'a, str>>,
    session: Option<Cow<'a, str>>,
    /// The advertising id is one of zeros, which says not to follow the device.
    is_zero: bool,
}

impl<'a> Ids<'a> {
    pub(super) fn read(said: &mut Said<'a>) -> Self {
        let mut id = |field| said.id(field).filter(|id| !is_nobody(id));
        let (user, household, session) =
            (id(Field::User), id(Field::Household), id(Field::Session));
        // Platforms write the same id in either case.
        let device = said.id(Field::Ifa).map(lower);
        let is_zero = device.as_deref().is_some_and(is_zero);
        let device = device.filter(|id| !is_zero && !is_nobody(id));
        Self {
            user,
            device,
            household,
            session,
            is_zero,
        }
    }

    /// Hashes what may be known. The session is always that: it ends with the sitting.
    pub(super) fn hashed(
        &self,
        privacy: Privacy,
        address: Option<IpAddr>,
        tenant: TenantId,
        keys: &ViewerKeys,
    ) -> Identity {
        let key = |scope, id: &[u8]| keys.key(tenant, scope, id);
        let named =
            |scope, id: &Option<Cow<'_, str>>| id.as_ref().map(|id| key(scope, id.as_bytes()));
        let session = named(CapScope::Session, &self.session);
        if privacy.withholds(Withheld::Identity) {
            return Identity {
                session,
                ..Identity::default()
            };
        }
        let network = address.and_then(network);
        let network = network.as_ref().map(Network::bytes);
        let household = named(CapScope::Household, &self.household)
            .or_else(|| network.map(|network| key(CapScope::Household, network)));
        Identity {
            user: named(CapScope::User, &self.user),
            device: named(CapScope::Device, &self.device),
            household,
            address: network.map(|network| key(CapScope::Address, network)),
            session,
        }
    }
}

fn lower(id: Cow<'_, str>) -> Cow<'_, str> {
    if id.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(id.to_ascii_lowercase())
    } else {
        id
    }
}

/// `00000000-0000-0000-0000-000000000000`, with hyphens or without.
fn is_zero(id: &str) -> bool {
    id.len() >= 8 && id.bytes().all(|byte| matches!(byte, b'0' | b'-'))
}

/// Words that players send when they have no id. As ids they would make one viewer of many.
fn is_nobody(id: &str) -> bool {
    const WORDS: [&str; 9] = [
        "null",
        "undefined",
        "unknown",
        "none",
        "nil",
        "n/a",
        "na",
        "optout",
        "opt_out",
    ];
    WORDS.iter().any(|word| id.eq_ignore_ascii_case(word))
        || id.bytes().all(|byte| matches!(byte, b'0' | b'-'))
}

/// What those who live together share of an address.
enum Network {
    V4([u8; 4]),
    V6([u8; 16]),
}

impl Network {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::V4(bytes) => bytes,
            Self::V6(bytes) => bytes,
        }
    }
}

/// The network of a household; none for addresses that say nothing about who is behind them:
/// those of this machine, of a private network or of a carrier's.
fn network(address: IpAddr) -> Option<Network> {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let is_shared = matches!(v4.octets(), [100, 64..=127, ..] | [0, ..]);
            let is_local = v4.is_private() || v4.is_loopback() || v4.is_link_local();
            (!is_shared && !is_local).then(|| Network::V4(v4.octets()))
        }
        IpAddr::V6(v6) => {
            let is_local = v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_unique_local()
                || v6.is_unicast_link_local();
            let mask = !(u128::MAX >> HOUSEHOLD_BITS);
            (!is_local).then(|| Network::V6(Ipv6Addr::from_bits(v6.to_bits() & mask).octets()))
        }
    }
}

/// What may be known of the viewer.
pub(super) fn privacy(said: &mut Said<'_>, ids: &Ids<'_>, now: Timestamp) -> Privacy {
    let (lmt, dnt) = (said.flag(Field::Lmt), said.flag(Field::Dnt));
    let (us_privacy, tc) = (said.text(Field::UsPrivacy), said.text(Field::GdprConsent));
    let (gpp, gpp_sid) = (said.text(Field::Gpp), sections(said));
    let signals = Signals {
        limit: lmt == Some(true) || dnt == Some(true) || ids.is_zero,
        child: said.flag(Field::Coppa) == Some(true),
        us_privacy: us_privacy.as_deref().map(str::trim),
        gdpr: said.flag(Field::Gdpr),
        tc: tc.as_deref().map(str::trim),
        gpp: gpp.as_deref().map(str::trim),
        gpp_sid: gpp_sid.as_deref(),
    };
    judge(&signals, now)
}

/// `gpp_sid`: one text with commas, or a list of numbers, as OpenRTB has it.
fn sections(said: &mut Said<'_>) -> Option<String> {
    if let (super::said::Given::List(ids), _name) = said.get(Field::GppSid) {
        return Some(ids.join(","));
    }
    said.text(Field::GppSid).map(Cow::into_owned)
}
