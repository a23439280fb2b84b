//! Explanations of a sealed decision: the court reads all of them, an advocate only that of the client.

use super::harness::{Site, Who};
use super::review::{approved_gezag, sealed_gezag};
use crate::support::Backend;
use rstest::rstest;

#[rstest]
#[actix_web::test]
async fn the_court_reads_every_paper_and_an_advocate_only_the_one_for_the_client(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let draft = sealed_gezag(&site).await;
    let base = format!("/v1/dossiers/{{dossier}}/concepten/{draft}/uitleg/gezag");
    let list = site.send(site.api("GET", &base, Who::Judge)).await.json();
    let papers = list["uitleg"].as_array().unwrap();
    assert_eq!(papers.len(), 3, "{list}");
    assert!(papers.iter().all(|paper| paper["leesniveau"] == "voldoet"), "{list}");
    assert!(papers.iter().any(|paper| paper["kind"] == true));
    assert!(list["niet_gemaakt"][0]["reden"].as_str().unwrap().contains("jonger dan 12"), "{list}");
    for paper in papers {
        for file in paper["bestanden"].as_array().unwrap() {
            let answer = site.send(site.api("GET", file.as_str().unwrap(), Who::Clerk)).await;
            assert_eq!(answer.status, 200, "{file}");
        }
    }
    let own = site.send(site.api("GET", "/v1/dossiers/{dossier}/uitleg", Who::Advocate)).await.json();
    let of_client = own["beslissingen"][0]["uitleg"].as_array().unwrap();
    assert_eq!((of_client.len(), own["beslissingen"][0]["niet_gemaakt"].as_array().unwrap().len()), (1, 0), "{own}");
    let mut seen = 0;
    for name in ["partij-1", "partij-2", "kind-1", "kind-2", "partij-9"] {
        for kind in ["pdf", "docx", "html"] {
            let path = format!("/v1/dossiers/{{dossier}}/uitleg/{draft}/gezag/{name}.{kind}");
            seen += u32::from(site.send(site.api("GET", &path, Who::Advocate)).await.status == 200);
            assert_eq!(site.send(site.api("GET", &path, Who::OtherAdvocate)).await.status, 404, "{path}");
        }
        let page =
            site.send(site.page(&format!("/zaken/{{dossier}}/uitleg/{draft}/gezag/{name}"), Who::Advocate)).await;
        seen += u32::from(page.status == 200);
    }
    assert_eq!(seen, 4, "one paper in three files and on screen");
    assert_eq!(site.send(site.api("GET", &base, Who::Advocate)).await.status, 403, "the drafts stay closed");
    for paper in papers {
        assert_eq!(paper["leest_beslissing"], paper["kind"] == false, "{paper}");
    }
    let other = site.send(site.api("GET", "/v1/dossiers/{dossier}/uitleg", Who::OtherSide)).await.json();
    assert_ne!(other["beslissingen"][0]["uitleg"][0]["voor"], of_client[0]["voor"]);
}

#[rstest]
#[actix_web::test]
async fn the_same_on_screen_with_the_note_for_the_court(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let draft = sealed_gezag(&site).await;
    let base = format!("/zaken/{{dossier}}/concepten/{draft}");
    let life = site.send(site.page(&format!("{base}/herziening/gezag"), Who::Clerk)).await.text();
    assert!(life.contains(&format!("/concepten/{draft}/uitleg/gezag\"")), "the way to the papers");
    let list = site.send(site.page(&format!("{base}/uitleg/gezag"), Who::Clerk)).await.text();
    assert!(list.contains("Leesniveau: voldoet.") && list.contains("jonger dan 12 jaar"), "{list}");
    let note = "De rechter bepaalt of de";
    assert!(list.contains(note));
    let child = site.send(site.page(&format!("{base}/uitleg/gezag/kind-1"), Who::Judge)).await.text();
    assert!(child.contains(note) && child.contains("Hallo Noor"), "{child}");
    let paper = site.send(site.page(&format!("{base}/uitleg/gezag/kind-1.html"), Who::Judge)).await.text();
    assert!(!paper.contains(note) && paper.contains("Hallo Noor"), "the note is not on the paper");
    let case = site.send(site.page("/zaken/{dossier}", Who::Advocate)).await.text();
    assert!(case.contains(&format!("/uitleg/{draft}/gezag/partij-")), "{case}");
    assert!(!case.contains("/concepten/"));
    assert!(case.contains(&format!("/uitleg/{draft}/gezag/beslissing\"")), "the way to the decision itself");
    assert_eq!(site.send(site.page(&format!("{base}/uitleg/omgang"), Who::Judge)).await.status, 404);
    assert_eq!(site.send(site.page(&format!("{base}/uitleg/gezag/kind-2"), Who::Judge)).await.status, 404);
}

