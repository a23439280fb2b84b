//! Draft decisions: considerations and ruling from dossier, findings and conflicts.
//!
//! `draft` is the only way in. It projects the dossier to the legal domain of each document
//! (nobody can forget that), gathers data (`view`, `decision`), renders Markdown templates that a
//! lawyer can edit (`render`), turns the result into the document model (`markup`), and checks
//! the limits of law (`checks`). Nothing is invented: what the file or the plan does not say
//! prints as a visible blank and holds back finalising. Same input, same output: no clock.

mod checks;
mod cited;
mod contested;
mod decision;
pub mod explain;
mod joined;
mod judged;
mod kind_words;
mod law;
mod markup;
pub mod model;
mod own_words;
mod parts;
mod render;
pub mod review;
pub mod service;
mod shield;
mod view;
mod words;

pub(crate) use decision::recurrence;
pub use own_words::{WordsBlock, words_blocks};
pub use view::given_name;

use crate::assessment::model::Assessment;
use crate::conflicts::model::ConflictReport;
use crate::documents::model::{Block, DocumentMeta, DocumentModel};
use crate::documents::pdf;
use crate::dossier::model::{Domain, Dossier, Matter};
use crate::dossier::projection::{self, Projection};
use crate::shared::hash::canonical_hash;
use crate::shared::ids::MatterId;
use chrono::NaiveDate;
use joined::OwnFile;
use model::{Draft, DraftKind, DraftProblem, DraftSet, ProblemLevel};
use serde_json::{Value, json};
use std::borrow::Cow;
use view::{Part, Scene};

/// Why no draft could be made.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// A template is missing, broken, or asks for something that does not exist.
    #[error("Het ontwerp \"{document}\" kan niet worden gemaakt. {detail}")]
    Template {
        /// Name of the document.
        document: String,
        /// What is wrong, in Dutch.
        detail: String,
    },
    /// The control code could not be computed.
    #[error("Het ontwerp kan niet worden gemaakt: de controlecode is niet te berekenen.")]
    ControlCode,
}

/// Makes the drafts of one kind, with the problems that hold back finalising.
///
/// When the plan cannot be in law (`DraftSet::is_refused`) the set has no documents.
///
/// # Errors
/// When a template is missing or broken.
pub fn draft(
    dossier: &Dossier,
    assessment: &Assessment,
    conflicts: &ConflictReport,
    kind: DraftKind,
    on: NaiveDate,
) -> Result<DraftSet, DraftError> {
    let mut set = DraftSet { kind, documents: Vec::new(), problems: Vec::new() };
    checks::check(dossier, conflicts, kind, on, &mut set.problems);
    let mut parts = parts::parts_of(dossier, kind);
    parts.retain(|part| part.name != "huisverbod-verlenging" || !contested::is_too_late_to_extend(dossier, on));
    if parts.is_empty() {
        let (code, nothing) = nothing_to_draft(kind);
        set.problems.push(gap(code, &format!("{nothing} Er is niets om over te ontwerpen.")));
    }
    if !set.is_refused() {
        for part in &parts {
            let draft = write(dossier, assessment, conflicts, part, on, &mut set.problems)?;
            set.documents.push(draft);
            judged::unasked(dossier, assessment, part, &mut set.problems);
        }
        judged::opposed(dossier, assessment, kind, &mut set.problems);
    }
    // Blocking problems first; within a level in the order in which they were found.
    set.problems.sort_by_key(|problem| problem.level);
    set.problems.dedup();
    Ok(set)
}

/// Hearing files: one per legal domain in which there is a matter, never one for several.
///
/// # Errors
/// When a template is missing or broken.
pub fn hearing_files(
    dossier: &Dossier,
    assessment: &Assessment,
    conflicts: &ConflictReport,
    on: NaiveDate,
) -> Result<Vec<Draft>, DraftError> {
    let files = hearing_files_of(dossier, assessment, conflicts, on, &|_| true)?;
    Ok(files.into_iter().map(|(_, file)| file).collect())
}

/// The same, of the domains that are wanted, each with its domain.
///
/// # Errors
/// When a template is missing or broken.
pub fn hearing_files_of(
    dossier: &Dossier,
    assessment: &Assessment,
    conflicts: &ConflictReport,
    on: NaiveDate,
    wanted: &dyn Fn(Domain) -> bool,
) -> Result<Vec<(Domain, Draft)>, DraftError> {
    let domains = [(Domain::Family, "familie"), (Domain::Administrative, "bestuur"), (Domain::Criminal, "straf")];
    let mut drafts = Vec::new();
    for (domain, suffix) in domains.into_iter().filter(|(domain, _)| wanted(*domain)) {
        let Some(part) = parts::hearing_part(dossier, domain) else { continue };
        let mut draft = write(dossier, assessment, conflicts, &part, on, &mut Vec::new())?;
        draft.name = format!("{}-{suffix}", draft.name);
        drafts.push((domain, draft));
    }
    Ok(drafts)
}

