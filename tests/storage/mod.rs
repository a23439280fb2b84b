//! Storage on both databases: schema, many writers, crashes, faults, audit, sessions, who sees what.

mod agenda;
mod audit;
mod backup;
mod concurrency;
mod crash;
mod delegates;
mod drafts;
mod faults;
mod files;
mod migrations;
mod read_back;
mod retention;
pub mod review;
mod sealed;
mod search;
mod second_lock;
mod sessions;
mod unfinished;
mod visibility;

use combizitting::db::{AnyConn, Database, DbError, Job, lock};
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    line: String,
}

/// What a query gives in its column `line`, with every row within reach.
fn lines(db: &Database, sql: &str) -> Vec<String> {
    let told: Vec<Told> =
        db.read(Job::Verify, |conn| Ok::<_, DbError>(diesel::sql_query(sql).load(conn)?)).expect("a query");
    told.into_iter().map(|one| one.line).collect()
}

/// Runs raw SQL in a write transaction, with every row within reach: what then refuses it, is no matter of the second lock.
fn run_sql(db: &Database, sql: &str) -> Result<(), DbError> {
    let sql = sql.to_owned();
    db.write(Job::Retain, move |tx| Ok(tx.batch_execute(&sql)?))
}

/// Runs SQL as someone who owns the database could: with the triggers and the lock of a table out of the way.
fn run_as_owner(db: &Database, table: &str, sql: &str) {
    let (table, sql) = (table.to_owned(), sql.to_owned());
    db.write(Job::Retain, move |tx| -> Result<(), DbError> {
        match tx {
            AnyConn::Sqlite(conn) => {
                for (table, kind) in [(&*table, "update"), (&*table, "delete"), ("audit_head", "update")] {
                    conn.batch_execute(&format!("DROP TRIGGER IF EXISTS {table}_keep_{kind}"))?;
                }
                conn.batch_execute("DROP TRIGGER IF EXISTS audit_head_anchored")?;
                conn.batch_execute(&sql)?;
            }
            AnyConn::Postgres(conn) => {
                for table in [&*table, "audit_head"] {
                    conn.batch_execute(&format!("ALTER TABLE {table} DISABLE TRIGGER USER"))?;
                    conn.batch_execute(&format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))?;
                }
                conn.batch_execute(&sql)?;
                for table in [&*table, "audit_head"] {
                    conn.batch_execute(&format!("ALTER TABLE {table} ENABLE TRIGGER USER"))?;
                    if lock::LOCKED.contains(&table) {
                        conn.batch_execute(&format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))?;
                    }
                }
            }
        }
        Ok(())
    })
    .expect("the owner can change anything");
}
