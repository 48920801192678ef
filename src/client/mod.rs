//! Floor 6: `adctl`'s only door to the daemon.
//!
//! HTTP/1.1 over a unix socket, TCP or TLS, one connection a call. Every call has a deadline and
//! every answer a size limit. Every write carries an idempotency key, so that repeating it after
//! a broken connection cannot do it twice. Nothing here decides, prints or knows a terminal.
//!
//! Texts from the daemon arrive exactly as they were sent; [`clean()`] makes them fit for a
//! terminal, and everything that writes for people goes through it.

mod answer;
mod call;
mod clean;
mod connect;
mod error;
mod exchange;
mod fetch;
pub mod human;
mod live;
mod login;
mod target;
mod tls;
mod upload;

pub use answer::{ANSWER_BYTES_MAX, Answer};
pub use call::{Call, Collection, DryRun};
pub use clean::{clean, is_clean};
pub use error::ClientError;
pub use exchange::{Client, Settings, Trace};
pub use fetch::{Fetched, REDIRECTS_MAX, fetch, fetch_following};
pub use live::{Happening, Live, LiveAsk, LiveStream, Told, Until};
pub use login::{LoginFile, replace_private};
pub use target::{Target, TargetError};
pub use upload::{Progress, Upload};
