//! How an S3-compatible store is reached.

use std::fmt;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{BackoffConfig, RetryConfig};

use super::connector::Connector;
use super::error::BlobError;

/// Repeats of a request that the store did not answer well.
const RETRIES_MAX: usize = 3;

/// How an S3-compatible store is reached.
#[derive(Clone)]
pub struct S3Options {
    /// Name of the bucket, which must exist.
    pub bucket: String,
    /// Address of the store where it is not AWS: `https://minio.example:9000`.
    pub endpoint: Option<String>,
    /// Region, as signatures name it.
    pub region: String,
    /// Who we are.
    pub access_key_id: String,
    /// How we prove it.
    pub secret_access_key: String,
    /// The most time for one request, and for all its repeats together four times that.
    pub patience: Duration,
}

/// Without the secret.
impl fmt::Debug for S3Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Options")
            .field("bucket", &self.bucket)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

impl S3Options {
    pub(super) fn connect(&self) -> Result<AmazonS3, BlobError> {
        let retry = RetryConfig {
            backoff: BackoffConfig {
                init_backoff: Duration::from_millis(100),
                max_backoff: Duration::from_secs(2),
                base: 2.0,
            },
            max_retries: RETRIES_MAX,
            retry_timeout: self.patience * 4,
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.bucket)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key_id)
            .with_secret_access_key(&self.secret_access_key)
            .with_retry(retry)
            .with_http_connector(Connector::new(self.patience));
        if let Some(endpoint) = &self.endpoint {
            // Whoever writes http:// means it: such stores stand in the same rack.
            builder = builder
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"));
        }
        builder
            .build()
            .map_err(|error| BlobError::new("set up the store of creatives", error))
    }
}
