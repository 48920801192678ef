//! Dice as a value: one 64-bit seed a decision, from which every draw follows.

/// The seed of one decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Roll(pub u64);

impl Roll {
    /// A draw for one question, uniform over 64 bits. Questions must differ in `key`.
    ///
    /// The finaliser of `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number
    /// generators, OOPSLA 2014): integers only, so it is the same on every machine.
    pub const fn draw(self, key: u64) -> u64 {
        let mut z = self.0 ^ key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Whether a draw says yes with odds of `share` in `whole`; `share` is at most `whole`.
    pub fn favours(self, key: u64, share: u64, whole: u64) -> bool {
        // Scaling the draw to `whole` is off by at most whole / 2^64: far below one in a billion.
        let scaled = (u128::from(self.draw(key)) * u128::from(whole)) >> 64;
        scaled < u128::from(share)
    }
}
