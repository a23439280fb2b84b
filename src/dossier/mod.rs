//! The case: persons, matters, events, measures, help, requests, and what the judge intends.
//!
//! - `model`: pure data, as in a dossier file.
//! - `lookup`: questions the dossier answers about itself.
//! - `projection`: the one gate through which every reader sees it.
//! - `service`: stores versions, decides who may see a case, logs every look at it; with
//!   `assignments`, `submissions` (what advocates and partners hand in), `trail`, `unfinished` (forms
//!   that someone is still filling in) and `reassessment` beside it.
//! - `delegations`: who acts for an advocate, and what they may see.
//! - `guard`: what a change may not do, whichever way it comes in.
//! - `moments`: hearings and ends of terms, derived with each version; `agenda` finds them by time.
//! - `record`: what the service hands out; `store`: the queries on versions, `rights` those on who may see a case.
//!
//! What an actor may not see does not exist for them: `NotFound`, never `Forbidden`.

pub mod agenda;
mod assignments;
mod delegations;
mod deliveries;
mod error;
mod guard;
mod last_day;
mod lookup;
pub mod model;
pub mod moments;
pub mod projection;
mod reassessment;
pub mod record;
pub mod rights;
mod search;
pub mod service;
pub mod store;
mod submissions;
pub mod trail;
mod unfinished;

pub use error::{DossierError, PlacedProblem};
pub use last_day::day_to_tell;
pub use reassessment::ToReassess;
pub use service::{Dossiers, Remark};
pub use unfinished::KeptForm;
