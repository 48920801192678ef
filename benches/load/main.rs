//! The load client of scripts/bench: `load --help` lists what it does. It measures servers over
//! HTTP and is no part of what ships.

#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "figures for people, not money"
)]

mod args;
mod bare;
mod bodies;
mod engine;
mod goals;
mod populate;
mod process;
mod ready;
mod record;
mod seed;
mod syncs;
mod table;
mod traffic;
mod wire;
mod workload;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::Duration;

use adserve::api::Stats;
use adserve::host::Clock;
use adserve::host::http::raise_descriptor_limit;
use anyhow::{Context as _, ensure};
use clap::Parser as _;

use args::{Command, HarvestArgs, Load, PodsArgs, ReadyArgs, RunArgs, SessionsArgs};
use bodies::{Cycle, Keep};
use engine::{Outcome, Pace, Plan, Traffic};
use record::{Quantiles, Record, micros};
use traffic::{Harvest, List, Repeat, Sessions};

/// Longest a harvest may take.
const HARVEST_MAX: Duration = Duration::from_mins(10);

/// Connections that ask for the pods that are looked into.
const PODS_CONNECTIONS: usize = 8;

/// Longest one answer may take.
const SAMPLE_MAX: Duration = Duration::from_secs(10);

fn main() -> anyhow::Result<()> {
    raise_descriptor_limit();
    let mut out = io::stdout().lock();
    match Load::parse().command {
        Command::Run(args) => run(&args, &mut out),
        Command::Harvest(args) => harvest(&args, &mut out),
        Command::Sample {
            target,
            path,
            out: file,
        } => Ok(std::fs::write(file, sample(target, &path)?)?),
        Command::Bare {
            stack,
            listen,
            body,
        } => bare::serve(stack, listen, std::fs::read(body)?.into()),
        Command::Populate {
            socket,
            tenant,
            campaign,
            copies,
        } => populate::run(&socket, &tenant, &campaign, copies),
        Command::Seed { data, campaigns } => seed::run(&data, campaigns, &Clock::real()),
        Command::Bodies { count, out: file } => {
            let mut file = BufWriter::new(File::create(file)?);
            bodies::write(count, &mut file)?;
            Ok(file.flush()?)
        }
        Command::Sessions(args) => sessions(&args, &mut out),
        Command::Pods(args) => pods(&args),
        Command::Ready(args) => start(&args),
        Command::Memory {
            subject,
            pid,
            out: file,
        } => Record::memory(subject, process::memory(pid)?).append(&file),
        Command::Syncs {
            subject,
            file,
            bytes,
            seconds,
            out: records,
        } => {
            let took = Quantiles::from(&syncs::measure(&file, bytes, seconds)?);
            Record::Syncs { subject, took }.append(&records)
        }
        Command::Count {
            subject,
            run,
            counted,
            out: file,
        } => {
            let accepted = accepted(&Record::read(&file)?, &run);
            Record::Count {
                subject,
                accepted,
                counted,
            }
            .append(&file)
        }
        Command::Events => Ok(writeln!(out, "{}", events(io::stdin().lock())?)?),
        Command::Table { records } => table::print(&Record::read(&records)?, &mut out),
        Command::Peak { subject, records } => {
            let peak = table::peak(&Record::read(&records)?, &subject)?;
            Ok(writeln!(out, "{peak:.0}")?)
        }
        Command::Port => Ok(writeln!(out, "{}", free_port()?)?),
    }
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn run(args: &RunArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut traffic: Box<dyn Traffic> = match (&args.list, &args.bodies) {
        (Some(list), _) => {
            let rounds = if args.again { u64::MAX } else { 1 };
            Box::new(List::read(args.target, lines(list)?, rounds)?)
        }
        (None, Some(bodies)) => {
            let bodies = lines(bodies)?;
            Box::new(Cycle::read(args.target, &args.path, bodies, u64::MAX)?)
        }
        (None, None) => Box::new(Repeat::new(args.target, &args.path, u64::MAX)),
    };
    measure(args, &mut *traffic, out)
}

/// Runs what `args` say with `traffic`, prints a line of figures and records them.
fn measure(args: &RunArgs, traffic: &mut dyn Traffic, out: &mut dyn Write) -> anyhow::Result<()> {
    let plan = |seconds| Plan {
        target: args.target,
        connections: args.connections,
        pace: pace(args.rate),
        span: Duration::from_secs_f64(seconds),
    };
    let warm = engine::run(&plan(args.warmup), traffic)?;
    let before = process::cpu(&args.pid)?;
    let outcome = engine::run(&plan(args.seconds), traffic)?;
    let spent = process::cpu(&args.pid)?.saturating_sub(before);
    let record = load(args, &warm, &outcome, spent)?;
    writeln!(
        out,
        "{:<28} {:>9.0}/s  p50 {:>8.0} us  p99 {:>8.0} us  cpu {:>6.2} us each  \
         server {:>4.0} %  client {:>4.0} %  {}",
        record.subject,
        record.per_second,
        record.latency.p50,
        record.latency.p99,
        record.server_cpu_each,
        record.server_busy * 100.0,
        record.client_busy * 100.0,
        record.statuses,
    )?;
    match &args.out {
        Some(file) => Record::Load(record).append(file),
        None => Ok(()),
    }
}

/// The figures of one run; `spent` is CPU of the server.
fn load(
    args: &RunArgs,
    warm: &Outcome,
    outcome: &Outcome,
    spent: Duration,
) -> anyhow::Result<record::Load> {
    let answered = outcome.answered();
    ensure!(answered > 0, "{}: nothing answered", args.subject);
    let seconds = outcome.elapsed.as_secs_f64();
    let lost = outcome.failures + outcome.unanswered;
    let mut statuses: Vec<_> = outcome
        .statuses
        .iter()
        .map(|(status, count)| format!("{status}:{count}"))
        .collect();
    if lost > 0 {
        statuses.push(format!("lost:{lost}"));
    }
    let memory = args
        .pid
        .iter()
        .map(|pid| Ok(process::memory(*pid)?.resident));
    Ok(record::Load {
        subject: args.subject.clone(),
        connections: args.connections,
        rate: args.rate,
        accepted: warm.accepted() + outcome.accepted(),
        answered,
        errors: answered - outcome.accepted() + lost,
        statuses: statuses.join(" "),
        bytes_each: outcome.bytes as f64 / answered as f64,
        per_second: answered as f64 / seconds,
        latency: Quantiles::from(&outcome.latency),
        slip_p99: micros(outcome.slip.value_at_quantile(0.99)),
        server_cpu_each: spent.as_secs_f64() * 1e6 / answered as f64,
        server_busy: spent.as_secs_f64() / seconds,
        client_busy: 1.0 - outcome.idle.as_secs_f64() / seconds,
        memory_kib: memory.sum::<io::Result<u64>>()?,
    })
}

fn harvest(args: &HarvestArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut harvest = Harvest::new(Repeat::new(args.target, &args.path, args.ads));
    let plan = Plan {
        target: args.target,
        connections: args.connections,
        pace: pace(args.rate),
        span: HARVEST_MAX,
    };
    let outcome = engine::run(&plan, &mut harvest)?;
    ensure!(
        outcome.accepted() == args.ads,
        "{} of {} requests for an ad were answered with 2xx: {:?}",
        outcome.accepted(),
        args.ads,
        outcome.statuses
    );
    let mut file = BufWriter::new(File::create(&args.out)?);
    let written = harvest.write(args.window, &mut file)?;
    file.flush()?;
    ensure!(written > 0, "the answers of {} hold no beacons", args.path);
    writeln!(out, "{written}")?;
    Ok(())
}

fn sessions(args: &SessionsArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let run = &args.run;
    let list = run
        .list
        .as_ref()
        .context("sessions need a --list of streams")?;
    let ask = List::read(run.target, lines(list)?, args.each.into())?;
    let mut sessions = Sessions::new(ask);
    measure(run, &mut sessions, out)?;
    let mut file = BufWriter::new(File::create(&args.playlists)?);
    let written = sessions.write(&mut file)?;
    file.flush()?;
    ensure!(written > 0, "no answer was a multivariant playlist");
    Ok(writeln!(out, "{written}")?)
}

/// So many requests a second, or as many as are answered.
fn pace(rate: Option<u32>) -> Pace {
    rate.map_or(Pace::Closed, |per_second| Pace::Open { per_second })
}

fn lines(path: &Path) -> io::Result<BufReader<File>> {
    Ok(BufReader::new(File::open(path)?))
}

fn pods(args: &PodsArgs) -> anyhow::Result<()> {
    let bodies = lines(&args.bodies)?;
    let mut keep = Keep::new(Cycle::read(args.target, &args.path, bodies, args.pods)?);
    let plan = Plan {
        target: args.target,
        connections: PODS_CONNECTIONS,
        pace: Pace::Closed,
        span: HARVEST_MAX,
    };
    let outcome = engine::run(&plan, &mut keep)?;
    ensure!(
        outcome.accepted() == args.pods,
        "{} of {} requests for a pod were answered with 2xx: {:?}",
        outcome.accepted(),
        args.pods,
        outcome.statuses
    );
    let pods = keep.count()?;
    ensure!(pods.ads > 0, "no pod holds an ad");
    if let Some((file, answer)) = args.sample.as_ref().zip(keep.typical()) {
        std::fs::write(file, answer)?;
    }
    let asked = pods.asked as f64;
    Record::Pods {
        subject: args.subject.clone(),
        ads_each: pods.ads as f64 / asked,
        seconds_each: pods.seconds / asked,
        empty: pods.empty as f64 / asked,
    }
    .append(&args.out)
}

/// The body of one answer of status 200.
fn sample(target: SocketAddr, path: &str) -> anyhow::Result<Vec<u8>> {
    let mut sample = Sample {
        ask: Repeat::new(target, path, 1),
        body: None,
    };
    let plan = Plan {
        target,
        connections: 1,
        pace: Pace::Closed,
        span: SAMPLE_MAX,
    };
    let outcome = engine::run(&plan, &mut sample)?;
    let statuses = outcome.statuses;
    sample
        .body
        .with_context(|| format!("{path} was answered with {statuses:?}, not 200"))
}

struct Sample {
    ask: Repeat,
    body: Option<Vec<u8>>,
}

impl Traffic for Sample {
    fn next(&mut self, request: &mut Vec<u8>) -> bool {
        self.ask.next(request)
    }

    fn answered(&mut self, status: u16, body: &[u8]) {
        self.body = (status == 200).then(|| body.to_vec());
    }
}

fn start(args: &ReadyArgs) -> anyhow::Result<()> {
    let start = ready::measure(args.target, &args.path, &args.command)?;
    let record = Record::Ready {
        subject: args.subject.clone(),
        ms: start.ready.as_secs_f64() * 1e3,
        resident_kib: start.memory.resident,
    };
    record.append(&args.out)
}

/// Beacons answered with 2xx in all runs of `subjects`, warm-ups too.
fn accepted(records: &[Record], subjects: &[String]) -> u64 {
    let of = |record: &Record| match record {
        Record::Load(load) if subjects.contains(&load.subject) => load.accepted,
        _ => 0,
    };
    records.iter().map(of).sum()
}

/// Events that a report of statistics counts, of the kinds that a harvest takes.
fn events(report: impl Read) -> anyhow::Result<u64> {
    let totals = serde_json::from_reader::<_, Stats>(report)?.totals;
    Ok(totals.impressions
        + totals.starts
        + totals.first_quartiles
        + totals.midpoints
        + totals.third_quartiles
        + totals.completions)
}
