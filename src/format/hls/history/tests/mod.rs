//! Every invariant has a history that breaks it; good histories break none.

mod faults;
mod good;
mod hostile;
mod interstitials;
mod ritcher;
mod world;
