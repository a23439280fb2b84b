use crate::support::{Backend, People, TestDb, person_in_role, small_dossier};
use combizitting::audit::View;
use combizitting::dossier::model::secrets::NamedPlaces;
use combizitting::dossier::model::{Domain, EventKind};
use combizitting::dossier::record::{Delivery, NewAssignment, SafetyConcern, SafetySubmission};
use combizitting::dossier::{DossierError, Dossiers};
use combizitting::identity::{Actor, Role};
use rstest::rstest;

struct Case {
    dossiers: Dossiers,
    people: People,
    id: String,
    test: TestDb,
}

/// A case made by the clerk, to which nobody else is assigned yet.
fn case(backend: Backend) -> Case {
    let test = TestDb::new(backend);
    let people = People::add_to(&test.db);
    let dossiers = Dossiers::new(test.db.clone());
    let id = dossiers.create(&people.griffier, &small_dossier("zaak")).unwrap().dossier_id;
    Case { dossiers, people, id, test }
}

impl Case {
    fn assign(&self, to: &Actor, change: impl FnOnce(&mut NewAssignment)) -> Result<String, DossierError> {
        let mut new = NewAssignment { user_id: to.user_id.clone(), ..NewAssignment::default() };
        change(&mut new);
        self.dossiers.assign(&self.people.griffier, &self.id, &new)
    }

    fn assign_all(&self) {
        self.assign(&self.people.rechter, |new| new.domains = vec![Domain::Family]).unwrap();
        self.assign(&self.people.advocaat, |new| new.person = Some("ouder-a".into())).unwrap();
        self.assign(&self.people.ketenpartner, |new| new.party = Some("raad".into())).unwrap();
    }

    fn sees(&self, actor: &Actor) -> bool {
        match self.dossiers.get(actor, &self.id, View::Dossier) {
            Ok(_) => true,
            Err(DossierError::NotFound) => false,
            Err(other) => panic!("{other}"),
        }
    }
}

#[rstest]
fn a_case_exists_only_for_those_assigned_to_it(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let case = case(backend);
    let people = &case.people;
    let others = [&people.rechter, &people.advocaat, &people.ketenpartner, &people.toezichthouder, &people.beheerder];
    for actor in others {
        assert!(!case.sees(actor), "{}", actor.role);
        assert_eq!(case.dossiers.list(actor, None, 10).unwrap().items, []);
        assert_eq!(case.dossiers.versions(actor, &case.id), Err(DossierError::NotFound));
        assert_eq!(case.dossiers.submissions(actor, &case.id), Err(DossierError::NotFound));
    }
    case.assign_all();
    let seen: Vec<bool> = others.into_iter().map(|actor| case.sees(actor)).collect();
    // A partner is assigned and still does not see the dossier; overseer and administrator never do.
    assert_eq!(seen, [true, true, false, false, false]);
    assert!(case.sees(&people.griffier));
}

#[rstest]
fn an_ended_assignment_closes_the_case_again(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let case = case(backend);
    let assignment = case.assign(&case.people.rechter, |new| new.domains = vec![Domain::Family]).unwrap();
    assert!(case.sees(&case.people.rechter));
    case.dossiers.end_assignment(&case.people.beheerder, &case.id, &assignment).unwrap();
    assert!(!case.sees(&case.people.rechter));
    case.assign(&case.people.rechter, |new| new.domains = vec![Domain::Criminal]).unwrap();
    assert!(case.sees(&case.people.rechter));
}

