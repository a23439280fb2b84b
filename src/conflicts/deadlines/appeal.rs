//! Terms for appeal: three months in family matters (art. 806 Rv), four weeks in kort geding,
//! fourteen days in criminal matters. No appeal lies from provisional measures (art. 824 lid 1 Rv).

use super::{Deadline, Term, step_names};
use crate::conflicts::case::Case;
use crate::conflicts::sources::Source;
use crate::dossier::model::{CriminalPhase, Domain, Instrument, Matter, MatterKind, MatterState, MeasureState};
use crate::shared::ids::FactId;
use crate::shared::moment::{dutch_date, local_date};
use crate::shared::terms::{TermLength, end_of_day, statutory_end};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Finds the appeal terms of rulings in the dossier: once per matter and day of ruling.
pub(super) fn find(case: &Case<'_>, all: &mut Vec<Deadline>) {
    let mut rulings: BTreeMap<(&str, NaiveDate), (&Matter, FactId)> = BTreeMap::new();
    for measure in &case.dossier.measures {
        let given = !matches!(measure.state, MeasureState::Proposed | MeasureState::Annulled);
        let provisional = measure.legal_basis.as_deref().is_some_and(|basis| basis.contains("822"))
            || measure.instrument == Instrument::VoorlopigeVoorziening;
        let matter = case.matter(&measure.matter).filter(|_| given && !provisional);
        if let (Some(matter), Some(decided)) = (matter, measure.decided_at)
            && appealable(matter, measure.instrument)
        {
            rulings.entry((matter.id.as_str(), local_date(&decided))).or_insert((matter, FactId::from(&measure.id)));
        }
    }
    for matter in case.dossier.matters.iter().filter(|m| is_ruled(m)) {
        let verdicts = matter.steps.iter().filter(|step| step.what.to_lowercase().contains("vonnis"));
        for step in verdicts {
            rulings.entry((matter.id.as_str(), step.on)).or_insert((matter, FactId::from(&matter.id)));
        }
    }
    all.extend(rulings.into_iter().map(|((_, day), (matter, fact))| appeal(case, matter, day, fact)));
}

fn is_ruled(matter: &Matter) -> bool {
    matter
        .criminal
        .as_ref()
        .is_some_and(|c| matches!(c.phase, CriminalPhase::ConvictedNotFinal | CriminalPhase::Acquitted))
        && matter.state != MatterState::Final
}

fn appealable(matter: &Matter, instrument: Instrument) -> bool {
    if matches!(matter.state, MatterState::Final | MatterState::Withdrawn) {
        return false;
    }
    match matter.domain {
        Domain::Family => matter.kind != MatterKind::ProvisionalMeasures && instrument != Instrument::Veiligheidsplan,
        Domain::Criminal => {
            matches!(instrument, Instrument::BijzondereVoorwaarde | Instrument::Vrijheidsbeperkend38v)
                && is_ruled(matter)
        }
        Domain::Administrative => false,
    }
}

fn term(matter: &Matter) -> (TermLength, Source, &'static str) {
    match (matter.domain, matter.kind) {
        (Domain::Criminal, _) => (
            TermLength::Days(14),
            Source::Sv408,
            "Veertien dagen na de einduitspraak, als de verdachte van de zitting wist; anders vanaf het moment dat de uitspraak bekend is",
        ),
        (_, MatterKind::KortGeding) => (TermLength::Weeks(4), Source::Rv339, "Vier weken na het vonnis in kort geding"),
        _ => (
            TermLength::Months(3),
            Source::Rv806,
            "Drie maanden na de dag van de uitspraak, voor de verzoeker en wie een afschrift kreeg; voor anderen vanaf betekening of bekendheid",
        ),
    }
}

fn appeal(case: &Case<'_>, matter: &Matter, ruling: NaiveDate, fact: FactId) -> Deadline {
    let (length, source, words) = term(matter);
    let last = statutory_end(ruling, length);
    let (what, who) = match matter.domain {
        Domain::Criminal => {
            ("Hoger beroep tegen het vonnis van de strafrechter", "de verdachte of het openbaar ministerie")
        }
        _ => ("Hoger beroep tegen de beslissing van de familierechter", "de verzoeker en andere belanghebbenden"),
    };
    Term {
        what: what.to_owned(),
        at: end_of_day(last),
        rule: format!(
            "{words}; uitspraak van {}. Zo nodig verlengd door de Algemene termijnenwet.",
            dutch_date(ruling)
        ),
        source,
        who,
        if_missed: "De beslissing wordt onherroepelijk voor wie niet in beroep ging.".to_owned(),
        fact,
        met: step_names(matter, "hoger beroep", ruling, last),
        alarm: false,
    }
    .into_deadline(case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest]
    // Month term that ends on Sunday 29 May 2016: Monday 30 May is the last day.
    #[case("2016-02-29", TermLength::Months(3), "2016-05-30")]
    #[case("2026-11-19", TermLength::Months(3), "2027-02-19")]
    // Criminal appeal over Easter.
    #[case("2026-03-23", TermLength::Days(14), "2026-04-07")]
    #[case("2026-11-20", TermLength::Days(14), "2026-12-04")]
    // Kort geding: four weeks.
    #[case("2026-11-27", TermLength::Weeks(4), "2026-12-28")]
    fn appeal_ends_where_the_law_says(#[case] ruling: &str, #[case] length: TermLength, #[case] last: &str) {
        assert_eq!(statutory_end(day(ruling), length), day(last));
    }
}
