//! The places of a document whose text may be changed by hand, and what is to be filled in at each.

use super::voorbeeld::blank_in;
use crate::documents::model::{Block, DocumentModel, Inline};
use crate::drafting::review::{TextChange, may_change};
use crate::shared::dutch::capital;
use serde::Serialize;

/// Longest part of a text in the list of places.
const IN_LIST: usize = 90;

/// A place whose text may be changed.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceRow {
    /// Its value in the form: the block, and the item of a list after it.
    pub value: String,
    /// Its number, "3.2" or "onder 3.2, punt 1".
    pub number: String,
    /// How it begins.
    pub begin: String,
    /// Its whole text.
    pub text: String,
    /// Whether it is the one that is chosen.
    pub chosen: bool,
    /// What stands there.
    #[serde(skip)]
    content: Vec<Inline>,
}

/// Something that is still to be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Name of it within the document: its place, and which gap of that place it is.
    pub key: String,
    /// Value of its place.
    pub place: String,
    /// Number of its place.
    pub number: String,
    /// The whole text of its place.
    pub text: String,
    /// What is to be filled in.
    pub what: String,
}

/// What holds back approval, with the place where it is filled in when it is a gap in the text.
#[derive(Clone, Debug, Serialize)]
pub struct OpenRow {
    /// What.
    pub text: String,
    /// Value of the place, empty for none.
    pub place: String,
    /// Its number.
    pub number: String,
}

/// The places of a document, in its order.
#[must_use]
pub fn places(model: &DocumentModel) -> Vec<PlaceRow> {
    let mut last = String::new();
    let mut rows = Vec::new();
    // Behind the page break is the account of what the program found; nobody changes it by hand.
    let decision = model.blocks.iter().enumerate().take_while(|(_, block)| !matches!(block, Block::PageBreak));
    for (place, block) in decision {
        match block {
            Block::Paragraph { number, content } if may_change(model, place) => {
                if let Some(number) = number {
                    last.clone_from(number);
                    rows.push(row(place.to_string(), number.clone(), content));
                } else if !blanks(content).is_empty() {
                    rows.push(row(place.to_string(), below(&last, "alinea zonder nummer"), content));
                }
            }
            Block::List { items, .. } => {
                let of = |(item, content): (usize, &Vec<Inline>)| {
                    let what = format!("punt {}", item.saturating_add(1));
                    row(format!("{place}-{item}"), below(&last, &what), content)
                };
                rows.extend(items.iter().enumerate().map(of));
            }
            _ => {}
        }
    }
    rows
}

fn below(number: &str, what: &str) -> String {
    if number.is_empty() { what.to_owned() } else { format!("onder {number}, {what}") }
}

fn row(value: String, number: String, content: &[Inline]) -> PlaceRow {
    let text: String = content.iter().map(Inline::text).collect();
    PlaceRow { value, number, begin: begin(&text), text, chosen: false, content: content.to_vec() }
}

