//! What becomes of a clash: over before the decision is given, gone when something else is decided, or hanging on a day
//! that is still open.

use super::Scene;
use crate::conflicts::model::{Conflict, ConflictKind};
use crate::dossier::model::{Domain, Instrument, Measure, ReviewOutcome};
use crate::drafting::decision::{is_provisional, is_silent};
use crate::drafting::words;
use crate::shared::ids::{FactId, MeasureId, PersonId};
use crate::shared::moment::start_of_day;
use chrono::NaiveDate;

impl Scene<'_> {
    /// The day on which a paper of the family court is given as planned.
    fn day_of_decision(&self) -> Option<NaiveDate> {
        let plans = &self.file.plans;
        match self.words_about {
            "omgang" => plans.omgang.as_ref().and_then(|plan| plan.order_date),
            "gezag" => plans.gezag.as_ref().and_then(|plan| plan.order_date),
            "gedragsinterventie" if self.domain == Domain::Family => {
                plans.gedragsinterventie.as_ref().and_then(|plan| plan.order_date)
            }
            "voorlopige-voorzieningen" => {
                plans.huisverbod.as_ref().and_then(|plan| plan.provisional.as_ref()).and_then(|own| own.order_date)
            }
            _ => None,
        }
    }

    /// Whether a clash is over on the day of the decision: it asks nothing of who decides then.
    pub(super) fn is_over_by_then(&self, conflict: &Conflict) -> bool {
        let day = self.day_of_decision().map(start_of_day);
        day.zip(conflict.until).is_some_and(|(day, until)| until <= day)
    }

    /// On what a clash with a planned arrangement hangs while the first day of the contact is open.
    pub(super) fn if_start_open(&self, members: &[&Conflict]) -> Option<String> {
        // Other authorities do not quote the draft of the family court.
        let plan = self.file.plans.omgang.as_ref().filter(|_| self.domain == Domain::Family)?;
        let own = |conflict: &&&Conflict| conflict.measures.iter().any(|id| id.as_str() == plan.matter.as_str());
        let persons: Vec<&PersonId> = members.iter().filter(own).flat_map(|conflict| &conflict.persons).collect();
        let met = plan.children.iter().filter(|child| child.form.has_contact() && persons.contains(&&child.child));
        let (open, set): (Vec<_>, Vec<_>) =
            met.partition(|child| child.starts_on.is_none() && child.schedule.is_none());
        if open.is_empty() || !set.is_empty() {
            return None;
        }
        let names: Vec<PersonId> = open.iter().map(|child| child.child.clone()).collect();
        Some(format!(
            "De eerste dag van het contact met {} is nog niet ingevuld; daarvan hangt af of dit zich voordoet, en vanaf \
             wanneer.",
            self.persons(&names)
        ))
    }

    /// All that may become of a clash, each sentence with a space before it.
    pub(super) fn ends_of(&self, measures: &[FactId], members: &[&Conflict], hangs: Option<String>) -> String {
        let ends = [self.if_ban_ends(measures, members), self.if_replaced(measures), self.when_final(measures), hangs];
        ends.into_iter().flatten().map(|ends| format!(" {ends}")).collect()
    }

    /// What becomes of a clash with a huisverbod or its extension when that is not given or does not stand, as this
    /// very paper intends, or as the set does of which the bridge gives the sum. Others do not quote a draft.
    fn if_ban_ends(&self, measures: &[FactId], members: &[&Conflict]) -> Option<String> {
        let plan = self.file.plans.huisverbod.as_ref()?;
        let bridge = self.words_about == "beschermingsbrug";
        let of_ban = |measure: &&Measure| {
            measures.iter().any(|id| id.as_str() == measure.id.as_str())
                && matches!(measure.instrument, Instrument::Huisverbod | Instrument::HuisverbodExtension)
        };
        let measure = self.file.measures.iter().find(of_ban)?;
        let draft = if bridge { "zoals het ontwerp van die beslissing zegt" } else { "zoals hierna staat" };
        if ["beschermingsbrug", "huisverbod-verlenging"].contains(&self.words_about)
            && measure.instrument == Instrument::HuisverbodExtension
            && plan.refuses_extension()
        {
            return Some(format!("Wordt het huisverbod niet verlengd, {draft}, dan vervalt dit."));
        }
        let review = plan.review.as_ref().filter(|_| ["beschermingsbrug", "huisverbod"].contains(&self.words_about))?;
        if review.outcome == Some(ReviewOutcome::Founded) {
            return Some(format!("Wordt het huisverbod vernietigd, {draft}, dan vervalt dit."));
        }
        let struck = Some(review).filter(|review| review.outcome == Some(ReviewOutcome::PartlyFounded))?;
        // Whom an order concerns that was not joined is contents of it.
        if !self.untold_measures(measures).is_empty() {
            return None;
        }
        let of_clash = |id: &&PersonId| members.iter().any(|member| member.persons.contains(id));
        let whom: Vec<PersonId> = struck.contact_struck_for.iter().filter(of_clash).cloned().collect();
        let whom = words::text_or_null(&self.persons(&whom));
        let only_differ = members.iter().all(|member| member.kind == ConflictKind::DifferentScope);
        whom.as_str().map(|whom| {
            let then = match only_differ {
                // Without its ban on contact it differs all the more.
                true => format!("dan verbiedt het huisverbod geen contact met {whom} meer; het verbod op de woning blijft"),
                false => format!("dan vervalt dit voor zover het gaat om {whom}"),
            };
            format!("Wordt het contactverbod van het huisverbod vernietigd voor zover het geldt voor {whom}, {draft}, {then}.")
        })
    }

    /// Of an intended verdict without an order that it can be carried out at once: from when it binds.
    fn when_final(&self, measures: &[FactId]) -> Option<String> {
        let plan = self.file.plans.gedragsinterventie.as_ref()?;
        let of_plan = measures.iter().any(|id| id.as_str() == plan.matter.as_str());
        let waits = plan.basis.is_verdict() && plan.immediately_enforceable != Some(true) && !plan.refused;
        (of_plan && waits).then(|| {
            match plan.immediately_enforceable {
                Some(_) => "Dadelijke uitvoerbaarheid is niet voorgenomen: dit geldt pas als het vonnis onherroepelijk is.",
                None => {
                    "Over dadelijke uitvoerbaarheid is nog niet beslist: zonder bevel daartoe geldt dit pas als het vonnis \
                     onherroepelijk is."
                }
            }
            .to_owned()
        })
    }

    /// What becomes of a clash with an arrangement that the decision about contact replaces: as this very paper intends,
    /// as another paper of the same court does, or as the set does of which the bridge gives the sum.
    fn if_replaced(&self, measures: &[FactId]) -> Option<String> {
        let plan = self.file.plans.omgang.as_ref()?;
        let of = |own: &&MeasureId| measures.iter().any(|id| id.as_str() == own.as_str());
        let replaced = plan.replaces.iter().filter(of).any(|own| plan.replaces_measure(own));
        let from = words::day(plan.order_date.filter(|_| replaced));
        let from = from.as_str()?;
        if self.words_about == "omgang" {
            let provisional = |measure: &&Measure| measures.iter().any(|id| id.as_str() == measure.id.as_str());
            let mut provisional = self.file.measures.iter().filter(provisional);
            let open = provisional.any(|measure| is_provisional(self.file, measure)) && is_silent(self, "vervangen");
            return Some(if open {
                format!("Dit vervalt vanaf {from} als deze beslissing in de plaats komt van die regeling.")
            } else {
                format!("Deze beslissing vervangt die regeling; vanaf {from} vervalt dit.")
            });
        }
        let court = |id: &str| {
            let matter = self.file.matters.iter().find(|matter| matter.id.as_str() == id);
            matter.map(|matter| &matter.authority.name)
        };
        let same = self.matter.is_some_and(|own| Some(&own.authority.name) == court(plan.matter.as_str()));
        (same || self.words_about == "beschermingsbrug").then(|| {
            format!(
                "Wordt die regeling vervangen, zoals het ontwerp over de omgang zegt, dan vervalt dit vanaf {from}."
            )
        })
    }
}
