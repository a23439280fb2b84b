//! How long pages take with many cases in the database and twenty users at work: per page the 50th, 95th and
//! 99th percentile on the clock and the bytes that go over the line, with the bare answer of `/gezondheid/leeft`
//! as the floor in the same run. `COMBIZITTING_ZAKEN=100000 cargo bench --bench desk`; SQLite, or the empty
//! PostgreSQL database of `DATABASE_URL`.
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout, clippy::indexing_slicing)]

mod support;

use combizitting::app::{App, Settings, run};
use combizitting::conflicts::ends_of_terms;
use combizitting::db::Database;
use combizitting::documents::model::{Block, DocumentMeta, DocumentModel, Inline};
use combizitting::dossier::Dossiers;
use combizitting::dossier::model::{Domain, Dossier, FamilyRole};
use combizitting::dossier::record::NewAssignment;
use combizitting::drafting::model::{Draft, DraftKind, DraftSet};
use combizitting::drafting::review::model::StepKind;
use combizitting::drafting::review::{Said, StepWish};
use combizitting::drafting::service::Drafts;
use combizitting::identity::{Actor, Identity, NewUser, Role, SessionKey};
use combizitting::web::limits::RateLimits;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PASSWORD: &str = "een lang wachtwoord";
/// How long the users work.
const SPAN: Duration = Duration::from_secs(120);
/// A user looks at a page this long before the next.
const THINKING: Duration = Duration::from_millis(1_000);
/// Cases of each user that are opened during the measurement.
const OPENED: usize = 50;

const COURT: &[&str] = &[
    "/zittingen",
    "/termijnen",
    "/werk",
    "/zaken",
    "/zaken?zoek=staat-nergens",
    "/zaken?sinds=2999-01-01",
    "/zaken/{d}",
    "/zaken/{d}/tijdlijn",
    "/zaken/{d}/bevindingen",
    "/zaken/{d}/mogelijkheden",
    "/zaken/{d}/conflicten",
    "/zaken/{d}/concepten",
    "/zaken/{d}/voornemen/omgang",
    "/zaken/{d}/bundel",
    "/zaken/{d}/inzendingen",
    "/zaken/{d}/zoeken?woorden=school",
    "/zaken/{d}/agenda.ics",
];
const CLERK: &[&str] = &[
    "/zaken",
    "/zaken?zoek=staat-nergens",
    "/zaken?zoek=zaak-7",
    "/zittingen",
    "/termijnen",
    "/werk",
    "/zaken/{d}",
    "/zaken/{d}/bijwerken",
    "/zaken/{d}/onderdelen",
    "/zaken/{d}/toewijzingen",
    "/zaken/{d}/bundel",
];
const ADVOCATE: &[&str] = &[
    "/zaken",
    "/zaken?zoek=staat-nergens",
    "/zittingen",
    "/zaken/{d}",
    "/zaken/{d}/tijdlijn",
    "/zaken/{d}/conflicten",
    "/zaken/{d}/veiligheidsinformatie",
    "/zaken/{d}/zoeken?woorden=school",
];
const OVERSEER: &[&str] = &["/log", "/log?dossier={d}"];
const ADMINISTRATOR: &[&str] = &["/gebruikers", "/inrichting", "/toewijzingen?zaak=zaak-1"];

/// A user at work.
struct Desk {
    actor: Actor,
    pages: &'static [&'static str],
    cases: Vec<String>,
    cookie: String,
}

/// What one page took: time on the clock and bytes of the answer.
type Taken = Mutex<BTreeMap<String, Vec<(Duration, usize)>>>;

fn main() {
    let count: usize =
        std::env::var("COMBIZITTING_ZAKEN").ok().map_or(1_000, |text| text.parse().expect("a number of cases"));
    let dir = tempfile::tempdir().expect("a temporary folder");
    let url =
        std::env::var("DATABASE_URL").unwrap_or_else(|_| format!("sqlite:{}", dir.path().join("bench.db").display()));
    let db = Database::open(&url).expect("database");
    let key = SessionKey::random();
    let identity = Identity::new(db.clone(), &key).expect("keys");
    let mut desks = desks(&identity);
    let begin = Instant::now();
    fill(&db, &mut desks, count);
    println!("{count} cases stored with their assignments in {:.0?}", begin.elapsed());
    for desk in &mut desks {
        let signed_in = identity.sign_in(&desk.actor.name, &SecretString::from(PASSWORD)).expect("signed in");
        desk.cookie = format!("sessie={}", signed_in.token.expose_secret());
    }
    let address = serve(&url, db, &key, dir.path());
    let taken = Taken::default();
    std::thread::scope(|scope| {
        for (number, desk) in desks.iter().enumerate() {
            let taken = &taken;
            scope.spawn(move || work(desk, number, address, taken));
        }
    });
    report(taken.into_inner().expect("times"));
}

