//! Terms with their source. Pure: the dossier, the day and the last change enter as arguments.
//!
//! Several matters in one dossier: the longest term counts. It begins with the last thing that happened or was recorded,
//! so that doubt makes it longer. None of the terms was read in the list itself; each is shown as not verified, and who
//! proposes to destroy says what they found there.

use crate::dossier::model::{CriminalPhase, Domain, Dossier, Matter, MatterKind, MatterState, MeasureState};
use crate::shared::moment::local_date;
use crate::shared::source::LegalSource;
use chrono::{Months, NaiveDate};

/// A term for a kind of matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code.
    pub code: &'static str,
    /// Name, in Dutch.
    pub title: &'static str,
    /// Years after the last thing that happened.
    pub years: u32,
    /// Source as a lawyer would cite it.
    source: &'static str,
    verified: bool,
}

const LIST: &str =
    "Selectielijst primair proces van de Rechtspraak (Stcrt. 6 januari 2021, nr. 223); art. 5 Archiefwet 1995";

/// All rules, the shortest first.
pub const RULES: [Rule; 4] = [
    Rule { code: "huisverbod", title: "Huisverbod (bestuursrecht)", years: 20, source: LIST, verified: false },
    Rule { code: "familie", title: "Familiezaak", years: 30, source: LIST, verified: false },
    Rule {
        code: "straf",
        title: "Strafzaak",
        years: 30,
        source: "art. 39d Wjsg; Selectielijst primair proces van de Rechtspraak (Stcrt. 6 januari 2021, nr. 223)",
        verified: false,
    },
    Rule { code: "jeugd", title: "Bescherming van een kind", years: 40, source: LIST, verified: false },
];

impl Rule {
    /// The rule of this code.
    #[must_use]
    pub fn named(code: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.code == code)
    }

    /// Where it comes from, and whether that was read.
    #[must_use]
    pub fn source(&self) -> LegalSource {
        let source = LegalSource::unverified(self.source, "");
        if self.verified { source.checked() } else { source }
    }

    fn of(matter: &Matter) -> &'static Self {
        let [huisverbod, family, criminal, youth] = &RULES;
        match (matter.domain, matter.kind) {
            (_, MatterKind::ChildProtection) => youth,
            (Domain::Criminal, _) => criminal,
            (Domain::Administrative, _) => huisverbod,
            (Domain::Family, _) => family,
        }
    }
}

/// Years before which nothing can be due, whatever the case.
pub const SHORTEST: u32 = RULES[0].years;

/// How a case stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The rule that counts: the one with the longest term.
    pub rule: &'static Rule,
    /// From when it counts.
    pub since: NaiveDate,
    /// From when it may be destroyed; none when that lies beyond all counting.
    pub due_on: Option<NaiveDate>,
    /// What holds it back whatever the term, in Dutch, without anything of its content.
    pub holds: Vec<&'static str>,
}

impl Standing {
    /// Whether it may be destroyed on this day.
    #[must_use]
    pub fn is_due(&self, on: NaiveDate) -> bool {
        self.holds.is_empty() && self.due_on.is_some_and(|due| due <= on)
    }
}

/// How a case stands on a day, last changed on another; terms that run end on `ends`.
#[must_use]
pub fn standing(dossier: &Dossier, changed: NaiveDate, ends: &[NaiveDate], on: NaiveDate) -> Standing {
    let longest = dossier.matters.iter().map(Rule::of).max_by_key(|rule| rule.years);
    // A file without a matter is kept as long as the longest: it does not say why it is here.
    let [.., last] = &RULES;
    let rule = longest.unwrap_or(last);
    let since = last_day(dossier, ends).map_or(changed, |last| last.max(changed));
    let due_on = since.checked_add_months(Months::new(rule.years.saturating_mul(12)));
    Standing { rule, since, due_on, holds: holds(dossier, ends, on) }
}

/// The last day that the file names for something that happened in its matters.
fn last_day(dossier: &Dossier, ends: &[NaiveDate]) -> Option<NaiveDate> {
    let of_matters = dossier.matters.iter().flat_map(|matter| {
        let hearings = matter.hearings.iter().map(|hearing| local_date(&hearing.at));
        hearings.chain(matter.steps.iter().map(|step| step.on)).chain(matter.filed_on)
    });
    let of_measures = dossier
        .measures
        .iter()
        .flat_map(|measure| [measure.starts, measure.effective_end()].into_iter().flatten().map(|at| local_date(&at)));
    of_matters.chain(of_measures).chain(ends.iter().copied()).max()
}

