//! From rendered Markdown to the document model.
//!
//! Only what a court document needs is understood: headings, paragraphs, lists, tables, block
//! quotes (notices), a thematic break (new page) and links with a scheme of our own
//! (`blank:`, `teken:`, `bron:`, `norm:`). Raw HTML, code, images and nesting are refused with a
//! sentence that says what to change, so that a lawyer can edit a template without Rust.

use crate::documents::model::{Block, Inline};
use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Drawings by the name that a template gives them.
pub(super) type Figures = BTreeMap<&'static str, Block>;

/// A parsed document: its blocks and what was found on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed {
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// What is left blank and holds back finalising, in order, without doubles.
    pub blanks: Vec<String>,
    /// What is filled in at signing.
    pub signing: Vec<String>,
}

/// Parses rendered Markdown.
///
/// # Errors
/// A Dutch sentence when the Markdown holds something that a document cannot have.
pub(super) fn parse(markdown: &str) -> Result<Parsed, String> {
    parse_with(markdown, Figures::new())
}

/// Parses rendered Markdown in which `[name](figuur:)` stands for a drawing.
///
/// # Errors
/// As `parse`, and when a drawing does not exist.
pub(super) fn parse_with(markdown: &str, figures: Figures) -> Result<Parsed, String> {
    let mut builder = Builder { figures, ..Builder::default() };
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    for event in Parser::new_ext(markdown, options) {
        builder.take(event)?;
    }
    Ok(builder.done)
}

/// Where text goes at this moment.
#[derive(Default)]
struct Builder {
    done: Parsed,
    figures: Figures,
    inlines: Vec<Inline>,
    strong: bool,
    emphasis: bool,
    link: Option<(String, String)>,
    heading: Option<HeadingStyle>,
    list: Option<(bool, Vec<Vec<Inline>>)>,
    quote: Option<Vec<Vec<Inline>>>,
    table: Option<Table>,
    section: u32,
    paragraph: u32,
    numbered_paragraphs: bool,
}

struct HeadingStyle {
    level: u8,
    free: bool,
    paragraphs: bool,
}

