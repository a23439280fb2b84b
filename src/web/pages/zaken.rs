//! Mijn zaken: only what is assigned, by reference, never by name.

use super::frame::{Frame, page};
use crate::identity::Role;
use crate::shared::moment::dutch_moment;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
struct PageQuery {
    #[serde(default)]
    #[validate(length(max = 36))]
    na: Option<String>,
}

#[derive(Serialize)]
struct CasesView {
    cases: Vec<CaseLine>,
    count: String,
    next: Option<String>,
    may_create: bool,
}

#[derive(Serialize)]
struct CaseLine {
    id: String,
    reference: String,
    updated: String,
    version: i64,
}

/// The list.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let query: PageQuery = request.query()?;
    let actor = request.actor()?;
    let found = request.app.dossiers.list(actor, query.na.as_deref(), 25)?;
    let cases: Vec<CaseLine> = found
        .items
        .into_iter()
        .map(|item| CaseLine {
            id: item.id,
            reference: item.reference,
            updated: dutch_moment(&item.updated_at),
            version: item.version,
        })
        .collect();
    let count = match cases.len() {
        1 => "1 zaak".to_owned(),
        many => format!("{many} zaken, nieuwste eerst"),
    };
    let content = CasesView { cases, count, next: found.next, may_create: actor.role == Role::Griffier };
    page(request, "zaken", &Frame::new(request, "Mijn zaken"), &content)
}
