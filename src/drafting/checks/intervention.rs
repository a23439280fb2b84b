//! Draft C: what each legal basis allows for a course or treatment.

use super::{Case, Rule, Weight, common, names, when};
use crate::dossier::model::{
    CriminalCase, CriminalConditionKind, CriminalPhase, EventKind, InterventionBasis, InterventionPlan, Programme,
    RiskClass,
};

type C<'a> = Case<'a, InterventionPlan>;

/// Six months of substitute custody, a month counted as thirty days (art. 88 Sr).
const CUSTODY_MAX_DAYS: u32 = 180;
/// Two and four years in days, for the bounds of art. 14a Sr.
const TWO_YEARS: u32 = 730;
const FOUR_YEARS: u32 = 1460;

pub(super) const RULES: &[Rule<InterventionPlan>] = &[
    Rule {
        code: "intervention_38v_course",
        weight: Weight::Impossible,
        source: "art. 38v lid 2 Sr",
        message: "Een vrijheidsbeperkende maatregel (art. 38v Sr) kan alleen een gebiedsverbod, contactverbod, locatiegebod of meldplicht zijn. Een cursus, behandeling of ander voorschrift kan niet; daarvoor is art. 14c Sr.",
        test: |case| {
            when(is(case, InterventionBasis::Sr38v) && (case.plan.programme.is_some() || has_other_than_ban(case)))
        },
    },
    Rule {
        code: "intervention_509hh_only_guidance",
        weight: Weight::Impossible,
        source: "art. 509hh lid 2 Sv",
        message: "Een gedragsaanwijzing kan begeleiding bij hulpverlening inhouden, maar geen cursus, behandeling of elektronisch toezicht.",
        test: |case| {
            let guided = has(case, CriminalConditionKind::GuidanceToHelp);
            let course = case.plan.programme.is_some() && !guided;
            when(is(case, InterventionBasis::Sv509hh) && (course || beyond_509hh(case)))
        },
    },
    Rule {
        code: "intervention_borg_outside_criminal",
        weight: Weight::Impossible,
        source: "art. 14c lid 2 Sr",
        message: "BORG wordt alleen in een strafrechtelijk kader gegeven en kan geen voorwaarde van de familierechter zijn.",
        test: |case| when(is(case, InterventionBasis::FamilyCondition) && case.plan.programme == Some(Programme::Borg)),
    },
    Rule {
        code: "intervention_family_criminal_conditions",
        weight: Weight::Impossible,
        source: "art. 1:377a BW",
        message: "De familierechter kan geen strafrechtelijke voorwaarden opleggen, zoals een meldplicht, een gebiedsverbod of elektronisch toezicht.",
        test: |case| when(is(case, InterventionBasis::FamilyCondition) && has_criminal_condition(case)),
    },
    Rule {
        code: "intervention_family_without_contact",
        weight: Weight::Open,
        source: "art. 1:377a lid 2 en 3 BW; art. 1:253a lid 2 BW",
        message: "Een voorwaarde van de familierechter hoort bij een regeling over contact. Het ontwerp over omgang kent voor deze ouder geen contact dat van de voorwaarde kan afhangen. Zonder regeling werkt de voorwaarde als een ontzegging zonder grond.",
        test: |case| when(is(case, InterventionBasis::FamilyCondition) && !has_arranged_contact(case)),
    },
    Rule {
        code: "intervention_14c_without_conviction",
        weight: Weight::Impossible,
        source: "art. 14a en art. 14c Sr",
        message: "Bijzondere voorwaarden kunnen alleen bij een veroordeling. Vóór het vonnis kan alleen schorsing van de voorlopige hechtenis (art. 80 Sv) of een gedragsaanwijzing (art. 509hh Sv).",
        test: |case| when(is(case, InterventionBasis::Sr14c) && !convicted(case)),
    },
    Rule {
        code: "intervention_14c_without_conditional_part",
        weight: Weight::Impossible,
        source: "art. 14a en art. 14c Sr",
        message: "Bijzondere voorwaarden vragen een straf die geheel of gedeeltelijk voorwaardelijk is. Het voorwaardelijke deel ontbreekt.",
        test: |case| when(is(case, InterventionBasis::Sr14c) && case.plan.conditional_days.unwrap_or(0) == 0),
    },
    Rule {
        code: "intervention_38v_without_conviction",
        weight: Weight::Impossible,
        source: "art. 38v lid 1 Sr",
        message: "Deze maatregel kan alleen bij een veroordeling, of als geen straf wordt opgelegd (art. 9a Sr). Vóór het vonnis kan alleen art. 80 of art. 509hh Sv.",
        test: |case| when(is(case, InterventionBasis::Sr38v) && !convicted(case)),
    },
    Rule {
        code: "intervention_after_acquittal",
        weight: Weight::Impossible,
        source: "art. 14a Sr en art. 509hh Sv",
        message: "Na vrijspraak of sepot kan in deze strafzaak geen voorwaarde, maatregel of gedragsaanwijzing volgen.",
        test: |case| {
            when(is_criminal(case) && matches!(phase(case), Some(CriminalPhase::Acquitted | CriminalPhase::Dismissed)))
        },
    },
    Rule {
        code: "intervention_80_without_remand",
        weight: Weight::Impossible,
        source: "art. 80 lid 1 Sv",
        message: "Schorsing van de voorlopige hechtenis kan alleen als er voorlopige hechtenis is.",
        test: |case| {
            let remand = matches!(phase(case), Some(CriminalPhase::Remand | CriminalPhase::RemandSuspended));
            when(is(case, InterventionBasis::Sv80) && !remand)
        },
    },
    Rule {
        code: "intervention_38v_duration",
        weight: Weight::Impossible,
        source: "art. 38v lid 3 Sr",
        message: "Een vrijheidsbeperkende maatregel duurt ten hoogste vijf jaar.",
        test: |case| {
            when(is(case, InterventionBasis::Sr38v) && case.plan.duration_months.is_some_and(|months| months > 60))
        },
    },
    Rule {
        code: "intervention_38w_custody",
        weight: Weight::Impossible,
        source: "art. 38w Sr",
        message: "Vervangende hechtenis is per overtreding ten minste drie dagen en samen ten hoogste zes maanden.",
        test: |case| {
            let short = case.plan.custody_days_per_breach.is_some_and(|days| days < 3);
            let long = [case.plan.custody_days_per_breach, case.plan.custody_days_max];
            when(
                is(case, InterventionBasis::Sr38v)
                    && (short || long.iter().flatten().any(|days| *days > CUSTODY_MAX_DAYS)),
            )
        },
    },
    Rule {
        code: "intervention_509hh_duration",
        weight: Weight::Impossible,
        source: "art. 509hh lid 4 Sv",
        message: "Een gedragsaanwijzing geldt ten hoogste 90 dagen; daarna is verlenging nodig.",
        test: |case| {
            when(is(case, InterventionBasis::Sv509hh) && case.plan.duration_days.is_some_and(|days| days > 90))
        },
    },
    Rule {
        code: "intervention_proeftijd_over_ten_years",
        weight: Weight::Impossible,
        source: "art. 14b lid 2 Sr",
        message: "Een proeftijd duurt nooit langer dan tien jaar.",
        test: |case| when(case.plan.proeftijd_months.is_some_and(|months| months > 120)),
    },
    Rule {
        code: "intervention_proeftijd_over_three_years",
        weight: Weight::Limit,
        source: "art. 14b lid 2 Sr",
        message: "Een proeftijd van meer dan drie jaar kan alleen als er ernstig rekening mee moet worden gehouden dat opnieuw een misdrijf tegen het lichaam van een ander wordt gepleegd.",
        test: |case| when(case.plan.proeftijd_months.is_some_and(|months| months > 36 && months <= 120)),
    },
    Rule {
        code: "intervention_sentence_bounds",
        weight: Weight::Impossible,
        source: "art. 14a Sr",
        message: "De straf valt buiten de grenzen: tot twee jaar kan geheel voorwaardelijk, van twee tot vier jaar ten hoogste twee jaar voorwaardelijk, daarboven niets.",
        test: |case| when(is(case, InterventionBasis::Sr14c) && outside_14a(case)),
    },
    Rule {
        code: "intervention_enforceability_reasons",
        weight: Weight::Open,
        source: "art. 14e Sr en art. 38v lid 4 Sr",
        message: "Dadelijke uitvoerbaarheid vraagt feiten waaruit blijkt dat aan het criterium is voldaan.",
        test: |case| {
            let verdict = is(case, InterventionBasis::Sr14c) || is(case, InterventionBasis::Sr38v);
            when(
                verdict && case.plan.immediately_enforceable == Some(true) && case.plan.enforceability_facts.is_empty(),
            )
        },
    },
    Rule {
        code: "intervention_supervision",
        weight: Weight::Open,
        source: "art. 14d Sr",
        message: "Wie toezicht houdt op de voorwaarden, ontbreekt.",
        test: |case| when(conditional(case) && case.plan.supervised_by.is_none()),
    },
    Rule {
        code: "intervention_advice",
        weight: Weight::Limit,
        source: "art. 14c Sr",
        message: "Een advies van de reclassering over deze interventie ontbreekt.",
        test: |case| {
            let in_case = criminal(case).is_some_and(|criminal| criminal.reclassering_advice.is_some());
            when(conditional(case) && case.plan.advice.is_none() && !in_case)
        },
    },
    Rule {
        code: "intervention_borg_indication",
        weight: Weight::Limit,
        source: "art. 14c lid 2 onder 13 Sr",
        message: "BORG past alleen bij situationeel partnergeweld met een laag tot gemiddeld risico volgens de reclassering. Anders ligt behandeling voor de hand.",
        test: |case| when(case.plan.programme == Some(Programme::Borg) && !borg_fits(case)),
    },
    Rule {
        code: "intervention_course_beyond_proeftijd",
        weight: Weight::Impossible,
        source: "art. 14c lid 2 Sr",
        message: "Een bijzondere voorwaarde kan niet langer duren dan de proeftijd.",
        test: |case| {
            let (weeks, months) = (case.plan.course_weeks, case.plan.proeftijd_months);
            let longer =
                weeks.zip(months).is_some_and(|(weeks, months)| weeks.saturating_mul(12) > months.saturating_mul(52));
            when(is(case, InterventionBasis::Sr14c) && longer)
        },
    },
    Rule {
        code: "intervention_ban_against_omgang",
        weight: Weight::Open,
        source: "art. 31 Verdrag van Istanbul",
        message: "Het contactverbod kent geen uitzondering voor het contact met een kind dat in het ontwerp over omgang is voorzien.",
        test: |case| names(children_in_both(case)),
    },
    Rule {
        code: "intervention_guilt_words",
        weight: Weight::Open,
        source: "art. 6 EVRM",
        message: "Tot de veroordeling is het woord verdachte. Een tekst in het plan loopt daarop vooruit.",
        test: |case| {
            let texts =
                case.plan.conditions.iter().flat_map(|item| [Some(item.text.as_str()), item.exception.as_deref()]);
            let word = texts.flatten().find_map(common::guilt_word)?;
            (!convicted(case)).then(|| format!("Gevonden: \"{word}\"."))
        },
    },
    Rule {
        code: "intervention_not_the_accused",
        weight: Weight::Impossible,
        source: "art. 27 Sv",
        message: "De interventie is gericht op een ander dan degene tegen wie de strafzaak loopt.",
        test: |case| {
            when(is_criminal(case) && criminal(case).is_some_and(|criminal| criminal.accused != case.plan.person))
        },
    },
];

