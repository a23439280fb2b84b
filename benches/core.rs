//! Assess, conflicts and drafts for about 60 and for 5,000 facts, each PDF against saving the same
//! ready page operators, and a bundle of 1,000 pages. Run with `cargo bench --bench core`; docs/metingen.md has the results.
//! All figures are CPU time of the thread that works, so that other work on the machine counts less.
#![allow(missing_docs, clippy::expect_used)]

mod support;

use combizitting::documents::bundle::{assemble, check};
use combizitting::documents::{docx, html, pdf};
use combizitting::drafting::model::DraftKind;
use combizitting::{assessment, conflicts, drafting};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use support::cpu::CpuTime;
use support::{fact_count, grown, thousand_pages};

/// Day for which the benches assess.
fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 17).expect("an existing day")
}

const SIZES: [usize; 3] = [60, 500, 5_000];

fn reasoning(criterion: &mut Criterion<CpuTime>) {
    let frameworks = assessment::builtin().expect("frameworks");
    let mut group = criterion.benchmark_group("reasoning");
    group.sample_size(10);
    for size in SIZES {
        let dossier = grown(size);
        let label = fact_count(&dossier);
        group.bench_with_input(BenchmarkId::new("assess", label), &dossier, |bench, dossier| {
            bench.iter(|| assessment::assess(black_box(dossier), frameworks, day(), &[]).expect("assess"));
        });
        group.bench_with_input(BenchmarkId::new("assess and conflicts", label), &dossier, |bench, dossier| {
            bench.iter(|| {
                let findings = assessment::assess(black_box(dossier), frameworks, day(), &[]).expect("assess");
                (findings, conflicts::find(black_box(dossier), day()))
            });
        });
        group.bench_with_input(BenchmarkId::new("conflicts", label), &dossier, |bench, dossier| {
            bench.iter(|| conflicts::find(black_box(dossier), day()));
        });
        let findings = assessment::assess(&dossier, frameworks, day(), &[]).expect("assess");
        let report = conflicts::find(&dossier, day());
        for kind in DraftKind::ALL {
            group.bench_with_input(
                BenchmarkId::new(format!("draft {}", kind.as_str()), label),
                &dossier,
                |bench, dossier| {
                    bench.iter(|| drafting::draft(black_box(dossier), &findings, &report, kind, day()).expect("draft"));
                },
            );
        }
    }
    group.finish();
}

fn paper(criterion: &mut Criterion<CpuTime>) {
    let frameworks = assessment::builtin().expect("frameworks");
    let dossier = grown(60);
    let findings = assessment::assess(&dossier, frameworks, day(), &[]).expect("assess");
    let report = conflicts::find(&dossier, day());
    let mut group = criterion.benchmark_group("paper");
    group.sample_size(20);
    for kind in DraftKind::ALL {
        let set = drafting::draft(&dossier, &findings, &report, kind, day()).expect("draft");
        for draft in &set.documents {
            group.bench_function(BenchmarkId::new("pdf", &draft.name), |bench| {
                bench.iter(|| pdf::render(black_box(&draft.model)).expect("pdf"));
            });
            let ready = pdf::bench_support::prepare_pages(&draft.model).expect("pages");
            group.bench_function(BenchmarkId::new("save of ready operators", &draft.name), |bench| {
                bench.iter(|| black_box(&ready).save());
            });
            group.bench_function(BenchmarkId::new("html", &draft.name), |bench| {
                bench.iter(|| html::render(black_box(&draft.model)));
            });
            group.bench_function(BenchmarkId::new("docx", &draft.name), |bench| {
                bench.iter(|| docx::render(black_box(&draft.model)).expect("docx"));
            });
        }
    }
    group.finish();
}

/// A bundle of 1,000 pages: forty documents of 24 pages with their index and sheets. Checking the files
/// when they come in is measured apart.
fn bundle(criterion: &mut Criterion<CpuTime>) {
    let (bundle, files) = thousand_pages();
    let mut group = criterion.benchmark_group("bundle");
    group.sample_size(10);
    group.bench_function("1,000 pages", |bench| {
        bench.iter(|| {
            let mut bytes = Vec::new();
            let mut fetch = |key: &str| files.get(key).cloned();
            let made = assemble(black_box(&bundle), &mut fetch, &mut bytes, &mut |_, _| {}).expect("bundle");
            assert!(made.pages >= 1_000, "{} pages", made.pages);
            bytes
        });
    });
    group.bench_function("check of one file of 24 pages", |bench| {
        let file = files.values().next().expect("a file");
        bench.iter(|| check(black_box(file)).expect("a good file"));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime::default());
    targets = reasoning, paper, bundle
}
criterion_main!(benches);
