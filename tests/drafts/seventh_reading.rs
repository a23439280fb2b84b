//! What a criminal judge, an administrative judge and a mayor's lawyer stumbled over: facts that were not joined named as
//! grounds, a court that does not decide, questions about a programme nobody chose, and findings without facts.

use super::{document, drafts_of, drafts_with_demo_findings, text_of};
use crate::support::families::{demo, demo_with};
use combizitting::dossier::model::{
    CriminalConditionKind, CriminalPhase, Dossier, InterventionBasis, InterventionPlan, MatterKind,
};
use combizitting::drafting::model::DraftKind;
use combizitting::intake;
use rstest::rstest;

const NOT_READ: &str = "zolang stukken uit een andere zaak niet zijn gevoegd";

fn criminal(dossier: &Dossier) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, DraftKind::Gedragsinterventie), "gedragsinterventie"))
}

fn appeal(dossier: &Dossier) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, DraftKind::Huisverbod), "huisverbod-beroep"))
}

fn ruling(name: &str) -> Dossier {
    let path = format!("{}/tests/dossiers/ECLI_NL_{name}.json", env!("CARGO_MANIFEST_DIR"));
    intake::read(&std::fs::read(path).expect("the ruling")).expect("a dossier")
}

/// The demo case with a plan on this basis: without an order, and for art. 38v Sr without a course.
fn on_basis(basis: InterventionBasis, change: impl FnOnce(&mut Dossier)) -> Dossier {
    demo_with(|dossier| {
        let phase = if basis == InterventionBasis::Sv80 { CriminalPhase::Remand } else { CriminalPhase::Summoned };
        dossier.matters.iter_mut().filter_map(|matter| matter.criminal.as_mut()).for_each(|case| case.phase = phase);
        let plan = plan(dossier);
        plan.basis = basis;
        plan.earlier_order = None;
        plan.on_conviction = basis != InterventionBasis::Sv80;
        plan.conditional_days = Some(60);
        if basis == InterventionBasis::Sr38v {
            (plan.programme, plan.provider) = (None, None);
            plan.conditions.retain(|item| item.kind != CriminalConditionKind::GuidanceToHelp);
        }
        change(dossier);
    })
}

fn plan(dossier: &mut Dossier) -> &mut InterventionPlan {
    dossier.plans.gedragsinterventie.as_mut().expect("a plan")
}

fn row<'t>(text: &'t str, question: &str) -> &'t str {
    let annex = text.split("Beoordelingskader").nth(1).unwrap_or_default();
    let mut rows = annex.lines().skip_while(|line| !line.contains(question));
    rows.nth(1).unwrap_or_else(|| panic!("geen vraag {question}: {text}"))
}

#[test]
fn an_appeal_names_as_its_facts_only_what_may_be_told_and_the_rest_apart() {
    let text = appeal(&demo());
    for told in [
        "Feiten tot en met de dag van het opleggen: F1, F2, F4 en F9. Buiten beschouwing zolang de stukken niet zijn \
         gevoegd: F3 en F5 tot en met F8.",
        "Feiten van na het opleggen: F11 en F12. Buiten beschouwing zolang de stukken niet zijn gevoegd: F10.",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let joined = demo_with(|dossier| dossier.documents.iter_mut().for_each(|document| document.restriction = None));
    let text = appeal(&joined);
    assert!(!text.contains("Buiten beschouwing"), "{text}");
}

#[test]
fn a_suspension_of_remand_names_the_facts_of_its_plan() {
    let text = criminal(&on_basis(InterventionBasis::Sv80, |_| {}));
    assert!(
        text.contains("Voor de ernstige bezwaren zijn deze feiten genoemd: F9, F10 en F12. Oordeel: [in te vullen:")
    );
    let without = criminal(&on_basis(InterventionBasis::Sv80, |dossier| plan(dossier).suspicion_facts.clear()));
    assert!(!without.contains("Voor de ernstige bezwaren wijst"), "{without}");
    assert!(without.contains("[in te vullen: of de ernstige bezwaren"), "{without}");
}

#[rstest]
#[case::unknown(
    "Rechtbank Rotterdam, team straf",
    "combizitting",
    "[in te vullen: bij bewaring: de rechter-commissaris;",
    None
)]
#[case::bewaring(
    "Rechter-commissaris te Rotterdam",
    "combizitting",
    "De rechter-commissaris",
    Some("in raadkamer door")
)]
#[case::chamber("Rechtbank Rotterdam, team straf", "raadkamer", "Gegeven in raadkamer door", Some("bij bewaring"))]
fn who_suspends_remand_is_asked_unless_the_file_says_so(
    #[case] court: &str,
    #[case] hearing: &str,
    #[case] told: &str,
    #[case] absent: Option<&str>,
) {
    let text = criminal(&on_basis(InterventionBasis::Sv80, |dossier| {
        for matter in dossier.matters.iter_mut().filter(|matter| matter.kind == MatterKind::CriminalCase) {
            matter.authority.name = court.to_owned();
            matter.hearings.iter_mut().for_each(|item| item.kind = hearing.to_owned());
        }
    }));
    assert!(text.contains(told), "{text}");
    assert!(absent.is_none_or(|absent| !text.contains(absent)), "{text}");
}

