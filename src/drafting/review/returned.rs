//! An edited Word file that comes back: of which version it was made, and what differs from the
//! text that now holds. Nothing is written here; a difference that is taken over is an ordinary
//! change of the text (`Drafts::step`).

use super::hidden;
use super::model::StepKind;
use super::overtaken::overtaken;
use super::proposals::{Proposal, proposals};
use super::service::{Paper, first_text, load};
use super::store::{self, StepRow};
use crate::db::AnyConn;
use crate::documents::compare::{self, Packed};
use crate::documents::docx::read::{MOST_LINES, ReadBack, ReadLine, Seen};
use crate::documents::model::DocumentModel;
use crate::dossier::DossierError;
use crate::dossier::model::secrets::{SECRET_IN_TEXT, Secrets};
use crate::dossier::rights::get_court_access;
use crate::drafting::service::{Drafts, find};
use crate::identity::Actor;
use serde::{Deserialize, Serialize};

const NO_CODE: &str = "In de voettekst van dit bestand staat geen controlecode. Daardoor is niet te zien bij welk \
     document het hoort. Haal het Word-bestand hier opnieuw op en bewerk dat.";
const FOREIGN: &str = "Dit bestand hoort niet bij dit document: de controlecode in de voettekst is van een ander document. \
     Kies het bestand dat u bij dit document hebt opgehaald.";

/// An edited file beside the text that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The document with the text that holds.
    pub paper: Paper,
    /// Version of the text that the file was made of.
    pub file_version: i64,
    /// The step with which changes can be taken over now; none when the text is frozen or withdrawn.
    pub step: Option<StepKind>,
    /// Differences, in order.
    pub proposals: Vec<Proposal>,
    /// What else was in the file.
    pub seen: Seen,
    /// What was read, to come back with the choices.
    pub packed: PackedFile,
    /// What someone else did after the step that was named; none when nobody did.
    pub overtaken: Option<String>,
}

/// What was read from a file, in short, to travel with a form. It is never trusted: it can say no
/// more than a file can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackedFile {
    /// Version of the text beside which it was packed.
    pub beside: i64,
    /// Version of the text that the file was made of.
    pub of: i64,
    /// Lines.
    pub lines: Vec<Packed>,
    /// What else was in the file.
    pub seen: Seen,
}

impl Drafts {
    /// Lays an edited Word file beside the text that holds (judge or clerk of the case).
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Invalid` when the file is of another document, or storage.
    pub fn read_back(
        &self,
        actor: &Actor,
        place: (&str, &str, &str),
        file: &ReadBack,
    ) -> Result<Returned, DossierError> {
        self.db().read(actor, |conn| {
            let desk = Desk::open(conn, actor, place)?;
            let of = desk.version_of(conn, &file.control_codes)?;
            desk.returned(of, &file.lines, file.seen, None)
        })
    }

    /// Lays what was read earlier beside the text that holds; `after` is the last step that was seen then.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Invalid` when it cannot have been read from a file, or storage.
    pub fn read_again(
        &self,
        actor: &Actor,
        place: (&str, &str, &str),
        packed: &PackedFile,
        after: i64,
    ) -> Result<Returned, DossierError> {
        self.db().read(actor, |conn| {
            let desk = Desk::open(conn, actor, place)?;
            let beside = desk.text_at(packed.beside)?;
            let lines = compare::unpack(&beside, &packed.lines, MOST_LINES).ok_or_else(unreadable)?;
            let stepped = desk.paper.number != after;
            let told = stepped.then(|| overtaken(&desk.paper, &desk.rows, &desk.first, after)).transpose()?;
            desk.returned(packed.of, &lines, packed.seen, told)
        })
    }
}

/// A document with all its texts.
struct Desk {
    draft: String,
    document: String,
    first: DocumentModel,
    paper: Paper,
    rows: Vec<StepRow>,
    secrets: Secrets,
}

impl Desk {
    fn open(
        conn: &mut AnyConn,
        actor: &Actor,
        (dossier, draft, document): (&str, &str, &str),
    ) -> Result<Self, DossierError> {
        get_court_access(conn, actor, dossier)?;
        let stored = find(conn, dossier, draft)?.ok_or(DossierError::NotFound)?;
        let (paper, rows) = load(conn, &stored, document)?;
        let first = first_text(&stored, document)?.clone();
        let secrets = hidden::secrets(conn, dossier)?;
        Ok(Self { draft: draft.to_owned(), document: document.to_owned(), first, paper, rows, secrets })
    }

    /// The text of a version.
    fn text_at(&self, version: i64) -> Result<DocumentModel, DossierError> {
        if version == self.paper.text_version {
            return Ok(self.paper.model.clone());
        }
        if version == 1 {
            return Ok(self.first.clone());
        }
        let rows: Vec<&StepRow> = self.rows.iter().filter(|row| row.text_version == version).collect();
        let content = rows.iter().find_map(|row| row.content.as_deref()).ok_or_else(unreadable)?;
        serde_json::from_str(content).map_err(|_| DossierError::Unreadable)
    }

    /// The version of the text that a file with these codes was made of.
    fn version_of(&self, conn: &mut AnyConn, codes: &[String]) -> Result<i64, DossierError> {
        if codes.is_empty() {
            return Err(DossierError::Invalid(NO_CODE.to_owned()));
        }
        if codes.contains(&self.paper.model.meta.control_code) {
            return Ok(self.paper.text_version);
        }
        let mut found = None;
        for code in codes {
            for (draft, document, version, _) in store::printed(conn, code)? {
                if draft == self.draft && document == self.document {
                    found = found.max(Some(version));
                }
            }
        }
        found.ok_or_else(|| DossierError::Invalid(FOREIGN.to_owned()))
    }

    fn returned(
        self,
        of: i64,
        lines: &[ReadLine],
        seen: Seen,
        overtaken: Option<String>,
    ) -> Result<Returned, DossierError> {
        let paper = &self.paper;
        let base = if of == paper.text_version { None } else { Some(self.text_at(of)?) };
        let mut proposals = proposals(&paper.model, lines, base.as_ref());
        for proposal in &mut proposals {
            if proposal.change.as_ref().is_ok_and(|change| self.secrets.holds(&change.tekst)) {
                proposal.change = Err(SECRET_IN_TEXT.to_owned());
            }
        }
        let packed = PackedFile { beside: paper.text_version, of, lines: compare::pack(&paper.model, lines), seen };
        let step = [StepKind::Amended, StepKind::Corrected].into_iter().find(|step| paper.state.after(*step).is_some());
        Ok(Returned { paper: self.paper, file_version: of, step, proposals, seen, packed, overtaken })
    }
}

fn unreadable() -> DossierError {
    DossierError::Invalid(
        "Wat van het bestand was gelezen, is niet meer bruikbaar. Kies het bestand opnieuw.".to_owned(),
    )
}
