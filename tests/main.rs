//! One test binary; one module per room or route of use.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and so do the helpers it calls"
)]

mod architecture;
mod assessment;
mod cli;
mod conflicts;
mod documents;
mod dossiers;
mod drafts;
mod fuzz;
mod http;
mod intake;
mod storage;
mod support;
