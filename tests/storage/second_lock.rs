//! The second lock: what the database itself gives, when a query forgets to ask whose case it is. Only PostgreSQL.

use super::retention::Desk;
use crate::support::{Backend, TestDb, keys, person_in_role, small_dossier};
use combizitting::audit::View;
use combizitting::bundle::Files;
use combizitting::bundle::files::FileWish;
use combizitting::db::lock::{LOCKED, WITHOUT};
use combizitting::db::{Clock, Database, DbError, Holder, Job, Options};
use combizitting::dossier::model::secrets::NamedPlaces;
use combizitting::dossier::record::{NewAssignment, SafetySubmission};
use combizitting::dossier::store::find_version;
use combizitting::identity::{Actor, Role};
use combizitting::shared::ids::DocumentId;
use combizitting::shared::moment::local_date;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use std::collections::BTreeMap;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Truth {
    #[diesel(sql_type = Bool)]
    truth: bool,
}

fn count(db: &Database, holder: impl Into<Holder>, sql: &str) -> i64 {
    db.read(holder, |conn| Ok::<_, DbError>(diesel::sql_query(sql).get_result::<Count>(conn)?.n)).unwrap()
}

fn raw(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap()
}

fn rows_of(conn: &mut PgConnection, table: &str) -> i64 {
    diesel::sql_query(format!("SELECT count(*) AS n FROM {table}")).get_result::<Count>(conn).unwrap().n
}

/// Rows that a holder finds in each table with a lock, by a query that asks nothing about cases.
fn found(db: &Database, holder: &Holder) -> BTreeMap<&'static str, i64> {
    LOCKED
        .iter()
        .map(|table| (*table, count(db, holder.clone(), &format!("SELECT count(*) AS n FROM {table}"))))
        .collect()
}

fn as_account(actor: &Actor) -> Holder {
    Holder::from(actor)
}

/// A case with something in every table, and a case of another clerk with a form of its own.
struct Two {
    desk: Desk,
    other: Actor,
    other_case: String,
}

fn two() -> Two {
    let desk = Desk::new(Backend::Postgres);
    let other = person_in_role(&desk.test.db, Role::Griffier);
    let other_case = desk.dossiers.create(&other, &small_dossier("zaak van een ander")).unwrap().dossier_id;
    desk.dossiers.keep_form(&other, &other_case, "voornemen/gezag", &[("a".to_owned(), "b".to_owned())]).unwrap();
    desk.dossiers.get(&other, &other_case, View::Dossier).unwrap();
    let (files, document) = (Files::new(desk.test.db.clone()), DocumentId("brief".to_owned()));
    let clerk = &desk.people.griffier;
    let file = files.of_case(clerk, &desk.case).unwrap()[&document].id.clone();
    let place = FileWish { dossier: &desk.case, document: &document };
    files.record_check(clerk, &place, &file, &[]).unwrap();
    desk.years_later(31);
    desk.propose().unwrap();
    let open = format!("INSERT INTO open_work VALUES ('inzending', 'nog-open', '', '{}')", desk.case);
    super::run_sql(&desk.test.db, &open).unwrap();
    Two { desk, other, other_case }
}

#[test]
fn whoever_names_nobody_finds_nothing_in_any_table_with_a_lock() {
    let two = two();
    let mut conn = raw(&two.desk.test.url);
    let all = found(&two.desk.test.db, &Job::Backup.into());
    for table in LOCKED {
        assert_eq!(rows_of(&mut conn, table), 0, "{table}");
        assert!(all[table] > 0 || table.starts_with("case_moment"), "{table} has something to be found");
    }
    for name in ["systeem", "alles", "", "back-up "] {
        conn.batch_execute(&format!("SELECT set_config('combizitting.doel', '{name}', false)")).unwrap();
        assert_eq!(rows_of(&mut conn, "dossier_version"), 0, "{name}");
    }
    // An account without a purpose is none either.
    let id = &two.desk.people.griffier.user_id;
    conn.batch_execute(&format!("SELECT set_config('combizitting.account', '{id}', false)")).unwrap();
    assert_eq!(rows_of(&mut conn, "dossier"), 0);
    let insert = "INSERT INTO submission_taken SELECT id, 1, 1, 'systeem' FROM submission";
    assert!(conn.batch_execute(insert).is_ok(), "there is nothing to insert from");
    let direct = format!("INSERT INTO case_moment VALUES ('{}', 'zitting', 9, 1, '')", two.desk.case);
    assert!(conn.batch_execute(&direct).unwrap_err().to_string().contains("row-level security"));
}

