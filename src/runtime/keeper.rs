//! The worker that writes: it keeps the desk's sheets on disk and writes what is exported, one job after the other, in
//! the order they were asked for, so that what is listed is what was saved. When the program ends, what was asked for is
//! still done.

use std::io;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{export, notebook_file, worker};
use crate::app::Msg;
use crate::app::desk::{DeskJob, DeskNews};
use crate::app::export::{Export, Page};
use crate::app::notebook::Change;
use crate::config::files::write_new_private;
use crate::config::paths::Paths;
use crate::desk::reviews::Store;
use crate::desk::store::Sheets;
use crate::protocol::Review;

/// Jobs that may wait: nobody types faster than a disk writes for long.
const WAITING: usize = 256;

/// Something to write, or to look up among what was written.
enum Job {
    Desk(DeskJob),
    Export(Export),
    Page(Page),
    Notebook,
    Keep(Change),
}

/// The way to the worker and back.
pub(super) struct Keeper {
    /// `None` once no more jobs come.
    jobs: Option<Sender<Job>>,
    news: Receiver<Msg>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the worker on the user's own folder.
    ///
    /// # Errors
    /// When there is no thread.
    pub(super) fn start(deaths: &Sender<String>) -> io::Result<Self> {
        let paths = Paths::of_user();
        let notebook = paths.as_ref().map(|paths| paths.data.join("notebook.json"));
        Self::on(paths.as_ref().map(Kept::at), notebook, export::folders(), deaths)
    }

    /// Starts it on some folder; without one every job fails with words that say so.
    fn on(
        kept: Option<Kept>,
        notebook: Option<PathBuf>,
        exports: Vec<PathBuf>,
        deaths: &Sender<String>,
    ) -> io::Result<Self> {
        let (jobs, waiting) = bounded::<Job>(WAITING);
        // The loop may be at its end while the last jobs are done: their news must not wait for it.
        let (tell, news) = crossbeam_channel::unbounded();
        let thread = worker::spawn_joined("desk", deaths, move || {
            for job in &waiting {
                let homeless = || Err("there is no home folder to keep bookmarks and notes in".to_owned());
                let news = match (job, &kept) {
                    (Job::Notebook, _) => Msg::Notebook(
                        notebook.as_deref().map_or_else(|| Ok(Default::default()), notebook_file::read),
                    ),
                    (Job::Keep(change), _) => {
                        let written = notebook
                            .as_deref()
                            .map_or_else(homeless, |file| notebook_file::change(file, &change));
                        match written {
                            Ok(()) => continue,
                            Err(fault) => Msg::Notebook(Err(fault)),
                        }
                    }
                    (Job::Page(page), _) => {
                        Msg::Page(export::markdown(&page).map_err(|error| error.to_string()))
                    }
                    (Job::Export(export), _) => Msg::Notice(export::told(&export, &exports)),
                    (Job::Desk(job), Some(kept)) => Msg::Desk(done(kept, job)),
                    (Job::Desk(_), None) => {
                        Msg::Desk(DeskNews::Failed("there is no home folder to keep anything in".to_owned()))
                    }
                };
                // Nobody listens any more once the program ends; the jobs are done all the same.
                let _ = tell.send(news);
            }
        })?;
        Ok(Self { jobs: Some(jobs), news, thread: Some(thread) })
    }

    /// Hands over a job of the desk's.
    pub(super) fn send(&self, job: DeskJob) {
        self.hand_over(Job::Desk(job));
    }

    /// Hands over what is to be written to a file of its own; where it is comes as a notice.
    pub(super) fn export(&self, export: Export) {
        self.hand_over(Job::Export(export));
    }

    /// Has a page written as Markdown; it comes with the news.
    pub(super) fn page(&self, page: Page) {
        self.hand_over(Job::Page(page));
    }

    /// Has the notebook read.
    pub(super) fn read_notebook(&self) {
        self.hand_over(Job::Notebook);
    }

    /// Keeps a change of the notebook.
    pub(super) fn keep(&self, change: Change) {
        self.hand_over(Job::Keep(change));
    }

