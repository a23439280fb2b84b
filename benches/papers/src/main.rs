//! The same four-page decision on paper by Combizitting, krilla and typst, in one run. Started by
//! `benches/papers/run`, which lets WeasyPrint and LibreOffice make it from the files that this leaves.
//!
//! `papers FOLDER OUT` times all three and leaves their files; `papers FOLDER OUT only NAME` makes one file once,
//! so that its memory can be told apart.

#[path = "../../support/dossiers.rs"]
mod dossiers;
mod ours;
mod with_krilla;
mod with_typst;

use combizitting::documents::{docx, html, pdf};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

/// CPU time that this process has used so far, all threads together, by the kernel's own account.
fn cpu_time() -> Duration {
    let tasks = fs::read_dir("/proc/self/task").expect("the kernel lists threads");
    tasks
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("schedstat")).ok())
        .filter_map(|account| account.split_whitespace().next()?.parse().ok())
        .map(Duration::from_nanos)
        .sum()
}

/// Median CPU time and median time on the clock of one run, over three seconds and at least ten runs.
fn median(mut work: impl FnMut() -> Vec<u8>) -> (Duration, Duration) {
    black_box(work());
    let (mut busy, mut clock) = (Vec::new(), Vec::new());
    let began = Instant::now();
    while busy.len() < 10 || began.elapsed() < Duration::from_secs(3) {
        let (before, start) = (cpu_time(), Instant::now());
        black_box(work());
        clock.push(start.elapsed());
        busy.push(cpu_time().saturating_sub(before));
    }
    busy.sort_unstable();
    clock.sort_unstable();
    (busy[busy.len() / 2], clock[clock.len() / 2])
}

type Tool<'t> = (&'static str, &'static str, Box<dyn Fn() -> Vec<u8> + 't>);

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [root, out, rest @ ..] = arguments.as_slice() else { panic!("papers FOLDER OUT [only NAME]") };
    let (root, out) = (Path::new(root), Path::new(out));
    let model = ours::decision();
    let ready = pdf::bench_support::prepare_pages(&model).expect("pages");
    let desk = with_typst::Desk::new(root, &model);
    let tools: Vec<Tool<'_>> = vec![
        ("vloer", "printpdf, dezelfde gereedstaande bladen opslaan (de vloer)", Box::new(|| ready.save())),
        ("ons", "Combizitting: zetten, opslaan, labels en bladwijzers", Box::new(|| pdf::render(&model).expect("pdf"))),
        (
            "archief",
            "Combizitting, archiefbestand (PDF/A-1b)",
            Box::new(|| pdf::render_for_archive(&model).expect("pdf")),
        ),
        ("krilla", "krilla, op onze eigen bladindeling", Box::new(|| with_krilla::render(&model))),
        ("typst", "typst in hetzelfde programma, geheugen geleegd", Box::new(|| desk.render())),
        ("typst-warm", "typst, onveranderde invoer nog in het geheugen", Box::new(|| desk.again())),
    ];
    if let [_, name] = rest {
        let tool = tools.iter().find(|(known, _, _)| known == name).expect("a tool of this name");
        fs::write(out.join(format!("{name}.pdf")), tool.2()).expect("a file");
        return;
    }
    fs::write(out.join("besluit.html"), html::render(&model)).expect("a file");
    fs::write(out.join("besluit.docx"), docx::render(&model).expect("docx")).expect("a file");
    let mut lines = String::new();
    for (name, what, make) in &tools {
        eprintln!("meten: {what}");
        let bytes = make();
        let (busy, clock) = median(make);
        fs::write(out.join(format!("{name}.pdf")), &bytes).expect("a file");
        let line = format!(
            "{name}\t{what}\t{:.3}\t{:.3}\t{}\n",
            busy.as_secs_f64() * 1e3,
            clock.as_secs_f64() * 1e3,
            bytes.len()
        );
        lines.push_str(&line);
    }
    fs::write(out.join("tijden.tsv"), lines).expect("a file");
}
