//! A request as plain data: who asks, the path, the query and the body, all within limits.

use super::endpoint::Endpoint;
use super::error::{InputProblem, WebError};
use super::{bundles, multipart, readback};
use crate::app::App;
use crate::dossier::model::secrets::NamedPlaces;
use crate::identity::{Actor, Session};
use actix_web::web::{Bytes, Query};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;
use validator::{Validate, ValidationErrors};

/// A request that passed the guard.
pub struct Request {
    /// The rooms.
    pub app: Arc<App>,
    /// The endpoint that answers it.
    pub endpoint: &'static Endpoint,
    /// Session, when signed in.
    pub session: Option<Session>,
    /// Names in the path with their values.
    pub params: BTreeMap<String, String>,
    /// Query without the question mark.
    pub query: String,
    /// Body.
    pub body: Bytes,
    /// Content type of the body.
    pub content_type: String,
    /// What the browser holds while its user is at the provider.
    pub held: Option<String>,
    /// `If-Match` header.
    pub if_match: Option<String>,
    /// Number of this request, for the log and for problem documents.
    pub id: String,
}

/// Reference date of a view.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct OnDate {
    /// Day for which the case is viewed (YYYY-MM-DD); today when left out.
    #[serde(default)]
    pub peildatum: Option<NaiveDate>,
}

impl Request {
    /// Who asks.
    ///
    /// # Errors
    /// When nobody is signed in, which declared access does not let through.
    pub fn actor(&self) -> Result<&Actor, WebError> {
        self.session.as_ref().map(|session| &session.actor).ok_or(WebError::NotSignedIn)
    }

    /// A value from the path.
    ///
    /// # Errors
    /// Not found when the path has no such name.
    pub fn param(&self, name: &str) -> Result<&str, WebError> {
        self.params.get(name).map(String::as_str).ok_or(WebError::NotFound)
    }

    /// An id from the path; anything that is not an id does not exist.
    ///
    /// # Errors
    /// Not found.
    pub fn id_param(&self, name: &str) -> Result<&str, WebError> {
        let value = self.param(name)?;
        if is_id(value) { Ok(value) } else { Err(WebError::NotFound) }
    }

    /// A plain key from the path: letters, digits, - and _ only, of at most so many; anything else does not exist.
    ///
    /// # Errors
    /// Not found.
    pub fn key_param(&self, name: &str, most: usize) -> Result<&str, WebError> {
        let value = self.param(name)?;
        let plain = value.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_');
        if plain && value.len() <= most { Ok(value) } else { Err(WebError::NotFound) }
    }

    /// The query as a checked struct; unknown names are refused.
    ///
    /// # Errors
    /// When it does not fit, without repeating what was sent.
    pub fn query<T: DeserializeOwned + Validate>(&self) -> Result<T, WebError> {
        let value = Query::<T>::from_query(&self.query)
            .map_err(|_| {
                WebError::Malformed("De vraag in het adres heeft een onbekende of ongeldige parameter.".to_owned())
            })?
            .into_inner();
        checked(value)
    }

    /// The JSON body as a checked struct.
    ///
    /// # Errors
    /// When it is no JSON or does not fit, with the place and without repeating what was sent.
    pub fn json<T: DeserializeOwned + Validate>(&self) -> Result<T, WebError> {
        let text = utf8(&self.body)?;
        if escapes_control(text) {
            return Err(control_characters());
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let inner = error.inner();
            if inner.is_syntax() || inner.is_eof() {
                return WebError::Malformed(format!(
                    "Dit is geen geldige JSON (regel {}, teken {}).",
                    inner.line(),
                    inner.column()
                ));
            }
            let pointer = pointer_of(error.path());
            WebError::Invalid(vec![InputProblem {
                pointer,
                code: "does_not_fit".to_owned(),
                melding: "Hier ontbreekt een veld, staat een onbekend veld, of past de waarde niet.".to_owned(),
            }])
        })?;
        reader.end().map_err(|_| WebError::Malformed("Na het JSON-document staat nog iets.".to_owned()))?;
        checked(value)
    }

    /// The fields of a form, urlencoded or multipart, each with its values in order.
    ///
    /// # Errors
    /// When the body is no form, is no UTF-8, or has control characters.
    pub fn form(&self) -> Result<Form, WebError> {
        let pairs = match multipart::boundary(&self.content_type) {
            Some(boundary) => multipart_fields(&self.body, &boundary)?,
            None => {
                let text = utf8(&self.body)?;
                Query::<Vec<(String, String)>>::from_query(text).map_err(|_| unreadable_form())?.into_inner()
            }
        };
        let bad = |text: &str| crate::db::has_control_characters(text);
        if pairs.iter().any(|(name, value)| bad(name) || bad(value)) {
            return Err(control_characters());
        }
        Ok(Form::of(pairs))
    }

    /// The bytes of the file that was chosen for a field of a form; none when the form has no such field.
    ///
    /// # Errors
    /// When the body is no form with files.
    pub fn file(&self, name: &str) -> Result<Option<&[u8]>, WebError> {
        let boundary = multipart::boundary(&self.content_type).ok_or_else(unreadable_form)?;
        let parts = multipart::parse(&self.body, &boundary).ok_or_else(unreadable_form)?;
        Ok(parts.into_iter().find(|part| part.name == name).map(|part| part.content))
    }

    /// Reference date: from the query, else the fixed day of a demonstration, else today in the Netherlands.
    ///
    /// # Errors
    /// When the query does not fit.
    pub fn reference_date(&self) -> Result<NaiveDate, WebError> {
        let query: OnDate = self.query()?;
        Ok(query.peildatum.unwrap_or_else(|| self.app.today()))
    }

    /// Version that a change rests on, from `If-Match`.
    ///
    /// # Errors
    /// When the header is missing or is no version.
    pub fn expected_version(&self) -> Result<i64, WebError> {
        let header = self.if_match.as_deref().ok_or(WebError::PreconditionRequired)?;
        header.trim().trim_matches('"').parse().map_err(|_| WebError::VersionUnreadable)
    }
}

