//! Files of documents and bundles over HTTP: brought by the clerk, looked through for whom, made with
//! progress, and fetched by who may, with only what is theirs.

use super::harness::{Answer, HOST, Site, Who};
use crate::documents::bundle::foreign::Foreign;
use crate::documents::extract::pdf_pages;
use crate::support::Backend;
use crate::support::families::{CRIMINAL_NOT_RELEASED, SECRETS_FROM_FATHER};
use combizitting::audit::verify;
use combizitting::bundle::jobs::{AT_WORK, Owner};
use lopdf::Object;
use rstest::rstest;
use serde_json::{Value, json};
use std::time::Duration;

/// A file of so many pages that each show a word.
pub fn file(word: &str, pages: usize) -> Vec<u8> {
    let mut file = Foreign::new(word);
    let page = file.on_page().clone();
    let kids: Vec<Object> = (0..pages).map(|_| file.document.add_object(page.clone()).into()).collect();
    file.on_root().set("Kids", kids);
    file.bytes()
}

/// The word that the file of a document shows.
pub fn word_of(document: &str) -> String {
    format!("zqf{}qf", document.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
}

/// Takes the hashes out of the dossier, since the files of the tests are others than those it records.
pub async fn without_hashes(site: &Site) {
    let answer = site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Clerk)).await;
    let version = answer.header("etag").unwrap().to_owned();
    let mut dossier = answer.json();
    for document in dossier["documents"].as_array_mut().unwrap() {
        document.as_object_mut().unwrap().remove("sha256");
    }
    let put = site.api("PUT", "/v1/dossiers/{dossier}", Who::Clerk).header("If-Match", &version).json(&dossier);
    let answer = site.send(put).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

pub async fn store(site: &Site, who: Who, document: &str, bytes: &[u8]) -> Answer {
    let path = format!("/v1/dossiers/{{dossier}}/stukken/{document}/bestand");
    site.send(site.api("POST", &path, who).header("Content-Type", "application/pdf").body(bytes)).await
}

pub async fn check(site: &Site, document: &str, file: &str, parties: &[&str]) -> Answer {
    let path = format!("/v1/dossiers/{{dossier}}/stukken/{document}/nagezien");
    site.send(site.api("PUT", &path, Who::Clerk).json(&json!({"bestand": file, "partijen": parties}))).await
}

/// Documents that someone knows of: id, recorded pages, state of the file.
pub async fn documents(site: &Site, who: Who) -> Vec<Value> {
    let table = site.send(site.api("GET", "/v1/dossiers/{dossier}/stukken", who)).await;
    assert_eq!(table.status, 200, "{}", table.text());
    let groups = table.json()["groepen"].as_array().unwrap().clone();
    groups.iter().flat_map(|group| group["stukken"].as_array().unwrap().clone()).collect()
}

/// Makes a bundle of all matters, waits for it and fetches it.
pub async fn bundle(site: &Site, who: Who) -> Vec<u8> {
    let made = site.send(site.api("POST", "/v1/dossiers/{dossier}/bundels", who).json(&json!({}))).await;
    assert_eq!(made.status, 202, "{}", made.text());
    let place = made.header("location").unwrap().to_owned();
    for _ in 0..2_000 {
        let state = site.send(site.api("GET", &place, who)).await.json();
        match state["stand"].as_str().unwrap() {
            "bezig" => actix_web::rt::time::sleep(Duration::from_millis(30)).await,
            "klaar" => {
                let answer = site.send(site.api("GET", &format!("{place}/bestand"), who)).await;
                assert_eq!(answer.status, 200, "{}", answer.text());
                assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"bundel.pdf\""));
                assert_eq!(answer.body.len() as u64, state["grootte"].as_u64().unwrap());
                assert_eq!(combizitting::shared::hash::sha256_hex(&answer.body), state["sha256"].as_str().unwrap());
                return answer.body;
            }
            other => panic!("{other}: {state}"),
        }
    }
    panic!("the bundle was never ready");
}

/// Files for all documents, each with its own word, looked through for nobody.
async fn with_files(backend: Backend) -> Site {
    let site = Site::new(backend);
    without_hashes(&site).await;
    for document in documents(&site, Who::Clerk).await {
        let id = document["id"].as_str().unwrap();
        let pages = document["bladzijden"].as_u64().unwrap_or(1) as usize;
        let answer = store(&site, Who::Clerk, id, &file(&word_of(id), pages)).await;
        assert_eq!(answer.status, 201, "{id}: {}", answer.text());
    }
    site
}

