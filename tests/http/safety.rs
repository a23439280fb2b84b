//! Safety information in questions: one thing a page, stopped at any of them, looked at once more, handed in.

use super::harness::{Site, Who};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

const START: &str = "/zaken/{dossier}/veiligheidsinformatie";

fn page(question: &str) -> String {
    format!("{START}/{question}")
}

async fn text(site: &Site, path: &str, who: Who) -> String {
    let answer = site.send(site.page(path, who)).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text()
}

/// Sends a page and gives the key of the page to which it leads.
async fn goes_to(site: &Site, question: &str, fields: &str) -> String {
    let answer = site.send(site.form(&page(question), Who::Advocate, fields)).await;
    assert_eq!(answer.status, 303, "{question}: {}", answer.text());
    answer.header("location").unwrap().rsplit('/').next().unwrap().to_owned()
}

async fn handed_in(site: &Site) -> Value {
    let list = site.send(site.api("GET", "/v1/dossiers/{dossier}/inzendingen", Who::Clerk)).await.json();
    list["inzendingen"].as_array().unwrap().last().map(|item| item["inhoud"].clone()).unwrap_or(Value::Null)
}

#[rstest]
#[actix_web::test]
async fn an_advocate_answers_page_after_page_looks_at_all_of_it_and_hands_it_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let start = text(&site, START, Who::Advocate).await;
    let first = start.find("/veiligheidsinformatie/adres\"").expect("the address is asked");
    assert!(first < start.find("/veiligheidsinformatie/gebeurtenissen\"").unwrap(), "and asked first");
    assert!(start.contains("Beginnen") && start.contains("Nog niet bekeken"), "{start}");
    let address = text(&site, &page("adres"), Who::Advocate).await;
    assert!(address.contains("wordt niet meer geheim") && address.contains("Nog niet besproken"), "{address}");
    assert!(!address.contains("name=\"wensen\"") && address.contains("href=\"/weg\""), "{address}");

    assert_eq!(goes_to(&site, "adres", "adres_afschermen=true&actie=verder").await, "gebeurtenissen");
    let event = "zorgen/aantal=1&zorgen/0/soort=threat&zorgen/0/wanneer=gisteren&zorgen/0/omschrijving=Er+is+gebeld";
    assert_eq!(goes_to(&site, "gebeurtenissen", &format!("{event}&actie=nog")).await, "gebeurtenissen?nog=ja");
    let events = text(&site, &page("gebeurtenissen"), Who::Advocate).await;
    assert!(events.contains("Er is gebeld") && events.contains("name=\"zorgen/1/soort\""), "room for the next one");
    assert_eq!(goes_to(&site, "gebeurtenissen", event).await, "maatregelen");
    assert_eq!(goes_to(&site, "maatregelen", "maatregelen=Contactverbod%0D%0AOma+haalt").await, "zitting");
    let statement = goes_to(&site, "zitting", "apart_horen=false&wensen=Een+eigen+wachtruimte").await;
    assert_eq!(statement, "antwoord-st-duw-vader");
    let said = text(&site, &page(&statement), Who::Advocate).await;
    assert!(said.contains("vlakke hand in het gezicht") && said.contains("Bas Fictief-Zandman stelt"), "{said}");
    let mut next = goes_to(&site, &statement, "antwoord=disputes&toelichting=Het+was+andersom").await;
    while next != "controleren" {
        next = goes_to(&site, &next, "antwoord=").await;
    }

    let check = text(&site, &page("controleren"), Who::Advocate).await;
    for shown in ["Er is gebeld", "Oma haalt", "Een eigen wachtruimte", "Betwist: Het was andersom"] {
        assert!(check.contains(shown), "{shown}: {check}");
    }
    assert!(check.contains("Wijzig") && check.contains("/zitting?terug&#x3D;controle"), "{check}");
    let changed = goes_to(&site, "zitting", "apart_horen=true&wensen=Een+andere+ingang&terug=controle").await;
    assert_eq!(changed, "controleren");
    assert_eq!(handed_in(&site).await, Value::Null, "nothing is handed in before the last page");
    let sent = site.send(site.form(START, Who::Advocate, "")).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let receipt = text(&site, sent.header("location").unwrap(), Who::Advocate).await;
    let list = site.send(site.api("GET", "/v1/dossiers/{dossier}/inzendingen", Who::Advocate)).await.json();
    let hash = list["inzendingen"][0]["ontvangst"]["hash"].as_str().unwrap().to_owned();
    assert!(receipt.contains(&hash) && receipt.contains("Ontvangen op"), "{receipt}");
    assert!(
        receipt.contains(">Aanvullen<") && !receipt.contains("Nog niet bekeken"),
        "what was kept is gone: {receipt}"
    );
    let expected = json!({
        "concerns": [{"kind": "threat", "when": "gisteren", "description": "Er is gebeld", "children": [], "documents": []}],
        "measures": ["Contactverbod", "Oma haalt"], "hide_address": true, "heard_apart": true,
        "wishes": "Een andere ingang",
        "answers": [{"about": "st-duw-vader", "stance": "disputes", "content": "Het was andersom"}],
    });
    assert_eq!(handed_in(&site).await, expected);
    let court = text(&site, "/zaken/{dossier}/inzendingen", Who::Judge).await;
    for shown in
        ["Er is gebeld", "Oma haalt", "Apart horen</dt><dd>Ja", "Een andere ingang", "Betwist: Het was andersom"]
    {
        assert!(court.contains(shown), "{shown}: {court}");
    }
    // Later the receipt is found again, with what was sent and where it stands.
    let later = text(&site, START, Who::Advocate).await;
    let number = list["inzendingen"][0]["ontvangst"]["ontvangstnummer"].as_str().unwrap();
    assert!(later.contains(&hash) && later.contains("Nog niet opgenomen in het dossier"), "{later}");
    let found = text(&site, &format!("{START}?ontvangst={number}"), Who::Advocate).await;
    assert!(found.contains("Een andere ingang") && found.contains(&hash), "{found}");
    let other = text(&site, &format!("{START}?ontvangst={number}"), Who::OtherSide).await;
    assert!(!other.contains("Een andere ingang") && !other.contains(&hash), "{other}");
    let again = site.send(site.form(START, Who::Advocate, "")).await;
    assert_eq!(again.status, 422, "the same is not handed in twice");
}

