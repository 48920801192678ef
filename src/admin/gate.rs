//! Who may call a route: declared with the route, judged in one place before its handler.
//!
//! Whose things a caller then sees is the scope of its reads and writes, in `tenancy.rs`.

use std::fmt;

use super::identity::Actor;
use super::respond::Refusal;
use crate::model::{Area, Right, Role};

/// Who may call a route. The operator of the machine may call every one but those of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Everybody: what is sent proves who it is.
    Open,
    /// Everybody who is known.
    Known,
    /// Users who logged in, each for himself.
    Login,
    /// The operator of the machine alone.
    Operator,
    /// Whoever has a right in the tenant.
    Needs {
        /// In which area.
        area: Area,
        /// Which.
        right: Right,
        /// Whether advertisers may, for what is their own.
        advertisers: Advertisers,
    },
}

/// Whether advertisers may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advertisers {
    /// For what is their own. All else does not exist for them.
    Own,
    /// Not at all.
    Never,
}

impl Gate {
    /// Lets a caller through, or says what is missing.
    pub(crate) fn check(self, actor: &Actor) -> Result<(), Refusal> {
        let denied = |needs: String, hint: &str| {
            Err(Refusal::Denied {
                what: needs,
                hint: hint.to_owned(),
            })
        };
        match (self, actor) {
            (Self::Open, _) => Ok(()),
            (_, Actor::Nobody) => Err(Refusal::Unauthenticated),
            (Self::Login, Actor::User(_)) | (Self::Known, _) => Ok(()),
            (Self::Login, _) => denied(
                "this is for a user who logged in".to_owned(),
                "log in with adctl login",
            ),
            (_, Actor::Uid(_) | Actor::Token) => Ok(()),
            (Self::Operator, Actor::User(_) | Actor::Key(_)) => denied(
                "only the operator of the machine may do this".to_owned(),
                "ask whoever runs adserved",
            ),
            (Self::Needs { area, right, .. }, Actor::Key(key)) => {
                if key.spec.permissions.allow(area, right) {
                    return Ok(());
                }
                let needs = if area.is_granted_alone() {
                    format!("this needs a key with the scope `{area}:{right}`")
                } else {
                    "this needs a key with the scope `*`".to_owned()
                };
                denied(needs, "adctl keys create makes one")
            }
            (
                Self::Needs {
                    area,
                    right,
                    advertisers,
                },
                Actor::User(login),
            ) => {
                let role = login.user.spec.role;
                let is_left_out = role == Role::Advertiser && advertisers == Advertisers::Never;
                if role.permissions().allow(area, right) && !is_left_out {
                    return Ok(());
                }
                denied(
                    format!("the role `{role}` may not do this"),
                    "ask an admin of the tenant",
                )
            }
        }
    }
}

/// For the document.
impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("Needs no token."),
            Self::Known => f.write_str("For everybody who is known."),
            Self::Login => f.write_str("For a user who logged in."),
            Self::Operator => f.write_str("For the operator of the machine alone."),
            Self::Needs {
                area,
                right,
                advertisers,
            } => {
                if area.is_granted_alone() {
                    write!(f, "Needs `{area}:{right}`.")?;
                } else {
                    write!(f, "Needs `*`, or the role of an admin")?;
                    f.write_str(match right {
                        Right::Read => " or a viewer.",
                        Right::Write => ".",
                    })?;
                }
                match advertisers {
                    Advertisers::Own => f.write_str(" An advertiser sees what is his own."),
                    Advertisers::Never => Ok(()),
                }
            }
        }
    }
}
