//! Hearings and terms are found by time, for who may see the case, and follow each version of it.

use super::run_sql;
use crate::support::families::{demo, demo_day};
use crate::support::{Backend, People, TestDb, person_in_role, small_dossier};
use combizitting::audit::View;
use combizitting::conflicts::ends_of_terms;
use combizitting::db::Micros;
use combizitting::dossier::Dossiers;
use combizitting::dossier::agenda::{From, MomentPlace, OwnHearing};
use combizitting::dossier::model::{Domain, Dossier, MatterKind};
use combizitting::dossier::moments::RULES;
use combizitting::dossier::projection::{Reader, for_documents, for_reader};
use combizitting::dossier::record::NewAssignment;
use combizitting::identity::{Actor, Role};
use combizitting::shared::hash::sha256_hex;
use combizitting::shared::moment::start_of_day;
use rstest::rstest;

fn from_demo_day() -> From {
    From::Moment(start_of_day(demo_day()).timestamp_micros())
}

fn all(dossiers: &Dossiers, actor: &Actor) -> Vec<OwnHearing> {
    dossiers.hearings(actor, &from_demo_day(), 50).unwrap().0
}

/// A dossier with one hearing at a moment.
fn heard(reference: &str, at: &str) -> Dossier {
    let mut dossier = small_dossier(reference);
    let hearing = serde_json::json!({"at": at, "kind": "mondelinge behandeling", "room": "zaal 3"});
    dossier.matters[0].hearings = vec![serde_json::from_value(hearing).unwrap()];
    dossier
}

#[rstest]
fn hearings_stand_in_order_of_time_for_who_sees_the_case_and_follow_its_versions(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let (people, dossiers) = (People::add_to(&test.db), Dossiers::new(test.db.clone()).counting(ends_of_terms));
    let late = dossiers.create(&people.griffier, &heard("laat", "2026-12-02T10:00:00+01:00")).unwrap().dossier_id;
    let family = dossiers.create(&people.griffier, &demo()).unwrap().dossier_id;
    let seen = all(&dossiers, &people.griffier);
    let told: Vec<(&str, String)> = seen.iter().map(|one| (one.reference.as_str(), one.at.to_rfc3339())).collect();
    assert!(told.windows(2).all(|pair| seen_before(&pair[0].1, &pair[1].1)), "{told:?}");
    let combined = &seen[0];
    assert_eq!(combined.dossier_id, family);
    assert!(combined.hearing.matters.len() >= 2 && combined.hearing.matters.contains(&MatterKind::CriminalCase));
    assert_eq!(seen[1].hearing.room.as_deref(), Some("zaal 3"), "{seen:?}");

    // Page by page it is the same list.
    let (mut paged, mut from) = (Vec::new(), from_demo_day());
    loop {
        let (page, next) = dossiers.hearings(&people.griffier, &from, 1).unwrap();
        paged.extend(page);
        let Some(place) = next else { break };
        assert_eq!(MomentPlace::parse(&place.told()), Some(place.clone()));
        from = From::Place(place);
    }
    assert_eq!(paged, seen);

    // Who has no assignment sees none, whoever has one sees that case only, and it ends with the assignment.
    let judge = person_in_role(&test.db, Role::Rechter);
    assert_eq!(all(&dossiers, &judge), []);
    let of_judge =
        NewAssignment { user_id: judge.user_id.clone(), domains: vec![Domain::Family], ..NewAssignment::default() };
    let right = dossiers.assign(&people.griffier, &late, &of_judge).unwrap();
    assert_eq!(all(&dossiers, &judge).iter().map(|one| one.reference.as_str()).collect::<Vec<_>>(), ["laat"]);
    dossiers.update(&people.griffier, &late, 1, &heard("laat", "2026-12-09T10:00:00+01:00")).unwrap();
    assert_eq!(all(&dossiers, &judge)[0].at.to_rfc3339(), "2026-12-09T10:00:00+01:00");
    dossiers.update(&people.griffier, &late, 2, &small_dossier("laat")).unwrap();
    assert_eq!(all(&dossiers, &judge), []);
    dossiers.end_assignment(&people.griffier, &late, &right).unwrap();

    // What is refused leaves the hearings as they were.
    assert!(dossiers.update(&people.griffier, &late, 1, &heard("laat", "2026-12-09T10:00:00+01:00")).is_err());
    assert_eq!(all(&dossiers, &people.griffier).len(), seen.len() - 1);
}

fn seen_before(one: &str, other: &str) -> bool {
    let instant = crate::support::families::instant;
    instant(one) <= instant(other)
}

#[rstest]
fn cases_of_before_get_their_hearings_and_terms_at_the_start(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let people = People::add_to(&test.db);
    let plain = Dossiers::new(test.db.clone());
    let id = plain.create(&people.griffier, &demo()).unwrap().dossier_id;
    plain.create(&people.griffier, &heard("andere", "2026-12-02T10:00:00+01:00")).unwrap();
    let before = all(&plain, &people.griffier);
    // Terms were not counted yet; and of one case nothing at all is known, as before this table was there.
    let counting = Dossiers::new(test.db.clone()).counting(ends_of_terms);
    assert_eq!(counting.terms(&people.griffier, &from_demo_day(), 50).unwrap().0, []);
    run_sql(&test.db, &format!("DELETE FROM case_moment WHERE dossier_id = '{id}'")).unwrap();
    run_sql(&test.db, &format!("DELETE FROM case_moment_state WHERE dossier_id = '{id}'")).unwrap();
    assert_eq!(all(&plain, &people.griffier).len(), 1);
    assert_eq!(counting.catch_up().unwrap(), 2);
    assert_eq!(all(&plain, &people.griffier), before);
    let terms = counting.terms(&people.griffier, &from_demo_day(), 50).unwrap().0;
    assert!(terms.iter().any(|(case, at)| *case == id && at.to_rfc3339().starts_with("2026-11-20T")), "{terms:?}");
    assert_eq!(counting.catch_up().unwrap(), 0, "nothing is derived twice");
}

