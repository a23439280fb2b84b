//! Which provider, under which name we are known there, and what of it counts as a second factor.

use secrecy::SecretString;

/// Path to which a provider sends people back.
pub(super) const BACK: &str = "/aanmelden/aanbieder/terug";
/// Path to which it sends them after signing out.
pub(super) const SIGNED_OUT: &str = "/aanmelden";

/// Settings of a provider.
#[derive(Clone, Debug)]
pub struct ProviderSettings {
    /// Its issuer, to the letter.
    pub(super) issuer: String,
    /// Our name there.
    pub(super) client: String,
    /// Our secret there; none for a client that only has PKCE.
    pub(super) secret: Option<SecretString>,
    /// Its name for users.
    pub(super) name: String,
    /// The one address to which it sends people back.
    pub(super) redirect: String,
    /// The address to which it sends them after signing out.
    pub(super) after_sign_out: String,
    /// Values of `acr` that count as a second factor; none counts when empty.
    pub(super) acr: Vec<String>,
    /// Values of `amr` that count as a second factor; none counts when empty.
    pub(super) amr: Vec<String>,
}

/// What is wrong with such settings. The text is for who installs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderProblem {
    /// The issuer.
    #[error(
        "COMBIZITTING_AANBIEDER is geen adres van een aanbieder. Schrijf het precies zoals de aanbieder het noemt, met \
         https:// ervoor en zonder vraag of anker erachter."
    )]
    Issuer,
    /// The name of the client.
    #[error("COMBIZITTING_AANBIEDER_CLIENT ontbreekt of is geen naam waaronder de aanbieder deze site kent.")]
    Client,
    /// The address of the site.
    #[error("Zonder COMBIZITTING_SITE is er geen vast adres waarheen de aanbieder iemand terugstuurt.")]
    Site,
}

impl ProviderSettings {
    /// A provider with this issuer, where the site with this address is known as this client.
    ///
    /// # Errors
    /// When one of them cannot be one.
    pub fn new(issuer: &str, client: &str, site: Option<&str>) -> Result<Self, ProviderProblem> {
        let host = host_of(issuer).ok_or(ProviderProblem::Issuer)?;
        let plain = |text: &str| text.chars().all(|sign| sign.is_ascii_graphic());
        if client.is_empty() || client.len() > 200 || !plain(client) {
            return Err(ProviderProblem::Client);
        }
        let site = site.ok_or(ProviderProblem::Site)?;
        Ok(Self {
            issuer: issuer.to_owned(),
            client: client.to_owned(),
            secret: None,
            name: host,
            redirect: format!("{site}{BACK}"),
            after_sign_out: format!("{site}{SIGNED_OUT}"),
            acr: Vec::new(),
            amr: Vec::new(),
        })
    }

    /// The same provider, with a secret.
    #[must_use]
    pub fn with_secret(mut self, secret: Option<SecretString>) -> Self {
        self.secret = secret;
        self
    }

    /// The same provider, called this on the pages; its host when there is no name.
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        if !name.trim().is_empty() {
            name.trim().clone_into(&mut self.name);
        }
        self
    }

    /// The same provider, of which these values of `acr` and `amr` count as a second factor.
    #[must_use]
    pub fn trusting(mut self, acr: Vec<String>, amr: Vec<String>) -> Self {
        (self.acr, self.amr) = (acr, amr);
        self
    }

    /// Whether it runs on this machine, where nobody can listen on the way.
    pub(super) fn is_of_this_machine(&self) -> bool {
        self.issuer.starts_with("http://")
    }
}

/// The host of an issuer that may be one: over TLS, or on this machine.
fn host_of(issuer: &str) -> Option<String> {
    let address = oauth2::url::Url::parse(issuer).ok()?;
    let host = address.host_str()?.to_owned();
    let safe = match address.scheme() {
        "https" => true,
        "http" => matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]"),
        _ => false,
    };
    let bare = address.query().is_none() && address.fragment().is_none();
    let open = address.username().is_empty() && address.password().is_none();
    (safe && bare && open && issuer.len() <= 500).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: Option<&str> = Some("https://combizitting.example");

    #[test]
    fn a_provider_is_reached_over_tls_or_on_this_machine() {
        for good in ["https://aanmelden.example", "https://aanmelden.example/realms/a", "http://localhost:9000"] {
            assert!(ProviderSettings::new(good, "combizitting", SITE).is_ok(), "{good}");
        }
        let bad = ["http://aanmelden.example", "ftp://x", "https://a.example?b", "https://a:b@c.example", "niets", ""];
        for bad in bad {
            assert_eq!(ProviderSettings::new(bad, "c", SITE).unwrap_err(), ProviderProblem::Issuer, "{bad}");
        }
    }

    #[test]
    fn people_come_back_to_one_address_of_the_site() {
        let settings = ProviderSettings::new("https://a.example", "c", SITE).unwrap();
        assert_eq!(settings.redirect, "https://combizitting.example/aanmelden/aanbieder/terug");
        assert_eq!(ProviderSettings::new("https://a.example", "c", None).unwrap_err(), ProviderProblem::Site);
        assert_eq!(ProviderSettings::new("https://a.example", "", SITE).unwrap_err(), ProviderProblem::Client);
    }

    #[test]
    fn its_host_is_its_name_until_it_gets_one() {
        let settings = ProviderSettings::new("https://a.example", "c", SITE).unwrap();
        assert_eq!(settings.clone().called(" ").name, "a.example");
        assert_eq!(settings.called("Rechtspraak").name, "Rechtspraak");
    }

    #[test]
    fn a_secret_is_not_shown() {
        let settings = ProviderSettings::new("https://a.example", "c", SITE).unwrap();
        let shown = format!("{:?}", settings.with_secret(Some("heel geheim".into())));
        assert!(!shown.contains("heel geheim"), "{shown}");
    }
}
