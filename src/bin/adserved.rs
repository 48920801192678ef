//! `adserved`: decides, serves and counts. Everything is in the library.

use std::process::ExitCode;

// The allocator of both programs: many small, short-lived answers on few threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    adserve::daemon::main()
}
