//! What a judge with fresh eyes found last: a hiding place told by a map, a ban that ends silently, an outcome told
//! before the hearing, and a ruling that the law does not know.

use super::{demo_day, document, drafts_with_demo_findings, text_of};
use crate::support::families::{demo, demo_with};
use combizitting::assessment::{assess, builtin};
use combizitting::conflicts::find;
use combizitting::dossier::model::{
    CriminalConditionKind, Dossier, InformationDuty, OrderChange, RequestKind, ReviewOutcome,
};
use combizitting::drafting::hearing_sheets;
use combizitting::drafting::model::DraftKind;
use rstest::rstest;

fn paper(dossier: &Dossier, kind: DraftKind, name: &str) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, kind), name))
}

fn raises(dossier: &Dossier, kind: DraftKind, code: &str) -> bool {
    drafts_with_demo_findings(dossier, kind).problems.iter().any(|problem| problem.code == code)
}

fn with_area(text: &str, area: Option<&str>) -> Dossier {
    demo_with(|dossier| {
        let protects = vec!["moeder".into(), "noor".into()];
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        let ban = plan.conditions.iter_mut().find(|item| item.kind == CriminalConditionKind::AreaBan).expect("a ban");
        (ban.text, ban.area, ban.protects) = (text.to_owned(), area.map(str::to_owned), protects);
    })
}

#[rstest]
#[case::where_they_hide("Hij komt niet bij de plaats waar zij verblijven.", Some("de straten op de kaart"), true)]
#[case::hidden_in_the_area("Hij houdt zich daar niet op.", Some("de straten rond de verblijfplaats"), true)]
#[case::work_that_is_not_known_to_be_open("Hij komt niet bij de werkplek.", Some("een straal van 300 meter"), true)]
#[case::without_a_map("Hij zoekt de verblijfplaats niet op.", None, false)]
#[case::a_school_that_all_know("Hij komt niet bij de school van Noor.", Some("de straten rond die school"), false)]
fn an_area_around_a_secret_place_is_refused_without_a_reason(
    #[case] text: &str,
    #[case] area: Option<&str>,
    #[case] told: bool,
) {
    let dossier = with_area(text, area);
    assert_eq!(raises(&dossier, DraftKind::Gedragsinterventie, "intervention_area_tells_secret"), told);
}

#[test]
fn the_order_of_the_demo_forbids_all_that_the_running_one_does_and_draws_no_map_of_a_secret_place() {
    let demo = demo();
    for code in ["intervention_change_protects_less", "intervention_area_tells_secret"] {
        assert!(!raises(&demo, DraftKind::Gedragsinterventie, code), "{code}");
    }
}

#[rstest]
fn what_no_longer_is_forbidden_is_told_also_when_an_order_is_extended(
    #[values(OrderChange::Amends, OrderChange::Replaces, OrderChange::Extends)] how: OrderChange,
) {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        plan.earlier_order.as_mut().expect("a running order").how = how;
        let bans = plan.conditions.iter_mut().filter(|item| item.kind == CriminalConditionKind::ContactBan);
        bans.for_each(|ban| ban.text = "De verdachte heeft geen contact met zijn echtgenote.".to_owned());
    });
    let found = drafts_with_demo_findings(&dossier, DraftKind::Gedragsinterventie).problems;
    let told = found.iter().find(|problem| problem.code == "intervention_change_protects_less").expect("a warning");
    for gone in ["contact via anderen", "de verblijfplaats", "de werkplek"] {
        assert!(told.message.contains(gone), "{gone}: {}", told.message);
    }
}

#[test]
fn a_condition_that_is_checked_after_contact_has_begun_stops_the_paper() {
    let late = demo_with(|dossier| {
        let plan = dossier.plans.omgang.as_mut().expect("a plan");
        for child in &mut plan.children {
            let after = child.starts_on.and_then(|day| day.succ_opt());
            child.conditions.iter_mut().for_each(|item| item.by_date = after);
        }
    });
    assert!(raises(&late, DraftKind::Omgang, "omgang_condition_checked_too_late"));
    assert!(!raises(&demo(), DraftKind::Omgang, "omgang_condition_checked_too_late"));
}

