//! The papers around a huisverbod: what the mayor, the court and the family judge each may say.

use super::{demo_day, document, drafts_with_demo_findings, text_of};
use crate::support::families::{demo, demo_with, instant};
use combizitting::conflicts::{bridge, find};
use combizitting::dossier::model::{
    Deviation, Dossier, ExtensionPlan, HuisverbodPlan, ProvisionalItem, ProvisionalItemKind, ReviewOutcome,
};
use combizitting::drafting::model::{DraftKind, DraftSet};

fn set(dossier: &Dossier) -> DraftSet {
    drafts_with_demo_findings(dossier, DraftKind::Huisverbod)
}

fn paper(dossier: &Dossier, name: &str) -> String {
    text_of(document(&set(dossier), name))
}

fn with_plan(change: impl FnOnce(&mut HuisverbodPlan)) -> Dossier {
    demo_with(|dossier| change(dossier.plans.huisverbod.as_mut().expect("a plan")))
}

fn with_extension(change: impl FnOnce(&mut ExtensionPlan)) -> Dossier {
    with_plan(|plan| change(plan.extension.as_mut().expect("an extension")))
}

#[test]
fn a_plan_without_an_extension_gives_no_paper_that_extends() {
    let none = set(&with_plan(|plan| plan.extension = None));
    assert!(none.documents.iter().all(|draft| draft.name != "huisverbod-verlenging"));
    let no_plan = paper(&demo_with(|dossier| dossier.plans.huisverbod = None), "huisverbod-verlenging");
    assert!(no_plan.contains("of niet te verlengen]"));
}

#[test]
fn who_was_not_heard_for_a_reason_is_not_said_to_have_been_heard() {
    let before = chrono::NaiveDate::from_ymd_opt(2026, 11, 16);
    let heard = paper(&with_extension(|extension| extension.heard_on = before), "huisverbod-verlenging");
    assert!(heard.contains("is gehoord op 16 november 2026. Zienswijze: Bas Fictief-Zandman: "), "{heard}");
    let nothing = demo_with(|dossier| {
        dossier.requests.iter_mut().for_each(|request| request.positions.clear());
        let plan = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut());
        plan.expect("an extension").heard_on = before;
    });
    let silent = paper(&nothing, "huisverbod-verlenging");
    assert!(silent.contains("is gehoord op 16 november 2026. Zienswijze: [in te vullen: zienswijze"), "{silent}");
    let view = with_extension(|extension| extension.view = Some("Hij wil naar huis om te slapen".to_owned()));
    assert!(paper(&view, "huisverbod-verlenging").contains("Zienswijze: Hij wil naar huis om te slapen."));
    let not_heard = with_plan(|plan| {
        plan.extension.as_mut().expect("an extension").heard_on = None;
        plan.deviations.push(Deviation {
            rule: "huisverbod_not_heard".to_owned(),
            reason: "De uithuisgeplaatste was niet te bereiken.".to_owned(),
            by: "de burgemeester".to_owned(),
            from_file: false,
        });
    });
    let text = paper(&not_heard, "huisverbod-verlenging");
    assert!(text.contains("is niet over de verlenging gehoord. Reden: De uithuisgeplaatste was niet te bereiken."));
    assert!(!text.contains("is gehoord op"));
}

#[test]
fn a_moment_of_which_the_hour_is_unknown_asks_for_the_hour() {
    let dossier = demo_with(|dossier| {
        dossier.measures.retain(|measure| measure.id.as_str() != "thv-verlenging");
        let ban = dossier.measures.iter_mut().find(|measure| measure.id.as_str() == "thv").expect("the ban");
        ban.starts = Some(instant("2026-11-10T00:00:00+01:00"));
        ban.ends = Some(instant("2026-11-20T00:00:00+01:00"));
        let extension = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()).expect("a plan");
        extension.new_end = Some(instant("2026-12-08T00:00:00+01:00"));
    });
    for name in ["huisverbod-verlenging", "huisverbod-beroep"] {
        let text = paper(&dossier, name);
        assert!(text.contains("10 november 2026 om [in te vullen: tijdstip van opleggen]"), "{name}");
        assert!(!text.contains("Op 10 november 2026 om 00.00"), "{name}");
    }
}

