//! The moments of someone's own cases in order of time: hearings to come, and terms that end. Someone who sees a
//! handful of cases and someone who sees thousands are looked up each in their own way, so that both are quick.

use super::delegations;
use super::error::DossierError;
use super::moments::{HearingMoment, MomentKind};
use super::record::StoredDossier;
use super::service::Dossiers;
use super::{rights, store};
use crate::audit::{AuditEvent, Chain, View, record};
use crate::db::schema::{case_assignment, case_moment, dossier};
use crate::db::{AnyConn, DbError, Micros, instant_of};
use crate::identity::{Actor, Role};
use crate::shared::moment::Instant;
use diesel::dsl::exists;
use diesel::prelude::*;

/// Someone with no more cases than this is looked up case by case.
const FEW: i64 = 1_000;
/// Moments on a page at most.
const MOST: i64 = 50;

/// A place in the list: moment, case, number within the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentPlace {
    /// When.
    pub at: Micros,
    /// Id of the case.
    pub dossier_id: String,
    /// Number within the case.
    pub number: i64,
}

impl MomentPlace {
    /// As it stands in an address.
    #[must_use]
    pub fn told(&self) -> String {
        format!("{}~{}~{}", self.at, self.dossier_id, self.number)
    }

    /// Read back from an address; none when it is no place.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('~');
        let (at, dossier_id, number) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?.parse().ok()?);
        parts.next().is_none().then(|| Self { at, dossier_id: dossier_id.to_owned(), number })
    }
}

/// From where the moments are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// Not before this moment.
    Moment(Micros),
    /// After this place.
    Place(MomentPlace),
}

/// A hearing in one of someone's own cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnHearing {
    /// Begin.
    pub at: Instant,
    /// Id of the case.
    pub dossier_id: String,
    /// The court's reference; never a name.
    pub reference: String,
    /// What is heard, and where.
    pub hearing: HearingMoment,
}

/// A page of moments, with the place after which the next page begins.
pub type AgendaPage<T> = (Vec<T>, Option<MomentPlace>);

type Row = (String, i64, Micros, String, String);

impl Dossiers {
    /// Hearings in the actor's own cases, in order of time.
    ///
    /// # Errors
    /// `Unreadable`, or storage.
    pub fn hearings(&self, actor: &Actor, from: &From, limit: i64) -> Result<AgendaPage<OwnHearing>, DossierError> {
        let (rows, next) = self.own_moments(actor, MomentKind::Hearing, from, limit)?;
        let hearing = |(dossier_id, _, at, content, reference): Row| {
            let hearing = serde_json::from_str(&content).map_err(|_| DossierError::Unreadable)?;
            Ok(OwnHearing { at: instant_of(at), dossier_id, reference, hearing })
        };
        Ok((rows.into_iter().map(hearing).collect::<Result<_, DossierError>>()?, next))
    }

    /// When terms end in the actor's own cases, in order of time: the case and the moment, without what it is.
    ///
    /// # Errors
    /// When storage fails.
    pub fn terms(&self, actor: &Actor, from: &From, limit: i64) -> Result<AgendaPage<(String, Instant)>, DossierError> {
        let (rows, next) = self.own_moments(actor, MomentKind::Term, from, limit)?;
        Ok((rows.into_iter().map(|(id, _, at, ..)| (id, instant_of(at))).collect(), next))
    }

