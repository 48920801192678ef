//! What streams are made of and what was made to fit them.
//!
//! Nobody decides these, so they have no operations: the conditioner alone writes them, and what
//! is lost it makes again.

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::CatalogStore;
use super::entity::Columns;
use super::error::StoreError;
use super::reader::Reader;
use crate::model::rendition::{RenditionSet, RenditionStatus, SourceHash};
use crate::model::{
    ChannelId, Container, CreativeId, Millis, ProfileKey, RenditionPlace, StreamProfile, TenantId,
    Timestamp,
};

/// Names one set of one tenant.
pub type RenditionKey = RenditionPlace;

/// A set and whose it is.
pub type RenditionSetOf = (TenantId, RenditionSet);

/// What a stream is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownProfile {
    /// Whose channel it is.
    pub tenant: TenantId,
    /// The channel.
    pub channel: ChannelId,
    /// What its stream is made of.
    pub profile: StreamProfile,
    /// When it was learned.
    pub learned_at: Timestamp,
}

/// How far one set is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenditionRow {
    /// Which set.
    pub key: RenditionKey,
    /// How far it is.
    pub status: RenditionStatus,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it could not be made.
    pub failure: Option<String>,
    /// When it is tried again; none where that is of no use.
    pub retry_at: Option<Timestamp>,
    /// What was made.
    pub set: Option<RenditionSet>,
    /// When anything of it changed.
    pub updated_at: Timestamp,
}

/// What a set is to be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Footage {
    /// The file of a creative.
    Creative {
        /// SHA-256 of its bytes.
        sha256: [u8; 32],
        /// Its format.
        container: Container,
        /// How long it plays.
        duration: Millis,
        /// Its audio codec; none for a silent file.
        audio_codec: Option<String>,
    },
    /// Black and silence: the slate.
    Blank,
}

/// A set that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedRendition {
    /// Which set.
    pub key: RenditionKey,
    /// What it is to fit.
    pub profile: StreamProfile,
    /// What it is to be made of.
    pub footage: Footage,
    /// How often it was tried.
    pub attempts: u32,
}

impl CatalogStore {
    /// Takes down what the stream of a channel is made of. Gives whether that is news; a channel
    /// that is gone has no stream.
    pub async fn learn_profile(&self, known: KnownProfile) -> Result<bool, StoreError> {
        let job = move |connection: &mut Connection| learn(connection, &known);
        self.writer.run(job).await?
    }

    /// What streams are made of, as far as that is known, of all tenants. Blocks.
    pub fn known_profiles(&self) -> Result<Vec<KnownProfile>, StoreError> {
        self.readers.read_blocking(known_profiles)
    }

    /// Every set that can be stitched, of all tenants. Blocks.
    pub fn ready_renditions(&self) -> Result<Vec<RenditionSetOf>, StoreError> {
        self.readers.read_blocking(ready)
    }

