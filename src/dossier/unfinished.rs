//! What someone typed in a form and has not recorded yet: kept for that user alone, while they may see the case.

use super::delegations;
use super::error::DossierError;
use super::rights;
use super::service::Dossiers;
use crate::db::schema::{case_assignment, unfinished_form};
use crate::db::vault::{self, Stored};
use crate::db::{AnyConn, DbError, Job, Micros, Spot, as_job, instant_of};
use crate::identity::Actor;
use crate::shared::moment::Instant;
use diesel::prelude::*;

/// How long a form is kept after the last change, in microseconds: thirty days.
const KEPT_FOR: Micros = 30 * 24 * 3600 * 1_000_000;
/// Forms that one user can have open in one case; the oldest make room.
const MOST: i64 = 50;

/// A form as it was when it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptForm {
    /// Name of the form within the case, for instance "voornemen/gezag".
    pub form: String,
    /// Fields with their values, in order.
    pub fields: Vec<(String, String)>,
    /// When it was kept.
    pub saved_at: Instant,
}

impl Dossiers {
    /// Keeps a form for who fills it in, in the place of what was kept of it before. Nothing of it is in the
    /// dossier yet, so the trail says nothing of it.
    ///
    /// # Errors
    /// `NotFound` when the case does not exist for them, or storage.
    pub fn keep_form(
        &self,
        actor: &Actor,
        id: &str,
        form: &str,
        fields: &[(String, String)],
    ) -> Result<Instant, DossierError> {
        let content = serde_json::to_string(fields).map_err(|_| DossierError::Unreadable)?;
        let (who, key, form, at) = (actor.clone(), id.to_owned(), form.to_owned(), self.db.now());
        let outcome = self.db.write(actor, move |tx| {
            rights::find_access(tx, &who, &key, at)?.ok_or(DossierError::NotFound)?;
            put(tx, (&who.user_id, &key, &form), &content, at)?;
            forget_old(tx, &who.user_id, &key, at)?;
            Ok(instant_of(at))
        });
        self.note_refusal(actor, id, outcome)
    }

    /// A form that the actor kept; none when there is none, or it is too old.
    ///
    /// # Errors
    /// `NotFound` when the case does not exist for them, `Unreadable`, or storage.
    pub fn kept_form(&self, actor: &Actor, id: &str, form: &str) -> Result<Option<KeptForm>, DossierError> {
        use unfinished_form as f;
        let since = self.db.now() - KEPT_FOR;
        let outcome = self.db.read(actor, |conn| {
            rights::find_access(conn, actor, id, self.db.now())?.ok_or(DossierError::NotFound)?;
            let row: Option<(Stored<String>, Micros)> = f::table
                .find((&actor.user_id, id, form))
                .filter(f::saved_at.ge(since))
                .select(((f::fields, f::sealed), f::saved_at))
                .get_result(conn)
                .optional()?;
            let kept = |(stored, at): (Stored<String>, Micros)| {
                let fields = vault::text(conn, &Spot::form(id, &actor.user_id, form), stored)?;
                let fields = serde_json::from_str(&fields).map_err(|_| DossierError::Unreadable)?;
                Ok(KeptForm { form: form.to_owned(), fields, saved_at: instant_of(at) })
            };
            row.map(kept).transpose()
        });
        self.note_refusal(actor, id, outcome)
    }

    /// Names of the forms that the actor kept in a case, each with its moment, newest first.
    ///
    /// # Errors
    /// `NotFound` when the case does not exist for them, or storage.
    pub fn kept_forms(&self, actor: &Actor, id: &str) -> Result<Vec<(String, Instant)>, DossierError> {
        use unfinished_form as f;
        let since = self.db.now() - KEPT_FOR;
        let outcome = self.db.read(actor, |conn| {
            rights::find_access(conn, actor, id, self.db.now())?.ok_or(DossierError::NotFound)?;
            let rows: Vec<(String, Micros)> = f::table
                .filter(f::user_id.eq(&actor.user_id).and(f::dossier_id.eq(id)).and(f::saved_at.ge(since)))
                .order((f::saved_at.desc(), f::form.asc()))
                .select((f::form, f::saved_at))
                .load(conn)?;
            Ok(rows.into_iter().map(|(form, at)| (form, instant_of(at))).collect())
        });
        self.note_refusal(actor, id, outcome)
    }

