//! What readers missed a tenth time in the papers of the criminal judge, the administrative judge and the mayor: measures of
//! another file, bans that name no place, a begin that hangs on a choice, and danger asked of a day long after.

use super::{document, drafts_of, drafts_with_demo_findings, sheets_and_files, text_of};
use crate::support::families::{demo, demo_with};
use combizitting::assessment::{assess, builtin};
use combizitting::conflicts::find;
use combizitting::dossier::model::{
    CriminalConditionKind, CriminalPhase, Dossier, InterventionBasis, MeasureState, ReviewOutcome, Secrecy,
};
use combizitting::drafting::draft;
use combizitting::drafting::model::{DraftKind, DraftSet};
use combizitting::intake;
use rstest::rstest;

fn criminal(dossier: &Dossier) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, DraftKind::Gedragsinterventie), "gedragsinterventie"))
}

fn paper(dossier: &Dossier, name: &str) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, DraftKind::Huisverbod), name))
}

fn ruling(name: &str) -> Dossier {
    let path = format!("{}/tests/dossiers/ECLI_NL_{name}.json", env!("CARGO_MANIFEST_DIR"));
    intake::read(&std::fs::read(path).expect("the ruling")).expect("a dossier")
}

fn set_of(dossier: &Dossier, on: &str) -> DraftSet {
    let on = on.parse().expect("a day");
    let findings = assess(dossier, builtin().expect("frameworks"), on, &[]).expect("findings");
    draft(dossier, &findings, &find(dossier, on), DraftKind::Huisverbod, on).expect("the templates render")
}

/// What the arrangement of the family judge holds, in words of its text and of what was found in it.
const OF_THE_ARRANGEMENT: [&str; 3] =
    ["om het weekend van vrijdag", "laat in die tijd contact", "De man verlaat de woning"];

#[rstest]
#[case("gedragsinterventie")]
#[case("huisverbod-verlenging")]
#[case("huisverbod-beroep")]
fn a_measure_of_a_family_document_that_was_not_joined_is_named_and_not_told(#[case] name: &str) {
    let told = |dossier: &Dossier| if name == "gedragsinterventie" { criminal(dossier) } else { paper(dossier, name) };
    let text = told(&demo());
    for said in OF_THE_ARRANGEMENT {
        assert!(!text.contains(said), "{said}: {text}");
    }
    let own = text.lines().find(|line| line.contains("M4. Over een maatregel: de inhoud staat in het genoemde stuk"));
    assert!(own.is_some_and(|line| line.contains("Beschikking voorlopige voorzieningen van 8 oktober 2026")), "{text}");
    let joined = demo_with(|dossier| dossier.documents.iter_mut().for_each(|document| document.restriction = None));
    assert!(told(&joined).contains(OF_THE_ARRANGEMENT[0]), "na voeging staat de inhoud er wel");
}

#[test]
fn a_clash_with_a_measure_that_was_not_joined_is_named_with_what_the_own_authority_can_do() {
    let text = criminal(&demo());
    let clash = text.lines().find(|line| line.contains("M3 en M4 kunnen niet allebei worden nageleefd.")).expect("it");
    assert!(clash.contains("M4 staat alleen in een stuk uit een andere zaak dat niet is gevoegd."), "{clash}");
    assert!(text.contains("De officier van justitie wijzigt de gedragsaanwijzing of trekt haar in"));
    assert!(!text.contains("De familierechter kan de overdracht") && !text.contains("art. 824 Rv"), "{text}");
    assert!(!text.contains("M1 en M4") && !text.contains("M4 en M5"), "wat van niemand hier is, staat hier niet");
}

#[test]
fn a_huisverbod_of_which_the_breach_is_charged_is_told_in_the_criminal_papers() {
    let told = "De uithuisgeplaatste houdt zich niet op bij de woning";
    assert!(criminal(&demo()).contains(told));
    let not_charged = demo_with(|dossier| {
        for case in dossier.matters.iter_mut().filter_map(|matter| matter.criminal.as_mut()) {
            case.offences.retain(|offence| !offence.events.iter().any(|id| id.as_str() == "ev-overtreding-thv"));
        }
    });
    let text = criminal(&not_charged);
    assert!(!text.contains(told) && text.contains("M1. Over een maatregel"), "{text}");
}

