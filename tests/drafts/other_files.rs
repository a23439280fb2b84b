//! What a criminal or administrative judge must not find on the table: contents of another file, a question about the
//! victim alone, terms of other matters, and two names for one order.

use super::{demo_day, document, drafts_of, drafts_with_demo_findings, sheets_and_files, text_of};
use crate::support::families::{demo, demo_with};
use combizitting::assessment::model::{Direction, EffectKind};
use combizitting::assessment::{assess, builtin};
use combizitting::conflicts::find;
use combizitting::dossier::model::{Dossier, MatterKind, OmgangForm, RequestKind};
use combizitting::drafting::model::{Draft, DraftKind};
use combizitting::intake;
use rstest::rstest;
use std::collections::BTreeSet;

fn paper(dossier: &Dossier, kind: DraftKind, name: &str) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, kind), name))
}

fn criminal(dossier: &Dossier) -> String {
    paper(dossier, DraftKind::Gedragsinterventie, "gedragsinterventie")
}

fn named(drafts: &[Draft], part: &str) -> String {
    text_of(drafts.iter().find(|draft| draft.name.contains(part)).expect("a draft of this name"))
}

fn joined(title: &str) -> Dossier {
    demo_with(|dossier| {
        let document = dossier.documents.iter_mut().find(|document| document.title == title).expect("the document");
        document.restriction = None;
    })
}

#[rstest]
#[case::doctor("Brief van de huisarts", "Slikklachten")]
#[case::messages("Uitdraai van berichten, productie 4", "je haalt kerst niet")]
#[case::raad("Raadsrapport met verzoek tot schorsing van het gezag", "De Raad ziet een acute en ernstige bedreiging")]
#[case::intake("Intakebrief forensische polikliniek", "Intake gepland op 11 januari 2027")]
fn of_a_document_that_was_not_joined_a_criminal_decision_gives_the_title_only(#[case] title: &str, #[case] said: &str) {
    let text = criminal(&demo());
    assert!(text.contains(title) && !text.contains(said), "{said}");
    assert!(criminal(&joined(title)).contains(said), "na voeging staat de inhoud er wel: {said}");
}

#[rstest]
#[case::doctor("Brief van de huisarts", "Slikklachten")]
#[case::raad("Raadsrapport met verzoek tot schorsing van het gezag", "De Raad ziet een acute en ernstige bedreiging")]
fn of_a_family_document_that_was_not_joined_a_paper_about_a_huisverbod_gives_the_title_only(
    #[case] title: &str,
    #[case] said: &str,
    #[values("huisverbod-verlenging", "huisverbod-beroep")] name: &str,
) {
    let text = paper(&demo(), DraftKind::Huisverbod, name);
    assert!(text.contains(title) && !text.contains(said), "{said}");
    assert!(
        paper(&joined(title), DraftKind::Huisverbod, name).contains(said),
        "na voeging staat de inhoud er wel: {said}"
    );
    let (sheets, files) = sheets_and_files(&demo());
    for draft in
        sheets.iter().chain(&files).filter(|draft| draft.name.contains("bestuur") || draft.name.contains("beroep"))
    {
        assert!(!text_of(draft).contains(said), "{}: {said}", draft.name);
    }
}

#[test]
fn what_was_added_to_words_that_are_not_told_is_not_told_either() {
    let text = criminal(&demo());
    assert!(text.contains("wordt niet herhaald zolang dat niet is gevoegd"));
    assert!(!text.contains("bedoelde ze niet als dreiging") && !text.contains("Intake gepland"));
}

#[test]
fn a_fact_that_stands_only_elsewhere_is_not_told_but_what_is_charged_is() {
    let text = criminal(&demo());
    assert!(!text.contains("Zij sloeg mij") && !text.contains("De moeder zou de vader in het gezicht hebben geslagen"));
    assert!(text.contains("Niet gevoegd: Dit feit staat alleen in stukken uit een andere zaak"), "{text}");
    assert!(text.contains("De vader stuurde berichten waarin hij dreigde"), "de bedreiging is ten laste gelegd");
}

