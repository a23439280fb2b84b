//! Which matters a document belongs to, and which documents a hearing rests on. Pure.

use crate::dossier::model::{Dossier, FactSource, Matter, MatterKind};
use crate::shared::ids::{DocumentId, MatterId};
use std::collections::{BTreeMap, BTreeSet};

/// The matters that each document belongs to, in the order in which the file names it: in a step of the procedure, a
/// request, an answer to one, or a measure.
pub(super) fn matters_of(dossier: &Dossier) -> BTreeMap<&DocumentId, Vec<&Matter>> {
    let mut found: BTreeMap<&DocumentId, Vec<&Matter>> = BTreeMap::new();
    let mut add = |source: Option<&'_ FactSource>, matter: &MatterId| {
        let known = source.and_then(|source| dossier.documents.iter().find(|item| item.id == source.document));
        if let (Some(document), Some(matter)) = (known, dossier.find_matter(matter)) {
            let matters = found.entry(&document.id).or_default();
            if !matters.iter().any(|known| known.id == matter.id) {
                matters.push(matter);
            }
        }
    };
    for matter in &dossier.matters {
        for step in &matter.steps {
            add(step.source.as_ref(), &matter.id);
        }
        let advice = matter.criminal.as_ref().and_then(|criminal| criminal.reclassering_advice.as_ref());
        add(advice, &matter.id);
    }
    for request in &dossier.requests {
        let positions = request.positions.iter().map(|position| &position.source);
        for source in std::iter::once(&request.source).chain(positions) {
            add(source.as_ref(), &request.matter);
        }
    }
    for measure in &dossier.measures {
        add(measure.source.as_ref(), &measure.matter);
    }
    found
}

/// Documents that a hearing rests on whatever matter they come from: sources of the measures, of the facts and of what
/// stands beside them, with the answers to a request that one of them makes.
pub(super) fn relied_on(dossier: &Dossier) -> BTreeSet<&DocumentId> {
    let facts = dossier.events.iter().flat_map(|event| {
        let said = event.statements.iter().map(|item| item.source.as_ref());
        said.chain(event.answers.iter().map(|item| item.source.as_ref()))
    });
    let beside = dossier.instrument_results.iter().map(|item| item.source.as_ref());
    let help = dossier.help.iter().map(|item| item.source.as_ref());
    let measures = dossier.measures.iter().map(|item| item.source.as_ref());
    let mut found: BTreeSet<&DocumentId> =
        facts.chain(beside).chain(help).chain(measures).flatten().map(|source| &source.document).collect();
    for request in &dossier.requests {
        if request.source.as_ref().is_some_and(|source| found.contains(&source.document)) {
            let answers = request.positions.iter().filter_map(|position| position.source.as_ref());
            found.extend(answers.map(|source| &source.document));
        }
    }
    found
}

/// The matters heard, with those that are decided on in them: in the review of a huisverbod the huisverbod itself.
pub(super) fn with_what_is_reviewed<'a>(dossier: &'a Dossier, heard: &[&'a Matter]) -> BTreeSet<&'a MatterId> {
    let review = heard.iter().any(|matter| matter.kind == MatterKind::HuisverbodReview);
    let reviewed = dossier.matters.iter().filter(|matter| review && matter.kind == MatterKind::Huisverbod);
    heard.iter().copied().chain(reviewed).map(|matter| &matter.id).collect()
}
