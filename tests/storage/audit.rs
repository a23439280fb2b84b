use super::{run_as_owner, run_sql};
use crate::support::{Backend, People, TestDb, small_dossier};
use combizitting::audit::{Bounds, Report, View, make_anchor, verify, verify_recent};
use combizitting::db::schema::audit_anchor;
use combizitting::db::{Database, DbError, Job};
use combizitting::documents::model::{DocumentMeta, DocumentModel};
use combizitting::dossier::record::{Delivery, NewAssignment};
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::drafting::model::{Draft, DraftKind, DraftSet};
use combizitting::drafting::service::Drafts;
use diesel::prelude::*;
use rstest::rstest;

/// A case with something in every table that may only grow.
pub fn fill(db: &Database) -> String {
    let people = People::add_to(db);
    let dossiers = Dossiers::new(db.clone());
    let id = dossiers.create(&people.griffier, &small_dossier("oud")).unwrap().dossier_id;
    dossiers.update(&people.griffier, &id, 1, &small_dossier("nieuw")).unwrap();
    let party = NewAssignment {
        user_id: people.ketenpartner.user_id.clone(),
        party: Some("raad".into()),
        ..NewAssignment::default()
    };
    dossiers.assign(&people.griffier, &id, &party).unwrap();
    let delivery =
        Delivery { title: "Raadsrapport".to_owned(), made_on: None, text: "Tekst.".to_owned(), domain: None };
    let receipt = dossiers.deliver(&people.ketenpartner, &id, &delivery).unwrap();
    dossiers.take_submission(&people.griffier, &id, &receipt.submission).unwrap();
    let typed = [("tekst".to_owned(), "Nog niet af.".to_owned())];
    dossiers.keep_form(&people.griffier, &id, "voornemen/gezag", &typed).unwrap();
    Drafts::new(db.clone()).save(&people.griffier, &id, 2, &draft_set(), serde_json::json!({})).unwrap();
    dossiers.get(&people.griffier, &id, View::Dossier).unwrap();
    make_anchor(db).unwrap();
    id
}

fn draft_set() -> DraftSet {
    let meta = DocumentMeta {
        title: "Beschikking".to_owned(),
        author: "Rechtbank".to_owned(),
        running_header: String::new(),
        concept: true,
        control_code: String::new(),
        compact: false,
        dated: chrono::NaiveDate::default(),
    };
    let model = DocumentModel { meta, blocks: Vec::new() };
    DraftSet {
        kind: DraftKind::Omgang,
        documents: vec![Draft { name: "omgang".to_owned(), model }],
        problems: Vec::new(),
    }
}

/// The statement, with for this database how one byte of what is sealed becomes another.
pub fn with_byte(backend: Backend, sql: &str) -> String {
    let changed = match backend {
        Backend::Sqlite => {
            "unhex(substr(hex(sealed), 1, 80) || CASE substr(hex(sealed), 81, 1) WHEN '0' THEN '1' ELSE '0' END
                || substr(hex(sealed), 82))"
        }
        Backend::Postgres => "set_byte(sealed, 40, get_byte(sealed, 40) # 1)",
    };
    sql.replace("{one byte changed}", changed)
}

fn report(db: &Database) -> Report {
    verify(db).unwrap()
}

#[rstest]
fn an_untouched_trail_is_found_intact(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    fill(&test.db);
    let report = report(&test.db);
    assert!(report.is_intact(), "{}", report.dutch());
    assert_eq!((report.chains, report.contents, report.anchors), (2, 4, 1));
    assert!(report.dutch().contains("ongeschonden"));
}

#[rstest]
fn nothing_that_was_recorded_can_be_changed_or_removed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values("dossier_version", "submission", "submission_taken", "draft", "audit_entry", "audit_anchor")] table: &str,
) {
    let test = TestDb::new(backend);
    fill(&test.db);
    let column = match table {
        "submission_taken" => "taken_at",
        "dossier_version" | "draft" => "created_at",
        "submission" => "received_at",
        _ => "at",
    };
    assert_eq!(run_sql(&test.db, &format!("UPDATE {table} SET {column} = 1")), Err(DbError::AppendOnly));
    assert_eq!(run_sql(&test.db, &format!("DELETE FROM {table}")), Err(DbError::AppendOnly));
    if backend == Backend::Postgres {
        assert_eq!(run_sql(&test.db, &format!("TRUNCATE {table} CASCADE")), Err(DbError::AppendOnly));
    }
    assert_eq!(run_sql(&test.db, "DELETE FROM audit_head"), Err(DbError::AppendOnly));
    assert!(report(&test.db).is_intact());
}

