//! Texts in the dossier that hold a shielded address or name its town, each with a link to its place: they were
//! there before the address was known, and hold back no other change.

use super::onderdelen::{SECTIONS, key_of, title_of};
use super::voornemen::plan_type;
use crate::dossier::model::Dossier;
use crate::dossier::model::secrets::told_of;
use crate::drafting::model::DraftKind;
use crate::drafting::words_blocks;
use crate::identity::Role;
use crate::web::forms::shape::Shape;
use crate::web::reply::in_query;
use serde::Serialize;
use serde_json::Value;

/// Places told at most; the others come up when these are mended.
const MOST: usize = 20;

/// What is told of the texts in a dossier.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Elsewhere {
    /// Texts with a shielded address.
    pub addresses: Vec<PlaceLine>,
    /// Texts that only name a town, or another name that is also a word.
    pub towns: Vec<PlaceLine>,
}

/// One text.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceLine {
    /// Where it can be changed; none when this role cannot.
    pub href: Option<String>,
    /// Where it is, in words.
    pub text: String,
}

/// The texts that someone in this role is told of, in a dossier as they may see it.
pub(super) fn of(dossier: &Dossier, id: &str, role: Role) -> Option<Elsewhere> {
    let told = told_of(dossier);
    if told.is_empty() {
        return None;
    }
    let json = serde_json::to_value(dossier).unwrap_or_default();
    let mut found = Elsewhere::default();
    for (pointer, is_address) in told {
        let lines = if is_address { &mut found.addresses } else { &mut found.towns };
        if lines.len() < MOST {
            lines.push(line(dossier, &json, id, &pointer, role));
        }
    }
    Some(found)
}

fn line(dossier: &Dossier, json: &Value, id: &str, pointer: &str, role: Role) -> PlaceLine {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    let (href, text) = match parts.as_slice() {
        ["plans", kind, field @ ..] => {
            let known = DraftKind::ALL.into_iter().find(|known| known.as_str() == *kind);
            let field_words = known.map(|known| in_field(plan_type(known), field)).unwrap_or_default();
            let href = format!("/zaken/{id}/voornemen/{kind}#{}", field.join("/"));
            (Some(href), format!("Voornemen: {kind}{field_words}"))
        }
        ["judge_words", number, ..] => words(dossier, id, number, role),
        [list, number, field @ ..] => item(dossier, json, id, (list, number, field), role),
        _ => (None, "Het kenmerk van de zaak".to_owned()),
    };
    let file = (role == Role::Griffier).then(|| format!("/zaken/{id}/bijwerken"));
    PlaceLine { href: href.or(file), text }
}

fn words(dossier: &Dossier, id: &str, number: &str, role: Role) -> (Option<String>, String) {
    let known = number.parse::<usize>().ok().and_then(|number| dossier.judge_words.get(number));
    let Some(words) = known else { return (None, "Overweging van de rechter".to_owned()) };
    for kind in DraftKind::ALL {
        if let Some(block) = words_blocks(dossier, kind).into_iter().find(|block| block.about == words.about) {
            let href = format!("/zaken/{id}/voornemen/{}#woorden/{}", kind.as_str(), block.about);
            return (Some(href), format!("Overweging van de rechter: {}", block.question));
        }
    }
    let href = format!("/zaken/{id}/oordeel?over={}", in_query(&words.about));
    ((role == Role::Rechter).then_some(href), "Oordeel van de rechter bij een bevinding".to_owned())
}

fn item(
    dossier: &Dossier,
    json: &Value,
    id: &str,
    (list, number, field): (&str, &str, &[&str]),
    role: Role,
) -> (Option<String>, String) {
    let section = SECTIONS.iter().find(|section| section.list == list);
    let stored = json.get(list).and_then(|items| items.get(number.parse::<usize>().ok()?));
    let (Some(section), Some(stored)) = (section, stored) else { return (None, list.to_owned()) };
    let href = format!("/zaken/{id}/onderdelen/{}/{}#{}", section.key, key_of(stored), field.join("/"));
    let text = format!("{}: {}{}", section.title, title_of(dossier, stored), in_field(section.kind, field));
    ((role == Role::Griffier).then_some(href), text)
}

/// ", omschrijving": the name of the last field on the way to a text.
fn in_field(kind: &str, way: &[&str]) -> String {
    let (mut shape, mut name) = (Shape::of_type(kind).ok(), None);
    for part in way {
        shape = match shape {
            Some(Shape::Many(inner)) => Some(*inner),
            Some(Shape::Group(fields)) => fields.into_iter().find(|field| field.name == *part).map(|field| {
                name = Some(field.words.naam.to_lowercase());
                field.shape
            }),
            other => other,
        };
    }
    name.map(|name| format!(", {name}")).unwrap_or_default()
}
