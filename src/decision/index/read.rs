//! Reads targetings into pairs of value and row: who wants and who refuses what.

use std::collections::{HashMap, HashSet};

use super::Entry;
use super::bits::narrow;
use super::fields::{
    AGE, CHANNEL, DAYPART, GEO, INCOME, KEY_NAME, KEY_VALUE, KEYS, clock, dimension_number,
    place_word,
};
use super::rows::Rows;
use super::spans::Line;
use super::week::Week;
use super::words::{Space, Words};
use crate::model::targeting::traits::KEYS_MAX;
use crate::model::targeting::{Clause, Daypart, Dimension, Place, Rule, Sense, Span, Value};

/// Where the values of the dimensions without words begin: age, income, the week of the tenant,
/// that of the viewer.
pub(super) type FirstValues = [u32; 4];

/// All that was read.
pub(super) struct Draft {
    pub(super) words: Words,
    pub(super) lines: [(usize, Line); 2],
    pub(super) weeks: [Week; 2],
    /// The first value that is a word.
    pub(super) first_word: u32,
    pub(super) first_values: FirstValues,
    /// For each value its field.
    pub(super) field_of: Vec<u32>,
    /// How many fields there are.
    pub(super) fields: usize,
    /// How many rows there are.
    pub(super) rows: usize,
    /// Field and row, for every row that wants anything in it.
    pub(super) wants: Vec<(u32, u32)>,
    /// Value and row.
    pub(super) wanted: Vec<(u32, u32)>,
    /// Value and row.
    pub(super) refused: Vec<(u32, u32)>,
    /// The values of the day parts that were read.
    dayparts: HashMap<Daypart, Vec<u32>>,
}

