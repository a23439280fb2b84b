//! Files of documents: checked, stored once, never replaced, vouched for, and shared only by what was recorded.

use super::{run_as_owner, run_sql};
use crate::documents::bundle::foreign::{Foreign, words};
use crate::support::{Backend, People, TestDb, small_dossier};
use combizitting::audit::{Bounds, verify, verify_recent};
use combizitting::bundle::Files;
use combizitting::bundle::files::FileWish;
use combizitting::db::backup::{TABLES, restore, write};
use combizitting::db::{DbError, Job};
use combizitting::dossier::model::Dossier;
use combizitting::dossier::record::NewAssignment;
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::drafting::service::Drafts;
use combizitting::shared::hash::sha256_hex;
use combizitting::shared::ids::{DocumentId, PersonId};
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};
use rstest::rstest;
use serde_json::json;

/// A case with documents, its clerk, and the files.
struct Desk {
    test: TestDb,
    people: People,
    dossiers: Dossiers,
    files: Files,
    dossier: String,
}

fn dossier() -> Dossier {
    let mut dossier = serde_json::to_value(small_dossier("zaak")).unwrap();
    dossier["documents"] = json!([
        {"id": "brief", "title": "Brief"},
        {"id": "verslag", "title": "Verslag", "pages": 2},
        {"id": "akte", "title": "Akte", "sha256": sha256_hex(&words("akte"))}
    ]);
    for (at, role) in [(0, "verzoeker"), (1, "verweerder")] {
        dossier["persons"][at]["capacities"] = json!([{"matter": "omgang", "as": role}]);
    }
    serde_json::from_value(dossier).unwrap()
}

impl Desk {
    fn new(backend: Backend) -> Self {
        let test = TestDb::new(backend);
        let people = People::add_to(&test.db);
        let (dossiers, files) = (Dossiers::new(test.db.clone()), Files::new(test.db.clone()));
        let id = dossiers.create(&people.griffier, &dossier()).unwrap().dossier_id;
        Self { test, people, dossiers, files, dossier: id }
    }

    fn store(&self, document: &str, bytes: &[u8]) -> Result<combizitting::bundle::StoredFile, DossierError> {
        let document = DocumentId(document.to_owned());
        let place = FileWish { dossier: &self.dossier, document: &document };
        self.files.store(&self.people.griffier, &place, bytes.to_vec())
    }

    fn check(&self, document: &str, file: &str, persons: &[&str]) -> Result<(), DossierError> {
        let document = DocumentId(document.to_owned());
        let place = FileWish { dossier: &self.dossier, document: &document };
        let persons: Vec<PersonId> = persons.iter().map(|person| PersonId::from(*person)).collect();
        self.files.record_check(&self.people.griffier, &place, file, &persons)
    }

    fn held(&self, document: &str) -> combizitting::bundle::StoredFile {
        self.files.of_case(&self.people.griffier, &self.dossier).unwrap()[&DocumentId(document.to_owned())].clone()
    }
}

#[rstest]
fn a_new_file_takes_the_place_of_the_old_one_which_stays(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let first = desk.store("brief", &words("eerste")).unwrap();
    assert_eq!((first.number, first.pages, first.checked_for.clone()), (1, 1, None));
    desk.check("brief", &first.id, &["ouder-a"]).unwrap();
    assert!(desk.held("brief").is_checked_for(&PersonId::from("ouder-a")));
    assert!(!desk.held("brief").is_checked_for(&PersonId::from("ouder-b")));
    let second = desk.store("brief", &words("tweede")).unwrap();
    assert_eq!((second.number, desk.held("brief").sha256), (2, sha256_hex(&words("tweede"))));
    // Another file was looked through by nobody.
    assert_eq!(desk.held("brief").checked_for, None);
    assert!(matches!(desk.check("brief", &first.id, &["ouder-a"]), Err(DossierError::Overtaken(_))));
    assert_eq!(desk.files.content(&desk.people.griffier, &first.sha256).unwrap(), Some(words("eerste")));
    assert_eq!(desk.files.content(&desk.people.griffier, "0").unwrap(), None);
    let report = verify(&desk.test.db).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
    let trail = desk.dossiers.trail(&desk.people.griffier, &desk.dossier, None, None, 100).unwrap();
    let count = |event: &str| trail.iter().filter(|line| line.event == event).count();
    assert_eq!((count("file_stored"), count("file_checked")), (2, 1));
}

