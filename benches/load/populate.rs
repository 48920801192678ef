//! Copies one campaign many times through the admin API: a catalog of any size in seconds, each
//! campaign made the way an operator makes it.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use adserve::api::TENANT_HEADER;
use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::wire;

/// Callers at once: the daemon compiles one catalog for all that wait for it.
const CALLERS: usize = 32;
/// Longest wait for one answer.
const ANSWER_MAX: Duration = Duration::from_mins(1);
/// Largest answer.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// Makes `copies` active copies of the campaign `original` of `tenant`.
pub(crate) fn run(socket: &Path, tenant: &str, original: &str, copies: u32) -> anyhow::Result<()> {
    let next = AtomicU32::new(1);
    let work = || -> anyhow::Result<()> {
        let mut door = Door::open(socket, tenant)?;
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number > copies {
                return Ok(());
            }
            let name = json!({"name": format!("Copy {number} of {original}")});
            let copy = door.call("POST", &format!("campaigns/{original}/clone"), &name)?;
            let id = copy["id"].as_str().context("the copy has no id")?;
            door.call(
                "PUT",
                &format!("campaigns/{id}/status"),
                &json!({"status": "active"}),
            )?;
        }
    };
    thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS).map(|_| scope.spawn(work)).collect();
        callers
            .into_iter()
            .try_for_each(|caller| caller.join().expect("a caller does not panic"))
    })
}

/// One connection to the admin socket.
struct Door<'a> {
    stream: UnixStream,
    tenant: &'a str,
}

impl<'a> Door<'a> {
    fn open(socket: &Path, tenant: &'a str) -> anyhow::Result<Self> {
        let stream = UnixStream::connect(socket)
            .with_context(|| format!("cannot connect to {}", socket.display()))?;
        stream.set_read_timeout(Some(ANSWER_MAX))?;
        Ok(Self { stream, tenant })
    }

    fn call(&mut self, method: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        let body = body.to_string();
        let (tenant, length) = (self.tenant, body.len());
        write!(
            self.stream,
            "{method} /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\n{TENANT_HEADER}: {tenant}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        let mut answer = vec![0; ANSWER_BYTES_MAX];
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut answer[filled..])?;
            ensure!(
                read > 0,
                "{method} {path}: the connection ended before its answer"
            );
            filled += read;
            let found = wire::response(&answer[..filled]);
            let Some(response) = found.ok().context("not an answer of HTTP/1.1")? else {
                continue;
            };
            let text = &answer[response.head..response.len];
            ensure!(
                (200..300).contains(&response.status),
                "{method} {path}: {} {}",
                response.status,
                String::from_utf8_lossy(text)
            );
            return Ok(serde_json::from_slice(text)?);
        }
    }
}
