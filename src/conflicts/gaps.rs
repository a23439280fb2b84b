//! What to say about a hole in the coverage: why it is there, what the planned hearing changes,
//! and who can close it.

use super::bans::{About, Ban, Bans, Standing};
use super::case::{Case, enumerate, sentence};
use super::coverage::{Cover, ending_at};
use super::deadlines::huisverbod::{imposed_at, terms_on};
use super::deadlines::provisional::{Filing, filings, hearing_guarantee};
use super::homes::{HomeCover, names_home};
use super::model::{Gap, Need};
use super::planned::annulled_from;
use super::sources::{Source, sources};
use crate::dossier::model::{CriminalPhase, Instrument, MatterState, OrderChange, RelationKind};
use crate::shared::ids::PersonId;
use crate::shared::moment::{
    Instant, dutch_date, dutch_weekday_date, local_date, plus_local_days, start_of_day, told_moment,
};
use std::collections::BTreeSet;

type Stretch = (Instant, Option<Instant>);

/// Describes one hole; `depends_on` names the plans that would close it.
pub(super) fn describe(
    case: &Case<'_>,
    bans: &Bans<'_>,
    (person, against): (&PersonId, &PersonId),
    need: Need,
    (from, until): Stretch,
    depends_on: Vec<String>,
    covers: &[Cover<'_, '_>],
) -> Gap {
    let ended = ending_at(covers, from);
    let mut text = opening(case, (person, against), need, (from, until), &ended);
    if until.is_some_and(|end| end <= case.now) {
        text.push_str(" Dit gat lag vóór de peildatum.");
        return Gap { from, until, depends_on, explanation: text, ways_out: Vec::new(), sources: Vec::new() };
    }
    if !depends_on.is_empty() {
        text.push_str(&format!(
            " Het gat sluit alleen door {}; dat hangt af van een beslissing die nog niet is genomen of nog niet uitvoerbaar is.",
            enumerate(&depends_on)
        ));
    }
    let mut used = BTreeSet::from([Source::Istanbul53]);
    let after_huisverbod = ended.iter().any(|ban| is_huisverbod(ban));
    if need == Need::Contact && after_huisverbod {
        text.push_str(" Een voorlopige voorziening (art. 822 Rv) bevat geen contactverbod en sluit dit gat niet.");
        used.insert(Source::Rv822);
    }
    if after_huisverbod {
        used.insert(Source::Istanbul52);
    }
    hearing(case, (person, against), need, from, &mut text, &mut used);
    waiting(bans, (person, against), need, (from, until), &mut text);
    let ways_out = ways(case, bans, (person, against), need, from, &mut used);
    Gap {
        from,
        until,
        depends_on,
        explanation: text,
        ways_out,
        sources: sources(&used.into_iter().collect::<Vec<_>>()),
    }
}

fn is_extension(ban: &Ban<'_>) -> bool {
    ban.instrument == Instrument::HuisverbodExtension
}

fn is_huisverbod(ban: &Ban<'_>) -> bool {
    ban.instrument == Instrument::Huisverbod || is_extension(ban)
}

