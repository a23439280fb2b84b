//! The bundle: documents with their files, bringing a file, making a bundle and fetching it.

use super::frame::{Frame, page, page_with_status};
use crate::bundle::jobs::{Seen, State};
use crate::dossier::model::DocumentRecord;
use crate::shared::moment::{dutch_date, dutch_moment};
use crate::web::bundles::{self, FIELD, FileState, Table};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::Request;
use serde::Serialize;

#[derive(Serialize)]
struct TableView {
    case_id: String,
    may_store: bool,
    court: bool,
    groups: Vec<GroupRow>,
    hearings: Vec<HearingChoice>,
    hearing_error: Option<String>,
    own: Vec<OwnRow>,
    missing: usize,
}

#[derive(Serialize)]
struct GroupRow {
    heading: String,
    documents: Vec<DocumentRow>,
}

#[derive(Serialize)]
struct DocumentRow {
    title: String,
    dated: String,
    pages: String,
    file: &'static str,
    shared: String,
    href: String,
}

#[derive(Serialize)]
struct HearingChoice {
    value: String,
    text: String,
    chosen: bool,
}

#[derive(Serialize)]
struct OwnRow {
    href: String,
    text: String,
}

fn day(document: &DocumentRecord) -> String {
    document.dated.map_or_else(|| "onbekend".to_owned(), dutch_date)
}

fn row(table: &Table, base: &str, document: &DocumentRecord) -> DocumentRow {
    let (state, file) = table.file(&document.id);
    let recorded = document.pages.map(|pages| usize::try_from(pages).unwrap_or_default());
    DocumentRow {
        title: document.title.clone(),
        dated: day(document),
        pages: file
            .map(|file| file.pages)
            .or(recorded)
            .map_or_else(|| "onbekend".to_owned(), |pages| pages.to_string()),
        file: match state {
            FileState::Missing => "geen bestand",
            FileState::NotShared => "niet gedeeld",
            FileState::There => "aanwezig",
        },
        shared: file.map_or_else(String::new, |file| table.checked_for(file)),
        href: format!("{base}/stukken/{}", document.id),
    }
}

fn told(seen: &Seen) -> String {
    match &seen.state {
        State::Working { .. } => "Bundel in de maak".to_owned(),
        State::Ready(ready) => format!("Bundel van {} bladzijden, klaar om op te halen", ready.made.pages),
        State::Failed(_) => "Bundel die niet kon worden gemaakt".to_owned(),
    }
}

/// The table of documents, and the choice of a bundle.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    table_page(request, 200, "", &[])
}

fn table_page(request: &Request, status: u16, chosen: &str, problems: &[InputProblem]) -> Result<Reply, WebError> {
    let table = Table::load(request)?;
    let id = request.id_param("dossier")?;
    let base = format!("/zaken/{id}/bundel");
    let groups: Vec<GroupRow> = table
        .groups()
        .into_iter()
        .map(|(heading, documents)| GroupRow {
            heading,
            documents: documents.into_iter().map(|document| row(&table, &base, document)).collect(),
        })
        .collect();
    let missing = groups.iter().flat_map(|group| &group.documents).filter(|row| row.file == "geen bestand").count();
    let own = bundles::own(request)?.into_iter();
    let content = TableView {
        case_id: id.to_owned(),
        may_store: bundles::may_store(table.case.access.role),
        court: table.case.access.role.is_court(),
        groups,
        hearings: table
            .hearings()
            .into_iter()
            .map(|(value, text)| HearingChoice { chosen: value == chosen, value, text })
            .collect(),
        hearing_error: problems.first().map(|problem| problem.melding.clone()),
        own: own.map(|seen| OwnRow { href: format!("{base}/gemaakt/{}", seen.id), text: told(&seen) }).collect(),
        missing,
    };
    let mut frame = Frame::new(request, "Bundel")
        .about_case(request, id, &table.case.projection.dossier.reference)
        .acting(&table.case.access);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "bundel", &frame, &content)
}

/// Starts making a bundle.
pub fn make(request: &Request) -> Result<Reply, WebError> {
    let id = request.id_param("dossier")?;
    request.app.dossiers.access(request.actor()?, id)?;
    let form = request.form()?;
    match bundles::start(request, form.text("zitting")) {
        Ok(bundle) => Ok(Reply::redirect(format!("/zaken/{id}/bundel/gemaakt/{bundle}"))),
        Err(WebError::Invalid(problems)) => table_page(request, 422, form.text("zitting"), &problems),
        Err(other) => Err(other),
    }
}

#[derive(Serialize)]
struct ProgressView {
    back: String,
    working: bool,
    done: usize,
    total: usize,
    counted: bool,
    ready: Option<ReadyView>,
    failed: Option<String>,
}

#[derive(Serialize)]
struct ReadyView {
    download: String,
    pages: usize,
    size: String,
    sha256: String,
}

