//! An origin that answers as it is told, well or badly, and remembers what it was asked.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use adserve::host::tls::server_config;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use url::Url;

/// What an origin does with a request.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Sends this and waits for the next request.
    Send(Vec<u8>),
    /// Sends this and closes.
    Close(Vec<u8>),
    /// Sends this and resets the connection.
    Reset(Vec<u8>),
    /// Sends this, then nothing for ever.
    Hang(Vec<u8>),
    /// Sends this after a while.
    Late(Duration, Vec<u8>),
    /// Sends the first, then the second again and again, with a pause between.
    Endless(Vec<u8>, Vec<u8>, Duration),
}

type Script = Arc<dyn Fn(&str, &str) -> Act + Send + Sync>;

/// A running origin. Ends with the value.
pub(super) struct Site {
    address: SocketAddr,
    scheme: &'static str,
    seen: Arc<Seen>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    /// Bytes that came, whatever they were.
    bytes: AtomicUsize,
    /// Answers without an end that the client ended.
    cut: AtomicUsize,
    heads: Mutex<Vec<String>>,
    counts: Mutex<HashMap<String, usize>>,
}

/// A certificate of `127.0.0.1` and `localhost`, and its key.
pub(super) struct Identity {
    pub(super) certificate: PathBuf,
    key: PathBuf,
}

impl Identity {
    pub(super) fn new(folder: &Path) -> Self {
        let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        let (certificate, key) = (folder.join("site.crt"), folder.join("site.key"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        Self { certificate, key }
    }
}

impl Site {
    /// Answers by path and head of the request.
    pub(super) async fn start(script: impl Fn(&str, &str) -> Act + Send + Sync + 'static) -> Self {
        Self::start_at("127.0.0.1:0", None, Arc::new(script)).await
    }

    /// The same over TLS.
    pub(super) async fn start_tls(
        identity: &Identity,
        script: impl Fn(&str, &str) -> Act + Send + Sync + 'static,
    ) -> Self {
        let config = server_config(&identity.certificate, &identity.key).unwrap();
        let acceptor = Some(TlsAcceptor::from(config));
        Self::start_at("127.0.0.1:0", acceptor, Arc::new(script)).await
    }

    /// At an address of its own; it should see nobody.
    pub(super) async fn canary(address: &str) -> Self {
        let script = |_path: &str, _head: &str| Act::Send(ok("canary"));
        Self::start_at(address, None, Arc::new(script)).await
    }

    async fn start_at(address: &str, tls: Option<TlsAcceptor>, script: Script) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let seen = Arc::new(Seen::default());
        let task = tokio::spawn(accept(listener, tls, script, Arc::clone(&seen)));
        Self {
            address,
            scheme,
            seen,
            task,
        }
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(super) fn url(&self, path: &str) -> Url {
        let (scheme, address) = (self.scheme, self.address);
        format!("{scheme}://{address}{path}").parse().unwrap()
    }

    /// How often a path was asked for.
    pub(super) fn count(&self, path: &str) -> usize {
        let counts = self.seen.counts.lock().unwrap();
        counts.get(path).copied().unwrap_or_default()
    }

    pub(super) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    pub(super) fn bytes(&self) -> usize {
        self.seen.bytes.load(Ordering::SeqCst)
    }

    pub(super) fn cut(&self) -> usize {
        self.seen.cut.load(Ordering::SeqCst)
    }

    /// The heads of all requests, in lower case.
    pub(super) fn heads(&self) -> Vec<String> {
        self.seen.heads.lock().unwrap().clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A whole answer.
pub(super) fn ok(body: &str) -> Vec<u8> {
    with("200 OK", "", body.as_bytes())
}

/// An answer with a status line, more headers, each with its line end, and a body.
pub(super) fn with(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut answer =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n").into_bytes();
    answer.extend_from_slice(body);
    answer
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, script: Script, seen: Arc<Seen>) {
    // Connections end with the site.
    let mut open = tokio::task::JoinSet::new();
    loop {
        let (stream, _peer) = listener.accept().await.unwrap();
        seen.connections.fetch_add(1, Ordering::SeqCst);
        let (tls, script, seen) = (tls.clone(), Arc::clone(&script), Arc::clone(&seen));
        open.spawn(async move {
            match tls {
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, &script, &seen, |_stream| {}).await;
                    }
                }
                None => serve(stream, &script, &seen, reset).await,
            }
        });
    }
}

fn reset(stream: TcpStream) {
    let stream = socket2::Socket::from(stream.into_std().unwrap());
    stream.set_linger(Some(Duration::ZERO)).unwrap();
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    script: &Script,
    seen: &Seen,
    reset: impl FnOnce(S),
) {
    while let Some(head) = read_head(&mut stream, seen).await {
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        *seen.counts.lock().unwrap().entry(path.clone()).or_default() += 1;
        seen.heads.lock().unwrap().push(head.to_lowercase());
        let is_sent = match script(&path, &head) {
            Act::Send(answer) => stream.write_all(&answer).await.is_ok(),
            Act::Late(after, answer) => {
                tokio::time::sleep(after).await;
                stream.write_all(&answer).await.is_ok()
            }
            Act::Close(answer) => {
                stream.write_all(&answer).await.ok();
                stream.shutdown().await.ok();
                false
            }
            Act::Reset(answer) => {
                stream.write_all(&answer).await.ok();
                stream.flush().await.ok();
                return reset(stream);
            }
            Act::Hang(answer) => {
                stream.write_all(&answer).await.ok();
                // Ends when the client does.
                stream.read_u8().await.ok();
                seen.cut.fetch_add(1, Ordering::SeqCst);
                false
            }
            Act::Endless(head, piece, pause) => {
                let mut is_open = stream.write_all(&head).await.is_ok();
                while is_open {
                    is_open = stream.write_all(&piece).await.is_ok();
                    tokio::time::sleep(pause).await;
                }
                seen.cut.fetch_add(1, Ordering::SeqCst);
                false
            }
        };
        if !is_sent {
            return;
        }
    }
}

async fn read_head<S: AsyncRead + Unpin>(stream: &mut S, seen: &Seen) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
        seen.bytes.fetch_add(1, Ordering::SeqCst);
    }
    String::from_utf8(head).ok()
}
