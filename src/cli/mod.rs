//! Floor 7: the program `adctl`: one file per noun.

use std::process::ExitCode;

/// Runs `adctl`.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
