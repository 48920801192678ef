//! Floor 1: wire formats. Bytes to values and back; knows facts and nothing else of ours.

pub mod consent;
pub mod hls;
pub mod media;
pub mod scte35;
pub mod user_agent;
pub mod vast;
pub mod vmap;
pub mod xml;
