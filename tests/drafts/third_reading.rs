//! What a family judge must not stumble over: who said what, whose request is left open, what a day or a place is
//! called, and in whose favour a provisional order is.

use super::explained::{sealed_desk, text};
use super::{document, drafts_of, drafts_with_demo_findings, text_of};
use crate::support::families::{demo, demo_day, demo_with};
use combizitting::assessment::{assess, builtin};
use combizitting::conflicts::bridge::build;
use combizitting::conflicts::find;
use combizitting::dossier::model::{
    Dossier, EventTime, GezagPlan, ProvisionalItem, ProvisionalPlan, RequestKind, ReviewOutcome, SuspensionGround,
};
use combizitting::drafting::hearing_files;
use combizitting::drafting::model::{DraftKind, ProblemLevel};
use combizitting::intake;
use combizitting::shared::ids::PersonId;
use rstest::rstest;

fn paper(dossier: &Dossier, kind: DraftKind, name: &str) -> String {
    text_of(document(&drafts_with_demo_findings(dossier, kind), name))
}

fn gezag(dossier: &Dossier) -> String {
    paper(dossier, DraftKind::Gezag, "gezag")
}

fn with_gezag(change: impl FnOnce(&mut GezagPlan)) -> Dossier {
    demo_with(|dossier| change(dossier.plans.gezag.as_mut().expect("a plan")))
}

/// The line that begins with a fact's label, and the lines of those who speak about it.
fn fact<'t>(text: &'t str, label: &str) -> (&'t str, Vec<&'t str>) {
    let mut lines = text.lines().skip_while(|line| !line.contains(&format!(" {label}. ")));
    let told = lines.next().expect("the fact");
    (told, lines.take_while(|line| line.starts_with("– ")).collect())
}

#[test]
fn everyone_who_says_something_of_a_fact_has_a_line_of_their_own() {
    let text = gezag(&demo());
    let (told, said) = fact(&text, "F10");
    assert!(told.contains("Gesteld door Anna") && told.ends_with("Status in deze zaak: betwist."), "{told}");
    assert!(!told.contains("verklaart") && said.len() == 5, "{said:?}");
    assert!(
        said.iter().any(|line| line.starts_with("– De politie, eenheid Rotterdam, beschrijft een eigen waarneming"))
    );
}

#[test]
fn nobody_admits_and_admits_in_part_on_one_page() {
    let text = gezag(&demo());
    let (told, said) = fact(&text, "F9");
    let own: Vec<_> = said.iter().filter(|line| line.starts_with("– Bas")).collect();
    assert_eq!(own.len(), 1, "{said:?}");
    assert!(
        own[0].contains("erkent dit gedeeltelijk: Die berichten heb ik gestuurd") && own[0].contains("Hij stuurde")
    );
    assert!(told.contains("Gesteld, en in deze zaak aannemelijk: De vader stuurde"), "{told}");
}

#[rstest]
#[case::only_a_bound(Some("voor 1 februari 2020"), "2020-02-01", " F1. Voor 1 februari 2020. ")]
#[case::no_words(None, "2020-02-01", " F1. Tot en met 1 februari 2020. ")]
#[case::words_without_a_year(Some("na een feest"), "2020-02-01", " F1. Tot en met 1 februari 2020 (na een feest). ")]
fn a_time_is_told_once_and_does_not_speak_against_itself(
    #[case] words: Option<&str>,
    #[case] until: &str,
    #[case] told: &str,
) {
    let dossier = demo_with(|dossier| {
        dossier.events.iter_mut().filter(|event| event.id.as_str() == "ev-controle").for_each(|event| {
            event.time =
                EventTime::Period { from: None, until: until.parse().ok(), description: words.map(str::to_owned) };
        });
        dossier.events.retain(|event| event.id.as_str() == "ev-controle" || event.time.first_day().is_some());
    });
    let text = gezag(&dossier);
    let own = text.lines().find(|line| line.contains("het geld en de telefoon van de moeder")).expect("the fact");
    let label = own.split(' ').nth(1).expect("a label").trim_end_matches('.');
    assert!(own.contains(&told.replace("F1", label)), "{own}");
}