#[test]
fn the_criminal_hearing_file_shields_the_child_and_sets_apart_what_was_not_joined() {
    let (_, files) = sheets_and_files(&demo());
    let text = named(&files, "straf");
    assert!(!text.contains("kneep en schudde"), "{text}");
    let apart = text.split("Stukken uit een andere zaak, niet gevoegd").nth(1).expect("a list of its own");
    for title in ["Raadsrapport met verzoek", "Brief van de huisarts", "Verslag van het horen van de uithuisgeplaatste"]
    {
        assert!(apart.contains(title), "{title}");
    }
    assert_eq!(text.matches("Vragen voor de zitting").count(), 1, "vragen staan er één keer");
    assert!(!text.contains("Stukken die in deze zaak mogen worden gebruikt") && !text.contains("Geen."));
}

#[test]
fn who_came_to_the_hearing_is_asked_by_the_judge_who_decides_after_it() {
    let review = paper(&demo(), DraftKind::Huisverbod, "huisverbod-beroep");
    assert!(review.contains("Verschenen zijn: [in te vullen: wie op de zitting is verschenen]"), "{review}");
    // The public prosecutor does not decide at the hearing.
    assert!(criminal(&demo()).contains("De behandeling staat gepland op 19 november 2026"));
}

#[test]
fn a_title_that_gives_its_day_is_not_given_it_twice() {
    for kind in DraftKind::ALL {
        for draft in drafts_with_demo_findings(&demo(), kind).documents {
            assert!(!text_of(&draft).contains("van 8 oktober 2026, 8 oktober 2026"), "{}", draft.name);
        }
    }
}

#[rstest]
#[case(DraftKind::Gezag, "gezag_missing")]
#[case(DraftKind::Omgang, "omgang_missing")]
fn a_divorce_in_which_nothing_of_it_is_asked_gives_no_paper(#[case] kind: DraftKind, #[case] code: &str) {
    let dossier = demo_with(|dossier| {
        let gone = [MatterKind::Omgang, MatterKind::Gezag, MatterKind::ChildProtection];
        dossier.matters.retain(|matter| !gone.contains(&matter.kind));
        dossier.requests.retain(|request| {
            matches!(request.kind, RequestKind::Divorce | RequestKind::ExtendHuisverbod | RequestKind::LiftHuisverbod)
        });
        (dossier.plans.gezag, dossier.plans.omgang) = (None, None);
    });
    let set = drafts_with_demo_findings(&dossier, kind);
    assert!(set.documents.is_empty());
    assert!(set.problems.iter().any(|problem| problem.code == code), "{:#?}", set.problems);
}

#[test]
fn about_a_huisverbod_the_danger_is_asked_and_nothing_that_stands_only_in_the_family_file() {
    for name in ["huisverbod-verlenging", "huisverbod-beroep"] {
        let text = paper(&demo(), DraftKind::Huisverbod, name);
        let asked = text.split("Vragen voor de zitting").nth(1).expect("questions");
        let place = |words: &str| asked.find(words).unwrap_or_else(|| panic!("{name} vraagt niet: {words}"));
        assert!(place("ernstig en onmiddellijk gevaar op") < asked.len() && !asked.contains("F6"), "{asked}");
        assert!(
            !text.contains("De moeder zou de vader in het gezicht"),
            "dat staat alleen in stukken van de familiezaak"
        );
        assert!(place("bij de keel hebben gegrepen") < asked.len(), "een aannemelijk kritiek signaal blijft een vraag");
    }
}

#[test]
fn a_sign_that_is_not_settled_is_told_as_alleged_and_of_this_matter() {
    let (sheets, _) = sheets_and_files(&demo());
    let sheet = named(&sheets, "strafzaak");
    assert!(sheet.contains("niet-fatale verwurging (F10, gesteld en betwist)"), "{sheet}");
    let asked = criminal(&demo());
    let asked = asked.split("Vragen voor de zitting").nth(1).and_then(|rest| rest.split("Normen in dit").next());
    assert!(asked.is_some_and(|asked| asked.contains("in de strafzaak") && !asked.contains("in de familiezaak")));
}

