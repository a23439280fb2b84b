//! Documents with their files, and bundles of them, as one actor may see them. Pages and API show the same.

use super::case_view::{CaseView, assess_on};
use super::error::{InputProblem, WebError};
use super::reply::{OpenFile, Reply};
use super::request::Request;
use crate::audit::View;
use crate::bundle::StoredFile;
use crate::bundle::files::{FileWish, parties};
use crate::bundle::jobs::{Full, Owner, Progress, Ready, Seen, State, unnamed_file};
use crate::bundle::list::{BundleList, hearings, known, list, may_have};
use crate::bundle::make::{Cover, Whole, front, make};
use crate::db::new_id;
use crate::documents::bundle::assemble;
use crate::dossier::model::{DocumentRecord, Dossier, Label};
use crate::identity::{Actor, Role};
use crate::shared::dutch;
use crate::shared::hash::canonical_hash;
use crate::shared::ids::{DocumentId, PersonId};
use crate::shared::moment::{Instant, dutch_moment, in_law_zone};
use std::collections::BTreeMap;
use std::io::BufWriter;
use std::sync::Arc;

/// Media type of the files.
pub const PDF: &str = "application/pdf";
/// Name of the file in the form.
pub const FIELD: &str = "stukbestand";
/// Name under which every bundle is saved: nothing of the case.
const NEUTRAL_NAME: &str = "bundel.pdf";

/// The documents that an actor knows of, with their files.
pub struct Table {
    /// The case as they may see it.
    pub case: CaseView,
    /// Files that hold now.
    pub files: BTreeMap<DocumentId, StoredFile>,
}

/// What there is to know of the file of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// There is none.
    Missing,
    /// There is one, but not for this reader.
    NotShared,
    /// It is in the bundle of this reader.
    There,
}

impl Table {
    /// Loads it for who asks; the look is logged.
    ///
    /// # Errors
    /// Not found when the case is not theirs.
    pub fn load(request: &Request) -> Result<Self, WebError> {
        let case = CaseView::load_for_today(request, View::Files)?;
        let files = request.app.files.of_case(request.actor()?, request.id_param("dossier")?)?;
        Ok(Self { case, files })
    }

    /// Documents under their headings.
    #[must_use]
    pub fn groups(&self) -> Vec<(String, Vec<&DocumentRecord>)> {
        let groups = known(&self.case.projection.dossier, &self.case.access);
        groups.into_iter().map(|(heading, _, documents)| (heading, documents)).collect()
    }

    /// State of the file of a document for this reader, with the file when they may have it.
    #[must_use]
    pub fn file(&self, document: &DocumentId) -> (FileState, Option<&StoredFile>) {
        match self.files.get(document) {
            None => (FileState::Missing, None),
            Some(file) if may_have(file, &self.case.access) => (FileState::There, Some(file)),
            Some(_) => (FileState::NotShared, None),
        }
    }

    /// The document that the path names.
    ///
    /// # Errors
    /// Not found.
    pub fn document(&self, request: &Request) -> Result<&DocumentRecord, WebError> {
        let id = request.param("stuk")?;
        let documents = self.groups().into_iter().flat_map(|(_, documents)| documents);
        documents.into_iter().find(|document| document.id.as_str() == id).ok_or(WebError::NotFound)
    }

    /// For whom a file was looked through, in words, for the court.
    #[must_use]
    pub fn checked_for(&self, file: &StoredFile) -> String {
        match file.checked_for.as_deref() {
            None => "niet vastgelegd: wordt niet gedeeld".to_owned(),
            Some([]) => "wordt met geen partij gedeeld".to_owned(),
            Some(persons) => {
                let names: Vec<String> =
                    persons.iter().map(|person| self.case.projection.dossier.person_name(person)).collect();
                dutch::list(&names)
            }
        }
    }

    /// Parties for whom a file can be looked through.
    #[must_use]
    pub fn parties(&self) -> Vec<(PersonId, String)> {
        parties(&self.case.projection.dossier)
    }

