//! What lies around a huisverbod: the facts before and after it, and who is told of a decision on it.

use super::huisverbod::imposed;
use crate::dossier::model::{EventKind, EventTime, HuisverbodPlan, Measure};
use crate::drafting::view::Scene;
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::local_date;

/// Who is told of a decision on a huisverbod.
#[derive(Default)]
pub(super) struct Told {
    /// Who is named first; with children under twelve only the grown-ups, who are told for them as well.
    pub first: Vec<PersonId>,
    /// Children under twelve.
    pub young: Vec<PersonId>,
    /// Children of twelve and over, where they are named apart from who is told for the younger ones.
    pub themselves: Vec<PersonId>,
}

/// Those who are told of a decision themselves, and children under twelve, who are told by who cares for them.
pub(super) fn who_is_told(scene: &Scene<'_>, measure: &Measure) -> Told {
    let age = |id: &PersonId| scene.file.find_person(id).and_then(|person| person.age_on(scene.on));
    let (themselves, young): (Vec<_>, Vec<_>) =
        measure.protected.iter().cloned().partition(|id| age(id).is_none_or(|age| age >= 12));
    if young.is_empty() {
        return Told { first: themselves, ..Told::default() };
    }
    let (first, themselves) = themselves.into_iter().partition(|id| age(id).is_none_or(|age| age >= 18));
    Told { first, young, themselves }
}

/// Facts up to and on the day of imposition, and facts after it; a fact without a day is in neither. Of a
/// time with only an end that end counts.
pub(super) fn around_imposition(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> (Vec<FactId>, Vec<FactId>) {
    let imposed = imposed(scene, plan).and_then(|measure| measure.starts.as_ref()).map(local_date);
    let on_or_before = |day: chrono::NaiveDate| imposed.is_some_and(|imposed| day <= imposed);
    let day_of = |time: &EventTime| time.first_day().or(time.last_day().filter(|last| on_or_before(*last)));
    // What is not told cannot bear on it.
    let told = scene.file.events.iter().filter(|event| event.kind != EventKind::Untold);
    let dated = told.filter_map(|event| Some((day_of(&event.time)?, FactId::from(&event.id))));
    let (before, after): (Vec<_>, Vec<_>) = dated.partition(|(day, _)| imposed.is_some_and(|imposed| *day <= imposed));
    let ids = |list: Vec<(chrono::NaiveDate, FactId)>| list.into_iter().map(|(_, id)| id).collect();
    (ids(before), if imposed.is_some() { ids(after) } else { Vec::new() })
}
