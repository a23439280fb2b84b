//! Bundles being made beside the requests: a few at a time, each for one user, and kept for a short while.
//!
//! The file of a bundle has no name on the disk once it is open: it goes with the process, and nobody
//! but who holds it here can read it.

use crate::documents::bundle::model::Assembled;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Bundles being made at the same time at most.
pub const AT_WORK: usize = 2;
/// Bundles kept at the same time at most.
pub const KEPT: usize = 12;
/// How long a bundle is kept.
const KEPT_FOR: Duration = Duration::from_secs(30 * 60);

/// Pages that are done, and all pages.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Progress {
    /// Tells how far it is.
    pub fn tell(&self, done: usize, total: usize) {
        self.total.store(total, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
    }
}

/// Whose bundle it is and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Id of the user.
    pub user: String,
    /// Id of the dossier.
    pub dossier: String,
    /// Version of the dossier.
    pub version: i64,
    /// Hash of the list and of what the reader may see: another one is another bundle.
    pub basis: String,
    /// Hearing it is for, as it was asked.
    pub asked: String,
}

/// A bundle that is ready.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The file, open.
    pub file: Arc<File>,
    /// Pages, bytes, hash.
    pub made: Assembled,
}

/// How far a bundle is.
#[derive(Clone, Debug)]
pub enum State {
    /// Being made: pages that are done, and all pages; none while they are not counted.
    Working {
        /// Pages that are done.
        done: usize,
        /// All pages; 0 while they are not counted.
        total: usize,
    },
    /// Ready.
    Ready(Ready),
    /// Could not be made; the text is for users.
    Failed(String),
}

/// A bundle as its owner sees it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Id (UUID).
    pub id: String,
    /// Whose it is.
    pub owner: Owner,
    /// How far it is.
    pub state: State,
}

struct Job {
    id: String,
    owner: Owner,
    since: Instant,
    progress: Arc<Progress>,
    outcome: Option<Result<Ready, String>>,
}

impl Job {
    fn seen(&self) -> Seen {
        let state = match &self.outcome {
            Some(Ok(ready)) => State::Ready(ready.clone()),
            Some(Err(told)) => State::Failed(told.clone()),
            None => State::Working {
                done: self.progress.done.load(Ordering::Relaxed),
                total: self.progress.total.load(Ordering::Relaxed),
            },
        };
        Seen { id: self.id.clone(), owner: self.owner.clone(), state }
    }
}

/// Too many bundles are being made.
#[derive(Debug)]
pub struct Full;

/// All bundles of a service. Cheap to clone.
#[derive(Clone, Default)]
pub struct Jobs {
    all: Arc<Mutex<Vec<Job>>>,
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Jobs")
    }
}

impl Jobs {
    fn all(&self) -> MutexGuard<'_, Vec<Job>> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|job| job.outcome.is_none() || job.since.elapsed() < KEPT_FOR);
        all
    }

    /// Starts making a bundle, or gives the one that is being made of the same for the same user. An older
    /// bundle of this user in this case goes.
    ///
    /// # Errors
    /// `Full` when too many are being made.
    pub fn start<F>(&self, id: String, owner: Owner, work: F) -> Result<String, Full>
    where
        F: FnOnce(&Progress) -> Result<Ready, String> + Send + 'static,
    {
        let progress = Arc::new(Progress::default());
        {
            let mut all = self.all();
            if let Some(same) = all.iter().find(|job| job.owner == owner && job.outcome.is_none()) {
                return Ok(same.id.clone());
            }
            if all.iter().filter(|job| job.outcome.is_none()).count() >= AT_WORK {
                return Err(Full);
            }
            let same_case = |job: &Job| job.owner.user == owner.user && job.owner.dossier == owner.dossier;
            all.retain(|job| job.outcome.is_none() || !same_case(job));
            while all.len() >= KEPT {
                let Some(oldest) = all.iter().position(|job| job.outcome.is_some()) else { break };
                all.remove(oldest);
            }
            let job = Job { id: id.clone(), owner, since: Instant::now(), progress: progress.clone(), outcome: None };
            all.push(job);
        }
        let (jobs, own) = (self.clone(), id.clone());
        let started = std::thread::Builder::new().name("bundel".to_owned()).spawn(move || {
            // A fault while making one ends that one.
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&progress)))
                .unwrap_or_else(|_| Err("Er ging iets mis in het systeem. Probeer het opnieuw.".to_owned()));
            jobs.end(&own, outcome);
        });
        if started.is_err() {
            self.end(&id, Err("Het systeem kan nu geen bundel maken. Probeer het later opnieuw.".to_owned()));
        }
        Ok(id)
    }

    fn end(&self, id: &str, outcome: Result<Ready, String>) {
        if let Some(job) = self.all().iter_mut().find(|job| job.id == id) {
            job.outcome = Some(outcome);
            job.since = Instant::now();
        }
    }

    /// A bundle of this user in this case.
    #[must_use]
    pub fn find(&self, user: &str, dossier: &str, id: &str) -> Option<Seen> {
        self.of(user, dossier).into_iter().find(|seen| seen.id == id)
    }

    /// The bundles of this user in this case, newest last.
    #[must_use]
    pub fn of(&self, user: &str, dossier: &str) -> Vec<Seen> {
        let own = |job: &&Job| job.owner.user == user && job.owner.dossier == dossier;
        self.all().iter().filter(own).map(Job::seen).collect()
    }
}

