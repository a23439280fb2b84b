//! The legal basis of a family decision that nobody planned yet: as far as the file leads to one answer, and where it
//! does not, why not. What the outcome is stays open.

use super::huisverbod::divorce_runs;
use super::related::ABOUT_CONTACT;
use crate::dossier::model::{
    Dossier, GezagBasis, GezagForm, Label, OmgangBasis, OmgangPlan, Relation, RelationKind, Request, RequestKind,
};
use crate::drafting::view::Scene;
use crate::shared::ids::{PartyId, PersonId};

/// A basis with the sentence that says what it rests on, or why there is none.
pub(super) struct Basis<B> {
    /// `None` when the file leads to no single answer.
    pub basis: Option<B>,
    /// Why, as a sentence for the paper.
    pub why: String,
}

impl<B> Basis<B> {
    fn found(basis: B, why: String) -> Self {
        Self { basis: Some(basis), why }
    }

    fn open(why: &str) -> Self {
        Self { basis: None, why: why.to_owned() }
    }
}

/// A parent whose contact with a child is asked for or opposed.
pub(super) struct Concerned {
    pub parent: PersonId,
    pub child: PersonId,
}

impl Concerned {
    pub(super) fn new(parent: &PersonId, child: &PersonId) -> Self {
        Self { parent: parent.clone(), child: child.clone() }
    }
}

/// Whose contact with which child is before the court: who asks for it, or against whom its denial is asked. Without
/// such a request every parent of every child.
pub(super) fn concerned(scene: &Scene<'_>) -> Vec<Concerned> {
    let asked = |request: &&Request| scene.is_own(&request.matter) && ABOUT_CONTACT.contains(&request.kind);
    let mut pairs: Vec<Concerned> = Vec::new();
    for request in scene.file.requests.iter().filter(asked) {
        for child in children_of(scene.file, request) {
            let parents = scene.file.parents_of(&child).filter(|parent| match request.kind {
                RequestKind::DenyOmgang => request.against.contains(parent),
                _ => parent.as_str() == request.by.as_str(),
            });
            pairs.extend(parents.map(|parent| Concerned::new(parent, &child)));
        }
    }
    if pairs.is_empty() {
        for child in scene.file.children() {
            let parents = scene.file.parents_of(&child.id);
            pairs.extend(parents.map(|parent| Concerned::new(parent, &child.id)));
        }
    }
    pairs
}

/// The parent whose contact is decided on: of the plan, or else the only one before the court.
pub(super) fn parent(scene: &Scene<'_>, plan: Option<&OmgangPlan>) -> Option<PersonId> {
    if let Some(plan) = plan {
        return Some(plan.parent.clone());
    }
    let pairs = concerned(scene);
    let (first, rest) = pairs.split_first()?;
    rest.iter().all(|pair| pair.parent == first.parent).then(|| first.parent.clone())
}

fn children_of(file: &Dossier, request: &Request) -> Vec<PersonId> {
    if request.children.is_empty() {
        return file.children().map(|child| child.id.clone()).collect();
    }
    request.children.clone()
}

/// Parents with joint gezag have a dispute on care (art. 1:253a BW); a parent without gezag has contact (art. 1:377a BW).
pub(super) fn of_contact(scene: &Scene<'_>) -> Basis<OmgangBasis> {
    let answers: Vec<Option<OmgangBasis>> =
        concerned(scene).iter().map(|pair| contact_with(scene, &pair.parent, &pair.child)).collect();
    match answers.split_first() {
        None => Basis::open("Wie de ouders zijn, zegt het dossier niet."),
        Some((Some(basis), rest)) if rest.iter().all(|other| other.as_ref() == Some(basis)) => {
            let why = match basis {
                OmgangBasis::Bw1253a => "Volgens het dossier oefenen de ouders het gezag samen uit.",
                OmgangBasis::Bw1377a => "Volgens het dossier heeft de ouder om wiens contact het gaat geen gezag.",
            };
            Basis::found(*basis, why.to_owned())
        }
        Some(_) if answers.iter().any(Option::is_none) => {
            Basis::open("Zij hangt af van het gezag; wie dat heeft, blijkt niet voor ieder kind uit het dossier.")
        }
        Some(_) => Basis::open("Zij hangt af van het gezag, en dat is niet voor ieder kind hetzelfde."),
    }
}

fn contact_with(scene: &Scene<'_>, parent: &PersonId, child: &PersonId) -> Option<OmgangBasis> {
    let form = |person: &PersonId| scene.file.gezag_of(&PartyId::from(person), child, scene.on);
    let others = || scene.file.parents_of(child).filter(|other| *other != parent);
    match form(parent) {
        Some(GezagForm::Joint) if others().any(|other| form(other) == Some(GezagForm::Joint)) => {
            Some(OmgangBasis::Bw1253a)
        }
        Some(GezagForm::None) => Some(OmgangBasis::Bw1377a),
        None if others().any(|other| form(other) == Some(GezagForm::Sole)) => Some(OmgangBasis::Bw1377a),
        _ => None,
    }
}

