//! A service that is killed while it writes. `COMBIZITTING_KILLS=200 cargo test --test suite storage::crash`
//! does it two hundred times on each database; without it a few times.

use super::drafts::set;
use crate::documents::bundle::foreign::words;
use crate::support::{Backend, Place, open, person_in_role, small_dossier};
use combizitting::audit::{View, verify};
use combizitting::bundle::Files;
use combizitting::bundle::files::FileWish;
use combizitting::db::Database;
use combizitting::dossier::Dossiers;
use combizitting::dossier::model::Dossier;
use combizitting::dossier::model::secrets::NamedPlaces;
use combizitting::dossier::record::SafetySubmission;
use combizitting::drafting::service::Drafts;
use combizitting::identity::{Actor, Role};
use combizitting::shared::hash::sha256_hex;
use combizitting::shared::ids::DocumentId;
use rstest::rstest;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FEW: usize = 5;
const COUNT: &str = "COMBIZITTING_KILLS";
const CHILD: &str = "COMBIZITTING_TEST_CRASH_URL";

const LETTER: &str = "brief";

/// A case with one document, so that a file can be stored with it.
fn case(reference: &str) -> Dossier {
    let mut dossier = serde_json::to_value(small_dossier(reference)).unwrap();
    dossier["documents"] = json!([{"id": LETTER, "title": "Brief"}]);
    serde_json::from_value(dossier).unwrap()
}

/// In the child process: writes with eight threads, says aloud what was acknowledged, until killed.
fn write_until_killed(url: &str) {
    let db = open(url).unwrap();
    let (clerk, advocate) = (person_in_role(&db, Role::Griffier), person_in_role(&db, Role::Advocaat));
    let (dossiers, files, drafts) = (Dossiers::new(db.clone()), Files::new(db.clone()), Drafts::new(db));
    // One write, so that a line is never half.
    let say = |line: String| std::io::stdout().write_all(line.as_bytes()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let reference = combizitting::db::new_id();
                    let made = dossiers.create(&clerk, &case(&reference)).unwrap();
                    say(format!("\nACK {} {} 1 {}\n", made.dossier_id, clerk.user_id, made.hash));
                    let next = case(&format!("{reference}-b"));
                    let changed = dossiers.update(&clerk, &made.dossier_id, 1, &next).unwrap();
                    say(format!("\nACK {} {} 2 {}\n", made.dossier_id, clerk.user_id, changed.hash));
                    let draft = drafts.save(&clerk, &made.dossier_id, 2, &set(), json!({})).unwrap();
                    say(format!("\nDRAFT {} {} {} {}\n", made.dossier_id, clerk.user_id, draft.id, draft.hash));
                    let document = DocumentId(LETTER.to_owned());
                    let place = FileWish { dossier: &made.dossier_id, document: &document };
                    let file = files.store(&clerk, &place, words(&reference)).unwrap();
                    say(format!("\nFILE {} {} {}\n", made.dossier_id, clerk.user_id, file.sha256));
                    let client = combizitting::dossier::record::NewAssignment {
                        user_id: advocate.user_id.clone(),
                        person: Some("ouder-a".into()),
                        ..Default::default()
                    };
                    dossiers.assign(&clerk, &made.dossier_id, &client).unwrap();
                    let info = SafetySubmission { wishes: Some(reference), ..SafetySubmission::default() };
                    let receipt =
                        dossiers.submit_safety_info(&advocate, &made.dossier_id, &info, NamedPlaces::Ask).unwrap();
                    say(format!("\nGOT {} {} {}\n", made.dossier_id, clerk.user_id, receipt.hash));
                }
            });
        }
    });
}

/// What the child was told is kept: in which case, by which clerk, and its hash.
struct Acknowledged {
    dossier: String,
    clerk: Actor,
    what: What,
    hash: String,
}

enum What {
    Version(i64),
    Draft(String),
    File,
    Submission,
}

