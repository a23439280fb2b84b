//! What of a case is found by time: hearings, and ends of terms. Derived from each version in the transaction that
//! stores it, and once more at the start for cases of before (`catch_up`). Nothing here is a source: it can be thrown
//! away and derived again, so a backup leaves it out.
//!
//! That a matter is heard, when and where, every reader of a case may know, so a hearing is kept in full. Of a term
//! only the moment is kept, to find the case by: what it says is read through the gate each time it is shown.

use super::error::DossierError;
use super::model::{Dossier, MatterKind};
use super::service::Dossiers;
use super::store;
use crate::db::schema::{case_moment, case_moment_state, dossier};
use crate::db::{AnyConn, DbError, Job, Micros, instant_of};
use crate::shared::moment::{Instant, local_date};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts when the terms of a case end, on a day.
pub type Terms = fn(&Dossier, NaiveDate) -> Vec<Instant>;

/// Of the way in which moments are derived; one higher makes every start derive them all again. A test holds it to
/// what is derived of the family of the demonstration.
pub const RULES: i64 = 1;

/// Cases that are derived again in one transaction.
const AT_ONCE: i64 = 100;

/// How moments are derived.
#[derive(Clone, Copy, Debug, Default)]
pub struct Moments {
    terms: Option<Terms>,
}

/// A hearing of one case: matters that are heard together have one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HearingMoment {
    /// "combizitting", "mondelinge behandeling"; more than one when the matters call it differently.
    pub forms: Vec<String>,
    /// What is heard.
    pub matters: Vec<MatterKind>,
    /// Courts or authorities; more than one when their matters are heard together.
    pub courts: Vec<String>,
    /// Place of sitting.
    pub place: Option<String>,
    /// Where in the building.
    pub room: Option<String>,
}

/// What a case has at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentKind {
    /// A hearing.
    Hearing,
    /// The end of a term.
    Term,
}

impl MomentKind {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hearing => "zitting",
            Self::Term => "termijn",
        }
    }
}

/// The moments of one version.
pub(super) struct Derived {
    rules: i64,
    rows: Vec<(MomentKind, i64, Micros, String)>,
}

impl Moments {
    /// Hearings, and ends of terms as these rules count them.
    #[must_use]
    pub fn counting(terms: Terms) -> Self {
        Self { terms: Some(terms) }
    }

    fn rules(self) -> i64 {
        RULES * 2 + i64::from(self.terms.is_some())
    }

    pub(super) fn of(self, dossier: &Dossier, now: Micros) -> Result<Derived, DossierError> {
        let mut rows = Vec::new();
        for ((at, ..), hearing) in hearings(dossier) {
            let content = serde_json::to_string(&hearing).map_err(|_| DossierError::Unreadable)?;
            rows.push((MomentKind::Hearing, at.timestamp_micros(), content));
        }
        let today = local_date(&instant_of(now));
        let mut ends = self.terms.map(|terms| terms(dossier, today)).unwrap_or_default();
        ends.sort_unstable();
        ends.dedup();
        rows.extend(ends.into_iter().map(|at| (MomentKind::Term, at.timestamp_micros(), String::new())));
        let numbered = (1..).zip(rows).map(|(number, (kind, at, content))| (kind, number, at, content)).collect();
        Ok(Derived { rules: self.rules(), rows: numbered })
    }
}

/// Hearings by moment, place and room, in order of time.
fn hearings(dossier: &Dossier) -> BTreeMap<(Instant, Option<&str>, Option<&str>), HearingMoment> {
    let mut found: BTreeMap<_, HearingMoment> = BTreeMap::new();
    for matter in &dossier.matters {
        for hearing in &matter.hearings {
            let place = matter.authority.place.as_deref();
            let one = found.entry((hearing.at, place, hearing.room.as_deref())).or_insert(HearingMoment {
                forms: Vec::new(),
                matters: Vec::new(),
                courts: Vec::new(),
                place: place.map(str::to_owned),
                room: hearing.room.clone(),
            });
            if !one.forms.contains(&hearing.kind) {
                one.forms.push(hearing.kind.clone());
            }
            if !one.matters.contains(&matter.kind) {
                one.matters.push(matter.kind);
            }
            if !one.courts.contains(&matter.authority.name) {
                one.courts.push(matter.authority.name.clone());
            }
        }
    }
    found
}

impl Derived {
    /// Puts these moments in the place of those of the version before.
    pub(super) fn put(&self, tx: &mut AnyConn, id: &str, version: i64) -> Result<(), DbError> {
        use {case_moment as m, case_moment_state as s};
        diesel::delete(m::table.filter(m::dossier_id.eq(id))).execute(tx)?;
        for (kind, number, at, content) in &self.rows {
            diesel::insert_into(m::table)
                .values((
                    m::dossier_id.eq(id),
                    m::kind.eq(kind.as_str()),
                    m::number.eq(number),
                    m::at.eq(at),
                    m::content.eq(content),
                ))
                .execute(tx)?;
        }
        let of = (s::version.eq(version), s::rules.eq(self.rules));
        if diesel::update(s::table.find(id)).set(of).execute(tx)? == 0 {
            diesel::insert_into(s::table).values((s::dossier_id.eq(id), of)).execute(tx)?;
        }
        Ok(())
    }
}

impl Dossiers {
    /// Derives the moments of every case of which they are missing or come from another version or other rules: of
    /// before this table was there, or of a backup that was put back. Gives how many cases. A case that cannot be
    /// read is passed over; whoever opens it is told.
    ///
    /// # Errors
    /// When storage fails.
    pub fn catch_up(&self) -> Result<usize, DossierError> {
        let (mut after, mut derived) = (String::new(), 0);
        loop {
            let from = after.clone();
            let stale = self.db.read(Job::Agenda, |conn| stale(conn, &from, self.moments.rules()))?;
            let Some(last) = stale.last() else { return Ok(derived) };
            after.clone_from(last);
            let (moments, now) = (self.moments, self.db.now());
            derived += self.db.write(Job::Agenda, move |tx| again(tx, moments, &stale, now))?;
        }
    }
}

/// Cases after a case whose moments are not those of their current version by these rules.
fn stale(conn: &mut AnyConn, after: &str, rules: i64) -> Result<Vec<String>, DbError> {
    use {case_moment_state as s, dossier as d};
    let current = s::dossier_id.eq(d::id).and(s::version.eq(d::current_version)).and(s::rules.eq(rules));
    Ok(d::table
        .left_join(s::table.on(current))
        .filter(d::id.gt(after).and(s::dossier_id.is_null()))
        .order(d::id.asc())
        .limit(AT_ONCE)
        .select(d::id)
        .load(conn)?)
}

fn again(tx: &mut AnyConn, moments: Moments, ids: &[String], now: Micros) -> Result<usize, DossierError> {
    let mut derived = 0;
    for id in ids {
        let Some((_, version, content)) = store::find_current(tx, id)? else { continue };
        let Ok(dossier) = serde_json::from_str::<Dossier>(&content) else { continue };
        moments.of(&dossier, now)?.put(tx, id, version)?;
        derived += 1;
    }
    Ok(derived)
}
