//! Query strings of players: each parameter at most once, unfilled macros as if left out.

use std::borrow::Cow;

use super::respond::Refusal;

/// The parameters of one request that a route knows, in the order it names them.
///
/// Unknown parameters are ignored: players and stitchers add their own. A known one that comes
/// twice is refused, since nobody could say which is meant.
pub(super) fn read<'q, const N: usize>(
    query: Option<&'q str>,
    names: [&'static str; N],
) -> Result<[Option<Cow<'q, str>>; N], Refusal> {
    let mut values = [const { None }; N];
    for (name, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        let Some(place) = names.iter().position(|known| *known == name) else {
            continue;
        };
        let slot = &mut values[place];
        if slot.is_some() {
            return Err(Refusal::field(names[place], "is given twice"));
        }
        *slot = Some(value);
    }
    for value in &mut values {
        if value.as_deref().is_some_and(is_unfilled) {
            *value = None;
        }
    }
    Ok(values)
}

/// A player that does not know a macro leaves `[MACRO]`, or nothing, in its place
/// (VAST 4.2 §6: macros). Either way it said nothing.
fn is_unfilled(value: &str) -> bool {
    value.is_empty() || (value.starts_with('[') && value.ends_with(']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_parameters_come_out_in_order_and_others_are_ignored() {
        let [a, b, c] = read(Some("b=2&x=9&a=%31&x=8"), ["a", "b", "c"]).unwrap();
        assert_eq!(
            (a.as_deref(), b.as_deref(), c),
            (Some("1"), Some("2"), None)
        );
    }

    #[test]
    fn unfilled_macros_say_nothing() {
        let [a, b] = read(Some("a=[DURATION]&b="), ["a", "b"]).unwrap();
        assert_eq!((a, b), (None, None));
    }

    #[test]
    fn a_parameter_given_twice_is_refused_however_it_is_spelled() {
        assert!(read(Some("a=1&%61=2"), ["a"]).is_err());
        assert!(read(Some("a=&a=2"), ["a"]).is_err());
    }
}
