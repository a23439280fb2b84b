//! Fairness rules that are always on. They can only lower what a finding does.
//!
//! 1. An indicator or guidance never has full force.
//! 2. What rests on contested facts alone gives questions, reasons, hearing first, investigation,
//!    or a provisional and reversible safety prompt; nothing else.
//! 3. A finding that rests on what someone did waits until that person could answer.
//! 4. Without any fact for it a finding that still needs a judgement supports nothing.
//!
//! The classes, thresholds and copies of statements are dealt with where facts are counted;
//! silence is an opportunity to answer and nothing more.

use super::truth::{Rank, certainty, domain_threshold};
use super::world::World;
use crate::assessment::language::{Criterion, Threshold};
use crate::assessment::model::{CriterionClass, Direction, Effect, EffectKind, Force, Outcome, Views};
use crate::dossier::model::{Domain, Evidence};

/// What a finding rests on.
pub struct Ground<'g> {
    /// Outcome.
    pub outcome: Outcome,
    /// Outcome per view.
    pub views: Views,
    /// Facts for it, with their certainty.
    pub facts_for: &'g [(Rank, Evidence)],
}

/// Whether a finding rests on contested facts alone.
pub fn only_contested(ground: &Ground<'_>, domain: Domain) -> bool {
    let least = domain_threshold(domain).min(Threshold::Plausible);
    let any_certain = ground.facts_for.iter().any(|(_, evidence)| certainty(*evidence).is_some_and(|at| at >= least));
    match ground.outcome {
        Outcome::Met => ground.views.plausible != Outcome::Met,
        Outcome::NeedsJudgement => !ground.facts_for.is_empty() && !any_certain,
        _ => false,
    }
}

/// Facts on which the actor could not yet answer.
pub fn unanswered(world: &World<'_>, ground: &Ground<'_>) -> Vec<Rank> {
    if !matches!(ground.outcome, Outcome::Met | Outcome::NeedsJudgement) {
        return Vec::new();
    }
    let settled = |evidence| matches!(evidence, Evidence::Established | Evidence::Admitted);
    let open = ground.facts_for.iter().filter(|(_, evidence)| !settled(*evidence));
    open.map(|(rank, _)| *rank).filter(|rank| !world.unanswered_by(*rank).is_empty()).collect()
}

/// Effects of a finding after the fairness rules.
pub fn effects(criterion: &Criterion, ground: &Ground<'_>, domain: Domain, waits: bool) -> Vec<Effect> {
    let contested = only_contested(ground, domain);
    let unsupported = ground.outcome == Outcome::NeedsJudgement && ground.facts_for.is_empty();
    let mut effects: Vec<Effect> = criterion
        .effects
        .iter()
        .filter(|rule| rule.when == ground.outcome)
        .filter(|rule| !unsupported || rule.direction != Direction::Supports)
        .filter_map(|rule| {
            let ceiling = if contested { ceiling_when_contested(rule.kind) } else { Some(Force::Full) };
            let waiting = if waits && !concerns_procedure(rule.kind) { Force::Question } else { Force::Full };
            let force = rule.force.min(class_ceiling(criterion.class)).min(ceiling?).min(waiting);
            Some(Effect { kind: rule.kind, direction: rule.direction, force })
        })
        .collect();
    if waits {
        effects.push(Effect { kind: EffectKind::HearFirst, direction: Direction::Requires, force: Force::Question });
    }
    effects.sort_by_key(|effect| (effect.kind, effect.direction, std::cmp::Reverse(effect.force)));
    effects.dedup_by_key(|effect| (effect.kind, effect.direction));
    effects
}

/// Greatest force of an effect of a class.
pub fn class_ceiling(class: CriterionClass) -> Force {
    match class {
        CriterionClass::Norm => Force::Full,
        CriterionClass::Indicator | CriterionClass::Guidance => Force::Provisional,
    }
}

fn ceiling_when_contested(kind: EffectKind) -> Option<Force> {
    match kind {
        EffectKind::Investigation | EffectKind::HearFirst | EffectKind::Reasons | EffectKind::OrderConflict => {
            Some(Force::Provisional)
        }
        EffectKind::JointTalks | EffectKind::OmgangConditions => Some(Force::Provisional),
        EffectKind::Contactverbod | EffectKind::Huisverbod => Some(Force::Question),
        EffectKind::Gezag | EffectKind::OmgangDenial | EffectKind::Gedragsinterventie => None,
    }
}

/// Effects that burden nobody: they only say what must still be done.
fn concerns_procedure(kind: EffectKind) -> bool {
    matches!(kind, EffectKind::Investigation | EffectKind::Reasons | EffectKind::HearFirst | EffectKind::OrderConflict)
}
