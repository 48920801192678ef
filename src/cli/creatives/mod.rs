//! `adctl creatives`: the spots of campaigns and their files.

mod renditions;
mod row;

use std::path::Path;

use clap::{Args, Subcommand};

use super::campaigns::resolve;
use super::catalog::{
    self, Deed, DeleteArgs, ListArgs, PickArgs, TargetArgs, TrialArgs, UpdateArgs, WaitArgs,
    base_fields, each, pick,
};
use super::confirm::{Question, Weight};
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::input::{Clearable, Source, clearable, given_caps, parse_clearable_cap};
use super::output::bytes;
use super::progress::Meter;
use super::session::Session;
use super::targeting::Text;
use crate::api::{Creative, CreativeFields, Targeting};
use crate::client::{Call, Client, Collection, DryRun, Upload};
use crate::model::Cap;
use renditions::ConditionArguments;

/// What to do with creatives.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Upload a file as a creative of a campaign
    #[command(after_long_help = "Examples:
  adctl creatives upload spot30.mp4 --campaign spring-launch
  adctl creatives upload spot30.mp4 --campaign cmp_1a --click-url https://motorco.example -q
  curl -s https://cdn.example/spot.mp4 | adctl creatives upload - --name spot --campaign cmp_1a")]
    Upload(Box<UploadArguments>),
    /// Show creatives
    #[command(after_long_help = "Examples:
  adctl creatives list --campaign spring-launch
  adctl creatives list --status failed -o csv")]
    List {
        /// Only those of this campaign, by id or name
        #[arg(long, value_name = "ID|NAME")]
        campaign: Option<String>,
        /// Only those of this status: processing, active, inactive or failed
        #[arg(long)]
        status: Option<String>,
        #[command(flatten)]
        list: ListArgs,
    },
    /// Show one creative
    #[command(after_long_help = "Examples:
  adctl creatives get cr_7k
  adctl creatives get cr_7k -o yaml")]
    Get {
        /// Id, or name where only one creative has it
        #[arg(value_name = "ID|NAME")]
        reference: String,
    },
    /// Change fields of a creative
    #[command(after_long_help = "Examples:
  adctl creatives update cr_7k --weight 3
  adctl creatives update --selector campaign=spring-launch --click-url https://motorco.example
  adctl creatives update cr_7k --click-url none --dry-run")]
    Update(Box<Update>),
    /// Serve creatives
    #[command(after_long_help = "Examples:
  adctl creatives activate cr_7k
  adctl creatives list --campaign cmp_1a -q | adctl creatives activate -")]
    Activate(TargetArgs),
    /// Stop serving creatives, at once
    #[command(after_long_help = "Examples:
  adctl creatives deactivate cr_7k
  adctl creatives deactivate cr_7k cr_7m --dry-run")]
    Deactivate(TargetArgs),
    /// Show how far a creative is made to fit the streams of channels
    #[command(after_long_help = "Examples:
  adctl creatives renditions cr_7k
  adctl creatives renditions spot30 -o json")]
    Renditions {
        /// Id, or name where only one creative has it
        #[arg(value_name = "ID|NAME")]
        reference: String,
    },
    /// Make a creative fit the streams of channels now, also where it failed before
    #[command(after_long_help = "Examples:
  adctl creatives condition cr_7k
  adctl creatives condition spot30 --channel news --wait")]
    Condition(ConditionArguments),
    /// Wait until a creative is as it is wanted, for --timeout at most
    #[command(after_long_help = "Examples:
  adctl creatives wait cr_7k --for active
  adctl creatives wait spot30 --for deleted --timeout 10m

Ends with exit code 7 when the time is over, with the last state as the answer.")]
    Wait(WaitArgs),
    /// Delete creatives with their files
    #[command(after_long_help = "Examples:
  adctl creatives delete cr_7k --yes
  adctl creatives delete cr_7k --dry-run")]
    Delete(DeleteArgs),
}

