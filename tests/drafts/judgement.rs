//! The judge's own judgement on a finding is in every draft that accounts for that finding: in the
//! reasons, or in the annex beside it.

use super::drafts_of;
use crate::support::families::{demo, demo_day};
use combizitting::assessment::{assess, builtin};
use combizitting::documents::model::{Block, DocumentModel};
use combizitting::dossier::model::{JudgeAnswer, JudgeWords};
use combizitting::drafting::model::DraftKind;

/// The demo family, with words of the judge on every finding, each its own, in two paragraphs.
fn judged_on_everything() -> combizitting::dossier::model::Dossier {
    let mut dossier = demo();
    let assessed = assess(&dossier, builtin().unwrap(), demo_day(), &[]).unwrap();
    dossier.judge_words = assessed
        .findings
        .iter()
        .enumerate()
        .map(|(number, finding)| JudgeWords {
            about: finding.key(),
            domain: finding.domain,
            answer: Some(JudgeAnswer::Met),
            text: format!("Overweging nummer {number}a.\n\nEn nummer {number}b."),
            by: "de rechter".to_owned(),
            // After every hearing: what is noted before one is no outcome.
            on: chrono::NaiveDate::from_ymd_opt(2027, 6, 1).unwrap(),
            from_file: false,
        })
        .collect();
    dossier
}

/// Texts of the frames that hold a judgement, and how many rows of the annex say that a judge answered.
fn judgements(model: &DocumentModel) -> (Vec<String>, usize) {
    let (mut frames, mut rows) = (Vec::new(), 0);
    for block in &model.blocks {
        match block {
            Block::Notice { heading, .. } if heading.contains("oordeel van de rechter") => {
                frames.push(block.text_lines()[1].clone());
            }
            Block::Table { .. } => {
                rows += block.text_lines().iter().filter(|cell| cell.contains("naar het eigen oordeel")).count();
            }
            _ => {}
        }
    }
    (frames, rows)
}

#[test]
fn no_words_of_the_judge_on_a_finding_are_lost_in_a_draft_that_accounts_for_it() {
    let dossier = judged_on_everything();
    let mut in_annex = 0;
    for kind in DraftKind::ALL {
        for draft in drafts_of(&dossier, kind).documents {
            if draft.name == "beschermingsbrug" {
                continue;
            }
            let (frames, rows) = judgements(&draft.model);
            assert!(rows > 3, "{}: {rows} findings with an answer of the judge", draft.name);
            assert_eq!(frames.len(), rows, "{}: {frames:#?}", draft.name);
            assert!(frames.iter().all(|text| text.contains("a. En nummer ")), "{}: {frames:#?}", draft.name);
            let mut once = frames.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), frames.len(), "{}: words told twice", draft.name);
            in_annex += frames.iter().filter(|text| text.starts_with("Over de vraag: ")).count();
        }
    }
    assert!(in_annex > 0, "some words stand only in the annex");
}
