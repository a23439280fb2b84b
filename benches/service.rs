//! The service's budget, each figure with its peer in the same run:
//! audited writes a second on SQLite FULL at 16 connections, and the CPU of reading a dossier
//! from SQLite against a bare actix handler. Run with `cargo bench --bench service`.
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout, clippy::indexing_slicing)]

mod support;

use actix_web::{App, HttpResponse, HttpServer, web};
use combizitting::audit::View;
use combizitting::db::Database;
use combizitting::dossier::model::Dossier;
use combizitting::dossier::{Dossiers, record::NewAssignment};
use combizitting::identity::{Actor, Identity, NewUser, Role, SessionKey};
use secrecy::SecretString;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 16;
const SPAN: Duration = Duration::from_secs(6);

/// Set for the process that only sends requests, so that its CPU is not counted with the server's.
const CLIENT: &str = "COMBIZITTING_BENCH_CLIENT";

fn main() {
    if let Ok(target) = std::env::var(CLIENT) {
        return be_client(&target);
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let db = Database::open(&format!("sqlite:{}", dir.path().join("bench.db").display())).expect("database");
    let clerk = clerk(&db);
    whole_dossiers(&db, &clerk);
    small_changes(&db, &clerk);
    reads(db, clerk);
}

fn clerk(db: &Database) -> Actor {
    add_clerk(&Identity::new(db.clone(), &SessionKey::random()).expect("keys"), "griffier")
}

fn add_clerk(identity: &Identity, login: &str) -> Actor {
    let new = NewUser {
        login: login.into(),
        name: "De griffier".into(),
        role: Role::Griffier,
        password: SecretString::from("een lang wachtwoord".to_owned()),
    };
    let user = identity.add_user(&Actor::operator(), &new).expect("user");
    Actor { user_id: user.id, name: user.name, role: user.role }
}

/// New dossiers, each a whole file with its version, its assignment and two chained audit entries.
fn whole_dossiers(db: &Database, clerk: &Actor) {
    let small = without_events();
    let size = serde_json::to_vec(&small).expect("json").len() / 1024;
    let writers = (0..CONNECTIONS).map(|writer| {
        let (dossiers, clerk, mut small) = (Dossiers::new(db.clone()), clerk.clone(), small.clone());
        move |number: usize| {
            small.reference = format!("combi-bench-{writer}-{number}");
            dossiers.create(&clerk, &small).expect("write");
        }
    });
    as_many_as_they_can(&format!("new dossiers of {size} KB, two audit entries each"), writers.collect());
}

/// Changes of one row with one chained audit entry: a colleague is assigned to a case, and the assignment ended.
fn small_changes(db: &Database, clerk: &Actor) {
    let identity = Identity::new(db.clone(), &SessionKey::random()).expect("keys");
    let mut small = without_events();
    small.measures.clear();
    small.plans = Default::default();
    let writers = (0..CONNECTIONS).map(|writer| {
        let (dossiers, clerk, mut small) = (Dossiers::new(db.clone()), clerk.clone(), small.clone());
        small.reference = format!("combi-klein-{writer}");
        let id = dossiers.create(&clerk, &small).expect("dossier").dossier_id;
        let colleague = add_clerk(&identity, &format!("collega-{writer}"));
        let new = NewAssignment { user_id: colleague.user_id, ..NewAssignment::default() };
        let mut open = None;
        move |_: usize| match open.take() {
            None => open = Some(dossiers.assign(&clerk, &id, &new).expect("assigned")),
            Some(assignment) => dossiers.end_assignment(&clerk, &id, &assignment).expect("ended"),
        }
    });
    as_many_as_they_can("changes of one row, one audit entry each", writers.collect());
}

fn without_events() -> Dossier {
    let mut small = support::demo();
    small.events.clear();
    small.documents.clear();
    small
}

/// Each writer in a thread of its own, for as long as the span lasts; every write is on disk before the next.
fn as_many_as_they_can<W: FnMut(usize) + Send + 'static>(what: &str, writers: Vec<W>) {
    let stop = Arc::new(AtomicBool::new(false));
    let threads: Vec<_> = writers
        .into_iter()
        .map(|mut write| {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || {
                let mut taken = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let begin = Instant::now();
                    write(taken.len());
                    taken.push(begin.elapsed());
                }
                taken
            })
        })
        .collect();
    let before = cpu_micros();
    std::thread::sleep(SPAN);
    stop.store(true, Ordering::Relaxed);
    let mut taken: Vec<Duration> = threads.into_iter().flat_map(|thread| thread.join().expect("writer")).collect();
    let cpu = (cpu_micros() - before) / taken.len() as f64;
    taken.sort();
    let p99 = taken.get(taken.len() * 99 / 100).copied().unwrap_or_default();
    let rate = u64::try_from(taken.len()).unwrap_or(u64::MAX) / SPAN.as_secs();
    println!("{what} (SQLite, FULL, {CONNECTIONS} writers): {rate} a second, p99 {p99:?}, {cpu:.0} µs CPU each");
}

