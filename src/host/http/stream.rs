//! Sockets of all kinds the daemon listens on, under one type: TCP, TLS over TCP, unix.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use socket2::{Domain, Protocol, SockFilter, SockRef, Socket, Type};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// Connections the kernel may hold for us before they are accepted.
const BACKLOG: i32 = 4_096;

/// A bound socket, not yet tied to a runtime. Clones accept from the same queue.
#[derive(Debug, Clone)]
pub struct Listener(Bound);

#[derive(Debug, Clone)]
enum Bound {
    Tcp(Arc<std::net::TcpListener>, Option<Tls>),
    Unix(Arc<SocketFile>),
}

#[derive(Clone)]
pub(super) struct Tls(TlsAcceptor);

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

/// A unix socket in the file system, removed with its last listener.
#[derive(Debug)]
struct SocketFile {
    listener: std::os::unix::net::UnixListener,
    path: PathBuf,
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        // Gone already is as good; there is nobody left to tell.
        std::fs::remove_file(&self.path).ok();
    }
}

impl Listener {
    /// Listens on a TCP address. Port 0 lets the kernel choose.
    pub fn bind_tcp(address: SocketAddr) -> io::Result<Self> {
        let socket = Socket::new(
            Domain::for_address(address),
            Type::STREAM,
            Some(Protocol::TCP),
        )?;
        // A restart must not wait for connections of the last run to be forgotten.
        socket.set_reuse_address(true)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        Self::from_tcp(socket.into())
    }

    /// Uses a TCP socket that somebody else bound.
    pub fn from_tcp(listener: std::net::TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(Self(Bound::Tcp(Arc::new(listener), None)))
    }

    /// Listens on a unix socket with the given permission bits. A socket left by an earlier run
    /// is replaced: the caller holds the lock of the data directory, so nobody serves it.
    pub fn bind_unix(path: &Path, mode: u32) -> io::Result<Self> {
        // Bound under another name and moved into place, so that nobody can connect before the
        // permissions are set. The name is short: the kernel takes 107 bytes.
        let draft = path.with_file_name(format!(".{}", std::process::id()));
        std::fs::remove_file(&draft).or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })?;
        let listener = std::os::unix::net::UnixListener::bind(&draft)?;
        let mut file = SocketFile {
            listener,
            path: draft,
        };
        file.listener.set_nonblocking(true)?;
        std::fs::set_permissions(&file.path, std::fs::Permissions::from_mode(mode))?;
        std::fs::rename(&file.path, path)?;
        path.clone_into(&mut file.path);
        Ok(Self(Bound::Unix(Arc::new(file))))
    }

    /// The same listener, speaking TLS. A unix socket stays as it is: it needs none.
    #[must_use]
    pub fn with_tls(self, config: Arc<rustls::ServerConfig>) -> Self {
        match self.0 {
            Bound::Tcp(listener, _) => {
                Self(Bound::Tcp(listener, Some(Tls(TlsAcceptor::from(config)))))
            }
            Bound::Unix(file) => Self(Bound::Unix(file)),
        }
    }

    /// The TCP address it is bound to, if it is.
    pub fn address(&self) -> Option<SocketAddr> {
        match &self.0 {
            Bound::Tcp(listener, _) => listener.local_addr().ok(),
            Bound::Unix(_) => None,
        }
    }

    /// Makes the kernel drop new connection attempts instead of queueing them. Clients try again
    /// after a second and find the next daemon, or are refused; none is accepted by the kernel
    /// and then reset unserved. Best effort.
    pub(super) fn refuse_new(&self) {
        match &self.0 {
            Bound::Unix(file) => {
                std::fs::remove_file(&file.path).ok();
            }
            Bound::Tcp(listener, _) => {
                // A classic BPF program over the TCP header: of the flags at offset 13, keep SYN and
                // ACK; drop what has SYN alone, let the rest through.
                let program = [
                    SockFilter::new(0x30, 0, 0, 13),
                    SockFilter::new(0x54, 0, 0, 0x12),
                    SockFilter::new(0x15, 0, 1, 0x02),
                    SockFilter::new(0x06, 0, 0, 0),
                    SockFilter::new(0x06, 0, 0, u32::MAX),
                ];
                SockRef::from(&**listener).attach_filter(&program).ok();
            }
        }
    }

    /// Ties it to the current runtime.
    pub(super) fn open(&self) -> io::Result<Accepting> {
        match &self.0 {
            Bound::Tcp(listener, tls) => {
                let listener = TcpListener::from_std(listener.try_clone()?)?;
                Ok(Accepting::Tcp(listener, tls.clone()))
            }
            Bound::Unix(file) => {
                let listener = UnixListener::from_std(file.listener.try_clone()?)?;
                Ok(Accepting::Unix(listener))
            }
        }
    }
}