#[test]
fn an_answer_is_no_older_than_the_request_in_the_demo_and_is_told_where_it_is() {
    let older = |dossier: &Dossier| {
        let set = drafts_with_demo_findings(dossier, DraftKind::Gezag);
        set.problems.into_iter().filter(|problem| problem.code == "position_older_than_request").collect::<Vec<_>>()
    };
    for kind in DraftKind::ALL {
        let set = drafts_with_demo_findings(&demo(), kind);
        assert!(set.problems.iter().all(|problem| problem.code != "position_older_than_request"), "{kind:?}");
    }
    let dossier = demo_with(|dossier| {
        let letter = dossier.documents.iter_mut().find(|document| document.id.as_str() == "doc-gezag-moeder");
        letter.expect("the letter").dated = "2026-11-15".parse().ok();
    });
    let found = older(&dossier);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].level, ProblemLevel::Warns);
    assert!(found[0].message.contains("dat van Anna Voorbeeld-Aarden op het verzoek van 16 november 2026"));
    assert!(found[0].message.contains("van 15 november 2026."), "{}", found[0].message);
}

#[test]
fn a_second_request_of_the_same_kind_is_not_passed_over() {
    let dossier = demo_with(|dossier| {
        let mut second = dossier.requests.iter().find(|item| item.id.as_str() == "r-schorsing").expect("one").clone();
        second.id = "r-schorsing-om".into();
        second.by = "om".into();
        dossier.requests.push(second);
    });
    let text = gezag(&dossier);
    let left = "beslist op het verzoek van het Openbaar Ministerie";
    assert!(text.contains(left) && !gezag(&demo()).contains(left), "{text}");
}

#[test]
fn without_a_plan_the_main_request_has_one_blank_and_not_two() {
    let bare = demo_with(|dossier| dossier.plans = Default::default());
    for (kind, name) in [(DraftKind::Gezag, "gezag"), (DraftKind::Omgang, "omgang")] {
        let text = paper(&bare, kind, name);
        assert!(!text.contains("over schorsing van het gezag: [in te vullen: toewijzing"), "{text}");
        assert!(!text.contains("over omgang of een zorgregeling") && !text.contains("over ontzegging"), "{text}");
    }
}

#[test]
fn both_parents_suspended_names_the_only_institution_of_the_file_and_asks_whether_it_is_ready() {
    let both = with_gezag(|plan| {
        plan.parents.push("moeder".into());
        plan.interim_holder = None;
    });
    let set = drafts_with_demo_findings(&both, DraftKind::Gezag);
    let missing = set.problems.iter().find(|problem| problem.code == "gezag_gi_missing").expect("told");
    assert!(missing.level == ProblemLevel::Blocks && !missing.impossible);
    assert!(missing.message.contains("de enige instelling in het dossier; leg de keuze vast"), "{}", missing.message);
    let text = text_of(document(&set, "gezag"));
    assert!(text.contains("belast de gecertificeerde instelling Jeugdbescherming Voorbeeldregio met"), "{text}");
    let mut unknown = both.clone();
    unknown.organisations.retain(|item| item.id.as_str() != "gi");
    let without = gezag(&unknown);
    assert!(
        without.contains("belast [in te vullen: gecertificeerde instelling] met de voorlopige voogdij"),
        "{without}"
    );
    assert!(text.contains("[in te vullen: of de instelling bereid is"), "{text}");
    let named = with_gezag(|plan| plan.interim_holder = Some("gi".into()));
    let text = gezag(&named);
    assert!(text.contains("belast de gecertificeerde instelling Jeugdbescherming Voorbeeldregio met"), "{text}");
    assert!(text.contains("[in te vullen: waarom voorlopige voogdij nodig is terwijl een ouder met gezag overblijft]"));
    assert!(!gezag(&demo()).contains("bereid is"));
}

