//! What the schema of the dossier says of a field.

use super::words;
use crate::dossier::model::{
    AddressKind, AnswerStance, BesluitAnnexPart, CapacityRole, CaseNumberKind, Channel, ChildHearingOutcome, Conduct,
    CriminalConditionKind, CriminalPhase, DenialGround, Domain, EventKind, Evidence, Exposure, ExtensionSigner,
    FamilyRole, Frequency, GezagBasis, GezagForm, HelpKind, HelpProgress, HelpResponse, InformationDuty, Instrument,
    InterventionBasis, Label, MatterKind, MatterState, MeasureState, OmgangBasis, OmgangForm, OrderChange, OrderGround,
    OrganisationKind, Programme, ProposalKind, ProvisionalItemKind, Regime, RelationKind, RequestKind, ReviewOutcome,
    RiskClass, RiskInstrument, RuleEffect, Secrecy, Sex, Sign, SignalLevel, SignalPart, Stance, StatementKind,
    SuspensionGround,
};
use crate::intake;
use crate::shared::dutch::capital;
use crate::web::api::inzendingen::{ClientAnswer, SafetyRequest};
use crate::web::error::WebError;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Text.
    Text,
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// A moment with its offset; the form shows Dutch clock time.
    Moment,
    /// A Dutch clock time without an offset.
    ClockTime,
    /// Yes or no.
    Flag,
    /// Yes, no or not known.
    MaybeFlag,
    /// One of some words.
    Choice(Vec<(String, String)>),
    /// Something in the case, by the name of its kind of id ("PersonId").
    Reference(String),
    /// Several of the same.
    Many(Box<Shape>),
    /// Fields together.
    Group(Vec<Field>),
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name in the dossier.
    pub name: String,
    /// Words on the page.
    pub words: &'static words::FieldWords,
    /// What it holds.
    pub shape: Shape,
    /// Whether the dossier cannot do without.
    pub required: bool,
    /// Whether its absence is written as null.
    pub nullable: bool,
}

impl Shape {
    /// The shape of a type of the dossier, by its name in the schema.
    ///
    /// # Errors
    /// When the schema has no such type, or a field of it has no words.
    pub fn of_type(name: &str) -> Result<Self, WebError> {
        let holds = |schema: &&&Value| schema.get("$defs").and_then(|types| types.get(name)).is_some();
        let schema = [intake::schema(), handed_in()].iter().find(holds).copied().ok_or_else(|| broken(name))?;
        of_type(schema.get("$defs").unwrap_or(&Value::Null), name)
    }
}

impl Field {
    /// The fields of a type of the dossier, by its name in the schema.
    ///
    /// # Errors
    /// As `Shape::of_type`, or when the type has no fields.
    pub fn of_type(name: &str) -> Result<Vec<Self>, WebError> {
        match Shape::of_type(name)? {
            Shape::Group(fields) => Ok(fields),
            _ => Err(WebError::Internal(format!("form: {name} has no fields"))),
        }
    }
}

/// The schema of what an advocate hands in.
pub(super) fn handed_in() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
        let mut generator = schemars::SchemaGenerator::default();
        generator.subschema_for::<SafetyRequest>();
        json!({"$defs": generator.take_definitions(false)})
    });
    &SCHEMA
}

fn broken(what: &str) -> WebError {
    WebError::Internal(format!("form: {what}"))
}

fn of_type(types: &Value, name: &str) -> Result<Shape, WebError> {
    let schema = types.get(name).ok_or_else(|| broken(name))?;
    if schema.get("properties").is_some() {
        return group(types, name, schema);
    }
    if let Some(merged) = tagged(schema) {
        return group(types, name, &merged);
    }
    let values = constants(schema);
    if !values.is_empty() {
        // Grounds keep the small letter that the law gives them ("a: …").
        let told = |words: &str| if words.get(1..2) == Some(":") { words.to_owned() } else { capital(words) };
        let choice = |value: String| label(name, &value).map(|words| (value, told(words)));
        return Ok(Shape::Choice(values.into_iter().map(choice).collect::<Result<_, _>>()?));
    }
    Ok(if name.ends_with("Id") { Shape::Reference(name.to_owned()) } else { plain(schema) })
}

/// The fields of a type in the order of the words; each field of the one is a field of the other.
fn group(types: &Value, name: &str, schema: &Value) -> Result<Shape, WebError> {
    let properties = schema.get("properties").and_then(Value::as_object).ok_or_else(|| broken(name))?;
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let known = words::fields_of(name);
    if known.len() != properties.len() {
        return Err(broken(&format!("words of {name}")));
    }
    let fields = known.iter().map(|words| {
        let property = properties.get(&words.veld).ok_or_else(|| broken(&format!("{name}.{}", words.veld)))?;
        let (shape, nullable) = of_property(types, property)?;
        // A field of another form than the one that was chosen is left out, not empty.
        let nullable = nullable && schema.get("tagged").is_none();
        let shape = if property.get("enum").is_some() { tag_choice(name, property)? } else { shape };
        Ok(Field {
            name: words.veld.clone(),
            words,
            shape,
            required: required.contains(&words.veld.as_str()),
            nullable,
        })
    });
    Ok(Shape::Group(fields.collect::<Result<_, WebError>>()?))
}

