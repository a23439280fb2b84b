//! Users, roles, passwords, sessions and their revocation.
//!
//! A role holds for the whole installation; which cases someone sees comes from assignments in
//! `dossier::service`. Passwords are argon2id, computed behind a gate so that sign-ins cannot
//! take all memory. A token (JWT, EdDSA) lives fifteen minutes and counts only while its session
//! is not revoked; renewing slides it on, up to a maximum. Argon2 and the database block, so
//! async code calls everything here through a blocking pool.

mod assertion;
mod at_provider;
mod attempts;
mod foreign;
pub mod fuzz_support;
mod gate;
mod key;
mod links;
pub mod model;
mod own;
mod provider;
mod second_factor;
mod security_key;
mod service;
mod service_keys;
mod signing;
mod store;
mod token;
mod users;

pub use at_provider::{Arrival, Departure, Return, TRAVEL_SECONDS};
pub use key::{KeyError, SessionKey};
pub use model::{Actor, NewUser, Role, UserSummary};
pub use provider::{Provider, ProviderProblem, ProviderSettings};
pub use second_factor::{Enrolment, RECOVERY_CODES};
pub use security_key::{Asked, KnownKey, RelyingParty};
pub use service::{Identity, IdentityError, Limits, Session, SignedIn};
pub use service_keys::ServiceKey;
pub use signing::{PublicKey, signing_file};
