//! The audit trail for the overseer: of one case, of one user, of one user in one case, or of the system itself.

use super::frame::{Frame, page};
use crate::audit::AuditLine;
use crate::dossier::trail::{TrailNames, TrailUser};
use crate::shared::dutch::capital;
use crate::shared::moment::dutch_moment;
use crate::web::api::auditregels::{AuditQuery, entries, reason};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Lines on a page.
const LINES: i64 = 40;

/// What is looked for. What people type are a reference and the name with which someone signs in.
#[derive(Debug, Default, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct LogQuery {
    /// Reference of a case.
    #[serde(default)]
    #[validate(length(max = 100, message = "Een kenmerk heeft ten hoogste 100 tekens."))]
    zaak: String,
    /// Name with which a user signs in.
    #[serde(default)]
    #[validate(length(max = 100, message = "Een gebruikersnaam heeft ten hoogste 100 tekens."))]
    lezer: String,
    /// Id of a user, in links.
    #[serde(default)]
    #[validate(length(max = 36, message = "Dit is geen nummer van een gebruiker."))]
    gebruiker: String,
    /// Id of a case, in links.
    #[serde(default)]
    #[validate(length(max = 36, message = "Dit is geen nummer van een dossier."))]
    dossier: String,
    /// Only entries before this place in the chain.
    #[serde(default)]
    #[validate(range(min = 1, message = "Kies een plaats vanaf 1."))]
    voor: Option<i64>,
    /// Of a user in all cases: only entries before this one.
    #[serde(default)]
    #[validate(length(max = 100, message = "Dit is geen plaats in het logboek."))]
    na: String,
}

#[derive(Serialize)]
struct LogView {
    case: String,
    reader: String,
    searched: bool,
    caption: &'static str,
    newest_cases: Vec<String>,
    entries: Vec<LogLine>,
    next: Option<String>,
}

#[derive(Serialize)]
struct LogLine {
    place: i64,
    at: String,
    case: String,
    who: String,
    role: String,
    what: String,
    why: String,
}

/// The form with what was found.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: LogQuery = request.query()?;
    let (found, faults) = resolve(request, &query)?;
    let (lines, names) = if faults.is_empty() { entries(request, &found)? } else { Default::default() };
    let full = i64::try_from(lines.len()) == Ok(LINES);
    let next = lines.last().filter(|_| full).map(|last| older(&found, last));
    let newest_cases = request.app.dossiers.directory(request.actor()?, None, 100)?.items;
    let content = LogView {
        case: told(query.zaak, found.dossier.as_ref().and_then(|id| names.cases.get(id)).cloned()),
        reader: told(
            query.lezer,
            found.gebruiker.as_ref().and_then(|id| names.users.get(id)).map(|user| user.login.clone()),
        ),
        searched: faults.is_empty(),
        caption: match (found.dossier.is_some(), found.gebruiker.is_some()) {
            (true, true) => "Wat deze gebruiker in deze zaak deed, nieuwste eerst",
            (true, false) => "Regels van deze zaak, nieuwste eerst",
            (false, true) => "Wat deze gebruiker deed, in alle zaken en in het systeem, nieuwste eerst",
            (false, false) => "Regels van het systeem, nieuwste eerst",
        },
        newest_cases: newest_cases.into_iter().map(|case| case.reference).collect(),
        entries: lines.into_iter().map(|line| told_line(line, &names)).collect(),
        next,
    };
    let frame = Frame::new(request, "Logboek");
    let frame = if faults.is_empty() { frame } else { frame.with_field_problems(&faults) };
    page(request, "log", &frame, &content)
}

/// The ids behind what was typed, and what does not exist.
fn resolve(request: &Request, query: &LogQuery) -> Result<(AuditQuery, Vec<InputProblem>), WebError> {
    let (actor, dossiers) = (request.actor()?, &request.app.dossiers);
    let mut faults = Vec::new();
    let mut dossier = Some(query.dossier.clone()).filter(|id| !id.is_empty());
    if !query.zaak.trim().is_empty() {
        dossier = dossiers.find_by_reference(actor, query.zaak.trim())?;
        if dossier.is_none() {
            faults.push(InputProblem::field(
                "zaak",
                "unknown_case",
                "Er is geen zaak met dit kenmerk. Vul het hele kenmerk in.",
            ));
        }
    }
    let mut user = Some(query.gebruiker.clone()).filter(|id| !id.is_empty());
    if !query.lezer.trim().is_empty() {
        user = request.app.identity.find_by_login(actor, &query.lezer)?;
        if user.is_none() {
            faults.push(InputProblem::field("lezer", "unknown_user", "Er is geen gebruiker met deze gebruikersnaam."));
        }
    }
    let na = Some(query.na.clone()).filter(|place| !place.is_empty());
    Ok((AuditQuery { dossier, gebruiker: user, voor: query.voor, na, aantal: Some(LINES) }, faults))
}

/// Query of the page with older lines; ids and places need no encoding.
fn older(found: &AuditQuery, last: &AuditLine) -> String {
    match (&found.dossier, &found.gebruiker) {
        (None, Some(user)) => format!("gebruiker={user}&na={}", last.place),
        (dossier, user) => {
            let (dossier, user) = (dossier.as_deref().unwrap_or_default(), user.as_deref().unwrap_or_default());
            format!("dossier={dossier}&gebruiker={user}&voor={}", last.place.seq)
        }
    }
}

/// What was typed, or what the lines say of it when the page was reached by a link.
fn told(typed: String, known: Option<String>) -> String {
    if typed.is_empty() { known.unwrap_or_default() } else { typed }
}

fn told_line(line: AuditLine, names: &TrailNames) -> LogLine {
    let why = reason(&line, names).map(|why| capital(&why)).unwrap_or_default();
    LogLine {
        place: line.place.seq,
        at: dutch_moment(&line.at),
        case: names.cases.get(&line.place.chain).cloned().unwrap_or_default(),
        who: match names.users.get(&line.actor) {
            Some(TrailUser { name, login }) => format!("{name} ({login})"),
            None => line.actor,
        },
        role: line.role,
        what: capital(&line.text),
        why,
    }
}