#[rstest]
#[actix_web::test]
async fn one_stops_at_any_page_and_goes_on_and_the_other_side_sees_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let half = "zorgen/aantal=1&zorgen/0/soort=&zorgen/0/omschrijving=Halverwege+de+zin&actie=bewaren";
    assert_eq!(goes_to(&site, "gebeurtenissen", half).await, "veiligheidsinformatie");
    let start = text(&site, START, Who::Advocate).await;
    assert!(start.contains("Niet af"), "{start}");
    assert!(text(&site, &page("gebeurtenissen"), Who::Advocate).await.contains("Halverwege de zin"));
    assert!(text(&site, "/zaken/{dossier}", Who::Advocate).await.contains("Nog niet af"));
    for path in [START.to_owned(), page("gebeurtenissen"), page("controleren"), "/zaken/{dossier}".to_owned()] {
        let other = text(&site, &path, Who::OtherSide).await;
        assert!(!other.contains("Halverwege") && !other.contains("Niet af"), "{path}: {other}");
    }
    let check = text(&site, &page("controleren"), Who::Advocate).await;
    assert!(check.contains("hier ontbreekt nog iets") && !check.contains(">Indienen<"), "{check}");
    let refused = site.send(site.form(START, Who::Advocate, "")).await;
    assert_eq!((refused.status, handed_in(&site).await), (422, Value::Null));
}

#[rstest]
#[actix_web::test]
async fn what_is_missing_is_told_at_its_field_and_no_is_an_answer_where_nothing_is_not(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let empty = "zorgen/aantal=1&zorgen/0/soort=threat&zorgen/0/omschrijving=";
    let told = site.send(site.form(&page("gebeurtenissen"), Who::Advocate, empty)).await;
    assert_eq!(told.status, 422);
    let told = told.text();
    assert!(
        told.contains("href=\"#zorgen/0/omschrijving\"") && told.contains("id=\"zorgen/0/omschrijving-fout\""),
        "{told}"
    );
    let long = format!("zorgen/aantal=1&zorgen/0/soort=threat&zorgen/0/omschrijving={}", "a".repeat(5001));
    let told = site.send(site.form(&page("gebeurtenissen"), Who::Advocate, &long)).await;
    assert!(told.status == 422 && told.text().contains("ten hoogste 5000 tekens"), "{}", told.text());
    goes_to(&site, "adres", "adres_afschermen=false").await;
    goes_to(&site, "zitting", "apart_horen=&wensen=").await;
    assert_eq!(site.send(site.form(START, Who::Advocate, "")).await.status, 303);
    let given = handed_in(&site).await;
    assert_eq!((&given["hide_address"], &given["heard_apart"]), (&json!(false), &Value::Null));
}

