//! What someone filled in for the same gap in an earlier draft of the case. A new draft asks it again; nobody should have
//! to type it twice. Nothing is taken over by itself: whoever does so makes the words a change of their own.

use super::model::StepKind;
use super::own;
use super::service::{first_text, load};
use super::store::{self, StepRow};
use super::text::{self, TextChange};
use crate::db::AnyConn;
use crate::db::schema::draft;
use crate::documents::model::{Block, DocumentModel, Inline};
use crate::dossier::DossierError;
use crate::dossier::model::Domain;
use crate::dossier::record::Access;
use crate::dossier::rights::get_court_access;
use crate::drafting::service::{self, Drafts, StoredDraft};
use crate::identity::{Actor, Role};
use crate::shared::moment::Instant;
use diesel::prelude::*;

/// Earlier drafts that are looked through, newest first.
const DRAFTS: i64 = 5;

/// A text for a gap that is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledBefore {
    /// Name of the document in the draft.
    pub document: String,
    /// What taking it over changes.
    pub change: TextChange,
    /// When the earlier draft was made.
    pub made_at: Instant,
}

impl Drafts {
    /// Texts for gaps in a draft that were filled in in earlier drafts of its kind, newest first (court of the case). A
    /// judge gets those of drafts that are theirs to see.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Unreadable`, or storage.
    pub fn filled_before(
        &self,
        actor: &Actor,
        dossier: &str,
        stored: &StoredDraft,
    ) -> Result<Vec<FilledBefore>, DossierError> {
        self.db().read(actor, |conn| {
            let access = get_court_access(conn, actor, dossier)?;
            let mut now = Vec::new();
            for document in &stored.set.documents {
                now.push((document.name.as_str(), load(conn, stored, &document.name)?.0.model));
            }
            now.retain(|(_, model)| !text::blanks(model).is_empty());
            let mut found = Vec::new();
            for id in if now.is_empty() { Vec::new() } else { before(conn, dossier, stored)? } {
                let Some(earlier) = service::find(conn, dossier, &id)?.filter(|one| may_see(&access, one)) else {
                    continue;
                };
                for (name, model) in &now {
                    let of = |change| FilledBefore {
                        document: (*name).to_owned(),
                        change,
                        made_at: earlier.summary.made_at,
                    };
                    found.extend(filled_in(conn, &earlier, name, model)?.into_iter().map(of));
                }
            }
            Ok(once(found))
        })
    }
}

/// Drafts of the same kind that were made before, newest first.
fn before(conn: &mut AnyConn, dossier: &str, stored: &StoredDraft) -> Result<Vec<String>, DossierError> {
    Ok(draft::table
        .filter(draft::dossier_id.eq(dossier).and(draft::id.lt(&stored.summary.id)))
        .filter(draft::kind.eq(stored.summary.kind.as_str()))
        .order(draft::id.desc())
        .limit(DRAFTS)
        .select(draft::id)
        .load(conn)?)
}

/// As in the case itself: a judge sees a draft when they sit in every domain it is about.
fn may_see(access: &Access, stored: &StoredDraft) -> bool {
    let about: Option<Vec<Domain>> =
        stored.receipt.get("domains").and_then(|domains| serde_json::from_value(domains.clone()).ok());
    let about = about.unwrap_or_else(|| vec![Domain::Criminal, Domain::Administrative, Domain::Family]);
    access.role != Role::Rechter || about.iter().all(|domain| access.domains.contains(domain))
}

/// The gaps of a text that the earlier draft had too, and that were filled in there.
fn filled_in(
    conn: &mut AnyConn,
    earlier: &StoredDraft,
    name: &str,
    model: &DocumentModel,
) -> Result<Vec<TextChange>, DossierError> {
    let Ok(first) = first_text(earlier, name) else { return Ok(Vec::new()) };
    let steps = store::steps(conn, &earlier.summary.id, name)?;
    let Some(last) = as_changed(&steps)?.filter(|last| last.blocks.len() == first.blocks.len()) else {
        return Ok(Vec::new());
    };
    let known = gaps(first);
    let same = |(place, content): (TextChange, &Vec<Inline>)| {
        let (there, _) = known.iter().find(|(_, other)| *other == content)?;
        let words = own::words_of(text::content(&last, there)?);
        let is_open = words.iter().any(|inline| matches!(inline, Inline::Blank(_)));
        let tekst: String = words.iter().map(Inline::text).collect();
        let tekst = tekst.trim().to_owned();
        (!is_open && tekst != own::LAPSED && !tekst.is_empty()).then_some(TextChange { tekst, ..place })
    };
    Ok(gaps(model).into_iter().filter_map(same).collect())
}

/// The text after the last change by hand: not stamped or sealed, so that its places are those of the draft.
fn as_changed(steps: &[StepRow]) -> Result<Option<DocumentModel>, DossierError> {
    let amended = steps.iter().rev().find(|row| row.step == StepKind::Amended);
    let content = amended.and_then(|row| row.content.as_deref());
    content.map(|content| serde_json::from_str(content).map_err(|_| DossierError::Unreadable)).transpose()
}

/// Paragraphs and items of lists with something to be filled in, before the account of what the program found.
fn gaps(model: &DocumentModel) -> Vec<(TextChange, &Vec<Inline>)> {
    let mut found = Vec::new();
    let end = text::annex_at(model).unwrap_or(model.blocks.len());
    for (blok, block) in model.blocks.iter().enumerate().take(end) {
        let place = |onderdeel| TextChange { blok, onderdeel, ..TextChange::default() };
        match block {
            Block::Paragraph { content, .. } => found.push((place(None), content)),
            Block::List { items, .. } => {
                found.extend(items.iter().enumerate().map(|(item, content)| (place(Some(item)), content)));
            }
            _ => {}
        }
    }
    found.retain(|(_, content)| content.iter().any(|inline| matches!(inline, Inline::Blank(_))));
    found
}

/// Of each gap the newest text.
fn once(all: Vec<FilledBefore>) -> Vec<FilledBefore> {
    let mut found: Vec<FilledBefore> = Vec::new();
    for one in all {
        let same = |known: &FilledBefore| {
            (&known.document, known.change.blok, known.change.onderdeel)
                == (&one.document, one.change.blok, one.change.onderdeel)
        };
        if !found.iter().any(same) {
            found.push(one);
        }
    }
    found
}
