//! What a sealed text still shares with its draft. The plan tells what was decided only as far as
//! the decision was not rewritten by hand; a blank that was filled in leaves the rest as it was.

use crate::documents::compare::plain;
use crate::documents::model::{Block, DocumentModel, Inline};
use crate::drafting::review::{Note, note_kind, words_before_note};

/// Sections that decide.
const DECIDES: [&str; 3] = ["Beslissing", "Besluit", "Hoe lang de voorzieningen gelden"];
const REMEDY: &str = "Rechtsmiddel";
const SIGNING: &str = "Ondertekening";

/// A sealed document beside its draft.
#[derive(Clone, Copy, Debug)]
pub struct SealedText<'a> {
    /// Name of the document.
    pub document: &'a str,
    /// The text as it was drafted.
    pub draft: &'a DocumentModel,
    /// The sealed text that now holds.
    pub sealed: &'a DocumentModel,
    /// Number of the sealed version, from 1.
    pub version: i64,
}

/// What of the decision is in somebody's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OwnText {
    /// The decision was rewritten, so that the plan no longer tells it.
    pub rewritten: bool,
    /// Points to be printed word for word: all of a rewritten decision, or those that were filled in.
    pub points: Vec<Vec<Inline>>,
    /// Whether each of those words is a judge's.
    pub by_judge: bool,
    /// The remedies in somebody's own words.
    pub remedy: Vec<Vec<Inline>>,
    /// Whether the day of the decision is the day of the plan.
    pub day_is_sure: bool,
}

/// One paragraph, item of a list or line of a table.
struct Point<'m> {
    label: String,
    content: Vec<Inline>,
    whole: &'m Block,
}

/// How a point of the sealed text relates to the draft.
#[derive(PartialEq, Eq)]
enum Fate {
    Same,
    Filled,
}

pub(super) fn own_text(text: &SealedText<'_>) -> OwnText {
    let sections = |wanted: &'static [&'static str]| {
        wanted
            .iter()
            .map(|name| (section(text.draft, Some(name)), section(text.sealed, Some(name))))
            .collect::<Vec<_>>()
    };
    let mut own = OwnText { by_judge: true, day_is_sure: true, ..OwnText::default() };
    let mut filled: Vec<Vec<Inline>> = Vec::new();
    let mut by_judge = true;
    for (draft, sealed) in &sections(&DECIDES) {
        match fates(draft, sealed) {
            Some(fates) => {
                for (point, _) in sealed.iter().zip(fates).filter(|(_, fate)| *fate == Fate::Filled) {
                    by_judge &= is_judges(point);
                    filled.push(verbatim(point));
                }
            }
            None => own.rewritten = true,
        }
    }
    own.points = filled;
    if own.rewritten {
        let all: Vec<Point<'_>> = sections(&DECIDES).into_iter().flat_map(|(_, sealed)| sealed).collect();
        by_judge = all.iter().filter(|point| note_kind(&point.content).is_some()).all(is_judges);
        own.points = all.iter().map(verbatim).collect();
    }
    own.by_judge = by_judge;
    let (draft, sealed) = (section(text.draft, Some(REMEDY)), section(text.sealed, Some(REMEDY)));
    if fates(&draft, &sealed).is_none_or(|fates| fates.contains(&Fate::Filled)) {
        own.remedy = sealed.iter().map(verbatim).collect();
    }
    let signed = (section(text.draft, Some(SIGNING)), section(text.sealed, Some(SIGNING)));
    let begin = (dated(section(text.draft, None)), dated(section(text.sealed, None)));
    // A day that was filled in by hand is not the day of the plan either.
    let open = begin.0.iter().any(|point| point.content.iter().any(|inline| matches!(inline, Inline::Blank(_))));
    let begins_alike = fates(&begin.0, &begin.1).is_some() && !open;
    own.day_is_sure = begins_alike && fates(&signed.0, &signed.1).is_some();
    own
}

