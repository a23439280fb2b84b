//! Tests: the site and the API over HTTP, on a real database file.

mod access;
mod bad_input;
mod canary;
mod documents;
mod harness;
mod journeys;
mod sessions;
