//! Topics of `adctl help`.

use crate::cli::exit::Exit;
use crate::decision::Exclusion;
use crate::ledger::measure;

/// The names of the topics, and what each is about.
pub(super) const TOPICS: &[(&str, &str)] = &[
    ("caps", "How often one viewer may be shown something"),
    ("environment", "Variables of the environment"),
    ("exit-codes", "What the exit code says"),
    ("formatting", "Forms of answers"),
    ("metrics", "What each number means"),
    ("pacing", "How delivery is spread over time"),
    ("reasons", "Why a request got no ad"),
    ("targeting", "The language of targeting"),
    ("time", "How times are typed"),
    ("vast-errors", "Error codes that players report"),
];

/// The names of the topics.
pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
    TOPICS.iter().map(|(name, _about)| *name)
}

/// The topics as a list, for the end of the help about all commands.
pub(super) fn list() -> String {
    let line = |(name, about): &(&str, &str)| format!("  {name:<13}{about}\n");
    let lines: String = TOPICS.iter().map(line).collect::<Vec<_>>().concat();
    format!("\nTopics (adctl help TOPIC):\n{lines}")
}

/// The text of a topic.
pub(super) fn text(name: &str) -> Option<String> {
    match name {
        "caps" => Some(CAPS.to_owned()),
        "environment" => Some(ENVIRONMENT.to_owned()),
        "exit-codes" => Some(exit_codes()),
        "formatting" => Some(FORMATTING.to_owned()),
        "metrics" => Some(measure::help()),
        "pacing" => Some(PACING.to_owned()),
        "vast-errors" => Some(VAST_ERRORS.to_owned()),
        "reasons" => Some(reasons()),
        "targeting" => Some(TARGETING.to_owned()),
        "time" => Some(TIME.to_owned()),
        _ => None,
    }
}

fn exit_codes() -> String {
    let line = |exit: &Exit| format!("  {:>3}  {}", exit.code(), exit.meaning());
    let lines: Vec<String> = Exit::ALL.iter().map(line).collect();
    format!(
        "The exit code says how a command ended.\n\n{}\n128+n  ended by signal n\n\n\
         With -o json, jsonl or yaml the error is one JSON object on standard error:\n  \
         {{\"error\": {{\"code\", \"exit\", \"message\", \"causes\", \"hint\", \"problems\", \
         \"request_id\"}}}}\n",
        lines.join("\n")
    )
}

fn reasons() -> String {
    let line = |why: &Exclusion| format!("  {:<18}  {}", why.as_str(), why.meaning());
    let lines: Vec<String> = Exclusion::ALL.iter().map(line).collect();
    format!(
        "Why a request got no ad: the check that the campaigns which came furthest did not \
         pass.\n\n  no_demand           the tenant has no campaign that the request could \
         mean\n{}\n",
        lines.join("\n")
    )
}

const CAPS: &str = "\
A cap says by whom it counts, then how often in which spans. In every span there must be room.

  user:3/1h                3 in the hour before now
  user:3/1h,10/7d          and at most 10 in the seven days before now
  household:5/day          5 a day, from midnight in the zone of the tenant
  session:2                2 in one sitting
  pod:1                    once in a pod
  device:3/1h,skip         nothing for a viewer whose device is unknown

By whom: user, device, household, address, session, pod. Spans of the calendar: hour, day, week
(from Monday), month. Spans before now: a number with s, m, h, d or w.

When the request does not say who it is, a cap counts by the strongest identity it does say, in the
order user, device, household, address, session; with none of them the ad is not served. With
`,skip` at the end it is not served as soon as the wanted identity is absent.
";

