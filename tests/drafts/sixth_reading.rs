//! What a judge meets when the plan refuses, when facts are only claimed, on appeal, and when one authority's intention
//! meets the measures of another.

use super::{document, drafts_of, text_of};
use crate::support::families::{demo_day, demo_with};
use combizitting::assessment::model::Outcome;
use combizitting::assessment::{assess, builtin};
use combizitting::documents::docx;
use combizitting::dossier::model::{
    CriminalPhase, Domain, Dossier, Evidence, OmgangForm, OrganisationKind, RequestKind, ReviewOutcome, StatementKind,
};
use combizitting::drafting::model::DraftKind;
use rstest::rstest;

fn paper(dossier: &Dossier, kind: DraftKind, name: &str) -> String {
    text_of(document(&drafts_of(dossier, kind), name))
}

fn in_the_form(form: OmgangForm) -> Dossier {
    demo_with(|dossier| {
        let plan = dossier.plans.omgang.as_mut().expect("a plan");
        plan.children.iter_mut().for_each(|child| child.form = form);
    })
}

#[test]
fn who_refuses_contact_decides_the_request_for_it_and_leaves_the_other_request_open() {
    let text = paper(&in_the_form(OmgangForm::Refused), DraftKind::Omgang, "omgang");
    assert!(text.contains("wijst het verzoek van Bas Fictief-Zandman om contact met Noor Fictief-Zandman"), "{text}");
    let asked_by_another = demo_with(|dossier| {
        let plan = dossier.plans.omgang.as_mut().expect("a plan");
        plan.children.iter_mut().for_each(|child| child.form = OmgangForm::Refused);
        let asked = dossier.requests.iter_mut().find(|request| request.kind == RequestKind::Omgang);
        asked.expect("a request").by = "raad".into();
    });
    let other = paper(&asked_by_another, DraftKind::Omgang, "omgang");
    let named = "wijst het verzoek van de Raad voor de Kinderbescherming";
    assert!(other.contains(named) && other.contains("om contact tussen Noor Fictief-Zandman"), "{other}");
    assert!(!text.contains("over omgang of een zorgregeling [in te vullen: toe of af"), "{text}");
    assert!(text.contains("over een tijdelijk verbod van contact [in te vullen: toe of af"), "{text}");
}

#[test]
fn a_refusal_holds_nothing_over() {
    let evaluated = "wordt bezien of deze beslissing over";
    assert!(paper(&in_the_form(OmgangForm::Suspended), DraftKind::Omgang, "omgang").contains(evaluated));
    assert!(!paper(&in_the_form(OmgangForm::Refused), DraftKind::Omgang, "omgang").contains(evaluated));
}

#[rstest]
#[case(Evidence::Disputed, true)]
#[case(Evidence::Plausible, false)]
fn a_ground_on_claims_alone_asks_why_they_are_plausible(#[case] status: Evidence, #[case] asked: bool) {
    let dossier = demo_with(|dossier| {
        let fact = dossier.events.iter_mut().find(|event| event.id.as_str() == "ev-verwurging").expect("an event");
        fact.status.family = status;
        let child = &mut dossier.plans.omgang.as_mut().expect("a plan").children[0];
        child.ground_facts = vec!["ev-verwurging".into()];
        dossier.judge_words.retain(|words| words.about != "omgang/noor");
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert_eq!(text.contains("Die feiten zijn gesteld of betwist: [in te vullen: waarom zij aannemelijk zijn]"), asked);
}

#[rstest]
#[case("huisverbod-verlenging", "zoals hierna staat, dan vervalt dit", true)]
#[case("beschermingsbrug", "zoals het ontwerp van die beslissing zegt, dan vervalt dit", true)]
#[case("huisverbod-beroep", "dan vervalt dit", false)]
#[case("omgang", "dan vervalt dit", false)]
fn a_clash_with_an_extension_that_the_plan_refuses_is_told_as_falling_away(
    #[case] name: &str,
    #[case] how: &str,
    #[case] told: bool,
) {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()).expect("a plan");
        plan.refused = true;
        plan.new_end = None;
    });
    let kind = if name == "omgang" { DraftKind::Omgang } else { DraftKind::Huisverbod };
    let text = paper(&dossier, kind, name);
    assert!(text.contains("Samenloop van M2 en M4"), "{text}");
    assert_eq!(text.contains(how), told, "{text}");
}

