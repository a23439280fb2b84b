//! All stored cases again: what the operator gets, after a stop as well, on both databases.

use super::{demo_file, dossier_files, program, run, text};
use crate::support::{Backend, Place, key_variable, open, person_in_role};
use combizitting::audit::verify;
use combizitting::dossier::Dossiers;
use combizitting::dossier::model::Dossier;
use combizitting::drafting::model::DraftKind;
use combizitting::drafting::service::Drafts;
use combizitting::identity::{Actor, Role};
use combizitting::shared::hash::canonical_hash;
use combizitting::{assessment, conflicts, drafting, intake};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const DAY: &str = "2026-11-17";

/// A database with cases, closed again, and a folder for output.
struct Archive {
    place: Place,
    folder: tempfile::TempDir,
    clerk: Actor,
    ids: Vec<String>,
}

impl Archive {
    fn with(backend: Backend, dossiers: &[Dossier]) -> Self {
        let place = Place::new(backend);
        let db = open(&place.url).unwrap();
        let clerk = person_in_role(&db, Role::Griffier);
        let service = Dossiers::new(db);
        let ids = dossiers.iter().map(|dossier| service.create(&clerk, dossier).unwrap().dossier_id).collect();
        Self { place, folder: tempfile::tempdir().unwrap(), clerk, ids }
    }

    fn command(&self, out: &str, more: &[&str]) -> Command {
        let mut command = program();
        command
            .args(["reassess", "--out", out])
            .args(more)
            .current_dir(self.folder.path())
            .env("DATABASE_URL", &self.place.url)
            .envs(key_variable())
            .env("COMBIZITTING_DATA", self.folder.path());
        command
    }

    fn reassess(&self, out: &str, more: &[&str]) -> Output {
        let output = self.command(out, more).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        output
    }

