//! From differences with an edited Word file to changes that the court can take, each with its
//! place in words, or with the reason why it cannot be taken this way.

use super::own;
use super::rules;
use super::text::{self, ChangeKind, TextChange};
use crate::documents::compare::{self, Change, Difference, Held, Piece, plain};
use crate::documents::docx::read::{LineKind, ReadLine};
use crate::documents::model::{Block, DocumentModel};

const MOVED: &str = "De volgorde ligt vast, omdat verwijzingen op de nummers rusten. Wilt u deze tekst op een andere \
     plaats, voeg haar daar dan toe en haal haar hier weg.";
const NUMBER: &str = "Het nummer van een alinea ligt vast, omdat verwijzingen erop rusten.";
const AUTHOR: &str = "Wie deze woorden schreef, blijft erbij staan.";
const LETTERHEAD: &str = "De naam van de instantie boven het document komt uit het dossier en wordt daar gewijzigd.";
const ROW: &str = "Een cel, rij of kolom kan hier niet worden toegevoegd. Schrijf het in een alinea.";
const SINCE: &str = "In het bestand staat hier nog de tekst van een eerdere versie; die is daarna gewijzigd. Wilt u de \
     oude tekst terug, wijzig haar dan zelf.";

/// A difference with what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The difference.
    pub difference: Difference,
    /// Where, in words, for instance "alinea 5.2".
    pub place: String,
    /// Heading above it; empty when there is none.
    pub section: String,
    /// What stood and what stands now, word by word.
    pub pieces: Vec<Piece>,
    /// The change that takes it over, or why it cannot be taken over.
    pub change: Result<TextChange, String>,
}

/// What differs between the text that holds and an edited file; `base` is the version that the
/// file was made of, when that is not the text that holds.
pub(super) fn proposals(model: &DocumentModel, read: &[ReadLine], base: Option<&DocumentModel>) -> Vec<Proposal> {
    let base: Option<Vec<String>> =
        base.map(|base| compare::lines_of(base).into_iter().map(|line| line.text).collect());
    let same_in_base = |difference: &Difference| {
        base.as_ref().is_some_and(|base| match (&difference.change, &difference.held) {
            (Change::Removed, Some(held)) => !base.contains(&held.key()),
            (Change::Moved, _) => false,
            _ => base.contains(&plain(&difference.new)),
        })
    };
    compare::compare(model, read)
        .into_iter()
        .map(|difference| {
            let change = if same_in_base(&difference) { Err(SINCE.to_owned()) } else { change_of(model, &difference) };
            let at = difference.held.as_ref().or(difference.after.as_ref());
            Proposal {
                place: place_of(model, &difference),
                section: section_of(model, at),
                pieces: compare::pieces(&difference.old, &difference.new),
                change,
                difference,
            }
        })
        .collect()
}

fn change_of(model: &DocumentModel, difference: &Difference) -> Result<TextChange, String> {
    let change = match (difference.change, &difference.held) {
        (Change::Moved, _) => return Err(MOVED.to_owned()),
        (Change::Changed, Some(held)) => replaced(model, held, &difference.new)?,
        (Change::Removed, Some(held)) => {
            TextChange { soort: ChangeKind::Remove, ..at(held).ok_or_else(|| LETTERHEAD.to_owned())? }
        }
        _ => added(model, difference)?,
    };
    rules::check(model, &change)?;
    Ok(change)
}

/// A change at a line, still without text.
fn at(held: &Held) -> Option<TextChange> {
    let onderdeel = matches!(held.kind, LineKind::ListItem | LineKind::Cell).then_some(held.line);
    held.block.map(|blok| TextChange { blok, onderdeel, ..TextChange::default() })
}

fn replaced(model: &DocumentModel, held: &Held, read: &str) -> Result<TextChange, String> {
    let mut change = at(held).ok_or_else(|| LETTERHEAD.to_owned())?;
    let words = without_label(held, read);
    if plain(words) == held.bare {
        return Err(NUMBER.to_owned());
    }
    if let Some(content) = text::content(model, &change) {
        let note = own::note_of(content);
        let words = own::without_note(words, note);
        if note.is_some() && text::is_same(content, words) {
            return Err(AUTHOR.to_owned());
        }
        words.clone_into(&mut change.tekst);
    } else {
        words.clone_into(&mut change.tekst);
    }
    Ok(change)
}

