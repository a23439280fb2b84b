//! Framework files: what is refused says why; what is accepted stays the same when written and read again, can be
//! linted, and can be laid beside a dossier.

use super::edits::edited;
use super::in_time;
use chrono::NaiveDate;
use combizitting::assessment::frameworks::{LoadedFramework, builtin_files, is_framework, parse_framework};
use combizitting::assessment::lint::lint;
use combizitting::assessment::{FrameworkSet, assess};
use combizitting::dossier::model::Dossier;
use serde_json::Value;
use std::sync::LazyLock;

const WORDS: [&str; 20] = [
    "",
    " ",
    "family",
    "criminal",
    "administrative",
    "child",
    "parent",
    "other_parent",
    "established",
    "met",
    "not_met",
    "needs_judgement",
    "child_and_parent",
    "huisverbod",
    "physical",
    "{kind} en {ouder}",
    "{onbekend}",
    "P30D",
    "2026-02-30",
    "00-fairness",
];
const BESIDE: &[u8] = include_bytes!("../../dossiers/ECLI_NL_RBMNE_2025_3308.json");

static DOSSIER: LazyLock<Dossier> = LazyLock::new(|| combizitting::intake::read(BESIDE).expect("a dossier"));

/// Each criterion of each built-in framework, as a framework of its own with the definitions it came with.
static BASES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let files = builtin_files().into_iter().filter(|(path, _)| is_framework(path));
    let read = files.filter_map(|(_, bytes)| serde_yaml_ng::from_slice::<serde_yaml_ng::Value>(&bytes).ok());
    let mut bases = Vec::new();
    for framework in read.filter_map(|yaml| serde_json::to_value(yaml).ok()) {
        for criterion in framework["criteria"].as_array().into_iter().flatten() {
            let mut one = framework.clone();
            one["criteria"] = Value::Array(vec![criterion.clone()]);
            let rule = criterion.to_string();
            if let Some(named) = one["definitions"].as_object_mut() {
                named.retain(|name, _| rule.contains(&format!("\"{name}\"")));
            }
            bases.push(one);
        }
    }
    bases
});

/// Frameworks, changes to them, and files that try something in YAML.
pub fn seeds() -> Vec<Vec<u8>> {
    let as_yaml = |base: &Value| serde_yaml_ng::to_string(base).expect("YAML").into_bytes();
    let mut seeds: Vec<Vec<u8>> = BASES.iter().step_by(9).map(as_yaml).collect();
    seeds.extend(
        (0..64_u8)
            .map(|at| (0..9).map(|step: u8| 128 | at.wrapping_mul(37).wrapping_add(step.wrapping_mul(53))).collect()),
    );
    seeds.push(b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n".to_vec());
    seeds.push(b"id: x\nid: x\n".to_vec());
    seeds.push(b"? {a: b}\n: !!binary c\n--- \n!tag x".to_vec());
    seeds
}

/// What holds for every file: a first byte beyond ASCII tells changes, anything else is YAML.
pub fn check(bytes: &[u8]) {
    if bytes.first().is_some_and(|first| *first >= 128) {
        if let Some(value) = edited(&BASES, bytes, &WORDS) {
            check_file(value.to_string().as_bytes());
        }
    } else {
        check_file(bytes);
    }
}

fn check_file(bytes: &[u8]) {
    match in_time(|| parse_framework(bytes)) {
        Err(message) => assert!(message.len() > 10, "refused without a reason: {message}"),
        Ok(framework) => {
            let written = serde_json::to_vec(&framework).expect("what was read can be written");
            assert_eq!(parse_framework(&written).as_ref(), Ok(&framework), "it reads differently the second time");
            let path = format!("family/{}/v1.yaml", framework.id);
            in_time(|| lint(&[(path.as_str(), bytes)]));
            let set = FrameworkSet::of_one(LoadedFramework { framework, hash: String::new(), path });
            let on = NaiveDate::from_ymd_opt(2026, 11, 17).expect("a day");
            in_time(|| assess(&DOSSIER, &set, on, &[]).map(|_| ()).ok());
        }
    }
}
