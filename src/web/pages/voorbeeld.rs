//! What a paper would say, beside the questions that it is made from.

use super::waar::{self, Where};
use crate::documents::html;
use crate::dossier::model::{Dossier, Label};
use crate::drafting::model::{Draft, DraftKind, DraftProblem};
use crate::drafting::{WordsBlock, draft, words_blocks};
use crate::shared::dutch::capital;
use crate::web::case_view::assess_on;
use crate::web::error::WebError;
use crate::web::forms::rows::OptionRow;
use chrono::NaiveDate;
use serde::Serialize;

/// A paper and what holds it back.
#[derive(Default, Serialize)]
pub struct Preview {
    of: &'static str,
    papers: Vec<OptionRow>,
    several: bool,
    title: String,
    fragment: Option<String>,
    points: Vec<ProblemRow>,
    blanks: Vec<Blanks>,
    count: usize,
    refused: bool,
}

/// What holds a paper back or asks for attention.
#[derive(Serialize)]
pub struct ProblemRow {
    level: String,
    message: String,
    source: String,
    /// Where it is filled, for a gap on the page of the plan.
    place: Option<Where>,
}

/// What is still to be filled in in one paper.
#[derive(Serialize)]
pub struct Blanks {
    /// Title of the paper.
    of: String,
    count: usize,
    points: Vec<ProblemRow>,
}

/// The blanks by paper, and the other points: what every line would begin with is said once above them.
pub fn blanks_apart(rows: Vec<ProblemRow>) -> (Vec<Blanks>, Vec<ProblemRow>) {
    let (mut blanks, mut others): (Vec<Blanks>, Vec<ProblemRow>) = (Vec::new(), Vec::new());
    for row in rows {
        let Some((title, what)) = blank_in(&row.message) else {
            others.push(row);
            continue;
        };
        let (title, row) = (title.to_owned(), ProblemRow { message: what.to_owned(), ..row });
        match blanks.iter_mut().find(|known| known.of == title) {
            Some(known) => {
                known.points.push(row);
                known.count = known.points.len();
            }
            None => blanks.push(Blanks { of: title, count: 1, points: vec![row] }),
        }
    }
    (blanks, others)
}

/// Of a blank: in which paper it stands, and what is missing.
pub fn blank_in(message: &str) -> Option<(&str, &str)> {
    let (title, what) = message.strip_prefix("In \"")?.split_once("\" moet nog worden ingevuld: ")?;
    Some((title, what.strip_suffix('.').unwrap_or(what)))
}

/// For whom a paper is shown beside its questions.
pub struct Asked<'a> {
    /// Names of the questions on the page.
    pub fields: &'a [&'a str],
    /// Whether who looks may write the words on something.
    pub writes: &'a dyn Fn(&WordsBlock) -> bool,
}

impl From<DraftProblem> for ProblemRow {
    fn from(problem: DraftProblem) -> Self {
        Self { level: capital(problem.level.label()), message: problem.message, source: problem.source, place: None }
    }
}

impl Preview {
    /// The paper of a dossier, by name; the first of its kind when there is none of that name.
    ///
    /// # Errors
    /// When frameworks or templates are broken.
    pub fn of(
        dossier: &Dossier,
        kind: DraftKind,
        on: NaiveDate,
        (of, paper): (&'static str, &str),
        asked: &Asked<'_>,
    ) -> Result<Self, WebError> {
        let assessment = assess_on(dossier, on)?;
        let conflicts = crate::conflicts::find(dossier, on);
        let set = draft(dossier, &assessment, &conflicts, kind, on)
            .map_err(|error| WebError::Internal(format!("draft: {error}")))?;
        let named = set.documents.iter().find(|document| document.name == paper);
        let shown = named.or_else(|| set.documents.first());
        let words = words_blocks(dossier, kind);
        let writes = |about: &str| words.iter().any(|block| block.about == about && (asked.writes)(block));
        let row = |problem: DraftProblem| {
            let place = waar::filled(&problem, kind, &words, asked.fields);
            ProblemRow { place: place.map(|place| waar::for_reader(place, writes)), ..ProblemRow::from(problem) }
        };
        let option = |item: &Draft| OptionRow {
            value: item.name.clone(),
            text: item.model.meta.title.clone(),
            chosen: shown.is_some_and(|shown| shown.name == item.name),
        };
        let (refused, count) = (set.is_refused(), set.problems.len());
        let papers: Vec<OptionRow> = set.documents.iter().map(option).collect();
        let title = shown.map(|shown| shown.model.meta.title.clone()).unwrap_or_default();
        let fragment = shown.map(|shown| html::render_fragment(&shown.model));
        let several = papers.len() > 1;
        let (blanks, points) = blanks_apart(set.problems.into_iter().map(row).collect());
        Ok(Self { of, papers, several, title, fragment, points, blanks, count, refused })
    }
}
