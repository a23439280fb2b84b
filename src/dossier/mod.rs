//! The case: persons, matters, events, measures, help, requests, and what the judge intends.
//! `model` is pure data; nothing in it knows a database, a page or a clock.

pub mod model;
