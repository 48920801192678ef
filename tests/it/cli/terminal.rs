//! On a terminal: tables that fit, colour, questions and their answers.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::desk::{Desk, Ran};

/// Runs a command line on a terminal of this width, typing `input`; what the terminal got.
pub(crate) fn on_terminal(desk: &Desk, width: u16, line: &str, input: &str) -> (i32, String) {
    let program = env!("CARGO_BIN_EXE_adctl");
    let script = format!("stty cols {width} rows 40; exec '{program}' {line}");
    let mut command = Command::new("script");
    let plain = desk.command(&[]);
    command
        .args(["-qec", &script, "/dev/null"])
        .env_clear()
        .current_dir(desk.home());
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command
        .env("TERM", "xterm-256color")
        .env("SHELL", "/bin/sh");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| {
        panic!("`script` of util-linux is needed ({error}): run scripts/bootstrap")
    });
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    // The terminal stays open until the command has ended.
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    let ran = Ran::of(output);
    (ran.code, ran.out.replace('\r', ""))
}

/// The text without colours.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_codes, next)| next);
    }
    plain + rest
}

#[test]
fn a_list_is_a_table_that_fits_the_terminal() {
    let desk = Desk::furnished();
    let name = "a campaign whose name is much longer than any terminal is wide ".repeat(2);
    desk.campaign(name.trim());
    for width in [40, 80, 300] {
        let (code, text) = on_terminal(&desk, width, "campaigns list", "");
        assert_eq!(code, 0, "{text}");
        assert!(text.contains("\u{1b}[1m"), "no bold title: {text:?}");
        let text = plain(&text);
        let (notes, lines): (Vec<&str>, Vec<&str>) = text
            .lines()
            .partition(|line| line.starts_with("no room for "));
        assert_eq!(notes.len(), usize::from(width < 300), "{width}: {text}");
        for line in &lines {
            let shown = unicode_width::UnicodeWidthStr::width(*line);
            assert!(shown <= usize::from(width), "{width}: {shown}: {line}");
        }
        assert!(lines.len() == 2, "{text}");
        assert!(text.contains('…') == (width < 300), "{width}: {text}");
    }
}

#[test]
fn numbers_are_whole_or_left_out_and_wide_leaves_out_nothing() {
    let desk = Desk::furnished();
    desk.campaign("spring-launch-of-the-new-electric-car");
    let (_code, text) = on_terminal(&desk, 80, "campaigns list --color never", "");
    // What a campaign is, how it stands and when it runs; and whole numbers.
    for shown in ["NAME", "STATUS", "BUDGET", "START", "END", "$1,200.00"] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    assert!(
        text.contains("no room for times of day, WEIGHT, MODEL"),
        "{text}"
    );
    // Columns that were asked for are all meant: what does not fit is at the end.
    let asked = "campaigns list --color never --columns weight,price_model,start,end,name,id,tier";
    let (_code, text) = on_terminal(&desk, 60, asked, "");
    assert!(text.starts_with("WEIGHT  MODEL  START"), "{text}");
    assert!(!text.contains("WEIGHT,"), "{text}");
    let (_code, text) = on_terminal(&desk, 80, "campaigns list -o wide --color never", "");
    assert!(
        text.contains("spring-launch-of-the-new-electric-car"),
        "{text}"
    );
    assert!(text.contains("REVISION") && !text.contains('…'), "{text}");
    let (_code, text) = on_terminal(&desk, 80, "stats --color never", "");
    assert!(text.contains("SPEND") && text.contains("$0.00"), "{text}");
}

#[test]
fn colour_is_left_out_when_it_is_not_wanted() {
    let desk = Desk::furnished();
    let (_code, text) = on_terminal(&desk, 100, "channels list --color never", "");
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let coloured = desk.must(&["channels", "list", "-o", "table", "--color", "always"]);
    assert!(coloured.out.contains('\u{1b}'));
    let piped = desk.must(&["channels", "list", "-o", "table"]);
    assert!(!piped.out.contains('\u{1b}'));
}

#[test]
fn one_thing_is_a_list_of_fields() {
    let desk = Desk::furnished();
    let (code, text) = on_terminal(&desk, 80, "channels get news", "");
    assert_eq!(code, 0);
    let text = plain(&text);
    assert!(
        text.contains("NAME") && text.contains("DESCRIPTION"),
        "{text}"
    );
    assert!(text.lines().count() >= 6, "{text}");
}

#[test]
fn a_moderate_question_takes_yes_and_anything_else_is_no() {
    let desk = Desk::furnished();
    let (code, text) = on_terminal(&desk, 80, "channels delete news", "n\n");
    assert_eq!(code, 1, "{text}");
    assert!(
        text.contains("delete channel news") && text.contains("[y/N]"),
        "{text}"
    );
    assert!(text.contains("nothing was done"), "{text}");
    let (code, text) = on_terminal(&desk, 80, "channels delete news --no-input", "");
    assert_eq!(code, 5, "{text}");
    let (code, text) = on_terminal(&desk, 80, "channels delete news", "y\n");
    assert_eq!(code, 0, "{text}");
    assert_eq!(desk.run(&["channels", "get", "news"]).code, 3);
}

#[test]
fn a_severe_question_wants_the_name() {
    let desk = Desk::start();
    desk.must(&["tenants", "create", "acme"]);
    let (code, text) = on_terminal(&desk, 80, "tenants delete acme", "y\n");
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("Type `acme` to go on:"), "{text}");
    let (code, text) = on_terminal(&desk, 80, "tenants delete acme", "acme\n");
    assert_eq!(code, 0, "{text}");
}

#[test]
fn help_is_coloured_on_a_terminal_and_plain_in_a_pipe() {
    let desk = Desk::at("/nowhere");
    let (code, text) = on_terminal(&desk, 80, "help campaigns", "");
    assert_eq!(code, 0);
    assert!(text.contains("\u{1b}["), "{text:?}");
    assert!(!desk.must(&["help", "campaigns"]).out.contains('\u{1b}'));
}
