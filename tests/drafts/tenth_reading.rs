//! What readers missed in the family papers a tenth time: words beside another choice, an arrangement that a refusal
//! leaves, points of the decision without a reason, a clash without a begin, a supervisor whom nobody appoints, and what
//! the file tells of the parents.

use super::{document, drafts_of, drafts_with_demo_findings, text_of};
use crate::support::families::{demo, demo_with};
use combizitting::dossier::model::{
    DenialGround, Dossier, GezagBasis, OmgangForm, RelationKind, RequestKind, ReviewOutcome,
};
use combizitting::drafting::model::DraftKind;
use rstest::rstest;

const OTHER_CHOICE: &str = "Let op: deze woorden zijn geschreven bij een andere keuze dan dit ontwerp heeft.";

fn paper(dossier: &Dossier, kind: DraftKind, name: &str) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, kind), name))
}

fn ruling(name: &str, kind: DraftKind, paper: &str) -> String {
    let path = format!("{}/tests/dossiers/ECLI_NL_{name}.json", env!("CARGO_MANIFEST_DIR"));
    let dossier = combizitting::intake::read(&std::fs::read(path).expect("a ruling")).expect("a dossier");
    text_of(document(&drafts_of(&dossier, kind), paper))
}

fn all_in_form(dossier: &mut Dossier, form: OmgangForm) {
    for child in &mut dossier.plans.omgang.as_mut().expect("a plan").children {
        child.form = form;
        child.until = chrono::NaiveDate::from_ymd_opt(2027, 11, 19);
        (child.schedule, child.handover, child.supervision) = (None, None, None);
        (child.grounds, child.ground_facts) = (vec![DenialGround::SeriousHarm], vec!["ev-verwurging".into()]);
    }
}

/// A change of what is chosen.
type Choice = fn(&mut Dossier);

#[rstest]
#[case(DraftKind::Omgang, "omgang", "dat de vader zelf hulp heeft gevraagd", |d: &mut Dossier| all_in_form(d, OmgangForm::Denied))]
#[case(DraftKind::Omgang, "omgang", "dat de vader zelf hulp heeft gevraagd", |d: &mut Dossier| all_in_form(d, OmgangForm::Refused))]
#[case(DraftKind::Gezag, "gezag", "Een lichtere maatregel, zoals", |d: &mut Dossier| d.plans.gezag.as_mut().unwrap().refused = true)]
#[case(DraftKind::Huisverbod, "huisverbod-beroep", "De vader kwam op 14 november terug", |d: &mut Dossier| {
    d.plans.huisverbod.as_mut().unwrap().review.as_mut().unwrap().outcome = Some(ReviewOutcome::Founded)
})]
fn words_that_a_judge_wrote_beside_another_choice_say_so_where_they_stand(
    #[case] kind: DraftKind,
    #[case] name: &str,
    #[case] words: &str,
    #[case] choose: Choice,
) {
    assert!(!paper(&demo(), kind, name).contains(OTHER_CHOICE), "the choice beside which they were written");
    let mut dossier = demo_with(choose);
    let text = paper(&dossier, kind, name);
    let (_, after) = text.split_once(words).expect("the words");
    // Behind the frame, where a judge can fill it in: the words themselves are changed at the plan.
    assert!(after.lines().nth(1).is_some_and(|line| line.contains(OTHER_CHOICE)), "{text}");
    // Words that are given anew stand beside the choice of now.
    for own in &mut dossier.judge_words {
        own.beside = None;
        own.beside = dossier_choice(&demo_with(choose), &own.about);
    }
    assert!(!paper(&dossier, kind, name).contains(OTHER_CHOICE));
}

fn dossier_choice(dossier: &Dossier, about: &str) -> Option<String> {
    dossier.choice_beside(about)
}

