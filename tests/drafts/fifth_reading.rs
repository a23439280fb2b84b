//! What a judge of one matter reads of the others: fairness on the own facts, a child heard elsewhere, an extension that
//! is not given yet, what was asked only in case something else is refused, and the first day of what is ordered.

use super::{document, drafts_of, sheets_and_files, text_of};
use crate::support::families::{demo, demo_day, demo_with};
use combizitting::assessment::{assess, builtin};
use combizitting::dossier::model::{
    CriminalConditionKind, CriminalPhase, Domain, Dossier, Evidence, ExtensionPlan, GezagBasis, Instrument,
    InterventionBasis, MeasureState, ProvisionalItem, RequestKind,
};
use combizitting::drafting::model::DraftKind;
use rstest::rstest;

fn paper(dossier: &Dossier, kind: DraftKind, name: &str) -> String {
    text_of(document(&drafts_of(dossier, kind), name))
}

fn sheet(dossier: &Dossier, name: &str) -> String {
    let (sheets, _) = sheets_and_files(dossier);
    text_of(sheets.iter().find(|sheet| sheet.name == name).expect("a sheet"))
}

#[test]
fn fairness_is_asked_in_each_domain_on_what_counts_there() {
    let settled_elsewhere = demo_with(|dossier| {
        for event in &mut dossier.events {
            event.status.criminal = Evidence::Refuted;
        }
    });
    let on = demo_day();
    let assessment = assess(&settled_elsewhere, builtin().expect("frameworks"), on, &[]).expect("findings");
    let outcome = |criterion: &str, domain: Domain| {
        let own = |found: &&combizitting::assessment::model::Finding| {
            found.framework == "00-fairness" && found.criterion == criterion && found.domain == domain
        };
        assessment.findings.iter().find(own).map(|found| found.outcome.as_str())
    };
    assert_eq!(outcome("FA5", Domain::Family), Some("met"));
    assert_eq!(outcome("FA5-straf", Domain::Criminal), Some("not_applicable"), "refuted there, so nothing is alleged");
    assert_eq!(outcome("FA5-bestuur", Domain::Administrative), Some("met"));
}

#[test]
fn fairness_is_not_asked_in_a_domain_without_a_matter() {
    let family_only = demo_with(|dossier| dossier.matters.retain(|matter| matter.domain == Domain::Family));
    let assessment = assess(&family_only, builtin().expect("frameworks"), demo_day(), &[]).expect("findings");
    let domains: Vec<Domain> =
        assessment.findings.iter().filter(|found| found.framework == "00-fairness").map(|found| found.domain).collect();
    assert!(domains.iter().all(|domain| *domain == Domain::Family), "{domains:?}");
}

