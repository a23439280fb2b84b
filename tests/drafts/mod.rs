//! Draft decisions of the four kinds: complete on the form, and stopped where the law stops them.

mod criminal;
mod criminal_reading;
mod eighth_reading;
pub mod explained;
mod family;
mod fifth_reading;
mod forms;
mod fourth_reading;
mod golden;
mod hearing_papers;
mod huisverbod;
mod judgement;
mod limits;
mod ninth_reading;
mod other_files;
mod own_words;
mod privacy;
pub mod read_back;
mod refusals;
mod second_reading;
mod seventh_reading;
mod sixth_reading;
mod sources;
mod tenth_reading;
mod third_reading;

use crate::support::families::{demo, demo_day};
use combizitting::assessment::model::Assessment;
use combizitting::assessment::{assess, builtin};
use combizitting::conflicts::find;
use combizitting::dossier::model::{Dossier, JudgeWords};
use combizitting::drafting::model::{Draft, DraftKind, DraftSet};
use combizitting::drafting::{WordsBlock, draft, hearing_files, hearing_sheets, words_blocks};
use std::sync::OnceLock;

/// The drafts of one kind for a dossier, on the demo day.
pub fn drafts_of(dossier: &Dossier, kind: DraftKind) -> DraftSet {
    let on = demo_day();
    let frameworks = builtin().expect("the built-in frameworks load");
    let assessment = assess(dossier, frameworks, on, &[]).expect("the demo family is assessed");
    let conflicts = find(dossier, on);
    draft(dossier, &assessment, &conflicts, kind, on).expect("the templates render")
}

/// The drafts of one kind with the findings of the unchanged demo family: the limits of law do
/// not depend on findings, and assessing once saves minutes.
pub fn drafts_with_demo_findings(dossier: &Dossier, kind: DraftKind) -> DraftSet {
    static FINDINGS: OnceLock<Assessment> = OnceLock::new();
    let on = demo_day();
    let assessment = FINDINGS.get_or_init(|| {
        assess(&demo(), builtin().expect("the built-in frameworks load"), on, &[]).expect("the demo family is assessed")
    });
    draft(dossier, assessment, &find(dossier, on), kind, on).expect("the templates render")
}

/// The sheets and the files for the hearings of a dossier, on the demo day.
pub fn sheets_and_files(dossier: &Dossier) -> (Vec<Draft>, Vec<Draft>) {
    let on = demo_day();
    let findings = assess(dossier, builtin().expect("frameworks"), on, &[]).expect("findings");
    let conflicts = find(dossier, on);
    let sheets = hearing_sheets(dossier, &findings, &conflicts, on).expect("sheets");
    (sheets, hearing_files(dossier, &findings, &conflicts, on).expect("files"))
}

/// The dossier with a numbered sentence of the judge's own wherever words are asked for a draft of this kind.
pub fn write_own_words(dossier: &mut Dossier, kind: DraftKind) -> Vec<WordsBlock> {
    let blocks = words_blocks(dossier, kind);
    let words = blocks.iter().enumerate().map(|(number, block)| JudgeWords {
        about: block.about.clone(),
        domain: block.domain,
        answer: None,
        text: own_sentence(number),
        by: "de rechter".to_owned(),
        on: demo_day(),
        beside: None,
        from_file: false,
    });
    dossier.judge_words = words.collect();
    blocks
}

/// The sentence that stands in the block with this number.
pub fn own_sentence(number: usize) -> String {
    format!("Eigen zin nummer {number}.")
}

/// All text of a document, a line per block.
pub fn text_of(draft: &Draft) -> String {
    draft.model.text_lines().join("\n")
}

/// The document with this name.
pub fn document<'a>(set: &'a DraftSet, name: &str) -> &'a Draft {
    set.documents
        .iter()
        .find(|draft| draft.name == name)
        .unwrap_or_else(|| panic!("geen document {name}: {:?}", set.problems))
}

/// All documents of all kinds for the demo family.
pub fn demo_documents() -> Vec<Draft> {
    let dossier = demo();
    DraftKind::ALL.into_iter().flat_map(|kind| drafts_with_demo_findings(&dossier, kind).documents).collect()
}
