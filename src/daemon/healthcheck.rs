//! `adserved healthcheck`: asks the daemon of the same configuration whether it is ready.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use super::config::Config;
use super::exit::{Exit, Failure};

/// How long each step of asking may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Done if it is ready, no if it says otherwise or nothing.
pub(super) fn ask(config: &Config) -> Result<Exit, Failure> {
    let address = reachable(config.server.listen);
    match status(address) {
        Ok(line) if line.starts_with("HTTP/1.1 200 ") => Ok(Exit::Done),
        Ok(line) => {
            let error = anyhow::anyhow!("{address} is not ready: {}", line.trim());
            Err(Failure::new(Exit::No, error))
        }
        Err(error) => {
            let error = anyhow::Error::new(error).context(format!("{address} does not answer"));
            Err(Failure::new(Exit::No, error))
        }
    }
}

fn status(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line)
}

/// An address that listens everywhere is reached on the loopback interface.
fn reachable(mut listen: SocketAddr) -> SocketAddr {
    if listen.ip().is_unspecified() {
        listen.set_ip(match listen.ip() {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    listen
}
