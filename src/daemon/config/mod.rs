//! The configuration of `adserved`: one file, the environment, flags, in that order.
//!
//! It is read once, checked whole, and typed: whoever holds a [`Config`] need not check again.
//! Nothing here opens a socket or makes a file.

mod keys;
mod print;
mod problem;
mod read;
mod secret;
mod sections;
mod sources;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use self::read::Reader;
use self::sections::{
    admin, conditioning, creatives, decisions, geo, log, privacy, server, upstream,
};
use crate::host::http::{Limits, TrustedProxies};
use crate::media::ConditioningLimits;
use crate::model::Millis;
use crate::model::rendition::Loudness;
use crate::store::blobs::CdnRule;
use crate::telemetry::LogSettings;
use crate::upstream::Settings;

pub use print::{Origins, ShowOrigin, default_file, manual_page};
pub use problem::{ConfigProblem, Origin};
pub use secret::Secret;
pub(super) use secret::refuse_if_open_to_all;
pub use sources::Sources;

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Config {
    /// The daemon and its public listener.
    pub server: ServerConfig,
    /// The admin API.
    pub admin: AdminConfig,
    /// Video files.
    pub creatives: CreativesConfig,
    /// How creatives are made to fit streams.
    pub conditioning: ConditioningConfig,
    /// What is fetched from others.
    pub upstream: Settings,
    /// Where viewers are.
    pub geo: GeoConfig,
    /// How long viewers can be told apart.
    pub privacy: PrivacyConfig,
    /// How what was decided is kept.
    pub decisions: DecisionsConfig,
    /// The log.
    pub log: LogSettings,
}

/// How creatives are made to fit streams.
#[derive(Debug, Clone)]
pub struct ConditioningConfig {
    /// The program.
    pub ffmpeg: PathBuf,
    /// What jobs may take.
    pub limits: ConditioningLimits,
    /// How loud ads are.
    pub loudness: Loudness,
}

/// Where viewers are, when their requests do not say.
#[derive(Debug, Clone)]
pub struct GeoConfig {
    /// A MaxMind-format database.
    pub database: Option<PathBuf>,
}

/// How long viewers can be told apart.
#[derive(Debug, Clone)]
pub struct PrivacyConfig {
    /// How long one key hashes them.
    pub viewer_key_life: Millis,
}

/// How what was decided is kept.
#[derive(Debug, Clone)]
pub struct DecisionsConfig {
    /// Where it stands until the disk has it; absent for the memory of the system, if it has any.
    pub memory_dir: Option<PathBuf>,
    /// One of so many is kept whole; none for 0.
    pub trace_every: u64,
    /// For how long.
    pub trace_life: Millis,
}

/// The daemon and its public listener.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Where everything is kept.
    pub data_dir: PathBuf,
    /// Where players reach the daemon.
    pub listen: SocketAddr,
    /// What players call it; absent only if `listen` names one machine.
    pub public_url: Option<Url>,
    /// Threads that serve players; absent for one each processor.
    pub workers: Option<NonZeroU16>,
    /// Who is believed about `X-Forwarded-For`.
    pub trusted_proxies: TrustedProxies,
    /// A player in JavaScript for the page that plays a channel.
    pub player: Option<PathBuf>,
    /// What one client may take.
    pub limits: LimitsConfig,
}

/// What one client may take, on every listener.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitsConfig {
    connections_max: usize,
    limits: Limits,
}

/// The admin API.
#[derive(Debug, Clone)]
pub struct AdminConfig {
    /// The unix socket, if not in the data directory.
    pub socket: Option<PathBuf>,
    /// Who may use it, besides root and our own user.
    pub socket_uids: BTreeSet<u32>,
    /// The TCP listener, if there is one.
    pub tcp: Option<AdminTcp>,
}

/// The admin API over TCP.
#[derive(Debug, Clone)]
pub struct AdminTcp {
    /// Where.
    pub listen: SocketAddr,
    /// Who may: the bearer of this.
    pub token: Secret,
    /// Certificate and key; present unless `listen` is a loopback address.
    pub tls: Option<TlsFiles>,
}

/// A certificate chain and its key, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, leaf first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Video files.
#[derive(Debug, Clone)]
pub struct CreativesConfig {
    /// Where they are kept.
    pub store: CreativeStore,
    /// The largest that is taken, in bytes.
    pub max_bytes: u64,
    /// The longest that is taken.
    pub max_duration: Millis,
    /// Which CDN players fetch them from, if any: the first rule that fits.
    pub cdn_base_urls: Vec<CdnRule>,
    /// How long a URL of the store works.
    pub presign: Duration,
}

/// Where video files are kept.
#[derive(Debug, Clone)]
pub enum CreativeStore {
    /// In the data directory.
    Local,
    /// In an S3-compatible store.
    S3(S3Config),
}

/// How an S3-compatible store is reached.
#[derive(Debug, Clone)]
pub struct S3Config {
    /// The bucket, which must exist.
    pub bucket: String,
    /// The address of the store, if it is not AWS.
    pub endpoint: Option<Url>,
    /// The region, as signatures name it.
    pub region: String,
    /// Who we are.
    pub access_key_id: String,
    /// How we prove it.
    pub secret_access_key: Secret,
}

/// Reads and checks everything. The error holds every problem there is.
pub fn load(sources: &Sources) -> Result<(Config, Origins), Vec<ConfigProblem>> {
    let mut reader = Reader::new(sources.gather());
    let config = Config {
        server: server(&mut reader),
        admin: admin(&mut reader),
        creatives: creatives(&mut reader),
        conditioning: conditioning(&mut reader),
        upstream: upstream(&mut reader),
        geo: geo(&mut reader),
        privacy: privacy(&mut reader),
        decisions: decisions(&mut reader),
        log: log(&mut reader),
    };
    if config
        .admin
        .tcp
        .as_ref()
        .is_some_and(|tcp| tcp.listen == config.server.listen && tcp.listen.port() != 0)
    {
        reader.refuse("admin.listen", "is the address of server.listen");
    }
    if reader.problems.is_empty() {
        Ok((config, Origins::new(reader.into_given())))
    } else {
        Err(reader.problems)
    }
}

impl ServerConfig {
    /// What players call this server, without a slash at the end, once it is bound.
    pub fn public_url_at(&self, bound: SocketAddr) -> String {
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{bound}"),
        }
    }
}

impl LimitsConfig {
    /// The limits in a process that may open so many files.
    pub fn for_descriptors(&self, descriptors: u64) -> Limits {
        let connections_max = match self.connections_max {
            0 => Limits::for_descriptors(descriptors).connections_max,
            set => set,
        };
        Limits {
            connections_max,
            ..self.limits.clone()
        }
    }
}
