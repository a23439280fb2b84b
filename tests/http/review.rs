//! A document from draft to seal, by API and on screen, and the code on the paper.

use super::harness::{Site, Who};
use crate::support::Backend;
use rstest::rstest;
use serde_json::{Value, json};

/// Makes the gezag draft as the clerk; gives the path of its document under the API.
async fn gezag_draft(site: &Site) -> String {
    let call = site.api("POST", "/v1/dossiers/{dossier}/concepten", Who::Clerk).json(&json!({"soort": "gezag"}));
    let made = site.send(call).await;
    assert_eq!(made.status, 201, "{}", made.text());
    format!("concepten/{}/herziening/gezag", made.json()["id"].as_str().unwrap())
}

/// Changes that fill in every blank of the text.
pub(super) fn filled_in(paper: &Value) -> Vec<Value> {
    let blank =
        |text: &str| text.find("[in te vullen: ").map(|start| (start, start + text[start..].find(']').unwrap()));
    let filled = |item: &Value| {
        let mut text = item["tekst"].as_str()?.to_owned();
        blank(&text)?;
        while let Some((start, end)) = blank(&text) {
            text.replace_range(start..=end, "zoals op de zitting besproken");
        }
        let words =
            text.split_once(' ').filter(|(first, _)| first.contains('.')).map_or(text.as_str(), |(_, words)| words);
        Some(json!({"blok": item["blok"], "tekst": words}))
    };
    paper["alineas"].as_array().unwrap().iter().filter_map(filled).collect()
}

async fn step(site: &Site, path: &str, who: Who, after: i64, step: &str, more: Value) -> super::harness::Answer {
    let mut body = json!({"na_stap": after, "stap": step});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    site.send(site.api("POST", &format!("/v1/dossiers/{{dossier}}/{path}"), who).json(&body)).await
}

