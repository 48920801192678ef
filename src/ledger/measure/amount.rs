//! Values of metrics, and how they differ.

/// The value of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// A count, micros or milliseconds.
    Whole(i64),
    /// A quotient.
    Ratio(f64),
}

impl Amount {
    /// This less the other; none for amounts of different kinds.
    #[expect(
        clippy::float_arithmetic,
        reason = "a ratio for people, and no money is in it"
    )]
    pub fn less(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => one.checked_sub(other).map(Self::Whole),
            (Self::Ratio(one), Self::Ratio(other)) => Some(Self::Ratio(one - other)),
            (Self::Whole(_), Self::Ratio(_)) | (Self::Ratio(_), Self::Whole(_)) => None,
        }
    }
}

/// By what share an amount differs from the one before: 0.1 is a tenth more. None when that was 0.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a ratio for people; the amounts themselves stay whole"
)]
pub fn change(now: Amount, before: Amount) -> Option<f64> {
    let number = |amount| match amount {
        Amount::Whole(number) => number as f64,
        Amount::Ratio(ratio) => ratio,
    };
    let (now, before) = (number(now), number(before));
    (before > 0.0).then(|| (now - before) / before)
}

/// A quotient; none without a divisor. It may pass 1 where a range of time begins between what is
/// above the line and what is below.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a ratio for people; counts are far below 2^53, and no money is in it"
)]
pub fn ratio(above: u64, below: u64) -> Option<f64> {
    (below > 0).then(|| above as f64 / below as f64)
}