/// A text as read, without the number or label that stands apart from it in the document.
fn without_label<'t>(held: &Held, read: &'t str) -> &'t str {
    let read = read.trim();
    let Some((first, rest)) = read.split_once(char::is_whitespace) else { return read };
    let Some(number) = held.number.as_deref() else { return read };
    let is_dotted = first.contains('.') && first.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
    let is_dash = held.kind == LineKind::ListItem && compare::is_dash(first);
    if first == number || is_dotted || is_dash { rest.trim_start() } else { read }
}

fn added(model: &DocumentModel, difference: &Difference) -> Result<TextChange, String> {
    if difference.kind == LineKind::Cell {
        return Err(ROW.to_owned());
    }
    let after = difference.after.as_ref();
    let (Some(after), Some(blok)) = (after, after.and_then(|held| held.block)) else {
        return Err("Boven het begin van het document kan niets worden toegevoegd.".to_owned());
    };
    let inside = match model.blocks.get(blok) {
        Some(Block::List { items, .. }) => {
            difference.kind == LineKind::ListItem || after.line.saturating_add(1) < items.len()
        }
        Some(Block::Notice { .. }) if after.line == 0 => {
            return Err("Midden in een kader kan niets worden toegevoegd.".to_owned());
        }
        Some(block @ Block::Table { .. }) if after.line.saturating_add(1) < block.text_lines().len() => {
            return Err(ROW.to_owned());
        }
        _ => false,
    };
    let text = difference.new.trim();
    let text = match text.split_once(char::is_whitespace) {
        Some((first, rest)) if inside && compare::is_dash(first) => rest.trim_start(),
        _ => text,
    };
    Ok(TextChange { blok, onderdeel: inside.then_some(after.line), soort: ChangeKind::Add, tekst: text.to_owned() })
}

/// Where a difference is, in words.
fn place_of(model: &DocumentModel, difference: &Difference) -> String {
    match (&difference.held, &difference.after) {
        (Some(held), _) => line_in_words(model, held),
        (None, Some(after)) => format!("na {}", line_in_words(model, after)),
        (None, None) => "aan het begin".to_owned(),
    }
}

fn line_in_words(model: &DocumentModel, held: &Held) -> String {
    let Some(block) = held.block.and_then(|block| model.blocks.get(block)) else {
        return "de naam van de instantie".to_owned();
    };
    match (block, held.number.as_deref()) {
        (Block::Heading { text, .. }, _) => format!("de kop “{text}”"),
        (Block::Paragraph { .. }, Some(number)) => format!("alinea {number}"),
        (Block::Paragraph { .. }, None) => "een alinea zonder nummer".to_owned(),
        (Block::List { ordered: true, .. }, Some(number)) => {
            format!("punt {} van een opsomming", number.trim_end_matches('.'))
        }
        (Block::List { .. }, _) => format!("punt {} van een opsomming", held.line.saturating_add(1)),
        (Block::Timeline(_), _) => "een regel van de tijdas".to_owned(),
        (Block::Table { .. }, _) if held.kind == LineKind::Cell => "een cel van een tabel".to_owned(),
        (Block::Table { .. }, _) => "het opschrift van een tabel".to_owned(),
        (Block::Notice { heading, .. }, _) => format!("het kader “{heading}”"),
        (Block::PageBreak, _) => "een nieuwe bladzijde".to_owned(),
    }
}

/// The heading above a line.
fn section_of(model: &DocumentModel, at: Option<&Held>) -> String {
    let Some(block) = at.and_then(|held| held.block) else { return String::new() };
    let above = model.blocks.iter().take(block.saturating_add(1)).rev();
    let mut headings = above.filter(|block| matches!(block, Block::Heading { .. }));
    headings.next().map(|heading| heading.text_lines().join(" ")).unwrap_or_default()
}