#[rstest]
#[actix_web::test]
async fn a_statement_that_the_client_may_not_read_cannot_be_answered(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let his = site.send(site.page(&page("controleren"), Who::OtherSide)).await.text();
    assert!(his.contains("Hier nog geen antwoord op") && his.contains("Anna Voorbeeld-Aarden stelt"), "{his}");
    let hers = site.send(site.page(&page("controleren"), Who::Advocate)).await.text();
    assert!(!hers.contains("luidspreker aan"), "a sister is not the other side: {hers}");
    // Her own statement, one that is not there, and a page that is not there look the same.
    for key in ["antwoord-st-vernieling-moeder", "antwoord-bestaat-niet", "bestaat-niet"] {
        assert_eq!(site.send(site.page(&page(key), Who::Advocate)).await.status, 404, "{key}");
        let sent = site.send(site.form(&page(key), Who::Advocate, "antwoord=admits")).await;
        assert_eq!(sent.status, 404, "{key}");
    }
}

#[rstest]
#[actix_web::test]
async fn the_court_reads_of_an_event_everything_that_the_advocate_looked_at(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let event = "zorgen/aantal=1&zorgen/0/soort=threat&zorgen/0/wanneer=gisteren&zorgen/0/omschrijving=Er+is+gebeld\
                 &zorgen/0/kinderen=noor&zorgen/0/stukken=Foto+van+de+deur";
    goes_to(&site, "gebeurtenissen", event).await;
    let check = text(&site, &page("controleren"), Who::Advocate).await;
    assert_eq!(site.send(site.form(START, Who::Advocate, "")).await.status, 303);
    for who in [Who::Clerk, Who::Judge] {
        let court = text(&site, "/zaken/{dossier}/inzendingen", who).await;
        for shown in ["1. Bedreiging, gisteren", "Kinderen erbij: Noor Fictief-Zandman", "Stukken: Foto van de deur"] {
            assert!(check.contains(shown) && court.contains(shown), "{shown}: {court}");
        }
    }
}

const ADDRESS: &str = "adres_afschermen=true&adres/regel=Merelkwetterlaan+9&adres/postcode=9991+QQ\
                       &adres/plaats=Merelveld&adres/land=Belgi%C3%AB&adres/client=true&adres/kinderen=noor";

#[rstest]
#[actix_web::test]
async fn an_advocate_hands_in_the_secret_address_in_its_own_field_and_the_clerk_takes_it_over_as_secret(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    goes_to(&site, "adres", ADDRESS).await;
    let told = site.send(site.form(&page("zitting"), Who::Advocate, "wensen=Bel+niet+aan+de+merelkwetterlaan")).await;
    assert!(told.status == 422 && told.text().contains("In deze tekst staat een adres"), "{}", told.text());
    goes_to(&site, "zitting", "wensen=Een+andere+ingang").await;
    let check = text(&site, &page("controleren"), Who::Advocate).await;
    assert!(check.contains("Merelkwetterlaan 9, 9991 QQ, Merelveld, België"), "{check}");
    assert_eq!(site.send(site.form(START, Who::Advocate, "")).await.status, 303);

    for who in [Who::Clerk, Who::Judge] {
        let court = text(&site, "/zaken/{dossier}/inzendingen", who).await;
        assert!(court.contains("Merelkwetterlaan 9") && court.contains("Wie daar verblijft"), "{court}");
        assert_eq!(court.contains("Adres in het dossier opnemen"), who == Who::Clerk);
    }
    let list = site.send(site.api("GET", "/v1/dossiers/{dossier}/inzendingen", Who::Clerk)).await.json();
    let number = list["inzendingen"][0]["ontvangst"]["ontvangstnummer"].as_str().unwrap();
    let take = format!("stuk={number}&versie=1&actie=adres");
    let taken = site.send(site.form("/zaken/{dossier}/inzendingen", Who::Clerk, &take)).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let told = text(&site, taken.header("location").unwrap(), Who::Clerk).await;
    assert!(told.contains("Het is afgeschermd: alleen rechter, griffier"), "{told}");
    let whole = site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Clerk)).await.json();
    for person in [0, 2] {
        let address = whole["persons"][person]["addresses"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&address["line"], &address["secrecy"]), (&json!("Merelkwetterlaan 9"), &json!("secret")));
        assert_eq!(address["country"], "België");
    }
    let court = text(&site, "/zaken/{dossier}/inzendingen", Who::Clerk).await;
    assert!(!court.contains("Adres in het dossier opnemen"), "it is there once: {court}");
    for place in
        ["/zaken/{dossier}", START, "/zaken/{dossier}/zoeken?woorden=Merelkwetterlaan", "/zaken/{dossier}/tijdlijn"]
    {
        let other = text(&site, place, Who::OtherSide).await;
        assert!(!other.replace("value=\"Merelkwetterlaan\"", "").contains("Merelkwetter"), "{place}: {other}");
    }
}

