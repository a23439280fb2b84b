//! The limits of law: each rule is silent on the demo plan (or says so there) and speaks on the
//! plan that breaks it, with its level and its source.

use super::drafts_with_demo_findings as drafts_of;
use crate::support::families::{self, demo, demo_with, instant};
use chrono::NaiveDate;
use combizitting::dossier::model::*;
use combizitting::drafting::model::{DraftKind, ProblemLevel};
use combizitting::shared::ids::{FactId, PartyId, PersonId};

use DraftKind::{Gedragsinterventie as C, Gezag as A, Huisverbod as D, Omgang as B};

type Change = fn(&mut Dossier);

fn gezag(d: &mut Dossier) -> &mut GezagPlan {
    d.plans.gezag.as_mut().unwrap()
}

fn omgang(d: &mut Dossier) -> &mut OmgangPlan {
    d.plans.omgang.as_mut().unwrap()
}

fn sem(d: &mut Dossier) -> &mut OmgangChildPlan {
    omgang(d).children.iter_mut().find(|child| child.child.as_str() == "sem").unwrap()
}

fn course(d: &mut Dossier) -> &mut InterventionPlan {
    d.plans.gedragsinterventie.as_mut().unwrap()
}

fn sentence(d: &mut Dossier) -> &mut InterventionPlan {
    let plan = course(d);
    plan.basis = InterventionBasis::Sr14c;
    plan.on_conviction = true;
    plan.duration_days = None;
    plan.sentence_days = Some(120);
    plan.conditional_days = Some(60);
    plan.proeftijd_months = Some(24);
    plan.course_weeks = Some(26);
    plan.immediately_enforceable = Some(true);
    plan.enforceability_facts = vec![FactId::from("ev-mishandeling-2023")];
    plan.earlier_order = None;
    plan
}

/// Conditions of this kind in plan C, changed.
fn conditions(d: &mut Dossier, kind: CriminalConditionKind, change: fn(&mut CriminalCondition)) {
    course(d).conditions.iter_mut().filter(|item| item.kind == kind).for_each(change);
}

fn earlier_order(d: &mut Dossier) -> &mut EarlierOrder {
    course(d).earlier_order.as_mut().unwrap()
}

/// A chain of this many orders that each extend the one before, the last of them in force.
fn extended(d: &mut Dossier, times: usize) {
    let first = d.measures.iter().find(|measure| measure.id.as_str() == "ban-509hh").unwrap().clone();
    for number in 1..=times {
        let before = if number == 1 { first.id.clone() } else { format!("ban-509hh-{}", number - 1).as_str().into() };
        let id = format!("ban-509hh-{number}").as_str().into();
        d.measures.push(Measure { id, extends: Some(before), ..first.clone() });
    }
    earlier_order(d).how = OrderChange::Extends;
    earlier_order(d).measure = format!("ban-509hh-{times}").as_str().into();
}

fn extension(d: &mut Dossier) -> &mut ExtensionPlan {
    d.plans.huisverbod.as_mut().unwrap().extension.as_mut().unwrap()
}

