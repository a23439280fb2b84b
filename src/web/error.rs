//! One error enum for everything that can go wrong on the way to an answer. Each variant has
//! a stable English code and a Dutch text; the cause of an internal error is logged once and
//! never sent.

use schemars::JsonSchema;
use serde::Serialize;

/// What went wrong, as the outside may know it.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The request cannot be read: bad encoding, bad JSON, control characters, bad query.
    #[error("malformed request: {0}")]
    Malformed(String),
    /// The request was read, but its content is not accepted.
    #[error("{} problems in the input", .0.len())]
    Invalid(Vec<InputProblem>),
    /// Not signed in, or the session has ended.
    #[error("not signed in")]
    NotSignedIn,
    /// Name or password wrong; never says which.
    #[error("sign-in refused")]
    SignInRefused,
    /// The assertion of a system does not count; never says why.
    #[error("assertion refused")]
    AssertionRefused,
    /// Too many attempts.
    #[error("too many attempts")]
    TooManyAttempts {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// One account or address asks too much at once.
    #[error("too many requests")]
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// All together ask more than can be worked on.
    #[error("overloaded")]
    Overloaded,
    /// As much of this work is being done as can be; the text says what to do.
    #[error("busy")]
    Busy(&'static str),
    /// The role may not use this route.
    #[error("role not allowed")]
    Forbidden,
    /// The role works only with a second factor, and this session has none.
    #[error("second factor required")]
    SecondFactorRequired,
    /// Name and password are right; a code is asked for.
    #[error("code asked")]
    CodeAsked,
    /// The form's CSRF token is missing or wrong, or it came from another site.
    #[error("form refused")]
    FormRefused,
    /// Unknown, or invisible to this reader: the two cannot be told apart.
    #[error("not found")]
    NotFound,
    /// The request came under a name that is not of this site.
    #[error("unknown host")]
    UnknownHost,
    /// The path with its query is too long.
    #[error("address too long")]
    UriTooLong,
    /// The route exists, but not for this method.
    #[error("method not allowed")]
    MethodNotAllowed {
        /// Methods that are allowed, for the `Allow` header.
        allow: String,
    },
    /// Somebody else changed it in the meantime.
    #[error("version conflict")]
    VersionConflict,
    /// `If-Match` names no version.
    #[error("unreadable version")]
    VersionUnreadable,
    /// `If-Match` is missing.
    #[error("precondition required")]
    PreconditionRequired,
    /// Already exists, or clashes with what is stored.
    #[error("conflict: {0}")]
    Conflict(String),
    /// The body is larger than this route takes.
    #[error("body too large")]
    TooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// The body has a content type that this route does not take.
    #[error("unsupported media type")]
    UnsupportedMedia {
        /// What is accepted.
        accepts: &'static str,
    },
    /// The body did not arrive in time.
    #[error("request timed out")]
    TimedOut,
    /// The database is locked, full or away.
    #[error("temporarily unavailable: {0}")]
    Unavailable(String),
    /// A fault of the software or its installation.
    #[error("internal error: {0}")]
    Internal(String),
}

/// One problem in the input, with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InputProblem {
    /// JSON Pointer, or `/field` for a form field.
    pub pointer: String,
    /// Stable English code.
    pub code: String,
    /// Dutch sentence; never repeats the value.
    pub melding: String,
}

impl InputProblem {
    /// A problem of one form field.
    #[must_use]
    pub fn field(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self { pointer: format!("/{field}"), code: code.to_owned(), melding: message.into() }
    }
}

/// RFC 9457 problem document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// Stable code as a URN.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short Dutch title.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened and what to do, in Dutch.
    pub detail: String,
    /// Number of this request, to name when asking for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// All problems in the input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub problemen: Vec<InputProblem>,
}