#[rstest]
#[actix_web::test]
async fn a_text_in_the_same_request_as_the_address_may_not_hold_it_and_an_address_needs_a_street(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let path = "/v1/dossiers/{dossier}/veiligheidsinformatie";
    let given = json!({"adres": {"regel": "Merelkwetterlaan 9"}, "wensen": "Niet naar Merelkwetterlaan 9."});
    let refused = site.send(site.api("POST", path, Who::Advocate).json(&given)).await;
    assert_eq!((refused.status, &refused.json()["problemen"][0]["pointer"]), (422, &json!("/wensen")));
    let empty = json!({"adres": {"regel": ""}});
    assert_eq!(site.send(site.api("POST", path, Who::Advocate).json(&empty)).await.status, 422);
    let sent =
        site.send(site.api("POST", path, Who::Advocate).json(&json!({"adres": {"regel": "Merelkwetterlaan 9"}}))).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    let address = handed_in(&site).await["address"].clone();
    assert_eq!(address["persons"], json!(["moeder"]), "the client stays there when nothing else is said");
}

#[rstest]
#[actix_web::test]
async fn what_is_handed_in_begins_shielded_where_it_is_taken_over_unless_the_advocate_said_otherwise(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let promise = "tenzij het is afgeschermd";
    let start = text(&site, START, Who::Advocate).await;
    assert!(start.contains(promise) && !start.contains("de andere partij ziet haar niet"), "{start}");
    let asked = text(&site, &page("gebeurtenissen"), Who::Advocate).await;
    assert!(asked.contains(promise) && asked.contains("afgeschermd blijven?"), "{asked}");
    let given = json!({
        "zorgen": [
            {"soort": "threat", "omschrijving": "Er is gebeld", "afschermen": true, "afschermen_waarom": "Hij weet dit niet"},
            {"soort": "threat", "omschrijving": "Er is geroepen", "afschermen": false},
            {"soort": "threat", "omschrijving": "Er is geschreven"},
        ],
        "antwoorden": [{"over": "st-duw-vader", "antwoord": "disputes", "afschermen": true}],
    });
    let path = "/v1/dossiers/{dossier}/veiligheidsinformatie";
    let sent = site.send(site.api("POST", path, Who::Advocate).json(&given)).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    let number = sent.json()["ontvangstnummer"].as_str().unwrap().to_owned();
    let receipt = text(&site, &format!("{START}?ontvangst={number}"), Who::Advocate).await;
    assert_eq!(receipt.matches(promise).count(), 2, "the same before and after: {receipt}");
    let court = text(&site, "/zaken/{dossier}/inzendingen", Who::Clerk).await;
    assert!(court.contains("Afschermen voor de andere partij: ja. Waarom: Hij weet dit niet"), "{court}");
    assert!(court.contains("niet gezegd; daarom wel") && court.contains("Antwoord 1 overnemen"), "{court}");

    let form = |place: &str| format!("/zaken/{{dossier}}/onderdelen/gebeurtenissen/{place}");
    for (event, shielded) in [(1, true), (2, false), (3, true)] {
        let path = form(&format!("nieuw?uit={number}&gebeurtenis={event}"));
        let page = text(&site, &path, Who::Clerk).await;
        let ticked =
            "name=\"restriction/withheld_from\" id=\"restriction/withheld_from=vader\" value=\"vader\" checked";
        assert_eq!(page.contains(ticked), shielded, "{event}: {page}");
        assert!(page.contains("Dit is overgenomen uit wat is ingediend"), "{page}");
    }
    let court = court.replace("&#x3D;", "=").replace("&amp;", "&");
    let link = court.split("href=\"").find(|rest| rest.contains("&antwoord=1\"")).unwrap().split('"').next().unwrap();
    let page = text(&site, link, Who::Clerk).await;
    assert!(page.contains("restriction/withheld_from=vader\" value=\"vader\" checked"), "{page}");
    let refused = site.send(site.page(&form(&format!("nieuw?uit={number}&gebeurtenis=9")), Who::Clerk)).await;
    assert_eq!(refused.status, 404);
}
