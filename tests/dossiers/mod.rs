//! The real input: the demo family and published rulings, encoded as dossier files.

mod backtest;
mod corpus;
mod drafts;
mod golden;
mod relabel;
pub mod rooms;
mod secrets;
mod sheets;

use crate::support::families::{self, DEMO_FILE, demo};
use combizitting::intake;
use corpus::RULINGS;
use std::collections::BTreeSet;

fn told(problems: &[intake::Problem]) -> String {
    problems.iter().map(|p| format!("{} {}: {}\n", p.pointer, p.code, p.message)).collect()
}

#[test]
fn demo_family_has_a_plan_for_each_of_the_four_drafts() {
    let plans = demo().plans;
    assert!(plans.gezag.is_some() && plans.omgang.is_some());
    assert!(plans.gedragsinterventie.is_some() && plans.huisverbod.is_some());
}

#[test]
fn intake_accepts_the_demo_family_without_a_remark() {
    let result = intake::read(DEMO_FILE);
    assert!(result.is_ok(), "{}", told(&result.err().unwrap_or_default()));
}

#[test]
fn intake_accepts_every_published_ruling() {
    let mut refused = String::new();
    for ruling in &RULINGS {
        if let Err(problems) = intake::read(&ruling.bytes()) {
            refused.push_str(&format!("{}:\n{}", ruling.file, told(&problems)));
        }
    }
    assert!(refused.is_empty(), "{refused}");
}

#[test]
fn rulings_come_from_every_area_of_law() {
    let areas: BTreeSet<&str> = RULINGS.iter().map(|r| r.area).collect();
    assert_eq!(areas, BTreeSet::from(["bemiddeling", "familie", "huisverbod", "jeugdbescherming", "strafrecht"]));
}

#[test]
fn no_ruling_file_gives_its_outcome_away() {
    for ruling in &RULINGS {
        let text = String::from_utf8(ruling.bytes()).expect("UTF-8").to_lowercase();
        assert!(!text.contains(ruling.day), "{} names the day of the ruling", ruling.file);
        for word in ruling.leaking {
            assert!(!text.contains(&word.to_lowercase()), "{} leaks {word:?}", ruling.file);
        }
        let day = ruling.reference_day();
        for measure in &ruling.dossier().measures {
            let starts = measure.starts.map(|at| at.date_naive());
            assert!(starts.is_none_or(|start| start < day), "{}: {} starts with the ruling", ruling.file, measure.id);
        }
    }
}

#[test]
fn intake_names_a_huisverbod_on_a_minor() {
    let bytes = serde_json::to_vec(&families::huisverbod_on_a_minor()).expect("a dossier is JSON");
    let problems = intake::read(&bytes).expect_err("a huisverbod on a minor is refused");
    assert!(told(&problems).contains("achttien") || told(&problems).contains("meerderjarig"), "{}", told(&problems));
}
