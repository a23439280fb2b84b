//! How refusals of the rooms become answers.

use super::error::{InputProblem, WebError};
use crate::db::DbError;
use crate::dossier::DossierError;
use crate::identity::IdentityError;
use crate::retention::RetentionError;

impl From<DbError> for WebError {
    fn from(error: DbError) -> Self {
        if error.is_temporary() {
            return Self::Unavailable(error.to_string());
        }
        match error {
            DbError::ControlCharacters => Self::Malformed(error.to_string()),
            DbError::Duplicate | DbError::Refused => Self::Conflict(error.to_string()),
            DbError::Other { cause } => Self::Internal(format!("database: {cause}")),
            other => Self::Internal(format!("database: {other}")),
        }
    }
}

impl From<DossierError> for WebError {
    fn from(error: DossierError) -> Self {
        match error {
            DossierError::NotFound => Self::NotFound,
            DossierError::Forbidden => Self::Forbidden,
            DossierError::Conflict { .. } => Self::VersionConflict,
            DossierError::ReferenceTaken | DossierError::Overtaken(_) => Self::Conflict(error.to_string()),
            DossierError::Invalid(message) => Self::Invalid(vec![InputProblem {
                pointer: String::new(),
                code: "refused".to_owned(),
                melding: message,
            }]),
            DossierError::Placed(problems) => {
                let told = problems.into_iter().map(|problem| InputProblem {
                    pointer: problem.pointer,
                    code: problem.code.to_owned(),
                    melding: problem.message,
                });
                Self::Invalid(told.collect())
            }
            DossierError::Unreadable => Self::Internal(error.to_string()),
            DossierError::Db(error) => error.into(),
        }
    }
}

impl From<RetentionError> for WebError {
    fn from(error: RetentionError) -> Self {
        match error {
            RetentionError::NotFound => Self::NotFound,
            RetentionError::Forbidden => Self::Forbidden,
            RetentionError::NotDue(_) | RetentionError::Invalid(_) => Self::Conflict(error.to_string()),
            RetentionError::Dossier(error) => error.into(),
            RetentionError::Db(error) => error.into(),
        }
    }
}

impl From<IdentityError> for WebError {
    fn from(error: IdentityError) -> Self {
        let message = error.to_string();
        match error {
            IdentityError::SignInFailed | IdentityError::ProviderRefused => Self::SignInRefused,
            IdentityError::CodeAsked(_) => Self::CodeAsked,
            IdentityError::CodeWrong => Self::Invalid(vec![InputProblem::field("code", "code_wrong", message)]),
            IdentityError::KeyWrong => Self::Invalid(vec![InputProblem::field("sleutel", "key_wrong", message)]),
            IdentityError::FactorConflict => Self::Conflict(message),
            IdentityError::SignInLocked => Self::TooManyAttempts { retry_after: 900 },
            IdentityError::Busy => Self::Overloaded,
            IdentityError::NoSession => Self::NotSignedIn,
            IdentityError::Forbidden => Self::Forbidden,
            IdentityError::WeakPassword => {
                Self::Invalid(vec![InputProblem::field("wachtwoord", "weak_password", message)])
            }
            IdentityError::BadName => Self::Invalid(vec![InputProblem::field("gebruikersnaam", "bad_name", message)]),
            IdentityError::LoginTaken => {
                Self::Invalid(vec![InputProblem::field("gebruikersnaam", "login_taken", message)])
            }
            IdentityError::BadKey(_) => Self::Invalid(vec![InputProblem::field("sleutel", "bad_key", message)]),
            IdentityError::KeyTaken => Self::Invalid(vec![InputProblem::field("sleutel", "key_taken", message)]),
            IdentityError::NoPartner | IdentityError::OfSystem => Self::Conflict(message),
            IdentityError::AssertionRefused => Self::AssertionRefused,
            IdentityError::BadSubject => Self::Invalid(vec![InputProblem::field("kenmerk", "bad_subject", message)]),
            IdentityError::SubjectTaken => {
                Self::Invalid(vec![InputProblem::field("kenmerk", "subject_taken", message)])
            }
            IdentityError::UserNotFound => Self::NotFound,
            IdentityError::Db(error) => error.into(),
        }
    }
}
