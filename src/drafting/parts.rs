//! Which documents a kind of draft has, each in its own legal domain and matter.

use super::decision::{self, Decision};
use super::model::DraftKind;
use super::view::{Part, Scene};
use crate::assessment::model::EffectKind;
use crate::conflicts::model::ConflictKind;
use crate::dossier::model::{
    Domain, Dossier, Instrument, InterventionBasis, InterventionPlan, Matter, MatterKind, MatterState, RequestKind,
};
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

/// What each document decides on, and which clashes it has to settle or mention.
struct Scope {
    effects: &'static [EffectKind],
    clashes: &'static [ConflictKind],
}
const ON_GEZAG: Scope = Scope {
    effects: &[EffectKind::Gezag, EffectKind::HearFirst],
    clashes: &[ConflictKind::BanAgainstGezag, ConflictKind::Incompatible],
};
const ON_OMGANG: Scope = Scope {
    effects: &[
        EffectKind::OmgangDenial,
        EffectKind::OmgangConditions,
        EffectKind::OrderConflict,
        EffectKind::HearFirst,
        EffectKind::JointTalks,
    ],
    clashes: &[
        ConflictKind::BanAgainstContact,
        ConflictKind::BanAgainstHandover,
        ConflictKind::BanAgainstPlace,
        ConflictKind::EmptyException,
        ConflictKind::Incompatible,
    ],
};
/// Clashes between a ban and what else holds, and between bans.
const AROUND_BANS: &[ConflictKind] = &[
    ConflictKind::BanAgainstContact,
    ConflictKind::BanAgainstHandover,
    ConflictKind::BanAgainstPlace,
    ConflictKind::DifferentScope,
    ConflictKind::EmptyException,
    ConflictKind::Incompatible,
];
const ON_INTERVENTION: Scope = Scope {
    effects: &[EffectKind::Gedragsinterventie, EffectKind::Contactverbod, EffectKind::HearFirst],
    clashes: AROUND_BANS,
};
/// An order of bans alone has no programme to weigh.
const ON_BANS: Scope = Scope { effects: &[EffectKind::Contactverbod, EffectKind::HearFirst], ..ON_INTERVENTION };
const ON_HUISVERBOD: Scope = Scope {
    effects: &[
        EffectKind::Huisverbod,
        EffectKind::Contactverbod,
        EffectKind::HearFirst,
        EffectKind::Reasons,
        EffectKind::Investigation,
    ],
    clashes: &[ConflictKind::BanAgainstContact, ConflictKind::DifferentScope, ConflictKind::Incompatible],
};
const ON_PROVISIONAL: Scope = Scope {
    effects: &[EffectKind::OmgangConditions, EffectKind::OrderConflict, EffectKind::HearFirst],
    clashes: &[ConflictKind::BanAgainstContact, ConflictKind::BanAgainstHandover, ConflictKind::Incompatible],
};
const ON_BRIDGE: Scope = Scope { effects: &[], clashes: AROUND_BANS };

/// On a sheet proposals for joint talks stand with the clashes, not as findings of their own.
const SHEET_ON_OMGANG: &[EffectKind] =
    &[EffectKind::OmgangDenial, EffectKind::OmgangConditions, EffectKind::OrderConflict, EffectKind::HearFirst];
const ON_SHEET: &[ConflictKind] = &[
    ConflictKind::BanAgainstContact,
    ConflictKind::BanAgainstHandover,
    ConflictKind::BanAgainstPlace,
    ConflictKind::BanAgainstGezag,
    ConflictKind::DifferentScope,
    ConflictKind::EmptyException,
    ConflictKind::Incompatible,
];

/// A hearing decides nothing yet, but every clash has to be on the table.
const ON_HEARING: Scope = Scope {
    effects: &[],
    clashes: &[
        ConflictKind::BanAgainstContact,
        ConflictKind::BanAgainstHandover,
        ConflictKind::BanAgainstPlace,
        ConflictKind::BanAgainstGezag,
        ConflictKind::BanAgainstJointTalks,
        ConflictKind::DifferentScope,
        ConflictKind::EmptyException,
        ConflictKind::Incompatible,
    ],
};

