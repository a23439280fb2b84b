//! What people come to do, from begin to end.

use super::harness::{Site, Who};
use crate::support::Backend;
use crate::support::families::{DEMO_FILE, demo_with};
use rstest::rstest;
use serde_json::json;

#[rstest]
#[actix_web::test]
async fn every_page_of_the_site_opens_for_who_it_is_meant_for(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for (path, who, word) in [
        ("/zaken", Who::Judge, "combi-2026-demo-01"),
        ("/zaken", Who::OtherJudge, "nog geen zaken"),
        ("/zittingen", Who::Advocate, "combi-2026-demo-01"),
        ("/termijnen", Who::Judge, "combi-2026-demo-01"),
        ("/werk", Who::Clerk, "Alles wat in uw zaken is ingediend"),
        ("/zaken/{dossier}", Who::Judge, "Wat geldt op 17 november 2026"),
        ("/zaken/{dossier}?peildatum=2026-12-31", Who::Judge, "Wat geldt op 31 december 2026"),
        ("/zaken/{dossier}/tijdlijn", Who::Judge, "<svg"),
        ("/zaken/{dossier}/tijdlijn", Who::Judge, "niet gedekt vanaf 10 februari 2027"),
        ("/zaken/{dossier}/tijdlijn?periode=alles", Who::Judge, "van 1 januari 2019"),
        ("/zaken/{dossier}/tijdlijn?periode=kort", Who::Advocate, "Dezelfde gegevens als tabel"),
        ("/zaken/{dossier}/tijdlijn", Who::Advocate, "Alle feiten op volgorde"),
        ("/zaken/{dossier}/bevindingen", Who::Judge, "Vragen voor de zitting"),
        ("/zaken/{dossier}/bevindingen", Who::Judge, "niet geverifieerd"),
        ("/zaken/{dossier}/bevindingen", Who::Judge, "Te vragen aan"),
        ("/zaken/{dossier}/bevindingen", Who::FamilyJudge, "Bas Fictief-Zandman tegenover Anna Voorbeeld-Aarden"),
        ("/zaken/{dossier}/bevindingen", Who::FamilyJudge, "Andere verklaringen blijven open"),
        ("/zaken/{dossier}/conflicten", Who::Judge, "Mogelijke uitwegen"),
        ("/zaken/{dossier}/conflicten", Who::Advocate, "Termijnen"),
        ("/zaken/{dossier}/concepten", Who::Judge, "Concept maken"),
        ("/zaken/{dossier}/inzendingen", Who::Judge, "nog niets ingediend"),
        ("/zaken/{dossier}/veiligheidsinformatie", Who::Advocate, "Namens Anna Voorbeeld-Aarden"),
        ("/zaken/{dossier}/toewijzingen", Who::Clerk, "voor Bas Fictief-Zandman"),
        ("/zaken/{dossier}/bijwerken", Who::Clerk, "&quot;reference&quot;"),
        ("/zaken/nieuw", Who::Clerk, "type=\"file\""),
        ("/leveringen", Who::Partner, "combi-2026-demo-01"),
        ("/log", Who::Overseer, "Heeft zich aangemeld"),
        ("/log?dossier={dossier}", Who::Overseer, "Heeft het dossier aangelegd"),
        ("/log?dossier={dossier}", Who::Overseer, "Test griffier van de zaak (clerk)"),
        ("/log?zaak=combi-2026-demo-01&lezer=CLERK", Who::Overseer, "Wat deze gebruiker in deze zaak deed"),
        ("/log?lezer=clerk", Who::Overseer, "Wat deze gebruiker deed, in alle zaken"),
        ("/log?lezer=clerk&zaak=combi", Who::Overseer, "Er is geen zaak met dit kenmerk"),
        ("/log?lezer=niemand", Who::Overseer, "Er is geen gebruiker met deze gebruikersnaam"),
        ("/gebruikers", Who::Administrator, "Gebruiker toevoegen"),
        ("/toewijzingen?zaak=combi-2026-demo-01", Who::Administrator, "Test griffier van de zaak"),
        ("/toewijzingen?zaak=bestaat-niet", Who::Administrator, "Er is geen zaak met dit kenmerk"),
        ("/inrichting", Who::Administrator, "Er is 1 zaak, de oudste van"),
        ("/inrichting", Who::Overseer, "Dertig dagen na de laatste wijziging"),
        ("/zaken/{dossier}/mogelijkheden", Who::Judge, "Wat ertegen pleit"),
        ("/account", Who::Partner, "ketenpartner"),
        ("/aanmelden", Who::Nobody, "Wachtwoord"),
        ("/toegankelijkheid", Who::Nobody, "De toets vond geen gebreken"),
    ] {
        let answer = site.send(site.page(path, who)).await;
        assert_eq!(answer.status, 200, "{path} {who:?}: {}", answer.text());
        let text = answer.text();
        assert!(text.contains(word), "{path} {who:?} lacks {word}:\n{text}");
        for needed in ["<html lang=\"nl\">", "<h1>", "class=\"skip\"", "<main id=\"inhoud\""] {
            assert!(text.contains(needed), "{path} lacks {needed}");
        }
        let text = text.replace(super::harness::OWN_SCRIPT, "");
        assert!(!text.contains("style=\"") && !text.contains("<script"), "{path} needs no inline style or script");
    }
}

