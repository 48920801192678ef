//! Fuzzes splice messages of SCTE 35.
#![no_main]

#[path = "../../tests/properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|data: &[u8]| properties::hold("scte35", data));
