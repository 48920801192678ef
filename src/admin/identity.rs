//! Who calls: the user at the other end of the unix socket, or the bearer of a token: the
//! configured one, that of a login, or a key.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::respond::Refusal;
use super::secret::{self, Use};
use super::state::State;
use crate::model::{Key, Millis, Role, TenantId, Timestamp, User};
use crate::store::catalog::{LoginId, Scope};

/// How exactly it is known when a key was last used.
const KEY_USE_STEP: Millis = Millis::from_seconds(60);

/// How a request came in. The listener puts it into the extensions of each request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// Over the unix socket, from a process of this user, as the kernel says.
    Socket {
        /// User id.
        uid: u32,
    },
    /// Over plain TCP, which is allowed on the loopback interface only.
    Tcp,
    /// Over TLS.
    Tls,
}

/// Where a request came from, where it came over a network. The listener puts it beside the
/// [`Peer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remote(pub IpAddr);

/// Who may call without being a user or a key.
#[derive(Clone, Default)]
pub struct Access {
    uids: BTreeSet<u32>,
    token: Option<[u8; 32]>,
}

impl Access {
    /// Lets in these users (and root) on the socket, and the bearer of the token on TCP.
    /// Only a hash of the token is kept.
    pub fn new(uids: impl IntoIterator<Item = u32>, token: Option<&str>) -> Self {
        Self {
            uids: uids.into_iter().chain([0]).collect(),
            token: token.map(digest),
        }
    }

    /// The operator who calls, or why it is none.
    pub fn identify(&self, peer: Peer, headers: &HeaderMap) -> Result<Actor, Refusal> {
        match peer {
            Peer::Socket { uid } if self.uids.contains(&uid) => Ok(Actor::Uid(uid)),
            Peer::Socket { .. } => Err(Refusal::Forbidden(
                "this user may not use the admin socket; add it to admin.socket_uids",
            )),
            Peer::Tcp | Peer::Tls => {
                let given = bearer(headers).map(digest);
                // Compared in constant time, and hashed before: how long it takes says nothing.
                let (Some(known), Some(given)) = (self.token, given) else {
                    return Err(Refusal::Unauthenticated);
                };
                if bool::from(known.ct_eq(&given)) {
                    Ok(Actor::Token)
                } else {
                    Err(Refusal::Unauthenticated)
                }
            }
        }
    }
}

/// Never shows the token, not even its hash.
impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access")
            .field("uids", &self.uids)
            .field("token", &self.token.map(|_hidden| "set"))
            .finish()
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The token of `Authorization: Bearer …` (RFC 6750 §2.1), if there is exactly one.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    let (Some(only), None) = (given.next(), given.next()) else {
        return None;
    };
    let (scheme, token) = only.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Who calls: the operator of the machine, or the user or key that a token is of.
///
/// Over the socket one has to be let in first. Whoever then shows a token is whose it is, and may
/// do less.
pub(crate) async fn identify(
    state: &State,
    (peer, headers): (Peer, &HeaderMap),
) -> Result<Actor, Refusal> {
    let operator = state.access.identify(peer, headers);
    if let (Peer::Socket { .. }, Err(_)) = (peer, &operator) {
        return operator;
    }
    let Some(token) = bearer(headers) else {
        return operator;
    };
    let now = state.clock.now();
    if let Some(hash) = secret::hash_of(Use::Access, token) {
        let found = state.catalog.login_of(hash, now).await?;
        let (user, login) = found.ok_or(Refusal::Unauthenticated)?;
        return Ok(Actor::User(Arc::new(Login { user, login })));
    }
    if let Some(hash) = secret::hash_of(Use::Key, token) {
        let found = state.catalog.key_of(hash, now).await?;
        let (key, used_at) = found.ok_or(Refusal::Unauthenticated)?;
        note_use(state, &key, (used_at, now)).await;
        return Ok(Actor::Key(Arc::new(key)));
    }
    // A token that is nobody's, such as one that was cut off, is not made up for by the socket.
    state.access.identify(Peer::Tcp, headers)
}

