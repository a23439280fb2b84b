//! A bundle as other programs see it: index, links, bookmarks, stamps, tags, and what is left behind.

pub mod foreign;
mod listed;
mod odd;

use super::extract::{pdf_pages, tool};
use super::sample;
use chrono::NaiveDate;
use combizitting::documents::bundle::model::{Assembled, Bundle, Group, NotFor, Part, PartFile};
use combizitting::documents::bundle::problem::BundleError;
use combizitting::documents::bundle::{assemble, check};
use combizitting::documents::model::{Block, DocumentModel, Inline};
use combizitting::documents::pdf;
use lopdf::{Document, Object};
use std::collections::BTreeMap;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 17).unwrap()
}

/// A bundle without documents.
pub fn empty() -> Bundle {
    Bundle {
        title: "Zittingsbundel van 19 november 2026".to_owned(),
        author: "Rechtbank Voorbeeldstad".to_owned(),
        running_header: "combi-2026-proef".to_owned(),
        dated: day(),
        about: vec![Block::Paragraph { number: None, content: vec![Inline::Text("Voor de zitting.".to_owned())] }],
        sheets: Vec::new(),
        groups: Vec::new(),
        left_out: Vec::new(),
    }
}

/// A document with a file of that many pages under its own title as key.
pub fn part(title: &str, pages: Option<usize>) -> Part {
    Part {
        title: title.to_owned(),
        dated: Some(day()),
        author: Some("de politie".to_owned()),
        recorded_pages: Some(4),
        file: pages.map(|pages| PartFile { key: title.to_owned(), pages }),
        not_for: None,
    }
}

type Files = BTreeMap<String, Vec<u8>>;

