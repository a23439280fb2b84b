//! `demo`: the main job. A fictional family goes in through the ordinary intake; out come findings,
//! conflicts, all drafts, the protection bridge and the hearing bundle, and a site to sign in to.

use super::arguments::FileFormat;
use super::bundles::{self, Material};
use super::draft::add_documents;
use super::operations;
use super::output::{Failure, FileSet, print, reason};
use super::samples;
use crate::app::{self, Settings};
use crate::assessment::model::{Assessment, Outcome};
use crate::bundle::files::{FileWish, Files, parties};
use crate::bundle::make::Front;
use crate::conflicts::ends_of_terms;
use crate::conflicts::model::{ConflictReport, Severity};
use crate::db::{Database, instant_of};
use crate::dossier::model::{Domain, Dossier};
use crate::dossier::record::NewAssignment;
use crate::dossier::{DossierError, Dossiers};
use crate::drafting::model::{Draft, DraftKind, DraftSet, ProblemLevel};
use crate::drafting::service::Drafts;
use crate::identity::{Actor, Identity, NewUser, Role, SessionKey, UserSummary};
use crate::shared::hash::sha256_hex;
use crate::shared::ids::{DocumentId, PartyId, PersonId};
use crate::shared::moment::local_date;
use crate::{assessment, conflicts, drafting, intake};
use chrono::{Days, NaiveDate};
use secrecy::SecretString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// The demo family, as a court would deliver it.
const FAMILY: &[u8] = include_bytes!("../../templates/demo/gezin.json");

/// Password of every demo user; the demo database holds no real data.
const PASSWORD: &str = "demo-combizitting-2026";

/// Day for which the demo is assessed, so that everyone sees the same.
const DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 17);

const FORMATS: [FileFormat; 3] = [FileFormat::Pdf, FileFormat::Html, FileFormat::Docx];

/// Everything the demo makes of the family.
struct Work {
    dossier: Dossier,
    findings: Assessment,
    report: ConflictReport,
    sets: Vec<DraftSet>,
    /// Sample files of the documents.
    samples: Vec<(DocumentId, Vec<u8>)>,
}

pub(super) fn run(out: &Path, serve: bool) -> Result<ExitCode, Failure> {
    let day = DAY.ok_or_else(|| Failure::new("De peildatum van de demo bestaat niet."))?;
    let mut settings = demo_settings(out, day);
    if serve {
        super::settings::read_place(&mut settings)?;
        // A port that is taken is told before the work, not after it.
        app::check_place(&settings).map_err(|error| Failure::new(error.to_string()))?;
    }
    let work = prepare(day)?;
    empty_data(&settings)?;
    let (users, stored, kept, clerk) = fill_database(&settings, &work)?;
    let front = hearing_papers(&work, day)?;
    let mut files = write_documents(&work, &front, out)?;
    let material = Material { dossier: &work.dossier, front: &front, id: &stored, files: &kept, clerk: &clerk };
    files.extend(bundles::write(&material, day, out)?);
    drop(kept);
    print(&summary(&work, &files))?;
    if !serve {
        return Ok(ExitCode::SUCCESS);
    }
    print(&sign_ins(&settings, &users))?;
    operations::start(settings)
}

fn prepare(day: NaiveDate) -> Result<Work, Failure> {
    let mut dossier =
        intake::read(FAMILY).map_err(|problems| Failure::Problems("templates/demo/gezin.json".into(), problems))?;
    let samples = samples::files(&dossier, day)?;
    for (document, (_, bytes)) in dossier.documents.iter_mut().zip(&samples) {
        // The demo brings other files than the ones a court would have; the dossier records these.
        document.sha256 = Some(sha256_hex(bytes));
    }
    let frameworks = assessment::builtin().map_err(|error| Failure::new(error.to_string()))?;
    let findings =
        assessment::assess(&dossier, frameworks, day, &[]).map_err(|error| Failure::new(error.to_string()))?;
    let report = conflicts::find(&dossier, day);
    let sets = DraftKind::ALL
        .into_iter()
        .map(|kind| drafting::draft(&dossier, &findings, &report, kind, day))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| Failure::new(error.to_string()))?;
    Ok(Work { dossier, findings, report, sets, samples })
}

/// Settings of the demo: its own database below the output folder, and a fixed day.
fn demo_settings(out: &Path, day: NaiveDate) -> Settings {
    let data = out.join("data");
    let url = format!("sqlite:{}", data.join("demo.db").display());
    Settings { reference_date: Some(day), ..Settings::local(&url, data) }
}

/// Makes the folder of the data and removes the database of an earlier demo.
fn empty_data(settings: &Settings) -> Result<(), Failure> {
    let data = &settings.data_dir;
    let failed = |error: &std::io::Error| {
        Failure::new(format!("De demomap {} kan niet worden gebruikt: {}.", data.display(), reason(error)))
    };
    fs::create_dir_all(data).map_err(|error| failed(&error))?;
    for name in ["demo.db", "demo.db-wal", "demo.db-shm"] {
        match fs::remove_file(data.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(&error)),
            _ => {}
        }
    }
    Ok(())
}

