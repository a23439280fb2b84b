//! The backtest: what the frameworks, clashes and drafts bring forward on each published ruling, beside what a
//! good framework ought to bring forward (`backtest.yaml`). The rules never see a ruling's name or outcome.
//! `UPDATE_GOLDEN=1 cargo test --test suite backtest` writes the table in docs/backtest.md anew.

use super::corpus::{RULINGS, Ruling};
use super::rooms::assess;
use combizitting::assessment::model::{Assessment, Direction, EffectKind, Finding, Force, Outcome};
use combizitting::conflicts;
use combizitting::conflicts::model::{ConflictReport, Severity};
use combizitting::dossier::model::{Dossier, Evidence};
use combizitting::drafting;
use combizitting::drafting::model::DraftKind;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/dossiers/backtest.yaml");
const BEGIN: &str = "<!-- begin van de tabel -->\n";
const END: &str = "<!-- einde van de tabel -->\n";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    ruling: String,
    expects: Vec<Point>,
    clashes: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Point {
    point: String,
    #[serde(default)]
    raised: Vec<String>,
    #[serde(default)]
    unsupported: Option<String>,
}

/// One ruling with everything the program says about it.
struct Run {
    dossier: Dossier,
    assessment: Assessment,
    report: ConflictReport,
    clashes: String,
    drafts: Vec<(DraftKind, String)>,
    impossible: Vec<String>,
}

impl Run {
    fn of(ruling: &Ruling) -> Self {
        let (dossier, on) = (ruling.dossier(), ruling.reference_day());
        let assessment = assess(&dossier, on);
        let report = conflicts::find(&dossier, on);
        let clashes = conflicts::text::render(&report, &dossier).to_lowercase();
        let (mut drafts, mut impossible) = (Vec::new(), Vec::new());
        for kind in DraftKind::ALL {
            let set = drafting::draft(&dossier, &assessment, &report, kind, on).expect("a draft or a reason");
            if set.is_refused() && !set.documents.is_empty() {
                impossible.push(format!("een onmogelijk concept {} kwam toch op papier", kind.as_str()));
            }
            let papers = set.documents.iter().flat_map(|draft| draft.model.text_lines()).collect::<Vec<_>>().join("\n");
            let problems = set.problems.iter().map(|item| item.message.clone()).collect::<Vec<_>>().join("\n");
            drafts.push((kind, format!("{papers}\n{problems}")));
        }
        Self { dossier, assessment, report, clashes, drafts, impossible }
    }

    /// Whether one sign of a point is there.
    fn shows(&self, sign: &str) -> bool {
        if let Some(text) = sign.strip_prefix("vraag: ") {
            return self.assessment.questions.iter().any(|item| has(&item.about, text));
        }
        if let Some((key, text)) = sign.strip_prefix("uitleg ").and_then(|rest| rest.split_once(": ")) {
            return self.findings(key).iter().any(|finding| {
                [&finding.explanation, &finding.summary, &finding.why].into_iter().any(|said| has(said, text))
            });
        }
        if let Some(text) = sign.strip_prefix("botsingen: ") {
            return self.clashes.contains(&text.to_lowercase());
        }
        if let Some((kind, text)) = sign.strip_prefix("concept ").and_then(|rest| rest.split_once(": ")) {
            return self.drafts.iter().any(|(found, said)| found.as_str() == kind && has(said, text));
        }
        if let Some(kind) = sign.strip_prefix("geen gevolg ") {
            let kind: EffectKind = serde_json::from_value(json!(kind)).expect("an effect");
            let effects = self.assessment.findings.iter().flat_map(|finding| &finding.effects);
            return !effects.into_iter().any(|item| item.kind == kind && item.direction == Direction::Supports);
        }
        if sign == "verborgen: adres" {
            return self.keeps_addresses();
        }
        let (key, outcome) = sign.split_once('=').unwrap_or_else(|| panic!("{sign} is no sign"));
        let outcome: Outcome = serde_json::from_value(json!(outcome)).expect("an outcome");
        let found = self.findings(key);
        assert!(!found.is_empty(), "{sign} names no criterion for these persons");
        found.iter().any(|finding| finding.outcome == outcome)
    }

