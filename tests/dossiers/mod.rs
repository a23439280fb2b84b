//! Tests: dossiers.