/// One demo user: sign-in name, what they are, and what they are assigned to.
struct DemoUser {
    login: &'static str,
    role: Role,
    title: &'static str,
    assignment: Option<NewAssignment>,
}

fn demo_users(dossier: &Dossier) -> Vec<DemoUser> {
    let judge = |domains: &[Domain]| NewAssignment { domains: domains.to_vec(), ..NewAssignment::default() };
    let client = |person: Option<&PersonId>| NewAssignment { person: person.cloned(), ..NewAssignment::default() };
    let parents: Vec<&PersonId> =
        dossier.children().next().map(|child| dossier.parents_of(&child.id).collect()).unwrap_or_default();
    let partner = dossier.organisations.first().map(|item| item.id.clone());
    let user = |login, role, title, assignment| DemoUser { login, role, title, assignment };
    vec![
        user(
            "rechter",
            Role::Rechter,
            "combirechter (straf-, bestuurs- en familiezaak)",
            Some(judge(&[Domain::Criminal, Domain::Administrative, Domain::Family])),
        ),
        user(
            "familierechter",
            Role::Rechter,
            "familierechter (alleen de familiezaken)",
            Some(judge(&[Domain::Family])),
        ),
        user("griffier", Role::Griffier, "griffier", Some(NewAssignment::default())),
        user("advocaat-1", Role::Advocaat, "advocaat van de ene ouder", Some(client(parents.first().copied()))),
        user("advocaat-2", Role::Advocaat, "advocaat van de andere ouder", Some(client(parents.get(1).copied()))),
        user("medewerker", Role::Medewerker, "medewerker van de advocaat van de ene ouder", None),
        user("ketenpartner", Role::Ketenpartner, "ketenpartner", partner.map(party_assignment)),
        user("toezichthouder", Role::Toezichthouder, "toezichthouder", None),
        user("beheerder", Role::Beheerder, "functioneel beheerder", None),
    ]
}

fn party_assignment(party: PartyId) -> NewAssignment {
    NewAssignment { party: Some(party), ..NewAssignment::default() }
}

