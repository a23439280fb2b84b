//! What stands between a document and its approval, for who looks at it: told before a step is tried.

use super::hidden;
use super::model::{ReviewState, StepKind};
use super::sealed;
use super::service::{Paper, first_text, load};
use super::store::{self as store_of_steps, StepRow};
use super::text;
use crate::db::AnyConn;
use crate::dossier::rights::get_court_access;
use crate::dossier::{DossierError, store};
use crate::drafting::model::ProblemLevel;
use crate::drafting::service::{Drafts, StoredDraft};
use crate::identity::{Actor, Role};
use std::collections::BTreeMap;

/// A document and what is still in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The document with its steps.
    pub paper: Paper,
    /// What holds back approval as the text now stands; nothing once it is approved.
    pub open: Vec<String>,
    /// Where the text names the town of a shielded address: no step brings it further unless that is confirmed.
    pub towns: Vec<String>,
    /// Why this judge cannot approve it; `None` for who can, and for who approves nothing.
    pub not_by_you: Option<&'static str>,
    /// Whether the dossier was changed after the draft was made, while the document is still on its way.
    pub outdated: bool,
    /// Of a sealed text, who wrote the words that the program did not: number of the paragraph, and by whom.
    pub written: Vec<(String, String)>,
    /// Other drafts of this case of which the same document is sealed and holds, while this one is on its way.
    pub beside: Vec<String>,
}

impl Drafts {
    /// A document of a draft that was read before, with what holds back its approval.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unreadable`, or storage.
    pub fn outlook(
        &self,
        actor: &Actor,
        dossier: &str,
        stored: &StoredDraft,
        document: &str,
    ) -> Result<Outlook, DossierError> {
        self.db().read(actor, |conn| {
            get_court_access(conn, actor, dossier)?;
            let current = store::current_version(conn, dossier)?.ok_or(DossierError::NotFound)?;
            let (paper, rows) = load(conn, stored, document)?;
            let done = matches!(paper.state, ReviewState::Sealed | ReviewState::Withdrawn);
            let undecided = !done && paper.state != ReviewState::Approved;
            let open = if undecided { open_points(stored, &paper) } else { Vec::new() };
            let ends = paper.state == ReviewState::Withdrawn;
            let towns = if ends { Vec::new() } else { hidden::towns(&paper.model, &hidden::secrets(conn, dossier)?) };
            let beside = if done { Vec::new() } else { sealed_beside(conn, dossier, (&stored.summary.id, document))? };
            Ok(Outlook {
                towns,
                beside,
                open: open.into_iter().map(str::to_owned).collect(),
                not_by_you: Some(actor)
                    .filter(|who| who.role == Role::Rechter)
                    .and_then(|who| not_by(who, stored, &rows)),
                written: sealed::written(&rows, first_text(stored, document)?)?,
                outdated: stored.summary.dossier_version < current && !done,
                paper,
            })
        })
    }
}

impl Drafts {
    /// Where the documents of the drafts of a case stand, by draft; a draft with which no step was taken is not in
    /// the answer (judge or clerk of the case).
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, or storage.
    pub fn states(&self, actor: &Actor, dossier: &str) -> Result<BTreeMap<String, Vec<ReviewState>>, DossierError> {
        let stand = self.db().read(actor, |conn| {
            get_court_access(conn, actor, dossier)?;
            stand(conn, dossier)
        })?;
        let mut found: BTreeMap<String, Vec<ReviewState>> = BTreeMap::new();
        for ((draft, _), state) in stand {
            let states = found.entry(draft).or_default();
            if !states.contains(&state) {
                states.push(state);
            }
        }
        Ok(found)
    }
}

/// Where each document of the drafts of a case stands, when a step was taken with it.
fn stand(conn: &mut AnyConn, dossier: &str) -> Result<BTreeMap<(String, String), ReviewState>, DossierError> {
    let mut stand = BTreeMap::new();
    for (draft, document, step) in store_of_steps::taken(conn, dossier)? {
        let state = stand.entry((draft, document)).or_insert(ReviewState::Concept);
        *state = state.after(step).unwrap_or(*state);
    }
    Ok(stand)
}

/// Other drafts of which the same document is sealed and holds: what is decided here may be decided there already.
fn sealed_beside(conn: &mut AnyConn, dossier: &str, own: (&str, &str)) -> Result<Vec<String>, DossierError> {
    let sealed = stand(conn, dossier)?.into_iter().filter(|(_, state)| *state == ReviewState::Sealed);
    let others = sealed.filter(|((draft, document), _)| document == own.1 && draft != own.0);
    Ok(others.map(|((draft, _), _)| draft).collect())
}

/// Why someone may not approve. Who drafted does not approve; who changed the text approves only after someone else
/// offered it again.
pub(super) fn not_by(who: &Actor, stored: &StoredDraft, rows: &[StepRow]) -> Option<&'static str> {
    if stored.made_by_id == who.user_id {
        return Some("Wie het concept maakte, kan het niet ook goedkeuren. Een andere rechter kan dat wel.");
    }
    let place = rows.iter().rposition(|row| row.step.changes_text())?;
    let by_self = rows.get(place).is_some_and(|row| row.by == who.user_id);
    let mut later = rows.iter().skip(place);
    let offered_by_other = later.any(|row| row.step == StepKind::Offered && row.by != who.user_id);
    (by_self && !offered_by_other).then_some(
        "Wie de tekst het laatst wijzigde, kan het niet ook goedkeuren. Een andere rechter kan dat wel. Of geef het \
         terug: biedt de griffier het opnieuw aan, dan kunt u goedkeuren.",
    )
}

/// Points that hold back finalising, as far as the text now stands.
pub(super) fn open_points<'s>(stored: &'s StoredDraft, paper: &Paper) -> Vec<&'s str> {
    let blanks = text::blanks(&paper.model);
    let title = &paper.model.meta.title;
    let stands = |code: &str, message: &str| {
        code != "blank"
            || (message.contains(&format!("\"{title}\""))
                && blanks.iter().any(|what| message.ends_with(&format!(": {what}."))))
    };
    stored
        .set
        .problems
        .iter()
        .filter(|problem| problem.level == ProblemLevel::Blocks && stands(&problem.code, &problem.message))
        .map(|problem| problem.message.as_str())
        .collect()
}
