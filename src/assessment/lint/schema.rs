//! JSON Schema of framework files and their cases, from the types.

use crate::assessment::language::{CaseFile, Framework};
use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};

/// A framework file, or a file of cases beside it.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum FrameworkFile {
    /// `v<version>.yaml`.
    Framework(Framework),
    /// `cases.yaml`.
    Cases(CaseFile),
}

/// The schema as it stands in `assessment-frameworks/schema.json`, with a line end.
///
/// # Errors
/// When the schema cannot be written as JSON; a test holds that this cannot happen.
pub fn framework_schema() -> Result<String, serde_json::Error> {
    let mut schema: Value = serde_json::to_value(schema_for!(FrameworkFile))?;
    if let Value::Object(map) = &mut schema {
        map.insert("title".to_owned(), json!("Toetsingskader of casussen daarbij"));
    }
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    Ok(text)
}
