//! The list of trials: only the rows that are visible are drawn.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::Painter;
use crate::app::list::List;
use crate::app::styled::{Styled, Tone};
use crate::app::{Command, Focus, Model, areas, marks, querying, wrap};
use crate::protocol::{Trial, display};
use crate::search::fuzzy::Pattern;
use crate::search::{direct, query, typed};

/// From this width on a row tells the id.
const WITH_ID: u16 = 40;
/// From this width on a row tells the condition.
const WITH_CONDITION: u16 = 68;
/// Columns of the commonest kind of id, never cut.
const REGISTRY_ID: usize = 11;
/// Columns of the widest id and phase that are kept free.
const LONGEST_ID: usize = 16;
const LONGEST_PHASE: usize = 6;
/// Columns for how much was read.
const COVERAGE: u16 = marks::COVERED.0 as u16 + 1 + marks::COVERED.1 as u16;

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.list;
    if area.is_empty() {
        return;
    }
    title(painter, model);
    fault(painter, model);
    if model.list.order.is_empty() {
        empty(painter, model, area);
    } else {
        rows(painter, model, area);
    }
}

fn title(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.list_title;
    let focused = model.focus == Focus::List;
    let style = if focused { painter.theme.focused } else { painter.theme.unfocused };
    let mut x = painter.text(area.x, area.y, area.right(), " Trials ", style);
    let list = &model.list;
    let (shown, all) = (list.order.len(), model.count());
    let count = if list.filter.is_empty() { format!(" {all}") } else { format!(" {shown} of {all}") };
    x = painter.text(x, area.y, area.right(), &count, painter.theme.accent);
    if !list.filter.is_empty() {
        x = painter.text(x + 1, area.y, area.right(), &format!("/{}", list.filter), painter.theme.key);
    }
    let sort = list.sort.column.short();
    if list.coverage {
        let told = Styled::new("dosing assess. read", Tone::Dim);
        if x + 20 < area.right() {
            painter.right(x + 1, area.y, area.right() - 1, &told);
        }
    }
    if !sort.is_empty() || list.sort.reversed {
        let turned = if list.sort.reversed { " ↑" } else { " ↓" };
        painter.text(x + 2, area.y, area.right(), &format!("{sort}{turned}"), painter.theme.dim);
    }
}

/// What is wrong with the filter, as long as it is so.
fn fault(painter: &mut Painter<'_>, model: &Model) {
    let area = model.areas.fault;
    let Some(told) = querying::fault(model).filter(|_| !area.is_empty()) else { return };
    for (y, line) in (area.y..area.bottom()).zip(wrap::wrap(&told, areas::fault_width(area))) {
        painter.text(area.x + 1, y, area.right(), told.get(line).unwrap_or_default(), painter.theme.bad);
    }
}

fn empty(painter: &mut Painter<'_>, model: &Model, area: Rect) {
    let key = |command: Command| model.keymap.first(command);
    let told = if model.load.running && model.count() == 0 {
        "Loading …".to_owned()
    } else if model.count() > 0 {
        format!("No trial matches “{}”. {} clears the filter.", model.list.filter, key(Command::Back))
    } else if model.load.problems.is_empty() {
        "No trials here. Start trialdeck with a file, a folder or an archive of trial records; without one it \
         opens its samples."
            .to_owned()
    } else {
        format!("Nothing could be read. {} tells why.", key(Command::Problems))
    };
    let width = usize::from(area.width.saturating_sub(4));
    for (y, line) in (area.y + 1..area.bottom()).zip(wrap::wrap(&told, width)) {
        painter.text(area.x + 2, y, area.right(), told.get(line).unwrap_or_default(), painter.theme.dim);
    }
}

/// Where a row's columns start.
struct Columns {
    id: Option<(u16, u16)>,
    phase: (u16, u16),
    title: (u16, u16),
    condition: Option<(u16, u16)>,
    coverage: Option<(u16, u16)>,
}

