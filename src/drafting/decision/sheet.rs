//! The hearing sheet of one matter: what its judge needs on the table, on a few pages.

use super::Decision;
use crate::conflicts::bridge::build;
use crate::conflicts::model::DeadlineStatus;
use crate::dossier::model::{
    ChildHearing, Conduct, Evidence, FamilyRole, Label, Matter, MatterState, Measure, MeasureState, Person, RuleEffect,
    Sign,
};
use crate::drafting::{law, view::Scene, words};
use crate::shared::ids::FactId;
use crate::shared::moment::{Instant, dutch_date, dutch_moment, local_date, start_of_day};
use serde_json::{Value, json};

/// Rows of the time axis; earlier facts are counted, not shown.
const AXIS: usize = 18;

pub(in crate::drafting) fn sheet(scene: &Scene<'_>) -> Decision {
    let next = scene.matter.and_then(|matter| next_hearing(scene, matter));
    let (axis, earlier) = axis(scene);
    let data = json!({
        "zitting": words::moment(next.as_ref()),
        "domein_naam": scene.domain.label(),
        "lopende_zaken": scene
            .file
            .matters
            .iter()
            .filter(|matter| !matches!(matter.state, MatterState::Final | MatterState::Withdrawn))
            .map(|matter| running(scene, matter))
            .collect::<Value>(),
        "kinderen": scene.file.children().map(|child| child_row(scene, child)).collect::<Value>(),
        "tijdas": axis,
        "eerder": if earlier == 0 { Value::Null } else { json!(earlier.to_string()) },
        "van_kracht": in_force(scene).into_iter().map(|measure| scene.measure(measure)).collect::<Value>(),
        "nog_niet": words::text_or_null(&words::list(&not_decided(scene))),
        "gaten": gaps(scene),
        "veiligheid": safety(scene),
        "termijnen": deadlines(scene),
        "afwijkingen": json!([]),
    });
    let about = scene.matter.map_or_else(String::new, |matter| format!(": {}", matter.kind.label()));
    Decision { title: format!("Zittingsblad{about}"), dated: Some(scene.on), author: None, data }
}

/// The first hearing on or after the reference date.
fn next_hearing(scene: &Scene<'_>, matter: &Matter) -> Option<Instant> {
    matter.hearings.iter().map(|hearing| hearing.at).filter(|at| local_date(at) >= scene.on).min()
}

fn running(scene: &Scene<'_>, matter: &Matter) -> Value {
    let numbers: Vec<&str> = matter.numbers.iter().map(|number| number.value.as_str()).collect();
    json!({
        "soort": words::capital(matter.kind.label()),
        "deze": scene.matter.is_some_and(|own| own.id == matter.id),
        "nummers": words::text_or_null(&numbers.join(" / ")),
        "stand": matter.state.label(),
        "zitting": words::moment(next_hearing(scene, matter).as_ref()),
    })
}

/// A child with its age, gezag, and whether it had the opportunity to be heard in this matter.
fn child_row(scene: &Scene<'_>, child: &Person) -> Value {
    let own = |hearing: &&ChildHearing| {
        hearing.child == child.id && scene.matter.is_some_and(|matter| matter.id == hearing.matter)
    };
    let heard: Vec<String> = scene
        .file
        .child_hearings
        .iter()
        .filter(own)
        .map(|hearing| {
            let on = hearing.held_on.map(|day| format!(" op {}", dutch_date(day))).unwrap_or_default();
            format!("{}{on}", words::hearing_outcome(hearing.outcome))
        })
        .collect();
    let twelve = child.age_on(scene.on).is_some_and(|age| age >= 12);
    json!({
        "naam": child.name,
        "leeftijd": child.age_on(scene.on).map(|age| format!("{age} jaar")),
        "gehoord": if heard.is_empty() { "in deze zaak staat er niets over in het dossier".to_owned() } else { heard.join("; ") },
        "twaalf": twelve,
    })
}

fn in_force<'s>(scene: &'s Scene<'_>) -> Vec<&'s Measure> {
    let now = start_of_day(scene.on);
    let on_the_day = |measure: &&Measure| {
        measure.state == MeasureState::InForce
            && measure.starts.is_none_or(|start| local_date(&start) <= scene.on)
            && measure.effective_end().is_none_or(|end| end >= now)
    };
    scene.file.measures.iter().filter(on_the_day).collect()
}

fn not_decided(scene: &Scene<'_>) -> Vec<String> {
    let waiting =
        |measure: &&Measure| matches!(measure.state, MeasureState::Proposed | MeasureState::NotYetEnforceable);
    scene
        .file
        .measures
        .iter()
        .filter(waiting)
        .filter_map(|measure| {
            let label = scene.label(&FactId::from(&measure.id))?;
            Some(format!("{label} ({}, {})", measure.instrument.label(), measure.state.label()))
        })
        .collect()
}

/// A point on the time axis: its moment for sorting, when in words, what.
type Point = (Instant, String, String);

