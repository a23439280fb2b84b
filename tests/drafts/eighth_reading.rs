//! What readers missed in the papers on published rulings: a basis that the file tells, a ground that nobody pleaded, a
//! guardianship ordered twice, facts that no finding named, and norms that no table had.

use super::{demo_documents, document, drafts_of, drafts_with_demo_findings, sheets_and_files, text_of};
use crate::support::families::{demo, demo_with};
use combizitting::documents::model::{Block, Inline};
use combizitting::dossier::model::{
    CriminalConditionKind, CriminalPhase, Dossier, GezagForm, InterventionBasis, MatterKind, MeasureState,
    ProcedureStep, RelationKind,
};
use combizitting::drafting::model::{Draft, DraftKind, ProblemLevel};
use combizitting::intake;
use rstest::rstest;

fn ruling(name: &str) -> Dossier {
    let path = format!("{}/tests/dossiers/ECLI_NL_{name}.json", env!("CARGO_MANIFEST_DIR"));
    intake::read(&std::fs::read(path).expect("the ruling")).expect("a dossier")
}

fn paper(dossier: &Dossier, kind: DraftKind, name: &str) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, kind), name))
}

fn omgang(dossier: &Dossier) -> String {
    paper(dossier, DraftKind::Omgang, "omgang")
}

fn gezag(dossier: &Dossier) -> String {
    paper(dossier, DraftKind::Gezag, "gezag")
}

const NO_CONTACT_BASIS: &str = "[in te vullen: wettelijke grondslag: art. 1:377a BW of art. 1:253a BW]";
const NO_GEZAG_BASIS: &str = "[in te vullen: wettelijke grondslag]";

#[test]
fn without_a_plan_joint_gezag_makes_contact_a_dispute_between_parents_with_gezag() {
    let text = omgang(&ruling("RBOBR_2025_2641"));
    assert!(text.contains("Ouders met gezamenlijk gezag kunnen hun geschil voorleggen"), "{text}");
    assert!(text.contains("Volgens het dossier oefenen de ouders het gezag samen uit."), "{text}");
    assert!(text.contains("Over het gezag van de vader loopt ook een verzoek (deze zaak)"), "{text}");
    assert!(text.starts_with("Beschikking verdeling van de zorg- en opvoedingstaken"), "{text}");
    assert!(!text.contains(NO_CONTACT_BASIS), "{text}");
}

#[test]
fn without_a_plan_a_parent_without_gezag_asks_for_contact() {
    let text = omgang(&ruling("GHAMS_2025_1810"));
    assert!(text.contains("De ouder zonder gezag heeft het recht op en de plicht tot omgang."), "{text}");
    assert!(text.contains("heeft de ouder om wiens contact het gaat geen gezag."), "{text}");
    assert!(!text.contains(NO_CONTACT_BASIS), "{text}");
}

#[test]
fn the_basis_of_contact_stays_open_with_the_reason_where_children_differ_or_the_file_is_silent() {
    let silent = omgang(&ruling("GHAMS_2023_82"));
    assert!(silent.contains(NO_CONTACT_BASIS), "{silent}");
    assert!(silent.contains("wie dat heeft, blijkt niet voor ieder kind uit het dossier"), "{silent}");
    let differ = omgang(&demo_with(|dossier| {
        dossier.plans.omgang = None;
        let child = dossier.gezag[0].child.clone();
        dossier.gezag.iter_mut().filter(|record| record.child == child).for_each(|record| {
            record.form = if record.holder.as_str() == "vader" { GezagForm::None } else { GezagForm::Sole };
        });
    }));
    assert!(differ.contains(NO_CONTACT_BASIS) && differ.contains("niet voor ieder kind hetzelfde"), "{differ}");
}

#[test]
fn without_a_plan_sole_gezag_between_spouses_has_its_article_and_no_outcome() {
    let text = gezag(&ruling("RBOBR_2025_2641"));
    assert!(
        text.contains("Als een huwelijk door echtscheiding eindigt, kan de rechter op verzoek van een ouder bepalen"),
        "{text}"
    );
    assert!(!text.contains(NO_GEZAG_BASIS), "{text}");
    assert!(text.contains("[in te vullen: beslissing over het gezag]"), "{text}");
    assert!(!text.contains("toekomt aan") && !text.contains("mededeling doet voor aantekening"), "{text}");
}

