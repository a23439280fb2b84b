//! Every route with every role: what is declared is what happens, and the matrix in docs says so.

use super::harness::{Call, Site, Who};
use crate::support::Backend;
use combizitting::identity::Role;
use combizitting::web::endpoint::{Access, ENDPOINTS, Endpoint, Method};
use rstest::rstest;
use std::fmt::Write as _;

/// Where the matrix is kept; `BIJWERKEN=1` writes it anew.
const MATRIX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/toegang.md");

fn role_of(who: Who) -> Option<Role> {
    match who {
        Who::Nobody => None,
        Who::Judge | Who::FamilyJudge | Who::OtherJudge => Some(Role::Rechter),
        Who::Clerk => Some(Role::Griffier),
        Who::Advocate | Who::OtherSide | Who::OtherAdvocate => Some(Role::Advocaat),
        Who::Delegate => Some(Role::Medewerker),
        Who::Partner => Some(Role::Ketenpartner),
        Who::Overseer => Some(Role::Toezichthouder),
        Who::Administrator => Some(Role::Beheerder),
    }
}

fn is_assigned(who: Who) -> bool {
    matches!(
        who,
        Who::Judge | Who::FamilyJudge | Who::Clerk | Who::Advocate | Who::OtherSide | Who::Delegate | Who::Partner
    )
}

fn call(site: &Site, endpoint: &Endpoint, who: Who) -> Call {
    let path = endpoint
        .path
        .replace("{concept}", "00000000-0000-7000-8000-000000000000")
        .replace("{toegang}", "00000000-0000-7000-8000-000000000000")
        .replace("{toewijzing}", "00000000-0000-7000-8000-000000000000")
        .replace("{gebruiker}", "00000000-0000-7000-8000-000000000000")
        .replace("{sleutel}", "00000000-0000-7000-8000-000000000000")
        .replace("{bestand}", "stijl.css")
        .replace("{code}", "0000000000000000")
        .replace("{soort}", "gezag")
        .replace("{vraag}", "adres")
        .replace("{onderdeel}", "personen")
        .replace("{item}", "nieuw")
        .replace("{naam}", "concept")
        .replace("{stuk}", "doc-onbekend")
        .replace("{bundel}", "00000000-0000-7000-8000-000000000000");
    match (endpoint.is_api(), endpoint.method) {
        (true, Method::Get | Method::Delete) => site.api(endpoint.method.as_str(), &path, who),
        // A hearing that is not there, so that no bundle is made for nothing.
        (true, _) if path.ends_with("/bundels") => {
            site.api(endpoint.method.as_str(), &path, who).json(&serde_json::json!({"zitting": "geen"}))
        }
        (false, Method::Post) if path.ends_with("/bundel") => site.form(&path, who, "zitting=geen"),
        (true, _) => site.api(endpoint.method.as_str(), &path, who).json(&serde_json::json!({})),
        (false, Method::Get) => site.page(&path, who),
        (false, _) => site.form(&path, who, "leeg=ja"),
    }
}

/// What is promised to a role, in a word of the matrix.
fn promise(endpoint: &Endpoint, who: Who) -> &'static str {
    match (endpoint.access.allows(role_of(who)), who) {
        (false, Who::Nobody) => "aanmelden",
        (_, who) if who != Who::Nobody && endpoint.is_of_case() && !is_assigned(who) => "onzichtbaar",
        (false, _) => "nee",
        (true, _) => "ja",
    }
}

fn keeps(promise: &str, endpoint: &Endpoint, status: u16) -> bool {
    match promise {
        "aanmelden" if endpoint.is_api() => status == 401,
        "aanmelden" => status == 303,
        "nee" => status == 403,
        "onzichtbaar" => status == 404,
        // An empty body or a draft that does not exist may be refused, but not for who asks.
        _ => !matches!(status, 401 | 403 | 405) && status < 500 || endpoint.path.contains("sessies"),
    }
}