fn is(case: &C<'_>, basis: InterventionBasis) -> bool {
    case.plan.basis == basis
}

fn is_criminal(case: &C<'_>) -> bool {
    !is(case, InterventionBasis::FamilyCondition)
}

/// Conditions under supervision of the reclassering.
fn conditional(case: &C<'_>) -> bool {
    is(case, InterventionBasis::Sr14c) || is(case, InterventionBasis::Sv80)
}

fn has(case: &C<'_>, kind: CriminalConditionKind) -> bool {
    case.plan.conditions.iter().any(|condition| condition.kind == kind)
}

fn criminal<'a>(case: &C<'a>) -> Option<&'a CriminalCase> {
    case.dossier.find_matter(&case.plan.matter).and_then(|matter| matter.criminal.as_ref())
}

fn phase(case: &C<'_>) -> Option<CriminalPhase> {
    criminal(case).map(|criminal| criminal.phase)
}

fn convicted(case: &C<'_>) -> bool {
    case.plan.on_conviction || phase(case).is_some_and(CriminalPhase::is_convicted)
}

fn has_other_than_ban(case: &C<'_>) -> bool {
    use CriminalConditionKind as K;
    case.plan
        .conditions
        .iter()
        .any(|item| !matches!(item.kind, K::ContactBan | K::LocationBan | K::AreaBan | K::Reporting))
}

