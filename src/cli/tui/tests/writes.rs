//! What changes something: never with one key, always as a line that was seen.

use crossterm::event::KeyCode;

use super::stage::rich;
use crate::cli::tui::glance::frame;
use crate::cli::tui::jobs::{Job, Purpose, Ran, line_of};
use crate::cli::tui::key::Key;
use crate::cli::tui::keymap::{BINDINGS, Intent};
use crate::cli::tui::state::{Overlay, State};
use crate::cli::tui::update::Click;
use crate::cli::tui::{Effect, Event, update};

fn press(state: &mut State, keys: &str) -> Option<Effect> {
    let mut effect = None;
    for c in keys.chars() {
        let key = match c {
            '\n' => Key::code(KeyCode::Enter),
            '\t' => Key::code(KeyCode::Tab),
            '\u{1b}' => Key::code(KeyCode::Esc),
            c => Key::char(c),
        };
        effect = update(state, Event::Key(key));
    }
    effect
}

fn ran(state: &mut State, job: Job, ran: Ran) -> Option<Effect> {
    update(state, Event::Ran(Box::new((job, ran))))
}

fn job(effect: Option<Effect>) -> Job {
    match effect {
        Some(Effect::Run(job)) => job,
        other => panic!("no line is run: {other:?}"),
    }
}

#[test]
fn no_single_key_changes_anything() {
    for binding in BINDINGS {
        for key in binding.keys {
            for start in ["", "2", "3", "7", "2\n"] {
                let mut state = rich((120, 40));
                press(&mut state, start);
                let effect = update(&mut state, Event::Key(*key));
                assert!(
                    !matches!(effect, Some(Effect::Run(_))),
                    "{key} runs something"
                );
            }
        }
    }
}

#[test]
fn marked_campaigns_are_paused_by_a_line_that_is_shown_first() {
    let mut state = rich((120, 40));
    press(&mut state, "2  P");
    let text = frame(&state);
    assert!(text.contains("pause 2 campaigns?"), "{text}");
    assert!(
        text.contains("adctl campaigns pause cmp_2a cmp_6a"),
        "{text}"
    );
    assert_eq!(press(&mut state, "x"), None);
    let job = job(press(&mut state, "\n"));
    assert_eq!(line_of(&job.words), "adctl campaigns pause cmp_2a cmp_6a");
    assert!(state.log.is_busy());
    let done = Ran {
        code: 0,
        message: "paused".to_owned(),
        hint: Some("undo with".to_owned()),
        problems: Vec::new(),
    };
    assert_eq!(ran(&mut state, job, done), Some(Effect::Refresh));
    assert!(state.campaigns.marked.is_empty() && !state.log.is_busy());
    assert!(frame(&state).contains("paused  (u takes it back)"));
    press(&mut state, "L");
    assert!(frame(&state).contains("$ adctl campaigns pause cmp_2a cmp_6a"));
}

#[test]
fn deleting_wants_its_own_key_and_a_failure_says_why() {
    let mut state = rich((120, 40));
    press(&mut state, "2D");
    assert_eq!(press(&mut state, "\n"), None);
    assert!(matches!(state.overlay, Some(Overlay::Confirm(_))));
    let job = job(press(&mut state, "y"));
    let refused = Ran {
        code: 5,
        message: "it is used".to_owned(),
        hint: Some("remove it there".to_owned()),
        problems: Vec::new(),
    };
    ran(&mut state, job, refused);
    let text = frame(&state);
    assert!(
        text.contains("delete campaign failed: it is used  hint: remove it there"),
        "{text}"
    );
}

#[test]
fn a_readonly_dashboard_begins_no_line() {
    let mut state = rich((120, 40));
    state.is_readonly = true;
    for binding in BINDINGS {
        let is_write = matches!(
            binding.intent,
            Intent::Pause
                | Intent::Activate
                | Intent::Delete
                | Intent::Undo
                | Intent::New
                | Intent::Edit
                | Intent::Upload
        );
        if is_write {
            press(&mut state, "2");
            update(&mut state, Event::Key(binding.keys[0]));
            assert!(state.overlay.is_none(), "{:?}", binding.intent);
            assert!(frame(&state).contains("--readonly"));
        }
    }
}

#[test]
fn several_tenants_stand_in_the_line_and_undo_takes_the_chosen_change() {
    let mut state = rich((120, 40));
    let mut other = state.data.tenants[0].clone();
    other.name = "zeta".to_owned();
    state.data.tenants.push(other);
    press(&mut state, "u");
    assert!(frame(&state).contains("adctl undo --tenant acme-fast"));
}

