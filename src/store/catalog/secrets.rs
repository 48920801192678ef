//! Secrets of people and keys, as hashes beside the rows that history tells of.
//!
//! What sets one is part of a [`Unit`], so that it is in the history that it was set; never what.

use rusqlite::OptionalExtension as _;

use super::error::StoreError;
use super::reader::Scope;
use super::unit::Unit;
use super::{CatalogStore, Reader};
use crate::model::name::fold_name;
use crate::model::{Key, KeyId, TenantId, Timestamp, User, UserId};

/// SHA-256 of a secret of 256 random bits: nobody can guess one from it.
pub type SecretHash = [u8; 32];

impl Unit<'_> {
    /// Lets a user set a password with a code until then. The code before it is good for nothing.
    pub fn invite(
        &mut self,
        id: UserId,
        code: &SecretHash,
        until: Timestamp,
    ) -> Result<User, StoreError> {
        let user = self.change::<User>(id, None, |user| {
            user.invited_until = Some(until);
            Ok(())
        })?;
        let sql = "INSERT INTO invites (user_id, hash) VALUES (?1, ?2) \
                   ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash";
        let mut statement = self.reader().connection().prepare_cached(sql)?;
        statement.execute((user.id.get(), code))?;
        Ok(user)
    }

    /// Uses up the code of an invite, which the scope must be of the tenant of.
    pub fn redeem(&mut self, code: &SecretHash) -> Result<User, StoreError> {
        let now = self.context().now;
        let sql = "DELETE FROM invites WHERE hash = ?1 RETURNING user_id";
        let mut statement = self.reader().connection().prepare_cached(sql)?;
        let found: Option<u32> = statement.query_row([code], |row| row.get(0)).optional()?;
        let user = found.map(|user| self.reader().load::<User>(UserId::new(user)));
        let good = |user: &User| user.invited_until.is_some_and(|until| until > now);
        match user.transpose()? {
            Some(user) if good(&user) && !user.spec.disabled => Ok(user),
            Some(_) | None => Err(StoreError::invalid("code", "is not good any more")),
        }
    }

    /// Sets a password, given its hash in the PHC format. The code of an invite is used up by it,
    /// and all logins but `kept` end.
    pub fn set_password(
        &mut self,
        id: UserId,
        phc: &str,
        kept: Option<LoginId>,
    ) -> Result<User, StoreError> {
        let now = self.context().now;
        let user = self.change::<User>(id, None, |user| {
            user.password_at = Some(now);
            user.invited_until = None;
            Ok(())
        })?;
        let connection = self.reader().connection();
        let number = user.id.get();
        let sql = "INSERT INTO passwords (user_id, phc) VALUES (?1, ?2) \
                   ON CONFLICT (user_id) DO UPDATE SET phc = excluded.phc";
        connection.prepare_cached(sql)?.execute((number, phc))?;
        let sql = "DELETE FROM invites WHERE user_id = ?1";
        connection.prepare_cached(sql)?.execute([number])?;
        self.end_logins(user.id, kept)?;
        Ok(user)
    }

    /// Ends all logins of a user but `kept`.
    pub fn end_logins(&mut self, user: UserId, kept: Option<LoginId>) -> Result<(), StoreError> {
        let connection = self.reader().connection();
        let sql = "DELETE FROM logins WHERE user_id = ?1 AND id IS NOT ?2";
        let mut statement = connection.prepare_cached(sql)?;
        statement.execute((user.get(), kept.map(|login| login.0)))?;
        Ok(())
    }

    /// Gives a key its secret, instead of the one before.
    pub fn set_key_secret(&mut self, key: KeyId, secret: &SecretHash) -> Result<(), StoreError> {
        let sql = "INSERT INTO key_secrets (key_id, hash) VALUES (?1, ?2) \
                   ON CONFLICT (key_id) DO UPDATE SET hash = excluded.hash";
        let mut statement = self.reader().connection().prepare_cached(sql)?;
        statement.execute((key.get(), secret))?;
        Ok(())
    }
}

/// One login of a user. Not told to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginId(pub(super) i64);

/// Whose password a try to log in is judged by.
#[derive(Clone)]
pub struct Candidate {
    /// The user.
    pub user: User,
    /// The hash, in the PHC format.
    pub phc: String,
}

impl std::fmt::Debug for Candidate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Candidate")
            .field("user", &self.user.id)
            .finish_non_exhaustive()
    }
}

