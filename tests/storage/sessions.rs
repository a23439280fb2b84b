use crate::support::{Backend, TestDb, person_in_role};
use combizitting::db::Clock;
use combizitting::identity::{Actor, Identity, IdentityError, Limits, NewUser, Role, SessionKey, SignedIn};
use rstest::rstest;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const SECOND: i64 = 1_000_000;
const PASSWORD: &str = "een lang wachtwoord";

struct Desk {
    identity: Identity,
    clock: Arc<AtomicI64>,
    test: TestDb,
    user: String,
}

fn desk(backend: Backend) -> Desk {
    let clock = Arc::new(AtomicI64::new(1_800_000_000 * SECOND));
    let now = Arc::clone(&clock);
    let test = TestDb::with_clock(backend, Clock::from_fn(move || now.load(Ordering::SeqCst)));
    let identity = Identity::with_limits(test.db.clone(), &SessionKey::random(), Limits::default()).unwrap();
    let user = NewUser {
        login: "Rechter.Een".to_owned(),
        name: "Rechter Een".to_owned(),
        role: Role::Rechter,
        password: PASSWORD.into(),
    };
    let user = identity.add_user(&Actor::operator(), &user).unwrap().id;
    Desk { identity, clock, test, user }
}

impl Desk {
    fn later(&self, seconds: i64) {
        self.clock.fetch_add(seconds * SECOND, Ordering::SeqCst);
    }

    fn sign_in(&self) -> SignedIn {
        self.identity.sign_in("rechter.een", &PASSWORD.into()).unwrap()
    }

    fn counts(&self, signed: &SignedIn) -> bool {
        self.identity.authenticate(signed.token.expose_secret()).is_ok()
    }
}

#[rstest]
fn a_right_password_gives_a_session_that_knows_who_it_is(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = desk(backend);
    let signed = desk.sign_in();
    let session = desk.identity.authenticate(signed.token.expose_secret()).unwrap();
    assert_eq!(
        session.actor,
        Actor { user_id: desk.user.clone(), name: "Rechter Een".to_owned(), role: Role::Rechter }
    );
    assert!(!session.renew);
}

#[rstest]
fn an_expired_token_is_refused_to_the_second(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = desk(backend);
    let signed = desk.sign_in();
    desk.later(15 * 60 - 1);
    assert!(desk.counts(&signed));
    desk.later(1);
    assert_eq!(desk.identity.authenticate(signed.token.expose_secret()), Err(IdentityError::NoSession));
}

#[rstest]
fn a_session_slides_on_but_not_past_its_end(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = desk(backend);
    let mut signed = desk.sign_in();
    let mut lived = 0;
    loop {
        desk.later(10 * 60);
        lived += 10;
        let Ok(session) = desk.identity.authenticate(signed.token.expose_secret()) else { break };
        assert!(session.renew || lived > 8 * 60 - 15);
        signed = desk.identity.renew(&session).unwrap();
        assert!(lived < 24 * 60, "the session never ended");
    }
    assert_eq!(lived, 8 * 60);
}

#[rstest]
fn signing_out_ends_every_token_of_the_session(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = desk(backend);
    let (first, other) = (desk.sign_in(), desk.sign_in());
    let session = desk.identity.authenticate(first.token.expose_secret()).unwrap();
    let renewed = desk.identity.renew(&session).unwrap();
    desk.identity.sign_out(&session).unwrap();
    assert_eq!((desk.counts(&first), desk.counts(&renewed), desk.counts(&other)), (false, false, true));
}

#[rstest]
fn a_closed_user_or_new_password_ends_all_sessions(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = desk(backend);
    let administrator = person_in_role(&desk.test.db, Role::Beheerder);
    let signed = desk.sign_in();
    desk.identity.change_password(&administrator, &desk.user, &"een heel ander wachtwoord".into()).unwrap();
    assert!(!desk.counts(&signed));
    assert_eq!(desk.identity.sign_in("rechter.een", &PASSWORD.into()).unwrap_err(), IdentityError::SignInFailed);
    let signed = desk.identity.sign_in("rechter.een", &"een heel ander wachtwoord".into()).unwrap();
    desk.identity.deactivate(&administrator, &desk.user).unwrap();
    assert!(!desk.counts(&signed));
    let refused = desk.identity.sign_in("rechter.een", &"een heel ander wachtwoord".into());
    assert_eq!(refused.unwrap_err(), IdentityError::SignInFailed);
}

