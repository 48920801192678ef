//! Words, quoted words and signs of a text, one after the other.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use super::is_bare;
use crate::model::name::is_unprintable;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    /// A word without quotes: keyword, dimension or value.
    Word(&'t str),
    /// What stood in quotes.
    Quoted(String),
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// A sign that means nothing.
    Sign(char),
    /// What cannot be a token, and why.
    Broken(String),
    /// The text is over.
    End,
}

/// A token and where it stands, in bytes.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind<'t>,
    pub(super) at: Range<usize>,
}

/// Reads tokens from a text.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    chars: Peekable<CharIndices<'t>>,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            chars: text.char_indices().peekable(),
        }
    }

    /// The next token; at the end always [`Kind::End`].
    pub(super) fn token(&mut self) -> Token<'t> {
        while self.chars.next_if(|(_at, c)| c.is_whitespace()).is_some() {}
        let Some(&(start, first)) = self.chars.peek() else {
            let end = self.text.len();
            return Token {
                kind: Kind::End,
                at: end..end,
            };
        };
        if is_bare(first) && first != '\'' {
            return self.word(start);
        }
        self.chars.next();
        let kind = match first {
            '(' => Kind::Open,
            ')' => Kind::Close,
            ',' => Kind::Comma,
            '=' => Kind::Equal,
            '!' if self.chars.next_if(|(_at, c)| *c == '=').is_some() => Kind::Unequal,
            '"' => return self.quoted(start),
            c if is_unprintable(c) => Kind::Broken(unprintable(c)),
            c => Kind::Sign(c),
        };
        let at = start..self.place();
        Token { kind, at }
    }

    /// The byte after what was read.
    fn place(&mut self) -> usize {
        let next = self.chars.peek();
        next.map_or(self.text.len(), |(at, _c)| *at)
    }

    fn word(&mut self, start: usize) -> Token<'t> {
        while self.chars.next_if(|(_at, c)| is_bare(*c)).is_some() {}
        let at = start..self.place();
        let word = self.text.get(at.clone()).unwrap_or_default();
        let kind = Kind::Word(word);
        Token { kind, at }
    }

    /// The rest of what stands in quotes, the first of which was read.
    fn quoted(&mut self, start: usize) -> Token<'t> {
        let mut content = String::new();
        let mut broken: Option<Token<'t>> = None;
        loop {
            let Some((at, c)) = self.chars.next() else {
                return broken.unwrap_or(Token {
                    kind: Kind::Broken("the quote is not closed".to_owned()),
                    at: start..start + 1,
                });
            };
            let fault = match c {
                '"' => break,
                '\\' => match self.chars.next_if(|(_at, c)| matches!(c, '"' | '\\')) {
                    Some((_at, escaped)) => {
                        content.push(escaped);
                        continue;
                    }
                    None => "in quotes, \\ stands before \" or \\ only".to_owned(),
                },
                c if is_unprintable(c) => unprintable(c),
                c => {
                    content.push(c);
                    continue;
                }
            };
            broken.get_or_insert(Token {
                kind: Kind::Broken(fault),
                at: at..at + c.len_utf8(),
            });
        }
        broken.unwrap_or(Token {
            kind: Kind::Quoted(content),
            at: start..self.place(),
        })
    }
}

fn unprintable(c: char) -> String {
    format!("the character U+{:04X} cannot be printed", u32::from(c))
}
