//! The own second factor: beginning with it, confirming it, new recovery codes, taking it away.

use super::aanmelden::AskedView;
use super::account::told_at;
use super::frame::{Frame, page_with_status};
use crate::db::instant_of;
use crate::identity::{Asked, IdentityError, KnownKey, Session};
use crate::shared::moment::dutch_moment;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::Request;
use qrcode::QrCode;
use qrcode::render::svg;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

#[derive(Default, Serialize)]
struct FactorView {
    /// Whether the role works only with a second factor.
    required: bool,
    /// Since when there is one, in words.
    since: Option<String>,
    codes_left: usize,
    /// Secret that the app has yet to take over.
    secret: Option<String>,
    picture: String,
    /// Recovery codes, shown this once.
    codes: Vec<String>,
    /// Whether keys on a device can be used on this site.
    can_have_keys: bool,
    keys: Vec<KeyView>,
    /// What is asked of a key that is being added.
    asked: Option<AskedView>,
    /// The name that was given it.
    key_name: String,
    password_error: Option<String>,
    code_error: Option<String>,
    removal_error: Option<String>,
    key_error: Option<String>,
    key_code_error: Option<String>,
    key_removal_error: Option<String>,
}

/// A key on a device.
#[derive(Serialize)]
struct KeyView {
    id: String,
    name: String,
    added: String,
    used: Option<String>,
}

impl From<KnownKey> for KeyView {
    fn from(key: KnownKey) -> Self {
        let told = |at| dutch_moment(&instant_of(at));
        Self { id: key.id, name: key.name, added: told(key.added_at), used: key.last_used_at.map(told) }
    }
}

/// What there is, and what can be done.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let message = match request.query.as_str() {
        "gedaan=weg" => Some("Uw tweede factor is verwijderd."),
        "gedaan=sleutel" => Some("De beveiligingssleutel is toegevoegd. U kunt er voortaan mee aanmelden."),
        "gedaan=sleutel-weg" => Some("De beveiligingssleutel is verwijderd."),
        _ => None,
    };
    factor_page(request, 200, message, &[])
}

fn factor_page(
    request: &Request,
    status: u16,
    message: Option<&str>,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    let (identity, actor) = (&request.app.identity, &session.actor);
    let mut view = FactorView {
        required: request.app.settings.second_factor_for.contains(&actor.role),
        password_error: told_at(problems, "/wachtwoord"),
        code_error: told_at(problems, "/code"),
        removal_error: told_at(problems, "/weg"),
        key_error: told_at(problems, "/naam"),
        key_code_error: told_at(problems, "/sleutelcode"),
        key_removal_error: told_at(problems, "/wegcode"),
        key_name: request.form().map(|form| form.text("naam").to_owned()).unwrap_or_default(),
        ..FactorView::default()
    };
    if let Some((at, left)) = identity.second_factor_of(actor, &actor.user_id)? {
        view.since = Some(dutch_moment(&instant_of(at)));
        view.codes_left = left;
        view.can_have_keys = request.app.keys.is_some();
        view.keys = identity.security_keys_of(actor)?.into_iter().map(KeyView::from).collect();
    } else if let Some(begun) = identity.enrolment(actor)? {
        view.picture = picture(&begun.address)?;
        view.secret = Some(begun.secret);
    }
    let mut frame = Frame::new(request, "Tweede factor").with_message(message);
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "tweede-factor", &frame, &view)
}

/// A QR code as a drawing within the page, so that the secret has no address of its own.
fn picture(address: &SecretString) -> Result<String, WebError> {
    let code = QrCode::new(address.expose_secret().as_bytes())
        .map_err(|error| WebError::Internal(format!("QR code: {error}")))?;
    let whole = code.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
    let start = whole.find("<svg").unwrap_or_default();
    let drawing = whole.get(start..).unwrap_or_default();
    Ok(drawing.replacen("<svg", "<svg role=\"img\" aria-label=\"QR-code voor uw app\"", 1))
}

