//! Content of the Word file: `word/document.xml`.

use super::parts::NAMESPACES;
use crate::documents::closing::kept_with_next;
use crate::documents::markup::{Anchors, push_escaped};
use crate::documents::model::{Block, DocumentModel, Inline};

/// Width of the text on the page, in twentieths of a point: A4 less margins of 25 mm.
const TEXT_WIDTH: usize = 9_070;

/// Indent of a notice right after another, in twentieths of a point: one more than the style has.
const NOTICE_ASIDE: &str = "<w:ind w:left=\"228\" w:right=\"227\"/>";

/// The body and how many ordered lists it holds; each gets its own numbering, from 1.
pub(super) struct Body {
    pub(super) xml: String,
    pub(super) ordered_lists: usize,
}

/// Builds the body.
pub(super) fn build(model: &DocumentModel) -> Body {
    let mut writer = Writer {
        out: String::with_capacity(16_384),
        anchors: Anchors::default(),
        bookmarks: 0,
        ordered_lists: 0,
        notice: None,
        kept: false,
    };
    writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document ");
    writer.out.push_str(NAMESPACES);
    writer.out.push_str("><w:body>");
    if !model.meta.author.is_empty() {
        writer.paragraph("Letterhead", |writer| writer.run("", &model.meta.author));
    }
    for (block, kept) in model.blocks.iter().zip(kept_with_next(&model.blocks)) {
        // A table may break: it would drag all its rows along.
        writer.kept = kept && !matches!(block, Block::Table { .. } | Block::Timeline(_));
        writer.block(block);
    }
    writer.out.push_str(concat!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>",
        "<w:footerReference w:type=\"default\" r:id=\"rId5\"/>",
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        "<w:pgMar w:top=\"1588\" w:right=\"1418\" w:bottom=\"1418\" w:left=\"1418\" ",
        "w:header=\"737\" w:footer=\"624\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    ));
    Body { xml: writer.out, ordered_lists: writer.ordered_lists }
}

struct Writer {
    out: String,
    anchors: Anchors,
    bookmarks: usize,
    ordered_lists: usize,
    /// The block before was a notice that stands a hair to the right or not; `None` when it was no notice.
    notice: Option<bool>,
    /// The block stays on the page of the block after it.
    kept: bool,
}

impl Writer {
    fn block(&mut self, block: &Block) {
        let before = self.notice.take();
        match block {
            Block::Heading { level, number, text } => {
                self.paragraph(&format!("Heading{level}"), |writer| {
                    writer.number(number.as_deref());
                    writer.run("", text);
                });
            }
            Block::Paragraph { number: Some(number), content } => self.numbered(number, content),
            Block::Paragraph { number: None, content } => {
                self.paragraph("Normal", |writer| writer.inlines(content));
            }
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Table { caption, head, rows } => self.table(caption.as_deref(), head, rows),
            Block::Notice { heading, content } => {
                // Word draws one frame around paragraphs with the same border and indent: the next notice differs
                // from the one before by a twentieth of a point.
                let aside = before == Some(false);
                self.notice = Some(aside);
                let indent = if aside { NOTICE_ASIDE } else { "" };
                self.with_indent("NoticeHeading", indent, |writer| writer.run("", heading));
                self.with_indent("Notice", indent, |writer| writer.inlines(content));
            }
            // Word gets the table: a drawing would be one more thing that an edit leaves behind.
            Block::Timeline(timeline) => self.block(&timeline.table()),
            Block::PageBreak => self.out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }

    fn paragraph(&mut self, style: &str, content: impl FnOnce(&mut Self)) {
        self.with_indent(style, "", content);
    }

    fn with_indent(&mut self, style: &str, indent: &str, content: impl FnOnce(&mut Self)) {
        let kept = self.keep();
        self.out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{kept}{indent}</w:pPr>"));
        content(self);
        self.out.push_str("</w:p>");
    }

    fn keep(&self) -> &'static str {
        if self.kept { "<w:keepNext/>" } else { "" }
    }

    fn numbered(&mut self, number: &str, content: &[Inline]) {
        let name = self.anchors.unique(number, '_');
        let id = self.bookmarks;
        self.bookmarks = self.bookmarks.saturating_add(1);
        self.paragraph("NumberedParagraph", |writer| {
            writer.out.push_str(&format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"rov_{name}\"/>"));
            writer.number(Some(number));
            writer.inlines(content);
            writer.out.push_str(&format!("<w:bookmarkEnd w:id=\"{id}\"/>"));
        });
    }

    fn number(&mut self, number: Option<&str>) {
        if let Some(number) = number {
            self.run("", number);
            self.out.push_str("<w:r><w:tab/></w:r>");
        }
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Inline>]) {
        // Numbering 1 is the dashed list; ordered lists follow from 2.
        let numbering = if ordered {
            self.ordered_lists = self.ordered_lists.saturating_add(1);
            self.ordered_lists.saturating_add(1)
        } else {
            1
        };
        let kept = self.keep();
        for item in items {
            self.out.push_str(&format!(
                "<w:p><w:pPr><w:pStyle w:val=\"ListParagraph\"/>{kept}<w:numPr><w:ilvl w:val=\"0\"/>\
                 <w:numId w:val=\"{numbering}\"/></w:numPr></w:pPr>"
            ));
            self.inlines(item);
            self.out.push_str("</w:p>");
        }
    }

    fn table(&mut self, caption: Option<&str>, head: &[String], rows: &[Vec<Vec<Inline>>]) {
        if let Some(caption) = caption {
            self.paragraph("Caption", |writer| writer.run("", caption));
        }
        if head.is_empty() {
            return;
        }
        let widths = column_widths(head, rows);
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"CourtTable\"/><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"autofit\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" \
             w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>"
        ));
        for width in &widths {
            self.out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (cell, width) in head.iter().zip(&widths) {
            self.cell(*width, "TableHeading", |writer| writer.run("", cell));
        }
        self.out.push_str("</w:tr>");
        for row in rows {
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (cell, width) in row.iter().zip(&widths) {
                self.cell(*width, "TableText", |writer| writer.inlines(cell));
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>");
    }

    fn cell(&mut self, width: usize, style: &str, content: impl FnOnce(&mut Self)) {
        self.out.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
        self.paragraph(style, content);
        self.out.push_str("</w:tc>");
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            let style = match inline {
                Inline::Text(_) => "",
                Inline::Strong(_) => "<w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr>",
                Inline::Emphasis(_) => "<w:rPr><w:rStyle w:val=\"Emphasis\"/></w:rPr>",
                Inline::Blank(_) => "<w:rPr><w:rStyle w:val=\"Blank\"/></w:rPr>",
                Inline::Source(_) => "<w:rPr><w:rStyle w:val=\"Source\"/></w:rPr>",
            };
            self.run(style, &inline.text());
        }
    }

    /// One run; a line feed in the text is a line break.
    fn run(&mut self, properties: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        self.out.push_str("<w:r>");
        self.out.push_str(properties);
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.out.push_str("<w:br/>");
            }
            for (place, part) in whole_numbers(line).iter().enumerate() {
                if place > 0 {
                    self.out.push_str("<w:noBreakHyphen/>");
                }
                self.out.push_str("<w:t xml:space=\"preserve\">");
                push_escaped(&mut self.out, part);
                self.out.push_str("</w:t>");
            }
        }
        self.out.push_str("</w:r>");
    }
}

