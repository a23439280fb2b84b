//! Draft D: extension by the mayor, review by the court, provisional order of the family judge.

use super::around_ban::{around_imposition, who_is_told};
use super::gezag::children;
use super::related::{other_requests, others, running_about, unheard};
use super::{Decision, date, deviations, with};
use crate::dossier::model::{
    Dossier, ExtensionPlan, HuisverbodPlan, Instrument, Label, Matter, MatterKind, MatterState, Measure, MeasureState,
    OrganisationKind, ProvisionalItem, ProvisionalItemKind, ProvisionalPlan, Request, RequestKind, ReviewOutcome,
    ReviewPlan,
};
use crate::drafting::{view, view::Scene, words};
use crate::shared::ids::{MatterId, PersonId};
use crate::shared::moment::{Instant, local_date, plus_local_days};
use serde_json::{Value, json};

/// Rule of the checks that asks to hear the banned person.
const NOT_HEARD: &str = "huisverbod_not_heard";

pub(super) fn imposed<'s>(scene: &'s Scene<'_>, plan: Option<&HuisverbodPlan>) -> Option<&'s Measure> {
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
    let told = measure.map(|item| who_is_told(scene, item)).unwrap_or_default();
    json!({
        "opgelegd": words::moment(measure.and_then(|measure| measure.starts.as_ref())),
        "tijdstip_open": measure.and_then(|measure| measure.starts.as_ref()).is_some_and(words::is_without_hour),
        "einde": words::moment(measure.and_then(|measure| measure.ends.as_ref())),
        "uiterste": words::moment(measure.and_then(|measure| measure.starts.as_ref()).map(|at| plus_local_days(at, 28)).as_ref()),
        "uithuisgeplaatste": words::text_or_null(&measure.map(|item| scene.persons(&item.restrained)).unwrap_or_default()),
        "beschermd": measure.map(|item| children(scene, &item.protected)).unwrap_or_else(|| json!([])),
        "beschermd_namen": words::text_or_null(&measure.map(|item| scene.persons(&item.protected)).unwrap_or_default()),
        "te_informeren": words::text_or_null(&scene.persons(&told.first)),
        "jongeren": words::text_or_null(&scene.persons(&told.young)),
        "ook_te_informeren": words::text_or_null(&scene.persons(&told.themselves)),
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
        let words = view::place_words(file, place);
        if !homes.contains(&words) {
            homes.push(words);
        }
    }
    words::list(&homes)
}

pub(in crate::drafting) fn extension(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> Decision {
    let own: Option<&ExtensionPlan> = plan.and_then(|plan| plan.extension.as_ref());
    let decided = own.and_then(|own| own.decided_at.as_ref());
    let author = scene.file.organisations.iter().find(|item| item.kind == OrganisationKind::Burgemeester);
    let refused = own.is_some_and(|own| own.refused);
    let data = json!({
        "besluit_moment": words::moment(decided),
        "nieuw_einde": words::moment(own.and_then(|own| own.new_end.as_ref())),
        "niet_verlengd": refused,
        "reden_niet": own.and_then(|own| own.refusal_reason.clone()),
        "ondertekenaar": own.and_then(|own| own.signed_by).map(Label::label),
        "gevaar_feiten": own.map(|own| scene.told_here(&own.danger_facts)).unwrap_or_default(),
        "veilig_thuis": date(own.and_then(|own| own.veilig_thuis_consulted_on)),
        "verlenging": own.is_some(),
        "gehoord": date(own.and_then(|own| own.heard_on)),
        "gehoor_komt": own.and_then(|own| own.heard_on).is_some_and(|day| day > scene.on),
        "niet_gehoord": plan.filter(|_| own.is_some_and(|own| own.heard_on.is_none())).and_then(not_heard),
        "zienswijze": own.and_then(|own| own.view.clone()).or_else(|| {
            imposed(scene, plan).and_then(|measure| views_of(scene, &measure.restrained))
        }),
        "zienswijze_beschermd": imposed(scene, plan).and_then(|measure| views_of(scene, &measure.protected)),
        "zorgadvies_inhoud": advice(scene),
        "zorgadvies": own.map(|own| scene.source(own.care_advice.as_ref())).unwrap_or_default(),
        "afwijkingen": plan.map(|plan| other_deviations(plan, NOT_HEARD)).unwrap_or_else(|| json!([])),
        "lichter": own.and_then(|own| own.lighter_measures.clone()),
        "beroep_loopt": scene.file.matters.iter().any(is_open_review),
    });
    Decision {
        // Nobody has chosen yet where there is no plan.
        title: match own {
            None => "Besluit over de verlenging van het tijdelijk huisverbod",
            Some(own) if own.refused => "Besluit om het tijdelijk huisverbod niet te verlengen",
            Some(_) => "Besluit tot verlenging van het tijdelijk huisverbod",
        }
        .to_owned(),
        dated: decided.map(local_date),
        author: author.map(|item| item.name.clone()),
        data: with(ban(scene, plan), data),
    }
}

/// Whether a matter is a review of a huisverbod that a court still has to decide.
fn is_open_review(matter: &Matter) -> bool {
    matter.kind == MatterKind::HuisverbodReview && matches!(matter.state, MatterState::Pending | MatterState::Heard)
}

/// What the file has of these persons on an extension, each by name, where the plan does not say how they were heard.
fn views_of(scene: &Scene<'_>, persons: &[PersonId]) -> Option<String> {
    let own = |id: &MatterId| scene.matter.is_some_and(|matter| matter.id == *id);
    let mut told: Vec<String> = Vec::new();
    let asked =
        scene.file.requests.iter().filter(|item| item.kind == RequestKind::ExtendHuisverbod && own(&item.matter));
    for position in asked.flat_map(|request| &request.positions) {
        let by = persons.iter().any(|person| person.as_str() == position.by.as_str());
        let content = position.content.as_deref().filter(|_| by && !scene.is_withheld(position.source.as_ref()));
        told.extend(content.map(|content| format!("{}: {content}", scene.party(&position.by))));
    }
    (!told.is_empty()).then(|| told.join(" "))
}

/// The deviations of the plan, but for the one that the paper gives its reason of in its own place.
fn other_deviations(plan: &HuisverbodPlan, told: &str) -> Value {
    let others: Vec<_> = plan.deviations.iter().filter(|item| item.rule != told).cloned().collect();
    deviations(&others)
}

/// What the care organisation advised, in the words of the file; advice of the mayor on the own decision is none.
fn advice(scene: &Scene<'_>) -> Value {
    let mayor = scene.file.organisations.iter().find(|item| item.kind == OrganisationKind::Burgemeester);
    let told: Vec<String> = scene
        .file
        .requests
        .iter()
        .filter(|request| request.kind == RequestKind::ExtendHuisverbod)
        .filter(|request| scene.matter.is_some_and(|matter| matter.id == request.matter))
        .filter(|request| mayor.is_none_or(|mayor| mayor.id != request.by))
        .flat_map(|request| [Some(request.content.clone()), request.grounds.clone()])
        .flatten()
        .collect();
    words::text_or_null(&told.join(" "))
}

/// The reason for not hearing the banned person, when the plan deviates from the rule that asks it.
fn not_heard(plan: &HuisverbodPlan) -> Option<String> {
    plan.deviations.iter().find(|item| item.rule == NOT_HEARD).map(|item| item.reason.clone())
}

/// Whether an extension stands decided among the measures; `None` when the dossier holds none.
pub(in crate::drafting) fn extension_decided(file: &Dossier) -> Option<bool> {
    extension_measure(file).map(|measure| measure.state != MeasureState::Proposed)
}

/// The extension among the measures, one that is decided first.
fn extension_measure(file: &Dossier) -> Option<&Measure> {
    let extensions = file.measures.iter().filter(|measure| {
        measure.instrument == Instrument::HuisverbodExtension && measure.state != MeasureState::Annulled
    });
    extensions.min_by_key(|measure| measure.state == MeasureState::Proposed)
}

/// The extension of the file, when one was decided.
pub(in crate::drafting) fn extended(file: &Dossier) -> Option<&Measure> {
    extension_measure(file).filter(|measure| measure.state != MeasureState::Proposed)
}

/// Last moment of the huisverbod of the file: of its extension where one was decided, and else its own.
pub(in crate::drafting) fn last_end(file: &Dossier) -> Option<Instant> {
    let end = extended(file).and_then(Measure::effective_end);
    end.or_else(|| imposed_in(file, file.plans.huisverbod.as_ref()).and_then(Measure::effective_end))
}

pub(in crate::drafting) fn review(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> Decision {
    let own: Option<&ReviewPlan> = plan.and_then(|plan| plan.review.as_ref());
    let outcome = own.and_then(|own| own.outcome);
    let request = own.and_then(|own| own.request.as_ref());
    let request = request.and_then(|id| scene.file.requests.iter().find(|request| request.id == *id));
    let extension = plan.and_then(HuisverbodPlan::granted_extension);
    let president = scene.matter.is_some_and(|matter| view::is_president(&matter.authority.name));
    let highest = scene.matter.is_some_and(|matter| view::is_highest_administrative(&matter.authority.name));
    let (before, after) = around_imposition(scene, plan);
    let stands = extension_measure(scene.file);
    let extended = extension_decided(scene.file);
    let new_end = match (extended, extension) {
        (Some(true), _) | (_, None) => stands.and_then(|measure| measure.ends),
        (_, Some(planned)) => planned.new_end,
    };
    let ends = new_end.filter(|_| extended == Some(true));
    let ends = ends.or_else(|| imposed(scene, plan).and_then(Measure::effective_end));
    let judged_on = own.and_then(|own| own.ruling_on).unwrap_or(scene.on);
    let data = json!({
        "afgelopen": ends.as_ref().is_some_and(|end| local_date(end) < judged_on),
        "verlengd_op": date(stands.and_then(|measure| measure.decided_at.as_ref()).map(local_date)),
        "college": if highest { "De Afdeling" } else if president { "De voorzieningenrechter" } else { "De rechtbank" },
        "hoogste": highest,
        "oordeel_opleggen": scene.own_words("opleggen"),
        "oordeel_nu": scene.own_words("nu"),
        "oordeel_kortsluiten": scene.own_words("kortsluiten"),
        "voorziening": president && outcome.is_some(),
        "feiten_voor": scene.told_here(&before),
        "feiten_na": scene.told_here(&after),
        "feiten_voor_elders": scene.untold_here(&before),
        "feiten_na_elders": scene.untold_here(&after),
        "uitkomst_bekend": outcome.is_some(),
        "ongegrond": outcome == Some(ReviewOutcome::Unfounded),
        "gegrond": outcome == Some(ReviewOutcome::Founded),
        "in_stand": outcome == Some(ReviewOutcome::FoundedEffectsKept),
        "gedeeltelijk": outcome == Some(ReviewOutcome::PartlyFounded),
        "eiser": request.map(|request| scene.party(&request.by)),
        "contact_vervalt": words::text_or_null(&own.map(|own| scene.persons(&own.contact_struck_for)).unwrap_or_default()),
        "nieuw_einde": words::moment(new_end.as_ref()),
        "verlenging": extension.is_some() || (stands.is_some() && !plan.is_some_and(HuisverbodPlan::refuses_extension)),
        "oordeel_verlenging": scene.own_words("verlenging"),
        "schadevergoeding": asks_damages(scene),
        "overig": other_requests(scene, &[RequestKind::LiftHuisverbod]),
        "verlengd": extended == Some(true),
        "verlenging_open": extended == Some(false) && !plan.is_some_and(HuisverbodPlan::refuses_extension),
        "datum": date(own.and_then(|own| own.ruling_on)),
    });
    Decision {
        title: "Uitspraak over het tijdelijk huisverbod".to_owned(),
        dated: own.and_then(|own| own.ruling_on),
        author: None,
        data: with(ban(scene, plan), data),
    }
}

/// Whether a request in this matter asks for damages as well.
fn asks_damages(scene: &Scene<'_>) -> bool {
    let own = |matter: &MatterId| scene.matter.is_some_and(|known| known.id == *matter);
    let requests = scene.file.requests.iter().filter(|request| own(&request.matter));
    requests.into_iter().any(|request| request.content.to_lowercase().contains("schadevergoeding"))
}

/// Day on which the divorce was asked, by the matter that the file has of it.
fn divorce_filed(file: &Dossier) -> Option<chrono::NaiveDate> {
    divorces(file).filter_map(|matter| matter.filed_on).min()
}

/// Whether the file has a divorce that is pending or decided; one that is only announced is not asked yet.
pub(in crate::drafting) fn divorce_runs(file: &Dossier) -> bool {
    divorces(file).next().is_some()
}

fn divorces(file: &Dossier) -> impl Iterator<Item = &Matter> {
    file.matters.iter().filter(|matter| {
        matter.kind == MatterKind::Divorce && !matches!(matter.state, MatterState::Announced | MatterState::Withdrawn)
    })
}

/// Where the judge's own words on an item stand.
fn own_block(kind: ProvisionalItemKind) -> Option<&'static str> {
    match kind {
        ProvisionalItemKind::ExclusiveUseOfHome => Some("woning"),
        ProvisionalItemKind::EntrustChildren => Some("toevertrouwing"),
        ProvisionalItemKind::ContactWithChildren => Some("regeling"),
        _ => None,
    }
}

/// Kinds of request that an item answers.
fn answers(kind: ProvisionalItemKind) -> &'static [RequestKind] {
    match kind {
        ProvisionalItemKind::ExclusiveUseOfHome => &[RequestKind::ExclusiveUseOfHome],
        ProvisionalItemKind::EntrustChildren => &[RequestKind::EntrustChildren],
        ProvisionalItemKind::ContactWithChildren => &[RequestKind::Omgang, RequestKind::DenyOmgang],
        ProvisionalItemKind::Maintenance => &[RequestKind::Maintenance],
        _ => &[],
    }
}

/// Whether an item of the plan answers the request; what goes to one spouse does not answer the other's own request.
fn is_answered(scene: &Scene<'_>, own: Option<&ProvisionalPlan>, request: &Request) -> bool {
    own.is_some_and(|own| {
        own.items.iter().filter(|item| answers(item.kind).contains(&request.kind)).any(|item| {
            item.refused || scene.file.favoured(own, item).is_none_or(|whom| whom.as_str() == request.by.as_str())
        })
    })
}

/// Whether the huisverbod does not outlive the ruling on it as planned.
fn is_annulled(plan: &HuisverbodPlan) -> bool {
    plan.review.as_ref().is_some_and(|review| review.outcome == Some(ReviewOutcome::Founded))
}

/// Day on which the huisverbod is annulled as planned.
pub(in crate::drafting) fn annulled_on(plan: &HuisverbodPlan) -> Option<chrono::NaiveDate> {
    plan.review.as_ref().filter(|_| is_annulled(plan)).and_then(|review| review.ruling_on)
}

/// Between the end of the huisverbod as planned and the begin of the order, which never comes where the home is refused;
/// null when it joins up.
fn unprotected(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> Value {
    if plan.is_some_and(is_annulled) {
        return Value::Null;
    }
    let extended = plan.and_then(HuisverbodPlan::granted_extension).and_then(|extension| extension.new_end);
    let end = extended.or_else(|| imposed(scene, plan).and_then(Measure::effective_end));
    let home = |item: &ProvisionalItem| item.kind == ProvisionalItemKind::ExclusiveUseOfHome && !item.refused;
    let planned = plan.and_then(|plan| plan.provisional.as_ref());
    let order = planned.filter(|own| own.items.iter().any(home));
    let start = order.and_then(|own| own.effective_from);
    let refused = |item: &ProvisionalItem| item.kind == ProvisionalItemKind::ExclusiveUseOfHome && item.refused;
    if order.is_none() && planned.is_some_and(|own| own.items.iter().any(refused)) {
        return json!({ "van": words::moment(end.as_ref()), "tot": Value::Null });
    }
    match (end, start) {
        (Some(end), Some(start)) if start > end => {
            json!({ "van": words::moment(Some(&end)), "tot": words::moment(Some(&start)) })
        }
        _ => Value::Null,
    }
}

/// Each part of the request with what is ordered on it: in whose favour, against whom, about whom.
fn asked_items(scene: &Scene<'_>, own: &ProvisionalPlan, address: &Value) -> Vec<Value> {
    let item_of = |item: &ProvisionalItem| {
        let favoured = scene.file.favoured(own, item);
        let about_home = item.kind == ProvisionalItemKind::ExclusiveUseOfHome;
        json!({
            "soort": item.label(),
            "titel": words::capital(item.label()),
            "gebruik_woning": about_home,
            "toevertrouwing": item.kind == ProvisionalItemKind::EntrustChildren,
            "onderhoud": item.kind == ProvisionalItemKind::Maintenance,
            "afweging": own_block(item.kind).map_or_else(|| json!([]), |block| scene.own_words(block)),
            "voor": favoured.map(|id| scene.person(id)),
            "voor_genoemd": item.in_favour.is_some(),
            "tegen": favoured.map(|id| scene.person(own.other_spouse(id))),
            "ingang": date(item.from),
            "tekst": item.text,
            "verder": words::within(&item.text),
            "afgewezen": item.refused,
            "woning": Some(address).filter(|_| about_home),
            "kinderen": words::text_or_null(&scene.persons(&item.children)),
        })
    };
    own.items.iter().map(item_of).collect()
}

pub(in crate::drafting) fn provisional(scene: &Scene<'_>, plan: Option<&HuisverbodPlan>) -> Decision {
    let own: Option<&ProvisionalPlan> = plan.and_then(|plan| plan.provisional.as_ref());
    let order = own.and_then(|own| own.order_date);
    let address = words::text_or_null(&imposed(scene, plan).map(|measure| home(scene, measure)).unwrap_or_default());
    let items: Vec<Value> = own.map(|own| asked_items(scene, own, &address)).unwrap_or_default();
    let granted = |test: fn(&ProvisionalItem) -> bool| {
        own.is_some_and(|own| own.items.iter().any(|item| !item.refused && test(item)))
    };
    let entrusted: Vec<PersonId> = own
        .into_iter()
        .flat_map(|own| &own.items)
        .filter(|item| item.kind == ProvisionalItemKind::EntrustChildren && !item.refused)
        .flat_map(|item| item.children.clone())
        .collect();
    let filed = own.and_then(|own| own.divorce_filed_on).or_else(|| divorce_filed(scene.file));
    let data = json!({
        "verzoeker": own.map(|own| scene.person(&own.applicant)),
        "verweerder": own.map(|own| scene.person(&own.respondent)),
        "ingediend": date(own.and_then(|own| own.filed_on)),
        "zitting": words::moment(own.and_then(|own| own.hearing_at.as_ref())),
        "onderdelen": items,
        "stem_open": unheard(scene, Some(&entrusted), order.unwrap_or(scene.on)),
        "overig": others(scene, None, |request| !is_answered(scene, own, request)),
        "vanaf": words::moment(own.and_then(|own| own.effective_from.as_ref())),
        "lopende_regelingen": running_about(scene, &entrusted.iter().collect::<Vec<_>>(), order.unwrap_or(scene.on)),
        "vernietigd": date(plan.and_then(annulled_on)),
        "wordt_vernietigd": plan.is_some_and(is_annulled),
        "gat": unprotected(scene, plan),
        "toegewezen": own.is_none_or(|own| own.items.is_empty()) || granted(|_| true),
        "woning_toegewezen": granted(|item| item.kind == ProvisionalItemKind::ExclusiveUseOfHome),
        "ander_toegewezen": granted(|item| item.kind != ProvisionalItemKind::ExclusiveUseOfHome && item.from.is_none()),
        "scheiding_ingediend": date(filed),
        "scheiding_loopt": filed.is_none() && divorce_runs(scene.file),
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