#[rstest]
fn the_last_check_of_a_file_holds_and_only_parties_can_be_named(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let file = desk.store("brief", &words("brief")).unwrap().id;
    desk.check("brief", &file, &["ouder-b", "ouder-a", "ouder-a"]).unwrap();
    assert_eq!(desk.held("brief").checked_for.unwrap().len(), 2);
    desk.check("brief", &file, &[]).unwrap();
    assert_eq!(desk.held("brief").checked_for, Some(Vec::new()));
    for stranger in ["kind-1", "raad", "onbekend"] {
        assert!(matches!(desk.check("brief", &file, &[stranger]), Err(DossierError::Invalid(_))), "{stranger}");
    }
    assert_eq!(desk.check("verslag", &file, &["ouder-a"]), Err(DossierError::NotFound), "it has no file");
}

#[rstest]
fn a_file_that_is_not_the_recorded_one_or_not_good_is_refused_with_both_values(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let told = |document: &str, bytes: &[u8]| desk.store(document, bytes).unwrap_err().to_string();
    let pages = told("verslag", &words("verslag"));
    assert!(pages.contains("heeft dit stuk 2 bladzijden, maar dit bestand heeft er 1"), "{pages}");
    let hash = told("akte", &words("een andere akte"));
    assert!(hash.contains(&sha256_hex(&words("akte"))) && hash.contains(&sha256_hex(&words("een andere akte"))));
    assert!(told("brief", b"geen pdf").contains("geen pdf-bestand"));
    let mut script = Foreign::new("brief");
    script.document.add_object(lopdf::dictionary! { "S" => "JavaScript" });
    assert!(told("brief", &script.bytes()).contains("JavaScript"));
    assert_eq!(desk.store("onbekend", &words("x")), Err(DossierError::NotFound));
    assert!(desk.files.of_case(&desk.people.griffier, &desk.dossier).unwrap().is_empty(), "nothing was stored");
    desk.store("akte", &words("akte")).unwrap();
}

#[rstest]
fn only_the_clerk_of_the_case_brings_files(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = Desk::new(backend);
    let judge = NewAssignment {
        user_id: desk.people.rechter.user_id.clone(),
        domains: vec![combizitting::dossier::model::Domain::Family],
        ..NewAssignment::default()
    };
    desk.dossiers.assign(&desk.people.griffier, &desk.dossier, &judge).unwrap();
    let document = DocumentId("brief".to_owned());
    let place = FileWish { dossier: &desk.dossier, document: &document };
    let store = |who| desk.files.store(who, &place, words("brief")).unwrap_err();
    assert_eq!(store(&desk.people.rechter), DossierError::Forbidden);
    for who in [&desk.people.advocaat, &desk.people.ketenpartner, &desk.people.beheerder] {
        assert_eq!(store(who), DossierError::NotFound, "{:?}", who.role);
    }
}

