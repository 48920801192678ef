//! The address under which a player gets a file: our own listener, a CDN, or a signed S3 address.
//!
//! It is asked for on every decision, so it answers at once from memory: signed addresses are
//! made ahead of time by [`keep_signed`] and renewed when half of their life is over. One that
//! was not foreseen is signed on the spot, which is some hashing and no request.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use futures_util::FutureExt as _;
use http::Method;
use object_store::aws::AmazonS3;
use object_store::path::Path as Location;
use object_store::signer::Signer as _;

use super::{BlobError, Blobs};
use crate::format::media::MediaKey;
use crate::host::{Clock, Shutdown};
use crate::model::rendition::RenditionFile;
use crate::model::{Container, Millis, TenantId, Timestamp};

/// Which CDN serves a file: the first rule that fits.
///
/// Written as a base address and, as its fragment, conditions that must all hold:
/// `https://cdn.example.com/ads#tenant=ten_2&container=webm`.
/// A CDN in front of S3 must show the bucket at its base; one in front of us our listener.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CdnRule {
    /// Address without a slash at its end.
    base: String,
    tenant: Option<TenantId>,
    container: Option<Container>,
}

/// Why a text is not a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an http(s) address, with conditions such as #tenant=ten_2&container=webm")]
pub struct CdnRuleError {
    /// What was given, cut to 200 characters.
    pub text: String,
}

impl FromStr for CdnRule {
    type Err = CdnRuleError;

    fn from_str(text: &str) -> Result<Self, CdnRuleError> {
        let error = || CdnRuleError {
            text: text.chars().take(200).collect(),
        };
        let (base, conditions) = text.split_once('#').unwrap_or((text, ""));
        let mut rule = Self {
            base: base_address(base).ok_or_else(error)?,
            tenant: None,
            container: None,
        };
        for condition in conditions.split('&').filter(|one| !one.is_empty()) {
            match condition.split_once('=') {
                Some(("tenant", id)) if rule.tenant.is_none() => {
                    rule.tenant = Some(id.parse().map_err(|_not_an_id| error())?);
                }
                Some(("container", name)) if rule.container.is_none() => {
                    rule.container = Some(name.parse().map_err(|_unknown| error())?);
                }
                _ => return Err(error()),
            }
        }
        Ok(rule)
    }
}

/// An http or https address to which a path can be appended.
fn base_address(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok()?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none();
    plain.then(|| url.as_str().trim_end_matches('/').to_owned())
}

impl CdnRule {
    /// A rule for a container is about whole files.
    fn fits_rendition(&self, file: &RenditionFile) -> bool {
        self.container.is_none() && self.tenant.is_none_or(|tenant| tenant == file.place.tenant)
    }

    fn fits(&self, key: &MediaKey) -> bool {
        self.tenant.is_none_or(|tenant| tenant == key.tenant)
            && self
                .container
                .is_none_or(|container| container == key.container)
    }
}

/// Finds the address of a file. Cheap to clone.
#[derive(Debug, Clone)]
pub struct MediaUrls(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    cdn: Vec<CdnRule>,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    /// Our own listener, at this public address.
    Listener(String),
    Signed(Signed),
}

#[derive(Debug)]
struct Signed {
    store: Arc<AmazonS3>,
    life: Millis,
    ready: ArcSwap<HashMap<MediaKey, SignedUrl>>,
}

#[derive(Debug, Clone)]
struct SignedUrl {
    url: Arc<str>,
    /// From when on it is made anew.
    renew_at: Timestamp,
}

impl MediaUrls {
    /// Addresses of what `blobs` keeps. `public_url` is where players reach us; signed addresses
    /// live for `life`, of which a player always has at least half left.
    pub fn new(blobs: &Blobs, cdn: Vec<CdnRule>, public_url: &str, life: Millis) -> Self {
        let origin = match blobs.signer() {
            None => Origin::Listener(public_url.trim_end_matches('/').to_owned()),
            Some(store) => Origin::Signed(Signed {
                store: Arc::clone(store),
                life,
                ready: ArcSwap::default(),
            }),
        };
        Self(Arc::new(Inner { cdn, origin }))
    }

    /// Appends the address of a file now.
    pub fn put(&self, key: &MediaKey, now: Timestamp, out: &mut String) -> Result<(), BlobError> {
        let rule = self.0.cdn.iter().find(|rule| rule.fits(key));
        match (rule, &self.0.origin) {
            (Some(CdnRule { base, .. }), Origin::Listener(_)) | (None, Origin::Listener(base)) => {
                out.push_str(base);
                out.push('/');
                key.put_url_path(out);
            }
            (Some(CdnRule { base, .. }), Origin::Signed(_)) => {
                out.push_str(base);
                out.push('/');
                out.push_str(&key.blob_path());
            }
            (None, Origin::Signed(signed)) => out.push_str(&signed.url(key, now)?),
        }
        Ok(())
    }

