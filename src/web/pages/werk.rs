//! The work that waits in one's own cases: documents on their way to a seal, and what was handed in.

use super::frame::{Frame, page};
use crate::dossier::model::Label;
use crate::dossier::record::{SubmissionKind, WaitingSubmission};
use crate::drafting::review::Waiting;
use crate::drafting::review::model::ReviewState;
use crate::identity::Role;
use crate::shared::dutch::capital;
use crate::shared::moment::dutch_moment;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Documents on a page.
const DOCUMENTS: i64 = 25;
/// Things handed in on a page; what is taken into a dossier makes room.
const HANDED_IN: i64 = 50;

/// From where the list is shown.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct WorkQuery {
    /// Place after which the page begins.
    #[serde(default)]
    #[validate(length(max = 200, message = "Dit is geen plaats in de lijst."))]
    na: String,
}

#[derive(Serialize)]
struct WorkView {
    documents: Vec<DocumentLine>,
    next: Option<String>,
    later: bool,
    is_clerk: bool,
    submissions: Vec<SubmissionLine>,
    more_submissions: bool,
}

#[derive(Serialize)]
struct DocumentLine {
    case: String,
    reference: String,
    link: String,
    title: String,
    state: String,
    waits_for: String,
    since: String,
    by: String,
}

#[derive(Serialize)]
struct SubmissionLine {
    case: String,
    reference: String,
    kind: &'static str,
    by: String,
    at: String,
}

/// The list.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: WorkQuery = request.query()?;
    let (actor, app) = (request.actor()?, &request.app);
    let after = match query.na.as_str() {
        "" => None,
        place => Some(
            place
                .split_once('~')
                .ok_or_else(|| WebError::Malformed("De plaats in het adres klopt niet.".to_owned()))?,
        ),
    };
    let (documents, next) = app.drafts.waiting(actor, after, DOCUMENTS)?;
    let is_clerk = actor.role == Role::Griffier;
    let submissions = if is_clerk { app.dossiers.waiting_submissions(actor, HANDED_IN)? } else { Vec::new() };
    let content = WorkView {
        documents: documents.into_iter().map(document_line).collect(),
        next: next.map(|(draft, document)| format!("/werk?na={draft}~{document}")),
        later: after.is_some(),
        is_clerk,
        more_submissions: i64::try_from(submissions.len()) == Ok(HANDED_IN),
        submissions: submissions.into_iter().map(submission_line).collect(),
    };
    page(request, "werk", &Frame::new(request, "Werkvoorraad"), &content)
}

fn document_line(one: Waiting) -> DocumentLine {
    DocumentLine {
        waits_for: waits_for(&one),
        link: format!("/zaken/{}/concepten/{}/herziening/{}", one.dossier_id, one.draft_id, one.document),
        case: one.dossier_id,
        reference: one.reference,
        title: one.title,
        state: capital(one.state.label()),
        since: dutch_moment(&one.since),
        by: one.by,
    }
}

/// Who can take the next step.
fn waits_for(one: &Waiting) -> String {
    let told = match (one.state, &one.made_by_judge) {
        (ReviewState::Offered, _) if one.own => "een andere rechter, omdat u het maakte: goedkeuren of teruggeven",
        (ReviewState::Offered, Some(maker)) => {
            return format!("een andere rechter dan {maker}, die het maakte: goedkeuren of teruggeven");
        }
        (ReviewState::Offered, None) => "de rechter: goedkeuren of teruggeven",
        (ReviewState::Returned, _) => "de griffier: wijzigen en opnieuw aanbieden",
        (ReviewState::Approved, _) => "verzegelen",
        (ReviewState::Concept, _) => "aanbieden aan de rechter",
        (ReviewState::Sealed | ReviewState::Withdrawn, _) => "niemand",
    };
    told.to_owned()
}

fn submission_line(one: WaitingSubmission) -> SubmissionLine {
    SubmissionLine {
        case: one.dossier_id,
        reference: one.reference,
        kind: match one.kind {
            SubmissionKind::SafetyInfo => "Veiligheidsinformatie",
            SubmissionKind::Delivery => "Levering",
        },
        by: one.by,
        at: dutch_moment(&one.received_at),
    }
}
