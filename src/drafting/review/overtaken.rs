//! What someone else did in the meantime, for who comes second: the step, its reason, and what
//! changed in the text.

use super::service::Paper;
use super::store::{self, StepRow};
use crate::documents::compare::{Change, compare, lines_of};
use crate::documents::model::DocumentModel;
use crate::dossier::DossierError;
use crate::shared::moment::dutch_moment;

/// Most changes that are told.
const MOST_TOLD: usize = 5;
/// Most signs of a text that are told.
const LONGEST_TOLD: usize = 300;

/// What others did after a step; `first` is the text as it was drafted.
pub(super) fn overtaken(
    paper: &Paper,
    rows: &[StepRow],
    first: &DocumentModel,
    after: i64,
) -> Result<String, DossierError> {
    let last = paper.steps.last().map_or_else(
        || "Er is nog geen stap gezet.".to_owned(),
        |step| {
            let reason =
                if step.reason.is_empty() { String::new() } else { format!(", met als reden: {}", step.reason) };
            let told = format!(
                "De laatste stap is \"{}\" door {}, {}{reason}",
                step.step.as_str(),
                step.by,
                dutch_moment(&step.at)
            );
            super::text::ended(&told)
        },
    );
    let seen = rows.iter().take_while(|row| row.number <= after).count();
    let before = store::last_text(rows.get(..seen).unwrap_or(rows))?;
    let changes = changes(before.as_ref().unwrap_or(first), &paper.model);
    Ok(format!(
        "Dit document is intussen door een ander behandeld. {last}{changes} Er is niets opgeslagen; bekijk het document \
         opnieuw."
    ))
}

/// What changed in the text, in sentences; nothing when it is the same.
fn changes(before: &DocumentModel, now: &DocumentModel) -> String {
    let differences = compare(before, &lines_of(now));
    let mut told: Vec<String> = differences
        .iter()
        .take(MOST_TOLD)
        .map(|difference| match difference.change {
            Change::Removed => format!("“{}” is weg", shortened(&difference.old)),
            Change::Added => format!("“{}” is toegevoegd", shortened(&difference.new)),
            Change::Moved => format!("“{}” is verplaatst", shortened(&difference.new)),
            Change::Changed => format!("nu staat er “{}”", shortened(&difference.new)),
        })
        .collect();
    let more = differences.len().saturating_sub(told.len());
    if more > 0 {
        told.push(format!("en nog {more} meer"));
    }
    if told.is_empty() { String::new() } else { format!(" Gewijzigd in de tekst: {}.", told.join("; ")) }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_TOLD {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(LONGEST_TOLD).collect::<String>().trim_end())
}
