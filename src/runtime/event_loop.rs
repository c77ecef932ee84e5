//! The loop: sleep until something happens, let the app take it in, carry out what it asks for, draw once.

mod effects;

use std::convert::Infallible;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use crossbeam_channel::{Receiver, Sender, at, bounded, never, select};
use crossterm::event::{Event, KeyEventKind};

use super::arranger::arrange;
use super::background::{PATIENCE, QUESTION};
use super::input::{self, Gate, Input};
use super::keeper::Keeper;
use super::load::Load;
use super::newest::Newest;
use super::reader::Reader;
use super::seeker::{WAITING, seeker};
use super::signals::{self, Signal};
use super::tallier::tally;
use super::terminal::Terminal;
use super::watcher::Watcher;
use super::weigher::weigh;
use super::{fault, librarian, patient, worker};
use crate::app::desk::DeskJob;
use crate::app::facets::Tally;
use crate::app::making::Making;
use crate::app::patient::Weigh;
use crate::app::shelf::Wish;
use crate::app::{self, Arrange, Model, Msg};
use crate::library::{Entry, Library, LoadEvent, Loaded, Progress};
use crate::reading::vocabularies::Vocabularies;
use crate::search::seek::Seek;
use crate::ui::{self, Background, Theme, Themes};

/// Keys and the like that may wait to be taken in.
const INPUT_WAITING: usize = 256;
/// Records of the library that may wait.
const RECORDS_WAITING: usize = 16;
/// Signals that may wait.
const SIGNALS_WAITING: usize = 16;
/// Workers' last words that may wait; the first ends the program.
const DEATHS_WAITING: usize = 1;
/// How many events are taken in before a frame is drawn, so that a flood still shows progress.
const BURST: usize = 512;
/// The least time between two frames that only the workers' news asked for. Keys never wait.
const NEWS_PACE: Duration = Duration::from_millis(33);

/// What the browser opens.
#[derive(Debug)]
pub enum Open {
    /// The library.
    Library(Arc<Library>),
    /// Trials that are in memory.
    Trials(Vec<Arc<Entry>>),
    /// What is below these paths; loaded in the background.
    Paths(Vec<PathBuf>),
}

/// How the browser ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person was done.
    Quit,
    /// The terminal went away.
    TerminalGone,
    /// A signal, by number; the terminal is given back.
    Signal(i32),
}

/// Something that happened.
#[derive(Debug)]
enum Happening {
    Input(Input),
    Signal(Signal),
    Load(LoadEvent),
    LoadEnded,
    Answer(Msg),
    WorkerDied(String),
}

/// Why the loop stops.
enum Stop {
    Ended(Ended),
    Failed(anyhow::Error),
}

impl From<io::Error> for Stop {
    /// A terminal that cannot be written to any more is gone: nobody is there to be told.
    fn from(error: io::Error) -> Self {
        tracing::info!("the terminal cannot be written to: {error}");
        Self::Ended(Ended::TerminalGone)
    }
}

struct EventLoop<'a> {
    model: &'a mut Model,
    theme: Theme,
    /// The themes for a dark and a light background, while it is not known which it is.
    themes: Option<(Theme, Theme)>,
    /// Until when the terminal may tell its background.
    answer_due: Option<Instant>,
    terminal: Terminal,
    input: Receiver<Input>,
    signals: Receiver<Signal>,
    load: Load,
    /// What was opened, until it is watched.
    opened: Vec<PathBuf>,
    watcher: Watcher,
    arranger: Newest<Arrange>,
    librarian: Newest<Wish>,
    versions: Newest<Wish>,
    keeper: Keeper,
    reader: Reader,
    patients: Newest<PathBuf>,
    weigher: Newest<Weigh>,
    seeker: Newest<Seek>,
    tallier: Newest<Tally>,
    maker: Newest<Box<Making>>,
    deaths: Receiver<String>,
    /// The readers' words, until they are made ready.
    words: Option<Arc<Vocabularies>>,
    /// For the workers to come.
    on_death: Sender<String>,
    /// Whether the model has changed since the last frame.
    changed: bool,
    /// Whether a key (or the like) is waiting for its frame, and not only news from a worker.
    hurry: bool,
    /// The terminal is with the shell: nothing may be drawn.
    aside: bool,
    /// Holds the keyboard back while another program has the terminal.
    keyboard: Gate,
    /// Another program has the terminal: its signals are not ours.
    lent: Arc<AtomicBool>,
    last_frame: Option<Instant>,
}