#[derive(Default)]
struct Table {
    caption: Option<String>,
    head: Vec<String>,
    rows: Vec<Vec<Vec<Inline>>>,
    row: Vec<Vec<Inline>>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                self.text(&text);
                Ok(())
            }
            Event::SoftBreak | Event::HardBreak => {
                self.text(" ");
                Ok(())
            }
            Event::Rule => {
                self.done.blocks.push(Block::PageBreak);
                Ok(())
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                Err(format!("Het sjabloon bevat HTML (\"{}\"). Gebruik alleen Markdown.", html.trim()))
            }
            Event::Code(code) => {
                Err(format!("Het sjabloon bevat code tussen accenten (\"{code}\"). Haal de accenten weg."))
            }
            _ => {
                Err("Het sjabloon bevat een voetnoot, formule of afvinklijst. Die kent een beslissing niet.".to_owned())
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) -> Result<(), String> {
        match tag {
            Tag::Paragraph => self.open_paragraph(),
            Tag::Heading { level, classes, .. } => {
                self.heading = Some(heading_style(level, &classes)?);
                Ok(())
            }
            Tag::List(first) => {
                if self.list.is_some() || self.quote.is_some() {
                    return Err("Een lijst binnen een lijst of kader kan niet. Maak er één lijst van.".to_owned());
                }
                self.list = Some((first.is_some(), Vec::new()));
                Ok(())
            }
            Tag::BlockQuote(_) => {
                if self.quote.is_some() || self.list.is_some() {
                    return Err("Een kader binnen een kader of lijst kan niet.".to_owned());
                }
                self.quote = Some(Vec::new());
                Ok(())
            }
            Tag::Table(_) => {
                let caption = self.pop_caption();
                self.table = Some(Table { caption, ..Table::default() });
                Ok(())
            }
            Tag::Link { dest_url, .. } => self.open_link(&dest_url),
            Tag::Strong => {
                self.strong = true;
                Ok(())
            }
            Tag::Emphasis => {
                self.emphasis = true;
                Ok(())
            }
            Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell => Ok(()),
            Tag::CodeBlock(_) => {
                Err("Het sjabloon bevat een ingesprongen regel of codeblok. Laat elke regel links beginnen.".to_owned())
            }
            Tag::HtmlBlock => Ok(()),
            _ => Err("Het sjabloon bevat een afbeelding, voetnoot of ander onderdeel dat niet kan.".to_owned()),
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), String> {
        match tag {
            TagEnd::Paragraph => self.close_paragraph(),
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::Item => {
                let item = std::mem::take(&mut self.inlines);
                if let Some((_, items)) = self.list.as_mut() {
                    items.push(item);
                }
            }
            TagEnd::List(_) => {
                if let Some((ordered, items)) = self.list.take() {
                    self.done.blocks.push(Block::List { ordered, items });
                }
            }
            TagEnd::BlockQuote(_) => self.close_quote()?,
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inlines);
                if let Some(table) = self.table.as_mut() {
                    table.row.push(cell);
                }
            }
            TagEnd::TableHead => {
                if let Some(table) = self.table.as_mut() {
                    table.head = std::mem::take(&mut table.row).iter().map(|cell| plain(cell)).collect();
                }
            }
            TagEnd::TableRow => {
                if let Some(table) = self.table.as_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.rows.push(row);
                }
            }
            TagEnd::Table => {
                if let Some(Table { caption, head, rows, .. }) = self.table.take() {
                    self.done.blocks.push(Block::Table { caption, head, rows });
                }
            }
            TagEnd::Link => self.close_link()?,
            TagEnd::Strong => self.strong = false,
            TagEnd::Emphasis => self.emphasis = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some((_, label)) = self.link.as_mut() {
            label.push_str(text);
            return;
        }
        match (self.inlines.last_mut(), self.strong, self.emphasis) {
            (Some(Inline::Strong(before)), true, _)
            | (Some(Inline::Emphasis(before)), false, true)
            | (Some(Inline::Text(before)), false, false) => before.push_str(text),
            (_, true, _) => self.inlines.push(Inline::Strong(text.to_owned())),
            (_, false, true) => self.inlines.push(Inline::Emphasis(text.to_owned())),
            (_, false, false) => self.inlines.push(Inline::Text(text.to_owned())),
        }
    }

    fn open_paragraph(&mut self) -> Result<(), String> {
        if self.list.is_some() && !self.inlines.is_empty() {
            return Err("Een punt van een lijst mag maar één alinea hebben.".to_owned());
        }
        Ok(())
    }

    fn close_paragraph(&mut self) {
        if self.list.is_some() {
            return;
        }
        let content = std::mem::take(&mut self.inlines);
        if content.iter().all(|inline| inline.text().trim().is_empty()) {
            return;
        }
        if let Some(quote) = self.quote.as_mut() {
            quote.push(content);
            return;
        }
        let number = self.numbered_paragraphs.then(|| {
            self.paragraph += 1;
            format!("{}.{}", self.section, self.paragraph)
        });
        self.done.blocks.push(Block::Paragraph { number, content });
    }

    fn close_heading(&mut self) {
        let text = plain(&std::mem::take(&mut self.inlines));
        let Some(style) = self.heading.take() else { return };
        let number = (style.level == 2 && !style.free).then(|| {
            self.section += 1;
            self.section.to_string()
        });
        if style.level <= 2 {
            self.paragraph = 0;
            self.numbered_paragraphs = style.paragraphs && number.is_some();
        }
        self.done.blocks.push(Block::Heading { level: style.level, number, text });
    }

    fn close_quote(&mut self) -> Result<(), String> {
        let mut paragraphs = self.quote.take().unwrap_or_default().into_iter();
        let heading = match paragraphs.next().as_deref() {
            Some([Inline::Strong(heading)]) => heading.clone(),
            _ => return Err("Een kader begint met een vetgedrukte kop op een eigen regel.".to_owned()),
        };
        let mut content = Vec::new();
        for paragraph in paragraphs {
            if !content.is_empty() {
                content.push(Inline::Text(" ".to_owned()));
            }
            content.extend(paragraph);
        }
        self.done.blocks.push(Block::Notice { heading, content });
        Ok(())
    }

    fn open_link(&mut self, target: &CowStr<'_>) -> Result<(), String> {
        let scheme = target.trim_end_matches(':');
        if !["blank", "teken", "bron", "norm", "figuur"].contains(&scheme) || !target.ends_with(':') {
            return Err(format!(
                "De koppeling naar \"{target}\" kan niet. Toegestaan zijn blank:, teken:, bron:, norm: en figuur:."
            ));
        }
        self.link = Some((scheme.to_owned(), String::new()));
        Ok(())
    }

    fn close_link(&mut self) -> Result<(), String> {
        let Some((scheme, label)) = self.link.take() else { return Ok(()) };
        if scheme == "figuur" {
            let figure = self.figures.get(label.as_str());
            let missing = || format!("Het sjabloon vraagt om de tekening \"{label}\", maar die is er niet.");
            self.done.blocks.push(figure.ok_or_else(missing)?.clone());
            return Ok(());
        }
        let list = match scheme.as_str() {
            "blank" => Some(&mut self.done.blanks),
            "teken" => Some(&mut self.done.signing),
            _ => None,
        };
        if let Some(list) = list
            && !list.contains(&label)
        {
            list.push(label.clone());
        }
        let blank = matches!(scheme.as_str(), "blank" | "teken");
        self.inlines.push(if blank { Inline::Blank(label) } else { Inline::Source(label) });
        Ok(())
    }

    /// A paragraph that is wholly emphasised, right before a table, is its caption.
    fn pop_caption(&mut self) -> Option<String> {
        match self.done.blocks.last() {
            Some(Block::Paragraph { content, .. }) => match content.as_slice() {
                [Inline::Emphasis(caption)] => {
                    let caption = caption.clone();
                    if let Some(Block::Paragraph { number: Some(_), .. }) = self.done.blocks.pop() {
                        self.paragraph = self.paragraph.saturating_sub(1);
                    }
                    Some(caption)
                }
                _ => None,
            },
            _ => None,
        }
    }
}

