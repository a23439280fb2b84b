//! Keeping and destroying: nothing before its day, nothing that is held, never by one person, never without a package
//! for the archive; and afterwards nothing of the case is left but a chain that tells so and still agrees.

use super::run_sql;
use crate::documents::bundle::foreign::words;
use crate::support::{Backend, People, TestDb, person_in_role, small_dossier};
use combizitting::audit::{Bounds, View, lines, make_anchor, verify, verify_recent};
use combizitting::bundle::Files;
use combizitting::bundle::files::FileWish;
use combizitting::db::backup::{TABLES, restore, write};
use combizitting::db::{Clock, DbError, Job};
use combizitting::dossier::model::Dossier;
use combizitting::dossier::record::{Delivery, NewAssignment};
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::identity::{Actor, Role};
use combizitting::retention::{Retention, RetentionError};
use combizitting::shared::hash::sha256_hex;
use combizitting::shared::ids::DocumentId;
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};
use rstest::rstest;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const YEAR: i64 = 366 * 24 * 3600 * 1_000_000;
const REASON: &str = "Categorie 12 van de selectielijst: dertig jaar, nagelezen.";

/// An archive with a clock of its own, two administrators, and one case of thirty years ago.
pub struct Desk {
    pub test: TestDb,
    clock: Arc<AtomicI64>,
    pub people: People,
    second: Actor,
    pub dossiers: Dossiers,
    retention: Retention,
    pub case: String,
}

fn closed(reference: &str) -> Dossier {
    let mut dossier = serde_json::to_value(small_dossier(reference)).unwrap();
    dossier["matters"][0]["state"] = json!("final");
    dossier["documents"] = json!([{"id": "brief", "title": "Brief"}]);
    serde_json::from_value(dossier).unwrap()
}

impl Desk {
    pub fn new(backend: Backend) -> Self {
        let clock = Arc::new(AtomicI64::new(Clock::system().now()));
        let own = Arc::clone(&clock);
        // A microsecond a look, as a clock does.
        let test = TestDb::with_clock(backend, Clock::from_fn(move || own.fetch_add(1, Ordering::SeqCst)));
        let people = People::add_to(&test.db);
        let second = person_in_role(&test.db, Role::Beheerder);
        let dossiers = Dossiers::new(test.db.clone());
        let retention = Retention::new(test.db.clone());
        let case = dossiers.create(&people.griffier, &closed("oude zaak")).unwrap().dossier_id;
        let desk = Self { test, clock, people, second, dossiers, retention, case };
        desk.fill();
        desk
    }

    /// Something in every table that goes with a case.
    fn fill(&self) {
        let (clerk, case) = (&self.people.griffier, &self.case);
        let party = NewAssignment {
            user_id: self.people.ketenpartner.user_id.clone(),
            party: Some("raad".into()),
            ..NewAssignment::default()
        };
        self.dossiers.assign(clerk, case, &party).unwrap();
        let delivery =
            Delivery { title: "Raadsrapport".to_owned(), made_on: None, text: "Tekst.".to_owned(), domain: None };
        let receipt = self.dossiers.deliver(&self.people.ketenpartner, case, &delivery).unwrap();
        self.dossiers.take_submission(clerk, case, &receipt.submission).unwrap();
        self.dossiers
            .keep_form(clerk, case, "voornemen/gezag", &[("tekst".to_owned(), "Niet af.".to_owned())])
            .unwrap();
        self.store_file(case);
        super::review::sealed_paper(&self.test.db, &self.people, case);
        make_anchor(&self.test.db).unwrap();
    }

    fn store_file(&self, case: &str) {
        let document = DocumentId("brief".to_owned());
        let place = FileWish { dossier: case, document: &document };
        Files::new(self.test.db.clone()).store(&self.people.griffier, &place, words("brief")).unwrap();
    }

    pub fn years_later(&self, years: i64) {
        self.clock.fetch_add(years * YEAR, Ordering::SeqCst);
    }

    pub fn propose(&self) -> Result<String, RetentionError> {
        self.retention.propose(&self.people.beheerder, &self.case, REASON)
    }

    /// Proposed, with its package.
    fn packed(&self) -> String {
        let proposal = self.propose().unwrap();
        let package = self.retention.package(&Actor::operator(), "oude zaak").unwrap();
        self.retention.packed(&Actor::operator(), &package).unwrap();
        proposal
    }

    fn destroyed(&self) {
        self.years_later(31);
        let proposal = self.packed();
        self.retention.confirm(&self.second, &proposal).unwrap();
    }

    fn count(&self, sql: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            n: i64,
        }
        let sql = sql.to_owned();
        self.test
            .db
            .read(Job::Verify, |conn| Ok::<_, DbError>(diesel::sql_query(sql).get_result::<Count>(conn)?.n))
            .unwrap()
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, RetentionError>) -> String {
    result.unwrap_err().to_string()
}

