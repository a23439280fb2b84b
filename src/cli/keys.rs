//! `key list`, `key rotate` and `key forget`.

use super::arguments::{KeyAction, WhichKey};
use super::output::{Failure, print};
use super::settings;
use crate::app::{key_folder, open_database_read_only};
use crate::db::{Clock, DbError, Job, Micros, instant_of, vault};
use crate::identity::{SessionKey, signing_file};
use crate::shared::moment::dutch_moment;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

/// As long as a transaction could have seen the file as it was before.
const SETTLED: Duration = Duration::from_secs(600);

pub(super) fn run(action: &KeyAction) -> Result<ExitCode, Failure> {
    let settings = settings::read()?;
    let folder = key_folder(&settings);
    let said = match action {
        KeyAction::List => list(&settings, &folder)?,
        KeyAction::Rotate { which: WhichKey::Sessie } => rotate_signing(&folder)?,
        KeyAction::Rotate { which: WhichKey::Hoofd } => rotate_master(&folder)?,
        KeyAction::Forget => forget(&settings, &folder)?,
    };
    print(&said)?;
    Ok(ExitCode::SUCCESS)
}

fn list(settings: &crate::app::Settings, folder: &Path) -> Result<String, Failure> {
    let mut said = String::from("Ondertekenen van sessies (de bovenste ondertekent):\n");
    for key in signing_file(folder).read().map_err(told)? {
        said.push_str(&format!("  {} {}\n", key.name, made(key.made_at)));
    }
    let db = open_database_read_only(settings).map_err(told)?;
    let (counts, unsealed) =
        db.read(Job::Seal, |conn| Ok::<_, DbError>((vault::counts(conn)?, vault::unsealed(conn)?))).map_err(told)?;
    said.push_str("Verzegelen (de bovenste verzegelt):\n");
    for key in vault::master_file(folder).read().map_err(told)? {
        let sealed = counts.iter().find(|(name, _)| *name == key.name).map_or(0, |(_, count)| *count);
        said.push_str(&format!("  {} {}, {sealed} datasleutels\n", key.name, made(key.made_at)));
    }
    said.push_str(&format!("Nog te verzegelen: {unsealed} rijen.\n"));
    Ok(said)
}

fn made(at: Option<Micros>) -> String {
    at.map_or_else(|| "zonder datum".to_owned(), |at| format!("van {}", dutch_moment(&instant_of(at))))
}

fn rotate_signing(folder: &Path) -> Result<String, Failure> {
    if SessionKey::is_in_environment() {
        return Err(Failure::new(
            "De sleutel voor sessies komt uit COMBIZITTING_SLEUTEL. Zet daar de nieuwe, zet de oude in \
             COMBIZITTING_SLEUTEL_VORIGE, en herstart de dienst.",
        ));
    }
    let name = SessionKey::rotate(folder, Clock::system().now()).map_err(told)?;
    Ok(format!("Nieuwe sleutel voor sessies: {name}. Wie is aangemeld, blijft aangemeld.\n"))
}

fn rotate_master(folder: &Path) -> Result<String, Failure> {
    if vault::is_in_environment() {
        return Err(Failure::new(
            "De hoofdsleutel komt uit COMBIZITTING_HOOFDSLEUTEL. Zet daar de nieuwe vóór de oude, met een spatie \
             ertussen, en herstart de dienst.",
        ));
    }
    let file = vault::master_file(folder);
    if file.changed().is_none() {
        return Err(Failure::new(format!("In {} staat geen hoofdsleutel om te wisselen.", folder.display())));
    }
    let name = file.add(Clock::system().now()).map_err(told)?;
    Ok(format!(
        "Nieuwe hoofdsleutel: {name}. Bewaar het bestand `hoofdsleutel` opnieuw, apart van de back-up. De dienst verpakt \
         de datasleutels vanzelf opnieuw, binnen een minuut nadat zij draait; `combizitting key list` zegt hoever zij is, en \
         `combizitting key forget` haalt daarna de oude weg.\n"
    ))
}

fn forget(settings: &crate::app::Settings, folder: &Path) -> Result<String, Failure> {
    let file = vault::master_file(folder);
    let age = file.changed().and_then(|at| SystemTime::now().duration_since(at).ok());
    if age.is_some_and(|age| age < SETTLED) {
        return Err(Failure::new(
            "De hoofdsleutel is minder dan tien minuten geleden gewisseld. Wacht even: wat nu wordt opgeslagen kan de oude \
             nog nodig hebben.",
        ));
    }
    let db = open_database_read_only(settings).map_err(told)?;
    let needed = db.read(Job::Seal, vault::counts).map_err(told)?;
    let gone = file.keep(|key| needed.iter().any(|(name, _)| *name == key.name)).map_err(told)?;
    Ok(match gone {
        0 => "Elke hoofdsleutel is nog nodig.\n".to_owned(),
        1 => "Eén hoofdsleutel is weggehaald. Een back-up van daarvoor heeft hem nog nodig.\n".to_owned(),
        many => format!("{many} hoofdsleutels zijn weggehaald. Een back-up van daarvoor heeft ze nog nodig.\n"),
    })
}

fn told(error: DbError) -> Failure {
    Failure::new(error.to_string())
}