#[rstest]
#[case::data("audit_entry", "UPDATE audit_entry SET data = replace(data, '2', '3') WHERE event = 'dossier_changed'")]
#[case::actor("audit_entry", "UPDATE audit_entry SET actor = 'x' || substr(actor, 2) WHERE event = 'case_viewed'")]
#[case::time("audit_entry", "UPDATE audit_entry SET at = at + 1 WHERE seq = 1")]
#[case::role("audit_entry", "UPDATE audit_entry SET role = 'rechtes' WHERE event = 'draft_stored'")]
#[case::removed("audit_entry", "DELETE FROM audit_entry WHERE event = 'user_assigned'")]
#[case::head("audit_head", "UPDATE audit_head SET seq = seq - 1 WHERE chain <> 'system'")]
#[case::anchor("audit_anchor", "UPDATE audit_anchor SET at = at + 1")]
#[case::snapshot("dossier_version", "UPDATE dossier_version SET sealed = {one byte changed} WHERE version = 1")]
#[case::snapshot_gone("draft", "DELETE FROM draft")]
#[case::submission("submission", "UPDATE submission SET sealed = {one byte changed}")]
#[case::draft("draft", "UPDATE draft SET sealed = {one byte changed}")]
fn a_change_of_one_byte_is_found(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[case] table: &str,
    #[case] sql: &str,
) {
    let test = TestDb::new(backend);
    fill(&test.db);
    assert!(report(&test.db).is_intact());
    run_as_owner(&test.db, table, &with_byte(backend, sql));
    let report = report(&test.db);
    assert!(!report.is_intact(), "{sql}");
    assert!(report.dutch().contains("NIET ongeschonden"));
}

#[rstest]
fn a_snapshot_changed_together_with_its_hash_is_found(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    let id = fill(&test.db);
    let content = r#"{"vals":"dossier"}"#;
    let hash = combizitting::shared::hash::sha256_hex(content.as_bytes());
    let sql =
        format!("UPDATE dossier_version SET sealed = NULL, content = '{content}', hash = '{hash}' WHERE version = 1");
    run_as_owner(&test.db, "dossier_version", &sql);
    let report = report(&test.db);
    assert_eq!(report.problems.len(), 1);
    assert_eq!(report.problems[0].place, format!("versie 1 van dossier {id}"));
    assert!(report.problems[0].message.contains("andere inhoud"));
}

#[rstest]
fn a_chain_cut_off_at_its_end_is_found_by_the_anchor(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    let id = fill(&test.db);
    // Cut off the last look and put the head back, as if it never was.
    run_as_owner(
        &test.db,
        "audit_entry",
        &format!(
            "UPDATE audit_head SET seq = seq - 1, hash = (SELECT previous FROM audit_entry AS e
                WHERE e.chain = audit_head.chain AND e.seq = audit_head.seq) WHERE chain = '{id}';
             DELETE FROM audit_entry WHERE chain = '{id}'
                AND seq > (SELECT seq FROM audit_head WHERE chain = '{id}')"
        ),
    );
    let report = report(&test.db);
    assert_eq!(report.problems.len(), 1, "{}", report.dutch());
    assert!(report.problems[0].message.contains("anker"));
}

#[rstest]
fn every_look_is_logged_with_who_what_and_by_which_right(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let people = People::add_to(&test.db);
    let dossiers = Dossiers::new(test.db.clone());
    let id = dossiers.create(&people.rechter, &small_dossier("zaak")).unwrap().dossier_id;
    let stored = dossiers.get(&people.rechter, &id, View::Timeline).unwrap();
    let trail = dossiers.trail(&people.toezichthouder, &id, None, None, 10).unwrap();
    assert_eq!(trail[0].text, "bekeek de tijdlijn (versie 1)");
    assert_eq!((trail[0].actor.as_str(), trail[0].role.as_str()), (people.rechter.user_id.as_str(), "rechter"));
    let right = stored.access.assignment;
    let sql = format!("UPDATE audit_head SET seq = seq WHERE chain = '{id}'");
    run_sql(&test.db, &sql).unwrap();
    assert!(!right.is_empty());
    // The overseer's own look is in the trail from then on.
    let trail = dossiers.trail(&people.toezichthouder, &id, None, None, 1).unwrap();
    assert_eq!(trail[0].event, "audit_viewed");
    assert!(report(&test.db).is_intact());
}

