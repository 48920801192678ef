//! A request in the words of an index: which bitmaps and lists its rows must be in or out of.

use super::Index;
use super::bits::narrow;
use super::fields::{
    AGE, BRAND, CATEGORY, CHANNEL, CITY, COUNTRY, DAYPART, DEVICE, DEVICE_TYPE, DMA, GENDER, GENRE,
    GEO, INCOME, KEY_NAME, KEY_VALUE, KEYS, OS, POSTAL, Posting, RATING, REGION, SEGMENT, joined,
};
use super::words::Space;
use crate::model::targeting::{Geo, Subject};
use std::ops::Range;

/// What the rows of one dimension must be.
#[derive(Debug, Clone)]
pub(super) struct Term {
    /// Which dimension, as it is counted.
    pub(super) dimension: usize,
    /// In or out.
    pub(super) sense: Sense,
    /// Bitmaps, as a range of [`Asked::dense`].
    pub(super) dense: Range<usize>,
    /// Lists, as a range of [`Asked::lists`].
    pub(super) lists: Range<usize>,
}

/// How the rows of a term are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// In one of them; the first bitmap is of those who want nothing.
    In,
    /// In none of them.
    Out,
}

/// A list and how far it was read.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// A piece of the lists of the index.
    pub(super) list: Range<u32>,
    /// The first that was not read, counted from the start of the piece.
    pub(super) next: u32,
}

/// One request, looked up.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// In the order of the dimensions.
    pub(super) terms: Vec<Term>,
    pub(super) dense: Vec<u32>,
    pub(super) lists: Vec<Reader>,
    /// Values of the request that some rule names, with their fields.
    values: Vec<(u32, u32)>,
    text: Vec<u8>,
}

impl Asked {
    /// Looks everything up that the request says.
    pub(super) fn resolve(&mut self, index: &Index, subject: &Subject<'_>) {
        self.terms.clear();
        self.dense.clear();
        self.lists.clear();
        for field in (0..KEYS).filter(|&field| index.fields[field].used) {
            self.values.clear();
            self.named(index, subject, field);
            self.close(index, field, 0..self.values.len());
        }
        self.values.clear();
        self.keys(index, subject);
        let mut from = 0;
        for field in KEYS..index.fields.len() {
            let rest = self.values[from..].iter();
            let count = rest
                .take_while(|(of, _value)| *of as usize == field)
                .count();
            self.close(index, field, from..from + count);
            from += count;
        }
    }

    fn named(&mut self, index: &Index, subject: &Subject<'_>, field: usize) {
        let traits = subject.traits;
        let (device, content, audience) = (&traits.device, &traits.content, &traits.audience);
        match field {
            GEO => self.places(index, &traits.geo),
            DEVICE => {
                let words = [&device.kind, &device.brand, &device.os];
                self.words(index, field, words.into_iter().flatten());
            }
            DEVICE_TYPE => self.words(index, field, device.kind.iter()),
            BRAND => self.words(index, field, device.brand.iter()),
            OS => self.words(index, field, device.os.iter()),
            CHANNEL => {
                if let Some(channel) = subject.channel {
                    self.find(index, narrow(field), &channel.get().to_le_bytes());
                }
            }
            CATEGORY => self.words(index, field, content.categories.iter()),
            GENRE => self.words(index, field, content.genres.iter()),
            RATING => self.words(index, field, content.rating.iter()),
            GENDER => self.words(index, field, audience.gender.iter()),
            SEGMENT => self.words(index, field, audience.segments.iter()),
            AGE => self.number(index, 0, audience.age),
            INCOME => self.number(index, 1, audience.income),
            DAYPART => {
                let minutes = [Some(subject.moment.campaign), subject.moment.viewer];
                for (clock, minute) in minutes.into_iter().enumerate() {
                    let part = minute.and_then(|minute| index.weeks[clock].part(minute));
                    self.values
                        .extend(part.map(|part| (0, index.first_values[2 + clock] + part)));
                }
            }
            _ => {}
        }
    }

