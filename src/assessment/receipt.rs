//! The receipt: what was run on what, so that anyone can repeat it byte for byte.

use super::frameworks::LoadedFramework;
use super::model::{FrameworkRef, Receipt};
use crate::dossier::model::Dossier;
use crate::shared::hash::canonical_hash;
use chrono::NaiveDate;

/// Name and version of this software.
pub const SOFTWARE: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// Receipt of one run. The hash is over the whole dossier, before anything is withheld.
///
/// # Errors
/// When the dossier cannot be written as JSON.
pub fn receipt(
    dossier: &Dossier,
    frameworks: &[&LoadedFramework],
    on: NaiveDate,
) -> Result<Receipt, serde_json::Error> {
    Ok(Receipt {
        dossier_hash: canonical_hash(dossier)?,
        frameworks: frameworks
            .iter()
            .map(|loaded| FrameworkRef {
                id: loaded.framework.id.clone(),
                version: loaded.framework.version.clone(),
                hash: loaded.hash.clone(),
            })
            .collect(),
        reference_date: on,
        software: SOFTWARE.to_owned(),
    })
}
