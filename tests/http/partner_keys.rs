//! Systems of partners that get a token for an assertion they sign, and what gets none.

use super::harness::{Answer, Call, HOST, PASSWORD, Site, Who};
use crate::support::Backend;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use combizitting::identity::Actor;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rstest::rstest;
use serde_json::{Value, json};

const TOKENS: &str = "/v1/tokens";
const KIND: &str = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

fn jwk(seed: u8) -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(pair(seed).public_key().as_ref())})
}

fn now() -> i64 {
    i64::try_from(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

/// What a system says of itself, each time under another number.
fn claims() -> Value {
    let number = combizitting::db::new_id();
    let receiver = format!("http://{HOST}{TOKENS}");
    json!({"iss": "partner", "sub": "partner", "aud": receiver, "exp": now() + 60, "iat": now(), "jti": number})
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn signed(seed: u8, claims: &Value) -> String {
    let key = EncodingKey::from_ed_der(pair(seed).to_pkcs8().unwrap().as_ref());
    jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), claims, &key).unwrap()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A site where the partner has a system, and the id of its account.
struct Desk {
    site: Site,
    partner: String,
}

impl Desk {
    /// With the key of seed 1.
    async fn new(backend: Backend) -> Self {
        let desk = Self::without_key(backend);
        assert_eq!(desk.add_key(&jwk(1).to_string()).await.status, 201);
        desk
    }

    fn without_key(backend: Backend) -> Self {
        let site = Site::new(backend);
        let users = site.app.identity.users(&Actor::operator()).unwrap();
        let partner = users.into_iter().find(|user| user.login == "partner").unwrap().id;
        Self { site, partner }
    }

    fn keys(&self) -> String {
        format!("/v1/gebruikers/{}/sleutels", self.partner)
    }

    async fn add_key(&self, jwk: &str) -> Answer {
        self.site.send(self.site.api("POST", &self.keys(), Who::Administrator).json(&json!({"sleutel": jwk}))).await
    }

    async fn ask(&self, assertion: &str) -> Answer {
        let body =
            format!("grant_type=client_credentials&client_assertion_type={KIND}&client_assertion={assertion}&scope=x");
        self.site.send(form(body)).await
    }

    async fn token(&self) -> String {
        let answer = self.ask(&signed(1, &claims())).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    async fn with(&self, token: &str, method: &str, path: &str) -> Answer {
        let path = path.replace("{dossier}", &self.site.dossier);
        self.site.send(Call::new(method, &path).header("Authorization", &format!("Bearer {token}"))).await
    }

    async fn log(&self) -> String {
        self.site.send(self.site.page("/log", Who::Overseer)).await.text().to_lowercase()
    }
}

fn form(body: String) -> Call {
    Call::new("POST", TOKENS).header("Content-Type", "application/x-www-form-urlencoded").body(body)
}

#[rstest]
#[actix_web::test]
async fn a_system_gets_a_short_token_that_does_what_a_partner_may_and_nothing_else(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let answer = desk.ask(&signed(1, &claims())).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")), "{}", answer.text());
    let told = answer.json();
    assert_eq!(told["token_type"], "Bearer");
    let seconds = told["expires_in"].as_i64().unwrap();
    assert!((290..=300).contains(&seconds), "{seconds}");
    let token = told["access_token"].as_str().unwrap();
    assert_eq!(desk.with(token, "GET", "/v1/leveringen").await.status, 200);
    assert_eq!(desk.with(token, "GET", "/v1/sessies/huidige").await.json()["rol"], "ketenpartner");
    for path in ["/v1/dossiers", "/v1/gebruikers", "/v1/auditregels", "/v1/dossiers/{dossier}"] {
        desk.with(token, "GET", path).await.assert_problem(403, "forbidden");
    }
    // Renewing makes it last no longer.
    let renewed = desk.with(token, "PUT", "/v1/sessies/huidige").await.json();
    let to_the_second = |name: &str| renewed[name].as_str().unwrap()[..19].to_owned();
    assert_eq!(to_the_second("verloopt_op"), to_the_second("sessie_eindigt_op"));
    assert!(desk.log().await.contains("heeft als systeem een token gekregen"));
}

#[rstest]
#[actix_web::test]
async fn a_required_second_factor_does_not_stop_a_system(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut desk = Desk::new(backend).await;
    desk.site.require_second_factor_for(&[combizitting::identity::Role::Ketenpartner]);
    let token = desk.token().await;
    assert_eq!(desk.with(&token, "GET", "/v1/leveringen").await.status, 200);
}

/// Assertions that are signed with the right key and yet do not count.
fn wrong() -> Vec<(&'static str, Value)> {
    let receiver = format!("http://{HOST}{TOKENS}");
    vec![
        ("een andere ontvanger", with("aud", json!("https://elders.example/v1/tokens"))),
        ("de site in plaats van het adres", with("aud", json!(format!("http://{HOST}")))),
        ("ook een andere ontvanger", with("aud", json!([receiver, "https://elders.example"]))),
        ("geen ontvanger", with("aud", Value::Null)),
        ("over een ander", with("sub", json!("clerk"))),
        ("zonder sub", with("sub", Value::Null)),
        ("van een ander", with("iss", json!("clerk"))),
        ("met hoofdletters", with("iss", json!("Partner"))),
        ("zonder nummer", with("jti", json!(""))),
        ("met een heel lang nummer", with("jti", json!("a".repeat(201)))),
        ("verlopen", with("exp", json!(now() - 60))),
        ("zonder einde", with("exp", Value::Null)),
        ("een uur geldig", with("exp", json!(now() + 3600))),
        ("voor altijd geldig", with("exp", json!(i64::MAX))),
        ("uit de toekomst", with("iat", json!(now() + 120))),
        ("nog niet geldig", with("nbf", json!(now() + 120))),
    ]
}

#[rstest]
#[actix_web::test]
async fn an_assertion_that_says_something_else_gets_no_token(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let mut told = Vec::new();
    for (what, claims) in wrong() {
        let answer = desk.ask(&signed(1, &claims)).await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text());
        let mut problem = answer.assert_problem(401, "assertion_refused");
        problem["instance"] = json!("");
        told.push(problem);
    }
    told.dedup();
    assert_eq!(told.len(), 1, "one answer for all");
    let log = desk.log().await;
    assert_eq!(log.matches("kreeg als systeem geen token").count(), wrong().len());
    assert!(log.contains("verlopen of te lang geldig") && log.contains("de verklaring klopt niet"), "{log}");
}

#[rstest]
#[actix_web::test]
async fn an_assertion_that_was_not_signed_with_the_key_gets_no_token(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let public = pair(1).public_key().as_ref().to_vec();
    let good = signed(1, &claims());
    let pieces: Vec<&str> = good.split('.').collect();
    let mut with_key = Header::new(Algorithm::EdDSA);
    with_key.jwk = serde_json::from_value(jwk(2)).ok();
    let by_two = EncodingKey::from_ed_der(pair(2).to_pkcs8().unwrap().as_ref());
    let crit = part(&json!({"alg": "EdDSA", "crit": ["b64"], "b64": false}));
    let forged = [
        signed(2, &claims()),
        jsonwebtoken::encode(&with_key, &claims(), &by_two).unwrap(),
        format!("{}.{}.", part(&json!({"alg": "none"})), part(&claims())),
        format!("{}.{}.{}", part(&json!({"alg": "none"})), part(&claims()), pieces[2]),
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims(), &EncodingKey::from_secret(&public)).unwrap(),
        format!("{}.{}.{}", pieces[0], part(&claims()), pieces[2]),
        format!("{crit}.{}.{}", pieces[1], pieces[2]),
        format!("{}.{}", pieces[0], pieces[1]),
        "a.b.c".to_owned(),
        "a".repeat(17_000),
        desk.site.token(Who::Partner).unwrap(),
    ];
    for assertion in &forged {
        desk.ask(assertion).await.assert_problem(401, "assertion_refused");
    }
    assert_eq!(desk.ask(&good).await.status, 200, "none of it used up the number of the right one");
}

#[rstest]
#[actix_web::test]
async fn an_assertion_counts_once_also_at_the_same_moment(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let assertion = signed(1, &claims());
    let answers = at_once(&desk, &assertion).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401]);
    assert!(desk.log().await.contains("de verklaring was al gebruikt"));
    // The same number in another assertion is no other.
    let number = desk.ask(&signed(1, &with("jti", json!("vast")))).await;
    assert_eq!(number.status, 200);
    desk.ask(&signed(1, &with("jti", json!("vast")))).await.assert_problem(401, "assertion_refused");
}

