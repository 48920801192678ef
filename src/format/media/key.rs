//! Where the bytes of a file are kept and shown: one name, made by us from its hash.
//!
//! No text of a user is ever part of a key, and a key always begins with its own tenant.

use std::fmt::Write as _;

use crate::model::{Container, Media, TenantId};

/// Room for the name of a file: digits, a dot and an extension.
const FILE_NAME_BYTES: usize = 72;
/// Room for a path on the public listener.
const URL_PATH_BYTES: usize = 96;

/// The name of one content of one tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MediaKey {
    /// Whose it is.
    pub tenant: TenantId,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// The file format, from which the extension comes.
    pub container: Container,
}

impl MediaKey {
    /// The key of a file of a tenant.
    pub fn of(tenant: TenantId, media: &Media) -> Self {
        Self {
            tenant,
            sha256: media.sha256,
            container: media.container,
        }
    }

    /// Its place in an object store, or below the folder of blobs:
    /// `tenant/ten_1/ab/abcd….mp4`.
    pub fn blob_path(&self) -> String {
        let (tenant, file) = (self.tenant, self.file_name());
        let first = file.get(..2).unwrap_or_default();
        format!("tenant/{tenant}/{first}/{file}")
    }

    /// Its path on the public listener, without a leading slash: `media/ten_1/abcd….mp4`.
    pub fn url_path(&self) -> String {
        let mut path = String::with_capacity(URL_PATH_BYTES);
        self.put_url_path(&mut path);
        path
    }

    /// Appends [`MediaKey::url_path`].
    pub fn put_url_path(&self, out: &mut String) {
        out.push_str("media/");
        let _infallible = write!(out, "{}", self.tenant);
        out.push('/');
        self.put_file_name(out);
    }

    /// The key that a [`MediaKey::url_path`] names; none for any other text.
    pub fn parse_url_path(path: &str) -> Option<Self> {
        let (tenant, file) = path.strip_prefix("media/")?.split_once('/')?;
        Self::parse(tenant, file)
    }

    /// The key that a [`MediaKey::blob_path`] names; none for any other text.
    pub fn parse_blob_path(path: &str) -> Option<Self> {
        let (tenant, rest) = path.strip_prefix("tenant/")?.split_once('/')?;
        let (first, file) = rest.split_once('/')?;
        Self::parse(tenant, file).filter(|_key| file.starts_with(first) && first.len() == 2)
    }

    fn parse(tenant: &str, file: &str) -> Option<Self> {
        let (hex, extension) = file.split_once('.')?;
        Some(Self {
            tenant: tenant.parse().ok()?,
            sha256: parse_hex(hex)?,
            container: extension.parse().ok()?,
        })
    }

    fn file_name(&self) -> String {
        let mut name = String::with_capacity(FILE_NAME_BYTES);
        self.put_file_name(&mut name);
        name
    }

    fn put_file_name(&self, out: &mut String) {
        let digits = hexadecimal(&self.sha256);
        out.push_str(str::from_utf8(&digits).expect("hexadecimal digits are ASCII"));
        out.push('.');
        out.push_str(self.container.as_str());
    }
}

/// The lower-case hexadecimal digits of a hash.
pub fn hexadecimal(hash: &[u8; 32]) -> [u8; 64] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut digits = [0; 64];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(hash) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    digits
}

/// 64 lower-case hexadecimal digits.
fn parse_hex(hex: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut hash = [0; 32];
    let digits = hex.as_bytes();
    if digits.len() != 2 * hash.len() {
        return None;
    }
    for (byte, two) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(two[0])? << 4 | digit(two[1])?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_has_one_path_in_each_place() {
        let key = MediaKey {
            tenant: TenantId::new(1),
            sha256: [0xab; 32],
            container: Container::Webm,
        };
        let hex = "ab".repeat(32);
        assert_eq!(key.blob_path(), format!("tenant/ten_1/ab/{hex}.webm"));
        assert_eq!(key.url_path(), format!("media/ten_1/{hex}.webm"));
    }

    #[test]
    fn tricks_are_no_keys() {
        let (hex, short) = ("ab".repeat(32), "ab".repeat(31));
        for path in [
            String::new(),
            "media/".to_owned(),
            format!("media/ten_1/{hex}"),
            format!("media/ten_1/{hex}.exe"),
            format!("media/ten_1/{hex}.mp4/"),
            format!("media/ten_1/{hex}.mp4.mp4"),
            format!("media/ten_1/../ten_1/{hex}.mp4"),
            format!("media/ten_01/{hex}.mp4"),
            format!("media/../{hex}.mp4"),
            format!("media//{hex}.mp4"),
            format!("/media/ten_1/{hex}.mp4"),
            format!("media/ten_1/{}.mp4", hex.to_uppercase()),
            format!("media/ten_1/{short}.mp4"),
            format!("media/ten_1/{short}%2f.mp4"),
            format!("media/ten_1/..\\{short}.mp4"),
            "media/ten_1/．．/x.mp4".to_owned(),
            "media/ten_1/\0.mp4".to_owned(),
        ] {
            assert_eq!(MediaKey::parse_url_path(&path), None, "{path}");
        }
    }

    proptest! {
        #[test]
        fn every_key_comes_back_from_its_paths(tenant: u32, sha256: [u8; 32], pick in 0_usize..4) {
            let container = Container::ALL[pick];
            let key = MediaKey { tenant: TenantId::new(tenant), sha256, container };
            prop_assert_eq!(MediaKey::parse_url_path(&key.url_path()), Some(key));
            prop_assert_eq!(MediaKey::parse_blob_path(&key.blob_path()), Some(key));
        }

        #[test]
        fn whatever_parses_is_the_canonical_text(path in "media/ten_[0-9a-z]{1,3}/[0-9a-f]{64}\\.(mp4|mov|webm|ogg|MP4)") {
            if let Some(key) = MediaKey::parse_url_path(&path) {
                prop_assert_eq!(key.url_path(), path);
            }
        }
    }
}
