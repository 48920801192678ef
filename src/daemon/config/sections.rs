//! Reads each section, and checks what its settings must be to one another.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::Duration;

use super::read::{Parsed, Reader};
use super::{
    AdminConfig, AdminTcp, ConditioningConfig, CreativeStore, CreativesConfig, DecisionsConfig,
    GeoConfig, LimitsConfig, PrivacyConfig, S3Config, Secret, ServerConfig, TlsFiles,
};
use crate::host::http::{AddressRange, Limits, TrustedProxies};
use crate::media::ConditioningLimits;
use crate::model::Millis;
use crate::model::rendition::Loudness;
use crate::telemetry::{LogFormat, LogSettings};
use crate::upstream::{AllowRule, FetchLimits, GuardRules, Settings};

/// More threads than this do not serve faster.
const WORKERS_MAX: u64 = 64;
/// Shorter tokens can be guessed.
const TOKEN_CHARACTERS_MIN: usize = 32;
/// The longest of a unix socket path that the kernel takes, without its NUL.
const SOCKET_PATH_BYTES_MAX: usize = 107;
/// The words of `creatives.store`.
const LOCAL: &str = "local";
const S3: &str = "s3";
/// The words of `conditioning.loudness`.
const EBU: &str = "ebu";
const ATSC: &str = "atsc";
/// The word of `log.format` that is no format.
const AUTO: &str = "auto";

pub(super) fn server(reader: &mut Reader) -> ServerConfig {
    let listen: SocketAddr = reader.get("server.listen");
    let public_url = reader.try_get("server.public_url");
    let is_url_set = reader.origin("server.public_url").is_some();
    if !is_url_set && listen.ip().is_unspecified() {
        let message = format!("players cannot reach {listen}: say what they call this server");
        reader.refuse("server.public_url", message);
    }
    let workers = reader.number("server.workers", 0..=WORKERS_MAX);
    let ranges: Vec<Parsed<AddressRange>> = reader.get("server.trusted_proxies");
    ServerConfig {
        data_dir: reader.get("server.data_dir"),
        listen,
        public_url,
        workers: u16::try_from(workers).ok().and_then(NonZeroU16::new),
        trusted_proxies: TrustedProxies::new(ranges.into_iter().map(|range| range.0).collect()),
        player: reader.try_get("server.player"),
        limits: limits(reader),
    }
}

fn limits(reader: &mut Reader) -> LimitsConfig {
    let mut number = |path, range| {
        let number = reader.number(path, range);
        usize::try_from(number).unwrap_or(usize::MAX)
    };
    let connections_max = number("server.limits.connections_max", 0..=1_000_000);
    let requests = number(
        "server.limits.requests_per_connection_max",
        1..=1_000_000_000,
    );
    let head_bytes_max = number("server.limits.header_bytes_max", 1_024..=64 * 1_024);
    let url_bytes_max = number("server.limits.url_bytes_max", 256..=64 * 1_024);
    let mut span = |path| Duration::from_millis(reader.number(path, 100..=600_000));
    LimitsConfig {
        connections_max,
        limits: Limits {
            head_bytes_max,
            url_bytes_max,
            requests_per_connection_max: u32::try_from(requests).unwrap_or(u32::MAX),
            head_timeout: span("server.limits.header_timeout_ms"),
            body_timeout: span("server.limits.body_timeout_ms"),
            write_timeout: span("server.limits.write_timeout_ms"),
            idle_timeout: span("server.limits.idle_timeout_ms"),
            drain_timeout: span("server.limits.drain_timeout_ms"),
            ..Limits::for_descriptors(0)
        },
    }
}

