//! Signing in by way of a provider, and what does not get in that way.

mod liar;

use super::harness::{Answer, Call, Site, Who};
use crate::support::Backend;
use combizitting::identity::{Actor, ProviderSettings, Role};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use liar::{CLIENT, Liar, SITE, honest, now, pairs, public_key, signed};
use rstest::rstest;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

const SUBJECT: &str = "a1b2-c3";
const START: &str = "/aanmelden/aanbieder";
const BACK: &str = "/aanmelden/aanbieder/terug";

/// A site with a provider, where the clerk is linked to a subject.
struct Desk {
    site: Site,
    liar: Arc<Liar>,
    clerk: String,
}

/// A browser on its way: what it was asked, and the cookie that it holds.
struct Way {
    asked: BTreeMap<String, String>,
    cookie: String,
}

impl Desk {
    fn new(backend: Backend) -> Self {
        Self::with(backend, |settings| settings)
    }

    fn with(backend: Backend, change: impl FnOnce(ProviderSettings) -> ProviderSettings) -> Self {
        let liar = Liar::start();
        let site = Site::with_provider(backend, change(liar.settings()));
        let users = site.app.identity.users(&Actor::operator()).unwrap();
        let clerk = users.into_iter().find(|user| user.login == "clerk").unwrap().id;
        let desk = Self { site, liar, clerk };
        desk.link(&desk.clerk, SUBJECT);
        desk
    }

    fn link(&self, user: &str, subject: &str) {
        self.site.app.identity.link_subject(&Actor::operator(), user, &self.liar.issuer, subject).unwrap();
    }

    async fn depart(&self, next: &str) -> Way {
        let answer = self.site.send(Call::new("GET", &format!("{START}?verder={next}"))).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let (place, query) = answer.header("location").unwrap().split_once('?').unwrap();
        assert_eq!(place, format!("{}/auth", self.liar.issuer));
        Way { asked: pairs(query), cookie }
    }

    async fn back(&self, way: &Way, query: &str) -> Answer {
        self.site.send(Call::new("GET", &format!("{BACK}?{query}")).header("Cookie", &way.cookie)).await
    }

    /// The whole way, for this subject.
    async fn sign_in(&self, subject: &str) -> Answer {
        let way = self.depart("").await;
        let code = self.liar.code_for(&way.asked, subject);
        self.back(&way, &format!("code={code}&state={}", way.asked["state"])).await
    }

    /// What the overseer reads of it.
    async fn log(&self) -> String {
        self.site.send(self.site.page("/log", Who::Overseer)).await.text().to_lowercase()
    }
}

/// The session that an answer gives; none when it gives none.
fn session(answer: &Answer) -> Option<String> {
    let cookies = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    let own = cookies.map(|(_, value)| value).find(|value| value.starts_with("sessie="))?;
    Some(own.split(';').next().unwrap().to_owned())
}

/// Refused: the one page, without its number, and no session.
fn refusal(answer: &Answer) -> String {
    assert_eq!(answer.status, 401, "{}", answer.text());
    assert_eq!(session(answer), None);
    let text = answer.text();
    let number = text.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(answer.header("x-request-id"), Some(number.as_str()));
    text.replace(&number, "")
}

