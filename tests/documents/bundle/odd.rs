//! Files that are made in an unusual way are taken whole; files that do or hide something are refused.

use super::foreign::{Foreign, shows};
use super::{assert_sound, empty, everything, part, put_together};
use crate::documents::extract::{pdf_pages, tool};
use combizitting::documents::bundle::model::Group;
use combizitting::documents::bundle::problem::PdfProblem;
use combizitting::documents::bundle::{LARGEST_FILE, MOST_PAGES, check};
use lopdf::{Dictionary, Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};

type Made = (&'static str, Vec<u8>);

fn made(name: &'static str, change: impl FnOnce(&mut Foreign)) -> Made {
    let mut file = Foreign::new("herkenbaar");
    change(&mut file);
    (name, file.bytes())
}

fn box_of(sides: [i64; 4]) -> Object {
    sides.map(Object::from).to_vec().into()
}

fn odd_but_good() -> Vec<Made> {
    let mut packed = Foreign::new("herkenbaar");
    vec![
        ("objects packed together", packed.packed()),
        made("turned a quarter", |file| file.on_page().set("Rotate", 90)),
        made("turned back a quarter", |file| file.on_page().set("Rotate", -90)),
        made("upside down", |file| file.on_page().set("Rotate", 180)),
        made("cut", |file| file.on_page().set("CropBox", box_of([40, 40, 560, 800]))),
        made("away from the corner", |file| {
            file.on_page().set("MediaBox", box_of([-100, -50, 495, 792]));
        }),
        made("corners the other way around", |file| file.on_page().set("MediaBox", box_of([595, 842, 0, 0]))),
        made("size and fonts inherited", |file| {
            let size = file.on_page().remove(b"MediaBox").unwrap();
            let fonts = file.on_page().remove(b"Resources").unwrap();
            file.on_root().set("MediaBox", size);
            file.on_root().set("Resources", fonts);
            file.on_root().set("Rotate", 90);
        }),
        made("content in parts, divided between words", |file| {
            let content = shows("herkenbaar");
            let (one, two) = content.split_at(7);
            let parts = [one, two].map(|part| file.document.add_object(Stream::new(Dictionary::new(), part.to_vec())));
            file.on_page().set("Contents", parts.map(Object::Reference).to_vec());
        }),
        made("states left open and closed too often", |file| {
            let mut content = b"Q Q Q q 0.1 0 0 0.1 300 300 cm q\n".to_vec();
            content = [b"q q 1 0 0 1 0 0 cm\n".to_vec(), shows("herkenbaar"), content].concat();
            let content = file.document.add_object(Stream::new(Dictionary::new(), content));
            file.on_page().set("Contents", content);
        }),
        made("larger units", |file| file.on_page().set("UserUnit", 2)),
        made("a small page", |file| {
            file.on_page().set("MediaBox", box_of([0, 650, 260, 760]));
        }),
        made("layers that all show", |file| {
            let layer =
                file.document.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("Laag") });
            let usual = dictionary! { "ON" => vec![layer.into()], "Order" => vec![layer.into()] };
            let layers = dictionary! { "OCGs" => vec![layer.into()], "D" => usual };
            file.on_catalog().set("OCProperties", layers);
        }),
        made("a signature that shows nothing", |file| {
            let field = dictionary! {
                "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "Rect" => box_of([0, 0, 0, 0])
            };
            file.mark(field);
        }),
    ]
}

#[test]
fn unusual_files_are_taken_whole_with_a_stamp_that_is_read() {
    let files = odd_but_good();
    let mut bundle = empty();
    let parts = files.iter().map(|(name, bytes)| part(name, Some(check(bytes).expect(name).pages)));
    bundle.groups = vec![Group { heading: "Vreemde stukken".to_owned(), parts: parts.collect() }];
    let kept = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
    let (bytes, assembled) = put_together(&bundle, &kept).unwrap();
    assert_sound("odd", &bytes);
    let pages = pdf_pages(&bytes);
    let index = assembled.pages - files.len();
    for ((name, file), (page, number)) in files.iter().zip(pages.iter().zip(1..).skip(index)) {
        assert!(page.contains("herkenbaar"), "{name}: {page}");
        assert!(page.contains(&format!("Bundel p. {number} van {}", pages.len())), "{name}: {page}");
        assert_eq!(corners(file, 1), corners(&bytes, number), "{name}: the size as it is seen");
    }
}

