//! Calls over HTTP to a provider: over TLS, within a time, without redirects, with a bounded answer.

use super::{Failed, unusable};
use oauth2::{HttpRequest, HttpResponse};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// From the first byte sent to the last one read.
const WITHIN: Duration = Duration::from_secs(5);
/// Largest answer in bytes.
const LARGEST: u64 = 256_000;

pub(super) struct Transport(Agent);

impl Transport {
    /// Over TLS, but for a provider on this machine. The roots are those of the operating system, so that who runs
    /// the machine decides which authorities count; the ciphers are those of the one library that seals as well.
    pub(super) fn new(of_this_machine: bool) -> Self {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .https_only(!of_this_machine)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(WITHIN))
            .user_agent("combizitting")
            .build();
        Self(config.new_agent())
    }

    /// Sends a request of the library.
    pub(super) fn send(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let (parts, mut body) = self.0.run(request)?.into_parts();
        let body = body.with_config().limit(LARGEST).read_to_vec()?;
        Ok(HttpResponse::from_parts(parts, body))
    }

    /// Reads a document that the provider publishes.
    pub(super) fn document<T: DeserializeOwned>(&self, address: &str) -> Result<T, Failed> {
        let mut answer = self.0.get(address).header("Accept", "application/json").call().map_err(unusable)?;
        if answer.status() != 200 {
            return Err(Failed::Unusable(format!("antwoord {}", answer.status().as_u16())));
        }
        let bytes = answer.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(unusable)?;
        serde_json::from_slice(&bytes).map_err(unusable)
    }
}
