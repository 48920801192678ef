//! The catalog as files: applied whole or not at all, a second time for nothing, exported and
//! brought elsewhere as the same text; and all that is wrong told at once, where it stands.

use serde_json::{Value, json};

use super::desk::{Desk, Ran};

const FILMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/media");

/// A file with something of every kind.
fn catalog() -> String {
    format!(
        "
tenants:
  - name: acme
    timezone: America/New_York
    advertisers: [{{name: motorco, domain: motorco.example}}, {{name: beanhouse}}]
    orders:
      - {{name: frame, advertiser: motorco, budget: 60000, caps: ['user:9/day']}}
    categories:
      - {{code: auto.electric, name: Electric cars, parent: auto, separation: 30s}}
      - {{code: auto, exclusive: true}}
    pods:
      - {{name: mid, slots: [15s, 30s], min_ads: 1, advertiser_gap: 20s, goal: fill}}
    channels:
      - {{name: Late News, pod: mid, description: 'Two lines\n\nof it'}}
      - name: loop
        slot: 30s
        stream: {{assets: ['https://origin.example/a/master.m3u8'], insertion: guided}}
    campaigns:
      - name: spring
        advertiser: motorco
        order: frame
        budget: 24.50
        daily_budget: 12
        goal: 5k
        rate: cpm:24.5
        start: 2026-07-01
        end: +400d
        tier: sponsorship
        share_of_voice: 40
        position: first
        categories: [auto]
        targeting: channel in (\"Late News\", loop) and geo in (US-CA, dma:501)
        caps: ['user:3/1h,10/7d', 'pod:1']
        pacing: even
        status: active
        creatives:
          - {{file: '{FILMS}/spring-06s.mp4', click_url: 'https://motorco.example/a?b=c', weight: 2}}
          - {{file: '{FILMS}/harbour-06s.webm', name: webm, status: inactive, start: 2026-07-02,
             caps: ['session:2'], targeting: device = roku}}
      - {{name: autumn, advertiser: beanhouse, budget: 1M, rate: 'flat:500', start: now, end: +90d}}
"
    )
}

fn apply(desk: &Desk, text: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["apply", "-f", "-"];
    arguments.extend(more);
    desk.fed(&arguments, text.as_bytes())
}

/// The line and column of a part of a text.
fn place(text: &str, part: &str) -> String {
    let (before, _rest) = text.split_once(part).unwrap();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{line}:{column}")
}

fn diff(desk: &Desk, text: &str) -> Ran {
    desk.fed(&["diff", "-f", "-"], text.as_bytes())
}

fn operations(desk: &Desk) -> Value {
    desk.json(&["history", "--all"])
}

#[test]
fn a_catalog_is_applied_once_and_exported_as_it_is() {
    let desk = Desk::start();
    let first = apply(&desk, &catalog(), &[]);
    assert_eq!(first.code, 0, "{first:?}");
    assert!(first.out.contains("+ creative spring/webm"), "{first:?}");
    let before = operations(&desk);
    let again = apply(&desk, &catalog(), &[]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{again:?}");
    assert!(again.err.contains("nothing to do"), "{again:?}");
    assert_eq!(operations(&desk), before);
    for format in ["yaml", "json", "toml"] {
        let export = desk.must(&["export", "-o", format]);
        let same = diff(&desk, &export.out);
        assert_eq!(
            (same.code, same.out.as_str()),
            (0, ""),
            "{format}: {same:?}\n{}",
            export.out
        );
    }
    // Names in place of ids, and nothing that goes without saying.
    let export = desk.must(&["export", "-o", "json"]).json();
    let spring = &export["tenants"][0]["campaigns"][1];
    let targeting = "geo in (US-CA, dma:501) and channel in (\"Late News\", loop)";
    assert_eq!(spring["targeting"], targeting);
    assert_eq!(
        (&spring["advertiser"], &spring["order"]),
        (&json!("motorco"), &json!("frame"))
    );
    assert_eq!(spring["budget"], "24.5");
    assert_eq!(spring["start"], "2026-07-01T04:00:00.000Z");
    assert_eq!(spring.get("weight"), None);
    assert_eq!(spring["creatives"][1]["name"], "webm");
    assert_eq!(spring["creatives"][1]["status"], "inactive");
    let only = desk.must(&["export", "pods", "-o", "json"]).json();
    assert_eq!(only["tenants"][0].get("campaigns"), None);
    assert_eq!(only["tenants"][0]["pods"][0]["name"], "mid");
}

#[test]
fn what_changes_is_shown_before_and_after_and_taken_back_at_once() {
    let desk = Desk::start();
    apply(&desk, &catalog(), &[]);
    let before = desk.must(&["export"]).out;
    let text = catalog()
        .replace("daily_budget: 12", "daily_budget: 20")
        .replace("domain: motorco.example", "domain: cars.example")
        .replace(
            "harbour-06s.webm', name: webm",
            "spring-15s.mp4', name: webm",
        )
        .replace("advertiser_gap: 20s, ", "")
        .replace("{name: beanhouse}", "{name: beanhouse}, {name: goodboy}");
    let shown = diff(&desk, &text);
    assert_eq!(shown.code, 1, "{shown:?}");
    for line in [
        "~ advertiser motorco\n    domain: motorco.example → cars.example\n",
        "+ advertiser goodboy\n",
        "~ pod mid\n    advertiser_gap: 20s → none\n",
        "~ campaign spring\n    daily_budget: 12 → 20\n",
        "± creative spring/webm\n    sha256: ",
    ] {
        assert!(shown.out.contains(line), "{line}: {}", shown.out);
    }
    assert!(
        shown.err.contains("1 to create, 3 to change, 1 to replace"),
        "{shown:?}"
    );
    let tried = apply(&desk, &text, &["--dry-run"]);
    assert_eq!((tried.code, &tried.out), (0, &shown.out));
    assert_eq!(desk.must(&["export"]).out, before);
    let done = apply(&desk, &text, &[]);
    assert_eq!((done.code, &done.out), (0, &shown.out));
    assert_eq!(diff(&desk, &text).code, 0);
    let undo = done.err.split("adctl undo ").nth(1).unwrap();
    desk.must(&["undo", undo.lines().next().unwrap()]);
    assert_eq!(desk.must(&["export"]).out, before);
}

#[test]
fn a_plan_is_for_one_revision() {
    let desk = Desk::start();
    apply(&desk, &catalog(), &[]);
    let plan = desk.fed(&["diff", "-f", "-", "-o", "json"], catalog().as_bytes());
    let revision = plan.json()["tenants"][0]["base_revision"].to_string();
    let text = catalog().replace("daily_budget: 12", "daily_budget: 20");
    desk.must(&["channels", "create", "sport"]);
    let late = apply(&desk, &text, &["--if-match", &revision]);
    assert_eq!(late.code, 5, "{late:?}");
    assert!(late.err.contains("adctl diff"), "{late:?}");
    let plan = desk.fed(&["diff", "-f", "-", "-o", "json"], text.as_bytes());
    assert_eq!(plan.code, 1);
    let revision = plan.json()["tenants"][0]["base_revision"].to_string();
    let done = apply(&desk, &text, &["--if-match", &revision]);
    assert_eq!(done.code, 0, "{done:?}");
}

#[test]
fn everything_wrong_is_told_at_once_where_it_stands() {
    let desk = Desk::start();
    // What can be seen without a daemon.
    let text = catalog()
        .replace("budget: 24.50", "budget: much")
        .replace("separation: 30s", "separation: long")
        .replace("targeting: device = roku", "targeting: device is roku");
    let path = desk.file("ads/spring.yaml", text.as_bytes());
    for command in ["validate", "diff", "apply"] {
        let ran = desk.run(&[command, "-f", &path]);
        assert_eq!(ran.code, 6, "{command}: {ran:?}");
        let at = |needle: &str| format!("{path}:{}", place(&text, needle));
        for part in [
            at("long}") + ": category auto.electric, separation: `long` is not a duration",
            at("much") + ": campaign spring, budget: `much` is not an amount",
            "| budget: much\n        |         ^^^^\n".to_owned(),
            at("device is") + ": creative spring/webm, targeting: line 1, column 8",
        ] {
            assert!(ran.err.contains(&part), "{command}: {part}\n{}", ran.err);
        }
    }
    assert_eq!(desk.json(&["tenants", "list"]), json!([]));
    // What only the daemon knows.
    let text = catalog()
        .replace("budget: 24.50", "budget: 0")
        .replace("parent: auto,", "parent: cars,")
        .replace("order: frame", "order: farme")
        .replace(
            "channel in (\"Late News\", loop)",
            "channel in (\"Late News\", lop)",
        );
    let path = desk.file("ads/spring.yaml", text.as_bytes());
    let refused = |ran: &Ran| {
        assert_eq!(ran.code, 6, "{ran:?}");
        let at = |needle: &str| format!("{path}:{}", place(&text, needle));
        for part in [
            at("cars, sep") + ": category auto.electric, parent: there is no category `cars`",
            at("0\n        daily") + ": campaign spring, budget: ",
            at("farme") + ": campaign spring, order: there is no order `farme`; did you mean",
            at("channel in") + ": campaign spring, targeting: ",
        ] {
            assert!(ran.err.contains(&part), "{part}\n{}", ran.err);
        }
    };
    refused(&desk.run(&["apply", "-f", &path]));
    // Not even the tenant is left.
    assert_eq!(desk.json(&["tenants", "list"]), json!([]));
    apply(&desk, "tenants: [{name: acme}]", &[]);
    let before = operations(&desk);
    refused(&desk.run(&["diff", "-f", &path]));
    refused(&desk.run(&["apply", "-f", &path]));
    assert_eq!(operations(&desk), before);
    let good = desk.run(&[
        "validate",
        "-f",
        &desk.file("good.yaml", catalog().as_bytes()),
    ]);
    assert_eq!(good.code, 0, "{good:?}");
}

#[test]
fn films_are_found_by_their_content() {
    let (here, there) = (Desk::start(), Desk::start());
    apply(&here, &catalog(), &[]);
    let export = here.must(&["export"]).out;
    let missing = apply(&there, &export, &[]);
    assert_eq!(missing.code, 6, "{missing:?}");
    assert!(missing.err.contains("--media DIR"), "{missing:?}");
    assert_eq!(there.json(&["tenants", "list"]), json!([]));
    let brought = apply(&there, &export, &["--media", FILMS]);
    assert_eq!(brought.code, 0, "{brought:?}");
    assert_eq!(there.must(&["export"]).out, export);
    // To another tenant of the same daemon.
    there.must(&[
        "tenants",
        "create",
        "copy",
        "--timezone",
        "America/New_York",
    ]);
    let bare = there.must(&["export", "--bare", "--tenant", "acme"]).out;
    let copied = apply(&there, &bare, &["--tenant", "copy", "--media", FILMS]);
    assert_eq!(copied.code, 0, "{copied:?}");
    assert_eq!(
        there.must(&["export", "--bare", "--tenant", "copy"]).out,
        bare
    );
    // A wrong path and a wrong hash.
    let text = catalog().replace("spring-06s.mp4'", "spring-07s.mp4'");
    let ran = apply(&here, &text, &[]);
    assert!(
        ran.err
            .contains("creative spring/spring-07s, file: there is no file"),
        "{ran:?}"
    );
    let hash = "0".repeat(64);
    let text = catalog().replace("06s.mp4',", &format!("06s.mp4', sha256: '{hash}',"));
    let ran = apply(&here, &text, &[]);
    assert!(ran.err.contains("has the content"), "{ran:?}");
}

#[test]
fn a_campaign_goes_where_its_status_says() {
    let desk = Desk::start();
    let with = |status: &str, end: &str| {
        format!(
            "tenants: [{{name: acme, advertisers: [{{name: a}}], campaigns: [{{name: c, \
             advertiser: a, budget: 9, rate: 'cpm:1', start: 2026-01-01, end: {end}{status}}}]}}]"
        )
    };
    let status = || desk.json(&["campaigns", "get", "c"])["status"].clone();
    for (wanted, found) in [
        ("", "draft"),
        (", status: paused", "paused"),
        ("", "paused"),
        (", status: active", "active"),
        (", status: completed", "completed"),
        (", status: paused", "paused"),
    ] {
        let ran = apply(&desk, &with(wanted, "2099-01-01"), &[]);
        assert_eq!(ran.code, 0, "{wanted}: {ran:?}");
        assert_eq!(status(), found, "{wanted}");
    }
    let ran = apply(&desk, &with(", status: draft", "2099-01-01"), &[]);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(
        ran.err.contains("cannot go from paused to draft"),
        "{ran:?}"
    );
    // One that is over is what it would be, here and elsewhere.
    desk.must(&["campaigns", "complete", "c", "--yes"]);
    let over = with(", status: active", "2026-02-01");
    assert_eq!(apply(&desk, &over, &[]).code, 0);
    assert_eq!(status(), "completed");
    assert_eq!(diff(&desk, &over).code, 0);
    let other = Desk::start();
    assert_eq!(apply(&other, &over, &[]).code, 0);
    assert_eq!(other.must(&["export"]).out, desk.must(&["export"]).out);
}

#[test]
fn another_tenant_is_neither_named_nor_touched() {
    let desk = Desk::start();
    apply(
        &desk,
        "tenants: [{name: one, advertisers: [{name: a, domain: one.example}]}]",
        &[],
    );
    let text = "tenants: [{name: two, orders: [{name: o, advertiser: a}]}]";
    let ran = apply(&desk, text, &[]);
    assert!(ran.err.contains("there is no advertiser `a`"), "{ran:?}");
    let text = "tenants: [{name: two, advertisers: [{name: a, domain: two.example}]}]";
    assert_eq!(apply(&desk, text, &[]).code, 0);
    let one = desk.json(&["advertisers", "get", "a", "--tenant", "one"]);
    assert_eq!(one["domain"], "one.example");
    let bare = desk.fed(&["apply", "-f", "-"], b"advertisers: [{name: b}]");
    assert_eq!(bare.code, 2, "{bare:?}");
}

#[test]
fn names_that_are_listed_twice_are_refused() {
    let desk = Desk::start();
    let text = "
tenants:
  - name: acme
    advertisers: [{name: a}, {name: A}]
  - name: Acme
    channels: [{name: c}]
    pods: [{name: p, duration: 30s}, {name: p, duration: 40s}]
";
    let ran = apply(&desk, text, &[]);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(
        ran.err
            .contains("standard input:4:37: advertiser A, name: "),
        "{ran:?}"
    );
    assert!(
        ran.err.contains("standard input:7:45: pod p, name: "),
        "{ran:?}"
    );
}

/// Dice that fall the same way each time (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    /// Adds a field to a thing, or leaves it out.
    fn may(&mut self, thing: &mut Value, field: &str, value: impl Into<Value>) {
        if self.below(2) == 0 {
            thing[field] = value.into();
        }
    }
}

const WORDS: &[&str] = &[
    "plain",
    "two words",
    "Čaj & Káva",
    "春 🎬",
    "yes",
    "null",
    "12",
    "1e3",
    "- dash",
    "a: b",
    "#x",
    "\"quoted\"",
    "it's",
    "x\\y",
    "{a}",
    "[b]",
    "*c",
    "&d",
    "!e",
    "%f",
    "@g",
    "`h",
    "~",
    "0x1f",
    "2026-07-01",
    "true",
    "in",
    "or",
    "trailing:",
];
const TEXTS: &[&str] = &[
    "",
    "One line",
    "Two\nlines",
    "  led by blanks",
    "ends in a line\n",
    "\ttab",
    "a\n\n  b\n",
    "…",
];

fn names(dice: &mut Dice, most: u64) -> Vec<String> {
    let count = dice.below(most + 1);
    let mut names: Vec<String> = (0..count).map(|_| dice.one_of(WORDS).to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

fn some_catalog(dice: &mut Dice) -> Value {
    let mut advertisers = vec![json!({"name": "motorco"})];
    for name in names(dice, 3) {
        let mut one = json!({"name": name});
        dice.may(&mut one, "domain", "a.example");
        dice.may(&mut one, "categories", json!(["IAB2-3", "IAB1"]));
        advertisers.push(one);
    }
    let mut categories: Vec<Value> = Vec::new();
    for place in 0..dice.below(4) {
        let mut one = json!({"code": format!("c{place}")});
        dice.may(&mut one, "name", "Two words");
        dice.may(&mut one, "exclusive", true);
        dice.may(&mut one, "separation", "1m30s");
        if place > 0 && dice.below(2) == 0 {
            one["parent"] = format!("c{}", dice.below(place)).into();
        }
        categories.insert(0, one);
    }
    let mut pods = Vec::new();
    for name in names(dice, 2) {
        let mut one = json!({"name": name, "slots": ["15s", "30s500ms"]});
        let text = dice.one_of(TEXTS);
        dice.may(&mut one, "duration", "2m");
        dice.may(&mut one, "min_ads", 1);
        dice.may(&mut one, "max_ads", 6);
        dice.may(&mut one, "min_ad", "5s");
        dice.may(&mut one, "max_ad", "60s");
        dice.may(&mut one, "advertiser_gap", "10s");
        dice.may(&mut one, "description", text);
        pods.push(one);
    }
    let channels = some_channels(dice, &pods);
    let campaigns = names(dice, 5);
    let campaigns = campaigns
        .iter()
        .map(|name| some_campaign(dice, name, &channels));
    let campaigns: Vec<Value> = campaigns.collect();
    let tenant = json!({"name": "acme", "timezone": "Europe/Prague", "advertisers": advertisers,
        "categories": categories, "pods": pods, "channels": channels, "campaigns": campaigns});
    json!({ "tenants": [tenant] })
}

fn some_channels(dice: &mut Dice, pods: &[Value]) -> Vec<Value> {
    let mut channels = Vec::new();
    for name in names(dice, 4) {
        let mut one = json!({"name": name});
        let text = dice.one_of(TEXTS);
        dice.may(&mut one, "slot", "30s");
        dice.may(&mut one, "description", text);
        if let Some(pod) = pods.first() {
            dice.may(&mut one, "pod", pod["name"].clone());
        }
        let stream = json!({"origins": ["https://o.example/a.m3u8"], "break_max_ms": 120_000,
            "breaks": [{"at_ms": 0, "duration_ms": 30_000}]});
        dice.may(&mut one, "stream", stream);
        channels.push(one);
    }
    channels
}

fn some_campaign(dice: &mut Dice, name: &str, channels: &[Value]) -> Value {
    let mut one = json!({
        "name": name, "advertiser": "motorco", "budget": dice.below(1_000_000) + 1,
        "rate": dice.one_of(&["cpm:24.50", "flat:1", "cpc:0.000001", "cpv:2"]),
        "start": "2026-01-01T00:00:00Z", "end": "2099-12-31T23:59:59.999Z",
    });
    let text = dice.one_of(TEXTS);
    dice.may(&mut one, "description", text);
    dice.may(&mut one, "daily_budget", "0.000001");
    dice.may(&mut one, "goal", 1_000_000);
    dice.may(&mut one, "weight", 7);
    let caps = json!(["user:3/1h,10/7d", "pod:1", "device:1/week,skip"]);
    dice.may(&mut one, "caps", caps);
    let pacing = dice.one_of(&["even", "asap", "front_loaded", "custom:500=700"]);
    dice.may(&mut one, "pacing", pacing);
    let status = dice.one_of(&["draft", "active", "paused", "completed"]);
    dice.may(&mut one, "status", status);
    dice.may(&mut one, "position", "last");
    let named = channels.iter().map(|channel| {
        let name = channel["name"].as_str().unwrap();
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() {
        let text = "geo = US or daypart = mon-fri 18:00-23:00 viewer";
        dice.may(&mut one, "targeting", text);
    } else {
        let list = named.join(", ");
        let long: Vec<String> = (10..60).map(|at| format!("segment-{at}")).collect();
        let long = long.join(", ");
        let text = format!("channel in ({list}) and segment not in ({long}) or os = tizen");
        dice.may(&mut one, "targeting", text);
    }
    let creatives = (0..dice.below(3)).map(|place| {
        let film = dice.one_of(&["spring-06s.mp4", "harbour-06s.webm"]);
        let film = format!("{FILMS}/{film}");
        let mut creative = json!({"name": format!("{name} {place}"), "file": film});
        dice.may(&mut creative, "weight", 3);
        let click = "https://a.example/?b=[C]&d";
        dice.may(&mut creative, "click_url", click);
        dice.may(&mut creative, "status", "inactive");
        dice.may(&mut creative, "end", "2027-01-01");
        creative
    });
    let creatives: Vec<Value> = creatives.collect();
    one["creatives"] = creatives.into();
    one
}

#[test]
fn any_catalog_is_the_same_text_wherever_it_is() {
    for seed in 0..12 {
        let listed = some_catalog(&mut Dice(seed)).to_string();
        let (here, there) = (Desk::start(), Desk::start());
        let applied = apply(&here, &listed, &[]);
        assert_eq!(applied.code, 0, "{seed}: {applied:?}\n{listed}");
        assert_eq!(
            diff(&here, &listed).code,
            0,
            "{seed}: {:?}",
            diff(&here, &listed)
        );
        for format in ["yaml", "toml", "json"] {
            let export = here.must(&["export", "-o", format]).out;
            let same = diff(&here, &export);
            assert_eq!(same.code, 0, "{seed} {format}: {same:?}\n{export}");
        }
        let export = here.must(&["export"]).out;
        let brought = apply(&there, &export, &["--media", FILMS]);
        assert_eq!(brought.code, 0, "{seed}: {brought:?}\n{export}");
        assert_eq!(there.must(&["export"]).out, export, "{seed}");
    }
}
