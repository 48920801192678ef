//! The forms there are: a new campaign, a campaign as it is, a file.

use super::{Entry, Form, Progress};
use crate::api::Campaign;
use crate::cli::tui::field::Field;
use crate::client::human::count;

const fn entry(
    label: &'static str,
    flag: &'static str,
    names: &'static [&'static str],
    hint: &'static str,
) -> (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
) {
    (label, flag, names, hint)
}

/// The fields of a campaign: label, flag, names in the API, what may be typed.
const CAMPAIGN: &[(&str, &str, &[&str], &str)] = &[
    entry("Name", "--rename", &["name"], "unique in the tenant"),
    entry(
        "Advertiser",
        "--advertiser",
        &["advertiser"],
        "its name or id",
    ),
    entry(
        "Budget",
        "--budget",
        &["total_budget_micros"],
        "120000, 24.50 or 1.5M",
    ),
    entry(
        "Price",
        "--rate",
        &["price_model", "price_micros"],
        "cpm:24, cpc:0.35, cpv:0.02, flat:5000",
    ),
    entry(
        "Start",
        "--start",
        &["start"],
        "2026-07-01, now, +2d, 2026-07-01 18:00",
    ),
    entry(
        "End",
        "--end",
        &["end"],
        "the same; the first instant after",
    ),
    entry(
        "Goal",
        "--goal",
        &["impression_goal"],
        "impressions such as 5M, or none",
    ),
    entry(
        "A day",
        "--daily-budget",
        &["daily_budget_micros"],
        "an amount, or none",
    ),
    entry(
        "Tier",
        "--tier",
        &["tier"],
        "sponsorship, standard, bulk or house",
    ),
    entry("Weight", "--weight", &["weight"], "share in its tier"),
    entry(
        "Pacing",
        "--pacing",
        &["pacing"],
        "asap, even, front_loaded, custom:500=700",
    ),
    entry(
        "Cap",
        "--cap",
        &["caps"],
        "household:5/day, user:3/1h,10/7d, or none",
    ),
    entry(
        "For",
        "--targeting",
        &["targeting"],
        "geo in (US-CA) and device = smart_tv",
    ),
    entry("About", "--description", &["description"], "for people"),
];

/// The fields of an upload.
const UPLOAD: &[(&str, &str, &[&str], &str)] = &[
    entry("File", "", &["file"], "a path; Tab completes it"),
    entry("Campaign", "--campaign", &["campaign"], "its name or id"),
    entry("Name", "--name", &["name"], "that of the file unless given"),
    entry("Click leads to", "--click-url", &["click_url"], "https://…"),
    entry("Weight", "--weight", &["weight"], "share in its campaign"),
];

fn entries(
    fields: &[(
        &'static str,
        &'static str,
        &'static [&'static str],
        &'static str,
    )],
    before: impl Fn(&str) -> String,
) -> Vec<Entry> {
    let made = fields.iter().map(|(label, flag, names, hint)| {
        let before = before(flag);
        Entry {
            label,
            flag,
            names,
            hint,
            field: Field::holding(&before),
            before,
            is_visited: false,
            problem: None,
        }
    });
    made.collect()
}

fn form(title: String, words: &[&str], entries: Vec<Entry>) -> Form {
    Form {
        title,
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        after: Vec::new(),
        entries,
        cursor: 0,
        progress: Progress::Typing,
        trying: None,
        paths: Vec::new(),
        problem: None,
        is_good: false,
        is_leaving: false,
    }
}

/// A form for a new campaign.
pub fn create(advertiser: Option<&str>) -> Form {
    let mut entries = entries(CAMPAIGN, |_flag| String::new());
    let given = [
        ("--advertiser", advertiser.unwrap_or_default()),
        ("--start", "now"),
        ("--end", "+30d"),
        ("--rate", "cpm:20"),
    ];
    for entry in &mut entries {
        if entry.flag == "--rename" {
            // The name of a new one is no flag.
            entry.flag = "";
        }
        if let Some((_flag, text)) = given.iter().find(|(flag, _text)| *flag == entry.flag) {
            entry.field = Field::holding(text);
        }
    }
    form("New campaign".to_owned(), &["campaigns", "create"], entries)
}

/// A form for a campaign as it is.
pub fn edit(campaign: &Campaign) -> Form {
    let entries = entries(CAMPAIGN, |flag| now(campaign, flag));
    let mut form = form(
        format!("Edit {}", campaign.name),
        &["campaigns", "update", &campaign.id],
        entries,
    );
    // Somebody else may change it while this is open.
    form.after = vec!["--if-match".to_owned(), campaign.revision.to_string()];
    form
}

/// A form for a file.
pub fn upload(campaign: &str) -> Form {
    let entries = entries(UPLOAD, |_flag| String::new());
    let mut form = form(
        "Upload a creative".to_owned(),
        &["creatives", "upload"],
        entries,
    );
    for entry in &mut form.entries {
        if entry.flag == "--campaign" {
            entry.field = Field::holding(campaign);
        }
    }
    form
}

/// What a field of a campaign is now, as it would be typed.
fn now(campaign: &Campaign, flag: &str) -> String {
    let none = || "none".to_owned();
    match flag {
        "--rename" => campaign.name.clone(),
        "--advertiser" => campaign.advertiser_id.clone(),
        "--budget" => amount(campaign.total_budget_micros),
        "--rate" => format!("{}:{}", campaign.price_model, amount(campaign.price_micros)),
        "--start" => campaign.start.clone(),
        "--end" => campaign.end.clone(),
        "--goal" => campaign
            .impression_goal
            .map_or_else(none, |goal| goal.to_string()),
        "--daily-budget" => campaign.daily_budget_micros.map_or_else(none, amount),
        "--tier" => campaign.tier.clone(),
        "--weight" => campaign.weight.to_string(),
        "--pacing" => campaign.pacing.to_string(),
        "--cap" => match campaign.caps.as_slice() {
            [] => none(),
            caps => caps
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" "),
        },
        "--targeting" => campaign
            .targeting
            .read("targeting")
            .map_or_else(|_newer| String::new(), |rules| rules.to_string()),
        _ => campaign.description.clone(),
    }
}

/// Micros as an amount is typed: `24.5`.
fn amount(micros: i64) -> String {
    let part = micros.unsigned_abs() % 1_000_000;
    let whole = count(micros.unsigned_abs() / 1_000_000).replace(',', "");
    let digits = format!("{part:06}");
    match digits.trim_end_matches('0') {
        "" => whole,
        part => format!("{whole}.{part}"),
    }
}
