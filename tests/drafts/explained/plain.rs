//! The reading level of every explanation, and the words of law in it.

use super::{Desk, decisions, sealed_desk, sealed_file};
use crate::dossiers::rooms::every_file;
use crate::support::families::{demo, demo_with};
use combizitting::documents::reading::{ADULT, CHILD};
use combizitting::dossier::model::{
    CriminalPhase, Dossier, GezagBasis, GezagForm, InterventionBasis, OmgangBasis, OmgangForm, ReviewOutcome,
};
use combizitting::drafting::explain::reading_level;
use combizitting::drafting::model::DraftKind;
use combizitting::shared::ids::PartyId;

/// Reads all papers of a desk; returns how many there were for adults and for children.
fn all_meet_their_level(what: &str, desk: &Desk) -> (usize, usize) {
    let mut count = (0, 0);
    for explained in desk.explained(&desk.people.rechter) {
        for paper in &explained.found.papers {
            let name = format!("{what}, {} {}", explained.sealed.document, paper.name);
            assert!(paper.too_hard.is_empty(), "{name}: {:?} {}", paper.too_hard, paper.measured.ease());
            assert_eq!(reading_level(&paper.too_hard), "voldoet");
            assert!(paper.measured.words > 60, "{name}");
            if paper.for_child { count.1 += 1 } else { count.0 += 1 }
        }
    }
    count
}

#[test]
fn every_explanation_for_the_demo_family_meets_its_reading_level_and_a_childs_is_simpler() {
    for kind in DraftKind::ALL {
        let desk = sealed_desk(&demo(), kind);
        let (adults, children) = all_meet_their_level(kind.as_str(), &desk);
        assert!(adults >= 2 && children >= 1, "{}: {adults} {children}", kind.as_str());
        for document in decisions(&desk.set) {
            let papers = desk.papers(&document);
            let adult =
                papers.iter().filter(|paper| !paper.for_child).map(|paper| paper.measured.mean()).fold(99.0, f64::min);
            for child in papers.iter().filter(|paper| paper.for_child) {
                assert!(child.measured.mean() < adult, "{document}: {} {adult}", child.measured.mean());
                assert!(child.measured.shortcomings(&CHILD).is_empty(), "{document}");
            }
        }
    }
}

#[test]
fn every_ruling_that_has_a_decision_gets_explanations_at_level() {
    let (mut files, mut refused) = (0, 0);
    for (name, dossier, _) in every_file() {
        let kinds = [
            (DraftKind::Gezag, dossier.plans.gezag.is_some()),
            (DraftKind::Omgang, dossier.plans.omgang.is_some()),
            (DraftKind::Gedragsinterventie, dossier.plans.gedragsinterventie.is_some()),
            (DraftKind::Huisverbod, dossier.plans.huisverbod.is_some()),
        ];
        for (kind, _) in kinds.into_iter().filter(|(_, planned)| *planned) {
            match sealed_file(&dossier, kind) {
                Some(desk) => {
                    all_meet_their_level(name, &desk);
                    files += 1;
                }
                None => refused += 1,
            }
        }
    }
    // What the law refuses is never sealed.
    assert!(files >= 4 && files + refused >= 5, "{files} {refused}");
}

fn gezag(change: impl FnOnce(&mut combizitting::dossier::model::GezagPlan)) -> Dossier {
    demo_with(|d| change(d.plans.gezag.as_mut().unwrap()))
}

fn omgang(change: impl FnOnce(&mut combizitting::dossier::model::OmgangPlan)) -> Dossier {
    demo_with(|d| change(d.plans.omgang.as_mut().unwrap()))
}

/// A plan for each of the forms that the demo family does not have itself.
fn variants() -> Vec<(String, DraftKind, Dossier)> {
    let mut all = vec![
        ("voogdij".to_owned(), DraftKind::Gezag, gezag(|plan| plan.interim_holder = Some(PartyId::from("gi")))),
        ("deel".to_owned(), DraftKind::Gezag, gezag(|plan| plan.partial_scope = Some("de school".to_owned()))),
        ("niet meteen".to_owned(), DraftKind::Gezag, gezag(|plan| plan.immediately_enforceable = Some(false))),
    ];
    for basis in [GezagBasis::Bw1251a, GezagBasis::Bw1253n] {
        all.push((format!("{basis:?}"), DraftKind::Gezag, gezag(|plan| plan.basis = basis)));
        all.push((
            format!("{basis:?} 223"),
            DraftKind::Gezag,
            gezag(|plan| {
                plan.basis = basis;
                plan.provisional_223 = true;
            }),
        ));
    }
    use OmgangForm as F;
    for form in [F::Unrestricted, F::Conditions, F::Supervised, F::Indirect, F::Suspended, F::Refused, F::Denied] {
        for basis in [OmgangBasis::Bw1253a, OmgangBasis::Bw1377a] {
            let mut dossier = omgang(|plan| {
                plan.basis = basis;
                let example = plan.children[1].clone();
                for child in &mut plan.children {
                    let grounds = if form == F::Denied { plan_grounds() } else { Vec::new() };
                    *child = combizitting::dossier::model::OmgangChildPlan {
                        child: child.child.clone(),
                        form,
                        grounds,
                        ground_facts: child.ground_facts.clone(),
                        until: chrono::NaiveDate::from_ymd_opt(2027, 11, 19),
                        ..example.clone()
                    };
                }
                plan.dwangsom_euro = Some(250);
                plan.dwangsom_on = Some("vader".into());
            });
            if basis == OmgangBasis::Bw1377a {
                let own = dossier.gezag.iter_mut().filter(|record| record.holder.as_str() == "vader");
                own.for_each(|record| record.form = GezagForm::None);
            }
            all.push((format!("{form:?} {basis:?}"), DraftKind::Omgang, dossier));
        }
    }
    for outcome in [
        ReviewOutcome::Unfounded,
        ReviewOutcome::Founded,
        ReviewOutcome::FoundedEffectsKept,
        ReviewOutcome::PartlyFounded,
    ] {
        let dossier = demo_with(|d| {
            let review = d.plans.huisverbod.as_mut().unwrap().review.as_mut().unwrap();
            review.outcome = Some(outcome);
            review.contact_struck_for = vec!["noor".into()];
        });
        all.push((format!("{outcome:?}"), DraftKind::Huisverbod, dossier));
    }
    all.extend(criminal());
    all
}

