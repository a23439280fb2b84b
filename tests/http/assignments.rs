//! Who is assigned to a case, on the pages of the clerk and of the administrator.

use super::harness::{Site, Who};
use crate::support::Backend;
use rstest::rstest;

/// One more clerk; gives the name with which they sign in.
async fn add_clerk(site: &Site) -> &'static str {
    let fields = "gebruikersnaam=tweede.griffier&naam=Tweede+griffier&rol=griffier&wachtwoord=nog+een+lang+wachtwoord";
    assert_eq!(site.send(site.form("/gebruikers", Who::Administrator, fields)).await.status, 303);
    "tweede.griffier"
}

#[rstest]
#[actix_web::test]
async fn the_clerk_ends_an_assignment_on_the_page_and_the_case_is_gone_for_that_user(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let all = site.send(site.api("GET", "/v1/dossiers/{dossier}/toewijzingen", Who::Clerk)).await.json();
    let of = |name: &str| {
        let all = all["toewijzingen"].as_array().unwrap();
        all.iter().find(|item| item["naam"] == name).unwrap()["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(site.send(site.page("/zaken/{dossier}", Who::OtherSide)).await.status, 200);
    let end = format!("beeindig={}", of("Test advocaat vader"));
    let answer = site.send(site.form("/zaken/{dossier}/toewijzingen", Who::Clerk, &end)).await;
    assert!(answer.header("location").unwrap().ends_with("?beeindigd=ja"), "{}", answer.text());
    assert_eq!(site.send(site.page("/zaken/{dossier}", Who::OtherSide)).await.status, 404);
    let own = format!("beeindig={}", of("Test griffier van de zaak"));
    let answer = site.send(site.form("/zaken/{dossier}/toewijzingen", Who::Clerk, &own)).await;
    let told = answer.text();
    assert!(answer.status == 422 && told.contains("<a href=\"#beeindig\">Dit is de laatste griffier"), "{told}");
    let second = add_clerk(&site).await;
    let assign = format!("gebruikersnaam={second}");
    assert_eq!(site.send(site.form("/zaken/{dossier}/toewijzingen", Who::Clerk, &assign)).await.status, 303);
    let answer = site.send(site.form("/zaken/{dossier}/toewijzingen", Who::Clerk, &own)).await;
    assert_eq!(answer.header("location"), Some("/zaken"));
}

#[rstest]
#[actix_web::test]
async fn nobody_is_chosen_beforehand_whose_assignment_begins_or_ends(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let page = site.send(site.page("/zaken/{dossier}/toewijzingen", Who::Clerk)).await.text();
    for field in ["gebruikersnaam", "beeindig"] {
        let list = page.split(&format!("<select id=\"{field}\"")).nth(1).unwrap().split("</select>").next().unwrap();
        let first = list.split_once("<option value=\"").unwrap().1;
        assert!(first.starts_with("\">Kies een gebruiker") && !list.contains("selected"), "{list}");
    }
    let before = site.send(site.api("GET", "/v1/dossiers/{dossier}/toewijzingen", Who::Clerk)).await.json();
    for (fields, place) in [("actie=beeindigen&beeindig=", "beeindig"), ("gebruikersnaam=", "gebruikersnaam")] {
        let answer = site.send(site.form("/zaken/{dossier}/toewijzingen", Who::Clerk, fields)).await;
        let told = answer.text();
        assert!(answer.status == 422 && told.contains(&format!("<a href=\"#{place}\">Kies ")), "{told}");
    }
    let after = site.send(site.api("GET", "/v1/dossiers/{dossier}/toewijzingen", Who::Clerk)).await.json();
    assert_eq!(before, after);
}

#[rstest]
#[actix_web::test]
async fn a_case_whose_clerk_is_gone_is_found_by_the_administrator_who_gives_it_a_clerk_and_nothing_else(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (page, orphans) = ("/toewijzingen?zaak=combi-2026-demo-01", "/toewijzingen?zonder=griffier");
    let second = add_clerk(&site).await;
    let give = |login: &str| format!("zaak=combi-2026-demo-01&actie=toewijzen&griffier={login}");
    let none = site.send(site.page(orphans, Who::Administrator)).await.text();
    assert!(none.contains("Elke zaak heeft een griffier"), "{none}");
    // While the case has a clerk, who sees it is not for the administrator to say.
    let refused = site.send(site.form("/toewijzingen", Who::Administrator, &give(second))).await;
    assert!(refused.status == 422 && refused.text().contains("Deze zaak heeft een griffier"), "{}", refused.text());
    let shown = site.send(site.page(page, Who::Administrator)).await.text();
    let line = shown.split("<tr>").find(|line| line.contains("Test griffier van de zaak")).unwrap();
    let right = line.split("name=\"beeindig\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let ends = format!("zaak=combi-2026-demo-01&beeindig={right}");
    let last = site.send(site.form("/toewijzingen", Who::Administrator, &ends)).await;
    let told = format!("<a href=\"#beeindig-{right}\">Dit is de laatste griffier");
    assert!(last.status == 422 && last.text().contains(&told), "{}", last.text());
    let clerk = line.split("/gebruikers/").nth(1).unwrap().split('"').next().unwrap();
    let close = site.form(&format!("/gebruikers/{clerk}"), Who::Administrator, "actie=sluiten");
    assert_eq!(site.send(close).await.status, 303);
    let found = site.send(site.page(orphans, Who::Administrator)).await.text();
    assert!(found.contains(&format!("<a href=\"{page}\">combi-2026-demo-01</a>")), "{found}");
    let shown = site.send(site.page(page, Who::Administrator)).await.text();
    assert!(shown.contains("account gesloten") && shown.contains("Kies een griffier"), "{shown}");
    assert!(!shown.contains("Voorbeeld-Aarden") && !shown.contains("Fictief-Zandman"), "{shown}");
    for wrong in ["", "otherjudge", "clerk"] {
        let refused = site.send(site.form("/toewijzingen", Who::Administrator, &give(wrong))).await;
        assert!(refused.status == 422 && refused.text().contains("href=\"#griffier\""), "{wrong}: {}", refused.text());
    }
    let done = site.send(site.form("/toewijzingen", Who::Administrator, &give(second))).await;
    assert_eq!(done.header("location"), Some("/toewijzingen?zaak=combi-2026-demo-01&toegewezen=ja"));
    let none = site.send(site.page(orphans, Who::Administrator)).await.text();
    assert!(none.contains("Elke zaak heeft een griffier"), "{none}");
    let still = site.send(site.page("/zaken/{dossier}", Who::Administrator)).await;
    assert_eq!(still.status, 404, "the administrator sees no case");
}

#[rstest]
#[actix_web::test]
async fn the_administrator_ends_an_assignment_by_the_reference_of_a_case_and_learns_nothing_of_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let address = "/toewijzingen?zaak=combi-2026-demo-01";
    let page = site.send(site.page(address, Who::Administrator)).await.text();
    for secret in ["Voorbeeld-Aarden", "Fictief-Zandman", "\"moeder\"", ">moeder<", "veilig-thuis"] {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
    let line = page.split("<tr>").find(|line| line.contains("Test advocaat vader")).unwrap();
    let right = line.split("name=\"beeindig\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = format!("zaak=combi-2026-demo-01&beeindig={right}");
    let done = site.send(site.form("/toewijzingen", Who::Administrator, &fields)).await;
    assert_eq!(done.header("location"), Some("/toewijzingen?zaak=combi-2026-demo-01&beeindigd=ja"));
    assert_eq!(site.send(site.page("/zaken/{dossier}", Who::OtherSide)).await.status, 404);
    let page = site.send(site.page(done.header("location").unwrap(), Who::Administrator)).await.text();
    assert!(page.contains("De toewijzing is beëindigd.") && !page.contains("Test advocaat vader"), "{page}");
    let unknown = site.form("/toewijzingen", Who::Administrator, "zaak=bestaat-niet&beeindig=x");
    assert_eq!(site.send(unknown).await.status, 404);
}
