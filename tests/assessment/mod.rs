//! Tests: assessment.