#[rstest]
fn the_trail_of_one_user_runs_over_all_cases_and_pages_without_gap_or_repeat(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let people = People::add_to(&test.db);
    let (dossiers, judge) = (Dossiers::new(test.db.clone()), &people.rechter);
    let mut cases = Vec::new();
    for reference in ["een", "twee", "drie"] {
        let id = dossiers.create(judge, &small_dossier(reference)).unwrap().dossier_id;
        dossiers.get(judge, &id, View::Findings).unwrap();
        cases.push(id);
    }
    let overseer = &people.toezichthouder;
    let whole = dossiers.user_trail(overseer, &judge.user_id, None, 100).unwrap();
    assert_eq!(whole.iter().filter(|line| line.event == "case_viewed").count(), 3);
    assert!(cases.iter().all(|id| whole.iter().any(|line| line.place.chain == *id)));
    assert!(whole.iter().all(|line| line.actor == judge.user_id), "nobody else's lines");
    let mut paged = Vec::new();
    loop {
        let page = dossiers.user_trail(overseer, &judge.user_id, paged.last(), 2).unwrap();
        if page.is_empty() {
            break;
        }
        paged.extend(page.into_iter().map(|line| line.place));
    }
    assert_eq!(paged, whole.iter().map(|line| line.place.clone()).collect::<Vec<_>>());
    let names = dossiers.trail_names(overseer, &whole).unwrap();
    assert_eq!(names.users[&judge.user_id].name, judge.name);
    assert_eq!(names.cases[&cases[1]], "twee");
    assert!(whole.iter().filter_map(|line| line.assignment.as_ref()).all(|id| names.rights.contains_key(id)));
    // Of one user in one case.
    let clerk = dossiers.trail(overseer, &cases[0], Some(&people.griffier.user_id), None, 100).unwrap();
    assert!(clerk.is_empty(), "the clerk did nothing in this case");
    assert_eq!(dossiers.user_trail(judge, &judge.user_id, None, 5), Err(DossierError::Forbidden));
    assert_eq!(dossiers.trail_names(judge, &whole), Err(DossierError::Forbidden));
}

/// Chains that each anchor names, oldest anchor first.
fn anchored_chains(db: &Database) -> Vec<Vec<String>> {
    let heads: Vec<String> = db
        .read(Job::Verify, |conn| -> Result<_, DbError> {
            Ok(audit_anchor::table.order(audit_anchor::seq.asc()).select(audit_anchor::heads).load(conn)?)
        })
        .unwrap();
    let chains = |heads: &String| {
        let heads: Vec<(String, i64, String)> = serde_json::from_str(heads).unwrap();
        heads.into_iter().map(|(chain, ..)| chain).collect()
    };
    heads.iter().map(chains).collect()
}

#[rstest]
fn an_anchor_names_only_the_chains_that_grew_and_older_ones_still_guard_the_rest(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let quiet = fill(&test.db);
    let people = People::add_to(&test.db);
    let busy = Dossiers::new(test.db.clone()).create(&people.griffier, &small_dossier("druk")).unwrap().dossier_id;
    make_anchor(&test.db).unwrap();
    make_anchor(&test.db).unwrap();
    let chains = anchored_chains(&test.db);
    assert_eq!(chains, [vec![quiet.clone()], vec![busy], Vec::new()]);
    assert!(report(&test.db).is_intact() && verify_recent(&test.db, SMALL).unwrap().is_intact());
    // The quiet case loses its last entry, and its head goes back as if it never was.
    let cut = format!(
        "DELETE FROM audit_entry WHERE chain = '{quiet}' AND seq = (SELECT seq FROM audit_head WHERE chain = '{quiet}');
         UPDATE audit_head SET seq = seq - 1, anchored = seq - 1, hash = (SELECT hash FROM audit_entry AS e
            WHERE e.chain = audit_head.chain AND e.seq = audit_head.seq - 1) WHERE chain = '{quiet}'"
    );
    run_as_owner(&test.db, "audit_entry", &cut);
    assert!(report(&test.db).dutch().contains("anker"), "{}", report(&test.db).dutch());
    assert!(!verify_recent(&test.db, SMALL).unwrap().is_intact(), "the check at the start reads the newest anchors");
}

