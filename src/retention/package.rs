//! The package for the archive: every version of the dossier, what was handed in, each sealed decision as it was sealed
//! and as PDF/A, the files, and the trail, each with its metadata and a list of checksums.

use super::mdto::{self, CaseFacts, FileFacts};
use super::rules::Rule;
use super::service::{Retention, RetentionError, must_be_due, note};
use super::store;
use crate::audit::{self, Chain, DestructionStep};
use crate::db::schema::{
    destruction, document_file, dossier, dossier_version, draft, file_content, review_step, submission,
};
use crate::db::vault::{self, Stored};
use crate::db::{AnyConn, DbError, Job, Spot};
use crate::documents::model::DocumentModel;
use crate::documents::pdf;
use crate::dossier::DossierError;
use crate::dossier::store::dossier_at;
use crate::identity::Actor;
use crate::shared::hash::sha256_hex;
use crate::shared::moment::Instant;
use diesel::prelude::*;

/// Lines of the trail at most.
const LINES: i64 = 100_000;
const PDF: &str = "application/pdf";
const JSON: &str = "application/json";

/// A file of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedPart {
    /// Path within the package.
    pub name: String,
    /// Media type.
    media: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
}

/// What goes to the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The proposal for which it was made.
    pub proposal: String,
    /// Every file, the list of checksums last.
    pub parts: Vec<PackedPart>,
    /// SHA-256 over the list of checksums.
    pub hash: String,
    /// How far the chain of the case was.
    seq: i64,
    case: String,
}

/// Name of the list of checksums.
const SUMS: &str = "SHA256SUMS";

impl Retention {
    /// Puts together what goes to the archive of a case for which a proposal lies (operator of the machine).
    ///
    /// # Errors
    /// `Forbidden`, `NotFound` without a proposal, `NotDue`, a document that cannot be made, or storage.
    pub fn package(&self, actor: &Actor, reference: &str) -> Result<Package, RetentionError> {
        must_be_operator(actor)?;
        let at = self.db.now();
        self.db.read(Job::Retain, |conn| {
            let id: Option<String> = dossier::table
                .filter(dossier::reference.eq(reference))
                .select(dossier::id)
                .get_result(conn)
                .optional()?;
            let id = id.ok_or(RetentionError::NotFound)?;
            let proposal = store::open_of_case(conn, &id)?.ok_or(RetentionError::NotFound)?;
            let (reference, standing) = must_be_due(conn, &id, at)?;
            let seq = store::end_of_chain(conn, &id)?;
            let mut parts = versions(conn, &id)?;
            parts.extend(submissions(conn, &id)?);
            parts.extend(decisions(conn, &id)?);
            parts.extend(files(conn, &id)?);
            parts.push(trail(conn, &id)?);
            let facts = CaseFacts {
                id: &id,
                reference: &reference,
                archivist: &authority(conn, &id)?,
                rule: standing.rule.title,
                source: &source_of(standing.rule),
                since: standing.since,
                due_on: standing.due_on.unwrap_or(standing.since),
                years: standing.rule.years,
            };
            let parts = described(&facts, parts, crate::db::instant_of(at));
            let hash = parts.last().map(|sums| sha256_hex(&sums.bytes)).unwrap_or_default();
            Ok(Package { proposal, parts, hash, seq, case: id })
        })
    }

    /// Records that a package was written (operator of the machine); then the proposal can be confirmed.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound` when the proposal is open no more, or storage.
    pub fn packed(&self, actor: &Actor, package: &Package) -> Result<(), RetentionError> {
        must_be_operator(actor)?;
        let (who, at) = (actor.clone(), self.db.now());
        let (id, case, hash, seq) = (package.proposal.clone(), package.case.clone(), package.hash.clone(), package.seq);
        self.db.write(Job::Retain, move |tx| {
            use destruction as d;
            store::open(tx, &id)?.ok_or(RetentionError::NotFound)?;
            let set = (d::package_hash.eq(&hash), d::package_seq.eq(seq));
            diesel::update(d::table.find(&id)).set(set).execute(tx)?;
            note(tx, &who, &case, at, &id, DestructionStep::Packaged, Some(hash.clone()))
        })
    }
}

fn must_be_operator(actor: &Actor) -> Result<(), RetentionError> {
    if actor.user_id == Actor::OPERATOR_ID { Ok(()) } else { Err(RetentionError::Forbidden) }
}

fn source_of(rule: &Rule) -> String {
    let source = rule.source();
    if source.verified { source.reference } else { format!("{} (niet geverifieerd)", source.reference) }
}

/// Who formed the archive: the authority of the first matter.
fn authority(conn: &mut AnyConn, id: &str) -> Result<String, RetentionError> {
    let version = dossier::table.find(id).select(dossier::current_version).get_result(conn)?;
    let file = dossier_at(conn, id, version)?;
    Ok(file.matters.first().map_or_else(|| "onbekend".to_owned(), |matter| matter.authority.name.clone()))
}

fn versions(conn: &mut AnyConn, id: &str) -> Result<Vec<PackedPart>, RetentionError> {
    use dossier_version as v;
    let rows: Vec<(i64, Stored<String>)> = v::table
        .filter(v::dossier_id.eq(id))
        .order(v::version.asc())
        .select((v::version, (v::content, v::sealed)))
        .load(conn)?;
    let part = |(version, stored): (i64, Stored<String>)| {
        let bytes = vault::text(conn, &Spot::version(id, version), stored)?.into_bytes();
        Ok(PackedPart { name: format!("dossier/versie-{version}.json"), media: JSON, bytes })
    };
    rows.into_iter().map(part).collect()
}

