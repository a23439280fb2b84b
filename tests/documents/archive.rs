//! The file for the archive, judged by a checker that is not ours: Apache PDFBox Preflight.

use super::demo_models;
use super::extract::{expected, pdf_lines, tool};
use combizitting::documents::pdf;
use std::process::Command;

/// Jars of Debian's libpdfbox2-java, with those that Java no longer brings itself.
const JARS: [&str; 8] =
    ["preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "commons-io", "javax.activation", "jaxb-api"];

/// What Preflight says of a file: nothing when it is valid PDF/A-1b.
fn preflight(file: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archief.pdf");
    std::fs::write(&path, file).unwrap();
    let jars: Vec<String> = JARS.iter().map(|jar| format!("/usr/share/java/{jar}.jar")).collect();
    for jar in &jars {
        assert!(
            std::path::Path::new(jar).exists(),
            "{jar} ontbreekt: installeer libpdfbox2-java, libcommons-io-java, libactivation-java en libjaxb-api-java"
        );
    }
    let output = Command::new("java")
        .args(["-cp", &jars.join(":"), "org.apache.pdfbox.preflight.Validator_A1b"])
        .arg(&path)
        .output()
        .expect("java ontbreekt: installeer default-jre-headless");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if said.contains("is a valid PDF/A-1b file") { String::new() } else { said }
}

#[test]
fn the_archive_file_of_a_concept_and_of_a_final_text_is_valid_for_an_independent_checker() {
    for (name, mut model) in demo_models() {
        // The checker starts a Java machine for each file: one with the CONCEPT mark, one without.
        let concept = match name.as_str() {
            "gedragsinterventie" => true,
            "beschermingsbrug" => false,
            _ => continue,
        };
        model.meta.concept = concept;
        let file = pdf::render_for_archive(&model).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(preflight(&file), "", "{name}, concept: {concept}");
    }
}

#[test]
fn the_archive_file_says_the_same_and_is_the_same_twice() {
    for (name, model) in demo_models() {
        let file = pdf::render_for_archive(&model).unwrap();
        assert_eq!(pdf_lines(&file), expected(&model), "{name}");
        assert_eq!(file, pdf::render_for_archive(&model).unwrap(), "{name}");
        tool("qpdf", "qpdf", &["--check", "FILE"], &file);
    }
}

#[test]
fn the_checker_does_refuse_a_file_that_is_not_for_the_archive() {
    let (_, model) = demo_models().remove(0);
    let said = preflight(&pdf::render(&model).unwrap());
    assert!(said.contains("Color Profile") && said.contains("PDF/A identification schema"), "{said}");
    assert!(!String::from_utf8_lossy(&pdf::render(&model).unwrap()).contains("pdfaid"), "no claim without a check");
}
