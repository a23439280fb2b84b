//! What a partner organisation delivered itself, over all cases to which it is still assigned.

use super::error::DossierError;
use super::record::{OwnDelivery, Page};
use super::service::{Dossiers, PAGE_MOST};
use super::submissions::{SubmissionRow, submission_of};
use crate::audit::{AuditEvent, Chain, View, record};
use crate::db::schema::{case_assignment, dossier, submission, submission_taken, user_account};
use crate::db::{AnyConn, Job};
use crate::identity::Actor;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Where the actor is assigned: case, its reference, its version and the assignment.
type Place = (String, String, i64, String);

impl Dossiers {
    /// Own deliveries, newest first; `cursor` is `next` of the page before. The look is logged in each case.
    ///
    /// # Errors
    /// When storage fails.
    pub fn own_deliveries(
        &self,
        actor: &Actor,
        cursor: Option<&str>,
        limit: i64,
    ) -> Result<Page<OwnDelivery>, DossierError> {
        let limit = limit.clamp(1, PAGE_MOST);
        let (page, looked_at) = self.db.read(actor, |conn| delivered(conn, actor, cursor, limit))?;
        let (author, at) = (actor.author(), self.db.now());
        self.db.write(actor, move |tx| -> Result<(), DossierError> {
            for (key, (version, assignment)) in looked_at {
                let event = AuditEvent::CaseViewed { view: View::Submissions, version, assignment };
                record(tx, &Chain::Dossier(key), &author, at, &event)?;
            }
            Ok(())
        })?;
        Ok(page)
    }

    /// The assigned case with this reference.
    ///
    /// # Errors
    /// `NotFound` when there is none for the actor, or storage.
    pub fn own_case(&self, actor: &Actor, reference: &str) -> Result<String, DossierError> {
        // Also a case that is not theirs, so that asking for it is told in its trail.
        let found = self.db.read(Job::Existence, |conn| {
            let query = dossier::table.filter(dossier::reference.eq(reference)).select(dossier::id);
            Ok::<_, DossierError>(query.first::<String>(conn).optional()?)
        })?;
        let id = found.ok_or(DossierError::NotFound)?;
        self.access(actor, &id)?;
        Ok(id)
    }
}

/// Cases of which something was read, each with its version and the right by which.
type LookedAt = BTreeMap<String, (i64, String)>;

fn delivered(
    conn: &mut AnyConn,
    actor: &Actor,
    before: Option<&str>,
    limit: i64,
) -> Result<(Page<OwnDelivery>, LookedAt), DossierError> {
    use {case_assignment as a, dossier as d, submission as s, submission_taken as t, user_account as u};
    let assigned = a::dossier_id
        .eq(s::dossier_id)
        .and(a::user_id.eq(&actor.user_id))
        .and(a::role.eq(actor.role.as_str()))
        .and(a::ended_at.is_null());
    let own = (
        s::id,
        s::kind,
        u::name,
        s::on_behalf_of,
        (s::content, s::sealed),
        s::hash,
        s::received_at,
        t::version.nullable(),
    );
    let mut query = s::table
        .inner_join(u::table.on(u::id.eq(s::user_id)))
        .inner_join(d::table.on(d::id.eq(s::dossier_id)))
        .inner_join(a::table.on(assigned))
        .left_join(t::table)
        .filter(s::user_id.eq(&actor.user_id))
        .order(s::id.desc())
        .limit(limit + 1)
        .select((own, (d::id, d::reference, d::current_version, a::id)))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(s::id.lt(before));
    }
    let mut rows: Vec<(SubmissionRow, Place)> = query.load(conn)?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|(row, _)| row.0.clone());
    let mut looked_at = LookedAt::new();
    let items = rows
        .into_iter()
        .map(|(row, (dossier_id, reference, version, assignment))| {
            let submission = submission_of(conn, &dossier_id, row, None)?;
            looked_at.insert(dossier_id.clone(), (version, assignment));
            Ok(OwnDelivery { dossier_id, reference, submission })
        })
        .collect::<Result<Vec<_>, DossierError>>()?;
    Ok((Page { items, next }, looked_at))
}
