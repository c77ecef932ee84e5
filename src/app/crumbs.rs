//! Where the person is, in the header: the trial, its pane, the row; what lies over them, down to the words behind a row.

use super::content::Content;
use super::desk::DeskOf;
use super::finder::Aim;
use super::layer::{Layer, SheetKind};
use super::model::{Focus, Model};
use super::styled::{Styled, Tone};
use super::{sheets, wrap};
use crate::protocol::display;

/// Between two steps.
const STEP: &str = " › ";
/// Columns of a row's name at most, and the fewest that tell anything.
const ROW: std::ops::RangeInclusive<usize> = 10..=36;
/// Columns of any other step at most.
const STEP_ROOM: usize = 24;

/// The way to where the person is: steps, and the row at its end where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crumbs {
    /// The steps from the outermost on.
    pub steps: Vec<String>,
    /// What the cursor stands on.
    pub row: Option<String>,
}

/// Where the person is; nothing in the list, which is where everybody begins.
pub fn of(model: &Model) -> Crumbs {
    let mut crumbs = Crumbs::default();
    if model.focus == Focus::Detail
        && let Some(entry) = model.selected()
    {
        crumbs.steps = vec![entry.trial.id.clone(), model.detail.pane.title().to_owned()];
        crumbs.row = row(&model.detail.content, model.detail.position().cursor);
    }
    for layer in &model.layers {
        over(&mut crumbs, model, layer);
    }
    crumbs.steps.retain(|step| !step.is_empty());
    crumbs
}

/// One more layer: a screen begins anew, a sheet goes on from the row.
fn over(crumbs: &mut Crumbs, model: &Model, layer: &Layer) {
    let id = || model.selected().map(|entry| entry.trial.id.clone()).unwrap_or_default();
    let (steps, row) = match layer {
        Layer::Line(_) | Layer::Menu(_) | Layer::Facets(_) => return,
        Layer::Sheet(sheet) if sheet.kind == SheetKind::Source => {
            crumbs.steps.extend(crumbs.row.take());
            crumbs.steps.push("source".to_owned());
            return;
        }
        Layer::Sheet(sheet) => (vec![sheets::title(sheet.kind).to_owned()], None),
        Layer::Comparing(comparing) => {
            let steps = vec!["Comparison".to_owned(), comparing.section_name().title().to_owned()];
            (steps, comparing.row().map(|row| row.label.clone()))
        }
        Layer::Dates(shown) => (vec![shown.entry.trial.id.clone(), "Calendar".to_owned()], None),
        Layer::Findings(shown) => {
            (vec![id(), "Findings".to_owned()], self::row(&shown.content, shown.position.cursor))
        }
        Layer::Patient(shown) => {
            let trial = shown.row().and_then(|row| model.head(row.trial)).map(|head| head.id.clone());
            (vec!["One patient".to_owned()], trial)
        }
        Layer::Finder(finder) if finder.aim == Aim::Add => {
            (vec!["Comparison".to_owned(), "Add a trial".to_owned()], None)
        }
        Layer::Finder(_) => (vec!["Finder".to_owned()], None),
        Layer::Desk(screen) => match &screen.of {
            DeskOf::Sheet { key, .. } => {
                (vec!["Pre-screening".to_owned(), key.code.clone(), key.trial.clone()], None)
            }
            DeskOf::List { .. } => (vec!["Pre-screening".to_owned()], None),
        },
    };
    *crumbs = Crumbs { steps, row };
}

/// What a row is called: its label, else its words.
fn row(content: &Content, cursor: usize) -> Option<String> {
    let item = content.items.get(cursor).filter(|item| item.is_row())?;
    let lead = item.lead.text().trim();
    let is_label = lead.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let words = if is_label { lead } else { item.text.text().trim() };
    // Of a grid's row the first column.
    let words = words.lines().next().unwrap_or_default();
    let words = words.split("  ").next().unwrap_or_default();
    (!words.is_empty()).then(|| words.to_owned())
}

impl Crumbs {
    /// The way in so many columns: the row gives way first, then the outer steps. None when not even the last has room.
    pub fn line(&self, room: usize) -> Option<Styled> {
        let last = self.steps.len().checked_sub(1)?;
        let outer = (0..=last).find(|from| wrap::width(steps(self, *from).text()) <= room)?;
        let line = steps(self, outer);
        let left = room.saturating_sub(wrap::width(line.text()) + wrap::width(STEP));
        match self.row.as_ref().filter(|_| outer == 0 && left >= *ROW.start()) {
            Some(row) => Some(joined(line, row, left.min(*ROW.end()), Tone::Plain)),
            None => Some(line),
        }
    }

    /// Columns of the steps alone.
    pub fn width(&self) -> usize {
        if self.steps.is_empty() { 0 } else { wrap::width(steps(self, 0).text()) }
    }
}

/// The steps from one on, the last one standing out.
fn steps(crumbs: &Crumbs, from: usize) -> Styled {
    let last = crumbs.steps.len().saturating_sub(1);
    let start = if from > 0 { Styled::new(" …", Tone::Dim) } else { Styled::default() };
    crumbs.steps.iter().enumerate().skip(from).fold(start, |line, (at, step)| {
        joined(line, step, STEP_ROOM, if at == last { Tone::Plain } else { Tone::Dim })
    })
}

fn joined(line: Styled, step: &str, room: usize, tone: Tone) -> Styled {
    let shown = display::line(step);
    let (cut, more) = wrap::cut(shown.text(), room);
    line.with(STEP, Tone::Dim).with(cut.trim_end(), tone).with(if more { "…" } else { "" }, tone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_gives_way_first_then_the_outer_steps() {
        let steps = ["NCT90000042", "Endpoints"].map(str::to_owned).to_vec();
        let crumbs = Crumbs { steps, row: Some("Progression-free survival by blinded review".to_owned()) };
        let line = |room| crumbs.line(room).map(|line| line.text().to_owned());
        assert_eq!(
            line(100).as_deref(),
            Some(" › NCT90000042 › Endpoints › Progression-free survival by blinde…")
        );
        assert_eq!(line(44).as_deref(), Some(" › NCT90000042 › Endpoints › Progression-fr…"));
        assert_eq!(line(30).as_deref(), Some(" › NCT90000042 › Endpoints"));
        assert_eq!(line(20).as_deref(), Some(" … › Endpoints"));
        assert_eq!(line(8), None);
        assert_eq!(Crumbs::default().line(100), None);
    }
}