#[rstest]
fn a_verdict_of_a_politierechter_is_given_by_the_politierechter(
    #[values(InterventionBasis::Sr14c, InterventionBasis::Sr38v)] basis: InterventionBasis,
) {
    let text = criminal(&on_basis(basis, |_| {}));
    assert!(text.lines().any(|line| line == "De politierechter"), "{text}");
    assert!(text.contains("als meer dan één feit is bewezen, 57"), "{text}");
    let other = criminal(&on_basis(basis, |dossier| {
        for matter in dossier.matters.iter_mut().filter(|matter| matter.kind == MatterKind::CriminalCase) {
            matter.hearings.iter_mut().for_each(|item| item.kind = "meervoudige strafkamer".to_owned());
        }
    }));
    assert!(other.lines().any(|line| line == "De rechtbank"), "{other}");
}

#[rstest]
#[case(InterventionBasis::Sr14c, "2026-12-03", true)]
#[case(InterventionBasis::Sr38v, "2026-12-03", true)]
#[case(InterventionBasis::Sr38v, "2027-01-14", false)]
#[case(InterventionBasis::Sv80, "2026-12-03", false)]
fn a_verdict_dated_before_the_hearing_is_pointed_out(
    #[case] basis: InterventionBasis,
    #[case] day: &str,
    #[case] told: bool,
) {
    let dossier = on_basis(basis, |dossier| plan(dossier).order_date = Some(day.parse().expect("a day")));
    let set = drafts_with_demo_findings(&dossier, DraftKind::Gedragsinterventie);
    let found = set.problems.iter().find(|item| item.code == "intervention_verdict_before_hearing");
    assert_eq!(found.map(|item| item.message.contains("14 januari 2027")), told.then_some(true), "{:?}", set.problems);
}

#[test]
fn a_measure_of_bans_alone_asks_nothing_about_a_programme() {
    const ON_PROGRAMME: [&str; 4] = [
        "voordat een programma wordt gekozen",
        "Geldt er naast het programma",
        "Laat de gekozen wettelijke grondslag dit programma toe",
        "op advies gekozen",
    ];
    let bans = criminal(&on_basis(InterventionBasis::Sr38v, |_| {}));
    assert!(ON_PROGRAMME.iter().all(|question| !bans.contains(question)), "{bans}");
    assert!(bans.contains("Is hulp of een programma door"), "{bans}");
    let course = criminal(&on_basis(InterventionBasis::Sr14c, |_| {}));
    assert!(ON_PROGRAMME.iter().any(|question| course.contains(question)), "{course}");
}

#[rstest]
#[case("Staan er ook beschermende of ontlastende feiten in het dossier?")]
#[case("ook gesteld geweld van Anna")]
fn that_there_is_none_is_not_said_as_long_as_documents_were_not_joined(#[case] question: &str) {
    let open = "onbekend (feiten ontbreken), in elke lezing";
    for text in [criminal(&demo()), appeal(&demo())] {
        assert_eq!(row(&text, question), open, "{question}: {text}");
    }
}

#[test]
fn with_all_documents_joined_it_is_said_whether_there_are_facts_that_protect() {
    let joined = demo_with(|dossier| dossier.documents.iter_mut().for_each(|document| document.restriction = None));
    let text = criminal(&joined);
    assert!(row(&text, "Staan er ook beschermende of ontlastende").contains("ja"), "{text}");
    assert!(!text.contains(NOT_READ), "{text}");
}

