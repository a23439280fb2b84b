//! Keys on a device: adding one, signing in with it, and what is no answer of that key.

use super::harness::{Answer, HOST, PASSWORD, Site, Who};
use super::second_factor::{PLACE, between, enrol, log};
use crate::support::Backend;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rstest::rstest;
use serde_json::{Value, json};

const ORIGIN: &str = "http://combizitting.test";
/// Flags of an authenticator: someone was there, was recognised, and a new key comes along.
const PRESENT: u8 = 0x01;
const RECOGNISED: u8 = 0x04;
const NEW_KEY: u8 = 0x40;

/// A key on a device, as a real one answers.
struct Device {
    id: [u8; 16],
    pair: EcdsaKeyPair,
    counter: u32,
}

/// What a lying browser or device would say otherwise.
#[derive(Clone, Copy)]
struct Said {
    origin: &'static str,
    site: &'static str,
    flags: u8,
}

const HONEST: Said = Said { origin: ORIGIN, site: HOST, flags: PRESENT | RECOGNISED };

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

/// A pair of COSE with its length before it, for byte strings of less than 256.
fn bytes_of_cbor(bytes: &[u8]) -> Vec<u8> {
    [&[0x58, u8::try_from(bytes.len()).unwrap()], bytes].concat()
}

impl Device {
    fn new(number: u8) -> Self {
        Self { id: [number; 16], pair: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(), counter: 0 }
    }

    /// What it says of itself and where it is: hash of the site, flags, counter.
    fn head(&mut self, said: Said) -> Vec<u8> {
        self.counter += 1;
        [sha256(said.site.as_bytes()).as_slice(), &[said.flags], &self.counter.to_be_bytes()].concat()
    }

    fn client(kind: &str, options: &Value, said: Said) -> Vec<u8> {
        let challenge = &options["publicKey"]["challenge"];
        json!({"type": kind, "challenge": challenge, "origin": said.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn made(&mut self, options: &Value) -> Value {
        let point = self.pair.public_key().as_ref();
        let (x, y) = (bytes_of_cbor(&point[1..33]), bytes_of_cbor(&point[33..65]));
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
        let key = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21], x.as_slice(), &[0x22], y.as_slice()].concat();
        let mut data = self.head(Said { flags: HONEST.flags | NEW_KEY, ..HONEST });
        data.extend([&[0; 16], [0, 16].as_slice(), &self.id, &key].concat());
        let object = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData".as_slice(), &bytes_of_cbor(&data)].concat();
        let client = Self::client("webauthn.create", options, HONEST);
        let response = json!({"attestationObject": b64(&object), "clientDataJSON": b64(&client)});
        json!({"id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key", "response": response})
    }

    fn signed(&mut self, options: &Value, said: Said) -> Value {
        let (data, client) = (self.head(said), Self::client("webauthn.get", options, said));
        let text = [data.as_slice(), &sha256(&client)].concat();
        let mark = self.pair.sign(&SystemRandom::new(), &text).unwrap();
        let response =
            json!({"authenticatorData": b64(&data), "clientDataJSON": b64(&client), "signature": b64(mark.as_ref())});
        json!({"id": b64(&self.id), "rawId": b64(&self.id), "type": "public-key", "response": response})
    }
}

fn field(name: &str, value: &str) -> String {
    let coded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{name}={coded}")
}

async fn form(site: &Site, who: Who, fields: &[(&str, &str)]) -> Answer {
    let coded: Vec<String> = fields.iter().map(|(name, value)| field(name, value)).collect();
    site.send(site.form(PLACE, who, &coded.join("&"))).await
}

/// What a page asks of a key: under which id, and how.
fn asked(page: &str) -> (String, Value) {
    let options = between(page, "data-vraag=\"", "\"").replace("&quot;", "\"").replace("&#x3D;", "=");
    let id = between(page, "name=\"uitdaging\" value=\"", "\"").to_owned();
    (id, serde_json::from_str(&options).unwrap_or_else(|error| panic!("{error}: {options}")))
}

/// Adds a key with a recovery code.
async fn add(site: &Site, who: Who, device: &mut Device, code: &str) -> Answer {
    let begun = form(site, who, &[("actie", "sleutel"), ("naam", "stick aan de bos"), ("sleutelcode", code)]).await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    let (id, options) = asked(&begun.text());
    let answer = device.made(&options).to_string();
    form(site, who, &[("actie", "sleutel-klaar"), ("uitdaging", &id), ("antwoord", &answer)]).await
}

/// The second step of signing in: what belongs with it, and what is asked of a key.
async fn step(site: &Site, login: &str) -> (String, String, Value) {
    let first = format!("gebruikersnaam={login}&wachtwoord={}", PASSWORD.replace(' ', "+"));
    let page = site.send(site.form("/aanmelden", Who::Nobody, &first)).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let policy = page.header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("script-src 'self'") && page.text().contains("/statisch/sleutel.js"), "{policy}");
    let (id, options) = asked(&page.text());
    (between(&page.text(), "name=\"stap\" value=\"", "\"").to_owned(), id, options)
}

