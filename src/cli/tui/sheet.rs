//! A list as the screens know it: rows with typed cells, sorted, filtered, searched and marked.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::badge::Badge;
use super::field::Field;
use super::look::Tone;

/// A column of a list.
#[derive(Debug)]
pub struct Heading {
    /// Its title.
    pub title: &'static str,
    /// How wide it is at least, in cells.
    pub width: u16,
    /// Whether it takes what is left.
    pub grows: bool,
    /// Whether its texts end where it ends.
    pub right: bool,
    /// Columns of a higher rank go first when there is no room.
    pub rank: u8,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String, Tone),
    /// A glyph with a word.
    Badge(Badge),
    /// A glyph with a figure.
    Sign(Badge, String),
    /// A bar, filled by so many thousandths, and the same as a number.
    Bar(u64, Tone),
}

impl Cell {
    /// A plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Tone::Text)
    }

    /// A text that explains.
    pub fn muted(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Tone::Muted)
    }
}

/// What a column sorts by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// There is nothing to compare; it comes first.
    Nothing,
    /// A number.
    Number(i128),
    /// A text, lower case.
    Text(String),
}

impl SortKey {
    /// A number of any kind.
    pub fn number(number: impl Into<i128>) -> Self {
        Self::Number(number.into())
    }

    /// A text, whatever the case.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_lowercase())
    }
}

/// One row.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The word to filter by.
    pub status: String,
    /// One cell a column.
    pub cells: Vec<(Cell, SortKey)>,
    /// What is searched in, lower case.
    pub found_by: String,
}

/// What a list is of.
#[derive(Debug)]
pub struct Kind {
    /// What several are called.
    pub plural: &'static str,
    /// Its columns.
    pub headings: &'static [Heading],
    /// The words to filter by.
    pub statuses: &'static [&'static str],
    /// What is said when there is nothing at all: a sentence and a command.
    pub nothing: (&'static str, &'static str),
    /// The column it is sorted by at first, and which way.
    pub sorted: (usize, Direction),
}

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Least first.
    Up,
    /// Most first.
    Down,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

/// A list with what was done to it.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What it is of.
    pub kind: &'static Kind,
    /// Every row; none before it was heard of.
    pub lines: Option<Vec<Line>>,
    /// Rows that are shown, in their order.
    pub shown: Vec<usize>,
    /// The chosen one of them.
    pub cursor: usize,
    /// The first of them on the screen.
    pub offset: usize,
    /// The column it is sorted by.
    pub sort: usize,
    /// And which way.
    pub direction: Direction,
    /// What is searched for.
    pub search: Field,
    /// The place of the status to filter by.
    pub status: Option<usize>,
    /// Ids that are marked.
    pub marked: BTreeSet<String>,
}

impl Sheet {
    /// An empty list.
    pub fn new(kind: &'static Kind) -> Self {
        Self {
            kind,
            lines: None,
            shown: Vec::new(),
            cursor: 0,
            offset: 0,
            sort: kind.sorted.0,
            direction: kind.sorted.1,
            search: Field::default(),
            status: None,
            marked: BTreeSet::new(),
        }
    }

    /// Takes new rows; the chosen one stays chosen, and marks of rows that went go.
    pub fn fill(&mut self, lines: Vec<Line>) {
        let chosen = self.chosen().map(|line| line.id.clone());
        if !self.marked.is_empty() {
            let ids: BTreeSet<&str> = lines.iter().map(|line| line.id.as_str()).collect();
            self.marked.retain(|id| ids.contains(id.as_str()));
        }
        self.lines = Some(lines);
        self.arrange();
        self.choose(chosen.as_deref());
    }

    /// Forgets every row and mark.
    pub fn empty(&mut self) {
        self.lines = None;
        self.shown.clear();
        self.marked.clear();
        self.cursor = 0;
        self.offset = 0;
    }

    /// The chosen row.
    pub fn chosen(&self) -> Option<&Line> {
        self.line(self.cursor)
    }

    /// The row at a place of what is shown.
    pub fn line(&self, place: usize) -> Option<&Line> {
        self.lines.as_ref()?.get(*self.shown.get(place)?)
    }

