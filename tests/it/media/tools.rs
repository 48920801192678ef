//! Outside tools that these tests run: ffmpeg, ffprobe.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// Runs a tool and gives its standard output; a missing or failing tool fails the test.
pub(super) fn run<A: AsRef<OsStr>>(tool: &str, arguments: &[A]) -> Vec<u8> {
    let output = Command::new(tool)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{tool}: {error}; scripts/bootstrap installs it"));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{tool}: {stderr}");
    output.stdout
}

/// Makes a file with ffmpeg from arguments in one text, split at spaces.
pub(super) fn ffmpeg(arguments: &str, file: &Path) {
    let mut all: Vec<&OsStr> = ["-hide_banner", "-loglevel", "error", "-y", "-threads", "1"]
        .map(OsStr::new)
        .to_vec();
    all.extend(arguments.split_whitespace().map(OsStr::new));
    all.push(file.as_os_str());
    run("ffmpeg", &all);
}

/// What ffprobe finds in a file.
pub(super) fn ffprobe(file: &Path) -> serde_json::Value {
    let arguments = "-v error -show_format -show_streams -show_packets -of json";
    let mut all: Vec<&OsStr> = arguments.split_whitespace().map(OsStr::new).collect();
    all.push(file.as_os_str());
    serde_json::from_slice(&run("ffprobe", &all)).unwrap()
}
