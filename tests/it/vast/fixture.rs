//! An ad on its way to a player, for tests and benches of the renderings.

use adserve::decision::{Budget, Chosen, Offer, Spot, Terms};
use adserve::model::creative::FrameRate;
use adserve::model::{
    CampaignId, ChannelId, Container, CreativeId, Media, Millis, Nanos, Pacing, PriceModel,
    Receiver, ServedAd, ServedAdId, TenantId, Tier, Timestamp,
};

use adserve::render::Served;
use adserve::render::token::{KEY_LEN, SigningKey, Token, TokenKeys};

/// An ad and all that it borrows from.
#[derive(Debug)]
pub(crate) struct Fixture {
    pub(crate) offer: Offer,
    pub(crate) ad: ServedAd,
    pub(crate) media_url: String,
    token: Token,
}

impl Fixture {
    /// A 30 s MP4 with sound and a click address.
    pub(crate) fn new() -> Self {
        let ad = ad();
        let key = SigningKey {
            id: 1,
            secret: [7; KEY_LEN],
        };
        Self {
            offer: offer(),
            ad,
            media_url: "https://cdn.example/media/ten_1/cafe.mp4".to_owned(),
            token: TokenKeys::new(&key, None).mint(&ad),
        }
    }

    /// A silent WebM.
    pub(crate) fn silent_webm() -> Self {
        let mut fixture = Self::new();
        let media = &mut fixture.spot().media;
        media.container = Container::Webm;
        "vp09.00.40.08".clone_into(&mut media.video_codec);
        media.audio_codec = None;
        "https://cdn.example/media/ten_1/cafe.webm".clone_into(&mut fixture.media_url);
        fixture
    }

    pub(crate) fn spot(&mut self) -> &mut Spot {
        &mut self.offer.spots[0]
    }

    pub(crate) fn served(&self) -> Served<'_> {
        Served {
            chosen: Chosen {
                offer: &self.offer,
                spot: &self.offer.spots[0],
                start: Millis(0),
                slot: None,
            },
            ad: &self.ad,
            token: &self.token,
            media_url: &self.media_url,
        }
    }
}

fn ad() -> ServedAd {
    ServedAd {
        id: ServedAdId::compose(0, 1, 42),
        tenant: TenantId::new(1),
        channel: Some(ChannelId::new(3)),
        campaign: CampaignId::new(42),
        creative: CreativeId::new(7),
        price_model: PriceModel::Cpm,
        charge: Nanos(24_500_000),
        decided_at: Timestamp::from_millis(1_790_000_000_000),
        duration: Millis(30_030),
        receiver: Receiver::UNKNOWN,
    }
}

fn offer() -> Offer {
    Offer {
        campaign: CampaignId::new(42),
        tier: Tier::Standard,
        weight: 1,
        start: Timestamp::from_millis(0),
        end: Timestamp::from_millis(4_000_000_000_000),
        charge: Nanos(24_500_000),
        price_model: PriceModel::Cpm,
        budget: Budget {
            total: Nanos(1_000_000_000_000),
            daily: None,
            impressions: None,
        },
        order: None,
        pacing: Pacing::Asap,
        terms: Terms::default(),
        shortest: Millis(30_030),
        sole: None,
        spots: vec![Spot {
            creative: CreativeId::new(7),
            name: "Autumn sale, 30 s".to_owned(),
            weight: 1,
            click_url: Some("https://shop.example/autumn?from=tv&x=1".to_owned()),
            media: media(),
            terms: None,
        }],
    }
}

fn media() -> Media {
    Media {
        sha256: std::array::from_fn(|place| u8::try_from(place).unwrap_or_default() * 7),
        bytes: 15_015_000,
        container: Container::Mp4,
        duration: Millis(30_030),
        width: 1920,
        height: 1080,
        rotation: 0,
        video_codec: "avc1.640028".to_owned(),
        audio_codec: Some("mp4a.40.2".to_owned()),
        frame_rate: Some(FrameRate {
            numerator: 30_000,
            denominator: 1_001,
        }),
    }
}
