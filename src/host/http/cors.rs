//! Lets scripts of any site read the public answers, without credentials (Fetch standard §3.2).

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use super::reply::{ReplyBody, empty};

/// The answer to a preflight, if the request is one.
pub fn preflight<B>(method: &Method, headers: &HeaderMap) -> Option<Response<ReplyBody<B>>> {
    let asks = headers.contains_key(ORIGIN) && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    if method != Method::OPTIONS || !asks {
        return None;
    }
    let mut response = empty(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST"),
    );
    headers.insert(
        ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("content-type, x-request-id"),
    );
    // A day, the longest any browser keeps it.
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    Some(response)
}

/// Lets a script of any site read this answer. Never together with credentials: there are none.
pub fn allow_any_origin(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("x-request-id"),
    );
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http_body_util::Full;

    use super::*;

    fn ask(method: &Method, headers: &[(&'static str, &'static str)]) -> Option<HeaderMap> {
        let headers = headers
            .iter()
            .map(|&(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect();
        let response = preflight::<Full<Bytes>>(method, &headers)?;
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        Some(response.headers().clone())
    }

    #[test]
    fn a_preflight_of_any_site_is_answered_without_credentials() {
        for origin in ["null", "https://tv.example"] {
            let asked = [
                ("origin", origin),
                ("access-control-request-method", "POST"),
            ];
            let answer = ask(&Method::OPTIONS, &asked).unwrap();
            assert_eq!(answer["access-control-allow-origin"], "*");
            assert_eq!(answer["access-control-allow-methods"], "GET, POST");
            assert!(!answer.contains_key("access-control-allow-credentials"));
        }
    }

    #[test]
    fn other_requests_are_no_preflight() {
        let method = ("access-control-request-method", "POST");
        assert!(ask(&Method::OPTIONS, &[("origin", "https://tv.example")]).is_none());
        assert!(ask(&Method::OPTIONS, &[method]).is_none());
        assert!(ask(&Method::GET, &[("origin", "https://tv.example"), method]).is_none());
    }
}
