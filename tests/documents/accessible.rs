//! What a reader who does not see the page gets, judged by checkers that are not ours.

use super::demo_models as models;
use super::extract::tool;
use crate::support::families::{demo, demo_day};
use combizitting::assessment::{assess, builtin};
use combizitting::conflicts::find;
use combizitting::documents::model::DocumentModel;
use combizitting::documents::pdf;
use combizitting::drafting::hearing_sheets;
use std::path::Path;
use std::process::Command;

/// Findings of outloud on these files, errors and warnings. DOC-012 asks for the mark of PDF/UA, which no official
/// checker has confirmed and which we therefore do not set.
fn outloud(files: &[(String, Vec<u8>)]) -> String {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/outloud/bin/outloud");
    assert!(program.exists(), "outloud ontbreekt: draai .ci/outloud");
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(program);
    command.args(["--skip", "DOC-012", "--no-info", "--fail-on", "warning"]);
    for (name, bytes) in files {
        let path = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&path, bytes).unwrap();
        command.arg(path);
    }
    let output = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() { String::new() } else { said }
}

/// The sheet for the hearing on omgang, which has a drawing.
fn sheet() -> (String, DocumentModel) {
    let (dossier, on) = (demo(), demo_day());
    let findings = assess(&dossier, builtin().unwrap(), on, &[]).unwrap();
    let sheets = hearing_sheets(&dossier, &findings, &find(&dossier, on), on).unwrap();
    let sheet = sheets.into_iter().find(|sheet| sheet.name.contains("omgang")).unwrap();
    (sheet.name, sheet.model)
}

#[test]
fn structure_language_headings_lists_tables_and_title_are_right_for_an_independent_checker() {
    let papers = models().into_iter().chain([sheet()]);
    let mut files: Vec<_> = papers.map(|(name, model)| (name, pdf::render(&model).unwrap())).collect();
    files.push(("zittingsbundel".to_owned(), super::bundle::of_own_papers()));
    assert_eq!(outloud(&files), "");
}

#[test]
fn the_checker_does_find_a_file_without_language_and_without_structure() {
    let (name, model) = models().remove(0);
    let mut file = lopdf::Document::load_mem(&pdf::render(&model).unwrap()).unwrap();
    let catalog = file.catalog_mut().unwrap();
    for key in [b"Lang".as_slice(), b"MarkInfo", b"StructTreeRoot"] {
        catalog.remove(key);
    }
    let mut broken = Vec::new();
    file.save_to(&mut broken).unwrap();
    let said = outloud(&[(name, broken)]);
    assert!(said.contains("ERROR"), "{said}");
}

/// Words in the order in which reading software gets them from the structure tree (poppler).
fn words_by_structure(file: &[u8]) -> Vec<String> {
    let text = tool("pdfinfo", "poppler-utils", &["-struct-text", "FILE"], file);
    let quoted = |line: &str| line.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(str::to_owned);
    text.lines().filter_map(quoted).flat_map(|line| words(&line)).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn reading_software_gets_the_words_of_the_decision_in_their_order() {
    for (name, model) in models() {
        let heard = words_by_structure(&pdf::render(&model).unwrap());
        let written: Vec<String> = model.text_lines().iter().flat_map(|line| words(line)).collect();
        assert!(heard.len() > 500, "{name}: {}", heard.len());
        assert_eq!(undivided(&heard, &written), written, "{name}");
    }
}

/// Poppler prints a word divided over two lines in its two parts; other readers take the whole word from the file.
/// Parts are joined where together they are the next word that was written, and nowhere else.
fn undivided(heard: &[String], written: &[String]) -> Vec<String> {
    let mut words = Vec::with_capacity(written.len());
    let mut rest = heard.iter().peekable();
    while let Some(word) = rest.next() {
        let wanted = written.get(words.len());
        let whole = word.strip_suffix('-').zip(rest.peek()).and_then(|(begin, end)| {
            [format!("{begin}{end}"), format!("{word}{end}")].into_iter().find(|whole| Some(whole) == wanted)
        });
        match whole {
            Some(whole) => {
                rest.next();
                words.push(whole);
            }
            None => words.push(word.clone()),
        }
    }
    words
}

/// What a reader says beside the text itself.
fn complaints(program: &str, package: &str, arguments: &[&str], file: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stuk.pdf");
    std::fs::write(&path, file).unwrap();
    let path = path.to_str().unwrap();
    let output = Command::new(program)
        .args(arguments.iter().map(|argument| argument.replace("FILE", path)))
        .output()
        .unwrap_or_else(|error| panic!("{program} kan niet starten ({error}); installeer het Debian-pakket {package}"));
    assert!(output.status.success(), "{program}");
    // Debian's mutool says of itself, not of the file, that it was built without colour profiles.
    let own = "warning: ICC support is not available";
    let said = String::from_utf8_lossy(&output.stderr);
    said.lines().filter(|line| *line != own).collect::<Vec<_>>().join("\n")
}

#[test]
fn two_readers_that_are_not_ours_open_every_paper_without_complaint() {
    for (name, model) in models() {
        let file = pdf::render(&model).unwrap();
        for (program, package, arguments) in [
            ("qpdf", "qpdf", &["--check", "FILE"][..]),
            ("pdftotext", "poppler-utils", &["FILE", "-"]),
            ("mutool", "mupdf-tools", &["draw", "-q", "-F", "text", "-o", "-", "FILE"]),
        ] {
            assert_eq!(complaints(program, package, arguments, &file), "", "{name}: {program}");
        }
    }
}
