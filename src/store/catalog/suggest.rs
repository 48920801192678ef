//! Names that were perhaps meant.

use std::cmp::Reverse;

use crate::model::name::fold_name;

/// Most names that are suggested.
const SUGGESTIONS_MAX: usize = 3;

/// The names nearest to `wanted`, nearest first: a few letters wrong, or a part of the name.
pub(super) fn nearest(wanted: &str, names: Vec<String>) -> Vec<String> {
    let wanted = fold_name(wanted);
    let length = wanted.chars().count();
    let mut near: Vec<_> = names
        .into_iter()
        .filter_map(|name| {
            let folded = fold_name(&name);
            let apart = strsim::damerau_levenshtein(&wanted, &folded);
            let is_part = length >= 3 && (folded.contains(&wanted) || wanted.contains(&folded));
            // One letter in three may be wrong.
            (is_part || apart <= (length / 3).max(1)).then_some((apart, Reverse(is_part), name))
        })
        .collect();
    near.sort();
    near.truncate(SUGGESTIONS_MAX);
    near.into_iter().map(|(_apart, _part, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        let names = || {
            ["Acme", "Acne", "Spring launch", "Zebra"]
                .map(str::to_owned)
                .to_vec()
        };
        for (wanted, expected) in [
            ("acm", vec!["Acme"]),
            ("acem", vec!["Acme"]),
            ("ACMEE", vec!["Acme"]),
            ("spring", vec!["Spring launch"]),
            ("qqqq", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(nearest(wanted, names()), expected, "{wanted}");
        }
    }
}
