//! The papers on trust are held to the code: what they name is there, and their tables are counted right.
//!
//! Whether a test proves enough remains for a person to judge.

use combizitting::web::endpoint::ENDPOINTS;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Papers with a table of controls.
const TABLES: [&str; 2] = ["asvs.md", "bio2.md"];
/// All papers that rest on the code.
const PAPERS: [&str; 6] =
    ["asvs.md", "bio2.md", "gegevensbescherming.md", "ai-verordening.md", "draaiboek.md", "dreigingen.md"];
const MET: &str = "voldaan";
const STANDS: [&str; 5] = [MET, "deels", "niet", "n.v.t.", "buiten"];
/// Where a path of this project begins.
const FOLDERS: [&str; 8] =
    ["src/", "tests/", "docs/", "migrations/", "templates/", "benches/", ".ci/", "assessment-frameworks/"];
/// Requirements of levels 1 and 2 in each chapter of OWASP ASVS 5.0.0, as counted in the list of OWASP itself.
const ASVS: [(&str, usize); 17] = [
    ("V1", 27),
    ("V2", 11),
    ("V3", 19),
    ("V4", 10),
    ("V5", 9),
    ("V6", 35),
    ("V7", 18),
    ("V8", 7),
    ("V9", 7),
    ("V10", 29),
    ("V11", 14),
    ("V12", 9),
    ("V13", 13),
    ("V14", 9),
    ("V15", 13),
    ("V16", 16),
    ("V17", 7),
];

/// One requirement or measure.
struct Row {
    number: String,
    subject: String,
    stand: String,
    /// What stands after the colon of the stand.
    lacking: String,
    code: Vec<String>,
    tests: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn paper(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).unwrap()
}

/// What stands between backticks, outside blocks of commands.
fn quoted(text: &str) -> Vec<String> {
    let mut in_block = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

fn cells(line: &str) -> Vec<&str> {
    let inner = line.trim().strip_prefix('|').and_then(|rest| rest.strip_suffix('|'));
    inner.map(|inner| inner.split('|').map(str::trim).collect()).unwrap_or_default()
}

fn is_number(text: &str) -> bool {
    let bare = text.strip_prefix('V').unwrap_or(text);
    let digits = |part: &str| !part.is_empty() && part.chars().all(|sign| sign.is_ascii_digit());
    bare.contains('.') && bare.split('.').all(digits)
}

/// The rows of a table of controls; a line of five cells that is no row, head or rule is a mistake.
fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in text.lines() {
        let cells = cells(line);
        if cells.len() != 5 || cells[0] == "Nummer" || cells[0].starts_with('-') {
            continue;
        }
        assert!(is_number(cells[0]), "geen nummer: {line}");
        let (stand, lacking) = cells[2].split_once(':').unwrap_or((cells[2], ""));
        rows.push(Row {
            number: cells[0].to_owned(),
            subject: cells[1].to_owned(),
            stand: stand.trim().to_owned(),
            lacking: lacking.trim().to_owned(),
            code: quoted(cells[3]),
            tests: quoted(cells[4]),
        });
    }
    assert!(rows.len() > 50, "the table was not read: {} rows", rows.len());
    rows
}

/// Whether a file, or a file under a folder, has tests.
fn has_tests(path: &Path) -> bool {
    if path.is_dir() {
        return fs::read_dir(path).unwrap().any(|entry| has_tests(&entry.unwrap().path()));
    }
    let marks = ["#[test]", "#[rstest]", "#[actix_web::test]", "proptest!"];
    let text = if path.extension().is_some_and(|kind| kind == "rs") { fs::read_to_string(path) } else { return false };
    text.is_ok_and(|text| marks.into_iter().any(|mark| text.contains(mark)))
}

/// The files that can be the module at this place.
fn files_of(module: &Path) -> [PathBuf; 2] {
    [module.with_extension("rs"), module.join("mod.rs")]
}

/// Whether `a::b::c` is a module with tests, or a function in one, under `tests` or `src`.
fn is_test(name: &str) -> bool {
    let parts: Vec<&str> = name.split("::").collect();
    let (last, before) = parts.split_last().unwrap();
    ["tests", "src"].into_iter().any(|top| {
        let place = |parts: &[&str]| parts.iter().fold(root().join(top), |path, part| path.join(part));
        let module = place(&parts);
        if (module.is_dir() && has_tests(&module)) || files_of(&module).iter().any(|file| has_tests(file)) {
            return true;
        }
        let function = format!("fn {last}(");
        let holds = |file: &PathBuf| fs::read_to_string(file).is_ok_and(|text| text.contains(&function));
        files_of(&place(before)).iter().any(|file| has_tests(file) && holds(file))
    })
}

fn is_path(token: &str) -> bool {
    FOLDERS.iter().any(|folder| token.starts_with(folder)) && !token.contains(' ')
}

