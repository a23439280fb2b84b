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
        "personen": coverage.iter().map(|item| person(scene, item)).collect::<Value>(),
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
        .map(|source| format!("{}; {}", source.reference, crate::drafting::law::mark(source)))
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
