//! The life of each noun, from its creation to its end.

use serde_json::json;

use super::desk::Desk;

#[test]
fn a_tenant_lives() {
    let desk = Desk::start();
    let made = desk.must(&[
        "tenants",
        "create",
        "acme",
        "--timezone",
        "Europe/Berlin",
        "-q",
    ]);
    let id = made.line().to_owned();
    assert!(id.starts_with("ten_"), "{made:?}");
    let again = desk.must(&["tenants", "create", "acme", "--if-not-exists", "-q"]);
    assert_eq!(again.line(), id);
    let refused = desk.run(&["tenants", "create", "acme"]);
    assert_eq!(refused.code, 5, "{refused:?}");

    let found = desk.json(&["tenants", "get", "acme"]);
    assert_eq!(found["timezone"], "Europe/Berlin");
    assert_eq!(found["currency"], "USD");
    let changed = desk.json(&[
        "tenants",
        "update",
        "acme",
        "--rename",
        "beta",
        "--currency",
        "EUR",
    ]);
    assert_eq!(
        (&changed["name"], &changed["currency"]),
        (&json!("beta"), &json!("EUR"))
    );
    assert_eq!(desk.json(&["tenants", "list"]).as_array().unwrap().len(), 1);

    // Severe: without a terminal the name must be given.
    let refused = desk.run(&["tenants", "delete", "beta", "--yes"]);
    assert_eq!(refused.code, 5);
    assert!(refused.err.contains("--confirm 'beta'"), "{}", refused.err);
    let refused = desk.run(&["tenants", "delete", "beta", "--confirm", "acme"]);
    assert_eq!(refused.code, 5);
    desk.must(&["tenants", "delete", "beta", "--confirm", "beta"]);
    assert_eq!(desk.run(&["tenants", "get", "beta"]).code, 3);
}

#[test]
fn an_advertiser_lives() {
    let desk = Desk::furnished();
    let made = desk.json(&[
        "advertisers",
        "create",
        "beanhouse",
        "--domain",
        "bean.example",
        "--category",
        "IAB8-5",
    ]);
    assert_eq!(made["domain"], "bean.example");
    let changed = desk.must(&["advertisers", "update", "beanhouse", "--domain", "none"]);
    assert!(
        changed.err.contains("domain: \"bean.example\" → null"),
        "{}",
        changed.err
    );
    let found = desk.json(&["advertisers", "get", made["id"].as_str().unwrap()]);
    assert_eq!(found["domain"], json!(null));
    let names = desk.must(&[
        "advertisers",
        "list",
        "--search",
        "bean",
        "--columns",
        "name",
    ]);
    assert_eq!(names.out, "beanhouse\n");

    let refused = desk.run(&["advertisers", "delete", "beanhouse"]);
    assert_eq!(refused.code, 5);
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    desk.must(&["advertisers", "delete", "beanhouse", "--yes"]);
    let gone = desk.run(&["advertisers", "get", "beanhouse"]);
    assert_eq!(gone.code, 3);
}

#[test]
fn a_channel_lives() {
    let desk = Desk::furnished();
    let made = desk.json(&["channels", "create", "movies", "--slot", "1m30s"]);
    assert_eq!(made["slot_ms"], 90_000);
    desk.must(&[
        "channels",
        "update",
        "movies",
        "--slot",
        "none",
        "--description",
        "Films",
    ]);
    let found = desk.json(&["channels", "get", "movies"]);
    assert_eq!(
        (&found["slot_ms"], &found["description"]),
        (&json!(null), &json!("Films"))
    );
    desk.must(&["channels", "delete", "movies", "--yes"]);
    assert_eq!(
        desk.json(&["channels", "list"]).as_array().unwrap().len(),
        1
    );
}

#[test]
fn a_campaign_is_made_from_human_amounts_and_times() {
    let desk = Desk::furnished();
    let made = desk.must(&[
        "campaigns",
        "create",
        "spring",
        "--advertiser",
        "motorco",
        "--budget",
        "120k",
        "--daily-budget",
        "4000.50",
        "--goal",
        "5M:impressions",
        "--rate",
        "cpm:24.50",
        "--start",
        "2026-07-01",
        "--end",
        "2026-07-11T18:00",
        "--tier",
        "sponsorship",
        "--weight",
        "3",
        "-o",
        "json",
    ]);
    let campaign = made.json();
    for (field, value) in [
        ("total_budget_micros", json!(120_000_000_000_i64)),
        ("daily_budget_micros", json!(4_000_500_000_i64)),
        ("impression_goal", json!(5_000_000)),
        ("price_model", json!("cpm")),
        ("price_micros", json!(24_500_000)),
        // Midnight and six in the evening of New York.
        ("start", json!("2026-07-01T04:00:00.000Z")),
        ("end", json!("2026-07-11T22:00:00.000Z")),
        ("tier", json!("sponsorship")),
        ("weight", json!(3)),
        ("status", json!("draft")),
    ] {
        assert_eq!(campaign[field], value, "{field}");
    }
    let echo = "start: 2026-07-01 is 2026-07-01T04:00:00.000Z (America/New_York)";
    assert!(made.err.contains(echo), "{}", made.err);
    let utc = desk.json(&[
        "campaigns",
        "update",
        "spring",
        "--start",
        "2026-07-02",
        "--utc",
    ]);
    assert_eq!(utc["start"], "2026-07-02T00:00:00.000Z");
}

