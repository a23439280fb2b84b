//! Tests: the site and the API over HTTP, each on SQLite and on PostgreSQL.

mod access;
mod agenda;
mod bad_input;
mod bundle;
mod canary;
mod documents;
mod explained;
mod faults;
mod harness;
mod hosts;
mod journeys;
mod judgement;
mod limits;
mod logs;
mod plan;
mod read_back;
mod review;
mod safety;
mod search;
mod sections;
mod sessions;
mod strangers;
mod sweep;
mod tokens;
mod unfinished;
