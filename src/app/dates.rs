//! The calendar's screen: one arm and part of a trial on dates, visits that a person moves, what moves with them.

use std::sync::Arc;

use jiff::civil::Date;

use super::content::{Content, Position};
use super::glyphs;
use super::item::Item;
use super::model::Model;
use super::styled::{Styled, Tone};
use super::wrap;
use crate::calendar::told::{self, NOTICE};
use crate::calendar::{self, Dated, Kind, Later, MOST_CYCLES, Run, Slip, Visit, Wanted, runs};
use crate::library::Entry;

/// From this width on first and last day of a run stand beside each other.
const WIDE: u16 = 72;

/// Columns for the screen's text.
pub fn layer_width(model: &Model) -> u16 {
    model.size.0.saturating_sub(3)
}

/// Lines of it that are visible at once.
pub fn layer_height(model: &Model) -> u16 {
    model.areas.bottom().saturating_sub(2)
}

/// What a row of the screen is: enough to find it again after visits were moved.
type Key = (usize, Option<Visit>, Date);

/// The screen's state.
#[derive(Clone, Debug)]
pub struct Dates {
    /// The trial.
    pub entry: Arc<Entry>,
    /// Which of its arms and parts, by number.
    pub course: usize,
    /// What is drawn.
    pub wanted: Wanted,
    /// The dates.
    pub dated: Dated,
    /// The screen's items in lines.
    pub content: Content,
    /// Where the person is.
    pub position: Position,
    /// What each item is.
    keys: Vec<Option<Key>>,
    /// The items are older than the dates.
    stale: bool,
}

/// Why a key did nothing.
type Refusal = String;

impl Dates {
    /// The first arm and part of a trial from a date on.
    pub fn new(entry: Arc<Entry>, start: Date) -> Self {
        let wanted = Wanted::from(start);
        let dated = draw(&entry, 0, &wanted);
        Self {
            entry,
            course: 0,
            wanted,
            dated,
            content: Content::default(),
            position: Position::default(),
            keys: Vec::new(),
            stale: true,
        }
    }

    /// How many arms and parts there are.
    pub fn courses(&self) -> usize {
        calendar::courses(&self.entry.trial, self.entry.readings()).len()
    }

    /// Takes other wishes, unless a visit would pass another then.
    fn take(&mut self, wanted: Wanted) -> Result<(), Refusal> {
        let dated = draw(&self.entry, self.course, &wanted);
        if dated.clash.is_some() {
            return Err("it would pass another visit of the same row".to_owned());
        }
        (self.wanted, self.dated, self.stale) = (wanted, dated, true);
        Ok(())
    }

    /// Another day 1; visits that were moved stay moved by as much.
    pub fn start(&mut self, start: Date) -> Result<(), Refusal> {
        self.take(Wanted { start, ..self.wanted.clone() })
    }

    /// The next or previous arm and part; moved visits are left behind.
    pub fn step_course(&mut self, steps: isize) {
        let last = self.courses().saturating_sub(1);
        let course = self.course.saturating_add_signed(steps).min(last);
        if course != self.course {
            self.course = course;
            self.wanted.slips.clear();
            self.dated = draw(&self.entry, course, &self.wanted);
            self.stale = true;
            self.position = Position::default();
        }
    }

    /// More or fewer cycles.
    pub fn step_cycles(&mut self, steps: i32) -> Result<(), Refusal> {
        if self.dated.drawn == 0 {
            return Err("the record states no cycle or interval to draw more of".to_owned());
        }
        let drawn = self.dated.drawn;
        let cycles = drawn.saturating_add_signed(steps).clamp(1, MOST_CYCLES);
        let slips = self.wanted.slips.iter().filter(|slip| slip.visit.cycle <= cycles).copied().collect();
        self.take(Wanted { cycles: Some(cycles), slips, ..self.wanted.clone() })?;
        if steps > 0 && self.dated.drawn == drawn {
            return Err(match self.dated.longest {
                Some(most) => format!("the record states {most} cycles at most"),
                None => "the words state no cycle: there is nothing to repeat".to_owned(),
            });
        }
        Ok(())
    }

    /// Moves the visit under the cursor by days.
    pub fn slip(&mut self, days: i32) -> Result<(), Refusal> {
        let visit = self.key().and_then(|(_, visit, _)| visit);
        let Some(visit) = visit else {
            return Err("counted from the start: it does not move with visits".to_owned());
        };
        let mut wanted = self.wanted.clone();
        match wanted.slips.iter_mut().find(|slip| slip.visit == visit) {
            Some(slip) => slip.days = slip.days.saturating_add(days),
            None => wanted.slips.push(Slip { visit, days }),
        }
        wanted.slips.retain(|slip| slip.days != 0);
        self.take(wanted)
    }

    /// Takes the last moved visit back.
    pub fn unslip(&mut self) -> Result<(), Refusal> {
        let mut wanted = self.wanted.clone();
        if wanted.slips.pop().is_none() {
            return Err("no visit was moved".to_owned());
        }
        self.take(wanted)
    }

    /// Counts later visits the other way.
    pub fn switch(&mut self) -> Result<(), Refusal> {
        self.take(Wanted { later: self.wanted.later.other(), ..self.wanted.clone() })
    }

    fn key(&self) -> Option<Key> {
        self.keys.get(self.position.cursor).copied().flatten()
    }

