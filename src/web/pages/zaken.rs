//! Mijn zaken: only what is assigned, by reference and by the family as its reader may see it; each look at those names
//! is logged. The filters stand in the address; a name is no filter, because it is sealed with the case.

use super::frame::{Frame, page};
use super::medewerkers;
use crate::audit::View;
use crate::dossier::model::{FamilyRole, Person};
use crate::dossier::projection::for_reader;
use crate::dossier::store::Wanted;
use crate::identity::Role;
use crate::shared::dutch::list as dutch_list;
use crate::shared::moment::{dutch_date, dutch_moment, start_of_day};
use crate::web::case_view::reader_of;
use crate::web::error::WebError;
use crate::web::reply::{Reply, in_query};
use crate::web::request::Request;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use validator::Validate;

/// Which cases are shown.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CasesQuery {
    /// Cursor of the page before.
    #[serde(default)]
    #[validate(length(max = 36))]
    na: Option<String>,
    /// Words that all stand in the reference.
    #[serde(default)]
    #[validate(length(max = 100, message = "Zoek met ten hoogste 100 tekens."))]
    zoek: String,
    /// Only cases changed on or after this day (YYYY-MM-DD).
    #[serde(default)]
    sinds: String,
}

#[derive(Serialize)]
struct CasesView {
    cases: Vec<CaseLine>,
    count: String,
    next: Option<String>,
    may_create: bool,
    search: bool,
    words: String,
    since: String,
    filtered: Option<String>,
    /// How far was looked, when there are older cases in which was not looked.
    looked_at: Option<String>,
    empty: &'static str,
    /// For whom someone of an office acts, each with the last day.
    acts_for: Vec<String>,
}

#[derive(Serialize)]
struct CaseLine {
    id: String,
    reference: String,
    /// The adults of the family, as far as the reader may see them.
    family: String,
    updated: String,
    version: i64,
}

/// What who has no cases can do.
fn when_empty(role: Role) -> &'static str {
    match role {
        Role::Griffier => {
            "Voeg een dossier toe: dan wijst de dienst de zaak meteen aan u toe. Voor een zaak die er al is, vraagt u de \
             griffier van die zaak om u toe te wijzen."
        }
        Role::Rechter => {
            "De griffier van een zaak wijst haar aan u toe, voor de rechtsgebieden waarin u zitting hebt. Daarna staat zij \
             hier. Mist u een zaak, vraag het de griffie."
        }
        Role::Medewerker => {
            "U ziet de zaken van advocaten die u toegang hebben gegeven, tot en met de dag die zij kozen. Daarna staan zij \
             hier. Mist u een zaak, vraag het uw advocaat."
        }
        _ => {
            "De griffier wijst een zaak aan u toe zodra u zich als advocaat hebt gesteld. Daarna staat zij hier. Mist u een \
             zaak, bel de griffie van het gerecht."
        }
    }
}

/// The adults of the family of each case, through the gate.
fn families(request: &Request, ids: &[String]) -> Result<BTreeMap<String, String>, WebError> {
    let mut found = BTreeMap::new();
    for case in request.app.dossiers.get_several(request.actor()?, ids, View::Names)? {
        let seen = for_reader(&case.dossier, &reader_of(&case.dossier, &case.access)?).dossier;
        let adult = |person: &&Person| matches!(person.family_role, FamilyRole::Parent | FamilyRole::Partner);
        let names: Vec<String> = seen.persons.iter().filter(adult).map(|person| person.name.clone()).collect();
        found.insert(case.version.dossier_id, dutch_list(&names));
    }
    Ok(found)
}

fn told_looked_at(looked: i64, later: bool) -> String {
    let which = if later { "de volgende" } else { "uw nieuwste" };
    format!(
        "Er is gezocht in {which} {}.{:03} zaken, van nieuw naar oud. In oudere zaken is nog niet gezocht. Het hele kenmerk van \
         een zaak, getypt zoals het daar staat, wordt wel in al uw zaken gezocht.",
        looked / 1_000,
        looked % 1_000
    )
}

/// The list.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let query: CasesQuery = request.query()?;
    let actor = request.actor()?;
    let words = query.zoek.trim();
    let day: Option<NaiveDate> = match query.sinds.trim() {
        "" => None,
        given => Some(
            given
                .parse()
                .map_err(|_| WebError::Malformed("Geef de dag als jjjj-mm-dd, bijvoorbeeld 2026-11-22.".to_owned()))?,
        ),
    };
    let since = day.map(|day| start_of_day(day).timestamp_micros());
    let found = request.app.dossiers.find(actor, &Wanted { before: query.na.as_deref(), words, since }, 25)?;
    let (found, looked_at) = (found.page, found.looked_at);
    let ids: Vec<String> = found.items.iter().map(|item| item.id.clone()).collect();
    let mut families = families(request, &ids)?;
    let cases: Vec<CaseLine> = found
        .items
        .into_iter()
        .map(|item| CaseLine {
            family: families.remove(&item.id).unwrap_or_default(),
            id: item.id,
            reference: item.reference,
            updated: dutch_moment(&item.updated_at),
            version: item.version,
        })
        .collect();
    let filters: Vec<String> = [
        (!words.is_empty()).then(|| format!("met “{words}” in het kenmerk")),
        day.map(|day| format!("gewijzigd op of na {}", dutch_date(day))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let filtered = (!filters.is_empty()).then(|| filters.join(", "));
    let count = match (cases.len(), found.next.is_some() && looked_at.is_none()) {
        (1, _) => "1 zaak".to_owned(),
        (many, false) => format!("{many} zaken, nieuwste eerst"),
        (many, true) => format!("De eerste {many} zaken, nieuwste eerst"),
    };
    let content = CasesView {
        looked_at: looked_at.map(|looked| told_looked_at(looked, query.na.is_some())),
        count: filtered.as_ref().map_or_else(|| count.clone(), |filtered| format!("{count}, {filtered}")),
        search: !cases.is_empty() || filtered.is_some() || query.na.is_some(),
        next: found.next.map(|next| {
            let filters = format!("&zoek={}&sinds={}", in_query(words), query.sinds.trim());
            format!("/zaken?na={next}{}", if filtered.is_some() { filters } else { String::new() })
        }),
        cases,
        may_create: actor.role == Role::Griffier,
        words: words.to_owned(),
        since: query.sinds.trim().to_owned(),
        filtered,
        empty: when_empty(actor.role),
        acts_for: if actor.role == Role::Medewerker { medewerkers::acts_for(request)? } else { Vec::new() },
    };
    page(request, "zaken", &Frame::new(request, "Mijn zaken"), &content)
}
