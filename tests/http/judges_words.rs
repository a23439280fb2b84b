//! What a judge says is the judge's: no other account gives, changes or takes away words, judgements or
//! deviations from a limit of law, by whatever way in.

use super::harness::{Answer, Site, Who};
use super::plan::{coded, form_of, with};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

const PAGE: &str = "/zaken/{dossier}/voornemen/omgang";
const WHY: &str = "Er is een bijzondere reden die de rechter uitvoerig heeft besproken.";

async fn dossier(site: &Site) -> Value {
    site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Clerk)).await.json()
}

async fn put(site: &Site, who: Who, version: i64, whole: &Value) -> Answer {
    let call = site.api("PUT", "/v1/dossiers/{dossier}", who).header("If-Match", &format!("\"{version}\""));
    site.send(call.json(whole)).await
}

#[rstest]
#[actix_web::test]
async fn a_clerk_cannot_write_change_or_remove_words_of_a_judge_by_file_or_api(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let whole = dossier(&site).await;
    let mut changed = whole.clone();
    changed["judge_words"][0]["text"] = json!("Deze zin is door de griffier verzonnen.");
    let mut answered = whole.clone();
    answered["judge_words"][0]["answer"] = json!("not_met");
    let mut removed = whole.clone();
    removed["judge_words"].as_array_mut().unwrap().remove(0);
    let mut added = whole.clone();
    let mut words = whole["judge_words"][0].clone();
    words["about"] = json!("istanbul/IV1");
    added["judge_words"].as_array_mut().unwrap().push(words);
    for file in [changed, answered, removed, added] {
        let refused = put(&site, Who::Clerk, 1, &file).await;
        assert!(refused.status == 422 && refused.text().contains("Alleen een rechter"), "{}", refused.text());
        let form = format!("versie=1&tekst={}", coded(&file.to_string()));
        let sent = site.send(site.form("/zaken/{dossier}/bijwerken", Who::Clerk, &form)).await;
        assert!(sent.status == 422 && sent.text().contains("Alleen een rechter"), "{}", sent.text());
    }
    assert_eq!(dossier(&site).await, whole, "nothing was recorded");
    let mut other = whole.clone();
    other["events"][0]["description"] = json!("Een andere omschrijving.");
    assert_eq!(put(&site, Who::Clerk, 1, &other).await.status, 200, "the clerk's own work is not held back");
}

#[rstest]
#[actix_web::test]
async fn words_that_a_clerk_brought_in_say_so_until_a_judge_records_them(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let brought = dossier(&site).await;
    let words = |whole: &Value| {
        let all = whole["judge_words"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["about"] == "omgang/beoordeling").unwrap()
    };
    assert_eq!(words(&brought)["from_file"], true);
    let seen = site.send(site.page(PAGE, Who::FamilyJudge)).await.text();
    assert!(seen.contains("de familierechter (ingebracht door de griffie)"), "on paper: {seen}");
    assert!(seen.contains("maakt u deze woorden de uwe"), "and at the field: {seen}");
    let form = with(form_of(&site, PAGE, Who::FamilyJudge).await, &[("actie", "vastleggen")]);
    let sent = site.send(site.form(PAGE, Who::FamilyJudge, &form)).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let own = words(&dossier(&site).await);
    assert_eq!(own["text"], words(&brought)["text"]);
    assert_eq!((own.get("from_file"), own["on"].as_str().unwrap()), (None, "2026-11-17"));
}

#[rstest]
#[actix_web::test]
async fn words_keep_the_choice_beside_which_they_were_written_when_a_file_without_it_changes_that_choice(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let mut whole = dossier(&site).await;
    let place = whole["judge_words"].as_array().unwrap().iter().position(|one| one["about"] == "omgang/beoordeling");
    let place = place.expect("words for the paper");
    let beside = json!("liv=supervised, noor=denied, sem=supervised");
    assert_eq!(whole["judge_words"][place]["beside"], beside);
    whole["judge_words"][place].as_object_mut().unwrap().remove("beside");
    whole["plans"]["omgang"]["children"][1]["form"] = json!("indirect");
    let sent = put(&site, Who::Clerk, 1, &whole).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    assert_eq!(dossier(&site).await["judge_words"][place]["beside"], beside);
    let seen = site.send(site.page(PAGE, Who::FamilyJudge)).await.text();
    assert!(seen.contains("deze woorden zijn geschreven bij een andere keuze"), "{seen}");
}

#[rstest]
#[actix_web::test]
async fn only_a_judge_of_the_domain_deviates_from_a_limit_and_the_account_says_who(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let rule = "child_not_heard";
    let given = [
        ("deviations/aantal", "1"),
        ("deviations/0/rule", rule),
        ("deviations/0/reason", WHY),
        ("deviations/0/by", "de burgemeester"),
        ("actie", "vastleggen"),
    ];
    let shown = site.send(site.page(PAGE, Who::Clerk)).await.text();
    assert!(!shown.contains("name=\"deviations/"), "the clerk is not asked: {shown}");
    assert!(shown.contains("afwijken kan hier alleen een rechter"), "{shown}");
    let form = with(form_of(&site, PAGE, Who::Clerk).await, &given);
    assert_eq!(site.send(site.form(PAGE, Who::Clerk, &form)).await.status, 303);
    let whole = dossier(&site).await;
    assert_eq!(whole["plans"]["omgang"]["deviations"], json!([]), "what a clerk sends is not taken as a deviation");
    let mut raw = whole.clone();
    raw["plans"]["omgang"]["deviations"] = json!([{"rule": rule, "reason": WHY, "by": "de familierechter"}]);
    let refused = put(&site, Who::Clerk, 1, &raw).await;
    assert!(refused.status == 422 && refused.text().contains("Van een grens van de wet"), "{}", refused.text());

    let form = with(form_of(&site, PAGE, Who::FamilyJudge).await, &given);
    let sent = site.send(site.form(PAGE, Who::FamilyJudge, &form)).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let deviation = dossier(&site).await["plans"]["omgang"]["deviations"][0].clone();
    assert_eq!(deviation, json!({"rule": rule, "reason": WHY, "by": "de familierechter"}));
    // The clerk works on, and it stays; taking it away with the plan is refused.
    let form = with(
        form_of(&site, PAGE, Who::Clerk).await,
        &[("information_every", "eens per jaar"), ("actie", "vastleggen")],
    );
    assert_eq!(site.send(site.form(PAGE, Who::Clerk, &form)).await.status, 303);
    assert_eq!(dossier(&site).await["plans"]["omgang"]["deviations"][0], deviation);
    let clears = with(form_of(&site, PAGE, Who::Clerk).await, &[("actie", "wissen"), ("zeker", "ja")]);
    let refused = site.send(site.form(PAGE, Who::Clerk, &clears)).await;
    assert!(refused.status == 422 && refused.text().contains("Van een grens van de wet"), "{}", refused.text());
}