#[test]
fn a_campaign_goes_through_its_states() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    let status = |arguments: &[&str]| desk.json(arguments)[0]["status"].clone();
    assert_eq!(status(&["campaigns", "activate", "spring"]), "active");
    assert_eq!(status(&["campaigns", "pause", "spring"]), "paused");
    assert_eq!(status(&["campaigns", "resume", "spring"]), "active");
    let refused = desk.run(&["campaigns", "complete", "spring"]);
    assert_eq!(refused.code, 5, "{refused:?}");
    assert_eq!(
        status(&["campaigns", "complete", "spring", "--yes"]),
        "completed"
    );
    let refused = desk.run(&["campaigns", "pause", "spring"]);
    assert!([5, 6].contains(&refused.code), "{refused:?}");
    let listed = desk.json(&["campaigns", "list", "--status", "completed"]);
    assert_eq!(listed[0]["name"], "spring");
}

#[test]
fn a_campaign_is_updated_cloned_and_deleted() {
    let desk = Desk::furnished();
    let made = desk.campaign("spring");
    let revision = made["revision"].to_string();
    let tried = desk.must(&[
        "campaigns",
        "update",
        "spring",
        "--budget",
        "1",
        "--dry-run",
    ]);
    assert!(
        tried.err.contains("dry run, not done: updated"),
        "{}",
        tried.err
    );
    assert_eq!(desk.json(&["campaigns", "get", "spring"]), made);

    desk.must(&[
        "campaigns",
        "update",
        "spring",
        "--budget",
        "2000",
        "--if-match",
        &revision,
    ]);
    let late = desk.run(&[
        "campaigns",
        "update",
        "spring",
        "--weight",
        "2",
        "--if-match",
        &revision,
    ]);
    assert_eq!(late.code, 5, "{late:?}");

    let copy = desk.json(&["campaigns", "clone", "spring", "summer"]);
    assert_eq!(
        (&copy["name"], &copy["status"]),
        (&json!("summer"), &json!("draft"))
    );
    assert_eq!(copy["total_budget_micros"], 2_000_000_000_i64);
    let gone = desk.json(&["campaigns", "delete", "spring", "summer", "--yes"]);
    assert_eq!(gone.as_array().unwrap().len(), 2);
    assert_eq!(gone[1]["action"], "deleted");
    assert_eq!(desk.json(&["campaigns", "list"]), json!([]));
}

#[test]
fn a_campaign_is_edited_in_an_editor() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    let edit = |editor: &str| {
        let mut command = desk.command(&["campaigns", "edit", "spring"]);
        super::desk::Ran::of(command.env("EDITOR", editor).output().unwrap())
    };
    let edited = edit("sed -i 's/^weight: 1$/weight: 7/'");
    assert_eq!(edited.code, 0, "{edited:?}");
    assert_eq!(desk.json(&["campaigns", "get", "spring"])["weight"], 7);
    assert!(edit("true").err.contains("nothing was changed"));
    let broken = edit("sed -i 's/^weight: 7$/wieght: 8/'");
    assert_eq!(broken.code, 6, "{broken:?}");
    assert!(
        broken.err.contains("did you mean `weight`?"),
        "{}",
        broken.err
    );
    assert!(
        broken.err.contains("your text is kept in"),
        "{}",
        broken.err
    );
    let texts = || {
        let entries = std::fs::read_dir(desk.home()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("adctl-")).count()
    };
    // The one that could not be understood is kept, the one nobody touched is not.
    assert_eq!(texts(), 1);
    assert_eq!(edit("false").code, 1);
    assert_eq!(texts(), 1);
}

