//! The finder: what is typed, the rows that were found kind by kind, and a preview of the one under the cursor.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::detail::content_lines;
use super::paint::{self, Painter};
use crate::app::finder::{Aim, Finder, Line, Parts, covered};
use crate::app::layer::Layer;
use crate::app::styled::{Styled, Tone};
use crate::app::{Command, Model, querying, wrap};
use crate::protocol::display;
use crate::search::finder::{Found, Kind};

/// Columns that the id of a row's trial takes at most.
const ID: u16 = 16;
/// From this width on rows tell their trial.
const WITH_ID: u16 = 46;
/// Before what is typed.
const SIGN: &str = "> ";

/// Draws the finder.
pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, finder: &Finder) {
    let parts = Parts::of(model);
    painter.clear(Rect::new(0, 1, model.size.0, model.areas.bottom().saturating_sub(1)));
    head(painter, finder, parts.head);
    input(painter, finder, parts.input);
    told(painter, model, finder, parts.told);
    rows(painter, model, finder, parts.rows);
    preview(painter, finder, parts.preview);
}

/// Where the terminal's cursor belongs when the finder is on top.
pub(super) fn cursor(model: &Model) -> Option<Position> {
    let Some(Layer::Finder(finder)) = model.layers.last() else { return None };
    let area = Parts::of(model).input;
    let room = usize::from(area.width.saturating_sub(4));
    let before = wrap::width(wrap::tail(finder.input.before(), room));
    let x = area.x + 3 + u16::try_from(before).unwrap_or_default();
    Some(Position::new(x.min(area.right().saturating_sub(1)), area.y))
}

/// The kinds with how many there are; the one that is shown alone is marked.
fn head(painter: &mut Painter<'_>, finder: &Finder, area: Rect) {
    let title = if finder.aim == Aim::Add { " Add a trial to the comparison " } else { " Find " };
    let mut x = painter.text(area.x + 1, area.y, area.right(), title, painter.theme.focused) + 1;
    if finder.aim == Aim::Add {
        return;
    }
    let kinds = Kind::ALL.into_iter().map(|kind| (Some(kind), kind.title()));
    let all = std::iter::once((None, "All")).chain(kinds);
    let tabs: Vec<_> = all.map(|(kind, name)| (kind, name, finder.count(kind))).collect();
    let width: usize = tabs.iter().map(|(_, name, count)| name.len() + count.len() + 3).sum();
    // Without room for all of them, those that have nothing give way.
    let narrow = usize::from(area.right().saturating_sub(x)) + 2 < width;
    for (kind, name, count) in tabs {
        let chosen = finder.kind == kind;
        if narrow && count.starts_with('0') && !chosen {
            continue;
        }
        let style = if chosen { painter.theme.heading } else { painter.theme.dim };
        x = painter.text(x, area.y, area.right(), name, style);
        x = painter.text(x + 1, area.y, area.right(), &count, painter.theme.dim) + 2;
    }
}

fn input(painter: &mut Painter<'_>, finder: &Finder, area: Rect) {
    let x = painter.text(area.x + 1, area.y, area.right(), SIGN, painter.theme.key);
    let text = finder.input.text();
    if text.is_empty() {
        let told = match finder.aim {
            Aim::Go => "a drug, an endpoint, a site, an id …, or drug: cond: city: phase>=2 ecog<=1",
            Aim::Add => "words of its title, a drug, an id …, or drug: cond: city: phase>=2 ecog<=1",
        };
        painter.text(x, area.y, area.right(), told, painter.theme.dim);
        return;
    }
    let room = usize::from(area.width.saturating_sub(4));
    let before = wrap::tail(finder.input.before(), room);
    let cut = finder.input.before().len() - before.len();
    let end = painter.text(x, area.y, area.right(), before, painter.theme.plain);
    painter.text(end, area.y, area.right(), finder.input.after(), painter.theme.plain);
    for problem in &finder.problems {
        let column = |at: usize| {
            let shown = text.get(cut..at.max(cut)).unwrap_or_default();
            x.saturating_add(u16::try_from(wrap::width(shown)).unwrap_or(u16::MAX))
        };
        let (from, to) = (column(problem.span.start), column(problem.span.end));
        painter.over(from, area.y, to.saturating_sub(from).max(1), painter.theme.bad);
    }
}

/// What is wrong with the query, else how far looking is.
fn told(painter: &mut Painter<'_>, model: &Model, finder: &Finder, area: Rect) {
    let mut line = Styled::default();
    if let Some(problem) = finder.problems.first() {
        line.push(querying::told(&finder.input.text(), problem), Tone::Bad);
    } else if let Some(unread) = querying::still_reading(model, &finder.input.text()) {
        line.push(unread, Tone::Warn);
    } else if finder.waiting {
        line.push("looking …", Tone::Dim);
    } else {
        let room = usize::from(area.width.saturating_sub(4));
        line.push(covered::told(&finder.sought.covered, finder.sought.done, finder.fewer, room), Tone::Dim);
    }
    painter.whole(area.x + 3, area.y, area.right(), &line);
}

