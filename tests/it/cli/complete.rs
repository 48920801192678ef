//! What a shell is offered: ids and names from the daemon, in a short time or not at all.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::time::Duration;

use adserve::host::Clock;

use super::desk::{Desk, Ran};

/// Far beyond what is waited for a daemon, and far below what a person would.
const SOON: Duration = Duration::from_secs(5);

/// Asks as the script of bash or fish does, the last word being typed.
fn offered(desk: &Desk, shell: &str, words: &[&str]) -> Vec<String> {
    let mut arguments = vec!["--", "adctl"];
    arguments.extend(words);
    let index = words.len().to_string();
    let mut command = desk.command(&arguments);
    command
        .env("COMPLETE", shell)
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_INDEX", index);
    let ran = Ran::of(command.output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    ran.out.lines().map(str::to_owned).collect()
}

#[test]
fn names_and_ids_are_offered_with_what_they_are() {
    let desk = Desk::furnished();
    desk.campaign("spring-launch");
    desk.campaign("two words");
    let bash = offered(&desk, "bash", &["campaigns", "get", ""]);
    assert!(bash.contains(&"spring-launch".to_owned()), "{bash:?}");
    // What a shell takes apart goes by its id.
    assert!(bash.contains(&"cmp_2".to_owned()), "{bash:?}");
    let fish = offered(&desk, "fish", &["campaigns", "pause", "spr"]);
    assert_eq!(fish, ["spring-launch\tcmp_1 draft"]);
    let fish = offered(&desk, "fish", &["campaigns", "pause", "cmp_1"]);
    assert_eq!(fish, ["cmp_1\tspring-launch draft"]);
    let fish = offered(&desk, "fish", &["campaigns", "list", "--advertiser", "m"]);
    assert_eq!(fish, ["motorco\tadv_1"]);
    let fish = offered(&desk, "fish", &["--tenant", "a"]);
    assert_eq!(fish, ["acme\tten_1"]);
    let words = offered(&desk, "bash", &["campaigns", "list", "--status", "p"]);
    assert_eq!(words, ["paused"]);
    let verbs = offered(&desk, "bash", &["campaigns", "pau"]);
    assert_eq!(verbs, ["pause"]);
}

#[test]
fn an_answer_serves_for_a_minute_and_for_nobody_else() {
    let desk = Desk::furnished();
    desk.campaign("first");
    assert_eq!(
        offered(&desk, "bash", &["campaigns", "get", "f"]),
        ["first"]
    );
    desk.campaign("fresh");
    assert_eq!(
        offered(&desk, "bash", &["campaigns", "get", "f"]),
        ["first"]
    );
    let folder = desk.home().join(".cache/adctl");
    let files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let mode = std::fs::metadata(&files[0]).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // An hour later it is asked again; what is damaged as well.
    let old = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = std::fs::File::options()
        .write(true)
        .open(&files[0])
        .unwrap();
    file.set_modified(old).unwrap();
    let both = offered(&desk, "bash", &["campaigns", "get", "f"]);
    assert_eq!(both, ["first", "fresh"]);
    std::fs::write(&files[0], "[{").unwrap();
    let both = offered(&desk, "bash", &["campaigns", "get", "f"]);
    assert_eq!(both, ["first", "fresh"]);
}

#[test]
fn without_a_daemon_there_is_silence_soon() {
    let clock = Clock::real();
    let dead = Desk::at("/nonexistent/admin.sock");
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("slow.sock");
    // It takes the call and never answers.
    let _slow = UnixListener::bind(&socket).unwrap();
    let slow = Desk::at(socket.to_str().unwrap());
    for desk in [&dead, &slow] {
        let begun = clock.monotonic();
        let offered_now = offered(desk, "bash", &["campaigns", "get", ""]);
        let is_flag = |word: &String| word.starts_with("--");
        assert!(offered_now.iter().all(is_flag), "{offered_now:?}");
        assert!(clock.monotonic().duration_since(begun) < SOON);
        // What needs no daemon is there all the same.
        assert_eq!(offered(desk, "bash", &["campaigns", "pau"]), ["pause"]);
    }
}

#[test]
fn scripts_are_put_where_shells_look() {
    let desk = Desk::at("/nonexistent/admin.sock");
    for (shell, path) in [
        ("bash", ".local/share/bash-completion/completions/adctl"),
        ("zsh", ".zfunc/_adctl"),
        ("fish", ".config/fish/completions/adctl.fish"),
    ] {
        let printed = desk.must(&["completions", shell]).out;
        assert!(printed.contains("COMPLETE"), "{shell}: {printed}");
        desk.must(&["completions", shell, "--install"]);
        let written = std::fs::read_to_string(desk.home().join(path)).unwrap();
        assert_eq!(written, printed, "{shell}");
    }
    let ran = desk.run(&["completions", "elvish", "--install"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}
