//! The command line as a clerk or newcomer meets it: what it says, what it leaves behind, how it ends.

mod demo;
mod reassess;
mod retention;

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program, with nothing of the tester's own settings.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_combizitting"));
    for name in ["DATABASE_URL", "COMBIZITTING_DATA", "COMBIZITTING_INSTELLINGEN", "COMBIZITTING_POORT"] {
        command.env_remove(name);
    }
    command
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn demo_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/gezin.json")
}

fn dossier_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dossiers");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
}

/// The demo family with one thing changed, as a file.
fn changed_demo(dir: &Path, change: impl Fn(&mut Value)) -> PathBuf {
    let mut value: Value = serde_json::from_slice(&fs::read(demo_file()).unwrap()).unwrap();
    change(&mut value);
    let path = dir.join("dossier.json");
    fs::write(&path, value.to_string()).unwrap();
    path
}

#[test]
fn help_is_dutch_and_ends_well() {
    for arguments in [vec!["--help"], vec!["draft", "--help"], vec!["frameworks", "lint", "--help"]] {
        let output = run(&arguments);
        assert!(output.status.success());
        let help = text(&output.stdout);
        assert!(help.contains("Gebruik: combizitting"), "{help}");
        for english in ["Usage", "Options:", "Commands:", "Print help"] {
            assert!(!help.contains(english), "{help}");
        }
    }
}

