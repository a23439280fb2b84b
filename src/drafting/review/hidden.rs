//! No secret address in a text that goes on: looked for when someone writes, and in the whole text when it is
//! offered, approved and sealed, because the address may be younger than the text.

use super::model::StepKind;
use super::service::{Paper, StepWish};
use crate::db::AnyConn;
use crate::documents::model::{Block, DocumentModel};
use crate::dossier::model::secrets::{SECRET_IN_TEXT, Secrets};
use crate::dossier::{DossierError, store};
use crate::shared::dutch::list;

/// The shielded addresses of a case as it now stands.
pub(super) fn secrets(conn: &mut AnyConn, dossier: &str) -> Result<Secrets, DossierError> {
    let current = store::current_version(conn, dossier)?.ok_or(DossierError::NotFound)?;
    Ok(Secrets::on_paper(&store::dossier_at(conn, dossier, current)?))
}

/// Refuses a step that would bring a secret address into a text, or a text with one further.
pub(super) fn check(secrets: &Secrets, paper: &Paper, wish: &StepWish) -> Result<(), DossierError> {
    let typed = wish.changes.iter().map(|change| change.tekst.as_str()).chain([wish.reason.as_str()]);
    if typed.into_iter().any(|text| secrets.holds(text)) {
        return Err(DossierError::Invalid(SECRET_IN_TEXT.to_owned()));
    }
    if !matches!(wish.step, StepKind::Offered | StepKind::Approved | StepKind::Sealed) {
        return Ok(());
    }
    let places = places(&paper.model, &|line| secrets.holds(line));
    if places.is_empty() {
        return named(secrets, paper, wish);
    }
    let back = match wish.step {
        StepKind::Offered => "Wijzig die tekst eerst, of maak een nieuw concept.",
        _ => "Geef het document terug, zodat die tekst kan worden gewijzigd.",
    };
    Err(DossierError::Invalid(format!(
        "Er staat een adres in dat geheim is of waarvan de geheimhouding onbekend is: {}. {back}",
        list(&places)
    )))
}

/// Refuses to bring a text further that names the town of a shielded address, until who takes the step says that
/// it may stand there, and why: the town may be that of the school, and no program can tell.
fn named(secrets: &Secrets, paper: &Paper, wish: &StepWish) -> Result<(), DossierError> {
    let towns = towns(&paper.model, secrets);
    if towns.is_empty() || (wish.said.place_meant && !wish.reason.trim().is_empty()) {
        return Ok(());
    }
    Err(DossierError::Invalid(format!(
        "Er staat de naam in van een plaats die bij een afgeschermd adres hoort: {}. Haal die naam weg. Mag zij blijven \
         staan, bevestig dat dan en geef bij “Reden” waarom wie de tekst leest daaruit niet kan afleiden waar iemand \
         verblijft.",
        list(&towns)
    )))
}

/// Where a text names the town of a shielded address, in words.
pub(super) fn towns(model: &DocumentModel, secrets: &Secrets) -> Vec<String> {
    places(model, &|line| secrets.names_town(line))
}

/// Where a text holds something, in words.
fn places(model: &DocumentModel, holds: &dyn Fn(&str) -> bool) -> Vec<String> {
    let (mut heading, mut places) = (String::new(), Vec::new());
    for block in &model.blocks {
        if let Block::Heading { text, .. } = block {
            heading.clone_from(text);
        }
        if !block.text_lines().iter().any(|line| holds(line)) {
            continue;
        }
        let place = match block {
            Block::Paragraph { number: Some(number), .. } => format!("in alinea {number}"),
            _ if heading.is_empty() => "boven de eerste kop".to_owned(),
            _ => format!("onder de kop “{heading}”"),
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
