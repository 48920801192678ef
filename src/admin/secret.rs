//! Secrets that are drawn here: tokens of logins, keys, codes of invites.
//!
//! 256 random bits behind a word that says what it is, so that one that got loose is recognised.
//! Only hashes are kept; with so many bits, a plain one is as good as a slow one.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::call::Call;
use crate::host::Entropy;
use crate::store::catalog::SecretHash;

/// Characters of 256 bits in base 64.
const DIGITS: usize = 43;
/// Characters of a secret by which people recognise it, beside its word.
const SHOWN_DIGITS: usize = 8;

/// What a secret is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Goes with the calls of a login.
    Access,
    /// Is traded for new tokens.
    Refresh,
    /// Goes with the calls of a program.
    Key,
    /// Sets a password, once.
    Invite,
}

impl Use {
    const fn word(self) -> &'static str {
        match self {
            Self::Access => "ada_",
            Self::Refresh => "adr_",
            Self::Key => "adk_",
            Self::Invite => "adi_",
        }
    }
}

/// A secret that was just drawn.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    /// Draws one.
    pub(crate) fn draw(purpose: Use, entropy: &Entropy) -> Self {
        let digits = URL_SAFE_NO_PAD.encode(entropy.bytes::<32>());
        Self(purpose.word().to_owned() + &digits)
    }

    /// The text that is told once.
    pub(crate) fn tell(self) -> String {
        self.0
    }

    /// What is kept.
    pub(crate) fn hash(&self) -> SecretHash {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The secret, unless the call only tries out what makes it.
    pub(crate) fn of_call(self, call: &Call) -> Option<Self> {
        (!call.is_dry_run()).then_some(self)
    }

    /// Its beginning: too little to use it.
    pub(crate) fn prefix(&self) -> String {
        self.0.chars().take(4 + SHOWN_DIGITS).collect()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The hash of a text that has the form of such a secret.
pub(crate) fn hash_of(purpose: Use, text: &str) -> Option<SecretHash> {
    let digits = text.strip_prefix(purpose.word())?;
    let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let fits = digits.len() == DIGITS && digits.bytes().all(known);
    fits.then(|| Sha256::digest(text.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_again_by_its_hash_and_for_its_use_alone() {
        let entropy = Entropy::seeded(1);
        for purpose in [Use::Access, Use::Refresh, Use::Key, Use::Invite] {
            let secret = Secret::draw(purpose, &entropy);
            let (hash, text) = (secret.hash(), secret.clone().tell());
            assert_eq!(hash_of(purpose, &text), Some(hash));
            assert_ne!(Secret::draw(purpose, &entropy).hash(), hash);
            assert!(text.starts_with(&secret.prefix()) && secret.prefix().len() == 12);
            assert!(!format!("{secret:?}").contains(&text));
            for other in [Use::Access, Use::Refresh, Use::Key, Use::Invite] {
                assert_eq!(hash_of(other, &text).is_some(), other == purpose);
            }
        }
    }

    #[test]
    fn nothing_else_is_a_secret() {
        let good = Secret::draw(Use::Key, &Entropy::seeded(1)).tell();
        let short: String = good.chars().take(46).collect();
        let foreign = short.clone() + "é";
        for bad in ["", "adk_", &short, &foreign, &format!("{good}A")] {
            assert_eq!(hash_of(Use::Key, bad), None, "{bad}");
        }
    }
}
