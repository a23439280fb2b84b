//! Keeping and destroying on the site: who sees what is due, two administrators, and a case that is gone for everyone.

use super::harness::{PASSWORD, Site, Who};
use crate::support::{Backend, keys, small_dossier};
use combizitting::db::{Clock, Database, Options};
use combizitting::dossier::Dossiers;
use combizitting::dossier::record::NewAssignment;
use combizitting::identity::{Actor, Identity, NewUser, Role, SessionKey};
use combizitting::retention::Retention;
use combizitting::web::endpoint::{ENDPOINTS, Method};
use rstest::rstest;
use secrecy::SecretString;
use serde_json::json;

const FORTY_YEARS: i64 = 40 * 366 * 24 * 3600 * 1_000_000;
const REASON: &str = "Categorie 12 van de selectielijst, dertig jaar.";

/// Opens the database of a place as it was forty years ago.
fn earlier(url: &str) -> Database {
    let clock = Clock::from_fn(|| Clock::system().now() - FORTY_YEARS);
    Database::open_with(url, Options { connections: 2, clock, keys: keys() }).unwrap()
}

fn users(db: &Database, login: &str) -> Actor {
    let identity = Identity::new(db.clone(), &SessionKey::random()).unwrap();
    let found = identity.users(&Actor::operator()).unwrap().into_iter().find(|user| user.login == login).unwrap();
    Actor { user_id: found.id, name: found.name, role: found.role }
}

fn second_administrator(db: &Database) -> Actor {
    let identity = Identity::new(db.clone(), &SessionKey::random()).unwrap();
    let user = NewUser {
        login: "beheerder.twee".to_owned(),
        name: "Beheerder Twee".to_owned(),
        role: Role::Beheerder,
        password: SecretString::from(PASSWORD),
    };
    identity.add_user(&Actor::operator(), &user).unwrap();
    users(db, "beheerder.twee")
}

/// A closed case with its clerk and its judge.
fn closed_case(db: &Database) -> String {
    let mut file = serde_json::to_value(small_dossier("gesloten zaak")).unwrap();
    file["matters"][0]["state"] = json!("final");
    let (clerk, dossiers) = (users(db, &Who::Clerk.login()), Dossiers::new(db.clone()));
    let id = dossiers.create(&clerk, &serde_json::from_value(file).unwrap()).unwrap().dossier_id;
    let domains = vec![combizitting::dossier::model::Domain::Family];
    let judge = NewAssignment { user_id: users(db, &Who::Judge.login()).user_id, domains, ..NewAssignment::default() };
    dossiers.assign(&clerk, &id, &judge).unwrap();
    id
}

#[rstest]
#[actix_web::test]
async fn after_a_destruction_every_route_of_the_case_answers_that_it_is_not_there(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::prepared_by(backend, |url| {
        let case = closed_case(&earlier(url));
        let db = Database::open_with(url, Options { connections: 2, keys: keys(), ..Options::default() }).unwrap();
        let (first, second) = (users(&db, &Who::Administrator.login()), second_administrator(&db));
        let retention = Retention::new(db);
        let proposal = retention.propose(&first, &case, REASON).unwrap();
        let package = retention.package(&Actor::operator(), "gesloten zaak").unwrap();
        retention.packed(&Actor::operator(), &package).unwrap();
        retention.confirm(&second, &proposal).unwrap();
        case
    });
    let mut there = Vec::new();
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.is_of_case()) {
        let path = endpoint.path.replace("{bundel}", "0").replace("{concept}", "0").replace("{soort}", "gezag");
        for who in Who::ALL.into_iter().filter(|who| *who != Who::Nobody) {
            let call = match (endpoint.is_api(), endpoint.method) {
                (true, Method::Get | Method::Delete) => site.api(endpoint.method.as_str(), &path, who),
                (true, _) => site.api(endpoint.method.as_str(), &path, who).json(&json!({})),
                (false, Method::Get) => site.page(&path, who),
                (false, _) => site.form(&path, who, "leeg=ja"),
            };
            let status = site.send(call).await.status;
            if status != 404 {
                there.push(format!("{} {} {who:?}: {status}", endpoint.method.as_str(), endpoint.path));
            }
        }
    }
    assert_eq!(there, Vec::<String>::new());
    let page = site.send(site.page("/bewaartermijnen", Who::Overseer)).await.text();
    assert!(page.contains("gesloten zaak") && page.contains("bevestigd door Beheerder Twee"), "{page}");
    let lists = site.send(site.page("/toewijzingen?zonder=griffier", Who::Administrator)).await.text();
    assert!(!lists.contains("gesloten zaak"));
}

#[rstest]
#[actix_web::test]
async fn an_administrator_sees_what_is_due_and_why_and_cannot_do_both_steps_alone(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let site = Site::prepared_by(backend, |url| closed_case(&earlier(url)));
    let page = site.send(site.page("/bewaartermijnen", Who::Administrator)).await.text();
    for part in ["gesloten zaak", "Familiezaak: 30 jaar", "niet geverifieerd", "Vernietigen voorstellen"] {
        assert!(page.contains(part), "{part} ontbreekt in {page}");
    }
    let seen = site.send(site.page("/bewaartermijnen", Who::Overseer)).await.text();
    assert!(seen.contains("gesloten zaak") && !seen.contains("Vernietigen voorstellen"));
    let empty = site.send(site.form("/bewaartermijnen", Who::Administrator, "actie=voorstellen&zaak=")).await;
    assert!(empty.status == 422 && empty.text().contains("Kies de zaak."));
    let fields = format!("actie=voorstellen&zaak={}&grondslag=kort", site.dossier);
    let short = site.send(site.form("/bewaartermijnen", Who::Administrator, &fields)).await;
    assert!(short.status == 422 && short.text().contains("Geef de grondslag"));
    let fields = format!("actie=voorstellen&zaak={}&grondslag=Categorie+12%2C+dertig+jaar", site.dossier);
    assert_eq!(site.send(site.form("/bewaartermijnen", Who::Administrator, &fields)).await.status, 303);
    let page = site.send(site.page("/bewaartermijnen", Who::Administrator)).await.text();
    assert!(page.contains("Een andere beheerder bevestigt dit.") && page.contains("retention package"));
    let id = page.split("name=\"voorstel\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let confirm = format!("actie=bevestigen&voorstel={id}");
    let alone = site.send(site.form("/bewaartermijnen", Who::Administrator, &confirm)).await;
    assert!(alone.status == 422 && alone.text().contains("U hebt dit zelf voorgesteld"));
    let withdraw = format!("actie=intrekken&voorstel={id}");
    assert_eq!(site.send(site.form("/bewaartermijnen", Who::Administrator, &withdraw)).await.status, 303);
    assert_eq!(site.send(site.form("/bewaartermijnen", Who::Administrator, &confirm)).await.status, 404);
    assert_eq!(site.send(site.page("/zaken/{dossier}", Who::Clerk)).await.status, 200);
}
