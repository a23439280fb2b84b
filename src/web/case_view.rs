//! A case as one actor may see it on one day: the one way from storage to any output.

use super::error::WebError;
use super::request::Request;
use crate::assessment::model::Assessment;
use crate::assessment::{assess, builtin};
use crate::audit::View;
use crate::conflicts::model::ConflictReport;
use crate::dossier::model::{Domain, Dossier};
use crate::dossier::projection::{Projection, Reader, for_reader};
use crate::dossier::record::{Access, VersionInfo};
use crate::identity::Role;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A case through the gate.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// Version that was read.
    pub version: VersionInfo,
    /// The right by which it is seen.
    pub access: Access,
    /// What the actor may see.
    pub projection: Projection,
    /// Reference date.
    pub on: NaiveDate,
}

impl CaseView {
    /// Loads the case named in the path as visible to who asks; the look is logged.
    ///
    /// # Errors
    /// Not found when it does not exist or is not theirs.
    pub fn load(request: &Request, view: View) -> Result<Self, WebError> {
        Self::load_on(request, view, request.reference_date()?)
    }

    /// The same, for today: for a page whose query asks something else than a date.
    ///
    /// # Errors
    /// Not found when it does not exist or is not theirs.
    pub fn load_for_today(request: &Request, view: View) -> Result<Self, WebError> {
        Self::load_on(request, view, request.app.today())
    }

    /// The same, on a day that the page found in its own query.
    ///
    /// # Errors
    /// Not found when it does not exist or is not theirs.
    pub fn load_on(request: &Request, view: View, on: NaiveDate) -> Result<Self, WebError> {
        let stored = request.app.dossiers.get(request.actor()?, request.id_param("dossier")?, view)?;
        let reader = reader_of(&stored.dossier, &stored.access)?;
        let projection = for_reader(&stored.dossier, &reader);
        Ok(Self { version: stored.version, access: stored.access, projection, on })
    }

    /// The same, for today, with the whole dossier: only for papers that each take from it what may be
    /// used in their domain.
    ///
    /// # Errors
    /// Not found when it does not exist or is not theirs.
    pub fn load_with_whole(request: &Request, view: View) -> Result<(Self, Dossier), WebError> {
        let stored = request.app.dossiers.get(request.actor()?, request.id_param("dossier")?, view)?;
        let reader = reader_of(&stored.dossier, &stored.access)?;
        let projection = for_reader(&stored.dossier, &reader);
        let case = Self { version: stored.version, access: stored.access, projection, on: request.app.today() };
        Ok((case, stored.dossier))
    }

    /// Findings on what the actor may see; a judge gets those of the domains they sit in, because a
    /// criterion of another domain was asked of a dossier without the material of that domain.
    ///
    /// # Errors
    /// When the built-in frameworks cannot be read.
    pub fn assessment(&self) -> Result<Assessment, WebError> {
        let mut assessment = assess_on(&self.projection.dossier, self.on)?;
        if self.access.role == Role::Rechter {
            assessment.findings.retain(|finding| self.access.domains.contains(&finding.domain));
            let kept: BTreeSet<String> =
                assessment.findings.iter().map(|item| format!("{}/{}", item.framework, item.criterion)).collect();
            for question in &mut assessment.questions {
                question.decides.retain(|key| kept.contains(key));
                question.bears_on.retain(|key| kept.contains(key));
            }
            assessment.questions.retain(|question| question.criteria().next().is_some());
        }
        Ok(assessment)
    }

    /// Clashes, coverage and deadlines in what the actor may see.
    #[must_use]
    pub fn conflicts(&self) -> ConflictReport {
        crate::conflicts::find(&self.projection.dossier, self.on)
    }
}

/// Findings of all built-in frameworks.
///
/// # Errors
/// When a built-in framework cannot be read.
pub fn assess_on(dossier: &Dossier, on: NaiveDate) -> Result<Assessment, WebError> {
    let frameworks = builtin().map_err(|error| WebError::Internal(format!("frameworks: {error}")))?;
    assess(dossier, frameworks, on, &[]).map_err(|error| WebError::Internal(format!("assessment: {error}")))
}

/// The reader that an assignment makes of someone: a judge in the domains they sit in, the clerk
/// of the combined case in all three, an advocate as their client. Others read no case.
///
/// # Errors
/// Not found for any other role.
pub fn reader_of(dossier: &Dossier, access: &Access) -> Result<Reader, WebError> {
    match (access.role, &access.person) {
        (Role::Rechter, _) => Ok(Reader::court(access.domains.iter().copied())),
        (Role::Griffier, _) => Ok(Reader::court([Domain::Criminal, Domain::Administrative, Domain::Family])),
        (Role::Advocaat, Some(client)) => Ok(Reader::party(dossier, client)),
        _ => Err(WebError::NotFound),
    }
}