    fn findings(&self, key: &str) -> Vec<&Finding> {
        let (name, about) = key.split_once('[').map_or((key, ""), |(name, rest)| (name, rest.trim_end_matches(']')));
        let ids: Vec<&str> = about.split(',').filter(|id| !id.is_empty()).collect();
        let named = |finding: &&Finding| format!("{}/{}", finding.framework, finding.criterion) == name;
        let of = |finding: &&Finding| ids.iter().all(|id| finding.about.iter().any(|known| known.as_str() == *id));
        self.assessment.findings.iter().filter(named).filter(of).collect()
    }

    fn keeps_addresses(&self) -> bool {
        let shielded = self.dossier.persons.iter().flat_map(|person| &person.addresses);
        let lines: Vec<&str> =
            shielded.filter(|address| address.is_shielded()).map(|address| address.line.as_str()).collect();
        assert!(!lines.is_empty(), "there is no address to keep");
        let said = serde_json::to_string(&(&self.assessment, &self.report)).expect("JSON");
        let papers = self.drafts.iter().map(|(_, text)| text.as_str()).collect::<String>();
        lines.iter().all(|line| !said.contains(line) && !papers.contains(line))
    }

    /// What was raised that nothing in the file carries.
    fn without_ground(&self, allowed: &BTreeSet<String>) -> Vec<String> {
        let mut found = self.impossible.clone();
        for conflict in self.report.conflicts.iter().filter(|item| item.severity != Severity::Note) {
            let kind = serde_json::to_value(conflict.kind).expect("JSON");
            if !allowed.contains(kind.as_str().unwrap_or_default()) {
                found.push(format!("botsing {kind}: {}", conflict.explanation));
            }
        }
        for finding in &self.assessment.findings {
            found.extend(self.groundless(finding));
        }
        found
    }

    fn groundless(&self, finding: &Finding) -> Option<String> {
        let name = format!("{}/{} over {:?}", finding.framework, finding.criterion, finding.about);
        let event = |id: &str| self.dossier.events.iter().find(|event| event.id.as_str() == id);
        let dead = |id: &str| {
            let evidence = event(id).map(|event| event.status.in_domain(finding.domain));
            evidence.is_some_and(|at| matches!(at, Evidence::Refuted | Evidence::Unknown))
        };
        if finding.outcome == Outcome::Met && finding.facts_for.iter().any(|id| dead(id.as_str())) {
            return Some(format!("{name}: voldaan op een weerlegd of onbekend feit"));
        }
        let heavy = |kind| matches!(kind, EffectKind::Gezag | EffectKind::OmgangDenial | EffectKind::Contactverbod);
        let full = finding.effects.iter().find(|effect| {
            effect.direction == Direction::Supports && effect.force == Force::Full && heavy(effect.kind)
        });
        if let Some(effect) = full.filter(|_| finding.judge.is_none()) {
            return Some(format!("{name}: steunt {:?} met volle kracht zonder oordeel van een rechter", effect.kind));
        }
        let burdens =
            finding.effects.iter().any(|effect| effect.direction == Direction::Supports && heavy(effect.kind));
        let nothing = finding.facts_for.is_empty() && finding.facts_against.is_empty();
        (burdens && nothing && finding.missing.is_empty() && finding.outcome != Outcome::NotMet)
            .then(|| format!("{name}: een gevolg zonder enig feit"))
    }
}

fn has(said: &str, text: &str) -> bool {
    said.to_lowercase().contains(&text.to_lowercase())
}

fn expectations() -> Vec<Expected> {
    let text = std::fs::read_to_string(EXPECTED).expect("backtest.yaml");
    serde_yaml_ng::from_str(&text).expect("backtest.yaml can be read")
}

/// What came of one point.
enum Came {
    Raised,
    Missed(Vec<String>),
    Unsupported(String),
}

