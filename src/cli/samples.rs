//! Sample files for the documents of the demo family: for each document a PDF of as many pages as the
//! dossier records, with on each page what the dossier cites from that page, and nothing else.

use super::output::Failure;
use crate::documents::model::{Block, DocumentMeta, DocumentModel, Inline};
use crate::documents::pdf;
use crate::dossier::model::{DocumentRecord, Dossier, FactSource, Label};
use crate::shared::dutch::capital;
use crate::shared::ids::DocumentId;
use crate::shared::moment::dutch_date;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What each page says that it is.
const MARK: &str = "Voorbeeldstuk bij een verzonnen gezin";

/// What the dossier cites, by document and page; a citation without a page stands at page 0.
type Cited = BTreeMap<(DocumentId, u32), Vec<String>>;

/// A file for each document, in the order of the dossier.
pub(super) fn files(dossier: &Dossier, day: NaiveDate) -> Result<Vec<(DocumentId, Vec<u8>)>, Failure> {
    let cited = cited(dossier);
    let file = |document: &DocumentRecord| {
        let model = model(dossier, document, &cited, day);
        let bytes = pdf::render(&model).map_err(|error| Failure::new(error.to_string()))?;
        Ok((document.id.clone(), bytes))
    };
    dossier.documents.iter().map(file).collect()
}

fn cited(dossier: &Dossier) -> Cited {
    let mut cited = Cited::new();
    let mut add = |source: Option<&FactSource>, text: String| {
        if let Some(source) = source {
            cited.entry((source.document.clone(), source.page.unwrap_or(0))).or_default().push(text);
        }
    };
    for event in &dossier.events {
        for item in &event.statements {
            let by = dossier.party_name(&item.by);
            add(item.source.as_ref(), format!("{by} ({}): {}", item.kind.label(), item.content));
        }
        for item in &event.answers {
            let words = item.content.as_deref().unwrap_or(&event.description);
            let told = format!("{} ({}): {words}", dossier.person_name(&item.by), item.stance.label());
            add(item.source.as_ref(), told);
        }
    }
    for matter in &dossier.matters {
        for step in &matter.steps {
            add(step.source.as_ref(), format!("{}: {}.", dutch_date(step.on), step.what));
        }
    }
    for request in &dossier.requests {
        add(request.source.as_ref(), format!("{} verzoekt: {}", dossier.party_name(&request.by), request.content));
        for position in &request.positions {
            let words = position.content.as_deref().unwrap_or(&request.content);
            let told = format!("{} ({}): {words}", dossier.party_name(&position.by), position.stance.label());
            add(position.source.as_ref(), told);
        }
    }
    orders(dossier, &mut add);
    cited
}

/// What documents say of gezag, measures, assessments, help and hearing of the children.
fn orders(dossier: &Dossier, add: &mut dyn FnMut(Option<&FactSource>, String)) {
    for item in &dossier.gezag {
        let (holder, child) = (dossier.party_name(&item.holder), dossier.person_name(&item.child));
        add(item.source.as_ref(), format!("{holder} over {child}: {}.", item.form.label()));
    }
    for item in &dossier.measures {
        let basis = item.legal_basis.as_deref().map_or_else(String::new, |basis| format!(" ({basis})"));
        add(item.source.as_ref(), format!("{}{basis}.", capital(item.instrument.label())));
    }
    for item in &dossier.instrument_results {
        add(item.source.as_ref(), format!("{}: {}", item.instrument.label(), item.result));
    }
    for item in &dossier.help {
        let note = item.note.as_deref().map_or_else(String::new, |note| format!(": {note}"));
        let told = format!("{}, {}{note}", dossier.person_name(&item.person), item.kind.label());
        add(item.source.as_ref(), told);
    }
    for item in &dossier.child_hearings {
        add(item.source.as_ref(), format!("{}: {}.", dossier.person_name(&item.child), item.outcome.label()));
    }
}

fn model(dossier: &Dossier, document: &DocumentRecord, cited: &Cited, day: NaiveDate) -> DocumentModel {
    let plain = |text: String| vec![Inline::Text(text)];
    let pages = document.pages.unwrap_or(1).max(1);
    let mut blocks = vec![
        Block::Heading { level: 1, number: None, text: document.title.clone() },
        Block::Notice {
            heading: MARK.to_owned(),
            content: plain(
                "Dit is niet het stuk zelf. Op elke bladzijde staat alleen wat het dossier van die bladzijde aanhaalt."
                    .to_owned(),
            ),
        },
    ];
    for page in 1..=pages {
        if page > 1 {
            blocks.push(Block::PageBreak);
        }
        // What the dossier cites without a page stands on the first, where a reader begins.
        let general = if page == 1 { cited.get(&(document.id.clone(), 0)) } else { None };
        let own = cited.get(&(document.id.clone(), page));
        let items: Vec<Vec<Inline>> = own.into_iter().chain(general).flatten().cloned().map(plain).collect();
        blocks.push(if items.is_empty() {
            let text = format!("Het dossier haalt van bladzijde {page} niets aan.");
            Block::Paragraph { number: None, content: plain(text) }
        } else {
            Block::List { ordered: false, items }
        });
    }
    let author = document.author.as_ref().map_or_else(|| "maker onbekend".to_owned(), |by| dossier.party_name(by));
    DocumentModel {
        meta: DocumentMeta {
            title: document.title.clone(),
            author,
            running_header: format!("{MARK}: {}", document.title),
            concept: false,
            control_code: String::new(),
            dated: document.dated.unwrap_or(day),
            compact: true,
        },
        blocks,
    }
}
