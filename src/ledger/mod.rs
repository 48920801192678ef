//! Floor 1: what counts. Pure folding of events into counts; the database is `store`.
