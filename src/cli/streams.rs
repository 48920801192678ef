//! How answers look: by flags, environment and what the streams are.

use std::io::IsTerminal;

use jiff::tz::TimeZone;

use super::args::{ColourWhen, FormatArgs, Globals};
use super::environment::Environment;
use super::failure::Failure;
use super::output::{self, Format, Header, Style, Talk, View};
use crate::host::Clock;
use crate::model::Zone;

/// How answers are printed, by flags, environment and streams.
pub(super) fn output_settings(
    globals: &Globals,
    environment: &Environment,
) -> Result<output::Settings, Failure> {
    let stdout = std::io::stdout();
    let piped = !stdout.is_terminal();
    let format = match (globals.format.output, globals.talk.quiet) {
        (Some(format), _) => format,
        (None, true) => Format::Name,
        (None, false) if piped => Format::Plain,
        (None, false) => Format::Table,
    };
    let talk = match (globals.talk.quiet, globals.talk.verbose) {
        (true, _) => Talk::Quiet,
        (false, 0) => Talk::Normal,
        (false, _) => Talk::Verbose,
    };
    let when = globals.format.color;
    Ok(output::Settings {
        format,
        columns: globals.format.columns.clone(),
        header: if globals.format.no_header {
            Header::Left
        } else {
            Header::Shown
        },
        talk,
        width: if piped { None } else { terminal_width() },
        view: View {
            now: Clock::real().now(),
            zone: view_zone(&globals.format)?,
        },
        style: style(when, &stdout, environment),
        error_style: style(when, &std::io::stderr(), environment),
    })
}

/// The zone that was asked for, else that of the machine.
fn view_zone(format: &FormatArgs) -> Result<TimeZone, Failure> {
    Ok(asked_zone(format)?.unwrap_or_else(TimeZone::system))
}

/// The zone that was asked for.
pub(super) fn asked_zone(format: &FormatArgs) -> Result<Option<TimeZone>, Failure> {
    if format.utc {
        return Ok(Some(TimeZone::UTC));
    }
    let find = |name: &String| {
        TimeZone::get(name).map_err(|_unknown| {
            let hint = Zone::near(name).map_or_else(
                || "write an IANA name such as America/New_York, or UTC".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Failure::usage(format!("`{name}` is not a time zone")).hint(hint)
        })
    };
    format.tz.as_ref().map(find).transpose()
}

/// Whether a stream gets colour: the flag, then the conventions of `NO_COLOR` and
/// `CLICOLOR_FORCE`.
pub(super) fn style(
    when: ColourWhen,
    stream: &impl IsTerminal,
    environment: &Environment,
) -> Style {
    let is_forced = environment
        .get("CLICOLOR_FORCE")
        .is_some_and(|value| value != "0");
    let is_dumb = environment.get("TERM").is_none_or(|term| term == "dumb");
    let is_coloured = match when {
        ColourWhen::Always => true,
        ColourWhen::Never => false,
        ColourWhen::Auto if environment.get("NO_COLOR").is_some() => false,
        ColourWhen::Auto => is_forced || (stream.is_terminal() && !is_dumb),
    };
    if is_coloured {
        Style::Coloured
    } else {
        Style::Plain
    }
}

/// Columns of the terminal on standard output.
fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}
