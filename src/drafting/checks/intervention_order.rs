//! Draft C, further: the gedragsaanwijzing of art. 509hh Sv, what its orders must hold, and material that
//! comes from another matter.

use super::{Case, Rule, Weight, names, when};
use crate::dossier::model::{
    AddressKind, Channel, Conduct, CriminalCondition, CriminalConditionKind, CriminalPhase, Domain, EarlierOrder,
    InterventionBasis, InterventionPlan, Measure, OrderChange, RuleEffect,
};
use crate::drafting::decision::running_order;
use crate::shared::ids::DocumentId;
use crate::shared::moment::{dutch_date, local_date};
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

type C<'a> = Case<'a, InterventionPlan>;

/// Times an order can be extended, art. 509hh lid 4 Sv.
const EXTENSIONS: usize = 3;

pub(super) const RULES: &[Rule<InterventionPlan>] = &[
    Rule {
        code: "intervention_reporting_elsewhere",
        weight: Weight::Impossible,
        source: "art. 509hh lid 2 onder c Sv; art. 38v lid 2 onder d Sr",
        message: "Een gedragsaanwijzing en een vrijheidsbeperkende maatregel kennen alleen een meldplicht op bepaalde tijdstippen bij een daartoe aangewezen opsporingsambtenaar. Melden bij de reclassering kan als bijzondere voorwaarde (art. 14c Sr) of bij schorsing van de voorlopige hechtenis (art. 80 Sv).",
        test: |case| when(ordered(case, CriminalConditionKind::Reporting).any(reports_to_reclassering)),
    },
    Rule {
        code: "intervention_reporting_open",
        weight: Weight::Open,
        source: "art. 509hh lid 2 onder c Sv; art. 38v lid 2 onder d Sr",
        message: "Bij de meldplicht ontbreekt bij welke aangewezen opsporingsambtenaar en op welke tijdstippen.",
        test: |case| {
            let open = |item: &CriminalCondition| item.report_to.is_none() || item.report_at.is_none();
            when(ordered(case, CriminalConditionKind::Reporting).any(open))
        },
    },
    Rule {
        code: "intervention_area_undetermined",
        weight: Weight::Open,
        source: "art. 509hh lid 2 onder a Sv; art. 38v lid 2 onder a Sr; HR 2017, ECLI:NL:HR:2017:2392",
        message: "Het verbod geldt voor een bepaald gebied. Welk gebied dat is (straten, een straal of een kaart), ontbreekt. Noem daarbij geen geheim adres.",
        test: |case| {
            let kinds = [CriminalConditionKind::LocationBan, CriminalConditionKind::AreaBan];
            when(kinds.into_iter().any(|kind| ordered(case, kind).any(|item| item.area.is_none())))
        },
    },
    Rule {
        code: "intervention_509hh_threshold",
        weight: Weight::Open,
        source: "art. 509hh lid 1 en 3 Sv",
        message: "Een gedragsaanwijzing vraagt ernstige bezwaren en een van de gronden a, b of c, elk met de feiten waaruit zij blijken. Dat is nog niet alles ingevuld.",
        test: |case| {
            let plan = case.plan;
            when(
                is_509hh(case)
                    && (plan.suspicion_facts.is_empty() || plan.order_ground.is_none() || plan.ground_facts.is_empty()),
            )
        },
    },
    Rule {
        code: "intervention_509hh_second_order",
        weight: Weight::Open,
        source: "art. 509hh lid 4 en 6 Sv",
        message: "Er geldt al een gedragsaanwijzing tegen deze persoon. Leg vast of deze beslissing haar wijzigt, verlengt, of intrekt en vervangt.",
        test: |case| {
            when(
                is_509hh(case)
                    && case.plan.earlier_order.is_none()
                    && running_order(case.dossier, case.plan, case.on).is_some(),
            )
        },
    },
    Rule {
        code: "intervention_509hh_change_beyond_term",
        weight: Weight::Open,
        source: "art. 509hh lid 4 en 6 Sv",
        message: "Een wijziging laat de looptijd van de gedragsaanwijzing zoals die is. Langer duren kan alleen door een verlenging.",
        test: |case| when(change(case, OrderChange::Amends).is_some_and(|earlier| ends_later(case, earlier))),
    },
    Rule {
        code: "intervention_509hh_change_without_reason",
        weight: Weight::Open,
        source: "art. 509hh lid 6 Sv",
        message: "Wijzigen of intrekken vraagt nieuwe feiten of omstandigheden. Die zijn nog niet genoemd.",
        test: |case| {
            let changes = [OrderChange::Amends, OrderChange::Replaces];
            when(changes.into_iter().filter_map(|how| change(case, how)).any(|earlier| earlier.new_facts.is_empty()))
        },
    },
    Rule {
        code: "intervention_509hh_restart",
        weight: Weight::Warning,
        source: "art. 509hh lid 4 Sv",
        message: "Intrekken en opnieuw geven laat de 90 dagen opnieuw beginnen. De wet kent daarvoor de verlenging, ten hoogste drie keer en alleen na vervolging. Motiveer waarom dit geen verlenging is.",
        test: |case| when(change(case, OrderChange::Replaces).is_some_and(|earlier| ends_later(case, earlier))),
    },
    Rule {
        code: "intervention_509hh_extension_without_prosecution",
        weight: Weight::Impossible,
        source: "art. 509hh lid 4 Sv",
        message: "Een gedragsaanwijzing kan alleen worden verlengd als vervolging is ingesteld.",
        test: |case| {
            let matter = case.dossier.find_matter(&case.plan.matter).and_then(|matter| matter.criminal.as_ref());
            let suspicion = matter.is_some_and(|criminal| criminal.phase == CriminalPhase::Suspicion);
            when(change(case, OrderChange::Extends).is_some() && suspicion)
        },
    },
    Rule {
        code: "intervention_509hh_fourth_extension",
        weight: Weight::Impossible,
        source: "art. 509hh lid 4 Sv",
        message: "Een gedragsaanwijzing kan ten hoogste drie keer worden verlengd.",
        test: |case| {
            when(
                change(case, OrderChange::Extends)
                    .is_some_and(|earlier| extensions_before(case, earlier) >= EXTENSIONS),
            )
        },
    },
    Rule {
        code: "intervention_enforceability_elsewhere",
        weight: Weight::Warning,
        source: "art. 14e Sr; art. 38v lid 4 Sr",
        message: "Dadelijke uitvoerbaarheid hoort bij een vonnis. Een gedragsaanwijzing werkt vanaf de dag van ingang en een bevel tot schorsing is al dadelijk uitvoerbaar. In dit ontwerp staat zij daarom niet.",
        test: |case| {
            let verdict = matches!(case.plan.basis, InterventionBasis::Sr14c | InterventionBasis::Sr38v);
            when(
                !verdict && (case.plan.immediately_enforceable.is_some() || !case.plan.enforceability_facts.is_empty()),
            )
        },
    },
    Rule {
        code: "intervention_condition_undetermined",
        weight: Weight::Open,
        source: "art. 14c lid 2 Sr; art. 80 lid 1 Sv; HR 2017, ECLI:NL:HR:2017:2392",
        message: "Een voorwaarde moet zo precies zijn dat de verdachte weet wat mag en wat niet. Bij een gebiedsverbod ontbreekt het gebied, of bij een meldplicht waar en wanneer.",
        test: |case| {
            let bases = [InterventionBasis::Sr14c, InterventionBasis::Sv80];
            let open = |item: &CriminalCondition| match item.kind {
                CriminalConditionKind::AreaBan => item.area.is_none(),
                CriminalConditionKind::Reporting => item.report_to.is_none() || item.report_at.is_none(),
                _ => false,
            };
            when(bases.contains(&case.plan.basis) && case.plan.conditions.iter().any(open))
        },
    },
    Rule {
        code: "intervention_change_protects_less",
        weight: Weight::Warning,
        source: "art. 509hh lid 2 en 6 Sv; art. 53 Verdrag van Istanbul",
        message: "De gewijzigde, verlengde of nieuwe gedragsaanwijzing noemt niet alles wat de lopende verbiedt. Wat er niet in staat, vervalt.",
        test: |case| names(falls_away(case)),
    },
    Rule {
        code: "intervention_area_tells_secret",
        weight: Weight::Limit,
        source: "art. 53 Verdrag van Istanbul; art. 8 EVRM",
        message: "Een gebied of kaart bij een plaats waarvan het adres geheim is, vertelt aan wie het bevel krijgt waar die plaats is. Noem het gebied alleen bij bekende plaatsen, en verbied apart om de andere plaats op te zoeken.",
        test: |case| names(area_tells_secret(case)),
    },
    Rule {
        code: "intervention_ground_not_joined",
        weight: Weight::Open,
        source: "art. 149a Sv",
        message: "Een feit dat dit ontwerp als grond noemt, staat alleen in stukken uit een andere zaak die niet in het strafdossier zijn gevoegd. Voeg een stuk, of noem een ander feit.",
        test: |case| names(grounds_not_joined(case)),
    },
    Rule {
        code: "intervention_verdict_before_hearing",
        weight: Weight::Warning,
        source: "art. 345 Sv",
        message: "Het vonnis is gedateerd vóór een zitting in deze strafzaak. Een vonnis volgt op het onderzoek op de zitting; kijk de datum van het vonnis of van de zitting na.",
        test: |case| names(hearings_after_verdict(case)),
    },
    Rule {
        code: "intervention_not_joined",
        weight: Weight::Warning,
        source: "art. 149a Sv; art. 29 Rv; art. 803 Rv",
        message: "Feiten in dit ontwerp steunen op stukken uit een andere zaak, en nergens staat dat die in het strafdossier zijn gevoegd. Zij zijn in het ontwerp gemerkt. Voeg ze, of gebruik ze niet; een familiezaak wordt met gesloten deuren behandeld.",
        test: |case| {
            if case.plan.basis == InterventionBasis::FamilyCondition { None } else { names(not_joined(case)) }
        },
    },
];

