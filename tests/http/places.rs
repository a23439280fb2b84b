//! The name of the place of a secret address: nothing refuses it (it may be the town of the school), and nobody lets
//! it through unseen. Who may not know the address learns nothing from any answer.

use super::harness::{Answer, Site, Who};
use super::plan::{coded, form_of, with};
use super::secrets::{dossier, event, gezag_draft, put};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

const TOWN: &str = "Hij was in Reigersverborgen";
const ASKED: &str = "de naam van een plaats";
const TICK: &str = "name=\"plaats_bedoeld\"";
const MEANT: &str = "&plaats_bedoeld=true";
const NEW_EVENT: &str = "/zaken/{dossier}/onderdelen/gebeurtenissen/nieuw";

#[rstest]
#[actix_web::test]
async fn a_clerk_is_asked_before_a_town_is_recorded_and_the_warning_stays_with_a_link_to_its_place(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let asked = site.send(site.form(NEW_EVENT, Who::Clerk, &event(1, TOWN))).await;
    assert_eq!(asked.status, 422, "{}", asked.text());
    let page = asked.text();
    assert!(page.contains("href=\"#description\"") && page.contains(ASKED) && page.contains(TICK), "{page}");
    assert!(page.contains(TOWN), "what was typed stays");
    let known = site.send(site.form(NEW_EVENT, Who::Clerk, &event(1, "Hij is in Rotterdam gezien"))).await;
    assert_eq!(known.status, 303, "nothing was recorded before, and a town that all know is not asked after");
    let sent = site.send(site.form(NEW_EVENT, Who::Clerk, &format!("{}{MEANT}", event(2, TOWN)))).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let list = site.send(site.page(sent.header("location").unwrap(), Who::Clerk)).await.text();
    assert!(list.contains("hoort en die verder niet openlijk"), "{list}");
    assert_eq!(list.matches("#description\">Gebeurtenissen:").count(), 1, "{list}");
}

#[rstest]
#[actix_web::test]
async fn a_file_and_the_api_ask_for_the_same_confirmation(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let mut whole = dossier(&site).await;
    whole["events"][0]["description"] = json!(TOWN);
    let refused = put(&site, 1, &whole).await;
    let problem = refused.assert_problem(422, "invalid_input");
    assert_eq!(problem["problemen"][0]["pointer"], "/events/0/description");
    assert_eq!(problem["problemen"][0]["code"], "secret_place_named");
    let file = format!("versie=1&tekst={}", coded(&whole.to_string()));
    let asked = site.send(site.form("/zaken/{dossier}/bijwerken", Who::Clerk, &file)).await;
    assert!(asked.status == 422 && asked.text().contains(TICK), "{}", asked.text());
    let path = "/v1/dossiers/{dossier}?plaats_bedoeld=true";
    let sent = site.send(site.api("PUT", path, Who::Clerk).header("If-Match", "\"1\"").json(&whole)).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    whole["events"][0]["description"] = json!(format!("{TOWN}, zegt zij"));
    let file = format!("versie=2&tekst={}{MEANT}", coded(&whole.to_string()));
    assert_eq!(site.send(site.form("/zaken/{dossier}/bijwerken", Who::Clerk, &file)).await.status, 303);
    whole["reference"] = json!("combi-2026-nieuw-77");
    site.send(site.api("POST", "/v1/dossiers", Who::Clerk).json(&whole)).await.assert_problem(422, "invalid_input");
    let brought = site.send(site.api("POST", "/v1/dossiers?plaats_bedoeld=true", Who::Clerk).json(&whole)).await;
    assert_eq!(brought.status, 201, "{}", brought.text());
}

#[rstest]
#[actix_web::test]
async fn a_judge_is_asked_in_a_judgement_and_in_own_words(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let given = "over=istanbul/IV1&versie=1&antwoord=nee&overweging=In+Reigersverborgen+niet.&actie=vastleggen";
    let asked = site.send(site.form("/zaken/{dossier}/oordeel", Who::Judge, given)).await;
    let page = asked.text();
    assert!(asked.status == 422 && page.contains(ASKED) && page.contains(TICK), "{page}");
    let sent = site.send(site.form("/zaken/{dossier}/oordeel", Who::Judge, &format!("{given}{MEANT}"))).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let plan = "/zaken/{dossier}/voornemen/gezag";
    let form = form_of(&site, plan, Who::FamilyJudge).await;
    let words = with(form, &[("woorden/gezag/noodzaak", "In Reigersverborgen is rust."), ("actie", "vastleggen")]);
    let asked = site.send(site.form(plan, Who::FamilyJudge, &words)).await;
    let page = asked.text();
    assert!(asked.status == 422 && page.contains("href=\"#woorden/gezag/noodzaak\"") && page.contains(TICK), "{page}");
    let sent = site.send(site.form(plan, Who::FamilyJudge, &format!("{words}{MEANT}"))).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
}

