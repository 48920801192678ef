//! `adctl tail` and `--watch`, as people and scripts run them.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::{PATIENCE, Station};
use crate::cli::desk::{Desk, Ran};

impl Station {
    fn desk(&self) -> Desk {
        Desk::at(self.socket().to_str().unwrap())
    }
}

/// A command that goes on, and what it said so far.
struct Running {
    child: Child,
    lines: mpsc::Receiver<String>,
    prose: mpsc::Receiver<String>,
}

impl Running {
    fn start(desk: &Desk, arguments: &[&str]) -> Self {
        let mut command = desk.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = lines_of(child.stdout.take().unwrap());
        let prose = lines_of(child.stderr.take().unwrap());
        Self {
            child,
            lines,
            prose,
        }
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("no line in time")
    }

    /// The next line of prose with this text in it.
    fn says(&self, text: &str) -> String {
        loop {
            let line = self.prose.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_late| panic!("never said: {text}"));
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Interrupts it; its exit code and what it said last.
    fn interrupt(mut self) -> (i32, Vec<String>) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, Signal::INT).unwrap();
        let code = self.child.wait().unwrap().code().unwrap();
        (code, self.prose.iter().collect())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn lines_of(stream: impl std::io::Read + Send + 'static) -> mpsc::Receiver<String> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if tell.send(line).is_err() {
                return;
            }
        }
    });
    told
}

fn events(ran: &Ran) -> Vec<Value> {
    let lines = ran.out.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn tail_follows_and_ends_quietly() {
    let station = Station::open();
    let desk = station.desk();
    let tail = Running::start(
        &desk,
        &["tail", "-v", "-o", "jsonl", "decisions", "beacons"],
    );
    tail.says("following decisions, beacons of acme");
    station.seen();
    let decision: Value = serde_json::from_str(&tail.line()).unwrap();
    let beacon: Value = serde_json::from_str(&tail.line()).unwrap();
    assert_eq!(
        (&decision["type"], &beacon["type"]),
        (&json!("decision"), &json!("beacon"))
    );
    assert_eq!(beacon["ad_id"], decision["ads"][0]["id"]);
    let (code, prose) = tail.interrupt();
    assert_eq!((code, prose), (130, Vec::<String>::new()));
}

#[test]
fn tail_shows_lines_and_columns_of_what_was() {
    let station = Station::open();
    let desk = station.desk();
    // While somebody listens, everything is remembered.
    let keep = Running::start(&desk, &["tail", "-v"]);
    keep.says("following");
    station.seen();
    keep.line();
    keep.line();
    let ran = desk.must(&["tail", "decisions", "--no-follow", "-o", "wide"]);
    assert!(ran.line().contains("✓ filled     news"), "{ran:?}");
    assert!(ran.line().contains("spring/spot"), "{ran:?}");
    let ran = desk.must(&["tail", "decisions", "beacons", "--no-follow", "-o", "csv"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 3, "{ran:?}");
    assert!(lines[0].starts_with("at,kind,outcome,"), "{ran:?}");
    assert!(lines[2].contains(",beacons,impression,"), "{ran:?}");
    let ran = desk.must(&["tail", "beacons", "-n", "0", "--no-follow"]);
    assert_eq!(ran.out, "");
    let filter = ["tail", "--no-follow", "--filter", "result=duplicate"];
    assert_eq!(desk.must(&filter).out, "");
}

#[test]
fn a_cursor_goes_on_where_it_ended() {
    let station = Station::open();
    let desk = station.desk();
    let keep = Running::start(&desk, &["tail", "-v"]);
    keep.says("following");
    let mut tail = vec![
        "tail",
        "beacons",
        "--no-follow",
        "-o",
        "jsonl",
        "--cursor",
        "at",
    ];
    station.seen();
    keep.line();
    keep.line();
    let first = events(&desk.must(&tail));
    assert_eq!(first.len(), 1);
    assert_eq!(events(&desk.must(&tail)), [] as [Value; 0]);
    station.seen();
    keep.line();
    keep.line();
    tail.extend(["-n", "100"]);
    let second = events(&desk.must(&tail));
    assert_eq!(second.len(), 1, "{second:?}");
    assert_ne!(first[0]["ad_id"], second[0]["ad_id"]);
    desk.file("at", b"nonsense");
    let ran = desk.run(&tail);
    assert_eq!(ran.code, 6, "{ran:?}");
}

#[test]
fn tail_comes_back_with_the_daemon_and_says_so() {
    let station = Station::open();
    let desk = station.desk();
    let tail = Running::start(&desk, &["tail", "beacons", "-v", "-o", "jsonl"]);
    tail.says("following");
    let station = station.restarted();
    tail.says("trying again in");
    tail.says("connected again");
    tail.says("the daemon was started anew");
    station.seen();
    let beacon: Value = serde_json::from_str(&tail.line()).unwrap();
    assert_eq!(beacon["event"], "impression");
}

#[test]
fn a_wrong_filter_is_pointed_at() {
    let desk = Desk::at("/nowhere");
    let ran = desk.run(&["tail", "--filter", "chanel=news and outcome=filled"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("did you mean `channel`?"), "{ran:?}");
    assert!(ran.err.contains("\n  ^^^^^^"), "{ran:?}");
    let ran = desk.run(&["tail"]);
    assert_eq!(
        ran.code, 7,
        "nobody there at first is no stream to wait for: {ran:?}"
    );
}

#[test]
fn a_watched_list_is_appended_in_a_pipe() {
    let station = Station::open();
    let desk = station.desk();
    let arguments = [
        "campaigns",
        "list",
        "--watch",
        "--interval",
        "200ms",
        "-o",
        "json",
    ];
    let watch = Running::start(&desk, &arguments);
    let status = |line: String| serde_json::from_str::<Value>(&line).unwrap()["status"].take();
    assert_eq!(status(watch.line()), "active");
    assert_eq!(status(watch.line()), "active");
    let pause = json!({"status": "paused"});
    station
        .daemon
        .admin("PUT", "/api/v1/campaigns/spring/status", &pause);
    while status(watch.line()) != "paused" {}
    let (code, prose) = watch.interrupt();
    assert_eq!((code, prose), (130, Vec::<String>::new()));
}

#[test]
fn a_watched_list_is_redrawn_on_a_terminal() {
    let station = Station::open();
    let desk = station.desk();
    let line = "status --watch --interval 200ms & sleep 1.5; kill -INT $!; wait $!";
    let (_code, text) = crate::cli::terminal::on_terminal(&desk, 80, line, "");
    let rounds = text.matches("\u{1b}[H").count();
    assert!(rounds >= 2, "{text:?}");
    assert!(
        text.contains("every 200ms · adctl status --watch"),
        "{text:?}"
    );
    assert!(text.contains("\u{1b}[J"), "{text:?}");
}

#[test]
fn only_what_shows_is_watched() {
    let desk = Desk::at("/nowhere");
    let ran = desk.run(&["campaigns", "pause", "cmp_1", "--watch"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err.contains("--watch does not go with `pause`"),
        "{ran:?}"
    );
    let ran = desk.run(&["status", "--watch", "--interval", "1ms"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}
