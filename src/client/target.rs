//! Where a daemon listens, as people write it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where a daemon listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A unix socket.
    Unix(PathBuf),
    /// Plain HTTP.
    Tcp {
        /// Host name or address, without brackets.
        host: String,
        /// TCP port.
        port: u16,
    },
    /// HTTPS.
    Tls {
        /// Host name or address, without brackets.
        host: String,
        /// TCP port.
        port: u16,
    },
}

/// Why a text is not a server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a server: give a socket path, http://HOST:PORT or https://HOST:PORT")]
pub struct TargetError {
    /// What was given, cut to 200 characters.
    pub text: String,
}

impl Target {
    /// Whether what is sent stays on this machine.
    pub fn is_local(&self) -> bool {
        match self {
            Self::Unix(_) => true,
            Self::Tcp { host, .. } | Self::Tls { host, .. } => {
                host == "localhost"
                    || host
                        .parse::<std::net::IpAddr>()
                        .is_ok_and(|address| address.is_loopback())
            }
        }
    }

    /// The `Host` header of requests to it.
    pub fn authority(&self) -> String {
        match self {
            Self::Unix(_) => "localhost".to_owned(),
            Self::Tcp { host, port } | Self::Tls { host, port } if host.contains(':') => {
                format!("[{host}]:{port}")
            }
            Self::Tcp { host, port } | Self::Tls { host, port } => format!("{host}:{port}"),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Tcp { .. } => write!(f, "http://{}", self.authority()),
            Self::Tls { .. } => write!(f, "https://{}", self.authority()),
        }
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let error = || TargetError {
            text: text.chars().take(200).collect(),
        };
        let text = text.trim();
        if let Some(path) = text.strip_prefix("unix:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return (!path.is_empty())
                .then(|| Self::Unix(path.into()))
                .ok_or_else(error);
        }
        if text.starts_with(['/', '.', '~']) || (text.contains('/') && !text.contains("://")) {
            return Ok(Self::Unix(text.into()));
        }
        let url = url::Url::parse(text).map_err(|_unreadable| error())?;
        let plain = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let host = url.host_str().filter(|host| plain && !host.is_empty());
        let host = host.ok_or_else(error)?.trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default().ok_or_else(error)?;
        match url.scheme() {
            "http" => Ok(Self::Tcp { host, port }),
            "https" => Ok(Self::Tls { host, port }),
            _ => Err(error()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_and_addresses_are_told_apart() {
        for (text, shown) in [
            ("/run/a.sock", "unix:/run/a.sock"),
            ("./a.sock", "unix:./a.sock"),
            ("unix:data/a.sock", "unix:data/a.sock"),
            ("unix:/run/a.sock", "unix:/run/a.sock"),
            ("unix:///run/a.sock", "unix:/run/a.sock"),
            ("http://localhost:9090", "http://localhost:9090"),
            ("https://ads.example", "https://ads.example:443"),
            ("http://[::1]:9090/", "http://[::1]:9090"),
        ] {
            let target: Target = text.parse().unwrap();
            assert_eq!(target.to_string(), shown);
            assert_eq!(target.to_string().parse(), Ok(target));
        }
    }

    #[test]
    fn a_path_below_the_working_directory_is_a_socket() {
        let target: Target = "data/admin.sock".parse().unwrap();
        assert_eq!(target, Target::Unix("data/admin.sock".into()));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "unix:",
            "localhost",
            "ftp://a",
            "http://",
            "http://a/path",
            "http://a?b",
            "http://user:secret@a",
        ] {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_loopback_is_local() {
        let local = |text: &str| text.parse::<Target>().unwrap().is_local();
        assert!(local("/run/a.sock") && local("http://127.0.0.1:1") && local("http://[::1]:1"));
        assert!(!local("http://10.0.0.1:1") && !local("https://ads.example"));
    }
}
