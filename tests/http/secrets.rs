//! A secret address reaches no text: refused to whoever types it, wherever it is typed, and again before a
//! paper goes on; an old text with one is told with its place and holds back nothing else.

use super::harness::{Answer, Site, Who};
use super::plan::{form_of, with};
use super::read_back::{Desk, edited};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

const SECRET: &str = "Zilverreigerpad 417";
const TOLD: &str = "In deze tekst staat een adres";

pub(super) async fn dossier(site: &Site) -> Value {
    site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Clerk)).await.json()
}

pub(super) async fn put(site: &Site, version: i64, whole: &Value) -> Answer {
    let call = site.api("PUT", "/v1/dossiers/{dossier}", Who::Clerk).header("If-Match", &format!("\"{version}\""));
    site.send(call.json(whole)).await
}

pub(super) fn event(version: i64, description: &str) -> String {
    format!(
        "versie={version}&kind=threat&description={}&time/precision=day&time/on=2026-11-16&actors=vader&targets=moeder",
        description.replace(' ', "+")
    )
}

/// Records an address of the mother as secret, by the file.
async fn record_address(site: &Site, version: i64, line: &str) {
    let mut whole = dossier(site).await;
    let address = json!({"id": "adr-nieuw", "kind": "stay", "line": line, "secrecy": "secret"});
    whole["persons"][0]["addresses"].as_array_mut().unwrap().push(address);
    let answer = put(site, version, &whole).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[rstest]
#[actix_web::test]
async fn a_clerk_cannot_record_a_text_with_a_secret_address_or_its_street_by_form_file_or_api(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for text in [SECRET, "Zij loopt over het Zilverreigerpad", "zilver-reigerpad nr. ４１７", "in 9998 QX"] {
        let sent =
            site.send(site.form("/zaken/{dossier}/onderdelen/gebeurtenissen/nieuw", Who::Clerk, &event(1, text))).await;
        assert_eq!(sent.status, 422, "{text}: {}", sent.text());
        assert!(sent.text().contains("href=\"#description\"") && sent.text().contains(TOLD), "{text}");
        let mut whole = dossier(&site).await;
        whole["events"][0]["description"] = json!(text);
        let answer = put(&site, 1, &whole).await;
        assert_eq!(answer.status, 422, "{text}");
        assert_eq!(answer.json()["problemen"][0]["pointer"], "/events/0/description");
        let file = format!("versie=1&tekst={}", super::plan::coded(&whole.to_string()));
        let sent = site.send(site.form("/zaken/{dossier}/bijwerken", Who::Clerk, &file)).await;
        assert!(sent.status == 422 && sent.text().contains("/events/0/description"), "{}", sent.text());
    }
}

#[rstest]
#[actix_web::test]
async fn a_judge_cannot_record_a_secret_address_in_a_judgement_or_in_own_words_and_keeps_what_was_typed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let given = format!("over=istanbul/IV1&versie=1&antwoord=nee&overweging=Zij+woont+{SECRET}&actie=vastleggen");
    let sent = site.send(site.form("/zaken/{dossier}/oordeel", Who::Judge, &given.replace(' ', "+"))).await;
    assert!(sent.status == 422 && sent.text().contains(TOLD) && sent.text().contains(SECRET), "{}", sent.text());
    let page = "/zaken/{dossier}/voornemen/gezag";
    let form = form_of(&site, page, Who::FamilyJudge).await;
    let words = with(form, &[("woorden/gezag/noodzaak", "Aan het Zilverreigerpad is rust."), ("actie", "vastleggen")]);
    let sent = site.send(site.form(page, Who::FamilyJudge, &words)).await;
    assert!(sent.status == 422 && sent.text().contains("href=\"#woorden/gezag/noodzaak\""), "{}", sent.text());
    assert!(sent.text().contains("Aan het Zilverreigerpad is rust."), "what was typed stays");
    assert_eq!(dossier(&site).await["judge_words"].as_array().unwrap().len(), 5, "nothing was recorded");
}

