//! Dossiers: taking in, changing, reading, assigning. Each call takes the `Actor` who asks.
//!
//! Who sees what:
//!
//! | role | sees |
//! |---|---|
//! | rechter, griffier | content of assigned cases |
//! | advocaat | content of assigned cases, to be filtered by the page for the client's eyes; own submissions |
//! | medewerker | what an advocate sees who let them act, for as long as that holds |
//! | ketenpartner | own deliveries in assigned cases, never the dossier |
//! | toezichthouder | references and the audit trail, never content |
//! | beheerder | references and assignments, never content |
//!
//! A case that is not theirs does not exist for them (`NotFound`). All calls block.

use super::error::DossierError;
use super::guard;
use super::model::secrets::NamedPlaces;
use super::model::{Domain, Dossier};
use super::moments::{Moments, Terms};
use super::record::{Access, DossierSummary, NewAssignment, Page, StoredDossier, StoredSnapshot, VersionInfo};
use super::rights;
use super::store::{self, NewVersion, Wanted};
use crate::audit::{AuditEvent, Chain, ChangeReason, View, record};
use crate::db::{AnyConn, Database, Job, as_job, has_control_characters, new_id};
use crate::identity::{Actor, Role};
use crate::shared::canonical::canonical_json;
use crate::shared::hash::sha256_hex;
use serde::Serialize;
use serde_json::Value;

/// Items on a page at most.
pub(super) const PAGE_MOST: i64 = 100;

/// Dossiers in a database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Dossiers {
    pub(super) db: Database,
    pub(super) moments: Moments,
}

/// What who changes a dossier says along with it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Remark {
    /// Whether a text may name the town of a shielded address.
    pub places: NamedPlaces,
    /// Why one thing is changed; the log keeps it.
    pub reason: Option<ChangeReason>,
}

impl From<NamedPlaces> for Remark {
    fn from(places: NamedPlaces) -> Self {
        Self { places, reason: None }
    }
}

impl Dossiers {
    /// Dossiers in this database.
    #[must_use]
    pub fn new(db: Database) -> Self {
        Self { db, moments: Moments::default() }
    }

    /// The same, which also keeps when terms end, as these rules count them.
    #[must_use]
    pub fn counting(mut self, terms: Terms) -> Self {
        self.moments = Moments::counting(terms);
        self
    }

    /// Takes in a checked dossier as version 1 and assigns it to who brings it (judge or clerk). What a judge says
    /// in a file that a clerk brings is marked as such.
    ///
    /// # Errors
    /// `Forbidden` for other roles, `ReferenceTaken`, `Invalid` for control characters, or storage.
    pub fn create(&self, actor: &Actor, dossier: &Dossier) -> Result<VersionInfo, DossierError> {
        self.create_naming(actor, dossier, NamedPlaces::Ask)
    }

    /// The same, by someone who may have said that a text may name the town of a shielded address.
    ///
    /// # Errors
    /// As `create`, and `Placed` where such a name stands and nobody said so.
    pub fn create_naming(
        &self,
        actor: &Actor,
        dossier: &Dossier,
        places: NamedPlaces,
    ) -> Result<VersionInfo, DossierError> {
        if !actor.role.is_court() {
            return Err(DossierError::Forbidden);
        }
        guard::may_bring(dossier, places)?;
        let dossier = &guard::brought_in_by(actor.role, dossier);
        let (content, hash) = canonical(dossier)?;
        let domains = if actor.role == Role::Rechter { domains_of(dossier) } else { Vec::new() };
        let own = NewAssignment { user_id: actor.user_id.clone(), domains, ..NewAssignment::default() };
        let (reference, at, who) = (dossier.reference.clone(), self.db.now(), actor.clone());
        let moments = self.moments.of(dossier, at)?;
        self.db.write(actor, move |tx| {
            let id = new_id();
            let by = who.user_id.as_str();
            store::insert_dossier(tx, &id, &reference, by, at)?;
            // First of all the right to see it: it opens the second lock for what follows.
            let assignment = rights::insert_assignment(tx, &id, &own, who.role, by, at)?;
            let version = NewVersion { dossier_id: &id, version: 1, content: &content, hash: &hash, at, by };
            store::insert_version(tx, &version)?;
            moments.put(tx, &id, 1)?;
            let (chain, author) = (Chain::Dossier(id.clone()), who.author());
            record(tx, &chain, &author, at, &AuditEvent::DossierCreated { version: 1, hash })?;
            record(tx, &chain, &author, at, &assigned(assignment, &own.user_id, who.role))?;
            version_info(tx, &id, 1)
        })
    }