/// CPU of one request, from this process's own account in /proc, for a bare handler and for a read.
fn reads(db: Database, clerk: Actor) {
    let dossiers = Dossiers::new(db);
    let stored = dossiers.create(&clerk, &support::grown(60)).expect("dossier");
    let data = web::Data::new((dossiers, clerk, stored.dossier_id));
    let (ready, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                App::new()
                    .app_data(data.clone())
                    .route("/hallo", web::get().to(|| async { HttpResponse::Ok().body("hallo") }))
                    .route("/lezen", web::get().to(read_one))
            })
            .workers(1)
            .bind("127.0.0.1:0")
            .expect("port");
            ready.send(server.addrs()[0]).expect("address");
            server.run().await.expect("server");
        });
    });
    let address = address.recv().expect("address");
    let bare = cpu_per_request(address, "/hallo");
    let read = cpu_per_request(address, "/lezen");
    println!("bare actix handler: {bare:.1} µs CPU a request");
    println!("dossier read from SQLite: {read:.1} µs CPU a request; CPU rate {:.1} % of bare", 100.0 * bare / read);
}

async fn read_one(data: web::Data<(Dossiers, Actor, String)>) -> HttpResponse {
    let read = web::block(move || data.0.get_snapshot(&data.1, &data.2, None, View::Dossier)).await;
    match read {
        Ok(Ok(snapshot)) => HttpResponse::Ok().content_type("application/json").body(snapshot.content),
        _ => HttpResponse::InternalServerError().finish(),
    }
}

/// Runs the client as another process and divides this process's CPU by the requests answered.
fn cpu_per_request(address: std::net::SocketAddr, path: &'static str) -> f64 {
    let before = cpu_micros();
    let output = std::process::Command::new(std::env::current_exe().expect("this program"))
        .env(CLIENT, format!("{address}{path}"))
        .output()
        .expect("client");
    let count: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a count");
    (cpu_micros() - before) / count
}

fn be_client(target: &str) {
    let (address, path) = target.split_once('/').expect("address and path");
    let (address, path) = (address.parse().expect("address"), format!("/{path}"));
    let stop = AtomicBool::new(false);
    let count = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| client(address, &path, &stop, &count));
        }
        std::thread::sleep(SPAN);
        stop.store(true, Ordering::Relaxed);
    });
    println!("{}", count.load(Ordering::Relaxed));
}

fn client(address: std::net::SocketAddr, path: &str, stop: &AtomicBool, count: &AtomicU64) {
    let mut stream = TcpStream::connect(address).expect("connection");
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut buffer = vec![0_u8; 256 * 1024];
    while !stop.load(Ordering::Relaxed) {
        stream.write_all(request.as_bytes()).expect("request");
        read_answer(&mut stream, &mut buffer);
        count.fetch_add(1, Ordering::Relaxed);
    }
}

fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) {
    let mut filled = 0;
    loop {
        filled += stream.read(&mut buffer[filled..]).expect("answer");
        let text = &buffer[..filled];
        let Some(end) = text.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&text[..end]).to_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let length: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .and_then(|length| length.trim().parse().ok())
            .expect("length");
        if filled >= end + 4 + length {
            return;
        }
    }
}

/// User and system time of this process in microseconds.
fn cpu_micros() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("/proc");
    let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>().expect("utime") + fields[12].parse::<f64>().expect("stime");
    ticks * 10_000.0
}
