//! Who is there: parties with their counsel, children and whether they were heard, gezag.

use super::room::{Room, cut};
use crate::dossier::model::{ChildHearing, ChildHearingOutcome, Domain, MatterKind, Person};
use crate::drafting::{view::Scene, words};
use crate::shared::moment::dutch_date;
use serde_json::{Value, json};

/// Page of the site on which all parties, children and requests of a case stand.
const CASE_PAGE: &str = "de pagina Overzicht";

pub(super) fn parties(scene: &Scene<'_>, room: &Room) -> Value {
    let rows = match scene.parties() {
        Value::Array(rows) => rows,
        _ => Vec::new(),
    };
    cut(rows, room.parties, ("partij of informant", "partijen en informanten"), CASE_PAGE)
}

/// Children with the same answer together; in the family matter also whether the law asks more.
pub(super) fn children(scene: &Scene<'_>, room: &Room) -> Value {
    let mut groups: Vec<(String, bool, Vec<String>)> = Vec::new();
    for child in scene.file.children() {
        let (told, open) = heard(scene, child);
        let age = child.age_on(scene.on);
        let asked = matches!(scene.domain, Domain::Family | Domain::Administrative);
        let twelve = asked && open && age.is_some_and(|age| age >= 12);
        let name = match age {
            Some(age) => format!("{} ({age} jaar)", child.name),
            None => format!("{} (leeftijd niet bekend)", child.name),
        };
        match groups.iter_mut().find(|(known, flag, _)| *known == told && *flag == twelve) {
            Some((_, _, names)) => names.push(name),
            None => groups.push((told, twelve, vec![name])),
        }
    }
    let rows = groups
        .into_iter()
        .map(|(told, twelve, names)| json!({ "wie": words::list(&names), "gehoord": told, "twaalf": twelve, "wth": scene.domain == Domain::Administrative }));
    cut(rows.collect(), room.children, ("regel over kinderen", "regels over kinderen"), CASE_PAGE)
}

/// Whether the child had the opportunity in this matter, in words, and whether that is still open.
fn heard(scene: &Scene<'_>, child: &Person) -> (String, bool) {
    let own = |hearing: &&ChildHearing| {
        hearing.child == child.id && scene.matter.is_some_and(|matter| matter.id == hearing.matter)
    };
    let hearings: Vec<&ChildHearing> = scene.file.child_hearings.iter().filter(own).collect();
    // The mayor's decision and its review are about the same huisverbod: what was done there is told, as done there.
    let beside = |hearing: &&ChildHearing| {
        let kind = scene.file.find_matter(&hearing.matter).map(|matter| matter.kind);
        hearing.child == child.id && kind == Some(MatterKind::Huisverbod)
    };
    let elsewhere = scene.file.child_hearings.iter().filter(|_| scene.domain == Domain::Administrative).find(beside);
    if let Some(hearing) = elsewhere.filter(|_| hearings.is_empty()) {
        let told = words::hearing_outcome(hearing.outcome);
        return (
            format!(
                "over het huisverbod bij de burgemeester: {told}; of de rechter gelegenheid gaf, staat niet in het dossier"
            ),
            true,
        );
    }
    let done = |outcome: ChildHearingOutcome| {
        matches!(outcome, ChildHearingOutcome::Heard | ChildHearingOutcome::Written | ChildHearingOutcome::Declined)
    };
    let open = !hearings.iter().any(|hearing| done(hearing.outcome));
    if hearings.is_empty() && scene.domain == Domain::Criminal {
        return (stated(scene, child), open);
    }
    if hearings.is_empty() {
        return (
            "of gelegenheid is gegeven om te worden gehoord, staat voor deze zaak niet in het dossier".to_owned(),
            open,
        );
    }
    let told: Vec<String> = hearings
        .iter()
        .map(|hearing| {
            let on = hearing.held_on.map(|day| format!(" op {}", dutch_date(day))).unwrap_or_default();
            format!("{}{on}", words::hearing_outcome(hearing.outcome))
        })
        .collect();
    (told.join("; "), open)
}

/// What the criminal file has of a child: the papers in which the child made a statement.
fn stated(scene: &Scene<'_>, child: &Person) -> String {
    let statements = scene.file.events.iter().flat_map(|event| &event.statements);
    let mut papers: Vec<String> = Vec::new();
    for source in
        statements.filter(|item| item.by.as_str() == child.id.as_str()).filter_map(|item| item.source.as_ref())
    {
        let document = scene.file.documents.iter().find(|document| document.id == source.document);
        let Some(document) = document.filter(|document| document.foreign_to(scene.domain).is_none()) else { continue };
        let page = source.page.map(|page| format!(", p. {page}")).unwrap_or_default();
        let paper = format!("{}{page}", document.title);
        if !papers.contains(&paper) {
            papers.push(paper);
        }
    }
    match papers.as_slice() {
        [] => "in het dossier van deze zaak staat geen eigen verklaring".to_owned(),
        papers => format!("heeft een verklaring afgelegd ({})", papers.join("; ")),
    }
}

/// Who holds gezag over whom, the same form once; only in the family matter.
pub(super) fn gezag(scene: &Scene<'_>) -> Value {
    if scene.domain != Domain::Family {
        return json!([]);
    }
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for child in scene.file.children() {
        let Some(told) = scene.gezag_over(child).as_str().map(str::to_owned) else { continue };
        match groups.iter_mut().find(|(known, _)| *known == told) {
            Some((_, names)) => names.push(child.name.clone()),
            None => groups.push((told, vec![child.name.clone()])),
        }
    }
    groups.into_iter().map(|(told, names)| json!({ "wat": told, "wie": words::list(&names) })).collect()
}
