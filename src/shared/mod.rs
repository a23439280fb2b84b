//! Words every room shares: typed ids, the law's clock, sources of law, habits of
//! Dutch writing, and hashes of canonical JSON. Depends on nothing else in this crate.

pub mod canonical;
pub mod dutch;
pub mod hash;
pub mod ids;
pub mod law;
pub mod moment;
pub mod recurrence;
pub mod source;
pub mod terms;
