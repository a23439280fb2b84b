//! The domains to choose from: one list for every page that asks for them.

use crate::dossier::model::{Domain, Label};
use serde::Serialize;

/// Name of the field in a form.
pub(super) const FIELD: &str = "rechtsgebied";

/// The domains with their wire names.
const DOMAINS: [(&str, Domain); 3] =
    [("criminal", Domain::Criminal), ("administrative", Domain::Administrative), ("family", Domain::Family)];

/// A domain in a form.
#[derive(Serialize)]
pub(super) struct DomainChoice {
    value: &'static str,
    text: &'static str,
    selected: bool,
}

/// All domains, with those that were chosen selected.
pub(super) fn choices(chosen: &[String]) -> Vec<DomainChoice> {
    DOMAINS
        .into_iter()
        .map(|(value, domain)| DomainChoice {
            value,
            text: domain.label(),
            selected: chosen.iter().any(|choice| choice == value),
        })
        .collect()
}

/// The domains that were chosen; what is no domain is left out.
pub(super) fn chosen_in(chosen: &[String]) -> Vec<Domain> {
    let is_chosen = |value: &str| chosen.iter().any(|choice| choice == value);
    DOMAINS.into_iter().filter(|(value, _)| is_chosen(value)).map(|(_, domain)| domain).collect()
}
