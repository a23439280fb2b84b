//! `reassess`: all stored cases again, with the frameworks of this program, on all cores.
//!
//! - `line`: what is told of one case.
//! - `file`: the output, which is also the state: a run that was stopped goes on where it was.
//! - `work`: reading, assessing and writing side by side.
//!
//! Nothing in the dossiers changes; the trail of each case tells that it was read.

mod file;
mod line;
mod work;

use super::operations::open;
use super::output::{Failure, print, reference_date};
use crate::assessment::{self, FrameworkSet};
use crate::audit::AuditEvent;
use crate::db::new_id;
use crate::dossier::Dossiers;
use crate::drafting::service::Drafts;
use crate::identity::Actor;
use crate::shared::hash::canonical_hash;
use chrono::NaiveDate;
use file::{Earlier, OutFile};
use std::path::Path;
use std::process::ExitCode;
use work::Job;

pub(super) fn run(out: &Path, on: Option<NaiveDate>, against: Option<&Path>) -> Result<ExitCode, Failure> {
    if against.is_some_and(|against| same_file(against, out)) {
        return Err(Failure::new("De uitvoer kan niet met zichzelf worden vergeleken: kies een ander bestand."));
    }
    let earlier = against.map(Earlier::open).transpose()?;
    let (_, db) = open()?;
    let frameworks = assessment::builtin().map_err(told)?;
    let frameworks_hash =
        hash_of(frameworks).map_err(|_| Failure::new("Van de kaders kan geen controlegetal worden gemaakt."))?;
    let mut file = OutFile::open(out)?;
    // A run that goes on after midnight stays on its own day.
    let on = reference_date(on.or(file.on));
    file.must_be_of(on, &frameworks_hash)?;
    let (dossiers, drafts) = (Dossiers::new(db.clone()), Drafts::new(db));
    let actor = Actor::operator();
    let run = new_id();
    let total = dossiers.count_all(&actor).map_err(told)?;
    let started =
        AuditEvent::ReassessmentStarted { run: run.clone(), on: on.to_string(), frameworks: frameworks_hash.clone() };
    dossiers.log_reassessment(&actor, started).map_err(told)?;
    let job = Job { dossiers, drafts, actor, run, frameworks, frameworks_hash, on, earlier, total };
    let tally = work::run(&job, &mut file)?;
    file.finish()?;
    let ended = AuditEvent::ReassessmentEnded { run: job.run.clone(), cases: tally.done };
    job.dossiers.log_reassessment(&job.actor, ended).map_err(told)?;
    print(&format!("{}\nUitvoer: {}\n", tally.dutch(job.earlier.is_some()), out.display()))?;
    Ok(if tally.unreadable == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn same_file(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| std::fs::canonicalize(path).ok();
    place(one).is_some_and(|found| Some(found) == place(other))
}

fn hash_of(frameworks: &FrameworkSet) -> Result<String, serde_json::Error> {
    let all: Vec<(&str, &str, &str)> = frameworks
        .frameworks()
        .iter()
        .map(|loaded| (&*loaded.framework.id, &*loaded.framework.version, &*loaded.hash))
        .collect();
    canonical_hash(&all)
}

fn told(error: impl std::fmt::Display) -> Failure {
    Failure::new(error.to_string())
}