/// Limits of a kind of draft that can be left with a reasoned deviation: code and words.
#[must_use]
pub fn limits(kind: DraftKind) -> Vec<(String, String)> {
    checks::limits(kind)
}

/// Most pages of a hearing sheet.
const SHEET_PAGES: usize = 4;

/// Hearing sheets: one for each matter that a court still has to decide, at most four pages each.
///
/// Where the file is large the lists of a sheet get shorter, and say how many rows stand elsewhere.
///
/// # Errors
/// When a template is missing or broken.
pub fn hearing_sheets(
    dossier: &Dossier,
    assessment: &Assessment,
    conflicts: &ConflictReport,
    on: NaiveDate,
) -> Result<Vec<Draft>, DraftError> {
    let sheets = hearing_sheets_of(dossier, assessment, conflicts, on, &|_| true)?;
    Ok(sheets.into_iter().map(|(_, sheet)| sheet).collect())
}

/// The same, of the matters that are wanted, each with its matter.
///
/// # Errors
/// When a template is missing or broken.
pub fn hearing_sheets_of(
    dossier: &Dossier,
    assessment: &Assessment,
    conflicts: &ConflictReport,
    on: NaiveDate,
    wanted: &dyn Fn(&Matter) -> bool,
) -> Result<Vec<(MatterId, Draft)>, DraftError> {
    let mut drafts: Vec<(MatterId, Draft)> = Vec::new();
    let wanted = |part: &Part<'_>| part.matter.and_then(|id| dossier.find_matter(id)).is_some_and(wanted);
    for mut part in parts::sheet_parts(dossier).into_iter().filter(wanted) {
        let mut draft = write_short(dossier, assessment, conflicts, &mut part, on)?;
        let kind =
            part.matter.and_then(|id| dossier.find_matter(id)).map_or("zaak", |matter| words::file_word(matter.kind));
        let earlier =
            drafts.iter().filter(|(_, known)| known.name.starts_with(&format!("{}-{kind}", part.name))).count();
        let number = if earlier == 0 { String::new() } else { format!("-{}", earlier.saturating_add(1)) };
        draft.name = format!("{}-{kind}{number}", part.name);
        drafts.extend(part.matter.map(|matter| (matter.clone(), draft)));
    }
    Ok(drafts)
}

/// Writes a sheet with as much room as four pages give: the widest step that fits lies between
/// one that does not and the narrowest.
fn write_short(
    dossier: &Dossier,
    assessment: &Assessment,
    conflicts: &ConflictReport,
    part: &mut Part<'_>,
    on: NaiveDate,
) -> Result<Draft, DraftError> {
    let material = Material::of(dossier, assessment, conflicts, part, on)?;
    let mut at = |step: usize| {
        part.step = step;
        write_from(&material, conflicts, part, on, &mut Vec::new())
    };
    let widest = at(0)?;
    if fits(&widest.model) {
        return Ok(widest);
    }
    let (mut wide, mut narrow) = (0, decision::STEPS - 1);
    let mut draft = at(narrow)?;
    while narrow - wide > 1 {
        let middle = usize::midpoint(wide, narrow);
        let tried = at(middle)?;
        if fits(&tried.model) {
            (narrow, draft) = (middle, tried);
        } else {
            wide = middle;
        }
    }
    Ok(draft)
}

/// Whether a sheet has no more pages than a judge reads on the bench. A text that cannot be set
/// at all is told where the file is made.
fn fits(sheet: &DocumentModel) -> bool {
    pdf::page_count(sheet).is_none_or(|pages| pages <= SHEET_PAGES)
}

/// Writes one document and reports what is blank in it.
fn write(
    dossier: &Dossier,
    assessment: &Assessment,
    conflicts: &ConflictReport,
    part: &Part<'_>,
    on: NaiveDate,
    problems: &mut Vec<DraftProblem>,
) -> Result<Draft, DraftError> {
    write_from(&Material::of(dossier, assessment, conflicts, part, on)?, conflicts, part, on, problems)
}

/// What a document is made from: the dossier as it may stand there, and the findings on it.
struct Material<'a> {
    dossier: &'a Dossier,
    projection: Projection,
    findings: Cow<'a, Assessment>,
}

