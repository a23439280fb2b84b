//! `archive fill AANTAL` stores so many cases in the database of DATABASE_URL: the published rulings and the
//! demo family in turn, each with a reference of its own. With any other arguments it is the program itself,
//! so that what is measured has the same optimisation.

use combizitting::db::Database;
use combizitting::dossier::Dossiers;
use combizitting::dossier::model::Dossier;
use combizitting::identity::{Actor, Identity, NewUser, Role, SessionKey};
use std::path::Path;
use std::process::ExitCode;

#[allow(dead_code, reason = "only the demo family is used here")]
#[path = "../../../support/dossiers.rs"]
mod dossiers;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("fill") => {
            fill(arguments[2].parse().expect("a number of cases"));
            ExitCode::SUCCESS
        }
        _ => combizitting::cli::run(),
    }
}

fn families() -> Vec<Dossier> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/dossiers");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("rulings")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    let mut all = vec![dossiers::demo()];
    all.extend(
        files.iter().map(|path| combizitting::intake::read(&std::fs::read(path).expect("a file")).expect("a dossier")),
    );
    all
}

fn fill(count: usize) {
    let db = Database::open(&std::env::var("DATABASE_URL").expect("DATABASE_URL")).expect("a database");
    let new = NewUser {
        login: "griffier".into(),
        name: "De griffier".into(),
        role: Role::Griffier,
        password: "een lang wachtwoord".to_owned().into(),
    };
    let user = Identity::new(db.clone(), &SessionKey::random()).expect("keys").add_user(&Actor::operator(), &new).expect("a user");
    let clerk = Actor { user_id: user.id, name: user.name, role: user.role };
    let (service, families) = (Dossiers::new(db), families());
    // Many at a time, so that they share the wait for the disk.
    std::thread::scope(|scope| {
        for writer in 0..16 {
            let (service, families, clerk) = (&service, &families, &clerk);
            scope.spawn(move || {
                for number in (writer..count).step_by(16) {
                    let mut dossier = families[number % families.len()].clone();
                    dossier.reference = format!("zaak-{number}");
                    service.create(clerk, &dossier).expect("a stored case");
                }
            });
        }
    });
}
