//! Looking for one's own cases by words in their reference and by the day of the last change.

use super::error::DossierError;
use super::record::{DossierSummary, FoundCases, Page};
use super::service::{Dossiers, PAGE_MOST, page};
use super::store::{self, Wanted};
use crate::identity::Actor;

/// Cases that are looked through at once. With the second lock each costs a look in an index, so that this many are
/// read well within the time of a page, whoever asks.
pub const AT_ONCE: i64 = 5_000;

impl Dossiers {
    /// Cases assigned to the actor that are asked for, newest first. No more than `AT_ONCE` are looked through, and it is
    /// told when older ones were not; a whole reference is found in all of them.
    ///
    /// # Errors
    /// When storage fails.
    pub fn find(&self, actor: &Actor, wanted: &Wanted<'_>, limit: i64) -> Result<FoundCases, DossierError> {
        let (limit, now) = (limit.clamp(1, PAGE_MOST), self.db.now());
        self.db.read(actor, |conn| {
            let oldest = if wanted.passes_over() {
                store::last_looked_at(conn, actor, wanted.before, AT_ONCE, now)?
            } else {
                None
            };
            let items = store::list_assigned(conn, actor, wanted, oldest.as_deref(), (limit + 1, now))?;
            let mut page = page(items, limit);
            let mut looked_at = None;
            if page.next.is_none() && oldest.is_some() {
                page.next = oldest;
                looked_at = Some(AT_ONCE);
            }
            let words = wanted.words.trim();
            if wanted.before.is_none() && !words.is_empty() {
                put_first(&mut page, store::find_exact(conn, actor, words, now)?, wanted);
            }
            Ok(FoundCases { page, looked_at })
        })
    }
}

/// The case with the whole reference that was typed, above the others, unless it stands among them.
fn put_first(page: &mut Page<DossierSummary>, exact: Option<DossierSummary>, wanted: &Wanted<'_>) {
    let asked = |item: &DossierSummary| wanted.since.is_none_or(|since| item.updated_at.timestamp_micros() >= since);
    if let Some(exact) = exact.filter(asked)
        && !page.items.iter().any(|item| item.id == exact.id)
    {
        page.items.insert(0, exact);
    }
}
