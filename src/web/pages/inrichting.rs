//! How the service is set up: the frameworks in use with their versions, and what is kept how long. Nothing of cases.

use super::frame::{Frame, page};
use crate::assessment::builtin;
use crate::assessment::frameworks::LoadedFramework;
use crate::dossier::model::Label;
use crate::shared::moment::{dutch_date, local_date};
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use serde::Serialize;

/// What is kept and until when; docs/besluiten/0007 and 0009 say why.
const KEPT: [(&str, &str); 6] = [
    (
        "Dossiers, met elke eerdere versie, en alles wat is ingediend",
        "Blijft tot de bewaartermijn om is en twee beheerders de zaak vernietigen; zie Bewaartermijnen.",
    ),
    (
        "Concepten, beslissingen en hun stappen",
        "Zo lang als de zaak. Een stap wordt nooit gewijzigd of los weggehaald.",
    ),
    ("Bestanden van stukken", "Zo lang als de zaak. Een nieuw bestand komt erbij; het eerdere blijft."),
    (
        "Formulieren die nog niet zijn vastgelegd",
        "Dertig dagen na de laatste wijziging, of eerder: als zij zijn vastgelegd of de toewijzing eindigt.",
    ),
    ("Sessies en mislukte aanmeldingen", "Worden na een dag opgeruimd. Hun spoor staat in het logboek."),
    ("Het logboek", "Blijft. Het bevat nummers, versies en controlegetallen, geen inhoud van zaken."),
];

#[derive(Serialize)]
struct SetupView {
    software: &'static str,
    frameworks: Vec<FrameworkLine>,
    cases: String,
    kept: Vec<KeptLine>,
}

#[derive(Serialize)]
struct FrameworkLine {
    title: String,
    about: String,
    version: String,
    domain: &'static str,
    criteria: usize,
    hash: String,
}

#[derive(Serialize)]
struct KeptLine {
    what: &'static str,
    how_long: &'static str,
}

/// The page.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let set = builtin().map_err(|error| WebError::Internal(format!("frameworks: {error}")))?;
    let (count, oldest) = request.app.dossiers.extent(request.actor()?)?;
    let since = oldest.map(|at| format!(", de oudste van {}", dutch_date(local_date(&at)))).unwrap_or_default();
    let content = SetupView {
        software: env!("CARGO_PKG_VERSION"),
        frameworks: set.frameworks().iter().map(framework_line).collect(),
        cases: match count {
            1 => format!("Er is 1 zaak{since}."),
            many => format!("Er zijn {many} zaken{since}."),
        },
        kept: KEPT.iter().map(|(what, how_long)| KeptLine { what, how_long }).collect(),
    };
    page(request, "inrichting", &Frame::new(request, "Kaders en bewaren"), &content)
}

fn framework_line(loaded: &LoadedFramework) -> FrameworkLine {
    FrameworkLine {
        title: loaded.framework.title.clone(),
        about: loaded.framework.about.clone(),
        version: loaded.framework.version.clone(),
        domain: loaded.framework.domain.label(),
        criteria: loaded.framework.criteria.len(),
        hash: loaded.hash.clone(),
    }
}
