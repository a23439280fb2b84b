//! What readers missed in the papers a ninth time: what holds a paper back stands in it, and a file of its own does not
//! tell by way of a clash what it may not tell.

use super::{document, drafts_of, drafts_with_demo_findings, sheets_and_files, text_of};
use crate::support::families::{demo, demo_with};
use combizitting::dossier::model::GezagBasis;
use combizitting::drafting::model::{DraftKind, ProblemLevel};

const HELD: &str = "Zo kan dit niet worden vastgesteld";

#[test]
fn what_the_law_holds_back_stands_above_the_paper() {
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.gezag.as_mut().expect("a plan");
        plan.basis = GezagBasis::Bw1253n;
    });
    let set = drafts_with_demo_findings(&dossier, DraftKind::Gezag);
    let text = text_of(document(&set, "gezag"));
    let told = text.split(HELD).nth(1).expect("what holds it back");
    assert!(
        told.contains("De grondslag past niet bij de relatie")
            && told.contains("(art. 1:251a en art. 1:253n BW; niet geverifieerd)."),
        "{told}"
    );
    assert!(set.problems.iter().any(|problem| problem.level == ProblemLevel::Blocks && !problem.source.is_empty()));
}

#[test]
fn what_holds_back_a_criminal_paper_does_not_tell_a_fact_of_an_unjoined_document() {
    let text = text_of(document(&drafts_of(&demo(), DraftKind::Gedragsinterventie), "gedragsinterventie"));
    let told = text.split(HELD).nth(1).and_then(|rest| rest.lines().nth(1)).expect("what holds it back");
    assert!(told.starts_with("Een feit dat dit ontwerp als grond noemt, staat alleen in stukken"), "{told}");
    assert!(!told.contains("berichten") && !told.contains("Noor"), "{told}");
}

#[test]
fn a_paper_that_nothing_in_law_holds_back_says_nothing_of_it() {
    for (kind, name) in [(DraftKind::Gezag, "gezag"), (DraftKind::Omgang, "omgang")] {
        let set = drafts_of(&demo(), kind);
        let held =
            set.problems.iter().any(|problem| problem.level == ProblemLevel::Blocks && !problem.source.is_empty());
        assert_eq!(text_of(document(&set, name)).contains(HELD), held, "{name}");
    }
}

#[test]
fn a_clash_tells_no_violence_and_no_proposal_that_only_unjoined_documents_hold() {
    let (_, files) = sheets_and_files(&demo());
    for (name, tells) in [("straf", false), ("bestuur", false), ("familie", true)] {
        let file = files.iter().find(|file| file.name.ends_with(name));
        let Some(file) = file else { panic!("{name}: {:?}", files.iter().map(|file| &file.name).collect::<Vec<_>>()) };
        let text = text_of(file);
        assert_eq!(text.contains("In het dossier is geweld gesteld van"), tells, "{name}");
        assert_eq!(text.contains("van Anna Voorbeeld-Aarden tegen Bas Fictief-Zandman"), tells, "{name}");
    }
}
