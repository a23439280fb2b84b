//! Four-valued truth, and how facts of different certainty add up to it.

use crate::assessment::language::{IfNone, Threshold};
use crate::assessment::model::Outcome;
use crate::dossier::model::{Domain, Evidence};
use std::collections::BTreeMap;

/// Truth of a condition. The order is the order of strength: `any` takes the greatest, `all` the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It is not so.
    False,
    /// The dossier does not say.
    Missing,
    /// It turns on a contested fact or an open norm.
    Open,
    /// It is so.
    True,
}

impl Truth {
    /// The opposite; what is unknown stays unknown.
    pub fn negate(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            unknown => unknown,
        }
    }

    /// The outcome of a criterion whose rule has this truth.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::True => Outcome::Met,
            Self::False => Outcome::NotMet,
            Self::Open => Outcome::NeedsJudgement,
            Self::Missing => Outcome::MissingFacts,
        }
    }
}

/// Whether an item fits a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It does not fit.
    No,
    /// The dossier does not say whether it fits.
    Maybe,
    /// It fits.
    Yes,
}

impl Fit {
    /// Fits when true.
    pub fn when(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    /// A known value that is as wanted, or an unknown one.
    pub fn wanted<T: PartialEq>(value: Option<T>, wanted: Option<T>) -> Self {
        match (wanted, value) {
            (None, _) => Self::Yes,
            (Some(_), None) => Self::Maybe,
            (Some(wanted), Some(value)) => Self::when(wanted == value),
        }
    }

    /// Truth of a condition that only asks for this one thing.
    pub fn truth(self) -> Truth {
        match self {
            Self::Yes => Truth::True,
            Self::Maybe => Truth::Missing,
            Self::No => Truth::False,
        }
    }
}

/// Which facts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What counts in the criterion's domain; a query may set its own least certainty.
    Outcome(Domain),
    /// Facts of at least this certainty.
    AtLeast(Threshold),
}

impl View {
    /// Least certainty that counts for a query with its own floor.
    pub fn threshold(self, floor: Option<Threshold>) -> Threshold {
        match self {
            Self::Outcome(domain) => floor.unwrap_or(domain_threshold(domain)),
            Self::AtLeast(least) => floor.map_or(least, |floor| floor.max(least)),
        }
    }
}

/// Certainty that a finding needs in a domain.
pub fn domain_threshold(domain: Domain) -> Threshold {
    match domain {
        Domain::Criminal => Threshold::Established,
        Domain::Administrative | Domain::Family => Threshold::Plausible,
    }
}

/// Certainty of a fact on the scale of thresholds; `None` for refuted and unknown.
pub fn certainty(evidence: Evidence) -> Option<Threshold> {
    match evidence {
        Evidence::Established => Some(Threshold::Established),
        Evidence::Admitted => Some(Threshold::Admitted),
        Evidence::Plausible => Some(Threshold::Plausible),
        Evidence::Alleged | Evidence::Disputed => Some(Threshold::Alleged),
        Evidence::Refuted | Evidence::Unknown => None,
    }
}

/// Place of a fact among all facts of its world, in the order of their ids: comparing and sorting
/// facts is comparing and sorting numbers.
pub type Rank = u32;

/// One item that a query found.
#[derive(Clone, Debug)]
pub struct Hit<'a> {
    /// Its place in the order of ids.
    pub rank: Rank,
    /// How certain it is in the domain.
    pub evidence: Evidence,
    /// Whether it certainly fits the query.
    pub sure: bool,
    /// Independent sources of it.
    pub sources: Vec<&'a str>,
}

impl Hit<'_> {
    /// Whether its certainty is still open, so that a hearing may change it.
    pub fn is_contested(&self) -> bool {
        self.evidence != Evidence::Refuted
            && (!self.sure || certainty(self.evidence).is_none_or(|at| at == Threshold::Alleged))
    }

    /// Whether it speaks for what was asked, however uncertain.
    pub fn speaks(&self) -> bool {
        self.sure && self.evidence != Evidence::Refuted && self.evidence != Evidence::Unknown
    }
}

/// What a query found.
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    /// Items found, by id.
    pub hits: Vec<Hit<'a>>,
    /// Least number.
    pub at_least: usize,
    /// Least number of independent sources.
    pub sources: usize,
    /// What none means.
    pub if_none: IfNone,
    /// The query's own least certainty.
    pub floor: Option<Threshold>,
}

/// Numbers of items per certainty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    by_certainty: [usize; 4],
    unknown: usize,
    refuted: usize,
}

impl Counts {
    fn slot(&mut self, evidence: Evidence, sure: bool) -> Option<&mut usize> {
        if evidence == Evidence::Refuted {
            return Some(&mut self.refuted);
        }
        match certainty(evidence) {
            Some(at) if sure => self.by_certainty.get_mut(at as usize),
            _ => Some(&mut self.unknown),
        }
    }

    /// One item more.
    fn add(&mut self, evidence: Evidence, sure: bool) {
        if let Some(slot) = self.slot(evidence, sure) {
            *slot += 1;
        }
    }

    /// One item less.
    fn remove(&mut self, evidence: Evidence, sure: bool) {
        if let Some(slot) = self.slot(evidence, sure) {
            *slot = slot.saturating_sub(1);
        }
    }

    fn from(&self, threshold: Threshold) -> usize {
        self.by_certainty.iter().skip(threshold as usize).sum()
    }
}

