//! What a paper of any kind tells of the parties: whether an answer can be an answer.

use crate::dossier::model::{Dossier, Matter, Request};
use crate::drafting::model::{DraftKind, DraftProblem, ProblemLevel};
use crate::drafting::parts;
use crate::shared::moment::dutch_date;

/// Code of the warning.
const CODE: &str = "position_older_than_request";

/// Positions in the matters of a kind that are taken from a document of before the request which they answer.
pub(super) fn check(dossier: &Dossier, kind: DraftKind, problems: &mut Vec<DraftProblem>) {
    let parts = parts::parts_of(dossier, kind);
    let matters = parts.iter().filter_map(|part| part.matter.and_then(|id| dossier.find_matter(id)));
    let mut seen: Vec<&Matter> = Vec::new();
    for matter in matters {
        if seen.iter().any(|known| known.id == matter.id) {
            continue;
        }
        seen.push(matter);
        let own = dossier.requests.iter().filter(|request| request.matter == matter.id);
        problems.extend(own.flat_map(|request| older(dossier, request)));
    }
}

fn older(dossier: &Dossier, request: &Request) -> Vec<DraftProblem> {
    let told = |position: &crate::dossier::model::Position| {
        let source = position.source.as_ref()?;
        let document = dossier.documents.iter().find(|document| document.id == source.document)?;
        let (dated, asked) = (document.dated?, request.on?);
        (dated < asked).then(|| DraftProblem {
            code: CODE.to_owned(),
            level: ProblemLevel::Warns,
            message: format!(
                "Een standpunt is ouder dan het verzoek waarop het antwoordt: dat van {} op het verzoek van {} komt uit \
                 \"{}\" van {}. Ga na of deze partij op het verzoek zelf heeft kunnen reageren.",
                dossier.party_name(&position.by),
                dutch_date(asked),
                document.title,
                dutch_date(dated),
            ),
            source: "art. 19 Rv (niet geverifieerd)".to_owned(),
            impossible: false,
        })
    };
    request.positions.iter().filter_map(told).collect()
}
