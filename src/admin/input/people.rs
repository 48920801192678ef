//! What is sent about people and keys, and by people about themselves.

use std::collections::BTreeSet;
use std::fmt;

use super::Form;
use crate::api::{
    InviteFields, KeyFields, LoginFields, LogoutFields, Password, PasswordFields, ProfileFields,
    RefreshFields, RegisterFields, UserFields,
};
use crate::host::passwords::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};
use crate::model::{Advertiser, AdvertiserId, KeySpec, Permissions, Problem, Timestamp, UserSpec};
use crate::store::catalog::{Reader, StoreError};

impl Form<UserFields> {
    /// The advertisers that were named; none unless any were.
    pub(crate) fn advertisers(
        &mut self,
        reader: &Reader<'_>,
    ) -> Result<Option<BTreeSet<AdvertiserId>>, StoreError> {
        let Some(named) = self.fields.advertisers.clone() else {
            return Ok(None);
        };
        let mut found = BTreeSet::new();
        for (place, name) in named.iter().enumerate() {
            let field = format!("advertisers[{place}]");
            let one = self.find::<Advertiser>(reader, &field, Some(name))?;
            found.extend(one.map(|one| one.id));
        }
        Ok(Some(found))
    }
}

/// What is decided about a user. `advertisers` are those that were found.
pub(crate) fn user(
    mut form: Form<UserFields>,
    stored: Option<&UserSpec>,
    advertisers: Option<BTreeSet<AdvertiserId>>,
) -> Result<UserSpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let base = stored.cloned().unwrap_or_default();
    let kept = stored.map(|spec| spec.email.clone());
    let role = form.parse("role", fields.role.as_deref());
    let spec = UserSpec {
        email: form.required("email", fields.email, (kept, "a@b".to_owned())),
        name: fields.name.unwrap_or(base.name),
        role: role.unwrap_or(base.role),
        advertisers: advertisers.unwrap_or(base.advertisers),
        disabled: fields.disabled.unwrap_or(base.disabled),
    };
    let checks = spec.problems();
    form.finish(spec, checks)
}

/// Until when an invite is good, if that was said.
pub(crate) fn invite(mut form: Form<InviteFields>) -> Result<Option<Timestamp>, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let until = form.parse("expires_at", fields.expires_at.as_deref());
    form.finish(until, Vec::new())
}

/// What is decided about a key with this beginning of its secret.
pub(crate) fn key(mut form: Form<KeyFields>, prefix: String) -> Result<KeySpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let scopes = form.required("scopes", fields.scopes, (None, Vec::new()));
    let mut permissions = Permissions::read(scopes.iter().map(String::as_str));
    if let Err(errors) = &permissions {
        for error in errors {
            form.problems
                .push(Problem::new("scopes", error.to_string()));
        }
        permissions = Ok(Permissions::ALL);
    }
    let spec = KeySpec {
        name: form.required("name", fields.name, (None, String::new())),
        permissions: permissions.unwrap_or_default(),
        expires_at: form.parse_clearable("expires_at", fields.expires_at, None),
        prefix,
    };
    let checks = spec.problems();
    form.finish(spec, checks)
}

/// What a user logs in with.
pub(crate) struct Credentials {
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) tenant: Option<String>,
}

/// What an invited user sends.
pub(crate) struct Registration {
    pub(crate) code: String,
    pub(crate) password: String,
    pub(crate) name: Option<String>,
}

/// A password and the one it takes the place of.
pub(crate) struct NewPassword {
    pub(crate) current: String,
    pub(crate) new: String,
}

/// Says nothing of what must not be shown.
macro_rules! secret {
    ($($name:ident),+) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        })+
    };
}
secret!(Credentials, Registration, NewPassword);

impl<F> Form<F> {
    /// A text that is not shown again.
    fn secret(&mut self, field: &str, given: Option<Password>) -> String {
        let given = self.required(field, given, (None, Password::default()));
        if given.0.len() > PASSWORD_BYTES_MAX {
            let message = format!("has more than {PASSWORD_BYTES_MAX} bytes");
            self.fault(field, message);
        } else if given.0.is_empty() {
            self.fault(field, "is empty");
        }
        given.0
    }

    /// A password that is to be good from now on.
    fn new_password(&mut self, field: &str, given: Option<Password>) -> String {
        let password = self.secret(field, given);
        let chars = password.chars().count();
        let message = format!("has {chars} characters; at least {PASSWORD_CHARS_MIN} are needed");
        if chars < PASSWORD_CHARS_MIN {
            self.fault(field, message);
        } else if password.chars().all(|c| password.starts_with(c)) {
            self.fault(field, "is one character over and over");
        }
        password
    }
}

/// What a user logs in with.
pub(crate) fn credentials(mut form: Form<LoginFields>) -> Result<Credentials, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let credentials = Credentials {
        email: form.required("email", fields.email, (None, String::new())),
        password: form.secret("password", fields.password),
        tenant: fields.tenant,
    };
    form.finish(credentials, Vec::new())
}

/// What an invited user sends.
pub(crate) fn registration(mut form: Form<RegisterFields>) -> Result<Registration, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let registration = Registration {
        code: form.secret("code", fields.code),
        password: form.new_password("password", fields.password),
        name: fields.name,
    };
    form.finish(registration, Vec::new())
}

/// A user's change of his password.
pub(crate) fn new_password(mut form: Form<PasswordFields>) -> Result<NewPassword, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let passwords = NewPassword {
        current: form.secret("current", fields.current),
        new: form.new_password("new", fields.new),
    };
    form.finish(passwords, Vec::new())
}

/// The token that is to be traded.
pub(crate) fn refresh(mut form: Form<RefreshFields>) -> Result<String, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let token = form.secret("refresh_token", fields.refresh_token);
    form.finish(token, Vec::new())
}

/// Whether all logins end.
pub(crate) fn logout(mut form: Form<LogoutFields>) -> Result<bool, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    form.finish(fields.all.unwrap_or(false), Vec::new())
}

/// What a user decides about himself.
pub(crate) fn profile(
    mut form: Form<ProfileFields>,
    stored: &UserSpec,
) -> Result<UserSpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let spec = UserSpec {
        name: fields.name.unwrap_or_else(|| stored.name.clone()),
        ..stored.clone()
    };
    let checks = spec.problems();
    form.finish(spec, checks)
}
