//! `adctl targeting`: for whom and when campaigns and creatives are served, in the language of
//! `adctl help targeting`.

mod text;

use clap::{Args, Subcommand};

use super::catalog::{WriteArgs, write};
use super::confirm::{Question, Weight};
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::{Source, parse_instant};
use super::output::{Column, Row, Value};
use super::session::Session;
use crate::api::{TargetingFields, TargetingForms, TargetingTest, TargetingTestRule};
use crate::client::Call;
use crate::model::CreativeId;

pub(super) use text::Text;

/// What to do with targeting.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show the rules
    #[command(after_long_help = "Examples:
  adctl targeting get spring-launch
  adctl targeting get cmp_1a -o json
  adctl targeting get spring-launch | adctl targeting set summer-launch -")]
    Get {
        #[command(flatten)]
        of: Subject,
    },
    /// Set all rules
    #[command(after_long_help = "Examples:
  adctl targeting set spring-launch 'geo in (US-CA, dma:501) and device = roku'
  adctl targeting set spring-launch 'segment = auto or daypart = mon-fri 18:00-23:00 viewer'
  adctl targeting set cmp_1a @rules.txt --dry-run
  adctl targeting set cmp_1a everyone")]
    Set(Change),
    /// Add rules to those there are
    #[command(after_long_help = "Examples:
  adctl targeting add spring-launch 'geo = US-NY and age = 18-34'
  adctl targeting add cr_7k 'daypart = weekends 00:00-24:00' --dry-run")]
    Add(Change),
    /// Remove one rule, by its number
    #[command(after_long_help = "Examples:
  adctl targeting remove spring-launch 2
  adctl targeting remove cmp_1a 1 --dry-run")]
    Remove(Remove),
    /// Ask which rules an ad request matches, and where the others fail
    ///
    /// Nothing is decided or counted. Ends with exit code 1 when no rule matches.
    #[command(after_long_help = "Examples:
  adctl targeting test spring-launch --request request.json
  adctl targeting test cmp_1a --request - --at '2026-07-04T18:30' < request.json
  echo '{\"geo\": {\"country\": \"US\"}}' | adctl targeting test cmp_1a --request -")]
    Test(Test),
    /// Check a text, without a daemon
    ///
    /// Prints the text in its stored form. A text that would be refused ends with exit code 6.
    #[command(after_long_help = "Examples:
  adctl targeting validate 'geo = US and device in (roku, samsung)'
  adctl targeting validate @rules.txt && echo good
  adctl targeting validate - -o json < rules.txt")]
    Validate {
        /// The text; `-` reads standard input, @FILE a file
        #[arg(value_name = "TEXT|-|@FILE")]
        text: Text,
    },
}

/// Whose targeting.
#[derive(Debug, Args)]
pub(super) struct Subject {
    /// Campaign by id or name, or creative by id
    #[arg(value_name = "CAMPAIGN|CREATIVE")]
    reference: String,
}

/// Rules for something.
#[derive(Debug, Args)]
pub(super) struct Change {
    #[command(flatten)]
    of: Subject,
    /// The rules; `-` reads standard input, @FILE a file; see adctl help targeting
    #[arg(value_name = "TEXT|-|@FILE")]
    text: Text,
    #[command(flatten)]
    write: WriteArgs,
}

/// A rule to remove.
#[derive(Debug, Args)]
pub(super) struct Remove {
    #[command(flatten)]
    of: Subject,
    /// Number of the rule, from 1
    #[arg(value_name = "RULE", value_parser = clap::value_parser!(u32).range(1..))]
    rule: u32,
    #[command(flatten)]
    write: WriteArgs,
}

/// A request to ask about.
#[derive(Debug, Args)]
pub(super) struct Test {
    #[command(flatten)]
    of: Subject,
    /// The body of a v2 ad request, as JSON or YAML; `-` reads standard input
    #[arg(long, value_name = "FILE|-")]
    request: Source,
    /// When it is asked; now unless given; see adctl help time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
}

impl Subject {
    /// Where its targeting is found. No campaign can have a name that looks like an id.
    fn path(&self) -> String {
        use crate::client::Collection::{Campaigns, Creatives};
        if self.is_creative() {
            return format!("{}/targeting", Creatives.entry(&self.reference));
        }
        let entry = Campaigns.entry(&self.reference);
        let entry = entry.strip_prefix("/api/v1").unwrap_or(&entry);
        format!("/api/v2{entry}/targeting")
    }

    fn is_creative(&self) -> bool {
        self.reference.parse::<CreativeId>().is_ok()
    }

