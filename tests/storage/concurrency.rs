use crate::support::{Backend, People, TestDb, small_dossier};
use combizitting::audit::{View, verify};
use combizitting::db::{DbError, Job};
use combizitting::dossier::{DossierError, Dossiers};
use rstest::rstest;
use std::collections::BTreeSet;
use std::sync::Barrier;

#[rstest]
fn sixteen_writers_at_once_lose_nothing_and_the_chains_hold(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let people = People::add_to(&test.db);
    let dossiers = Dossiers::new(test.db.clone());
    let shared = dossiers.create(&people.griffier, &small_dossier("gedeeld")).unwrap().dossier_id;
    let acknowledged: BTreeSet<String> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..16)
            .map(|writer| {
                let (dossiers, people, shared) = (&dossiers, &people, &shared);
                scope.spawn(move || {
                    (0..10)
                        .map(|number| {
                            dossiers.get_snapshot(&people.griffier, shared, None, View::Timeline).unwrap();
                            let dossier = small_dossier(&format!("zaak {writer}-{number}"));
                            dossiers.create(&people.griffier, &dossier).unwrap().dossier_id
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(acknowledged.len(), 160);
    for id in &acknowledged {
        assert_eq!(dossiers.versions(&people.griffier, id).unwrap().len(), 1);
    }
    let report = verify(&test.db).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
    // Two entries for each dossier made, one for each look.
    assert_eq!((report.entries, report.contents), (161 * 2 + 160, 161));
}

#[rstest]
fn of_many_changes_to_one_version_exactly_one_is_accepted(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let test = TestDb::new(backend);
    let people = People::add_to(&test.db);
    let dossiers = Dossiers::new(test.db.clone());
    let id = dossiers.create(&people.griffier, &small_dossier("eerst")).unwrap().dossier_id;
    let barrier = Barrier::new(8);
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|writer| {
                let (dossiers, people, id, barrier) = (&dossiers, &people, &id, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    dossiers.update(&people.griffier, id, 1, &small_dossier(&format!("versie van {writer}")))
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for outcome in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(outcome, DossierError::Conflict { current: 2 });
    }
    let versions = dossiers.versions(&people.griffier, &id).unwrap();
    assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [2, 1]);
}

#[rstest]
fn a_failing_job_takes_only_itself_back(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let test = TestDb::new(backend);
    let people = People::add_to(&test.db);
    let dossiers = Dossiers::new(test.db.clone());
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let (dossiers, people, db) = (&dossiers, &people, &test.db);
            scope.spawn(move || {
                for number in 0..5 {
                    dossiers.create(&people.griffier, &small_dossier(&format!("goed {writer}-{number}"))).unwrap();
                    let failed: Result<(), DbError> = db.write(Job::Accounts, |tx| {
                        use diesel::connection::SimpleConnection;
                        tx.batch_execute("UPDATE user_account SET name = 'half'")?;
                        Err(DbError::Refused)
                    });
                    assert_eq!(failed, Err(DbError::Refused));
                }
            });
        }
    });
    let page = dossiers.list(&people.griffier, None, 100).unwrap();
    assert_eq!(page.items.len(), 40);
    assert!(dossiers.versions(&people.griffier, &page.items[0].id).unwrap()[0].recorded_by.starts_with("Test"));
}

#[rstest]
fn a_job_that_panics_is_answered_and_others_go_on(#[values(Backend::Sqlite)] backend: Backend) {
    let test = TestDb::new(backend);
    let failed: Result<(), DbError> = test.db.write(Job::Accounts, |_| panic!("a job that panics"));
    assert!(matches!(failed, Err(DbError::Other { .. })));
    let people = People::add_to(&test.db);
    Dossiers::new(test.db.clone()).create(&people.griffier, &small_dossier("daarna")).unwrap();
}
