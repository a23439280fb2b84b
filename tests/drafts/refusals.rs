//! Who decides can also refuse: the paper then orders nothing, asks why, and protects nobody in the bridge.

use super::{demo_day, document, drafts_of, drafts_with_demo_findings, own_sentence, text_of, write_own_words};
use crate::support::families::{demo, demo_with, instant};
use combizitting::conflicts::bridge::build;
use combizitting::conflicts::model::Need;
use combizitting::dossier::model::{
    CriminalPhase, Domain, Dossier, ExtensionPlan, InterventionBasis, MeasureState, OrderChange, Request, RequestKind,
};
use combizitting::drafting::model::{DraftKind, DraftProblem};
use rstest::rstest;

fn refused(basis: InterventionBasis, how: Option<OrderChange>) -> Dossier {
    demo_with(|dossier| {
        if basis == InterventionBasis::Sv80 {
            let cases = dossier.matters.iter_mut().filter_map(|matter| matter.criminal.as_mut());
            cases.for_each(|case| case.phase = CriminalPhase::Remand);
        }
        let family = dossier.plans.omgang.as_ref().expect("a plan").matter.clone();
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        (plan.basis, plan.refused) = (basis, true);
        match (&mut plan.earlier_order, how) {
            (Some(earlier), Some(how)) => earlier.how = how,
            (earlier, _) => *earlier = None,
        }
        if basis == InterventionBasis::FamilyCondition {
            plan.matter = family;
        }
    })
}

fn not_extended(change: impl FnOnce(&mut ExtensionPlan)) -> Dossier {
    demo_with(|dossier| {
        let plan = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()).expect("an extension");
        (plan.refused, plan.new_end) = (true, None);
        change(plan);
    })
}

fn problems(dossier: &Dossier, kind: DraftKind) -> Vec<DraftProblem> {
    drafts_with_demo_findings(dossier, kind).problems
}

#[rstest]
#[case::special_conditions(
    InterventionBasis::Sr14c,
    None,
    "om bijzondere voorwaarden te stellen",
    "Vonnis zonder bijzondere voorwaarden"
)]
#[case::measure(
    InterventionBasis::Sr38v,
    None,
    "die maatregel wordt niet opgelegd",
    "Vonnis zonder vrijheidsbeperkende maatregel"
)]
#[case::remand(
    InterventionBasis::Sv80,
    None,
    "wordt niet geschorst",
    "Afwijzing van schorsing van de voorlopige hechtenis"
)]
#[case::first_order(
    InterventionBasis::Sv509hh,
    None,
    "geldt tot 10 februari 2027 om 17.00 uur",
    "Beslissing om geen gedragsaanwijzing te geven"
)]
#[case::change(
    InterventionBasis::Sv509hh,
    Some(OrderChange::Amends),
    "van 12 november 2026 niet; zij geldt ongewijzigd tot 10 februari 2027",
    "Beslissing om geen gedragsaanwijzing te geven"
)]
#[case::extension(
    InterventionBasis::Sv509hh,
    Some(OrderChange::Extends),
    "van 12 november 2026 niet; zij eindigt op 10 februari 2027 om 17.00 uur",
    "Beslissing om geen gedragsaanwijzing te geven"
)]
#[case::condition(
    InterventionBasis::FamilyCondition,
    None,
    "wijst af wat [in te vullen: wie verzoekt] over een voorwaarde",
    "Beschikking over een voorwaarde"
)]
fn what_is_demanded_can_be_refused_on_every_basis(
    #[case] basis: InterventionBasis,
    #[case] how: Option<OrderChange>,
    #[case] says: &str,
    #[case] title: &str,
) {
    let set = drafts_with_demo_findings(&refused(basis, how), DraftKind::Gedragsinterventie);
    let text = text_of(document(&set, "gedragsinterventie"));
    assert!(text.contains(says), "{text}");
    assert!(
        text.contains(title) && text.contains("[in te vullen: waarom het gevorderde of verzochte wordt afgewezen]")
    );
    let ruling = text.rsplit("\nBeslissing\n").next().and_then(|rest| rest.split("Bijlage: verantwoording").next());
    for ordered in [
        "stelt als bijzondere voorwaarde",
        "stelt als voorwaarde",
        "contactverbod:",
        "schorst de",
        "pas begint als",
        "proeftijd vast",
    ] {
        assert!(!ruling.unwrap_or_default().contains(ordered), "{ordered}");
    }
    // What only guards an order that is given is not asked.
    for code in [
        "intervention_14c_without_conviction",
        "intervention_38v_course",
        "intervention_509hh_threshold",
        "intervention_ground_not_joined",
    ] {
        assert!(set.problems.iter().all(|problem| problem.code != code), "{code}");
    }
}

