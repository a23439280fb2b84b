//! What a planned decision comes to, in short codes. Words of a judge keep the choice beside which they were written,
//! so that a paper can tell when the choice became another and the words did not.

use super::{Dossier, GezagPlan, InterventionPlan, JudgeWords, OmgangForm, OmgangPlan, ProvisionalPlan};
use serde::Serialize;

/// Stands where nothing was chosen yet.
const OPEN: &str = "open";

impl Dossier {
    /// What is chosen now on that about which own words for a paper are ("omgang/noor"); `None` for words about
    /// anything that no plan chooses, such as a finding.
    #[must_use]
    pub fn choice_beside(&self, about: &str) -> Option<String> {
        let (paper, block) = about.split_once('/')?;
        let chosen = match paper {
            "omgang" => self.plans.omgang.as_ref().map(|plan| contact(plan, block)),
            "gezag" => self.plans.gezag.as_ref().map(gezag),
            "gedragsinterventie" => self.plans.gedragsinterventie.as_ref().map(intervention),
            "huisverbod" => {
                let review = self.plans.huisverbod.as_ref().and_then(|plan| plan.review.as_ref());
                review.and_then(|review| review.outcome).map(|outcome| code(&outcome))
            }
            "voorlopige-voorzieningen" => {
                self.plans.huisverbod.as_ref().and_then(|plan| plan.provisional.as_ref()).map(provisional)
            }
            _ => return None,
        };
        Some(chosen.unwrap_or_else(|| OPEN.to_owned()))
    }

    /// Whether own words for a paper were written when its decision was another than it is now. Words that do not tell
    /// it (from a file of before they did) are asked about only where their text itself cannot fit.
    #[must_use]
    pub fn was_written_beside_another_choice(&self, words: &JudgeWords) -> bool {
        match (&words.beside, self.choice_beside(&words.about)) {
            (Some(then), Some(now)) => *then != now,
            (None, Some(_)) => self.cannot_fit(words),
            _ => false,
        }
    }

    fn cannot_fit(&self, words: &JudgeWords) -> bool {
        let (gezag, omgang) = (&self.plans.gezag, &self.plans.omgang);
        let refused = gezag.as_ref().is_some_and(|plan| plan.refused);
        let supervised = |plan: &OmgangPlan| plan.children.iter().any(|child| child.form == OmgangForm::Supervised);
        match words.about.split_once('/') {
            Some(("gezag", block)) => refused && block != "afwijzing",
            Some(("omgang", _)) => {
                omgang.as_ref().is_some_and(|plan| !supervised(plan))
                    && words.text.to_lowercase().contains("begeleid contact")
            }
            _ => false,
        }
    }
}

/// The form for the child of the block; for a block about the whole paper that of every child.
fn contact(plan: &OmgangPlan, block: &str) -> String {
    if block == "informatie" {
        return plan.information.map_or_else(|| OPEN.to_owned(), |duty| code(&duty));
    }
    if let Some(child) = plan.children.iter().find(|child| child.child.as_str() == block) {
        return code(&child.form);
    }
    let mut all: Vec<String> =
        plan.children.iter().map(|child| format!("{}={}", child.child, code(&child.form))).collect();
    all.sort();
    all.join(", ")
}

fn gezag(plan: &GezagPlan) -> String {
    decided(code(&plan.basis), plan.refused)
}

fn intervention(plan: &InterventionPlan) -> String {
    decided(code(&plan.basis), plan.refused)
}

fn provisional(plan: &ProvisionalPlan) -> String {
    let mut all: Vec<String> = plan.items.iter().map(|item| decided(code(&item.kind), item.refused)).collect();
    all.sort();
    all.join(", ")
}

fn decided(what: String, refused: bool) -> String {
    if refused { format!("{what}=refused") } else { what }
}

/// A choice as the file format writes it.
fn code<T: Serialize>(choice: &T) -> String {
    serde_json::to_value(choice).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