struct Row {
    ruling: String,
    points: Vec<(String, Came)>,
    without_ground: Vec<String>,
}

fn rows() -> Vec<Row> {
    let expected = expectations();
    let of = |expected: &Expected| {
        let ruling = RULINGS.iter().find(|ruling| ruling.file == expected.ruling).expect("a ruling");
        let run = Run::of(ruling);
        let points = expected.expects.iter().map(|point| {
            let missed: Vec<String> = point.raised.iter().filter(|sign| !run.shows(sign)).cloned().collect();
            let came = match (&point.unsupported, missed.is_empty()) {
                (Some(why), _) => Came::Unsupported(why.clone()),
                (None, true) => Came::Raised,
                (None, false) => Came::Missed(missed),
            };
            assert!(point.unsupported.is_some() == point.raised.is_empty(), "{}: signs or a reason", point.point);
            (point.point.clone(), came)
        });
        let points = points.collect();
        Row { ruling: expected.ruling.clone(), points, without_ground: run.without_ground(&expected.clashes) }
    };
    expected.iter().map(of).collect()
}

fn numbers(rows: &[Row]) -> (usize, usize, usize) {
    let points = || rows.iter().flat_map(|row| &row.points);
    let raised = points().filter(|(_, came)| matches!(came, Came::Raised)).count();
    let missed = points().filter(|(_, came)| matches!(came, Came::Missed(_))).count();
    (raised, missed, points().count() - raised - missed)
}

fn table(rows: &[Row]) -> String {
    let (raised, missed, unsupported) = numbers(rows);
    let without: usize = rows.iter().map(|row| row.without_ground.len()).sum();
    let mut out = format!(
        "Van de {} punten kan het dossier er {} dragen. Daarvan zijn er {raised} naar voren gebracht en {missed} gemist. \
         Zonder grond naar voren gebracht: {without}. Niet te dragen door het dossier: {unsupported}.\n\n\
         | Uitspraak | Verwacht punt | Gevonden | Toelichting |\n|---|---|---|---|\n",
        raised + missed + unsupported,
        raised + missed,
    );
    for row in rows {
        let mut name = row.ruling.trim_start_matches("ECLI_NL_").replace('_', ":");
        for (point, came) in &row.points {
            let (word, note) = match came {
                Came::Raised => ("ja", String::new()),
                Came::Missed(signs) => ("nee", format!("niet gevonden: {}", signs.join("; "))),
                Came::Unsupported(why) => ("n.v.t.", why.clone()),
            };
            let _ = writeln!(out, "| {name} | {point} | {word} | {note} |");
            name.clear();
        }
        for item in &row.without_ground {
            let _ = writeln!(out, "| | **zonder grond** | | {item} |");
        }
    }
    out
}

#[test]
fn every_ruling_has_expectations() {
    let expected = expectations();
    let named: BTreeSet<&str> = expected.iter().map(|item| item.ruling.as_str()).collect();
    assert_eq!(named, RULINGS.iter().map(|ruling| ruling.file).collect());
    assert_eq!(expected.len(), RULINGS.len());
}

#[test]
fn backtest_on_the_published_rulings() {
    let rows = rows();
    let (raised, missed, _) = numbers(&rows);
    let table = table(&rows);
    std::io::stdout().write_all(table.as_bytes()).expect("standard output");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/backtest.md");
    let kept = std::fs::read_to_string(path).expect("docs/backtest.md");
    let (before, rest) = kept.split_once(BEGIN).expect("a place for the table");
    let (_, after) = rest.split_once(END).expect("the end of the table");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{table}{END}{after}")).expect("the report can be written");
    } else {
        assert!(rest.starts_with(&table), "docs/backtest.md is behind; write it with UPDATE_GOLDEN=1 and read it");
    }
    let without: Vec<&String> = rows.iter().flat_map(|row| &row.without_ground).collect();
    assert!(without.is_empty(), "raised without ground: {without:#?}");
    assert!(raised * 100 >= (raised + missed) * 95, "{raised} of {} raised", raised + missed);
}
