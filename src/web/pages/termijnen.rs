//! What ends when in all one's own cases. The list of moments only says where to look; what is shown of a case comes
//! through the gate, and each look is logged.

use super::frame::{Frame, page};
use super::zittingen::{AgendaQuery, day_title};
use crate::audit::View;
use crate::conflicts::model::{Deadline, DeadlineStatus};
use crate::dossier::agenda::{From, MomentPlace};
use crate::dossier::projection::for_reader;
use crate::shared::moment::{Instant, dutch_date, local_date};
use crate::web::case_view::reader_of;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use crate::web::views::conflicts::{DeadlineView, deadline};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

/// Moments that are looked up for one page.
const MOMENTS: i64 = 15;
/// Pages of moments that are looked through before the reader is asked to go on.
const TRIES: usize = 4;
/// Days in the past of which a term that was not met is still shown.
const BEFORE: u64 = 14;
/// Days before its end from which a term draws attention.
const NEAR: u64 = 3;

#[derive(Serialize)]
struct TermsView {
    /// Whether every term is known.
    whole: bool,
    from: String,
    asked: String,
    days: Vec<DayView>,
    next: Option<String>,
}

#[derive(Serialize)]
struct DayView {
    key: String,
    title: String,
    past: bool,
    terms: Vec<TermLine>,
}

#[derive(Serialize)]
struct TermLine {
    id: String,
    reference: String,
    /// Why it draws attention.
    attention: Option<String>,
    deadline: DeadlineView,
}

/// The terms.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: AgendaQuery = request.query()?;
    let today = request.app.today();
    let asked = query.day()?;
    let day = asked.unwrap_or_else(|| today.checked_sub_days(Days::new(BEFORE)).unwrap_or(today));
    let (days, next) = look(request, query.from(day)?, today)?;
    let content = TermsView {
        whole: request.app.agenda_is_whole.load(Ordering::Acquire),
        from: dutch_date(day),
        asked: asked.map(|day| day.to_string()).unwrap_or_default(),
        days,
        next: next.map(|place| query.after("/termijnen", &place)),
    };
    page(request, "termijnen", &Frame::new(request, "Termijnen"), &content)
}

/// Terms from a place on that are not met, by day; goes on while it finds only terms that were.
fn look(request: &Request, mut from: From, today: NaiveDate) -> Result<(Vec<DayView>, Option<MomentPlace>), WebError> {
    let mut next = None;
    for _ in 0..TRIES {
        let (moments, more) = request.app.dossiers.terms(request.actor()?, &from, MOMENTS)?;
        let days = of_moments(request, &moments, today)?;
        next = more;
        match &next {
            Some(place) if days.is_empty() => from = From::Place(place.clone()),
            _ => return Ok((days, next)),
        }
    }
    Ok((Vec::new(), next))
}

fn of_moments(request: &Request, moments: &[(String, Instant)], today: NaiveDate) -> Result<Vec<DayView>, WebError> {
    let wanted: BTreeSet<(&str, Instant)> = moments.iter().map(|(id, at)| (id.as_str(), *at)).collect();
    let ids: BTreeSet<String> = moments.iter().map(|(id, _)| id.clone()).collect();
    let cases = request.app.dossiers.get_several(request.actor()?, &Vec::from_iter(ids), View::Terms)?;
    let mut found: BTreeMap<NaiveDate, Vec<(Instant, TermLine)>> = BTreeMap::new();
    for case in &cases {
        let dossier = for_reader(&case.dossier, &reader_of(&case.dossier, &case.access)?).dossier;
        let id = case.version.dossier_id.as_str();
        let open =
            |term: &&Deadline| !term.planned && term.status != DeadlineStatus::Met && wanted.contains(&(id, term.at));
        for term in crate::conflicts::find(&dossier, today).deadlines.iter().filter(open) {
            let line = TermLine {
                id: id.to_owned(),
                reference: dossier.reference.clone(),
                attention: attention(term, today),
                deadline: deadline(term),
            };
            found.entry(local_date(&term.at)).or_default().push((term.at, line));
        }
    }
    let day = |(day, mut terms): (NaiveDate, Vec<(Instant, TermLine)>)| {
        terms.sort_by_key(|(at, _)| *at);
        DayView {
            key: format!("dag-{day}"),
            title: day_title(day, today),
            past: day < today,
            terms: terms.into_iter().map(|(_, line)| line).collect(),
        }
    };
    Ok(found.into_iter().map(day).collect())
}

/// Why a term draws attention now, in words.
fn attention(term: &Deadline, today: NaiveDate) -> Option<String> {
    if term.status != DeadlineStatus::Running {
        return None;
    }
    let last = term.alarm.as_ref().map(local_date);
    if let Some(last) = last.filter(|last| *last <= today) {
        let when = if last == today { "vandaag".to_owned() } else { dutch_date(last) };
        return Some(format!("De laatste werkdag ervoor is {when}"));
    }
    let near = today.checked_add_days(Days::new(NEAR)).is_some_and(|near| local_date(&term.at) <= near);
    near.then(|| "Eindigt binnen drie dagen".to_owned())
}
