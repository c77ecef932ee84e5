//! Loading: one thread finds and cuts the input, workers read the pieces, and they arrive in the input's order.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{Entry, LoadEvent, Progress};
use crate::formats::input::{self, Piece};
use crate::formats::{Record, RecordError};

/// Pieces that wait for a worker: enough to keep all of them busy, few enough to bound the memory they take.
const WAITING: usize = 16;

/// Problems of one file that are told one by one.
const MOST_PROBLEMS: u64 = 100;

/// Stops a load from another thread.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// One that is not cancelled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the load to stop; what has arrived stays.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Loads everything below `paths` (files, folders, archives, `-`) in the background. The events go to `sender`;
/// the last is [`LoadEvent::Done`]. The load also ends when nobody receives any more.
pub fn load(paths: Vec<PathBuf>, cancel: Cancel, sender: Sender<LoadEvent>) -> JoinHandle<()> {
    std::thread::spawn(move || run(&paths, &cancel, &mut |event| sender.send(event).is_ok()))
}

/// All that a blocking load gives.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The trials, in the input's order.
    pub entries: Vec<Arc<Entry>>,
    /// Records and files that could not be read, in the input's order.
    pub problems: Vec<RecordError>,
}

/// Loads everything below `paths` and waits for it.
pub fn load_all(paths: &[PathBuf], cancel: &Cancel) -> Loaded {
    let mut loaded = Loaded::default();
    run(paths, cancel, &mut |event| {
        match event {
            LoadEvent::Batch(batch) => loaded.entries.extend(batch),
            LoadEvent::Problem(problem) => loaded.problems.push(problem),
            LoadEvent::Progress(_) | LoadEvent::Done(_) => {}
        }
        true
    });
    loaded
}

type Answer = Vec<Result<Record, RecordError>>;
/// A piece's place in the order, the bytes read up to it, and its records.
type Read = (u64, u64, Answer);

fn run(paths: &[PathBuf], cancel: &Cancel, emit: &mut dyn FnMut(LoadEvent) -> bool) {
    let listing = input::list(paths);
    let mut collector = Collector::new(listing.total_bytes, emit);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let (pieces_in, pieces) = bounded::<(u64, Piece)>(WAITING);
    let (answers_in, answers) = bounded::<Read>(WAITING);
    std::thread::scope(|scope| {
        scope.spawn(|| find(listing, cancel, pieces_in));
        for _ in 0..workers {
            let (pieces, answers_in) = (pieces.clone(), answers_in.clone());
            scope.spawn(move || work(&pieces, &answers_in, cancel));
        }
        drop((pieces, answers_in));
        for answer in answers {
            if !collector.take(answer) {
                cancel.cancel();
                break;
            }
        }
    });
    collector.done();
}

