//! Which documents the bundle of one reader has, in which order. Pure.

use super::files::StoredFile;
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
    /// Documents that belong only to matters that are not heard then.
    pub elsewhere: usize,
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

/// Whether a document belongs in the bundle of this reader at all. The projection has left out what may
/// not be used or seen; beyond that, a judge who decides on a file alone gets that file: for the criminal
/// court what was not joined to the criminal file is no part of it.
fn belongs(document: &DocumentRecord, access: &Access) -> bool {
    if access.role != Role::Rechter {
        return true;
    }
    access.domains.iter().any(|domain| match document.foreign_to(*domain) {
        None => true,
        Some(origin) => origin != Domain::Criminal && *domain != Domain::Criminal,
    })
}

/// Whether the reader may have the file of a document: court staff, or a party for whom it was looked through.
#[must_use]
pub fn may_have(file: &StoredFile, access: &Access) -> bool {
    access.role.is_court() || access.person.as_ref().is_some_and(|person| file.is_checked_for(person))
}

/// The documents that a reader knows of, in order, under their headings: of the projection, not of the
/// dossier. Pages and bundles are made from this one list.
#[must_use]
pub fn known<'a>(
    projected: &'a Dossier,
    access: &Access,
) -> Vec<(String, Option<&'a Matter>, Vec<&'a DocumentRecord>)> {
    let matters = matters_of(projected);
    let documents: Vec<&DocumentRecord> =
        projected.documents.iter().filter(|document| belongs(document, access)).collect();
    let mut groups = Vec::new();
    for matter in &projected.matters {
        let of_matter = |document: &&&DocumentRecord| matters.get(&document.id).is_some_and(|own| own.id == matter.id);
        groups.push((heading(matter), Some(matter), documents.iter().filter(of_matter).copied().collect()));
    }
    let loose = |origin: Option<Domain>| {
        let of_origin = |document: &&&DocumentRecord| {
            let own = document.restriction.as_ref().map(|restriction| restriction.origin);
            own == origin && !matters.contains_key(&document.id)
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

/// The matter that a document belongs to: the first of the file that names it in a step of its
/// procedure, a request, an answer to one, or a measure.
fn matters_of(dossier: &Dossier) -> BTreeMap<DocumentId, &Matter> {
    let mut found: BTreeMap<DocumentId, &Matter> = BTreeMap::new();
    let mut add = |document: Option<&DocumentId>, matter: Option<&MatterId>| {
        if let (Some(document), Some(matter)) = (document, matter.and_then(|id| dossier.find_matter(id))) {
            found.entry(document.clone()).or_insert(matter);
        }
    };
    for matter in &dossier.matters {
        for step in &matter.steps {
            add(step.source.as_ref().map(|source| &source.document), Some(&matter.id));
        }
        let advice = matter.criminal.as_ref().and_then(|criminal| criminal.reclassering_advice.as_ref());
        add(advice.map(|source| &source.document), Some(&matter.id));
    }
    for request in &dossier.requests {
        let positions = request.positions.iter().map(|position| &position.source);
        for source in std::iter::once(&request.source).chain(positions).flatten() {
            add(Some(&source.document), Some(&request.matter));
        }
    }
    for measure in &dossier.measures {
        add(measure.source.as_ref().map(|source| &source.document), Some(&measure.matter));
    }
    found
}

/// What the bundle of this reader has: of all matters, or of those heard at one moment. A document that
/// belongs to no matter in particular is always there: that it has nothing to do with the hearing is not known.
#[must_use]
pub fn list(
    projected: &Dossier,
    access: &Access,
    files: &BTreeMap<DocumentId, StoredFile>,
    hearing: Option<&Instant>,
) -> BundleList {
    let heard: Option<BTreeSet<&MatterId>> = hearing
        .map(|at| hearings(projected).remove(at).unwrap_or_default().into_iter().map(|matter| &matter.id).collect());
    let is_heard = |matter: &Matter| heard.as_ref().is_none_or(|heard| heard.contains(&matter.id));
    let mut out = BundleList { groups: Vec::new(), sheets: Vec::new(), unchecked: 0, elsewhere: 0 };
    for (heading, matter, documents) in known(projected, access) {
        if matter.is_some_and(|matter| !is_heard(matter)) {
            out.elsewhere = out.elsewhere.saturating_add(documents.len());
            continue;
        }
        let mut listed = Vec::with_capacity(documents.len());
        for document in documents {
            let file = files.get(&document.id);
            if file.is_some_and(|file| !may_have(file, access)) {
                out.unchecked = out.unchecked.saturating_add(1);
                continue;
            }
            let file = file.map(|file| (file.sha256.clone(), file.pages));
            listed.push(Listed { document: document.id.clone(), file });
        }
        if !listed.is_empty() {
            out.groups.push(ListedGroup { heading, documents: listed });
        }
    }
    if access.role.is_court() {
        let own = |matter: &&Matter| access.role == Role::Griffier || access.domains.contains(&matter.domain);
        let sheets = projected.matters.iter().filter(|matter| is_heard(matter)).filter(own);
        out.sheets = sheets.map(|matter| matter.id.clone()).collect();
    }
    out
}