#[rstest]
fn a_case_keeps_a_clerk_who_can_sign_in(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let case = case(backend);
    let (people, dossiers, id) = (&case.people, &case.dossiers, &case.id);
    let of = |actor: &Actor| {
        let all = dossiers.assignments(&people.beheerder, id).unwrap();
        all.into_iter().find(|one| one.user_id == actor.user_id).unwrap().access.assignment
    };
    let refused = |who: &Actor, assignment: &str| match dossiers.end_assignment(who, id, assignment) {
        Err(DossierError::Invalid(text)) => text.contains("laatste griffier"),
        Ok(()) => false,
        Err(other) => panic!("{other}"),
    };
    let first = of(&people.griffier);
    assert!(refused(&people.griffier, &first) && refused(&people.beheerder, &first));
    let second = person_in_role(&case.test.db, Role::Griffier);
    let own = case.assign(&second, |_| {}).unwrap();
    let sql = format!("UPDATE user_account SET active = FALSE WHERE id = '{}'", second.user_id);
    super::run_sql(&case.test.db, &sql).unwrap();
    assert!(refused(&people.griffier, &first), "a closed account is no clerk to leave the case to");
    // Two clerks who end each other's at the same moment: one of them stays.
    super::run_sql(&case.test.db, &sql.replace("FALSE", "TRUE")).unwrap();
    let left = std::thread::scope(|scope| {
        let ends = [(&people.griffier, &own), (&second, &first)]
            .map(|(who, other)| scope.spawn(move || dossiers.end_assignment(who, id, other).is_ok()));
        ends.map(|end| end.join().unwrap()).into_iter().filter(|ended| *ended).count()
    });
    assert_eq!(left, 1);
    assert_eq!(dossiers.assignments(&people.beheerder, id).unwrap().len(), 1);
}

#[rstest]
fn an_administrator_assigns_only_a_clerk_to_a_case_that_has_none(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let case = case(backend);
    let (people, dossiers, id) = (&case.people, &case.dossiers, &case.id);
    let new = |actor: &Actor| NewAssignment { user_id: actor.user_id.clone(), ..NewAssignment::default() };
    let clerk = person_in_role(&case.test.db, Role::Griffier);
    let told = |to: NewAssignment| match dossiers.assign(&people.beheerder, id, &to) {
        Err(DossierError::Invalid(text)) => text,
        other => panic!("{other:?}"),
    };
    assert!(told(new(&clerk)).contains("Deze zaak heeft een griffier"));
    let judge = NewAssignment { domains: vec![Domain::Family], ..new(&people.rechter) };
    let client = NewAssignment { person: Some("ouder-a".into()), ..new(&people.advocaat) };
    assert_eq!(dossiers.without_clerk(&people.beheerder, 10), Ok(Vec::new()));
    let sql = format!("UPDATE user_account SET active = FALSE WHERE id = '{}'", people.griffier.user_id);
    super::run_sql(&case.test.db, &sql).unwrap();
    assert_eq!(dossiers.without_clerk(&people.beheerder, 10).unwrap().len(), 1);
    assert_eq!(dossiers.without_clerk(&people.toezichthouder, 10), Err(DossierError::Forbidden));
    for other in [judge, client] {
        assert!(told(other).contains("wijst alleen een griffier toe"));
    }
    dossiers.assign(&people.beheerder, id, &new(&clerk)).unwrap();
    assert!(case.sees(&clerk) && !case.sees(&people.beheerder));
}

#[rstest]
fn only_the_court_changes_a_dossier_and_only_the_clerk_or_administrator_assigns(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let case = case(backend);
    case.assign_all();
    let (people, dossiers, id) = (&case.people, &case.dossiers, &case.id);
    let changed = small_dossier("gewijzigd");
    for (actor, error) in [
        (&people.advocaat, DossierError::Forbidden),
        (&people.ketenpartner, DossierError::Forbidden),
        (&people.toezichthouder, DossierError::NotFound),
        (&people.beheerder, DossierError::NotFound),
    ] {
        assert_eq!(dossiers.create(actor, &changed), Err(DossierError::Forbidden));
        assert_eq!(dossiers.update(actor, id, 1, &changed), Err(error));
    }
    assert_eq!(dossiers.update(&people.rechter, id, 1, &changed).unwrap().version, 2);
    let new = NewAssignment { user_id: people.griffier.user_id.clone(), ..NewAssignment::default() };
    for actor in [&people.rechter, &people.advocaat, &people.ketenpartner] {
        assert_eq!(dossiers.assign(actor, id, &new), Err(DossierError::Forbidden));
    }
    assert_eq!(dossiers.assign(&people.toezichthouder, id, &new), Err(DossierError::NotFound));
    assert_eq!(dossiers.assignments(&people.beheerder, id).unwrap().len(), 4);
}