#[test]
fn the_judges_own_question_from_before_the_hearing_stands_in_the_annex_and_among_the_questions() {
    let asked = "Op de zitting wil ik horen waarom toestemmingen van de vader niet volstaan.";
    let text = text_of(document(&drafts_of(&demo(), DraftKind::Gezag), "gezag"));
    let finding = text.find("Is schorsing noodzakelijk om een acute en ernstige bedreiging").expect("the finding");
    let words = text.find(asked).expect("the words");
    let annex = text.find("Bijlage: verantwoording").expect("the annex");
    assert!(finding < annex && annex < words, "a note in preparation is no part of the decision: {text}");
    assert!(text.contains(&format!("– Genoteerd door de kinderrechter: {asked}")), "{text}");
}

#[test]
fn a_clash_is_told_without_the_same_first_time_over_and_over() {
    let text = paper(&demo(), DraftKind::Omgang, "omgang");
    let clash = text.lines().find(|line| line.contains("M1 en M4 kunnen niet allebei")).expect("the clash");
    let first = "vrijdag 20 november 2026 om 17.00 uur tot zondag 22 november 2026 om 18.00 uur";
    assert_eq!(clash.matches(first).count(), 1, "{clash}");
    assert_eq!(clash.matches("treffen Bas Fictief-Zandman en Anna Voorbeeld-Aarden elkaar").count(), 1, "{clash}");
    assert!(clash.contains("in de tijd van het verbod 1 keer") && !text.contains("keer binnen het verbod"), "{clash}");
    assert!(text.contains("Samenloop van M2 en M4, van ") && !text.contains("vragen aandacht"));
}

