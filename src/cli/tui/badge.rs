//! Words of states with the glyph and the meaning that always go with them.

use super::look::Tone;

/// A word of a status with the glyph and the colour that always go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Badge {
    /// Where Unicode shows.
    pub glyph: &'static str,
    /// Where it does not.
    pub ascii: &'static str,
    /// The word.
    pub word: &'static str,
    /// What it means.
    pub tone: Tone,
}

const fn badge(glyph: &'static str, ascii: &'static str, word: &'static str, tone: Tone) -> Badge {
    Badge {
        glyph,
        ascii,
        word,
        tone,
    }
}

/// The badge of a status: of a campaign, a creative, a part of the daemon.
pub fn status_badge(status: &str) -> Badge {
    match status {
        "active" => badge("●", "[A]", "active", Tone::Good),
        "paused" => badge("‖", "[P]", "paused", Tone::Warn),
        "draft" => badge("○", "[D]", "draft", Tone::Muted),
        "completed" => badge("✓", "[C]", "completed", Tone::Muted),
        "processing" => badge("◌", "[.]", "processing", Tone::Primary),
        "inactive" => badge("○", "[I]", "inactive", Tone::Muted),
        "failed" => badge("✗", "[X]", "failed", Tone::Bad),
        "ok" => badge("●", "[+]", "ok", Tone::Good),
        _ => badge("?", "[?]", "unknown", Tone::Muted),
    }
}

/// The badge of how delivery stands.
pub fn pace_badge(status: &str) -> Option<Badge> {
    Some(match status {
        "not_started" => badge("·", ".", "not started", Tone::Muted),
        "ahead" => badge("▲", "^", "ahead", Tone::Primary),
        "on_track" => badge("●", "=", "on track", Tone::Good),
        "behind" => badge("▼", "v", "behind", Tone::Warn),
        "at_risk" => badge("▼", "v", "at risk", Tone::Bad),
        "supply_limited" => badge("◇", "s", "no supply", Tone::Warn),
        "cap_limited" => badge("◇", "c", "capped", Tone::Warn),
        "separation_limited" => badge("◇", "k", "kept apart", Tone::Warn),
        "floor_limited" => badge("◇", "f", "below floor", Tone::Warn),
        "complete" => badge("✓", "*", "complete", Tone::Good),
        "over_delivered" => badge("▲", "^", "over", Tone::Warn),
        _ => return None,
    })
}

/// What a VAST error code stands for, where ad operations know it by heart (VAST 4.2 §2.3.6.3).
pub const fn error_name(code: u16) -> &'static str {
    match code {
        100..=102 => "bad VAST",
        200..=203 => "not expected by the player",
        300 => "wrapper",
        301 => "wrapper timeout",
        302 => "too many wrappers",
        303 => "empty wrapper",
        304 => "ad not displayed",
        400 => "media",
        401 => "file not found",
        402 => "media timeout",
        403 => "no supported media",
        405 => "cannot be played",
        406..=409 => "mezzanine",
        410 => "ad pod",
        500..=503 => "nonlinear ad",
        600..=604 => "companion",
        901 => "interactive ad",
        _ => "undefined",
    }
}
