//! Limits of law and form per kind of draft, as tables: code, weight, source, message, test.
//!
//! A rule says itself whether it can be left. What cannot be in law (`Impossible`) is refused
//! whatever the reasons; a limit (`Limit`) can be left with a reasoned deviation in the plan,
//! which then stands in the document; a gap or clash (`Open`) must be filled or resolved first.

mod common;
mod gezag;
mod gezag_case;
mod huisverbod;
mod huisverbod_family;
mod intervention;
mod intervention_order;
mod intervention_refused;
mod omgang;
mod omgang_case;
mod omgang_form;
mod positions;

pub(in crate::drafting) use common::{call_unanswered, not_heard};

use super::model::{DraftKind, DraftProblem, ProblemLevel};
use crate::conflicts::model::ConflictReport;
use crate::dossier::model::{Deviation, Dossier};
use chrono::NaiveDate;

/// How a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// Cannot be in law: refused, no deviation.
    Impossible,
    /// A limit that may be left with a reasoned deviation.
    Limit,
    /// Incomplete, or a clash to resolve: holds back finalising.
    Open,
    /// Asks for attention.
    Warning,
    /// Worth knowing.
    Note,
}

/// One rule over a case with plan `P`.
pub(super) struct Rule<P> {
    /// Stable code.
    pub code: &'static str,
    /// Weight.
    pub weight: Weight,
    /// Norm, as cited; empty for mere completeness.
    pub source: &'static str,
    /// What is wrong, in Dutch.
    pub message: &'static str,
    /// Detail when it fires ("" for none), `None` when it does not.
    pub test: fn(&Case<'_, P>) -> Option<String>,
}

/// What every kind of check can look at.
pub(super) struct Case<'a, P> {
    /// The dossier as handed in.
    pub dossier: &'a Dossier,
    /// Clashes and coverage.
    pub conflicts: &'a ConflictReport,
    /// The plan.
    pub plan: &'a P,
    /// Reference date.
    pub on: NaiveDate,
}

/// Checks the plan of one kind.
pub(super) fn check(
    dossier: &Dossier,
    conflicts: &ConflictReport,
    kind: DraftKind,
    on: NaiveDate,
    problems: &mut Vec<DraftProblem>,
) {
    positions::check(dossier, kind, problems);
    let plans = &dossier.plans;
    let planned = match kind {
        DraftKind::Gezag => plans.gezag.as_ref().map(|plan| {
            let case = Case { dossier, conflicts, plan, on };
            // A refusal changes no gezag: only what holds for every decision is asked.
            let holds = |rule: &&Rule<_>| !plan.refused || gezag::OF_EVERY_DECISION.contains(&rule.code);
            run(gezag::RULES.iter().filter(holds), &case, &plan.deviations, problems);
        }),
        DraftKind::Omgang => plans.omgang.as_ref().map(|plan| {
            let case = Case { dossier, conflicts, plan, on };
            run(omgang::RULES.iter().chain(omgang_form::RULES), &case, &plan.deviations, problems);
        }),
        DraftKind::Gedragsinterventie => plans.gedragsinterventie.as_ref().map(|plan| {
            let case = Case { dossier, conflicts, plan, on };
            // What is refused is not ordered: only what holds for every decision is asked.
            let holds = |rule: &&Rule<_>| !plan.refused || intervention_refused::OF_EVERY_DECISION.contains(&rule.code);
            let rules = intervention::RULES.iter().chain(intervention_order::RULES).filter(holds);
            run(rules.chain(intervention_refused::RULES), &case, &plan.deviations, problems);
        }),
        DraftKind::Huisverbod => plans.huisverbod.as_ref().map(|plan| {
            let case = Case { dossier, conflicts, plan, on };
            run(huisverbod::RULES, &case, &plan.deviations, problems);
            run(huisverbod_family::RULES, &case, &plan.deviations, problems);
        }),
    };
    if planned.is_none() {
        problems.push(super::gap(
            "plan_missing",
            "Er is nog niet vastgelegd wat de voorgenomen beslissing is. Het ontwerp bevat daarom invulplekken.",
        ));
    }
}

/// Limits that can be left with a reasoned deviation, per kind: code and words.
pub(super) fn limits(kind: DraftKind) -> Vec<(String, String)> {
    fn of<P>(rules: &'static [Rule<P>]) -> Vec<(String, String)> {
        let limits = rules.iter().filter(|rule| rule.weight == Weight::Limit);
        limits.map(|rule| (rule.code.to_owned(), rule_words(rule))).collect()
    }
    match kind {
        DraftKind::Gezag => of(gezag::RULES),
        DraftKind::Omgang => of(omgang::RULES),
        DraftKind::Gedragsinterventie => {
            [of(intervention::RULES), of(intervention_order::RULES), of(intervention_refused::RULES)].concat()
        }
        DraftKind::Huisverbod => [of(huisverbod::RULES), of(huisverbod_family::RULES)].concat(),
    }
}

