//! A screen as an SVG picture: for the README, and for whoever wants to show what they see.
//!
//! Text stays text (selectable, searchable); every run of cells is stretched to its cells, so that columns stay
//! aligned whatever font the reader has.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// A cell's width in pixels, at [`FONT_SIZE`].
const CELL_WIDTH: f32 = 8.4;
const CELL_HEIGHT: f32 = 17.0;
const FONT_SIZE: f32 = 14.0;
/// From a cell's top to the line its letters stand on.
const BASELINE: f32 = 13.0;
const FOREGROUND: &str = "#c8ccd4";
const BACKGROUND: &str = "#16191f";
/// The terminal's sixteen colours: black to white, then the bright ones.
const SIXTEEN: [&str; 16] = [
    "#282c34", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4", "#7f8694",
    "#ef8a92", "#b1d897", "#f0d399", "#86c5f7", "#d79bea", "#7fccd6", "#f2f4f8",
];

/// A cell's colours as SVG writes them, and its modifiers.
#[derive(Clone, PartialEq)]
struct Look {
    foreground: String,
    /// `None` for the picture's own background.
    background: Option<String>,
    modifier: Modifier,
}

/// Letters of one row that look alike and stand one cell apart, or a single wide one.
struct Run {
    column: u16,
    width: u16,
    text: String,
    look: Look,
}

