//! A backup on one machine brings every case back on another, whichever of the two databases.

use super::audit::fill;
use super::run_sql;
use crate::support::{Backend, Place, TestDb, key_variable, open};
use combizitting::audit::{make_anchor, verify};
use combizitting::db::Database;
use combizitting::db::backup::{BackupError, restore, write};
use combizitting::dossier::Dossiers;
use combizitting::identity::{Actor, Identity, NewUser, Role, SessionKey};
use rstest::rstest;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A filled database and its backup in a folder.
fn backed_up(backend: Backend) -> (TestDb, tempfile::TempDir, PathBuf) {
    let test = TestDb::new(backend);
    fill(&test.db);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup.jsonl");
    let summary = write(&test.db, &mut std::fs::File::create(&path).unwrap()).unwrap();
    assert!(summary.rows > 20, "{summary:?}");
    (test, folder, path)
}

/// The rows in a backup, without the moment it was made.
fn rows(db: &Database) -> Vec<String> {
    let mut bytes = Vec::new();
    write(db, &mut bytes).unwrap();
    let lines: Vec<String> = String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect();
    lines[1..lines.len() - 1].to_vec()
}

#[rstest]
fn every_row_comes_back_in_either_database_and_the_trail_is_intact(
    #[values(Backend::Sqlite, Backend::Postgres)] from: Backend,
    #[values(Backend::Sqlite, Backend::Postgres)] to: Backend,
) {
    let (test, _folder, path) = backed_up(from);
    let user = NewUser {
        login: "griffier.een".to_owned(),
        name: "Griffier Een".to_owned(),
        role: Role::Griffier,
        password: "een lang wachtwoord".into(),
    };
    Identity::new(test.db.clone(), &SessionKey::random()).unwrap().add_user(&Actor::operator(), &user).unwrap();
    write(&test.db, &mut std::fs::File::create(&path).unwrap()).unwrap();
    let new = TestDb::new(to);
    restore(&new.db, &path).unwrap();
    assert_eq!(rows(&new.db), rows(&test.db));
    let report = verify(&new.db).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
    assert_eq!((report.contents, report.anchors), (4, 1));
    // Work goes on: one signs in with the same password, and chains and anchors are continued.
    let identity = Identity::new(new.db.clone(), &SessionKey::random()).unwrap();
    let clerk = identity.sign_in("griffier.een", &"een lang wachtwoord".into()).unwrap().actor;
    Dossiers::new(new.db.clone()).create(&clerk, &crate::support::small_dossier("na de terugzet")).unwrap();
    make_anchor(&new.db).unwrap();
    assert!(verify(&new.db).unwrap().is_intact());
}

#[rstest]
fn a_damaged_cut_or_foreign_file_changes_nothing(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let (_test, folder, path) = backed_up(backend);
    let whole = std::fs::read(&path).unwrap();
    let new = TestDb::new(backend);
    let before = rows(&new.db);
    let refused = |bytes: &[u8]| {
        let bad = folder.path().join("slecht.jsonl");
        std::fs::write(&bad, bytes).unwrap();
        let error = restore(&new.db, &bad).unwrap_err();
        assert!(error.to_string().contains("Er is niets teruggezet"), "{error}");
        assert_eq!(rows(&new.db), before);
        error
    };
    for at in (0..whole.len() - 100).step_by(whole.len() / 9) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        assert!(matches!(refused(&changed), BackupError::Damaged), "byte {at}");
    }
    for end in [whole.len() / 2, whole.len() - 60] {
        assert!(matches!(refused(&whole[..end]), BackupError::Damaged | BackupError::NotABackup { .. }));
    }
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    refused(&[&lines[..5], &lines[6..]].concat().concat());
    refused(b"");
    refused(b"iets anders\n");
    // Right in form, but of another version, with a right hash at the end.
    let head = "{\"combizitting_backup\":2,\"made_at\":0}\n";
    let hash = combizitting::shared::hash::sha256_hex(head.as_bytes());
    let other = format!("{head}{{\"rows\":0,\"sha256\":\"{hash}\"}}\n");
    assert!(matches!(refused(other.as_bytes()), BackupError::NotABackup { line: 1 }));
}

#[rstest]
fn a_database_that_holds_something_is_never_written_over(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (test, _folder, path) = backed_up(backend);
    let before = rows(&test.db);
    assert!(matches!(restore(&test.db, &path), Err(BackupError::NotEmpty)));
    assert_eq!(rows(&test.db), before);
}

fn program(url: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_combizitting"));
    command
        .env_remove("COMBIZITTING_INSTELLINGEN")
        .env("DATABASE_URL", url)
        .env("COMBIZITTING_DATA", folder)
        .envs(key_variable());
    command
}

#[rstest]
fn by_command_beside_a_running_service_and_back_on_an_empty_machine(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    // The database stays open for writing in this process, as in a service that runs.
    let test = TestDb::new(backend);
    let id = fill(&test.db);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nacht.jsonl");
    let make = || program(&test.url, folder.path()).args(["backup", "--out"]).arg(&file).output().unwrap();
    let made = make();
    let said = String::from_utf8_lossy(&made.stdout).into_owned();
    assert!(made.status.success() && said.contains("SHA-256"), "{made:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0, "for its owner only");
    }
    let again = make();
    assert_eq!(again.status.code(), Some(1), "an older backup is not overwritten");
    assert!(String::from_utf8_lossy(&again.stderr).contains("er staat al iets met die naam"), "{again:?}");
    let place = Place::new(backend);
    let back = program(&place.url, folder.path()).arg("restore").arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&back.stdout).into_owned();
    assert!(back.status.success() && said.contains("teruggezet") && said.contains("ongeschonden"), "{back:?}");
    let db = open(&place.url).unwrap();
    let directory = Dossiers::new(db.clone()).directory(&Actor::operator(), None, 10).unwrap();
    assert_eq!(directory.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
    let trail = rows(&db);
    assert!(trail.iter().any(|row| row.contains("backup_restored")), "the restore itself is in the trail");
    drop(db);
    let twice = program(&place.url, folder.path()).arg("restore").arg(&file).output().unwrap();
    assert_eq!(twice.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&twice.stderr).contains("niet leeg"), "{twice:?}");
    assert!(run_sql(&test.db, "DELETE FROM session").is_ok(), "the service went on");
}
