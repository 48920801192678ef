//! TLS from files in PEM: for listeners a certificate and its key, for clients whom they trust.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

/// Why a pair of files is of no use.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file could not be read, or is no PEM of the kind it should be.
    #[error("{path}: {what}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The files are readable but do not work, alone or together.
    #[error("{certificate} and {key} do not work together: {source}")]
    Pair {
        /// The certificate chain.
        certificate: PathBuf,
        /// Its key.
        key: PathBuf,
        /// What rustls says.
        source: rustls::Error,
    },
}

/// Reads a certificate chain, leaf first, and its private key. Speaks TLS 1.2 and 1.3, and
/// HTTP/1.1 alone.
pub fn server_config(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unusable(certificate, &error))?;
    if chain.is_empty() {
        return Err(unusable(certificate, &pem::Error::NoItemsFound));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| unusable(key, &error))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(chain, private)
        });
    let mut config = config.map_err(|source| TlsError::Pair {
        certificate: certificate.to_owned(),
        key: key.to_owned(),
        source,
    })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// Trusts the public roots, or only the certificates of a file. Speaks TLS 1.2 and 1.3; which
/// protocol over it is the caller's to say.
pub fn client_config(ca_file: Option<&Path>) -> Result<ClientConfig, TlsError> {
    let roots = match ca_file {
        Some(path) => read_roots(path)?,
        None => RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        },
    };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring supports TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

fn read_roots(path: &Path) -> Result<RootCertStore, TlsError> {
    let certificates = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unusable(path, &error))?;
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        roots.add(certificate).map_err(|error| TlsError::File {
            path: path.to_owned(),
            what: error.to_string(),
        })?;
    }
    if roots.is_empty() {
        return Err(unusable(path, &pem::Error::NoItemsFound));
    }
    Ok(roots)
}

fn unusable(path: &Path, error: &pem::Error) -> TlsError {
    let what = match error {
        pem::Error::Io(error) => error.to_string(),
        pem::Error::NoItemsFound => "holds no certificate or key in PEM".to_owned(),
        other => format!("is not valid PEM: {other}"),
    };
    TlsError::File {
        path: path.to_owned(),
        what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Files(tempfile::TempDir);

    impl Files {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn write(&self, name: &str, text: &str) -> PathBuf {
            let path = self.0.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        }

        fn pair(&self, name: &str) -> (PathBuf, PathBuf) {
            let made = rcgen::generate_simple_self_signed(vec!["ads.example".to_owned()]).unwrap();
            (
                self.write(&format!("{name}.crt"), &made.cert.pem()),
                self.write(&format!("{name}.key"), &made.signing_key.serialize_pem()),
            )
        }
    }

    fn refusal(certificate: &Path, key: &Path) -> String {
        server_config(certificate, key).unwrap_err().to_string()
    }

    #[test]
    fn a_pair_that_belongs_together_is_taken() {
        let files = Files::new();
        let (certificate, key) = files.pair("one");
        let config = server_config(&certificate, &key).unwrap();
        assert_eq!(config.alpn_protocols, [b"http/1.1"]);
    }

    #[test]
    fn clients_trust_the_certificates_of_a_file() {
        let files = Files::new();
        let (certificate, key) = files.pair("one");
        assert!(client_config(Some(&certificate)).is_ok());
        assert!(client_config(None).is_ok());
        let refused = client_config(Some(&key)).unwrap_err().to_string();
        assert!(
            refused.contains("one.key: holds no certificate"),
            "{refused}"
        );
    }

    #[test]
    fn every_other_pair_is_refused_and_the_file_named() {
        let files = Files::new();
        let (certificate, key) = files.pair("one");
        let (_, other_key) = files.pair("two");
        let empty = files.write("empty", "");
        let garbage = files.write(
            "garbage",
            "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        );
        let missing = files.0.path().join("missing");

        assert!(refusal(&missing, &key).contains("missing: No such file"));
        assert!(refusal(&certificate, &missing).contains("missing: No such file"));
        assert!(refusal(&empty, &key).contains("empty: holds no certificate"));
        assert!(
            refusal(&certificate, &certificate).contains("one.crt: holds no certificate or key")
        );
        assert!(refusal(&garbage, &key).contains("garbage: is not valid PEM"));
        assert!(refusal(&certificate, &other_key).contains("do not work together"));
    }
}