fn acknowledged(line: &str) -> Option<Acknowledged> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (what, dossier, clerk, hash) = match words[..] {
        ["ACK", id, clerk, version, hash] => (What::Version(version.parse().ok()?), id, clerk, hash),
        ["DRAFT", id, clerk, draft, hash] => (What::Draft(draft.to_owned()), id, clerk, hash),
        ["FILE", id, clerk, hash] => (What::File, id, clerk, hash),
        ["GOT", id, clerk, hash] => (What::Submission, id, clerk, hash),
        _ => return None,
    };
    // A line that was cut off by the kill has a shorter hash; it was not acknowledged to anyone.
    (hash.len() == 64).then(|| Acknowledged {
        dossier: dossier.to_owned(),
        clerk: Actor { user_id: clerk.to_owned(), name: String::new(), role: Role::Griffier },
        what,
        hash: hash.to_owned(),
    })
}

/// Each is there, and whole.
fn all_are_there(db: &Database, kept: &[Acknowledged]) {
    let (dossiers, files, drafts) = (Dossiers::new(db.clone()), Files::new(db.clone()), Drafts::new(db.clone()));
    for Acknowledged { dossier, clerk, what, hash } in kept {
        let there = match what {
            What::Version(version) => {
                let known = dossiers.versions(clerk, dossier).unwrap();
                known.iter().any(|info| info.version == *version && info.hash == *hash)
            }
            What::Draft(draft) => {
                let found = drafts.get(clerk, dossier, draft, View::Draft).unwrap();
                found.summary.hash == *hash && found.set == set()
            }
            What::File => {
                let held = &files.of_case(clerk, dossier).unwrap()[&DocumentId(LETTER.to_owned())];
                held.sha256 == *hash
                    && files.content(clerk, hash).unwrap().is_some_and(|bytes| sha256_hex(&bytes) == *hash)
            }
            What::Submission => {
                dossiers.submissions(clerk, dossier).unwrap().iter().any(|item| item.receipt.hash == *hash)
            }
        };
        assert!(there, "{dossier} {hash}");
    }
}

fn kill_while_writing(backend: Backend, url: &str, round: usize, kept: &mut Vec<Acknowledged>) {
    let case = if backend == Backend::Sqlite { "backend_1_Backend__Sqlite" } else { "backend_2_Backend__Postgres" };
    let name = "storage::crash::what_was_acknowledged_survives_a_process_that_is_killed_while_writing";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{name}::{case}"), "--nocapture", "--test-threads=1"])
        .env(CHILD, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    // The lines between two acknowledgements are empty; the moment differs from round to round.
    kept.extend(lines.by_ref().take(40 + round * 17 % 160).filter_map(|line| acknowledged(&line)));
    std::thread::sleep(Duration::from_micros((round as u64 * 7919) % 5000));
    child.kill().unwrap();
    kept.extend(lines.filter_map(|line| acknowledged(&line)));
    child.wait().unwrap();
}

/// One test, two roles: it starts itself as the process that is killed.
#[rstest]
fn what_was_acknowledged_survives_a_process_that_is_killed_while_writing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    if let Ok(url) = std::env::var(CHILD) {
        return write_until_killed(&url);
    }
    let rounds = std::env::var(COUNT).map_or(FEW, |count| count.parse().expect("a number of kills"));
    let (place, started) = (Place::new(backend), Instant::now());
    let mut kept = Vec::new();
    for round in 0..rounds {
        let before = kept.len();
        kill_while_writing(backend, &place.url, round, &mut kept);
        assert!(kept.len() > before, "nothing was written in round {round}");
    }
    let db = open(&place.url).unwrap();
    let report = verify(&db).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
    all_are_there(&db, &kept);
    let figures = format!(
        "{backend:?}: {rounds} keer gestopt, {} bevestigd, 0 kwijt, {} regels in {} ketens ongeschonden, {} s\n",
        kept.len(),
        report.entries,
        report.chains,
        started.elapsed().as_secs()
    );
    if std::env::var_os(COUNT).is_some() {
        std::io::stderr().write_all(figures.as_bytes()).unwrap();
    }
}
