//! The eight criteria as a decision of gorules' zen-engine (JDM): one node of expressions over the facts.
//!
//! The engine knows no certainty and no "unknown", so both are worked out in the expressions: a truth is a
//! number (0 no, 1 the dossier does not say, 2 turns on what is contested, 3 yes), as in our engine.

use crate::ours::{Outcomes, key};
use futures_executor::block_on;
use serde_json::{Value, json};
use std::sync::Arc;
use zen_engine::model::GraphContent;
use zen_engine::{Decision, Variable};

const OUTCOME: &str = "['not_met', 'missing_facts', 'needs_judgement', 'met']";

/// Truth of facts `{l: certainty, f: fit}` at a least certainty.
fn truth(hits: &str, least: u8, none: u8) -> String {
    format!(
        "(some({hits} as h, h.f == 2 and h.l >= {least}) ? 3 : (some({hits} as h, h.f == 2 and h.l >= 0) ? 2 : \
         (some({hits} as h, h.f > 0 and h.l != -2 and (h.f == 1 or h.l == -1)) ? 1 : \
         (some({hits} as h, h.f > 0) ? 0 : {none}))))"
    )
}

/// Violence with its fit for actors in a list: nobody known may be anyone, and two actors pin it on neither.
fn by_actors(events: &str, who: &str) -> String {
    format!(
        "map({events} as e, {{l: e.level, f: len(e.actors) == 0 ? 1 : (none(e.actors as a, a in {who}) ? 0 : \
         (all(e.actors as a, a in {who}) ? 2 : 1))}})"
    )
}

/// Truth that a person has an age.
fn age(person: &str, years: u32) -> String {
    format!(
        "({person}.born != null ? (on - {person}.born >= {years} * 10000 ? 3 : 0) : ({person}.born_year == null ? 1 : \
         (floor(on / 10000) - {person}.born_year > {years} ? 3 : \
         (floor(on / 10000) - {person}.born_year < {years} ? 0 : 1))))"
    )
}

/// One finding that says there is nobody to ask it for, when there is nobody.
fn each(list: &str) -> String {
    format!("len({list}) == 0 ? [{{about: [], outcome: 'not_applicable'}}] : {list}")
}

