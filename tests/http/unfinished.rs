//! What is typed in a form is not lost: kept by its button, by the script, and when the session has run out,
//! and it is for nobody else.

use super::harness::{Answer, Call, HOST, KEY, PASSWORD, Site, Who};
use crate::support::Backend;
use combizitting::identity::{Identity, Limits, SessionKey};
use rstest::rstest;
use secrecy::{ExposeSecret, SecretString};

const PAGE: &str = "/zaken/{dossier}/voornemen/gezag";
const JUDGEMENT: &str = "/zaken/{dossier}/oordeel";
const TYPED: &str = "versie=1&over=istanbul%2FIV1&antwoord=nee&overweging=Een+halve+zin+over+de+brieven";

fn location(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").unwrap().to_owned()
}

async fn text(site: &Site, path: &str, who: Who) -> String {
    let answer = site.send(site.page(path, who)).await;
    assert_eq!(answer.status, 200, "{path} {who:?}: {}", answer.text());
    answer.text()
}

#[rstest]
#[actix_web::test]
async fn a_judge_keeps_an_unfinished_judgement_goes_on_with_it_and_records_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let kept = site.send(site.form(JUDGEMENT, Who::Judge, &format!("{TYPED}&actie=bewaren"))).await;
    let back = location(&kept);
    assert!(back.ends_with("/oordeel?over=istanbul/IV1"), "{back}");
    let offered = text(&site, &back, Who::Judge).await;
    assert!(offered.contains("Verder waar u was") && !offered.contains("halve zin"), "{offered}");
    let overview = text(&site, "/zaken/{dossier}", Who::Judge).await;
    assert!(overview.contains("Nog niet af") && overview.contains("hervat&#x3D;ja"), "{overview}");
    let resumed = text(&site, &format!("{back}&hervat=ja"), Who::Judge).await;
    assert!(resumed.contains(">Een halve zin over de brieven</textarea>"), "{resumed}");
    assert!(resumed.contains("value=\"nee\" checked") && resumed.contains("nog niet vastgelegd"), "{resumed}");
    // Another finding has its own.
    let other = text(&site, "/zaken/{dossier}/oordeel?over=nl-gezag-omgang/NL5%5Bvader%5D&hervat=ja", Who::Judge).await;
    assert!(!other.contains("halve zin") && !other.contains("Verder waar u was"), "{other}");
    assert!(overview.contains("versie 1 van het dossier"), "nothing is recorded yet");
    let done = site.send(site.form(JUDGEMENT, Who::Judge, &format!("{TYPED}&actie=vastleggen"))).await;
    let done = text(&site, &location(&done), Who::Judge).await;
    assert!(done.contains("vastgelegd in een nieuwe versie") && !done.contains("Verder waar u was"), "{done}");
    assert!(!text(&site, "/zaken/{dossier}", Who::Judge).await.contains("Nog niet af"));
}

#[rstest]
#[actix_web::test]
async fn nobody_else_finds_anything_of_what_someone_was_writing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let fields = "versie=1&basis=bw1268&partial_scope=Zinnetje+voor+later";
    location(&site.send(site.form(PAGE, Who::Clerk, &format!("{fields}&actie=bewaren"))).await);
    for who in [Who::Judge, Who::FamilyJudge] {
        for page in [PAGE.to_owned(), format!("{PAGE}?hervat=ja"), "/zaken/{dossier}".to_owned()] {
            let seen = text(&site, &page, who).await;
            let found = ["Zinnetje", "Verder waar u was", "Nog niet af"].into_iter().find(|word| seen.contains(word));
            assert_eq!(found, None, "{who:?} {page}");
        }
    }
    let mine = text(&site, &format!("{PAGE}?hervat=ja"), Who::Clerk).await;
    assert!(mine.contains("Zinnetje voor later") && mine.contains("data-gewijzigd"), "{mine}");
    // A case of someone else does not exist, also not to keep something in.
    let stranger = site.send(site.form(JUDGEMENT, Who::OtherJudge, &format!("{TYPED}&actie=bewaren"))).await;
    assert_eq!(stranger.status, 404);
    let log = text(&site, "/log?dossier={dossier}", Who::Overseer).await;
    assert!(!log.contains("Zinnetje"), "{log}");
}

#[rstest]
#[actix_web::test]
async fn what_was_kept_can_be_thrown_away(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    location(&site.send(site.form(PAGE, Who::Clerk, "versie=1&partial_scope=Weg+ermee&actie=bewaren")).await);
    location(&site.send(site.form(PAGE, Who::Clerk, "actie=weggooien")).await);
    let seen = text(&site, &format!("{PAGE}?hervat=ja"), Who::Clerk).await;
    assert!(!seen.contains("Weg ermee") && !seen.contains("Verder waar u was"), "{seen}");
}

#[rstest]
#[actix_web::test]
async fn who_goes_on_after_someone_else_recorded_is_told_so(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    location(
        &site.send(site.form(PAGE, Who::Clerk, "versie=1&basis=bw1268&partial_scope=Van+mij&actie=bewaren")).await,
    );
    let other = site.form(JUDGEMENT, Who::Judge, &format!("{TYPED}&actie=vastleggen"));
    location(&site.send(other).await);
    let seen = text(&site, &format!("{PAGE}?hervat=ja"), Who::Clerk).await;
    assert!(seen.contains("Een ander was u voor") && seen.contains("Van mij"), "{seen}");
    assert!(seen.contains("name=\"versie\" value=\"2\""), "{seen}");
}

