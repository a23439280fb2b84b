//! Draft D, administrative part: limits of the huisverbod and its extension.

use super::{Case, Rule, Weight, common, names, when};
use crate::dossier::model::{
    AddressKind, EventKind, ExtensionPlan, ExtensionSigner, HuisverbodPlan, Instrument, Measure, ReviewOutcome,
};
use crate::drafting::decision::extension_decided;
use crate::shared::ids::PersonId;
use crate::shared::moment::{Instant, dutch_moment, local_date, plus_local_days};

pub(super) type D<'a> = Case<'a, HuisverbodPlan>;

pub(super) const RULES: &[Rule<HuisverbodPlan>] = &[
    Rule {
        code: "huisverbod_extension_beside_ruling",
        weight: Weight::Warning,
        source: "art. 9 Wth",
        message: "De voorgenomen uitspraak vernietigt het contactverbod voor een deel van de beschermde personen; de verlenging noemt hen nog. De burgemeester kent die uitspraak pas als zij is gedaan: pas de verlenging dan aan.",
        test: |case| {
            let struck =
                case.plan.review.as_ref().filter(|review| review.outcome == Some(ReviewOutcome::PartlyFounded));
            let extends = case.plan.granted_extension().is_some();
            names(
                struck
                    .into_iter()
                    .filter(|_| extends)
                    .flat_map(|review| &review.contact_struck_for)
                    .map(|person| case.dossier.person_name(person))
                    .collect(),
            )
        },
    },
    Rule {
        code: "huisverbod_unknown",
        weight: Weight::Open,
        source: "art. 9 Wth",
        message: "Het opgelegde huisverbod staat niet in het dossier, of het moment van opleggen ontbreekt.",
        test: |case| when(imposed(case).and_then(|measure| measure.starts).is_none()),
    },
    Rule {
        code: "huisverbod_on_minor",
        weight: Weight::Impossible,
        source: "art. 2 lid 2 Wth",
        message: "Een huisverbod kan alleen aan een meerderjarige worden opgelegd.",
        test: |case| names(restrained(case, |adult| adult == Some(false))),
    },
    Rule {
        code: "huisverbod_age_unknown",
        weight: Weight::Open,
        source: "art. 2 lid 2 Wth",
        message: "De geboortedatum van de uithuisgeplaatste ontbreekt, zodat de meerderjarigheid niet vaststaat.",
        test: |case| names(restrained(case, |adult| adult.is_none())),
    },
    Rule {
        code: "huisverbod_over_10_days",
        weight: Weight::Impossible,
        source: "art. 2 lid 1 Wth",
        message: "Een huisverbod duurt zonder verlenging tien dagen, tot hetzelfde kloktijdstip.",
        test: |case| {
            let measure = imposed(case)?;
            let last = plus_local_days(&measure.starts?, 10);
            (measure.ends? > last).then(|| format!("Het kan duren tot {}.", dutch_moment(&last)))
        },
    },
    Rule {
        code: "huisverbod_over_28_days",
        weight: Weight::Impossible,
        source: "art. 9 lid 1 Wth",
        message: "Verlenging kan tot ten hoogste vier weken na het opleggen, tot hetzelfde kloktijdstip.",
        test: |case| {
            let last = plus_local_days(&imposed(case)?.starts?, 28);
            let planned = extension(case).and_then(|plan| plan.new_end);
            let existing = case
                .dossier
                .measures
                .iter()
                .filter(|measure| measure.extends.as_ref() == Some(&case.plan.imposed))
                .filter_map(|measure| measure.ends);
            let late = planned.into_iter().chain(existing).any(|end| end > last);
            late.then(|| format!("Het uiterste moment is {}.", dutch_moment(&last)))
        },
    },
    Rule {
        code: "huisverbod_extension_not_longer",
        weight: Weight::Impossible,
        source: "art. 9 lid 1 Wth",
        message: "Het nieuwe einde ligt niet na het einde van het huisverbod.",
        test: |case| {
            let end = imposed(case)?.ends?;
            when(extension(case)?.new_end? <= end)
        },
    },
    Rule {
        code: "huisverbod_extension_signer",
        weight: Weight::Impossible,
        source: "art. 3 lid 1 Wth",
        message: "Alleen de burgemeester of diens plaatsvervanger beslist over de verlenging van een huisverbod. Mandaat aan de hulpofficier of een ambtenaar kan niet.",
        test: |case| {
            when(matches!(
                on_extension(case)?.signed_by,
                Some(ExtensionSigner::Hulpofficier | ExtensionSigner::Mandate)
            ))
        },
    },
    Rule {
        code: "huisverbod_extension_signer_missing",
        weight: Weight::Open,
        source: "art. 3 lid 1 Wth",
        message: "Wie het besluit over de verlenging ondertekent, ontbreekt.",
        test: |case| when(on_extension(case)?.signed_by.is_none()),
    },
    Rule {
        code: "huisverbod_extension_loco",
        weight: Weight::Note,
        source: "art. 9 lid 1 Wth",
        message: "De loco-burgemeester tekent als plaatsvervanger. Vermeld dat in het besluit.",
        test: |case| when(on_extension(case)?.signed_by == Some(ExtensionSigner::LocoBurgemeester)),
    },
    Rule {
        code: "huisverbod_extension_end_missing",
        weight: Weight::Open,
        source: "art. 9 lid 1 Wth",
        message: "Tot wanneer het huisverbod wordt verlengd, ontbreekt.",
        test: |case| when(extension(case)?.new_end.is_none()),
    },
    Rule {
        code: "huisverbod_not_extended_unprotected",
        weight: Weight::Warning,
        source: "art. 52 en art. 53 Verdrag van Istanbul",
        message: "Wordt het huisverbod niet verlengd, dan beschermt het na zijn einde niemand meer. De beschermingsbrug noemt de uren en manieren om het gat te dichten.",
        test: |case| {
            let end = imposed(case).filter(|_| case.plan.refuses_extension())?.effective_end();
            Some(end.map(|end| format!("Het eindigt op {}.", dutch_moment(&end))).unwrap_or_default())
        },
    },
    Rule {
        code: "huisverbod_refused_but_extended",
        weight: Weight::Open,
        source: "art. 9 lid 1 Wth",
        message: "Volgens het plan wordt het huisverbod niet verlengd, maar in het dossier staat een verlenging waarover al is beslist.",
        test: |case| when(case.plan.refuses_extension() && extension_decided(case.dossier) == Some(true)),
    },
    Rule {
        code: "huisverbod_already_extended",
        weight: Weight::Open,
        source: "art. 9 lid 1 Wth",
        message: "Volgens het plan wordt het huisverbod verlengd, maar in het dossier staat een verlenging waarover al is beslist. Haal de verlenging uit het plan, of noem de maatregel een voorstel zolang het besluit er niet is.",
        test: |case| when(extension(case).is_some() && extension_decided(case.dossier) == Some(true)),
    },
    Rule {
        code: "huisverbod_extension_after_expiry",
        weight: Weight::Impossible,
        source: "art. 9 lid 1 Wth",
        message: "Verlengen kan alleen zolang het huisverbod loopt. Na afloop is bij nieuwe feiten een nieuw huisverbod mogelijk.",
        test: |case| {
            let end = imposed(case)?.effective_end()?;
            let decided = extension(case)?.decided_at?;
            (decided >= end).then(|| format!("Het eindigde op {}.", dutch_moment(&end)))
        },
    },
    Rule {
        code: "huisverbod_danger_after_imposition",
        weight: Weight::Open,
        source: "art. 9 lid 1 Wth",
        message: "Dat de dreiging voortduurt, moet blijken uit ten minste één feit van na het opleggen.",
        test: |case| {
            let start = imposed(case)?.starts?;
            let facts = &extension(case)?.danger_facts;
            when(!facts.iter().any(|fact| is_after(case, fact, &start)))
        },
    },
    Rule {
        code: "huisverbod_protected_missing",
        weight: Weight::Open,
        source: "art. 2 lid 4 onder c Wth",
        message: "De namen ontbreken van de personen voor wie het contactverbod geldt.",
        test: |case| when(imposed(case)?.protected.is_empty()),
    },
    Rule {
        code: "huisverbod_protected_elsewhere",
        weight: Weight::Limit,
        source: "art. 1 onder b Wth; rechtbank Rotterdam 2020, ECLI:NL:RBROT:2020:10182",
        message: "Het contactverbod reikt alleen tot wie in de woning woont of er meer dan incidenteel verblijft. Volgens het dossier woont een beschermde persoon elders.",
        test: |case| names(protected(case, |same| same == Some(false))),
    },
    Rule {
        code: "huisverbod_protected_home_unknown",
        weight: Weight::Warning,
        source: "art. 1 onder b Wth",
        message: "Uit het dossier blijkt niet dat elke beschermde persoon in de woning woont of er meer dan incidenteel verblijft.",
        test: |case| names(protected(case, |same| same.is_none())),
    },
    Rule {
        code: "huisverbod_facts_outside_annex",
        weight: Weight::Limit,
        source: "art. 2 lid 1 Besluit tijdelijk huisverbod",
        message: "Bij de afweging telt alleen wat in de bijlage bij het Besluit staat. Een genoemd voorval is daar niet onder gebracht.",
        test: |case| {
            let facts = &extension(case)?.danger_facts;
            let outside = case.dossier.events.iter().any(|event| {
                event.besluit_annex.is_none() && facts.iter().any(|fact| fact.as_str() == event.id.as_str())
            });
            when(outside)
        },
    },
    Rule {
        code: "huisverbod_veilig_thuis",
        weight: Weight::Limit,
        source: "art. 2 lid 3 Wth",
        message: "Bij (een vermoeden van) kindermishandeling moet overleg met Veilig Thuis zijn vastgelegd.",
        test: |case| when(extension(case)?.veilig_thuis_consulted_on.is_none() && child_abuse(case)),
    },
    Rule {
        code: "huisverbod_not_heard",
        weight: Weight::Limit,
        source: "art. 4:8 en art. 4:11 Awb",
        message: "De uithuisgeplaatste is niet gehoord over de verlenging. Dat kan alleen achterwege blijven bij spoed.",
        test: |case| when(extension(case)?.heard_on.is_none()),
    },
    Rule {
        code: "huisverbod_extends_what_is_annulled",
        weight: Weight::Open,
        source: "art. 9 lid 1 en 2 Wth; art. 8:72 lid 2 Awb",
        message: "Volgens het plan vernietigt de rechter het huisverbod en verlengt de burgemeester het ook. Wat is vernietigd, kan niet meer worden verlengd. Kies een van de twee, of laat de rechter ook over een eerdere verlenging beslissen.",
        test: |case| {
            let review = case.plan.review.as_ref().filter(|review| review.outcome == Some(ReviewOutcome::Founded))?;
            let decided = extension(case)?.decided_at.as_ref().map(local_date);
            let before = decided.zip(review.ruling_on).is_some_and(|(decided, ruling)| decided < ruling);
            when(!before)
        },
    },
    Rule {
        code: "huisverbod_annulled_unprotected",
        weight: Weight::Warning,
        source: "art. 52 en art. 53 Verdrag van Istanbul; art. 8:72 lid 2 Awb",
        message: "Wordt het beroep gegrond verklaard en het besluit vernietigd, dan beschermt het huisverbod vanaf dat moment niemand meer. De beschermingsbrug noemt de uren en manieren om het gat te dichten.",
        test: |case| when(case.plan.review.as_ref()?.outcome == Some(ReviewOutcome::Founded)),
    },
    Rule {
        code: "huisverbod_review_struck_unknown",
        weight: Weight::Open,
        source: "art. 2 lid 4 onder c Wth",
        message: "De uitspraak noemt iemand voor wie het contactverbod vervalt, maar die persoon valt niet onder het verbod.",
        test: |case| {
            let measure = imposed(case)?;
            let review = case.plan.review.as_ref()?;
            when(review.contact_struck_for.iter().any(|person| !measure.protected.contains(person)))
        },
    },
    Rule {
        code: "huisverbod_review_child_not_heard",
        weight: Weight::Limit,
        source: "art. 7 Wth",
        message: "Een kind van twaalf jaar of ouder uit het huishouden heeft bij de rechter nog niet de gelegenheid gehad zijn mening te geven. Dat kan alleen achterwege blijven als de spoed dat niet toelaat.",
        test: |case| {
            let review = case.plan.review.as_ref()?;
            let children: Vec<PersonId> = case
                .dossier
                .children()
                .filter(|child| imposed(case).is_some_and(|measure| measure.protected.contains(&child.id)))
                .map(|child| child.id.clone())
                .collect();
            let on = review.ruling_on.unwrap_or(case.on);
            names(common::not_heard(case.dossier, &children, &review.matter, on))
        },
    },
];

