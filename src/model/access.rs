//! What somebody may do in a tenant: rights on areas of the API, by role or by scopes.

use std::fmt;
use std::str::FromStr;

use super::suggest::nearest;
use super::word::words;

/// A part of the admin API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Who pays.
    Advertisers,
    /// Buys.
    Campaigns,
    /// All that is kept of a tenant, as one document; people and keys are not in it.
    Catalog,
    /// What keeps rivals apart.
    Categories,
    /// Streams.
    Channels,
    /// Spots and their files.
    Creatives,
    /// Why ads were served or not.
    Decisions,
    /// What happens now.
    Events,
    /// What was changed, and the way back.
    History,
    /// Keys of programs.
    Keys,
    /// Campaigns that share a budget.
    Orders,
    /// Kinds of pods.
    Pods,
    /// Viewers of streams.
    Sessions,
    /// What was delivered.
    Stats,
    /// Addresses that players call.
    Tags,
    /// The tenant itself.
    Tenants,
    /// People.
    Users,
}
words!(Area {
    Advertisers = "advertisers",
    Campaigns = "campaigns",
    Catalog = "catalog",
    Categories = "categories",
    Channels = "channels",
    Creatives = "creatives",
    Decisions = "decisions",
    Events = "events",
    History = "history",
    Keys = "keys",
    Orders = "orders",
    Pods = "pods",
    Sessions = "sessions",
    Stats = "stats",
    Tags = "tags",
    Tenants = "tenants",
    Users = "users",
});

impl Area {
    /// Whether a scope of its own gives it. Who could change people and keys, or take back what
    /// others did to them, could make himself anything: only `*` does.
    pub const fn is_granted_alone(self) -> bool {
        !matches!(self, Self::History | Self::Keys | Self::Users)
    }
}

/// What may be done in an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// To look.
    Read,
    /// To change, and so to look.
    Write,
}
words!(Right { Read = "read", Write = "write" });

/// What somebody may do: a set of rights on areas.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Permissions(u64);

/// What gives every right.
const EVERYTHING: &str = "*";

impl Permissions {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Every right, also of areas that come later.
    pub const ALL: Self = Self(u64::MAX);

    const fn bit(area: Area, right: Right) -> u64 {
        1 << (area as u64 * 2 + right as u64)
    }

    /// This and a right on an area; to write is also to read.
    #[must_use]
    pub const fn with(self, area: Area, right: Right) -> Self {
        let bits = match right {
            Right::Read => Self::bit(area, Right::Read),
            Right::Write => Self::bit(area, Right::Read) | Self::bit(area, Right::Write),
        };
        Self(self.0 | bits)
    }

    /// Every right to look.
    pub fn reading() -> Self {
        Area::ALL
            .iter()
            .fold(Self::NONE, |all, &area| all.with(area, Right::Read))
    }

    /// Whether a right on an area is among them.
    pub const fn allow(self, area: Area, right: Right) -> bool {
        self.0 & Self::bit(area, right) != 0
    }

    /// Whether all of the other's are among these.
    pub const fn include(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Reads scopes such as `stats:read`, `campaigns:write`, `campaigns:*`, `*:read` and `*`.
    /// Gives all that are none.
    pub fn read<'t>(scopes: impl IntoIterator<Item = &'t str>) -> Result<Self, Vec<ScopeError>> {
        let (mut read, mut errors) = (Self::NONE, Vec::new());
        for scope in scopes {
            match scope.parse::<Self>() {
                Ok(more) => read = Self(read.0 | more.0),
                Err(error) => errors.push(error),
            }
        }
        errors.is_empty().then_some(read).ok_or(errors)
    }

