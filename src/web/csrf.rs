//! Protection of forms: a token bound to the session by HMAC, and the origin of the request.

use crate::shared::hash::sha256_hex;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Makes and checks the tokens that stand in every form.
#[derive(Clone)]
pub struct CsrfKey(Vec<u8>);

impl CsrfKey {
    /// Key from secret bytes of any length; a separate purpose, so a separate key.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        let mut material = b"combizitting/csrf/".to_vec();
        material.extend_from_slice(secret);
        Self(sha256_hex(&material).into_bytes())
    }

    fn mac(&self, session: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(session.as_bytes());
        Some(mac)
    }

    /// Token for the forms of one session; empty only when no key could be made.
    #[must_use]
    pub fn token(&self, session: &str) -> String {
        use std::fmt::Write as _;
        let Some(mac) = self.mac(session) else { return String::new() };
        mac.finalize().into_bytes().iter().fold(String::with_capacity(64), |mut out, byte| {
            // Writing to a String cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    /// Whether a token belongs to this session; compared in constant time.
    #[must_use]
    pub fn accepts(&self, session: &str, token: &str) -> bool {
        let bytes: Option<Vec<u8>> = (token.len() == 64)
            .then(|| (0..32).map(|at| u8::from_str_radix(token.get(at * 2..at * 2 + 2)?, 16).ok()).collect())
            .flatten();
        match (self.mac(session), bytes) {
            (Some(mac), Some(bytes)) => mac.verify_slice(&bytes).is_ok(),
            _ => false,
        }
    }
}

/// Where a form came from, as the browser says.
#[derive(Clone, Debug, Default)]
pub struct FormOrigin<'a> {
    /// `Origin` header.
    pub origin: Option<&'a str>,
    /// `Sec-Fetch-Site` header.
    pub fetch_site: Option<&'a str>,
    /// `Host` header.
    pub host: Option<&'a str>,
}

impl FormOrigin<'_> {
    /// Whether the form came from this site. A browser sends at least one of the two
    /// headers; a request with neither is refused.
    #[must_use]
    pub fn is_own_site(&self, public_origin: Option<&str>) -> bool {
        if let Some(site) = self.fetch_site
            && site != "same-origin"
        {
            return false;
        }
        match (self.origin, public_origin, self.host) {
            (Some(origin), Some(own), _) => origin == own,
            (Some(origin), None, Some(host)) => {
                origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) == Some(host)
            }
            (Some(_), None, None) => false,
            (None, _, _) => self.fetch_site == Some("same-origin"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_of_another_session_or_key_is_refused() {
        let key = CsrfKey::derive(b"sleutel");
        let token = key.token("sessie-1");
        assert!(key.accepts("sessie-1", &token));
        assert!(!key.accepts("sessie-2", &token));
        assert!(!CsrfKey::derive(b"andere").accepts("sessie-1", &token));
        for bad in ["", "zz", &token[..62], &"é".repeat(32)] {
            assert!(!key.accepts("sessie-1", bad), "{bad}");
        }
    }

    #[test]
    fn a_form_from_another_site_is_refused() {
        let host = Some("127.0.0.1:8080");
        let from = |origin, fetch_site| FormOrigin { origin, fetch_site, host }.is_own_site(None);
        assert!(from(Some("http://127.0.0.1:8080"), None));
        assert!(from(Some("http://127.0.0.1:8080"), Some("same-origin")));
        assert!(from(None, Some("same-origin")));
        assert!(!from(Some("http://elders.example"), None));
        assert!(!from(Some("null"), None));
        assert!(!from(Some("http://127.0.0.1:8080"), Some("cross-site")));
        assert!(!from(None, None));
    }
}