fn rows(painter: &mut Painter<'_>, model: &Model, finder: &Finder, area: Rect) {
    if finder.lines.is_empty() {
        let told = if finder.waiting || !finder.sought.done {
            ""
        } else if model.end() == 0 {
            "No trials are open."
        } else if finder.kind.is_some_and(|_| finder.sought.counts.iter().any(|count| *count > 0)) {
            "Nothing of this kind."
        } else if finder.sought.covered.uncounted {
            "Not found so far. For a phrase in long texts few records are looked into here; the list's filter reads all."
        } else {
            "Nothing found. A word less, or fewer of its letters, finds more."
        };
        painter.text(area.x + 3, area.y, area.right(), told, painter.theme.dim);
        return;
    }
    for (y, (at, line)) in (area.y..area.bottom()).zip(finder.lines.iter().enumerate().skip(finder.top)) {
        match line {
            Line::Heading(kind) => {
                let x = painter.text(area.x + 1, y, area.right(), kind.title(), painter.theme.heading);
                painter.text(x + 1, y, area.right(), &finder.count(Some(*kind)), painter.theme.dim);
            }
            Line::More(_, more) => {
                let told = match finder.kind {
                    _ if finder.aim == Aim::Add => format!("… {more} more: further words narrow it"),
                    Some(_) => format!("… {more} more: further words narrow it"),
                    None => {
                        format!(
                            "… {more} more: {} shows one kind alone",
                            model.keymap.first(Command::NextKind)
                        )
                    }
                };
                painter.text(area.x + 3, y, area.right(), &told, painter.theme.dim);
            }
            Line::Row(row) => {
                let Some(found) = finder.sought.rows.get(*row) else { continue };
                let base = if finder.waiting { painter.theme.dim } else { painter.theme.plain };
                draw_row(painter, model, found, Rect { y, height: 1, ..area }, base);
                if at == finder.cursor {
                    painter.text(area.x + 1, y, area.right(), "▌", painter.theme.accent);
                    painter.over(area.x + 3, y, area.width.saturating_sub(4), painter.theme.cursor);
                }
            }
        }
    }
    paint::position(painter, area, finder.top, finder.lines.len());
}

fn draw_row(painter: &mut Painter<'_>, model: &Model, found: &Found, line: Rect, base: Style) {
    let x = line.x + 3;
    let mut end = line.right().saturating_sub(1);
    if let Some(head) = model.head(found.trial).filter(|_| line.width >= WITH_ID) {
        let id = display::line(&head.id);
        let width = u16::try_from(wrap::width(id.text())).unwrap_or(ID).min(ID);
        painter.text(end - width, line.y, end, id.text(), painter.theme.dim);
        end -= width + 2;
    }
    let room = usize::from(end.saturating_sub(x));
    let (head, cut) = in_sight(&found.text, found.marks.first().map(|mark| mark.start..mark.end), room);
    let shown = found.text.get(cut..).unwrap_or_default();
    let x = painter.text(x, line.y, end, head, base);
    let lead = if cut > head.len() { paint::MORE } else { "" };
    let x = painter.text(x, line.y, end, lead, painter.theme.dim);
    painter.text(x, line.y, end, shown, base);
    for mark in &found.marks {
        let from = mark.start.max(cut);
        let (Some(before), Some(words)) = (found.text.get(cut..from), found.text.get(from..mark.end)) else {
            continue;
        };
        let column = |text: &str| u16::try_from(wrap::width(text)).unwrap_or(u16::MAX);
        let at = x.saturating_add(column(before));
        painter.over(at.min(end), line.y, column(words).min(end.saturating_sub(at)), painter.theme.found);
    }
}

/// How a text is shown so that its first match stays in sight: its beginning, which tells it from others, and the byte
/// from which it goes on.
fn in_sight(text: &str, first: Option<Range<usize>>, room: usize) -> (&str, usize) {
    let Some(first) = first.filter(|first| text.get(..first.end).map_or(0, wrap::width) >= room) else {
        return ("", 0);
    };
    let (head, _) = wrap::cut(text, room / 2);
    let before = text.get(..first.start).unwrap_or_default();
    let kept = wrap::tail(before, (room - wrap::width(head)) / 3);
    (head, (before.len() - kept.len()).max(head.len()))
}

fn preview(painter: &mut Painter<'_>, finder: &Finder, area: Rect) {
    if area.is_empty() {
        return;
    }
    if area.x > 0 {
        painter.divider(area.x - 1, area);
    } else {
        let line = "─".repeat(usize::from(area.width.saturating_sub(2)));
        painter.text(area.x + 1, area.y - 1, area.right(), &line, painter.theme.dim);
    }
    content_lines(
        painter,
        &finder.preview,
        Some(&finder.lit),
        Rect { x: area.x + 1, width: area.width - 1, ..area },
        finder.preview_top,
    );
    paint::position(painter, area, finder.preview_top, finder.preview.lines.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_match_stands_behind_the_beginning() {
        let text = "Tablets against cramps at night in adults who work in shifts";
        let shown = |word: &str, room: usize| {
            let at = text.find(word).map(|at| at..at + word.len());
            let (head, cut) = in_sight(text, at, room);
            format!("{head}|{}", &text[cut..])
        };
        assert_eq!(shown("cramps", 40), format!("|{text}"));
        assert_eq!(shown("shifts", 40), "Tablets against cra|ork in shifts");
        assert_eq!(shown("cramps", 18), "Tablets |st cramps at night in adults who work in shifts");
        assert_eq!(shown("none", 10), format!("|{text}"));
        assert_eq!(shown("shifts", 0).split('|').next(), Some(""));
    }
}
