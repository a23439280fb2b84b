//! The Word file and the web page: what each needs besides the text.

use combizitting::documents::model::Block;
use combizitting::documents::{docx, html};

use super::extract::{docx_part, docx_text, xml};
use super::sample;

#[test]
fn every_part_of_the_word_file_is_well_formed_and_declared() {
    let bytes = docx::render(&sample::hostile()).expect("a DOCX");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a zip");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let types = docx_part(&bytes, "[Content_Types].xml");
    for name in &names {
        xml(&docx_part(&bytes, name));
        let declared = name.ends_with(".rels") || name.starts_with('[') || types.contains(&format!("\"/{name}\""));
        assert!(declared, "{name}");
    }
    for index in 0..archive.len() {
        let time = archive.by_index(index).expect("a part").last_modified().expect("a time");
        assert_eq!((time.year(), time.month(), time.day()), (1980, 1, 1), "times do not tell when it was made");
    }
}

#[test]
fn numbered_paragraphs_have_bookmarks_that_are_unique_and_valid_names() {
    let body = xml(&docx_part(&docx::render(&sample::hostile()).expect("a DOCX"), "word/document.xml"));
    let names: Vec<&str> = body.all("w:bookmarkStart").iter().map(|mark| mark.attribute("w:name")).collect();
    assert_eq!(names, ["rov_10_10_10", "rov_1", "rov_1__2"]);
    let complete = xml(&docx_part(&docx::render(&sample::complete()).expect("a DOCX"), "word/document.xml"));
    assert!(complete.all("w:bookmarkStart").iter().any(|mark| mark.attribute("w:name") == "rov_2_1_1"));
}

#[test]
fn the_word_file_uses_real_styles_lists_and_table_headings() {
    let bytes = docx::render(&sample::complete()).expect("a DOCX");
    let body = xml(&docx_part(&bytes, "word/document.xml"));
    let styles = xml(&docx_part(&bytes, "word/styles.xml"));
    let known: Vec<&str> = styles.all("w:style").iter().map(|style| style.attribute("w:styleId")).collect();
    for kind in ["w:pStyle", "w:rStyle", "w:tblStyle"] {
        for style in body.all(kind) {
            assert!(known.contains(&style.attribute("w:val")), "{style:?}");
        }
    }
    for level in 1..=3 {
        let id = format!("Heading{level}");
        assert!(body.all("w:pStyle").iter().any(|style| style.attribute("w:val") == id), "{id}");
    }
    assert_eq!(body.all("w:tblHeader").len(), body.all("w:tbl").len());
    assert!(body.all("w:numId").iter().any(|number| number.attribute("w:val") == "2"));
    let language = styles.all("w:lang")[0].attribute("w:val");
    assert_eq!(language, "nl-NL");
}

#[test]
fn two_notices_after_each_other_keep_their_own_frames_in_word() {
    let notice = |heading: &str| Block::Notice { heading: heading.to_owned(), content: sample::cell("Tekst.") };
    let model = sample::model(vec![notice("Een"), notice("Twee"), notice("Drie")]);
    let body = docx_part(&docx::render(&model).expect("a DOCX"), "word/document.xml");
    let indents: Vec<bool> =
        body.split("<w:pStyle w:val=\"Notice").skip(1).map(|part| part.contains("w:left=\"228\"")).collect();
    assert_eq!(indents, [false, false, true, true, false, false]);
}

#[test]
fn the_word_file_counts_its_pages_and_says_concept_in_the_header() {
    let mut model = sample::complete();
    for concept in [true, false] {
        model.meta.concept = concept;
        let bytes = docx::render(&model).expect("a DOCX");
        let header = xml(&docx_part(&bytes, "word/header1.xml"));
        assert_eq!(docx_text(&header).contains("CONCEPT"), concept);
        assert!(docx_text(&header).contains(&model.meta.running_header));
        assert_eq!(header.all("v:textpath").iter().any(|path| path.attribute("string") == "CONCEPT"), concept);
        let footer = docx_part(&bytes, "word/footer1.xml");
        assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES ") && footer.contains("3fa9c1d2e4b5a687"));
        let about = docx_part(&bytes, "docProps/core.xml");
        assert!(about.contains("2026-11-20T00:00:00Z") && about.contains("nl-NL"));
    }
}

#[test]
fn the_web_page_stands_alone_and_has_meaning_in_its_elements() {
    let page = html::render(&sample::complete());
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"));
    assert!(!page.contains("http://") || page.matches("http://").count() == page.matches("http://www.w3.org/").count());
    assert!(!page.contains("<script") && !page.contains(" style=\""));
    let tree = xml(&page);
    assert_eq!(tree.all("h2").len(), 4);
    assert!(tree.all("th").iter().all(|cell| cell.attribute("scope") == "col"));
    assert_eq!(tree.all("span").iter().filter(|span| span.attribute("class") == "invullen").count(), 2);
    assert!(page.contains("class=\"conceptmerk\">CONCEPT"));
    let mut approved = sample::complete();
    approved.meta.concept = false;
    assert!(!html::render(&approved).contains("class=\"conceptmerk\""));
}

#[test]
fn a_fragment_leaves_the_first_heading_to_the_page_around_it() {
    let fragment = html::render_fragment(&sample::complete());
    let tree = xml(&fragment);
    assert!(tree.all("h1").is_empty() && !tree.all("h2").is_empty());
    assert!(!fragment.contains("<style"));
    assert!(fragment.starts_with("<article class=\"document concept\" lang=\"nl\">"));
}

#[test]
fn text_that_looks_like_markup_stays_text() {
    let page = html::render(&sample::hostile());
    assert!(page.contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;"));
    assert!(!page.contains("<script>"));
}