fn is_509hh(case: &C<'_>) -> bool {
    case.plan.basis == InterventionBasis::Sv509hh
}

/// Conditions of a kind in an order of art. 38v Sr or art. 509hh Sv.
fn ordered<'a>(case: &C<'a>, kind: CriminalConditionKind) -> impl Iterator<Item = &'a CriminalCondition> {
    let plan = case.plan;
    let strict = matches!(plan.basis, InterventionBasis::Sr38v | InterventionBasis::Sv509hh);
    plan.conditions.iter().filter(move |item| strict && item.kind == kind)
}

fn reports_to_reclassering(item: &CriminalCondition) -> bool {
    [Some(item.text.as_str()), item.report_to.as_deref()]
        .into_iter()
        .flatten()
        .any(|text| text.to_lowercase().contains("reclassering"))
}

/// The earlier order, when the plan does this with it.
fn change<'a>(case: &C<'a>, how: OrderChange) -> Option<&'a EarlierOrder> {
    case.plan.earlier_order.as_ref().filter(|earlier| is_509hh(case) && earlier.how == how)
}

/// Whether the planned period ends after the day on which the earlier order ends.
fn ends_later(case: &C<'_>, earlier: &EarlierOrder) -> bool {
    let end: Option<NaiveDate> =
        case.dossier.find_measure(&earlier.measure).and_then(Measure::effective_end).as_ref().map(local_date);
    let start = case.plan.order_date.unwrap_or(case.on);
    let planned = case.plan.duration_days.and_then(|days| start.checked_add_days(Days::new(days.into())));
    planned.zip(end).is_some_and(|(planned, end)| planned > end)
}

