//! Which part of a document may be changed by hand, and how; the same for a change that was typed
//! and for one that was read back from a Word file.

use super::own;
use super::text::{self, ChangeKind, TextChange};
use crate::documents::model::{Block, DocumentModel};

/// Longest text of one paragraph.
const LONGEST: usize = 8_000;

const ANNEX: &str = "De bijlage is de verantwoording van wat het programma vond. Zij wordt niet gewijzigd; bij het \
     verzegelen blijft zij weg, tenzij zij erbij wordt gehouden. Een eigen oordeel over een bevinding legt de rechter \
     vast bij de bevindingen.";
const HEADING: &str = "Een kop ligt vast: de nummers en verwijzingen rusten erop.";
const NOTICE: &str = "Dit kader hoort bij de behandeling van het document, of is een oordeel dat de rechter bij de \
     bevindingen vastlegde. Het wordt daar gewijzigd, niet hier.";
const TABLE_HEAD: &str = "Het opschrift en de kop van een tabel liggen vast.";
const TABLE_SHAPE: &str = "Een cel, rij of kolom kan niet worden weggehaald. Wijzig de tekst van de cel.";
const MIDDLE: &str = "In een genummerde opsomming kan alleen aan het eind een punt bij; anders verschuiven de nummers.";
const CLAIM: &str = "De tekst zegt zelf wie haar schreef. Dat zet Combizitting erbij; haal het uit uw tekst.";

/// Whether the paragraph in this block may be changed.
#[must_use]
pub fn may_change(model: &DocumentModel, block: usize) -> bool {
    let change = TextChange::replace(block, String::new());
    text::content(model, &change).is_some() && place(model, &change).is_none()
}

/// Why a change cannot be made.
pub(super) fn check(model: &DocumentModel, change: &TextChange) -> Result<(), String> {
    if let Some(reason) = place(model, change) {
        return Err(reason);
    }
    let here = text::content(model, change);
    let is_there =
        if change.soort == ChangeKind::Add { model.blocks.get(change.blok).is_some() } else { here.is_some() };
    if !is_there {
        return Err(format!("Op plaats {} staat geen alinea die kan worden gewijzigd.", change.blok));
    }
    let note = here.and_then(|content| own::note_of(content)).filter(|_| change.soort != ChangeKind::Add);
    let words = own::without_note(&change.tekst, note);
    let length = words.chars().count();
    match (change.soort, here) {
        (ChangeKind::Remove, _) if length > 0 => Err("Bij weghalen hoort geen nieuwe tekst.".to_owned()),
        (ChangeKind::Remove, Some(content)) if text::is_same(content, own::LAPSED) => {
            Err("Deze tekst is al vervallen.".to_owned())
        }
        (ChangeKind::Remove, _) => Ok(()),
        _ if length == 0 || length > LONGEST => {
            Err(format!("De tekst van een alinea is niet leeg en heeft ten hoogste {LONGEST} tekens."))
        }
        _ if own::claims_author(words) => Err(CLAIM.to_owned()),
        (ChangeKind::Replace, Some(content)) if text::is_same(content, words) => {
            Err("De nieuwe tekst is gelijk aan de tekst die er al staat.".to_owned())
        }
        _ => Ok(()),
    }
}

/// Why nothing may be changed at this place.
fn place(model: &DocumentModel, change: &TextChange) -> Option<String> {
    let block = model.blocks.get(change.blok)?;
    let annex = text::annex_at(model);
    if annex.is_some_and(|start| change.blok >= start) {
        return Some(ANNEX.to_owned());
    }
    let reason = match (change.soort, block, change.onderdeel) {
        (ChangeKind::Add, Block::List { items, .. }, Some(item)) if item >= items.len() => {
            return Some(format!("Op plaats {} staat zo'n punt niet.", change.blok));
        }
        (ChangeKind::Add, Block::List { ordered: true, items }, Some(item)) if item.saturating_add(1) < items.len() => {
            MIDDLE
        }
        (ChangeKind::Add, Block::Table { .. }, Some(_)) => TABLE_SHAPE,
        (ChangeKind::Add, ..) => return None,
        (_, Block::Heading { .. }, _) => HEADING,
        (_, Block::Notice { .. }, _) => NOTICE,
        (_, Block::Table { caption, head, .. }, Some(line))
            if line < head.len().saturating_add(usize::from(caption.is_some())) =>
        {
            TABLE_HEAD
        }
        (ChangeKind::Remove, Block::Table { .. }, _) => TABLE_SHAPE,
        _ => return None,
    };
    Some(reason.to_owned())
}
