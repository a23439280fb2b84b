//! Draft C, further: the gedragsaanwijzing of art. 509hh Sv, what its orders must hold, and material that
//! comes from another matter.

use super::{Case, Rule, Weight, names, when};
use crate::dossier::model::{
    CriminalCondition, CriminalConditionKind, CriminalPhase, Domain, EarlierOrder, InterventionBasis, InterventionPlan,
    Measure, OrderChange,
};
use crate::drafting::decision::running_order;
use crate::shared::ids::DocumentId;
use crate::shared::moment::local_date;
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