    /// The status that is filtered by.
    pub fn status_word(&self) -> Option<&'static str> {
        self.kind.statuses.get(self.status?).copied()
    }

    /// Whether anything keeps rows from being shown.
    pub fn is_narrowed(&self) -> bool {
        self.status.is_some() || !self.search.is_empty()
    }

    /// Works out again which rows are shown in which order, after `search` or `status` changed;
    /// the chosen one stays chosen where it is still shown.
    pub fn rearrange(&mut self) {
        let chosen = self.chosen().map(|line| line.id.clone());
        self.arrange();
        self.choose(chosen.as_deref());
    }

    fn arrange(&mut self) {
        let lines = self.lines.as_deref().unwrap_or_default();
        let search = self.search.text().to_lowercase();
        let words: Vec<&str> = search.split_whitespace().collect();
        let status = self.status_word();
        let is_meant = |line: &Line| {
            status.is_none_or(|status| line.status == status)
                && words.iter().all(|word| match word.strip_prefix('!') {
                    None => line.found_by.contains(word),
                    Some("") => true,
                    Some(unwanted) => !line.found_by.contains(unwanted),
                })
        };
        let places = lines
            .iter()
            .enumerate()
            .filter(|(_place, line)| is_meant(line));
        let mut shown: Vec<usize> = places.map(|(place, _line)| place).collect();
        let compare = |a: &usize, b: &usize| compare(lines, self.sort, (*a, *b));
        shown.sort_by(|a, b| match self.direction {
            Direction::Up => compare(a, b),
            Direction::Down => compare(b, a),
        });
        self.shown = shown;
    }

    fn choose(&mut self, id: Option<&str>) {
        let lines = self.lines.as_deref().unwrap_or_default();
        let is_it = |place: &usize| lines.get(*place).map(|line| line.id.as_str()) == id;
        let place = id.and_then(|_id| self.shown.iter().position(is_it));
        let last = self.shown.len().saturating_sub(1);
        self.cursor = place.unwrap_or(self.cursor).min(last);
    }

    /// Moves the choice by so many rows, on a screen with room for `rows`.
    pub fn step(&mut self, by: isize, rows: usize) {
        let last = self.shown.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
        self.scroll(rows);
    }

    /// Keeps the chosen row on a screen with room for `rows`.
    pub fn scroll(&mut self, rows: usize) {
        let rows = rows.max(1);
        let end = self.shown.len().saturating_sub(rows);
        let least = (self.cursor + 1).saturating_sub(rows);
        self.offset = self
            .offset
            .clamp(least, self.cursor.max(least))
            .min(end.max(least));
    }

    /// Marks the chosen row, or takes its mark away.
    pub fn mark(&mut self) {
        let Some(id) = self.chosen().map(|line| line.id.clone()) else {
            return;
        };
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
    }

    /// Marks every row that is shown; none where all are marked.
    pub fn mark_all(&mut self) {
        let ids = (0..self.shown.len()).filter_map(|place| self.line(place));
        let ids: BTreeSet<String> = ids.map(|line| line.id.clone()).collect();
        if ids.is_subset(&self.marked) {
            self.marked.clear();
        } else {
            self.marked.extend(ids);
        }
    }

    /// Filters by the next status, and after the last by none.
    pub fn next_status(&mut self) {
        let next = self.status.map_or(0, |place| place + 1);
        self.status = (next < self.kind.statuses.len()).then_some(next);
        self.rearrange();
    }

    /// Sorts by the next column.
    pub fn next_sort(&mut self) {
        self.sort_by((self.sort + 1) % self.kind.headings.len().max(1));
    }

    /// Sorts by a column, least first.
    pub fn sort_by(&mut self, column: usize) {
        self.sort = column;
        self.direction = Direction::Up;
        self.rearrange();
    }

    /// Turns the order around.
    pub fn turn_around(&mut self) {
        self.direction = self.direction.turned();
        self.rearrange();
    }

    /// The ids that an action is about: those marked, else the chosen one.
    pub fn meant(&self) -> Vec<String> {
        if self.marked.is_empty() {
            return self
                .chosen()
                .map(|line| line.id.clone())
                .into_iter()
                .collect();
        }
        self.marked.iter().cloned().collect()
    }
}

