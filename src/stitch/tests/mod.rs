//! Histories of channels as the whole floor sees them.

mod dice;
mod histories;
mod on_demand;
mod origin;
mod origins;
mod viewers;
