//! `adserved check`: tries everything a configuration names, without changing anything.

use std::fs::{self, File};
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use rustix::fs::{Access, access};

use super::config::{
    AdminConfig, AdminTcp, Config, ConfigProblem, TlsFiles, refuse_if_open_to_all,
};
use super::records::{in_memory, memory_dir};
use crate::host::http::{Listener, raise_descriptor_limit};
use crate::host::tls::server_config;
use crate::store::geo::GeoDatabase;

/// Everything that would stop a daemon with this configuration, and that reading it cannot show.
pub fn try_config(config: &Config) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    let mut note = |key: &str, result: Result<(), String>| {
        problems.extend(result.err().map(|message| ConfigProblem::of(key, message)));
    };
    note("server.data_dir", can_hold(&config.server.data_dir));
    note("server.listen", can_bind(config.server.listen));
    if let Some(memory) = &config.decisions.memory_dir {
        note("decisions.memory_dir", is_folder(memory));
    }
    let descriptors = raise_descriptor_limit();
    let limits = config.server.limits.for_descriptors(descriptors);
    note(
        "server.limits.connections_max",
        has_descriptors(limits.connections_max, descriptors),
    );
    if let Some(database) = &config.geo.database {
        let opened = GeoDatabase::open(database);
        note(
            "geo.database",
            opened.map(drop).map_err(|error| error.to_string()),
        );
    }
    if let Some(folder) = config.admin.socket.as_deref().and_then(Path::parent) {
        note("admin.socket", can_hold(folder));
    }
    note(
        "admin.socket_uids",
        lets_in(&config.admin, &config.server.data_dir),
    );
    if let Some(AdminTcp { listen, tls, .. }) = &config.admin.tcp {
        note("admin.listen", can_bind(*listen));
        if let Some(TlsFiles { certificate, key }) = tls {
            note("admin.tls_key", is_private(key));
            let pair = server_config(certificate, key);
            note(
                "admin.tls_cert",
                pair.map(drop).map_err(|error| error.to_string()),
            );
        }
    }
    problems
}

/// What is no fault, and is better known before the start.
pub fn remarks(config: &Config) -> Vec<String> {
    let memory = memory_dir(config, &config.server.data_dir);
    in_memory(&memory).err().into_iter().collect()
}

/// Whether it is a folder that we can write to.
fn is_folder(path: &Path) -> Result<(), String> {
    if fs::metadata(path).is_ok_and(|found| !found.is_dir()) {
        return Err(format!("{}: is not a folder", path.display()));
    }
    access(path, Access::WRITE_OK | Access::EXEC_OK)
        .map_err(|error| format!("{}: {}", path.display(), io::Error::from(error)))
}

/// Whether the folder is ours to write, or could be made.
fn can_hold(folder: &Path) -> Result<(), String> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => Err(named(&"is not a folder")),
        Ok(_) => access(folder, Access::WRITE_OK | Access::EXEC_OK)
            .map_err(|error| named(&io::Error::from(error))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match folder.parent() {
            // The empty path is the working directory.
            Some(parent) if parent.as_os_str().is_empty() => can_hold(Path::new(".")),
            Some(parent) => can_hold(parent),
            None => Err(named(&error)),
        },
        Err(error) => Err(named(&error)),
    }
}

/// Whether the other users that the admin API is for can enter the folders above its socket. The
/// data directory is ours alone.
fn lets_in(admin: &AdminConfig, data_dir: &Path) -> Result<(), String> {
    const ROOT: u32 = 0;
    let own = rustix::process::geteuid().as_raw();
    let mut uids = admin.socket_uids.iter();
    if !uids.any(|&uid| uid != own && uid != ROOT) {
        return Ok(());
    }
    let socket = admin
        .socket
        .as_deref()
        .filter(|socket| !socket.starts_with(data_dir));
    let Some(socket) = socket else {
        return Err(
            "these users cannot enter server.data_dir, where the socket is: set admin.socket to a \
             path outside"
                .to_owned(),
        );
    };
    let is_closed = |folder: &&Path| {
        let found = fs::metadata(folder);
        found.is_ok_and(|found| found.is_dir() && found.permissions().mode() & 0o011 == 0)
    };
    match socket.ancestors().skip(1).find(is_closed) {
        Some(folder) => Err(format!(
            "these users cannot enter {}, where admin.socket is",
            folder.display()
        )),
        None => Ok(()),
    }
}

/// Whether we may listen there. An address in use is no fault: most often it is the daemon that
/// runs now, and this asks whether the next one will do.
fn can_bind(address: SocketAddr) -> Result<(), String> {
    match Listener::bind_tcp(address) {
        Ok(_listener) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Ok(()),
        Err(error) => Err(format!("cannot listen on {address}: {error}")),
    }
}

fn has_descriptors(connections: usize, descriptors: u64) -> Result<(), String> {
    if (connections as u64).saturating_mul(2) < descriptors {
        return Ok(());
    }
    Err(format!(
        "{connections} connections need a limit of open files above twice that, and it is \
         {descriptors}"
    ))
}

fn is_private(path: &Path) -> Result<(), String> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    refuse_if_open_to_all(path, &file)
}
