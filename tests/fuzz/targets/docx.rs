//! Word files that are read back: nobody's text disappears, and what was struck out does not come back.

use super::in_time;
use chrono::NaiveDate;
use combizitting::documents::compare::compare;
use combizitting::documents::docx::read::{ReadBack, ReadError, read};
use combizitting::documents::docx::render;
use combizitting::documents::model::{Block, DocumentMeta, DocumentModel, Inline};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
const TYPES: &str = "<Types><Override PartName=\"/word/document.xml\" ContentType=\"wordprocessingml\"/></Types>";
const ROOT: &str = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/relationships/officeDocument\" \
    Target=\"word/document.xml\"/></Relationships>";
const AROUND: &str = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/styles\" Target=\"styles.xml\"/>\
    <Relationship Id=\"r2\" Type=\"http://x/footer\" Target=\"/word/footer1.xml\"/></Relationships>";

/// The first byte says what the rest is.
const WHOLE: u8 = b'P';
const PART: u8 = b'<';
const WRITTEN: u8 = b'w';
const BUILT: u8 = b'b';

/// Parts as Word makes them, texts to write, and whole files.
pub fn seeds() -> Vec<Vec<u8>> {
    let parts = [
        "<w:p><w:pPr><w:pStyle w:val=\"Kop2\"/></w:pPr><w:r><w:t xml:space=\"preserve\">a </w:t></w:r></w:p>",
        "<w:p><w:ins w:id=\"1\"><w:r><w:t>b</w:t></w:r></w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del></w:p>",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType=\"separate\"/>\
         <w:t>7</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>1</w:t></mc:Choice><mc:Fallback><w:t>2</w:t></mc:Fallback>\
         </mc:AlternateContent><w:sym w:char=\"2192\"/>&amp;&#x2026;<![CDATA[x]]></w:r></w:p>",
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr><w:r><w:pict><w:txbxContent>\
         <w:p><w:r><w:t>k</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
        "<!DOCTYPE a [<!ENTITY b \"bb\">]><w:p>&b;</w:p>",
    ];
    let mut seeds: Vec<Vec<u8>> = parts.iter().map(|part| part.as_bytes().to_vec()).collect();
    seeds.push(
        b"wkKop\n1Alinea met \xc3\xab, \xe2\x80\x91 en \xe2\x80\xa6\nlpunt\nlnog een\ntcel\tcel\nnLet op\n  spaties  "
            .to_vec(),
    );
    seeds.extend((0..48_u8).map(|at| {
        let steps = (0..24_u8).map(|step| at.wrapping_mul(29).wrapping_add(step.wrapping_mul(at | 1)));
        std::iter::once(BUILT).chain(steps).collect()
    }));
    let model = model_of("kKop\n1Alinea\nlpunt");
    seeds.push(render(&model).expect("a Word file"));
    seeds.push(zipped("<w:p><w:r><w:t>a</w:t></w:r></w:p>"));
    seeds
}

/// What holds for every file.
pub fn check(bytes: &[u8]) {
    match bytes.split_first() {
        Some((&PART, _)) => check_part(bytes),
        Some((&WRITTEN, rest)) => check_written(&String::from_utf8_lossy(rest)),
        Some((&BUILT, rest)) => check_built(rest),
        Some((&WHOLE, _)) | Some(_) | None => {
            in_time(|| read(bytes)).map(|_| ()).unwrap_or_else(told);
        }
    }
}

fn told(error: ReadError) {
    assert!(error.to_string().len() > 20, "refused without a reason: {error:?}");
}

fn zipped(body: &str) -> Vec<u8> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let styles =
        format!("<w:styles {W}><w:style w:styleId=\"Kop2\"><w:name w:val=\"heading 2\"/></w:style></w:styles>");
    let footer = format!("<w:ftr {W}><w:p><w:r><w:t>controlecode 0123456789abcdef</w:t></w:r></w:p></w:ftr>");
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let files = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", AROUND),
        ("word/styles.xml", &styles),
        ("word/footer1.xml", &footer),
    ];
    for (name, content) in files {
        archive.start_file(name, stored).expect("a part");
        archive.write_all(content.as_bytes()).expect("a part");
    }
    archive.finish().expect("a zip").into_inner()
}

