//! Weighted random order in integers: exponential variates from draws, the same on every machine.
//!
//! Who waits `-ln(u) / weight` comes before another with odds of its weight in the sum of both,
//! and the order of all waits is a draw without replacement by weight (Efraimidis and Spirakis,
//! Weighted random sampling with a reservoir, 2006). The logarithm is to base two, which changes
//! no order, and in fixed point. It is off by less than 2^-54, so that the odds of anything among
//! 100,000 members are off by less than 10^-11.

use std::cmp::Ordering;

/// Bits after the point of [`wait`].
const FRACTION_BITS: u32 = 57;
/// Bits after the point inside.
const INNER_BITS: u32 = 62;
/// The first bits of a mantissa choose a row of the table.
const TABLE_BITS: u32 = 7;

/// The place of one offer in a weighted random order: the smaller, the earlier.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    /// The variate before it is divided by the weight.
    pub(super) time: u64,
    /// At least 1.
    pub(super) weight: u32,
    /// Breaks ties, which are rarer than one in 10^11.
    pub(super) offer: u32,
}

/// The least wait is the greatest, as a heap wants it. Fractions are compared crosswise: exactly.
impl Ord for Wait {
    fn cmp(&self, other: &Self) -> Ordering {
        let ours = u128::from(self.time) * u128::from(other.weight);
        let theirs = u128::from(other.time) * u128::from(self.weight);
        theirs.cmp(&ours).then(other.offer.cmp(&self.offer))
    }
}

impl PartialOrd for Wait {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Wait {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Wait {}

/// `-log2(u)` with 57 bits after the point, for `u` uniform in (0, 1) from a draw of 64 bits.
pub(super) fn wait(draw: u64) -> u64 {
    // An odd number is never 0; the odds change by 2^-64.
    let draw = draw | 1;
    let zeros = draw.leading_zeros();
    let log = log2_of_mantissa(draw << zeros);
    // log2(draw / 2^64) = -(zeros + 1) + log2(mantissa)
    let whole = u64::from(zeros + 1) << FRACTION_BITS;
    whole - (log >> (INNER_BITS - FRACTION_BITS))
}

/// `log2(mantissa / 2^63)` with 62 bits after the point, for a mantissa with its top bit set.
fn log2_of_mantissa(mantissa: u64) -> u64 {
    let row = usize::try_from(mantissa >> (63 - TABLE_BITS)).expect("8 bits") - TABLE.len();
    let (inverse, log) = TABLE[row];
    // mantissa * inverse is 1 + r with |r| below 2^-7.
    let product = u128::from(mantissa) * u128::from(inverse);
    let r = i64::try_from((product >> 65).cast_signed() - i128::from(ONE)).expect("below 1");
    // ln(1 + r) = r (1 - r (1/2 - r (1/3 - ...))); the first term left out is below 2^-58.
    let mut sum = 0;
    for part in SERIES {
        sum = part - times(r, sum);
    }
    let log = i64::try_from(log).expect("below 1") + times(times(r, sum), LOG2_E_LESS_1);
    // log2(1 + r) = r * sum * log2(e), with the 1 of 1.44... apart so that all fits 64 bits.
    u64::try_from(log + times(r, sum)).unwrap_or(0)
}

fn times(one: i64, other: i64) -> i64 {
    i64::try_from((i128::from(one) * i128::from(other)) >> INNER_BITS).expect("factors below 2")
}

const ONE: i64 = 1 << INNER_BITS;

/// With 62 bits after the point.
const SERIES: [i64; 8] = [
    ONE / 8,
    ONE / 7,
    ONE / 6,
    ONE / 5,
    ONE / 4,
    ONE / 3,
    ONE / 2,
    ONE,
];

/// `log2(e) - 1` with 62 bits after the point: 0.442695040888963407...
const LOG2_E_LESS_1: i64 = 2_041_570_530_494_773_342;

/// For each first seven bits of a mantissa: the inverse of the middle of its range with 64 bits
/// after the point, and the logarithm of what that inverse truly inverts, with 62.
#[expect(
    clippy::cast_possible_truncation,
    reason = "conversions that check cannot be called in a constant; the inverse is below 2^64"
)]
static TABLE: [(u64, u64); 1 << TABLE_BITS] = {
    let mut table = [(0, 0); 1 << TABLE_BITS];
    let mut row = 0;
    while row < table.len() {
        // The middle is (2 * (128 + row) + 1) / 256.
        let middle = 2 * (table.len() + row) as u128 + 1;
        let inverse = (1u128 << (64 + TABLE_BITS + 1)) / middle;
        table[row] = (inverse as u64, log2_of_inverse(inverse as u64));
        row += 1;
    }
    table
};

/// `-log2(inverse / 2^64)` with 62 bits after the point, by squaring: one bit a step.
const fn log2_of_inverse(inverse: u64) -> u64 {
    let mut mantissa = inverse as u128;
    let mut log = 0;
    let mut bit = INNER_BITS;
    // inverse is in [2^63, 2^64): its logarithm is that of the mantissa less 1.
    while bit > 0 {
        bit -= 1;
        mantissa = (mantissa * mantissa) >> 63;
        if mantissa >> 64 == 1 {
            mantissa >>= 1;
            log |= 1 << bit;
        }
    }
    (1 << INNER_BITS) - log
}