#[test]
fn one_sentence_of_the_court_does_not_answer_every_question_of_the_review() {
    let text = paper(&demo(), "huisverbod-beroep");
    for blank in [
        "oordeel over het opleggen, per beschermde persoon",
        "oordeel naar de toestand van nu, per beschermde persoon",
        "waarom nader onderzoek niet kan bijdragen",
        "veroordeling in de proceskosten, of: geen",
    ] {
        assert!(text.contains(&format!("[in te vullen: {blank}]")), "{blank}");
    }
    assert!(text.contains("Wordt het huisverbod verlengd, dan gaat het beroep ook over de verlenging"));
    let founded = with_plan(|plan| plan.review.as_mut().expect("a review").outcome = Some(ReviewOutcome::Founded));
    assert!(paper(&founded, "huisverbod-beroep").contains("vernietigt het besluit van 10 november 2026 om 21.35 uur"));
}

#[test]
fn the_highest_court_has_no_further_appeal_and_decides_on_the_ruling_below() {
    let dossier = demo_with(|dossier| {
        let review = dossier.plans.huisverbod.as_ref().and_then(|plan| plan.review.as_ref()).expect("a review");
        let id = review.matter.clone();
        let matter = dossier.matters.iter_mut().find(|matter| matter.id == id).expect("its matter");
        matter.authority.name = "Afdeling bestuursrechtspraak van de Raad van State".to_owned();
    });
    let text = paper(&dossier, "huisverbod-beroep");
    assert!(text.contains("beslist in hoger beroep: [in te vullen:") && text.contains("staat geen hoger beroep open"));
    assert!(!text.contains("verklaart het beroep van") && !text.contains("binnen zes weken na de dag van verzending"));
}

#[test]
fn a_provisional_order_holds_what_was_asked_and_tells_the_hours_it_leaves_open() {
    let text = paper(&demo(), "voorlopige-voorzieningen");
    assert!(text.contains("Let op: eindigt het huisverbod op 8 december 2026 om 21.35 uur, dan"));
    assert!(text.contains("gaat de voorziening over de woning pas later in, op 18 december 2026 om 12.00 uur"));
    assert!(text.contains("Voorbeeldstraat 88"), "welke woning");
    let joined = with_plan(|plan| {
        plan.provisional.as_mut().expect("an order").effective_from = Some(instant("2026-12-08T12:00:00+01:00"));
    });
    assert!(!paper(&joined, "voorlopige-voorzieningen").contains("Let op: eindigt het huisverbod"));
    let more = with_plan(|plan| {
        plan.provisional.as_mut().expect("an order").items.push(ProvisionalItem {
            kind: ProvisionalItemKind::Maintenance,
            text: "De vader betaalt levensonderhoud.".to_owned(),
            children: Vec::new(),
            in_favour: None,
            from: None,
            refused: false,
        });
    });
    let problem = set(&more).problems.into_iter().find(|problem| problem.code == "provisional_item_not_asked");
    assert!(problem.expect("a problem").message.contains("levensonderhoud"));
    assert!(set(&demo()).problems.iter().all(|problem| problem.code != "provisional_item_not_asked"));
}

#[test]
fn what_the_family_judge_refuses_stands_as_refused_and_protects_nobody() {
    let refused = with_plan(|plan| {
        let order = plan.provisional.as_mut().expect("an order");
        let home = order.items.iter_mut().find(|item| item.kind == ProvisionalItemKind::ExclusiveUseOfHome);
        let home = home.expect("the home");
        home.refused = true;
        home.text = "Het belang van de vrouw bij de woning is niet gebleken".to_owned();
    });
    let text = paper(&refused, "voorlopige-voorzieningen");
    let refusal = "wijst af het verzoek om uitsluitend gebruik van de echtelijke woning (art. 822 lid 1 onder a Rv);";
    assert!(text.contains(refusal) && !text.contains("gaat de voorziening over de woning pas"));
    let warning =
        "Let op: eindigt het huisverbod op 8 december 2026 om 21.35 uur, dan beschermt deze beslissing de woning";
    assert!(text.contains(warning), "{text}");
    assert!(text.contains("Waarom dit wordt afgewezen: Het belang van de vrouw bij de woning is niet gebleken"));
}

