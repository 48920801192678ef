//! One line of text that is being typed.

use crossterm::event::KeyCode;

use super::key::Key;

/// Longest text that can be typed, in characters.
pub const CHARS_MAX: usize = 4_000;

/// A line and the place where the next character goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    text: Vec<char>,
    cursor: usize,
}

impl Field {
    /// A line that holds a text already, with the cursor at its end.
    pub fn holding(text: &str) -> Self {
        let text: Vec<char> = text.chars().take(CHARS_MAX).collect();
        Self {
            cursor: text.len(),
            text,
        }
    }

    /// What was typed.
    pub fn text(&self) -> String {
        self.text.iter().collect()
    }

    /// Whether nothing was typed.
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What stands before the cursor.
    pub fn before_cursor(&self) -> String {
        self.text.iter().take(self.cursor).collect()
    }

    /// Takes the text away.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Puts a pasted text in: what does not print becomes a space, so no paste can submit.
    pub fn paste(&mut self, text: &str) {
        for c in text.chars() {
            let is_odd = crate::model::name::is_unprintable(c);
            self.insert(if is_odd { ' ' } else { c });
        }
    }

    /// Takes a key, if it edits.
    pub fn press(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl) {
            (KeyCode::Char('u'), true) => {
                self.text.drain(..self.cursor);
                self.cursor = 0;
            }
            (KeyCode::Char('w'), true) => self.cut_word(),
            (KeyCode::Char('a'), true) | (KeyCode::Home, _) => self.cursor = 0,
            (KeyCode::Char('e'), true) | (KeyCode::End, _) => self.cursor = self.text.len(),
            (KeyCode::Char(c), false) => self.insert(c),
            (KeyCode::Backspace, _) if self.cursor > 0 => {
                self.cursor -= 1;
                self.text.remove(self.cursor);
            }
            (KeyCode::Delete, _) if self.cursor < self.text.len() => {
                self.text.remove(self.cursor);
            }
            (KeyCode::Left, _) => self.cursor = self.cursor.saturating_sub(1),
            (KeyCode::Right, _) => self.cursor = self.text.len().min(self.cursor + 1),
            _ => return false,
        }
        true
    }

    fn insert(&mut self, c: char) {
        if self.text.len() < CHARS_MAX && !crate::model::name::is_unprintable(c) {
            self.text.insert(self.cursor, c);
            self.cursor += 1;
        }
    }

    fn cut_word(&mut self) {
        let head = self.text.get(..self.cursor).unwrap_or_default();
        let is_space = |c: &char| *c == ' ';
        let word = head.iter().rposition(|c| !is_space(c)).map_or(0, |end| {
            head.get(..end)
                .unwrap_or_default()
                .iter()
                .rposition(is_space)
                .map_or(0, |space| space + 1)
        });
        self.text.drain(word..self.cursor);
        self.cursor = word;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Field {
        let mut field = Field::default();
        for c in text.chars() {
            assert!(field.press(Key::char(c)));
        }
        field
    }

    #[test]
    fn a_line_is_edited_as_in_a_shell() {
        let mut field = typed("spring launch");
        field.press(Key::ctrl('w'));
        assert_eq!(field.text(), "spring ");
        field.press(Key::ctrl('a'));
        field.press(Key::code(KeyCode::Delete));
        field.press(Key::char('S'));
        assert_eq!(
            (field.text().as_str(), field.before_cursor().as_str()),
            ("Spring ", "S")
        );
        field.press(Key::ctrl('e'));
        field.press(Key::code(KeyCode::Backspace));
        assert_eq!(field.text(), "Spring");
        field.press(Key::ctrl('u'));
        assert!(field.is_empty());
        assert!(!field.press(Key::code(KeyCode::Backspace)));
        assert!(!field.press(Key::code(KeyCode::Enter)));
    }

    #[test]
    fn a_paste_is_one_line_and_has_an_end() {
        let mut field = Field::default();
        field.paste("a\r\nb\u{1b}[2J\u{202e}");
        assert_eq!(field.text(), "a  b [2J ");
        field.paste(&"x".repeat(2 * CHARS_MAX));
        assert_eq!(field.text().chars().count(), CHARS_MAX);
    }
}
