//! Only the outcome of each criterion: what any rule engine could give. `docs/metingen.md` sets its
//! cost beside that of the whole assessment, and beside other engines.

use super::truth::{Truth, View};
use super::world::{Binding, World};
use super::{AssessError, asked_in, build, choose, id_in, own_words, project};
use crate::assessment::frameworks::{FrameworkSet, LoadedFramework};
use crate::assessment::language::{Criterion, Threshold};
use crate::assessment::model::Outcome;
use crate::dossier::model::{Domain, Dossier};
use crate::shared::ids::FactId;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A criterion, for whom or what it was asked, and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<'a> {
    /// Framework id.
    pub framework: &'a str,
    /// Criterion id.
    pub criterion: String,
    /// Persons, or the measure or proposal; empty for the whole dossier.
    pub about: Vec<FactId>,
    /// The outcome on the evidence that counts for the criterion's domain.
    pub outcome: Outcome,
}

/// Outcomes of frameworks on a dossier for one day, in the order of `assess`, without the other views,
/// hinge facts, questions, explanations and receipt.
///
/// # Errors
/// As `assess`.
pub fn outcomes<'f>(
    dossier: &Dossier,
    frameworks: &'f FrameworkSet,
    on: NaiveDate,
    only: &[String],
) -> Result<Vec<Answered<'f>>, AssessError> {
    let chosen = choose(frameworks, only)?;
    let projections = project(dossier, &chosen);
    let worlds: BTreeMap<Domain, World<'_>> = projections
        .iter()
        .map(|(domain, projection)| (*domain, World::new(&projection.dossier, *domain, on)))
        .collect();
    let mut answered = Vec::new();
    for loaded in chosen {
        for (domain, criterion) in asked_in(dossier, loaded) {
            let Some(world) = worlds.get(&domain) else { continue };
            let mut bindings = world.bindings(criterion.for_each);
            let nobody = bindings.is_empty();
            if nobody {
                bindings.push(Binding::default());
            }
            answered.extend(bindings.iter().map(|binding| Answered {
                framework: &loaded.framework.id,
                criterion: id_in(loaded, criterion, domain),
                about: super::about(world, binding),
                outcome: if nobody { Outcome::NotApplicable } else { outcome(loaded, criterion, world, binding) },
            }));
        }
    }
    Ok(answered)
}

fn outcome<'a>(
    loaded: &'a LoadedFramework,
    criterion: &'a Criterion,
    world: &World<'a>,
    binding: &Binding<'a>,
) -> Outcome {
    if let Some(gate) = &criterion.applies_when {
        match build(loaded, gate, world, binding, None).truth(View::AtLeast(Threshold::Alleged)) {
            Truth::False => return Outcome::NotApplicable,
            Truth::Missing => return Outcome::MissingFacts,
            Truth::True | Truth::Open => {}
        }
    }
    let key = format!("{}/{}", loaded.framework.id, id_in(loaded, criterion, world.domain));
    let words = own_words(world, criterion, &key, &super::about(world, binding));
    let answer = words.and_then(|words| words.answer);
    build(loaded, &criterion.rule, world, binding, answer).truth(View::Outcome(world.domain)).outcome()
}