/// A sealed gezag decision with every blank filled in; gives the id of its draft.
pub async fn sealed_gezag(site: &Site) -> String {
    let draft = approved_gezag(site).await;
    let path = format!("concepten/{draft}/herziening/gezag");
    let answer = step(site, &path, Who::Clerk, 3, "verzegeld", json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    draft
}

/// The same, approved and not yet sealed.
pub async fn approved_gezag(site: &Site) -> String {
    let path = gezag_draft(site).await;
    let paper = site.send(site.api("GET", &format!("/v1/dossiers/{{dossier}}/{path}"), Who::Judge)).await.json();
    let steps = [
        (Who::Clerk, "gewijzigd", json!({"wijzigingen": filled_in(&paper)})),
        (Who::Clerk, "aangeboden", json!({})),
        (Who::Judge, "goedgekeurd", json!({})),
    ];
    for (after, (who, name, more)) in (0..).zip(steps) {
        let answer = step(site, &path, who, after, name, more).await;
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
    }
    path.split('/').nth(1).unwrap().to_owned()
}

#[rstest]
#[actix_web::test]
async fn a_document_goes_from_draft_to_seal_by_api(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    let path = gezag_draft(&site).await;
    let paper = site.send(site.api("GET", &format!("/v1/dossiers/{{dossier}}/{path}"), Who::Judge)).await.json();
    assert_eq!((paper["stand"].as_str(), paper["laatste_stap"].as_i64()), (Some("concept"), Some(0)));
    let paragraph =
        paper["alineas"].as_array().unwrap().iter().find(|item| item["tekst"].as_str().unwrap().starts_with("5.1 "));
    let place = paragraph.unwrap()["blok"].as_u64().unwrap();
    assert_eq!(step(&site, &path, Who::Clerk, 0, "aangeboden", json!({})).await.status, 200);
    step(&site, &path, Who::Clerk, 1, "goedgekeurd", json!({})).await.assert_problem(403, "forbidden");
    step(&site, &path, Who::Judge, 1, "teruggegeven", json!({})).await.assert_problem(422, "invalid_input");
    let returned = step(&site, &path, Who::Judge, 1, "teruggegeven", json!({"reden": "Het kader moet korter."})).await;
    assert_eq!(returned.json()["stand"], "teruggegeven");
    // The clerk still has the page of before: the other's step is shown, nothing is overwritten.
    let late = step(&site, &path, Who::Clerk, 1, "aangeboden", json!({})).await;
    let problem = late.assert_problem(409, "conflict");
    assert!(problem["detail"].as_str().unwrap().contains("Het kader moet korter."), "{problem}");
    let mut changes = filled_in(&paper);
    changes.push(json!({"blok": place, "tekst": "De rechtbank kan een ouder schorsen."}));
    let change = json!({"wijzigingen": changes});
    assert_eq!(step(&site, &path, Who::Clerk, 2, "gewijzigd", change).await.status, 200);
    assert_eq!(step(&site, &path, Who::Clerk, 3, "aangeboden", json!({})).await.status, 200);
    assert_eq!(step(&site, &path, Who::Judge, 4, "goedgekeurd", json!({})).await.json()["stand"], "goedgekeurd");
    let sealed = step(&site, &path, Who::Clerk, 5, "verzegeld", json!({})).await.json();
    assert_eq!(sealed["stand"], "verzegeld");
    // The file is the sealed text, and the code on it leads back to it, also without signing in.
    let file = format!("/v1/dossiers/{{dossier}}/{}", path.replace("herziening/gezag", "documenten/gezag.html"));
    let html = site.send(site.api("GET", &file, Who::Judge)).await.text();
    let code = sealed["controlecode"].as_str().unwrap();
    assert!(html.contains("De rechtbank kan een ouder schorsen.") && html.contains(code), "{code}");
    let archive = file.replace("gezag.html", "gezag-archief.pdf");
    let archive = site.send(site.api("GET", &archive, Who::Judge)).await;
    assert!(archive.status == 200 && archive.body.starts_with(b"%PDF-1.4"), "{}", archive.status);
    let found = site.send(site.api("GET", &format!("/v1/controle/{code}"), Who::Nobody)).await.json();
    assert_eq!((found["stand"].as_str(), found["geldende_tekst"].as_bool()), (Some("verzegeld"), Some(true)));
    assert_eq!(found["hash"], sealed["hash"]);
    site.send(site.api("GET", "/v1/controle/0000000000000000", Who::Nobody)).await.assert_problem(404, "not_found");
    let page = site.send(site.page(&format!("/controle?code={code}"), Who::Nobody)).await.text();
    assert!(page.contains("verzegelde tekst die nu geldt"), "{page}");
    for secret in ["Voorbeeld-Aarden", "Fictief-Zandman", "combi-2026-demo-01"] {
        assert!(!page.contains(secret) && !found.to_string().contains(secret), "the check tells {secret}");
    }
}

#[rstest]
#[actix_web::test]
async fn the_same_life_on_screen(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    let api = gezag_draft(&site).await;
    let path = format!("/zaken/{{dossier}}/{api}");
    let page = site.send(site.page(&path, Who::Clerk)).await.text();
    assert!(page.contains("Er is nog geen stap gezet") && page.contains("Aan de rechter aanbieden"), "{page}");
    let paper = site.send(site.api("GET", &format!("/v1/dossiers/{{dossier}}/{api}"), Who::Clerk)).await.json();
    let filled = step(&site, &api, Who::Clerk, 0, "gewijzigd", json!({"wijzigingen": filled_in(&paper)})).await;
    assert_eq!(filled.status, 200, "{}", filled.text());
    let offered = site.send(site.form(&path, Who::Clerk, "na_stap=1&stap=aangeboden")).await;
    assert_eq!(offered.status, 303, "{}", offered.text());
    let page = site.send(site.page(&path, Who::Judge)).await.text();
    assert!(page.contains("Goedkeuren") && page.contains("Aangeboden aan de rechter"), "{page}");
    // It waits on the list of everyone at work on the case, and on nobody else's.
    let link = format!("href=\"{}\"", path.replace("{dossier}", &site.dossier));
    for who in [Who::Judge, Who::FamilyJudge, Who::Clerk] {
        let list = site.send(site.page("/werk", who)).await.text();
        let line = list.split("<tr>").find(|line| line.contains(&link)).unwrap_or_else(|| panic!("{who:?}: {list}"));
        assert!(line.contains("combi-2026-demo-01") && line.contains("de rechter: goedkeuren of teruggeven"), "{line}");
    }
    let other = site.send(site.page("/werk", Who::OtherJudge)).await.text();
    assert!(other.contains("geen document dat is aangeboden") && !other.contains("combi-2026"), "{other}");
    let stale = site.send(site.form(&path, Who::Judge, "na_stap=0&stap=goedgekeurd")).await;
    assert!(stale.status == 409 && stale.text().contains("intussen door een ander"), "{}", stale.text());
    let approved = site.send(site.form(&path, Who::Judge, "na_stap=2&stap=goedgekeurd")).await;
    assert_eq!(approved.status, 303, "{}", approved.text());
    let page = site.send(site.page(&path, Who::Judge)).await.text();
    assert!(page.contains("Verzegelen") && page.contains("Goedgekeurd"), "{page}");
    let waits = site.send(site.page("/werk", Who::Clerk)).await.text();
    assert!(waits.contains(">verzegelen</td>"), "{waits}");
    let sealed = site.send(site.form(&path, Who::Clerk, "na_stap=3&stap=verzegeld")).await;
    assert_eq!(sealed.status, 303, "{}", sealed.text());
    for who in [Who::Judge, Who::Clerk] {
        let done = site.send(site.page("/werk", who)).await.text();
        assert!(done.contains("geen document dat is aangeboden"), "{who:?}: {done}");
    }
}

#[rstest]
#[actix_web::test]
async fn a_judge_sees_no_document_waiting_of_a_domain_in_which_they_do_not_sit(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let call = site.api("POST", "/v1/dossiers/{dossier}/concepten", Who::Judge).json(&json!({"soort": "huisverbod"}));
    let made = site.send(call).await;
    let draft = made.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    for file in made.json()["bestanden"].as_array().unwrap() {
        let name = file.as_str().unwrap().rsplit('/').next().unwrap().split('.').next().unwrap();
        let path = format!("concepten/{draft}/herziening/{name}");
        let offered = step(&site, &path, Who::Clerk, 0, "aangeboden", json!({})).await;
        assert!(matches!(offered.status, 200 | 409), "{}", offered.text());
    }
    let of = async |who| site.send(site.page("/werk", who)).await.text();
    assert!(of(Who::Judge).await.contains(&draft) && of(Who::Clerk).await.contains(&draft));
    // Who made it cannot approve it, and everyone who waits is told so.
    assert!(of(Who::Judge).await.contains("een andere rechter, omdat u het maakte: goedkeuren of teruggeven"));
    assert!(of(Who::Clerk).await.contains("een andere rechter dan "), "{}", of(Who::Clerk).await);
    assert!(!of(Who::FamilyJudge).await.contains(&draft), "the huisverbod is also about administrative law");
    // One document a page gives the same list.
    let whole = of(Who::Clerk).await.matches("/herziening/").count();
    let clerk = site.app.identity.authenticate(&site.token(Who::Clerk).unwrap()).unwrap().actor;
    let (mut count, mut after) = (0, None::<(String, String)>);
    loop {
        let place = after.as_ref().map(|(draft, document)| (draft.as_str(), document.as_str()));
        let (page, next) = site.app.drafts.waiting(&clerk, place, 1).unwrap();
        count += page.len();
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(count, whole);
    assert_eq!(site.send(site.page("/werk?na=x", Who::Clerk)).await.status, 400);
}

#[actix_web::test]
async fn a_gap_leads_to_its_paragraph_and_the_text_that_stands_there_is_put_ready_without_scripts() {
    let site = Site::new(Backend::Sqlite);
    let api = gezag_draft(&site).await;
    let path = format!("/zaken/{{dossier}}/{api}");
    let page = site.send(site.page(&path, Who::Clerk)).await.text();
    // What holds back approval links to its place; no place is chosen beforehand.
    let (_, open) = page.split_once("Wat goedkeuren nog tegenhoudt").unwrap();
    let link = open.split("?alinea&#x3D;").nth(1).or_else(|| open.split("?alinea=").nth(1)).unwrap();
    let place = link.split('#').next().unwrap();
    let (_, form) = page.split_once("name=\"blok\"").unwrap();
    assert!(!form.split("</select>").next().unwrap().contains(" selected"), "nothing is chosen beforehand");
    // The link, and the button for who has no scripts, bring the text; what was typed as a reason stays.
    let chosen = site.send(site.page(&format!("{path}?alinea={place}"), Who::Clerk)).await.text();
    let fetched = format!("na_stap=0&stap=gewijzigd&reden=Verschrijving&blok={place}&tekst=&actie=ophalen");
    let fetched = site.send(site.form(&path, Who::Clerk, &fetched)).await;
    assert_eq!(fetched.status, 200);
    let fetched = fetched.text();
    for page in [&chosen, &fetched] {
        let (_, area) = page.split_once("name=\"tekst\"").unwrap();
        assert!(area.split("</textarea>").next().unwrap().contains("[in te vullen: "), "{area}");
        assert!(page.contains("value=\"gewijzigd\" checked"), "who chose a place came to change its text");
    }
    assert!(fetched.contains(">Verschrijving</textarea>"), "{fetched}");
    let after = site.send(site.page(&path, Who::Clerk)).await.text();
    assert!(after.contains("Er is nog geen stap gezet"), "fetching a text is no step");
}

#[actix_web::test]
async fn what_was_filled_in_before_is_taken_over_with_one_button_and_only_what_was_chosen() {
    let site = Site::new(Backend::Sqlite);
    let first = format!("/zaken/{{dossier}}/{}", gezag_draft(&site).await);
    let page = site.send(site.page(&first, Who::Clerk)).await.text();
    let (_, open) = page.split_once("Wat goedkeuren nog tegenhoudt").unwrap();
    assert!(!open.contains("moet nog worden ingevuld: "), "what every line would begin with is said once");
    let link = open.split("?alinea&#x3D;").nth(1).or_else(|| open.split("?alinea=").nth(1)).unwrap();
    let place = link.split('#').next().unwrap();
    let fills = format!("na_stap=0&stap=gewijzigd&blok={place}&tekst=Zoals+besproken+op+de+zitting.");
    assert_eq!(site.send(site.form(&first, Who::Clerk, &fills)).await.status, 303);
    let second = gezag_draft(&site).await;
    let draft = format!("/zaken/{{dossier}}/{}", second.strip_suffix("/herziening/gezag").unwrap());
    let page = site.send(site.page(&draft, Who::Clerk)).await.text();
    let offered = page.split("Eerder ingevuld in").nth(1).unwrap();
    assert!(offered.contains("Zoals besproken op de zitting.") && offered.contains(&format!("value=\"{place}\"")));
    // Without a choice nothing happens; a place where nothing was filled in is no choice.
    for none in ["", "&plaats=9999"] {
        let sent = site.send(site.form(&draft, Who::Clerk, &format!("naam=gezag&na_stap=0{none}"))).await;
        assert!(sent.status == 303 && !sent.header("location").unwrap().contains("overgenomen"));
    }
    let taken = format!("naam=gezag&na_stap=0&plaats={place}");
    let sent = site.send(site.form(&draft, Who::Clerk, &taken)).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let page = site.send(site.page(&format!("{draft}?overgenomen=ja"), Who::Clerk)).await.text();
    assert!(page.contains("Overgenomen, als wijziging op uw naam.") && !page.contains("Eerder ingevuld in"), "{page}");
    let life = site.send(site.page(&format!("{draft}/herziening/gezag"), Who::Clerk)).await.text();
    assert!(life.contains("Zoals besproken op de zitting.") && life.contains("Gewijzigd"), "{life}");
    assert_eq!(site.send(site.form(&draft, Who::Advocate, &taken)).await.status, 403);
    assert_eq!(site.send(site.form(&draft, Who::OtherJudge, &taken)).await.status, 404);
}

#[actix_web::test]
async fn the_list_of_drafts_says_where_each_of_them_stands() {
    let site = Site::new(Backend::Sqlite);
    let list = async || site.send(site.page("/zaken/{dossier}/concepten", Who::Clerk)).await.text();
    gezag_draft(&site).await;
    assert_eq!(list().await.matches("<td>Concept</td>").count(), 1);
    approved_gezag(&site).await;
    let both = list().await;
    assert_eq!(
        (both.matches("<td>Concept</td>").count(), both.matches("<td>Goedgekeurd</td>").count()),
        (1, 1),
        "{both}"
    );
}

#[rstest]
#[actix_web::test]
async fn the_annex_stays_out_of_the_sealed_decision_and_in_the_file_unless_it_is_kept(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    const ANNEX: &str = "Bijlage: verantwoording";
    for kept in [false, true] {
        let site = Site::new(backend);
        let draft = approved_gezag(&site).await;
        let life = format!("/zaken/{{dossier}}/concepten/{draft}/herziening/gezag");
        let file = |name: &str| format!("/v1/dossiers/{{dossier}}/concepten/{draft}/documenten/{name}");
        let before = site.send(site.page(&life, Who::Clerk)).await.text();
        assert!(before.contains("name=\"bijlage_behouden\""), "{before}");
        assert_eq!(site.send(site.api("GET", &file("gezag-bijlage.pdf"), Who::Clerk)).await.status, 404, "not sealed");
        let choice = if kept { "&bijlage_behouden=true" } else { "" };
        let sealed = site.send(site.form(&life, Who::Clerk, &format!("na_stap=3&stap=verzegeld{choice}"))).await;
        assert_eq!(sealed.status, 303, "{}", sealed.text());
        let decision = site.send(site.api("GET", &file("gezag.html"), Who::Judge)).await.text();
        assert_eq!(decision.contains(ANNEX), kept, "{decision}");
        let after = site.send(site.page(&life, Who::Clerk)).await.text();
        assert_eq!(after.contains("gezag-bijlage.pdf"), !kept, "{after}");
        let annex = site.send(site.api("GET", &file("gezag-bijlage.pdf"), Who::Clerk)).await;
        assert_eq!(annex.status, if kept { 404 } else { 200 });
        assert!(kept || annex.body.starts_with(b"%PDF"));
        let log = site.send(site.page("/log?dossier={dossier}", Who::Overseer)).await.text();
        let told = if kept { "bevestigd: met bijlage" } else { "bevestigd: zonder bijlage" };
        assert!(log.contains(told), "{log}");
    }
}
