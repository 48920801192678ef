//! Settings of the daemon itself and of its admin API.

use super::Key;
use super::Value::{Default, Example, Secret};
use super::key;

/// In the order in which they are shown.
pub(super) const KEYS: &[Key] = &[
    key(
        "server.data_dir",
        "path",
        Default("\"data\""),
        &[
            "Where everything is kept: databases, keys, the admin socket, local creatives.",
            "Made if missing, for its owner only. One daemon at a time. A relative path",
            "starts at the working directory.",
        ],
    ),
    key(
        "server.listen",
        "address",
        Default("\"127.0.0.1:8080\""),
        &["Where players reach the daemon. Port 0 lets the system choose."],
    ),
    key(
        "server.public_url",
        "URL",
        Example("\"https://ads.example.com\""),
        &[
            "What players call this server, as it stands in the beacon URLs they get.",
            "Without it, http:// and the address in listen, if that names one machine.",
        ],
    ),
    key(
        "server.workers",
        "number",
        Default("0"),
        &["Threads that serve players. 0 is one for each processor, at most 64."],
    ),
    key(
        "server.trusted_proxies",
        "list of addresses and ranges",
        Default("[]"),
        &[
            "Proxies whose X-Forwarded-For is believed, such as [\"10.0.0.0/8\", \"::1\"].",
            "From anybody else the header is ignored.",
        ],
    ),
    key(
        "server.limits.connections_max",
        "number",
        Default("0"),
        &[
            "Open connections of a listener. At the cap new ones wait; those that are open",
            "are served. 0 is just below half of the files the process may open.",
        ],
    ),
    key(
        "server.limits.requests_per_connection_max",
        "number",
        Default("10000"),
        &["Requests on one connection before it is closed in good order."],
    ),
    key(
        "server.limits.header_bytes_max",
        "bytes",
        Default("16384"),
        &["Request line and headers together. More is answered 431."],
    ),
    key(
        "server.limits.url_bytes_max",
        "bytes",
        Default("8192"),
        &["Path and query of a request. More is answered 414."],
    ),
    key(
        "server.limits.header_timeout_ms",
        "milliseconds",
        Default("5000"),
        &["From the first byte of a request to the end of its headers."],
    ),
    key(
        "server.limits.body_timeout_ms",
        "milliseconds",
        Default("10000"),
        &["Waiting for the client within one body; a second more for each 4 KiB that came."],
    ),
    key(
        "server.limits.write_timeout_ms",
        "milliseconds",
        Default("10000"),
        &["How long a client may take nothing of its response."],
    ),
    key(
        "server.limits.idle_timeout_ms",
        "milliseconds",
        Default("30000"),
        &["Between a response and the next request on the same connection."],
    ),
    key(
        "server.limits.drain_timeout_ms",
        "milliseconds",
        Default("30000"),
        &["After SIGTERM: how long requests that were begun may take to end."],
    ),
    key(
        "admin.socket",
        "path",
        Example("\"/run/adserved/admin.sock\""),
        &["The unix socket of the admin API. Without it, admin.sock in the data directory."],
    ),
    key(
        "admin.socket_uids",
        "list of numbers",
        Default("[]"),
        &[
            "Users who may use the socket, besides root and the user the daemon runs as. They",
            "need a way to it: set socket too, since only its owner may enter the data directory.",
        ],
    ),
    key(
        "admin.listen",
        "address",
        Example("\"127.0.0.1:8081\""),
        &[
            "Where the admin API is reached over TCP. Off unless set. It then needs a token,",
            "and TLS unless it is a loopback address.",
        ],
    ),
    key(
        "admin.token",
        "secret",
        Secret,
        &["The bearer token of the admin API over TCP, at least 32 characters."],
    ),
    key(
        "admin.token_file",
        "path",
        Example("\"/etc/adserved/admin-token\""),
        &["A file with the token, which others must not be able to read."],
    ),
    key(
        "admin.tls_cert",
        "path",
        Example("\"/etc/adserved/admin.crt\""),
        &["The certificate chain of the admin API, in PEM, leaf first."],
    ),
    key(
        "admin.tls_key",
        "path",
        Example("\"/etc/adserved/admin.key\""),
        &["Its private key, in PEM, which others must not be able to read."],
    ),
];
