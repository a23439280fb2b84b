//! One PostgreSQL for a whole test run: found on this machine, started as an unprivileged user on a
//! private unix socket, without fsync, and stopped when the run ends. Each test gets its own copy
//! of a database that has the schema already.

use combizitting::db::{AnyConn, apply_migrations};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `nobody` on Debian: PostgreSQL refuses to run as root.
const NOBODY: u32 = 65534;
const ADVICE: &str = "PostgreSQL is not found. Install it with `apt-get install postgresql`, or set PG_BIN to the \
                      folder that holds initdb and pg_ctl.";

/// A database of one test.
pub struct Clone {
    name: String,
}

impl Clone {
    pub fn make() -> Self {
        Self::from_template("sjabloon")
    }

    /// A copy; nobody may be connected to this database.
    pub fn copy(&self) -> Self {
        Self::from_template(&self.name)
    }

    /// Made by who keeps the cluster, and owned by the role of the service: an ordinary one, as the second lock asks.
    fn from_template(template: &str) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("t{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        run_sql("postgres", &format!("CREATE DATABASE {name} OWNER combizitting TEMPLATE {template}"));
        Self { name }
    }

    pub fn url(&self) -> String {
        url(&self.name)
    }

    pub fn keeper_url(&self) -> String {
        keeper_url(cluster(), &self.name)
    }
}

impl Drop for Clone {
    fn drop(&mut self) {
        if let Ok(mut conn) = PgConnection::establish(&keeper_url(cluster(), "postgres")) {
            // The whole cluster goes at the end of the run; a copy that stays until then does no harm.
            let _ = conn.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

fn run_sql(database: &str, sql: &str) {
    PgConnection::establish(&keeper_url(cluster(), database))
        .expect("PostgreSQL answers")
        .batch_execute(sql)
        .expect("SQL runs");
}

fn url(database: &str) -> String {
    url_in(cluster(), "combizitting", database)
}

/// As the superuser who keeps the cluster; the service never signs in as such.
fn keeper_url(home: &Path, database: &str) -> String {
    url_in(home, "postgres", database)
}

fn url_in(home: &Path, role: &str, database: &str) -> String {
    let host = home.display().to_string().replace('/', "%2F");
    format!("postgres://{role}@{host}/{database}")
}

/// Folder of the running cluster, which also holds its socket.
fn cluster() -> &'static Path {
    static CLUSTER: OnceLock<PathBuf> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        // nextest runs each test in its own process: those share one cluster, named after the run.
        let (key, owner) = match std::env::var("NEXTEST_RUN_ID") {
            Ok(run) => (run, std::os::unix::process::parent_id()),
            Err(_) => (std::process::id().to_string(), std::process::id()),
        };
        let home = std::env::temp_dir().join(format!("combizitting-pg-{key}"));
        std::fs::create_dir_all(&home).expect("a folder for PostgreSQL");
        let lock = File::create(home.join("lock")).expect("a lock file");
        lock.lock().expect("the lock");
        if !home.join("ready").exists() {
            start(&find_binaries(), &home, owner);
            File::create(home.join("ready")).expect("a mark that it runs");
        }
        home
    })
}

fn find_binaries() -> PathBuf {
    let has_both = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file();
    if let Some(given) = std::env::var_os("PG_BIN") {
        let given = PathBuf::from(given);
        assert!(has_both(&given), "PG_BIN is {}, but initdb and pg_ctl are not there. {ADVICE}", given.display());
        return given;
    }
    let mut packaged: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    packaged.sort();
    packaged.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    packaged.into_iter().chain(std::env::split_paths(&path)).find(has_both).expect(ADVICE)
}

/// A command as this user, or as nobody when this user is root.
fn unprivileged(program: impl AsRef<std::ffi::OsStr>, home: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(home).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

fn start(binaries: &Path, home: &Path, owner: u32) {
    use std::os::unix::fs::{PermissionsExt, chown};
    std::fs::set_permissions(home, std::fs::Permissions::from_mode(0o700)).expect("private folder");
    if is_root() {
        chown(home, Some(NOBODY), Some(NOBODY)).expect("the folder for nobody");
    }
    let data = home.join("data");
    let made = unprivileged(binaries.join("initdb"), home)
        .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
        .arg(&data)
        .status();
    assert!(made.is_ok_and(|status| status.success()), "initdb failed in {}. {ADVICE}", home.display());
    let options = format!(
        "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c synchronous_commit=off \
         -c full_page_writes=off -c max_connections=200",
        home.display()
    );
    let started = unprivileged(binaries.join("pg_ctl"), home)
        .args(["start", "--wait", "-o", &options, "-l"])
        .arg(home.join("log"))
        .arg("-D")
        .arg(&data)
        .status();
    assert!(
        started.is_ok_and(|status| status.success()),
        "PostgreSQL did not start; see {}",
        home.join("log").display()
    );
    watch(binaries, home, owner);
    let mut admin = PgConnection::establish(&keeper_url(home, "postgres")).expect("PostgreSQL answers");
    admin.batch_execute("CREATE ROLE combizitting LOGIN").expect("an ordinary role");
    admin.batch_execute("CREATE DATABASE sjabloon OWNER combizitting").expect("a template database");
    let template = PgConnection::establish(&url_in(home, "combizitting", "sjabloon")).expect("the template answers");
    apply_migrations(&mut AnyConn::Postgres(template)).expect("the migrations run");
}

/// A process of its own that stops PostgreSQL and clears up once the test run is gone, however it ended.
#[expect(clippy::zombie_processes, reason = "the watcher outlives this process on purpose")]
fn watch(binaries: &Path, home: &Path, owner: u32) {
    let script = r#"while [ -d "/proc/$1" ]; do sleep 1; done
"$2/pg_ctl" stop -m immediate -D "$3/data"; cd /; rm -rf "$3""#;
    unprivileged("sh", home)
        .args(["-c", script, "sh", &owner.to_string()])
        .arg(binaries)
        .arg(home)
        .process_group(0)
        .spawn()
        .expect("a watcher");
}