#[rstest]
#[actix_web::test]
async fn who_is_linked_signs_in_and_comes_where_one_wanted(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let first = desk.site.send(Call::new("GET", "/aanmelden?verder=/account")).await.text();
    assert!(first.contains("href=\"/aanmelden/aanbieder?verder&#x3D;/account\""), "{first}");
    let way = desk.depart("/account").await;
    let asked = |name: &str| way.asked.get(name).map_or("", String::as_str);
    assert_eq!((asked("response_type"), asked("code_challenge_method")), ("code", "S256"));
    assert_eq!((asked("client_id"), asked("scope")), (CLIENT, "openid"));
    assert_eq!(asked("redirect_uri"), format!("{SITE}{BACK}"));
    assert!(asked("state").len() >= 43 && asked("nonce").len() >= 43 && asked("state") != asked("nonce"));
    let code = desk.liar.code_for(&way.asked, SUBJECT);
    let answer = desk.back(&way, &format!("code={code}&state={}", asked("state"))).await;
    assert_eq!((answer.status, answer.header("refresh")), (200, Some("0; url=/account")), "{}", answer.text());
    assert!(answer.text().contains("href=\"/account\""));
    let cookie = session(&answer).unwrap();
    let all: Vec<_> = answer.headers.iter().filter(|(name, _)| name == "set-cookie").collect();
    assert!(all.iter().any(|(_, value)| value.starts_with("sessie=") && value.contains("SameSite=Strict")), "{all:?}");
    assert!(all.iter().any(|(_, value)| value.starts_with("onderweg=;") && value.contains("Max-Age=0")), "{all:?}");
    assert_eq!(desk.site.send(Call::new("GET", "/zaken").header("Cookie", &cookie)).await.status, 200);
    assert!(desk.log().await.contains("heeft zich aangemeld bij de aanbieder"));
}

#[rstest]
#[actix_web::test]
async fn two_departures_have_nothing_in_common(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = Desk::new(backend);
    let (one, other) = (desk.depart("").await, desk.depart("").await);
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(one.asked[name], other.asked[name]);
    }
    // Nor does the cookie tell what was sent to the provider.
    assert!(["state", "nonce"].iter().all(|name| !one.cookie.contains(&one.asked[*name])));
}

/// Ways back that are not those of a sign-in that this browser began.
#[rstest]
#[actix_web::test]
async fn a_return_that_this_browser_did_not_begin_is_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let (way, other) = (desk.depart("").await, desk.depart("").await);
    let code = desk.liar.code_for(&way.asked, SUBJECT);
    let (state, good) = (&way.asked["state"], format!("code={code}&state={}", way.asked["state"]));
    let without = Way { cookie: "iets=anders".to_owned(), asked: BTreeMap::new() };
    let session = Way { cookie: format!("onderweg={}", desk.site.token(Who::Clerk).unwrap()), asked: BTreeMap::new() };
    let mut pages = vec![
        refusal(&desk.back(&way, &format!("code={code}&state={state}x")).await),
        refusal(&desk.back(&way, &format!("code={code}&state={}", other.asked["state"])).await),
        refusal(&desk.back(&way, &format!("code={code}")).await),
        refusal(&desk.back(&way, "").await),
        refusal(&desk.back(&way, &format!("code={code}&state={}", "a".repeat(5000))).await),
        refusal(&desk.back(&other, &good).await),
        refusal(&desk.back(&without, &good).await),
        refusal(&desk.back(&session, &good).await),
    ];
    assert_eq!(desk.log().await.matches("wat terugkwam hoort bij geen begonnen aanmelding").count(), pages.len());
    // The right one still counts: nothing of the code was used up. And then only once.
    assert_eq!(desk.back(&way, &good).await.status, 200);
    pages.push(refusal(&desk.back(&way, &good).await));
    assert!(desk.log().await.contains("wat terugkwam was al gebruikt"));
    pages.dedup();
    assert_eq!(pages.len(), 1, "one page for all: {pages:#?}");
}

#[rstest]
#[actix_web::test]
async fn a_code_that_was_used_or_is_of_another_sign_in_gets_nobody_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let first = desk.depart("").await;
    let code = desk.liar.code_for(&first.asked, SUBJECT);
    assert_eq!(desk.back(&first, &format!("code={code}&state={}", first.asked["state"])).await.status, 200);
    let again = desk.depart("").await;
    let page = refusal(&desk.back(&again, &format!("code={code}&state={}", again.asked["state"])).await);
    assert!(!page.contains("geheim van de aanbieder"));
    // A stolen code in the browser of the thief: without the verifier it is worth nothing.
    let (victim, thief) = (desk.depart("").await, desk.depart("").await);
    let stolen = desk.liar.code_for(&victim.asked, SUBJECT);
    refusal(&desk.back(&thief, &format!("code={stolen}&state={}", thief.asked["state"])).await);
    let way = desk.depart("").await;
    refusal(&desk.back(&way, &format!("error=access_denied&state={}", way.asked["state"])).await);
    let log = desk.log().await;
    assert!(log.contains("de aanbieder weigerde") && log.contains("het bewijs van de aanbieder klopte niet"), "{log}");
}