    /// The address of a piece of a creative that was made to fit a stream.
    pub fn rendition(&self, file: &RenditionFile) -> Result<String, BlobError> {
        if let Some(rule) = self.0.cdn.iter().find(|rule| rule.fits_rendition(file)) {
            let path = match &self.0.origin {
                Origin::Listener(_) => file.url_path(),
                Origin::Signed(_) => file.blob_path(),
            };
            return Ok(format!("{}/{path}", rule.base));
        }
        match &self.0.origin {
            Origin::Listener(base) => Ok(format!("{base}/{}", file.url_path())),
            Origin::Signed(signed) => signed.sign_path(&file.blob_path()),
        }
    }

    /// Whether a CDN has a piece of a creative.
    pub fn has_cdn(&self, file: &RenditionFile) -> bool {
        self.0.cdn.iter().any(|rule| rule.fits_rendition(file))
    }

    /// Signs ahead for `keys`, keeps what is still good, forgets the rest.
    /// Gives how many were signed.
    pub fn sign_ahead(
        &self,
        keys: impl IntoIterator<Item = MediaKey>,
        now: Timestamp,
    ) -> Result<usize, BlobError> {
        let Origin::Signed(signed) = &self.0.origin else {
            return Ok(0);
        };
        let before = signed.ready.load_full();
        let mut after = HashMap::with_capacity(before.len());
        let mut made = 0;
        for key in keys {
            if self.0.cdn.iter().any(|rule| rule.fits(&key)) || after.contains_key(&key) {
                continue;
            }
            let good = before.get(&key).filter(|url| signed.is_good(url, now));
            let good = good.cloned();
            let url = if let Some(url) = good {
                url
            } else {
                made += 1;
                signed.sign(&key, now)?
            };
            after.insert(key, url);
        }
        signed.ready.store(Arc::new(after));
        Ok(made)
    }

    /// How often [`MediaUrls::sign_ahead`] must run; none where nothing is signed.
    fn renewal(&self) -> Option<Duration> {
        match &self.0.origin {
            Origin::Listener(_) => None,
            Origin::Signed(signed) => Some(Millis(signed.life.0 / 8).std()),
        }
    }
}

impl Signed {
    fn url(&self, key: &MediaKey, now: Timestamp) -> Result<Arc<str>, BlobError> {
        let ready = self.ready.load();
        if let Some(found) = ready.get(key).filter(|found| self.is_good(found, now)) {
            return Ok(Arc::clone(&found.url));
        }
        let made = self.sign(key, now)?;
        self.ready.rcu(|ready| {
            let mut ready = HashMap::clone(ready);
            ready.insert(*key, made.clone());
            ready
        });
        Ok(made.url)
    }

    /// Whether an address is still to be given away. One that is good for longer than any can be
    /// was signed by a clock that was ahead, and is not good yet.
    fn is_good(&self, url: &SignedUrl, now: Timestamp) -> bool {
        now < url.renew_at && url.renew_at <= now.plus(self.half_life())
    }

    /// How long after it was signed an address is made anew.
    const fn half_life(&self) -> Millis {
        Millis(self.life.0 / 2)
    }

    fn sign(&self, key: &MediaKey, now: Timestamp) -> Result<SignedUrl, BlobError> {
        Ok(SignedUrl {
            url: self.sign_path(&key.blob_path())?.into(),
            renew_at: now.plus(self.half_life()),
        })
    }

    fn sign_path(&self, path: &str) -> Result<String, BlobError> {
        const DOING: &str = "sign the address of a file";
        let location = Location::from(path);
        let signed = self
            .store
            .signed_url(Method::GET, &location, self.life.std());
        // Our credentials are fixed, so that the future never waits for anything.
        let signed = signed.now_or_never().ok_or_else(|| {
            let source = "credentials are not at hand".into();
            let store = "S3";
            BlobError::new(DOING, object_store::Error::Generic { store, source })
        })?;
        let url = signed.map_err(|error| BlobError::new(DOING, error))?;
        Ok(url.into())
    }
}

/// Keeps the addresses of `keys` signed until `shutdown`: whatever the catalog shows now.
pub async fn keep_signed(
    urls: MediaUrls,
    keys: impl Fn() -> Vec<MediaKey>,
    clock: Clock,
    mut shutdown: Shutdown,
) {
    let Some(pause) = urls.renewal() else {
        return;
    };
    loop {
        if let Err(error) = urls.sign_ahead(keys(), clock.now()) {
            tracing::warn!(%error, "addresses of files cannot be signed ahead");
        }
        tokio::select! {
            () = tokio::time::sleep(pause.max(Duration::from_secs(1))) => {}
            () = shutdown.requested() => return,
        }
    }
}