#[test]
fn what_speaks_against_danger_alone_makes_no_question_for_the_judge() {
    let set = drafts_of(&ruling("RBNHO_2023_2435"), DraftKind::Huisverbod);
    let text = text_of(document(&set, "huisverbod-beroep"));
    assert!(text.contains("Het dossier noemt geen feiten over gevaar voor de partner"), "{text}");
    assert!(!text.contains("van belang zijn voor de vraag of er gevaar is"), "{text}");
    assert!(!text.contains("feiten van voor en na") && !text.contains("Beslissend geschilpunt"), "{text}");
    assert!(!text.contains("standaardzin") && !text.contains("draagt het besluit"), "{text}");
    let [before, after] = ["Voor 17 februari 2023", "8 maart 2023. Gesteld"].map(|day| text.find(day).expect("a day"));
    assert!(before < after, "what was before a day comes before what was after it: {text}");
}

#[rstest]
#[case("RBMAA_2011_BQ1534", "beslist op het beroep tegen het besluit tot verlenging van 4 maart 2011:")]
#[case(
    "RBNHO_2023_2435",
    "beslist op het beroep tegen het besluit tot verlenging van [in te vullen: dag van dat besluit]:"
)]
fn an_appeal_after_the_end_of_the_ban_names_the_extension_and_asks_about_the_past(
    #[case] name: &str,
    #[case] told: &str,
) {
    let text = text_of(document(&drafts_of(&ruling(name), DraftKind::Huisverbod), "huisverbod-beroep"));
    assert!(text.contains(told), "{text}");
    assert!(text.contains("Was er na het opleggen reden het huisverbod te beëindigen?"), "{text}");
    assert!(!text.contains("Is er reden het huisverbod nu te beëindigen?"), "{text}");
    assert!(!text.contains("Beslissend geschilpunt: M"), "{text}");
}

#[test]
fn an_appeal_during_the_ban_asks_whether_it_has_to_end_now() {
    let text = appeal(&demo());
    assert!(text.contains("Is er reden het huisverbod nu te beëindigen?"), "{text}");
    let over = demo_with(|dossier| {
        let review = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.review.as_mut()).expect("a plan");
        review.ruling_on = "2026-11-25".parse().ok();
    });
    let text = appeal(&over);
    assert!(text.contains("Was er na het opleggen reden het huisverbod te beëindigen?"), "{text}");
}

#[test]
fn who_is_told_of_a_refused_extension_is_told_in_order_and_an_extension_gives_the_day_to_be_reached() {
    let paper = |dossier: &Dossier| {
        text_of(document(&drafts_with_demo_findings(dossier, DraftKind::Huisverbod), "huisverbod-verlenging"))
    };
    let text = paper(&demo());
    assert!(text.contains("binnen 24 uur na de uitreiking van dit besluit laat weten"), "{text}");
    let refused = demo_with(|dossier| {
        let plan = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()).expect("a plan");
        plan.refused = true;
        plan.new_end = None;
    });
    let text = paper(&refused);
    let told = "meegedeeld aan Anna Voorbeeld-Aarden, ook voor Sem Fictief-Zandman en Liv Fictief-Zandman, aan Noor \
                Fictief-Zandman en aan de aangewezen instantie";
    assert!(text.contains(told), "{text}");
}

#[test]
fn a_changed_order_says_what_its_new_fact_is_about() {
    let text = criminal(&demo());
    let told = "nieuwe feiten of omstandigheden: F12 (over 14 november 2026 om 22.10 uur, de straat van de echtelijke woning).";
    assert!(text.contains(told), "{text}");
}

#[rstest]
#[case("GHARL_2021_771", "[in te vullen: bewezen verklaarde feiten]")]
#[case("RBMAA_2011_BQ1534", "[in te vullen: feiten waarvan verdacht]")]
#[case("RBGEL_2025_140", "[in te vullen: standpunt van de verdediging]")]
fn a_thin_criminal_paper_asks_for_what_belongs_under_its_headings(#[case] name: &str, #[case] asked: &str) {
    let text = text_of(document(&drafts_of(&ruling(name), DraftKind::Gedragsinterventie), "gedragsinterventie"));
    assert!(text.contains(asked), "{text}");
    assert!(!text.contains("er zijn geen bevindingen die in deze zaak"), "{text}");
    assert!(!text.contains("De lijst van die stukken ligt in het dossier"), "{text}");
    assert!(!text.contains("nog niet kunnen antwoorden"), "{text}");
}
