//! People of an advocate's office: never more than the advocate, never longer, never for two sides.

use crate::support::{Backend, People, TestDb, person_in_role, small_dossier};
use chrono::{Days, NaiveDate};
use combizitting::audit::View;
use combizitting::db::{Clock, instant_of};
use combizitting::dossier::model::secrets::NamedPlaces;
use combizitting::dossier::record::{NewAssignment, SafetySubmission};
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::identity::{Actor, Role};
use combizitting::shared::moment::local_date;
use rstest::rstest;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const DAY: i64 = 24 * 3600 * 1_000_000;

struct Office {
    dossiers: Dossiers,
    people: People,
    case: String,
    helper: Actor,
    clock: Arc<AtomicI64>,
    test: TestDb,
}

/// A case with an advocate of the one parent, and someone of that office to whom nothing was given yet.
fn office(backend: Backend) -> Office {
    let clock = Arc::new(AtomicI64::new(1_800_000_000_000_000));
    let now = Arc::clone(&clock);
    let test = TestDb::with_clock(backend, Clock::from_fn(move || now.load(Ordering::SeqCst)));
    let people = People::add_to(&test.db);
    let dossiers = Dossiers::new(test.db.clone());
    let case = dossiers.create(&people.griffier, &small_dossier("zaak")).unwrap().dossier_id;
    let helper = person_in_role(&test.db, Role::Medewerker);
    let office = Office { dossiers, people, case, helper, clock, test };
    office.assign(&office.people.advocaat, "ouder-a");
    office
}

impl Office {
    fn assign(&self, advocate: &Actor, client: &str) -> String {
        let new = NewAssignment {
            user_id: advocate.user_id.clone(),
            person: Some(client.into()),
            ..NewAssignment::default()
        };
        self.dossiers.assign(&self.people.griffier, &self.case, &new).unwrap()
    }

    fn other_advocate(&self) -> Actor {
        person_in_role(&self.test.db, Role::Advocaat)
    }

    fn in_days(&self, days: u64) -> NaiveDate {
        local_date(&instant_of(self.clock.load(Ordering::SeqCst))).checked_add_days(Days::new(days)).unwrap()
    }

    fn let_act(&self, advocate: &Actor, who: &Actor, days: u64) -> Result<String, DossierError> {
        let login = format!("{}-{}", who.role, who.user_id);
        self.dossiers.delegate(advocate, &login, self.in_days(days))
    }

    fn wait(&self, time: i64) {
        self.clock.fetch_add(time, Ordering::SeqCst);
    }

    /// Whether someone sees the case in every way in which it could be seen, or in none.
    fn sees(&self, who: &Actor) -> bool {
        let ids = std::slice::from_ref(&self.case);
        let ways = [
            self.dossiers.get(who, &self.case, View::Dossier).is_ok(),
            self.dossiers.versions(who, &self.case).is_ok(),
            self.dossiers.submissions(who, &self.case).is_ok(),
            self.dossiers.access(who, &self.case).is_ok(),
            self.dossiers.kept_forms(who, &self.case).is_ok(),
            self.dossiers.keep_form(who, &self.case, "vorm", &[]).is_ok(),
            !self.dossiers.list(who, None, 10).unwrap().items.is_empty(),
            !self.dossiers.get_several(who, ids, View::Terms).unwrap().is_empty(),
        ];
        assert!(ways.iter().all(|way| *way == ways[0]), "{ways:?}");
        ways[0]
    }
}