#[test]
fn a_demand_that_the_file_holds_is_refused_in_its_own_words() {
    let mut dossier = refused(InterventionBasis::Sr14c, None);
    let missing = |dossier: &Dossier| {
        problems(dossier, DraftKind::Gedragsinterventie)
            .iter()
            .any(|item| item.code == "intervention_refused_not_asked")
    };
    assert!(missing(&dossier));
    let prosecutor = dossier.organisations.iter().find(|item| item.name.starts_with("Openbaar Ministerie"));
    let by = prosecutor.expect("the prosecutor").id.clone();
    let first: Request = dossier.requests.first().expect("a request").clone();
    dossier.requests.push(Request {
        id: "r-eis".into(),
        matter: "m-straf".into(),
        kind: RequestKind::Intervention,
        by,
        content: "Een behandelverplichting bij de polikliniek.".to_owned(),
        positions: Vec::new(),
        ..first
    });
    assert!(!missing(&dossier));
    let set = drafts_with_demo_findings(&dossier, DraftKind::Gedragsinterventie);
    let text = text_of(document(&set, "gedragsinterventie"));
    assert!(
        text.contains("wijst af de vordering van Openbaar Ministerie")
            && text.contains("(\"Een behandelverplichting bij de polikliniek.\")"),
        "{text}"
    );
}

#[test]
fn an_order_that_is_not_extended_stops_protecting_and_that_is_told() {
    let dossier = refused(InterventionBasis::Sv509hh, Some(OrderChange::Extends));
    let told = problems(&dossier, DraftKind::Gedragsinterventie);
    let warning = told.iter().find(|problem| problem.code == "intervention_refused_unprotected").expect("a warning");
    assert!(warning.message.contains("10 februari 2027 om 17.00 uur"), "{}", warning.message);
    for line in build(&dossier, demo_day()).lines {
        assert!(line.with_plan.covered.iter().all(|span| span.plans.iter().all(|plan| !plan.contains("509hh"))));
    }
    assert!(
        problems(&demo(), DraftKind::Gedragsinterventie)
            .iter()
            .all(|item| !item.code.starts_with("intervention_refused"))
    );
}

