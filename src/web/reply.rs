//! An answer as plain data, so that a handler can run on a worker thread.

use super::error::WebError;
use serde::Serialize;

/// Answer of a handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Content type with charset, empty when there is no body.
    pub content_type: String,
    /// Body.
    pub body: Vec<u8>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// Any bytes.
    #[must_use]
    pub fn bytes(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self { status, content_type: content_type.to_owned(), body, headers: Vec::new() }
    }

    /// A JSON document.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub fn json<T: Serialize>(status: u16, value: &T) -> Result<Self, WebError> {
        let body = serde_json::to_vec(value).map_err(|error| WebError::Internal(format!("json: {error}")))?;
        Ok(Self::bytes(status, "application/json; charset=utf-8", body))
    }

    /// A page.
    #[must_use]
    pub fn html(status: u16, body: String) -> Self {
        Self::bytes(status, "text/html; charset=utf-8", body.into_bytes())
    }

    /// "See other": the answer to every accepted form.
    #[must_use]
    pub fn redirect(to: impl Into<String>) -> Self {
        Self::bytes(303, "", Vec::new()).with_header("Location", to)
    }

    /// No content.
    #[must_use]
    pub fn no_content() -> Self {
        Self::bytes(204, "", Vec::new())
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same answer, to be saved under a name of `[a-z0-9._-]` only.
    #[must_use]
    pub fn as_download(self, name: &str) -> Self {
        let safe: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
            .collect();
        self.with_header("Content-Disposition", format!("attachment; filename=\"{safe}\""))
    }
}