/// Whether a text has the form of an id.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.len() == 36 && text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f' | '-'))
}

/// What is confirmed beside a body.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PlaceQuery {
    /// The name of a place that belongs to a shielded address may stand in a text.
    #[serde(default)]
    pub plaats_bedoeld: bool,
}

impl PlaceQuery {
    /// As it counts.
    #[must_use]
    pub fn named_places(&self) -> NamedPlaces {
        NamedPlaces::meant(self.plaats_bedoeld)
    }
}

/// Fields of a form.
#[derive(Clone, Debug, Default)]
pub struct Form(BTreeMap<String, Vec<String>>);

impl Form {
    /// Whether a tick says that the name of a place that belongs to a shielded address may stand in the text.
    #[must_use]
    pub fn named_places(&self) -> NamedPlaces {
        NamedPlaces::meant(self.text("plaats_bedoeld") == "true")
    }

    /// A form with these fields.
    #[must_use]
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            fields.entry(name).or_default().push(value);
        }
        Self(fields)
    }

    /// The first value of a field, without spaces around it; empty when it is not there.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a field as it was sent.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All fields with their values, but for those that belong to one sending of it.
    #[must_use]
    pub fn typed(&self) -> Vec<(String, String)> {
        let sent = |name: &str| matches!(name, "csrf" | "actie" | "stil");
        let fields = self.0.iter().filter(|(name, _)| !sent(name));
        fields.flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone()))).collect()
    }

    /// All values of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

fn multipart_fields(body: &[u8], boundary: &str) -> Result<Vec<(String, String)>, WebError> {
    let parts = multipart::parse(body, boundary).ok_or_else(unreadable_form)?;
    parts
        .into_iter()
        // A Word file or a PDF is bytes, not text; `Request::file` gives it.
        .filter(|part| part.name != readback::FIELD && part.name != bundles::FIELD)
        .filter(|part| !(part.content.is_empty() && !part.is_file && part.name == "bestand"))
        .map(|part| Ok((part.name, utf8(part.content)?.to_owned())))
        .collect()
}

fn unreadable_form() -> WebError {
    WebError::Malformed("Het formulier is niet leesbaar.".to_owned())
}

fn control_characters() -> WebError {
    WebError::Malformed("De tekst bevat besturingstekens. Haal die weg en stuur hem opnieuw.".to_owned())
}

/// Whether JSON writes a control character as an escape, other than a tab or the end of a line.
fn escapes_control(json: &str) -> bool {
    let mut signs = json.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            continue;
        }
        match signs.next() {
            Some('b' | 'f') => return true,
            Some('u') => {
                let code: String = signs.by_ref().take(4).collect();
                let meant = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                if meant.is_some_and(|sign| crate::db::has_control_characters(sign.encode_utf8(&mut [0; 4]))) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Text of a body: UTF-8 without control characters, also not written as JSON escapes.
///
/// # Errors
/// When it is not.
pub fn utf8(bytes: &[u8]) -> Result<&str, WebError> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| WebError::Malformed("De tekst is geen geldige UTF-8.".to_owned()))?;
    if crate::db::has_control_characters(text) || text.contains("\\u0000") {
        return Err(control_characters());
    }
    Ok(text)
}

/// The value, when it keeps its declared limits.
///
/// # Errors
/// One problem per limit that is broken; the value itself is never repeated.
pub fn checked<T: Validate>(value: T) -> Result<T, WebError> {
    match value.validate() {
        Ok(()) => Ok(value),
        Err(errors) => Err(WebError::Invalid(field_problems(&errors))),
    }
}

fn field_problems(errors: &ValidationErrors) -> Vec<InputProblem> {
    let mut problems: Vec<InputProblem> = errors
        .field_errors()
        .iter()
        .flat_map(|(field, errors)| {
            errors.iter().map(move |error| {
                let message = error.message.as_deref().unwrap_or("Dit veld past niet binnen de grenzen.");
                InputProblem::field(field, &error.code, message)
            })
        })
        .collect();
    problems.sort_by(|one, other| one.pointer.cmp(&other.pointer));
    problems
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |mut pointer, segment| {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
        pointer
    })
}