impl Columns {
    fn of(list: &List, area: Rect) -> Self {
        let wide = |width: usize, most: usize| u16::try_from(width.min(most)).unwrap_or_default();
        // Cursor, tick, status, a blank.
        let phase = area.x + 4;
        let phase_end = phase + wide(list.phase_width.max(1), LONGEST_PHASE);
        let mut at = phase_end + 1;
        let coverage = list.coverage.then(|| (area.right() - 1 - COVERAGE, area.right() - 1));
        let with_id = if list.coverage { WITH_ID + COVERAGE } else { WITH_ID };
        let id = (area.width >= with_id && list.id_width > 0).then(|| {
            let most = LONGEST_ID.min(usize::from(area.width / 4)).max(REGISTRY_ID);
            let id = (at, at + wide(list.id_width, most));
            at = id.1 + 1;
            id
        });
        let end = coverage.map_or(area.right(), |(start, _)| start) - 1;
        let condition = (area.width >= WITH_CONDITION).then(|| {
            let start = end - (end - at) / 3;
            (start, end)
        });
        let title_end = condition.map_or(end, |(start, _)| start - 2);
        Self { id, phase: (phase, phase_end), title: (at, title_end), condition, coverage }
    }
}

fn rows(painter: &mut Painter<'_>, model: &Model, area: Rect) {
    let list = &model.list;
    let columns = Columns::of(list, area);
    // Of a query only its plain words can be lit.
    let (words, _) = direct::parted(&list.filter, &query::parse(&list.filter, &typed::variable));
    let pattern = Pattern::new(&words);
    let visible = list.order.iter().enumerate().skip(list.top);
    for (y, (row, index)) in (area.y..area.bottom()).zip(visible) {
        let Some(trial) = model.head(*index) else { continue };
        let line = Rect { y, height: 1, ..area };
        row_cells(painter, &columns, line, &trial, &pattern);
        if let Some((start, end)) = columns.coverage {
            let cell = marks::coverage(model.entry(*index).and_then(|entry| entry.readings_made()));
            painter.right(start, y, end, &cell);
        }
        if list.ticked.contains(index) {
            painter.text(area.x + 1, y, area.right(), "✓", painter.theme.accent);
        } else if model.notebook.notes.contains_key(&trial.id) || model.notebook.is_marked(&trial.id) {
            painter.text(area.x + 1, y, area.right(), "*", painter.theme.accent);
        }
        if row == list.cursor {
            let focused = model.focus == Focus::List;
            painter.text(area.x, y, area.right(), "▌", painter.theme.accent);
            let style = if focused { painter.theme.cursor } else { painter.theme.cursor_elsewhere };
            painter.over(columns.title.0, y, columns.title.1.saturating_sub(columns.title.0), style);
        }
    }
    super::paint::position(painter, area, list.top, list.order.len());
}

fn row_cells(painter: &mut Painter<'_>, columns: &Columns, line: Rect, trial: &Trial, pattern: &Pattern) {
    let (sign, tone) = marks::status(trial.status.as_ref());
    let style = painter.theme.tone(tone);
    painter.text(line.x + 2, line.y, line.right(), sign, style);
    let plain = painter.theme.plain;
    let dim = painter.theme.dim;
    painter.text(columns.phase.0, line.y, columns.phase.1, &marks::phase(&trial.phases), plain);
    if let Some(id) = columns.id {
        matched(painter, id, line.y, display::line(&trial.id).text(), dim, pattern);
    }
    matched(painter, columns.title, line.y, &marks::title(trial), plain, pattern);
    if let Some(condition) = columns.condition {
        let conditions = trial.conditions.join(", ");
        matched(painter, condition, line.y, display::line(&conditions).text(), dim, pattern);
    }
}

/// A cell with the letters that the filter matches.
fn matched(
    painter: &mut Painter<'_>,
    (x, end): (u16, u16),
    y: u16,
    text: &str,
    style: Style,
    pattern: &Pattern,
) {
    let shown = display::verbatim(text);
    let text = shown.text();
    painter.text(x, y, end, text, style);
    if pattern.is_empty() {
        return;
    }
    let marks = pattern.marks(text);
    let mut column = usize::from(x);
    for (at, letter) in text.chars().enumerate() {
        let width = unicode_width::UnicodeWidthChar::width(letter).unwrap_or_default();
        if column + width > usize::from(end) {
            break;
        }
        if marks.binary_search(&at).is_ok()
            && let (Ok(column), Ok(width)) = (u16::try_from(column), u16::try_from(width))
        {
            painter.over(column, y, width, painter.theme.found);
        }
        column += width;
    }
}