#[test]
fn the_criminal_sheet_knows_witnesses_and_no_ways_of_another_court() {
    let (sheets, _) = sheets_and_files(&demo());
    let sheet = named(&sheets, "strafzaak");
    assert!(sheet.contains("als getuige, door de rechter-commissaris of ter zitting"), "{sheet}");
    assert!(sheet.contains("kan zich soms verschonen") && sheet.contains("art. 217 Sv*"));
    assert!(!sheet.contains("apart gehoord") && !sheet.contains("kindgesprek"));
    assert!(!named(&sheets, "omgang").contains("art. 217 Sv"));
}

#[test]
fn the_sheet_of_the_review_tells_that_a_child_of_twelve_is_heard_before_the_ruling() {
    let (sheets, _) = sheets_and_files(&demo());
    let sheet = named(&sheets, "beroep");
    assert!(sheet.contains("krijgt vóór de beslissing de gelegenheid zijn mening te geven. [art. 7 Wth"), "{sheet}");
}

#[test]
fn a_new_request_for_omgang_has_a_first_day_only_when_the_denial_lasts_that_long() {
    let denied = |until: Option<chrono::NaiveDate>| {
        demo_with(|dossier| {
            let plan = dossier.plans.omgang.as_mut().expect("a plan");
            let noor = plan.children.iter_mut().find(|child| child.child.as_str() == "noor").expect("Noor");
            (noor.form, noor.until) = (OmgangForm::Denied, until);
        })
    };
    let first_day = |dossier: &Dossier| {
        let all = find(dossier, demo_day()).deadlines;
        all.into_iter().find(|item| item.what.contains("nieuw verzoek om omgang")).map(|item| item.at)
    };
    let lasting = denied(chrono::NaiveDate::from_ymd_opt(2029, 1, 1));
    let told = first_day(&lasting).map(|at| combizitting::shared::moment::told_moment(&at));
    assert_eq!(told.as_deref(), Some("20 februari 2028"));
    assert_eq!(first_day(&denied(chrono::NaiveDate::from_ymd_opt(2027, 11, 19))), None);
    assert!(paper(&lasting, DraftKind::Omgang, "omgang").contains("eerste dag voor een nieuw verzoek om omgang"));
    assert!(!paper(&lasting, DraftKind::Gezag, "gezag").contains("eerste dag voor een nieuw verzoek om omgang"));
}

#[test]
fn an_order_that_is_changed_is_one_order_in_the_bridge() {
    let text = paper(&demo(), DraftKind::Huisverbod, "beschermingsbrug");
    assert!(text.contains("(M3, wordt volgens het plan gewijzigd)"), "{text}");
    assert!(!text.contains("voornemen in de strafzaak") && !text.contains("voorgenomen gedragsaanwijzing"), "{text}");
}

#[test]
fn supervised_contact_under_an_exception_for_it_is_no_clash() {
    let told = |exception: Option<&str>| {
        let dossier = demo_with(|dossier| {
            let plan = dossier.plans.gedragsinterventie.as_mut().expect("a plan");
            plan.earlier_order = None;
            plan.duration_days = Some(90);
            plan.conditions.iter_mut().for_each(|item| item.exception = exception.map(str::to_owned));
            dossier.measures.retain(|measure| measure.id.as_str() != "ban-509hh");
            let omgang = dossier.plans.omgang.as_mut().expect("a plan");
            for child in &mut omgang.children {
                child.starts_on = chrono::NaiveDate::from_ymd_opt(2026, 12, 20);
                child.schedule = None;
            }
        });
        let found = find(&dossier, demo_day()).conflicts;
        let planned = |ids: &[combizitting::shared::ids::FactId]| {
            ids.iter().any(|id| id.as_str() == "m-straf") && ids.iter().any(|id| id.as_str() == "m-zorg")
        };
        let clashes = found.into_iter().filter(|item| planned(&item.measures));
        clashes.filter(|item| item.severity != combizitting::conflicts::model::Severity::Note).count()
    };
    assert!(told(None) > 0);
    assert!(told(Some("Begeleid contact, als de familierechter dat vaststelt")) < told(None));
}