    fn lines(&self, out: &str) -> Vec<Value> {
        let text = fs::read_to_string(self.folder.path().join(out)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// How often the trail of a case says that it was assessed again.
    fn reads_of(&self, id: &str) -> usize {
        let service = Dossiers::new(open(&self.place.url).unwrap());
        let trail = service.trail(&self.clerk, id, None, None, 100).unwrap();
        trail.iter().filter(|line| line.event == "case_reassessed").count()
    }
}

/// A file without words of a judge: those of a file that a clerk brings in are marked, and so are no longer the same.
fn read(path: &Path) -> Dossier {
    let mut dossier = intake::read(&fs::read(path).unwrap()).unwrap();
    dossier.judge_words.clear();
    dossier
}

/// So many families, each with a reference of its own.
fn families(count: usize) -> Vec<Dossier> {
    let demo = read(&demo_file());
    (0..count).map(|number| Dossier { reference: format!("zaak-{number}"), ..demo.clone() }).collect()
}

#[rstest]
fn every_line_says_what_assess_says_of_that_file_and_names_nobody(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut files: Vec<_> = dossier_files().into_iter().take(5).collect();
    files.push(demo_file());
    let dossiers: Vec<Dossier> = files.iter().map(|file| read(file)).collect();
    let archive = Archive::with(backend, &dossiers);
    let output = archive.reassess("uit.jsonl", &["--on", DAY]);
    assert!(text(&output.stdout).contains("6 dossiers getoetst"), "{}", text(&output.stdout));
    let lines = archive.lines("uit.jsonl");
    assert_eq!(lines.len(), files.len());
    for ((file, dossier), (line, id)) in files.iter().zip(&dossiers).zip(lines.iter().zip(&archive.ids)) {
        let stored = archive.folder.path().join(file.file_name().unwrap());
        fs::write(&stored, serde_json::to_vec(dossier).unwrap()).unwrap();
        let assessed = run(&["assess", stored.to_str().unwrap(), "--on", DAY, "--format", "json"]);
        let said: Value = serde_json::from_slice(&assessed.stdout).unwrap();
        assert_eq!(line["id"], json!(id));
        assert_eq!(
            (&line["reference"], &line["version"], &line["on"]),
            (&json!(dossier.reference), &json!(1), &json!(DAY))
        );
        assert_eq!(line["receipt_hash"], json!(canonical_hash(&said["receipt"]).unwrap()));
        let mut outcomes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in said["findings"].as_array().unwrap() {
            let key = format!("{}/{}", finding["framework"].as_str().unwrap(), finding["criterion"].as_str().unwrap());
            let outcome = finding["outcome"].as_str().unwrap();
            outcomes.entry(key).or_default().push(outcome);
            *counts.entry(outcome).or_default() += 1;
        }
        outcomes.retain(|_, list| list.iter().any(|outcome| *outcome != "not_applicable"));
        assert_eq!(line["outcomes"], json!(outcomes));
        assert_eq!(line["counts"], json!(counts));
        let written = line.to_string();
        for person in &dossier.persons {
            assert!(!written.contains(&person.name), "een naam staat in de uitvoer");
            assert!(!written.contains(&format!("[{}", person.id)), "een persoon staat in de uitvoer");
        }
        assert_eq!(archive.reads_of(id), 1);
    }
}

#[rstest]
fn a_run_that_is_killed_goes_on_where_it_was_and_tells_every_case_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let archive = Archive::with(backend, &families(90));
    let path = archive.folder.path().join("uit.jsonl");
    let mut child = archive.command("uit.jsonl", &["--on", DAY]).stdout(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    while fs::read_to_string(&path).unwrap_or_default().lines().count() < 5 {
        assert!(began.elapsed() < Duration::from_secs(60), "er komt geen uitvoer");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let stopped = fs::read_to_string(&path).unwrap();
    let whole = stopped.matches('\n').count();
    assert!((5..90).contains(&whole), "{whole} van 90: niet halverwege gestopt");
    // As if the machine stopped in the middle of a line.
    let kept: String = stopped.split_inclusive('\n').take(whole).collect();
    fs::write(&path, format!("{kept}{{\"id\":\"half")).unwrap();

    let output = archive.reassess("uit.jsonl", &[]);
    assert!(text(&output.stdout).contains(&format!("{whole} dossiers stonden er al")), "{}", text(&output.stdout));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with(&kept), "wat er stond is gebleven");
    let lines = archive.lines("uit.jsonl");
    let told: BTreeSet<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!((lines.len(), told.len()), (90, 90));
    assert!(lines.iter().all(|line| line["on"] == json!(DAY)), "de peildatum van het bestand blijft");
    for line in &lines[..whole] {
        assert_eq!(archive.reads_of(line["id"].as_str().unwrap()), 1, "wat klaar was is niet opnieuw gelezen");
    }
    let report = verify(&open(&archive.place.url).unwrap()).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
}

#[rstest]
fn a_changed_dossier_is_told_with_the_findings_that_are_different(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let archive = Archive::with(backend, &families(2));
    archive.reassess("voor.jsonl", &["--on", DAY]);
    let mut dossier = families(1).remove(0);
    dossier.events.clear();
    dossier.plans = Default::default();
    let service = Dossiers::new(open(&archive.place.url).unwrap());
    let changed_id = archive.ids[0].as_str();
    service.update(&archive.clerk, changed_id, 1, &dossier).unwrap();
    drop(service);

    let output = archive.reassess("na.jsonl", &["--on", DAY, "--against", "voor.jsonl"]);
    assert!(text(&output.stdout).contains("bij 1 dossier is een bevinding veranderd"), "{}", text(&output.stdout));
    let (before, after) = (archive.lines("voor.jsonl"), archive.lines("na.jsonl"));
    assert_eq!(after[0]["version"], json!(2));
    assert_eq!(after[0]["against"]["version"], json!(1));
    assert_eq!(after[1]["against"]["changed"], json!([]));
    assert_eq!(after[1]["receipt_hash"], before[1]["receipt_hash"]);
    let violence = json!({"criterion": "istanbul/IV1", "number": 1, "before": "met", "after": "missing_facts"});
    let changed = after[0]["against"]["changed"].as_array().unwrap();
    assert!(changed.contains(&violence), "{changed:?}");
    // The old output goes on as well: only the case with a new version is added to it.
    archive.reassess("voor.jsonl", &[]);
    let versions: Vec<i64> = archive.lines("voor.jsonl").iter().map(|line| line["version"].as_i64().unwrap()).collect();
    assert_eq!(versions, [1, 1, 2]);
}

#[test]
fn a_kept_draft_is_set_beside_the_frameworks_of_today() {
    let archive = Archive::with(Backend::Sqlite, &families(1));
    let dossier = families(1).remove(0);
    let day = DAY.parse().unwrap();
    let mut findings = assessment::assess(&dossier, assessment::builtin().unwrap(), day, &[]).unwrap();
    let report = conflicts::find(&dossier, day);
    let set = drafting::draft(&dossier, &findings, &report, DraftKind::Omgang, day).unwrap();
    // A draft of when one framework was another version.
    findings.receipt.frameworks[0].version = "0".to_owned();
    let older = findings.receipt.frameworks[0].id.clone();
    let drafts = Drafts::new(open(&archive.place.url).unwrap());
    let receipt = json!({"receipt": findings.receipt, "domains": ["family"]});
    drafts.save(&archive.clerk, &archive.ids[0], 1, &set, receipt).unwrap();
    drop(drafts);
    archive.reassess("uit.jsonl", &["--on", DAY]);
    let told = &archive.lines("uit.jsonl")[0]["last_receipt"];
    let expected = json!({"version": 1, "on": DAY, "dossier_changed": false, "frameworks_changed": [older]});
    assert_eq!(*told, expected);
}

#[test]
fn a_file_of_something_else_or_of_another_day_is_refused_and_kept() {
    let archive = Archive::with(Backend::Sqlite, &families(1));
    let refused = |out: &str, more: &[&str], words: &str| {
        let before = fs::read(archive.folder.path().join(out)).unwrap();
        let output = archive.command(out, more).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
        assert_eq!(fs::read(archive.folder.path().join(out)).unwrap(), before);
    };
    fs::write(archive.folder.path().join("brief.txt"), "geen uitvoer\n").unwrap();
    refused("brief.txt", &[], "is geen uitvoer van reassess");
    archive.reassess("uit.jsonl", &["--on", DAY]);
    refused("uit.jsonl", &["--on", "2026-11-18"], "peildatum 2026-11-17");
    refused("uit.jsonl", &["--against", "uit.jsonl"], "niet met zichzelf");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(archive.folder.path().join("uit.jsonl")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "alleen voor wie het maakt");
    }
}

#[test]
fn no_user_of_the_service_can_read_cases_this_way() {
    let archive = Archive::with(Backend::Sqlite, &families(1));
    let db = open(&archive.place.url).unwrap();
    let (service, drafts) = (Dossiers::new(db.clone()), Drafts::new(db.clone()));
    for role in [Role::Beheerder, Role::Toezichthouder, Role::Rechter, Role::Griffier] {
        let actor = person_in_role(&db, role);
        assert!(service.count_all(&actor).is_err());
        assert!(service.list_in_order(&actor, None, 10).is_err());
        assert!(service.read_to_reassess(&actor, "ronde", &archive.ids).is_err());
        assert!(drafts.newest_receipts(&actor, &archive.ids).is_err());
    }
}