    /// Moments at which there is a hearing: value for a form, and in words with the matters.
    #[must_use]
    pub fn hearings(&self) -> Vec<(String, String)> {
        hearings(&self.case.projection.dossier)
            .into_iter()
            .map(|(at, matters)| {
                let mut kinds: Vec<String> = matters.iter().map(|matter| matter.kind.label().to_owned()).collect();
                kinds.dedup();
                (value_of(&at), format!("{}: {}", dutch_moment(&at), dutch::list(&kinds)))
            })
            .collect()
    }
}

/// A moment as a form and the API write it.
fn value_of(at: &Instant) -> String {
    in_law_zone(at).to_rfc3339()
}

/// Checks and stores a file for the document that the path names.
///
/// # Errors
/// Not found, forbidden, or invalid with what holds the file back.
pub fn store(request: &Request, bytes: &[u8]) -> Result<StoredFile, WebError> {
    let document = DocumentId(request.param("stuk")?.to_owned());
    let place = FileWish { dossier: request.id_param("dossier")?, document: &document };
    let stored = request.app.files.store(request.actor()?, &place, bytes.to_vec());
    stored.map_err(|error| at_field(error.into(), FIELD))
}

/// Records for which parties the file of the document was looked through.
///
/// # Errors
/// Not found, forbidden, invalid, or conflict when there is another file now.
pub fn record_check(request: &Request, file: &str, persons: &[String]) -> Result<(), WebError> {
    let document = DocumentId(request.param("stuk")?.to_owned());
    let place = FileWish { dossier: request.id_param("dossier")?, document: &document };
    let persons: Vec<PersonId> = persons.iter().map(|person| PersonId(person.clone())).collect();
    let recorded = request.app.files.record_check(request.actor()?, &place, file, &persons);
    recorded.map_err(|error| at_field(error.into(), "partij"))
}

/// A problem without a place stands at this field.
fn at_field(error: WebError, field: &str) -> WebError {
    match error {
        WebError::Invalid(problems) => WebError::Invalid(
            problems.into_iter().map(|problem| InputProblem::field(field, &problem.code, problem.melding)).collect(),
        ),
        other => other,
    }
}

/// What a bundle rests on: another version, right or list is another bundle.
fn owner(request: &Request, case: &CaseView, list: &BundleList, asked: &str) -> Result<Owner, WebError> {
    let basis = canonical_hash(&(case.version.version, &case.access, list))
        .map_err(|error| WebError::Internal(format!("basis: {error}")))?;
    Ok(Owner {
        user: request.actor()?.user_id.clone(),
        dossier: request.id_param("dossier")?.to_owned(),
        version: case.version.version,
        basis,
        asked: asked.to_owned(),
    })
}

fn hearing_of(asked: &str, projected: &Dossier) -> Result<Option<Instant>, WebError> {
    if asked.is_empty() {
        return Ok(None);
    }
    let known = || hearings(projected).into_keys();
    let at = Instant::parse_from_rfc3339(asked).ok().and_then(|at| known().find(|known| *known == at));
    at.map(Some).ok_or_else(|| {
        WebError::Invalid(vec![InputProblem::field("zitting", "unknown", "Kies een zitting uit de lijst.")])
    })
}

/// Starts making the bundle of who asks, for one hearing or (empty) for all matters; gives its id.
///
/// # Errors
/// Not found, invalid for another moment, busy when too many are being made.
pub fn start(request: &Request, asked: &str) -> Result<String, WebError> {
    let (case, whole) = CaseView::load_with_whole(request, View::Files)?;
    let hearing = hearing_of(asked, &case.projection.dossier)?;
    let dossier = request.id_param("dossier")?.to_owned();
    let files = request.app.files.of_case(request.actor()?, &dossier)?;
    let list = list(&case.projection.dossier, &case.access, &files, hearing.as_ref());
    let owner = owner(request, &case, &list, asked)?;
    let (app, actor, id) = (request.app.clone(), request.actor()?.clone(), new_id());
    let own = id.clone();
    let work = move |progress: &Progress| {
        let job = Job { app: &app, actor: &actor, dossier: &dossier, case: &case, whole: &whole, id: &own };
        job.run(&list, hearing, progress).map_err(|error| {
            tracing::error!(bundel = %own, oorzaak = %error, "bundel niet gemaakt");
            match error {
                WebError::Conflict(told) => told,
                other => other.detail(),
            }
        })
    };
    request.app.bundles.start(id, owner, work).map_err(|Full| WebError::Busy(BUSY))
}

