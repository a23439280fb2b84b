//! A reader's bundle as `documents::bundle` wants it: cover, sheets, documents.

use super::list::BundleList;
use crate::assessment::model::Assessment;
use crate::conflicts::model::ConflictReport;
use crate::documents::bundle::model::{Bundle, Group, Part, PartFile};
use crate::documents::model::{Block, Inline};
use crate::dossier::model::{DocumentRecord, Domain, Dossier, Label, Matter};
use crate::dossier::record::Access;
use crate::drafting::model::Draft;
use crate::drafting::{DraftError, hearing_sheets_of};
use crate::identity::Role;
use crate::shared::dutch;
use crate::shared::ids::MatterId;
use crate::shared::moment::{Instant, dutch_date, dutch_moment, local_date};
use chrono::NaiveDate;

/// Who the bundle is for and what it rests on.
#[derive(Clone, Debug)]
pub struct Cover<'a> {
    /// The right by which the reader sees the case.
    pub access: &'a Access,
    /// The dossier as the reader may see it.
    pub projected: &'a Dossier,
    /// The hearing, when it is for one.
    pub hearing: Option<Instant>,
    /// Version of the dossier.
    pub version: i64,
    /// Reference date.
    pub on: NaiveDate,
}

/// The whole dossier with what was found in it: each sheet takes from it what may be used in its domain.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Findings.
    pub findings: &'a Assessment,
    /// Clashes and gaps.
    pub conflicts: &'a ConflictReport,
}

/// A hearing sheet with its matter.
pub type Sheet = (MatterId, Draft);

/// The sheets that a list has in front.
///
/// # Errors
/// When the template of a sheet is missing or broken.
pub fn sheets(list: &BundleList, whole: &Whole<'_>, on: NaiveDate) -> Result<Vec<Sheet>, DraftError> {
    let wanted = |matter: &Matter| list.sheets.contains(&matter.id);
    if list.sheets.is_empty() {
        return Ok(Vec::new());
    }
    hearing_sheets_of(whole.dossier, whole.findings, whole.conflicts, on, &wanted)
}

/// Makes the bundle of a list; of the sheets it takes those that the list has in front.
#[must_use]
pub fn make(cover: &Cover<'_>, list: &BundleList, sheets: &[Sheet]) -> Bundle {
    let title = match &cover.hearing {
        Some(at) => format!("Zittingsbundel van {}", dutch_date(local_date(at))),
        None => "Bundel van alle zaken".to_owned(),
    };
    Bundle {
        title,
        author: authority(cover),
        running_header: cover.projected.reference.clone(),
        dated: cover.on,
        about: about(cover, list),
        sheets: sheets
            .iter()
            .filter(|(matter, _)| list.sheets.contains(matter))
            .map(|(_, sheet)| sheet.model.clone())
            .collect(),
        groups: groups(cover.projected, list),
    }
}

/// The court of the first matter that is heard, or of the first matter.
fn authority(cover: &Cover<'_>) -> String {
    let matters = &cover.projected.matters;
    let heard = matters.iter().find(|matter| matter.hearings.iter().any(|hearing| Some(hearing.at) == cover.hearing));
    heard.or(matters.first()).map_or_else(String::new, |matter| matter.authority.name.clone())
}

fn groups(projected: &Dossier, list: &BundleList) -> Vec<Group> {
    let find = |id| projected.documents.iter().find(|document| document.id == id);
    list.groups
        .iter()
        .map(|group| Group {
            heading: match group.heard {
                Some(false) => format!("{}: dan niet op zitting", group.heading),
                _ => group.heading.clone(),
            },
            parts: group
                .documents
                .iter()
                .filter_map(|listed| Some(part(projected, find(listed.document.clone())?, listed.file.as_ref())))
                .collect(),
        })
        .collect()
}

fn part(projected: &Dossier, document: &DocumentRecord, file: Option<&(String, usize)>) -> Part {
    Part {
        title: document.title.clone(),
        dated: document.dated,
        author: document.author.as_ref().map(|author| projected.party_name(author)),
        recorded_pages: document.pages,
        file: file.map(|(sha256, pages)| PartFile { key: sha256.clone(), pages: *pages }),
    }
}

fn about(cover: &Cover<'_>, list: &BundleList) -> Vec<Block> {
    let plain = |text: String| vec![Inline::Text(text)];
    let hearing = cover.hearing.as_ref().map_or_else(|| "alle zaken en zittingen".to_owned(), dutch_moment);
    let items = vec![
        plain(format!("Zaak: {}", cover.projected.reference)),
        plain(format!("Zitting: {hearing}")),
        plain(format!("Voor: {}", reader(cover))),
        plain(format!("Samengesteld op {}, op versie {} van het dossier", dutch_date(cover.on), cover.version)),
    ];
    let mut blocks = vec![Block::List { ordered: false, items }];
    let mut told =
        "Deze bundel is gefilterd voor deze lezer: hij bevat wat deze lezer in deze zaak mag zien.".to_owned();
    if list.unchecked > 0 {
        let (count, are) = counted(list.unchecked);
        told += &format!(
            " {count} op de site te zien, maar {are} niet in deze bundel: niet is vastgelegd dat het bestand voor deze \
             partij is nagezien op afgeschermde gegevens."
        );
    }
    if list.groups.iter().any(|group| group.heard == Some(false)) {
        told += " Uit zaken die dan niet op zitting komen, zijn de stukken meegekomen waarop een feit, een maatregel of \
                 een verzoek rust, met de antwoorden daarop; hun kop zegt dat.";
    }
    if list.elsewhere > 0 {
        let count = if list.elsewhere == 1 { "1 stuk".to_owned() } else { format!("{} stukken", list.elsewhere) };
        told += &format!(
            " Wat alleen hoort bij zaken die dan niet op zitting komen en waarop hier niets rust, staat niet in deze \
             bundel ({count})."
        );
    }
    blocks.push(Block::Paragraph { number: None, content: plain(told) });
    blocks
}

fn counted(count: usize) -> (String, &'static str) {
    if count == 1 { ("1 stuk is".to_owned(), "staat") } else { (format!("{count} stukken zijn"), "staan") }
}

/// Who the bundle is for, in words.
fn reader(cover: &Cover<'_>) -> String {
    match (cover.access.role, &cover.access.person) {
        (Role::Rechter, _) => {
            let domains: Vec<String> = [Domain::Criminal, Domain::Administrative, Domain::Family]
                .into_iter()
                .filter(|domain| cover.access.domains.contains(domain))
                .map(|domain| domain.label().to_owned())
                .collect();
            format!("de rechter ({})", dutch::list(&domains))
        }
        (Role::Advocaat, Some(client)) => format!("de advocaat van {}", cover.projected.person_name(client)),
        (role, _) => format!("de {role}"),
    }
}
