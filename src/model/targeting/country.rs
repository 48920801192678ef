//! The country codes of ISO 3166-1 alpha-2, so that `UK` is not taken for a country.

/// Every assigned code, in order.
const ASSIGNED: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Codes that people write and mean another by.
const MEANT: &[(&str, &str)] = &[
    ("UK", "GB"),
    ("EN", "GB"),
    ("EL", "GR"),
    ("JA", "JP"),
    ("DA", "DK"),
    ("CS", "CZ"),
];

/// Whether two upper-case letters are an assigned code or one of those left to their users
/// (`AA`, `QM` to `QZ`, `XA` to `XZ`, `ZZ`; Kosovo is `XK`).
pub(super) fn is_country(code: &str) -> bool {
    let for_users = match code.as_bytes() {
        [b'A', b'A'] | [b'Z', b'Z'] => true,
        [b'Q', second] => (b'M'..=b'Z').contains(second),
        [b'X', second] => second.is_ascii_uppercase(),
        _ => false,
    };
    for_users || ASSIGNED.split(' ').any(|assigned| assigned == code)
}

/// The code that was probably meant by one that is none.
pub(super) fn meant_country(code: &str) -> Option<&'static str> {
    let meant = MEANT.iter().find(|(written, _meant)| *written == code)?;
    Some(meant.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_in_order() {
        let codes: Vec<&str> = ASSIGNED.split(' ').collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted());
        assert!(codes.iter().all(|code| code.len() == 2));
        assert!(is_country("XK") && !is_country("UK") && !is_country("EU"));
        assert!(
            MEANT
                .iter()
                .all(|(written, meant)| !is_country(written) && is_country(meant))
        );
    }
}