#[rstest]
fn before_its_day_a_case_is_not_due_and_nobody_can_propose_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    desk.years_later(29);
    let on = combizitting::shared::moment::local_date(&combizitting::db::instant_of(desk.test.db.now()));
    assert_eq!(desk.retention.due(&desk.people.beheerder, on).unwrap(), []);
    assert!(refusal(desk.propose()).contains("nog niet om"));
    desk.years_later(2);
    let on = combizitting::shared::moment::local_date(&combizitting::db::instant_of(desk.test.db.now()));
    let due = desk.retention.due(&desk.people.toezichthouder, on).unwrap();
    assert_eq!(
        due.iter().map(|case| (case.reference.as_str(), case.standing.rule.code)).collect::<Vec<_>>(),
        [("oude zaak", "familie")]
    );
    assert!(matches!(desk.retention.due(&desk.people.griffier, on), Err(RetentionError::Forbidden)));
    desk.propose().unwrap();
}

#[rstest]
fn what_still_runs_holds_a_case_also_after_it_was_proposed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let mut appealed = closed("hoger beroep");
    appealed.matters[0].state = serde_json::from_value(json!("decided")).unwrap();
    let held = desk.dossiers.create(&desk.people.griffier, &appealed).unwrap().dossier_id;
    desk.years_later(40);
    let refused = refusal(desk.retention.propose(&desk.people.beheerder, &held, REASON));
    assert!(refused.contains("nog niet onherroepelijk"), "{refused}");
    // Opened again between proposal and confirmation: the confirmation is refused, and everything stays.
    let proposal = desk.packed();
    let mut reopened = closed("oude zaak");
    reopened.matters[0].state = serde_json::from_value(json!("pending")).unwrap();
    desk.dossiers.update(&desk.people.griffier, &desk.case, 1, &reopened).unwrap();
    assert!(refusal(desk.retention.confirm(&desk.second, &proposal)).contains("nog niet onherroepelijk"));
    assert!(desk.dossiers.get(&desk.people.griffier, &desk.case, View::Dossier).is_ok());
    desk.retention.withdraw(&desk.people.beheerder, &proposal).unwrap();
    assert!(matches!(desk.retention.confirm(&desk.second, &proposal), Err(RetentionError::NotFound)));
}

#[rstest]
fn it_takes_two_administrators_and_a_package_with_everything_in_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    desk.years_later(31);
    for other in [&desk.people.griffier, &desk.people.rechter, &desk.people.toezichthouder, &Actor::operator()] {
        assert!(matches!(desk.retention.propose(other, &desk.case, REASON), Err(RetentionError::Forbidden)));
    }
    assert!(refusal(desk.retention.propose(&desk.people.beheerder, &desk.case, " kort ")).contains("grondslag"));
    let proposal = desk.propose().unwrap();
    assert!(refusal(desk.propose()).contains("ligt al een voorstel"));
    assert!(refusal(desk.retention.confirm(&desk.people.beheerder, &proposal)).contains("andere beheerder"));
    assert!(refusal(desk.retention.confirm(&desk.second, &proposal)).contains("pakket"));
    let package = desk.retention.package(&Actor::operator(), "oude zaak").unwrap();
    assert!(matches!(desk.retention.package(&desk.second, "oude zaak"), Err(RetentionError::Forbidden)));
    desk.retention.packed(&Actor::operator(), &package).unwrap();
    desk.store_file(&desk.case);
    assert!(refusal(desk.retention.confirm(&desk.second, &proposal)).contains("opnieuw"));
    let package = desk.retention.package(&Actor::operator(), "oude zaak").unwrap();
    desk.retention.packed(&Actor::operator(), &package).unwrap();
    desk.retention.confirm(&desk.second, &proposal).unwrap();
    assert!(matches!(desk.retention.confirm(&desk.second, &proposal), Err(RetentionError::NotFound)));
}

#[rstest]
fn the_database_itself_keeps_a_case_that_nobody_confirmed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    desk.years_later(31);
    let proposal = desk.packed();
    let tables =
        ["review_step", "document_code", "draft", "submission_taken", "file_check", "document_file", "data_key"];
    for table in tables.iter().chain(&["file_content", "case_assignment", "dossier_version", "dossier", "destruction"])
    {
        if desk.count(&format!("SELECT count(*) AS n FROM {table}")) > 0 {
            let outcome = run_sql(&desk.test.db, &format!("DELETE FROM {table}"));
            assert_eq!(outcome, Err(DbError::AppendOnly), "{table}");
        }
    }
    let own = &desk.people.beheerder.user_id;
    let alone = format!("UPDATE destruction SET confirmed_at = 1, confirmed_by = '{own}' WHERE id = '{proposal}'");
    assert!(run_sql(&desk.test.db, &alone).is_err(), "one person may not do both");
    let reason = run_sql(&desk.test.db, "UPDATE destruction SET reason = 'iets heel anders'");
    assert_eq!(reason, Err(DbError::AppendOnly));
}