#[test]
fn an_account_finds_only_its_own_case_by_a_query_that_forgets_to_ask() {
    let two = two();
    let (db, clerk) = (&two.desk.test.db, &two.desk.people.griffier);
    for (who, case, not) in [(clerk, &two.desk.case, &two.other_case), (&two.other, &two.other_case, &two.desk.case)] {
        let mine = |sql: &str| count(db, who, sql);
        assert_eq!(mine(&format!("SELECT count(*) AS n FROM dossier WHERE id <> '{case}'")), 0);
        assert_eq!(mine("SELECT count(*) AS n FROM dossier"), 1);
        let held = [
            "dossier_version",
            "submission",
            "draft",
            "document_file",
            "unfinished_form",
            "case_moment_state",
            "open_work",
        ];
        for table in held {
            assert_eq!(mine(&format!("SELECT count(*) AS n FROM {table} WHERE dossier_id = '{not}'")), 0, "{table}");
        }
        assert_eq!(mine(&format!("SELECT count(*) AS n FROM audit_entry WHERE chain <> '{case}'")), 0);
        assert!(mine("SELECT count(*) AS n FROM audit_entry") > 0);
        assert_eq!(mine(&format!("SELECT count(*) AS n FROM data_key WHERE scope = '{not}'")), 0);
        // The seeded hole: a query of the program itself for use after a check that nobody made.
        assert!(db.read(who, |conn| find_version(conn, case, 1)).unwrap().is_some());
        assert_eq!(db.read(who, |conn| find_version(conn, not, 1)).unwrap(), None);
        for table in ["review_step", "document_code", "submission_taken", "file_check", "file_content", "open_work"] {
            let expected = count(db, Job::Backup, &format!("SELECT count(*) AS n FROM {table}"));
            let sees_all = std::ptr::eq(who, clerk);
            assert_eq!(
                mine(&format!("SELECT count(*) AS n FROM {table}")),
                if sees_all { expected } else { 0 },
                "{table}"
            );
        }
    }
}

#[test]
fn roles_that_see_no_content_find_none_and_a_partner_only_its_own_delivery() {
    let two = two();
    let (db, people) = (&two.desk.test.db, &two.desk.people);
    let content = ["dossier_version", "draft", "review_step", "document_code", "document_file", "file_content"];
    for who in [&people.beheerder, &people.toezichthouder, &people.ketenpartner, &people.advocaat, &Actor::operator()] {
        let found = found(db, &as_account(who));
        for table in content.iter().chain(&["case_moment", "unfinished_form", "file_check", "open_work"]) {
            assert_eq!(found[table], 0, "{} {table}", who.role);
        }
        let manages = matches!(who.role, Role::Beheerder | Role::Toezichthouder);
        let partner = i64::from(who.role == Role::Ketenpartner);
        assert_eq!(found["dossier"], if manages { 2 } else { partner }, "{}", who.role);
        assert_eq!((found["submission"], found["submission_taken"]), (partner, partner), "{}", who.role);
        assert_eq!(found["audit_entry"] > 0, who.role == Role::Toezichthouder, "{}", who.role);
    }
    let judge = found(db, &as_account(&people.rechter));
    assert!(content.iter().all(|table| judge[table] > 0), "{judge:?}");
}

#[test]
fn a_right_that_ended_opens_nothing_any_more() {
    let two = two();
    let (db, people) = (&two.desk.test.db, &two.desk.people);
    let versions = |who: &Actor| count(db, who, "SELECT count(*) AS n FROM dossier_version");
    let helper = person_in_role(db, Role::Medewerker);
    let client = NewAssignment {
        user_id: people.advocaat.user_id.clone(),
        person: Some("ouder-a".into()),
        ..NewAssignment::default()
    };
    let assignment = two.desk.dossiers.assign(&people.griffier, &two.desk.case, &client).unwrap();
    let day = local_date(&combizitting::db::instant_of(db.now()));
    assert_eq!((versions(&people.advocaat), versions(&helper)), (1, 0));
    let login = format!("{}-{}", helper.role, helper.user_id);
    two.desk.dossiers.delegate(&people.advocaat, &login, day).unwrap();
    assert_eq!(versions(&helper), 1);
    let wish = SafetySubmission { wishes: Some("Apart wachten.".to_owned()), ..SafetySubmission::default() };
    two.desk.dossiers.submit_safety_info(&helper, &two.desk.case, &wish, NamedPlaces::Ask).unwrap();
    let submissions = |who: &Actor| count(db, who, "SELECT count(*) AS n FROM submission");
    assert_eq!((submissions(&helper), submissions(&people.advocaat), submissions(&people.ketenpartner)), (1, 1, 1));
    two.desk.years_later(1);
    assert_eq!((versions(&helper), versions(&people.advocaat)), (0, 1), "the last day is over");
    two.desk.dossiers.end_assignment(&people.griffier, &two.desk.case, &assignment).unwrap();
    assert_eq!(versions(&people.advocaat), 0);
    let close = format!("UPDATE user_account SET active = FALSE WHERE id = '{}'", people.griffier.user_id);
    super::run_sql(db, &close).unwrap();
    assert_eq!(versions(&people.griffier), 0);
    let other_role = format!("UPDATE user_account SET role = 'rechter' WHERE id = '{}'", two.other.user_id);
    super::run_sql(db, &other_role).unwrap();
    assert_eq!(versions(&two.other), 0);
}