fn provisional(d: &mut Dossier) -> &mut ProvisionalPlan {
    d.plans.huisverbod.as_mut().unwrap().provisional.as_mut().unwrap()
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn item(kind: ProvisionalItemKind) -> ProvisionalItem {
    ProvisionalItem {
        kind,
        text: "een voorziening".to_owned(),
        children: Vec::new(),
        in_favour: None,
        from: None,
        refused: false,
    }
}

fn mother_loses_gezag(d: &mut Dossier) {
    for record in d.gezag.iter_mut().filter(|record| record.holder.as_str() == "moeder") {
        record.form = GezagForm::None;
    }
}

fn father_loses_gezag(d: &mut Dossier) {
    for record in d.gezag.iter_mut().filter(|record| record.holder.as_str() == "vader") {
        record.form = GezagForm::None;
    }
}

fn unmarried(d: &mut Dossier) {
    d.relations
        .retain(|relation| !matches!(relation.kind, RelationKind::Married | RelationKind::RegisteredPartnership));
}

fn born(d: &mut Dossier, id: &str, on: Option<NaiveDate>) {
    for person in d.persons.iter_mut().filter(|person| person.id.as_str() == id) {
        person.born = on;
        person.born_year = None;
    }
}

/// Rules that refuse: no document at all, whatever the reasons.
const IMPOSSIBLE: &[(DraftKind, &str, Change)] = &[
    (A, "gezag_1268_asked_by_parent", |d| {
        d.requests.iter_mut().filter(|r| r.id.as_str() == "r-schorsing").for_each(|r| r.by = PartyId::from("moeder"))
    }),
    (A, "gezag_1268_applicant", |d| {
        d.requests
            .iter_mut()
            .filter(|r| r.id.as_str() == "r-schorsing")
            .for_each(|r| r.by = PartyId::from("reclassering"))
    }),
    (A, "gezag_1253a_cannot_change", |d| gezag(d).basis = GezagBasis::Bw1253a),
    (A, "gezag_lapse_over_three_months", |d| gezag(d).lapse_date = day("2027-02-20")),
    (A, "gezag_gi_required", mother_loses_gezag),
    (A, "gezag_fixed_term_in_suspension", |d| gezag(d).fixed_end = day("2027-01-01")),
    (A, "gezag_child_not_minor", |d| born(d, "noor", day("2008-11-19"))),
    (A, "gezag_parent_without_gezag", father_loses_gezag),
    (B, "omgang_denial_without_ground", |d| omgang(d).children[0].grounds.clear()),
    (B, "omgang_ground_c_child", |d| d.child_hearings.clear()),
    (B, "omgang_ground_c_child", |d| born(d, "noor", day("2015-01-01"))),
    (B, "omgang_ban_not_temporary", |d| omgang(d).children[0].until = None),
    (B, "omgang_basis_and_gezag", |d| omgang(d).basis = OmgangBasis::Bw1377a),
    (B, "omgang_joint_talks_condition", |d| omgang(d).joint_talks_as_condition = true),
    (B, "omgang_joint_talks_condition", |d| sem(d).conditions[0].text = "De ouders volgen samen mediation.".to_owned()),
    (B, "omgang_borg_condition", |d| sem(d).conditions[0].text = "De vader rondt BORG af.".to_owned()),
    (B, "omgang_secret_place", |d| {
        sem(d).handover.as_mut().unwrap().place.as_mut().unwrap().address = Some("adr-verblijf-sem".into())
    }),
    (C, "intervention_38v_course", |d| {
        course(d).basis = InterventionBasis::Sr38v;
        course(d).on_conviction = true;
    }),
    (C, "intervention_509hh_only_guidance", |d| course(d).conditions[0].kind = CriminalConditionKind::Course),
    (C, "intervention_borg_outside_criminal", |d| {
        course(d).basis = InterventionBasis::FamilyCondition;
        course(d).programme = Some(Programme::Borg);
    }),
    (C, "intervention_family_criminal_conditions", |d| course(d).basis = InterventionBasis::FamilyCondition),
    (C, "intervention_14c_without_conviction", |d| sentence(d).on_conviction = false),
    (C, "intervention_14c_without_conditional_part", |d| sentence(d).conditional_days = None),
    (C, "intervention_38v_without_conviction", |d| course(d).basis = InterventionBasis::Sr38v),
    (C, "intervention_after_acquittal", |d| {
        d.matters.iter_mut().filter_map(|m| m.criminal.as_mut()).for_each(|c| c.phase = CriminalPhase::Acquitted)
    }),
    (C, "intervention_80_without_remand", |d| {
        course(d).basis = InterventionBasis::Sv80;
        d.matters.iter_mut().filter_map(|m| m.criminal.as_mut()).for_each(|c| c.phase = CriminalPhase::Summoned);
    }),
    (C, "intervention_38v_duration", |d| {
        course(d).basis = InterventionBasis::Sr38v;
        course(d).duration_months = Some(61);
    }),
    (C, "intervention_38w_custody", |d| {
        course(d).basis = InterventionBasis::Sr38v;
        course(d).custody_days_per_breach = Some(2);
    }),
    (C, "intervention_38w_custody", |d| {
        course(d).basis = InterventionBasis::Sr38v;
        course(d).custody_days_max = Some(181);
    }),
    (C, "intervention_509hh_duration", |d| course(d).duration_days = Some(91)),
    (C, "intervention_proeftijd_over_ten_years", |d| sentence(d).proeftijd_months = Some(121)),
    (C, "intervention_sentence_bounds", |d| {
        sentence(d).sentence_days = Some(800);
        course(d).conditional_days = Some(740);
    }),
    (C, "intervention_course_beyond_proeftijd", |d| sentence(d).course_weeks = Some(110)),
    (C, "intervention_reporting_elsewhere", |d| {
        conditions(d, CriminalConditionKind::Reporting, |item| {
            item.text = "Hij meldt zich bij de Reclassering.".to_owned()
        })
    }),
    (C, "intervention_reporting_elsewhere", |d| {
        course(d).basis = InterventionBasis::Sr38v;
        conditions(d, CriminalConditionKind::Reporting, |item| item.report_to = Some("de reclassering".to_owned()));
    }),
    (C, "intervention_509hh_extension_without_prosecution", |d| {
        earlier_order(d).how = OrderChange::Extends;
        d.matters.iter_mut().filter_map(|m| m.criminal.as_mut()).for_each(|c| c.phase = CriminalPhase::Suspicion);
    }),
    (C, "intervention_509hh_fourth_extension", |d| extended(d, 3)),
    (C, "intervention_not_the_accused", |d| course(d).person = PersonId::from("moeder")),
    (D, "huisverbod_on_minor", |d| born(d, "vader", day("2009-09-02"))),
    (D, "huisverbod_over_10_days", |d| {
        d.measures
            .iter_mut()
            .filter(|m| m.id.as_str() == "thv")
            .for_each(|m| m.ends = Some(instant("2026-12-09T21:35:00+01:00")))
    }),
    (D, "huisverbod_over_28_days", |d| extension(d).new_end = Some(instant("2026-12-08T21:36:00+01:00"))),
    (D, "huisverbod_extension_not_longer", |d| extension(d).new_end = Some(instant("2026-11-20T12:00:00+01:00"))),
    (D, "huisverbod_extension_signer", |d| extension(d).signed_by = Some(ExtensionSigner::Hulpofficier)),
    (D, "huisverbod_extension_after_expiry", |d| extension(d).decided_at = Some(instant("2026-11-20T21:35:00+01:00"))),
    (D, "provisional_applicant_not_spouse", unmarried),
    (D, "provisional_item_not_in_list", |d| provisional(d).items.push(item(ProvisionalItemKind::Other))),
    (D, "provisional_contact_ban", |d| provisional(d).items.push(item(ProvisionalItemKind::ContactBan))),
    (D, "provisional_lapses_without_divorce", |d| provisional(d).divorce_filed_on = day("2027-01-15")),
];

/// Rules that hold back finalising until filled in or resolved.
const OPEN: &[(DraftKind, &str, Change)] = &[
    (B, "omgang_refused_not_asked", |d| {
        d.requests.retain(|request| request.kind != RequestKind::Omgang);
        omgang(d).children.iter_mut().for_each(|child| child.form = OmgangForm::Refused);
    }),
    (A, "gezag_request_missing", |d| gezag(d).request = Some("onbekend".into())),
    (A, "gezag_interim_holder", |d| gezag(d).interim_holder = Some(PartyId::from("tante"))),
    (A, "gezag_ground_missing", |d| gezag(d).ground = None),
    (A, "gezag_both_limbs", |d| gezag(d).acute_facts.clear()),
    (A, "gezag_both_limbs", |d| gezag(d).suspicion_facts = vec![FactId::from("bestaat-niet")]),
    (A, "gezag_medical_facts", |d| {
        gezag(d).ground = Some(SuspensionGround::MedicalTreatment);
        gezag(d).acute_facts.clear();
    }),
    (A, "gezag_fixed_term_consequence", |d| {
        gezag(d).basis = GezagBasis::Bw1251a;
        gezag(d).fixed_end = day("2027-11-19");
    }),
    (A, "gezag_251a_before_divorce", |d| gezag(d).basis = GezagBasis::Bw1251a),
    (A, "child_call_unanswered", |d| {
        d.child_hearings.iter_mut().for_each(|hearing| hearing.outcome = ChildHearingOutcome::Invited)
    }),
    (B, "child_call_unanswered", |d| {
        d.child_hearings.iter_mut().for_each(|hearing| hearing.outcome = ChildHearingOutcome::Invited)
    }),
    (B, "omgang_suspension_without_ground", |d| {
        sem(d).form = OmgangForm::Suspended;
        sem(d).until = day("2027-05-19");
    }),
    (B, "omgang_conditions_missing", |d| {
        sem(d).form = OmgangForm::Conditions;
        sem(d).conditions.clear();
    }),
    (B, "omgang_replaced_leaves_child", |d| omgang(d).children.retain(|child| child.child.as_str() != "noor")),
    (B, "omgang_dwangsom_not_asked", |d| omgang(d).dwangsom_euro = Some(250)),
    (D, "huisverbod_extends_what_is_annulled", |d| {
        d.plans.huisverbod.as_mut().unwrap().review.as_mut().unwrap().outcome = Some(ReviewOutcome::Founded)
    }),
    (C, "intervention_condition_undetermined", |d| {
        course(d).basis = InterventionBasis::Sr14c;
        course(d).conditions.iter_mut().for_each(|item| item.report_at = None);
    }),
    (A, "gezag_child_age_unknown", |d| born(d, "liv", None)),
    (A, "gezag_register_missing", |d| d.gezag.iter_mut().for_each(|record| record.source = None)),
    (A, "gezag_basis_and_marriage", |d| gezag(d).basis = GezagBasis::Bw1253n),
    (B, "omgang_ground_without_facts", |d| omgang(d).children[0].ground_facts.clear()),
    (B, "omgang_gezag_unknown", |d| d.gezag.clear()),
    (B, "omgang_across_ban", |d| {
        sem(d).starts_on = day("2026-11-21");
        sem(d).schedule = None;
    }),
    (B, "omgang_handover_across_ban", |d| {
        sem(d).starts_on = day("2026-11-21");
        sem(d).schedule = None;
        sem(d).handover = None;
    }),
    (B, "omgang_supervisor", |d| sem(d).supervision.as_mut().unwrap().agreed = None),
    (B, "omgang_supervisor", |d| sem(d).supervision.as_mut().unwrap().available_from = day("2027-03-01")),
    (B, "omgang_condition_not_checkable", |d| sem(d).conditions[0].shown_by = None),
    (C, "intervention_enforceability_reasons", |d| sentence(d).enforceability_facts.clear()),
    (C, "intervention_reporting_open", |d| {
        conditions(d, CriminalConditionKind::Reporting, |item| item.report_at = None)
    }),
    (C, "intervention_area_undetermined", |d| conditions(d, CriminalConditionKind::AreaBan, |item| item.area = None)),
    (C, "intervention_area_undetermined", |d| {
        conditions(d, CriminalConditionKind::AreaBan, |item| {
            item.kind = CriminalConditionKind::LocationBan;
            item.area = None;
        })
    }),
    (C, "intervention_509hh_threshold", |d| course(d).suspicion_facts.clear()),
    (C, "intervention_509hh_threshold", |d| course(d).order_ground = None),
    (C, "intervention_509hh_threshold", |d| course(d).ground_facts.clear()),
    (C, "intervention_509hh_second_order", |d| course(d).earlier_order = None),
    (C, "intervention_509hh_change_beyond_term", |d| course(d).duration_days = Some(84)),
    (C, "intervention_509hh_change_without_reason", |d| earlier_order(d).new_facts.clear()),
    (C, "intervention_family_without_contact", |d| {
        course(d).basis = InterventionBasis::FamilyCondition;
        course(d).conditions.clear();
        omgang(d).children.iter_mut().for_each(|child| child.form = OmgangForm::Denied);
    }),
    (C, "intervention_supervision", |d| sentence(d).supervised_by = None),
    (C, "intervention_ban_against_omgang", |d| course(d).conditions[0].exception = None),
    (C, "intervention_guilt_words", |d| course(d).conditions[0].text = "De dader blijft weg.".to_owned()),
    (D, "huisverbod_unknown", |d| d.measures.retain(|m| m.id.as_str() != "thv")),
    (D, "huisverbod_age_unknown", |d| born(d, "vader", None)),
    (D, "huisverbod_extension_signer_missing", |d| extension(d).signed_by = None),
    (D, "huisverbod_danger_after_imposition", |d| {
        extension(d).danger_facts = vec![FactId::from("ev-mishandeling-2023")]
    }),
    (D, "huisverbod_protected_missing", |d| {
        d.measures.iter_mut().filter(|m| m.id.as_str() == "thv").for_each(|m| m.protected.clear())
    }),
    (D, "huisverbod_review_struck_unknown", |d| {
        d.plans.huisverbod.as_mut().unwrap().review.as_mut().unwrap().contact_struck_for = vec![PersonId::from("tante")]
    }),
    (D, "provisional_item_not_asked", |d| provisional(d).items.push(item(ProvisionalItemKind::Maintenance))),
    (D, "provisional_items_missing", |d| provisional(d).items.clear()),
];

/// Limits that a reasoned deviation turns into a warning.
const LIMITS: &[(DraftKind, &str, Change)] = &[
    (B, "omgang_information_not_asked", |_| {}),
    (A, "gezag_parent_without_facts", |d| gezag(d).parents = vec!["vader".into(), "moeder".into()]),
    (A, "gezag_223_during_divorce", |d| gezag(d).provisional_223 = true),
    (A, "gezag_medical_age", |d| gezag(d).ground = Some(SuspensionGround::MedicalTreatment)),
    (A, "gezag_parent_not_requested", |d| {
        let raad = d.requests.iter_mut().find(|request| request.id.as_str() == "r-schorsing").unwrap();
        raad.against = vec![PersonId::from("moeder")];
    }),
    (A, "gezag_fixed_term", |d| {
        gezag(d).basis = GezagBasis::Bw1251a;
        gezag(d).fixed_end = day("2027-11-19");
        gezag(d).end_consequence = Some("Het gezamenlijk gezag herleeft.".to_owned());
    }),
    (A, "gezag_sole_applicant", |d| gezag(d).basis = GezagBasis::Bw1251a),
    (A, "child_not_heard", |d| d.child_hearings.clear()),
    (B, "omgang_information_reveals_address", |d| omgang(d).information = Some(InformationDuty::Direct)),
    (B, "child_not_heard", |d| d.child_hearings.retain(|hearing| hearing.matter.as_str() != "m-zorg")),
    (C, "intervention_proeftijd_over_three_years", |d| sentence(d).proeftijd_months = Some(60)),
    (C, "intervention_advice", |d| {
        sentence(d).advice = None;
        d.matters.iter_mut().filter_map(|m| m.criminal.as_mut()).for_each(|c| c.reclassering_advice = None);
    }),
    (C, "intervention_borg_indication", |d| {
        sentence(d).programme = Some(Programme::Borg);
        d.matters
            .iter_mut()
            .filter_map(|m| m.criminal.as_mut())
            .for_each(|c| c.reclassering_risk = Some(RiskClass::High));
    }),
    (D, "huisverbod_protected_elsewhere", |d| {
        d.persons
            .iter_mut()
            .filter(|p| p.id.as_str() == "liv")
            .flat_map(|p| &mut p.addresses)
            .for_each(|a| a.line = "Elders 1".to_owned())
    }),
    (D, "huisverbod_facts_outside_annex", |d| d.events.iter_mut().for_each(|e| e.besluit_annex = None)),
    (D, "huisverbod_veilig_thuis", |d| {
        extension(d).veilig_thuis_consulted_on = None;
        d.events[0].kind = EventKind::ChildAbuse;
    }),
    (D, "huisverbod_not_heard", |d| extension(d).heard_on = None),
    (D, "huisverbod_review_child_not_heard", |d| d.child_hearings.clear()),
    (D, "provisional_child_not_heard", |d| d.child_hearings.clear()),
];

/// What asks for attention or is worth knowing.
const TOLD: &[(DraftKind, &str, ProblemLevel, Change)] = &[
    (C, "intervention_change_protects_less", ProblemLevel::Warns, |d| {
        course(d).conditions.retain(|item| item.kind != CriminalConditionKind::AreaBan)
    }),
    (A, "gezag_own_words_differ", ProblemLevel::Warns, |d| gezag(d).refused = true),
    (D, "huisverbod_extension_beside_ruling", ProblemLevel::Warns, |d| {
        let review = d.plans.huisverbod.as_mut().unwrap().review.as_mut().unwrap();
        review.outcome = Some(ReviewOutcome::PartlyFounded);
        review.contact_struck_for = vec![PersonId::from("liv")];
    }),
    (B, "omgang_refused_evaluated", ProblemLevel::Warns, |d| sem(d).form = OmgangForm::Refused),
    (B, "omgang_indirect_with_visit", ProblemLevel::Warns, |d| sem(d).form = OmgangForm::Indirect),
    (B, "omgang_ground_only_claimed", ProblemLevel::Warns, |d| {
        omgang(d).children[0].ground_facts = vec![FactId::from("ev-verwurging")]
    }),
    (B, "omgang_own_words_differ", ProblemLevel::Warns, |d| {
        omgang(d).children.iter_mut().for_each(|child| child.form = OmgangForm::Refused)
    }),
    (B, "omgang_ground_beside_contact", ProblemLevel::Warns, |d| sem(d).grounds = vec![DenialGround::SeriousHarm]),
    (B, "omgang_replaces_provisional", ProblemLevel::Warns, |_| {}),
    (D, "huisverbod_annulled_unprotected", ProblemLevel::Warns, |d| {
        d.plans.huisverbod.as_mut().unwrap().review.as_mut().unwrap().outcome = Some(ReviewOutcome::Founded)
    }),
    (B, "omgang_refusal_without_ground", ProblemLevel::Warns, |d| sem(d).form = OmgangForm::Refused),
    (A, "gezag_lapse_before_three_months", ProblemLevel::Warns, |d| gezag(d).lapse_date = day("2027-02-18")),
    (A, "gezag_223_contested", ProblemLevel::Warns, |d| gezag(d).provisional_223 = true),
    (A, "gezag_ask_ending_in_time", ProblemLevel::Notes, |_| {}),
    (B, "omgang_vague_arrangement", ProblemLevel::Warns, |d| {
        sem(d).conditions[0].text = "Tijden in onderling overleg.".to_owned()
    }),
    (B, "omgang_huisverbod_child_elsewhere", ProblemLevel::Warns, |d| {
        d.persons
            .iter_mut()
            .filter(|p| p.id.as_str() == "sem")
            .flat_map(|p| &mut p.addresses)
            .for_each(|a| a.line = "Elders 1".to_owned())
    }),
    (B, "omgang_denial_review_after_year", ProblemLevel::Notes, |_| {}),
    (C, "intervention_509hh_restart", ProblemLevel::Warns, |d| {
        earlier_order(d).how = OrderChange::Replaces;
        course(d).duration_days = Some(90);
    }),
    (C, "intervention_enforceability_elsewhere", ProblemLevel::Warns, |d| {
        course(d).immediately_enforceable = Some(true)
    }),
    (C, "intervention_verdict_before_hearing", ProblemLevel::Warns, |d| course(d).basis = InterventionBasis::Sr38v),
    (C, "intervention_not_joined", ProblemLevel::Warns, |_| {}),
    (D, "huisverbod_extension_loco", ProblemLevel::Notes, |d| {
        extension(d).signed_by = Some(ExtensionSigner::LocoBurgemeester)
    }),
    (D, "huisverbod_protected_home_unknown", ProblemLevel::Warns, |d| {
        d.persons.iter_mut().filter(|p| p.id.as_str() == "liv").for_each(|p| p.addresses.clear())
    }),
    (D, "provisional_hearing_late", ProblemLevel::Warns, |d| {
        provisional(d).hearing_at = Some(instant("2026-12-14T10:00:00+01:00"))
    }),
    (D, "provisional_order_before_hearing", ProblemLevel::Blocks, |d| {
        provisional(d).order_date = "2026-12-09".parse().ok()
    }),
    (A, "gezag_ground_not_pleaded", ProblemLevel::Warns, |d| {
        gezag(d).ground = Some(SuspensionGround::MedicalTreatment)
    }),
    (D, "provisional_lapse_timer", ProblemLevel::Notes, |d| {
        provisional(d).divorce_filed_on = None;
        d.matters.retain(|matter| matter.kind != MatterKind::Divorce);
    }),
    (D, "bridge_home_after_huisverbod", ProblemLevel::Warns, |_| {}),
    (D, "bridge_gap", ProblemLevel::Warns, |_| {}),
];

#[test]
fn what_the_law_allows_in_a_gedragsaanwijzing_is_not_held_back() {
    for change in [
        |d: &mut Dossier| extended(d, 2),
        |d: &mut Dossier| {
            // The earlier order has run out: a new one need not say what it does with it.
            course(d).earlier_order = None;
            d.measures.iter_mut().filter(|m| m.id.as_str() == "ban-509hh").for_each(|m| {
                m.ends = Some(instant("2026-11-18T17:00:00+01:00"));
            });
        },
        |d: &mut Dossier| {
            // Bans alone: no help, no provider, nobody to report to.
            course(d).programme = None;
            course(d).provider = None;
            let bans = [CriminalConditionKind::ContactBan, CriminalConditionKind::AreaBan];
            course(d).conditions.retain(|item| bans.contains(&item.kind));
        },
    ] {
        let mut dossier = demo();
        change(&mut dossier);
        let found = codes(&dossier, C);
        let fresh: Vec<&String> = found.iter().filter(|code| !codes(&demo(), C).contains(code)).collect();
        assert!(fresh.is_empty(), "{fresh:?}");
    }
}

#[test]
fn only_documents_that_rest_under_a_fact_and_were_not_joined_are_named() {
    let told = |dossier: &Dossier| {
        let set = drafts_of(dossier, C);
        set.problems
            .into_iter()
            .find(|problem| problem.code == "intervention_not_joined")
            .map(|problem| problem.message)
    };
    let message = told(&demo()).unwrap();
    assert!(message.contains("\"Brief van de huisarts\""), "{message}");
    assert!(!message.contains("Proces-verbaal") && !message.contains("mediation"), "{message}");
    let joined = demo_with(|d| {
        for restriction in d.documents.iter_mut().filter_map(|document| document.restriction.as_mut()) {
            let (to, by) = (Domain::Criminal, PartyId::from("om"));
            let on = day("2026-11-16").unwrap();
            restriction.releases.push(Release { to, on, by, basis: "gevoegd in het strafdossier".to_owned() });
        }
    });
    assert_eq!(told(&joined), None);
}

fn codes(dossier: &Dossier, kind: DraftKind) -> Vec<String> {
    drafts_of(dossier, kind).problems.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn what_cannot_be_in_law_is_refused_with_the_rule_and_without_documents() {
    let base: Vec<(DraftKind, Vec<String>)> =
        DraftKind::ALL.iter().map(|kind| (*kind, codes(&demo(), *kind))).collect();
    for (kind, code, change) in IMPOSSIBLE {
        let before = &base.iter().find(|(of, _)| of == kind).unwrap().1;
        assert!(!before.iter().any(|found| found == code), "{code} spreekt al op het goede plan");
        let mut dossier = demo();
        change(&mut dossier);
        let set = drafts_of(&dossier, *kind);
        let problem = set.problems.iter().find(|problem| problem.code == *code);
        let problem = problem.unwrap_or_else(|| panic!("{code} zwijgt: {:?}", set.problems));
        assert_eq!(problem.level, ProblemLevel::Blocks, "{code}");
        assert!(problem.impossible && set.is_refused() && set.documents.is_empty(), "{code}");
        assert!(problem.source.contains("kan niet worden afgeweken"), "{code}: {}", problem.source);
    }
}

#[test]
fn what_is_missing_or_clashes_holds_back_finalising_but_still_gives_a_draft() {
    let base: Vec<(DraftKind, Vec<String>)> =
        DraftKind::ALL.iter().map(|kind| (*kind, codes(&demo(), *kind))).collect();
    for (kind, code, change) in OPEN {
        let before = &base.iter().find(|(of, _)| of == kind).unwrap().1;
        assert!(!before.iter().any(|found| found == code), "{code} spreekt al op het goede plan");
        let mut dossier = demo();
        change(&mut dossier);
        let set = drafts_of(&dossier, *kind);
        let problem = set.problems.iter().find(|problem| problem.code == *code);
        let problem = problem.unwrap_or_else(|| panic!("{code} zwijgt: {:?}", set.problems));
        assert_eq!((problem.level, problem.impossible), (ProblemLevel::Blocks, false), "{code}");
    }
}

#[test]
fn a_limit_blocks_without_reasons_and_warns_with_them() {
    for (kind, code, change) in LIMITS {
        let mut dossier = demo();
        change(&mut dossier);
        let set = drafts_of(&dossier, *kind);
        let problem = set.problems.iter().find(|problem| problem.code == *code);
        let problem = problem.unwrap_or_else(|| panic!("{code} zwijgt: {:?}", set.problems));
        assert_eq!(problem.level, ProblemLevel::Blocks, "{code}");
        assert!(problem.source.contains("afwijken kan met een motivering"), "{code}");
        let reasons = vec![Deviation {
            rule: (*code).to_owned(),
            reason: "In dit geval weegt de veiligheid van de kinderen zwaarder.".to_owned(),
            by: "de rechter".to_owned(),
            from_file: false,
        }];
        match kind {
            A => gezag(&mut dossier).deviations = reasons,
            B => omgang(&mut dossier).deviations = reasons,
            C => course(&mut dossier).deviations = reasons,
            D => dossier.plans.huisverbod.as_mut().unwrap().deviations = reasons,
        }
        let set = drafts_of(&dossier, *kind);
        let problem = set.problems.iter().find(|problem| problem.code == *code).unwrap();
        assert_eq!(problem.level, ProblemLevel::Warns, "{code}");
        assert!(problem.message.contains("Gemotiveerd afgeweken door de rechter"), "{code}");
    }
}

#[test]
fn a_reason_does_not_help_where_the_law_leaves_no_room() {
    let dossier = demo_with(|d| {
        extension(d).new_end = Some(instant("2026-12-09T21:35:00+01:00"));
        d.plans.huisverbod.as_mut().unwrap().deviations.push(Deviation {
            rule: "huisverbod_over_28_days".to_owned(),
            reason: "De hulp is dan pas begonnen en dat is beter.".to_owned(),
            by: "de burgemeester".to_owned(),
            from_file: false,
        });
    });
    let set = drafts_of(&dossier, D);
    assert!(set.is_refused());
    assert!(set.problems[0].message.contains("Een motivering helpt hier niet"));
}

#[test]
fn what_asks_for_attention_is_told_at_its_level() {
    for (kind, code, level, change) in TOLD {
        let mut dossier = demo();
        change(&mut dossier);
        let set = drafts_of(&dossier, *kind);
        let problem = set.problems.iter().find(|problem| problem.code == *code);
        let problem = problem.unwrap_or_else(|| panic!("{code} zwijgt: {:?}", set.problems));
        assert_eq!(problem.level, *level, "{code}");
    }
}

#[test]
fn the_known_unlawful_families_are_refused() {
    for (kind, dossier, code) in [
        (A, families::suspension_asked_by_a_parent(), "gezag_1268_asked_by_parent"),
        (A, families::suspension_on_253a(), "gezag_1253a_cannot_change"),
        (B, families::denial_without_ground(), "omgang_denial_without_ground"),
        (C, families::course_in_38v(), "intervention_38v_course"),
        (D, families::huisverbod_of_29_days(), "huisverbod_over_28_days"),
        (D, families::huisverbod_on_a_minor(), "huisverbod_on_minor"),
    ] {
        let set = drafts_of(&dossier, kind);
        assert!(
            set.is_refused() && set.problems.iter().any(|problem| problem.code == code && problem.impossible),
            "{code}"
        );
    }
}

#[test]
fn a_parent_who_asks_suspension_hears_what_can_be_asked_instead() {
    let set = drafts_of(&families::suspension_asked_by_a_parent(), A);
    let problem = set.problems.iter().find(|problem| problem.code == "gezag_1268_asked_by_parent").unwrap();
    assert!(problem.message.contains("1:251a BW"), "{}", problem.message);
    assert!(problem.message.contains("art. 822 Rv"), "{}", problem.message);
}

#[test]
fn the_demo_plan_itself_is_lawful() {
    for kind in DraftKind::ALL {
        let set = drafts_of(&demo(), kind);
        assert!(!set.is_refused(), "{kind:?}: {:?}", set.problems);
    }
}

#[test]
fn a_parent_who_is_also_recorded_as_carer_still_cannot_ask_for_suspension() {
    let recorded = demo_with(|d| {
        *d = families::suspension_asked_by_a_parent();
        for child in ["noor", "sem", "liv"] {
            d.relations.push(Relation {
                kind: RelationKind::CarerOf,
                from: PersonId::from("moeder"),
                to: PersonId::from(child),
                since: day("2015-01-01"),
                until: None,
                source: None,
            });
        }
    });
    let codes: Vec<String> = drafts_of(&recorded, A).problems.into_iter().map(|problem| problem.code).collect();
    assert!(codes.iter().any(|code| code == "gezag_1268_asked_by_parent"), "{codes:?}");
    assert!(!codes.iter().any(|code| code == "gezag_carer_after_raad"), "{codes:?}");
}

#[test]
fn a_young_child_does_not_need_the_extra_condition_of_the_medical_ground() {
    let dossier = demo_with(|d| {
        let plan = gezag(d);
        plan.ground = Some(SuspensionGround::MedicalTreatment);
        plan.children = vec![PersonId::from("liv")];
    });
    assert!(!codes(&dossier, A).contains(&"gezag_medical_age".to_owned()));
}

#[test]
fn gezag_that_one_parent_holds_alone_the_other_does_not_have() {
    let dossier = demo_with(|d| {
        omgang(d).basis = OmgangBasis::Bw1377a;
        d.gezag.retain(|record| record.holder.as_str() == "moeder");
        d.gezag.iter_mut().for_each(|record| record.form = GezagForm::Sole);
    });
    let found = codes(&dossier, B);
    assert!(!found.iter().any(|code| code == "omgang_gezag_unknown" || code == "omgang_basis_and_gezag"), "{found:?}");
}