#[rstest]
#[actix_web::test]
async fn every_route_keeps_its_promise_to_every_role(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let site = Site::new(backend);
    let mut broken = Vec::new();
    for endpoint in ENDPOINTS.iter().filter(|endpoint| !ends_the_session(endpoint)) {
        for who in Who::ALL {
            let answer = site.send(call(&site, endpoint, who)).await;
            let promise = promise(endpoint, who);
            if !keeps(promise, endpoint, answer.status) {
                broken.push(format!(
                    "{} {} {who:?}: {promise}, maar {}",
                    endpoint.method.as_str(),
                    endpoint.path,
                    answer.status
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Endpoints after which who called is no longer signed in; a walk over all endpoints leaves them out.
pub fn ends_the_session(endpoint: &Endpoint) -> bool {
    matches!(endpoint.path, "/afmelden" | "/weg")
        || (endpoint.path.ends_with("huidige") && endpoint.method == Method::Delete)
}

#[rstest]
#[actix_web::test]
async fn signing_out_is_open_to_everyone_who_is_signed_in(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    for endpoint in ENDPOINTS.iter().filter(|endpoint| ends_the_session(endpoint)) {
        assert_eq!(endpoint.access, Access::SignedIn);
    }
    for who in Who::ALL {
        let answer = site.send(site.form("/afmelden", who, "")).await;
        assert_eq!(answer.status, 303, "{who:?}");
        assert_eq!(answer.header("location"), Some("/aanmelden"));
    }
}

#[test]
fn the_access_matrix_in_the_docs_is_the_one_that_is_served() {
    let mut matrix = String::from(
        "# Wie mag wat\n\nGemaakt uit de tabel van routes (`src/web/endpoint.rs`); een test vraagt elke route op als elke \
         rol en vergelijkt.\nBijwerken: `BIJWERKEN=1 cargo test --test suite http::access`.\n\n- **ja**: mag, zo nodig \
         alleen het eigen deel\n- **onzichtbaar**: deze zaak bestaat voor deze persoon niet (404), wat de rol ook mag\n- \
         **nee**: de persoon kent de zaak, of de route hoort bij geen zaak, en de rol geeft er geen toegang toe (403)\n- **aanmelden**: eerst aanmelden (401, of door naar het aanmeldscherm)\n\n",
    );
    matrix.push_str("| Route |");
    for who in Who::ALL {
        write!(matrix, " {} |", who.column()).unwrap();
    }
    matrix.push_str("\n|---|");
    matrix.push_str(&"---|".repeat(Who::ALL.len()));
    matrix.push('\n');
    for endpoint in ENDPOINTS.iter() {
        write!(matrix, "| `{} {}` {} |", endpoint.method.as_str(), endpoint.path, endpoint.title).unwrap();
        for who in Who::ALL {
            write!(matrix, " {} |", promise(endpoint, who)).unwrap();
        }
        matrix.push('\n');
    }
    if std::env::var_os("BIJWERKEN").is_some() {
        std::fs::write(MATRIX, &matrix).unwrap();
    }
    let kept = std::fs::read_to_string(MATRIX).unwrap_or_default();
    assert!(kept == matrix, "docs/toegang.md is niet bij; voer uit: BIJWERKEN=1 cargo test --test suite http::access");
}

#[test]
fn every_route_says_in_dutch_what_it_is_for() {
    for endpoint in ENDPOINTS.iter() {
        assert!(endpoint.title.ends_with('.'), "{} {}", endpoint.method.as_str(), endpoint.path);
    }
}

#[rstest]
#[actix_web::test]
async fn an_unknown_path_is_404_and_a_wrong_method_405_in_the_same_form(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::new(backend);
    site.send(Call::new("GET", "/v1/bestaat-niet")).await.assert_problem(404, "not_found");
    site.send(Call::new("GET", "/v1/dossiers/")).await.assert_problem(404, "not_found");
    let answer = site.send(Call::new("PATCH", "/v1/dossiers")).await;
    answer.assert_problem(405, "method_not_allowed");
    assert_eq!(answer.header("allow"), Some("GET, POST"));
    let page = site.send(Call::new("GET", "/bestaat-niet")).await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("Niet gevonden") && page.text().contains("<main"), "{}", page.text());
}
