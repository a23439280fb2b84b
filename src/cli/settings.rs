//! Settings from the environment, or from a file of the same lines named by COMBIZITTING_INSTELLINGEN.
//! The environment wins over the file.

use super::output::Failure;
use crate::app::Settings;
use crate::identity::{ProviderSettings, Role};
use crate::web::limits::Rate;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Name of the file with settings, if any.
const FILE: &str = "COMBIZITTING_INSTELLINGEN";
/// Our secret at the provider: from the environment only, as the keys, so that it stands in no file of settings.
const PROVIDER_SECRET: &str = "COMBIZITTING_AANBIEDER_GEHEIM";

pub(super) fn read() -> Result<Settings, Failure> {
    let values = values()?;
    let data_dir = PathBuf::from(values.get("COMBIZITTING_DATA").cloned().unwrap_or_else(|| "data".to_owned()));
    let default_url = format!("sqlite:{}", data_dir.join("combizitting.db").display());
    let mut settings = Settings::local(values.get("DATABASE_URL").unwrap_or(&default_url), data_dir);
    set_place(&mut settings, &values)?;
    settings.limits.account = rate(&values, "COMBIZITTING_GRENS_ACCOUNT", settings.limits.account)?;
    settings.limits.address = rate(&values, "COMBIZITTING_GRENS_ADRES", settings.limits.address)?;
    settings.metrics_port = port(&values, "COMBIZITTING_METINGEN_POORT")?;
    settings.second_factor_for = roles(&values, "COMBIZITTING_TWEEDE_FACTOR")?;
    settings.public_origin = values.get("COMBIZITTING_SITE").map(|site| site_address(site)).transpose()?;
    let secret = std::env::var(PROVIDER_SECRET).ok().map(SecretString::from);
    settings.provider = provider(&values, settings.public_origin.as_deref(), secret)?;
    Ok(settings)
}

/// Where the demo listens: it has its own database and key, but the address and port are the user's.
pub(super) fn read_place(settings: &mut Settings) -> Result<(), Failure> {
    set_place(settings, &values()?)
}

fn set_place(settings: &mut Settings, values: &BTreeMap<String, String>) -> Result<(), Failure> {
    if let Some(address) = values.get("COMBIZITTING_ADRES") {
        settings.address.clone_from(address);
    }
    if let Some(port) = port(values, "COMBIZITTING_POORT")? {
        settings.port = port;
    }
    Ok(())
}

fn values() -> Result<BTreeMap<String, String>, Failure> {
    let mut values = BTreeMap::new();
    if let Some(path) = std::env::var_os(FILE) {
        let path = PathBuf::from(path);
        let unreadable =
            || Failure::new(format!("Het instellingenbestand {} kan niet worden gelezen.", path.display()));
        for line in dotenvy::from_path_iter(&path).map_err(|_| unreadable())? {
            let (name, value) = line.map_err(|_| unreadable())?;
            values.insert(name, value);
        }
    }
    values.extend(
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
    );
    Ok(values)
}

/// Requests a minute from the settings; 0 means no limit. The burst is a sixth of it.
fn rate(values: &BTreeMap<String, String>, name: &str, usual: Option<Rate>) -> Result<Option<Rate>, Failure> {
    let Some(text) = values.get(name) else { return Ok(usual) };
    let wrong = |_| Failure::new(format!("{name} is geen aantal aanvragen per minuut (0 is zonder grens)."));
    let per_minute: u32 = text.parse().map_err(wrong)?;
    Ok((per_minute > 0).then(|| Rate { per_minute, burst: (per_minute / 6).max(1) }))
}

/// Roles with commas between them, or `alle`.
fn roles(values: &BTreeMap<String, String>, name: &str) -> Result<Vec<Role>, Failure> {
    let given = values.get(name).map_or("", |text| text.trim());
    if given == "alle" {
        return Ok(Role::ALL.to_vec());
    }
    let named = given.split(',').map(str::trim).filter(|role| !role.is_empty());
    named.map(|role| role.parse().map_err(|reason| Failure::new(format!("{name}: {reason}")))).collect()
}

