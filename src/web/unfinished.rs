//! What is typed in a long form is kept for its writer until it is recorded: one way for every form.
//!
//! An endpoint that takes such a form gives it a name (`Endpoint::keeping`). The form has a button "Bewaar en ga
//! later verder" (`actie=bewaren`); the script of the site sends the same while one writes (`stil=ja`), and a
//! form that comes after the session has run out is kept too. The next time the page offers to go on
//! (`Frame::offering`). It is kept on the server for one user, so that the next one at the same computer finds
//! nothing of it. What is recorded is forgotten here (`recorded`).

use super::error::WebError;
use super::pages::frame::{Frame, KeptLine};
use super::reply::{Reply, in_query};
use super::request::{Form, Request};
use crate::dossier::KeptForm;
use crate::shared::moment::{Instant, dutch_moment, to_local};
use serde::Serialize;

/// A form as it was kept.
pub struct Kept {
    /// Its fields.
    pub form: Form,
    /// When, in words.
    pub when: String,
}

impl From<KeptForm> for Kept {
    fn from(kept: KeptForm) -> Self {
        Self { when: dutch_moment(&kept.saved_at), form: Form::of(kept.fields) }
    }
}

#[derive(Serialize)]
struct KeptNow {
    /// Clock time at which it was kept.
    om: String,
    /// Seconds until the session runs out.
    seconden: i64,
}

/// Answers a request; what a form only wants kept or thrown away is done here.
///
/// # Errors
/// As the handler.
pub fn answer(request: &Request) -> Result<Reply, WebError> {
    let Some(name_of) = request.endpoint.keeps else { return (request.endpoint.handler)(request) };
    let form = request.form()?;
    match form.text("actie") {
        "bewaren" => {
            let at = keep(request, &name_of(request, &form)?, &form)?;
            if form.text("stil") == "ja" {
                return kept_now(request, &at);
            }
            let page = page_of(request, &form)?;
            // One page of several: stopping leads to the list of them.
            let several = request.endpoint.path.ends_with("/{vraag}");
            let list = page.rsplit_once('/').filter(|_| several).map(|(list, _)| list.to_owned());
            Ok(Reply::redirect(list.unwrap_or(page)))
        }
        "weggooien" => {
            recorded(request, &form)?;
            Ok(Reply::redirect(page_of(request, &form)?))
        }
        _ => (request.endpoint.handler)(request),
    }
}

/// Keeps a form under its name.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn keep(request: &Request, name: &str, form: &Form) -> Result<Instant, WebError> {
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    Ok(request.app.dossiers.keep_form(actor, id, name, &form.typed())?)
}

fn kept_now(request: &Request, at: &Instant) -> Result<Reply, WebError> {
    let session = request.session.as_ref().ok_or(WebError::NotSignedIn)?;
    let seconden = request.app.identity.seconds_left(session, true);
    Reply::json(200, &KeptNow { om: to_local(at).format("%H:%M").to_string(), seconden })
}

/// Keeps a form that came after the session had run out, and asks to sign in again.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn keep_late(request: &Request) -> Result<Reply, WebError> {
    let name_of = request.endpoint.keeps.ok_or(WebError::NotSignedIn)?;
    let form = request.form()?;
    keep(request, &name_of(request, &form)?, &form)?;
    let page = page_of(request, &form)?;
    Ok(Reply::redirect(format!("/aanmelden?einde=bewaard&verder={}", in_query(&page))))
}

/// The page of the form that was sent: that of the address, with what the page needs to know which one.
fn page_of(request: &Request, form: &Form) -> Result<String, WebError> {
    let mut path = request.endpoint.path.to_owned();
    for (name, value) in &request.params {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    let over = form.text("over");
    Ok(if over.is_empty() { path } else { format!("{path}?over={}", in_query(over)) })
}

/// The form that was kept under a name.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn kept(request: &Request, name: &str) -> Result<Option<Kept>, WebError> {
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    Ok(request.app.dossiers.kept_form(actor, id, name)?.map(Kept::from))
}

/// Forgets the form that was sent: it was recorded, or thrown away.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn recorded(request: &Request, form: &Form) -> Result<(), WebError> {
    let Some(name_of) = request.endpoint.keeps else { return Ok(()) };
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    Ok(request.app.dossiers.forget_forms(actor, id, &[name_of(request, form)?])?)
}

/// Something that one was still filling in, on the overview of the case.
#[derive(Serialize)]
pub struct UnfinishedLine {
    /// Address where one can go on.
    pub href: String,
    /// What it is.
    pub what: String,
    /// When it was kept.
    pub when: String,
}

/// What who asks was still filling in.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn lines(request: &Request) -> Result<Vec<UnfinishedLine>, WebError> {
    let id = request.id_param("dossier")?;
    let found = request.app.dossiers.kept_forms(request.actor()?, id)?;
    let mut lines: Vec<UnfinishedLine> = Vec::new();
    for (name, at) in found {
        let (href, what) = match name.split_once('/') {
            Some(("voornemen", kind)) => {
                (format!("/zaken/{id}/voornemen/{kind}?hervat=ja"), format!("Voornemen: {kind}"))
            }
            Some(("oordeel", over)) => {
                (format!("/zaken/{id}/oordeel?over={}&hervat=ja", in_query(over)), "Eigen oordeel".to_owned())
            }
            Some(("onderdelen", place)) => (
                format!("/zaken/{id}/onderdelen/{place}?hervat=ja"),
                format!("Onderdelen: {}", place.replace('/', ", ")),
            ),
            Some((part, _)) => (format!("/zaken/{id}/{part}"), crate::shared::dutch::capital(part)),
            None => continue,
        };
        if !lines.iter().any(|line| line.href == href) {
            lines.push(UnfinishedLine { href, what, when: dutch_moment(&at) });
        }
    }
    Ok(lines)
}

impl Frame {
    /// The same frame, offering to go on with what was kept; `over` is what the page needs beside its path.
    ///
    /// # Errors
    /// Not found when the case is not theirs.
    pub fn offering(mut self, request: &Request, name: &str, over: &str) -> Result<Self, WebError> {
        let Some(kept) = kept(request, name)? else { return Ok(self) };
        let page = page_of(request, &Form::of(vec![("over".to_owned(), over.to_owned())]))?;
        let mark = if over.is_empty() { '?' } else { '&' };
        self.kept = Some(KeptLine {
            when: kept.when,
            resume: format!("{page}{mark}hervat=ja"),
            action: page.split('?').next().unwrap_or_default().to_owned(),
            over: over.to_owned(),
            resumed: false,
        });
        Ok(self)
    }
}
