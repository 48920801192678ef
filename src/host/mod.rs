//! Floor 3: the machine: clock, entropy, tasks, listeners. Real ones here, fakes for tests.
//!
//! The rest of the crate reads the time and rolls dice through these handles only.

pub mod background;
pub mod clock;
pub mod entropy;
pub mod http;
#[cfg(target_os = "linux")]
pub mod memory;
pub mod passwords;
pub mod tasks;
pub mod tls;

pub use clock::{Clock, FakeClock};
pub use entropy::Entropy;
pub use passwords::{PasswordError, Passwords};
pub use tasks::{Shutdown, ShutdownTrigger, Tasks};
