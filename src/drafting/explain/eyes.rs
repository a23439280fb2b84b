//! For whom an explanation is written, and what everyone in it is called: "u" for the reader, a
//! child by its given name, and in a child's paper the adults too.

use crate::dossier::model::{Dossier, FamilyRole};
use crate::drafting::view::given_name;
use crate::drafting::words;
use crate::shared::ids::{PartyId, PersonId};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The reader of one explanation.
#[derive(Clone, Copy)]
pub(super) struct Eyes<'a> {
    /// The dossier as it may stand in a document of this domain.
    pub file: &'a Dossier,
    /// Who reads.
    pub you: &'a PersonId,
    /// Whether the reader is a child.
    pub child: bool,
    /// Day of the decision.
    pub on: NaiveDate,
}

impl Eyes<'_> {
    pub(super) fn is_you(&self, id: &PersonId) -> bool {
        id == self.you
    }

    /// A person as this reader is told of them.
    pub(super) fn name(&self, id: &PersonId) -> String {
        if self.is_you(id) {
            return if self.child { "jou" } else { "u" }.to_owned();
        }
        let person = self.file.find_person(id);
        let short = person
            .filter(|person| self.child || person.family_role == FamilyRole::Child)
            .and_then(|person| given_name(self.file, person));
        short.map_or_else(|| self.file.person_name(id), str::to_owned)
    }

    pub(super) fn party(&self, id: &PartyId) -> String {
        match self.file.persons.iter().find(|person| person.id.as_str() == id.as_str()) {
            Some(person) => self.name(&person.id),
            None => self.file.party_name(id),
        }
    }

    /// Names in a row, the reader first; null when there is nobody.
    pub(super) fn names<'i>(&self, ids: impl IntoIterator<Item = &'i PersonId>) -> Value {
        let mut ids: Vec<&PersonId> = ids.into_iter().collect();
        ids.sort_by_key(|id| !self.is_you(id));
        let names: Vec<String> = ids.into_iter().map(|id| self.name(id)).collect();
        words::text_or_null(&words::list(&names))
    }

    /// The others of a row.
    pub(super) fn others(&self, ids: &[PersonId]) -> Value {
        self.names(ids.iter().filter(|id| !self.is_you(id)))
    }
}

/// "mag" for one, "mogen" for more.
pub(super) fn may(count: usize) -> Value {
    json!(if count > 1 { "mogen" } else { "mag" })
}

/// Yes, no, or not chosen.
pub(super) fn choice(value: Option<bool>) -> Value {
    json!({ "bekend": value.is_some(), "ja": value == Some(true) })
}

pub(super) fn number(value: Option<u32>) -> Value {
    value.map_or(Value::Null, |value| json!(value.to_string()))
}