#[test]
fn a_child_that_was_heard_in_another_matter_is_not_told_as_heard_in_this_one() {
    let asked = "Is Noor, twaalf jaar of ouder, in de gelegenheid gesteld zich uit te spreken?";
    let row = |text: &str| text.lines().skip_while(|line| *line != asked).nth(1).map(str::to_owned);
    let own = paper(&demo(), DraftKind::Gezag, "gezag");
    assert_eq!(row(&own).as_deref(), Some("ja, in elke lezing"), "{own}");
    let other = paper(&demo(), DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert_eq!(row(&other).as_deref(), Some("oordeel van de rechter nodig"), "{other}");
}

#[rstest]
#[case(MeasureState::Proposed, false)]
#[case(MeasureState::InForce, true)]
fn the_court_weighs_an_extension_only_when_it_is_given(#[case] state: MeasureState, #[case] weighed: bool) {
    let dossier = demo_with(|dossier| {
        for measure in &mut dossier.measures {
            if measure.instrument == Instrument::HuisverbodExtension {
                measure.state = state;
            }
        }
    });
    let asked = "over de verlenging gehoord, zijn de belangen gewogen";
    assert_eq!(paper(&dossier, DraftKind::Huisverbod, "huisverbod-beroep").contains(asked), weighed);
    assert_eq!(sheet(&dossier, "zittingsblad-beroep-huisverbod").contains(asked), weighed);
    let planned = |plan: &ExtensionPlan| plan.decided_at.is_some();
    assert!(dossier.plans.huisverbod.as_ref().and_then(|plan| plan.extension.as_ref()).is_some_and(planned));
    assert!(paper(&dossier, DraftKind::Huisverbod, "huisverbod-verlenging").contains(asked), "the mayor always does");
}

#[rstest]
#[case(false, true)]
#[case(true, false)]
fn what_was_asked_in_the_second_place_is_decided_only_when_the_first_is_refused(
    #[case] refused: bool,
    #[case] passed_over: bool,
) {
    let dossier = demo_with(|dossier| {
        let first = dossier.requests.iter().find(|request| request.kind == RequestKind::SoleGezag).expect("a request");
        let (matter, request) = (first.matter.clone(), first.id.clone());
        let plan = dossier.plans.gezag.as_mut().expect("a plan");
        plan.matter = matter;
        plan.request = Some(request);
        plan.basis = GezagBasis::Bw1251a;
        plan.refused = refused;
        plan.ground = None;
        plan.lapse_date = None;
    });
    let text = paper(&dossier, DraftKind::Gezag, "gezag");
    let told = "dat alleen is gedaan voor het geval het verzoek over eenhoofdig gezag niet wordt toegewezen";
    assert_eq!(text.contains(told), passed_over, "{text}");
    assert_eq!(text.contains("niet-ontvankelijk, omdat een ouder dit niet kan verzoeken"), !passed_over, "{text}");
}

#[rstest]
#[case(true, "de verzorging en opvoeding van Noor Fictief-Zandman")]
#[case(false, "het levensonderhoud")]
fn maintenance_names_who_pays_whom_for_whom_and_from_when(#[case] for_child: bool, #[case] told: &str) {
    let dossier = demo_with(|dossier| {
        let noor = dossier.children().next().expect("a child").id.clone();
        let plan = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.provisional.as_mut()).expect("a plan");
        let item: ProvisionalItem = serde_json::from_value(serde_json::json!({
            "kind": "maintenance",
            "text": "De vader betaalt € 250 per maand.",
            "in_favour": plan.applicant.clone(),
            "children": if for_child { vec![noor] } else { Vec::new() },
            "from": "2027-01-01",
        }))
        .expect("an item");
        plan.items = vec![item];
    });
    let text = paper(&dossier, DraftKind::Huisverbod, "voorlopige-voorzieningen");
    let ordered = format!(
        "stelt de bijdrage die Bas Fictief-Zandman aan Anna Voorbeeld-Aarden betaalt in {told} met ingang van 1 januari 2027 \
         als volgt vast: de vader betaalt"
    );
    assert!(text.contains(&ordered), "{text}");
    let title =
        if for_child { "kinderen (art. 822 lid 1 onder c Rv)" } else { "Levensonderhoud (art. 822 lid 1 onder e Rv)" };
    assert!(text.contains(title), "{text}");
    assert!(!text.contains("ingaan op de dag van deze beschikking"), "its own day counts: {text}");
}