#[test]
fn a_weekend_that_comes_back_has_no_last_day() {
    let dossier = demo_with(|dossier| {
        for child in dossier.plans.omgang.as_mut().expect("a plan").children.iter_mut() {
            if let Some(schedule) = child.schedule.as_mut() {
                schedule.minutes = 49 * 60;
            }
        }
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(
        text.contains("om de twee weken op zaterdag van 10.00 uur tot maandag 11.00 uur, voor het eerst op"),
        "{text}"
    );
}

#[test]
fn a_condition_and_a_proposal_are_told_so_that_they_can_be_read_out() {
    let text = paper(&demo(), DraftKind::Omgang, "omgang");
    assert!(
        text.contains("als voorwaarde voor het contact met Sem Fictief-Zandman en Liv Fictief-Zandman: de vader volgt")
    );
    assert!(text.contains("vrij en apart van elkaar met het voorstel voor mediation ingestemd?"), "{text}");
    assert!(
        text.contains("De Raad voor de Kinderbescherming, regio Rotterdam-Dordrecht, adviseert het verzoek gedeeltelijk te volgen."),
        "{text}"
    );
    for child in ["Sem", "Liv"] {
        assert!(text.contains(&format!("[in te vullen: eigen afweging voor {child} Fictief-Zandman]")), "{child}");
    }
    assert!(text.contains("hoger beroep open bij het gerechtshof Den Haag."), "{text}");
    assert!(!text.contains("Dat is in elke lezing zo"));
}

#[test]
fn parents_without_a_name_begin_their_line_with_a_capital() {
    let file = include_bytes!("../dossiers/ECLI_NL_RBLIM_2016_4840.json");
    let dossier = intake::read(file).expect("a sound dossier");
    let text = text_of(document(&drafts_of(&dossier, DraftKind::Gezag), "gezag"));
    assert!(
        text.contains("– De moeder, belanghebbende.") && text.contains("– Het kind van 2015, geboren op"),
        "{text}"
    );
    assert!(
        text.contains(
            " De vader. Feiten over gedrag van deze ouder, met de zekerheid die er in hoofdstuk 3 bij staat: F1."
        ),
        "{text}"
    );
    assert!(text.contains(" De moeder. Van de feiten waarop de schorsing steunt, gaat er geen"), "{text}");
    assert!(text.contains("verstaat dat de voorlopige voogdij die al loopt over het kind van 2015"), "{text}");
}

#[test]
fn a_conviction_that_is_not_final_is_no_settled_fact_in_the_family_matter() {
    let file = include_bytes!("../dossiers/ECLI_NL_GHARL_2021_10347.json");
    let dossier = intake::read(file).expect("a sound dossier");
    let text = text_of(document(&drafts_of(&dossier, DraftKind::Gezag), "gezag"));
    let told = text.lines().find(|line| line.contains("herhaalde verkrachting van de moeder")).expect("the fact");
    assert!(told.contains("Vastgesteld, maar nog niet onherroepelijk: De vader is in twee instanties"), "{told}");
    assert!(
        told.ends_with("Status in deze zaak: vastgesteld door de strafrechter, nog niet onherroepelijk."),
        "{told}"
    );
    let demo = gezag(&demo());
    let (own, _) = fact(&demo, "F2");
    assert!(own.contains("Vast staat: De vader sloeg"), "{own}");
}

fn with_order(change: impl FnOnce(&mut ProvisionalPlan)) -> Dossier {
    demo_with(|dossier| {
        let plan = dossier.plans.huisverbod.as_mut().expect("a plan");
        change(plan.provisional.as_mut().expect("an order"));
    })
}

fn favour(order: &mut ProvisionalPlan, whom: Option<&str>) {
    let of = |item: &mut ProvisionalItem| item.in_favour = whom.map(PersonId::from);
    order.items.iter_mut().for_each(of);
}

const HOME_TO_MOTHER: &str = "bepaalt dat Anna Voorbeeld-Aarden met uitsluiting van Bas Fictief-Zandman het gebruik";
const HOME_TO_FATHER: &str = "bepaalt dat Bas Fictief-Zandman met uitsluiting van Anna Voorbeeld-Aarden het gebruik";
const HOME_TO_NOBODY: &str =
    "bepaalt dat [in te vullen: wie de woning krijgt] met uitsluiting van [in te vullen: de andere";

#[rstest]
#[case::as_the_plan_says(Some("moeder"), false, HOME_TO_MOTHER)]
#[case::the_other_spouse(Some("vader"), false, HOME_TO_FATHER)]
#[case::who_alone_asked(None, false, HOME_TO_MOTHER)]
#[case::both_asked(None, true, HOME_TO_NOBODY)]
fn the_home_goes_to_whom_the_plan_or_the_only_request_names(
    #[case] whom: Option<&str>,
    #[case] both: bool,
    #[case] ruling: &str,
) {
    let mut dossier = with_order(|order| favour(order, whom));
    if both {
        let mut own = dossier.requests.iter().find(|item| item.id.as_str() == "r-woning").expect("one").clone();
        own.id = "r-woning-vader".into();
        own.by = "vader".into();
        dossier.requests.push(own);
    }
    let text = paper(&dossier, DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(text.contains(ruling), "{text}");
    // The father gets what the mother asked: her request is not answered by that.
    let left = "beslist op het verzoek van Anna Voorbeeld-Aarden over uitsluitend gebruik van de woning";
    assert_eq!(text.contains(left), whom == Some("vader"), "{text}");
}

#[test]
fn an_order_on_the_home_protects_only_whom_it_favours() {
    let covered = |dossier: &Dossier| {
        let mut dossier = dossier.clone();
        // Without the measure that was asked, the plan alone counts.
        dossier.measures.retain(|measure| measure.matter.as_str() != "m-vovo-2");
        let bridge = build(&dossier, demo_day());
        let own = bridge.lines.iter().filter(|line| line.person.as_str() == "moeder");
        own.flat_map(|line| line.with_plan.covered.clone()).any(|span| span.from.to_rfc3339().starts_with("2026-12-18"))
    };
    assert!(covered(&demo()));
    assert!(!covered(&with_order(|order| favour(order, Some("vader")))));
}

#[test]
fn an_explanation_of_a_provisional_order_says_who_gets_what() {
    let desk = sealed_desk(&demo(), DraftKind::Huisverbod);
    let papers = desk.papers("voorlopige-voorzieningen");
    let of = |reader: &str| text(papers.iter().find(|paper| paper.reader.starts_with(reader)).expect("a paper"));
    assert!(of("Anna").contains("U krijgt dit."), "{}", of("Anna"));
    assert!(of("Bas").contains("Anna Voorbeeld-Aarden krijgt dit.") && !of("Bas").contains("U krijgt dit."));
    let child = of("Noor");
    assert!(child.contains("Anna mag nu in het huis wonen. De ander mag er niet komen."), "{child}");
    assert!(child.contains("Jij woont nu bij Anna."), "{child}");
}

/// The paper without its annex: what is read out.
fn read_out(text: &str) -> &str {
    text.split("Bijlage: verantwoording").next().expect("the paper")
}

#[test]
fn who_gets_the_children_does_not_leave_the_running_arrangement_unsaid() {
    let kept = demo_with(|dossier| dossier.plans.omgang = None);
    let text = paper(&kept, DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(text.contains("bepaalt over de voorlopige zorgregeling van 8 oktober 2026"), "{text}");
    assert!(
        text.contains("(C/10/900002): [in te vullen: wat daarvan voortaan geldt: ongewijzigd, of op verzoek gewijzigd")
    );
    assert!(text.contains("[in te vullen: of en waarom deze regeling blijft gelden"));
    let refused = with_order(|order| order.items.iter_mut().for_each(|item| item.refused = true));
    let text = paper(&refused, DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(!text.contains("bepaalt over de voorlopige zorgregeling"), "{text}");
}

#[test]
fn a_provisional_order_weighs_contact_only_where_contact_is_asked() {
    let question = "ernstig nadeel opleveren voor de ontwikkeling";
    let text = paper(&demo(), DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(!read_out(&text).contains(question), "{text}");
    let asked = demo_with(|dossier| {
        let mut contact = dossier.requests.iter().find(|item| item.kind == RequestKind::Omgang).expect("one").clone();
        contact.id = "r-contact-vovo".into();
        contact.matter = "m-vovo-2".into();
        dossier.requests.push(contact);
    });
    let text = paper(&asked, DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(read_out(&text).contains(question), "{text}");
}

#[test]
fn what_a_child_said_to_a_teacher_is_not_repeated_in_a_paper_for_parties() {
    for kind in DraftKind::ALL {
        for paper in &drafts_with_demo_findings(&demo(), kind).documents {
            let text = text_of(paper);
            assert!(!text.contains("papa boos was"), "{}", paper.name);
        }
    }
    let text = gezag(&demo());
    assert!(text.contains("een blauwe plek op de bovenarm."), "{text}");
    assert!(text.contains("Wat is doorgegeven, kan van een kind komen; het staat in het genoemde stuk"), "{text}");
}

#[test]
fn the_hearing_file_of_the_criminal_matter_does_not_repeat_a_child_of_what_is_not_charged() {
    let (dossier, on) = (demo(), demo_day());
    let findings = assess(&dossier, builtin().expect("frameworks"), on, &[]).expect("findings");
    let files = hearing_files(&dossier, &findings, &find(&dossier, on), on).expect("files");
    let criminal = files.iter().find(|file| file.name == "zittingsmap-straf").expect("the file");
    let text = text_of(criminal);
    assert!(!text.contains("Papa kneep") && !text.contains("papa boos was"), "{text}");
    assert!(text.contains("Wat het kind zei, staat in het genoemde stuk en wordt hier niet herhaald"), "{text}");
}

#[test]
fn gezag_narrower_than_asked_and_on_another_ground_has_its_reasons_and_its_warning() {
    let narrow = with_gezag(|plan| {
        plan.children.retain(|child| child.as_str() == "liv");
        plan.partial_scope = Some("toestemming voor medische behandeling".to_owned());
        plan.ground = Some(SuspensionGround::MedicalTreatment);
    });
    let set = drafts_with_demo_findings(&narrow, DraftKind::Gezag);
    assert!(set.problems.iter().any(|problem| problem.code == "gezag_ground_not_pleaded"));
    let text = text_of(document(&set, "gezag"));
    for child in ["Noor", "Sem"] {
        let blank = format!("[in te vullen: waarom het verzoek voor {child} Fictief-Zandman niet wordt gevolgd]");
        assert!(text.contains(&blank), "{text}");
    }
    assert!(
        !text.contains("waarom het verzoek voor Liv") && text.contains("waarom de beslissing tot dit deel beperkt")
    );
    assert!(!gezag(&demo()).contains("Waarin het verzoek niet wordt gevolgd"));
}

#[test]
fn the_provisional_order_follows_the_ruling_on_the_huisverbod() {
    let annulled = |refused: bool| {
        demo_with(|dossier| {
            let plan = dossier.plans.huisverbod.as_mut().expect("a plan");
            plan.extension = None;
            plan.review.as_mut().expect("a review").outcome = Some(ReviewOutcome::Founded);
            plan.provisional.as_mut().expect("an order").items.iter_mut().for_each(|item| item.refused = refused);
        })
    };
    let text = paper(&annulled(false), DraftKind::Huisverbod, "voorlopige-voorzieningen");
    assert!(text.contains("beslist de bestuursrechter. Wordt het vernietigd, dan beschermt het niet meer."), "{text}");
    assert!(!text.contains("eindigt zonder verlenging"), "{text}");
    let late = |dossier: &Dossier| {
        let set = drafts_with_demo_findings(dossier, DraftKind::Huisverbod);
        set.problems.into_iter().find(|problem| problem.code == "bridge_home_after_huisverbod")
    };
    assert!(late(&annulled(false)).expect("told").message.contains("Gat vanaf de vernietiging op 19 november 2026"));
    assert!(late(&annulled(true)).is_none());
}

#[test]
fn contact_on_a_condition_begins_only_when_the_condition_is_met() {
    let text = paper(&demo(), DraftKind::Omgang, "omgang");
    let begins = "pas begint als Omgangshuis De Bedachte Brug heeft vastgesteld dat aan deze voorwaarde is voldaan; \
                  is dat op 8 februari 2027 nog niet vastgesteld, dan geldt: [in te vullen:";
    assert_eq!(text.matches(begins).count(), 1, "{text}");
}

#[test]
fn a_handover_and_an_open_request_can_be_read_out() {
    let text = paper(&demo(), DraftKind::Omgang, "omgang");
    assert!(text.contains("de kinderen brengt, dat Bas Fictief-Zandman de kinderen ontvangt, dat dit door"), "{text}");
    assert!(text.contains("gaat en dat de ouders elkaar niet treffen;") && !text.contains("brengt het kind"));
    let dossier = demo_with(|dossier| {
        let mut other = dossier.requests.iter().find(|item| item.id.as_str() == "r-ontzegging").expect("one").clone();
        other.id = "r-anders".into();
        other.kind = RequestKind::Other;
        other.content = "De moeder verzoekt een bijzondere curator.".to_owned();
        dossier.requests.push(other);
    });
    let text = paper(&dossier, DraftKind::Omgang, "omgang");
    assert!(
        text.contains("over het volgende (\"De moeder verzoekt een bijzondere curator\"): [in te vullen: toewijzing"),
        "{text}"
    );
}

#[test]
fn whether_objections_of_a_child_are_grave_is_for_the_judge() {
    let text = paper(&demo(), DraftKind::Omgang, "omgang");
    let at = text.find("laten blijken van ernstige bezwaren tegen omgang?").expect("the finding");
    let told: String = text.chars().skip(text.get(..at).expect("text").chars().count()).take(400).collect();
    assert!(told.contains("Uitkomst: oordeel van de rechter nodig"), "{told}");
    assert!(told.contains("De rechter moet beoordelen of die bezwaren ernstig zijn"), "{told}");
}
