//! Where addresses are, by a MaxMind-format database that the operator names.
//!
//! It is a file somebody else replaces, so it is read whole into memory, checked, and swapped:
//! a look-up sees the old one or the new, and a broken new one leaves the old in place.

use std::fs::File;
use std::io::{self, Read as _};
use std::net::IpAddr;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use maxminddb::{MaxMindDbError, Reader};
use serde::Deserialize;
use tokio::sync::Notify;

use crate::host::Shutdown;
use crate::intake::{Located, located};
use crate::model::targeting::Geo;

/// Largest database that is read.
const BYTES_MAX: u64 = 1 << 30;
/// How often it looks whether the file has changed.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// What the type of a database holds when its records have places in the layout of `GeoIP2`.
const TYPES: [&str; 3] = ["City", "Country", "Enterprise"];

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GeoError {
    /// It cannot be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is larger than memory should hold.
    #[error("{} has more than {BYTES_MAX} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It is not a database, or a damaged one.
    #[error("{} is not a sound MaxMind-format database: {source}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: MaxMindDbError,
    },
    /// Its records are not about places.
    #[error(
        "{} is a database of type {kind:?}, which does not say where addresses are; a City, \
         Country or Enterprise one does", path.display()
    )]
    OtherKind {
        /// The file.
        path: PathBuf,
        /// What it says it is.
        kind: String,
    },
}

/// The database, for whoever asks and for the task that keeps it fresh. Cheap to clone.
#[derive(Debug, Clone)]
pub struct GeoDatabase(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    opened: ArcSwap<Opened>,
}

#[derive(Debug)]
struct Opened {
    reader: Reader<Vec<u8>>,
    stamp: Stamp,
}

/// Tells one version of a file from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    bytes: u64,
    changed: (i64, i64),
}

/// What is used of a record, in the layout of `GeoIP2`.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    country: Option<Code<'a>>,
    #[serde(borrow, default)]
    subdivisions: Vec<Code<'a>>,
    #[serde(borrow)]
    city: Option<City<'a>>,
    #[serde(borrow)]
    postal: Option<Postal<'a>>,
    #[serde(borrow)]
    location: Option<Location<'a>>,
}

#[derive(Deserialize)]
struct Code<'a> {
    iso_code: Option<&'a str>,
}

#[derive(Deserialize)]
struct City<'a> {
    #[serde(borrow)]
    names: Option<Names<'a>>,
}

#[derive(Deserialize)]
struct Names<'a> {
    en: Option<&'a str>,
}

#[derive(Deserialize)]
struct Postal<'a> {
    code: Option<&'a str>,
}

#[derive(Deserialize)]
struct Location<'a> {
    metro_code: Option<u16>,
    time_zone: Option<&'a str>,
}

impl GeoDatabase {
    /// Reads and checks a database. Blocks.
    pub fn open(path: &Path) -> Result<Self, GeoError> {
        let opened = read(path)?;
        Ok(Self(Arc::new(Inner {
            path: path.to_owned(),
            opened: ArcSwap::from_pointee(opened),
        })))
    }

    /// Where an address is; none when nobody knows.
    pub fn locate(&self, address: IpAddr) -> Option<Located> {
        let opened = self.0.opened.load();
        // An IPv6 address in a database of IPv4 is unknown, and no fault.
        let record: Record<'_> = opened.reader.lookup(address).ok()?.decode().ok()??;
        let owned = |text: &str| text.to_owned();
        let location = record.location.as_ref();
        let geo = Geo {
            country: record.country.and_then(|it| it.iso_code).map(owned),
            region: record
                .subdivisions
                .first()
                .and_then(|it| it.iso_code)
                .map(owned),
            city: record.city.and_then(|it| it.names?.en).map(owned),
            dma: location
                .and_then(|it| it.metro_code)
                .filter(|&code| code > 0),
            postal: record.postal.and_then(|it| it.code).map(owned),
        };
        let zone = location.and_then(|it| it.time_zone?.parse().ok());
        Some(located(geo, zone))
    }

    /// Reads the file again if it is another than the one in use; whether it was. Blocks.
    pub fn refresh(&self) -> Result<bool, GeoError> {
        let inner = &*self.0;
        let found = std::fs::metadata(&inner.path).map_err(|source| GeoError::Io {
            path: inner.path.clone(),
            source,
        })?;
        if Stamp::of(&found) == inner.opened.load().stamp {
            return Ok(false);
        }
        inner.opened.store(Arc::new(read(&inner.path)?));
        Ok(true)
    }

    /// Looks after the file until the end of the program: every half minute, and when told.
    pub async fn run(self, now_please: Arc<Notify>, mut shutdown: Shutdown) {
        let mut is_failing = false;
        while !shutdown.is_requested() {
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = now_please.notified() => is_failing = false,
                () = shutdown.requested() => return,
            }
            let database = self.clone();
            let refreshed = tokio::task::spawn_blocking(move || database.refresh()).await;
            let failed = !matches!(refreshed, Ok(Ok(_)));
            match refreshed {
                Ok(Ok(true)) => tracing::info!("the geo database was read again"),
                Ok(Ok(false)) => {}
                Ok(Err(error)) if !is_failing => {
                    tracing::warn!(%error, "the geo database of before stays in use");
                }
                Ok(Err(_again)) => {}
                Err(error) => tracing::error!(%error, "reading the geo database panicked"),
            }
            is_failing = failed;
        }
    }
}

impl Stamp {
    fn of(found: &std::fs::Metadata) -> Self {
        Self {
            inode: found.ino(),
            bytes: found.len(),
            changed: (found.mtime(), found.mtime_nsec()),
        }
    }
}

fn read(path: &Path) -> Result<Opened, GeoError> {
    let io_error = |source| GeoError::Io {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(io_error)?;
    let found = file.metadata().map_err(io_error)?;
    if found.len() > BYTES_MAX {
        return Err(GeoError::TooLarge {
            path: path.to_owned(),
        });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
    file.by_ref()
        .take(BYTES_MAX)
        .read_to_end(&mut bytes)
        .map_err(io_error)?;
    let broken = |source| GeoError::Broken {
        path: path.to_owned(),
        source,
    };
    let reader = Reader::from_source(bytes).map_err(broken)?;
    reader.verify().map_err(broken)?;
    let kind = &reader.metadata().database_type;
    if !TYPES.iter().any(|known| kind.contains(known)) {
        return Err(GeoError::OtherKind {
            path: path.to_owned(),
            kind: kind.chars().take(64).collect(),
        });
    }
    Ok(Opened {
        reader,
        stamp: Stamp::of(&found),
    })
}
