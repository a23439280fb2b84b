//! What was filled in in an earlier draft, offered where the new one asks the same; one button takes over what is chosen.

use super::alinea;
use crate::drafting::review::model::StepKind;
use crate::drafting::review::{FilledBefore, Outlook, Said, StepWish, TextChange};
use crate::drafting::service::StoredDraft;
use crate::shared::moment::dutch_moment;
use crate::web::drafts;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use serde::Serialize;

/// What can be taken over in one document.
#[derive(Serialize)]
pub(super) struct Offered {
    name: String,
    title: String,
    /// After which step.
    number: i64,
    places: Vec<PlaceLine>,
}

#[derive(Serialize)]
struct PlaceLine {
    value: String,
    number: String,
    text: String,
    made: String,
}

fn all(request: &Request, stored: &StoredDraft) -> Result<Vec<FilledBefore>, WebError> {
    Ok(request.app.drafts.filled_before(request.actor()?, request.id_param("dossier")?, stored)?)
}

fn value_of(change: &TextChange) -> String {
    change.onderdeel.map_or_else(|| change.blok.to_string(), |item| format!("{}-{item}", change.blok))
}

/// What can be taken over, by document; only where the text can still be changed.
pub(super) fn offered(request: &Request, stored: &StoredDraft, outlooks: &[Outlook]) -> Result<Vec<Offered>, WebError> {
    let found = all(request, stored)?;
    let of = |(document, outlook): (&crate::drafting::model::Draft, &Outlook)| {
        outlook.paper.state.after(StepKind::Amended)?;
        let known = alinea::places(&outlook.paper.model);
        let line = |one: &FilledBefore| {
            let value = value_of(&one.change);
            let number = known.iter().find(|row| row.value == value)?.number.clone();
            Some(PlaceLine { value, number, text: one.change.tekst.clone(), made: dutch_moment(&one.made_at) })
        };
        let places: Vec<PlaceLine> =
            found.iter().filter(|one| one.document == document.name).filter_map(line).collect();
        (!places.is_empty()).then(|| Offered {
            name: document.name.clone(),
            title: document.model.meta.title.clone(),
            number: outlook.paper.number,
            places,
        })
    };
    Ok(stored.set.documents.iter().zip(outlooks).filter_map(of).collect())
}

/// Takes over what was chosen, as one change by who asks.
pub fn take_over(request: &Request) -> Result<Reply, WebError> {
    let stored = drafts::get(request, crate::audit::View::Draft)?;
    let (form, id) = (request.form()?, request.id_param("dossier")?);
    let (name, chosen) = (form.text("naam"), form.all("plaats"));
    let after = form.text("na_stap").parse().map_err(|_| WebError::PreconditionRequired)?;
    let found = all(request, &stored)?.into_iter().filter(|one| one.document == name);
    let changes: Vec<TextChange> =
        found.map(|one| one.change).filter(|change| chosen.contains(&value_of(change))).collect();
    let place = format!("/zaken/{id}/concepten/{}", stored.summary.id);
    if changes.is_empty() {
        return Ok(Reply::redirect(place));
    }
    let wish = StepWish { after, step: StepKind::Amended, reason: String::new(), changes, said: Said::default() };
    request.app.drafts.step(request.actor()?, id, &stored.summary.id, name, wish)?;
    Ok(Reply::redirect(format!("{place}?overgenomen=ja")))
}