/// A listener of one runtime.
pub(super) enum Accepting {
    Tcp(TcpListener, Option<Tls>),
    Unix(UnixListener),
}

/// A connection that was accepted and has said nothing yet.
pub(super) struct Accepted {
    stream: Stream,
    tls: Option<Tls>,
    pub(super) peer: Peer,
}

impl Accepting {
    pub(super) async fn accept(&self) -> io::Result<Accepted> {
        match self {
            Self::Tcp(listener, tls) => {
                let (stream, address) = listener.accept().await?;
                // Responses are written whole: waiting to fill a packet only delays them.
                stream.set_nodelay(true).ok();
                Ok(Accepted {
                    stream: Stream::Tcp(stream),
                    tls: tls.clone(),
                    peer: Peer::Tcp(address),
                })
            }
            Self::Unix(listener) => {
                let (stream, _unnamed) = listener.accept().await?;
                let peer = stream.peer_cred()?;
                Ok(Accepted {
                    peer: Peer::Unix(UnixPeer {
                        uid: peer.uid(),
                        gid: peer.gid(),
                        pid: peer.pid(),
                    }),
                    stream: Stream::Unix(stream),
                    tls: None,
                })
            }
        }
    }
}

impl Accepted {
    /// The stream to speak HTTP on, after the TLS handshake where there is one.
    pub(super) async fn handshake(self) -> io::Result<Stream> {
        match (self.stream, self.tls) {
            (Stream::Tcp(stream), Some(Tls(acceptor))) => {
                let stream = acceptor.accept(stream).await?;
                Ok(Stream::Tls(Box::new(stream)))
            }
            (stream, _) => Ok(stream),
        }
    }
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// Somebody on the network.
    Tcp(SocketAddr),
    /// A process of this machine.
    Unix(UnixPeer),
}

/// A process of this machine, as the kernel vouches for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnixPeer {
    /// The user it ran as when it connected.
    pub uid: u32,
    /// Its group.
    pub gid: u32,
    /// Its process id, where the kernel says.
    pub pid: Option<i32>,
}

impl Peer {
    /// Its network address. IPv4 inside IPv6 is IPv4.
    pub fn ip(&self) -> Option<IpAddr> {
        match self {
            Self::Tcp(address) => Some(address.ip().to_canonical()),
            Self::Unix(_) => None,
        }
    }
}

/// A byte stream of any kind.
#[derive(Debug)]
pub(super) enum Stream {
    Tcp(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    Unix(UnixStream),
}

/// Calls the same method on whatever stream it is.
macro_rules! each {
    ($self:ident, $stream:ident => $call:expr) => {
        match $self.get_mut() {
            Self::Tcp($stream) => $call,
            Self::Tls($stream) => $call,
            Self::Unix($stream) => $call,
        }
    };
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_read(cx, buffer))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        each!(self, stream => Pin::new(stream).poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        each!(self, stream => Pin::new(stream).poll_write_vectored(cx, slices))
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Tcp(stream) => stream.is_write_vectored(),
            Self::Tls(stream) => stream.is_write_vectored(),
            Self::Unix(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_shutdown(cx))
    }
}