#[rstest]
#[actix_web::test]
async fn each_reader_gets_the_documents_that_are_theirs_and_nothing_of_another(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = with_files(backend).await;
    let all = documents(&site, Who::Clerk).await;
    for document in &all {
        let (id, file) = (document["id"].as_str().unwrap(), document["bestand"]["id"].as_str().unwrap());
        let parties: &[&str] = match id {
            "doc-verzoek-scheiding" => &["moeder", "vader"],
            "doc-verweer-scheiding" => &["vader"],
            _ => continue,
        };
        assert_eq!(check(&site, id, file, parties).await.status, 200);
    }
    let holds = |text: &str, id: &str| text.contains(&word_of(id));
    let clerk = pdf_pages(&bundle(&site, Who::Clerk).await).join("\n");
    for document in &all {
        let id = document["id"].as_str().unwrap();
        assert!(holds(&clerk, id), "the clerk gets {id}");
    }
    assert!(clerk.contains("Zittingsblad: strafzaak") && clerk.contains("Zittingsblad: omgang"));
    let family = pdf_pages(&bundle(&site, Who::FamilyJudge).await).join("\n");
    assert!(holds(&family, "doc-aangifte"), "released to the family domain");
    for (id, title) in [("doc-verhoor", "verhoor verdachte"), ("doc-dagvaarding", "Dagvaarding")] {
        assert!(!holds(&family, id) && !family.contains(title), "{id} was not released");
    }
    assert!(family.contains("Zittingsblad: omgang") && !family.contains("Zittingsblad: strafzaak"));
    assert!(!family.contains(CRIMINAL_NOT_RELEASED));
    for (who, own, not) in [
        (Who::Advocate, vec!["doc-verzoek-scheiding"], vec!["doc-verweer-scheiding", "doc-aangifte", "doc-raad"]),
        (Who::OtherSide, vec!["doc-verzoek-scheiding", "doc-verweer-scheiding"], vec!["doc-aangifte", "doc-raad"]),
    ] {
        let bytes = bundle(&site, who).await;
        let text = super::sweep::reading::pdf(&bytes);
        assert!(own.iter().all(|id| holds(&text, id)), "{who:?}");
        for document in &all {
            let id = document["id"].as_str().unwrap();
            assert!(own.contains(&id) || !holds(&text, id), "{who:?} gets {id}, looked through for nobody");
        }
        assert!(not.iter().all(|id| !holds(&text, id)), "{who:?}");
        assert!(!text.contains("Zittingsblad:"), "{who:?} gets no sheet of the court");
        let told = "niet is vastgelegd dat het bestand voor deze partij is nagezien op afgeschermde gegevens";
        assert!(super::sweep::reading::holds(&text, told), "{who:?}");
        if who == Who::OtherSide {
            assert!(SECRETS_FROM_FATHER.iter().all(|secret| !text.contains(secret)));
        }
    }
    let report = verify(&site.app.db).unwrap();
    assert!(report.is_intact(), "{}", report.dutch());
    let trail = site.send(site.api("GET", "/v1/auditregels?dossier={dossier}&aantal=100", Who::Overseer)).await.text();
    assert!(trail.contains("heeft een bundel van") && trail.contains("bekeek een bundel als bestand"), "{trail}");
    assert!(!trail.contains("doc-aangifte") && !trail.contains("Proces-verbaal"));
}

#[rstest]
#[actix_web::test]
async fn a_bundle_is_its_owners_only_and_no_longer_given_when_the_case_changed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    without_hashes(&site).await;
    let call = site.api("POST", "/v1/dossiers/{dossier}/bundels", Who::Advocate).json(&json!({}));
    let place = site.send(call).await.header("location").unwrap().to_owned();
    bundle(&site, Who::Advocate).await;
    for who in [Who::OtherSide, Who::Judge, Who::Clerk, Who::OtherAdvocate] {
        for path in [place.clone(), format!("{place}/bestand")] {
            site.send(site.api("GET", &path, who)).await.assert_problem(404, "not_found");
        }
    }
    let own = site.app.bundles.of(&user(&site, Who::Advocate), &site.dossier);
    let place = format!("/v1/dossiers/{}/bundels/{}/bestand", site.dossier, own[0].id);
    assert_eq!(site.send(site.api("GET", &place, Who::Advocate)).await.status, 200);
    let stored = store(&site, Who::Clerk, "doc-raad", &file("raad", 17)).await;
    assert_eq!(stored.status, 201, "{}", stored.text());
    let told = site.send(site.api("GET", &place, Who::Advocate)).await.assert_problem(409, "conflict");
    assert!(told["detail"].as_str().unwrap().contains("Maak de bundel opnieuw"), "{told}");
}