fn told(outcome: Result<String, DossierError>) -> String {
    match outcome {
        Err(DossierError::Invalid(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[rstest]
fn someone_of_the_office_sees_what_the_advocate_sees_for_as_long_as_both_hold(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let office = office(backend);
    let (advocate, helper) = (&office.people.advocaat, &office.helper);
    assert!(!office.sees(helper), "an account alone gives nothing");
    let given = office.let_act(advocate, helper, 5).unwrap();
    assert!(office.sees(helper));
    let access = office.dossiers.access(helper, &office.case).unwrap();
    assert_eq!((access.role, access.person), (Role::Advocaat, Some("ouder-a".into())));
    assert_eq!(access.on_behalf.unwrap().advocate, advocate.user_id);
    office.wait(5 * DAY);
    assert!(office.sees(helper), "on the last day too");
    office.wait(DAY);
    assert!(!office.sees(helper), "not after the last day");
    assert!(office.dossiers.delegations(advocate).unwrap().is_empty());
    let again = office.let_act(advocate, helper, 5).unwrap();
    assert!(office.sees(helper));
    assert_eq!(office.dossiers.end_delegation(advocate, &given), Err(DossierError::NotFound), "that one has ended");
    office.dossiers.end_delegation(advocate, &again).unwrap();
    assert!(!office.sees(helper), "at once after it was ended");
    office.let_act(advocate, helper, 5).unwrap();
    let right = office.dossiers.access(advocate, &office.case).unwrap().assignment;
    office.dossiers.end_assignment(&office.people.griffier, &office.case, &right).unwrap();
    assert!(!office.sees(helper), "not when the advocate sees nothing");
    office.assign(advocate, "ouder-a");
    assert!(office.sees(helper));
    let sql = format!("UPDATE user_account SET active = FALSE WHERE id = '{}'", advocate.user_id);
    super::run_sql(&office.test.db, &sql).unwrap();
    assert!(!office.sees(helper), "not when the account of the advocate was closed");
}

#[rstest]
fn what_was_given_once_more_replaces_what_was_given_before(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let office = office(backend);
    let (advocate, helper) = (&office.people.advocaat, &office.helper);
    office.let_act(advocate, helper, 300).unwrap();
    office.wait(1_000_000);
    office.let_act(advocate, helper, 1).unwrap();
    let found = office.dossiers.delegations(advocate).unwrap();
    assert_eq!(found.iter().map(|one| one.last_day).collect::<Vec<_>>(), [office.in_days(1)]);
    office.wait(2 * DAY);
    assert!(!office.sees(helper));
}

#[rstest]
fn only_an_advocate_lets_only_someone_of_an_office_act_and_not_for_longer_than_a_year(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let office = office(backend);
    let (people, helper) = (&office.people, &office.helper);
    office.let_act(&people.advocaat, helper, 5).unwrap();
    let friend = person_in_role(&office.test.db, Role::Medewerker);
    let others = [&people.rechter, &people.griffier, &people.ketenpartner, &people.toezichthouder, &people.beheerder];
    for who in others {
        assert_eq!(office.let_act(who, &friend, 5), Err(DossierError::Forbidden), "{}", who.role);
        assert!(told(office.let_act(&people.advocaat, who, 5)).contains("geen medewerker"), "{}", who.role);
    }
    assert_eq!(office.let_act(helper, &friend, 5), Err(DossierError::Forbidden));
    assert!(!office.sees(&friend), "who acts for an advocate lets nobody else act");
    assert!(told(office.let_act(&people.advocaat, &friend, 367)).contains("Kies een laatste dag"));
    let yesterday = office.in_days(0).pred_opt().unwrap();
    let login = format!("medewerker-{}", friend.user_id);
    assert!(told(office.dossiers.delegate(&people.advocaat, &login, yesterday)).contains("Kies een laatste dag"));
    let own = office.dossiers.delegations(&people.advocaat).unwrap();
    let other = office.other_advocate();
    assert_eq!(office.dossiers.end_delegation(&other, &own[0].id), Err(DossierError::NotFound), "not of another");
    assert_eq!(office.dossiers.end_delegation(helper, &own[0].id), Err(DossierError::Forbidden));
    let new = NewAssignment { user_id: helper.user_id.clone(), person: Some("ouder-b".into()), ..Default::default() };
    let refused = office.dossiers.assign(&people.griffier, &office.case, &new);
    assert!(told(refused).contains("niet toegewezen"), "the clerk assigns nobody of an office");
}

#[rstest]
fn nobody_acts_for_two_sides_of_one_case_also_not_one_after_the_other(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let office = office(backend);
    let (advocate, helper) = (&office.people.advocaat, &office.helper);
    let other = office.other_advocate();
    // The other office came first, in other cases; then its advocate comes into this case too.
    office.let_act(&other, helper, 30).unwrap();
    let given = office.let_act(advocate, helper, 5).unwrap();
    office.wait(1_000_000);
    office.assign(&other, "ouder-b");
    let side = |who: &Actor| office.dossiers.access(who, &office.case).map(|access| access.person.unwrap().0);
    assert_eq!(side(helper), Ok("ouder-a".to_owned()), "the side that was seen first");
    let told_to_other = told(office.let_act(&other, helper, 30));
    assert!(told_to_other.contains("andere partij") && !told_to_other.contains("zaak "), "{told_to_other}");
    let seen_by = |client: &str| {
        let all = office.dossiers.assignments(&office.people.griffier, &office.case).unwrap();
        let one = all.into_iter().find(|one| one.access.person == Some(client.into())).unwrap();
        one.delegates.len()
    };
    assert_eq!((seen_by("ouder-a"), seen_by("ouder-b")), (1, 0), "the court sees for whom");
    office.dossiers.end_delegation(advocate, &given).unwrap();
    assert!(!office.sees(helper), "what was seen of the one side stays known, so the other stays closed");
    // Who never saw the one side may act for the other.
    let fresh = person_in_role(&office.test.db, Role::Medewerker);
    office.let_act(&other, &fresh, 5).unwrap();
    assert_eq!(side(&fresh), Ok("ouder-b".to_owned()));
    assert!(told(office.let_act(advocate, &fresh, 5)).contains("andere partij"));
}

#[rstest]
fn what_is_handed_in_says_for_whom_and_by_whom_and_only_that_side_reads_it_back(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let office = office(backend);
    let (advocate, helper, case) = (&office.people.advocaat, &office.helper, &office.case);
    let other = office.other_advocate();
    office.assign(&other, "ouder-b");
    let given = office.let_act(advocate, helper, 5).unwrap();
    let info = |text: &str| SafetySubmission { wishes: Some(text.to_owned()), ..SafetySubmission::default() };
    let receipt = office.dossiers.submit_safety_info(helper, case, &info("Aparte ingang"), NamedPlaces::Ask).unwrap();
    let told = receipt.on_behalf.clone().unwrap();
    assert_eq!((told.advocate, told.by), (advocate.name.clone(), helper.name.clone()));
    office.dossiers.submit_safety_info(advocate, case, &info("Aparte wachtruimte"), NamedPlaces::Ask).unwrap();
    let read = |who: &Actor| office.dossiers.submissions(who, case).unwrap();
    assert_eq!([advocate, helper, &other, &office.people.griffier].map(|who| read(who).len()), [2, 2, 0, 2]);
    assert_eq!(read(advocate)[0].receipt, receipt);
    assert_eq!(
        (read(advocate)[0].on_behalf_of.as_str(), read(advocate)[1].receipt.on_behalf.is_none()),
        ("ouder-a", true)
    );
    let waiting = office.dossiers.waiting_submissions(&office.people.griffier, 10).unwrap();
    assert_eq!(waiting[0].by, format!("{}, namens {}", helper.name, advocate.name));
    office.dossiers.end_delegation(advocate, &given).unwrap();
    let refused = office.dossiers.submit_safety_info(helper, case, &info("Nog iets"), NamedPlaces::Ask);
    assert_eq!(refused, Err(DossierError::NotFound), "not after it was ended");
    assert_eq!(read(advocate).len(), 2, "what was handed in stays");
    let trail = office.dossiers.trail(&office.people.toezichthouder, case, Some(&helper.user_id), None, 50).unwrap();
    let line = trail.iter().find(|line| line.event == "safety_info_submitted").unwrap();
    let names = office.dossiers.trail_names(&office.people.toezichthouder, &trail).unwrap();
    assert_eq!(line.role, "medewerker");
    assert_eq!(names.rights[line.assignment.as_deref().unwrap()].user, advocate.user_id);
    let report = combizitting::audit::verify(&office.test.db).unwrap();
    assert!(report.problems.is_empty(), "{report:?}");
}

#[rstest]
fn what_was_still_being_filled_in_is_gone_with_the_right_to_see_the_case(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let office = office(backend);
    let (advocate, helper, case) = (&office.people.advocaat, &office.helper, &office.case);
    let fields = [("wensen".to_owned(), "geheim".to_owned())];
    let keep = || office.dossiers.keep_form(helper, case, "vorm", &fields).unwrap();
    let given = office.let_act(advocate, helper, 5).unwrap();
    keep();
    office.dossiers.end_delegation(advocate, &given).unwrap();
    office.let_act(advocate, helper, 5).unwrap();
    assert_eq!(office.dossiers.kept_form(helper, case, "vorm"), Ok(None));
    keep();
    let right = office.dossiers.access(advocate, case).unwrap().assignment;
    office.dossiers.end_assignment(&office.people.griffier, case, &right).unwrap();
    office.assign(advocate, "ouder-a");
    assert_eq!(office.dossiers.kept_form(helper, case, "vorm"), Ok(None));
}

#[rstest]
#[case("UPDATE delegation SET ends_at = ends_at + 1")]
#[case("UPDATE delegation SET delegate_id = 'systeem'")]
#[case("DELETE FROM delegation")]
#[case("UPDATE submission_delegation SET delegation_id = 'x'")]
#[case("DELETE FROM submission_delegation")]
fn who_was_let_act_cannot_be_rewritten_in_the_database(
    #[case] sql: &str,
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let office = office(backend);
    office.let_act(&office.people.advocaat, &office.helper, 5).unwrap();
    let info = SafetySubmission { heard_apart: Some(true), ..SafetySubmission::default() };
    office.dossiers.submit_safety_info(&office.helper, &office.case, &info, NamedPlaces::Ask).unwrap();
    assert!(super::run_sql(&office.test.db, sql).is_err());
}
