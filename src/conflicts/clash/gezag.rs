//! Joint gezag asks for consultation; a contact ban between the holders forbids it.

use super::{Collector, Draft, Lead, ban_with_period, decided_first, overlapping, standing_words};
use crate::conflicts::bans::{About, Ban, Bans, Standing};
use crate::conflicts::case::{Case, sentence};
use crate::conflicts::model::{ConflictKind, Severity};
use crate::conflicts::sources::Source;
use crate::conflicts::ways_out;
use crate::dossier::model::{Channel, GezagForm};
use crate::shared::ids::PersonId;
use std::collections::{BTreeMap, BTreeSet};

/// Finds contact bans between persons who hold gezag together.
pub(in crate::conflicts) fn find(case: &Case<'_>, bans: &Bans<'_>, found: &mut Collector) {
    let mut holders: BTreeMap<&PersonId, BTreeSet<PersonId>> = BTreeMap::new();
    for record in case.dossier.gezag.iter().filter(|record| record.form == GezagForm::Joint) {
        let current = record.since.is_none_or(|day| day <= case.on) && record.until.is_none_or(|day| day >= case.on);
        let holder = PersonId(record.holder.0.clone());
        if current && case.person(&holder).is_some() {
            holders.entry(&record.child).or_default().insert(holder);
        }
    }
    for (child, together) in &holders {
        for one in together {
            for other in together.iter().filter(|other| *other != one) {
                let (list, _) = overlapping(bans, one, other, &case.now, None);
                let contact = list.into_iter().filter(|ban| ban.about == About::Contact).collect();
                for ban in decided_first(contact) {
                    add(case, ban, child, found);
                }
            }
        }
    }
}

fn add(case: &Case<'_>, ban: &Ban<'_>, child: &PersonId, found: &mut Collector) {
    let rule = ban.rule;
    let channels = rule.map_or(&[][..], |rule| &rule.channels);
    let only_in_person = !channels.is_empty() && channels.iter().all(|channel| *channel == Channel::InPerson);
    let exception = rule.and_then(|rule| {
        rule.exceptions.iter().find(|exception| exception.with.is_empty() || exception.with.contains(ban.protected))
    });
    let light = only_in_person || exception.is_some() || ban.standing != Standing::InForce;
    let before = format!(
        "{} verbiedt contact tussen {} en {}, die samen het gezag hebben over ",
        sentence(&ban_with_period(ban)),
        case.name(ban.restrained),
        case.name(ban.protected)
    );
    let mut text = String::new();
    if only_in_person {
        text.push_str(" Het verbod geldt alleen voor fysiek contact; overleg op een andere manier blijft mogelijk.");
    }
    if let Some(exception) = exception {
        text.push_str(&format!(" Het verbod kent een uitzondering: \"{}\".", exception.text));
    }
    text.push_str(&standing_words(ban, Standing::InForce, ""));
    let (mut ways, sources) = ways_out::of_ban(ban);
    ways.push("De familierechter kan een geschil over het gezag beslissen of het overleg via een derde laten lopen (art. 1:253a BW).".to_owned());
    ways.push("De familierechter kan op verzoek van een ouder het gezag aan één ouder toedelen, als aan de wettelijke eisen is voldaan (art. 1:251a of 1:253n BW).".to_owned());
    let draft = Draft {
        severity: if light { Severity::Note } else { Severity::Warning },
        persons: [ban.restrained, ban.protected, child].into_iter().cloned().collect(),
        from: Some(ban.from),
        until: ban.until,
        overlaps: BTreeMap::new(),
        lead: Some(Lead { before, persons: BTreeSet::from([child.clone()]), after: " en dus moeten overleggen." }),
        sentences: Some(text.trim().to_owned()).filter(|text| !text.is_empty()).into_iter().collect(),
        sources: sources
            .into_iter()
            .chain([Source::Bw253a, Source::Bw251a, Source::Bw253n, Source::Istanbul31])
            .collect(),
        ways_out: ways,
    };
    found.add(ConflictKind::BanAgainstGezag, vec![ban.id.clone()], draft);
}