impl Draft {
    /// Reads all entries.
    pub(super) fn read(entries: &[Entry<'_>], rows: &Rows) -> Self {
        let mut draft = Self::with_scales(entries);
        let colours = draft.read_keys(entries);
        draft.fields = KEYS + colours.values().map(|&field| field + 1).max().unwrap_or(0) as usize;
        // In the order of the list, which is that of memory, and not in that of the rows.
        for (place, entry) in (0..).zip(entries) {
            let own = rows.offer_at(place).map(|offer| rows.of_offer(offer));
            for (rule, row) in entry.targeting.rules.iter().zip(own.into_iter().flatten()) {
                draft.read_rule(rule, row, &colours);
            }
        }
        draft
    }

    /// Cuts lines and weeks, whose values come first.
    fn with_scales(entries: &[Entry<'_>]) -> Self {
        let mut spans: [Vec<Span>; 2] = Default::default();
        let mut dayparts: [HashSet<Daypart>; 2] = Default::default();
        for clause in clauses(entries) {
            for value in &clause.values {
                match (&clause.dimension, value) {
                    (Dimension::Age, Value::Span(span)) => spans[0].push(*span),
                    (Dimension::Income, Value::Span(span)) => spans[1].push(*span),
                    (Dimension::Daypart, Value::Daypart(part)) => {
                        dayparts[clock(part.zone)].insert(*part);
                    }
                    _ => {}
                }
            }
        }
        let lines = spans.map(|spans| Line::of(spans.into_iter()));
        let weeks = dayparts.map(|parts| Week::of(parts.into_iter()));
        let sizes = [
            (AGE, lines[0].len()),
            (INCOME, lines[1].len()),
            (DAYPART, weeks[0].len()),
            (DAYPART, weeks[1].len()),
        ];
        let mut field_of = Vec::new();
        let first_values = sizes.map(|(field, size)| {
            let first = narrow(field_of.len());
            field_of.resize(field_of.len() + size, narrow(field));
            first
        });
        let [ages, incomes] = lines;
        Self {
            words: Words::new(),
            lines: [(AGE, ages), (INCOME, incomes)],
            weeks,
            first_word: narrow(field_of.len()),
            first_values,
            field_of,
            fields: 0,
            rows: 0,
            wants: Vec::new(),
            wanted: Vec::new(),
            refused: Vec::new(),
            dayparts: HashMap::new(),
        }
    }

    /// Gives every key a field, in such a way that no rule wants two keys of one field: then a
    /// field may be asked as one dimension, and there are not as many of them as keys.
    fn read_keys(&mut self, entries: &[Entry<'_>]) -> HashMap<u32, u32> {
        let mut rivals: HashMap<u32, HashSet<u32>> = HashMap::new();
        let rules = entries.iter().flat_map(|entry| &entry.targeting.rules);
        let mut wanted = Vec::new();
        for rule in rules {
            wanted.clear();
            for clause in &rule.clauses {
                if let Dimension::Key(key) = &clause.dimension {
                    let key = self.word(KEY_NAME, key.as_bytes(), KEYS);
                    rivals.entry(key).or_default();
                    if clause.sense == Sense::Include {
                        wanted.push(key);
                    }
                }
            }
            if wanted.len() > KEYS_MAX {
                continue;
            }
            for &key in &wanted {
                let others = wanted.iter().filter(|&&other| other != key);
                rivals.entry(key).or_default().extend(others);
            }
        }
        let mut keys: Vec<u32> = rivals.keys().copied().collect();
        keys.sort_unstable();
        let mut colours = HashMap::new();
        for key in keys {
            let taken: HashSet<u32> = rivals[&key]
                .iter()
                .filter_map(|rival| colours.get(rival).copied())
                .collect();
            let free = (0..=narrow(taken.len())).find(|colour| !taken.contains(colour));
            colours.insert(key, free.expect("there are more colours than rivals"));
        }
        for (&key, &colour) in &colours {
            self.field_of[key as usize] = narrow(KEYS) + colour;
        }
        colours
    }

    fn read_rule(&mut self, rule: &Rule, row: u32, colours: &HashMap<u32, u32>) {
        self.rows = self.rows.max(row as usize + 1);
        let is_wanted_key = |clause: &&Clause| {
            clause.sense == Sense::Include && matches!(clause.dimension, Dimension::Key(_))
        };
        // No request has so many keys: such a rule wants, and nothing is what it wants.
        let hopeless = rule.clauses.iter().filter(is_wanted_key).count() > KEYS_MAX;
        for clause in &rule.clauses {
            let (field, space) = match &clause.dimension {
                Dimension::Key(key) => {
                    let key = self.word(KEY_NAME, key.as_bytes(), KEYS);
                    let colour = colours.get(&key).copied().unwrap_or_default();
                    (KEYS + colour as usize, KEY_VALUE + key)
                }
                named => (dimension_number(named), narrow(dimension_number(named))),
            };
            if clause.sense == Sense::Include {
                self.wants.push((narrow(field), row));
            }
            if hopeless && is_wanted_key(&clause) {
                continue;
            }
            for value in &clause.values {
                self.read_value(clause, value, (field, space), row);
            }
        }
    }

    /// A value of a kind that its dimension does not know is one that no request has.
    fn read_value(&mut self, clause: &Clause, value: &Value, at: (usize, Space), row: u32) {
        let (field, space) = at;
        let value = match (field, value) {
            (GEO, Value::Place(place)) => self.place(place),
            (AGE, Value::Span(span)) => return self.span(0, *span, clause.sense, row),
            (INCOME, Value::Span(span)) => return self.span(1, *span, clause.sense, row),
            (DAYPART, Value::Daypart(part)) => return self.daypart(*part, clause.sense, row),
            (CHANNEL, Value::Channel(channel)) => {
                self.word(space, &channel.get().to_le_bytes(), field)
            }
            (GEO | AGE | INCOME | DAYPART | CHANNEL, _) => return,
            (_, Value::Word(word)) => self.word(space, word.as_bytes(), field),
            _ => return,
        };
        self.pair(value, clause.sense, row);
    }

    fn pair(&mut self, value: u32, sense: Sense, row: u32) {
        match sense {
            Sense::Include => self.wanted.push((value, row)),
            Sense::Exclude => self.refused.push((value, row)),
        }
    }

    fn span(&mut self, line: usize, span: Span, sense: Sense, row: u32) {
        for value in self.lines[line].1.within(span) {
            self.pair(self.first_values[line] + value, sense, row);
        }
    }

    fn daypart(&mut self, daypart: Daypart, sense: Sense, row: u32) {
        let clock = clock(daypart.zone);
        let first = self.first_values[2 + clock];
        // Most campaigns use one of a few day parts.
        let parts = self.dayparts.entry(daypart).or_insert_with(|| {
            let parts = self.weeks[clock].within(daypart);
            parts.map(|part| first + part).collect()
        });
        let pairs = match sense {
            Sense::Include => &mut self.wanted,
            Sense::Exclude => &mut self.refused,
        };
        pairs.extend(parts.iter().map(|&value| (value, row)));
    }

    fn place(&mut self, place: &Place) -> u32 {
        let mut text = Vec::new();
        let (space, word) = place_word(place, &mut text);
        self.word(space, word, GEO)
    }

    /// The value of a word, which belongs to a field.
    fn word(&mut self, space: Space, word: &[u8], field: usize) -> u32 {
        let value = self.first_word + self.words.intern(space, word);
        if value as usize == self.field_of.len() {
            self.field_of.push(narrow(field));
        }
        value
    }
}

fn clauses<'a>(entries: &'a [Entry<'_>]) -> impl Iterator<Item = &'a Clause> {
    let rules = entries.iter().flat_map(|entry| &entry.targeting.rules);
    rules.flat_map(|rule| &rule.clauses)
}
