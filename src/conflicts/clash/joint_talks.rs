//! Mediation, joint talks or joint care against a ban in force, or after violence that was not
//! screened (art. 48 Istanbul Convention: never mandatory).

use super::{Collector, Draft, ban_with_period, decided_first, overlapping, severity};
use crate::conflicts::bans::{About, Ban, Bans, Standing};
use crate::conflicts::case::{Case, enumerate, sentence};
use crate::conflicts::model::{ConflictKind, Severity};
use crate::conflicts::sources::Source;
use crate::conflicts::ways_out;
use crate::dossier::model::{Conduct, Domain, Event, Evidence, JointProposal, ProposalKind, RuleEffect};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::{Instant, start_of_day};
use std::collections::{BTreeMap, BTreeSet};

/// Something that brings people together.
struct Talk<'a> {
    id: FactId,
    words: &'static str,
    persons: Vec<&'a PersonId>,
    from: Instant,
    until: Option<Instant>,
    screened: Option<bool>,
    /// Laid down by an order or plan: takes part whether or not they wish.
    imposed: bool,
    /// Sharing a home, so a ban on the home counts too.
    home: bool,
}

/// Pairs (actor, target) of events that may be used in the family matter.
type Violence<'a> = BTreeSet<(&'a PersonId, &'a PersonId)>;

/// Finds talks that a ban forbids or that follow on violence.
pub(in crate::conflicts) fn find(case: &Case<'_>, bans: &Bans<'_>, found: &mut Collector) {
    let violence = violence(case);
    for talk in talks(case) {
        for one in &talk.persons {
            for other in talk.persons.iter().filter(|other| *other != one) {
                let (list, _) = overlapping(bans, one, other, &talk.from, talk.until.as_ref());
                let against = |ban: &&Ban<'_>| ban.about == About::Contact || (talk.home && ban.about == About::Home);
                for ban in decided_first(list.into_iter().filter(against).collect()) {
                    against_ban(case, ban, &talk, found);
                }
            }
        }
        for (place, one) in talk.persons.iter().enumerate() {
            for other in talk.persons.iter().skip(place.saturating_add(1)) {
                let told = [(*one, *other), (*other, *one)].into_iter().filter(|pair| violence.contains(pair));
                after_violence(case, &talk, &told.collect::<Vec<_>>(), found);
            }
        }
    }
}

fn violence<'a>(case: &Case<'a>) -> Violence<'a> {
    let mut all: Violence<'a> = BTreeSet::new();
    for event in case.dossier.events.iter().filter(|event| event.kind.is_violence() && usable(event)) {
        for actor in &event.actors {
            for target in event.targets.iter().filter(|target| *target != actor) {
                all.insert((actor, target));
            }
        }
    }
    all
}

/// Not refuted, not secret, and not criminal material that was not released to the family matter.
fn usable(event: &Event) -> bool {
    let allowed = event.restriction.as_ref().is_none_or(|r| {
        !r.secret_source
            && r.withheld_from.is_empty()
            && (r.origin != Domain::Criminal || r.releases.iter().any(|release| release.to == Domain::Family))
    });
    allowed && event.status.family != Evidence::Refuted
}

fn proposal_words(kind: ProposalKind) -> &'static str {
    match kind {
        ProposalKind::Mediation => "het voorstel voor mediation",
        ProposalKind::JointSession => "het voorstel voor een gezamenlijk gesprek",
        ProposalKind::VictimOffenderTalk => "het voorstel voor een gesprek tussen slachtoffer en dader",
        ProposalKind::SharedCare => "het voorstel voor co-ouderschap",
        ProposalKind::Birdnesting => "het voorstel voor birdnesting",
        ProposalKind::JointParentingHelp => "het voorstel voor gezamenlijke hulp aan de ouders",
    }
}

fn talks<'a>(case: &Case<'a>) -> Vec<Talk<'a>> {
    let mut all: Vec<Talk<'a>> = case.dossier.proposals.iter().map(|proposal| of_proposal(case, proposal)).collect();
    for measure in &case.dossier.measures {
        let required =
            measure.rules.iter().find(|r| r.effect == RuleEffect::Requires && r.conduct == Conduct::JointSession);
        let period = crate::conflicts::bans::period(case, measure);
        if let (Some(rule), Some((from, until, _))) = (required, period) {
            all.push(Talk {
                id: FactId::from(&measure.id),
                words: "de verplichting tot een gezamenlijk gesprek",
                persons: measure
                    .restrained
                    .iter()
                    .chain(&measure.protected)
                    .chain(&rule.with)
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect(),
                from,
                until,
                screened: None,
                imposed: true,
                home: false,
            });
        }
    }
    if let Some(plan) = case.dossier.plans.omgang.as_ref().filter(|plan| plan.joint_talks_as_condition) {
        let parents = plan.children.iter().flat_map(|child| case.parents_of(&child.child));
        let persons: BTreeSet<&PersonId> = parents.chain(std::iter::once(&plan.parent)).collect();
        all.push(Talk {
            id: FactId::from(&plan.matter),
            words: "de voorgenomen voorwaarde van gezamenlijke gesprekken",
            persons: persons.into_iter().collect(),
            from: plan.order_date.map_or(case.now, start_of_day),
            until: None,
            screened: None,
            imposed: true,
            home: false,
        });
    }
    all
}

