//! Drafts of a case: made from the stored version, kept with their account, and shown only to
//! a judge who sits in every legal domain that the draft is about.

use super::case_view::assess_on;
use super::error::WebError;
use super::reply::Reply;
use super::request::Request;
use crate::assessment::model::Receipt;
use crate::audit::View;
use crate::documents::model::{Block, DocumentModel, Inline};
use crate::documents::{docx, html, pdf};
use crate::dossier::model::{Domain, Dossier};
use crate::dossier::record::Access;
use crate::drafting::draft;
use crate::drafting::explain::Explanations;
use crate::drafting::model::{Draft, DraftKind};
use crate::drafting::review::model::ReviewState;
use crate::drafting::review::{Outlook, Paper, StepWish, Verified, may_change};
use crate::drafting::service::{DraftSummary, StoredDraft};
use crate::identity::Role;

/// Legal domains that a kind of draft is about in this dossier.
fn domains_of(dossier: &Dossier, kind: DraftKind) -> Vec<Domain> {
    match kind {
        DraftKind::Gezag | DraftKind::Omgang => vec![Domain::Family],
        DraftKind::Gedragsinterventie => {
            let plan = dossier.plans.gedragsinterventie.as_ref();
            let matter = plan.and_then(|plan| dossier.find_matter(&plan.matter));
            vec![matter.map_or(Domain::Criminal, |matter| matter.domain)]
        }
        DraftKind::Huisverbod => vec![Domain::Administrative, Domain::Family],
    }
}

fn may_see(access: &Access, domains: &[Domain]) -> bool {
    access.role != Role::Rechter || domains.iter().all(|domain| access.domains.contains(domain))
}

/// Whether someone may make and see drafts of a kind of this dossier.
#[must_use]
pub fn may_draft(access: &Access, dossier: &Dossier, kind: DraftKind) -> bool {
    may_see(access, &domains_of(dossier, kind))
}

/// Domains of a kept draft, from its account; a draft without them is about all.
fn kept_domains(draft: &StoredDraft) -> Vec<Domain> {
    draft
        .receipt
        .get("domains")
        .and_then(|domains| serde_json::from_value(domains.clone()).ok())
        .unwrap_or_else(|| vec![Domain::Criminal, Domain::Administrative, Domain::Family])
}

/// Account that is kept with a draft: what it was made of, and the domains of who may see it.
#[must_use]
pub fn account(dossier: &Dossier, kind: DraftKind, receipt: &Receipt) -> serde_json::Value {
    serde_json::json!({"receipt": receipt, "domains": domains_of(dossier, kind)})
}

/// Makes the drafts of one kind and keeps them.
///
/// # Errors
/// Not found when the case is not theirs, forbidden when they do not sit in the domain.
pub fn make(request: &Request, kind: DraftKind) -> Result<DraftSummary, WebError> {
    let (actor, id, on) = (request.actor()?, request.id_param("dossier")?, request.app.today());
    let stored = request.app.dossiers.get(actor, id, View::Draft)?;
    let domains = domains_of(&stored.dossier, kind);
    if !may_see(&stored.access, &domains) {
        return Err(WebError::Forbidden);
    }
    let assessment = assess_on(&stored.dossier, on)?;
    let conflicts = crate::conflicts::find(&stored.dossier, on);
    let set = draft(&stored.dossier, &assessment, &conflicts, kind, on)
        .map_err(|error| WebError::Internal(format!("draft: {error}")))?;
    let receipt = account(&stored.dossier, kind, &assessment.receipt);
    Ok(request.app.drafts.save(actor, id, stored.version.version, &set, receipt)?)
}

/// Kinds of draft that who asks may make and see in this case.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn kinds(request: &Request) -> Result<(Vec<DraftKind>, crate::dossier::record::StoredDossier), WebError> {
    let stored = request.app.dossiers.get(request.actor()?, request.id_param("dossier")?, View::Draft)?;
    let kinds = DraftKind::ALL.into_iter().filter(|kind| may_draft(&stored.access, &stored.dossier, *kind)).collect();
    Ok((kinds, stored))
}

/// A kept draft.
///
/// # Errors
/// Not found when it does not exist, or they do not sit in its domains.
pub fn get(request: &Request, view: View) -> Result<StoredDraft, WebError> {
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    let access = request.app.dossiers.access(actor, id)?;
    let draft = request.app.drafts.get(actor, id, request.id_param("concept")?, view)?;
    if may_see(&access, &kept_domains(&draft)) { Ok(draft) } else { Err(WebError::NotFound) }
}

/// A document of a kept draft by its name.
///
/// # Errors
/// Not found.
pub fn document<'a>(draft: &'a StoredDraft, name: &str) -> Result<&'a Draft, WebError> {
    draft.set.documents.iter().find(|document| document.name == name).ok_or(WebError::NotFound)
}