#[test]
fn a_judgement_that_the_decision_contradicts_says_so_where_it_stands() {
    use combizitting::dossier::model::{Domain, JudgeAnswer, JudgeWords};
    let dossier = demo_with(|dossier| {
        let child = dossier.plans.omgang.as_ref().expect("a plan").children[1].child.clone();
        dossier.judge_words = vec![JudgeWords {
            about: format!("begeleide-omgang/SO1[{child}]"),
            domain: Domain::Family,
            answer: Some(JudgeAnswer::NotMet),
            text: "Rust gaat nu voor.".to_owned(),
            by: "de familierechter".to_owned(),
            on: chrono::NaiveDate::from_ymd_opt(2027, 1, 4).expect("a day"),
            beside: None,
            from_file: false,
        }];
    });
    let text = text_of(document(&drafts_of(&dossier, DraftKind::Omgang), "omgang"));
    let (_, after) = text.split_once("Let op: het ontwerp bepaalt begeleid contact.").expect("the mark");
    assert!(after.lines().take(3).any(|line| line.contains("Rust gaat nu voor.")), "{after}");
}

#[test]
fn a_request_that_is_refused_leaves_the_arrangement_that_is_there() {
    let text = paper(&demo_with(|d| all_in_form(d, OmgangForm::Refused)), DraftKind::Omgang, "omgang");
    assert!(!text.contains("in de plaats") && !text.contains("vervangt die regeling"), "{text}");
    assert!(text.contains("De voorlopige zorgregeling van 8 oktober 2026 (C/10/900002) blijft gelden"), "{text}");
}

#[test]
fn each_point_of_the_decision_on_another_request_has_a_reason_or_asks_for_one() {
    let text = paper(&demo(), DraftKind::Omgang, "omgang");
    let (reasons, points) = text.split_once("6 Beslissing").expect("a decision");
    assert!(points.contains("beslist op het verzoek van Anna Voorbeeld-Aarden over eenhoofdig gezag"));
    let reason = "[in te vullen: waarom dit verzoek wordt toegewezen, afgewezen of aangehouden]";
    assert!(reasons.contains(reason), "{reasons}");
    // What a parent cannot ask has its reason in the law.
    assert!(reasons.contains("Een ouder kan een schorsing van het gezag niet verzoeken. [art. 1:267 lid 1 BW"));
}

#[test]
fn a_request_on_which_another_paper_of_the_matter_decides_is_left_to_that_paper() {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.gezag.as_mut().expect("a plan");
        (plan.matter, plan.request) = ("m-zorg".into(), Some("r-eenhoofdig".into()));
        plan.basis = GezagBasis::Bw1251a;
        (plan.ground, plan.lapse_date) = (None, None);
    });
    let gezag = paper(&dossier, DraftKind::Gezag, "gezag");
    assert!(gezag.contains("over omgang of een zorgregeling in de beslissing over de omgang;"), "{gezag}");
    assert!(!gezag.contains("Wat verder is verzocht"), "{gezag}");
    let omgang = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(omgang.contains("over eenhoofdig gezag in de beslissing over het gezag;"), "{omgang}");
}

