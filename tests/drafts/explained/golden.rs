//! The text of every explanation for the demo family, as read aloud for a mother, a father and a
//! child of thirteen, and approved.

use super::{sealed_desk, text};
use crate::support::families::demo;
use combizitting::documents::{docx, html, pdf};
use combizitting::drafting::model::DraftKind;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/drafts/golden/uitleg")
}

/// The control code changes with every edit of a framework; the text around it must not.
fn without_code(text: &str, code: &str) -> String {
    assert_eq!(code.len(), 16);
    text.replace(code, "<controlecode>")
}

#[test]
fn the_explanations_of_the_demo_family_read_as_approved() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut readers = 0;
    for kind in DraftKind::ALL {
        let desk = sealed_desk(&demo(), kind);
        for explained in desk.explained(&desk.people.rechter) {
            for paper in &explained.found.papers {
                readers += 1;
                let now = format!("{}\n", without_code(&text(paper), &explained.sealed.model.meta.control_code));
                let path = folder().join(format!("{}-{}.txt", explained.sealed.document, paper.name));
                if update {
                    std::fs::create_dir_all(folder()).unwrap();
                    std::fs::write(&path, &now).unwrap();
                }
                let approved = std::fs::read_to_string(&path).unwrap_or_default();
                let first = now.lines().zip(approved.lines()).find(|(now, before)| now != before);
                assert!(
                    now == approved,
                    "{} wijkt af, eerst hier: {first:?}. UPDATE_GOLDEN=1 werkt bij.",
                    path.display()
                );
            }
        }
    }
    let kept = std::fs::read_dir(folder()).unwrap().count();
    assert_eq!(kept, readers, "er staan goedgekeurde teksten van papieren die er niet meer zijn");
}

#[test]
fn every_form_of_an_explanation_is_made_and_the_same_twice() {
    let desk = sealed_desk(&demo(), DraftKind::Omgang);
    for paper in desk.papers("omgang") {
        assert!(pdf::render(&paper.model).unwrap() == pdf::render(&paper.model).unwrap());
        assert!(!docx::render(&paper.model).unwrap().is_empty());
        let html = html::render(&paper.model);
        for line in paper.model.text_lines().iter().filter(|line| line.contains("13 februari")) {
            assert!(html.contains(line.trim_start_matches("– ")), "{line}");
        }
    }
    assert_eq!(desk.papers("omgang"), desk.papers("omgang"));
}
