//! Cover with index, and the slip that stands in the place of a document without a file.

use super::model::{Bundle, Part};
use crate::documents::model::{Block, DocumentMeta, DocumentModel, Inline};
use crate::documents::pdf::RowLink;
use crate::shared::moment::dutch_date;

/// Name of the place where a document starts.
pub(super) fn place_of(number: usize) -> String {
    format!("stuk-{number:05}")
}

fn meta(bundle: &Bundle, title: &str, author: &str) -> DocumentMeta {
    DocumentMeta {
        title: title.to_owned(),
        author: author.to_owned(),
        running_header: bundle.running_header.clone(),
        concept: false,
        control_code: String::new(),
        dated: bundle.dated,
        compact: false,
    }
}

/// What the metadata of the whole file say.
pub(super) fn whole(bundle: &Bundle) -> DocumentMeta {
    meta(bundle, &bundle.title, &bundle.author)
}

fn plain(text: impl Into<String>) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

fn heading(level: u8, text: impl Into<String>) -> Block {
    Block::Heading { level, number: None, text: text.into() }
}

/// First and last page of each document in the bundle, and of each paper in front.
pub(super) struct Places {
    pub(super) sheets: Vec<(usize, usize)>,
    pub(super) parts: Vec<(usize, usize)>,
}

/// The cover with the index, with links for its rows in order.
pub(super) fn index(bundle: &Bundle, places: &Places) -> (DocumentModel, Vec<RowLink>) {
    let mut blocks = vec![heading(1, &bundle.title)];
    blocks.extend(bundle.about.iter().cloned());
    let mut links = Vec::new();
    if !bundle.sheets.is_empty() {
        blocks.push(heading(2, "Vooraan"));
        let rows = bundle.sheets.iter().zip(&places.sheets).zip(1..).map(|((sheet, pages), number)| {
            links.push(link(sheet_place(number), &sheet.meta.title, *pages));
            vec![plain(&sheet.meta.title), plain(range(*pages))]
        });
        let rows = rows.collect();
        blocks.push(Block::Table { caption: None, head: head(&["Blad", "Bundel p."]), rows });
    }
    let mut number = 0_usize;
    for group in &bundle.groups {
        blocks.push(heading(2, &group.heading));
        let mut rows = Vec::with_capacity(group.parts.len());
        for part in &group.parts {
            let pages = places.parts.get(number).copied().unwrap_or((0, 0));
            number = number.saturating_add(1);
            links.push(link(place_of(number), &format!("stuk {number}, {}", part.title), pages));
            rows.push(vec![
                plain(number.to_string()),
                plain(part.dated.map_or_else(|| "onbekend".to_owned(), dutch_date)),
                titled(part),
                plain(part.author.as_deref().unwrap_or("onbekend")),
                plain(if part.file.is_some() { range(pages) } else { format!("{} (geen bestand)", range(pages)) }),
            ]);
        }
        let head = head(&["Nr.", "Datum", "Stuk", "Van", "Bundel p."]);
        blocks.push(Block::Table { caption: None, head, rows });
    }
    if number == 0 {
        blocks.push(Block::Paragraph { number: None, content: plain("Er zijn geen stukken voor deze bundel.") });
    }
    blocks.extend(bundle.left_out.iter().cloned());
    (DocumentModel { meta: meta(bundle, &bundle.title, &bundle.author), blocks }, links)
}

/// The title of a document, and for whom it is not meant.
fn titled(part: &Part) -> Vec<Inline> {
    let mut cell = plain(&part.title);
    if let Some(not_for) = &part.not_for {
        cell.push(Inline::Text(". ".to_owned()));
        cell.push(Inline::Strong(format!("{}.", not_for.told)));
    }
    cell
}

/// Name of the place where a paper in front starts.
pub(super) fn sheet_place(number: usize) -> String {
    format!("blad-{number:05}")
}

fn head(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn link(target: String, what: &str, (first, _): (usize, usize)) -> RowLink {
    RowLink { target, told: format!("Naar bladzijde {first}: {what}") }
}

/// "12" or "12–20".
fn range((first, last): (usize, usize)) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

/// The page in the place of a document without a file.
pub(super) fn slip(bundle: &Bundle, part: &Part, number: usize) -> DocumentModel {
    let pages = match part.recorded_pages {
        Some(1) => "1 bladzijde volgens het dossier".to_owned(),
        Some(pages) => format!("{pages} bladzijden volgens het dossier"),
        None => "onbekend".to_owned(),
    };
    let item = |label: &str, text: String| plain(format!("{label}: {text}"));
    let marked = part.not_for.iter().map(|not_for| vec![Inline::Strong(not_for.told.clone())]);
    let blocks = vec![
        heading(1, format!("Stuk {number}: {}", part.title)),
        Block::Notice {
            heading: "Bestand niet in dit systeem".to_owned(),
            content: plain(
                "Dit stuk staat in het dossier, maar het bestand zelf is niet in dit systeem. Dit blad staat op zijn plaats.",
            ),
        },
        Block::List {
            ordered: false,
            items: vec![
                item("Datum", part.dated.map_or_else(|| "onbekend".to_owned(), dutch_date)),
                item("Van", part.author.clone().unwrap_or_else(|| "onbekend".to_owned())),
                item("Omvang", pages),
            ]
            .into_iter()
            .chain(marked)
            .collect(),
        },
    ];
    DocumentModel { meta: meta(bundle, &part.title, ""), blocks }
}