/// The same assertion four times, each in flight while the others are.
async fn at_once(desk: &Desk, assertion: &str) -> Vec<Answer> {
    let app = desk.site.app.clone();
    let receiver = format!("http://{HOST}{TOKENS}");
    let race: Vec<_> = (0..3)
        .map(|_| {
            let (app, receiver, assertion) = (app.clone(), receiver.clone(), assertion.to_owned());
            std::thread::spawn(move || app.identity.sign_in_by_assertion(&assertion, &receiver).is_ok())
        })
        .collect();
    let mut answers = vec![desk.ask(assertion).await];
    for one in race {
        let status = if one.join().unwrap() { 200 } else { 401 };
        answers.push(Answer { status, headers: Vec::new(), body: Vec::new() });
    }
    answers
}

#[rstest]
#[actix_web::test]
async fn withdrawing_a_key_ends_its_tokens_at_once_and_for_good(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    assert_eq!(desk.add_key(&jwk(3).to_string()).await.status, 201);
    let token = desk.token().await;
    let listed = desk.site.send(desk.site.api("GET", &desk.keys(), Who::Administrator)).await.json();
    let keys = listed["sleutels"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    let (next, first) = (keys[0]["id"].as_str().unwrap(), keys[1]["id"].as_str().unwrap());
    let end =
        |key: &str| desk.site.send(desk.site.api("DELETE", &format!("{}/{key}", desk.keys()), Who::Administrator));
    assert_eq!(end(first).await.status, 204);
    desk.with(&token, "GET", "/v1/leveringen").await.assert_problem(401, "not_signed_in");
    desk.ask(&signed(1, &claims())).await.assert_problem(401, "assertion_refused");
    assert_eq!(desk.ask(&signed(3, &claims())).await.status, 200, "the other one goes on");
    end(first).await.assert_problem(404, "not_found");
    desk.add_key(&jwk(1).to_string()).await.assert_problem(422, "invalid_input");
    assert_eq!(end(next).await.status, 204);
    desk.ask(&signed(3, &claims())).await.assert_problem(401, "assertion_refused");
    let log = desk.log().await;
    assert!(log.contains("een sleutel van een systeem ingetrokken") && log.contains("er is geen sleutel die telt"));
}

#[rstest]
#[actix_web::test]
async fn a_closed_account_gets_no_token_and_its_token_no_longer_counts(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let token = desk.token().await;
    desk.site.app.identity.deactivate(&Actor::operator(), &desk.partner).unwrap();
    desk.with(&token, "GET", "/v1/leveringen").await.assert_problem(401, "not_signed_in");
    desk.ask(&signed(1, &claims())).await.assert_problem(401, "assertion_refused");
}

#[rstest]
#[actix_web::test]
async fn the_account_of_a_system_is_no_longer_that_of_a_person(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::without_key(backend);
    let by_password = json!({"gebruikersnaam": "partner", "wachtwoord": PASSWORD});
    let sign_in = || desk.site.send(Call::new("POST", "/v1/sessies").json(&by_password));
    assert_eq!(sign_in().await.status, 201);
    let before = desk.site.token(Who::Partner).unwrap();
    assert_eq!(desk.add_key(&jwk(1).to_string()).await.status, 201);
    desk.with(&before, "GET", "/v1/leveringen").await.assert_problem(401, "not_signed_in");
    sign_in().await.assert_problem(401, "sign_in_refused");
    let place = format!("/gebruikers/{}", desk.partner);
    let act = |fields: &str| desk.site.send(desk.site.form(&place, Who::Administrator, fields));
    assert_eq!(act("actie=wachtwoord&wachtwoord=een+nieuw+lang+wachtwoord").await.status, 409);
    let linked = desk.site.app.identity.link_subject(&Actor::operator(), &desk.partner, "https://a.example", "x");
    assert!(linked.is_err());
    // Guessing at the password of the name does not keep the system out.
    for _ in 0..6 {
        sign_in().await;
    }
    desk.token().await;
}

#[rstest]
#[actix_web::test]
async fn only_public_keys_that_are_strong_enough_are_registered_and_only_for_partners(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::without_key(backend);
    let mut secret = jwk(1);
    secret["d"] = json!(URL_SAFE_NO_PAD.encode([1; 32]));
    let refused = desk.add_key(&secret.to_string()).await;
    assert!(refused.status == 422 && refused.text().contains("geheime sleutel"), "{}", refused.text());
    let weak = json!({"kty": "RSA", "n": URL_SAFE_NO_PAD.encode([255; 128]), "e": "AQAB"});
    let other_curve = json!({"kty": "EC", "crv": "P-384", "x": URL_SAFE_NO_PAD.encode([1; 48]), "y": "AQAB"});
    let shared = json!({"kty": "oct", "k": "AAAA"});
    for bad in [weak, other_curve, shared, json!({"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}), json!([]), json!(3)] {
        desk.add_key(&bad.to_string()).await.assert_problem(422, "invalid_input");
    }
    desk.add_key("geen sleutel").await.assert_problem(422, "invalid_input");
    let strong = json!({"kty": "RSA", "n": URL_SAFE_NO_PAD.encode([255; 256]), "e": "AQAB"});
    assert_eq!(desk.add_key(&strong.to_string()).await.status, 201);
    desk.add_key(&strong.to_string()).await.assert_problem(422, "invalid_input");
    for seed in 2..6 {
        assert_eq!(desk.add_key(&jwk(seed).to_string()).await.status, 201);
    }
    desk.add_key(&jwk(6).to_string()).await.assert_problem(422, "invalid_input");
    let users = desk.site.app.identity.users(&Actor::operator()).unwrap();
    let judge = &users.iter().find(|user| user.login == "judge").unwrap().id;
    let of_judge = format!("/v1/gebruikers/{judge}/sleutels");
    let call = desk.site.api("POST", &of_judge, Who::Administrator).json(&json!({"sleutel": jwk(7).to_string()}));
    desk.site.send(call).await.assert_problem(409, "conflict");
}

#[rstest]
#[actix_web::test]
async fn a_request_for_a_token_that_is_no_such_request_is_told_so(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::new(backend).await;
    let whole = |assertion: &str| {
        format!("grant_type=client_credentials&client_assertion_type={KIND}&client_assertion={assertion}")
    };
    let good = signed(1, &claims());
    for body in [
        String::new(),
        whole(""),
        whole(&good).replace("client_credentials", "authorization_code"),
        whole(&good).replace(KIND, "anders"),
        format!("{}&client_assertion={good}", whole(&good)),
    ] {
        desk.site.send(form(body)).await.assert_problem(422, "invalid_input");
    }
    let json = Call::new("POST", TOKENS).json(&json!({"client_assertion": good}));
    desk.site.send(json).await.assert_problem(415, "unsupported_media_type");
    assert_eq!(desk.site.send(form(whole(&good))).await.status, 200);
}

#[rstest]
#[actix_web::test]
async fn an_administrator_registers_and_withdraws_on_the_page(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let desk = Desk::without_key(backend);
    let place = format!("/gebruikers/{}", desk.partner);
    let act = |fields: String| desk.site.send(desk.site.form(&place, Who::Administrator, &fields));
    let show = || desk.site.send(desk.site.page(&place, Who::Administrator));
    let before = show().await.text();
    assert!(before.contains("Nieuw wachtwoord") && before.contains("/v1/tokens"), "{before}");
    let mut secret = jwk(1);
    secret["d"] = json!("heelgeheim");
    let told = act(format!("actie=sleutel&sleutel={}", coded(&secret))).await;
    assert!(told.status == 422 && told.text().contains("id=\"sleutel-fout\""), "{}", told.text());
    assert!(!told.text().contains("heelgeheim"), "what may be secret is not sent back");
    let done = act(format!("actie=sleutel&sleutel={}", coded(&jwk(1)))).await;
    assert_eq!(done.header("location"), Some(format!("{place}?gedaan=sleutel").as_str()), "{}", done.text());
    let page = show().await.text();
    assert!(!page.contains("Nieuw wachtwoord") && page.contains("Intrekken"), "{page}");
    let key = page.split("name=\"welke\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(act(format!("actie=intrekken&welke={key}")).await.status, 303);
    assert!(show().await.text().contains("ingetrokken, "));
    let judge = desk.site.app.identity.users(&Actor::operator()).unwrap();
    let judge = &judge.iter().find(|user| user.login == "judge").unwrap().id;
    let other = desk.site.send(desk.site.page(&format!("/gebruikers/{judge}"), Who::Administrator)).await.text();
    assert!(!other.contains("Sleutels van een systeem"));
}

/// JSON as a value in a form.
fn coded(value: &Value) -> String {
    value.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
}
