//! Names that people give to things, and texts beside them.
//!
//! A name ends up in terminals, XML, JSON and CSV. Control, direction and invisible characters
//! are refused at the door, so that two names that look the same are the same.

use unicode_normalization::UnicodeNormalization as _;

use super::Problem;

/// Longest name in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// Longest description in characters.
pub const TEXT_CHARS_MAX: usize = 4_000;

/// Whether a character may not stand in a name: control, bidirectional override, invisible
/// or not a character at all (Unicode 16 §23).
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Adds a problem to `problems` unless `name` is 1 to [`NAME_CHARS_MAX`] printable characters
/// without spaces around it, and does not look like an id of ours.
pub fn check_name(field: &str, name: &str, problems: &mut Vec<Problem>) {
    let chars = name.chars().count();
    if name.trim().is_empty() {
        problems.push(Problem::new(field, "is required and may not be blank"));
    } else if chars > NAME_CHARS_MAX {
        let message = format!("has {chars} characters; at most {NAME_CHARS_MAX} are allowed");
        problems.push(Problem::new(field, message));
    } else if name.trim() != name {
        problems.push(Problem::new(
            field,
            "starts or ends with a space; remove it",
        ));
    }
    if let Some(message) = unprintable(name) {
        problems.push(Problem::new(field, message));
    }
    if looks_like_id(name) {
        problems.push(Problem::new(
            field,
            "starts like an id; choose a name that does not",
        ));
    }
}

/// Whether a text begins like an id of ours: nothing that people name may.
pub fn looks_like_id(text: &str) -> bool {
    [
        "ten_", "adv_", "ord_", "cmp_", "cr_", "ch_", "cat_", "pod_", "op_", "us_", "key_",
    ]
    .iter()
    .any(|id| text.starts_with(id))
}

/// Adds a problem to `problems` unless `text` has at most [`TEXT_CHARS_MAX`] characters, all
/// printable but for line feeds and tabs.
pub fn check_text(field: &str, text: &str, problems: &mut Vec<Problem>) {
    let chars = text.chars().count();
    if chars > TEXT_CHARS_MAX {
        let message = format!("has {chars} characters; at most {TEXT_CHARS_MAX} are allowed");
        problems.push(Problem::new(field, message));
    }
    let printable: String = text.chars().filter(|c| !matches!(c, '\n' | '\t')).collect();
    if let Some(message) = unprintable(&printable) {
        problems.push(Problem::new(field, message));
    }
}

fn unprintable(text: &str) -> Option<String> {
    let (place, c) = text.chars().enumerate().find(|&(_, c)| is_unprintable(c))?;
    let code = u32::from(c);
    Some(format!(
        "has the unprintable character U+{code:04X} at character {}",
        place + 1
    ))
}

/// The form under which names are unique: compatibility characters unified, case folded.
pub fn fold_name(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// Adds a problem to `problems` unless `url` is an http or https address without user
/// information, of at most 2,048 bytes.
pub fn check_url(field: &str, url: &str, problems: &mut Vec<Problem>) {
    const URL_BYTES_MAX: usize = 2_048;
    let fault = if url.len() > URL_BYTES_MAX {
        Some("is longer than 2048 bytes")
    } else if url
        .chars()
        .any(|c| is_unprintable(c) || c == ' ' || c == '\\')
    {
        Some("has a space, a backslash or an unprintable character")
    } else {
        match url::Url::parse(url) {
            Err(_unreadable) => Some("is not a URL such as https://example.com/offer"),
            Ok(url) if !matches!(url.scheme(), "http" | "https") => Some("is not http or https"),
            Ok(url) if !url.username().is_empty() || url.password().is_some() => {
                Some("carries a user name or password")
            }
            Ok(_) => None,
        }
    };
    if let Some(message) = fault {
        problems.push(Problem::new(field, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(name: &str) -> usize {
        let mut problems = Vec::new();
        check_name("name", name, &mut problems);
        problems.len()
    }

    #[test]
    fn good_names_pass() {
        for name in ["spring-launch", "Čaj & Káva 30\"", "春", "a"] {
            assert_eq!(faults(name), 0, "{name}");
        }
    }

    #[test]
    fn bad_names_are_refused() {
        let long = "x".repeat(NAME_CHARS_MAX + 1);
        for name in [
            "",
            "  ",
            " a",
            "a\u{1b}[2J",
            "a\u{202e}b",
            "a\u{200b}b",
            "a\nb",
            "cmp_1",
            &long,
        ] {
            assert!(faults(name) > 0, "{name:?}");
        }
    }

    #[test]
    fn names_that_look_alike_fold_together() {
        assert_eq!(fold_name("ＡＣＭＥ"), fold_name("acme"));
        assert_eq!(fold_name("e\u{301}"), fold_name("É"));
    }

    #[test]
    fn only_plain_web_addresses_pass() {
        let fails = |url: &str| {
            let mut problems = Vec::new();
            check_url("u", url, &mut problems);
            !problems.is_empty()
        };
        assert!(!fails("https://example.com/a?b=c"));
        for url in [
            "javascript:alert(1)",
            "//evil",
            "https://a@b",
            "ftp://x",
            "https://a\\@b",
            "x y",
        ] {
            assert!(fails(url), "{url}");
        }
    }
}