fn of_proposal<'a>(case: &Case<'_>, proposal: &'a JointProposal) -> Talk<'a> {
    Talk {
        id: proposal.id.clone(),
        words: proposal_words(proposal.kind),
        persons: proposal.participants.iter().collect(),
        // A proposal stays on the table until it is taken back, so bans from now on count.
        from: proposal.on.map_or(case.now, start_of_day).max(case.now),
        until: None,
        screened: proposal.screened,
        imposed: false,
        home: proposal.kind == ProposalKind::Birdnesting,
    }
}

fn against_ban(case: &Case<'_>, ban: &Ban<'_>, talk: &Talk<'_>, found: &mut Collector) {
    let excepted = ban.rule.is_some_and(|rule| rule.exceptions.iter().any(|e| e.allows == Conduct::JointSession));
    let mut text = format!(
        "{} staat tegenover {} met {} en {}.",
        sentence(&ban_with_period(ban)),
        talk.words,
        case.name(ban.restrained),
        case.name(ban.protected)
    );
    if excepted {
        text.push_str(" Het verbod kent een uitzondering voor zulke gesprekken; let op de voorwaarden daarvan.");
    }
    if talk.imposed {
        text.push_str(" Deelname mag bij geweld niet worden verplicht.");
    }
    let (mut ways, sources) = ways_out::of_ban(ban);
    ways.insert(
        0,
        "De rechter kan van het voorstel afzien of ieder apart laten spreken, zonder dat het verbod wordt geraakt."
            .to_owned(),
    );
    let draft = Draft {
        severity: if excepted { Severity::Note } else { severity(ban.standing, Standing::InForce) },
        persons: BTreeSet::from([ban.restrained.clone(), ban.protected.clone()]),
        from: Some(ban.from.max(talk.from)),
        until: ban.until,
        overlaps: BTreeMap::new(),
        lead: None,
        sentences: vec![text],
        sources: sources.into_iter().chain([Source::Istanbul48]).collect(),
        ways_out: ways,
    };
    found.add(ConflictKind::BanAgainstJointTalks, vec![ban.id.clone(), talk.id.clone()], draft);
}

/// Violence between two people who would sit together; both directions are told in one breath.
fn after_violence(case: &Case<'_>, talk: &Talk<'_>, told: &[(&PersonId, &PersonId)], found: &mut Collector) {
    if told.is_empty() || (talk.screened == Some(true) && !talk.imposed) {
        return;
    }
    let pairs: Vec<String> =
        told.iter().map(|(actor, target)| format!("van {} tegen {}", case.name(actor), case.name(target))).collect();
    let screening = match talk.screened {
        Some(false) => "Er is niet gescreend op geweld en dwang.",
        _ => "In het dossier staat niet dat op geweld en dwang is gescreend.",
    };
    let duty = if talk.imposed { " Deelname mag bij geweld niet worden verplicht." } else { "" };
    let draft = Draft {
        severity: Severity::Warning,
        persons: told.iter().flat_map(|(actor, target)| [*actor, *target]).cloned().collect(),
        from: Some(talk.from),
        until: None,
        overlaps: BTreeMap::new(),
        lead: None,
        sentences: vec![format!(
            "In het dossier is geweld gesteld {}; hoe zeker dat is, staat bij elk feit.",
            enumerate(&pairs)
        ), format!("Dat staat tegenover {}. {screening}{duty}", talk.words)],
        sources: BTreeSet::from([Source::Istanbul48]),
        ways_out: vec![
            "De rechter kan van het voorstel afzien.".to_owned(),
            "De rechter kan eerst apart laten vragen naar veiligheid en instemming, en alleen een aangepaste vorm toelaten.".to_owned(),
        ],
    };
    found.add(ConflictKind::BanAgainstJointTalks, vec![talk.id.clone()], draft);
}
