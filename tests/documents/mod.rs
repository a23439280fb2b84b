//! Tests: the three outputs of a document, read back with other tools than wrote them.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is read back wrongly must fail the test"
)]

mod accessible;
mod archive;
pub mod bundle;
mod drafts;
pub mod extract;
mod pdf;
pub mod sample;
mod timeline;
mod word_and_web;

use combizitting::documents::model::{Block, DocumentModel, Inline};
use combizitting::documents::{DocumentError, docx, html, pdf as pdf_output};
use combizitting::drafting::model::DraftKind;

use crate::support::families::demo;
use extract::{docx_lines, expected, html_lines, pdf_lines};

/// The decisions of the demo family by name.
fn demo_models() -> Vec<(String, DocumentModel)> {
    let dossier = demo();
    DraftKind::ALL
        .into_iter()
        .flat_map(|kind| crate::drafts::drafts_with_demo_findings(&dossier, kind).documents)
        .map(|draft| (draft.name, draft.model))
        .collect()
}

fn all() -> [(&'static str, DocumentModel); 4] {
    [
        ("complete", sample::complete()),
        ("long", sample::long()),
        ("hostile", sample::hostile()),
        ("empty", sample::model(Vec::new())),
    ]
}

#[test]
fn html_pdf_and_docx_carry_the_text_of_the_model_in_the_same_order() {
    for (name, model) in all() {
        let lines: Vec<String> = expected(&model).into_iter().map(|line| line.replace("e\u{301}", "é")).collect();
        let composed =
            |lines: Vec<String>| lines.into_iter().map(|line| line.replace("e\u{301}", "é")).collect::<Vec<_>>();
        assert_eq!(composed(html_lines(&html::render(&model))), lines, "{name} as HTML");
        assert_eq!(composed(html_lines(&html::render_fragment(&model))), lines, "{name} as a fragment");
        assert_eq!(composed(docx_lines(&docx::render(&model).expect(name))), lines, "{name} as DOCX");
        let pdf = pdf_lines(&pdf_output::render(&model).expect(name));
        assert_eq!(composed(pdf), lines, "{name} as PDF, by its structure");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_also_twice_in_one_process() {
    for (name, model) in all() {
        assert_eq!(pdf_output::render(&model), pdf_output::render(&model), "{name}");
        assert_eq!(docx::render(&model), docx::render(&model), "{name}");
        assert_eq!(html::render(&model), html::render(&model), "{name}");
    }
}

#[test]
fn another_text_gives_another_identity() {
    let mut model = sample::complete();
    let identity = |model: &DocumentModel| {
        let bytes = pdf_output::render(model).expect("a PDF");
        let id = lopdf::Document::load_mem(&bytes).expect("a PDF").trailer.get(b"ID").expect("an ID").clone();
        format!("{id:?}")
    };
    let before = identity(&model);
    model.blocks.push(sample::paragraph(None, sample::cell("Nog een zin.")));
    assert_ne!(before, identity(&model));
}

#[test]
fn a_control_character_is_refused_by_place_and_without_repeating_the_text() {
    for character in ['\0', '\u{1b}', '\u{8}', '\u{9f}', '\u{202e}', '\u{2066}'] {
        let secret = format!("geheim{character}adres");
        let model =
            sample::model(vec![sample::heading(1, None, "Kop"), sample::paragraph(None, sample::cell(&secret))]);
        for error in [pdf_output::render(&model).unwrap_err(), docx::render(&model).unwrap_err()] {
            let expected = DocumentError::ControlCharacter { code: u32::from(character), place: "blok 2".to_owned() };
            assert_eq!(error, expected);
            assert!(!error.to_string().contains("geheim"));
        }
        let page = html::render(&model);
        assert!(page.contains("geheim\u{FFFD}adres") && !page.contains(character));
    }
}

#[test]
fn a_character_the_fonts_lack_is_refused_and_never_left_out() {
    let model = sample::model(vec![sample::paragraph(None, sample::cell("De heer 李"))]);
    let error = pdf_output::render(&model).unwrap_err();
    assert_eq!(error, DocumentError::MissingGlyph { character: '李' });
    assert!(error.to_string().contains("‘李’ (U+674E)"), "{error}");
    assert!(docx::render(&model).is_ok(), "Word has its own fonts");
}

#[test]
fn a_table_with_a_short_row_and_a_heading_of_level_four_are_refused() {
    let table = Block::Table {
        caption: None,
        head: vec!["Een".to_owned(), "Twee".to_owned()],
        rows: vec![vec![sample::cell("a"), sample::cell("b")], vec![sample::cell("a")]],
    };
    let message = "Het document kan niet worden gemaakt: blok 1 is een tabel met 2 kolommen, maar rij 2 heeft er 1.";
    assert_eq!(docx::render(&sample::model(vec![table])).unwrap_err().to_string(), message);
    let error = pdf_output::render(&sample::model(vec![sample::heading(4, None, "Te diep")])).unwrap_err();
    assert_eq!(error, DocumentError::HeadingLevel { place: "blok 1".to_owned(), level: 4 });
}

#[test]
fn characters_without_a_shape_are_dropped_alike_everywhere() {
    let model = sample::model(vec![sample::paragraph(None, sample::cell("om\u{ad}gangs\u{200b}regeling\u{feff}"))]);
    let wanted = vec!["omgangsregeling".to_owned()];
    assert_eq!(html_lines(&html::render(&model)), wanted);
    assert_eq!(docx_lines(&docx::render(&model).expect("DOCX")), wanted);
    assert_eq!(pdf_lines(&pdf_output::render(&model).expect("PDF")), wanted);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 20, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_rendered_or_refused_with_a_message(
        text in "\\PC{0,80}",
        free in proptest::collection::vec(proptest::char::any(), 0..40),
        latin in "[a-zA-Zà-ÿĀ-ſ€ \\-/'.,\\n]{0,300}",
    ) {
        let free: String = free.into_iter().collect();
        let model = sample::model(vec![
            sample::heading(2, Some("1"), &text),
            sample::paragraph(Some(&text), vec![Inline::Text(free), Inline::Blank(text.clone())]),
        ]);
        for result in [pdf_output::render(&model), docx::render(&model)] {
            if let Err(error) = result {
                proptest::prop_assert!(error.to_string().starts_with("Het document kan niet")
                    || error.to_string().starts_with("De pdf kan niet"));
            }
        }
        proptest::prop_assert!(html::render(&model).ends_with("</html>\n"));
        let model = sample::model(vec![sample::paragraph(None, vec![Inline::Text(latin)])]);
        let lines = expected(&model);
        proptest::prop_assert_eq!(pdf_lines(&pdf_output::render(&model).expect("Latin text")), lines.clone());
        proptest::prop_assert_eq!(docx_lines(&docx::render(&model).expect("Latin text")), lines.clone());
        proptest::prop_assert_eq!(html_lines(&html::render(&model)), lines);
    }
}
