//! What a decision on gezag or omgang must not pass over.

use super::{document, drafts_of, drafts_with_demo_findings, text_of};
use crate::support::families::{demo, demo_day, demo_with};
use chrono::NaiveDate;
use combizitting::assessment::{assess, builtin};
use combizitting::conflicts::find;
use combizitting::dossier::model::{
    Deviation, Domain, Dossier, GezagBasis, JudgeWords, OmgangBasis, OmgangForm, OmgangPlan, RequestKind,
};
use combizitting::drafting::hearing_sheets;
use combizitting::drafting::model::DraftKind;
use combizitting::shared::ids::MeasureId;
use rstest::rstest;

fn paper(dossier: &Dossier, kind: DraftKind) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, kind), kind.as_str()))
}

fn words(about: &str, text: &str) -> JudgeWords {
    JudgeWords {
        about: about.to_owned(),
        domain: Domain::Family,
        answer: None,
        text: text.to_owned(),
        by: "de kinderrechter".to_owned(),
        on: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day"),
        beside: None,
        from_file: false,
    }
}

#[test]
fn a_request_on_which_the_document_does_not_decide_stands_as_a_blank_before_the_rest_is_rejected() {
    let text = paper(&demo(), DraftKind::Omgang);
    let sole = text
        .find("beslist op het verzoek van Anna Voorbeeld-Aarden over eenhoofdig gezag: [in te vullen: toewijzing, afwijzing")
        .expect("the other request");
    let barred =
        text.find("niet-ontvankelijk, omdat een ouder dit niet kan verzoeken").expect("the request a parent cannot do");
    let rest = text.find("wijst af wat meer of anders is verzocht").expect("the rest");
    assert!(sole < rest && barred < rest);
    // In the matter of the Raad there is one request, and the document decides on it.
    assert!(!paper(&demo(), DraftKind::Gezag).contains("beslist op het verzoek van"));
}

#[test]
fn a_running_arrangement_is_replaced_as_planned_or_asked_about() {
    let replaced = "in de plaats komt van de bij beschikking van 8 oktober 2026 (C/10/900002) vastgestelde voorlopige zorgregeling;";
    // A provisional order ends before its time only on a ground; while none is given, that is asked.
    let asked = paper(&demo(), DraftKind::Omgang);
    assert!(
        !asked.contains("bepaalt dat deze beslissing in de plaats komt")
            && !asked.contains("Deze beslissing vervangt die regeling")
    );
    assert!(asked.contains("voorlopige zorgregeling: [in te vullen: dat deze beslissing daarvoor in de plaats komt"));
    let grounded =
        demo_with(|dossier| dossier.judge_words.push(words("omgang/vervangen", "Op verzoek van de moeder.")));
    assert!(paper(&grounded, DraftKind::Omgang).contains(replaced));
    let silent = demo_with(|dossier| {
        dossier.plans.omgang.as_mut().expect("a plan").replaces.clear();
    });
    let text = paper(&silent, DraftKind::Omgang);
    assert!(!text.contains("in de plaats komt"));
    assert!(text.contains("[in te vullen: vervangen, wijzigen of in stand laten]"));
    let unknown = demo_with(|dossier| {
        dossier.plans.omgang.as_mut().expect("a plan").replaces = vec![MeasureId("bestaat-niet".to_owned())];
    });
    let bytes = serde_json::to_vec(&unknown).expect("JSON");
    let problems = combizitting::intake::read(&bytes).expect_err("an unknown measure");
    assert!(problems.iter().any(|problem| problem.pointer == "/plans/omgang/replaces/0"), "{problems:?}");
}

#[rstest]
#[case(|_: &mut OmgangPlan| {}, "Anna Voorbeeld-Aarden Bas Fictief-Zandman eens per twee maanden informeert", "[art. 1:253a BW")]
#[case(|plan: &mut OmgangPlan| { plan.information_every = None; plan.information_via = None; }, "[in te vullen: hoe vaak]", "[in te vullen: welke derde]")]
#[case(|plan: &mut OmgangPlan| plan.information = None, "[in te vullen: informatie aan de andere ouder", "wijst af")]
fn who_informs_whom_how_often_and_through_whom_is_told_or_asked(
    #[case] change: fn(&mut OmgangPlan),
    #[case] first: &str,
    #[case] second: &str,
) {
    let text = paper(&demo_with(|dossier| change(dossier.plans.omgang.as_mut().expect("a plan"))), DraftKind::Omgang);
    assert!(text.contains(first) && text.contains(second), "{first} / {second}");
}

