//! The language: what it reads, what it refuses and where, and that it prints what it reads.

use std::fmt::Write as _;

use crate::model::targeting::language::{DEPTH_MAX, TEXT_BYTES_MAX};
use crate::model::targeting::{
    Clause, Dimension, LanguageError, RULES_MAX, Rule, Sense, Targeting, VALUES_MAX, Value,
};

fn read(text: &str) -> Targeting {
    match text.parse() {
        Ok(targeting) => targeting,
        Err(error) => panic!("{error}\n{}", LanguageError::excerpt(&error, text)),
    }
}

/// What is written and what is printed for it.
const SPELLINGS: &[(&str, &str)] = &[
    ("everyone", "everyone"),
    ("  EVERYONE\n", "everyone"),
    ("geo=US", "geo = US"),
    ("Geo IN us", "geo = US"),
    ("geo in (IN, NO)", "geo in (IN, NO)"),
    ("geo != US", "geo != US"),
    ("geo not in (US)", "geo != US"),
    ("geo NOT\tIN (FR,US , FR)", "geo not in (FR, US)"),
    ("geo != US and geo not in (FR)", "geo not in (FR, US)"),
    ("device = roku and geo = US", "geo = US and device = roku"),
    (
        "geo in (US-CA, dma:501) and device = roku and daypart in mon-fri 18:00-23:00 viewer",
        "geo in (US-CA, dma:501) and device = roku and daypart = mon-fri 18:00-23:00 viewer",
    ),
    (
        "geo = \"city:us-ca/Los Angeles\"",
        "geo = \"city:US-CA/los angeles\"",
    ),
    ("geo = city:FR/paris", "geo = city:FR/paris"),
    ("age in (55+, 18-34)", "age in (18-34, 55+)"),
    (
        "daypart in (sat, sun 10:00-12:00, mon 00:00-24:00 viewer)",
        "daypart in (mon 00:00-24:00 viewer, sat,sun 10:00-12:00 campaign)",
    ),
    (
        "daypart = sat,sun 10:00-12:00 and geo = US",
        "geo = US and daypart = sat,sun 10:00-12:00 campaign",
    ),
    (
        "daypart = \"weekends 10:00-12:00\"",
        "daypart = sat,sun 10:00-12:00 campaign",
    ),
    ("genre = \"or\"", "genre = \"or\""),
    (
        "genre = \"Say \\\"hi\\\" \\\\o/\"",
        "genre = \"say \\\"hi\\\" \\\\o/\"",
    ),
    ("genre = o'brien", "genre = o'brien"),
    ("key.tier = premium", "key.tier = premium"),
    ("\"key.my  Key\" = a", "\"key.my key\" = a"),
    ("geo = US or geo = FR", "geo = US or geo = FR"),
    ("(geo = US)", "geo = US"),
    ("((geo = US) or (geo = FR))", "geo = US or geo = FR"),
    (
        "geo = US and device = lg or age = 21",
        "geo = US and device = lg or age = 21",
    ),
    (
        "geo = US and (device = lg or age = 21)",
        "geo = US and device = lg or geo = US and age = 21",
    ),
    (
        "(geo = US or geo = FR) and (device = lg or age = 21)",
        "geo = US and device = lg\nor geo = US and age = 21\n\
         or geo = FR and device = lg\nor geo = FR and age = 21",
    ),
];

/// What is refused, with the place of the fault.
const WRONG: &[&str] = &[
    "",
    "   ",
    "and",
    "everyone or geo = US",
    "geo = US and everyone",
    "gao = US",
    "weather = sunny",
    "geo",
    "geo US",
    "geo is US",
    "geo not US",
    "not geo = US",
    "geo = US and not geo = FR",
    "geo == US",
    "geo = US, FR",
    "geo = (US, FR)",
    "geo in ()",
    "geo in (US, )",
    "geo in (US FR)",
    "geo in (US, FR",
    "geo in (US, UK)",
    "geo = US && device = lg",
    "geo = US || device = lg",
    "!geo = US",
    "age > 18",
    "age = 34-18",
    "geo = US and",
    "geo = US or or geo = FR",
    "geo = US device = lg",
    "geo = city:US-CA/los angeles",
    "genre = 'sci fi'",
    "genre = and",
    "genre = \"sci fi",
    "genre = \"sci\\fi\"",
    "genre = \"\"",
    "genre = a\u{1b}[2J",
    "genre = \"a\u{202e}b\"",
    "(geo = US",
    "geo = US)",
    "geo = US and geo = FR",
    "geo = US and (device = lg or geo = FR)",
    "daypart = mon-fir 18:00-23:00",
    "daypart = mon-fri",
    "daypart = mon-fri and geo = US",
    "daypart = 18:00-23:00",
    "daypart in (mon 18:00-23:00 viewr)",
    "daypart = mon 18:00-23:10",
    "daypart = mon 18:00-23:00 viewer please",
    "geo = US\n  and device = roku\n  and ågé = 5 and genre = x",
    "geo = US # everyone there",
    "key. = a",
    "channel = news",
    "\"\"",
];

fn refused(text: &str) -> LanguageError {
    match text.parse::<Targeting>() {
        Ok(targeting) => panic!("`{text}` is read as {targeting}"),
        Err(error) => error,
    }
}

#[test]
fn every_spelling_is_printed_as_one() {
    for (text, printed) in SPELLINGS {
        let targeting = read(text);
        assert_eq!(targeting.to_string(), *printed, "{text}");
        assert_eq!(read(printed), targeting, "{printed}");
        assert_eq!(targeting.problems(), [], "{text}");
    }
}