#[test]
fn care_advice_is_answered_as_advice() {
    let text = paper(&demo(), DraftKind::Huisverbod, "huisverbod-verlenging");
    assert!(text.contains("Advies en standpunten") && text.contains("stemt in met het advies"), "{text}");
    assert!(!text.contains("stemt in met het verzoek"));
}

#[test]
fn a_way_out_says_which_hole_it_closes_and_names_stand_in_the_order_of_the_file() {
    assert!(paper(&demo(), DraftKind::Huisverbod, "beschermingsbrug").contains("Voor het gat vanaf "));
    let (sheets, _) = sheets_and_files(&demo());
    for sheet in &sheets {
        assert!(
            !text_of(sheet).contains("Liv, Noor en Sem") && !text_of(sheet).contains("Liv, Anna"),
            "{}",
            sheet.name
        );
    }
    assert!(paper(&demo(), DraftKind::Huisverbod, "beschermingsbrug").contains("contact met Noor, Sem en Liv"));
}

#[test]
fn that_there_is_advice_does_not_settle_what_it_says() {
    let text = text_of(document(&drafts_of(&demo(), DraftKind::Gedragsinterventie), "gedragsinterventie"));
    let told = text.split("op advies gekozen?").nth(1).expect("the criterion");
    assert!(told.starts_with(" Uitkomst: oordeel nodig van wie beslist."), "{told}");
    assert!(!text.contains("Een gezamenlijke vorm past niet bij controle"));
    assert!(!text.contains("Of betrokkenen samenwonen, zegt het dossier niet"));
}

#[test]
fn an_event_of_which_the_contents_are_not_told_supports_no_huisverbod() {
    let raw = std::fs::read("tests/dossiers/ECLI_NL_RBROT_2020_1189.json").expect("the file");
    let dossier = intake::read(&raw).expect("a dossier");
    let on = chrono::NaiveDate::from_ymd_opt(2020, 2, 10).expect("a day");
    let findings = assess(&dossier, builtin().expect("frameworks"), on, &[]).expect("findings").findings;
    let about = findings.iter().filter(|found| found.framework == "thv-rihg");
    let supports = |found: &&combizitting::assessment::model::Finding| {
        found
            .effects
            .iter()
            .any(|effect| effect.kind == EffectKind::Huisverbod && effect.direction == Direction::Supports)
    };
    assert_eq!(about.filter(supports).count(), 0);
}

fn read(name: &str) -> Dossier {
    let raw = std::fs::read(format!("tests/dossiers/{name}.json")).expect("the file");
    intake::read(&raw).expect("a dossier")
}

/// What a sheet asks, from the first question on.
fn asked_on(sheets: &[Draft], name: &str) -> String {
    let sheet = named(sheets, name);
    let asked = sheet.split("Beslissende vragen").nth(1).and_then(|rest| rest.split("\nWie\n").next());
    asked.expect("questions").to_owned()
}

#[test]
fn a_sheet_begins_with_the_request_and_the_question_that_are_decided_on() {
    let (sheets, _) = sheets_and_files(&demo());
    let omgang = named(&sheets, "zittingsblad-omgang");
    let denial = demo().requests.into_iter().find(|request| request.id.as_str() == "r-ontzegging").expect("a request");
    let first = omgang.split("Wat voorligt").nth(1).expect("requests");
    assert!(first.trim_start().lines().next().is_some_and(|line| line.contains(denial.content.trim_end_matches('.'))));

    let protection = asked_on(&sheets, "kinderbescherming");
    let place = |text: &str, words: &str| text.find(words).unwrap_or_else(|| panic!("niet gevraagd: {words}: {text}"));
    let criterion = place(&protection, "Is schorsing noodzakelijk om een acute en ernstige bedreiging");
    let own = place(&protection, "waarom toestemmingen van de vader niet volstaan");
    assert!(criterion < own && own < protection.find("In het dossier staat: ").unwrap_or(usize::MAX), "{protection}");
    assert!(!protection.contains("klem of verloren"), "art. 1:251a ligt niet voor: {protection}");

    let home = asked_on(&sheets, "voorlopige-voorzieningen");
    assert!(place(&home, "het gebruik van de woning voorlopig") < place(&home, "Aan wie worden de kinderen"));
    assert!(!home.contains("ernstig nadeel opleveren"), "over omgang is daar niets verzocht: {home}");

    let review = asked_on(&sheets, "beroep");
    let danger = place(&review, "ernstig en onmiddellijk gevaar op");
    assert!(danger < review.find("De moeder zou de vader in het gezicht").unwrap_or(usize::MAX), "{review}");
    assert!(!review.contains("art. 810 Rv"));
    assert!(named(&sheets, "beroep").contains("ver het huisverbod bij de burgemeester: is opgeroepen"));
}

