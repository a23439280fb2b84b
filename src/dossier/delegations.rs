//! People of an advocate's office who act for the advocate's clients, until a day that the advocate chose.
//!
//! Such a person has no case of their own: what they see is what an assignment of the advocate gives, for as long as
//! both hold, and never for more than one side of a case. The side that they could see first is the only one, also
//! after it ended: what they know of it cannot be taken back.

use super::error::DossierError;
use super::record::{Access, Delegation, OnBehalf};
use super::rights::{AccessRow, access};
use super::service::Dossiers;
use super::unfinished;
use crate::audit::{AuditEvent, Chain, record};
use crate::db::schema::{case_assignment, delegation, submission_delegation, user_account};
use crate::db::{AnyConn, DbError, Micros, instant_of, new_id};
use crate::identity::{Actor, Role};
use crate::shared::moment::{dutch_date, local_date, start_of_day};
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// How many days ahead the last day may be at most.
const LONGEST_DAYS: u64 = 366;

impl Dossiers {
    /// The person whom an advocate is about to let act: id and name, by the name with which they sign in.
    ///
    /// # Errors
    /// `Forbidden` for others than an advocate, `Invalid` when there is no such person or it would be for two sides
    /// of one case, or storage.
    pub fn find_delegate(&self, actor: &Actor, login: &str) -> Result<(String, String), DossierError> {
        must_be_advocate(actor)?;
        let login = login.trim().to_lowercase();
        self.db.read(actor, |conn| find_for(conn, actor, &login))
    }

    /// Whether a day can be the last on which someone acts for an advocate.
    ///
    /// # Errors
    /// `Invalid` with which days can.
    pub fn check_last_day(&self, day: NaiveDate) -> Result<(), DossierError> {
        let today = local_date(&instant_of(self.db.now()));
        let latest = today.checked_add_days(Days::new(LONGEST_DAYS)).unwrap_or(today);
        if (today..=latest).contains(&day) {
            return Ok(());
        }
        Err(DossierError::Invalid(format!(
            "Kies een laatste dag van vandaag tot en met {}. Daarna kunt u opnieuw toegang geven.",
            dutch_date(latest)
        )))
    }

    /// Lets someone of the office act for all clients of an advocate, up to and including a day (the advocate). What
    /// was given to them before is replaced.
    ///
    /// # Errors
    /// As `find_delegate` and `check_last_day`.
    pub fn delegate(&self, actor: &Actor, login: &str, last_day: NaiveDate) -> Result<String, DossierError> {
        must_be_advocate(actor)?;
        self.check_last_day(last_day)?;
        let (who, login, at) = (actor.clone(), login.trim().to_lowercase(), self.db.now());
        let ends_at = start_of_day(last_day.succ_opt().unwrap_or(last_day)).timestamp_micros();
        self.db.write(actor, move |tx| {
            use delegation as d;
            let (delegate, _) = find_for(tx, &who, &login)?;
            let before = d::advocate_id.eq(&who.user_id).and(d::delegate_id.eq(&delegate)).and(d::ended_at.is_null());
            diesel::update(d::table.filter(before)).set(d::ended_at.eq(at)).execute(tx)?;
            let id = new_id();
            let between = (d::advocate_id.eq(&who.user_id), d::delegate_id.eq(&delegate));
            diesel::insert_into(d::table)
                .values((d::id.eq(&id), between, d::created_at.eq(at), d::ends_at.eq(ends_at)))
                .execute(tx)
                .map_err(|error| match DbError::from(error) {
                    DbError::Duplicate => DossierError::Invalid("U gaf deze medewerker zojuist al toegang.".to_owned()),
                    other => other.into(),
                })?;
            let event = AuditEvent::DelegationGiven { delegation: id.clone(), user: delegate, last_day };
            record(tx, &Chain::System, &who.author(), at, &event)?;
            Ok(id)
        })
    }

    /// Ends what an advocate gave; it holds from this moment on (the advocate).
    ///
    /// # Errors
    /// `Forbidden` for others than an advocate, `NotFound` when it is not theirs or has ended, or storage.
    pub fn end_delegation(&self, actor: &Actor, id: &str) -> Result<(), DossierError> {
        must_be_advocate(actor)?;
        let (who, id, at) = (actor.clone(), id.to_owned(), self.db.now());
        self.db.write(actor, move |tx| {
            use delegation as d;
            let own = d::table.filter(d::id.eq(&id).and(d::advocate_id.eq(&who.user_id)).and(d::ended_at.is_null()));
            let user: Option<String> = own.select(d::delegate_id).get_result(tx).optional()?;
            let user = user.ok_or(DossierError::NotFound)?;
            diesel::update(d::table.filter(d::id.eq(&id))).set(d::ended_at.eq(at)).execute(tx)?;
            unfinished::forget_unreachable(tx, &user, at)?;
            record(tx, &Chain::System, &who.author(), at, &AuditEvent::DelegationEnded { delegation: id, user })?;
            Ok(())
        })
    }

