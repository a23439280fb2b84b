//! What is stored is sealed: nothing readable lies in the database or a backup, what was moved or changed does not
//! open, keys are rotated while people read, and what was stored before is sealed also when that is broken off.

use super::audit::{fill, with_byte};
use super::{run_as_owner, run_sql};
use crate::documents::bundle::foreign::words;
use crate::support::{Backend, Place, TestDb, open, person_in_role, small_dossier};
use combizitting::app::seal_all;
use combizitting::audit::{View, verify};
use combizitting::bundle::Files;
use combizitting::bundle::files::FileWish;
use combizitting::db::backup::{BackupError, restore, write};
use combizitting::db::schema::{
    data_key, dossier_version, draft, file_content, review_step, submission, unfinished_form,
};
use combizitting::db::{AnyConn, Database, DbError, Job, KeyPlace, Options, Spot, vault};
use combizitting::dossier::model::Dossier;
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::identity::Role;
use combizitting::shared::ids::DocumentId;
use diesel::prelude::*;
use rstest::rstest;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Words that `fill` and `life` put in each kind of content.
const SECRETS: [&str; 7] =
    ["Ouder A", "Kind Een", "Tekst.", "Nog niet af.", "Beschikking", "De rechtbank weegt mee", "1 februari 2027"];

fn backup_of(db: &Database) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(db, &mut bytes).unwrap();
    bytes
}

