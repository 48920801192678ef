//! Logins: the tokens they have now, trading them for new ones, and tries that failed.
//!
//! Nothing here is decided by an operator, so nothing of it is in the history.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use super::error::StoreError;
use super::reader::Scope;
use super::secrets::{LoginId, SecretHash, place};
use super::{CatalogStore, Reader};
use crate::model::{Millis, Timestamp, User, UserId};

/// Most logins of one user at one time; the oldest ends for one more.
const LOGINS_MAX: u32 = 50;

/// The hashes of a pair of tokens, and until when they are good.
#[derive(Clone, Copy)]
pub struct TokenPair {
    /// Of the one that goes with every call.
    pub access: SecretHash,
    /// Until when.
    pub access_until: Timestamp,
    /// Of the one that is traded for the next pair.
    pub refresh: SecretHash,
    /// Until when.
    pub refresh_until: Timestamp,
}

impl std::fmt::Debug for TokenPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenPair")
    }
}

/// What became of a token that was to be traded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Traded {
    /// It is spent, and the new pair is good.
    New(Box<User>),
    /// It was spent before: there is a copy of it, so the login of this user ended.
    Reused(UserId),
    /// It is of no login, or too old, or the user is kept out.
    Unknown,
}

/// What a try to log in is counted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptKey {
    /// A hash of the account that was named, whether or not there is one.
    pub account: [u8; 16],
    /// A hash of the network it came from.
    pub network: [u8; 16],
}

/// How many tries are let through.
#[derive(Debug, Clone, Copy)]
pub struct AttemptRules {
    /// For how long a try counts.
    pub span: Millis,
    /// Most tries of one network in that time.
    pub network_max: u32,
    /// Failures of one account in a row that cost nothing.
    pub free_failures: u32,
    /// The wait after one more failure; each further one doubles it.
    pub first_wait: Millis,
    /// The longest wait.
    pub longest_wait: Millis,
}

/// A try that was let through. It counts as failed until it is said to be none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt(i64);

impl CatalogStore {
    /// Whose login a token is of, if it is good at `now` and the user not kept out.
    pub async fn login_of(
        &self,
        access: SecretHash,
        now: Timestamp,
    ) -> Result<Option<(User, LoginId)>, StoreError> {
        self.readers
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT users.tenant_id, users.id, logins.id FROM logins \
                     JOIN users ON users.id = logins.user_id \
                     WHERE logins.access_hash = ?1 AND logins.access_until > ?2 \
                     AND users.disabled = 0",
                )?;
                let found = statement.query_row((access, now.millis()), |row| {
                    Ok((place(row)?, LoginId(row.get(2)?)))
                });
                let load = |((tenant, user), login)| {
                    let user = Reader::new(connection, Scope::Tenant(tenant)).load(user)?;
                    Ok((user, login))
                };
                found.optional()?.map(load).transpose()
            })
            .await
    }

    /// Begins a login, and takes it that the try for it did not fail.
    pub async fn begin_login(
        &self,
        user: UserId,
        tokens: TokenPair,
        (attempt, now): (Attempt, Timestamp),
    ) -> Result<(), StoreError> {
        self.run(move |connection| {
            let sql = "DELETE FROM logins WHERE refresh_until <= ?1";
            connection.prepare_cached(sql)?.execute([now.millis()])?;
            let sql = "DELETE FROM logins WHERE user_id = ?1 AND id NOT IN ( \
                       SELECT id FROM logins WHERE user_id = ?1 ORDER BY id DESC LIMIT ?2)";
            let mut statement = connection.prepare_cached(sql)?;
            statement.execute((user.get(), LOGINS_MAX - 1))?;
            let sql = "INSERT INTO logins (user_id, begun_at, access_hash, access_until, \
                       refresh_hash, refresh_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            connection.prepare_cached(sql)?.execute((
                user.get(),
                now.millis(),
                tokens.access,
                tokens.access_until.millis(),
                tokens.refresh,
                tokens.refresh_until.millis(),
            ))?;
            went_well(connection, attempt)
        })
        .await
    }

    /// Trades a token for a new pair. One that was traded before ends its login.
    pub async fn trade(
        &self,
        spent: SecretHash,
        tokens: TokenPair,
        now: Timestamp,
    ) -> Result<Traded, StoreError> {
        self.run(move |connection| trade(connection, &spent, &tokens, now))
            .await
    }

    /// Ends one login, or all of its user.
    pub async fn end_login(&self, login: LoginId, which: Ending) -> Result<(), StoreError> {
        self.run(move |connection| {
            let sql = match which {
                Ending::ThisOne => "DELETE FROM logins WHERE id = ?1",
                Ending::AllOfTheUser => {
                    "DELETE FROM logins WHERE user_id = \
                     (SELECT user_id FROM logins WHERE id = ?1)"
                }
            };
            connection.prepare_cached(sql)?.execute([login.0])?;
            Ok(())
        })
        .await
    }

    /// Lets a try through and counts it, or says how long to wait first.
    pub async fn begin_attempt(
        &self,
        key: AttemptKey,
        rules: AttemptRules,
        now: Timestamp,
    ) -> Result<Result<Attempt, Millis>, StoreError> {
        self.run(move |connection| begin_attempt(connection, &key, &rules, now))
            .await
    }

    /// Takes it that a try did not fail.
    pub async fn attempt_went_well(&self, attempt: Attempt) -> Result<(), StoreError> {
        self.run(move |connection| went_well(connection, attempt))
            .await
    }

    async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.writer
            .run(move |connection| {
                let transaction =
                    connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let done = work(&transaction)?;
                transaction.commit()?;
                Ok(done)
            })
            .await?
    }
}

