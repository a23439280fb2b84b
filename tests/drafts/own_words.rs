//! Every place where a judge is asked for own words is a place where the paper prints them.

use super::{drafts_of, own_sentence, write_own_words};
use crate::support::families::{demo, demo_with};
use combizitting::dossier::model::{Dossier, GezagBasis, InterventionBasis, SuspensionGround};
use combizitting::drafting::model::DraftKind;

fn intervention(basis: InterventionBasis) -> Dossier {
    demo_with(|dossier| {
        let plan = dossier.plans.gedragsinterventie.as_mut().unwrap();
        plan.basis = basis;
        plan.on_conviction = true;
        plan.order_ground = None;
        plan.earlier_order = None;
        plan.immediately_enforceable = Some(true);
        plan.conditions.clear();
        (plan.sentence_days, plan.conditional_days, plan.proeftijd_months) = (Some(60), Some(30), Some(24));
        (plan.duration_days, plan.duration_months) = (None, Some(12));
        if matches!(basis, InterventionBasis::Sr38v | InterventionBasis::Sv509hh) {
            (plan.programme, plan.provider, plan.course_weeks) = (None, None, None);
        }
    })
}

fn gezag(basis: GezagBasis, ground: Option<SuspensionGround>) -> Dossier {
    demo_with(|dossier| {
        let plan = dossier.plans.gezag.as_mut().unwrap();
        (plan.basis, plan.ground) = (basis, ground);
        plan.request = None;
    })
}

#[test]
fn words_that_a_judge_is_asked_for_stand_on_the_paper() {
    let cases = [
        (DraftKind::Gezag, demo(), 4),
        (DraftKind::Gezag, gezag(GezagBasis::Bw1268, Some(SuspensionGround::MedicalTreatment)), 3),
        (DraftKind::Gezag, gezag(GezagBasis::Bw1251a, None), 2),
        (DraftKind::Gezag, gezag(GezagBasis::Bw1253n, None), 2),
        (DraftKind::Omgang, demo(), 7),
        (DraftKind::Gedragsinterventie, demo(), 3),
        (DraftKind::Gedragsinterventie, intervention(InterventionBasis::Sr14c), 4),
        (DraftKind::Gedragsinterventie, intervention(InterventionBasis::Sr38v), 4),
        (DraftKind::Huisverbod, demo(), 7),
    ];
    for (kind, mut dossier, expected) in cases {
        let blocks = write_own_words(&mut dossier, kind);
        assert_eq!(blocks.len(), expected, "{kind:?}: {blocks:#?}");
        let set = drafts_of(&dossier, kind);
        let text: String = set.documents.iter().flat_map(|draft| draft.model.text_lines()).collect();
        for (number, block) in blocks.iter().enumerate() {
            let printed = text.matches(&own_sentence(number)).count();
            assert_eq!(printed, 1, "{kind:?} {}: {:?}", block.about, set.problems);
        }
    }
}
