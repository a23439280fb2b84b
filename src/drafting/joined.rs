//! What may be weighed in a matter that rests on a file of its own, as that of the criminal court, the mayor and the
//! administrative court does: what stands only in documents that were not joined to it counts for nothing there.

use super::contested;
use super::view::{Scene, admissions};
use crate::assessment::assess;
use crate::assessment::frameworks::{FrameworkSet, builtin};
use crate::assessment::language::Framework;
use crate::assessment::model::{Assessment, EffectKind, Finding, Outcome, Views};
use crate::dossier::model::{Domain, Dossier, Event, Evidence, FactSource};
use crate::shared::ids::{DocumentId, EventId, MeasureId};
use chrono::NaiveDate;
use serde_json::Value;

/// Stands where a file without all documents shows nothing of what is asked.
const NOT_READ: &str = "Dit is niet te zeggen zolang stukken uit een andere zaak niet zijn gevoegd.";

/// What such a file lacks of a dossier.
pub(super) struct OwnFile {
    domain: Domain,
    /// Facts of which nothing may be told.
    untold: Vec<EventId>,
    /// Facts that were admitted only in documents that were not joined.
    admitted_elsewhere: Vec<EventId>,
    /// Documents that were not joined.
    withheld: Vec<DocumentId>,
    /// Measures of which nothing may be told.
    untold_measures: Vec<MeasureId>,
}

impl OwnFile {
    /// The own file of a paper; `None` when it may use the whole projection.
    pub(super) fn of(scene: &Scene<'_>) -> Option<Self> {
        if !scene.has_file_of_its_own() {
            return None;
        }
        let ids = |test: &dyn Fn(&Event) -> bool| {
            scene.file.events.iter().filter(|event| test(event)).map(|event| event.id.clone()).collect()
        };
        let documents = scene.file.documents.iter();
        Some(Self {
            domain: scene.domain,
            untold: ids(&|event| scene.only_elsewhere(event).is_some()),
            admitted_elsewhere: ids(&|event| is_admitted_elsewhere(scene, event)),
            withheld: documents.filter(|item| scene.not_joined(item).is_some()).map(|item| item.id.clone()).collect(),
            untold_measures: scene
                .file
                .measures
                .iter()
                .filter(|measure| scene.is_untold_measure(measure))
                .map(|measure| measure.id.clone())
                .collect(),
        })
    }

    /// Lets facts weigh no more than this file supports.
    pub(super) fn limit(&self, dossier: &mut Dossier) {
        for event in &mut dossier.events {
            let supported = if self.untold.contains(&event.id) {
                Evidence::Unknown
            } else if self.admitted_elsewhere.contains(&event.id) {
                Evidence::Alleged
            } else {
                continue;
            };
            match self.domain {
                Domain::Criminal => event.status.criminal = supported,
                Domain::Administrative => event.status.administrative = supported,
                Domain::Family => event.status.family = supported,
            }
        }
    }

    /// Findings on what is in this file alone, with the account of the whole dossier. Intentions of other courts are no
    /// facts here.
    pub(super) fn assess(&self, dossier: &Dossier, whole: &Assessment, on: NaiveDate) -> Result<Assessment, String> {
        let mut own = dossier.clone();
        self.limit(&mut own);
        let joined = |source: &Option<FactSource>| {
            source.as_ref().is_none_or(|source| !self.withheld.contains(&source.document))
        };
        own.events.retain(|event| !self.untold.contains(&event.id));
        own.help.retain(|item| joined(&item.source));
        own.instrument_results.retain(|item| joined(&item.source));
        own.proposals.retain(|item| joined(&item.source));
        own.child_hearings.retain(|item| joined(&item.source));
        own.measures.retain(|item| !self.untold_measures.contains(&item.id));
        own.plans.gezag = None;
        own.plans.omgang = None;
        if self.domain == Domain::Criminal {
            own.plans.huisverbod = None;
        } else {
            own.plans.gedragsinterventie = None;
        }
        let frameworks = builtin().map_err(|error| error.to_string())?;
        let mut found = assess(&own, frameworks, on, &[]).map_err(|error| error.to_string())?;
        if self.domain == Domain::Administrative {
            contested::judge_as_of(&mut found, &own, frameworks, on)?;
        }
        let unread = Unread::of(dossier, &own);
        for finding in found.findings.iter_mut().filter(|finding| finding.domain == self.domain) {
            if unread.iter().any(|kind| kind.bears_on(finding, frameworks)) {
                leave_open(finding);
            }
        }
        Ok(Assessment { receipt: whole.receipt.clone(), ..found })
    }
}