#[rstest]
fn a_token_signed_with_another_key_is_refused(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = desk(backend);
    let forger = Identity::new(desk.test.db.clone(), &SessionKey::random()).unwrap();
    let forged = forger.sign_in("rechter.een", &PASSWORD.into()).unwrap();
    assert!(!desk.counts(&forged));
    for junk in ["", "x", "a.b.c", &"x".repeat(100_000)] {
        assert_eq!(desk.identity.authenticate(junk), Err(IdentityError::NoSession));
    }
}

#[rstest]
fn after_five_failures_a_name_is_closed_whether_it_exists_or_not(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = desk(backend);
    let answers = |login: &str| -> Vec<IdentityError> {
        (0..6).map(|_| desk.identity.sign_in(login, &"verkeerd wachtwoord".into()).unwrap_err()).collect()
    };
    let (known, unknown) = (answers("rechter.een"), answers("bestaat.niet"));
    assert_eq!(known, unknown);
    assert_eq!(known[..4], vec![IdentityError::SignInFailed; 4]);
    assert_eq!(known[4..], vec![IdentityError::SignInLocked; 2]);
    // Closed for the right password too, and open again after a quarter of an hour.
    assert_eq!(desk.identity.sign_in("rechter.een", &PASSWORD.into()).unwrap_err(), IdentityError::SignInLocked);
    desk.later(15 * 60 + 1);
    desk.sign_in();
}

#[rstest]
fn a_success_in_between_forgets_the_failures(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = desk(backend);
    for _ in 0..3 {
        for _ in 0..4 {
            let refused = desk.identity.sign_in("rechter.een", &"verkeerd wachtwoord".into());
            assert_eq!(refused.unwrap_err(), IdentityError::SignInFailed);
        }
        desk.sign_in();
    }
}

#[rstest]
fn only_an_administrator_adds_users_and_bad_names_and_passwords_are_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = desk(backend);
    let new = |login: &str, password: &str| NewUser {
        login: login.to_owned(),
        name: "Iemand".to_owned(),
        role: Role::Griffier,
        password: SecretString::from(password),
    };
    let add = |user: NewUser| desk.identity.add_user(&Actor::operator(), &user).unwrap_err();
    assert_eq!(add(new("RECHTER.EEN ", PASSWORD)), IdentityError::LoginTaken);
    assert_eq!(add(new("nul\0naam", PASSWORD)), IdentityError::BadName);
    assert_eq!(add(new("x", PASSWORD)), IdentityError::BadName);
    assert_eq!(add(new("goed", "kort")), IdentityError::WeakPassword);
    for role in [Role::Rechter, Role::Griffier, Role::Advocaat, Role::Ketenpartner, Role::Toezichthouder] {
        let other = person_in_role(&desk.test.db, role);
        assert_eq!(desk.identity.add_user(&other, &new("goed", PASSWORD)), Err(IdentityError::Forbidden));
    }
}

#[rstest]
fn guessing_at_the_same_moment_does_not_help(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = desk(backend);
    std::thread::scope(|scope| {
        for guess in 0..8 {
            let identity = desk.identity.clone();
            scope.spawn(move || {
                let refused = identity.sign_in("rechter.een", &format!("gok nummer {guess}").into()).unwrap_err();
                assert!(matches!(refused, IdentityError::SignInFailed | IdentityError::SignInLocked), "{refused}");
            });
        }
    });
    assert_eq!(desk.identity.sign_in("rechter.een", &PASSWORD.into()).unwrap_err(), IdentityError::SignInLocked);
}
