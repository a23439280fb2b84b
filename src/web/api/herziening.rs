//! The review life of a document of a draft, and what a printed code leads to.

use crate::audit::View;
use crate::drafting::review::model::{ReviewState, StepKind};
use crate::drafting::review::{Paper, Said, StepLine, StepWish, TextChange, Verified};
use crate::shared::moment::Instant;
use crate::web::drafts;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A step to take.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct StepRequest {
    /// Number of the last step you saw; 0 when there was none.
    #[validate(range(min = 0))]
    pub na_stap: i64,
    /// The step.
    pub stap: StepKind,
    /// Why; needed to return, correct and withdraw.
    #[serde(default)]
    #[validate(length(max = 4000))]
    pub reden: String,
    /// New texts of paragraphs; only when changing or correcting.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub wijzigingen: Vec<TextChange>,
    /// The name of a place that belongs to a shielded address may stand in the text; `reden` says why.
    #[serde(default)]
    pub plaats_bedoeld: bool,
    /// When sealing: the annex with notes and questions stays with the decision.
    #[serde(default)]
    pub bijlage_behouden: bool,
}

/// A document with its life so far.
#[derive(Serialize, JsonSchema)]
pub struct PaperView {
    /// Title.
    pub titel: String,
    /// Where it stands.
    pub stand: ReviewState,
    /// Number of the last step.
    pub laatste_stap: i64,
    /// Version of the text.
    pub tekstversie: i64,
    /// SHA-256 of the text.
    pub hash: String,
    /// Code printed on it.
    pub controlecode: String,
    /// Paragraphs that can be changed, each with its place.
    pub alineas: Vec<ParagraphView>,
    /// Steps in order.
    pub stappen: Vec<StepView>,
}

/// A paragraph.
#[derive(Serialize, JsonSchema)]
pub struct ParagraphView {
    /// Place among the blocks.
    pub blok: usize,
    /// Text, with its number when it has one.
    pub tekst: String,
}

/// A step that was taken.
#[derive(Serialize, JsonSchema)]
pub struct StepView {
    /// Place among the steps.
    pub nummer: i64,
    /// Step.
    pub stap: StepKind,
    /// Version of the text after it.
    pub tekstversie: i64,
    /// Reason.
    pub reden: String,
    /// When.
    pub op: Instant,
    /// Name of who took it.
    pub door: String,
    /// SHA-256 of the text after it.
    pub hash: String,
    /// SHA-256 of the sealed PDF.
    pub pdf_hash: Option<String>,
}

/// What a printed code leads to.
#[derive(Serialize, JsonSchema)]
pub struct CodeView {
    /// Title of the document.
    pub titel: String,
    /// Where the document stands now.
    pub stand: ReviewState,
    /// Version of the text with this code.
    pub tekstversie: i64,
    /// Whether this is the text that now holds.
    pub geldende_tekst: bool,
    /// When it was sealed.
    pub verzegeld_op: Option<Instant>,
    /// SHA-256 of the text.
    pub hash: String,
    /// SHA-256 of the sealed PDF.
    pub pdf_hash: Option<String>,
    /// Version of the dossier it rests on.
    pub dossier_versie: i64,
    /// Hashes of dossier and frameworks, reference date.
    pub verantwoording: serde_json::Value,
}

impl From<StepLine> for StepView {
    fn from(step: StepLine) -> Self {
        Self {
            nummer: step.number,
            stap: step.step,
            tekstversie: step.text_version,
            reden: step.reason,
            op: step.at,
            door: step.by,
            hash: step.hash,
            pdf_hash: step.file_hash,
        }
    }
}

impl From<Paper> for PaperView {
    fn from(paper: Paper) -> Self {
        Self {
            titel: paper.model.meta.title.clone(),
            stand: paper.state,
            laatste_stap: paper.number,
            tekstversie: paper.text_version,
            hash: paper.hash,
            controlecode: paper.model.meta.control_code.clone(),
            alineas: drafts::paragraphs(&paper.model)
                .into_iter()
                .map(|(blok, tekst)| ParagraphView { blok, tekst })
                .collect(),
            stappen: paper.steps.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Verified> for CodeView {
    fn from(found: Verified) -> Self {
        Self {
            titel: found.title,
            stand: found.state,
            tekstversie: found.text_version,
            geldende_tekst: found.current,
            verzegeld_op: found.sealed_at,
            hash: found.hash,
            pdf_hash: found.file_hash,
            dossier_versie: found.dossier_version,
            verantwoording: found.receipt,
        }
    }
}

/// A document with its steps.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    drafts::get(request, View::Draft)?;
    Reply::json(200, &PaperView::from(drafts::paper(request)?))
}

/// Takes a step.
pub fn step(request: &Request) -> Result<Reply, WebError> {
    // Visibility first, so that a bad body does not tell that the draft exists.
    drafts::get(request, View::Draft)?;
    let given: StepRequest = request.json()?;
    let wish = StepWish {
        after: given.na_stap,
        step: given.stap,
        reason: given.reden,
        changes: given.wijzigingen,
        said: Said { place_meant: given.plaats_bedoeld, annex_kept: given.bijlage_behouden },
    };
    Reply::json(200, &PaperView::from(drafts::take_step(request, wish)?))
}

/// What a printed code leads to.
pub fn verify(request: &Request) -> Result<Reply, WebError> {
    let found = drafts::verify(request, request.param("code")?)?.ok_or(WebError::NotFound)?;
    Reply::json(200, &CodeView::from(found))
}