type Lie = (&'static str, fn(&Liar, Value) -> String);

fn with(liar: &Liar, mut claims: Value, name: &str, value: Value) -> String {
    claims[name] = value;
    honest(liar, claims)
}

fn part(value: &Value) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
}

/// What a provider could say that is not so.
const LIES: &[Lie] = &[
    ("een andere nonce", |liar, claims| with(liar, claims, "nonce", json!("een andere"))),
    ("geen nonce", |liar, claims| with(liar, claims, "nonce", Value::Null)),
    ("een andere ontvanger", |liar, claims| with(liar, claims, "aud", json!("een andere"))),
    ("ook een andere ontvanger", |liar, claims| with(liar, claims, "aud", json!([CLIENT, "een andere"]))),
    ("geen ontvanger", |liar, claims| with(liar, claims, "aud", json!([]))),
    ("gegeven aan een ander", |liar, claims| with(liar, claims, "azp", json!("een andere"))),
    ("een andere aanbieder", |liar, claims| with(liar, claims, "iss", json!("https://elders.example"))),
    ("twee aanbieders", |liar, claims| {
        let both = json!([liar.issuer, "https://elders.example"]);
        with(liar, claims, "iss", both)
    }),
    ("verlopen", |liar, claims| with(liar, claims, "exp", json!(now() - 120))),
    ("geen einde", |liar, claims| with(liar, claims, "exp", Value::Null)),
    ("uit de toekomst", |liar, claims| with(liar, claims, "iat", json!(now() + 300))),
    ("nog niet geldig", |liar, claims| with(liar, claims, "nbf", json!(now() + 300))),
    ("te oud", |liar, claims| with(liar, claims, "iat", json!(now() - 3600))),
    ("geen kenmerk", |liar, claims| with(liar, claims, "sub", json!(""))),
    ("zonder handtekening", |_, claims| format!("{}.{}.", part(&json!({"alg": "none"})), part(&claims))),
    ("zonder handtekening, met de naam van de sleutel", |_, claims| {
        format!("{}.{}.", part(&json!({"alg": "none", "kid": "een"})), part(&claims))
    }),
    ("de openbare sleutel als geheim", |_, claims| {
        let mut head = Header::new(Algorithm::HS256);
        head.kid = Some("een".to_owned());
        jsonwebtoken::encode(&head, &claims, &EncodingKey::from_secret(&public_key())).unwrap()
    }),
    ("een andere sleutel onder dezelfde naam", |_, claims| signed(8, Some("een"), &claims)),
    ("een onbekende sleutel", |_, claims| signed(8, Some("twee"), &claims)),
    ("gewijzigd na het tekenen", |liar, claims| {
        let good = honest(liar, claims.clone());
        let mut other = claims;
        other["sub"] = json!("iemand-anders");
        let parts: Vec<&str> = good.split('.').collect();
        format!("{}.{}.{}", parts[0], part(&other), parts[2])
    }),
    ("geen bewijs", |_, _| String::new()),
    ("veel te lang", |liar, claims| with(liar, claims, "naam", json!("a".repeat(40_000)))),
];

#[rstest]
#[actix_web::test]
async fn a_provider_that_lies_gets_nobody_in(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let desk = Desk::new(backend);
    let mut pages = Vec::new();
    for (what, lie) in LIES {
        desk.liar.lies(lie);
        let answer = desk.sign_in(SUBJECT).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text());
        pages.push(refusal(&answer));
    }
    assert_eq!(desk.log().await.matches("kon zich niet aanmelden bij de aanbieder: het bewijs").count(), LIES.len());
    pages.dedup();
    assert_eq!(pages.len(), 1, "one page for all: {pages:#?}");
    desk.liar.lies(honest);
    // A key without a name, a clock that differs a little, and a list of receivers with only us are all right.
    assert_eq!(desk.sign_in(SUBJECT).await.status, 200);
    desk.liar.lies(|_, claims| signed(7, None, &claims));
    assert_eq!(desk.sign_in(SUBJECT).await.status, 200);
    desk.liar.lies(|liar, claims| with(liar, claims, "iat", json!(now() + 30)));
    assert_eq!(desk.sign_in(SUBJECT).await.status, 200);
    desk.liar.lies(|liar, claims| with(liar, claims, "aud", json!([CLIENT])));
    assert_eq!(desk.sign_in(SUBJECT).await.status, 200);
}

