//! typst sets the same text with the same fonts from a template of its own.

use combizitting::documents::model::{Block, DocumentModel, Inline};
use std::fmt::Write as _;
use std::path::Path;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

/// All that typst may ask for.
pub struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
}

impl Desk {
    /// A desk with our fonts and this document on it.
    pub fn new(root: &Path, model: &DocumentModel) -> Self {
        let folder = root.join("templates/documents/fonts");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("fonts")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|end| end == "ttf"))
            .collect();
        files.sort();
        let fonts: Vec<Font> =
            files.iter().flat_map(|path| Font::iter(Bytes::new(std::fs::read(path).expect("a font")))).collect();
        let path = RootedPath::new(VirtualRoot::Project, VirtualPath::new("besluit.typ").expect("a path"));
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: Source::new(FileId::new(path), source(model)),
        }
    }

    /// The PDF, with nothing remembered of an earlier run.
    pub fn render(&self) -> Vec<u8> {
        comemo::evict(0);
        self.again()
    }

    /// The PDF, with what typst remembers of the same input.
    pub fn again(&self) -> Vec<u8> {
        let document = typst::compile::<PagedDocument>(self).output.expect("a document");
        typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).expect("a file")
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

const LOOK: &str = r##"#set document(title: TITLE)
#set page(paper: "a4", margin: (x: 27mm, top: 28mm, bottom: 27mm), numbering: "1 van 1",
  header: text(font: "Source Sans 3", size: 8pt, fill: luma(74))[CONCEPT #h(1fr) RUNNING],
  background: rotate(-45deg, text(font: "Source Sans 3", size: 90pt, fill: luma(235))[CONCEPT]))
#set text(font: "Source Serif 4", size: 10.5pt, lang: "nl", region: "nl", hyphenate: true)
#show heading: set text(font: "Source Sans 3")
#show table: set text(font: "Source Sans 3", size: 8.5pt)
#let noticed(title, body) = block(width: 100%, stroke: (left: 2pt + luma(89)), inset: 8pt)[*#title* \ #body]
#let numbered(number, body) = grid(columns: (36pt, 1fr), number, body)
"##;

/// The document in typst's own words.
fn source(model: &DocumentModel) -> String {
    let mut out = LOOK
        .replace("TITLE", &format!("{:?}", model.meta.title))
        .replace("RUNNING", &escaped(&model.meta.running_header));
    for block in &model.blocks {
        write_block(&mut out, block);
    }
    out
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading { level, number, text } => {
            let number = number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
            let marks = "=".repeat(usize::from(*level));
            let _ = write!(out, "\n{marks} {}{}\n\n", escaped(&number), escaped(text));
        }
        Block::Paragraph { number: Some(number), content } => {
            let _ = write!(out, "\n#numbered[{}][{}]\n\n", escaped(number), inline(content));
        }
        Block::Paragraph { number: None, content } => {
            let _ = write!(out, "\n{}\n\n", inline(content));
        }
        Block::List { ordered, items } => {
            let function = if *ordered { "enum" } else { "list" };
            let _ = write!(out, "\n#{function}(");
            for item in items {
                let _ = write!(out, "[{}],", inline(item));
            }
            out.push_str(")\n\n");
        }
        Block::Table { caption, head, rows } => {
            if let Some(caption) = caption {
                let _ = write!(out, "\n_{}_\n\n", escaped(caption));
            }
            let _ = write!(out, "\n#table(columns: ({}),table.header(", "1fr,".repeat(head.len()));
            for cell in head {
                let _ = write!(out, "[*{}*],", escaped(cell));
            }
            out.push_str("),");
            for cell in rows.iter().flatten() {
                let _ = write!(out, "[{}],", inline(cell));
            }
            out.push_str(")\n\n");
        }
        Block::Notice { heading, content } => {
            let _ = write!(out, "\n#noticed[{}][{}]\n\n", escaped(heading), inline(content));
        }
        Block::Timeline(axis) => write_block(out, &axis.table()),
        Block::PageBreak => out.push_str("\n#pagebreak(weak: true)\n"),
    }
}

fn inline(content: &[Inline]) -> String {
    content
        .iter()
        .map(|part| {
            let text = escaped(&part.text());
            match part {
                Inline::Strong(_) => format!("#strong[{text}]"),
                Inline::Emphasis(_) => format!("#emph[{text}]"),
                Inline::Source(_) => format!("#text(size: 8pt, fill: luma(74))[{text}]"),
                Inline::Blank(_) => format!("#highlight[{text}]"),
                Inline::Text(_) => text,
            }
        })
        .collect()
}

/// Every sign that typst would read as markup, with a backslash.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if sign.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}