/// How often the earlier order was itself an extension of the one before it.
fn extensions_before(case: &C<'_>, earlier: &EarlierOrder) -> usize {
    let first = case.dossier.find_measure(&earlier.measure);
    let chain = std::iter::successors(first, |measure| case.dossier.find_measure(measure.extends.as_ref()?));
    // A circle of measures that extend each other is refused at intake; the bound makes it harmless here.
    chain.take(EXTENSIONS.saturating_add(1)).skip(1).count()
}

/// What the running order forbids and the planned one, as far as its words tell, does not: persons, ways of contact
/// through others, and kinds of place. Places are told without an address.
fn falls_away(case: &C<'_>) -> Vec<String> {
    let changed = [OrderChange::Amends, OrderChange::Replaces, OrderChange::Extends]
        .into_iter()
        .find_map(|how| change(case, how));
    let Some(old) = changed.and_then(|earlier| case.dossier.find_measure(&earlier.measure)) else { return Vec::new() };
    let conditions = &case.plan.conditions;
    let of = |kinds: &[CriminalConditionKind]| -> String {
        let own = conditions.iter().filter(|item| kinds.contains(&item.kind));
        own.flat_map(|item| [Some(item.text.clone()), item.area.clone()])
            .flatten()
            .collect::<Vec<String>>()
            .join(" ")
            .to_lowercase()
    };
    let contact = of(&[CriminalConditionKind::ContactBan]);
    let kinds = [CriminalConditionKind::AreaBan, CriminalConditionKind::LocationBan, CriminalConditionKind::ContactBan];
    let places = of(&kinds);
    let forbids = |conduct: Conduct| {
        old.rules.iter().filter(move |rule| rule.effect == RuleEffect::Forbids && rule.conduct == conduct)
    };
    let mut gone: Vec<String> = forbids(Conduct::Contact)
        .flat_map(|rule| if rule.with.is_empty() { &old.protected } else { &rule.with })
        .filter(|person| {
            let bans = |item: &&CriminalCondition| item.kind == CriminalConditionKind::ContactBan;
            !conditions.iter().filter(bans).any(|item| item.protects.contains(person))
        })
        .map(|person| format!("contact met {}", case.dossier.person_name(person)))
        .collect();
    let through_others = forbids(Conduct::Contact).any(|rule| rule.channels.contains(&Channel::ThirdParty));
    if through_others && !["ander", "derde"].iter().any(|word| contact.contains(word)) {
        gone.push("contact via anderen".to_owned());
    }
    for (stem, told) in PLACES {
        let named = forbids(Conduct::Presence)
            .flat_map(|rule| &rule.places)
            .any(|place| stem.iter().any(|stem| place.description.to_lowercase().contains(stem)));
        if named && !stem.iter().any(|stem| places.contains(stem)) {
            gone.push((*told).to_owned());
        }
    }
    gone.dedup();
    gone
}

