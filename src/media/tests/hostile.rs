//! Files that lie, programs that are missing, jobs that are given up.

use std::path::Path;
use std::time::Duration;

use super::footage::{ffmpeg, file};
use super::{SOURCE, Workshop, audio, profile, video};
use crate::media::{ConditionError, Footage, Made, Order, Shape, Sound, ToolError};
use crate::model::rendition::{Packaging, TrackKind};

async fn condition(shop: &Workshop, footage: &Footage) -> Result<Made, ConditionError> {
    let tracks = vec![TrackKind::Video(video(320, 180)), TrackKind::Audio(audio())];
    let profile = profile(Packaging::Fmp4, tracks);
    let order = Order {
        footage,
        source: SOURCE,
        profile: &profile,
        shape: Shape::Whole,
    };
    shop.conditioner.condition(order, &|_percent| ()).await
}

async fn refused(shop: &Workshop, footage: &Footage) -> ConditionError {
    let error = condition(shop, footage).await.unwrap_err();
    shop.assert_clean();
    error
}

#[tokio::test]
async fn files_that_are_cut_short_or_empty_or_lie_are_refused_with_a_reason() {
    let shop = Workshop::open();
    let whole = std::fs::read(shop.clip(3)).unwrap();
    let path = |name: &str, bytes: &[u8]| {
        let path = shop.files.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    // The description first, so that it is believed.
    let faststart = shop.files.path().join("faststart.mp4");
    ffmpeg(
        &format!("-i {} -c copy -movflags +faststart", shop.clip(3).display()),
        &faststart,
    );
    let faststart = std::fs::read(&faststart).unwrap();
    let list = b"#EXTM3U\n#EXTINF:3,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n";
    for (name, bytes) in [
        ("empty.mp4", &[][..]),
        ("cut.mp4", &whole[..whole.len() / 2]),
        ("cut-faststart.mp4", &faststart[..faststart.len() / 2]),
        ("noise.mp4", &[0xa5; 5_000][..]),
        ("list.mp4", list),
    ] {
        let error = refused(&shop, &file(path(name, bytes), 3_000, Sound::Present)).await;
        assert!(error.is_lasting(), "{name}: {error}");
        let told = error.to_string();
        assert!(
            !told.is_empty() && !told.contains("root:"),
            "{name}: {told}"
        );
    }
}

#[tokio::test]
async fn a_file_that_plays_shorter_than_it_says_is_refused() {
    let shop = Workshop::open();
    let error = refused(&shop, &file(shop.clip(2), 4_000, Sound::Present)).await;
    assert!(error.to_string().contains("pictures, not"), "{error}");
    let hours = 100 * 3_600_000;
    let error = refused(&shop, &file(shop.clip(2), hours, Sound::Present)).await;
    assert!(
        error.to_string().contains("longer than the 15 minutes"),
        "{error}"
    );
    let error = refused(&shop, &file(shop.clip(2), 0, Sound::Present)).await;
    assert!(
        error.to_string().contains("shorter than one picture"),
        "{error}"
    );
}

#[tokio::test]
async fn sound_that_was_promised_and_is_missing_is_an_error() {
    let shop = Workshop::open();
    let error = refused(&shop, &file(shop.silent_clip(2), 2_000, Sound::Present)).await;
    assert!(
        matches!(error, ConditionError::Tool(ToolError::Failed { .. })),
        "{error}"
    );
}

#[tokio::test]
async fn without_ffmpeg_the_message_says_so() {
    let shop = Workshop::with(Path::new("/nonexistent/ffmpeg"), Duration::from_secs(5));
    let error = refused(&shop, &file("clip.mp4".into(), 2_000, Sound::Present)).await;
    assert!(error.to_string().starts_with("needs ffmpeg"), "{error}");
    assert!(!error.is_lasting());
}

/// Whether any process was called with a word that contains `part`.
fn is_running(part: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let called = processes.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    called.into_iter().any(|words| {
        let words = String::from_utf8_lossy(&words).into_owned();
        words.contains("ffmpeg") && words.contains(part)
    })
}

#[tokio::test]
async fn a_job_that_is_given_up_kills_its_programs_and_leaves_nothing() {
    let shop = Workshop::open();
    let footage = file(shop.clip(4), 4_000, Sound::Present);
    let scratch = shop.scratch.path().to_str().unwrap().to_owned();
    let encoding = async {
        while !is_running(&scratch) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        made = condition(&shop, &footage) => panic!("too fast to be given up: {made:?}"),
        () = encoding => {}
    }
    shop.assert_clean();
    let ended = async {
        while is_running(&scratch) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(10), ended).await;
    assert!(ended.is_ok(), "an encoder runs on");
}

#[tokio::test]
async fn a_job_that_takes_too_long_is_given_up() {
    let shop = Workshop::with(Path::new("ffmpeg"), Duration::from_millis(60));
    let error = refused(&shop, &file(shop.clip(4), 4_000, Sound::Present)).await;
    assert!(
        matches!(error, ConditionError::Tool(ToolError::TooLong(_))),
        "{error}"
    );
}
