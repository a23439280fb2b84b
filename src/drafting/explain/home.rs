//! What a decision around a huisverbod says to one reader: the extension, its review by the court,
//! and the provisional order of the family judge.

use super::eyes::{Eyes, may};
use crate::dossier::model::{HuisverbodPlan, ProvisionalItem, ProvisionalItemKind, ProvisionalPlan, ReviewOutcome};
use crate::drafting::decision::{extension_decided, home_in, imposed_in};
use crate::drafting::view::{is_highest_administrative, is_president};
use crate::drafting::words;
use crate::shared::ids::PersonId;
use crate::shared::moment::plus_local_days;
use serde_json::{Value, json};

/// The huisverbod itself, and its extension.
pub(super) fn huisverbod(eyes: &Eyes<'_>, plan: &HuisverbodPlan) -> Value {
    let measure = imposed_in(eyes.file, Some(plan));
    let starts = measure.and_then(|measure| measure.starts.as_ref());
    let bound = measure.map(|measure| measure.restrained.as_slice()).unwrap_or_default();
    let protected = measure.map(|measure| measure.protected.as_slice()).unwrap_or_default();
    let extension = plan.granted_extension();
    json!({
        "u_uithuis": bound.contains(eyes.you),
        "uithuis": eyes.names(bound),
        "mag": may(bound.len()),
        "u_beschermd": protected.contains(eyes.you),
        "beschermd": eyes.names(protected),
        "opgelegd": words::moment(starts),
        "einde": words::moment(measure.and_then(|measure| measure.ends.as_ref())),
        "uiterste": words::moment(starts.map(|at| plus_local_days(at, 28)).as_ref()),
        // A child's paper has no address, not even one that everyone knows.
        "woning": words::text_or_null(&measure.filter(|_| !eyes.child).map(|item| home_in(eyes.file, item)).unwrap_or_default()),
        "verlenging": extension.is_some(),
        "niet_verlengd": plan.refuses_extension(),
        "nieuw_einde": words::moment(extension.and_then(|own| own.new_end.as_ref())),
        "verlengd": extension_decided(eyes.file) == Some(true),
    })
}

/// The judgement of the court on the huisverbod.
pub(super) fn review(eyes: &Eyes<'_>, plan: &HuisverbodPlan) -> Value {
    let own = plan.review.as_ref();
    let outcome = own.and_then(|own| own.outcome);
    let request = own.and_then(|own| own.request.as_ref());
    let request = request.and_then(|id| eyes.file.requests.iter().find(|request| request.id == *id));
    let matter = own.and_then(|own| eyes.file.find_matter(&own.matter));
    let president = matter.is_some_and(|matter| is_president(&matter.authority.name));
    let highest = matter.is_some_and(|matter| is_highest_administrative(&matter.authority.name));
    let struck = own.map(|own| own.contact_struck_for.as_slice()).unwrap_or_default();
    let mut data = huisverbod(eyes, plan);
    if let Value::Object(data) = &mut data {
        data.extend([
            ("eiser".to_owned(), json!(request.map(|request| eyes.party(&request.by)))),
            ("u_eiser".to_owned(), json!(request.is_some_and(|request| request.by.as_str() == eyes.you.as_str()))),
            ("ongegrond".to_owned(), json!(outcome == Some(ReviewOutcome::Unfounded))),
            ("gegrond".to_owned(), json!(outcome == Some(ReviewOutcome::Founded))),
            ("in_stand".to_owned(), json!(outcome == Some(ReviewOutcome::FoundedEffectsKept))),
            ("gedeeltelijk".to_owned(), json!(outcome == Some(ReviewOutcome::PartlyFounded))),
            ("contact_vervalt".to_owned(), eyes.names(struck)),
            ("u_contact_vervalt".to_owned(), json!(struck.contains(eyes.you))),
            ("hoogste".to_owned(), json!(highest)),
            ("voorziening".to_owned(), json!(president && outcome.is_some())),
        ]);
    }
    data
}

/// The provisional order of the family judge.
pub(super) fn provisional(eyes: &Eyes<'_>, plan: &HuisverbodPlan) -> Value {
    let own = plan.provisional.as_ref();
    let items = own.map(|own| own.items.as_slice()).unwrap_or_default();
    let granted =
        |kind: ProvisionalItemKind| items.iter().any(|item| item.kind == kind && !item.refused && concerns(eyes, item));
    let for_whom = |kind: ProvisionalItemKind| {
        let item = items.iter().find(|item| item.kind == kind && !item.refused && concerns(eyes, item));
        item.and_then(|item| gets(eyes, own, item))
    };
    let order = own.and_then(|own| own.order_date);
    json!({
        "onderdelen": items.iter().map(|item| json!({
            "over": about(item.kind),
            "tekst": item.text,
            "afgewezen": item.refused,
            "kinderen": eyes.names(&item.children),
            "voor": eyes.names(gets(eyes, own, item)),
            "voor_u": gets(eyes, own, item).is_some_and(|id| eyes.is_you(id)),
        })).collect::<Value>(),
        "woning_voor": eyes.names(for_whom(ProvisionalItemKind::ExclusiveUseOfHome)),
        "toevertrouwd_aan": eyes.names(for_whom(ProvisionalItemKind::EntrustChildren)),
        "woning": granted(ProvisionalItemKind::ExclusiveUseOfHome),
        "toevertrouwd": granted(ProvisionalItemKind::EntrustChildren),
        "contact": granted(ProvisionalItemKind::ContactWithChildren),
        "vanaf": words::moment(own.and_then(|own| own.effective_from.as_ref())),
        "ingediend": own.is_some_and(|own| own.divorce_filed_on.is_some()),
        "verval": words::day(order.and_then(|order| order.checked_add_days(chrono::Days::new(28)))),
    })
}

/// Who gets a part, as far as the plan and the requests say.
fn gets<'e>(eyes: &'e Eyes<'_>, plan: Option<&'e ProvisionalPlan>, item: &'e ProvisionalItem) -> Option<&'e PersonId> {
    plan.and_then(|plan| eyes.file.favoured(plan, item))
}

/// A part without children named is about all.
fn concerns(eyes: &Eyes<'_>, item: &ProvisionalItem) -> bool {
    !eyes.child || item.children.is_empty() || item.children.contains(eyes.you)
}

fn about(kind: ProvisionalItemKind) -> &'static str {
    use ProvisionalItemKind as K;
    match kind {
        K::ExclusiveUseOfHome => "de woning",
        K::Goods => "spullen voor elke dag",
        K::EntrustChildren => "de kinderen",
        K::ContactWithChildren => "contact met de kinderen",
        K::Maintenance => "geld om van te leven",
        K::ContactBan | K::AreaBan | K::Other => "een ander verzoek",
    }
}