#[rstest]
#[actix_web::test]
async fn an_advocate_is_asked_about_the_place_of_the_own_client_and_the_other_side_learns_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let page = |key: &str| format!("/zaken/{{dossier}}/veiligheidsinformatie{key}");
    let wish = format!("wensen={}&actie=verder", TOWN.replace(' ', "+"));
    for who in [Who::Advocate, Who::OtherSide] {
        assert_eq!(site.send(site.form(&page("/zitting"), who, &wish)).await.status, 303);
    }
    let asked = site.send(site.form(&page(""), Who::Advocate, "")).await;
    let told = asked.text();
    assert!(asked.status == 422 && told.contains(TICK), "{told}");
    assert!(told.contains("Deze plaats is die van het geheime adres van uw cliënt"), "{told}");
    let sent = site.send(site.form(&page(""), Who::Advocate, "plaats_bedoeld=true")).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let other = site.send(site.form(&page(""), Who::OtherSide, "")).await;
    assert_eq!(other.status, 303, "a question would tell where she is: {}", other.text());
    let received = site.send(site.page("/zaken/{dossier}/inzendingen", Who::Clerk)).await.text();
    assert_eq!(received.matches("Laat haar bij het overnemen weg").count(), 2, "{received}");

    let given = json!({"wensen": TOWN});
    let path = "/v1/dossiers/{dossier}/veiligheidsinformatie";
    let asked = site.send(site.api("POST", path, Who::Advocate).json(&given)).await;
    assert_eq!(asked.assert_problem(422, "invalid_input")["problemen"][0]["code"], "secret_place_named");
    let meant = format!("{path}?plaats_bedoeld=true");
    assert_eq!(site.send(site.api("POST", &meant, Who::Advocate).json(&given)).await.status, 201);
    assert_eq!(site.send(site.api("POST", path, Who::OtherSide).json(&given)).await.status, 201);
    let handed =
        json!({"adres": {"regel": "Merelkwetterlaan 9", "plaats": "Merelveld"}, "wensen": "Niet in Merelveld"});
    site.send(site.api("POST", path, Who::Advocate).json(&handed)).await.assert_problem(422, "invalid_input");
}

async fn step(site: &Site, path: &str, who: Who, after: i64, name: &str, more: Value) -> Answer {
    let mut body = json!({"na_stap": after, "stap": name});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    site.send(site.api("POST", path, who).json(&body)).await
}

#[rstest]
#[actix_web::test]
async fn a_text_with_the_town_is_not_offered_approved_or_sealed_without_a_tick_and_a_reason_that_the_log_keeps(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (path, paper) = gezag_draft(&site).await;
    let mut changes = super::review::filled_in(&paper);
    changes[0]["tekst"] = json!(TOWN);
    let page = path.replace("/v1/dossiers", "/zaken");
    assert_eq!(
        step(&site, &path, Who::Clerk, 0, "gewijzigd", json!({"wijzigingen": changes})).await.status,
        200,
        "a text may still be worked on"
    );
    let shown = site.send(site.page(&page, Who::Clerk)).await.text();
    assert!(shown.contains("De naam van een plaats bij een afgeschermd adres") && shown.contains(TICK), "{shown}");
    for (after, who, name) in
        [(1, Who::Clerk, "aangeboden"), (2, Who::Judge, "goedgekeurd"), (3, Who::Clerk, "verzegeld")]
    {
        for less in [json!({}), json!({"plaats_bedoeld": true}), json!({"reden": "Daar is de school."})] {
            let refused = step(&site, &path, who, after, name, less).await;
            refused.assert_problem(422, "invalid_input");
            assert!(refused.text().contains("Er staat de naam in van een plaats"), "{}", refused.text());
        }
        let form = format!("na_stap={after}&stap={name}&reden=Daar+is+de+school.");
        let refused = site.send(site.form(&page, who, &form)).await;
        assert!(refused.status == 422 && refused.text().contains("Er staat de naam in"), "{}", refused.text());
        let taken = site.send(site.form(&page, who, &format!("{form}{MEANT}"))).await;
        assert_eq!(taken.status, 303, "{name}: {}", taken.text());
    }
    let paper = site.send(site.api("GET", &path, Who::Judge)).await.json();
    assert_eq!((&paper["stand"], &paper["stappen"][3]["reden"]), (&json!("verzegeld"), &json!("Daar is de school.")));
    let log = site.send(site.page("/log?dossier={dossier}", Who::Overseer)).await.text();
    assert_eq!(log.matches("bevestigd: plaatsnaam").count(), 3, "{log}");
    assert!(!log.contains("Reigersverborgen"), "{log}");
}
