//! The real input: the demo family and published rulings, encoded as dossier files.

use crate::support::families::demo;

#[test]
fn demo_family_parses_as_a_dossier() {
    let dossier = demo();
    assert_eq!(dossier.persons.len(), 6);
    assert!(dossier.plans.gezag.is_some() && dossier.plans.omgang.is_some());
    assert!(dossier.plans.gedragsinterventie.is_some() && dossier.plans.huisverbod.is_some());
}