#[test]
fn what_is_refused_is_shown_at_its_place() {
    let mut told = String::new();
    for text in WRONG {
        let error = refused(text);
        let hint = error.hint.iter().map(|hint| format!("\n  hint: {hint}"));
        let hint: String = hint.collect();
        writeln!(told, "{}\n{}{hint}\n", error.message, error.excerpt(text)).unwrap();
    }
    let unclean = told
        .chars()
        .find(|c| *c != '\n' && crate::model::name::is_unprintable(*c));
    assert_eq!(unclean, None);
    insta::assert_snapshot!(told);
}

#[test]
fn lines_and_columns_count_what_is_seen() {
    let text = "geo = US\n  and genre = \"春\" and gao = FR";
    let error = refused(text);
    assert_eq!((error.line, error.column), (2, 23));
    assert_eq!(text.get(error.at), Some("gao"));
    assert!(
        refused("gao = US")
            .to_string()
            .starts_with("line 1, column 1: `gao` is not")
    );
}

#[test]
fn a_long_line_is_cut_around_the_fault() {
    let text = format!(
        "genre in ({}, a b, {})",
        "x, ".repeat(500),
        "y, ".repeat(500)
    );
    let shown = refused(&text).excerpt(&text);
    assert!(
        shown.lines().all(|line| line.chars().count() < 120),
        "{shown}"
    );
    let word = format!("segment = {}", "x".repeat(10_240));
    let shown = refused(&word).excerpt(&word);
    assert!(shown.len() < 300, "{shown}");
}

#[test]
fn or_inside_of_and_is_multiplied_out_up_to_the_limit() {
    let choice = |n: usize| format!("(key.a{n} = x or key.b{n} = x)");
    let choices = |count: usize| (0..count).map(choice).collect::<Vec<_>>().join(" and ");
    assert_eq!(read(&choices(7)).rules.len(), 128);
    let error = refused(&choices(8));
    assert_eq!(
        error.message,
        "this makes 256 rules; at most 200 are allowed"
    );
    let bomb = choices(60);
    assert!(refused(&bomb).message.contains("256 rules"));
}

#[test]
fn too_much_is_refused_at_once() {
    let rules = vec!["geo = US"; 10_000].join(" or ");
    assert!(refused(&rules).message.starts_with("this makes 201 rules"));
    let rules = vec!["geo = US"; RULES_MAX].join(" or ");
    assert_eq!(read(&rules).rules.len(), RULES_MAX);
    let values: Vec<String> = (0..=VALUES_MAX).map(|n| format!("s{n}")).collect();
    let values = format!("segment in ({})", values.join(","));
    assert!(
        refused(&values)
            .message
            .starts_with("this makes 5001 values")
    );
    let clauses: Vec<String> = (0..=VALUES_MAX)
        .map(|n| format!("segment != s{n}"))
        .collect();
    assert!(
        refused(&clauses.join(" and "))
            .message
            .starts_with("this makes 5001 values")
    );
    let deep = |depth: usize| format!("{}geo = US{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(read(&deep(DEPTH_MAX)).rules.len(), 1);
    assert!(
        refused(&deep(DEPTH_MAX + 1))
            .message
            .contains("more than 16 parentheses")
    );
    assert!(
        refused(&"(".repeat(1_000_000))
            .message
            .contains("more than 16 parentheses")
    );
    let long = " ".repeat(TEXT_BYTES_MAX + 1);
    assert!(refused(&long).message.contains("at most 2097152"));
}

#[test]
fn the_largest_targeting_prints_and_reads() {
    // Quotes are the longest to print: each sign of a word becomes two.
    let rules = (0..RULES_MAX).map(|rule| {
        let values = (0..VALUES_MAX / RULES_MAX).map(|value| {
            let number = format!("{rule} {value}");
            Value::Word(format!("{}{number}", "\"".repeat(128 - number.len())))
        });
        let clause = Clause {
            dimension: Dimension::Key("\\".repeat(128)),
            sense: Sense::Exclude,
            values: values.collect(),
        };
        Rule {
            clauses: vec![clause],
        }
    });
    let targeting = Targeting {
        rules: rules.collect(),
    }
    .normalised();
    let text = targeting.to_string();
    assert!(text.len() < TEXT_BYTES_MAX, "{}", text.len());
    assert_eq!(read(&text), targeting);
}

#[test]
fn what_is_long_is_broken_into_lines() {
    let states = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO";
    let states: Vec<String> = states
        .split(' ')
        .map(|state| format!("US-{state}"))
        .collect();
    let text = format!(
        "geo in ({}) and device in (roku, samsung) and daypart = mon-fri 18:00-23:00 viewer \
         or segment = auto",
        states.join(",")
    );
    let printed = read(&text).to_string();
    assert_eq!(read(&printed), read(&text));
    insta::assert_snapshot!(printed, @r"
    geo in (US-AK, US-AL, US-AR, US-AZ, US-CA, US-CO, US-CT, US-DE, US-FL, US-GA, US-HI, US-IA, US-ID,
        US-IL, US-IN, US-KS, US-KY, US-LA, US-MA, US-MD, US-ME, US-MI, US-MN, US-MO, US-MS)
      and device in (roku, samsung)
      and daypart = mon-fri 18:00-23:00 viewer
    or segment = auto
    ");
}
