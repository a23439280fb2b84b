//! The time axis: a drawing where one can be seen, and the same in words everywhere.

use combizitting::documents::model::{Block, DocumentModel, Timeline};
use combizitting::documents::timeline::picture;
use combizitting::documents::{html, pdf};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::drafts::{hearing_papers, says_the_same_in_three_forms};
use super::extract::{tool, xml};
use super::sample;

fn with_axis(before: usize) -> DocumentModel {
    let mut blocks: Vec<Block> =
        (0..before).map(|_| sample::paragraph(None, sample::cell("Een korte regel."))).collect();
    blocks.push(sample::axis());
    sample::model(blocks)
}

/// Figures of the structure tree.
fn figures(document: &Document) -> Vec<&Dictionary> {
    let elements = document.objects.values().filter_map(|object| object.as_dict().ok());
    elements.filter(|element| element.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"Figure")).collect()
}

fn pages_of(figure: &Dictionary) -> Vec<ObjectId> {
    let kids = figure.get(b"K").and_then(Object::as_array).expect("content");
    let mut pages: Vec<ObjectId> = kids
        .iter()
        .map(|kid| kid.as_dict().and_then(|kid| kid.get(b"Pg")).and_then(Object::as_reference).expect("a page"))
        .collect();
    pages.dedup();
    pages
}

#[test]
fn the_drawing_is_a_figure_with_words_and_a_place_in_the_structure() {
    let file = pdf::render(&with_axis(3)).expect("a PDF");
    let document = Document::load_mem(&file).expect("a PDF");
    let found = figures(&document);
    assert_eq!(found.len(), 1);
    let alternative = found[0].get(b"Alt").and_then(Object::as_str).expect("words");
    let units: Vec<u16> = alternative[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    let alternative = String::from_utf16(&units).expect("UTF-16");
    assert!(alternative.contains("17 november 2026") && alternative.contains("maatregel (2)"), "{alternative}");
    let attributes = found[0].get(b"A").and_then(Object::as_dict).expect("attributes");
    let corners: Vec<f32> = attributes
        .get(b"BBox")
        .and_then(Object::as_array)
        .expect("a box")
        .iter()
        .map(|side| side.as_float().expect("a number"))
        .collect();
    assert!(corners[0] >= 76.0 && corners[2] <= 520.0 && corners[1] < corners[3] && corners[3] < 842.0, "{corners:?}");
    tool("qpdf", "qpdf", &["--check", "FILE"], &file);
}

#[test]
fn the_drawing_is_made_of_lines_and_areas_and_holds_no_image() {
    let file = pdf::render(&with_axis(0)).expect("a PDF");
    let document = Document::load_mem(&file).expect("a PDF");
    let page = document.page_iter().next().expect("a page");
    let content = Content::decode(&document.get_page_content(page)).expect("operators");
    let within: Vec<&str> = content
        .operations
        .iter()
        .skip_while(|step| !(step.operator == "BDC" && step.operands[0].as_name().is_ok_and(|name| name == b"Figure")))
        .take_while(|step| step.operator != "EMC")
        .map(|step| step.operator.as_str())
        .collect();
    assert!(within.contains(&"re") && within.contains(&"l"), "{within:?}");
    assert!(!content.operations.iter().any(|step| step.operator == "Do"), "no image");
}

#[test]
fn the_drawing_stands_on_one_page_wherever_it_falls() {
    for before in 14..34 {
        let file = pdf::render(&with_axis(before)).expect("a PDF");
        let document = Document::load_mem(&file).expect("a PDF");
        for figure in figures(&document) {
            assert_eq!(pages_of(figure).len(), 1, "after {before} lines");
        }
    }
}

#[test]
fn the_drawing_of_the_web_page_has_words_and_no_style_of_its_own() {
    let page = html::render(&with_axis(1));
    let tree = xml(&page);
    let drawings = tree.all("svg");
    assert_eq!(drawings.len(), 1);
    assert_eq!(drawings[0].attribute("role"), "img");
    assert!(drawings[0].attribute("aria-label").contains("De tabel eronder zegt hetzelfde"));
    assert!(drawings[0].all("polygon").len() >= 5);
    assert!(!page.contains(" style=\""));
}

/// All axes of the papers of the demo family.
fn axes() -> Vec<(String, Timeline)> {
    let axes = hearing_papers().into_iter().flat_map(|draft| {
        draft.model.blocks.into_iter().filter_map(move |block| match block {
            Block::Timeline(axis) => Some((draft.name.clone(), axis)),
            _ => None,
        })
    });
    axes.collect()
}

#[test]
fn every_hearing_sheet_and_hearing_file_of_the_demo_family_has_its_axis() {
    let names: Vec<String> = axes().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("zittingsblad-")).count(), 6, "{names:?}");
    assert_eq!(names.iter().filter(|name| name.starts_with("zittingsmap-")).count(), 3, "{names:?}");
}

#[test]
fn whatever_the_drawing_names_stands_in_the_table_too() {
    for (name, axis) in axes() {
        let drawn = picture(&axis).unwrap_or_else(|| panic!("{name} draws nothing"));
        let told = Block::Timeline(axis.clone()).text_lines().join("\n");
        let mut marks = 0;
        for lane in &drawn.lanes {
            assert!(told.contains(&lane.name), "{name}: {}", lane.name);
            for mark in &lane.marks {
                marks += 1;
                assert!(told.contains(&mark.label), "{name}: {}", mark.label);
            }
            marks += lane.only_in_table;
        }
        assert_eq!(marks, axis.rows.len(), "{name}: each row is drawn or counted");
    }
}

#[test]
fn papers_with_an_axis_say_the_same_in_html_pdf_and_docx() {
    for draft in hearing_papers() {
        says_the_same_in_three_forms(&draft);
    }
}
