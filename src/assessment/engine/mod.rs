//! Evaluates frameworks on one dossier: runs the queries of each rule on the dossier as it may be
//! used in the criterion's domain, reads the rule in three views, searches hinge facts, and
//! applies the fairness rules. Deterministic; the order of facts in the file does not matter.

mod asking;
mod events;
mod fairness;
mod hinge;
mod measures;
mod memo;
mod outcomes;
mod plans;
mod questions;
mod records;
mod rule;
mod truth;
mod world;

use super::explanation::{self, Subject};
use super::frameworks::{FrameworkSet, LoadedFramework};
use super::language::{Condition, Criterion, Threshold};
use super::model::{Assessment, Finding, MissingFact, Outcome, Unanswered, Views, Withheld};
use super::receipt;
use crate::dossier::model::{Domain, Dossier, Evidence, JudgeAnswer, JudgeWords};
use crate::dossier::projection::{self, Projection};
use crate::shared::ids::FactId;
use chrono::NaiveDate;
use fairness::Ground;
pub use fairness::class_ceiling;
pub use outcomes::{Answered, outcomes};
pub use questions::{CRITICAL_SIGNS, is_critical, question_of};
use rule::{Builder, Rule};
use std::collections::BTreeMap;
pub use truth::Truth;
use truth::{Rank, View};
use world::{Binding, World};

/// Id of the framework that is always run.
pub const FAIRNESS: &str = "00-fairness";

/// Why nothing could be assessed.
#[derive(Debug, thiserror::Error)]
pub enum AssessError {
    /// A framework was asked for that is not there.
    #[error("Er is geen toetsingskader met de naam \"{0}\". Bekend zijn: {1}.")]
    UnknownFramework(String, String),
    /// The dossier could not be written as JSON for its hash.
    #[error("Van dit dossier kan geen controlegetal worden gemaakt.")]
    Hash(#[from] serde_json::Error),
}

/// Runs frameworks on a dossier for one day; an empty `only` runs them all. The fairness
/// framework is always run, when the set has it.
///
/// # Errors
/// When `only` names a framework that is not in the set.
pub fn assess(
    dossier: &Dossier,
    frameworks: &FrameworkSet,
    on: NaiveDate,
    only: &[String],
) -> Result<Assessment, AssessError> {
    let chosen = choose(frameworks, only)?;
    let projections = project(dossier, &chosen);
    let worlds: BTreeMap<Domain, World<'_>> = projections
        .iter()
        .map(|(domain, projection)| (*domain, World::new(&projection.dossier, *domain, on)))
        .collect();
    let mut judged: Vec<Judged<'_, '_>> = Vec::new();
    for loaded in &chosen {
        for (domain, criterion) in asked_in(dossier, loaded) {
            if let Some(world) = worlds.get(&domain) {
                judged.extend(judge_criterion(loaded, criterion, world));
            }
        }
    }
    let questions = questions::questions(&judged);
    Ok(Assessment {
        receipt: receipt::receipt(dossier, &chosen, on)?,
        findings: judged.into_iter().map(|item| item.finding).collect(),
        questions,
        withheld: withheld(&projections),
    })
}

fn choose<'f>(frameworks: &'f FrameworkSet, only: &[String]) -> Result<Vec<&'f LoadedFramework>, AssessError> {
    let all = frameworks.frameworks();
    if let Some(unknown) = only.iter().find(|id| !all.iter().any(|loaded| loaded.framework.id == **id)) {
        let known = all.iter().map(|loaded| loaded.framework.id.as_str()).collect::<Vec<_>>().join(", ");
        return Err(AssessError::UnknownFramework(unknown.clone(), known));
    }
    let wanted = |loaded: &&LoadedFramework| {
        only.is_empty() || loaded.framework.id == FAIRNESS || only.contains(&loaded.framework.id)
    };
    Ok(all.iter().filter(wanted).collect())
}

fn domain_of(loaded: &LoadedFramework, criterion: &Criterion) -> Domain {
    criterion.domain.unwrap_or(loaded.framework.domain)
}

