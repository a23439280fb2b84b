//! Draft D: extension by the mayor, review by the court, provisional order of the family judge.

use super::gezag::children;
use super::related::other_requests;
use super::{Decision, date, deviations, with};
use crate::dossier::model::{
    Address, Dossier, ExtensionPlan, HuisverbodPlan, Instrument, Label, Measure, MeasureState, OrganisationKind,
    ProvisionalItem, ProvisionalItemKind, ProvisionalPlan, RequestKind, ReviewOutcome, ReviewPlan,
};
use crate::drafting::{view, view::Scene, words};
use crate::shared::ids::{AddressId, FactId};
use crate::shared::moment::{local_date, plus_local_days};
use serde_json::{Value, json};

/// Rule of the checks that asks to hear the banned person.
const NOT_HEARD: &str = "huisverbod_not_heard";

fn imposed<'s>(scene: &'s Scene<'_>, plan: Option<&HuisverbodPlan>) -> Option<&'s Measure> {
    imposed_in(scene.file, plan)
}

/// The imposed huisverbod: as the plan names it, or else the last one in the file.
pub(in crate::drafting) fn imposed_in<'d>(file: &'d Dossier, plan: Option<&HuisverbodPlan>) -> Option<&'d Measure> {
    match plan {
        Some(plan) => file.find_measure(&plan.imposed),
        None => file
            .measures
            .iter()
            .filter(|measure| measure.instrument == Instrument::Huisverbod)
            .max_by_key(|measure| measure.starts),
    }
}

/// What all documents of the set say about the huisverbod itself.
fn ban(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> Value {
    let measure = imposed(scene, plan);
    json!({
        "opgelegd": words::moment(measure.and_then(|measure| measure.starts.as_ref())),
        "tijdstip_open": measure.and_then(|measure| measure.starts.as_ref()).is_some_and(words::is_without_hour),
        "einde": words::moment(measure.and_then(|measure| measure.ends.as_ref())),
        "uiterste": words::moment(measure.and_then(|measure| measure.starts.as_ref()).map(|at| plus_local_days(at, 28)).as_ref()),
        "uithuisgeplaatste": words::text_or_null(&measure.map(|item| scene.persons(&item.restrained)).unwrap_or_default()),
        "beschermd": measure.map(|item| children(scene, &item.protected)).unwrap_or_else(|| json!([])),
        "beschermd_namen": words::text_or_null(&measure.map(|item| scene.persons(&item.protected)).unwrap_or_default()),
        "woning": words::text_or_null(&measure.map(|item| home(scene, item)).unwrap_or_default()),
        "besluit_bron": measure.map(|item| scene.source(item.source.as_ref())).unwrap_or_default(),
        "afwijkingen": plan.map(|plan| deviations(&plan.deviations)).unwrap_or_else(|| json!([])),
    })
}

fn home(scene: &Scene<'_>, measure: &Measure) -> String {
    home_in(scene.file, measure)
}

/// The home in words, with its address when everyone may know it.
pub(in crate::drafting) fn home_in(file: &Dossier, measure: &Measure) -> String {
    let mut homes: Vec<String> = Vec::new();
    for place in measure.rules.iter().flat_map(|rule| &rule.places) {
        let open = place.address.as_ref().and_then(|id| open_address(file, id));
        let words = match open {
            Some(address) => {
                let town = address.town.as_deref().map(|town| format!(" te {town}")).unwrap_or_default();
                format!("{} ({}{town})", place.description, address.line)
            }
            None => place.description.clone(),
        };
        if !homes.contains(&words) {
            homes.push(words);
        }
    }
    words::list(&homes)
}

fn open_address<'d>(file: &'d Dossier, id: &AddressId) -> Option<&'d Address> {
    file.persons.iter().flat_map(|person| &person.addresses).find(|address| address.id == *id && !address.is_shielded())
}

