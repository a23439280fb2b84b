//! Recomputing every hash: entries, heads, anchors, and the contents that entries vouch for.

use super::anchor::{AnchorRow, HEAD, Head, anchor_hash};
use super::chain::{EntryRow, entry_hash};
use super::contents::{self, Found};
use super::event::{AuditEvent, Content};
use crate::db::schema::{audit_anchor, audit_entry, audit_head};
use crate::db::{AnyConn, Database, DbError, Job};
use crate::shared::hash::sha256_hex;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Rows read at a time.
const PAGE: i64 = 500;
pub(super) const GONE: &str = "het stuk staat in het logboek maar is er niet meer";

/// Outcome of checking the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Chains seen.
    pub chains: usize,
    /// Entries recomputed.
    pub entries: usize,
    /// Snapshots, submissions and drafts recomputed.
    pub contents: usize,
    /// Anchors recomputed.
    pub anchors: usize,
    /// Whether everything was recomputed, or only the newest part.
    pub complete: bool,
    /// Everything that does not agree; empty when all is as it was written.
    pub problems: Vec<Problem>,
}

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where: a chain with a number, or a stored content.
    pub place: String,
    /// What is wrong, in Dutch.
    pub message: String,
}

impl Default for Report {
    fn default() -> Self {
        Self { chains: 0, entries: 0, contents: 0, anchors: 0, complete: true, problems: Vec::new() }
    }
}

impl Report {
    /// Whether everything agrees.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.problems.is_empty()
    }

    /// The outcome in Dutch, one sentence a line.
    #[must_use]
    pub fn dutch(&self) -> String {
        let counted = format!(
            "Gecontroleerd: {} regels in {} ketens, {} vastgelegde stukken, {} ankers.",
            self.entries, self.chains, self.contents, self.anchors
        );
        if self.is_intact() && self.complete {
            return format!("{counted}\nHet logboek is ongeschonden.");
        }
        if self.is_intact() {
            return format!(
                "{counted}\nHet nieuwste deel van het logboek is ongeschonden. Alles controleren: `combizitting audit verify`."
            );
        }
        let problems: String =
            self.problems.iter().map(|problem| format!("\n- {}: {}", problem.place, problem.message)).collect();
        format!("{counted}\nHet logboek is NIET ongeschonden:{problems}")
    }

    pub(super) fn add(&mut self, place: impl Into<String>, message: &str) {
        self.problems.push(Problem { place: place.into(), message: message.to_owned() });
    }
}

/// What was learnt from the entries, to hold the rest against.
#[derive(Default)]
pub(super) struct Seen {
    /// Last place and hash of each chain.
    pub(super) heads: BTreeMap<String, (i64, String)>,
    /// Hashes at the places that anchors name.
    anchored: HashMap<(String, i64), String>,
    /// Hashes of contents vouched for, by key.
    pub(super) seals: HashMap<String, String>,
    /// Contents vouched for, in order, with their keys.
    pub(super) vouched: Vec<(String, Content)>,
    /// The chain that is read, and the keys of contents that its entries vouched for.
    of_chain: (String, Vec<String>),
}

impl Seen {
    /// An entry vouches for a content.
    fn vouch(&mut self, chain: &str, content: Content, hash: &str) {
        let key = content.key(chain);
        if self.of_chain.0 != chain {
            self.of_chain = (chain.to_owned(), Vec::new());
        }
        self.of_chain.1.push(key.clone());
        self.seals.insert(key.clone(), hash.to_owned());
        self.vouched.push((key, content));
    }

    /// The content of a chain was destroyed, and an entry says so: what came before it need not be there any more.
    fn let_go(&mut self, chain: &str) {
        if self.of_chain.0 == chain {
            let gone = std::mem::take(&mut self.of_chain.1);
            // They are the last that were vouched for: a chain is read as a whole.
            self.vouched.truncate(self.vouched.len().saturating_sub(gone.len()));
            for key in gone {
                self.seals.remove(&key);
            }
        }
    }
}

/// Recomputes the whole audit trail in one snapshot of the database.
///
/// # Errors
/// When the database cannot be read. What does not agree is no error but stands in the report.
pub fn verify(db: &Database) -> Result<Report, DbError> {
    db.read(Job::Verify, |conn| {
        let mut report = Report::default();
        let anchors: Vec<AnchorRow> = audit_anchor::table.order(audit_anchor::seq.asc()).load(conn)?;
        let named = check_anchors(&anchors, &mut report);
        let mut seen =
            Seen { anchored: named.keys().map(|key| (key.clone(), String::new())).collect(), ..Seen::default() };
        check_entries(conn, &mut report, &mut seen)?;
        check_heads(conn, &mut report, &seen)?;
        for ((chain, seq), hash) in named {
            if seq > 0 && seen.anchored.get(&(chain.clone(), seq)) != Some(&hash) {
                report.add(format!("keten {chain}, regel {seq}"), "een anker legt hier een andere regel vast");
            }
        }
        check_contents(conn, &mut report, seen.seals)?;
        Ok(report)
    })
}

