//! The fictional demo family, and variants of it that the law refuses or that tools must spot.

use chrono::{DateTime, FixedOffset, NaiveDate};
use combizitting::dossier::model::{
    CriminalCondition, CriminalConditionKind, Dossier, GezagBasis, InterventionBasis, OmgangForm, RequestKind,
};
use combizitting::shared::ids::{PartyId, PersonId, RequestId};
use combizitting::shared::moment::Instant;

/// The demo dossier file, as the ordinary intake receives it.
pub const DEMO_FILE: &[u8] = include_bytes!("../../templates/demo/gezin.json");

/// Texts in the demo family that must never reach the father.
pub const SECRETS_FROM_FATHER: [&str; 9] = [
    "Zilverreigerpad",
    "Reigersverborgen",
    "9998 QX",
    "Boomvalksingel",
    "Valkenstilte",
    "Roerdompkade",
    "IJsvogelgaarde",
    "luidspreker aan",
    "Kraanvogelhof",
];

/// Criminal material that was never released to another domain.
pub const CRIMINAL_NOT_RELEASED: &str = "kwartelhok";

/// Statement of the suspect made without the caution; must stay out of the criminal matter.
pub const WITHOUT_CAUTION: &str = "een tel of drie";

/// The demo family.
pub fn demo() -> Dossier {
    serde_json::from_slice(DEMO_FILE).expect("the demo family is a dossier file")
}

/// The demo family after a change.
pub fn demo_with(change: impl FnOnce(&mut Dossier)) -> Dossier {
    let mut dossier = demo();
    change(&mut dossier);
    dossier
}

/// Day on which the demo family is looked at.
pub fn demo_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 17).expect("a calendar day")
}

/// An instant from RFC 3339.
pub fn instant(text: &str) -> Instant {
    DateTime::<FixedOffset>::parse_from_rfc3339(text).expect("an RFC 3339 instant")
}

/// 1:268 BW asked by a parent, who has no power to ask it.
pub fn suspension_asked_by_a_parent() -> Dossier {
    demo_with(|d| {
        for request in d.requests.iter_mut().filter(|r| r.kind == RequestKind::SuspendGezag) {
            request.by = PartyId::from("moeder");
        }
    })
}

/// An extension to the 29th day after the imposition.
pub fn huisverbod_of_29_days() -> Dossier {
    demo_with(|d| {
        if let Some(extension) = d.plans.huisverbod.as_mut().and_then(|p| p.extension.as_mut()) {
            extension.new_end = Some(instant("2026-12-09T21:35:00+01:00"));
        }
    })
}

/// A 38v order that contains a course.
pub fn course_in_38v() -> Dossier {
    demo_with(|d| {
        if let Some(plan) = d.plans.gedragsinterventie.as_mut() {
            plan.basis = InterventionBasis::Sr38v;
            plan.on_conviction = true;
            plan.duration_days = None;
            plan.duration_months = Some(24);
            plan.custody_days_per_breach = Some(7);
            plan.custody_days_max = Some(180);
            plan.conditions.push(CriminalCondition {
                kind: CriminalConditionKind::Course,
                text: "De verdachte volgt een gedragstraining.".to_owned(),
                protects: Vec::new(),
                exception: None,
                area: None,
                report_to: None,
                report_at: None,
            });
        }
    })
}

/// A denial of contact without any of the four grounds.
pub fn denial_without_ground() -> Dossier {
    demo_with(|d| {
        if let Some(plan) = d.plans.omgang.as_mut() {
            for child in &mut plan.children {
                child.form = OmgangForm::Denied;
                child.grounds.clear();
                child.ground_facts.clear();
            }
        }
    })
}

/// A huisverbod imposed on someone of seventeen.
pub fn huisverbod_on_a_minor() -> Dossier {
    demo_with(|d| {
        for person in d.persons.iter_mut().filter(|p| p.id == PersonId::from("vader")) {
            person.born = NaiveDate::from_ymd_opt(2009, 9, 2);
        }
    })
}

/// Suspension of gezag built on 1:253a BW, which cannot carry it.
pub fn suspension_on_253a() -> Dossier {
    demo_with(|d| {
        if let Some(plan) = d.plans.gezag.as_mut() {
            plan.basis = GezagBasis::Bw1253a;
            plan.request = Some(RequestId::from("r-eenhoofdig"));
        }
    })
}
