//! The canary sweep through the explanations of sealed decisions: no reader finds a word of another.

use super::canaries::{self, Aviary};
use super::reading::squeezed;
use crate::drafts::explained::{decisions, sealed_desk, text};
use crate::http::harness::Who;
use combizitting::drafting::model::DraftKind;

#[test]
fn no_explanation_holds_a_word_that_its_reader_may_not_read() {
    let mut aviary = Aviary::default();
    let dossier = canaries::dossier(&mut aviary);
    let mut read = 0;
    for kind in DraftKind::ALL {
        let desk = sealed_desk(&dossier, kind);
        for document in decisions(&desk.set) {
            for paper in desk.papers(&document) {
                let who = match paper.person.as_str() {
                    "moeder" => Who::Advocate,
                    "vader" => Who::OtherSide,
                    _ => Who::Nobody,
                };
                let text = squeezed(&format!("{} {:?}", text(&paper), paper.model.meta));
                // What may stand in the decision itself, the parties read there; a child reads none of it.
                let may = |canary: &canaries::Canary| {
                    canary.may.read(who) || (!paper.for_child && canary.may.stand_on_paper(&document))
                };
                let leaks: Vec<_> =
                    aviary.all.iter().filter(|canary| !may(canary) && text.contains(&canary.word)).collect();
                assert!(leaks.is_empty(), "{document} {}: {leaks:?}", paper.name);
                read += 1;
            }
        }
    }
    assert!(read >= 15 && aviary.all.len() > 50, "{read} {}", aviary.all.len());
}
