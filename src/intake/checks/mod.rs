//! What types cannot say: ids that are unique and exist, times that can be, persons who can be,
//! and secrets that stay out of free text. One file per subject.

mod families;
mod identity;
mod measures;
mod references;
mod secrets;
mod times;

use super::Problem;
use crate::dossier::model::Dossier;

pub(super) fn all(dossier: &Dossier, before: Option<&Dossier>) -> Vec<Problem> {
    let mut problems = Vec::new();
    identity::check(dossier, &mut problems);
    references::check(dossier, &mut problems);
    families::check(dossier, &mut problems);
    times::check(dossier, &mut problems);
    measures::check(dossier, &mut problems);
    secrets::check(dossier, before, &mut problems);
    problems
}