fn hex(text: &[u8]) -> String {
    text.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A case whose draft has been through its whole life, with the file of a document.
fn life(backend: Backend) -> super::review::Desk {
    let life = super::review::Desk::new(backend);
    fill(&life.test.db);
    life.sealed();
    let (clerk, document) = (&life.people.griffier, DocumentId("brief".to_owned()));
    let mut dossier = serde_json::to_value(small_dossier("met stukken")).unwrap();
    dossier["documents"] = json!([{"id": "brief", "title": "Brief"}]);
    let dossier: Dossier = serde_json::from_value(dossier).unwrap();
    let id = life.dossiers.create(clerk, &dossier).unwrap().dossier_id;
    let place = FileWish { dossier: &id, document: &document };
    Files::new(life.test.db.clone()).store(clerk, &place, words("brief")).unwrap();
    life
}

#[rstest]
fn nothing_of_a_case_lies_readable_in_the_database_or_in_a_backup(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let life = life(backend);
    let mut places = vec![("back-up", backup_of(&life.test.db))];
    if let Some(path) = life.test.url.strip_prefix("sqlite:") {
        places.push(("database", std::fs::read(path).unwrap()));
        places.push(("logbestand", std::fs::read(format!("{path}-wal")).unwrap()));
    }
    for (place, bytes) in places {
        for secret in SECRETS {
            let plain = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            let coded = hex(secret.as_bytes());
            let coded = bytes.windows(coded.len()).any(|window| window == coded.as_bytes());
            assert!(!plain && !coded, "{secret} in {place}");
        }
    }
    let pdf = words("brief");
    let stored = life
        .test
        .db
        .read(Job::Verify, |conn| Ok::<_, DbError>(file_content::table.select(file_content::sealed).load(conn)?));
    let stored: Vec<Option<Vec<u8>>> = stored.unwrap();
    assert!(stored[0].as_ref().is_some_and(|sealed| !sealed.windows(20).any(|window| window == &pdf[..20])));
}

type Changes = Vec<(&'static str, String)>;
type Sealed = Option<Vec<u8>>;

/// A text as it stands in SQL, from what is sealed.
fn opened(conn: &mut AnyConn, spot: &Spot, sealed: Sealed) -> Result<String, DbError> {
    let text = vault::text(conn, spot, (String::new(), sealed))?;
    Ok(format!("'{}'", text.replace('\'', "''")))
}

fn of_dossiers(conn: &mut AnyConn, changes: &mut Changes) -> Result<(), DbError> {
    use {dossier_version as v, submission as s, unfinished_form as f};
    let rows: Vec<(String, i64, Sealed)> = v::table.select((v::dossier_id, v::version, v::sealed)).load(conn)?;
    for (id, version, sealed) in rows {
        let content = opened(conn, &Spot::version(&id, version), sealed)?;
        let change = format!("content = {content} WHERE dossier_id = '{id}' AND version = {version}");
        changes.push(("dossier_version", change));
    }
    let rows: Vec<(String, String, Sealed)> = s::table.select((s::dossier_id, s::id, s::sealed)).load(conn)?;
    for (dossier, id, sealed) in rows {
        let content = opened(conn, &Spot::submission(&dossier, &id), sealed)?;
        changes.push(("submission", format!("content = {content} WHERE id = '{id}'")));
    }
    let rows: Vec<(String, String, String, Sealed)> =
        f::table.select((f::dossier_id, f::user_id, f::form, f::sealed)).load(conn)?;
    for (dossier, user, form, sealed) in rows {
        let fields = opened(conn, &Spot::form(&dossier, &user, &form), sealed)?;
        changes.push(("unfinished_form", format!("fields = {fields} WHERE form = '{form}'")));
    }
    Ok(())
}

fn of_drafts(conn: &mut AnyConn, changes: &mut Changes) -> Result<(), DbError> {
    use {draft as d, review_step as r};
    type Step = (String, String, String, i64, Sealed);
    let rows: Vec<(String, String, Sealed)> = d::table.select((d::dossier_id, d::id, d::sealed)).load(conn)?;
    for (dossier, id, sealed) in rows {
        let content = opened(conn, &Spot::draft(&dossier, &id), sealed)?;
        changes.push(("draft", format!("content = {content} WHERE id = '{id}'")));
    }
    let rows: Vec<Step> = r::table
        .inner_join(d::table.on(d::id.eq(r::draft_id)))
        .filter(r::content.is_not_null())
        .select((d::dossier_id, r::draft_id, r::document, r::number, r::sealed))
        .load(conn)?;
    for (dossier, id, name, number, sealed) in rows {
        let content = opened(conn, &Spot::step(&dossier, &id, &name, number), sealed)?;
        changes.push(("review_step", format!("content = {content} WHERE draft_id = '{id}' AND number = {number}")));
    }
    Ok(())
}

fn of_files(conn: &mut AnyConn, changes: &mut Changes) -> Result<(), DbError> {
    use file_content as c;
    let rows: Vec<(String, Sealed)> = c::table.select((c::sha256, c::sealed)).load(conn)?;
    for (hash, sealed) in rows {
        let bytes = hex(&vault::open(conn, &Spot::file(&hash), sealed.unwrap())?);
        let bytes = if matches!(conn, AnyConn::Sqlite(_)) { format!("x'{bytes}'") } else { format!("'\\x{bytes}'") };
        changes.push(("file_content", format!("content = {bytes} WHERE sha256 = '{hash}'")));
    }
    Ok(())
}

/// Puts contents back as they were stored before anything was sealed.
fn unseal(db: &Database) -> usize {
    let changes = db.read(Job::Verify, |conn| -> Result<Changes, DbError> {
        let mut changes = Changes::new();
        of_dossiers(conn, &mut changes)?;
        of_drafts(conn, &mut changes)?;
        of_files(conn, &mut changes)?;
        Ok(changes)
    });
    let changes = changes.unwrap();
    for (table, change) in &changes {
        run_as_owner(db, table, &format!("UPDATE {table} SET sealed = NULL, {change}"));
    }
    changes.len()
}

fn unsealed(db: &Database) -> i64 {
    db.read(Job::Seal, vault::unsealed).unwrap()
}

#[rstest]
fn what_was_stored_before_is_read_as_ever_and_then_sealed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let life = life(backend);
    let db = &life.test.db;
    let (clerk, before) = (&life.people.griffier, verify(db).unwrap());
    let read = || life.dossiers.get(clerk, &life.dossier, View::Dossier).unwrap().dossier;
    let (dossier, plain) = (read(), unseal(db));
    assert!(plain >= 8 && unsealed(db) == i64::try_from(plain).unwrap());
    let old = String::from_utf8(backup_of(db)).unwrap();
    assert!(SECRETS.iter().all(|secret| old.contains(secret)), "a backup of before is not sealed either");
    assert_eq!(read(), dossier);
    assert!(verify(db).unwrap().is_intact());
    // Such a backup can still be put back, and is sealed there.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("oud.jsonl"), &old).unwrap();
    let new = TestDb::new(backend);
    restore(&new.db, &folder.path().join("oud.jsonl")).unwrap();
    for db in [db, &new.db] {
        assert_eq!(seal_all(db).unwrap().0, plain);
        assert_eq!((unsealed(db), seal_all(db).unwrap()), (0, (0, 0)));
        let report = verify(db).unwrap();
        assert!(report.is_intact() && report.contents == before.contents, "{}", report.dutch());
        let kept = String::from_utf8(backup_of(db)).unwrap();
        assert!(!SECRETS.iter().any(|secret| kept.contains(secret)));
    }
    assert_eq!(read(), dossier);
    assert!(life.drafts.paper(clerk, &life.dossier, &life.draft, super::review::NAME).is_ok());
}

#[rstest]
fn sealing_is_the_one_change_that_what_may_only_grow_allows(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values("dossier_version", "submission", "draft", "review_step", "file_content")] table: &str,
) {
    let life = life(backend);
    let (blob, empty) = if backend == Backend::Sqlite { ("x'01'", "x''") } else { ("'\\x01'", "''") };
    let empty = if table == "file_content" { empty } else { "''" };
    let key = if table == "file_content" { "sha256" } else { "hash" };
    let zeros = "0".repeat(64);
    let refused = [
        format!("sealed = {blob}"),
        "sealed = NULL".to_owned(),
        format!("sealed = {blob}, content = {empty}"),
        format!("sealed = {blob}, {key} = '{zeros}'"),
    ];
    for change in refused {
        // Steps without a text have nothing sealed.
        let sql = format!("UPDATE {table} SET {change} WHERE sealed IS NOT NULL");
        assert_eq!(run_sql(&life.test.db, &sql), Err(DbError::AppendOnly), "{sql}");
    }
    assert!(verify(&life.test.db).unwrap().is_intact());
}

