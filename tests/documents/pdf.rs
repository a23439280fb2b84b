//! The PDF as other programs see it: poppler, qpdf and mutool.

use std::collections::BTreeMap;

use combizitting::documents::model::{Block, Inline};
use combizitting::documents::pdf::bench_support::prepare_pages;
use combizitting::documents::pdf::render;

use super::extract::{expected, normal, pdf_lines, pdf_pages, tool};
use super::sample::{self, NAMES};

#[test]
fn qpdf_finds_nothing_wrong() {
    for (name, model) in super::all() {
        let bytes = render(&model).expect(name);
        let report = tool("qpdf", "qpdf", &["--check", "FILE"], &bytes);
        assert!(report.contains("No syntax or stream encoding errors found"), "{name}: {report}");
        assert!(!report.contains("WARNING"), "{name}: {report}");
    }
}

#[test]
fn every_word_is_found_whole_by_pdftotext_also_where_a_line_divides_it() {
    for (name, model) in [("complete", sample::complete()), ("long", sample::long())] {
        let pages = pdf_pages(&render(&model).expect(name)).join("\n");
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for word in pages.split_whitespace() {
            *found.entry(word).or_default() += 1;
        }
        let lines = expected(&model);
        let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
        for word in lines.iter().flat_map(|line| line.split_whitespace()) {
            *wanted.entry(word).or_default() += 1;
        }
        for (word, count) in wanted {
            assert!(found.get(word).copied().unwrap_or(0) >= count, "{name}: {word} {count} times");
        }
    }
}

#[test]
fn a_word_divided_at_a_syllable_is_still_one_word_to_whoever_searches() {
    let mut divided = 0;
    for filler in 1..12 {
        let content = "de vader ".repeat(filler) + &"de hulpverleningsgeschiedenis van de ouders ".repeat(9);
        let bytes = render(&sample::model(vec![sample::paragraph(None, sample::cell(&content))])).expect("a PDF");
        let document = lopdf::Document::load_mem(&bytes).expect("a PDF");
        let page = document.page_iter().next().expect("a page");
        let operators = String::from_utf8_lossy(&document.get_page_content(page)).into_owned();
        divided += usize::from(operators.contains("/ActualText"));
        assert_eq!(pdf_lines(&bytes), [normal(&content)]);
        assert!(normal(&pdf_pages(&bytes)[0]).contains(&normal(&content)));
    }
    assert!(divided > 2, "{divided} documents with a divided word");
}

#[test]
fn a_real_hyphen_at_the_end_of_a_line_stays() {
    for filler in (1..40).step_by(3) {
        let content = format!("{} Noord-Holland en de echtscheidings- en gezagszaak", "m ".repeat(filler + 20));
        let model = sample::model(vec![sample::paragraph(None, sample::cell(&content))]);
        let bytes = render(&model).expect("a PDF");
        let text = normal(&pdf_pages(&bytes)[0]);
        assert!(text.contains("Noord-Holland en de echtscheidings- en gezagszaak"), "{text}");
    }
}

#[test]
fn names_as_written_in_the_netherlands_come_back_letter_by_letter() {
    let blocks = NAMES
        .iter()
        .map(|name| {
            sample::paragraph(
                None,
                vec![
                    Inline::Text(format!("{name} ")),
                    Inline::Strong(format!("{name} ")),
                    Inline::Emphasis(format!("{name} ")),
                    Inline::Source((*name).to_owned()),
                ],
            )
        })
        .collect();
    let bytes = render(&sample::model(blocks)).expect("a PDF");
    let text = normal(&pdf_pages(&bytes).join(" "));
    for name in NAMES {
        assert!(text.contains(&format!("{name} {name} {name} [{name}]")), "{name} in {text}");
    }
}

#[test]
fn the_fonts_have_the_letters_of_every_latin_alphabet_of_europe_and_of_vietnamese() {
    let ranges = ['\u{20}'..='\u{7e}', '\u{a1}'..='\u{ac}', '\u{ae}'..='\u{17e}', '\u{218}'..='\u{21b}'];
    let letters: String = ranges.into_iter().flatten().collect();
    let more = "ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹƠơƯư";
    let signs = "€–—‘’“”„…•§°½×ẞǎĲĳ";
    for text in [letters.as_str(), more, signs] {
        let spaced: String = text.chars().flat_map(|letter| [letter, ' ']).collect();
        for inline in [Inline::Text, Inline::Strong, Inline::Emphasis, Inline::Source] {
            let model = sample::model(vec![sample::paragraph(None, vec![inline(spaced.clone())])]);
            let bytes = render(&model).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(pdf_lines(&bytes), expected(&model));
        }
    }
}

