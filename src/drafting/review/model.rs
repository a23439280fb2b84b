//! The steps in the life of a document, who may take them, and where they lead.

use crate::dossier::model::Label;
use crate::identity::Role;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Being written.
    Concept,
    /// With the judge.
    #[serde(rename = "aangeboden")]
    Offered,
    /// Back with the clerk, with reasons.
    #[serde(rename = "teruggegeven")]
    Returned,
    /// Approved; the text is frozen.
    #[serde(rename = "goedgekeurd")]
    Approved,
    /// Sealed: the final text with its code.
    #[serde(rename = "verzegeld")]
    Sealed,
    /// Withdrawn; nothing follows.
    #[serde(rename = "ingetrokken")]
    Withdrawn,
}

/// A step. Steps only add up; nothing is changed or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Offered to the judge.
    #[serde(rename = "aangeboden")]
    Offered,
    /// Returned by the judge, with reasons.
    #[serde(rename = "teruggegeven")]
    Returned,
    /// A new text.
    #[serde(rename = "gewijzigd")]
    Amended,
    /// Approved by a judge who did not write it.
    #[serde(rename = "goedgekeurd")]
    Approved,
    /// Sealed.
    #[serde(rename = "verzegeld")]
    Sealed,
    /// A sealed text gets a corrected version, which is approved and sealed again.
    #[serde(rename = "hersteld")]
    Corrected,
    /// Withdrawn, with reasons.
    #[serde(rename = "ingetrokken")]
    Withdrawn,
}

impl StepKind {
    /// All steps, in the order of an ordinary life.
    pub const ALL: [Self; 7] =
        [Self::Offered, Self::Returned, Self::Amended, Self::Approved, Self::Sealed, Self::Corrected, Self::Withdrawn];

    /// As stored and in forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Offered => "aangeboden",
            Self::Returned => "teruggegeven",
            Self::Amended => "gewijzigd",
            Self::Approved => "goedgekeurd",
            Self::Sealed => "verzegeld",
            Self::Corrected => "hersteld",
            Self::Withdrawn => "ingetrokken",
        }
    }

    /// The step with this stored name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }

    /// Whether it may not be taken without a reason.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Returned | Self::Corrected | Self::Withdrawn)
    }

    /// Whether it brings changes to the text.
    #[must_use]
    pub fn changes_text(self) -> bool {
        matches!(self, Self::Amended | Self::Corrected)
    }

    /// Whether a role may take it: what decides is for the judge.
    #[must_use]
    pub fn is_for(self, role: Role) -> bool {
        match self {
            Self::Returned | Self::Approved | Self::Withdrawn => role == Role::Rechter,
            _ => role.is_court(),
        }
    }
}

impl ReviewState {
    /// Where a step leads from here; `None` when it cannot be taken.
    #[must_use]
    pub fn after(self, step: StepKind) -> Option<Self> {
        match (self, step) {
            (Self::Withdrawn, _) => None,
            (_, StepKind::Withdrawn) => Some(Self::Withdrawn),
            (Self::Concept | Self::Returned, StepKind::Offered) => Some(Self::Offered),
            (Self::Concept | Self::Returned | Self::Offered, StepKind::Amended) => Some(self),
            (Self::Offered | Self::Approved, StepKind::Returned) => Some(Self::Returned),
            (Self::Offered, StepKind::Approved) => Some(Self::Approved),
            (Self::Approved, StepKind::Sealed) => Some(Self::Sealed),
            (Self::Sealed, StepKind::Corrected) => Some(Self::Offered),
            _ => None,
        }
    }
}

impl Label for ReviewState {
    fn label(self) -> &'static str {
        match self {
            Self::Concept => "concept",
            Self::Offered => "aangeboden aan de rechter",
            Self::Returned => "teruggegeven",
            Self::Approved => "goedgekeurd",
            Self::Sealed => "verzegeld",
            Self::Withdrawn => "ingetrokken",
        }
    }
}

impl Label for StepKind {
    fn label(self) -> &'static str {
        match self {
            Self::Offered => "aan de rechter aanbieden",
            Self::Returned => "teruggeven met redenen",
            Self::Amended => "tekst wijzigen",
            Self::Approved => "goedkeuren",
            Self::Sealed => "verzegelen",
            Self::Corrected => "herstellen in een nieuwe versie",
            Self::Withdrawn => "intrekken",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn life(steps: &[StepKind]) -> Option<ReviewState> {
        steps.iter().try_fold(ReviewState::Concept, |state, step| state.after(*step))
    }

    #[test]
    fn a_whole_life_ends_sealed_and_a_correction_is_approved_again() {
        use StepKind::*;
        assert_eq!(life(&[Offered, Returned, Amended, Offered, Approved, Sealed]), Some(ReviewState::Sealed));
        assert_eq!(life(&[Offered, Approved, Sealed, Corrected]), Some(ReviewState::Offered));
        assert_eq!(life(&[Offered, Approved, Sealed, Corrected, Approved, Sealed]), Some(ReviewState::Sealed));
    }

    #[test]
    fn no_step_skips_the_judge_and_nothing_follows_a_withdrawal() {
        use StepKind::*;
        for steps in [
            &[Approved][..],
            &[Sealed],
            &[Offered, Sealed],
            &[Offered, Approved, Amended],
            &[Offered, Approved, Sealed, Amended],
            &[Offered, Approved, Sealed, Returned],
            &[Corrected],
        ] {
            assert_eq!(life(steps), None, "{steps:?}");
        }
        for step in StepKind::ALL {
            assert_eq!(ReviewState::Withdrawn.after(step), None);
            assert_eq!(StepKind::named(step.as_str()), Some(step));
        }
    }

    #[test]
    fn only_a_judge_decides() {
        for step in [StepKind::Approved, StepKind::Returned, StepKind::Withdrawn] {
            assert!(step.is_for(Role::Rechter) && !step.is_for(Role::Griffier));
        }
        for step in StepKind::ALL {
            assert!(!step.is_for(Role::Advocaat) && !step.is_for(Role::Beheerder));
        }
    }
}
