//! Settings of files, streams, viewers, decisions and the log.

use super::Key;
use super::Value::{Default, Example, Secret};
use super::key;

/// In the order in which they are shown.
pub(super) const KEYS: &[Key] = &[
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
        "server.player",
        "path",
        Example("\"/usr/share/javascript/hls.min.js\""),
        &[
            "A player in JavaScript, such as hls.js, for browsers that do not play HLS themselves:",
            "it is served to /hls/CHANNEL/watch. Nothing else needs it.",
        ],
    ),
    key(
        "conditioning.ffmpeg",
        "path",
        Default("\"ffmpeg\""),
        &["The program, or its name where it is found by itself; ffprobe is looked for beside it."],
    ),
    key(
        "conditioning.jobs",
        "number",
        Default("1"),
        &["Creatives that are made to fit at one time. With 0 none are; what was made plays on."],
    ),
    key(
        "conditioning.threads",
        "number",
        Default("1"),
        &["Threads of each job. They run at low priority."],
    ),
    key(
        "conditioning.timeout_seconds",
        "seconds",
        Default("900"),
        &["How long one program of a job may run before it is killed."],
    ),
    key(
        "conditioning.loudness",
        "\"ebu\" or \"atsc\"",
        Default("\"ebu\""),
        &["How loud ads are: -23 LUFS as EBU R 128 says, or -24 LKFS as ATSC A/85 says."],
    ),
    key(
        "upstream.allow",
        "list of names and ranges",
        Default("[]"),
        &[
            "Origins inside your network: ranges of addresses, and names wherever they lead,",
            "such as [\"10.1.0.0/16\", \"origin.internal\", \"*.cdn.internal\"]. All others must",
            "be public. Metadata services, link-local and multicast addresses are never free.",
        ],
    ),
    key(
        "upstream.ports",
        "list of numbers",
        Default("[]"),
        &[
            "Ports that are fetched from, beside 80, 443 and those from 1024 on that belong to",
            "no well-known service.",
        ],
    ),
    key(
        "upstream.ca_file",
        "path",
        Example("\"/etc/adserved/origins.crt\""),
        &["The only certificates that origins may show, in PEM, instead of the public ones."],
    ),
    key(
        "upstream.connect_timeout_ms",
        "milliseconds",
        Default("1000"),
        &["Until there is a connection to an origin, looking up its name and TLS included."],
    ),
    key(
        "upstream.head_timeout_ms",
        "milliseconds",
        Default("2000"),
        &["Until an origin has begun to answer."],
    ),
    key(
        "upstream.timeout_ms",
        "milliseconds",
        Default("5000"),
        &["Until a fetch is complete, redirects included."],
    ),
    key(
        "upstream.bytes_max",
        "bytes",
        Default("4194304"),
        &["The largest playlist that is taken, as it comes and decompressed."],
    ),
    key(
        "upstream.cache_bytes_max",
        "bytes",
        Default("134217728"),
        &["Playlists that are kept, to answer many with one fetch and when an origin fails."],
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
