//! Counts cut by dimensions: the sums that a report shows.

mod lines;

use std::collections::{BTreeMap, HashMap};

use smallvec::SmallVec;

use self::lines::Lines;
use super::digest::{CellKey, Column, Packed};
use super::measure::Measure;
use super::{CodecError, Figures, Hour, Metric};
use crate::model::id_hash::IdHash;
use crate::model::word::words;
use crate::model::zone::Day;
use crate::model::{Country, DeviceType, Receiver, Timestamp, Zone};

/// Dimensions of one cut at most.
pub const DIMENSIONS_MAX: usize = 4;
/// Groups of one cut at most, so that what is asked cannot fill the memory.
pub const GROUPS_MAX: usize = 100_000;

/// What counts can be kept apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// UTC hours.
    Hour,
    /// Days of the tenant's zone.
    Day,
    /// Weeks of the tenant's zone, from Monday.
    Week,
    /// Campaigns. What is counted of calls belongs to none.
    Campaign,
    /// Creatives. What is counted of calls belongs to none.
    Creative,
    /// Channels; 0 where the player did not say.
    Channel,
    /// Types of device.
    Device,
    /// Countries.
    Country,
}
words!(Dimension {
    Hour = "hour",
    Day = "day",
    Week = "week",
    Campaign = "campaign",
    Creative = "creative",
    Channel = "channel",
    Device = "device",
    Country = "country",
});

/// What is asked.
#[derive(Debug, Clone)]
pub struct Cut {
    /// What the groups are; one group in all without any.
    pub dimensions: Vec<Dimension>,
    /// What is counted at all.
    pub filter: Filter,
    /// First hour counted.
    pub since: Hour,
    /// First hour no longer counted.
    pub until: Hour,
    /// The zone of days and weeks. Where it is not whole hours from UTC, a day has the hours that
    /// begin in it.
    pub zone: Zone,
    /// What is summed.
    pub wanted: Wanted,
}

/// What is counted: in each dimension one of these, and anything where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Campaigns.
    pub campaigns: Option<Vec<u32>>,
    /// Creatives.
    pub creatives: Option<Vec<u32>>,
    /// Channels; 0 for calls that named none.
    pub channels: Option<Vec<u32>>,
    /// Types of device.
    pub devices: Option<Vec<DeviceType>>,
    /// Countries.
    pub countries: Option<Vec<Country>>,
}

impl Filter {
    fn lets(&self, cell: CellKey) -> bool {
        fn among<T: PartialEq>(only: Option<&Vec<T>>, value: &T) -> bool {
            only.is_none_or(|only| only.contains(value))
        }
        let receiver = receiver(cell);
        among(self.campaigns.as_ref(), &cell.campaign)
            && among(self.creatives.as_ref(), &cell.creative)
            && among(self.channels.as_ref(), &cell.channel)
            && among(self.devices.as_ref(), &receiver.device())
            && among(self.countries.as_ref(), &receiver.country())
    }
}

fn receiver(cell: CellKey) -> Receiver {
    Receiver::from_bits(cell.receiver).unwrap_or(Receiver::OTHER)
}

/// What of the counts is summed; the rest is not even read.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    metrics: [bool; Metric::ALL.len()],
    spend: bool,
    reasons: bool,
}

impl Wanted {
    /// All there is.
    pub const ALL: Self = Self {
        metrics: [true; Metric::ALL.len()],
        spend: true,
        reasons: true,
    };

    /// What these metrics follow from, and neither errors by code nor calls by reason.
    pub fn of(measures: &[Measure]) -> Self {
        let mut wanted = Self::default();
        for measure in measures {
            wanted.spend |= measure.is_money();
            for metric in measure.needs() {
                wanted.count(metric);
            }
        }
        wanted
    }

    /// These metrics alone.
    pub fn counting(metrics: &[Metric]) -> Self {
        let mut wanted = Self::default();
        for &metric in metrics {
            wanted.count(metric);
        }
        wanted
    }

    /// This metric too.
    pub fn count(&mut self, metric: Metric) {
        if let Some(is_wanted) = self.metrics.get_mut(metric as usize) {
            *is_wanted = true;
        }
    }

    fn has(&self, column: &Column) -> bool {
        match column {
            Column::Metric(metric) => self.metrics.get(*metric as usize) == Some(&true),
            Column::Spend => self.spend,
            Column::Error(_) | Column::NoFill(_) => self.reasons,
        }
    }
}

/// Where a group stands in each dimension: the first instant in milliseconds, an id, or the number
/// of a type of device or country.
pub type GroupKey = SmallVec<[i64; DIMENSIONS_MAX]>;

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// By group, in order.
    pub groups: BTreeMap<GroupKey, Figures>,
    /// Everything that is let through, also what belongs to no group.
    pub totals: Figures,
    /// Errors by VAST code.
    pub errors: BTreeMap<u16, u64>,
    /// Calls without an ad by reason.
    pub no_fill: BTreeMap<String, u64>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CutError {
    /// More groups than [`GROUPS_MAX`].
    #[error("there are more than {GROUPS_MAX} groups")]
    TooMany,
    /// Packed counts are not what was written.
    #[error("a digest of counts {0}")]
    Damaged(#[from] CodecError),
}

/// A cut in the making.
#[derive(Debug)]
pub struct Cutting<'c> {
    cut: &'c Cut,
    clock: Calendar,
    slots: HashMap<GroupKey, u32, IdHash>,
    groups: Vec<Figures>,
    /// What belongs to no group.
    loose: Figures,
    errors: BTreeMap<u16, u64>,
    no_fill: BTreeMap<String, u64>,
}

