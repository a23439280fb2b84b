//! Bytes → text → JSON → types. Every structural problem is reported at once.

use super::{MAX_BYTES, Problem, schema::schema};
use crate::dossier::model::Dossier;
use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use serde_json::Value;
use std::sync::LazyLock;

/// The compiled schema; building it takes longer than using it. `None` cannot happen as long as
/// the test that compiles it passes, and then parsing still rests on the types.
static VALIDATOR: LazyLock<Option<Validator>> =
    LazyLock::new(|| jsonschema::options().should_validate_formats(true).build(schema()).ok());

pub(super) fn parse(bytes: &[u8]) -> Result<Dossier, Vec<Problem>> {
    let text = readable_text(bytes).map_err(|problem| vec![problem])?;
    let value: Value = serde_json::from_str(text).map_err(|error| vec![syntax_problem(&error)])?;
    let mut problems = Vec::new();
    control_characters(&value, &mut String::new(), &mut problems);
    if let Some(validator) = VALIDATOR.as_ref() {
        for error in validator.iter_errors(&value) {
            describe(&error, &mut problems);
        }
    }
    if !problems.is_empty() {
        problems.sort();
        problems.dedup();
        return Err(problems);
    }
    // From the text, not the value: only so a key that stands twice is seen.
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| vec![type_problem(&error)])
}

fn readable_text(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.len() > MAX_BYTES {
        let limit = MAX_BYTES / (1024 * 1024);
        return Err(Problem::at("", "too_large", format!("Het bestand is te groot: ten hoogste {limit} MiB.")));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::at("", "empty", "Het bestand is leeg."));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let place = error.valid_up_to();
        Problem::at("", "not_utf8", format!("Het bestand is geen geldige UTF-8-tekst (vanaf byte {place})."))
    })
}

fn syntax_problem(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    let deep = error.to_string().starts_with("recursion limit");
    if deep {
        return Problem::at("", "too_deep", "Het bestand is te diep genest.");
    }
    let what = if error.is_eof() { "houdt te vroeg op" } else { "is geen geldige JSON" };
    Problem::at("", "not_json", format!("Het bestand {what} (regel {line}, teken {column})."))
}

fn type_problem(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let pointer: String = error
        .path()
        .iter()
        .filter_map(|segment| match segment {
            serde_path_to_error::Segment::Seq { index } => Some(format!("/{index}")),
            serde_path_to_error::Segment::Map { key } => Some(format!("/{}", escape(key))),
            _ => None,
        })
        .collect();
    let line = error.inner().line();
    if error.inner().to_string().starts_with("duplicate field") {
        return Problem::at(pointer, "duplicate_key", format!("Een veld staat hier twee keer (regel {line})."));
    }
    Problem::at(pointer, "wrong_value", format!("De waarde past niet bij dit veld (regel {line})."))
}

fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

/// NUL and other control characters break databases and documents; tab and newline are text.
fn control_characters(value: &Value, pointer: &mut String, problems: &mut Vec<Problem>) {
    let length = pointer.len();
    match value {
        Value::String(text) if has_control(text) => problems.push(control_problem(pointer)),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                control_characters(item, pointer, problems);
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (key, item) in fields {
                if has_control(key) {
                    problems.push(control_problem(pointer));
                    continue;
                }
                pointer.push('/');
                pointer.push_str(&escape(key));
                control_characters(item, pointer, problems);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

fn control_problem(pointer: &str) -> Problem {
    Problem::at(pointer, "control_character", "De tekst bevat een onzichtbaar stuurteken.")
}

fn has_control(text: &str) -> bool {
    text.chars().any(|sign| sign.is_control() && !matches!(sign, '\n' | '\t'))
}

fn describe(error: &ValidationError<'_>, problems: &mut Vec<Problem>) {
    let pointer = error.instance_path().as_str().to_owned();
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            describe_alternatives(&pointer, context, problems);
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            for name in unexpected {
                let at = format!("{pointer}/{}", escape(name));
                problems.push(Problem::at(at, "unknown_field", "Dit veld bestaat niet."));
            }
        }
        kind => {
            let (code, message) = simple_message(kind);
            problems.push(Problem::at(pointer, code, message));
        }
    }
}

fn simple_message(kind: &ValidationErrorKind) -> (&'static str, String) {
    match kind {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            ("missing_field", format!("Het verplichte veld “{name}” ontbreekt."))
        }
        ValidationErrorKind::Type { kind } => ("wrong_type", format!("Hier hoort {}.", dutch_type(kind))),
        ValidationErrorKind::Format { format } => ("wrong_format", format!("Hier hoort {}.", dutch_format(format))),
        ValidationErrorKind::Pattern { .. } => ("wrong_pattern", "De waarde heeft niet de voorgeschreven vorm.".into()),
        ValidationErrorKind::MinLength { limit: 1 } => ("too_short", "Dit veld mag niet leeg zijn.".to_owned()),
        ValidationErrorKind::MinLength { limit } => {
            ("too_short", format!("De tekst is te kort: minstens {limit} tekens."))
        }
        ValidationErrorKind::MaxLength { limit } => {
            ("too_long", format!("De tekst is te lang: hoogstens {limit} tekens."))
        }
        ValidationErrorKind::Minimum { limit } => ("too_low", format!("Het getal is te laag: minstens {limit}.")),
        ValidationErrorKind::Maximum { limit } => ("too_high", format!("Het getal is te hoog: hoogstens {limit}.")),
        ValidationErrorKind::Enum { options } => {
            ("unknown_choice", choice_message(options.as_array().into_iter().flatten()))
        }
        ValidationErrorKind::Constant { expected_value } => {
            ("unknown_choice", choice_message(std::iter::once(expected_value.as_ref())))
        }
        _ => ("wrong_value", "De waarde past niet bij dit veld.".to_owned()),
    }
}

