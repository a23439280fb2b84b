//! Drafts on the demo family, through the three outputs.

use chrono::NaiveDate;
use combizitting::documents::{docx, html, pdf};
use combizitting::drafting::model::DraftKind;
use combizitting::{assessment, conflicts, drafting, intake};

use super::extract::{docx_lines, expected, html_lines, pdf_lines, tool};

fn drafts_of(file: &[u8]) -> Vec<combizitting::drafting::model::Draft> {
    let dossier = intake::read(file).expect("a sound dossier");
    let on = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    let assessed =
        assessment::assess(&dossier, assessment::builtin().expect("frameworks"), on, &[]).expect("an assessment");
    let clashes = conflicts::find(&dossier, on);
    DraftKind::ALL
        .into_iter()
        .flat_map(|kind| drafting::draft(&dossier, &assessed, &clashes, kind, on).expect("drafts").documents)
        .collect()
}

/// Hearing files and hearing sheets of the demo family.
pub fn hearing_papers() -> Vec<combizitting::drafting::model::Draft> {
    let dossier = intake::read(include_bytes!("../../templates/demo/gezin.json")).expect("a sound dossier");
    let on = NaiveDate::from_ymd_opt(2026, 11, 17).expect("a day");
    let assessed =
        assessment::assess(&dossier, assessment::builtin().expect("frameworks"), on, &[]).expect("an assessment");
    let clashes = conflicts::find(&dossier, on);
    let mut papers = drafting::hearing_files(&dossier, &assessed, &clashes, on).expect("hearing files");
    papers.extend(drafting::hearing_sheets(&dossier, &assessed, &clashes, on).expect("hearing sheets"));
    papers
}

/// The text of the model stands in HTML, PDF and DOCX alike, and the PDF is sound.
pub fn says_the_same_in_three_forms(draft: &combizitting::drafting::model::Draft) {
    let lines = expected(&draft.model);
    let file = pdf::render(&draft.model).unwrap_or_else(|error| panic!("{}: {error}", draft.name));
    assert_eq!(pdf_lines(&file), lines, "{}", draft.name);
    assert_eq!(html_lines(&html::render(&draft.model)), lines, "{}", draft.name);
    assert_eq!(docx_lines(&docx::render(&draft.model).expect("a DOCX")), lines, "{}", draft.name);
    tool("qpdf", "qpdf", &["--check", "FILE"], &file);
}

#[test]
fn every_draft_of_the_demo_family_says_the_same_in_html_pdf_and_docx() {
    let drafts = drafts_of(include_bytes!("../../templates/demo/gezin.json"));
    assert!(drafts.len() >= 4, "{} drafts", drafts.len());
    for draft in drafts {
        says_the_same_in_three_forms(&draft);
    }
}
