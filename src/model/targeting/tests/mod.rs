//! What the parts of targeting promise together.

mod any;
mod contradiction;
mod daypart;
mod language;
mod matching;
mod printing;
mod problems;
mod text;