#[rstest]
#[actix_web::test]
async fn an_advocate_hands_in_safety_information_and_the_court_reads_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let event = "zorgen/aantal=1&zorgen/0/soort=threat&zorgen/0/omschrijving=Er+is+gedreigd+%3Cb%3E";
    for (question, fields) in
        [("adres", "adres_afschermen=true"), ("gebeurtenissen", event), ("zitting", "wensen=Aparte+ingang")]
    {
        let path = format!("/zaken/{{dossier}}/veiligheidsinformatie/{question}");
        let kept = site.send(site.form(&path, Who::Advocate, fields)).await;
        assert_eq!(kept.status, 303, "{}", kept.text());
    }
    let before = site.send(site.page("/zaken/{dossier}/inzendingen", Who::Clerk)).await.text();
    assert!(before.contains("nog niets ingediend"), "{before}");
    let sent = site.send(site.form("/zaken/{dossier}/veiligheidsinformatie", Who::Advocate, "")).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let receipt = site.send(site.page(sent.header("location").unwrap(), Who::Advocate)).await.text();
    assert!(receipt.contains("Ontvangstnummer") && receipt.contains("Controlegetal"), "{receipt}");
    let court = site.send(site.page("/zaken/{dossier}/inzendingen", Who::Clerk)).await.text();
    assert!(court.contains("Er is gedreigd &lt;b&gt;") && court.contains("Aparte ingang"), "{court}");
    let other = site.send(site.api("GET", "/v1/dossiers/{dossier}/inzendingen", Who::OtherSide)).await;
    assert_eq!(other.json()["inzendingen"], json!([]));
    // It waits for the clerk until it is said to stand in the dossier, which is said once.
    let work = site.send(site.page("/werk", Who::Clerk)).await.text();
    assert!(work.contains("Veiligheidsinformatie in combi-2026-demo-01"), "{work}");
    assert!(!work.contains("gedreigd"), "the list tells no content: {work}");
    let handed_in = court.split("name=\"stuk\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let take = site.form("/zaken/{dossier}/inzendingen", Who::Clerk, &format!("stuk={handed_in}"));
    let taken = site.send(take.clone()).await;
    assert!(taken.header("location").unwrap().ends_with("?opgenomen=ja"), "{}", taken.text());
    let court = site.send(site.page(taken.header("location").unwrap(), Who::Clerk)).await.text();
    assert!(court.contains("Opgenomen in versie 1") && !court.contains("name=\"stuk\""), "{court}");
    let work = site.send(site.page("/werk", Who::Clerk)).await.text();
    assert!(work.contains("Alles wat in uw zaken is ingediend"), "{work}");
    assert_eq!(site.send(take).await.status, 422);
    let judge = site.send(site.page("/zaken/{dossier}/inzendingen", Who::Judge)).await.text();
    assert!(!judge.contains("name=\"stuk\""), "{judge}");
    let empty = site.send(site.form("/zaken/{dossier}/veiligheidsinformatie", Who::Advocate, "")).await;
    assert!(empty.status == 422 && empty.text().contains("ten minste één onderdeel"), "{}", empty.text());
}

