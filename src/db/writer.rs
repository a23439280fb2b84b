//! The single SQLite writer: up to 64 jobs in one transaction, a savepoint each, answers after COMMIT.
//!
//! One thread means that writers never wait on SQLite's own lock, and one fsync serves many jobs.
//! A job that fails is rolled back alone; if the transaction itself breaks (disk full), every
//! job in it is told that nothing was saved.

use super::connection::{Address, AnyConn, Use};
use super::error::DbError;
use super::vault::{self, Vault};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Jobs in one transaction at most.
const BATCH: usize = 64;

/// How long a transaction waits for as many jobs as the one before it had: a fraction of what COMMIT takes on a
/// disk. Whoever was just answered comes back in that time, and else would wait a whole COMMIT longer.
const GATHER: Duration = Duration::from_micros(400);

/// What remains of a job that ran: its answer, to be given once the outcome of COMMIT is known.
type Answer = Box<dyn FnOnce(Option<&DbError>) + Send>;

/// A job waiting for its turn.
trait Waiting: Send {
    /// Runs in a savepoint. The fault says that the whole transaction is broken.
    fn run(self: Box<Self>, conn: &mut AnyConn) -> (Answer, Option<DbError>);
    /// Answers without running.
    fn refuse(self: Box<Self>, fault: &DbError);
}

struct Job<T, E, F> {
    work: F,
    reply: SyncSender<Result<T, E>>,
}

impl<T, E, F> Waiting for Job<T, E, F>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: FnOnce(&mut AnyConn) -> Result<T, E> + Send + 'static,
{
    fn run(self: Box<Self>, conn: &mut AnyConn) -> (Answer, Option<DbError>) {
        let Self { work, reply } = *self;
        let (outcome, fault) = in_savepoint(conn, work);
        let answer: Answer = Box::new(move |broken: Option<&DbError>| {
            let result = match (outcome, broken) {
                // A job's own error says best what was wrong; it saved nothing either way.
                (Ok(_), Some(fault)) => Err(E::from(fault.clone())),
                (own, _) => own,
            };
            // The asker may have gone; then nobody needs the answer.
            let _ = reply.send(result);
        });
        (answer, fault)
    }

    fn refuse(self: Box<Self>, fault: &DbError) {
        let _ = self.reply.send(Err(E::from(fault.clone())));
    }
}

/// Runs work in a savepoint. Beside its result stands the fault, if the transaction around it is broken.
pub(super) fn in_savepoint<T, E: From<DbError>>(
    conn: &mut AnyConn,
    work: impl FnOnce(&mut AnyConn) -> Result<T, E>,
) -> (Result<T, E>, Option<DbError>) {
    if let Err(fault) = conn.begin_savepoint() {
        return (Err(E::from(fault.clone())), Some(fault));
    }
    let result = catch_unwind(AssertUnwindSafe(|| work(conn)))
        .unwrap_or_else(|_| Err(E::from(DbError::Other { cause: "a write job panicked".to_owned() })));
    // On a full disk SQLite rolls the whole transaction back by itself; then ending the savepoint fails.
    let fault = if result.is_ok() { conn.commit() } else { conn.rollback() }.err();
    (result, fault)
}

/// Handle on the writer thread. Dropping it finishes what was handed in and closes the database.
pub(super) struct Writer {
    jobs: Option<Sender<Box<dyn Waiting>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(conn: AnyConn, address: Address, vault: Vault) -> Result<Self, DbError> {
        let (jobs, inbox) = channel();
        let thread = std::thread::Builder::new()
            .name("combizitting-writer".to_owned())
            .spawn(move || vault::within(&vault, || work_through(&inbox, conn, &address)))
            .map_err(|error| DbError::Other { cause: error.to_string() })?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Hands a job to the writer and waits until it is committed or refused.
    pub(super) fn submit<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut AnyConn) -> Result<T, E> + Send + 'static,
    {
        let stopped = || E::from(DbError::Other { cause: "the writer has stopped".to_owned() });
        let (reply, answer) = sync_channel(1);
        let jobs = self.jobs.as_ref().ok_or_else(stopped)?;
        jobs.send(Box::new(Job { work, reply })).map_err(|_| stopped())?;
        answer.recv().map_err(|_| stopped())?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            // A panic in the thread was already answered to whoever waited.
            let _ = thread.join();
        }
    }
}

fn work_through(inbox: &Receiver<Box<dyn Waiting>>, conn: AnyConn, address: &Address) {
    let mut open = Some(conn);
    let mut before = 1;
    while let Ok(first) = inbox.recv() {
        let mut jobs = gather(inbox, first, before);
        before = jobs.len();
        while !jobs.is_empty() {
            let conn = match open.take().map_or_else(|| AnyConn::connect(address, Use::Write), Ok) {
                Ok(conn) => conn,
                Err(fault) => {
                    jobs.drain(..).for_each(|job| job.refuse(&fault));
                    continue;
                }
            };
            open = run_batch(conn, &mut jobs);
        }
    }
}

/// What waits already, and what comes while fewer jobs are here than there were `before`.
fn gather(inbox: &Receiver<Box<dyn Waiting>>, first: Box<dyn Waiting>, before: usize) -> VecDeque<Box<dyn Waiting>> {
    let mut jobs = VecDeque::from([first]);
    let end = Instant::now() + GATHER;
    while jobs.len() < BATCH {
        let patience = if jobs.len() < before { end.saturating_duration_since(Instant::now()) } else { Duration::ZERO };
        match inbox.recv_timeout(patience) {
            Ok(next) => jobs.push_back(next),
            Err(_) => break,
        }
    }
    jobs
}

/// Runs jobs until done or until the transaction breaks; jobs not reached stay in the queue.
/// Gives the connection back unless it is beyond repair.
fn run_batch(mut conn: AnyConn, jobs: &mut VecDeque<Box<dyn Waiting>>) -> Option<AnyConn> {
    if let Err(fault) = conn.begin_write() {
        jobs.drain(..).for_each(|job| job.refuse(&fault));
        return Some(conn);
    }
    let mut answers = Vec::with_capacity(jobs.len());
    let mut broken = None;
    while let Some(job) = jobs.pop_front() {
        let (answer, fault) = job.run(&mut conn);
        answers.push(answer);
        if fault.is_some() {
            broken = fault;
            break;
        }
    }
    if broken.is_none() {
        broken = conn.commit().err();
    }
    let usable = broken.is_none();
    if let Some(fault) = &broken {
        tracing::error!(%fault, "write transaction broken, nothing of it saved");
    }
    answers.into_iter().for_each(|answer| answer(broken.as_ref()));
    // A broken transaction may have been rolled back by SQLite itself; a new connection is sure to be clean.
    usable.then_some(conn)
}
