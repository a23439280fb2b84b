//! The protection bridge: per protected person and need, what covers when, and the holes.

use super::Decision;
use crate::conflicts::model::{Coverage, CoveredSpan, Gap};
use crate::drafting::{view::Scene, words};
use crate::shared::ids::FactId;
use serde_json::{Value, json};

pub(in crate::drafting) fn bridge(scene: &Scene<'_>) -> Decision {
    let coverage = &scene.conflicts.coverage;
    let gaps = coverage.iter().map(|item| item.gaps.len()).sum::<usize>();
    let data = json!({
        "personen": together(scene, coverage),
        "leeg": coverage.is_empty(),
        "gaten": gaps > 0,
        "aantal_gaten": gaps.to_string(),
        "geen_gaten": gaps == 0 && !coverage.is_empty(),
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
fn together(scene: &Scene<'_>, coverage: &[Coverage]) -> Value {
    let mut groups: Vec<(Value, Vec<String>)> = Vec::new();
    for item in coverage {
        let value = person(scene, item);
        let name = scene.person(&item.person);
        let same = |(other, names): &&mut (Value, Vec<String>)| {
            let first = names.first().map(String::as_str).unwrap_or_default();
            ["tegen", "behoefte", "gedekt"].iter().all(|key| other.get(key) == value.get(key))
                && renamed(other.get("gaten"), first, &name) == value.get("gaten").cloned()
        };
        match groups.iter_mut().find(same) {
            Some((_, names)) => names.push(name),
            None => groups.push((value, vec![name])),
        }
    }
    groups
        .into_iter()
        .map(|(mut value, names)| {
            let first = names.first().cloned().unwrap_or_default();
            let all = words::list(&names);
            let gaps = renamed(value.get("gaten"), &first, &all);
            if let Some(object) = value.as_object_mut() {
                object.insert("persoon".to_owned(), json!(all));
                object.insert("gaten".to_owned(), json!(gaps));
            }
            value
        })
        .collect()
}

/// Gaps with another name in their explanation.
fn renamed(gaps: Option<&Value>, from: &str, to: &str) -> Option<Value> {
    let mut gaps = gaps?.clone();
    for gap in gaps.as_array_mut().into_iter().flatten() {
        if let Some(text) = gap.get_mut("toelichting") {
            *text = json!(text.as_str().unwrap_or_default().replace(from, to));
        }
    }
    Some(gaps)
}

fn person(scene: &Scene<'_>, item: &Coverage) -> Value {
    json!({
        "persoon": scene.person(&item.person),
        "tegen": scene.person(&item.against),
        "behoefte": words::need(item.need),
        "gedekt": item.covered.iter().map(|span| covered(scene, span)).collect::<Value>(),
        "gaten": item.gaps.iter().map(gap).collect::<Value>(),
    })
}

fn covered(scene: &Scene<'_>, span: &CoveredSpan) -> Value {
    let by: Vec<String> = span
        .by
        .iter()
        .map(|id| match (scene.file.find_measure(id), scene.label(&FactId::from(id))) {
            (Some(measure), Some(label)) => format!("{} ({label})", words::instrument(measure.instrument)),
            _ => "een maatregel die hier niet mag worden genoemd".to_owned(),
        })
        .collect();
    json!({
        "van": words::moment(Some(&span.from)),
        "tot": span.until.as_ref().map_or_else(|| json!("geen vast einde"), |at| words::moment(Some(at))),
        "door": words::text_or_null(&words::list(&by)),
        "opmerkingen": words::text_or_null(&span.remarks.join(" ")),
    })
}

fn gap(gap: &Gap) -> Value {
    let sources: Vec<String> = gap
        .sources
        .iter()
        .map(|source| {
            let mark =
                if source.verified { String::new() } else { format!("; {}", crate::drafting::law::mark(source)) };
            format!("{}{mark}", source.reference)
        })
        .collect();
    json!({
        "van": words::moment(Some(&gap.from)),
        "tot": gap.until.as_ref().map_or_else(|| json!("er volgt niets"), |at| words::moment(Some(at))),
        "tenzij": words::text_or_null(&words::list(&gap.depends_on)),
        "toelichting": gap.explanation,
        "uitwegen": gap.ways_out,
        "bronnen": sources,
    })
}
