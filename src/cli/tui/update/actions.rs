//! Keys that write: each makes a line of `adctl`, which is shown before it is run.

use super::Effect;
use crate::cli::tui::form::{self, Form};
use crate::cli::tui::jobs::{Job, Purpose, Ran, line_of};
use crate::cli::tui::keymap::Intent;
use crate::cli::tui::look::Tone;
use crate::cli::tui::sheet::Sheet;
use crate::cli::tui::state::{Confirm, Overlay, Screen, State, Weight};

/// Names that are told one by one before something is done to them.
const NAMES_MAX: usize = 6;

/// What a writing key is about.
struct About {
    /// `campaigns` or `creatives`, which is also the word of the command line.
    plural: &'static str,
    ids: Vec<String>,
    names: Vec<String>,
}

/// Begins to do what a writing key asks for: shows the line that would do it.
pub(super) fn act(state: &mut State, intent: Intent) {
    if state.is_readonly {
        state.say("this dashboard was started with --readonly", Tone::Warn);
        return;
    }
    match intent {
        Intent::Undo => undo(state),
        Intent::New => open_form(state, None),
        Intent::Edit => edit(state),
        Intent::Upload => upload(state),
        _ => change(state, intent),
    }
}

fn change(state: &mut State, intent: Intent) {
    let Some(about) = about(state) else {
        state.say("nothing is chosen", Tone::Muted);
        return;
    };
    let verb = match (intent, about.plural) {
        (Intent::Pause, "creatives") => "deactivate",
        (Intent::Pause, _) => "pause",
        (Intent::Activate, _) => "activate",
        _ => "delete",
    };
    let what = match about.ids.len() {
        1 => about.plural.trim_end_matches('s').to_owned(),
        many => format!("{many} {}", about.plural),
    };
    let mut names: Vec<String> = about.names.iter().take(NAMES_MAX).cloned().collect();
    if about.names.len() > NAMES_MAX {
        names.push(format!("and {} more", about.names.len() - NAMES_MAX));
    }
    let mut words = vec![about.plural.to_owned(), verb.to_owned()];
    words.extend(about.ids);
    confirm(
        state,
        format!("{verb} {what}"),
        names,
        words,
        if intent == Intent::Delete {
            Weight::Severe
        } else {
            Weight::Mild
        },
    );
}

fn undo(state: &mut State) {
    let chosen = match state.screen {
        Screen::Audit if state.open.is_none() => state.audit.chosen(),
        _ => None,
    };
    let chosen = chosen.map(|line| (line.id.clone(), line.name.clone()));
    let mut words = vec!["undo".to_owned()];
    let names = match chosen {
        Some((id, name)) => {
            words.push(id);
            vec![name]
        }
        None => vec!["the latest change that was not taken back".to_owned()],
    };
    confirm(state, "undo".to_owned(), names, words, Weight::Mild);
}

/// What is meant: the open campaign, what is marked, or what is chosen.
fn about(state: &State) -> Option<About> {
    if let Some(open) = &state.open {
        let name = state
            .detail()
            .map_or(open.clone(), |detail| detail.campaign.name.clone());
        return Some(About {
            plural: "campaigns",
            ids: vec![open.clone()],
            names: vec![name],
        });
    }
    let of = |plural: &'static str, sheet: &Sheet| {
        let ids = sheet.meant();
        let lines = sheet.lines.as_deref().unwrap_or_default();
        let name = |id: &String| {
            lines
                .iter()
                .find(|line| line.id == *id)
                .map(|line| line.name.clone())
        };
        let names = ids.iter().filter_map(name).collect();
        (!ids.is_empty()).then_some(About { plural, ids, names })
    };
    match state.screen {
        Screen::Campaigns => of("campaigns", &state.campaigns),
        Screen::Creatives => of("creatives", &state.creatives),
        Screen::Home => {
            let notice = state.notices.get(state.notice_cursor)?;
            let id = notice.campaign.clone()?;
            Some(About {
                plural: "campaigns",
                ids: vec![id],
                names: vec![notice.subject.clone()],
            })
        }
        _ => None,
    }
}

