//! The arrows between rooms, the size of files, the words of the trade, and the papers.

mod papers;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each room may name. The arrows go one way; `lib.rs` shows them.
const ALLOWED: &[(&str, &[&str])] = &[
    ("shared", &[]),
    ("dossier::model", &["shared"]),
    ("dossier", &["shared", "dossier::model", "audit", "db", "identity"]),
    ("intake", &["shared", "dossier::model"]),
    ("assessment", &["shared", "dossier"]),
    ("conflicts", &["shared", "dossier"]),
    ("documents", &["shared"]),
    ("drafting", &["shared", "dossier", "assessment", "conflicts", "documents", "audit", "db", "identity"]),
    ("bundle", &["shared", "dossier", "drafting", "assessment", "conflicts", "documents", "audit", "db", "identity"]),
    ("retention", &["shared", "dossier", "conflicts", "documents", "audit", "db", "identity"]),
    ("db", &["shared"]),
    ("audit", &["shared", "db"]),
    ("identity", &["shared", "dossier::model", "db", "audit"]),
];

/// Rooms that must stay free of web, database, templates and clock.
const PURE: &[&str] = &["shared", "assessment", "conflicts", "documents", "dossier/model", "intake"];
const IMPURE_WORDS: &[&str] =
    &["actix", "diesel", "handlebars", "Utc::now", "Local::now", "SystemTime", "Instant::now"];

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Lines that run in production: everything before the first inline test module.
fn production(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    if path.ends_with("tests.rs") {
        return String::new();
    }
    let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    text[..end].lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn room_of(path: &Path) -> Option<String> {
    let relative = path.strip_prefix(source_root()).unwrap();
    let mut parts = relative.components().map(|part| part.as_os_str().to_str().unwrap());
    let first = parts.next()?;
    let second = parts.next()?;
    Some(if first == "dossier" && second.starts_with("model") { "dossier::model".to_owned() } else { first.to_owned() })
}

/// Rooms named in `crate::room` paths, also inside `use crate::{a, b}`.
fn named_rooms(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names: Vec<&str> =
            if let Some(group) = rest.strip_prefix('{') { top_level_items(group) } else { vec![rest] };
        for name in names {
            let word =
                |text: &str| text.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect::<String>();
            let room = word(name.trim());
            let next = name.trim().strip_prefix(&format!("{room}::")).map(word).unwrap_or_default();
            rooms.insert(if room == "dossier" && next == "model" { "dossier::model".to_owned() } else { room });
        }
    }
    rooms
}

fn top_level_items(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, sign) in group.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items
}