    /// Who acts for whom now: whom an advocate let act, or for whom someone of an office acts.
    ///
    /// # Errors
    /// `Forbidden` for other roles, or storage.
    pub fn delegations(&self, actor: &Actor) -> Result<Vec<Delegation>, DossierError> {
        use {delegation as d, user_account as u};
        let now = self.db.now();
        let advocate = match actor.role {
            Role::Advocaat => true,
            Role::Medewerker => false,
            _ => return Err(DossierError::Forbidden),
        };
        self.db.read(actor, |conn| {
            let columns = (d::id, u::id, u::name, u::login, d::ends_at);
            let open = d::ended_at.is_null().and(d::ends_at.gt(now)).and(u::active.eq(true));
            let rows: Vec<(String, String, String, String, Micros)> = if advocate {
                let other = u::table.on(u::id.eq(d::delegate_id));
                let own = d::table.inner_join(other).filter(d::advocate_id.eq(&actor.user_id).and(open));
                own.order(d::id.asc()).select(columns).load(conn)?
            } else {
                let other = u::table.on(u::id.eq(d::advocate_id));
                let own = d::table.inner_join(other).filter(d::delegate_id.eq(&actor.user_id).and(open));
                own.order(d::id.asc()).select(columns).load(conn)?
            };
            let told = |(id, user_id, name, login, ends_at)| Delegation {
                id,
                user_id,
                name,
                login,
                last_day: last_day(ends_at),
            };
            Ok(rows.into_iter().map(told).collect())
        })
    }
}

fn must_be_advocate(actor: &Actor) -> Result<(), DossierError> {
    if actor.role == Role::Advocaat { Ok(()) } else { Err(DossierError::Forbidden) }
}

/// The day before the moment at which it ends.
fn last_day(ends_at: Micros) -> NaiveDate {
    local_date(&instant_of(ends_at.saturating_sub(1)))
}

/// Someone of an office, by the name with which they sign in, who can act for this advocate.
fn find_for(conn: &mut AnyConn, advocate: &Actor, login: &str) -> Result<(String, String), DossierError> {
    use {case_assignment as a, user_account as u};
    let able = u::login.eq(login).and(u::active.eq(true)).and(u::role.eq(Role::Medewerker.as_str()));
    let found: Option<(String, String)> = u::table.filter(able).select((u::id, u::name)).get_result(conn).optional()?;
    let Some(found) = found else {
        return Err(DossierError::Invalid(
            "Er is geen medewerker met deze gebruikersnaam. Een account voor een medewerker vraagt u aan de beheerder."
                .to_owned(),
        ));
    };
    let sides = sides(&spans(conn, &found.0, None)?);
    let clients: Vec<(String, Option<String>)> = a::table
        .filter(a::user_id.eq(&advocate.user_id).and(a::role.eq(Role::Advocaat.as_str())).and(a::ended_at.is_null()))
        .select((a::dossier_id, a::person_id))
        .load(conn)?;
    let other_side = |(case, client): &(String, Option<String>)| sides.get(case).is_some_and(|side| side != client);
    if clients.iter().any(other_side) {
        return Err(DossierError::Invalid(
            "Deze medewerker kan niet voor u optreden: in één van uw zaken treedt of trad deze medewerker op voor een \
             andere partij."
                .to_owned(),
        ));
    }
    Ok(found)
}

/// One assignment of an advocate for whom someone acts or acted.
struct Span {
    delegation: (String, Micros, Micros, Option<Micros>),
    case: (String, Micros, Option<Micros>),
    right: AccessRow,
    advocate: (String, String, bool, String),
}

impl Span {
    /// From when until when it could be used; none when the two never held together.
    fn overlap(&self) -> Option<(Micros, Micros)> {
        let (_, given, ends, ended) = &self.delegation;
        let (_, assigned, unassigned) = &self.case;
        let until = [Some(*ends), *ended, *unassigned].into_iter().flatten().min()?;
        let since = *given.max(assigned);
        (since < until).then_some((since, until))
    }

    fn holds(&self, now: Micros) -> bool {
        let (_, _, active, role) = &self.advocate;
        let open = self.delegation.3.is_none() && self.delegation.2 > now && self.case.2.is_none();
        open && *active && Role::parse(role) == Some(Role::Advocaat)
    }
}

