//! Someone of an advocate's office, from the page on which the advocate lets them act to the log of the overseer.

use super::harness::{Answer, Site, Who, last_day};
use crate::support::Backend;
use rstest::rstest;
use serde_json::json;

async fn given(site: &Site, who: Who) -> Vec<(String, String)> {
    let list = site.send(site.api("GET", "/v1/medewerkers", who)).await.json();
    let of = |item: &serde_json::Value, field: &str| item[field].as_str().unwrap().to_owned();
    list["medewerkers"].as_array().unwrap().iter().map(|item| (of(item, "id"), of(item, "tot_en_met"))).collect()
}

async fn sees(site: &Site) -> (u16, u16) {
    let page = site.send(site.page("/zaken/{dossier}", Who::Delegate)).await.status;
    (page, site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Delegate)).await.status)
}

#[rstest]
#[actix_web::test]
async fn an_advocate_looks_at_what_is_given_before_giving_it_and_ends_it_at_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let page = site.send(site.page("/medewerkers", Who::Advocate)).await.text();
    assert!(page.contains("Test medewerker van advocaat moeder") && page.contains("(advocaat)"), "{page}");
    let (first, _) = given(&site, Who::Advocate).await.remove(0);
    assert_eq!(sees(&site).await, (200, 200));
    let ended = site.send(site.form("/medewerkers", Who::Advocate, &format!("actie=beeindigen&toegang={first}"))).await;
    assert_eq!(ended.header("location"), Some("/medewerkers?gedaan=beeindigd"));
    assert_eq!(sees(&site).await, (404, 404), "the session goes on, the case is gone");
    let empty = site.send(site.page("/zaken", Who::Delegate)).await.text();
    assert!(empty.contains("vraag het uw advocaat") && !empty.contains("combi-2026-demo-01"), "{empty}");
    let again = site.send(site.form("/medewerkers", Who::Advocate, &format!("actie=beeindigen&toegang={first}"))).await;
    assert_eq!(again.status, 404);
    let day = last_day(7);
    let fields = format!("gebruikersnaam=delegate&tot_en_met={day}");
    let look = site.send(site.form("/medewerkers", Who::Advocate, &format!("{fields}&actie=nakijken"))).await;
    let told = look.text();
    assert!(look.status == 200 && told.contains("Test medewerker van advocaat moeder (delegate)"), "{told}");
    assert!(told.contains("De ene zaak waaraan u nu bent toegewezen"), "{told}");
    assert_eq!(sees(&site).await, (404, 404), "a look gives nothing");
    let done = site.send(site.form("/medewerkers", Who::Advocate, &format!("{fields}&actie=geven"))).await;
    assert_eq!(done.header("location"), Some("/medewerkers?gedaan=gegeven"));
    assert_eq!(sees(&site).await, (200, 200));
    let (second, until) = given(&site, Who::Advocate).await.remove(0);
    assert_eq!(until, day.to_string());
    let delete = site.api("DELETE", &format!("/v1/medewerkers/{second}"), Who::OtherSide);
    site.send(delete).await.assert_problem(404, "not_found");
    assert_eq!(site.send(site.api("DELETE", &format!("/v1/medewerkers/{second}"), Who::Advocate)).await.status, 204);
    assert_eq!(sees(&site).await, (404, 404));
}

#[rstest]
#[actix_web::test]
async fn what_is_wrong_is_told_at_its_field_and_gives_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (good, late) = (last_day(7), last_day(500));
    for (fields, links) in [
        ("actie=nakijken".to_owned(), vec!["gebruikersnaam", "tot_en_met"]),
        (format!("actie=nakijken&gebruikersnaam=otherside&tot_en_met={good}"), vec!["gebruikersnaam"]),
        (format!("actie=geven&gebruikersnaam=niemand&tot_en_met={late}"), vec!["gebruikersnaam", "tot_en_met"]),
        ("actie=geven&gebruikersnaam=delegate&tot_en_met=2020-01-01".to_owned(), vec!["tot_en_met"]),
        ("actie=geven&gebruikersnaam=delegate&tot_en_met=morgen".to_owned(), vec!["tot_en_met"]),
    ] {
        let answer = site.send(site.form("/medewerkers", Who::OtherAdvocate, &fields)).await;
        let told = answer.text();
        assert_eq!(answer.status, 422, "{fields}: {told}");
        for field in ["gebruikersnaam", "tot_en_met"] {
            let linked = told.contains(&format!("<a href=\"#{field}\">"));
            assert_eq!(linked, links.contains(&field), "{fields} {field}: {told}");
        }
    }
    assert!(given(&site, Who::OtherAdvocate).await.is_empty());
    let body = json!({"gebruikersnaam": "delegate", "tot_en_met": last_day(7).to_string()});
    let other_side = site.send(site.api("POST", "/v1/medewerkers", Who::OtherSide).json(&body)).await;
    other_side.assert_problem(422, "invalid_input");
    assert!(other_side.text().contains("andere partij"), "{}", other_side.text());
    for who in [Who::Delegate, Who::Administrator, Who::Clerk, Who::Judge] {
        site.send(site.api("POST", "/v1/medewerkers", who).json(&body)).await.assert_problem(403, "forbidden");
    }
}

