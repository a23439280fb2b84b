//! Everything with a date: hearings, deadlines, facts, measures and holes in protection.

use super::room::{Room, left_out};
use crate::conflicts::model::DeadlineStatus;
use crate::dossier::model::{Event, Evidence, Label, Measure, MeasureState, Sign};
use crate::drafting::{law, view::Scene, words};
use crate::shared::ids::FactId;
use crate::shared::moment::{Instant, dutch_moment, local_date};
use serde_json::{Value, json};

/// One row: when in words, and what.
struct Row {
    at: Instant,
    part: &'static str,
    when: String,
    what: String,
    source: Option<String>,
}

/// Rows by part, each in order of time, and how many stand elsewhere.
pub(super) fn rows(scene: &Scene<'_>, room: &Room) -> Value {
    let (facts, earlier) = facts(scene, room.facts);
    let mut rest = 0;
    let mut rows: Vec<Row> = Vec::new();
    for mut part in [hearings(scene), deadlines(scene)] {
        rest += part.len().saturating_sub(room.on_axis);
        part.truncate(room.on_axis);
        rows.append(&mut part);
    }
    rows.extend(facts);
    let mut measures = measures(scene);
    rest += measures.len().saturating_sub(room.on_axis);
    measures.truncate(room.on_axis);
    rows.append(&mut measures);
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| json!({ "deel": row.part, "wanneer": row.when, "wat": row.what, "bron": row.source }))
        .collect();
    json!({
        "regels": rows,
        "meer": left_out(rest, ("zitting, termijn of maatregel", "zittingen, termijnen of maatregelen"), "de pagina Tijdlijn"),
        "eerder": left_out(earlier, ("feit", "feiten"), super::HEARING_FILE),
    })
}

/// Hearings that are still to come; those at the same moment in one row.
fn hearings(scene: &Scene<'_>) -> Vec<Row> {
    let mut groups: Vec<(Instant, String, Vec<String>)> = Vec::new();
    for matter in &scene.file.matters {
        for hearing in matter.hearings.iter().filter(|hearing| local_date(&hearing.at) >= scene.on) {
            let name = words::matter_name(matter.kind).to_owned();
            match groups.iter_mut().find(|(at, kind, _)| *at == hearing.at && *kind == hearing.kind) {
                Some((_, _, names)) => names.push(name),
                None => groups.push((hearing.at, hearing.kind.clone(), vec![name])),
            }
        }
    }
    groups.sort();
    groups
        .into_iter()
        .map(|(at, kind, names)| Row {
            at,
            part: "Zitting",
            when: words::capital(&dutch_moment(&at)),
            what: format!("{} in {}", words::capital(&kind), words::list(&names)),
            source: None,
        })
        .collect()
}

/// Terms of this domain that run, were missed, or of which it is not known; the same term once.
fn deadlines(scene: &Scene<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = scene
        .conflicts
        .deadlines
        .iter()
        .filter(|deadline| deadline.status != DeadlineStatus::Met)
        .filter(|deadline| scene.label(&deadline.fact).is_some())
        .filter(|deadline| scene.domain_of(&deadline.fact).is_none_or(|domain| domain == scene.domain))
        .map(|deadline| Row {
            at: deadline.at,
            part: "Termijn",
            when: words::capital(&dutch_moment(&deadline.at)),
            what: format!("{} ({})", deadline.what, deadline.status.label()),
            source: Some(law::cite(&deadline.legal_source)),
        })
        .collect();
    rows.sort_by_key(|row| row.at);
    rows.dedup_by(|next, first| next.at == first.at && next.what == first.what);
    rows
}

/// The facts with a critical sign and the latest others, in order of time, and how many are left out.
fn facts(scene: &Scene<'_>, most: usize) -> (Vec<Row>, usize) {
    let mut dated: Vec<(Instant, &Event, &str)> = scene
        .file
        .events
        .iter()
        .filter_map(|event| {
            let day = event.time.first_day()?;
            Some((crate::shared::moment::start_of_day(day), event, scene.label(&FactId::from(&event.id))?))
        })
        .collect();
    dated.sort_by_key(|(at, ..)| *at);
    let critical = [Sign::Strangulation, Sign::FirearmAccess, Sign::WeaponThreat, Sign::DeathThreat, Sign::ForcedSex];
    let weighty = |event: &Event| {
        event.status.in_domain(scene.domain) != Evidence::Refuted
            && event.signs.iter().any(|sign| critical.contains(sign))
    };
    let mut order: Vec<usize> = (0..dated.len()).collect();
    order.sort_by_key(|place| {
        (!dated.get(*place).is_some_and(|(_, event, _)| weighty(event)), std::cmp::Reverse(*place))
    });
    order.truncate(most);
    order.sort_unstable();
    let left = dated.len().saturating_sub(order.len());
    let row = |(at, event, label): &(Instant, &Event, &str)| Row {
        at: *at,
        part: "Feit",
        when: words::capital(&words::event_time(&event.time)),
        what: format!(
            "{label} {} ({})",
            event.description.trim_end_matches('.'),
            event.status.in_domain(scene.domain).label()
        ),
        source: None,
    };
    (order.into_iter().filter_map(|place| dated.get(place)).map(row).collect(), left)
}

/// Measures with their begin and end.
fn measures(scene: &Scene<'_>) -> Vec<Row> {
    let row = |measure: &Measure| {
        let label = scene.label(&FactId::from(&measure.id))?;
        let start = measure.starts.or(measure.decided_at);
        let end = measure.effective_end();
        let when = match (start, end, measure.open_ended) {
            (Some(start), Some(end), _) => format!("{} tot {}", dutch_moment(&start), dutch_moment(&end)),
            (Some(start), None, true) => format!("vanaf {}, zonder vast einde", dutch_moment(&start)),
            (Some(start), None, false) => format!("vanaf {}, einde niet bekend", dutch_moment(&start)),
            (None, Some(end), _) => format!("tot {}", dutch_moment(&end)),
            (None, None, _) => return None,
        };
        let state = match measure.state {
            MeasureState::InForce => String::new(),
            state => format!(" ({})", state.label()),
        };
        Some(Row {
            at: start.or(end)?,
            part: "Maatregel",
            when: words::capital(&when),
            what: format!("{label} {}{state}", measure.instrument.label()),
            source: None,
        })
    };
    let mut rows: Vec<Row> = scene.file.measures.iter().filter_map(row).collect();
    rows.sort_by_key(|row| row.at);
    rows
}
