//! Users, for the administrator.

use crate::identity::{NewUser, Role, UserSummary};
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::Request;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A user to add.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct UserRequest {
    /// Name to sign in with.
    #[validate(length(min = 2, max = 100, message = "Kies een gebruikersnaam van 2 tot 100 tekens."))]
    pub gebruikersnaam: String,
    /// Name to show.
    #[validate(length(min = 1, max = 200, message = "Vul een naam in van ten hoogste 200 tekens."))]
    pub naam: String,
    /// Role: rechter, griffier, advocaat, ketenpartner, toezichthouder or beheerder.
    #[validate(length(min = 1, max = 20, message = "Kies een rol."))]
    pub rol: String,
    /// Password.
    #[validate(length(min = 12, max = 200, message = "Kies een wachtwoord van ten minste 12 tekens."))]
    pub wachtwoord: String,
}

/// Users.
#[derive(Serialize, JsonSchema)]
pub struct UserList {
    /// All of them.
    pub gebruikers: Vec<UserView>,
}

/// A user.
#[derive(Clone, Serialize, JsonSchema)]
pub struct UserView {
    /// Id.
    pub id: String,
    /// Name to sign in with.
    pub gebruikersnaam: String,
    /// Name to show.
    pub naam: String,
    /// Role.
    pub rol: String,
    /// Whether the user can sign in.
    pub actief: bool,
}

impl From<UserSummary> for UserView {
    fn from(user: UserSummary) -> Self {
        Self {
            id: user.id,
            gebruikersnaam: user.login,
            naam: user.name,
            rol: user.role.to_string(),
            actief: user.active,
        }
    }
}

/// All users.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    let users = request.app.identity.users(request.actor()?)?;
    Reply::json(200, &UserList { gebruikers: users.into_iter().map(Into::into).collect() })
}

/// Adds a user.
pub fn add(request: &Request) -> Result<Reply, WebError> {
    let added = add_user(request, request.json()?)?;
    Reply::json(201, &UserView::from(added))
}

/// Adds a user.
///
/// # Errors
/// When the role does not exist, the name is taken or the password is too weak.
pub fn add_user(request: &Request, given: UserRequest) -> Result<UserSummary, WebError> {
    let role = Role::parse(&given.rol).ok_or_else(|| {
        WebError::Invalid(vec![InputProblem::field("rol", "unknown_role", "Kies een rol uit de lijst.")])
    })?;
    let user =
        NewUser { login: given.gebruikersnaam, name: given.naam, role, password: SecretString::from(given.wachtwoord) };
    Ok(request.app.identity.add_user(request.actor()?, &user)?)
}
