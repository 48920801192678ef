//! Opens a stream of bytes to a daemon.

use std::io;

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::TlsConnector;

use super::Target;

/// A connection, whatever carries it.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Connects; `tls` is there whenever the target asks for it.
pub(super) async fn connect(
    target: &Target,
    tls: Option<&TlsConnector>,
) -> io::Result<Box<dyn Stream>> {
    match target {
        Target::Unix(path) => Ok(Box::new(UnixStream::connect(path).await?)),
        Target::Tcp { host, port } => Ok(Box::new(tcp(host, *port).await?)),
        Target::Tls { host, port } => {
            let tls = tls.ok_or_else(|| io::Error::other("TLS is not set up"))?;
            let name = ServerName::try_from(host.clone()).map_err(io::Error::other)?;
            let stream = tls.connect(name, tcp(host, *port).await?).await?;
            Ok(Box::new(stream))
        }
    }
}

async fn tcp(host: &str, port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect((host, port)).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}