/// Kinds of place that a condition draws an area around, although someone protected has such a place at an address
/// that not everyone may know.
fn area_tells_secret(case: &C<'_>) -> Vec<String> {
    let mut told = Vec::new();
    for condition in case.plan.conditions.iter().filter(|condition| condition.area.is_some()) {
        let words = format!("{} {}", condition.text, condition.area.as_deref().unwrap_or_default()).to_lowercase();
        let secret = |kind: AddressKind| {
            let protected = case.dossier.persons.iter().filter(|person| condition.protects.contains(&person.id));
            protected.flat_map(|person| &person.addresses).any(|address| address.kind == kind && address.is_shielded())
        };
        for (stems, kind, place) in SECRET_PLACES {
            if stems.iter().any(|stem| words.contains(stem)) && secret(*kind) {
                told.push((*place).to_owned());
            }
        }
    }
    told.dedup();
    told
}

/// Kinds of place that only one address of a person can be, by the beginnings of their words. A school is left out: a
/// family has several, and the words do not tell which.
const SECRET_PLACES: &[(&[&str], AddressKind, &str)] = &[
    (&["verblij", "schuil", "opvanghuis"], AddressKind::Stay, "de verblijfplaats"),
    (&["werk"], AddressKind::Work, "de werkplek"),
];

