//! Every setting of `adserved`: its name, its default and what it means. The reader, the default
//! file and the manual page are made from this table.

/// One setting.
#[derive(Debug)]
pub(super) struct Key {
    /// Its full name, such as `server.listen`.
    pub(super) path: &'static str,
    /// What it is, for the manual.
    pub(super) kind: &'static str,
    /// Its value when nobody sets it, or that it has none.
    pub(super) value: Value,
    /// What it means. Each line is at most 90 characters.
    pub(super) doc: &'static [&'static str],
}

/// What a setting is when nobody sets it. Texts are TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// This.
    Default(&'static str),
    /// Nothing; here is what it could be.
    Example(&'static str),
    /// Nothing, and it may come from the environment only.
    Secret,
}

/// A section of the file and what it is about.
pub(super) const SECTIONS: &[(&str, &str)] = &[
    ("server", "The daemon and its public listener."),
    (
        "server.limits",
        "What one client may take, on every listener.",
    ),
    (
        "admin",
        "The listeners of the admin API, which adctl speaks to.",
    ),
    (
        "creatives",
        "Where video files are kept and which are taken.",
    ),
    (
        "creatives.s3",
        "An S3-compatible object store, when creatives.store is \"s3\".",
    ),
    ("geo", "Where viewers are, when their requests do not say."),
    ("privacy", "How long viewers can be told apart."),
    ("decisions", "How what was decided is kept."),
    ("log", "What is logged to standard error."),
];

const fn key(
    path: &'static str,
    kind: &'static str,
    value: Value,
    doc: &'static [&'static str],
) -> Key {
    Key {
        path,
        kind,
        value,
        doc,
    }
}

use Value::{Default, Example, Secret};

/// Every setting, in the order of the default file.
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
    key(
        "creatives.store",
        "\"local\" or \"s3\"",
        Default("\"local\""),
        &["Where files go: the data directory, or an S3-compatible store."],
    ),
    key(
        "creatives.max_bytes",
        "bytes",
        Default("536870912"),
        &["The largest file that is taken."],
    ),
    key(
        "creatives.max_duration_ms",
        "milliseconds",
        Default("120000"),
        &["The longest spot that is taken."],
    ),
    key(
        "creatives.cdn_base_urls",
        "list of URLs",
        Default("[]"),
        &[
            "Where players fetch files, if not from this daemon or the store itself. The first",
            "that fits is taken: https://cdn.example/ads#tenant=ten_2&container=webm serves only",
            "what its conditions name. Its origin is the root of this daemon, or of the bucket.",
        ],
    ),
    key(
        "creatives.s3.bucket",
        "text",
        Example("\"creatives\""),
        &["The bucket, which must exist."],
    ),
    key(
        "creatives.s3.endpoint",
        "URL",
        Example("\"https://objects.example.com\""),
        &["The address of the store. Without it, that of AWS in the region."],
    ),
    key(
        "creatives.s3.region",
        "text",
        Default("\"us-east-1\""),
        &["The region, as signatures name it."],
    ),
    key(
        "creatives.s3.access_key_id",
        "text",
        Example("\"AKIAEXAMPLE\""),
        &["Who we are to the store."],
    ),
    key(
        "creatives.s3.access_key_id_file",
        "path",
        Example("\"/etc/adserved/s3-id\""),
        &["A file with the same."],
    ),
    key(
        "creatives.s3.secret_access_key",
        "secret",
        Secret,
        &["How we prove it."],
    ),
    key(
        "creatives.s3.secret_access_key_file",
        "path",
        Example("\"/etc/adserved/s3-secret\""),
        &["A file with the same, which others must not be able to read."],
    ),
    key(
        "creatives.s3.presign_seconds",
        "seconds",
        Default("86400"),
        &["How long a media URL that is handed to a player works."],
    ),
    key(
        "geo.database",
        "path",
        Example("\"/var/lib/GeoIP/GeoLite2-City.mmdb\""),
        &[
            "A MaxMind-format database of cities or countries: the place of the client's address",
            "is looked up in it. Read again when the file changes, and on SIGHUP.",
        ],
    ),
    key(
        "privacy.viewer_key_days",
        "days",
        Default("30"),
        &[
            "How long the key is used that user, device and household ids and addresses are",
            "hashed with. Caps see over one change of the key; a cap of more days than this",
            "may forget.",
        ],
    ),
    key(
        "decisions.memory_dir",
        "path",
        Example("\"/dev/shm\""),
        &[
            "A folder in memory (tmpfs). What is handed out is written there before, and comes to",
            "the disk within 0.2 seconds, in the background: requests do not wait for the disk, and",
            "kill -9 of the daemon forgets nothing. It takes at most 64 MiB. Without it, /dev/shm,",
            "or the data directory where that is no tmpfs. In a container it must outlive the",
            "daemon; see docs/recovery.md.",
        ],
    ),
    key(
        "decisions.trace_every",
        "number",
        Default("100"),
        &[
            "One of so many decisions is kept whole, to be explained and made again:",
            "1 for all, 0 for none.",
        ],
    ),
    key(
        "decisions.trace_hours",
        "hours",
        Default("24"),
        &["For how long."],
    ),
    key(
        "log.level",
        "levels",
        Default("\"info\""),
        &[
            "error, warn, info, debug, trace or off; for parts of the program with their names:",
            "\"info,adserve::edge=debug\".",
        ],
    ),
    key(
        "log.format",
        "\"auto\", \"json\" or \"text\"",
        Default("\"auto\""),
        &["json is one object a line; auto is text on a terminal and json elsewhere."],
    ),
];

/// The setting of that name.
pub(super) fn find(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// Whether there are settings below that name.
pub(super) fn is_section(path: &str) -> bool {
    SECTIONS.iter().any(|(section, _)| *section == path)
}

impl Key {
    /// The section it is in and its name there.
    pub(super) fn parts(&self) -> (&'static str, &'static str) {
        self.path
            .rsplit_once('.')
            .expect("every setting is in a section")
    }

    /// The environment variable that sets it.
    pub(super) fn variable(&self) -> String {
        let name = self.path.to_uppercase().replace('.', "__");
        format!("ADSERVED_{name}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_setting_is_unique_in_a_section_and_short_to_read() {
        let paths: BTreeSet<_> = KEYS.iter().map(|key| key.path).collect();
        assert_eq!(paths.len(), KEYS.len());
        for key in KEYS {
            assert!(is_section(key.parts().0), "{}", key.path);
            assert!(key.doc.iter().all(|line| line.len() <= 90), "{}", key.path);
        }
        for (section, _) in SECTIONS {
            assert!(
                KEYS.iter().any(|key| key.parts().0 == *section),
                "{section}"
            );
        }
    }
}
