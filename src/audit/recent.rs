//! The check at the start of the service: all of a small trail, the newest part of a large one.
//!
//! Of a large trail it recomputes the newest anchors (fifty, see `Bounds`) and the end of the chains: first of
//! those that grew since they were last anchored, then of others up to a bound, with the contents that those
//! entries vouch for. Of each of these chains, the entry that these anchors name last must be the one stored.
//!
//! An anchor names only the chains that grew since the one before. A chain that none of the newest anchors names
//! is therefore held against no anchor here: when its end was cut off and its head put back, only the complete
//! check, `verify`, finds that.

use super::anchor::{AnchorRow, HEAD, Head, anchor_hash};
use super::chain::EntryRow;
use super::contents;
use super::verify::{GONE, Report, Seen, check_content, check_entry, verify};
use crate::db::schema::{audit_anchor, audit_entry, audit_head};
use crate::db::{AnyConn, Database, DbError, Job};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// How much of the trail is checked.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// A trail of at most this many entries is checked completely.
    pub entries: i64,
    /// Chains of a larger trail at most.
    pub chains: usize,
    /// Entries at the end of each of those at most.
    pub tail: i64,
    /// Newest anchors.
    pub anchors: i64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { entries: 20_000, chains: 500, tail: 20, anchors: 50 }
    }
}

/// Checks the trail within bounds.
///
/// # Errors
/// When the database cannot be read. What does not agree is no error but stands in the report.
pub fn verify_recent(db: &Database, bounds: Bounds) -> Result<Report, DbError> {
    type Known = (Head, i64);
    let heads: Vec<Known> = db.read(Job::Verify, |conn| {
        Ok::<_, DbError>(audit_head::table.select((HEAD, audit_head::anchored)).load(conn)?)
    })?;
    // A head counts its chain, so nothing needs to be counted in the table of entries itself.
    if heads.iter().map(|((_, seq, _), _)| *seq).sum::<i64>() <= bounds.entries {
        return verify(db);
    }
    db.read(Job::Verify, |conn| {
        let mut report = Report { complete: false, ..Report::default() };
        let anchored = check_newest_anchors(conn, bounds.anchors, &mut report)?;
        let mut chains = heads;
        // Chains that grew since they were last anchored come first: nothing fixes their end yet.
        chains.sort_by_key(|((_, seq, _), fixed)| fixed == seq);
        chains.truncate(bounds.chains);
        for (head, _) in &chains {
            check_end(conn, head, anchored.get(&head.0), bounds.tail, &mut report)?;
        }
        Ok(report)
    })
}

/// Recomputes the newest anchors; gives the last head that they name of each chain.
fn check_newest_anchors(
    conn: &mut AnyConn,
    most: i64,
    report: &mut Report,
) -> Result<BTreeMap<String, (i64, String)>, DbError> {
    let mut anchors: Vec<AnchorRow> = audit_anchor::table.order(audit_anchor::seq.desc()).limit(most).load(conn)?;
    anchors.reverse();
    let mut before: Option<(i64, String)> = None;
    let mut named = BTreeMap::new();
    for row in &anchors {
        let (seq, _, heads, previous, hash) = row;
        report.anchors += 1;
        let follows = before.as_ref().is_none_or(|(last, known)| *seq == last + 1 && previous == known);
        if !follows || anchor_hash(row) != *hash {
            report.add(format!("anker {seq}"), "de hash klopt niet of een anker ontbreekt");
        }
        before = Some((*seq, hash.clone()));
        match serde_json::from_str::<Vec<Head>>(heads) {
            Ok(heads) => named.extend(heads.into_iter().map(|(chain, seq, hash)| (chain, (seq, hash)))),
            Err(_) => report.add(format!("anker {seq}"), "de inhoud is onleesbaar"),
        }
    }
    Ok(named)
}

fn check_end(
    conn: &mut AnyConn,
    head: &Head,
    anchored: Option<&(i64, String)>,
    tail: i64,
    report: &mut Report,
) -> Result<(), DbError> {
    let (chain, seq, hash) = head;
    report.chains += 1;
    let rows: Vec<EntryRow> = audit_entry::table
        .filter(audit_entry::chain.eq(chain))
        .order(audit_entry::seq.desc())
        .limit(tail)
        .load(conn)?;
    let mut seen = Seen::default();
    if let Some(first) = rows.last() {
        seen.heads.insert(chain.clone(), (first.1 - 1, first.7.clone()));
    }
    for row in rows.into_iter().rev() {
        check_entry(row, report, &mut seen);
    }
    let end = seen.heads.get(chain).cloned().unwrap_or_default();
    if (*seq, hash) != (end.0, &end.1) {
        report.add(format!("keten {chain}"), "het einde van de keten klopt niet: er zijn regels weg of bijgevoegd");
    }
    if let Some((place, hash)) = anchored.filter(|(place, _)| *place > 0) {
        let stored: Option<String> =
            audit_entry::table.find((chain, place)).select(audit_entry::hash).first(conn).optional()?;
        if stored.as_ref() != Some(hash) {
            report.add(format!("keten {chain}, regel {place}"), "een anker legt hier een andere regel vast");
        }
    }
    check_vouched(conn, chain, seen, report)
}

/// Recomputes the contents that these entries vouch for.
fn check_vouched(conn: &mut AnyConn, chain: &str, seen: Seen, report: &mut Report) -> Result<(), DbError> {
    let mut seals = seen.seals;
    for (key, content) in seen.vouched {
        match contents::find(conn, chain, &content)? {
            Some(found) => check_content(key, &found, &mut seals, report),
            None => report.add(key, GONE),
        }
    }
    Ok(())
}
