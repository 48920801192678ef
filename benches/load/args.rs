//! The command line of the load client.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::bare::Stack;

/// Measures servers over HTTP: one thread, keep-alive connections, nothing hidden.
#[derive(Debug, Parser)]
#[command(name = "load", version)]
pub(crate) struct Load {
    /// What `cargo bench` adds by itself.
    #[arg(long, hide = true)]
    bench: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Ask for one path again and again, or for each path of a list once.
    Run(RunArgs),
    /// Ask for ads and write the paths of their beacons, one a line.
    Harvest(HarvestArgs),
    /// Write the body of one answer to a file.
    Sample {
        #[arg(long)]
        target: SocketAddr,
        #[arg(long)]
        path: String,
        #[arg(long)]
        out: PathBuf,
    },
    /// Serve a file from memory, on one thread.
    Bare {
        #[arg(long, value_enum, default_value_t = Stack::Hyper)]
        stack: Stack,
        #[arg(long)]
        listen: SocketAddr,
        /// The body of every answer.
        #[arg(long)]
        body: PathBuf,
    },
    /// Make active copies of a campaign through the admin API.
    Populate {
        /// The admin socket.
        #[arg(long)]
        socket: PathBuf,
        /// Id or name of the tenant.
        #[arg(long)]
        tenant: String,
        /// Id of the campaign to copy.
        #[arg(long)]
        campaign: String,
        #[arg(long)]
        copies: u32,
    },
    /// Write a catalog of campaigns with targeting, caps and pacing into a new data directory.
    Seed {
        /// The directory, of which no daemon may have made anything yet.
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        campaigns: u32,
    },
    /// Write bodies of requests for a pod, one a line, each of another viewer.
    Bodies {
        #[arg(long)]
        count: u32,
        #[arg(long)]
        out: PathBuf,
    },
    /// Begin sessions on streams and write the paths of their media playlists, one a line.
    Sessions(SessionsArgs),
    /// Ask for pods, record what is in them, and write one answer of the mean size to a file.
    Pods(PodsArgs),
    /// Start a server, wait for its first 200, stop it.
    Ready(ReadyArgs),
    /// Record the memory of a process.
    Memory {
        #[arg(long)]
        subject: String,
        #[arg(long)]
        pid: u32,
        #[arg(long)]
        out: PathBuf,
    },
    /// Record how long the disk takes to write and sync a few bytes, again and again.
    Syncs {
        #[arg(long)]
        subject: String,
        /// A file that is not there yet, on that disk.
        #[arg(long)]
        file: PathBuf,
        #[arg(long, default_value_t = 16 << 10)]
        bytes: usize,
        #[arg(long, default_value_t = 2.0)]
        seconds: f64,
        #[arg(long)]
        out: PathBuf,
    },
    /// Record what a server counted beside what all runs of some subjects saw accepted.
    Count {
        /// Name in the tables.
        #[arg(long)]
        subject: String,
        /// A subject whose runs are added up.
        #[arg(long)]
        run: Vec<String>,
        /// What the server counted.
        #[arg(long)]
        counted: u64,
        #[arg(long)]
        out: PathBuf,
    },
    /// Print how many beacons the statistics count that come as JSON on the standard input.
    Events,
    /// Print the tables of figures and goals.
    Table { records: PathBuf },
    /// Print the median requests a second of a subject.
    Peak {
        #[arg(long)]
        subject: String,
        records: PathBuf,
    },
    /// Print a free port of the loopback address.
    Port,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// Name in the tables.
    #[arg(long)]
    pub(crate) subject: String,
    #[arg(long)]
    pub(crate) target: SocketAddr,
    /// Path and query to ask for.
    #[arg(long, default_value = "/", conflicts_with = "list")]
    pub(crate) path: String,
    /// File of paths to ask for, each once.
    #[arg(long)]
    pub(crate) list: Option<PathBuf>,
    /// After the last path of the list, from the first again.
    #[arg(long, requires = "list")]
    pub(crate) again: bool,
    /// File of bodies to post to the path, one a line, from the first again after the last.
    #[arg(long, conflicts_with = "list")]
    pub(crate) bodies: Option<PathBuf>,
    #[arg(long, default_value_t = 64)]
    pub(crate) connections: usize,
    /// Requests a second, whatever the answers do; without it, as many as are answered.
    #[arg(long)]
    pub(crate) rate: Option<u32>,
    /// Seconds before measuring.
    #[arg(long, default_value_t = 1.0)]
    pub(crate) warmup: f64,
    /// Seconds of measuring.
    #[arg(long, default_value_t = 5.0)]
    pub(crate) seconds: f64,
    /// Processes of the server, for its CPU and memory.
    #[arg(long)]
    pub(crate) pid: Vec<u32>,
    /// File to add the figures to.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct HarvestArgs {
    #[arg(long)]
    pub(crate) target: SocketAddr,
    /// Path and query that answer with VAST.
    #[arg(long)]
    pub(crate) path: String,
    /// How many ads to ask for.
    #[arg(long)]
    pub(crate) ads: u64,
    /// Ads to ask for in a second; without it, as many as are answered.
    #[arg(long)]
    pub(crate) rate: Option<u32>,
    /// Ads whose beacons are interleaved.
    #[arg(long, default_value_t = 10_000)]
    pub(crate) window: usize,
    #[arg(long, default_value_t = 64)]
    pub(crate) connections: usize,
    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct SessionsArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// How many to begin for each path of the list, in turn.
    #[arg(long, default_value_t = 1)]
    pub(crate) each: u32,
    /// Where to write the paths of the media playlists.
    #[arg(long)]
    pub(crate) playlists: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct PodsArgs {
    /// Name in the tables.
    #[arg(long)]
    pub(crate) subject: String,
    #[arg(long)]
    pub(crate) target: SocketAddr,
    #[arg(long)]
    pub(crate) path: String,
    /// File of bodies, one a line.
    #[arg(long)]
    pub(crate) bodies: PathBuf,
    /// How many to ask for.
    #[arg(long)]
    pub(crate) pods: u64,
    /// Where to put an answer.
    #[arg(long)]
    pub(crate) sample: Option<PathBuf>,
    /// File to add the figures to.
    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ReadyArgs {
    #[arg(long)]
    pub(crate) subject: String,
    #[arg(long)]
    pub(crate) target: SocketAddr,
    #[arg(long, default_value = "/readyz")]
    pub(crate) path: String,
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// The server and its arguments.
    #[arg(last = true, required = true)]
    pub(crate) command: Vec<OsString>,
}