/// Shows a line before it is run.
pub(super) fn confirm(
    state: &mut State,
    action: String,
    names: Vec<String>,
    mut words: Vec<String>,
    weight: Weight,
) {
    words.extend(of_tenant(state));
    let job = Job {
        number: state.log.next(),
        action,
        words,
        purpose: Purpose::Write,
    };
    state.overlay = Some(Overlay::Confirm(Confirm { names, weight, job }));
}

/// The words that name the tenant, where there are several.
pub(super) fn of_tenant(state: &State) -> Vec<String> {
    match &state.data.tenant {
        Some(tenant) if state.data.tenants.len() > 1 => {
            vec!["--tenant".to_owned(), tenant.name.clone()]
        }
        _ => Vec::new(),
    }
}

/// Runs the line that was agreed to.
pub(super) fn run(state: &mut State, job: Job) -> Effect {
    state.log.begin(&job, state.now);
    state.say(format!("running: {}", line_of(&job.words)), Tone::Primary);
    Effect::Run(job)
}

/// Takes in what came of a line; says whether the daemon is to be asked now.
pub(super) fn ended(state: &mut State, job: &Job, ran: Ran) -> Option<Effect> {
    if job.purpose == Purpose::Try {
        super::forms::tried(state, job.number, ran);
        return None;
    }
    state.log.end(job.number, &ran);
    if ran.code == 0 {
        let undo = if ran.hint.is_some() {
            "  (u takes it back)"
        } else {
            ""
        };
        let said = if ran.message.is_empty() {
            format!("done: {}", job.action)
        } else {
            ran.message
        };
        state.say(format!("{said}{undo}"), Tone::Good);
        for sheet in [&mut state.campaigns, &mut state.creatives] {
            sheet.marked.clear();
        }
        if job.words.iter().any(|word| word == "delete") {
            state.open = None;
        }
    } else {
        let hint = ran
            .hint
            .map_or_else(String::new, |hint| format!("  hint: {hint}"));
        let message = if ran.problems.len() > 1 {
            let all: Vec<String> = ran
                .problems
                .iter()
                .map(|(field, why)| format!("{field}: {why}"))
                .collect();
            all.join("; ")
        } else {
            ran.message
        };
        state.say(
            format!(
                "{} failed: {message}{hint}  (L shows all lines)",
                job.action
            ),
            Tone::Bad,
        );
    }
    Some(Effect::Refresh)
}

fn edit(state: &mut State) {
    let id = match (&state.open, state.screen) {
        (Some(open), _) => Some(open.clone()),
        (None, Screen::Campaigns) => state.campaigns.chosen().map(|line| line.id.clone()),
        _ => None,
    };
    let of_detail = state.detail().map(|detail| detail.campaign.clone());
    let campaign = of_detail.or_else(|| {
        id.as_deref()
            .and_then(|id| state.data.campaign(id).cloned())
    });
    match campaign {
        Some(campaign) => open_form(state, Some(&campaign)),
        None => state.say("nothing is chosen", Tone::Muted),
    }
}

fn open_form(state: &mut State, campaign: Option<&crate::api::Campaign>) {
    let form = match campaign {
        Some(campaign) => form::edit(campaign),
        None => form::create(state.data.advertisers.values().next().map(String::as_str)),
    };
    show(state, form);
}

fn upload(state: &mut State) {
    let open = state.open.as_deref();
    let chosen = state
        .campaigns
        .chosen()
        .filter(|_line| state.screen == Screen::Campaigns);
    let campaign = open
        .or(chosen.map(|line| line.id.as_str()))
        .unwrap_or_default()
        .to_owned();
    show(state, form::upload(&campaign));
}

fn show(state: &mut State, form: Form) {
    state.overlay = Some(Overlay::Form(Box::new(form)));
}