const ENVIRONMENT: &str = "\
Flags go before the environment, the environment before the context in use.

  ADCTL_CONTEXT     --context     named daemon, see adctl context
  ADCTL_SERVER      --server      socket path, http://HOST:PORT or https://HOST:PORT
  ADCTL_TENANT      --tenant      tenant by id or name
  ADCTL_TOKEN                     token or key for a daemon reached over TCP
  ADCTL_TOKEN_FILE  --token-file  file with that token
  ADCTL_CA_FILE     --ca-file     PEM certificates to trust
  ADCTL_TIMEOUT     --timeout     longest time for one call, such as 30s
  ADCTL_OUTPUT      --output      format of answers
  ADCTL_COLOR       --color       auto, always or never
  ADCTL_TZ          --tz          time zone of times
  ADCTL_QUIET       --quiet       ids and errors alone
  ADCTL_DEBUG       --debug       show requests and answers
  ADCTL_YES         --yes         answer yes to what would be asked
  ADCTL_NO_INPUT    --no-input    never ask

  NO_COLOR, CLICOLOR_FORCE, TERM  colour, by their conventions
  VISUAL, EDITOR                  the editor of `edit`
  XDG_CONFIG_HOME                 contexts are in adctl/contexts.toml there, logins in
                                  adctl/logins, else both in ~/.config

Without a server, adctl takes the first socket that is there:
  ./data/admin.sock
  $XDG_DATA_HOME/adserved/admin.sock, else ~/.local/share/adserved/admin.sock
  /var/lib/adserved/admin.sock

adctl sends nothing to anybody but that daemon, and looks for no updates.
";

const FORMATTING: &str = "\
Answers go to standard output, in the format of -o:

  table   columns for people, cut to the terminal; the default there
  wide    every column for people
  json    one array (list) or one object (get)
  jsonl   one object a line
  yaml    one document
  toml    one document, of one thing
  csv     every column, with a header; a text that a spreadsheet would run begins with '
  tsv     every column, with a header
  name    ids alone; the same as -q without the prose

In a pipe the default is the columns of the table, separated by tabs, exact, without a header.
Commands that act on several things answer with a list, also for one.

Programs get RFC 3339 in UTC, integer micros of the currency, milliseconds, ratios from 0 to 1.
Fields and columns are only ever added. --columns takes the names that csv shows.

Texts may come from strangers. Control, direction and invisible characters are escapes in every
format: \\x1b in tables, csv and tsv, and \\u001b in json and yaml, which read back exactly.

Everything that is no answer goes to standard error: notes, warnings, questions, errors.
";

const PACING: &str = "\
Pacing says when what a campaign may deliver is delivered. Budgets and goals are exact without it.

  asap                  takes part in every request that it fits, until its budget is used
  even                  delivers in proportion to the traffic of the tenant
  front_loaded          the same, a quarter ahead at half-way
  custom:500=700        70% of the delivery by half of the time; several knots with commas between,
                        each TIME=DELIVERY in thousandths

It works over the flight and, with a daily budget, over each day of the tenant's zone. A request
that a paced campaign is held back from has the reason `paced`; see adctl help reasons.

How a campaign stands is one word in adctl campaigns list and adctl campaigns stats:

  not_started         before its start, or a draft
  ahead, on_track     delivered over expected is above 1.05, or from 0.95
  behind, at_risk     from 0.80 to 0.95, or below
  supply_limited      behind although it takes part in every request it fits: widen its targeting
  cap_limited         behind, and caps take more than half of its opportunities
  separation_limited  behind, and separation in pods takes more than half of them
  complete            the goal is reached, or the time is over with at least 98% of it
  over_delivered      more than the goal, because the goal was lowered afterwards
";

const VAST_ERRORS: &str = "\
What players report in place of [ERRORCODE] (VAST 4.2 \u{a7}2.3.6). adctl stats counts them by code.

  100  XML cannot be parsed                     400  the film cannot be played
  101  the answer is not VAST                   401  the film was not found
  102  the version of VAST is not supported     402  the film did not come in time
  200  another kind of ad was expected          403  no film of a type that can be played
  201  linear or not: the other was expected    405  the film was found and cannot be shown
  202  another duration was expected            406  a mezzanine is wanted and missing
  203  another size was expected                407  the mezzanine is being fetched
  204  an ad category is missing                408  the ad was refused
  205  an ad category is blocked                409  an interactive part failed
  206  the break is too short for the ad        410  a verification part failed
  300  a wrapper failed                         500  an overlay cannot be shown
  301  a wrapper did not answer in time         600  a companion cannot be shown
  302  too many wrappers                        900  undefined
  303  a wrapper ended without an ad            901  VPAID failed