/// Takes down that a key is used, now and then. A call does not fail because that cannot be.
async fn note_use(state: &State, key: &Key, (used_at, now): (Option<Timestamp>, Timestamp)) {
    let is_fresh = used_at.is_some_and(|at| at <= now && now.since(at) < KEY_USE_STEP);
    if !is_fresh && let Err(error) = state.catalog.note_key_use(key.id, now).await {
        tracing::warn!(%error, key = %key.id, "the use of a key is not taken down");
    }
}

/// Who did it, as history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A user of this machine: its operator.
    Uid(u32),
    /// The bearer of the configured token: the operator too.
    Token,
    /// Somebody who need not say who he is.
    Nobody,
    /// A user of a tenant.
    User(Arc<Login>),
    /// A program of a tenant.
    Key(Arc<Key>),
}

/// A user who logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The user as he is now.
    pub user: User,
    /// The login that the token is of.
    pub login: LoginId,
}

impl Actor {
    /// Whose things one sees; none for whoever sees those of all tenants.
    pub(crate) fn scope(&self) -> Option<Scope> {
        match self {
            Self::Uid(_) | Self::Token | Self::Nobody => None,
            Self::Key(key) => Some(Scope::Tenant(key.tenant)),
            Self::User(login) => {
                let user = &login.user;
                Some(match user.spec.role {
                    Role::Advertiser => Scope::Advertisers(user.tenant, user.id),
                    Role::Admin | Role::Viewer => Scope::Tenant(user.tenant),
                })
            }
        }
    }

    /// The tenant that one is of.
    pub(crate) fn tenant(&self) -> Option<TenantId> {
        self.scope().and_then(Scope::tenant)
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uid(uid) => write!(f, "uid:{uid}"),
            Self::Token => f.write_str("token"),
            Self::Nobody => f.write_str("nobody"),
            Self::User(login) => login.user.id.fmt(f),
            Self::Key(key) => key.id.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn access() -> Access {
        Access::new([1000], Some("s3cret"))
    }

    fn with(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn listed_users_and_root_are_let_in_on_the_socket() {
        for (uid, allowed) in [(0, true), (1000, true), (1001, false)] {
            let actor = access().identify(Peer::Socket { uid }, &HeaderMap::new());
            assert_eq!(actor.is_ok(), allowed, "{uid}");
        }
        let actor = access().identify(Peer::Socket { uid: 1000 }, &HeaderMap::new());
        assert_eq!(actor.unwrap().to_string(), "uid:1000");
    }

    #[test]
    fn only_the_whole_token_once_is_let_in_on_tcp() {
        for (values, allowed) in [
            (&["Bearer s3cret"][..], true),
            (&["bearer s3cret"], true),
            (&[], false),
            (&["Bearer s3cre"], false),
            (&["Bearer s3crett"], false),
            (&["Bearer  s3cret"], false),
            (&["Bearer "], false),
            (&["Bearer"], false),
            (&["Basic s3cret"], false),
            (&["s3cret"], false),
            (&["Bearer s3cret", "Bearer s3cret"], false),
        ] {
            for peer in [Peer::Tcp, Peer::Tls] {
                let actor = access().identify(peer, &with(values));
                assert_eq!(actor.is_ok(), allowed, "{values:?}");
            }
        }
    }

    #[test]
    fn without_a_configured_token_nobody_is_let_in_on_tcp() {
        let access = Access::new([1000], None);
        assert!(access.identify(Peer::Tcp, &with(&["Bearer "])).is_err());
        assert!(access.identify(Peer::Tcp, &with(&["Bearer x"])).is_err());
    }

    #[test]
    fn debugging_text_hides_the_token() {
        let text = format!("{:?}", access());
        assert!(text.contains("set") && !text.contains("s3cret"), "{text}");
    }
}
