//! A person at a screen of some size: types keys, sees text and styles.

use std::sync::Arc;

use jiff::civil::{Date, date};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use trialdeck::app::{self, Effect, Key, Model, Msg};
use trialdeck::formats::Record;
use trialdeck::library::{Entry, LoadEvent, Progress};
use trialdeck::protocol::Trial;
use trialdeck::ui::{self, Theme};

/// The day all these screens are looked at.
pub const TODAY: Date = date(2026, 3, 15);

/// A person at a screen.
pub struct Screen {
    pub model: Model,
    /// What the app wanted done since the last look.
    pub effects: Vec<Effect>,
}

impl Screen {
    /// A screen with nothing loaded yet.
    pub fn empty(width: u16, height: u16) -> Self {
        let mut screen = Self { model: Model::new("fixtures", Some(TODAY)), effects: Vec::new() };
        screen.tell(Msg::Resize(width, height));
        screen
    }

    /// A screen on these trials, all loaded.
    pub fn on(trials: Vec<Trial>, width: u16, height: u16) -> Self {
        let mut screen = Self::empty(width, height);
        screen.load(trials);
        let records = screen.model.trials.len() as u64;
        screen.tell(Msg::Load(LoadEvent::Done(Progress { records, ..Progress::default() })));
        screen
    }

    /// More trials arrive.
    pub fn load(&mut self, trials: Vec<Trial>) {
        let batch =
            trials.into_iter().map(|trial| Arc::new(Entry::new(Record { trial, raw: None }))).collect();
        self.tell(Msg::Load(LoadEvent::Batch(batch)));
    }

    pub fn tell(&mut self, msg: Msg) {
        let effects = app::update(&mut self.model, msg);
        self.effects.extend(effects);
    }

    /// Types keys: letters as they are, others by name in angle brackets (`jj<tab>/pfs<esc>`).
    pub fn keys(&mut self, text: &str) -> &mut Self {
        for key in keys(text) {
            self.tell(Msg::Key(key.event()));
        }
        self
    }

    /// What stands on the screen, line by line, without the blanks at the ends.
    pub fn text(&self) -> String {
        let buffer = self.draw(&Theme::sixteen());
        let lines: Vec<String> = (0..buffer.area.height).map(|y| line(&buffer, y)).collect();
        lines.join("\n")
    }

    /// The style runs of the screen, those in the plain style left out: `row:column text [style]`.
    pub fn styles(&self, theme: &Theme) -> String {
        let buffer = self.draw(theme);
        let mut out = String::new();
        for y in 0..buffer.area.height {
            for (x, text, style) in runs(&buffer, y) {
                let style_words = describe(style);
                let divider = text.trim() == "│";
                let blank = text.trim().is_empty() && !is_seen_on_blanks(style);
                if !style_words.is_empty() && !divider && !blank {
                    out.push_str(&format!("{y}:{x} {:?} [{style_words}]\n", text.trim_end()));
                }
            }
        }
        out
    }

    fn draw(&self, theme: &Theme) -> Buffer {
        let (width, height) = self.model.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        ui::draw(&self.model, theme, &mut buffer);
        buffer
    }
}

/// The keys of a text.
pub fn keys(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let (name, after) = match named {
            Some((name, after)) => (name.to_owned(), after),
            None => (first.to_string(), &rest[first.len_utf8()..]),
        };
        keys.push(Key::parse(&name).unwrap_or_else(|fault| panic!("{fault}")));
        rest = after;
    }
    keys
}

fn line(buffer: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut skip = 0;
    for x in 0..buffer.area.width {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let symbol = buffer[(x, y)].symbol();
        text.push_str(symbol);
        skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
    }
    text.trim_end().to_owned()
}

fn runs(buffer: &Buffer, y: u16) -> Vec<(u16, String, Style)> {
    let mut runs: Vec<(u16, String, Style)> = Vec::new();
    let mut behind_wide = 0;
    for x in 0..buffer.area.width {
        let cell = &buffer[(x, y)];
        if behind_wide > 0 {
            behind_wide -= 1;
            continue;
        }
        behind_wide = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
        match runs.last_mut() {
            Some((_, text, style)) if *style == cell.style() => text.push_str(cell.symbol()),
            _ => runs.push((x, cell.symbol().to_owned(), cell.style())),
        }
    }
    runs
}

fn is_seen_on_blanks(style: Style) -> bool {
    style.add_modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED)
}

fn describe(style: Style) -> String {
    let colour = style.fg.filter(|fg| *fg != ratatui::style::Color::Reset).map(|fg| fg.to_string());
    let modifiers = style.add_modifier.iter_names().map(|(name, _)| name.to_lowercase());
    let words: Vec<String> = colour.into_iter().chain(modifiers).collect();
    words.join(" ")
}