#[rstest]
fn an_assignment_without_what_its_role_needs_is_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let case = case(backend);
    let people = &case.people;
    let refused = |to: &Actor, change: fn(&mut NewAssignment)| match case.assign(to, change) {
        Err(DossierError::Invalid(text)) => text,
        other => panic!("{other:?}"),
    };
    assert!(refused(&people.rechter, |_| {}).contains("rechtsgebieden"));
    assert!(refused(&people.advocaat, |_| {}).contains("cliënt"));
    assert!(refused(&people.advocaat, |new| new.person = Some("niemand".into())).contains("dit dossier"));
    assert!(refused(&people.ketenpartner, |new| new.party = Some("ouder-a".into())).contains("organisatie"));
    assert!(refused(&people.beheerder, |_| {}).contains("niet aan een zaak"));
    assert!(refused(&people.griffier, |_| {}).contains("al aan de zaak"));
}

#[rstest]
fn a_delivery_reaches_only_judges_of_the_domain_it_is_meant_for(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let case = case(backend);
    case.assign_all();
    let (people, dossiers, id) = (&case.people, &case.dossiers, &case.id);
    let judge_in = |domain: Domain| {
        let judge = person_in_role(&case.test.db, Role::Rechter);
        case.assign(&judge, |new| new.domains = vec![domain]).unwrap();
        judge
    };
    let (family, criminal) = (judge_in(Domain::Family), judge_in(Domain::Criminal));
    for (title, domain) in
        [("Proces-verbaal", Some(Domain::Criminal)), ("Raadsrapport", Some(Domain::Family)), ("Onbekend", None)]
    {
        let delivery = Delivery { title: title.to_owned(), made_on: None, text: "Tekst".to_owned(), domain };
        dossiers.deliver(&people.ketenpartner, id, &delivery).unwrap();
    }
    let titles = |actor: &Actor| -> Vec<String> {
        let found = dossiers.submissions(actor, id).unwrap();
        found.iter().map(|item| item.content["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&family), ["Raadsrapport"]);
    assert_eq!(titles(&criminal), ["Proces-verbaal"]);
    assert_eq!(titles(&people.griffier), ["Proces-verbaal", "Raadsrapport", "Onbekend"]);
    assert_eq!(titles(&people.ketenpartner).len(), 3, "who delivered reads it back");
}

#[rstest]
fn what_is_handed_in_is_seen_by_the_court_and_by_who_handed_it_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let case = case(backend);
    case.assign_all();
    let (people, dossiers, id) = (&case.people, &case.dossiers, &case.id);
    let concern = SafetyConcern {
        kind: EventKind::Threat,
        when: None,
        description: "Dreigende berichten na de zitting".to_owned(),
        children: vec!["kind-1".into()],
        documents: Vec::new(),
        shielded: None,
        shielded_why: None,
    };
    let info = SafetySubmission { concerns: vec![concern], heard_apart: Some(true), ..SafetySubmission::default() };
    let receipt = dossiers.submit_safety_info(&people.advocaat, id, &info, NamedPlaces::Ask).unwrap();
    assert_eq!(receipt.hash, combizitting::shared::hash::canonical_hash(&info).unwrap());
    let delivery = Delivery { title: "Rapport".to_owned(), made_on: None, text: "Tekst".to_owned(), domain: None };
    dossiers.deliver(&people.ketenpartner, id, &delivery).unwrap();
    assert_eq!(dossiers.submit_safety_info(&people.rechter, id, &info, NamedPlaces::Ask), Err(DossierError::Forbidden));
    assert_eq!(dossiers.deliver(&people.advocaat, id, &delivery), Err(DossierError::Forbidden));
    let seen = |actor: &Actor| dossiers.submissions(actor, id).unwrap().len();
    assert_eq!([&people.rechter, &people.griffier, &people.advocaat, &people.ketenpartner].map(seen), [1, 2, 1, 1]);
    let empty = dossiers.submit_safety_info(&people.advocaat, id, &SafetySubmission::default(), NamedPlaces::Ask);
    assert!(matches!(empty, Err(DossierError::Invalid(_))));
    assert_eq!(dossiers.take_submission(&people.griffier, id, &receipt.submission), Ok(1));
    assert!(matches!(
        dossiers.take_submission(&people.griffier, id, &receipt.submission),
        Err(DossierError::Invalid(_))
    ));
    assert_eq!(dossiers.submissions(&people.advocaat, id).unwrap()[0].taken_in_version, Some(1));
}

#[rstest]
fn asking_for_someone_elses_case_leaves_a_trace(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let case = case(backend);
    assert!(!case.sees(&case.people.advocaat));
    let trail = case.dossiers.trail(&case.people.griffier, &case.id, None, None, 10).unwrap();
    assert_eq!((trail[0].event.as_str(), trail[0].role.as_str()), ("access_refused", "advocaat"));
    let unknown = combizitting::db::new_id();
    assert_eq!(case.dossiers.get(&case.people.griffier, &unknown, View::Dossier), Err(DossierError::NotFound));
}

#[rstest]
fn the_list_pages_through_all_cases_once_newest_first(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let case = case(backend);
    for number in 0..24 {
        case.dossiers.create(&case.people.griffier, &small_dossier(&format!("nummer {number}"))).unwrap();
    }
    let (mut cursor, mut seen) = (None, Vec::new());
    loop {
        let page = case.dossiers.list(&case.people.griffier, cursor.as_deref(), 10).unwrap();
        seen.extend(page.items.into_iter().map(|item| item.reference));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let mut expected: Vec<String> = (0..24).rev().map(|number| format!("nummer {number}")).collect();
    expected.push("zaak".to_owned());
    assert_eq!(seen, expected);
    let directory = case.dossiers.directory(&case.people.beheerder, None, 100).unwrap();
    assert_eq!(directory.items.len(), 25);
    assert_eq!(case.dossiers.directory(&case.people.rechter, None, 100), Err(DossierError::Forbidden));
}

#[rstest]
fn the_same_content_makes_no_new_version_and_a_taken_reference_is_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let case = case(backend);
    let (people, dossiers) = (&case.people, &case.dossiers);
    let same = dossiers.update(&people.griffier, &case.id, 1, &small_dossier("zaak")).unwrap();
    assert_eq!(same.version, 1);
    assert_eq!(dossiers.create(&people.griffier, &small_dossier("zaak")), Err(DossierError::ReferenceTaken));
    let older = dossiers.update(&people.griffier, &case.id, 1, &small_dossier("anders")).unwrap();
    assert_eq!(older.version, 2);
    let first = dossiers.get_version(&people.griffier, &case.id, 1).unwrap();
    assert_eq!(first.dossier, small_dossier("zaak"));
    assert_eq!(first.version.hash, combizitting::shared::hash::canonical_hash(&first.dossier).unwrap());
}

#[rstest]
fn a_judge_of_one_domain_cannot_lose_what_belongs_to_another(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let case = case(backend);
    let (people, dossiers, id) = (&case.people, &case.dossiers, &case.id);
    case.assign(&people.rechter, |new| new.domains = vec![Domain::Criminal]).unwrap();
    let mut shorter = small_dossier("zaak");
    shorter.organisations.clear();
    let refused = dossiers.update(&people.rechter, id, 1, &shorter).unwrap_err();
    assert!(matches!(&refused, DossierError::Invalid(text) if text.contains("griffier")), "{refused}");
    let mut planned = small_dossier("zaak");
    planned.plans = crate::support::families::demo().plans;
    assert_eq!(dossiers.update(&people.rechter, id, 1, &planned).unwrap().version, 2);
    assert_eq!(dossiers.update(&people.griffier, id, 2, &shorter).unwrap().version, 3);
}