    fn hand_over(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // The worker ends only with this sender, or by a fault that ends the program.
            let _ = jobs.send(job);
        }
    }

    /// Where its news arrives.
    pub(super) fn news(&self) -> &Receiver<Msg> {
        &self.news
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What is kept on disk.
struct Kept {
    sheets: Sheets,
    reviews: Store,
}

impl Kept {
    fn at(paths: &Paths) -> Self {
        Self { sheets: Sheets::at(paths.sheets()), reviews: Store::at(paths.readings()) }
    }
}

/// Signs a verdict with the time, and keeps it or takes it back.
fn judge(store: &Store, review: Review, keep: bool) -> DeskNews {
    let now = jiff::Timestamp::now();
    let at = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string();
    let review = Review { at, ..review };
    match store.change(&review, keep) {
        Ok(()) => DeskNews::Judged { review: Box::new(review), kept: keep },
        Err(error) => {
            let file = store.file(&review.trial);
            DeskNews::Failed(format!("the verdict is not kept: {}: {error}", file.display()))
        }
    }
}

fn done(kept: &Kept, job: DeskJob) -> DeskNews {
    let sheets = &kept.sheets;
    match job {
        DeskJob::Judge { review, keep } => judge(&kept.reviews, *review, keep),
        DeskJob::List => match sheets.list() {
            Ok(listing) => {
                let broken =
                    listing.broken.into_iter().map(|(path, reason)| format!("{}: {reason}", path.display()));
                DeskNews::Listed { sheets: listing.sheets, broken: broken.collect() }
            }
            Err(error) => DeskNews::Failed(format!("the sheets cannot be listed: {error}")),
        },
        DeskJob::Save(sheet) => match sheets.save(&sheet) {
            Ok(()) => DeskNews::Done,
            Err(error) => {
                let file = sheets.file(&sheet.code, &sheet.trial);
                DeskNews::Failed(format!("the sheet is not kept: {}: {error}", file.display()))
            }
        },
        DeskJob::Delete { code, trial } => match sheets.delete(&code, &trial) {
            Ok(_) => DeskNews::Done,
            Err(error) => DeskNews::Failed(format!("the sheet of {code} is not deleted: {error}")),
        },
        DeskJob::Export { path, text } => {
            let path = at_home(&path);
            match write_new_private(&path, text.as_bytes()) {
                Ok(()) => DeskNews::Exported(path.display().to_string()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => DeskNews::Failed(format!(
                    "{}: there is such a file already; nothing was written",
                    path.display()
                )),
                Err(error) => DeskNews::Failed(format!("{}: {error}", path.display())),
            }
        }
    }
}

/// A path as it was typed, `~/` at home.
fn at_home(typed: &str) -> PathBuf {
    let home = std::env::var_os("HOME");
    match (typed.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(typed),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::desk::sheet::Sheet;
    use crate::protocol::{CriteriaReading, Trial};

    fn sheet() -> Sheet {
        let trial = Trial { id: "NCT90000001".to_owned(), ..Trial::default() };
        Sheet::begin("heron", &trial, &CriteriaReading::default(), date(2026, 1, 1))
    }

    fn keeper(folder: &Path) -> Keeper {
        let (deaths, _told) = bounded(1);
        Keeper::on(
            Some(Kept { sheets: Sheets::at(folder), reviews: Store::at(folder.join("readings")) }),
            None,
            vec![folder.join("exports")],
            &deaths,
        )
        .expect("a thread")
    }

    fn notice(keeper: &Keeper) -> String {
        match keeper.news().recv() {
            Ok(Msg::Notice(told)) => told,
            other => panic!("no notice: {other:?}"),
        }
    }

    #[test]
    fn an_export_is_written_by_the_worker_and_told_of_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let keeper = keeper(folder.path());
        let entry = crate::library::samples().first().expect("a sample").clone();
        keeper.export(Export::Grid(entry.clone()));
        keeper.send(DeskJob::List);
        keeper.export(Export::Grid(entry));
        let first = notice(&keeper);
        assert!(matches!(news(&keeper), DeskNews::Listed { .. }));
        let second = notice(&keeper);
        assert_ne!(first, second, "never over a file that is there");
        for told in [first, second] {
            let path = told.strip_prefix("written: ").unwrap_or_else(|| panic!("{told}")).to_owned();
            assert!(Path::new(&path).starts_with(folder.path()), "{path}");
            assert!(std::fs::read_to_string(&path).expect("read").starts_with("trial,record version,arm"));
        }
    }

    #[test]
    fn an_export_that_no_folder_takes_is_told_of() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("exports"), "a file").expect("written");
        let keeper = keeper(folder.path());
        let entry = crate::library::samples().first().expect("a sample").clone();
        keeper.export(Export::Grid(entry));
        assert!(notice(&keeper).starts_with("the file cannot be written: "));
    }

    fn news(keeper: &Keeper) -> DeskNews {
        match keeper.news().recv() {
            Ok(Msg::Desk(news)) => news,
            other => panic!("no news of the desk: {other:?}"),
        }
    }

    #[test]
    fn what_was_saved_is_listed_and_what_was_deleted_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let keeper = keeper(folder.path());
        keeper.send(DeskJob::Save(Box::new(sheet())));
        keeper.send(DeskJob::List);
        keeper.send(DeskJob::Delete { code: "heron".to_owned(), trial: "NCT90000001".to_owned() });
        keeper.send(DeskJob::List);
        assert!(matches!(news(&keeper), DeskNews::Done));
        assert!(matches!(news(&keeper), DeskNews::Listed { sheets, .. } if sheets.len() == 1));
        assert!(matches!(news(&keeper), DeskNews::Done));
        assert!(matches!(news(&keeper), DeskNews::Listed { sheets, .. } if sheets.is_empty()));
    }

    #[test]
    fn a_verdict_is_signed_with_the_time_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let keeper = keeper(folder.path());
        let review = Review {
            trial: "X1".to_owned(),
            row: crate::protocol::RowKind::Limit,
            span: crate::protocol::Span::new("eligibility.text", 0..4),
            text: String::new(),
            read: serde_json::json!({}),
            verdict: crate::protocol::Verdict::Accepted,
            by: "AB".to_owned(),
            at: String::new(),
        };
        let store = Store::at(folder.path().join("readings"));
        for keep in [true, false] {
            keeper.send(DeskJob::Judge { review: Box::new(review.clone()), keep });
            let told = news(&keeper);
            let DeskNews::Judged { review, kept } = told else { panic!("{told:?}") };
            assert!(
                review.at.parse::<jiff::Timestamp>().is_ok() && !review.at.contains('.'),
                "{}",
                review.at
            );
            assert_eq!(kept, keep);
            assert_eq!(store.load().0.count(), usize::from(keep));
        }
    }

    #[test]
    fn what_was_asked_for_is_done_before_the_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let keeper = keeper(folder.path());
        for _ in 0..50 {
            keeper.send(DeskJob::Save(Box::new(sheet())));
        }
        drop(keeper);
        let kept = Sheets::at(folder.path()).list().expect("a list");
        assert_eq!(kept.sheets.len(), 1);
    }

    #[test]
    fn an_export_never_takes_the_place_of_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let keeper = keeper(&folder.path().join("sheets"));
        let path = folder.path().join("heron.md").display().to_string();
        for _ in 0..2 {
            keeper.send(DeskJob::Export { path: path.clone(), text: "one".to_owned() });
        }
        assert!(matches!(news(&keeper), DeskNews::Exported(to) if to == path));
        assert!(matches!(news(&keeper), DeskNews::Failed(why) if why.contains("already")));
        assert_eq!(std::fs::read_to_string(&path).expect("the export"), "one");
    }

    #[test]
    fn without_a_home_it_says_so() {
        let (deaths, _told) = bounded(1);
        let keeper = Keeper::on(None, None, Vec::new(), &deaths).expect("a thread");
        keeper.send(DeskJob::List);
        assert!(matches!(news(&keeper), DeskNews::Failed(why) if why.contains("no home folder")));
    }
}
