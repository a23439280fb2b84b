//! The hearing bundles of the demo: for the judge of each legal domain, of the first hearing to come.

use super::output::{Failure, FileSet};
use crate::bundle::files::Files;
use crate::bundle::list::{hearings, list};
use crate::bundle::make::{Cover, Front, make};
use crate::documents::bundle::assemble;
use crate::dossier::model::{Domain, Dossier};
use crate::dossier::projection::for_reader;
use crate::dossier::record::Access;
use crate::identity::{Actor, Role};
use crate::shared::moment::local_date;
use chrono::NaiveDate;
use std::path::Path;

/// Folder of the bundles, below that of the other documents.
const FOLDER: &str = "bundels";

/// What the bundles are made of.
pub(super) struct Material<'a> {
    pub(super) dossier: &'a Dossier,
    /// Sheets of all matters, and the hearing files.
    pub(super) front: &'a Front,
    /// Id under which the case is stored.
    pub(super) id: &'a str,
    pub(super) files: &'a Files,
    /// Who brought it.
    pub(super) clerk: &'a Actor,
}

/// Writes a bundle for each judge and gives their names.
pub(super) fn write(material: &Material<'_>, day: NaiveDate, out: &Path) -> Result<Vec<String>, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(error.to_string());
    let files = material.files.of_case(material.clerk, material.id).map_err(|error| failed(&error))?;
    let hearing = hearings(material.dossier).into_keys().find(|at| local_date(at) >= day);
    let mut set = FileSet::default();
    for (domain, name) in [
        (Domain::Family, "zittingsbundel-familierechter.pdf"),
        (Domain::Criminal, "zittingsbundel-strafrechter.pdf"),
        (Domain::Administrative, "zittingsbundel-bestuursrechter.pdf"),
    ] {
        let access = Access {
            assignment: String::new(),
            role: Role::Rechter,
            person: None,
            party: None,
            domains: vec![domain],
            on_behalf: None,
        };
        let Some(reader) = access.reader(material.dossier) else { continue };
        let projected = for_reader(material.dossier, &reader).dossier;
        let listed = list(&projected, &access, &files, hearing.as_ref());
        let cover = Cover { access: &access, projected: &projected, hearing, version: 1, on: day };
        let bundle = make(&cover, &listed, material.front);
        let mut bytes = Vec::new();
        let mut fetch = |sha256: &str| material.files.content(material.clerk, sha256).ok().flatten();
        assemble(&bundle, &mut fetch, &mut bytes, &mut |_, _| {}).map_err(|error| failed(&error))?;
        set.add(name, bytes);
    }
    set.write(&out.join(FOLDER))
}
