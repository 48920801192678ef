//! What is sold: written, published, decided upon, completed, and kept apart.

/// Campaigns that are over are completed.
mod lifecycle;
/// No decision after an acknowledged change disagrees with it.
mod live;
/// Pieces that add up to the whole.
mod publish;
/// Writers against one another, and the lock against a second daemon.
mod race;
