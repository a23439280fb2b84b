//! What the judge or mayor intends, as a condition.

use super::truth::Fit;
use super::world::{Binding, World};
use crate::assessment::language::PlanQuery;
use crate::dossier::model::{OmgangChildPlan, OmgangPlan};

impl<'a> World<'a> {
    /// Whether a plan is as asked. Without that plan the answer is no.
    pub fn plan_fits(&self, query: &PlanQuery, binding: &Binding<'a>) -> Fit {
        let plans = &self.dossier.plans;
        match query {
            PlanQuery::Gezag { basis } => {
                Fit::when(plans.gezag.as_ref().is_some_and(|plan| basis.is_empty() || basis.contains(&plan.basis)))
            }
            PlanQuery::Omgang { .. } => {
                plans.omgang.as_ref().map_or(Fit::No, |plan| self.omgang_fits(query, plan, binding))
            }
            PlanQuery::Gedragsinterventie { basis, programmes, provider } => {
                let Some(plan) = &plans.gedragsinterventie else { return Fit::No };
                let programme = match plan.programme {
                    _ if programmes.is_empty() => Fit::Yes,
                    None => Fit::Maybe,
                    Some(programme) => Fit::when(programmes.contains(&programme)),
                };
                Fit::when(basis.is_empty() || basis.contains(&plan.basis))
                    .min(programme)
                    .min(named(*provider, plan.provider.is_some()))
            }
            PlanQuery::Extension { heard, lighter_measures, danger_facts } => {
                let Some(plan) = plans.huisverbod.as_ref().and_then(|plan| plan.granted_extension()) else {
                    return Fit::No;
                };
                // A hearing that is still to come has not been held, and may not be.
                let to_come = plan.heard_on.is_some_and(|day| day > self.on);
                let held = if heard.is_some() && to_come { Fit::Maybe } else { named(*heard, plan.heard_on.is_some()) };
                held.min(named(*lighter_measures, plan.lighter_measures.is_some()))
                    .min(named(*danger_facts, !plan.danger_facts.is_empty()))
            }
        }
    }

    fn omgang_fits(&self, query: &PlanQuery, plan: &OmgangPlan, binding: &Binding<'a>) -> Fit {
        let parent = binding.parent.is_none_or(|who| self.id(who) == plan.parent.as_str());
        let of_child = plan
            .children
            .iter()
            .filter(|item| binding.child.is_none_or(|who| self.id(who) == item.child.as_str()))
            .map(|item| child_plan_fits(query, item, plan.joint_talks_as_condition).min(safeguards_fit(query, item)));
        Fit::when(parent).min(whole_plan_fits(query, plan)).min(of_child.max().unwrap_or(Fit::No))
    }
}

fn child_plan_fits(query: &PlanQuery, item: &OmgangChildPlan, joint: bool) -> Fit {
    let PlanQuery::Omgang { forms, ground, supervision, adults_meet, term, joint_talks, .. } = query else {
        return Fit::No;
    };
    let meets = item.handover.as_ref().and_then(|handover| handover.adults_meet);
    Fit::when(forms.is_empty() || forms.contains(&item.form))
        .min(named(*ground, !item.grounds.is_empty()))
        .min(named(*supervision, item.supervision.is_some()))
        .min(named(*term, item.until.is_some() && item.evaluation_on.is_some()))
        .min(named(*joint_talks, joint))
        .min(Fit::wanted(meets, *adults_meet))
}

/// What makes contact safe: stop criteria, evaluation, checkable conditions, the supervisor and the handover.
fn safeguards_fit(query: &PlanQuery, item: &OmgangChildPlan) -> Fit {
    let PlanQuery::Omgang {
        stop_criteria,
        evaluation,
        checkable,
        supervisor_reports,
        supervisor_volunteers,
        supervisor_agreed,
        handover_via,
        ..
    } = query
    else {
        return Fit::No;
    };
    let all_checkable = !item.conditions.is_empty()
        && item.conditions.iter().all(|condition| {
            condition.shown_by.is_some() && condition.checked_by.is_some() && condition.by_date.is_some()
        });
    let supervisor = item.supervision.as_ref();
    named(*stop_criteria, !item.stop_criteria.is_empty())
        .min(named(*evaluation, item.evaluation_on.is_some() && item.evaluated_by.is_some()))
        .min(named(*checkable, all_checkable))
        .min(named(*handover_via, item.handover.as_ref().is_some_and(|handover| handover.via.is_some())))
        .min(Fit::wanted(supervisor.and_then(|by| by.reports), *supervisor_reports))
        .min(Fit::wanted(supervisor.and_then(|by| by.volunteers), *supervisor_volunteers))
        .min(Fit::wanted(supervisor.and_then(|by| by.agreed), *supervisor_agreed))
}

fn whole_plan_fits(query: &PlanQuery, plan: &OmgangPlan) -> Fit {
    let PlanQuery::Omgang { information, dwangsom, .. } = query else { return Fit::No };
    let duty = match plan.information {
        _ if information.is_empty() => Fit::Yes,
        None => Fit::Maybe,
        Some(duty) => Fit::when(information.contains(&duty)),
    };
    duty.min(named(*dwangsom, plan.dwangsom_euro.is_some()))
}

fn named(wanted: Option<bool>, there: bool) -> Fit {
    Fit::when(wanted.is_none_or(|wanted| wanted == there))
}
