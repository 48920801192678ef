//! Creatives: files go up whole or are refused with a reason, and their progress is told.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::desk::{Desk, Ran};
use super::terminal::on_terminal;
use crate::fake_daemon::{FakeDaemon, Reply};

fn film(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/media")
        .join(name)
}

fn desk() -> (Desk, String) {
    let desk = Desk::furnished();
    desk.campaign("spring");
    (desk, film("spring-06s.mp4").to_str().unwrap().to_owned())
}

#[test]
fn a_creative_lives() {
    let (desk, file) = desk();
    let up = desk.must(&[
        "creatives",
        "upload",
        &file,
        "--campaign",
        "spring",
        "--weight",
        "3",
        "--click-url",
        "https://motorco.example",
        "-o",
        "json",
    ]);
    let made = up.json();
    let id = made["id"].as_str().unwrap();
    assert_eq!(
        (&made["name"], &made["weight"]),
        (&json!("spring-06s"), &json!(3))
    );
    assert_eq!(made["status"], "active");
    assert_eq!(
        made["media"]["bytes"],
        film("spring-06s.mp4").metadata().unwrap().len()
    );
    for part in [
        "uploaded ",
        "spring-06s.mp4: 71.1 KiB",
        "mp4 ",
        "undo with: adctl undo op_",
    ] {
        assert!(up.err.contains(part), "{part}: {}", up.err);
    }
    let listed = desk.json(&["creatives", "list", "--campaign", "spring"]);
    assert_eq!(listed[0]["id"], id);
    assert_eq!(
        desk.json(&["creatives", "list", "--status", "failed"]),
        json!([])
    );

    let changed = desk.json(&[
        "creatives",
        "update",
        id,
        "--weight",
        "2",
        "--click-url",
        "none",
    ]);
    assert_eq!(
        (&changed["weight"], &changed["click_url"]),
        (&json!(2), &json!(null))
    );
    let status = |verb| desk.json(&["creatives", verb, id])[0]["status"].clone();
    assert_eq!(status("deactivate"), "inactive");
    assert_eq!(status("activate"), "active");
    assert_eq!(desk.run(&["creatives", "delete", id]).code, 5);
    desk.must(&["creatives", "delete", id, "--yes"]);
    assert_eq!(desk.run(&["creatives", "get", id]).code, 3);
}

#[test]
fn a_film_comes_from_standard_input_under_a_name() {
    let (desk, file) = desk();
    let bytes = std::fs::read(file).unwrap();
    let up = [
        "creatives",
        "upload",
        "-",
        "--campaign",
        "spring",
        "--name",
        "piped",
        "-o",
        "json",
    ];
    let made = desk.fed(&up, &bytes);
    assert_eq!(made.code, 0, "{made:?}");
    assert_eq!(made.json()["name"], "piped");
    assert_eq!(made.json()["media"]["bytes"], bytes.len());
}

#[test]
fn a_dry_run_keeps_nothing() {
    let (desk, file) = desk();
    let up = desk.must(&[
        "creatives",
        "upload",
        &file,
        "--campaign",
        "spring",
        "--dry-run",
    ]);
    assert!(up.err.contains("dry run: nothing was kept"), "{}", up.err);
    assert_eq!(desk.json(&["creatives", "list"]), json!([]));
}

#[test]
fn a_file_that_is_refused_says_why_and_leaves_nothing() {
    let (desk, file) = desk();
    let text = desk.file("notes.mp4", b"these are notes, not a film");
    // Larger than is taken here, so that the answer comes before the file is through.
    let large = desk.file("large.mp4", &vec![0; 8_000_000]);
    for (file, campaign, code) in [
        (text.as_str(), "spring", 6),
        (large.as_str(), "spring", 6),
        (file.as_str(), "none", 3),
        (desk.home().to_str().unwrap(), "spring", 2),
        ("gone.mp4", "spring", 3),
    ] {
        let up = desk.run(&["creatives", "upload", file, "--campaign", campaign]);
        assert_eq!(up.code, code, "{file}: {up:?}");
        assert!(up.err.contains("error: "), "{file}: {up:?}");
        assert_eq!(up.out, "");
    }
    assert_eq!(desk.json(&["creatives", "list"]), json!([]));
}

#[test]
fn progress_is_a_bar_on_a_terminal_and_nothing_in_a_pipe() {
    let (desk, file) = desk();
    let line = format!("creatives upload '{file}' --campaign spring --name bar");
    let (code, text) = on_terminal(&desk, 120, &line, "");
    assert_eq!(code, 0, "{text}");
    // The bar is drawn over itself and taken away; one line sums up.
    assert!(text.contains("\u{1b}[2K"), "{text:?}");
    assert!(
        text.contains("uploaded ") && text.contains("iB/s"),
        "{text:?}"
    );
    let quiet = format!("creatives upload '{file}' --campaign spring --name quiet -q");
    let (code, text) = on_terminal(&desk, 120, &quiet, "");
    assert_eq!(
        (code, text.trim().starts_with("cr_")),
        (0, true),
        "{text:?}"
    );
    let piped = desk.must(&[
        "creatives",
        "upload",
        &file,
        "--campaign",
        "spring",
        "--name",
        "piped",
    ]);
    assert!(
        !piped.err.contains('\u{1b}') && !piped.err.contains('\r'),
        "{:?}",
        piped.err
    );
}

/// Six hundred megabytes through a program that may have four hundred in all.
#[test]
fn slow_a_large_file_goes_up_in_little_memory() {
    const FILE_BYTES: u64 = 600_000_000;
    const MEMORY_KIB: u64 = 400_000;
    let body = json!({
        "id": "cr_1", "name": "large", "campaign_id": "cmp_1", "status": "active", "failure": null,
        "weight": 1, "click_url": null, "media": null, "revision": 1,
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
    });
    let daemon = FakeDaemon::tcp(move |_number| Reply::Sink(201, body.to_string()));
    let desk = Desk::at(daemon.address());
    let path = desk.file("large.mp4", b"");
    std::fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(FILE_BYTES)
        .unwrap();
    let plain = desk.command(&["creatives", "upload", &path, "--campaign", "x", "-q"]);
    let mut limited = std::process::Command::new("sh");
    limited.args([
        "-c",
        &format!("ulimit -v {MEMORY_KIB} && exec \"$@\""),
        "sh",
    ]);
    limited
        .arg(plain.get_program())
        .args(plain.get_args())
        .env_clear()
        // The limit is of addresses, of which glibc sets 64 MiB aside for each busy thread.
        .env("MALLOC_ARENA_MAX", "1");
    for (name, value) in plain.get_envs() {
        limited.env(name, value.unwrap());
    }
    let ran = Ran::of(limited.output().unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (0, "cr_1\n"), "{ran:?}");
    assert!(daemon.swallowed() >= FILE_BYTES);
}
