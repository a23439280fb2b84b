//! Draft B: limits of omgang, denial, and contact across a ban.

use super::{Case, Rule, Weight, common, names, when};
use crate::conflicts::model::{ConflictKind, Severity};
use crate::dossier::model::{
    AddressKind, ChildHearingOutcome, Conduct, DenialGround, Domain, GezagForm, InformationDuty, Instrument,
    MatterKind, MatterState, Measure, MeasureState, OmgangBasis, OmgangChildPlan, OmgangForm, OmgangPlan, Place,
    Request, RequestKind, RuleEffect,
};
use crate::drafting::decision::is_provisional;
use crate::shared::ids::{PartyId, PersonId};
use crate::shared::moment::{from_local, start_of_day};
use chrono::NaiveDate;

type B<'a> = Case<'a, OmgangPlan>;

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
        test: |case| when(case.plan.information.is_some() && !asked(case, &[RequestKind::Information])),
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

fn day(case: &B<'_>) -> NaiveDate {
    case.plan.order_date.unwrap_or(case.on)
}

fn children(case: &B<'_>, test: fn(&B<'_>, &OmgangChildPlan) -> bool) -> Vec<String> {
    case.plan
        .children
        .iter()
        .filter(|child| test(case, child))
        .map(|child| case.dossier.person_name(&child.child))
        .collect()
}

fn arranges_contact(case: &B<'_>) -> bool {
    case.plan.children.iter().any(|child| child.form.has_contact())
}

fn objected_at_hearing(case: &B<'_>, child: &OmgangChildPlan) -> bool {
    let person = case.dossier.find_person(&child.child);
    case.dossier.child_hearings.iter().any(|hearing| {
        hearing.child == child.child
            && matches!(hearing.outcome, ChildHearingOutcome::Heard | ChildHearingOutcome::Written)
            && hearing.objects_to_contact == Some(true)
            && hearing.held_on.is_some_and(|held| person.and_then(|person| person.is_at_least(12, held)) == Some(true))
    })
}

/// Whether the basis fits the gezag of the parent; `None` when the file does not say.
fn basis_fits(case: &B<'_>, child: &OmgangChildPlan) -> Option<bool> {
    let of = |holder: &PersonId| case.dossier.gezag_of(&PartyId::from(holder), &child.child, day(case));
    // Gezag that another parent holds alone, this one does not have.
    let alone = || case.dossier.parents_of(&child.child).any(|other| of(other) == Some(GezagForm::Sole));
    let form = of(&case.plan.parent).or_else(|| alone().then_some(GezagForm::None))?;
    Some(match case.plan.basis {
        OmgangBasis::Bw1253a => form.is_held(),
        OmgangBasis::Bw1377a => !form.is_held(),
    })
}

/// Measures that forbid and can be in force at or after the first contact with this child.
fn running_bans<'a>(case: &B<'a>, child: &OmgangChildPlan) -> impl Iterator<Item = &'a Measure> {
    let first = child
        .schedule
        .as_ref()
        .map(|schedule| from_local(schedule.first))
        .unwrap_or_else(|| start_of_day(child.starts_on.unwrap_or_else(|| day(case))));
    let parent = case.plan.parent.clone();
    case.dossier.measures.iter().filter(move |measure| {
        measure.restrained.contains(&parent)
            && measure.instrument != Instrument::Detentie
            && matches!(measure.state, MeasureState::InForce | MeasureState::NotYetEnforceable | MeasureState::Ended)
            && measure.effective_end().is_none_or(|end| end > first)
    })
}

/// Whether a rule of the ban forbids contact with this person, without an exception that fits.
fn forbids_contact(measure: &Measure, with: &PersonId, arranged_through: Option<&PartyId>) -> bool {
    measure.rules.iter().any(|rule| {
        let concerns = if rule.with.is_empty() { measure.protected.contains(with) } else { rule.with.contains(with) };
        let excepted = rule.exceptions.iter().any(|exception| {
            matches!(exception.allows, Conduct::Contact | Conduct::Handover)
                && (exception.with.is_empty() || exception.with.contains(with))
                && exception.through.as_ref().is_none_or(|through| arranged_through == Some(through))
        });
        rule.effect == RuleEffect::Forbids && rule.conduct == Conduct::Contact && concerns && !excepted
    })
}

fn contact_across_ban(case: &B<'_>, child: &OmgangChildPlan) -> bool {
    let supervisor = child.supervision.as_ref().map(|item| &item.by);
    child.form.has_contact()
        && running_bans(case, child).any(|measure| forbids_contact(measure, &child.child, supervisor))
}

fn handover_across_ban(case: &B<'_>, child: &OmgangChildPlan) -> bool {
    let in_person = matches!(child.form, OmgangForm::Unrestricted | OmgangForm::Conditions | OmgangForm::Supervised);
    let handover = child.handover.as_ref().or(child.schedule.as_ref().and_then(|item| item.handover.as_ref()));
    let apart = handover.is_some_and(|item| item.adults_meet == Some(false));
    in_person
        && !apart
        && case.dossier.parents_of(&child.child).filter(|parent| **parent != case.plan.parent).any(|other| {
            let via = handover.and_then(|item| item.via.as_ref());
            running_bans(case, child).any(|measure| forbids_contact(measure, other, via))
        })
}