/// Each criterion with the domain in which it is asked: its own, and then the others of its framework in which the
/// dossier has a matter.
fn asked_in<'f>(dossier: &Dossier, loaded: &'f LoadedFramework) -> Vec<(Domain, &'f Criterion)> {
    let criteria = &loaded.framework.criteria;
    let mut asked: Vec<(Domain, &Criterion)> = criteria.iter().map(|item| (domain_of(loaded, item), item)).collect();
    for domain in &loaded.framework.also_in {
        if dossier.matters.iter().any(|matter| matter.domain == *domain) {
            asked.extend(criteria.iter().filter(|item| domain_of(loaded, item) != *domain).map(|item| (*domain, item)));
        }
    }
    asked
}

/// Id of a criterion as asked in a domain: "FA1", or "FA1-straf" outside its own domain.
fn id_in(loaded: &LoadedFramework, criterion: &Criterion, domain: Domain) -> String {
    if domain_of(loaded, criterion) == domain {
        return criterion.id.clone();
    }
    let place = match domain {
        Domain::Criminal => "straf",
        Domain::Administrative => "bestuur",
        Domain::Family => "familie",
    };
    format!("{}-{place}", criterion.id)
}

fn project(dossier: &Dossier, chosen: &[&LoadedFramework]) -> BTreeMap<Domain, Projection> {
    let domains = chosen.iter().flat_map(|loaded| asked_in(dossier, loaded).into_iter().map(|(domain, _)| domain));
    let domains: std::collections::BTreeSet<Domain> = domains.collect();
    domains.into_iter().map(|domain| (domain, projection::for_domain(dossier, domain))).collect()
}

fn withheld(projections: &BTreeMap<Domain, Projection>) -> Vec<Withheld> {
    let mut all: Vec<Withheld> = Vec::new();
    for (domain, projection) in projections {
        all.extend(projection.withheld.iter().map(|(reason, items)| Withheld {
            domain: *domain,
            reason: reason.explanation().to_owned(),
            source: reason.source(),
            items: *items,
        }));
    }
    all
}

/// A finding with what the questions need.
struct Judged<'w, 'a> {
    finding: Finding,
    /// Facts that wait for an answer of who acted.
    waits: Vec<Rank>,
    /// Hinge facts.
    hinge: Vec<Rank>,
    world: &'w World<'a>,
}

fn judge_criterion<'w, 'a>(
    loaded: &'a LoadedFramework,
    criterion: &'a Criterion,
    world: &'w World<'a>,
) -> Vec<Judged<'w, 'a>> {
    let bindings = world.bindings(criterion.for_each);
    if bindings.is_empty() {
        return vec![not_applicable(loaded, criterion, world, &Binding::default())];
    }
    bindings.iter().map(|binding| judge_binding(loaded, criterion, world, binding)).collect()
}

fn build<'a>(
    loaded: &'a LoadedFramework,
    condition: &'a Condition,
    world: &World<'a>,
    binding: &Binding<'a>,
    answer: Option<JudgeAnswer>,
) -> Rule<'a> {
    let answer = answer.map(|answer| match answer {
        JudgeAnswer::Met => Truth::True,
        JudgeAnswer::NotMet => Truth::False,
        JudgeAnswer::Undecided => Truth::Open,
    });
    Builder::build(world, binding, &loaded.framework.definitions, condition, answer)
}

fn judge_binding<'w, 'a>(
    loaded: &'a LoadedFramework,
    criterion: &'a Criterion,
    world: &'w World<'a>,
    binding: &Binding<'a>,
) -> Judged<'w, 'a> {
    let Some(gate) = &criterion.applies_when else { return judge_rule(loaded, criterion, world, binding) };
    let gate = build(loaded, gate, world, binding, None);
    match gate.truth(View::AtLeast(Threshold::Alleged)) {
        Truth::True | Truth::Open => judge_rule(loaded, criterion, world, binding),
        Truth::False => not_applicable(loaded, criterion, world, binding),
        Truth::Missing => {
            let mut judged = not_applicable(loaded, criterion, world, binding);
            judged.finding.outcome = Outcome::MissingFacts;
            judged.finding.views = all_views(Outcome::MissingFacts);
            let missing = missing_facts(loaded, criterion, &gate, View::AtLeast(Threshold::Alleged));
            judged.finding.missing = addressed(missing, world, binding);
            judged.finding.explanation = explanation::applicability_unknown(&judged.finding.missing);
            judged.finding.summary.clone_from(&judged.finding.explanation);
            judged.finding.to_do.clear();
            judged
        }
    }
}