#[test]
fn each_page_says_concept_its_number_and_the_control_code_until_approval() {
    let mut model = sample::complete();
    for concept in [true, false] {
        model.meta.concept = concept;
        let pages = pdf_pages(&render(&model).expect("a PDF"));
        let total = pages.len();
        for (page, number) in pages.iter().zip(1..) {
            assert_eq!(page.matches("CONCEPT").count(), usize::from(concept), "{page}");
            assert!(page.contains(&format!("pagina {number} van {total}")), "{page}");
            assert!(page.contains("controlecode 3fa9c1d2e4b5a687"), "{page}");
            assert!(normal(page).contains(&model.meta.running_header), "{page}");
        }
    }
}

#[test]
fn the_file_tells_title_author_language_and_day_and_claims_no_standard() {
    let bytes = render(&sample::complete()).expect("a PDF");
    let about = tool("pdfinfo", "poppler-utils", &["-isodates", "FILE"], &bytes);
    for line in [
        "Title: Beschikking voorlopige voorzieningen",
        "Author: Rechtbank Voorbeeldstad, team familierecht",
        "CreationDate: 2026-11-20T00:00:00Z",
        "ModDate: 2026-11-20T00:00:00Z",
        "Tagged: yes",
        "PDF version: 1.7",
    ] {
        assert!(about.lines().any(|found| normal(found) == line), "{line} in {about}");
    }
    assert!(about.contains("595.") && about.contains("A4"), "{about}");
    assert!(!about.contains("PDF subtype"), "{about}");
    let document = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let catalog = document.catalog().expect("a catalog");
    assert_eq!(catalog.get(b"Lang").and_then(lopdf::Object::as_str).expect("a language"), b"nl-NL");
    for claim in [b"pdfaid".as_slice(), b"pdfuaid", b"GTS_PDF"] {
        assert!(!bytes.windows(claim.len()).any(|window| window == claim));
    }
}

#[test]
fn all_fonts_are_embedded_as_subsets_with_their_text() {
    let bytes = render(&sample::complete()).expect("a PDF");
    let fonts = tool("pdffonts", "poppler-utils", &["FILE"], &bytes);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(rows.len() >= 5, "{fonts}");
    for row in rows {
        assert!(row.contains("+Source") && normal(row).contains("yes yes yes"), "{row}");
    }
    assert!(bytes.len() < 160_000, "{} bytes", bytes.len());
}

#[test]
fn headings_are_bookmarks_in_the_order_of_the_document() {
    let bytes = render(&sample::complete()).expect("a PDF");
    let outline = tool("mutool", "mupdf-tools", &["show", "FILE", "outline"], &bytes);
    let titles: Vec<&str> = outline.split('"').skip(1).step_by(2).collect();
    assert_eq!(
        titles,
        [
            "Beschikking voorlopige voorzieningen van 20 november 2026",
            "1 De procedure",
            "2 De feiten",
            "2.1 Gezag en verblijf",
            "3 De beoordeling",
            "4 De beslissing",
            "Bijlage: verantwoording van het kader",
        ]
    );
}

#[test]
fn poppler_reads_the_structure_that_a_screen_reader_needs() {
    let bytes = render(&sample::complete()).expect("a PDF");
    let tree = tool("pdfinfo", "poppler-utils", &["-struct-text", "FILE"], &bytes);
    for part in ["H1 (block)", "H2 (block)", "H3 (block)", "Lbl (block)", "LBody (block)", "Caption", "/Scope /Column"]
    {
        assert!(tree.contains(part), "{part} in {tree}");
    }
    assert!(tree.contains("\"1.2 Verschenen zijn: \"") || tree.contains("\"1.2 Verschenen zijn:\""), "{tree}");
    assert!(!tree.contains("pagina 1 van"), "running text is no part of the document");
}

#[test]
fn a_heading_never_ends_a_page_and_a_table_heading_comes_back() {
    let pages = pdf_pages(&render(&sample::long()).expect("a PDF"));
    assert!(pages.len() >= 25, "{} pages", pages.len());
    for page in &pages {
        let before_footer = page.split("controlecode").next().expect("a page");
        let last = before_footer.lines().map(str::trim).rfind(|line| !line.is_empty()).expect("text");
        assert_ne!(last, "Een hoofdstuk van de beoordeling");
    }
    let pages = pdf_pages(&render(&sample::complete()).expect("a PDF"));
    let with_rows: Vec<&String> =
        pages.iter().filter(|page| page.contains("Criterium 2") || page.contains("Criterium 5")).collect();
    assert!(with_rows.len() >= 3);
    for page in with_rows {
        assert!(page.contains("Uitkomst") && page.contains("Bron"), "{page}");
    }
}

