//! Reads a filter, and points at what is wrong with one.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::{DEPTH_MAX, Expression, FILTER_BYTES_MAX, Field, FilterError, Relation, Test, Value};
use crate::model::suggest::nearest;

/// Reads a whole text.
pub(super) fn parse(text: &str) -> Result<Expression, FilterError> {
    if text.len() > FILTER_BYTES_MAX {
        let fault = format!("is longer than {FILTER_BYTES_MAX} bytes");
        return Err(FilterError::at(text, text, fault));
    }
    let mut parser = Parser {
        text,
        tokens: lex(text)?.into_iter().peekable(),
        depth: 0,
    };
    let expression = parser.any()?;
    match parser.tokens.next() {
        None => Ok(expression),
        Some(rest) => Err(parser.fault(&rest, "is not expected here: join tests with and, or")),
    }
}

/// A word, a quoted text or a sign of the language.
#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    /// As it stands in the text.
    part: &'t str,
    /// What it says: without quotes.
    says: &'t str,
    kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TokenKind {
    Word,
    Quoted,
    Sign,
}

impl Token<'_> {
    fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.says == word
    }

    fn is_sign(&self, sign: &str) -> bool {
        self.kind == TokenKind::Sign && self.says == sign
    }
}

const SIGNS: [&str; 10] = ["==", "!=", "<=", ">=", "=", "<", ">", "(", ")", ","];

fn lex(text: &str) -> Result<Vec<Token<'_>>, FilterError> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (token, after) = if rest.starts_with('"') {
            quoted(text, rest)?
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            split(rest, sign.len(), TokenKind::Sign)
        } else {
            let is_end = |c: char| c.is_whitespace() || "=!<>(),\"".contains(c);
            // A lone `!` is a word of its own, which no field is called.
            let length = rest.find(is_end).unwrap_or(rest.len());
            let first = rest.chars().next().map_or(0, char::len_utf8);
            split(rest, length.max(first), TokenKind::Word)
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn split(rest: &str, length: usize, kind: TokenKind) -> (Token<'_>, &str) {
    let (part, after) = rest.split_at(length);
    let token = Token {
        part,
        says: part,
        kind,
    };
    (token, after)
}

/// A text in quotes; there is no way to write a quote in it, which no id or name needs here.
fn quoted<'t>(text: &str, rest: &'t str) -> Result<(Token<'t>, &'t str), FilterError> {
    let inner = rest.strip_prefix('"').unwrap_or(rest);
    let (says, after) = inner
        .split_once('"')
        .ok_or_else(|| FilterError::at(text, rest, "has no closing quote"))?;
    let (token, _after) = split(rest, says.len() + 2, TokenKind::Quoted);
    Ok((Token { says, ..token }, after))
}

struct Parser<'t> {
    text: &'t str,
    tokens: Peekable<IntoIter<Token<'t>>>,
    depth: u32,
}

impl<'t> Parser<'t> {
    fn any(&mut self) -> Result<Expression, FilterError> {
        let mut parts = vec![self.all()?];
        while self.took_word("or") {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression, FilterError> {
        let mut parts = vec![self.one()?];
        while self.took_word("and") {
            parts.push(self.one()?);
        }
        Ok(one_or(parts, Expression::All))
    }

    fn one(&mut self) -> Result<Expression, FilterError> {
        let token = self.next("a test such as outcome=nofill")?;
        let nests = token.is_word("not") || token.is_sign("(");
        if !nests {
            return self.test(&token);
        }
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.fault(&token, "stands too deep in others"));
        }
        let inner = if token.is_word("not") {
            Expression::Not(Box::new(self.one()?))
        } else {
            let inner = self.any()?;
            self.sign(")")?;
            inner
        };
        self.depth -= 1;
        Ok(inner)
    }

