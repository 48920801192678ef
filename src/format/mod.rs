//! Floor 1: wire formats. Bytes to values and back; knows facts and nothing else of ours.

pub mod media;
pub mod vast;
pub mod xml;