fn beyond_509hh(case: &C<'_>) -> bool {
    use CriminalConditionKind as K;
    case.plan.conditions.iter().any(|item| matches!(item.kind, K::Course | K::ElectronicMonitoring | K::Other))
}

fn has_criminal_condition(case: &C<'_>) -> bool {
    use CriminalConditionKind as K;
    case.plan
        .conditions
        .iter()
        .any(|item| matches!(item.kind, K::LocationBan | K::AreaBan | K::Reporting | K::ElectronicMonitoring))
}

fn has_arranged_contact(case: &C<'_>) -> bool {
    let omgang = case.dossier.plans.omgang.as_ref().filter(|omgang| omgang.parent == case.plan.person);
    omgang.is_some_and(|omgang| omgang.children.iter().any(|child| child.form.has_contact()))
}

fn outside_14a(case: &C<'_>) -> bool {
    let conditional = case.plan.conditional_days.unwrap_or(0);
    case.plan.sentence_days.is_some_and(|total| {
        conditional > total || total > FOUR_YEARS || (total > TWO_YEARS && conditional > TWO_YEARS)
    })
}

fn borg_fits(case: &C<'_>) -> bool {
    let Some(criminal) = criminal(case) else { return false };
    let risk =
        matches!(criminal.reclassering_risk, Some(RiskClass::Low | RiskClass::LowModerate | RiskClass::Moderate));
    let partner = criminal.offences.iter().any(|offence| offence.against_partner == Some(true));
    let control = case
        .dossier
        .events
        .iter()
        .any(|event| event.kind == EventKind::CoerciveControl && event.actors.contains(&case.plan.person));
    risk && partner && !control
}

fn children_in_both(case: &C<'_>) -> Vec<String> {
    let Some(omgang) = case.dossier.plans.omgang.as_ref().filter(|plan| plan.parent == case.plan.person) else {
        return Vec::new();
    };
    omgang
        .children
        .iter()
        .filter(|child| child.form.has_contact())
        .filter(|child| {
            case.plan.conditions.iter().any(|item| {
                item.kind == CriminalConditionKind::ContactBan
                    && item.protects.contains(&child.child)
                    && item.exception.is_none()
            })
        })
        .map(|child| case.dossier.person_name(&child.child))
        .collect()
}