impl<'a> Material<'a> {
    fn of(
        dossier: &'a Dossier,
        assessment: &'a Assessment,
        conflicts: &ConflictReport,
        part: &Part<'_>,
        on: NaiveDate,
    ) -> Result<Self, DraftError> {
        let mut projection = projection::for_documents(dossier, part.domain);
        let Some(own) = OwnFile::of(&Scene::new(&projection, assessment, conflicts, part, on)) else {
            return Ok(Self { dossier, projection, findings: Cow::Borrowed(assessment) });
        };
        let findings = own
            .assess(dossier, assessment, on)
            .map_err(|detail| DraftError::Template { document: part.name.to_owned(), detail })?;
        own.limit(&mut projection.dossier);
        Ok(Self { dossier, projection, findings: Cow::Owned(findings) })
    }
}

fn write_from(
    material: &Material<'_>,
    conflicts: &ConflictReport,
    part: &Part<'_>,
    on: NaiveDate,
    problems: &mut Vec<DraftProblem>,
) -> Result<Draft, DraftError> {
    let fail = |detail: String| DraftError::Template { document: part.name.to_owned(), detail };
    let (dossier, assessment) = (material.dossier, material.findings.as_ref());
    let scene = Scene::new(&material.projection, assessment, conflicts, part, on);
    let decision = parts::decide(&scene, part);
    let mut data = render::Data::from(scene.data(&decision.title, decision.dated, decision.data));
    let author = decision.author.or_else(|| scene.matter.map(|matter| matter.authority.name.clone()));
    let author = author.map(|name| words::capital(&name));
    if let Value::Object(data) = data.data_mut() {
        data.insert("instantie".to_owned(), json!(author));
        data.insert("houdt_tegen".to_owned(), json!(held_back(part, problems)));
    }
    let mut body = render::render(part.name, &data)
        .and_then(|text| markup::parse_with(&text, decision::figures(&scene, part.name)))
        .map_err(fail)?;
    if let Value::Object(data) = data.data_mut() {
        data.insert("normen".to_owned(), Value::Null);
        data.insert("is_ontwerp".to_owned(), json!(part.name != "zittingsmap"));
        // The hearing file has its questions and documents in chapters of their own; the bridge weighs no facts.
        for told in ["vragen", "stukken", "stukken_niet_gevoegd"] {
            if ["zittingsmap", "beschermingsbrug"].contains(&part.name) {
                data.insert(told.to_owned(), Value::Null);
            }
        }
    }
    // A hearing sheet is read on the bench; its account stands in the drafts.
    if part.name != "zittingsblad" {
        let annex = annex(&mut data, &body.blocks).map_err(fail)?;
        body.blocks.extend(annex);
    }
    let shielded = shield::redact(dossier, &mut body.blocks);
    report(&decision.title, &body, shielded, problems);
    let code = canonical_hash(&(&assessment.receipt, &body.blocks)).map_err(|_| DraftError::ControlCode)?;
    let meta = DocumentMeta {
        title: decision.title,
        author: author.unwrap_or_else(|| "niet ingevuld".to_owned()),
        running_header: running_header(&scene),
        concept: true,
        control_code: code.chars().take(16).collect(),
        dated: decision.dated.unwrap_or(on),
        compact: part.name == "zittingsblad",
    };
    Ok(Draft { name: part.name.to_owned(), model: DocumentModel { meta, blocks: body.blocks } })
}

