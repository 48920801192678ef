//! Floor 7: the program `adserved`: read the configuration, wire everything, serve, drain.

use std::process::ExitCode;

/// Runs `adserved`.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
