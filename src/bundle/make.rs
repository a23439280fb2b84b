//! A reader's bundle as `documents::bundle` wants it: cover, sheets, documents.

use super::list::BundleList;
use super::meant_for::Hidden;
use crate::assessment::model::Assessment;
use crate::conflicts::model::ConflictReport;
use crate::documents::bundle::model::{Bundle, Group, Part, PartFile};
use crate::documents::model::{Block, Inline};
use crate::dossier::model::{DocumentRecord, Domain, Dossier, Label, Matter};
use crate::dossier::record::Access;
use crate::drafting::model::Draft;
use crate::drafting::{DraftError, hearing_files_of, hearing_sheets_of};
use crate::identity::Role;
use crate::shared::dutch;
use crate::shared::ids::{DocumentId, MatterId};
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

/// What stands in front of the documents.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// Hearing sheets, each with its matter.
    pub sheets: Vec<(MatterId, Draft)>,
    /// Hearing files, each with its domain: what the sheets leave to them.
    pub hearing_files: Vec<(Domain, Draft)>,
}

/// The sheets that a list has in front, with the hearing files behind them.
///
/// # Errors
/// When a template is missing or broken.
pub fn front(list: &BundleList, whole: &Whole<'_>, on: NaiveDate) -> Result<Front, DraftError> {
    if list.sheets.is_empty() {
        return Ok(Front::default());
    }
    let wanted = |matter: &Matter| list.sheets.contains(&matter.id);
    let domains = domains_of(whole.dossier, list);
    let sheets = hearing_sheets_of(whole.dossier, whole.findings, whole.conflicts, on, &wanted)?;
    let in_domain = |domain| domains.contains(&domain);
    let hearing_files = hearing_files_of(whole.dossier, whole.findings, whole.conflicts, on, &in_domain)?;
    Ok(Front { sheets, hearing_files })
}

/// Domains of the matters whose sheets a list has in front.
fn domains_of(dossier: &Dossier, list: &BundleList) -> Vec<Domain> {
    list.sheets.iter().filter_map(|id| dossier.find_matter(id)).map(|matter| matter.domain).collect()
}

/// Makes the bundle of a list; of what can stand in front it takes what the list has there.
#[must_use]
pub fn make(cover: &Cover<'_>, list: &BundleList, front: &Front) -> Bundle {
    let domains = domains_of(cover.projected, list);
    let sheets = front.sheets.iter().filter(|(matter, _)| list.sheets.contains(matter)).map(|(_, sheet)| sheet);
    let files = front.hearing_files.iter().filter(|(domain, _)| domains.contains(domain)).map(|(_, file)| file);
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
        sheets: sheets.chain(files).map(|paper| paper.model.clone()).collect(),
        groups: groups(cover, list),
        left_out: left_out(cover, list),
    }
}

/// The courts of the matters that are heard before this reader: of a judge those of the judge's own domains, each once.
fn authority(cover: &Cover<'_>) -> String {
    let access = cover.access;
    let own = |matter: &&Matter| access.role != Role::Rechter || access.domains.contains(&matter.domain);
    let matters: Vec<&Matter> = cover.projected.matters.iter().filter(own).collect();
    let is_heard = |matter: &&&Matter| matter.hearings.iter().any(|hearing| Some(hearing.at) == cover.hearing);
    let heard: Vec<&Matter> = matters.iter().filter(is_heard).copied().collect();
    let mut names: Vec<String> = Vec::new();
    for matter in if heard.is_empty() { matters.into_iter().take(1).collect() } else { heard } {
        if !names.contains(&matter.authority.name) {
            names.push(matter.authority.name.clone());
        }
    }
    names.join("; ")
}

/// What this judge may not decide on, by name and with the reason: that it exists is known from the sheets.
fn left_out(cover: &Cover<'_>, list: &BundleList) -> Vec<Block> {
    if list.not_joined.is_empty() {
        return Vec::new();
    }
    let plain = |text: String| vec![Inline::Text(text)];
    let told = "Deze stukken komen uit een andere zaak. Nergens is vastgelegd dat zij zijn gevoegd in het dossier waarop \
                deze rechter beslist. Daarom staan zij niet in deze bundel.";
    let row = |(id, origin): &(DocumentId, Domain)| {
        let document = cover.projected.documents.iter().find(|document| document.id == *id)?;
        let dated = document.dated.map_or_else(|| "onbekend".to_owned(), dutch_date);
        Some(vec![plain(document.title.clone()), plain(dated), plain(origin_in_words(*origin).to_owned())])
    };
    let head = ["Stuk", "Datum", "Uit"].map(str::to_owned).to_vec();
    vec![
        Block::Heading { level: 2, number: None, text: "Niet in deze bundel: niet gevoegd".to_owned() },
        Block::Paragraph { number: None, content: plain(told.to_owned()) },
        Block::Table { caption: None, head, rows: list.not_joined.iter().filter_map(row).collect() },
    ]
}

fn origin_in_words(origin: Domain) -> &'static str {
    match origin {
        Domain::Family => "de familiezaak",
        Domain::Administrative => "de zaak over het huisverbod",
        Domain::Criminal => "de strafzaak",
    }
}

fn groups(Cover { projected, access, .. }: &Cover<'_>, list: &BundleList) -> Vec<Group> {
    let find = |id| projected.documents.iter().find(|document| document.id == id);
    let hidden = Hidden::of(projected, access);
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
                .filter_map(|listed| {
                    let document = find(listed.document.clone())?;
                    let not_for = hidden.mark(document);
                    Some(Part { not_for, ..part(projected, document, listed.file.as_ref()) })
                })
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
        not_for: None,
    }
}

/// What a mark asks of the judge.
const MARKED: &str = "In de inhoud, en op elke bladzijde van het stuk, staat voor welke partij een stuk of een deel ervan \
                      volgens het dossier niet is bedoeld. Houd het die partij niet voor. Wat een partij niet kende en \
                      waarover zij zich niet kon uitlaten, draagt geen oordeel in haar nadeel (art. 19 Rv).";

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
    if Hidden::of(cover.projected, cover.access).marks_any(list) {
        blocks.push(Block::Notice { heading: "Niet voor elke partij".to_owned(), content: plain(MARKED.to_owned()) });
    }
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
        (Role::Advocaat, Some(client)) => {
            let advocate = format!("de advocaat van {}", cover.projected.person_name(client));
            if cover.access.on_behalf.is_some() { format!("een medewerker van {advocate}") } else { advocate }
        }
        (role, _) => format!("de {role}"),
    }
}
