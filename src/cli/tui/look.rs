//! What a meaning looks like on this terminal: colours by palette, glyphs by locale.
//!
//! Colour never carries a meaning alone: a word or a glyph always stands beside it. The
//! background is the terminal's own everywhere but under the chosen row.

use ratatui::style::{Color, Modifier, Style};

use crate::model::word::words;

/// Which colours a terminal is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// True colour on a dark ground.
    Dark,
    /// True colour on a light ground.
    Light,
    /// The 256 colours of xterm, on a dark ground.
    Indexed,
    /// The terminal's own sixteen.
    Sixteen,
    /// Bold, underlined and reversed, without any colour.
    None,
}
words!(Palette {
    Dark = "dark",
    Light = "light",
    Indexed = "256",
    Sixteen = "16",
    None = "none",
});

/// Which characters a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// Box drawing, blocks and braille.
    Unicode,
    /// ASCII alone.
    Ascii,
}

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What is read.
    Text,
    /// What is read first.
    Strong,
    /// What explains something else.
    Muted,
    /// Rules and frames.
    Line,
    /// Where one is, and what can be pressed.
    Primary,
    /// As it should be.
    Good,
    /// Wants a look.
    Warn,
    /// Wants a hand.
    Bad,
}

/// The colours and glyphs of one terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its colours.
    pub palette: Palette,
    /// Its characters.
    pub glyphs: Glyphs,
}

impl Look {
    /// What the environment of the terminal says; `get` reads a variable.
    pub fn of_environment<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Self {
        let is_dumb = get("TERM").is_none_or(|term| term == "dumb");
        let has = |name: &str, part: &str| get(name).is_some_and(|value| value.contains(part));
        let palette = if get("NO_COLOR").is_some() || is_dumb {
            Palette::None
        } else if has("COLORTERM", "truecolor") || has("COLORTERM", "24bit") {
            match get("COLORFGBG").and_then(|value| value.rsplit(';').next()) {
                Some("7" | "15") => Palette::Light,
                _ => Palette::Dark,
            }
        } else if has("TERM", "256color") {
            Palette::Indexed
        } else {
            Palette::Sixteen
        };
        let locale = get("LC_ALL")
            .or_else(|| get("LC_CTYPE"))
            .or_else(|| get("LANG"));
        let locale = locale.unwrap_or_default().to_lowercase();
        let is_utf8 = locale.contains("utf-8") || locale.contains("utf8");
        let glyphs = if is_utf8 && get("TERM") != Some("linux") {
            Glyphs::Unicode
        } else {
            Glyphs::Ascii
        };
        Self { palette, glyphs }
    }

    /// The style of a meaning.
    pub fn style(self, tone: Tone) -> Style {
        let style = match self.colour(tone) {
            Some(colour) => Style::new().fg(colour),
            None => Style::new(),
        };
        style.add_modifier(self.modifier(tone))
    }

    fn modifier(self, tone: Tone) -> Modifier {
        match (self.palette, tone) {
            (_, Tone::Strong) | (Palette::None, Tone::Primary) => Modifier::BOLD,
            (Palette::None, Tone::Warn) => Modifier::UNDERLINED,
            (Palette::None, Tone::Bad) => Modifier::BOLD.union(Modifier::UNDERLINED),
            (Palette::None, Tone::Line) => Modifier::DIM,
            _ => Modifier::empty(),
        }
    }

    fn colour(self, tone: Tone) -> Option<Color> {
        let place = match tone {
            Tone::Text | Tone::Strong => return None,
            Tone::Muted => 0,
            Tone::Line => 1,
            Tone::Primary => 2,
            Tone::Good => 3,
            Tone::Warn => 4,
            Tone::Bad => 5,
        };
        let colours = match self.palette {
            Palette::None => return None,
            Palette::Dark => [
                0x009c_a3af,
                0x006b_7280,
                0x003b_82f6,
                0x0010_b981,
                0x00f5_9e0b,
                0x00ef_4444,
            ]
            .map(Color::from_u32),
            Palette::Light => [
                0x004b_5563,
                0x009c_a3af,
                0x001d_4ed8,
                0x0004_7857,
                0x00b4_5309,
                0x00b9_1c1c,
            ]
            .map(Color::from_u32),
            Palette::Indexed => [248, 243, 69, 36, 214, 203].map(Color::Indexed),
            Palette::Sixteen => [
                Color::DarkGray,
                Color::DarkGray,
                Color::Blue,
                Color::Green,
                Color::Yellow,
                Color::Red,
            ],
        };
        colours.get(place).copied()
    }

    /// What lies under the chosen row, over the style that it has.
    pub fn chosen(self) -> Style {
        match self.palette {
            Palette::Dark => Style::new().bg(Color::Rgb(30, 41, 59)),
            Palette::Light => Style::new().bg(Color::Rgb(219, 234, 254)),
            Palette::Indexed => Style::new().bg(Color::Indexed(237)),
            Palette::Sixteen | Palette::None => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// One of two texts: the first where Unicode shows.
    pub const fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self.glyphs {
            Glyphs::Unicode => unicode,
            Glyphs::Ascii => ascii,
        }
    }

    /// Nothing to full in nine steps, of one cell.
    pub const fn ramp(self) -> [&'static str; 9] {
        match self.glyphs {
            Glyphs::Unicode => [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
            Glyphs::Ascii => [" ", "_", "_", ".", "-", "=", "+", "*", "#"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(variables: &'static [(&'static str, &'static str)]) -> Look {
        Look::of_environment(|name| {
            let found = variables.iter().find(|(known, _value)| *known == name);
            found.map(|(_name, value)| *value)
        })
    }

    #[test]
    fn the_environment_says_what_a_terminal_can_show() {
        let plain = look(&[]);
        assert_eq!(
            (plain.palette, plain.glyphs),
            (Palette::None, Glyphs::Ascii)
        );
        let rich = look(&[
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("LANG", "en_US.UTF-8"),
        ]);
        assert_eq!(
            (rich.palette, rich.glyphs),
            (Palette::Dark, Glyphs::Unicode)
        );
        let light = look(&[
            ("TERM", "xterm"),
            ("COLORTERM", "truecolor"),
            ("COLORFGBG", "0;15"),
        ]);
        assert_eq!(light.palette, Palette::Light);
        assert_eq!(
            look(&[("TERM", "xterm-256color")]).palette,
            Palette::Indexed
        );
        assert_eq!(look(&[("TERM", "xterm")]).palette, Palette::Sixteen);
        assert_eq!(
            look(&[("TERM", "xterm"), ("NO_COLOR", "1")]).palette,
            Palette::None
        );
        let console = look(&[("TERM", "linux"), ("LANG", "C.UTF-8")]);
        assert_eq!(console.glyphs, Glyphs::Ascii);
        let overruled = look(&[("TERM", "xterm"), ("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]);
        assert_eq!(overruled.glyphs, Glyphs::Ascii);
    }

    #[test]
    fn nothing_has_a_colour_where_colour_is_not_wanted() {
        let none = Look {
            palette: Palette::None,
            glyphs: Glyphs::Unicode,
        };
        for tone in [
            Tone::Text,
            Tone::Strong,
            Tone::Muted,
            Tone::Line,
            Tone::Primary,
            Tone::Good,
            Tone::Warn,
            Tone::Bad,
        ] {
            let style = none.style(tone);
            assert_eq!((style.fg, style.bg), (None, None), "{tone:?}");
        }
        assert_eq!(none.chosen().bg, None);
    }
}
