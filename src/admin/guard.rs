//! Keeps pages of web browsers away from the admin API, also those that renamed themselves.
//!
//! A browser says where a page comes from in `Origin`; `adctl` sends none. A page may point its
//! own name at 127.0.0.1 (DNS rebinding), so over plain TCP the `Host` must be an address or
//! `localhost`. Over TLS the certificate has settled that already.

use std::net::IpAddr;

use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderName, Uri};

use super::identity::Peer;
use super::respond::Refusal;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what a browser sends for a page.
pub(crate) fn check_origin(peer: Peer, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.contains_key(ORIGIN) || headers.contains_key(SEC_FETCH_SITE) {
        return Err(Refusal::Forbidden("web pages may not use the admin API"));
    }
    match peer {
        Peer::Socket { .. } | Peer::Tls => Ok(()),
        Peer::Tcp => {
            let mut hosts = headers.get_all(HOST).iter();
            let named = match (hosts.next(), hosts.next()) {
                (Some(only), None) => only.to_str().ok(),
                _ => None,
            };
            // An absolute target overrides the header (RFC 9112 §3.2.2): both must be in order.
            let target = uri.authority().map(http::uri::Authority::as_str);
            let local = named.is_some_and(is_local) && target.is_none_or(is_local);
            local.then_some(()).ok_or(Refusal::Forbidden(
                "the Host header must be an IP address or localhost",
            ))
        }
    }
}

fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() && !name.ends_with(':') => name,
        _ => host,
    };
    let bare = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    name.eq_ignore_ascii_case("localhost") || bare.unwrap_or(name).parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn allowed(peer: Peer, uri: &str, entries: &[(HeaderName, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in entries {
            headers.append(name, HeaderValue::from_static(value));
        }
        check_origin(peer, &uri.parse().unwrap(), &headers).is_ok()
    }

    #[test]
    fn only_addresses_and_localhost_are_hosts_of_plain_tcp() {
        for (host, good) in [
            ("127.0.0.1:9090", true),
            ("127.0.0.1", true),
            ("localhost:1", true),
            ("[::1]:9090", true),
            ("[::1]", true),
            ("evil.example:9090", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("", false),
        ] {
            assert_eq!(allowed(Peer::Tcp, "/x", &[(HOST, host)]), good, "{host}");
        }
        assert!(!allowed(Peer::Tcp, "/x", &[]));
        let two = [(HOST, "localhost"), (HOST, "localhost")];
        assert!(!allowed(Peer::Tcp, "/x", &two));
        let absolute = "http://evil.example/x";
        assert!(!allowed(Peer::Tcp, absolute, &[(HOST, "localhost")]));
    }

    #[test]
    fn a_page_is_refused_whatever_the_listener() {
        for peer in [Peer::Tcp, Peer::Tls, Peer::Socket { uid: 0 }] {
            for entry in [
                (ORIGIN, "null"),
                (ORIGIN, "https://good.example"),
                (SEC_FETCH_SITE, "none"),
            ] {
                assert!(!allowed(peer, "/x", &[(HOST, "localhost"), entry]));
            }
        }
        assert!(allowed(Peer::Tls, "/x", &[(HOST, "admin.example.com")]));
        assert!(allowed(Peer::Socket { uid: 0 }, "/x", &[]));
    }
}
