//! Searching one case: only in what the reader may see, so that a hit cannot tell what is withheld.

use super::frame::page;
use super::zaak::case_frame;
use crate::audit::View;
use crate::dossier::model::{Address, Dossier, Label};
use crate::shared::dutch::capital;
use crate::web::case_view::CaseView;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use crate::web::views::{conflicts as conflict_views, timeline};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Words that are looked for.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// Words; all of them must occur.
    #[serde(default)]
    #[validate(length(max = 200, message = "Zoek met ten hoogste 200 tekens."))]
    woorden: String,
}

/// Hits that are shown; more of them do not help anyone.
const MOST: usize = 50;

#[derive(Serialize)]
struct SearchView {
    case_id: String,
    words: String,
    asked: bool,
    count: String,
    more: bool,
    hits: Vec<Hit>,
}

#[derive(Serialize)]
struct Hit {
    href: String,
    kind: String,
    text: String,
}

/// The form with what was found.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load_for_today(request, View::Timeline)?;
    let query: SearchQuery = request.query()?;
    let words: Vec<String> = query.woorden.split_whitespace().map(str::to_lowercase).collect();
    let place = format!("/zaken/{}", view.version.dossier_id);
    let mut hits = if words.is_empty() { Vec::new() } else { hits(&view, &place, &words) };
    let found = hits.len();
    hits.truncate(MOST);
    let content = SearchView {
        case_id: view.version.dossier_id.clone(),
        words: query.woorden.trim().to_owned(),
        asked: !words.is_empty(),
        count: match found {
            0 => "Niets gevonden in wat u van deze zaak mag zien.".to_owned(),
            1 => "1 plaats gevonden.".to_owned(),
            many => format!("{many} plaatsen gevonden."),
        },
        more: found > MOST,
        hits,
    };
    page(request, "zoeken", &case_frame(request, &view, "Zoeken in deze zaak"), &content)
}

/// Places where all words occur, in the order of the pages.
fn hits(view: &CaseView, place: &str, words: &[String]) -> Vec<Hit> {
    let dossier = &view.projection.dossier;
    let holds = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut seen = std::collections::BTreeSet::new();
    let on_timeline = timeline::entries(dossier).into_iter().filter_map(|entry| {
        let all = [&entry.what, &entry.who, &entry.when].into_iter().chain(&entry.statements).chain(&entry.sources);
        let all: Vec<&str> = all.map(String::as_str).collect();
        (holds(&all.join(" ")) && seen.insert(entry.id.clone())).then(|| Hit {
            href: format!("{place}/tijdlijn#{}", entry.id),
            kind: capital(&entry.category),
            text: format!("{}: {}", entry.when, entry.what),
        })
    });
    let mut hits: Vec<Hit> = on_timeline.collect();
    let report = conflict_views::report(dossier, &view.conflicts());
    hits.extend(report.clashes.into_iter().filter(|clash| holds(&format!("{} {}", clash.title, clash.with))).map(
        |clash| Hit {
            href: format!("{place}/conflicten#{}", clash.anchor),
            kind: "Botsing".to_owned(),
            text: clash.title,
        },
    ));
    hits.extend(in_the_file(dossier, place).into_iter().filter(|hit| holds(&hit.text)));
    hits
}

/// Persons, organisations, numbers and documents.
fn in_the_file(dossier: &Dossier, place: &str) -> Vec<Hit> {
    let hit =
        |anchor: &str, kind: &str, text: String| Hit { href: format!("{place}#{anchor}"), kind: kind.to_owned(), text };
    let mut hits: Vec<Hit> = Vec::new();
    hits.extend(dossier.persons.iter().map(|person| {
        let counsel = person.counsel.as_ref().map(|counsel| counsel.name.clone());
        let parts: Vec<String> = [Some(person.name.clone()), counsel].into_iter().flatten().collect();
        let addresses = person.addresses.iter().map(told_address);
        hit("wie", "Persoon", parts.into_iter().chain(addresses).collect::<Vec<_>>().join("; "))
    }));
    hits.extend(dossier.organisations.iter().map(|item| hit("wie", "Instantie", item.name.clone())));
    hits.extend(dossier.matters.iter().flat_map(|matter| {
        matter
            .numbers
            .iter()
            .map(|number| hit("loopt", "Zaaknummer", format!("{} ({})", number.value, matter.authority.name)))
    }));
    hits.extend(dossier.documents.iter().map(|item| hit("stukken", "Stuk", item.title.clone())));
    hits
}

/// "Voorbeeldstraat 1, 1234 AB, Rotterdam (woning)"; of one that is shielded, that it is.
fn told_address(address: &Address) -> String {
    let parts = [Some(&address.line), address.postcode.as_ref(), address.town.as_ref(), address.country.as_ref()];
    let text = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ");
    let shielded = if address.is_shielded() { ", afgeschermd" } else { "" };
    format!("{text} ({}{shielded})", address.kind.label())
}
