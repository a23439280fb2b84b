//! The protection bridge: per protected person and need, what covers when, and the holes.

use super::Decision;
use crate::conflicts::bridge::{Bridge, BridgeLine, BridgeState, build};
use crate::conflicts::model::{Certainty, CoveredSpan, Gap};
use crate::dossier::model::{Label, MeasureState, OrderChange, ReviewOutcome};
use crate::drafting::{view::Scene, words};
use crate::shared::ids::{FactId, MeasureId};
use serde_json::{Value, json};

pub(in crate::drafting) fn bridge(scene: &Scene<'_>) -> Decision {
    // Built from the projection, so that no measure of a withheld kind can slip in.
    let bridge: Bridge = build(scene.file, scene.on);
    let open = |state: BridgeState| bridge.lines.iter().any(|line| line.state == state);
    let data = json!({
        "personen": together(scene, &bridge.lines),
        "plan": scene.file.plans.huisverbod.is_some(),
        "geschrapt": struck(scene),
        "leeg": bridge.lines.is_empty(),
        "gesloten": bridge.is_closed() && !bridge.lines.is_empty(),
        "open": open(BridgeState::Open),
        "niet_te_zeggen": open(BridgeState::NotKnown),
        "met_plan": open(BridgeState::ClosedIfPlanFollowed),
        "afwijkingen": json!([]),
    });
    Decision {
        title: "Beschermingsbrug: aansluiting van de bescherming per persoon".to_owned(),
        dated: Some(scene.on),
        // It looks at all matters, so it is not a paper of the mayor or of one court.
        author: Some("Overzicht bij het gecombineerde dossier".to_owned()),
        data,
    }
}

/// For whom the intended ruling strikes the ban on contact, and from when: the decision of the mayor still names them.
fn struck(scene: &Scene<'_>) -> Value {
    let review = scene.file.plans.huisverbod.as_ref().and_then(|plan| plan.review.as_ref());
    let partly = review.filter(|review| review.outcome == Some(ReviewOutcome::PartlyFounded));
    let Some(review) = partly.filter(|review| !review.contact_struck_for.is_empty()) else { return Value::Null };
    json!({ "wie": scene.persons(&review.contact_struck_for), "vanaf": words::day(review.ruling_on) })
}

/// Persons with the same cover and the same holes stand together.
fn together(scene: &Scene<'_>, lines: &[BridgeLine]) -> Value {
    let place = |line: &BridgeLine| scene.file.persons.iter().position(|person| person.id == line.person);
    let mut ordered: Vec<&BridgeLine> = lines.iter().collect();
    ordered.sort_by_key(|line| place(line));
    let mut groups: Vec<(Value, Vec<String>)> = Vec::new();
    for line in ordered {
        let (value, name) = (person(scene, line), scene.person(&line.person));
        let same = |(other, names): &&mut (Value, Vec<String>)| {
            names.first().is_some_and(|first| renamed(other, first, &name) == value)
        };
        match groups.iter_mut().find(same) {
            Some((_, names)) => names.push(name),
            None => groups.push((value, vec![name])),
        }
    }
    groups
        .iter()
        .map(|(value, names)| {
            renamed(value, names.first().map(String::as_str).unwrap_or_default(), &words::list(names))
        })
        .collect()
}