#[test]
fn a_ban_that_the_court_would_strike_for_one_child_is_told_as_falling_away_for_that_child() {
    let dossier = demo_with(|dossier| {
        let review = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.review.as_mut()).expect("a plan");
        review.outcome = Some(ReviewOutcome::PartlyFounded);
        review.contact_struck_for = vec!["liv".into()];
    });
    let text = paper(&dossier, DraftKind::Huisverbod, "beschermingsbrug");
    assert!(text.contains("dan vervalt dit voor zover het gaat om Liv."), "{text}");
}

#[rstest]
#[case(CriminalPhase::ConvictedNotFinal, "Vastgesteld, maar nog niet onherroepelijk")]
#[case(CriminalPhase::ConvictedFinal, "Vast staat")]
fn a_finding_of_a_verdict_that_is_not_final_is_told_so_also_when_no_charge_names_the_event(
    #[case] phase: CriminalPhase,
    #[case] told: &str,
) {
    let dossier = demo_with(|dossier| {
        for criminal in dossier.matters.iter_mut().filter_map(|matter| matter.criminal.as_mut()) {
            criminal.phase = phase;
            criminal.offences.iter_mut().for_each(|offence| offence.events.clear());
        }
        let court = dossier
            .organisations
            .iter()
            .find(|item| item.kind == OrganisationKind::Gerecht)
            .expect("a court")
            .id
            .clone();
        let fact = dossier.events.iter_mut().find(|event| event.id.as_str() == "ev-verwurging").expect("an event");
        fact.status.family = Evidence::Established;
        let mut found = fact.statements[0].clone();
        found.id = "st-vonnis".into();
        found.by = court;
        found.kind = StatementKind::Finds;
        found.source = None;
        found.content = "Bewezen verklaard.".to_owned();
        fact.statements.push(found);
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    let line = text.lines().find(|line| line.contains("keel")).unwrap_or_default();
    assert!(line.contains(told), "{line}");
}

#[test]
fn on_appeal_each_ground_gets_an_answer_and_the_decision_appealed_is_named() {
    let dossier = demo_with(|dossier| {
        for matter in dossier.matters.iter_mut().filter(|matter| matter.id.as_str() == "m-zorg") {
            matter.authority.name = "Gerechtshof Den Haag, familiekamer".to_owned();
        }
        for request in dossier.requests.iter_mut().filter(|request| request.kind == RequestKind::Omgang) {
            request.grounds = Some("Hij is niet gehoord.".to_owned());
        }
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(text.contains("voert aan: Hij is niet gehoord. [in te vullen: of deze grond slaagt, en waarom]"), "{text}");
    assert!(text.contains("beslist in hoger beroep tegen [in te vullen: de bestreden beschikking"), "{text}");
}

#[test]
fn a_fact_that_names_nobody_tells_against_whom_it_was() {
    let dossier = demo_with(|dossier| {
        let fact = dossier.events.iter_mut().find(|event| event.id.as_str() == "ev-verwurging").expect("an event");
        fact.description = "Er zou een dreigement zijn geuit.".to_owned();
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(
        text.contains("Er zou een dreigement zijn geuit. Tegen wie, als dit juist is: Anna Voorbeeld-Aarden."),
        "{text}"
    );
}

#[test]
fn two_criminal_cases_are_told_apart_by_their_accused() {
    let dossier = demo_with(|dossier| {
        let mut other = dossier.matters.iter().find(|matter| matter.criminal.is_some()).expect("a case").clone();
        other.id = "m-straf-moeder".into();
        other.criminal.as_mut().expect("a case").accused = "moeder".into();
        dossier.matters.push(other);
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(text.contains("strafzaak tegen Bas Fictief-Zandman"), "{text}");
    assert!(text.contains("strafzaak tegen Anna Voorbeeld-Aarden"), "{text}");
}

#[test]
fn the_signing_stays_with_the_text_before_it_in_word() {
    let drafts = drafts_of(&demo_with(|_| {}), DraftKind::Gezag);
    let file = docx::render(&document(&drafts, "gezag").model).expect("a Word file");
    let xml = crate::documents::extract::docx_part(&file, "word/document.xml");
    let signing = xml.find("Ondertekening").expect("the signing");
    let before = xml[..signing].rfind("<w:p><w:pPr>").expect("its paragraph");
    let last = xml[..before].rfind("<w:p><w:pPr>").expect("the paragraph before");
    assert!(xml[last..before].contains("<w:keepNext/>"), "{}", &xml[last..before]);
}

#[test]
fn what_stands_only_in_documents_that_were_not_joined_weighs_nothing_and_is_not_even_called_admitted() {
    for (kind, name) in
        [(DraftKind::Gedragsinterventie, "gedragsinterventie"), (DraftKind::Huisverbod, "huisverbod-verlenging")]
    {
        let text = paper(&demo_with(|_| {}), kind, name);
        let untold: Vec<&str> = text
            .lines()
            .filter(|line| line.contains("niet te noemen zolang de stukken niet zijn gevoegd"))
            .filter_map(|line| line.split_whitespace().find(|word| word.starts_with('F')))
            .map(|label| label.trim_end_matches('.'))
            .collect();
        assert!(!untold.is_empty(), "{text}");
        let beyond = text.split("Bevindingen per norm").nth(1).expect("findings");
        for label in untold {
            let named = beyond.split(|sign: char| !sign.is_alphanumeric()).any(|word| word == label);
            assert!(!named, "{name} weegt {label}: {beyond}");
        }
        assert!(!text.contains("erkent: De inhoud") && !text.contains("erkent dit gedeeltelijk: De inhoud"), "{text}");
    }
}

#[test]
fn the_bridge_lays_measures_side_by_side_and_tells_no_facts() {
    let text = paper(&demo_with(|_| {}), DraftKind::Huisverbod, "beschermingsbrug");
    assert!(text.contains("Bescherming per persoon"));
    for told in ["Vragen voor de zitting", "De moeder zou de vader", "Stukken die in deze zaak mogen worden gebruikt"] {
        assert!(!text.contains(told), "{told}: {text}");
    }
}

#[test]
fn contact_under_conditions_without_a_condition_leaves_a_blank_for_it() {
    let dossier = in_the_form(OmgangForm::Conditions);
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(
        text.contains(
            "stelt als voorwaarde voor het contact met Noor Fictief-Zandman: [in te vullen: wie wat moet doen"
        ),
        "{text}"
    );
}

#[test]
fn a_judgement_whose_question_is_no_longer_asked_is_not_lost_in_silence() {
    let on_unasked = demo_with(|dossier| {
        dossier.proposals.clear();
        let mut words = dossier.judge_words[0].clone();
        words.about = "bemiddeling-gezamenlijk/BM1".to_owned();
        words.domain = Domain::Family;
        dossier.judge_words.push(words);
    });
    let findings = assess(&on_unasked, builtin().expect("frameworks"), demo_day(), &[]).expect("findings");
    let asked = findings.findings.iter().find(|found| found.key() == "bemiddeling-gezamenlijk/BM1");
    let told = drafts_of(&on_unasked, DraftKind::Omgang).problems;
    let told = told.iter().any(|problem| problem.code == "own_judgement_without_question");
    assert_eq!(told, asked.is_some_and(|found| found.outcome == Outcome::NotApplicable));
    assert!(told, "{asked:?}");
    let problems = drafts_of(&demo_with(|_| {}), DraftKind::Omgang).problems;
    assert!(problems.iter().all(|problem| problem.code != "own_judgement_without_question"));
}
