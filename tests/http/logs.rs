//! What the service writes to its log, kept for the whole run of the tests and searched: no
//! secret, no content of a case, no password, no token.

use super::access::ends_the_session;
use super::harness::{Call, KEY, PASSWORD, Site, Who};
use crate::support::Backend;
use crate::support::families::{CRIMINAL_NOT_RELEASED, SECRETS_FROM_FATHER, WITHOUT_CAUTION};
use combizitting::web::endpoint::{ENDPOINTS, Method};
use rstest::rstest;
use serde_json::json;
use std::io::Write;
use std::sync::{Mutex, Once};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Keeper;

impl Write for Keeper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Keeps every line of every level of this process, in the format of the service.
pub fn keep() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // All that an operator can ask for.
        assert!(combizitting::log::start("trace", || Keeper), "no other log in this process");
    });
}

/// Everything that was logged until now.
pub fn text() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}

#[rstest]
#[actix_web::test]
async fn the_log_of_a_whole_run_holds_no_secret_content_password_or_token(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    let wrong = json!({"gebruikersnaam": "judge", "wachtwoord": "VERKEERDWACHTWOORD"});
    site.send(Call::new("POST", "/v1/sessies").json(&wrong)).await;
    let right = json!({"gebruikersnaam": "judge", "wachtwoord": PASSWORD});
    let token = site.send(Call::new("POST", "/v1/sessies").json(&right)).await.json()["token"].clone();
    for endpoint in ENDPOINTS.iter() {
        for who in [Who::Judge, Who::Clerk, Who::OtherSide, Who::Nobody] {
            let call = match (endpoint.is_api(), endpoint.method) {
                (true, Method::Get) => site.api("GET", endpoint.path, who),
                (true, Method::Delete) => continue,
                (true, _) => site
                    .api(endpoint.method.as_str(), endpoint.path, who)
                    .json(&json!({"GEHEIMVELD": "GEHEIMEINHOUD", "wensen": "GEHEIMEWENS"})),
                (false, _) if ends_the_session(endpoint) => continue,
                (false, Method::Get) => site.page(&format!("{}?zoek=GEHEIMEVRAAG", endpoint.path), who),
                (false, _) => site.form(endpoint.path, who, "omschrijving=GEHEIMFORMULIER&wachtwoord=GEHEIMWOORD"),
            };
            site.send(call).await;
        }
    }
    site.send(Call::new("GET", "/GEHEIMPAD").header("X-Iets", "GEHEIMEKOP")).await;
    let lines = text();
    assert!(lines.contains("beantwoord") && lines.contains("/v1/dossiers/{dossier}"), "the run was logged");
    let mut secrets: Vec<String> = SECRETS_FROM_FATHER.iter().map(|&text| text.to_owned()).collect();
    secrets.extend(
        [CRIMINAL_NOT_RELEASED, WITHOUT_CAUTION, "GEHEIM", "VERKEERDWACHTWOORD", PASSWORD, KEY].map(str::to_owned),
    );
    secrets.extend(["Voorbeeld-Aarden", "Fictief-Zandman", "Bearer ", "sessie="].map(str::to_owned));
    secrets.push(token.as_str().unwrap().to_owned());
    secrets.extend(Who::ALL.iter().filter_map(|who| site.token(*who)));
    for secret in secrets {
        assert!(!lines.contains(&secret), "the log holds {secret}");
    }
}