/// Twenty users, each with the pages of the role.
fn desks(identity: &Identity) -> Vec<Desk> {
    let roles = [
        (8, Role::Rechter, COURT),
        (6, Role::Griffier, CLERK),
        (4, Role::Advocaat, ADVOCATE),
        (1, Role::Toezichthouder, OVERSEER),
        (1, Role::Beheerder, ADMINISTRATOR),
    ];
    let all = roles.into_iter().flat_map(|(many, role, pages)| (0..many).map(move |number| (number, role, pages)));
    all.map(|(number, role, pages)| {
        let login = format!("{}-{number}", role.as_str());
        let new = NewUser { login: login.clone(), name: login, role, password: SecretString::from(PASSWORD) };
        let user = identity.add_user(&Actor::operator(), &new).expect("user");
        let actor = Actor { user_id: user.id, name: user.name, role: user.role };
        Desk { actor, pages, cases: Vec::new(), cookie: String::new() }
    })
    .collect()
}

/// A draft of one paragraph on its way to a seal; of every two, one is withdrawn and waits for nobody.
fn on_its_way(drafts: &Drafts, clerk: &Actor, judge: &Actor, case: &str, withdrawn: bool) {
    let meta = DocumentMeta {
        title: "Beschikking omgang".to_owned(),
        author: "Rechtbank".to_owned(),
        running_header: "C/00/000001".to_owned(),
        concept: true,
        control_code: "0123456789abcdef".to_owned(),
        compact: false,
        dated: chrono::NaiveDate::from_ymd_opt(2026, 11, 17).expect("a day"),
    };
    let content = vec![Inline::Text("De rechtbank weegt mee.".to_owned())];
    let blocks = vec![Block::Paragraph { number: Some("1.1".to_owned()), content }];
    let document = Draft { name: "omgang".to_owned(), model: DocumentModel { meta, blocks } };
    let set = DraftSet { kind: DraftKind::Omgang, documents: vec![document], problems: Vec::new() };
    let account = serde_json::json!({"receipt": {"dossier_hash": "abc", "frameworks": []}, "domains": ["family"]});
    let draft = drafts.save(clerk, case, 1, &set, account).expect("a draft").id;
    let step = |who: &Actor, after, step, reason: &str| {
        let reason = reason.to_owned();
        let wish = StepWish { after, step, reason, changes: Vec::new(), said: Said::default() };
        drafts.step(who, case, &draft, "omgang", wish).expect("a step");
    };
    step(clerk, 0, StepKind::Offered, "");
    if withdrawn {
        step(judge, 1, StepKind::Withdrawn, "Het verzoek is ingetrokken.");
    }
}

/// The demo family and the published rulings in turn, each with a clerk, a judge and an advocate; every fifth with a
/// draft.
fn fill(db: &Database, desks: &mut [Desk], count: usize) {
    let (service, families) = (Dossiers::new(db.clone()).counting(ends_of_terms), families());
    let drafts = Drafts::new(db.clone());
    let of = |role: Role| -> Vec<Actor> {
        desks.iter().filter(|desk| desk.actor.role == role).map(|desk| desk.actor.clone()).collect()
    };
    let (clerks, judges, advocates) = (of(Role::Griffier), of(Role::Rechter), of(Role::Advocaat));
    let kept: Mutex<Vec<(String, String)>> = Mutex::default();
    let one = |number: usize| {
        let (clerk, judge) = (&clerks[number % clerks.len()], &judges[number % judges.len()]);
        let advocate = &advocates[number % advocates.len()];
        let mut dossier = families[number % families.len()].clone();
        dossier.reference = format!("zaak-{number}");
        let id = service.create(clerk, &dossier).expect("a stored case").dossier_id;
        let all = vec![Domain::Criminal, Domain::Administrative, Domain::Family];
        let of_judge = NewAssignment { user_id: judge.user_id.clone(), domains: all, ..NewAssignment::default() };
        service.assign(clerk, &id, &of_judge).expect("a judge");
        let client = dossier.persons.iter().find(|person| person.family_role != FamilyRole::Child).expect("an adult");
        let of_client = NewAssignment {
            user_id: advocate.user_id.clone(),
            person: Some(client.id.clone()),
            ..NewAssignment::default()
        };
        service.assign(clerk, &id, &of_client).expect("an advocate");
        if number.is_multiple_of(5) {
            on_its_way(&drafts, clerk, judge, &id, number.is_multiple_of(10));
        }
        // The last and the first cases are opened: what is new and what is long ago.
        if number < 400 || number + 400 >= count {
            let mut kept = kept.lock().expect("cases");
            for actor in [clerk, judge, advocate] {
                kept.push((actor.user_id.clone(), id.clone()));
            }
        }
    };
    // Many at a time, so that they share the wait for the disk.
    std::thread::scope(|scope| {
        for writer in 0..16 {
            let one = &one;
            scope.spawn(move || (writer..count).step_by(16).for_each(one));
        }
    });
    let kept = kept.into_inner().expect("cases");
    for desk in desks {
        let own = |user: &str| desk.actor.role == Role::Toezichthouder || user == desk.actor.user_id;
        desk.cases = kept.iter().filter(|(user, _)| own(user)).map(|(_, id)| id.clone()).collect();
        let step = (desk.cases.len() / OPENED).max(1);
        desk.cases = desk.cases.iter().step_by(step).cloned().collect();
    }
}

