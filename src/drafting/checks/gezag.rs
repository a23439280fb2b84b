//! Draft A: limits of suspension and of sole gezag.

use super::gezag_case::{
    already_guarded, alternative, asked_by_carer, asked_by_parent, basis_mismatch, beyond_request, children,
    children_without_holder, divorce_pending, ground_not_pleaded, in_divorce, interim_is_gi, is_268, known, lapse,
    may_ask, minor, orders_voogdij, parents, proposed, register_shown, request, twelve_or_unknown, without_facts,
    wrong_interim,
};
use super::{Rule, Weight, common, names, when};
use crate::dossier::model::{GezagBasis, GezagPlan, SuspensionGround};
use crate::drafting::decision::lapse_of;
use crate::shared::moment::dutch_date;

/// Rules that also hold when the request is refused.
pub(super) const OF_EVERY_DECISION: &[&str] = &[
    "gezag_request_missing",
    "gezag_child_not_minor",
    "gezag_own_words_differ",
    "child_not_heard",
    "child_call_unanswered",
];

pub(super) const RULES: &[Rule<GezagPlan>] = &[
    Rule {
        code: "gezag_own_words_differ",
        weight: Weight::Warning,
        source: "",
        message: "In de eigen woorden staat een overweging die bij een andere keuze is geschreven dan het ontwerp nu heeft. Lees haar na: spreekt zij de beslissing tegen, dan staat dat zo op papier.",
        test: |case| when(common::own_words_differ(case.dossier, "gezag/")),
    },
    Rule {
        code: "gezag_1268_asked_by_parent",
        weight: Weight::Impossible,
        source: "art. 1:268 lid 4 jo. art. 1:267 lid 1 BW",
        message: "Een ouder kan geen schorsing van het gezag op grond van art. 1:268 BW verzoeken.",
        test: |case| (is_268(case) && asked_by_parent(case)).then(|| alternative(case)),
    },
    Rule {
        code: "gezag_1268_applicant",
        weight: Weight::Impossible,
        source: "art. 1:267 lid 1 BW",
        message: "Schorsing op grond van art. 1:268 BW kan alleen worden verzocht door de Raad, het openbaar ministerie of een verzorger van ten minste een jaar. Een gecertificeerde instelling kan dat alleen via de Raad.",
        test: |case| when(is_268(case) && request(case).is_some() && !asked_by_parent(case) && !may_ask(case)),
    },
    Rule {
        code: "gezag_request_missing",
        weight: Weight::Open,
        source: "art. 1:267 lid 1 BW",
        message: "Het plan noemt geen verzoek waarop wordt beslist, of het verzoek staat niet in het dossier.",
        test: |case| when(request(case).is_none()),
    },
    Rule {
        code: "gezag_carer_after_raad",
        weight: Weight::Note,
        source: "art. 1:267 lid 1 BW",
        message: "Een verzorger kan dit alleen verzoeken als de Raad dat niet doet. Controleer of de Raad van een verzoek afziet.",
        test: |case| when(is_268(case) && asked_by_carer(case)),
    },
    Rule {
        code: "gezag_1253a_cannot_change",
        weight: Weight::Impossible,
        source: "art. 1:253a BW; HR 2022, ECLI:NL:HR:2022:684",
        message: "Een geschil over gezamenlijk gezag (art. 1:253a BW) kan niet leiden tot schorsing, beëindiging of wijziging van het gezag. Daarvoor zijn art. 1:251a of 1:253n BW.",
        test: |case| when(case.plan.basis == GezagBasis::Bw1253a),
    },
    Rule {
        code: "gezag_lapse_over_three_months",
        weight: Weight::Impossible,
        source: "art. 1:268 lid 5 BW",
        message: "Een schorsing vervalt uiterlijk drie maanden na de dag van de beschikking. De geplande vervaldag ligt later.",
        test: |case| {
            lapse(case)
                .filter(|(planned, law)| planned > law)
                .map(|(_, law)| format!("De laatste dag is {}.", dutch_date(law)))
        },
    },
    Rule {
        code: "gezag_lapse_before_three_months",
        weight: Weight::Warning,
        source: "art. 1:268 lid 5 BW",
        message: "De geplande vervaldag ligt vóór het einde van de drie maanden van de wet. Bedoelt u een kortere schorsing, motiveer dat dan.",
        test: |case| {
            lapse(case)
                .filter(|(planned, law)| planned < law)
                .map(|(_, law)| format!("De wet noemt {}.", dutch_date(law)))
        },
    },
    Rule {
        code: "gezag_ask_ending_in_time",
        weight: Weight::Note,
        source: "art. 1:268 lid 5 BW",
        message: "Als het gezag daarna moet eindigen, moet dat vóór de vervaldag zijn verzocht. Reken op de laatste werkdag ervoor.",
        test: |case| {
            let law = case.plan.order_date.and_then(lapse_of).filter(|_| is_268(case))?;
            Some(format!("De vervaldag is {}.", dutch_date(law)))
        },
    },
    Rule {
        code: "gezag_gi_required",
        weight: Weight::Impossible,
        source: "art. 1:268 lid 3 BW",
        message: "Als beide ouders of de enige ouder met gezag worden geschorst, moet een gecertificeerde instelling met de voorlopige voogdij worden belast.",
        test: |case| {
            let someone_else = case.plan.interim_holder.is_some() && !interim_is_gi(case);
            if is_268(case) && someone_else { names(children_without_holder(case)) } else { None }
        },
    },
    Rule {
        code: "gezag_gi_missing",
        weight: Weight::Open,
        source: "art. 1:268 lid 3 BW",
        message: "Er blijft geen ouder over die het gezag uitoefent. Noem de gecertificeerde instelling die met de voorlopige voogdij wordt belast.",
        test: |case| {
            let nobody = case.plan.interim_holder.is_none();
            if is_268(case) && nobody {
                names(children_without_holder(case)).map(|who| proposed(case, who))
            } else {
                None
            }
        },
    },
    Rule {
        code: "gezag_voogdij_runs",
        weight: Weight::Warning,
        source: "art. 1:268 lid 3 BW",
        message: "Er is al een voorlopige voogdij in werking. Het ontwerp spreekt haar niet nog eens uit; vul in of zij in stand blijft of wordt vervangen.",
        test: |case| if is_268(case) && orders_voogdij(case) { names(children(case, already_guarded)) } else { None },
    },
    Rule {
        code: "gezag_interim_holder",
        weight: Weight::Open,
        source: "art. 1:268 lid 2 BW",
        message: "Wie het gezag tijdens de schorsing uitoefent, kan alleen de andere ouder met gezag zijn of een gecertificeerde instelling met voorlopige voogdij.",
        test: |case| when(is_268(case) && children_without_holder(case).is_empty() && wrong_interim(case)),
    },
    Rule {
        code: "gezag_ground_missing",
        weight: Weight::Open,
        source: "art. 1:268 lid 1 BW",
        message: "De grond voor de schorsing is niet gekozen: acute en ernstige bedreiging, of geweigerde medische behandeling.",
        test: |case| when(is_268(case) && case.plan.ground.is_none()),
    },
    Rule {
        code: "gezag_ground_not_pleaded",
        weight: Weight::Warning,
        source: "art. 24 Rv",
        message: "De grond van het ontwerp is volgens het dossier niet aangevoerd: het verzoek noemt de andere grond van art. 1:268 lid 1 BW. Hoor partijen daarover, of kies de aangevoerde grond.",
        test: |case| when(is_268(case) && ground_not_pleaded(case)),
    },
    Rule {
        code: "gezag_both_limbs",
        weight: Weight::Open,
        source: "art. 1:268 lid 1 onder a BW",
        message: "Beide eisen moeten met feiten zijn onderbouwd: het ernstig vermoeden van een grond van art. 1:266 BW én de acute en ernstige bedreiging.",
        test: |case| {
            let acute = case.plan.ground == Some(SuspensionGround::AcuteThreat);
            when(
                is_268(case)
                    && acute
                    && !(known(case, &case.plan.suspicion_facts) && known(case, &case.plan.acute_facts)),
            )
        },
    },
    Rule {
        code: "gezag_parent_without_facts",
        weight: Weight::Limit,
        source: "art. 1:268 lid 1 jo. art. 1:266 BW; art. 31 Verdrag van Istanbul",
        message: "De schorsing vraagt voor iedere ouder een eigen onderbouwing. Onder de genoemde feiten is er geen waarin deze ouder zelf handelde.",
        test: |case| if is_268(case) { names(without_facts(case)) } else { None },
    },
    Rule {
        code: "gezag_medical_facts",
        weight: Weight::Open,
        source: "art. 1:268 lid 1 onder b BW",
        message: "De medische noodzaak en de weigering moeten met feiten zijn onderbouwd.",
        test: |case| {
            let medical = case.plan.ground == Some(SuspensionGround::MedicalTreatment);
            when(is_268(case) && medical && !known(case, &case.plan.acute_facts))
        },
    },
    Rule {
        code: "gezag_medical_age",
        weight: Weight::Limit,
        source: "art. 1:268 lid 1 onder b BW",
        message: "Vanaf twaalf jaar geldt deze grond alleen voor een kind dat zijn belangen in de behandeling niet redelijk kan waarderen. Van een jonger kind is dat niet vereist.",
        test: |case| {
            let medical = is_268(case) && case.plan.ground == Some(SuspensionGround::MedicalTreatment);
            names(children(case, twelve_or_unknown)).filter(|_| medical)
        },
    },
    Rule {
        code: "gezag_parent_not_requested",
        weight: Weight::Limit,
        source: "art. 1:267 lid 1 BW",
        message: "Het plan treft een ouder tegen wie het verzoek niet is gericht.",
        test: |case| names(beyond_request(case)),
    },
    Rule {
        code: "gezag_251a_before_divorce",
        weight: Weight::Open,
        source: "art. 1:251a lid 2 BW",
        message: "De echtscheiding loopt nog. Deze beslissing kan alleen bij de echtscheidingsbeschikking of later worden gegeven, en deze zaak is niet de echtscheidingszaak.",
        test: |case| {
            let provisional = case.plan.provisional_223;
            when(case.plan.basis == GezagBasis::Bw1251a && !provisional && !in_divorce(case) && divorce_pending(case))
        },
    },
    Rule {
        code: "gezag_223_during_divorce",
        weight: Weight::Limit,
        source: "art. 821-826 Rv; HR 2018, ECLI:NL:HR:2018:1414",
        message: "Tijdens een echtscheiding regelen art. 821 tot en met 826 Rv de voorlopige voorzieningen uitputtend. Voor die onderwerpen kan art. 223 Rv niet; toevertrouwing van de kinderen kan worden gevraagd op grond van art. 822 Rv.",
        test: |case| when(case.plan.provisional_223 && divorce_pending(case)),
    },
    Rule {
        code: "gezag_223_contested",
        weight: Weight::Warning,
        source: "art. 223 Rv; rechtbank Midden-Nederland 2020, ECLI:NL:RBMNE:2020:1214",
        message: "Of gezag met een voorlopige voorziening van art. 223 Rv kan worden geschorst, is omstreden.",
        test: |case| when(case.plan.provisional_223),
    },
    Rule {
        code: "gezag_fixed_term",
        weight: Weight::Limit,
        source: "art. 1:251a en art. 1:253n BW",
        message: "De wet kent geen beëindiging van gezag voor bepaalde tijd. Dit kan alleen als uitzondering met een eigen motivering.",
        test: |case| when(!is_268(case) && case.plan.fixed_end.is_some()),
    },
    Rule {
        code: "gezag_fixed_term_consequence",
        weight: Weight::Open,
        source: "art. 1:251a en art. 1:253n BW",
        message: "Bij een beslissing voor bepaalde tijd moet vastliggen wat er na het einde gebeurt.",
        test: |case| {
            let told = case.plan.end_consequence.as_deref().is_some_and(|text| !text.trim().is_empty());
            when(!is_268(case) && case.plan.fixed_end.is_some() && !told)
        },
    },
    Rule {
        code: "gezag_fixed_term_in_suspension",
        weight: Weight::Impossible,
        source: "art. 1:268 lid 5 BW",
        message: "Een schorsing heeft geen eigen einddatum: zij vervalt van rechtswege na drie maanden.",
        test: |case| when(is_268(case) && case.plan.fixed_end.is_some()),
    },
    Rule {
        code: "gezag_child_not_minor",
        weight: Weight::Impossible,
        source: "art. 1:245 BW",
        message: "Over een meerderjarige bestaat geen gezag.",
        test: |case| names(children(case, |case, id| minor(case, id) == Some(false))),
    },
    Rule {
        code: "gezag_child_age_unknown",
        weight: Weight::Open,
        source: "art. 1:245 BW",
        message: "De geboortedatum van een kind ontbreekt, zodat de minderjarigheid niet vaststaat.",
        test: |case| names(children(case, |case, id| minor(case, id).is_none())),
    },
    Rule {
        code: "gezag_parent_without_gezag",
        weight: Weight::Impossible,
        source: "art. 1:251 en art. 1:268 BW",
        message: "De ouder om wie het gaat heeft volgens het dossier geen gezag.",
        test: |case| names(parents(case, |form| form.is_some_and(|form| !form.is_held()))),
    },
    Rule {
        code: "gezag_register_missing",
        weight: Weight::Open,
        source: "art. 1:244 BW",
        message: "Dat de ouder gezag heeft, moet blijken uit een uittreksel van het gezagsregister of een ander stuk.",
        test: |case| when(!register_shown(case)),
    },
    Rule {
        code: "gezag_basis_and_marriage",
        weight: Weight::Open,
        source: "art. 1:251a en art. 1:253n BW",
        message: "De grondslag past niet bij de relatie: art. 1:251a BW is voor ouders die gehuwd zijn (geweest) of geregistreerd partner, art. 1:253n BW voor ouders die niet met elkaar gehuwd zijn.",
        test: |case| when(basis_mismatch(case)),
    },
    Rule {
        code: "gezag_sole_applicant",
        weight: Weight::Limit,
        source: "art. 1:251a lid 1 en 4 en art. 1:253n BW",
        message: "Eenhoofdig gezag op deze grondslag wordt verzocht door een ouder. Ambtshalve kan het alleen als een kind van twaalf jaar of ouder (of een jonger kind dat daartoe in staat is) dat wil.",
        test: |case| {
            let sole = matches!(case.plan.basis, GezagBasis::Bw1251a | GezagBasis::Bw1253n);
            when(sole && request(case).is_some() && !asked_by_parent(case))
        },
    },
    Rule {
        code: "child_call_unanswered",
        weight: Weight::Open,
        source: "art. 809 lid 1 Rv",
        message: "Een kind van twaalf jaar of ouder is opgeroepen. Wat daarvan is gekomen, staat niet in het dossier: is het kind gehoord, heeft het geschreven, of wilde het niet?",
        test: |case| {
            let on = case.plan.order_date.unwrap_or(case.on);
            names(common::call_unanswered(case.dossier, &case.plan.children, &case.plan.matter, on))
        },
    },
    Rule {
        code: "child_not_heard",
        weight: Weight::Limit,
        source: "art. 809 Rv; HR 2013, ECLI:NL:HR:2013:1084",
        message: "Een kind van twaalf jaar of ouder heeft in deze zaak nog niet de gelegenheid gehad zijn mening te geven. De uitzondering voor acuut gevaar noemt wel de voorlopige voogdij, maar niet de schorsing zelf.",
        test: |case| {
            let on = case.plan.order_date.unwrap_or(case.on);
            names(common::not_heard(case.dossier, &case.plan.children, &case.plan.matter, on))
        },
    },
];