fn blocking_conflict(case: &B<'_>) -> bool {
    case.conflicts.conflicts.iter().any(|conflict| {
        conflict.severity == Severity::Blocking
            && matches!(
                conflict.kind,
                ConflictKind::BanAgainstContact | ConflictKind::BanAgainstHandover | ConflictKind::BanAgainstPlace
            )
            && case.plan.children.iter().any(|child| conflict.persons.contains(&child.child))
            && !conflict.measures.iter().any(|id| replaced(case, id.as_str()))
    })
}

/// An arrangement that the plan replaces: the plan says per child what holds from now on.
fn replaced(case: &B<'_>, measure: &str) -> bool {
    case.dossier.measures.iter().any(|item| {
        item.id.as_str() == measure
            && matches!(item.instrument, Instrument::Omgangsregeling | Instrument::Zorgregeling)
            && item
                .protected
                .iter()
                .filter(|person| is_child(case, person))
                .all(|person| case.plan.children.iter().any(|child| child.child == *person))
    })
}

/// Children under an arrangement that the plan replaces, for whom it arranges nothing.
fn left_behind(case: &B<'_>) -> Vec<String> {
    let replaced = case.dossier.measures.iter().filter(|measure| case.plan.replaces.contains(&measure.id));
    let mut left: Vec<&PersonId> = replaced
        .flat_map(|measure| measure.protected.iter().chain(measure.rules.iter().flat_map(|rule| &rule.with)))
        .filter(|id| is_child(case, id) && case.plan.children.iter().all(|child| child.child != **id))
        .collect();
    left.sort();
    left.dedup();
    left.into_iter().map(|id| case.dossier.person_name(id)).collect()
}

fn replaces_provisional(case: &B<'_>) -> bool {
    let mut replaced = case.dossier.measures.iter().filter(|measure| case.plan.replaces.contains(&measure.id));
    replaced.any(|measure| is_provisional(case.dossier, measure))
}

/// Whether somebody asked for another arrangement in a matter of provisional measures that still runs.
fn amendment_asked(case: &B<'_>) -> bool {
    let runs = |request: &Request| {
        case.dossier.find_matter(&request.matter).is_some_and(|matter| {
            matter.kind == MatterKind::ProvisionalMeasures
                && matches!(matter.state, MatterState::Pending | MatterState::Heard)
        })
    };
    case.dossier
        .requests
        .iter()
        .any(|request| matches!(request.kind, RequestKind::Omgang | RequestKind::DenyOmgang) && runs(request))
}

fn requests<'a>(case: &B<'a>) -> impl Iterator<Item = &'a Request> {
    let matter = case.plan.matter.clone();
    case.dossier.requests.iter().filter(move |request| request.matter == matter)
}

fn asked(case: &B<'_>, kinds: &[RequestKind]) -> bool {
    requests(case).any(|request| kinds.contains(&request.kind))
}

fn mentions(case: &B<'_>, word: &str) -> bool {
    requests(case).any(|request| {
        [Some(&request.content), request.grounds.as_ref()]
            .into_iter()
            .flatten()
            .any(|text| text.to_lowercase().contains(word))
    })
}

fn is_child(case: &B<'_>, id: &PersonId) -> bool {
    case.dossier.children().any(|child| child.id == *id)
}

fn huisverbod_child_elsewhere(case: &B<'_>, child: &PersonId) -> bool {
    let home = |id: &PersonId| {
        case.dossier
            .find_person(id)
            .into_iter()
            .flat_map(|person| &person.addresses)
            .find(|address| address.kind == AddressKind::Home && address.until.is_none())
            .map(|address| address.line.clone())
    };
    let (Some(of_child), Some(of_parent)) = (home(child), home(&case.plan.parent)) else { return false };
    of_child != of_parent
        && case.dossier.measures.iter().any(|measure| {
            matches!(measure.instrument, Instrument::Huisverbod | Instrument::HuisverbodExtension)
                && measure.protected.contains(child)
        })
}

fn handover_place(child: &OmgangChildPlan) -> Option<&Place> {
    let own = child.handover.as_ref();
    own.or(child.schedule.as_ref().and_then(|item| item.handover.as_ref())).and_then(|item| item.place.as_ref())
}

fn is_secret(case: &B<'_>, place: &Place) -> bool {
    place.address.as_ref().is_some_and(|id| {
        case.dossier
            .persons
            .iter()
            .flat_map(|person| &person.addresses)
            .any(|address| address.id == *id && address.is_shielded())
    })
}

fn joint_talks(case: &B<'_>) -> bool {
    let mut texts = case.plan.children.iter().flat_map(|child| &child.conditions).map(|condition| &condition.text);
    case.plan.joint_talks_as_condition || texts.any(|text| common::asks_joint_talks(text))
}

fn supervisor_ready(child: &OmgangChildPlan) -> bool {
    child.supervision.as_ref().is_some_and(|item| {
        item.agreed == Some(true)
            && item.available_from.is_some_and(|from| child.starts_on.is_none_or(|start| from <= start))
    })
}

fn shielded_carer(case: &B<'_>) -> bool {
    let ids = case.plan.children.iter().map(|child| &child.child);
    let parents = ids.clone().flat_map(|child| case.dossier.parents_of(child));
    ids.chain(parents)
        .filter(|id| **id != case.plan.parent)
        .filter_map(|id| case.dossier.find_person(id))
        .any(|person| person.addresses.iter().any(|address| address.until.is_none() && address.is_shielded()))
}