#[test]
fn every_table_is_known_to_have_the_lock_or_to_need_none() {
    let test = TestDb::new(Backend::Postgres);
    let lines = |sql: &str| -> Vec<String> {
        let rows: Vec<Line> =
            test.db.read(Job::Accounts, |conn| Ok::<_, DbError>(diesel::sql_query(sql).load(conn)?)).unwrap();
        rows.into_iter().map(|row| row.line).collect()
    };
    let tables = |condition: &str| {
        lines(&format!(
            "SELECT relname::text AS line FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm')
                AND relnamespace = 'public'::regnamespace AND relname NOT LIKE '\\_\\_diesel%' AND {condition} ORDER BY relname::text COLLATE \"C\""
        ))
    };
    assert_eq!(tables("relrowsecurity AND relforcerowsecurity"), LOCKED);
    assert_eq!(tables("NOT relrowsecurity AND NOT relforcerowsecurity"), WITHOUT);
    let kinds = lines(
        "SELECT tablename || ' ' || string_agg(cmd, ' ' ORDER BY cmd) AS line FROM pg_policies GROUP BY tablename
            ORDER BY tablename COLLATE \"C\"",
    );
    let expected: Vec<String> = LOCKED.iter().map(|table| format!("{table} DELETE INSERT SELECT UPDATE")).collect();
    assert_eq!(kinds, expected);
}

#[test]
fn a_job_opens_every_case_only_when_it_is_on_the_list() {
    let two = two();
    for job in Job::ALL {
        let sql = "SELECT slot_systeem() AS truth";
        let db = &two.desk.test.db;
        let opens = db.read(job, |conn| Ok::<_, DbError>(diesel::sql_query(sql).get_result::<Truth>(conn)?.truth));
        assert_eq!(opens.unwrap(), job.opens_every_case(), "{job:?}");
        let found = found(db, &job.into());
        assert_eq!(found["dossier_version"], if job.opens_every_case() { 2 } else { 0 }, "{job:?}");
        assert_eq!(found["dossier"], if job.opens_every_case() || job == Job::Existence { 2 } else { 0 }, "{job:?}");
        assert_eq!(found["draft"] > 0, job.opens_every_case() || job == Job::PrintedCode, "{job:?}");
    }
}

#[test]
fn a_connection_takes_nothing_along_to_the_next_reader() {
    let test = TestDb::new(Backend::Postgres);
    let one = Options { connections: 1, clock: Clock::system(), keys: keys() };
    let db = Database::open_with(&test.url, one).unwrap();
    let clerk = person_in_role(&db, Role::Griffier);
    combizitting::dossier::Dossiers::new(db.clone()).create(&clerk, &small_dossier("zaak")).unwrap();
    let versions = "SELECT count(*) AS n FROM dossier_version";
    let stranger = person_in_role(&db, Role::Griffier);
    let nothing_is_left = |after: &str| {
        assert_eq!(count(&db, &stranger, versions), 0, "{after}");
        assert_eq!(count(&db, Job::Accounts, versions), 0, "{after}");
    };
    assert_eq!(count(&db, &clerk, versions), 1);
    nothing_is_left("a read");
    db.write(&clerk, |_| Ok::<_, DbError>(())).unwrap();
    nothing_is_left("a write");
    assert_eq!(db.write(Job::Retain, |_| Err::<(), _>(DbError::Refused)), Err(DbError::Refused));
    nothing_is_left("an error");
    let broken = db.write(Job::Retain, |tx| Ok::<_, DbError>(tx.batch_execute("SELECT nonsense FROM nowhere")?));
    assert!(broken.is_err());
    nothing_is_left("SQL that fails");
    assert!(db.write(Job::Retain, |_| -> Result<(), DbError> { panic!("a job that panics") }).is_err());
    nothing_is_left("a panic");
    let inside = db.write(&clerk, |tx| {
        let part = combizitting::db::as_job(tx, Job::Backup, |_| Err::<(), _>(DbError::Refused));
        assert_eq!(part, Err(DbError::Refused));
        Ok::<_, DbError>(diesel::sql_query("SELECT count(*) AS n FROM data_key").get_result::<Count>(tx)?.n)
    });
    assert_eq!(inside.unwrap(), 1, "after a part done as a job it is the clerk again");
}

