//! The dossier of one combined case, as it travels in a dossier file.
//!
//! Wire names are the English code names in `snake_case`. Institutions of Dutch law keep
//! their Dutch name. Every list may have any length: there is no fixed number of parties.

mod chosen;
mod decision_plan;
mod event;
mod family;
mod help;
mod intervention_plan;
mod matter;
mod measure;
mod restriction;
pub mod secrets;
mod words;

pub use decision_plan::*;
pub use event::*;
pub use family::*;
pub use help::*;
pub use intervention_plan::*;
pub use matter::*;
pub use measure::*;
pub use restriction::*;
pub use words::Label;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The dossier of one combined case (combi-dossier).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    /// Version of this file format; always "1".
    pub format: DossierFormat,
    /// The court's own reference for the combined case; never a name.
    #[schemars(length(min = 1, max = 100))]
    pub reference: String,
    /// Natural persons: parents, children, partners, others.
    pub persons: Vec<Person>,
    /// Raad, GI, OM, municipality, reclassering, Veilig Thuis, providers.
    #[serde(default)]
    pub organisations: Vec<Organisation>,
    /// Who is married to, living with, or parent of whom.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// Authority over each child per holder.
    #[serde(default)]
    pub gezag: Vec<GezagRecord>,
    /// Criminal, administrative and family-law matters.
    pub matters: Vec<Matter>,
    /// What happened, or is said to have happened.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Bans, orders and arrangements.
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// Results of risk and screening instruments, as reported by others.
    #[serde(default)]
    pub instrument_results: Vec<InstrumentResult>,
    /// Help and courses, per person.
    #[serde(default)]
    pub help: Vec<HelpTrack>,
    /// Opportunities given to a child to be heard.
    #[serde(default)]
    pub child_hearings: Vec<ChildHearing>,
    /// Requests with the positions of the others.
    #[serde(default)]
    pub requests: Vec<Request>,
    /// Mediation, joint talks and joint forms of care that were proposed.
    #[serde(default)]
    pub proposals: Vec<JointProposal>,
    /// Documents in the file, by hash.
    #[serde(default)]
    pub documents: Vec<DocumentRecord>,
    /// What the judge (or mayor) intends to decide, per kind of draft.
    #[serde(default)]
    pub plans: DecisionPlans,
    /// The judge's own words, kept apart from generated text.
    #[serde(default)]
    pub judge_words: Vec<JudgeWords>,
}

/// Version of the dossier file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum DossierFormat {
    /// The first format.
    #[serde(rename = "1")]
    V1,
}
