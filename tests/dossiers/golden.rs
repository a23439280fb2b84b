//! Answers that a person read and kept. `UPDATE_GOLDEN=1 cargo test --test suite golden` writes
//! them anew; read the difference before committing it.

use super::rooms::{assess, every_file};
use combizitting::{assessment, conflicts};
use std::path::PathBuf;

const KEPT: [&str; 4] = ["gezin", "ECLI_NL_RVS_2019_2520", "ECLI_NL_HR_2019_1806", "ECLI_NL_RBLIM_2016_4840"];

fn compare(name: &str, actual: &str) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "dossiers", "golden", name].iter().collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the golden folder can be made");
        std::fs::write(&path, actual).expect("the golden file can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let first = kept.lines().zip(actual.lines()).position(|(a, b)| a != b);
    assert!(
        kept == actual,
        "{name} differs from what was kept, first at line {:?}:\nkept: {:?}\nnow:  {:?}",
        first.map(|line| line + 1),
        first.and_then(|line| kept.lines().nth(line)),
        first.and_then(|line| actual.lines().nth(line)),
    );
}

#[test]
fn assessment_text_is_what_a_person_kept() {
    for (name, dossier, on) in every_file() {
        if KEPT.contains(&name) {
            let text = assessment::text::render(&assess(&dossier, on), &dossier);
            // The receipt changes with every letter of a framework file; its hashes are tested elsewhere.
            let read_by_a_person = text.split("\n== Verantwoording ==").next().unwrap_or_default();
            compare(&format!("{name}.assess.txt"), read_by_a_person);
        }
    }
}

#[test]
fn conflicts_text_is_what_a_person_kept() {
    for (name, dossier, on) in every_file() {
        if KEPT.contains(&name) {
            compare(
                &format!("{name}.conflicts.txt"),
                &conflicts::text::render(&conflicts::find(&dossier, on), &dossier),
            );
        }
    }
}
