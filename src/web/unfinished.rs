//! What is typed in a long form is kept for its writer until it is recorded: one way for every form.
//!
//! Where such a form is made stands how it is kept (`Keeping`); the endpoint that takes it says which
//! (`Endpoint::keeping`). Nothing here knows one form from another. The form has a button "Bewaar en ga
//! later verder" (`actie=bewaren`); the script of the site sends the same while one writes (`stil=ja`), and a
//! form that comes after the session has run out is kept too. The next time the page offers to go on
//! (`Frame::offering`). It is kept on the server for one user, so that the next one at the same computer finds
//! nothing of it. What is recorded is forgotten here (`recorded`).

use super::endpoint::{ENDPOINTS, Method};
use super::error::WebError;
use super::pages::frame::{Frame, KeptLine};
use super::reply::{Reply, in_query};
use super::request::{Form, Request};
use crate::dossier::KeptForm;
use crate::dossier::model::Dossier;
use crate::shared::moment::{Instant, dutch_moment, to_local};
use serde::Serialize;

/// How a form is kept.
#[derive(Debug)]
pub struct Keeping {
    /// First part of its name; every form has its own.
    pub part: &'static str,
    /// The rest of its name within the case, from its address and what was sent.
    pub rest: fn(&Request, &Form) -> Result<String, WebError>,
    /// Where one goes on with it, from the rest of its name.
    pub go_on: fn(&str) -> GoOn,
    /// What it is about in this case, from the rest of its name; none when its page says enough.
    pub about: fn(&Dossier, &str) -> Option<String>,
    /// Whether it is one page of several; who stops there goes to the list of them, at the address above.
    pub of_several: bool,
}

impl Keeping {
    /// Name of the form with this rest.
    #[must_use]
    pub fn name(&self, rest: &str) -> String {
        format!("{}/{rest}", self.part)
    }

    /// Name of the form of a request, with what was sent.
    ///
    /// # Errors
    /// Not found when there is no such form.
    pub fn name_of(&self, request: &Request, form: &Form) -> Result<String, WebError> {
        Ok(self.name(&(self.rest)(request, form)?))
    }
}

/// Where one goes on with a form that was kept.
pub struct GoOn {
    /// Address below that of the case.
    pub below: String,
    /// What it is.
    pub what: String,
}

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
    let Some(keeping) = request.endpoint.keeps else { return (request.endpoint.handler)(request) };
    let form = request.form()?;
    match form.text("actie") {
        "bewaren" => {
            let at = keep(request, &keeping.name_of(request, &form)?, &form)?;
            if form.text("stil") == "ja" {
                return kept_now(request, &at);
            }
            let page = page_of(request, &form)?;
            let list = page.rsplit_once('/').filter(|_| keeping.of_several).map(|(list, _)| list.to_owned());
            Ok(Reply::redirect(list.unwrap_or(page)))
        }
        "weggooien" => {
            recorded(request, &form)?;
            Ok(Reply::redirect(page_of(request, &form)?))
        }
        _ => {
            keep_newest(request, keeping, &form)?;
            (request.endpoint.handler)(request)
        }
    }
}

/// What is sent now is newer than what was kept of the same form: if it is refused, that is what one goes on with.
fn keep_newest(request: &Request, keeping: &Keeping, form: &Form) -> Result<(), WebError> {
    let Ok(name) = keeping.name_of(request, form) else { return Ok(()) };
    if kept(request, &name)?.is_some() {
        keep(request, &name, form)?;
    }
    Ok(())
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
    let keeping = request.endpoint.keeps.ok_or(WebError::NotSignedIn)?;
    let form = request.form()?;
    keep(request, &keeping.name_of(request, &form)?, &form)?;
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
    let Some(keeping) = request.endpoint.keeps else { return Ok(()) };
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    Ok(request.app.dossiers.forget_forms(actor, id, &[keeping.name_of(request, form)?])?)
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
pub fn lines(request: &Request, seen: &Dossier) -> Result<Vec<UnfinishedLine>, WebError> {
    let id = request.id_param("dossier")?;
    let found = request.app.dossiers.kept_forms(request.actor()?, id)?;
    let mut lines: Vec<UnfinishedLine> = Vec::new();
    for (name, at) in found {
        let Some((part, rest)) = name.split_once('/') else { continue };
        let Some(keeping) = ENDPOINTS.iter().filter_map(|one| one.keeps).find(|one| one.part == part) else { continue };
        let GoOn { below, what } = (keeping.go_on)(rest);
        let href = format!("/zaken/{id}/{below}");
        // Pages of one form lead to the same list.
        if !lines.iter().any(|line| line.href == href) {
            let about = (keeping.about)(seen, rest).map(|about| format!(": {about}")).unwrap_or_default();
            lines.push(UnfinishedLine { href, what: what + &about, when: dutch_moment(&at) });
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
        // The answer to what was sent shows the newest there is.
        if request.endpoint.method == Method::Post {
            return Ok(self);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_form_that_is_kept_has_its_own_name_and_leads_back_to_a_page() {
        let mut parts = BTreeSet::new();
        for endpoint in ENDPOINTS.iter() {
            let Some(keeping) = endpoint.keeps else { continue };
            assert!(parts.insert(keeping.part), "{} has a name that another form has", endpoint.path);
            let below = endpoint.path.strip_prefix("/zaken/{dossier}/").unwrap();
            let (part, rest) = below.split_once('/').unwrap_or((below, ""));
            assert_eq!(part, keeping.part, "the name begins as the address, so that it is known by it");
            let back = (keeping.go_on)(rest).below;
            let back = format!("/zaken/{{dossier}}/{}", back.split('?').next().unwrap());
            let list = endpoint.path.rsplit_once('/').map(|(list, _)| list).filter(|_| keeping.of_several);
            assert_eq!(back, list.unwrap_or(endpoint.path));
            assert!(ENDPOINTS.iter().any(|one| one.method == Method::Get && one.path == back), "{back}");
        }
        assert!(parts.len() >= 4, "{parts:?}");
    }
}