fn find(listing: input::Listing, cancel: &Cancel, pieces: Sender<(u64, Piece)>) {
    let mut number = 0;
    input::pieces(listing, &mut |piece| {
        let sent = !cancel.is_cancelled() && pieces.send((number, piece)).is_ok();
        number += 1;
        if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
}

fn work(pieces: &Receiver<(u64, Piece)>, answers: &Sender<Read>, cancel: &Cancel) {
    for (number, piece) in pieces {
        if cancel.is_cancelled() {
            return;
        }
        let bytes = piece.bytes;
        let mut answer = Vec::new();
        piece.read(&mut |record| answer.push(record));
        if answers.send((number, bytes, answer)).is_err() {
            return;
        }
    }
}

/// Puts what the workers read in the input's order, gives ids to records without one, and tells of it.
struct Collector<'e> {
    emit: &'e mut dyn FnMut(LoadEvent) -> bool,
    next: u64,
    early: BTreeMap<u64, (u64, Answer)>,
    progress: Progress,
    ids: Ids,
    problems: Problems,
}

impl<'e> Collector<'e> {
    fn new(total_bytes: u64, emit: &'e mut dyn FnMut(LoadEvent) -> bool) -> Self {
        let progress = Progress { total_bytes, ..Progress::default() };
        Self {
            emit,
            next: 0,
            early: BTreeMap::new(),
            progress,
            ids: Ids::default(),
            problems: Problems::default(),
        }
    }

    /// Takes one piece's records; `false` when nobody wants more.
    fn take(&mut self, (number, bytes, answer): Read) -> bool {
        self.early.insert(number, (bytes, answer));
        let mut batch = Vec::new();
        let mut problems = Vec::new();
        while let Some((bytes, answer)) = self.early.remove(&self.next) {
            self.next += 1;
            self.progress.bytes = bytes;
            for record in answer {
                match record {
                    Ok(record) => batch.push(self.entry(record)),
                    Err(error) => problems.push(error),
                }
            }
        }
        self.progress.errors += problems.len() as u64;
        let problems: Vec<RecordError> = problems.into_iter().flat_map(|p| self.problems.tell(p)).collect();
        let sent = batch.is_empty() || (self.emit)(LoadEvent::Batch(batch));
        sent && problems.into_iter().all(|problem| (self.emit)(LoadEvent::Problem(problem)))
            && (self.emit)(LoadEvent::Progress(self.progress))
    }

    fn entry(&mut self, mut record: Record) -> Arc<Entry> {
        self.progress.records += 1;
        let trial = &mut record.trial;
        let file = trial.source.as_ref().map(|source| source.file.as_str()).unwrap_or_default();
        self.ids.settle(&mut trial.id, file);
        Arc::new(Entry::new(record))
    }

    fn done(mut self) {
        if let Some(rest) = self.problems.rest() {
            (self.emit)(LoadEvent::Problem(rest));
        }
        (self.emit)(LoadEvent::Done(self.progress));
    }
}

/// Tells of the first problems of each file, and of the others by their number: a file that is no pile of trials has as
/// many problems as lines.
#[derive(Default)]
struct Problems {
    file: String,
    count: u64,
}

impl Problems {
    /// What to tell when this one has come.
    fn tell(&mut self, problem: RecordError) -> impl Iterator<Item = RecordError> + use<> {
        let before = if problem.file == self.file { None } else { self.rest() };
        self.count += 1;
        self.file.clone_from(&problem.file);
        let now = (self.count <= MOST_PROBLEMS).then_some(problem);
        before.into_iter().chain(now)
    }

    /// What was not told of the file.
    fn rest(&mut self) -> Option<RecordError> {
        let more = std::mem::take(&mut self.count).saturating_sub(MOST_PROBLEMS);
        let file = std::mem::take(&mut self.file);
        (more > 0).then(|| RecordError {
            file,
            place: None,
            reason: format!("{more} more of its records cannot be read"),
        })
    }
}

/// Ids for records without one: the stem of their file's name as it is, `-2`, `-3`, … for further ones. A registry's
/// id is never changed: a record that is opened twice, or in two versions, stands in the list twice under its id.
#[derive(Default)]
pub(super) struct Ids {
    /// How many records of each stem there are.
    stems: HashMap<String, u64>,
    taken: HashSet<String>,
}

impl Ids {
    /// Gives an id to the next record, of that file, if it has none.
    pub(super) fn settle(&mut self, id: &mut String, file: &str) {
        if id.is_empty() {
            *id = self.give(stem(file));
        }
        self.taken.insert(id.clone());
    }

    fn give(&mut self, stem: &str) -> String {
        let count = self.stems.entry(stem.to_owned()).or_default();
        loop {
            *count += 1;
            let id = if *count == 1 { stem.to_owned() } else { format!("{stem}-{count}") };
            if !self.taken.contains(&id) {
                return id;
            }
        }
    }
}

/// The stem of a file's name, of the innermost one for an archive's member.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\', '!']).next().unwrap_or(file);
    let name = name.strip_suffix(".gz").unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}
