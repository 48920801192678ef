//! Makes texts from outside fit for a terminal: what could steer it is shown, not obeyed.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::model::name::is_unprintable;

/// Whether a text shows as itself: no control, direction or invisible character.
pub fn is_clean(text: &str) -> bool {
    !text.chars().any(is_unprintable)
}

/// The text with every control, direction and invisible character written as an escape that can
/// be read: `\n`, `\x1b`, `\u{202e}`. What is left is one line.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if !is_unprintable(c) => shown.push(c),
            c => {
                let code = u32::from(c);
                let written = if code < 0x100 {
                    write!(shown, "\\x{code:02x}")
                } else {
                    write!(shown, "\\u{{{code:x}}}")
                };
                written.expect("writing to a String cannot fail");
            }
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "spring-launch", "Čaj & Káva 30\"", "春 🎬", "a\\b"] {
            assert!(
                matches!(clean(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    #[test]
    fn what_steers_a_terminal_is_shown() {
        for (hostile, shown) in [
            ("\u{1b}[2J", "\\x1b[2J"),
            ("\u{1b}]52;c;aGk=\u{7}", "\\x1b]52;c;aGk=\\x07"),
            ("\u{9b}31m", "\\x9b31m"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("a\u{200b}b", "a\\u{200b}b"),
            ("a\r\n\tb\u{7f}", "a\\r\\n\\tb\\x7f"),
            ("\u{e0041}", "\\u{e0041}"),
        ] {
            assert_eq!(clean(hostile), shown);
        }
    }

    proptest! {
        #[test]
        fn cleaned_text_is_clean_and_stays_so(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert!(is_clean(&once));
            prop_assert_eq!(clean(&once).into_owned(), once);
        }
    }
}
