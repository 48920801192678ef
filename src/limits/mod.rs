//! Floor 4: budgets in motion: reserve, settle, release.