/// A kind of record of which some stand only in documents that were not joined.
struct Unread {
    /// Words of a rule that ask for such records.
    asked_by: &'static [&'static str],
    /// Those that are in this file.
    read: Vec<String>,
}

impl Unread {
    fn of(whole: &Dossier, own: &Dossier) -> Vec<Self> {
        let kind = |all: usize, read: Vec<String>, asked_by: &'static [&'static str]| {
            (all > read.len()).then_some(Self { asked_by, read })
        };
        let results = own.instrument_results.iter().map(|item| item.id.to_string()).collect();
        let kinds = [
            kind(whole.measures.len(), own.measures.iter().map(|item| item.id.to_string()).collect(), &["measure"]),
            kind(
                whole.events.len(),
                own.events.iter().map(|item| item.id.to_string()).collect(),
                &["event", "asymmetry", "trend", "answered"],
            ),
            kind(whole.help.len(), own.help.iter().map(|item| item.id.to_string()).collect(), &["help"]),
            kind(whole.instrument_results.len(), results, &["instrument_result", "results_differ", "external_count"]),
            kind(whole.proposals.len(), own.proposals.iter().map(|item| item.id.to_string()).collect(), &["proposal"]),
            kind(
                whole.child_hearings.len(),
                own.child_hearings.iter().map(|item| item.id.to_string()).collect(),
                &["child_hearing"],
            ),
        ];
        kinds.into_iter().flatten().collect()
    }

    /// Whether a finding that there is none of something asks for what nobody has read here, and names none of it that
    /// was read; what it names of another kind does not tell. It does not matter what stands in those documents: a paper may tell nothing of their contents.
    fn bears_on(&self, finding: &Finding, frameworks: &FrameworkSet) -> bool {
        let says_none = finding.outcome == Outcome::NotMet && finding.judge.is_none();
        let mut named = finding.facts_for.iter().chain(&finding.facts_against);
        let rests_on_read = named.any(|fact| self.read.iter().any(|id| id == fact.as_str()));
        let Some(framework) = frameworks.find(&finding.framework).filter(|_| says_none && !rests_on_read) else {
            return false;
        };
        let criterion = framework.criteria.iter().find(|criterion| is_of(finding, &criterion.id));
        let rule = criterion.and_then(|criterion| serde_json::to_value(&criterion.rule).ok());
        rule.is_some_and(|rule| asks_for(&rule, framework, self.asked_by, DEEPEST_USE))
    }
}

/// Whether a finding is of this criterion; asked outside its own domain, a criterion has that domain behind its id.
fn is_of(finding: &Finding, criterion: &str) -> bool {
    let rest = finding.criterion.strip_prefix(criterion);
    rest.is_some_and(|rest| ["", "-straf", "-bestuur", "-familie"].contains(&rest))
}

/// Definitions may use definitions, to this depth.
const DEEPEST_USE: usize = 16;

/// Whether a rule, or a definition that it uses, asks for one of these.
fn asks_for(rule: &Value, framework: &Framework, words: &[&str], depth: usize) -> bool {
    match rule {
        Value::Object(parts) => parts.iter().any(|(word, part)| {
            let used = part.as_str().filter(|_| word == "use").and_then(|name| framework.definitions.get(name));
            let used = used.filter(|_| depth > 0).and_then(|definition| serde_json::to_value(&definition.rule).ok());
            words.contains(&word.as_str())
                || used.is_some_and(|rule| asks_for(&rule, framework, words, depth.saturating_sub(1)))
                || asks_for(part, framework, words, depth)
        }),
        Value::Array(parts) => parts.iter().any(|part| asks_for(part, framework, words, depth)),
        _ => false,
    }
}

/// Says of a finding that there is none of something, that this cannot be said yet.
fn leave_open(finding: &mut Finding) {
    let open = |outcome: Outcome| if outcome == Outcome::NotMet { Outcome::MissingFacts } else { outcome };
    finding.outcome = Outcome::MissingFacts;
    finding.views = Views {
        established: open(finding.views.established),
        plausible: open(finding.views.plausible),
        contested: open(finding.views.contested),
    };
    finding.effects.retain(|effect| effect.kind == EffectKind::Investigation);
    finding.summary = NOT_READ.to_owned();
    finding.explanation = NOT_READ.to_owned();
    finding.to_do.clear();
}

/// Whether a fact counts as admitted, and every admission stands in a document that was not joined.
fn is_admitted_elsewhere(scene: &Scene<'_>, event: &Event) -> bool {
    let mut sources = admissions(event).peekable();
    event.status.in_domain(scene.domain) == Evidence::Admitted
        && sources.peek().is_some()
        && sources.all(|source| scene.is_withheld(source))
}
