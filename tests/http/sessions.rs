//! Signing in, tokens that do not count, and forms that did not come from this site.

use super::harness::{Call, PASSWORD, Site, Who};
use crate::support::Backend;
use rstest::rstest;
use serde_json::json;

fn sign_in(name: &str, password: &str) -> Call {
    Call::new("POST", "/v1/sessies").json(&json!({"gebruikersnaam": name, "wachtwoord": password}))
}

#[rstest]
#[actix_web::test]
async fn one_signs_in_sees_oneself_renews_and_signs_out(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let answer = site.send(sign_in("judge", PASSWORD)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let bearer = format!("Bearer {}", answer.json()["token"].as_str().unwrap());
    let with = |method: &str| Call::new(method, "/v1/sessies/huidige").header("Authorization", &bearer);
    assert_eq!(site.send(with("GET")).await.json()["rol"], "rechter");
    assert_eq!(site.send(with("PUT")).await.status, 200);
    assert_eq!(site.send(with("DELETE")).await.status, 204);
    site.send(with("GET")).await.assert_problem(401, "not_signed_in");
}

#[rstest]
#[actix_web::test]
async fn a_wrong_name_and_a_wrong_password_look_the_same_and_a_series_is_closed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let wrong = site.send(sign_in("judge", "verkeerd wachtwoord")).await;
    let unknown = site.send(sign_in("niemand", "verkeerd wachtwoord")).await;
    let (mut one, mut other) =
        (wrong.assert_problem(401, "sign_in_refused"), unknown.assert_problem(401, "sign_in_refused"));
    one["instance"] = json!("");
    other["instance"] = json!("");
    assert_eq!(one, other);
    for _ in 0..4 {
        site.send(sign_in("judge", "verkeerd wachtwoord")).await;
    }
    let locked = site.send(sign_in("judge", PASSWORD)).await;
    locked.assert_problem(429, "too_many_attempts");
    assert!(locked.header("retry-after").is_some());
}

#[rstest]
#[actix_web::test]
async fn forged_foreign_and_misplaced_tokens_do_not_count(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let token = site.token(Who::Judge).unwrap();
    let mut changed = token.clone();
    changed.replace_range(
        token.len() - 4..token.len() - 3,
        if token.as_bytes()[token.len() - 4] == b'A' { "B" } else { "A" },
    );
    let other = site.forged_token(Who::Judge);
    for bad in [changed, other, "abc".to_owned(), "a".repeat(5000), String::new()] {
        let call = Call::new("GET", "/v1/dossiers").header("Authorization", &format!("Bearer {bad}"));
        site.send(call).await.assert_problem(401, "not_signed_in");
    }
    // The cookie of the pages is no key to the API, nor the other way round.
    let call = Call::new("GET", "/v1/dossiers").header("Cookie", &format!("sessie={token}"));
    site.send(call).await.assert_problem(401, "not_signed_in");
    let call = Call::new("GET", "/zaken").header("Authorization", &format!("Bearer {token}"));
    assert_eq!(site.send(call).await.status, 303);
}

#[rstest]
#[actix_web::test]
async fn the_sign_in_page_sets_a_strict_cookie_and_leads_to_the_page_that_was_asked_for(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let asked = site.send(site.page("/zaken", Who::Nobody)).await;
    assert_eq!(asked.header("location"), Some("/aanmelden?verder=/zaken"));
    let fields = "gebruikersnaam=judge&wachtwoord=een+lang+wachtwoord+42&verder=/zaken";
    let answer = site.send(site.form("/aanmelden", Who::Nobody, fields)).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/zaken")));
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("sessie=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    for elsewhere in ["//elders.example", "https://elders.example", "/\\elders.example"] {
        let fields = format!("gebruikersnaam=judge&wachtwoord=een+lang+wachtwoord+42&verder={elsewhere}");
        let answer = site.send(site.form("/aanmelden", Who::Nobody, &fields)).await;
        assert_eq!(answer.header("location"), Some("/zittingen"), "{elsewhere}");
    }
}

#[rstest]
#[actix_web::test]
async fn a_form_without_its_token_or_from_another_site_changes_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let answered = site.form("/zaken/{dossier}/veiligheidsinformatie/zitting", Who::Advocate, "wensen=Iets");
    assert_eq!(site.send(answered).await.status, 303);
    let good = site.form("/zaken/{dossier}/veiligheidsinformatie", Who::Advocate, "leeg=ja");
    let without = good.clone().body("leeg=ja");
    let of_other = {
        let token = site.csrf(&site.token(Who::OtherSide).unwrap());
        good.clone().body(format!("leeg=ja&csrf={token}"))
    };
    let elsewhere = good.clone().header("Origin", "https://elders.example");
    let without_origin = good.clone().header("Origin", "null");
    for bad in [without, of_other, elsewhere, without_origin] {
        let answer = site.send(bad).await;
        assert_eq!(answer.status, 403, "{}", answer.text());
        assert!(answer.text().contains("Het formulier is niet geaccepteerd"));
    }
    let list = site.send(site.api("GET", "/v1/dossiers/{dossier}/inzendingen", Who::Advocate)).await;
    assert_eq!(list.json()["inzendingen"], json!([]));
    assert_eq!(site.send(good).await.status, 303);
}

#[rstest]
#[actix_web::test]
async fn every_answer_carries_the_security_headers(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    for (script, call) in [
        ("script-src 'self'; connect-src 'self';", site.page("/zaken", Who::Judge)),
        ("script-src 'self'; connect-src 'self';", site.page("/gebruikers", Who::Judge)),
        ("script-src 'none'; connect-src 'none';", site.page("/sessie", Who::Judge)),
        ("script-src 'none'; connect-src 'none';", site.page("/aanmelden", Who::Nobody)),
        ("script-src 'none'; connect-src 'none';", site.api("GET", "/v1/dossiers", Who::Judge)),
        ("script-src 'none'; connect-src 'none';", Call::new("GET", "/bestaat-niet")),
        ("script-src 'none'; connect-src 'none';", Call::new("TRACE", "/v1/dossiers")),
    ] {
        let answer = site.send(call).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains(script) && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
        assert_eq!(answer.header("strict-transport-security"), None, "no HSTS on plain http");
    }
}