#[test]
fn only_destruction_of_a_case_by_its_rules_opens_the_way_to_removing_it() {
    let two = two();
    let (db, people, case) = (&two.desk.test.db, &two.desk.people, &two.desk.case);
    let forged = format!(
        "INSERT INTO destruction (id, dossier_id, reference, rule, due_on, reason, proposed_at, proposed_by, package_hash,
            confirmed_at, confirmed_by) VALUES ('vals', '{}', 'x', 'x', 'x', 'lang genoeg', 1, '{}', repeat('a', 64), 1, '{}')",
        two.other_case, people.beheerder.user_id, people.griffier.user_id
    );
    for who in [&people.griffier, &people.beheerder, &people.rechter] {
        let sql = forged.clone();
        let outcome = db.write(who, move |tx| Ok::<_, DbError>(tx.batch_execute(&sql)?));
        assert!(outcome.is_err(), "{}", who.role);
        let sql = "UPDATE destruction SET package_hash = repeat('a', 64), confirmed_at = 1, confirmed_by = 'systeem'";
        db.write(who, move |tx| Ok::<_, DbError>(tx.batch_execute(sql)?)).unwrap();
        let sql = "DELETE FROM submission_taken; DELETE FROM dossier_version";
        db.write(who, move |tx| Ok::<_, DbError>(tx.batch_execute(sql)?)).unwrap();
    }
    for job in Job::ALL.into_iter().filter(|job| !matches!(job, Job::Retain | Job::Backup)) {
        let sql = forged.clone();
        assert!(db.write(job, move |tx| Ok::<_, DbError>(tx.batch_execute(&sql)?)).is_err(), "{job:?}");
    }
    let left = |sql: &str| count(db, Job::Backup, sql);
    assert_eq!(left("SELECT count(*) AS n FROM destruction WHERE confirmed_at IS NOT NULL"), 0);
    assert_eq!(left(&format!("SELECT count(*) AS n FROM dossier_version WHERE dossier_id = '{case}'")), 1);
    assert_eq!(left("SELECT count(*) AS n FROM submission_taken"), 1);
}

#[test]
fn nobody_records_something_in_the_name_of_another() {
    let two = two();
    let (db, people) = (&two.desk.test.db, &two.desk.people);
    let forged = format!(
        "INSERT INTO audit_entry VALUES ('{}', 999, 1, '{}', 'rechter', 'x', 'x', 'x', repeat('a', 64))",
        two.desk.case, people.rechter.user_id
    );
    let outcome = db.write(&people.griffier, move |tx| Ok::<_, DbError>(tx.batch_execute(&forged)?));
    assert!(matches!(outcome, Err(DbError::Other { cause }) if cause.contains("row-level security")));
}

#[test]
fn the_service_does_not_start_as_a_role_that_can_go_around_the_lock_or_with_a_table_that_lost_it() {
    let test = TestDb::new(Backend::Postgres);
    let keeper = test.place.keeper_url().unwrap();
    let open = |url: &str| Database::open_with(url, Options { keys: keys(), ..Options::default() }).map(drop);
    assert_eq!(open(&keeper), Err(DbError::AroundTheLock));
    assert_eq!(Database::open_read_only_with(&keeper, &keys()).map(drop), Err(DbError::AroundTheLock));
    assert_eq!(open(&test.url), Ok(()));
    raw(&test.url).batch_execute("ALTER TABLE draft NO FORCE ROW LEVEL SECURITY").unwrap();
    assert_eq!(open(&test.url), Err(DbError::Unlocked { table: "draft".to_owned() }));
    raw(&test.url).batch_execute("ALTER TABLE draft FORCE ROW LEVEL SECURITY").unwrap();
    assert_eq!(open(&test.url), Ok(()));
}
