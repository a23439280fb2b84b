//! Times that can be: no end before a start, no event before a birth.

use crate::dossier::model::{Dossier, EventTime};
use crate::intake::Problem;
use chrono::NaiveDate;

const END_FIRST: &str = "Het einde ligt vóór het begin.";

pub(super) fn check(dossier: &Dossier, problems: &mut Vec<Problem>) {
    spans(dossier, problems);
    events(dossier, problems);
    plans(dossier, problems);
}

fn span(from: Option<NaiveDate>, until: Option<NaiveDate>, at: String, problems: &mut Vec<Problem>) {
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        problems.push(Problem::at(at, "end_before_start", END_FIRST));
    }
}

fn spans(dossier: &Dossier, problems: &mut Vec<Problem>) {
    for (index, item) in dossier.relations.iter().enumerate() {
        span(item.since, item.until, format!("/relations/{index}/until"), problems);
    }
    for (index, item) in dossier.gezag.iter().enumerate() {
        span(item.since, item.until, format!("/gezag/{index}/until"), problems);
    }
    for (index, item) in dossier.help.iter().enumerate() {
        span(item.started_on, item.ended_on, format!("/help/{index}/ended_on"), problems);
    }
    for (index, item) in dossier.child_hearings.iter().enumerate() {
        span(item.invited_on, item.held_on, format!("/child_hearings/{index}/held_on"), problems);
    }
    for (at, person) in dossier.persons.iter().enumerate() {
        for (index, item) in person.addresses.iter().enumerate() {
            span(item.since, item.until, format!("/persons/{at}/addresses/{index}/until"), problems);
        }
    }
}

fn events(dossier: &Dossier, problems: &mut Vec<Problem>) {
    for (index, event) in dossier.events.iter().enumerate() {
        if let EventTime::Period { from, until, .. } = &event.time {
            span(*from, *until, format!("/events/{index}/time/until"), problems);
        }
        let Some(last_day) = event.time.last_day() else { continue };
        for (at, exposure) in event.exposure.iter().enumerate() {
            let unborn =
                dossier.find_person(&exposure.child).and_then(|child| child.born).is_some_and(|born| last_day < born);
            if unborn && exposure.how.is_exposed() {
                let message = "Het kind was nog niet geboren toen dit gebeurde.";
                problems.push(Problem::at(format!("/events/{index}/exposure/{at}"), "before_birth", message));
            }
        }
        for (at, statement) in event.statements.iter().enumerate() {
            if let (Some(made_on), Some(first)) = (statement.made_on, event.time.first_day())
                && made_on < first
            {
                let message = "De verklaring is ouder dan wat zij beschrijft.";
                problems.push(Problem::at(
                    format!("/events/{index}/statements/{at}/made_on"),
                    "statement_before_event",
                    message,
                ));
            }
        }
    }
}

fn plans(dossier: &Dossier, problems: &mut Vec<Problem>) {
    if let Some(plan) = &dossier.plans.gezag {
        span(plan.order_date, plan.lapse_date, "/plans/gezag/lapse_date".to_owned(), problems);
        span(plan.order_date, plan.fixed_end, "/plans/gezag/fixed_end".to_owned(), problems);
    }
    for (index, child) in dossier.plans.omgang.iter().flat_map(|plan| &plan.children).enumerate() {
        span(child.starts_on, child.until, format!("/plans/omgang/children/{index}/until"), problems);
    }
}
