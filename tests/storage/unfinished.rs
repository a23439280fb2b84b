//! Forms that are not recorded yet: the last one holds, the old go, and who leaves the case leaves nothing.

use crate::support::{Backend, People, TestDb, person_in_role, small_dossier};
use combizitting::db::Clock;
use combizitting::dossier::record::NewAssignment;
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::identity::Role;
use rstest::rstest;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

fn field(value: &str) -> Vec<(String, String)> {
    vec![("tekst".to_owned(), value.to_owned())]
}

const DAY: i64 = 24 * 3600 * 1_000_000;

#[rstest]
fn the_last_form_holds_for_thirty_days_and_only_for_its_writer(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let now = Arc::new(AtomicI64::new(1_000 * DAY));
    let at = now.clone();
    let test = TestDb::with_clock(backend, Clock::from_fn(move || at.load(Ordering::SeqCst)));
    let (people, dossiers) = (People::add_to(&test.db), Dossiers::new(test.db.clone()));
    let case = dossiers.create(&people.griffier, &small_dossier("onaf")).unwrap().dossier_id;
    dossiers.keep_form(&people.griffier, &case, "a/b", &field("eerst")).unwrap();
    dossiers.keep_form(&people.griffier, &case, "a/b", &field("later")).unwrap();
    let kept = || dossiers.kept_form(&people.griffier, &case, "a/b").unwrap();
    assert_eq!(kept().unwrap().fields, field("later"));
    let stranger = person_in_role(&test.db, Role::Griffier);
    assert!(matches!(dossiers.keep_form(&stranger, &case, "a/b", &[]), Err(DossierError::NotFound)));
    assert!(matches!(dossiers.kept_form(&stranger, &case, "a/b"), Err(DossierError::NotFound)));
    now.fetch_add(29 * DAY, Ordering::SeqCst);
    assert!(kept().is_some());
    now.fetch_add(2 * DAY, Ordering::SeqCst);
    assert_eq!(kept(), None);
    dossiers.keep_form(&people.griffier, &case, "c", &field("nieuw")).unwrap();
    let names = dossiers.kept_forms(&people.griffier, &case).unwrap();
    assert_eq!(names.into_iter().map(|(name, _)| name).collect::<Vec<_>>(), ["c"]);
}

#[rstest]
fn who_fills_in_very_many_forms_keeps_the_newest(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    let (people, dossiers) = (People::add_to(&test.db), Dossiers::new(test.db.clone()));
    let case = dossiers.create(&people.griffier, &small_dossier("veel")).unwrap().dossier_id;
    for number in 0..60 {
        dossiers.keep_form(&people.griffier, &case, &format!("vorm/{number}"), &field("x")).unwrap();
    }
    let names: Vec<String> =
        dossiers.kept_forms(&people.griffier, &case).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 50);
    assert!(names.contains(&"vorm/59".to_owned()) && !names.contains(&"vorm/3".to_owned()), "{names:?}");
}

#[rstest]
fn an_assignment_that_ends_takes_what_was_kept_with_it(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    let (people, dossiers) = (People::add_to(&test.db), Dossiers::new(test.db.clone()));
    let case = dossiers.create(&people.griffier, &small_dossier("weg")).unwrap().dossier_id;
    let new = NewAssignment {
        user_id: people.advocaat.user_id.clone(),
        person: Some("ouder-a".into()),
        ..NewAssignment::default()
    };
    let assignment = dossiers.assign(&people.griffier, &case, &new).unwrap();
    dossiers.keep_form(&people.advocaat, &case, "v", &field("van de advocaat")).unwrap();
    dossiers.keep_form(&people.griffier, &case, "v", &field("van de griffier")).unwrap();
    dossiers.end_assignment(&people.griffier, &case, &assignment).unwrap();
    assert!(matches!(dossiers.kept_form(&people.advocaat, &case, "v"), Err(DossierError::NotFound)));
    dossiers.assign(&people.griffier, &case, &new).unwrap();
    assert_eq!(dossiers.kept_form(&people.advocaat, &case, "v").unwrap(), None);
    assert!(dossiers.kept_form(&people.griffier, &case, "v").unwrap().is_some());
}
