//! Creatives: the spots of a campaign, and what was found in their files.

use super::campaign::check_weight;
use super::cap::{Cap, check_caps};
use super::name::{check_name, check_url};
use super::word::words;
use super::{CampaignId, CreativeId, Millis, Problem, Targeting, TenantId, Timestamp};

/// What an operator decides about a creative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreativeSpec {
    /// Unique in its campaign, whatever the case.
    pub name: String,
    /// Its share among the creatives of its campaign.
    pub weight: u32,
    /// Where a click leads.
    pub click_url: Option<String>,
    /// For whom and when it may be served, beside what its campaign says.
    pub targeting: Targeting,
    /// How often one viewer may be shown it, beside what its campaign says.
    pub caps: Vec<Cap>,
    /// First instant it may be served; that of its campaign unless given.
    pub start: Option<Timestamp>,
    /// First instant it may no longer be served; that of its campaign unless given.
    pub end: Option<Timestamp>,
}

impl CreativeSpec {
    /// One of this name that nothing else was decided about.
    pub const fn of(name: String) -> Self {
        Self {
            name,
            weight: 1,
            click_url: None,
            targeting: Targeting { rules: Vec::new() },
            caps: Vec::new(),
            start: None,
            end: None,
        }
    }

    /// Everything wrong with it.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_name("name", &self.name, &mut problems);
        check_weight(self.weight, &mut problems);
        if let Some(url) = &self.click_url {
            check_url("click_url", url, &mut problems);
        }
        problems.extend(self.targeting.problems());
        check_caps("caps", &self.caps, &mut problems);
        if let Some((start, end)) = self.start.zip(self.end)
            && end <= start
        {
            let message = format!("{end} is not after start {start}");
            problems.push(Problem::new("end", message));
        }
        problems
    }
}

/// Whether a creative can be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CreativeStatus {
    /// Its file is being looked at.
    Processing,
    /// It may be served.
    Active,
    /// Held by an operator.
    Inactive,
    /// Its file cannot be served; the reason says why.
    Failed,
}
words!(CreativeStatus {
    Processing = "processing",
    Active = "active",
    Inactive = "inactive",
    Failed = "failed",
});

/// The file format, as its first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Container {
    /// ISO base media with an MP4 brand (ISO/IEC 14496-12).
    Mp4,
    /// QuickTime movie.
    Mov,
    /// Matroska subset (EBML, doctype `webm`).
    Webm,
    /// Ogg (RFC 3533).
    Ogg,
}
words!(Container { Mp4 = "mp4", Mov = "mov", Webm = "webm", Ogg = "ogg" });

impl Container {
    /// The media type for `Content-Type` and VAST `MediaFile@type`.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Webm => "video/webm",
            Self::Ogg => "video/ogg",
        }
    }
}

/// Frames a second as a fraction, as files state it: 30000/1001.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct FrameRate {
    /// Frames.
    pub numerator: u32,
    /// Seconds, never 0.
    pub denominator: u32,
}

/// What was found in the file of a creative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// SHA-256 of the bytes: where they are stored, under the tenant.
    pub sha256: [u8; 32],
    /// Size of the file.
    pub bytes: u64,
    /// The file format.
    pub container: Container,
    /// How long it plays.
    pub duration: Millis,
    /// Width as shown, after rotation. Pixels.
    pub width: u32,
    /// Height as shown, after rotation. Pixels.
    pub height: u32,
    /// Clockwise turn that the file asks for: 0, 90, 180 or 270 degrees.
    pub rotation: u16,
    /// Video codec as RFC 6381 writes it, such as `avc1.64001f`.
    pub video_codec: String,
    /// Audio codec as RFC 6381 writes it; none for a silent file.
    pub audio_codec: Option<String>,
    /// Frames a second, where the file tells.
    pub frame_rate: Option<FrameRate>,
}

impl Media {
    /// Mean bit rate of the whole file in kbit/s, rounded up.
    pub fn bitrate_kbps(&self) -> u32 {
        // Bits per millisecond are kilobits per second.
        let bits = u128::from(self.bytes) * 8;
        u32::try_from(bits.div_ceil(u128::from(self.duration.0.max(1)))).unwrap_or(u32::MAX)
    }

    /// The content hash in lower-case hexadecimal digits.
    pub fn sha256_hex(&self) -> String {
        use std::fmt::Write as _;
        self.sha256
            .iter()
            .fold(String::with_capacity(64), |mut hex, byte| {
                let _infallible = write!(hex, "{byte:02x}");
                hex
            })
    }
}

/// The content hash that 64 hexadecimal digits stand for.
pub fn parse_sha256(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    let digits = text.as_bytes();
    if digits.len() != 2 * hash.len() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        *byte = u8::try_from(digit(high)? << 4 | digit(low)?).ok()?;
    }
    Some(hash)
}

/// A creative as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creative {
    /// Its id.
    pub id: CreativeId,
    /// Whose it is.
    pub tenant: TenantId,
    /// What it is a spot of.
    pub campaign: CampaignId,
    /// Counts its changes, from 1.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Whether it can be served.
    pub status: CreativeStatus,
    /// Why it failed; only with [`CreativeStatus::Failed`].
    pub failure: Option<String>,
    /// What was found in its file; none while processing or failed.
    pub media: Option<Media>,
    /// What was decided about it.
    pub spec: CreativeSpec,
}
