//! Asking too much: 429 for one account or address, 503 when all together ask too much, each with
//! Retry-After, and the others go on.

use super::harness::{Call, Site, Who};
use crate::support::Backend;
use crate::support::families::demo_with;
use combizitting::web::limits::{Rate, RateLimits};
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use rstest::rstest;
use serde_json::json;
use std::time::Duration;

const FEW: Option<Rate> = Some(Rate { per_minute: 6, burst: 5 });

#[rstest]
#[actix_web::test]
async fn an_account_that_asks_too_much_waits_and_others_do_not(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::with_limits(backend, RateLimits { account: FEW, address: None, at_work: 64, waiting: 0 });
    for _ in 0..5 {
        assert_eq!(site.send(site.api("GET", "/v1/sessies/huidige", Who::Judge)).await.status, 200);
    }
    let refused = site.send(site.api("GET", "/v1/sessies/huidige", Who::Judge)).await;
    refused.assert_problem(429, "too_many_requests");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait}");
    let page = site.send(site.page("/zaken", Who::Judge)).await;
    assert_eq!(page.status, 429, "pages count with the API");
    assert!(page.text().contains("Te veel aanvragen tegelijk") && page.header("retry-after").is_some());
    assert_eq!(site.send(site.api("GET", "/v1/sessies/huidige", Who::Clerk)).await.status, 200);
    assert_eq!(site.send(Call::new("GET", "/gezondheid/gereed")).await.status, 200);
}

#[rstest]
#[actix_web::test]
async fn who_is_not_signed_in_is_counted_by_address(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::with_limits(backend, RateLimits { account: None, address: FEW, at_work: 64, waiting: 0 });
    let guess = |number: usize| {
        // Another name each time, so that no name is closed by the count of wrong passwords.
        let body = json!({"gebruikersnaam": format!("naam{number}"), "wachtwoord": "gok"});
        Call::new("POST", "/v1/sessies").json(&body)
    };
    for number in 0..5 {
        site.send(guess(number)).await.assert_problem(401, "sign_in_refused");
    }
    site.send(guess(5)).await.assert_problem(429, "too_many_requests");
    assert_eq!(
        site.send(site.api("GET", "/v1/sessies/huidige", Who::Clerk)).await.status,
        200,
        "who is signed in goes on"
    );
}

#[rstest]
#[actix_web::test]
async fn when_all_together_ask_too_much_the_answer_is_503_and_probes_are_still_answered(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::with_limits(backend, RateLimits { account: None, address: None, at_work: 0, waiting: 0 });
    for call in [site.api("GET", "/v1/dossiers", Who::Judge), Call::new("POST", "/v1/sessies").json(&json!({}))] {
        let answer = site.send(call).await;
        answer.assert_problem(503, "overloaded");
        assert_eq!(answer.header("retry-after"), Some("2"));
    }
    let page = site.send(site.page("/zaken", Who::Judge)).await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains("te druk"), "{}", page.text());
    assert_eq!(site.send(Call::new("GET", "/gezondheid/leeft")).await.status, 200);
    assert_eq!(site.send(Call::new("GET", "/gezondheid/gereed")).await.status, 200);
}

#[actix_web::test]
async fn who_hangs_up_and_asks_again_gets_no_second_place_while_the_first_work_goes_on() {
    let site = Site::with_limits(Backend::Sqlite, RateLimits { account: None, address: None, at_work: 1, waiting: 0 });
    let dossier = serde_json::to_value(demo_with(|dossier| dossier.reference = "wacht".to_owned())).unwrap();
    let mut other = SqliteConnection::establish(site.place.url.strip_prefix("sqlite:").unwrap()).unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    // The write waits for the other; who asked for it does not wait along.
    let write = site.send(site.api("POST", "/v1/dossiers", Who::Clerk).json(&dossier));
    assert!(actix_web::rt::time::timeout(Duration::from_millis(600), write).await.is_err(), "it waits");
    let again = site.send(Call::new("POST", "/v1/sessies").json(&json!({}))).await;
    again.assert_problem(503, "overloaded");
    other.batch_execute("ROLLBACK").unwrap();
    for _ in 0..200 {
        if site.send(site.api("GET", "/v1/sessies/huidige", Who::Clerk)).await.status == 200 {
            return;
        }
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the place is not given back");
}
