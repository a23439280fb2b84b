//! A second factor: taking it into use, signing in with it, losing the phone, and what does not get in.

use super::harness::{Answer, Call, HOST, PASSWORD, Site, Who};
use crate::support::Backend;
use combizitting::identity::Role;
use rstest::rstest;
use serde_json::json;
use totp_rs::{Builder, Secret, Totp};

pub const PLACE: &str = "/account/tweede-factor";
/// Seconds of one code.
const STEP: u64 = 30;

pub struct Phone {
    totp: Totp,
    /// The code with which it was taken into use.
    used: String,
}

impl Phone {
    /// The code of the next step: fresh, though the one of now was used.
    pub fn next(&self) -> String {
        code(&self.totp, STEP)
    }
}

fn code(totp: &Totp, seconds_on: u64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    totp.generate(now + seconds_on).to_string()
}

async fn form(site: &Site, fields: &str) -> Answer {
    site.send(site.form(PLACE, Who::Clerk, fields)).await
}

/// The text between two others.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

/// Begins, reads the secret from the page as a user does, and confirms with the code of now.
pub async fn enrol(site: &Site) -> (Phone, Vec<String>) {
    let begun = form(site, &format!("actie=begin&wachtwoord={}", PASSWORD.replace(' ', "+"))).await;
    assert_eq!((begun.status, begun.header("location")), (303, Some(PLACE)), "{}", begun.text());
    let page = site.send(site.page(PLACE, Who::Clerk)).await.text();
    assert!(page.contains("<svg role=\"img\"") && !page.contains("<?xml"), "{page}");
    let secret = between(&page, "deze sleutel over: <code>", "</code>").replace(' ', "");
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    let used = code(&totp, 0);
    let done = form(site, &format!("actie=bevestig&code={used}")).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let text = done.text();
    let codes: Vec<String> =
        text.split("<li><code>").skip(1).map(|rest| rest.split_once('<').unwrap().0.to_owned()).collect();
    (Phone { totp, used }, codes)
}

async fn sign_in(site: &Site, code: &str) -> Answer {
    let given = json!({"gebruikersnaam": "clerk", "wachtwoord": PASSWORD, "code": code});
    site.send(Call::new("POST", "/v1/sessies").json(&given)).await
}

pub async fn log(site: &Site) -> String {
    site.send(site.page("/log", Who::Overseer)).await.text()
}

#[rstest]
#[actix_web::test]
async fn with_a_second_factor_the_password_alone_no_longer_gets_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let elsewhere = sign_in(&site, "").await.json()["token"].as_str().unwrap().to_owned();
    let (phone, codes) = enrol(&site).await;
    assert_eq!(codes.len(), 10);
    let there = Call::new("GET", "/v1/dossiers").header("Authorization", &format!("Bearer {elsewhere}"));
    site.send(there).await.assert_problem(401, "not_signed_in");
    assert_eq!(site.send(site.page("/zaken", Who::Clerk)).await.status, 200, "this session goes on");
    sign_in(&site, "").await.assert_problem(401, "code_asked");
    sign_in(&site, &phone.used).await.assert_problem(422, "invalid_input");
    let next = phone.next();
    assert_eq!(sign_in(&site, &next).await.status, 201);
    sign_in(&site, &next).await.assert_problem(422, "invalid_input");
    let page = site.send(site.page(PLACE, Who::Clerk)).await.text();
    assert!(
        page.contains("in gebruik sinds") && !page.contains("<svg") && !codes.iter().any(|code| page.contains(code))
    );
    assert!(log(&site).await.contains("een tweede factor in gebruik genomen"));
}

#[rstest]
#[actix_web::test]
async fn one_signs_in_on_the_pages_in_two_steps_and_comes_where_one_wanted(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (phone, _) = enrol(&site).await;
    let first = "gebruikersnaam=clerk&wachtwoord=een+lang+wachtwoord+42&verder=/account";
    let asked = site.send(site.form("/aanmelden", Who::Nobody, first)).await;
    assert_eq!((asked.status, asked.header("set-cookie")), (200, None), "{}", asked.text());
    let text = asked.text();
    let step = between(&text, "name=\"stap\" value=\"", "\"");
    let give = |step: &str, code: &str| {
        site.form("/aanmelden/code", Who::Nobody, &format!("stap={step}&verder=/account&code={code}"))
    };
    let wrong = site.send(give(step, "000000")).await;
    assert!(wrong.status == 401 && wrong.text().contains("id=\"code-fout\""), "{}", wrong.text());
    // What stands between password and code opens nothing by itself.
    let as_cookie = Call::new("GET", "/zaken").header("Cookie", &format!("sessie={step}"));
    assert_eq!(site.send(as_cookie).await.status, 303);
    let late = site.send(give("geen.stap.hier", &phone.next())).await;
    assert_eq!(late.header("location"), Some("/aanmelden?einde=code"));
    let foreign = give(step, &phone.next()).header("Origin", "https://elders.example");
    assert_eq!(site.send(foreign.header("Host", HOST)).await.status, 403);
    let done = site.send(give(step, &phone.next())).await;
    assert_eq!((done.status, done.header("location")), (303, Some("/account")), "{}", done.text());
    assert!(done.header("set-cookie").unwrap().starts_with("sessie="));
}

