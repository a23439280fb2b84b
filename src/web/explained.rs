//! Explanations of sealed decisions in plain language: all of them for the court, and for an
//! advocate the one for their client, without a way to the drafts.

use super::drafts;
use super::error::WebError;
use super::reply::Reply;
use super::request::Request;
use crate::audit::View;
use crate::documents::model::DocumentModel;
use crate::documents::{DocumentError, docx, html, pdf};
use crate::drafting::explain::{Explained, Explanation};

/// The explanations of the document that the path names, for a judge in its domains or the clerk.
///
/// # Errors
/// Not found, also when the document is not sealed, or was withdrawn.
pub fn of_document(request: &Request) -> Result<Explained, WebError> {
    drafts::get(request, View::Draft)?;
    find(request, request.param("naam")?)
}

/// What an advocate may have: the explanations for their client, newest decision first.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn of_client(request: &Request) -> Result<Vec<Explained>, WebError> {
    Ok(request.app.drafts.explanations(request.actor()?, request.id_param("dossier")?, None)?)
}

fn find(request: &Request, document: &str) -> Result<Explained, WebError> {
    let (actor, id, draft) = (request.actor()?, request.id_param("dossier")?, request.id_param("concept")?);
    let found = request.app.drafts.explanations(actor, id, Some(draft))?;
    found.into_iter().find(|one| one.sealed.document == document).ok_or(WebError::NotFound)
}

/// Name under which the decision itself stands beside its explanations.
pub const DECISION: &str = "beslissing";

/// The decision itself, for who may read it whole; the look is logged.
///
/// # Errors
/// Not found, also for who may have only an explanation.
pub fn decision(request: &Request, explained: &Explained) -> Result<DocumentModel, WebError> {
    let model = explained.decision().ok_or(WebError::NotFound)?;
    log(request, explained, View::Decision)?;
    Ok(model.clone())
}

/// One paper of a document by its name; the look is logged.
///
/// # Errors
/// Not found.
pub fn paper(request: &Request, explained: &Explained, name: &str) -> Result<Explanation, WebError> {
    let paper = explained.found.papers.iter().find(|paper| paper.name == name).ok_or(WebError::NotFound)?;
    log(request, explained, View::Explanation)?;
    Ok(paper.clone())
}

fn log(request: &Request, explained: &Explained, view: View) -> Result<(), WebError> {
    Ok(request.app.drafts.log_explanation(request.actor()?, request.id_param("dossier")?, explained, view)?)
}

/// The paper that the path names for the court, as a file.
///
/// # Errors
/// Not found for another name or another kind of file.
pub fn download(request: &Request) -> Result<Reply, WebError> {
    let explained = of_document(request)?;
    file(request, &explained)
}

/// The paper that the path names for an advocate, as a file.
///
/// # Errors
/// Not found for another name, another reader or another kind of file.
pub fn client_download(request: &Request) -> Result<Reply, WebError> {
    let explained = find(request, request.param("naam")?)?;
    file(request, &explained)
}

/// The document with its papers, for who reads one of them on screen as an advocate.
///
/// # Errors
/// Not found.
pub fn of_client_document(request: &Request) -> Result<Explained, WebError> {
    find(request, request.param("naam")?)
}

fn file(request: &Request, explained: &Explained) -> Result<Reply, WebError> {
    let (name, kind) = request.param("bestand")?.rsplit_once('.').ok_or(WebError::NotFound)?;
    if !["pdf", "docx", "html"].contains(&kind) {
        return Err(WebError::NotFound);
    }
    let document = &explained.sealed.document;
    let (model, file) = match name {
        DECISION => (decision(request, explained)?, format!("{document}.{kind}")),
        _ => (paper(request, explained, name)?.model, format!("uitleg-{document}-{name}.{kind}")),
    };
    let (media, bytes) = rendered(&model, kind)?;
    Ok(Reply::bytes(200, media, bytes).as_download(&file))
}

fn rendered(model: &DocumentModel, kind: &str) -> Result<(&'static str, Vec<u8>), WebError> {
    let broken = |error: DocumentError| WebError::Internal(format!("document: {error}"));
    Ok(match kind {
        "pdf" => ("application/pdf", pdf::render(model).map_err(broken)?),
        "docx" => (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            docx::render(model).map_err(broken)?,
        ),
        _ => ("text/html; charset=utf-8", html::render(model).into_bytes()),
    })
}
