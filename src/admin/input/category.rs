//! What an operator decides about categories: one, or a taxonomy of many.

use std::collections::HashMap;

use super::Form;
use crate::api::{CategoryFields, TaxonomyFields};
use crate::model::name::fold_name;
use crate::model::{CategorySpec, Millis, Problem};

/// Most categories of one taxonomy.
const TAXONOMY_MAX: usize = 10_000;

/// Most faults of one taxonomy that are told in one answer.
const PROBLEMS_MAX: usize = 100;

/// What an operator decides about a category.
pub(crate) fn category(
    mut form: Form<CategoryFields>,
    stored: Option<&CategorySpec>,
) -> Result<CategorySpec, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let base = stored.cloned().unwrap_or_default();
    let kept = stored.map(|spec| spec.code.clone());
    let code = form.required("code", fields.code, (kept, String::new()));
    // A name that is the code is judged as the code alone.
    let is_named = fields.name.is_some() || stored.is_some();
    let name = stored.map_or_else(|| code.clone(), |stored| stored.name.clone());
    let spec = CategorySpec {
        name: fields.name.unwrap_or(name),
        code,
        parent: fields.parent.unwrap_or(base.parent),
        exclusive: fields.exclusive.unwrap_or(base.exclusive),
        separation: fields
            .separation_ms
            .map_or(base.separation, |span| span.map(Millis)),
    };
    let mut checks = spec.problems();
    checks.retain(|check| is_named || check.field != "name");
    form.finish(spec, checks)
}

/// The categories of a taxonomy, each after the one it is part of. Faults name the place in the
/// list.
pub(crate) fn taxonomy(
    mut form: Form<TaxonomyFields>,
) -> Result<Vec<CategoryFields>, Vec<Problem>> {
    let fields = std::mem::take(&mut form.fields);
    let listed = form.required("categories", fields.categories, (None, Vec::new()));
    if listed.len() > TAXONOMY_MAX {
        form.fault(
            "categories",
            format!("has more than {TAXONOMY_MAX} entries"),
        );
        return form.finish(Vec::new(), Vec::new());
    }
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, one) in listed.iter().enumerate() {
        let field = format!("categories[{place}].code");
        match &one.code {
            None => form.fault(&field, "is required"),
            Some(code) => {
                if let Some(first) = places.insert(fold_name(code), place) {
                    form.fault(&field, format!("is that of categories[{first}] too"));
                }
            }
        }
        if form.problems.len() >= PROBLEMS_MAX {
            break;
        }
    }
    let order = parents_first(&listed, &places);
    for place in order.circular {
        let field = format!("categories[{place}].parent");
        form.fault(&field, "is part of a circle, or far too deep");
    }
    let mut slots: Vec<Option<CategoryFields>> = listed.into_iter().map(Some).collect();
    let sorted = order.sorted.into_iter();
    let sorted = sorted.filter_map(|place| slots.get_mut(place)?.take());
    form.finish(sorted.collect(), Vec::new())
}

/// The places of a list of categories in an order in which they can be made.
struct ParentsFirst {
    sorted: Vec<usize>,
    circular: Vec<usize>,
}

fn parents_first(listed: &[CategoryFields], places: &HashMap<String, usize>) -> ParentsFirst {
    let parent_of = |place: usize| {
        let parent = listed.get(place)?.parent.as_ref()?.as_deref()?;
        places.get(&fold_name(parent)).copied()
    };
    // Nobody's depth is above the number of all, unless it goes round.
    let depth = |place: usize| {
        let mut depth = 0;
        let mut at = place;
        while let Some(above) = parent_of(at) {
            depth += 1;
            if depth > DEPTH_LOOKED {
                return None;
            }
            at = above;
        }
        Some(depth)
    };
    let mut sorted = Vec::with_capacity(listed.len());
    let mut circular = Vec::new();
    for place in 0..listed.len() {
        match depth(place) {
            Some(depth) => sorted.push((depth, place)),
            None => circular.push(place),
        }
    }
    sorted.sort_unstable();
    ParentsFirst {
        sorted: sorted.into_iter().map(|(_depth, place)| place).collect(),
        circular,
    }
}

/// Levels that are looked up before a taxonomy is taken to go round. One that is merely too deep
/// is refused where its categories are made.
const DEPTH_LOOKED: usize = 64;
