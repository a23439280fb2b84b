//! What a changed gedragsaanwijzing leaves out of the one before it. A ban that nobody names any more falls away without
//! a word, and whom it protected has to be told.

use crate::dossier::model::{
    Conduct, CriminalCondition, CriminalConditionKind, InterventionPlan, Measure, MeasureRule, RuleEffect,
};
use crate::drafting::{view::Scene, words};
use crate::shared::ids::PersonId;

/// The bans and duties of the earlier order of which the new text names nothing.
pub(super) fn dropped(scene: &Scene<'_>, plan: &InterventionPlan, earlier: &Measure) -> Vec<String> {
    let mut left = Vec::new();
    for rule in &earlier.rules {
        match (rule.effect, rule.conduct) {
            (RuleEffect::Forbids, Conduct::Contact) => left.extend(contact(scene, plan, earlier, rule)),
            (RuleEffect::Forbids, Conduct::Presence | Conduct::Residence) => left.extend(places(plan, rule)),
            (RuleEffect::Requires, Conduct::Reporting) => {
                left.extend(duty(plan, &[CriminalConditionKind::Reporting], "de meldplicht"));
            }
            (RuleEffect::Requires, Conduct::Course) => {
                let help = [CriminalConditionKind::Course, CriminalConditionKind::GuidanceToHelp];
                left.extend(duty(plan, &help, "de begeleiding bij hulpverlening"));
            }
            _ => {}
        }
    }
    left
}

fn of_kind<'p>(
    plan: &'p InterventionPlan,
    kinds: &'p [CriminalConditionKind],
) -> impl Iterator<Item = &'p CriminalCondition> {
    plan.conditions.iter().filter(|condition| kinds.contains(&condition.kind))
}

fn duty(plan: &InterventionPlan, kinds: &[CriminalConditionKind], name: &str) -> Option<String> {
    of_kind(plan, kinds).next().is_none().then(|| name.to_owned())
}

/// Persons of the earlier contact ban whom no contact ban of the new text protects; one without names protects all.
fn contact(scene: &Scene<'_>, plan: &InterventionPlan, earlier: &Measure, rule: &MeasureRule) -> Option<String> {
    let bans: Vec<_> = of_kind(plan, &[CriminalConditionKind::ContactBan]).collect();
    if bans.iter().any(|ban| ban.protects.is_empty()) {
        return None;
    }
    let before = if rule.with.is_empty() { &earlier.protected } else { &rule.with };
    let kept = |person: &PersonId| bans.iter().any(|ban| ban.protects.contains(person));
    let gone: Vec<PersonId> = before.iter().filter(|person| !kept(person)).cloned().collect();
    (!gone.is_empty()).then(|| format!("het contactverbod met {}", scene.persons(&gone)))
}

/// Places of the earlier ban that the new text does not name in the same words.
fn places(plan: &InterventionPlan, rule: &MeasureRule) -> Option<String> {
    let kinds = [CriminalConditionKind::AreaBan, CriminalConditionKind::LocationBan];
    let said: String = of_kind(plan, &kinds)
        .flat_map(|ban| [Some(ban.text.as_str()), ban.area.as_deref()])
        .flatten()
        .flat_map(|text| [text, " "])
        .collect();
    let said = said.to_lowercase();
    // "de school van Noor, met een straal van 250 meter": the place, without how far around it.
    let place = |text: &str| text.split(", ").next().unwrap_or(text).to_owned();
    let named = rule.places.iter().map(|item| place(&item.description));
    let gone: Vec<String> = named.filter(|place| !said.contains(&place.to_lowercase())).collect();
    if rule.places.is_empty() {
        return said.is_empty().then(|| "het verbod om ergens te komen".to_owned());
    }
    (!gone.is_empty()).then(|| format!("het verbod om zich op te houden bij {}", words::list(&gone)))
}
