//! The judge's own judgement on a finding is in every draft that accounts for that finding: in the
//! reasons, or in the annex beside it.

use super::drafts_of;
use crate::support::families::{demo, demo_day};
use combizitting::assessment::{assess, builtin};
use combizitting::documents::model::{Block, DocumentModel};
use combizitting::dossier::model::{Domain, Dossier, JudgeAnswer, JudgeWords, OmgangForm};
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
            beside: None,
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

#[test]
fn a_decision_that_goes_against_an_own_judgement_on_the_child_is_warned_of() {
    let mut dossier = demo();
    let child = &mut dossier.plans.omgang.as_mut().unwrap().children[0];
    child.form = OmgangForm::Supervised;
    let id = child.child.as_str().to_owned();
    let told = |dossier: &Dossier| -> Vec<String> {
        let problems = drafts_of(dossier, DraftKind::Omgang).problems;
        problems
            .into_iter()
            .filter(|problem| problem.code == "own_judgement_opposed")
            .map(|problem| problem.message)
            .collect()
    };
    assert_eq!(told(&dossier), Vec::<String>::new(), "nothing is judged yet");
    let mut words = JudgeWords {
        about: format!("begeleide-omgang/SO1[{id}]"),
        domain: Domain::Family,
        answer: Some(JudgeAnswer::NotMet),
        text: "Rust gaat nu voor.".to_owned(),
        by: "de familierechter".to_owned(),
        on: demo_day(),
        beside: None,
        from_file: false,
    };
    dossier.judge_words = vec![words.clone()];
    let warned = told(&dossier);
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(warned[0].contains("het oordeel: nee. Maar het ontwerp bepaalt begeleid contact."), "{warned:?}");
    // The other answer, and a decision that fits, say nothing.
    words.answer = Some(JudgeAnswer::Met);
    dossier.judge_words = vec![words];
    assert_eq!(told(&dossier), Vec::<String>::new());
}
