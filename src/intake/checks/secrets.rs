//! A secret address stands in its own field and nowhere else (`dossier::model::secrets`).

use crate::dossier::model::Dossier;
use crate::dossier::model::secrets::{SECRET_CODE, SECRET_IN_TEXT, brought_in, places_of};
use crate::intake::Problem;

/// Every text of a file that holds one; of a change, the texts that it brings in or touches. A text that stood
/// there before the address was known would else hold back every later change.
pub(super) fn check(dossier: &Dossier, before: Option<&Dossier>, problems: &mut Vec<Problem>) {
    let places = before.map_or_else(|| places_of(dossier), |before| brought_in(before, dossier));
    problems.extend(places.into_iter().map(|place| Problem::at(place, SECRET_CODE, SECRET_IN_TEXT)));
}