#[rstest]
fn the_same_content_is_stored_once_also_for_two_documents(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let mut two = Foreign::new("twee");
    let page = two.on_page().clone();
    let second = two.document.add_object(page);
    let first = two.page;
    two.on_root().set("Kids", vec![lopdf::Object::Reference(first), lopdf::Object::Reference(second)]);
    let bytes = two.bytes();
    desk.store("brief", &bytes).unwrap();
    desk.store("verslag", &bytes).unwrap();
    let counted: Vec<Line> = desk
        .test
        .db
        .read(Job::Verify, |conn| -> Result<_, DbError> {
            Ok(diesel::sql_query("SELECT sha256 AS line FROM file_content").load(conn)?)
        })
        .unwrap();
    assert_eq!(counted.into_iter().map(|line| line.line).collect::<Vec<_>>(), [sha256_hex(&bytes)]);
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[rstest]
fn what_was_stored_cannot_be_changed_and_a_change_by_the_owner_is_found(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values("file_content", "document_file", "file_check")] table: &str,
) {
    let desk = Desk::new(backend);
    let file = desk.store("brief", &words("brief")).unwrap().id;
    desk.check("brief", &file, &["ouder-a"]).unwrap();
    let (column, value) = match (table, backend) {
        ("file_content", _) => ("sealed", "{one byte changed}"),
        ("document_file", _) => ("pages", "7"),
        _ => ("content", "'[\"ouder-b\"]'"),
    };
    let change = super::audit::with_byte(backend, &format!("UPDATE {table} SET {column} = {value}"));
    assert_eq!(run_sql(&desk.test.db, &change), Err(DbError::AppendOnly));
    assert_eq!(run_sql(&desk.test.db, &format!("DELETE FROM {table}")), Err(DbError::AppendOnly));
    if table == "document_file" {
        return;
    }
    run_as_owner(&desk.test.db, table, &change);
    let bounds = Bounds { entries: 0, ..Bounds::default() };
    for report in [verify(&desk.test.db).unwrap(), verify_recent(&desk.test.db, bounds).unwrap()] {
        assert!(report.dutch().contains("de inhoud is gewijzigd"), "{}", report.dutch());
    }
}

#[rstest]
fn a_backup_brings_files_checks_and_texts_of_documents_back(
    #[values(Backend::Sqlite, Backend::Postgres)] from: Backend,
    #[values(Backend::Sqlite, Backend::Postgres)] to: Backend,
) {
    let life = super::review::Desk::new(from);
    let sealed = life.sealed();
    let clerk = &life.people.griffier;
    let id =
        life.dossiers.create(clerk, &Dossier { reference: "met stukken".to_owned(), ..dossier() }).unwrap().dossier_id;
    let files = Files::new(life.test.db.clone());
    let document = DocumentId("brief".to_owned());
    let place = FileWish { dossier: &id, document: &document };
    let file = files.store(clerk, &place, words("brief")).unwrap().id;
    files.record_check(clerk, &place, &file, &[PersonId::from("ouder-a")]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup.jsonl");
    write(&life.test.db, &mut std::fs::File::create(&path).unwrap()).unwrap();
    let new = TestDb::new(to);
    restore(&new.db, &path).unwrap();
    let report = verify(&new.db).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
    assert_eq!(report.contents, verify(&life.test.db).unwrap().contents);
    let brought = Files::new(new.db.clone());
    assert_eq!(brought.of_case(clerk, &id).unwrap(), files.of_case(clerk, &id).unwrap());
    assert!(brought.of_case(clerk, &id).unwrap()[&document].is_checked_for(&PersonId::from("ouder-a")));
    assert_eq!(brought.content(clerk, &sha256_hex(&words("brief"))).unwrap(), Some(words("brief")));
    let drafts = Drafts::new(new.db.clone());
    assert_eq!(drafts.paper(clerk, &life.dossier, &life.draft, super::review::NAME).unwrap(), sealed);
    let code = |drafts: &Drafts| drafts.verify_code("0123456789abcdef").unwrap().is_some();
    assert!(code(&life.drafts) && code(&drafts), "the printed code leads to its text");
}

#[test]
fn every_table_but_those_of_sessions_and_of_what_is_derived_again_is_in_a_backup() {
    let test = TestDb::new(Backend::Sqlite);
    let tables: Vec<Line> = test
        .db
        .read(Job::Verify, |conn| -> Result<_, DbError> {
            let sql =
                "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1";
            Ok(diesel::sql_query(sql).load(conn)?)
        })
        .unwrap();
    // What counts once belongs with sessions: it has run out within minutes.
    let sessions = ["session", "sign_in_attempt", "spent_once", "key_challenge"];
    let derived = ["__diesel_schema_migrations", "case_moment", "case_moment_state", "open_work"];
    let left_out = sessions.into_iter().chain(derived);
    let mut kept: Vec<&str> = TABLES.iter().copied().chain(left_out).collect();
    kept.sort_unstable();
    assert_eq!(tables.iter().map(|table| table.line.as_str()).collect::<Vec<_>>(), kept);
}
