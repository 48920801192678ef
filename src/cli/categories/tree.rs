//! `adctl categories tree`: what is part of what.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use crate::api::{Category, PAGE_MAX, Page};
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Column, Row, Value};
use crate::cli::session::Session;
use crate::client::{Call, Collection};

/// Most categories that a tree is made of.
const TREE_MAX: usize = 100_000;

/// Which tree.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Only this category and what is below it, by id or code
    #[arg(value_name = "ID|CODE")]
    root: Option<String>,
}

/// Prints the tree, a category a line, each below the one it is part of.
pub(super) async fn run(args: &Arguments, session: &mut Session) -> Outcome {
    let root: Option<Category> = match &args.root {
        None => None,
        Some(root) => Some(
            session
                .send(Call::get(Collection::Categories.entry(root)))
                .await?,
        ),
    };
    let branches = branches(root.as_ref(), all(session).await?);
    session.out.list(&branches)?;
    if branches.is_empty() {
        session.out.note("no categories");
    }
    Ok(Exit::Done)
}

async fn all(session: &mut Session) -> Result<Vec<Category>, Failure> {
    let mut categories = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let call = Call::get(Collection::Categories.path())
            .with("sort", Some("name"))
            .with("limit", Some(PAGE_MAX))
            .with("cursor", cursor.as_ref());
        let page: Page<Category> = session.send(call).await?;
        categories.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(categories);
        }
        if categories.len() >= TREE_MAX {
            let message = format!("there are more than {TREE_MAX} categories");
            return Err(Failure::usage(message).hint("name one to begin with"));
        }
    }
}

/// A category at its place in the tree.
#[derive(Debug, Serialize)]
struct Branch {
    /// How many it is below.
    depth: usize,
    #[serde(flatten)]
    category: Category,
}

/// The categories from the top down, each followed by those below it; from `root` on, if given.
fn branches(root: Option<&Category>, categories: Vec<Category>) -> Vec<Branch> {
    let fold = |code: &str| code.to_ascii_lowercase();
    let mut below: BTreeMap<Option<String>, Vec<Category>> = BTreeMap::new();
    let mut tops = Vec::new();
    for category in categories {
        match root {
            Some(root) if category.id == root.id => tops.push(category),
            None if category.parent.is_none() => tops.push(category),
            _ => {
                let parent = category.parent.as_deref().map(fold);
                below.entry(parent).or_default().push(category);
            }
        }
    }
    let mut open: Vec<(usize, Category)> = tops.into_iter().rev().map(|top| (0, top)).collect();
    let mut branches = Vec::new();
    while let Some((depth, category)) = open.pop() {
        let parts = below.remove(&Some(fold(&category.code)));
        let parts = parts.into_iter().flatten().rev();
        open.extend(parts.map(|part| (depth + 1, part)));
        branches.push(Branch { depth, category });
    }
    branches
}

impl Row for Branch {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("tree", "CODE", |row| {
            Value::text_of(&format!("{}{}", "  ".repeat(row.depth), row.category.code))
        }),
        Column::shown("name", "NAME", |row| Value::text(&row.category.name)),
        Column::shown("exclusive", "EXCLUSIVE", |row| {
            Value::Word(if row.category.exclusive {
                "true"
            } else {
                "false"
            })
        }),
        Column::shown("separation_ms", "SEPARATION", |row| {
            Value::of(row.category.separation_ms, Value::Span)
        }),
        Column::wide("code", "CODE", |row| Value::text(&row.category.code)),
        Column::wide("parent", "PARENT", |row| {
            Value::of(row.category.parent.as_deref(), Value::text)
        }),
        Column::wide("id", "ID", |row| Value::text(&row.category.id)),
    ];

    fn id(&self) -> &str {
        &self.category.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(code: &str, parent: Option<&str>) -> Category {
        Category {
            id: format!("cat_{code}"),
            code: code.to_owned(),
            name: code.to_owned(),
            parent: parent.map(str::to_owned),
            exclusive: false,
            separation_ms: None,
            revision: 1,
            created_at: String::new(),
            updated_at: String::new(),
        }
    }

    fn told(root: Option<&Category>, all: Vec<Category>) -> Vec<String> {
        let branches = branches(root, all);
        let line = |branch: Branch| format!("{}{}", branch.depth, branch.category.code);
        branches.into_iter().map(line).collect()
    }

    #[test]
    fn each_category_stands_below_the_one_it_is_part_of() {
        let all = || {
            vec![
                category("a", None),
                category("a1", Some("A")),
                category("a11", Some("a1")),
                category("a2", Some("a")),
                category("b", None),
            ]
        };
        assert_eq!(told(None, all()), ["0a", "1a1", "2a11", "1a2", "0b"]);
        let root = category("a1", Some("a"));
        assert_eq!(told(Some(&root), all()), ["0a1", "1a11"]);
        assert_eq!(told(None, Vec::new()), [""; 0]);
    }
}