#[rstest]
#[actix_web::test]
async fn guessing_codes_closes_the_name(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    let (phone, codes) = enrol(&site).await;
    for _ in 0..4 {
        sign_in(&site, "000000").await.assert_problem(422, "invalid_input");
    }
    sign_in(&site, "000000").await.assert_problem(429, "too_many_attempts");
    for right in [phone.next(), codes[0].clone()] {
        sign_in(&site, &right).await.assert_problem(429, "too_many_attempts");
    }
}

#[rstest]
#[actix_web::test]
async fn who_lost_the_phone_gets_in_once_with_each_recovery_code(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (phone, codes) = enrol(&site).await;
    let typed = codes[0].replace('-', " ").to_lowercase();
    assert_eq!(sign_in(&site, &typed).await.status, 201);
    sign_in(&site, &codes[0]).await.assert_problem(422, "invalid_input");
    assert!(site.send(site.page(PLACE, Who::Clerk)).await.text().contains("9 over"));
    assert!(log(&site).await.contains("een herstelcode gebruikt"));
    let renewed = form(&site, &format!("actie=codes&code={}", phone.next())).await;
    assert!(renewed.status == 200 && renewed.text().matches("<li><code>").count() == 10, "{}", renewed.text());
    sign_in(&site, &codes[1]).await.assert_problem(422, "invalid_input");
}

#[rstest]
#[actix_web::test]
async fn taking_it_away_asks_for_a_code_or_for_the_administrator(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (_, codes) = enrol(&site).await;
    let wrong = form(&site, "actie=weg&weg=000000").await;
    assert!(wrong.status == 422 && wrong.text().contains("id=\"weg-fout\""), "{}", wrong.text());
    assert_eq!(form(&site, "actie=begin&wachtwoord=een+lang+wachtwoord+42").await.status, 409);
    assert_eq!(form(&site, &format!("actie=weg&weg={}", codes[0])).await.status, 303);
    assert_eq!(sign_in(&site, "").await.status, 201);
    let (_, codes) = enrol(&site).await;
    let users = site.send(site.api("GET", "/v1/gebruikers", Who::Administrator)).await.json();
    let clerk = users["gebruikers"].as_array().unwrap().iter().find(|user| user["gebruikersnaam"] == "clerk").unwrap();
    let place = format!("/gebruikers/{}", clerk["id"].as_str().unwrap());
    assert!(site.send(site.page(&place, Who::Administrator)).await.text().contains("value=\"factor\""));
    assert_eq!(site.send(site.form(&place, Who::Administrator, "actie=factor")).await.status, 303);
    assert_eq!(site.send(site.page("/zaken", Who::Clerk)).await.status, 303, "the sessions have ended");
    assert_eq!(sign_in(&site, &codes[0]).await.status, 201, "no code is asked for");
    assert_eq!(log(&site).await.matches("de tweede factor van een gebruiker verwijderd").count(), 2);
}

#[rstest]
#[actix_web::test]
async fn a_role_that_must_have_one_does_nothing_before(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::with_second_factor_for(backend, &[Role::Griffier]);
    for path in ["/", "/zaken", "/zaken/{dossier}", "/account"] {
        let answer = site.send(site.page(path, Who::Clerk)).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some(PLACE)), "{path}");
    }
    site.send(site.api("GET", "/v1/dossiers", Who::Clerk)).await.assert_problem(403, "second_factor_required");
    assert_eq!(site.send(site.form("/zaken/nieuw", Who::Clerk, "bestand=x")).await.header("location"), Some(PLACE));
    assert_eq!(site.send(site.page("/zaken", Who::Judge)).await.status, 200, "another role");
    assert!(site.send(site.page(PLACE, Who::Clerk)).await.text().contains("alleen met een tweede factor"));
    let (_, codes) = enrol(&site).await;
    assert_eq!(site.send(site.page("/zaken", Who::Clerk)).await.status, 200);
    assert_eq!(site.send(site.api("GET", "/v1/dossiers", Who::Clerk)).await.status, 200);
    assert_eq!(form(&site, &format!("actie=weg&weg={}", codes[0])).await.status, 303);
    assert_eq!(site.send(site.page("/zaken", Who::Clerk)).await.header("location"), Some(PLACE));
}

#[rstest]
#[actix_web::test]
async fn nothing_of_the_secret_or_the_codes_stands_readable_in_the_database(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let (phone, codes) = enrol(&site).await;
    let mut kept = Vec::new();
    combizitting::db::backup::write(&site.app.db, &mut kept).unwrap();
    let kept = String::from_utf8(kept).unwrap();
    let secret: String = phone.totp.secret().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(kept.contains("\"second_factor\"") && kept.contains("\"recovery_code\""));
    assert!(!kept.contains(&secret) && !kept.contains(&phone.totp.secret().to_base32()));
    assert!(!codes.iter().any(|code| kept.contains(code) || kept.contains(&code.replace('-', ""))));
}
