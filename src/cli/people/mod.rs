//! People and programs that call the daemon: `adctl login` and its kin, `adctl users`, `adctl
//! keys`.

pub(super) mod keys;
pub(super) mod login;
mod password;
pub(super) mod profile;
pub(super) mod users;

use super::failure::Failure;
use super::input::parse_instant;
use super::session::Session;

/// An instant as people write it, as the API takes it.
async fn instant(session: &mut Session, flag: &str, text: &str) -> Result<String, Failure> {
    let zone = session.input_zone().await?;
    let instant = parse_instant(text, session.now(), &zone);
    let instant = instant.map_err(|error| Failure::usage(format!("{flag}: {error}")))?;
    Ok(instant.to_string())
}