/// A file to upload.
#[derive(Debug, Args)]
pub(super) struct UploadArguments {
    /// MP4, MOV, WebM or OGG file, or `-` for standard input
    file: Source,
    /// The campaign, by id or name
    #[arg(long, value_name = "ID|NAME")]
    campaign: String,
    /// Its name; the name of the file without extension unless given
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    fields: Flags,
    #[command(flatten)]
    trial: TrialArgs,
}

/// A change of a creative.
#[derive(Debug, Args)]
pub(super) struct Update {
    #[command(flatten)]
    which: PickArgs,
    /// Its new name
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    #[command(flatten)]
    fields: Flags,
    #[command(flatten)]
    shared: UpdateArgs,
}

#[derive(Debug, Args)]
struct Flags {
    /// Share among the creatives of its campaign
    #[arg(long, value_name = "SHARE")]
    weight: Option<u32>,
    /// Where a click leads, or `none`
    #[arg(long, value_name = "URL")]
    click_url: Option<String>,
    /// For whom and when; `everyone` for all, `-` or @FILE to read it; see adctl help targeting
    #[arg(long, value_name = "TEXT")]
    targeting: Option<Text>,
    /// How often one viewer may be shown it, such as user:3/1h or pod:1; give it several times for
    /// several scopes, or `none`; see adctl help caps
    #[arg(long, value_name = "CAP", value_parser = parse_clearable_cap)]
    cap: Option<Vec<Clearable<Cap>>>,
    /// When it may first be served, or `none` for the start of its campaign; see adctl help time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    start: Option<String>,
    /// When it may no longer be served, or `none` for the end of its campaign
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    end: Option<String>,
}

impl Flags {
    /// The flags before the fields of a file; times are resolved and told.
    async fn over(
        self,
        session: &mut Session,
        base: CreativeFields,
        name: Option<String>,
    ) -> Result<CreativeFields, Failure> {
        let targeting = match self.targeting {
            Some(text) => Some(text.targeting_of(session).await?),
            None => None,
        };
        Ok(CreativeFields {
            name: name.or(base.name),
            weight: self.weight.or(base.weight),
            click_url: self.click_url.map(clearable).or(base.click_url),
            targeting: targeting.as_ref().map(Targeting::of).or(base.targeting),
            caps: self.cap.map(given_caps).or(base.caps),
            start: instant(session, "start", self.start.map(clearable).or(base.start)).await?,
            end: instant(session, "end", self.end.map(clearable).or(base.end)).await?,
            status: base.status,
        })
    }
}

/// A time that may be taken away, as the API takes it.
async fn instant(
    session: &mut Session,
    field: &str,
    text: Option<Option<String>>,
) -> Result<Option<Option<String>>, Failure> {
    match text {
        Some(Some(text)) => resolve(session, field, Some(text)).await.map(Some),
        other => Ok(other),
    }
}

/// Runs a command about creatives.
pub(super) async fn run(command: Command, session: &mut Session) -> Outcome {
    match command {
        Command::Upload(args) => upload_one(*args, session).await,
        Command::List {
            campaign,
            status,
            list,
        } => {
            let call = Call::get(Collection::Creatives.path())
                .with("campaign", campaign)
                .with("status", status);
            catalog::list::<Creative>(session, call, &list, "creatives").await
        }
        Command::Get { reference } => catalog::get::<Creative>(session, &reference).await,
        Command::Update(args) => {
            let base: CreativeFields = base_fields(args.shared.from.as_ref())?;
            let fields = args.fields.over(session, base, args.rename).await?;
            let write = &args.shared.write;
            catalog::update::<Creative>(session, &args.which, &fields, write).await
        }
        Command::Activate(args) => set_status(session, &args, ("activate", "active")).await,
        Command::Deactivate(args) => set_status(session, &args, ("deactivate", "inactive")).await,
        Command::Renditions { reference } => renditions::list(session, &reference).await,
        Command::Condition(args) => renditions::condition(session, &args).await,
        Command::Wait(args) => catalog::wait::<Creative>(session, &args).await,
        Command::Delete(args) => {
            catalog::delete::<Creative>(session, Weight::Moderate, &args).await
        }
    }
}

