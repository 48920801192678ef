//! Floor 4: budgets and caps in motion: reserve, settle, release; and the pacing of what is left.
//!
//! A budget moves in two steps. Handing an ad out *reserves* one impression and the charge; the
//! events that come back *settle* them, and what is not seen in time is given back. At every
//! instant, for impressions, money and the money of each day, settled and reserved together are
//! at most the budget.

pub mod caps;

mod account;
mod accounts;
mod books;
mod days;
mod embedded;
mod goals;
mod holds;
mod pace;
mod pacer;
mod pods;
mod quota;
mod restore;
#[cfg(test)]
mod tests;
mod unseen;
mod view;

pub use books::{Bounds, DayUsage, Usage};
pub use embedded::{Booked, EXPIRED_MAX, Embedded, HOLD_DEFAULT, Settled};
pub use pacer::{Pacer, PacingReport};
pub use pods::{Lost, Taken, Wanted};
pub use quota::Quotas;
pub use restore::Outstanding;
pub use view::Trial;
