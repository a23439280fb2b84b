//! Reads the text back from the three outputs, each in its own way, to compare with the model.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use combizitting::documents::model::DocumentModel;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::Event;

/// White space in one form; soft hyphens and no-break spaces are how a text is set, not what it says.
pub fn normal(text: &str) -> String {
    text.split(|character: char| character.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Lines in one form, without empty ones.
pub fn normal_lines(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    lines.into_iter().map(|line| normal(&line)).filter(|line| !line.is_empty()).collect()
}

/// What every output must say.
pub fn expected(model: &DocumentModel) -> Vec<String> {
    normal_lines(model.text_lines())
}

/// An XML element.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Child>,
}

/// What an element holds.
#[derive(Debug)]
pub enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// All elements below with this name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> Vec<&'a Element> {
        self.elements()
            .flat_map(|element| {
                let own = (element.name == name).then_some(element);
                own.into_iter().chain(element.all(name))
            })
            .collect()
    }

    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn push(&mut self, text: &str) {
        self.children.push(Child::Text(text.to_owned()));
    }
}

/// Reads XML; fails when it is not well formed.
pub fn xml(source: &str) -> Element {
    let mut reader = Reader::from_str(source);
    let mut stack = vec![Element::default()];
    loop {
        match reader.read_event().expect("well-formed markup") {
            Event::Start(start) => stack.push(element(&start)),
            Event::Empty(start) => {
                let leaf = element(&start);
                stack.last_mut().expect("root").children.push(Child::Element(leaf));
            }
            Event::End(_) => {
                let done = stack.pop().expect("open element");
                stack.last_mut().expect("root").children.push(Child::Element(done));
            }
            Event::Text(text) => stack.last_mut().expect("root").push(&text),
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref().expect("character reference") {
                    Some(character) => character.to_string(),
                    None => resolve_predefined_entity(&reference).expect("known entity").to_owned(),
                };
                stack.last_mut().expect("root").push(&resolved);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(stack.len(), 1, "every element is closed");
    stack.pop().expect("root")
}

fn element(start: &quick_xml::events::BytesStart) -> Element {
    let attributes = start
        .attributes()
        .map(|attribute| {
            let attribute = attribute.expect("attribute");
            (attribute.key.as_ref().to_owned(), unescape(&attribute.value).expect("escaped").into_owned())
        })
        .collect();
    Element { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() }
}

fn html_text(element: &Element) -> String {
    element
        .children
        .iter()
        .map(|child| match child {
            Child::Text(text) => text.clone(),
            Child::Element(element) if element.name == "br" => "\n".to_owned(),
            Child::Element(element) => html_text(element),
        })
        .collect()
}

/// Lines of the content of an HTML page or fragment, with the labels a browser gives to lists.
pub fn html_lines(source: &str) -> Vec<String> {
    let root = xml(source);
    let content = root.all("main").into_iter().chain(root.all("article")).next().expect("content");
    let mut lines = Vec::new();
    collect_html(content, &mut lines);
    normal_lines(lines)
}

fn collect_html(element: &Element, lines: &mut Vec<String>) {
    let mut item = 0;
    for child in element.elements() {
        match child.name.as_str() {
            "header" => {}
            "li" => {
                item += 1;
                let label = if element.name == "ol" { format!("{item}.") } else { "–".to_owned() };
                lines.push(format!("{label} {}", html_text(child)));
            }
            "h1" | "h2" | "h3" | "h4" | "p" | "caption" | "th" | "td" => lines.push(html_text(child)),
            _ => collect_html(child, lines),
        }
    }
}

/// A part of a Word file.
pub fn docx_part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip file");
    let mut out = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut out).expect("text");
    out
}

/// Text of a Word element.
pub fn docx_text(element: &Element) -> String {
    element
        .elements()
        .map(|child| match child.name.as_str() {
            "w:t" => html_text(child),
            "w:tab" | "w:br" => " ".to_owned(),
            "w:noBreakHyphen" => "-".to_owned(),
            _ => docx_text(child),
        })
        .collect()
}

/// Lines of a Word file, with the labels its numbering gives to lists.
pub fn docx_lines(bytes: &[u8]) -> Vec<String> {
    let numbering = xml(&docx_part(bytes, "word/numbering.xml"));
    let body = xml(&docx_part(bytes, "word/document.xml"));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let lines = body.all("w:p").into_iter().filter_map(|paragraph| {
        let style = paragraph.all("w:pStyle").first().map_or("", |style| style.attribute("w:val"));
        if style == "Letterhead" {
            return None;
        }
        let text = docx_text(paragraph);
        let Some(number) = paragraph.all("w:numId").first().map(|number| number.attribute("w:val")) else {
            return Some(text);
        };
        let count = counts.entry(number.to_owned()).or_default();
        *count += 1;
        Some(format!("{} {text}", label(&numbering, number, *count)))
    });
    normal_lines(lines.collect::<Vec<_>>())
}

fn label(numbering: &Element, number: &str, count: usize) -> String {
    let nums = numbering.all("w:num");
    let num = nums.iter().find(|num| num.attribute("w:numId") == number).expect("the numbering");
    let target = num.all("w:abstractNumId")[0].attribute("w:val").to_owned();
    let kinds = numbering.all("w:abstractNum");
    let kind = kinds.iter().find(|kind| kind.attribute("w:abstractNumId") == target).expect("its kind");
    kind.all("w:lvlText")[0].attribute("w:val").replace("%1", &count.to_string())
}