/// Recomputes the anchors; gives the heads that they name.
fn check_anchors(anchors: &[AnchorRow], report: &mut Report) -> BTreeMap<(String, i64), String> {
    let mut named = BTreeMap::new();
    let mut before = String::new();
    for (place, row) in anchors.iter().enumerate() {
        let (seq, _, heads, previous, hash) = row;
        report.anchors += 1;
        if usize::try_from(*seq) != Ok(place + 1) || *previous != before || anchor_hash(row) != *hash {
            report.add(format!("anker {seq}"), "de hash klopt niet of een anker ontbreekt");
        }
        before.clone_from(hash);
        match serde_json::from_str::<Vec<Head>>(heads) {
            Ok(heads) => named.extend(heads.into_iter().map(|(chain, seq, hash)| ((chain, seq), hash))),
            Err(_) => report.add(format!("anker {seq}"), "de inhoud is onleesbaar"),
        }
    }
    named
}

fn check_entries(conn: &mut AnyConn, report: &mut Report, seen: &mut Seen) -> Result<(), DbError> {
    let mut after: Option<(String, i64)> = None;
    loop {
        let page = entries_after(conn, after.as_ref())?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some((last.0.clone(), last.1));
        for row in page {
            check_entry(row, report, seen);
        }
    }
}

fn entries_after(conn: &mut AnyConn, after: Option<&(String, i64)>) -> Result<Vec<EntryRow>, DbError> {
    use audit_entry::{chain, seq};
    let query = audit_entry::table.order((chain.asc(), seq.asc())).limit(PAGE);
    Ok(match after {
        None => query.load(conn)?,
        Some((last_chain, last_seq)) => {
            query.filter(chain.gt(last_chain).or(chain.eq(last_chain).and(seq.gt(last_seq)))).load(conn)?
        }
    })
}

pub(super) fn check_entry(row: EntryRow, report: &mut Report, seen: &mut Seen) {
    report.entries += 1;
    let hash = entry_hash(&row);
    let (chain, seq, _, _, _, event, data, previous, stored) = row;
    let place = format!("keten {chain}, regel {seq}");
    if hash != stored {
        report.add(&place, "de regel is gewijzigd: de hash klopt niet");
    }
    let (last_seq, last_hash) = seen.heads.get(&chain).cloned().unwrap_or_default();
    if seq != last_seq + 1 {
        report.add(&place, "er ontbreken een of meer regels voor deze regel");
    }
    if previous != last_hash {
        report.add(&place, "de regel sluit niet aan op de vorige");
    }
    if let Some(known) = seen.anchored.get_mut(&(chain.clone(), seq)) {
        known.clone_from(&stored);
    }
    match serde_json::from_str::<AuditEvent>(&data) {
        Ok(known) => {
            if let Some((content, hash)) = known.seal() {
                seen.vouch(&chain, content, hash);
            } else if known.is_destruction() {
                seen.let_go(&chain);
            }
        }
        Err(_) => report.add(&place, &format!("de gebeurtenis `{event}` is onleesbaar")),
    }
    seen.heads.insert(chain, (seq, stored));
}

fn check_heads(conn: &mut AnyConn, report: &mut Report, seen: &Seen) -> Result<(), DbError> {
    let heads: Vec<Head> = audit_head::table.select(HEAD).order(audit_head::chain.asc()).load(conn)?;
    let mut left: BTreeMap<&String, &(i64, String)> = seen.heads.iter().collect();
    report.chains = heads.len();
    for (chain, seq, hash) in heads {
        let (last_seq, last_hash) = left.remove(&chain).cloned().unwrap_or_default();
        if (seq, &hash) != (last_seq, &last_hash) {
            report.add(format!("keten {chain}"), "het einde van de keten klopt niet: er zijn regels weg of bijgevoegd");
        }
    }
    for chain in left.keys() {
        report.add(format!("keten {chain}"), "het begin van de keten is niet geregistreerd");
    }
    Ok(())
}

/// Recomputes the hashes of what is stored and holds them against what the entries vouch for.
fn check_contents(conn: &mut AnyConn, report: &mut Report, mut seals: HashMap<String, String>) -> Result<(), DbError> {
    for (dossier, content) in contents::all(conn)? {
        if let Some(found) = contents::find(conn, &dossier, &content)? {
            check_content(content.key(&dossier), &found, &mut seals, report);
        }
    }
    let mut missing: Vec<String> = seals.into_keys().collect();
    missing.sort();
    for key in missing {
        report.add(key, GONE);
    }
    Ok(())
}

pub(super) fn check_content(
    key: String,
    (content, hash): &Found,
    seals: &mut HashMap<String, String>,
    report: &mut Report,
) {
    report.contents += 1;
    let sealed = seals.remove(&key);
    let Some(content) = content else {
        report.add(
            key,
            "de inhoud is gewijzigd of verplaatst, of met een andere sleutel verzegeld: zij kan niet worden geopend",
        );
        return;
    };
    if sha256_hex(content) != *hash {
        report.add(key, "de inhoud is gewijzigd: de hash klopt niet");
    } else if sealed.as_ref() != Some(hash) {
        report.add(key, "het logboek legt een andere inhoud vast");
    }
}