    /// Records a new version, if `expected_version` is still the current one (judge or clerk of the case).
    ///
    /// When the content is the same as that of the current version, no new version is made. What a change may
    /// touch is in `guard`.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden` for an assigned advocate or partner, `Conflict` with the current version,
    /// `ReferenceTaken`, `Invalid`, `Placed`, or storage.
    pub fn update(
        &self,
        actor: &Actor,
        id: &str,
        expected_version: i64,
        dossier: &Dossier,
    ) -> Result<VersionInfo, DossierError> {
        self.update_saying(actor, id, expected_version, dossier, Remark::default())
    }

    /// The same, with what who changes it said along with it.
    ///
    /// # Errors
    /// As `update`.
    pub fn update_saying(
        &self,
        actor: &Actor,
        id: &str,
        expected_version: i64,
        dossier: &Dossier,
        remark: Remark,
    ) -> Result<VersionInfo, DossierError> {
        // What cannot be stored is refused before anything is looked up.
        canonical(dossier)?;
        let (reference, who, key, at) = (dossier.reference.clone(), actor.clone(), id.to_owned(), self.db.now());
        let (after, moments) = (dossier.clone(), self.moments.of(dossier, at)?);
        let outcome = self.db.write(actor, move |tx| {
            let access = rights::get_court_access(tx, &who, &key)?;
            let current = store::current_version(tx, &key)?.ok_or(DossierError::NotFound)?;
            if current != expected_version {
                return Err(DossierError::Conflict { current });
            }
            let before = store::dossier_at(tx, &key, current)?;
            let after = guard::with_marks(&access, &before, &after);
            let (content, hash) = canonical(&after)?;
            if store::find_hash(tx, &key, current)?.as_ref() == Some(&hash) {
                return version_info(tx, &key, current);
            }
            guard::may_change(&access, &before, &after, remark.places)?;
            if !store::advance(tx, &key, current, &reference, at)? {
                let current = store::current_version(tx, &key)?.unwrap_or(current);
                return Err(DossierError::Conflict { current });
            }
            let (version, by) = (current + 1, who.user_id.as_str());
            store::insert_version(
                tx,
                &NewVersion { dossier_id: &key, version, content: &content, hash: &hash, at, by },
            )?;
            moments.put(tx, &key, version)?;
            let event = AuditEvent::DossierChanged { version, hash, reason: remark.reason };
            record(tx, &Chain::Dossier(key.clone()), &who.author(), at, &event)?;
            version_info(tx, &key, version)
        });
        self.note_refusal(actor, id, outcome)
    }

    /// The current version, to lay a change by the court beside. Nothing of it is shown, so no look is logged.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden` for an assigned advocate or partner, `Unreadable`, or storage.
    pub fn to_compare(&self, actor: &Actor, id: &str) -> Result<Dossier, DossierError> {
        let outcome = self.db.read(actor, |conn| {
            rights::get_court_access(conn, actor, id)?;
            let current = store::current_version(conn, id)?.ok_or(DossierError::NotFound)?;
            store::dossier_at(conn, id, current)
        });
        self.note_refusal(actor, id, outcome)
    }

    /// The current version, parsed. The look is logged with what was shown and by which right.
    ///
    /// # Errors
    /// `NotFound`, `Unreadable`, or storage.
    pub fn get(&self, actor: &Actor, id: &str, view: View) -> Result<StoredDossier, DossierError> {
        parsed(self.get_snapshot(actor, id, None, view)?)
    }

    /// An older version, parsed. The look is logged.
    ///
    /// # Errors
    /// `NotFound`, also when there is no such version, `Unreadable`, or storage.
    pub fn get_version(&self, actor: &Actor, id: &str, version: i64) -> Result<StoredDossier, DossierError> {
        parsed(self.get_snapshot(actor, id, Some(version), View::OlderVersion)?)
    }

