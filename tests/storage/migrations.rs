use crate::support::{Backend, TestDb};
use combizitting::db::{AnyConn, Database, DbError, Job, apply_migrations, revert_migrations, schema};
use diesel::prelude::*;
use diesel::sql_types::Text;
use rstest::rstest;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

const SQLITE_SCHEMA: &str = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master
    WHERE tbl_name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' ORDER BY type, name";
const POSTGRES_SCHEMA: &str = "SELECT line FROM (
    SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' ||
           coalesce(collation_name, '') || ' ' || coalesce(column_default, '') AS line
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\\_\\_diesel%'
    UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE '\\_\\_diesel%'
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT tablename || ' ' || policyname || ' ' || cmd || ' ' || coalesce(qual, '') || coalesce(with_check, '')
      FROM pg_policies WHERE schemaname = 'public'
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS everything ORDER BY line COLLATE \"C\"";
const SQLITE_COLUMNS: &str = "SELECT m.name || '.' || c.name AS line
    FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
    WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' ORDER BY line";
const POSTGRES_COLUMNS: &str = "SELECT table_name || '.' || column_name AS line FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%' ORDER BY 1";

fn lines(conn: &mut AnyConn, sqlite: &str, postgres: &str) -> Result<Vec<String>, DbError> {
    let sql = if matches!(conn, AnyConn::Sqlite(_)) { sqlite } else { postgres };
    let rows: Vec<Line> = diesel::sql_query(sql).load(conn)?;
    let mut lines: Vec<String> = rows.into_iter().map(|row| row.line).collect();
    lines.sort();
    Ok(lines)
}

fn columns(db: &Database) -> Vec<String> {
    db.read(Job::Migrate, |conn| lines(conn, SQLITE_COLUMNS, POSTGRES_COLUMNS)).unwrap()
}

/// A plain connection, as migrations need one outside a transaction.
fn connect(url: &str) -> AnyConn {
    match url.strip_prefix("sqlite:") {
        Some(path) => AnyConn::Sqlite(SqliteConnection::establish(path).unwrap()),
        None => AnyConn::Postgres(PgConnection::establish(url).unwrap()),
    }
}

#[rstest]
fn going_down_and_up_again_gives_the_same_schema(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    let mut conn = connect(&test.url);
    let before = lines(&mut conn, SQLITE_SCHEMA, POSTGRES_SCHEMA).unwrap();
    assert!(before.len() > 20, "{before:?}");
    assert!(revert_migrations(&mut conn).unwrap() >= 1);
    assert_eq!(lines(&mut conn, SQLITE_SCHEMA, POSTGRES_SCHEMA).unwrap(), Vec::<String>::new());
    assert!(apply_migrations(&mut conn).unwrap() >= 1);
    assert_eq!(lines(&mut conn, SQLITE_SCHEMA, POSTGRES_SCHEMA).unwrap(), before);
    assert_eq!(apply_migrations(&mut conn).unwrap(), 0);
}

#[test]
fn both_databases_have_the_same_tables_and_columns() {
    let (sqlite, postgres) = (TestDb::new(Backend::Sqlite), TestDb::new(Backend::Postgres));
    assert_eq!(columns(&sqlite.db), columns(&postgres.db));
}

#[test]
fn both_folders_of_migrations_have_the_same_names() {
    let names = |folder: &str| {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
        let mut names: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[rstest]
fn the_program_knows_every_table_as_it_is(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    test.db
        .read(Job::Migrate, |conn| -> Result<(), DbError> {
            macro_rules! select_all {
                ($($table:ident),+) => {
                    $(schema::$table::table.select(schema::$table::all_columns).limit(0).execute(conn)?;)+
                };
            }
            select_all!(user_account, session, sign_in_attempt, dossier, dossier_version, case_assignment);
            select_all!(submission, submission_taken, draft, audit_entry, audit_head, audit_anchor);
            select_all!(data_key, second_factor, recovery_code, provider_subject, spent_once, service_key);
            select_all!(delegation, submission_delegation, security_key, key_challenge);
            select_all!(review_step, document_code, file_content, document_file, file_check, unfinished_form);
            select_all!(case_moment, case_moment_state, open_work, destruction);
            Ok(())
        })
        .unwrap();
}

#[test]
fn starting_twice_at_once_migrates_once() {
    let test = TestDb::new(Backend::Postgres);
    revert_migrations(&mut connect(&test.url)).unwrap();
    std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| Database::open(&test.url).map(drop))).collect();
        for start in starts {
            start.join().unwrap().unwrap();
        }
    });
    assert!(columns(&test.db).len() > 20);
}
