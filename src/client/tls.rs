//! TLS towards a daemon: the public roots, or the certificates of one file.

use std::path::Path;
use std::sync::Arc;

use tokio_rustls::TlsConnector;

use super::ClientError;
use crate::host::tls::client_config;

/// Prepares TLS; with a file, only its certificates are trusted.
pub(super) fn connector(ca_file: Option<&Path>) -> Result<TlsConnector, ClientError> {
    let config = client_config(ca_file).map_err(|source| ClientError::Certificates {
        path: ca_file.unwrap_or(Path::new("")).to_owned(),
        source: Box::new(source),
    });
    let mut config = config?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}
