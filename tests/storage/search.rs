//! Looking for one's own cases among thousands: in pieces, and telling which.

use super::run_sql;
use crate::support::{Backend, People, TestDb, person_in_role, small_dossier};
use combizitting::dossier::Dossiers;
use combizitting::dossier::store::Wanted;
use combizitting::identity::{Actor, Role};
use rstest::rstest;

/// Cases in the order of their number, the last one newest; all older than one that is made by the service.
fn fill(test: &TestDb, user: &Actor, count: usize) {
    let (id, mut sql) = (&user.user_id, String::new());
    for number in 0..count {
        sql.push_str(&format!(
            "INSERT INTO dossier VALUES ('0-{number:05}', 'vol-{number}', 1, 0, {number}, '{id}');
             INSERT INTO case_assignment VALUES ('recht-{number}', '0-{number:05}', '{id}', 'griffier', NULL, NULL, \
             '[]', 0, '{id}', NULL);"
        ));
    }
    run_sql(&test.db, &sql).unwrap();
}

#[rstest]
fn a_word_is_looked_for_in_five_thousand_cases_at_a_time_and_it_is_told_that_older_ones_wait(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let (people, dossiers) = (People::add_to(&test.db), Dossiers::new(test.db.clone()));
    let clerk = &people.griffier;
    fill(&test, clerk, 5_001);
    let find = |words, before, since| {
        let found = dossiers.find(clerk, &Wanted { before, words, since }, 25).unwrap();
        let references: Vec<String> = found.page.items.into_iter().map(|item| item.reference).collect();
        (references, found.page.next, found.looked_at)
    };
    // The oldest case is the one beyond reach of the first look.
    let (found, next, looked) = find("nergens", None, None);
    assert_eq!((found.len(), looked), (0, Some(5_000)));
    let (found, last, looked) = find("nergens", next.as_deref(), None);
    assert_eq!((found.len(), last, looked), (0, None, None), "then everything was looked at");
    assert_eq!(find("ol-0", next.as_deref(), None).0, ["vol-0"]);
    // Its whole reference is found at once, above others with the same words, unless its day is not asked for.
    let (found, next, looked) = find("vol-0", None, None);
    assert_eq!((found, next.as_deref(), looked), (vec!["vol-0".to_owned()], Some("0-00001"), Some(5_000)));
    assert_eq!(find("vol-0", None, Some(1)).0, [""; 0]);
    let (found, next, looked) = find("vol-5000", None, None);
    assert_eq!((found, next.as_deref(), looked), (vec!["vol-5000".to_owned()], Some("0-00001"), Some(5_000)));
    // A full page needs no such word, nor does a list that is not searched.
    let (found, next, looked) = find("vol", None, None);
    assert_eq!((found.len(), next.as_deref(), looked), (25, Some("0-04976"), None));
    assert_eq!(find("", None, None).2, None);
    assert_eq!(find("", None, Some(10_000)).2, Some(5_000), "a day can also be that of none");
}

#[rstest]
fn a_whole_reference_of_a_case_of_another_finds_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let (people, dossiers) = (People::add_to(&test.db), Dossiers::new(test.db.clone()));
    let other = person_in_role(&test.db, Role::Griffier);
    let id = dossiers.create(&other, &small_dossier("van-een-ander")).unwrap().dossier_id;
    let find = |who: &Actor| {
        dossiers.find(who, &Wanted { words: "van-een-ander", ..Wanted::default() }, 25).unwrap().page.items.len()
    };
    let counts = [&people.griffier, &people.rechter, &people.advocaat, &people.beheerder, &other].map(find);
    assert_eq!(counts, [0, 0, 0, 0, 1]);
    // Nor does one from which someone was taken off.
    let judge = combizitting::dossier::record::NewAssignment {
        user_id: people.rechter.user_id.clone(),
        domains: vec![combizitting::dossier::model::Domain::Family],
        ..Default::default()
    };
    let assignment = dossiers.assign(&other, &id, &judge).unwrap();
    assert_eq!(find(&people.rechter), 1);
    dossiers.end_assignment(&other, &id, &assignment).unwrap();
    assert_eq!(find(&people.rechter), 0);
}
