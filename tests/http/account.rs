//! The own account: a new password.

use super::harness::{Answer, Call, HOST, PASSWORD, Site, Who};
use crate::support::Backend;
use rstest::rstest;
use serde_json::json;

const NEW: &str = "een heel ander wachtwoord";

async fn sign_in(site: &Site, password: &str) -> Answer {
    let given = json!({"gebruikersnaam": "clerk", "wachtwoord": password});
    site.send(Call::new("POST", "/v1/sessies").json(&given)).await
}

async fn change(site: &Site, old: &str, new: &str, again: &str) -> Answer {
    let fields = format!("huidig={old}&wachtwoord={new}&herhaling={again}").replace(' ', "+");
    site.send(site.form("/account", Who::Clerk, &fields)).await
}

/// What the overseer reads in the trail of the system, newest first.
async fn logged(site: &Site) -> String {
    site.send(site.page("/log", Who::Overseer)).await.text()
}

#[rstest]
#[actix_web::test]
async fn one_changes_the_own_password_stays_here_and_is_signed_out_elsewhere(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let elsewhere = sign_in(&site, PASSWORD).await.json()["token"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {elsewhere}");
    let there = || Call::new("GET", "/v1/dossiers").header("Authorization", &bearer);
    assert_eq!(site.send(there()).await.status, 200);
    let done = change(&site, PASSWORD, NEW, NEW).await;
    assert_eq!((done.status, done.header("location")), (303, Some("/account?gedaan=wachtwoord")), "{}", done.text());
    let told = site.send(site.page("/account?gedaan=wachtwoord", Who::Clerk)).await;
    assert!(told.status == 200 && told.text().contains("Uw nieuwe wachtwoord geldt"), "{}", told.text());
    site.send(there()).await.assert_problem(401, "not_signed_in");
    sign_in(&site, PASSWORD).await.assert_problem(401, "sign_in_refused");
    assert_eq!(sign_in(&site, NEW).await.status, 201);
    assert!(logged(&site).await.contains("het eigen wachtwoord gewijzigd"));
}

#[rstest]
#[actix_web::test]
async fn a_new_password_that_cannot_be_is_told_at_its_field_and_changes_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for (old, new, again, place) in [
        (PASSWORD, "kort", "kort", "wachtwoord-fout"),
        (PASSWORD, NEW, "iets anders dan dat", "herhaling-fout"),
        ("", NEW, NEW, "huidig-fout"),
        ("dit was het niet", NEW, NEW, "huidig-fout"),
    ] {
        let refused = change(&site, old, new, again).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert_eq!(refused.text().matches("class=\"error\"").count(), 1, "{}", refused.text());
        assert!(refused.text().contains(place) && !refused.text().contains(NEW), "{}", refused.text());
    }
    assert_eq!(sign_in(&site, PASSWORD).await.status, 201);
    assert!(!logged(&site).await.contains("het eigen wachtwoord gewijzigd"));
}

#[rstest]
#[actix_web::test]
async fn who_finds_an_open_desk_cannot_go_on_guessing_the_old_password(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for _ in 0..4 {
        assert_eq!(change(&site, "dit was het niet", NEW, NEW).await.status, 422);
    }
    let closed = change(&site, "dit was het niet", NEW, NEW).await;
    assert_eq!((closed.status, closed.header("retry-after")), (429, Some("900")), "{}", closed.text());
    let right = change(&site, PASSWORD, NEW, NEW).await;
    assert_eq!(right.status, 429, "the right one is of no use either while it is closed");
    sign_in(&site, PASSWORD).await.assert_problem(429, "too_many_attempts");
    let elsewhere = site.form("/account", Who::Clerk, "huidig=x").header("Origin", "https://elders.example");
    assert_eq!(site.send(elsewhere.header("Host", HOST)).await.status, 403);
}