/// Any XML as the text of a file: refused with a reason, or read to its end, with the code that stands in the footer.
fn check_part(bytes: &[u8]) {
    let body = format!("{}<w:p><w:r><w:t>slotwoord</w:t></w:r></w:p>", String::from_utf8_lossy(bytes));
    match in_time(|| read(&zipped(&body))) {
        Err(error) => told(error),
        Ok(file) => {
            assert_eq!(file.control_codes, ["0123456789abcdef"]);
            assert!(file.lines.iter().all(|line| !line.text.trim().is_empty()), "a line without text");
            let last = file.lines.last().map(|line| line.text.clone()).unwrap_or_default();
            assert!(last.ends_with("slotwoord"), "what came last is gone: {last:?}");
        }
    }
}

/// A document that we wrote reads back without a difference.
fn check_written(text: &str) {
    let model = model_of(text);
    let Ok(file) = in_time(|| render(&model)) else { return };
    let back = in_time(|| read(&file)).expect("what we wrote can be read");
    let differences = compare(&model, &back.lines);
    assert!(differences.is_empty(), "{differences:#?}");
}

/// A block a line: the first sign says of which kind.
fn model_of(text: &str) -> DocumentModel {
    let inline = |text: &str| vec![Inline::Text(text.to_owned())];
    let block = |line: &str| {
        let kind = line.chars().next()?;
        let rest = &line[kind.len_utf8()..];
        Some(match kind {
            'k' => Block::Heading { level: 2, number: Some("1".to_owned()), text: rest.to_owned() },
            'l' => Block::List { ordered: false, items: rest.split('\t').map(inline).collect() },
            'o' => Block::List { ordered: true, items: rest.split('\t').map(inline).collect() },
            'n' => Block::Notice { heading: "Let op".to_owned(), content: inline(rest) },
            't' => {
                let cells: Vec<Vec<Inline>> = rest.split('\t').map(inline).collect();
                let head = cells.iter().map(|_| "kop".to_owned()).collect();
                Block::Table { caption: None, head, rows: vec![cells] }
            }
            '1' => Block::Paragraph { number: Some("1.1".to_owned()), content: inline(rest) },
            _ => Block::Paragraph { number: None, content: inline(line) },
        })
    };
    let meta = DocumentMeta {
        title: "Proef".to_owned(),
        author: "Rechtbank".to_owned(),
        running_header: "C/10/900001".to_owned(),
        concept: true,
        control_code: "0123456789abcdef".to_owned(),
        dated: NaiveDate::from_ymd_opt(2026, 11, 17).expect("a day"),
        compact: false,
    };
    DocumentModel { meta, blocks: text.lines().take(200).filter_map(block).collect() }
}

/// A file built from what an editor can make, with a word of its own in each piece of text.
#[derive(Default)]
struct Built {
    xml: String,
    next: usize,
    stands: Vec<String>,
    struck: Vec<String>,
}

fn check_built(steps: &[u8]) {
    let mut built = Built::default();
    let mut steps = steps.iter().copied().take(200);
    while let Some(step) = steps.next() {
        match step % 8 {
            0 => built.table(&mut steps),
            _ => built.paragraph(step, &mut steps, 0),
        }
    }
    let file = zipped(&built.xml);
    let back: ReadBack = in_time(|| read(&file)).unwrap_or_else(|error| panic!("{error:?}: {}", built.xml));
    let text: String = back.lines.iter().map(|line| format!("{} ", line.text)).collect();
    for word in &built.stands {
        assert_eq!(text.matches(word.as_str()).count(), 1, "{word} in {text:?} of {}", built.xml);
    }
    for word in &built.struck {
        assert!(!text.contains(word.as_str()), "{word} came back in {text:?} of {}", built.xml);
    }
}