#[rstest]
#[actix_web::test]
async fn a_text_from_before_the_address_holds_back_no_other_change_and_is_told_until_it_is_mended(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let over = "over=istanbul/IV1&antwoord=nee&actie=vastleggen";
    let judged = format!("{over}&versie=1&overweging=Zij+zit+aan+de+Merelkwetterlaan+9.");
    assert_eq!(site.send(site.form("/zaken/{dossier}/oordeel", Who::Judge, &judged)).await.status, 303);
    let place = "/zaken/{dossier}/onderdelen/gebeurtenissen/nieuw";
    let sent = site.send(site.form(place, Who::Clerk, &event(2, "Hij belde aan, Merelkwetterlaan 9"))).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    record_address(&site, 3, "Merelkwetterlaan 9").await;

    let sent = site.send(site.form(place, Who::Clerk, &event(4, "Een ander feit"))).await;
    assert_eq!(sent.status, 303, "another change is not held back: {}", sent.text());
    let told = site.send(site.page("/zaken/{dossier}/onderdelen", Who::Clerk)).await.text();
    let link =
        told.split("href=\"").find(|rest| rest.contains("Gebeurtenissen:") && rest.contains("#description")).unwrap();
    assert!(told.contains("Haal het daar weg") && told.contains("Oordeel van de rechter bij een bevinding"), "{told}");
    let item = link.split('#').next().unwrap().to_owned();
    let again = site.send(site.form(&item, Who::Clerk, &event(5, "Hij belde aan de deur, Merelkwetterlaan 9"))).await;
    assert_eq!(again.status, 422, "a text that is touched must be mended");
    let sent = format!("{}&reden=verschrijving", event(5, "Hij belde aan"));
    let mended = site.send(site.form(&item, Who::Clerk, &sent)).await;
    assert_eq!(mended.status, 303, "{}", mended.text());

    let seen = site.send(site.page("/zaken/{dossier}/oordeel?over=istanbul/IV1", Who::Judge)).await.text();
    assert!(seen.contains("/oordeel?over") && seen.contains("Haal het daar weg"), "{seen}");
    let mended = format!("{over}&versie=6&overweging=Zij+zit+daar.");
    assert_eq!(site.send(site.form("/zaken/{dossier}/oordeel", Who::Judge, &mended)).await.status, 303);
    let told = site.send(site.page("/zaken/{dossier}/onderdelen", Who::Clerk)).await.text();
    assert!(!told.contains("Haal het daar weg"), "{told}");
}

pub(super) async fn gezag_draft(site: &Site) -> (String, Value) {
    let call = site.api("POST", "/v1/dossiers/{dossier}/concepten", Who::Clerk).json(&json!({"soort": "gezag"}));
    let id = site.send(call).await.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/dossiers/{{dossier}}/concepten/{id}/herziening/gezag");
    let paper = site.send(site.api("GET", &path, Who::Clerk)).await.json();
    (path, paper)
}

async fn step(site: &Site, path: &str, who: Who, after: i64, name: &str, changes: Value) -> Answer {
    let mut body = json!({"na_stap": after, "stap": name});
    if changes != Value::Null {
        body["wijzigingen"] = changes;
    }
    site.send(site.api("POST", path, who).json(&body)).await
}