#[rstest]
#[case::a_duty_that_nobody_asked(InformationDuty::Direct, true)]
#[case::the_duty_put_aside(InformationDuty::None, false)]
fn information_can_be_put_aside_without_a_request_but_not_ordered(#[case] duty: InformationDuty, #[case] told: bool) {
    let dossier = demo_with(|dossier| {
        dossier.requests.retain(|request| request.kind != RequestKind::Information);
        dossier.plans.omgang.as_mut().expect("a plan").information = Some(duty);
    });
    assert_eq!(raises(&dossier, DraftKind::Omgang, "omgang_information_not_asked"), told);
}

#[test]
fn the_mayor_decides_without_the_courts_draft_and_who_prepares_both_is_warned() {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.huisverbod.as_mut().expect("a plan");
        let review = plan.review.as_mut().expect("a review");
        review.outcome = Some(ReviewOutcome::PartlyFounded);
        review.contact_struck_for = vec!["liv".into()];
    });
    let text = paper(&dossier, DraftKind::Huisverbod, "huisverbod-verlenging");
    let (_, ruling) = text.split_once("dat het verbod om contact op te nemen geldt voor:").expect("the ruling");
    let (list, _) = ruling.split_once("dat de uithuisgeplaatste").expect("what follows");
    assert!(list.contains("Noor Fictief-Zandman") && list.contains("Liv Fictief-Zandman"), "{list}");
    assert!(!text.contains("ontwerp van de uitspraak") && !text.contains("wordt het vernietigd"), "{text}");
    assert!(raises(&dossier, DraftKind::Huisverbod, "huisverbod_extension_beside_ruling"));
    assert!(!raises(&demo(), DraftKind::Huisverbod, "huisverbod_extension_beside_ruling"));
    let review = paper(&dossier, DraftKind::Huisverbod, "huisverbod-beroep");
    assert!(review.contains("laat het besluit voor het overige in stand"), "{review}");
}

#[test]
fn a_request_that_a_parent_cannot_make_is_not_adjourned() {
    let text = paper(&demo(), DraftKind::Omgang, "omgang");
    assert!(text.contains("niet-ontvankelijk, omdat een ouder dit niet kan verzoeken"), "{text}");
    assert!(!text.contains("over schorsing van het gezag aan tot"), "{text}");
}

#[rstest]
#[case(DraftKind::Gezag, "gezag", true)]
#[case(DraftKind::Omgang, "omgang", true)]
// Every finding of this paper is made on the facts of the criminal matter, so none is left out of it.
#[case(DraftKind::Gedragsinterventie, "gedragsinterventie", false)]
fn the_decision_itself_does_not_tell_that_something_may_not_be_used(
    #[case] kind: DraftKind,
    #[case] name: &str,
    #[case] left_out: bool,
) {
    let text = paper(&demo(), kind, name);
    let (decision, annex) = text.split_once("Bijlage: verantwoording").expect("an annex");
    let told = "rust op stof die in deze zaak niet mag worden gebruikt";
    let told_of_more = "rusten op stof die in deze zaak niet mag worden gebruikt";
    assert!(!decision.contains(told) && !decision.contains(told_of_more), "{decision}");
    assert_eq!(annex.contains(told) || annex.contains(told_of_more), left_out, "{annex}");
}

#[test]
fn a_note_from_before_the_hearing_is_no_judgment_on_the_sheet() {
    let (demo, on) = (demo(), demo_day());
    let findings = assess(&demo, builtin().expect("frameworks"), on, &[]).expect("findings");
    let sheets = hearing_sheets(&demo, &findings, &find(&demo, on), on).expect("sheets");
    let texts: Vec<String> = sheets.iter().map(text_of).collect();
    assert!(texts.iter().all(|text| !text.contains("Eigen oordeel van")));
    assert!(texts.iter().any(|text| text.contains("Aantekening van de kinderrechter; een oordeel is er nog niet.")));
}