/// Requests about gezag, as far as this paper can decide on them.
pub(super) const ABOUT_GEZAG: [RequestKind; 4] =
    [RequestKind::SuspendGezag, RequestKind::EndGezag, RequestKind::SoleGezag, RequestKind::JointGezag];

/// Whether all that is asked about gezag is to end it (art. 1:266 BW).
pub(super) fn asks_only_ending(scene: &Scene<'_>) -> bool {
    let asked = |request: &&Request| scene.is_own(&request.matter) && ABOUT_GEZAG.contains(&request.kind);
    let kinds: Vec<RequestKind> = scene.file.requests.iter().filter(asked).map(|request| request.kind).collect();
    !kinds.is_empty() && kinds.iter().all(|kind| *kind == RequestKind::EndGezag)
}

/// The basis on which gezag is asked: suspension has its own article; sole gezag after joint gezag has that of spouses
/// (art. 1:251a BW) or of parents who never were (art. 1:253n BW).
pub(super) fn of_gezag(scene: &Scene<'_>) -> Basis<GezagBasis> {
    let asked: Vec<&Request> = scene
        .file
        .requests
        .iter()
        .filter(|request| scene.is_own(&request.matter) && ABOUT_GEZAG.contains(&request.kind))
        .collect();
    let Some(first) = asked.first() else {
        return Basis::open("Een verzoek over het gezag staat niet in het dossier.");
    };
    if asked.iter().any(|request| request.kind != first.kind) {
        return Basis::open("De verzoeken over het gezag hebben niet dezelfde grondslag.");
    }
    match first.kind {
        RequestKind::SuspendGezag => {
            Basis::found(GezagBasis::Bw1268, "Verzocht is schorsing in de uitoefening van het gezag.".to_owned())
        }
        RequestKind::SoleGezag => of_sole_gezag(scene, &asked),
        kind => {
            let pleaded = first.basis.as_deref().map(|basis| format!(" en aangevoerd is {basis}")).unwrap_or_default();
            Basis::open(&format!("Verzocht is {}{pleaded}.", kind.label()))
        }
    }
}

fn of_sole_gezag(scene: &Scene<'_>, asked: &[&Request]) -> Basis<GezagBasis> {
    let children: Vec<PersonId> = asked.iter().flat_map(|request| children_of(scene.file, request)).collect();
    let joint = |child: &PersonId| {
        let form = |parent: &PersonId| scene.file.gezag_of(&PartyId::from(parent), child, scene.on);
        scene.file.parents_of(child).filter(|parent| form(parent) == Some(GezagForm::Joint)).count() > 1
    };
    if children.is_empty() || !children.iter().all(joint) {
        return Basis::open("Dat de ouders nu over ieder kind samen gezag hebben, blijkt niet uit het dossier.");
    }
    let married = children.iter().all(|child| {
        let parents: Vec<&PersonId> = scene.file.parents_of(child).collect();
        scene.file.relations.iter().any(|relation| {
            matches!(relation.kind, RelationKind::Married | RelationKind::RegisteredPartnership)
                && parents.contains(&&relation.from)
                && parents.contains(&&relation.to)
        })
    });
    if married {
        let why = format!("Volgens het dossier oefenen de ouders het gezag samen uit{}.", tied(scene, &children));
        return Basis::found(GezagBasis::Bw1251a, why);
    }
    Basis::open(
        "Na een huwelijk of geregistreerd partnerschap is zij art. 1:251a BW, anders art. 1:253n BW; of de ouders gehuwd of \
         geregistreerd partner zijn geweest, zegt het dossier niet.",
    )
}

/// How the parents of these children are or were tied, as far as the file tells, and whether a divorce is pending.
fn tied(scene: &Scene<'_>, children: &[PersonId]) -> &'static str {
    let of_parents = |relation: &&Relation| {
        matches!(relation.kind, RelationKind::Married | RelationKind::RegisteredPartnership)
            && children.iter().any(|child| scene.file.parents_of(child).any(|parent| *parent == relation.from))
    };
    let tie = scene.file.relations.iter().find(of_parents);
    let over = tie.is_some_and(|tie| tie.until.is_some_and(|until| until <= scene.on));
    let married = tie.is_none_or(|tie| tie.kind == RelationKind::Married);
    match (married, over) {
        (true, false) if divorce_runs(scene.file) => ", zijn zij gehuwd en loopt de zaak over de echtscheiding",
        (true, false) => " en zijn zij gehuwd",
        (true, true) => " en waren zij gehuwd",
        (false, false) => " en zijn zij geregistreerd partner",
        (false, true) => " en waren zij geregistreerd partner",
    }
}