#[test]
fn a_count_of_pages_that_is_not_true_is_not_believed() {
    let (name, bytes) = made("count", |file| file.on_root().set("Count", 2_000_000_000));
    assert_eq!(check(&bytes).unwrap().pages, 1);
    let mut bundle = empty();
    bundle.groups = vec![Group { heading: "Stuk".to_owned(), parts: vec![part(name, Some(1))] }];
    let (bytes, _) = put_together(&bundle, &[(name.to_owned(), bytes)].into()).unwrap();
    assert!(pdf_pages(&bytes)[1].contains("herkenbaar"));
    assert_sound(name, &bytes);
}

/// Width and height of a page, and how it is turned, as poppler sees it.
fn corners(bytes: &[u8], page: usize) -> (String, String) {
    let page = page.to_string();
    let told = tool("pdfinfo", "poppler-utils", &["-f", &page, "-l", &page, "FILE"], bytes);
    let line = |name: &str| {
        let found = told.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {told}"));
        found.split_once(':').unwrap().1.trim().to_owned()
    };
    (line("size").split(" (").next().unwrap().to_owned(), line("rot"))
}

#[test]
fn the_page_below_the_stamp_looks_as_it_did() {
    for (name, bytes) in odd_but_good() {
        let mut bundle = empty();
        let pages = check(&bytes).unwrap().pages;
        bundle.groups = vec![Group { heading: "Stuk".to_owned(), parts: vec![part(name, Some(pages))] }];
        let kept = [(name.to_owned(), bytes.clone())].into();
        let (whole, _) = put_together(&bundle, &kept).unwrap();
        let (before, after) = (dots(&bytes, 1), dots(&whole, 2));
        assert_eq!(before.len(), after.len(), "{name}");
        let changed = before.iter().zip(&after).filter(|(one, other)| one.abs_diff(**other) > 40).count();
        // Only the stamp is new: a strip at the bottom.
        assert!(changed > 0 && changed * 100 < before.len() * 9, "{name}: {changed} of {}", before.len());
    }
}

/// A page in grey, small.
fn dots(bytes: &[u8], page: usize) -> Vec<u8> {
    let page = page.to_string();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let output = std::process::Command::new("pdftoppm")
        .args(["-gray", "-r", "40", "-f", &page, "-l", &page])
        .arg(file.path())
        .output()
        .unwrap();
    output.stdout
}

#[test]
fn what_was_filled_in_or_stamped_on_the_page_is_drawn_into_it() {
    for (kind, word) in [("Widget", "ingevuld"), ("Stamp", "ontvangen"), ("FreeText", "getypt"), ("Highlight", "geel")]
    {
        let mut file = Foreign::new("herkenbaar");
        let image = file.image(word);
        file.mark(dictionary! {
            "Type" => "Annot", "Subtype" => kind, "Rect" => box_of([50, 300, 350, 330]), "F" => 4,
            "AP" => dictionary! { "N" => image }
        });
        let mut bundle = empty();
        bundle.groups = vec![Group { heading: "Stuk".to_owned(), parts: vec![part(kind, Some(1))] }];
        let (bytes, _) = put_together(&bundle, &[(kind.to_owned(), file.bytes())].into()).unwrap();
        let page = &pdf_pages(&bytes)[1];
        assert!(page.contains(word) && page.contains("herkenbaar"), "{kind}: {page}");
        let document = Document::load_mem(&bytes).unwrap();
        let last = document.page_iter().last().unwrap();
        assert!(document.get_page_annotations(last).unwrap().is_empty(), "{kind} is no mark any more");
        assert_sound(kind, &bytes);
    }
}

