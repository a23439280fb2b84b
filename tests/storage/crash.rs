use crate::support::{person_in_role, small_dossier};
use combizitting::audit::verify;
use combizitting::db::Database;
use combizitting::dossier::Dossiers;
use combizitting::identity::{Actor, Role};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

const ROUNDS: usize = 5;
const CHILD: &str = "COMBIZITTING_TEST_CRASH_URL";

/// In the child process: writes with eight threads, says aloud what was acknowledged, until killed.
fn write_until_killed(url: &str) {
    let db = Database::open(url).unwrap();
    let clerk = person_in_role(&db, Role::Griffier);
    let dossiers = Dossiers::new(db);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let reference = combizitting::db::new_id();
                    let made = dossiers.create(&clerk, &small_dossier(&reference)).unwrap();
                    // One write, so that a line is never half.
                    let line = format!("\nACK {} {}\n", made.dossier_id, clerk.user_id);
                    std::io::stdout().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

/// One test, two roles: it starts itself as the process that is killed.
#[test]
fn what_was_acknowledged_survives_a_process_that_is_killed_while_writing() {
    if let Ok(url) = std::env::var(CHILD) {
        return write_until_killed(&url);
    }
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("combizitting.db").display());
    let mut acknowledged: Vec<(String, String)> = Vec::new();
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "storage::crash::what_was_acknowledged_survives_a_process_that_is_killed_while_writing"])
            .args(["--nocapture", "--test-threads=1"])
            .env(CHILD, &url)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut read = |line: String| {
            let words: Vec<&str> = line.split_whitespace().collect();
            if let ["ACK", id, clerk] = words[..] {
                acknowledged.push((id.to_owned(), clerk.to_owned()));
            }
        };
        lines.by_ref().take(40 + round * 17).for_each(&mut read);
        child.kill().unwrap();
        lines.for_each(&mut read);
        child.wait().unwrap();
    }
    assert!(acknowledged.len() > ROUNDS * 10, "{}", acknowledged.len());
    let db = Database::open(&url).unwrap();
    let report = verify(&db).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
    let dossiers = Dossiers::new(db);
    for (id, clerk) in acknowledged {
        let clerk = Actor { user_id: clerk, name: String::new(), role: Role::Griffier };
        assert_eq!(dossiers.versions(&clerk, &id).unwrap().len(), 1);
    }
}