/// The screen as an SVG document.
pub fn draw(buffer: &Buffer) -> String {
    let Rect { width, height, .. } = buffer.area;
    let (w, h) = (f32::from(width) * CELL_WIDTH, f32::from(height) * CELL_HEIGHT);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.1} {h:.1}\" font-family=\"DejaVu Sans Mono, \
         Menlo, Consolas, monospace\" font-size=\"{FONT_SIZE}\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" \
         fill=\"{BACKGROUND}\"/>\n"
    );
    for row in 0..height {
        let cells = row_cells(buffer, row);
        backgrounds(&mut svg, &cells, row);
        for run in runs(&cells) {
            letters(&mut svg, &run, row);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The row's letters, each with its column, its width in cells, and its look.
fn row_cells(buffer: &Buffer, row: u16) -> Vec<(u16, u16, &str, Look)> {
    let mut cells = Vec::new();
    let mut column = 0;
    while let Some(cell) = buffer.cell((buffer.area.x + column, buffer.area.y + row)) {
        let width = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
        cells.push((column, width, cell.symbol(), look(cell)));
        column += width;
    }
    cells
}

fn look(cell: &Cell) -> Look {
    let (mut front, mut back) = (colour(cell.fg), colour(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        let behind = back.unwrap_or_else(|| BACKGROUND.to_owned());
        back = Some(front.unwrap_or_else(|| FOREGROUND.to_owned()));
        front = Some(behind);
    }
    Look {
        foreground: front.unwrap_or_else(|| FOREGROUND.to_owned()),
        background: back,
        modifier: cell.modifier - Modifier::REVERSED,
    }
}

fn backgrounds(svg: &mut String, cells: &[(u16, u16, &str, Look)], row: u16) {
    let y = f32::from(row) * CELL_HEIGHT;
    for alike in cells.chunk_by(|(.., a), (.., b)| a.background == b.background) {
        if let Some((column, _, _, Look { background: Some(colour), .. })) = alike.first() {
            let x = f32::from(*column) * CELL_WIDTH;
            let width = f32::from(alike.iter().map(|(_, width, ..)| width).sum::<u16>()) * CELL_WIDTH;
            // Writing to a string does not fail.
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{CELL_HEIGHT}\" fill=\"{colour}\"/>"
            );
        }
    }
}

/// Puts letters together. Runs neither begin nor end with a blank, nor hold two: readers of SVG drop such blanks.
fn runs(cells: &[(u16, u16, &str, Look)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (column, width, symbol, look) in cells.iter().filter(|(_, _, symbol, _)| !symbol.trim().is_empty()) {
        let (column, width) = (*column, *width);
        if let Some(run) = runs.last_mut()
            && run.look == *look
            && usize::from(run.width) == run.text.chars().count()
            && width == 1
            && column <= run.column + run.width + 1
        {
            if column > run.column + run.width {
                run.text.push(' ');
            }
            run.text.push_str(symbol);
            run.width = column + 1 - run.column;
        } else {
            // Wide letters stand alone: no font agrees with another on their width.
            runs.push(Run { column, width, text: (*symbol).to_owned(), look: look.clone() });
        }
    }
    runs
}

fn letters(svg: &mut String, run: &Run, row: u16) {
    let (x, y) = (f32::from(run.column) * CELL_WIDTH, f32::from(row) * CELL_HEIGHT + BASELINE);
    let width = f32::from(run.width) * CELL_WIDTH;
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
         fill=\"{}\"{}>{}</text>",
        run.look.foreground,
        attributes(run.look.modifier),
        escape(&run.text)
    );
}

fn attributes(modifier: Modifier) -> String {
    const ATTRIBUTES: &[(Modifier, &str)] = &[
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.65\""),
    ];
    ATTRIBUTES.iter().filter(|(m, _)| modifier.contains(*m)).map(|(_, attribute)| *attribute).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A colour as SVG writes it; `None` for the terminal's own.
fn colour(colour: Color) -> Option<String> {
    let index = match colour {
        Color::Reset => return None,
        Color::Rgb(r, g, b) => return Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    Some(SIXTEEN.get(usize::from(index)).map_or_else(|| of_256(index), |known| (*known).to_owned()))
}

/// xterm's colours from 16 on: a cube of six steps a side, then 24 greys.
fn of_256(index: u8) -> String {
    let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    let (r, g, b) = match index.checked_sub(232) {
        Some(grey) => (8 + 10 * grey, 8 + 10 * grey, 8 + 10 * grey),
        None => {
            let n = index.saturating_sub(16);
            (step(n / 36), step(n / 6 % 6), step(n % 6))
        }
    };
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    fn one_row(text: &str, style: Style) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        buffer.set_string(0, 0, text, style);
        draw(&buffer)
    }

    #[test]
    fn text_stays_text_and_is_escaped() {
        assert!(one_row("a<b & c", Style::new()).contains(">a&lt;b &amp; c</text>"));
    }

    #[test]
    fn letters_that_look_alike_are_one_run() {
        let svg = one_row("one mg", Style::new().fg(Color::Red));
        assert_eq!(svg.matches("<text").count(), 1);
        assert!(svg.contains("textLength=\"50.4\"") && svg.contains("fill=\"#e06c75\""), "{svg}");
    }

    #[test]
    fn what_stands_apart_is_placed_apart() {
        let svg = one_row("a  b", Style::new());
        assert!(svg.contains("x=\"0.0\"") && svg.contains("x=\"25.2\""), "{svg}");
    }

    #[test]
    fn wide_letters_take_two_cells_and_move_what_follows() {
        let svg = one_row("试x", Style::new());
        assert!(svg.contains("textLength=\"16.8\"") && svg.contains("<text x=\"16.8\""), "{svg}");
    }

    #[test]
    fn reversed_cells_swap_their_colours() {
        let svg = one_row("sel", Style::new().add_modifier(Modifier::REVERSED));
        assert!(svg.contains(&format!("fill=\"{FOREGROUND}\"/>")), "{svg}");
        assert!(svg.contains(&format!("fill=\"{BACKGROUND}\">sel</text>")), "{svg}");
    }

    #[test]
    fn the_cube_and_the_greys_have_xterms_values() {
        assert_eq!((of_256(16).as_str(), of_256(231).as_str()), ("#000000", "#ffffff"));
        assert_eq!((of_256(208).as_str(), of_256(244).as_str()), ("#ff8700", "#808080"));
    }
}
