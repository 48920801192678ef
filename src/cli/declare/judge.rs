//! Reads the values of one thing in a file, and collects what is wrong with them.

use super::file::Typed;
use super::plan::{Fault, Moment, Origin};
use crate::api::Cap;
use crate::cli::input::{InputError, parse_cap, parse_instant, parse_span, parse_targeting};

/// Collects what is wrong with one thing.
pub(super) struct Judge<'f> {
    pub(super) origin: Origin,
    pub(super) faults: &'f mut Vec<Fault>,
}

impl Judge<'_> {
    pub(super) fn fault(&mut self, field: &str, message: String) {
        self.faults.push(Fault {
            origin: self.origin.clone(),
            field: field.to_owned(),
            message,
        });
    }

    pub(super) fn read<T>(
        &mut self,
        field: &str,
        typed: &Typed,
        read: impl FnOnce(&str) -> Result<T, InputError>,
    ) -> Option<T> {
        read(&typed.0)
            .map_err(|error| self.fault(field, error.to_string()))
            .ok()
    }

    pub(super) fn read_if_any<T>(
        &mut self,
        field: &str,
        typed: Option<&Typed>,
        read: impl FnOnce(&str) -> Result<T, InputError>,
    ) -> Option<T> {
        self.read(field, typed?, read)
    }

    pub(super) fn span(&mut self, field: &str, typed: Option<&Typed>) -> Option<u64> {
        self.read_if_any(field, typed, parse_span)
            .map(|span| span.0)
    }

    pub(super) fn caps(&mut self, typed: &[Typed]) -> Vec<Cap> {
        let caps = typed.iter().enumerate();
        let caps =
            caps.filter_map(|(place, cap)| self.read(&format!("caps[{place}]"), cap, parse_cap));
        caps.map(|cap| Cap::of(&cap)).collect()
    }

    /// The text of targeting, which is good as far as can be known without its channels.
    pub(super) fn targeting(&mut self, typed: Option<&Typed>) -> Option<String> {
        let read = self.read_if_any("targeting", typed, parse_targeting)?;
        let text = typed.map(|typed| typed.0.clone());
        text.filter(|_text| !read.is_everyone())
    }

    /// An instant. One that moves with the present is for something new alone.
    pub(super) fn instant(
        &mut self,
        field: &str,
        typed: &Typed,
        (moment, only_new): (&Moment, &mut Vec<String>),
    ) -> Option<String> {
        let read = |text: &str| parse_instant(text, moment.now, &moment.zone);
        let instant = self.read(field, typed, read)?;
        if is_relative(&typed.0) {
            only_new.push(field.to_owned());
        }
        Some(instant.to_string())
    }

    pub(super) fn status<T: std::str::FromStr<Err: ToString>>(&mut self, typed: Option<&String>) {
        if let Some(Err(error)) = typed.map(|text| text.parse::<T>()) {
            self.fault("status", error.to_string());
        }
    }
}

/// Whether it is another instant tomorrow.
fn is_relative(text: &str) -> bool {
    text.starts_with(['+', '-']) || matches!(text, "now" | "today" | "yesterday" | "tomorrow")
}
