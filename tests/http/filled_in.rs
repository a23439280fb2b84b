//! Filling in on one page what a document leaves open, and the warning that another sealed text holds already.

use super::harness::{Site, Who};
use super::review::{approved_gezag, sealed_gezag};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

/// Makes the gezag draft as the clerk; gives its id.
async fn made(site: &Site) -> String {
    let call = site.api("POST", "/v1/dossiers/{dossier}/concepten", Who::Clerk).json(&json!({"soort": "gezag"}));
    site.send(call).await.json()["id"].as_str().unwrap().to_owned()
}

async fn paper(site: &Site, draft: &str) -> Value {
    let path = format!("/v1/dossiers/{{dossier}}/concepten/{draft}/herziening/gezag");
    site.send(site.api("GET", &path, Who::Judge)).await.json()
}

/// What a form on a page would send: each gap with what it asks, filled in by `words`.
fn sent(page: &str, words: impl Fn(usize) -> String) -> (String, usize) {
    let asked: Vec<(&str, &str)> = page
        .split("name=\"wat-")
        .skip(1)
        .map(|rest| {
            let (key, rest) = rest.split_once("\" value=\"").unwrap();
            (key, rest.split_once("\">").unwrap().0)
        })
        .collect();
    let after = page.split_once("name=\"na_stap\" value=\"").unwrap().1.split('"').next().unwrap();
    let mut form = format!("na_stap={after}&actie=vastleggen");
    for (turn, (key, what)) in asked.iter().enumerate() {
        let what = what.replace("&quot;", "%22").replace("&#x27;", "'").replace("&amp;", "%26").replace('+', "%2B");
        form += &format!("&wat-{key}={what}&vul-{key}={}", words(turn));
    }
    (form, asked.len())
}

#[rstest]
#[actix_web::test]
async fn all_that_is_open_is_filled_in_on_one_page_as_one_change(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let draft = made(&site).await;
    let path = format!("/zaken/{{dossier}}/invullen/{draft}/gezag");
    let life =
        site.send(site.page(&format!("/zaken/{{dossier}}/concepten/{draft}/herziening/gezag"), Who::Clerk)).await;
    assert!(life.text().contains(&format!("/invullen/{draft}/gezag")), "{}", life.text());
    let page = site.send(site.page(&path, Who::Clerk)).await.text();
    let (nothing, open) = sent(&page, |_| String::new());
    assert!(open > 3, "{page}");
    let refused = site.send(site.form(&path, Who::Clerk, &nothing)).await;
    assert!(refused.status == 422 && refused.text().contains("ten minste één plek"), "{}", refused.text());
    // The first stays open; the others are one change of the text.
    let (form, _) = sent(&page, |turn| if turn == 0 { String::new() } else { format!("woorden nummer {turn}") });
    let taken = site.send(site.form(&path, Who::Clerk, &form)).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let text = paper(&site, &draft).await;
    assert_eq!(text["laatste_stap"], 1);
    let whole = text["alineas"].to_string();
    for turn in 1..open {
        assert!(whole.contains(&format!("woorden nummer {turn}")), "{turn}");
    }
    let left = site.send(site.page(&path, Who::Clerk)).await.text();
    assert_eq!(left.matches("name=\"vul-").count(), 1, "{left}");
}

#[actix_web::test]
async fn who_was_overtaken_while_filling_in_keeps_every_word() {
    let site = Site::new(Backend::Sqlite);
    let draft = made(&site).await;
    let path = format!("/zaken/{{dossier}}/invullen/{draft}/gezag");
    let page = site.send(site.page(&path, Who::Clerk)).await.text();
    let (first, open) = sent(&page, |turn| if turn == 0 { "van de rechter".to_owned() } else { String::new() });
    assert_eq!(site.send(site.form(&path, Who::Judge, &first)).await.status, 303);
    let (form, _) = sent(&page, |turn| format!("van de griffier {turn}"));
    let late = site.send(site.form(&path, Who::Clerk, &form)).await;
    let shown = late.text();
    assert_eq!(late.status, 409, "{shown}");
    for turn in 0..open {
        assert!(shown.contains(&format!("van de griffier {turn}<")), "{turn}: {shown}");
    }
    assert!(shown.contains("hier nu geen plek heeft"), "the first was filled in by the other: {shown}");
    assert!(paper(&site, &draft).await["alineas"].to_string().contains("van de rechter"));
    assert_eq!(site.send(site.page(&path, Who::Advocate)).await.status, 403);
}

#[actix_web::test]
async fn of_a_text_that_stands_fast_nothing_can_be_filled_in() {
    let site = Site::new(Backend::Sqlite);
    let draft = approved_gezag(&site).await;
    let path = format!("/zaken/{{dossier}}/invullen/{draft}/gezag");
    let page = site.send(site.page(&path, Who::Clerk)).await;
    assert!(page.status == 200 && page.text().contains("de tekst ligt vast"), "{}", page.text());
    let tried = site.send(site.form(&path, Who::Clerk, "na_stap=3&wat-1_0=de dag&vul-1_0=morgen")).await;
    assert_eq!(tried.status, 422, "{}", tried.text());
}

#[actix_web::test]
async fn who_works_on_a_second_decision_of_a_kind_is_told_that_a_sealed_one_holds() {
    let site = Site::new(Backend::Sqlite);
    let sealed = sealed_gezag(&site).await;
    let second = made(&site).await;
    let life = |draft: &str| format!("/zaken/{{dossier}}/concepten/{draft}/herziening/gezag");
    let page = site.send(site.page(&life(&second), Who::Judge)).await.text();
    assert!(page.contains("geldt al een verzegelde tekst") && page.contains(&format!("{sealed}/gezag")), "{page}");
    let own = site.send(site.page(&life(&sealed), Who::Judge)).await.text();
    assert!(!own.contains("geldt al een verzegelde tekst"), "{own}");
}