async fn upload_one(args: UploadArguments, session: &mut Session) -> Outcome {
    let base = CreativeFields::default();
    let fields = args.fields.over(session, base, args.name).await?;
    let client = session.client()?;
    session.confirm(&Question {
        weight: Weight::Mild,
        action: format!("upload {} to campaign {}", args.file, args.campaign),
        name: &args.campaign,
        confirm: None,
    })?;
    let path = format!("{}/creatives", Collection::Campaigns.entry(&args.campaign));
    let call = Call::post(path).dry_run(args.trial.mode());
    let creative = upload(session, (&client, call), &args.file, &fields).await?;
    if args.trial.mode() == DryRun::Yes {
        session.out.note("dry run: nothing was kept");
    }
    session
        .out
        .report(&creative, std::slice::from_ref(&creative))?;
    Ok(if creative.status == "failed" {
        Exit::Invalid
    } else {
        Exit::Done
    })
}

/// Uploads a file with its progress on standard error, and sums up in one line.
pub(super) async fn upload(
    session: &mut Session,
    (client, call): (&Client, Call),
    file: &Source,
    fields: &CreativeFields,
) -> Result<Creative, Failure> {
    let size = match file {
        Source::Path(path) => Some(file_size(path)?),
        Source::Stdin if fields.name.is_none() => {
            return Err(
                Failure::usage("a file from standard input needs a name").hint("add --name NAME")
            );
        }
        Source::Stdin => None,
    };
    let meter = Meter::start(session, &file.to_string(), size);
    let upload = match file {
        Source::Path(path) => Upload::file(path, meter.callback()),
        Source::Stdin => Upload::stdin(meter.callback()),
    };
    let upload = upload
        .with("name", fields.name.as_ref())
        .with("weight", fields.weight)
        .with("click_url", fields.click_url.clone().flatten())
        .with("start", fields.start.clone().flatten())
        .with("end", fields.end.clone().flatten())
        .with("caps", fields.caps.as_ref().map(json_text))
        .with("targeting", fields.targeting.as_ref().map(json_text));
    let result = client.upload::<Creative>(call, upload).await;
    let summary = meter.finish(session.clock());
    let answer = result?;
    session.out.note(&summary);
    session.tell_undo(&answer);
    let creative = answer.value;
    match (&creative.failure, &creative.media) {
        (Some(why), _) => session
            .out
            .warn(&format!("creative {} failed: {why}", creative.id)),
        (None, Some(media)) => session.out.note(&format!(
            "creative {} ({}) is {}: {} {}x{}, {}.{:03}s, {}",
            creative.name,
            creative.id,
            creative.status,
            media.container,
            media.width,
            media.height,
            media.duration_ms / 1000,
            media.duration_ms % 1000,
            bytes(media.bytes)
        )),
        (None, None) => session.out.note(&format!(
            "creative {} ({}) is {}",
            creative.name, creative.id, creative.status
        )),
    }
    Ok(creative)
}

/// A rule as the text it is in a form.
fn json_text(rule: &impl serde::Serialize) -> String {
    serde_json::json!(rule).to_string()
}

fn file_size(path: &Path) -> Result<u64, Failure> {
    let facts = std::fs::metadata(path).map_err(|error| Failure::file("read", path, &error))?;
    if facts.is_dir() {
        let message = format!("{} is a folder, not a file", path.display());
        return Err(Failure::usage(message));
    }
    Ok(facts.len())
}

async fn set_status(
    session: &mut Session,
    args: &TargetArgs,
    (verb, status): (&'static str, &str),
) -> Outcome {
    let picked = pick::<Creative>(session, &args.pick).await?;
    let deed = Deed {
        verb,
        weight: Weight::Mild,
    };
    let fields = CreativeFields {
        status: Some(status.to_owned()),
        ..Default::default()
    };
    each::<Creative>(
        session,
        (&picked, &args.write),
        deed,
        |target| Call::patch(Collection::Creatives.entry(&target.reference)).json(&fields),
        |one| format!("creative {} ({}) is {}", one.name, one.id, one.status),
    )
    .await
}
