//! The fields of a campaign as flags: human amounts and times, resolved and echoed.

use clap::Args;

use crate::api::{self, CampaignFields, Targeting};
use crate::cli::failure::Failure;
use crate::cli::input::{
    Clearable, clearable, given_caps, listed, parse_clearable_cap, parse_clearable_goal,
    parse_clearable_money, parse_clearable_percent, parse_instant, parse_money, parse_pacing,
    parse_rate,
};
use crate::cli::session::Session;
use crate::cli::targeting::Text;
use crate::model::{Cap, Pacing, Position, PriceModel, Tier, Timestamp};

/// The fields of a campaign as flags.
#[derive(Debug, Args)]
pub(super) struct Flags {
    /// Who pays, by id or name
    #[arg(long, value_name = "ID|NAME")]
    advertiser: Option<String>,
    /// What it is, for people
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Budget over the whole flight, such as 120000, 24.50 or 1.5M
    #[arg(long, value_name = "AMOUNT", value_parser = parse_money)]
    budget: Option<i64>,
    /// Budget of one day of the tenant's zone, or `none`
    #[arg(long, value_name = "AMOUNT", value_parser = parse_clearable_money)]
    daily_budget: Option<Clearable<i64>>,
    /// Impressions over the whole flight, such as 5M or 5M:impressions, or `none`
    #[arg(long, value_name = "COUNT", value_parser = parse_clearable_goal)]
    goal: Option<Clearable<u64>>,
    /// When it may first be served; see adctl help time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    start: Option<String>,
    /// When it may no longer be served; see adctl help time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    end: Option<String>,
    /// Price: cpm:24, cpc:0.35, cpv:0.02 or flat:5000
    #[arg(long, value_name = "MODEL:AMOUNT", value_parser = parse_rate)]
    rate: Option<(PriceModel, i64)>,
    /// Rank class: sponsorship, standard, bulk or house
    #[arg(long)]
    tier: Option<Tier>,
    /// Share among the campaigns of its tier
    #[arg(long, value_name = "SHARE")]
    weight: Option<u32>,
    /// For whom and when; `everyone` for all, `-` or @FILE to read it; see adctl help targeting
    #[arg(long, value_name = "TEXT")]
    targeting: Option<Text>,
    /// Order of the same advertiser whose budget and caps it shares, by id or name, or `none`
    #[arg(long, value_name = "ID|NAME")]
    order: Option<String>,
    /// How often one viewer may be shown it, such as user:3/1h,10/7d or household:5/day or pod:1;
    /// give it several times for several scopes, or `none`; see adctl help caps
    #[arg(long, value_name = "CAP", value_parser = parse_clearable_cap)]
    cap: Option<Vec<Clearable<Cap>>>,
    /// How it spreads: asap, even, `front_loaded` or custom:500=700, for 70% after half of the time
    #[arg(long, value_name = "PACING", value_parser = parse_pacing)]
    pacing: Option<Pacing>,
    /// Code of a category it competes in; give it several times for several, or `none`
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    category: Option<Vec<String>>,
    /// Where in a pod it wants to be: any, first, last or edge
    #[arg(long)]
    position: Option<Position>,
    /// Percent of the requests it may be served for that it is drawn for first, or `none`
    #[arg(long, value_name = "PERCENT", value_parser = parse_clearable_percent)]
    share_of_voice: Option<Clearable<u8>>,
}

impl Flags {
    /// The flags before the fields of a file; times are resolved and told.
    pub(super) async fn over(
        self,
        session: &mut Session,
        base: CampaignFields,
        name: Option<String>,
    ) -> Result<CampaignFields, Failure> {
        let start = resolve(session, "start", self.start.or(base.start)).await?;
        let end = resolve(session, "end", self.end.or(base.end)).await?;
        let (model, micros) = self.rate.unzip();
        let targeting = match self.targeting {
            Some(text) => Some(text.targeting_of(session).await?),
            None => None,
        };
        Ok(CampaignFields {
            advertiser: self.advertiser.or(base.advertiser),
            name: name.or(base.name),
            description: self.description.or(base.description),
            total_budget_micros: self.budget.or(base.total_budget_micros),
            daily_budget_micros: self
                .daily_budget
                .map(Clearable::into_option)
                .or(base.daily_budget_micros),
            impression_goal: self
                .goal
                .map(Clearable::into_option)
                .or(base.impression_goal),
            start,
            end,
            price_model: model.map(|model| model.to_string()).or(base.price_model),
            price_micros: micros.or(base.price_micros),
            tier: self.tier.map(|tier| tier.to_string()).or(base.tier),
            weight: self.weight.or(base.weight),
            order: self.order.map(clearable).or(base.order),
            targeting: targeting.as_ref().map(Targeting::of).or(base.targeting),
            caps: self.cap.map(given_caps).or(base.caps),
            pacing: self
                .pacing
                .map(|pacing| api::Pacing::of(&pacing))
                .or(base.pacing),
            categories: self.category.map(listed).or(base.categories),
            position: self
                .position
                .map(|position| position.to_string())
                .or(base.position),
            share_of_voice: self
                .share_of_voice
                .map(Clearable::into_option)
                .or(base.share_of_voice),
            status: base.status,
        })
    }
}

/// A time as the API takes it. What was not written that way is echoed, so that a person sees
/// what was understood.
pub(in crate::cli) async fn resolve(
    session: &mut Session,
    field: &str,
    text: Option<String>,
) -> Result<Option<String>, Failure> {
    let Some(text) = text else {
        return Ok(None);
    };
    if text.parse::<Timestamp>().is_ok() {
        return Ok(Some(text));
    }
    let zone = session.input_zone().await?;
    let instant = parse_instant(&text, session.now(), &zone)
        .map_err(|error| Failure::usage(format!("--{field}: {error}")))?;
    let name = zone.iana_name().unwrap_or("local time").to_owned();
    session
        .out
        .note(&format!("{field}: {text} is {instant} ({name})"));
    Ok(Some(instant.to_string()))
}