pub fn put_together(bundle: &Bundle, files: &Files) -> Result<(Vec<u8>, Assembled), BundleError> {
    let (mut bytes, mut told) = (Vec::new(), Vec::new());
    let mut fetch = |key: &str| files.get(key).cloned();
    let assembled = assemble(bundle, &mut fetch, &mut bytes, &mut |done, total| told.push((done, total)))?;
    assert_eq!(told.first().map(|(done, _)| *done), Some(0));
    assert!(told.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{told:?}");
    assert_eq!(told.last(), Some(&(assembled.pages, assembled.pages)));
    Ok((bytes, assembled))
}

/// A paper of this many pages that says on each which one it is.
fn paper(word: &str, pages: usize) -> DocumentModel {
    let blocks = (1..=pages).flat_map(|page| {
        let text = sample::paragraph(None, sample::cell(&format!("{word}, blad {page}.")));
        if page == 1 { vec![sample::heading(1, None, word), text] } else { vec![Block::PageBreak, text] }
    });
    let mut model = sample::model(blocks.collect());
    model.meta.title = word.to_owned();
    model
}

/// Three headings, a document without a file, two papers in front.
fn family() -> (Bundle, Files) {
    let mut files = Files::new();
    let mut groups = Vec::new();
    for (heading, titles) in [
        ("Strafzaak, 10/990001-26", vec![("Aangifte", Some(3)), ("Verhoor", Some(1))]),
        ("Omgang", vec![("Verzoekschrift", None), ("Verweerschrift", Some(12))]),
        ("Algemene stukken", vec![("Uittreksel", Some(2))]),
    ] {
        let parts = titles.iter().map(|(title, pages)| {
            if let Some(pages) = pages {
                files.insert((*title).to_owned(), pdf::render(&paper(title, *pages)).unwrap());
            }
            part(title, *pages)
        });
        groups.push(Group { heading: heading.to_owned(), parts: parts.collect() });
    }
    let sheets = vec![paper("Zittingsblad: strafzaak", 2), paper("Zittingsblad: omgang", 1)];
    (Bundle { sheets, groups, ..empty() }, files)
}

/// A bundle in which every page is our own: sheets and slips.
pub fn of_own_papers() -> Vec<u8> {
    let (mut bundle, _) = family();
    bundle.groups.iter_mut().flat_map(|group| &mut group.parts).for_each(|part| part.file = None);
    put_together(&bundle, &Files::new()).unwrap().0
}

/// Every text, name and unpacked stream of every object.
pub fn everything(bytes: &[u8]) -> String {
    fn add(object: &Object, out: &mut String) {
        match object {
            Object::String(text, _) => {
                out.push_str(&String::from_utf8_lossy(text));
                let units: Vec<u16> = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                out.push_str(&String::from_utf16_lossy(&units));
            }
            Object::Name(name) => out.push_str(&String::from_utf8_lossy(name)),
            Object::Array(items) => items.iter().for_each(|item| add(item, out)),
            Object::Dictionary(dictionary) => dictionary.iter().for_each(|(key, item)| {
                out.push_str(&String::from_utf8_lossy(key));
                add(item, out);
            }),
            Object::Stream(stream) => {
                add(&Object::Dictionary(stream.dict.clone()), out);
                out.push_str(&String::from_utf8_lossy(&stream.get_plain_content().unwrap_or_default()));
            }
            _ => {}
        }
        out.push('\n');
    }
    let mut out = String::from_utf8_lossy(bytes).into_owned();
    for object in Document::load_mem(bytes).unwrap().objects.values() {
        add(object, &mut out);
    }
    out + &tool("pdftotext", "poppler-utils", &["FILE", "-"], bytes)
}

/// Where each named place leads: page numbers from 1, by name.
fn named_places(document: &Document) -> BTreeMap<String, usize> {
    let pages: Vec<_> = document.page_iter().collect();
    let catalog = document.catalog().unwrap();
    let names = document.get_dict_in_dict(catalog, b"Names").unwrap();
    let list = document.get_dict_in_dict(names, b"Dests").unwrap().get(b"Names").unwrap().as_array().unwrap();
    let place = |target: &Object| {
        let page = target.as_array().unwrap()[0].as_reference().unwrap();
        pages.iter().position(|known| *known == page).unwrap() + 1
    };
    list.chunks(2)
        .map(|pair| (String::from_utf8(pair[0].as_str().unwrap().to_vec()).unwrap(), place(&pair[1])))
        .collect()
}

#[test]
fn every_page_number_link_and_bookmark_of_the_index_leads_to_its_document() {
    let (bundle, files) = family();
    let (bytes, assembled) = put_together(&bundle, &files).unwrap();
    let pages = pdf_pages(&bytes);
    assert_eq!((pages.len(), assembled.pages), (assembled.pages, 1 + 3 + 3 + 1 + 1 + 12 + 2));
    for (page, number) in pages.iter().zip(1..) {
        assert_eq!(page.matches(&format!("Bundel p. {number} van {}", pages.len())).count(), 1, "{number}: {page}");
    }
    let document = Document::load_mem(&bytes).unwrap();
    let places = named_places(&document);
    let (mut followed, mut first) = (0, 1 + 3);
    for (part, number) in bundle.parts().zip(1..) {
        let target = places[&format!("stuk-{number:05}")];
        assert_eq!(target, first + 1, "{}", part.title);
        assert!(pages[target - 1].contains(&part.title), "{}: {}", part.title, pages[target - 1]);
        let range = part.file.as_ref().map_or(1, |file| file.pages);
        let printed = if range == 1 { target.to_string() } else { format!("{target}–{}", target + range - 1) };
        assert!(pages[0].lines().any(|line| line.starts_with(&printed)), "{printed} in {}", pages[0]);
        first += range;
    }
    for id in document.page_iter() {
        for link in document.get_page_annotations(id).unwrap() {
            assert_eq!(link.get(b"Subtype").unwrap().as_name().unwrap(), b"Link");
            let name = String::from_utf8(link.get(b"Dest").unwrap().as_str().unwrap().to_vec()).unwrap();
            assert!(places.contains_key(&name), "{name}");
            followed += 1;
        }
    }
    assert_eq!(followed, 5 + 2, "one link for each document and each paper in front");
    let outline = tool("mutool", "mupdf-tools", &["show", "FILE", "outline"], &bytes);
    let titles: Vec<&str> = outline.lines().filter_map(|line| line.split('"').nth(1)).collect();
    let wanted = [
        "Voorblad en inhoud",
        "Zittingsblad: strafzaak",
        "Zittingsblad: omgang",
        "Strafzaak, 10/990001-26",
        "1. Aangifte",
        "2. Verhoor",
        "Omgang",
        "3. Verzoekschrift",
        "4. Verweerschrift",
        "Algemene stukken",
        "5. Uittreksel",
    ];
    assert_eq!(titles, wanted, "{outline}");
}

#[test]
fn three_other_programs_open_it_without_complaint() {
    let (bundle, files) = family();
    let (bytes, _) = put_together(&bundle, &files).unwrap();
    assert_sound("family", &bytes);
}

/// qpdf, poppler and mupdf have nothing to say about it.
pub fn assert_sound(name: &str, bytes: &[u8]) {
    let report = tool("qpdf", "qpdf", &["--check", "FILE"], bytes);
    assert!(report.contains("No syntax or stream encoding errors found"), "{name}: {report}");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    for (program, arguments) in [
        ("pdftoppm", &["-r", "20", "FILE", "/dev/null"][..]),
        ("mutool", &["draw", "-q", "-F", "text", "-o", "-", "FILE"]),
    ] {
        let mut command = std::process::Command::new(program);
        if program == "pdftoppm" {
            command.args(["-r", "20", "-singlefile"]).arg(file.path()).arg(file.path().with_extension("beeld"));
        } else {
            for argument in arguments {
                command.arg(argument.replace("FILE", file.path().to_str().unwrap()));
            }
        }
        let output = command.output().unwrap();
        // Debian's mutool says of itself, not of the file, that it was built without colour profiles.
        let said: Vec<String> = String::from_utf8_lossy(&output.stderr)
            .lines()
            .filter(|line| !line.contains("ICC support is not available"))
            .map(str::to_owned)
            .collect();
        assert!(output.status.success() && said.is_empty(), "{name}: {program}: {said:?}");
    }
    let _ = std::fs::remove_file(file.path().with_extension("ppm"));
}

#[test]
fn a_bundle_that_was_changed_at_one_byte_is_not_found_sound() {
    let (bundle, files) = family();
    let (bytes, _) = put_together(&bundle, &files).unwrap();
    let broken = bytes.windows(9).position(|window| window == b"startxref").unwrap();
    let cut = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(cut.path(), &bytes[..broken]).unwrap();
    let output = std::process::Command::new("qpdf").arg("--check").arg(cut.path()).output().unwrap();
    assert!(!output.status.success());
}

#[test]
fn index_sheets_and_slips_are_read_aloud_in_their_order_with_their_links() {
    let (bundle, files) = family();
    let (bytes, _) = put_together(&bundle, &files).unwrap();
    let heard = tool("pdfinfo", "poppler-utils", &["-struct-text", "FILE"], &bytes);
    let mut rest = heard.as_str();
    for words in [
        "Zittingsbundel",
        "Vooraan",
        "Aangifte",
        "Zittingsblad: strafzaak, blad 1.",
        "Zittingsblad: omgang, blad 1.",
        "Stuk 3: Verzoekschrift",
        "het bestand zelf is niet in dit systeem",
    ] {
        let at = rest.find(words).unwrap_or_else(|| panic!("{words} in {heard}"));
        rest = &rest[at..];
    }
    assert_eq!(heard.matches("Link").count(), 7, "{heard}");
    let information = tool("pdfinfo", "poppler-utils", &["FILE"], &bytes);
    assert!(information.contains("Tagged:          yes") && information.contains("Title:           Zittingsbundel"));
    let document = Document::load_mem(&bytes).unwrap();
    assert_eq!(document.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"nl-NL");
}

#[test]
fn the_same_bundle_has_the_same_bytes_and_another_file_other_ones() {
    let (bundle, mut files) = family();
    let (one, told) = put_together(&bundle, &files).unwrap();
    let (two, told_again) = put_together(&bundle, &files).unwrap();
    assert_eq!((&one, &told), (&two, &told_again));
    assert_eq!((told.size, told.sha256.clone()), (one.len() as u64, combizitting::shared::hash::sha256_hex(&one)));
    files.insert("Verhoor".to_owned(), pdf::render(&paper("Verhoor van een ander", 1)).unwrap());
    let (three, _) = put_together(&bundle, &files).unwrap();
    assert_ne!(one, three);
}

#[test]
fn a_document_without_a_file_gets_one_page_that_says_so() {
    let mut bundle = empty();
    bundle.groups = vec![Group { heading: "Omgang".to_owned(), parts: vec![part("Brief van de school", None)] }];
    let (bytes, _) = put_together(&bundle, &Files::new()).unwrap();
    let pages = pdf_pages(&bytes);
    assert_eq!(pages.len(), 2);
    for words in ["Brief van de school", "17 november 2026", "de politie", "4 bladzijden volgens het dossier"] {
        assert!(pages[1].contains(words), "{words}: {}", pages[1]);
    }
    assert!(pages[1].contains("het bestand zelf is niet in dit systeem") && !pages[1].contains("pagina 1 van"));
    assert!(pages[0].contains("(geen bestand)"), "{}", pages[0]);
}

#[test]
fn every_page_of_a_document_says_for_whom_it_is_not_meant_with_all_signs_of_the_name() {
    let (mut bundle, files) = family();
    let told = "Niet voor Çağla Ķļava-Œuvré; deels niet voor Søren Ďürst (p. 3 en 8)";
    bundle.groups[0].parts[0].not_for = Some(NotFor { told: told.to_owned() });
    bundle.groups[1].parts[0].not_for = Some(NotFor { told: told.to_owned() });
    let (bytes, _) = put_together(&bundle, &files).unwrap();
    let pages = pdf_pages(&bytes);
    let words = |page: usize| pages[page - 1].split_whitespace().collect::<Vec<_>>().join(" ");
    // The index, the three pages of the document, and the slip of the one without a file.
    let marked: Vec<usize> = (1..=pages.len()).filter(|page| words(*page).contains("deels niet voor")).collect();
    assert_eq!(marked, [1, 5, 6, 7, 9], "{pages:?}");
    for page in [5, 6, 7, 9] {
        assert!(words(page).contains(told), "{}", words(page));
    }
    assert_sound("marked", &bytes);
}

#[test]
fn a_bundle_without_documents_says_so() {
    let (bytes, assembled) = put_together(&empty(), &Files::new()).unwrap();
    assert_eq!(assembled.pages, 1);
    assert!(pdf_pages(&bytes)[0].contains("Er zijn geen stukken voor deze bundel."));
    assert_sound("empty", &bytes);
}

#[test]
fn an_index_of_many_pages_still_names_the_right_ones() {
    let mut bundle = empty();
    let mut files = Files::new();
    let mut parts = Vec::new();
    for number in 0..150 {
        let title = format!("Stuk met een lange titel die over twee regels van de inhoud loopt, nummer {number}");
        files.insert(title.clone(), foreign::words(&format!("inhoud{number}")));
        parts.push(part(&title, Some(1)));
    }
    bundle.groups = vec![Group { heading: "Alle stukken".to_owned(), parts }];
    let (bytes, _) = put_together(&bundle, &files).unwrap();
    let pages = pdf_pages(&bytes);
    let places = named_places(&Document::load_mem(&bytes).unwrap());
    assert!(places["stuk-00001"] > 5, "an index of several pages");
    for number in [0, 77, 149] {
        let page = &pages[places[&format!("stuk-{:05}", number + 1)] - 1];
        assert!(page.contains(&format!("inhoud{number}")), "{page}");
    }
    assert_sound("many", &bytes);
}

#[test]
fn a_file_that_is_gone_or_has_other_pages_than_counted_stops_the_bundle_with_its_number() {
    let (bundle, mut files) = family();
    files.remove("Verhoor");
    assert_eq!(
        put_together(&bundle, &files).unwrap_err().to_string(),
        "Stuk 2 kan niet in de bundel: het bestand is niet op te halen."
    );
    files.insert("Verhoor".to_owned(), pdf::render(&paper("Verhoor", 2)).unwrap());
    let told = put_together(&bundle, &files).unwrap_err().to_string();
    assert!(told.starts_with("Stuk 2 kan niet in de bundel: het bestand heeft een ander aantal bladzijden"), "{told}");
    files.insert("Verhoor".to_owned(), b"geen pdf".to_vec());
    assert!(put_together(&bundle, &files).unwrap_err().to_string().contains("geen pdf-bestand"));
    assert_eq!(check(&files["Aangifte"]).unwrap().pages, 3);
}