fn submissions(conn: &mut AnyConn, id: &str) -> Result<Vec<PackedPart>, RetentionError> {
    use submission as s;
    let rows: Vec<(String, Stored<String>)> =
        s::table.filter(s::dossier_id.eq(id)).order(s::id.asc()).select((s::id, (s::content, s::sealed))).load(conn)?;
    let part = |(own, stored): (String, Stored<String>)| {
        let bytes = vault::text(conn, &Spot::submission(id, &own), stored)?.into_bytes();
        Ok(PackedPart { name: format!("ingediend/{own}.json"), media: JSON, bytes })
    };
    rows.into_iter().map(part).collect()
}

type StepRow = (String, String, i64, (Option<String>, Option<Vec<u8>>), Option<String>);

/// Each decision as it was sealed, also one that was withdrawn or corrected later.
fn decisions(conn: &mut AnyConn, id: &str) -> Result<Vec<PackedPart>, RetentionError> {
    use {draft as d, review_step as r};
    let rows: Vec<StepRow> = r::table
        .inner_join(d::table.on(d::id.eq(r::draft_id)))
        .filter(d::dossier_id.eq(id).and(r::step.eq("verzegeld")))
        .order((r::draft_id.asc(), r::document.asc(), r::number.asc()))
        .select((r::draft_id, r::document, r::number, (r::content, r::sealed), r::file_hash))
        .load(conn)?;
    let mut parts = Vec::new();
    for (own, document, number, (content, sealed), file_hash) in rows {
        let stored = (content.unwrap_or_default(), sealed);
        let text = vault::text(conn, &Spot::step(id, &own, &document, number), stored)?;
        let model: DocumentModel = serde_json::from_str(&text).map_err(|_| DossierError::Unreadable)?;
        let name = format!("beslissingen/{}-{own}-{number}", safe(&document));
        let made = |result: Result<Vec<u8>, _>| {
            result.map_err(|error: crate::documents::DocumentError| DossierError::Invalid(error.to_string()))
        };
        let bytes = made(pdf::render(&model))?;
        // What this program makes of the text now may differ from the file that was sealed; then the text tells.
        let same = file_hash.is_some_and(|hash| hash == sha256_hex(&bytes));
        let as_sealed = if same { "verzegeld" } else { "opnieuw-gezet" };
        parts.push(PackedPart { name: format!("{name}.{as_sealed}.pdf"), media: PDF, bytes });
        let archived = made(pdf::render_for_archive(&model))?;
        parts.push(PackedPart { name: format!("{name}.archief.pdf"), media: PDF, bytes: archived });
        parts.push(PackedPart { name: format!("{name}.tekst.json"), media: JSON, bytes: text.into_bytes() });
    }
    Ok(parts)
}

fn files(conn: &mut AnyConn, id: &str) -> Result<Vec<PackedPart>, RetentionError> {
    use {document_file as f, file_content as c};
    let rows: Vec<(String, i64, String)> = f::table
        .filter(f::dossier_id.eq(id))
        .order((f::document.asc(), f::number.asc()))
        .select((f::document, f::number, f::sha256))
        .load(conn)?;
    let mut parts = Vec::new();
    for (document, number, sha256) in rows {
        let stored: Stored<Vec<u8>> = c::table.find(&sha256).select((c::content, c::sealed)).get_result(conn)?;
        let bytes = vault::bytes(conn, &Spot::file(&sha256), stored)?;
        parts.push(PackedPart { name: format!("stukken/{}-{number}.pdf", safe(&document)), media: PDF, bytes });
    }
    Ok(parts)
}

fn trail(conn: &mut AnyConn, id: &str) -> Result<PackedPart, DbError> {
    let mut lines = audit::lines(conn, &Chain::Dossier(id.to_owned()), None, None, LINES)?;
    lines.reverse();
    let text: String = lines
        .iter()
        .map(|line| {
            format!(
                "{} {} {} {} {} {}\n",
                line.place.seq,
                line.at.to_rfc3339(),
                line.actor,
                line.role,
                line.text,
                line.hash
            )
        })
        .collect();
    Ok(PackedPart { name: "logboek.txt".to_owned(), media: "text/plain", bytes: text.into_bytes() })
}

/// A name that stays in its folder on every system.
fn safe(name: &str) -> String {
    name.chars().map(|sign| if sign.is_ascii_alphanumeric() || sign == '-' { sign } else { '_' }).collect()
}

/// The files with their metadata and the checksums of all.
fn described(case: &CaseFacts<'_>, parts: Vec<PackedPart>, at: Instant) -> Vec<PackedPart> {
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let xml = |name: String, text: String| PackedPart { name, media: "application/xml", bytes: text.into_bytes() };
    let mut all = vec![xml("zaak.mdto.xml".to_owned(), mdto::information_object(case, &names))];
    for part in parts {
        let sha256 = sha256_hex(&part.bytes);
        let facts = FileFacts { name: &part.name, size: part.bytes.len(), media: part.media, sha256: &sha256, at };
        all.push(xml(format!("{}.mdto.xml", part.name), mdto::file(case, &facts)));
        all.push(part);
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    let sums: String = all.iter().map(|part| format!("{}  {}\n", sha256_hex(&part.bytes), part.name)).collect();
    all.push(PackedPart { name: SUMS.to_owned(), media: "text/plain", bytes: sums.into_bytes() });
    all
}