#[test]
fn a_sheet_names_no_sign_and_no_measure_that_only_unjoined_documents_tell() {
    let (sheets, _) = sheets_and_files(&demo());
    for name in ["strafzaak", "beroep-huisverbod"] {
        let sheet = sheets.iter().find(|sheet| sheet.name.ends_with(name)).expect("the sheet");
        let text = text_of(sheet);
        let signs = text.lines().find(|line| line.contains("Kritieke signalen in het dossier:")).expect("the signs");
        assert!(signs.contains("niet-fatale verwurging") && !signs.contains("niet gevoegd"), "{signs}");
        assert!(!text.contains("om het weekend van vrijdag") && !text.contains("M4 zorgregeling"), "{text}");
        assert!(text.contains("Niet gevoegd, en daarom hier niet verteld: ") && text.contains("M4"), "{text}");
    }
    let family = sheets.iter().find(|sheet| sheet.name.ends_with("omgang")).expect("the sheet");
    assert!(!text_of(family).contains("hier niet verteld"), "de familierechter leest het hele familiedossier");
}

#[test]
fn what_was_not_joined_weighs_in_no_finding_on_measures() {
    let (_, files) = sheets_and_files(&demo());
    let file = files.iter().find(|file| file.name.ends_with("straf")).expect("the file");
    let text = text_of(file);
    let rows: Vec<&str> = text.lines().filter(|line| line.split([' ', ',']).any(|word| word == "M4")).collect();
    let allowed = |line: &&str| line.contains("M4. Over een maatregel") || line.contains("M4 kunnen niet allebei");
    assert!(rows.iter().all(|line| allowed(line) || line.contains("niet gevoegd")), "{rows:#?}");
}

#[test]
fn every_sheet_tells_until_when_the_plan_leaves_the_home_unprotected() {
    let (sheets, _) = sheets_and_files(&demo());
    for sheet in sheets {
        let text = text_of(&sheet);
        let told = "als het plan wordt gevolgd van 8 december 2026 om 21.35 uur tot 18 december 2026 om 12.00 uur";
        assert!(text.contains(told), "{}: {text}", sheet.name);
        let row = "8 december 2026 om 21.35 uur tot 18 december 2026 om 12.00 uur";
        assert!(text.lines().any(|line| line == row), "{}: geen regel op de tijdas: {text}", sheet.name);
        assert!(!text.contains(". de ") && !text.contains(". het "), "{}", sheet.name);
    }
}

#[test]
fn an_area_ban_names_the_open_addresses_and_never_a_secret_one() {
    let text = criminal(&demo());
    let ban =
        text.lines().find(|line| line.contains("gebiedsverbod: De verdachte houdt zich niet op")).expect("the ban");
    for address in ["Denkstraat 5 te Rotterdam", "Fantasielaan 21 te Rotterdam"] {
        assert!(ban.contains(address), "{ban}");
    }
    assert!(!ban.contains("Voorbeeldstraat"), "de woning is hier niet bedoeld: {ban}");
    let order = text.lines().find(|line| line.contains("M3. Gedragsaanwijzing")).expect("the order");
    assert!(
        order.contains("de school van Noor (Voortgezet Onderwijs De Verzonnen Horizon, Denkstraat 5 te Rotterdam)")
    );
    assert!(order.contains("de werkplek van de echtgenote, met een straal van 250 meter"), "{order}");
    let secret = demo_with(|dossier| {
        let addresses = dossier.persons.iter_mut().flat_map(|person| &mut person.addresses);
        let school = addresses.into_iter().find(|address| address.id.as_str() == "adr-school-noor");
        school.expect("the school").secrecy = Secrecy::Secret;
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        for condition in plan.conditions.iter_mut().filter(|item| item.kind == CriminalConditionKind::AreaBan) {
            condition.protects = vec!["noor".into(), "sem".into(), "liv".into()];
        }
    });
    let text = criminal(&secret);
    assert!(!text.contains("Denkstraat 5") && !text.contains("Roerdomp") && text.contains("Fantasielaan 21"), "{text}");
}

