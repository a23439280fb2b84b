//! Decisions in the criminal matter: each basis asks and says what its article does, and no more.

use super::{document, drafts_with_demo_findings, text_of};
use crate::support::families::{demo, demo_with, instant};
use combizitting::dossier::model::{
    CriminalConditionKind, CriminalPhase, Domain, Dossier, InterventionBasis, InterventionPlan, JudgeWords, MatterKind,
    OrderChange,
};
use combizitting::drafting::model::DraftKind;
use rstest::rstest;

fn paper(dossier: &Dossier) -> String {
    let set = drafts_with_demo_findings(dossier, DraftKind::Gedragsinterventie);
    text_of(document(&set, "gedragsinterventie"))
}

fn with_plan(change: impl FnOnce(&mut InterventionPlan)) -> Dossier {
    demo_with(|dossier| change(dossier.plans.gedragsinterventie.as_mut().expect("a plan")))
}

fn phase(dossier: &mut Dossier, phase: CriminalPhase) {
    dossier.matters.iter_mut().filter_map(|matter| matter.criminal.as_mut()).for_each(|case| case.phase = phase);
}

fn on_basis(basis: InterventionBasis) -> Dossier {
    demo_with(|dossier| {
        if basis == InterventionBasis::Sv80 {
            phase(dossier, CriminalPhase::Remand);
        }
        let family = dossier.plans.omgang.as_ref().expect("a plan").matter.clone();
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        plan.basis = basis;
        plan.earlier_order = None;
        match basis {
            InterventionBasis::Sr14c => {
                plan.on_conviction = true;
                (plan.sentence_days, plan.conditional_days) = (Some(120), Some(60));
                plan.proeftijd_months = Some(24);
                plan.immediately_enforceable = Some(true);
                plan.enforceability_facts = vec!["ev-mishandeling-2023".into()];
            }
            InterventionBasis::Sr38v => {
                plan.on_conviction = true;
                (plan.programme, plan.provider) = (None, None);
                plan.conditions.retain(|item| item.kind != CriminalConditionKind::GuidanceToHelp);
                plan.duration_months = Some(24);
                (plan.custody_days_per_breach, plan.custody_days_max) = (Some(7), Some(180));
                plan.immediately_enforceable = Some(false);
            }
            InterventionBasis::FamilyCondition => {
                plan.matter = family;
                plan.conditions.clear();
            }
            InterventionBasis::Sv80 | InterventionBasis::Sv509hh => {}
        }
    })
}

#[rstest]
#[case(InterventionBasis::Sr14c, &[
    "verklaart bewezen: [in te vullen:", "spreekt de verdachte vrij van wat meer of anders", "strafbaar (zo niet: ontslag van alle rechtsvervolging",
    "art. 27 Sr", "tijdens de proeftijd", "gevaar oplevert voor, het lichaam", "vordering van de benadeelde partij: [in te vullen:",
    "waarom deze straf of maatregel passend is", "waarom aan de maatstaf voor dadelijke uitvoerbaarheid is voldaan", "in het openbaar",
], &["wijst af wat meer of anders", "onschuldpresumptie", "ernstige bezwaren blijken"])]
#[case(InterventionBasis::Sr38v, &[
    "hoofdstraf, of: geen straf, met toepassing van art. 9a Sr", "maatregel tot beperking van de vrijheid", "aangewezen opsporingsambtenaar",
    "van ten hoogste 7 dagen", "samen van ten hoogste 180 dagen", "gebiedsverbod",
], &["programma of behandeling]", "aanbieder]", "wie toezicht houdt", "beveelt geen dadelijke", "locatieverbod:", "BORG"])]
#[case(InterventionBasis::Sv80, &[
    "of, wanneer en hoe de verdachte zich bereid heeft verklaard", "ambtshalve, op vordering van de officier van justitie, of op verzoek", "niet onttrekt",
    "bij bewaring: de rechter-commissaris", "rechter-commissaris, of: rechter, in raadkamer", "onschuldpresumptie",
], &["in het openbaar", "dadelijke uitvoerbaarheid wijst", "wijst af wat meer of anders", "algemene voorwaarden van de wet"])]
#[case(InterventionBasis::FamilyCondition, &[
    "pas begint als Bas Fictief-Zandman meewerkt", "wordt bezien of het contact aan deze voorwaarde gebonden blijft", "art. 1:253a BW", "geen ontzegging",
    "beslist op de andere verzoeken in deze zaak in de beslissing over de omgang", "in het openbaar",
], &["geen contact plaatsvindt", "advies van de reclassering]", "wie toezicht houdt", "De feiten waarvan verdacht", "niet gevoegd"])]
fn each_basis_says_what_its_article_does(
    #[case] basis: InterventionBasis,
    #[case] says: &[&str],
    #[case] says_not: &[&str],
) {
    let text = paper(&on_basis(basis));
    for words in says {
        assert!(text.contains(words), "{basis:?} mist \"{words}\"");
    }
    for words in says_not {
        assert!(!text.contains(words), "{basis:?} bevat \"{words}\"");
    }
}

