//! The main job as a newcomer runs it: `combizitting demo --no-serve`.

use super::{program, text};
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use tempfile::TempDir;

/// The demo is run once for all tests of this file.
static DEMO: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let output = program().args(["demo", "--no-serve", "--out"]).arg(dir.path().join("uit")).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    dir
});

fn files(extension: &str) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> = fs::read_dir(DEMO.path().join("uit"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|own| own == extension))
        .collect();
    found.sort();
    found
}

fn stems(extension: &str) -> BTreeSet<String> {
    files(extension).iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// Text of a PDF as anyone would search it.
fn pdf_text(path: &Path) -> String {
    let output = Command::new("pdftotext").arg("-layout").arg(path).arg("-").output();
    text(&output.expect("pdftotext ontbreekt: installeer het Debian-pakket poppler-utils").stdout)
}

/// All parts of a DOCX, decompressed.
fn docx_bytes(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(index).unwrap().read_to_end(&mut part).unwrap();
        all.push_str(&String::from_utf8_lossy(&part));
    }
    all
}

#[test]
fn the_demo_writes_every_draft_the_bridge_and_the_bundle_in_three_forms() {
    let pdf = stems("pdf");
    assert_eq!(pdf, stems("html"));
    assert_eq!(pdf, stems("docx"));
    for kind in ["gezag", "omgang", "gedragsinterventie", "huisverbod", "beschermingsbrug", "zittingsmap"] {
        assert!(pdf.iter().any(|name| name.contains(kind)), "{kind} ontbreekt in {pdf:?}");
    }
}

#[test]
fn every_pdf_is_valid_and_carries_the_word_concept_and_its_page_number() {
    for path in files("pdf") {
        let check = Command::new("qpdf").arg("--check").arg(&path).output();
        let check = check.expect("qpdf ontbreekt: installeer het Debian-pakket qpdf");
        assert!(check.status.success(), "{}: {}", path.display(), text(&check.stdout));
        let words = pdf_text(&path);
        assert!(words.contains("CONCEPT"), "{}", path.display());
        assert!(words.contains("pagina 1 van"), "{}", path.display());
    }
}

/// The bundles of the three judges, by file name.
fn bundles() -> Vec<(String, std::path::PathBuf)> {
    let folder = DEMO.path().join("uit/bundels");
    ["bestuursrechter", "familierechter", "strafrechter"]
        .map(|judge| (judge.to_owned(), folder.join(format!("zittingsbundel-{judge}.pdf"))))
        .to_vec()
}

#[test]
fn each_judge_gets_a_bundle_with_the_sheets_and_documents_of_their_own_domain() {
    for (judge, path) in bundles() {
        let check = Command::new("qpdf").arg("--check").arg(&path).output().unwrap();
        assert!(check.status.success(), "{judge}: {}", text(&check.stdout));
        let words = pdf_text(&path);
        let pages = words.matches("Bundel p. ").count();
        assert!(pages > 30 && words.contains("Bundel p. 1 van "), "{judge}: {pages}");
        assert!(
            words.contains("Zittingsbundel van 19 november 2026") && words.contains("Voorbeeldstuk bij een verzonnen")
        );
        assert!(!words.contains("Zilverreigerpad"), "{judge}");
        let is = |domain: &str| judge.starts_with(domain);
        for (domain, own) in [("familie", "familierecht"), ("straf", "strafrecht"), ("bestuur", "bestuursrecht")] {
            let file = words.contains(&format!("Zittingsmap: {own}"));
            assert_eq!(file, is(domain), "{judge}: the sheets leave the rest to the hearing file of their own domain");
        }
        assert_eq!(words.contains("Zittingsblad: strafzaak"), is("straf"), "{judge}");
        assert_eq!(words.contains("Zittingsblad: kinderbescherming"), is("familie"), "{judge}");
        assert_eq!(words.contains("Zittingsblad: beroep"), is("bestuur"), "{judge}");
        for own in ["Proces-verbaal van verhoor verdachte", "kwartelhok"] {
            assert_eq!(words.contains(own), is("straf"), "{judge}: {own}");
        }
    }
}

#[test]
fn the_secret_address_of_the_demo_stands_in_no_document_of_any_form() {
    let family = fs::read_to_string(super::demo_file()).unwrap();
    let canary = "Zilverreigerpad";
    assert!(family.contains(canary), "de demo heeft een geheim adres nodig om op te zoeken");
    for path in files("pdf") {
        assert!(!pdf_text(&path).contains(canary), "{}", path.display());
    }
    for path in files("html") {
        assert!(!fs::read_to_string(&path).unwrap().contains(canary), "{}", path.display());
    }
    for path in files("docx") {
        assert!(!docx_bytes(&path).contains(canary), "{}", path.display());
    }
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let again = tempfile::tempdir().unwrap();
    let output = program().args(["demo", "--no-serve", "--out"]).arg(again.path()).output().unwrap();
    assert!(output.status.success());
    for extension in ["pdf", "html", "docx"] {
        for path in files(extension) {
            let other = again.path().join(path.file_name().unwrap());
            assert!(fs::read(&path).unwrap() == fs::read(&other).unwrap(), "{} verschilt", path.display());
        }
    }
    for (judge, path) in bundles() {
        let other = again.path().join("bundels").join(path.file_name().unwrap());
        assert!(fs::read(&path).unwrap() == fs::read(&other).unwrap(), "bundel van de {judge} verschilt");
    }
}

#[test]
fn a_port_that_is_taken_is_told_in_dutch_before_anything_is_written() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("uit");
    let output = program().args(["demo", "--out"]).arg(&out).env("COMBIZITTING_POORT", &port).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stderr);
    assert!(message.contains(&port) && message.contains("al in gebruik"), "{message}");
    assert!(message.contains("COMBIZITTING_POORT"), "{message}");
    assert!(!out.exists() && output.stdout.is_empty());
}

#[test]
fn the_demo_serves_on_the_port_that_was_chosen() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let dir = tempfile::tempdir().unwrap();
    let mut served = program()
        .args(["demo", "--out"])
        .arg(dir.path())
        .env("COMBIZITTING_POORT", port.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let answered = (0..600).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    served.kill().unwrap();
    served.wait().unwrap();
    assert!(answered, "op poort {port} antwoordt niemand");
}

#[test]
fn each_hearing_sheet_names_the_day_the_bans_and_what_was_not_used() {
    let sheets: Vec<_> =
        files("pdf").into_iter().filter(|path| path.to_string_lossy().contains("zittingsblad-")).collect();
    assert_eq!(sheets.len(), 6, "one for each matter before a court: {sheets:?}");
    for sheet in sheets {
        let seen = pdf_text(&sheet);
        for words in
            ["Zitting: ", "Maatregelen op de peildatum", "Veiligheid op de zitting", "Tijdas", "Wat niet is gebruikt"]
        {
            assert!(seen.contains(words), "{} mist {words}", sheet.display());
        }
        assert!(seen.contains("M3") && seen.contains("contactverbod"), "{}", sheet.display());
    }
}
