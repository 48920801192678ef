//! The two programs together: `adctl` against `adserved` itself.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use super::desk::Desk;

/// `adserved` on a free port, with its data in the home of a desk.
struct Daemon {
    child: Child,
    desk: Desk,
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Daemon {
    fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let socket = home.path().join("data/admin.sock");
        let mut child = Command::new(env!("CARGO_BIN_EXE_adserved"))
            .args(["--listen", "127.0.0.1:0", "--log-format", "json"])
            .env_clear()
            .current_dir(home.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        // It serves players last, when everything else is up.
        let ready = log.find(|line| line.as_ref().unwrap().contains("\"serving\""));
        assert!(ready.is_some(), "it ended: {:?}", child.wait());
        // The rest is read away, so that the daemon never waits for its log.
        std::thread::spawn(move || log.count());
        let desk = Desk::in_home(home, socket.to_str().unwrap());
        Self { child, desk }
    }
}

#[test]
fn from_an_empty_folder_to_an_ad_that_was_served() {
    let daemon = Daemon::start();
    let desk = &daemon.desk;
    desk.must(&[
        "seed",
        concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/demo.yaml"),
    ]);
    let status = desk.json(&["status"]);
    assert_eq!(status["dependencies"]["catalog"], "ok");
    assert!(status["offers"].as_u64().unwrap() > 0);

    let acme = |arguments: &[&str]| desk.must(&[arguments, &["--tenant", "acme-fast"]].concat());
    for format in ["vast", "json"] {
        let tested = acme(&["tags", "test", "--channel", "news", "--format", format]);
        assert!(tested.out.contains("media\tok\t"), "{format}: {tested:?}");
    }
    let report = acme(&["stats", "-o", "json"]).json();
    assert_eq!(report["totals"]["requests"], 2);
    // The channel asks for a pod, so an answer may have several ads.
    let ads = report["totals"]["served"].as_u64().unwrap();
    assert!(ads >= 2, "{report}");
    assert_eq!(report["totals"]["impressions"], 0);
    let rows = acme(&[
        "stats",
        "--by",
        "campaign",
        "--since",
        "today",
        "--columns",
        "name,served",
    ]);
    let served: u64 = rows
        .out
        .lines()
        .map(|line| line.split('\t').nth(1).unwrap().parse::<u64>().unwrap())
        .sum();
    assert_eq!(served, ads, "{rows:?}");
    let days = acme(&["stats", "--by", "day", "--since", "-7d", "-o", "csv"]);
    assert!(
        days.out.starts_with("group,name,requests,served,"),
        "{days:?}"
    );
    let one = acme(&["campaigns", "stats", "house-promo", "-o", "json"]).json();
    assert_eq!(one["totals"]["requests"], json!(0));

    cut(desk, ads);

    // Paused, it is gone from the next answer on.
    let ids = acme(&["campaigns", "list", "--status", "active", "-q"]).out;
    let all: Vec<&str> = ids.lines().collect();
    acme(&[&["campaigns", "pause"], all.as_slice()].concat());
    let none = acme(&["tags", "test", "--channel", "news", "--format", "json"]);
    assert!(none.out.contains("no ad: inactive"), "{none:?}");
    // And why is said of one campaign as of a channel.
    let one = acme(&["tags", "test", "--campaign", "house-promo"]);
    assert!(one.out.contains("no ad\tok\tinactive: "), "{one:?}");
    assert!(none.out.contains("by reason: inactive "), "{none:?}");
    let table = acme(&["stats", "-o", "table"]);
    assert!(
        table.err.contains("no ad because of: inactive 2"),
        "{table:?}"
    );

    // Whoever names the address for players is told that another one is meant.
    let status = desk.json(&["status"]);
    let lost = desk.run(&["status", "--server", status["public_url"].as_str().unwrap()]);
    assert_eq!(lost.code, 3, "{lost:?}");
    assert!(lost.err.contains("must be the admin address"), "{lost:?}");
    assert_eq!(
        (&status["duplicates"], &status["refused"]),
        (&json!(0), &json!(0))
    );
}

/// What was served is found again in every cut, and a name that is a formula is a text in CSV.
fn cut(desk: &Desk, ads: u64) {
    let acme = |arguments: &[&str]| desk.must(&[arguments, &["--tenant", "acme-fast"]].concat());
    let series = acme(&["analytics", "series", "--metrics", "served", "-o", "json"]).json();
    assert_eq!(series["points"].as_array().unwrap().len(), 7);
    assert_eq!(series["totals"]["served"], ads);
    let compared = acme(&["analytics", "compare", "--since", "today", "-o", "csv"]);
    assert!(
        compared
            .out
            .starts_with("metric,current,previous,difference,change,"),
        "{compared:?}"
    );
    let by = [
        "reports",
        "run",
        "--dimensions",
        "campaign,device",
        "--metrics",
        "served,ctr",
    ];
    let report = acme(&[&by[..], &["--sort", "-served", "-o", "csv"]].concat());
    let mut lines = report.out.lines();
    assert_eq!(
        lines.next(),
        Some("campaign,campaign_name,device,served,click_rate")
    );
    let served = |line: &str| -> u64 { line.split(',').nth(3).unwrap().parse().unwrap() };
    assert_eq!(lines.clone().map(served).sum::<u64>(), ads, "{report:?}");
    let first: Vec<&str> = lines.next().unwrap().split(',').collect();
    acme(&["campaigns", "update", first[0], "--rename", "=1+1"]);
    let again = acme(&[&by[..], &["--filter", "campaign==1+1", "-o", "csv"]].concat());
    assert!(again.out.contains(",'=1+1,"), "{again:?}");
    acme(&["campaigns", "update", first[0], "--rename", first[1]]);
    let map = acme(&["analytics", "heatmap", "--metrics", "served", "-o", "csv"]);
    let sum: u64 = map
        .out
        .lines()
        .skip(1)
        .flat_map(|line| line.split(',').skip(1))
        .filter(|cell| !cell.is_empty())
        .map(|cell| cell.parse::<u64>().unwrap())
        .sum();
    assert_eq!(sum, ads, "{map:?}");
    let help = desk.must(&["help", "metrics"]).out;
    assert!(help.contains("view_through_rate (vtr)  [ratio]  completions / impressions"));
    let wrong = desk.run(&[
        "reports",
        "run",
        "--filter",
        "contry=US",
        "--tenant",
        "acme-fast",
    ]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
    assert!(wrong.err.contains("did you mean `country`?"), "{wrong:?}");
}

#[test]
fn the_doctor_finds_a_campaign_without_a_spot_and_a_daemon_that_is_gone() {
    let mut daemon = Daemon::start();
    let desk = &daemon.desk;
    desk.must(&["tenants", "create", "acme"]);
    desk.must(&["advertisers", "create", "motorco"]);
    let state = |checks: &serde_json::Value, what: &str| {
        let checks = checks.as_array().unwrap().iter();
        let found: Vec<_> = checks.filter(|check| check["check"] == what).collect();
        assert_eq!(found.len(), 1, "{what}");
        found[0]["state"].as_str().unwrap().to_owned()
    };
    let checks = desk.json(&["doctor"]);
    for what in [
        "daemon",
        "version",
        "ledger",
        "public url",
        "disk",
        "ledger.db-wal",
    ] {
        assert_eq!(state(&checks, what), "ok", "{checks}");
    }
    assert_eq!(state(&checks, "tenant acme"), "ok");

    let campaign = desk.campaign("spring");
    let id = campaign["id"].as_str().unwrap();
    desk.must(&["campaigns", "resume", id]);
    let ran = desk.run(&["doctor", "-o", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(state(&ran.json(), id), "fail");
    assert!(ran.out.contains("adctl creatives upload"), "{ran:?}");

    daemon.child.kill().unwrap();
    daemon.child.wait().unwrap();
    let ran = daemon.desk.run(&["doctor", "-o", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(state(&ran.json(), "daemon"), "fail");
}
