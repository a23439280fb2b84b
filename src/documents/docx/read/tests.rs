//! What Word and LibreOffice make of a text when they save it, and files that are none.

use super::*;
use rstest::rstest;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override \
    PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
    wordprocessingml.document.main+xml\"/></Types>";
const ROOT: &str = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/relationships/officeDocument\" \
    Target=\"word/document.xml\"/></Relationships>";
const AROUND: &str = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/relationships/styles\" Target=\"styles.xml\"/>\
    <Relationship Id=\"r2\" Type=\"http://x/relationships/footer\" Target=\"/word/footer1.xml\"/></Relationships>";
const STYLES: &str = "<w:style w:type=\"paragraph\" w:styleId=\"Kop2\"><w:name w:val=\"heading 2\"/></w:style>\
    <w:style w:styleId=\"Eigenkop\"><w:name w:val=\"Eigen kop\"/><w:basedOn w:val=\"Kop2\"/></w:style>\
    <w:style w:styleId=\"Opsomming\"><w:name w:val=\"x\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>";

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let document =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {W}><w:body>{body}</w:body></w:document>");
    let styles = format!("<w:styles {W}>{STYLES}</w:styles>");
    let footer = format!(
        "<w:ftr {W}><w:p><w:r><w:t>control</w:t></w:r><w:r><w:t xml:space=\"preserve\">ecode 0123</w:t></w:r>\
         <w:r><w:t>456789abCDEF</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>pagina 1</w:t></w:r></w:p></w:ftr>"
    );
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", AROUND.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/footer1.xml", footer.as_bytes()),
    ])
}

fn lines(body: &str) -> Vec<(LineKind, String)> {
    read(&word(body)).unwrap().lines.into_iter().map(|line| (line.kind, line.text)).collect()
}

/// Content of one paragraph, and what is read of it.
#[rstest]
#[case::split_runs("<w:r><w:t>Een</w:t></w:r><w:r><w:t>heid</w:t></w:r>", "Eenheid")]
#[case::spaces("<w:r><w:t xml:space=\"preserve\">a </w:t><w:t> b </w:t></w:r><w:r><w:t>c</w:t></w:r>", "a bc")]
#[case::entities("<w:r><w:t>a &amp; b &lt; &#233; &#x2026;</w:t></w:r>", "a & b < é …")]
#[case::tab(
    "<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>5.1</w:t><w:tab/><w:t>De</w:t></w:r>",
    "5.1 De"
)]
#[case::line_break("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc")]
#[case::page_break(
    "<w:r><w:br w:type=\"page\"/><w:t>a</w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r>",
    "ab"
)]
#[case::hyphens(
    "<w:r><w:t>a</w:t><w:softHyphen/><w:t>b\u{ad}c</w:t><w:noBreakHyphen/><w:t>d\u{200b}</w:t></w:r>",
    "abc-d"
)]
#[case::inserted("<w:r><w:t>a</w:t></w:r><w:ins w:id=\"1\"><w:r><w:t>b</w:t></w:r></w:ins>", "ab")]
#[case::deleted(
    "<w:r><w:t>a</w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>b</w:delText></w:r></w:del><w:r><w:t>c</w:t></w:r>",
    "ac"
)]
#[case::inserted_and_deleted(
    "<w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:t>a</w:t></w:r></w:ins>",
    "a"
)]
#[case::moved(
    "<w:moveFrom><w:r><w:t>oud</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>nieuw</w:t></w:r></w:moveTo>",
    "nieuw"
)]
#[case::old_properties(
    "<w:pPr><w:pPrChange><w:pPr><w:pStyle w:val=\"Kop2\"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>a</w:t></w:r>",
    "a"
)]
#[case::field("<w:fldSimple w:instr=\"REF x\"><w:r><w:t>2.1</w:t></w:r></w:fldSimple>", "2.1")]
#[case::long_field(
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>weg</w:t></w:r>\
    <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
    <w:r><w:t>!</w:t></w:r>",
    "7!"
)]
#[case::bookmark_and_link(
    "<w:bookmarkStart w:id=\"0\" w:name=\"x\"/><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink><w:bookmarkEnd w:id=\"0\"/>",
    "a"
)]
#[case::content_control(
    "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>",
    "a"
)]
#[case::two_forms(
    "<w:r><mc:AlternateContent><mc:Choice Requires=\"w14\"><w:t>een keer</w:t></mc:Choice><mc:Fallback><w:t>twee keer</w:t></mc:Fallback></mc:AlternateContent></w:r>",
    "een keer"
)]
#[case::formula("<w:r><w:t>a</w:t></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "a")]
#[case::symbol(
    "<w:r><w:sym w:font=\"Symbol\" w:char=\"F02D\"/><w:sym w:font=\"x\" w:char=\"2192\"/></w:r>",
    "\u{fffd}→"
)]
fn a_paragraph_reads_as_one_line_however_it_was_saved(#[case] content: &str, #[case] text: &str) {
    assert_eq!(lines(&format!("<w:p>{content}</w:p>")), [(LineKind::Paragraph, text.to_owned())]);
}

#[test]
fn styles_and_numbering_say_what_a_line_is_in_any_language() {
    let paragraph =
        |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let numbered = "<w:pStyle w:val=\"Opsomming\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"";
    let body = [
        paragraph("<w:pStyle w:val=\"Eigenkop\"/>", "kop"),
        paragraph("<w:pStyle w:val=\"Opsomming\"/>", "punt door de stijl"),
        paragraph(&format!("{numbered}2\"/></w:numPr>"), "punt"),
        paragraph(&format!("{numbered}0\"/></w:numPr>"), "geen punt meer"),
        paragraph("<w:pStyle w:val=\"Onbekend\"/>", "alinea"),
        "<w:p/>".to_owned(),
    ];
    let kinds: Vec<LineKind> = lines(&body.concat()).into_iter().map(|(kind, _)| kind).collect();
    use LineKind::*;
    assert_eq!(kinds, [Heading, ListItem, ListItem, Paragraph, Paragraph]);
}

