//! What a judge can decide, from light to heavy, each with the findings that speak for it and against it, and the way
//! to its draft. The order is that of the law; nothing is weighed or advised here.

use super::frame::page;
use super::zaak::case_frame;
use crate::assessment::model::{Assessment, Direction, EffectKind, Finding, Outcome};
use crate::audit::View;
use crate::dossier::model::{Dossier, Label};
use crate::drafting::model::DraftKind;
use crate::shared::dutch::list;
use crate::shared::moment::dutch_date;
use crate::web::case_view::CaseView;
use crate::web::drafts::may_draft;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use crate::web::views::findings;
use serde::Serialize;

/// An option: what findings say of it, and the draft in which it is worked out.
struct Rung {
    kind: EffectKind,
    title: &'static str,
    draft: Option<DraftKind>,
    /// It is what the effect is not: what speaks against the one speaks for the other.
    is_opposite: bool,
}

const fn rung(kind: EffectKind, title: &'static str, draft: Option<DraftKind>) -> Rung {
    Rung { kind, title, draft, is_opposite: false }
}

const fn opposite(kind: EffectKind, title: &'static str, draft: Option<DraftKind>) -> Rung {
    Rung { kind, title, draft, is_opposite: true }
}

/// Groups of options, each from light to heavy.
const LADDERS: [(&str, &str, &[Rung]); 4] = [
    (
        "omgang",
        "Omgang",
        &[
            rung(EffectKind::JointTalks, "Bemiddeling of gezamenlijke gesprekken", None),
            opposite(EffectKind::OmgangDenial, "Omgang zonder voorwaarden", Some(DraftKind::Omgang)),
            rung(EffectKind::OmgangConditions, "Omgang met voorwaarden of begeleiding", Some(DraftKind::Omgang)),
            rung(EffectKind::OmgangDenial, "Omgang afwijzen, schorsen of ontzeggen", Some(DraftKind::Omgang)),
        ],
    ),
    (
        "gezag",
        "Gezag",
        &[rung(EffectKind::Gezag, "Het gezag schorsen, beëindigen of anders verdelen", Some(DraftKind::Gezag))],
    ),
    (
        "bescherming",
        "Bescherming en gedrag",
        &[
            rung(EffectKind::Gedragsinterventie, "Training of behandeling", Some(DraftKind::Gedragsinterventie)),
            rung(EffectKind::Contactverbod, "Contact- of gebiedsverbod", Some(DraftKind::Gedragsinterventie)),
            rung(EffectKind::Huisverbod, "Huisverbod, of de verlenging daarvan", Some(DraftKind::Huisverbod)),
        ],
    ),
    ("eerst", "Voordat wordt beslist", &[rung(EffectKind::Investigation, "Nader onderzoek", None)]),
];

#[derive(Serialize)]
struct OptionsView {
    case_id: String,
    day: String,
    ladders: Vec<LadderView>,
}

#[derive(Serialize)]
struct LadderView {
    key: &'static str,
    title: &'static str,
    options: Vec<OptionView>,
}

#[derive(Serialize)]
struct OptionView {
    title: &'static str,
    supports: Vec<LineView>,
    against: Vec<LineView>,
    first: Vec<LineView>,
    /// What is still to be judged or asked: it speaks for nothing yet.
    open: Vec<LineView>,
    count_for: usize,
    count_against: usize,
    count_first: usize,
    count_open: usize,
    /// Whether something was recorded in that draft's plan already.
    has_plan: bool,
    /// The other options that are worked out in the same form.
    shared_with: String,
    /// Whether any finding speaks of it.
    spoken_of: bool,
    /// Draft in which it is worked out, for who may make it.
    draft: Option<&'static str>,
}

#[derive(Serialize)]
struct LineView {
    anchor: String,
    question: String,
    about: String,
    outcome: &'static str,
    force: &'static str,
}

/// The options.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Findings)?;
    let (dossier, assessment) = (&view.projection.dossier, view.assessment()?);
    let option = |rung: &Rung| {
        let lines = |direction, answered| lines(dossier, &assessment, rung.kind, direction, answered);
        let every = [Direction::Supports, Direction::ContraIndicates, Direction::Requires];
        let (mut supports, mut against) = (lines(Direction::Supports, true), lines(Direction::ContraIndicates, true));
        if rung.is_opposite {
            std::mem::swap(&mut supports, &mut against);
        }
        let first = if rung.is_opposite { Vec::new() } else { lines(Direction::Requires, true) };
        let open: Vec<LineView> = every.into_iter().flat_map(|direction| lines(direction, false)).collect();
        OptionView {
            title: rung.title,
            spoken_of: !(supports.is_empty() && against.is_empty() && first.is_empty() && open.is_empty()),
            count_for: supports.len(),
            count_against: against.len(),
            count_first: first.len(),
            count_open: open.len(),
            supports,
            against,
            first,
            open,
            shared_with: shared_with(rung),
            has_plan: rung.draft.is_some_and(|draft| has_plan(dossier, draft)),
            draft: rung.draft.filter(|draft| may_draft(&view.access, dossier, *draft)).map(DraftKind::as_str),
        }
    };
    let ladder = |(key, title, rungs): &(&'static str, &'static str, &[Rung])| LadderView {
        key,
        title,
        options: rungs.iter().map(option).collect(),
    };
    let content = OptionsView {
        case_id: view.version.dossier_id.clone(),
        day: dutch_date(view.on),
        ladders: LADDERS.iter().map(ladder).collect(),
    };
    page(request, "mogelijkheden", &case_frame(request, &view, "Mogelijkheden"), &content)
}

/// The titles of the other options with the same draft: one form is for all of them, and asks which.
fn shared_with(rung: &Rung) -> String {
    let all = LADDERS.iter().flat_map(|(_, _, rungs)| rungs.iter());
    let others = all.filter(|other| rung.draft.is_some() && other.draft == rung.draft && other.title != rung.title);
    list(&others.map(|other| format!("“{}”", other.title)).collect::<Vec<_>>())
}

fn has_plan(dossier: &Dossier, kind: DraftKind) -> bool {
    let plans = &dossier.plans;
    match kind {
        DraftKind::Gezag => plans.gezag.is_some(),
        DraftKind::Omgang => plans.omgang.is_some(),
        DraftKind::Gedragsinterventie => plans.gedragsinterventie.is_some(),
        DraftKind::Huisverbod => plans.huisverbod.is_some(),
    }
}

/// Findings from which something follows for an option, in one direction: those that are answered, or those on which a
/// judgement or facts are still needed.
fn lines(
    dossier: &Dossier,
    assessment: &Assessment,
    kind: EffectKind,
    direction: Direction,
    answered: bool,
) -> Vec<LineView> {
    let line = |finding: &Finding| {
        if matches!(finding.outcome, Outcome::Met | Outcome::NotMet) != answered {
            return None;
        }
        let effect = finding.effects.iter().find(|effect| effect.kind == kind && effect.direction == direction)?;
        let shown = findings::one(dossier, finding);
        Some(LineView {
            anchor: shown.anchor,
            question: shown.question,
            about: shown.about,
            outcome: shown.outcome,
            force: effect.force.label(),
        })
    };
    assessment.findings.iter().filter_map(line).collect()
}