#[rstest]
fn what_was_moved_to_another_version_or_changed_by_one_byte_does_not_open(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    for change in [
        "(SELECT v.sealed FROM dossier_version AS v WHERE v.dossier_id = dossier_version.dossier_id AND v.version = 1)",
        "{one byte changed}",
    ] {
        let test = TestDb::new(backend);
        let id = fill(&test.db);
        let sql = with_byte(backend, &format!("UPDATE dossier_version SET sealed = {change} WHERE version = 2"));
        run_as_owner(&test.db, "dossier_version", &sql);
        let report = verify(&test.db).unwrap();
        assert_eq!(report.problems.len(), 1, "{}", report.dutch());
        assert!(report.problems[0].message.contains("kan niet worden geopend"), "{}", report.dutch());
        let found = test.db.read(Job::Verify, |conn| combizitting::dossier::store::find_version(conn, &id, 2));
        assert!(matches!(found, Err(DbError::Sealed)));
    }
}

/// A database with its keys in a file, as a service has it.
fn with_key_file(place: &Place, folder: &std::path::Path) -> Result<Database, DbError> {
    Database::open_with(&place.url, Options { keys: KeyPlace::Folder(folder.to_owned()), ..Options::default() })
}

fn masters(db: &Database) -> Vec<String> {
    let all: Result<Vec<String>, DbError> = db.read(Job::Verify, |conn| {
        Ok(data_key::table.select(data_key::master).distinct().order(data_key::master.asc()).load(conn)?)
    });
    all.unwrap()
}

#[rstest]
fn the_master_key_is_rotated_while_people_read_and_write_and_no_read_fails(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (place, folder) = (Place::new(backend), tempfile::tempdir().unwrap());
    let db = with_key_file(&place, folder.path()).unwrap();
    let (clerk, dossiers) = (person_in_role(&db, Role::Griffier), Dossiers::new(db.clone()));
    let ids: Vec<String> =
        (0..30).map(|at| dossiers.create(&clerk, &small_dossier(&format!("zaak {at}"))).unwrap().dossier_id).collect();
    let (done, reads, made) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for id in ids.iter().cycle().take_while(|_| !done.load(Ordering::SeqCst)) {
                    dossiers.get(&clerk, id, View::Dossier).unwrap();
                    reads.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                let at = made.fetch_add(1, Ordering::SeqCst);
                dossiers.create(&clerk, &small_dossier(&format!("nieuw {at}"))).unwrap();
            }
        });
        for _ in 0..4 {
            let before = reads.load(Ordering::SeqCst);
            let keys = vault::master_file(folder.path());
            let name = keys.add(db.now()).unwrap();
            assert!(seal_all(&db).unwrap().1 >= ids.len());
            assert_eq!(masters(&db), std::slice::from_ref(&name));
            let needed = masters(&db);
            assert_eq!(keys.keep(|key| needed.contains(&key.name)).unwrap(), 1);
            while reads.load(Ordering::SeqCst) < before + 20 {
                std::thread::yield_now();
            }
        }
        done.store(true, Ordering::SeqCst);
    });
    assert!(verify(&db).unwrap().is_intact());
    drop(dossiers);
    drop(db);
    let again = with_key_file(&place, folder.path()).unwrap();
    assert!(Dossiers::new(again).get(&clerk, &ids[0], View::Dossier).is_ok());
}

