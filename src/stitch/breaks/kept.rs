//! How names and kinds of cues, which are no wire types, are kept over a restart.

pub(super) mod names {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::format::hls::CueId;

    pub(in crate::stitch::breaks) fn serialize<S: Serializer>(
        names: &[CueId],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(names.iter().map(|id| (id.name.as_deref(), id.event)))
    }

    pub(in crate::stitch::breaks) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<CueId>, D::Error> {
        let names = Vec::<(Option<String>, Option<u32>)>::deserialize(deserializer)?;
        let id = |(name, event): (Option<String>, Option<u32>)| CueId {
            name: name.map(String::into_boxed_str),
            event,
        };
        Ok(names.into_iter().map(id).collect())
    }
}

pub(super) mod kind {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::format::hls::CueKind;

    /// A kind is kept as its place here: new ones go to the end.
    const KINDS: [CueKind; 8] = [
        CueKind::Splice,
        CueKind::Break,
        CueKind::ProviderAdvertisement,
        CueKind::DistributorAdvertisement,
        CueKind::ProviderPlacement,
        CueKind::DistributorPlacement,
        CueKind::ProviderAdBlock,
        CueKind::DistributorAdBlock,
    ];

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the form that serde asks for"
    )]
    pub(in crate::stitch::breaks) fn serialize<S: Serializer>(
        kind: &CueKind,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let place = KINDS.iter().position(|known| known == kind);
        serializer.serialize_u8(
            place
                .and_then(|place| u8::try_from(place).ok())
                .unwrap_or(0),
        )
    }

    pub(in crate::stitch::breaks) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<CueKind, D::Error> {
        let place = usize::from(u8::deserialize(deserializer)?);
        Ok(KINDS.get(place).copied().unwrap_or(CueKind::Splice))
    }
}
