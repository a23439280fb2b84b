//! Who wrote the words that the program did not: a note behind them, in every form of the document
//! and in every later version. Only a judge's account gives the judge's words; what a clerk writes
//! is a proposal until a judge approves it. Nobody can write such a note as text.

use crate::documents::compare::plain;
use crate::documents::model::{Block, DocumentModel, Inline};
use crate::identity::Role;
use crate::shared::moment::dutch_date;
use chrono::NaiveDate;

const JUDGE: &str = "woorden van de rechter";
const CLERK: &str = "voorstel van de griffie";
const JUDGE_REMOVED: &str = "weggehaald door de rechter";
const CLERK_REMOVED: &str = "voorstel van de griffie om dit weg te halen";
const IN_PLACE: &str = ", in plaats van ";
const APPROVED: &str = "; goedgekeurd door de rechter, ";
/// How every note begins; the last is from before notes told the role.
const BEGINNINGS: [&str; 4] = [JUDGE, CLERK, JUDGE_REMOVED, "tekst van "];

/// Where someone signs by hand.
const SIGNING_LINE: &str = "……………………………";

/// What stands in place of a text that was taken out; its number stays.
pub(super) const LAPSED: &str = "(vervallen)";

/// Who changes a text, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Author<'a> {
    /// Role: a judge's words are the judge's own, a clerk's are a proposal.
    pub role: Role,
    /// Name.
    pub name: &'a str,
    /// Day.
    pub on: NaiveDate,
}

impl Author<'_> {
    /// The note behind new words, given the note behind the words they take the place of.
    pub(super) fn note(&self, earlier: Option<&str>) -> String {
        self.over(self.own(JUDGE, CLERK), earlier)
    }

    /// The note behind what was taken out.
    pub(super) fn removal_note(&self, earlier: Option<&str>) -> String {
        self.over(self.own(JUDGE_REMOVED, CLERK_REMOVED), earlier)
    }

    fn over(&self, own: String, earlier: Option<&str>) -> String {
        match earlier.and_then(judges_part) {
            Some(judges) if self.role != Role::Rechter => format!("{own}{IN_PLACE}{judges}"),
            _ => own,
        }
    }

    fn own(&self, judge: &str, clerk: &str) -> String {
        let what = if self.role == Role::Rechter { judge } else { clerk };
        format!("{what}, {}, {}", self.name, dutch_date(self.on))
    }
}

/// How words of someone in this role are called in the document.
#[must_use]
pub fn whose_words(role: Role) -> &'static str {
    if role == Role::Rechter { JUDGE } else { CLERK }
}

/// Of a note, the part that tells of a judge's words, while no judge approved what took their place.
fn judges_part(note: &str) -> Option<&str> {
    if note.contains(APPROVED) {
        return None;
    }
    let part = note.split_once(IN_PLACE).map_or(note, |(_, part)| part);
    part.starts_with(JUDGE).then_some(part)
}

/// Whether the text of a source is such a note.
fn is_note(source: &str) -> bool {
    BEGINNINGS.iter().any(|beginning| source.starts_with(beginning))
        && source.ends_with(|sign: char| sign.is_ascii_digit())
}

/// The note at the end of a text, when it has one.
pub(super) fn note_of(content: &[Inline]) -> Option<&str> {
    match content.last() {
        Some(Inline::Source(source)) if is_note(source) => Some(source),
        _ => None,
    }
}

/// Whose words a text is, by its note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::drafting) enum Note {
    /// A judge's own.
    Judge,
    /// The clerk's, approved by a judge or not yet.
    Clerk,
}

/// Whose words a text is; `None` for the words of the draft.
pub(in crate::drafting) fn note_kind(content: &[Inline]) -> Option<Note> {
    let note = note_of(content)?;
    let judges = note.starts_with(JUDGE) || note.starts_with(JUDGE_REMOVED);
    Some(if judges { Note::Judge } else { Note::Clerk })
}

/// The content without its note.
pub(in crate::drafting) fn words_of(content: &[Inline]) -> &[Inline] {
    match (note_of(content), content.split_last()) {
        (Some(_), Some((_, words))) => words,
        _ => content,
    }
}

