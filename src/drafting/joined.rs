//! What may be weighed in a matter that rests on a file of its own, as that of the criminal court, the mayor and the
//! administrative court does: what stands only in documents that were not joined to it counts for nothing there.

use super::view::{Scene, admissions};
use crate::assessment::frameworks::builtin;
use crate::assessment::{assess, model::Assessment};
use crate::dossier::model::{Domain, Dossier, Event, Evidence, FactSource};
use crate::shared::ids::{DocumentId, EventId};
use chrono::NaiveDate;

/// What such a file lacks of a dossier.
pub(super) struct OwnFile {
    domain: Domain,
    /// Facts of which nothing may be told.
    untold: Vec<EventId>,
    /// Facts that were admitted only in documents that were not joined.
    admitted_elsewhere: Vec<EventId>,
    /// Documents that were not joined.
    withheld: Vec<DocumentId>,
}

impl OwnFile {
    /// The own file of a paper; `None` when it may use the whole projection.
    pub(super) fn of(scene: &Scene<'_>) -> Option<Self> {
        if !scene.has_file_of_its_own() {
            return None;
        }
        let ids = |test: &dyn Fn(&Event) -> bool| {
            scene.file.events.iter().filter(|event| test(event)).map(|event| event.id.clone()).collect()
        };
        let documents = scene.file.documents.iter();
        Some(Self {
            domain: scene.domain,
            untold: ids(&|event| scene.only_elsewhere(event).is_some()),
            admitted_elsewhere: ids(&|event| is_admitted_elsewhere(scene, event)),
            withheld: documents.filter(|item| scene.not_joined(item).is_some()).map(|item| item.id.clone()).collect(),
        })
    }

    /// Lets facts weigh no more than this file supports.
    pub(super) fn limit(&self, dossier: &mut Dossier) {
        for event in &mut dossier.events {
            let supported = if self.untold.contains(&event.id) {
                Evidence::Unknown
            } else if self.admitted_elsewhere.contains(&event.id) {
                Evidence::Alleged
            } else {
                continue;
            };
            match self.domain {
                Domain::Criminal => event.status.criminal = supported,
                Domain::Administrative => event.status.administrative = supported,
                Domain::Family => event.status.family = supported,
            }
        }
    }

    /// Findings on what is in this file alone, with the account of the whole dossier. Intentions of other courts are no
    /// facts here.
    pub(super) fn assess(&self, dossier: &Dossier, whole: &Assessment, on: NaiveDate) -> Result<Assessment, String> {
        let mut own = dossier.clone();
        self.limit(&mut own);
        let joined = |source: &Option<FactSource>| {
            source.as_ref().is_none_or(|source| !self.withheld.contains(&source.document))
        };
        own.events.retain(|event| !self.untold.contains(&event.id));
        own.help.retain(|item| joined(&item.source));
        own.instrument_results.retain(|item| joined(&item.source));
        own.proposals.retain(|item| joined(&item.source));
        own.child_hearings.retain(|item| joined(&item.source));
        own.plans.gezag = None;
        own.plans.omgang = None;
        if self.domain == Domain::Criminal {
            own.plans.huisverbod = None;
        } else {
            own.plans.gedragsinterventie = None;
        }
        let frameworks = builtin().map_err(|error| error.to_string())?;
        let found = assess(&own, frameworks, on, &[]).map_err(|error| error.to_string())?;
        Ok(Assessment { receipt: whole.receipt.clone(), ..found })
    }
}

/// Whether a fact counts as admitted, and every admission stands in a document that was not joined.
fn is_admitted_elsewhere(scene: &Scene<'_>, event: &Event) -> bool {
    let mut sources = admissions(event).peekable();
    event.status.in_domain(scene.domain) == Evidence::Admitted
        && sources.peek().is_some()
        && sources.all(|source| scene.is_withheld(source))
}
