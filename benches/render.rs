//! What an ad costs after it was decided: signing it, writing it, and checking its beacons.
//!
//! `cargo bench --profile quick --bench render`

#[path = "../tests/it/vast/fixture.rs"]
mod fixture;

use adserve::format::vast::{Version, read};
use adserve::model::DecisionId;
use adserve::render::json::{Forms, write_ad};
use adserve::render::token::{KEY_LEN, SigningKey, TokenKeys};
use adserve::render::vast::{Setting, write_ads, write_no_ad};
use divan::Bencher;
use divan::counter::BytesCount;
use fixture::Fixture;

const PUBLIC_URL: &str = "https://ads.example";

fn main() {
    divan::main();
}

fn setting(version: Version) -> Setting<'static> {
    Setting {
        version,
        public_url: PUBLIC_URL,
        currency: None,
    }
}

fn keys() -> TokenKeys {
    let key = |id| SigningKey {
        id,
        secret: [id; KEY_LEN],
    };
    TokenKeys::new(&key(2), Some(&key(1)))
}

#[divan::bench]
fn token_mint(bencher: Bencher<'_, '_>) {
    let (keys, fixture) = (keys(), Fixture::new());
    bencher.bench(|| keys.mint(divan::black_box(&fixture.ad)));
}

#[divan::bench]
fn token_verify(bencher: Bencher<'_, '_>) {
    let (keys, fixture) = (keys(), Fixture::new());
    let token = keys.mint(&fixture.ad);
    bencher.bench(|| keys.verify(divan::black_box(token.as_str()), fixture.ad.decided_at));
}

/// One ad, into a buffer that is there already.
#[divan::bench(args = Version::ALL)]
fn vast_ad(bencher: Bencher<'_, '_>, version: Version) {
    let (fixture, setting) = (Fixture::new(), setting(version));
    let mut out = Vec::with_capacity(8 * 1024);
    write_ads(&setting, &[fixture.served()], &mut out);
    let bytes = BytesCount::new(out.len());
    bencher.counter(bytes).bench_local(|| {
        out.clear();
        write_ads(divan::black_box(&setting), &[fixture.served()], &mut out);
    });
}

#[divan::bench]
fn vast_pod_of_two(bencher: Bencher<'_, '_>) {
    let (full, silent) = (Fixture::new(), Fixture::silent_webm());
    let setting = setting(Version::V4_2);
    let mut out = Vec::with_capacity(16 * 1024);
    bencher.bench_local(|| {
        out.clear();
        let served = [full.served(), silent.served()];
        write_ads(divan::black_box(&setting), &served, &mut out);
    });
}

#[divan::bench]
fn vast_no_ad(bencher: Bencher<'_, '_>) {
    let setting = setting(Version::V4_2);
    let mut out = Vec::with_capacity(8 * 1024);
    bencher.bench_local(|| {
        out.clear();
        write_no_ad(divan::black_box(&setting), DecisionId::new(99), &mut out);
    });
}

#[divan::bench]
fn vast_read(bencher: Bencher<'_, '_>) {
    let fixture = Fixture::new();
    let mut out = Vec::new();
    write_ads(&setting(Version::V4_2), &[fixture.served()], &mut out);
    bencher
        .counter(BytesCount::new(out.len()))
        .bench(|| read(divan::black_box(&out)));
}

/// The answer of version 1 down to its bytes, into a buffer that is there already.
#[divan::bench]
fn json_ad(bencher: Bencher<'_, '_>) {
    let (fixture, forms) = (Fixture::new(), Forms::new(PUBLIC_URL));
    let mut out = Vec::with_capacity(8 * 1024);
    bencher.bench_local(|| {
        out.clear();
        write_ad(
            divan::black_box(&forms),
            &fixture.served(),
            "request-1",
            &mut out,
        );
    });
}
