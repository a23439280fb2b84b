//! Questions that several tables ask.

use crate::dossier::model::{ChildHearingOutcome, Domain, Dossier, Evidence};
use crate::shared::ids::{FactId, MatterId, PersonId};
use crate::shared::moment::local_date;
use chrono::NaiveDate;

/// Names of children of twelve or older (or of unknown age) without an opportunity to be heard in the matter.
pub(in crate::drafting) fn not_heard(
    dossier: &Dossier,
    children: &[PersonId],
    matter: &MatterId,
    on: NaiveDate,
) -> Vec<String> {
    children
        .iter()
        .filter(|id| {
            let twelve = dossier.find_person(id).and_then(|child| child.is_at_least(12, on));
            twelve != Some(false) && !had_opportunity(dossier, id, matter)
        })
        .map(|id| dossier.person_name(id))
        .collect()
}

/// Whether own words for a paper were written when its decision was another than it is now.
pub(in crate::drafting) fn own_words_differ(dossier: &Dossier, paper: &str) -> bool {
    let mut own = dossier.judge_words.iter().filter(|words| words.about.starts_with(paper));
    own.any(|words| dossier.was_written_beside_another_choice(words))
}

fn had_opportunity(dossier: &Dossier, child: &PersonId, matter: &MatterId) -> bool {
    dossier.child_hearings.iter().any(|hearing| {
        hearing.child == *child
            && hearing.matter == *matter
            && matches!(
                hearing.outcome,
                ChildHearingOutcome::Heard
                    | ChildHearingOutcome::Written
                    | ChildHearingOutcome::Invited
                    | ChildHearingOutcome::Declined
            )
    })
}

/// Names of children of twelve or older (or of unknown age) who were called in the matter, while the file does
/// not say what came of it: the opportunity must have been there before the decision.
pub(in crate::drafting) fn call_unanswered(
    dossier: &Dossier,
    children: &[PersonId],
    matter: &MatterId,
    on: NaiveDate,
) -> Vec<String> {
    let own = |child: &PersonId| {
        let hearings = dossier.child_hearings.iter();
        let child = child.clone();
        hearings.filter(move |hearing| hearing.child == child && hearing.matter == *matter)
    };
    let mut names: Vec<String> = children
        .iter()
        .filter(|id| dossier.find_person(id).and_then(|child| child.is_at_least(12, on)) != Some(false))
        .filter(|id| own(id).any(|hearing| hearing.outcome == ChildHearingOutcome::Invited))
        .filter(|id| {
            own(id).all(|hearing| {
                !matches!(
                    hearing.outcome,
                    ChildHearingOutcome::Heard | ChildHearingOutcome::Written | ChildHearingOutcome::Declined
                )
            })
        })
        .map(|id| dossier.person_name(id))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Whether any violence is said to have happened and not refuted in this domain.
pub(super) fn violence_in_play(dossier: &Dossier, domain: Domain) -> bool {
    dossier.events.iter().any(|event| event.kind.is_violence() && event.status.in_domain(domain) != Evidence::Refuted)
}

/// First day of a fact: event, help, result or hearing.
pub(super) fn day_of(dossier: &Dossier, fact: &FactId) -> Option<NaiveDate> {
    if let Some(event) = dossier.find_event_about(fact.as_str()) {
        return event.time.first_day();
    }
    if let Some(track) = dossier.help.iter().find(|track| track.id == *fact) {
        return track.offered_on.or(track.started_on);
    }
    if let Some(result) = dossier.instrument_results.iter().find(|result| result.id == *fact) {
        return result.on;
    }
    if let Some(hearing) = dossier.child_hearings.iter().find(|hearing| hearing.id == *fact) {
        return hearing.held_on.or(hearing.invited_on);
    }
    dossier
        .measures
        .iter()
        .find(|measure| measure.id.as_str() == fact.as_str())
        .and_then(|measure| measure.starts.as_ref())
        .map(local_date)
}

/// Whether the words ask for mediation or joint talks.
pub(super) fn asks_joint_talks(text: &str) -> bool {
    let text = text.to_lowercase();
    ["mediation", "bemiddeling", "mediator", "gezamenlijk gesprek", "gezamenlijke gesprekken", "systeemgesprek"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether the words treat someone as guilty.
pub(super) fn guilt_word(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric()).collect();
    ["dader", "daders", "pleger", "plegers", "schuldig", "misdadiger", "mishandelaar", "veroordeelde"]
        .into_iter()
        .find(|guilt| words.contains(guilt))
}
