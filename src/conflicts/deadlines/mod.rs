//! Deadlines as rules: one file per area, each with its table of cases beside it.
//!
//! Every deadline says who acts, what happens when nothing is done, and from which fact it is
//! counted. The Algemene termijnenwet moves only terms in which something must be done; where it
//! does not apply, an alarm falls on the last working day before.

mod appeal;
mod criminal;
mod family;
pub(super) mod huisverbod;
pub(super) mod provisional;

use super::case::Case;
use super::model::{Deadline, DeadlineStatus};
use super::sources::{Source, source};
use crate::dossier::model::{Hearing, Matter};
use crate::shared::ids::FactId;
use crate::shared::moment::{Instant, dutch_moment, local_date};
use crate::shared::terms::{end_of_day, last_working_day_before};
use chrono::NaiveDate;

/// All deadlines, in order of time.
pub(super) fn find(case: &Case<'_>, bans: &super::bans::Bans<'_>) -> Vec<Deadline> {
    let mut all = Vec::new();
    huisverbod::find(case, bans, &mut all);
    criminal::find(case, &mut all);
    provisional::find(case, &mut all);
    family::find(case, &mut all);
    appeal::find(case, &mut all);
    all.sort_by(|a, b| (a.at, &a.fact, &a.what).cmp(&(b.at, &b.fact, &b.what)));
    all.dedup();
    all
}

/// What a rule knows of a deadline.
struct Term<'w> {
    what: String,
    at: Instant,
    rule: String,
    source: Source,
    who: &'w str,
    if_missed: String,
    fact: FactId,
    /// Whether the dossier shows the act in time.
    met: bool,
    /// Whether to warn on the last working day before, because nothing prolongs the term.
    alarm: bool,
}

impl Term<'_> {
    fn into_deadline(self, case: &Case<'_>) -> Deadline {
        let status = match (self.met, self.at < case.now) {
            (true, _) => DeadlineStatus::Met,
            (false, true) => DeadlineStatus::Missed,
            (false, false) => DeadlineStatus::Running,
        };
        let legal_source = source(self.source);
        Deadline {
            what: self.what,
            at: self.at,
            rule: self.rule,
            source: legal_source.reference.clone(),
            legal_source,
            status,
            who: self.who.to_owned(),
            if_missed: self.if_missed,
            fact: self.fact,
            planned: false,
            alarm: self.alarm.then(|| end_of_day(last_working_day_before(local_date(&self.at)))),
        }
    }
}

impl Deadline {
    /// Counted from what a draft intends: told as such, and nobody is reminded of it.
    fn if_followed(mut self) -> Self {
        self.what = format!("Als het ontwerp wordt gevolgd: {}", lower_first(&self.what));
        self.planned = true;
        self.alarm = None;
        self
    }
}

fn lower_first(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_lowercase().chain(signs).collect()).unwrap_or_default()
}

/// Whether a hearing was held by a deadline, and a remark on one that is still planned.
fn hearing_by(case: &Case<'_>, hearings: &[Hearing], after: NaiveDate, at: &Instant) -> (bool, String) {
    let first = hearings.iter().map(|hearing| hearing.at).filter(|hearing| local_date(hearing) >= after).min();
    match first {
        Some(hearing) if hearing < case.now => {
            let words = if hearing <= *at { "" } else { "; dat was na deze termijn" };
            (hearing <= *at, format!(" De zitting was op {}{words}.", dutch_moment(&hearing)))
        }
        Some(hearing) => {
            let words = if hearing <= *at { "binnen deze termijn" } else { "dat is na deze termijn" };
            (false, format!(" De zitting staat gepland op {}; {words}.", dutch_moment(&hearing)))
        }
        None => (false, " In het dossier staat geen zitting.".to_owned()),
    }
}

/// Whether a step of the proceedings within a period names an act, by a word.
fn step_names(matter: &Matter, word: &str, from: NaiveDate, until: NaiveDate) -> bool {
    matter.steps.iter().any(|step| step.on >= from && step.on <= until && step.what.to_lowercase().contains(word))
}
