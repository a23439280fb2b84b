//! Drafts of each kind on every dossier file, and the refusals the law asks for.

use super::rooms::{assess, every_file};
use crate::support::families::{self, CRIMINAL_NOT_RELEASED, SECRETS_FROM_FATHER, demo, demo_day};
use chrono::NaiveDate;
use combizitting::dossier::model::Dossier;
use combizitting::drafting::model::{DraftKind, DraftSet, ProblemLevel};
use combizitting::{conflicts, drafting};

fn draft(dossier: &Dossier, kind: DraftKind, on: NaiveDate) -> DraftSet {
    let report = conflicts::find(dossier, on);
    drafting::draft(dossier, &assess(dossier, on), &report, kind, on).expect("every dossier gets a draft or a reason")
}

fn text(set: &DraftSet) -> String {
    let documents = set.documents.iter().flat_map(|draft| draft.model.text_lines()).collect::<Vec<_>>().join("\n");
    let problems = set.problems.iter().map(|p| format!("{} {} {}\n", p.code, p.message, p.source)).collect::<String>();
    format!("{documents}\n{problems}")
}

fn refusals(dossier: &Dossier, kind: DraftKind) -> Vec<String> {
    let set = draft(dossier, kind, demo_day());
    let blocking = set.problems.into_iter().filter(|p| p.level == ProblemLevel::Blocks);
    blocking.map(|p| format!("{}: {} ({})", p.code, p.message, p.source)).collect()
}

/// What blocks the changed family and does not block the demo family itself.
fn added_by(changed: &Dossier, kind: DraftKind) -> String {
    let before = refusals(&demo(), kind);
    refusals(changed, kind).into_iter().filter(|problem| !before.contains(problem)).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_kind_is_drafted_on_every_file_with_the_same_text_twice() {
    for (name, dossier, on) in every_file() {
        for kind in DraftKind::ALL {
            let first = text(&draft(&dossier, kind, on));
            assert_eq!(first, text(&draft(&dossier, kind, on)), "{name}, {}", kind.as_str());
            assert!(!first.trim().is_empty(), "{name}, {}: neither a document nor a reason", kind.as_str());
        }
    }
}

#[test]
fn the_law_does_not_refuse_the_plans_of_the_demo_family() {
    for kind in DraftKind::ALL {
        let set = draft(&demo(), kind, demo_day());
        assert!(!set.is_refused(), "{}: {:?}", kind.as_str(), refusals(&demo(), kind));
        assert!(!set.documents.is_empty(), "{}", kind.as_str());
    }
}

#[test]
fn no_draft_holds_a_secret_or_unreleased_criminal_material() {
    for kind in DraftKind::ALL {
        let seen = text(&draft(&demo(), kind, demo_day()));
        for secret in SECRETS_FROM_FATHER {
            assert!(!seen.contains(secret), "{secret} stands in the draft {}", kind.as_str());
        }
        if kind != DraftKind::Gedragsinterventie {
            assert!(!seen.contains(CRIMINAL_NOT_RELEASED), "{}", kind.as_str());
        }
    }
}

#[test]
fn what_was_said_without_caution_stays_out_of_the_criminal_draft() {
    let seen = text(&draft(&demo(), DraftKind::Gedragsinterventie, demo_day()));
    assert!(!seen.contains(families::WITHOUT_CAUTION));
}

#[test]
fn a_suspension_asked_by_a_parent_is_refused_with_the_article() {
    let added = added_by(&families::suspension_asked_by_a_parent(), DraftKind::Gezag);
    assert!(added.contains("1:268") || added.contains("1:267"), "{added}");
}

#[test]
fn a_suspension_on_253a_is_refused_with_the_article() {
    let added = added_by(&families::suspension_on_253a(), DraftKind::Gezag);
    assert!(added.contains("1:253a"), "{added}");
}

#[test]
fn a_huisverbod_of_29_days_is_refused_with_the_article() {
    let added = added_by(&families::huisverbod_of_29_days(), DraftKind::Huisverbod);
    assert!(added.contains("art. 9") && added.contains("Wth"), "{added}");
}

#[test]
fn a_course_in_a_38v_order_is_refused_with_the_article() {
    let added = added_by(&families::course_in_38v(), DraftKind::Gedragsinterventie);
    assert!(added.contains("38v"), "{added}");
}

#[test]
fn a_denial_of_contact_without_ground_is_refused_with_the_article() {
    let added = added_by(&families::denial_without_ground(), DraftKind::Omgang);
    assert!(added.contains("1:377a"), "{added}");
}
