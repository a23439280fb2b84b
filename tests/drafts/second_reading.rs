//! What a judge who reads the papers afresh must not find: protection that the same plan takes away, a side that
//! is not heard, and words that nobody spoke.

use super::{demo_day, document, drafts_with_demo_findings, sheets_and_files, text_of};
use crate::support::families::{demo, demo_with, instant};
use combizitting::conflicts::bridge::{Bridge, BridgeState, build};
use combizitting::conflicts::model::Need;
use combizitting::dossier::model::{
    CriminalConditionKind, CriminalPhase, Dossier, EventTime, HuisverbodPlan, InterventionBasis, MeasureState,
    OrderChange, ProvisionalItemKind, ReviewOutcome,
};
use combizitting::drafting::model::{Draft, DraftKind};
use combizitting::shared::moment::Instant;
use rstest::rstest;

fn paper(dossier: &Dossier, kind: DraftKind, name: &str) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, kind), name))
}

fn with_plan(change: impl FnOnce(&mut HuisverbodPlan)) -> Dossier {
    demo_with(|dossier| change(dossier.plans.huisverbod.as_mut().expect("a plan")))
}

fn bridge_of(dossier: &Dossier) -> Bridge {
    build(dossier, demo_day())
}

/// First uncovered moment of the mother, if the plan is followed.
fn first_gap(bridge: &Bridge, need: Need) -> Option<Instant> {
    let line = bridge.lines.iter().find(|line| line.person.as_str() == "moeder" && line.need == need)?;
    line.with_plan.gaps.first().map(|gap| gap.from)
}

fn named<'d>(drafts: &'d [Draft], part: &str) -> &'d Draft {
    drafts.iter().find(|draft| draft.name.contains(part)).expect("a draft of this name")
}

