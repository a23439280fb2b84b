//! The decision that all tools put on paper: the custody draft of the demo family, cut to four pages.

use chrono::NaiveDate;
use combizitting::documents::model::DocumentModel;
use combizitting::documents::pdf::bench_support::display_list;
use combizitting::drafting::model::DraftKind;
use combizitting::{assessment, conflicts, drafting};

/// Pages of the decision.
pub const PAGES: usize = 4;

/// The longest beginning of the draft that takes four pages.
pub fn decision() -> DocumentModel {
    let on = NaiveDate::from_ymd_opt(2026, 11, 17).expect("an existing day");
    let dossier = super::dossiers::demo();
    let findings = assessment::assess(&dossier, assessment::builtin().expect("frameworks"), on, &[]).expect("assess");
    let report = conflicts::find(&dossier, on);
    let set = drafting::draft(&dossier, &findings, &report, DraftKind::Gezag, on).expect("draft");
    let mut model = set.documents.into_iter().next().expect("a document").model;
    while display_list(&model).expect("pages").pages.len() > PAGES {
        model.blocks.pop();
    }
    model
}
