//! Everything the dashboard is at one moment. Views read it, only `update` changes it.

use jiff::tz::TimeZone;

use super::data::{Data, Detail};
use super::facts::{Notice, attention};
use super::feed::Wanted;
use super::field::Field;
use super::form::Form;
use super::jobs::{Job, Log};
use super::keymap::{Intent, Scope};
use super::look::{Look, Tone};
use super::sheet::{Line, Sheet};
use super::sheets;
use crate::model::{Timestamp, word::words};

/// How long a passing word stays. Milliseconds.
pub const TOAST_MILLIS: u64 = 6_000;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Screen {
    /// How things stand at a glance.
    Home,
    /// The buys.
    Campaigns,
    /// Their spots.
    Creatives,
    /// Who watches.
    Sessions,
    /// Where ads are asked for.
    Channels,
    /// How the daemon is.
    Health,
    /// Who changed what.
    Audit,
}
words!(Screen {
    Home = "Home",
    Campaigns = "Campaigns",
    Creatives = "Creatives",
    Sessions = "Sessions",
    Channels = "Channels",
    Health = "Health",
    Audit = "Audit",
});

/// What lies over the screen.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// The keys, from this line on.
    Help(usize),
    /// A command that is being typed.
    Palette(Palette),
    /// A line that is run when it is agreed to.
    Confirm(Confirm),
    /// A form that is filled in.
    Form(Box<Form>),
    /// The lines that were run, from so many before the last on.
    Log(usize),
}

/// A line that is run when it is agreed to.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// What it is about.
    pub names: Vec<String>,
    /// How hard it is to take back.
    pub weight: Weight,
    /// The line.
    pub job: Job,
}

/// How hard a line is to take back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Undo takes it back.
    Mild,
    /// It removes something: Enter is not enough.
    Severe,
}

/// A command that is being typed.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    /// What was typed.
    pub field: Field,
    /// What it may mean, best first.
    pub choices: Vec<Choice>,
    /// The chosen one.
    pub cursor: usize,
}

/// One thing that can be done from the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is typed for it.
    pub text: String,
    /// What it is, or which key does it.
    pub about: String,
    /// What it does.
    pub action: Action,
}

/// What a choice does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// What a key does.
    Intent(Intent),
    /// Opens a campaign.
    Campaign(String),
    /// Works for a tenant.
    Tenant(String),
}

/// Who has the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The dashboard: rows and tabs can be clicked.
    Taken,
    /// The terminal: text can be selected.
    Left,
}

/// A passing word about what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// When it goes.
    pub until: Timestamp,
}

/// How the dashboard is started.
#[derive(Debug, Clone)]
pub struct Setup {
    /// How things look.
    pub look: Look,
    /// Name of the daemon or context, for the header.
    pub place: String,
    /// The tenant to work for; the first one there is unless given.
    pub tenant: Option<String>,
    /// The zone of instants; that of the tenant unless given.
    pub zone: Option<TimeZone>,
    /// The present.
    pub now: Timestamp,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Whether nothing may be changed from here.
    pub is_readonly: bool,
}

/// Everything the dashboard is at one moment.
#[derive(Debug, Clone)]
pub struct State {
    /// How things look.
    pub look: Look,
    /// Name of the daemon or context.
    pub place: String,
    /// The present.
    pub now: Timestamp,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The tenant that was asked for.
    pub tenant: Option<String>,
    /// What is known.
    pub data: Data,
    /// What needs attention, worst first.
    pub notices: Vec<Notice>,
    /// What is looked at.
    pub screen: Screen,
    /// The campaign that is open over it.
    pub open: Option<String>,
    /// First row of the open campaign that is shown.
    pub open_offset: usize,
    /// The chosen one of `notices`.
    pub notice_cursor: usize,
    /// The list of campaigns.
    pub campaigns: Sheet,
    /// The list of creatives.
    pub creatives: Sheet,
    /// The list of sessions.
    pub sessions: Sheet,
    /// The list of channels.
    pub channels: Sheet,
    /// The list of changes.
    pub audit: Sheet,
    /// Whether the search of the list is being typed.
    pub searching: bool,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// What just happened.
    pub toast: Option<Toast>,
    /// Whether nothing may be changed from here.
    pub is_readonly: bool,
    /// The lines that were run.
    pub log: Log,
    /// Who has the mouse.
    pub mouse: Mouse,
}