pub(super) fn admin(reader: &mut Reader) -> AdminConfig {
    let socket: Option<PathBuf> = reader.try_get("admin.socket");
    if socket
        .as_ref()
        .is_some_and(|path| path.as_os_str().len() > SOCKET_PATH_BYTES_MAX)
    {
        let message =
            format!("is longer than {SOCKET_PATH_BYTES_MAX} bytes, which no socket takes");
        reader.refuse("admin.socket", message);
    }
    let uids: Vec<u32> = reader.get("admin.socket_uids");
    let token = reader.secret("admin.token", "admin.token_file");
    let is_fit = |token: &Secret| {
        let token = token.expose();
        token.len() >= TOKEN_CHARACTERS_MIN && token.bytes().all(|byte| byte.is_ascii_graphic())
    };
    if token.as_ref().is_some_and(|token| !is_fit(token)) {
        let set = ["admin.token", "admin.token_file"]
            .into_iter()
            .find(|path| reader.origin(path).is_some())
            .unwrap_or("admin.token");
        reader.refuse(
            set,
            format!(
                "a token is at least {TOKEN_CHARACTERS_MIN} visible characters, without spaces"
            ),
        );
    }
    let tls = tls_files(reader);
    AdminConfig {
        socket,
        socket_uids: uids.into_iter().collect(),
        tcp: admin_tcp(reader, token, tls),
    }
}