#[test]
fn a_criminal_sheet_asks_about_each_charge_that_is_open_before_anything_else() {
    let dossier = demo();
    let (sheets, _) = sheets_and_files(&dossier);
    let asked = asked_on(&sheets, "strafzaak");
    let case = dossier.matters.iter().find_map(|matter| matter.criminal.as_ref()).expect("a criminal case");
    let other = asked.find("De moeder zou").unwrap_or(usize::MAX);
    let charged = case.offences.iter().flat_map(|offence| &offence.events);
    let mut open = 0;
    for event in charged.filter_map(|fact| dossier.find_event_by_fact(fact.as_str())) {
        use combizitting::dossier::model::Evidence;
        if [Evidence::Established, Evidence::Admitted, Evidence::Refuted].contains(&event.status.criminal) {
            continue;
        }
        let start: String = event.description.chars().take(40).collect();
        let at = asked.find(&start).unwrap_or_else(|| panic!("niet gevraagd: {start}: {asked}"));
        assert!(at < other, "{asked}");
        open += 1;
    }
    assert!(open >= 2);
}

#[test]
fn what_has_been_extended_is_not_extended_again() {
    use combizitting::dossier::model::{Instrument, MeasureState};
    let decided = demo_with(|dossier| {
        let extensions = dossier.measures.iter_mut().filter(|item| item.instrument == Instrument::HuisverbodExtension);
        extensions.for_each(|item| item.state = MeasureState::InForce);
    });
    let blocks = |dossier: &Dossier| {
        let problems = drafts_with_demo_findings(dossier, DraftKind::Huisverbod).problems;
        problems.iter().any(|problem| problem.code == "huisverbod_already_extended")
    };
    assert!(blocks(&decided) && !blocks(&demo()));
    for name in ["ECLI_NL_RBNHO_2023_2435", "ECLI_NL_RBROT_2020_10182"] {
        let set = drafts_with_demo_findings(&read(name), DraftKind::Huisverbod);
        assert!(set.documents.iter().all(|draft| draft.name != "huisverbod-verlenging"), "{name}");
        assert!(set.documents.iter().any(|draft| draft.name == "huisverbod-beroep"), "{name}");
    }
}

#[test]
fn in_a_criminal_matter_that_is_over_nothing_is_left_to_draft() {
    let set = drafts_with_demo_findings(&read("ECLI_NL_RBNHO_2022_4066"), DraftKind::Gedragsinterventie);
    assert!(set.documents.is_empty());
    assert!(set.problems.iter().any(|problem| problem.message.contains("Er is niets om over te ontwerpen")));
}

#[test]
fn a_hearing_that_is_still_to_come_is_not_told_as_held() {
    let told = |day: u32| {
        let dossier = demo_with(|dossier| {
            let plan = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()).expect("a plan");
            plan.heard_on = chrono::NaiveDate::from_ymd_opt(2026, 11, day);
        });
        paper(&dossier, DraftKind::Huisverbod, "huisverbod-verlenging")
    };
    let to_come = told(18);
    assert!(to_come.contains("staat gepland op 18 november 2026: [in te vullen: of de uithuisgeplaatste op die dag"));
    assert!(!to_come.contains("is gehoord op 18 november"), "{to_come}");
    assert!(told(17).contains("De uithuisgeplaatste is gehoord op 17 november 2026"));
}