#[rstest]
#[case::marriage_unknown(
    "GHARL_2021_11968",
    "of de ouders gehuwd of geregistreerd partner zijn geweest, zegt het dossier niet"
)]
#[case::two_requests("GHARL_2021_10347", "De verzoeken over het gezag hebben niet dezelfde grondslag.")]
fn the_basis_of_gezag_stays_open_with_the_reason(#[case] name: &str, #[case] why: &str) {
    let text = gezag(&ruling(name));
    assert!(text.contains(NO_GEZAG_BASIS) && text.contains(why), "{text}");
}

#[test]
fn parents_who_never_were_spouses_are_not_given_the_article_of_a_divorce() {
    let mut dossier = ruling("RBOBR_2025_2641");
    dossier.relations.retain(|relation| relation.kind != RelationKind::Married);
    assert!(gezag(&dossier).contains(NO_GEZAG_BASIS));
}

#[test]
fn where_only_a_refused_treatment_is_before_the_court_the_acute_threat_is_not_weighed() {
    let dossier = ruling("RBLIM_2016_4840");
    let reasons = |dossier: &Dossier| {
        let text = text_of(document(&drafts_of(dossier, DraftKind::Gezag), "gezag"));
        text.split("Bijlage: verantwoording").next().unwrap_or_default().to_owned()
    };
    let threat = "om een acute en ernstige bedreiging voor";
    assert!(!reasons(&dossier).contains(threat), "{}", reasons(&dossier));
    let mut threatened = dossier;
    threatened.plans.gezag.as_mut().expect("a plan").ground = None;
    assert!(reasons(&threatened).contains(threat));
}

#[test]
fn a_guardianship_that_runs_is_told_to_stand_and_not_ordered_again() {
    let dossier = ruling("RBLIM_2016_4840");
    let set = drafts_with_demo_findings(&dossier, DraftKind::Gezag);
    let text = text_of(document(&set, "gezag"));
    assert!(text.contains("het kind van 2010 (M1) [in te vullen: in stand blijft, of: wordt vervangen"), "{text}");
    assert!(text.contains("is volgens het dossier al een voorlopige voogdij in werking"), "{text}");
    assert!(!text.contains("belast de gecertificeerde instelling met") && !text.contains("bereid is"), "{text}");
    let warned = set.problems.iter().find(|problem| problem.code == "gezag_voogdij_runs").expect("a warning");
    assert_eq!(warned.level, ProblemLevel::Warns);

    let mut ended = dossier;
    ended.measures.iter_mut().for_each(|measure| measure.state = MeasureState::Ended);
    let set = drafts_with_demo_findings(&ended, DraftKind::Gezag);
    let text = text_of(document(&set, "gezag"));
    assert!(
        text.contains("belast de gecertificeerde instelling met de voorlopige voogdij over het kind van 2015"),
        "{text}"
    );
    assert!(set.problems.iter().all(|problem| problem.code != "gezag_voogdij_runs"));
}

#[test]
fn of_two_institutions_in_the_file_none_is_chosen() {
    let mut dossier = ruling("RBLIM_2016_4840");
    let mut other = dossier.organisations.iter().find(|item| item.id.as_str() == "gi").expect("an institution").clone();
    other.id = "gi-2".into();
    dossier.organisations.push(other);
    dossier.measures.clear();
    assert!(gezag(&dossier).contains("Voorlopige voogdij door [in te vullen: gecertificeerde instelling]"));
}

#[test]
fn conduct_without_a_kind_is_named_where_violence_is_weighed() {
    let text = text_of(document(&drafts_of(&ruling("GHSHE_2025_2399"), DraftKind::Omgang), "omgang"));
    let weighed = text.split("Bevindingen per norm").nth(1).expect("findings");
    assert!(weighed.contains("Niet ingedeeld: F1."), "{weighed}");
    // Where somebody was tells no conduct against anyone.
    let abroad = text_of(document(&drafts_of(&ruling("RBLIM_2016_4840"), DraftKind::Gezag), "gezag"));
    assert!(!abroad.contains("Niet ingedeeld"), "{abroad}");
}

