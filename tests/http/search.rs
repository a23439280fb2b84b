//! Searching a case finds what the reader may see, and nothing that tells of the rest.

use super::harness::{Site, Who};
use crate::support::Backend;
use crate::support::families::{CRIMINAL_NOT_RELEASED, SECRETS_FROM_FATHER, demo_with};
use combizitting::db::{DbError, Job};
use diesel::connection::SimpleConnection;
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

#[rstest]
#[actix_web::test]
async fn the_list_of_cases_is_searched_by_reference_and_day_and_only_in_ones_own(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for reference in ["Tweede_zaak", "tweede%zaak"] {
        let dossier = demo_with(|dossier| dossier.reference = reference.to_owned());
        let made = site.api("POST", "/v1/dossiers", Who::Clerk).json(&serde_json::to_value(dossier).unwrap());
        assert_eq!(site.send(made).await.status, 201);
    }
    let list = async |query: &str, who| {
        let answer = site.send(site.page(&format!("/zaken{query}"), who)).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        answer.text()
    };
    let found = list("?zoek=DEMO+combi", Who::Clerk).await;
    assert!(found.contains("combi-2026-demo-01") && !found.contains("Tweede_zaak"), "{found}");
    let found = list("?zoek=tweede", Who::Clerk).await;
    assert!(
        found.contains("Tweede_zaak") && found.contains("tweede%zaak") && !found.contains(">combi-2026"),
        "{found}"
    );
    let found = list("?zoek=_z", Who::Clerk).await;
    assert!(found.contains("Tweede_zaak") && !found.contains(">tweede%zaak"), "a sign of a pattern is a sign: {found}");
    let none = list("?zoek=bestaat-niet&sinds=2026-01-01", Who::Clerk).await;
    assert!(
        none.contains("Er is geen zaak met “bestaat-niet” in het kenmerk, gewijzigd op of na 1 januari 2026"),
        "{none}"
    );
    assert!(!list("?sinds=2999-01-01", Who::Clerk).await.contains(">combi-2026"));
    assert!(list("?zoek=&sinds=", Who::Clerk).await.contains("combi-2026-demo-01"), "empty fields are no filter");
    assert!(!list("?zoek=tweede", Who::Judge).await.contains("Tweede_zaak"), "a case of another stays unseen");
    for (who, told) in [(Who::OtherJudge, "vraag het de griffie"), (Who::OtherAdvocate, "als advocaat hebt gesteld")] {
        let empty = list("", who).await;
        assert!(empty.contains(told) && !empty.contains("name=\"zoek\""), "{who:?}: {empty}");
    }
    assert_eq!(site.send(site.page("/zaken?sinds=gisteren", Who::Clerk)).await.status, 400);
}

#[rstest]
#[actix_web::test]
async fn who_has_thousands_of_cases_is_told_how_far_was_looked_and_where_it_goes_on(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let mut sql = String::new();
    let clerk = "(SELECT created_by FROM dossier WHERE reference = 'combi-2026-demo-01')";
    for number in 0..5_000 {
        sql.push_str(&format!(
            "INSERT INTO dossier SELECT '0-{number:05}', 'vol-{number}', 1, 0, 0, {clerk};
             INSERT INTO case_assignment SELECT 'recht-{number}', '0-{number:05}', {clerk}, 'griffier', NULL, NULL, \
             '[]', 0, {clerk}, NULL;"
        ));
    }
    site.app.db.write(Job::Retain, move |tx| Ok::<_, DbError>(tx.batch_execute(&sql)?)).unwrap();
    let list = async |query: &str| site.send(site.page(&format!("/zaken{query}"), Who::Clerk)).await.text();
    let found = list("?zoek=bestaat-niet").await;
    assert!(found.contains("Er is in de zaken waarin is gezocht geen zaak met “bestaat-niet”"), "{found}");
    assert!(found.contains("Er is gezocht in uw nieuwste 5.000 zaken"), "{found}");
    let next = "/zaken?na=0-00001&amp;zoek=bestaat-niet&amp;sinds=";
    assert!(found.contains("Verder zoeken in oudere zaken"), "{found}");
    assert!(found.replace("&#x3D;", "=").contains(next), "{found}");
    let rest = list("?na=0-00001&zoek=bestaat-niet&sinds=").await;
    assert!(rest.contains("Er is geen zaak met “bestaat-niet”") && !rest.contains("Verder zoeken"), "{rest}");
    let whole = list("?zoek=combi-2026-demo-01").await;
    assert!(
        whole.contains(">combi-2026-demo-01</a>") && whole.contains("In oudere zaken is nog niet gezocht"),
        "{whole}"
    );
}

#[rstest]
#[actix_web::test]
async fn an_address_that_is_shielded_says_so_in_what_is_found(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for who in [Who::Clerk, Who::Judge] {
        let found = site.send(site.page(&query("Zilverreigerpad Anna"), who)).await.text();
        let shielded = "Zilverreigerpad 417, 9998 QX, Reigersverborgen (tijdelijk verblijf, afgeschermd)";
        assert!(found.contains(shielded), "{found}");
        assert!(found.contains("Voorbeeldstraat 88, 3099 ZZ, Rotterdam (woning); "), "{found}");
    }
}