#[rstest]
#[actix_web::test]
async fn an_amended_text_with_a_secret_address_is_refused_and_one_that_is_older_is_not_offered_approved_or_sealed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (path, paper) = gezag_draft(&site).await;
    let mut changes = super::review::filled_in(&paper);
    let whole = changes.clone();
    changes[0]["tekst"] = json!(format!("wonende {SECRET} te X"));
    for who in [Who::Clerk, Who::Judge] {
        let refused = step(&site, &path, who, 0, "gewijzigd", json!(changes)).await;
        assert!(refused.status == 422 && refused.text().contains(TOLD), "{}", refused.text());
    }
    // Nobody knew yet that this address is secret.
    changes[0]["tekst"] = json!("Zij verblijft aan de Merelkwetterlaan.");
    assert_eq!(step(&site, &path, Who::Clerk, 0, "gewijzigd", json!(changes)).await.status, 200);
    assert_eq!(step(&site, &path, Who::Clerk, 1, "aangeboden", Value::Null).await.status, 200);
    record_address(&site, 1, "Merelkwetterlaan 9").await;
    let refused = step(&site, &path, Who::Judge, 2, "goedgekeurd", Value::Null).await;
    assert!(refused.status == 422 && refused.text().contains("Er staat een adres in"), "{}", refused.text());
    assert!(refused.text().contains("in alinea ") || refused.text().contains("onder de kop"), "{}", refused.text());
    let back = json!({"na_stap": 2, "stap": "teruggegeven", "reden": "Er staat een adres in."});
    assert_eq!(site.send(site.api("POST", &path, Who::Judge).json(&back)).await.status, 200);
    let refused = step(&site, &path, Who::Clerk, 3, "aangeboden", Value::Null).await;
    assert!(refused.status == 422 && refused.text().contains("Wijzig die tekst eerst"), "{}", refused.text());
    assert_eq!(step(&site, &path, Who::Clerk, 3, "gewijzigd", json!([whole[0]])).await.status, 200);
    assert_eq!(step(&site, &path, Who::Clerk, 4, "aangeboden", Value::Null).await.status, 200);
    assert_eq!(step(&site, &path, Who::Judge, 5, "goedgekeurd", Value::Null).await.status, 200);
}

#[rstest]
#[actix_web::test]
async fn an_approved_text_is_not_sealed_when_its_address_was_recorded_as_secret_since(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (path, paper) = gezag_draft(&site).await;
    let mut changes = super::review::filled_in(&paper);
    changes[0]["tekst"] = json!("Zij verblijft aan de Merelkwetterlaan.");
    for (after, who, name, changes) in [
        (0, Who::Clerk, "gewijzigd", json!(changes)),
        (1, Who::Clerk, "aangeboden", Value::Null),
        (2, Who::Judge, "goedgekeurd", Value::Null),
    ] {
        assert_eq!(step(&site, &path, who, after, name, changes).await.status, 200, "{name}");
    }
    record_address(&site, 1, "Merelkwetterlaan 9").await;
    let refused = step(&site, &path, Who::Clerk, 3, "verzegeld", Value::Null).await;
    assert!(refused.status == 422 && refused.text().contains("Er staat een adres in"), "{}", refused.text());
}

#[rstest]
#[actix_web::test]
async fn a_secret_address_in_an_edited_word_file_cannot_be_taken_over(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let file = edited(&desk.file("docx").await, "Zij woont nu aan het Zilverreigerpad.");
    let page = desk.upload(Who::Clerk, &file).await.text();
    assert!(page.contains("Gewijzigd: alinea 5.1") && page.contains(TOLD), "{page}");
    assert!(!page.contains("name=\"keuze-1\""), "there is nothing to choose: {page}");
}

#[rstest]
#[actix_web::test]
async fn an_advocate_is_refused_the_own_clients_address_in_a_text_and_nobody_can_guess_that_of_the_other(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let wish =
        json!({"wensen": format!("Stuur niets naar {SECRET}."), "maatregelen": ["Niet bij het Zilverreigerpad"]});
    let path = "/v1/dossiers/{dossier}/veiligheidsinformatie";
    let refused = site.send(site.api("POST", path, Who::Advocate).json(&wish)).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let places: Vec<Value> =
        refused.json()["problemen"].as_array().unwrap().iter().map(|one| one["pointer"].clone()).collect();
    assert_eq!(places, ["/maatregelen/0", "/wensen"]);
    let page = "/zaken/{dossier}/veiligheidsinformatie/zitting";
    let sent = site.send(site.form(page, Who::Advocate, "wensen=Niet+naar+het+Zilverreigerpad&actie=verder")).await;
    assert!(sent.status == 422 && sent.text().contains(TOLD), "{}", sent.text());

    let guessed = site.send(site.api("POST", path, Who::OtherSide).json(&wish)).await;
    assert_eq!(guessed.status, 201, "a refusal would confirm the guess: {}", guessed.text());
    let received = site.send(site.page("/zaken/{dossier}/inzendingen", Who::Clerk)).await.text();
    assert!(received.contains("Neem die tekst zo niet over"), "{received}");
}
