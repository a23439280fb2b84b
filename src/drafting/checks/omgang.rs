//! Draft B: limits of omgang, denial, and contact across a ban.

use super::omgang_case::{
    amendment_asked, arranges_contact, asked, basis_fits, blocking_conflict, children, contact_across_ban, day,
    gives_information, handover_across_ban, handover_place, huisverbod_child_elsewhere, is_secret, joint_talks,
    left_behind, mentions, objected_at_hearing, replaces_provisional, shielded_carer, supervisor_ready,
};
use super::{Rule, Weight, common, names, when};
use crate::dossier::model::{DenialGround, Domain, InformationDuty, OmgangBasis, OmgangForm, OmgangPlan, RequestKind};
use crate::shared::ids::PersonId;
use chrono::NaiveDate;

pub(super) const RULES: &[Rule<OmgangPlan>] = &[
    Rule {
        code: "omgang_denial_without_ground",
        weight: Weight::Impossible,
        source: "art. 1:377a lid 3 BW",
        message: "Ontzegging kan alleen op een van de gronden a tot en met d. Er is geen grond gekozen.",
        test: |case| names(children(case, |_, child| child.form == OmgangForm::Denied && child.grounds.is_empty())),
    },
    Rule {
        code: "omgang_ground_c_child",
        weight: Weight::Impossible,
        source: "art. 1:377a lid 3 onder c BW",
        message: "Grond c geldt alleen voor een kind van twaalf jaar of ouder dat bij een vastgelegd verhoor van ernstige bezwaren heeft doen blijken.",
        test: |case| {
            names(children(case, |case, child| {
                child.grounds.contains(&DenialGround::ChildObjects) && !objected_at_hearing(case, child)
            }))
        },
    },
    Rule {
        code: "omgang_ground_without_facts",
        weight: Weight::Open,
        source: "art. 1:377a lid 3 BW",
        message: "De gekozen grond is niet met feiten onderbouwd.",
        test: |case| names(children(case, |_, child| !child.grounds.is_empty() && child.ground_facts.is_empty())),
    },
    Rule {
        code: "omgang_suspension_without_ground",
        weight: Weight::Open,
        source: "art. 1:253a lid 2 onder a BW; art. 1:377a lid 3 BW",
        message: "Contact opschorten is een tijdelijk verbod of een ontzegging voor een tijd. Ook dat kan alleen op een van de gronden a tot en met d. Er is geen grond gekozen.",
        test: |case| names(children(case, |_, child| child.form == OmgangForm::Suspended && child.grounds.is_empty())),
    },
    Rule {
        code: "omgang_conditions_missing",
        weight: Weight::Open,
        source: "art. 1:377a lid 2 en 3 BW; art. 1:253a lid 2 BW",
        message: "Het contact is onder voorwaarden, maar voor een kind staat geen voorwaarde in het ontwerp.",
        test: |case| {
            names(children(case, |_, child| child.form == OmgangForm::Conditions && child.conditions.is_empty()))
        },
    },
    Rule {
        code: "omgang_ground_beside_contact",
        weight: Weight::Warning,
        source: "art. 1:377a lid 3 BW",
        message: "Bij een vorm van contact staat een grond voor ontzegging. Die grond draagt een verbod, geen contact.",
        test: |case| names(children(case, |_, child| child.form.has_contact() && !child.grounds.is_empty())),
    },
    Rule {
        code: "omgang_replaced_leaves_child",
        weight: Weight::Open,
        source: "art. 1:253a lid 2 BW; art. 1:377e BW",
        message: "Een regeling die wordt vervangen, geldt ook voor een kind waarover dit ontwerp niets bepaalt.",
        test: |case| names(left_behind(case)),
    },
    Rule {
        code: "omgang_replaces_provisional",
        weight: Weight::Warning,
        source: "art. 824 lid 2 Rv; art. 826 Rv",
        message: "Het ontwerp vervangt een regeling uit de voorlopige voorzieningen. Die wordt op verzoek van een echtgenoot gewijzigd door de rechter die haar gaf, of geldt tot zij haar kracht verliest. Een verzoek om wijziging staat niet in het dossier.",
        test: |case| when(replaces_provisional(case) && !amendment_asked(case)),
    },
    Rule {
        code: "omgang_information_not_asked",
        weight: Weight::Limit,
        source: "art. 1:253a lid 2 BW; art. 1:377b lid 2 BW",
        message: "Het ontwerp regelt informatie over de kinderen, maar in deze zaak staat geen verzoek daarover in het dossier.",
        test: |case| when(gives_information(case) && !asked(case, &[RequestKind::Information])),
    },
    Rule {
        code: "omgang_condition_checked_too_late",
        weight: Weight::Open,
        source: "art. 31 lid 2 Verdrag van Istanbul",
        message: "Een voorwaarde wordt pas getoetst als het contact al kan zijn begonnen. Laat het contact later beginnen, of de voorwaarde eerder toetsen.",
        test: |case| {
            names(children(case, |_, child| {
                let late = |by: NaiveDate| child.starts_on.is_some_and(|starts| by > starts);
                child.form.has_contact() && child.conditions.iter().any(|item| item.by_date.is_some_and(late))
            }))
        },
    },
    Rule {
        code: "omgang_dwangsom_not_asked",
        weight: Weight::Open,
        source: "art. 611a lid 1 Rv",
        message: "Een dwangsom wordt alleen op verzoek van een partij opgelegd. In deze zaak noemt geen verzoek een dwangsom.",
        test: |case| when(case.plan.dwangsom_euro.is_some() && !mentions(case, "dwangsom")),
    },
    Rule {
        code: "omgang_ban_not_temporary",
        weight: Weight::Impossible,
        source: "art. 1:253a lid 2 onder a BW",
        message: "Bij gezamenlijk gezag kan contact alleen tijdelijk worden verboden. Een einddatum ontbreekt.",
        test: |case| {
            names(children(case, |case, child| {
                case.plan.basis == OmgangBasis::Bw1253a && child.form == OmgangForm::Denied && child.until.is_none()
            }))
        },
    },
    Rule {
        code: "omgang_basis_and_gezag",
        weight: Weight::Impossible,
        source: "art. 1:377a en art. 1:253a BW",
        message: "De grondslag past niet bij het gezag: art. 1:253a BW is voor ouders met gezamenlijk gezag, art. 1:377a BW voor een ouder zonder gezag.",
        test: |case| names(children(case, |case, child| basis_fits(case, child) == Some(false))),
    },
    Rule {
        code: "omgang_gezag_unknown",
        weight: Weight::Open,
        source: "art. 1:377a en art. 1:253a BW",
        message: "Uit het dossier blijkt niet wie gezag heeft; daarvan hangt de grondslag af.",
        test: |case| names(children(case, |case, child| basis_fits(case, child).is_none())),
    },
    Rule {
        code: "omgang_across_ban",
        weight: Weight::Open,
        source: "art. 31 Verdrag van Istanbul",
        message: "Het contact valt in de tijd van een verbod dat het niet uitzondert. De familierechter kan zo'n verbod niet opheffen. Uitwegen: een uitzondering door wie het verbod gaf, begeleid contact dat die uitzondert, of een begin na het einde van het verbod.",
        test: |case| names(children(case, contact_across_ban)),
    },
    Rule {
        code: "omgang_handover_across_ban",
        weight: Weight::Open,
        source: "art. 31 Verdrag van Istanbul",
        message: "De overdracht brengt de ouders bij elkaar terwijl tussen hen een contactverbod geldt. Regel overdracht door een derde zonder dat de ouders elkaar treffen.",
        test: |case| names(children(case, handover_across_ban)),
    },
    Rule {
        code: "omgang_conflict_reported",
        weight: Weight::Open,
        source: "art. 31 Verdrag van Istanbul",
        message: "Het overzicht van botsingen noemt een bestaande regeling die niet samengaat met een verbod. De beslissing moet zeggen wat voortaan geldt.",
        test: |case| when(arranges_contact(case) && blocking_conflict(case)),
    },
    Rule {
        code: "omgang_huisverbod_child_elsewhere",
        weight: Weight::Warning,
        source: "art. 1 onder b Wth; rechtbank Rotterdam 2020, ECLI:NL:RBROT:2020:10182",
        message: "Het contactverbod van het huisverbod geldt voor een kind dat volgens het dossier elders woont. Het reikt alleen tot huisgenoten.",
        test: |case| names(children(case, |case, child| huisverbod_child_elsewhere(case, &child.child))),
    },
    Rule {
        code: "omgang_secret_place",
        weight: Weight::Impossible,
        source: "art. 8 EVRM",
        message: "De overdracht verwijst naar een adres dat geheim is of waarvan dat niet bekend is.",
        test: |case| {
            names(children(case, |case, child| handover_place(child).is_some_and(|place| is_secret(case, place))))
        },
    },
    Rule {
        code: "omgang_joint_talks_condition",
        weight: Weight::Impossible,
        source: "art. 48 Verdrag van Istanbul",
        message: "Bemiddeling of gezamenlijke gesprekken mogen bij huiselijk geweld geen voorwaarde voor contact zijn.",
        test: |case| when(common::violence_in_play(case.dossier, Domain::Family) && joint_talks(case)),
    },
    Rule {
        code: "omgang_supervisor",
        weight: Weight::Open,
        source: "art. 31 Verdrag van Istanbul; HR 2014, ECLI:NL:HR:2014:748",
        message: "Begeleid contact vraagt een begeleider die heeft ingestemd en op de begindatum beschikbaar is.",
        test: |case| names(children(case, |_, child| child.form == OmgangForm::Supervised && !supervisor_ready(child))),
    },
    Rule {
        code: "omgang_condition_not_checkable",
        weight: Weight::Open,
        source: "",
        message: "Een voorwaarde moet te toetsen zijn: waaruit blijkt dat eraan is voldaan, en wie toetst dat?",
        test: |case| {
            names(children(case, |_, child| {
                child.conditions.iter().any(|condition| condition.shown_by.is_none() || condition.checked_by.is_none())
            }))
        },
    },
    Rule {
        code: "omgang_vague_arrangement",
        weight: Weight::Warning,
        source: "",
        message: "Een voorwaarde verwijst naar onderling overleg. Bij geweld is dat onzeker en geeft het druk; leg vast wat geldt.",
        test: |case| {
            names(children(case, |_, child| {
                child.conditions.iter().any(|condition| condition.text.to_lowercase().contains("overleg"))
            }))
        },
    },
    Rule {
        code: "omgang_borg_condition",
        weight: Weight::Impossible,
        source: "art. 1:377a BW",
        message: "BORG wordt alleen in een strafrechtelijk kader gegeven en kan geen voorwaarde van de familierechter zijn.",
        test: |case| {
            names(children(case, |_, child| {
                child.conditions.iter().any(|condition| {
                    condition.text.split(|sign: char| !sign.is_alphanumeric()).any(|word| word == "BORG")
                })
            }))
        },
    },
    Rule {
        code: "omgang_information_reveals_address",
        weight: Weight::Limit,
        source: "art. 1:377b BW en art. 8 EVRM",
        message: "Rechtstreekse informatie kan een afgeschermd adres verraden. Kies informatie via een derde.",
        test: |case| when(case.plan.information == Some(InformationDuty::Direct) && shielded_carer(case)),
    },
    Rule {
        code: "omgang_refusal_without_ground",
        weight: Weight::Warning,
        source: "art. 1:377a lid 3 BW",
        message: "Wie het verzoek van een ouder om omgang helemaal afwijst, laat die ouder zonder omgang. Ga na of dat een ontzegging is, en noem dan de grond.",
        test: |case| names(children(case, |_, child| child.form == OmgangForm::Refused && child.grounds.is_empty())),
    },
    Rule {
        code: "omgang_denial_review_after_year",
        weight: Weight::Note,
        source: "art. 1:377e lid 2 BW",
        message: "Ontzegging is nooit definitief: een jaar nadat zij onherroepelijk is geworden kan in elk geval een nieuw verzoek worden gedaan.",
        test: |case| names(children(case, |_, child| child.form == OmgangForm::Denied)),
    },
    Rule {
        code: "child_call_unanswered",
        weight: Weight::Open,
        source: "art. 809 lid 1 Rv",
        message: "Een kind van twaalf jaar of ouder is opgeroepen. Wat daarvan is gekomen, staat niet in het dossier: is het kind gehoord, heeft het geschreven, of wilde het niet?",
        test: |case| {
            let ids: Vec<PersonId> = case.plan.children.iter().map(|child| child.child.clone()).collect();
            names(common::call_unanswered(case.dossier, &ids, &case.plan.matter, day(case)))
        },
    },
    Rule {
        code: "child_not_heard",
        weight: Weight::Limit,
        source: "art. 809 Rv; HR 2013, ECLI:NL:HR:2013:1084",
        message: "Een kind van twaalf jaar of ouder heeft in deze zaak nog niet de gelegenheid gehad zijn mening te geven.",
        test: |case| {
            let ids: Vec<PersonId> = case.plan.children.iter().map(|child| child.child.clone()).collect();
            names(common::not_heard(case.dossier, &ids, &case.plan.matter, day(case)))
        },
    },
];
