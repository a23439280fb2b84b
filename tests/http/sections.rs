//! The dossier in sections, as a clerk fills it in: what is missing by name, an item at a time, nothing lost.

use super::harness::{Site, Who};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

const TASKS: &str = "/zaken/{dossier}/onderdelen";

async fn text(site: &Site, path: &str) -> String {
    let answer = site.send(site.page(path, Who::Clerk)).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text()
}

async fn dossier(site: &Site) -> Value {
    site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Clerk)).await.json()
}

#[rstest]
#[actix_web::test]
async fn a_clerk_sees_how_far_each_section_is_and_which_field_misses_something(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let tasks = text(&site, TASKS).await;
    for wanted in ["Gebeurtenissen", "Horen van kinderen", "volledig", "Ontbreekt:", "onderdelen wijzigt u met"] {
        assert!(tasks.contains(wanted), "{wanted}: {tasks}");
    }
    let mut whole = dossier(&site).await;
    whole["documents"].as_array_mut().unwrap().push(json!({"id": "los-stuk", "title": "Los stuk"}));
    let put = site.api("PUT", "/v1/dossiers/{dossier}", Who::Clerk).header("If-Match", "\"1\"").json(&whole);
    assert_eq!(site.send(put).await.status, 200);
    let list = text(&site, &format!("{TASKS}/stukken")).await;
    let line = list.split("<li>").find(|line| line.contains("Los stuk")).unwrap();
    assert!(line.contains("/stukken/los-stuk#dated\">Dag van het stuk"), "{line}");
    let item = text(&site, &format!("{TASKS}/stukken/los-stuk")).await;
    assert!(item.contains("href=\"#dated\"") && item.contains("id=\"dated\""), "{item}");
}

#[rstest]
#[actix_web::test]
async fn a_clerk_adds_corrects_answers_and_removes_a_fact_with_its_source(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let place = format!("{TASKS}/gebeurtenissen/nieuw");
    let event = "versie=1&kind=threat&description=Er+is+gebeld.&time/precision=day&time/on=2026-11-16&actors=vader\
                 &targets=moeder&statements/aantal=1&statements/0/by=moeder&statements/0/kind=asserts\
                 &statements/0/content=Hij+belde+twee+keer.&statements/0/source/document=doc-aangifte\
                 &statements/0/source/page=4";
    let made = site.send(site.form(&place, Who::Clerk, event)).await;
    assert_eq!(made.status, 303, "{}", made.text());
    assert!(text(&site, made.header("location").unwrap()).await.contains("Vastgelegd in een nieuwe versie"));
    let whole = dossier(&site).await;
    let stored = whole["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(stored["statements"][0]["source"], json!({"document": "doc-aangifte", "page": 4}));
    let (id, said) = (stored["id"].as_str().unwrap(), stored["statements"][0]["id"].as_str().unwrap().to_owned());
    assert!(text(&site, "/zaken/{dossier}/tijdlijn").await.contains("Er is gebeld"));

    let place = format!("{TASKS}/gebeurtenissen/{id}");
    let open = text(&site, &place).await;
    assert!(open.contains("Hier ontbreekt nog iets") && open.contains("Antwoord van de ander"), "{open}");
    let answered = format!("{event}&statements/0/was=0&answers/aantal=1&answers/0/by=vader&answers/0/stance=disputes")
        .replace("versie=1", "versie=2")
        .replace("Er+is+gebeld.", "Er+is+twee+keer+gebeld.");
    let done = site.send(site.form(&place, Who::Clerk, &answered)).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let whole = dossier(&site).await;
    let stored = whole["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(stored["description"], "Er is twee keer gebeld.");
    assert_eq!((&stored["answers"][0]["stance"], &stored["statements"][0]["id"]), (&json!("disputes"), &json!(said)));

    let late = site.send(site.form(&place, Who::Clerk, &answered.replace("twee+keer", "vaak"))).await;
    assert!(late.status == 412 && late.text().contains("Iemand anders heeft het dossier"), "{}", late.text());
    assert!(late.text().contains("Er is vaak gebeld.") && late.text().contains("name=\"versie\" value=\"3\""));
    let gone = site.send(site.form(&place, Who::Clerk, "versie=3&actie=weghalen")).await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    assert_eq!(dossier(&site).await["events"].as_array().unwrap().len(), whole["events"].as_array().unwrap().len() - 1);
}

#[rstest]
#[actix_web::test]
async fn what_does_not_fit_is_told_at_its_field_and_what_is_used_elsewhere_cannot_go(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let place = format!("{TASKS}/personen/nieuw");
    let told = site.send(site.form(&place, Who::Clerk, "versie=1&name=Iemand&born=2026-02-31")).await;
    assert_eq!(told.status, 422);
    let told = told.text();
    assert!(told.contains("href=\"#family_role\"") && told.contains("value=\"Iemand\""), "{told}");
    let wrong =
        site.send(site.form(&place, Who::Clerk, "versie=1&name=Iemand&family_role=other&born=2026-02-31")).await;
    assert!(wrong.status == 422 && wrong.text().contains("id=\"born-fout\""), "{}", wrong.text());
    let empty = site.send(site.form(&place, Who::Clerk, "versie=1")).await;
    assert!(empty.status == 422 && empty.text().contains("Vul ten minste één veld in"), "{}", empty.text());
    let used = format!("{TASKS}/stukken/doc-aangifte");
    let kept = site.send(site.form(&used, Who::Clerk, "versie=1&actie=weghalen")).await;
    assert!(kept.status == 422 && kept.text().contains("Elders in het dossier"), "{}", kept.text());
    for unknown in [format!("{TASKS}/bestaat-niet"), format!("{TASKS}/personen/bestaat-niet")] {
        assert_eq!(site.send(site.page(&unknown, Who::Clerk)).await.status, 404);
    }
    let half = "versie=1&name=Half+ingevuld&actie=bewaren";
    assert_eq!(site.send(site.form(&place, Who::Clerk, half)).await.status, 303);
    let offered = text(&site, &place).await;
    assert!(offered.contains("Verder waar u was") && !offered.contains("Half ingevuld"), "{offered}");
    assert!(text(&site, &format!("{place}?hervat=ja")).await.contains("value=\"Half ingevuld\""));
}
