//! Who of the office acts for an advocate: giving it, after a look at what is given, and ending it.

use super::account::told_at;
use super::frame::{Frame, page_with_status};
use crate::dossier::record::{Assignment, Delegation};
use crate::shared::moment::dutch_date;
use crate::web::api::medewerkers::{LAST_DAY, LOGIN, checked_for};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Serialize)]
struct OfficeView {
    people: Vec<PersonLine>,
    login: String,
    login_error: Option<String>,
    last_day: String,
    day_error: Option<String>,
}

#[derive(Serialize)]
struct PersonLine {
    id: String,
    name: String,
    login: String,
    last_day: String,
}

#[derive(Serialize)]
struct CheckView {
    name: String,
    login: String,
    last_day: String,
    day: String,
    cases: String,
}

/// Cases that are counted for the page before giving; with more it says so.
const COUNTED: i64 = 100;

/// Who may act, and the form.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let message = match request.query.as_str() {
        "gedaan=gegeven" => Some("Deze medewerker kan nu namens u werken."),
        "gedaan=beeindigd" => Some("De toegang is beëindigd. Deze medewerker ziet uw zaken niet meer."),
        _ => None,
    };
    office_page(request, 200, message, (&Form::default(), &[]))
}

fn office_page(
    request: &Request,
    status: u16,
    message: Option<&str>,
    (form, problems): (&Form, &[InputProblem]),
) -> Result<Reply, WebError> {
    let found = request.app.dossiers.delegations(request.actor()?)?;
    let person = |one: Delegation| PersonLine {
        id: one.id,
        name: one.name,
        login: one.login,
        last_day: dutch_date(one.last_day),
    };
    let content = OfficeView {
        people: found.into_iter().map(person).collect(),
        login: form.text(LOGIN).to_owned(),
        login_error: told_at(problems, "/gebruikersnaam"),
        last_day: form.text(LAST_DAY).to_owned(),
        day_error: told_at(problems, "/tot_en_met"),
    };
    let mut frame = Frame::new(request, "Medewerkers").with_message(message);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "medewerkers", &frame, &content)
}

/// Shows what would be given, gives it, or ends it.
pub fn act(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let (actor, dossiers) = (request.actor()?, &request.app.dossiers);
    if form.text("actie") == "beeindigen" {
        dossiers.end_delegation(actor, form.text("toegang"))?;
        return Ok(Reply::redirect("/medewerkers?gedaan=beeindigd"));
    }
    let (name, day) = match given(request, &form) {
        Ok(given) => given,
        Err(WebError::Invalid(problems)) => return office_page(request, 422, None, (&form, &problems)),
        Err(error) => return Err(error),
    };
    if form.text("actie") == "geven" {
        dossiers.delegate(actor, form.text(LOGIN), day)?;
        return Ok(Reply::redirect("/medewerkers?gedaan=gegeven"));
    }
    let cases = dossiers.list(actor, None, COUNTED)?;
    let content = CheckView {
        name,
        login: form.text(LOGIN).to_owned(),
        last_day: dutch_date(day),
        day: day.to_string(),
        cases: match (cases.items.len(), cases.next.is_some()) {
            (0, _) => "U hebt nu geen zaken; een zaak die erbij komt, ziet deze medewerker ook".to_owned(),
            (1, _) => "De ene zaak waaraan u nu bent toegewezen, en wat erbij komt".to_owned(),
            (many, false) => format!("Alle {many} zaken waaraan u nu bent toegewezen, en wat erbij komt"),
            (many, true) => format!("Alle zaken waaraan u nu bent toegewezen, meer dan {many}, en wat erbij komt"),
        },
    };
    page_with_status(request, 200, "medewerkers-nakijken", &Frame::new(request, "Toegang nakijken"), &content)
}

/// What the form gives: name of who it is and the last day.
fn given(request: &Request, form: &Form) -> Result<(String, NaiveDate), WebError> {
    let mut problems = Vec::new();
    if form.text(LOGIN).is_empty() {
        problems.push(InputProblem::field(LOGIN, "required", "Vul de gebruikersnaam van uw medewerker in."));
    }
    let day = form.text(LAST_DAY).parse::<NaiveDate>();
    if day.is_err() {
        problems.push(InputProblem::field(LAST_DAY, "required", "Kies de laatste dag."));
    }
    match day {
        Ok(day) if problems.is_empty() => Ok((checked_for(request, form.text(LOGIN), day)?, day)),
        _ => Err(WebError::Invalid(problems)),
    }
}

/// Who acts for the advocate of an assignment, in words.
pub(super) fn delegate_lines(of: &Assignment) -> Vec<String> {
    let line = |one: &Delegation| {
        format!("{} (medewerker), namens deze advocaat tot en met {}", one.name, dutch_date(one.last_day))
    };
    of.delegates.iter().map(line).collect()
}

/// For whom someone of an office acts, in words.
pub(super) fn acts_for(request: &Request) -> Result<Vec<String>, WebError> {
    let found = request.app.dossiers.delegations(request.actor()?)?;
    Ok(found.into_iter().map(|one| format!("{}, tot en met {}", one.name, dutch_date(one.last_day))).collect())
}
