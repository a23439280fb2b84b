//! The protection bridge: per protected person and need, what covers when, and the holes.

use super::Decision;
use crate::conflicts::bridge::{Bridge, BridgeLine, BridgeState, build};
use crate::conflicts::model::{Certainty, CoveredSpan, Gap};
use crate::dossier::model::Label;
use crate::drafting::{view::Scene, words};
use crate::shared::ids::FactId;
use serde_json::{Value, json};

pub(in crate::drafting) fn bridge(scene: &Scene<'_>) -> Decision {
    // Built from the projection, so that no measure of a withheld kind can slip in.
    let bridge: Bridge = build(scene.file, scene.on);
    let open = |state: BridgeState| bridge.lines.iter().any(|line| line.state == state);
    let data = json!({
        "personen": together(scene, &bridge.lines),
        "leeg": bridge.lines.is_empty(),
        "gesloten": bridge.is_closed() && !bridge.lines.is_empty(),
        "open": open(BridgeState::Open),
        "met_plan": open(BridgeState::ClosedIfPlanFollowed),
        "afwijkingen": json!([]),
    });
    Decision {
        title: "Beschermingsbrug: aansluiting van de bescherming per persoon".to_owned(),
        dated: Some(scene.on),
        author: None,
        data,
    }
}

/// Persons with the same cover and the same holes stand together.
fn together(scene: &Scene<'_>, lines: &[BridgeLine]) -> Value {
    let mut groups: Vec<(Value, Vec<String>)> = Vec::new();
    for line in lines {
        let (value, name) = (person(scene, line), scene.person(&line.person));
        let same = |(other, names): &&mut (Value, Vec<String>)| {
            names.first().is_some_and(|first| renamed(other, first, &name) == value)
        };
        match groups.iter_mut().find(same) {
            Some((_, names)) => names.push(name),
            None => groups.push((value, vec![name])),
        }
    }
    groups
        .iter()
        .map(|(value, names)| {
            renamed(value, names.first().map(String::as_str).unwrap_or_default(), &words::list(names))
        })
        .collect()
}

/// The same lines about someone else.
fn renamed(value: &Value, from: &str, to: &str) -> Value {
    match value {
        Value::String(text) if !from.is_empty() => Value::String(text.replace(from, to)),
        Value::Array(items) => items.iter().map(|item| renamed(item, from, to)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, field)| (key.clone(), renamed(field, from, to)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

/// The stretches if the plan is followed: what is decided and what hangs on a decision.
fn person(scene: &Scene<'_>, line: &BridgeLine) -> Value {
    json!({
        "persoon": scene.person(&line.person),
        "tegen": scene.person(&line.against),
        "behoefte": line.need.label(),
        "slotsom": line.statement,
        "gedekt": line.with_plan.covered.iter().map(|span| covered(scene, span)).collect::<Value>(),
        "gaten": line.with_plan.gaps.iter().map(gap).collect::<Value>(),
        "gaten_nu": line.now.gaps.iter().filter(|item| !line.with_plan.gaps.contains(item)).map(gap).collect::<Value>(),
    })
}

fn covered(scene: &Scene<'_>, span: &CoveredSpan) -> Value {
    let mut by: Vec<String> = span
        .by
        .iter()
        .map(|id| match (scene.file.find_measure(id), scene.label(&FactId::from(id))) {
            (Some(measure), Some(label)) => format!("{} ({label})", measure.instrument.label()),
            _ => "een maatregel die hier niet mag worden genoemd".to_owned(),
        })
        .collect();
    by.extend(span.plans.iter().cloned());
    json!({
        "van": words::moment(Some(&span.from)),
        "tot": span.until.as_ref().map_or_else(|| json!("geen vast einde"), |at| words::moment(Some(at))),
        "door": words::text_or_null(&words::list(&by)),
        "zeker": match span.certainty {
            Certainty::Decided => "beslist",
            Certainty::DependsOnDecision => "hangt af van een beslissing die nog niet is genomen",
        },
        "opmerkingen": words::text_or_null(&span.remarks.join(" ")),
    })
}

fn gap(gap: &Gap) -> Value {
    let sources: Vec<String> = gap.sources.iter().map(crate::drafting::law::cite).collect();
    json!({
        "van": words::moment(Some(&gap.from)),
        "tot": gap.until.as_ref().map_or_else(|| json!("een nog onbekend moment"), |at| words::moment(Some(at))),
        "tenzij": words::text_or_null(&words::list(&gap.depends_on)),
        "toelichting": gap.explanation,
        "uitwegen": gap.ways_out,
        "bronnen": sources,
    })
}