fn rule_words<P>(rule: &Rule<P>) -> String {
    if rule.source.is_empty() {
        return rule.message.to_owned();
    }
    format!("{} ({})", rule.message.trim_end_matches('.'), rule.source)
}

/// What a rule guards, in words and with its source; `None` for a code that no rule has.
pub(super) fn limit_words(code: &str) -> Option<String> {
    fn told<P>(rules: &'static [Rule<P>], code: &str) -> Option<String> {
        rules.iter().find(|rule| rule.code == code).map(rule_words)
    }
    told(gezag::RULES, code)
        .or_else(|| told(omgang::RULES, code))
        .or_else(|| told(omgang_form::RULES, code))
        .or_else(|| told(intervention::RULES, code))
        .or_else(|| told(intervention_order::RULES, code))
        .or_else(|| told(intervention_refused::RULES, code))
        .or_else(|| told(huisverbod::RULES, code))
        .or_else(|| told(huisverbod_family::RULES, code))
}

/// Runs a table of rules; a reasoned deviation turns a limit into a warning.
fn run<'r, P: 'r>(
    rules: impl IntoIterator<Item = &'r Rule<P>>,
    case: &Case<'_, P>,
    deviations: &[Deviation],
    problems: &mut Vec<DraftProblem>,
) {
    for rule in rules {
        if let Some(detail) = (rule.test)(case) {
            problems.push(problem(rule, &detail, deviations));
        }
    }
}

fn problem<P>(rule: &Rule<P>, detail: &str, deviations: &[Deviation]) -> DraftProblem {
    let deviation = deviations.iter().find(|deviation| deviation.rule == rule.code);
    let mut message = rule.message.to_owned();
    if !detail.is_empty() {
        message.push(' ');
        message.push_str(detail);
    }
    let level = match (rule.weight, deviation) {
        (Weight::Limit, Some(deviation)) if deviation.from_file => {
            message.push_str(" De afwijking is ingebracht door de griffie; zij telt pas als de rechter haar vastlegt.");
            ProblemLevel::Blocks
        }
        (Weight::Limit, Some(deviation)) => {
            message.push_str(&format!(" Gemotiveerd afgeweken door {}: {}", deviation.by, deviation.reason));
            ProblemLevel::Warns
        }
        (Weight::Limit | Weight::Open, None) | (Weight::Impossible, _) => ProblemLevel::Blocks,
        (Weight::Open, Some(_)) => ProblemLevel::Blocks,
        (Weight::Warning, _) => ProblemLevel::Warns,
        (Weight::Note, _) => ProblemLevel::Notes,
    };
    if deviation.is_some() && matches!(rule.weight, Weight::Impossible | Weight::Open) {
        message.push_str(" Een motivering helpt hier niet: van deze regel kan niet worden afgeweken.");
    }
    DraftProblem {
        code: rule.code.to_owned(),
        level,
        message,
        source: source(rule),
        impossible: rule.weight == Weight::Impossible,
    }
}

fn source<P>(rule: &Rule<P>) -> String {
    if rule.source.is_empty() {
        return String::new();
    }
    let leave = match rule.weight {
        Weight::Impossible | Weight::Open => "; hiervan kan niet worden afgeweken",
        Weight::Limit => "; afwijken kan met een motivering in de beslissing",
        Weight::Warning | Weight::Note => "",
    };
    let mark = if crate::shared::law::is_read(rule.source) { "geverifieerd" } else { "niet geverifieerd" };
    format!("{} ({mark}){leave}", rule.source)
}

/// Fires without detail.
fn when(condition: bool) -> Option<String> {
    condition.then(String::new)
}

/// Fires with names when there are any.
fn names(names: Vec<String>) -> Option<String> {
    (!names.is_empty()).then(|| format!("Het gaat om {}.", super::words::list(&names)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_codes<P>(rules: &'static [Rule<P>]) -> Vec<&'static str> {
        rules.iter().map(|rule| rule.code).collect()
    }

    #[test]
    fn a_deviation_from_any_rule_is_told_in_words() {
        let codes = [
            told_codes(gezag::RULES),
            told_codes(omgang::RULES),
            told_codes(intervention::RULES),
            told_codes(intervention_order::RULES),
            told_codes(intervention_refused::RULES),
            told_codes(huisverbod::RULES),
            told_codes(huisverbod_family::RULES),
        ]
        .concat();
        for code in codes {
            assert!(limit_words(code).is_some_and(|words| words.contains(' ')), "{code}");
        }
        assert_eq!(limit_words("no_such_rule"), None);
    }
}