fn user(site: &Site, who: Who) -> String {
    site.app.identity.authenticate(&site.token(who).unwrap()).unwrap().actor.user_id
}

#[rstest]
#[actix_web::test]
async fn a_bundle_for_one_hearing_has_its_matters_and_what_belongs_to_none(
    #[values(Backend::Sqlite)] backend: Backend,
) {
    let site = Site::new(backend);
    let table = site.send(site.api("GET", "/v1/dossiers/{dossier}/stukken", Who::Clerk)).await.json();
    let hearings = table["zittingen"].as_array().unwrap();
    let combined = hearings.iter().find(|item| item["omschrijving"].as_str().unwrap().contains("strafzaak")).unwrap();
    let page =
        site.form("/zaken/{dossier}/bundel", Who::FamilyJudge, &format!("zitting={}", encoded(&combined["zitting"])));
    let answer = site.send(page).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let place = answer.header("location").unwrap().to_owned();
    let mut seen = Vec::new();
    let download = loop {
        let page = site.send(site.page(&place, Who::FamilyJudge)).await;
        assert_eq!(page.status, 200);
        seen.push(page.text());
        if page.header("refresh").is_none() {
            break format!("{place}/bestand");
        }
        assert!(page.text().contains("Deze pagina ververst zichzelf"));
        assert!(seen.len() < 2_000);
        actix_web::rt::time::sleep(Duration::from_millis(30)).await;
    };
    assert!(seen.last().unwrap().contains("Bundel ophalen"), "{}", seen.last().unwrap());
    let answer = site.send(site.page(&download, Who::FamilyJudge)).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/pdf")));
    let text = pdf_pages(&answer.body).join("\n");
    assert!(text.contains("Zittingsbundel van 19 november 2026") && text.contains("Zittingsblad: kinderbescherming"));
    assert!(text.contains("Raadsrapport") && text.contains("Uittreksel centraal gezagsregister"));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("dan niet op zitting") && words.contains("Besluit tijdelijk huisverbod"), "M1 rests on it");
    assert!(text.contains("het bestand zelf is niet in dit systeem"));
    let overview = site.send(site.page("/zaken/{dossier}/bundel", Who::FamilyJudge)).await.text();
    assert!(overview.contains("klaar om op te halen"));
}

fn encoded(value: &Value) -> String {
    value.as_str().unwrap().replace('+', "%2B").replace(':', "%3A")
}

