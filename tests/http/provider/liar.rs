//! A provider of OpenID Connect on this machine that tells the truth until a test makes it lie.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use combizitting::identity::ProviderSettings;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

pub const CLIENT: &str = "combizitting-proef";
pub const SITE: &str = "http://combizitting.test";

/// How a proof is made.
pub type Make = Box<dyn Fn(&Liar, Value) -> String + Send + Sync>;

/// What one code gives.
struct Grant {
    challenge: String,
    claims: Value,
}

/// The provider. It listens until the test ends.
pub struct Liar {
    pub issuer: String,
    grants: Mutex<BTreeMap<String, Grant>>,
    make: Mutex<Make>,
    /// What it publishes of itself beside what is needed.
    pub more: Mutex<Value>,
}

pub fn now() -> i64 {
    i64::try_from(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

/// The public half of the key with which it signs.
pub fn public_key() -> Vec<u8> {
    pair(7).public_key().as_ref().to_vec()
}

/// A proof signed with the key of this seed, under this name; 7 is its own.
pub fn signed(seed: u8, name: Option<&str>, claims: &Value) -> String {
    let mut head = Header::new(Algorithm::EdDSA);
    head.kid = name.map(str::to_owned);
    let key = EncodingKey::from_ed_der(pair(seed).to_pkcs8().unwrap().as_ref());
    jsonwebtoken::encode(&head, claims, &key).unwrap()
}

/// A proof as a provider that does not lie makes it.
pub fn honest(_: &Liar, claims: Value) -> String {
    signed(7, Some("een"), &claims)
}

impl Liar {
    pub fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let liar = Arc::new(Self {
            issuer,
            grants: Mutex::default(),
            make: Mutex::new(Box::new(honest)),
            more: Mutex::new(json!({})),
        });
        let known = Arc::clone(&liar);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let known = Arc::clone(&known);
                std::thread::spawn(move || known.answer(&stream));
            }
        });
        liar
    }

    pub fn settings(&self) -> ProviderSettings {
        ProviderSettings::new(&self.issuer, CLIENT, Some(SITE)).unwrap().called("de Proefaanbieder")
    }

    /// From now on proofs are made like this.
    pub fn lies(&self, make: impl Fn(&Self, Value) -> String + Send + Sync + 'static) {
        *self.make.lock().unwrap() = Box::new(make);
    }

    /// A code for who signed in, as the address that the browser was sent to asks for.
    pub fn code_for(&self, asked: &BTreeMap<String, String>, subject: &str) -> String {
        let code = URL_SAFE_NO_PAD.encode(digest(&SHA256, asked["state"].as_bytes()).as_ref());
        let claims = json!({
            "iss": self.issuer, "sub": subject, "aud": CLIENT, "nonce": asked["nonce"], "iat": now(), "exp": now() + 300,
        });
        let grant = Grant { challenge: asked["code_challenge"].clone(), claims };
        self.grants.lock().unwrap().insert(code.clone(), grant);
        code
    }

    fn answer(&self, stream: &TcpStream) {
        let Some((path, body)) = read(stream) else { return };
        let (status, said) = match path.as_str() {
            "/.well-known/openid-configuration" => (200, self.document()),
            "/keys" => {
                let x = URL_SAFE_NO_PAD.encode(public_key());
                (200, json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "een", "use": "sig", "x": x}]}))
            }
            "/token" => self.exchange(&body),
            _ => (404, json!({})),
        };
        let text = said.to_string();
        let mut stream = stream;
        let _ = write!(
            stream,
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
            text.len()
        );
    }

    fn document(&self) -> Value {
        let mut document = json!({
            "issuer": self.issuer, "authorization_endpoint": format!("{}/auth", self.issuer),
            "token_endpoint": format!("{}/token", self.issuer), "jwks_uri": format!("{}/keys", self.issuer),
            "end_session_endpoint": format!("{}/end", self.issuer), "code_challenge_methods_supported": ["S256"],
        });
        for (name, value) in self.more.lock().unwrap().as_object().unwrap() {
            document[name] = value.clone();
        }
        document
    }

    /// A code counts once, for who has the verifier, at the address where it was sent.
    fn exchange(&self, body: &str) -> (u16, Value) {
        let given = pairs(body);
        let grant = given.get("code").and_then(|code| self.grants.lock().unwrap().remove(code));
        let right = |grant: &Grant| {
            let verifier = given.get("code_verifier").map_or("", String::as_str);
            URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()).as_ref()) == grant.challenge
                && given.get("redirect_uri").is_some_and(|to| *to == format!("{SITE}/aanmelden/aanbieder/terug"))
                && given.get("client_id").is_some_and(|client| client == CLIENT)
        };
        match grant.filter(right) {
            Some(grant) => {
                let proof = (self.make.lock().unwrap())(self, grant.claims);
                (200, json!({"access_token": "x", "token_type": "Bearer", "id_token": proof}))
            }
            None => (400, json!({"error": "invalid_grant", "error_description": "geheim van de aanbieder"})),
        }
    }
}

/// The path and the body of a request.
fn read(stream: &TcpStream) -> Option<(String, String)> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(given) = line.strip_prefix("content-length:") {
            length = given.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((first.split(' ').nth(1)?.to_owned(), String::from_utf8(body).ok()?))
}

/// The pairs of a query or form.
pub fn pairs(text: &str) -> BTreeMap<String, String> {
    actix_web::web::Query::<BTreeMap<String, String>>::from_query(text).unwrap().into_inner()
}