impl<'a> Tally<'a> {
    /// Numbers per certainty.
    fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for hit in &self.hits {
            counts.add(hit.evidence, hit.sure);
        }
        counts
    }

    /// Truth in a view, given the numbers, when sources are not counted.
    fn truth_of(&self, counts: &Counts, view: View) -> Truth {
        let threshold = view.threshold(self.floor);
        let known = counts.from(threshold);
        let alleged = counts.from(Threshold::Alleged);
        if known >= self.at_least {
            Truth::True
        } else if alleged >= self.at_least {
            Truth::Open
        } else if alleged + counts.unknown >= self.at_least && counts.unknown > 0 {
            Truth::Missing
        } else if counts.refuted > 0 && alleged + counts.unknown == 0 {
            Truth::False
        } else {
            match self.if_none {
                IfNone::Unknown => Truth::Missing,
                IfNone::No => Truth::False,
            }
        }
    }

    /// Truth in a view, given the numbers of facts and of independent sources.
    fn truth(&self, counts: &Counts, sources: &SourceCounts, view: View) -> Truth {
        let found = self.truth_of(counts, view);
        if self.sources <= 1 || found < Truth::Open {
            return found;
        }
        let wanted = view.threshold(self.floor);
        if found == Truth::True && sources.from(wanted) >= self.sources {
            Truth::True
        } else if sources.from(Threshold::Alleged) >= self.sources {
            Truth::Open
        } else if self.if_none == IfNone::No && sources.from(Threshold::Alleged) > 0 {
            Truth::False
        } else {
            Truth::Missing
        }
    }
}

/// What a query found, with its numbers; every rule and view that asks the same shares it.
#[derive(Clone, Debug)]
pub struct Leaf<'a> {
    tally: Tally<'a>,
    counts: Counts,
    sources: Sources<'a>,
}

impl<'a> Leaf<'a> {
    /// Counts once what was found.
    pub fn new(tally: Tally<'a>) -> Self {
        let counts = tally.counts();
        let sources = Sources::of(&tally);
        Self { tally, counts, sources }
    }

    /// What was found.
    pub fn tally(&self) -> &Tally<'a> {
        &self.tally
    }

    /// Truth in a view.
    pub fn truth(&self, view: View) -> Truth {
        self.tally.truth(&self.counts, &self.sources.counts, view)
    }

    /// Truth in a view when some of the facts found here would be settled.
    pub fn truth_when(&self, settled: &[Settled], view: View) -> Truth {
        let mut counts = self.counts;
        for fact in settled {
            counts.remove(fact.evidence, fact.sure);
            counts.add(fact.answer, true);
        }
        let sources =
            if self.tally.sources > 1 { self.sources.when(&self.tally, settled) } else { SourceCounts::default() };
        self.tally.truth(&counts, &sources, view)
    }
}

/// A fact that would be settled: what it is now, and what would be found.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// The fact.
    pub rank: Rank,
    /// Its certainty now.
    pub evidence: Evidence,
    /// Whether it certainly fits now.
    pub sure: bool,
    /// Its certainty then; it then certainly fits.
    pub answer: Evidence,
}

/// Number of independent sources of facts of each certainty or stronger.
#[derive(Clone, Copy, Debug, Default)]
struct SourceCounts([usize; 4]);

impl SourceCounts {
    fn from(&self, least: Threshold) -> usize {
        self.0.get(least as usize).copied().unwrap_or_default()
    }
}

/// Facts per certainty that one source speaks for.
type FactsOfSource = [usize; 4];

/// Independent sources, counted so that a few facts can be settled without counting all anew.
#[derive(Clone, Debug, Default)]
struct Sources<'a> {
    facts: BTreeMap<&'a str, FactsOfSource>,
    counts: SourceCounts,
}

impl<'a> Sources<'a> {
    fn of(tally: &Tally<'a>) -> Self {
        let mut sources = Self::default();
        if tally.sources <= 1 {
            return sources;
        }
        for hit in tally.hits.iter().filter(|hit| hit.sure) {
            for source in &hit.sources {
                change(sources.facts.entry(source).or_default(), hit.evidence, |count| *count += 1);
            }
        }
        for facts in sources.facts.values() {
            for (count, speaks) in sources.counts.0.iter_mut().zip(speaks_from(facts)) {
                *count += usize::from(speaks);
            }
        }
        sources
    }

    fn when(&self, tally: &Tally<'a>, settled: &[Settled]) -> SourceCounts {
        let mut touched: BTreeMap<&str, FactsOfSource> = BTreeMap::new();
        for fact in settled {
            let hit =
                tally.hits.binary_search_by_key(&fact.rank, |hit| hit.rank).ok().and_then(|at| tally.hits.get(at));
            for source in hit.map_or(&[][..], |hit| &hit.sources) {
                let facts =
                    touched.entry(source).or_insert_with(|| self.facts.get(source).copied().unwrap_or_default());
                if fact.sure {
                    change(facts, fact.evidence, |count| *count = count.saturating_sub(1));
                }
                change(facts, fact.answer, |count| *count += 1);
            }
        }
        let mut counts = self.counts;
        for (source, facts) in touched {
            let before = speaks_from(&self.facts.get(source).copied().unwrap_or_default());
            for ((count, before), after) in counts.0.iter_mut().zip(before).zip(speaks_from(&facts)) {
                *count = (*count + usize::from(after)).saturating_sub(usize::from(before));
            }
        }
        counts
    }
}

fn change(facts: &mut FactsOfSource, evidence: Evidence, how: impl FnOnce(&mut usize)) {
    if let Some(count) = certainty(evidence).and_then(|at| facts.get_mut(at as usize)) {
        how(count);
    }
}

/// For each certainty: whether a source speaks for any fact that is at least so certain.
fn speaks_from(facts: &FactsOfSource) -> [bool; 4] {
    let mut speaks = facts.map(|count| count > 0);
    let mut any = false;
    for at_this in speaks.iter_mut().rev() {
        any |= *at_this;
        *at_this = any;
    }
    speaks
}