#[rstest]
#[actix_web::test]
async fn the_clerk_brings_a_file_and_records_for_whom_it_was_looked_through_on_the_page(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    without_hashes(&site).await;
    let path = "/zaken/{dossier}/bundel/stukken/doc-raad-brief";
    let show = || site.page(path, Who::Clerk);
    assert!(site.send(show()).await.text().contains("Bestand opslaan"));
    let refused = upload(&site, path, &file("raad", 2)).await;
    assert_eq!(refused.status, 422);
    let said = "Volgens het dossier heeft dit stuk 3 bladzijden, maar dit bestand heeft er 2.";
    assert!(refused.text().contains(said), "{}", refused.text());
    assert!(upload(&site, path, b"").await.text().contains("Kies de pdf van dit stuk."));
    let stored = upload(&site, path, &file("raad", 3)).await;
    assert_eq!(stored.status, 303, "{}", stored.text());
    let page = site.send(show()).await.text();
    assert!(page.contains("niet vastgelegd: wordt niet gedeeld"), "{page}");
    let id = page.split("name=\"bestand\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let check = |parties: &str| site.form(path, Who::Clerk, &format!("actie=nazien&bestand={id}{parties}"));
    assert_eq!(site.send(check("&partij=moeder")).await.status, 303);
    assert!(site.send(show()).await.text().contains("value=\"moeder\" checked"));
    assert_eq!(site.send(check("&partij=raad")).await.status, 422);
    assert_eq!(upload(&site, path, &file("opnieuw", 3)).await.status, 303);
    let overtaken = site.send(check("&partij=vader")).await;
    assert_eq!(overtaken.status, 409);
    assert!(overtaken.text().contains("Er is intussen een ander bestand opgeslagen"));
    let table = site.send(site.page("/zaken/{dossier}/bundel", Who::Clerk)).await.text();
    assert!(table.contains("aanwezig") && table.contains("niet vastgelegd: wordt niet gedeeld"));
    for who in [Who::Judge, Who::Advocate] {
        assert_eq!(site.send(site.page(path, who)).await.status, 403, "{who:?}");
    }
}

async fn upload(site: &Site, path: &str, bytes: &[u8]) -> Answer {
    let token = site.token(Who::Clerk).unwrap();
    let mut body = Vec::new();
    for (name, value) in [("csrf", site.csrf(&token)), ("actie", "opslaan".to_owned())] {
        body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(b"--x\r\nContent-Disposition: form-data; name=\"stukbestand\"; filename=\"stuk.pdf\"\r\n\r\n");
    body.extend(bytes);
    body.extend(b"\r\n--x--\r\n");
    let call = site
        .form(path, Who::Clerk, "")
        .header("Content-Type", "multipart/form-data; boundary=x")
        .header("Origin", &format!("http://{HOST}"))
        .body(body);
    site.send(call).await
}

#[rstest]
#[actix_web::test]
async fn a_file_that_is_no_pdf_too_large_or_of_another_kind_is_refused_by_the_api(
    #[values(Backend::Sqlite)] backend: Backend,
) {
    let site = Site::new(backend);
    without_hashes(&site).await;
    let told = store(&site, Who::Clerk, "doc-raad", b"PK").await.assert_problem(422, "invalid_input");
    assert!(told["problemen"][0]["melding"].as_str().unwrap().contains("geen pdf-bestand"), "{told}");
    assert_eq!(told["problemen"][0]["pointer"], "/stukbestand");
    store(&site, Who::Clerk, "doc-onbekend", b"PK").await.assert_problem(404, "not_found");
    let large = vec![b' '; combizitting::documents::bundle::LARGEST_FILE + 1];
    store(&site, Who::Clerk, "doc-raad", &large).await.assert_problem(413, "too_large");
    let path = "/v1/dossiers/{dossier}/stukken/doc-raad/bestand";
    let call = site.api("POST", path, Who::Clerk).header("Content-Type", "text/plain").body("tekst");
    site.send(call).await.assert_problem(415, "unsupported_media_type");
    let call = site.api("POST", "/v1/dossiers/{dossier}/bundels", Who::Judge).json(&json!({"zitting": "gisteren"}));
    site.send(call).await.assert_problem(422, "invalid_input");
}

#[rstest]
#[actix_web::test]
async fn one_bundle_too_many_is_told_to_wait(#[values(Backend::Sqlite)] backend: Backend) {
    let site = Site::new(backend);
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Arc::new(std::sync::Mutex::new(wait));
    for number in 0..AT_WORK {
        let wait = wait.clone();
        let text = |text: &str| text.to_owned();
        let owner =
            Owner { user: format!("ander {number}"), dossier: text("x"), version: 1, basis: text(""), asked: text("") };
        let work = move |_: &_| {
            let _ = wait.lock().unwrap().recv();
            Err(String::new())
        };
        site.app.bundles.start(number.to_string(), owner, work).unwrap();
    }
    let call = site.api("POST", "/v1/dossiers/{dossier}/bundels", Who::Judge).json(&json!({}));
    let answer = site.send(call).await;
    let told = answer.assert_problem(503, "busy");
    assert!(told["detail"].as_str().unwrap().contains("Er worden al andere bundels gemaakt"), "{told}");
    assert_eq!(answer.header("retry-after"), Some("30"));
    let page = site.send(site.form("/zaken/{dossier}/bundel", Who::Judge, "zitting=")).await;
    assert!(page.status == 503 && page.text().contains("Er worden al andere bundels gemaakt"));
    drop(go);
}
