//! One thread reads cases and logs that, one per core assesses, and this one writes lines in the order of
//! the cases. Few cases are in memory at a time, however many there are.

use super::file::{Earlier, OutFile};
use super::line::{Line, Stamp};
use super::told;
use crate::assessment::{self, FrameworkSet};
use crate::cli::output::{Failure, complain};
use crate::dossier::model::Dossier;
use crate::dossier::{DossierError, Dossiers, ToReassess};
use crate::drafting::service::{Drafts, KeptReceipt};
use crate::identity::Actor;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Cases in a list at a time.
const PAGE: i64 = 500;
/// Cases that are read, and logged as read, at a time: a stop loses at most what was read ahead.
const BATCH: usize = 128;
/// How often progress is told.
const EVERY: Duration = Duration::from_secs(5);

/// What a run needs.
pub(super) struct Job {
    pub dossiers: Dossiers,
    pub drafts: Drafts,
    pub actor: Actor,
    /// Name of the run in the trail.
    pub run: String,
    pub frameworks: &'static FrameworkSet,
    pub frameworks_hash: String,
    /// Reference date.
    pub on: NaiveDate,
    /// An earlier run to compare with.
    pub earlier: Option<Earlier>,
    /// Cases in the database when the run began.
    pub total: usize,
}

/// What came of a run.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Cases assessed in this run.
    pub done: usize,
    /// Cases that stood in the output before.
    pub before: usize,
    /// Cases of which a finding changed.
    pub changed: usize,
    /// Cases that cannot be read.
    pub unreadable: usize,
}

impl Tally {
    /// In Dutch, for the end of a run.
    pub(super) fn dutch(&self, compared: bool) -> String {
        let mut text = format!("{} getoetst", cases(self.done));
        if self.before > 0 {
            text.push_str(&format!("; {} stonden er al", cases(self.before)));
        }
        if compared {
            text.push_str(&format!("; bij {} is een bevinding veranderd", cases(self.changed)));
        }
        if self.unreadable > 0 {
            text.push_str(&format!(
                "; {} kunnen niet worden gelezen (zie \"problem\" in de uitvoer)",
                cases(self.unreadable)
            ));
        }
        text.push('.');
        text
    }
}

/// A case that was read, with its place among those of this run.
struct Item {
    number: usize,
    case: ToReassess,
    kept: Option<KeptReceipt>,
}

/// Assesses every case that is not in the output yet.
pub(super) fn run(job: &Job, out: &mut OutFile) -> Result<Tally, Failure> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let done = std::mem::take(&mut out.done);
    let (give, take) = sync_channel::<Item>(cores * BATCH);
    let (tell, hear) = channel::<(usize, Result<Line, Failure>)>();
    thread::scope(|scope| {
        let reader = scope.spawn(|| read(job, &done, give));
        // The cases go when the last worker goes, so that a reader never waits for nobody.
        let take = Arc::new(Mutex::new(take));
        for _ in 0..cores {
            let (take, tell) = (Arc::clone(&take), tell.clone());
            scope.spawn(move || assess_all(job, &take, &tell));
        }
        drop((take, tell));
        let written = write(job, out, hear, done.len());
        let read = reader.join().map_err(|_| Failure::new("Het lezen van de dossiers is onverwacht gestopt."))?;
        let tally = written?;
        read.map_err(told)?;
        Ok(tally)
    })
}

/// Reads cases in their order until there are no more, or nobody takes them.
fn read(job: &Job, done: &BTreeSet<(String, i64)>, give: SyncSender<Item>) -> Result<(), DossierError> {
    let mut after: Option<String> = None;
    let mut number = 0;
    loop {
        let page = job.dossiers.list_in_order(&job.actor, after.as_deref(), PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id.clone());
        let wanted: Vec<String> = page
            .into_iter()
            .filter(|case| !done.contains(&(case.id.clone(), case.version)))
            .map(|case| case.id)
            .collect();
        for ids in wanted.chunks(BATCH) {
            let mut kept: BTreeMap<String, KeptReceipt> = job.drafts.newest_receipts(&job.actor, ids)?;
            for case in job.dossiers.read_to_reassess(&job.actor, &job.run, ids)? {
                let kept = kept.remove(&case.id);
                if give.send(Item { number, case, kept }).is_err() {
                    return Ok(());
                }
                number += 1;
            }
        }
    }
}

