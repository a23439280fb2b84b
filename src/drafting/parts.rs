//! Which documents a kind of draft has, each in its own legal domain and matter.

use super::decision::{self, Decision};
use super::model::DraftKind;
use super::view::{Part, Scene};
use crate::dossier::model::{Domain, Dossier, Instrument, InterventionBasis, MatterKind};
use crate::shared::ids::MatterId;

/// Frameworks whose findings belong in a document, per legal domain.
const FAMILY: &[&str] = &[
    "00-fairness",
    "istanbul",
    "nl-gezag-omgang",
    "bemiddeling-gezamenlijk",
    "begeleide-omgang",
    "stem-kind",
    "feitenvaststelling",
    "weging",
    "ladder-triade",
];
const CRIMINAL: &[&str] = &["00-fairness", "gedragsinterventie", "eu-2024-1385"];
const ADMINISTRATIVE: &[&str] = &["00-fairness", "thv-rihg"];
const CONDITION: &[&str] = &["00-fairness", "istanbul", "nl-gezag-omgang", "gedragsinterventie"];

/// The documents of a kind, in the order in which they are used.
pub(super) fn parts_of(dossier: &Dossier, kind: DraftKind) -> Vec<Part<'_>> {
    let plans = &dossier.plans;
    match kind {
        DraftKind::Gezag => {
            let planned = plans.gezag.as_ref().map(|plan| &plan.matter);
            let kinds = [MatterKind::Gezag, MatterKind::ChildProtection, MatterKind::Divorce];
            vec![family("gezag", planned.or_else(|| first_matter(dossier, &kinds)), "gezag", FAMILY)]
        }
        DraftKind::Omgang => {
            let planned = plans.omgang.as_ref().map(|plan| &plan.matter);
            let kinds = [MatterKind::Omgang, MatterKind::Divorce, MatterKind::Gezag];
            vec![family("omgang", planned.or_else(|| first_matter(dossier, &kinds)), "omgang", FAMILY)]
        }
        DraftKind::Gedragsinterventie => vec![intervention_part(dossier)],
        DraftKind::Huisverbod => huisverbod_parts(dossier),
    }
}

fn family<'a>(
    name: &'static str,
    matter: Option<&'a MatterId>,
    words_about: &'static str,
    frameworks: &'static [&'static str],
) -> Part<'a> {
    Part { name, domain: Domain::Family, matter, words_about, frameworks }
}

fn first_matter<'a>(dossier: &'a Dossier, kinds: &[MatterKind]) -> Option<&'a MatterId> {
    kinds.iter().find_map(|kind| dossier.matters.iter().find(|matter| matter.kind == *kind)).map(|matter| &matter.id)
}

fn intervention_part(dossier: &Dossier) -> Part<'_> {
    let plan = dossier.plans.gedragsinterventie.as_ref();
    let name = "gedragsinterventie";
    if plan.is_some_and(|plan| plan.basis == InterventionBasis::FamilyCondition) {
        return family(name, plan.map(|plan| &plan.matter), name, CONDITION);
    }
    let matter = plan.map(|plan| &plan.matter).or_else(|| first_matter(dossier, &[MatterKind::CriminalCase]));
    Part { name, domain: Domain::Criminal, matter, words_about: name, frameworks: CRIMINAL }
}

fn huisverbod_parts(dossier: &Dossier) -> Vec<Part<'_>> {
    let plan = dossier.plans.huisverbod.as_ref();
    let administrative = |name, matter| Part {
        name,
        domain: Domain::Administrative,
        matter,
        words_about: "huisverbod",
        frameworks: ADMINISTRATIVE,
    };
    let mut parts = Vec::new();
    let ban = plan.map(|plan| &plan.matter).or_else(|| first_matter(dossier, &[MatterKind::Huisverbod]));
    let banned = dossier.measures.iter().any(|measure| measure.instrument == Instrument::Huisverbod);
    if ban.is_some() || banned {
        parts.push(administrative("huisverbod-verlenging", ban));
    }
    let review = plan.and_then(|plan| plan.review.as_ref()).map(|plan| &plan.matter);
    if let Some(matter) = review.or_else(|| first_matter(dossier, &[MatterKind::HuisverbodReview])) {
        parts.push(administrative("huisverbod-beroep", Some(matter)));
    }
    let provisional = plan.and_then(|plan| plan.provisional.as_ref()).map(|plan| &plan.matter);
    if let Some(matter) = provisional.or_else(|| first_matter(dossier, &[MatterKind::ProvisionalMeasures])) {
        parts.push(family("voorlopige-voorzieningen", Some(matter), "huisverbod", FAMILY));
    }
    if ban.is_some() || banned {
        parts.push(administrative("beschermingsbrug", ban));
    }
    parts
}

/// The hearing file of one legal domain; `None` when the dossier has no matter there.
pub(super) fn hearing_part(dossier: &Dossier, domain: Domain) -> Option<Part<'_>> {
    let matter = dossier.matters.iter().find(|matter| matter.domain == domain)?;
    let frameworks = match domain {
        Domain::Criminal => CRIMINAL,
        Domain::Administrative => ADMINISTRATIVE,
        Domain::Family => FAMILY,
    };
    Some(Part { name: "zittingsmap", domain, matter: Some(&matter.id), words_about: "zitting", frameworks })
}

/// The document's own part, from the plan as it may be known in its domain.
pub(super) fn decide(scene: &Scene<'_>, part: &Part<'_>) -> Decision {
    let plans = &scene.file.plans;
    match part.name {
        "gezag" => decision::gezag(scene, plans.gezag.as_ref()),
        "omgang" => decision::omgang(scene, plans.omgang.as_ref()),
        "gedragsinterventie" => decision::intervention(scene, plans.gedragsinterventie.as_ref()),
        "huisverbod-verlenging" => decision::extension(scene, plans.huisverbod.as_ref()),
        "huisverbod-beroep" => decision::review(scene, plans.huisverbod.as_ref()),
        "zittingsmap" => decision::hearing(scene),
        "voorlopige-voorzieningen" => decision::provisional(scene, plans.huisverbod.as_ref()),
        _ => decision::bridge(scene),
    }
}
