//! Floor 6: the local admin API, for operators.