#[test]
fn when_the_gezag_itself_is_at_stake_elsewhere_the_basis_of_the_arrangement_is_asked() {
    assert!(paper(&demo(), DraftKind::Omgang).contains("[in te vullen: de grondslag als het gezag van deze ouder"));
    let alone = demo_with(|dossier| dossier.requests.retain(|request| request.id.as_str() == "r-omgang"));
    assert!(!paper(&alone, DraftKind::Omgang).contains("de grondslag als het gezag"));
}

#[rstest]
#[case(None, true)]
#[case(NaiveDate::from_ymd_opt(2027, 11, 19), false)]
#[case(NaiveDate::from_ymd_opt(2029, 11, 19), true)]
fn only_a_denial_that_outlasts_the_review_year_tells_of_it(#[case] until: Option<NaiveDate>, #[case] told: bool) {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.omgang.as_mut().expect("a plan");
        plan.basis = OmgangBasis::Bw1377a;
        for child in plan.children.iter_mut().filter(|child| child.form == OmgangForm::Denied) {
            child.until = until;
        }
        dossier.gezag.retain(|record| record.holder.as_str() != "vader");
    });
    assert_eq!(paper(&dossier, DraftKind::Omgang).contains("een jaar is verstreken"), told);
}

#[test]
fn the_judges_words_take_the_place_of_the_blank_for_each_requirement_and_child() {
    let blanks =
        ["of en waarom dit vermoeden ernstig is", "of en waarom de bedreiging acuut", "waarom schorsing nodig is"];
    let before = paper(&demo(), DraftKind::Gezag);
    assert!(blanks.iter().all(|blank| before.contains(&format!("[in te vullen: {blank}"))), "{before}");
    let spoken = demo_with(|dossier| {
        for block in ["gezag/vermoeden", "gezag/dreiging", "gezag/noodzaak", "omgang/noor", "omgang/sem"] {
            dossier.judge_words.push(words(block, &format!("Overweging over {block}.")));
        }
    });
    let after = paper(&spoken, DraftKind::Gezag);
    assert!(!blanks.iter().any(|blank| after.contains(blank)));
    assert!(after.contains("Overweging over gezag/dreiging."));
    let omgang = paper(&spoken, DraftKind::Omgang);
    assert!(omgang.contains("Overweging over omgang/noor.") && omgang.contains("Overweging over omgang/sem."));
    // Liv has no words of her own yet.
    assert!(omgang.contains("[in te vullen: eigen afweging voor Liv Fictief-Zandman]"));
}

#[test]
fn a_judgement_noted_before_the_hearing_is_provisional_and_never_the_outcome_in_every_reading() {
    let text = paper(&demo(), DraftKind::Gezag);
    let (decision, annex) = text.split_once("Bijlage: verantwoording").expect("an annex");
    let note = "Aantekening van de kinderrechter bij de voorbereiding, 17 november 2026, vóór de zitting: ja";
    assert!(annex.contains(note) && !decision.contains("Aantekening van"), "{text}");
    assert!(!text.contains("De rechter heeft geoordeeld") && !text.contains("Uitkomst naar het eigen oordeel"));
    // It stands as it would without the note, with the same explanation as for the other parent.
    let told = |parent: &str, child: &str| {
        format!(
            "Uitkomst: oordeel van de rechter nodig. Er zijn feiten die van belang zijn voor de veiligheid van {child} of {parent}"
        )
    };
    let (of_mother, of_father) = (told("Bas Fictief-Zandman", "Liv"), told("Anna Voorbeeld-Aarden", "Liv"));
    assert!(text.contains(&of_father), "{text}");
    let both = paper(&demo(), DraftKind::Omgang);
    assert!(both.contains(&of_mother) && both.contains(&of_father), "{both}");
    let after = demo_with(|dossier| {
        for words in &mut dossier.judge_words {
            words.on = NaiveDate::from_ymd_opt(2026, 11, 19).expect("a day");
        }
    });
    assert!(
        text_of(document(&drafts_of(&after, DraftKind::Gezag), "gezag")).contains("Eigen oordeel van de kinderrechter")
    );
}

