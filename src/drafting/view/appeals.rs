//! On appeal: against which decision, and whose grounds have to be judged.

use super::Scene;
use crate::dossier::model::{CapacityRole, ProcedureStep};
use crate::drafting::words;
use crate::shared::ids::PartyId;
use crate::shared::moment::dutch_date;
use serde_json::{Value, json};

/// Courts whose decision can be contested on appeal, as the course of the proceedings names them.
const FIRST_INSTANCE: [&str; 4] = ["de rechtbank", "rechtbank ", "de kinderrechter", "de voorzieningenrechter"];

/// What a court that decided something has done; hearing a child is none of it.
const DECIDED: [&str; 14] = [
    "beslist",
    "bepaald",
    "beëindigd",
    "geschorst",
    "ontzegd",
    "geweigerd",
    "vastgesteld",
    "gewijzigd",
    "toegewezen",
    "afgewezen",
    "belast",
    "opgelegd",
    "verleend",
    "beschikking",
];

impl Scene<'_> {
    /// On appeal: the decision of the first instance, when the course of the proceedings names one and only one: "de
    /// rechtbank heeft … beslist" on a day.
    pub(super) fn contested(&self) -> Value {
        let decided = |step: &ProcedureStep| {
            let (court, done) = step.what.split_once(" heeft ")?;
            let court = court.trim_end_matches(',');
            let known = FIRST_INSTANCE.iter().any(|start| court.to_lowercase().starts_with(start.trim_end()));
            let decided = DECIDED.iter().any(|word| done.contains(word));
            (known && decided).then(|| format!("{} van {}", with_article(court), dutch_date(step.on)))
        };
        let steps = self.matter.map(|matter| matter.steps.as_slice()).unwrap_or_default();
        let mut found = steps.iter().filter_map(decided);
        let first = found.next();
        json!(first.filter(|_| found.next().is_none()))
    }

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

/// A court in a sentence: "rechtbank Gelderland" with its article.
fn with_article(court: &str) -> String {
    let bare = court.strip_prefix("De ").or_else(|| court.strip_prefix("de ")).unwrap_or(court);
    let bare = bare.strip_prefix("Rechtbank").map_or_else(|| bare.to_owned(), |rest| format!("rechtbank{rest}"));
    format!("de {bare}")
}
