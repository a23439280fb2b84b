//! On appeal: whose grounds have to be judged.

use super::Scene;
use crate::dossier::model::CapacityRole;
use crate::drafting::words;
use crate::shared::ids::PartyId;
use serde_json::{Value, json};

impl Scene<'_> {
    /// On appeal: who asks something in this matter, each once. Of the respondent the file has to say whether that is
    /// an appeal of their own.
    pub(super) fn appeals(&self) -> Value {
        let mut askers: Vec<&PartyId> = Vec::new();
        for request in self.file.requests.iter().filter(|request| self.is_own(&request.matter)) {
            if !askers.contains(&&request.by) {
                askers.push(&request.by);
            }
        }
        let responds = |asker: &PartyId| {
            let person = self.file.persons.iter().find(|person| person.id.as_str() == asker.as_str());
            person.is_some_and(|person| {
                let mut roles = person.capacities.iter().filter(|capacity| self.is_own(&capacity.matter));
                roles.any(|capacity| capacity.role == CapacityRole::Verweerder)
            })
        };
        let grounds = |asker: &PartyId| {
            let own = self.file.requests.iter().filter(|request| self.is_own(&request.matter) && request.by == *asker);
            let told: Vec<&str> = own.filter_map(|request| request.grounds.as_deref()).collect();
            words::text_or_null(&told.join(" "))
        };
        askers
            .into_iter()
            .map(|asker| {
                json!({
                    "wie": words::with_article(&self.party(asker)),
                    "verweert": responds(asker),
                    "gronden": grounds(asker),
                })
            })
            .collect()
    }
}