async fn give(site: &Site, step: &str, id: &str, answer: &Value) -> Answer {
    let fields = [field("stap", step), field("uitdaging", id), field("antwoord", &answer.to_string())].join("&");
    site.send(site.form("/aanmelden/sleutel", Who::Nobody, &format!("{fields}&verder=/account"))).await
}

/// A site of whose clerk a key was added, with recovery codes that are left.
async fn with_key(backend: Backend) -> (Site, Device, Vec<String>) {
    let site = Site::new(backend);
    let (_, mut codes) = enrol(&site).await;
    let mut device = Device::new(1);
    let added = add(&site, Who::Clerk, &mut device, &codes.remove(0)).await;
    assert_eq!((added.status, added.header("location")), (303, Some("/account/tweede-factor?gedaan=sleutel")));
    (site, device, codes)
}

#[rstest]
#[actix_web::test]
async fn a_key_that_was_added_signs_in_in_the_place_of_a_code(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, mut device, _) = with_key(backend).await;
    let before = site.send(site.page(PLACE, Who::Clerk)).await.text();
    assert!(before.contains("<td>stick aan de bos</td>") && before.contains("<td>nog niet</td>"), "{before}");
    for _ in 0..2 {
        let (step, id, options) = step(&site, "clerk").await;
        let done = give(&site, &step, &id, &device.signed(&options, HONEST)).await;
        assert_eq!((done.status, done.header("location")), (303, Some("/account")), "{}", done.text());
        assert!(done.header("set-cookie").unwrap().starts_with("sessie="));
    }
    let after = site.send(site.page(PLACE, Who::Clerk)).await.text();
    assert!(!after.contains("<td>nog niet</td>"), "when it was last used is told");
    assert!(log(&site).await.contains("een beveiligingssleutel toegevoegd"));
}

#[rstest]
#[case::of_a_site_that_looks_like_this_one(Said { origin: "http://combizitting.example", ..HONEST })]
#[case::made_for_another_site(Said { site: "combizitting.example", ..HONEST })]
#[case::with_nobody_there(Said { flags: 0, ..HONEST })]
#[case::of_whoever_picked_the_device_up(Said { flags: PRESENT, ..HONEST })]
#[actix_web::test]
async fn an_answer_is_refused(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend, #[case] said: Said) {
    let (site, mut device, _) = with_key(backend).await;
    let (step, id, options) = step(&site, "clerk").await;
    let refused = give(&site, &step, &id, &device.signed(&options, said)).await;
    assert!(refused.status == 401 && refused.text().contains("id=\"sleutel-fout\""), "{}", refused.text());
    assert_eq!(refused.header("set-cookie"), None);
}

#[rstest]
#[actix_web::test]
async fn an_answer_counts_once_and_only_for_what_was_asked(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, mut device, _) = with_key(backend).await;
    let (first, id, options) = step(&site, "clerk").await;
    let answer = device.signed(&options, HONEST);
    let (_, later, _) = step(&site, "clerk").await;
    assert_eq!(give(&site, &first, &later, &answer).await.status, 401, "the answer to something else");
    assert_eq!(give(&site, &first, &id, &answer).await.status, 303);
    assert_eq!(give(&site, &first, &id, &answer).await.status, 401, "the same once more");
    assert_eq!(give(&site, &first, "verzonnen", &json!({"id": "x"})).await.status, 401);
}

#[rstest]
#[actix_web::test]
async fn a_copy_of_a_key_is_noticed_by_its_counter(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let (site, mut device, _) = with_key(backend).await;
    device.counter = 40;
    let (first, id, options) = step(&site, "clerk").await;
    assert_eq!(give(&site, &first, &id, &device.signed(&options, HONEST)).await.status, 303);
    device.counter = 10;
    let (second, id, options) = step(&site, "clerk").await;
    assert_eq!(give(&site, &second, &id, &device.signed(&options, HONEST)).await.status, 401);
}

