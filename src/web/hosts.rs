//! Under which names the service answers.
//!
//! A page of another site can let its own name point at this machine (DNS rebinding); the browser
//! then takes this service for that site. Such a request carries the name of that site, so only
//! the name of the configured site, loopback names and the address it listens on are answered.
//! `/gezondheid/` tells nothing about any case and answers whoever asks, as probes use an address.

use crate::app::Settings;

/// Characters of a path with its query at most.
pub const URI_MOST: usize = 8_000;

/// Whether a request that came under these names may be answered. There must be at least one.
#[must_use]
pub fn are_known<'a>(settings: &Settings, path: &str, mut names: impl Iterator<Item = Option<&'a str>>) -> bool {
    if path.starts_with("/gezondheid/") {
        return true;
    }
    let Some(first) = names.next() else { return false };
    let known = |name: Option<&str>| name.is_some_and(|name| is_known(settings, name));
    known(first) && names.all(known)
}

fn is_known(settings: &Settings, authority: &str) -> bool {
    let Some(name) = name_of(authority) else { return false };
    let site = settings.public_origin.as_deref().and_then(|origin| name_of(origin.split_once("://")?.1));
    matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1")
        || site.is_some_and(|site| site == name)
        || name_of(&settings.address).is_some_and(|address| address == name)
}

/// The name in `name`, `name:port`, `[v6]` or `[v6]:port`; nothing when it is none of these.
fn name_of(authority: &str) -> Option<String> {
    let authority = authority.trim_end_matches('/');
    let (name, rest) = match authority.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        // More than one colon without brackets: an IPv6 address as the settings write it.
        None if authority.matches(':').count() > 1 => (authority, ""),
        None => authority.find(':').map_or((authority, ""), |at| authority.split_at(at)),
    };
    let port_fits = rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    (port_fits && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(site: Option<&str>, address: &str, host: &str) -> bool {
        let mut settings = Settings::local("sqlite:x.db", ".".into());
        settings.public_origin = site.map(str::to_owned);
        settings.address = address.to_owned();
        are_known(&settings, "/zaken", [Some(host)].into_iter())
    }

    #[test]
    fn loopback_names_the_site_and_the_address_are_known_with_any_port() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:9", "[::1]:8080", "[::1]", "localhost."] {
            assert!(answers(None, "127.0.0.1", host), "{host}");
        }
        let site = Some("https://combizitting.example");
        assert!(answers(site, "127.0.0.1", "Combizitting.example:443"));
        assert!(answers(None, "10.1.2.3", "10.1.2.3:8080"));
        assert!(answers(None, "fd00::7", "[fd00::7]:8080"));
    }

    #[test]
    fn every_other_name_is_refused() {
        let site = Some("https://combizitting.example");
        for host in [
            "aanvaller.example",
            "combizitting.example.aanvaller.example",
            "127.0.0.1.aanvaller.example",
            "localhost:80:80",
            "localhost:geen",
            "localhost@aanvaller.example",
            "0.0.0.0",
            "",
            ":8080",
            "[::1",
        ] {
            assert!(!answers(site, "127.0.0.1", host), "{host}");
            assert!(!answers(None, "127.0.0.1", host), "{host}");
        }
        assert!(!answers(None, "127.0.0.1", "combizitting.example"), "without a configured site its name is unknown");
    }

    #[test]
    fn a_second_name_or_none_at_all_is_refused() {
        let settings = Settings::local("sqlite:x.db", ".".into());
        let known = |names: &[Option<&str>]| are_known(&settings, "/", names.iter().copied());
        assert!(known(&[Some("localhost")]));
        assert!(!known(&[]));
        assert!(!known(&[None]));
        assert!(!known(&[Some("localhost"), Some("aanvaller.example")]));
        assert!(are_known(&settings, "/gezondheid/leeft", std::iter::empty()), "a probe needs no name");
    }
}
