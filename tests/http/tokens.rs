//! Tokens that someone who means harm could try, over HTTP: none of them opens a session.

use super::harness::{Call, KEY, PASSWORD, Site, Who};
use crate::support::Backend;
use aws_lc_rs::signature::Ed25519KeyPair;
use combizitting::identity::{Identity, SessionKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

async fn is_refused(site: &Site, what: &str, token: &str) {
    let api = Call::new("GET", "/v1/dossiers").header("Authorization", &format!("Bearer {token}"));
    let answer = site.send(api).await;
    assert_eq!(answer.status, 401, "{what}: {}", answer.text());
    answer.assert_problem(401, "not_signed_in");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    let page = site.send(Call::new("GET", "/zaken").header("Cookie", &format!("sessie={token}"))).await;
    assert_eq!((page.status, page.header("location")), (303, Some("/aanmelden?verder=/zaken")), "{what}");
}

fn part(text: &str) -> Value {
    use std::str::FromStr;
    // Base64url without padding, by hand: the tests need no package for it.
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for c in text.bytes() {
        let value = alphabet.iter().position(|known| *known == c).unwrap();
        bits = bits << 6 | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    Value::from_str(&String::from_utf8(bytes).unwrap()).unwrap()
}

fn base64(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    bytes
        .chunks(3)
        .flat_map(|chunk| {
            let all = chunk.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
            (0..=chunk.len()).map(move |at| char::from(alphabet[(all >> (18 - 6 * at) & 63) as usize]))
        })
        .collect()
}

/// A token signed with the site's own key, with these claims.
fn signed(claims: &Value, kid: &str) -> String {
    let seed = Sha256::digest([b"combizitting/tekensleutel/", KEY.as_bytes()].concat());
    let pair = Ed25519KeyPair::from_seed_unchecked(&seed).unwrap();
    let key = EncodingKey::from_ed_der(pair.to_pkcs8().unwrap().as_ref());
    jsonwebtoken::encode(&head(Algorithm::EdDSA, kid), claims, &key).unwrap()
}

/// A token signed with a shared secret, under the name of the site's own key.
fn with_secret(claims: &Value, algorithm: Algorithm, kid: &str, secret: &[u8]) -> String {
    jsonwebtoken::encode(&head(algorithm, kid), claims, &EncodingKey::from_secret(secret)).unwrap()
}

fn head(algorithm: Algorithm, kid: &str) -> Header {
    let mut head = Header::new(algorithm);
    head.kid = Some(kid.to_owned());
    head
}

fn kid_of(token: &str) -> String {
    jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
}

/// How a claim set is made wrong.
type Change<'a> = &'a dyn Fn(&mut Value);

#[rstest]
#[actix_web::test]
async fn a_token_signed_with_the_right_key_counts_only_with_the_right_claims(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let token = site.token(Who::Judge).unwrap();
    let claims = part(token.split('.').nth(1).unwrap());
    let with = |change: Change| {
        let mut changed = claims.clone();
        change(&mut changed);
        signed(&changed, &kid_of(&token))
    };
    // The unchanged claims do count, so that what follows is refused for the change alone.
    let same = Call::new("GET", "/v1/dossiers").header("Authorization", &format!("Bearer {}", with(&|_| {})));
    assert_eq!(site.send(same).await.status, 200);
    let other = part(site.token(Who::Clerk).unwrap().split('.').nth(1).unwrap());
    let bad: [(&str, Change); 12] = [
        ("expired", &|claims| claims["exp"] = json!(claims["iat"])),
        ("expired long ago", &|claims| claims["exp"] = json!(1)),
        ("negative end", &|claims| claims["exp"] = json!(-9_000_000_000_000_000_i64)),
        ("no end", &|claims| drop(claims.as_object_mut().unwrap().remove("exp"))),
        ("another audience", &|claims| claims["aud"] = json!("elders")),
        ("no audience", &|claims| drop(claims.as_object_mut().unwrap().remove("aud"))),
        ("another issuer", &|claims| claims["iss"] = json!("elders")),
        ("no issuer", &|claims| drop(claims.as_object_mut().unwrap().remove("iss"))),
        ("someone else's name on this session", &|claims| claims["sub"] = other["sub"].clone()),
        ("someone else's session", &|claims| claims["jti"] = other["jti"].clone()),
        ("a session that is not there", &|claims| claims["jti"] = json!("00000000-0000-7000-8000-000000000000")),
        ("a session as SQL", &|claims| claims["jti"] = json!("' OR '1'='1")),
    ];
    for (what, change) in bad {
        is_refused(&site, what, &with(change)).await;
    }
}

#[rstest]
#[actix_web::test]
async fn no_other_algorithm_no_algorithm_and_no_key_from_the_token_itself_counts(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let token = site.token(Who::Judge).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let claims = part(parts[1]);
    // The public key, which everyone can fetch, as if it were a shared secret; and the secret of the site itself.
    let (kid, keys) = (kid_of(&token), site.send(Call::new("GET", "/v1/sleutels")).await.json());
    let public = keys["keys"][0]["x"].as_str().unwrap().to_owned();
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        for secret in [public.as_bytes(), KEY.as_bytes()] {
            let forged = with_secret(&claims, algorithm, &kid, secret);
            is_refused(&site, "another algorithm with a known key", &forged).await;
        }
    }
    is_refused(&site, "the right key under another name", &signed(&claims, "0123456789abcdef")).await;
    for name in ["none", "None", "NONE", "nOnE", "", "RS256", "PS256", "ES256", "HS256", "HS384", "eddsa"] {
        let head = base64(json!({"alg": name, "typ": "JWT", "kid": kid}).to_string().as_bytes());
        for signature in ["", parts[2]] {
            is_refused(&site, name, &format!("{head}.{}.{signature}", parts[1])).await;
        }
    }
    // A key that the token brings along, or says where to fetch.
    let own = "een sleutel die de aanvaller zelf koos, ook lang genoeg";
    let jwk = json!({"kty": "oct", "k": base64(own.as_bytes())});
    for extra in [json!({"jwk": jwk}), json!({"jku": "http://127.0.0.1:9/k"}), json!({"kid": "../../../dev/null"})] {
        let mut head = json!({"alg": "HS256", "typ": "JWT", "kid": kid});
        head.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let header: Header = serde_json::from_value(head.clone()).unwrap_or_default();
        let forged = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(own.as_bytes())).unwrap();
        is_refused(&site, &head.to_string(), &forged).await;
    }
    is_refused(&site, "no signature", &format!("{}.{}.", parts[0], parts[1])).await;
    is_refused(&site, "two parts", &format!("{}.{}", parts[0], parts[1])).await;
    is_refused(&site, "four parts", &format!("{token}.{}", parts[2])).await;
}