/// The same lines about someone else.
fn renamed(value: &Value, from: &str, to: &str) -> Value {
    match value {
        Value::String(text) if !from.is_empty() => Value::String(text.replace(from, to)),
        Value::Array(items) => items.iter().map(|item| renamed(item, from, to)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, field)| (key.clone(), renamed(field, from, to)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

/// The stretches if the plan is followed: what is decided and what hangs on a decision. Ways to
/// close a hole and their sources stand once for all holes of a person and need.
fn person(scene: &Scene<'_>, line: &BridgeLine) -> Value {
    // A hole that stays a hole under the plan is told as that, and not as what the plan would close.
    let closes = |item: &&Gap| !line.with_plan.gaps.iter().any(|open| holds(open, item));
    let now: Vec<&Gap> = line.now.gaps.iter().filter(closes).collect();
    let all = || line.with_plan.gaps.iter().chain(now.iter().copied());
    json!({
        "persoon": scene.person(&line.person),
        "tegen": scene.person(&line.against),
        "behoefte": line.need.label(),
        "slotsom": line.statement,
        "gedekt": covered(scene, &line.with_plan.covered),
        "gaten": line.with_plan.gaps.iter().map(gap).collect::<Value>(),
        "gaten_nu": now.iter().copied().map(gap).collect::<Value>(),
        "uitwegen": ways_out(&all().collect::<Vec<_>>()),
        "bronnen": once(all().flat_map(|gap| gap.sources.iter().map(crate::drafting::law::cite))),
    })
}

/// Whether a hole lies within another, or is it.
fn holds(open: &Gap, gap: &Gap) -> bool {
    let ends_in = match (open.until, gap.until) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(open), Some(end)) => end <= open,
    };
    open.from <= gap.from && ends_in
}

/// Each way out once; where not every hole has it, with the holes that it closes.
fn ways_out(gaps: &[&Gap]) -> Value {
    let several =
        once(gaps.iter().filter_map(|gap| words::moment(Some(&gap.from)).as_str().map(str::to_owned))).len() > 1;
    let ways = once(gaps.iter().flat_map(|gap| gap.ways_out.iter().cloned()));
    ways.into_iter()
        .map(|way| {
            let mut closes: Vec<&&Gap> = gaps.iter().filter(|gap| gap.ways_out.contains(&way)).collect();
            closes.sort_by_key(|gap| gap.from);
            let from = once(closes.iter().filter_map(|gap| words::moment(Some(&gap.from)).as_str().map(str::to_owned)));
            let some = several && closes.len() < gaps.len();
            json!({ "tekst": way, "bij": if some { words::text_or_null(&words::list(&from)) } else { Value::Null } })
        })
        .collect()
}

fn once(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for item in items {
        if !list.contains(&item) {
            list.push(item);
        }
    }
    list
}

/// Rows of the table; stretches that follow on each other by the same measures are one row.
fn covered(scene: &Scene<'_>, spans: &[CoveredSpan]) -> Value {
    let mut rows: Vec<(Value, &CoveredSpan, &CoveredSpan)> = Vec::new();
    for span in spans {
        let what = by_what(scene, span);
        match rows.last_mut() {
            Some((known, _, last)) if *known == what && last.until == Some(span.from) => *last = span,
            _ => rows.push((what, span, span)),
        }
    }
    rows.into_iter()
        .map(|(mut what, first, last)| {
            if let Value::Object(row) = &mut what {
                let begin =
                    if first.begin_unknown { json!("begin niet bekend") } else { words::moment(Some(&first.from)) };
                let open = if last.end_unknown { "einde niet bekend" } else { "geen vast einde" };
                row.insert("van".to_owned(), begin);
                row.insert(
                    "tot".to_owned(),
                    last.until.as_ref().map_or_else(|| json!(open), |at| words::moment(Some(at))),
                );
            }
            what
        })
        .collect()
}

/// By which measures, and how certain. A plan for a measure that the file holds as proposed is that
/// measure; what is only intended says so where something decided covers the hour as well.
fn by_what(scene: &Scene<'_>, span: &CoveredSpan) -> Value {
    // An order that the plan changes is one order, not two.
    let amends = span.by.iter().any(|id| is_amended(scene, id));
    let is_change = |plan: &str| amends && plan.contains("gedragsaanwijzing");
    let mut by: Vec<String> = Vec::new();
    let mut named: Vec<&'static str> = Vec::new();
    let decided = span.certainty == Certainty::Decided;
    for id in &span.by {
        match (scene.file.find_measure(id), scene.label(&FactId::from(id))) {
            (Some(measure), Some(label)) => {
                let name = measure.instrument.label();
                named.push(name);
                let change = match measure.state {
                    MeasureState::Proposed if decided => ", nog niet beslist",
                    _ if is_amended(scene, id) => ", wordt volgens het plan gewijzigd",
                    _ => "",
                };
                by.push(format!("{name} ({label}{change})"));
            }
            _ => by.push("een maatregel die hier niet mag worden genoemd".to_owned()),
        }
    }
    let plans: Vec<&String> = span
        .plans
        .iter()
        .filter(|plan| !named.iter().any(|name| same_measure(plan, name)) && !is_change(plan))
        .collect();
    by.extend(plans.iter().map(|plan| if decided { format!("{plan} (nog niet beslist)") } else { (*plan).clone() }));
    json!({
        "door": words::text_or_null(&words::list(&by)),
        "zeker": match span.certainty {
            Certainty::Decided => "beslist",
            Certainty::DependsOnDecision => "hangt af van een beslissing die nog niet is genomen",
        },
    })
}

/// Whether the plan changes this order and leaves its period as it is.
fn is_amended(scene: &Scene<'_>, id: &MeasureId) -> bool {
    let plan = scene.file.plans.gedragsinterventie.as_ref().filter(|plan| !plan.refused);
    let earlier = plan.and_then(|plan| plan.earlier_order.as_ref());
    earlier.is_some_and(|earlier| earlier.how == OrderChange::Amends && earlier.measure == *id)
}

/// Whether a plan ("de voorlopige voorziening (art. 822 Rv)") is about a measure of this name.
fn same_measure(plan: &str, name: &str) -> bool {
    let plain = |text: &str| text.replace("het tijdelijk huisverbod", "het huisverbod");
    plain(plan).contains(name)
}

fn gap(gap: &Gap) -> Value {
    json!({
        "van": words::moment(Some(&gap.from)),
        "tot": gap.until.as_ref().map_or_else(|| json!("een nog onbekend moment"), |at| words::moment(Some(at))),
        "tenzij": words::text_or_null(&words::list(&gap.depends_on)),
        "toelichting": gap.explanation,
    })
}