#[test]
fn an_amended_order_covers_no_longer_than_before() {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        plan.duration_days = Some(90);
    });
    for line in bridge::build(&dossier, demo_day()).lines {
        for span in &line.with_plan.covered {
            let by_order = span.plans.iter().any(|plan| plan.contains("509hh"));
            let end = instant("2027-02-10T17:00:00+01:00");
            assert!(!by_order || span.until.is_some_and(|until| until <= end), "{span:?}");
        }
    }
}

#[test]
fn the_bridge_never_asks_to_extend_a_ban_that_has_ended() {
    let overlapping = with_plan(|plan| {
        plan.provisional.as_mut().expect("an order").effective_from = Some(instant("2026-12-08T12:00:00+01:00"));
    });
    for dossier in [demo(), overlapping] {
        let built = bridge::build(&dossier, demo_day());
        let ways: Vec<&String> = built
            .lines
            .iter()
            .flat_map(|line| line.now.gaps.iter().chain(&line.with_plan.gaps))
            .flat_map(|gap| &gap.ways_out)
            .filter(|way| way.contains("huisverbod verlengen"))
            .collect();
        assert!(!ways.is_empty());
        for way in ways {
            assert!(way.contains("met een besluit vóór 20 november 2026 om 21.35 uur"), "{way}");
        }
    }
}

#[test]
fn a_stretch_that_two_plans_close_between_them_is_one_gap() {
    let overlapping = with_plan(|plan| {
        plan.provisional.as_mut().expect("an order").effective_from = Some(instant("2026-12-08T12:00:00+01:00"));
    });
    let built = bridge::build(&overlapping, demo_day());
    for line in &built.lines {
        let planned: Vec<_> = line.now.gaps.iter().filter(|gap| !gap.depends_on.is_empty()).collect();
        for (gap, next) in planned.iter().zip(planned.iter().skip(1)) {
            assert_ne!(gap.until, Some(next.from), "{}: {} and {}", line.person, gap.explanation, next.explanation);
        }
    }
}

#[test]
fn the_bridge_belongs_to_no_one_authority_and_names_every_clash() {
    let set = set(&demo());
    let bridge = document(&set, "beschermingsbrug");
    assert_eq!(bridge.model.meta.author, "Overzicht bij het gecombineerde dossier");
    assert_eq!(bridge.model.meta.running_header, demo().reference);
    let text = text_of(bridge);
    assert!(text.contains("M1 en M4") && text.contains("M3 en M4"));
    assert!(!(text.contains("Er blijft een gat") && text.contains("De aansluiting hangt af van het plan")));
}

#[test]
fn counsel_is_not_counted_for_who_has_counsel() {
    let told =
        |dossier: &Dossier| find(dossier, demo_day()).deadlines.iter().any(|item| item.what.contains("Raadsman"));
    assert!(!told(&demo()));
    let alone = demo_with(|dossier| {
        dossier.persons.iter_mut().filter(|person| person.id.as_str() == "vader").for_each(|p| p.counsel = None);
    });
    assert!(told(&alone));
}

#[test]
fn both_directions_of_violence_are_told_in_one_breath() {
    let report = find(&demo(), demo_day());
    let told: Vec<&str> = report
        .conflicts
        .iter()
        .map(|conflict| conflict.explanation.as_str())
        .filter(|text| text.contains("geweld gesteld"))
        .collect();
    assert!(!told.is_empty());
    for text in told {
        assert!(text.contains("tegen Anna Voorbeeld-Aarden") && text.contains("tegen Bas Fictief-Zandman"), "{text}");
    }
}