#[test]
fn a_mayor_can_decide_not_to_extend() {
    let set = drafts_with_demo_findings(&not_extended(|_| ()), DraftKind::Huisverbod);
    let text = text_of(document(&set, "huisverbod-verlenging"));
    for says in [
        "Besluit om het tijdelijk huisverbod niet te verlengen",
        "niet te verlengen; het eindigt op 20 november 2026 om 21.35 uur",
        "[in te vullen: waarom de dreiging niet voortduurt of iets lichters volstaat, per beschermde persoon]",
        "[in te vullen: waarom het zorgadvies wel of niet wordt gevolgd]",
        "wordt meegedeeld aan Anna Voorbeeld-Aarden",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
    assert!(!text.contains("te verlengen tot") && !text.contains("kan niet verder reiken"), "{text}");
    let own = not_extended(|plan| {
        plan.refusal_reason = Some("De vader verblijft tot en met maart bij zijn ouders".to_owned())
    });
    let own = drafts_with_demo_findings(&own, DraftKind::Huisverbod);
    let text = text_of(document(&own, "huisverbod-verlenging"));
    assert!(
        text.contains(
            "Waarom het huisverbod niet wordt verlengd: De vader verblijft tot en met maart bij zijn ouders."
        )
    );
    assert!(!text.contains("waarom de dreiging niet voortduurt"));
}

#[rstest]
#[case::told("huisverbod_not_extended_unprotected", not_extended(|_| ()), true)]
#[case::granted("huisverbod_not_extended_unprotected", demo(), false)]
#[case::signer("huisverbod_extension_signer_missing", not_extended(|plan| plan.signed_by = None), true)]
#[case::not_heard("huisverbod_not_heard", not_extended(|plan| plan.heard_on = None), false)]
#[case::facts("huisverbod_danger_after_imposition", not_extended(|plan| plan.danger_facts.clear()), false)]
#[case::no_end("huisverbod_extension_end_missing", demo_with(|dossier| {
    dossier.plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()).expect("a plan").new_end = None;
}), true)]
#[case::refused_without_end("huisverbod_extension_end_missing", not_extended(|_| ()), false)]
#[case::already_extended("huisverbod_refused_but_extended", {
    let mut dossier = not_extended(|_| ());
    let extension = dossier.measures.iter_mut().find(|measure| measure.id.as_str() == "thv-verlenging");
    extension.expect("the extension").state = MeasureState::InForce;
    dossier
}, true)]
fn a_decision_not_to_extend_has_its_own_limits(#[case] code: &str, #[case] dossier: Dossier, #[case] fires: bool) {
    let found = problems(&dossier, DraftKind::Huisverbod);
    assert_eq!(found.iter().any(|problem| problem.code == code), fires, "{found:#?}");
}

#[test]
fn a_huisverbod_that_is_not_extended_protects_up_to_its_end() {
    let dossier = not_extended(|plan| plan.new_end = Some(instant("2026-12-08T21:35:00+01:00")));
    let bridge = build(&dossier, demo_day());
    let line = bridge.lines.iter().find(|line| line.person.as_str() == "moeder" && line.need == Need::Home);
    let gap = line.and_then(|line| line.with_plan.gaps.first()).map(|gap| gap.from);
    assert_eq!(gap, Some(instant("2026-11-20T21:35:00+01:00")));
    let review = drafts_with_demo_findings(&dossier, DraftKind::Huisverbod);
    let text = text_of(document(&review, "huisverbod-beroep"));
    assert!(!text.contains("Wordt het huisverbod verlengd"), "{text}");
    let text = text_of(document(&review, "beschermingsbrug"));
    let closes = "eindigt de verlenging";
    assert!(!text.contains(closes) && !text.contains("door de verlenging"), "what is refused closes no hole: {text}");
    let granted = drafts_with_demo_findings(&demo(), DraftKind::Huisverbod);
    assert!(text_of(document(&granted, "beschermingsbrug")).contains(closes));
}

#[rstest]
#[case(InterventionBasis::Sr14c, 4)]
#[case(InterventionBasis::Sv80, 2)]
#[case(InterventionBasis::FamilyCondition, 2)]
fn who_refuses_gives_the_reasons_in_own_words(#[case] basis: InterventionBasis, #[case] expected: usize) {
    let mut dossier = refused(basis, None);
    let blocks = write_own_words(&mut dossier, DraftKind::Gedragsinterventie);
    assert_eq!(blocks.len(), expected, "{blocks:#?}");
    let set = drafts_of(&dossier, DraftKind::Gedragsinterventie);
    let text = text_of(document(&set, "gedragsinterventie"));
    for number in 0..blocks.len() {
        assert_eq!(text.matches(&own_sentence(number)).count(), 1, "{number}: {text}");
    }
    assert!(!text.contains("waarom het gevorderde of verzochte wordt afgewezen]"));
    assert!(blocks.iter().all(|block| block.domain == Domain::Criminal || basis == InterventionBasis::FamilyCondition));
}