fn assess_all(job: &Job, take: &Mutex<Receiver<Item>>, tell: &Sender<(usize, Result<Line, Failure>)>) {
    loop {
        let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(item) = next else { return };
        let number = item.number;
        if tell.send((number, assess(job, item))).is_err() {
            return;
        }
    }
}

fn assess(job: &Job, item: Item) -> Result<Line, Failure> {
    let stamp = Stamp {
        id: item.case.id,
        reference: item.case.reference,
        version: item.case.version,
        on: job.on,
        frameworks_hash: job.frameworks_hash.clone(),
    };
    let Ok(dossier) = serde_json::from_str::<Dossier>(&item.case.content) else {
        return Ok(Line::unreadable(stamp, DossierError::Unreadable.to_string()));
    };
    let assessment = assessment::assess(&dossier, job.frameworks, job.on, &[]).map_err(told)?;
    let earlier = job.earlier.as_ref().and_then(|earlier| earlier.find(&stamp.id));
    let line = Line::of(stamp, &assessment).map_err(told)?;
    Ok(line.beside(earlier.as_ref(), &assessment.receipt, item.kept.as_ref()))
}

/// Writes lines in the order of the cases, and tells how far it is.
fn write(
    job: &Job,
    out: &mut OutFile,
    hear: Receiver<(usize, Result<Line, Failure>)>,
    before: usize,
) -> Result<Tally, Failure> {
    let mut tally = Tally { before, ..Tally::default() };
    let mut early: BTreeMap<usize, Line> = BTreeMap::new();
    let began = Instant::now();
    let mut told_at = began;
    for (number, line) in hear {
        early.insert(number, line?);
        while let Some(line) = early.remove(&tally.done) {
            out.add(&line)?;
            tally.done += 1;
            tally.changed += usize::from(line.is_changed());
            tally.unreadable += usize::from(line.result.is_none());
        }
        if told_at.elapsed() >= EVERY {
            told_at = Instant::now();
            complain(&progress(&tally, job.total, began.elapsed()));
        }
    }
    Ok(tally)
}

/// "1.200 van 5.000 dossiers (24 %), nog ongeveer 3 minuten"
fn progress(tally: &Tally, total: usize, spent: Duration) -> String {
    let ready = tally.before + tally.done;
    let total = total.max(ready);
    let part = (ready * 100).checked_div(total).unwrap_or(100);
    let each = spent.checked_div(u32::try_from(tally.done).unwrap_or(u32::MAX)).unwrap_or_default();
    let left = each.saturating_mul(u32::try_from(total - ready).unwrap_or(u32::MAX)).as_secs();
    let left = match left {
        0..120 => format!("{left} seconden"),
        _ => format!("{} minuten", left.div_ceil(60)),
    };
    format!("{} van {} ({part} %), nog ongeveer {left}", dotted(ready), cases(total))
}

fn cases(count: usize) -> String {
    if count == 1 { "1 dossier".to_owned() } else { format!("{} dossiers", dotted(count)) }
}

/// A number with dots between thousands.
fn dotted(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_says_how_far_and_how_long() {
        let tally = Tally { done: 1_000, before: 200, ..Tally::default() };
        let text = progress(&tally, 100_000, Duration::from_secs(10));
        assert_eq!(text, "1.200 van 100.000 dossiers (1 %), nog ongeveer 17 minuten");
        assert_eq!(progress(&Tally::default(), 0, Duration::ZERO), "0 van 0 dossiers (100 %), nog ongeveer 0 seconden");
    }

    #[test]
    fn the_end_of_a_run_names_what_needs_attention() {
        let tally = Tally { done: 1, before: 2, changed: 1, unreadable: 3 };
        let text = tally.dutch(true);
        for part in ["1 dossier getoetst", "2 dossiers stonden er al", "bij 1 dossier", "3 dossiers kunnen niet"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!tally.dutch(false).contains("veranderd"));
    }
}
