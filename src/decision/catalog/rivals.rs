//! The tree of competitive categories, flattened: whom an offer never meets in a pod, and from
//! whom it keeps its distance.

use std::collections::HashMap;

use crate::decision::pod::Separation;
use crate::model::category::DEPTH_MAX;
use crate::model::{Category, OrderId};

/// The categories of a tenant by code. Codes are compared without case.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: HashMap<String, Node>,
}

#[derive(Debug)]
struct Node {
    id: u32,
    parent: Option<String>,
    exclusive: bool,
    separation: Option<crate::model::Millis>,
}

/// What the categories of an offer mean in a pod. Sorted, without repeats.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rivalry {
    /// Exclusive categories it is in or below.
    pub exclusive: Vec<u32>,
    /// Categories it is in or below that keep their ads apart.
    pub separations: Vec<Separation>,
}

/// Above the ids of all categories.
const ORDERS: u32 = 1 << 31;

impl Rivalry {
    /// What stands among exclusive categories for an order of which a pod may have one ad.
    pub(super) const fn of_order(order: OrderId) -> u32 {
        ORDERS | order.get()
    }

    /// Never meets what is in this either.
    pub(super) fn exclude(&mut self, rival: u32) {
        self.exclusive.push(rival);
        self.exclusive.sort_unstable();
        self.exclusive.dedup();
    }
}

impl Tree {
    pub(super) fn of(categories: Vec<Category>) -> Self {
        let node = |category: Category| {
            let spec = category.spec;
            let node = Node {
                id: category.id.get(),
                parent: spec.parent.map(|code| code.to_ascii_lowercase()),
                exclusive: spec.exclusive,
                separation: spec.separation,
            };
            (spec.code.to_ascii_lowercase(), node)
        };
        Self {
            nodes: categories.into_iter().map(node).collect(),
        }
    }

    /// What these codes mean; codes that are no categories mean nothing.
    pub(super) fn rivalry<'a>(&self, codes: impl Iterator<Item = &'a String>) -> Rivalry {
        let mut rivalry = Rivalry::default();
        for code in codes {
            for node in self.lineage(code) {
                if node.exclusive {
                    rivalry.exclusive.push(node.id);
                }
                if let Some(gap) = node.separation {
                    rivalry.separations.push(Separation {
                        category: node.id,
                        gap,
                    });
                }
            }
        }
        rivalry.exclusive.sort_unstable();
        rivalry.exclusive.dedup();
        rivalry
            .separations
            .sort_unstable_by_key(|separation| separation.category);
        rivalry
            .separations
            .dedup_by_key(|separation| separation.category);
        rivalry
    }

    /// A category and those it is part of, up to the root.
    fn lineage(&self, code: &str) -> impl Iterator<Item = &Node> {
        let first = self.nodes.get(&code.to_ascii_lowercase());
        let up = |node: &&Node| {
            let parent = node.parent.as_ref()?;
            self.nodes.get(parent)
        };
        // The store keeps the tree without circles; the bound holds whatever it holds.
        std::iter::successors(first, up).take(DEPTH_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CategoryId, CategorySpec, Millis, TenantId, Timestamp};

    fn category(id: u32, code: &str, parent: Option<&str>) -> Category {
        Category {
            id: CategoryId::new(id),
            tenant: TenantId::new(1),
            revision: 1,
            created_at: Timestamp::default(),
            updated_at: Timestamp::default(),
            spec: CategorySpec {
                code: code.to_owned(),
                name: code.to_owned(),
                parent: parent.map(str::to_owned),
                exclusive: false,
                separation: None,
            },
        }
    }

    #[test]
    fn what_is_below_an_exclusive_category_is_its_rival() {
        let mut auto = category(1, "Auto", None);
        auto.spec.exclusive = true;
        let mut luxury = category(2, "auto.luxury", Some("AUTO"));
        luxury.spec.separation = Some(Millis(60_000));
        let tree = Tree::of(vec![auto, luxury, category(3, "food", None)]);
        let codes = ["AUTO.LUXURY", "food", "auto", "unknown"].map(str::to_owned);
        let rivalry = tree.rivalry(codes.iter());
        assert_eq!(rivalry.exclusive, [1]);
        let apart = Separation {
            category: 2,
            gap: Millis(60_000),
        };
        assert_eq!(rivalry.separations, [apart]);
    }

    #[test]
    fn a_circle_ends() {
        let mut first = category(1, "a", Some("b"));
        first.spec.exclusive = true;
        let tree = Tree::of(vec![first, category(2, "b", Some("a"))]);
        assert_eq!(tree.rivalry(["b".to_owned()].iter()).exclusive, [1]);
    }
}
