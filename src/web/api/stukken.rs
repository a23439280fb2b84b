//! Files of documents, and bundles.

use crate::audit::View;
use crate::bundle::StoredFile;
use crate::bundle::jobs::{Seen, State};
use crate::dossier::model::DocumentRecord;
use crate::web::bundles::{self, FileState, Table};
use crate::web::case_view::CaseView;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Documents by matter and date.
#[derive(Serialize, JsonSchema)]
pub struct DocumentTable {
    /// Documents under their headings.
    pub groepen: Vec<GroupView>,
    /// Hearings for which a bundle can be made: send `zitting` along.
    pub zittingen: Vec<HearingView>,
}

/// Documents under one heading.
#[derive(Serialize, JsonSchema)]
pub struct GroupView {
    /// A matter, or what the documents have in common.
    pub kop: String,
    /// Documents by date.
    pub stukken: Vec<DocumentView>,
}

/// A hearing.
#[derive(Serialize, JsonSchema)]
pub struct HearingView {
    /// Moment, as it is sent along.
    pub zitting: String,
    /// In words.
    pub omschrijving: String,
}

/// A document with the state of its file.
#[derive(Serialize, JsonSchema)]
pub struct DocumentView {
    /// Id within the dossier.
    pub id: String,
    /// Title.
    pub titel: String,
    /// Day of the document.
    pub datum: Option<NaiveDate>,
    /// Number of pages as the dossier records it.
    pub bladzijden: Option<u32>,
    /// "aanwezig", "geen" or "niet_gedeeld".
    pub bestand_stand: &'static str,
    /// The file, when it may be had.
    pub bestand: Option<FileView>,
}

/// The file of a document.
#[derive(Serialize, JsonSchema)]
pub struct FileView {
    /// Id; send it along when recording for whom it was looked through.
    pub id: String,
    /// SHA-256.
    pub sha256: String,
    /// Bytes.
    pub grootte: usize,
    /// Pages, as counted.
    pub bladzijden: usize,
    /// Parties for whom it was looked through for shielded data; only for the court. Absent: not recorded.
    pub nagezien_voor: Option<Vec<String>>,
}

fn file_view(file: &StoredFile, court: bool) -> FileView {
    let checked = file.checked_for.as_ref().filter(|_| court);
    FileView {
        id: file.id.clone(),
        sha256: file.sha256.clone(),
        grootte: file.size,
        bladzijden: file.pages,
        nagezien_voor: checked.map(|persons| persons.iter().map(|person| person.as_str().to_owned()).collect()),
    }
}

fn document_view(table: &Table, document: &DocumentRecord) -> DocumentView {
    let (state, file) = table.file(&document.id);
    DocumentView {
        id: document.id.as_str().to_owned(),
        titel: document.title.clone(),
        datum: document.dated,
        bladzijden: document.pages,
        bestand_stand: match state {
            FileState::Missing => "geen",
            FileState::NotShared => "niet_gedeeld",
            FileState::There => "aanwezig",
        },
        bestand: file.map(|file| file_view(file, table.case.access.role.is_court())),
    }
}

/// The documents that who asks knows of.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let table = Table::load(request)?;
    let groups = table.groups().into_iter().map(|(kop, documents)| GroupView {
        kop,
        stukken: documents.into_iter().map(|document| document_view(&table, document)).collect(),
    });
    let hearings = table.hearings().into_iter();
    let zittingen = hearings.map(|(zitting, omschrijving)| HearingView { zitting, omschrijving }).collect();
    Reply::json(200, &DocumentTable { groepen: groups.collect(), zittingen })
}

/// Stores the file in the body.
pub fn store(request: &Request) -> Result<Reply, WebError> {
    // Visibility first, so that a bad body does not tell that the document exists.
    Table::load(request)?.document(request)?;
    if request.content_type.split(';').next().unwrap_or_default().trim() != bundles::PDF {
        return Err(WebError::UnsupportedMedia { accepts: bundles::PDF });
    }
    let stored = bundles::store(request, &request.body)?;
    Reply::json(201, &file_view(&stored, true))
}

/// For whom a file was looked through.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// Id of the file that was looked through.
    #[validate(length(min = 1, max = 64))]
    pub bestand: String,
    /// Ids of the parties; an empty list shares it with nobody.
    #[validate(length(max = 50))]
    pub partijen: Vec<String>,
}

/// Records for whom a file was looked through.
pub fn check(request: &Request) -> Result<Reply, WebError> {
    Table::load(request)?.document(request)?;
    let wish: CheckRequest = request.json()?;
    bundles::record_check(request, &wish.bestand, &wish.partijen)?;
    let table = Table::load(request)?;
    Reply::json(200, &document_view(&table, table.document(request)?))
}

/// Which bundle to make.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct BundleRequest {
    /// Moment of the hearing, from the list of documents; of all matters when left out.
    #[serde(default)]
    #[validate(length(max = 64))]
    pub zitting: Option<String>,
}

/// A bundle and how far it is.
#[derive(Serialize, JsonSchema)]
pub struct BundleView {
    /// Id.
    pub id: String,
    /// "bezig", "klaar" or "mislukt".
    pub stand: &'static str,
    /// Pages that are done.
    pub gedaan: usize,
    /// All pages; 0 while they are not counted.
    pub bladzijden: usize,
    /// Bytes, when it is ready.
    pub grootte: Option<u64>,
    /// SHA-256, when it is ready.
    pub sha256: Option<String>,
    /// Why it could not be made.
    pub melding: Option<String>,
}

impl From<Seen> for BundleView {
    fn from(seen: Seen) -> Self {
        let mut view =
            Self { id: seen.id, stand: "bezig", gedaan: 0, bladzijden: 0, grootte: None, sha256: None, melding: None };
        match seen.state {
            State::Working { done, total } => (view.gedaan, view.bladzijden) = (done, total),
            State::Ready(ready) => {
                view.stand = "klaar";
                (view.gedaan, view.bladzijden) = (ready.made.pages, ready.made.pages);
                (view.grootte, view.sha256) = (Some(ready.made.size), Some(ready.made.sha256));
            }
            State::Failed(told) => {
                view.stand = "mislukt";
                view.melding = Some(told);
            }
        }
        view
    }
}

/// Starts making a bundle.
pub fn make(request: &Request) -> Result<Reply, WebError> {
    CaseView::load_for_today(request, View::Files)?;
    let wish: BundleRequest = request.json()?;
    let id = bundles::start(request, wish.zitting.as_deref().unwrap_or_default())?;
    let dossier = request.id_param("dossier")?;
    let seen = bundles::own(request)?.into_iter().find(|seen| seen.id == id).ok_or(WebError::NotFound)?;
    let place = format!("/v1/dossiers/{dossier}/bundels/{id}");
    Ok(Reply::json(202, &BundleView::from(seen))?.with_header("Location", place))
}

/// How far a bundle is.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    Reply::json(200, &BundleView::from(bundles::seen(request)?))
}

/// A bundle as a file.
pub fn download(request: &Request) -> Result<Reply, WebError> {
    bundles::download(request)
}