pub(in crate::drafting) fn extension(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> Decision {
    let own: Option<&ExtensionPlan> = plan.and_then(|plan| plan.extension.as_ref());
    let decided = own.and_then(|own| own.decided_at.as_ref());
    let author = scene.file.organisations.iter().find(|item| item.kind == OrganisationKind::Burgemeester);
    let data = json!({
        "besluit_moment": words::moment(decided),
        "nieuw_einde": words::moment(own.map(|own| &own.new_end)),
        "ondertekenaar": own.and_then(|own| own.signed_by).map(Label::label),
        "gevaar_feiten": own.map(|own| scene.label_list(&own.danger_facts)).unwrap_or_default(),
        "veilig_thuis": date(own.and_then(|own| own.veilig_thuis_consulted_on)),
        "verlenging": own.is_some(),
        "gehoord": date(own.and_then(|own| own.heard_on)),
        "niet_gehoord": plan.filter(|_| own.is_some_and(|own| own.heard_on.is_none())).and_then(not_heard),
        "zienswijze": own.and_then(|own| own.view.clone()),
        "zorgadvies": own.map(|own| scene.source(own.care_advice.as_ref())).unwrap_or_default(),
        "lichter": own.and_then(|own| own.lighter_measures.clone()),
    });
    Decision {
        title: "Besluit tot verlenging van het tijdelijk huisverbod".to_owned(),
        dated: decided.map(local_date),
        author: author.map(|item| item.name.clone()),
        data: with(ban(scene, plan), data),
    }
}

/// The reason for not hearing the banned person, when the plan deviates from the rule that asks it.
fn not_heard(plan: &HuisverbodPlan) -> Option<String> {
    plan.deviations.iter().find(|item| item.rule == NOT_HEARD).map(|item| item.reason.clone())
}

/// Whether an extension stands decided among the measures; `None` when the dossier holds none.
pub(in crate::drafting) fn extension_decided(file: &Dossier) -> Option<bool> {
    let extension = file.measures.iter().find(|measure| measure.instrument == Instrument::HuisverbodExtension)?;
    Some(extension.state != MeasureState::Proposed)
}

pub(in crate::drafting) fn review(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> Decision {
    let own: Option<&ReviewPlan> = plan.and_then(|plan| plan.review.as_ref());
    let outcome = own.and_then(|own| own.outcome);
    let request = own.and_then(|own| own.request.as_ref());
    let request = request.and_then(|id| scene.file.requests.iter().find(|request| request.id == *id));
    let extension = plan.and_then(|plan| plan.extension.as_ref());
    let president = scene.matter.is_some_and(|matter| view::is_president(&matter.authority.name));
    let highest = scene.matter.is_some_and(|matter| view::is_highest_administrative(&matter.authority.name));
    let (before, after) = around_imposition(scene, plan);
    let extended = extension_decided(scene.file);
    let data = json!({
        "college": if highest { "De Afdeling" } else if president { "De voorzieningenrechter" } else { "De rechtbank" },
        "hoogste": highest,
        "oordeel_opleggen": scene.own_words("opleggen"),
        "oordeel_nu": scene.own_words("nu"),
        "oordeel_kortsluiten": scene.own_words("kortsluiten"),
        "voorziening": president && outcome.is_some(),
        "feiten_voor": scene.label_list(&before),
        "feiten_na": scene.label_list(&after),
        "uitkomst_bekend": outcome.is_some(),
        "ongegrond": outcome == Some(ReviewOutcome::Unfounded),
        "gegrond": outcome == Some(ReviewOutcome::Founded),
        "in_stand": outcome == Some(ReviewOutcome::FoundedEffectsKept),
        "gedeeltelijk": outcome == Some(ReviewOutcome::PartlyFounded),
        "eiser": request.map(|request| scene.party(&request.by)),
        "contact_vervalt": words::text_or_null(&own.map(|own| scene.persons(&own.contact_struck_for)).unwrap_or_default()),
        "nieuw_einde": words::moment(extension.map(|item| &item.new_end)),
        "verlenging": extension.is_some(),
        "verlengd": extended == Some(true),
        "verlenging_open": extended == Some(false),
        "datum": date(own.and_then(|own| own.ruling_on)),
    });
    Decision {
        title: "Uitspraak over het tijdelijk huisverbod".to_owned(),
        dated: own.and_then(|own| own.ruling_on),
        author: None,
        data: with(ban(scene, plan), data),
    }
}

/// Facts up to and on the day of imposition, and facts after it; a fact without a day is in neither.
fn around_imposition(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> (Vec<FactId>, Vec<FactId>) {
    let imposed = imposed(scene, plan).and_then(|measure| measure.starts.as_ref()).map(local_date);
    let dated = scene.file.events.iter().filter_map(|event| Some((event.time.first_day()?, FactId::from(&event.id))));
    let (before, after): (Vec<_>, Vec<_>) = dated.partition(|(day, _)| imposed.is_some_and(|imposed| *day <= imposed));
    let ids = |list: Vec<(chrono::NaiveDate, FactId)>| list.into_iter().map(|(_, id)| id).collect();
    (ids(before), if imposed.is_some() { ids(after) } else { Vec::new() })
}

/// Kinds of request that the items of the plan answer.
fn decided(own: Option<&ProvisionalPlan>) -> Vec<RequestKind> {
    let kinds = own.into_iter().flat_map(|own| &own.items).flat_map(|item| match item.kind {
        ProvisionalItemKind::ExclusiveUseOfHome => &[RequestKind::ExclusiveUseOfHome][..],
        ProvisionalItemKind::EntrustChildren => &[RequestKind::EntrustChildren],
        ProvisionalItemKind::ContactWithChildren => &[RequestKind::Omgang, RequestKind::DenyOmgang],
        ProvisionalItemKind::Maintenance => &[RequestKind::Maintenance],
        _ => &[],
    });
    kinds.copied().collect()
}

/// Between the end of the huisverbod as planned and the begin of the order; null when it joins up.
fn unprotected(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> Value {
    let extended = plan.and_then(|plan| plan.extension.as_ref()).map(|extension| extension.new_end);
    let end = extended.or_else(|| imposed(scene, plan).and_then(Measure::effective_end));
    let home = |item: &ProvisionalItem| item.kind == ProvisionalItemKind::ExclusiveUseOfHome && !item.refused;
    let order = plan.and_then(|plan| plan.provisional.as_ref()).filter(|own| own.items.iter().any(home));
    let start = order.and_then(|own| own.effective_from);
    match (end, start) {
        (Some(end), Some(start)) if start > end => {
            json!({ "van": words::moment(Some(&end)), "tot": words::moment(Some(&start)) })
        }
        _ => Value::Null,
    }
}

pub(in crate::drafting) fn provisional(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> Decision {
    let own: Option<&ProvisionalPlan> = plan.and_then(|plan| plan.provisional.as_ref());
    let order = own.and_then(|own| own.order_date);
    let address = words::text_or_null(&imposed(scene, plan).map(|measure| home(scene, measure)).unwrap_or_default());
    let items: Value = own
        .map(|own| {
            own.items
                .iter()
                .map(|item| {
                    json!({
                        "soort": item.kind.label(),
                        "tekst": item.text,
                        "afgewezen": item.refused,
                        "woning": Some(&address).filter(|_| item.kind == ProvisionalItemKind::ExclusiveUseOfHome),
                        "kinderen": words::text_or_null(&scene.persons(&item.children)),
                    })
                })
                .collect()
        })
        .unwrap_or_else(|| json!([]));
    let filed = own.and_then(|own| own.divorce_filed_on);
    let data = json!({
        "verzoeker": own.map(|own| scene.person(&own.applicant)),
        "verweerder": own.map(|own| scene.person(&own.respondent)),
        "ingediend": date(own.and_then(|own| own.filed_on)),
        "zitting": words::moment(own.and_then(|own| own.hearing_at.as_ref())),
        "onderdelen": items,
        "overig": other_requests(scene, &decided(own)),
        "vanaf": words::moment(own.and_then(|own| own.effective_from.as_ref())),
        "gat": unprotected(scene, plan),
        "scheiding_ingediend": date(filed),
        "verval": date(order.and_then(|order| order.checked_add_days(chrono::Days::new(28)))),
        "datum": date(order),
    });
    Decision {
        title: "Beschikking voorlopige voorzieningen".to_owned(),
        dated: order,
        author: None,
        data: with(ban(scene, plan), data),
    }
}
