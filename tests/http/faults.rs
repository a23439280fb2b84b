//! A database that is locked, full or gone: 503 in Dutch with Retry-After, nothing half-written,
//! nothing shown that was not logged, and afterwards all goes on.

use super::harness::{Answer, Site, Who};
use crate::support::Backend;
use crate::support::families::demo_with;
use combizitting::audit::verify;
use combizitting::db::{DbError, Job};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use rstest::rstest;

fn run_sql(site: &Site, sql: &str) {
    let sql = sql.to_owned();
    site.app.db.write(Job::Accounts, move |tx| -> Result<(), DbError> { Ok(tx.batch_execute(&sql)?) }).unwrap();
}

/// Someone else who holds the database, until dropped.
enum Holder {
    Sqlite(#[expect(dead_code, reason = "held for its Drop")] SqliteConnection),
    Postgres(#[expect(dead_code, reason = "held for its Drop")] PgConnection),
}

fn hold(site: &Site) -> Holder {
    match site.place.url.strip_prefix("sqlite:") {
        Some(path) => {
            run_sql(site, "PRAGMA busy_timeout = 20");
            let mut other = SqliteConnection::establish(path).unwrap();
            other.batch_execute("BEGIN IMMEDIATE").unwrap();
            Holder::Sqlite(other)
        }
        None => {
            run_sql(site, "SET SESSION lock_timeout = '50ms'");
            let mut other = PgConnection::establish(&site.place.url).unwrap();
            other.batch_execute("BEGIN; LOCK TABLE audit_head, session IN EXCLUSIVE MODE").unwrap();
            Holder::Postgres(other)
        }
    }
}

/// Full for every write: what the database says then comes from a trigger, as SQLite's own limit
/// holds for one connection only, and the writer takes a new one after a fault.
fn fill(site: &Site) {
    match site.place.url.starts_with("sqlite:") {
        true => refuse_writes(site, "database or disk is full"),
        false => refuse_writes(site, "could not extend file \"base/1/2\": No space left on device"),
    }
    if site.place.url.starts_with("sqlite:") {
        run_sql(site, "PRAGMA max_page_count = 1");
    }
}

/// From now on the database says this to every write.
fn refuse_writes(site: &Site, said: &str) {
    let sql = match site.place.url.starts_with("sqlite:") {
        true => format!("CREATE TRIGGER vol BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, '{said}'); END;"),
        false => format!(
            "CREATE FUNCTION vol() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 RAISE EXCEPTION '{said}' USING ERRCODE = '53100';
             END $$;
             CREATE TRIGGER vol BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION vol();"
        ),
    };
    run_sql(site, &sql);
}

fn make_room(site: &Site) {
    match site.place.url.starts_with("sqlite:") {
        true => run_sql(site, "PRAGMA max_page_count = 1000000; DROP TRIGGER vol;"),
        false => run_sql(site, "DROP TRIGGER vol ON audit_entry; DROP FUNCTION vol();"),
    }
}

fn is_unavailable(answer: &Answer) {
    let problem = answer.assert_problem(503, "unavailable");
    assert_eq!(answer.header("retry-after"), Some("60"));
    assert!(problem["detail"].as_str().unwrap().starts_with("Er is niets opgeslagen."), "{problem}");
    let text = answer.text().to_lowercase();
    for word in ["sqlite", "postgres", "locked", "lock timeout", "disk", "space", "/base/", "select", "insert"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

/// A large dossier, so that a full database notices it at once.
fn new_dossier(reference: &str) -> serde_json::Value {
    serde_json::to_value(demo_with(|dossier| dossier.reference = reference.to_owned())).unwrap()
}

async fn nothing_is_done_or_shown(site: &Site) {
    let before = verify_counts(site);
    let made = site.api("POST", "/v1/dossiers", Who::Clerk).json(&new_dossier("tijdens-storing"));
    is_unavailable(&site.send(made).await);
    let changed = site
        .api("PUT", "/v1/dossiers/{dossier}", Who::Clerk)
        .header("If-Match", "\"1\"")
        .json(&new_dossier("gewijzigd"));
    is_unavailable(&site.send(changed).await);
    let draft = site.api("POST", "/v1/dossiers/{dossier}/concepten", Who::Judge);
    is_unavailable(&site.send(draft.json(&serde_json::json!({"soort": "omgang"}))).await);
    let info = serde_json::json!({"wensen": "Apart horen."});
    let info = site.api("POST", "/v1/dossiers/{dossier}/veiligheidsinformatie", Who::Advocate).json(&info);
    is_unavailable(&site.send(info).await);
    // A look that cannot be logged is not given.
    let read = site.send(site.api("GET", "/v1/dossiers/{dossier}/tijdlijn", Who::Judge)).await;
    is_unavailable(&read);
    let page = site.send(site.page("/zaken/{dossier}", Who::Judge)).await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains("even niet beschikbaar") && page.text().contains("<main"), "{}", page.text());
    assert!(!page.text().contains("Voorbeeld-Aarden"));
    assert_eq!(page.header("retry-after"), Some("60"));
    assert_eq!(verify_counts(site), before, "nothing half-written");
}

/// Entries and contents in an intact trail.
fn verify_counts(site: &Site) -> (usize, usize) {
    let report = verify(&site.app.db).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
    (report.entries, report.contents)
}

async fn all_goes_on(site: &Site) {
    let made = site.api("POST", "/v1/dossiers", Who::Clerk).json(&new_dossier("na-de-storing"));
    assert_eq!(site.send(made).await.status, 201);
    let list = site.send(site.api("GET", "/v1/dossiers", Who::Clerk)).await.json();
    let known: Vec<&str> =
        list["dossiers"].as_array().unwrap().iter().map(|item| item["kenmerk"].as_str().unwrap()).collect();
    assert_eq!(known.len(), 2, "{known:?}");
    assert!(!known.contains(&"tijdens-storing") && !known.contains(&"gewijzigd"));
    verify_counts(site);
}

#[rstest]
#[actix_web::test]
async fn a_locked_database_is_a_clear_503_and_nothing_is_half_written(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::on_one_connection(backend);
    let held = hold(&site);
    nothing_is_done_or_shown(&site).await;
    drop(held);
    all_goes_on(&site).await;
}

#[rstest]
#[actix_web::test]
async fn a_full_database_is_a_clear_503_and_nothing_is_half_written(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::on_one_connection(backend);
    if backend == Backend::Sqlite {
        // SQLite's own limit, with a dossier that does not fit in it.
        run_sql(&site, "PRAGMA max_page_count = 1");
        let made = site.api("POST", "/v1/dossiers", Who::Clerk).json(&new_dossier("tijdens-storing"));
        is_unavailable(&site.send(made).await);
    }
    fill(&site);
    nothing_is_done_or_shown(&site).await;
    make_room(&site);
    all_goes_on(&site).await;
}

#[rstest]
#[actix_web::test]
async fn a_disk_that_fails_or_may_only_be_read_is_a_clear_503_and_nothing_is_half_written(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let said = match backend {
        Backend::Sqlite => ["disk I/O error", "attempt to write a readonly database"],
        Backend::Postgres => ["could not write to file: Input/output error", "could not write: Read-only file system"],
    };
    for said in said {
        let site = Site::on_one_connection(backend);
        refuse_writes(&site, said);
        nothing_is_done_or_shown(&site).await;
        make_room(&site);
        all_goes_on(&site).await;
    }
}