#[rstest]
fn after_it_nothing_of_the_case_is_left_but_a_chain_that_tells_so_and_agrees(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let other = desk.dossiers.create(&desk.people.griffier, &closed("andere zaak")).unwrap().dossier_id;
    desk.store_file(&other);
    desk.destroyed();
    let of_case = format!("dossier_id = '{}'", desk.case);
    for table in ["dossier_version", "case_assignment", "submission", "draft", "document_file", "unfinished_form"] {
        assert_eq!(desk.count(&format!("SELECT count(*) AS n FROM {table} WHERE {of_case}")), 0, "{table}");
    }
    for table in ["review_step", "document_code", "submission_taken"] {
        assert_eq!(desk.count(&format!("SELECT count(*) AS n FROM {table}")), 0, "{table}");
    }
    assert_eq!(desk.count(&format!("SELECT count(*) AS n FROM data_key WHERE scope = '{}'", desk.case)), 0);
    // The same file belongs to the other case as well.
    assert_eq!(desk.count("SELECT count(*) AS n FROM file_content"), 1);
    for actor in [&desk.people.griffier, &desk.people.ketenpartner] {
        let gone = desk.dossiers.get(actor, &desk.case, View::Dossier);
        assert!(matches!(gone, Err(DossierError::NotFound)), "{gone:?}");
    }
    assert!(desk.dossiers.get(&desk.people.griffier, &other, View::Dossier).is_ok());
    for report in [verify(&desk.test.db).unwrap(), verify_recent(&desk.test.db, few()).unwrap()] {
        assert!(report.is_intact(), "{}", report.dutch());
    }
    let told = desk.test.db.read(Job::Verify, |conn| {
        let chain = combizitting::audit::Chain::Dossier(desk.case.clone());
        lines(conn, &chain, None, None, 100)
    });
    let last = told.unwrap().remove(0);
    assert_eq!((last.actor, last.text.contains("vernietigd")), (desk.second.user_id.clone(), true));
    let kept = desk.retention.proposals(&desk.people.toezichthouder).unwrap().remove(0);
    assert!(kept.destroyed_at.is_some() && kept.reference == "oude zaak" && kept.reason == REASON);
}

fn few() -> Bounds {
    Bounds { entries: 0, ..Bounds::default() }
}

#[rstest]
fn content_that_goes_without_a_destruction_is_still_found_missing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    desk.destroyed();
    let other = desk.dossiers.create(&desk.people.griffier, &closed("andere zaak")).unwrap().dossier_id;
    let sql = format!("DELETE FROM dossier_version WHERE dossier_id = '{other}'");
    super::run_as_owner(&desk.test.db, "dossier_version", &sql);
    let report = verify(&desk.test.db).unwrap();
    assert_eq!(report.problems.len(), 1, "{}", report.dutch());
    assert!(report.problems[0].place.contains(&other));
}

#[rstest]
fn a_backup_from_after_it_brings_the_chain_and_not_the_case(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    desk.destroyed();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup.jsonl");
    write(&desk.test.db, &mut std::fs::File::create(&path).unwrap()).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(TABLES.contains(&"destruction") && text.contains(&desk.case));
    let new = TestDb::new(backend);
    restore(&new.db, &path).unwrap();
    let report = verify(&new.db).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
    assert_eq!(Retention::new(new.db.clone()).proposals(&desk.second).unwrap().len(), 1);
}

#[rstest]
fn the_package_has_every_part_with_its_metadata_and_checksums(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    desk.years_later(31);
    desk.propose().unwrap();
    let package = desk.retention.package(&Actor::operator(), "oude zaak").unwrap();
    let names: Vec<&str> = package.parts.iter().map(|part| part.name.as_str()).collect();
    for wanted in ["zaak.mdto.xml", "dossier/versie-1.json", "stukken/brief-1.pdf", "logboek.txt", "SHA256SUMS"] {
        assert!(names.contains(&wanted), "{wanted} in {names:?}");
    }
    for (begin, end) in
        [("ingediend/", ".json"), ("beslissingen/", ".verzegeld.pdf"), ("beslissingen/", ".archief.pdf")]
    {
        assert!(names.iter().any(|name| name.starts_with(begin) && name.ends_with(end)), "{begin}…{end} in {names:?}");
    }
    let content = |name: &str| package.parts.iter().find(|part| part.name == name).map(|part| part.bytes.clone());
    let sums = String::from_utf8(content("SHA256SUMS").unwrap()).unwrap();
    assert_eq!((sums.lines().count(), sha256_hex(sums.as_bytes())), (names.len() - 1, package.hash.clone()));
    for line in sums.lines() {
        let (hash, name) = line.split_once("  ").unwrap();
        assert_eq!(sha256_hex(&content(name).unwrap()), hash, "{name}");
        if let Some(of) = name.strip_suffix(".mdto.xml").filter(|of| *of != "zaak") {
            let xml = String::from_utf8(content(name).unwrap()).unwrap();
            assert!(xml.contains(&sha256_hex(&content(of).unwrap())), "{name} has another checksum");
        }
    }
    let case = String::from_utf8(content("zaak.mdto.xml").unwrap()).unwrap();
    assert!(
        case.contains("<MDTO xmlns=\"https://www.nationaalarchief.nl/mdto\"") && case.contains("niet geverifieerd")
    );
}
