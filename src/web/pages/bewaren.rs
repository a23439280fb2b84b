//! Which cases may be destroyed and why, and destroying one in two steps, for the administrator; the overseer sees it.
//! Nothing of the content of a case stands here.

use super::account::told_at;
use super::frame::{Frame, page_with_status};
use crate::db::instant_of;
use crate::identity::Role;
use crate::retention::{DueCase, Proposal, RetentionError, Rule};
use crate::shared::moment::{dutch_date, dutch_moment, local_date};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// What was just done.
#[derive(Debug, Default, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct RetentionQuery {
    /// "voorgesteld", "ingetrokken" or "vernietigd".
    #[serde(default)]
    #[validate(length(max = 12))]
    gedaan: String,
}

#[derive(Serialize)]
struct RetentionView {
    may_act: bool,
    on: String,
    due: Vec<DueLine>,
    open: Vec<ProposalLine>,
    past: Vec<ProposalLine>,
    case_error: Option<String>,
    reason: String,
    reason_error: Option<String>,
    confirm_error: Option<String>,
}

#[derive(Serialize)]
struct DueLine {
    id: String,
    reference: String,
    rule: &'static str,
    years: u32,
    since: String,
    due_on: String,
    source: String,
    verified: bool,
    holds: Vec<&'static str>,
    chosen: bool,
}

#[derive(Serialize)]
struct ProposalLine {
    id: String,
    reference: String,
    rule: &'static str,
    reason: String,
    proposed: String,
    package: Option<String>,
    own: bool,
    end: String,
}

/// The page.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: RetentionQuery = request.query()?;
    let message = match query.gedaan.as_str() {
        "voorgesteld" => Some("Het voorstel is vastgelegd. Een andere beheerder bevestigt het."),
        "ingetrokken" => Some("Het voorstel is ingetrokken."),
        "vernietigd" => Some("De zaak is vernietigd. In het logboek staat wie dat bevestigde."),
        _ => None,
    };
    retention_page(request, 200, message, &Form::default(), &[])
}

fn retention_page(
    request: &Request,
    status: u16,
    message: Option<&str>,
    form: &Form,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let (actor, retention) = (request.actor()?, &request.app.retention);
    // The real day, also in a demonstration with a fixed one: nothing may be destroyed before it.
    let on = local_date(&instant_of(request.app.db.now()));
    let proposals = retention.proposals(actor)?;
    let is_open = |one: &Proposal| one.withdrawn_at.is_none() && one.destroyed_at.is_none();
    let (open, past): (Vec<Proposal>, Vec<Proposal>) = proposals.into_iter().partition(is_open);
    let waits = |case: &DueCase| open.iter().any(|one| one.dossier == case.id);
    let due = retention.due(actor, on)?.into_iter().filter(|case| !waits(case));
    let content = RetentionView {
        may_act: actor.role == Role::Beheerder,
        on: dutch_date(on),
        due: due.map(|case| due_line(case, form.text("zaak"))).collect(),
        open: open.iter().map(|one| proposal_line(one, &actor.user_id)).collect(),
        past: past.iter().map(|one| proposal_line(one, &actor.user_id)).collect(),
        case_error: told_at(problems, "/zaak"),
        reason: form.text("grondslag").to_owned(),
        reason_error: told_at(problems, "/grondslag"),
        confirm_error: told_at(problems, "/voorstel"),
    };
    let mut frame = Frame::new(request, "Bewaartermijnen").with_message(message);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "bewaartermijnen", &frame, &content)
}

fn due_line(case: DueCase, chosen: &str) -> DueLine {
    let (standing, source) = (&case.standing, case.standing.rule.source());
    DueLine {
        chosen: case.id == chosen,
        rule: standing.rule.title,
        years: standing.rule.years,
        since: dutch_date(standing.since),
        due_on: standing.due_on.map(dutch_date).unwrap_or_default(),
        source: source.reference,
        verified: source.verified,
        holds: standing.holds.clone(),
        id: case.id,
        reference: case.reference,
    }
}

fn proposal_line(one: &Proposal, user: &str) -> ProposalLine {
    let confirmer = one.confirmer.as_deref().unwrap_or_default();
    let end = match (&one.destroyed_at, &one.withdrawn_at) {
        (Some(at), _) => format!("vernietigd {}, bevestigd door {confirmer}", dutch_moment(at)),
        (None, Some(at)) => format!("ingetrokken {}", dutch_moment(at)),
        (None, None) => String::new(),
    };
    ProposalLine {
        id: one.id.clone(),
        reference: one.reference.clone(),
        rule: Rule::named(&one.rule).map_or("", |rule| rule.title),
        reason: one.reason.clone(),
        proposed: format!("{}, door {}", dutch_moment(&one.proposed_at), one.proposer),
        package: one.package.clone(),
        own: one.proposed_by == user,
        end,
    }
}

/// Proposes, withdraws or confirms; says on the page why not.
pub fn act(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let (actor, retention, proposal) = (request.actor()?, &request.app.retention, form.text("voorstel"));
    let (field, outcome) = match form.text("actie") {
        "voorstellen" if form.text("zaak").is_empty() => {
            let told = InputProblem::field("zaak", "required", "Kies de zaak.");
            return retention_page(request, 422, None, &form, &[told]);
        }
        "voorstellen" => {
            let made = retention.propose(actor, form.text("zaak"), form.text("grondslag"));
            ("grondslag", made.map(|_| "voorgesteld"))
        }
        "intrekken" => ("voorstel", retention.withdraw(actor, proposal).map(|()| "ingetrokken")),
        "bevestigen" => ("voorstel", retention.confirm(actor, proposal).map(|()| "vernietigd")),
        _ => return Err(WebError::NotFound),
    };
    let told = match outcome {
        Ok(done) => return Ok(Reply::redirect(format!("/bewaartermijnen?gedaan={done}"))),
        Err(error @ (RetentionError::NotDue(_) | RetentionError::Invalid(_))) => error.to_string(),
        Err(error) => return Err(error.into()),
    };
    retention_page(request, 422, None, &form, &[InputProblem::field(field, "refused", told)])
}