#[rstest]
fn how_far_a_chain_is_anchored_never_goes_back_or_ahead(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values("0", "seq + 1")] to: &str,
) {
    let test = TestDb::new(backend);
    fill(&test.db);
    assert_eq!(run_sql(&test.db, &format!("UPDATE audit_head SET anchored = {to}")), Err(DbError::AppendOnly));
}

/// Bounds under which every trail of these tests is large.
const SMALL: Bounds = Bounds { entries: 3, chains: 10, tail: 4, anchors: 5 };

#[rstest]
fn the_check_at_the_start_reads_a_small_trail_whole_and_of_a_large_one_the_end(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    fill(&test.db);
    let whole = verify_recent(&test.db, Bounds::default()).unwrap();
    assert_eq!(whole, report(&test.db));
    assert!(whole.complete);
    let part = verify_recent(&test.db, SMALL).unwrap();
    assert!(part.is_intact() && !part.complete && part.entries < whole.entries, "{}", part.dutch());
    assert!(part.contents >= 1 && part.anchors == 1 && part.dutch().contains("combizitting audit verify"));
}

#[rstest]
#[case::newest_entry(
    "audit_entry",
    "UPDATE audit_entry SET actor = 'x' || substr(actor, 2) WHERE event = 'case_viewed'"
)]
#[case::removed_at_the_end("audit_entry", "DELETE FROM audit_entry WHERE event = 'case_viewed'")]
#[case::head("audit_head", "UPDATE audit_head SET seq = seq - 1 WHERE chain <> 'system'")]
#[case::anchor("audit_anchor", "UPDATE audit_anchor SET at = at + 1")]
#[case::draft("draft", "UPDATE draft SET sealed = {one byte changed}")]
fn the_check_at_the_start_finds_a_change_in_the_newest_part(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[case] table: &str,
    #[case] sql: &str,
) {
    let test = TestDb::new(backend);
    fill(&test.db);
    run_as_owner(&test.db, table, &with_byte(backend, sql));
    let found = verify_recent(&test.db, SMALL).unwrap();
    assert!(!found.is_intact() && !found.complete, "{sql}");
    assert!(found.dutch().contains("NIET ongeschonden"));
}

#[rstest]
#[case::head_back("UPDATE audit_head SET seq = seq - 1 WHERE chain <> 'system'")]
#[case::head_of_another("UPDATE audit_head SET chain = 'x' WHERE chain <> 'system'")]
#[case::version_back("UPDATE dossier SET current_version = 1")]
#[case::another_maker("UPDATE dossier SET created_by = 'systeem'")]
#[case::dossier_gone("DELETE FROM dossier")]
#[case::assignment_gone("DELETE FROM case_assignment")]
#[case::another_role("UPDATE case_assignment SET role = 'rechter' WHERE role = 'ketenpartner'")]
#[case::another_person("UPDATE case_assignment SET user_id = 'systeem'")]
#[case::wider("UPDATE case_assignment SET domains = '[\"criminal\"]'")]
#[case::user_gone("DELETE FROM user_account")]
fn what_is_not_fixed_forever_only_moves_forward(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[case] sql: &str,
) {
    let test = TestDb::new(backend);
    fill(&test.db);
    assert_eq!(run_sql(&test.db, sql), Err(DbError::AppendOnly));
    assert!(report(&test.db).is_intact());
}

#[rstest]
fn an_assignment_that_ended_is_never_opened_again(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    fill(&test.db);
    run_sql(&test.db, "UPDATE case_assignment SET ended_at = 5").unwrap();
    for again in ["ended_at = NULL", "ended_at = 6"] {
        let sql = format!("UPDATE case_assignment SET {again}");
        assert_eq!(run_sql(&test.db, &sql), Err(DbError::AppendOnly), "{again}");
    }
}
