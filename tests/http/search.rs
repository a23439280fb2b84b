//! Searching a case finds what the reader may see, and nothing that tells of the rest.

use super::harness::{Site, Who};
use crate::support::Backend;
use crate::support::families::{CRIMINAL_NOT_RELEASED, SECRETS_FROM_FATHER};
use rstest::rstest;

fn query(words: &str) -> String {
    let coded: String = words
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("/zaken/{{dossier}}/zoeken?woorden={coded}")
}

#[rstest]
#[actix_web::test]
async fn a_judge_finds_a_fact_a_person_a_number_and_a_document_by_any_of_their_words(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for (words, kind, link) in [
        ("telefoon slaapkamerdeur", "Gebeurtenis", "/tijdlijn#"),
        ("ANNA voorbeeld", "Persoon", "#wie"),
        ("C/10/900001", "Zaaknummer", "#loopt"),
        ("proces-verbaal aangifte", "Stuk", "#stukken"),
        ("zorgregeling verbod contact", "Botsing", "/conflicten#botsing-contact"),
    ] {
        let page = site.send(site.page(&query(words), Who::Judge)).await;
        let text = page.text();
        assert!(page.status == 200 && text.contains(kind) && text.contains(link), "{words}: {text}");
    }
}

#[rstest]
#[actix_web::test]
async fn what_a_reader_may_not_know_is_answered_like_what_does_not_exist(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let main = |text: &str| {
        let found = text.split("id=\"gevonden\"").nth(1).unwrap();
        found.split("</section>").next().unwrap().to_owned()
    };
    let nothing = main(&site.send(site.page(&query("bestaatnergens"), Who::OtherSide)).await.text());
    assert!(nothing.contains("Niets gevonden"), "{nothing}");
    for secret in SECRETS_FROM_FATHER {
        let found = site.send(site.page(&query(secret), Who::OtherSide)).await.text();
        assert_eq!(main(&found), nothing, "{secret}");
        let court = site.send(site.page(&query(secret), Who::Judge)).await.text();
        assert!(!main(&court).contains("Niets gevonden"), "the court finds {secret}");
    }
    let family = site.send(site.page(&query(CRIMINAL_NOT_RELEASED), Who::FamilyJudge)).await.text();
    assert_eq!(main(&family), nothing);
}

#[rstest]
#[actix_web::test]
async fn an_empty_search_shows_the_form_and_a_long_one_is_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let empty = site.send(site.page(&query("  "), Who::Clerk)).await;
    assert!(empty.status == 200 && !empty.text().contains("id=\"gevonden\""), "{}", empty.text());
    let long = site.send(site.page(&query(&"x".repeat(201)), Who::Clerk)).await;
    assert_eq!(long.status, 422);
}