/// Which logins end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// This one.
    ThisOne,
    /// All of its user.
    AllOfTheUser,
}

fn went_well(connection: &Connection, attempt: Attempt) -> Result<(), StoreError> {
    let sql = "UPDATE login_attempts SET failed = 0 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute([attempt.0])?;
    Ok(())
}

fn trade(
    connection: &Connection,
    spent: &SecretHash,
    tokens: &TokenPair,
    now: Timestamp,
) -> Result<Traded, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT users.tenant_id, users.id, logins.id FROM logins \
         JOIN users ON users.id = logins.user_id \
         WHERE logins.refresh_hash = ?1 AND logins.refresh_until > ?2 AND users.disabled = 0",
    )?;
    let found = statement
        .query_row((spent, now.millis()), |row| {
            Ok((place(row)?, row.get::<_, i64>(2)?))
        })
        .optional()?;
    let Some(((tenant, user), login)) = found else {
        return end_of_copied(connection, spent);
    };
    let sql = "INSERT INTO spent_tokens (hash, login_id) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute((spent, login))?;
    let sql = "UPDATE logins SET access_hash = ?2, access_until = ?3, refresh_hash = ?4, \
               refresh_until = ?5 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute((
        login,
        tokens.access,
        tokens.access_until.millis(),
        tokens.refresh,
        tokens.refresh_until.millis(),
    ))?;
    let user = Reader::new(connection, Scope::Tenant(tenant)).load(user)?;
    Ok(Traded::New(Box::new(user)))
}

/// Ends the login of a token that was spent before.
fn end_of_copied(connection: &Connection, spent: &SecretHash) -> Result<Traded, StoreError> {
    let sql = "DELETE FROM logins WHERE id = (SELECT login_id FROM spent_tokens WHERE hash = ?1) \
               RETURNING user_id";
    let mut statement = connection.prepare_cached(sql)?;
    let user: Option<u32> = statement.query_row([spent], |row| row.get(0)).optional()?;
    Ok(user.map_or(Traded::Unknown, |user| Traded::Reused(UserId::new(user))))
}

fn begin_attempt(
    connection: &Connection,
    key: &AttemptKey,
    rules: &AttemptRules,
    now: Timestamp,
) -> Result<Result<Attempt, Millis>, StoreError> {
    let since = now.minus(rules.span).millis();
    // What lies ahead was taken down before the clock was set back.
    let sql = "DELETE FROM login_attempts WHERE at <= ?1 OR at > ?2";
    let mut statement = connection.prepare_cached(sql)?;
    statement.execute((since, now.millis()))?;
    let of_network = network_wait(connection, key, rules, now)?;
    let wait = of_network.max(account_wait(connection, key, rules, now)?);
    if wait > Millis(0) {
        return Ok(Err(wait));
    }
    let sql = "INSERT INTO login_attempts (account, network, at, failed) \
               VALUES (?1, ?2, ?3, 1) RETURNING id";
    let mut statement = connection.prepare_cached(sql)?;
    let values = (key.account, key.network, now.millis());
    let id = statement.query_row(values, |row| row.get(0))?;
    Ok(Ok(Attempt(id)))
}

/// How long until the oldest of too many tries of the network counts no more.
fn network_wait(
    connection: &Connection,
    key: &AttemptKey,
    rules: &AttemptRules,
    now: Timestamp,
) -> Result<Millis, StoreError> {
    let sql = "SELECT at FROM login_attempts WHERE network = ?1 ORDER BY at DESC \
               LIMIT 1 OFFSET ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let last_allowed = rules.network_max.saturating_sub(1);
    let oldest: Option<i64> = statement
        .query_row((key.network, last_allowed), |row| row.get(0))
        .optional()?;
    let free_at = oldest.map(|at| Timestamp::from_millis(at).plus(rules.span));
    Ok(free_at.map_or(Millis(0), |at| at.since(now)))
}

/// How long the account has to rest after its failures since it last went well.
fn account_wait(
    connection: &Connection,
    key: &AttemptKey,
    rules: &AttemptRules,
    now: Timestamp,
) -> Result<Millis, StoreError> {
    let sql = "SELECT count(*), max(at) FROM login_attempts WHERE account = ?1 AND failed = 1 \
               AND id > coalesce((SELECT max(id) FROM login_attempts \
                                  WHERE account = ?1 AND failed = 0), 0)";
    let mut statement = connection.prepare_cached(sql)?;
    let (failures, last): (u32, Option<i64>) =
        statement.query_row([key.account], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (Some(last), Some(further)) = (last, failures.checked_sub(rules.free_failures)) else {
        return Ok(Millis(0));
    };
    let doubled = rules.first_wait.0.saturating_mul(1 << further.min(32));
    let wait = Millis(doubled.min(rules.longest_wait.0));
    Ok(Timestamp::from_millis(last).plus(wait).since(now))
}