#[rstest]
#[actix_web::test]
async fn an_answer_of_another_provider_or_without_its_name_is_refused(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    *desk.liar.more.lock().unwrap() = json!({"authorization_response_iss_parameter_supported": true});
    for (named, status) in [("", 401), ("&iss=https://elders.example", 401), (desk.liar.issuer.as_str(), 200)] {
        let way = desk.depart("").await;
        let code = desk.liar.code_for(&way.asked, SUBJECT);
        let named = if status == 200 { format!("&iss={named}") } else { named.to_owned() };
        let answer = desk.back(&way, &format!("code={code}&state={}{named}", way.asked["state"])).await;
        assert_eq!(answer.status, status, "{named}: {}", answer.text());
    }
}

#[rstest]
#[actix_web::test]
async fn a_provider_that_is_away_or_is_another_than_was_set_leads_nowhere(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    *desk.liar.more.lock().unwrap() = json!({"issuer": "https://elders.example"});
    refusal(&desk.site.send(Call::new("GET", START)).await);
    // Nothing listens there.
    let place = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let away = ProviderSettings::new(&format!("http://{place}"), CLIENT, Some(SITE)).unwrap();
    let site = Site::with_provider(backend, away);
    refusal(&site.send(Call::new("GET", START)).await);
    assert!(site.send(site.page("/log", Who::Overseer)).await.text().contains("de aanbieder gaf geen bewijs"));
}

#[rstest]
#[actix_web::test]
async fn an_account_is_not_made_by_signing_in_and_a_closed_one_stays_closed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let users = || desk.site.app.identity.users(&Actor::operator()).unwrap().len();
    let before = users();
    let unknown = refusal(&desk.sign_in("niemand").await);
    assert_eq!(users(), before);
    desk.site.app.identity.deactivate(&Actor::operator(), &desk.clerk).unwrap();
    assert_eq!(refusal(&desk.sign_in(SUBJECT).await), unknown);
    let log = desk.log().await;
    assert!(log.contains("aan niemand gekoppeld") && log.contains("het account is gesloten"), "{log}");
    // The log tells neither who it was at the provider nor what was sent along.
    assert!(!log.contains(SUBJECT) && !log.contains("niemand-"));
}

#[rstest]
#[actix_web::test]
async fn a_series_of_failures_closes_the_subject_but_not_the_name(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    for _ in 0..5 {
        refusal(&desk.sign_in("later").await);
    }
    desk.link(&desk.clerk, "later");
    refusal(&desk.sign_in("later").await);
    let log = desk.log().await;
    assert!(log.contains("tijdelijk gesloten"), "{log}");
    let given = json!({"gebruikersnaam": "clerk", "wachtwoord": super::harness::PASSWORD});
    assert_eq!(desk.site.send(Call::new("POST", "/v1/sessies").json(&given)).await.status, 201);
}

#[rstest]
#[actix_web::test]
async fn only_what_was_set_counts_as_a_second_factor(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    for (acr, amr, enters) in [("", "", false), ("hoog", "", true), ("", "otp", true), ("laag", "sms", false)] {
        let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let mut desk = Desk::with(backend, |settings| settings.trusting(words(acr), words(amr)));
        desk.site.require_second_factor_for(&[Role::Griffier]);
        desk.liar.lies(|_, mut claims| {
            (claims["acr"], claims["amr"]) = (json!("hoog"), json!(["pwd", "otp"]));
            signed(7, Some("een"), &claims)
        });
        let way = desk.depart("").await;
        assert_eq!(way.asked.get("acr_values").map_or("", String::as_str), acr);
        let cookie = session(&desk.sign_in(SUBJECT).await).unwrap();
        let answer = desk.site.send(Call::new("GET", "/zaken").header("Cookie", &cookie)).await;
        assert_eq!(answer.status == 200, enters, "acr {acr}, amr {amr}: {}", answer.text());
    }
}