    fn test(&mut self, name: &Token<'t>) -> Result<Expression, FilterError> {
        let field = self.field(name)?;
        let operator = self.next("= or another comparison")?;
        if operator.is_word("in") {
            return self.list(field).map(Expression::Test);
        }
        if operator.is_word("not") {
            let word = self.next("in")?;
            if !word.is_word("in") {
                return Err(self.fault(&word, "is not in"));
            }
            let test = self.list(field)?;
            return Ok(Expression::Not(Box::new(Expression::Test(test))));
        }
        let relation = match operator.says {
            "=" | "==" | "!=" => Relation::Equal,
            "<" => Relation::Less,
            "<=" => Relation::LessOrEqual,
            ">" => Relation::More,
            ">=" => Relation::MoreOrEqual,
            _ => return Err(self.fault(&operator, "is no comparison: write = != < <= > >= or in")),
        };
        if operator.kind != TokenKind::Sign {
            return Err(self.fault(&operator, "is no comparison: write = != < <= > >= or in"));
        }
        if relation != Relation::Equal && !field.is_number() {
            return Err(self.fault(
                &operator,
                format!("does not go with {field}: write = or !="),
            ));
        }
        let values = vec![self.value(field)?];
        let test = Expression::Test(Test {
            field,
            relation,
            values,
        });
        Ok(match operator.says {
            "!=" => Expression::Not(Box::new(test)),
            _ => test,
        })
    }

    fn field(&self, name: &Token<'t>) -> Result<Field, FilterError> {
        let known = name.says.parse().ok();
        known
            .filter(|_field| name.kind == TokenKind::Word)
            .ok_or_else(|| {
                let fields = || Field::ALL.iter().map(|field| field.as_str());
                let fault = match nearest(name.says, fields()) {
                    Some(near) => format!("is not a field; did you mean `{near}`?"),
                    None => format!(
                        "is not a field; there are {}",
                        fields().collect::<Vec<_>>().join(", ")
                    ),
                };
                self.fault(name, fault)
            })
    }

    fn list(&mut self, field: Field) -> Result<Test, FilterError> {
        self.sign("(")?;
        let mut values = vec![self.value(field)?];
        while self.tokens.peek().is_some_and(|token| token.is_sign(",")) {
            self.tokens.next();
            values.push(self.value(field)?);
        }
        self.sign(")")?;
        Ok(Test {
            field,
            relation: Relation::Equal,
            values,
        })
    }

    fn value(&mut self, field: Field) -> Result<Value, FilterError> {
        let token = self.next("a value")?;
        if token.kind == TokenKind::Sign {
            return Err(self.fault(&token, "is not a value"));
        }
        if field.is_number() {
            let number = match field {
                Field::Took => micros(token.says),
                _ => token.says.parse().ok(),
            };
            let wanted = match field {
                Field::Took => "is not a time: write 300us, 5ms or 1s",
                _ => "is not a whole number",
            };
            let number = number.ok_or_else(|| self.fault(&token, wanted))?;
            return Ok(Value::Number(number));
        }
        if let Some(words) = field.words()
            && !words.contains(&token.says)
        {
            let fault = match nearest(token.says, words.iter().copied()) {
                Some(near) => format!("is not a value of {field}; did you mean `{near}`?"),
                None => format!("is not a value of {field}; there are {}", words.join(", ")),
            };
            return Err(self.fault(&token, fault));
        }
        Ok(Value::Text(token.says.to_owned()))
    }

    fn sign(&mut self, sign: &str) -> Result<(), FilterError> {
        let token = self.next(sign)?;
        if token.is_sign(sign) {
            return Ok(());
        }
        Err(self.fault(&token, format!("stands where `{sign}` should")))
    }

    fn took_word(&mut self, word: &str) -> bool {
        self.tokens.next_if(|token| token.is_word(word)).is_some()
    }

    fn next(&mut self, wanted: &str) -> Result<Token<'t>, FilterError> {
        self.tokens.next().ok_or_else(|| {
            let end = self.text.len();
            FilterError {
                at: end..end,
                ..FilterError::at(
                    self.text,
                    self.text,
                    format!("ends where {wanted} should follow"),
                )
            }
        })
    }

    fn fault(&self, token: &Token<'t>, fault: impl Into<String>) -> FilterError {
        FilterError::at(self.text, token.part, fault)
    }
}

fn one_or(mut parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}

/// Microseconds of a time such as `5ms`.
fn micros(text: &str) -> Option<u64> {
    let units = [("us", 1), ("µs", 1), ("ms", 1_000), ("s", 1_000_000)];
    let (digits, factor) = units
        .iter()
        .find_map(|&(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = digits.parse().ok().filter(|_number| plain)?;
    number.checked_mul(factor)
}