fn plan_grounds() -> Vec<combizitting::dossier::model::DenialGround> {
    vec![combizitting::dossier::model::DenialGround::SeriousHarm]
}

fn criminal() -> Vec<(String, DraftKind, Dossier)> {
    use InterventionBasis as B;
    let with = |basis: B| {
        demo_with(|d| {
            if basis == B::Sv80 {
                d.matters.iter_mut().find_map(|matter| matter.criminal.as_mut()).unwrap().phase = CriminalPhase::Remand;
            }
            let plan = d.plans.gedragsinterventie.as_mut().unwrap();
            plan.basis = basis;
            plan.earlier_order = None;
            plan.order_ground = None;
            plan.on_conviction = true;
            plan.immediately_enforceable = Some(true);
            match basis {
                B::Sr38v => {
                    plan.programme = None;
                    plan.provider = None;
                    plan.conditions.retain(|item| {
                        item.kind != combizitting::dossier::model::CriminalConditionKind::GuidanceToHelp
                    });
                    plan.duration_days = None;
                    plan.duration_months = Some(24);
                    plan.custody_days_per_breach = Some(7);
                    plan.custody_days_max = Some(60);
                }
                B::FamilyCondition => {
                    plan.matter = "m-zorg".into();
                    plan.conditions.clear();
                    plan.duration_days = None;
                }
                _ => {
                    plan.duration_days = None;
                    plan.proeftijd_months = Some(24);
                    plan.sentence_days = Some(60);
                    plan.conditional_days = Some(30);
                    plan.course_weeks = Some(16);
                }
            }
        })
    };
    [B::Sr14c, B::Sr38v, B::Sv80, B::FamilyCondition]
        .into_iter()
        .map(|basis| (format!("{basis:?}"), DraftKind::Gedragsinterventie, with(basis)))
        .collect()
}

#[test]
fn every_form_of_decision_is_explained_at_level() {
    let mut refused = Vec::new();
    for (name, kind, dossier) in variants() {
        let set = super::drafts_with_demo_findings(&dossier, kind);
        if set.is_refused() {
            refused.push(name);
            continue;
        }
        let desk = sealed_desk(&dossier, kind);
        let (adults, _) = all_meet_their_level(&name, &desk);
        assert!(adults >= 2, "{name}");
    }
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn what_is_refused_is_explained_at_level_and_orders_nothing() {
    for (name, kind, mut dossier) in criminal() {
        dossier.plans.gedragsinterventie.as_mut().unwrap().refused = true;
        let desk = sealed_desk(&dossier, kind);
        let (adults, children) = all_meet_their_level(&name, &desk);
        assert!(adults >= 1 && children == 0, "{name}: {adults} {children}");
        for paper in desk.papers("gedragsinterventie") {
            let text = super::text(&paper);
            assert!(text.contains("Dat doet de rechter niet") || text.contains("De rechter geeft die niet"), "{text}");
            assert!(!text.contains("U meldt zich") && !text.contains("moet u doen of laten"), "{text}");
        }
    }
    let dossier = demo_with(|dossier| {
        let plan = dossier.plans.huisverbod.as_mut().and_then(|plan| plan.extension.as_mut()).unwrap();
        (plan.refused, plan.new_end) = (true, None);
    });
    let desk = sealed_desk(&dossier, DraftKind::Huisverbod);
    let (adults, children) = all_meet_their_level("niet verlengd", &desk);
    assert!(adults >= 2 && children >= 1);
    for paper in desk.papers("huisverbod-verlenging") {
        let text = super::text(&paper);
        let told = if paper.for_child { "Het huisverbod stopt." } else { "De burgemeester verlengt het niet." };
        assert!(text.contains(told) && text.contains("20 november 2026 om 21.35 uur"), "{text}");
    }
}

#[test]
fn a_hard_sentence_in_the_plan_makes_the_level_fail_and_says_which() {
    let hard = "De betrokkene onthoudt zich gedurende de gehele looptijd van deze regeling van iedere rechtstreekse of \
        middellijke beïnvloeding van de minderjarigen betreffende hun verblijfplaats, hun loyaliteit en de \
        onderhavige procedure, een en ander ter beoordeling van de begeleidende instelling.";
    let dossier = omgang(|plan| plan.children[1].conditions[0].text = hard.to_owned());
    let desk = sealed_desk(&dossier, DraftKind::Omgang);
    let papers = desk.papers("omgang");
    for paper in papers.iter().filter(|paper| !paper.for_child) {
        assert!(!paper.measured.shortcomings(&ADULT).is_empty(), "{}", paper.name);
        let told = reading_level(&paper.too_hard);
        assert!(told.starts_with("voldoet niet, omdat") && told.contains("onderhavige procedure"), "{told}");
    }
    // No free text stands in a child's paper.
    assert!(papers.iter().filter(|paper| paper.for_child).all(|paper| paper.too_hard.is_empty()));
}