/// The documents of a kind, in the order in which they are used.
pub(super) fn parts_of(dossier: &Dossier, kind: DraftKind) -> Vec<Part<'_>> {
    let plans = &dossier.plans;
    match kind {
        DraftKind::Gezag => {
            let planned = plans.gezag.as_ref().map(|plan| &plan.matter);
            // A divorce is about gezag only when something about it is asked there.
            let matter = planned.or_else(|| open_matter(dossier, &[MatterKind::Gezag])).or_else(|| {
                let asked = |kinds: &[RequestKind]| asked_in(dossier, kinds);
                asked(&[RequestKind::SuspendGezag, RequestKind::EndGezag])
                    .or_else(|| asked(&[RequestKind::SoleGezag, RequestKind::JointGezag]))
                    .or_else(|| open_matter(dossier, &[MatterKind::ChildProtection]))
            });
            matter.map(|matter| family("gezag", Some(matter), "gezag", FAMILY, ON_GEZAG)).into_iter().collect()
        }
        DraftKind::Omgang => {
            let planned = plans.omgang.as_ref().map(|plan| &plan.matter);
            let matter = planned
                .or_else(|| open_matter(dossier, &[MatterKind::Omgang]))
                .or_else(|| asked_in(dossier, &[RequestKind::Omgang, RequestKind::DenyOmgang]));
            matter.map(|matter| family("omgang", Some(matter), "omgang", FAMILY, ON_OMGANG)).into_iter().collect()
        }
        DraftKind::Gedragsinterventie => {
            Some(intervention_part(dossier)).filter(|part| part.matter.is_some()).into_iter().collect()
        }
        DraftKind::Huisverbod => huisverbod_parts(dossier),
    }
}

fn family<'a>(
    name: &'static str,
    matter: Option<&'a MatterId>,
    words_about: &'static str,
    frameworks: &'static [&'static str],
    scope: Scope,
) -> Part<'a> {
    let Scope { effects, clashes } = scope;
    Part { name, domain: Domain::Family, matter, words_about, frameworks, effects, clashes, step: 0 }
}

fn first_matter<'a>(dossier: &'a Dossier, kinds: &[MatterKind]) -> Option<&'a MatterId> {
    kinds.iter().find_map(|kind| dossier.matters.iter().find(|matter| matter.kind == *kind)).map(|matter| &matter.id)
}

/// The same among matters in which something is still to be decided.
fn open_matter<'a>(dossier: &'a Dossier, kinds: &[MatterKind]) -> Option<&'a MatterId> {
    let open =
        |matter: &&Matter| matches!(matter.state, MatterState::Announced | MatterState::Pending | MatterState::Heard);
    let find = |kind: &MatterKind| dossier.matters.iter().filter(open).find(|matter| matter.kind == *kind);
    kinds.iter().find_map(find).map(|matter| &matter.id)
}

/// The first matter in which something of these kinds is asked.
fn asked_in<'a>(dossier: &'a Dossier, kinds: &[RequestKind]) -> Option<&'a MatterId> {
    dossier.requests.iter().find(|request| kinds.contains(&request.kind)).map(|request| &request.matter)
}

fn intervention_part(dossier: &Dossier) -> Part<'_> {
    let plan = dossier.plans.gedragsinterventie.as_ref();
    let name = "gedragsinterventie";
    if plan.is_some_and(|plan| plan.basis == InterventionBasis::FamilyCondition) {
        return family(name, plan.map(|plan| &plan.matter), name, CONDITION, ON_OMGANG);
    }
    // In a criminal matter that is over nothing is left to decide.
    let open = |matter: &&Matter| !matches!(matter.state, MatterState::Final | MatterState::Withdrawn);
    // In cassation nothing is ordered about a person.
    let on_facts = |matter: &&Matter| !matter.authority.name.to_lowercase().starts_with("hoge raad");
    let cases = dossier.matters.iter().filter(|matter| matter.kind == MatterKind::CriminalCase);
    let mut running = cases.filter(open).filter(on_facts);
    let matter = match plan {
        Some(plan) => dossier.find_matter(&plan.matter).filter(open).map(|matter| &matter.id),
        None => running.next().map(|matter| &matter.id),
    };
    let course = |plan: &InterventionPlan| {
        let bans = matches!(plan.basis, InterventionBasis::Sr38v | InterventionBasis::Sv509hh);
        !bans || plan.programme.is_some() || plan.provider.is_some()
    };
    let Scope { effects, clashes } = if plan.is_none_or(course) { ON_INTERVENTION } else { ON_BANS };
    Part { name, domain: Domain::Criminal, matter, words_about: name, frameworks: CRIMINAL, effects, clashes, step: 0 }
}

