//! Dossier files: what is refused names a place and never the value; what is accepted stays the same when written and
//! read again, and can be searched for clashes.

use super::edits::edited;
use super::in_time;
use chrono::NaiveDate;
use combizitting::intake::{Problem, read};
use combizitting::{conflicts, dossier::model::Dossier};
use serde_json::Value;
use std::sync::LazyLock;

/// A value that no message may repeat.
const CANARY: &str = "Zilverreigerpad 417";
/// Values to put in: words that mean something somewhere, and words that try something.
const WORDS: [&str; 26] = [
    CANARY,
    "",
    " ",
    "moeder",
    "vader",
    "m-scheiding",
    "secret",
    "parent_of",
    "criminal",
    "family",
    "huisverbod",
    "omgangsregeling",
    "established",
    "in_force",
    "contact",
    "2026-11-17",
    "2026-02-30",
    "2026-11-17T10:00:00",
    "2026-11-17T10:00:00+01:00",
    "+262143-12-31T23:59:59Z",
    "9999-12-31T23:59:59+23:59",
    "FREQ=WEEKLY;BYDAY=SA",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "e\u{301}\u{202e}\u{0}",
    "../../geheim",
    "{{geheim}}<script>",
];
/// Problems that are about the file as a whole.
const WHOLE: [&str; 6] = ["empty", "too_large", "not_utf8", "not_json", "too_deep", "wrong_value"];

const FILES: [&[u8]; 5] = [
    include_bytes!("../../dossiers/ECLI_NL_RBMNE_2025_3308.json"),
    include_bytes!("../../dossiers/ECLI_NL_GHAMS_2023_82.json"),
    include_bytes!("../../dossiers/ECLI_NL_GHARL_2021_11968.json"),
    include_bytes!("../../dossiers/ECLI_NL_RVS_2019_2520.json"),
    include_bytes!("../../../templates/demo/gezin.json"),
];
/// The files short enough to change a thousand times a second.
const SHORT: usize = 4;

static BASES: LazyLock<Vec<Value>> =
    LazyLock::new(|| FILES[..SHORT].iter().map(|file| serde_json::from_slice(file).unwrap()).collect());

/// Files, changes to files, and files that are none.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = FILES[..SHORT].iter().map(|file| file.to_vec()).collect();
    seeds.extend(
        (0..32_u8).map(|at| (0..13).map(|step: u8| at.wrapping_mul(37).wrapping_add(step.wrapping_mul(53))).collect()),
    );
    seeds.extend([b"{}".to_vec(), b"{\"format\":\"1\",\"format\":\"1\"}".to_vec(), "[".repeat(200).into_bytes()]);
    seeds.push(b"{\"format\":\"1\",\"reference\":\"\\u0000\\ud800\",\"persons\":[]}".to_vec());
    seeds
}

/// What holds for every file.
pub fn check(bytes: &[u8]) {
    // A file begins with a brace, white space or nothing that can be read; anything else tells changes.
    match bytes.first() {
        Some(b'{' | b'[' | b'"' | b' ' | 0xff) | None => {
            check_file(bytes);
        }
        _ => {
            let Some(value) = edited(&BASES, bytes, &WORDS) else { return };
            let problems = check_file(value.to_string().as_bytes());
            for problem in problems {
                assert!(!problem.message.contains(CANARY), "{problem:?} repeats a value");
                assert_place(&problem, &value);
            }
        }
    }
}

fn check_file(bytes: &[u8]) -> Vec<Problem> {
    match in_time(|| read(bytes)) {
        Ok(dossier) => {
            assert_same_again(&dossier);
            Vec::new()
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            for problem in &problems {
                assert!(!problem.code.is_empty() && !problem.message.is_empty(), "{problem:?} says nothing");
                assert!(problem.pointer.is_empty() || problem.pointer.starts_with('/'), "{problem:?} is no place");
            }
            problems
        }
    }
}

fn assert_same_again(dossier: &Dossier) {
    let written = serde_json::to_vec(dossier).expect("what was read can be written");
    assert_eq!(read(&written).as_ref(), Ok(dossier), "what was accepted is refused or different when read again");
    let on = NaiveDate::from_ymd_opt(2026, 11, 17).expect("a day");
    in_time(|| conflicts::find(dossier, on));
}

/// The place exists in the file, or is one that is missing from something that exists.
fn assert_place(problem: &Problem, file: &Value) {
    let parent = problem.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    let there = file.pointer(&problem.pointer).is_some() || file.pointer(parent).is_some();
    assert!(there, "{problem:?} names a place that is not in the file");
    let whole = WHOLE.contains(&problem.code.as_str()) || !file.is_object();
    let told = !problem.pointer.is_empty() || whole || problem.message.len() > 10;
    assert!(told, "{problem:?} names no place");
}