/// Everything that someone could ever see for an advocate, in every case or in one.
fn spans(conn: &mut AnyConn, delegate: &str, dossier: Option<&str>) -> Result<Vec<Span>, DbError> {
    use {case_assignment as a, delegation as d, user_account as u};
    let mut query = d::table
        .inner_join(a::table.on(a::user_id.eq(d::advocate_id)))
        .inner_join(u::table.on(u::id.eq(d::advocate_id)))
        .filter(d::delegate_id.eq(delegate).and(a::role.eq(Role::Advocaat.as_str())))
        .order(a::id.asc())
        .select((
            (d::id, d::created_at, d::ends_at, d::ended_at),
            (a::dossier_id, a::created_at, a::ended_at),
            (a::id, a::role, a::person_id, a::party_id, a::domains),
            (u::id, u::name, u::active, u::role),
        ))
        .into_boxed();
    if let Some(dossier) = dossier {
        query = query.filter(a::dossier_id.eq(dossier));
    }
    let rows = query.load(conn)?;
    let span = |(delegation, case, right, advocate)| Span { delegation, case, right, advocate };
    Ok(rows.into_iter().map(span).collect())
}

/// The one client for whom someone may act in each case: the one whose side they could see first. None when that were
/// two at once.
fn sides(spans: &[Span]) -> BTreeMap<String, Option<String>> {
    let mut first: BTreeMap<String, (Micros, Option<String>)> = BTreeMap::new();
    for span in spans {
        let Some((since, _)) = span.overlap() else { continue };
        let client = &span.right.2;
        let known = first.entry(span.case.0.clone()).or_insert_with(|| (since, client.clone()));
        if since < known.0 {
            *known = (since, client.clone());
        } else if since == known.0 && known.1 != *client {
            known.1 = None;
        }
    }
    first.into_iter().map(|(case, (_, client))| (case, client)).collect()
}

/// The cases that someone of an office may see now, each by a right of the advocate; or one of them.
pub(super) fn rights(
    conn: &mut AnyConn,
    delegate: &str,
    now: Micros,
    dossier: Option<&str>,
) -> Result<BTreeMap<String, Access>, DbError> {
    let spans = spans(conn, delegate, dossier)?;
    let sides = sides(&spans);
    let mut found = BTreeMap::new();
    for span in spans.into_iter().filter(|span| span.holds(now)) {
        let own_side = span.right.2.is_some() && sides.get(&span.case.0) == Some(&span.right.2);
        let Some(access) = access(span.right).filter(|_| own_side) else { continue };
        let (delegation, (advocate, name, ..)) = (span.delegation.0, span.advocate);
        let on_behalf = Some(OnBehalf { delegation, advocate, name });
        found.entry(span.case.0).or_insert(Access { on_behalf, ..access });
    }
    Ok(found)
}

/// Those who act for an advocate in a case now.
pub(super) fn of_case(
    conn: &mut AnyConn,
    advocate: &str,
    dossier: &str,
    now: Micros,
) -> Result<Vec<Delegation>, DbError> {
    use {delegation as d, user_account as u};
    let open = d::advocate_id.eq(advocate).and(d::ended_at.is_null()).and(d::ends_at.gt(now)).and(u::active.eq(true));
    let rows: Vec<(String, String, String, String, Micros)> = d::table
        .inner_join(u::table.on(u::id.eq(d::delegate_id)))
        .filter(open)
        .order(d::id.asc())
        .select((d::id, u::id, u::name, u::login, d::ends_at))
        .load(conn)?;
    let mut found = Vec::new();
    for (id, user_id, name, login, ends_at) in rows {
        let right = rights(conn, &user_id, now, Some(dossier))?.remove(dossier);
        if right.and_then(|right| right.on_behalf).is_some_and(|on_behalf| on_behalf.advocate == advocate) {
            found.push(Delegation { id, user_id, name, login, last_day: last_day(ends_at) });
        }
    }
    Ok(found)
}

/// Ids of those who were let act for an advocate, and not ended by the advocate.
pub(super) fn delegates_of(conn: &mut AnyConn, advocate: &str) -> Result<Vec<String>, DbError> {
    use delegation as d;
    let open = d::advocate_id.eq(advocate).and(d::ended_at.is_null());
    Ok(d::table.filter(open).select(d::delegate_id).load(conn)?)
}

/// Keeps by which right something was handed in for an advocate by someone else.
pub(super) fn keep_submission(tx: &mut AnyConn, submission: &str, by: &OnBehalf) -> Result<(), DbError> {
    use submission_delegation as s;
    diesel::insert_into(s::table)
        .values((s::submission_id.eq(submission), s::delegation_id.eq(&by.delegation)))
        .execute(tx)?;
    Ok(())
}

/// For which advocate these were handed in, of those that someone else handed in: id and name.
pub(super) fn advocates_of(
    conn: &mut AnyConn,
    submissions: &[String],
) -> Result<BTreeMap<String, (String, String)>, DbError> {
    use {delegation as d, submission_delegation as s, user_account as u};
    let rows: Vec<(String, String, String)> = s::table
        .inner_join(d::table.on(d::id.eq(s::delegation_id)))
        .inner_join(u::table.on(u::id.eq(d::advocate_id)))
        .filter(s::submission_id.eq_any(submissions))
        .select((s::submission_id, u::id, u::name))
        .load(conn)?;
    Ok(rows.into_iter().map(|(submission, id, name)| (submission, (id, name))).collect())
}
