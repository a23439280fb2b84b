//! Which documents the bundle of one reader has, in which order. Pure.

use super::files::StoredFile;
use super::ties::{matters_of, relied_on, with_what_is_reviewed};
use crate::dossier::model::{DocumentRecord, Domain, Dossier, Label, Matter};
use crate::dossier::record::Access;
use crate::identity::Role;
use crate::shared::dutch::capital;
use crate::shared::ids::{DocumentId, MatterId};
use crate::shared::moment::Instant;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A document in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The document.
    pub document: DocumentId,
    /// SHA-256 and pages of its file; none when there is no file.
    pub file: Option<(String, usize)>,
}

/// Documents under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedGroup {
    /// Heading.
    pub heading: String,
    /// Whether its matter is heard then; none when its documents belong to no matter.
    pub heard: Option<bool>,
    /// Documents by date.
    pub documents: Vec<Listed>,
}

/// What a reader's bundle has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BundleList {
    /// Documents by matter and date.
    pub groups: Vec<ListedGroup>,
    /// Matters whose sheets stand in front.
    pub sheets: Vec<MatterId>,
    /// Documents the reader knows of whose file was not looked through for them.
    pub unchecked: usize,
    /// Documents that belong only to matters that are not heard then, and on which nothing there rests.
    pub elsewhere: usize,
    /// Documents of another matter that are no part of the file on which this judge decides, with where they are from.
    pub not_joined: Vec<(DocumentId, Domain)>,
}

/// Moments at which there is a hearing, with the matters heard then.
#[must_use]
pub fn hearings(dossier: &Dossier) -> BTreeMap<Instant, Vec<&Matter>> {
    let mut found: BTreeMap<Instant, Vec<&Matter>> = BTreeMap::new();
    for matter in &dossier.matters {
        for hearing in &matter.hearings {
            found.entry(hearing.at).or_default().push(matter);
        }
    }
    found
}

/// The matter a document comes from, when it is no part of the file on which this judge decides. The projection has
/// left out what may not be used or seen; beyond that the criminal and the administrative court decide on a file of
/// their own, of which the papers of another matter are no part until they were joined.
fn not_joined(document: &DocumentRecord, access: &Access) -> Option<Domain> {
    if access.role != Role::Rechter {
        return None;
    }
    let mut origin = None;
    for domain in &access.domains {
        match document.foreign_to(*domain) {
            None => return None,
            Some(from) if *domain == Domain::Family && from != Domain::Criminal => return None,
            Some(from) => origin = Some(from),
        }
    }
    origin
}

/// Whether the reader may have the file of a document: court staff, or a party for whom it was looked through.
#[must_use]
pub fn may_have(file: &StoredFile, access: &Access) -> bool {
    access.role.is_court() || access.person.as_ref().is_some_and(|person| file.is_checked_for(person))
}

/// Documents under a heading, with the matter they belong to.
type Known<'a> = (String, Option<&'a Matter>, Vec<&'a DocumentRecord>);

/// The documents that a reader knows of, in order, under their headings: of the projection, not of the
/// dossier. Pages and bundles are made from this one list.
#[must_use]
pub fn known<'a>(projected: &'a Dossier, access: &Access) -> Vec<Known<'a>> {
    grouped(projected, access, None)
}