/// A type with several forms, told apart by one field: that field with all fields of all forms, each of which may
/// stay empty. The intake refuses a field that does not go with the form that was chosen.
fn tagged(schema: &Value) -> Option<Value> {
    let forms = schema.get("oneOf")?.as_array()?;
    let (mut properties, mut tags, mut values) = (Map::new(), BTreeSet::new(), Vec::new());
    for form in forms {
        for (name, property) in form.get("properties")?.as_object()? {
            match property.get("const") {
                Some(value) => {
                    tags.insert(name.clone());
                    values.push(value.clone());
                }
                None => {
                    properties.insert(name.clone(), property.clone());
                }
            }
        }
    }
    let tag = tags.pop_first().filter(|_| tags.is_empty())?;
    properties.insert(tag.clone(), json!({"enum": values}));
    Some(json!({"properties": properties, "required": [tag], "tagged": true}))
}

fn of_property(types: &Value, property: &Value) -> Result<(Shape, bool), WebError> {
    let referred = |schema: &Value| Some(schema.get("$ref")?.as_str()?.rsplit('/').next()?.to_owned());
    if let Some(name) = referred(property) {
        return Ok((of_type(types, &name)?, false));
    }
    if let Some(name) = property.get("anyOf").and_then(Value::as_array).into_iter().flatten().find_map(referred) {
        return Ok((of_type(types, &name)?, true));
    }
    if let Some(items) = property.get("items") {
        let (shape, _) = of_property(types, items)?;
        return Ok((Shape::Many(Box::new(shape)), false));
    }
    let kind = property.get("type");
    let nullable = kind.and_then(Value::as_array).is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"));
    let shape = match plain(property) {
        Shape::Flag if nullable => Shape::MaybeFlag,
        shape => shape,
    };
    Ok((shape, nullable))
}

/// The forms of a type, to choose from.
fn tag_choice(name: &str, property: &Value) -> Result<Shape, WebError> {
    let choice = |value: String| label(name, &value).map(|words| (value, capital(words)));
    Ok(Shape::Choice(constants(property).into_iter().map(choice).collect::<Result<_, _>>()?))
}

fn plain(schema: &Value) -> Shape {
    let kind = schema.get("type");
    let is = |name: &str| {
        kind.is_some_and(|kind| {
            kind == name || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == name))
        })
    };
    match schema.get("format").and_then(Value::as_str) {
        Some("date") => Shape::Day,
        Some("date-time") => Shape::Moment,
        Some("partial-date-time") => Shape::ClockTime,
        _ if is("boolean") => Shape::Flag,
        _ if is("integer") => Shape::Number,
        _ => Shape::Text,
    }
}

fn constants(schema: &Value) -> Vec<String> {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let told = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten().filter_map(|one| one.get("const"));
    listed.chain(told).filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The Dutch word for a value of a type with a fixed list of values.
fn label(name: &str, value: &str) -> Result<&'static str, WebError> {
    let found = match name {
        "EventTime" => told_precision(value),
        _ => of_the_case(name, value).or_else(|| of_a_plan(name, value)),
    };
    found.ok_or_else(|| broken(&format!("{name} {value}")))
}

fn word<T: DeserializeOwned + Label>(value: &str) -> Option<&'static str> {
    serde_json::from_value::<T>(Value::String(value.to_owned())).ok().map(Label::label)
}

macro_rules! word_of {
    ($name:ident, $value:ident, $($kind:ident),+ $(,)?) => {
        match $name {
            $(stringify!($kind) => word::<$kind>($value),)+
            _ => None,
        }
    };
}

/// Of what stands in a case.
fn of_the_case(name: &str, value: &str) -> Option<&'static str> {
    word_of!(
        name,
        value,
        AddressKind,
        AnswerStance,
        CapacityRole,
        CaseNumberKind,
        Channel,
        ChildHearingOutcome,
        Conduct,
        CriminalPhase,
        Domain,
        EventKind,
        Evidence,
        Exposure,
        FamilyRole,
        Frequency,
        GezagForm,
        HelpKind,
        HelpProgress,
        HelpResponse,
        Instrument,
        MatterKind,
        MatterState,
        MeasureState,
        OrganisationKind,
        ProposalKind,
        Regime,
        RelationKind,
        RequestKind,
        RiskClass,
        RiskInstrument,
        RuleEffect,
        Secrecy,
        Sex,
        Sign,
        SignalLevel,
        SignalPart,
        Stance,
        StatementKind,
    )
}

/// Of what is intended or handed in.
fn of_a_plan(name: &str, value: &str) -> Option<&'static str> {
    word_of!(
        name,
        value,
        BesluitAnnexPart,
        ClientAnswer,
        CriminalConditionKind,
        DenialGround,
        ExtensionSigner,
        GezagBasis,
        InformationDuty,
        InterventionBasis,
        OmgangBasis,
        OmgangForm,
        OrderChange,
        OrderGround,
        Programme,
        ProvisionalItemKind,
        ReviewOutcome,
        SuspensionGround,
    )
}

/// How precisely a time is known.
fn told_precision(value: &str) -> Option<&'static str> {
    match value {
        "instant" => Some("op de minuut"),
        "day" => Some("op de dag"),
        "period" => Some("een periode"),
        "unknown" => Some("onbekend"),
        _ => None,
    }
}
