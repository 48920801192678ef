//! Users: people who work for a tenant, and what their roles let them do.

use std::collections::BTreeSet;

use super::access::{Area, Permissions, Right};
use super::name::{NAME_CHARS_MAX, is_unprintable};
use super::word::words;
use super::{AdvertiserId, Problem, TenantId, Timestamp, UserId};

/// Longest address of mail in bytes (RFC 5321 §4.5.3.1.3).
pub const EMAIL_BYTES_MAX: usize = 254;
/// Most advertisers of one user.
pub const ADVERTISERS_MAX: usize = 200;

/// What a user is in its tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Does everything in the tenant.
    Admin,
    /// Sees and changes what belongs to its advertisers.
    Advertiser,
    /// Sees everything in the tenant and changes nothing.
    #[default]
    Viewer,
}
words!(Role {
    Admin = "admin",
    Advertiser = "advertiser",
    Viewer = "viewer",
});

impl Role {
    /// What the role lets do. An advertiser's are bound to what is his own beside that.
    pub fn permissions(self) -> Permissions {
        match self {
            Self::Admin => Permissions::ALL,
            Self::Viewer => Permissions::reading(),
            Self::Advertiser => Permissions::NONE
                .with(Area::Advertisers, Right::Read)
                .with(Area::Campaigns, Right::Write)
                .with(Area::Categories, Right::Read)
                .with(Area::Creatives, Right::Write)
                .with(Area::Orders, Right::Write)
                .with(Area::Stats, Right::Read)
                .with(Area::Tags, Right::Read)
                .with(Area::Tenants, Right::Read),
        }
    }
}

/// What is decided about a user.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserSpec {
    /// Address of mail, by which the user logs in. Unique in the tenant, whatever the case.
    pub email: String,
    /// What people call the user; may be empty.
    pub name: String,
    /// What the user is.
    pub role: Role,
    /// Of an advertiser: whose things are seen. Empty for others.
    pub advertisers: BTreeSet<AdvertiserId>,
    /// Whether the user is kept out.
    pub disabled: bool,
}

impl UserSpec {
    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !is_email(&self.email) {
            let message = "is not an address of mail such as ann@agency.example";
            problems.push(Problem::new("email", message));
        }
        let chars = self.name.chars().count();
        if chars > NAME_CHARS_MAX {
            let message = format!("has {chars} characters; at most {NAME_CHARS_MAX} are allowed");
            problems.push(Problem::new("name", message));
        } else if self.name.chars().any(is_unprintable) || self.name.trim() != self.name {
            let message = "has a character that cannot be shown, or a space around it";
            problems.push(Problem::new("name", message));
        }
        let message = match (self.role, self.advertisers.len()) {
            (Role::Advertiser, 0) => "is required: whose campaigns the user sees",
            (Role::Advertiser, count) if count > ADVERTISERS_MAX => "are too many; at most 200",
            (Role::Admin | Role::Viewer, 1..) => "are of the role `advertiser` alone",
            _fine => return problems,
        };
        problems.push(Problem::new("advertisers", message));
        problems
    }
}

/// Whether a text could be an address of mail: one `@` with something printable around it and a
/// domain behind it. Whether anybody reads there, nobody can tell from the text.
fn is_email(text: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !is_unprintable(c) && !"<>()[],;:\\\"".contains(c);
    let Some((person, domain)) = text.split_once('@') else {
        return false;
    };
    let label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    text.len() <= EMAIL_BYTES_MAX
        && !person.is_empty()
        && person.chars().all(plain)
        && domain.split('.').all(label)
}

/// A user as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What was decided about it.
    pub spec: UserSpec,
    /// When its password was last set; none before it has registered.
    pub password_at: Option<Timestamp>,
    /// Until when the code of its invite is good, while one is out.
    pub invited_until: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_mail_are_told_from_other_texts() {
        for good in ["a@b", "ann.lee+ads@agency.example", "ü@bücher.example"] {
            assert!(is_email(good), "{good}");
        }
        let long = format!("{}@b.example", "a".repeat(EMAIL_BYTES_MAX));
        for bad in [
            "",
            "a",
            "@b",
            "a@",
            "a@b@c",
            "a b@c",
            "a@b..c",
            "a@.b",
            "<a@b>",
            "a\u{202e}@b",
            &long,
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn advertisers_are_of_the_role_and_the_role_of_advertisers() {
        let spec = |role, advertisers: &[u32]| UserSpec {
            email: "a@b".to_owned(),
            role,
            advertisers: advertisers.iter().copied().map(AdvertiserId::new).collect(),
            ..UserSpec::default()
        };
        for (spec, good) in [
            (spec(Role::Advertiser, &[1]), true),
            (spec(Role::Advertiser, &[]), false),
            (spec(Role::Viewer, &[]), true),
            (spec(Role::Admin, &[1]), false),
        ] {
            assert_eq!(spec.problems().is_empty(), good, "{spec:?}");
        }
    }

    #[test]
    fn roles_hold_what_they_say() {
        assert_eq!(Role::Admin.permissions(), Permissions::ALL);
        for &area in Area::ALL {
            assert!(
                Role::Viewer.permissions().allow(area, Right::Read),
                "{area}"
            );
            assert!(
                !Role::Viewer.permissions().allow(area, Right::Write),
                "{area}"
            );
        }
        let agency = Role::Advertiser.permissions();
        for area in [
            Area::Users,
            Area::Keys,
            Area::History,
            Area::Channels,
            Area::Decisions,
        ] {
            assert!(!agency.allow(area, Right::Read), "{area}");
        }
    }
}
