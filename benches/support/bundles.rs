//! A bundle of 1,000 pages of text, as courts have them.

use chrono::NaiveDate;
use combizitting::documents::bundle::model::{Bundle, Group, Part, PartFile};
use combizitting::documents::model::{Block, DocumentMeta, DocumentModel, Inline};
use combizitting::documents::pdf;
use std::collections::BTreeMap;

const DOCUMENTS: usize = 41;
const PAGES: usize = 24;

/// The bundle, and the files of its documents.
pub fn thousand_pages() -> (Bundle, BTreeMap<String, Vec<u8>>) {
    let day = NaiveDate::from_ymd_opt(2026, 11, 17).expect("an existing day");
    let mut files = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for number in 0..DOCUMENTS {
        let title = format!("Stuk nummer {number} van de zaak");
        files.insert(title.clone(), pdf::render(&paper(&title, day)).expect("a paper"));
        let part = Part {
            title: title.clone(),
            dated: Some(day),
            author: Some("de politie".to_owned()),
            recorded_pages: None,
            file: Some(PartFile { key: title, pages: PAGES }),
            not_for: None,
        };
        match groups.last_mut() {
            Some(group) if number % 8 != 0 => group.parts.push(part),
            _ => groups.push(Group { heading: format!("Zaak {}", number / 8 + 1), parts: vec![part] }),
        }
    }
    let bundle = Bundle {
        title: "Zittingsbundel van 19 november 2026".to_owned(),
        author: "Rechtbank Voorbeeldstad".to_owned(),
        running_header: "combi-2026-meting".to_owned(),
        dated: day,
        about: Vec::new(),
        sheets: vec![paper("Zittingsblad", day)],
        groups,
        left_out: Vec::new(),
    };
    (bundle, files)
}

/// A paper of full pages.
fn paper(title: &str, day: NaiveDate) -> DocumentModel {
    let line = "De verbalisant beschrijft op deze bladzijde wat is waargenomen en wat is verklaard. ";
    let blocks = (1..=PAGES).flat_map(|page| {
        let text = Block::Paragraph { number: None, content: vec![Inline::Text(line.repeat(30))] };
        let head = Block::Heading { level: 2, number: None, text: format!("{title}, blad {page}") };
        if page == 1 { vec![head, text] } else { vec![Block::PageBreak, head, text] }
    });
    let meta = DocumentMeta {
        title: title.to_owned(),
        author: String::new(),
        running_header: title.to_owned(),
        concept: false,
        control_code: String::new(),
        dated: day,
        compact: false,
    };
    DocumentModel { meta, blocks: blocks.collect() }
}
