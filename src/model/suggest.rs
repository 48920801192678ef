//! The known word that a wrong one was probably meant to be.

/// Longest word that is compared: what is longer is no misspelling.
const WORD_BYTES_MAX: usize = 64;

/// The known word nearest to `word`, unless none is near: at most one slip (a letter too many,
/// too few, wrong, or two swapped) in every three letters.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.is_empty() || word.len() > WORD_BYTES_MAX {
        return None;
    }
    let folded = word.to_lowercase();
    let slips_max = (folded.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|known| known.len() <= WORD_BYTES_MAX)
        .map(|known| {
            let slips = strsim::damerau_levenshtein(&folded, &known.to_lowercase());
            (slips, known)
        })
        .filter(|&(slips, _known)| slips <= slips_max)
        .min_by_key(|&(slips, _known)| slips)
        .map(|(_slips, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let known = ["name", "description", "start", "end", "price_micros"];
        for (word, meant) in [
            ("nme", Some("name")),
            ("Name", Some("name")),
            ("naem", Some("name")),
            ("desciption", Some("description")),
            ("price_micro", Some("price_micros")),
            ("budget", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
        assert_eq!(nearest(&"n".repeat(10_000), known), None);
    }
}
