//! Threads in the background: they have names, and give way to those that answer players.

use std::io;
use std::thread::{Builder, JoinHandle};

/// How much a thread in the background gives way, in steps of `nice`: on a processor that it
/// shares with a busy one it gets a tenth, and whoever has a player waiting goes first.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Starts a thread that nobody who answers players waits for.
pub fn spawn<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    Builder::new().name(name.to_owned()).spawn(move || {
        give_way();
        work()
    })
}

/// Lets the calling thread give way from now on, and those that it starts.
#[cfg(target_os = "linux")]
pub fn give_way() {
    let thread = rustix::thread::gettid();
    // Where it cannot be had, everything works as well, and answers come a little later.
    rustix::process::setpriority_process(Some(thread), NICENESS).ok();
}

/// Lets the calling thread give way, where threads have a niceness of their own.
#[cfg(not(target_os = "linux"))]
pub const fn give_way() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn niceness() -> i32 {
        let thread = rustix::thread::gettid();
        rustix::process::getpriority_process(Some(thread)).expect("a thread of ours")
    }

    #[test]
    fn a_thread_in_the_background_gives_way_and_no_other_does() {
        let before = niceness();
        let name = || std::thread::current().name().map(str::to_owned);
        let seen = spawn("tidy", move || (name(), niceness())).unwrap();
        let (name, nice) = seen.join().unwrap();
        assert_eq!(name.as_deref(), Some("tidy"));
        assert_eq!(nice, NICENESS.max(before));
        assert_eq!(niceness(), before);
    }
}
