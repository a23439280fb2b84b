//! An answer as plain data, so that a handler can run on a worker thread.

use super::error::WebError;
use super::headers::POLICY_WITH_SCRIPT;
use serde::Serialize;
use std::fs::File;
use std::sync::Arc;

/// A file that is open and is sent piece by piece.
#[derive(Clone, Debug)]
pub struct OpenFile {
    /// The file.
    pub file: Arc<File>,
    /// Bytes of it that are sent.
    pub size: u64,
}

impl PartialEq for OpenFile {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.file, &other.file) && self.size == other.size
    }
}

impl Eq for OpenFile {}

/// A text as the value of a parameter in a query.
#[must_use]
pub fn in_query(text: &str) -> String {
    let coded = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(coded).collect()
}

/// Answer of a handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Content type with charset, empty when there is no body.
    pub content_type: String,
    /// Body.
    pub body: Vec<u8>,
    /// A file in the place of the body.
    pub file: Option<OpenFile>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// Any bytes.
    #[must_use]
    pub fn bytes(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self { status, content_type: content_type.to_owned(), body, file: None, headers: Vec::new() }
    }

    /// A file, sent as it is: who reads along the way learns nothing from how far it could be packed.
    #[must_use]
    pub fn file(status: u16, content_type: &str, file: OpenFile) -> Self {
        let reply = Self { file: Some(file), ..Self::bytes(status, content_type, Vec::new()) };
        reply.with_header("Content-Encoding", "identity")
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

    /// The same page, on which scripts of this site may run.
    #[must_use]
    pub fn with_script(self) -> Self {
        self.with_header("Content-Security-Policy", POLICY_WITH_SCRIPT)
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