#[test]
fn a_paper_of_a_later_day_tells_which_day_its_facts_are_of() {
    let text = paper(&demo(), DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(text.contains("naar de stand van 17 november 2026 (de peildatum)"), "{text}");
    let (_, files) = sheets_and_files(&demo());
    assert!(files.iter().all(|file| !text_of(file).contains("naar de stand van")), "a file of the day itself does not");
}

#[test]
fn a_paper_does_not_call_undecided_what_it_decides_itself() {
    let text = paper(&demo(), DraftKind::Huisverbod, "voorlopige-voorzieningen");
    let own = text.lines().find(|line| line.contains(" M5. Voorlopige voorziening")).expect("the measure");
    assert!(own.contains("gevraagd; daarover gaat deze beslissing"), "{own}");
    let other = text.lines().find(|line| line.contains(" M2. Verlenging")).expect("the measure");
    assert!(other.contains("gevraagd of voorgesteld, nog niet beslist"), "{other}");
}

#[test]
fn the_sheet_on_contact_has_the_arrangement_itself_and_asks_for_each_child() {
    let text = sheet(&demo(), "zittingsblad-omgang");
    let (_, measures) = text.split_once("Maatregelen op de peildatum").expect("measures");
    let first = measures.lines().find(|line| line.starts_with("– ")).expect("a measure");
    assert!(first.contains("M4 Zorgregeling"), "{first}");
    assert!(text.contains("ontwikkeling van Liv? En voor Noor en Sem? (oordeel nodig)"), "{text}");
}

#[rstest]
#[case("sv80", "suspends", "met ingang van 19 november 2026 en tot 18 januari 2027;")]
#[case("sr38v", "convicts", "voor de duur van 60 dagen de maatregel tot beperking van de vrijheid")]
fn how_long_a_criminal_order_lasts_is_told_once_the_plan_says_so(
    #[case] basis: &str,
    #[case] phase: &str,
    #[case] told: &str,
) {
    let dossier = demo_with(|dossier| {
        let case = dossier.matters.iter_mut().find_map(|matter| matter.criminal.as_mut()).expect("a criminal case");
        case.phase = if phase == "suspends" { CriminalPhase::Remand } else { CriminalPhase::ConvictedNotFinal };
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        plan.basis = serde_json::from_value(serde_json::json!(basis)).expect("a basis");
        plan.duration_days = Some(60);
        (plan.order_ground, plan.earlier_order) = (None, None);
        plan.ground_facts.clear();
        if basis == "sr38v" {
            (plan.programme, plan.provider) = (None, None);
            plan.conditions.retain(|item| item.kind != CriminalConditionKind::GuidanceToHelp);
        }
    });
    let text = paper(&dossier, DraftKind::Gedragsinterventie, "gedragsinterventie");
    assert!(text.contains(told), "{text}");
}

fn course_as_condition(change: impl FnOnce(&mut Dossier)) -> String {
    let dossier = demo_with(|dossier| {
        let matter = dossier.plans.omgang.as_ref().expect("a plan").matter.clone();
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        (plan.basis, plan.matter) = (InterventionBasis::FamilyCondition, matter);
        (plan.order_ground, plan.earlier_order, plan.duration_days) = (None, None, None);
        plan.conditions.clear();
        change(dossier);
    });
    paper(&dossier, DraftKind::Gedragsinterventie, "gedragsinterventie")
}

#[test]
fn who_looks_again_at_a_condition_of_contact_is_who_does_so_in_the_plan_for_contact() {
    let text = course_as_condition(|_| ());
    assert!(text.contains("bepaalt dat op 20 mei 2027 door de Raad voor de Kinderbescherming"), "{text}");
}

#[test]
fn a_condition_of_contact_is_shown_met_as_the_plan_for_contact_has_it_and_asked_where_children_differ() {
    let text = course_as_condition(|_| ());
    let shown = "blijkt uit een bericht van de behandelaar dat de behandeling is begonnen en wordt getoetst door";
    assert!(
        text.contains(shown)
            && text.contains("uiterlijk op 8 februari 2027; is dat dan nog niet gebleken, dan geldt: [in te vullen"),
        "{text}"
    );
    assert!(text.contains("wordt bezien of het contact aan deze voorwaarde gebonden blijft;"), "{text}");
    let differing = course_as_condition(|dossier| {
        let plan = dossier.plans.omgang.as_mut().expect("a plan");
        let conditions = plan.children.iter_mut().flat_map(|child| &mut child.conditions);
        conditions.last().expect("a condition").by_date = chrono::NaiveDate::from_ymd_opt(2027, 2, 8);
    });
    assert!(differing.contains("blijkt uit [in te vullen: waaruit dit blijkt, en wie dit toetst];"), "{differing}");
    assert!(
        differing.contains("wordt bezien of aan deze voorwaarde is voldaan en of zij nog nodig is;"),
        "{differing}"
    );
}

#[test]
fn the_end_of_a_huisverbod_is_told_to_who_can_be_told_and_not_to_small_children_themselves() {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()).expect("a plan");
        (plan.refused, plan.new_end) = (true, None);
    });
    let text = paper(&dossier, DraftKind::Huisverbod, "huisverbod-verlenging");
    let told = "wordt meegedeeld aan Anna Voorbeeld-Aarden, ook voor Sem Fictief-Zandman en Liv Fictief-Zandman, aan Noor \
                Fictief-Zandman en aan de aangewezen instantie";
    assert!(text.contains(told), "{text}");
}

#[test]
fn a_change_of_joint_gezag_outside_marriage_asks_what_changed_since() {
    let dossier = demo_with(|dossier| {
        let request =
            dossier.requests.iter().find(|request| request.kind == RequestKind::SoleGezag).expect("a request");
        let (matter, request) = (request.matter.clone(), request.id.clone());
        let plan = dossier.plans.gezag.as_mut().expect("a plan");
        (plan.matter, plan.request, plan.basis) = (matter, Some(request), GezagBasis::Bw1253n);
        (plan.ground, plan.lapse_date) = (None, None);
    });
    let text = paper(&dossier, DraftKind::Gezag, "gezag");
    assert!(text.contains("[in te vullen: welke omstandigheden na het begin van het gezamenlijk gezag"), "{text}");
}
