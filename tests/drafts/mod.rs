//! Tests: drafts.