fn tls_files(reader: &mut Reader) -> Option<TlsFiles> {
    let certificate = reader.try_get("admin.tls_cert");
    let key = reader.try_get("admin.tls_key");
    match (certificate, key) {
        (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
        (None, None) => None,
        (Some(_), None) => {
            reader.refuse("admin.tls_cert", "needs admin.tls_key too");
            None
        }
        (None, Some(_)) => {
            reader.refuse("admin.tls_key", "needs admin.tls_cert too");
            None
        }
    }
}

fn admin_tcp(
    reader: &mut Reader,
    token: Option<Secret>,
    tls: Option<TlsFiles>,
) -> Option<AdminTcp> {
    let listen: SocketAddr = reader.try_get("admin.listen")?;
    let is_tls_set = ["admin.tls_cert", "admin.tls_key"]
        .iter()
        .any(|path| reader.origin(path).is_some());
    if !listen.ip().to_canonical().is_loopback() && tls.is_none() && !is_tls_set {
        reader.refuse(
            "admin.listen",
            format!(
                "{listen} is reached from other machines: set admin.tls_cert and admin.tls_key"
            ),
        );
    }
    let is_token_set = ["admin.token", "admin.token_file"]
        .iter()
        .any(|path| reader.origin(path).is_some());
    if !is_token_set {
        reader.refuse("admin.listen", "needs a token: set admin.token_file");
    }
    Some(AdminTcp {
        listen,
        token: token?,
        tls,
    })
}

pub(super) fn creatives(reader: &mut Reader) -> CreativesConfig {
    let store = reader.choice("creatives.store", &[LOCAL, S3]);
    let presign = reader.number("creatives.s3.presign_seconds", 60..=604_800);
    let duration = reader.number("creatives.max_duration_ms", 1_000..=600_000);
    let s3 = s3(reader, store);
    CreativesConfig {
        store: s3.map_or(CreativeStore::Local, CreativeStore::S3),
        max_bytes: reader.number("creatives.max_bytes", 1_024..=100_000_000_000),
        max_duration: Millis(duration),
        cdn_base_urls: reader.get("creatives.cdn_base_urls"),
        presign: Duration::from_secs(presign),
    }
}

/// The settings are checked even if they are not used, so that switching over holds no surprise.
fn s3(reader: &mut Reader, store: &str) -> Option<S3Config> {
    let bucket: Option<String> = reader.try_get("creatives.s3.bucket");
    let endpoint = reader.try_get("creatives.s3.endpoint");
    let region = reader.get("creatives.s3.region");
    let id = reader.text_or_file(
        "creatives.s3.access_key_id",
        "creatives.s3.access_key_id_file",
    );
    let secret = reader.secret(
        "creatives.s3.secret_access_key",
        "creatives.s3.secret_access_key_file",
    );
    if store != S3 {
        return None;
    }
    for (path, file_path) in [
        ("creatives.s3.bucket", "creatives.s3.bucket"),
        (
            "creatives.s3.access_key_id",
            "creatives.s3.access_key_id_file",
        ),
        (
            "creatives.s3.secret_access_key",
            "creatives.s3.secret_access_key_file",
        ),
    ] {
        if reader.origin(path).is_none() && reader.origin(file_path).is_none() {
            reader.refuse(file_path, "is missing, and creatives.store is \"s3\"");
        }
    }
    Some(S3Config {
        bucket: bucket?,
        endpoint,
        region,
        access_key_id: id?.expose().to_owned(),
        secret_access_key: secret?,
    })
}

/// The ports of our own that must not be reached are not known before they are bound.
pub(super) fn conditioning(reader: &mut Reader) -> ConditioningConfig {
    let jobs = reader.number("conditioning.jobs", 0..=64);
    let threads = reader.number("conditioning.threads", 1..=64);
    let seconds = reader.number("conditioning.timeout_seconds", 10..=86_400);
    let loudness = reader.choice("conditioning.loudness", &[EBU, ATSC]);
    ConditioningConfig {
        ffmpeg: reader.get("conditioning.ffmpeg"),
        limits: ConditioningLimits {
            jobs: usize::try_from(jobs).unwrap_or(1),
            time: Duration::from_secs(seconds),
            threads: u8::try_from(threads).unwrap_or(1),
        },
        loudness: if loudness == ATSC {
            Loudness::ATSC
        } else {
            Loudness::EBU
        },
    }
}

pub(super) fn upstream(reader: &mut Reader) -> Settings {
    let allow: Vec<Parsed<AllowRule>> = reader.get("upstream.allow");
    let ports: Vec<u32> = reader.get("upstream.ports");
    let mut free = BTreeSet::new();
    for port in ports {
        match u16::try_from(port) {
            Ok(port) if port > 0 => drop(free.insert(port)),
            _ => reader.refuse("upstream.ports", format!("{port} is no port")),
        }
    }
    let mut bytes = |path, range| usize::try_from(reader.number(path, range)).unwrap_or(usize::MAX);
    let body_bytes_max = bytes("upstream.bytes_max", 1_024..=64 << 20);
    let cache_bytes_max = bytes("upstream.cache_bytes_max", 1 << 20..=1 << 40);
    let mut span = |path| Duration::from_millis(reader.number(path, 50..=60_000));
    let limits = FetchLimits {
        connect_timeout: span("upstream.connect_timeout_ms"),
        head_timeout: span("upstream.head_timeout_ms"),
        whole_timeout: span("upstream.timeout_ms"),
        body_bytes_max,
        ca_file: reader.try_get("upstream.ca_file"),
    };
    let rules = GuardRules {
        allow: allow.into_iter().map(|rule| rule.0).collect(),
        ports: free,
        own_ports: BTreeSet::new(),
    };
    Settings {
        rules,
        limits,
        cache_bytes_max,
    }
}

pub(super) fn geo(reader: &mut Reader) -> GeoConfig {
    GeoConfig {
        database: reader.try_get("geo.database"),
    }
}

pub(super) fn privacy(reader: &mut Reader) -> PrivacyConfig {
    let days = reader.number("privacy.viewer_key_days", 1..=365);
    PrivacyConfig {
        viewer_key_life: Millis::from_seconds(days.saturating_mul(86_400)),
    }
}

pub(super) fn decisions(reader: &mut Reader) -> DecisionsConfig {
    let hours = reader.number("decisions.trace_hours", 1..=720);
    DecisionsConfig {
        memory_dir: reader.try_get("decisions.memory_dir"),
        trace_every: reader.number("decisions.trace_every", 0..=1_000_000_000),
        trace_life: Millis::from_seconds(hours.saturating_mul(3_600)),
    }
}

pub(super) fn log(reader: &mut Reader) -> LogSettings {
    let levels = reader.get("log.level");
    // None is text on a terminal and JSON elsewhere.
    let words = LogFormat::ALL.iter().map(|format| format.as_str());
    let words: Vec<_> = [AUTO].into_iter().chain(words).collect();
    let format = reader.choice("log.format", &words);
    LogSettings {
        levels,
        format: format.parse().ok(),
    }
}
