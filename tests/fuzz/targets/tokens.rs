//! Tokens: one is taken only when we signed exactly that, and only by the reader it was meant for.

use super::in_time;
use combizitting::identity::SessionKey;
use combizitting::identity::fuzz_support::{OTHER, RECEIVER, Readers, Taker};
use serde_json::{Value, json};
use std::sync::LazyLock;

const KEY: &str = "een sleutel voor de proeven met tokens, lang genoeg";

static READERS: LazyLock<Readers> =
    LazyLock::new(|| Readers::new(&SessionKey::from_text(KEY).expect("a key")).expect("readers"));
static SAMPLES: LazyLock<Vec<(Taker, String)>> = LazyLock::new(|| READERS.samples());

/// Tokens of each kind, tokens that claim no or another algorithm, and claims to be signed.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = SAMPLES.iter().map(|(_, token)| token.clone().into_bytes()).collect();
    for (_, token) in SAMPLES.iter() {
        let (_, rest) = token.split_once('.').expect("a head");
        // {"alg":"none","typ":"JWT"} and {"alg":"HS256","typ":"JWT"}
        for head in ["eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"] {
            seeds.push(format!("{head}.{rest}").into_bytes());
        }
        seeds.push(format!("{token}=").into_bytes());
    }
    for audience in ["combizitting-sessie", "combizitting-tweede-stap", "combizitting-aanbieder", RECEIVER] {
        let issuer = if audience == RECEIVER { OTHER } else { "combizitting" };
        let claims = json!({"iss": issuer, "aud": audience, "sub": "u", "role": "rechter", "jti": "s", "iat": 1, "exp": 2, "next": "/"});
        seeds.push(claims.to_string().into_bytes());
        let several = json!({"iss": [issuer], "aud": [audience, "x"], "sub": "u", "role": "beheerder", "jti": "", "iat": -1, "exp": i64::MAX, "next": ""});
        seeds.push(several.to_string().into_bytes());
    }
    seeds
}

/// What holds for every text: JSON is signed first, anything else is offered as it is.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match serde_json::from_str::<Value>(text) {
        Ok(claims) => check_signed(&claims),
        Err(_) => check_offered(text),
    }
}

/// What nobody signed is taken by nobody.
fn check_offered(text: &str) {
    for taker in in_time(|| READERS.takers(text)) {
        let own = SAMPLES.iter().find(|(_, sample)| sample == text);
        assert_eq!(own.map(|(meant, _)| *meant), Some(taker), "a token that we did not sign is taken");
    }
}

/// What was signed is taken by one reader at most: the one that it names, once and as text.
fn check_signed(claims: &Value) {
    let Some(token) = READERS.signed(claims) else { return };
    let takers = in_time(|| READERS.takers(&token));
    assert!(takers.len() <= 1, "one token for several purposes: {takers:?}");
    for taker in takers {
        let (issuer, audience) = match taker {
            Taker::Session => ("combizitting", "combizitting-sessie"),
            Taker::Step => ("combizitting", "combizitting-tweede-stap"),
            Taker::Travel => ("combizitting", "combizitting-aanbieder"),
            Taker::Foreign => (OTHER, RECEIVER),
        };
        // For others a list is let through here; `Audience::is_only` then asks that it names nobody else.
        let several = taker == Taker::Foreign && !claims["aud"].is_string();
        assert!(
            claims["iss"] == issuer || (several || claims["iss"].is_array()) && taker == Taker::Foreign,
            "{claims}"
        );
        assert!(claims["aud"] == audience || several, "{claims}");
        assert!(claims.get("exp").is_some_and(Value::is_number), "{claims}");
    }
}
