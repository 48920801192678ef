//! Binary splice messages of SCTE 35: what they say about breaks.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use broadcast_common::Parse as _;
use scte35_splice::commands::{AnyCommand, SpliceInsert};
use scte35_splice::descriptors::{AnySpliceDescriptor, SegmentationDescriptor};
use scte35_splice::{Error, SpliceInfoSection};

use crate::model::Micros;

/// Longest message read: a section has twelve bits of length.
pub const MESSAGE_BYTES_MAX: usize = 4098;

/// Padding is often lost on the way into a tag.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// What it says about breaks, in its order; empty for messages about other things.
    pub splices: Vec<Splice>,
    /// Number of the first event it names, also of one that is not a break.
    pub event: Option<u32>,
}

/// What a message says about one break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// `splice_event_id` or `segmentation_event_id`.
    pub event: u32,
    /// Whether it begins, ends or is called off.
    pub action: SpliceAction,
    /// What kind of opportunity.
    pub kind: CueKind,
    /// How long, where it is said.
    pub duration: Option<Micros>,
    /// Whether it ends after `duration` though no return is said.
    pub auto_return: bool,
    /// When, on the 90 kHz clock of the stream with the adjustment of the message added; `None`
    /// is at once.
    pub pts: Option<u64>,
    /// What it is about.
    pub upid: Option<Upid>,
}

/// What becomes of a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpliceAction {
    /// It begins.
    Out,
    /// It ends.
    In,
    /// It does not take place.
    Cancel,
}

/// What kind of opportunity a break is (SCTE 35 table 23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CueKind {
    /// A tag that says no more, or `splice_insert`.
    Splice,
    /// Segmentation types 0x22 and 0x23.
    Break,
    /// 0x30 and 0x31.
    ProviderAdvertisement,
    /// 0x32 and 0x33.
    DistributorAdvertisement,
    /// 0x34 and 0x35.
    ProviderPlacement,
    /// 0x36 and 0x37.
    DistributorPlacement,
    /// 0x44 and 0x45.
    ProviderAdBlock,
    /// 0x46 and 0x47.
    DistributorAdBlock,
}

/// An identifier of content (SCTE 35 table 22).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Upid {
    /// `segmentation_upid_type`.
    pub kind: u8,
    /// `segmentation_upid`.
    pub bytes: Box<[u8]>,
}

/// Why a message was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// The text around it is not base64 or hexadecimal.
    #[error("the splice message is not {0}")]
    Text(&'static str),
    /// Longer than a section can be.
    #[error("the splice message is longer than {MESSAGE_BYTES_MAX} bytes")]
    Long,
    /// Its bytes changed on the way.
    #[error("the splice message has a checksum that does not match")]
    Checksum,
    /// Its content is locked away.
    #[error("the splice message is encrypted")]
    Encrypted,
    /// Its parts do not fit together.
    #[error("the splice message is damaged: {0}")]
    Damaged(String),
}

impl CueKind {
    /// Whether a return of this kind ends a break of kind `out`: a plain return ends any.
    pub fn closes(self, out: Self) -> bool {
        self == Self::Splice || self == out || out == Self::Splice
    }

    /// Of a segmentation type, and whether it begins or ends; `None` for what is not a break.
    pub fn of_segmentation(kind: u8) -> Option<(Self, SpliceAction)> {
        let found = match kind {
            0x22 | 0x23 => Self::Break,
            0x30 | 0x31 => Self::ProviderAdvertisement,
            0x32 | 0x33 => Self::DistributorAdvertisement,
            0x34 | 0x35 => Self::ProviderPlacement,
            0x36 | 0x37 => Self::DistributorPlacement,
            0x44 | 0x45 => Self::ProviderAdBlock,
            0x46 | 0x47 => Self::DistributorAdBlock,
            _ => return None,
        };
        let action = if kind.is_multiple_of(2) {
            SpliceAction::Out
        } else {
            SpliceAction::In
        };
        Some((found, action))
    }
}