/// The points of a section by its heading; without a name what stands before the first.
fn section<'m>(model: &'m DocumentModel, name: Option<&str>) -> Vec<Point<'m>> {
    let mut inside = name.is_none();
    let mut points = Vec::new();
    for block in &model.blocks {
        match block {
            Block::PageBreak => break,
            Block::Heading { level: 2, text, .. } => inside = name == Some(text.as_str()),
            _ if inside => points.extend(points_of(block)),
            _ => {}
        }
    }
    points
}

/// Of what stands before the first heading, the paragraphs: place and day. Seal and stamp are notices.
fn dated(points: Vec<Point<'_>>) -> Vec<Point<'_>> {
    points.into_iter().filter(|point| matches!(point.whole, Block::Paragraph { .. })).collect()
}

fn points_of(block: &Block) -> Vec<Point<'_>> {
    let point = |label: String, content: &[Inline]| Point { label, content: content.to_vec(), whole: block };
    match block {
        Block::Paragraph { number, content } => vec![point(number.clone().unwrap_or_default(), content)],
        Block::List { items, .. } => items.iter().map(|item| point("–".to_owned(), item)).collect(),
        Block::Heading { .. } | Block::PageBreak => Vec::new(),
        other => other.text_lines().into_iter().map(|line| point(String::new(), &[Inline::Text(line)])).collect(),
    }
}

/// For each point of the sealed text what became of it; `None` when anything was rewritten, added or taken out.
fn fates(draft: &[Point<'_>], sealed: &[Point<'_>]) -> Option<Vec<Fate>> {
    if draft.len() != sealed.len() {
        return None;
    }
    draft.iter().zip(sealed).map(|(before, now)| fate(before, now)).collect()
}

fn fate(before: &Point<'_>, now: &Point<'_>) -> Option<Fate> {
    if before.label != now.label {
        return None;
    }
    let text = |content: &[Inline]| plain(&content.iter().map(Inline::text).collect::<String>());
    let words = text(words_before_note(&now.content));
    if words == text(&before.content) {
        return Some(Fate::Same);
    }
    is_filled_in(&before.content, &words).then_some(Fate::Filled)
}

/// Whether a text is the draft with its blanks filled in, and nothing else.
fn is_filled_in(before: &[Inline], now: &str) -> bool {
    let mut fixed = vec![String::new()];
    for inline in before {
        match inline {
            Inline::Blank(_) => fixed.push(String::new()),
            other => {
                if let Some(last) = fixed.last_mut() {
                    last.push_str(&other.text());
                }
            }
        }
    }
    let fixed: Vec<String> = fixed.iter().map(|text| plain(text)).collect();
    let (Some(begin), Some(end)) = (fixed.first(), fixed.last()) else { return false };
    if fixed.len() < 2 {
        return false;
    }
    let Some(mut rest) = now.strip_prefix(begin.as_str()).and_then(|rest| rest.strip_suffix(end.as_str())) else {
        return false;
    };
    let middle = fixed.get(1..fixed.len().saturating_sub(1)).unwrap_or_default();
    for text in middle.iter().filter(|text| !text.is_empty()) {
        match rest.find(text.as_str()) {
            Some(place) if place > 0 => rest = rest.get(place.saturating_add(text.len())..).unwrap_or_default(),
            _ => return false,
        }
    }
    !rest.trim().is_empty()
}

fn is_judges(point: &Point<'_>) -> bool {
    note_kind(&point.content) == Some(Note::Judge)
}

/// The words as they stand in the decision, with their number and without the note of who wrote them.
fn verbatim(point: &Point<'_>) -> Vec<Inline> {
    let mut content = Vec::new();
    if !point.label.is_empty() && point.label != "–" {
        content.push(Inline::Text(format!("Punt {}: ", point.label)));
    }
    content.extend(words_before_note(&point.content).iter().cloned());
    if let Some(Inline::Text(last)) = content.last_mut() {
        last.truncate(last.trim_end().len());
    }
    content
}
