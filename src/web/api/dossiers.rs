//! Dossiers: taking in, reading through the gate, replacing with optimistic locking.

use crate::audit::View;
use crate::dossier::model::Dossier;
use crate::dossier::record::VersionInfo;
use crate::identity::Role;
use crate::shared::moment::Instant;
use crate::web::case_view::CaseView;
use crate::web::endpoint::JSON;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{PlaceQuery, Request, utf8};
use crate::web::views::{case, timeline};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Problems that are told at once, so that a bad file does not make an answer without end.
const PROBLEMS_MOST: usize = 500;

/// Query of a list.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Cursor: `volgende` of the page before.
    #[serde(default)]
    #[validate(length(max = 36, message = "Dit is geen cursor van deze lijst."))]
    pub na: Option<String>,
    /// Items on a page.
    #[serde(default)]
    #[validate(range(min = 1, max = 100, message = "Kies een aantal van 1 tot en met 100."))]
    pub aantal: Option<i64>,
}

/// A page of cases.
#[derive(Serialize, JsonSchema)]
pub struct DossierList {
    /// Cases, newest first.
    pub dossiers: Vec<DossierLine>,
    /// Cursor of the next page.
    pub volgende: Option<String>,
}

/// A case in a list; never a name.
#[derive(Serialize, JsonSchema)]
pub struct DossierLine {
    /// Id.
    pub id: String,
    /// Reference.
    pub kenmerk: String,
    /// Current version.
    pub versie: i64,
    /// When it was recorded.
    pub bijgewerkt_op: Instant,
}

/// A recorded version.
#[derive(Serialize, JsonSchema)]
pub struct VersionView {
    /// Id of the dossier.
    pub id: String,
    /// Version.
    pub versie: i64,
    /// SHA-256 over the canonical JSON.
    pub hash: String,
    /// When it was recorded.
    pub vastgelegd_op: Instant,
}

/// Timeline.
#[derive(Serialize, JsonSchema)]
pub struct Timeline {
    /// Entries in order of time.
    pub regels: Vec<timeline::TimelineEntry>,
}

impl From<VersionInfo> for VersionView {
    fn from(info: VersionInfo) -> Self {
        Self { id: info.dossier_id, versie: info.version, hash: info.hash, vastgelegd_op: info.recorded_at }
    }
}

/// Cases assigned to the actor.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let query: ListQuery = request.query()?;
    let page = request.app.dossiers.list(request.actor()?, query.na.as_deref(), query.aantal.unwrap_or(50))?;
    let dossiers = page
        .items
        .into_iter()
        .map(|item| DossierLine {
            id: item.id,
            kenmerk: item.reference,
            versie: item.version,
            bijgewerkt_op: item.updated_at,
        })
        .collect();
    Reply::json(200, &DossierList { dossiers, volgende: page.next })
}

/// The dossier in a body, when nothing is wrong with it.
///
/// # Errors
/// Every problem at once, each with its JSON Pointer.
pub fn read_dossier(body: &[u8]) -> Result<Dossier, WebError> {
    utf8(body)?;
    crate::intake::read(body).map_err(told)
}

/// The dossier in a body that takes the place of the one in the path.
///
/// # Errors
/// As `read_dossier`, without what stood there already; not found when the case is not theirs.
pub fn read_change(request: &Request, body: &[u8]) -> Result<Dossier, WebError> {
    utf8(body)?;
    let before = request.app.dossiers.to_compare(request.actor()?, request.id_param("dossier")?)?;
    crate::intake::read_change(body, &before).map_err(told)
}

fn told(problems: Vec<crate::intake::Problem>) -> WebError {
    let more = problems.len().saturating_sub(PROBLEMS_MOST);
    let told = problems.into_iter().take(PROBLEMS_MOST).map(|problem| InputProblem {
        pointer: problem.pointer,
        code: problem.code,
        melding: problem.message,
    });
    let rest = (more > 0).then(|| InputProblem {
        pointer: String::new(),
        code: "more_problems".to_owned(),
        melding: format!("Er zijn nog {more} problemen. Los eerst deze op en bied het bestand opnieuw aan."),
    });
    WebError::Invalid(told.chain(rest).collect())
}

/// Takes in a dossier.
pub fn create(request: &Request) -> Result<Reply, WebError> {
    let places = request.query::<PlaceQuery>()?.named_places();
    let dossier = read_dossier(&request.body)?;
    let info = request.app.dossiers.create_naming(request.actor()?, &dossier, places)?;
    let location = format!("/v1/dossiers/{}", info.dossier_id);
    Ok(versioned(201, info)?.with_header("Location", location))
}

fn versioned(status: u16, info: VersionInfo) -> Result<Reply, WebError> {
    let etag = format!("\"{}\"", info.version);
    Ok(Reply::json(status, &VersionView::from(info))?.with_header("ETag", etag))
}

/// The dossier as the reader may see it. The clerk, who keeps the file, gets it whole.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    if actor.role == Role::Griffier {
        let snapshot = request.app.dossiers.get_snapshot(actor, id, None, View::Export)?;
        let etag = format!("\"{}\"", snapshot.version.version);
        return Ok(Reply::bytes(200, JSON, snapshot.content.into_bytes()).with_header("ETag", etag));
    }
    let view = CaseView::load(request, View::Dossier)?;
    let etag = format!("\"{}\"", view.version.version);
    Ok(Reply::json(200, &view.projection.dossier)?.with_header("ETag", etag))
}

/// Records a new version.
pub fn replace(request: &Request) -> Result<Reply, WebError> {
    let id = request.id_param("dossier")?;
    request.app.dossiers.access(request.actor()?, id)?;
    let expected = request.expected_version()?;
    let places = request.query::<PlaceQuery>()?.named_places();
    let dossier = read_change(request, &request.body)?;
    versioned(200, request.app.dossiers.update_saying(request.actor()?, id, expected, &dossier, places.into())?)
}

/// Timeline.
pub fn timeline(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Timeline)?;
    Reply::json(200, &Timeline { regels: timeline::entries(&view.projection.dossier) })
}

/// What runs, who, what is in force.
pub fn summary(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Dossier)?;
    Reply::json(200, &case::summarize(&view.projection.dossier, &view.projection.withheld, view.on))
}

/// Findings.
pub fn findings(request: &Request) -> Result<Reply, WebError> {
    Reply::json(200, &CaseView::load(request, View::Findings)?.assessment()?)
}

/// Clashes, coverage and deadlines.
pub fn conflicts(request: &Request) -> Result<Reply, WebError> {
    Reply::json(200, &CaseView::load(request, View::Conflicts)?.conflicts())
}