#[test]
fn a_finding_that_rests_on_a_request_in_another_matter_alone_says_nothing_here() {
    assert!(!paper(&demo(), DraftKind::Gezag).contains("Vraagt een ouder zelf om schorsing"));
}

#[test]
fn a_critical_sign_is_asked_about_in_every_matter_in_which_it_is_known_and_open() {
    let (dossier, on) = (demo(), demo_day());
    let findings = assess(&dossier, builtin().expect("frameworks"), on, &[]).expect("findings");
    let sheets = hearing_sheets(&dossier, &findings, &find(&dossier, on), on).expect("sheets");
    let family: Vec<_> = sheets.iter().filter(|sheet| sheet.name.contains("omgang")).collect();
    assert_eq!(family.len(), 1);
    for sheet in family {
        assert!(
            text_of(sheet).contains("bij de keel hebben gegrepen tot zij geen lucht kreeg\". Klopt dat?"),
            "{}",
            sheet.name
        );
    }
}

#[test]
fn a_sheet_never_tells_the_judges_own_answer_as_the_outcome_in_every_reading() {
    let on = demo_day();
    let judged = |after: bool| {
        demo_with(|dossier| {
            for words in dossier.judge_words.iter_mut().filter(|_| after) {
                words.on = NaiveDate::from_ymd_opt(2027, 2, 1).expect("a day");
            }
        })
    };
    let early = judged(false);
    let findings = assess(&early, builtin().expect("frameworks"), on, &[]).expect("findings");
    let before = hearing_sheets(&early, &findings, &find(&early, on), on).expect("sheets");
    assert!(!before.iter().any(|sheet| text_of(sheet).contains("naar dat eigen oordeel")), "vóór de zitting");
    let dossier = judged(true);
    let findings = assess(&dossier, builtin().expect("frameworks"), on, &[]).expect("findings");
    let sheets = hearing_sheets(&dossier, &findings, &find(&dossier, on), on).expect("sheets");
    let told = "Eigen oordeel van de kinderrechter is gegeven.\nja, naar dat eigen oordeel\n";
    assert!(sheets.iter().any(|sheet| text_of(sheet).contains(told)));
    assert!(!sheets.iter().any(|sheet| text_of(sheet).contains("is gegeven.\nja, in elke lezing")));
}

#[test]
fn a_deviation_is_told_in_the_words_of_the_rule() {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.gezag.as_mut().expect("a plan");
        plan.basis = GezagBasis::Bw1251a;
        plan.fixed_end = NaiveDate::from_ymd_opt(2027, 11, 19);
        plan.deviations = vec![Deviation {
            rule: "gezag_fixed_term".to_owned(),
            reason: "De behandeling duurt een jaar en daarna wordt opnieuw gekeken.".to_owned(),
            by: "de kinderrechter".to_owned(),
            from_file: false,
        }];
    });
    let text = paper(&dossier, DraftKind::Gezag);
    assert!(text.contains("Van deze grens is afgeweken door de kinderrechter: "), "{text}");
    assert!(!text.contains("gezag_fixed_term"));
}

#[test]
fn on_appeal_each_who_asks_is_named_once_and_the_respondent_is_asked_about_an_appeal_of_their_own() {
    let text = paper(
        &demo_with(|dossier| {
            dossier
                .matters
                .iter_mut()
                .for_each(|matter| matter.authority.name = "Gerechtshof Verzonnen Stad".to_owned());
            for request in &mut dossier.requests {
                request.grounds = None;
            }
        }),
        DraftKind::Omgang,
    );
    let (_, grounds) = text.split_once("De gronden van het beroep").expect("grounds");
    let grounds = grounds.split("Bevindingen per norm").next().expect("the section");
    assert_eq!(grounds.matches("Anna Voorbeeld-Aarden voert aan:").count(), 1, "{grounds}");
    assert!(!grounds.contains("Bas Fictief-Zandman voert aan:"), "{grounds}");
    assert!(grounds.contains("[in te vullen: of ook de verwerende partij beroep heeft ingesteld"), "{grounds}");
}

