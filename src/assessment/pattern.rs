//! The account of a pattern: who does what to whom, how often, with what control, fear and impact, and how that
//! developed. A matrix of what the file says in one legal domain, with the certainty of each fact; no label, no sum.
//! The hypotheses are the findings of the framework `geweldspatroon`, each with its rivals, and only beside the matrix.

use super::model::{Assessment, Outcome};
use crate::dossier::model::{Domain, Dossier, Event, EventKind, Evidence, Frequency, Label, Sign, StatementKind};
use crate::dossier::projection;
use crate::shared::ids::{EventId, PersonId};
use crate::shared::moment::dutch_date;
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Framework whose findings are the hypotheses.
const FRAMEWORK: &str = "geweldspatroon";
/// Its criteria that name a pattern, with the short name of each.
const HYPOTHESES: [(&str, &str); 4] = [
    ("GP4a", "eenzijdige controle met geweld"),
    ("GP4b", "verzet tegen controle door de ander"),
    ("GP4c", "controle van beide kanten"),
    ("GP4d", "geweld zonder controle"),
];
/// Length in days of each of the two periods that are compared.
const PERIOD: u64 = 90;

/// What one person is said or found to have done to another. Refuted facts are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// All acts of violence or neglect, with their certainty.
    pub acts: BTreeMap<EventId, Evidence>,
    /// Kinds of conduct.
    pub kinds: BTreeSet<EventKind>,
    /// Acts that are or carry control.
    pub control: BTreeSet<EventId>,
    /// Acts after which lasting fear is told.
    pub fear: BTreeSet<EventId>,
    /// Acts with injury or strangulation, or that a child experienced.
    pub impact: BTreeSet<EventId>,
    /// Acts that are told to be a reaction.
    pub reactive: BTreeSet<EventId>,
    /// Greatest frequency that was reported; none when nobody said how often.
    pub frequency: Option<Frequency>,
    /// First and last day, as far as known.
    pub first: Option<NaiveDate>,
    /// Last day, as far as known.
    pub last: Option<NaiveDate>,
    /// Acts in the last period.
    pub recent: usize,
    /// Acts in the period before that.
    pub earlier: usize,
    /// Parties who state, admit, observed or found it themselves.
    pub sources: BTreeSet<String>,
}

/// A hypothesis with its rivals; never without the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hypothesis {
    /// About whom.
    pub about: PersonId,
    /// The pattern.
    pub name: &'static str,
    /// Whether it fits, on the evidence that counts in the family matter.
    pub outcome: Outcome,
    /// The other patterns, which stay on the table.
    pub rivals: Vec<&'static str>,
}

/// The account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The matrix: who to whom.
    pub rows: BTreeMap<(PersonId, PersonId), Row>,
    /// Hypotheses that fit or need a judgement; empty when the matrix is.
    pub hypotheses: Vec<Hypothesis>,
    /// Acts of which the file does not say who acted, or against whom.
    pub unplaced: Vec<EventId>,
}

/// The account of one legal domain on a day, with the hypotheses of an assessment of the same dossier.
#[must_use]
pub fn account(dossier: &Dossier, assessment: &Assessment, domain: Domain) -> Account {
    let on = assessment.receipt.reference_date;
    let usable = projection::for_domain(dossier, domain).dossier;
    let mut account = Account::default();
    for event in usable.events.iter().filter(|event| event.kind.is_violence()) {
        let evidence = event.status.in_domain(domain);
        if evidence == Evidence::Refuted {
            continue;
        }
        let ways = event.actors.iter().flat_map(|actor| event.targets.iter().map(move |target| (actor, target)));
        let ways: Vec<_> = ways.filter(|(actor, target)| actor != target).collect();
        if ways.is_empty() {
            account.unplaced.push(event.id.clone());
        }
        for (actor, target) in ways {
            account.rows.entry((actor.clone(), target.clone())).or_default().add(event, evidence, on);
        }
    }
    account.unplaced.sort();
    if !account.rows.is_empty() {
        account.hypotheses = hypotheses(assessment);
    }
    account
}

impl Row {
    fn add(&mut self, event: &Event, evidence: Evidence, on: NaiveDate) {
        let id = || event.id.clone();
        let signs = |wanted: &[Sign]| event.signs.iter().any(|sign| wanted.contains(sign));
        self.acts.insert(id(), evidence);
        self.kinds.insert(event.kind);
        let controls = matches!(event.kind, EventKind::CoerciveControl | EventKind::Stalking)
            || signs(&[
                Sign::Isolation,
                Sign::Surveillance,
                Sign::FinancialControl,
                Sign::ProceduralControl,
                Sign::ForcedSex,
                Sign::ChildrenAsLeverage,
            ]);
        let harms = signs(&[Sign::Injury, Sign::Strangulation]) || event.exposure.iter().any(|it| it.how.is_exposed());
        for (holds, set) in [
            (controls, &mut self.control),
            (signs(&[Sign::ChronicFear]), &mut self.fear),
            (harms, &mut self.impact),
            (signs(&[Sign::Reactive]), &mut self.reactive),
        ] {
            if holds {
                set.insert(event.id.clone());
            }
        }
        self.frequency = self.frequency.max(event.frequency);
        self.first = [self.first, event.time.first_day()].into_iter().flatten().min();
        self.last = [self.last, event.time.last_day()].into_iter().flatten().max();
        match event.time.last_day().and_then(|day| age_in_days(day, on)) {
            Some(days) if days <= PERIOD => self.recent += 1,
            Some(days) if days <= 2 * PERIOD => self.earlier += 1,
            _ => {}
        }
        let own = event.statements.iter().filter(|said| {
            said.repeats.is_none() && !matches!(said.kind, StatementKind::Reports | StatementKind::Retracts)
        });
        self.sources.extend(own.map(|said| said.by.as_str().to_owned()));
    }

