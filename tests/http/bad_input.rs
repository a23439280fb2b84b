//! Bad input: a clear problem document with the right status, nothing saved, nothing leaked.

use super::harness::{Call, Site, Who};
use crate::support::Backend;
use crate::support::families::{DEMO_FILE, demo_with};
use rstest::rstest;
use serde_json::json;

fn dossier_count(answer: &super::harness::Answer) -> usize {
    answer.json()["dossiers"].as_array().unwrap().len()
}

#[rstest]
#[actix_web::test]
async fn a_bad_dossier_is_refused_with_every_problem_and_its_place(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let mut dossier: serde_json::Value = serde_json::from_slice(DEMO_FILE).unwrap();
    dossier["reference"] = json!("nieuw-kenmerk");
    dossier["onbekend_veld"] = json!("GEHEIMEWAARDE");
    dossier["persons"][0]["family_role"] = json!("GEHEIMEROL");
    let answer = site.send(site.api("POST", "/v1/dossiers", Who::Clerk).json(&dossier)).await;
    let problem = answer.assert_problem(422, "invalid_input");
    let places: Vec<&str> =
        problem["problemen"].as_array().unwrap().iter().map(|item| item["pointer"].as_str().unwrap()).collect();
    assert!(places.len() >= 2 && places.iter().any(|place| place.starts_with("/persons/0")), "{places:?}");
    assert!(!answer.text().contains("GEHEIME"), "values are not repeated");
    assert_eq!(dossier_count(&site.send(site.api("GET", "/v1/dossiers", Who::Clerk)).await), 1);
}

#[rstest]
#[actix_web::test]
async fn what_is_no_json_no_utf8_or_too_large_has_its_own_status(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let post = |body: Vec<u8>| {
        site.api("POST", "/v1/sessies", Who::Nobody).header("Content-Type", "application/json").body(body)
    };
    site.send(post(b"{\"gebruikersnaam\":".to_vec())).await.assert_problem(400, "malformed_request");
    site.send(post(b"{\"gebruikersnaam\":\"\xff\xfe\"}".to_vec())).await.assert_problem(400, "malformed_request");
    site.send(post(br#"{"gebruikersnaam":"a\u0000b","wachtwoord":"x"}"#.to_vec()))
        .await
        .assert_problem(400, "malformed_request");
    let unknown = post(br#"{"gebruikersnaam":"a","wachtwoord":"x","extra":1}"#.to_vec());
    site.send(unknown).await.assert_problem(422, "invalid_input");
    site.send(post(vec![b' '; 70_000])).await.assert_problem(413, "too_large");
    let large = site.api("POST", "/v1/dossiers", Who::Clerk).header("Content-Type", "application/json");
    site.send(large.body(vec![b'['; 5_000_001])).await.assert_problem(413, "too_large");
    let deep = site.api("POST", "/v1/dossiers", Who::Clerk).header("Content-Type", "application/json");
    let answer = site.send(deep.body("[".repeat(100_000))).await;
    assert!(matches!(answer.status, 400 | 422), "{}", answer.text());
    let text = Call::new("POST", "/v1/sessies").header("Content-Type", "text/plain").body("{}");
    site.send(text).await.assert_problem(415, "unsupported_media_type");
}

#[rstest]
#[actix_web::test]
async fn a_control_character_written_as_an_escape_is_refused_too(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let sign_in = |name: &str| {
        let body = format!("{{\"gebruikersnaam\":\"{name}\",\"wachtwoord\":\"x\"}}");
        Call::new("POST", "/v1/sessies").header("Content-Type", "application/json").body(body)
    };
    for escape in ["\\u0007", "\\b", "\\f", "\\u001B", "\\u007f", "\\u0085"] {
        let answer = site.send(sign_in(&format!("a{escape}b"))).await;
        answer.assert_problem(400, "malformed_request");
    }
    // A tab, the end of a line, and a backslash with letters after it are text.
    for text in ["\\t", "\\n", "\\u000A", "\\\\u0007", "\\u00e9"] {
        site.send(sign_in(&format!("a{text}b"))).await.assert_problem(401, "sign_in_refused");
    }
}

#[actix_web::test]
async fn a_control_character_in_an_address_is_refused_however_it_is_written() {
    let site = Site::new(Backend::Sqlite);
    for sign in ["%C2%84", "%c2%84", "%07", "%00", "a%1Bb"] {
        let list = site.send(site.api("GET", &format!("/v1/dossiers?na={sign}"), Who::Judge)).await;
        list.assert_problem(400, "malformed_request");
        assert_eq!(site.send(site.page(&format!("/zaken?{sign}=x"), Who::Judge)).await.status, 400, "{sign}");
    }
    // A tab is text, and so is what only looks like an escape.
    assert_eq!(site.send(site.api("GET", "/v1/dossiers?na=%2500", Who::Judge)).await.status, 200);
}

#[rstest]
#[actix_web::test]
async fn limits_are_told_per_field_without_the_value(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    let body = json!({"gebruikersnaam": "x", "naam": "", "rol": "koning", "wachtwoord": "GEHEIM"});
    let answer = site.send(site.api("POST", "/v1/gebruikers", Who::Administrator).json(&body)).await;
    let problem = answer.assert_problem(422, "invalid_input");
    assert_eq!(problem["problemen"].as_array().unwrap().len(), 3, "{problem}");
    assert!(!answer.text().contains("GEHEIM"));
}

#[rstest]
#[actix_web::test]
async fn ids_that_are_unknown_malformed_or_of_another_are_all_not_found(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for id in ["00000000-0000-7000-8000-000000000000", "1", "..%2f..%2fetc", "%00", "a%27%20or%201=1", "é"] {
        let id = id.replace('é', "%C3%A9");
        for part in ["", "/tijdlijn", "/toewijzingen"] {
            let answer = site.send(site.api("GET", &format!("/v1/dossiers/{id}{part}"), Who::Clerk)).await;
            assert_eq!(answer.status, 404, "{id}{part}: {}", answer.text());
        }
    }
    let other = site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::OtherJudge)).await;
    let none = site.send(site.api("GET", "/v1/dossiers/00000000-0000-7000-8000-000000000000", Who::OtherJudge)).await;
    let (mut one, mut two) = (other.assert_problem(404, "not_found"), none.assert_problem(404, "not_found"));
    one["instance"] = json!("");
    two["instance"] = json!("");
    assert_eq!(one, two, "a case of another cannot be told from one that does not exist");
}

#[rstest]
#[actix_web::test]
async fn queries_with_unknown_or_impossible_values_are_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for query in ["onbekend=1", "aantal=0", "aantal=101", "aantal=veel"] {
        let answer = site.send(site.api("GET", &format!("/v1/dossiers?{query}"), Who::Judge)).await;
        assert!(matches!(answer.status, 400 | 422), "{query}: {}", answer.text());
    }
    let answer =
        site.send(site.api("GET", "/v1/dossiers/{dossier}/samenvatting?peildatum=31-12-2026", Who::Judge)).await;
    answer.assert_problem(400, "malformed_request");
}

