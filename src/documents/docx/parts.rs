//! The parts of the Word file around the body.

use super::watermark::CONCEPT_SHAPE;
use crate::documents::markup::escaped;
use crate::documents::model::DocumentMeta;

/// Namespaces of the parts with text.
pub(super) const NAMESPACES: &str = concat!(
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" ",
    "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\""
);

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Kinds of the parts.
pub(super) const CONTENT_TYPES: &str = include_str!("content-types.xml");
/// What the package holds.
pub(super) const PACKAGE_RELATIONS: &str = include_str!("package-rels.xml");
/// What the body refers to.
pub(super) const DOCUMENT_RELATIONS: &str = include_str!("document-rels.xml");
/// Styles: headings, paragraphs, lists, tables, notices, blanks and sources.
pub(super) const STYLES: &str = include_str!("styles.xml");
/// Settings of the file.
pub(super) const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:zoom w:percent=\"100\"/><w:autoHyphenation/><w:doNotHyphenateCaps/>",
    "<w:defaultTabStop w:val=\"709\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" ",
    "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>",
    "<w:themeFontLang w:val=\"nl-NL\"/></w:settings>"
);
/// Program that made the file.
pub(super) const APP_PROPERTIES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">",
    "<Application>Combizitting</Application></Properties>"
);

/// Title, author, language and the fixed day of the document.
pub(super) fn core_properties(meta: &DocumentMeta) -> String {
    let day = meta.dated.format("%Y-%m-%dT00:00:00Z");
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>{author}</dc:creator><cp:contentStatus>{status}</cp:contentStatus>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified>\
         <dc:language>nl-NL</dc:language></cp:coreProperties>",
        title = escaped(&meta.title),
        author = escaped(&meta.author),
        status = if meta.concept { "Concept" } else { "Vastgesteld" },
    )
}

/// Numbering: one dashed list, and one restarting instance per ordered list.
pub(super) fn numbering(ordered_lists: usize) -> String {
    let level = |format: &str, text: &str| {
        format!(
            "<w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
             <w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"1106\" w:hanging=\"397\"/></w:pPr></w:lvl>"
        )
    };
    let mut out = format!(
        "{DECLARATION}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        level("bullet", "–"),
        level("decimal", "%1."),
    );
    for index in 0..ordered_lists {
        out.push_str(&format!(
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\">\
             <w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            index.saturating_add(2)
        ));
    }
    out.push_str("</w:numbering>");
    out
}

/// Running header: case numbers, the word CONCEPT and the mark behind the page.
pub(super) fn header(meta: &DocumentMeta) -> String {
    let concept = if meta.concept {
        "<w:r><w:tab/></w:r><w:r><w:rPr><w:b/><w:spacing w:val=\"20\"/></w:rPr><w:t>CONCEPT</w:t></w:r>"
    } else {
        ""
    };
    format!(
        "{DECLARATION}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{mark}<w:r>\
         <w:t xml:space=\"preserve\">{text}</w:t></w:r>{concept}</w:p></w:hdr>",
        mark = if meta.concept { CONCEPT_SHAPE } else { "" },
        text = escaped(&meta.running_header),
    )
}

/// Footer: control code and "pagina x van y", as fields that Word counts.
pub(super) fn footer(meta: &DocumentMeta) -> String {
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} \
             </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let code = if meta.control_code.is_empty() {
        String::new()
    } else {
        format!("<w:r><w:t>controlecode {}</w:t></w:r>", escaped(&meta.control_code))
    };
    format!(
        "{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{code}\
         <w:r><w:tab/></w:r><w:r><w:t xml:space=\"preserve\">pagina </w:t></w:r>{page}\
         <w:r><w:t xml:space=\"preserve\"> van </w:t></w:r>{pages}</w:p></w:ftr>",
        page = field("PAGE"),
        pages = field("NUMPAGES"),
    )
}
