//! Draft B: whether what the plan holds fits the form of contact that it chooses.

use super::omgang_case::{asked, children};
use super::{Rule, Weight, common, names, when};
use crate::dossier::model::{Domain, OmgangForm, OmgangPlan, RequestKind};

pub(super) const RULES: &[Rule<OmgangPlan>] = &[
    Rule {
        code: "omgang_refused_not_asked",
        weight: Weight::Open,
        source: "art. 1:377a lid 2 BW; art. 1:253a lid 1 BW",
        message: "Het ontwerp wijst een verzoek om contact af, maar in deze zaak staat geen verzoek om omgang of een zorgregeling.",
        test: |case| when(case.plan.refuses_contact() && !asked(case, &[RequestKind::Omgang])),
    },
    Rule {
        code: "omgang_refused_evaluated",
        weight: Weight::Warning,
        source: "",
        message: "Wie het verzoek om contact afwijst, heeft daarover beslist. Een evaluatie past daar niet bij en komt niet in het concept. Moet er later opnieuw worden gekeken, kies dan een andere vorm.",
        test: |case| {
            names(children(case, |_, child| child.form == OmgangForm::Refused && child.evaluation_on.is_some()))
        },
    },
    Rule {
        code: "omgang_indirect_with_visit",
        weight: Weight::Warning,
        source: "",
        message: "Bij alleen indirect contact (brief of beeld) staat een overdracht, of een rooster met uren. Een overdracht komt niet in het concept; zeg bij uren dat het om beeldbellen gaat.",
        test: |case| {
            names(children(case, |_, child| {
                let hours = child.schedule.as_ref().is_some_and(|schedule| schedule.minutes > 0);
                child.form == OmgangForm::Indirect && (child.handover.is_some() || hours)
            }))
        },
    },
    Rule {
        code: "omgang_ground_only_claimed",
        weight: Weight::Warning,
        source: "art. 1:377a lid 3 BW",
        message: "De grond steunt alleen op feiten die in deze zaak zijn gesteld of betwist. De beslissing moet zeggen waarom zij aannemelijk zijn.",
        test: |case| {
            names(children(case, |case, child| {
                !child.grounds.is_empty() && case.dossier.rests_on_claims(&child.ground_facts, Domain::Family)
            }))
        },
    },
    Rule {
        code: "omgang_own_words_differ",
        weight: Weight::Warning,
        source: "",
        message: "In de eigen woorden staat een overweging die bij een andere keuze is geschreven dan het ontwerp nu heeft. Lees haar na: spreekt zij de beslissing tegen, dan staat dat zo op papier.",
        test: |case| when(common::own_words_differ(case.dossier, "omgang/")),
    },
];