fn verdict(basis: InterventionBasis, at_once: Option<bool>) -> Dossier {
    demo_with(|dossier| {
        for case in dossier.matters.iter_mut().filter_map(|matter| matter.criminal.as_mut()) {
            case.phase = CriminalPhase::Summoned;
        }
        // Joined, so that the clash is told in full.
        dossier.documents.iter_mut().for_each(|document| document.restriction = None);
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        (plan.basis, plan.earlier_order, plan.on_conviction) = (basis, None, true);
        (plan.conditional_days, plan.duration_days) = (Some(60), None);
        (plan.duration_months, plan.proeftijd_months) = (Some(24), Some(24));
        plan.order_date = "2026-12-03".parse().ok();
        plan.immediately_enforceable = at_once;
        if basis == InterventionBasis::Sr38v {
            (plan.programme, plan.provider) = (None, None);
            plan.conditions.retain(|item| item.kind != CriminalConditionKind::GuidanceToHelp);
        }
    })
}

#[rstest]
#[case(None, "Over dadelijke uitvoerbaarheid is nog niet beslist")]
#[case(Some(false), "Dadelijke uitvoerbaarheid is niet voorgenomen")]
fn a_verdict_that_is_not_enforced_at_once_has_no_day_on_which_it_begins(
    #[case] at_once: Option<bool>,
    #[case] told: &str,
    #[values(InterventionBasis::Sr14c, InterventionBasis::Sr38v)] basis: InterventionBasis,
) {
    let text = criminal(&verdict(basis, at_once));
    let clash = text.lines().find(|line| line.contains("en het voornemen in de strafzaak")).expect("the clash");
    assert!(clash.contains(told) && clash.contains("vanaf het moment waarop het vonnis onherroepelijk is"), "{clash}");
    assert!(!clash.contains("december 2026"), "geen dag waarop het begint: {clash}");
    let at_once = criminal(&verdict(basis, Some(true)));
    let clash = at_once.lines().find(|line| line.contains("en het voornemen in de strafzaak")).expect("the clash");
    assert!(clash.contains("van 3 december 2026") && !clash.contains("onherroepelijk"), "{clash}");
}

#[test]
fn a_verdict_that_is_final_first_closes_no_gap_on_its_own_day() {
    let bridge = |at_once| paper(&verdict(InterventionBasis::Sr38v, at_once), "beschermingsbrug");
    assert!(bridge(None).contains("begin niet bekend"), "{}", bridge(None));
    assert!(!bridge(Some(true)).contains("begin niet bekend"));
}

#[test]
fn a_verdict_with_conditions_asks_for_the_article_on_enforcement_where_that_is_open() {
    let text = |at_once| criminal(&verdict(InterventionBasis::Sr14c, at_once));
    assert!(text(None).contains("14d, [in te vullen: 14e, als dadelijke uitvoerbaarheid wordt bevolen], 27"));
    assert!(text(Some(true)).contains("14a, 14b, 14c, 14d, 14e, 27"));
    assert!(text(Some(false)).contains("14a, 14b, 14c, 14d, 27"));
}

#[test]
fn a_huisverbod_that_is_over_is_not_extended_any_more() {
    let dossier = ruling("RBROT_2020_1189");
    let set = set_of(&dossier, "2020-03-01");
    assert!(set.documents.iter().all(|draft| draft.name != "huisverbod-verlenging"));
    let text = text_of(document(&set, "huisverbod-beroep"));
    assert!(!text.contains("op de peildatum nog"), "{text}");
    let before = set_of(&dossier, "2020-02-05");
    assert!(before.documents.iter().any(|draft| draft.name == "huisverbod-verlenging"));
}

#[test]
fn an_extension_judged_afterwards_is_judged_as_of_the_day_of_that_decision() {
    let set = set_of(&ruling("RBMAA_2011_BQ1534"), "2011-04-15");
    let text = text_of(document(&set, "huisverbod-beroep"));
    assert!(text.contains("nog op 4 maart 2011, de dag van het besluit tot verlenging?"), "{text}");
    assert!(text.contains("Dat wordt beoordeeld naar de toestand op 4 maart 2011, de dag van dat besluit."));
    assert!(!text.contains("op de peildatum nog") && !text.contains("het gevaar van nu"), "{text}");
}