impl State {
    /// The dashboard before it knows anything.
    pub fn new(setup: Setup) -> Self {
        Self {
            look: setup.look,
            place: setup.place,
            now: setup.now,
            size: setup.size,
            tenant: setup.tenant,
            data: Data::new(setup.zone),
            notices: Vec::new(),
            screen: Screen::Home,
            open: None,
            open_offset: 0,
            notice_cursor: 0,
            campaigns: Sheet::new(&sheets::CAMPAIGNS),
            creatives: Sheet::new(&sheets::CREATIVES),
            sessions: Sheet::new(&sheets::SESSIONS),
            channels: Sheet::new(&sheets::CHANNELS),
            audit: Sheet::new(&sheets::AUDIT),
            searching: false,
            overlay: None,
            toast: None,
            is_readonly: setup.is_readonly,
            log: Log::default(),
            mouse: Mouse::Taken,
        }
    }

    /// What the daemon is to be asked about.
    pub fn wanted(&self) -> Wanted {
        Wanted {
            tenant: self.tenant.clone(),
            screen: self.screen,
            campaign: self.open.clone(),
        }
    }

    /// The list on the screen.
    pub const fn sheet(&self) -> Option<&Sheet> {
        if self.open.is_some() {
            return None;
        }
        match self.screen {
            Screen::Campaigns => Some(&self.campaigns),
            Screen::Creatives => Some(&self.creatives),
            Screen::Sessions => Some(&self.sessions),
            Screen::Channels => Some(&self.channels),
            Screen::Audit => Some(&self.audit),
            Screen::Home | Screen::Health => None,
        }
    }

    /// The list on the screen, to change what is done with it.
    pub const fn sheet_mut(&mut self) -> Option<&mut Sheet> {
        if self.open.is_some() {
            return None;
        }
        match self.screen {
            Screen::Campaigns => Some(&mut self.campaigns),
            Screen::Creatives => Some(&mut self.creatives),
            Screen::Sessions => Some(&mut self.sessions),
            Screen::Channels => Some(&mut self.channels),
            Screen::Audit => Some(&mut self.audit),
            Screen::Home | Screen::Health => None,
        }
    }

    /// Where keys are looked up, nearest first.
    pub const fn scopes(&self) -> &'static [Scope] {
        match (self.open.is_some(), self.screen) {
            (true, _) => &[Scope::Campaign, Scope::Scroll, Scope::Anywhere],
            (false, Screen::Campaigns | Screen::Creatives) => &[
                Scope::Campaign,
                Scope::Choice,
                Scope::List,
                Scope::Scroll,
                Scope::Anywhere,
            ],
            (false, Screen::Home) => &[
                Scope::Choice,
                Scope::Campaign,
                Scope::Scroll,
                Scope::Anywhere,
            ],
            (false, Screen::Health) => &[Scope::Anywhere],
            (false, _) => &[Scope::Choice, Scope::List, Scope::Scroll, Scope::Anywhere],
        }
    }

    /// What is known of the open campaign.
    pub fn detail(&self) -> Option<&Detail> {
        let open = self.open.as_ref()?;
        self.data
            .detail
            .as_ref()
            .filter(|detail| detail.campaign.id == *open)
    }

    /// Says something for a moment.
    pub fn say(&mut self, text: impl Into<String>, tone: Tone) {
        let until = self.now.plus(crate::model::Millis(TOAST_MILLIS));
        self.toast = Some(Toast {
            text: text.into(),
            tone,
            until,
        });
    }

    /// Makes lists and notices of what is known now.
    pub fn rebuild(&mut self) {
        let fill = |sheet: &mut Sheet, lines: Option<Vec<Line>>| {
            if let Some(lines) = lines {
                sheet.fill(lines);
            }
        };
        match self.screen {
            Screen::Campaigns => fill(&mut self.campaigns, sheets::campaigns(&self.data, self.now)),
            Screen::Creatives => fill(&mut self.creatives, sheets::creatives(&self.data, self.now)),
            Screen::Sessions => fill(&mut self.sessions, sheets::sessions(&self.data, self.now)),
            Screen::Channels => fill(&mut self.channels, sheets::channels(&self.data, self.now)),
            Screen::Audit => fill(&mut self.audit, sheets::audit(&self.data, self.now)),
            Screen::Home | Screen::Health => {}
        }
        self.notices = attention(&self.data, self.now);
        let last = self.notices.len().saturating_sub(1);
        self.notice_cursor = self.notice_cursor.min(last);
        let rows = super::view::list_rows(self);
        if let Some(sheet) = self.sheet_mut() {
            sheet.scroll(rows);
        }
    }
}