impl<'c> Cutting<'c> {
    /// With nothing counted yet.
    pub fn new(cut: &'c Cut) -> Self {
        Self {
            cut,
            clock: Calendar::default(),
            slots: HashMap::default(),
            groups: Vec::new(),
            loose: Figures::default(),
            errors: BTreeMap::new(),
            no_fill: BTreeMap::new(),
        }
    }

    /// Adds the figures of a cell in an hour.
    pub fn add(&mut self, hour: Hour, cell: CellKey, figures: &Figures) -> Result<(), CutError> {
        if !self.lets(hour, cell) {
            return Ok(());
        }
        match self.slot(hour, cell)? {
            Some(slot) => merge(self.groups.get_mut(slot), figures),
            None => self.loose.merge(figures),
        }
        Ok(())
    }

    /// Adds errors of a VAST code.
    pub fn add_errors(&mut self, (hour, cell): (Hour, CellKey), code: u16, count: u64) {
        if self.cut.wanted.reasons && self.lets(hour, cell) {
            *self.errors.entry(code).or_default() += count;
        }
    }

    /// Adds calls that got no ad.
    pub fn add_no_fill(&mut self, (hour, cell): (Hour, CellKey), reason: &str, count: u64) {
        if !self.cut.wanted.reasons || !self.lets(hour, cell) {
            return;
        }
        match self.no_fill.get_mut(reason) {
            Some(sum) => *sum += count,
            None => {
                self.no_fill.insert(reason.to_owned(), count);
            }
        }
    }

    /// Adds packed counts whose first hour is `first`.
    pub fn add_digest(&mut self, first: Hour, bytes: &[u8]) -> Result<(), CutError> {
        let packed = Packed::read(bytes)?;
        let mut lines = Lines::of(self, first, &packed);
        for column in packed.columns() {
            let (column, values) = column?;
            if !self.cut.wanted.has(&column) {
                continue;
            }
            let mut failed = None;
            let read = values.each_cell(|cell, hours| {
                let told = lines.tell(self, &column, (cell, hours));
                failed = failed.or(told.err());
            });
            match (failed, read) {
                (Some(error), _) => return Err(error),
                (None, None) => return Err(CodecError::Malformed.into()),
                (None, Some(())) => {}
            }
        }
        Ok(())
    }

    /// The sums.
    pub fn finish(self) -> Sums {
        let mut totals = self.loose;
        for figures in &self.groups {
            totals.merge(figures);
        }
        let figures = |slot: u32| self.groups.get(slot as usize).copied();
        let groups = self.slots.into_iter();
        Sums {
            groups: groups
                .filter_map(|(key, slot)| Some((key, figures(slot)?)))
                .collect(),
            totals,
            errors: self.errors,
            no_fill: self.no_fill,
        }
    }

    fn lets(&self, hour: Hour, cell: CellKey) -> bool {
        (self.cut.since..self.cut.until).contains(&hour) && self.cut.filter.lets(cell)
    }

    /// The group of a cell in an hour; none for what belongs to none.
    fn slot(&mut self, hour: Hour, cell: CellKey) -> Result<Option<usize>, CutError> {
        let mut key = GroupKey::new();
        for &dimension in &self.cut.dimensions {
            let Some(value) = self.clock.value(&self.cut.zone, dimension, (hour, cell)) else {
                return Ok(None);
            };
            key.push(value);
        }
        let next = self.groups.len();
        if let Some(&slot) = self.slots.get(&key) {
            return Ok(Some(slot as usize));
        }
        if next >= GROUPS_MAX {
            return Err(CutError::TooMany);
        }
        self.slots
            .insert(key, u32::try_from(next).unwrap_or(u32::MAX));
        self.groups.push(Figures::default());
        Ok(Some(next))
    }
}

fn merge(into: Option<&mut Figures>, figures: &Figures) {
    if let Some(sum) = into {
        sum.merge(figures);
    }
}

/// The day and week that were looked at last: neighbours are mostly in the same.
#[derive(Debug, Default)]
struct Calendar {
    day: Option<Day>,
    week: Option<Day>,
}

impl Calendar {
    /// Where a cell in an hour stands in a dimension; none where it does not apply.
    fn value(
        &mut self,
        zone: &Zone,
        dimension: Dimension,
        (hour, cell): (Hour, CellKey),
    ) -> Option<i64> {
        let known = |id: u32| (id != 0).then(|| i64::from(id));
        match dimension {
            Dimension::Hour => Some(hour.start().millis()),
            Dimension::Day => Some(within(&mut self.day, hour.start(), |at| zone.day(at))),
            Dimension::Week => Some(within(&mut self.week, hour.start(), |at| zone.week(at))),
            Dimension::Campaign => known(cell.campaign),
            Dimension::Creative => known(cell.creative),
            Dimension::Channel => Some(cell.channel.into()),
            Dimension::Device => Some(receiver(cell).device() as i64),
            Dimension::Country => Some(receiver(cell).country().number().into()),
        }
    }
}

fn within(held: &mut Option<Day>, at: Timestamp, find: impl Fn(Timestamp) -> Day) -> i64 {
    let held = match held {
        Some(held) if held.contains(at) => held,
        _ => held.insert(find(at)),
    };
    held.start.millis()
}

impl Dimension {
    /// Whether it is a stretch of time.
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Hour | Self::Day | Self::Week)
    }

    /// Whether it is anything but time.
    pub const fn is_place(self) -> bool {
        !self.is_time()
    }
}