/// How far a bundle is. The page asks for itself again until it is ready, without a script.
pub fn progress(request: &Request) -> Result<Reply, WebError> {
    let seen = bundles::seen(request)?;
    let id = request.id_param("dossier")?;
    let table = Table::load(request)?;
    let back = format!("/zaken/{id}/bundel");
    let mut content = ProgressView {
        back: back.clone(),
        working: false,
        done: 0,
        total: 0,
        counted: false,
        ready: None,
        failed: None,
    };
    let title = match seen.state {
        State::Working { done, total } => {
            (content.working, content.done, content.total, content.counted) = (true, done, total, total > 0);
            "De bundel wordt gemaakt"
        }
        State::Ready(ready) => {
            let made = ready.made;
            content.ready = Some(ReadyView {
                download: format!("{back}/gemaakt/{}/bestand", seen.id),
                pages: made.pages,
                size: crate::web::error::human_size(usize::try_from(made.size).unwrap_or(usize::MAX)),
                sha256: made.sha256,
            });
            "De bundel is klaar"
        }
        State::Failed(told) => {
            content.failed = Some(told);
            "De bundel is niet gemaakt"
        }
    };
    let working = content.working;
    let frame = Frame::new(request, title)
        .about_case(request, id, &table.case.projection.dossier.reference)
        .acting(&table.case.access);
    let reply = page(request, "bundel-stand", &frame, &content)?;
    Ok(if working { reply.with_header("Refresh", "2") } else { reply })
}

/// A bundle as a file.
pub fn download(request: &Request) -> Result<Reply, WebError> {
    bundles::download(request)
}

#[derive(Serialize)]
struct DocumentPage {
    back: String,
    action: String,
    title: String,
    dated: String,
    recorded_pages: String,
    recorded_hash: String,
    file: Option<FileRow>,
    parties: Vec<PartyChoice>,
    file_error: Option<String>,
    party_error: Option<String>,
    largest: usize,
}

#[derive(Serialize)]
struct FileRow {
    id: String,
    pages: usize,
    size: String,
    sha256: String,
    number: i64,
    stored: String,
    by: String,
    checked: String,
}

#[derive(Serialize)]
struct PartyChoice {
    id: String,
    name: String,
    chosen: bool,
}

/// One document: its file, and for whom it was looked through.
pub fn document(request: &Request) -> Result<Reply, WebError> {
    document_page(request, 200, &[])
}

/// Stores a file, or records for whom it was looked through.
pub fn change(request: &Request) -> Result<Reply, WebError> {
    Table::load(request)?.document(request)?;
    let form = request.form()?;
    let done = match form.text("actie") {
        "nazien" => bundles::record_check(request, form.text("bestand"), &form.all("partij")),
        _ => upload(request),
    };
    match done {
        Ok(()) => {
            let (id, document) = (request.id_param("dossier")?, request.param("stuk")?);
            Ok(Reply::redirect(format!("/zaken/{id}/bundel/stukken/{document}")))
        }
        Err(WebError::Invalid(problems)) => document_page(request, 422, &problems),
        Err(WebError::Conflict(told)) => {
            let problem = InputProblem { pointer: String::new(), code: "conflict".to_owned(), melding: told };
            document_page(request, 409, &[problem])
        }
        Err(other) => Err(other),
    }
}

fn upload(request: &Request) -> Result<(), WebError> {
    let missing =
        || WebError::Invalid(vec![InputProblem::field(FIELD, "required", "Kies de pdf van dit stuk.".to_owned())]);
    let bytes = request.file(FIELD)?.filter(|bytes| !bytes.is_empty()).ok_or_else(missing)?;
    bundles::store(request, bytes).map(|_| ())
}

fn document_page(request: &Request, status: u16, problems: &[InputProblem]) -> Result<Reply, WebError> {
    let table = Table::load(request)?;
    let document = table.document(request)?;
    let id = request.id_param("dossier")?;
    let (_, file) = table.file(&document.id);
    let at = |field: &str| {
        let pointer = format!("/{field}");
        problems.iter().find(|problem| problem.pointer == pointer).map(|problem| problem.melding.clone())
    };
    let content = DocumentPage {
        back: format!("/zaken/{id}/bundel"),
        action: format!("/zaken/{id}/bundel/stukken/{}", document.id),
        title: document.title.clone(),
        dated: day(document),
        recorded_pages: document.pages.map_or_else(|| "niet vastgelegd".to_owned(), |pages| pages.to_string()),
        recorded_hash: document.sha256.clone().unwrap_or_else(|| "niet vastgelegd".to_owned()),
        file: file.map(|file| FileRow {
            id: file.id.clone(),
            pages: file.pages,
            size: crate::web::error::human_size(file.size),
            sha256: file.sha256.clone(),
            number: file.number,
            stored: dutch_moment(&file.stored_at),
            by: file.stored_by.clone(),
            checked: table.checked_for(file),
        }),
        parties: table
            .parties()
            .into_iter()
            .map(|(person, name)| PartyChoice {
                chosen: file.is_some_and(|file| file.is_checked_for(&person)),
                id: person.as_str().to_owned(),
                name,
            })
            .collect(),
        file_error: at(FIELD),
        party_error: at("partij"),
        largest: crate::documents::bundle::LARGEST_FILE / 1_000_000,
    };
    let mut frame = Frame::new(request, "Bestand van een stuk")
        .about_case(request, id, &table.case.projection.dossier.reference)
        .acting(&table.case.access);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "bundel-stuk", &frame, &content)
}
