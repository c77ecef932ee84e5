//! Putting text on the buffer, cut at an edge with a mark.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::theme::Theme;
use crate::app::styled::Styled;
use crate::app::{glyphs, wrap};
use crate::protocol::display;

/// The mark where something was left off.
pub const MORE: &str = "…";

/// A buffer and the theme it is painted with.
pub struct Painter<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// The styles.
    pub theme: &'a Theme,
    /// Only ASCII is drawn.
    pub ascii: bool,
}

impl Painter<'_> {
    /// Puts text at `x`, `y`, cut with a mark before `end`; gives the column behind it.
    ///
    /// Everything drawn comes through here: what could steer a terminal becomes a mark, whoever forgot it before.
    pub fn text(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let room = usize::from(end.saturating_sub(x));
        if room == 0 {
            return x;
        }
        let text = display::verbatim(text).into_text();
        // A mark alone has one column; what stands for it may not take more.
        let text = if self.ascii && text.chars().count() == 1 {
            Cow::Owned(glyphs::styled(&Styled::from(&*text), true).text().to_owned())
        } else {
            self.told(&text)
        };
        let (shown, more) = wrap::cut(&text, room);
        let (mut x, _) = self.buffer.set_stringn(x, y, shown, room, style);
        if more && x < end {
            (x, _) = self.buffer.set_stringn(x, y, if self.ascii { ">" } else { MORE }, 1, style);
        }
        x
    }

    /// A text in the characters that may be drawn.
    fn told<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.ascii { glyphs::flowing(text) } else { Cow::Borrowed(text) }
    }

    /// The same with the text's own tones; `base` lies under them. `range` is what of the text is put.
    pub fn styled(
        &mut self,
        x: u16,
        y: u16,
        end: u16,
        text: &Styled,
        range: Range<usize>,
        base: Style,
    ) -> u16 {
        if self.ascii && !text.text().is_ascii() {
            let mut part = Styled::default();
            text.runs(range).for_each(|(_, run, tone)| part.push(self.told(run), tone));
            let all = 0..part.text().len();
            return self.toned(x, y, end, &part, all, base);
        }
        self.toned(x, y, end, text, range, base)
    }

    fn toned(&mut self, x: u16, y: u16, end: u16, text: &Styled, range: Range<usize>, base: Style) -> u16 {
        let whole = text.text().get(range.clone()).unwrap_or_default();
        let (shown, more) = wrap::cut(whole, usize::from(end.saturating_sub(x)));
        let visible = range.start..range.start + shown.len();
        let mut at = x;
        let mut last = base;
        for (_, run, tone) in text.runs(visible) {
            last = base.patch(self.theme.tone(tone));
            at = self.text(at, y, end, run, last);
        }
        if more && at < end {
            at = self.text(at, y, end, MORE, last);
        }
        at
    }

    /// Puts the whole of a styled text.
    pub fn whole(&mut self, x: u16, y: u16, end: u16, text: &Styled) -> u16 {
        let base = self.theme.plain;
        self.styled(x, y, end, text, 0..text.text().len(), base)
    }

    /// Puts text so that it ends before `end`; gives the column it starts at.
    pub fn right(&mut self, start: u16, y: u16, end: u16, text: &Styled) -> u16 {
        let width = u16::try_from(wrap::width(&self.told(text.text()))).unwrap_or(u16::MAX);
        let x = end.saturating_sub(width).max(start);
        self.whole(x, y, end, text);
        x
    }

    /// Lays a style over part of a line.
    pub fn over(&mut self, x: u16, y: u16, width: u16, style: Style) {
        let area = Rect::new(x, y, width, 1).intersection(self.buffer.area);
        self.buffer.set_style(area, style);
    }

    /// A line from top to bottom.
    pub fn divider(&mut self, x: u16, area: Rect) {
        for y in area.top()..area.bottom() {
            self.buffer.set_stringn(x, y, if self.ascii { "|" } else { "│" }, 1, self.theme.dim);
        }
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(self.theme.screen);
                }
            }
        }
    }
}

/// Shows at the right edge which part of `all` lines is visible, when not all are.
pub fn position(painter: &mut Painter<'_>, area: Rect, top: usize, all: usize) {
    let height = usize::from(area.height);
    if all <= height || height == 0 {
        return;
    }
    let thumb = (height * height / all).max(1);
    let most = all - height;
    let start = (top.min(most) * (height - thumb)).div_ceil(most);
    for row in start..start + thumb {
        if let Ok(row) = u16::try_from(row) {
            painter.text(area.right() - 1, area.y + row, area.right(), "▐", painter.theme.dim);
        }
    }
}