/// Runs the browser until it ends. The terminal is taken at the start and given back at the end, whatever the end is.
///
/// # Errors
/// When there is no terminal, or the program fails.
pub fn run(model: &mut Model, themes: Themes, open: Open) -> Result<Ended> {
    let keyboard = input::keyboard().context("there is no terminal to read keys from")?;
    let terminal = Terminal::take(model.mouse).context("the terminal cannot be used")?;
    super::panic::give_back_on_panic(terminal.modes());
    let (input_sender, input) = bounded(INPUT_WAITING);
    let (signal_sender, signals) = bounded(SIGNALS_WAITING);
    let (on_death, deaths) = bounded(DEATHS_WAITING);
    let arranger =
        Newest::start("list", 1, &on_death, arrange).context("the list's worker cannot be started")?;
    let keeper = Keeper::start(&on_death).context("the desk's worker cannot be started")?;
    let reader = Reader::start(&on_death).context("the reading worker cannot be started")?;
    let librarian = Newest::start("library", RECORDS_WAITING, &on_death, librarian::fetch);
    let librarian = librarian.context("the library's worker cannot be started")?;
    let versions = Newest::start("versions", 1, &on_death, |wish: Wish, desk| {
        librarian::versions(&wish).try_for_each(|versions| desk.answer(versions))
    });
    let versions = versions.context("the library's worker cannot be started")?;
    let patients = Newest::start("patient's file", 1, &on_death, |path: PathBuf, desk| {
        desk.answer(Msg::Patient(patient::read(&path)))
    });
    let patients = patients.context("the patient's worker cannot be started")?;
    let weigher =
        Newest::start("patient", 1, &on_death, weigh).context("the patient's worker cannot be started")?;
    let seeker = Newest::start("finder", WAITING, &on_death, seeker())
        .context("the finder's worker cannot be started")?;
    let tallier =
        Newest::start("facets", WAITING, &on_death, tally).context("the facets' worker cannot be started")?;
    let maker = Newest::start("pane", 1, &on_death, |making: Box<Making>, desk| {
        desk.answer(Msg::Made(Box::new(making.run())))
    });
    let maker = maker.context("the panes' worker cannot be started")?;
    let (gate, lent) = (Gate::default(), Arc::<AtomicBool>::default());
    signals::spawn(signal_sender, terminal.modes(), Arc::clone(&lent), &on_death)
        .context("signals cannot be caught")?;
    input::spawn(keyboard, gate.clone(), themes.by_background.is_some(), input_sender, &on_death)
        .context("keys cannot be read")?;
    let words = Some(Arc::clone(&model.words));
    let mut this = EventLoop {
        model,
        theme: themes.first,
        themes: themes.by_background,
        answer_due: None,
        terminal,
        input,
        signals,
        load: Load::none(),
        opened: Vec::new(),
        watcher: Watcher::none(),
        arranger,
        librarian,
        versions,
        keeper,
        reader,
        patients,
        weigher,
        seeker,
        tallier,
        maker,
        deaths,
        words,
        on_death,
        changed: true,
        hurry: true,
        aside: false,
        keyboard: gate,
        lent,
        last_frame: None,
    };
    let Err(stop) = this.go(open);
    match stop {
        Stop::Ended(ended) => Ok(ended),
        Stop::Failed(error) => Err(error),
    }
}