/// Does one of these things, or says at its place on the page why not.
pub fn act(request: &Request) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    let (identity, form) = (&request.app.identity, request.form()?);
    let code = form.text("code");
    let (field, outcome) = match form.text("actie") {
        "begin" => {
            let password = SecretString::from(form.raw("wachtwoord").to_owned());
            let begun = identity.begin_second_factor(session, &password);
            ("wachtwoord", begun.map(|()| Reply::redirect("/account/tweede-factor")))
        }
        "bevestig" => ("code", Ok(codes_page(request, identity.confirm_second_factor(session, code))?)),
        "codes" => ("code", Ok(codes_page(request, identity.new_recovery_codes(session, code))?)),
        "weg" => {
            let removed = identity.remove_own_second_factor(session, form.text("weg"));
            ("weg", removed.map(|()| Reply::redirect("/account/tweede-factor?gedaan=weg")))
        }
        "sleutel" | "sleutel-klaar" | "sleutel-weg" => return act_on_keys(request, session),
        _ => return Err(WebError::Malformed("Kies wat er met uw tweede factor moet gebeuren.".to_owned())),
    };
    match outcome {
        Err(error) => refused(request, field, error),
        Ok(reply) => Ok(reply),
    }
}

/// Adds a key on a device, in two steps, or takes one away.
fn act_on_keys(request: &Request, session: &Session) -> Result<Reply, WebError> {
    let party = request.app.keys.as_ref().ok_or(WebError::NotFound)?;
    let (identity, form) = (&request.app.identity, request.form()?);
    let told = |done: &str| Reply::redirect(format!("/account/tweede-factor?gedaan={done}"));
    let (field, outcome) = match form.text("actie") {
        "sleutel" => match identity.begin_security_key(party, session, form.text("naam"), form.text("sleutelcode")) {
            Ok(asked) => return asked_page(request, asked),
            Err(error) => ("sleutelcode", Err(error)),
        },
        "sleutel-klaar" => {
            let added = identity.finish_security_key(party, session, form.text("uitdaging"), form.raw("antwoord"));
            ("naam", added.map(|()| told("sleutel")))
        }
        _ => {
            let removed = identity.remove_security_key(session, form.text("sleutel"), form.text("wegcode"));
            ("wegcode", removed.map(|()| told("sleutel-weg")))
        }
    };
    outcome.or_else(|error| refused(request, field, error))
}

/// The page on which the new key is asked to sign.
fn asked_page(request: &Request, asked: Asked) -> Result<Reply, WebError> {
    let frame = Frame::new(request, "Beveiligingssleutel toevoegen").asking_key(true);
    let view = FactorView { asked: Some(asked.into()), ..FactorView::default() };
    page_with_status(request, 200, "tweede-factor", &frame, &view)
}

/// The page that shows recovery codes once, or what was wrong.
fn codes_page(request: &Request, made: Result<Vec<String>, IdentityError>) -> Result<Reply, WebError> {
    let codes = match made {
        Ok(codes) => codes,
        Err(error) => return refused(request, "code", error),
    };
    let message = "Uw tweede factor geldt. Bewaar de herstelcodes nu: zij worden niet nog eens getoond.";
    let frame = Frame::new(request, "Herstelcodes").with_message(Some(message));
    page_with_status(request, 200, "tweede-factor", &frame, &FactorView { codes, ..FactorView::default() })
}

fn refused(request: &Request, field: &str, error: IdentityError) -> Result<Reply, WebError> {
    let told = |code: &str, message: String| [InputProblem::field(field, code, message)];
    match error {
        IdentityError::SignInFailed => {
            factor_page(request, 422, None, &told("refused", "Dit is niet uw wachtwoord.".to_owned()))
        }
        IdentityError::CodeWrong => factor_page(request, 422, None, &told("code_wrong", error.to_string())),
        IdentityError::BadKey(_) | IdentityError::KeyWrong => {
            factor_page(request, 422, None, &[InputProblem::field("naam", "bad_key", error.to_string())])
        }
        IdentityError::SignInLocked => {
            let page = factor_page(request, 429, None, &told("locked", error.to_string()))?;
            Ok(page.with_header("Retry-After", "900"))
        }
        other => Err(other.into()),
    }
}
