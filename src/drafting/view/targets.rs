//! Against whom something was done, where the words of the fact leave that out.

use super::Scene;
use crate::dossier::model::{Event, EventKind, Label, Person, Sex};
use crate::drafting::words;
use crate::shared::ids::PersonId;
use serde_json::Value;

/// Words that point at someone without a name.
const IMPLIES_TARGET: &[&str] = &[
    "moeder",
    "vader",
    "kind",
    "kinderen",
    "dochter",
    "zoon",
    "baby",
    "partner",
    "vrouw",
    "man",
    "echtgenote",
    "echtgenoot",
    "haar",
    "hem",
    "hen",
    "elkaar",
    "ouder",
    "ouders",
    "gezin",
    "slachtoffer",
];

/// Words by which a text may call a person.
fn called(person: &Person) -> Vec<String> {
    let by_sex: &[&str] = match person.sex {
        Sex::M => &["vader", "man", "zoon", "echtgenoot"],
        Sex::F => &["moeder", "vrouw", "dochter", "echtgenote"],
        _ => &[],
    };
    let name = person.name.to_lowercase();
    let words = name.split(|sign: char| !sign.is_alphanumeric()).chain(by_sex.iter().copied());
    words.filter(|word| word.len() > 2).map(str::to_owned).collect()
}

impl Scene<'_> {
    /// Against whom it was, where the words of the fact name none of them in any way.
    pub(super) fn unnamed_targets(&self, event: &Event) -> Value {
        let text = event.description.to_lowercase();
        let said: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric()).collect();
        let named = |id: &PersonId| {
            let Some(person) = self.file.find_person(id) else { return true };
            // A given name may be short; "het" in "het kind" names nobody.
            let names = |word: &&str| word.len() > 3 || word.starts_with(char::is_uppercase);
            let own = [person.name.as_str(), person.family_role.label()];
            let mut words = own.iter().flat_map(|name| name.split(' ')).filter(names);
            words.any(|word| said.contains(&word.to_lowercase().as_str()))
        };
        // Who acted is told as well, and is nobody against whom it was.
        let acted: Vec<String> =
            event.actors.iter().filter_map(|id| self.file.find_person(id)).flat_map(called).collect();
        let implies = |word: &&str| IMPLIES_TARGET.contains(word) && !acted.iter().any(|own| own == *word);
        let implied = said.iter().any(implies);
        if event.kind == EventKind::Untold || implied || event.targets.iter().any(named) {
            return Value::Null;
        }
        words::text_or_null(&self.persons(&event.targets))
    }
}
