//! The document as HTML: a complete page that stands alone, or a fragment for a page of the site.
//!
//! List labels are the list's own, so that a screen reader announces them once.

use super::markup::{escaped, push_escaped};
use super::model::{Block, DocumentModel, Inline};
use super::text::{OnControl, clean};

/// Style sheet of the page that stands alone, for screen and paper.
const STYLE: &str = include_str!("html.css");

/// A complete page: language, title, running header, CONCEPT mark, content and control code.
///
/// Control characters, which PDF and DOCX refuse, are shown as the replacement character.
#[must_use]
pub fn render(model: &DocumentModel) -> String {
    let Ok(model) = clean(model, OnControl::Replace) else { return String::new() };
    let mut out = String::with_capacity(8_192);
    out.push_str("<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>");
    if model.meta.concept {
        out.push_str("CONCEPT – ");
    }
    push_escaped(&mut out, &model.meta.title);
    out.push_str("</title>\n<meta name=\"author\" content=\"");
    push_escaped(&mut out, &model.meta.author);
    out.push_str("\"/>\n<meta name=\"date\" content=\"");
    out.push_str(&model.meta.dated.format("%Y-%m-%d").to_string());
    out.push_str("\"/>\n<style>\n");
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body");
    out.push_str(if model.meta.concept { " class=\"concept\">\n" } else { ">\n" });
    push_header(&mut out, &model);
    out.push_str("<main>\n");
    push_blocks(&mut out, &model.blocks, 0);
    out.push_str("</main>\n");
    if !model.meta.control_code.is_empty() {
        out.push_str("<footer class=\"voettekst\">controlecode ");
        push_escaped(&mut out, &model.meta.control_code);
        out.push_str("</footer>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// The content only, as one `<article>`, for a page that has its own heading of level 1: headings
/// go one level down and no style is included (classes: `kop-1`, `genummerd`, `nummer`, `invullen`,
/// `bron`, `kennisgeving`, `nieuwe-pagina`).
#[must_use]
pub fn render_fragment(model: &DocumentModel) -> String {
    let Ok(model) = clean(model, OnControl::Replace) else { return String::new() };
    let mut out = String::with_capacity(8_192);
    out.push_str("<article class=\"document");
    out.push_str(if model.meta.concept { " concept\" lang=\"nl\">\n" } else { "\" lang=\"nl\">\n" });
    push_header(&mut out, &model);
    push_blocks(&mut out, &model.blocks, 1);
    out.push_str("</article>\n");
    out
}

fn push_header(out: &mut String, model: &DocumentModel) {
    let meta = &model.meta;
    if meta.author.is_empty() && meta.running_header.is_empty() && !meta.concept {
        return;
    }
    out.push_str("<header class=\"briefhoofd\">\n");
    for (class, text) in [("instantie", meta.author.as_str()), ("kenmerk", meta.running_header.as_str())] {
        if !text.is_empty() {
            out.push_str(&format!("<p class=\"{class}\">{}</p>\n", escaped(text)));
        }
    }
    if meta.concept {
        out.push_str("<p class=\"conceptmerk\">CONCEPT</p>\n");
    }
    out.push_str("</header>\n");
}

fn push_blocks(out: &mut String, blocks: &[Block], shift: u8) {
    let mut anchors = super::markup::Anchors::default();
    for block in blocks {
        match block {
            Block::Heading { level, number, text } => {
                let level = (*level).clamp(1, 3);
                let tag = level.saturating_add(shift);
                out.push_str(&format!("<h{tag} class=\"kop-{level}\">"));
                push_number(out, number.as_deref());
                push_lines(out, text);
                out.push_str(&format!("</h{tag}>\n"));
            }
            Block::Paragraph { number, content } => {
                match number {
                    Some(number) => {
                        out.push_str(&format!("<p class=\"genummerd\" id=\"rov-{}\">", anchors.unique(number, '-')));
                    }
                    None => out.push_str("<p>"),
                }
                push_number(out, number.as_deref());
                push_inlines(out, content);
                out.push_str("</p>\n");
            }
            Block::List { ordered, items } => push_list(out, *ordered, items),
            Block::Table { caption, head, rows } => push_table(out, caption.as_deref(), head, rows),
            Block::Notice { heading, content } => {
                out.push_str("<aside class=\"kennisgeving\">\n<p class=\"kennisgeving-kop\">");
                push_lines(out, heading);
                out.push_str("</p>\n<p>");
                push_inlines(out, content);
                out.push_str("</p>\n</aside>\n");
            }
            Block::Timeline(timeline) => {
                super::svg::push(out, timeline);
                push_blocks(out, &[timeline.table()], shift);
            }
            Block::PageBreak => out.push_str("<hr class=\"nieuwe-pagina\"/>\n"),
        }
    }
}

fn push_number(out: &mut String, number: Option<&str>) {
    if let Some(number) = number {
        out.push_str(&format!("<span class=\"nummer\">{}</span> ", escaped(number)));
    }
}

fn push_list(out: &mut String, ordered: bool, items: &[Vec<Inline>]) {
    if items.is_empty() {
        return;
    }
    let (open, close) = if ordered { ("<ol>\n", "</ol>\n") } else { ("<ul>\n", "</ul>\n") };
    out.push_str(open);
    for item in items {
        out.push_str("<li>");
        push_inlines(out, item);
        out.push_str("</li>\n");
    }
    out.push_str(close);
}

fn push_table(out: &mut String, caption: Option<&str>, head: &[String], rows: &[Vec<Vec<Inline>>]) {
    out.push_str("<div class=\"tabel\" role=\"region\" tabindex=\"0\" aria-label=\"");
    push_escaped(out, caption.unwrap_or("Tabel"));
    out.push_str("\">\n<table>\n");
    if let Some(caption) = caption {
        out.push_str(&format!("<caption>{}</caption>\n", escaped(caption)));
    }
    out.push_str("<thead>\n<tr>");
    for cell in head {
        out.push_str("<th scope=\"col\">");
        push_lines(out, cell);
        out.push_str("</th>");
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            out.push_str("<td>");
            push_inlines(out, cell);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn push_inlines(out: &mut String, content: &[Inline]) {
    for inline in content {
        let (open, close) = match inline {
            Inline::Text(_) => ("", ""),
            Inline::Strong(_) => ("<strong>", "</strong>"),
            Inline::Emphasis(_) => ("<em>", "</em>"),
            Inline::Blank(_) => ("<span class=\"invullen\">", "</span>"),
            Inline::Source(_) => ("<small class=\"bron\">", "</small>"),
        };
        out.push_str(open);
        push_lines(out, &inline.text());
        out.push_str(close);
    }
}

/// Text in which a line feed is a line break.
fn push_lines(out: &mut String, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("<br/>\n");
        }
        push_escaped(out, line);
    }
}