impl Built {
    fn word(&mut self, stands: bool) -> String {
        self.next += 1;
        let word = format!("w{}q", self.next);
        if stands {
            self.stands.push(word.clone())
        } else {
            self.struck.push(word.clone())
        }
        word
    }

    fn table(&mut self, steps: &mut impl Iterator<Item = u8>) {
        let struck = steps.next().is_some_and(|step| step % 3 == 0);
        self.xml.push_str(if struck { "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" } else { "<w:tbl><w:tr>" });
        for step in steps.by_ref().take(3) {
            self.xml.push_str("<w:tc>");
            if struck {
                let word = self.word(false);
                let _ = write!(self.xml, "<w:p><w:r><w:t>{word}</w:t></w:r></w:p>");
            } else {
                self.paragraph(step, &mut std::iter::repeat_n(step.wrapping_mul(7), 2), 1);
            }
            self.xml.push_str("</w:tc>");
        }
        self.xml.push_str("</w:tr></w:tbl>");
    }

    fn paragraph(&mut self, kind: u8, steps: &mut dyn Iterator<Item = u8>, depth: usize) {
        self.xml.push_str("<w:p>");
        match kind % 7 {
            // Its end was struck out: it runs on in the next.
            1 => self.xml.push_str("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"),
            2 => {
                self.xml.push_str("<w:pPr><w:pStyle w:val=\"Kop2\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
            }
            3 => self.xml.push_str("<w:pPr><w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange></w:pPr>"),
            _ => {}
        }
        for _ in 0..=kind % 3 {
            let Some(step) = steps.next() else { break };
            self.run(step, steps, depth);
        }
        self.xml.push_str("</w:p>");
    }

    fn run(&mut self, step: u8, steps: &mut dyn Iterator<Item = u8>, depth: usize) {
        if step % 12 == 11 && depth < 2 {
            self.xml.push_str("<w:r><w:pict><w:txbxContent>");
            let kind = steps.next().unwrap_or_default();
            self.paragraph(kind, steps, depth + 1);
            self.xml.push_str("</w:txbxContent></w:pict></w:r>");
            return;
        }
        let (before, after, stands) = WRAPS[usize::from(step) % WRAPS.len()];
        let word = self.word(stands);
        let _ = write!(self.xml, "{before}{word}{after}");
    }
}

/// What stands around a word, and whether it stands.
const WRAPS: [(&str, &str, bool); 13] = [
    ("<w:r><w:t xml:space=\"preserve\"> ", " </w:t></w:r>", true),
    ("<w:r><w:rPr><w:ins/></w:rPr><w:t> ", "</w:t><w:br/></w:r>", true),
    ("<w:ins><w:r><w:t>", "</w:t></w:r></w:ins>", true),
    ("<w:del><w:r><w:delText>", "</w:delText></w:r></w:del>", false),
    ("<w:moveFrom><w:r><w:t>", "</w:t></w:r></w:moveFrom>", false),
    ("<w:ins><w:del><w:r><w:delText>", "</w:delText></w:r></w:del></w:ins>", false),
    ("<w:hyperlink><w:r><w:tab/><w:t>", "</w:t></w:r></w:hyperlink>", true),
    ("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t>", "</w:t></w:r></w:sdtContent></w:sdt>", true),
    ("<w:fldSimple w:instr=\"REF\"><w:r><w:t>", "</w:t></w:r></w:fldSimple>", true),
    (
        "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>x</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>",
        "</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>",
        true,
    ),
    (
        "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>",
        "</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r>",
        false,
    ),
    (
        "<w:r><mc:AlternateContent><mc:Choice><w:t>",
        "</w:t></mc:Choice><mc:Fallback><w:t>x</w:t></mc:Fallback></mc:AlternateContent></w:r>",
        true,
    ),
    ("<w:smartTag><w:r><w:t>", "</w:t></w:r></w:smartTag>", true),
];