#[test]
fn a_mild_fact_alone_supports_no_extension() {
    let dossier = read("ECLI_NL_RBNHO_2023_2435");
    let on = chrono::NaiveDate::from_ymd_opt(2023, 3, 9).expect("a day");
    let findings = assess(&dossier, builtin().expect("frameworks"), on, &[]).expect("findings").findings;
    let unsupported = findings.iter().filter(|found| found.facts_for.is_empty() && !found.facts_against.is_empty());
    let open = unsupported.filter(|found| found.outcome == combizitting::assessment::model::Outcome::NeedsJudgement);
    let open: Vec<_> = open.collect();
    assert!(!open.is_empty());
    for found in open {
        assert!(found.effects.iter().all(|effect| effect.direction != Direction::Supports), "{}", found.key());
    }
}

#[test]
fn an_outcome_is_headed_no_stronger_than_what_stands_gives() {
    let dossier = read("ECLI_NL_RBGEL_2025_140");
    let text = text_of(document(&drafts_of(&dossier, DraftKind::Gedragsinterventie), "gedragsinterventie"));
    let told = text.split("Is gekeken naar mishandeling van kinderen?").nth(1).expect("the criterion");
    assert!(told.starts_with(" Uitkomst: oordeel van de rechter nodig."), "{}", &told[..told.len().min(200)]);
    assert!(!text.contains("Er is een eigen verklaring over het geweld"), "het OM is geen slachtoffer");
}

/// Every draft of the demo family that is a decision.
fn decisions(dossier: &Dossier) -> Vec<Draft> {
    [DraftKind::Gezag, DraftKind::Omgang, DraftKind::Gedragsinterventie, DraftKind::Huisverbod]
        .into_iter()
        .flat_map(|kind| drafts_with_demo_findings(dossier, kind).documents)
        .collect()
}

#[test]
fn what_a_reader_is_asked_to_do_stands_with_the_finding_and_in_no_decision() {
    let dossier = demo();
    let findings = assess(&dossier, builtin().expect("frameworks"), demo_day(), &[]).expect("findings");
    let asked: BTreeSet<&str> = findings
        .findings
        .iter()
        .filter_map(|finding| finding.to_do.split_inclusive('.').next())
        .filter(|sentence| !sentence.contains("Fictief") && !sentence.contains("Voorbeeld"))
        .collect();
    assert!(asked.len() > 10, "{asked:?}");
    assert!(findings.findings.iter().all(|finding| finding.explanation.contains(&finding.to_do)));
    for decision in decisions(&dossier) {
        let text = text_of(&decision);
        for sentence in &asked {
            assert!(!text.contains(sentence), "{}: {sentence}", decision.name);
        }
    }
}

#[test]
fn a_term_that_a_draft_intends_is_told_in_that_draft_only_and_never_when_it_refuses() {
    const IF: &str = "Als het ontwerp wordt gevolgd";
    let dossier = demo();
    let telling = |dossier: &Dossier| -> Vec<String> {
        let (sheets, files) = sheets_and_files(dossier);
        let all = decisions(dossier).into_iter().chain(sheets).chain(files);
        all.filter(|draft| text_of(draft).contains(IF)).map(|draft| draft.name).collect()
    };
    assert_eq!(telling(&dossier), ["gezag"]);
    let gezag = named(&decisions(&dossier), "gezag");
    assert!(gezag.contains("Als het ontwerp wordt gevolgd: beëindiging van het gezag verzoeken"), "{gezag}");
    let refusing = demo_with(|dossier| {
        let plan = dossier.plans.gezag.as_mut().expect("a plan");
        plan.refused = true;
    });
    assert!(telling(&refusing).is_empty(), "{:?}", telling(&refusing));
}

#[test]
fn of_what_is_not_told_is_asked_what_happened_and_not_whether_it_is_true() {
    let dossier = read("ECLI_NL_RBROT_2020_10182");
    let (sheets, _) = sheets_and_files(&dossier);
    let sheet = named(&sheets, "zittingsblad");
    assert!(!sheet.contains("In het dossier staat: \"De aanleiding voor het huisverbod is niet bekend"), "{sheet}");
    assert!(
        !paper(&dossier, DraftKind::Huisverbod, "huisverbod-beroep").contains("In het dossier staat: \"De aanleiding")
    );
}
