//! Tests: conflicts.
