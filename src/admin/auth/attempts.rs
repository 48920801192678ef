//! Tries to log in, counted by account and by network, so that passwords cannot be guessed.
//!
//! An account that is not there is counted as if it were: how a refusal comes tells nothing.

use std::net::IpAddr;

use sha2::{Digest as _, Sha256};

use crate::admin::call::Call;
use crate::admin::respond::Refusal;
use crate::admin::state::State;
use crate::model::Millis;
use crate::model::name::fold_name;
use crate::store::catalog::{Attempt, AttemptKey, AttemptRules};

/// What is let through. A network has many users at times, so it is judged by number alone; an
/// account waits longer after each failure, though never so long that somebody else could keep
/// its user out for good.
const RULES: AttemptRules = AttemptRules {
    span: Millis::from_seconds(15 * 60),
    network_max: 100,
    free_failures: 5,
    first_wait: Millis::from_seconds(1),
    longest_wait: Millis::from_seconds(5 * 60),
};

/// Lets a try through and counts it as failed until it is said to be none.
pub(super) async fn begin(state: &State, call: &Call, account: &str) -> Result<Attempt, Refusal> {
    let key = AttemptKey {
        account: hash(b"account", fold_name(account).as_bytes()),
        network: hash(b"network", &network(call)),
    };
    let begun = state.catalog.begin_attempt(key, RULES, state.clock.now());
    begun.await?.map_err(|wait| Refusal::TooMany { wait })
}

/// What one party holds: an address, or the network of 64 bits that a site has in IPv6 (RFC 6177).
fn network(call: &Call) -> Vec<u8> {
    let Some(remote) = call.remote else {
        return b"this machine".to_vec();
    };
    match remote.0.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().iter().take(8).copied().collect(),
    }
}

fn hash(what: &[u8], text: &[u8]) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(what);
    hash.update([0]);
    hash.update(text);
    let whole: [u8; 32] = hash.finalize().into();
    let mut half = [0; 16];
    half.copy_from_slice(&whole[..16]);
    half
}
