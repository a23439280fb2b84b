//! Draft D, family part: provisional measures and the bridge between the decisions.

use super::huisverbod::D;
use super::{Rule, Weight, common, names, when};
use crate::conflicts::bridge::{BridgeLine, build};
use crate::conflicts::model::Gap;
use crate::dossier::model::{
    ExtensionPlan, HuisverbodPlan, Label, ProvisionalItem, ProvisionalItemKind, ProvisionalPlan, RequestKind,
};
use crate::drafting::decision::{annulled_on, divorce_runs};
use crate::shared::ids::PersonId;
use crate::shared::moment::{dutch_date, dutch_moment, local_date, told_moment};
use chrono::{Datelike, Days, NaiveDate};

pub(super) const RULES: &[Rule<HuisverbodPlan>] = &[
    Rule {
        code: "provisional_applicant_not_spouse",
        weight: Weight::Impossible,
        source: "art. 821 lid 1 en art. 828 Rv",
        message: "Alleen een echtgenoot of geregistreerd partner kan deze voorlopige voorzieningen vragen. Voor ouders die dat niet zijn is kort geding de weg.",
        test: |case| {
            let plan = provisional(case)?;
            let on = plan.filed_on.unwrap_or(case.on);
            when(!case.dossier.are_spouses(&plan.applicant, &plan.respondent, on))
        },
    },
    Rule {
        code: "provisional_item_not_in_list",
        weight: Weight::Impossible,
        source: "art. 822 lid 1 Rv",
        message: "Een gevraagde voorziening staat niet in de limitatieve lijst van art. 822 Rv.",
        test: |case| when(has(case, &[ProvisionalItemKind::Other])),
    },
    Rule {
        code: "provisional_contact_ban",
        weight: Weight::Impossible,
        source: "art. 822 lid 1 en art. 254 Rv",
        message: "Een contact-, straat- of gebiedsverbod kan niet als voorlopige voorziening in de echtscheiding. Daarvoor is kort geding de weg.",
        test: |case| when(has(case, &[ProvisionalItemKind::ContactBan, ProvisionalItemKind::AreaBan])),
    },
    Rule {
        code: "provisional_items_missing",
        weight: Weight::Open,
        source: "art. 822 lid 1 Rv",
        message: "Er is geen voorziening genoemd waarover wordt beslist.",
        test: |case| when(provisional(case)?.items.is_empty()),
    },
    Rule {
        code: "provisional_item_not_asked",
        weight: Weight::Open,
        source: "art. 822 lid 1 Rv",
        message: "Een voorziening wordt op verzoek getroffen. Voor een onderdeel van het ontwerp staat in deze zaak geen verzoek in het dossier.",
        test: |case| names(not_asked(case)),
    },
    Rule {
        code: "provisional_hearing_late",
        weight: Weight::Warning,
        source: "art. 821 lid 2 Rv",
        message: "De behandeling begint later dan in de derde week na de week van het verzoek.",
        test: |case| {
            let plan = provisional(case)?;
            let last = last_hearing_day(plan.filed_on?)?;
            let hearing = local_date(plan.hearing_at.as_ref()?);
            (hearing > last).then(|| format!("De laatste dag is {}.", dutch_date(last)))
        },
    },
    Rule {
        code: "provisional_order_before_hearing",
        weight: Weight::Open,
        source: "art. 821 lid 2 Rv",
        message: "De beschikking over de voorlopige voorzieningen staat eerder gepland dan de behandeling van die zaak.",
        test: |case| {
            let plan = provisional(case)?;
            let hearing = before_hearing(case, plan)?;
            Some(format!("De behandeling is op {}.", dutch_date(hearing)))
        },
    },
    Rule {
        code: "provisional_lapses_without_divorce",
        weight: Weight::Impossible,
        source: "art. 821 lid 4 Rv",
        message: "De echtscheiding wordt volgens het plan later verzocht dan vier weken na de beschikking. Dan vervallen de voorzieningen.",
        test: |case| {
            let plan = provisional(case)?;
            let lapse = plan.order_date?.checked_add_days(Days::new(28))?;
            (plan.divorce_filed_on? > lapse).then(|| format!("De laatste dag is {}.", dutch_date(lapse)))
        },
    },
    Rule {
        code: "provisional_lapse_timer",
        weight: Weight::Note,
        source: "art. 821 lid 4 Rv",
        message: "De echtscheiding is nog niet verzocht. Zonder verzoek binnen vier weken na de beschikking vervallen de voorzieningen.",
        test: |case| {
            let plan = provisional(case)?;
            let lapse = plan.order_date?.checked_add_days(Days::new(28))?;
            let asked = plan.divorce_filed_on.is_some() || divorce_runs(case.dossier);
            (!asked).then(|| format!("De laatste dag is {}.", dutch_date(lapse)))
        },
    },
    Rule {
        code: "provisional_child_call_unanswered",
        weight: Weight::Open,
        source: "art. 809 lid 1 Rv",
        message: "Een kind van twaalf jaar of ouder is opgeroepen. Wat daarvan is gekomen, staat niet in het dossier: is het kind gehoord, heeft het geschreven, of wilde het niet?",
        test: |case| {
            let plan = provisional(case)?;
            let children: Vec<PersonId> = plan.items.iter().flat_map(|item| item.children.clone()).collect();
            names(common::call_unanswered(case.dossier, &children, &plan.matter, plan.order_date.unwrap_or(case.on)))
        },
    },
    Rule {
        code: "provisional_child_not_heard",
        weight: Weight::Limit,
        source: "art. 809 Rv; HR 2013, ECLI:NL:HR:2013:1084",
        message: "Een kind van twaalf jaar of ouder heeft in de zaak over de voorlopige voorzieningen nog niet de gelegenheid gehad zijn mening te geven.",
        test: |case| {
            let plan = provisional(case)?;
            let children: Vec<PersonId> = plan.items.iter().flat_map(|item| item.children.clone()).collect();
            let on = plan.order_date.unwrap_or(case.on);
            let mut found = common::not_heard(case.dossier, &children, &plan.matter, on);
            found.dedup();
            found.sort();
            found.dedup();
            names(found)
        },
    },
    Rule {
        code: "bridge_gap",
        weight: Weight::Warning,
        source: "art. 52 en art. 53 Verdrag van Istanbul",
        message: "De bescherming sluit niet aan: er is een gat tussen de maatregelen. De beschermingsbrug noemt elk gat met manieren om het te dichten.",
        test: |case| {
            let told = |gap: &Gap, line: &BridgeLine| {
                let name = case.dossier.person_name(&line.person);
                format!("{name} ({}) vanaf {}", line.need.label(), told_moment(&gap.from))
            };
            let bridge = build(case.dossier, case.on);
            let gaps: Vec<String> =
                bridge.lines.iter().flat_map(|line| earliest(line).iter().map(move |gap| told(gap, line))).collect();
            names(gaps)
        },
    },
    Rule {
        code: "bridge_home_after_huisverbod",
        weight: Weight::Warning,
        source: "art. 9 Wth en art. 822 Rv",
        message: "De voorlopige voorziening over de woning gaat later in dan het huisverbod volgens het plan eindigt. Vraag een eerdere zitting, of overbrug met kort geding of een gedragsaanwijzing.",
        test: |case| {
            let home = |item: &ProvisionalItem| item.kind == ProvisionalItemKind::ExclusiveUseOfHome && !item.refused;
            let start = provisional(case).filter(|plan| plan.items.iter().any(home))?.effective_from?;
            if let Some(annulled) = annulled_on(case.plan) {
                let told =
                    || format!("Gat vanaf de vernietiging op {} tot {}.", dutch_date(annulled), dutch_moment(&start));
                return (local_date(&start) > annulled).then(told);
            }
            let extended = case.plan.extension.as_ref().and_then(ExtensionPlan::granted_end);
            let end =
                extended.or_else(|| super::huisverbod::imposed(case).and_then(|measure| measure.effective_end()))?;
            (start > end).then(|| format!("Gat van {} tot {}.", dutch_moment(&end), dutch_moment(&start)))
        },
    },
];

