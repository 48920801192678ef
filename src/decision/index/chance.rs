//! Weighted random order in integers: exponential variates from draws, the same on every machine.
//!
//! Who waits `-ln(u) / weight` comes before another with odds of its weight in the sum of both,
//! and the order of all waits is a draw without replacement by weight (Efraimidis and Spirakis,
//! Weighted random sampling with a reservoir, 2006). The logarithm is to base two, which changes
//! no order, and in fixed point; it is off by less than 2^-50, the weight by less than one part
//! in 2^44. So the odds of anything among 100,000 members are off by less than 10^-10.

/// Bits after the point of [`wait`].
const FRACTION_BITS: u32 = 57;
/// Bits after the point inside.
const INNER_BITS: u32 = 62;
/// The first bits of a mantissa choose a row of the table.
const TABLE_BITS: u32 = 8;

/// The place of one offer in a weighted random order: the smaller, the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wait {
    /// The variate over the weight.
    time: u128,
    /// Whose; breaks ties, which are rarer than one in 10^11.
    pub(super) place: u32,
}

impl Wait {
    /// By weight, which is at least 1.
    pub(super) fn weighted(draw: u64, weight: u32, place: u32) -> Self {
        let inverse = u64::MAX / u64::from(weight.max(1));
        Self {
            time: u128::from(wait(draw)) * u128::from(inverse),
            place,
        }
    }

    /// Among equals, where the draw says it all.
    pub(super) fn even(draw: u64, place: u32) -> Self {
        Self {
            time: u128::from(draw),
            place,
        }
    }
}

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
    let row = (mantissa >> (63 - TABLE_BITS)) & (TABLE.len() as u64 - 1);
    let (inverse, log) = TABLE[usize::try_from(row).unwrap_or(0)];
    // mantissa * inverse is 1 + r with |r| at most 2^-9.
    let product = (u128::from(mantissa) * u128::from(inverse)) >> 65;
    let r = low(product.cast_signed()) - ONE;
    // log2(1 + r) = r (c1 - r (c2 - r (c3 - ...))); the first term left out is below 2^-55.
    let mut sum = SERIES[0];
    for part in &SERIES[1..] {
        sum = part - times(r, sum);
    }
    log.saturating_add_signed(times(r, sum))
}

const fn times(one: i64, other: i64) -> i64 {
    low((one as i128 * other as i128) >> INNER_BITS)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "all numbers here are below 2 and fit"
)]
const fn low(number: i128) -> i64 {
    number as i64
}

const ONE: i64 = 1 << INNER_BITS;

/// `log2(e)` with 62 bits after the point: 1.442695040888963407...
const LOG2_E: i64 = ONE + 2_041_570_530_494_773_342;

/// `log2(e) / k` for `k` from 5 to 1.
const SERIES: [i64; 5] = [LOG2_E / 5, LOG2_E / 4, LOG2_E / 3, LOG2_E / 2, LOG2_E];

/// For each first eight bits of a mantissa: the inverse of the middle of its range with 64 bits
/// after the point, and the logarithm of what that inverse truly inverts, with 62.
#[expect(
    clippy::cast_possible_truncation,
    reason = "conversions that check cannot be called in a constant; the inverse is below 2^64"
)]
static TABLE: [(u64, u64); 1 << TABLE_BITS] = {
    let mut table = [(0, 0); 1 << TABLE_BITS];
    let mut row = 0;
    while row < table.len() {
        // The middle is (2 * (256 + row) + 1) / 512.
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