#[test]
fn an_order_on_the_home_that_the_plan_refuses_is_no_protection_in_the_bridge() {
    let refused = with_plan(|plan| {
        plan.provisional.as_mut().expect("an order").items.iter_mut().for_each(|item| item.refused = true);
    });
    assert!(
        paper(&demo(), DraftKind::Huisverbod, "beschermingsbrug")
            .contains("18 december 2026 om 12.00 uur\ngeen vast einde")
    );
    let text = paper(&refused, DraftKind::Huisverbod, "beschermingsbrug");
    assert!(!text.contains("18 december 2026 om 12.00 uur\ngeen vast einde"), "{text}");
    let order = paper(&refused, DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(!order.contains("Hoe lang de voorzieningen gelden") && !order.contains("ingaat op"), "{order}");
}

#[test]
fn protection_starts_when_the_plan_lets_the_order_start() {
    let sooner = with_plan(|plan| {
        plan.provisional.as_mut().expect("an order").effective_from = Some(instant("2026-12-08T12:00:00+01:00"));
    });
    let line = |dossier: &Dossier| {
        let bridge = bridge_of(dossier);
        bridge
            .lines
            .iter()
            .find(|line| line.person.as_str() == "moeder" && line.need == Need::Home)
            .map(|line| line.state)
    };
    assert_eq!(line(&demo()), Some(BridgeState::Open));
    assert_eq!(line(&sooner), Some(BridgeState::ClosedIfPlanFollowed));
}

#[rstest]
#[case::annulled(Some(ReviewOutcome::Founded), true, "2026-11-19T00:00:00+01:00")]
#[case::not_extended(Some(ReviewOutcome::Unfounded), true, "2026-11-20T21:35:00+01:00")]
#[case::extended(Some(ReviewOutcome::Unfounded), false, "2026-12-08T21:35:00+01:00")]
#[case::kept(Some(ReviewOutcome::FoundedEffectsKept), false, "2026-12-08T21:35:00+01:00")]
fn the_bridge_follows_the_ruling_and_the_extension_of_the_plan(
    #[case] outcome: Option<ReviewOutcome>,
    #[case] without_extension: bool,
    #[case] gap: &str,
) {
    let dossier = with_plan(|plan| {
        plan.review.as_mut().expect("a review").outcome = outcome;
        if without_extension {
            plan.extension = None;
        }
    });
    assert_eq!(first_gap(&bridge_of(&dossier), Need::Home), Some(instant(gap)));
}

#[test]
fn who_is_taken_out_of_the_contact_ban_has_none_from_the_ruling_on() {
    let dossier = with_plan(|plan| {
        plan.review.as_mut().expect("a review").contact_struck_for = vec!["moeder".into()];
    });
    let bridge = bridge_of(&dossier);
    let noor = bridge.lines.iter().find(|line| line.person.as_str() == "noor" && line.need == Need::Contact);
    let by = |line: &combizitting::conflicts::bridge::BridgeLine| {
        line.with_plan.covered.iter().filter(|span| span.by.iter().any(|id| id.as_str().starts_with("thv"))).count()
    };
    let mother = bridge.lines.iter().find(|line| line.person.as_str() == "moeder" && line.need == Need::Contact);
    assert!(by(noor.expect("a line")) > by(mother.expect("a line")));
}

#[test]
fn a_huisverbod_of_which_the_hour_is_unknown_does_not_end_at_midnight() {
    let dossier = demo_with(|dossier| {
        dossier.measures.retain(|measure| measure.id.as_str() != "thv-verlenging");
        let ban = dossier.measures.iter_mut().find(|measure| measure.id.as_str() == "thv").expect("the ban");
        ban.starts = Some(instant("2026-11-10T00:00:00+01:00"));
        ban.ends = Some(instant("2026-11-20T00:00:00+01:00"));
        dossier.plans.huisverbod.as_mut().expect("a plan").extension = None;
    });
    let text = paper(&dossier, DraftKind::Huisverbod, "beschermingsbrug");
    assert!(!text.contains("00.00 uur"), "{text}");
    assert!(text.contains("20 november 2026 (op het uur van opleggen, dat niet bekend is)"), "{text}");
}

#[test]
fn every_party_has_a_request_on_the_sheet_and_the_file_has_them_all() {
    let (sheets, files) = sheets_and_files(&demo());
    let sheet = text_of(named(&sheets, "omgang"));
    assert!(sheet.contains("zorgregeling van om het weekend en de woensdagmiddag"), "de vader");
    assert!(sheet.contains("Anna Voorbeeld-Aarden: De moeder verzoekt"), "de moeder");
    assert!(!sheets.iter().any(|sheet| text_of(sheet).contains("verzoek; zie de pagina")));
    let file = text_of(named(&files, "familie"));
    for request in demo()
        .requests
        .iter()
        .filter(|request| request.matter.as_str() != "m-thv" && request.matter.as_str() != "m-thv-beroep")
    {
        assert!(file.contains(request.content.trim_end_matches('.')), "{}", request.content);
    }
    assert!(
        file.contains("Raad voor de Kinderbescherming, regio Rotterdam-Dordrecht, "),
        "de Raad is partij in zijn zaak"
    );
}

#[test]
fn what_is_charged_stands_on_the_sheet_and_in_the_file_of_the_criminal_matter() {
    let (sheets, files) = sheets_and_files(&demo());
    for text in [text_of(named(&sheets, "strafzaak")), text_of(named(&files, "straf"))] {
        assert!(text.contains("mishandeling van de echtgenoot (art. 300 jo. art. 304 Sr)"), "{text}");
        assert!(!text.contains("noemt in deze zaak geen verzoek of vordering"));
    }
}

#[test]
fn a_way_to_an_answer_belongs_to_the_court_that_asks() {
    let (sheets, _) = sheets_and_files(&demo());
    let criminal = text_of(named(&sheets, "strafzaak"));
    assert!(
        !criminal.contains("kindgesprek [art. 809")
            && !criminal.contains("art. 810 Rv")
            && !criminal.contains("na vrijgave voor deze zaak")
    );
    let family = text_of(named(&sheets, "omgang"));
    assert!(!family.contains("rechter-commissaris"), "{family}");
}

#[test]
fn the_court_that_reviews_a_huisverbod_asks_about_the_danger_and_not_only_about_the_victim() {
    let (sheets, _) = sheets_and_files(&demo());
    let text = text_of(named(&sheets, "beroep"));
    let questions = text.find("Beslissende vragen").and_then(|from| text.get(from..)).expect("questions");
    let own = questions.split("\nWie\n").next().unwrap_or_default();
    assert!(own.contains("ernstig en onmiddellijk gevaar") && own.contains("oordeel nodig"), "{own}");
}

#[test]
fn who_only_saw_something_and_a_child_do_not_accuse_anyone() {
    for (kind, name) in [(DraftKind::Omgang, "omgang"), (DraftKind::Gedragsinterventie, "gedragsinterventie")] {
        let text = paper(&demo(), kind, name);
        for line in text.lines().filter(|line| line.contains("Gesteld door")) {
            let who = line.split("Gesteld door ").nth(1).and_then(|rest| rest.split(':').next()).unwrap_or_default();
            for other in ["Politie", "Huisarts", "Basisschool", "Sem", "Noor"] {
                assert!(!who.contains(other), "{who}");
            }
        }
    }
}

#[rstest]
#[case(InterventionBasis::Sr14c)]
#[case(InterventionBasis::Sv80)]
fn a_condition_keeps_its_area_and_its_times(#[case] basis: InterventionBasis) {
    let with = |emptied: bool| {
        demo_with(|dossier| {
            if basis == InterventionBasis::Sv80 {
                dossier
                    .matters
                    .iter_mut()
                    .filter_map(|matter| matter.criminal.as_mut())
                    .for_each(|case| case.phase = CriminalPhase::Remand);
            }
            let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
            plan.basis = basis;
            plan.earlier_order = None;
            plan.on_conviction = true;
            (plan.sentence_days, plan.conditional_days, plan.proeftijd_months) = (Some(120), Some(60), Some(24));
            for condition in plan.conditions.iter_mut().filter(|_| emptied) {
                (condition.area, condition.report_to, condition.report_at) = (None, None, None);
            }
        })
    };
    let told = paper(&with(false), DraftKind::Gedragsinterventie, "gedragsinterventie");
    assert!(
        told.contains("binnen 250 meter van elk van deze twee scholen")
            && told.contains("iedere maandag en donderdag om 10.00 uur")
    );
    let open = paper(&with(true), DraftKind::Gedragsinterventie, "gedragsinterventie");
    assert!(open.contains("[in te vullen: gebied: straten") && open.contains("[in te vullen: tijdstippen]"), "{open}");
}

#[test]
fn an_extended_order_joins_up_with_the_one_it_extends() {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        plan.duration_days = Some(90);
        plan.earlier_order.as_mut().expect("an order").how = OrderChange::Extends;
    });
    let text = paper(&dossier, DraftKind::Gedragsinterventie, "gedragsinterventie");
    assert!(text.contains("met ingang van 10 februari 2027 om 17.00 uur en voor de duur van 90 dagen, tot uiterlijk 11 mei 2027 om 17.00 uur"), "{text}");
}