const BUSY: &str =
    "Er worden al andere bundels gemaakt. Er is niets begonnen. Probeer het over een halve minuut opnieuw.";

/// One bundle being made.
struct Job<'a> {
    app: &'a crate::app::App,
    actor: &'a Actor,
    dossier: &'a str,
    case: &'a CaseView,
    whole: &'a Dossier,
    id: &'a str,
}

impl Job<'_> {
    fn run(&self, list: &BundleList, hearing: Option<Instant>, progress: &Progress) -> Result<Ready, WebError> {
        let fault = |what: &str, error: &dyn std::fmt::Display| WebError::Internal(format!("{what}: {error}"));
        let findings = assess_on(self.whole, self.case.on)?;
        let conflicts = crate::conflicts::find(self.whole, self.case.on);
        let whole = Whole { dossier: self.whole, findings: &findings, conflicts: &conflicts };
        let cover = Cover {
            access: &self.case.access,
            projected: &self.case.projection.dossier,
            hearing,
            version: self.case.version.version,
            on: self.case.on,
        };
        let front = front(list, &whole, self.case.on).map_err(|error| fault("front", &error))?;
        let bundle = make(&cover, list, &front);
        let file = unnamed_file(&self.app.settings.data_dir, self.id).map_err(|error| fault("file", &error))?;
        let made = {
            let mut to = BufWriter::with_capacity(1 << 16, &file);
            let mut fetch = |sha256: &str| self.app.files.content(self.actor, sha256).ok().flatten();
            assemble(&bundle, &mut fetch, &mut to, &mut |done, total| progress.tell(done, total))
                .map_err(|error| WebError::Conflict(error.to_string()))?
        };
        let version = self.case.version.version;
        self.app.files.log_bundle(self.actor, self.dossier, (self.id, version, &self.case.access), &made)?;
        Ok(Ready { file: Arc::new(file), made })
    }
}

/// The bundle that the path names, of who asks.
///
/// # Errors
/// Not found, also when it is of another, or gone.
pub fn seen(request: &Request) -> Result<Seen, WebError> {
    let (actor, dossier) = (request.actor()?, request.id_param("dossier")?);
    // The case must still be theirs.
    request.app.dossiers.access(actor, dossier)?;
    request.app.bundles.find(&actor.user_id, dossier, request.id_param("bundel")?).ok_or(WebError::NotFound)
}

/// The bundles of who asks in this case.
///
/// # Errors
/// When nobody is signed in.
pub fn own(request: &Request) -> Result<Vec<Seen>, WebError> {
    Ok(request.app.bundles.of(&request.actor()?.user_id, request.id_param("dossier")?))
}

/// The bundle that the path names, as a file, when it is still what who asks may have. The download is logged.
///
/// # Errors
/// Not found; conflict when it is not ready, or when the case changed since.
pub fn download(request: &Request) -> Result<Reply, WebError> {
    let seen = seen(request)?;
    let State::Ready(ready) = seen.state else {
        return Err(WebError::Conflict("De bundel is nog niet klaar. Wacht tot hij klaar is.".to_owned()));
    };
    let case = CaseView::load_for_today(request, View::Files)?;
    let dossier = request.id_param("dossier")?;
    let files = request.app.files.of_case(request.actor()?, dossier)?;
    let hearing = hearing_of(&seen.owner.asked, &case.projection.dossier);
    let same = match hearing {
        Ok(hearing) => {
            let now = list(&case.projection.dossier, &case.access, &files, hearing.as_ref());
            owner(request, &case, &now, &seen.owner.asked)? == seen.owner
        }
        Err(_) => false,
    };
    if !same {
        return Err(WebError::Conflict(
            "De zaak of de stukken zijn gewijzigd sinds deze bundel is gemaakt. Maak de bundel opnieuw.".to_owned(),
        ));
    }
    request.app.files.log_download(request.actor()?, dossier, case.version.version, &case.access)?;
    let file = OpenFile { file: ready.file, size: ready.made.size };
    Ok(Reply::file(200, PDF, file).as_download(NEUTRAL_NAME))
}

/// Whether who asks brings files and records for whom they were looked through.
#[must_use]
pub fn may_store(role: Role) -> bool {
    role == Role::Griffier
}
