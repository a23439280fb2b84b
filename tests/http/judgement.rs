//! The judge's own judgement on a finding: from the page to the draft, and for nobody else.

use super::harness::{Site, Who};
use crate::support::Backend;
use rstest::rstest;

const WORDS: &str = "Ik+weeg+het+anders:+de+brieven+zijn+van+een+derde.";
const SHOWN: &str = "Ik weeg het anders: de brieven zijn van een derde.";

fn fields(over: &str, version: i64, answer: &str, words: &str) -> String {
    format!("over={over}&versie={version}&antwoord={answer}&overweging={words}&actie=vastleggen")
}

#[rstest]
#[actix_web::test]
async fn a_judge_records_an_own_judgement_and_it_stands_in_the_findings_and_the_draft(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let form = site.send(site.page("/zaken/{dossier}/oordeel?over=istanbul/IV1", Who::Judge)).await;
    assert!(form.status == 200 && form.text().contains("Uw overweging"), "{}", form.text());
    let sent =
        site.send(site.form("/zaken/{dossier}/oordeel", Who::Judge, &fields("istanbul/IV1", 1, "nee", WORDS))).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let back = site.send(site.page(sent.header("location").unwrap(), Who::Judge)).await.text();
    assert!(back.contains("vastgelegd in een nieuwe versie") && back.contains(SHOWN), "{back}");
    let findings = site.send(site.page("/zaken/{dossier}/bevindingen", Who::Judge)).await.text();
    assert!(findings.contains(SHOWN) && findings.contains("de familierechter, 17 november 2026"), "{findings}");
    let overview = site.send(site.page("/zaken/{dossier}", Who::Clerk)).await.text();
    assert!(overview.contains("versie 2 van het dossier"), "{overview}");
    let log = site.send(site.page("/log?dossier={dossier}", Who::Overseer)).await.text();
    assert!(log.contains("rechter") && !log.contains("brieven"), "{log}");

    let second = fields("nl-gezag-omgang/NL5%5Bvader%5D", 2, "ja", "Ook+dit+weeg+ik+mee.");
    assert_eq!(site.send(site.form("/zaken/{dossier}/oordeel", Who::Judge, &second)).await.status, 303);
    let made = site.send(site.form("/zaken/{dossier}/concepten", Who::Judge, "soort=omgang")).await;
    let draft = site.send(site.page(made.header("location").unwrap(), Who::Judge)).await.text();
    let read = draft.split("class=\"button\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let text = site.send(site.page(&read, Who::Judge)).await.text();
    assert!(
        text.contains("Aantekening van de familierechter bij de voorbereiding")
            && text.contains("Ook dit weeg ik mee."),
        "{text}"
    );

    for who in [Who::Advocate, Who::OtherSide] {
        for page in ["/zaken/{dossier}", "/zaken/{dossier}/tijdlijn", "/zaken/{dossier}/conflicten"] {
            assert!(!site.send(site.page(page, who)).await.text().contains("brieven"), "{page}");
        }
    }
}

#[rstest]
#[actix_web::test]
async fn an_own_judgement_on_one_person_says_nothing_of_another_and_can_be_withdrawn(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let over = "nl-gezag-omgang/NL5%5Bvader%5D";
    let sent = site.send(site.form("/zaken/{dossier}/oordeel", Who::FamilyJudge, &fields(over, 1, "nee", WORDS))).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let other =
        site.send(site.page("/zaken/{dossier}/oordeel?over=nl-gezag-omgang/NL5%5Bmoeder%5D", Who::FamilyJudge)).await;
    assert!(other.status == 200 && !other.text().contains(SHOWN), "{}", other.text());
    let fields = format!("over={over}&versie=2&overweging=&actie=intrekken");
    let gone = site.send(site.form("/zaken/{dossier}/oordeel", Who::FamilyJudge, &fields)).await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    let findings = site.send(site.page("/zaken/{dossier}/bevindingen", Who::FamilyJudge)).await.text();
    assert!(!findings.contains(SHOWN), "{findings}");
}

#[rstest]
#[actix_web::test]
async fn words_are_needed_and_kept_when_someone_else_changed_the_dossier(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let send = |version, words: &str| {
        site.send(site.form("/zaken/{dossier}/oordeel", Who::Judge, &fields("istanbul/IV1", version, "ja", words)))
    };
    let empty = send(1, "").await;
    assert!(empty.status == 422 && empty.text().contains("href=\"#overweging\""), "{}", empty.text());
    // Words without an answer are no judgement; they stay where they were typed.
    let open = "over=istanbul/IV1&versie=1&overweging=Eerste+overweging.&actie=vastleggen";
    let open = site.send(site.form("/zaken/{dossier}/oordeel", Who::Judge, open)).await;
    let (status, open) = (open.status, open.text());
    assert!(status == 422 && open.contains("href=\"#antwoord\"") && open.contains(">Eerste overweging.<"), "{open}");
    assert_eq!(send(1, "Eerste+overweging.").await.status, 303);
    let stale = send(1, WORDS).await;
    assert!(stale.status == 412 && stale.text().contains(SHOWN), "{}", stale.text());
    assert!(stale.text().contains("name=\"versie\" value=\"2\""), "the next attempt rests on the newest version");
}

#[rstest]
#[actix_web::test]
async fn a_judge_judges_only_in_the_domains_they_sit_in_and_only_a_judge_does(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let unseen = site.send(site.page("/zaken/{dossier}/oordeel?over=gedragsinterventie/GI1", Who::FamilyJudge)).await;
    assert_eq!(unseen.status, 404, "{}", unseen.text());
    let fields = fields("gedragsinterventie/GI1", 1, "ja", WORDS);
    let refused = site.send(site.form("/zaken/{dossier}/oordeel", Who::FamilyJudge, &fields)).await;
    assert_eq!(refused.status, 404, "{}", refused.text());
    let unknown = site.send(site.page("/zaken/{dossier}/oordeel?over=bestaat/niet", Who::Judge)).await;
    assert_eq!(unknown.status, 404);
    assert_eq!(site.send(site.page("/zaken/{dossier}/oordeel?over=istanbul/IV1", Who::Clerk)).await.status, 403);
}