/// The document that the path names, as a file.
///
/// # Errors
/// Not found for another name or another kind of file.
pub fn download(request: &Request) -> Result<Reply, WebError> {
    let file = request.param("bestand")?;
    let (name, kind) = file.rsplit_once('.').ok_or(WebError::NotFound)?;
    let stored = get(request, View::Download)?;
    // Only what is sealed goes to the archive.
    let (name, archive) = name.strip_suffix("-archief").map_or((name, false), |name| (name, true));
    let (name, annex) = name.strip_suffix("-bijlage").map_or((name, false), |name| (name, true));
    document(&stored, name)?;
    let paper = current(request, name)?;
    if annex && (kind != "pdf" || archive || paper.state != ReviewState::Sealed) {
        return Err(WebError::NotFound);
    }
    if archive && (kind != "pdf" || paper.state != ReviewState::Sealed) {
        return Err(WebError::NotFound);
    }
    let left_out = if annex { Some(paper.annex.as_ref().ok_or(WebError::NotFound)?) } else { None };
    let model = left_out.unwrap_or(&paper.model);
    let broken = |error: crate::documents::DocumentError| WebError::Internal(format!("document: {error}"));
    let (media, bytes) = match kind {
        "pdf" if archive => ("application/pdf", pdf::render_for_archive(model).map_err(broken)?),
        "pdf" => ("application/pdf", pdf::render(model).map_err(broken)?),
        "docx" => (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            docx::render(model).map_err(broken)?,
        ),
        "html" => ("text/html; charset=utf-8", html::render(model).into_bytes()),
        _ => return Err(WebError::NotFound),
    };
    Ok(Reply::bytes(200, media, bytes).as_download(file))
}

/// A document of the draft in the path, by name, with its steps and the text as it now stands.
///
/// # Errors
/// Not found.
pub fn current(request: &Request, name: &str) -> Result<Paper, WebError> {
    let (actor, id, draft) = (request.actor()?, request.id_param("dossier")?, request.id_param("concept")?);
    Ok(request.app.drafts.paper(actor, id, draft, name)?)
}

/// The document that the path names, with its steps.
///
/// # Errors
/// Not found.
pub fn paper(request: &Request) -> Result<Paper, WebError> {
    current(request, request.param("naam")?)
}

/// A document of a draft that who asks may see, by name, with what holds back its approval.
///
/// # Errors
/// Not found.
pub fn outlook(request: &Request, stored: &StoredDraft, name: &str) -> Result<Outlook, WebError> {
    Ok(request.app.drafts.outlook(request.actor()?, request.id_param("dossier")?, stored, name)?)
}

/// Who will have which paper once a document of a draft is sealed.
///
/// # Errors
/// When storage fails, or a template is broken.
pub fn explanations_to_come(
    request: &Request,
    stored: &StoredDraft,
    paper: (&str, &Paper),
) -> Result<Explanations, WebError> {
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    Ok(request.app.drafts.explanations_to_come(actor, id, stored, paper)?)
}

/// Takes a step with the document that the path names.
///
/// # Errors
/// Conflict when someone else took a step, invalid when it cannot be taken.
pub fn take_step(request: &Request, wish: StepWish) -> Result<Paper, WebError> {
    let (actor, id, draft) = (request.actor()?, request.id_param("dossier")?, request.id_param("concept")?);
    Ok(request.app.drafts.step(actor, id, draft, request.param("naam")?, wish)?)
}

/// What a printed code leads to; anything that is no code leads to nothing.
///
/// # Errors
/// When storage fails.
pub fn verify(request: &Request, code: &str) -> Result<Option<Verified>, WebError> {
    let is_code = code.len() == 16 && code.chars().all(|sign| matches!(sign, '0'..='9' | 'a'..='f'));
    if is_code { Ok(request.app.drafts.verify_code(code)?) } else { Ok(None) }
}

/// Paragraphs of a document that may be changed, with their place among the blocks.
#[must_use]
pub fn paragraphs(model: &DocumentModel) -> Vec<(usize, String)> {
    model
        .blocks
        .iter()
        .enumerate()
        .filter(|(place, _)| may_change(model, *place))
        .filter_map(|(place, block)| match block {
            Block::Paragraph { number, content } => {
                let text: String = content.iter().map(Inline::text).collect();
                Some((place, number.as_ref().map_or_else(|| text.clone(), |number| format!("{number} {text}"))))
            }
            _ => None,
        })
        .collect()
}

/// Reference of the case in the path.
///
/// # Errors
/// When storage fails.
pub fn reference(request: &Request) -> Result<String, WebError> {
    Ok(request.app.dossiers.reference(request.actor()?, request.id_param("dossier")?)?)
}