/// The same; a document that belongs to more than one matter stands under one that is heard.
fn grouped<'a>(projected: &'a Dossier, access: &Access, heard: Option<&BTreeSet<&MatterId>>) -> Vec<Known<'a>> {
    let matters = matters_of(projected);
    let place = |document: &DocumentRecord| {
        let own = matters.get(&document.id)?;
        let first = own.iter().find(|matter| heard.is_some_and(|heard| heard.contains(&matter.id)));
        first.or(own.first()).map(|matter| &matter.id)
    };
    let documents: Vec<&DocumentRecord> =
        projected.documents.iter().filter(|document| not_joined(document, access).is_none()).collect();
    let mut groups = Vec::new();
    for matter in &projected.matters {
        let of_matter = |document: &&&DocumentRecord| place(document) == Some(&matter.id);
        groups.push((heading(matter), Some(matter), documents.iter().filter(of_matter).copied().collect()));
    }
    let loose = |origin: Option<Domain>| {
        let of_origin = |document: &&&DocumentRecord| {
            let own = document.restriction.as_ref().map(|restriction| restriction.origin);
            own == origin && place(document).is_none()
        };
        documents.iter().filter(of_origin).copied().collect::<Vec<_>>()
    };
    for (origin, heading) in [
        (Some(Domain::Family), "Andere stukken uit de familiezaken"),
        (Some(Domain::Administrative), "Andere bestuursrechtelijke stukken"),
        (Some(Domain::Criminal), "Andere strafrechtelijke stukken"),
        (None, "Algemene stukken"),
    ] {
        groups.push((heading.to_owned(), None, loose(origin)));
    }
    groups.retain(|(_, _, documents)| !documents.is_empty());
    for (_, _, documents) in &mut groups {
        // What has no date comes last; within a day the order of the file stays.
        documents.sort_by_key(|document| (document.dated.is_none(), document.dated));
    }
    groups
}

/// "Strafzaak (parketnummer 10/990001-26)".
fn heading(matter: &Matter) -> String {
    let numbers: Vec<String> =
        matter.numbers.iter().map(|number| format!("{} {}", number.kind.label(), number.value)).collect();
    let kind = capital(matter.kind.label());
    if numbers.is_empty() { kind } else { format!("{kind} ({})", numbers.join(" / ")) }
}

/// What the bundle of this reader has: of all matters, or of those heard at one moment. A document of another matter
/// comes along when the hearing rests on it. A document that belongs to no matter in particular is always there: that
/// it has nothing to do with the hearing is not known.
#[must_use]
pub fn list(
    projected: &Dossier,
    access: &Access,
    files: &BTreeMap<DocumentId, StoredFile>,
    hearing: Option<&Instant>,
) -> BundleList {
    let called = hearing.map(|at| hearings(projected).remove(at).unwrap_or_default());
    let heard = called.as_ref().map(|called| with_what_is_reviewed(projected, called));
    let relied_on = relied_on(projected);
    let is_heard = |matter: &Matter| heard.as_ref().is_none_or(|heard| heard.contains(&matter.id));
    let foreign = |document: &DocumentRecord| Some((document.id.clone(), not_joined(document, access)?));
    let not_joined = projected.documents.iter().filter_map(foreign).collect();
    let mut out = BundleList { groups: Vec::new(), sheets: Vec::new(), unchecked: 0, elsewhere: 0, not_joined };
    for (heading, matter, documents) in grouped(projected, access, heard.as_ref()) {
        let heard = matter.map(is_heard);
        let mut listed = Vec::with_capacity(documents.len());
        for document in documents {
            if heard == Some(false) && !relied_on.contains(&document.id) {
                out.elsewhere = out.elsewhere.saturating_add(1);
                continue;
            }
            let file = files.get(&document.id);
            if file.is_some_and(|file| !may_have(file, access)) {
                out.unchecked = out.unchecked.saturating_add(1);
                continue;
            }
            let file = file.map(|file| (file.sha256.clone(), file.pages));
            listed.push(Listed { document: document.id.clone(), file });
        }
        if !listed.is_empty() {
            out.groups.push(ListedGroup { heading, heard, documents: listed });
        }
    }
    if access.role.is_court() {
        let is_called =
            |matter: &&Matter| called.as_ref().is_none_or(|called| called.iter().any(|own| own.id == matter.id));
        let own = |matter: &&Matter| access.role == Role::Griffier || access.domains.contains(&matter.domain);
        let sheets = projected.matters.iter().filter(is_called).filter(own);
        out.sheets = sheets.map(|matter| matter.id.clone()).collect();
    }
    out
}