impl EventLoop<'_> {
    fn go(&mut self, open: Open) -> Result<Infallible, Stop> {
        let area = self.terminal.area();
        self.tell(Msg::Resize(area.width, area.height))?;
        self.open(open)?;
        // Sheets that are past their time are told of.
        self.keeper.send(DeskJob::List);
        self.keeper.read_notebook();
        loop {
            self.draw_if_due()?;
            self.make_words_ready()?;
            self.ask_for_background()?;
            if let Some(happening) = self.wait() {
                self.take_in(happening)?;
                self.take_in_what_waits()?;
            }
        }
    }

    /// Has the readers' words made ready, once, when the first frame is out: the first pane that needs them is not to wait.
    fn make_words_ready(&mut self) -> Result<(), Stop> {
        let words = if self.last_frame.is_some() { self.words.take() } else { None };
        let Some(words) = words else { return Ok(()) };
        let started = worker::spawn("words", &self.on_death, move || words.make_ready());
        started.map_err(|error| Stop::Failed(anyhow!("the readers' words cannot be made ready: {error}")))
    }

    /// Asks the terminal, once, when the first frame is out.
    fn ask_for_background(&mut self) -> Result<(), Stop> {
        if self.themes.is_none() || self.last_frame.is_none() {
            return Ok(());
        }
        match self.answer_due {
            None => {
                self.terminal.write(QUESTION)?;
                self.answer_due = Some(Instant::now() + PATIENCE);
            }
            // Most terminals are dark.
            Some(due) if Instant::now() >= due => self.use_theme_for(Background::Dark),
            Some(_) => {}
        }
        Ok(())
    }

    /// An answer that comes too late changes nothing any more.
    fn use_theme_for(&mut self, background: Background) {
        if let Some((dark, light)) = self.themes.take() {
            self.theme = if background == Background::Dark { dark } else { light };
            (self.changed, self.hurry) = (true, true);
        }
    }

    /// Trials that are there come with the first frame; for others it does not wait.
    fn open(&mut self, open: Open) -> Result<(), Stop> {
        match open {
            Open::Library(library) => {
                self.watcher = Watcher::library(&library);
                self.tell(Msg::Library(library))
            }
            Open::Trials(trials) => {
                let progress = Progress { records: trials.len() as u64, ..Progress::default() };
                self.tell(Msg::Load(LoadEvent::Batch(trials)))?;
                self.tell(Msg::Load(LoadEvent::Done(progress)))
            }
            Open::Paths(paths) => {
                self.draw_if_due()?;
                self.opened.clone_from(&paths);
                self.load = Load::start(paths);
                Ok(())
            }
        }
    }

    /// Sleeps until something happens; `None` when a frame has become due.
    fn wait(&self) -> Option<Happening> {
        let frame_due = match self.last_frame {
            Some(last) if self.changed && !self.aside => at(last + NEWS_PACE),
            _ => never(),
        };
        let answer_due = self.answer_due.filter(|_| self.themes.is_some()).map_or_else(never, at);
        select! {
            recv(self.input) -> input => Some(Happening::Input(input.unwrap_or(Input::Closed))),
            recv(self.signals) -> signal => signal.ok().map(Happening::Signal),
            recv(self.arranger.answers()) -> answer => answer.ok().map(Happening::Answer),
            recv(self.reader.answers()) -> answer => answer.ok().map(Happening::Answer),
            recv(self.librarian.answers()) -> record => record.ok().map(Happening::Answer),
            recv(self.versions.answers()) -> answer => answer.ok().map(Happening::Answer),
            recv(self.patients.answers()) -> answer => answer.ok().map(Happening::Answer),
            recv(self.weigher.answers()) -> answer => answer.ok().map(Happening::Answer),
            recv(self.seeker.answers()) -> answer => answer.ok().map(Happening::Answer),
            recv(self.tallier.answers()) -> answer => answer.ok().map(Happening::Answer),
            recv(self.maker.answers()) -> answer => answer.ok().map(Happening::Answer),
            recv(self.keeper.news()) -> news => news.ok().map(Happening::Answer),
            recv(self.load.news()) -> event => Some(event.map_or(Happening::LoadEnded, Happening::Load)),
            recv(self.watcher.news()) -> news => news.ok().map(Happening::Answer),
            recv(self.deaths) -> words => words.ok().map(Happening::WorkerDied),
            recv(frame_due) -> _ => None,
            recv(answer_due) -> _ => None,
        }
    }

    /// Takes in what has happened by now, keys first.
    fn take_in_what_waits(&mut self) -> Result<(), Stop> {
        for _ in 0..BURST {
            let happening = if let Ok(input) = self.input.try_recv() {
                Happening::Input(input)
            } else if let Ok(signal) = self.signals.try_recv() {
                Happening::Signal(signal)
            } else if let Ok(answer) = self.arranger.answers().try_recv() {
                Happening::Answer(answer)
            } else if let Ok(answer) = self.reader.answers().try_recv() {
                Happening::Answer(answer)
            } else if let Ok(answer) = self.patients.answers().try_recv() {
                Happening::Answer(answer)
            } else if let Ok(answer) = self.weigher.answers().try_recv() {
                Happening::Answer(answer)
            } else if let Ok(answer) = self.seeker.answers().try_recv() {
                Happening::Answer(answer)
            } else if let Ok(answer) = self.tallier.answers().try_recv() {
                Happening::Answer(answer)
            } else if let Ok(answer) = self.maker.answers().try_recv() {
                Happening::Answer(answer)
            } else if let Ok(answer) = self.versions.answers().try_recv() {
                Happening::Answer(answer)
            } else if let Ok(news) = self.keeper.news().try_recv() {
                Happening::Answer(news)
            } else if let Ok(record) = self.librarian.answers().try_recv() {
                Happening::Answer(record)
            } else if let Ok(event) = self.load.news().try_recv() {
                Happening::Load(event)
            } else {
                break;
            };
            self.take_in(happening)?;
        }
        Ok(())
    }

    fn take_in(&mut self, happening: Happening) -> Result<(), Stop> {
        match happening {
            Happening::Input(input) => self.take_in_input(input),
            Happening::Signal(signal) => self.take_in_signal(signal),
            Happening::Load(event) => {
                self.load.note(&event);
                if matches!(event, LoadEvent::Done(_)) {
                    self.watch_files();
                }
                self.tell(Msg::Load(event))
            }
            Happening::Answer(answer) => {
                // What was typed waits for this.
                self.hurry = true;
                self.tell(answer)
            }
            Happening::WorkerDied(words) => Err(Stop::Failed(anyhow!(words))),
            Happening::LoadEnded => {
                let end = self.load.ended();
                self.tell(Msg::Load(end))
            }
        }
    }

    /// Watches what was opened, when it has been read.
    fn watch_files(&mut self) {
        let entries = self.model.trials.to_vec();
        let problems = self.model.load.problems.clone();
        self.watcher = Watcher::files(std::mem::take(&mut self.opened), Loaded { entries, problems });
    }

    fn take_in_input(&mut self, input: Input) -> Result<(), Stop> {
        let event = match input {
            Input::Event(event) => event,
            Input::Background(background) => {
                self.use_theme_for(background);
                return Ok(());
            }
            Input::Closed => return Err(Stop::Ended(Ended::TerminalGone)),
        };
        let msg = match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => return Ok(()),
            Event::Key(key) => {
                fault::strike(&self.on_death).map_err(Stop::Failed)?;
                Msg::Key(key)
            }
            Event::Mouse(mouse) => Msg::Mouse(mouse),
            Event::Paste(text) => Msg::Paste(text),
            // The size comes with the signal; focus means nothing here.
            Event::Resize(..) | Event::FocusGained | Event::FocusLost => return Ok(()),
        };
        self.hurry = true;
        self.tell(msg)
    }

    fn take_in_signal(&mut self, signal: Signal) -> Result<(), Stop> {
        match signal {
            Signal::End(number) => Err(Stop::Ended(Ended::Signal(number))),
            Signal::Suspend => self.step_aside(),
            Signal::Resumed => self.step_back_in(),
            Signal::Resized if self.aside => Ok(()),
            Signal::Resized => {
                if self.terminal.fit()? {
                    self.tell_size()?;
                }
                Ok(())
            }
        }
    }

    /// Lets the model take a message in, and does what it asks for.
    fn tell(&mut self, msg: Msg) -> Result<(), Stop> {
        self.changed = true;
        let effects = app::update(self.model, msg);
        self.carry_out(effects)
    }

    fn tell_size(&mut self) -> Result<(), Stop> {
        self.hurry = true;
        let area = self.terminal.area();
        self.tell(Msg::Resize(area.width, area.height))
    }

    /// Ends the load without waiting for the loader, which may hang in a read that never returns.
    fn end_load(&mut self) -> Result<(), Stop> {
        self.load.cancel();
        let mut arrived: Vec<LoadEvent> = self.load.news().try_iter().collect();
        arrived.retain(|event| !matches!(event, LoadEvent::Done(_)));
        for event in arrived {
            self.load.note(&event);
            self.tell(Msg::Load(event))?;
        }
        let end = self.load.ended();
        self.tell(Msg::Load(end))
    }

    fn draw_if_due(&mut self) -> Result<(), Stop> {
        let paced = self.last_frame.is_none_or(|last| last.elapsed() >= NEWS_PACE);
        if !self.changed || self.aside || !(self.hurry || paced) {
            return Ok(());
        }
        self.terminal.draw(|frame| ui::view(self.model, &self.theme, frame))?;
        (self.changed, self.hurry) = (false, false);
        self.last_frame = Some(Instant::now());
        Ok(())
    }
}