pub(super) fn imposed<'a>(case: &D<'a>) -> Option<&'a Measure> {
    case.dossier
        .find_measure(&case.plan.imposed)
        .filter(|measure| matches!(measure.instrument, Instrument::Huisverbod | Instrument::HuisverbodExtension))
}

fn extension<'a>(case: &D<'a>) -> Option<&'a ExtensionPlan> {
    case.plan.granted_extension()
}

/// The decision on an extension, whichever way it goes.
fn on_extension<'a>(case: &D<'a>) -> Option<&'a ExtensionPlan> {
    case.plan.extension.as_ref()
}

fn restrained(case: &D<'_>, test: fn(Option<bool>) -> bool) -> Vec<String> {
    let Some(measure) = imposed(case) else { return Vec::new() };
    let on = measure.starts.as_ref().map_or(case.on, local_date);
    measure
        .restrained
        .iter()
        .filter(|id| test(case.dossier.find_person(id).and_then(|person| person.is_at_least(18, on))))
        .map(|id| case.dossier.person_name(id))
        .collect()
}

/// Whether a protected person has the home of the banned person; `None` when the file does not say.
fn protected(case: &D<'_>, test: fn(Option<bool>) -> bool) -> Vec<String> {
    let Some(measure) = imposed(case) else { return Vec::new() };
    let on = measure.starts.as_ref().map_or(case.on, local_date);
    let homes = |id: &PersonId| -> Vec<String> {
        case.dossier
            .find_person(id)
            .into_iter()
            .flat_map(|person| &person.addresses)
            .filter(|address| matches!(address.kind, AddressKind::Home | AddressKind::Stay))
            .filter(|address| {
                address.since.is_none_or(|since| since <= on) && address.until.is_none_or(|until| until >= on)
            })
            .map(|address| address.line.clone())
            .collect()
    };
    let banned: Vec<String> = measure.restrained.iter().flat_map(homes).collect();
    measure
        .protected
        .iter()
        .filter(|id| {
            let own = homes(id);
            let same = own.iter().any(|line| banned.contains(line));
            test(if own.is_empty() || banned.is_empty() { None } else { Some(same) })
        })
        .map(|id| case.dossier.person_name(id))
        .collect()
}

/// After the imposition: to the minute when the file says so, else on a later day.
fn is_after(case: &D<'_>, fact: &crate::shared::ids::FactId, start: &Instant) -> bool {
    let event = case.dossier.find_event_by_fact(fact.as_str());
    if let Some(crate::dossier::model::EventTime::Instant { at }) = event.map(|event| &event.time) {
        return at > start;
    }
    common::day_of(case.dossier, fact).is_some_and(|day| day > local_date(start))
}

fn child_abuse(case: &D<'_>) -> bool {
    case.dossier.events.iter().any(|event| matches!(event.kind, EventKind::ChildAbuse | EventKind::ChildWitness))
}
