//! What the pages and the API show of a case, made from a projection for one reader.
//!
//! - `facts`: a fact as a short line with a link, wherever a finding points at it.
//! - `case`: what runs, who, what is in force, what ends when.
//! - `timeline`: every dated fact in order; `axis`: the same as a picture.
//! - `brief`: the answers of the first page in a few lines each.
//! - `pattern`: who does what to whom, beside the hypotheses.
//! - `submission`: what an advocate hands in, in the same words for all who may read it.
//! - `findings`, `conflicts`: results with their facts and sources spelled out.

pub mod axis;
pub mod brief;
pub mod case;
pub mod conflicts;
pub mod facts;
pub mod findings;
pub mod pattern;
pub mod submission;
pub mod timeline;

use crate::dossier::model::{Dossier, FamilyRole};
use crate::shared::dutch::list;
use crate::shared::ids::PersonId;
use crate::shared::source::LegalSource;
use serde::Serialize;

/// Sources of law: those of which the text in force was read, and the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourcesView {
    /// Read in the text in force.
    pub verified: Vec<SourceView>,
    /// Not yet; shown apart.
    pub unverified: Vec<SourceView>,
}

/// A source of law as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceView {
    /// As cited.
    pub citation: String,
    /// Where the public can read it, empty when there is no such place.
    pub link: String,
}

impl From<&LegalSource> for SourceView {
    fn from(source: &LegalSource) -> Self {
        let link = match (source.ecli.as_str(), source.jci.as_str()) {
            ("", "") => String::new(),
            ("", jci) => format!("https://wetten.overheid.nl/{jci}"),
            (ecli, _) => format!("https://deeplink.rechtspraak.nl/uitspraak?id={ecli}"),
        };
        Self { citation: source.reference.clone(), link }
    }
}

/// Sources of a list, each once.
#[must_use]
pub fn source_views<'a>(sources: impl IntoIterator<Item = &'a LegalSource>) -> SourcesView {
    let mut views = SourcesView::default();
    for source in sources {
        let view = SourceView::from(source);
        let list = if source.verified { &mut views.verified } else { &mut views.unverified };
        if !list.contains(&view) {
            list.push(view);
        }
    }
    views
}

/// "Anna en de kinderen": all children of the dossier together are called so.
#[must_use]
pub fn people(dossier: &Dossier, ids: &[PersonId]) -> String {
    let children: Vec<&PersonId> = dossier.children().map(|child| &child.id).collect();
    let all_children = children.len() > 1 && children.iter().all(|child| ids.contains(child));
    let is_child = |id: &PersonId| {
        dossier.find_person(id).is_some_and(|person| person.family_role == FamilyRole::Child) && all_children
    };
    let mut names: Vec<String> = ids.iter().filter(|id| !is_child(id)).map(|id| dossier.person_name(id)).collect();
    if all_children {
        names.push("de kinderen".to_owned());
    }
    list(&names)
}
