//! An edited Word file laid beside the text that holds. Nothing is changed here: a difference that
//! is taken over is sent as a change with a step of the review life.

use crate::audit::View;
use crate::documents::compare::{Piece, PieceKind};
use crate::drafting::review::model::StepKind;
use crate::drafting::review::{Proposal, Returned, TextChange};
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use crate::web::{drafts, readback};
use schemars::JsonSchema;
use serde::Serialize;

/// An edited file beside the text that holds.
#[derive(Serialize, JsonSchema)]
pub struct ReturnedView {
    /// Title of the document.
    pub titel: String,
    /// Version of the text that holds.
    pub tekstversie: i64,
    /// Version of the text that the file was made of.
    pub tekstversie_bestand: i64,
    /// Number of the last step; send it along as `na_stap`.
    pub laatste_stap: i64,
    /// SHA-256 of the text that holds.
    pub hash: String,
    /// Step with which changes can be taken over now; none when the text is frozen.
    pub stap: Option<StepKind>,
    /// What there is to know of the file.
    pub meldingen: Vec<String>,
    /// Differences, in order.
    pub verschillen: Vec<DifferenceView>,
}

/// One difference.
#[derive(Serialize, JsonSchema)]
pub struct DifferenceView {
    /// "gewijzigd", "toegevoegd", "weggehaald" or "verplaatst".
    pub soort: &'static str,
    /// Block of the document it is about, or after which it was added.
    pub blok: Option<usize>,
    /// Where, in words.
    pub plaats: String,
    /// Heading above it.
    pub onder: String,
    /// What stood.
    pub stond: String,
    /// What stands in the file.
    pub staat: String,
    /// The two as one row of words.
    pub woorden: Vec<PieceView>,
    /// The change that takes it over; send it along in `wijzigingen` of the step.
    pub wijziging: Option<TextChange>,
    /// Why it cannot be taken over, when it cannot.
    pub niet_over_te_nemen: Option<String>,
}

/// Words with the same lot.
#[derive(Serialize, JsonSchema)]
pub struct PieceView {
    /// "gebleven", "weg" or "erbij".
    pub lot: &'static str,
    /// The words.
    pub tekst: String,
}

impl From<Piece> for PieceView {
    fn from(piece: Piece) -> Self {
        let lot = match piece.kind {
            PieceKind::Kept => "gebleven",
            PieceKind::TakenAway => "weg",
            PieceKind::PutIn => "erbij",
        };
        Self { lot, tekst: piece.text }
    }
}

impl From<Proposal> for DifferenceView {
    fn from(proposal: Proposal) -> Self {
        let difference = proposal.difference;
        let block = difference.held.as_ref().or(difference.after.as_ref()).and_then(|held| held.block);
        let (wijziging, niet_over_te_nemen) = match proposal.change {
            Ok(change) => (Some(change), None),
            Err(reason) => (None, Some(reason)),
        };
        Self {
            soort: readback::word_for(difference.change),
            blok: block,
            plaats: proposal.place,
            onder: proposal.section,
            stond: difference.old,
            staat: difference.new,
            woorden: proposal.pieces.into_iter().map(Into::into).collect(),
            wijziging,
            niet_over_te_nemen,
        }
    }
}

impl From<Returned> for ReturnedView {
    fn from(returned: Returned) -> Self {
        Self {
            meldingen: readback::notices(&returned),
            titel: returned.paper.model.meta.title,
            tekstversie: returned.paper.text_version,
            tekstversie_bestand: returned.file_version,
            laatste_stap: returned.paper.number,
            hash: returned.paper.hash,
            stap: returned.step,
            verschillen: returned.proposals.into_iter().map(Into::into).collect(),
        }
    }
}

/// Reads the file in the body and gives what differs.
pub fn compare(request: &Request) -> Result<Reply, WebError> {
    // Visibility first, so that a bad body does not tell that the draft exists.
    drafts::get(request, View::Draft)?;
    if request.content_type.split(';').next().unwrap_or_default().trim() != readback::WORD {
        return Err(WebError::UnsupportedMedia { accepts: "Word-bestand (.docx)" });
    }
    Reply::json(200, &ReturnedView::from(readback::from_file(request, &request.body)?))
}
