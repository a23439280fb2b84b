//! The Word file on its way back: what was written reads the same, also after LibreOffice saved
//! it; what was edited is told, and nothing else.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use combizitting::documents::compare::{Change, compare};
use combizitting::documents::docx;
use combizitting::documents::docx::read::{ReadBack, read};
use combizitting::documents::model::DocumentModel;
use combizitting::drafting::model::DraftKind;
use combizitting::{conflicts, drafting};

use crate::documents::sample;
use crate::dossiers::rooms::{assess, every_file};

/// Every document of every kind of draft, on the demo family and on all rulings.
fn drafts(files: usize) -> Vec<(String, DocumentModel)> {
    let mut found = Vec::new();
    for (name, dossier, on) in every_file().into_iter().take(files) {
        let (assessed, clashes) = (assess(&dossier, on), conflicts::find(&dossier, on));
        for kind in DraftKind::ALL {
            let set = drafting::draft(&dossier, &assessed, &clashes, kind, on).expect("a draft or a reason");
            found.extend(set.documents.into_iter().map(|draft| (format!("{name} {}", draft.name), draft.model)));
        }
    }
    found
}

fn demo_drafts() -> Vec<(String, DocumentModel)> {
    drafts(1)
}

/// Nothing differs and the code is the document's own.
fn assert_same(name: &str, model: &DocumentModel, file: &ReadBack) {
    let differences = compare(model, &file.lines);
    assert!(differences.is_empty(), "{name}: {differences:#?}");
    assert_eq!(file.control_codes.join(" "), model.meta.control_code, "{name}");
    assert_eq!(file.seen.tracked + file.seen.comments + file.seen.text_boxes, 0, "{name}: {:?}", file.seen);
}

#[test]
fn every_draft_on_every_file_reads_back_without_a_difference() {
    let drafts = drafts(usize::MAX);
    assert!(drafts.len() >= 30, "{} drafts", drafts.len());
    for (name, model) in &drafts {
        assert_same(name, model, &read(&docx::render(model).expect("a DOCX")).expect("a Word file"));
    }
    for (name, model) in [("complete", sample::complete()), ("long", sample::long()), ("hostile", sample::hostile())] {
        assert_same(name, &model, &read(&docx::render(&model).expect("a DOCX")).expect("a Word file"));
    }
}

/// Has LibreOffice open a file and save it as another kind.
fn saved_by_libreoffice(folder: &Path, file: &str, kind: &str, out: &str) {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profiel").display());
    let output = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", kind, "--outdir"])
        .arg(folder.join(out))
        .arg(folder.join(file))
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| {
            panic!("soffice kan niet starten ({error}); installeer het Debian-pakket libreoffice-writer-nogui")
        });
    assert!(output.status.success(), "soffice: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_draft_that_libreoffice_opened_and_saved_has_no_difference_also_by_way_of_odt() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut drafts = demo_drafts();
    drafts.push(("complete".to_owned(), sample::complete()));
    for (index, (name, model)) in drafts.iter().enumerate() {
        // Starting the program costs most of the time; the way by odt is walked by two.
        let file = format!("d{index}.docx");
        std::fs::write(folder.path().join(&file), docx::render(model).expect("a DOCX")).expect("written");
        saved_by_libreoffice(folder.path(), &file, "docx:MS Word 2007 XML", "word");
        let saved = std::fs::read(folder.path().join("word").join(&file)).expect("saved");
        assert_same(&format!("{name} saved"), model, &read(&saved).expect("a Word file"));
        if index == 0 || index + 1 == drafts.len() {
            saved_by_libreoffice(folder.path(), &file, "odt", "odt");
            saved_by_libreoffice(folder.path(), &format!("odt/d{index}.odt"), "docx:MS Word 2007 XML", "terug");
            let saved = std::fs::read(folder.path().join("terug").join(&file)).expect("saved");
            assert_same(&format!("{name} by odt"), model, &read(&saved).expect("a Word file"));
        }
    }
}

/// A Word file with another text in its main part.
pub fn with_body(bytes: &[u8], edit: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        let text = if name == "word/document.xml" { edit(text) } else { text };
        to.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        to.write_all(text.as_bytes()).expect("written");
    }
    to.finish().expect("a zip").into_inner()
}

/// The XML of the numbered paragraph with this bookmark.
pub fn paragraph_xml(body: &str, number: &str) -> String {
    let mark = body.find(&format!("w:name=\"rov_{}\"", number.replace('.', "_"))).expect("the bookmark");
    let start = body[..mark].rfind("<w:p>").expect("its paragraph");
    let end = start + body[start..].find("</w:p>").expect("its end") + "</w:p>".len();
    body[start..end].to_owned()
}

#[test]
fn one_paragraph_edited_one_added_and_one_removed_in_the_file_are_exactly_those_three() {
    for (name, model) in demo_drafts() {
        let numbers: Vec<String> = model
            .blocks
            .iter()
            .filter_map(|block| match block {
                combizitting::documents::model::Block::Paragraph { number: Some(number), .. } => Some(number.clone()),
                _ => None,
            })
            .collect();
        if numbers.len() < 4 {
            continue;
        }
        let (first, last) = (&numbers[1], &numbers[numbers.len() - 1]);
        let bytes = with_body(&docx::render(&model).expect("a DOCX"), |body| {
            let (edited, gone) = (paragraph_xml(&body, first), paragraph_xml(&body, last));
            let at = edited.rfind("</w:t></w:r>").expect("text");
            let more = format!("{} Dat staat vast.{}", &edited[..at], &edited[at..]);
            let added = "<w:p><w:r><w:t>Hier komt een alinea bij.</w:t></w:r></w:p>";
            body.replace(&edited, &format!("{more}{added}")).replace(&gone, "")
        });
        let differences = compare(&model, &read(&bytes).expect("a Word file").lines);
        let told: Vec<(Change, String)> = differences
            .iter()
            .map(|item| (item.change, item.held.as_ref().and_then(|held| held.number.clone()).unwrap_or_default()))
            .collect();
        let expected =
            [(Change::Changed, first.clone()), (Change::Added, String::new()), (Change::Removed, last.clone())];
        assert_eq!(told, expected, "{name}");
        assert!(differences[0].new.contains("Dat staat vast."), "{name}: {:?}", differences[0]);
    }
}
