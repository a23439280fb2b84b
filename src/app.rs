//! Wires the rooms into a service. The only file, with the command line, that knows all rooms.

use chrono::NaiveDate;
use std::path::PathBuf;

/// Settings of the service. Nothing in it is secret: the database address with its password is
/// never logged, and keys live beside the database.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// Address to listen on; 127.0.0.1 unless a proxy with TLS stands before it.
    pub address: String,
    /// Port of the site and the API.
    pub port: u16,
    /// Folder for what the service keeps beside the database (the signing key when that is PostgreSQL).
    pub data_dir: PathBuf,
    /// Address under which users reach the site, for instance `https://combizitting.example`.
    /// With `https://` cookies are `Secure` with the `__Host-` prefix, and HSTS is sent.
    pub public_origin: Option<String>,
    /// Port for Prometheus metrics on the same address; none when left out.
    pub metrics_port: Option<u16>,
    /// Fixed reference date for a demonstration; the day of today when left out.
    pub reference_date: Option<NaiveDate>,
}

impl Settings {
    /// Settings for this database on 127.0.0.1:8080.
    #[must_use]
    pub fn local(database_url: &str, data_dir: PathBuf) -> Self {
        Self {
            database_url: database_url.to_owned(),
            address: "127.0.0.1".to_owned(),
            port: 8080,
            data_dir,
            public_origin: None,
            metrics_port: None,
            reference_date: None,
        }
    }

    /// Whether users reach the site over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_origin.as_deref().is_some_and(|origin| origin.starts_with("https://"))
    }
}