#[rstest]
fn someone_with_thousands_of_cases_sees_the_same_as_someone_with_a_few(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let (people, dossiers) = (People::add_to(&test.db), Dossiers::new(test.db.clone()));
    for number in 0..3 {
        let at = format!("2026-12-0{}T10:00:00+01:00", 3 - number);
        dossiers.create(&people.griffier, &heard(&format!("zaak-{number}"), &at)).unwrap();
    }
    let few = all(&dossiers, &people.griffier);
    assert_eq!(few.iter().map(|one| one.reference.as_str()).collect::<Vec<_>>(), ["zaak-2", "zaak-1", "zaak-0"]);
    let (user, mut sql) = (&people.griffier.user_id, String::new());
    for number in 0..1_001 {
        sql.push_str(&format!(
            "INSERT INTO dossier VALUES ('vol-{number}', 'vol-{number}', 1, 0, 0, '{user}');
             INSERT INTO case_assignment VALUES ('recht-{number}', 'vol-{number}', '{user}', 'griffier', NULL, NULL, \
             '[]', 0, '{user}', NULL);"
        ));
    }
    run_sql(&test.db, &sql).unwrap();
    // A case of someone else, heard first of all.
    let other = person_in_role(&test.db, Role::Griffier);
    dossiers.create(&other, &heard("van-een-ander", "2026-11-18T10:00:00+01:00")).unwrap();
    assert_eq!(all(&dossiers, &people.griffier), few);
    let (first, next) = dossiers.hearings(&people.griffier, &from_demo_day(), 2).unwrap();
    let (second, last) = dossiers.hearings(&people.griffier, &From::Place(next.unwrap()), 2).unwrap();
    assert_eq!((first, second, last), (few[..2].to_vec(), few[2..].to_vec(), None));
}

#[rstest]
fn several_cases_are_read_at_once_and_each_look_is_logged(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let (people, dossiers) = (People::add_to(&test.db), Dossiers::new(test.db.clone()));
    let ids = ["een", "twee"].map(|name| dossiers.create(&people.griffier, &small_dossier(name)).unwrap().dossier_id);
    let other = person_in_role(&test.db, Role::Griffier);
    let hidden = dossiers.create(&other, &small_dossier("van-een-ander")).unwrap().dossier_id;
    let asked = [ids.to_vec(), vec![hidden.clone()]].concat();
    let seen = dossiers.get_several(&people.griffier, &asked, View::Terms).unwrap();
    assert_eq!(seen.iter().map(|one| one.dossier.reference.as_str()).collect::<Vec<_>>(), ["een", "twee"]);
    for id in &ids {
        let lines = dossiers.trail(&people.toezichthouder, id, None, None, 10).unwrap();
        assert!(lines[0].text.contains("de termijnen, in de lijst over meer zaken"), "{lines:?}");
    }
    let lines = dossiers.trail(&people.toezichthouder, &hidden, None, None, 10).unwrap();
    assert!(lines.iter().all(|line| !line.text.contains("termijnen")), "{lines:?}");
}

/// The list of hearings is not read through the gate, so the gate may keep no hearing from any reader.
#[test]
fn no_reader_of_a_case_is_kept_from_its_hearings() {
    let dossier = demo();
    let told = |of: &Dossier| {
        of.matters.iter().map(|matter| (matter.kind, matter.authority.clone(), matter.hearings.clone())).collect()
    };
    let whole: Vec<_> = told(&dossier);
    let mut readers: Vec<Reader> = dossier.persons.iter().map(|one| Reader::party(&dossier, &one.id)).collect();
    readers.extend([Domain::Criminal, Domain::Administrative, Domain::Family].map(|domain| Reader::court([domain])));
    for reader in readers {
        let seen: Vec<_> = told(&for_reader(&dossier, &reader).dossier);
        assert_eq!(seen, whole, "{reader:?}");
    }
    let papers: Vec<_> = told(&for_documents(&dossier, Domain::Family).dossier);
    assert_eq!(papers, whole);
}

/// Terms are derived with each version of a case; other rules ask that all are derived again.
#[test]
fn other_rules_for_terms_have_another_number() {
    let ends: Vec<Micros> = ends_of_terms(&demo(), demo_day()).iter().map(|at| at.timestamp_micros()).collect();
    let hash = sha256_hex(format!("{ends:?}").as_bytes());
    let known = (1, "c4218256ac6610e8413911990248343dd47693905acabe1fecef678c8c0f2cd4");
    assert_eq!((RULES, hash.as_str()), known, "raise RULES in src/dossier/moments.rs and put the new hash here");
}