#[rstest]
#[actix_web::test]
async fn every_change_of_one_letter_of_a_token_makes_it_worthless(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let token = site.token(Who::Judge).unwrap();
    // The last letter carries bits that mean nothing; the one before it is the last that must differ.
    for at in (0..token.len() - 1).step_by(7).chain([token.len() - 2]) {
        let mut changed = token.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        is_refused(&site, &format!("letter {at}"), &String::from_utf8(changed).unwrap()).await;
    }
}

#[rstest]
#[actix_web::test]
async fn a_revoked_session_and_a_closed_account_end_every_token_at_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let token = site.token(Who::Judge).unwrap();
    assert_eq!(site.send(site.api("DELETE", "/v1/sessies/huidige", Who::Judge)).await.status, 204);
    is_refused(&site, "signed out", &token).await;
    let clerk = site.token(Who::Clerk).unwrap();
    let id = site.app.identity.authenticate(&clerk).unwrap().actor.user_id;
    let administrator = site.app.identity.authenticate(&site.token(Who::Administrator).unwrap()).unwrap().actor;
    site.app.identity.deactivate(&administrator, &id).unwrap();
    is_refused(&site, "closed account", &clerk).await;
}

#[rstest]
#[actix_web::test]
async fn everyone_can_check_a_token_by_the_public_keys_and_nobody_can_make_one_with_them(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let token = site.token(Who::Judge).unwrap();
    let answer = site.send(Call::new("GET", "/v1/sleutels")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let set: jsonwebtoken::jwk::JwkSet = serde_json::from_value(answer.json()).unwrap();
    let jwk = set.find(&kid_of(&token)).unwrap();
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_audience(&["combizitting-sessie"]);
    let told = jsonwebtoken::decode::<Value>(&token, &DecodingKey::from_jwk(jwk).unwrap(), &rules).unwrap();
    assert_eq!(told.claims["role"], "rechter");
    let keys = answer.json()["keys"].clone();
    let fields: Vec<&String> = keys[0].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["alg", "crv", "kid", "kty", "use", "x"], "the private part is not among them");
}

#[actix_web::test]
async fn the_key_is_rotated_while_people_work_and_no_request_fails() {
    let folder = tempfile::tempdir().unwrap();
    let mut site = Site::new(Backend::Sqlite);
    let key = SessionKey::from_folder(folder.path()).unwrap();
    let app = std::sync::Arc::get_mut(&mut site.app).unwrap();
    app.identity = Identity::new(app.db.clone(), &key).unwrap();
    let signed_in = site.app.identity.sign_in("judge", &PASSWORD.into()).unwrap();
    let mut token = signed_in.token.expose_secret().to_owned();
    let (done, rotated) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (mut asked, mut names) = (0, BTreeSet::new());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for at in 0..20 {
                SessionKey::rotate(folder.path(), 1_800_000_000_000_000 + at).unwrap();
                rotated.fetch_add(1, Ordering::SeqCst);
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            done.store(true, Ordering::SeqCst);
        });
        let identity = site.app.identity.clone();
        while !done.load(Ordering::SeqCst) || asked < 200 {
            let session = identity.authenticate(&token).unwrap();
            token = identity.renew(&session).unwrap().token.expose_secret().to_owned();
            names.insert(kid_of(&token));
            asked += 1;
        }
    });
    assert!(names.len() > 3 && rotated.load(Ordering::SeqCst) == 20, "{} names in {asked} requests", names.len());
    let first = Call::new("GET", "/v1/dossiers")
        .header("Authorization", &format!("Bearer {}", signed_in.token.expose_secret()));
    assert_eq!(site.send(first.clone()).await.status, 200, "the token of before the rotations still counts");
    let session = site.app.identity.authenticate(&token).unwrap();
    site.app.identity.sign_out(&session).unwrap();
    is_refused(&site, "revoked, whichever key signed it", &token).await;
    site.send(first).await.assert_problem(401, "not_signed_in");
}
