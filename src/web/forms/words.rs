//! How a field is called on the page.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Words of one field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldWords {
    /// Name in the dossier.
    pub veld: String,
    /// Name on the page.
    pub naam: String,
    /// A sentence below the name.
    #[serde(default)]
    pub uitleg: String,
    /// Block of questions in which it stands; only for the fields of a plan itself.
    #[serde(default)]
    pub blok: String,
    /// Whether the text has several lines.
    #[serde(default)]
    pub lang: bool,
    /// "kinderen" or "volwassenen": which persons can be chosen; all when left out.
    #[serde(default)]
    pub wie: String,
    /// A list to choose from that the schema does not have: "herhaling", "regels"; or "rondjes": all choices in
    /// sight, one of which is that nothing is chosen.
    #[serde(default)]
    pub keuze: String,
    /// Whether the field is named as missing when it is empty or unknown.
    #[serde(default)]
    pub nodig: bool,
    /// Kinds of the item, as stored, with which it is not missed.
    #[serde(default)]
    pub niet_bij: Vec<String>,
    /// Whether the program fills it in: nobody is asked.
    #[serde(default)]
    pub vast: bool,
    /// How it is called that nothing is chosen.
    #[serde(default)]
    pub leeg: String,
}

type Words = BTreeMap<String, Vec<FieldWords>>;

/// The words as lawyers can edit them. Empty cannot happen as long as the test that reads them passes,
/// and then every form says so.
static WORDS: LazyLock<Words> =
    LazyLock::new(|| serde_yaml_ng::from_str(include_str!("../../../templates/pages/velden.yaml")).unwrap_or_default());

/// Fields of a type of the dossier, in the order of the page.
#[must_use]
pub fn fields_of(type_name: &str) -> &'static [FieldWords] {
    WORDS.get(type_name).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::forms::shape::{Field, Shape};

    fn each(shape: &Shape, look: &mut dyn FnMut(&Field)) {
        match shape {
            Shape::Many(inner) => each(inner, look),
            Shape::Group(fields) => {
                for field in fields {
                    look(field);
                    each(&field.shape, look);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_field_of_a_plan_has_a_name_and_every_choice_a_word() {
        let plans = ["GezagPlan", "OmgangPlan", "InterventionPlan", "HuisverbodPlan", "SafetyRequest"];
        let items = [
            "Person",
            "DocumentRecord",
            "Event",
            "Request",
            "HelpTrack",
            "ChildHearing",
            "Matter",
            "Measure",
            "Relation",
            "GezagRecord",
            "InstrumentResult",
            "JointProposal",
        ];
        let many = plans.into_iter().chain(items).map(|plan| (plan, 6));
        // An answer has three fields and an organisation four; all others have more.
        for (plan, least) in many.chain([("AnswerRequest", 3), ("Organisation", 4)]) {
            let shape = Shape::of_type(plan).unwrap_or_else(|error| panic!("{plan}: {error:?}"));
            let mut seen = 0;
            each(&shape, &mut |field| {
                seen += 1;
                assert!(!field.words.naam.is_empty(), "{plan}.{}", field.name);
            });
            assert!(seen >= least, "{plan}");
        }
    }

    #[test]
    fn the_words_name_no_type_that_no_plan_has() {
        let used = |name: &str| {
            let types = [crate::intake::schema(), crate::web::forms::shape::handed_in()];
            types.iter().any(|schema| schema.to_string().contains(&format!("\"{name}\":{{")))
        };
        for name in WORDS.keys() {
            assert!(used(name), "{name}");
        }
        assert!(!WORDS.is_empty());
    }
}
