//! The text of every demo document, as a person read and approved it.

use super::{demo_documents, drafts_of, text_of};
use crate::support::families::demo;
use combizitting::drafting::model::DraftKind;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/drafts/golden")
}

/// Hashes of frameworks and dossier change with every edit of those files; the text around them must not.
fn without_hashes(text: &str) -> String {
    text.split_inclusive(|sign: char| !sign.is_ascii_hexdigit())
        .map(|word| {
            let hex = word.trim_end_matches(|sign: char| !sign.is_ascii_hexdigit());
            if matches!(hex.len(), 16 | 64) { word.replace(hex, "<sha-256>") } else { word.to_owned() }
        })
        .collect()
}

#[test]
fn the_demo_documents_read_as_approved() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for draft in demo_documents() {
        let text = format!("{}\n", without_hashes(&text_of(&draft)));
        let path = folder().join(format!("{}.txt", draft.name));
        if update {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let approved = std::fs::read_to_string(&path).unwrap_or_default();
        let first = text.lines().zip(approved.lines()).find(|(now, before)| now != before);
        assert!(
            text == approved,
            "{} wijkt af van de goedgekeurde tekst, eerst hier: {first:?}. UPDATE_GOLDEN=1 werkt bij.",
            draft.name
        );
    }
}

#[test]
fn two_runs_give_the_same_documents() {
    for kind in DraftKind::ALL {
        assert_eq!(drafts_of(&demo(), kind), drafts_of(&demo(), kind));
    }
}
