//! Command lines that are wrong, exit codes, and help.

use std::fmt::Write as _;

use super::desk::Desk;

#[test]
fn every_cause_has_its_exit_code() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    for (code, arguments) in [
        (0, "status --help"),
        (0, "--version"),
        (0, "help"),
        (0, "help time"),
        (0, "campaigns list"),
        (2, ""),
        (2, "campaigns"),
        (2, "campaigns get"),
        (2, "campaigns frobnicate x"),
        (2, "campaigns list --limit 0"),
        (2, "campaigns list --limit many"),
        (2, "campaigns list --columns name,nmae"),
        (2, "campaigns update spring"),
        (2, "campaigns update spring --budget lots"),
        (2, "campaigns update spring --start someday"),
        (2, "campaigns update spring --tier gold"),
        (2, "campaigns list --tz Mars/Base"),
        (2, "campaigns list --server nonsense"),
        (2, "campaigns list --timeout 5"),
        (2, "campaigns list --timeout 0s"),
        (2, "tags url"),
        (2, "tags url --channel a --campaign b"),
        (2, "help nonsense"),
        (2, "creatives upload - --campaign spring"),
        (3, "campaigns get none"),
        (3, "tags url --channel nope"),
        (3, "tags test --campaign nope"),
        (3, "history --subject nope"),
        (3, "creatives upload none.mp4 --campaign spring"),
        (3, "seed none.yaml"),
        (3, "man nonsense"),
        (3, "context use none"),
        (3, "undo op_zzz"),
        (5, "tenants create acme"),
        (5, "campaigns delete spring"),
        (5, "campaigns update spring --weight 2 --if-match 99"),
        (6, "tenants create zoned --timezone Europe/Belin"),
        (6, "campaigns create x"),
        (6, "campaigns list --sort nonsense"),
        (6, "campaigns update spring --end 2020-01-01"),
        (7, "status --server /nowhere.sock"),
        (7, "status --server http://127.0.0.1:1"),
    ] {
        let ran = desk.run(&arguments.split_whitespace().collect::<Vec<_>>());
        assert_eq!(ran.code, code, "adctl {arguments}: {ran:#?}");
        if code > 0 && !arguments.is_empty() && arguments != "campaigns" {
            assert!(
                ran.err.contains("error: "),
                "adctl {arguments}: {}",
                ran.err
            );
            assert_eq!(ran.out, "", "adctl {arguments}");
        }
    }
}

#[test]
fn every_wrong_field_is_told_at_once_with_its_flag() {
    let desk = Desk::furnished();
    let ran = desk.run(&["campaigns", "create", "x", "--weight", "0", "--budget", "0"]);
    assert_eq!(ran.code, 6);
    for part in [
        "advertiser: ",
        "total_budget_micros (--budget): ",
        "start: ",
        "weight: ",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
}

#[test]
fn errors_are_one_json_object_where_answers_are_documents() {
    let desk = Desk::furnished();
    for (arguments, code, exit) in [
        ("campaigns get none -o json", "not_found", 3),
        ("campaigns get none --output=yaml", "not_found", 3),
        ("campaigns create x -o jsonl", "invalid", 6),
        ("campaigns delte -ojson", "usage", 2),
        ("campaigns update x -o json", "usage", 2),
        ("status -o json --server /nowhere.sock", "unreachable", 7),
        ("channels delete news -o json", "unconfirmed", 5),
    ] {
        let ran = desk.run(&arguments.split_whitespace().collect::<Vec<_>>());
        let error: serde_json::Value = serde_json::from_str(ran.err.lines().last().unwrap())
            .unwrap_or_else(|_| panic!("adctl {arguments}: {}", ran.err));
        assert_eq!(error["error"]["code"], code, "adctl {arguments}: {error}");
        assert_eq!(error["error"]["exit"], exit, "adctl {arguments}: {error}");
        assert_eq!(ran.code, exit);
        assert_eq!(ran.out, "");
    }
}

#[test]
fn misspelled_commands_and_flags_get_a_suggestion() {
    let desk = Desk::at("/nowhere");
    for (arguments, suggestion) in [
        ("campaigns lsit", "list"),
        ("camapigns list", "campaigns"),
        ("campaigns list --sotr name", "--sort"),
        ("help exit-code", "exit-codes"),
        ("campaigns list -o jsno", "json"),
        ("campaigns list --tz Europe/Belin", "Europe/Berlin"),
    ] {
        let ran = desk.run(&arguments.split_whitespace().collect::<Vec<_>>());
        assert_eq!(ran.code, 2, "{arguments}");
        assert!(ran.err.contains(suggestion), "{arguments}: {}", ran.err);
    }
}

#[test]
fn the_environment_stands_behind_the_flags() {
    let desk = Desk::furnished();
    let run = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = desk.command(arguments);
        super::desk::Ran::of(command.envs(variables.iter().copied()).output().unwrap())
    };
    let list = ["channels", "list"];
    assert!(run(&[("ADCTL_OUTPUT", "json")], &list).out.starts_with('['));
    assert!(
        run(
            &[("ADCTL_OUTPUT", "json")],
            &["channels", "list", "-o", "csv"]
        )
        .out
        .starts_with("id,")
    );
    assert_eq!(run(&[("ADCTL_TENANT", "nobody")], &list).code, 3);
    assert_eq!(run(&[("ADCTL_SERVER", "/nowhere.sock")], &list).code, 7);
    assert_eq!(run(&[("ADCTL_OUTPUT", "nonsense")], &list).code, 2);
    assert_eq!(
        run(&[("ADCTL_YES", "true")], &["channels", "delete", "news"]).code,
        0
    );
}