#[rstest]
#[actix_web::test]
async fn a_key_of_another_opens_nothing_and_guessing_closes_the_name(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, _, codes) = with_key(backend).await;
    let mut strange = Device::new(1);
    for tried in 1..=5 {
        let (step, id, options) = step(&site, "clerk").await;
        let refused = give(&site, &step, &id, &strange.signed(&options, HONEST)).await;
        assert_eq!(refused.status, if tried < 5 { 401 } else { 429 }, "{}", refused.text());
    }
    let given = json!({"gebruikersnaam": "clerk", "wachtwoord": PASSWORD, "code": codes[0]});
    let call = super::harness::Call::new("POST", "/v1/sessies").json(&given);
    site.send(call).await.assert_problem(429, "too_many_attempts");
}

#[rstest]
#[actix_web::test]
async fn what_was_asked_of_one_user_is_no_answer_for_another(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, mut device, codes) = with_key(backend).await;
    let begun = [("actie", "sleutel"), ("naam", "tweede"), ("sleutelcode", codes[0].as_str())];
    let (id, options) = asked(&form(&site, Who::Clerk, &begun).await.text());
    let answer = Device::new(2).made(&options).to_string();
    let done = [("actie", "sleutel-klaar"), ("uitdaging", id.as_str()), ("antwoord", answer.as_str())];
    assert_eq!(form(&site, Who::Judge, &done).await.status, 422, "asked of the clerk, answered by a judge");
    assert_eq!(form(&site, Who::Clerk, &done).await.status, 303, "and still there for the clerk");
    let again = add(&site, Who::Clerk, &mut device, &codes[1]).await;
    assert!(again.status == 422 && again.text().contains("al in gebruik"), "{}", again.text());
    let (step, id, options) = step(&site, "clerk").await;
    assert_eq!(options["publicKey"]["allowCredentials"].as_array().unwrap().len(), 2);
    assert_eq!(give(&site, &step, &id, &device.signed(&options, HONEST)).await.status, 303);
}

#[rstest]
#[actix_web::test]
async fn a_key_is_added_and_taken_away_only_with_a_code(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, mut device, codes) = with_key(backend).await;
    let wrong = form(&site, Who::Clerk, &[("actie", "sleutel"), ("naam", "tweede"), ("sleutelcode", "000000")]).await;
    assert!(wrong.status == 422 && wrong.text().contains("id=\"sleutelcode-fout\""), "{}", wrong.text());
    assert!(wrong.text().contains("value=\"tweede\""), "what was typed stays");
    let nameless = form(&site, Who::Clerk, &[("actie", "sleutel"), ("naam", " "), ("sleutelcode", &codes[0])]).await;
    assert!(nameless.status == 422 && nameless.text().contains("id=\"naam-fout\""), "{}", nameless.text());
    let without = form(&site, Who::Judge, &[("actie", "sleutel"), ("naam", "x"), ("sleutelcode", &codes[0])]).await;
    assert_eq!(without.status, 422, "who has no second factor has no code to give");
    let page = site.send(site.page(PLACE, Who::Clerk)).await.text();
    let id = between(&page, "<option value=\"", "\"").to_owned();
    let take = |who, code: String| {
        let (site, id) = (&site, id.clone());
        async move { form(site, who, &[("actie", "sleutel-weg"), ("sleutel", &id), ("wegcode", &code)]).await }
    };
    assert_eq!(take(Who::Clerk, "000000".to_owned()).await.status, 422);
    let (begun, asked_id, options) = step(&site, "clerk").await;
    assert_eq!(take(Who::Clerk, codes[0].clone()).await.status, 303);
    let answer = device.signed(&options, HONEST);
    assert_eq!(give(&site, &begun, &asked_id, &answer).await.status, 401, "taken away while it was being used");
    assert_eq!(take(Who::Clerk, codes[1].clone()).await.status, 409, "there is none any more");
    assert!(log(&site).await.contains("een eigen beveiligingssleutel verwijderd"));
}

#[rstest]
#[actix_web::test]
async fn without_the_second_factor_its_keys_are_gone_too(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (site, _, codes) = with_key(backend).await;
    assert_eq!(form(&site, Who::Clerk, &[("actie", "weg"), ("weg", &codes[0])]).await.status, 303);
    let call = super::harness::Call::new("POST", "/v1/sessies");
    let given = json!({"gebruikersnaam": "clerk", "wachtwoord": PASSWORD});
    assert_eq!(site.send(call.json(&given)).await.status, 201);
    enrol(&site).await;
    assert!(!site.send(site.page(PLACE, Who::Clerk)).await.text().contains("stick aan de bos"));
}