impl Message {
    /// Reads a message from base64, with or without padding.
    ///
    /// # Errors
    /// Not base64, or as [`Message::parse`].
    pub fn parse_base64(text: &[u8]) -> Result<Self, MessageError> {
        if text.len() > MESSAGE_BYTES_MAX * 4 / 3 + 4 {
            return Err(MessageError::Long);
        }
        let bytes = BASE64.decode(text);
        Self::parse(&bytes.map_err(|_foreign| MessageError::Text("base64"))?)
    }

    /// Reads a message.
    ///
    /// # Errors
    /// Its checksum is wrong, it is encrypted, or its parts do not fit together.
    pub fn parse(bytes: &[u8]) -> Result<Self, MessageError> {
        if bytes.len() > MESSAGE_BYTES_MAX {
            return Err(MessageError::Long);
        }
        let section = SpliceInfoSection::parse(bytes).map_err(|error| match error {
            Error::CrcMismatch { .. } => MessageError::Checksum,
            other => MessageError::Damaged(other.to_string()),
        })?;
        let clear = section.clear.as_ref().ok_or(MessageError::Encrypted)?;
        let adjusted = |pts: Option<u64>| {
            pts.map(|pts| scte35_splice::time::pts_add_wrapping(pts, section.pts_adjustment))
        };
        let mut message = Self::default();
        let mut pts = None;
        match &clear.command {
            AnyCommand::SpliceInsert(insert) => {
                message.event = Some(insert.splice_event_id);
                pts = adjusted(insert_pts(insert));
                message.splices.push(of_insert(insert, pts));
            }
            AnyCommand::TimeSignal(signal) => pts = adjusted(signal.splice_time.pts_time),
            _ => {}
        }
        for descriptor in section.descriptors() {
            let descriptor =
                descriptor.map_err(|error| MessageError::Damaged(error.to_string()))?;
            let AnySpliceDescriptor::Segmentation(segmentation) = descriptor else {
                continue;
            };
            message.event = message.event.or(Some(segmentation.segmentation_event_id));
            message.splices.extend(of_segmentation(&segmentation, pts));
        }
        Ok(message)
    }
}

/// When a splice is to be: of the program, or of its first component.
fn insert_pts(insert: &SpliceInsert) -> Option<u64> {
    let component = || insert.components.first()?.splice_time;
    insert.splice_time.or_else(component)?.pts_time
}

fn of_insert(insert: &SpliceInsert, pts: Option<u64>) -> Splice {
    let out = insert.out_of_network_indicator;
    Splice {
        event: insert.splice_event_id,
        action: match (insert.splice_event_cancel_indicator, out) {
            (true, _) => SpliceAction::Cancel,
            (false, true) => SpliceAction::Out,
            (false, false) => SpliceAction::In,
        },
        kind: CueKind::Splice,
        duration: insert.break_duration.map(|stated| ticks(stated.duration)),
        auto_return: insert
            .break_duration
            .is_some_and(|stated| stated.auto_return),
        pts,
        upid: None,
    }
}

fn of_segmentation(segmentation: &SegmentationDescriptor<'_>, pts: Option<u64>) -> Option<Splice> {
    let event = segmentation.segmentation_event_id;
    let (kind, action) = if segmentation.segmentation_event_cancel_indicator {
        (CueKind::Splice, SpliceAction::Cancel)
    } else {
        CueKind::of_segmentation(segmentation.segmentation_type_id.to_u8())?
    };
    let duration = segmentation.segmentation_duration.map(ticks);
    let bytes = segmentation.segmentation_upid;
    let upid = (!bytes.is_empty()).then(|| Upid {
        kind: segmentation.segmentation_upid_type.to_u8(),
        bytes: bytes.into(),
    });
    Some(Splice {
        event,
        action,
        kind,
        duration,
        auto_return: duration.is_some(),
        pts,
        upid,
    })
}

/// Ticks of 90 kHz as microseconds, to the nearest.
fn ticks(ticks: u64) -> Micros {
    Micros(ticks.saturating_mul(100).saturating_add(4) / 9)
}
