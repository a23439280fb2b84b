//! The hearing file's own part: what is in force on the day, and what protection lacks.

use super::{Decision, bridge};
use crate::dossier::model::{Domain, Label};
use crate::drafting::view::Scene;
use serde_json::json;

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
        data.insert("strafzaak".to_owned(), json!(scene.domain == Domain::Criminal));
    }
    decision.title = format!("Zittingsmap: {}", scene.domain.label());
    decision
}