    /// Lays the screen out in a width, the cursor on the same row as before.
    pub fn settle(&mut self, width: u16, height: usize, policy_key: &str, ascii: bool) {
        if self.stale || self.content.width() != width {
            let here = self.key();
            let (items, keys) = items(self, width, policy_key);
            let items = if ascii { glyphs::items(items) } else { items };
            self.content = Content::new(items, width);
            self.keys = keys;
            self.stale = false;
            let same = here.and_then(|here| {
                let is_here = |key: &Option<Key>| key.is_some_and(|key| (key.0, key.1) == (here.0, here.1));
                match here.1 {
                    Some(_) => self.keys.iter().position(is_here),
                    None => self.keys.iter().position(|key| *key == Some(here)),
                }
            });
            let first = self.keys.iter().position(Option::is_some);
            if let Some(row) = same.or(first) {
                self.position.go_to(&self.content, height, row);
                if same.is_none() {
                    self.position.top = 0;
                }
            }
        }
        self.position.settle(&self.content, height);
    }
}

fn draw(entry: &Entry, course: usize, wanted: &Wanted) -> Dated {
    let courses = calendar::courses(&entry.trial, entry.readings());
    let course = courses.get(course).or(courses.first());
    let none = calendar::Course { arm: None, regimen: None, first: true };
    calendar::dated(&entry.trial, entry.readings(), course.unwrap_or(&none), wanted)
}

fn items(dates: &Dates, width: u16, policy_key: &str) -> (Vec<Item>, Vec<Option<Key>>) {
    let dated = &dates.dated;
    let mut items = vec![Item::note(format!("{}. {NOTICE}", told::record(&dates.entry.trial)))];
    items.push(Item::blank());
    let count = dates.courses();
    let place = if count > 1 { format!(" ({} of {count})", dates.course + 1) } else { String::new() };
    items.push(Item::heading(format!("{}{place}", told::title(dated))));
    items.extend(told::about(dated).into_iter().map(Item::note));
    items.push(policy(dates.wanted.later, policy_key));
    items.push(Item::blank());
    let mut keys: Vec<Option<Key>> = vec![None; items.len()];
    let runs = runs(&dated.entries);
    let columns = Columns::of(&runs, width);
    for run in &runs {
        items.push(columns.row(run));
        keys.push(Some((run.from.row, run.from.visit, run.from.date)));
    }
    if runs.is_empty() {
        items
            .push(Item::note("No date is known: the record states no day, interval or cycle that was read."));
    }
    if !dated.undated.is_empty() {
        items.push(Item::blank());
        items.push(Item::subheading("Not dated"));
    }
    for undated in &dated.undated {
        let text = Styled::new(undated.told(), Tone::Plain).with(format!(" {}", undated.why), Tone::Warn);
        let lead = Styled::new("┄", Tone::Warn);
        items.push(Item { lead, hang: 2, ..Item::row(text) }.from(undated.span.clone()));
    }
    (items, keys)
}

/// Which way later visits are counted, and the key that counts them the other way.
fn policy(later: Later, key: &str) -> Item {
    let text = Styled::new(later.words(), Tone::Strong).with(" · ", Tone::Dim).with(key, Tone::Key);
    let other = match later {
        Later::Visit => " from the plan",
        Later::Plan => " from the actual visit",
    };
    Item { kind: super::item::ItemKind::Note, text: text.with(other, Tone::Dim), ..Item::default() }
}

/// Columns of the table.
struct Columns {
    /// First and last day, side by side; in narrow screens the last one stands with the words.
    dates: Option<usize>,
    number: usize,
}

/// Columns of a single date with its weekday.
const DATE: usize = 14;
/// Columns between two.
const GAP: usize = 2;

impl Columns {
    fn of(runs: &[Run<'_>], width: u16) -> Self {
        let widest = |text: &dyn Fn(&Run<'_>) -> String| {
            runs.iter().map(|run| wrap::width(&text(run))).max().unwrap_or(0)
        };
        let number = widest(&|run| run.number());
        Self { dates: (width >= WIDE).then(|| widest(&told::dates)), number }
    }

    fn row(&self, run: &Run<'_>) -> Item {
        let entry = run.from;
        let mut lead = Styled::default();
        let mut text = Styled::default();
        let hang = match self.dates {
            Some(dates) => {
                lead.push(padded(&told::dates(run), dates + GAP), Tone::Plain);
                lead.push(run.number(), Tone::Dim);
                dates + GAP + self.number + GAP
            }
            None => {
                lead.push(told::dates(run).chars().take(DATE).collect::<String>(), Tone::Plain);
                if run.is_long() {
                    let last = told::dates(run);
                    text.push(
                        format!("–{} ", last.split('–').nth(1).unwrap_or_default().trim_end()),
                        Tone::Plain,
                    );
                }
                text.push(run.number(), Tone::Dim);
                text.push(if entry.number.is_empty() { "" } else { " " }, Tone::Plain);
                DATE + GAP
            }
        };
        let moved = entry.moved() != 0;
        let tone = match entry.kind {
            Kind::Cycle => Tone::Heading,
            Kind::Dose => Tone::Strong,
            Kind::Assessment => Tone::Accent,
        };
        let told = told::what(entry);
        let (name, detail) = told.split_once(" · ").unwrap_or((&told, ""));
        text.push(name, tone);
        if !detail.is_empty() {
            text.push(format!(" {detail}"), Tone::Plain);
        }
        let remarks = told::remarks(entry);
        if !remarks.is_empty() {
            text.push(format!("  {remarks}"), if moved { Tone::Warn } else { Tone::Dim });
        }
        let copy = format!("{} {} {told}", told::dates(run), run.number());
        let lead = if moved {
            Styled::new("» ", Tone::Warn).append(&lead)
        } else {
            Styled::new("  ", Tone::Plain).append(&lead)
        };
        let hang = u16::try_from(hang + GAP).unwrap_or(u16::MAX);
        Item { lead, hang, text, copy: Some(copy.into()), ..Item::default() }.from(entry.span.clone())
    }
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(wrap::width(text))))
}