#[test]
fn what_one_authority_only_intends_stands_in_no_paper_of_another() {
    assert!(!paper(&demo(), DraftKind::Omgang, "omgang").contains("voorgenomen gedragsaanwijzing"));
    assert!(
        !paper(&demo(), DraftKind::Huisverbod, "voorlopige-voorzieningen").contains("voorgenomen gedragsaanwijzing")
    );
    let own = paper(&demo(), DraftKind::Gedragsinterventie, "gedragsinterventie");
    assert!(own.contains("M3 en M4"), "de botsing met de regeling hoort in het strafpapier");
}

#[test]
fn a_suspension_under_joint_gezag_is_a_temporary_ban_in_the_ruling() {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.omgang.as_mut().expect("a plan");
        let sem = plan.children.iter_mut().find(|child| child.child.as_str() == "sem").expect("Sem");
        sem.form = combizitting::dossier::model::OmgangForm::Suspended;
        sem.until = chrono::NaiveDate::from_ymd_opt(2027, 5, 19);
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(text.contains("verbiedt Bas Fictief-Zandman tot en met 19 mei 2027 contact te hebben met Sem"), "{text}");
    assert!(text.contains("[in te vullen: grond a, b, c of d") && !text.contains("schort het contact"));
}

#[test]
fn a_test_of_a_ban_and_a_request_that_is_not_followed_are_not_passed_over() {
    let text = paper(&demo(), DraftKind::Omgang, "omgang");
    assert!(text.contains("bepaalt dat op 20 mei 2027 wordt bezien of deze beslissing over Noor"));
    assert!(text.contains("houdt iedere verdere beslissing over het contact met Sem"));
    assert!(text.contains("Verzoek van Bas Fictief-Zandman: de vader verzoekt een zorgregeling"));
}

#[test]
fn a_request_for_suspension_can_be_refused() {
    let dossier = demo_with(|dossier| dossier.plans.gezag.as_mut().expect("a plan").refused = true);
    let text = paper(&dossier, DraftKind::Gezag, "gezag");
    let dictum = "wijst af het verzoek van de Raad voor de Kinderbescherming, regio Rotterdam-Dordrecht over schorsing in \
                  de uitoefening van het gezag van Bas Fictief-Zandman over Noor";
    assert!(text.contains(dictum), "{text}");
    assert!(text.contains("[in te vullen: waarom aan de eisen niet is voldaan"));
    for granted in ["schorst Bas", "vervalt na afloop", "gezagsregister;", "uitvoerbaar bij voorraad"] {
        assert!(!text.contains(granted), "{granted}");
    }
}