impl CatalogStore {
    /// Who has an address of mail and a password, of all tenants or the one that is meant.
    pub async fn candidates(
        &self,
        email: &str,
        tenant: Option<TenantId>,
    ) -> Result<Vec<Candidate>, StoreError> {
        let folded = fold_name(email);
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT users.tenant_id, users.id, passwords.phc FROM users \
                     JOIN passwords ON passwords.user_id = users.id \
                     WHERE users.folded = ?1 AND (?2 IS NULL OR users.tenant_id = ?2) \
                     ORDER BY users.id LIMIT 2",
                )?;
                let values = (folded, tenant.map(TenantId::get));
                let found = statement
                    .query_map(values, |row| Ok((place(row)?, row.get::<_, String>(2)?)))?;
                let found = found.collect::<Result<Vec<_>, _>>()?;
                let candidates = found.into_iter().map(|((tenant, user), phc)| {
                    let user = Reader::new(connection, Scope::Tenant(tenant)).load(user)?;
                    Ok(Candidate { user, phc })
                });
                candidates.collect()
            })
            .await
    }

    /// The password of one user.
    pub async fn password_of(&self, user: UserId) -> Result<Option<String>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = "SELECT phc FROM passwords WHERE user_id = ?1";
                let mut statement = connection.prepare_cached(sql)?;
                let found = statement.query_row([user.get()], |row| row.get(0));
                Ok(found.optional()?)
            })
            .await
    }

    /// Who was invited with a code that is good at `now`.
    pub async fn invited(
        &self,
        code: SecretHash,
        now: Timestamp,
    ) -> Result<Option<User>, StoreError> {
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT users.tenant_id, users.id FROM invites \
                     JOIN users ON users.id = invites.user_id \
                     WHERE invites.hash = ?1 AND users.invited_until > ?2 AND users.disabled = 0",
                )?;
                let found = statement
                    .query_row((code, now.millis()), place)
                    .optional()?;
                let load =
                    |(tenant, user)| Reader::new(connection, Scope::Tenant(tenant)).load(user);
                found.map(load).transpose()
            })
            .await
    }

    /// The key that a secret is of, if it is good at `now`; and when it was last used.
    pub async fn key_of(
        &self,
        secret: SecretHash,
        now: Timestamp,
    ) -> Result<Option<(Key, Option<Timestamp>)>, StoreError> {
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT keys.tenant_id, keys.id, key_secrets.used_at FROM key_secrets \
                     JOIN keys ON keys.id = key_secrets.key_id \
                     WHERE key_secrets.hash = ?1 \
                     AND (keys.expires_at IS NULL OR keys.expires_at > ?2)",
                )?;
                let found = statement.query_row((secret, now.millis()), |row| {
                    let (tenant, key): (u32, u32) = (row.get(0)?, row.get(1)?);
                    let used: Option<i64> = row.get(2)?;
                    Ok((TenantId::new(tenant), KeyId::new(key), used))
                });
                let load = |(tenant, key, used): (TenantId, KeyId, Option<i64>)| {
                    let key = Reader::new(connection, Scope::Tenant(tenant)).load(key)?;
                    Ok((key, used.map(Timestamp::from_millis)))
                };
                found.optional()?.map(load).transpose()
            })
            .await
    }

    /// Takes down that a key was used.
    pub async fn note_key_use(&self, key: KeyId, now: Timestamp) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| {
                let sql = "UPDATE key_secrets SET used_at = ?2 WHERE key_id = ?1";
                connection
                    .prepare_cached(sql)?
                    .execute((key.get(), now.millis()))?;
                Ok(())
            })
            .await?
    }
}

impl Reader<'_> {
    /// When a key was last used, as far as that was taken down.
    pub fn key_used_at(&self, key: KeyId) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT used_at FROM key_secrets WHERE key_id = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found: Option<Option<i64>> = statement
            .query_row([key.get()], |row| row.get(0))
            .optional()?;
        Ok(found.flatten().map(Timestamp::from_millis))
    }
}

/// The tenant and the user of a row.
pub(super) fn place(row: &rusqlite::Row<'_>) -> rusqlite::Result<(TenantId, UserId)> {
    let (tenant, user): (u32, u32) = (row.get(0)?, row.get(1)?);
    Ok((TenantId::new(tenant), UserId::new(user)))
}
