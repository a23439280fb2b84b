//! Type and measures of the page, in points.

use super::fonts::FontKey;
use crate::documents::model::Inline;

/// A4.
pub(super) const PAGE_WIDTH: f32 = 595.28;
/// A4.
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// Left and right margin: 27 mm.
pub(super) const MARGIN: f32 = 76.54;
/// Where the text starts on a page whose header is one line.
pub(super) const TOP: f32 = 80.0;
/// Where the text ends, from the top.
pub(super) const BOTTOM: f32 = PAGE_HEIGHT - 76.0;
/// Width between the margins.
pub(super) const TEXT_WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// Column in which paragraph numbers hang.
pub(super) const NUMBER_COLUMN: f32 = 36.0;

/// How dark the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Text.
    Black,
    /// Header, footer and sources; still 8.9:1 on white.
    Grey,
}

/// Look of a run of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) font: FontKey,
    pub(super) size: f32,
    pub(super) ink: Ink,
    /// Behind what must still be filled in.
    pub(super) shaded: bool,
}

impl Style {
    /// Black, unshaded.
    pub(super) const fn new(font: FontKey, size: f32) -> Self {
        Self { font, size, ink: Ink::Black, shaded: false }
    }

    /// The same in grey.
    pub(super) const fn grey(self) -> Self {
        Self { ink: Ink::Grey, ..self }
    }

    /// Width in points of a measure in thousandths of an em.
    pub(super) fn points(&self, thousandths: i32) -> f32 {
        thousandths as f32 * self.size / 1000.0
    }
}

/// The faces of a kind of text, and its line distance.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextKind {
    pub(super) regular: FontKey,
    pub(super) strong: FontKey,
    pub(super) emphasis: FontKey,
    pub(super) size: f32,
    pub(super) leading: f32,
    /// Hyphenate when this share of the line would stay white.
    pub(super) slack: f32,
}

/// Running text.
const BODY: TextKind = TextKind {
    regular: FontKey::Serif,
    strong: FontKey::SerifBold,
    emphasis: FontKey::SerifItalic,
    size: 10.5,
    leading: 15.0,
    slack: 0.13,
};

/// Text in tables.
const TABLE: TextKind = TextKind {
    regular: FontKey::Sans,
    strong: FontKey::SansBold,
    emphasis: FontKey::SansItalic,
    size: 9.5,
    leading: 12.5,
    slack: 0.4,
};

impl TextKind {
    /// Plain text of this kind.
    pub(super) const fn plain(&self) -> Style {
        Style::new(self.regular, self.size)
    }

    /// Strong text of this kind.
    pub(super) const fn bold(&self) -> Style {
        Style::new(self.strong, self.size)
    }

    /// Look of an inline in this kind of text.
    pub(super) fn inline(&self, inline: &Inline) -> Style {
        match inline {
            Inline::Text(_) => self.plain(),
            Inline::Strong(_) => self.bold(),
            Inline::Emphasis(_) => Style::new(self.emphasis, self.size),
            Inline::Blank(_) => Style { shaded: true, ..self.bold() },
            Inline::Source(_) => Style::new(FontKey::Sans, self.size * 0.78).grey(),
        }
    }
}

/// How close everything is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) body: TextKind,
    pub(super) table: TextKind,
    /// White between blocks.
    pub(super) block_gap: f32,
    /// White between the items of a list.
    pub(super) item_gap: f32,
    /// White above and below the text of a row.
    pub(super) row_padding: f32,
    /// Share of the white around headings.
    heading_white: f32,
}

/// For decisions.
const ORDINARY: Setting =
    Setting { body: BODY, table: TABLE, block_gap: 8.0, item_gap: 3.0, row_padding: 3.5, heading_white: 1.0 };

/// For a sheet of a few pages.
const CLOSE: Setting = Setting {
    body: TextKind { size: 10.0, leading: 13.0, ..BODY },
    table: TextKind { size: 9.0, leading: 11.5, ..TABLE },
    block_gap: 5.0,
    item_gap: 1.5,
    row_padding: 2.2,
    heading_white: 0.5,
};

impl Setting {
    /// The setting of a document.
    pub(super) const fn of(compact: bool) -> &'static Self {
        if compact { &CLOSE } else { &ORDINARY }
    }

    /// Headings by level: type and line distance, white above, white below.
    pub(super) fn heading(&self, level: u8) -> (Style, f32, f32, f32) {
        let (style, leading, above, below) = match level {
            1 => (Style::new(FontKey::SansBold, 17.0), 21.0, 0.0, 14.0),
            2 => (Style::new(FontKey::SansBold, 12.5), 16.0, 20.0, 6.0),
            _ => (Style::new(FontKey::SansBold, 10.5), 14.0, 12.0, 3.0),
        };
        (style, leading, above * self.heading_white, below * self.heading_white)
    }
}
