//! Which cases are due, and destroying one: proposed by an administrator, confirmed by another after a package for the
//! archive was made. Nothing here happens by itself, and nothing of the content of a case is shown.

use super::destroy;
use super::rules::{self, Standing};
use super::store::{self, Proposal};
use crate::audit::{AuditEvent, Chain, DestructionStep, record};
use crate::conflicts;
use crate::db::schema::{destruction, dossier};
use crate::db::{AnyConn, Database, DbError, Job, Micros, has_control_characters, instant_of, new_id};
use crate::dossier::DossierError;
use crate::dossier::store::dossier_at;
use crate::identity::{Actor, Role};
use crate::shared::moment::local_date;
use chrono::{Months, NaiveDate};
use diesel::prelude::*;

/// Cases looked at for one list at most.
const MOST: i64 = 500;
/// Proposals shown at most.
const SHOWN: i64 = 100;
/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 10..=500;

/// Why something was refused. The text is for users.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// The role does not allow it.
    #[error("Uw rol staat dit niet toe.")]
    Forbidden,
    /// There is no such case or proposal.
    #[error("Deze zaak of dit voorstel is er niet, of niet meer.")]
    NotFound,
    /// It may not be destroyed now.
    #[error("Deze zaak mag nu niet worden vernietigd. {0}")]
    NotDue(String),
    /// Something else stands in the way.
    #[error("{0}")]
    Invalid(&'static str),
    /// The dossier cannot be read.
    #[error(transparent)]
    Dossier(#[from] DossierError),
    /// Storage.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for RetentionError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// A case of which the term is over, or that has a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueCase {
    /// Id.
    pub id: String,
    /// Reference.
    pub reference: String,
    /// How it stands.
    pub standing: Standing,
}

/// Keeping and destroying, in a database. Cheap to clone; its calls block.
#[derive(Clone, Debug)]
pub struct Retention {
    pub(super) db: Database,
}

type CaseRow = (String, String, i64, Micros);

impl Retention {
    /// Retention in this database.
    #[must_use]
    pub fn new(db: Database) -> Self {
        Self { db }
    }

    /// Cases of which the term is over on this day, held back or not, the oldest first (administrator or overseer).
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn due(&self, actor: &Actor, on: NaiveDate) -> Result<Vec<DueCase>, RetentionError> {
        may_see(actor)?;
        // What changed later than the shortest term ago cannot be due, so it is not opened.
        let Some(border) = on.checked_sub_months(Months::new(rules::SHORTEST * 12)) else { return Ok(Vec::new()) };
        let rows: Vec<CaseRow> = self.db.read(Job::Retain, |conn| {
            let columns = (dossier::id, dossier::reference, dossier::current_version, dossier::updated_at);
            Ok::<_, DbError>(dossier::table.order(dossier::updated_at.asc()).limit(MOST).select(columns).load(conn)?)
        })?;
        let old = rows.into_iter().filter(|row| local_date(&instant_of(row.3)) <= border);
        let mut found = Vec::new();
        for row in old {
            let standing = self.db.read(Job::Retain, |conn| standing(conn, &row, on))?;
            if standing.due_on.is_some_and(|due| due <= on) {
                found.push(DueCase { id: row.0, reference: row.1, standing });
            }
        }
        Ok(found)
    }

    /// What was proposed, withdrawn and carried out, the newest first (administrator or overseer).
    ///
    /// # Errors
    /// `Forbidden`, or storage.
    pub fn proposals(&self, actor: &Actor) -> Result<Vec<Proposal>, RetentionError> {
        may_see(actor)?;
        Ok(self.db.read(Job::Retain, |conn| store::proposals(conn, SHOWN))?)
    }

    /// Proposes to destroy a case (administrator), with the reason. Another confirms it.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `NotDue`, `Invalid`, or storage.
    pub fn propose(&self, actor: &Actor, case: &str, reason: &str) -> Result<String, RetentionError> {
        must_be_administrator(actor)?;
        let reason = reason.trim().to_owned();
        if !REASON.contains(&reason.chars().count()) || has_control_characters(&reason) {
            return Err(RetentionError::Invalid(
                "Geef de grondslag in 10 tot 500 tekens: welke categorie van de selectielijst, en wat daar staat.",
            ));
        }
        let (who, case, at) = (actor.clone(), case.to_owned(), self.db.now());
        self.db.write(Job::Retain, move |tx| {
            let (reference, standing) = must_be_due(tx, &case, at)?;
            if store::open_of_case(tx, &case)?.is_some() {
                return Err(RetentionError::Invalid("Voor deze zaak ligt al een voorstel."));
            }
            use destruction as d;
            let (id, due_on) = (new_id(), standing.due_on.map(|due| due.to_string()).unwrap_or_default());
            let of_case = (d::id.eq(&id), d::dossier_id.eq(&case), d::reference.eq(reference));
            let why = (d::rule.eq(standing.rule.code), d::due_on.eq(due_on), d::reason.eq(reason));
            let by = (d::proposed_at.eq(at), d::proposed_by.eq(&who.user_id));
            diesel::insert_into(d::table).values((of_case, why, by)).execute(tx)?;
            note(tx, &who, &case, at, &id, DestructionStep::Proposed, None)?;
            Ok(id)
        })
    }

    /// Withdraws a proposal that was not carried out (administrator).
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, or storage.
    pub fn withdraw(&self, actor: &Actor, proposal: &str) -> Result<(), RetentionError> {
        must_be_administrator(actor)?;
        let (who, id, at) = (actor.clone(), proposal.to_owned(), self.db.now());
        self.db.write(Job::Retain, move |tx| {
            use destruction as d;
            let open = store::open(tx, &id)?.ok_or(RetentionError::NotFound)?;
            let set = (d::withdrawn_at.eq(at), d::withdrawn_by.eq(&who.user_id));
            diesel::update(d::table.find(&open.id)).set(set).execute(tx)?;
            note(tx, &who, &open.dossier, at, &open.id, DestructionStep::Withdrawn, None)
        })
    }

    /// Confirms a proposal of someone else and destroys the case (administrator): all of its content and its key.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `NotDue` when something holds it back by now, `Invalid` when it is one's own or has no
    /// package with everything in it, or storage. Then nothing is destroyed.
    pub fn confirm(&self, actor: &Actor, proposal: &str) -> Result<(), RetentionError> {
        must_be_administrator(actor)?;
        let (who, id, at) = (actor.clone(), proposal.to_owned(), self.db.now());
        self.db.write(Job::Retain, move |tx| {
            use destruction as d;
            let open = store::open(tx, &id)?.ok_or(RetentionError::NotFound)?;
            if open.proposed_by == who.user_id {
                return Err(RetentionError::Invalid(
                    "U hebt dit zelf voorgesteld. Een andere beheerder bevestigt het.",
                ));
            }
            must_be_due(tx, &open.dossier, at)?;
            let (hash, seq) = open.package.ok_or(RetentionError::Invalid(
                "Er is nog geen pakket voor het archief. Maak het met `combizitting retention package`.",
            ))?;
            if store::has_newer_content(tx, &open.dossier, seq)? {
                return Err(RetentionError::Invalid(
                    "Na het pakket voor het archief is er iets bij gekomen. Maak het pakket opnieuw.",
                ));
            }
            let set = (d::confirmed_at.eq(at), d::confirmed_by.eq(&who.user_id));
            diesel::update(d::table.find(&open.id)).set(set).execute(tx)?;
            destroy::content_of(tx, &open.dossier)?;
            note(tx, &who, &open.dossier, at, &open.id, DestructionStep::Done, Some(hash))
        })
    }
}

/// Records a step in the chain of the case.
pub(super) fn note(
    tx: &mut AnyConn,
    who: &Actor,
    case: &str,
    at: Micros,
    id: &str,
    step: DestructionStep,
    hash: Option<String>,
) -> Result<(), RetentionError> {
    let event = AuditEvent::Destruction { destruction: id.to_owned(), step, hash };
    record(tx, &Chain::Dossier(case.to_owned()), &who.author(), at, &event)?;
    Ok(())
}

fn may_see(actor: &Actor) -> Result<(), RetentionError> {
    match actor.role {
        Role::Beheerder | Role::Toezichthouder => Ok(()),
        _ => Err(RetentionError::Forbidden),
    }
}

/// A person, not the command line: it is an act of someone with a name.
fn must_be_administrator(actor: &Actor) -> Result<(), RetentionError> {
    let is_person = actor.user_id != Actor::OPERATOR_ID;
    if actor.role == Role::Beheerder && is_person { Ok(()) } else { Err(RetentionError::Forbidden) }
}

/// How a case stands, by its current version.
fn standing(conn: &mut AnyConn, row: &CaseRow, on: NaiveDate) -> Result<Standing, RetentionError> {
    let (id, _, version, changed) = row;
    let file = dossier_at(conn, id, *version)?;
    let ends: Vec<NaiveDate> = conflicts::ends_of_terms(&file, on).iter().map(local_date).collect();
    Ok(rules::standing(&file, local_date(&instant_of(*changed)), &ends, on))
}

/// The reference of a case that may be destroyed now, and how it stands.
pub(super) fn must_be_due(conn: &mut AnyConn, id: &str, at: Micros) -> Result<(String, Standing), RetentionError> {
    let on = local_date(&instant_of(at));
    let columns = (dossier::id, dossier::reference, dossier::current_version, dossier::updated_at);
    let row: Option<CaseRow> = dossier::table.find(id).select(columns).get_result(conn).optional()?;
    let row = row.ok_or(RetentionError::NotFound)?;
    let standing = standing(conn, &row, on)?;
    if standing.is_due(on) {
        return Ok((row.1, standing));
    }
    let mut why: Vec<String> = standing.holds.iter().map(|hold| (*hold).to_owned()).collect();
    if standing.due_on.is_none_or(|due| due > on) {
        let due = standing.due_on.map_or_else(|| "onbekend".to_owned(), crate::shared::moment::dutch_date);
        why.push(format!("De bewaartermijn is nog niet om: die eindigt op {due}."));
    }
    Err(RetentionError::NotDue(why.join(" ")))
}