#[test]
fn the_sentence_before_a_list_stays_with_its_first_item() {
    for filler in 30..44 {
        let mut blocks: Vec<_> =
            (0..filler).map(|_| sample::paragraph(None, sample::cell("Een korte regel."))).collect();
        blocks.push(sample::paragraph(None, sample::cell("Verschenen zijn:")));
        blocks.push(Block::List { ordered: false, items: vec![sample::cell("de moeder;"), sample::cell("de vader.")] });
        let pages = pdf_pages(&render(&sample::model(blocks)).expect("a PDF"));
        let page = pages.iter().find(|page| page.contains("Verschenen zijn:")).expect("the sentence");
        assert!(page.contains("de moeder;"), "{page}");
    }
}

/// The page on which a text stands.
fn page_with<'p>(pages: &'p [String], text: &str) -> &'p str {
    pages.iter().find(|page| page.contains(text)).unwrap_or_else(|| panic!("{text} stands on no page"))
}

#[test]
fn a_signature_never_stands_alone_on_a_page() {
    let mut moved = false;
    for filler in 20..75 {
        let mut blocks: Vec<Block> =
            (0..filler).map(|_| sample::paragraph(None, sample::cell("Een korte regel."))).collect();
        blocks.push(sample::paragraph(
            Some("7.1"),
            sample::cell("Binnen drie maanden kan hoger beroep worden ingesteld."),
        ));
        blocks.push(sample::heading(2, None, "Ondertekening"));
        blocks.push(sample::paragraph(None, sample::cell("Gegeven door de rechter.")));
        blocks.push(Block::PageBreak);
        blocks.push(sample::heading(2, None, "Bijlage"));
        let pages = pdf_pages(&render(&sample::model(blocks)).expect("a PDF"));
        let signed = page_with(&pages, "Ondertekening");
        assert!(signed.contains("hoger beroep") && signed.contains("Gegeven door"), "{filler}: {signed}");
        moved |= !signed.contains("Een korte regel.");
    }
    assert!(moved, "in none of these the signature came to a new page");
}

#[test]
fn a_judges_note_stands_with_the_finding_it_is_about() {
    for filler in 20..75 {
        let mut blocks: Vec<Block> =
            (0..filler).map(|_| sample::paragraph(None, sample::cell("Een korte regel."))).collect();
        blocks.push(sample::paragraph(None, sample::cell("De bevinding.")));
        blocks.push(Block::Notice { heading: "Voorlopig oordeel".to_owned(), content: sample::cell("De noot.") });
        let pages = pdf_pages(&render(&sample::model(blocks)).expect("a PDF"));
        let noted = page_with(&pages, "De bevinding");
        assert!(noted.contains("Voorlopig oordeel") && noted.contains("De noot"), "{filler}: {noted}");
    }
}

#[test]
fn a_notice_is_never_torn_over_two_pages() {
    let mut moved = false;
    for filler in 20..75 {
        let mut blocks: Vec<Block> =
            (0..filler).map(|_| sample::paragraph(None, sample::cell("Een korte regel."))).collect();
        let warning = format!("Alfa {} omega.", "van een waarschuwing van meer regels ".repeat(12));
        blocks.push(Block::Notice { heading: "Gat".to_owned(), content: sample::cell(&warning) });
        let pages = pdf_pages(&render(&sample::model(blocks)).expect("a PDF"));
        let begun = page_with(&pages, "Alfa");
        assert!(begun.contains("omega"), "{filler}: {begun}");
        // The paragraph before a notice comes along.
        moved |= begun.matches("Een korte regel.").count() == 1;
    }
    assert!(moved, "in none of these the notice came to a new page");
}

