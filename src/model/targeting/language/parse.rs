//! From text to rules.

use std::ops::Range;

use super::lex::{Kind, Lexer, Token};
use super::{DEPTH_MAX, EVERYONE, KEYWORDS, LanguageError};
use crate::model::targeting::{
    Clause, Dimension, Names, RULES_MAX, Rule, Sense, Targeting, VALUES_MAX, Value, ValueError,
};

/// Longest word that an error repeats, in characters.
const SHOWN_CHARS_MAX: usize = 40;

/// Reads a text that is not too long.
pub(super) fn parse(text: &str, names: &Names<'_>) -> Result<Targeting, LanguageError> {
    Parser::new(text, names).targeting()
}

/// A clause and where its dimension stands.
#[derive(Debug, Clone)]
struct Said {
    clause: Clause,
    at: Range<usize>,
}

/// Clauses that must all hold.
type All = Vec<Said>;

struct Parser<'t> {
    text: &'t str,
    names: &'t Names<'t>,
    lexer: Lexer<'t>,
    next: Token<'t>,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, names: &'t Names<'t>) -> Self {
        let mut lexer = Lexer::new(text);
        let next = lexer.token();
        Self {
            text,
            names,
            lexer,
            next,
            depth: 0,
        }
    }

    fn take(&mut self) -> Token<'t> {
        let following = self.lexer.token();
        std::mem::replace(&mut self.next, following)
    }

    /// Whether the next token is this keyword, in either case.
    fn is_keyword(&self, keyword: &str) -> bool {
        matches!(self.next.kind, Kind::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = self.is_keyword(keyword);
        if found {
            self.take();
        }
        found
    }

    fn error(&self, at: Range<usize>, message: impl Into<String>) -> LanguageError {
        LanguageError::new(self.text, at, message)
    }

    /// What is wrong with the next token where something else should stand.
    fn expected(&self, what: &str) -> LanguageError {
        let at = self.next.at.clone();
        let found = match &self.next.kind {
            Kind::Broken(fault) => return self.error(at, fault.clone()),
            Kind::End => "the end".to_owned(),
            _ => {
                let token = self.text.get(at.clone()).unwrap_or_default();
                let shown: String = token.chars().take(SHOWN_CHARS_MAX).collect();
                format!("`{shown}`")
            }
        };
        let error = self.error(at, format!("expected {what}, found {found}"));
        match self.next.kind {
            Kind::Sign('&') => error.hint("write `and`"),
            Kind::Sign('|') => error.hint("write `or`"),
            Kind::Sign('!') => error.hint("write `!=` or `not in`"),
            Kind::Sign('<' | '>') => error.hint("numbers are spans, such as 18-34 or 55+"),
            Kind::Sign('\'' | '`') => error.hint("quotes are double: \"…\""),
            _ => error,
        }
    }

    fn targeting(&mut self) -> Result<Targeting, LanguageError> {
        if self.take_keyword(EVERYONE) {
            return match self.next.kind {
                Kind::End => Ok(Targeting::default()),
                _ => Err(self.expected("the end").hint("`everyone` stands alone")),
            };
        }
        if self.next.kind == Kind::End {
            let error = self.expected("a rule");
            return Err(error.hint("for all viewers write `everyone`"));
        }
        let rules = self.any()?;
        if self.next.kind != Kind::End {
            return Err(self.after_clause("`and`, `or` or the end"));
        }
        let rules = rules.into_iter().map(|all| Rule {
            clauses: all.into_iter().map(|said| said.clause).collect(),
        });
        let rules = rules.collect();
        Ok(Targeting { rules }.normalised())
    }

    /// What follows a clause is wrong: often the rest of a value that needs quotes or a list.
    fn after_clause(&self, what: &str) -> LanguageError {
        let error = self.expected(what);
        match &self.next.kind {
            Kind::Word(word) if word.eq_ignore_ascii_case("not") => {
                error.hint("it stands before `in`: geo not in (US, CA)")
            }
            Kind::Word(word) if Dimension::parse(word).is_ok() => {
                error.hint(format!("write `and` before `{word}`"))
            }
            Kind::Word(_) | Kind::Quoted(_) => error.hint(
                "values stand in parentheses with commas: geo in (US, CA); \
                 one that has blanks stands in quotes: \"los angeles\"",
            ),
            Kind::Comma => error.hint("several values stand in parentheses: geo in (US, CA)"),
            _ => error,
        }
    }

    fn any(&mut self) -> Result<Vec<All>, LanguageError> {
        let mut rules = self.all()?;
        loop {
            let at = self.next.at.clone();
            if !self.take_keyword("or") {
                return Ok(rules);
            }
            let more = self.all()?;
            self.check_size(&at, rules.len() + more.len(), count(&rules) + count(&more))?;
            rules.extend(more);
        }
    }

    fn all(&mut self) -> Result<Vec<All>, LanguageError> {
        let mut rules = self.one()?;
        loop {
            let at = self.next.at.clone();
            if !self.take_keyword("and") {
                return Ok(rules);
            }
            let more = self.one()?;
            let values = count(&rules) * more.len() + count(&more) * rules.len();
            self.check_size(&at, rules.len() * more.len(), values)?;
            rules = self.product(rules, &more)?;
        }
    }

    fn one(&mut self) -> Result<Vec<All>, LanguageError> {
        if self.next.kind != Kind::Open {
            return Ok(vec![vec![self.clause()?]]);
        }
        let open = self.take().at;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            let message = format!("more than {DEPTH_MAX} parentheses inside of one another");
            return Err(self.error(open, message));
        }
        let rules = self.any()?;
        if self.next.kind != Kind::Close {
            return Err(self.after_clause("`and`, `or` or `)`"));
        }
        self.take();
        self.depth -= 1;
        Ok(rules)
    }

    fn check_size(
        &self,
        at: &Range<usize>,
        rules: usize,
        values: usize,
    ) -> Result<(), LanguageError> {
        let (have, most, what) = if rules > RULES_MAX {
            (rules, RULES_MAX, "rules")
        } else if values > VALUES_MAX {
            (values, VALUES_MAX, "values")
        } else {
            return Ok(());
        };
        let message = format!("this makes {have} {what}; at most {most} are allowed");
        Err(self.error(at.clone(), message))
    }

    /// Every rule of one side together with every rule of the other.
    fn product(&self, rules: Vec<All>, more: &[All]) -> Result<Vec<All>, LanguageError> {
        let mut product = Vec::with_capacity(rules.len() * more.len());
        for rule in rules {
            // The last copy is the original: one side of one rule is not copied at all.
            let mut original = Some(rule);
            for (place, other) in more.iter().enumerate() {
                let copy = if place + 1 == more.len() {
                    original.take()
                } else {
                    original.clone()
                };
                product.push(self.both(copy.unwrap_or_default(), other)?);
            }
        }
        Ok(product)
    }

    fn both(&self, mut rule: All, other: &All) -> Result<All, LanguageError> {
        for said in other {
            let same = |known: &&mut Said| {
                known.clause.sense == said.clause.sense
                    && known.clause.dimension == said.clause.dimension
            };
            match rule.iter_mut().find(same) {
                None => rule.push(said.clone()),
                // Neither of these and neither of those: none of them all.
                Some(known) if said.clause.sense == Sense::Exclude => {
                    known.clause.values.extend_from_slice(&said.clause.values);
                }
                Some(_wanted_twice) => {
                    let dimension = &said.clause.dimension;
                    let message = format!("one rule asks for {dimension} twice");
                    let hint = format!("put its values into one list: {dimension} in (…)");
                    return Err(self.error(said.at.clone(), message).hint(hint));
                }
            }
        }
        Ok(rule)
    }

    fn clause(&mut self) -> Result<Said, LanguageError> {
        let (dimension, at) = self.dimension()?;
        let (sense, several) = self.operator(&dimension)?;
        let mut values = Vec::new();
        if self.next.kind == Kind::Open {
            if !several {
                let error = self.expected("one value");
                return Err(error.hint("lists follow `in` and `not in`"));
            }
            self.take();
            loop {
                values.push(self.value(&dimension)?);
                self.check_size(&at, 1, values.len())?;
                match self.next.kind {
                    Kind::Comma => self.take(),
                    Kind::Close => break,
                    _ => return Err(self.after_clause("`,` or `)`")),
                };
            }
            self.take();
        } else {
            values.push(self.value(&dimension)?);
        }
        let clause = Clause {
            dimension,
            sense,
            values,
        };
        Ok(Said { clause, at })
    }

    fn dimension(&mut self) -> Result<(Dimension, Range<usize>), LanguageError> {
        const WHAT: &str = "a dimension such as `geo`";
        let at = self.next.at.clone();
        let read = match &self.next.kind {
            Kind::Word(word) if word.eq_ignore_ascii_case("not") => {
                let error = self.expected(WHAT);
                return Err(error.hint("`not` stands before `in`: geo not in (US, CA)"));
            }
            Kind::Word(word) if KEYWORDS.contains(&word.to_ascii_lowercase().as_str()) => {
                return Err(self.expected(WHAT));
            }
            Kind::Word(word) if word.eq_ignore_ascii_case(EVERYONE) => {
                return Err(self.expected(WHAT).hint("`everyone` stands alone"));
            }
            Kind::Word(word) => Dimension::parse(word),
            Kind::Quoted(word) => Dimension::parse(word),
            _ => return Err(self.expected(WHAT)),
        };
        let dimension = read.map_err(|error| self.wrong(at.clone(), &error))?;
        self.take();
        Ok((dimension, at))
    }

    /// What is wanted, and whether a list may follow.
    fn operator(&mut self, dimension: &Dimension) -> Result<(Sense, bool), LanguageError> {
        let operator = match &self.next.kind {
            Kind::Equal => (Sense::Include, false),
            Kind::Unequal => (Sense::Exclude, false),
            Kind::Word(word) if word.eq_ignore_ascii_case("in") => (Sense::Include, true),
            Kind::Word(word) if word.eq_ignore_ascii_case("not") => {
                self.take();
                if !self.is_keyword("in") {
                    return Err(self.expected("`in` after `not`"));
                }
                (Sense::Exclude, true)
            }
            _ => {
                let what = format!("`=`, `!=`, `in` or `not in` after `{dimension}`");
                return Err(self.expected(&what));
            }
        };
        self.take();
        Ok(operator)
    }

    fn value(&mut self, dimension: &Dimension) -> Result<Value, LanguageError> {
        let what = || format!("a value of {dimension}");
        let at = self.next.at.clone();
        match &self.next.kind {
            Kind::Quoted(text) => {
                let read = Value::parse_naming(dimension, text, self.names);
                let value = read.map_err(|error| self.wrong(at, &error))?;
                self.take();
                return Ok(value);
            }
            Kind::Word(word) if KEYWORDS.contains(word) => {
                let hint = format!("if it is meant as a value, put it in quotes: \"{word}\"");
                return Err(self.expected(&what()).hint(hint));
            }
            Kind::Word(_) => {}
            Kind::Equal => return Err(self.expected(&what()).hint("one `=` is enough")),
            _ => return Err(self.expected(&what())),
        }
        let at = if *dimension == Dimension::Daypart {
            self.daypart()
        } else {
            self.take().at
        };
        let text = self.text.get(at.clone()).unwrap_or_default();
        Value::parse_naming(dimension, text, self.names).map_err(|error| {
            let inside = error.at.clone();
            self.wrong(at.start + inside.start..at.start + inside.end, &error)
        })
    }

    /// The place of a day part: days, which may have commas, times, and the word of a zone.
    fn daypart(&mut self) -> Range<usize> {
        let start = self.next.at.start;
        let mut end = start;
        loop {
            let is_part = match self.next.kind {
                Kind::Word(word) => !is_connective(word),
                Kind::Comma => true,
                _ => false,
            };
            if !is_part {
                return start..end;
            }
            let token = self.take();
            end = token.at.end;
            let is_time = matches!(
                token.kind,
                Kind::Word(word) if word.starts_with(|c: char| c.is_ascii_digit())
            );
            if is_time {
                break;
            }
        }
        if matches!(self.next.kind, Kind::Word(word) if !is_connective(word)) {
            end = self.take().at.end;
        }
        start..end
    }

    /// The error of a dimension or value that stands at a place.
    fn wrong(&self, at: Range<usize>, error: &ValueError) -> LanguageError {
        self.error(at, error.to_string())
    }
}

fn is_connective(word: &str) -> bool {
    word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("or")
}

/// The values of all rules.
fn count(rules: &[All]) -> usize {
    let clauses = rules.iter().flatten();
    clauses.map(|said| said.clause.values.len()).sum()
}
