//! Explanations of a sealed decision on screen: the list for the court, and a paper to read.

use super::frame::{Frame, page};
use crate::documents::html;
use crate::drafting::explain::{Explained, Explanation, for_whom, reading_level};
use crate::web::drafts;
use crate::web::error::WebError;
use crate::web::explained;
use crate::web::reply::Reply;
use crate::web::request::Request;
use serde::Serialize;

#[derive(Serialize)]
struct ListView {
    back: String,
    title: String,
    version: i64,
    code: String,
    papers: Vec<PaperLine>,
    has_child: bool,
    held_back: Vec<HeldLine>,
}

#[derive(Serialize)]
struct PaperLine {
    reader: String,
    /// Whether the reader has the decision itself too.
    whole: bool,
    for_child: bool,
    level: String,
    href: String,
}

#[derive(Serialize)]
struct HeldLine {
    reader: String,
    reason: String,
}

/// The papers of a sealed document, and who has none and why.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let explained = explained::of_document(request)?;
    let (id, sealed) = (request.id_param("dossier")?, &explained.sealed);
    let base = format!("/zaken/{id}/concepten/{}", sealed.draft);
    let line = |paper: &Explanation| PaperLine {
        reader: for_whom(paper),
        whole: paper.whole,
        for_child: paper.for_child,
        level: reading_level(&paper.too_hard),
        href: format!("{base}/uitleg/{}/{}", sealed.document, paper.name),
    };
    let content = ListView {
        back: format!("{base}/herziening/{}", sealed.document),
        title: sealed.model.meta.title.clone(),
        version: sealed.version,
        code: sealed.model.meta.control_code.clone(),
        papers: explained.found.papers.iter().map(line).collect(),
        has_child: explained.found.papers.iter().any(|paper| paper.for_child),
        held_back: explained
            .found
            .held_back
            .iter()
            .map(|held| HeldLine { reader: held.reader.clone(), reason: held.reason.clone() })
            .collect(),
    };
    let frame = Frame::new(request, "In gewone taal").about_case(request, id, &drafts::reference(request)?);
    page(request, "uitleg", &frame, &content)
}

#[derive(Serialize)]
struct ReadView {
    back: String,
    back_text: &'static str,
    download: String,
    for_child: bool,
    level: Option<String>,
    fragment: String,
}

/// A paper on screen, or as a file when the name has an extension; for the court.
pub fn read(request: &Request) -> Result<Reply, WebError> {
    if request.param("bestand")?.contains('.') {
        return explained::download(request);
    }
    let explained = explained::of_document(request)?;
    let base = format!("/zaken/{}/concepten/{}/uitleg", request.id_param("dossier")?, explained.sealed.draft);
    let back = format!("{base}/{}", explained.sealed.document);
    screen(request, &explained, back, "Terug naar de lijst", true)
}

/// As `read`, for an advocate: only the paper of their client.
pub fn read_own(request: &Request) -> Result<Reply, WebError> {
    if request.param("bestand")?.contains('.') {
        return explained::client_download(request);
    }
    let explained = explained::of_client_document(request)?;
    if request.param("bestand")? == explained::DECISION {
        return decision(request, &explained);
    }
    screen(request, &explained, format!("/zaken/{}", request.id_param("dossier")?), "Terug naar de zaak", false)
}

/// The decision itself, as it was sealed.
fn decision(request: &Request, explained: &Explained) -> Result<Reply, WebError> {
    let model = explained::decision(request, explained)?;
    let id = request.id_param("dossier")?;
    let (draft, document) = (&explained.sealed.draft, &explained.sealed.document);
    let content = ReadView {
        download: format!("/zaken/{id}/uitleg/{draft}/{document}/{}", explained::DECISION),
        back: format!("/zaken/{id}"),
        back_text: "Terug naar de zaak",
        for_child: false,
        level: None,
        fragment: html::render_fragment(&model),
    };
    let frame = Frame::new(request, "Beslissing").about_case(request, id, &drafts::reference(request)?);
    page(request, "uitleg-lezen", &frame, &content)
}

fn screen(
    request: &Request,
    explained: &Explained,
    back: String,
    back_text: &'static str,
    is_court: bool,
) -> Result<Reply, WebError> {
    let paper = explained::paper(request, explained, request.param("bestand")?)?;
    let id = request.id_param("dossier")?;
    let place = if is_court { "concepten/" } else { "uitleg/" };
    let middle = if is_court { "/uitleg" } else { "" };
    let content = ReadView {
        download: format!(
            "/zaken/{id}/{place}{}{middle}/{}/{}",
            explained.sealed.draft, explained.sealed.document, paper.name
        ),
        back,
        back_text,
        for_child: paper.for_child,
        level: is_court.then(|| reading_level(&paper.too_hard)),
        fragment: html::render_fragment(&paper.model),
    };
    let title = format!("Uitleg voor {}", paper.reader);
    let frame = Frame::new(request, &title).about_case(request, id, &drafts::reference(request)?);
    page(request, "uitleg-lezen", &frame, &content)
}

/// A decision with a paper for an advocate's client, in a list on the page of the case.
#[derive(Serialize)]
pub struct OwnLine {
    title: String,
    version: i64,
    /// The decision itself, when it is for the client.
    decision: Option<String>,
    explanation: String,
}

/// The decisions and papers for an advocate's client.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn own_lines(request: &Request) -> Result<Vec<OwnLine>, WebError> {
    let id = request.id_param("dossier")?;
    let lines = explained::of_client(request)?.into_iter().flat_map(|one| {
        let base = format!("/zaken/{id}/uitleg/{}/{}", one.sealed.draft, one.sealed.document);
        let (title, version) = (one.sealed.model.meta.title.clone(), one.sealed.version);
        one.found.papers.into_iter().map(move |paper| OwnLine {
            title: title.clone(),
            version,
            decision: paper.whole.then(|| format!("{base}/{}", explained::DECISION)),
            explanation: format!("{base}/{}", paper.name),
        })
    });
    Ok(lines.collect())
}
