//! One test binary; one module per room or route of use.
mod architecture;
mod assessment;
mod cli;
mod conflicts;
mod documents;
mod dossiers;
mod drafts;
mod http;
mod intake;
mod storage;
mod support;