#[rstest]
#[actix_web::test]
async fn the_script_keeps_while_one_writes_and_hears_how_long_the_session_lasts(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let kept = site.send(site.form(JUDGEMENT, Who::Judge, &format!("{TYPED}&actie=bewaren&stil=ja"))).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    let told = kept.json();
    assert_eq!(told["om"].as_str().map(str::len), Some(5), "{told}");
    let left = site.send(site.page("/sessie", Who::Judge)).await.json()["seconden"].as_i64().unwrap();
    assert!((1..=900).contains(&left), "{left}");
    let stays = site.send(site.form("/sessie", Who::Judge, "")).await;
    assert!(stays.header("set-cookie").is_some_and(|cookie| cookie.starts_with("sessie=") && cookie.len() > 60));
    let page = text(&site, "/zaken", Who::Judge).await;
    assert!(page.contains("data-seconden=\"") && page.contains("src=\"/statisch/blijven.js\""), "{page}");
}

/// A token of a right session that has run out, and the form token of that session.
fn ran_out(site: &Site, who: Who) -> (String, String) {
    let limits = Limits { token_seconds: -1, ..Limits::default() };
    let identity = Identity::with_limits(site.app.db.clone(), &SessionKey::from_text(KEY).unwrap(), limits).unwrap();
    let token = identity.sign_in(&who.login(), &SecretString::from(PASSWORD)).unwrap().token.expose_secret().to_owned();
    let session = identity.lapsed(&token).unwrap().expect("it has run out");
    let csrf = site.app.csrf.token(&session.id);
    (token, csrf)
}

fn late(site: &Site, token: &str, csrf: &str) -> Call {
    let path = JUDGEMENT.replace("{dossier}", &site.dossier);
    Call::new("POST", &path)
        .header("Host", HOST)
        .header("Origin", &format!("http://{HOST}"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Cookie", &format!("sessie={token}"))
        .body(format!("{TYPED}&actie=vastleggen&csrf={csrf}"))
}

#[rstest]
#[actix_web::test]
async fn a_form_sent_after_the_session_ran_out_is_kept_for_its_writer_and_records_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (token, csrf) = ran_out(&site, Who::Judge);
    let to = location(&site.send(late(&site, &token, &csrf)).await);
    assert!(to.starts_with("/aanmelden?einde=bewaard&verder=/zaken/"), "{to}");
    let sign_in = text(&site, &to, Who::Nobody).await;
    assert!(sign_in.contains("Wat u had ingevuld, is bewaard") && !sign_in.contains("halve zin"), "{sign_in}");
    let next = sign_in.split("name=\"verder\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let next = next.replace("&#x3D;", "=").replace("&amp;", "&");
    assert!(next.ends_with("/oordeel?over=istanbul/IV1"), "{next}");
    // Who signs in after the writer finds nothing of it.
    let other = text(&site, &format!("{next}&hervat=ja"), Who::FamilyJudge).await;
    assert!(!other.contains("halve zin") && !other.contains("Verder waar u was"), "{other}");
    let own = text(&site, &next, Who::Judge).await;
    assert!(own.contains("Verder waar u was") && own.contains("name=\"versie\" value=\"1\""), "{own}");
    assert!(text(&site, &format!("{next}&hervat=ja"), Who::Judge).await.contains("halve zin over de brieven"));
}

#[rstest]
#[actix_web::test]
async fn a_session_that_ran_out_opens_nothing_and_one_that_was_ended_keeps_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (token, csrf) = ran_out(&site, Who::Judge);
    let cookie = format!("sessie={token}");
    for path in ["/zaken", "/sessie", "/account"] {
        let answer = site.send(Call::new("GET", path).header("Cookie", &cookie)).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (303, None), "{path}");
    }
    let stay = late(&site, &token, &csrf);
    let nothing_kept = [
        late(&site, &token, &site.csrf(&site.token(Who::Judge).unwrap())),
        late(&site, &token, ""),
        stay.clone().header("Origin", "https://elders.example"),
        stay.clone().header("Cookie", &format!("sessie={}", site.forged_token(Who::Judge))),
        stay.clone().header("Cookie", "sessie=niets"),
    ];
    for call in nothing_kept {
        let answer = site.send(call).await;
        assert!(answer.status == 403 || answer.header("location") == Some("/aanmelden"), "{answer:?}");
    }
    let limits = Limits { token_seconds: -1, ..Limits::default() };
    let identity = Identity::with_limits(site.app.db.clone(), &SessionKey::from_text(KEY).unwrap(), limits).unwrap();
    let session = identity.lapsed(&token).unwrap().unwrap();
    identity.sign_out(&session).unwrap();
    assert_eq!(site.send(stay).await.header("location"), Some("/aanmelden"));
    let own = text(&site, "/zaken/{dossier}/oordeel?over=istanbul/IV1", Who::Judge).await;
    assert!(!own.contains("Verder waar u was"), "{own}");
}

#[actix_web::test]
async fn what_was_typed_after_a_refusal_is_what_one_goes_on_with_and_nothing_older_is_offered_beside_it() {
    let site = Site::new(Backend::Sqlite);
    let page = "/zaken/{dossier}/onderdelen/personen/nieuw";
    let older = "versie=1&name=Oudere+tekst&actie=bewaren";
    location(&site.send(site.form(page, Who::Clerk, older)).await);
    let refused = site.send(site.form(page, Who::Clerk, "versie=1&name=Nieuwste+tekst&actie=vastleggen")).await;
    assert_eq!(refused.status, 422);
    let refused = refused.text();
    assert!(refused.contains("value=\"Nieuwste tekst\"") && !refused.contains("Verder waar u was"), "{refused}");
    let resumed = text(&site, &format!("{page}?hervat=ja"), Who::Clerk).await;
    assert!(resumed.contains("value=\"Nieuwste tekst\"") && !resumed.contains("Oudere tekst"), "{resumed}");
}