fn holds(dossier: &Dossier, ends: &[NaiveDate], on: NaiveDate) -> Vec<&'static str> {
    let mut found = Vec::new();
    let is_over = |matter: &Matter| matches!(matter.state, MatterState::Final | MatterState::Withdrawn);
    if !dossier.matters.iter().all(is_over) {
        found.push(
            "Een zaak is nog niet onherroepelijk of ingetrokken: er loopt een procedure, of hoger beroep kan nog.",
        );
    }
    let not_final = |matter: &Matter| {
        matter.criminal.as_ref().is_some_and(|criminal| criminal.phase == CriminalPhase::ConvictedNotFinal)
    };
    if dossier.matters.iter().any(not_final) {
        found.push("Een veroordeling is nog niet onherroepelijk.");
    }
    // An end that the file does not give is no end: the measure may still hold.
    let runs = dossier.measures.iter().any(|measure| {
        let given =
            matches!(measure.state, MeasureState::InForce | MeasureState::NotYetEnforceable | MeasureState::Suspended);
        given && measure.effective_end().is_none_or(|end| local_date(&end) >= on)
    });
    if runs {
        found.push("Een maatregel geldt nog.");
    }
    if ends.iter().any(|end| *end >= on) {
        found.push("Er loopt nog een termijn.");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn file(change: impl FnOnce(&mut Value)) -> Dossier {
        let mut value = json!({"format": "1", "reference": "x", "persons": [], "matters": [
            {"id": "fam", "domain": "family", "kind": "divorce", "state": "final", "numbers": [],
             "authority": {"name": "de rechtbank"}, "steps": [{"on": "2026-03-01", "what": "Beschikking"}]},
            {"id": "hv", "domain": "administrative", "kind": "huisverbod", "state": "final", "numbers": [],
             "authority": {"name": "de burgemeester"}}]});
        change(&mut value);
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn the_longest_term_counts_from_the_last_thing_that_happened_or_was_recorded() {
        let on = day("2050-01-01");
        let found = standing(&file(|_| ()), day("2026-02-01"), &[], on);
        assert_eq!(
            (found.rule.code, found.since, found.due_on),
            ("familie", day("2026-03-01"), Some(day("2056-03-01")))
        );
        let later = standing(&file(|_| ()), day("2027-05-01"), &[day("2026-06-01")], on);
        assert_eq!(later.due_on, Some(day("2057-05-01")));
        assert!(!later.is_due(day("2057-04-30")) && later.is_due(day("2057-05-01")));
    }

    #[test]
    fn a_file_without_a_matter_is_kept_as_long_as_the_longest() {
        let found = standing(&file(|value| value["matters"] = json!([])), day("2026-01-01"), &[], day("2026-01-02"));
        assert_eq!(found.rule.code, "jeugd");
    }

    #[test]
    fn what_still_runs_holds_a_case_whatever_its_term() {
        let far = day("2199-01-01");
        let held = |change: fn(&mut Value)| standing(&file(change), day("2026-01-01"), &[], far).holds.len();
        assert_eq!(held(|_| ()), 0);
        assert_eq!(held(|value| value["matters"][0]["state"] = json!("decided")), 1);
        let with = |state: &str, open: bool, end: Option<&str>| {
            let measure = json!([{"id": "m", "instrument": "omgangsregeling", "matter": "fam", "state": state,
                                  "restrained": [], "protected": [], "open_ended": open, "ends": end}]);
            standing(&file(|value| value["measures"] = measure), day("2026-01-01"), &[], far).holds
        };
        assert_eq!(with("in_force", true, None), ["Een maatregel geldt nog."]);
        assert_eq!(with("in_force", false, None), ["Een maatregel geldt nog."], "an unknown end is no end");
        assert!(with("in_force", false, Some("2027-01-01T00:00:00+01:00")).is_empty());
        assert!(with("ended", false, None).is_empty() && with("proposed", false, None).is_empty());
        let term = standing(&file(|_| ()), day("2026-01-01"), &[far], far);
        assert!(!term.holds.is_empty() && !term.is_due(far));
    }

    #[test]
    fn no_term_says_it_was_read_while_its_source_was_not() {
        for rule in RULES {
            assert_eq!(Rule::named(rule.code).map(|found| found.title), Some(rule.title));
            assert!(!rule.source().verified, "{}", rule.code);
        }
        assert!(RULES.iter().all(|rule| rule.years >= SHORTEST));
    }
}