#[rstest]
#[actix_web::test]
async fn signing_out_ends_the_session_here_and_leads_to_the_provider(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let cookie = session(&desk.sign_in(SUBJECT).await).unwrap();
    let csrf = desk.site.csrf(cookie.trim_start_matches("sessie="));
    let form = desk.site.form("/afmelden", Who::Nobody, &format!("csrf={csrf}")).header("Cookie", &cookie);
    let out = desk.site.send(form).await;
    assert_eq!((out.status, out.header("location")), (303, Some("/afgemeld")));
    assert_eq!(desk.site.send(Call::new("GET", "/zaken").header("Cookie", &cookie)).await.status, 303);
    let page = desk.site.send(Call::new("GET", "/afgemeld")).await;
    let onward = page.header("refresh").unwrap().trim_start_matches("0; url=").to_owned();
    let (place, query) = onward.split_once('?').unwrap();
    assert_eq!(place, format!("{}/end", desk.liar.issuer));
    let told = pairs(query);
    assert_eq!(
        (told["client_id"].as_str(), told["post_logout_redirect_uri"].clone()),
        (CLIENT, format!("{SITE}/aanmelden"))
    );
    assert!(page.text().contains("Ook afmelden bij de Proefaanbieder"), "{}", page.text());
    // Who signed in with a password has nothing to do there.
    let local = desk.site.send(desk.site.form("/afmelden", Who::Judge, "")).await;
    assert_eq!(local.header("location"), Some("/aanmelden"));
}

#[rstest]
#[actix_web::test]
async fn an_administrator_links_and_unlinks_and_the_sessions_end(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend);
    let place = format!("/gebruikers/{}", desk.clerk);
    let act = |fields: &str| desk.site.send(desk.site.form(&place, Who::Administrator, fields));
    let shown = desk.site.send(desk.site.page(&place, Who::Administrator)).await.text();
    assert!(shown.contains(SUBJECT) && shown.contains("Koppeling verwijderen"), "{shown}");
    let cookie = session(&desk.sign_in(SUBJECT).await).unwrap();
    assert_eq!(act("actie=ontkoppelen").await.header("location"), Some(format!("{place}?gedaan=ontkoppelen").as_str()));
    assert_eq!(desk.site.send(Call::new("GET", "/zaken").header("Cookie", &cookie)).await.status, 303);
    refusal(&desk.sign_in(SUBJECT).await);
    assert_eq!(act("actie=ontkoppelen").await.status, 404);
    let users = desk.site.app.identity.users(&Actor::operator()).unwrap();
    let judge = &users.iter().find(|user| user.login == "judge").unwrap().id;
    desk.link(judge, "bezet");
    for (subject, told) in [("bezet", "al aan een gebruiker gekoppeld"), ("", "1 tot 255"), ("a b", "1 tot 255")] {
        let answer = act(&format!("actie=koppelen&kenmerk={}", subject.replace(' ', "%C3%A9"))).await;
        assert!(answer.status == 422 && answer.text().contains(told), "{subject}: {}", answer.text());
    }
    assert_eq!(act("actie=koppelen&kenmerk=nieuw").await.status, 303);
    assert_eq!(desk.sign_in("nieuw").await.status, 200);
    let log = desk.log().await;
    assert!(log.contains("gekoppeld aan een kenmerk bij de aanbieder") && log.contains("heeft de koppeling"), "{log}");
}

#[rstest]
#[actix_web::test]
async fn without_a_provider_there_is_no_way_to_one(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    assert!(!site.send(Call::new("GET", "/aanmelden")).await.text().contains("aanbieder"));
    for path in [START, BACK] {
        assert_eq!(site.send(Call::new("GET", path)).await.status, 404, "{path}");
    }
    assert_eq!(site.send(Call::new("GET", "/afgemeld")).await.header("location"), Some("/aanmelden"));
}
