//! Explanations of sealed decisions in plain language.

use crate::drafting::explain::{Explained, reading_level};
use crate::web::error::WebError;
use crate::web::explained;
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::Serialize;

/// Explanations of one or more sealed documents.
#[derive(Serialize, JsonSchema)]
pub struct ExplanationList {
    /// One for each sealed document.
    pub beslissingen: Vec<ExplainedView>,
}

/// The explanations of one sealed document.
#[derive(Serialize, JsonSchema)]
pub struct ExplainedView {
    /// Draft that it belongs to.
    pub concept: String,
    /// Name of the document.
    pub document: String,
    /// Title of the decision.
    pub titel: String,
    /// Number of the sealed version.
    pub versie: i64,
    /// Control code of the decision.
    pub controlecode: String,
    /// The decision itself as files; empty when it is not for this reader.
    pub beslissing: Vec<String>,
    /// Papers.
    pub uitleg: Vec<ExplanationView>,
    /// Who has no paper, and why; only for the court.
    pub niet_gemaakt: Vec<HeldBackView>,
}

/// One paper.
#[derive(Serialize, JsonSchema)]
pub struct ExplanationView {
    /// For whom.
    pub voor: String,
    /// Whether that is a child of twelve or older. The judge decides whether a child's paper is handed over.
    pub kind: bool,
    /// Whether this reader may read the decision itself as well.
    pub leest_beslissing: bool,
    /// Whether its words meet the reading level, and if not, why; says nothing about a person.
    pub leesniveau: String,
    /// Files that can be fetched.
    pub bestanden: Vec<String>,
}

/// Someone without a paper.
#[derive(Serialize, JsonSchema)]
pub struct HeldBackView {
    /// Who.
    pub wie: String,
    /// Why.
    pub reden: String,
}

fn view(explained: Explained, base: &str) -> ExplainedView {
    let files = |name: &str| ["pdf", "docx", "html"].map(|kind| format!("{base}/{name}.{kind}")).to_vec();
    let beslissing = explained.decision().map(|_| files(explained::DECISION)).unwrap_or_default();
    let papers = explained.found.papers.into_iter().map(|paper| ExplanationView {
        bestanden: files(&paper.name),
        leest_beslissing: paper.whole,
        leesniveau: reading_level(&paper.too_hard),
        voor: paper.reader,
        kind: paper.for_child,
    });
    let held = explained.found.held_back.into_iter().map(|held| HeldBackView { wie: held.reader, reden: held.reason });
    ExplainedView {
        beslissing,
        uitleg: papers.collect(),
        niet_gemaakt: held.collect(),
        concept: explained.sealed.draft,
        document: explained.sealed.document,
        titel: explained.sealed.model.meta.title,
        versie: explained.sealed.version,
        controlecode: explained.sealed.model.meta.control_code,
    }
}

/// The explanations of a sealed document, for the court.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let explained = explained::of_document(request)?;
    let base = format!(
        "/v1/dossiers/{}/concepten/{}/uitleg/{}",
        request.id_param("dossier")?,
        explained.sealed.draft,
        explained.sealed.document
    );
    Reply::json(200, &view(explained, &base))
}

/// The explanations for an advocate's client.
pub fn own(request: &Request) -> Result<Reply, WebError> {
    let id = request.id_param("dossier")?;
    let beslissingen = explained::of_client(request)?
        .into_iter()
        .map(|one| {
            let base = format!("/v1/dossiers/{id}/uitleg/{}/{}", one.sealed.draft, one.sealed.document);
            view(one, &base)
        })
        .collect();
    Reply::json(200, &ExplanationList { beslissingen })
}

/// A paper as a file, for the court.
pub fn download(request: &Request) -> Result<Reply, WebError> {
    explained::download(request)
}

/// A paper as a file, for an advocate.
pub fn own_download(request: &Request) -> Result<Reply, WebError> {
    explained::client_download(request)
}