#[test]
fn on_appeal_the_contested_decision_comes_from_the_course_of_the_proceedings() {
    let contested = "in hoger beroep tegen de beschikking van de rechtbank van 31 maart 2020";
    let dossier = ruling("GHARL_2021_771");
    for text in [gezag(&dossier), omgang(&dossier)] {
        assert!(text.contains(contested), "{text}");
    }
    let mut two = dossier;
    let matter = two.matters.iter_mut().find(|matter| matter.kind == MatterKind::Gezag).expect("the matter");
    let step = ProcedureStep {
        what: "de rechtbank heeft een tussenbeschikking gegeven".to_owned(),
        ..matter.steps[0].clone()
    };
    matter.steps.push(step);
    assert!(gezag(&two).contains("tegen [in te vullen: de bestreden beschikking: gerecht, dag en zaaknummer]"));
}

/// Every "art. <number> … <law>" in a text, read apart from the code that makes the table.
fn articles(text: &str) -> Vec<(String, &'static str)> {
    const LAWS: [&str; 8] = [" BW", " Rv", " Sr", " Sv", " Awb", " Wth", " EVRM", " Verdrag van Istanbul"];
    text.match_indices("art. ")
        .filter_map(|(at, found)| {
            let after = &text[at + found.len()..];
            let number: String = after.chars().take_while(|sign| sign.is_alphanumeric() || *sign == ':').collect();
            let close: String = after.chars().take(40).collect();
            let ends = |law: &&&str| close.find(**law).is_some();
            let law = LAWS.iter().filter(ends).min_by_key(|law| close.find(**law))?;
            let between = close.get(number.len()..close.find(law)?)?;
            let plain = between
                .split_whitespace()
                .all(|word| ["lid", "onder", "en"].contains(&word) || word.trim_end_matches(',').chars().count() < 3);
            (plain && number.starts_with(|sign: char| sign.is_ascii_digit())).then_some((number, law.trim()))
        })
        .collect()
}

fn table_of_norms(draft: &Draft) -> Vec<String> {
    let cell = |cell: &Vec<Inline>| cell.iter().map(Inline::text).collect::<String>();
    let table = draft.model.blocks.iter().find_map(|block| match block {
        Block::Table { head, rows, .. } if head.first().is_some_and(|head| head == "Norm") => Some(rows),
        _ => None,
    });
    table.map(|rows| rows.iter().map(|row| cell(&row[0])).collect()).unwrap_or_default()
}

#[test]
fn every_article_that_a_paper_cites_stands_in_its_table_of_norms() {
    let rulings = ["GHARL_2021_771", "RBLIM_2016_4840", "RBROT_2023_4046", "RBROT_2020_1189", "RBMAA_2011_BQ1534"];
    let mut drafts = demo_documents();
    for name in rulings {
        drafts.extend(DraftKind::ALL.into_iter().flat_map(|kind| drafts_of(&ruling(name), kind).documents));
    }
    drafts.extend(sheets_and_files(&demo()).1);
    let mut cited = 0;
    for draft in &drafts {
        let rows = table_of_norms(draft);
        for (number, law) in articles(&text_of(draft)) {
            cited += 1;
            let known = rows.iter().any(|row| row.starts_with(&format!("art. {number} ")) && row.ends_with(law));
            assert!(known, "{}: art. {number} {law} ontbreekt in {rows:?}", draft.name);
        }
        assert!(rows.iter().all(|row| rows.iter().filter(|other| *other == row).count() == 1), "{rows:?}");
    }
    assert!(cited > 500, "{cited}");
    let bridge = drafts.iter().find(|draft| draft.name == "beschermingsbrug").expect("a bridge");
    let rows = table_of_norms(bridge);
    assert!(["art. 254 Rv", "art. 14c Sr"].iter().all(|norm| rows.contains(&(*norm).to_owned())), "{rows:?}");
}