/// The first words of a text.
fn begin(text: &str) -> String {
    if text.chars().count() <= IN_LIST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(IN_LIST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{whole} …")
}

fn blanks(content: &[Inline]) -> Vec<String> {
    let blank = |inline: &Inline| match inline {
        Inline::Blank(what) => Some(what.clone()),
        _ => None,
    };
    content.iter().filter_map(blank).collect()
}

/// What is open, each with the first place that asks for it.
#[must_use]
pub fn open_rows(open: Vec<String>, places: &[PlaceRow]) -> Vec<OpenRow> {
    let asks =
        |row: &&PlaceRow, text: &str| blanks(&row.content).iter().any(|what| text.ends_with(&format!(": {what}.")));
    let told = |text: String| {
        let place = places.iter().find(|row| asks(row, &text));
        OpenRow {
            place: place.map(|row| row.value.clone()).unwrap_or_default(),
            number: place.map(|row| row.number.clone()).unwrap_or_default(),
            // The page is about one paper: which, and that it must be filled in, is said above the list.
            text: blank_in(&text).map_or_else(|| text.clone(), |(_, what)| capital(what)),
        }
    };
    open.into_iter().map(told).collect()
}

/// All that is to be filled in, in the order of the text.
#[must_use]
pub fn gaps(model: &DocumentModel) -> Vec<Gap> {
    let of = |row: PlaceRow| {
        let asked = blanks(&row.content);
        asked.into_iter().enumerate().map(move |(turn, what)| Gap {
            key: format!("{}_{turn}", row.value),
            place: row.value.clone(),
            number: row.number.clone(),
            text: row.text.clone(),
            what,
        })
    };
    places(model).into_iter().flat_map(of).collect()
}

/// The new text of each place of which something was filled in; what was left empty stays a gap.
#[must_use]
pub fn filled(model: &DocumentModel, gaps: &[Gap], words: impl Fn(&Gap) -> String) -> Vec<(String, String)> {
    let given: Vec<(&Gap, String)> = gaps.iter().map(|gap| (gap, words(gap))).collect();
    let changed = |row: PlaceRow| {
        let mut own = given.iter().filter(|(gap, _)| gap.place == row.value);
        let touched = own.clone().any(|(_, words)| !words.is_empty());
        let mut text = String::new();
        for inline in &row.content {
            let words =
                if matches!(inline, Inline::Blank(_)) { own.next().map(|(_, words)| words.as_str()) } else { None };
            match words.filter(|words| !words.is_empty()) {
                Some(words) => text.push_str(words),
                None => text.push_str(&inline.text()),
            }
        }
        touched.then_some((row.value, text))
    };
    places(model).into_iter().filter_map(changed).collect()
}

/// A change of the text at a place as the form names it; `None` for what is no place.
#[must_use]
pub fn change_at(value: &str, text: &str) -> Option<TextChange> {
    let (block, item) = match value.split_once('-') {
        Some((block, item)) => (block, Some(item.parse().ok()?)),
        None => (value, None),
    };
    Some(TextChange { onderdeel: item, ..TextChange::replace(block.parse().ok()?, text) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::model::DocumentMeta;

    fn model() -> DocumentModel {
        let blank = |what: &str| vec![Inline::Text("Zo: ".to_owned()), Inline::Blank(what.to_owned())];
        let blocks = vec![
            Block::Heading { level: 1, number: None, text: "Titel".to_owned() },
            Block::Paragraph { number: Some("1.1".to_owned()), content: blank("de reden") },
            Block::List { ordered: true, items: vec![blank("een dag"), blank("een uur")] },
            Block::PageBreak,
            Block::Paragraph { number: Some("A.1".to_owned()), content: blank("niets") },
        ];
        let meta = DocumentMeta {
            title: "Titel".to_owned(),
            author: String::new(),
            running_header: String::new(),
            concept: true,
            control_code: String::new(),
            dated: chrono::NaiveDate::default(),
            compact: false,
        };
        DocumentModel { meta, blocks }
    }

    #[test]
    fn a_gap_leads_to_the_place_where_it_is_filled_in_and_the_annex_is_no_place() {
        let rows = places(&model());
        let known: Vec<_> = rows.iter().map(|row| (row.value.as_str(), row.number.as_str())).collect();
        assert_eq!(known, [("1", "1.1"), ("2-0", "onder 1.1, punt 1"), ("2-1", "onder 1.1, punt 2")]);
        let open = ["In \"Titel\" moet nog worden ingevuld: een uur.", "Er is geen verzoek."];
        let open = open_rows(open.map(str::to_owned).to_vec(), &rows);
        assert_eq!((open[0].place.as_str(), open[1].place.as_str()), ("2-1", ""));
        assert_eq!((open[0].text.as_str(), open[1].text.as_str()), ("Een uur", "Er is geen verzoek."));
    }

    #[test]
    fn what_is_filled_in_takes_its_place_and_what_is_left_empty_stays_open() {
        let mut model = model();
        if let Some(Block::Paragraph { content, .. }) = model.blocks.get_mut(1) {
            content.extend([Inline::Text(", en ".to_owned()), Inline::Blank("de dag".to_owned())]);
        }
        let gaps = gaps(&model);
        let asked: Vec<_> = gaps.iter().map(|gap| (gap.key.as_str(), gap.what.as_str())).collect();
        assert_eq!(asked, [("1_0", "de reden"), ("1_1", "de dag"), ("2-0_0", "een dag"), ("2-1_0", "een uur")]);
        let typed = |gap: &Gap| if gap.what == "de dag" { "1 mei".to_owned() } else { String::new() };
        let text = "Zo: [in te vullen: de reden], en 1 mei";
        assert_eq!(filled(&model, &gaps, typed), [("1".to_owned(), text.to_owned())]);
    }

    #[test]
    fn a_place_of_the_form_is_the_place_of_the_change() {
        assert_eq!(change_at("7", "x"), Some(TextChange::replace(7, "x")));
        assert_eq!(change_at("7-2", "x").and_then(|change| change.onderdeel), Some(2));
        for wrong in ["", "x", "7-", "7-x", "-1"] {
            assert_eq!(change_at(wrong, "x"), None, "{wrong}");
        }
    }
}
