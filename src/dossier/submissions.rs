//! What advocates and partners hand in, with a receipt, and taking it into the dossier.

use super::agenda::few_cases;
use super::delegations;
use super::error::{DossierError, PlacedProblem};
use super::model::Domain;
use super::model::secrets::{NamedPlaces, Secrets};
use super::projection::{Reader, for_reader};
use super::record::{
    Access, Delivery, HandedInFor, Receipt, SafetySubmission, Submission, SubmissionKind, WaitingSubmission,
};
use super::service::{Dossiers, PAGE_MOST, canonical};
use super::{rights, store};
use crate::audit::{AuditEvent, Chain, View, record};
use crate::db::schema::{
    case_assignment, delegation, dossier, open_work, submission, submission_delegation, submission_taken, user_account,
};
use crate::db::vault::{self, Stored};
use crate::db::{AnyConn, DbError, Micros, Spot, instant_of, new_id};
use crate::identity::{Actor, Role};
use crate::shared::ids::AddressId;
use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::BTreeSet;

/// Characters of all text in one submission at most.
const TEXT_MOST: usize = 200_000;

pub(super) type SubmissionRow = (String, String, String, String, Stored<String>, String, Micros, Option<i64>);

impl Dossiers {
    /// Hands in safety information for the client (assigned advocate). Gives a receipt with time and hash.
    ///
    /// The other party does not see it; the clerk takes it into the dossier with the right restriction.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden` for other roles, `Invalid` when empty or too long, or storage.
    pub fn submit_safety_info(
        &self,
        actor: &Actor,
        id: &str,
        info: &SafetySubmission,
        places: NamedPlaces,
    ) -> Result<Receipt, DossierError> {
        if info.address.as_ref().is_some_and(|address| address.line.trim().is_empty() || address.persons.is_empty()) {
            return Err(DossierError::Invalid("Geef bij het adres de straat en wie er verblijft.".to_owned()));
        }
        let empty =
            info.concerns.is_empty() && info.measures.is_empty() && info.wishes.is_none() && info.answers.is_empty();
        if empty && info.address.is_none() && info.hide_address.is_none() && info.heard_apart.is_none() {
            return Err(DossierError::Invalid("Vul ten minste één onderdeel in.".to_owned()));
        }
        if info.concerns.iter().any(|concern| concern.description.trim().is_empty()) {
            return Err(DossierError::Invalid("Beschrijf bij iedere zorg wat er is gebeurd.".to_owned()));
        }
        self.no_known_address(actor, id, info, places)?;
        self.submit(actor, id, Role::Advocaat, SubmissionKind::SafetyInfo, info)
    }

