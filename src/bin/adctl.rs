//! `adctl`: how people and scripts run `adserved`. Everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    adserve::cli::main()
}
