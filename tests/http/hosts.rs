//! The name under which a request comes, and the length of its address.

use super::harness::{Call, Site, Who};
use crate::support::Backend;
use combizitting::web::endpoint::ENDPOINTS;
use rstest::rstest;

#[rstest]
#[actix_web::test]
async fn under_the_name_of_another_site_nothing_is_answered(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for endpoint in ENDPOINTS.iter().filter(|endpoint| !endpoint.path.starts_with("/gezondheid/")) {
        let method = endpoint.method.as_str();
        let call = if endpoint.is_api() {
            site.api(method, endpoint.path, Who::Judge)
        } else if method == "GET" {
            site.page(endpoint.path, Who::Judge)
        } else {
            // As a page of that site would send it: its own name in both headers.
            site.form(endpoint.path, Who::Judge, "").header("Origin", "http://aanvaller.example")
        };
        let answer = site.send(call.header("Host", "aanvaller.example")).await;
        answer.assert_problem(421, "unknown_host");
        assert!(answer.header("set-cookie").is_none() && !answer.text().contains("aanvaller"));
    }
    site.send(Call::new("GET", "/bestaat-niet").header("Host", "aanvaller.example"))
        .await
        .assert_problem(421, "unknown_host");
    site.send(Call::new("PATCH", "/v1/dossiers").header("Host", "aanvaller.example"))
        .await
        .assert_problem(421, "unknown_host");
    for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "combizitting.test"] {
        let call = site.api("GET", "/v1/dossiers", Who::Judge).header("Host", host);
        assert_eq!(site.send(call).await.status, 200, "{host}");
    }
    let probe = Call::new("GET", "/gezondheid/leeft").header("Host", "10.0.0.7:8080");
    assert_eq!(site.send(probe).await.status, 200, "a probe asks by address");
}

#[rstest]
#[actix_web::test]
async fn an_address_that_is_too_long_is_414(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    let long = "a".repeat(60_000);
    site.send(site.api("GET", &format!("/v1/{long}"), Who::Judge)).await.assert_problem(414, "uri_too_long");
    site.send(site.api("GET", &format!("/v1/dossiers?na={long}"), Who::Judge))
        .await
        .assert_problem(414, "uri_too_long");
    let page = site.send(site.page(&format!("/zaken/{long}"), Who::Judge)).await;
    assert_eq!(page.status, 414);
    assert!(page.text().contains("Het adres is te lang"), "{}", page.text());
}

#[rstest]
#[actix_web::test]
async fn a_role_without_access_cannot_tell_whether_a_case_exists(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let none = "00000000-0000-7000-8000-000000000000";
    for who in [Who::Administrator, Who::Overseer, Who::OtherAdvocate, Who::OtherJudge] {
        for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.is_api() && endpoint.is_of_case()) {
            let ask = |path: &str| site.api(endpoint.method.as_str(), path, who).json(&serde_json::json!({}));
            let there = site.send(ask(endpoint.path)).await;
            let nowhere = site.send(ask(&endpoint.path.replace("{dossier}", none))).await;
            let (mut one, mut other) = (there.json(), nowhere.json());
            one["instance"] = serde_json::json!("");
            other["instance"] = serde_json::json!("");
            assert_eq!((there.status, one), (404, other), "{who:?} {} {}", endpoint.method.as_str(), endpoint.path);
        }
    }
    // Both were logged: with the case, or with the system when there is no such case.
    let overseer = site.app.identity.authenticate(&site.token(Who::Overseer).unwrap()).unwrap().actor;
    let of_case = site.app.dossiers.trail(&overseer, &site.dossier, None, None, 1).unwrap();
    assert_eq!(of_case[0].event, "access_refused");
    let of_system = site.app.dossiers.system_trail(&overseer, None, 1).unwrap();
    assert_eq!(of_system[0].event, "unknown_case_asked");
    // Whoever works on the case knows it; then the answer says that the role does not give this part.
    let own = site.send(site.api("GET", "/v1/dossiers/{dossier}/bevindingen", Who::Advocate)).await;
    assert!(matches!(own.status, 200 | 403), "{}", own.text());
    site.send(site.api("GET", "/v1/dossiers/{dossier}/concepten", Who::Advocate))
        .await
        .assert_problem(403, "forbidden");
}
