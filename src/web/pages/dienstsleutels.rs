//! The keys of the system of a partner, on the page of its account.

use super::account::told_at;
use crate::identity::{Role, UserSummary};
use crate::shared::moment::dutch_moment;
use crate::web::error::{InputProblem, WebError};
use crate::web::request::Request;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct KeysView {
    /// Whether it is the account of a system already.
    pub(super) system: bool,
    /// Where it asks for a token.
    address: String,
    keys: Vec<KeyLine>,
    /// Why what was typed cannot be a key. It is never sent back: it may have been a secret one.
    error: Option<String>,
}

#[derive(Serialize)]
struct KeyLine {
    id: String,
    thumbprint: String,
    added: String,
    ended: Option<String>,
}

/// The keys of a user; none for a role that has no systems.
pub(super) fn view(
    request: &Request,
    user: &UserSummary,
    problems: &[InputProblem],
) -> Result<Option<KeysView>, WebError> {
    if user.role != Role::Ketenpartner {
        return Ok(None);
    }
    let keys = request.app.identity.service_keys(request.actor()?, &user.id)?;
    let error = told_at(problems, "/sleutel");
    let told = |at| dutch_moment(&crate::db::instant_of(at));
    let lines = keys.into_iter().map(|key| KeyLine {
        id: key.id,
        thumbprint: key.thumbprint,
        added: told(key.added_at),
        ended: key.ended_at.map(told),
    });
    let keys: Vec<KeyLine> = lines.collect();
    let address = format!("{}{}", request.app.settings.origin(), crate::web::api::TOKENS);
    Ok(Some(KeysView { system: !keys.is_empty(), address, keys, error }))
}

/// Registers a key, or withdraws one.
pub(super) fn change(request: &Request, user: &str, done: &str) -> Result<(), WebError> {
    let (actor, identity, form) = (request.actor()?, &request.app.identity, request.form()?);
    if done == "sleutel" {
        identity.add_service_key(actor, user, form.text("sleutel"))?;
    } else {
        identity.end_service_key(actor, user, form.text("welke"))?;
    }
    Ok(())
}