/// A page of the delegate without what says who looks and what is of that one sitting.
fn content(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = answer.text();
    let main = text.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned();
    main.lines().filter(|line| !line.contains("U werkt in deze zaak namens") && !line.contains("csrf")).collect()
}

#[rstest]
#[actix_web::test]
async fn what_is_shown_is_what_the_advocate_is_shown_and_says_for_whom(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for part in ["", "/tijdlijn", "/conflicten", "/zoeken?woorden=telefoon", "/veiligheidsinformatie/adres"] {
        let path = format!("/zaken/{{dossier}}{part}");
        let own = site.send(site.page(&path, Who::Advocate)).await;
        let theirs = site.send(site.page(&path, Who::Delegate)).await;
        assert_eq!(content(&own), content(&theirs), "{path}");
        let told = "U werkt in deze zaak namens Test advocaat moeder, advocaat.";
        assert!(theirs.text().contains(told) && !own.text().contains(told), "{path}");
    }
    let own = site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Advocate)).await.json();
    assert_eq!(own, site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Delegate)).await.json());
    let cases = site.send(site.page("/zaken", Who::Delegate)).await.text();
    assert!(cases.contains("U werkt namens Test advocaat moeder, tot en met"), "{cases}");
    let hearings = site.send(site.page("/zittingen", Who::Delegate)).await.text();
    assert!(hearings.contains("combi-2026-demo-01"), "{hearings}");
}

#[rstest]
#[actix_web::test]
async fn the_receipt_the_court_and_the_log_say_who_handed_in_for_which_advocate(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (advocate, helper) = ("Test advocaat moeder", "Test medewerker van advocaat moeder");
    let kept = site.form("/zaken/{dossier}/veiligheidsinformatie/zitting", Who::Delegate, "wensen=Aparte+ingang");
    assert_eq!(site.send(kept).await.status, 303);
    let sent = site.send(site.form("/zaken/{dossier}/veiligheidsinformatie", Who::Delegate, "")).await;
    let receipt = site.send(site.page(sent.header("location").unwrap(), Who::Delegate)).await.text();
    let told = format!("<dd>{advocate}, advocaat</dd><dt>Door</dt><dd>{helper}, medewerker</dd>");
    assert!(receipt.contains(&told), "{receipt}");
    let own = site.send(site.page("/zaken/{dossier}/veiligheidsinformatie", Who::Advocate)).await.text();
    assert!(own.contains(&format!("namens {advocate} door {helper}")), "{own}");
    let court = site.send(site.page("/zaken/{dossier}/inzendingen", Who::Judge)).await.text();
    let told = format!("Ingediend door {helper} (medewerker), namens {advocate} (advocaat), op");
    assert!(court.contains(&told), "{court}");
    let other = site.send(site.api("GET", "/v1/dossiers/{dossier}/inzendingen", Who::OtherSide)).await;
    assert_eq!(other.json()["inzendingen"], json!([]));
    let seen = site.send(site.page("/zaken/{dossier}/toewijzingen", Who::Clerk)).await.text();
    assert!(seen.contains(&format!("ook {helper} (medewerker), namens deze advocaat tot en met")), "{seen}");
    let log = site.send(site.page("/log?zaak=combi-2026-demo-01&lezer=delegate", Who::Overseer)).await.text();
    let lines: Vec<&str> = log.split("<tr>").filter(|line| line.contains("<td>medewerker</td>")).collect();
    let why = format!("<td>Namens {advocate}, toegewezen als advocaat</td>");
    assert!(lines.len() >= 2 && lines.iter().all(|line| line.contains(&why)), "{log}");
    assert!(lines.iter().any(|line| line.contains("Heeft veiligheidsinformatie ingediend")), "{log}");
    let system = site.send(site.page("/log", Who::Overseer)).await.text();
    assert!(system.contains("Heeft een medewerker toegang gegeven tot de zaken van de eigen cliënten"), "{system}");
}

#[rstest]
#[actix_web::test]
async fn a_bundle_that_was_made_is_out_of_reach_once_the_right_has_ended(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let page = site.send(site.page("/zaken/{dossier}/bundel", Who::Delegate)).await.text();
    let hearing = page.split("<option value=\"2").nth(1).map(|rest| format!("2{}", rest.split('"').next().unwrap()));
    let fields = format!("zitting={}", hearing.expect("a hearing").replace('+', "%2B").replace("&#x2B;", "%2B"));
    let made = site.send(site.form("/zaken/{dossier}/bundel", Who::Delegate, &fields)).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let place = made.header("location").unwrap().to_owned();
    assert_eq!(site.send(site.page(&place, Who::Delegate)).await.status, 200);
    assert_eq!(site.send(site.page(&place, Who::Advocate)).await.status, 404, "a bundle is for who made it");
    let (id, _) = given(&site, Who::Advocate).await.remove(0);
    assert_eq!(site.send(site.api("DELETE", &format!("/v1/medewerkers/{id}"), Who::Advocate)).await.status, 204);
    for address in [place.clone(), format!("{place}/bestand")] {
        assert_eq!(site.send(site.page(&address, Who::Delegate)).await.status, 404, "{address}");
    }
}