#[rstest]
#[actix_web::test]
async fn a_concept_and_a_withdrawn_decision_have_no_explanation(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let draft = sealed_gezag(&site).await;
    let base = format!("/v1/dossiers/{{dossier}}/concepten/{draft}");
    let step = serde_json::json!({"na_stap": 4, "stap": "ingetrokken", "reden": "De zaak is ingetrokken."});
    let path = format!("{base}/herziening/gezag");
    let withdrawn = site.send(site.api("POST", &path, Who::Judge).json(&step)).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text());
    for place in ["", "/partij-1.pdf"] {
        let path = format!("{base}/uitleg/gezag{place}");
        assert_eq!(site.send(site.api("GET", &path, Who::Judge)).await.status, 404, "{place}");
    }
    let own = site.send(site.api("GET", "/v1/dossiers/{dossier}/uitleg", Who::Advocate)).await.json();
    assert_eq!(own["beslissingen"].as_array().unwrap().len(), 0, "{own}");
    let path = format!("/v1/dossiers/{{dossier}}/uitleg/{draft}/gezag/partij-1.pdf");
    for who in [Who::Advocate, Who::OtherSide] {
        assert_eq!(site.send(site.api("GET", &path, who)).await.status, 404);
    }
}

#[rstest]
#[actix_web::test]
async fn an_advocate_reads_the_decision_itself_as_it_was_sealed_and_the_clerk_was_told_so_before(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let draft = approved_gezag(&site).await;
    let life = format!("/zaken/{{dossier}}/concepten/{draft}/herziening/gezag");
    let base = format!("/zaken/{{dossier}}/uitleg/{draft}/gezag/beslissing");
    let before = site.send(site.page(&life, Who::Clerk)).await.text();
    let (_, told) = before.split_once("Wie dit leest zodra het is verzegeld").expect("told before sealing");
    let told = told.split("</section>").next().unwrap();
    assert_eq!(told.matches("de beslissing, en een uitleg daarbij").count(), 2, "both parents: {told}");
    assert!(told.contains("kind van 12 jaar of ouder") && told.contains("jonger dan 12 jaar"), "{told}");
    for path in [base.clone(), format!("{base}.pdf")] {
        assert_eq!(site.send(site.page(&path, Who::Advocate)).await.status, 404, "nothing before the seal: {path}");
    }
    let sealed = site.send(site.form(&life, Who::Clerk, "na_stap=3&stap=verzegeld")).await;
    assert_eq!(sealed.status, 303, "{}", sealed.text());
    let after = site.send(site.page(&life, Who::Clerk)).await.text();
    assert!(!after.contains("Wie dit leest zodra het is verzegeld"), "{after}");
    let file = format!("/zaken/{{dossier}}/concepten/{draft}/documenten/gezag.pdf");
    let courts = site.send(site.page(&file, Who::Judge)).await.body;
    for who in [Who::Advocate, Who::OtherSide, Who::Delegate] {
        let read = site.send(site.page(&base, who)).await;
        assert!(read.status == 200 && read.text().contains("<h1>Beslissing</h1>"), "{who:?}: {}", read.text());
        assert!(site.send(site.page(&format!("{base}.pdf"), who)).await.body == courts, "{who:?}: the sealed file");
    }
    assert_eq!(site.send(site.page(&base, Who::OtherAdvocate)).await.status, 404);
}