#[test]
fn a_usage_says_what_is_missing_and_not_what_the_environment_gave() {
    let desk = Desk::at("/nowhere");
    for (arguments, usage) in [
        (
            "campaigns get",
            "Usage: adctl campaigns get [OPTIONS] <ID|NAME>",
        ),
        (
            "tags url",
            "Usage: adctl tags url [OPTIONS] <--channel <ID|NAME>|--campaign <ID|NAME>>",
        ),
        (
            "campaigns gte",
            "Usage: adctl campaigns [OPTIONS] <COMMAND>",
        ),
    ] {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let mut command = desk.command(&arguments);
        let given = [("ADCTL_SERVER", "/nowhere.sock"), ("ADCTL_TENANT", "acme")];
        let ran = super::desk::Ran::of(command.envs(given).output().unwrap());
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(usage), "{}", ran.err);
        assert!(!ran.err.contains("--tenant"), "{}", ran.err);
    }
}

#[test]
fn debug_shows_the_exchange_and_no_secret() {
    let desk = Desk::furnished();
    let mut command = desk.command(&["channels", "list", "--debug"]);
    let ran = super::desk::Ran::of(command.env("ADCTL_TOKEN", "hush-hush").output().unwrap());
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(
        ran.err.contains("debug: > GET /api/v1/channels"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("debug: < 401"), "{}", ran.err);
    assert!(!ran.err.contains("hush-hush"), "{}", ran.err);
}

/// Every help text there is, in order of the commands.
#[test]
fn help_reads_as_it_did() {
    let desk = Desk::at("/nowhere");
    let mut text = String::new();
    let mut command = adserve::cli::command();
    command.build();
    let mut paths = vec![Vec::new()];
    for noun in command.get_subcommands() {
        paths.push(vec![noun.get_name().to_owned()]);
        for verb in noun.get_subcommands() {
            paths.push(vec![noun.get_name().to_owned(), verb.get_name().to_owned()]);
        }
    }
    for path in paths {
        let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
        arguments.push("-h");
        let ran = desk.must(&arguments);
        assert_eq!(ran.err, "");
        // The flags that all commands take are shown once.
        let own = match ran.out.split_once("\nGlobal options:") {
            Some((own, _shared)) if !path.is_empty() => own,
            _ => &ran.out,
        };
        writeln!(
            text,
            "$ adctl {}
{}",
            arguments.join(" "),
            own.trim_end()
        )
        .unwrap();
    }
    for topic in ["environment", "exit-codes", "formatting", "reasons", "time"] {
        let ran = desk.must(&["help", topic]);
        writeln!(text, "$ adctl help {topic}\n{}", ran.out.trim_end()).unwrap();
    }
    insta::assert_snapshot!(text);
}

/// The words of a command as a shell reads them, with single quotes.
fn words_of(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in command.chars() {
        match c {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_has_two_to_four_examples_that_are_understood() {
    fn walk(path: &str, command: &clap::Command, wrong: &mut Vec<String>) {
        if command.has_subcommands() {
            for inner in command.get_subcommands() {
                walk(&format!("{path} {}", inner.get_name()), inner, wrong);
            }
            return;
        }
        let help = command
            .get_after_long_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        let help = help.replace("\\\n", "");
        let examples = help
            .lines()
            .filter(|line| line.starts_with("  ") && line.contains("adctl"));
        let examples: Vec<&str> = examples.collect();
        if !(2..=4).contains(&examples.len())
            && !["status", "version"].iter().any(|w| path.ends_with(w))
        {
            wrong.push(format!("{path}: {} examples", examples.len()));
        }
        for example in examples {
            // The part of the line that is our command, without redirections.
            let ours = example.split("adctl ").nth(1).unwrap_or_default();
            let ours = ours.split(['|', '>', '&', '<']).next().unwrap_or_default();
            let words = std::iter::once("adctl".to_owned()).chain(words_of(ours));
            if let Err(error) = adserve::cli::command().try_get_matches_from(words)
                && error.use_stderr()
            {
                wrong.push(format!("{path}: {example}: {error}"));
            }
        }
    }
    let mut command = adserve::cli::command();
    command.build();
    let mut wrong = Vec::new();
    walk("adctl", &command, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
