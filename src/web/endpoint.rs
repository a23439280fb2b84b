//! The table of endpoints. An endpoint cannot be written without saying who may use it; routes,
//! the OpenAPI document and the access matrix are all made from this one table.

use super::error::WebError;
use super::reply::Reply;
use super::request::Request;
use super::unfinished::Keeping;
use super::{api, pages};
use crate::identity::Role;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::sync::LazyLock;

/// What answers a request. It may block: it runs on a worker thread.
pub type Handler = fn(&Request) -> Result<Reply, WebError>;

/// Makes a schema, with its definitions kept in the generator.
pub type SchemaMaker = fn(&mut SchemaGenerator) -> Schema;

/// Method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes or does something.
    Post,
    /// Replaces.
    Put,
    /// Ends.
    Delete,
}

impl Method {
    /// As on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may use an endpoint. Visibility of one case is decided beside it, by assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone, also without signing in.
    Everyone,
    /// Everyone who is signed in.
    SignedIn,
    /// Only these roles.
    Roles(&'static [Role]),
}

impl Access {
    /// Whether a role (`None`: not signed in) may use it.
    #[must_use]
    pub fn allows(self, role: Option<Role>) -> bool {
        match (self, role) {
            (Self::Everyone, _) | (Self::SignedIn, Some(_)) => true,
            (Self::Roles(roles), Some(role)) => roles.contains(&role),
            (_, None) => false,
        }
    }
}

/// One endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Method.
    pub method: Method,
    /// Path with `{names}`.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// What answers.
    pub handler: Handler,
    /// One Dutch line for the documentation.
    pub title: &'static str,
    /// Whether it may be used before a second factor that the role must have.
    pub before_factor: bool,
    /// How its form is kept until it is recorded; none when it is not kept.
    pub keeps: Option<&'static Keeping>,
    /// Whether a change names the version that it rests on, in `If-Match`.
    pub versioned: bool,
    /// Largest body in bytes.
    pub body_limit: usize,
    /// Content type of the body; empty for any form.
    pub takes: &'static str,
    /// Media type of a body that is a file; empty when it is not.
    pub file: &'static str,
    /// Schema of the body.
    pub body: Option<SchemaMaker>,
    /// Schema of the query.
    pub query: Option<SchemaMaker>,
    /// Status, media types (with a comma between) and schema of the answer.
    pub gives: (u16, &'static str, Option<SchemaMaker>),
}

/// Media type of JSON.
pub const JSON: &str = "application/json";
/// Media type of a form.
pub const FORM: &str = "application/x-www-form-urlencoded";
/// Largest ordinary body.
const SMALL: usize = 64_000;

impl Endpoint {
    /// An endpoint; there is no form without access.
    #[must_use]
    pub fn new(method: Method, path: &'static str, access: Access, handler: Handler) -> Self {
        let gives = if is_api(path) { JSON } else { "text/html" };
        Self {
            method,
            path,
            access,
            handler,
            title: "",
            before_factor: false,
            keeps: None,
            versioned: false,
            body_limit: SMALL,
            takes: "",
            file: "",
            body: None,
            query: None,
            gives: (200, gives, None),
        }
    }

    /// The same endpoint with its Dutch line.
    #[must_use]
    pub fn titled(mut self, title: &'static str) -> Self {
        self.title = title;
        self
    }

    /// The same endpoint, taking this JSON.
    #[must_use]
    pub fn takes<T: JsonSchema>(mut self) -> Self {
        self.takes = JSON;
        self.body = Some(|generator| generator.subschema_for::<T>());
        self
    }

    /// The same endpoint, taking these fields as a form, as OAuth has it.
    #[must_use]
    pub fn takes_form<T: JsonSchema>(mut self) -> Self {
        self.takes = FORM;
        self.body = Some(|generator| generator.subschema_for::<T>());
        self
    }

    /// The same endpoint, taking a file of this type. The handler checks the type, so that who may not
    /// see the case does not learn that it is there.
    #[must_use]
    pub fn takes_file(mut self, media: &'static str) -> Self {
        self.file = media;
        self
    }

    /// The same endpoint, with these query parameters.
    #[must_use]
    pub fn queried<T: JsonSchema>(mut self) -> Self {
        self.query = Some(|generator| T::json_schema(generator));
        self
    }

    /// The same endpoint, giving this JSON.
    #[must_use]
    pub fn gives<T: JsonSchema>(mut self, status: u16) -> Self {
        self.gives = (status, JSON, Some(|generator| generator.subschema_for::<T>()));
        self
    }

    /// The same endpoint, giving bytes of this type or, with an empty type, no content.
    #[must_use]
    pub fn gives_bytes(mut self, status: u16, media: &'static str) -> Self {
        self.gives = (status, media, None);
        self
    }

    /// The same endpoint, taking a form that is kept for its writer until it is recorded.
    #[must_use]
    pub fn keeping(mut self, how: &'static Keeping) -> Self {
        self.keeps = Some(how);
        self
    }

    /// The same endpoint, also for who must take a second factor into use first.
    #[must_use]
    pub fn before_factor(mut self) -> Self {
        self.before_factor = true;
        self
    }

    /// The same endpoint, for a change that rests on a version.
    #[must_use]
    pub fn versioned(mut self) -> Self {
        self.versioned = true;
        self
    }

    /// The same endpoint with a larger body.
    #[must_use]
    pub fn up_to(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Whether errors are problem documents and the token comes in the `Authorization` header.
    #[must_use]
    pub fn is_api(&self) -> bool {
        is_api(self.path)
    }

    /// Whether a body is read.
    #[must_use]
    pub fn has_body(&self) -> bool {
        matches!(self.method, Method::Post | Method::Put)
    }

    /// Whether it concerns one case, so that assignment decides who sees it.
    #[must_use]
    pub fn is_of_case(&self) -> bool {
        self.path.contains("{dossier}")
    }
}

/// Whether a path belongs to the API.
#[must_use]
pub fn is_api(path: &str) -> bool {
    path == "/v1" || path.starts_with("/v1/") || path.starts_with("/gezondheid/")
}

/// All endpoints of the service.
pub static ENDPOINTS: LazyLock<Vec<Endpoint>> = LazyLock::new(|| {
    let mut endpoints = api::endpoints();
    endpoints.extend(pages::endpoints());
    endpoints
});

/// Judge and clerk.
pub const COURT: Access = Access::Roles(&[Role::Rechter, Role::Griffier]);
/// Everyone who may read (their part of) a case.
pub const READERS: Access = Access::Roles(&[Role::Rechter, Role::Griffier, Role::Advocaat, Role::Medewerker]);
/// The judge.
pub const JUDGE: Access = Access::Roles(&[Role::Rechter]);
/// The clerk.
pub const CLERK: Access = Access::Roles(&[Role::Griffier]);
/// The advocate, or who acts for one.
pub const ADVOCATE: Access = Access::Roles(&[Role::Advocaat, Role::Medewerker]);
/// The advocate and nobody else.
pub const ADVOCATE_ALONE: Access = Access::Roles(&[Role::Advocaat]);
/// A partner organisation.
pub const PARTNER: Access = Access::Roles(&[Role::Ketenpartner]);
/// The overseer.
pub const OVERSEER: Access = Access::Roles(&[Role::Toezichthouder]);
/// The overseer and the administrator.
pub const MANAGERS: Access = Access::Roles(&[Role::Toezichthouder, Role::Beheerder]);
/// The administrator.
pub const ADMINISTRATOR: Access = Access::Roles(&[Role::Beheerder]);
