//! The hearing file's own part: what is in force on the day, and what protection lacks.

use super::{Decision, bridge};
use crate::dossier::model::{Capacity, Domain, Label, Matter};
use crate::drafting::{view::Scene, words};
use serde_json::{Value, json};

/// Gaps and coverage as in the bridge; everything else comes from the shared data.
pub(in crate::drafting) fn hearing(scene: &Scene<'_>) -> Decision {
    let mut decision = bridge(scene);
    let gaps: Vec<_> = scene
        .conflicts
        .coverage
        .iter()
        .filter_map(|item| {
            let first = item.gaps.first()?;
            Some(json!({
                "persoon": scene.person(&item.person),
                "tegen": scene.person(&item.against),
                "behoefte": item.need.label(),
                "vanaf": crate::drafting::words::moment(Some(&first.from)),
            }))
        })
        .collect();
    let dated = !super::axis::dated(scene, &super::axis::EVERYTHING).timeline.rows.is_empty();
    if let Some(data) = decision.data.as_object_mut() {
        data.insert("tijdas".to_owned(), json!(dated));
        data.insert("eerste_gaten".to_owned(), json!(gaps));
        data.insert("tenlastelegging".to_owned(), super::charges(scene));
        data.insert("partijen".to_owned(), parties(scene));
        data.insert("strafzaak".to_owned(), json!(scene.domain == Domain::Criminal));
    }
    decision.title = format!("Zittingsmap: {}", scene.domain.label());
    decision
}

/// The parties, each with what they are in every matter of this file: who asks in one can be asked in another.
fn parties(scene: &Scene<'_>) -> Value {
    let mut rows = scene.parties();
    for row in rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        let name = row.get("naam").and_then(Value::as_str).unwrap_or_default();
        let person = scene.file.persons.iter().find(|person| person.name == name).map(|person| &person.capacities);
        let organisation = || scene.file.organisations.iter().find(|item| item.name == name);
        let Some(capacities) = person.or_else(|| organisation().map(|item| &item.capacities)) else { continue };
        if let Some(told) = roles(scene, capacities) {
            row.insert("hoedanigheid".to_owned(), json!(told));
        }
    }
    rows
}

/// "verzoekende partij in C/10/900001; belanghebbende in C/10/900004"; none when the file is about one matter.
fn roles(scene: &Scene<'_>, capacities: &[Capacity]) -> Option<String> {
    let own: Vec<&Matter> = scene.file.matters.iter().filter(|matter| scene.is_own(&matter.id)).collect();
    let mut told: Vec<(&str, Vec<String>)> = Vec::new();
    for matter in &own {
        let Some(capacity) = capacities.iter().find(|capacity| capacity.matter == matter.id) else { continue };
        let number = matter.numbers.first().map_or(matter.kind.label(), |number| number.value.as_str()).to_owned();
        match told.iter_mut().find(|(role, _)| *role == capacity.role.label()) {
            Some((_, numbers)) => numbers.push(number),
            None => told.push((capacity.role.label(), vec![number])),
        }
    }
    let told = told.into_iter().map(|(role, numbers)| format!("{role} in {}", words::list(&numbers)));
    (own.len() > 1).then(|| told.collect::<Vec<_>>().join("; "))
}
