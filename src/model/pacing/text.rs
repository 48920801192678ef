//! Pacing as text: `asap`, `even`, `front_loaded` or `custom:250=400,500=700`, whose knots are of
//! the time and of the delivery, in thousandths.

use std::fmt;
use std::str::FromStr;

use super::{Knot, Pacing};
use crate::model::problem::TextError;

impl fmt::Display for Pacing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())?;
        let Self::Custom(knots) = self else {
            return Ok(());
        };
        for (place, knot) in knots.iter().enumerate() {
            let before = if place == 0 { ':' } else { ',' };
            write!(f, "{before}{}={}", knot.time, knot.delivered)?;
        }
        Ok(())
    }
}

/// Reads the forms above; whether the curve is sensible is for [`Pacing::check`].
impl FromStr for Pacing {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        let (mode, knots) = match text.split_once(':') {
            Some((mode, knots)) => (mode, Some(knots)),
            None => (text, None),
        };
        match (mode, knots) {
            ("asap", None) => Ok(Self::Asap),
            ("even", None) => Ok(Self::Even),
            ("front_loaded", None) => Ok(Self::FrontLoaded),
            ("custom", Some(knots)) => {
                let knots = knots.split(',').map(|part| {
                    read_knot(part).ok_or_else(|| {
                        let message = "is not a knot: write 500=700 for 70% of the delivery \
                                       after half of the time";
                        TextError::at(text, part, message)
                    })
                });
                knots.collect::<Result<_, _>>().map(Self::Custom)
            }
            ("custom", None) => {
                let message = "needs its knots: write custom:250=400,500=700";
                Err(TextError::at(text, mode, message))
            }
            (plain @ ("asap" | "even" | "front_loaded"), Some(knots)) => {
                let message = format!("are knots, which {plain} has none of");
                Err(TextError::at(text, knots, message))
            }
            _ => {
                let message = "is not one of asap, even, front_loaded, custom:…";
                Err(TextError::at(text, mode, message))
            }
        }
    }
}

fn read_knot(part: &str) -> Option<Knot> {
    let (time, delivered) = part.split_once('=')?;
    let thousandths = |text: &str| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_number| digits)
    };
    Some(Knot {
        time: thousandths(time)?,
        delivered: thousandths(delivered)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read_and_written() {
        for text in [
            "asap",
            "even",
            "front_loaded",
            "custom:500=700",
            "custom:250=400,500=700",
        ] {
            assert_eq!(text.parse::<Pacing>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_fault_names_the_part_that_is_wrong() {
        for (text, part) in [
            ("", ""),
            ("Even", "Even"),
            ("even:500=700", "500=700"),
            ("custom", "custom"),
            ("custom:", ""),
            ("custom:500", "500"),
            ("custom:500=700,", ""),
            ("custom:500=70%", "500=70%"),
            ("custom:+5=7", "+5=7"),
            ("custom:500=700,99999=1", "99999=1"),
        ] {
            let error = text.parse::<Pacing>().unwrap_err();
            assert_eq!(text.get(error.at.clone()), Some(part), "{text}: {error}");
        }
    }
}