    /// Refuses a text with a shielded address that the client may know. One that they may not know is not looked
    /// for here: a refusal would confirm it to who guesses. The clerk is told of it, and it never reaches the dossier.
    /// The town of one that they may know is asked after.
    fn no_known_address(
        &self,
        actor: &Actor,
        id: &str,
        info: &SafetySubmission,
        named: NamedPlaces,
    ) -> Result<(), DossierError> {
        // The one field in which it may stand is not a text.
        let text = SafetySubmission { address: None, ..info.clone() };
        let given = serde_json::to_value(&text).map_err(|_| DossierError::Unreadable)?;
        let handed = info.address.as_ref().filter(|_| info.hide_address != Some(false));
        let handed = handed.map(|address| address.recorded(AddressId(String::new()), info.hide_address));
        let now = self.db.now();
        let outcome = self.db.read(actor, |conn| {
            let access = rights::find_access(conn, actor, id, now)?.ok_or(DossierError::NotFound)?;
            let Some(client) = access.person else { return Ok((Vec::new(), Vec::new())) };
            let current = store::current_version(conn, id)?.ok_or(DossierError::NotFound)?;
            let dossier = store::dossier_at(conn, id, current)?;
            let own = for_reader(&dossier, &Reader::party(&dossier, &client)).dossier;
            let known = std::iter::once(Secrets::of(&own));
            let known: Vec<Secrets> =
                known.chain(handed.iter().map(|address| Secrets::of_one(address, &own))).collect();
            let refused: BTreeSet<String> = known.iter().flat_map(|one| one.places_in(&given)).collect();
            let mut towns: BTreeSet<String> = known.iter().flat_map(|one| one.towns_in(&given)).collect();
            towns.retain(|place| named == NamedPlaces::Ask && !refused.contains(place));
            Ok((refused.into_iter().collect(), towns.into_iter().collect()))
        });
        let (refused, towns): (Vec<String>, Vec<String>) = self.note_refusal(actor, id, outcome)?;
        let problems: Vec<PlacedProblem> = refused
            .into_iter()
            .map(PlacedProblem::secret_at)
            .chain(towns.into_iter().map(PlacedProblem::town_at))
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(DossierError::Placed(problems)) }
    }

    /// Delivers information to a case (assigned partner in the chain). Gives a receipt with time and hash.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden` for other roles, `Invalid` when empty or too long, or storage.
    pub fn deliver(&self, actor: &Actor, id: &str, delivery: &Delivery) -> Result<Receipt, DossierError> {
        if delivery.title.trim().is_empty() || delivery.text.trim().is_empty() {
            return Err(DossierError::Invalid("Geef de titel en de inhoud van het stuk op.".to_owned()));
        }
        self.submit(actor, id, Role::Ketenpartner, SubmissionKind::Delivery, delivery)
    }

    fn submit<T: Serialize>(
        &self,
        actor: &Actor,
        id: &str,
        role: Role,
        kind: SubmissionKind,
        given: &T,
    ) -> Result<Receipt, DossierError> {
        let (content, hash) = canonical(given)?;
        if content.len() > TEXT_MOST {
            return Err(DossierError::Invalid("Het stuk is te lang. Dien het in delen in.".to_owned()));
        }
        let (who, key, at) = (actor.clone(), id.to_owned(), self.db.now());
        let outcome = self.db.write(actor, move |tx| {
            let access = rights::find_access(tx, &who, &key, at)?.ok_or(DossierError::NotFound)?;
            if access.role != role {
                return Err(DossierError::Forbidden);
            }
            let assignment = Some(access.assignment);
            let behalf = access.person.map(|person| person.0).or(access.party.map(|party| party.0)).unwrap_or_default();
            let submission = new_id();
            insert(
                tx,
                &(submission.clone(), key.clone(), who.user_id.clone(), behalf, content, hash.clone()),
                kind,
                at,
            )?;
            if let Some(advocate) = &access.on_behalf {
                delegations::keep_submission(tx, &submission, advocate)?;
            }
            let event = match kind {
                SubmissionKind::SafetyInfo => {
                    AuditEvent::SafetyInfoSubmitted { submission: submission.clone(), hash: hash.clone(), assignment }
                }
                SubmissionKind::Delivery => {
                    AuditEvent::DeliveryReceived { submission: submission.clone(), hash: hash.clone() }
                }
            };
            record(tx, &Chain::Dossier(key), &who.author(), at, &event)?;
            let on_behalf = access.on_behalf.map(|of| HandedInFor { advocate: of.name, by: who.name });
            Ok(Receipt { submission, received_at: instant_of(at), hash, on_behalf })
        });
        self.note_refusal(actor, id, outcome)
    }

    /// What was handed in: all of it for the clerk, one's own for an advocate (or who acts for one) or partner. A judge reads safety
    /// information, and deliveries for a domain in which they sit: what was delivered for the criminal matter
    /// does not reach the family judge before it is released. The look is logged.
    ///
    /// # Errors
    /// `NotFound`, or storage.
    pub fn submissions(&self, actor: &Actor, id: &str) -> Result<Vec<Submission>, DossierError> {
        let (who, key, at) = (actor.clone(), id.to_owned(), self.db.now());
        let outcome = self.db.read(actor, |conn| {
            let access = rights::find_access(conn, actor, id, at)?.ok_or(DossierError::NotFound)?;
            let version = store::current_version(conn, id)?.ok_or(DossierError::NotFound)?;
            // Who acts for an advocate reads back what was handed in for that advocate, and the advocate does too.
            let holder = access.on_behalf.as_ref().map_or(&actor.user_id, |of| &of.advocate);
            let own = (!access.role.is_court()).then_some(holder.as_str());
            let mut found = list(conn, id, own)?;
            found.retain(|item| may_read(&access, item));
            Ok::<_, DossierError>((found, version, access.assignment))
        });
        let (found, version, assignment) = self.note_refusal(actor, id, outcome)?;
        self.db.write(actor, move |tx| -> Result<(), DossierError> {
            let event = AuditEvent::CaseViewed { view: View::Submissions, version, assignment };
            record(tx, &Chain::Dossier(key), &who.author(), at, &event)?;
            Ok(())
        })?;
        Ok(found)
    }

    /// What was handed in in the clerk's own cases and does not stand in the dossier yet, oldest first; without its
    /// content.
    ///
    /// # Errors
    /// `Forbidden` for others than a clerk, or storage.
    pub fn waiting_submissions(&self, actor: &Actor, limit: i64) -> Result<Vec<WaitingSubmission>, DossierError> {
        if actor.role != Role::Griffier {
            return Err(DossierError::Forbidden);
        }
        self.db.read(actor, |conn| waiting(conn, actor, limit.clamp(1, PAGE_MOST)))
    }

    /// Marks that a submission now stands in the current version of the dossier (court of the case).
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Invalid` when it was taken in before, or storage.
    pub fn take_submission(&self, actor: &Actor, id: &str, submission_id: &str) -> Result<i64, DossierError> {
        let (who, key, submission, at) = (actor.clone(), id.to_owned(), submission_id.to_owned(), self.db.now());
        let outcome = self.db.write(actor, move |tx| {
            rights::get_court_access(tx, &who, &key)?;
            let version = store::current_version(tx, &key)?.ok_or(DossierError::NotFound)?;
            let here: i64 = submission::table
                .filter(submission::id.eq(&submission).and(submission::dossier_id.eq(&key)))
                .count()
                .get_result(tx)?;
            if here == 0 {
                return Err(DossierError::NotFound);
            }
            mark_taken(tx, &submission, version, &who.user_id, at)?;
            let event = AuditEvent::SubmissionTaken { submission, version };
            record(tx, &Chain::Dossier(key), &who.author(), at, &event)?;
            Ok(version)
        });
        self.note_refusal(actor, id, outcome)
    }
}

/// Whether a barrier between the matters stands in the way. What has no domain yet reaches no judge.
fn may_read(access: &Access, item: &Submission) -> bool {
    if access.role != Role::Rechter || item.kind != SubmissionKind::Delivery {
        return true;
    }
    let domain = item.content.get("domain").cloned().and_then(|value| serde_json::from_value::<Domain>(value).ok());
    domain.is_some_and(|domain| access.domains.contains(&domain))
}

fn mark_taken(tx: &mut AnyConn, id: &str, version: i64, by: &str, at: Micros) -> Result<(), DossierError> {
    use submission_taken as t;
    diesel::insert_into(t::table)
        .values((t::submission_id.eq(id), t::version.eq(version), t::taken_at.eq(at), t::taken_by.eq(by)))
        .execute(tx)
        .map_err(|error| match DbError::from(error) {
            DbError::Duplicate => DossierError::Invalid("Dit stuk is al in het dossier opgenomen.".to_owned()),
            other => other.into(),
        })?;
    Ok(())
}

/// Id, dossier, user, on behalf of, content and hash of a submission.
type NewSubmission = (String, String, String, String, String, String);

fn insert(tx: &mut AnyConn, new: &NewSubmission, kind: SubmissionKind, at: Micros) -> Result<(), DbError> {
    use submission as s;
    let sealed = vault::seal(tx, &Spot::submission(&new.1, &new.0), new.4.as_bytes())?;
    diesel::insert_into(s::table)
        .values((
            s::id.eq(&new.0),
            s::dossier_id.eq(&new.1),
            s::user_id.eq(&new.2),
            s::kind.eq(kind.as_str()),
            s::on_behalf_of.eq(&new.3),
            s::content.eq(""),
            s::sealed.eq(sealed),
            s::hash.eq(&new.5),
            s::received_at.eq(at),
        ))
        .execute(tx)?;
    Ok(())
}

/// Submissions in a case, oldest first; only those of one user when given.
fn list(conn: &mut AnyConn, dossier_id: &str, own: Option<&str>) -> Result<Vec<Submission>, DossierError> {
    use {delegation as dg, submission as s, submission_delegation as sd, submission_taken as t, user_account as u};
    let mut query = s::table
        .inner_join(u::table.on(u::id.eq(s::user_id)))
        .left_join(t::table)
        .filter(s::dossier_id.eq(dossier_id))
        .order(s::id.asc())
        .select((
            s::id,
            s::kind,
            u::name,
            s::on_behalf_of,
            (s::content, s::sealed),
            s::hash,
            s::received_at,
            t::version.nullable(),
        ))
        .into_boxed();
    if let Some(user) = own {
        let handed_in_for = exists(
            sd::table
                .inner_join(dg::table.on(dg::id.eq(sd::delegation_id)))
                .filter(sd::submission_id.eq(s::id).and(dg::advocate_id.eq(user))),
        );
        query = query.filter(s::user_id.eq(user).or(handed_in_for));
    }
    let rows: Vec<SubmissionRow> = query.load(conn)?;
    let ids: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    let mut advocates = delegations::advocates_of(conn, &ids)?;
    rows.into_iter()
        .map(|row| {
            let advocate = advocates.remove(&row.0).map(|(_, name)| name);
            submission_of(conn, dossier_id, row, advocate)
        })
        .collect()
}

type WaitingRow = (String, String, String, String, String, Micros);

fn waiting(conn: &mut AnyConn, actor: &Actor, limit: i64) -> Result<Vec<WaitingSubmission>, DossierError> {
    use {case_assignment as a, dossier as d, open_work as o, submission as s, user_account as u};
    let own = few_cases(conn, actor)?;
    let mut query = o::table
        .inner_join(s::table.on(s::id.eq(o::id)))
        .inner_join(u::table.on(u::id.eq(s::user_id)))
        .inner_join(d::table.on(d::id.eq(o::dossier_id)))
        .filter(o::kind.eq("inzending"))
        .order(o::id.asc())
        .limit(limit)
        .select((s::id, s::dossier_id, d::reference, s::kind, u::name, s::received_at))
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
    let rows: Vec<WaitingRow> = query.load(conn)?;
    let ids: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    let advocates = delegations::advocates_of(conn, &ids)?;
    let line = |(id, dossier_id, reference, kind, by, at): WaitingRow| {
        let by = advocates.get(&id).map_or(by.clone(), |(_, advocate)| format!("{by}, namens {advocate}"));
        let kind = SubmissionKind::parse(&kind).ok_or(DossierError::Unreadable)?;
        Ok(WaitingSubmission { dossier_id, reference, kind, by, received_at: instant_of(at) })
    };
    rows.into_iter().map(line).collect()
}

pub(super) fn submission_of(
    conn: &mut AnyConn,
    dossier_id: &str,
    row: SubmissionRow,
    advocate: Option<String>,
) -> Result<Submission, DossierError> {
    let (id, kind, by, on_behalf_of, stored, hash, at, taken_in_version) = row;
    let content = vault::text(conn, &Spot::submission(dossier_id, &id), stored)?;
    Ok(Submission {
        receipt: Receipt {
            submission: id,
            received_at: instant_of(at),
            hash,
            on_behalf: advocate.map(|advocate| HandedInFor { advocate, by: by.clone() }),
        },
        kind: SubmissionKind::parse(&kind).ok_or(DossierError::Unreadable)?,
        by,
        on_behalf_of,
        content: serde_json::from_str(&content).map_err(|_| DossierError::Unreadable)?,
        taken_in_version,
    })
}