fn judge_rule<'w, 'a>(
    loaded: &'a LoadedFramework,
    criterion: &'a Criterion,
    world: &'w World<'a>,
    binding: &Binding<'a>,
) -> Judged<'w, 'a> {
    let heading = blank(loaded, criterion, world, binding);
    let answer = heading.judge.as_ref().and_then(|words| words.answer);
    if answer.is_none() {
        return weigh(loaded, criterion, world, binding, heading);
    }
    let bare = weigh(loaded, criterion, world, binding, Finding { judge: None, ..heading.clone() }).finding;
    let mut judged = weigh(loaded, criterion, world, binding, heading);
    judged.finding.unanswered = Some(Box::new(Unanswered {
        outcome: bare.outcome,
        views: bare.views,
        missing: bare.missing,
        effects: bare.effects,
        summary: bare.summary,
    }));
    judged
}

/// Applies the rule of a criterion, with the answer of the judge that its heading has.
fn weigh<'w, 'a>(
    loaded: &'a LoadedFramework,
    criterion: &'a Criterion,
    world: &'w World<'a>,
    binding: &Binding<'a>,
    heading: Finding,
) -> Judged<'w, 'a> {
    let answer = heading.judge.as_ref().and_then(|words| words.answer);
    let rule = build(loaded, &criterion.rule, world, binding, answer);
    let domain = world.domain;
    let view = View::Outcome(domain);
    let outcome = rule.truth(view).outcome();
    let in_view = |least| rule.truth(View::AtLeast(least)).outcome();
    let views = Views {
        established: in_view(Threshold::Admitted),
        plausible: in_view(Threshold::Plausible),
        contested: in_view(Threshold::Alleged),
    };
    let (pro, contra) = rule.facts();
    let ground = Ground { outcome, views, facts_for: &pro };
    let waits = fairness::unanswered(world, &ground);
    let hinge = hinge::hinge_facts(&rule, view);
    let ids = |facts: &[(Rank, Evidence)]| facts.iter().map(|(rank, _)| FactId::from(world.fact(*rank))).collect();
    let mut finding = Finding {
        outcome,
        views,
        facts_for: ids(&pro),
        facts_against: ids(&contra),
        missing: if outcome == Outcome::MissingFacts {
            addressed(missing_facts(loaded, criterion, &rule, view), world, binding)
        } else {
            Vec::new()
        },
        hinge: hinge.iter().map(|rank| FactId::from(world.fact(*rank))).collect(),
        effects: fairness::effects(criterion, &ground, domain, !waits.is_empty()),
        opens: opens(criterion, outcome),
        ..heading
    };
    explanation::explain(&world.texts, criterion, &mut finding, &subject(world, binding));
    Judged { finding, waits, hinge, world }
}

/// The judge's own words on one finding: about "framework/criterion", or about
/// "framework/criterion[kind,ouder]" when it is asked for several persons. Words that name nobody
/// are shown with each finding, but their answer is not spread over persons: an answer about one
/// parent is none about the other.
fn own_words(world: &World<'_>, criterion: &Criterion, key: &str, about: &[FactId]) -> Option<JudgeWords> {
    let concerns = |words: &&JudgeWords| {
        let Some(rest) = words.about.strip_prefix(key) else { return false };
        let named = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        rest.is_empty()
            || named.is_some_and(|ids| ids.split(',').all(|id| about.iter().any(|known| known.as_str() == id.trim())))
    };
    let words = world.dossier.judge_words.iter().filter(concerns);
    let newest = words
        .max_by(|one, other| (one.about.len(), one.on, &one.text).cmp(&(other.about.len(), other.on, &other.text)));
    newest.cloned().map(|mut words| {
        if words.about == key && world.bindings(criterion.for_each).len() > 1 {
            words.answer = None;
        }
        words
    })
}