    /// The scopes that give just these, in order.
    pub fn scopes(self) -> Vec<String> {
        if self == Self::ALL {
            return vec![EVERYTHING.to_owned()];
        }
        let strongest = |area: Area| {
            let right = match (
                self.allow(area, Right::Write),
                self.allow(area, Right::Read),
            ) {
                (true, _) => Right::Write,
                (false, true) => Right::Read,
                (false, false) => return None,
            };
            Some(format!("{area}:{right}"))
        };
        Area::ALL.iter().copied().filter_map(strongest).collect()
    }
}

impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.scopes()).finish()
    }
}

/// One scope.
impl FromStr for Permissions {
    type Err = ScopeError;

    fn from_str(text: &str) -> Result<Self, ScopeError> {
        if text == EVERYTHING {
            return Ok(Self::ALL);
        }
        let error = |why: String| ScopeError {
            text: text.chars().take(64).collect(),
            why,
        };
        let form = "write AREA:read, AREA:write, *:read or *";
        let (area, right) = text.split_once(':').ok_or_else(|| error(form.to_owned()))?;
        let right = match right {
            EVERYTHING => Right::Write,
            word => word.parse().map_err(|_unknown| error(form.to_owned()))?,
        };
        let alone = Area::ALL
            .iter()
            .copied()
            .filter(|area| area.is_granted_alone());
        if area == EVERYTHING {
            return Ok(alone.fold(Self::NONE, |all, area| all.with(area, right)));
        }
        match area.parse::<Area>() {
            Ok(area) if area.is_granted_alone() => Ok(Self::NONE.with(area, right)),
            Ok(_people) => Err(error("only `*` gives it".to_owned())),
            Err(_unknown) => {
                let known: Vec<&str> = alone.map(Area::as_str).collect();
                let hint = nearest(area, known.iter().copied()).map_or_else(
                    || format!("the areas are {}", known.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                Err(error(hint))
            }
        }
    }
}

/// Why a text is no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no scope: {why}")]
pub struct ScopeError {
    /// What was given, cut to 64 characters.
    pub text: String,
    /// What would be right.
    pub why: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_to_write_is_one_to_read_and_of_its_area_alone() {
        for &area in Area::ALL {
            let writes = Permissions::NONE.with(area, Right::Write);
            let reads = Permissions::NONE.with(area, Right::Read);
            for &other in Area::ALL {
                assert_eq!(writes.allow(other, Right::Write), area == other);
                assert_eq!(writes.allow(other, Right::Read), area == other);
                assert!(!reads.allow(other, Right::Write));
            }
            assert!(writes.include(reads) && !reads.include(writes));
            assert!(Permissions::ALL.include(writes));
        }
    }

    #[test]
    fn scopes_come_back_as_they_were_read() {
        for scopes in [
            &["*"][..],
            &["stats:read"],
            &["campaigns:write", "stats:read"],
            &[],
        ] {
            let read = Permissions::read(scopes.iter().copied()).unwrap();
            assert_eq!(read.scopes(), scopes);
        }
        let all: Permissions = "campaigns:*".parse().unwrap();
        assert_eq!(all.scopes(), ["campaigns:write"]);
    }

    #[test]
    fn people_and_keys_are_only_in_everything() {
        for text in ["users:read", "keys:write", "history:write"] {
            assert!(text.parse::<Permissions>().is_err(), "{text}");
        }
        let widest: Permissions = "*:write".parse().unwrap();
        for area in [Area::Users, Area::Keys, Area::History] {
            assert!(!widest.allow(area, Right::Read), "{area}");
            assert!(Permissions::ALL.allow(area, Right::Write), "{area}");
        }
    }

    #[test]
    fn what_is_no_scope_is_told_what_would_be_one() {
        for (text, why) in [
            ("campaign:read", "did you mean `campaigns`?"),
            ("stats", "write AREA:read, AREA:write, *:read or *"),
            ("stats:delete", "write AREA:read, AREA:write, *:read or *"),
            ("users:read", "only `*` gives it"),
        ] {
            assert_eq!(text.parse::<Permissions>().unwrap_err().why, why);
        }
    }
}
