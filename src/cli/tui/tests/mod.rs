//! Tests of the whole, without a terminal.

mod keys;
mod screens;
mod stage;
mod whatever;
mod writes;
