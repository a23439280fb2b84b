//! The accessibility statement: what the last walk with a real browser found, not what we hope.

use super::frame::{Frame, page};
use crate::shared::dutch::list;
use crate::shared::moment::dutch_date;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Outcome of the walk, as `.ci/browser` keeps it and holds it to.
const OUTCOME: &str = include_str!("../../../templates/pages/toegankelijkheid.json");

/// Outcome of a walk.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    gemeten_op: NaiveDate,
    browser: String,
    axe: String,
    breedtes: Vec<u32>,
    paginas: Vec<String>,
    gebreken: Vec<String>,
}

#[derive(Serialize)]
struct StatementView {
    day: String,
    browser: String,
    axe: String,
    widths: String,
    pages: usize,
    faults: Vec<String>,
}

/// The statement.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let outcome: Outcome =
        serde_json::from_str(OUTCOME).map_err(|error| WebError::Internal(format!("toegankelijkheid: {error}")))?;
    let widths: Vec<String> = outcome.breedtes.iter().map(u32::to_string).collect();
    let content = StatementView {
        day: dutch_date(outcome.gemeten_op),
        browser: outcome.browser,
        axe: outcome.axe,
        widths: list(&widths),
        pages: outcome.paginas.len(),
        faults: outcome.gebreken,
    };
    page(request, "toegankelijkheid", &Frame::new(request, "Toegankelijkheid"), &content)
}