#[test]
fn a_cell_is_one_line_and_struck_rows_and_ends_of_paragraphs_are_taken_as_struck() {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let struck = "<w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>";
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:trPr><w:del w:id=\"2\"/></w:trPr><w:tc>{}</w:tc></w:tr>\
         </w:tbl><w:p>{struck}<w:r><w:t xml:space=\"preserve\">Een </w:t></w:r></w:p>{}<w:p>{struck}<w:del w:id=\"3\"><w:r>\
         <w:delText>weg</w:delText></w:r></w:del></w:p>{}",
        p("a"),
        p("b"),
        p("c"),
        p("weg"),
        p("zin."),
        p("Slot.")
    );
    let file = read(&word(&body)).unwrap();
    let texts: Vec<&str> = file.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["a\nb", "c", "Een zin.", "Slot."]);
    assert_eq!(file.lines[0].kind, LineKind::Cell);
    assert_eq!(file.seen.tracked, 4);
}

#[test]
fn what_is_not_read_is_counted_and_the_code_comes_from_the_footer_only() {
    let body = "<w:p><w:r><w:t>Tekst controlecode ffffffffffffffff</w:t><w:commentReference w:id=\"1\"/>\
        <w:footnoteReference w:id=\"2\"/></w:r><w:r><w:drawing/></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Kader</w:t>\
        </w:r></w:p></w:txbxContent></w:pict></w:r></w:p>";
    let file = read(&word(body)).unwrap();
    assert_eq!(file.control_codes, ["0123456789abcdef"]);
    assert_eq!(file.seen, Seen { tracked: 0, comments: 1, notes: 1, text_boxes: 1, pictures: 1 });
    let texts: Vec<&str> = file.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["Kader", "Tekst controlecode ffffffffffffffff"]);
}

fn main_part(xml: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("word/document.xml", xml.as_bytes()),
    ])
}

fn many_parts() -> Vec<u8> {
    let names: Vec<String> = (0..2_001).map(|index| format!("deel{index}")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    zipped(&files)
}

fn bomb() -> Vec<u8> {
    let spaces = vec![b' '; 31_000_000];
    zipped(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("word/document.xml", &spaces),
    ])
}

#[rstest]
#[case::nothing(Vec::new(), ReadError::Empty)]
#[case::pdf(b"%PDF-1.7 ...".to_vec(), ReadError::NotZip)]
#[case::old_word(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), ReadError::OldOrLocked)]
#[case::cut_zip(word("<w:p/>")[..200].to_vec(), ReadError::Damaged)]
#[case::other_zip(zipped(&[("a.txt", b"a")]), ReadError::NotWord)]
#[case::odt(zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), ReadError::OpenDocument)]
#[case::sheet(zipped(&[("[Content_Types].xml", b"spreadsheetml"), ("_rels/.rels", ROOT.as_bytes()), ("word/document.xml", b"<a/>")]), ReadError::NotWord)]
#[case::macros(zipped(&[("[Content_Types].xml", b"<Types macroEnabled=\"x\"/>")]), ReadError::Macros)]
#[case::doctype(main_part("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"), ReadError::Foreign)]
#[case::entity(main_part("<a>&geheim;</a>"), ReadError::Foreign)]
#[case::laughs(main_part("<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>"), ReadError::Foreign)]
#[case::not_closed(main_part("<a><b></a>"), ReadError::Damaged)]
#[case::cut_xml(main_part("<a><b>"), ReadError::Damaged)]
#[case::latin_1(zipped(&[("[Content_Types].xml", b"\xe9")]), ReadError::Damaged)]
#[case::deep(main_part(&"<a>".repeat(300)), ReadError::Damaged)]
#[case::parts(many_parts(), ReadError::TooManyParts)]
#[case::unpacks_too_large(bomb(), ReadError::Bomb)]
#[case::too_large(vec![b'P'; LARGEST_FILE + 1], ReadError::TooLarge)]
#[case::lines(word(&"<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(MOST_LINES + 1)), ReadError::TooMuchText)]
#[case::text(word(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a".repeat(MOST_CHARACTERS + 1))), ReadError::TooMuchText)]
fn a_file_that_cannot_be_read_is_refused_with_a_reason(#[case] bytes: Vec<u8>, #[case] error: ReadError) {
    assert_eq!(read(&bytes), Err(error));
    let text = error.to_string();
    assert!(text.ends_with('.') && text.len() > 30 && !text.contains("geheim"), "{text}");
}

#[test]
fn a_size_that_the_file_lies_about_is_not_believed() {
    // The size in the directory and the head of each part is made small; what comes out is what counts.
    let mut bytes = bomb();
    let size = 31_000_000u32.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    assert!(matches!(read(&bytes), Err(ReadError::Bomb | ReadError::Damaged)));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_damaged_file_is_read_or_refused_and_never_stops_the_program(at in 0usize..2_000, byte in 0u8.., cut in 0usize..2_000) {
        let mut bytes = word("<w:p><w:r><w:t>Een zin.</w:t></w:r></w:p>");
        let place = at % bytes.len();
        bytes[place] = byte;
        let _ = read(&bytes);
        // Shorter than it was, so that the end of the archive is gone.
        bytes.truncate(cut % bytes.len());
        proptest::prop_assert!(read(&bytes).is_err());
    }
}
