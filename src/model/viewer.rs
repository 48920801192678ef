//! Who is asked for, as keyed hashes: what frequency caps count by. No raw id gets this far.

/// A keyed hash of one identity. The scope is part of what is hashed, so that a user and a device
/// of one name never meet.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct ViewerKey(pub u64);

/// One identity under the hashing key of now and, for as long as exposures under it may still
/// count, under the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Identified {
    /// Under the key of now.
    pub key: ViewerKey,
    /// Under the key before; none when there was none.
    pub before: Option<ViewerKey>,
}

/// All that is known of who watches. What consent, age or the viewer forbid to know is absent.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Identity {
    /// The account that watches.
    pub user: Option<Identified>,
    /// The device, by its advertising id.
    pub device: Option<Identified>,
    /// Those who live together.
    pub household: Option<Identified>,
    /// The network address, or its IPv6 /56.
    pub address: Option<Identified>,
    /// This one sitting.
    pub session: Option<Identified>,
}