/// A text as given, without the note that already stood behind it.
pub(super) fn without_note<'t>(text: &'t str, note: Option<&str>) -> &'t str {
    let text = text.trim();
    let Some(note) = note else { return text };
    let cut = text.rfind('[').map(|place| text.split_at(place));
    match cut {
        Some((words, last)) if plain(last) == plain(&format!("[{note}]")) => words.trim_end(),
        _ => text,
    }
}

/// Whether a text claims by itself who wrote it.
pub(super) fn claims_author(text: &str) -> bool {
    let text = plain(text).to_lowercase().replace("[ ", "[");
    BEGINNINGS.iter().take(3).any(|beginning| text.contains(&format!("[{beginning}")))
}

/// The words of a decision as it is sealed: the judge who approved it answers for all of them, so no note of who
/// wrote which words stands between them. What is filled in at signing is a line to write on.
pub(super) fn settle(model: &mut DocumentModel) {
    for content in model.blocks.iter_mut().flat_map(Block::contents_mut) {
        if note_of(content).is_some() {
            content.pop();
            if let Some(Inline::Text(last)) = content.last_mut() {
                last.truncate(last.trim_end().len());
            }
        }
        for inline in content.iter_mut() {
            if let Inline::Blank(what) = inline {
                *inline = Inline::Text(format!("{SIGNING_LINE} ({what})"));
            }
        }
    }
}

/// The words of a text that the program did not write: the number of their paragraph and the note on who wrote them.
/// In an approved text a proposal tells which judge approved it.
pub(super) fn notes(model: &DocumentModel, (by, on): (&str, NaiveDate)) -> Vec<(String, String)> {
    let (mut last, mut found) = (String::new(), Vec::new());
    for block in &model.blocks {
        if let Block::Paragraph { number: Some(number), .. } = block {
            last.clone_from(number);
        }
        for note in block.contents().into_iter().filter_map(|content| note_of(content)) {
            let is_proposal = note.starts_with(CLERK) && !note.contains(APPROVED);
            let approval = if is_proposal { format!("{APPROVED}{by}, {}", dutch_date(on)) } else { String::new() };
            found.push((last.clone(), format!("{note}{approval}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn author(role: Role, name: &'static str) -> Author<'static> {
        Author { role, name, on: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap() }
    }

    #[test]
    fn a_judge_gives_own_words_and_a_clerk_a_proposal_that_names_the_judges_words_it_replaces() {
        let (judge, clerk) = (author(Role::Rechter, "J. Voorbeeld"), author(Role::Griffier, "G. Fictief"));
        let words = judge.note(None);
        assert_eq!(words, "woorden van de rechter, J. Voorbeeld, 22 november 2026");
        assert_eq!(clerk.note(None), "voorstel van de griffie, G. Fictief, 22 november 2026");
        let over = clerk.note(Some(&words));
        assert_eq!(over, format!("voorstel van de griffie, G. Fictief, 22 november 2026, in plaats van {words}"));
        assert_eq!(clerk.note(Some(&over)), over, "also when the clerk writes again");
        assert_eq!(judge.note(Some(&over)), words, "a judge's words stand for themselves");
        assert_eq!(clerk.removal_note(Some(&words)), format!("{}{IN_PLACE}{words}", clerk.removal_note(None)));
    }

    #[test]
    fn a_note_is_cut_from_a_text_that_had_it_and_refused_in_one_that_claims_it() {
        let note = author(Role::Rechter, "J. Voorbeeld").note(None);
        for text in [format!("Zo is het. [{note}]"), format!("Zo is het.\u{a0}[{}]", note.replace(' ', "\u{a0}"))] {
            assert_eq!(without_note(&text, Some(&note)), "Zo is het.");
            assert!(claims_author(&text));
        }
        assert_eq!(without_note("Zo is het [stuk 1].", Some(&note)), "Zo is het [stuk 1].");
        for text in
            ["[ Woorden  van de rechter, X]", "a [voorstel van de\u{ad} griffie]", "[weggehaald door de rechter, X"]
        {
            assert!(claims_author(text), "{text}");
        }
        for text in ["Dit zijn woorden van de rechter.", "[tekst van stuk 1]", "[art. 1 Rv]"] {
            assert!(!claims_author(text), "{text}");
        }
    }
}