    /// Removes forms that the actor kept, because they were recorded or thrown away.
    ///
    /// # Errors
    /// `NotFound` when the case does not exist for them, or storage.
    pub fn forget_forms(&self, actor: &Actor, id: &str, forms: &[String]) -> Result<(), DossierError> {
        use unfinished_form as f;
        let (who, key, forms, at) = (actor.clone(), id.to_owned(), forms.to_vec(), self.db.now());
        let outcome = self.db.write(actor, move |tx| {
            rights::find_access(tx, &who, &key, at)?.ok_or(DossierError::NotFound)?;
            let own = f::user_id.eq(&who.user_id).and(f::dossier_id.eq(&key)).and(f::form.eq_any(&forms));
            diesel::delete(f::table.filter(own)).execute(tx)?;
            Ok(())
        });
        self.note_refusal(actor, id, outcome)
    }
}

type Place<'a> = (&'a str, &'a str, &'a str);

fn put(tx: &mut AnyConn, (user, dossier, form): Place<'_>, content: &str, at: Micros) -> Result<(), DbError> {
    use unfinished_form as f;
    let sealed = vault::seal(tx, &Spot::form(dossier, user, form), content.as_bytes())?;
    let replace = |tx: &mut AnyConn| {
        let row = f::table.find((user, dossier, form));
        diesel::update(row).set((f::fields.eq(""), f::sealed.eq(&sealed), f::saved_at.eq(at))).execute(tx)
    };
    if replace(tx)? == 1 {
        return Ok(());
    }
    let made = tx.transaction(|tx| -> Result<(), DbError> {
        diesel::insert_into(f::table)
            .values((
                f::user_id.eq(user),
                f::dossier_id.eq(dossier),
                f::form.eq(form),
                f::fields.eq(""),
                f::sealed.eq(&sealed),
                f::saved_at.eq(at),
            ))
            .execute(tx)?;
        Ok(())
    });
    match made {
        // The same form was sent twice at the same moment; the last one holds.
        Err(DbError::Duplicate) => Ok(replace(tx).map(|_| ())?),
        other => other,
    }
}

/// Removes what is too old, of anyone, and what one user has too much of in a case.
fn forget_old(tx: &mut AnyConn, user: &str, dossier: &str, at: Micros) -> Result<(), DbError> {
    use unfinished_form as f;
    let too_old = f::table.filter(f::saved_at.lt(at - KEPT_FOR));
    as_job(tx, Job::Forget, |tx| diesel::delete(too_old).execute(tx).map_err(DbError::from))?;
    let own = f::user_id.eq(user).and(f::dossier_id.eq(dossier));
    let over: Vec<String> = f::table
        .filter(own)
        .order((f::saved_at.desc(), f::form.asc()))
        .select(f::form)
        .limit(1000)
        .offset(MOST)
        .load(tx)?;
    if !over.is_empty() {
        let own = f::user_id.eq(user).and(f::dossier_id.eq(dossier));
        diesel::delete(f::table.filter(own.and(f::form.eq_any(over)))).execute(tx)?;
    }
    Ok(())
}

/// Removes what a user kept in a case of which the assignment has ended, and what those who act for them kept.
pub(super) fn forget_of_assignment(
    tx: &mut AnyConn,
    dossier: &str,
    assignment: &str,
    now: Micros,
) -> Result<(), DbError> {
    use case_assignment as a;
    use unfinished_form as f;
    let user: Option<String> = a::table.find(assignment).select(a::user_id).get_result(tx).optional()?;
    let Some(user) = user else { return Ok(()) };
    let theirs = f::table.filter(f::user_id.eq(&user).and(f::dossier_id.eq(dossier)));
    as_job(tx, Job::Forget, |tx| diesel::delete(theirs).execute(tx).map_err(DbError::from))?;
    for delegate in delegations::delegates_of(tx, &user)? {
        forget_unreachable(tx, &delegate, now)?;
    }
    Ok(())
}

/// Removes what someone of an office kept in cases that they may not see any more.
pub(super) fn forget_unreachable(tx: &mut AnyConn, delegate: &str, now: Micros) -> Result<(), DbError> {
    use unfinished_form as f;
    let still = delegations::rights(tx, delegate, now, None)?.into_keys();
    let lost = f::user_id.eq(delegate).and(f::dossier_id.ne_all(still));
    as_job(tx, Job::Forget, |tx| diesel::delete(f::table.filter(lost)).execute(tx).map_err(DbError::from))?;
    Ok(())
}
