//! Spans of numbers as values: the line of numbers, as far as any rule tells them apart.

use super::bits::narrow;
use crate::model::targeting::Span;

/// With more intervals than this, spans are stored as nodes of a tree instead.
pub(super) const INTERVALS_MAX: usize = 48;

/// The line of numbers, cut wherever a span begins or ends.
///
/// With few intervals each is a value and a span is all of its intervals. With many, the nodes of
/// a binary tree over the intervals are the values: a span is at most two nodes a level, and a
/// number has one node a level, so that neither grows with the number of spans.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The first number of each interval but the first.
    cuts: Vec<u32>,
    used: bool,
}

impl Line {
    /// Cut at the ends of these.
    pub(super) fn of(spans: impl Iterator<Item = Span>) -> Self {
        let mut line = Self::default();
        for span in spans {
            line.used = true;
            line.cuts.push(span.from);
            line.cuts.extend(span.to.checked_add(1));
        }
        line.cuts.retain(|&cut| cut > 0);
        line.cuts.sort_unstable();
        line.cuts.dedup();
        line.cuts.shrink_to_fit();
        line
    }

    /// Whether a number has exactly one value.
    pub(super) fn is_plain(&self) -> bool {
        self.cuts.len() < INTERVALS_MAX
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        match self.used {
            false => 0,
            true if self.is_plain() => self.cuts.len() + 1,
            true => 2 * self.leaves(),
        }
    }

    fn leaves(&self) -> usize {
        (self.cuts.len() + 1).next_power_of_two()
    }

    fn interval(&self, number: u32) -> usize {
        self.cuts.partition_point(|&cut| cut <= number)
    }

    /// The values that a number has: one, or one for each level of the tree.
    pub(super) fn values(&self, number: u32) -> impl Iterator<Item = u32> + use<> {
        let interval = self.interval(number);
        let first = match self.used {
            false => None,
            true if self.is_plain() => Some(interval),
            true => Some(interval + self.leaves()),
        };
        let plain = self.is_plain();
        let up = move |node: &usize| (!plain && *node > 1).then_some(node / 2);
        std::iter::successors(first, up).map(narrow)
    }

    /// The values of a span.
    pub(super) fn within(&self, span: Span) -> Vec<u32> {
        let (mut from, mut to) = (self.interval(span.from), self.interval(span.to));
        if span.from > span.to {
            return Vec::new();
        }
        if self.is_plain() {
            return (from..=to).map(narrow).collect();
        }
        let mut nodes = Vec::new();
        from += self.leaves();
        to += self.leaves() + 1;
        while from < to {
            if from % 2 == 1 {
                nodes.push(narrow(from));
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                nodes.push(narrow(to));
            }
            from /= 2;
            to /= 2;
        }
        nodes
    }

    /// Bytes on the heap.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.cuts.as_slice())
    }
}