/// Facts, measures and hearings in order of time, the latest rows, and how many came before.
fn axis(scene: &Scene<'_>) -> (Value, usize) {
    let mut points: Vec<Point> = Vec::new();
    for event in &scene.file.events {
        let (Some(day), Some(label)) = (event.time.first_day(), scene.label(&FactId::from(&event.id))) else {
            continue;
        };
        let status = event.status.in_domain(scene.domain).label();
        let what = format!("{label} {} ({status})", event.description.trim_end_matches('.'));
        points.push((start_of_day(day), words::capital(&words::event_time(&event.time)), what));
    }
    for measure in &scene.file.measures {
        let Some(label) = scene.label(&FactId::from(&measure.id)) else { continue };
        let name = measure.instrument.label();
        let waiting = if measure.state == MeasureState::Proposed { ", als daartoe wordt besloten" } else { "" };
        // What is in force stands above; on the axis it is the end that counts.
        if let Some(at) = measure.effective_end() {
            points.push((at, words::capital(&dutch_moment(&at)), format!("{label} einde van {name}{waiting}")));
        }
    }
    for matter in &scene.file.matters {
        for hearing in matter.hearings.iter().filter(|hearing| local_date(&hearing.at) >= scene.on) {
            let what = format!("Zitting in {} ({})", words::matter_name(matter.kind), hearing.kind);
            points.push((hearing.at, words::capital(&dutch_moment(&hearing.at)), what));
        }
    }
    points.sort();
    let earlier = points.len().saturating_sub(AXIS);
    let today = start_of_day(scene.on);
    let mut rows: Vec<Value> = Vec::new();
    let mut marked = false;
    for (at, when, what) in points.into_iter().skip(earlier) {
        if !marked && at > today {
            marked = true;
            rows.push(json!({ "nu": true, "wanneer": dutch_date(scene.on), "wat": "peildatum van dit blad" }));
        }
        rows.push(json!({ "nu": false, "wanneer": when, "wat": what }));
    }
    (rows.into(), earlier)
}

/// First hour without protection, now and if the plan is followed; persons with the same hole together.
fn gaps(scene: &Scene<'_>) -> Value {
    let mut groups: Vec<(Value, Vec<String>)> = Vec::new();
    for line in build(scene.file, scene.on).lines {
        let first = |gaps: &[crate::conflicts::model::Gap]| words::moment(gaps.first().map(|gap| &gap.from));
        if line.now.gaps.is_empty() && line.with_plan.gaps.is_empty() {
            continue;
        }
        let value = json!({
            "tegen": scene.person(&line.against),
            "behoefte": line.need.label(),
            "nu": first(&line.now.gaps),
            "met_plan": first(&line.with_plan.gaps),
        });
        let name = scene.person(&line.person);
        match groups.iter_mut().find(|(known, _)| *known == value) {
            Some((_, names)) => names.push(name),
            None => groups.push((value, vec![name])),
        }
    }
    groups
        .into_iter()
        .map(|(mut value, names)| {
            if let Value::Object(row) = &mut value {
                row.insert("wie".to_owned(), json!(words::list(&names)));
            }
            value
        })
        .collect()
}

/// What the file says that matters for a safe hearing; what is decided about it stays open.
fn safety(scene: &Scene<'_>) -> Value {
    let mut points: Vec<String> = Vec::new();
    for measure in in_force(scene) {
        let bans = |rule: &crate::dossier::model::MeasureRule| {
            rule.effect == RuleEffect::Forbids && rule.conduct == Conduct::Contact
        };
        let adults: Vec<String> = measure
            .protected
            .iter()
            .filter(|id| scene.file.find_person(id).is_some_and(|person| person.family_role != FamilyRole::Child))
            .map(|id| scene.person(id))
            .collect();
        if let Some(label) = scene.label(&FactId::from(&measure.id)).filter(|_| measure.rules.iter().any(bans))
            && !adults.is_empty()
        {
            points.push(format!(
                "Op grond van {label} ({}) geldt een contactverbod tussen {} en {}.",
                measure.instrument.label(),
                scene.persons(&measure.restrained),
                words::list(&adults)
            ));
        }
    }
    let critical = [Sign::Strangulation, Sign::FirearmAccess, Sign::WeaponThreat, Sign::DeathThreat];
    let signs: Vec<FactId> = scene
        .file
        .events
        .iter()
        .filter(|event| event.signs.iter().any(|sign| critical.contains(sign)))
        .filter(|event| event.status.in_domain(scene.domain) != Evidence::Refuted)
        .map(|event| FactId::from(&event.id))
        .collect();
    if let Some(labels) = scene.label_list(&signs).as_str() {
        points.push(format!("Het dossier noemt kritieke signalen: {labels}. Zij kunnen ook betwist zijn."));
    }
    for person in &scene.file.persons {
        if let Some(language) = &person.interpreter {
            points.push(format!("{} heeft een tolk nodig in de taal {language}.", person.name));
        }
    }
    json!(points)
}

/// Terms of this domain that run, were missed, or of which it is not known.
fn deadlines(scene: &Scene<'_>) -> Value {
    scene
        .conflicts
        .deadlines
        .iter()
        .filter(|deadline| deadline.status != DeadlineStatus::Met)
        .filter(|deadline| scene.label(&deadline.fact).is_some())
        .filter(|deadline| scene.domain_of(&deadline.fact).is_none_or(|domain| domain == scene.domain))
        .map(|deadline| {
            json!({
                "wat": deadline.what,
                "moment": words::moment(Some(&deadline.at)),
                "stand": deadline.status.label(),
                "bron": law::cite(&deadline.legal_source),
            })
        })
        .collect()
}