#[test]
fn sole_gezag_that_is_refused_is_that_of_who_asked_it() {
    let dossier = demo_with(|dossier| {
        let asked = dossier.requests.iter().find(|request| request.kind == RequestKind::SoleGezag).expect("a request");
        let (matter, request) = (asked.matter.clone(), asked.id.clone());
        let plan = dossier.plans.gezag.as_mut().expect("a plan");
        (plan.matter, plan.request, plan.basis, plan.refused) = (matter, Some(request), GezagBasis::Bw1251a, true);
    });
    let text = paper(&dossier, DraftKind::Gezag);
    assert!(text.contains("van Anna Voorbeeld-Aarden over eenhoofdig gezag over Noor Fictief-Zandman"), "{text}");
}

#[test]
fn a_child_of_twelve_of_whom_the_matter_tells_nothing_leaves_a_blank_in_the_reasons() {
    let dossier = demo_with(|dossier| dossier.child_hearings.clear());
    let silent = "over wat in deze zaak wordt beslist, staat niet in het dossier: [in te vullen:";
    assert!(paper(&dossier, DraftKind::Gezag).contains(&format!("De mening van Noor Fictief-Zandman {silent}")));
    assert!(!paper(&demo(), DraftKind::Gezag).contains(silent), "in this matter she was heard");
}

#[test]
fn the_decision_that_gives_an_arrangement_does_not_call_it_an_intention() {
    let dossier = demo_with(|dossier| {
        for child in &mut dossier.plans.omgang.as_mut().expect("a plan").children {
            child.form = OmgangForm::Conditions;
            child.starts_on = None;
        }
    });
    let text = text_of(document(&drafts_of(&dossier, DraftKind::Omgang), "omgang"));
    assert!(text.contains("M3 en de regeling van deze beslissing kunnen botsen"), "{text}");
    assert!(
        !text.contains("voorgenomen zorgregeling") && !text.contains("het voornemen in de zaak over omgang"),
        "{text}"
    );
    let hangs = "Dit vervalt vanaf 19 november 2026 als deze beslissing in de plaats komt van die regeling.";
    assert!(text.contains(hangs), "{text}");
}

#[test]
fn a_court_of_appeal_names_itself_and_no_appeal_to_itself() {
    let dossier = demo_with(|dossier| {
        for matter in &mut dossier.matters {
            matter.authority.name = "Gerechtshof Verzonnen Stad".to_owned();
        }
    });
    for kind in [DraftKind::Gezag, DraftKind::Omgang] {
        let text = paper(&dossier, kind);
        assert!(text.contains("\nHet gerechtshof\n") && !text.contains("\nDe rechtbank\n"), "{text}");
        assert!(text.contains("[in te vullen: rechtsmiddel tegen een beslissing in hoger beroep"));
        assert!(text.contains(
            "beslist in hoger beroep tegen [in te vullen: de bestreden beschikking: gerecht, dag en zaaknummer]"
        ));
        assert!(text.contains("voorzitter, en mr. [in te vullen:") && text.contains("ieder raadsheer"));
        assert!(!text.contains("hoger beroep open bij"));
    }
}

#[test]
fn a_provisional_measure_never_ends_gezag_and_a_case_without_a_plan_decides_nothing() {
    let provisional = demo_with(|dossier| {
        let plan = dossier.plans.gezag.as_mut().expect("a plan");
        plan.basis = GezagBasis::Bw1253n;
        plan.provisional_223 = true;
    });
    let text = paper(&provisional, DraftKind::Gezag);
    assert!(text.contains("als voorlopige voorziening") && !text.contains("dat daarmee het gezag van"), "{text}");
    let none = demo_with(|dossier| dossier.plans = Default::default());
    let text = paper(&none, DraftKind::Gezag);
    assert!(text.contains("[in te vullen: beslissing over het gezag]") && !text.contains("toekomt aan"), "{text}");
}
