//! What one side must not know is in no answer to that side, nor criminal material in the
//! answers to a judge of another domain.

use super::access::ends_the_session;
use super::harness::{Site, Who};
use crate::support::Backend;
use crate::support::families::{CRIMINAL_NOT_RELEASED, SECRETS_FROM_FATHER};
use combizitting::web::endpoint::{ENDPOINTS, Method};
use rstest::rstest;

#[rstest]
#[actix_web::test]
async fn no_answer_to_the_fathers_advocate_holds_a_secret_of_the_mother(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let mut read = 0;
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.method == Method::Get && !ends_the_session(endpoint)) {
        let path = endpoint.path.replace("{bestand}", "stijl.css");
        let call =
            if endpoint.is_api() { site.api("GET", &path, Who::OtherSide) } else { site.page(&path, Who::OtherSide) };
        let answer = site.send(call).await;
        read += usize::from(answer.status == 200);
        for secret in SECRETS_FROM_FATHER {
            assert!(!answer.text().contains(secret), "{} leaks {secret}", endpoint.path);
        }
    }
    assert!(read >= 8, "only {read} answers were read");
}

#[rstest]
#[actix_web::test]
async fn the_court_does_see_the_shielded_address_with_its_mark(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let page = site.send(site.page("/zaken/{dossier}", Who::Judge)).await.text();
    assert!(page.contains("afgeschermd"));
    assert!(SECRETS_FROM_FATHER.iter().any(|secret| page.contains(secret)));
}

#[rstest]
#[actix_web::test]
async fn a_judge_of_the_family_domain_reads_no_criminal_material_that_was_not_released(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for part in ["", "/tijdlijn", "/bevindingen", "/conflicten"] {
        let page = site.send(site.page(&format!("/zaken/{{dossier}}{part}"), Who::FamilyJudge)).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(!page.text().contains(CRIMINAL_NOT_RELEASED), "{part} shows unreleased criminal material");
    }
}

#[rstest]
#[actix_web::test]
async fn the_overseer_reads_who_did_what_but_no_content_of_a_case(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for (path, who) in [("/v1/auditregels", Who::Overseer), ("/v1/auditregels?dossier={dossier}", Who::Overseer)] {
        let answer = site.send(site.api("GET", path, who)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        for word in [CRIMINAL_NOT_RELEASED, "Voorbeeld-Aarden", "Fictief-Zandman", "combi-2026-demo"] {
            assert!(!answer.text().contains(word), "the audit trail holds {word}");
        }
    }
}

#[rstest]
#[actix_web::test]
async fn an_error_page_never_repeats_what_was_asked(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    let answer = site.send(site.page("/GEHEIMPAD", Who::Judge)).await;
    assert!(!answer.text().contains("GEHEIMPAD"));
}