#[rstest]
#[actix_web::test]
async fn of_two_changes_on_the_same_version_only_the_first_is_kept_and_one_without_a_version_is_told_so(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let put = |reference: &str, version: Option<&str>| {
        let dossier = serde_json::to_value(demo_with(|dossier| dossier.reference = reference.to_owned())).unwrap();
        let call = site.api("PUT", "/v1/dossiers/{dossier}", Who::Clerk).json(&dossier);
        match version {
            Some(version) => call.header("If-Match", version),
            None => call,
        }
    };
    site.send(put("zonder-versie", None)).await.assert_problem(428, "precondition_required");
    let first = site.send(put("eerste", Some("\"1\""))).await;
    assert_eq!((first.status, first.header("etag")), (200, Some("\"2\"")), "{}", first.text());
    site.send(put("tweede", Some("\"1\""))).await.assert_problem(412, "version_conflict");
    for unreadable in ["*", "drie", "W/\"2\"", "\"2\", \"3\"", "99999999999999999999", ""] {
        let told = site.send(put("derde", Some(unreadable))).await.assert_problem(412, "version_unreadable");
        assert!(told["detail"].as_str().unwrap().contains("If-Match"), "{unreadable}: {told}");
    }
    let list = site.send(site.api("GET", "/v1/dossiers", Who::Clerk)).await.json();
    assert_eq!((&list["dossiers"][0]["kenmerk"], &list["dossiers"][0]["versie"]), (&json!("eerste"), &json!(2)));
}

#[rstest]
#[actix_web::test]
async fn a_missing_page_template_gives_a_dutch_problem_and_no_path(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::without_templates(backend);
    let answer = site.send(site.page("/zaken", Who::Judge)).await;
    answer.assert_problem(500, "internal_error");
    assert!(!answer.text().contains("hbs") && !answer.text().to_lowercase().contains("template"), "{}", answer.text());
}