fn families() -> Vec<Dossier> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dossiers");
    let files = std::fs::read_dir(folder).expect("rulings").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    let rulings = files.iter().map(|path| combizitting::intake::read(&std::fs::read(path).expect("a file")));
    std::iter::once(support::demo()).chain(rulings.map(|read| read.expect("a dossier"))).collect()
}

/// The service itself, as `serve` runs it, but without limits on how much may be asked.
fn serve(url: &str, db: Database, key: &SessionKey, folder: &Path) -> SocketAddr {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let mut settings = Settings::local(url, folder.to_owned());
    settings.port = free.port();
    settings.limits = RateLimits::NONE;
    settings.reference_date = chrono::NaiveDate::from_ymd_opt(2026, 11, 17);
    let app = Arc::new(App::wire(settings, db, key).expect("the service"));
    let (ready, started) = std::sync::mpsc::channel();
    std::thread::spawn(move || run(app, |_| ready.send(()).expect("told")).expect("served"));
    started.recv().expect("a service that listens");
    free
}

fn work(desk: &Desk, number: usize, address: SocketAddr, taken: &Taken) {
    // Not all at the same moment.
    std::thread::sleep(THINKING / 20 * u32::try_from(number).expect("few users"));
    let begin = Instant::now();
    let mut turn = number;
    while begin.elapsed() < SPAN {
        for path in std::iter::once(&"/gezondheid/leeft").chain(desk.pages) {
            let case = desk.cases.get(turn % desk.cases.len().max(1)).map(String::as_str).unwrap_or_default();
            turn += 1;
            let (clock, size) = ask(address, &path.replace("{d}", case), &desk.cookie);
            let name = format!("{} {path}", if path.starts_with("/gez") { "-" } else { desk.actor.role.as_str() });
            taken.lock().expect("times").entry(name).or_default().push((clock, size));
            std::thread::sleep(THINKING);
        }
    }
}

/// One page over a connection of its own, until the last byte.
fn ask(address: SocketAddr, path: &str, cookie: &str) -> (Duration, usize) {
    let begin = Instant::now();
    let mut stream = TcpStream::connect(address).expect("connection");
    let request =
        format!("GET {path} HTTP/1.0\r\nHost: {address}\r\nCookie: {cookie}\r\nAccept-Encoding: gzip\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answer");
    let head = String::from_utf8_lossy(&answer[..answer.len().min(400)]).into_owned();
    assert!(head.contains(" 200 "), "{path}: {head}");
    (begin.elapsed(), answer.len())
}

fn report(taken: BTreeMap<String, Vec<(Duration, usize)>>) {
    println!("| Pagina | keer | 50 % | 95 % | 99 % | grootste antwoord |\n|---|---|---|---|---|---|");
    let mut all: Vec<Duration> = Vec::new();
    for (page, mut times) in taken {
        times.sort();
        let clocks: Vec<Duration> = times.iter().map(|(clock, _)| *clock).collect();
        let size = times.iter().map(|(_, size)| *size).max().unwrap_or_default().div_ceil(1024);
        println!("| {page} | {} | {} | {size} kB |", clocks.len(), percentiles(&clocks));
        if !page.starts_with('-') {
            all.extend(clocks);
        }
    }
    all.sort();
    println!("| alle pagina's samen | {} | {} | |", all.len(), percentiles(&all));
}

fn percentiles(sorted: &[Duration]) -> String {
    let at = |part: usize| sorted.get((sorted.len() * part / 100).min(sorted.len() - 1)).copied().unwrap_or_default();
    [50, 95, 99].map(|part| format!("{:.1} ms", at(part).as_secs_f64() * 1000.0)).join(" | ")
}