/// Kinds of place by the beginnings of their words.
const PLACES: &[(&[&str], &str)] = &[
    (&["school", "schol"], "de school"),
    (&["werk"], "de werkplek"),
    (&["verblij"], "de verblijfplaats"),
    (&["woning", "woonadres", "woonhuis"], "de woning"),
    (&["opvang"], "de opvang"),
    (&["sport"], "de sportclub"),
];

/// Facts that the plan gives as a ground, and of which every source is a document of another matter that nothing
/// records as joined.
fn grounds_not_joined(case: &C<'_>) -> Vec<String> {
    let plan = case.plan;
    if plan.basis == InterventionBasis::FamilyCondition {
        return Vec::new();
    }
    let new_facts = plan.earlier_order.iter().flat_map(|earlier| &earlier.new_facts);
    let grounds: Vec<_> = plan
        .suspicion_facts
        .iter()
        .chain(&plan.ground_facts)
        .chain(&plan.enforceability_facts)
        .chain(new_facts)
        .collect();
    let foreign = |id: &DocumentId| {
        let document = case.dossier.documents.iter().find(|document| document.id == *id);
        document.is_some_and(|document| document.foreign_to(Domain::Criminal).is_some())
    };
    case.dossier
        .events
        .iter()
        .filter(|event| grounds.iter().any(|fact| fact.as_str() == event.id.as_str()))
        .filter(|event| {
            let statements = event.statements.iter().filter_map(|item| item.source.as_ref());
            let mut sources = statements.chain(event.answers.iter().filter_map(|item| item.source.as_ref())).peekable();
            sources.peek().is_some() && sources.all(|source| foreign(&source.document))
        })
        .map(|event| format!("\"{}\"", event.description.trim_end_matches('.')))
        .collect()
}

/// Hearings in the matter after the day of the verdict.
fn hearings_after_verdict(case: &C<'_>) -> Vec<String> {
    let verdict = matches!(case.plan.basis, InterventionBasis::Sr14c | InterventionBasis::Sr38v);
    let Some(day) = case.plan.order_date.filter(|_| verdict) else { return Vec::new() };
    let hearings = case.dossier.find_matter(&case.plan.matter).into_iter().flat_map(|matter| &matter.hearings);
    let later = hearings.filter(|hearing| local_date(&hearing.at) > day);
    later.map(|hearing| format!("de zitting van {} ({})", dutch_date(local_date(&hearing.at)), hearing.kind)).collect()
}

/// Titles of documents of another matter on which a fact rests, when all parties may know them.
fn not_joined(case: &C<'_>) -> Vec<String> {
    let events = case.dossier.events.iter();
    let cited: BTreeSet<&DocumentId> = events
        .flat_map(|event| {
            let statements = event.statements.iter().filter_map(|item| item.source.as_ref());
            statements.chain(event.answers.iter().filter_map(|item| item.source.as_ref()))
        })
        .map(|source| &source.document)
        .collect();
    let open = |restriction: &crate::dossier::model::UseRestriction| {
        !restriction.secret_source && !restriction.without_caution && restriction.withheld_from.is_empty()
    };
    case.dossier
        .documents
        .iter()
        .filter(|document| cited.contains(&document.id) && document.foreign_to(Domain::Criminal).is_some())
        .filter(|document| document.restriction.as_ref().is_none_or(open))
        .map(|document| format!("\"{}\"", document.title))
        .collect()
}