#[test]
fn nothing_comes_along_that_the_page_does_not_show() {
    let mut file = Foreign::new("herkenbaar");
    let canary = |number: usize| format!("kanarie{number}");
    let text = |number: usize| Object::string_literal(canary(number));
    let metadata = file
        .document
        .add_object(Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, canary(1).into_bytes()));
    let outline = file.document.add_object(dictionary! { "Title" => text(2) });
    let link = dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "Rect" => box_of([0, 0, 100, 100]), "Contents" => text(3),
        "A" => dictionary! { "S" => "URI", "URI" => text(4) }
    };
    let note =
        dictionary! { "Type" => "Annot", "Subtype" => "Text", "Rect" => box_of([0, 0, 9, 9]), "Contents" => text(5) };
    let marks = [link, note].map(|mark| Object::Reference(file.document.add_object(mark)));
    let private = dictionary! { "Programma" => dictionary! { "Private" => text(6) } };
    let page = file.on_page();
    page.set("Annots", marks.to_vec());
    page.set("PieceInfo", private.clone());
    page.set("Metadata", metadata);
    page.set("ID", text(7));
    page.set("LastModified", text(8));
    let catalog = file.on_catalog();
    catalog.set("Metadata", metadata);
    catalog.set("PieceInfo", private);
    catalog.set("Outlines", dictionary! { "First" => outline, "Last" => outline });
    catalog.set("Names", dictionary! { "Dests" => dictionary! { "Names" => vec![text(9), Object::Null] } });
    catalog.set("StructTreeRoot", dictionary! { "Type" => "StructTreeRoot", "K" => dictionary! { "Alt" => text(10) } });
    catalog.set("OpenAction", dictionary! { "S" => "URI", "URI" => text(11) });
    let information = file.document.add_object(dictionary! { "Title" => text(12), "Author" => text(13) });
    file.document.trailer.set("Info", information);
    let unused = Stream::new(Dictionary::new(), canary(14).into_bytes());
    file.document.add_object(unused);
    let bytes = file.bytes();
    let before = everything(&bytes);
    assert!((1..=14).all(|number| before.contains(&canary(number))), "the file holds each of them");
    let mut bundle = empty();
    bundle.groups = vec![Group { heading: "Stuk".to_owned(), parts: vec![part("Stuk", Some(1))] }];
    let (bytes, _) = put_together(&bundle, &[("Stuk".to_owned(), bytes)].into()).unwrap();
    let text = everything(&bytes);
    assert!(text.contains("herkenbaar") && !text.contains("kanarie"), "something came along");
}

fn encrypted() -> Vec<u8> {
    let mut file = Foreign::new("herkenbaar");
    file.document.trailer.set("ID", vec![Object::string_literal("een"), Object::string_literal("twee")]);
    let version = EncryptionVersion::V2 {
        document: &file.document,
        owner_password: "eigenaar",
        user_password: "",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    file.document.encrypt(&state).unwrap();
    file.bytes()
}

type Refused = (&'static str, Vec<u8>, PdfProblem);

fn with(name: &'static str, problem: PdfProblem, change: impl FnOnce(&mut Foreign)) -> Refused {
    let (name, bytes) = made(name, change);
    (name, bytes, problem)
}

fn refused() -> Vec<Refused> {
    [not_a_whole_pdf(), active(), strange()].concat()
}

fn not_a_whole_pdf() -> Vec<Refused> {
    let whole = Foreign::new("herkenbaar").bytes();
    vec![
        ("empty", Vec::new(), PdfProblem::NotPdf),
        ("a text", b"Beste rechtbank, hierbij de stukken.".to_vec(), PdfProblem::NotPdf),
        ("a Word file", b"PK\x03\x04word/document.xml".to_vec(), PdfProblem::NotPdf),
        ("only a beginning", b"%PDF-1.7\n".to_vec(), PdfProblem::Unreadable),
        ("cut off", whole[..whole.len() * 2 / 3].to_vec(), PdfProblem::Unreadable),
        ("encrypted, with an empty password", encrypted(), PdfProblem::Encrypted),
    ]
}

fn active() -> Vec<Refused> {
    let script = || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    vec![
        with("script on opening", PdfProblem::Script, |file| file.on_catalog().set("OpenAction", script())),
        with("script by name", PdfProblem::Script, |file| {
            let names = dictionary! { "JavaScript" => dictionary! { "Names" => vec![Object::Null] } };
            file.on_catalog().set("Names", names);
        }),
        with("script of a page", PdfProblem::Script, |file| file.on_page().set("AA", dictionary! { "O" => script() })),
        with("script that nothing names", PdfProblem::Script, |file| {
            file.document.add_object(script());
        }),
        with("starts a program", PdfProblem::Action, |file| {
            let action = dictionary! { "S" => "Launch", "F" => Object::string_literal("cmd.exe") };
            file.on_catalog().set("OpenAction", action);
        }),
        with("sends a form", PdfProblem::Action, |file| {
            file.document.add_object(dictionary! { "S" => "SubmitForm", "F" => Object::string_literal("x") });
        }),
        with("a file inside", PdfProblem::EmbeddedFiles, |file| {
            file.document.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"x".to_vec()));
        }),
        with("a portfolio", PdfProblem::EmbeddedFiles, |file| file.on_catalog().set("Collection", Dictionary::new())),
        with("a form of another kind", PdfProblem::LiveForm, |file| {
            file.on_catalog().set("AcroForm", dictionary! { "XFA" => Object::string_literal("x") });
        }),
        with("a form that is drawn later", PdfProblem::LiveForm, |file| {
            file.on_catalog().set("AcroForm", dictionary! { "NeedAppearances" => true });
        }),
        with("content from outside", PdfProblem::OutsideContent, |file| {
            file.document
                .add_object(Stream::new(dictionary! { "F" => Object::string_literal("elders.bin") }, Vec::new()));
        }),
    ]
}