#[test]
fn a_form_sends_what_differs_and_shows_what_the_daemon_says_of_each_field() {
    let mut state = rich((120, 40));
    press(&mut state, "2/spr\n");
    press(&mut state, "e");
    assert!(frame(&state).contains("Edit spring-launch"));
    // Nothing differs yet, so there is nothing to try.
    assert_eq!(press(&mut state, "\t\t"), None);
    update(&mut state, Event::Key(Key::ctrl('u')));
    let trial = job(press(&mut state, "150k\t"));
    assert_eq!(trial.purpose, Purpose::Try);
    assert_eq!(
        line_of(&trial.words),
        "adctl campaigns update cmp_1a --budget 150k --if-match 3 --dry-run"
    );
    let problems = vec![
        ("total_budget_micros".to_owned(), "is too much".to_owned()),
        ("end".to_owned(), "not looked at yet".to_owned()),
    ];
    ran(
        &mut state,
        trial.clone(),
        Ran {
            code: 6,
            message: "2 fields".to_owned(),
            hint: None,
            problems: problems.clone(),
        },
    );
    let text = frame(&state);
    assert!(
        text.contains("✗ is too much") && !text.contains("not looked at yet"),
        "{text}"
    );
    assert!(
        text.contains("$ adctl campaigns update cmp_1a --budget 150k --if-match 3"),
        "{text}"
    );
    // Submitted, everything that is wrong is told, and the first of it is gone to.
    let submitted = job(update(&mut state, Event::Key(Key::ctrl('s'))));
    // What came of an older try is no longer of interest.
    ran(&mut state, trial, Ran::default());
    ran(
        &mut state,
        submitted,
        Ran {
            code: 6,
            message: "2 fields".to_owned(),
            hint: None,
            problems,
        },
    );
    assert!(frame(&state).contains("✗ not looked at yet"));
    let submitted = job(update(&mut state, Event::Key(Key::ctrl('s'))));
    ran(&mut state, submitted, Ran::default());
    let text = frame(&state);
    assert!(text.contains("Budget: 120000 -> 150k"), "{text}");
    let written = job(press(&mut state, "\n"));
    assert_eq!(
        line_of(&written.words),
        "adctl campaigns update cmp_1a --budget 150k --if-match 3"
    );
}

#[test]
fn a_form_that_was_changed_is_not_left_by_accident() {
    let mut state = rich((80, 24));
    press(&mut state, "n");
    press(&mut state, "summer\u{1b}");
    assert!(frame(&state).contains("Leave without saving?"));
    press(&mut state, "x");
    assert!(matches!(state.overlay, Some(Overlay::Form(_))));
    press(&mut state, "\u{1b}y");
    assert!(state.overlay.is_none());
}

#[test]
fn a_message_about_a_flag_stands_beside_its_field() {
    let mut state = rich((120, 40));
    let trial = job(press(&mut state, "nsummer\t"));
    let message = "invalid value 'x' for '--rate <MODEL:AMOUNT>': no price".to_owned();
    ran(
        &mut state,
        trial,
        Ran {
            code: 2,
            message,
            ..Ran::default()
        },
    );
    let submitted = job(update(&mut state, Event::Key(Key::ctrl('s'))));
    let message = "invalid value 'x' for '--rate <MODEL:AMOUNT>': no price".to_owned();
    ran(
        &mut state,
        submitted,
        Ran {
            code: 2,
            message,
            ..Ran::default()
        },
    );
    assert!(frame(&state).contains("✗ no price"));
}

#[test]
fn a_path_is_completed_as_far_as_all_agree() {
    let mut state = rich((120, 40));
    press(&mut state, "2U/ads/sp");
    assert_eq!(
        press(&mut state, "\t"),
        Some(Effect::Find("/ads/sp".to_owned()))
    );
    let paths = vec!["/ads/spot15.mp4".to_owned(), "/ads/spot30.mp4".to_owned()];
    update(&mut state, Event::Paths("/ads/sp".to_owned(), paths));
    let text = frame(&state);
    assert!(
        text.contains("/ads/spot ") && text.contains("/ads/spot30.mp4"),
        "{text}"
    );
    // What was asked for another text is of no use.
    update(
        &mut state,
        Event::Paths("/else".to_owned(), vec!["/elsewhere".to_owned()]),
    );
    assert!(!frame(&state).contains("/elsewhere"));
}

#[test]
fn the_mouse_chooses_sorts_and_opens() {
    let mut state = rich((120, 40));
    // The second name in the row of names.
    update(&mut state, Event::Mouse(Click::Press, 14, 1));
    assert_eq!(
        state.sheet().map(|sheet| sheet.kind.plural),
        Some("campaigns")
    );
    update(&mut state, Event::Mouse(Click::Press, 10, 7));
    assert_eq!(state.campaigns.cursor, 2);
    update(&mut state, Event::Mouse(Click::WheelDown, 10, 7));
    assert_eq!(state.campaigns.cursor, 3);
    update(&mut state, Event::Mouse(Click::Press, 5, 4));
    assert_eq!(
        (state.campaigns.sort, state.campaigns.direction),
        (0, crate::cli::tui::sheet::Direction::Down)
    );
    let cursor = state.campaigns.cursor;
    let row = 5 + u16::try_from(cursor).unwrap();
    update(&mut state, Event::Mouse(Click::Press, 10, row));
    assert!(state.open.is_some());
}

#[test]
fn ids_and_commands_are_copied_and_shown() {
    let mut state = rich((120, 40));
    press(&mut state, "2");
    assert_eq!(
        press(&mut state, "y"),
        Some(Effect::Copy("cmp_2a".to_owned()))
    );
    assert!(frame(&state).contains("sent to terminal: cmp_2a"));
    assert_eq!(
        press(&mut state, "Y"),
        Some(Effect::Copy("adctl campaigns get cmp_2a".to_owned()))
    );
}
