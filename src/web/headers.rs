//! Security headers, the same on every answer (NCSC web guidelines, NL API Design Rules), and reading cookies.

use actix_web::http::header::{COOKIE, HeaderMap};

/// Content policy: everything from this site only, no script or style in the page itself.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
     script-src 'none'; connect-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for a page with a script: of someone who is signed in, or who is asked for a key on a device. It is one
/// of this site, and asks only this site.
pub const POLICY_WITH_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
     script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Version of the API, as the NL API Design Rules ask.
pub const API_VERSION: &str = "1.0.0";

/// Headers for every answer. `Referrer-Policy: same-origin` keeps the `Origin` of own forms,
/// which `no-referrer` would turn into `null`.
#[must_use]
pub fn security_headers(https: bool) -> Vec<(&'static str, &'static str)> {
    let mut headers = vec![
        ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ];
    if https {
        headers.push(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));
    }
    headers
}

/// The value of a cookie that came along.
#[must_use]
pub fn cookie(headers: &HeaderMap, wanted: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value.to_owned())
}