#[test]
fn while_the_first_day_of_contact_is_open_a_clash_says_that_it_hangs_on_that_day() {
    let dossier = demo_with(|dossier| {
        let noor = &mut dossier.plans.omgang.as_mut().expect("a plan").children[0];
        (noor.form, noor.starts_on, noor.schedule, noor.until) = (OmgangForm::Indirect, None, None, None);
        (noor.grounds, noor.ground_facts) = (Vec::new(), Vec::new());
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(text.contains("M3 en de regeling van deze beslissing kunnen botsen."), "{text}");
    assert!(text.contains("De eerste dag van het contact met Noor is nog niet ingevuld; daarvan hangt af"), "{text}");
    assert!(!text.contains("regeling van deze beslissing kunnen niet allebei worden nageleefd, van 19 november"));
}

#[test]
fn who_establishes_that_contact_stops_is_named_or_asked_and_no_supervisor_appears_from_nowhere() {
    let asked = "stelt [in te vullen: wie vaststelt dat het contact stopt] vast";
    assert!(paper(&demo(), DraftKind::Omgang, "omgang").contains(asked));
    let named = demo_with(|dossier| {
        for child in &mut dossier.plans.omgang.as_mut().expect("a plan").children {
            child.stopped_by = Some("omgangshuis".into());
        }
    });
    let text = paper(&named, DraftKind::Omgang, "omgang");
    assert!(text.contains("stelt Omgangshuis De Bedachte Brug vast") && !text.contains(asked), "{text}");
    let unknown = "[in te vullen: wie de begeleider is: begeleiding is hier niet bepaald]";
    assert!(!text.contains(unknown));
    let alone = demo_with(|dossier| {
        let children = &mut dossier.plans.omgang.as_mut().expect("a plan").children;
        children.iter_mut().for_each(|child| (child.form, child.supervision) = (OmgangForm::Conditions, None));
    });
    let text = paper(&alone, DraftKind::Omgang, "omgang");
    assert!(text.contains(&format!("het verslag van de begeleider ({unknown})")), "{text}");
}

#[test]
fn the_paper_on_provisional_measures_does_not_name_what_is_over_when_it_is_given_or_call_itself_undecided() {
    let text = paper(&demo(), DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(!text.contains("M1 en M4 kunnen niet") && !text.contains("Samenloop van M2 en M4"), "{text}");
    assert!(text.contains("M3 en M4 kunnen niet allebei worden nageleefd"));
    assert!(!text.contains("over de voorlopige voorziening (art. 822 Rv) is nog niet beslist"), "{text}");
    // The other paper of this court lets the arrangement lapse before this one is given.
    assert!(text.contains("Het ontwerp over de omgang, van 19 november 2026, laat een andere beslissing daarvoor"));
    let bridge = paper(&demo(), DraftKind::Huisverbod, "beschermingsbrug");
    assert!(bridge.contains("M1 en M4 kunnen niet allebei worden nageleefd"), "the bridge is of today");
}

#[test]
fn the_bridge_tells_that_the_home_is_refused_as_planned() {
    let refused = demo_with(|dossier| {
        let order = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.provisional.as_mut()).expect("an order");
        order.items[0].refused = true;
    });
    let told = "gevraagd, nog niet beslist; het ontwerp wijst het gebruik van de woning af";
    assert!(paper(&refused, DraftKind::Huisverbod, "beschermingsbrug").contains(told));
    assert!(!paper(&demo(), DraftKind::Huisverbod, "beschermingsbrug").contains(told));
}

#[test]
fn the_bridge_gives_no_end_to_a_huisverbod_of_which_the_file_has_no_day() {
    let bridge = ruling("RBROT_2020_5960", DraftKind::Huisverbod, "beschermingsbrug");
    assert!(bridge.contains("begin niet bekend") && bridge.contains("einde niet bekend"), "{bridge}");
    assert!(!bridge.contains("Er is een gat vanaf"), "{bridge}");
}

#[test]
fn who_reads_the_paper_on_provisional_measures_sees_above_it_that_nobody_asked_for_one() {
    const BOX: &str = "Zo kan dit niet worden vastgesteld";
    const UNASKED: &str = "wordt op verzoek getroffen";
    let asked = paper(&demo(), DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(!asked.contains(UNASKED), "{asked}");
    let unasked = demo_with(|dossier| {
        let matter =
            dossier.plans.huisverbod.as_ref().and_then(|plan| plan.provisional.as_ref()).unwrap().matter.clone();
        dossier.requests.retain(|one| one.matter != matter || one.kind != RequestKind::EntrustChildren);
    });
    let text = paper(&unasked, DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(text.contains(BOX) && text.contains(UNASKED), "{text}");
    assert!(!paper(&unasked, DraftKind::Huisverbod, "huisverbod-beroep").contains(BOX), "that is another authority's");
}

#[test]
fn a_gap_with_an_end_names_the_day_on_which_the_protection_before_it_ended() {
    let bridge = paper(&demo(), DraftKind::Huisverbod, "beschermingsbrug");
    assert!(bridge.contains("Op 8 december 2026 eindigt de verlenging"), "{bridge}");
}

#[rstest]
#[case(RelationKind::Married, None, "Anna Voorbeeld-Aarden en Bas Fictief-Zandman zijn", "met elkaar gehuwd.")]
#[case(RelationKind::RegisteredPartnership, Some("2026-01-05"), "waren", "elkaars geregistreerde partner.")]
fn a_family_paper_tells_how_the_parents_are_tied(
    #[case] kind: RelationKind,
    #[case] until: Option<&str>,
    #[case] first: &str,
    #[case] last: &str,
) {
    let dossier = demo_with(|dossier| {
        let tie = dossier.relations.iter_mut().find(|item| item.kind == RelationKind::Married).expect("a tie");
        (tie.kind, tie.until) = (kind, until.and_then(|day| day.parse().ok()));
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(text.lines().any(|line| line.contains(first) && line.ends_with(last)), "{text}");
    // The administrative court has no use for it.
    assert!(!paper(&demo(), DraftKind::Huisverbod, "huisverbod-beroep").contains("met elkaar gehuwd."));
}

#[test]
fn what_somebody_said_without_caution_is_told_as_such() {
    let text = paper(&demo(), DraftKind::Omgang, "omgang");
    assert!(text.contains("Bas Fictief-Zandman erkent, gehoord zonder cautie: Ik heb haar bij de keel"), "{text}");
}

#[test]
fn a_request_to_end_gezag_is_tested_against_its_own_article() {
    let text = ruling("RBROT_2023_4046", DraftKind::Gezag, "gezag");
    assert!(!text.contains("[in te vullen: wettelijke grondslag]"), "{text}");
    assert!(text.contains("Of een grond voor beëindiging is vervuld.") && text.contains("[art. 1:266 BW"), "{text}");
    assert!(text.contains("[in te vullen: beëindiging van het gezag, en wie het daarna uitoefent, of afwijzing"));
}

#[test]
fn a_request_that_asks_contact_and_information_is_named_whole_and_joint_gezag_reserves_the_basis() {
    let gezag = ruling("GHARL_2021_771", DraftKind::Gezag, "gezag");
    assert!(gezag.contains("over omgang of een zorgregeling en over informatie over het kind:"), "{gezag}");
    let omgang = ruling("GHARL_2021_771", DraftKind::Omgang, "omgang");
    assert!(omgang.contains("[in te vullen: de grondslag als de ouders het gezag samen uitoefenen"), "{omgang}");
}

#[test]
fn a_fact_that_names_only_who_acted_says_against_whom() {
    let text = ruling("GHSHE_2025_2399", DraftKind::Omgang, "omgang");
    assert!(
        text.contains("zich grensoverschrijdend hebben gedragen. Tegen wie, als dit juist is: de moeder"),
        "{text}"
    );
}

#[test]
fn the_basis_of_sole_gezag_tells_what_the_file_knows_of_the_marriage() {
    let text = ruling("RBOBR_2025_2641", DraftKind::Gezag, "gezag");
    assert!(text.contains("zijn zij gehuwd en loopt de zaak over de echtscheiding."), "{text}");
    assert!(!text.contains("gehuwd of geregistreerd partner"));
}

#[test]
fn an_old_case_is_told_as_it_stood_and_a_new_one_against_today() {
    let read = |name: &str| {
        let path = format!("{}/tests/dossiers/ECLI_NL_{name}.json", env!("CARGO_MANIFEST_DIR"));
        combizitting::intake::read(&std::fs::read(path).expect("a ruling")).expect("a dossier")
    };
    let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
    let told = combizitting::dossier::day_to_tell;
    assert_eq!(told(&read("RBLIM_2016_4840"), day("2026-11-23")), day("2016-01-01"));
    assert_eq!(told(&demo(), day("2026-11-23")), day("2026-11-23"));
    assert!(told(&demo(), day("2030-01-01")) < day("2027-06-01"), "what is only intended is no day that is known");
}