    /// A version (the current one when none is given) as the bytes that were hashed. The look is logged.
    ///
    /// # Errors
    /// `NotFound`, or storage.
    pub fn get_snapshot(
        &self,
        actor: &Actor,
        id: &str,
        version: Option<i64>,
        view: View,
    ) -> Result<StoredSnapshot, DossierError> {
        let outcome = self.db.read(actor, |conn| {
            let access = rights::get_content_access(conn, actor, id, self.db.now())?;
            let number = match version {
                Some(number) => number,
                None => store::current_version(conn, id)?.ok_or(DossierError::NotFound)?,
            };
            let (version, content) = store::find_version(conn, id, number)?.ok_or(DossierError::NotFound)?;
            Ok(StoredSnapshot { version, access, content })
        });
        let snapshot = self.note_refusal(actor, id, outcome)?;
        self.log_view(actor, &snapshot, view)?;
        Ok(snapshot)
    }

    /// Logs one more look at a snapshot that was read already, for instance a file made from it.
    ///
    /// # Errors
    /// When storage fails; then it must not be shown either.
    pub fn log_view(&self, actor: &Actor, snapshot: &StoredSnapshot, view: View) -> Result<(), DossierError> {
        let (author, at) = (actor.author(), self.db.now());
        let chain = Chain::Dossier(snapshot.version.dossier_id.clone());
        let event = AuditEvent::CaseViewed {
            view,
            version: snapshot.version.version,
            assignment: snapshot.access.assignment.clone(),
        };
        self.db.write(actor, move |tx| {
            record(tx, &chain, &author, at, &event)?;
            Ok(())
        })
    }

    /// The right by which the actor sees a case, without showing it.
    ///
    /// # Errors
    /// `NotFound`, or storage.
    pub fn access(&self, actor: &Actor, id: &str) -> Result<Access, DossierError> {
        let outcome = self
            .db
            .read(actor, |conn| rights::find_access(conn, actor, id, self.db.now())?.ok_or(DossierError::NotFound));
        self.note_refusal(actor, id, outcome)
    }

    /// The reference of a case that the actor may see, without its content.
    ///
    /// # Errors
    /// `NotFound`, or storage.
    pub fn reference(&self, actor: &Actor, id: &str) -> Result<String, DossierError> {
        self.access(actor, id)?;
        self.db.read(actor, |conn| store::find_reference(conn, id)?.ok_or(DossierError::NotFound))
    }

    /// Cases assigned to the actor, newest first, by reference; `cursor` is `next` of the page before.
    ///
    /// # Errors
    /// When storage fails.
    pub fn list(&self, actor: &Actor, cursor: Option<&str>, limit: i64) -> Result<Page<DossierSummary>, DossierError> {
        Ok(self.find(actor, &Wanted { before: cursor, ..Wanted::default() }, limit)?.page)
    }

    /// All cases by reference, without content, for who assigns (beheerder) or oversees (toezichthouder).
    ///
    /// # Errors
    /// `Forbidden` for other roles, or storage.
    pub fn directory(
        &self,
        actor: &Actor,
        cursor: Option<&str>,
        limit: i64,
    ) -> Result<Page<DossierSummary>, DossierError> {
        if !matches!(actor.role, Role::Beheerder | Role::Toezichthouder) {
            return Err(DossierError::Forbidden);
        }
        let limit = limit.clamp(1, PAGE_MOST);
        let items = self.db.read(actor, |conn| store::list_all(conn, cursor, limit + 1))?;
        Ok(page(items, limit))
    }

    /// Versions of a dossier, newest first.
    ///
    /// # Errors
    /// `NotFound`, or storage.
    pub fn versions(&self, actor: &Actor, id: &str) -> Result<Vec<VersionInfo>, DossierError> {
        self.db.read(actor, |conn| {
            rights::get_content_access(conn, actor, id, self.db.now())?;
            Ok(store::list_versions(conn, id)?)
        })
    }