#[test]
fn several_at_once_go_on_after_a_failure_and_say_so() {
    let desk = Desk::furnished();
    desk.campaign("one");
    desk.campaign("two");
    let ran = desk.run(&["campaigns", "activate", "one", "none", "two", "-o", "json"]);
    assert_eq!(ran.code, 8, "{ran:?}");
    assert_eq!(ran.json().as_array().unwrap().len(), 2);
    assert!(ran.err.contains("\"not_found\""), "{}", ran.err);
    let ran = desk.run(&["campaigns", "activate", "none"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let ids = desk.must(&["campaigns", "list", "-q"]);
    let paused = desk.fed(&["campaigns", "pause", "-", "-q"], ids.out.as_bytes());
    assert_eq!((paused.code, paused.out), (0, ids.out));
}

#[test]
fn fields_come_from_a_file_or_standard_input() {
    let desk = Desk::furnished();
    let path = desk.file(
        "campaign.toml",
        b"name = 'toml'\nadvertiser = 'motorco'\n\
        total_budget_micros = 1000000\nprice_micros = 1000000\nstart = '+1d'\nend = '+2d'\n",
    );
    let made = desk.json(&["campaigns", "create", "--from", &path, "--weight", "5"]);
    assert_eq!(
        (&made["name"], &made["weight"]),
        (&json!("toml"), &json!(5))
    );
    let made = desk.fed(
        &["advertisers", "create", "-f", "-", "-q"],
        b"{\"name\": \"piped\"}",
    );
    assert_eq!(made.code, 0, "{made:?}");
    let wrong = desk.fed(
        &["channels", "create", "-f", "-"],
        b"nmae: x\nslot_ms: long\n",
    );
    assert_eq!(wrong.code, 6, "{wrong:?}");
    for part in ["did you mean `name`?", "slot_ms (--slot)"] {
        assert!(wrong.err.contains(part), "{}", wrong.err);
    }
}

#[test]
fn every_change_is_in_the_history_and_can_be_taken_back() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    let deleted = desk.must(&["campaigns", "delete", "spring", "--yes"]);
    let command = deleted
        .err
        .lines()
        .find_map(|line| line.strip_prefix("undo with: adctl undo "));
    let operation = command.unwrap_or_else(|| panic!("{}", deleted.err));
    let history = desk.json(&["history"]);
    assert_eq!(history[0]["id"], operation);
    assert_eq!(history[0]["action"], "delete");
    assert_eq!(history[0]["before"]["name"], "spring");

    desk.must(&["undo", operation, "--dry-run"]);
    assert_eq!(desk.run(&["campaigns", "get", "spring"]).code, 3);
    let undone = desk.must(&["undo", operation]);
    assert!(undone.err.contains("took back"), "{}", undone.err);
    assert_eq!(desk.json(&["campaigns", "get", "spring"])["name"], "spring");
    let kinds = desk.json(&["history", "--kind", "channel", "--all"]);
    assert_eq!(kinds.as_array().unwrap().len(), 1);
}

#[test]
fn lists_come_in_pages_sorted_and_say_what_is_left() {
    let desk = Desk::furnished();
    for name in ["b", "c", "a"] {
        desk.must(&["channels", "create", name]);
    }
    let names = |arguments: &[&str]| {
        let ran = desk.must(&[&["channels", "list", "--columns", "name"], arguments].concat());
        (ran.out.replace('\n', " "), ran.err)
    };
    assert_eq!(names(&["--sort", "name"]).0, "a b c news ");
    assert_eq!(names(&["--sort", "-name"]).0, "news c b a ");
    let (first, said) = names(&["--sort", "name", "--limit", "3"]);
    assert_eq!(first, "a b c ");
    assert!(
        said.contains("showing 3 of 4 channels; more with --all or --cursor "),
        "{said}"
    );
    let cursor = said.trim_end().rsplit(' ').next().unwrap().to_owned();
    let (rest, said) = names(&["--sort", "name", "--limit", "3", "--cursor", &cursor]);
    assert_eq!((rest.as_str(), said.as_str()), ("news ", ""));
    assert_eq!(
        names(&["--sort", "name", "--limit", "1", "--all"]).0,
        "a b c news "
    );
    let none = desk.must(&["channels", "list", "--search", "zzz"]);
    assert_eq!(
        (none.out.as_str(), none.err.as_str()),
        ("", "no channels\n")
    );
}

#[test]
fn a_tag_is_shown_as_it_is() {
    let desk = Desk::furnished();
    let tag = desk.must(&["tags", "url", "--channel", "news", "--vast-version", "4.2"]);
    assert!(
        tag.line()
            .starts_with("http://ads.example/api/v1/vast?channel=ch_"),
        "{tag:?}"
    );
    assert!(tag.line().contains("&version=4.2"));
    let tag = desk.json(&["tags", "url", "--channel", "news"]);
    assert_eq!(tag["format"], "vast");
    let wrong = desk.run(&["tags", "url", "--channel", "nwes"]);
    assert_eq!(wrong.code, 3);
    assert!(wrong.err.contains("did you mean `news`?"), "{}", wrong.err);
}

#[test]
fn names_that_are_nearly_right_get_a_suggestion() {
    let desk = Desk::furnished();
    desk.campaign("spring-launch");
    let ran = desk.run(&["campaigns", "pause", "sprng-launch"]);
    assert_eq!(ran.code, 3);
    for part in ["error: ", "hint: ", "spring-launch", "request id: "] {
        assert!(ran.err.contains(part), "{}", ran.err);
    }
}

#[test]
fn status_and_version_say_how_the_daemon_is() {
    let desk = Desk::furnished();
    let version = desk.json(&["version"]);
    assert_eq!(version["client"], version["server"]["version"]);
    let status = desk.run(&["status", "-o", "json"]);
    assert_eq!(status.json()["version"], version["client"], "{status:?}");
    let alone = Desk::at("/nowhere/admin.sock");
    assert_eq!(alone.json(&["version"])["server"], json!(null));
}

#[test]
fn the_tenant_is_the_only_one_or_must_be_named() {
    let desk = Desk::furnished();
    desk.must(&["tenants", "create", "other", "--timezone", "Asia/Tokyo"]);
    let ran = desk.run(&["channels", "list"]);
    assert!([2, 6].contains(&ran.code), "{ran:?}");
    assert_eq!(
        desk.json(&["channels", "list", "--tenant", "acme"])[0]["name"],
        "news"
    );
    assert_eq!(
        desk.json(&["channels", "list", "--tenant", "other"]),
        json!([])
    );
    let ran = desk.run(&["channels", "get", "news", "--tenant", "other"]);
    assert_eq!(ran.code, 3, "{ran:?}");
}

#[test]
fn a_context_names_a_daemon_and_protects_it() {
    let desk = Desk::furnished();
    let socket = desk.server().to_owned();
    let run = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        super::desk::Ran::of(command.env_remove("ADCTL_SERVER").output().unwrap())
    };
    assert_eq!(run(&["channels", "list"]).code, 7);
    let added = run(&[
        "context",
        "add",
        "prod",
        "--server",
        &socket,
        "--tenant",
        "acme",
        "--protected",
    ]);
    assert_eq!(added.code, 0, "{added:?}");
    assert_eq!(run(&["channels", "list", "-q"]).code, 0);
    let file = desk.home().join(".config/adctl/contexts.toml");
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);

    // Protected: what is mild elsewhere needs --yes, what is moderate the name.
    assert_eq!(run(&["channels", "create", "new"]).code, 5);
    assert_eq!(run(&["channels", "create", "new", "--yes"]).code, 0);
    assert_eq!(run(&["channels", "delete", "new", "--yes"]).code, 5);
    assert_eq!(
        run(&["channels", "delete", "new", "--confirm", "new"]).code,
        0
    );

    assert!(
        added
            .err
            .contains("added prod; adctl talks to it from now on"),
        "{added:?}"
    );

    let second = run(&["context", "add", "dev", "--server", &socket]);
    assert_eq!((second.code, second.err.as_str()), (0, "added dev\n"));
    assert_eq!(run(&["context", "use", "dve"]).code, 3);
    assert_eq!(run(&["context", "use", "dev"]).code, 0);
    assert_eq!(
        run(&["context", "list", "--columns", "name,is_current"]).out,
        "dev\tyes\nprod\tno\n"
    );
    assert_eq!(run(&["context", "remove", "dev"]).code, 0);
    assert_eq!(run(&["channels", "list"]).code, 7);
    assert_eq!(run(&["channels", "list", "--context", "prod"]).code, 0);
}

#[test]
fn the_daemon_of_this_folder_is_found_by_itself() {
    let desk = Desk::furnished();
    let run = || {
        let mut command = desk.command(&["channels", "list", "--columns", "name"]);
        super::desk::Ran::of(command.env_remove("ADCTL_SERVER").output().unwrap())
    };
    let ran = run();
    assert_eq!(ran.code, 7);
    for part in [
        "no adserved is running here",
        "data/admin.sock",
        "adserved run",
    ] {
        assert!(ran.err.contains(part), "{}", ran.err);
    }
    std::fs::create_dir(desk.home().join("data")).unwrap();
    std::os::unix::fs::symlink(desk.server(), desk.home().join("data/admin.sock")).unwrap();
    assert_eq!(run().out, "news\n");
}