    /// Whether more is told of late than in the period before.
    #[must_use]
    pub fn rises(&self) -> bool {
        self.recent > self.earlier && self.recent > 1
    }
}

/// Days between a day and the reference date; none when it lies after it.
fn age_in_days(day: NaiveDate, on: NaiveDate) -> Option<u64> {
    u64::try_from((on - day).num_days()).ok().filter(|days| on.checked_sub_days(Days::new(*days)).is_some())
}

fn hypotheses(assessment: &Assessment) -> Vec<Hypothesis> {
    let fits = |outcome| matches!(outcome, Outcome::Met | Outcome::NeedsJudgement);
    let of_pattern = assessment.findings.iter().filter(|it| it.framework == FRAMEWORK && fits(it.outcome));
    of_pattern
        .filter_map(|finding| {
            let (_, name) = HYPOTHESES.iter().find(|(criterion, _)| finding.criterion == *criterion)?;
            let about = PersonId::from(finding.about.first()?.as_str());
            let rivals = HYPOTHESES.iter().map(|(_, other)| *other).filter(|other| other != name).collect();
            Some(Hypothesis { about, name, outcome: finding.outcome, rivals })
        })
        .collect()
}

/// The account as Dutch text; empty when there is nothing to place.
#[must_use]
pub fn render(account: &Account, dossier: &Dossier) -> String {
    if account.rows.is_empty() && account.unplaced.is_empty() {
        return String::new();
    }
    let name = |id: &PersonId| dossier.party_name(&id.as_str().into());
    let mut out = String::from("\n== Patroon: wie doet wat tegen wie (in de familiezaak) ==\n");
    for ((actor, target), row) in &account.rows {
        let _ = writeln!(out, "\n{} → {}: {}", name(actor), name(target), told(row));
    }
    if !account.unplaced.is_empty() {
        let _ = writeln!(out, "\nVan {} feit(en) is niet bekend wie handelde of tegen wie.", account.unplaced.len());
    }
    for item in &account.hypotheses {
        let _ = writeln!(
            out,
            "\nVeronderstelling over gedrag van {}: {} ({}). Andere verklaringen blijven open: {}.",
            name(&item.about),
            item.name,
            item.outcome.label(),
            item.rivals.join("; "),
        );
    }
    out
}

fn told(row: &Row) -> String {
    let kinds = row.kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(", ");
    let mut certainty: BTreeMap<Evidence, usize> = BTreeMap::new();
    for evidence in row.acts.values() {
        *certainty.entry(*evidence).or_default() += 1;
    }
    let certainty = certainty.iter().map(|(at, number)| format!("{number} {}", at.label())).collect::<Vec<_>>();
    let often = row.frequency.map_or("niet vermeld", Label::label);
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "onbekend".to_owned(), dutch_date);
    let mut text = format!(
        "{kinds}. Zekerheid per feit: {}. Hoe vaak: {often}. Tijd: {} tot {}",
        certainty.join(", "),
        day(row.first),
        day(row.last),
    );
    if row.rises() {
        let _ = write!(text, "; in de laatste drie maanden vaker gemeld dan in de drie maanden ervoor");
    }
    text.push('.');
    let parts = [
        ("Controle", row.control.len()),
        ("Aanhoudende angst", row.fear.len()),
        ("Letsel of een kind dat het meemaakte", row.impact.len()),
        ("Reactief of verdedigend", row.reactive.len()),
    ];
    let found = parts.iter().filter(|(_, number)| *number > 0).map(|(what, _)| *what).collect::<Vec<_>>();
    if !found.is_empty() {
        let _ = write!(text, " Daarbij genoemd: {}.", found.join("; "));
    }
    let silent = parts.iter().take(2).filter(|(_, number)| *number == 0).map(|(what, _)| *what).collect::<Vec<_>>();
    if !silent.is_empty() {
        let _ = write!(text, " Hierover zegt het dossier niets: {}.", silent.join("; ").to_lowercase());
    }
    let _ = write!(text, " Bronnen die zelf spreken of zagen: {}.", row.sources.len());
    text
}