#[rstest]
fn without_its_master_key_a_database_is_not_opened_and_a_backup_not_put_back(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (place, folder, other) = (Place::new(backend), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let db = with_key_file(&place, folder.path()).unwrap();
    fill(&db);
    let backup = folder.path().join("backup.jsonl");
    std::fs::write(&backup, backup_of(&db)).unwrap();
    drop(db);
    let error = with_key_file(&place, other.path()).unwrap_err();
    assert!(error.to_string().contains("hoofdsleutel"), "{error}");
    assert!(!other.path().join("hoofdsleutel").exists(), "no new key is made over what another sealed");
    let (new, empty) = (Place::new(backend), tempfile::tempdir().unwrap());
    let db = with_key_file(&new, empty.path()).unwrap();
    let refused = restore(&db, &backup).unwrap_err();
    assert!(matches!(&refused, BackupError::Db(DbError::NoMasterKey)), "{refused}");
    assert!(masters(&db).is_empty(), "nothing was put back");
    // With the key of the old machine beside the new one it works.
    let keys = |folder: &tempfile::TempDir| std::fs::read_to_string(folder.path().join("hoofdsleutel")).unwrap();
    std::fs::write(empty.path().join("hoofdsleutel"), keys(&empty) + &keys(&folder)).unwrap();
    restore(&db, &backup).unwrap();
    assert!(verify(&db).unwrap().is_intact());
}

const CHILD: &str = "COMBIZITTING_TEST_SEAL_URL";

/// In the child process: seals one row at a time and says so, until killed or done.
fn seal_until_killed(url: &str) {
    let db = open(url).unwrap();
    while db.write(Job::Seal, |tx| vault::seal_stored(tx, 1)).unwrap() > 0 {
        std::io::stdout().write_all(b"\nSEALED\n").unwrap();
    }
}

/// One test, two roles: it starts itself as the process that is killed.
#[rstest]
fn sealing_that_is_killed_in_the_middle_loses_nothing_and_is_taken_up_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    if let Ok(url) = std::env::var(CHILD) {
        return seal_until_killed(&url);
    }
    let place = Place::new(backend);
    let db = open(&place.url).unwrap();
    let (clerk, dossiers) = (person_in_role(&db, Role::Griffier), Dossiers::new(db.clone()));
    let ids: Vec<String> =
        (0..150).map(|at| dossiers.create(&clerk, &small_dossier(&format!("zaak {at}"))).unwrap().dossier_id).collect();
    assert_eq!(unseal(&db), 150);
    drop((db, dossiers));
    let case = if backend == Backend::Sqlite { "backend_1_Backend__Sqlite" } else { "backend_2_Backend__Postgres" };
    let name = "storage::sealed::sealing_that_is_killed_in_the_middle_loses_nothing_and_is_taken_up_again";
    for round in 0..4_usize {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("{name}::{case}"), "--nocapture", "--test-threads=1"])
            .env(CHILD, &place.url)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        lines.filter(|line| line == "SEALED").take(3 + round * 2).for_each(drop);
        child.kill().unwrap();
        child.wait().unwrap();
        let db = open(&place.url).unwrap();
        let left = unsealed(&db);
        assert!((1..150).contains(&left), "in the middle: {left}");
        assert!(verify(&db).unwrap().is_intact());
        let dossiers = Dossiers::new(db);
        let lost: Vec<&String> = ids.iter().filter(|id| dossiers.get(&clerk, id, View::Dossier).is_err()).collect();
        assert_eq!(lost, Vec::<&String>::new());
    }
    let db = open(&place.url).unwrap();
    seal_all(&db).unwrap();
    assert_eq!(unsealed(&db), 0);
    assert!(verify(&db).unwrap().is_intact());
}

#[test]
fn a_reader_whose_content_does_not_open_gets_an_error_and_no_content() {
    let test = TestDb::new(Backend::Sqlite);
    let clerk = person_in_role(&test.db, Role::Griffier);
    let dossiers = Dossiers::new(test.db.clone());
    let id = dossiers.create(&clerk, &small_dossier("zaak")).unwrap().dossier_id;
    run_as_owner(
        &test.db,
        "dossier_version",
        &with_byte(Backend::Sqlite, "UPDATE dossier_version SET sealed = {one byte changed}"),
    );
    let refused = dossiers.get(&clerk, &id, View::Dossier);
    assert!(matches!(refused, Err(DossierError::Db(DbError::Sealed))));
}
