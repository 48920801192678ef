//! The configuration as text: what is in force and why, the default file, the manual page.

use std::fmt::Write as _;

use clap_mangen::roff::{Roff, bold, italic, roman};

use super::keys::{KEYS, Key, SECTIONS, Value};
use super::problem::Origin;
use super::read::default_raw;
use super::secret::MASK;
use super::sources::{Given, Raw};

/// What is in force, and where each setting comes from.
#[derive(Debug, Clone)]
pub struct Origins(Given);

impl Origins {
    pub(super) const fn new(given: Given) -> Self {
        Self(given)
    }

    /// The settings in force as a TOML file, secrets masked; with `origins`, each with the place
    /// where it was set.
    pub fn text(&self, origins: ShowOrigin) -> String {
        let mut text = String::new();
        for (section, _about) in SECTIONS {
            let mut lines = Vec::new();
            for key in KEYS.iter().filter(|key| key.parts().0 == *section) {
                lines.extend(self.line(key, origins));
            }
            if !lines.is_empty() {
                let gap = if text.is_empty() { "" } else { "\n" };
                push(&mut text, format_args!("{gap}[{section}]\n"));
                text.push_str(&lines.concat());
            }
        }
        text
    }

    fn line(&self, key: &Key, origins: ShowOrigin) -> Option<String> {
        let name = key.parts().1;
        let (value, origin) = match self.0.get(key.path) {
            Some((_raw, origin)) if key.value == Value::Secret => {
                (format!("\"{MASK}\""), origin.to_string())
            }
            Some((raw, origin)) => (toml(raw, key), origin.to_string()),
            None => (
                toml(&default_raw(key.path)?, key),
                Origin::Default.to_string(),
            ),
        };
        Some(match origins {
            ShowOrigin::No => format!("{name} = {value}\n"),
            ShowOrigin::Yes => format!("{name} = {value}  # {origin}\n"),
        })
    }
}

/// Whether to say where a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShowOrigin {
    /// Values only.
    No,
    /// Each with its place.
    Yes,
}

/// Writes a value as TOML, in the type its setting has.
fn toml(raw: &Raw, key: &Key) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let is_list = key.kind.starts_with("list");
    let is_number = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_')
    };
    match raw {
        Raw::Integer(number) => number.to_string(),
        Raw::List(items) => {
            let items: Vec<_> = items.iter().map(|item| toml(item, key)).collect();
            format!("[{}]", items.join(", "))
        }
        Raw::Typed(text) if is_list => {
            let items = text
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty());
            let items: Vec<_> = items
                .map(|item| {
                    if is_number(item) {
                        item.to_owned()
                    } else {
                        quoted(item)
                    }
                })
                .collect();
            format!("[{}]", items.join(", "))
        }
        Raw::Typed(text) if key.is_number() => text.clone(),
        Raw::Text(text) | Raw::Typed(text) => quoted(text),
        Raw::Other(described) => quoted(described),
    }
}

impl Key {
    fn is_number(&self) -> bool {
        [
            "number",
            "bytes",
            "milliseconds",
            "seconds",
            "hours",
            "days",
        ]
        .contains(&self.kind)
    }
}

/// dist/adserved.toml: every setting with its default, commented out.
pub fn default_file() -> String {
    let mut text = String::from(
        "# Configuration of adserved. Every line that is commented out shows the default, or an\n\
         # example where there is none. A setting can also come from the environment, as in\n\
         # ADSERVED_SERVER__LISTEN=127.0.0.1:80, and from a flag, as in\n\
         # --set server.listen=127.0.0.1:80; flags win over the environment, both over this file.\n\
         # Check a file with: adserved check --config FILE\n",
    );
    for (section, about) in SECTIONS {
        push(&mut text, format_args!("\n# {about}\n[{section}]\n"));
        for key in KEYS.iter().filter(|key| key.parts().0 == *section) {
            text.push('\n');
            for line in key.doc {
                push(&mut text, format_args!("# {line}\n"));
            }
            let name = key.parts().1;
            match key.value {
                Value::Default(value) | Value::Example(value) => {
                    push(&mut text, format_args!("# {name} = {value}\n"));
                }
                Value::Secret => push(
                    &mut text,
                    format_args!("# {name} is taken from ${} only.\n", key.variable()),
                ),
            }
        }
    }
    text
}

/// The manual page adserved.toml(5), in roff.
pub fn manual_page() -> String {
    let mut page = Roff::new();
    let version = concat!("adserve ", env!("CARGO_PKG_VERSION"));
    page.control("TH", ["ADSERVED.TOML", "5", "", version, "adserve"]);
    page.control("SH", ["NAME"]);
    page.text([roman("adserved.toml - configuration of adserved")]);
    page.control("SH", ["DESCRIPTION"]);
    page.text([
        roman("The file is named by the flag "),
        bold("--config"),
        roman(" or the variable "),
        bold("ADSERVED_CONFIG"),
        roman("; otherwise adserved.toml in the working directory is read, otherwise "),
        bold("/etc/adserved/adserved.toml"),
        roman(", if there is one. It is TOML. Environment variables win over the file, and flags "),
        roman("over both. An unknown name is an error, and all errors are shown at once."),
    ]);
    for (section, about) in SECTIONS {
        page.control("SH", [format!("[{section}]").as_str()]);
        page.text([roman(*about)]);
        for key in KEYS.iter().filter(|key| key.parts().0 == *section) {
            page.control("TP", []);
            page.text([bold(key.parts().1), roman(" = "), italic(key.kind)]);
            let mut doc = key.doc.join(" ");
            if let Value::Default(value) = key.value {
                push(&mut doc, format_args!(" Default: {value}."));
            }
            push(&mut doc, format_args!(" Variable: {}.", key.variable()));
            page.text([roman(doc)]);
        }
    }
    page.control("SH", ["SEE ALSO"]);
    page.text([roman("adserved(8), adctl(1)")]);
    page.render()
}

fn push(text: &mut String, more: std::fmt::Arguments<'_>) {
    text.write_fmt(more)
        .expect("writing to a string does not fail");
}