/// A new file in this folder that only this process can reach.
///
/// # Errors
/// When it cannot be made.
pub fn unnamed_file(folder: &Path, id: &str) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("bundel-{id}.tijdelijk"));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn owner(user: &str, basis: &str) -> Owner {
        let text = str::to_owned;
        Owner { user: text(user), dossier: text("zaak"), version: 1, basis: text(basis), asked: text("") }
    }

    fn until(jobs: &Jobs, user: &str, id: &str) -> State {
        for _ in 0..500 {
            match jobs.find(user, "zaak", id).unwrap().state {
                State::Working { .. } => std::thread::sleep(Duration::from_millis(5)),
                state => return state,
            }
        }
        panic!("it never ended");
    }

    #[test]
    fn no_more_are_made_at_once_than_there_is_room_for_and_the_same_is_made_once() {
        let jobs = Jobs::default();
        let (go, wait) = channel::<()>();
        let wait = Arc::new(Mutex::new(wait));
        for (id, user) in [("1", "een"), ("2", "twee")] {
            let wait = wait.clone();
            let work = move |progress: &Progress| {
                progress.tell(3, 9);
                let _ = wait.lock().unwrap().recv();
                Err("klaar".to_owned())
            };
            assert_eq!(jobs.start(id.to_owned(), owner(user, "a"), work).unwrap(), id);
        }
        assert!(jobs.start("3".to_owned(), owner("drie", "a"), |_| Err(String::new())).is_err(), "a third waits");
        let same = jobs.start("4".to_owned(), owner("een", "a"), |_| Err(String::new())).unwrap();
        assert_eq!(same, "1", "twice the same is one");
        go.send(()).unwrap();
        go.send(()).unwrap();
        assert!(matches!(until(&jobs, "een", "1"), State::Failed(told) if told == "klaar"));
        until(&jobs, "twee", "2");
        assert!(jobs.start("5".to_owned(), owner("drie", "a"), |_| Err(String::new())).is_ok());
        assert!(jobs.find("twee", "zaak", "1").is_none(), "nobody sees that of another");
    }

    #[test]
    fn a_fault_while_making_one_is_told_and_ends_nothing_else() {
        let jobs = Jobs::default();
        jobs.start("1".to_owned(), owner("een", "a"), |_| panic!("a fault")).unwrap();
        assert!(matches!(until(&jobs, "een", "1"), State::Failed(told) if told.contains("Er ging iets mis")));
    }

    #[test]
    fn what_is_kept_stays_bounded_and_a_new_one_takes_the_place_of_the_last() {
        let jobs = Jobs::default();
        for number in 0..KEPT + 5 {
            let (id, user) = (number.to_string(), format!("gebruiker {number}"));
            jobs.start(id.clone(), owner(&user, "a"), |_| Err(String::new())).unwrap();
            until(&jobs, &user, &id);
        }
        assert!(jobs.all().len() <= KEPT);
        for id in ["x", "y"] {
            jobs.start(id.to_owned(), owner("een", id), |_| Err(String::new())).unwrap();
            until(&jobs, "een", id);
        }
        assert_eq!(jobs.of("een", "zaak").len(), 1);
    }

    #[test]
    fn the_file_of_a_bundle_has_no_name_on_the_disk() {
        let folder = std::env::temp_dir().join(format!("combizitting-{}", std::process::id()));
        let mut file = unnamed_file(&folder, "een").unwrap();
        io::Write::write_all(&mut file, b"inhoud").unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        fs::remove_dir(&folder).unwrap();
    }
}
