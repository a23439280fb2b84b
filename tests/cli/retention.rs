//! `retention list` and `retention package` on a database with a case of long ago.

use super::{program, text};
use crate::support::{Backend, People, Place, key_variable, keys, small_dossier};
use combizitting::db::{Clock, Database, Options};
use combizitting::dossier::Dossiers;
use combizitting::retention::Retention;
use rstest::rstest;
use serde_json::json;
use std::process::{Command, Output};

const FORTY_YEARS: i64 = 40 * 366 * 24 * 3600 * 1_000_000;

fn run(place: &Place, arguments: &[&str]) -> Output {
    let mut command = program();
    command.args(arguments).env("DATABASE_URL", &place.url).envs(key_variable());
    command.env("COMBIZITTING_DATA", std::env::temp_dir()).output().unwrap()
}

#[rstest]
fn what_is_due_is_told_with_its_source_and_the_package_is_whole_on_disk(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let place = Place::new(backend);
    let mut file = serde_json::to_value(small_dossier("oude zaak")).unwrap();
    file["matters"][0]["state"] = json!("final");
    let (case, administrator) = {
        let clock = Clock::from_fn(|| Clock::system().now() - FORTY_YEARS);
        let db = Database::open_with(&place.url, Options { connections: 2, clock, keys: keys() }).unwrap();
        let people = People::add_to(&db);
        let dossier = serde_json::from_value(file).unwrap();
        (Dossiers::new(db).create(&people.griffier, &dossier).unwrap().dossier_id, people.beheerder)
    };
    let told = text(&run(&place, &["retention", "list"]).stdout);
    for part in ["om op", "oude zaak", "Familiezaak: 30 jaar", "(niet geverifieerd)"] {
        assert!(told.contains(part), "{part} ontbreekt in {told}");
    }
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("pakket");
    let asked = ["retention", "package", "oude zaak", "--out", out.to_str().unwrap()];
    let without = run(&place, &asked);
    assert!(!without.status.success() && !out.exists(), "{}", text(&without.stdout));
    {
        let db = Database::open_with(&place.url, Options { keys: keys(), ..Options::default() }).unwrap();
        Retention::new(db).propose(&administrator, &case, "Categorie 12, dertig jaar.").unwrap();
    }
    let made = run(&place, &asked);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let checked = Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(&out).output();
    let checked = checked.unwrap();
    assert!(checked.status.success(), "{}{}", text(&checked.stdout), text(&checked.stderr));
    assert!(text(&checked.stdout).contains("zaak.mdto.xml"));
    let again = run(&place, &asked);
    assert!(!again.status.success() && text(&again.stderr).contains("kan niet worden geschreven"));
}
