//! Which events fit a query.

use super::truth::{Fit, Hit, Tally};
use super::world::{Binding, EventView, Who, World};
use crate::assessment::language::{AnnexFilter, EventQuery, IfNone, Period, Role, Trend};
use crate::dossier::model::{Event, EventKind, EventTime, Evidence, Exposure, Statement};
use chrono::{Days, NaiveDate};

impl<'a> World<'a> {
    /// What an event query finds.
    pub fn tally_events(&self, query: &EventQuery, binding: &Binding<'a>) -> Tally<'a> {
        let wants_sources = query.independent_sources.unwrap_or(1);
        let refuted = query.evidence.contains(&Evidence::Refuted);
        let hits = self
            .find_events(query, binding)
            .map(|(view, fit)| Hit {
                rank: view.rank,
                evidence: if refuted { Evidence::Established } else { view.evidence },
                sure: fit == Fit::Yes,
                sources: if wants_sources > 1 { self.independent_sources(view.event) } else { Vec::new() },
            })
            .collect();
        Tally {
            hits,
            at_least: query.at_least.unwrap_or(1),
            sources: wants_sources,
            if_none: query.if_none.unwrap_or(IfNone::Unknown),
            floor: query.status,
        }
    }

    /// Such events of late, when there are more of them than in as many days before. Earlier events count
    /// however uncertain they are, so that doubt about the past never makes a trend.
    pub fn tally_trend(&self, trend: &Trend, binding: &Binding<'a>) -> Tally<'a> {
        let recent = EventQuery {
            within: Some(Period { last_days: Some(trend.days), ..trend.events.within.clone().unwrap_or_default() }),
            ..trend.events.clone()
        };
        let mut tally = self.tally_events(&recent, binding);
        let from = self.on.checked_sub_days(Days::new(u64::from(trend.days) * 2)).unwrap_or(self.on);
        let earlier = self.find_events(&trend.events, binding).filter(|(view, _)| {
            let refuted = view.evidence == Evidence::Refuted;
            let recent = tally.hits.binary_search_by_key(&view.rank, |hit| hit.rank).is_ok();
            !refuted && !recent && not_before(&view.event.time, from) != Fit::No
        });
        let least = earlier.count().saturating_add(1).max(2);
        tally.at_least = least;
        tally
    }

    /// Events that fit, or may fit, a query.
    pub fn find_events<'q>(
        &'q self,
        query: &'q EventQuery,
        binding: &'q Binding<'a>,
    ) -> impl Iterator<Item = (&'q EventView<'a>, Fit)> {
        self.events.iter().map(|view| (view, self.event_fits(query, view, binding))).filter(|(_, fit)| *fit != Fit::No)
    }

    fn event_fits(&self, query: &EventQuery, view: &EventView<'a>, binding: &Binding<'a>) -> Fit {
        let certainty = query.evidence.is_empty() || query.evidence.contains(&view.evidence);
        if !certainty || !conduct_fits(query, view.event) {
            return Fit::No;
        }
        let steps: [&dyn Fn() -> Fit; 5] = [
            &|| self.persons_fit(query, view, binding),
            &|| self.exposure_fits(query, view, binding),
            &|| frequency_fits(query, view.event),
            &|| self.breach_fits(query, view.event),
            &|| query.within.as_ref().map_or(Fit::Yes, |period| self.period_fits(period, view.event, binding)),
        ];
        let mut least = Fit::Yes;
        for step in steps {
            least = least.min(step());
            if least == Fit::No {
                break;
            }
        }
        least
    }

    fn persons_fit(&self, query: &EventQuery, view: &EventView<'a>, binding: &Binding<'a>) -> Fit {
        let actor_fits = |who: &Who| {
            query.actor.is_none_or(|role| self.has_role(role, *who, view.targets.first().copied(), binding))
        };
        let target_of = |role: Role, actor: Option<Who>| {
            view.targets.iter().any(|who| Some(*who) != actor && self.has_role(role, *who, actor, binding))
        };
        if query.actor.is_none() && query.target.is_none() {
            return Fit::Yes;
        }
        let fitting = || view.actors.iter().copied().filter(|who| actor_fits(who));
        let by_actor = match (query.actor, view.actors.len(), fitting().count()) {
            (None, _, _) => Fit::Yes,
            (Some(_), 0, _) => Fit::Maybe,
            (Some(_), _, 0) => Fit::No,
            // Two actors mean both, or that it is unclear which; nothing is pinned on one of them.
            (Some(_), all, some) => {
                if all == some {
                    Fit::Yes
                } else {
                    Fit::Maybe
                }
            }
        };
        let by_target = match query.target {
            None => Fit::Yes,
            Some(_) if view.targets.is_empty() => Fit::Maybe,
            Some(role) if view.actors.is_empty() => Fit::when(target_of(role, None)),
            Some(role) => Fit::when(fitting().any(|actor| target_of(role, Some(actor)))),
        };
        by_actor.min(by_target)
    }

    fn exposure_fits(&self, query: &EventQuery, view: &EventView<'a>, binding: &Binding<'a>) -> Fit {
        let Some(role) = query.exposed else { return Fit::Yes };
        let children = self.everyone().filter(|who| self.is_child(*who) && self.has_role(role, *who, None, binding));
        children.map(|child| self.exposure_of(child, view)).max().unwrap_or(Fit::No)
    }

    fn exposure_of(&self, child: Who, view: &EventView<'a>) -> Fit {
        if view.targets.contains(&child) {
            return Fit::Yes;
        }
        let id = self.id(child);
        let told = view.event.exposure.iter().filter(|item| item.child.as_str() == id).map(|item| match item.how {
            Exposure::Unknown => Fit::Maybe,
            how => Fit::when(how.is_exposed()),
        });
        told.max().unwrap_or_else(|| Fit::when(!self.not_yet_born(child, view.event)).min(Fit::Maybe))
    }

    fn not_yet_born(&self, child: Who, event: &Event) -> bool {
        self.born(child).zip(event.time.last_day()).is_some_and(|(born, last)| last < born)
    }

    fn breach_fits(&self, query: &EventQuery, event: &Event) -> Fit {
        if query.breach_of.is_empty() {
            return Fit::Yes;
        }
        let breached = event.breach_of.as_ref().and_then(|id| self.dossier.find_measure(id));
        match breached {
            Some(measure) => Fit::when(query.breach_of.contains(&measure.instrument)),
            None if event.kind == EventKind::BreachOfMeasure => Fit::Maybe,
            None => Fit::No,
        }
    }

    fn period_fits(&self, period: &Period, event: &Event, binding: &Binding<'a>) -> Fit {
        let mut fit = Fit::Yes;
        if let Some(days) = period.last_days {
            let from = self.on.checked_sub_days(Days::new(u64::from(days))).unwrap_or(self.on);
            let begun = event.time.first_day().is_none_or(|first| first <= self.on);
            fit = fit.min(not_before(&event.time, from)).min(Fit::when(begun));
        }
        if !period.after_measure.is_empty() {
            fit = fit.min(match self.newest_measure(&period.after_measure, binding) {
                Some(day) => after(&event.time, day),
                None => Fit::No,
            });
        }
        if period.after_separation {
            fit = fit.min(self.separated_on.map_or(Fit::Maybe, |day| not_before(&event.time, day)));
        }
        fit
    }
}

fn conduct_fits(query: &EventQuery, event: &Event) -> bool {
    let sign = query.signs.iter().any(|sign| event.signs.contains(sign));
    let kind = query.kinds.contains(&event.kind);
    let asked = if query.kind_or_sign {
        kind || sign
    } else {
        (query.kinds.is_empty() || kind) && (query.signs.is_empty() || sign)
    };
    asked
        && (!query.violence || event.kind.is_violence())
        && !query.without_signs.iter().any(|sign| event.signs.contains(sign))
        && (query.statements.is_empty() || event.statements.iter().any(|said| statement_fits(query, event, said)))
        && (query.answers.is_empty() || event.answers.iter().any(|said| query.answers.contains(&said.stance)))
        && match query.annex {
            None => true,
            Some(AnnexFilter::Tagged) => event.besluit_annex.is_some(),
            Some(AnnexFilter::Untagged) => event.besluit_annex.is_none(),
        }
}

fn statement_fits(query: &EventQuery, event: &Event, said: &Statement) -> bool {
    let own = || event.targets.iter().any(|target| target.as_str() == said.by.as_str());
    query.statements.contains(&said.kind) && (!query.own_statement || own())
}

fn frequency_fits(query: &EventQuery, event: &Event) -> Fit {
    match (query.frequency, event.frequency) {
        (None, _) => Fit::Yes,
        (Some(_), None) => Fit::Maybe,
        (Some(least), Some(told)) => Fit::when(told >= least),
    }
}

/// Whether something went on on or after a day.
fn not_before(time: &EventTime, day: NaiveDate) -> Fit {
    match (time.first_day(), time.last_day()) {
        (_, Some(last)) => Fit::when(last >= day),
        (Some(first), None) if first >= day => Fit::Yes,
        _ => Fit::Maybe,
    }
}

/// Whether something went on after a day; on the day itself the hour is not known well enough.
fn after(time: &EventTime, day: NaiveDate) -> Fit {
    match (time.first_day(), time.last_day()) {
        (_, Some(last)) if last > day => Fit::Yes,
        (_, Some(last)) if last == day => Fit::Maybe,
        (_, Some(_)) => Fit::No,
        (Some(first), None) if first > day => Fit::Yes,
        _ => Fit::Maybe,
    }
}
