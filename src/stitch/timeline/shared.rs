//! Breaks are kept by value: nobody shares them with what is on the disk.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serializer};

use crate::stitch::breaks::Break;

pub(super) fn serialize<S: Serializer>(
    breaks: &[Arc<Break>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(breaks.iter().map(AsRef::as_ref))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Arc<Vec<Arc<Break>>>, D::Error> {
    let breaks = Vec::<Break>::deserialize(deserializer)?;
    Ok(Arc::new(breaks.into_iter().map(Arc::new).collect()))
}