#[test]
fn a_short_remedy_has_the_end_of_the_decision_and_the_signature_on_its_page() {
    for filler in 20..75 {
        let mut blocks: Vec<Block> =
            (0..filler).map(|_| sample::paragraph(None, sample::cell("Een korte regel."))).collect();
        blocks.push(sample::paragraph(Some("6.9"), sample::cell("Slot van de beslissing.")));
        blocks.push(sample::heading(2, Some("7"), "Rechtsmiddel"));
        let remedy = format!("Alfa {} omega.", "en dan het middel tegen deze beslissing ".repeat(9));
        blocks.push(sample::paragraph(None, sample::cell(&remedy)));
        blocks.push(sample::heading(2, None, "Ondertekening"));
        blocks.push(sample::paragraph(None, sample::cell("Gegeven door de rechter.")));
        blocks.push(Block::PageBreak);
        blocks.push(sample::heading(2, None, "Bijlage"));
        let pages = pdf_pages(&render(&sample::model(blocks)).expect("a PDF"));
        let signed = page_with(&pages, "Ondertekening");
        let whole = ["Slot van", "Alfa", "omega", "Gegeven door"].iter().all(|part| signed.contains(part));
        assert!(whole, "{filler}: {signed}");
    }
}

#[test]
fn a_page_never_holds_only_the_codes_of_the_receipt() {
    for filler in 20..75 {
        let mut blocks: Vec<Block> =
            (0..filler).map(|_| sample::paragraph(None, sample::cell("Een korte regel."))).collect();
        blocks.push(Block::List { ordered: false, items: vec![sample::cell("Het laatste stuk.")] });
        blocks.push(sample::heading(3, None, "Ontvangstbewijs"));
        blocks.push(sample::paragraph(None, sample::cell("Peildatum.")));
        blocks.push(sample::paragraph(None, sample::cell("Kaders met hun codes.")));
        let pages = pdf_pages(&render(&sample::model(blocks)).expect("a PDF"));
        let last = pages.last().expect("a page");
        assert!(
            !last.contains("Kaders met") || (last.contains("Peildatum") && last.contains("laatste stuk")),
            "{last}"
        );
    }
}

#[test]
fn a_decision_never_has_only_its_first_point_at_the_foot_of_a_page() {
    let mut moved = false;
    for filler in 20..60 {
        let mut blocks: Vec<Block> =
            (0..filler).map(|_| sample::paragraph(None, sample::cell("Een regel die de bladzijde vult."))).collect();
        blocks.push(sample::heading(2, Some("6"), "Beslissing"));
        for point in 1..5 {
            let content = format!("bepaalt punt-{point} van deze beslissing;");
            blocks.push(sample::paragraph(Some(&format!("6.{point}")), sample::cell(&content)));
        }
        let pages = pdf_pages(&render(&sample::model(blocks)).expect("a PDF"));
        let first = page_with(&pages, "punt-1");
        assert!(first.contains("Beslissing") && first.contains("punt-2"), "{filler}: one point stands alone");
        moved |= !first.contains("punt-4");
    }
    assert!(moved, "in none of these the decision came to a page's end");
}

#[test]
fn a_table_leaves_neither_its_first_nor_its_last_row_alone_on_a_page() {
    for filler in 20..60 {
        let mut blocks: Vec<Block> =
            (0..filler).map(|_| sample::paragraph(None, sample::cell("Een korte regel."))).collect();
        let row = |number: usize| vec![sample::cell(&format!("rij-{number}")), sample::cell("inhoud")];
        let head = ["Wat", "Hoe"].map(str::to_owned).to_vec();
        blocks.push(Block::Table { caption: Some("Overzicht".to_owned()), head, rows: (1..=4).map(row).collect() });
        let pages = pdf_pages(&render(&sample::model(blocks)).expect("a PDF"));
        assert!(page_with(&pages, "rij-1").contains("rij-2"), "{filler}: the first row stands alone");
        assert!(page_with(&pages, "rij-4").contains("rij-3"), "{filler}: the last row stands alone");
    }
}

#[test]
fn nothing_runs_into_the_margins_or_off_the_page() {
    for (name, model) in super::all() {
        let words = tool("pdftotext", "poppler-utils", &["-bbox", "FILE", "-"], &render(&model).expect(name));
        for line in words.lines().filter(|line| line.contains("<word ")) {
            let value = |key: &str| -> f32 {
                let start = line.find(key).expect(key) + key.len() + 2;
                line[start..].split('"').next().expect("a value").parse().expect("a number")
            };
            assert!(value("xMin") >= 75.0 && value("xMax") <= 522.0, "{name}: {line}");
            assert!(value("yMin") >= 30.0 && value("yMax") <= 812.0, "{name}: {line}");
        }
    }
}

#[test]
fn the_benchmark_floor_writes_the_same_number_of_pages() {
    let model = sample::complete();
    let floor = prepare_pages(&model).expect("pages").save();
    let pages = |bytes: &[u8]| lopdf::Document::load_mem(bytes).expect("a PDF").page_iter().count();
    assert_eq!(pages(&floor), pages(&render(&model).expect("a PDF")));
}
