//! Lists: which parameters they take, and what becomes of them.

use super::call::Call;
use super::route::{Kind, Parameter};
use crate::api::{PAGE_DEFAULT, PAGE_MAX, Page};
use crate::store::catalog::{Entity, Filter, ListQuery, Listed, Order, Sort, StoreError};

/// The parameters of a list of `E`.
pub(crate) fn list_parameters<E: Entity>() -> Vec<Parameter> {
    let sorts = Sort::COMMON.iter().chain(E::SORTS);
    let mut parameters = vec![
        Parameter {
            name: "search",
            about: "A part of the name, whatever the case.",
            kind: Kind::Text,
        },
        Parameter {
            name: "sort",
            about: "What the list is sorted by; `id` unless given.",
            kind: Kind::Words(sorts.map(|sort| sort.as_str()).collect()),
        },
        Parameter {
            name: "order",
            about: "Which way; `asc` unless given.",
            kind: Kind::Words(Order::ALL.iter().map(|order| order.as_str()).collect()),
        },
    ];
    parameters.extend(page_parameters());
    parameters
}

/// The parameters of everything that comes in pages.
pub(crate) fn page_parameters() -> [Parameter; 2] {
    [
        Parameter {
            name: "limit",
            about: "Most entries of one page; 50 unless given.",
            kind: Kind::Number(1, PAGE_MAX),
        },
        Parameter {
            name: "cursor",
            about: "The `next_cursor` of the page before.",
            kind: Kind::Text,
        },
    ]
}

/// A parameter that must be one of a closed list of words.
pub(crate) fn words(
    name: &'static str,
    about: &'static str,
    words: impl IntoIterator<Item = &'static str>,
) -> Parameter {
    Parameter {
        name,
        about,
        kind: Kind::Words(words.into_iter().collect()),
    }
}

/// A parameter that names something by id or name.
pub(crate) fn reference(name: &'static str, about: &'static str) -> Parameter {
    Parameter {
        name,
        about,
        kind: Kind::Text,
    }
}

/// How many entries a page is to have.
pub(crate) fn limit(call: &Call) -> u32 {
    call.number("limit").unwrap_or(PAGE_DEFAULT)
}

/// The query of a list. The words were checked with the parameters, so one that does not parse
/// was not given.
pub(crate) fn list_query(call: &Call, filters: Vec<Filter>) -> ListQuery {
    let word = |name| call.query(name);
    ListQuery {
        search: word("search").map(str::to_owned),
        filters,
        sort: word("sort")
            .and_then(|text| text.parse().ok())
            .unwrap_or_default(),
        order: word("order")
            .and_then(|text| text.parse().ok())
            .unwrap_or_default(),
        limit: limit(call),
        cursor: word("cursor").map(str::to_owned),
    }
}

/// A page as the API shows it.
pub(crate) fn page<E, T>(
    listed: Listed<E>,
    shown: impl Fn(&E) -> Result<T, StoreError>,
) -> Result<Page<T>, StoreError> {
    Ok(Page {
        items: listed.items.iter().map(shown).collect::<Result<_, _>>()?,
        total: listed.total,
        next_cursor: listed.next_cursor,
    })
}
