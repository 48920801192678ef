//! The admin API as its callers see it.

/// Who is let in, at every route of the table.
mod door;
/// The route table, the router and the document are one.
mod table;