    /// With its noun, for people.
    fn said(&self) -> String {
        let noun = if self.is_creative() {
            "creative"
        } else {
            "campaign"
        };
        format!("{noun} {}", self.reference)
    }
}

/// Runs a command about targeting.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::Get { of } => {
            let forms: TargetingForms = session.send(Call::get(of.path())).await?;
            print(session, &forms)?;
            Ok(Exit::Done)
        }
        Command::Set(change) => {
            let call = Call::put(change.of.path());
            apply(session, change, call, "set").await
        }
        Command::Add(change) => {
            let call = Call::post(change.of.path());
            apply(session, change, call, "added to").await
        }
        Command::Remove(remove) => take(session, &remove).await,
        Command::Test(args) => test(session, &args).await,
        Command::Validate { text } => {
            let forms = TargetingForms::of(&text.targeting()?);
            print(session, &forms)?;
            Ok(Exit::Done)
        }
    }
}

async fn apply(session: &mut Session, change: Change, call: Call, verb: &str) -> Outcome {
    let targeting = change.text.targeting_of(session).await?;
    let call = call
        .json(&TargetingFields {
            rules: None,
            text: Some(targeting.to_string()),
        })
        .if_revision(change.write.if_match);
    let question = question(&change.of);
    let forms: TargetingForms = write(session, call, &question, change.write.trial.mode()).await?;
    let said = change.write.trial.said();
    let of = change.of.said();
    let count = count_of(&forms);
    session
        .out
        .note(&format!("{said}targeting {verb} {of}: {count}"));
    print(session, &forms)?;
    Ok(Exit::Done)
}

async fn take(session: &mut Session, remove: &Remove) -> Outcome {
    let path = format!("{}/{}", remove.of.path(), remove.rule);
    let call = Call::delete(path).if_revision(remove.write.if_match);
    let trial = &remove.write.trial;
    let left: TargetingForms = write(session, call, &question(&remove.of), trial.mode()).await?;
    let (said, rule, of) = (trial.said(), remove.rule, remove.of.said());
    let count = count_of(&left);
    session
        .out
        .note(&format!("{said}rule {rule} removed from {of}: {count}"));
    print(session, &left)?;
    Ok(Exit::Done)
}

async fn test(session: &mut Session, args: &Test) -> Outcome {
    let request: serde_json::Value = args.request.document()?.parse()?;
    let at = match &args.at {
        None => None,
        Some(text) => {
            let zone = session.input_zone().await?;
            let at = parse_instant(text, session.now(), &zone);
            Some(at.map_err(|error| Failure::usage(format!("--at: {error}")))?)
        }
    };
    let call = Call::post(format!("{}/test", args.of.path()))
        .with("at", at)
        .json(&request);
    let test: TargetingTest = session.send(call).await?;
    session.out.report(&test, &test.rules)?;
    let matching = test.rules.iter().filter(|rule| rule.matches).count();
    let count = test.rules.len();
    session.out.note(&match count {
        0 => "no rules, everyone is meant".to_owned(),
        _ => format!("{matching} of {count} rules match at {}", test.at),
    });
    Ok(if test.matches {
        Exit::Done
    } else {
        Exit::Failed
    })
}

impl Row for TargetingTestRule {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("rule", "RULE", |rule| Value::text_of(&rule.rule)),
        Column::shown("result", "RESULT", |rule| {
            Value::Word(if rule.matches { "matches" } else { "fails" })
        }),
        Column::shown("fails", "DIMENSION", |rule| {
            Value::of(rule.fails.as_deref(), Value::text)
        }),
        Column::shown("said", "REQUEST SAYS", |rule| Value::list(&rule.said)),
        Column::shown("text", "RULE TEXT", |rule| Value::text(&rule.text)),
    ];

    fn id(&self) -> &str {
        &self.text
    }
}

fn question(of: &Subject) -> Question<'_> {
    Question {
        weight: Weight::Mild,
        action: format!("change the targeting of {}", of.said()),
        name: &of.reference,
        confirm: None,
    }
}

/// How many rules there are, for people.
fn count_of(forms: &TargetingForms) -> String {
    match forms.rules.len() {
        0 => "no rules, everyone is meant".to_owned(),
        1 => "1 rule".to_owned(),
        count => format!("{count} rules"),
    }
}

/// Both forms as a document, the text for people and pipes; what is probably not meant as
/// warnings.
fn print(session: &mut Session, forms: &TargetingForms) -> Result<(), Failure> {
    if session.out.settings().format.is_document() {
        return session.out.document(forms);
    }
    for hint in &forms.hints {
        session.out.warn(hint);
    }
    for line in forms.text.lines() {
        session.out.text(line)?;
    }
    Ok(())
}