    fn places(&mut self, index: &Index, geo: &Geo) {
        if let Some(dma) = geo.dma {
            self.find(index, DMA, &dma.to_le_bytes());
        }
        let Some(country) = geo.country.as_deref() else {
            return;
        };
        self.find(index, COUNTRY, country.as_bytes());
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        text.extend_from_slice(country.as_bytes());
        let within = text.len();
        if let Some(postal) = &geo.postal {
            text.extend_from_slice(postal.as_bytes());
            self.find(index, POSTAL + joined(within), &text);
            text.truncate(within);
        }
        if let Some(city) = &geo.city {
            text.extend_from_slice(city.as_bytes());
            self.find(index, CITY + joined(within), &text);
            text.truncate(within);
        }
        if let Some(region) = &geo.region {
            text.push(b'-');
            text.extend_from_slice(region.as_bytes());
            self.find(index, REGION, &text);
            if let Some(city) = &geo.city {
                let within = text.len();
                text.extend_from_slice(city.as_bytes());
                self.find(index, CITY + joined(within), &text);
            }
        }
        self.text = text;
    }

    fn words<'a>(&mut self, index: &Index, field: usize, words: impl Iterator<Item = &'a String>) {
        for word in words {
            self.find(index, narrow(field), word.as_bytes());
        }
    }

    fn number(&mut self, index: &Index, line: usize, number: Option<u32>) {
        let first = index.first_values[line];
        if let Some(number) = number {
            let values = index.lines[line].1.values(number);
            self.values.extend(values.map(|value| (0, first + value)));
        }
    }

    /// The values of all keys, by field.
    fn keys(&mut self, index: &Index, subject: &Subject<'_>) {
        if index.fields.len() == KEYS {
            return;
        }
        for (key, values) in &subject.traits.key_values {
            let Some(key) = index.words.find(KEY_NAME, key.as_bytes()) else {
                continue;
            };
            let space = KEY_VALUE + index.first_word + key;
            for value in values {
                self.find(index, space, value.as_bytes());
            }
        }
        self.values.sort_unstable();
    }

    fn find(&mut self, index: &Index, space: Space, word: &[u8]) {
        if let Some(word) = index.words.find(space, word) {
            let value = index.first_word + word;
            self.values
                .push((index.values[value as usize].field, value));
        }
    }

    /// Makes the terms of a field from some of the values that were found.
    fn close(&mut self, index: &Index, field: usize, found: Range<usize>) {
        let dimension = field.min(KEYS);
        let meant = &index.fields[field];
        if meant.fused {
            let value = self.values[found].first();
            let rows = value.map(|(_field, value)| index.values[*value as usize].wanted);
            let start = self.dense.len();
            match rows {
                Some(Posting::Dense(bitmap)) => self.dense.push(bitmap),
                _ => self.dense.extend(meant.any),
            }
            self.push(dimension, Sense::In, start, self.lists.len());
            return;
        }
        if let Some(any) = meant.any {
            let (dense, lists) = (self.dense.len(), self.lists.len());
            self.dense.push(any);
            for place in found.clone() {
                self.post(index.values[self.values[place].1 as usize].wanted);
            }
            self.push(dimension, Sense::In, dense, lists);
        }
        let (dense, lists) = (self.dense.len(), self.lists.len());
        for place in found {
            self.post(index.values[self.values[place].1 as usize].refused);
        }
        if dense < self.dense.len() || lists < self.lists.len() {
            self.push(dimension, Sense::Out, dense, lists);
        }
    }

    fn push(&mut self, dimension: usize, sense: Sense, dense: usize, lists: usize) {
        self.terms.push(Term {
            dimension,
            sense,
            dense: dense..self.dense.len(),
            lists: lists..self.lists.len(),
        });
    }

    fn post(&mut self, posting: Posting) {
        match posting {
            Posting::None => {}
            Posting::Dense(bitmap) => self.dense.push(bitmap),
            Posting::Sparse { from, len } => self.lists.push(Reader {
                list: from..from + len,
                next: 0,
            }),
        }
    }
}
