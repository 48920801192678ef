//! People and keys: who calls the admin API, beside the operator of the machine.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::input::nullable;
use crate::model;

/// One who works for a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct User {
    /// `us_…`
    pub id: String,
    /// Address of mail, to log in with. Unique in the tenant.
    pub email: String,
    /// What people call the user.
    pub name: String,
    /// `admin`, `advertiser` or `viewer`.
    pub role: String,
    /// `adv_…`: whose things an `advertiser` sees.
    pub advertisers: Vec<String>,
    /// `invited` until there is a password, then `active`; `disabled` while kept out.
    pub status: String,
    /// Whether the user is kept out.
    pub disabled: bool,
    /// Until when the code of the invite is good, while one is out.
    pub invited_until: Option<String>,
    /// When the password was last set.
    pub password_at: Option<String>,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl From<&model::User> for User {
    fn from(user: &model::User) -> Self {
        let status = match (user.spec.disabled, user.password_at) {
            (true, _) => "disabled",
            (false, Some(_)) => "active",
            (false, None) => "invited",
        };
        Self {
            id: user.id.to_string(),
            email: user.spec.email.clone(),
            name: user.spec.name.clone(),
            role: user.spec.role.to_string(),
            advertisers: user
                .spec
                .advertisers
                .iter()
                .map(ToString::to_string)
                .collect(),
            status: status.to_owned(),
            disabled: user.spec.disabled,
            invited_until: user.invited_until.map(|at| at.to_string()),
            password_at: user.password_at.map(|at| at.to_string()),
            revision: user.revision,
            created_at: user.created_at.to_string(),
            updated_at: user.updated_at.to_string(),
        }
    }
}

/// Fields of a user.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct UserFields {
    /// Required: address of mail, to log in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What people call the user; empty unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `admin`, `advertiser` or `viewer`; `viewer` unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Ids or names of the advertisers of an `advertiser`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advertisers: Option<Vec<String>>,
    /// Whether the user is kept out. Ends all logins of the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// How long an invite is to be good.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InviteFields {
    /// From when on the code is good for nothing. RFC 3339; in seven days unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// A user and the code with which he sets his password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Invite {
    /// The user.
    pub user: User,
    /// Good once. Told here and nowhere again; none where the call was answered from memory or
    /// only tried.
    pub code: Option<String>,
}

/// What a program calls the admin API with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Key {
    /// `key_…`
    pub id: String,
    /// Unique in the tenant.
    pub name: String,
    /// What may be done with it: `stats:read`, `campaigns:write`, `*:read`, `*`.
    pub scopes: Vec<String>,
    /// The beginning of its secret, by which it is recognised.
    pub prefix: String,
    /// From when on it is good for nothing.
    pub expires_at: Option<String>,
    /// When it was last used, to the minute.
    #[serde(default)]
    pub used_at: Option<String>,
    /// The whole secret. Told when it is made and nowhere again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl From<&model::Key> for Key {
    fn from(key: &model::Key) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.spec.name.clone(),
            scopes: key.spec.permissions.scopes(),
            prefix: key.spec.prefix.clone(),
            expires_at: key.spec.expires_at.map(|at| at.to_string()),
            used_at: None,
            secret: None,
            revision: key.revision,
            created_at: key.created_at.to_string(),
            updated_at: key.updated_at.to_string(),
        }
    }
}

/// Fields of a key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct KeyFields {
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Required: what may be done with it, such as `stats:read` or `campaigns:write`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// From when on it is good for nothing. RFC 3339; never unless given.
    #[serde(deserialize_with = "nullable", skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Option<String>>,
}

/// A password as it is sent, never as it is shown.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// What an invited user sets a password with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RegisterFields {
    /// Required: the code of the invite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Password>,
    /// Required: at least 12 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Password>,
    /// What people call the user; as it was unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What a user logs in with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LoginFields {
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Password>,
    /// Id or name of the tenant; needed by whoever works for several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

/// What new tokens are had with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RefreshFields {
    /// Required: the one that came with the last tokens. It is good once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Password>,
}

/// Which logins end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LogoutFields {
    /// Every login of the user; this one alone unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<bool>,
}

/// A user's own change of his password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PasswordFields {
    /// Required: the password until now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Password>,
    /// Required: at least 12 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Password>,
}

/// A user's own change of what he is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProfileFields {
    /// What people call the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What a login is used with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tokens {
    /// Goes with every call, as `Authorization: Bearer …`.
    pub access_token: String,
    /// Until when it is good.
    pub access_until: String,
    /// Is traded for new tokens, once.
    pub refresh_token: String,
    /// Until when it is good.
    pub refresh_until: String,
    /// Who logged in.
    pub user: User,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("access_until", &self.access_until)
            .field("user", &self.user.id)
            .finish_non_exhaustive()
    }
}

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Profile {
    /// `operator`, `user` or `key`.
    pub kind: String,
    /// As the history calls it: `uid:1000`, `token`, `us_…`, `key_…`.
    pub actor: String,
    /// `ten_…`: the tenant; none for the operator, who sees all.
    pub tenant_id: Option<String>,
    /// Name of the tenant.
    pub tenant: Option<String>,
    /// What may be done: `*` is everything.
    pub scopes: Vec<String>,
    /// The user, where one calls.
    pub user: Option<User>,
    /// The key, where one is used.
    pub key: Option<Key>,
}