    /// At most `limit` sets that are missing at `now`: slates, then creatives of active campaigns,
    /// then others.
    pub async fn wanted_renditions(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<WantedRendition>, StoreError> {
        self.readers
            .read(move |connection| wanted(connection, now, limit))
            .await
    }

    /// Says how far a set is.
    pub async fn note_rendition(&self, row: RenditionRow) -> Result<(), StoreError> {
        let job = move |connection: &mut Connection| note(connection, &row);
        self.writer.run(job).await?
    }

    /// Lets a set that failed be tried anew; one that is ready stays. Gives whether it waits now.
    pub async fn retry_rendition(
        &self,
        key: RenditionKey,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let job = move |connection: &mut Connection| retry(connection, &key, now);
        self.writer.run(job).await?
    }

    /// Lets everything wait that a process which is gone was making.
    pub async fn requeue_renditions(&self, now: Timestamp) -> Result<usize, StoreError> {
        let job = move |connection: &mut Connection| {
            let sql = "UPDATE renditions SET status = 'queued', updated_at = ?1 \
                       WHERE status = 'running'";
            Ok(connection.execute(sql, [now.millis()])?)
        };
        self.writer.run(job).await?
    }
}

impl Reader<'_> {
    /// How far the sets of a content are, one for each profile it was tried for.
    pub fn renditions_of(&self, source: SourceHash) -> Result<Vec<RenditionRow>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT tenant_id, source, profile, status, attempts, failure, retry_at, made, \
             updated_at FROM renditions WHERE tenant_id = ?1 AND source = ?2 ORDER BY profile",
        )?;
        let rows = statement.query_map((self.scope().raw(), source.to_string()), read_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a creative of this content may still be served: of a campaign that is not completed.
    pub fn is_wanted(&self, source: SourceHash) -> Result<bool, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM creatives c \
             JOIN campaigns k ON k.id = c.campaign_id AND k.status <> 'completed' \
             WHERE c.tenant_id = ?1 AND c.sha256 = ?2 AND c.status IN ('active', 'inactive'))",
        )?;
        Ok(statement.query_row((self.scope().raw(), source.0), |row| row.get(0))?)
    }

    /// What the streams of the tenant are made of, by channel.
    pub fn stream_profiles(&self) -> Result<Vec<KnownProfile>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT tenant_id, channel_id, profile, learned_at FROM stream_profiles \
             WHERE tenant_id = ?1 ORDER BY channel_id",
        )?;
        let rows = statement.query_map([self.scope().raw()], read_profile)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Which creatives have a content that sets were made of, by id.
    pub fn sources(&self) -> Result<Vec<(CreativeId, SourceHash)>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT id, sha256 FROM creatives WHERE tenant_id = ?1 AND sha256 IS NOT NULL \
             ORDER BY id",
        )?;
        let rows = statement.query_map([self.scope().raw()], |row| {
            Ok((CreativeId::new(row.get(0)?), SourceHash(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn learn(connection: &mut Connection, known: &KnownProfile) -> Result<bool, StoreError> {
    let text = serde_json::json!(known.profile).to_string();
    let before: Option<String> = connection
        .prepare_cached("SELECT profile FROM stream_profiles WHERE channel_id = ?1")?
        .query_row([known.channel.get()], |row| row.get(0))
        .optional()?;
    let is_news = before.as_ref() != Some(&text);
    let sql = "INSERT INTO stream_profiles (channel_id, tenant_id, key, profile, learned_at) \
               SELECT id, tenant_id, ?3, ?4, ?5 FROM channels WHERE id = ?1 AND tenant_id = ?2 \
               ON CONFLICT (channel_id) DO UPDATE SET \
               key = excluded.key, profile = excluded.profile, learned_at = excluded.learned_at";
    let changed = connection.prepare_cached(sql)?.execute((
        known.channel.get(),
        known.tenant.get(),
        known.profile.key().to_string(),
        text,
        known.learned_at.millis(),
    ))?;
    Ok(is_news && changed > 0)
}

fn known_profiles(connection: &Connection) -> Result<Vec<KnownProfile>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT tenant_id, channel_id, profile, learned_at FROM stream_profiles \
         ORDER BY channel_id",
    )?;
    let rows = statement.query_map([], read_profile)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_profile(row: &Row<'_>) -> rusqlite::Result<KnownProfile> {
    let mut columns = Columns::of(row);
    Ok(KnownProfile {
        tenant: columns.take().map(TenantId::new)?,
        channel: columns.take().map(ChannelId::new)?,
        profile: columns.json()?,
        learned_at: columns.instant()?,
    })
}

fn ready(connection: &Connection) -> Result<Vec<RenditionSetOf>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT tenant_id, made FROM renditions WHERE status = 'ready'")?;
    let rows = statement.query_map([], |row| {
        let mut columns = Columns::of(row);
        let tenant = columns.take().map(TenantId::new)?;
        Ok((tenant, columns.json()?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<RenditionRow> {
    let mut columns = Columns::of(row);
    let key = RenditionKey {
        tenant: columns.take().map(TenantId::new)?,
        source: columns.parse()?,
        profile: columns.parse()?,
    };
    Ok(RenditionRow {
        key,
        status: columns.parse()?,
        attempts: columns.take()?,
        failure: columns.take()?,
        retry_at: columns.instant_if_any()?,
        set: columns.json_if_any()?,
        updated_at: columns.instant()?,
    })
}

/// Missing: never tried, waiting, or due again. What an earlier process was making is missing too.
const MISSING: &str = "(r.status IS NULL OR r.status IN ('queued', 'running') \
                       OR (r.status = 'failed' AND r.retry_at <= ?1))";

fn wanted(
    connection: &Connection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<WantedRendition>, StoreError> {
    let mut wanted = wanted_slates(connection, now, limit)?;
    let left = limit.saturating_sub(u32::try_from(wanted.len()).unwrap_or(u32::MAX));
    wanted.extend(wanted_creatives(connection, now, left)?);
    Ok(wanted)
}

fn wanted_slates(
    connection: &Connection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<WantedRendition>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT p.tenant_id, p.key, min(p.profile), coalesce(max(r.attempts), 0) \
         FROM stream_profiles p \
         LEFT JOIN renditions r \
         ON r.tenant_id = p.tenant_id AND r.source = ?3 AND r.profile = p.key \
         WHERE {MISSING} GROUP BY p.tenant_id, p.key LIMIT ?2"
    ))?;
    let source = SourceHash::blank();
    let values = (now.millis(), limit, source.to_string());
    let rows = statement.query_map(values, |row| {
        let mut columns = Columns::of(row);
        let key = RenditionKey {
            tenant: columns.take().map(TenantId::new)?,
            source,
            profile: columns.parse()?,
        };
        Ok(WantedRendition {
            key,
            profile: columns.json()?,
            footage: Footage::Blank,
            attempts: columns.take()?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn wanted_creatives(
    connection: &Connection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<WantedRendition>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT c.tenant_id, p.key, min(p.profile), c.sha256, c.container, c.duration_ms, \
         c.audio_codec, coalesce(max(r.attempts), 0), \
         min(k.status <> 'active') AS later, min(c.id) AS first \
         FROM creatives c \
         JOIN campaigns k ON k.id = c.campaign_id AND k.status <> 'completed' \
         JOIN stream_profiles p ON p.tenant_id = c.tenant_id \
         LEFT JOIN renditions r ON r.tenant_id = c.tenant_id \
         AND r.source = lower(hex(c.sha256)) AND r.profile = p.key \
         WHERE c.sha256 IS NOT NULL AND c.status IN ('active', 'inactive') AND {MISSING} \
         GROUP BY c.tenant_id, c.sha256, p.key ORDER BY later, first, p.key LIMIT ?2"
    ))?;
    let rows = statement.query_map((now.millis(), limit), |row| {
        let mut columns = Columns::of(row);
        let tenant = columns.take().map(TenantId::new)?;
        let profile: ProfileKey = columns.parse()?;
        let made_for = columns.json()?;
        let sha256: [u8; 32] = columns.take()?;
        Ok(WantedRendition {
            key: RenditionKey {
                tenant,
                source: SourceHash(sha256),
                profile,
            },
            profile: made_for,
            footage: Footage::Creative {
                sha256,
                container: columns.parse()?,
                duration: Millis(columns.count()?.unwrap_or(0)),
                audio_codec: columns.take()?,
            },
            attempts: columns.take()?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn note(connection: &mut Connection, row: &RenditionRow) -> Result<(), StoreError> {
    let sql = "INSERT INTO renditions (tenant_id, source, profile, status, attempts, failure, \
               retry_at, made, created_at, updated_at) \
               SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9 FROM tenants WHERE id = ?1 \
               ON CONFLICT (tenant_id, source, profile) DO UPDATE SET \
               status = excluded.status, attempts = excluded.attempts, \
               failure = excluded.failure, retry_at = excluded.retry_at, made = excluded.made, \
               updated_at = excluded.updated_at";
    let made = row.set.as_ref();
    connection.prepare_cached(sql)?.execute((
        row.key.tenant.get(),
        row.key.source.to_string(),
        row.key.profile.to_string(),
        row.status.as_str(),
        row.attempts,
        row.failure.as_deref(),
        row.retry_at.map(Timestamp::millis),
        made.map(|set| serde_json::json!(set).to_string()),
        row.updated_at.millis(),
    ))?;
    Ok(())
}

fn retry(
    connection: &mut Connection,
    key: &RenditionKey,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let values = (
        key.tenant.get(),
        key.source.to_string(),
        key.profile.to_string(),
    );
    let status = connection
        .prepare_cached(
            "SELECT status FROM renditions WHERE tenant_id = ?1 AND source = ?2 AND profile = ?3",
        )?
        .query_row(values.clone(), |row| Columns::of(row).parse())
        .optional()?;
    match status {
        Some(RenditionStatus::Ready) => Ok(false),
        Some(RenditionStatus::Failed) => {
            let sql = "UPDATE renditions SET status = 'queued', attempts = 0, failure = NULL, \
                       retry_at = NULL, updated_at = ?4 \
                       WHERE tenant_id = ?1 AND source = ?2 AND profile = ?3";
            let (tenant, source, profile) = values;
            connection
                .prepare_cached(sql)?
                .execute((tenant, source, profile, now.millis()))?;
            Ok(true)
        }
        Some(RenditionStatus::Queued | RenditionStatus::Running) | None => Ok(true),
    }
}
