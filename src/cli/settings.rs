//! Settings from the environment, or from a file of the same lines named by COMBIZITTING_INSTELLINGEN.
//! The environment wins over the file.

use super::output::Failure;
use crate::app::Settings;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Name of the file with settings, if any.
const FILE: &str = "COMBIZITTING_INSTELLINGEN";

pub(super) fn read() -> Result<Settings, Failure> {
    let values = values()?;
    let data_dir = PathBuf::from(values.get("COMBIZITTING_DATA").cloned().unwrap_or_else(|| "data".to_owned()));
    let default_url = format!("sqlite:{}", data_dir.join("combizitting.db").display());
    let mut settings = Settings::local(values.get("DATABASE_URL").unwrap_or(&default_url), data_dir);
    set_place(&mut settings, &values)?;
    settings.metrics_port = port(&values, "COMBIZITTING_METINGEN_POORT")?;
    settings.public_origin = values.get("COMBIZITTING_SITE").cloned();
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