fn heading_style(level: HeadingLevel, classes: &[CowStr<'_>]) -> Result<HeadingStyle, String> {
    let level = match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        _ => return Err("Een document heeft hoogstens drie niveaus van koppen.".to_owned()),
    };
    let has = |class: &str| classes.iter().any(|found| found.as_ref() == class);
    Ok(HeadingStyle { level, free: has("vrij"), paragraphs: has("alineas") })
}

fn plain(content: &[Inline]) -> String {
    content.iter().map(Inline::text).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sections_and_paragraphs_where_the_heading_asks() {
        let parsed =
            parse("# Titel\n\n## Verloop\n\nEerst.\n\n## Feiten {.alineas}\n\nEen.\n\n### Kop\n\nTwee.\n").unwrap();
        let lines: Vec<_> = parsed.blocks.iter().flat_map(Block::text_lines).collect();
        assert_eq!(lines, ["Titel", "1 Verloop", "Eerst.", "2 Feiten", "2.1 Een.", "Kop", "2.2 Twee."]);
    }

    #[test]
    fn reads_blanks_sources_and_norms_from_links() {
        let parsed = parse(
            "De rechter [naam rechter](teken:) leest [datum](blank:) in [stuk 1, p. 2](bron:) [art. 1 Rv](norm:).",
        )
        .unwrap();
        assert_eq!(parsed.blanks, ["datum"]);
        assert_eq!(parsed.signing, ["naam rechter"]);
        assert!(parsed.blocks[0].text_lines()[0].contains("[in te vullen: datum] in [stuk 1, p. 2]"));
    }

    #[test]
    fn makes_notices_tables_with_captions_and_page_breaks() {
        let parsed =
            parse("> **Let op**\n>\n> Niet af.\n\n*Onderdelen*\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n---\n")
                .unwrap();
        assert!(matches!(&parsed.blocks[0], Block::Notice { heading, .. } if heading == "Let op"));
        assert!(matches!(&parsed.blocks[1], Block::Table { caption: Some(caption), .. } if caption == "Onderdelen"));
        assert_eq!(parsed.blocks[2], Block::PageBreak);
    }

    #[test]
    fn refuses_html_code_foreign_links_and_nesting_in_dutch() {
        for (markdown, word) in [
            ("<b>x</b>", "HTML"),
            ("tekst <br> tekst", "HTML"),
            ("`code`", "code"),
            ("    ingesprongen", "ingesprongen"),
            ("[x](https://voorbeeld.nl)", "koppeling"),
            ("- a\n  - b", "lijst"),
            ("#### Vier", "niveaus"),
            ("> geen kop", "kader"),
        ] {
            let message = parse(markdown).unwrap_err();
            assert!(message.contains(word), "{markdown}: {message}");
        }
    }
}
