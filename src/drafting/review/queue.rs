//! Documents in someone's own cases with which something must still be done, oldest draft first.

use super::model::{ReviewState, StepKind};
use crate::db::schema::{case_assignment, dossier, draft, open_work, review_step, user_account};
use crate::db::vault::{self, Stored};
use crate::db::{AnyConn, Micros, Spot, instant_of};
use crate::dossier::agenda::few_cases;
use crate::dossier::model::Domain;
use crate::dossier::{DossierError, rights};
use crate::drafting::service::Drafts;
use crate::identity::{Actor, Role};
use crate::shared::moment::Instant;
use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Documents on a page at most.
const MOST: i64 = 50;

/// A document with which something must still be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Id of the case.
    pub dossier_id: String,
    /// The court's reference; never a name.
    pub reference: String,
    /// Id of the draft.
    pub draft_id: String,
    /// Name of the document in the draft.
    pub document: String,
    /// Title of the document.
    pub title: String,
    /// Where it stands.
    pub state: ReviewState,
    /// When the last step was taken.
    pub since: Instant,
    /// Who took it.
    pub by: String,
    /// Whether the reader made the draft, and so cannot approve it.
    pub own: bool,
    /// Name of the judge who made the draft, and so cannot approve it; none when the registry made it.
    pub made_by_judge: Option<String>,
}

/// A page of documents, with the draft and document after which the next page begins.
pub type WaitingPage = (Vec<Waiting>, Option<(String, String)>);

/// Of the content of a draft, what a list says of it.
#[derive(Deserialize)]
struct Content {
    documents: Vec<Named>,
    receipt: About,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    model: Titled,
}

#[derive(Deserialize)]
struct Titled {
    meta: Title,
}

#[derive(Deserialize)]
struct Title {
    title: String,
}

#[derive(Deserialize)]
struct About {
    domains: Option<Vec<Domain>>,
}

/// A draft, document, case and its reference.
type Row = (String, String, String, String);

/// A draft as far as a list tells of it.
struct OfDraft {
    made_by: String,
    maker: String,
    by_judge: bool,
    content: Content,
}

impl Drafts {
    /// Documents in the actor's own cases that were offered, returned, approved or changed and are not sealed or
    /// withdrawn, with the place after which the next page begins. A judge sees those of the domains they sit in.
    ///
    /// # Errors
    /// `Forbidden` for who does not work for the court, `Unreadable`, or storage.
    pub fn waiting(&self, actor: &Actor, after: Option<(&str, &str)>, limit: i64) -> Result<WaitingPage, DossierError> {
        if !actor.role.is_court() {
            return Err(DossierError::Forbidden);
        }
        let limit = limit.clamp(1, MOST);
        self.db().read(actor, |conn| {
            let mut rows = rows(conn, actor, after, limit + 1)?;
            let more = i64::try_from(rows.len()).is_ok_and(|count| count > limit);
            rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            let next = if more { rows.last().map(|row| (row.0.clone(), row.1.clone())) } else { None };
            let mut drafts = BTreeMap::new();
            let mut found = Vec::new();
            for row in rows {
                if !drafts.contains_key(&row.0) {
                    drafts.insert(row.0.clone(), draft_of(conn, &row)?);
                }
                let Some(draft) = drafts.get(&row.0) else { continue };
                if may_see(conn, actor, &row.2, &draft.content)? {
                    found.push(waiting(conn, actor, row, draft)?);
                }
            }
            Ok((found, next))
        })
    }
}

/// Documents after which something must follow. They stand in a table of their own, so that what was finished long ago
/// is not walked past.
fn rows(conn: &mut AnyConn, actor: &Actor, after: Option<(&str, &str)>, limit: i64) -> Result<Vec<Row>, DossierError> {
    use {case_assignment as a, open_work as o};
    let own = few_cases(conn, actor)?;
    let mut query = o::table
        .inner_join(dossier::table.on(dossier::id.eq(o::dossier_id)))
        .filter(o::kind.eq("document"))
        .order((o::id.asc(), o::document.asc()))
        .limit(limit)
        .select((o::id, o::document, o::dossier_id, dossier::reference))
        .into_boxed();
    query = match own {
        Some(own) => query.filter(o::dossier_id.eq_any(own)),
        None => query.filter(exists(
            a::table.filter(
                a::user_id
                    .eq(&actor.user_id)
                    .and(a::dossier_id.eq(o::dossier_id))
                    .and(a::role.eq(actor.role.as_str()))
                    .and(a::ended_at.is_null()),
            ),
        )),
    };
    if let Some((draft, document)) = after {
        let same_draft = o::id.eq(draft).and(o::document.gt(document));
        query = query.filter(o::id.ge(draft)).filter(o::id.gt(draft).or(same_draft));
    }
    Ok(query.load(conn)?)
}

fn draft_of(conn: &mut AnyConn, row: &Row) -> Result<OfDraft, DossierError> {
    let (made_by, maker, role, stored): (String, String, String, Stored<String>) = draft::table
        .inner_join(user_account::table.on(user_account::id.eq(draft::created_by)))
        .filter(draft::id.eq(&row.0))
        .select((draft::created_by, user_account::name, user_account::role, (draft::content, draft::sealed)))
        .get_result(conn)?;
    let text = vault::text(conn, &Spot::draft(&row.2, &row.0), stored)?;
    let content = serde_json::from_str(&text).map_err(|_| DossierError::Unreadable)?;
    Ok(OfDraft { made_by, maker, by_judge: role == Role::Rechter.as_str(), content })
}

/// As in the case itself: a judge sees a draft when they sit in every domain it is about.
fn may_see(conn: &mut AnyConn, actor: &Actor, case: &str, content: &Content) -> Result<bool, DossierError> {
    if actor.role != Role::Rechter {
        return Ok(true);
    }
    let Some(access) = rights::own_access(conn, actor, case)? else { return Ok(false) };
    let all = [Domain::Criminal, Domain::Administrative, Domain::Family];
    let about = content.receipt.domains.as_deref().unwrap_or(&all);
    Ok(about.iter().all(|domain| access.domains.contains(domain)))
}

fn waiting(conn: &mut AnyConn, actor: &Actor, row: Row, draft: &OfDraft) -> Result<Waiting, DossierError> {
    let (draft_id, document, dossier_id, reference) = row;
    let steps: Vec<(String, Micros, String)> = review_step::table
        .inner_join(user_account::table.on(user_account::id.eq(review_step::made_by)))
        .filter(review_step::draft_id.eq(&draft_id).and(review_step::document.eq(&document)))
        .order(review_step::number.asc())
        .select((review_step::step, review_step::made_at, user_account::name))
        .load(conn)?;
    let state = steps.iter().try_fold(ReviewState::Concept, |state, (step, ..)| state.after(StepKind::named(step)?));
    let (_, at, by) = steps.into_iter().next_back().ok_or(DossierError::Unreadable)?;
    let named = draft.content.documents.iter().find(|one| one.name == document);
    Ok(Waiting {
        title: named.map(|one| one.model.meta.title.clone()).ok_or(DossierError::Unreadable)?,
        state: state.ok_or(DossierError::Unreadable)?,
        since: instant_of(at),
        dossier_id,
        reference,
        draft_id,
        document,
        by,
        own: actor.role == Role::Rechter && draft.made_by == actor.user_id,
        made_by_judge: draft.by_judge.then(|| draft.maker.clone()),
    })
}