/// What in law holds back this paper, for who reads the paper alone: the rules, not what they found, which may be more
/// than this paper may tell. The set about a huisverbod belongs to several authorities, of which none reads what holds
/// back the paper of another; of that set the rules on provisional measures are for the family court alone.
fn held_back(part: &Part<'_>, problems: &[DraftProblem]) -> Option<String> {
    let own = match part.name {
        "gezag" | "omgang" | "gedragsinterventie" => "",
        "voorlopige-voorzieningen" => "provisional_",
        _ => return None,
    };
    let of_law = problems.iter().filter(|problem| {
        problem.level == ProblemLevel::Blocks && !problem.source.is_empty() && problem.code.starts_with(own)
    });
    let rule = |problem: &DraftProblem| {
        let words = checks::limit_words(&problem.code)?;
        Some(if problem.source.contains("(niet geverifieerd)") {
            format!("{}; niet geverifieerd).", words.strip_suffix(')').unwrap_or(&words))
        } else {
            format!("{words}.")
        })
    };
    let all: Vec<String> = of_law.filter_map(rule).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// The annex of a paper. Its table of norms names what the annex itself cites as well, so that is filled in last.
fn annex(data: &mut render::Data, body: &[Block]) -> Result<Vec<Block>, String> {
    const PLACE: &str = "normen";
    let place = Block::Heading { level: 3, number: None, text: PLACE.to_owned() };
    let text = render::render("_bijlage", data)?;
    let mut blocks = markup::parse_with(&text, markup::Figures::from([(PLACE, place.clone())]))?.blocks;
    if let Value::Object(data) = data.data_mut() {
        data.insert(PLACE.to_owned(), cited::norms(body.iter().chain(&blocks)));
    }
    let norms = markup::parse(&render::render("_normen", data)?)?.blocks;
    if let Some(at) = blocks.iter().position(|block| *block == place) {
        blocks.splice(at..=at, norms);
    }
    Ok(blocks)
}

/// Numbers of the document's own matter, for the running header; an overview has the reference of the whole case.
fn running_header(scene: &Scene<'_>) -> String {
    let matter = scene.matter.into_iter().flat_map(|matter| &matter.numbers);
    let numbers: Vec<&str> = matter.map(|number| number.value.as_str()).collect();
    let whole = scene.words_about == "beschermingsbrug";
    if numbers.is_empty() || whole { scene.file.reference.clone() } else { numbers.join(" / ") }
}

fn report(title: &str, body: &markup::Parsed, shielded: usize, problems: &mut Vec<DraftProblem>) {
    for blank in &body.blanks {
        problems.push(gap("blank", &format!("In \"{title}\" moet nog worden ingevuld: {blank}.")));
    }
    if shielded > 0 {
        problems.push(DraftProblem {
            code: "secret_address_in_text".to_owned(),
            level: ProblemLevel::Blocks,
            message: format!(
                "In \"{title}\" stond een geheim adres in een vrije tekst ({shielded} keer). Het is weggelaten. Haal het ook uit het dossier."
            ),
            source: "art. 8 EVRM (niet geverifieerd); hiervan kan niet worden afgeweken".to_owned(),
            impossible: false,
        });
    }
    if !body.signing.is_empty() {
        problems.push(DraftProblem {
            code: "fill_in_at_signing".to_owned(),
            level: ProblemLevel::Notes,
            message: format!("Bij de ondertekening van \"{title}\" in te vullen: {}.", body.signing.join(", ")),
            source: String::new(),
            impossible: false,
        });
    }
}

/// What the dossier lacks when there is nothing to draft of a kind.
fn nothing_to_draft(kind: DraftKind) -> (&'static str, &'static str) {
    match kind {
        DraftKind::Gezag => ("gezag_missing", "In dit dossier is geen zaak of verzoek over het gezag."),
        DraftKind::Omgang => ("omgang_missing", "In dit dossier is geen zaak of verzoek over omgang of zorg."),
        DraftKind::Gedragsinterventie => ("intervention_missing", "In dit dossier is geen strafzaak die nog loopt."),
        DraftKind::Huisverbod => (
            "huisverbod_missing",
            "In dit dossier is geen tijdelijk huisverbod en geen verzoek om voorlopige voorzieningen.",
        ),
    }
}

/// A gap: holds back finalising, but a document can be written.
fn gap(code: &str, message: &str) -> DraftProblem {
    DraftProblem {
        code: code.to_owned(),
        level: ProblemLevel::Blocks,
        message: message.to_owned(),
        source: String::new(),
        impossible: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_a_document_or_a_partial() {
        let documents = [
            "beschermingsbrug",
            "gedragsinterventie",
            "gezag",
            "huisverbod-beroep",
            "huisverbod-verlenging",
            "omgang",
            "uitleg-gedragsinterventie",
            "uitleg-gezag",
            "uitleg-huisverbod-beroep",
            "uitleg-huisverbod-verlenging",
            "uitleg-kind-gedragsinterventie",
            "uitleg-kind-gezag",
            "uitleg-kind-huisverbod-beroep",
            "uitleg-kind-huisverbod-verlenging",
            "uitleg-kind-omgang",
            "uitleg-kind-voorlopige-voorzieningen",
            "uitleg-omgang",
            "uitleg-voorlopige-voorzieningen",
            "voorlopige-voorzieningen",
            "zittingsblad",
            "zittingsmap",
        ];
        for name in render::template_names() {
            assert!(name.starts_with('_') || documents.contains(&name.as_str()), "{name}");
        }
        for name in documents {
            assert!(render::template_names().contains(&name.to_owned()), "{name}");
        }
    }
}