fn expressions() -> Vec<(&'static str, String)> {
    let mut all: Vec<(&'static str, String)> = Vec::new();
    let one_ban = format!(
        "map(bans as b, {{about: [b.id], t: map(filter(persons as p, p.id in b.restrained) as p, {})}})",
        age("p", 18)
    );
    all.push(("bans_t", one_ban));
    let outcome_of_ban = format!(
        "map($.bans_t as b, {{about: b.about, outcome: len(b.t) == 0 ? 'missing_facts' : {OUTCOME}[max(b.t)]}})"
    );
    all.push(("TH1a_each", outcome_of_ban));
    all.push(("TH1a", each("$.TH1a_each")));
    let open = "['suspicion', 'remand', 'remand_suspended', 'summoned', 'convicted_not_final']";
    all.push(("FA2", format!("[{{about: [], outcome: some(phases as f, f in {open}) ? 'met' : 'not_met'}}]")));
    all.push(("violence", "filter(events as e, e.violence)".to_owned()));
    all.push(("anyone", "map($.violence as e, {l: e.level, f: 2})".to_owned()));
    all.push(("alleged", truth("$.anyone", 0, 0)));
    all.push(("IV1", format!("[{{about: [], outcome: {OUTCOME}[{}]}}]", truth("$.anyone", 1, 1))));
    all.push((
        "parents_f",
        format!(
            "map(filter(persons as p, p.parent) as p, {{id: p.id, own: {}, other: {}}})",
            by_actors("$.violence", "[p.id]"),
            by_actors("$.violence", "p.co_parents")
        ),
    ));
    all.push((
        "parents_t",
        format!(
            "map($.parents_f as p, {{id: p.id, own: {}, other: {}}})",
            truth("p.own", 0, 0),
            truth("p.other", 0, 0)
        ),
    ));
    all.push((
        "FA4_each",
        format!(
            "map($.parents_t as p, {{about: [p.id], outcome: p.own == 0 ? 'not_applicable' : (p.own == 1 ? \
             'missing_facts' : {OUTCOME}[p.other])}})"
        ),
    ));
    all.push(("FA4", each("$.FA4_each")));
    all.extend(children());
    all.extend(proposals());
    all.extend(strangulation());
    all
}

fn children() -> Vec<(&'static str, String)> {
    let exposed = "len(filter(e.exposure as x, x.child == c.id)) == 0 \
        ? (e.last_day != null and c.born != null and e.last_day < c.born ? 0 : 1) \
        : (some(e.exposure as x, x.child == c.id and x.exposed == true) ? 2 \
        : (some(e.exposure as x, x.child == c.id and x.exposed == null) ? 1 : 0))";
    let gate = |rule: &str| {
        format!("$.alleged == 0 ? 'not_applicable' : ($.alleged == 1 ? 'missing_facts' : {OUTCOME}[{rule}])")
    };
    let said = |kind: &str| {
        format!(
            "map(filter(hearings as h, h.child == c.id) as h, h.outcome == '{kind}' ? (h.objects == null ? 1 : \
             (h.objects ? 3 : 0)) : (h.outcome == 'unknown' ? (h.objects == false ? 0 : 1) : 0))"
        )
    };
    let asked = "some(requests as r, (r.kind == 'omgang' and r.by == p and (len(r.children) == 0 or c.id in r.children)) \
        or (r.kind == 'deny_omgang' and (len(r.against) == 0 or p in r.against) and (len(r.children) == 0 or c.id in r.children)))";
    vec![
        ("children", "filter(persons as p, p.child)".to_owned()),
        (
            "children_f",
            format!(
                "map($.children as c, {{id: c.id, hits: map($.violence as e, {{l: e.level, f: c.id in e.targets ? 2 : ({exposed})}})}})"
            ),
        ),
        ("children_t", format!("map($.children_f as c, {{id: c.id, t: {}}})", truth("c.hits", 1, 1))),
        ("IV5_each", format!("map($.children_t as c, {{about: [c.id], outcome: {}}})", gate("c.t"))),
        ("IV5", each("$.IV5_each")),
        (
            "said",
            format!(
                "map($.children as c, {{c: c, age: {}, heard: {}, written: {}}})",
                age("c", 12),
                said("heard"),
                said("written")
            ),
        ),
        (
            // What a child wrote is for the judge to weigh: at most "needs a judgement".
            "said_t",
            "map($.said as s, {c: s.c, t: min([s.age, max([len(s.heard) == 0 ? 1 : max(s.heard), \
             len(s.written) == 0 ? 0 : (max(s.written) == 3 ? 2 : max(s.written))])])})"
                .to_owned(),
        ),
        (
            "NL1c_each",
            format!(
                "flatMap($.said_t as s, map(s.c.parents as p, {{about: [s.c.id, p], outcome: {} ? {OUTCOME}[s.t] : 'not_applicable'}}))",
                asked.replace("c.id", "s.c.id")
            ),
        ),
        ("NL1c", each("$.NL1c_each")),
    ]
}

fn proposals() -> Vec<(&'static str, String)> {
    let in_force = "(m.state in ['proposed', 'annulled', 'not_yet_enforceable', 'suspended'] ? 0 : (m.starts == null ? 1 : \
        (m.starts >= day_ends ? 0 : (m.ends != null ? (m.ends > day_begins ? 2 : 0) : (m.state == 'ended' ? 0 : \
        (m.open_ended ? 2 : 1))))))";
    let pair = "(len(r.with) == 0 ? 1 : (some(r.with as w, w in v.participants and \
        some(m.restrained as b, b != w and b in v.participants)) ? 2 : 0))";
    let bound = "(len(m.restrained) == 0 ? 1 : (some(m.restrained as b, b in v.participants) ? 2 : 0))";
    vec![
        (
            "bans_now",
            format!(
                "map(filter(measures as m, some(m.rules as r, r.effect == 'forbids' and r.conduct == 'contact')) as m, \
                 {{restrained: m.restrained, f: {in_force}, rules: filter(m.rules as r, r.effect == 'forbids' and r.conduct == 'contact')}})"
            ),
        ),
        (
            "proposals_f",
            format!(
                "map(proposals as v, {{id: v.id, f: map($.bans_now as m, min([m.f, {bound}, max(map(m.rules as r, {pair}))]))}})"
            ),
        ),
        (
            "BM3_each",
            "map($.proposals_f as v, {about: [v.id], outcome: some(v.f as f, f == 2) ? 'met' : \
             (some(v.f as f, f == 1) ? 'missing_facts' : 'not_met')})"
                .to_owned(),
        ),
        ("BM3", each("$.BM3_each")),
    ]
}

fn strangulation() -> Vec<(&'static str, String)> {
    vec![
        ("adults", "map(filter(persons as p, not p.child) as p, p.id)".to_owned()),
        ("strangled", "filter(events as e, 'strangulation' in e.signs)".to_owned()),
        ("strangled_f", by_actors("$.strangled", "$.adults")),
        (
            "RV-VERWURGING",
            format!(
                "[{{about: [], outcome: $.alleged == 0 ? 'not_applicable' : ($.alleged == 1 ? 'missing_facts' : {OUTCOME}[{}])}}]",
                truth("$.strangled_f", 1, 1)
            ),
        ),
    ]
}

/// The decision as a JDM document.
pub fn document() -> Value {
    let expressions: Vec<Value> =
        expressions().into_iter().map(|(name, value)| json!({"id": name, "key": name, "value": value})).collect();
    json!({
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "feiten"},
            {"id": "regels", "type": "expressionNode", "name": "regels", "content": {"expressions": expressions}},
            {"id": "uit", "type": "outputNode", "name": "uitkomsten"}
        ],
        "edges": [
            {"id": "e1", "sourceId": "in", "targetId": "regels"},
            {"id": "e2", "sourceId": "regels", "targetId": "uit"}
        ]
    })
}

/// The decision, compiled.
pub fn decision() -> Decision {
    let content: GraphContent = serde_json::from_value(document()).expect("a decision");
    let mut decision = Decision::from(Arc::new(content));
    decision.compile();
    decision
}

/// Runs the decision once.
pub fn run(decision: &Decision, facts: &Variable) -> Variable {
    block_on(decision.evaluate(facts.clone())).expect("a result").result
}

/// Outcomes as the others give them.
pub fn outcomes(result: &Variable) -> Outcomes {
    let result: Value = result.to_value();
    let mut outcomes = Outcomes::new();
    for (_, criterion) in crate::ours::CRITERIA {
        for item in result[criterion].as_array().expect("a list") {
            let about: Vec<&str> = item["about"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
            outcomes.insert(key(criterion, &about), item["outcome"].as_str().expect("an outcome").to_owned());
        }
    }
    outcomes
}