    /// The current version of several of the actor's own cases. Each look is logged, all in one transaction; a case
    /// that is not theirs is left out.
    ///
    /// # Errors
    /// `Unreadable`, or storage.
    pub fn get_several(&self, actor: &Actor, ids: &[String], view: View) -> Result<Vec<StoredDossier>, DossierError> {
        let now = self.db.now();
        let found = self.db.read(actor, |conn| {
            let mut found = Vec::new();
            for id in ids {
                let access = match rights::get_content_access(conn, actor, id, now) {
                    Ok(access) => access,
                    Err(DossierError::NotFound) => continue,
                    Err(error) => return Err(error),
                };
                let number = store::current_version(conn, id)?.ok_or(DossierError::NotFound)?;
                let (version, content) = store::find_version(conn, id, number)?.ok_or(DossierError::NotFound)?;
                let dossier = serde_json::from_str(&content).map_err(|_| DossierError::Unreadable)?;
                found.push(StoredDossier { version, access, dossier });
            }
            Ok(found)
        })?;
        let looks = found.iter().map(|one| {
            let (version, assignment) = (one.version.version, one.access.assignment.clone());
            (Chain::Dossier(one.version.dossier_id.clone()), AuditEvent::CaseViewed { view, version, assignment })
        });
        let (looks, author, at) = (looks.collect::<Vec<_>>(), actor.author(), now);
        self.db.write(actor, move |tx| -> Result<(), DossierError> {
            for (chain, event) in &looks {
                record(tx, chain, &author, at, event)?;
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn own_moments(
        &self,
        actor: &Actor,
        kind: MomentKind,
        from: &From,
        limit: i64,
    ) -> Result<AgendaPage<Row>, DossierError> {
        let limit = limit.clamp(1, MOST);
        let mut rows = self.db.read(actor, |conn| rows(conn, actor, (kind, from), limit + 1, self.db.now()))?;
        let more = i64::try_from(rows.len()).is_ok_and(|count| count > limit);
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let place = |row: &Row| MomentPlace { at: row.2, dossier_id: row.0.clone(), number: row.1 };
        let next = if more { rows.last().map(place) } else { None };
        Ok((rows, next))
    }
}

/// Cases that are assigned to the actor, when they are few; none when they are many.
///
/// # Errors
/// When storage fails.
pub fn few_cases(conn: &mut AnyConn, actor: &Actor) -> Result<Option<Vec<String>>, DbError> {
    use case_assignment as a;
    let own: Vec<String> = a::table
        .filter(a::user_id.eq(&actor.user_id).and(a::role.eq(actor.role.as_str())).and(a::ended_at.is_null()))
        .select(a::dossier_id)
        .limit(FEW + 1)
        .load(conn)?;
    Ok(i64::try_from(own.len()).is_ok_and(|count| count <= FEW).then_some(own))
}

fn rows(
    conn: &mut AnyConn,
    actor: &Actor,
    (kind, from): (MomentKind, &From),
    limit: i64,
    now: Micros,
) -> Result<Vec<Row>, DbError> {
    use {case_assignment as a, case_moment as m, dossier as d};
    let own = if actor.role == Role::Medewerker {
        // What an advocate works on is few.
        Some(delegations::rights(conn, &actor.user_id, now, None)?.into_keys().collect())
    } else {
        few_cases(conn, actor)?
    };
    let mut query = m::table
        .inner_join(d::table.on(d::id.eq(m::dossier_id)))
        .filter(m::kind.eq(kind.as_str()))
        .order((m::at.asc(), m::dossier_id.asc(), m::number.asc()))
        .limit(limit)
        .select((m::dossier_id, m::number, m::at, m::content, d::reference))
        .into_boxed();
    query = match own {
        Some(own) => query.filter(m::dossier_id.eq_any(own)),
        // Many cases: read by time, and asked of each moment whether its case is theirs, until the page is full.
        None => query.filter(exists(
            a::table.filter(
                a::user_id
                    .eq(&actor.user_id)
                    .and(a::dossier_id.eq(m::dossier_id))
                    .and(a::role.eq(actor.role.as_str()))
                    .and(a::ended_at.is_null()),
            ),
        )),
    };
    query = match from {
        From::Moment(at) => query.filter(m::at.ge(*at)),
        From::Place(place) => {
            let same_case = m::dossier_id.eq(&place.dossier_id).and(m::number.gt(place.number));
            let same_moment = m::at.eq(place.at).and(m::dossier_id.gt(&place.dossier_id).or(same_case));
            query.filter(m::at.ge(place.at)).filter(m::at.gt(place.at).or(same_moment))
        }
    };
    Ok(query.load(conn)?)
}
