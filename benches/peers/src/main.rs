//! Combizitting beside gorules' zen-engine, on the same criteria and facts. Started by `benches/peers/run`,
//! which runs OpenFisca on the facts that this program leaves in its folder.
//!
//! Every engine must give the outcomes of ours on every dossier before anything is timed. Times are CPU
//! time of the thread that works: the median of as many runs as fit in two seconds, at least ten.

#[path = "../../support/dossiers.rs"]
mod dossiers;
mod facts;
mod ours;
mod zen;

use chrono::NaiveDate;
use combizitting::assessment::{self, FrameworkSet};
use combizitting::dossier::model::Dossier;
use serde_json::json;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use zen_engine::Variable;

/// Day for which the benches assess.
fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 17).expect("an existing day")
}

/// CPU time that this thread has used so far, by the kernel's own account.
fn cpu_time() -> Duration {
    let account = fs::read_to_string("/proc/thread-self/schedstat").expect("the kernel keeps schedstat");
    Duration::from_nanos(account.split_whitespace().next().expect("a number").parse().expect("nanoseconds"))
}

/// Median CPU time of one run. Runs are timed in batches long enough for the kernel's account.
fn median<T>(mut work: impl FnMut() -> T) -> Duration {
    let began = Instant::now();
    black_box(work());
    let batch = (0.02 / began.elapsed().as_secs_f64()).clamp(1.0, 1_000.0) as u32;
    let mut times = Vec::new();
    let began = Instant::now();
    while times.len() < 10 || began.elapsed() < Duration::from_secs(2) {
        let before = cpu_time();
        for _ in 0..batch {
            black_box(work());
        }
        times.push((cpu_time() - before) / batch);
    }
    times.sort_unstable();
    times[times.len() / 2]
}

/// Dossiers on which all engines must agree: the demo family, the published rulings, and the family grown.
fn all_dossiers(root: &Path) -> Vec<(String, Dossier)> {
    let mut all = vec![("demo".to_owned(), dossiers::demo()), ("demo-5000".to_owned(), dossiers::grown(5_000))];
    let mut files: Vec<_> = fs::read_dir(root.join("tests/dossiers"))
        .expect("rulings")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    for path in files {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let dossier = combizitting::intake::read(&fs::read(&path).expect("a file")).expect("a dossier");
        all.push((name, dossier));
    }
    all
}

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let root = arguments.next().expect("the folder of the project");
    let out = arguments.next().expect("a folder for the facts");
    let (root, out) = (Path::new(&root), Path::new(&out));
    let (all, eight) = (assessment::builtin().expect("frameworks"), ours::eight());
    let decision = zen::decision();
    fs::write(out.join("regels.jdm.json"), format!("{:#}", zen::document())).expect("a file");
    let mut differences = 0;
    let (mut questions, mut tables) = (0, Vec::new());
    for (name, dossier) in all_dossiers(root) {
        let facts = facts::of(&dossier, day());
        let expected = ours::expected(&dossier, &eight, day());
        let context: Variable = facts.clone().into();
        let given = zen::outcomes(&zen::run(&decision, &context));
        questions += expected.len();
        for question in expected.keys().chain(given.keys().filter(|key| !expected.contains_key(*key))) {
            if expected.get(question) != given.get(question) {
                differences += 1;
                eprintln!("{name}: {question}: wij {:?}, zen {:?}", expected.get(question), given.get(question));
            }
        }
        let file = json!({"name": name, "facts": facts, "expected": expected});
        fs::write(out.join(format!("{name}.facts.json")), file.to_string()).expect("a file");
        if name.starts_with("demo") {
            tables.push((dossier, context));
        }
    }
    assert_eq!(differences, 0, "de uitkomsten verschillen; er is niets gemeten");
    eprintln!("zen-engine: {questions} uitkomsten gelijk aan de onze.");
    let rows = measure(all, &eight, &decision, &tables);
    let text: String = rows.iter().map(|(what, times)| format!("| {what} | {} |\n", times.join(" | "))).collect();
    fs::write(out.join("tabel-rust.md"), text).expect("a file");
}

type Row = (&'static str, Vec<String>);

fn measure(
    all: &FrameworkSet,
    eight: &FrameworkSet,
    decision: &zen_engine::Decision,
    tables: &[(Dossier, Variable)],
) -> Vec<Row> {
    let row = |what: &'static str, time: &dyn Fn(&Dossier, &Variable) -> Duration| -> Row {
        eprintln!("meten: {what}");
        (what, tables.iter().map(|(dossier, context)| shown(time(dossier, context))).collect())
    };
    let only_outcomes = |set: &FrameworkSet, dossier: &Dossier| {
        median(|| assessment::outcomes(black_box(dossier), set, day(), &[]).expect("outcomes"))
    };
    let whole = |set: &FrameworkSet, dossier: &Dossier| {
        median(|| assessment::assess(black_box(dossier), set, day(), &[]).expect("assess"))
    };
    vec![
        row("Combizitting, acht criteria, alleen de uitkomst", &|dossier, _| only_outcomes(eight, dossier)),
        row("zen-engine, acht criteria, alleen de uitkomst", &|_, context| median(|| zen::run(decision, context))),
        row("Combizitting, acht criteria, met drie beelden, kantelfeiten, uitleg en kwitantie", &|dossier, _| {
            whole(eight, dossier)
        }),
        row("Combizitting, alle kaders, alleen de uitkomst", &|dossier, _| only_outcomes(all, dossier)),
        row("Combizitting, alle kaders, met drie beelden, kantelfeiten, uitleg en kwitantie", &|dossier, _| {
            whole(all, dossier)
        }),
    ]
}

/// A time in milliseconds with a Dutch comma.
fn shown(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1_000.0;
    let digits = if milliseconds < 10.0 { 3 } else { 1 };
    format!("{milliseconds:.digits$} ms").replace('.', ",")
}
