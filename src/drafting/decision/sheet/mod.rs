//! The hearing sheet of one matter: what its judge needs on the table, on at most four pages.
//!
//! What decides comes first. `room` says how long each list may be and what is said of the rest;
//! `asked` has requests, questions and findings, `question` one question with its ways to an answer, `present` who is there, `protection` measures,
//! clashes, gaps and safety; `axis` next door everything with a date.

mod asked;
mod present;
mod protection;
mod question;
mod room;

pub(super) use protection::{in_file_order, in_force};
pub(in crate::drafting) use room::STEPS;
pub(super) use room::shortened;

use super::Decision;
use super::axis::{self, Dated, Most};
use crate::documents::model::Timeline;
use crate::dossier::model::{Domain, Label, Matter, MatterState};
use crate::drafting::{view::Scene, words};
use crate::shared::moment::{Instant, local_date};
use serde_json::{Value, json};

/// Where the rest of a shortened list stands.
const HEARING_FILE: &str = "de zittingsmap";

pub(in crate::drafting) fn sheet(scene: &Scene<'_>) -> Decision {
    let room = &room::of(scene.step);
    let dated = axis(scene);
    let next = scene.matter.and_then(|matter| next_hearing(scene, matter));
    let questions = asked::questions(scene, room);
    let mut data = json!({
        "zitting": words::moment(next.as_ref()),
        "domein_naam": scene.domain.label(),
        "familie": scene.domain == Domain::Family,
        "strafzaak": scene.domain == Domain::Criminal,
        "partijen": present::parties(scene, room),
        "kinderen": present::children(scene, room),
        "gezag": present::gezag(scene),
        "tenlastelegging": super::charges(scene),
        "verzoeken": asked::requests(scene, room),
        "bevindingen": asked::findings(scene, room, &questions),
        "vragen": questions,
        "van_kracht": protection::in_force_rows(scene, room),
        "nog_niet": protection::not_decided(scene, room),
        "niet_gevoegd": protection::not_joined(scene),
        "botsingen": protection::clashes(scene, room),
        "let_op": protection::softer(scene, room),
        "gaten": protection::gaps(scene, room),
        "veiligheid": protection::safety(scene, room),
        "tijdas": left_off(&dated),
        "andere_zaken": others(scene, room),
        "afwijkingen": json!([]),
    });
    room::shorten(&mut data, room.text);
    // A text ends there, or a quotation in it.
    let told = data.to_string();
    let cut = told.contains(" …\"") || told.contains(" …\\\"") || is_cut(&dated.timeline);
    if let Value::Object(data) = &mut data {
        data.insert("verkort".to_owned(), json!(cut));
    }
    let about = scene.matter.map_or_else(String::new, |matter| format!(": {}", matter.kind.label()));
    Decision { title: format!("Zittingsblad{about}"), dated: Some(scene.on), author: None, data }
}

/// The axis of a sheet: as much as there is room for.
pub(super) fn axis(scene: &Scene<'_>) -> Dated {
    let room = room::of(scene.step);
    axis::dated(scene, &Most { facts: room.facts, others: room.on_axis, weighing: room.weighing, text: room.text })
}

/// Whether there is an axis, and what of it stands elsewhere.
fn left_off(axis: &Dated) -> Value {
    let counted = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    };
    let left: Vec<String> = [
        counted(axis.facts_left, "feit", "feiten"),
        counted(axis.others_left, "andere regel van de tijdas", "andere regels van de tijdas"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let left = (!left.is_empty()).then(|| format!("Niet op dit blad: {}; zie {HEARING_FILE}.", words::list(&left)));
    json!({
        "leeg": axis.timeline.rows.is_empty(),
        "meer": left,
    })
}

/// Whether a description on the axis was shortened.
fn is_cut(axis: &Timeline) -> bool {
    axis.rows.iter().flat_map(|row| &row.what).any(|part| part.text().contains(" … "))
}

/// The first hearing on or after the reference date.
fn next_hearing(scene: &Scene<'_>, matter: &Matter) -> Option<Instant> {
    matter.hearings.iter().map(|hearing| hearing.at).filter(|at| local_date(at) >= scene.on).min()
}

/// What else runs; hearings stand on the axis.
fn others(scene: &Scene<'_>, room: &room::Room) -> Value {
    let own = |matter: &&Matter| scene.matter.is_none_or(|own| own.id != matter.id);
    let runs = |matter: &&Matter| !matches!(matter.state, MatterState::Final | MatterState::Withdrawn);
    let next = scene.matter.and_then(|matter| next_hearing(scene, matter));
    let is_beside = |matter: &Matter| next.is_some_and(|at| matter.hearings.iter().any(|other| other.at == at));
    let all = scene.file.matters.iter().filter(own).filter(runs);
    let (beside, rest): (Vec<&Matter>, Vec<&Matter>) = all.partition(|matter| is_beside(matter));
    // What is heard at the same time always has its place.
    let most = room.matters.max(beside.len());
    let rows = beside.into_iter().chain(rest).map(|matter| {
        let numbers: Vec<&str> = matter.numbers.iter().map(|number| number.value.as_str()).collect();
        json!({
            "soort": words::capital(matter.kind.label()),
            "nummers": words::text_or_null(&numbers.join(" / ")),
            "stand": matter.state.label(),
            "op_zitting": is_beside(matter),
        })
    });
    room::cut(rows.collect(), most, ("zaak", "zaken"), HEARING_FILE)
}
