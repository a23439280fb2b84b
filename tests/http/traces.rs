//! What a stranger tries leaves a trace: a line in the log of the service for each request, with its number and
//! outcome and without what was asked; and in the audit trail what was tried on an account or a case.

use super::harness::{Call, Site, Who};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

/// The line of the log about an answer, and what a program reads in it.
fn line_of(answer: &super::harness::Answer) -> (String, Value) {
    let id = answer.header("x-request-id").expect("each answer has its number").to_owned();
    let lines = super::logs::text();
    let mut own = lines.lines().filter(|line| line.contains(&id) && line.contains("beantwoord"));
    let line = own.next_back().unwrap_or_else(|| panic!("no line about {id}: {}", answer.status)).to_owned();
    let read = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    (line, read)
}

#[rstest]
#[actix_web::test]
async fn every_attempt_is_in_the_log_with_its_outcome_and_without_what_was_asked(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let forged = site.forged_token(Who::Judge);
    let form = site.form("/zaken/{dossier}/toewijzingen", Who::Clerk, "gebruikersnaam=ZQXSPOOR");
    let attempts = [
        ("a path that is not there", Call::new("GET", "/ZQXSPOOR/wp-admin"), 404),
        ("climbing out of a folder", Call::new("GET", "/statisch/..%2fZQXSPOOR"), 404),
        ("SQL in a path", site.api("GET", "/v1/dossiers/%27%20OR%201=1--ZQXSPOOR", Who::Judge), 404),
        ("a line of its own in the log", Call::new("GET", "/zaken%0A%7B%22level%22:%22ERROR%22%7D/ZQXSPOOR"), 404),
        ("another method", site.api("DELETE", "/v1/dossiers", Who::Judge), 405),
        ("another name of the site", Call::new("GET", "/zaken").header("Host", "zqxspoor.example"), 421),
        ("no token", Call::new("GET", "/v1/dossiers"), 401),
        ("a forged token", Call::new("GET", "/v1/dossiers").header("Authorization", &format!("Bearer {forged}")), 401),
        ("a role that may not", site.api("GET", "/v1/gebruikers", Who::Advocate), 403),
        ("a form of another site", form.clone().header("Origin", "https://zqxspoor.example"), 403),
        ("a form without its token", form.body("gebruikersnaam=ZQXSPOOR"), 403),
        ("too much", site.api("POST", "/v1/sessies", Who::Nobody).json(&json!("ZQXSPOOR".repeat(9_000))), 413),
    ];
    for (what, call, status) in attempts {
        let answer = site.send(call).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        let (line, read) = line_of(&answer);
        assert_eq!((&read["fields"]["status"], &read["level"]), (&json!(status), &json!("INFO")), "{what}: {line}");
        assert!(!line.to_lowercase().contains("zqxspoor"), "{what}: {line}");
    }
}

#[rstest]
#[actix_web::test]
async fn attempts_on_an_account_or_a_case_are_in_the_audit_trail(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for number in 0..6 {
        let guess = json!({"gebruikersnaam": "clerk", "wachtwoord": format!("gok nummer {number}")});
        let answer = site.send(Call::new("POST", "/v1/sessies").json(&guess)).await;
        assert!(matches!(answer.status, 401 | 429), "{}", answer.text());
    }
    site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::OtherJudge)).await.assert_problem(404, "not_found");
    let events = |answer: super::harness::Answer| -> Vec<String> {
        let lines = answer.json()["regels"].as_array().unwrap().clone();
        lines.iter().map(|line| line["gebeurtenis"].as_str().unwrap().to_owned()).collect()
    };
    let system = events(site.send(site.api("GET", "/v1/auditregels", Who::Overseer)).await);
    assert!(system.iter().filter(|event| *event == "sign_in_failed").count() >= 4, "{system:?}");
    assert!(system.iter().any(|event| event == "sign_in_locked"), "{system:?}");
    assert!(system.iter().any(|event| event == "signed_in"), "who did get in is there too: {system:?}");
    let case = events(site.send(site.api("GET", "/v1/auditregels?dossier={dossier}", Who::Overseer)).await);
    assert!(case.iter().any(|event| event == "access_refused"), "{case:?}");
}