/// The provider at which people may sign in as well, when one is named.
fn provider(
    values: &BTreeMap<String, String>,
    site: Option<&str>,
    secret: Option<SecretString>,
) -> Result<Option<ProviderSettings>, Failure> {
    let given = |name: &str| values.get(name).map_or("", |text| text.trim());
    let words = |name: &str| given(name).split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let issuer = given("COMBIZITTING_AANBIEDER");
    if issuer.is_empty() {
        return Ok(None);
    }
    let settings = ProviderSettings::new(issuer, given("COMBIZITTING_AANBIEDER_CLIENT"), site)
        .map_err(|problem| Failure::new(problem.to_string()))?;
    let trusting = settings.trusting(words("COMBIZITTING_AANBIEDER_ACR"), words("COMBIZITTING_AANBIEDER_AMR"));
    Ok(Some(trusting.with_secret(secret).called(given("COMBIZITTING_AANBIEDER_NAAM"))))
}

/// The address of the site as browsers name it: scheme and name, in lower case, without a path.
fn site_address(given: &str) -> Result<String, Failure> {
    let site = given.trim_end_matches('/').to_ascii_lowercase();
    let name = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://")).unwrap_or_default();
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'));
    if name.is_empty() || !plain {
        return Err(Failure::new(
            "COMBIZITTING_SITE is geen adres van een site. Schrijf het als https://naam, zonder pad erachter.",
        ));
    }
    Ok(site)
}

fn port(values: &BTreeMap<String, String>, name: &str) -> Result<Option<u16>, Failure> {
    values
        .get(name)
        .map(|text| text.parse().map_err(|_| Failure::new(format!("{name} is geen poortnummer (1 tot 65535)."))))
        .transpose()
}

/// Makes the folder of the data, for the embedded database and the keys.
pub(super) fn make_data_dir(settings: &Settings) -> Result<(), Failure> {
    std::fs::create_dir_all(&settings.data_dir).map_err(|error| {
        let reason = super::output::reason(&error);
        Failure::new(format!("De gegevensmap {} kan niet worden gemaakt: {reason}.", settings.data_dir.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_number_and_none_is_no_limit() {
        let with = |text: &str| rate(&BTreeMap::from([("G".to_owned(), text.to_owned())]), "G", None);
        assert_eq!(with("120").unwrap(), Some(Rate { per_minute: 120, burst: 20 }));
        assert_eq!(with("0").unwrap(), None);
        assert!(with("veel").is_err());
    }

    #[test]
    fn roles_are_named_one_by_one_or_all_at_once() {
        let with = |text: &str| roles(&BTreeMap::from([("R".to_owned(), text.to_owned())]), "R");
        assert_eq!(with("rechter, beheerder").unwrap(), [Role::Rechter, Role::Beheerder]);
        assert_eq!(with("alle").unwrap(), Role::ALL);
        assert_eq!(roles(&BTreeMap::new(), "R").unwrap(), []);
        assert!(with("rechter,koning").is_err());
    }

    #[test]
    fn a_provider_is_off_until_it_is_named_and_then_asks_for_the_rest() {
        let with = |pairs: &[(&str, &str)], site| {
            let values = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            provider(&values, site, None)
        };
        let (issuer, client) =
            (("COMBIZITTING_AANBIEDER", "https://a.example"), ("COMBIZITTING_AANBIEDER_CLIENT", "combizitting"));
        let site = Some("https://combizitting.example");
        assert!(with(&[], site).unwrap().is_none() && with(&[client], site).unwrap().is_none());
        assert!(with(&[issuer, client], site).unwrap().is_some());
        assert!(with(&[issuer], site).is_err() && with(&[issuer, client], None).is_err());
        assert!(with(&[("COMBIZITTING_AANBIEDER", "http://a.example"), client], site).is_err());
    }

    #[test]
    fn the_address_of_the_site_is_a_scheme_and_a_name() {
        assert_eq!(site_address("https://Combizitting.example/").unwrap(), "https://combizitting.example");
        assert_eq!(site_address("http://127.0.0.1:8080").unwrap(), "http://127.0.0.1:8080");
        for bad in ["combizitting.example", "ftp://x", "https://", "https://x/pad", "https://a@b", ""] {
            assert!(site_address(bad).is_err(), "{bad}");
        }
    }
}