/// A finding with its heading only.
fn blank(loaded: &LoadedFramework, criterion: &Criterion, world: &World<'_>, binding: &Binding<'_>) -> Finding {
    let id = id_in(loaded, criterion, world.domain);
    let key = format!("{}/{id}", loaded.framework.id);
    let about = about(world, binding);
    let judge = own_words(world, criterion, &key, &about);
    let fill = |text: &str| explanation::fill(text, world.dossier, &subject(world, binding));
    Finding {
        framework: loaded.framework.id.clone(),
        criterion: id,
        question: fill(&criterion.question),
        why: fill(&criterion.why),
        about,
        domain: world.domain,
        class: criterion.class,
        outcome: Outcome::NotApplicable,
        views: all_views(Outcome::NotApplicable),
        facts_for: Vec::new(),
        facts_against: Vec::new(),
        missing: Vec::new(),
        hinge: Vec::new(),
        effects: Vec::new(),
        sources: criterion.sources.clone(),
        summary: String::new(),
        to_do: String::new(),
        explanation: String::new(),
        limits: criterion.limits.as_deref().map(fill).unwrap_or_default(),
        opens: Vec::new(),
        judge,
        unanswered: None,
    }
}

fn not_applicable<'w, 'a>(
    loaded: &LoadedFramework,
    criterion: &Criterion,
    world: &'w World<'a>,
    binding: &Binding<'a>,
) -> Judged<'w, 'a> {
    let mut finding = blank(loaded, criterion, world, binding);
    explanation::explain(&world.texts, criterion, &mut finding, &subject(world, binding));
    Judged { finding, waits: Vec::new(), hinge: Vec::new(), world }
}

fn opens(criterion: &Criterion, outcome: Outcome) -> Vec<String> {
    let goes_on = matches!(outcome, Outcome::Met | Outcome::NeedsJudgement);
    if goes_on { criterion.opens.clone() } else { Vec::new() }
}

fn all_views(outcome: Outcome) -> Views {
    Views { established: outcome, plausible: outcome, contested: outcome }
}

fn missing_facts(loaded: &LoadedFramework, criterion: &Criterion, rule: &Rule<'_>, view: View) -> Vec<MissingFact> {
    let mut names = Vec::new();
    rule.root.missing_names(&rule.leaf_truths(view), &mut names);
    let mut missing: Vec<MissingFact> = Vec::new();
    for name in names {
        let Some(definition) = loaded.framework.definitions.get(name) else { continue };
        if let (Some(what), Some(ask)) = (&definition.what, &definition.ask) {
            let of = definition.of.or_else(|| asking::record_kind(&loaded.framework, &definition.rule));
            let item = MissingFact { what: what.clone(), ask: ask.clone(), of };
            if !missing.contains(&item) {
                missing.push(item);
            }
        }
    }
    if missing.is_empty() {
        missing.clone_from(&criterion.asks);
        let of = asking::record_kind(&loaded.framework, &criterion.rule);
        missing.iter_mut().for_each(|item| item.of = item.of.or(of));
    }
    missing
}

/// Missing facts with their questions put to whom they concern.
fn addressed(missing: Vec<MissingFact>, world: &World<'_>, binding: &Binding<'_>) -> Vec<MissingFact> {
    let subject = subject(world, binding);
    let fill = |text: &str| explanation::fill(text, world.dossier, &subject);
    missing.into_iter().map(|item| MissingFact { what: fill(&item.what), ask: fill(&item.ask), of: item.of }).collect()
}

fn about(world: &World<'_>, binding: &Binding<'_>) -> Vec<FactId> {
    let persons = [binding.child, binding.parent, binding.person].into_iter().flatten().map(|who| world.id(who));
    let mut ids: Vec<FactId> = persons.map(FactId::from).collect();
    ids.extend(binding.measure.map(|measure| FactId::from(&measure.id)));
    ids.extend(binding.proposal.map(|proposal| proposal.id.clone()));
    ids.extend(binding.result.map(|result| result.id.clone()));
    ids
}

fn subject<'s>(world: &'s World<'_>, binding: &'s Binding<'_>) -> Subject<'s> {
    let id = |who: Option<usize>| who.map(|who| world.id(who));
    Subject {
        child: id(binding.child),
        parent: id(binding.parent),
        others: binding.others.iter().map(|who| world.id(*who)).collect(),
        person: id(binding.person),
        measure: binding.measure,
        proposal: binding.proposal,
        result: binding.result,
    }
}