fn huisverbod_parts(dossier: &Dossier) -> Vec<Part<'_>> {
    let plan = dossier.plans.huisverbod.as_ref();
    // The mayor's own words and the court's never stand in each other's decision.
    let administrative = |name, matter, scope: Scope| Part {
        name,
        domain: Domain::Administrative,
        matter,
        words_about: if name == "huisverbod-beroep" { "huisverbod" } else { name },
        // The bridge lays measures side by side; what a norm makes of them stands in the decisions.
        frameworks: if name == "beschermingsbrug" { &[] } else { ADMINISTRATIVE },
        effects: scope.effects,
        clashes: scope.clashes,
        step: 0,
    };
    let mut parts = Vec::new();
    let ban = plan.map(|plan| &plan.matter).or_else(|| first_matter(dossier, &[MatterKind::Huisverbod]));
    let banned = dossier.measures.iter().any(|measure| measure.instrument == Instrument::Huisverbod);
    // A plan without an extension asks for no extension; without a plan the paper shows what is to be filled in,
    // unless an extension has been decided already.
    let asked = plan.map_or(decision::extension_decided(dossier) != Some(true), |plan| plan.extension.is_some());
    if (ban.is_some() || banned) && asked {
        parts.push(administrative("huisverbod-verlenging", ban, ON_HUISVERBOD));
    }
    let review = plan.and_then(|plan| plan.review.as_ref()).map(|plan| &plan.matter);
    if let Some(matter) = review.or_else(|| first_matter(dossier, &[MatterKind::HuisverbodReview])) {
        parts.push(administrative("huisverbod-beroep", Some(matter), ON_HUISVERBOD));
    }
    let provisional = plan.and_then(|plan| plan.provisional.as_ref()).map(|plan| &plan.matter);
    if let Some(matter) = provisional.or_else(|| first_matter(dossier, &[MatterKind::ProvisionalMeasures])) {
        parts.push(family(
            "voorlopige-voorzieningen",
            Some(matter),
            "voorlopige-voorzieningen",
            FAMILY,
            ON_PROVISIONAL,
        ));
    }
    if ban.is_some() || banned {
        parts.push(administrative("beschermingsbrug", ban, ON_BRIDGE));
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
    let Scope { effects, clashes } = ON_HEARING;
    Some(Part {
        name: "zittingsmap",
        domain,
        matter: Some(&matter.id),
        words_about: "zitting",
        frameworks,
        effects,
        clashes,
        step: 0,
    })
}

/// The hearing sheets: one for each matter that a court still has to decide, in the order of the file.
pub(super) fn sheet_parts(dossier: &Dossier) -> Vec<Part<'_>> {
    let open = |matter: &&Matter| {
        matter.kind != MatterKind::Huisverbod && matches!(matter.state, MatterState::Pending | MatterState::Heard)
    };
    dossier.matters.iter().filter(open).map(sheet_part).collect()
}

fn sheet_part(matter: &Matter) -> Part<'_> {
    let (frameworks, scope) = match matter.kind {
        MatterKind::CriminalCase => (CRIMINAL, ON_INTERVENTION),
        MatterKind::HuisverbodReview | MatterKind::Huisverbod => (ADMINISTRATIVE, ON_HUISVERBOD),
        MatterKind::Gezag | MatterKind::ChildProtection => (FAMILY, ON_GEZAG),
        MatterKind::ProvisionalMeasures => (FAMILY, ON_PROVISIONAL),
        MatterKind::Divorce => (FAMILY, ON_PROVISIONAL),
        MatterKind::Omgang | MatterKind::KortGeding => (FAMILY, ON_OMGANG),
    };
    Part {
        name: "zittingsblad",
        domain: matter.domain,
        matter: Some(&matter.id),
        words_about: "zitting",
        frameworks,
        effects: if matter.kind == MatterKind::Omgang { SHEET_ON_OMGANG } else { scope.effects },
        clashes: ON_SHEET,
        step: 0,
    }
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
        "zittingsblad" => decision::sheet(scene),
        "voorlopige-voorzieningen" => decision::provisional(scene, plans.huisverbod.as_ref()),
        _ => decision::bridge(scene),
    }
}