400 to 405 are about the film: adctl creatives get shows what it is made of, and adctl tags test asks
for it as a player does. 301 and 402 are about the time that the player gives. 303 comes from wrappers
of others. A code outside of 100 to 999 is counted as 900.
";

const TIME: &str = "\
Times may be typed as

  2026-07-01T18:00:00Z        an instant (RFC 3339), with any offset
  2026-07-01                  the start of a day
  2026-07-01T18:00            a time of day
  now  today  yesterday  tomorrow
  +3d  -90m  +1w2d  -1h30m    a distance from now, in w d h m s

Days are those of --tz, else of the tenant's zone. Days and weeks keep the time of day over a
clock change; hours, minutes and seconds are exact. What was understood is echoed.

Durations are 500ms, 30s, 1m30s or 2h.
";

const TARGETING: &str = "\
Targeting says for whom and when a campaign or a creative may be served:

  geo in (US-CA, dma:501) and device = roku and daypart = mon-fri 18:00-23:00 viewer

Conditions are joined by `and` to a rule, rules by `or`; a request must match one rule. `and`
binds tighter than `or`. Parentheses are multiplied out into rules, of which there are at most
200 with 5,000 values. `everyone` stands for no rules.

  DIMENSION = VALUE           the request has it
  DIMENSION != VALUE          it has not
  DIMENSION in (A, B)         it has one of them
  DIMENSION not in (A, B)     it has none of them

What a request does not say fails `=` and `in`, and passes `!=` and `not in`.

  geo          US (country), US-CA (region), \"city:US-CA/los angeles\", city:FR/paris,
               dma:803, postal:US/90210; who is in a city is in its region and country
  device       type, brand or operating system: roku, samsung, smart_tv, tizen
  device_type  smart_tv, streaming_stick, set_top_box, console, phone, tablet, desktop
  brand, os    samsung; tizen
  channel      ch_1a, or the name of one, such as news; it is kept by its id
  category, genre, rating     of the content: sports, news, tv-pg
  age, income  18-34, 55+, 21; income of the household a year
  gender       female, male, other
  segment      audience segments
  daypart      days and times: mon-fri 18:00-23:00, sat,sun 00:00-24:00, daily 22:00-02:00
               on quarters of an hour; `viewer` after it means the viewer's clock, `campaign`
               or nothing the tenant's. Clocks that change skip or repeat an hour of it.
  key.NAME     a key-value of the request

Words are compared without regard to case. A word with blanks or one of ()[]{}<>,;=!|&\"` stands
in double quotes, and so does one of the words and, or, not, in.

Examples:
  geo = US
  geo in (US, CA) and geo not in (US-AK, US-HI)
  device_type = smart_tv and age = 25-54 and segment in (auto, \"luxury cars\")
  daypart in (mon-fri 06:00-10:00 viewer, weekends 08:00-12:00 viewer)
  geo = US and (genre = sports or segment = golf)
  geo in (\"city:US-CA/los angeles\", postal:US/90210) or channel != ch_1
  key.tier = premium and rating not in (tv-ma, r)
  everyone

The text may be given itself, as @FILE, or as - for standard input.
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Targeting;

    #[test]
    fn every_topic_has_a_text() {
        for name in names() {
            assert!(
                text(name).is_some_and(|text| text.ends_with('\n')),
                "{name}"
            );
        }
    }

    #[test]
    fn the_examples_of_targeting_are_sound() {
        let (before, examples) = TARGETING.split_once("Examples:\n").unwrap();
        let first = before.lines().find(|line| line.starts_with("  geo in"));
        let examples = examples.lines().take_while(|line| !line.is_empty());
        let mut count = 0;
        for example in examples.chain(first) {
            let targeting: Targeting = match example.trim().parse() {
                Ok(targeting) => targeting,
                Err(error) => panic!("{example}: {error}"),
            };
            assert_eq!(targeting.problems(), [], "{example}");
            assert_eq!(targeting.hints(), [] as [String; 0], "{example}");
            count += 1;
        }
        assert_eq!(count, 9);
    }

    #[test]
    fn every_dimension_is_explained() {
        for dimension in crate::model::targeting::Dimension::NAMED {
            assert!(TARGETING.contains(dimension.name()), "{dimension}");
        }
    }
}
