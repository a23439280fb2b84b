//! Tokens that someone who means harm could try, over HTTP: none of them opens a session.

use super::harness::{Call, KEY, Site, Who};
use crate::support::Backend;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rstest::rstest;
use serde_json::{Value, json};

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

/// A token signed with the right key, with these claims and algorithm.
fn signed(claims: &Value, algorithm: Algorithm) -> String {
    jsonwebtoken::encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(KEY.as_bytes())).unwrap()
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
        signed(&changed, Algorithm::HS256)
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
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        is_refused(&site, "another algorithm with the same key", &signed(&claims, algorithm)).await;
    }
    for name in ["none", "None", "NONE", "nOnE", "", "RS256", "PS256", "ES256", "EdDSA", "HS384", "hs256"] {
        let head = base64(json!({"alg": name, "typ": "JWT"}).to_string().as_bytes());
        for signature in ["", parts[2]] {
            is_refused(&site, name, &format!("{head}.{}.{signature}", parts[1])).await;
        }
    }
    // A key that the token brings along, or says where to fetch.
    let own = "een sleutel die de aanvaller zelf koos, ook lang genoeg";
    let jwk = json!({"kty": "oct", "k": base64(own.as_bytes())});
    for extra in [json!({"jwk": jwk}), json!({"jku": "http://127.0.0.1:9/k"}), json!({"kid": "../../../dev/null"})] {
        let mut head = json!({"alg": "HS256", "typ": "JWT"});
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