fn opening(
    case: &Case<'_>,
    (person, against): (&PersonId, &PersonId),
    need: Need,
    (from, until): Stretch,
    ended: &[&Ban<'_>],
) -> String {
    let (who, whom) = (case.name(person), case.name(against));
    let what = match need {
        Need::Home => format!("geldt voor {who} geen bescherming van de woning tegenover {whom}"),
        Need::Contact => format!("geldt voor {who} geen contactverbod tegenover {whom}"),
    };
    let end = until.map_or_else(
        || "; er is geen maatregel bekend die daarop volgt".to_owned(),
        |end| format!(", tot {}", told_moment(&end)),
    );
    // An intended change of an order that ends here is no second order.
    let amends = ended.iter().any(|ban| is_amended(case, ban));
    let change = |ban: &Ban<'_>| amends && ban.measure.is_none() && ban.instrument == Instrument::Gedragsaanwijzing;
    let names: Vec<String> = ended.iter().filter(|ban| !change(ban)).map(|ban| ban.words().to_owned()).collect();
    let without_hour = from == start_of_day(local_date(&from)) && ended.iter().any(|ban| is_huisverbod(ban));
    let hour = if without_hour { " (op het uur van opleggen, dat niet bekend is)" } else { "" };
    let annulled = annulled_from(case).is_some_and(|at| at == from) && ended.iter().any(|ban| is_huisverbod(ban));
    // Behind an end of the gap "that moment" would be the end.
    let then = match until {
        Some(_) => format!("Op {}", dutch_date(local_date(&from))),
        None => "Op dat moment".to_owned(),
    };
    let why = match names.as_slice() {
        _ if annulled => {
            " Volgens het plan vernietigt de rechter dan het huisverbod; vanaf de uitspraak geldt daarvan niets."
                .to_owned()
        }
        [] => String::new(),
        [one] => format!(" {then} eindigt {one}."),
        many => format!(" {then} eindigen {}.", enumerate(many)),
    };
    let hour = if annulled { "" } else { hour };
    format!("Vanaf {}{hour} {what}{end}.{why}", told_moment(&from))
}

/// Whether the plan changes this order and leaves its period as it is.
fn is_amended(case: &Case<'_>, ban: &Ban<'_>) -> bool {
    let plan = case.dossier.plans.gedragsinterventie.as_ref().filter(|plan| !plan.refused);
    let earlier = plan.and_then(|plan| plan.earlier_order.as_ref());
    earlier.is_some_and(|earlier| {
        earlier.how == OrderChange::Amends && ban.measure.is_some_and(|measure| measure.id == earlier.measure)
    })
}

/// What is known of the hearing on provisional measures, or what the law guarantees.
fn hearing(
    case: &Case<'_>,
    (person, against): (&PersonId, &PersonId),
    need: Need,
    from: Instant,
    text: &mut String,
    used: &mut BTreeSet<Source>,
) {
    if need != Need::Home || !spouses(case, person, against) {
        return;
    }
    used.insert(Source::Rv821);
    let filed: Vec<Filing> = filings(case);
    let planned = filed.iter().filter_map(|filing| filing.hearing).min();
    match (planned, filed.first()) {
        (Some(at), _) if at >= from => text.push_str(&format!(
            " De zitting over de voorlopige voorzieningen is op {}, na het begin van dit gat.",
            told_moment(&at)
        )),
        (Some(at), _) => text.push_str(&format!(
            " De zitting over de voorlopige voorzieningen is op {}; of de beslissing er dan op tijd is, staat niet vast.",
            told_moment(&at)
        )),
        (None, Some(Filing { filed_on: Some(day), .. })) => {
            text.push_str(&guarantee(hearing_guarantee(*day), from, "Het verzoek om voorlopige voorzieningen is ingediend"));
        }
        (None, Some(_)) => {}
        // A request of today cannot be held against a hole that was there before.
        (None, None) if local_date(&from) < case.on => {
            text.push_str(" Er is geen verzoek om voorlopige voorzieningen bekend.");
        }
        (None, None) => text.push_str(&guarantee(
            hearing_guarantee(case.on),
            from,
            "Er is nog geen verzoek om voorlopige voorzieningen; wordt het op de peildatum ingediend",
        )),
    }
}

fn guarantee(latest: chrono::NaiveDate, from: Instant, lead: &str) -> String {
    let day = dutch_weekday_date(latest);
    if start_of_day(latest) >= from {
        format!(
            " {lead}, dan hoeft de zitting pas uiterlijk {day} te beginnen (art. 821 lid 2 Rv): dat is na het begin van dit gat."
        )
    } else {
        format!(
            " {lead}, dan begint de zitting uiterlijk {day} (art. 821 lid 2 Rv), vóór het begin van dit gat; de beslissing moet dan nog volgen."
        )
    }
}

/// Decisions that do not count as cover, but that the reader should know of.
fn waiting(
    bans: &Bans<'_>,
    (person, against): (&PersonId, &PersonId),
    need: Need,
    (from, until): Stretch,
    text: &mut String,
) {
    let mut seen = BTreeSet::new();
    for ban in bans.of(against, person).filter(|ban| ban.overlaps(&from, until.as_ref())) {
        let fits = match need {
            Need::Contact => ban.about == About::Contact,
            Need::Home => ban.home != HomeCover::No,
        };
        let words = ban.words();
        let line = match ban.standing {
            Standing::Suspended if fits => format!(" {} is geschorst en telt niet mee.", sentence(words)),
            Standing::Planned
                if need == Need::Home && ban.about == About::Place && ban.text.is_some_and(names_home) =>
            {
                format!(
                    " {} noemt in woorden de woning, maar wijst geen adres aan; zij telt niet mee totdat dat vaststaat.",
                    sentence(words)
                )
            }
            _ if fits && ban.rule.is_some_and(|rule| rule.schedule.is_some()) => {
                format!(" {} geldt alleen op vaste tijden en telt daarom niet mee.", sentence(words))
            }
            _ => continue,
        };
        if seen.len() < 5 && seen.insert(line.clone()) {
            text.push_str(&line);
        }
    }
}

fn ways(
    case: &Case<'_>,
    bans: &Bans<'_>,
    (person, against): (&PersonId, &PersonId),
    need: Need,
    from: Instant,
    used: &mut BTreeSet<Source>,
) -> Vec<String> {
    let mut list = Vec::new();
    extension(case, bans, (person, against), from, &mut list, used);
    match need {
        Need::Home if spouses(case, person, against) => {
            list.push("De familierechter kan het uitsluitend gebruik van de woning toewijzen als voorlopige voorziening (art. 822 lid 1 onder a Rv), op verzoek van een echtgenoot of geregistreerd partner.".to_owned());
            if filings(case).iter().any(|filing| filing.hearing.is_some_and(|at| at >= from)) {
                list.push("De rechtbank kan de zitting over de voorlopige voorzieningen naar voren halen, en de voorziening eerder laten ingaan (art. 822 lid 2 Rv).".to_owned());
            }
            used.extend([Source::Rv821, Source::Rv822]);
        }
        Need::Home => {
            list.push("De voorzieningenrechter kan in kort geding een voorziening over het gebruik van de woning treffen (art. 254 Rv).".to_owned());
        }
        Need::Contact => {}
    }
    list.push(
        "De voorzieningenrechter kan in kort geding een contact- of straatverbod opleggen (art. 254 Rv).".to_owned(),
    );
    used.insert(Source::Rv254);
    criminal(case, bans, (person, against), from, &mut list, used);
    list
}

/// The end of a huisverbod lies at the hour of imposition (art. 2 and 13 Wth), also when the file does not know it.
fn end_of_ban(at: &Instant) -> String {
    let hour = if *at == start_of_day(local_date(at)) { " (op het uur van opleggen, dat niet bekend is)" } else { "" };
    format!("{}{hour}", told_moment(at))
}

fn extension(
    case: &Case<'_>,
    bans: &Bans<'_>,
    (person, against): (&PersonId, &PersonId),
    from: Instant,
    list: &mut Vec<String>,
    used: &mut BTreeSet<Source>,
) {
    let imposed = bans
        .of(against, person)
        .filter(|ban| ban.instrument == Instrument::Huisverbod)
        .filter_map(|ban| ban.measure)
        .filter(|measure| measure.ended_early.is_none())
        .filter_map(imposed_at)
        .filter(|at| *at <= from)
        .max();
    let Some(imposed) = imposed else { return };
    // What the court annuls cannot be extended.
    if annulled_from(case).is_some_and(|at| from >= at) {
        return;
    }
    let last = plus_local_days(&imposed, terms_on(local_date(&imposed)).max_days);
    if from > last {
        return;
    }
    used.extend([Source::Wth9, Source::Wth13]);
    // Extending can only be done while the ban, or an extension already decided, still runs.
    let decided = bans.of(against, person).filter(|ban| is_huisverbod(ban) && ban.standing == Standing::InForce);
    let runs_until = decided.filter_map(|ban| ban.until).max().unwrap_or(from);
    if from < last && runs_until <= from && runs_until >= case.now {
        list.push(format!(
            "De burgemeester kan het huisverbod verlengen als de dreiging voortduurt, met een besluit vóór {} en tot uiterlijk {} (art. 9 lid 1 Wth).",
            end_of_ban(&runs_until),
            end_of_ban(&last)
        ));
    } else if from == last {
        list.push("De burgemeester kan alleen bij nieuwe feiten een nieuw huisverbod opleggen; verlengen kan niet na vier weken.".to_owned());
    }
}

fn criminal(
    case: &Case<'_>,
    bans: &Bans<'_>,
    (person, against): (&PersonId, &PersonId),
    from: Instant,
    list: &mut Vec<String>,
    used: &mut BTreeSet<Source>,
) {
    let running =
        case.dossier.matters.iter().filter_map(|m| m.criminal.as_ref().map(|c| (m, c))).filter(|(matter, c)| {
            c.accused == *against && !matches!(matter.state, MatterState::Final | MatterState::Withdrawn)
        });
    let phases: Vec<CriminalPhase> = running.map(|(_, c)| c.phase).collect();
    let open = |phase: &CriminalPhase| {
        matches!(
            phase,
            CriminalPhase::Suspicion | CriminalPhase::Remand | CriminalPhase::RemandSuspended | CriminalPhase::Summoned
        )
    };
    if !phases.iter().any(open) {
        return;
    }
    let order = bans.of(against, person).filter(|ban| {
        ban.instrument == Instrument::Gedragsaanwijzing && ban.standing == Standing::InForce && ban.from <= from
    });
    let runs_on = order.map(|ban| ban.until.is_none_or(|end| end > from)).reduce(|a, b| a || b);
    used.insert(Source::Sv509hh);
    list.push(match runs_on {
        Some(true) => "De officier van justitie kan de lopende gedragsaanwijzing op grond van nieuwe feiten wijzigen, bijvoorbeeld met een gebiedsverbod rond de woning (art. 509hh lid 2 en 6 Sv).".to_owned(),
        Some(false) => "De officier van justitie kan de gedragsaanwijzing verlengen: hoogstens driemaal, telkens hoogstens 90 dagen, en alleen als vervolging is ingesteld (art. 509hh lid 4 Sv).".to_owned(),
        None => "De officier van justitie kan een gedragsaanwijzing geven met een contact- of gebiedsverbod van hoogstens 90 dagen, als aan de eisen is voldaan (art. 509hh Sv).".to_owned(),
    });
    if phases.iter().any(|phase| matches!(phase, CriminalPhase::Remand | CriminalPhase::RemandSuspended)) {
        list.push("De strafrechter kan bij schorsing van de voorlopige hechtenis een contact- of locatieverbod als voorwaarde stellen (art. 80 Sv).".to_owned());
        used.insert(Source::Sv80);
    }
    list.push("De strafrechter kan bij een veroordeling een contact- of locatieverbod opleggen, als bijzondere voorwaarde of als maatregel, en dat onder voorwaarden dadelijk uitvoerbaar verklaren (art. 14c en 38v Sr).".to_owned());
    used.extend([Source::Sr14c, Source::Sr38v]);
}

/// Whether art. 821 Rv is open: the pair are spouses or registered partners, or the protected child has
/// a parent who is the spouse of the restrained person.
pub(super) fn spouses(case: &Case<'_>, person: &PersonId, against: &PersonId) -> bool {
    let candidates: BTreeSet<&PersonId> =
        std::iter::once(person).chain(case.parents_of(person).filter(|parent| *parent != against)).collect();
    case.dossier.relations.iter().any(|relation| {
        matches!(relation.kind, RelationKind::Married | RelationKind::RegisteredPartnership)
            && relation.until.is_none_or(|until| until >= case.on)
            && ((relation.from == *against && candidates.contains(&relation.to))
                || (relation.to == *against && candidates.contains(&relation.from)))
    })
}