fn choice_message<'a>(options: impl Iterator<Item = &'a Value>) -> String {
    let names: Vec<&str> = options.filter_map(Value::as_str).collect();
    format!("Deze keuze bestaat niet. Mogelijk: {}.", names.join(", "))
}

/// Of several alternatives only the one that was meant is worth reporting.
fn describe_alternatives(pointer: &str, context: &[Vec<ValidationError<'_>>], problems: &mut Vec<Problem>) {
    let constants: Vec<&Value> = context.iter().filter_map(|errors| errors.iter().find_map(constant_of)).collect();
    // A choice between words: every alternative fails on its constant.
    if constants.len() == context.len() && !constants.is_empty() {
        let at = context
            .iter()
            .flatten()
            .find(|error| constant_of(error).is_some())
            .map_or(pointer, |error| error.instance_path().as_str());
        problems.push(Problem::at(at, "unknown_choice", choice_message(constants.into_iter())));
        return;
    }
    // A tagged form or an optional value: report the alternative whose tag fits and that is not "null".
    let meant = context
        .iter()
        .filter(|errors| !errors.iter().any(|error| constant_of(error).is_some() || expects_null(error)))
        .min_by_key(|errors| errors.len())
        .or_else(|| context.iter().find(|errors| !errors.iter().any(expects_null)));
    match meant {
        Some(errors) => errors.iter().for_each(|error| describe(error, problems)),
        None => problems.push(Problem::at(pointer, "wrong_value", "De waarde past niet bij dit veld.")),
    }
}

fn constant_of<'a>(error: &'a ValidationError<'_>) -> Option<&'a Value> {
    match error.kind() {
        ValidationErrorKind::Constant { expected_value } => Some(expected_value.as_ref()),
        _ => None,
    }
}

fn expects_null(error: &ValidationError<'_>) -> bool {
    use jsonschema::{JsonType, error::TypeKind};
    matches!(error.kind(), ValidationErrorKind::Type { kind: TypeKind::Single(JsonType::Null) })
}

fn dutch_type(kind: &jsonschema::error::TypeKind) -> &'static str {
    use jsonschema::{JsonType, error::TypeKind};
    let single = match kind {
        TypeKind::Single(single) => Some(*single),
        TypeKind::Multiple(several) => several.iter().find(|one| *one != JsonType::Null),
    };
    match single {
        Some(JsonType::String) => "tekst",
        Some(JsonType::Number) => "een getal",
        Some(JsonType::Integer) => "een geheel getal",
        Some(JsonType::Boolean) => "ja of nee (true of false)",
        Some(JsonType::Array) => "een lijst",
        Some(JsonType::Object) => "een groep velden",
        Some(JsonType::Null) | None => "niets (null)",
    }
}

fn dutch_format(format: &str) -> &'static str {
    match format {
        "date" => "een datum (jjjj-mm-dd)",
        "date-time" => "een tijdstip met zone (jjjj-mm-ddTuu:mm:ss+01:00)",
        _ => "een waarde in de voorgeschreven vorm",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_of_a_dossier_compiles() {
        assert!(super::VALIDATOR.is_some());
    }
}