/// The demo users with what they are, the id of the case, its files, and its clerk.
type Filled = (Vec<(UserSummary, &'static str)>, String, Files, Actor);

fn fill_database(settings: &Settings, work: &Work) -> Result<Filled, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(error.to_string());
    let db = app::open_database(settings).map_err(|error| failed(&error))?;
    let key = SessionKey::load(&app::key_folder(settings)).map_err(|error| failed(&error))?;
    let (identity, dossiers, drafts) = (
        Identity::new(db.clone(), &key).map_err(|error| failed(&error))?,
        Dossiers::new(db.clone()).counting(ends_of_terms),
        Drafts::new(db.clone()),
    );
    let demo_users = demo_users(&work.dossier);
    let mut added: Vec<(UserSummary, &DemoUser)> = Vec::new();
    for user in &demo_users {
        let new = NewUser {
            login: user.login.to_owned(),
            name: format!("Demo {}", user.title),
            role: user.role,
            password: SecretString::from(PASSWORD.to_owned()),
        };
        added.push((identity.add_user(&Actor::operator(), &new).map_err(|error| failed(&error))?, user));
    }
    let clerk = added
        .iter()
        .find(|(_, user)| user.role == Role::Griffier)
        .map(|(summary, _)| Actor { user_id: summary.id.clone(), name: summary.name.clone(), role: summary.role })
        .ok_or_else(|| Failure::new("De demo heeft geen griffier."))?;
    let stored = dossiers.create(&clerk, &work.dossier).map_err(|error| failed(&error))?;
    for (summary, user) in added.iter().filter(|(_, user)| user.role != Role::Griffier) {
        if let Some(assignment) = &user.assignment {
            let assignment = NewAssignment { user_id: summary.id.clone(), ..assignment.clone() };
            dossiers.assign(&clerk, &stored.dossier_id, &assignment).map_err(|error| failed(&error))?;
        }
    }
    let_office_act(&db, &dossiers, &added)?;
    for set in work.sets.iter().filter(|set| !set.is_refused()) {
        drafts
            .save(
                &clerk,
                &stored.dossier_id,
                stored.version,
                set,
                crate::web::drafts::account(&work.dossier, set.kind, &work.findings.receipt),
            )
            .map_err(|error| failed(&error))?;
    }
    let files = Files::new(db);
    store_samples(&files, &clerk, &stored.dossier_id, work)?;
    Ok((added.into_iter().map(|(summary, user)| (summary, user.title)).collect(), stored.dossier_id, files, clerk))
}

/// The advocate of the one parent lets someone of the office act, for a month.
fn let_office_act(db: &Database, dossiers: &Dossiers, users: &[(UserSummary, &DemoUser)]) -> Result<(), Failure> {
    let of_role = |role: Role| users.iter().map(|(summary, _)| summary).find(|summary| summary.role == role);
    let (Some(advocate), Some(delegate)) = (of_role(Role::Advocaat), of_role(Role::Medewerker)) else { return Ok(()) };
    let actor = Actor { user_id: advocate.id.clone(), name: advocate.name.clone(), role: advocate.role };
    let today = local_date(&instant_of(db.now()));
    let last_day = today.checked_add_days(Days::new(30)).unwrap_or(today);
    let given = dossiers.delegate(&actor, &delegate.login, last_day);
    given.map(drop).map_err(|error| Failure::new(error.to_string()))
}

/// Brings the sample files as the clerk would. What is no part of the file of one party is looked through for both.
fn store_samples(files: &Files, clerk: &Actor, id: &str, work: &Work) -> Result<(), Failure> {
    let failed = |error: DossierError| Failure::new(error.to_string());
    let parties: Vec<PersonId> = parties(&work.dossier).into_iter().map(|(person, _)| person).collect();
    for (document, bytes) in &work.samples {
        let place = FileWish { dossier: id, document };
        let stored = files.store(clerk, &place, bytes.clone()).map_err(failed)?;
        let open = work.dossier.documents.iter().any(|known| known.id == *document && known.restriction.is_none());
        if open {
            files.record_check(clerk, &place, &stored.id, &parties).map_err(failed)?;
        }
    }
    Ok(())
}

/// The hearing sheets of all matters, and the hearing files.
fn hearing_papers(work: &Work, day: NaiveDate) -> Result<Front, Failure> {
    let failed = |error: drafting::DraftError| Failure::new(error.to_string());
    let Work { dossier, findings, report, .. } = work;
    let sheets = drafting::hearing_sheets_of(dossier, findings, report, day, &|_| true).map_err(failed)?;
    let hearing_files = drafting::hearing_files_of(dossier, findings, report, day, &|_| true).map_err(failed)?;
    Ok(Front { sheets, hearing_files })
}

fn write_documents(work: &Work, front: &Front, out: &Path) -> Result<Vec<String>, Failure> {
    let mut files = FileSet::default();
    for set in &work.sets {
        add_documents(&set.documents, &FORMATS, &mut files)?;
    }
    let hearing: Vec<Draft> = front.hearing_files.iter().map(|(_, file)| file.clone()).collect();
    add_documents(&hearing, &FORMATS, &mut files)?;
    let sheets: Vec<Draft> = front.sheets.iter().map(|(_, sheet)| sheet.clone()).collect();
    add_documents(&sheets, &FORMATS, &mut files)?;
    files.write(out)
}

fn summary(work: &Work, files: &[String]) -> String {
    let count = |outcome: Outcome| work.findings.findings.iter().filter(|finding| finding.outcome == outcome).count();
    let blocking = work.report.conflicts.iter().filter(|conflict| conflict.severity == Severity::Blocking);
    let gaps: usize = work.report.coverage.iter().map(|coverage| coverage.gaps.len()).sum();
    let mut text = format!(
        "Demo-gezin beoordeeld ({} gebeurtenissen, {} maatregelen, {} zaken).\n",
        work.dossier.events.len(),
        work.dossier.measures.len(),
        work.dossier.matters.len()
    );
    text += &format!(
        "Toetsing: {} criteria voldaan, {} niet voldaan, {} missen feiten, {} vragen een oordeel, {} niet van toepassing.\n",
        count(Outcome::Met),
        count(Outcome::NotMet),
        count(Outcome::MissingFacts),
        count(Outcome::NeedsJudgement),
        count(Outcome::NotApplicable)
    );
    text += &format!(
        "Botsingen: {} (waarvan {} onverenigbaar). Gaten in de bescherming: {gaps}. Termijnen: {}.\n",
        work.report.conflicts.len(),
        blocking.count(),
        work.report.deadlines.len()
    );
    for set in &work.sets {
        let held = set.problems.iter().filter(|problem| problem.level == ProblemLevel::Blocks).count();
        text += &format!("Concept {}: {held} punten houden afronding tegen.\n", set.kind.as_str());
    }
    text += "Geschreven:\n";
    files.iter().for_each(|file| text += &format!("  {file}\n"));
    text
}

fn sign_ins(settings: &Settings, users: &[(UserSummary, &'static str)]) -> String {
    let mut text = format!("\nDe site draait op http://{}:{} (stoppen met Ctrl-C).\n", settings.address, settings.port);
    text += &format!("Inloggen kan als, steeds met het wachtwoord {PASSWORD}:\n");
    users.iter().for_each(|(user, title)| text += &format!("  {:<16} {title}\n", user.login));
    text
}