#[test]
fn a_mistyped_command_is_answered_in_dutch_on_standard_error() {
    for (arguments, words) in [
        (vec!["oordeel"], "Deze opdracht bestaat niet"),
        (vec!["check"], "ontbreekt een verplicht argument"),
        (vec!["assess", "x", "--format", "xml"], "Mogelijk: text, json"),
        (vec!["check", "x", "--hard"], "Dit argument bestaat niet"),
        (vec!["conflicts", "x", "--on", "morgen"], "Deze waarde past niet"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
}

#[test]
fn an_unreadable_path_is_a_clear_dutch_message() {
    for path in ["/bestaat/niet.json", env!("CARGO_MANIFEST_DIR")] {
        for command in ["check", "assess", "conflicts"] {
            let output = run(&[command, path]);
            assert_eq!(output.status.code(), Some(1));
            assert!(text(&output.stderr).contains("kan niet worden gelezen"), "{}", text(&output.stderr));
        }
    }
}

#[test]
fn every_dossier_is_checked_assessed_and_searched_for_clashes_the_same_way_twice() {
    for file in dossier_files() {
        let path = file.to_str().unwrap();
        assert!(run(&["check", path]).status.success(), "{path}");
        for command in ["assess", "conflicts"] {
            let once = run(&[command, path, "--on", "2026-11-17", "--format", "json"]);
            let again = run(&[command, path, "--on", "2026-11-17", "--format", "json"]);
            assert!(once.status.success(), "{path}: {}", text(&once.stderr));
            assert_eq!(once.stdout, again.stdout);
            let documents = serde_json::Deserializer::from_slice(&once.stdout).into_iter::<Value>().count();
            assert_eq!(documents, 1, "precies één JSON-document");
        }
    }
}

#[test]
fn what_cannot_be_in_law_is_refused_with_its_rule_and_leaves_no_paper() {
    type Change = fn(&mut Value);
    let cases: [(&str, &str, Change); 2] = [
        ("huisverbod", "art. 9", |file| {
            file["plans"]["huisverbod"]["extension"]["new_end"] = json!("2026-12-09T21:35:00+01:00");
        }),
        ("gedragsinterventie", "38v", |file| {
            file["plans"]["gedragsinterventie"]["basis"] = json!("sr38v");
            file["plans"]["gedragsinterventie"]["programme"] = json!("borg");
        }),
    ];
    for (kind, rule, change) in cases {
        let dir = tempfile::tempdir().unwrap();
        let file = changed_demo(dir.path(), change);
        let out = dir.path().join("uit");
        let output = run(&[
            "draft",
            file.to_str().unwrap(),
            "--kind",
            kind,
            "--on",
            "2026-11-17",
            "--out",
            out.to_str().unwrap(),
        ]);
        assert_eq!(output.status.code(), Some(1), "{kind}");
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(printed["files"], json!([]));
        let named = printed["problems"]
            .as_array()
            .unwrap()
            .iter()
            .any(|problem| problem["level"] == "blocks" && problem["source"].as_str().unwrap().contains(rule));
        assert!(named, "{kind}: {printed}");
        assert!(!out.exists());
    }
}

#[test]
fn a_folder_that_cannot_be_written_leaves_nothing_half_written() {
    let dir = tempfile::tempdir().unwrap();
    let blocked = dir.path().join("bestand");
    fs::write(&blocked, "hier staat al iets").unwrap();
    let demo = demo_file();
    let output = run(&[
        "draft",
        demo.to_str().unwrap(),
        "--kind",
        "omgang",
        "--on",
        "2026-11-17",
        "--out",
        blocked.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("konden niet worden geschreven"));
    assert_eq!(fs::read_to_string(&blocked).unwrap(), "hier staat al iets");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn a_full_disk_under_the_output_is_reported() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = program().arg("schema").stdout(Stdio::from(full)).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("de schijf is vol"), "{}", text(&output.stderr));
}

#[test]
fn the_shipped_frameworks_pass_their_own_lint() {
    let output = run(&["frameworks", "lint"]);
    assert!(output.status.success(), "{}", text(&output.stdout));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assessment-frameworks");
    assert!(run(&["frameworks", "lint", folder.to_str().unwrap()]).status.success());
}

#[test]
fn a_user_is_added_and_the_log_of_a_new_database_verifies() {
    let dir = tempfile::tempdir().unwrap();
    let command = |arguments: &[&str]| {
        let mut command = program();
        command.args(arguments).env("COMBIZITTING_DATA", dir.path()).current_dir(dir.path());
        command
    };
    assert!(command(&["migrate"]).output().unwrap().status.success());
    let arguments = ["user", "add", "--login", "griffie", "--name", "De griffie", "--role", "griffier"];
    let mut child = command(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"een lang wachtwoord\n").unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    let verified = command(&["audit", "verify"]).output().unwrap();
    assert!(verified.status.success(), "{}", text(&verified.stderr));
    assert!(text(&verified.stdout).contains("ongeschonden"));
}

#[test]
fn a_database_that_is_none_gives_a_clear_message() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("stuk.db"), "dit is geen database, maar gewone tekst die lang genoeg is om op te vallen")
        .unwrap();
    let url = format!("sqlite:{}", dir.path().join("stuk.db").display());
    let output =
        program().arg("migrate").env("DATABASE_URL", url).env("COMBIZITTING_DATA", dir.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("geen database"), "{}", text(&output.stderr));
}

/// The papers of the demo family as made on a machine with this clock, zone and language.
fn papers_on_a_machine(clock: &str, zone: &str, language: &str) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["gezag", "omgang", "gedragsinterventie", "huisverbod"] {
        let output = Command::new("faketime")
            .args([clock, env!("CARGO_BIN_EXE_combizitting"), "draft"])
            .arg(demo_file())
            .args(["--kind", kind, "--on", "2026-11-17", "--out"])
            .arg(folder.path())
            .envs([("TZ", zone), ("LANG", language), ("LC_ALL", language)])
            .output()
            .expect("faketime kan niet starten; installeer het Debian-pakket faketime");
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    let mut files: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn another_clock_zone_and_language_give_the_same_papers_byte_for_byte() {
    let here = papers_on_a_machine("2019-03-31 01:59:58", "America/Adak", "C");
    let there = papers_on_a_machine("2031-10-26 02:30:00", "Pacific/Kiritimati", "tr_TR.UTF-8");
    assert_eq!(here.len(), 21, "seven documents in three forms");
    for ((name, one), (other_name, other)) in here.iter().zip(&there) {
        assert_eq!(name, other_name);
        assert!(one == other, "{name} differs");
    }
}