#[test]
fn the_arrows_between_rooms_go_one_way() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ALLOWED.iter().map(|(room, others)| (*room, others.iter().copied().collect())).collect();
    let mut wrong = Vec::new();
    for path in sources(&source_root()) {
        let Some(room) = room_of(&path) else { continue };
        let Some(may) = allowed.get(room.as_str()) else { continue };
        for named in named_rooms(&production(&path)) {
            let own = named == room || (room == "dossier" && named == "dossier::model") || named.is_empty();
            let permitted = may.contains(named.as_str()) || (named == "dossier::model" && may.contains("dossier"));
            if !own && !permitted {
                wrong.push(format!("{}: {room} mag {named} niet kennen", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn pure_rooms_know_no_web_database_templates_or_clock() {
    let mut wrong = Vec::new();
    let models = sources(&source_root()).into_iter().filter(|path| path.ends_with("model.rs"));
    let pure = PURE.iter().flat_map(|room| sources(&source_root().join(room)));
    for path in pure.chain(models) {
        let code = production(&path);
        for word in IMPURE_WORDS.iter().filter(|word| code.contains(**word)) {
            wrong.push(format!("{} noemt {word}", path.display()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_stay_small_enough_to_read() {
    let too_long: Vec<String> = sources(&source_root())
        .into_iter()
        .map(|path| (production(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > 400)
        .map(|(lines, path)| format!("{}: {lines} regels", path.display()))
        .collect();
    assert_eq!(too_long, Vec::<String>::new());
}

#[test]
fn every_room_says_in_its_first_lines_what_it_is_for() {
    for path in sources(&source_root()) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{} begint niet met zijn doel", path.display());
    }
}

#[test]
fn every_dutch_term_in_the_code_stands_in_the_glossary() {
    const DUTCH: &[&str] = &[
        "Gezag",
        "Omgang",
        "Huisverbod",
        "Gedragsaanwijzing",
        "Ondertoezichtstelling",
        "Uithuisplaatsing",
        "Voogdij",
        "Zorgregeling",
        "Omgangsregeling",
        "Verzoeker",
        "Verweerder",
        "Belanghebbende",
        "Minderjarige",
        "Verdachte",
        "Veroordeelde",
        "Slachtoffer",
        "BenadeeldePartij",
        "Uithuisgeplaatste",
        "Achterblijver",
        "Eiser",
        "Informant",
        "Raad",
        "OpenbaarMinisterie",
        "GecertificeerdeInstelling",
        "Burgemeester",
        "LocoBurgemeester",
        "Hulpofficier",
        "Reclassering",
        "VeiligThuis",
        "Parketnummer",
        "Rekestnummer",
        "Zaaknummer",
        "VoorlopigeVoorziening",
        "SchorsingVoorlopigeHechtenis",
        "BijzondereVoorwaarde",
        "Vrijheidsbeperkend38v",
        "Detentie",
        "CivielVerbod",
        "SchorsingGezag",
        "Veiligheidsplan",
        "Besluit",
        "Borg",
        "Dwangsom",
        "Proeftijd",
    ];
    let glossary = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/woordenlijst.md")).unwrap();
    let code: String = sources(&source_root()).iter().map(|path| production(path)).collect();
    for term in DUTCH {
        let used = code.contains(term) || code.to_lowercase().contains(&term.to_lowercase());
        assert!(used, "{term} komt niet meer voor in de code; haal de term uit deze lijst");
        assert!(glossary.contains(&format!("`{term}`")), "{term} ontbreekt in docs/woordenlijst.md");
    }
}

#[test]
fn nothing_committed_names_a_machine_path() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let homes = ["/ro".to_owned() + "ot/", "/wo".to_owned() + "rk/", "/ho".to_owned() + "me/"];
    for folder in ["src", "tests", "docs", "templates", "assessment-frameworks", "migrations"] {
        let mut open = vec![root.join(folder)];
        while let Some(dir) = open.pop() {
            for entry in fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    if path.file_name().is_some_and(|name| name != "node_modules") {
                        open.push(path);
                    }
                } else if let Ok(text) = fs::read_to_string(&path) {
                    for home in &homes {
                        assert!(!text.contains(home.as_str()), "{} noemt een pad van een machine", path.display());
                    }
                }
            }
        }
    }
}

/// Names under `[dependencies]` of the project's own Cargo.toml.
fn dependencies() -> BTreeSet<String> {
    let text = include_str!("../../Cargo.toml");
    let own = text.split("\n[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let named = own.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    // A list of features over several lines has no name before it.
    named.map(|(name, _)| name.trim().to_owned()).filter(|name| !name.contains(' ')).collect()
}

#[test]
fn the_lock_files_of_the_benches_beside_peers_know_every_dependency_of_the_program() {
    let locks = [
        ("peers", include_str!("../../benches/peers/Cargo.lock")),
        ("papers", include_str!("../../benches/papers/Cargo.lock")),
        ("fuzz", include_str!("../../benches/fuzz/Cargo.lock")),
    ];
    assert!(dependencies().len() > 30, "{:?}", dependencies());
    for (bench, lock) in locks {
        let own = lock.split("[[package]]").find(|package| package.contains("name = \"combizitting\"")).unwrap();
        // With its version, when the lock file has several of that name.
        let known = |name: &str| own.contains(&format!(" \"{name}\"")) || own.contains(&format!(" \"{name} "));
        let missing: Vec<String> = dependencies().into_iter().filter(|name| !known(name)).collect();
        assert!(missing.is_empty(), "draai `cargo update -w --manifest-path benches/{bench}/Cargo.toml`: {missing:?}");
    }
}
