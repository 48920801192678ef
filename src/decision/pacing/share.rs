//! Shares of a whole as integers: the same on every machine.

/// A share, in parts of [`WHOLE`].
pub type Share = u64;

/// All of it.
pub const WHOLE: Share = 1 << 32;

/// `part` of `all`, at most the whole; all of nothing is nothing.
pub(super) fn share(part: u128, all: u128) -> Share {
    // Where the product would not fit, the last bits of both do not matter.
    let shift = 32_u32.saturating_sub(part.leading_zeros());
    let (part, all) = (part >> shift, all >> shift);
    let exact = (part << 32).checked_div(all).unwrap_or_default();
    u64::try_from(exact).unwrap_or(WHOLE).min(WHOLE)
}

/// That share of an amount, rounded down. The share may be more than the whole.
pub(super) fn of(amount: u128, share: Share) -> u128 {
    amount.checked_mul(u128::from(share)).map_or_else(
        || (amount >> 32).saturating_mul(u128::from(share)),
        |product| product >> 32,
    )
}