/// The holes as things stand, or those of the plan where that opens one sooner.
fn earliest(line: &BridgeLine) -> &[Gap] {
    let first = |gaps: &[Gap]| gaps.first().map(|gap| gap.from);
    match (first(&line.now.gaps), first(&line.with_plan.gaps)) {
        (Some(now), Some(planned)) if planned < now => &line.with_plan.gaps,
        (None, Some(_)) => &line.with_plan.gaps,
        _ => &line.now.gaps,
    }
}

fn provisional<'a>(case: &D<'a>) -> Option<&'a ProvisionalPlan> {
    case.plan.provisional.as_ref()
}

fn has(case: &D<'_>, kinds: &[ProvisionalItemKind]) -> bool {
    provisional(case).is_some_and(|plan| plan.items.iter().any(|item| kinds.contains(&item.kind)))
}

/// Items for which nobody asked in this matter.
fn not_asked(case: &D<'_>) -> Vec<String> {
    let Some(plan) = provisional(case) else { return Vec::new() };
    let requests = || case.dossier.requests.iter().filter(|request| request.matter == plan.matter);
    let asked = |item: ProvisionalItemKind| {
        requests().any(|request| match item {
            ProvisionalItemKind::ExclusiveUseOfHome => request.kind == RequestKind::ExclusiveUseOfHome,
            ProvisionalItemKind::EntrustChildren => request.kind == RequestKind::EntrustChildren,
            ProvisionalItemKind::ContactWithChildren => {
                matches!(request.kind, RequestKind::Omgang | RequestKind::DenyOmgang | RequestKind::Information)
            }
            ProvisionalItemKind::Maintenance => request.kind == RequestKind::Maintenance,
            // Goods have no kind of request of their own; what is not in the list is refused already.
            _ => true,
        })
    };
    plan.items.iter().filter(|item| !asked(item.kind)).map(|item| item.label().to_owned()).collect()
}

/// The hearing in the plan or the file that is still to come on the day of the order.
fn before_hearing(case: &D<'_>, plan: &ProvisionalPlan) -> Option<NaiveDate> {
    let order = plan.order_date?;
    let matter = case.dossier.find_matter(&plan.matter);
    let known = matter.and_then(|matter| matter.hearings.iter().map(|hearing| local_date(&hearing.at)).min());
    let planned = plan.hearing_at.as_ref().map(local_date);
    planned.into_iter().chain(known).filter(|hearing| order < *hearing).max()
}

/// Sunday of the third week after the week of filing.
fn last_hearing_day(filed: NaiveDate) -> Option<NaiveDate> {
    let to_sunday = 6 - u64::from(filed.weekday().num_days_from_monday());
    filed.checked_add_days(Days::new(to_sunday + 21))
}