#[test]
fn a_provisional_order_leaves_the_main_matter_open() {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.gezag.as_mut().expect("a plan");
        plan.basis = combizitting::dossier::model::GezagBasis::Bw1251a;
        plan.provisional_223 = true;
    });
    let text = paper(&dossier, DraftKind::Gezag, "gezag");
    assert!(text.contains("houdt iedere verdere beslissing aan tot") && !text.contains("wijst af wat meer of anders"));
}

#[test]
fn a_divorce_that_runs_is_not_told_as_not_yet_asked() {
    let dossier = with_plan(|plan| plan.provisional.as_mut().expect("an order").divorce_filed_on = None);
    let text = paper(&dossier, DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(text.contains("Het verzoek tot echtscheiding is ingediend op 14 september 2026"), "{text}");
    let set = drafts_with_demo_findings(&dossier, DraftKind::Huisverbod);
    assert!(set.problems.iter().all(|problem| problem.code != "provisional_lapse_timer"));
}

#[test]
fn a_decided_extension_is_judged_and_ruled_on_as_well() {
    let dossier = demo_with(|dossier| {
        dossier.plans.huisverbod.as_mut().expect("a plan").extension = None;
        let extension = dossier.measures.iter_mut().find(|measure| measure.id.as_str() == "thv-verlenging");
        extension.expect("the extension").state = MeasureState::InForce;
    });
    let text = paper(&dossier, DraftKind::Huisverbod, "huisverbod-beroep");
    assert!(text.contains("Was de verlenging terecht?") && text.contains("oordeel over de verlenging, per beschermde"));
    assert!(text.contains(
        "beslist op het beroep tegen het besluit tot verlenging van [in te vullen: dag van dat besluit]: [in te vullen:"
    ));
    assert!(!paper(&demo(), DraftKind::Huisverbod, "huisverbod-beroep").contains("Was de verlenging terecht?"));
}

#[test]
fn a_fact_with_only_an_end_before_the_imposition_counts_among_the_facts_before_it() {
    let dossier = demo_with(|dossier| {
        dossier.events.truncate(1);
        dossier.events.iter_mut().for_each(|event| {
            event.time = EventTime::Period {
                from: None,
                until: chrono::NaiveDate::from_ymd_opt(2026, 11, 10),
                description: None,
            };
        });
    });
    let text = paper(&dossier, DraftKind::Huisverbod, "huisverbod-beroep");
    assert!(text.contains("Feiten tot en met de dag van het opleggen: F1."), "{text}");
}

#[test]
fn without_a_matter_there_is_no_paper_about_it() {
    let dossier = demo_with(|dossier| {
        dossier.matters.retain(|matter| matter.id.as_str() != "m-straf");
        dossier.plans.gedragsinterventie = None;
    });
    let set = drafts_with_demo_findings(&dossier, DraftKind::Gedragsinterventie);
    assert!(set.documents.is_empty());
    assert!(
        set.problems
            .iter()
            .any(|problem| problem.message.contains("geen strafzaak die nog loopt. Er is niets om over te ontwerpen"))
    );
}

#[test]
fn the_home_has_a_ruling_that_can_be_read_out() {
    let text = paper(&demo(), DraftKind::Huisverbod, "voorlopige-voorzieningen");
    let ruling = "bepaalt dat Anna Voorbeeld-Aarden met uitsluiting van Bas Fictief-Zandman het gebruik heeft van";
    assert!(text.contains(ruling) && text.contains("met bevel dat Bas Fictief-Zandman die woning verlaat"));
    assert!(
        demo().plans.huisverbod.is_some_and(|plan| plan
            .provisional
            .is_some_and(|order| { order.items.iter().any(|item| item.kind == ProvisionalItemKind::EntrustChildren) }))
    );
    assert!(text.contains("toe aan Anna Voorbeeld-Aarden;") && text.contains("belangen van beide echtgenoten"));
    assert!(
        demo()
            .plans
            .gedragsinterventie
            .is_some_and(|plan| { plan.conditions.iter().any(|item| item.kind == CriminalConditionKind::AreaBan) })
    );
}