/// A line in parts, with a hyphen at which no line may end between each two: the number of a case is one word. An
/// address on the web keeps the hyphens that it has.
fn whole_numbers(line: &str) -> Vec<&str> {
    let mut cuts: Vec<usize> = Vec::new();
    let mut start = 0_usize;
    for word in line.split_inclusive(char::is_whitespace) {
        let number = word.contains(|sign: char| sign.is_ascii_digit()) && !word.contains("://");
        let hyphens = word.match_indices('-').map(|(at, _)| at).filter(|at| {
            let (before, after) = word.split_at(*at);
            before.ends_with(char::is_alphanumeric) && after.trim_start_matches('-').starts_with(char::is_alphanumeric)
        });
        cuts.extend(hyphens.filter(|_| number).map(|at| start.saturating_add(at)));
        start = start.saturating_add(word.len());
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for cut in cuts {
        parts.extend(line.get(from..cut));
        from = cut.saturating_add(1);
    }
    parts.extend(line.get(from..));
    parts
}

/// Width of a character of table text, and of the space beside a cell, in twentieths of a point.
const CHARACTER: usize = 120;
const CELL_SPACE: usize = 240;
/// Words longer than this may break; a reference to a law or a judgment is one word that does not.
const WORD_MOST: usize = 36;

/// Widths in twentieths of a point: each column has room for its longest word, and long texts get more of what is left,
/// though not in proportion to their length.
fn column_widths(head: &[String], rows: &[Vec<Vec<Inline>>]) -> Vec<usize> {
    let length = |text: &str| text.chars().count();
    let text_of = |cell: &Vec<Inline>| cell.iter().map(Inline::text).collect::<String>();
    let (mut needs, mut wishes): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (column, head) in head.iter().enumerate() {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(text_of);
        let texts: Vec<String> = cells.chain([head.clone()]).collect();
        let words = texts.iter().flat_map(|text| text.split_whitespace()).map(length);
        let word = words.max().unwrap_or(0).min(WORD_MOST);
        needs.push(word.saturating_mul(CHARACTER).saturating_add(CELL_SPACE));
        wishes.push(texts.iter().map(|text| length(text)).max().unwrap_or(0).isqrt().max(3));
    }
    let needed: usize = needs.iter().sum();
    // Where the words alone are too wide, they break rather than the table leaving the page.
    let (needs, left) = match TEXT_WIDTH.checked_sub(needed) {
        Some(left) => (needs, left),
        None => (vec![0; wishes.len()], TEXT_WIDTH),
    };
    let total: usize = wishes.iter().sum::<usize>().max(1);
    let share = |wish: usize| left.saturating_mul(wish).checked_div(total).unwrap_or(left);
    needs.iter().zip(&wishes).map(|(need, wish)| need.saturating_add(share(*wish))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_case_is_one_word_and_an_address_on_the_web_keeps_its_hyphens() {
        assert_eq!(
            whole_numbers("parketnummer 10/990001-26 (Fictief-Zandman)"),
            ["parketnummer 10/990001", "26 (Fictief-Zandman)"]
        );
        assert_eq!(
            whole_numbers("FA RK 26-9001 – combi-2026-demo-01"),
            ["FA RK 26", "9001 – combi", "2026", "demo", "01"]
        );
        for whole in ["https://voorbeeld.example/a-1-b", "- 5", "3-", "--4", "Anna-Lies", "", "5 - 6"] {
            assert_eq!(whole_numbers(whole), [whole], "{whole}");
        }
    }
}