/// Two rows by a column; where they are alike, by name and id, so that no row jumps.
fn compare(lines: &[Line], column: usize, (a, b): (usize, usize)) -> Ordering {
    let (Some(a), Some(b)) = (lines.get(a), lines.get(b)) else {
        return Ordering::Equal;
    };
    let key = |line: &Line| line.cells.get(column).map(|(_cell, key)| key.clone());
    let by_key = key(a).cmp(&key(b));
    by_key
        .then_with(|| a.name.cmp(&b.name))
        .then_with(|| a.id.cmp(&b.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    static KIND: Kind = Kind {
        plural: "things",
        headings: &[
            Heading {
                title: "NAME",
                width: 10,
                grows: true,
                right: false,
                rank: 0,
            },
            Heading {
                title: "SIZE",
                width: 5,
                grows: false,
                right: true,
                rank: 1,
            },
        ],
        statuses: &["active", "paused"],
        nothing: ("nothing", "adctl"),
        sorted: (0, Direction::Up),
    };

    fn line(name: &str, size: i64) -> Line {
        Line {
            id: format!("id_{name}"),
            name: name.to_owned(),
            status: if size % 2 == 0 { "active" } else { "paused" }.to_owned(),
            cells: vec![
                (Cell::text(name), SortKey::text(name)),
                (Cell::text(size.to_string()), SortKey::number(size)),
            ],
            found_by: name.to_lowercase(),
        }
    }

    fn names(sheet: &Sheet) -> Vec<&str> {
        (0..sheet.shown.len())
            .map(|place| sheet.line(place).unwrap().name.as_str())
            .collect()
    }

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new(&KIND);
        sheet.fill(vec![line("beta", 2), line("Alpha", 3), line("gamma", 1)]);
        sheet
    }

    #[test]
    fn rows_are_sorted_and_the_chosen_one_stays_chosen() {
        let mut sheet = sheet();
        assert_eq!(names(&sheet), ["Alpha", "beta", "gamma"]);
        sheet.step(2, 10);
        assert_eq!(sheet.chosen().unwrap().name, "gamma");
        sheet.next_sort();
        assert_eq!(names(&sheet), ["gamma", "beta", "Alpha"]);
        assert_eq!(sheet.chosen().unwrap().name, "gamma");
        sheet.turn_around();
        assert_eq!(sheet.cursor, 2);
        sheet.fill(vec![line("gamma", 9), line("delta", 4)]);
        assert_eq!((names(&sheet), sheet.cursor), (vec!["gamma", "delta"], 0));
        sheet.fill(vec![line("delta", 4)]);
        assert_eq!(sheet.chosen().unwrap().name, "delta");
    }

    #[test]
    fn every_word_must_match_and_no_unwanted_one() {
        let mut sheet = sheet();
        sheet.search.paste("A !et");
        sheet.rearrange();
        assert_eq!(names(&sheet), ["Alpha", "gamma"]);
        sheet.search.paste(" !");
        sheet.rearrange();
        assert_eq!(names(&sheet).len(), 2);
        sheet.search.clear();
        sheet.next_status();
        assert_eq!(names(&sheet), ["beta"]);
        sheet.next_status();
        sheet.next_status();
        assert_eq!((names(&sheet).len(), sheet.is_narrowed()), (3, false));
    }

    #[test]
    fn marks_are_of_rows_and_go_with_them() {
        let mut sheet = sheet();
        assert_eq!(sheet.meant(), ["id_Alpha"]);
        sheet.step(1, 10);
        sheet.mark();
        assert_eq!(sheet.meant(), ["id_beta"]);
        sheet.mark_all();
        assert_eq!(sheet.meant().len(), 3);
        sheet.fill(vec![line("gamma", 1)]);
        assert_eq!(sheet.meant(), ["id_gamma"]);
        sheet.mark_all();
        assert!(sheet.marked.is_empty());
    }

    proptest! {
        #[test]
        fn the_chosen_row_is_always_on_the_screen(
            count in 0_usize..60, steps in prop::collection::vec((-70_isize..70, 0_usize..30), 0..20)
        ) {
            let mut sheet = Sheet::new(&KIND);
            let lines = (0..count).map(|n| line(&format!("n{n}"), i64::try_from(n).unwrap()));
            sheet.fill(lines.collect());
            for (by, rows) in steps {
                sheet.step(by, rows);
                prop_assert!(sheet.cursor < count.max(1));
                prop_assert!(sheet.offset <= sheet.cursor);
                prop_assert!(sheet.cursor < sheet.offset + rows.max(1));
            }
        }
    }
}
