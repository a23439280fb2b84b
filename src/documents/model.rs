//! One document model, rendered to HTML, PDF and DOCX with the same text.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A document, ready to be rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentModel {
    /// Title and running text.
    pub meta: DocumentMeta,
    /// Content in reading order.
    pub blocks: Vec<Block>,
}

/// What surrounds the content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentMeta {
    /// Title, for instance "Beschikking voorlopige voorzieningen".
    pub title: String,
    /// Author: the court or authority in whose name it is drafted.
    pub author: String,
    /// Line in the running header, usually the case numbers.
    pub running_header: String,
    /// True until approved: prints the CONCEPT mark on every page and in the header.
    pub concept: bool,
    /// Control code on every page: first 16 hex digits of the hash over snapshot and receipt.
    pub control_code: String,
    /// Day of the document; also its metadata date, so bytes are the same on every run.
    pub dated: NaiveDate,
    /// Set closer on paper: for a sheet that is read in minutes and must stay short.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub compact: bool,
}

/// A block of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// Heading of level 1 (title) to 3. `number` is printed before it.
    Heading {
        /// 1 to 3.
        level: u8,
        /// For instance "2" or "2.1".
        number: Option<String>,
        /// Text.
        text: String,
    },
    /// Paragraph, optionally numbered ("2.3").
    Paragraph {
        /// Number before the paragraph.
        number: Option<String>,
        /// Text.
        content: Vec<Inline>,
    },
    /// List; ordered lists print 1., 2., 3. or the given labels.
    List {
        /// Numbered or dashed.
        ordered: bool,
        /// Items, each one paragraph.
        items: Vec<Vec<Inline>>,
    },
    /// Table with a heading row.
    Table {
        /// Caption above it.
        caption: Option<String>,
        /// Heading cells.
        head: Vec<String>,
        /// Rows; every row has as many cells as the head.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Notice in a frame: a warning, a missing part, a withheld part.
    Notice {
        /// Heading of the notice.
        heading: String,
        /// Text.
        content: Vec<Inline>,
    },
    /// A time axis: drawn where an output can draw, followed in every output by a table of the same.
    Timeline(Timeline),
    /// Starts a new page (before the annex).
    PageBreak,
}

/// A time axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// Caption of the table.
    pub caption: String,
    /// Reference date; the drawing shows a year before and after it at most.
    pub on: NaiveDate,
    /// Rows; those of the same part follow each other.
    pub rows: Vec<TimelineRow>,
}

/// One thing on a time axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineRow {
    /// What kind of thing: names its lane in the drawing.
    pub part: String,
    /// How it is drawn.
    pub shape: TimelineShape,
    /// Short name in the drawing; it also stands in `when` or `what`.
    pub label: String,
    /// First day; absent is not known, or long ago.
    pub from: Option<NaiveDate>,
    /// Last day; absent is without an end, or not known.
    pub until: Option<NaiveDate>,
    /// When, in words.
    pub when: String,
    /// What.
    pub what: Vec<Inline>,
}

/// Shape in the drawing. Shapes differ without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineShape {
    /// A moment at which people meet.
    Square,
    /// Something that happened.
    Dot,
    /// A moment by which something must be done.
    Diamond,
    /// A stretch that holds: filled.
    Bar,
    /// A stretch that does not hold (yet): only its rim.
    Open,
    /// A stretch in which something is missing: striped.
    Gap,
    /// The same, but only as long as what is intended does not come about: striped far apart.
    GapUnlessPlanned,
}

impl TimelineShape {
    /// Whether it lasts from one day to another, and is drawn as a bar.
    #[must_use]
    pub fn is_stretch(self) -> bool {
        matches!(self, Self::Bar | Self::Open | Self::Gap | Self::GapUnlessPlanned)
    }
}

impl Timeline {
    /// The table of the same: caption, heading cells and rows.
    #[must_use]
    pub fn table(&self) -> Block {
        let rows = self.rows.iter().map(|row| {
            vec![vec![Inline::Text(row.part.clone())], vec![Inline::Text(row.when.clone())], row.what.clone()]
        });
        Block::Table {
            caption: Some(self.caption.clone()),
            head: ["Onderdeel", "Wanneer", "Wat"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
        }
    }
}

/// Text within a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Strong text.
    Strong(String),
    /// Emphasised text.
    Emphasis(String),
    /// A visible blank for what is missing; prints as "[in te vullen: ...]".
    Blank(String),
    /// Reference to a fact, document or norm; prints as "[...]" in small type.
    Source(String),
}

impl Inline {
    /// The text as every output prints it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Strong(text) | Self::Emphasis(text) => text.clone(),
            Self::Blank(what) => format!("[in te vullen: {what}]"),
            Self::Source(what) => format!("[{what}]"),
        }
    }
}

impl DocumentModel {
    /// The text of all blocks, one block (list item, table cell) a line: what every output must contain, in order.
    #[must_use]
    pub fn text_lines(&self) -> Vec<String> {
        self.blocks.iter().flat_map(Block::text_lines).collect()
    }
}

impl Block {
    /// The running words of this block, in reading order: paragraphs, items, cells; headings and captions have no
    /// inlines.
    #[must_use]
    pub fn contents(&self) -> Vec<&Vec<Inline>> {
        match self {
            Self::Paragraph { content, .. } | Self::Notice { content, .. } => vec![content],
            Self::List { items, .. } => items.iter().collect(),
            Self::Table { rows, .. } => rows.iter().flatten().collect(),
            Self::Timeline(timeline) => timeline.rows.iter().map(|row| &row.what).collect(),
            Self::Heading { .. } | Self::PageBreak => Vec::new(),
        }
    }

    /// The running words of this block, to change them.
    pub fn contents_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        match self {
            Self::Paragraph { content, .. } | Self::Notice { content, .. } => vec![content],
            Self::List { items, .. } => items.iter_mut().collect(),
            Self::Table { rows, .. } => rows.iter_mut().flatten().collect(),
            Self::Timeline(timeline) => timeline.rows.iter_mut().map(|row| &mut row.what).collect(),
            Self::Heading { .. } | Self::PageBreak => Vec::new(),
        }
    }

    /// Text of this block as lines.
    #[must_use]
    pub fn text_lines(&self) -> Vec<String> {
        let join = |content: &[Inline]| content.iter().map(Inline::text).collect::<String>();
        let numbered = |number: &Option<String>, text: String| match number {
            Some(number) => format!("{number} {text}"),
            None => text,
        };
        match self {
            Self::Heading { number, text, .. } => vec![numbered(number, text.clone())],
            Self::Paragraph { number, content } => vec![numbered(number, join(content))],
            Self::List { ordered, items } => items
                .iter()
                .enumerate()
                .map(|(index, item)| {
                    let label = if *ordered { format!("{}.", index + 1) } else { "–".to_owned() };
                    format!("{label} {}", join(item))
                })
                .collect(),
            Self::Table { caption, head, rows } => caption
                .iter()
                .cloned()
                .chain(head.iter().cloned())
                .chain(rows.iter().flatten().map(|cell| join(cell)))
                .collect(),
            Self::Notice { heading, content } => vec![heading.clone(), join(content)],
            Self::Timeline(timeline) => timeline.table().text_lines(),
            Self::PageBreak => Vec::new(),
        }
    }
}