/// Runs a tool on a file given on standard input and gives what it prints.
pub fn tool(name: &str, package: &str, arguments: &[&str], input: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().expect("a file");
    file.as_file().write_all(input).expect("written");
    let path = file.path().to_str().expect("a path").to_owned();
    let arguments = arguments.iter().map(|argument| argument.replace("FILE", &path));
    let output =
        Command::new(name).args(arguments).stdin(Stdio::null()).output().unwrap_or_else(|error| {
            panic!("{name} kan niet starten ({error}); installeer het Debian-pakket {package}")
        });
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{name}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// Text of a PDF as poppler gives it, one string a page.
pub fn pdf_pages(bytes: &[u8]) -> Vec<String> {
    let text = tool("pdftotext", "poppler-utils", &["FILE", "-"], bytes);
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    pages
}

/// Lines of a PDF by its structure tree: what a screen reader says, in that order.
pub fn pdf_lines(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<ObjectId> = document.page_iter().collect();
    // All pages share one set of fonts.
    let fonts: Fonts = document
        .get_page_fonts(pages[0])
        .expect("fonts")
        .into_iter()
        .map(|(name, font)| (name, to_unicode(&document, font)))
        .collect();
    let texts = pages.iter().map(|page| (*page, marked_text(&document, *page, &fonts))).collect();
    let root = document.catalog().and_then(|catalog| catalog.get(b"StructTreeRoot")).expect("a structure tree");
    let mut lines = Vec::new();
    collect_pdf(&document, resolve(&document, root), &texts, &mut lines);
    normal_lines(lines)
}

type Fonts = BTreeMap<Vec<u8>, BTreeMap<u16, String>>;
type MarkedTexts = BTreeMap<ObjectId, BTreeMap<i64, String>>;

fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    document.dereference(object).expect("an object").1.as_dict().expect("a dictionary")
}

fn collect_pdf(document: &Document, element: &Dictionary, texts: &MarkedTexts, lines: &mut Vec<String>) {
    let kids = element.get(b"K").and_then(Object::as_array).cloned().unwrap_or_default();
    let tag = element.get(b"S").and_then(Object::as_name).unwrap_or_default().to_vec();
    if tag == b"LI" {
        let mut parts = Vec::new();
        kids.iter().for_each(|kid| collect_pdf(document, resolve(document, kid), texts, &mut parts));
        lines.push(parts.join(" "));
        return;
    }
    let mut own = String::new();
    for kid in &kids {
        let kid = resolve(document, kid);
        match kid.get(b"MCID").and_then(Object::as_i64) {
            Ok(mark) => {
                let page = kid.get(b"Pg").and_then(Object::as_reference).expect("a page");
                own.push_str(texts[&page].get(&mark).expect("marked content"));
            }
            Err(_) => collect_pdf(document, kid, texts, lines),
        }
    }
    lines.push(own);
}

/// Text per stretch of marked content; ActualText goes before the glyphs.
fn marked_text(document: &Document, page: ObjectId, fonts: &Fonts) -> BTreeMap<i64, String> {
    let content = Content::decode(&document.get_page_content(page)).expect("operators");
    let mut out: BTreeMap<i64, String> = BTreeMap::new();
    let mut font = None;
    let mut open: Option<(i64, bool)> = None;
    for operation in content.operations {
        match operation.operator.as_str() {
            "Tf" => font = fonts.get(operation.operands[0].as_name().expect("a font")),
            "BDC" => {
                assert!(open.is_none(), "marked content does not nest");
                let properties = operation.operands[1].as_dict().expect("properties");
                let mark = properties.get(b"MCID").and_then(Object::as_i64).unwrap_or(-1);
                let actual = properties.get(b"ActualText").and_then(Object::as_str).ok().map(utf16);
                open = Some((mark, actual.is_some()));
                out.entry(mark).or_default().push_str(&actual.unwrap_or_default());
            }
            "EMC" => open = None,
            "TJ" | "Tj" => {
                let (mark, replaced) = open.expect("all text is tagged or an artifact");
                if !replaced {
                    let text = shown(&operation.operands[0], font.expect("a font"));
                    out.entry(mark).or_default().push_str(&text);
                }
            }
            _ => {}
        }
    }
    out
}

fn shown(operand: &Object, font: &BTreeMap<u16, String>) -> String {
    match operand {
        Object::Array(items) => items.iter().map(|item| shown(item, font)).collect(),
        Object::String(bytes, _) => {
            bytes.chunks(2).map(|code| font[&u16::from_be_bytes([code[0], code[1]])].as_str()).collect()
        }
        _ => String::new(),
    }
}

fn to_unicode(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).expect("a ToUnicode map");
    let map = String::from_utf8(stream.get_plain_content().expect("content")).expect("text");
    map.lines()
        .filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"))
        .filter(|(code, _)| *code != "0000")
        .map(|(code, text)| {
            let bytes: Vec<u8> =
                (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex")).collect();
            (u16::from_str_radix(code, 16).expect("hex"), utf16(&bytes))
        })
        .collect()
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(units.strip_prefix(&[0xFEFF]).unwrap_or(&units)).expect("UTF-16")
}
