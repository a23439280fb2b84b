//! Signing in by way of a provider: going there, coming back, and signing out there too.
//!
//! The answer to who comes back is a page that goes on by itself: what the provider sends is a visit from another
//! site, along which a browser does not send the cookie of the session, also not after a redirect.

use super::aanmelden::{CodeView, NextQuery, code_page, first_page, own_path};
use super::frame::{Frame, home_of, page, page_with_status};
use crate::identity::{Arrival, IdentityError, Provider, Return, SignedIn};
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// What a provider sends back. What else it may send along is not looked at.
#[derive(Deserialize, JsonSchema, Validate)]
pub struct ReturnQuery {
    /// Code.
    #[serde(default)]
    #[validate(length(max = 2000))]
    code: Option<String>,
    /// State.
    #[serde(default)]
    #[validate(length(max = 200))]
    state: Option<String>,
    /// Why it failed.
    #[serde(default)]
    error: Option<String>,
    /// Who answers.
    #[serde(default)]
    #[validate(length(max = 500))]
    iss: Option<String>,
}

fn provider(request: &Request) -> Result<&Provider, WebError> {
    request.app.provider.as_ref().ok_or(WebError::NotFound)
}

/// To the provider.
pub fn depart(request: &Request) -> Result<Reply, WebError> {
    let (provider, query): (_, NextQuery) = (provider(request)?, request.query()?);
    if let Some(session) = &request.session {
        return Ok(Reply::redirect(home_of(session.actor.role)));
    }
    match request.app.identity.depart(provider, own_path(&query.verder)) {
        Ok(departure) => {
            let cookie = request.app.travel_cookie(&departure.held);
            Ok(Reply::redirect(departure.address).with_header("Set-Cookie", cookie))
        }
        Err(IdentityError::ProviderRefused) => refused(request),
        Err(error) => Err(error.into()),
    }
}

/// Back from the provider.
pub fn arrive(request: &Request) -> Result<Reply, WebError> {
    let provider = provider(request)?;
    // A query that cannot be read is refused as any other, and leaves a line as well.
    let query = request.query::<ReturnQuery>().ok();
    let query = query.as_ref();
    let back = Return {
        held: request.held.as_deref(),
        state: query.and_then(|query| query.state.as_deref()),
        code: query.and_then(|query| query.code.as_deref()),
        failed: query.is_some_and(|query| query.error.is_some()),
        issuer: query.and_then(|query| query.iss.as_deref()),
    };
    let reply = match request.app.identity.arrive(provider, &back) {
        Ok(Arrival::SignedIn(signed_in, next)) => arrived(request, &signed_in, own_path(&next)),
        Ok(Arrival::CodeAsked(step, next)) => code_page(request, 200, CodeView::new(own_path(&next), &step)),
        Err(IdentityError::ProviderRefused) => refused(request),
        Err(error) => Err(error.into()),
    }?;
    Ok(reply.with_header("Set-Cookie", request.app.cleared_travel_cookie()))
}

#[derive(Serialize)]
struct OnwardView<'a> {
    href: &'a str,
    text: &'a str,
    told: &'a str,
}

fn onward(request: &Request, title: &str, view: &OnwardView<'_>) -> Result<Reply, WebError> {
    let reply = page(request, "verder", &Frame::new(request, title), view)?;
    Ok(reply.with_header("Refresh", format!("0; url={}", view.href)))
}

fn arrived(request: &Request, signed_in: &SignedIn, next: &str) -> Result<Reply, WebError> {
    let told = "U bent aangemeld. De volgende bladzijde opent vanzelf.";
    let view = OnwardView { href: first_page(signed_in, next), text: "Verder", told };
    let reply = onward(request, "Aangemeld", &view)?;
    Ok(reply.with_header("Set-Cookie", request.app.session_cookie(&signed_in.token)))
}

#[derive(Serialize)]
struct RefusedView<'a> {
    number: &'a str,
}

/// The one page for whoever is not signed in by way of the provider, for whatever reason.
fn refused(request: &Request) -> Result<Reply, WebError> {
    let frame = Frame::new(request, "Aanmelden is niet gelukt");
    page_with_status(request, 401, "aanmelden-niet-gelukt", &frame, &RefusedView { number: &request.id })
}

/// After signing out here: on to sign out at the provider, where that can be.
pub fn signed_out(request: &Request) -> Result<Reply, WebError> {
    let end = request.app.provider.as_ref().and_then(|provider| Some((provider, provider.end_session()?)));
    let Some((provider, address)) = end.filter(|_| request.session.is_none()) else {
        return Ok(Reply::redirect("/aanmelden"));
    };
    let told = format!(
        "U bent hier afgemeld. De volgende bladzijde opent vanzelf en vraagt of u zich ook afmeldt bij {}.",
        provider.name()
    );
    let text = format!("Ook afmelden bij {}", provider.name());
    onward(request, "Afgemeld", &OnwardView { href: &address, text: &text, told: &told })
}
