//! The decision against a slow, obvious oracle.
