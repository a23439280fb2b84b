//! The JSON Schema of a dossier file.

use crate::dossier::model::Dossier;
use std::sync::LazyLock;

static SCHEMA: LazyLock<serde_json::Value> = LazyLock::new(|| {
    let mut schema = schemars::schema_for!(Dossier).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("$id".to_owned(), "urn:combizitting:dossier:1".into());
        object.insert("title".to_owned(), "Combizitting-dossier".into());
    }
    schema
});

/// JSON Schema (draft 2020-12) of a dossier file, made from the types.
#[must_use]
pub fn schema() -> &'static serde_json::Value {
    &SCHEMA
}
