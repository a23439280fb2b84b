//! Assessment: frameworks declared in files, evaluated on one dossier, explained, with a receipt.
//! Pure: the dossier, the frameworks and the day enter as arguments.
//!
//! - `language`: what a framework file and its cases may say.
//! - `frameworks`: the files built into the program, or others.
//! - `engine`: findings in three views, hinge facts, the fairness rules that are always on.
//! - `explanation`, `words`, `text`: Dutch for a judge.
//! - `pattern`: the matrix of who does what to whom, with hypotheses beside it.
//! - `lint`: what is wrong with framework files, and whether their cases hold.
//!
//! Nothing here decides or scores; unknown is never "no".

pub mod engine;
pub mod explanation;
pub mod frameworks;
pub mod language;
pub mod lint;
pub mod model;
pub mod pattern;
pub mod receipt;
pub mod text;
mod words;

pub use engine::{Answered, AssessError, CRITICAL_SIGNS, assess, is_critical, outcomes, question_of};
pub use frameworks::{FrameworkError, FrameworkSet, builtin};
pub(crate) use words::in_domain;
