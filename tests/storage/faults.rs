use super::run_sql;
use crate::support::{Backend, People, TestDb, person_in_role, small_dossier};
use combizitting::audit::verify;
use combizitting::db::{Database, DbError};
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::identity::Role;
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use rstest::rstest;

#[test]
fn a_full_database_says_so_in_dutch_and_keeps_what_it_had() {
    let test = TestDb::new(Backend::Sqlite);
    let clerk = person_in_role(&test.db, Role::Griffier);
    let dossiers = Dossiers::new(test.db.clone());
    run_sql(&test.db, "PRAGMA max_page_count = 90").unwrap();
    let mut made = 0;
    let error = loop {
        match dossiers.create(&clerk, &small_dossier(&format!("zaak {made}"))) {
            Ok(_) => made += 1,
            Err(error) => break error,
        }
        assert!(made < 1000, "the database never got full");
    };
    assert_eq!(error, DossierError::Db(DbError::Full));
    assert!(error.to_string().contains("vol. Er is niets opgeslagen"));
    assert!(verify(&test.db).unwrap().is_intact());
    assert_eq!(dossiers.list(&clerk, None, 100).unwrap().items.len(), made.min(100));
    run_sql(&test.db, "PRAGMA max_page_count = 100000").unwrap();
    dossiers.create(&clerk, &small_dossier("er is weer ruimte")).unwrap();
}

#[test]
fn a_locked_database_says_so_in_dutch_and_works_again_afterwards() {
    let test = TestDb::new(Backend::Sqlite);
    let clerk = person_in_role(&test.db, Role::Griffier);
    let dossiers = Dossiers::new(test.db.clone());
    run_sql(&test.db, "PRAGMA busy_timeout = 20").unwrap();
    let mut other = SqliteConnection::establish(test.url.strip_prefix("sqlite:").unwrap()).unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let error = dossiers.create(&clerk, &small_dossier("bezet")).unwrap_err();
    assert_eq!(error, DossierError::Db(DbError::Locked));
    assert!(error.to_string().contains("bezet door een ander proces"));
    // Reading goes on beside a writer.
    assert_eq!(dossiers.list(&clerk, None, 10).unwrap().items.len(), 0);
    other.batch_execute("ROLLBACK").unwrap();
    dossiers.create(&clerk, &small_dossier("bezet")).unwrap();
}

#[test]
fn a_second_process_that_wants_to_write_is_told_to_wait() {
    let test = TestDb::new(Backend::Sqlite);
    let error = Database::open(&test.url).unwrap_err();
    assert!(matches!(error, DbError::InUse { .. }));
    assert!(error.to_string().contains("al in gebruik"));
}

#[rstest]
fn checking_the_trail_works_beside_a_running_service_and_changes_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let clerk = person_in_role(&test.db, Role::Griffier);
    let reader = Database::open_read_only_with(&test.url, &crate::support::keys()).unwrap();
    Dossiers::new(test.db.clone()).create(&clerk, &small_dossier("zaak")).unwrap();
    let report = verify(&reader).unwrap();
    assert!(report.is_intact());
    assert_eq!(report.contents, 1);
    assert_eq!(run_sql(&reader, "DELETE FROM session"), Err(DbError::ReadOnly));
}

#[test]
fn the_file_is_free_again_after_the_database_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("nieuw/map/c.db").display());
    for _ in 0..3 {
        let db = Database::open(&url).unwrap();
        drop(db);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.path().join("nieuw/map/c.db")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "only the owner may read a database with cases");
    }
}

#[test]
fn wrong_addresses_and_files_are_refused_with_a_clear_message() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    std::fs::write(folder.path().join("brief.txt"), "Dit is geen database. ".repeat(300)).unwrap();
    assert_eq!(Database::open(&place("brief.txt")).unwrap_err(), DbError::Damaged);
    assert!(matches!(Database::open(&place("")).unwrap_err(), DbError::Unreachable { .. }));
    assert!(matches!(Database::open("sqlite:/proc/nergens/c.db").unwrap_err(), DbError::Unreachable { .. }));
    assert!(matches!(Database::open_read_only(&place("weg.db")).unwrap_err(), DbError::Unreachable { .. }));
    assert_eq!(Database::open("mysql://localhost/c").unwrap_err(), DbError::BadAddress);
    std::fs::write(folder.path().join("leeg.db"), "").unwrap();
    assert_eq!(Database::open_read_only(&place("leeg.db")).unwrap_err(), DbError::SchemaOutOfDate);
    let error = Database::open("postgres://gebruiker:geheim@%2Fnergens/c").unwrap_err();
    assert!(matches!(error, DbError::Unreachable { .. }));
    assert!(!error.to_string().contains("geheim"));
}

#[rstest]
fn control_characters_are_refused_before_they_reach_the_database(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let people = People::add_to(&test.db);
    let dossiers = Dossiers::new(test.db.clone());
    for bad in ["nul \0", "bel \u{7}", "escape \u{1b}[0m", "del \u{7f}"] {
        let error = dossiers.create(&people.griffier, &small_dossier(bad)).unwrap_err();
        assert!(matches!(&error, DossierError::Invalid(text) if text.contains("/reference")), "{error}");
        let mut dossier = small_dossier("goed");
        dossier.persons[1].name = bad.to_owned();
        let error = dossiers.create(&people.griffier, &dossier).unwrap_err();
        assert!(matches!(&error, DossierError::Invalid(text) if text.contains("/persons/1/name")), "{error}");
    }
    // Unknown ids with such characters are simply not there.
    assert!(matches!(dossiers.versions(&people.griffier, "a\0b"), Err(DossierError::NotFound | DossierError::Db(_))));
    let mut dossier = small_dossier("regels");
    dossier.persons[0].name = "Twee\nregels\ten een tab".to_owned();
    dossiers.create(&people.griffier, &dossier).unwrap();
}