#[test]
fn two_terms_of_one_name_say_whose_they_are() {
    let dossier = demo_with(|dossier| {
        let order = dossier.measures.iter().find(|measure| measure.id.as_str() == "ban-509hh").expect("an order");
        let mut other = order.clone();
        other.id = "ban-509hh-2".into();
        other.restrained = vec!["moeder".into()];
        dossier.measures.push(other);
    });
    let text = paper(&dossier, DraftKind::Gedragsinterventie, "gedragsinterventie");
    let name = "Einde van de gedragsaanwijzing; een verlenging moet vóór dit moment zijn gegeven";
    for whose in ["gericht tot Bas Fictief-Zandman)", "gericht tot Anna Voorbeeld-Aarden)"] {
        let told = text.lines().filter(|line| line.starts_with(name) && line.ends_with(whose)).count();
        assert_eq!(told, 1, "{whose}: {text}");
    }
    let family = omgang(&demo());
    let hearings = family.lines().filter(|line| line.ends_with("(uitoefening van het gezag)"));
    let hearings: Vec<&str> = hearings.collect();
    assert!(hearings.len() == 2 && hearings[0] != hearings[1], "{hearings:?}");
    assert!(hearings.iter().all(|line| line.starts_with("Behandeling van het verzoek van ")), "{hearings:?}");
    let single = paper(&demo(), DraftKind::Gedragsinterventie, "gedragsinterventie");
    assert!(single.lines().any(|line| line == name), "{single}");
}

#[test]
fn a_changed_order_says_beside_it_which_bans_it_no_longer_names() {
    let text = paper(&demo(), DraftKind::Gedragsinterventie, "gedragsinterventie");
    let left = text.split("noemt deze tekst niet meer:").nth(1).expect("what is left out");
    assert!(
        left.contains("– het verbod om zich op te houden bij de werkplek van de echtgenote en de verblijfplaats"),
        "{left}"
    );
    let ban = left.lines().nth(1).unwrap_or_default();
    assert!(!ban.contains("school") && !ban.contains("contactverbod"), "{ban}");
    assert!(
        left.contains("[in te vullen: wat vervalt, waarom, en hoe wie daardoor werd beschermd dat hoort]"),
        "{left}"
    );

    let narrower = demo_with(|dossier| {
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        plan.conditions.retain(|condition| condition.kind != CriminalConditionKind::AreaBan);
        plan.conditions.iter_mut().for_each(|condition| condition.protects.retain(|person| person.as_str() != "liv"));
    });
    let text = paper(&narrower, DraftKind::Gedragsinterventie, "gedragsinterventie");
    assert!(text.contains("– het contactverbod met Liv Fictief-Zandman"), "{text}");
    assert!(text.contains("bij de basisschool van Sem, de school van Noor,"), "{text}");
}

#[test]
fn an_institution_that_gets_a_task_has_its_article() {
    let dossier = demo_with(|dossier| {
        let criminal = dossier.matters.iter_mut().find_map(|matter| matter.criminal.as_mut()).expect("a criminal case");
        criminal.phase = CriminalPhase::Summoned;
        let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
        (plan.basis, plan.on_conviction, plan.conditional_days) = (InterventionBasis::Sr14c, true, Some(60));
        plan.earlier_order = None;
    });
    let text = paper(&dossier, DraftKind::Gedragsinterventie, "gedragsinterventie");
    assert!(text.contains("geeft opdracht aan de reclassering, eenheid Rotterdam, om toezicht te houden"), "{text}");
}

#[test]
fn a_low_result_that_was_not_joined_is_neither_told_nor_said_not_to_be_there() {
    let text = text_of(document(&drafts_of(&demo(), DraftKind::Gedragsinterventie), "gedragsinterventie"));
    let row = text.split("Is er een kritiek signaal gesteld naast een lage uitkomst van een instrument?").nth(1);
    let outcome = row.expect("the finding").lines().nth(1).unwrap_or_default();
    assert!(outcome.starts_with("onbekend (feiten ontbreken)"), "{outcome}");
}