    /// Logs that someone asked for a case that is not theirs or not there; the answer stays `NotFound`.
    /// Both cost the same work, so that the time it takes does not tell them apart.
    pub(super) fn note_refusal<T>(
        &self,
        actor: &Actor,
        id: &str,
        outcome: Result<T, DossierError>,
    ) -> Result<T, DossierError> {
        if !matches!(outcome, Err(DossierError::NotFound)) {
            return outcome;
        }
        let (who, key, at) = (actor.clone(), id.to_owned(), self.db.now());
        self.db.write(actor, move |tx| -> Result<(), DossierError> {
            let (known, access) =
                (as_job(tx, Job::Existence, |tx| store::exists(tx, &key))?, rights::find_access(tx, &who, &key, at)?);
            match (known, access) {
                (true, None) => {
                    record(tx, &Chain::Dossier(key), &who.author(), at, &AuditEvent::AccessRefused)?;
                }
                (false, _) => {
                    record(tx, &Chain::System, &who.author(), at, &AuditEvent::UnknownCaseAsked)?;
                }
                // Their own case, of which the part asked for is not there.
                (true, Some(_)) => {}
            }
            Ok(())
        })?;
        outcome
    }
}

pub(super) fn assigned(assignment: String, user: &str, role: Role) -> AuditEvent {
    AuditEvent::UserAssigned { assignment, user: user.to_owned(), role: role.as_str().to_owned() }
}

fn version_info(conn: &mut AnyConn, id: &str, version: i64) -> Result<VersionInfo, DossierError> {
    store::find_info(conn, id, version)?.ok_or(DossierError::NotFound)
}

fn parsed(snapshot: StoredSnapshot) -> Result<StoredDossier, DossierError> {
    let dossier = serde_json::from_str(&snapshot.content).map_err(|_| DossierError::Unreadable)?;
    Ok(StoredDossier { version: snapshot.version, access: snapshot.access, dossier })
}

pub(super) fn page(mut items: Vec<DossierSummary>, limit: i64) -> Page<DossierSummary> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let next = if more { items.last().map(|item| item.id.clone()) } else { None };
    Page { items, next }
}

/// Domains of the matters in a dossier.
pub(super) fn domains_of(dossier: &Dossier) -> Vec<Domain> {
    let mut domains: Vec<Domain> = dossier.matters.iter().map(|matter| matter.domain).collect();
    domains.sort_unstable();
    domains.dedup();
    domains
}

/// Canonical JSON (sorted keys) and its hash; refuses control characters in any text.
///
/// # Errors
/// `Invalid` for control characters, `Unreadable` when it cannot be written as JSON.
pub fn canonical<T: Serialize>(value: &T) -> Result<(String, String), DossierError> {
    let unreadable = |_| DossierError::Unreadable;
    let bytes = canonical_json(value).map_err(unreadable)?;
    if may_hold_control_characters(&bytes) {
        let value: Value = serde_json::from_slice(&bytes).map_err(unreadable)?;
        if let Some(place) = control_character_in(&value, "") {
            return Err(DossierError::Invalid(format!(
                "De tekst op plaats {place} bevat tekens die niet zijn toegestaan. Er is niets opgeslagen."
            )));
        }
    }
    let hash = sha256_hex(&bytes);
    let content = String::from_utf8(bytes).map_err(|_| DossierError::Unreadable)?;
    Ok((content, hash))
}

/// Whether JSON may hold a control character: escaped (`\u0000`, `\b`, `\f`), DEL, or U+0080 to U+009F.
/// Hardly any does, and then there is no need to take it apart.
fn may_hold_control_characters(json: &[u8]) -> bool {
    let mut before = 0;
    json.iter().any(|byte| {
        let pair = (std::mem::replace(&mut before, *byte), *byte);
        matches!(pair, (b'\\', b'u' | b'b' | b'f') | (_, 0x7F) | (0xC2, 0x80..=0x9F))
    })
}

/// JSON Pointer of the first text with control characters.
fn control_character_in(value: &Value, place: &str) -> Option<String> {
    match value {
        Value::String(text) => has_control_characters(text).then(|| place.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| control_character_in(item, &format!("{place}/{index}")))
        }
        Value::Object(fields) => {
            fields.iter().find_map(|(key, item)| control_character_in(item, &format!("{place}/{key}")))
        }
        _ => None,
    }
}
