//! What the app asks for, done: sent to the worker that does it, or, where it is the terminal that is asked for, done at
//! once by the loop.

use std::sync::atomic::Ordering;

use super::super::{clipboard, headless, local, signals, viewer};
use super::{Ended, EventLoop, Stop};
use crate::app::export::Export;
use crate::app::{Effect, Msg};
use crate::library::Entry;
use crate::ui;

impl EventLoop<'_> {
    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) -> Result<(), Stop> {
        effects.into_iter().try_for_each(|effect| self.carry_out_one(effect))
    }

    fn carry_out_one(&mut self, effect: Effect) -> Result<(), Stop> {
        match effect {
            Effect::Quit => return Err(Stop::Ended(Ended::Quit)),
            Effect::Suspend => self.step_aside()?,
            Effect::Redraw => self.terminal.forget_frame()?,
            Effect::Mouse(on) => self.terminal.set_mouse(on)?,
            Effect::Copy(text) => self.copy(&text)?,
            Effect::CopyPage(page) => self.keeper.page(page),
            Effect::Visit(address) => self.visit(&address)?,
            Effect::View(entry) => self.view(&entry)?,
            Effect::CancelLoad => self.end_load()?,
            Effect::Arrange(job) => self.arranger.send(job),
            Effect::Make(job) => self.maker.send(job),
            Effect::Read(entries) => self.reader.send(entries),
            Effect::Fetch(wish) => self.librarian.send(wish),
            Effect::Versions(wish) => self.versions.send(wish),
            Effect::Shown(library) => self.watcher.shown(library),
            Effect::Desk(job) => self.keeper.send(job),
            Effect::Weigh(job) => self.weigher.send(job),
            Effect::Seek(job) => self.seeker.send(job),
            Effect::Tally(job) => self.tallier.send(job),
            Effect::ReadPatient(path) => self.patients.send(path),
            Effect::Export(export) => self.keeper.export(export),
            Effect::Keep(change) => self.keeper.keep(change),
            Effect::Picture => {
                let picture = ui::svg::draw(&headless::screen(self.model, &self.theme));
                self.keeper.export(Export::Picture(picture));
            }
        }
        Ok(())
    }

    /// Puts text on the clipboards: the terminal's, and this computer's own where there is one.
    fn copy(&mut self, text: &str) -> Result<(), Stop> {
        let local = local::copy(text);
        match clipboard::copy_sequence(text, clipboard::in_tmux()) {
            Some(sequence) => Ok(self.terminal.write(sequence.as_bytes())?),
            None if local => Ok(()),
            None => self.tell(Msg::Notice("too long for the terminal's clipboard".to_owned())),
        }
    }

    /// Opens an address in the person's browser, or copies it where that cannot be.
    fn visit(&mut self, address: &str) -> Result<(), Stop> {
        if local::visit(address) {
            return self.tell(Msg::Notice(format!("opened: {address}")));
        }
        self.copy(address)?;
        let why = if local::over_ssh() { "over SSH nothing is opened" } else { "no browser to open it in" };
        self.tell(Msg::Notice(format!("{why}; copied: {address}")))
    }

    /// Lends the terminal to the person's pager or editor, and takes it again.
    fn view(&mut self, entry: &Entry) -> Result<(), Stop> {
        let Some(record) = &entry.raw else { return Ok(()) };
        self.keyboard.close();
        self.lent.store(true, Ordering::SeqCst);
        self.terminal.give_back();
        let shown = viewer::show(record);
        self.lent.store(false, Ordering::SeqCst);
        let taken = self.terminal.take_again();
        self.keyboard.open();
        taken?;
        if let Err(error) = shown {
            self.tell(Msg::Notice(format!("the record cannot be shown: {error}")))?;
        }
        self.tell_size()
    }

    /// Gives the terminal to the shell and stops, if there is a shell to start the program again.
    pub(super) fn step_aside(&mut self) -> Result<(), Stop> {
        if !signals::can_be_resumed() {
            return self.tell(Msg::Notice("there is no shell here to come back from".to_owned()));
        }
        self.terminal.give_back();
        self.aside = true;
        if let Err(error) = signals::stop() {
            tracing::warn!("the program cannot be stopped: {error}");
            return self.step_back_in();
        }
        // Awake again. The signal that woke us up follows and takes the terminal back.
        Ok(())
    }

    /// Takes the terminal again, in the size it has now, and draws all of it.
    pub(super) fn step_back_in(&mut self) -> Result<(), Stop> {
        self.terminal.take_again()?;
        self.aside = false;
        self.tell_size()
    }
}