fn strange() -> Vec<Refused> {
    let kind = |kind: &'static str| {
        move |file: &mut Foreign| {
            file.mark(dictionary! { "Type" => "Annot", "Subtype" => kind, "Rect" => box_of([0, 0, 50, 50]) })
        }
    };
    vec![
        with("a hidden layer", PdfProblem::HiddenLayers, |file| {
            let layer = file.document.add_object(dictionary! { "Type" => "OCG" });
            let usual = dictionary! { "OFF" => vec![layer.into()] };
            file.on_catalog().set("OCProperties", dictionary! { "OCGs" => vec![layer.into()], "D" => usual });
        }),
        with("words to be blacked out", PdfProblem::UnappliedRedaction { page: 1 }, kind("Redact")),
        with("a film", PdfProblem::Multimedia { page: 1 }, kind("Movie")),
        with("typed on it without an image", PdfProblem::Marking { page: 1 }, kind("FreeText")),
        with("a file on the page", PdfProblem::EmbeddedFiles, kind("FileAttachment")),
        with("no pages", PdfProblem::NoPages, |file| file.on_root().set("Kids", Vec::<Object>::new())),
        with("a page tree that leads back", PdfProblem::PageTree, |file| {
            let root = file.root;
            file.on_root().set("Kids", vec![Object::Reference(root)]);
        }),
        with("a page without a size", PdfProblem::PageSize { page: 1 }, |file| {
            file.on_page().remove(b"MediaBox");
        }),
        with("a page of no size", PdfProblem::PageSize { page: 1 }, |file| {
            file.on_page().set("MediaBox", box_of([0, 0, 0, 0]));
        }),
        with("parts that cannot be unpacked", PdfProblem::Packing { page: 1 }, |file| {
            let part = Stream::new(dictionary! { "Filter" => "CryptDecode" }, b"x".to_vec());
            let part = file.document.add_object(part);
            file.on_page().set("Contents", vec![part.into(), part.into()]);
        }),
        ("unpacks without end", bomb(), PdfProblem::Bomb),
        (
            "too large",
            [b"%PDF-1.7\n".to_vec(), vec![b' '; LARGEST_FILE]].concat(),
            PdfProblem::TooLarge { size: 26, most: 25 },
        ),
    ]
}

/// Packed objects that unpack to more than may be.
fn bomb() -> Vec<u8> {
    let mut file = Foreign::new("herkenbaar");
    for _ in 0..2 {
        let mut packed = Stream::new(
            dictionary! { "Type" => "XbjStm", "N" => 1, "First" => 6 },
            [b"900 0 ".to_vec(), vec![b' '; 40_000_000], b"1".to_vec()].concat(),
        );
        packed.compress().unwrap();
        file.document.add_object(packed);
    }
    let mut bytes = file.bytes();
    // lopdf writes no packed objects that it did not pack itself.
    while let Some(at) = bytes.windows(6).position(|window| window == b"XbjStm") {
        bytes[at] = b'O';
    }
    bytes
}

#[test]
fn a_file_that_does_or_hides_something_is_refused_with_what_to_do() {
    for (name, bytes, problem) in refused() {
        let told = check(&bytes).expect_err(name);
        assert_eq!(told, problem, "{name}");
        let told = told.to_string();
        assert!(told.ends_with('.') && told.len() > 30 && !told.contains("app.alert"), "{name}: {told}");
    }
}

#[test]
fn too_many_pages_are_refused_and_as_many_as_allowed_are_not() {
    let pages = |count: usize| {
        let mut file = Foreign::new("herkenbaar");
        let page = file.on_page().clone();
        let kids: Vec<Object> = (0..count).map(|_| file.document.add_object(page.clone()).into()).collect();
        file.on_root().set("Kids", kids);
        file.bytes()
    };
    assert_eq!(check(&pages(MOST_PAGES)).unwrap().pages, MOST_PAGES);
    assert_eq!(check(&pages(MOST_PAGES + 1)).unwrap_err(), PdfProblem::TooManyPages { most: MOST_PAGES });
}

#[test]
fn a_file_changed_at_any_byte_is_taken_or_refused_and_never_stops_the_program() {
    let whole = Foreign::new("herkenbaar").packed();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x15;
        let Ok(checked) = check(&changed) else { continue };
        let mut bundle = empty();
        bundle.groups = vec![Group { heading: "Stuk".to_owned(), parts: vec![part("Stuk", Some(checked.pages))] }];
        if at % 40 == 0 {
            put_together(&bundle, &[("Stuk".to_owned(), changed)].into()).expect("what was checked can be put in");
        }
    }
}