impl WebError {
    /// Status, stable code and Dutch title.
    #[must_use]
    pub fn status_code_title(&self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Malformed(_) => (400, "malformed_request", "De aanvraag is niet leesbaar"),
            Self::Invalid(_) => (422, "invalid_input", "De invoer is niet goed"),
            Self::NotSignedIn => (401, "not_signed_in", "U bent niet aangemeld"),
            Self::SignInRefused => (401, "sign_in_refused", "Aanmelden is niet gelukt"),
            Self::AssertionRefused => (401, "assertion_refused", "De verklaring is niet geaccepteerd"),
            Self::TooManyAttempts { .. } => (429, "too_many_attempts", "Te veel pogingen"),
            Self::TooManyRequests { .. } => (429, "too_many_requests", "Te veel aanvragen tegelijk"),
            Self::Overloaded => (503, "overloaded", "Het is op dit moment te druk"),
            Self::Busy(_) => (503, "busy", "Het is op dit moment te druk"),
            Self::Forbidden => (403, "forbidden", "U hebt geen toegang tot dit onderdeel"),
            Self::SecondFactorRequired => (403, "second_factor_required", "Eerst is een tweede factor nodig"),
            Self::CodeAsked => (401, "code_asked", "Er is ook een code nodig"),
            Self::FormRefused => (403, "form_refused", "Het formulier is niet geaccepteerd"),
            Self::NotFound => (404, "not_found", "Niet gevonden"),
            Self::UnknownHost => (421, "unknown_host", "Deze naam hoort niet bij deze site"),
            Self::UriTooLong => (414, "uri_too_long", "Het adres is te lang"),
            Self::MethodNotAllowed { .. } => (405, "method_not_allowed", "Deze handeling bestaat hier niet"),
            Self::VersionConflict => (412, "version_conflict", "Het dossier is intussen gewijzigd"),
            Self::VersionUnreadable => (412, "version_unreadable", "De versie is niet te lezen"),
            Self::PreconditionRequired => (428, "precondition_required", "De versie ontbreekt"),
            Self::Conflict(_) => (409, "conflict", "Dit botst met wat al is vastgelegd"),
            Self::TooLarge { .. } => (413, "too_large", "Het bestand is te groot"),
            Self::UnsupportedMedia { .. } => (415, "unsupported_media_type", "Dit soort bestand kan niet"),
            Self::TimedOut => (408, "timed_out", "Het versturen duurde te lang"),
            Self::Unavailable(_) => (503, "unavailable", "Het systeem is even niet beschikbaar"),
            Self::Internal(_) => (500, "internal_error", "Er ging iets mis in het systeem"),
        }
    }

    /// HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status_code_title().0
    }

    /// What happened and what the reader can do, in Dutch. Never a cause, path or value.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Malformed(detail) | Self::Conflict(detail) => detail.clone(),
            Self::Invalid(problems) if problems.len() == 1 => "Er is één probleem gevonden.".to_owned(),
            Self::Invalid(problems) => format!("Er zijn {} problemen gevonden.", problems.len()),
            Self::NotSignedIn => "Meld u aan. Een sessie eindigt vanzelf na korte tijd.".to_owned(),
            Self::SignInRefused => "De gebruikersnaam of het wachtwoord klopt niet.".to_owned(),
            Self::AssertionRefused => {
                "Maak een nieuwe verklaring. Let op iss, sub, aud, exp, jti en de sleutel. De reden staat in het logboek, \
                 dat de toezichthouder leest."
                    .to_owned()
            }
            Self::Busy(told) => (*told).to_owned(),
            Self::Overloaded => "Er is niets opgeslagen. Probeer het over enkele seconden opnieuw.".to_owned(),
            Self::TooManyAttempts { retry_after } | Self::TooManyRequests { retry_after } => {
                format!("Wacht {retry_after} seconden en probeer het dan opnieuw.")
            }
            Self::Forbidden => "Uw rol geeft geen toegang tot dit onderdeel.".to_owned(),
            Self::SecondFactorRequired => {
                "Met uw rol werkt u alleen met een tweede factor. Stel die op de site in, onder Account.".to_owned()
            }
            Self::CodeAsked => "Meld u aan met ook een code uit uw app, of een herstelcode.".to_owned(),
            Self::FormRefused => {
                "Het formulier is verlopen of kwam niet van deze site. Open de pagina opnieuw en probeer het nog eens."
                    .to_owned()
            }
            Self::NotFound => "Dit bestaat niet, of u hebt er geen toegang toe.".to_owned(),
            Self::UnknownHost => {
                "Open de site onder het adres dat de beheerder heeft opgegeven. Beheerder: zet dat adres in \
                 COMBIZITTING_SITE."
                    .to_owned()
            }
            Self::UriTooLong => {
                format!("Het pad met de vraag erachter mag ten hoogste {} tekens hebben.", super::hosts::URI_MOST)
            }
            Self::MethodNotAllowed { allow } => format!("Toegestaan zijn: {allow}."),
            Self::VersionConflict => {
                "Iemand anders heeft het dossier gewijzigd. Open de nieuwste versie en voer uw wijziging opnieuw in."
                    .to_owned()
            }
            Self::VersionUnreadable => {
                "In de header If-Match staat geen versie. Geef daar één versie tussen aanhalingstekens, zoals zij in de \
                 ETag van het dossier staat. Er is niets gewijzigd."
                    .to_owned()
            }
            Self::PreconditionRequired => "Geef in de header If-Match de versie waarop uw wijziging rust.".to_owned(),
            Self::TooLarge { limit } => format!("De grens is {}.", human_size(*limit)),
            Self::UnsupportedMedia { accepts } => format!("Stuur de gegevens als {accepts}."),
            Self::TimedOut => "De gegevens kwamen niet op tijd binnen. Probeer het opnieuw.".to_owned(),
            Self::Unavailable(_) => {
                "Er is niets opgeslagen. Probeer het over een minuut opnieuw of waarschuw de beheerder.".to_owned()
            }
            Self::Internal(_) => {
                "Er is niets opgeslagen. Noem bij een melding aan de beheerder het nummer van deze aanvraag.".to_owned()
            }
        }
    }

    /// Problem document for this error.
    #[must_use]
    pub fn problem(&self, request_id: Option<&str>) -> Problem {
        let (status, code, title) = self.status_code_title();
        Problem {
            kind: format!("urn:combizitting:probleem:{code}"),
            title: title.to_owned(),
            status,
            detail: self.detail(),
            instance: request_id.map(|id| format!("urn:uuid:{id}")),
            problemen: if let Self::Invalid(problems) = self { problems.clone() } else { Vec::new() },
        }
    }

    /// Whether an operator must look at it.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        matches!(self, Self::Internal(_) | Self::Unavailable(_))
    }
}

/// "5 MB" or "16 kB".
#[must_use]
pub fn human_size(bytes: usize) -> String {
    if bytes >= 1_000_000 { format!("{} MB", bytes / 1_000_000) } else { format!("{} kB", bytes / 1_000) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_never_told_to_the_reader() {
        for error in [WebError::Internal("/srv/geheim.db".into()), WebError::Unavailable("database is locked".into())] {
            let problem = serde_json::to_string(&error.problem(Some("0"))).unwrap();
            assert!(!problem.contains("geheim") && !problem.contains("locked"), "{problem}");
            assert!(error.is_fault());
        }
    }

    #[test]
    fn every_problem_is_listed_with_its_place() {
        let error = WebError::Invalid(vec![
            InputProblem::field("naam", "required", "Vul een naam in."),
            InputProblem::field("rol", "required", "Kies een rol."),
        ]);
        let problem = error.problem(None);
        assert_eq!((problem.status, problem.problemen.len()), (422, 2));
        assert_eq!(problem.problemen[0].pointer, "/naam");
    }
}