#[test]
fn a_day_of_an_extension_that_the_file_does_not_give_is_not_invented() {
    let text = text_of(document(&set_of(&ruling("RBNHO_2023_2435"), "2023-04-15"), "huisverbod-beroep"));
    let begin =
        "nog op 27 februari 2023, het begin van de verlenging (de dag van het besluit staat niet in het dossier)?";
    assert!(text.contains(begin), "{text}");
    assert!(
        text.contains("naar de toestand op [in te vullen: dag van dat besluit], de dag van dat besluit."),
        "{text}"
    );
}

#[test]
fn what_happened_after_an_extension_does_not_support_that_it_was_given() {
    let dossier = demo_with(|dossier| {
        for measure in dossier.measures.iter_mut().filter(|measure| measure.id.as_str() == "thv-verlenging") {
            measure.state = MeasureState::InForce;
            measure.decided_at = Some(crate::support::families::instant("2026-11-13T12:00:00+01:00"));
        }
    });
    let text = text_of(document(&set_of(&dossier, "2027-01-20"), "huisverbod-beroep"));
    let finding =
        text.lines().find(|line| line.contains("de dag van het besluit tot verlenging?")).expect("the finding");
    assert!(finding.contains("op 13 november 2026"), "{finding}");
    let later =
        text.lines().find(|line| line.contains("reed tweemaal langzaam langs de woning")).expect("a later fact");
    let label = later.split_whitespace().nth(1).expect("its label").trim_end_matches('.');
    assert!(label.starts_with('F') && !finding.contains(label), "{label}: {finding}");
}

#[test]
fn a_mayor_who_has_not_chosen_gets_no_title_that_extends_and_no_requests() {
    let dossier = demo_with(|dossier| {
        dossier.plans.huisverbod = None;
        dossier.requests.retain(|request| request.matter.as_str() != "m-thv");
    });
    let text = paper(&dossier, "huisverbod-verlenging");
    assert!(text.contains("Besluit over de verlenging van het tijdelijk huisverbod"), "{text}");
    assert!(text.contains("Advies en standpunten") && !text.contains("Verzoeken en standpunten"), "{text}");
    assert!(paper(&demo(), "huisverbod-verlenging").contains("Besluit tot verlenging van het tijdelijk huisverbod"));
}

#[test]
fn a_child_for_whom_the_court_strikes_the_ban_is_not_lost_between_the_papers() {
    let dossier = demo_with(|dossier| {
        let review = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.review.as_mut()).expect("a plan");
        (review.outcome, review.contact_struck_for) = (Some(ReviewOutcome::PartlyFounded), vec!["liv".into()]);
    });
    let mayor = paper(&dossier, "huisverbod-verlenging");
    assert!(mayor.contains("Wat de rechter daarvan vernietigt, ook voor één persoon, verlengt dit besluit niet."));
    let bridge = paper(&dossier, "beschermingsbrug");
    assert!(bridge.contains("Het besluit van de burgemeester noemt Liv zolang die uitspraak er niet is."), "{bridge}");
    assert!(!paper(&demo(), "beschermingsbrug").contains("telt niet voor"));
    let review = paper(&dossier, "huisverbod-beroep");
    let differ = review.lines().find(|line| line.contains("Samenloop van M1 en M3")).expect("the two bans");
    assert!(differ.contains("dan verbiedt het huisverbod geen contact met Liv meer; het verbod op de woning blijft."));
    assert!(!differ.contains("vervalt"), "{differ}");
}

#[test]
fn a_decision_that_is_sealed_does_not_call_itself_a_draft() {
    for kind in DraftKind::ALL {
        for paper in drafts_of(&demo(), kind).documents.iter().filter(|paper| paper.name != "beschermingsbrug") {
            let text = text_of(paper);
            let own = text.split("Bijlage: verantwoording").next().unwrap_or_default();
            let body = own.split("Partijen").skip(1).collect::<String>();
            assert!(!body.contains("dit ontwerp") && !body.contains("Dit ontwerp"), "{}: {body}", paper.name);
        }
    }
}

#[test]
fn every_paper_with_numbers_says_for_which_papers_they_hold() {
    let (sheets, files) = sheets_and_files(&demo());
    let drafts = DraftKind::ALL.into_iter().flat_map(|kind| drafts_of(&demo(), kind).documents);
    for paper in drafts.filter(|paper| paper.name != "beschermingsbrug").chain(sheets).chain(files) {
        let text = text_of(&paper);
        assert!(text.contains("kan hetzelfde een ander nummer hebben"), "{}", paper.name);
    }
}