/// A name as `http::sweep`; `Endpoint::keeping` is none.
fn is_module_name(token: &str) -> bool {
    token.contains("::")
        && token.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "_:".contains(sign))
}

/// Requirements, then those of each stand: per chapter and in all.
fn counted(rows: &[Row]) -> BTreeMap<String, Vec<usize>> {
    let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in rows {
        let at = STANDS.iter().position(|stand| *stand == row.stand).unwrap();
        for key in [row.number.split('.').next().unwrap(), "Totaal"] {
            let counts = all.entry(key.to_owned()).or_insert_with(|| vec![0; STANDS.len() + 1]);
            counts[0] += 1;
            counts[at + 1] += 1;
        }
    }
    all
}

/// The counts as the paper gives them.
fn told(text: &str) -> BTreeMap<String, Vec<usize>> {
    let mut all = BTreeMap::new();
    for line in text.lines() {
        let cells = cells(line);
        let Some((name, counts)) = cells.split_first() else { continue };
        let counts: Option<Vec<usize>> = counts.iter().map(|count| count.parse().ok()).collect();
        if let Some(counts) = counts.filter(|counts| counts.len() == STANDS.len() + 1) {
            all.insert(name.split(' ').next().unwrap().to_owned(), counts);
        }
    }
    all
}

#[test]
fn every_path_and_every_test_that_a_paper_names_is_there() {
    let mut wrong = Vec::new();
    for name in PAPERS {
        for token in quoted(&paper(name)) {
            let missing =
                (is_path(&token) && !root().join(&token).exists()) || (is_module_name(&token) && !is_test(&token));
            if missing {
                wrong.push(format!("docs/{name} noemt {token}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_table_of_controls_names_only_code_and_tests_that_are_there() {
    let mut wrong = Vec::new();
    for name in TABLES {
        for row in rows(&paper(name)) {
            let code = row.code.iter().filter(|path| !root().join(path.as_str()).exists());
            let tests = row.tests.iter().filter(|test| {
                let file = test.contains('/') && root().join(test.as_str()).exists();
                !file && !is_test(test)
            });
            wrong.extend(code.chain(tests).map(|missing| format!("docs/{name} {}: {missing}", row.number)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_row_has_a_known_stand_and_what_is_met_names_code_and_a_test() {
    let mut wrong = Vec::new();
    for name in TABLES {
        for row in rows(&paper(name)) {
            let proven = !row.code.is_empty() && !row.tests.is_empty() && row.lacking.is_empty();
            // A norm that nobody read can not be found to be met.
            let unread = row.subject.contains("niet nagelezen");
            let right = match row.stand.as_str() {
                MET => proven && !unread,
                "deels" => !row.lacking.is_empty(),
                other => STANDS.contains(&other) && row.lacking.is_empty(),
            };
            if !right {
                wrong.push(format!("docs/{name} {}: {} {}", row.number, row.stand, row.lacking));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_counts_above_a_table_are_those_of_its_rows() {
    for name in TABLES {
        let text = paper(name);
        assert_eq!(told(&text), counted(&rows(&text)), "docs/{name}");
    }
}

#[test]
fn every_requirement_of_asvs_stands_in_its_table_once() {
    for name in TABLES {
        let rows = rows(&paper(name));
        let once: BTreeSet<&str> = rows.iter().map(|row| row.number.as_str()).collect();
        assert_eq!(once.len(), rows.len(), "docs/{name}: een nummer staat er twee keer");
    }
    let asvs = counted(&rows(&paper("asvs.md")));
    for (chapter, requirements) in ASVS {
        assert_eq!(asvs.get(chapter).map(|counts| counts[0]), Some(requirements), "{chapter}");
    }
}

#[test]
fn every_command_and_route_in_the_runbook_is_one_of_the_program() {
    let known = fs::read_to_string(root().join("src/cli/arguments.rs")).unwrap();
    let (mut commands, mut routes) = (0, 0);
    for token in quoted(&paper("draaiboek.md")) {
        if let Some(command) = token.strip_prefix("combizitting ") {
            commands += 1;
            let words = command.split(' ').take_while(|word| word.chars().all(|sign| sign.is_ascii_lowercase()));
            for word in words {
                // As a variant in the list of commands.
                let variant = word[..1].to_uppercase() + &word[1..];
                assert!(known.contains(&format!("    {variant}")), "combizitting {command}: {word}");
            }
        }
        let Some((method, path)) = token.split_once(' ') else { continue };
        if matches!(method, "GET" | "POST" | "PUT" | "DELETE") {
            routes += 1;
            let there = ENDPOINTS.iter().any(|endpoint| endpoint.method.as_str() == method && endpoint.path == path);
            assert!(there, "{token}");
        }
    }
    assert!(commands >= 3 && routes >= 1, "the runbook was not read: {commands} commands, {routes} routes");
}