#[rstest]
#[actix_web::test]
async fn a_clerk_brings_a_dossier_in_by_file_and_sees_all_problems_of_a_bad_one(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let token = site.csrf(&site.token(Who::Clerk).unwrap());
    let upload = |content: &[u8]| {
        let mut body = format!("--grens\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"d.json\"\r\nContent-Type: application/json\r\n\r\n").into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(
            b"\r\n--grens\r\nContent-Disposition: form-data; name=\"tekst\"\r\n\r\n\r\n--grens--\r\n",
        );
        site.form("/zaken/nieuw", Who::Clerk, "")
            .header("Content-Type", "multipart/form-data; boundary=grens")
            .body(body)
    };
    let good = serde_json::to_vec(&demo_with(|dossier| dossier.reference = "tweede-zaak".to_owned())).unwrap();
    let answer = site.send(upload(&good)).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(answer.header("location").unwrap().starts_with("/zaken/"));
    let again = site.send(upload(DEMO_FILE)).await;
    assert!(again.status == 409 && again.text().contains("kenmerk"), "{} {}", again.status, again.text());
    let bad = site.send(upload(br#"{"format":"1","reference":"x","persons":[{"id":"a"}]}"#)).await;
    assert!(bad.status == 422 && bad.text().contains("/persons/0"), "{}", bad.text());
}

#[rstest]
#[actix_web::test]
async fn a_partner_delivers_and_reads_back_only_its_own(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let body = json!({"dossier": site.dossier, "titel": "Veiligheidsbeoordeling", "tekst": "Zie bijlage."});
    let answer = site.send(site.api("POST", "/v1/leveringen", Who::Partner).json(&body)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let own = site.send(site.api("GET", "/v1/leveringen", Who::Partner)).await.json();
    assert_eq!(own["inzendingen"][0]["ontvangst"], answer.json());
    let read = site.send(site.api("GET", "/v1/dossiers/{dossier}", Who::Partner)).await;
    read.assert_problem(403, "forbidden");
}

#[rstest]
#[actix_web::test]
async fn a_partner_finds_every_delivery_with_its_case_and_its_state_and_pages_through_them(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let form = |fields: &str| site.form("/leveringen", Who::Partner, fields);
    let unknown = site.send(form("zaak=combi-2026-demo-99&titel=Verslag&tekst=Gezien.")).await;
    assert_eq!(unknown.status, 422);
    assert!(unknown.text().contains("Geef het kenmerk van een zaak"), "{}", unknown.text());
    for title in ["Eerste", "Tweede", "Derde"] {
        let fields = format!("zaak=combi-2026-demo-01&titel={title}&tekst=Gezien.");
        assert_eq!(site.send(form(&fields)).await.status, 200);
    }
    let page = site.send(site.page("/leveringen", Who::Partner)).await.text();
    for told in ["combi-2026-demo-01", "Eerste", "Derde", "Ontvangen, nog niet in het dossier opgenomen"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let first = site.send(site.api("GET", "/v1/leveringen?aantal=2", Who::Partner)).await.json();
    let titles = |list: &serde_json::Value| -> Vec<String> {
        let items = list["inzendingen"].as_array().expect("a list").iter();
        items.map(|item| item["inhoud"]["title"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(titles(&first), ["Derde", "Tweede"]);
    let next = format!("/v1/leveringen?na={}", first["volgende"].as_str().expect("a next page"));
    let rest = site.send(site.api("GET", &next, Who::Partner)).await.json();
    assert_eq!((titles(&rest), rest.get("volgende")), (vec!["Eerste".to_owned()], None));
}

#[rstest]
#[actix_web::test]
async fn an_administrator_adds_a_user_who_can_then_sign_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let fields = "gebruikersnaam=nieuw.griffier&naam=Nieuwe+griffier&rol=griffier&wachtwoord=nog+een+lang+wachtwoord";
    let answer = site.send(site.form("/gebruikers", Who::Administrator, fields)).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let fields = "gebruikersnaam=nieuw.griffier&wachtwoord=nog+een+lang+wachtwoord";
    assert_eq!(site.send(site.form("/aanmelden", Who::Nobody, fields)).await.status, 303);
    let weak = "gebruikersnaam=zwak&naam=Z&rol=griffier&wachtwoord=kort";
    let answer = site.send(site.form("/gebruikers", Who::Administrator, weak)).await;
    assert!(answer.status == 422 && answer.text().contains("href=\"#wachtwoord\""), "{}", answer.text());
    assert!(!answer.text().contains("value=\"kort\""));
}

#[rstest]
#[actix_web::test]
async fn an_administrator_ends_sessions_gives_a_new_password_and_closes_an_account(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let users = site.send(site.api("GET", "/v1/gebruikers", Who::Administrator)).await.json();
    let id_of = |login: &str| {
        let all = users["gebruikers"].as_array().unwrap();
        all.iter().find(|user| user["gebruikersnaam"] == login).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let place = format!("/gebruikers/{}", id_of("clerk"));
    assert!(site.send(site.page("/gebruikers", Who::Administrator)).await.text().contains(&place));
    assert_eq!(site.send(site.page("/zaken", Who::Clerk)).await.status, 200);
    let done = site.send(site.form(&place, Who::Administrator, "actie=sessies")).await;
    assert_eq!(done.header("location"), Some(format!("{place}?gedaan=sessies").as_str()));
    assert_eq!(site.send(site.page("/zaken", Who::Clerk)).await.status, 303, "the session has ended at once");
    let weak = site.send(site.form(&place, Who::Administrator, "actie=wachtwoord&wachtwoord=kort")).await;
    assert!(weak.status == 422 && weak.text().contains("href=\"#wachtwoord\""), "{}", weak.text());
    assert!(weak.text().contains("id=\"wachtwoord-fout\"") && !weak.text().contains("id=\"sluiten-fout\""));
    let new = "actie=wachtwoord&wachtwoord=een+heel+nieuw+wachtwoord";
    assert_eq!(site.send(site.form(&place, Who::Administrator, new)).await.status, 303);
    let sign_in =
        |password: &str| site.form("/aanmelden", Who::Nobody, &format!("gebruikersnaam=clerk&wachtwoord={password}"));
    assert_eq!(site.send(sign_in("een+heel+nieuw+wachtwoord")).await.status, 303);
    assert_eq!(site.send(site.form(&place, Who::Administrator, "actie=sluiten")).await.status, 303);
    assert_ne!(site.send(sign_in("een+heel+nieuw+wachtwoord")).await.status, 303, "a closed account signs in nowhere");
    assert!(site.send(site.page(&place, Who::Administrator)).await.text().contains("gesloten"));
    let own = format!("/gebruikers/{}", id_of("administrator"));
    let before = site.send(site.page(&own, Who::Administrator)).await.text();
    assert!(before.contains("eigen account niet sluiten") && !before.contains("value=\"sluiten\""), "{before}");
    assert!(!before.contains("-fout\""), "{before}");
    let refused = site.send(site.form(&own, Who::Administrator, "actie=sluiten")).await;
    let told = refused.text();
    assert!(
        refused.status == 422 && told.contains("<a href=\"#sluiten\">U kunt uw eigen account niet sluiten"),
        "{told}"
    );
    let (above, closing) = told.split_once("<h2 id=\"sluiten\">").unwrap();
    assert!(closing.contains("id=\"sluiten-fout\"") && closing.contains("eigen account niet sluiten"), "{closing}");
    assert!(!above.contains("wachtwoord-fout") && !above.contains("aria-invalid"), "{above}");
    let nobody = "/gebruikers/00000000-0000-7000-8000-000000000000";
    assert_eq!(site.send(site.page(nobody, Who::Administrator)).await.status, 404);
}

fn location(answer: &super::harness::Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").unwrap().to_owned()
}

#[rstest]
#[actix_web::test]
async fn a_judge_makes_each_kind_of_draft_reads_it_and_takes_it_out_in_three_forms(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    // Without a choice nothing is made, and it is told at the choice, in the case.
    let none = site.send(site.form("/zaken/{dossier}/concepten", Who::Judge, "")).await;
    let (status, none) = (none.status, none.text());
    assert!(status == 422 && none.contains("href=\"#soort\"") && none.contains("Kies welk concept"), "{none}");
    assert!(none.contains("Kruimelpad") && none.contains("Er is nog geen concept gemaakt"), "{none}");
    for kind in ["gezag", "omgang", "gedragsinterventie", "huisverbod"] {
        let made = site.send(site.form("/zaken/{dossier}/concepten", Who::Judge, &format!("soort={kind}"))).await;
        let place = location(&made);
        let draft = site.send(site.page(&place, Who::Judge)).await.text();
        assert!(draft.contains("U hebt het gemaakt: een andere rechter keurt het goed."), "{draft}");
        let place = place.strip_suffix("?gemaakt=ja").unwrap().to_owned();
        let base = format!("href=\"{place}/documenten/");
        let files: Vec<String> = draft
            .split(&base)
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(|file| format!("{place}/documenten/{file}"))
            .collect();
        assert!(files.len() >= 3 && files.len().is_multiple_of(3), "{kind}: {draft}");
        for file in &files {
            let answer = site.send(site.page(file, Who::Judge)).await;
            assert_eq!(answer.status, 200, "{file}: {}", answer.text());
            assert!(answer.header("content-disposition").unwrap().starts_with("attachment"));
            let start: &[u8] = match file.rsplit_once('.').unwrap().1 {
                "pdf" => b"%PDF-",
                "docx" => b"PK",
                _ => b"<!DOCTYPE html>",
            };
            assert!(answer.body.starts_with(start), "{file}");
        }
        let name = files[0].rsplit_once('/').unwrap().1.rsplit_once('.').unwrap().0;
        let preview = site.send(site.page(&format!("{place}/{name}"), Who::Judge)).await.text();
        assert!(preview.contains("CONCEPT") && preview.contains("class=\"document"), "{preview}");
        // The law of the address is the same for everyone else.
        assert_eq!(site.send(site.page(&place, Who::OtherJudge)).await.status, 404);
        assert_eq!(site.send(site.page(&place, Who::Advocate)).await.status, 403);
    }
}

#[rstest]
#[actix_web::test]
async fn a_judge_of_one_domain_sees_no_draft_or_material_of_another(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for kind in ["gedragsinterventie", "huisverbod"] {
        let made = site.send(site.form("/zaken/{dossier}/concepten", Who::Judge, &format!("soort={kind}"))).await;
        assert_eq!(site.send(site.page(&location(&made), Who::FamilyJudge)).await.status, 404, "{kind}");
        let own = site.send(site.form("/zaken/{dossier}/concepten", Who::FamilyJudge, &format!("soort={kind}"))).await;
        assert_eq!(own.status, 403, "{kind}");
    }
    let list = site.send(site.api("GET", "/v1/dossiers/{dossier}/concepten", Who::FamilyJudge)).await.json();
    assert_eq!(list["concepten"], json!([]));
    let page = site.send(site.page("/zaken/{dossier}", Who::FamilyJudge)).await.text();
    assert!(page.contains("Weggelaten uit deze weergave"), "{page}");
}

#[rstest]
#[actix_web::test]
async fn the_api_gives_findings_conflicts_and_drafts_in_the_agreed_shapes(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let findings = site.send(site.api("GET", "/v1/dossiers/{dossier}/bevindingen", Who::Judge)).await.json();
    assert!(
        findings["receipt"]["dossier_hash"].is_string() && findings["findings"][0]["views"]["established"].is_string()
    );
    let report = site.send(site.api("GET", "/v1/dossiers/{dossier}/conflicten", Who::Judge)).await.json();
    assert!(report["conflicts"][0]["ways_out"].is_array() && report["deadlines"][0]["at"].is_string(), "{report}");
    let made = site.api("POST", "/v1/dossiers/{dossier}/concepten", Who::Judge).json(&json!({"soort": "omgang"}));
    let made = site.send(made).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let shown = site.send(site.api("GET", made.header("location").unwrap(), Who::Judge)).await;
    assert_eq!(shown.json(), made.json());
    let file = made.json()["bestanden"][0].as_str().unwrap().to_owned();
    assert!(site.send(site.api("GET", &file, Who::Judge)).await.body.starts_with(b"%PDF-"));
    let bad = site.api("POST", "/v1/dossiers/{dossier}/concepten", Who::Judge).json(&json!({"soort": "vonnis"}));
    site.send(bad).await.assert_problem(422, "invalid_input");
}

#[rstest]
#[actix_web::test]
async fn an_advocate_leaves_at_once_and_back_shows_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let page = site.send(site.page("/zaken/{dossier}", Who::Advocate)).await.text();
    assert!(page.contains("href=\"/weg\""), "{page}");
    assert!(!site.send(site.page("/zaken/{dossier}", Who::Judge)).await.text().contains("href=\"/weg\""));
    let gone = site.send(site.page("/weg", Who::Advocate)).await;
    assert_eq!((gone.status, gone.header("location")), (303, Some("https://www.knmi.nl/")));
    assert!(gone.header("set-cookie").unwrap().contains("Max-Age=0"));
    let back = site.send(site.page("/zaken/{dossier}", Who::Advocate)).await;
    assert_eq!(back.status, 303, "the session has ended: {}", back.text());
}

#[rstest]
#[actix_web::test]
async fn each_option_shows_what_speaks_for_and_against_it_and_leads_to_its_draft(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let page = site.send(site.page("/zaken/{dossier}/mogelijkheden", Who::Judge)).await.text();
    let findings = site.send(site.page("/zaken/{dossier}/bevindingen", Who::Judge)).await.text();
    let anchors: Vec<&str> = page.split("/bevindingen#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(anchors.len() > 5, "{page}");
    for anchor in anchors {
        assert!(findings.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    let option = |title: &str| {
        let at = page.split("<article").find(|part| part.contains(&format!("<h3>{title}"))).unwrap();
        at.split("</article>").next().unwrap().to_owned()
    };
    assert!(option("Bemiddeling of gezamenlijke gesprekken").contains("Wat ertegen pleit"), "{page}");
    assert!(option("Omgang met voorwaarden").contains("/voornemen/omgang\""), "{page}");
    // One form is for three options, and says so before one opens it; each fold says how much is in it.
    let told = option("Omgang met voorwaarden");
    assert!(told.contains("bij “Omgang zonder voorwaarden” en “Omgang afwijzen, schorsen of ontzeggen”"), "{told}");
    assert!(!option("Huisverbod").contains("Hetzelfde formulier"), "{page}");
    let talks = option("Bemiddeling of gezamenlijke gesprekken");
    let against = talks.split("Wat ertegen pleit (").nth(1).unwrap();
    let count = against.split("</details>").next().unwrap().matches("<li>").count();
    assert!(count > 0 && against.starts_with(&format!("{count})")), "{count}: {against}");
    assert!(option("Huisverbod").contains("/voornemen/huisverbod\""), "{page}");
    // Who sits in the family case only is not led to a draft of another domain.
    let family = site.send(site.page("/zaken/{dossier}/mogelijkheden", Who::FamilyJudge)).await.text();
    assert!(family.contains("/voornemen/gezag\"") && !family.contains("/voornemen/huisverbod\""), "{family}");
}