#[rstest]
#[case(Some(OrderChange::Amends), "wijzigt de gedragsaanwijzing van 12 november 2026", "83 dagen")]
#[case(Some(OrderChange::Extends), "verlengt de gedragsaanwijzing van 12 november 2026", "beveelt Bas")]
#[case(Some(OrderChange::Replaces), "trekt de gedragsaanwijzing van 12 november 2026", "luidt voortaan")]
#[case(None, "[in te vullen: wat deze beslissing doet met de lopende gedragsaanwijzing", "luidt voortaan")]
fn a_second_order_says_what_it_does_with_the_first(
    #[case] how: Option<OrderChange>,
    #[case] says: &str,
    #[case] says_not: &str,
) {
    let text = paper(&with_plan(|plan| match (&mut plan.earlier_order, how) {
        (Some(earlier), Some(how)) => earlier.how = how,
        (earlier, _) => *earlier = None,
    }));
    assert!(text.contains(says), "{says}");
    assert!(!text.contains(says_not), "{says_not}");
}

#[test]
fn a_first_order_gives_its_days_and_speaks_of_no_other() {
    let text = paper(&demo_with(|dossier| {
        dossier.measures.retain(|measure| measure.id.as_str() != "ban-509hh");
        dossier.plans.gedragsinterventie.as_mut().expect("a plan").earlier_order = None;
    }));
    assert!(text.contains("voor de duur van 83 dagen") && !text.contains("lopende gedragsaanwijzing"));
}

#[test]
fn what_an_order_needs_and_the_plan_does_not_give_is_a_visible_blank() {
    let text = paper(&with_plan(|plan| {
        plan.suspicion_facts.clear();
        plan.order_ground = None;
        plan.ground_facts.clear();
        for condition in &mut plan.conditions {
            (condition.area, condition.report_to, condition.report_at) = (None, None, None);
        }
    }));
    for blank in [
        "feiten waaruit de ernstige bezwaren blijken",
        "a, b of c van art. 509hh lid 1 Sv",
        "feiten waaruit die grond blijkt",
        "gebied: straten, straal of kaart",
        "aangewezen opsporingsambtenaar",
        "tijdstippen",
        "of en waarom ernstige bezwaren bestaan",
    ] {
        assert!(text.contains(&format!("[in te vullen: {blank}]")), "{blank}");
    }
}

#[test]
fn own_words_fill_the_place_of_the_requirement_they_are_about() {
    let text = paper(&demo_with(|dossier| {
        dossier.judge_words.push(JudgeWords {
            about: "gedragsinterventie/bezwaren".to_owned(),
            domain: Domain::Criminal,
            answer: None,
            text: "De aangifte vindt steun in de letselbeschrijving.".to_owned(),
            by: "de officier van justitie".to_owned(),
            on: super::demo_day(),
            beside: None,
            from_file: false,
        });
    }));
    assert!(text.contains("De aangifte vindt steun in de letselbeschrijving."));
    assert!(!text.contains("of en waarom ernstige bezwaren bestaan"));
    assert!(text.contains("of en waarom deze grond bestaat"), "het andere vereiste blijft open");
}

#[test]
fn after_a_final_conviction_nobody_is_called_a_suspect_of_it() {
    let text = paper(&demo_with(|dossier| phase(dossier, CriminalPhase::ConvictedFinal)));
    assert!(text.contains("De bewezen verklaarde feiten") && !text.contains("waarvan verdacht"));
    assert!(!text.contains("onschuldpresumptie"));
    assert!(paper(&demo()).contains("De feiten waarvan verdacht"));
}

#[test]
fn an_offence_that_no_event_tells_of_asks_for_its_time_and_place() {
    let text = paper(&demo_with(|dossier| {
        let case = dossier.matters.iter_mut().find_map(|matter| matter.criminal.as_mut()).expect("a criminal matter");
        case.offences[0].events.clear();
    }));
    assert!(text.contains("[in te vullen: tijd en plaats van dit feit]"));
    assert!(text.contains("3 november 2026 om 23.14 uur (F9)"));
}

#[test]
fn a_measure_that_has_run_out_is_over() {
    let dossier = demo_with(|dossier| {
        let ban = dossier.measures.iter_mut().find(|measure| measure.id.as_str() == "ban-509hh").expect("the order");
        ban.ends = Some(instant("2026-11-15T17:00:00+01:00"));
        dossier.plans.gedragsinterventie.as_mut().expect("a plan").earlier_order = None;
    });
    let told = |text: &str, state: &str| {
        text.contains(&format!("Gedragsaanwijzing van de officier van justitie (art. 509hh lid 1 onder b Sv), {state}"))
    };
    assert!(told(&paper(&dossier), "afgelopen") && !told(&paper(&dossier), "in werking"));
    assert!(told(&paper(&demo()), "in werking"));
}

#[test]
fn the_report_of_a_talk_with_a_child_is_listed_only_where_the_child_was_heard() {
    let listed = |text: &str| text.contains("– Verslag kindgesprek");
    assert!(!listed(&paper(&demo())));
    let gezag = drafts_with_demo_findings(&demo(), DraftKind::Gezag);
    assert!(listed(&text_of(document(&gezag, "gezag"))));
    assert!(demo().matters.iter().any(|matter| matter.kind == MatterKind::CriminalCase));
}
